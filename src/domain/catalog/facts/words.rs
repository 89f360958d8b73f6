//! Reading what people wrote into the inventory: a word counts only where nothing in its clause denies it.

use super::table::list;

/// Words in every language, as they are looked for in a clause.
#[derive(Debug, Default)]
pub(super) struct Words {
    needles: Vec<String>,
    /// Phrases in which they mean something else.
    but: Vec<String>,
}

impl Words {
    /// A word that ends in `*` stands for every word that begins so, one that begins with `*` for every word that ends
    /// so; several words are a phrase.
    pub fn new<'a>(words: impl Iterator<Item = &'a String>, but: &[String]) -> Self {
        let whole = |phrase: &String| format!(" {} ", folded(phrase));
        let needle = |word: &String| {
            let (front, back) =
                (if word.starts_with('*') { "" } else { " " }, if word.ends_with('*') { "" } else { " " });
            format!("{front}{}{back}", folded(word.trim_matches('*')))
        };
        Self { needles: words.map(needle).collect(), but: but.iter().map(whole).collect() }
    }

    /// Whether there are none.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Whether a folded text is one of them, as a whole.
    pub fn is_one(&self, text: &str) -> bool {
        let text = format!(" {text} ");
        self.needles.iter().any(|needle| text.trim() == needle.trim())
    }

    fn hold(&self, clause: &str) -> bool {
        self.needles.iter().any(|needle| clause.contains(needle.as_str()))
            && !self.but.iter().any(|phrase| clause.contains(phrase.as_str()))
    }
}

/// Whether a clause of `text` holds one of `words` and no denial.
pub(super) fn says(text: &str, words: &Words) -> bool {
    clauses(text).iter().any(|clause| words.hold(clause) && !list("denials").hold(clause))
}

/// Whether `text` holds one of `words` at all, denied or not.
pub(super) fn names(text: &str, words: &Words) -> bool {
    clauses(text).iter().any(|clause| words.hold(clause))
}

/// In small letters without accents, as people type who have no keys for them.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            other => out.push(other),
        }
    }
    out
}

/// The largest whole number that `text` writes out, blanks and points between its digits or not.
pub(super) fn largest_number(text: &str) -> u64 {
    let (mut best, mut now) = (0_u64, String::new());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_ascii_digit() {
            now.push(c);
            continue;
        }
        let grouped = matches!(c, ' ' | ',' | '.' | '\'') && letters.peek().is_some_and(char::is_ascii_digit);
        if !grouped || now.is_empty() {
            best = best.max(now.parse().unwrap_or(0));
            now.clear();
        }
    }
    best.max(now.parse().unwrap_or(0))
}

/// The clauses of a text, each as ` word word `.
fn clauses(text: &str) -> Vec<String> {
    let parts = text.split(['.', ';', ',', ':', '\n', '(', ')', '/']).map(folded);
    let words = |part: String| {
        let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    parts.map(words).filter(|clause| clause.len() > 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(of: &[&str]) -> Words {
        Words::new(of.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().iter(), &["les pays".to_owned()])
    }

    #[test]
    fn a_word_counts_where_nothing_denies_it() {
        let send = words(&["send*"]);
        assert!(says("read, send mail", &send));
        assert!(!says("read; may not send mail", &send));
        assert!(says("no delete, but sends drafts", &send), "another clause");
        assert!(!says("resend", &send), "a word begins so");
        assert!(says("Opens web pages", &words(&["web page*"])));
        assert!(names("never on the internet", &words(&["internet"])));
    }

    #[test]
    fn german_and_french_deny_in_their_own_words() {
        let send = words(&["senden", "sendet", "envoyer"]);
        assert!(says("Postfach lesen, Mails senden", &send));
        for denied in ["darf keine Mails senden", "Mails nicht senden", "lesen ohne zu senden", "sendet nie Mails"] {
            assert!(!says(denied, &send), "{denied}");
        }
        assert!(says("lire, envoyer des courriels", &send));
        for denied in ["ne peut pas envoyer", "lire sans envoyer", "jamais envoyer", "aucun droit d'envoyer"] {
            assert!(!says(denied, &send), "{denied}");
        }
    }

    #[test]
    fn accents_and_the_ends_of_long_words_do_not_hide_anything() {
        let words = words(&["*datenbank", "médecin", "pays"]);
        assert!(says("Kundendatenbank", &words) && !says("Datenbankverwaltung", &words));
        assert!(says("MEDECIN", &words) && says("pays invoices", &words));
        assert!(!says("lit la liste de tous les pays", &words), "a country pays nothing");
    }

    #[test]
    fn a_number_is_read_however_it_is_grouped() {
        assert_eq!(largest_number("about 40 000 customers, 12 staff"), 40_000);
        assert_eq!(largest_number("1.200.000 people"), 1_200_000);
        assert_eq!(largest_number("some"), 0);
    }
}

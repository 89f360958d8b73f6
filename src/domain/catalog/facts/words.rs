//! Reading what people wrote into the inventory: a word counts only where nothing in its clause denies it.

/// What makes a clause say the opposite, or nothing certain.
const DENIALS: [&str; 17] = [
    "no",
    "not",
    "never",
    "none",
    "without",
    "cannot",
    "nothing",
    "neither",
    "nor",
    "non",
    "except",
    "excluding",
    "planned",
    "later",
    "t",
    "unless",
    "instead",
];

/// Whether a clause of `text` holds one of `words` and no denial. A word that ends in `*` stands for every word that
/// begins so; several words are a phrase.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    clauses(text).iter().any(|clause| !denied(clause) && words.iter().any(|word| holds(clause, word)))
}

/// Whether `text` holds one of `words` at all, denied or not.
pub(super) fn names(text: &str, words: &[&str]) -> bool {
    clauses(text).iter().any(|clause| words.iter().any(|word| holds(clause, word)))
}

/// Whether nothing is said, or in a word that it is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text.trim().trim_end_matches('.').to_lowercase().as_str(), "" | "-" | "none" | "no" | "n/a" | "nothing")
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
    let parts = text.split(['.', ';', ',', ':', '\n', '(', ')', '/']).map(str::to_lowercase);
    let words = |part: String| {
        let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    parts.map(words).filter(|clause| clause.len() > 2).collect()
}

fn denied(clause: &str) -> bool {
    DENIALS.iter().any(|word| clause.contains(&format!(" {word} ")))
}

fn holds(clause: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(stem) => clause.contains(&format!(" {stem}")),
        None => clause.contains(&format!(" {word} ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_where_nothing_denies_it() {
        assert!(says("read, send mail", &["send*"]));
        assert!(!says("read; may not send mail", &["send*"]));
        assert!(says("no delete, but sends drafts", &["send*"]), "another clause");
        assert!(!says("resend", &["send*"]), "a word begins so");
        assert!(says("Opens web pages", &["web page*"]));
        assert!(names("never on the internet", &["internet"]));
    }

    #[test]
    fn a_number_is_read_however_it_is_grouped() {
        assert_eq!(largest_number("about 40 000 customers, 12 staff"), 40_000);
        assert_eq!(largest_number("1.200.000 people"), 1_200_000);
        assert_eq!(largest_number("some"), 0);
    }

    #[test]
    fn nothing_is_nothing_in_many_words() {
        assert!(is_nothing(" None. ") && is_nothing("") && is_nothing("n/a") && !is_nothing("none yet, see DPIA"));
    }
}

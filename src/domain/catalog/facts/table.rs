//! The table of words: what shows which fact, in every language in which inventories are written.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::Deserialize;

use super::signs::Place;
use super::words::{Words, folded};

/// The languages of the table.
#[cfg(test)]
pub(super) const LANGUAGES: [&str; 3] = ["en", "de", "fr"];

/// Words of one list, language by language, and the phrases in which they mean something else.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spoken {
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub de: Vec<String>,
    #[serde(default)]
    pub fr: Vec<String>,
    #[serde(default)]
    pub but: Vec<String>,
}

impl Spoken {
    fn words(&self) -> Words {
        Words::new(self.en.iter().chain(&self.de).chain(&self.fr), &self.but)
    }
}

/// A sign as the file has it: with words of its own, or with those of a list.
#[derive(Debug, Deserialize)]
struct Written {
    fact: String,
    places: Vec<Place>,
    #[serde(default)]
    personal: bool,
    words: Option<String>,
    #[serde(flatten)]
    own: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    list: BTreeMap<String, Spoken>,
    sign: Vec<Written>,
}

/// A fact, where it is looked for, and the words that show it.
#[derive(Debug)]
pub(super) struct Sign {
    pub fact: String,
    pub places: Vec<Place>,
    /// Whether it shows the fact only where personal data is in scope.
    pub personal: bool,
    pub words: Words,
}

/// The table, read.
#[derive(Debug)]
pub(super) struct Table {
    lists: BTreeMap<String, Words>,
    pub signs: Vec<Sign>,
}

const TEXT: &str = include_str!("../../../../assets/words/facts.toml");

impl Table {
    fn parse(text: &str) -> Result<Self, String> {
        let File { list, sign } = toml::from_str(text).map_err(|error| error.to_string())?;
        let lists: BTreeMap<String, Words> = list.iter().map(|(name, spoken)| (name.clone(), spoken.words())).collect();
        let made = |written: Written| {
            let Written { fact, places, personal, words, mut own } = written;
            let mut of = |language: &str| own.remove(language).unwrap_or_default();
            let spoken = Spoken { en: of("en"), de: of("de"), fr: of("fr"), but: of("but") };
            let words = match words {
                Some(name) => list.get(&name).ok_or_else(|| format!("{fact}: there is no list {name}"))?.words(),
                None => spoken.words(),
            };
            match own.into_keys().next() {
                Some(other) => Err(format!("{fact}: {other} is no language of the table")),
                None => Ok(Sign { fact, places, personal, words }),
            }
        };
        Ok(Self { signs: sign.into_iter().map(made).collect::<Result<_, _>>()?, lists })
    }
}

/// The table that is compiled in; read at the first call.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(TEXT).expect("compiled in, and a test parses this very text"))
}

/// The words of a list.
pub(super) fn list(name: &str) -> &'static Words {
    table().lists.get(name).expect("every list that is asked for is in the table; a test asks for each")
}

/// Whether a text says, as a whole and in one word, that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = folded(text.trim().trim_end_matches('.'));
    matches!(text.as_str(), "" | "-") || list("nothing").is_one(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::vocabulary;

    #[test]
    fn every_sign_is_of_a_fact_there_is_and_every_list_speaks_every_language() {
        let file: File = toml::from_str(TEXT).unwrap();
        for name in ["denials", "nothing", "ours", "inside", "outside", "stores", "agents", "browses"] {
            let spoken = &file.list[name];
            assert!(!spoken.en.is_empty() && !spoken.de.is_empty() && !spoken.fr.is_empty(), "{name}");
            assert!(!list(name).is_empty());
        }
        for sign in &file.sign {
            assert!(vocabulary().fact(&sign.fact).is_some(), "{}", sign.fact);
            assert!(!sign.places.is_empty(), "{}", sign.fact);
            if sign.words.is_none() {
                assert!(
                    LANGUAGES.iter().all(|of| sign.own.get(*of).is_some_and(|all| !all.is_empty())),
                    "{}",
                    sign.fact
                );
            }
            for word in sign.own.values().flatten() {
                assert_eq!(*word, word.to_lowercase(), "{}", sign.fact);
                let bare = word.trim_matches('*');
                assert!(bare.chars().all(|c| c.is_alphanumeric() || c == ' '), "{word}: clauses hold only words");
            }
        }
        assert_eq!(table().signs.len(), file.sign.len());
    }

    #[test]
    fn a_table_that_is_not_right_says_where() {
        let with = |sign: &str| Table::parse(&format!("[list.none]\nen = [\"no\"]\n[[sign]]\n{sign}")).unwrap_err();
        assert!(with("fact = \"uses_rag\"\nplaces = [\"tools\"]\nwords = \"gone\"").contains("no list gone"));
        assert!(with("fact = \"uses_rag\"\nplaces = [\"tools\"]\nit = [\"si\"]").contains("it is no language"));
        assert!(Table::parse("[[sign]]").is_err());
    }

    #[test]
    fn nothing_is_nothing_in_many_words() {
        assert!(is_nothing(" None. ") && is_nothing("") && is_nothing("n/a") && !is_nothing("none yet, see DPIA"));
        assert!(is_nothing("Keine.") && is_nothing("entfällt") && is_nothing("Néant") && !is_nothing("keine Ahnung"));
    }
}

//! The content of the sample, as it is written in `assets/demo`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Table;

use super::{Trouble, dpo::Answers};
use crate::domain::Kind;

/// Declares the files of the portfolio, in its order.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/demo/", $name, ".toml")))),+]
    };
}

const PEOPLE: &str = include_str!("../../assets/demo/people.toml");
const SYSTEMS: &[(&str, &str)] = files![
    "contract",
    "support",
    "hiring",
    "fraud",
    "code",
    "invoices",
    "images",
    "tickets",
    "claims",
    "maintenance",
    "forecast",
    "voice",
    "search",
    "medical",
    "minutes",
    "complaints",
    "tutor",
    "translate",
    "routes"
];

/// The organisation and its people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// What the invented organisation is called.
    pub organisation: String,
    /// The person before the screen.
    pub me: String,
    /// Who sets the record up, and enters the systems.
    pub founder: String,
    /// Days before today on which the record was set up.
    pub ago: i64,
    /// Everybody: a key and the fields.
    pub person: Vec<Table>,
    /// Who holds which role unless a system says otherwise; the founder's own comes first.
    pub role: Vec<Holder>,
}

/// Who holds a role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The code of the role.
    pub role: String,
    /// Who holds it.
    pub person: String,
    /// Who acts for them.
    pub delegate: Option<String>,
    /// Whether they sign what they do with an SSH key.
    #[serde(default)]
    pub signs: bool,
}

/// One system and what happened to it.
#[derive(Debug, Deserialize)]
pub struct Sheet {
    /// Its key.
    pub key: String,
    /// Who holds a role on it, where that differs from the default of the record.
    pub cast: BTreeMap<String, String>,
    /// The fields of the system.
    pub system: Table,
    /// The answers of the intake.
    #[serde(default)]
    pub intake: Table,
    /// The DPO's assessment.
    #[serde(default)]
    pub privacy: Table,
    /// What the DPO answers to the questions of the checklist.
    #[serde(default)]
    pub dpo: Answers,
    /// The draft disposition.
    #[serde(default)]
    pub draft: Table,
    /// What happened, in order.
    pub timeline: Vec<Step>,
    /// Every row of a kind, by the code of the kind.
    #[serde(flatten)]
    pub rows: BTreeMap<String, Vec<Table>>,
}

/// One step of what happened; it may be many commands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    /// Days before today.
    pub ago: i64,
    /// The code of the role in which it is done.
    #[serde(rename = "as")]
    pub role: String,
    /// Who does it, where it is not the holder of the role.
    pub who: Option<String>,
    /// What is done.
    #[serde(rename = "do")]
    pub act: String,
    /// A code or a name that tells more: a leg, a row, an advice.
    pub on: String,
    /// In words.
    pub say: String,
    /// More words: a condition, a measure.
    pub and: String,
    /// Who closes the gaps of a return, or who gets a role.
    pub to: String,
    /// Days that the receiver has, from the step on; or the last day, from today on.
    pub due: Option<i64>,
    /// The fields of an edit.
    pub set: Table,
    /// What a decision depends on: text, and the day it is due, from today on.
    pub conditions: Vec<(String, i64)>,
    /// Only these rows.
    pub keys: Vec<String>,
}

/// The organisation and its people.
pub fn roster() -> Result<Roster, Trouble> {
    toml::from_str(PEOPLE).map_err(|why| Trouble::Content(format!("people: {why}")))
}

/// The systems, in the order of the portfolio.
pub fn sheets() -> Result<Vec<Sheet>, Trouble> {
    let read = |(name, text): &(&str, &str)| {
        toml::from_str::<Sheet>(text).map_err(|why| Trouble::Content(format!("{name}: {why}")))
    };
    SYSTEMS.iter().map(read).collect()
}

impl Sheet {
    /// The rows of a kind.
    pub fn of(&self, kind: Kind) -> &[Table] {
        self.rows.get(kind.code()).map_or(&[], Vec::as_slice)
    }
}

/// The name that a row goes by.
pub fn key_of(row: &Table) -> &str {
    row.get("key").and_then(toml::Value::as_str).unwrap_or("")
}

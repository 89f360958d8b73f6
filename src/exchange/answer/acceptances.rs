//! `docket acceptances`: the accepted risks of all systems, the one that ends first on top.

use serde::Serialize;

use super::{ANSWER_VERSION, pretty, text};
use crate::domain::{
    acceptances::{AcceptanceRow, Wanted, register},
    fields::{Day, Vocabulary},
    library::Level,
};

/// The acceptances on a day.
#[derive(Debug, Clone, Serialize)]
pub struct Acceptances {
    /// `docket.acceptances`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which everything is computed.
    pub on: String,
    /// How many follow.
    pub total: usize,
    /// The acceptances, the one that ends first on top; what ended is at the end.
    pub acceptances: Vec<Row>,
}

/// One acceptance.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The identity of the acceptance.
    pub id: String,
    /// Its number in the system, such as `A-2`.
    pub number: String,
    /// The identity of the system.
    pub system_id: String,
    /// The name of the system.
    pub system: String,
    /// The number of the threat, such as `T-3`.
    pub threat: String,
    /// What the threat is called.
    pub title: String,
    /// The code of the state on the day.
    pub state: &'static str,
    /// Whether the risk is carried by it on the day.
    pub holds: bool,
    /// Why it does not hold; none where it does.
    pub why: Option<String>,
    /// The code of the level that was accepted; none before that.
    pub accepted_level: Option<&'static str>,
    /// The code of the level on the day; none where the threat is unscored, or the acceptance ended.
    pub level: Option<&'static str>,
    /// The last day on which it holds.
    pub expires: Option<String>,
    /// Days to that day; negative once it is over.
    pub days_left: Option<i64>,
    /// The name and title of whoever accepted it; none before that.
    pub accepted_by: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<String>,
    /// How many conditions wait for something or are broken.
    pub conditions_open: u32,
    /// The first day on which one of them is due.
    pub condition_due: Option<String>,
    /// How it is signed with an SSH key: whether that holds, and by which key; none where it is not.
    pub ssh_signature: Option<String>,
}

impl Row {
    fn of(row: &AcceptanceRow, today: Day) -> Self {
        let (turn, outlook) = (row.on(today), &row.outlook);
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            id: outlook.acceptance.to_string(),
            number: format!("A-{}", outlook.number),
            system_id: row.system.to_string(),
            system: row.name.clone(),
            threat: outlook.threat.clone(),
            title: outlook.title.clone(),
            state: turn.state.code(),
            holds: turn.state.holds(),
            why: said(&turn.why),
            accepted_level: Level::parse(&outlook.level).map(Level::code),
            level: turn.level.map(Level::code),
            expires: outlook.expires.map(|day| day.to_string()),
            days_left: row.days(today),
            accepted_by: said(&outlook.acceptor),
            requested_by: said(&row.requester),
            conditions_open: turn.open,
            condition_due: turn.due.map(|due| due.to_string()),
            ssh_signature: said(&outlook.signed),
        }
    }
}

impl Acceptances {
    /// The acceptances on a day: those asked for or given, or all of them; of those, the ones that end within so many days.
    pub fn of(all: &[AcceptanceRow], every: bool, within: Option<u32>, today: Day) -> Self {
        let wanted = if every { Wanted::All } else { Wanted::Open };
        let soon =
            |row: &&AcceptanceRow| within.is_none_or(|most| row.days(today).is_some_and(|d| d <= i64::from(most)));
        let shown = register(all, wanted, "", today);
        let acceptances: Vec<Row> =
            shown.into_iter().map(|at| &all[at]).filter(soon).map(|row| Row::of(row, today)).collect();
        let (kind, on) = ("docket.acceptances", today.to_string());
        Self { kind, version: ANSWER_VERSION, on, total: acceptances.len(), acceptances }
    }

    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people: one line an acceptance, and below it why it does not hold, at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        if self.acceptances.is_empty() {
            return "No acceptance is like that.\n".to_owned();
        }
        let mut out = line(["Ends", "In", "State", "System", "Risk", "Accepted by"]);
        for row in &self.acceptances {
            let days = row.days_left.map_or_else(|| "-".to_owned(), |days| days.to_string());
            let state = row.state.replace('_', " ");
            let risk = format!("{} {}", row.threat, row.title);
            let by = row.accepted_by.as_deref().and_then(|name| name.split(',').next()).unwrap_or("-");
            out.push_str(&line([row.expires.as_deref().unwrap_or("-"), &days, &state, &row.system, &risk, by]));
            if let Some(why) = &row.why {
                out.push_str(&text::wrapped("    ", why));
            }
        }
        out
    }
}

/// The widths add up to 70; five times two blanks lie between them.
fn line(cells: [&str; 6]) -> String {
    let widths = [10, 4, 11, 16, 17, 12];
    let cells: Vec<_> = cells.into_iter().zip(widths).collect();
    text::row(&cells)
}

//! `docket list`: the systems of a record, the most pressing first.

use serde::Serialize;

use crate::domain::{Id, fields::Day, summary::Summary};

use super::{ANSWER_VERSION, age, pretty, text};

/// The systems on a day.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// `docket.list`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which everything is computed.
    pub on: String,
    /// How many systems there are.
    pub total: usize,
    /// The systems, the most pressing first.
    pub systems: Vec<Row>,
}

/// One system.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of the tier that counts; none before the intake.
    pub tier: Option<String>,
    /// The code of the lifecycle.
    pub lifecycle: Option<String>,
    /// In whose court it is; empty when nobody has to act.
    pub court: String,
    /// For how many days.
    pub days: Option<i64>,
    /// By when the next thing is due.
    pub due: Option<String>,
    /// Whether that day has passed.
    pub late: bool,
    /// Every gap of the gate.
    pub gaps: u32,
    /// Those that the DPO has to close.
    pub dpo_gaps: u32,
    /// Those that governance has to close.
    pub governance_gaps: u32,
    /// Live threats.
    pub threats: u32,
    /// Threats without a score.
    pub unscored: u32,
    /// The worst current level; none where nothing is scored.
    pub worst: Option<&'static str>,
    /// The code of the effective clearance.
    pub clearance: String,
    #[serde(skip)]
    rank: i64,
}

impl Row {
    /// One system from what the dashboard keeps of it.
    pub fn of(id: Id, summary: &Summary, today: Day) -> Self {
        let said = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
        let levels = crate::domain::library::Level::ALL;
        let worst = usize::from(summary.worst).checked_sub(1).and_then(|at| levels.get(at));
        Self {
            id: id.to_string(),
            name: summary.name.as_str().to_owned(),
            tier: said(&summary.tier),
            lifecycle: said(&summary.lifecycle),
            court: summary.court.clone(),
            days: summary.since.filter(|_| !summary.court.is_empty()).map(|since| age(since, today)),
            due: summary.due.map(|due| due.to_string()),
            late: summary.due.is_some_and(|due| due < today),
            gaps: summary.gaps,
            dpo_gaps: summary.dpo_gaps,
            governance_gaps: summary.governance_gaps,
            threats: summary.threats,
            unscored: summary.unscored,
            worst: worst.map(|level| level.code()),
            clearance: summary.clearance.clone(),
            rank: summary.rank,
        }
    }
}

impl List {
    /// The systems on a day, the most pressing first; equally pressing ones by name.
    pub fn of(mut systems: Vec<Row>, today: Day) -> Self {
        systems.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id))));
        let (kind, on) = ("docket.list", today.to_string());
        Self { kind, version: ANSWER_VERSION, on, total: systems.len(), systems }
    }

    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people: one line a system, at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        if self.systems.is_empty() {
            return "No systems yet.\n".to_owned();
        }
        let mut out = line(["System", "Tier", "Court", "Days", "Gaps", "Worst", "Clearance"]);
        for row in &self.systems {
            let tier = row.tier.as_deref().unwrap_or("-");
            let court = if row.court.is_empty() { "-" } else { &row.court };
            let late = if row.late { "!" } else { "" };
            let days = row.days.map_or_else(|| "-".to_owned(), |days| format!("{days}{late}"));
            let clearance = row.clearance.replace('_', " ");
            let worst = row.worst.unwrap_or("-");
            out.push_str(&line([&row.name, tier, court, &days, &row.gaps.to_string(), worst, &clearance]));
        }
        out
    }
}

/// The widths add up to 68; six times two blanks lie between them.
fn line(cells: [&str; 7]) -> String {
    let widths = [18, 8, 13, 4, 4, 8, 13];
    let cells: Vec<_> = cells.into_iter().zip(widths).collect();
    text::row(&cells)
}

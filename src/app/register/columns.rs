//! The columns of a register: what each shows of a threat, how it sorts, and how it is changed.

use crate::{
    app::{
        panes::{shown, with_gone},
        row::{
            Cell, Column, Tint,
            Width::{Fixed, Share},
            column,
        },
    },
    domain::{
        Dossier, Kind,
        fields::{Day, Entity, Vocabulary, YesNo},
        register::{Rating, Ratings, Threat, Treatment},
    },
};

/// A threat as a line of a register.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Where its people and things have their names.
    pub dossier: &'a Dossier,
    /// The threat.
    pub threat: &'a Threat,
    /// Its three scores.
    pub scores: Ratings,
    /// How many live controls stand against it.
    pub controls: usize,
    /// The system that it is about, where the register is over several.
    pub system: &'a str,
    /// That system's tier.
    pub tier: &'a str,
    /// The day it is.
    pub today: Day,
}

/// How the cell of a column is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The row opens: its number, or something that is worked out.
    Row,
    /// Two digits on the matrix.
    Score,
    /// Linking a control.
    Control,
    /// A field of the threat, in the cell itself.
    Field(&'static str),
    /// A field that needs the room, or the words, of the sheet.
    Sheet(&'static str),
}

/// A column that can be shown.
#[derive(Debug)]
pub struct Spec {
    /// The name under which it is remembered; never renamed.
    pub id: &'static str,
    /// Its title, its width, and from which width of the list on it is shown.
    pub column: Column,
    /// How its cells are changed.
    pub change: Change,
}

const fn spec(id: &'static str, column: Column, change: Change) -> Spec {
    Spec { id, column, change }
}

/// Every column, in the order in which they can be chosen; the number comes first and is always there.
pub const ALL: &[Spec] = &[
    spec("number", column("No.", Fixed(5), 0), Change::Row),
    spec("system", column("System", Fixed(18), 0), Change::Row),
    spec("tier", column("Tier", Fixed(8), 90), Change::Row),
    spec("title", column("Threat", Share(1), 0), Change::Field("title")),
    spec("component", column("Component", Fixed(14), 90), Change::Field("component")),
    spec("category", column("Category", Fixed(14), 90), Change::Field("category")),
    spec("score", column("L I", Fixed(3), 0), Change::Score),
    spec("inherent", column("Inherent", Fixed(10), 100), Change::Score),
    spec("now", column("Now", Fixed(10), 0), Change::Sheet("now_likelihood")),
    spec("target", column("Target", Fixed(10), 96), Change::Control),
    spec("confidence", column("Sure", Fixed(9), 100), Change::Field("confidence")),
    spec("status", column("Analysis", Fixed(13), 100), Change::Field("status")),
    spec("treatment", column("Treatment", Fixed(11), 70), Change::Field("treatment")),
    spec("treatment_reason", column("Why", Fixed(20), 110), Change::Sheet("treatment_reason")),
    spec("controls", column("Ctl", Fixed(3), 0), Change::Control),
    spec("owner", column("Owner", Fixed(14), 100), Change::Field("owner")),
    spec("due", column("Due", Fixed(10), 100), Change::Field("due")),
    spec("personal", column("Personal", Fixed(13), 110), Change::Field("personal")),
    spec("dpo", column("DPO", Fixed(9), 104), Change::Row),
    spec("severity_word", column("Tool says", Fixed(10), 110), Change::Row),
    spec("status_word", column("Tool's status", Fixed(13), 110), Change::Row),
    spec("library", column("Library", Fixed(9), 110), Change::Row),
];

/// The columns of a system's register as long as nobody chose others.
pub const USUAL: [&str; 8] = ["number", "title", "score", "now", "target", "treatment", "controls", "dpo"];
/// The columns of the register over all systems as long as nobody chose others.
pub const USUAL_OVER_ALL: [&str; 8] = ["number", "system", "tier", "title", "score", "now", "treatment", "controls"];

impl Spec {
    /// The column with this name.
    pub fn of(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|spec| spec.id == id)
    }

    /// What it shows of a threat.
    pub fn cell(&self, line: &Line<'_>) -> Cell {
        let threat = line.threat;
        let unscored = line.scores.inherent.is_none();
        match self.id {
            "number" => Cell::plain(threat.reference()),
            "system" => Cell::plain(line.system),
            "tier" => Cell::plain(if line.tier.is_empty() { "none" } else { line.tier }),
            "score" => digits(threat),
            "inherent" => level(line.scores.inherent, unscored),
            "now" => level(line.scores.now, unscored),
            "target" => level(line.scores.target, unscored),
            "treatment" => {
                let tint = if threat.treatment.is_none() { Tint::Alert } else { Tint::Plain };
                Cell::new(threat.treated().label(), tint)
            }
            "title" => Cell::plain(with_gone(threat.title.as_str(), threat.gone)),
            "controls" => controls(line),
            "due" => due(line),
            "dpo" => verdict(threat),
            id => Kind::Threat
                .field(id)
                .map_or_else(Cell::default, |field| Cell::plain(shown(line.dossier, field, &threat.get(id)))),
        }
    }

    /// Where a threat stands when the register is in the order of this column: lower comes first. Unscored is never
    /// among the calm: it comes before the worst.
    pub fn key(&self, line: &Line<'_>) -> (i64, String) {
        let threat = line.threat;
        let number = threat.number.unwrap_or(0);
        match self.id {
            "number" => (number, String::new()),
            "score" | "inherent" => (-rank(line.scores.inherent), String::new()),
            "now" => (-rank(line.scores.now), String::new()),
            "target" => (-rank(line.scores.target), String::new()),
            "controls" => (i64::try_from(line.controls).unwrap_or(i64::MAX), String::new()),
            "tier" => (-tier_rank(line.tier), line.system.to_lowercase()),
            "due" => (threat.due.map_or(i64::MAX, |day| line.today.days_to(day)), String::new()),
            "treatment" => (threat.treated() as i64, String::new()),
            "status" => (threat.status.map_or(-1, |status| status as i64), String::new()),
            // What is empty comes last: it says nothing.
            _ => {
                let text = self.cell(line).text.to_lowercase();
                (i64::from(text.is_empty()), text)
            }
        }
    }
}

/// How grave a rating is, for sorting only; unscored is graver than anything that was looked at.
fn rank(rating: Option<Rating>) -> i64 {
    rating.map_or(1_000, |rating| (rating.level as i64 + 1) * 10 + i64::from(rating.impact.get()))
}

fn tier_rank(tier: &str) -> i64 {
    crate::domain::system::Tier::parse(tier).map_or(-1, |tier| tier as i64)
}

fn digits(threat: &Threat) -> Cell {
    let digit = |score: Option<crate::domain::fields::Score>| score.map_or("?".into(), |score| score.get().to_string());
    let unscored = threat.likelihood.is_none() || threat.impact.is_none();
    let text = format!("{} {}", digit(threat.likelihood), digit(threat.impact));
    Cell::new(text, if unscored { Tint::Alert } else { Tint::Plain })
}

fn controls(line: &Line<'_>) -> Cell {
    if line.controls == 0 && line.threat.treated() == Treatment::Mitigate {
        Cell::new("! 0", Tint::Alert)
    } else {
        Cell::plain(line.controls.to_string())
    }
}

fn due(line: &Line<'_>) -> Cell {
    line.threat.due.map_or_else(Cell::default, |day| {
        let late = day < line.today && line.threat.counts();
        Cell::new(if late { format!("! {day}") } else { day.to_string() }, if late { Tint::Alert } else { Tint::Plain })
    })
}

fn verdict(threat: &Threat) -> Cell {
    match (threat.personal, threat.dpo_verdict) {
        (None, _) => Cell::default(),
        (Some(_), None) => Cell::new("! not yet", Tint::Alert),
        (Some(_), Some(verdict)) => Cell::plain(verdict.label()),
    }
}

/// A level as a mark and a word; unscored has a mark of its own and never looks calm.
pub fn level(rating: Option<Rating>, unscored: bool) -> Cell {
    match rating {
        Some(rating) => {
            let mark = [".", "o", "#", "!"][rating.level as usize];
            Cell::new(format!("{mark} {}", rating.level.label()), Tint::Level(rating.level as u8 + 1))
        }
        None if unscored => Cell::new("? unscored", Tint::Level(0)),
        None => Cell::default(),
    }
}

/// Whether the board is to talk about a threat.
pub fn flagged(threat: &Threat) -> bool {
    threat.flagged == Some(YesNo::Yes)
}

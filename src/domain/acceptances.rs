//! The register of all acceptances: what one line of it says on a day, and in which order the lines stand.

use super::{
    Id, Line,
    decision::{AcceptanceState, Outlook, Turn},
    fields::{Day, Vocabulary},
    library::Level,
};

/// One acceptance of one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceRow {
    /// The system.
    pub system: Id,
    /// Its name.
    pub name: String,
    /// The code of its tier; empty before the intake.
    pub tier: String,
    /// The name of whoever asked for it.
    pub requester: String,
    /// The acceptance, and what it is worth from which day on.
    pub outlook: Outlook,
}

/// Which acceptances are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Those that were given or asked for and did not end.
    #[default]
    Open,
    /// Of those, the ones of which something is to be done: asked for, expiring, or given and not holding.
    Pressing,
    /// All, also those that ended.
    All,
}

impl Wanted {
    /// The next one; after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Open => Self::Pressing,
            Self::Pressing => Self::All,
            Self::All => Self::Open,
        }
    }
    /// What is shown, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "asked for and given",
            Self::Pressing => "to be seen to",
            Self::All => "ended ones too",
        }
    }
    /// Whether an acceptance in this state is wanted; a condition that is due presses as well.
    fn takes(self, turn: &Turn, today: Day) -> bool {
        let due = turn.due.is_some_and(|due| due <= today.plus(SOON));
        match self {
            Self::All => true,
            Self::Open => !turn.state.ended(),
            Self::Pressing => !turn.state.ended() && (turn.state != AcceptanceState::Active || due),
        }
    }
}

/// A condition that is due within so many days presses.
const SOON: i64 = 14;

impl AcceptanceRow {
    /// The same with all text cleaned: a file may hold whatever a text may.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        let outlook = &mut self.outlook;
        let texts = [&mut self.name, &mut self.tier, &mut self.requester];
        let own =
            [&mut outlook.threat, &mut outlook.title, &mut outlook.level, &mut outlook.acceptor, &mut outlook.signed];
        let why = outlook.turns.iter_mut().map(|turn| &mut turn.why);
        for text in texts.into_iter().chain(own).chain(why) {
            *text = Line::new(text).to_string();
        }
        self
    }

    /// What it is worth on a day; what cannot be read is proposed, so that somebody looks.
    pub fn on(&self, today: Day) -> Turn {
        let unknown =
            Turn { from: None, state: AcceptanceState::Proposed, level: None, open: 0, due: None, why: String::new() };
        self.outlook.at(today).cloned().unwrap_or(unknown)
    }

    /// The level that was accepted, or the one that is asked for.
    pub fn level(&self, today: Day) -> Option<Level> {
        Level::parse(&self.outlook.level).or_else(|| self.on(today).level)
    }

    /// Whoever accepted it, without the title; while it is proposed, whoever asks.
    pub fn person(&self) -> &str {
        let name = self.outlook.acceptor.split(',').next().unwrap_or("");
        if name.is_empty() { &self.requester } else { name }
    }

    /// Days to its end; negative once it is over.
    pub fn days(&self, today: Day) -> Option<i64> {
        self.outlook.expires.map(|expires| today.days_to(expires))
    }

    /// What a filter looks through, in small letters.
    pub fn words(&self, today: Day) -> String {
        let turn = self.on(today);
        let level = self.level(today).map_or("unscored", Level::label);
        let outlook = &self.outlook;
        format!(
            "{} A-{} {} {} {level} {} {} {} {} {}",
            self.name,
            outlook.number,
            outlook.threat,
            outlook.title,
            turn.state.label(),
            outlook.expires.map_or_else(String::new, |day| day.to_string()),
            outlook.acceptor,
            self.requester,
            turn.why
        )
        .to_lowercase()
    }
}

/// The wanted lines that hold every word of a filter, the one that ends first on top; what ended is at the end.
pub fn register(all: &[AcceptanceRow], wanted: Wanted, filter: &str, today: Day) -> Vec<usize> {
    let needles: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let fits = |row: &AcceptanceRow| {
        wanted.takes(&row.on(today), today)
            && (needles.is_empty() || {
                let words = row.words(today);
                needles.iter().all(|needle| words.contains(needle.as_str()))
            })
    };
    let mut out: Vec<usize> = (0..all.len()).filter(|at| fits(&all[*at])).collect();
    out.sort_by_cached_key(|at| {
        let row = &all[*at];
        let ended = row.on(today).state.ended();
        (
            ended,
            row.outlook.expires.is_none(),
            row.outlook.expires,
            row.name.to_lowercase(),
            row.outlook.number,
            row.system,
        )
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn row(n: u8, state: AcceptanceState, expires: &str) -> AcceptanceRow {
        let turn = Turn { from: None, state, level: Some(Level::High), open: 0, due: None, why: String::new() };
        let outlook = Outlook {
            signed: String::new(),
            acceptance: Id([n; 16]),
            number: i64::from(n),
            threat: format!("T-{n}"),
            title: "Wrong answer".into(),
            level: String::new(),
            expires: Day::parse(expires),
            acceptor: "Gwen Governance, Head of it".into(),
            requester: None,
            turns: vec![turn],
        };
        AcceptanceRow {
            system: Id([n; 16]),
            name: format!("System {n}"),
            tier: String::new(),
            requester: String::new(),
            outlook,
        }
    }

    #[test]
    fn what_ends_first_is_on_top_and_what_ended_is_last() {
        use AcceptanceState::{Active, Lapsed, Proposed, Revoked};
        let all = [
            row(1, Active, "2027-02-01"),
            row(2, Revoked, "2026-01-01"),
            row(3, Lapsed, "2026-11-01"),
            row(4, Proposed, "2026-12-24"),
        ];
        let today = day("2026-11-21");
        assert_eq!(register(&all, Wanted::All, "", today), [2, 3, 0, 1]);
        assert_eq!(register(&all, Wanted::Open, "", today), [2, 3, 0]);
        assert_eq!(register(&all, Wanted::Pressing, "", today), [2, 3]);
        assert_eq!(register(&all, Wanted::All, "GWEN lapsed", today), [2], "every word, in any case");
        assert_eq!(register(&all, Wanted::All, "system 9", today), [0usize; 0]);
        assert_eq!((all[2].days(today), all[0].person()), (Some(-20), "Gwen Governance"));
    }
}

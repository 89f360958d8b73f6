//! What is asked of the journal by a person who reads it, and what comes back.

use super::{
    Id, Kind,
    decision::Section,
    event::Change,
    fields::{Day, Vocabulary, choices},
    page::HistoryLine,
    people::Role,
};

choices! {
    /// What kind of act an entry is.
    Act {
        Decisions "decisions" "decisions",
        Signoffs "sign_offs" "sign-offs",
        Handoffs "hand_offs" "hand-offs",
        Acceptances "acceptances" "acceptances",
        Advice "advice" "advice of the DPO",
        Triggers "triggers" "triggers and conditions",
        Reviews "reviews" "reviews opened",
        Findings "findings" "findings",
        People "people" "people and roles",
        Imports "imports" "imports",
        Added "added" "what was added",
        Changed "changed" "what was changed",
        Withdrawn "withdrawn" "what was withdrawn",
        Undone "undone" "what was undone or done again",
    }
}

impl Act {
    /// Whether an entry with this intent, `threat.edit`, is one of them.
    pub fn fits(self, intent: &str) -> bool {
        let (kind, verb) = intent.split_once('.').unwrap_or((intent, ""));
        match self {
            Self::Decisions => {
                kind == "disposition" || kind == "acceptance" && matches!(verb, "accept" | "decline" | "revoke")
            }
            Self::Signoffs => matches!(kind, "signoff" | "signature"),
            Self::Handoffs => kind == "handoff",
            Self::Acceptances => kind == "acceptance",
            Self::Advice => kind == "privacy" && verb == "advise",
            Self::Triggers => matches!(kind, "trigger" | "condition"),
            Self::Reviews => kind == "review",
            Self::Findings => kind == "finding",
            Self::People => matches!(kind, "person" | "assignment"),
            Self::Imports => verb == "import" || intent == "bundle.merge",
            Self::Added => matches!(verb, "add" | "import"),
            Self::Changed => matches!(verb, "edit" | "merge"),
            Self::Withdrawn => matches!(verb, "archive" | "withdraw"),
            Self::Undone => matches!(verb, "undo" | "redo"),
        }
    }
}

/// Which entries are wanted. Everything that is named has to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Of this system; none for the whole record.
    pub system: Option<Id>,
    /// By this person.
    pub who: Option<Id>,
    /// In this hat.
    pub hat: Option<Role>,
    /// That touch this section.
    pub section: Option<Section>,
    /// Of this kind of act.
    pub act: Option<Act>,
    /// From this day on.
    pub since: Option<Day>,
    /// Up to the end of this day.
    pub until: Option<Day>,
    /// That have all of these words in what people read of them.
    pub words: String,
    /// Up to this entry.
    pub upto: Option<i64>,
}

impl LogQuery {
    /// Everything about one system, or about the whole record.
    pub fn of(system: Option<Id>) -> Self {
        Self { system, ..Self::default() }
    }

    /// Whether nothing but its system narrows it.
    pub fn is_wide(&self) -> bool {
        *self == Self { system: self.system, upto: self.upto, ..Self::default() }
    }

    /// Whether an entry with this intent may fit, before its content is looked at.
    pub fn fits_intent(&self, intent: &str) -> bool {
        let kind = || intent.split('.').next().and_then(Kind::parse);
        self.act.is_none_or(|act| act.fits(intent))
            && self.section.is_none_or(|section| kind().is_some_and(|kind| has(kind, section)))
    }

    /// Whether what an entry set touches the section that is wanted; taking a thing out or back in touches all of its.
    pub fn fits_change(&self, of: Option<Kind>, set: &[Change]) -> bool {
        let Some(section) = self.section else { return true };
        let Some(of) = of else { return false };
        let in_it = |change: &Change| {
            change.field == "archived" || of.field(&change.field).is_some_and(|field| field.section == Some(section))
        };
        set.iter().any(in_it)
    }

    /// What narrows it beside the words, in words; empty where nothing does.
    pub fn facets(&self, name: impl Fn(Id) -> String) -> String {
        let parts = [
            self.who.map(name),
            self.hat.map(|hat| format!("as {}", hat.label())),
            self.section.map(|section| section.label().to_owned()),
            self.act.map(|act| act.label().to_owned()),
            self.since.map(|day| format!("since {day}")),
            self.until.map(|day| format!("until {day}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn has(kind: Kind, section: Section) -> bool {
    kind.fields().iter().any(|field| field.section == Some(section))
}

/// One entry with the system that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// The entry, in words.
    pub line: HistoryLine,
    /// Its system and what that is called; none for the record itself.
    pub system: Option<(Id, String)>,
}

/// A part of what fits, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogPage {
    /// What was asked.
    pub query: LogQuery,
    /// Whether these are the first ones; else they follow those that are known.
    pub fresh: bool,
    /// The entries.
    pub lines: Vec<LogLine>,
    /// How many were looked at by now.
    pub looked: usize,
    /// How many there are to look at.
    pub total: usize,
    /// Whether all were looked at.
    pub done: bool,
    /// Who is in the record; only with the first entries.
    pub people: Vec<(Id, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Value;

    #[test]
    fn a_section_is_touched_by_its_fields_and_by_what_comes_and_goes() {
        let query = LogQuery { section: Some(Section::Data), ..LogQuery::default() };
        let set = |field: &str| vec![Change { field: field.into(), old: Value::Null, new: Value::Int(1) }];
        assert!(query.fits_intent("system.edit") && !query.fits_intent("threat.edit"));
        assert!(!query.fits_intent("device.open"));
        assert!(query.fits_change(Some(Kind::System), &set("data")));
        assert!(!query.fits_change(Some(Kind::System), &set("notes")));
        assert!(query.fits_change(Some(Kind::System), &set("archived")));
        assert!(LogQuery::default().fits_change(None, &[]));
    }

    #[test]
    fn an_act_is_more_than_its_kind() {
        assert!(Act::Decisions.fits("acceptance.accept") && !Act::Decisions.fits("acceptance.propose"));
        assert!(Act::Acceptances.fits("acceptance.propose") && Act::Decisions.fits("disposition.decide"));
        assert!(Act::Added.fits("threat.import") && Act::Undone.fits("threat.redo"));
        let one = |act: &Act| {
            Kind::ALL.iter().any(|kind| {
                ["add", "edit", "archive", "undo", "import", "advise", "accept"]
                    .iter()
                    .any(|verb| act.fits(&format!("{}.{verb}", kind.code())))
            })
        };
        assert!(Act::ALL.iter().all(one));
    }

    #[test]
    fn what_narrows_it_is_said_in_words() {
        let query = LogQuery {
            who: Some(Id([1; 16])),
            hat: Some(Role::Dpo),
            act: Some(Act::Signoffs),
            since: Day::parse("2026-11-01"),
            ..LogQuery::default()
        };
        assert_eq!(query.facets(|_| "Ada".into()), "Ada, as DPO, sign-offs, since 2026-11-01");
        assert!(!query.is_wide() && LogQuery::of(Some(Id([2; 16]))).is_wide());
    }
}

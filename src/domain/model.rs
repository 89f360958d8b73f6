//! Every kind of thing that a record holds, and the dossier: everything about one system, as one value.

use super::{
    Id,
    after::{Alteration, Incident, Pause},
    catalog::{Fact, Shelf},
    decision::{
        Acceptance, Condition, Countersign, Disposition, Exception, Handoff, Policy, Proviso, Review, Signature,
        Signoff, Trigger,
    },
    event::Event,
    fields::{Day, Entity, Field},
    library::Matrix,
    meeting::{AgendaItem, Attendee, Meeting, Opinion, Remark, Stance, Task},
    memo::Memo,
    people::{Assignment, Person},
    privacy::{Assessed, Check, Privacy},
    register::{Considered, Control, Evidence, Finding, Link, Source, Threat, Verification},
    rows::Rows,
    system::{Component, Connection, Flow, Intake, Model, Release, Retrieval, System, Tool},
};

/// Declares the kinds and the dossier that holds them.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $code:literal $label:literal $rows:ident;)+) => {
        /// What kind of thing an entity is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind),+ }

        impl Kind {
            /// Every kind, in the order of the record.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];
            /// The name in the journal and of the projection; never renamed.
            pub fn code(self) -> &'static str {
                match self { $(Self::$kind => $code),+ }
            }
            /// What people call one of it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label),+ }
            }
            /// Its rows in the table of fields.
            pub fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => $kind::FIELDS),+ }
            }
            /// An empty entity of this kind.
            pub fn empty(self, id: Id) -> Box<dyn Entity> {
                match self { $(Self::$kind => Box::new($kind::empty(id))),+ }
            }
        }

        /// Everything about one system under review, with the people and defaults of the record.
        ///
        /// A dossier without a system holds what belongs to the record itself.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct Dossier {
            /// The system that it is about; none for the record itself.
            pub subject: Option<Id>,
            /// The assignments that hold for every system without its own.
            pub defaults: Rows<Assignment>,
            $(#[doc = $label] pub $rows: Rows<$kind>,)+
            /// The risk matrix that was in force at the point in the past that it shows; none for what is so now.
            pub matrix_then: Option<&'static Matrix>,
            /// What was worked out from it; it says nothing of its own.
            pub memo: Memo,
        }

        impl Dossier {
            /// The entities of one kind, withdrawn ones too, in the order in which they were made.
            pub fn rows(&self, kind: Kind) -> Vec<&dyn Entity> {
                match kind { $(Kind::$kind => self.$rows.iter().map(|row| row as &dyn Entity).collect()),+ }
            }
            /// One entity.
            pub fn find(&self, kind: Kind, id: Id) -> Option<&dyn Entity> {
                match kind { $(Kind::$kind => self.$rows.by_id(id).map(|row| row as &dyn Entity)),+ }
            }
            /// A new entity at the end, filled by `fill`; the caller knows that there is none with this identity yet.
            pub fn append(&mut self, kind: Kind, id: Id, fill: &mut dyn FnMut(&mut dyn Entity)) {
                match kind { $(Kind::$kind => {
                    let mut row = $kind::empty(id);
                    fill(&mut row);
                    self.$rows.push(row);
                }),+ }
            }
            /// One entity, made empty where there is none.
            pub fn entry(&mut self, kind: Kind, id: Id) -> &mut dyn Entity {
                match kind { $(Kind::$kind => {
                    let at = self.$rows.position(id).unwrap_or_else(|| {
                        self.$rows.push($kind::empty(id));
                        self.$rows.len() - 1
                    });
                    self.$rows.change(at).expect("it is there, or was just put there")
                }),+ }
            }
            /// Hands out every day in a row that was not withdrawn.
            pub fn each_day(&self, out: &mut dyn FnMut(Day)) {
                $(self.$rows.days().for_each(&mut *out);)+
            }
            /// What changes whenever the rows of a kind change.
            pub fn stamp(&self, kind: Kind) -> u64 {
                match kind { $(Kind::$kind => self.$rows.stamp()),+ }
            }
        }
    };
}

kinds! {
    /// A named human.
    Person "person" "person" people;
    /// Person × role × system.
    Assignment "assignment" "role" assignments;
    /// An AI system.
    System "system" "system" systems;
    /// The answers of the intake.
    Intake "intake" "intake" intakes;
    /// A version that goes live.
    Release "release" "release" releases;
    /// A part of the system.
    Component "component" "component" components;
    /// Data on its way.
    Flow "flow" "data flow" flows;
    /// Something that the system can call.
    Tool "tool" "tool" tools;
    /// A connection to something outside.
    Connection "connection" "external connection" connections;
    /// A model.
    Model "model" "model" models;
    /// A source from which the system retrieves.
    Retrieval "retrieval" "retrieval source" retrievals;
    /// One assessment.
    Review "review" "review" reviews;
    /// A threat.
    Threat "threat" "threat" threats;
    /// A control.
    Control "control" "control" controls;
    /// That a control reduces a threat.
    Link "link" "threat-control link" links;
    /// One look at whether a control works.
    Verification "verification" "verification" verifications;
    /// A piece of evidence.
    Evidence "evidence" "evidence" evidence;
    /// "Considered: none, because …".
    Considered "considered" "considered, none" considered;
    /// A file that was imported.
    Source "source" "imported file" sources;
    /// The DPO's assessment.
    Privacy "privacy" "DPO assessment" privacies;
    /// Work on its way.
    Handoff "handoff" "hand-off" handoffs;
    /// An acceptance of a residual risk.
    Acceptance "acceptance" "acceptance" acceptances;
    /// What will require a new assessment.
    Trigger "trigger" "trigger" triggers;
    /// What one role confirmed.
    Signoff "signoff" "sign-off" signoffs;
    /// What was decided.
    Disposition "disposition" "disposition" dispositions;
    /// What a disposition depends on.
    Condition "condition" "condition" conditions;
    /// A system fact, corrected by hand.
    Fact "fact" "system fact" facts;
    /// An entry of the team's own library.
    Shelf "shelf" "library entry" shelf;
    /// Something that was found wrong.
    Finding "finding" "finding" findings;
    /// What an acceptance depends on.
    Proviso "proviso" "acceptance condition" provisos;
    /// A requirement that does not hold for a while.
    Exception "exception" "exception" exceptions;
    /// Something that is not any more what was decided on.
    Alteration "change" "change" alterations;
    /// Something that went wrong in use.
    Incident "incident" "incident" incidents;
    /// That the system was stopped.
    Pause "pause" "pause" pauses;
    /// An answer of the DPO.
    Check "dpo_answer" "DPO answer" checks;
    /// What the DPO made of a section.
    Assessed "dpo_section" "DPO section" assessed;
    /// A version of the independence policy.
    Policy "policy" "independence policy" policies;
    /// A second person's signature for roles combined.
    Countersign "countersign" "countersignature" countersigns;
    /// An act that was signed with an SSH key.
    Signature "signature" "SSH signature" signatures;
    /// A meeting.
    Meeting "meeting" "meeting" meetings;
    /// That somebody is invited to a meeting, or there.
    Attendee "attendee" "attendance" attendees;
    /// What hands did to an item of an agenda.
    AgendaItem "agenda_item" "agenda item" agenda_items;
    /// What somebody says to what is decided.
    Stance "stance" "stance" stances;
    /// Something that somebody has to do.
    Task "action_item" "action" tasks;
    /// A line of the minutes.
    Remark "minute_line" "line of the minutes" remarks;
    /// What a reviewer says before a meeting.
    Opinion "opinion" "opinion" opinions;
}

impl Kind {
    /// The kind with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
    /// Its field with this id.
    pub fn field(self, id: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.id == id)
    }
}

impl Dossier {
    /// Takes in what has happened. Events are facts: taking one in never fails.
    pub fn apply(&mut self, event: &Event) {
        let entity = self.entry(event.of, event.entity);
        for change in &event.set {
            entity.put(&change.field, &change.new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_and_field_names_are_well_formed_and_unique() {
        let word = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let codes: HashSet<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!(word(kind.code()));
            assert_eq!(Kind::parse(kind.code()), Some(*kind));
            let ids: HashSet<_> = kind.fields().iter().map(|field| field.id).collect();
            assert_eq!(ids.len(), kind.fields().len(), "{kind:?}");
            for field in kind.fields() {
                assert!(word(field.id) && field.id != "archived" && field.id != "system", "{kind:?} {}", field.id);
                assert!(field.label.chars().count() <= 24, "{}", field.label);
                assert!(field.help.ends_with(['.', '?']), "{}", field.help);
            }
        }
    }

    #[test]
    fn what_is_put_comes_back() {
        for kind in Kind::ALL {
            let mut entity = kind.empty(Id([1; 16]));
            for field in kind.fields() {
                assert!(entity.put(field.id, &entity.get(field.id)));
                assert!(entity.get(field.id).is_null(), "a new {kind:?} has no {}", field.id);
            }
            assert!(!entity.put("no_such_field", &crate::domain::value::Value::Int(1)));
        }
    }
}

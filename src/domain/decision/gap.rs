//! A gap: one specific thing that is missing, whose it is, and where it is mended.

use super::Step;
use crate::domain::{
    Id, Kind,
    fields::{Day, Moment, Vocabulary},
    people::Role,
};

/// One specific thing that stands between a review and its clearance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which of the eight conditions of the gate it belongs to.
    pub condition: u8,
    /// The role that has to close it.
    pub role: Role,
    /// The person who holds that role, if anybody does.
    pub person: Option<Id>,
    /// What is missing, as a sentence without its full stop.
    pub what: String,
    /// Since when it is missing.
    pub since: Option<Moment>,
    /// By when it is due.
    pub due: Option<Day>,
    /// The exact place that mends it.
    pub place: Place,
}

/// Where a gap is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The kind of thing.
    pub kind: Kind,
    /// The thing; none where one has to be added.
    pub id: Option<Id>,
    /// The field; empty where it is not one field.
    pub field: String,
    /// What has to be done there.
    pub mend: Mend,
}

/// What has to be done to close a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Fill the field.
    Edit,
    /// Add one.
    Add,
    /// Cover a subject: a threat, or "considered: none, because …".
    Cover,
    /// Give the role to somebody.
    Assign(Role),
    /// Hand over.
    Send(Step),
    /// Take up and confirm a hand-off.
    Confirm(Step),
    /// Sign.
    Sign(Role),
    /// Give the DPO's advice.
    Advise,
    /// Decide on an acceptance.
    Accept,
    /// Ask anew for an acceptance that ends or does not hold.
    Renew,
    /// Record that a condition is met.
    Meet,
    /// Decide on an exception, look at it again, or close it.
    Except,
    /// Record why one person may hold both roles.
    Override,
    /// Countersign what somebody does in several roles.
    Countersign,
    /// Go through a section of the DPO's checklist.
    Assess,
    /// Decide.
    Decide,
    /// Triage what fired.
    Triage,
    /// Open the next review.
    Review,
    /// Let a paused system run again.
    Resume,
}

impl Place {
    /// A field of a thing.
    pub fn field(kind: Kind, id: Id, field: &str) -> Self {
        Self { kind, id: Some(id), field: field.to_owned(), mend: Mend::Edit }
    }
    /// A thing to be added.
    pub fn add(kind: Kind) -> Self {
        Self { kind, id: None, field: String::new(), mend: Mend::Add }
    }
    /// An act.
    pub fn act(kind: Kind, id: Option<Id>, mend: Mend) -> Self {
        Self { kind, id, field: String::new(), mend }
    }

    /// As one word for the projection of next steps: `threat/<id>/likelihood/edit`.
    pub fn to_text(&self) -> String {
        let id = self.id.map(|id| id.to_string()).unwrap_or_default();
        let mend = match self.mend {
            Mend::Edit => "edit".to_owned(),
            Mend::Add => "add".to_owned(),
            Mend::Cover => "cover".to_owned(),
            Mend::Assign(role) => format!("assign:{}", role.code()),
            Mend::Send(step) => format!("send:{}", step.code()),
            Mend::Confirm(step) => format!("confirm:{}", step.code()),
            Mend::Sign(role) => format!("sign:{}", role.code()),
            Mend::Advise => "advise".to_owned(),
            Mend::Accept => "accept".to_owned(),
            Mend::Renew => "renew".to_owned(),
            Mend::Meet => "meet".to_owned(),
            Mend::Except => "except".to_owned(),
            Mend::Override => "override".to_owned(),
            Mend::Countersign => "countersign".to_owned(),
            Mend::Assess => "assess".to_owned(),
            Mend::Decide => "decide".to_owned(),
            Mend::Triage => "triage".to_owned(),
            Mend::Review => "review".to_owned(),
            Mend::Resume => "resume".to_owned(),
        };
        format!("{}/{id}/{}/{mend}", self.kind.code(), self.field)
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let kind = Kind::parse(parts.next()?)?;
        let id = Id::parse(parts.next()?);
        let field = parts.next()?.to_owned();
        let mend = parts.next()?;
        let (word, of) = mend.split_once(':').unwrap_or((mend, ""));
        let mend = match word {
            "edit" => Mend::Edit,
            "add" => Mend::Add,
            "cover" => Mend::Cover,
            "assign" => Mend::Assign(Role::parse(of)?),
            "send" => Mend::Send(Step::parse(of)?),
            "confirm" => Mend::Confirm(Step::parse(of)?),
            "sign" => Mend::Sign(Role::parse(of)?),
            "advise" => Mend::Advise,
            "accept" => Mend::Accept,
            "renew" => Mend::Renew,
            "meet" => Mend::Meet,
            "except" => Mend::Except,
            "override" => Mend::Override,
            "countersign" => Mend::Countersign,
            "assess" => Mend::Assess,
            "decide" => Mend::Decide,
            "triage" => Mend::Triage,
            "review" => Mend::Review,
            "resume" => Mend::Resume,
            _ => return None,
        };
        Some(Self { kind, id, field, mend })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_as_text() {
        for place in [
            Place::field(Kind::Threat, Id([7; 16]), "likelihood"),
            Place::add(Kind::Flow),
            Place::act(Kind::Handoff, None, Mend::Send(Step::SecurityDpo)),
            Place::act(Kind::Signoff, None, Mend::Sign(Role::Dpo)),
            Place::act(Kind::Acceptance, Some(Id([8; 16])), Mend::Renew),
            Place::act(Kind::Proviso, Some(Id([9; 16])), Mend::Meet),
            Place::act(Kind::Exception, Some(Id([9; 16])), Mend::Except),
            Place::act(Kind::Trigger, Some(Id([7; 16])), Mend::Triage),
            Place::act(Kind::Review, None, Mend::Review),
            Place::act(Kind::Pause, None, Mend::Resume),
        ] {
            assert_eq!(Place::parse(&place.to_text()), Some(place));
        }
        assert_eq!(Place::parse("nonsense"), None);
    }
}

//! Which entries of the journal voided a sign-off: by which field, by whom, in which hat, when.

use std::collections::BTreeMap;

use super::{Difference, Differs, Gap, Mend, Reviewed, Signoff, print_in, reviewed_by};
use crate::domain::{
    Change, Dossier, Id, Kind,
    fields::{Moment, Vocabulary},
    people::Role,
    value::Value,
    wording,
};

/// One entry of the journal, as far as it is asked what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Its number in this file.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who, by the name that they had then.
    pub who: String,
    /// In which hat; none when a newer docket knows one more.
    pub role: Option<Role>,
    /// The kind of thing that it is about.
    pub of: Kind,
    /// The thing.
    pub entity: Id,
    /// The intent: `edit`.
    pub verb: String,
    /// What was set.
    pub set: Vec<Change>,
}

/// One entry that took its ground from a sign-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// Its number in this file.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// In which hat.
    pub role: Option<Role>,
    /// The thing that it changed, and its kind.
    pub of: (Kind, Id),
    /// The fields, by their names on screen; empty where the thing itself was withdrawn or taken back in.
    pub fields: Vec<&'static str>,
    /// What happened, in words: `changed system "Chat": Data classes personal → public`.
    pub what: String,
}

impl Cause {
    /// The field that it changed, in a few words: `Data classes`, `tool "mail" withdrawn`.
    fn field(&self) -> String {
        if self.fields.is_empty() { self.what.clone() } else { self.fields.join(", ") }
    }

    /// Who did it, in which hat, when.
    pub fn by(&self) -> String {
        let hat = self.role.map_or("an unknown role", Vocabulary::label);
        format!("{} ({hat}), {}", self.who, wording::moment(self.at))
    }

    /// `entry 41, Data classes, by Ada Bell (system owner), 2026-11-21 14:02`.
    pub fn short(&self) -> String {
        format!("entry {}, {}, by {}", self.n, self.field(), self.by())
    }

    /// The same with what was changed from what to what.
    pub fn says(&self) -> String {
        format!("entry {} by {}: {}", self.n, self.by(), self.what)
    }
}

/// A sign-off that a later change voided.
#[derive(Debug, Clone, PartialEq)]
pub struct Void {
    /// The sign-off.
    pub signoff: Id,
    /// In which role it was given.
    pub role: Role,
    /// Every entry that changed what was reviewed and was not taken back since, the first one first.
    pub causes: Vec<Cause>,
    /// What was signed beside what is there now; none where the text that was signed is not kept any more.
    pub difference: Option<Difference>,
}

impl Void {
    /// By what it was voided, in a line: the first entry, and how many more.
    pub fn by(&self) -> String {
        let Some(first) = self.causes.first() else { return "a later change".to_owned() };
        match self.causes.len() - 1 {
            0 => first.short(),
            more => format!("{} (and {more} more)", first.short()),
        }
    }

    /// When the first of the changes was made.
    pub fn at(&self) -> Option<Moment> {
        self.causes.first().map(|cause| cause.at)
    }

    /// Whether it voided the sign-off that a gap is about.
    fn is_behind(&self, gap: &Gap) -> bool {
        gap.place.mend == Mend::Sign(self.role) && gap.place.id == Some(self.signoff)
    }
}

/// What was signed beside what is there now. None where the text is not kept, or is not what was signed.
pub fn since_signed(dossier: &Dossier, signoff: &Signoff, signed: Option<&str>) -> Option<Difference> {
    let sections = reviewed_by(signoff.role?);
    let signed = Reviewed::of(signed?, &signoff.content)?;
    let now = Reviewed::now(dossier, signoff.review, sections);
    Some(Difference::between(&signed, &now, sections))
}

/// A sign-off that does not stand for what is there, with the entries since it that made it so, oldest first. None while
/// it stands.
pub fn void(dossier: &Dossier, signoff: &Signoff, difference: Option<Difference>, past: &[Past]) -> Option<Void> {
    let role = signoff.role?;
    if print_in(dossier, signoff.review, reviewed_by(role)) == signoff.content {
        return None;
    }
    let causes = causes(dossier, (signoff, role), difference.as_ref(), past);
    Some(Void { signoff: signoff.id, role, causes, difference })
}

/// The entries behind each field that differs, from the last moment at which it said what was signed.
fn causes(
    dossier: &Dossier,
    (signoff, role): (&Signoff, Role),
    difference: Option<&Difference>,
    past: &[Past],
) -> Vec<Cause> {
    let mut open: BTreeMap<(Id, &str), (Value, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in past.iter().enumerate() {
        for change in entry.set.iter().filter(|change| touches((signoff, role), entry, change)) {
            if !difference.is_none_or(|difference| differs(difference, entry, &change.field)) {
                continue;
            }
            let start = || (change.old.clone(), Vec::new());
            let (signed, since) = open.entry((entry.entity, &change.field)).or_insert_with(start);
            if *signed == change.new {
                // It says again what was signed: what led away from it led nowhere.
                since.clear();
            } else {
                since.push(at);
            }
        }
    }
    let mut of_entry: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for ((_, field), (_, entries)) in &open {
        for at in entries {
            of_entry.entry(*at).or_default().push(field);
        }
    }
    of_entry.into_iter().map(|(at, fields)| cause(dossier, &past[at], &fields)).collect()
}

/// Whether a change is one of something that the role reviewed.
fn touches((signoff, role): (&Signoff, Role), entry: &Past, change: &Change) -> bool {
    let sections = reviewed_by(role);
    let reviewed = |section: Option<super::Section>| section.is_some_and(|section| sections.contains(&section));
    if entry.of == Kind::Review && Some(entry.entity) != signoff.review {
        return false;
    }
    if change.field == "archived" {
        return entry.of.fields().iter().any(|field| reviewed(field.section));
    }
    entry.of.field(&change.field).is_some_and(|field| reviewed(field.section))
}

/// Whether the snapshots differ in what an entry set: in the field, or in whether the thing is there.
fn differs(difference: &Difference, entry: &Past, field: &str) -> bool {
    difference.rows.iter().filter(|row| row.kind == entry.of && row.id == entry.entity).any(|row| {
        let came_or_went = row.what != Differs::Changed && field == "archived";
        came_or_went || row.fields.iter().any(|differs| differs.field.id == field)
    })
}

fn cause(dossier: &Dossier, entry: &Past, fields: &[&str]) -> Cause {
    let set: Vec<Change> = entry.set.iter().filter(|change| fields.contains(&change.field.as_str())).cloned().collect();
    let labels = entry.of.fields().iter().filter(|field| fields.contains(&field.id)).map(|field| field.label);
    let made = entry.verb == "add" || entry.verb == "import";
    Cause {
        n: entry.n,
        at: entry.at,
        who: entry.who.clone(),
        role: entry.role,
        of: (entry.of, entry.entity),
        fields: if made { Vec::new() } else { labels.collect() },
        what: wording::happened(dossier, entry.of, entry.entity, &entry.verb, &set),
    }
}

/// Says in each gap about a voided sign-off what voided it, and since when.
pub fn explain(gaps: &mut [Gap], voids: &[Void]) {
    for gap in gaps {
        if let Some(void) = voids.iter().find(|void| void.is_behind(gap)) {
            gap.what = format!("The sign-off of the {} was voided by {}", void.role.label(), void.by());
            gap.since = void.at().or(gap.since);
        }
    }
}

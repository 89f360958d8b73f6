//! What two snapshots say differently: section by section, thing by thing, field by field.

use std::collections::{BTreeMap, BTreeSet};

use super::{Section, Sections, readiness::counted, section::fingerprint, snapshot_in};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Digest, Field, Vocabulary, choices},
    value::Value,
};

choices! {
    /// How a thing of a later snapshot stands to the earlier one.
    Differs {
        New "new" "new",
        Changed "changed" "changed",
        Gone "gone" "gone",
    }
}

/// One thing in one section: what is counted, compared and shown together.
type Place = (Section, Kind, Id);

/// A snapshot that was read back: what each thing says in each section. What was left empty is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviewed(BTreeMap<Place, BTreeMap<&'static str, Value>>);

impl Reviewed {
    /// Reads the text of a snapshot. A line about a field that there is no more says nothing here.
    pub fn read(snapshot: &str) -> Self {
        let mut all: BTreeMap<Place, BTreeMap<&'static str, Value>> = BTreeMap::new();
        for line in snapshot.lines() {
            if let Some((place, field, value)) = parsed(line) {
                all.entry(place).or_default().insert(field, value);
            }
        }
        Self(all)
    }

    /// Reads a snapshot; none where it is not the text with this fingerprint.
    pub fn of(snapshot: &str, content: &Digest) -> Option<Self> {
        (fingerprint(snapshot) == *content).then(|| Self::read(snapshot))
    }

    /// What `sections` of one review say now.
    pub fn now(dossier: &Dossier, review: Option<Id>, sections: &[Section]) -> Self {
        Self::read(&snapshot_in(dossier, review, sections))
    }

    /// What a field said.
    pub fn value(&self, section: Section, (kind, id): (Kind, Id), field: &str) -> &Value {
        self.0.get(&(section, kind, id)).and_then(|fields| fields.get(field)).unwrap_or(&Value::Null)
    }
}

/// `kind id field json`, as a snapshot has it.
fn parsed(line: &str) -> Option<(Place, &'static str, Value)> {
    let mut parts = line.splitn(4, ' ');
    let kind = Kind::parse(parts.next()?)?;
    let id = Id::parse(parts.next()?)?;
    let field = kind.field(parts.next()?)?;
    let value = Value::from_json(&serde_json::from_str(parts.next()?).ok()?);
    Some(((field.section?, kind, id), field.id, value))
}

/// One field that says something else.
#[derive(Debug, Clone)]
pub struct FieldDiffers {
    /// Which.
    pub field: &'static Field,
    /// What it said.
    pub before: Value,
    /// What it says.
    pub after: Value,
}

impl PartialEq for FieldDiffers {
    fn eq(&self, other: &Self) -> bool {
        (self.field.id, &self.before, &self.after) == (other.field.id, &other.before, &other.after)
    }
}

/// One thing that says something else in one section.
#[derive(Debug, Clone, PartialEq)]
pub struct Different {
    /// The section.
    pub section: Section,
    /// What kind of thing.
    pub kind: Kind,
    /// Which.
    pub id: Id,
    /// Whether it is new, changed or gone.
    pub what: Differs,
    /// The fields that differ, in the order of the table of fields.
    pub fields: Vec<FieldDiffers>,
}

/// How many things of some sections are the same, changed, new and gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Unchanged.
    pub same: usize,
    /// Changed.
    pub changed: usize,
    /// New.
    pub new: usize,
    /// Gone.
    pub gone: usize,
}

impl Counts {
    /// Whether nothing differs.
    pub fn unchanged(self) -> bool {
        self.changed + self.new + self.gone == 0
    }

    /// `37 unchanged, 2 changed, 1 new`; what there is none of is not said, but for what is unchanged.
    pub fn says(self) -> String {
        let rest = [(self.changed, "changed"), (self.new, "new"), (self.gone, "gone")];
        let rest = rest.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!(", {n} {word}"));
        format!("{} unchanged{}", self.same, rest.collect::<String>())
    }
}

/// Everything that differs between two snapshots.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// What differs, by section, kind of thing and age.
    pub rows: Vec<Different>,
    /// How many things of each section are the same.
    same: BTreeMap<Section, usize>,
}

impl Difference {
    /// What `after` says otherwise than `before` in some sections.
    pub fn between(before: &Reviewed, after: &Reviewed, sections: &[Section]) -> Self {
        let wanted = Sections::of(sections);
        let mut found = Self::default();
        let places: BTreeSet<&Place> = before.0.keys().chain(after.0.keys()).collect();
        for place in places.into_iter().filter(|place| wanted.has(place.0)) {
            let (old, new) = (before.0.get(place), after.0.get(place));
            if old == new {
                *found.same.entry(place.0).or_default() += 1;
                continue;
            }
            let what = match (old, new) {
                (None, _) => Differs::New,
                (_, None) => Differs::Gone,
                _ => Differs::Changed,
            };
            let (section, kind, id) = *place;
            found.rows.push(Different { section, kind, id, what, fields: fields(kind, old, new) });
        }
        found
    }

    /// How many things of these sections are the same, changed, new and gone.
    pub fn counts(&self, sections: &[Section]) -> Counts {
        let wanted = Sections::of(sections);
        let mut counts = Counts { same: sections.iter().filter_map(|s| self.same.get(s)).sum(), ..Counts::default() };
        for row in self.rows.iter().filter(|row| wanted.has(row.section)) {
            match row.what {
                Differs::New => counts.new += 1,
                Differs::Changed => counts.changed += 1,
                Differs::Gone => counts.gone += 1,
            }
        }
        counts
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The same without the things of one kind.
    #[must_use]
    pub fn without(mut self, kind: Kind) -> Self {
        self.rows.retain(|row| row.kind != kind);
        self
    }

    /// One line for each thing in these sections: `changed: system "Chat": Data classes personal → public`.
    pub fn lines(&self, dossier: &Dossier, sections: &[Section]) -> Vec<String> {
        let wanted = Sections::of(sections);
        self.rows.iter().filter(|row| wanted.has(row.section)).map(|row| row.says(dossier)).collect()
    }
}

impl Different {
    /// In one line.
    pub fn says(&self, dossier: &Dossier) -> String {
        use crate::domain::{event::Change, wording};
        let name = wording::called(dossier, self.kind, self.id);
        if self.what != Differs::Changed {
            return format!("{}: {name} ({})", self.what.label(), self.section.label());
        }
        let said = self.fields.iter().map(|differs| {
            let change =
                Change { field: differs.field.id.to_owned(), old: differs.before.clone(), new: differs.after.clone() };
            wording::changed(dossier, self.kind, &change)
        });
        format!("{}: {name}: {}", self.what.label(), said.collect::<Vec<_>>().join("; "))
    }

    /// Its fields, `1 field` or `3 fields`.
    pub fn count(&self) -> String {
        counted(self.fields.len(), "field", "fields")
    }
}

type Said = BTreeMap<&'static str, Value>;

fn fields(kind: Kind, old: Option<&Said>, new: Option<&Said>) -> Vec<FieldDiffers> {
    let said =
        |side: Option<&Said>, field: &Field| side.and_then(|side| side.get(field.id)).cloned().unwrap_or_default();
    let all =
        kind.fields().iter().map(|field| FieldDiffers { field, before: said(old, field), after: said(new, field) });
    all.filter(|differs| differs.before != differs.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Line,
        decision::{reviewed_by, snapshot},
        people::Role,
        system::{DataClass, System, Tool},
    };

    fn dossier() -> Dossier {
        let tool = |n: u8, name: &str| Tool { name: Line::new(name), ..Tool::empty(Id([n; 16])) };
        let mut system = System::empty(Id([1; 16]));
        system.data = vec![DataClass::Personal];
        system.purpose = "Two\nlines with \"quotes\".".into();
        Dossier { systems: [system].into(), tools: [tool(2, "mail"), tool(3, "shell")].into(), ..Dossier::default() }
    }

    fn all() -> &'static [Section] {
        reviewed_by(Role::Signoff)
    }

    #[test]
    fn what_was_signed_is_read_back_as_it_was() {
        let dossier = dossier();
        let read = Reviewed::read(&snapshot(&dossier, Role::Signoff));
        assert_eq!(read, Reviewed::now(&dossier, None, all()));
        let (kind, id) = (Kind::System, Id([1; 16]));
        assert_eq!(
            read.value(Section::Description, (kind, id), "purpose").to_json(),
            "\"Two\\nlines with \\\"quotes\\\".\""
        );
        assert_eq!(read.value(Section::Data, (kind, id), "data"), &Value::List(vec!["personal".into()]));
        assert!(Difference::between(&read, &read, all()).is_empty());
        assert_eq!(Reviewed::read("docket-snapshot-v1\nnonsense\nsystem zz data 1\n"), Reviewed::default());
    }

    #[test]
    fn new_changed_and_gone_are_told_apart_and_the_rest_is_counted() {
        let (before, mut after) = (dossier(), dossier());
        after.systems[0].data = vec![DataClass::Personal, DataClass::Internal];
        after.tools.change(0).unwrap().archived = true;
        after.tools.push(Tool { name: Line::new("print"), ..Tool::empty(Id([4; 16])) });
        let read = |dossier: &Dossier| Reviewed::read(&snapshot(dossier, Role::Signoff));
        let found = Difference::between(&read(&before), &read(&after), all());
        let seen: Vec<_> = found.rows.iter().map(|row| (row.section, row.what)).collect();
        assert_eq!(
            seen,
            [(Section::Data, Differs::Changed), (Section::Manifest, Differs::Gone), (Section::Manifest, Differs::New)]
        );
        assert_eq!(found.counts(all()), Counts { same: 2, changed: 1, new: 1, gone: 1 });
        assert_eq!(found.counts(all()).says(), "2 unchanged, 1 changed, 1 new, 1 gone");
        assert_eq!(found.counts(reviewed_by(Role::Dpo)).says(), "0 unchanged, 1 changed");
        assert!(found.counts(reviewed_by(Role::Governance)).unchanged());
        assert_eq!(
            found.lines(&after, reviewed_by(Role::Owner)),
            [
                "changed: system: Data classes personal → personal, internal",
                "gone: tool \"mail\" (tools, models, connections)",
                "new: tool \"print\" (tools, models, connections)"
            ]
        );
    }
}

//! A point in the past, and what changed in a system between two of them, thing by thing.

use super::{
    Dossier, Id, Kind,
    fields::{Day, Entity, Field, Moment},
    value::Value,
    wording,
};

/// A point in the past: right after an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The entry.
    pub n: i64,
    /// When it was written.
    pub at: Moment,
    /// The day on which everything is computed.
    pub day: Day,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It came.
    Added,
    /// It says something else.
    Changed,
    /// It was withdrawn.
    Withdrawn,
    /// It was taken back in.
    Restored,
}

impl Became {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Restored => "taken back in",
        }
    }
}

/// One field that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The name of the field in the journal.
    pub field: &'static str,
    /// The name of the field on screen.
    pub label: &'static str,
    /// What it said, in words; empty for nothing.
    pub old: String,
    /// What it says, in words; empty for nothing.
    pub new: String,
}

/// A thing that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What kind of thing.
    pub kind: Kind,
    /// Which.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What became of it.
    pub became: Became,
    /// The fields that say something else; what was withdrawn has none.
    pub fields: Vec<Difference>,
}

/// Everything of a system that is not what it was, in the order of the record. People and the team's library are the
/// record's own, and what only they changed is not told here.
pub fn changes(before: &Dossier, after: &Dossier) -> Vec<Changed> {
    let own = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Person | Kind::Shelf));
    own.flat_map(|kind| after.rows(*kind).into_iter().filter_map(|row| changed((before, after), *kind, row))).collect()
}

fn changed((before, after): (&Dossier, &Dossier), kind: Kind, row: &dyn Entity) -> Option<Changed> {
    let was = before.find(kind, row.id());
    let became = match (was.map(Entity::archived), row.archived()) {
        // What came and went in between is nothing that changed.
        (None, true) => return None,
        (None, false) => Became::Added,
        (Some(false), true) => Became::Withdrawn,
        (Some(true), false) => Became::Restored,
        (Some(_), _) => Became::Changed,
    };
    let say = |dossier: &Dossier, field: &Field, value: &Value| wording::shown(dossier, field, value);
    let differs = |field: &&'static Field| row.get(field.id) != was.map_or(Value::Null, |was| was.get(field.id));
    let fields: Vec<Difference> = kind
        .fields()
        .iter()
        .filter(differs)
        .map(|field| Difference {
            field: field.id,
            label: field.label,
            old: was.map_or_else(String::new, |was| say(before, field, &was.get(field.id))),
            new: say(after, field, &row.get(field.id)),
        })
        .collect();
    if became == Became::Changed && fields.is_empty() {
        return None;
    }
    let fields = if became == Became::Withdrawn { Vec::new() } else { fields };
    Some(Changed { kind, id: row.id(), name: wording::titled(after, row), became, fields })
}

/// The changes as lines that people read, grouped by thing; one sentence where there are none.
pub fn lines(changes: &[Changed]) -> Vec<String> {
    let mut out = Vec::new();
    for change in changes {
        let name = if change.name.is_empty() { String::new() } else { format!(" {}", change.name) };
        out.push(format!("{}{name}: {}", capital(change.kind.label()), change.became.label()));
        for Difference { label, old, new, .. } in &change.fields {
            let say = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
            out.push(match change.became {
                Became::Added => format!("    {label}: {}", say(new)),
                Became::Changed | Became::Withdrawn | Became::Restored => {
                    format!("    {label}: {} → {}", say(old), say(new))
                }
            });
        }
    }
    if out.is_empty() {
        out.push("Nothing of this system is other than it was.".to_owned());
    }
    out
}

/// How many things became what, in words.
pub fn summary(changes: &[Changed]) -> String {
    let parts = [Became::Added, Became::Changed, Became::Withdrawn, Became::Restored].map(|became| {
        let count = changes.iter().filter(|change| change.became == became).count();
        (count > 0).then(|| format!("{count} {}", became.label()))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Line, fields::Score, register::Threat, system::System};

    fn threat(n: u8, title: &str) -> Threat {
        Threat { title: Line::new(title), number: Some(n.into()), ..Threat::empty(Id([n; 16])) }
    }

    fn dossier(threats: Vec<Threat>) -> Dossier {
        Dossier {
            systems: [System::empty(Id([9; 16]))].into(),
            threats: threats.into_iter().collect(),
            ..Dossier::default()
        }
    }

    #[test]
    fn what_came_what_went_and_what_says_something_else() {
        let gone = Threat { archived: true, ..threat(3, "goes") };
        let before = dossier(vec![threat(1, "stays"), threat(2, "moves"), threat(3, "goes")]);
        let moved = Threat { likelihood: Score::new(4), ..threat(2, "moves") };
        let after = dossier(vec![threat(1, "stays"), moved, gone.clone(), threat(4, "comes")]);
        let found = changes(&before, &after);
        let became: Vec<_> = found.iter().map(|change| (change.id.0[0], change.became)).collect();
        assert_eq!(became, [(2, Became::Changed), (3, Became::Withdrawn), (4, Became::Added)]);
        assert_eq!(summary(&found), "1 added, 1 changed, 1 withdrawn");
        let said = lines(&found).join("\n");
        assert!(said.contains("Threat 2 \"moves\": changed\n    Likelihood: empty → 4"), "{said}");
        assert!(said.contains("Threat 3 \"goes\": withdrawn") && said.contains("Threat 4 \"comes\": added"), "{said}");
        let back = changes(&after, &dossier(vec![threat(3, "goes")]));
        assert_eq!(back[0].became, Became::Restored);
    }

    #[test]
    fn the_same_is_no_change_and_what_came_and_went_is_none() {
        let one = dossier(vec![threat(1, "stays")]);
        assert_eq!(changes(&one, &one), []);
        let went = Threat { archived: true, ..threat(2, "came and went") };
        assert_eq!(changes(&one, &dossier(vec![threat(1, "stays"), went])), []);
        assert_eq!(lines(&[]), ["Nothing of this system is other than it was."]);
    }
}

//! Two copies of one system that were both worked on: what both changed is for a person to decide, field by field.

mod act;
mod course;
mod receipt;
mod sealing;
mod standing;

pub use act::{Arrived, Unjudged, arrived, set_aside};
pub use course::{Course, Retold, Told, is_everywhere};
pub use receipt::receipt;
pub use sealing::Sealing;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Dossier, Event, Id, Kind, Prose,
    event::Change,
    fields::{By, Moment},
    rules::next_number,
    value::Value,
    wording::{called, shown},
};

/// What one side did to a thing, in the order in which it was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The kind of thing.
    pub of: Kind,
    /// The thing.
    pub entity: Id,
    /// What was set.
    pub set: Vec<Change>,
    /// Who did it, by name.
    pub who: String,
    /// When.
    pub at: Moment,
}

/// One of the two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What stands here.
    Ours,
    /// What comes in.
    Theirs,
}

/// What one side made of something that both changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The values, one for each field of the conflict.
    pub values: Vec<Value>,
    /// The same in words.
    pub shown: String,
    /// Who made it so last.
    pub who: String,
    /// When.
    pub at: Moment,
}

/// Something that both sides changed, each in its own way.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The kind of thing.
    pub of: Kind,
    /// The thing.
    pub entity: Id,
    /// What it is called.
    pub called: String,
    /// The fields: one, or all that an act set together.
    pub fields: Vec<String>,
    /// What the field is called.
    pub label: String,
    /// What both began with, in words.
    pub before: String,
    /// What stands here.
    pub ours: Version,
    /// What comes in.
    pub theirs: Version,
}

/// What a side left in a field.
#[derive(Debug, Clone)]
struct Left {
    before: Value,
    after: Value,
    who: String,
    at: Moment,
}

/// What is decided together: a field that people write stands for itself; what a rule set is one act.
type Unit = (Kind, Id, String);
type Fields = BTreeMap<String, Left>;

/// The one unit of the fields that rules set.
const ACT: &str = "";

fn units(said: &[Said]) -> BTreeMap<Unit, Fields> {
    let mut out: BTreeMap<Unit, Fields> = BTreeMap::new();
    for said in said {
        for change in &said.set {
            let by_rule = said.of.field(&change.field).is_none_or(|field| matches!(field.by, By::Rule));
            let word = if by_rule && change.field != "archived" { ACT } else { &change.field };
            let fields = out.entry((said.of, said.entity, word.to_owned())).or_default();
            let (who, at) = (said.who.clone(), said.at);
            let left = Left { before: change.old.clone(), after: change.new.clone(), who, at };
            let before = fields.get(&change.field).map_or(left.before.clone(), |first| first.before.clone());
            fields.insert(change.field.clone(), Left { before, ..left });
        }
    }
    out
}

/// Everything that both sides changed and left different. `dossier` is ours.
pub fn conflicts(dossier: &Dossier, ours: &[Said], theirs: &[Said]) -> Vec<Conflict> {
    // Names of what only they have are needed as well.
    let mut both = dossier.clone();
    for said in theirs {
        both.apply(&event(said.of, said.entity, said.set.clone(), ""));
    }
    let (mine, other) = (units(ours), units(theirs));
    let mut out = Vec::new();
    for (unit, left) in &mine {
        let Some(right) = other.get(unit) else { continue };
        let differ = left.iter().any(|(field, l)| right.get(field).is_some_and(|r| l.after != r.after));
        if differ {
            out.push(conflict(&both, unit, left, right));
        }
    }
    out.extend(withdrawn(&both, &mine, &other));
    out.extend(twice(&both, ours, theirs));
    out
}

/// What one side withdrew, and the other went on with.
fn withdrawn(both: &Dossier, mine: &BTreeMap<Unit, Fields>, other: &BTreeMap<Unit, Fields>) -> Vec<Conflict> {
    let mut out = Vec::new();
    let gone: BTreeSet<(Kind, Id)> = [mine, other]
        .into_iter()
        .flatten()
        .filter_map(|((of, id, word), fields)| {
            (word == "archived" && fields.values().any(|left| !left.after.is_null())).then_some((*of, *id))
        })
        .collect();
    for (of, id) in gone {
        let unit: Unit = (of, id, "archived".to_owned());
        let one_sided = mine.contains_key(&unit) != other.contains_key(&unit);
        let went_on = if mine.contains_key(&unit) { other } else { mine };
        let last = went_on.iter().filter(|((kind, thing, _), _)| (*kind, *thing) == (of, id));
        let last = last.flat_map(|(_, fields)| fields.values()).max_by_key(|left| left.at);
        if let (true, Some(last)) = (one_sided, last) {
            let kept = Left { before: Value::Null, after: Value::Null, who: last.who.clone(), at: last.at };
            let kept = Fields::from([("archived".to_owned(), kept)]);
            let (left, right) = (mine.get(&unit).unwrap_or(&kept), other.get(&unit).unwrap_or(&kept));
            out.push(conflict(both, &unit, left, right));
        }
    }
    out
}

/// What both sides gave: two decisions of one review, or two sign-offs of one role in it. Both stay in the journal, and
/// one of them stands. `Ours` takes theirs back; with `Theirs` it stands as the later one.
fn twice(both: &Dossier, ours: &[Said], theirs: &[Said]) -> Vec<Conflict> {
    let given = |said: &Said| -> Option<(Kind, Value, Value)> {
        let of = Some(said.of).filter(|of| matches!(of, Kind::Disposition | Kind::Signoff))?;
        let field = |id: &str| said.set.iter().find(|change| change.field == id && change.old.is_null());
        Some((of, field("review")?.new.clone(), field("role").map_or(Value::Null, |change| change.new.clone())))
    };
    let mut out = Vec::new();
    for their in theirs {
        let Some(what) = given(their) else { continue };
        let Some(our) = ours.iter().rev().find(|said| given(said).as_ref() == Some(&what)) else { continue };
        let words = |said: &Said| {
            let decision = said.set.iter().find(|change| change.field == "decision");
            let field = decision.zip(said.of.field("decision"));
            field.map_or_else(|| "signed".to_owned(), |(change, field)| shown(both, field, &change.new))
        };
        let (fields, back) = if their.of == Kind::Signoff {
            let why = Value::from("Both copies had signed; the sign-off that stood here was kept.");
            (vec!["withdrawn_at", "withdrawn_why"], vec![Value::Int(our.at.0), why])
        } else {
            (vec!["archived"], vec![Value::Int(1)])
        };
        let stands = vec![Value::Null; fields.len()];
        let version = |said: &Said, values| Version { values, shown: words(said), who: said.who.clone(), at: said.at };
        out.push(Conflict {
            of: their.of,
            entity: their.entity,
            called: called(both, their.of, their.entity),
            fields: fields.into_iter().map(str::to_owned).collect(),
            label: "Given on both sides".to_owned(),
            before: "not given".to_owned(),
            ours: version(our, back),
            theirs: version(their, stands),
        });
    }
    out
}

fn conflict(both: &Dossier, (of, id, word): &Unit, left: &Fields, right: &Fields) -> Conflict {
    let fields: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let side = |here: &Fields, there: &Fields| {
        let value = |field: &&String| match (here.get(*field), there.get(*field)) {
            (Some(left), _) => left.after.clone(),
            (None, other) => other.map_or(Value::Null, |other| other.before.clone()),
        };
        let values: Vec<Value> = fields.iter().map(value).collect();
        let last = here.values().max_by_key(|left| left.at).expect("a unit has a field");
        let shown = in_words(both, *of, &fields, &values);
        Version { values, shown, who: last.who.clone(), at: last.at }
    };
    let before: Vec<Value> = fields
        .iter()
        .map(|field| left.get(*field).or_else(|| right.get(*field)).map_or(Value::Null, |left| left.before.clone()))
        .collect();
    let label = match word.as_str() {
        "archived" => "Withdrawn",
        ACT => "What was done",
        field => of.field(field).map_or(field, |field| field.label),
    };
    Conflict {
        of: *of,
        entity: *id,
        called: called(both, *of, *id),
        label: label.to_owned(),
        before: in_words(both, *of, &fields, &before),
        ours: side(left, right),
        theirs: side(right, left),
        fields: fields.into_iter().cloned().collect(),
    }
}

fn in_words(dossier: &Dossier, of: Kind, fields: &BTreeSet<&String>, values: &[Value]) -> String {
    let one = |(field, value): (&&String, &Value)| {
        if field.as_str() == "archived" {
            return Some(if value.is_null() { "kept" } else { "withdrawn" }.to_owned());
        }
        let known = of.field(field)?;
        let text = shown(dossier, known, value);
        let text = if text.is_empty() { "empty".to_owned() } else { text };
        Some(if fields.len() == 1 { text } else { format!("{} {text}", known.label) })
    };
    fields.iter().zip(values).filter_map(one).collect::<Vec<_>>().join("; ")
}

/// What is written for what was decided: the values of the side that was chosen, also where it was theirs, so that the
/// other copy comes to the same when it hears of it.
pub fn settled(conflicts: &[Conflict], sides: &[Side]) -> Vec<Event> {
    let one = |(conflict, side): (&Conflict, &Side)| {
        let (chosen, other, why) = match side {
            Side::Ours => (&conflict.ours, &conflict.theirs, "Both copies had changed it; what stood here was kept."),
            Side::Theirs => (&conflict.theirs, &conflict.ours, "Both copies had changed it; what came in was taken."),
        };
        let set = conflict.fields.iter().zip(other.values.iter().zip(&chosen.values));
        let set = set.map(|(field, (old, new))| Change { field: field.clone(), old: old.clone(), new: new.clone() });
        event(conflict.of, conflict.entity, set.collect(), why)
    };
    conflicts.iter().zip(sides).map(one).collect()
}

/// New numbers for what both sides counted on their own: what came in gets the next free one. `new` is what came in.
pub fn renumbered(dossier: &Dossier, new: &[(Kind, Id)]) -> Vec<Event> {
    let mut out = Vec::new();
    let mut next: BTreeMap<Kind, i64> = BTreeMap::new();
    for (of, id) in new.iter().filter(|(of, _)| of.field("number").is_some()) {
        let rows = dossier.rows(*of);
        let Some(number) = rows.iter().find(|row| row.id() == *id).map(|row| row.get("number")) else { continue };
        let is_ours = |other: Id| other != *id && !new.contains(&(*of, other));
        if number.is_null() || !rows.iter().any(|row| is_ours(row.id()) && row.get("number") == number) {
            continue;
        }
        let free = next.entry(*of).or_insert_with(|| next_number(dossier, *of));
        let set = vec![Change { field: "number".into(), old: number, new: Value::Int(*free) }];
        *free += 1;
        out.push(event(*of, *id, set, "Both copies had given its number; what came in has the next one."));
    }
    out
}

fn event(of: Kind, entity: Id, set: Vec<Change>, why: &str) -> Event {
    Event { of, verb: "merge".into(), entity, set, why: Prose::new(why), attach: None }
}

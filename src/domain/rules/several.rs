//! Several things at once: all of them or none, in one command that one undo takes back.

use super::{Refusal, Rule, edit, event, unknown};
use crate::domain::{
    Change, Dossier, Event, Id, Kind, Line, Prose,
    command::Fields,
    fields::{Entity, Kept, Vocabulary},
    people::Stamp,
    register::{Analysis, Threat},
    value::Value,
    wording::name_of,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Sets the same fields of several things; those that hold them already are passed over.
pub fn edit(dossier: &Dossier, (kind, ids): (Kind, &[Id]), set: &Fields, stamp: &Stamp) -> Outcome {
    each(dossier, kind, ids, |id| edit::edit(dossier, (kind, id), set, &Prose::default(), stamp))
}

/// Withdraws several things for one reason; those that are withdrawn already are passed over.
pub fn withdraw(dossier: &Dossier, (kind, ids): (Kind, &[Id]), why: &Prose) -> Outcome {
    each(dossier, kind, ids, |id| edit::withdraw(dossier, kind, id, why))
}

/// What the tool said of a threat that a table was copied from: a new row brings it along, and nobody writes it by hand.
const BROUGHT: [&str; 2] = ["status_word", "severity_word"];

/// Adds several things, with numbers that follow one another; one that cannot be added refuses all and says which row it is.
pub fn add(dossier: &Dossier, kind: Kind, sets: &[Fields], stamp: &Stamp) -> Outcome {
    let mut events = Vec::new();
    for (at, set) in sets.iter().enumerate() {
        let brought = |(field, _): &(String, Value)| kind == Kind::Threat && BROUGHT.contains(&field.as_str());
        let (brought, own): (Fields, Fields) = set.iter().cloned().partition(brought);
        let mut made = edit::add(dossier, kind, &own, None, stamp).map_err(|refused| {
            let says = format!("Row {}: {} None of the {} rows was added.", at + 1, refused.says, sets.len());
            Refusal { says, ..refused }
        })?;
        if let Some(event) = made.first_mut() {
            event.set.extend(brought.into_iter().filter_map(|(field, value)| {
                let Value::Text(text) = value else { return None };
                let new = Line::new(&text).to_value();
                (!new.is_null()).then_some(Change { field, old: Value::Null, new })
            }));
        }
        let changes = made.first_mut().map(|event| event.set.iter_mut());
        if let Some(number) = changes.and_then(|mut changes| changes.find(|change| change.field == "number"))
            && let Value::Int(first) = number.new
        {
            number.new = Value::Int(first + i64::try_from(at).unwrap_or(0));
        }
        events.extend(made);
    }
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "There is no row to add."));
    }
    Ok(events)
}

/// Does it to each; what would change nothing is passed over, and any other refusal refuses all and names the thing.
fn each(dossier: &Dossier, kind: Kind, ids: &[Id], one: impl Fn(Id) -> Outcome) -> Outcome {
    let mut events = Vec::new();
    let mut last = Refusal::new(Rule::NothingChanged, "Nothing was chosen.");
    for id in ids {
        match one(*id) {
            Ok(more) => events.extend(more),
            Err(refused) if matches!(refused.rule, Rule::NothingChanged | Rule::WrongState) => last = refused,
            Err(refused) => {
                let name = dossier.find(kind, *id).map_or_else(|| kind.label().to_owned(), name_of);
                let says = format!("{name}: {} None of the {} was changed.", refused.says, ids.len());
                return Err(Refusal { says, ..refused });
            }
        }
    }
    if events.is_empty() { Err(last) } else { Ok(events) }
}

/// What a copy of a threat in the same system takes along: everything that security writes, and nothing that others
/// said of the first one or that a tool brought. An entry of the library stands in a register once.
const OWN: [&str; 15] = [
    "description",
    "category",
    "component",
    "covers",
    "likelihood",
    "impact",
    "now_likelihood",
    "now_impact",
    "score_reason",
    "confidence",
    "treatment",
    "treatment_reason",
    "owner",
    "due",
    "personal",
];

/// What travels to another system: the words. A score, a treatment and an owner are decisions about one system.
const WORDS: [&str; 5] = ["description", "category", "component", "personal", "library"];

/// Writes threats a second time, below one another, with "(copy)" behind the title.
pub fn duplicate(dossier: &Dossier, ids: &[Id], stamp: &Stamp) -> Outcome {
    let mut events = Vec::new();
    for (number, id) in (edit::next_number(dossier, Kind::Threat)..).zip(ids) {
        let threat = dossier.threats.iter().find(|threat| threat.id == *id).ok_or_else(|| unknown(Kind::Threat))?;
        let title = Line::new(&format!("{} (copy)", threat.title));
        events.push(added(dossier, threat, (title, number), OWN.iter().copied(), stamp));
    }
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Put the cursor on a threat, or mark some."));
    }
    Ok(events)
}

/// Brings in the words of threats of another system; those with the same library entry are here already.
pub fn copy(dossier: &Dossier, from: &Line, threats: &[Threat], stamp: &Stamp) -> Outcome {
    let mut events = Vec::new();
    let here = |threat: &Threat| {
        let same = |known: &&Threat| !threat.library.is_empty() && known.library == threat.library;
        dossier.live_threats().any(|known| same(&known) || known.title == threat.title)
    };
    let new = threats.iter().filter(|threat| !here(threat));
    for (number, threat) in (edit::next_number(dossier, Kind::Threat)..).zip(new) {
        let mut made = added(dossier, threat, (threat.title.clone(), number), WORDS.iter().copied(), stamp);
        made.why = Prose::new(&format!("Copied from {from}, {}.", threat.reference()));
        events.push(made);
    }
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "All of these threats are in that system already."));
    }
    Ok(events)
}

fn added<'a>(
    dossier: &Dossier,
    threat: &Threat,
    (title, number): (Line, i64),
    fields: impl Iterator<Item = &'a str>,
    stamp: &Stamp,
) -> Event {
    let mut set = vec![
        ("number", Value::Int(number)),
        ("title", title.to_value()),
        ("status", Value::from(Analysis::Identified.code())),
    ];
    set.extend(fields.map(|field| (field, threat.get(field))).filter(|(_, value)| !value.is_null()));
    event(dossier, (Kind::Threat, stamp.fresh(), "add"), set, &Prose::default())
}

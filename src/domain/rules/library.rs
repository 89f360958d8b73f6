//! What the rules ask of facts, of what was considered, of mappings, and of the team's own library entries.

use super::{Refusal, Rule, edit::checked, event, needs_reason};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    catalog::{Fact, Library, OF_DATA_CLASSES, Shelf, Sort, correction, fact, framework_item},
    command::Fields,
    fields::{Entity, Marks, Vocabulary, YesNo},
    library::vocabulary,
    people::Stamp,
    register::Considered,
    value::Value,
};

type Set<'a> = &'a [(&'static str, Value)];

/// The rules over the fields of one thing, for the kinds that the libraries are about.
pub fn consistent(dossier: &Dossier, kind: Kind, id: Id, set: Set) -> Result<(), Refusal> {
    match kind {
        Kind::Fact => corrected(dossier, &after(dossier.facts.iter().find(|row| row.id == id), Fact::empty(id), set)),
        Kind::Considered => {
            let before = dossier.considered.iter().find(|row| row.id == id);
            irrelevant(dossier, &after(before, Considered::empty(id), set))
        }
        Kind::Shelf => {
            let entry = after(dossier.shelf.iter().find(|row| row.id == id), Shelf::empty(id), set);
            on_shelf(dossier, &entry, &[])
        }
        Kind::Threat => {
            let maps = set.iter().find(|(field, _)| *field == "maps");
            maps.map_or(Ok(()), |(_, value)| {
                points(&<Marks as crate::domain::fields::Kept>::from_value(value), "The threat")
            })
        }
        _ => Ok(()),
    }
}

/// A thing as it will be.
fn after<E: Entity + Clone>(before: Option<&E>, empty: E, set: Set) -> E {
    let mut thing = before.cloned().unwrap_or(empty);
    for (field, value) in set {
        thing.put(field, value);
    }
    thing
}

/// A correction names a fact, says whether it holds, and why; what follows from the data classes is corrected there.
fn corrected(dossier: &Dossier, row: &Fact) -> Result<(), Refusal> {
    let code = row.fact.as_str();
    let Some(known) = vocabulary().fact(code) else {
        return Err(Refusal::new(Rule::Unknown, format!("There is no system fact \"{code}\".")));
    };
    if row.holds.is_none() {
        return Err(Refusal::new(Rule::Incomplete, "A correction says whether the fact holds: yes or no."));
    }
    needs_reason(&row.reason, "To correct a fact by hand")?;
    let children = code == "children"
        && row.holds == Some(YesNo::No)
        && dossier.data_classes().contains(&crate::domain::system::DataClass::Children);
    if OF_DATA_CLASSES.contains(&code) || children {
        let because = fact(dossier, code).map_or_else(String::new, |fact| fact.because);
        let says = format!("\"{}\" follows from the data classes: {because}.", known.title);
        return Err(Refusal::new(Rule::SetByRule, says).hint("Correct the data classes of the system or of its flows."));
    }
    if correction(dossier, code).is_some_and(|other| other.id != row.id) {
        let says = format!("\"{}\" was corrected by hand already.", known.title);
        return Err(Refusal::new(Rule::WrongState, says).hint("Change that correction, or withdraw it."));
    }
    Ok(())
}

/// "Considered, not relevant because …" of a library threat names one that there is and that is not in the register.
fn irrelevant(dossier: &Dossier, row: &Considered) -> Result<(), Refusal> {
    let Some(code) = row.subject.as_str().strip_prefix("library:") else { return Ok(()) };
    let library = Library::of(dossier);
    let Some(entry) = library.threat(code) else {
        return Err(Refusal::new(Rule::Unknown, format!("No library has a threat {code}.")));
    };
    needs_reason(&row.reason, "To leave out a threat of the library")?;
    if let Some(threat) = dossier.live_threats().find(|threat| threat.library.as_str() == code) {
        let says = format!("\"{}\" is in the register as {}.", entry.title, threat.reference());
        return Err(Refusal::new(Rule::WrongState, says).hint("Treat it there as not applicable, with the reason."));
    }
    let twice = dossier.considered.iter().any(|c| !c.archived && c.id != row.id && c.subject == row.subject);
    if twice {
        return Err(Refusal::new(Rule::WrongState, format!("\"{}\" was considered already.", entry.title)));
    }
    Ok(())
}

/// Refuses marks that point to no item of a framework, and names them.
fn points(marks: &Marks, whose: &str) -> Result<(), Refusal> {
    none_of(marks.0.iter().filter(|mark| framework_item(mark).is_none()), whose, "is no item of a shipped framework")
        .map_err(|refusal| refusal.hint("Write it as LLM01:2025, or with its framework as owasp_llm_2025:LLM01."))
}

/// Refuses an entry of the own library that names what there is not. `coming` are codes of the same import.
fn on_shelf(dossier: &Dossier, entry: &Shelf, coming: &[String]) -> Result<(), Refusal> {
    let code = entry.code.as_str();
    if entry.sort.is_none() {
        return Err(Refusal::new(Rule::Incomplete, "A library entry is a threat or a control: choose its kind."));
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    if code.to_uppercase().starts_with("DKT-") || !code.chars().all(word) || code.chars().count() > 24 {
        let says = format!("\"{code}\" cannot be the code of an own entry.");
        return Err(Refusal::new(Rule::BadValue, says)
            .hint("Take up to 24 letters, digits and hyphens, such as ACME-T-001; DKT- is docket's own."));
    }
    if dossier.shelf.iter().any(|other| !other.archived && other.id != entry.id && other.code == entry.code) {
        return Err(Refusal::new(Rule::WrongState, format!("The library has an entry {code} already.")));
    }
    let whose = if code.is_empty() { "The entry" } else { code };
    let strange = entry.facts.0.iter().chain(&entry.any.0).filter(|id| vocabulary().fact(id).is_none());
    none_of(strange, whose, "is no system fact")?;
    points(&entry.maps, whose)?;
    let library = Library::of(dossier);
    let (theirs, there): (&str, &dyn Fn(&str) -> bool) = match entry.sort {
        Some(Sort::Control) => ("is no threat of a library", &|id| library.threat(id).is_some()),
        _ => ("is no control of a library", &|id| library.control(id).is_some()),
    };
    none_of(entry.with.0.iter().filter(|id| !there(id) && !coming.contains(id)), whose, theirs)?;
    if [entry.less_likely, entry.less_impact].into_iter().flatten().any(|n| !(0..=4).contains(&n)) {
        return Err(Refusal::new(Rule::BadValue, format!("{whose} may lower a score by 0 to 4 steps.")));
    }
    Ok(())
}

fn none_of<'a>(strange: impl Iterator<Item = &'a String>, whose: &str, what: &str) -> Result<(), Refusal> {
    let names: Vec<&str> = strange.map(String::as_str).collect();
    match names.as_slice() {
        [] => Ok(()),
        [one] => Err(Refusal::new(Rule::Unknown, format!("{whose} refers to \"{one}\", which {what}."))),
        many => {
            let what = what.replacen("is no", "are each no", 1);
            Err(Refusal::new(Rule::Unknown, format!("{whose} refers to \"{}\", which {what}.", many.join("\", \""))))
        }
    }
}

/// The next free code of an own entry: `OWN-T-001`.
pub fn next_code(dossier: &Dossier, taken: &[String], sort: Sort) -> String {
    let letter = if sort == Sort::Threat { 'T' } else { 'C' };
    let known = |code: &String| dossier.shelf.iter().any(|e| e.code.as_str() == code) || taken.contains(code);
    let all = 1..=dossier.shelf.len() + taken.len() + 1;
    all.map(|n| format!("OWN-{letter}-{n:03}")).find(|code| !known(code)).unwrap_or_default()
}

/// Gives a new entry of the own library its code where it brings none.
pub fn coded(dossier: &Dossier, set: &mut Vec<(&'static str, Value)>) {
    let sort = set.iter().find_map(|(field, value)| match value {
        Value::Text(code) if *field == "sort" => Sort::parse(code),
        _ => None,
    });
    if let Some(sort) = sort.filter(|_| !set.iter().any(|(field, value)| *field == "code" && !value.is_null())) {
        set.retain(|(field, _)| *field != "code");
        set.push(("code", Value::from(next_code(dossier, &[], sort).as_str())));
    }
}

/// Takes entries of a library file into the own library: new codes are added, known ones follow the file. The same file
/// twice changes nothing, and an unknown reference anywhere keeps all of it out.
pub fn fill(dossier: &Dossier, entries: &[Fields], stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let code_of = |set: &Fields| match set.iter().find(|(field, _)| field == "code") {
        Some((_, Value::Text(code))) => code.clone(),
        _ => String::new(),
    };
    let coming: Vec<String> = entries.iter().map(code_of).collect();
    let mut events = Vec::new();
    for (at, fields) in entries.iter().enumerate() {
        let code = &coming[at];
        if code.is_empty() || coming[..at].contains(code) {
            return Err(Refusal::new(
                Rule::BadValue,
                format!("Each entry of a library file has its own id; \"{code}\" is none."),
            ));
        }
        let known = dossier.shelf.iter().find(|entry| !entry.archived && entry.code.as_str() == code);
        let set = checked(dossier, Kind::Shelf, fields, Some(stamp.role))?;
        let entry = after(known, Shelf::empty(Id([0; 16])), &set);
        if entry.title.is_empty() {
            return Err(Refusal::new(Rule::Incomplete, format!("{code} has no title.")));
        }
        on_shelf(dossier, &Shelf { id: known.map_or(entry.id, |known| known.id), ..entry }, &coming)?;
        let id = known.map_or_else(|| stamp.fresh(), |known| known.id);
        let verb = if known.is_some() { "edit" } else { "add" };
        events.push(event(dossier, (Kind::Shelf, id, verb), set, &Prose::default()));
    }
    events.retain(|event| !event.set.is_empty());
    if events.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "Everything in the file is in the library already."));
    }
    Ok(events)
}

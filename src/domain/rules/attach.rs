//! Attaching a file to a piece of evidence: its digest, and a copy where it is small enough.

use super::{Refusal, Rule, event, unknown};
use crate::domain::{
    Dossier, Event, Id, Kind, Prose,
    event::Attached,
    fields::{Kept, YesNo},
    people::Stamp,
    register::{FileCheck, FileSeen, LARGEST_KEPT, size_words},
    value::Value,
};

/// What a digest stands for: set with it, and gone with it.
const OF_THE_FILE: [&str; 5] = ["path", "size", "kept", "checked", "check"];

/// Takes in a file as it was seen.
pub fn attach(dossier: &Dossier, id: Id, file: &FileSeen) -> Result<Vec<Event>, Refusal> {
    let found = dossier.evidence.iter().find(|evidence| evidence.id == id);
    let evidence = found.filter(|evidence| !evidence.archived).ok_or_else(|| unknown(Kind::Evidence))?;
    if !file.agrees() {
        return Err(Refusal::new(Rule::BadValue, "The content of the file is not what its SHA-256 says."));
    }
    let size = u64::try_from(file.size).unwrap_or(u64::MAX);
    if file.content.is_some() && size > LARGEST_KEPT {
        let says = format!("A record keeps files of up to 1 MiB, and this one has {}.", size_words(file.size));
        return Err(Refusal::new(Rule::BadValue, says).hint("Keep it by reference: its place and its SHA-256."));
    }
    let kept = if file.content.is_some() { YesNo::Yes } else { YesNo::No };
    let mut set = vec![
        ("digest", file.digest.to_value()),
        ("path", file.path.to_value()),
        ("size", Value::Int(file.size)),
        ("kept", Some(kept).to_value()),
        // What was found of another file says nothing of this one.
        ("checked", Value::Null),
        ("check", Value::Null),
    ];
    if evidence.place.is_empty() {
        set.push(("place", file.path.to_value()));
    }
    let mut event = event(dossier, (Kind::Evidence, id, "attach"), set, &Prose::default());
    if event.set.iter().all(|change| ["checked", "check"].contains(&change.field.as_str())) {
        return Err(Refusal::new(Rule::NothingChanged, "This very file is attached already; nothing has changed."));
    }
    event.attach = file.content.clone().map(Attached::file);
    Ok(vec![event])
}

/// A digest that is written by hand is of another file than the one that was attached.
pub fn forgotten(kind: Kind, set: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let by_hand = kind == Kind::Evidence && set.iter().any(|(field, _)| *field == "digest");
    if by_hand { OF_THE_FILE.map(|field| (field, Value::Null)).to_vec() } else { Vec::new() }
}

/// Files were compared with their digests: who looked, when, and what each was found to be.
pub fn compared(dossier: &Dossier, found: &[(Id, FileCheck)], stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let live = |id: &Id| dossier.evidence.iter().any(|e| e.id == *id && !e.archived && !e.digest.0.is_empty());
    if !found.iter().all(|(id, _)| live(id)) {
        return Err(unknown(Kind::Evidence));
    }
    if found.is_empty() {
        return Err(Refusal::new(Rule::NothingChanged, "There was no file to compare."));
    }
    let one = |(id, check): &(Id, FileCheck)| {
        let set = vec![("checked", Some(stamp.at).to_value()), ("check", Some(*check).to_value())];
        event(dossier, (Kind::Evidence, *id, "check"), set, &Prose::default())
    };
    Ok(found.iter().map(one).collect())
}

//! What binds is what it says: a sign-off or a decision whose chain holds is still looked at as a whole. Its text has to
//! be the one that it names, every line of that text has to be what the journal said then, and whoever gave it has to
//! have held the role.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::{
    replay::{Past, as_seen, walk_all},
    seen,
    verify::{Report, named},
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::Vocabulary,
    people::{Role, holds},
    register::day_of,
    value::Value,
};

/// Checks every sign-off and every decision of every system.
pub(super) fn vouched(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let several = seen::differ(conn)?;
    for system in bound(conn)? {
        walk_all(conn, system, &mut |past, before| {
            if matches!(past.kind.as_str(), "signoff.sign" | "disposition.decide") {
                // Where it came from elsewhere, what counts is what was there.
                let there = if several { as_seen(conn, system, past.n)? } else { None };
                let found = wrong(conn, past, there.as_ref().unwrap_or(before))?;
                let name = named(conn, past.n)?;
                report.problems.extend(found.into_iter().map(|says| format!("The {name} {says}")));
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The systems in which somebody signed or decided.
fn bound(conn: &Connection) -> anyhow::Result<BTreeSet<Id>> {
    let mut query = conn.prepare(
        "SELECT DISTINCT t.system FROM event e JOIN touch t USING(n)
         WHERE e.kind IN ('signoff.sign', 'disposition.decide') AND length(t.system)=16",
    )?;
    let ids = query.query_map([], |row| row.get(0).map(Id))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// What is wrong with one of them, as ends of a sentence that begins with its name.
fn wrong(conn: &Connection, past: &Past, before: &Dossier) -> anyhow::Result<Vec<String>> {
    let mut out = Vec::new();
    let content = match past.set("content").map(|change| &change.new) {
        Some(Value::Text(digest)) => Some(digest.as_str()),
        _ => None,
    };
    if content.is_none() || content != past.body.attach.as_deref() {
        out.push("does not name the text that was kept with it.".to_owned());
    } else if let Some(text) = content.map(|digest| kept(conn, digest)).transpose()?.flatten()
        && let Some(line) = untrue(&text, before)
    {
        out.push(format!("is for a text that was not so when it was given: \"{line}\"."));
    }
    // What a fixture or an importer wrote may name nobody; then there is nobody to ask about.
    if let (Some(Value::Text(person)), Some(role)) = (past.set("person").map(|change| &change.new), past.role)
        && let Some(person) = Id::parse(person)
    {
        let named = past.set("role").map(|change| &change.new);
        if named.is_some_and(|named| *named != Value::from(role.code())) {
            out.push("names another role than the one that it was given in.".to_owned());
        } else if person != past.actor {
            out.push("was written by somebody else than it names.".to_owned());
        } else if !held(before, person, role, past) {
            out.push(format!("was given by somebody who did not hold the role {} then.", role.label()));
        }
    }
    Ok(out)
}

/// The text that was kept, as long as it is whole; one that was changed is found with the attachments.
fn kept(conn: &Connection, digest: &str) -> anyhow::Result<Option<String>> {
    let found: Option<Option<Vec<u8>>> = conn
        .prepare_cached("SELECT bytes FROM blob WHERE sha256=unhex(?1)")?
        .query_row([digest], |row| row.get(0))
        .optional()?;
    let whole = |bytes: &Vec<u8>| crate::domain::id::hex(&crate::domain::journal::digest(bytes)) == digest;
    Ok(found.flatten().filter(whole).and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The first line of a snapshot that is not what the dossier said.
fn untrue(text: &str, dossier: &Dossier) -> Option<String> {
    let wrong = |line: &&str| {
        let mut parts = line.splitn(4, ' ');
        let (Some(kind), Some(id), Some(field), Some(said)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return true;
        };
        // A kind or a field that another version knew is none that can be looked up.
        let (Some(kind), Some(id)) = (Kind::parse(kind), Id::parse(id)) else { return false };
        if kind.field(field).is_none() {
            return false;
        }
        let found = dossier.find(kind, id).filter(|row| !row.archived());
        found.is_none_or(|row| row.get(field).to_json() != said)
    };
    text.lines().skip(1).find(wrong).map(|line| line.chars().take(120).collect())
}

/// Whether the role was held; the day before and after count as well, because the zone of the writer is not ours.
fn held(before: &Dossier, person: Id, role: Role, past: &Past) -> bool {
    let day = day_of(past.at);
    [-1, 0, 1]
        .into_iter()
        .any(|off| holds(&before.assignments, &before.defaults, person, role, day.plus(off)).is_some())
}

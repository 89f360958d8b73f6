//! Proposing, accepting and ending the acceptance of a residual risk.

use super::{Refusal, Rule, edit::next_number, event, needs_reason, proviso, unknown};
use crate::domain::{
    Change, Dossier, Event, Id, Kind, Prose,
    command::Command,
    decision::{Acceptance, AcceptanceStatus, threat_revision, threat_then},
    fields::{Day, Kept, Marks, Vocabulary, Who},
    people::Stamp,
    register::{counts_as_verified, ratings},
    value::Value,
};

type Outcome = Result<Vec<Event>, Refusal>;

/// Asks for an acceptance, a first one or a renewed one; nothing where something else was asked.
pub fn ask(dossier: &Dossier, command: &Command, stamp: &Stamp) -> Outcome {
    match command {
        Command::Propose { threat, reason, condition, expires, requester } => {
            propose(dossier, *threat, (reason, condition), (*expires, *requester), stamp)
        }
        Command::Renew { acceptance, reason, condition, expires, requester } => {
            renew(dossier, *acceptance, (reason, condition), (*expires, *requester), stamp)
        }
        _ => Ok(Vec::new()),
    }
}

/// Asks that a residual risk be accepted; whoever asks does not decide, and whoever writes it down may ask for another.
fn propose(
    dossier: &Dossier,
    threat: Id,
    words: (&Prose, &Prose),
    terms: (Option<Day>, Option<Id>),
    stamp: &Stamp,
) -> Outcome {
    Ok(vec![proposal(dossier, threat, words, terms, stamp)?])
}

/// Asks anew for what was accepted once. Nothing is extended: it is a proposal like any other, with the conditions of
/// before to be agreed on again, and takes the place of the old one only when it is accepted.
fn renew(
    dossier: &Dossier,
    old: Id,
    words: (&Prose, &Prose),
    terms: (Option<Day>, Option<Id>),
    stamp: &Stamp,
) -> Outcome {
    let acceptance = found(dossier, old)?;
    if acceptance.status != Some(AcceptanceStatus::Accepted) {
        return Err(Refusal::new(Rule::WrongState, "Only an acceptance that was given is renewed.")
            .hint("Propose a new one for the threat."));
    }
    let threat = acceptance.threat.ok_or_else(|| unknown(Kind::Threat))?;
    let waits = |a: &Acceptance| a.renews == Some(old) && a.status == Some(AcceptanceStatus::Proposed);
    if let Some(open) = dossier.acceptances_of(threat).find(|a| waits(a)) {
        let says = format!("{} waits for its decision already; it renews this one.", open.reference());
        return Err(Refusal::new(Rule::WrongState, says).hint("Accept, decline or withdraw it first."));
    }
    let mut first = proposal(dossier, threat, words, terms, stamp)?;
    first.set.push(Change { field: "renews".to_owned(), old: Value::Null, new: Some(old).to_value() });
    let id = first.entity;
    let mut events = vec![first];
    events.extend(proviso::again(dossier, old, id, stamp));
    Ok(events)
}

fn proposal(
    dossier: &Dossier,
    threat: Id,
    (reason, condition): (&Prose, &Prose),
    (expires, requester): (Option<Day>, Option<Id>),
    stamp: &Stamp,
) -> Result<Event, Refusal> {
    let threat = dossier.live_threats().find(|t| t.id == threat).ok_or_else(|| unknown(Kind::Threat))?;
    if ratings(dossier, threat, stamp.today).now.is_none() {
        return Err(Refusal::new(
            Rule::Incomplete,
            format!("{} is unscored: nobody knows what would be accepted.", threat.reference()),
        ));
    }
    needs_reason(reason, "An acceptance")?;
    needs_expiry(expires, stamp.today)?;
    if condition.is_empty() {
        return Err(Refusal::new(Rule::Incomplete, "An acceptance names the condition on which it depends."));
    }
    let asks = requester.unwrap_or(stamp.by);
    if requester.is_some() && dossier.people.by_id(asks).is_none_or(|person| person.archived) {
        return Err(Refusal::new(Rule::Unknown, "Whoever asks is a named person of the record."));
    }
    let id = stamp.fresh();
    let set = vec![
        ("number", Value::Int(next_number(dossier, Kind::Acceptance))),
        ("threat", Some(threat.id).to_value()),
        ("status", Some(AcceptanceStatus::Proposed).to_value()),
        ("reason", reason.to_value()),
        ("condition", condition.to_value()),
        ("expires", expires.to_value()),
        ("requester", Some(Who(asks)).to_value()),
        ("recorder", Some(Who(stamp.by)).to_value()),
    ];
    Ok(event(dossier, (Kind::Acceptance, id, "propose"), set, &Prose::default()))
}

/// Accepts it: freezes who, in which title, which score by which matrix, what the threat said, which controls.
pub fn accept(dossier: &Dossier, id: Id, stamp: &Stamp) -> Outcome {
    let acceptance = found(dossier, id)?;
    if acceptance.status != Some(AcceptanceStatus::Proposed) {
        return Err(Refusal::new(Rule::WrongState, "Only a proposed acceptance can be accepted."));
    }
    needs_expiry(acceptance.expires, stamp.today)?;
    let threat =
        dossier.live_threats().find(|t| Some(t.id) == acceptance.threat).ok_or_else(|| unknown(Kind::Threat))?;
    let Some(now) = ratings(dossier, threat, stamp.today).now else {
        return Err(Refusal::new(
            Rule::Incomplete,
            format!("{} is unscored: nobody knows what would be accepted.", threat.reference()),
        ));
    };
    proviso::acceptable(dossier, acceptance, stamp)?;
    let credited =
        dossier.controls_of(threat.id).filter(|(_, control)| counts_as_verified(dossier, control, stamp.today));
    let credited = Marks(credited.map(|(_, control)| control.id.to_string()).collect());
    let set = vec![
        ("status", Some(AcceptanceStatus::Accepted).to_value()),
        ("acceptor", Some(Who(stamp.by)).to_value()),
        ("acceptor_name", dossier.name_and_title(stamp.by).to_value()),
        ("recorder", Some(Who(stamp.by)).to_value()),
        ("decided_at", Some(stamp.at).to_value()),
        ("likelihood", Some(now.likelihood).to_value()),
        ("impact", Some(now.impact).to_value()),
        ("level", Value::from(now.level.code())),
        ("matrix", Value::from(dossier.matrix().version)),
        ("revision", threat_revision(threat).to_value()),
        ("threat_then", Prose::new(&threat_then(threat)).to_value()),
        ("credited", credited.to_value()),
    ];
    // What was meant comes first: it is what the screen says.
    let mut events = vec![event(dossier, (Kind::Acceptance, id, "accept"), set, &Prose::default())];
    events.extend(superseded(dossier, acceptance));
    events.extend(proviso::taken_on(dossier, acceptance));
    Ok(events)
}

/// A renewal is a new record with a fresh decision: it supersedes the one before.
fn superseded(dossier: &Dossier, by: &Acceptance) -> Vec<Event> {
    let earlier = |a: &&Acceptance| {
        a.id != by.id && !a.archived && a.threat == by.threat && a.status == Some(AcceptanceStatus::Accepted)
    };
    let set = || vec![("status", Some(AcceptanceStatus::Superseded).to_value())];
    let old = dossier.acceptances.iter().filter(earlier);
    old.map(|a| event(dossier, (Kind::Acceptance, a.id, "supersede"), set(), &Prose::default())).collect()
}

/// Ends it: declined or withdrawn while it is proposed, revoked once it was accepted.
pub fn end(dossier: &Dossier, id: Id, to: &str, why: &Prose, stamp: &Stamp) -> Outcome {
    let acceptance = found(dossier, id)?;
    let (from, verb) = match to {
        "declined" => (AcceptanceStatus::Proposed, "decline"),
        "withdrawn" => (AcceptanceStatus::Proposed, "take_back"),
        _ => (AcceptanceStatus::Accepted, "revoke"),
    };
    if acceptance.status != Some(from) {
        let says = format!("Only an acceptance that is {} can be {to}.", from.label());
        return Err(Refusal::new(Rule::WrongState, says));
    }
    needs_reason(why, "This")?;
    let set = vec![
        ("status", Value::from(to)),
        ("ended_why", why.to_value()),
        ("recorder", Some(Who(stamp.by)).to_value()),
        ("decided_at", Some(stamp.at).to_value()),
    ];
    Ok(vec![event(dossier, (Kind::Acceptance, id, verb), set, why)])
}

fn found(dossier: &Dossier, id: Id) -> Result<&Acceptance, Refusal> {
    dossier.acceptances.iter().find(|a| a.id == id && !a.archived).ok_or_else(|| unknown(Kind::Acceptance))
}

fn needs_expiry(expires: Option<Day>, today: Day) -> Result<(), Refusal> {
    match expires {
        None => Err(Refusal::new(Rule::ExpiryNeeded, "An acceptance needs the day on which it ends.")
            .hint("No risk is accepted for ever.")),
        Some(day) if day < today => Err(Refusal::new(Rule::ExpiryNeeded, "An acceptance cannot have ended already.")),
        Some(_) => Ok(()),
    }
}

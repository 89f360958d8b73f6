//! What binds of what came in. It was written elsewhere, so it is asked of the rules once more: whether it was allowed
//! where it was done, and whether whoever did it holds the role in this record. What was not is set aside, in the
//! journal and with its reason, and counts for nothing; it is never taken for valid in silence.

use super::{
    Course, Dossier, Event, Id, Kind, Moment, Sealing, Told, event,
    sealing::sealing,
    standing::{Seat, decided_here, standing},
};
use crate::domain::{
    decision::{Decision, SignedAct, Step},
    event::Change,
    fields::Vocabulary,
    people::Role,
    value::Value,
    verb::Verb,
    wording::{called, day},
};

/// An act that came in and binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The intent, as the journal calls it.
    pub kind: String,
    /// What it is about.
    pub entity: Id,
    /// What was done, in words: `Sign-off`, `Decision: proceed`.
    pub what: String,
    /// By whom, by name.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: Moment,
    /// Its SSH signature; none where it is nothing that is signed so.
    pub sealed: Option<Sealing>,
    /// Why it is set aside here, in a whole sentence; none where it counts.
    pub aside: Option<String>,
    /// The command that it is of: its chain, and the number of the first entry.
    pub(super) command: (Id, i64),
}

impl Arrived {
    /// In a sentence, or two where it is set aside.
    pub fn says(&self) -> String {
        let Self { what, who, role, at, sealed, aside, .. } = self;
        let sealed = sealed.as_ref().map_or_else(String::new, |sealed| format!(": {}", sealed.says()));
        let aside = aside.as_ref().map_or_else(String::new, |why| format!(" It is set aside. {why}"));
        format!("{what}, by {who} as {}, {}{sealed}.{aside}", role.label(), day(*at))
    }
}

/// Why what came in is not judged.
#[derive(Debug)]
pub enum Unjudged<E> {
    /// docket never writes such an entry; a whole sentence.
    Forged(String),
    /// The record could not be read.
    Failed(E),
}

/// What binds of the entries of a file that are new here, oldest first. `here` is this record, `then` the same at a
/// moment of the past.
pub fn arrived<E>(
    course: &Course,
    is_new: &dyn Fn(&Told) -> bool,
    here: &Dossier,
    then: &dyn Fn(Moment) -> Result<Dossier, E>,
) -> Result<Vec<Arrived>, Unjudged<E>> {
    let end = course.end();
    let mut out: Vec<Arrived> = Vec::new();
    for told in course.told().iter().filter(|told| is_new(told)) {
        let Some((what, verbs)) = act(told, &end) else { continue };
        let who = crate::domain::Line::new(&told.body.name).to_string();
        let seat = Seat { course, told, here, then };
        let (role, mut aside) = standing(&seat, &verbs, &what)?;
        if aside.is_none() && permits(told) {
            aside = decided_here(&seat, is_new, &out)?;
        }
        let sealed = sort_of(&told.kind).map(|sort| sealing(&end, here, sort, told.entity));
        let (kind, entity, at, command) = (told.kind.clone(), told.entity, told.at, (told.device, told.cmd));
        out.push(Arrived { kind, entity, what, who, role, at, sealed, aside, command });
    }
    Ok(out)
}

/// Whether it is a decision that permits use.
pub(super) fn permits(told: &Told) -> bool {
    told.kind == "disposition.decide" && set(told, "decision").and_then(Decision::parse).is_some_and(Decision::permits)
}

/// What an entry sets a field to, where it is text.
pub(super) fn set<'a>(told: &'a Told, field: &str) -> Option<&'a str> {
    match &told.body.set.iter().find(|change| change.field == field)?.new {
        Value::Text(text) => Some(text),
        Value::Null | Value::Int(_) | Value::List(_) => None,
    }
}

fn sort_of(kind: &str) -> Option<SignedAct> {
    match kind {
        "signoff.sign" => Some(SignedAct::Signoff),
        "acceptance.accept" => Some(SignedAct::Acceptance),
        "disposition.decide" => Some(SignedAct::Disposition),
        _ => None,
    }
}

/// What an entry is as an act that binds, in words, and what was asked of the rules for it, any of which may have been.
/// None where it binds nobody. `end` is the system as its file leaves it.
fn act(told: &Told, end: &Dossier) -> Option<(String, Vec<Verb>)> {
    // What is of the record itself is told of by its kind.
    told.body.system?;
    let (of, verb) = told.kind.split_once('.')?;
    let named = || called(end, told.of.unwrap_or(Kind::System), told.entity);
    let step = || end.handoffs.by_id(told.entity).and_then(|handoff| handoff.step);
    let leg = |word: &str, verb: fn(Step) -> Verb| {
        let step = step()?;
        Some((format!("Hand-off {} {word}", step.label()), vec![verb(step), Verb::Reconfirm]))
    };
    let one = |what: &str, verb: Verb| Some((what.to_owned(), vec![verb]));
    match (of, verb) {
        ("signoff", "sign") => Some(("Sign-off".to_owned(), vec![Verb::Sign, Verb::Reconfirm])),
        ("signoff", "withdraw") => one("Sign-off withdrawn", Verb::Unsign),
        ("disposition", "decide") => {
            let decision = set(told, "decision").and_then(Decision::parse).map_or("none", Vocabulary::label);
            one(&format!("Decision: {decision}"), Verb::Decide)
        }
        ("disposition", "revoke") => one("Clearance revoked", Verb::RevokeClearance),
        ("acceptance", "accept") => one(&format!("Accepted: {}", named()), Verb::AcceptRisk),
        ("acceptance", "decline") => one(&format!("Declined: {}", named()), Verb::AcceptRisk),
        ("acceptance", "revoke") => one(&format!("Revoked: {}", named()), Verb::RevokeRisk),
        ("exception", "approve" | "decline") => one(&format!("Decided: {}", named()), Verb::DecideException),
        ("privacy", "advise") => one("Advice of the DPO", Verb::Advise),
        ("countersign", "sign") => one("Countersignature", Verb::Countersign),
        ("review", "override") => one("Roles combined, with a reason", Verb::Override),
        ("pause", "resume") => one("Let run again", Verb::Resume),
        ("assignment", "assign") => {
            let role = set(told, "role").and_then(Role::parse).map_or("none", Vocabulary::label);
            let person = set(told, "person").and_then(Id::parse).and_then(|id| end.person_name(id));
            one(&format!("Role {role} given to {}", person.map_or("nobody", |name| name.as_str())), Verb::Assign)
        }
        ("handoff", "send") => leg("sent", Verb::Send),
        ("handoff", "confirm") => leg("confirmed", Verb::Confirm),
        ("handoff", "return") => leg("returned", Verb::Return),
        _ => None,
    }
}

/// What takes the effect from the acts that are set aside: a sign-off is withdrawn, what was made is archived, and what
/// was changed is as it was before, unless somebody changed it again.
pub fn set_aside(dossier: &Dossier, course: &Course, acts: &[Arrived], at: Moment) -> Vec<Event> {
    let (mut now, mut out, mut done) = (dossier.clone(), Vec::new(), std::collections::BTreeSet::new());
    for act in acts {
        let Some(why) = act.aside.as_ref().filter(|_| done.insert(act.command)) else { continue };
        let of = |told: &&Told| (told.device, told.cmd) == act.command;
        for told in course.told().iter().filter(of).rev() {
            let Some(event) = taken_back(&now, told, why, at) else { continue };
            now.apply(&event);
            out.push(event);
        }
    }
    out
}

fn taken_back(now: &Dossier, told: &Told, why: &str, at: Moment) -> Option<Event> {
    let of = told.of?;
    let row = now.find(of, told.entity)?;
    let made = !told.body.set.is_empty() && told.body.set.iter().all(|change| change.old.is_null());
    let put = |field: &str, new: Value| Change { field: field.to_owned(), old: row.get(field), new };
    let set = match (of, made && told.kind != "disposition.print") {
        (Kind::Signoff, true) => vec![put("withdrawn_at", Value::Int(at.0)), put("withdrawn_why", Value::from(why))],
        (_, true) if is_first(told) => vec![put("archived", Value::Int(1))],
        _ => {
            let same = |change: &&Change| row.get(&change.field) == change.new;
            told.body.set.iter().filter(same).map(|change| put(&change.field, change.old.clone())).collect()
        }
    };
    let set: Vec<Change> = set.into_iter().filter(|change| change.old != change.new).collect();
    (!set.is_empty()).then(|| event(of, told.entity, set, why))
}

/// Whether an entry makes the thing that it is about, rather than setting what was empty.
fn is_first(told: &Told) -> bool {
    let kind = told.kind.as_str();
    matches!(
        kind,
        "disposition.decide"
            | "condition.set"
            | "countersign.sign"
            | "handoff.send"
            | "assignment.assign"
            | "pause.pause"
    )
}

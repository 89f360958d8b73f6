//! The two questions: may this be done, and what follows from it.

mod acceptance;
mod after;
mod attach;
mod edit;
mod exception;
mod finding;
mod handoff;
mod import;
mod independence;
mod library;
mod may;
mod meeting;
mod outcome;
mod privacy;
mod proviso;
mod reconfirm;
mod several;
mod shelf;
mod signature;
mod signing;
mod trigger;

pub use edit::next_number;
pub use import::{Merged, compare, counted_rows};
pub use may::may;
pub use outcome::keep_printed;
pub use privacy::{advice_for, worst};
pub use reconfirm::{Round, round};

use super::{
    Change, Dossier, Event, Id, Kind, Prose,
    command::Command,
    people::Stamp,
    refusal::{Refusal, Rule},
    value::Value,
};

/// What follows from `command`, or why nothing may.
pub fn decide(dossier: &Dossier, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    may(dossier, stamp.by, stamp.role, command.verb(), stamp.today)?;
    match list_of(command) {
        List::Worked => worked(dossier, command, stamp),
        List::Said => said(dossier, command, stamp),
        List::Afterwards => afterwards(dossier, command, stamp),
    }
}

/// The work on a review, and its decision.
fn worked(dossier: &Dossier, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::NewSystem(set) => edit::new_system(dossier, set, stamp),
        Command::Add { kind, set, to } => edit::add(dossier, *kind, set, *to, stamp),
        Command::AddAll { kind, sets } => several::add(dossier, *kind, sets, stamp),
        Command::Edit { kind, id, set, why } => edit::edit(dossier, (*kind, *id), set, why, stamp),
        Command::EditAll { kind, ids, set } => several::edit(dossier, (*kind, ids), set, stamp),
        Command::WithdrawAll { kind, ids, why } => several::withdraw(dossier, (*kind, ids), why),
        Command::Duplicate(ids) => several::duplicate(dossier, ids, stamp),
        Command::CopyThreats { from, threats } => several::copy(dossier, from, threats, stamp),
        Command::Withdraw { kind, id, why } => {
            finding::withdrawable(dossier, *id, stamp.role)?;
            edit::withdraw(dossier, *kind, *id, why)
        }
        Command::Attach { evidence, file } => attach::attach(dossier, *evidence, file),
        Command::Compared(found) => attach::compared(dossier, found, stamp),
        Command::Restore { kind, id } => edit::restore(dossier, *kind, *id),
        Command::Assign { role, person, delegate, until } => {
            edit::assign(dossier, (*role, *person, *delegate, *until), stamp)
        }
        Command::AssignNew { role, name, title, until } => {
            Ok(edit::assign_new(dossier, *role, (name, title), *until, stamp))
        }
        Command::FromLibrary(ids) => shelf::take(dossier, ids, stamp),
        Command::FillShelf(entries) => library::fill(dossier, entries, stamp),
        Command::OverrideTier { tier, reason } => edit::override_tier(dossier, *tier, reason, stamp),
        Command::Send { step, note, due } => handoff::send(dossier, *step, note, *due, stamp),
        Command::Receive(step) => handoff::receive(dossier, *step, stamp),
        Command::Confirm(step) => handoff::confirm(dossier, *step, stamp),
        Command::Return { step, reason, gaps, role } => {
            handoff::give_back(dossier, (*step, *reason, *role), gaps, stamp)
        }
        Command::Recall(step) => handoff::recall(dossier, *step),
        Command::Propose { .. } | Command::Renew { .. } => acceptance::ask(dossier, command, stamp),
        Command::AcceptRisk(id) => acceptance::accept(dossier, *id, stamp),
        Command::DeclineRisk(id, why) => acceptance::end(dossier, *id, "declined", why, stamp),
        Command::WithdrawRisk(id, why) => acceptance::end(dossier, *id, "withdrawn", why, stamp),
        Command::RevokeRisk(id, why) => acceptance::end(dossier, *id, "revoked", why, stamp),
        Command::Decide { decision, rationale, conditions, valid_until } => {
            outcome::decide(dossier, (*decision, *valid_until), rationale, conditions, stamp)
        }
        Command::RevokeClearance(why) => outcome::revoke(dossier, why, stamp),
        Command::StartReview(kind) => Ok(outcome::start_review(dossier, *kind, stamp)),
        Command::Import(file) => import::import(dossier, file, stamp),
        other => misplaced(other),
    }
}

/// Which list of rules a command belongs to.
enum List {
    Worked,
    Said,
    Afterwards,
}

/// Every command is named here, so that the compiler asks about a new one.
#[allow(clippy::too_many_lines, reason = "a line for each command, and nothing else")]
fn list_of(command: &Command) -> List {
    match command {
        Command::NewSystem(_)
        | Command::Add { .. }
        | Command::AddAll { .. }
        | Command::Edit { .. }
        | Command::EditAll { .. }
        | Command::WithdrawAll { .. }
        | Command::Duplicate(_)
        | Command::CopyThreats { .. }
        | Command::Withdraw { .. }
        | Command::Attach { .. }
        | Command::Compared(_)
        | Command::Restore { .. }
        | Command::Assign { .. }
        | Command::AssignNew { .. }
        | Command::FromLibrary(_)
        | Command::FillShelf(_)
        | Command::OverrideTier { .. }
        | Command::Send { .. }
        | Command::Receive(_)
        | Command::Confirm(_)
        | Command::Return { .. }
        | Command::Recall(_)
        | Command::Propose { .. }
        | Command::Renew { .. }
        | Command::AcceptRisk(_)
        | Command::DeclineRisk(..)
        | Command::WithdrawRisk(..)
        | Command::RevokeRisk(..)
        | Command::Decide { .. }
        | Command::RevokeClearance(_)
        | Command::StartReview(_)
        | Command::Import(_) => List::Worked,
        Command::Advise { .. }
        | Command::Answer { .. }
        | Command::Conclude { .. }
        | Command::WaiveDpo(_)
        | Command::Sign(_)
        | Command::Reconfirm(_)
        | Command::AddSignature { .. }
        | Command::RegisterKey(_)
        | Command::WithdrawKey(_)
        | Command::Unsign(_)
        | Command::Override { .. }
        | Command::Countersign { .. }
        | Command::SetPolicy { .. } => List::Said,
        Command::MeetCondition(..)
        | Command::MeetProviso { .. }
        | Command::DecideException { .. }
        | Command::ReviewException(..)
        | Command::CloseException(..)
        | Command::Fire(..)
        | Command::Triage(..)
        | Command::RecordChange { .. }
        | Command::ReportIncident(_)
        | Command::Restrict { .. }
        | Command::CloseIncident(..)
        | Command::Pause(_)
        | Command::Resume(_)
        | Command::Meet(_) => List::Afterwards,
    }
}

/// What a list of rules says of a command that belongs to another list: it is a fault of docket, and nothing happens.
fn misplaced(command: &Command) -> Result<Vec<Event>, Refusal> {
    debug_assert!(false, "{:?} is asked of the wrong rules", command.verb());
    let says = "docket has no rule for this, which is a fault of its own. Nothing was changed.";
    Err(Refusal::new(Rule::WrongState, says))
}

/// What the DPO says, and what people sign.
fn said(dossier: &Dossier, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Advise { advice, text } => signing::advise(dossier, *advice, text, stamp),
        Command::Answer { check, answer, chosen, note } => {
            let given = privacy::Given { answer: *answer, chosen, note: note.as_ref() };
            privacy::answer(dossier, check, &given, stamp)
        }
        Command::Conclude { section, text, outcome } => privacy::conclude(dossier, section, (text, *outcome), stamp),
        Command::WaiveDpo(_) => Err(Refusal::new(Rule::NothingChanged, dossier.personal_data_because())),
        Command::Sign(statement) => signing::sign(dossier, statement, stamp),
        Command::Reconfirm(statement) => reconfirm::reconfirm(dossier, statement, stamp),
        Command::AddSignature { sort, act, armored } => signature::add(dossier, (*sort, *act), armored, stamp),
        Command::RegisterKey(line) => signature::register(dossier, line, stamp),
        Command::WithdrawKey(why) => signature::withdraw(dossier, why, stamp),
        Command::Unsign(why) => signing::unsign(dossier, why, stamp),
        Command::Override { reason, compensating } => independence::combine(dossier, reason, compensating, stamp),
        Command::Countersign { whose, statement } => independence::countersign(dossier, *whose, statement, stamp),
        Command::SetPolicy { rules, reason } => independence::set_policy(dossier, rules, reason, stamp),
        other => misplaced(other),
    }
}

/// What comes after a decision: conditions and exceptions, triggers, changes, incidents and pauses.
fn afterwards(dossier: &Dossier, command: &Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::MeetCondition(id, proof) => outcome::meet(dossier, *id, proof, stamp),
        Command::MeetProviso { id, proof, evidence, measured } => {
            proviso::meet(dossier, *id, proof, (*evidence, *measured), stamp)
        }
        Command::DecideException { id, approve, why } => exception::decide(dossier, (*id, *approve), why, stamp),
        Command::ReviewException(id, note) => exception::review(dossier, *id, note, stamp),
        Command::CloseException(id, why) => exception::close(dossier, *id, why, stamp),
        Command::Fire(id, why) => trigger::fire(dossier, *id, why, stamp),
        Command::Triage(id, outcome, roles, reason) => trigger::triage(dossier, (*id, *outcome), roles, reason, stamp),
        Command::RecordChange { what, fires } => after::change(dossier, what, fires, stamp),
        Command::ReportIncident(what) => after::incident(dossier, what, stamp),
        Command::Restrict { incident, text, until } => after::restrict(dossier, (*incident, *until), text, stamp),
        Command::CloseIncident(id, correction) => after::close(dossier, *id, correction, stamp),
        Command::Pause(reason) => after::pause(dossier, reason, stamp),
        Command::Resume(why) => after::resume(dossier, why, stamp),
        Command::Meet(act) => meeting::meet(dossier, act, stamp),
        other => misplaced(other),
    }
}

/// An event about a thing: the fields that really change, with what they held.
pub(crate) fn event(
    dossier: &Dossier,
    (kind, id, verb): (Kind, Id, &'static str),
    set: Vec<(&str, Value)>,
    why: &Prose,
) -> Event {
    let before = dossier.find(kind, id);
    let set = set
        .into_iter()
        .map(|(field, new)| Change {
            field: field.to_owned(),
            old: before.map_or(Value::Null, |row| row.get(field)),
            new,
        })
        .filter(|change| change.old != change.new)
        .collect();
    Event { of: kind, verb: verb.into(), entity: id, set, why: why.clone(), attach: None }
}

fn needs_reason(why: &Prose, what: &str) -> Result<(), Refusal> {
    if why.is_empty() {
        return Err(Refusal::new(Rule::ReasonNeeded, format!("{what} needs a reason.")).hint("Say why in a few words."));
    }
    Ok(())
}

fn unknown(kind: Kind) -> Refusal {
    Refusal::new(Rule::Unknown, format!("This {} is not in the record any more.", kind.label()))
}

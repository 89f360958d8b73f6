//! Acts on acceptances and their conditions.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Confirm, Pick, Reader, Yes},
    list::Selection,
    panes, sheets,
};
use crate::{
    domain::{
        Id, Kind, Prose,
        command::Command,
        decision::{Acceptance, AcceptanceStatus, ExceptionState, ExceptionStatus, ProvisoKind},
        fields::Vocabulary,
        library::Level,
        register::{Plan, Threat, Treatment},
        verb::Verb,
    },
    keymap::Action,
};

use super::{
    perform::{push, say},
    selected_thing,
};

/// The verb of an act of this file; on an exception the same keys ask about the exception.
pub(super) fn verb(model: &Model, action: Action) -> Option<Verb> {
    let on_exception = selected_thing(model, Kind::Exception).is_some();
    Some(match action {
        Action::AcceptRisk | Action::DeclineRisk if on_exception => Verb::DecideException,
        Action::RevokeRisk if on_exception => Verb::CloseException,
        Action::AddException => Verb::Add(Kind::Exception),
        Action::ReviewException => Verb::ReviewException,
        Action::ProposeAcceptance | Action::RenewRisk => Verb::Propose,
        Action::AcceptRisk | Action::DeclineRisk => Verb::AcceptRisk,
        Action::RevokeRisk => Verb::RevokeRisk,
        Action::WithdrawRisk => Verb::WithdrawRisk,
        Action::AddProviso => Verb::Add(Kind::Proviso),
        Action::MeetProviso => Verb::MeetCondition,
        _ => return None,
    })
}

/// Whether an act belongs to this file.
pub(super) fn is_own(model: &Model, action: Action) -> bool {
    verb(model, action).is_some()
}

/// Does an act of this file.
pub(super) fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    let of_exceptions = matches!(action, Action::AddException | Action::ReviewException);
    let deciding = matches!(action, Action::AcceptRisk | Action::DeclineRisk | Action::RevokeRisk);
    if of_exceptions || deciding && selected_thing(model, Kind::Exception).is_some() {
        return on_exception(model, action);
    }
    match action {
        Action::ProposeAcceptance => propose(model),
        Action::AcceptRisk => accept(model),
        Action::DeclineRisk => end(model, AcceptanceStatus::Proposed),
        Action::RevokeRisk => end(model, AcceptanceStatus::Accepted),
        Action::WithdrawRisk => withdraw(model),
        Action::RenewRisk => renew(model),
        Action::AddProviso => add_proviso(model),
        Action::MeetProviso => meet(model),
        _ => None,
    }
}

/// What the keys of acceptances do on an exception.
fn on_exception(model: &mut Model, action: Action) -> Option<Effect> {
    let me = model.me.clone()?;
    if action == Action::AddException {
        let form = sheets::add(model.system()?, &me, Kind::Exception, None);
        return push(model, form);
    }
    let Some(id) = selected_thing(model, Kind::Exception) else {
        return say(model, "Put the cursor on an exception in the governance pane: g v.");
    };
    let dossier = &model.system()?.dossier;
    let found = dossier.exceptions.by_id(id)?;
    let decided = found.status.unwrap_or(ExceptionStatus::Requested);
    let wanted = match action {
        Action::AcceptRisk | Action::DeclineRisk => ExceptionStatus::Requested,
        _ => ExceptionStatus::Approved,
    };
    if decided != wanted {
        let says =
            format!("{} is {}; only one that is {} takes this.", found.reference(), decided.label(), wanted.label());
        return say(model, &says);
    }
    let form = match action {
        Action::AcceptRisk => {
            let mut lines = vec![format!("{} acts as {}.", me.name, me.role.label())];
            lines.extend(found.terms(dossier).lines().map(str::to_owned));
            let yes = Yes::Commit(Command::DecideException { id, approve: true, why: Prose::default() });
            model.overlays.push(Overlay::Confirm(Confirm { question: "Approve this exception?".into(), lines, yes }));
            return None;
        }
        Action::ReviewException => sheets::review_exception(&me, found),
        _ => sheets::end_exception(&me, id, action == Action::RevokeRisk),
    };
    push(model, form)
}

/// A step that an exception asks for: what its state asks for next.
pub(super) fn exception_step(model: &mut Model) -> Option<Effect> {
    let id = selected_thing(model, Kind::Exception)?;
    let state = model.system()?.dossier.exceptions.by_id(id)?.state(model.today);
    let action = match state {
        ExceptionState::Requested => Action::AcceptRisk,
        ExceptionState::ReviewDue => Action::ReviewException,
        ExceptionState::Open | ExceptionState::Overdue => Action::RevokeRisk,
        ExceptionState::Declined | ExceptionState::Closed => return None,
    };
    super::act(model, action)
}

/// An exception in full.
pub(super) fn read_exception(model: &mut Model, id: Id) -> Option<Effect> {
    let dossier = &model.system()?.dossier;
    let found = dossier.exceptions.by_id(id)?;
    let title = format!("{} \"{}\"", found.reference(), found.title);
    let lines = panes::exception_in_full(dossier, found, model.today);
    model.overlays.push(Overlay::Reader(Reader { title, lines, top: 0, take_in: None }));
    None
}

/// The acceptance that the cursor is on, or to whose condition it points.
fn acceptance(model: &Model) -> Option<&Acceptance> {
    let dossier = &model.system()?.dossier;
    let of = |id: Id| dossier.provisos.by_id(id)?.acceptance;
    let id = selected_thing(model, Kind::Acceptance).or_else(|| selected_thing(model, Kind::Proviso).and_then(of))?;
    dossier.acceptances.by_id(id)
}

/// The acceptance that the cursor is on, in the status that an act needs; else the sentence that says why not.
fn in_status(model: &Model, wanted: AcceptanceStatus) -> Result<Id, String> {
    let Some(found) = acceptance(model) else {
        return Err("Put the cursor on an acceptance in the governance pane: g v.".to_owned());
    };
    let is = found.status.unwrap_or(AcceptanceStatus::Proposed);
    if is == wanted {
        return Ok(found.id);
    }
    Err(format!("{} is {}; only one that is {} takes this.", found.reference(), is.label(), wanted.label()))
}

/// On a threat its own sheet; elsewhere the threats to choose from, those that wait for an acceptance first.
fn propose(model: &mut Model) -> Option<Effect> {
    if let Some(threat) = selected_thing(model, Kind::Threat) {
        let form = sheets::propose(model.system()?, &model.me.clone()?, threat, model.today)?;
        return push(model, form);
    }
    let dossier = &model.system()?.dossier;
    let plan = Plan::of(dossier, model.today);
    let mut threats: Vec<_> = dossier.live_threats().filter(|threat| threat.counts()).collect();
    let level = |threat: &Threat| plan.ratings(threat).now.map(|now| now.level);
    threats.sort_by_key(|threat| (threat.treated() != Treatment::Accept, std::cmp::Reverse(level(threat))));
    if threats.is_empty() {
        return say(model, "There is no threat whose risk could be accepted.");
    }
    let option = |threat: &&Threat| {
        let level = level(threat).map_or("unscored", Level::label);
        let treated = if threat.treated() == Treatment::Accept { ", to be accepted" } else { "" };
        (format!("{} {}  ({level}{treated})", threat.reference(), threat.title), Pick::Propose(threat.id))
    };
    let options = threats.iter().map(option).collect();
    let title = "Accept the risk of which threat?".to_owned();
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

fn accept(model: &mut Model) -> Option<Effect> {
    let id = match in_status(model, AcceptanceStatus::Proposed) {
        Ok(id) => id,
        Err(says) => return say(model, &says),
    };
    let me = model.me.as_ref()?;
    let dossier = &model.system()?.dossier;
    let acceptance = dossier.acceptances.by_id(id)?;
    let until = acceptance.expires.map_or_else(|| "without an end".into(), |day| format!("until {day}"));
    let mut lines = vec![
        format!("{} acts as {}: the risk is carried {until}.", me.name, me.role.label()),
        format!("Because {}", acceptance.reason.as_str().replace('\n', " / ")),
        format!("If {}", acceptance.condition.as_str().replace('\n', " / ")),
    ];
    lines.extend(dossier.provisos_of(id).map(|proviso| panes::condition_line(dossier, proviso, model.today)));
    if acceptance.requester.is_some_and(|who| who.0 == me.person) {
        lines.push("! You asked for it yourself; the record says so.".to_owned());
    }
    let confirm =
        Confirm { question: "Accept this residual risk?".into(), lines, yes: Yes::Commit(Command::AcceptRisk(id)) };
    model.overlays.push(Overlay::Confirm(confirm));
    None
}

fn end(model: &mut Model, from: AcceptanceStatus) -> Option<Effect> {
    match in_status(model, from) {
        Ok(id) => {
            let form = sheets::end_acceptance(&model.me.clone()?, id, from == AcceptanceStatus::Accepted);
            push(model, form)
        }
        Err(says) => say(model, &says),
    }
}

fn withdraw(model: &mut Model) -> Option<Effect> {
    match in_status(model, AcceptanceStatus::Proposed) {
        Ok(id) => {
            let form = sheets::withdraw_proposal(&model.me.clone()?, id);
            push(model, form)
        }
        Err(says) => say(model, &says),
    }
}

fn renew(model: &mut Model) -> Option<Effect> {
    match in_status(model, AcceptanceStatus::Accepted) {
        Ok(id) => {
            let form = sheets::renew(model.system()?, &model.me.clone()?, id, model.today)?;
            push(model, form)
        }
        Err(says) => say(model, &says),
    }
}

/// Which kind of condition; the sheet then asks for what that kind needs.
fn add_proviso(model: &mut Model) -> Option<Effect> {
    let id = match in_status(model, AcceptanceStatus::Proposed) {
        Ok(id) => id,
        Err(says) => return say(model, &format!("{says} Conditions are agreed on before it is accepted.")),
    };
    let option = |kind: &ProvisoKind| {
        let example = match kind {
            ProvisoKind::Control => "a control is verified by a day",
            ProvisoKind::Stage => "only in pilot, for example",
            ProvisoKind::Usage => "no more than so many users or requests",
            ProvisoKind::Report => "by a day, once or in a rhythm",
            ProvisoKind::Oversight => "as it is described in the overview",
            ProvisoKind::Other => "anything else, met by a proof",
        };
        (format!("{}: {example}", kind.label()), Pick::Proviso(id, *kind))
    };
    let options = ProvisoKind::ALL.iter().map(option).collect();
    let title = "What does it depend on?".to_owned();
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

fn meet(model: &mut Model) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Proviso) else {
        return say(model, "Put the cursor on a condition of an acceptance.");
    };
    let proviso = model.system()?.dossier.provisos.by_id(id)?;
    if !proviso.by_proof() {
        return say(model, sheets::checks(proviso.kind_of()));
    }
    let form = sheets::meet_proviso(model.system()?, &model.me.clone()?, id)?;
    push(model, form)
}

/// An acceptance in full.
pub(super) fn read(model: &mut Model, id: Id) -> Option<Effect> {
    let dossier = &model.system()?.dossier;
    let found = dossier.acceptances.by_id(id)?;
    let threat = found.threat.and_then(|id| dossier.threats.by_id(id));
    let of = threat.map_or_else(String::new, |threat| format!(" of {} \"{}\"", threat.reference(), threat.title));
    let title = format!("{}{of}", found.reference());
    let lines = panes::acceptance_in_full(dossier, found, model.today);
    model.overlays.push(Overlay::Reader(Reader { title, lines, top: 0, take_in: None }));
    None
}

//! Acts after clearance: triggers, changes, incidents, pauses.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Pick, Reader},
    list::Selection,
    panes, sheets,
};
use crate::domain::{
    Id, Kind,
    after::{ChangeKind, came, is_triaged},
    fields::Vocabulary,
    verb::Verb,
};
use crate::keymap::Action;

use super::{
    act,
    perform::{push, say},
    selected_thing,
};

/// The verb of an act of this file.
pub(super) fn verb(action: Action) -> Option<Verb> {
    Some(match action {
        Action::FireTrigger => Verb::Fire,
        Action::Triage => Verb::Triage,
        Action::RecordChange => Verb::RecordChange,
        Action::ReportIncident => Verb::ReportIncident,
        Action::RestrictUse => Verb::Restrict,
        Action::CloseIncident => Verb::CloseIncident,
        Action::PauseSystem => Verb::Pause,
        Action::ResumeSystem => Verb::Resume,
        _ => return None,
    })
}

/// Does an act of this file.
pub(super) fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    let me = model.me.clone()?;
    let incident = || selected_thing(model, Kind::Incident);
    let form = match action {
        Action::RecordChange => return choose_change(model),
        Action::ReportIncident => Some(sheets::incident(model.system()?, &me, model.today)),
        Action::PauseSystem => Some(sheets::pause(model.system()?, &me)),
        Action::ResumeSystem => Some(sheets::resume(model.system()?, &me)),
        Action::RestrictUse => incident().map(|id| sheets::restrict(&me, id, model.today)),
        Action::CloseIncident => incident().and_then(|id| sheets::close_incident(model.system()?, &me, id)),
        Action::FireTrigger => selected_thing(model, Kind::Trigger).map(|id| sheets::fire(&me, id)),
        Action::Triage => {
            let kinds = [Kind::Trigger, Kind::Alteration, Kind::Incident];
            let found = kinds.into_iter().find_map(|kind| Some((kind, selected_thing(model, kind)?)));
            found.and_then(|(kind, id)| Some(sheets::triage(model.system()?, &me, kind, id)))
        }
        _ => None,
    };
    match form {
        Some(form) => push(model, form),
        None => say(model, where_to(action)),
    }
}

fn where_to(action: Action) -> &'static str {
    match action {
        Action::FireTrigger => "Put the cursor on the trigger that fired.",
        Action::Triage => "Put the cursor on the trigger that fired, or on a change or an incident.",
        _ => "Put the cursor on the incident; t i reports a new one.",
    }
}

/// What changed? Its kind says what docket proposes.
fn choose_change(model: &mut Model) -> Option<Effect> {
    let options = ChangeKind::ALL.iter().map(|sort| (sort.label().to_owned(), Pick::Change(*sort))).collect();
    let chooser = Chooser { title: "What changed?".into(), options, at: Selection::default() };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

/// Whether Enter on a thing does something else than open the sheet of its fields.
pub(super) fn opens(model: &Model, kind: Kind, id: Id) -> bool {
    matches!(kind, Kind::Alteration | Kind::Pause) || is_triaged(kind) && waits(model, kind, id)
}

/// Whether something fired and nobody has triaged it.
fn waits(model: &Model, kind: Kind, id: Id) -> bool {
    let Some(screen) = model.system() else { return false };
    let dossier = &screen.dossier;
    let disposition = dossier.last_disposition().filter(|made| made.stands());
    if let Some(made) = disposition {
        let all = crate::domain::after::waiting(dossier, made, model.today);
        return all.iter().any(|pending| pending.id == id && pending.triage.is_none());
    }
    let fired = |t: &&crate::domain::decision::Trigger| t.triage.is_none() && !t.archived;
    kind == Kind::Trigger
        && dossier
            .triggers
            .iter()
            .filter(fired)
            .any(|t| t.id == id && (t.fired_at.is_some() || came(dossier, t, model.today)))
}

/// Enter on what waits leads to its answer; on everything else it is read in full.
pub(super) fn open(model: &mut Model, kind: Kind, id: Id) -> Option<Effect> {
    if kind != Kind::Pause && waits(model, kind, id) {
        return act(model, Action::Triage);
    }
    let standing = model.system()?.dossier.pauses.iter().any(|pause| pause.id == id && pause.holds());
    if standing {
        return act(model, Action::ResumeSystem);
    }
    let (title, lines) = panes::in_full(&model.system()?.dossier, kind, id)?;
    model.overlays.push(Overlay::Reader(Reader { title, lines, top: 0, take_in: None }));
    None
}

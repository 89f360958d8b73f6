//! Acts on the control plan and the evidence pack.

use crate::app::{
    Effect, Model, Overlay, Screen,
    entry::Entry,
    list::Selection,
    palette::Palette,
    plan::{View, neighbour},
    row::Target,
    sheets,
    system::Tab,
};
use crate::domain::{
    Id, Kind,
    decision::Place,
    fields::Vocabulary,
    register::{Control, ControlStatus},
    value::Value,
    verb::Verb,
};
use crate::keymap::Action;

use super::{
    perform::{push, say},
    pick::edit,
    selected_thing,
};

/// The verb of an act of this file; `+` on an implemented control asks for its verification.
pub(super) fn verb(model: &Model, action: Action) -> Option<Verb> {
    Some(match action {
        Action::StatusForward | Action::StatusBackward => match next_status(model, action)? {
            ControlStatus::Verified => Verb::Add(Kind::Verification),
            _ => Verb::Edit(Kind::Control),
        },
        Action::ReuseControl => Verb::Add(Kind::Control),
        Action::AttachFile => Verb::Edit(Kind::Evidence),
        Action::AddFinding => Verb::Add(Kind::Finding),
        Action::RetestFinding => Verb::Edit(Kind::Finding),
        _ => return None,
    })
}

/// The acts of this file.
const OWN: [Action; 12] = [
    Action::SwitchView,
    Action::Unfold,
    Action::StatusForward,
    Action::StatusBackward,
    Action::GoAgainst,
    Action::JumpBack,
    Action::ReuseControl,
    Action::AttachFile,
    Action::CheckFile,
    Action::CheckFiles,
    Action::AddFinding,
    Action::RetestFinding,
];

/// Whether an act belongs to this file.
pub(super) fn is_own(action: Action) -> bool {
    OWN.contains(&action)
}

/// Does an act of this file.
pub(super) fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    match action {
        Action::SwitchView => switch_view(model),
        Action::Unfold => unfold(model),
        Action::StatusForward | Action::StatusBackward => turn_status(model, action),
        Action::GoAgainst => go_against(model),
        Action::JumpBack => jump_back(model),
        Action::ReuseControl => reuse(model),
        Action::AttachFile => attach(model),
        Action::CheckFile => check(model),
        Action::CheckFiles => Some(Effect::CheckEvidence(None)),
        Action::AddFinding => add_finding(model),
        Action::RetestFinding => retest(model),
        _ => None,
    }
}

fn control(model: &Model) -> Option<&Control> {
    let screen = model.system()?;
    let id = screen.control_at()?;
    screen.dossier.controls.iter().find(|control| control.id == id)
}

fn next_status(model: &Model, action: Action) -> Option<ControlStatus> {
    neighbour(control(model)?.stage(), action == Action::StatusForward)
}

fn switch_view(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    screen.switch_view(today);
    let says = match screen.plan.view {
        View::Plan => "The plan: Space shows what a control is against and how it was verified.",
        View::Gaps => "What the plan lacks: Enter goes to the field that mends it.",
        View::Board => "By status: arrows move, + and - set the status on and back.",
    };
    model.say(false, says);
    None
}

fn unfold(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    if screen.unfold(today) { None } else { say(model, "Put the cursor on a control in the plan; w leads there.") }
}

fn turn_status(model: &mut Model, action: Action) -> Option<Effect> {
    let Some((id, stage)) = control(model).map(|control| (control.id, control.stage())) else {
        return say(model, "Put the cursor on a control.");
    };
    match next_status(model, action) {
        Some(ControlStatus::Verified) => {
            let form = sheets::add(model.system()?, &model.me.clone()?, Kind::Verification, Some(id));
            model.say(false, "Verified is what a verification makes it: fill in who looked, how and what was found.");
            push(model, form)
        }
        Some(status) => {
            let set = vec![("status", Value::from(status.code()))];
            Some(Effect::Commit(model.system()?.id(), edit(Kind::Control, id, set)))
        }
        None => {
            let says = format!("From \"{}\" there is no status in this direction; s sets any.", stage.label());
            say(model, &says)
        }
    }
}

/// To the threat that the control is against; the way back is kept.
fn go_against(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    let Some(threat) = screen.threat_at() else {
        return say(model, "It is against no threat yet; on a threat, c links it.");
    };
    let from = screen.selected().and_then(|row| row.target.clone()).map(|target| (screen.tab, target));
    screen.pane_of(Tab::Threats).filter.clear();
    screen.go_to(&Place::field(Kind::Threat, threat, ""), today);
    screen.plan.from = from;
    model.say(false, "Backspace goes back to the control.");
    None
}

fn jump_back(model: &mut Model) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    let Some((tab, target)) = screen.plan.from.take() else {
        return say(model, "There is nothing to go back to; t on a control jumps to its threat.");
    };
    screen.show(tab, today);
    if let Some(at) = screen.rows.iter().position(|row| row.target.as_ref() == Some(&target)) {
        screen.pane_mut().at.select(at);
    }
    screen.settle();
    None
}

/// Opens the list of texts; what fits is read at once.
fn reuse(model: &mut Model) -> Option<Effect> {
    if let Some(why) = model.record.read_only.clone() {
        return say(model, &format!("Read only: {why}."));
    }
    model.overlays.push(Overlay::Palette(Palette {
        help: false,
        texts: true,
        tested: false,
        query: Entry::line(""),
        all: Vec::new(),
        hits: Vec::new(),
        shown: Vec::new(),
        at: Selection::default(),
    }));
    Some(Effect::ControlTexts(String::new()))
}

fn evidence(model: &Model) -> Option<Id> {
    selected_thing(model, Kind::Evidence)
}

fn attach(model: &mut Model) -> Option<Effect> {
    let Some(id) = evidence(model) else { return say(model, "Put the cursor on the evidence that the file shows.") };
    let form = sheets::attach(model.system()?, id)?;
    push(model, form)
}

fn check(model: &mut Model) -> Option<Effect> {
    match evidence(model) {
        Some(id) => Some(Effect::CheckEvidence(Some(id))),
        None => say(model, "Put the cursor on a piece of evidence; V checks all of them."),
    }
}

fn add_finding(model: &mut Model) -> Option<Effect> {
    let threat = model.system()?.selected().and_then(|row| match row.target {
        Some(Target::Thing(Kind::Threat, id)) => Some(id),
        _ => None,
    });
    let form = sheets::finding(model.system()?, &model.me.clone()?, threat, model.today);
    push(model, form)
}

fn retest(model: &mut Model) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Finding) else {
        return say(model, "Put the cursor on the finding that was tested again.");
    };
    let me = model.me.clone()?;
    match sheets::retest(model.system()?, &me, id, model.today) {
        Some(form) => push(model, form),
        None => say(model, "The security team records a retest, or an auditor that of an audit's finding."),
    }
}

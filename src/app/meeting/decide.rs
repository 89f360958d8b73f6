//! Deciding from the agenda: each item with the act of its system that is meant for it, in its own sheet, with its own
//! confirmation.

use super::{
    MeetingAsk,
    acts::{here, say},
    as_kept, sheets,
};
use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts,
        acts::push,
        confirm::{Confirm, Yes},
    },
    domain::{
        Kind,
        decision::{LegState, Mend, Place, Step, leg},
        meeting::{Item, ItemMark, MatterSort, MeetingAct},
    },
    keymap::Action,
};

/// Decides the item under the cursor, with the act of the system that is meant for it.
pub(super) fn decide(model: &mut Model) -> Option<Effect> {
    let screen = here(model)?;
    let item = screen.selected()?.clone();
    if !item.waits {
        return say(model, "It is decided already.");
    }
    match item.sort {
        MatterSort::Minutes => return approve(model, &item),
        MatterSort::Task => {
            let form = sheets::end_task(&item);
            return push(model, form);
        }
        MatterSort::Hand | MatterSort::Flagged | MatterSort::Returned => {
            let act = MeetingAct::Mark(screen.meeting()?, as_kept(&item), Some(ItemMark::Done), "".into());
            let on = screen.after(&item.key).map(|item| item.key.clone());
            return Some(Effect::Meeting(MeetingAsk::Do(act, on)));
        }
        _ => {}
    }
    if model.system().is_none() {
        return Some(super::look(here(model)?));
    }
    let action = match item.sort {
        MatterSort::Decide => to_be_taken_up(model),
        MatterSort::Expires => Action::StartReview,
        MatterSort::Accept | MatterSort::Except => Action::AcceptRisk,
        MatterSort::Triage => Action::Triage,
        MatterSort::Lapse => Action::RenewRisk,
        // Enter on the row of a condition is what meets it.
        MatterSort::Condition | MatterSort::Proviso => Action::Open,
        MatterSort::Minutes | MatterSort::Task | MatterSort::Hand | MatterSort::Flagged | MatterSort::Returned => {
            return None;
        }
    };
    acts::act(model, action)
}

/// A review that the authority has not taken up yet is taken up first.
fn to_be_taken_up(model: &mut Model) -> Action {
    let today = model.today;
    let Screen::Meeting(screen) = &mut model.screen else { return Action::Decide };
    let Some((_, system)) = &mut screen.system else { return Action::Decide };
    let waits = |step: &Step| matches!(leg(&system.dossier, *step, today).state, LegState::Sent | LegState::Received);
    match [Step::GovernanceSignoff, Step::DpoSignoff].into_iter().find(waits) {
        Some(step) => {
            system.go_to(&Place::act(Kind::Handoff, None, Mend::Confirm(step)), today);
            Action::ConfirmHandoff
        }
        None => Action::Decide,
    }
}

/// Declines what is asked for: a risk, or an exception.
pub(super) fn decline(model: &mut Model) -> Option<Effect> {
    let item = here(model)?.selected()?;
    if !matches!(item.sort, MatterSort::Accept | MatterSort::Except) {
        return say(model, "Only a risk or an exception that is asked for is declined here; d decides a review.");
    }
    acts::act(model, Action::DeclineRisk)
}

/// Returns what is to be decided to a role, with gaps.
pub(super) fn send_back(model: &mut Model) -> Option<Effect> {
    let item = here(model)?.selected()?;
    if item.sort != MatterSort::Decide {
        return say(model, "Only a review that lies with the board is returned.");
    }
    if let Screen::Meeting(screen) = &mut model.screen
        && let Some((_, system)) = &mut screen.system
    {
        // The side that has come in is the one that goes back: governance first.
        let with = |step: &Step| leg(&system.dossier, *step, model.today).state != LegState::Ready;
        let step =
            [Step::GovernanceSignoff, Step::DpoSignoff].into_iter().find(with).unwrap_or(Step::GovernanceSignoff);
        system.go_to(&Place::act(Kind::Handoff, None, Mend::Send(step)), model.today);
    }
    acts::act(model, Action::SendBack)
}

/// The minutes of an earlier meeting; `y` approves them.
fn approve(model: &mut Model, item: &Item) -> Option<Effect> {
    let within = here(model)?.running();
    let question = format!("{}?", item.what.trim_end_matches('.'));
    let lines = vec!["V reads them first. Once approved, no line is added to them any more.".to_owned()];
    let act = MeetingAct::Approve(item.id, within);
    let on = here(model)?.after(&item.key).map(|item| item.key.clone());
    let yes = Yes::Meeting(MeetingAsk::Do(act, on));
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

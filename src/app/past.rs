//! The past on the screen: entered from the log, read only, and left with Esc to where one was.

use super::{Effect, Model, Opened, Screen, log::Log, system::SystemScreen};
use crate::domain::past::AsOf;

/// Shows a system as it was.
pub(super) fn enter(model: &mut Model, opened: Opened, point: AsOf) {
    model.today = point.day;
    let mut screen = SystemScreen::new(opened, point.day);
    screen.as_of = Some(point);
    screen.log = Log::of(screen.dossier.subject);
    screen.log.query.upto = Some(point.n);
    let left = std::mem::replace(&mut model.screen, Screen::System(Box::new(screen)));
    // Out of the past one comes back to the present, also from a past within it.
    let from_past = matches!(&left, Screen::System(screen) if screen.as_of.is_some());
    if !from_past {
        model.present = Some(Box::new(left));
    }
    model.say(false, format!("As of entry {}. Nothing can be changed here; Esc comes back to now.", point.n));
}

/// Comes back to now, to where the past was opened.
pub(super) fn leave(model: &mut Model) -> Option<Effect> {
    model.today = model.now;
    let left = model.present.take()?;
    model.screen = *left;
    match &mut model.screen {
        Screen::System(screen) => {
            screen.refresh(model.today);
            // Others may have written in the meantime.
            Some(Effect::Open(screen.id()?, None))
        }
        Screen::Log(_)
        | Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => None,
    }
}

/// What the past does not do: the sentence why; and whatever else leads out of it leads to now.
pub(super) fn guard(model: &mut Model, effect: Option<Effect>) -> Option<Effect> {
    let effect = effect?;
    if model.system().is_none_or(|screen| screen.as_of.is_none()) {
        return Some(effect);
    }
    if writes(&effect) {
        let why = model.frozen().unwrap_or_default();
        model.say(true, why);
        return None;
    }
    if matches!(
        effect,
        Effect::Open(..)
            | Effect::Board(_)
            | Effect::Portfolio
            | Effect::AllThreats(..)
            | Effect::Acceptances
            | Effect::Meeting(_)
            | Effect::Library
    ) {
        (model.today, model.present) = (model.now, None);
    }
    Some(effect)
}

/// Whether an effect changes the record, or works on it as it is now.
fn writes(effect: &Effect) -> bool {
    // Each is named, so that a new one is asked about.
    match effect {
        Effect::Commit(..)
        | Effect::NewSystem(_)
        | Effect::Undo
        | Effect::Redo
        | Effect::Folder(_)
        | Effect::ReadFile(_)
        | Effect::Unlock(..)
        | Effect::ReadColumns(_)
        | Effect::ReceiptFor(_)
        | Effect::ReadPasted(..)
        | Effect::TakeIn(_)
        | Effect::Merge(_)
        | Effect::Queue(_)
        | Effect::Step { .. }
        | Effect::EditAcross(..)
        | Effect::WithdrawAcross(..)
        | Effect::DuplicateAcross(..)
        | Effect::CopyThreats { .. }
        | Effect::Attach(..)
        | Effect::CheckEvidence(_)
        | Effect::Seal(..)
        | Effect::RegisterKey(_)
        | Effect::WithdrawKey(_)
        | Effect::Behind(..)
        | Effect::Threats(..) => true,
        Effect::Board(_)
        | Effect::Library
        | Effect::Policy
        | Effect::Open(..)
        | Effect::Portfolio
        | Effect::Editor(_)
        | Effect::Keep(..)
        | Effect::Drop(_)
        | Effect::Export(_)
        | Effect::ExportAt(..)
        | Effect::Copy(_)
        | Effect::Members(..)
        | Effect::Find(_)
        | Effect::FindSystems(_)
        | Effect::Glance(_)
        | Effect::AllThreats(..)
        | Effect::Acceptances
        | Effect::Meeting(_)
        | Effect::Remember(..)
        | Effect::Log(_)
        | Effect::AsOf(..)
        | Effect::Changes(..)
        | Effect::Trace(..)
        | Effect::Verify
        | Effect::ControlTexts(_)
        | Effect::Begin(_)
        | Effect::Sample
        | Effect::Mouse(_)
        | Effect::Repaint => false,
    }
}

//! What changed: since a role signed, since the last decision; and confirming it again.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Confirm, Yes},
    difference::Comparison,
    panes::moment,
    row::Target,
    sheets,
    system::SystemScreen,
};
use crate::{
    domain::{
        Kind, Prose,
        command::Command,
        decision::{Mend, Place, SignoffState, decided_last, latest_signoff, quote, reviewed_by, signoff_state},
        fields::Vocabulary,
        people::Role,
        rules::{may, round},
        verb::Verb,
    },
    keymap::Action,
};

use super::{
    ask_hat, mend,
    open::not_mine,
    perform::{push, say},
};

/// The role whose sign-off the cursor is on, or on a gap about it.
pub(super) fn role_at(screen: &SystemScreen) -> Option<Role> {
    match screen.selected()?.target.as_ref()? {
        Target::Signoff(role) | Target::Gap(Place { mend: Mend::Sign(role), .. }) => Some(*role),
        Target::Changes(role) => *role,
        Target::Gap(Place { mend: Mend::Decide, .. }) => Some(Role::Signoff),
        _ => None,
    }
}

/// Whether a role confirms again what it reviewed before, rather than signing for the first time.
pub(super) fn again(screen: &SystemScreen, role: Role) -> bool {
    let found = latest_signoff(&screen.dossier, role).map(|signoff| signoff_state(&screen.dossier, signoff));
    match found {
        Some(state) => state == SignoffState::Voided,
        None => quote(&screen.dossier, role).is_some(),
    }
}

/// Shows what changed under the cursor: since that role signed, else since the last decision.
pub(super) fn show(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let role = role_at(screen);
    let found = role.and_then(|role| since_signed(screen, role)).or_else(|| since_decided(screen, role));
    match found {
        Some(comparison) => model.overlays.push(Overlay::Difference(Box::new(comparison))),
        None => model.say(true, nothing(screen, role)),
    }
    None
}

/// Why there is nothing to show.
fn nothing(screen: &SystemScreen, role: Option<Role>) -> String {
    let state = role.and_then(|role| latest_signoff(&screen.dossier, role)).map(|s| signoff_state(&screen.dossier, s));
    match (role, state) {
        (Some(role), Some(SignoffState::Valid)) => {
            format!("What the {} signed for is what is there now.", role.label())
        }
        _ if decided_last(&screen.dossier).is_some() => {
            "The text that was decided on is not kept in this record any more.".to_owned()
        }
        _ => "Nothing was signed or decided here before, so there is nothing to compare with.".to_owned(),
    }
}

fn since_signed(screen: &SystemScreen, role: Role) -> Option<Comparison> {
    let dossier = &screen.dossier;
    let void = screen.voided.iter().find(|void| void.role == role)?;
    let signed = dossier.signoffs.by_id(void.signoff)?;
    let at = signed.at.map_or_else(String::new, moment);
    let causes = void.causes.iter().map(|cause| format!("Voided by {}.", cause.says()));
    let words: Vec<String> = causes.collect();
    let base = match &void.difference {
        Some(difference) => Comparison::of(dossier, difference, reviewed_by(role)),
        None => {
            Comparison::default().after(["The text that was signed is not kept in this record any more.".to_owned()])
        }
    };
    let title = format!("What the {} signed, and what is there now", role.label());
    let heads = (format!("signed {at}"), "now".to_owned());
    Some(base.after(words).titled(title, heads, Some(role)))
}

fn since_decided(screen: &SystemScreen, role: Option<Role>) -> Option<Comparison> {
    let (dossier, since) = (&screen.dossier, screen.since.as_ref()?);
    let decided = decided_last(dossier)?;
    let sections = reviewed_by(role.unwrap_or(Role::Signoff));
    let base = Comparison::of(dossier, &since.difference, sections);
    let of = role
        .filter(|role| *role != Role::Signoff)
        .map_or_else(String::new, |role| format!(", for the {}", role.label()));
    let title = format!("Since review {} was decided{of}", since.number);
    let heads = (format!("decided {}", decided.at.map_or_else(String::new, moment)), "now".to_owned());
    let again = role.filter(|role| again(screen, *role));
    Some(base.titled(title, heads, again))
}

/// Confirms again: in the hat of the role that the cursor is on, else in the one that is worn.
pub(super) fn reconfirm(model: &mut Model) -> Option<Effect> {
    let me = model.me.clone()?;
    let screen = model.system()?;
    let role = role_at(screen).unwrap_or(me.role);
    if role != me.role {
        if screen.dossier.holds(me.person, role, model.today) {
            ask_hat(model, role, Yes::SwitchAndDo(role, Action::Reconfirm));
            return None;
        }
        return say(model, &not_mine(model, role));
    }
    if let Err(refused) = may(&screen.dossier, me.person, me.role, Verb::Reconfirm, model.today) {
        return say(model, &refused.to_string());
    }
    if role != Role::Signoff {
        let form = sheets::reconfirm(screen, &me, model.today);
        return push(model, form);
    }
    let legs: Vec<_> = round(&screen.dossier, role, model.today).confirms.iter().map(|step| step.label()).collect();
    let question = format!("Take up {}?", legs.join(" and "));
    let lines = vec![format!("{} acts as {}. Nothing is decided by it.", me.name, role.label())];
    let yes = Yes::Commit(Command::Reconfirm(Prose::default()));
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

/// Signs, or confirms again, in the hat of a role: from the comparison and from a gap.
pub(in crate::app) fn sign_again(model: &mut Model, role: Role) -> Option<Effect> {
    mend(model, &Place::act(Kind::Signoff, None, Mend::Sign(role)))
}

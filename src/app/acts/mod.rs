//! What each action does: the verb it asks the domain about, and the sheet or command that follows.

mod acceptance;
mod after;
mod changed;
mod evidence;
mod independence;
mod open;
mod perform;
mod pick;
mod privacy;
mod seal;
mod threats;

use crate::app::{
    Effect, Model, Overlay, Screen, across,
    confirm::{Chooser, Confirm, Pick, Yes},
    list::Selection,
    queue,
    row::Target,
    system::Tab,
    update::wear,
};
use crate::{
    domain::{
        Id, Kind,
        decision::{HandoffState, Step},
        fields::Vocabulary,
        people::Role,
        refusal::{Refusal, Rule},
        rules::may,
        verb::Verb,
    },
    keymap::Action,
};

pub(in crate::app) use changed::sign_again;
use open::open;
pub(in crate::app) use open::{arrive, mend, not_by_hand};
use perform::{nothing_there, perform};
pub(in crate::app) use perform::{push, push_as};
pub(in crate::app) use privacy::go_on;
pub(in crate::app) use seal::own_key;
pub(in crate::app) use threats::{because, cell, chosen, remembered, set};

/// The verb that an action asks the domain about, on what is selected.
pub(in crate::app) fn verb_of(model: &Model, action: Action) -> Option<Verb> {
    if let Screen::Library(library) = &model.screen {
        return crate::app::library::verb_of(library, action);
    }
    let screen = model.system()?;
    let target = screen.selected().and_then(|row| row.target.clone());
    let step = || selected_step(model);
    Some(match action {
        Action::HandOver => Verb::Send(step()?),
        Action::SendBack => Verb::Return(step()?),
        Action::TakeBack => Verb::Recall(step()?),
        Action::Receive => Verb::Receive(step()?),
        Action::ConfirmHandoff => Verb::Confirm(step()?),
        Action::New => Verb::Add(new_kind(screen.tab)?),
        Action::AddEvidence => Verb::Add(Kind::Evidence),
        Action::Verify => Verb::Add(Kind::Verification),
        Action::LinkControl => Verb::Add(Kind::Control),
        Action::Score
        | Action::Again
        | Action::Flag
        | Action::TreatUndecided
        | Action::TreatMitigate
        | Action::TreatAccept
        | Action::TreatAvoid
        | Action::TreatTransfer
        | Action::TreatNotApplicable => Verb::Edit(Kind::Threat),
        Action::SetStatus => Verb::Edit(Kind::Control),
        Action::ArmTriggers => Verb::Add(Kind::Trigger),
        Action::GiveAdvice => Verb::Advise,
        Action::GiveVerdict => Verb::Edit(Kind::Privacy),
        Action::NotNeeded => Verb::WaiveDpo,
        Action::Sign => Verb::Sign,
        Action::WithdrawSign => Verb::Unsign,
        Action::Reconfirm => {
            // Under the cursor may be the sign-off of another role: then it is that one's turn.
            let worn = model.me.as_ref()?.role;
            return changed::role_at(screen).is_none_or(|role| role == worn).then_some(Verb::Reconfirm);
        }
        Action::Combine => Verb::Override,
        Action::Countersign => Verb::Countersign,
        Action::Decide => Verb::Decide,
        Action::Assign => Verb::Assign,
        Action::SetTier => Verb::OverrideTier,
        Action::StartReview => Verb::StartReview,
        Action::AddSuggested | Action::Duplicate => Verb::Add(Kind::Threat),
        Action::Withdraw => match target? {
            Target::Thing(kind, _) => Verb::Withdraw(kind),
            _ => return None,
        },
        _ => {
            return privacy::verb(action)
                .or_else(|| acceptance::verb(model, action))
                .or_else(|| evidence::verb(model, action))
                .or_else(|| after::verb(action));
        }
    })
}

/// Why an action cannot be done now: the sentence of the rule that would refuse it.
pub(in crate::app) fn why_not(model: &Model, action: Action) -> Option<Refusal> {
    let me = model.me.as_ref()?;
    let screen = model.system()?;
    may(&screen.dossier, me.person, me.role, verb_of(model, action)?, model.today).err()
}

/// Does an action of the open system; asks for another hat first where the person holds it.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Option<Effect> {
    if action == Action::Open || action == Action::Edit {
        return open(model);
    }
    if let Some(why) = model.frozen().filter(|_| model.present.is_some() && verb_of(model, action).is_some()) {
        model.say(true, why);
        return None;
    }
    if action == Action::Compare {
        return changed::show(model);
    }
    if action == Action::SignSsh {
        return match model.frozen() {
            Some(why) => perform::say(model, &why),
            None => seal::ask(model),
        };
    }
    let hats = hats(model, action);
    if hats.len() > 1 {
        ask_which(model, action, &hats);
        return None;
    }
    if action == Action::Reconfirm {
        return changed::reconfirm(model);
    }
    if let Some(refused) = why_not(model, action) {
        refuse(model, action, &refused);
        return None;
    }
    perform(model, action)
}

/// Does an action in the hat that was chosen for it; the next time it is asked again.
pub(in crate::app) fn act_in(model: &mut Model, role: Role, action: Action) -> Option<Effect> {
    wear(model, role);
    match (&model.screen, action) {
        (_, Action::RateQueue) => return queue::rate_queue(model),
        (_, Action::TierQueue) => return queue::tier_queue(model),
        (Screen::AllThreats(_), _) => return across::on_portfolio(model, action),
        _ => {}
    }
    match why_not(model, action) {
        Some(refused) => {
            model.say(true, refused.to_string());
            None
        }
        None => perform(model, action),
    }
}

/// The hats of this person in which an act could be done, where the hat says only who did it; none where there is
/// nothing to be done it to.
fn hats(model: &Model, action: Action) -> Vec<Role> {
    let found = || {
        let (screen, me) = (model.system()?, model.me.as_ref()?);
        let verb = verb_of(model, action).filter(|verb| verb.in_any_hat())?;
        if nothing_there(model, action) {
            return None;
        }
        let can = |role: &Role| may(&screen.dossier, me.person, *role, verb, model.today).is_ok();
        if can(&me.role) && !verb.is_answered_for() {
            return None;
        }
        Some(screen.dossier.roles_of(me.person, model.today).into_iter().filter(can).collect())
    };
    found().unwrap_or_default()
}

/// Offers the hats in which something could be done that the worn one may not: one is asked about, of several one is
/// chosen with one key. Without any it says why not.
pub(in crate::app) fn offer_hat(model: &mut Model, hats: &[Role], action: Action, why: &str) {
    match hats {
        [] => model.say(true, why),
        [only] => ask_hat(model, *only, Yes::SwitchAndDo(*only, action)),
        several => ask_which(model, action, several),
    }
}

/// Asks in which hat; the one that is worn stands first, so that Enter takes it.
fn ask_which(model: &mut Model, action: Action, hats: &[Role]) {
    let worn = model.me.as_ref().map(|me| me.role);
    let mut hats = hats.to_vec();
    hats.sort_by_key(|role| Some(*role) != worn);
    let option = |role: &Role| {
        let now = if Some(*role) == worn { ", as you act now" } else { "" };
        (format!("{}  {}{now}", role.letter(), role.label()), Pick::Hat(*role, action))
    };
    let options = hats.iter().map(option).collect();
    let title = format!("{}: in which hat?", action.title());
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
}

/// Says why an action is refused, or asks for the hat in which it would not be.
pub(in crate::app) fn refuse(model: &mut Model, action: Action, refused: &Refusal) {
    match other_hat(model, action, refused) {
        Some(role) => ask_hat(model, role, Yes::SwitchAndDo(role, action)),
        None => model.say(true, refused.to_string()),
    }
}

/// Another hat of this person in which the verb is not refused for its role.
fn other_hat(model: &Model, action: Action, refused: &Refusal) -> Option<Role> {
    let screen = model.system()?;
    let verb = verb_of(model, action)?;
    hat_for(model, refused, |role| may(&screen.dossier, model.me.as_ref()?.person, role, verb, model.today).err())
}

fn hat_for(model: &Model, refused: &Refusal, test: impl Fn(Role) -> Option<Refusal>) -> Option<Role> {
    let for_role = |rule| matches!(rule, Rule::RoleMayNot | Rule::RoleNotHeld | Rule::OnlyGovernanceAccepts);
    if !for_role(refused.rule) {
        return None;
    }
    let me = model.me.as_ref()?;
    let mine = model.system()?.dossier.roles_of(me.person, model.today);
    mine.into_iter().find(|role| *role != me.role && test(*role).is_none_or(|refused| !for_role(refused.rule)))
}

pub(in crate::app) fn ask_hat(model: &mut Model, role: Role, yes: Yes) {
    let question = format!("This is a step of the {}. Act as {} and do it?", role.label(), role.label());
    let lines = vec!["The log records the hat, not only the person.".to_owned()];
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
}

/// The hand-off that the action is about: the selected one, else the one that lies with the acting role.
fn selected_step(model: &Model) -> Option<Step> {
    let screen = model.system()?;
    if let Some(Target::Leg(step)) = screen.selected().and_then(|row| row.target.as_ref()) {
        return Some(*step);
    }
    let role = model.me.as_ref()?.role;
    let state = |step: &Step| screen.dossier.handoff(*step).and_then(|handoff| handoff.state);
    let waiting =
        |step: &&Step| step.to() == role && matches!(state(step), Some(HandoffState::Sent | HandoffState::Received));
    let mine =
        |step: &&Step| step.from() == role && state(step) != Some(HandoffState::Completed) && **step != Step::OwnerAll;
    Step::ALL.iter().find(waiting).or_else(|| Step::ALL.iter().find(mine)).copied()
}

fn new_kind(tab: Tab) -> Option<Kind> {
    match tab {
        Tab::Inventory => Some(Kind::Flow),
        Tab::Threats | Tab::Privacy => Some(Kind::Threat),
        Tab::Controls => Some(Kind::Control),
        Tab::Evidence => Some(Kind::Evidence),
        Tab::Governance => Some(Kind::Trigger),
        Tab::Overview | Tab::Checklist | Tab::Handoffs | Tab::Signoff | Tab::History | Tab::Risk => None,
    }
}

/// The thing of a kind that the cursor is on.
fn selected_thing(model: &Model, wanted: Kind) -> Option<Id> {
    match model.system()?.selected()?.target.as_ref()? {
        Target::Thing(kind, id) if *kind == wanted => Some(*id),
        Target::Gap(place) if place.kind == Kind::Acceptance && wanted == Kind::Threat => place.id,
        _ if wanted == Kind::Control => model.system()?.control_at(),
        _ => None,
    }
}

//! The sheet or the command of each act, once it may be done.

use crate::app::{
    Effect, Model, Overlay,
    confirm::{Chooser, Confirm, Pick, Yes},
    form::Form,
    list::Selection,
    panes::inventory_kinds,
    row::Target,
    sheets,
    system::{SystemScreen, Tab},
};
use crate::{
    domain::{
        Kind, Prose,
        command::Command,
        decision::{ReviewKind, Step, reviewed_by, scope_of_next, unscoped_because},
        fields::Vocabulary,
        people::Role,
        register::Treatment,
    },
    keymap::Action,
};

use super::{
    acceptance, after, evidence, independence, new_kind,
    pick::{suggestions, triggers},
    privacy, selected_step, selected_thing,
    threats::{self, treat},
};

/// Does what may be done: at once, by a question, or by putting a sheet on the screen.
pub(super) fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    if privacy::is_own(action) {
        return privacy::perform(model, action);
    }
    if evidence::is_own(action) {
        return evidence::perform(model, action);
    }
    if acceptance::is_own(model, action) {
        return acceptance::perform(model, action);
    }
    if after::verb(action).is_some() {
        return after::perform(model, action);
    }
    match action {
        Action::TakeBack => confirm(model, |step| (Command::Recall(step), "Take it back?")),
        Action::ConfirmHandoff => confirm(model, |step| (Command::Confirm(step), "Confirm that it is enough?")),
        Action::Receive => {
            let step = selected_step(model)?;
            Some(Effect::Commit(model.system()?.id(), Command::Receive(step)))
        }
        Action::NotNeeded => Some(Effect::Commit(model.system()?.id(), Command::WaiveDpo(Prose::default()))),
        Action::StartReview => start_review(model),
        Action::New if model.system()?.tab == Tab::Inventory => new_in_inventory(model),
        Action::New if model.system()?.tab == Tab::Threats => threats::new_row(model),
        Action::LinkControl => threats::link(model),
        Action::Score => threats::score(model),
        Action::Again => threats::again(model),
        Action::Duplicate => threats::duplicate(model),
        Action::CopyTo => threats::copy_to(model),
        Action::Columns => threats::choose_columns(model),
        Action::TreatUndecided => treat(model, Treatment::Undecided),
        Action::TreatMitigate => treat(model, Treatment::Mitigate),
        Action::TreatAccept => treat(model, Treatment::Accept),
        Action::TreatAvoid => treat(model, Treatment::Avoid),
        Action::TreatTransfer => treat(model, Treatment::Transfer),
        Action::TreatNotApplicable => treat(model, Treatment::NotApplicable),
        Action::Flag => threats::flag(model),
        Action::ArmTriggers => triggers(model),
        Action::AddSuggested => suggestions(model),
        Action::Countersign => independence::countersign(model),
        Action::Withdraw => withdraw(model),
        _ => match sheet(model, action).or_else(|| sheet_on_thing(model, action))? {
            Ok(form) => push(model, form),
            Err(says) => say(model, says),
        },
    }
}

/// The sheet of an act that is about the whole system.
fn sheet(model: &Model, action: Action) -> Option<Result<Form, &'static str>> {
    let (screen, me, today) = (model.system()?, model.me.as_ref()?, model.today);
    Some(Ok(match action {
        Action::HandOver => sheets::send(screen, me, selected_step(model)?, today),
        Action::SendBack => sheets::give_back(me, selected_step(model)?),
        Action::New => sheets::add(screen, me, new_kind(screen.tab)?, None),
        Action::AddEvidence => sheets::add(screen, me, Kind::Evidence, None),
        Action::GiveAdvice => sheets::advise(me),
        Action::Sign => sheets::sign(screen, me),
        Action::WithdrawSign => sheets::unsign(me),
        Action::Combine => sheets::combine(me),
        Action::Decide => sheets::decide(screen, me, today),
        Action::SetTier => sheets::tier(screen),
        Action::Assign => sheets::assign(screen, selected_role(model), today),
        _ => return None,
    }))
}

/// Whether an act wants the cursor on something else first.
pub(super) fn nothing_there(model: &Model, action: Action) -> bool {
    matches!(sheet_on_thing(model, action), Some(Err(_)))
}

/// The sheet of an act on what the cursor is on, or where to put the cursor first.
fn sheet_on_thing(model: &Model, action: Action) -> Option<Result<Form, &'static str>> {
    let (screen, me) = (model.system()?, model.me.as_ref()?);
    let (kind, where_to) = match action {
        Action::Verify => (Kind::Control, "Put the cursor on the control that was looked at."),
        Action::SetStatus => (Kind::Control, "Put the cursor on a control."),
        Action::GiveVerdict => (Kind::Threat, "Put the cursor on a threat to personal data."),
        _ => return None,
    };
    let Some(id) = selected_thing(model, kind) else { return Some(Err(where_to)) };
    let form = match action {
        Action::Verify => Some(sheets::add(screen, me, Kind::Verification, Some(id))),
        Action::SetStatus => sheets::edit(screen, me, Kind::Control, id, "status"),
        _ => sheets::edit(screen, me, Kind::Threat, id, "dpo_verdict"),
    };
    form.map(Ok)
}

/// The role that the cursor is on, else the owner's.
fn selected_role(model: &Model) -> Role {
    match model.system().and_then(|screen| screen.selected()).and_then(|row| row.target.as_ref()) {
        Some(Target::Holder(role)) => *role,
        _ => Role::Owner,
    }
}

/// The next review starts from the last one: what that comes to is said before it is opened.
fn start_review(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let Some(last) = screen.dossier.review() else {
        return Some(Effect::Commit(screen.id(), Command::StartReview(ReviewKind::Initial)));
    };
    let number = last.number.unwrap_or(0);
    let counts = screen.since.as_ref().map(|since| since.difference.counts(reviewed_by(Role::Signoff)).says());
    let counts = counts.unwrap_or_else(|| "what changed cannot be told".to_owned());
    let question = format!("Start review {} of {}, from review {number}?", number + 1, screen.dossier.name());
    let lines = vec![
        format!("Since review {number} was decided: {counts}."),
        "Hand-offs, sign-offs, the DPO's advice, the draft and the decision are begun anew; S confirms again together \
         what did not change. Until it is decided, the clearance stays as it is."
            .to_owned(),
    ];
    let mut lines = lines;
    if let Some(roles) = scope_of_next(&screen.dossier, model.today) {
        let named: Vec<_> = roles.iter().map(|role| role.label()).collect();
        lines.push(format!(
            "Scoped, as triaged: {} sign anew. The others sign only if what they reviewed has changed; else the decision \
             relies on their sign-offs of review {number}, and says so.",
            named.join(", ")
        ));
    }
    if let Some(why) = unscoped_because(&screen.dossier, model.today) {
        lines.push(format!("Not scoped, though that was triaged: everybody signs anew. {why}"));
    }
    let yes = Yes::Commit(Command::StartReview(ReviewKind::Delta));
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

fn new_in_inventory(model: &mut Model) -> Option<Effect> {
    let options = inventory_kinds().iter().map(|kind| (kind.label().to_owned(), Pick::Add(*kind))).collect();
    let chooser = Chooser { title: "What do you want to add?".into(), options, at: Selection::default() };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

fn withdraw(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    if screen.tab == Tab::Threats && threats::any_marked(screen) {
        return threats::withdraw_marked(model);
    }
    match screen.selected().and_then(|row| row.target.clone()) {
        Some(Target::Thing(kind, thing)) if screen.dossier.find(kind, thing)?.archived() => {
            Some(Effect::Commit(screen.id(), Command::Restore { kind, id: thing }))
        }
        Some(Target::Thing(kind, thing)) => {
            let form = sheets::withdraw(screen, kind, thing)?;
            push(model, form)
        }
        _ => say(model, "There is nothing here that could be withdrawn."),
    }
}

/// Puts a sheet on the screen; a draft that was kept for it comes back.
pub(in crate::app) fn push(model: &mut Model, form: Form) -> Option<Effect> {
    push_as(model, form, Overlay::Form)
}

/// Puts a sheet on the screen in the given form; a draft that was kept for it comes back.
pub(in crate::app) fn push_as(model: &mut Model, mut form: Form, shape: fn(Box<Form>) -> Overlay) -> Option<Effect> {
    // Nothing typed here could be kept, not even as a draft.
    if let Some(why) = model.frozen() {
        model.say(true, why);
        return None;
    }
    // The same sheet of another system is another text.
    if let Some(system) = model.system().and_then(SystemScreen::id).filter(|_| form.purpose.of_one_system()) {
        form.draft = format!("{system}/{}", form.draft);
    }
    let kept = model.drafts().and_then(|drafts| drafts.iter().find(|(key, _)| *key == form.draft));
    let kept = kept.map(|(_, text)| text.clone());
    if kept.is_some_and(|kept| form.restore(&kept)) {
        model.say(false, "What you typed here before is back; Ctrl-S uses it, Esc leaves it.");
    }
    model.overlays.push(shape(Box::new(form)));
    None
}

pub(super) fn say(model: &mut Model, text: &str) -> Option<Effect> {
    model.say(true, text);
    None
}

/// A binding act without words: confirmed with `y`, never with the key that asked.
pub(super) fn confirm(model: &mut Model, ask: impl Fn(Step) -> (Command, &'static str)) -> Option<Effect> {
    let step = selected_step(model)?;
    let me = model.me.as_ref()?;
    let (command, question) = ask(step);
    let lines = vec![
        format!("{} acts as {}: {}.", me.name, me.role.label(), step.label()),
        format!("It carries {}; complete when {}.", step.carries_words(), step.complete_when()),
    ];
    let confirm = Confirm { question: question.into(), lines, yes: Yes::Commit(command) };
    model.overlays.push(Overlay::Confirm(confirm));
    None
}

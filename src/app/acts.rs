//! What each action does: the verb it asks the domain about, and the sheet or command that follows.

use super::{
    Effect, Model, Overlay, Screen,
    confirm::{Chooser, Confirm, Pick, Yes},
    list::Selection,
    panes::inventory_kinds,
    row::Target,
    sheets,
    system::{Scoring, Tab},
};
use crate::{
    domain::{
        Id, Kind, Prose,
        command::{Command, Verb},
        decision::{AcceptanceStatus, HandoffState, Mend, Place, Step, leg},
        fields::Vocabulary,
        people::Role,
        refusal::{Refusal, Rule},
        register::Treatment,
        rules::may,
        value::Value,
    },
    keymap::Action,
};

/// The verb that an action asks the domain about, on what is selected.
pub(super) fn verb_of(model: &Model, action: Action) -> Option<Verb> {
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
        Action::Score | Action::Flag => Verb::Edit(Kind::Threat),
        Action::TreatUndecided
        | Action::TreatMitigate
        | Action::TreatAccept
        | Action::TreatAvoid
        | Action::TreatTransfer
        | Action::TreatNotApplicable => Verb::Edit(Kind::Threat),
        Action::SetStatus => Verb::Edit(Kind::Control),
        Action::ProposeAcceptance => Verb::Propose,
        Action::AcceptRisk | Action::DeclineRisk => Verb::AcceptRisk,
        Action::RevokeRisk => Verb::RevokeRisk,
        Action::ArmTriggers => Verb::Add(Kind::Trigger),
        Action::FireTrigger => Verb::Fire,
        Action::Triage => Verb::Triage,
        Action::GiveAdvice => Verb::Advise,
        Action::GiveVerdict => Verb::Edit(Kind::Privacy),
        Action::NotNeeded => Verb::WaiveDpo,
        Action::Sign => Verb::Sign,
        Action::WithdrawSign => Verb::Unsign,
        Action::Combine => Verb::Override,
        Action::Decide => Verb::Decide,
        Action::Assign => Verb::Assign,
        Action::SetTier => Verb::OverrideTier,
        Action::StartReview => Verb::StartReview,
        Action::AddSuggested => Verb::Add(Kind::Threat),
        Action::Withdraw => match target? {
            Target::Thing(kind, _) => Verb::Withdraw(kind),
            _ => return None,
        },
        _ => return None,
    })
}

/// Why an action cannot be done now: the sentence of the rule that would refuse it.
pub(super) fn why_not(model: &Model, action: Action) -> Option<Refusal> {
    let me = model.me.as_ref()?;
    let screen = model.system()?;
    may(&screen.dossier, me.person, me.role, verb_of(model, action)?, model.today).err()
}

/// Does an action of the open system; asks for another hat first where the person holds it.
pub(super) fn act(model: &mut Model, action: Action) -> Option<Effect> {
    if action == Action::Open || action == Action::Edit {
        return open(model);
    }
    if let Some(refused) = why_not(model, action) {
        if let Some(role) = other_hat(model, action, &refused) {
            ask_hat(model, role, Yes::SwitchAndDo(role, action));
        } else {
            model.say(true, refused.to_string());
        }
        return None;
    }
    perform(model, action)
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

fn ask_hat(model: &mut Model, role: Role, yes: Yes) {
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
        Tab::Overview | Tab::Checklist | Tab::Handoffs | Tab::Signoff | Tab::History => None,
    }
}

/// The thing of a kind that the cursor is on.
fn selected_thing(model: &Model, wanted: Kind) -> Option<Id> {
    match model.system()?.selected()?.target.as_ref()? {
        Target::Thing(kind, id) if *kind == wanted => Some(*id),
        Target::Gap(place) if place.kind == Kind::Acceptance && wanted == Kind::Threat => place.id,
        _ => None,
    }
}

fn perform(model: &mut Model, action: Action) -> Option<Effect> {
    let me = model.me.clone()?;
    let today = model.today;
    let screen = model.system()?;
    let id = screen.id();
    let form = match action {
        Action::HandOver => sheets::send(screen, &me, selected_step(model)?, today),
        Action::SendBack => sheets::give_back(&me, selected_step(model)?),
        Action::TakeBack => return confirm(model, |step| (Command::Recall(step), "Take it back?")),
        Action::Receive => return Some(Effect::Commit(id, Command::Receive(selected_step(model)?))),
        Action::ConfirmHandoff => return confirm(model, |step| (Command::Confirm(step), "Confirm that it is enough?")),
        Action::New if screen.tab == Tab::Inventory => {
            let options = inventory_kinds().iter().map(|kind| (kind.label().to_owned(), Pick::Add(*kind))).collect();
            let chooser = Chooser { title: "What do you want to add?".into(), options, at: Selection::default() };
            model.overlays.push(Overlay::Chooser(chooser));
            return None;
        }
        Action::New => sheets::add(screen, &me, new_kind(screen.tab)?, None),
        Action::AddEvidence => sheets::add(screen, &me, Kind::Evidence, None),
        Action::Verify => match selected_thing(model, Kind::Control) {
            Some(control) => sheets::add(model.system()?, &me, Kind::Verification, Some(control)),
            None => return say(model, "Put the cursor on the control that was looked at."),
        },
        Action::LinkControl => return link(model),
        Action::Score => {
            if selected_thing(model, Kind::Threat).is_none() {
                return say(model, "Put the cursor on a threat to score it.");
            }
            let Screen::System(screen) = &mut model.screen else { return None };
            screen.scoring = Some(Scoring::default());
            return None;
        }
        Action::TreatUndecided => return treat(model, Treatment::Undecided),
        Action::TreatMitigate => return treat(model, Treatment::Mitigate),
        Action::TreatAccept => return treat(model, Treatment::Accept),
        Action::TreatAvoid => return treat(model, Treatment::Avoid),
        Action::TreatTransfer => return treat(model, Treatment::Transfer),
        Action::TreatNotApplicable => return treat(model, Treatment::NotApplicable),
        Action::Flag => return flag(model),
        Action::SetStatus => match selected_thing(model, Kind::Control) {
            Some(control) => sheets::edit(model.system()?, &me, Kind::Control, control, "status")?,
            None => return say(model, "Put the cursor on a control."),
        },
        Action::ProposeAcceptance => match selected_thing(model, Kind::Threat) {
            Some(threat) => sheets::propose(model.system()?, &me, threat)?,
            None => return propose_any(model),
        },
        Action::AcceptRisk => return accept(model),
        Action::DeclineRisk => return end(model, AcceptanceStatus::Proposed),
        Action::RevokeRisk => return end(model, AcceptanceStatus::Accepted),
        Action::ArmTriggers => return triggers(model),
        Action::AddSuggested => return suggestions(model),
        Action::FireTrigger => match selected_thing(model, Kind::Trigger) {
            Some(trigger) => sheets::fire(trigger),
            None => return say(model, "Put the cursor on the trigger that fired."),
        },
        Action::Triage => match selected_thing(model, Kind::Trigger) {
            Some(trigger) => sheets::triage(trigger),
            None => return say(model, "Put the cursor on the trigger that fired."),
        },
        Action::GiveAdvice => sheets::advise(&me),
        Action::GiveVerdict => match selected_thing(model, Kind::Threat) {
            Some(threat) => sheets::edit(model.system()?, &me, Kind::Threat, threat, "dpo_verdict")?,
            None => return say(model, "Put the cursor on a threat to personal data."),
        },
        Action::NotNeeded => return Some(Effect::Commit(id, Command::WaiveDpo(Prose::default()))),
        Action::Sign => sheets::sign(screen, &me),
        Action::WithdrawSign => sheets::unsign(&me),
        Action::Combine => sheets::combine(&me),
        Action::Decide => sheets::decide(screen, &me, today),
        Action::Assign => {
            let role = match screen.selected().and_then(|row| row.target.as_ref()) {
                Some(Target::Holder(role)) => *role,
                _ => Role::Owner,
            };
            sheets::assign(screen, role, today)
        }
        Action::SetTier => sheets::tier(screen),
        Action::StartReview => {
            let kind = if screen.dossier.review().is_some() {
                crate::domain::decision::ReviewKind::Delta
            } else {
                crate::domain::decision::ReviewKind::Initial
            };
            return Some(Effect::Commit(id, Command::StartReview(kind)));
        }
        Action::Withdraw => match screen.selected().and_then(|row| row.target.clone()) {
            Some(Target::Thing(kind, thing)) if screen.dossier.find(kind, thing)?.archived() => {
                return Some(Effect::Commit(id, Command::Restore { kind, id: thing }));
            }
            Some(Target::Thing(kind, thing)) => sheets::withdraw(screen, kind, thing)?,
            _ => return say(model, "There is nothing here that could be withdrawn."),
        },
        _ => return None,
    };
    push(model, form)
}

/// Puts a sheet on the screen; a draft that was kept for it comes back.
pub(super) fn push(model: &mut Model, mut form: super::form::Form) -> Option<Effect> {
    let kept = model
        .system()
        .and_then(|screen| screen.drafts.iter().find(|(key, _)| *key == form.draft))
        .map(|(_, text)| text.clone());
    if kept.is_some_and(|kept| form.restore(&kept)) {
        model.say(false, "What you typed here before is back; Ctrl-S uses it, Esc leaves it.");
    }
    model.overlays.push(Overlay::Form(Box::new(form)));
    None
}

fn say(model: &mut Model, text: &str) -> Option<Effect> {
    model.say(true, text);
    None
}

/// A binding act without words: confirmed with `y`, never with the key that asked.
fn confirm(model: &mut Model, ask: impl Fn(Step) -> (Command, &'static str)) -> Option<Effect> {
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

fn edit(kind: Kind, id: Id, set: Vec<(&str, Value)>) -> Command {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    Command::Edit { kind, id, set, why: Prose::default() }
}

fn treat(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let Some(threat) = selected_thing(model, Kind::Threat) else { return say(model, "Put the cursor on a threat.") };
    let screen = model.system()?;
    let unexplained = screen.dossier.threats.iter().find(|t| t.id == threat)?.treatment_reason.is_empty();
    let explain = matches!(treatment, Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable);
    if explain && unexplained {
        let me = model.me.clone()?;
        let mut form = sheets::edit(model.system()?, &me, Kind::Threat, threat, "treatment_reason")?;
        form.fields.retain(|field| field.id == "treatment" || field.id == "treatment_reason");
        form.fields[0].restore(treatment.code());
        form.focus = 1;
        form.title = format!("{}: why?", treatment.label());
        return push(model, form);
    }
    Some(Effect::Commit(screen.id(), edit(Kind::Threat, threat, vec![("treatment", Value::from(treatment.code()))])))
}

fn flag(model: &mut Model) -> Option<Effect> {
    let Some(threat) = selected_thing(model, Kind::Threat) else { return say(model, "Put the cursor on a threat.") };
    let screen = model.system()?;
    let on = screen.dossier.threats.iter().find(|t| t.id == threat)?.flagged == Some(crate::domain::fields::YesNo::Yes);
    let value = Value::from(if on { "no" } else { "yes" });
    Some(Effect::Commit(screen.id(), edit(Kind::Threat, threat, vec![("flagged", value)])))
}

/// On a threat: an existing control, or a new one.
fn link(model: &mut Model) -> Option<Effect> {
    let Some(threat) = selected_thing(model, Kind::Threat) else {
        return say(model, "Put the cursor on the threat that a control is against.");
    };
    let screen = model.system()?;
    let linked: Vec<Id> = screen.dossier.controls_of(threat).map(|(_, control)| control.id).collect();
    let free = screen.dossier.live_controls().filter(|control| !linked.contains(&control.id));
    let mut options = vec![("a new control".to_owned(), Pick::NewControl(threat))];
    options.extend(free.map(|c| (format!("{} {}", c.reference(), c.title), Pick::Link(threat, c.id))));
    if options.len() == 1 {
        let form = sheets::add(screen, &model.me.clone()?, Kind::Control, Some(threat));
        return push(model, form);
    }
    model.overlays.push(Overlay::Chooser(Chooser {
        title: "Which control is against it?".into(),
        options,
        at: Selection::default(),
    }));
    None
}

fn propose_any(model: &mut Model) -> Option<Effect> {
    model.say(true, "Put the cursor on the threat whose risk is to be accepted: g t.");
    None
}

fn accept(model: &mut Model) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Acceptance) else {
        return say(model, "Put the cursor on the proposed acceptance.");
    };
    let me = model.me.as_ref()?;
    let screen = model.system()?;
    let acceptance = screen.dossier.acceptances.iter().find(|a| a.id == id)?;
    let until = acceptance.expires.map_or_else(|| "without an end".into(), |day| format!("until {day}"));
    let lines = vec![
        format!("{} acts as {}: the risk is carried {until}.", me.name, me.role.label()),
        format!("Because {}", acceptance.reason.as_str().replace('\n', " / ")),
        format!("If {}", acceptance.condition.as_str().replace('\n', " / ")),
    ];
    let confirm =
        Confirm { question: "Accept this residual risk?".into(), lines, yes: Yes::Commit(Command::AcceptRisk(id)) };
    model.overlays.push(Overlay::Confirm(confirm));
    None
}

fn end(model: &mut Model, from: AcceptanceStatus) -> Option<Effect> {
    let Some(id) = selected_thing(model, Kind::Acceptance) else {
        return say(model, "Put the cursor on an acceptance.");
    };
    let form = sheets::end_acceptance(&model.me.clone()?, id, from == AcceptanceStatus::Accepted);
    push(model, form)
}

/// The triggers of the library that are not armed yet, to be ticked.
fn triggers(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let known: Vec<&str> = screen.dossier.triggers.iter().map(|trigger| trigger.library.as_str()).collect();
    let all = crate::domain::library::triggers().all().iter().filter(|entry| !known.contains(&entry.id.as_str()));
    let ticked = |kind: &str| kind != "time";
    let options = all.map(|entry| {
        let text = format!("{}  ({})", entry.title, entry.kind.code());
        (text, Pick::Tick(entry.id.clone(), ticked(entry.kind.code()) && entry.machine_checkable))
    });
    let chooser = Chooser {
        title: "Arm which triggers? Space ticks, Enter arms".into(),
        options: options.collect(),
        at: Selection::default(),
    };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

/// The threats of the library that fit this system, with the reason for each, to be ticked.
fn suggestions(model: &mut Model) -> Option<Effect> {
    use crate::domain::library::{Fit, propose};
    let screen = model.system()?;
    let known: Vec<&str> = screen.dossier.threats.iter().map(|threat| threat.library.as_str()).collect();
    let fits = propose(&|fact| screen.dossier.fact(fact));
    let options = fits
        .into_iter()
        .filter(|p| matches!(p.fit, Fit::Applies { .. }) && !known.contains(&p.threat.id.as_str()))
        .map(|proposal| {
            (format!("{}  {}", proposal.threat.title, proposal.because), Pick::Tick(proposal.threat.id.clone(), false))
        });
    let chooser = Chooser {
        title: "Add which threats? Space ticks, Enter adds".into(),
        options: options.collect(),
        at: Selection::default(),
    };
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

/// Enter: goes into what is selected; it never sends or signs.
fn open(model: &mut Model) -> Option<Effect> {
    let target = model.system()?.selected()?.target.clone()?;
    let verb = match &target {
        Target::Field(kind, ..) | Target::Thing(kind, _) => Some(Verb::Edit(*kind)),
        _ => None,
    };
    match target {
        Target::Field(kind, id, field) => open_sheet(model, verb?, Place::field(kind, id, field)),
        Target::Thing(Kind::Condition, id) => push(model, sheets::meet(id)),
        Target::Thing(kind, id) => open_sheet(model, verb?, Place::field(kind, id, "")),
        Target::Gap(place) => mend(model, &place),
        Target::Holder(_) => act(model, Action::Assign),
        Target::Tier => act(model, Action::SetTier),
        Target::Signoff(role) => {
            let place = Place::act(Kind::Signoff, None, Mend::Sign(role));
            mend(model, &place)
        }
        Target::Leg(step) => open_leg(model, step),
        Target::Entry(n) => read_entry(model, n),
    }
}

fn read_entry(model: &mut Model, n: i64) -> Option<Effect> {
    let line = model.system()?.history.iter().find(|line| line.n == n)?.clone();
    let mut lines = vec![format!("{} by {} as {}", super::panes::moment(line.at), line.who, line.role), String::new()];
    lines.extend(line.what.split("; ").map(str::to_owned));
    if !line.why.is_empty() {
        lines.extend([String::new(), "Why:".to_owned()]);
        lines.extend(line.why.lines().map(str::to_owned));
    }
    model.overlays.push(Overlay::Reader(super::confirm::Reader {
        title: format!("Entry {n}"),
        lines,
        top: 0,
        take_in: None,
    }));
    None
}

fn open_leg(model: &mut Model, step: Step) -> Option<Effect> {
    use crate::domain::decision::LegState;
    let state = leg(&model.system()?.dossier, step, model.today).state;
    match state {
        LegState::Sent => act(model, Action::Receive),
        LegState::Received => act(model, Action::ConfirmHandoff),
        LegState::NotReady(missing) => {
            model.say(true, format!("Not ready. {}", missing.join(" ")));
            None
        }
        LegState::Ready | LegState::Returned | LegState::Completed => act(model, Action::HandOver),
    }
}

/// Opens the sheet of a thing in a hat that may edit the field; asks for the hat first where it is another one.
fn open_sheet(model: &mut Model, verb: Verb, place: Place) -> Option<Effect> {
    let me = model.me.clone()?;
    let screen = model.system()?;
    let (kind, id) = (place.kind, place.id?);
    let field = kind.field(&place.field);
    let open_to = |role: Role| field.is_none_or(|field| field.by.allows(role));
    let allowed = |role: Role| {
        let refused = may(&screen.dossier, me.person, role, verb, model.today).err();
        refused.or_else(|| (!open_to(role)).then(|| not_by_hand(kind, &place.field, role)))
    };
    match allowed(me.role) {
        None => match sheets::edit(screen, &me, kind, id, &place.field) {
            Some(form) => push(model, form),
            None => say(model, "Nothing of this is edited by hand: its acts change it."),
        },
        Some(refused) => {
            match hat_for(model, &refused, allowed) {
                Some(role) if field.is_none_or(|f| f.by.allows(role)) => {
                    ask_hat(model, role, Yes::SwitchAndMend(role, place))
                }
                Some(_) | None => model.say(true, refused.to_string()),
            }
            None
        }
    }
}

fn not_by_hand(kind: Kind, field: &str, role: Role) -> Refusal {
    let label = kind.field(field).map_or(kind.label(), |field| field.label);
    Refusal::new(Rule::RoleMayNot, format!("{label} is not for the {} to set.", role.label()))
}

/// Goes to a place and begins what mends it.
pub(super) fn mend(model: &mut Model, place: &Place) -> Option<Effect> {
    let today = model.today;
    if let Screen::System(screen) = &mut model.screen {
        screen.go_to(place, today);
    }
    let me = model.me.clone()?;
    match place.mend {
        Mend::Edit => open_sheet(model, Verb::Edit(place.kind), place.clone()),
        Mend::Add if place.kind == Kind::Trigger => act(model, Action::ArmTriggers),
        Mend::Add | Mend::Cover => {
            let verb = Verb::Add(place.kind);
            let refused = may(&model.system()?.dossier, me.person, me.role, verb, today).err();
            if let Some(refused) = refused {
                let found =
                    hat_for(model, &refused, |role| may(&model.system()?.dossier, me.person, role, verb, today).err());
                match found {
                    Some(role) => ask_hat(model, role, Yes::SwitchAndMend(role, place.clone())),
                    None => model.say(true, refused.to_string()),
                }
                return None;
            }
            let screen = model.system()?;
            let form = if place.mend == Mend::Cover {
                let subject =
                    crate::domain::decision::subjects(&screen.dossier).into_iter().find(|s| s.mark == place.field)?;
                sheets::cover(&subject.label, &subject.mark)
            } else {
                sheets::add(screen, &me, place.kind, place.id)
            };
            push(model, form)
        }
        Mend::Assign(_) => act(model, Action::Assign),
        Mend::Send(_) => act(model, Action::HandOver),
        Mend::Confirm(_) => open(model),
        Mend::Sign(role) => {
            if me.role != role && model.system()?.dossier.holds(me.person, role, today) {
                ask_hat(model, role, Yes::SwitchAndDo(role, Action::Sign));
                return None;
            }
            if me.role == role { act(model, Action::Sign) } else { say(model, &not_mine(model, role)) }
        }
        Mend::Advise => act(model, Action::GiveAdvice),
        Mend::Accept => propose_for(model, place.id?),
        Mend::Override => act(model, Action::Combine),
        Mend::Decide => act(model, Action::Decide),
    }
}

fn not_mine(model: &Model, role: Role) -> String {
    let Some(screen) = model.system() else { return String::new() };
    let who = super::panes::person(&screen.dossier, screen.dossier.holder(role, model.today));
    format!("Only the {} signs here: {who}.", role.label())
}

/// A threat that is to be accepted: an open proposal is shown, else the sheet to propose it.
fn propose_for(model: &mut Model, threat: Id) -> Option<Effect> {
    let today = model.today;
    let open = model
        .system()?
        .dossier
        .acceptances_of(threat)
        .rev()
        .find(|a| a.status == Some(AcceptanceStatus::Proposed))
        .map(|a| a.id);
    if let Some(id) = open {
        if let Screen::System(screen) = &mut model.screen {
            screen.go_to(&Place::field(Kind::Acceptance, id, ""), today);
        }
        return act(model, Action::AcceptRisk);
    }
    let form = sheets::propose(model.system()?, &model.me.clone()?, threat)?;
    push(model, form)
}

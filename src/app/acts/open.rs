//! Going into what is selected, and to the place that mends a gap.

use crate::app::{Effect, Model, Overlay, Screen, confirm::Yes, row::Target, sheets};
use crate::{
    domain::{
        Id, Kind,
        decision::{AcceptanceStatus, ExceptionState, LegState, Mend, Place, Step, leg},
        fields::Vocabulary,
        people::Role,
        refusal::{Refusal, Rule},
        rules::may,
        verb::Verb,
    },
    keymap::Action,
};

use super::{
    acceptance, act, ask_hat, changed, hat_for,
    perform::{push, say},
};

/// Enter: goes into what is selected; it never sends or signs.
pub(super) fn open(model: &mut Model) -> Option<Effect> {
    let target = model.system()?.selected()?.target.clone()?;
    let verb = match &target {
        Target::Field(kind, ..) | Target::Thing(kind, _) => Some(Verb::Edit(*kind)),
        _ => None,
    };
    match target {
        Target::Field(kind, id, field) => open_sheet(model, verb?, Place::field(kind, id, field)),
        Target::Thing(Kind::Condition, id) => push(model, sheets::meet(id)),
        Target::Thing(Kind::Acceptance, id) => acceptance::read(model, id),
        Target::Thing(Kind::Exception, id) if !is_requested(model, id) => acceptance::read_exception(model, id),
        Target::Thing(Kind::Proviso, id) if is_agreed(model, id) => act(model, Action::MeetProviso),
        Target::Thing(kind, id) if super::after::opens(model, kind, id) => super::after::open(model, kind, id),
        Target::Thing(kind, id) => open_sheet(model, verb?, Place::field(kind, id, "")),
        Target::Gap(place) => mend(model, &place),
        Target::Holder(_) => act(model, Action::Assign),
        Target::Tier => act(model, Action::SetTier),
        Target::Signoff(role) => {
            let place = Place::act(Kind::Signoff, None, Mend::Sign(role));
            mend(model, &place)
        }
        Target::Changes(_) => act(model, Action::Compare),
        Target::Seal(sort, id) => super::seal::read(model, sort, id),
        Target::Leg(step) => open_leg(model, step),
        Target::Entry(n) => read_entry(model, n),
        Target::Text(text) => {
            let lines = text.lines().map(str::to_owned).collect();
            let reader = crate::app::confirm::Reader { title: "In full".into(), lines, top: 0, take_in: None };
            model.overlays.push(Overlay::Reader(reader));
            None
        }
        Target::Section(id) => section(model, id),
        Target::Check(_) => act(model, Action::Explain),
        Target::Library(_) => None,
    }
}

/// Whether a condition belongs to something that was accepted: it is met then, and not rewritten.
fn is_agreed(model: &Model, id: Id) -> bool {
    let agreed = |screen: &crate::app::system::SystemScreen| screen.dossier.live_provisos().any(|(_, p)| p.id == id);
    model.system().is_some_and(agreed)
}

/// Whether an exception still waits for its decision: only then is it rewritten.
fn is_requested(model: &Model, id: Id) -> bool {
    let found = model.system().and_then(|screen| screen.dossier.exceptions.by_id(id));
    found.is_some_and(|exception| exception.state(model.today) == ExceptionState::Requested)
}

/// Opens a section of the DPO's checklist; where it is open, what the DPO makes of it is written.
fn section(model: &mut Model, id: &'static str) -> Option<Effect> {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return None };
    if screen.in_section() {
        return act(model, Action::Explain);
    }
    screen.open_section(id, today);
    None
}

pub(super) fn read_entry(model: &mut Model, n: i64) -> Option<Effect> {
    let reader = crate::app::log::reader(model, n)?;
    model.overlays.push(Overlay::Reader(reader));
    None
}

pub(super) fn open_leg(model: &mut Model, step: Step) -> Option<Effect> {
    let state = leg(&model.system()?.dossier, step, model.today).state;
    match state {
        LegState::Sent => act(model, Action::Receive),
        LegState::Received => act(model, Action::ConfirmHandoff),
        LegState::NotReady(missing) => {
            model.say(true, format!("Not ready. {}", missing.join(" ")));
            None
        }
        LegState::Ready | LegState::Returned | LegState::Completed | LegState::Needless => act(model, Action::HandOver),
    }
}

/// Opens the sheet of a thing in a hat that may edit the field; asks for the hat first where it is another one.
pub(super) fn open_sheet(model: &mut Model, verb: Verb, place: Place) -> Option<Effect> {
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
                    ask_hat(model, role, Yes::SwitchAndMend(role, place));
                }
                Some(_) | None => model.say(true, refused.to_string()),
            }
            None
        }
    }
}

pub(in crate::app) fn not_by_hand(kind: Kind, field: &str, role: Role) -> Refusal {
    let label = kind.field(field).map_or(kind.label(), |field| field.label);
    Refusal::new(Rule::RoleMayNot, format!("{label} is not for the {} to set.", role.label()))
}

/// Arrives at a place from another screen: begins what mends it, but does nothing yet. What is done with one key and no
/// sheet waits for that key.
pub(in crate::app) fn arrive(model: &mut Model, place: &Place) {
    let today = model.today;
    let is_sent = |step| {
        let state = model.system().map(|screen| leg(&screen.dossier, step, today).state);
        state == Some(LegState::Sent)
    };
    match place.mend {
        Mend::Confirm(step) if is_sent(step) => {
            if let Screen::System(screen) = &mut model.screen {
                screen.go_to(place, today);
            }
            model.say(false, "Enter receives it; then it is confirmed, or returned with what is missing.".to_owned());
        }
        _ => {
            // A place opens its sheet, in the right hat after one question; it never asks for an effect by itself.
            let effect = mend(model, place);
            debug_assert!(effect.is_none(), "going to a place does nothing yet");
        }
    }
}

/// Goes to a place and begins what mends it.
pub(in crate::app) fn mend(model: &mut Model, place: &Place) -> Option<Effect> {
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
            let again = changed::again(model.system()?, role);
            let action = if again { Action::Reconfirm } else { Action::Sign };
            if me.role != role && model.system()?.dossier.holds(me.person, role, today) {
                ask_hat(model, role, Yes::SwitchAndDo(role, action));
                return None;
            }
            if me.role == role { act(model, action) } else { say(model, &not_mine(model, role)) }
        }
        Mend::Advise => act(model, Action::GiveAdvice),
        Mend::Accept => propose_for(model, place.id?),
        Mend::Renew => act(model, Action::RenewRisk),
        Mend::Meet => act(model, Action::MeetProviso),
        Mend::Except => acceptance::exception_step(model),
        Mend::Override => act(model, Action::Combine),
        Mend::Countersign => act(model, Action::Countersign),
        Mend::Assess => {
            let id = crate::app::dpo::known(&place.field)?;
            section(model, id)
        }
        Mend::Decide => act(model, Action::Decide),
        Mend::Triage => act(model, Action::Triage),
        Mend::Review => act(model, Action::StartReview),
        Mend::Resume => act(model, Action::ResumeSystem),
    }
}

pub(super) fn not_mine(model: &Model, role: Role) -> String {
    let Some(screen) = model.system() else { return String::new() };
    let who = crate::app::panes::person(&screen.dossier, screen.dossier.holder(role, model.today));
    format!("Only the {} signs here: {who}.", role.label())
}

/// A threat that is to be accepted: an open proposal is shown, else the sheet to propose it.
pub(super) fn propose_for(model: &mut Model, threat: Id) -> Option<Effect> {
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
    let form = sheets::propose(model.system()?, &model.me.clone()?, threat, today)?;
    push(model, form)
}

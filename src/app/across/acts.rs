//! What is done to threats of several systems: in one command, and in a hat that is held on each.

use std::ops::ControlFlow;

use super::{AcrossScreen, Look, rows};
use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts, chosen,
        confirm::{Chooser, Pick, Yes},
        list::Selection,
        register::columns::Change,
        row::Row,
        sheets,
        system::Scoring,
        update::scoring,
    },
    domain::{
        Id, Kind,
        command::{Command, Fields},
        decision::Place,
        fields::{Score, Vocabulary, YesNo},
        page::{Across, QueueOf},
        register::Treatment,
        value::Value,
    },
    keymap::Action,
};

const NOWHERE: &str = "Put the cursor on a threat, or mark some with Space.";

/// What an action does in the register over all systems.
pub(in crate::app) fn on_portfolio(model: &mut Model, action: Action) -> Option<Effect> {
    if scoring(model, action) {
        return None;
    }
    if let ControlFlow::Break(effect) = super::looks::looks(model, action) {
        let today = model.today;
        if let Screen::AllThreats(screen) = &mut model.screen {
            screen.refill(today);
        }
        return effect;
    }
    let (today, page) = (model.today, model.page());
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    if screen.scoring.is_some() {
        return chosen::score(model, action);
    }
    match action {
        Action::Right | Action::NextPane => screen.register.turn(1),
        Action::Left | Action::PrevPane => screen.register.turn(-1),
        Action::Mark => {
            let row = screen.selected()?;
            let (id, system) = (row.threat.id, row.system);
            if screen.marked.remove(&id).is_none() {
                screen.marked.insert(id, system);
            }
            screen.refill(today);
            return screen.step(crate::app::list::Step::Down, page);
        }
        Action::MarkAll => return Some(Effect::AllThreats(Look::All, rows(page))),
        Action::Back => return super::looks::back(model),
        Action::GoBoard => return Some(Effect::Board(0)),
        Action::Open | Action::Edit => return open(model),
        Action::Copy | Action::CopyRow => return copy(model, action),
        Action::Score => return begin_score(model),
        Action::Flag => {
            let on = first(model)?.threat.flagged == Some(YesNo::Yes);
            return set(model, Action::Flag, vec![("flagged", Value::from(if on { "no" } else { "yes" }))]);
        }
        Action::Again => return again(model),
        Action::Withdraw => return withdraw(model),
        Action::Duplicate => return duplicate(model),
        Action::TreatUndecided => return treat(model, action, Treatment::Undecided),
        Action::TreatMitigate => return treat(model, action, Treatment::Mitigate),
        Action::TreatAccept => return treat(model, action, Treatment::Accept),
        Action::TreatAvoid => return treat(model, action, Treatment::Avoid),
        Action::TreatTransfer => return treat(model, action, Treatment::Transfer),
        Action::TreatNotApplicable => return treat(model, action, Treatment::NotApplicable),
        Action::RateShown => return Some(Effect::Queue(QueueOf::Shown)).filter(|_| hat(model, "likelihood", action)),
        Action::HandOver | Action::SendBack | Action::ExportRecord => {
            model.say(true, "That is done in one system: Enter on a number opens it.");
        }
        _ => {}
    }
    None
}

/// Whether the hat that is worn may set a field; where another one may that is held somewhere, it is offered. On which
/// systems it is held is for the rules to say, when something is to be written.
fn hat(model: &mut Model, field: &str, action: Action) -> bool {
    let (Some(of), Some(me)) = (Kind::Threat.field(field), &model.me) else { return false };
    if of.by.allows(me.role) {
        return true;
    }
    let says = acts::not_by_hand(Kind::Threat, field, me.role).to_string();
    match me.roles.iter().find(|role| of.by.allows(**role)).copied() {
        Some(role) => acts::ask_hat(model, role, Yes::SwitchAndDo(role, action)),
        None => model.say(true, says),
    }
    false
}

/// The first of the chosen threats that is among the rows that were read, else the one under the cursor.
fn first(model: &mut Model) -> Option<&crate::domain::page::AcrossRow> {
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    let marked = screen.read.iter().position(|row| screen.marked.contains_key(&row.threat.id));
    let at = marked.or_else(|| screen.here());
    if at.is_none() {
        model.notice = Some(crate::app::Notice { alert: true, text: NOWHERE.into() });
    }
    screen.read.get(at?)
}

fn set(model: &mut Model, action: Action, set: Vec<(&str, Value)>) -> Option<Effect> {
    let field = set.first()?.0;
    if !hat(model, field, action) {
        return None;
    }
    commit(model, set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect())
}

/// Sets fields of the chosen threats, all in one command.
fn commit(model: &mut Model, set: Fields) -> Option<Effect> {
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let chosen = screen.chosen();
    if chosen.is_empty() {
        model.say(true, NOWHERE);
        return None;
    }
    Some(Effect::EditAcross(chosen, set))
}

fn again(model: &mut Model) -> Option<Effect> {
    if model.last.is_empty() {
        model.say(true, "Nothing was decided of a threat yet that could be decided again.");
        return None;
    }
    let fields = model.last.clone();
    let field = fields.first().map(|(field, _)| field.clone())?;
    if hat(model, &field, Action::Again) { commit(model, fields) } else { None }
}

fn begin_score(model: &mut Model) -> Option<Effect> {
    first(model)?;
    if hat(model, "likelihood", Action::Score)
        && let Screen::AllThreats(screen) = &mut model.screen
    {
        screen.scoring = Some(Scoring::default());
    }
    None
}

/// Enter keeps the digits.
pub(in crate::app) fn score(model: &mut Model, (likelihood, impact): (u8, u8)) -> Option<Effect> {
    use crate::domain::fields::Kept;
    if let Screen::AllThreats(screen) = &mut model.screen {
        screen.scoring = None;
        // With one threat after the other the cursor goes down by itself.
        screen.register.then = screen.below().filter(|_| screen.marked.is_empty()).map(crate::app::register::Then::Row);
    }
    let score = |n: u8| Score::new(n.into()).to_value();
    set(model, Action::Score, vec![("likelihood", score(likelihood)), ("impact", score(impact))])
}

/// Says what is to be done; what needs a reason offers those that are in sight, or asks for one.
fn treat(model: &mut Model, action: Action, treatment: Treatment) -> Option<Effect> {
    let row = first(model)?;
    let explained = !row.threat.treatment_reason.is_empty();
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let explain = matches!(treatment, Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable);
    if !explain || explained && screen.marked.len() < 2 {
        return set(model, action, vec![("treatment", Value::from(treatment.code()))]);
    }
    let reasons = acts::remembered(&screen.dossier.threats, treatment);
    if !hat(model, "treatment", action) {
        return None;
    }
    if reasons.is_empty() {
        return because(model, treatment, None);
    }
    let mut options: Vec<_> =
        reasons.into_iter().map(|reason| (reason.clone(), Pick::Because(treatment, Some(reason)))).collect();
    options.push(("another reason".to_owned(), Pick::Because(treatment, None)));
    let title = format!("{}, because", treatment.label());
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

/// The reason that was chosen, or a sheet to write one.
pub(in crate::app) fn because(model: &mut Model, treatment: Treatment, reason: Option<&str>) -> Option<Effect> {
    if let Some(reason) = reason {
        let set = [("treatment", treatment.code()), ("treatment_reason", reason)];
        return commit(model, set.map(|(field, value)| (field.to_owned(), Value::from(value))).to_vec());
    }
    let me = model.me.clone()?;
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let ids: Vec<_> = screen.chosen().into_iter().flat_map(|(_, ids)| ids).collect();
    let mut form = sheets::several(&screen.dossier, &me, &ids, &["treatment", "treatment_reason"])?;
    form.fields[0].restore(treatment.code());
    form.focus = 1;
    form.title = format!("{}: why?", treatment.label());
    acts::push(model, form)
}

/// Enter: the number opens the threat in its system, a cell is written in its place.
fn open(model: &mut Model) -> Option<Effect> {
    let me = model.me.clone()?;
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let row = screen.selected()?;
    let there = |field: &str| Some(Effect::Open(row.system, Some(Place::field(Kind::Threat, row.threat.id, field))));
    match screen.register.column().change {
        Change::Row | Change::Control => there("none"),
        Change::Sheet(field) => there(field),
        Change::Score => begin_score(model),
        Change::Field(field) => {
            if !hat(model, field, Action::Open) {
                return None;
            }
            let Screen::AllThreats(screen) = &model.screen else { return None };
            let ids: Vec<_> = screen.chosen().into_iter().flat_map(|(_, ids)| ids).collect();
            let form = sheets::several(&screen.dossier, &me, &ids, &[field])?;
            acts::push_as(model, form, Overlay::Cell)
        }
    }
}

fn copy(model: &mut Model, action: Action) -> Option<Effect> {
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let row: &Row = screen.rows.get(screen.drawn()?)?;
    let cell = row.cells.get(screen.register.cell).map(|cell| cell.text.clone());
    let text = if action == Action::Copy { cell? } else { row.text() };
    Some(model.copy(text))
}

/// A command about chosen threats, as an effect on their systems.
pub(in crate::app) fn across(model: &Model, command: &Command) -> Option<Effect> {
    let Screen::AllThreats(screen) = &model.screen else { return None };
    if let Command::WithdrawAll { kind: Kind::Threat, ids, why } = command {
        return Some(Effect::WithdrawAcross(system_by_system(screen, ids)?, why.clone()));
    }
    let (ids, set) = match command {
        Command::Edit { kind: Kind::Threat, id, set, .. } => (vec![*id], set),
        Command::EditAll { kind: Kind::Threat, ids, set } => (ids.clone(), set),
        _ => return None,
    };
    Some(Effect::EditAcross(system_by_system(screen, &ids)?, set.clone()))
}

/// Threats that are marked or were read, with their systems.
fn system_by_system(screen: &AcrossScreen, ids: &[Id]) -> Option<Across> {
    let mut out: Across = Vec::new();
    for id in ids {
        let read = || screen.read.iter().find(|row| row.threat.id == *id).map(|row| row.system);
        let system = screen.marked.get(id).copied().or_else(read)?;
        match out.iter_mut().find(|(known, _)| *known == system) {
            Some((_, ids)) => ids.push(*id),
            None => out.push((system, vec![*id])),
        }
    }
    Some(out)
}

/// Withdraws the chosen threats for one reason, which a sheet asks for.
fn withdraw(model: &mut Model) -> Option<Effect> {
    first(model)?;
    if !hat(model, "title", Action::Withdraw) {
        return None;
    }
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let form = sheets::withdraw_all(screen.chosen().into_iter().flat_map(|(_, ids)| ids).collect());
    acts::push(model, form)
}

/// Writes the chosen threats a second time, each in its system.
fn duplicate(model: &mut Model) -> Option<Effect> {
    first(model)?;
    if !hat(model, "title", Action::Duplicate) {
        return None;
    }
    let Screen::AllThreats(screen) = &model.screen else { return None };
    Some(Effect::DuplicateAcross(screen.chosen(), screen.from))
}

//! What is done to threats of several systems: in one command, and in a hat that is held on each.

use std::{collections::HashMap, ops::ControlFlow};

use super::{AcrossScreen, Look, marks::by_system, rows};
use crate::{
    app::{
        Effect, Me, Model, Overlay, Screen, acts, chosen,
        confirm::{Chooser, Confirm, Pick, Yes},
        form::Form,
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
        decision::{Place, counted},
        fields::{Score, Vocabulary, YesNo},
        page::{Chosen, QueueOf, TAKEN_BACK},
        people::Role,
        register::Treatment,
        value::Value,
        wording::thousands,
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
            screen.marked.turn(id, system);
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
    let hats: Vec<Role> = me.roles.iter().filter(|role| of.by.allows(**role)).copied().collect();
    acts::offer_hat(model, &hats, action, &says);
    false
}

/// The first of the chosen threats that is among the rows that were read, else the one under the cursor.
fn first(model: &mut Model) -> Option<&crate::domain::page::AcrossRow> {
    let Screen::AllThreats(screen) = &mut model.screen else { return None };
    let marked = screen.read.iter().position(|row| screen.marked.has(row.threat.id));
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
    if chosen.is_none() {
        model.say(true, NOWHERE);
    }
    Some(Effect::EditAcross(chosen?, set))
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
    if !explain || explained && screen.chosen_count() < 2 {
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
    let mut form = several(screen, &me, &["treatment", "treatment_reason"])?;
    form.fields[0].restore(treatment.code());
    form.focus = 1;
    form.title = format!("{}: why?", treatment.label());
    acts::push(model, form)
}

/// The sheet or the cell for fields of the chosen threats. Where all that fit are marked nobody has read what they hold.
fn several(screen: &AcrossScreen, me: &Me, fields: &[&str]) -> Option<Form> {
    let mut form = sheets::several(&screen.dossier, me, &screen.chosen_ids(), fields)?;
    if screen.marked.is_all() {
        form.title = format!("{} threats", screen.chosen_count());
        form.fields.iter_mut().for_each(|field| field.restore(""));
    }
    Some(form)
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
            let form = several(screen, &me, &[field])?;
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
    let meant = |ids: &[Id]| if screen.marked.is_all() { screen.chosen() } else { system_by_system(screen, ids) };
    match command {
        Command::WithdrawAll { kind: Kind::Threat, ids, why } => Some(Effect::WithdrawAcross(meant(ids)?, why.clone())),
        Command::Edit { kind: Kind::Threat, id, set, .. } => Some(Effect::EditAcross(meant(&[*id])?, set.clone())),
        Command::EditAll { kind: Kind::Threat, ids, set } => Some(Effect::EditAcross(meant(ids)?, set.clone())),
        _ => None,
    }
}

/// Threats that are marked or were read, with their systems.
fn system_by_system(screen: &AcrossScreen, ids: &[Id]) -> Option<Chosen> {
    let read: HashMap<Id, Id> = screen.read.iter().map(|row| (row.threat.id, row.system)).collect();
    let system = |id: &Id| Some((*id, screen.marked.system(*id).or_else(|| read.get(id).copied())?));
    let all: Option<Vec<(Id, Id)>> = ids.iter().map(system).collect();
    Some(Chosen::These(by_system(all?.into_iter())))
}

/// What is more than one undo takes back is asked about before it is done.
pub(in crate::app) fn guard(model: &mut Model, effect: Option<Effect>) -> Option<Effect> {
    let Some(Effect::EditAcross(..) | Effect::WithdrawAcross(..) | Effect::DuplicateAcross(..)) = &effect else {
        return effect;
    };
    let Screen::AllThreats(screen) = &mut model.screen else { return effect };
    let count = screen.chosen_count();
    if count <= TAKEN_BACK || std::mem::take(&mut screen.sure) {
        return effect;
    }
    let confirm = Confirm {
        question: format!("Change {} threats at once?", thousands(count)),
        lines: vec![
            format!("u takes back at most {} in one step: this cannot be undone as one.", thousands(TAKEN_BACK)),
            "Filter for fewer to keep that way open.".into(),
        ],
        yes: Yes::Carry(Box::new(effect?)),
    };
    model.overlays.push(Overlay::Confirm(confirm));
    None
}

/// Withdraws the chosen threats for one reason, which a sheet asks for.
fn withdraw(model: &mut Model) -> Option<Effect> {
    first(model)?;
    if !hat(model, "title", Action::Withdraw) {
        return None;
    }
    let Screen::AllThreats(screen) = &model.screen else { return None };
    let mut form = sheets::withdraw_all(screen.chosen_ids());
    form.title = format!("Withdraw {}", counted(screen.chosen_count(), "threat", "threats"));
    acts::push(model, form)
}

/// Writes the chosen threats a second time, each in its system.
fn duplicate(model: &mut Model) -> Option<Effect> {
    first(model)?;
    if !hat(model, "title", Action::Duplicate) {
        return None;
    }
    let Screen::AllThreats(screen) = &model.screen else { return None };
    Some(Effect::DuplicateAcross(screen.chosen()?, screen.from))
}

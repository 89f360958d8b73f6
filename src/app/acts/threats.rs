//! Acts on threats: on the one under the cursor, or on all that are marked.

use crate::{
    app::{
        Effect, Model, Overlay, Screen,
        confirm::{Chooser, Pick, Yes},
        form::Form,
        list::Selection,
        register::columns::{self, Change},
        row::Target,
        sheets,
        system::{Scoring, SystemScreen, Tab},
    },
    domain::{
        Id, Kind, Prose,
        command::Command,
        decision::{Mend, Place},
        fields::{Vocabulary, YesNo},
        register::{Threat, Treatment},
        rows::Rows,
        rules::may,
        value::Value,
        verb::Verb,
    },
    keymap::Action,
};

use super::{
    act, ask_hat, hat_for,
    open::{not_by_hand, open, open_sheet},
    perform::{push, push_as, say},
    selected_thing,
};

const NOWHERE: &str = "Put the cursor on a threat, or mark some with Space.";

/// The threats that an act is about: those that are marked, else the one under the cursor.
pub(in crate::app) fn chosen(model: &Model) -> Vec<Id> {
    let Some(screen) = model.system() else { return Vec::new() };
    if screen.register.marks.is_empty() {
        return selected_thing(model, Kind::Threat).into_iter().collect();
    }
    // In the order in which they stand.
    let marked = |row: &crate::app::row::Row| match row.target {
        Some(Target::Thing(Kind::Threat, id)) if screen.register.marks.contains(&id) => Some(id),
        _ => None,
    };
    let mut all: Vec<Id> = screen.rows.iter().filter_map(marked).collect();
    all.dedup();
    let hidden = screen.register.marks.iter().filter(|id| !all.contains(id)).copied().collect::<Vec<_>>();
    all.extend(hidden);
    all
}

/// Sets fields of the chosen threats, in one command.
pub(in crate::app) fn set(model: &mut Model, set: Vec<(&str, Value)>) -> Option<Effect> {
    let set = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    set_fields(model, set)
}

fn set_fields(model: &mut Model, set: crate::domain::command::Fields) -> Option<Effect> {
    let ids = chosen(model);
    let system = model.system()?.id();
    let command = match ids.as_slice() {
        [] => return say(model, NOWHERE),
        [id] => Command::Edit { kind: Kind::Threat, id: *id, set, why: Prose::default() },
        _ => Command::EditAll { kind: Kind::Threat, ids, set },
    };
    Some(Effect::Commit(system, command))
}

fn first<'a>(model: &'a Model, ids: &[Id]) -> Option<&'a Threat> {
    let id = ids.first()?;
    model.system()?.dossier.threats.iter().find(|threat| threat.id == *id)
}

/// Says what is to be done about the chosen threats; what needs a reason offers those that were given before.
pub(super) fn treat(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let ids = chosen(model);
    let Some(threat) = first(model, &ids) else { return say(model, NOWHERE) };
    let explain = matches!(treatment, Treatment::Avoid | Treatment::Transfer | Treatment::NotApplicable);
    let explained = ids.len() == 1 && !threat.treatment_reason.is_empty();
    if !explain || explained {
        return set(model, vec![("treatment", Value::from(treatment.code()))]);
    }
    let reasons = remembered(&model.system()?.dossier.threats, treatment);
    if reasons.is_empty() {
        return why(model, treatment);
    }
    let mut options: Vec<_> =
        reasons.into_iter().map(|reason| (reason.clone(), Pick::Because(treatment, Some(reason)))).collect();
    options.push(("another reason".to_owned(), Pick::Because(treatment, None)));
    let title = format!("{}, because", capital(treatment.label()));
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The reasons that were given for this treatment here, the most usual first; at most nine.
pub(in crate::app) fn remembered(threats: &Rows<Threat>, treatment: Treatment) -> Vec<String> {
    let mut counted: Vec<(usize, &str)> = Vec::new();
    for threat in threats.iter().filter(|t| t.treatment == Some(treatment) && !t.treatment_reason.is_empty()) {
        let reason = threat.treatment_reason.as_str();
        match counted.iter_mut().find(|(_, known)| *known == reason) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, reason)),
        }
    }
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.into_iter().take(9).map(|(_, reason)| reason.to_owned()).collect()
}

/// What was chosen of the remembered reasons, or a sheet to write another.
pub(in crate::app) fn because(model: &mut Model, treatment: Treatment, reason: Option<&str>) -> Option<Effect> {
    match reason {
        Some(reason) => {
            set(model, vec![("treatment", Value::from(treatment.code())), ("treatment_reason", Value::from(reason))])
        }
        None => why(model, treatment),
    }
}

/// The sheet that asks why.
fn why(model: &mut Model, treatment: Treatment) -> Option<Effect> {
    let (ids, me) = (chosen(model), model.me.clone()?);
    let mut form = sheets::several(&model.system()?.dossier, &me, &ids, &["treatment", "treatment_reason"])?;
    form.fields[0].restore(treatment.code());
    form.focus = 1;
    form.title = format!("{}: why?", treatment.label());
    push(model, form)
}

/// Asks that the board talks about the chosen threats, or no longer where it was asked for the first of them.
pub(super) fn flag(model: &mut Model) -> Option<Effect> {
    let ids = chosen(model);
    let Some(threat) = first(model, &ids) else { return say(model, NOWHERE) };
    let on = threat.flagged == Some(YesNo::Yes);
    set(model, vec![("flagged", Value::from(if on { "no" } else { "yes" }))])
}

/// On a threat: an existing control, or a new one. On a control: the threat that it is against as well.
pub(super) fn link(model: &mut Model) -> Option<Effect> {
    let on = model.system().filter(|screen| screen.tab == Tab::Controls);
    if let Some(control) = on.and_then(SystemScreen::control_at) {
        let form = sheets::add(model.system()?, &model.me.clone()?, Kind::Link, Some(control));
        return push(model, form);
    }
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

/// Scoring begins: two digits.
pub(super) fn score(model: &mut Model) -> Option<Effect> {
    if chosen(model).is_empty() {
        return say(model, NOWHERE);
    }
    let Screen::System(screen) = &mut model.screen else { return None };
    (screen.scoring, screen.map) = (Some(Scoring::default()), None);
    None
}

/// What was decided last is decided of the chosen threats as well.
pub(super) fn again(model: &mut Model) -> Option<Effect> {
    if model.last.is_empty() {
        return say(model, "Nothing was decided of a threat yet that could be decided again.");
    }
    let fields = model.last.clone();
    set_fields(model, fields)
}

pub(super) fn duplicate(model: &mut Model) -> Option<Effect> {
    let ids = chosen(model);
    if let Screen::System(screen) = &mut model.screen {
        screen.register.then = Some(crate::app::register::Then::Newest);
    }
    Some(Effect::Commit(model.system()?.id(), Command::Duplicate(ids)))
}

/// The sheet that asks to which system the chosen threats go.
pub(super) fn copy_to(model: &mut Model) -> Option<Effect> {
    let ids = chosen(model);
    if ids.is_empty() {
        return say(model, NOWHERE);
    }
    let form = sheets::copy_threats(model.system()?, ids);
    push(model, form)
}

/// The columns of the register, to be ticked.
pub(super) fn choose_columns(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let on = |id: &str| screen.register.view.shown.iter().any(|shown| shown.spec.id == id);
    // The number is always there, and the system is the one that is open.
    let free = columns::ALL.iter().filter(|spec| !["number", "system", "tier"].contains(&spec.id));
    let options = free.map(|spec| (spec.column.title.to_owned(), Pick::Column(spec.id, on(spec.id))));
    let title = "Which columns? Space ticks, Enter shows them".to_owned();
    let options = options.collect();
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

/// A new threat is written in a line of the register itself.
pub(super) fn new_row(model: &mut Model) -> Option<Effect> {
    let screen = model.system()?;
    let covers = match screen.selected().and_then(|row| row.target.as_ref()) {
        Some(Target::Gap(place)) if place.mend == Mend::Cover => Some(place.field.as_str()),
        _ => None,
    };
    let form = sheets::new_threat(screen, covers);
    push_as(model, form, Overlay::Cell)
}

/// Begins to change the cell that the cursor is in.
pub(in crate::app) fn cell(model: &mut Model) -> Option<Effect> {
    let ids = chosen(model);
    let Some(id) = selected_thing(model, Kind::Threat) else { return open(model) };
    match model.system()?.register.column().change {
        Change::Row => open(model),
        Change::Score => act(model, Action::Score),
        Change::Control => act(model, Action::LinkControl),
        Change::Sheet(field) => open_sheet(model, Verb::Edit(Kind::Threat), Place::field(Kind::Threat, id, field)),
        Change::Field(field) => write_cell(model, &ids, field),
    }
}

fn write_cell(model: &mut Model, ids: &[Id], field: &'static str) -> Option<Effect> {
    let (me, of) = (model.me.clone()?, Kind::Threat.field(field)?);
    let screen = model.system()?;
    let verb = Verb::Edit(Kind::Threat);
    let allowed = |role| {
        let refused = may(&screen.dossier, me.person, role, verb, model.today).err();
        refused.or_else(|| (!of.by.allows(role)).then(|| not_by_hand(Kind::Threat, field, role)))
    };
    if let Some(refused) = allowed(me.role) {
        match hat_for(model, &refused, allowed).filter(|role| of.by.allows(*role)) {
            Some(role) => ask_hat(model, role, Yes::SwitchAndDo(role, Action::Open)),
            None => model.say(true, refused.to_string()),
        }
        return None;
    }
    let form: Form = sheets::several(&model.system()?.dossier, &me, ids, &[field])?;
    push_as(model, form, Overlay::Cell)
}

/// Withdraws the marked threats for one reason.
pub(super) fn withdraw_marked(model: &mut Model) -> Option<Effect> {
    let ids = chosen(model);
    let form = sheets::withdraw_all(ids);
    push(model, form)
}

/// Whether several threats are marked.
pub(super) fn any_marked(screen: &SystemScreen) -> bool {
    !screen.register.marks.is_empty()
}

//! The register as a spreadsheet: moving by cells, writing in one, what it looks like, and what was decided last.

use std::ops::ControlFlow;

use crate::{
    app::{
        Effect, Model, Overlay, Screen, acts,
        form::{Form, Input},
        register::Then,
        row::Target,
        submit,
        system::{SystemScreen, Tab},
    },
    domain::{
        Id, Kind,
        command::{Command, Fields},
    },
    keymap::Action,
};

/// What an action does to the cell that is being written.
pub(super) fn on_cell(model: &mut Model, form: Box<Form>, action: Action) -> Option<Effect> {
    let then = match action {
        Action::Accept | Action::Save => below(model),
        Action::NextPane => Some(Then::Cell(1)),
        Action::PrevPane => Some(Then::Cell(-1)),
        Action::EditorForText => {
            let text = form.fields.first().map(crate::app::form::FormField::draft);
            model.overlays.push(Overlay::Cell(form));
            return text.map(Effect::Editor);
        }
        Action::Back => return leave(model, &form),
        _ => {
            model.overlays.push(Overlay::Cell(form));
            return None;
        }
    };
    if !form.touched && form.error.is_none() {
        return untouched(model, then);
    }
    let new = matches!(form.purpose, crate::app::sheets::Purpose::Add(..));
    if let Some(register) = model.register_mut() {
        register.then = if new { Some(Then::Newest) } else { then };
    }
    submit::cell(model, form)
}

/// A cell that nobody wrote in is left as a spreadsheet leaves it: the cursor goes on.
fn untouched(model: &mut Model, then: Option<Then>) -> Option<Effect> {
    model.register_mut()?.then = then;
    match &mut model.screen {
        Screen::System(screen) => screen.go_on(),
        Screen::AllThreats(screen) => screen.go_on(),
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Library(_)
        | Screen::Queue(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_) => {}
    }
    None
}

/// Esc keeps the old value; words are kept as a draft, a choice that was not taken is none.
fn leave(model: &mut Model, form: &Form) -> Option<Effect> {
    let words = matches!(form.fields.first().map(|field| &field.input), Some(Input::Line(_) | Input::Prose(_)));
    if !form.touched {
        return None;
    }
    let (draft, text) = (form.draft.clone(), form.to_draft());
    let drafts = model.drafts()?;
    drafts.retain(|(key, _)| *key != draft);
    if !words {
        return Some(Effect::Drop(draft));
    }
    drafts.push((draft.clone(), text.clone()));
    model.say(false, "The old value stays. What you typed is offered again in this cell.");
    Some(Effect::Keep(draft, text))
}

/// The threat below the cursor, so that Enter goes down whatever the order does to the row that was changed.
fn below(model: &Model) -> Option<Then> {
    if let Screen::AllThreats(screen) = &model.screen {
        return screen.below().map(Then::Row);
    }
    let screen = model.system()?;
    let thing = |row: &crate::app::row::Row| match row.target {
        Some(Target::Thing(Kind::Threat, id)) => Some(id),
        _ => None,
    };
    screen.rows.iter().skip(screen.at()? + 1).find_map(thing).map(Then::Row)
}

/// Fields that say what somebody decided of a threat, and not what it is called.
const DECISIONS: [&str; 13] = [
    "likelihood",
    "impact",
    "now_likelihood",
    "now_impact",
    "score_reason",
    "confidence",
    "status",
    "treatment",
    "treatment_reason",
    "owner",
    "due",
    "personal",
    "flagged",
];

/// What an effect decides of threats, to be decided again.
pub(super) fn decided(effect: &Effect) -> Option<Fields> {
    let (Effect::Commit(
        _,
        Command::Edit { kind: Kind::Threat, set, .. } | Command::EditAll { kind: Kind::Threat, set, .. },
    )
    | Effect::EditAcross(_, set)) = effect
    else {
        return None;
    };
    let decided: Fields = set.iter().filter(|(field, _)| DECISIONS.contains(&field.as_str())).cloned().collect();
    (!decided.is_empty()).then_some(decided)
}

/// Whether an action was of the register, and what it asks for.
type Handled = ControlFlow<Option<Effect>>;

/// What belongs to the register alone: moving by cells, marks, order, columns, groups. It goes on where the action is not of it.
pub(super) fn on_register(model: &mut Model, action: Action) -> Handled {
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return ControlFlow::Continue(()) };
    if screen.tab != Tab::Threats {
        return ControlFlow::Continue(());
    }
    match action {
        Action::Right => screen.register.turn(1),
        Action::Left => screen.register.turn(-1),
        Action::NextPane | Action::PrevPane => screen.enter_map(today),
        Action::Mark => {
            mark(screen);
            screen.step(crate::app::list::Step::Down, 1);
        }
        Action::MarkAll => {
            mark_all(screen);
            screen.remark();
        }
        Action::Back if !screen.register.marks.is_empty() => {
            screen.register.marks.clear();
            screen.remark();
        }
        Action::ShowWithdrawn => {
            screen.register.withdrawn = !screen.register.withdrawn;
            screen.refill(today);
        }
        Action::Open if screen.register.cell > 0 => return ControlFlow::Break(acts::cell(model)),
        _ => return looks(model, action),
    }
    ControlFlow::Break(None)
}

fn mark(screen: &mut SystemScreen) {
    if let Some(Target::Thing(Kind::Threat, id)) = screen.selected().and_then(|row| row.target.clone()) {
        screen.register.mark(id);
        screen.remark_one(id);
    }
}

fn mark_all(screen: &mut SystemScreen) {
    let thing = |row: &crate::app::row::Row| match row.target {
        Some(Target::Thing(Kind::Threat, id)) => Some(id),
        _ => None,
    };
    let shown: std::collections::BTreeSet<Id> = screen.rows.iter().filter_map(thing).collect();
    if shown.is_subset(&screen.register.marks) {
        screen.register.marks.clear();
    } else {
        screen.register.marks.extend(shown);
    }
}

/// Columns, order and groups: they are remembered, so that the register looks tomorrow as it was left.
fn looks(model: &mut Model, action: Action) -> Handled {
    use crate::app::register::Group;
    let today = model.today;
    let Screen::System(screen) = &mut model.screen else { return ControlFlow::Continue(()) };
    let at = screen.register.cell;
    let column = screen.register.column();
    let view = &mut screen.register.view;
    match action {
        Action::OrderBy => view.order_by(column.id),
        Action::Widen => view.widen(at, 4),
        Action::Narrow => view.widen(at, -4),
        Action::UsualWidths => view.usual_widths(),
        Action::GroupNone => view.group = Group::None,
        Action::GroupComponent => view.group = Group::Component,
        Action::GroupStatus => view.group = Group::Status,
        Action::GroupLevel => view.group = Group::Level,
        Action::GroupTreatment => view.group = Group::Treatment,
        Action::GroupFramework => view.group = Group::Framework,
        Action::GroupCoverage => view.group = Group::Coverage,
        _ => return ControlFlow::Continue(()),
    }
    let says = looked(screen);
    screen.refill(today);
    let text = screen.register.view.to_text();
    model.say(false, says);
    ControlFlow::Break(Some(Effect::Remember("register", text)))
}

/// How the register is looked at now, in words.
fn looked(screen: &SystemScreen) -> String {
    use crate::domain::fields::Vocabulary;
    let view = &screen.register.view;
    let order = match view.order {
        None => "Unscored first, then the worst".to_owned(),
        Some(order) => {
            let title = crate::app::register::Spec::of(order.by).map_or("", |spec| spec.column.title);
            format!("In the order of {title}{}", if order.reversed { ", from the end" } else { "" })
        }
    };
    format!("{order}; {}.", view.group.label())
}

//! One message all the way: overlays first, then the screen.

use super::{
    Effect, Look, Model, Msg, Overlay, Screen, acts,
    board::Focus,
    confirm::{Confirm, Pick, Reader, Yes},
    entry::Entry,
    form::Form,
    list::Step,
    palette::{Item, Palette},
    sheets::{self},
    submit,
    system::{Scoring, Tab},
    welcome,
};
use crate::{
    domain::people::Role,
    keymap::{Action, Context, Keymap},
};

/// Where the keys are valid now.
pub fn context(model: &Model) -> Context {
    if let Some(overlay) = model.overlays.last() {
        return match overlay {
            Overlay::Form(form) if form.on_prose() => Context::Prose,
            Overlay::Form(_) => Context::Form,
            Overlay::Confirm(_) => Context::Confirm,
            Overlay::Chooser(_) => Context::Chooser,
            Overlay::Palette(palette) if palette.help => Context::Help,
            Overlay::Palette(_) => Context::Palette,
            Overlay::Reader(_) => Context::Reader,
            Overlay::Filter(_) => Context::Filter,
        };
    }
    match &model.screen {
        Screen::Welcome(_) => Context::Welcome,
        Screen::Board(_) => Context::Board,
        Screen::System(screen) if screen.scoring.is_some() => Context::Score,
        Screen::System(screen) => match screen.tab {
            Tab::Overview => Context::Overview,
            Tab::Inventory => Context::Inventory,
            Tab::Threats => Context::Threats,
            Tab::Controls => Context::Controls,
            Tab::Evidence => Context::Evidence,
            Tab::Privacy => Context::Privacy,
            Tab::Governance => Context::Governance,
            Tab::Checklist => Context::Checklist,
            Tab::Handoffs => Context::Handoffs,
            Tab::Signoff => Context::SignoffPane,
            Tab::History => Context::History,
        },
    }
}

/// Why an action cannot be done now: the sentence of the rule that would refuse it.
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    if model.record.read_only.is_some() && acts::verb_of(model, action).is_some() {
        return model.record.read_only.clone();
    }
    acts::why_not(model, action).map(|refused| refused.says)
}

/// Takes one message; says at most one thing that the outside has to do.
pub fn update(model: &mut Model, keymap: &Keymap, msg: Msg) -> Option<Effect> {
    if !matches!(msg, Msg::Idle | Msg::Stale(_) | Msg::Resized(..)) {
        model.notice = None;
        model.pending = None;
    }
    match msg {
        Msg::Resized(columns, rows) => {
            model.size = (columns, rows);
            None
        }
        Msg::Act(Action::Quit) => quit(model),
        _ if model.too_small() => None,
        Msg::Prefix(chord) => {
            model.pending = Some(chord);
            None
        }
        Msg::Act(action) => act(model, keymap, action),
        Msg::Typed(key) => typed(model, |form| form.typed(key), |entry| entry.handle(key)),
        Msg::Pasted(text) => pasted(model, &text),
        Msg::Scrolled(lines) => {
            let step = if lines < 0 { Step::Up } else { Step::Down };
            (0..lines.unsigned_abs()).fold(None, |effect, _| moved(model, step).or(effect))
        }
        Msg::Clicked(..) => None,
        Msg::Stale(today) => {
            model.today = today;
            stale(model)
        }
        Msg::Idle => keep(model),
    }
}

/// What is typed is kept before anything else happens to it.
fn keep(model: &mut Model) -> Option<Effect> {
    let form = model.overlays.iter_mut().rev().find_map(|overlay| match overlay {
        Overlay::Form(form) if form.unkept => Some(form),
        _ => None,
    })?;
    form.unkept = false;
    Some(Effect::Keep(form.draft.clone(), form.to_draft()))
}

fn quit(model: &mut Model) -> Option<Effect> {
    model.done = true;
    keep(model)
}

fn stale(model: &mut Model) -> Option<Effect> {
    match &model.screen {
        Screen::Welcome(_) => None,
        Screen::Board(board) => Some(Effect::Board(board.page.from)),
        Screen::System(screen) => Some(Effect::Open(screen.id()?, None)),
    }
}

fn typed(model: &mut Model, form: impl FnOnce(&mut Form), entry: impl FnOnce(&mut Entry) -> bool) -> Option<Effect> {
    match model.overlays.last_mut()? {
        Overlay::Form(sheet) => {
            form(sheet);
            None
        }
        Overlay::Palette(palette) => {
            if entry(&mut palette.query) {
                palette.fill();
                let query = palette.query.text();
                return (!palette.help && query.len() > 1).then_some(Effect::Find(query));
            }
            None
        }
        Overlay::Filter(filter) => {
            if entry(filter) {
                let text = filter.text();
                set_filter(model, &text);
            }
            None
        }
        Overlay::Confirm(_) | Overlay::Chooser(_) | Overlay::Reader(_) => None,
    }
}

fn set_filter(model: &mut Model, text: &str) {
    let today = model.today;
    if let Screen::System(screen) = &mut model.screen {
        text.clone_into(&mut screen.pane_mut().filter);
        screen.refill(today);
    }
}

fn pasted(model: &mut Model, text: &str) -> Option<Effect> {
    let mut fits = true;
    let effect = typed(
        model,
        |form| fits = form.paste(text),
        |entry| {
            entry.paste(text);
            true
        },
    );
    if model.overlays.is_empty() {
        model.say(true, "Pasted text runs no keys. Open a sheet or a filter first.");
    } else if !fits {
        model.say(true, "The pasted text was cut: it is longer than the field.");
    }
    effect
}

fn act(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    match model.overlays.pop() {
        None => on_screen(model, keymap, action),
        Some(Overlay::Form(form)) => on_form(model, form, action),
        Some(Overlay::Confirm(confirm)) => on_confirm(model, keymap, confirm, action),
        Some(Overlay::Chooser(chooser)) => on_chooser(model, chooser, action),
        Some(Overlay::Palette(palette)) => on_palette(model, keymap, palette, action),
        Some(Overlay::Reader(reader)) => on_reader(model, reader, action),
        Some(Overlay::Filter(filter)) => on_filter(model, filter, action),
    }
}

fn on_form(model: &mut Model, mut form: Box<Form>, action: Action) -> Option<Effect> {
    match action {
        Action::NextPane | Action::Down => form.turn(1),
        Action::PrevPane | Action::Up => form.turn(-1),
        Action::PageDown => form.focus = form.fields.len().saturating_sub(1),
        Action::PageUp => form.focus = 0,
        Action::Accept if form.focus + 1 < form.fields.len() => form.turn(1),
        Action::Save | Action::Accept => return submit::submit(model, form),
        Action::EditorForText => {
            let text = form.fields.get(form.focus).map(super::form::FormField::draft);
            model.overlays.push(Overlay::Form(form));
            return text.map(Effect::Editor);
        }
        Action::Back if form.touched => {
            let lines =
                vec!["y closes it; Enter goes on writing. The draft is offered again the next time.".to_owned()];
            model.overlays.push(Overlay::Form(form));
            let question = "Close this sheet? What you typed is kept as a draft.".into();
            model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes: Yes::CloseForm }));
            return None;
        }
        Action::Back => return None,
        Action::Guide => {
            model.overlays.push(Overlay::Form(form));
            return guide(model);
        }
        _ => {}
    }
    model.overlays.push(Overlay::Form(form));
    None
}

fn on_confirm(model: &mut Model, keymap: &Keymap, confirm: Confirm, action: Action) -> Option<Effect> {
    if action != Action::Accept {
        return None;
    }
    match confirm.yes {
        Yes::SwitchAndDo(role, action) => {
            wear(model, role);
            on_screen(model, keymap, action)
        }
        Yes::SwitchAndMend(role, place) => {
            wear(model, role);
            acts::mend(model, &place)
        }
        Yes::Commit(command) => Some(Effect::Commit(model.system()?.id(), command)),
        Yes::CloseForm => {
            let Some(Overlay::Form(form)) = model.overlays.pop() else { return None };
            let (draft, text) = (form.draft.clone(), form.to_draft());
            if let Screen::System(screen) = &mut model.screen {
                screen.drafts.retain(|(key, _)| *key != draft);
                screen.drafts.push((draft.clone(), text.clone()));
            }
            model.say(false, "The draft is kept; the same key brings it back.");
            Some(Effect::Keep(draft, text))
        }
        Yes::TakeIn(system) => Some(Effect::TakeIn(system)),
    }
}

fn on_chooser(model: &mut Model, mut chooser: super::confirm::Chooser, action: Action) -> Option<Effect> {
    let len = chooser.options.len();
    if let Some(step) = Step::of(action) {
        chooser.at.take(step, len, model.page());
    } else if action == Action::Tick {
        if let Some((_, Pick::Tick(_, on))) = chooser.at.among(len).and_then(|at| chooser.options.get_mut(at)) {
            *on = !*on;
        }
    } else if action == Action::Accept {
        return submit::chosen(model, &chooser);
    } else if action == Action::Back {
        return None;
    }
    model.overlays.push(Overlay::Chooser(chooser));
    None
}

fn on_palette(model: &mut Model, keymap: &Keymap, mut palette: Palette, action: Action) -> Option<Effect> {
    match action {
        Action::Back => return None,
        Action::Accept => {
            return match palette.selected()?.clone() {
                Item::Act(_, _, Some(why)) => {
                    model.say(true, why);
                    None
                }
                Item::Act(action, ..) => act(model, keymap, action),
                Item::Hit(hit) => {
                    let place = hit
                        .thing
                        .map(|id| crate::domain::decision::Place::field(crate::domain::Kind::Threat, id, "none"));
                    Some(Effect::Open(hit.system, place))
                }
            };
        }
        _ => {}
    }
    if let Some(step) = Step::of(action) {
        palette.at.take(step, palette.shown.len(), model.page());
    }
    model.overlays.push(Overlay::Palette(palette));
    None
}

fn on_reader(model: &mut Model, mut reader: Reader, action: Action) -> Option<Effect> {
    let (page, last) = (reader.seen(model.size), reader.last(model.size));
    match action {
        Action::Up => reader.top = reader.top.saturating_sub(1),
        Action::Down => reader.top = (reader.top + 1).min(last),
        Action::PageUp | Action::HalfUp => reader.top = reader.top.saturating_sub(page),
        Action::PageDown | Action::HalfDown => reader.top = (reader.top + page).min(last),
        Action::First => reader.top = 0,
        Action::Last => reader.top = last,
        Action::Accept => return reader.take_in.map(Effect::TakeIn),
        Action::Back => return None,
        _ => {}
    }
    model.overlays.push(Overlay::Reader(reader));
    None
}

fn on_filter(model: &mut Model, filter: Entry, action: Action) -> Option<Effect> {
    match action {
        Action::Accept => return None,
        Action::Back => {
            set_filter(model, "");
            return None;
        }
        _ => {}
    }
    if let Some(step) = Step::of(action) {
        moved(model, step);
    }
    model.overlays.push(Overlay::Filter(filter));
    None
}

/// Changes the hat.
fn wear(model: &mut Model, role: Role) {
    use crate::domain::fields::Vocabulary;
    let today = model.today;
    let Some(me) = &mut model.me else { return };
    let held = match &model.screen {
        Screen::System(screen) => screen.dossier.holds(me.person, role, today),
        Screen::Welcome(_) | Screen::Board(_) => me.roles.contains(&role),
    };
    if held {
        me.role = role;
        let text = format!("You act as {} now.", role.label());
        model.say(false, text);
    } else {
        let who =
            model.system().map(|screen| super::panes::person(&screen.dossier, screen.dossier.holder(role, today)));
        let holder = who.map_or_else(String::new, |who| format!(" {who} does."));
        let text = format!("You do not hold the role {} here.{holder}", role.label());
        model.say(true, text);
    }
}

fn moved(model: &mut Model, step: Step) -> Option<Effect> {
    let page = model.page();
    match &mut model.screen {
        Screen::Welcome(welcome) => {
            welcome.at.take(step, welcome::WAYS.len(), page);
            None
        }
        Screen::Board(board) => board.take(step, page),
        Screen::System(screen) => {
            screen.step(step, page);
            None
        }
    }
}

fn role_of(action: Action) -> Option<Role> {
    Some(match action {
        Action::ActAsOwner => Role::Owner,
        Action::ActAsSecurity => Role::Security,
        Action::ActAsGovernance => Role::Governance,
        Action::ActAsDpo => Role::Dpo,
        Action::ActAsSignoff => Role::Signoff,
        Action::ActAsOperator => Role::Operator,
        Action::ActAsBuilder => Role::Builder,
        Action::ActAsAuditor => Role::Auditor,
        _ => return None,
    })
}

fn tab_of(action: Action) -> Option<Tab> {
    Some(match action {
        Action::TabOne | Action::GoOverview => Tab::Overview,
        Action::TabTwo | Action::GoInventory => Tab::Inventory,
        Action::TabThree | Action::GoThreats => Tab::Threats,
        Action::TabFour | Action::GoControls => Tab::Controls,
        Action::TabFive | Action::GoEvidence => Tab::Evidence,
        Action::TabSix | Action::GoPrivacy => Tab::Privacy,
        Action::TabSeven | Action::GoGovernance => Tab::Governance,
        Action::TabEight | Action::GoChecklist => Tab::Checklist,
        Action::TabNine | Action::GoHandoffs => Tab::Handoffs,
        Action::TabTen | Action::GoSignoff => Tab::Signoff,
        Action::GoHistory => Tab::History,
        _ => return None,
    })
}

fn on_screen(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    if let Some(step) = Step::of(action) {
        return if scoring(model, action) { None } else { moved(model, step) };
    }
    if let Some(role) = role_of(action) {
        wear(model, role);
        return None;
    }
    match action {
        Action::Palette | Action::Help => {
            let palette = Palette::over(model, keymap, action == Action::Help);
            model.overlays.push(Overlay::Palette(palette));
            None
        }
        Action::ActAs => {
            model.pending = crate::keymap::Chord::parse("r").ok();
            None
        }
        Action::Guide => guide(model),
        Action::Messages => messages(model),
        Action::Copied => copied(model),
        Action::Theme => theme(model),
        Action::MouseToggle => {
            model.mouse = !model.mouse;
            model.say(
                false,
                if model.mouse {
                    "The mouse works; hold Shift to select text."
                } else {
                    "The mouse is left to the terminal."
                },
            );
            Some(Effect::Mouse(model.mouse))
        }
        Action::Refresh => stale(model).or(Some(Effect::Repaint)),
        Action::Undo => Some(Effect::Undo),
        Action::Redo => Some(Effect::Redo),
        Action::Import => acts::push(model, sheets::import()),
        Action::NewSystem if model.me.is_some() => acts::push(model, sheets::new_system()),
        Action::Sample => Some(Effect::Sample),
        Action::StartBoard => acts::push(model, sheets::begin()),
        Action::VerifyLog => Some(Effect::Verify),
        _ => on_kind_of_screen(model, keymap, action),
    }
}

fn on_kind_of_screen(model: &mut Model, keymap: &Keymap, action: Action) -> Option<Effect> {
    match &mut model.screen {
        Screen::Welcome(welcome) => match action {
            Action::Open => {
                let chosen = welcome.chosen();
                on_screen(model, keymap, chosen)
            }
            _ => None,
        },
        Screen::Board(board) => match action {
            Action::Open | Action::Edit => board.open(),
            Action::NextPane | Action::PrevPane => {
                board.turn();
                None
            }
            Action::TabOne => {
                board.focus = if board.page.steps.is_empty() { Focus::Systems } else { Focus::Steps };
                None
            }
            Action::TabTwo => {
                board.focus = Focus::Systems;
                None
            }
            Action::Filter => {
                model.overlays.push(Overlay::Palette(Palette::over(model, keymap, false)));
                None
            }
            Action::ExportRecord => Some(Effect::Export(board.chosen_system()?)),
            Action::Back => {
                model.say(false, "This is the board. Ctrl-C quits; nothing is unsaved.");
                None
            }
            _ => None,
        },
        Screen::System(_) => on_system(model, action),
    }
}

fn on_system(model: &mut Model, action: Action) -> Option<Effect> {
    let today = model.today;
    if scoring(model, action) {
        return None;
    }
    let Screen::System(screen) = &mut model.screen else { return None };
    if screen.scoring.is_some() {
        return submit::score(model, action);
    }
    if let Some(tab) = tab_of(action) {
        screen.show(tab, today);
        return None;
    }
    match action {
        Action::Right | Action::Left => {
            let by = if action == Action::Right { 1 } else { Tab::ALL.len() - 1 };
            let next = Tab::ALL[(screen.tab as usize + by) % Tab::ALL.len()];
            screen.show(next, today);
            None
        }
        Action::NextPane | Action::PrevPane => {
            screen.turn_group(action == Action::NextPane);
            None
        }
        Action::Back if !screen.pane().filter.is_empty() => {
            screen.pane_mut().filter.clear();
            screen.refill(today);
            None
        }
        Action::Back | Action::GoBoard => Some(Effect::Board(0)),
        Action::OnlyMissing => {
            screen.only_missing = !screen.only_missing;
            screen.refill(today);
            None
        }
        Action::Filter => {
            let filter = Entry::line(&screen.pane().filter);
            model.overlays.push(Overlay::Filter(filter));
            None
        }
        Action::Copy | Action::CopyRow => {
            let row = screen.selected()?;
            let text = if action == Action::Copy { row.cells.last()?.text.clone() } else { row.text() };
            model.copied.clone_from(&text);
            Some(Effect::Copy(text))
        }
        Action::ExportRecord => Some(Effect::Export(screen.id()?)),
        _ => acts::act(model, action),
    }
}

/// Digits while scoring: likelihood, then impact.
fn scoring(model: &mut Model, action: Action) -> bool {
    let Screen::System(screen) = &mut model.screen else { return false };
    let Some(Scoring { likelihood, impact }) = &mut screen.scoring else { return false };
    let Some(digit) = action.digit() else { return false };
    if likelihood.is_none() || impact.is_some() {
        (*likelihood, *impact) = (Some(digit), None);
    } else {
        *impact = Some(digit);
    }
    true
}

fn reader(model: &mut Model, title: &str, lines: Vec<String>) -> Option<Effect> {
    model.overlays.push(Overlay::Reader(Reader { title: title.into(), lines, top: 0, take_in: None }));
    None
}

fn guide(model: &mut Model) -> Option<Effect> {
    reader(model, "The two-minute guide", include_str!("../../assets/guide.md").lines().map(str::to_owned).collect())
}

fn messages(model: &mut Model) -> Option<Effect> {
    let lines = model.messages.iter().map(|notice| format!("{} {}", if notice.alert { '!' } else { 'i' }, notice.text));
    let lines = lines.collect();
    reader(model, "Messages of this session", lines)
}

fn copied(model: &mut Model) -> Option<Effect> {
    let lines = model.copied.lines().map(str::to_owned).collect();
    reader(model, "What was copied", lines)
}

fn theme(model: &mut Model) -> Option<Effect> {
    model.look = match model.look {
        Look::Auto => Look::Plain,
        Look::Plain => Look::ColourBlind,
        Look::ColourBlind => Look::Auto,
    };
    model.say(
        false,
        match model.look {
            Look::Auto => "Colours: as the terminal says.",
            Look::Plain => "Colours: none.",
            Look::ColourBlind => "Colours: blue to orange.",
        },
    );
    None
}

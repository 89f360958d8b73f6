//! What each key does in a meeting. What is decided is decided by the acts and sheets of the system itself.

use super::{MeetingAsk, MeetingScreen, as_kept, before, decide, sheets};
use crate::{
    app::{
        Effect, Model, Overlay, Screen,
        acts::push,
        confirm::{Confirm, Yes},
        entry::Entry,
    },
    domain::{
        Id,
        decision::Place,
        fields::Vocabulary,
        meeting::{AgendaSection, Item, ItemMark, MatterSort, MeetingAct, Placing},
    },
    keymap::Action,
};

pub(super) fn say(model: &mut Model, text: &str) -> Option<Effect> {
    model.say(true, text);
    None
}

pub(super) fn here(model: &Model) -> Option<&MeetingScreen> {
    match &model.screen {
        Screen::Meeting(screen) => Some(screen),
        _ => None,
    }
}

/// What works on the second screen: it only follows.
fn follows(action: Action) -> bool {
    matches!(action, Action::Back | Action::Quit | Action::LargeItem | Action::Refresh | Action::Help)
}

/// Why an action cannot be done now.
pub(in crate::app) fn refusal(model: &Model, action: Action) -> Option<String> {
    let screen = here(model)?;
    if screen.follows && !follows(action) {
        return Some("This is the second screen of a meeting: it only follows.".to_owned());
    }
    let runs = screen.running().is_some();
    let need = |text: &str| Some(text.to_owned());
    match action {
        Action::NextItem | Action::PauseClock | Action::SayByName | Action::TakeConsent | Action::CloseMeeting
            if !runs =>
        {
            need("The meeting was not opened yet: o opens it.")
        }
        Action::OpenMeeting if runs => need("It runs already."),
        Action::WhoIsHere | Action::MinuteLine | Action::SkipItem | Action::DeferItem | Action::AddItem
            if screen.meeting().is_none() =>
        {
            need("Nothing is planned yet: n plans a meeting, o opens one for right now.")
        }
        _ => None,
    }
}

/// Does what an action asks for in a meeting.
pub(in crate::app) fn act(model: &mut Model, action: Action) -> Option<Effect> {
    if let Some(why) = refusal(model, action) {
        return say(model, &why);
    }
    if let Some(why) = model.frozen().filter(|_| !follows(action) && writes(action)) {
        return say(model, &why);
    }
    if before::is_own(action) {
        return before::before(model, action);
    }
    match action {
        Action::DecideItem => decide::decide(model),
        Action::SendBack => decide::send_back(model),
        Action::DeclineRisk => decide::decline(model),
        Action::Open | Action::Edit => open(model),
        Action::Back | Action::GoBoard => back(model, action),
        Action::LargeItem => {
            if let Screen::Meeting(screen) = &mut model.screen {
                screen.large = !screen.large;
            }
            None
        }
        Action::NextPane | Action::OnlyMissing => turn(model, action),
        Action::Filter => {
            let filter = Entry::line(&here(model)?.filter);
            model.overlays.push(Overlay::Filter(filter));
            None
        }
        Action::Copy | Action::CopyRow => {
            let text = here(model)?.selected()?.title();
            Some(model.copy(text))
        }
        Action::OpenSystem => {
            let item = here(model)?.selected()?;
            let (system, _) = item.system.clone()?;
            let place = item.sort.place(item.id).map(|place| Place { field: "none".into(), ..place });
            Some(Effect::Open(system, place))
        }
        _ => lead(model, action),
    }
}

/// Whether an action changes something.
fn writes(action: Action) -> bool {
    !matches!(
        action,
        Action::Open
            | Action::OpenSystem
            | Action::LargeItem
            | Action::NextPane
            | Action::OnlyMissing
            | Action::Filter
            | Action::Copy
            | Action::CopyRow
            | Action::ReadMinutes
            | Action::Back
            | Action::GoBoard
    )
}

/// What leads the meeting: opening, turning to items, clocks, the end; and what is written in it.
fn lead(model: &mut Model, action: Action) -> Option<Effect> {
    let screen = here(model)?;
    let id = screen.running();
    let ask = |act: MeetingAct, on: Option<String>| Some(Effect::Meeting(MeetingAsk::Do(act, on)));
    match action {
        Action::OpenMeeting => open_meeting(model),
        Action::NextItem => next(screen),
        Action::PauseClock => {
            let paused = screen.agenda.meeting.as_ref().is_some_and(crate::domain::meeting::Meeting::is_paused);
            let on = screen.selected().map(|item| item.key.clone());
            ask(if paused { MeetingAct::Resume(id?) } else { MeetingAct::Pause(id?) }, on)
        }
        Action::TakeConsent => consent(model),
        Action::CloseMeeting => close(model),
        Action::SkipItem => {
            let item = screen.selected()?;
            let act = MeetingAct::Mark(screen.meeting()?, as_kept(item), Some(ItemMark::Skipped), "".into());
            let on = screen.after(&item.key).map(|item| item.key.clone());
            ask(act, on)
        }
        Action::Left | Action::Right => {
            let item = screen.selected()?;
            let section = beside(item.section, action == Action::Right)?;
            let Some(meeting) = screen.meeting() else { return say(model, NONE_YET) };
            let placing = Placing { section: Some(section), ..Placing::default() };
            ask(MeetingAct::Place(meeting, as_kept(item), placing), Some(item.key.clone()))
        }
        Action::ItemUp | Action::ItemDown => move_item(model, action == Action::ItemDown),
        Action::MinuteMore | Action::MinuteLess => {
            let item = screen.selected()?;
            let Some(meeting) = screen.meeting() else { return say(model, NONE_YET) };
            let minutes = (item.minutes + if action == Action::MinuteMore { 1 } else { -1 }).max(1);
            let placing = Placing { minutes: Some(minutes), ..Placing::default() };
            ask(MeetingAct::Place(meeting, as_kept(item), placing), Some(item.key.clone()))
        }
        _ => written(model, action),
    }
}

const NONE_YET: &str = "Nothing is planned yet: n plans a meeting, o opens one for right now.";

fn beside(section: AgendaSection, on: bool) -> Option<AgendaSection> {
    let at = AgendaSection::ALL.iter().position(|s| *s == section)?;
    let to = if on { at.checked_add(1)? } else { at.checked_sub(1)? };
    AgendaSection::ALL.get(to).copied()
}

/// What is written: sheets and minutes.
fn written(model: &mut Model, action: Action) -> Option<Effect> {
    let screen = here(model)?;
    let me = model.me.clone()?;
    let item = screen.selected();
    let form = match action {
        Action::New => sheets::plan(screen, &me, model.today),
        Action::ChangeMeeting => sheets::change(screen)?,
        Action::WhoIsHere => sheets::attend(screen)?,
        Action::SayByName => sheets::stand(screen, item?)?,
        Action::DeferItem => sheets::mark(screen.meeting()?, item?, ItemMark::Deferred),
        Action::Withdraw => sheets::mark(screen.meeting()?, item?, ItemMark::Dropped),
        Action::AddItem => sheets::add_item(screen.meeting()?),
        Action::Timebox => sheets::timebox(screen.meeting()?, item?),
        Action::MinuteLine => sheets::remark(screen.meeting()?, item),
        Action::AddTask => return super::task::task(model),
        Action::CancelMeeting => sheets::cancel(screen.meeting()?),
        Action::ReadMinutes => return Some(Effect::Meeting(MeetingAsk::Minutes(for_minutes(screen)?))),
        Action::ExportRecord => return Some(Effect::Meeting(MeetingAsk::WriteMinutes(for_minutes(screen)?))),
        _ => return None,
    };
    push(model, form)
}

/// The meeting whose minutes are wanted: of the item that asks to approve some, of the one that runs, else of the last.
fn for_minutes(screen: &MeetingScreen) -> Option<Id> {
    let asked = screen.selected().filter(|item| item.sort == MatterSort::Minutes).map(|item| item.id);
    let last = || screen.record.meetings.iter().filter(|m| m.opened_at.is_some()).max_by_key(|m| m.opened_at);
    asked.or(screen.running()).or_else(|| last().map(|meeting| meeting.id))
}

/// Opens the meeting that is planned, or one for right now where none is; whoever is alone is asked nothing.
fn open_meeting(model: &mut Model) -> Option<Effect> {
    let screen = here(model)?;
    let act = match &screen.agenda.meeting {
        Some(meeting) => MeetingAct::Open(meeting.id),
        None => MeetingAct::OpenNow(vec![
            ("title".to_owned(), format!("Review of {}", model.today).as_str().into()),
            ("day".to_owned(), model.today.to_string().as_str().into()),
        ]),
    };
    let on = screen.selected().map(|item| item.key.clone());
    Some(Effect::Meeting(MeetingAsk::Do(act, on)))
}

/// To the next item of the filter. What was only to be talked about is done with; what was to be decided and was not, is
/// recorded as skipped.
fn next(screen: &MeetingScreen) -> Option<Effect> {
    let id = screen.running()?;
    let current = screen.agenda.current();
    let left = current.filter(|item| item.waits).map(|item| {
        if item.sort.is_decided() || item.sort == MatterSort::Task { ItemMark::Skipped } else { ItemMark::Done }
    });
    let from = current.map_or("", |item| item.key.as_str());
    // Before anything is on, the first one that is open is taken up.
    let first = || screen.selected().filter(|item| item.waits && !item.state.is_over());
    let to = if current.is_none() { first().or_else(|| screen.after(from)) } else { screen.after(from) };
    let key = to.map(|item| item.key.clone());
    Some(Effect::Meeting(MeetingAsk::Do(MeetingAct::TakeUp(id, to.map(as_kept), left), key)))
}

fn move_item(model: &mut Model, down: bool) -> Option<Effect> {
    let screen = here(model)?;
    let Some(meeting) = screen.meeting() else { return say(model, NONE_YET) };
    let item = screen.selected()?;
    let same: Vec<&Item> = screen.agenda.items.iter().filter(|other| other.section == item.section).collect();
    let at = same.iter().position(|other| other.key == item.key)?;
    let to = if down { at.checked_add(1).filter(|to| *to < same.len())? } else { at.checked_sub(1)? };
    // Every place of this part is said anew, so that all of it stays as it is seen.
    let mut order: Vec<&Item> = same;
    order.swap(at, to);
    let placed = order
        .iter()
        .enumerate()
        .map(|(at, item)| (as_kept(item), Placing { position: i64::try_from(at).ok(), ..Placing::default() }));
    let act = MeetingAct::Arrange(meeting, placed.collect());
    Some(Effect::Meeting(MeetingAsk::Do(act, Some(item.key.clone()))))
}

/// Everything of the consent part that is pre-approved and unflagged, in one act; `y` takes it.
fn consent(model: &mut Model) -> Option<Effect> {
    let screen = here(model)?;
    let id = screen.running()?;
    let block: Vec<&Item> = screen.agenda.items.iter().filter(|item| item.can_be_consented()).collect();
    if block.is_empty() {
        return say(model, "Nothing is pre-approved by enough and unflagged.");
    }
    let count = crate::domain::decision::counted(block.len(), "item", "items");
    let mut lines: Vec<String> =
        block.iter().take(12).map(|item| format!("{} {}", item.state.sign(), item.title())).collect();
    if block.len() > 12 {
        lines.push(format!("and {} more", block.len() - 12));
    }
    lines.push("Each is decided as it was proposed, and is in the minutes and in its own record.".to_owned());
    let question = format!("Take {count} by consent, as pre-approved?");
    let yes = Yes::Meeting(MeetingAsk::Consent(id));
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes }));
    None
}

fn close(model: &mut Model) -> Option<Effect> {
    let screen = here(model)?;
    let id = screen.running()?;
    let open = screen.agenda.items.iter().filter(|item| item.waits && !item.state.is_over()).count();
    let mut lines = vec!["The clocks stop, and nothing can be decided in it any more.".to_owned()];
    if open > 0 {
        let open = crate::domain::decision::counted(open, "item is", "items are");
        lines.push(format!("{open} still open; they turn up by themselves next time."));
    }
    lines.push("What was decided goes to the owners, and the minutes are made.".to_owned());
    let question = "Close the meeting?".to_owned();
    model.overlays.push(Overlay::Confirm(Confirm { question, lines, yes: Yes::Meeting(MeetingAsk::Close(id)) }));
    None
}

/// Opens an item: that it was read is kept, and in a running meeting it is taken up.
fn open(model: &mut Model) -> Option<Effect> {
    let screen = here(model)?;
    let item = screen.selected()?;
    match screen.running() {
        Some(id) if screen.agenda.current().is_none_or(|on| on.key != item.key) => {
            let left = screen
                .agenda
                .current()
                .filter(|on| on.waits)
                .map(|on| if on.sort.is_decided() { ItemMark::Skipped } else { ItemMark::Done });
            let act = MeetingAct::TakeUp(id, Some(as_kept(item)), left);
            Some(Effect::Meeting(MeetingAsk::Do(act, Some(item.key.clone()))))
        }
        _ if model.record.read_only.is_some() => None,
        _ => before::read(screen),
    }
}

fn turn(model: &mut Model, action: Action) -> Option<Effect> {
    let me = model.me.as_ref().map(|me| me.person);
    let Screen::Meeting(screen) = &mut model.screen else { return None };
    screen.only = match (action, screen.only) {
        (Action::OnlyMissing, super::Shown::ForMe) => super::Shown::All,
        (Action::OnlyMissing, _) => super::Shown::ForMe,
        (_, only) => only.next(),
    };
    let says = format!("Shown: {}.", screen.only.label());
    screen.refill(me);
    let effect = super::look(screen);
    model.say(false, says);
    Some(effect)
}

fn back(model: &mut Model, action: Action) -> Option<Effect> {
    if let Screen::Meeting(screen) = &mut model.screen {
        if screen.follows {
            return say(model, "Ctrl-C leaves the second screen.");
        }
        if action == Action::Back && !screen.filter.is_empty() {
            return super::set_filter(model, "");
        }
        if action == Action::Back && screen.large {
            screen.large = false;
            return None;
        }
    }
    Some(Effect::Board(0))
}

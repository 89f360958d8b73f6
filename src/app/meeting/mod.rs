//! The meeting on the screen: the agenda, the item that is on, and what is done with it.

mod acts;
mod ask;
mod before;
mod decide;
mod sheets;
mod task;

pub use ask::{MeetingAsk, MeetingView, Private};
pub use sheets::MeetingSheet;

pub(super) use acts::{act, refusal};
pub(super) use sheets::submitted;
pub(super) use task::{task, task_sheet};

use super::{
    Effect, Model, Overlay, Screen,
    difference::Comparison,
    list::{Selection, Step},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id,
    fields::{Day, Vocabulary},
    meeting::{Agenda, AgendaSection, Item, ItemRef, ItemState},
};

/// Which items are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    #[default]
    All,
    /// What is still to be done.
    Open,
    /// What is ready for whoever sits here: nothing is missing, and they said nothing to it yet.
    ForMe,
    /// One part of the agenda.
    Section(AgendaSection),
}

impl Shown {
    /// The next one; after the last the first.
    fn next(self) -> Self {
        match self {
            Self::All => Self::Open,
            Self::Open => Self::ForMe,
            Self::ForMe => Self::Section(AgendaSection::Consent),
            Self::Section(section) => {
                let at = AgendaSection::ALL.iter().position(|s| *s == section).unwrap_or(0);
                AgendaSection::ALL.get(at + 1).map_or(Self::All, |next| Self::Section(*next))
            }
        }
    }
    /// What is shown, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "still open",
            Self::ForMe => "ready for me",
            Self::Section(section) => section.label(),
        }
    }
}

/// The meeting.
#[derive(Debug, Default)]
pub struct MeetingScreen {
    /// The agenda.
    pub agenda: Agenda,
    /// The record that it was made from: people, meetings, actions, lines of the minutes.
    pub record: Dossier,
    /// What only whoever sits here sees.
    pub private: Private,
    /// The system of the item under the cursor, with that item's key.
    pub system: Option<(String, Box<SystemScreen>)>,
    /// Which of the items are shown, by their place on the agenda.
    pub shown: Vec<usize>,
    /// The cursor.
    pub at: Selection,
    /// Which are wanted.
    pub only: Shown,
    /// What is typed as a filter.
    pub filter: String,
    /// Whether one item fills the screen.
    pub large: bool,
    /// Whether it only follows what another docket does: the second screen.
    pub follows: bool,
}

impl MeetingScreen {
    /// The item under the cursor.
    pub fn selected(&self) -> Option<&Item> {
        self.agenda.items.get(*self.shown.get(self.at.among(self.shown.len())?)?)
    }

    /// The item that is shown in full: the one that is on where it fills the screen, else the one under the cursor.
    pub fn shown_item(&self) -> Option<&Item> {
        let on = self.agenda.current().filter(|_| self.follows);
        on.or_else(|| self.selected())
    }

    /// The meeting that runs, if it does.
    pub fn running(&self) -> Option<Id> {
        self.agenda.meeting.as_ref().filter(|meeting| meeting.runs()).map(|meeting| meeting.id)
    }

    /// The meeting, running or planned.
    pub fn meeting(&self) -> Option<Id> {
        self.agenda.meeting.as_ref().map(|meeting| meeting.id)
    }

    /// Whether an item fits what is wanted and what is typed.
    fn fits(&self, item: &Item, me: Option<Id>) -> bool {
        let wanted = match self.only {
            Shown::All => true,
            Shown::Open => !item.state.is_over(),
            Shown::ForMe => {
                let mine = item.opinions.approve.iter().any(|(who, _)| Some(*who) == me)
                    || self.private.queue.iter().any(|said| said.key == item.key);
                item.sort.is_decided() && item.missing == 0 && !item.state.is_over() && !mine
            }
            Shown::Section(section) => item.section == section,
        };
        let words =
            || format!("{} {} {} {}", item.title(), item.why, item.state.label(), item.sort.label()).to_lowercase();
        wanted && self.filter.split_whitespace().all(|needle| words().contains(&needle.to_lowercase()))
    }

    /// Works out again what is shown; the cursor stays on its item.
    pub fn refill(&mut self, me: Option<Id>) {
        let on = self.selected().map(|item| item.key.clone());
        self.fill(on.as_deref(), me);
    }

    fn fill(&mut self, on: Option<&str>, me: Option<Id>) {
        let all = 0..self.agenda.items.len();
        self.shown = all.filter(|at| self.fits(&self.agenda.items[*at], me)).collect();
        let same = |at: &usize| Some(self.agenda.items[*at].key.as_str()) == on;
        if let Some(at) = self.shown.iter().position(same) {
            self.at.select(at);
        }
    }

    /// The item after this one in the same filter that nothing was done with yet; after the last the first.
    pub fn after(&self, key: &str) -> Option<&Item> {
        let at = self.shown.iter().position(|at| self.agenda.items[*at].key == key);
        let from = at.map_or(0, |at| at + 1);
        let open = |at: &&usize| {
            let item = &self.agenda.items[**at];
            item.key != key && item.waits && !item.state.is_over()
        };
        let (before, after) = self.shown.split_at(from.min(self.shown.len()));
        after.iter().chain(before).find(open).map(|at| &self.agenda.items[*at])
    }

    /// Whether nobody who sits here has opened it as it is now.
    pub fn is_unread(&self, item: &Item) -> bool {
        let on = item.state == ItemState::Now;
        !on && !item.state.is_over() && self.private.read.get(&item.key) != Some(&seen(item))
    }
}

/// What of an item was seen when it was opened.
pub(super) fn seen(item: &Item) -> String {
    let opinions = item.opinions.approve.len() + item.opinions.flags.len() * 10 + item.opinions.comments.len() * 100;
    format!("{}|{}|{}|{opinions}", item.content, item.what, item.missing)
}

/// As far as it is kept when hands touch it.
pub(super) fn as_kept(item: &Item) -> ItemRef {
    let title = crate::domain::Line::new(&item.title());
    ItemRef { key: item.key.clone(), title, about: item.system.as_ref().map(|(id, _)| *id) }
}

/// Takes in what was read: the agenda as it is now, and the system of the item that was asked for.
pub(super) fn take(model: &mut Model, view: MeetingView, says: Option<String>) {
    let (today, me) = (model.today, model.me.as_ref().map(|me| me.person));
    if view.closes && model.writing().is_some() {
        model.overlays.pop();
    }
    if !matches!(model.screen, Screen::Meeting(_)) {
        model.screen = Screen::Meeting(model.sitting.take().unwrap_or_default());
    }
    let Screen::Meeting(screen) = &mut model.screen else { return };
    let before = screen.selected().map(|item| item.key.clone());
    (screen.agenda, screen.record, screen.private) = (view.agenda, view.record, view.private);
    let on = view.on.or(before);
    screen.fill(on.as_deref(), me);
    let wanted = screen.shown_item().map(|item| item.key.clone());
    match (view.opened, wanted) {
        (Some(opened), Some(key)) => put_system(screen, key, *opened, today),
        (None, key) if screen.system.as_ref().map(|(known, _)| known.clone()) != key => screen.system = None,
        _ => {}
    }
    if let Some(says) = says {
        model.say(false, says);
    }
}

/// A decision was refused because the system had changed: what is shown is as it is now, and both sides lie on the sheet
/// that asked, which is kept as it was filled in.
pub(super) fn changed(model: &mut Model, opened: super::Opened, shown: Box<Comparison>, says: String) {
    let today = model.today;
    if let Screen::Meeting(screen) = &mut model.screen
        && let Some((_, system)) = &mut screen.system
    {
        system.replace(opened, today);
    } else if let Screen::System(system) = &mut model.screen {
        system.replace(opened, today);
    }
    if let Some(form) = model.writing_mut() {
        form.error = Some(says.clone());
    }
    model.overlays.push(Overlay::Difference(shown));
    model.say(true, says);
}

/// Shows the system of an item, the cursor on what the item is about, so that every act works on that.
fn put_system(screen: &mut MeetingScreen, key: String, opened: super::Opened, today: Day) {
    let item = screen.agenda.items.iter().find(|item| item.key == key);
    let place = item.and_then(|item| item.sort.place(item.id));
    let mut system = match screen.system.take() {
        Some((known, mut system)) if known == key => {
            system.replace(opened, today);
            system
        }
        _ => Box::new(SystemScreen::new(opened, today)),
    };
    if let Some(place) = place {
        system.go_to(&place, today);
    }
    screen.system = Some((key, system));
}

/// Moves the cursor; the item that it comes to is read.
pub(super) fn moved(model: &mut Model, step: Step) -> Option<Effect> {
    let page = model.page();
    let Screen::Meeting(screen) = &mut model.screen else { return None };
    if screen.follows || !screen.at.take(step, screen.shown.len(), page) {
        return None;
    }
    screen.system = None;
    Some(look(screen))
}

/// Reads the agenda again, with the item under the cursor.
pub(super) fn look(screen: &MeetingScreen) -> Effect {
    let key = screen.shown_item().map(|item| item.key.clone());
    Effect::Meeting(MeetingAsk::Look(key))
}

/// Goes on with what is typed as a filter.
pub(super) fn set_filter(model: &mut Model, text: &str) -> Option<Effect> {
    let me = model.me.as_ref().map(|me| me.person);
    let Screen::Meeting(screen) = &mut model.screen else { return None };
    let before = screen.selected().map(|item| item.key.clone());
    text.clone_into(&mut screen.filter);
    screen.refill(me);
    (screen.selected().map(|item| item.key.clone()) != before).then(|| look(screen))
}

/// Puts it behind what is opened next.
pub(super) fn put_behind(model: &mut Model) {
    if matches!(model.screen, Screen::Meeting(_)) {
        let left = std::mem::replace(&mut model.screen, Screen::Board(super::board::Board::default()));
        let Screen::Meeting(screen) = left else { return };
        model.sitting = Some(screen);
    }
}

/// Goes back to it from a system that was opened from it, to the same item.
pub(super) fn back(model: &Model) -> Option<Effect> {
    let sitting = model.sitting.as_ref()?;
    Some(Effect::Meeting(MeetingAsk::Look(sitting.selected().map(|item| item.key.clone()))))
}

impl Model {
    /// The meeting that is on the screen, or behind what is.
    pub fn meeting_screen(&self) -> Option<&MeetingScreen> {
        match &self.screen {
            Screen::Meeting(screen) => Some(screen),
            Screen::System(_) | Screen::Library(_) => self.sitting.as_deref(),
            Screen::Welcome(_)
            | Screen::Board(_)
            | Screen::Queue(_)
            | Screen::AllThreats(_)
            | Screen::Acceptances(_)
            | Screen::Log(_) => None,
        }
    }

    /// The meeting in which what is done here is done.
    pub fn sits_in(&self) -> Option<Id> {
        self.meeting_screen().and_then(MeetingScreen::running)
    }
}

/// Whether the clock of a meeting is on the screen and runs.
pub fn ticks(model: &Model) -> bool {
    let runs = |screen: &MeetingScreen| screen.agenda.meeting.as_ref().is_some_and(|m| m.running_since.is_some());
    matches!(&model.screen, Screen::Meeting(screen) if runs(screen)) && !on_top(model)
}

/// While words are written nothing moves below them.
fn on_top(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Form(_) | Overlay::Palette(_) | Overlay::Filter(_)))
}

/// How an item stands, in the word that a person needs: with how many are missing, how many approve.
pub fn state_words(item: &Item, quorum: usize) -> String {
    match item.state {
        ItemState::Missing => format!("missing {}", item.missing),
        ItemState::Ready if !item.opinions.approve.is_empty() => {
            format!("ready {}/{quorum}", item.opinions.approve.len())
        }
        other => other.label().to_owned(),
    }
}

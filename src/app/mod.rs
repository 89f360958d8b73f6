//! The model: plain data and its updates; nothing drawn, no file.
//!
//! A key becomes an action by table look-up, an action at most one effect, an effect one answer, and an answer asks for
//! nothing: there is no second round.

pub mod acceptances;
pub mod across;
mod acts;
mod answer;
pub mod board;
mod chosen;
pub mod columns;
pub mod confirm;
pub mod difference;
pub mod dpo;
pub mod entry;
pub mod files;
pub mod form;
pub mod fuzzy;
pub mod library;
pub mod list;
pub mod log;
pub mod measure;
pub mod meeting;
pub mod merging;
mod message;
pub mod only;
pub mod palette;
pub mod panes;
mod past;
pub mod pictures;
pub mod plan;
pub mod policy;
pub mod queue;
pub mod register;
pub mod row;
pub mod sheets;
mod submit;
pub mod system;
mod update;
pub mod welcome;

pub use crate::domain::page::{BoardPage, ControlText, HistoryLine, Me, Opened, RecordInfo};
pub use answer::absorb;
pub use message::{Answer, Begin, Effect, Msg};
pub use update::{context, context_below, refusal, update};

use crate::{
    domain::{
        command::Fields,
        fields::{Day, Moment},
    },
    keymap::Chord,
};

/// Everything that the screen shows.
#[derive(Debug)]
pub struct Model {
    /// Who is at the keyboard; nobody on the first run.
    pub me: Option<Me>,
    /// What the record is.
    pub record: RecordInfo,
    /// The day of what is shown: the day it is here, or that of the past that is open.
    pub today: Day,
    /// The day it is here.
    pub now: Day,
    /// What fills the frame.
    pub screen: Screen,
    /// What lies on it; the last one has the keys.
    pub overlays: Vec<Overlay>,
    /// One line, gone at the next key.
    pub notice: Option<Notice>,
    /// Every notice of this session, the newest last.
    pub messages: Vec<Notice>,
    /// The first key of two.
    pub pending: Option<Chord>,
    /// Columns and rows, from the last resize.
    pub size: (u16, u16),
    /// Which colours.
    pub look: Look,
    /// What was copied last.
    pub copied: String,
    /// What was decided of a threat last, to be decided again with one key.
    pub last: Fields,
    /// The register over all systems, where what is open was opened from it.
    pub behind: Option<Box<across::AcrossScreen>>,
    /// The register of all acceptances, where what is open was opened from it.
    pub accepted: Option<Box<acceptances::AcceptancesScreen>>,
    /// The meeting, where what is open was opened from it.
    pub sitting: Option<Box<meeting::MeetingScreen>>,
    /// The moment that the clocks show.
    pub moment: Moment,
    /// What was open before the past was opened from it.
    pub present: Option<Box<Screen>>,
    /// How the register over all systems is looked at, where that is not kept yet.
    pub unkept: Option<String>,
    /// Whether the mouse is caught.
    pub mouse: bool,
    /// Whether docket is to leave.
    pub done: bool,
}

/// Which colours the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// As the terminal and the settings say.
    #[default]
    Auto,
    /// No background is painted.
    Plain,
    /// Nothing is faint.
    Contrast,
    /// Blue to orange, for red-green blindness.
    ColourBlind,
    /// No colour.
    None,
}

/// What fills the frame.
#[derive(Debug)]
pub enum Screen {
    /// The first run.
    Welcome(welcome::Welcome),
    /// The whole portfolio.
    Board(board::Board),
    /// One system.
    System(Box<system::SystemScreen>),
    /// One thing after the other.
    Queue(Box<queue::Queue>),
    /// The libraries.
    Library(Box<library::LibraryScreen>),
    /// The threats of all systems.
    AllThreats(Box<across::AcrossScreen>),
    /// The acceptances of all systems.
    Acceptances(Box<acceptances::AcceptancesScreen>),
    /// The journal of the whole record.
    Log(Box<log::LogScreen>),
    /// The meeting and its agenda.
    Meeting(Box<meeting::MeetingScreen>),
}

/// What lies on the screen.
#[derive(Debug)]
pub enum Overlay {
    /// A sheet to be filled.
    Form(Box<form::Form>),
    /// A cell of the register that is being written: a sheet of one field.
    Cell(Box<form::Form>),
    /// A question.
    Confirm(confirm::Confirm),
    /// A list to choose one from.
    Chooser(confirm::Chooser),
    /// Do or find anything; also the help.
    Palette(palette::Palette),
    /// A text to read.
    Reader(confirm::Reader),
    /// Two contents side by side.
    Difference(Box<difference::Comparison>),
    /// The independence policy.
    Policy(Box<policy::PolicyTable>),
    /// What came back in a bundle, to be decided.
    Merge(Box<merging::Merge>),
    /// A folder, to choose a file from.
    Files(Box<files::Files>),
    /// What the columns of a table are.
    Columns(Box<columns::ColumnsTable>),
    /// The filter of the list below.
    Filter(entry::Entry),
}

/// One line for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whether something was refused or broke.
    pub alert: bool,
    /// The sentence.
    pub text: String,
}

impl Model {
    /// A model for a terminal of this size, with nothing read yet.
    pub fn new(size: (u16, u16), today: Day) -> Self {
        Self {
            me: None,
            record: RecordInfo::default(),
            today,
            now: today,
            screen: Screen::Welcome(welcome::Welcome::default()),
            overlays: Vec::new(),
            notice: None,
            messages: Vec::new(),
            pending: None,
            size,
            look: Look::Auto,
            copied: String::new(),
            last: Fields::new(),
            behind: None,
            accepted: None,
            sitting: None,
            moment: Moment(0),
            present: None,
            unkept: None,
            mouse: false,
            done: false,
        }
    }

    /// Says something in the line at the bottom.
    pub fn say(&mut self, alert: bool, text: impl Into<String>) {
        let notice = Notice { alert, text: text.into() };
        self.messages.push(notice.clone());
        if self.messages.len() > 500 {
            self.messages.remove(0);
        }
        self.notice = Some(notice);
    }

    /// Copies a text: to the terminal, and to where it can be read again.
    pub fn copy(&mut self, text: String) -> Effect {
        self.copied.clone_from(&text);
        Effect::Copy(text)
    }

    /// The system that is open.
    pub fn system(&self) -> Option<&system::SystemScreen> {
        match &self.screen {
            Screen::System(screen) => Some(screen),
            Screen::Library(library) => library.system.as_deref(),
            Screen::Meeting(screen) => screen.system.as_ref().map(|(_, system)| &**system),
            Screen::Welcome(_)
            | Screen::Board(_)
            | Screen::Queue(_)
            | Screen::AllThreats(_)
            | Screen::Acceptances(_)
            | Screen::Log(_) => None,
        }
    }

    /// Why nothing can be written here: the record cannot, or what is open is the past.
    pub fn frozen(&self) -> Option<String> {
        if let Some(why) = &self.record.read_only {
            return Some(format!("Read only: {why}."));
        }
        let point = self.system()?.as_of?;
        Some(format!("This is the past, as of entry {}: read only. Esc comes back to now.", point.n))
    }

    /// The register that is open: of one system, or over all.
    pub fn register_mut(&mut self) -> Option<&mut register::Register> {
        match &mut self.screen {
            Screen::System(screen) => Some(&mut screen.register),
            Screen::AllThreats(screen) => Some(&mut screen.register),
            Screen::Welcome(_)
            | Screen::Board(_)
            | Screen::Library(_)
            | Screen::Queue(_)
            | Screen::Acceptances(_)
            | Screen::Meeting(_)
            | Screen::Log(_) => None,
        }
    }

    /// The drafts that were kept, as far as the open screen knows them.
    pub fn drafts(&mut self) -> Option<&mut Vec<(String, String)>> {
        match &mut self.screen {
            Screen::System(screen) => Some(&mut screen.drafts),
            Screen::Library(library) => match &mut library.system {
                Some(system) => Some(&mut system.drafts),
                None => Some(&mut library.drafts),
            },
            Screen::Board(board) => Some(&mut board.page.drafts),
            Screen::Meeting(screen) => match &mut screen.system {
                Some((_, system)) => Some(&mut system.drafts),
                None => Some(&mut screen.private.drafts),
            },
            Screen::AllThreats(screen) => Some(&mut screen.drafts),
            Screen::Welcome(_) | Screen::Queue(_) | Screen::Acceptances(_) | Screen::Log(_) => None,
        }
    }

    /// The sheet, or the cell, that is being written on top.
    pub fn writing(&self) -> Option<&form::Form> {
        match self.overlays.last() {
            Some(Overlay::Form(form) | Overlay::Cell(form)) => Some(form),
            _ => None,
        }
    }

    /// The sheet, or the cell, that is being written on top.
    pub fn writing_mut(&mut self) -> Option<&mut form::Form> {
        match self.overlays.last_mut() {
            Some(Overlay::Form(form) | Overlay::Cell(form)) => Some(form),
            _ => None,
        }
    }

    /// The rows that a page of a list holds here.
    pub fn page(&self) -> usize {
        usize::from(self.size.1.saturating_sub(8)).max(3)
    }

    /// Whether the terminal is too small to work in: then only leaving works.
    pub fn too_small(&self) -> bool {
        self.size.0 < MIN_SIZE.0 || self.size.1 < MIN_SIZE.1
    }
}

/// The smallest terminal that docket draws in.
pub const MIN_SIZE: (u16, u16) = (40, 10);

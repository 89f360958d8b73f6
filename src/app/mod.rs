//! The model: plain data and its updates; nothing drawn, no file.
//!
//! A key becomes an action by table look-up, an action at most one effect, an effect one answer, and an answer asks for
//! nothing: there is no second round.

pub mod across;
mod acts;
mod answer;
pub mod board;
pub mod confirm;
pub mod entry;
pub mod form;
pub mod fuzzy;
pub mod library;
pub mod list;
pub mod measure;
pub mod only;
pub mod palette;
pub mod panes;
pub mod pictures;
pub mod plan;
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
pub use update::{context, context_below, refusal, update};

use crossterm::event::KeyEvent;

use crate::{
    domain::{
        Dossier, Id, Prose,
        command::{Command, Fields},
        decision::Place,
        fields::Day,
        page::{Across, AllThreats, Behind, Portfolio, QueueItem, QueueOf},
        people::Role,
        register::Group,
    },
    keymap::{Action, Chord},
};

/// Everything that the screen shows.
#[derive(Debug)]
pub struct Model {
    /// Who is at the keyboard; nobody on the first run.
    pub me: Option<Me>,
    /// What the record is.
    pub record: RecordInfo,
    /// The day it is here.
    pub today: Day,
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
    /// Whether the mouse is caught.
    pub mouse: bool,
    /// Whether docket is to leave.
    pub done: bool,
}

/// Which colours the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    /// As the terminal says.
    #[default]
    Auto,
    /// No colour.
    Plain,
    /// Blue to orange, for red-green blindness.
    ColourBlind,
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

/// What reaches the model from outside.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key that asks for an action.
    Act(Action),
    /// A key that is text, or nothing.
    Typed(KeyEvent),
    /// The first key of two.
    Prefix(Chord),
    /// Pasted text.
    Pasted(String),
    /// The size of the terminal.
    Resized(u16, u16),
    /// The wheel, lines down.
    Scrolled(i32),
    /// Somebody else changed the record, or a day began.
    Stale(Day),
    /// Nothing happened for a while.
    Idle,
    /// There is time to look on for what was asked.
    GoOn,
}

/// What `update` asks the outside to do; at most one.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Carry out a command, in the hat that is worn.
    Commit(Option<Id>, Command),
    /// Enter a new system.
    NewSystem(Fields),
    /// Read the board from this row on.
    Board(usize),
    /// Read what belongs to the record, for the libraries.
    Library,
    /// Read one system; go to a place in it.
    Open(Id, Option<Place>),
    /// Read the whole portfolio for its pictures.
    Portfolio,
    /// Read the systems behind a number of the portfolio, from this row on.
    Behind(Behind, usize),
    /// Read one system and show only the threats of a group.
    Threats(Id, Group),
    /// Take back the last change of this person.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Write a text in the person's own editor.
    Editor(String),
    /// Keep what is being typed, under a name.
    Keep(String, String),
    /// The text of a draft is not needed any more.
    Drop(String),
    /// Write the disposition record to files.
    Export(Id),
    /// Read a file and show what it holds.
    ReadFile(String),
    /// Take in the file that was read last.
    TakeIn(Option<Id>),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Look for systems and threats.
    Find(String),
    /// Read what a queue is made of, and the first thing of it.
    Queue(QueueOf),
    /// Keep what was decided of the thing at hand, and bring the system of the next one.
    Step {
        /// The system, what is kept, and what it comes to.
        commit: Option<(Id, Command, queue::Done)>,
        /// The system of what comes next.
        next: Option<Id>,
    },
    /// Read the register over all systems, so many rows of it.
    AllThreats(across::Look, usize),
    /// Set fields of threats of several systems, all or none.
    EditAcross(Across, Fields),
    /// Keep how something is looked at, under a name.
    Remember(&'static str, String),
    /// Copy threats of one system to another one, by name; with a reason they are withdrawn where they were.
    CopyThreats {
        /// Where they are.
        from: Id,
        /// The name of the other system.
        to: String,
        /// Which.
        threats: Vec<Id>,
        /// Why they leave, where they do.
        leave: Option<Prose>,
    },
    /// Check the journal and the tables.
    Verify,
    /// Attach the file at this path to a piece of evidence, with a copy of it or without.
    Attach(Id, String, bool),
    /// Compare the file of one piece of evidence, or of all, with its digest.
    CheckEvidence(Option<Id>),
    /// Look for texts of controls of other systems.
    ControlTexts(String),
    /// The first person, with the roles that they hold by default.
    Begin(Begin),
    /// Open the sample portfolio in a file of its own.
    Sample,
    /// Switch the mouse.
    Mouse(bool),
    /// Paint the screen afresh.
    Repaint,
}

/// The first run: who are you, which hats.
#[derive(Debug, Clone, PartialEq)]
pub struct Begin {
    /// The name.
    pub name: String,
    /// The title.
    pub title: String,
    /// The roles that they hold on every system without its own assignment.
    pub roles: Vec<Role>,
}

/// What came back from an effect; it is absorbed and asks for nothing.
#[derive(Debug)]
pub enum Answer {
    /// It is durable; here is the new truth.
    Committed(Box<Opened>, String),
    /// The board.
    Board(Box<BoardPage>),
    /// What belongs to the record, for the libraries.
    Library(Box<Opened>),
    /// One system.
    Opened(Box<Opened>, Option<Place>),
    /// The whole portfolio.
    Portfolio(Box<Portfolio>),
    /// One system, and the threats of a group in it.
    Threats(Box<Opened>, Group, Vec<Id>),
    /// The text that came back from the editor.
    Edited(String),
    /// A queue, with how many more there are, and the system of its first thing.
    Queue(QueueOf, Vec<QueueItem>, usize, Box<Dossier>),
    /// What was decided is durable, with what it came to; the system of the next thing.
    Stepped(Option<queue::Done>, Option<Box<Dossier>>),
    /// A part of the register over all systems; with a sentence where something was done.
    AllThreats(Box<AllThreats>, Option<String>),
    /// Every threat that fits, to be marked.
    Marked(Across),
    /// A draft was kept; nothing to say.
    Kept,
    /// It was done; one sentence.
    Done(String),
    /// A text to read, with its title; a question at its end may take the file in.
    Read(confirm::Reader),
    /// What was found.
    Found(String, Vec<palette::Hit>),
    /// Texts of controls that were found.
    Texts(String, Vec<ControlText>),
    /// The person and the board, after the first run or a change of record.
    Begun(Me, RecordInfo, Box<BoardPage>),
}

impl Model {
    /// A model for a terminal of this size, with nothing read yet.
    pub fn new(size: (u16, u16), today: Day) -> Self {
        Self {
            me: None,
            record: RecordInfo::default(),
            today,
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

    /// The system that is open.
    pub fn system(&self) -> Option<&system::SystemScreen> {
        match &self.screen {
            Screen::System(screen) => Some(screen),
            Screen::Library(library) => library.system.as_deref(),
            Screen::Welcome(_) | Screen::Board(_) | Screen::Queue(_) | Screen::AllThreats(_) => None,
        }
    }

    /// The register that is open: of one system, or over all.
    pub fn register_mut(&mut self) -> Option<&mut register::Register> {
        match &mut self.screen {
            Screen::System(screen) => Some(&mut screen.register),
            Screen::AllThreats(screen) => Some(&mut screen.register),
            Screen::Welcome(_) | Screen::Board(_) | Screen::Library(_) | Screen::Queue(_) => None,
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
            Screen::AllThreats(screen) => Some(&mut screen.drafts),
            Screen::Welcome(_) | Screen::Queue(_) => None,
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

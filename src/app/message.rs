//! What goes in and out of the model: messages come in, an effect goes out, an answer comes back.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::{
    BoardPage, ControlText, Me, Opened, RecordInfo, across, confirm, difference,
    log::LogLook,
    meeting::{MeetingAsk, MeetingView},
    merging::Merge,
    palette, queue,
};
use crate::{
    domain::{
        Dossier, Id, Kind, Prose, Secret,
        acceptances::AcceptanceRow,
        bring::{Folder, Glance, TableColumns},
        command::{Command, Fields},
        decision::{Place, SignedAct},
        fields::Day,
        log::LogPage,
        merging::Side,
        page::{AllThreats, Behind, Chosen, Portfolio, QueueItem, QueueOf},
        past::AsOf,
        people::Role,
        register::Group,
    },
    keymap::{Action, Chord},
};

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
    /// Read the independence policy.
    Policy,
    /// Read one system; go to a place in it.
    Open(Id, Option<Place>),
    /// Read the whole portfolio for its pictures.
    Portfolio,
    /// Read the systems behind a number of the portfolio, from this row on.
    Behind(Behind, usize),
    /// Read one system and show only the threats of a group.
    Threats(Id, Group),
    /// Read which threats of a group a system had, for the state of it that is shown.
    Members(Id, Group),
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
    /// Write the disposition record as it was right after an entry.
    ExportAt(Id, i64),
    /// Read a folder, to choose a file from; none for the one from which a file was brought last.
    Folder(Option<PathBuf>),
    /// Look at the beginnings of files.
    Glance(Vec<PathBuf>),
    /// Read a file and show what it holds.
    ReadFile(PathBuf),
    /// Open a locked bundle, with this key file and this passphrase; either may be empty.
    Unlock(PathBuf, String, Secret),
    /// Read the file that was read last again, its columns as somebody says now.
    ReadColumns(TableColumns),
    /// Look for the systems of such a name, to say which of them a file tested.
    FindSystems(String),
    /// Show what taking the file that was read last into this system comes to.
    ReceiptFor(Id),
    /// Read pasted text as a table of such things, and show what it holds.
    ReadPasted(Kind, String),
    /// Take in the file that was read last.
    TakeIn(Option<Id>),
    /// Take in the bundle that was compared last, with a side for everything that both changed.
    Merge(Vec<Side>),
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
    /// Read the acceptances of all systems.
    Acceptances,
    /// Ask something of meetings.
    Meeting(MeetingAsk),
    /// Set fields of threats of several systems, all or none.
    EditAcross(Chosen, Fields),
    /// Withdraw threats of several systems for one reason, all or none.
    WithdrawAcross(Chosen, Prose),
    /// Write threats of several systems a second time, and read the rows from this one on again.
    DuplicateAcross(Chosen, usize),
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
    /// Look through the journal.
    Log(LogLook),
    /// Read a system as it was right after an entry.
    AsOf(Id, i64),
    /// Tell what changed in a system between two entries, or up to now.
    Changes(Id, i64, Option<i64>),
    /// Trace the last decision of a system, now or right after an entry.
    Trace(Id, Option<i64>),
    /// Have an act of a system signed with the SSH key of whoever sits here.
    Seal(Id, SignedAct, Id),
    /// Register the public key of whoever sits here: a line, or the file that holds it.
    RegisterKey(String),
    /// Withdraw it, for a reason.
    WithdrawKey(Prose),
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
    /// It is durable, and there is a text to read about it.
    CommittedRead(Box<Opened>, confirm::Reader),
    /// The board.
    Board(Box<BoardPage>),
    /// What belongs to the record, for the libraries.
    Library(Box<Opened>),
    /// What belongs to the record, for its independence policy; with a sentence where it was changed.
    Policy(Box<Dossier>, Option<String>),
    /// One system.
    Opened(Box<Opened>, Option<Place>),
    /// The whole portfolio.
    Portfolio(Box<Portfolio>),
    /// One system, and the threats of a group in it.
    Threats(Box<Opened>, Group, Vec<Id>),
    /// The threats of a group in the system that is shown.
    Members(Group, Vec<Id>),
    /// The text that came back from the editor.
    Edited(String),
    /// A queue, with how many more there are, and the system of its first thing.
    Queue(QueueOf, Vec<QueueItem>, usize, Box<Dossier>),
    /// What was decided is durable, with what it came to; the system of the next thing.
    Stepped(Option<queue::Done>, Option<Box<Dossier>>),
    /// A part of the register over all systems; with a sentence where something was done.
    AllThreats(Box<AllThreats>, Option<String>),
    /// The acceptances of all systems.
    Acceptances(Vec<AcceptanceRow>),
    /// The meeting as it is now; with a sentence where something was done.
    Meeting(Box<MeetingView>, Option<String>),
    /// A decision was refused because this was changed since it was looked at: as it is now, both sides, and why.
    Changed(Box<Opened>, Box<difference::Comparison>, String),
    /// The record with its people, for an action about a system or none.
    NewTask(Box<Dossier>, Option<Id>),
    /// What a sheet asked for is durable, and nothing that is shown changes; one sentence.
    Given(String),
    /// A part of the journal.
    Log(LogPage),
    /// One system as it was.
    AsOf(Box<Opened>, AsOf),
    /// Every threat that fits, to be marked.
    Marked(Chosen),
    /// A draft was kept; nothing to say.
    Kept,
    /// It was done; one sentence.
    Done(String),
    /// A bundle that is locked: where it is, what it is called, and whether it wants a passphrase.
    Locked(PathBuf, String, bool),
    /// A bundle that came back, to be decided.
    Compared(Box<Merge>),
    /// It was taken in; the system as it is now.
    Merged(Box<Opened>),
    /// A folder, to choose a file from.
    Folder(Folder),
    /// What files look like.
    Glanced(Vec<Glance>),
    /// The receipt of a file that was read.
    Receipt(confirm::Reader),
    /// The columns of a table that cannot be read before somebody says what they are.
    Columns(TableColumns),
    /// A file was taken in, and what is shown then.
    TakenIn(Box<Answer>),
    /// A text to read, with its title; a question at its end may take the file in.
    Read(confirm::Reader),
    /// What was found.
    Found(String, Vec<palette::Hit>),
    /// Texts of controls that were found.
    Texts(String, Vec<ControlText>),
    /// The person and the board, after the first run or a change of record.
    Begun(Me, RecordInfo, Box<BoardPage>),
}

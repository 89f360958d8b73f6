//! The journal on the screen: what narrows it, the lines that were read, and the point that was marked.

mod acts;
mod facets;

pub(in crate::app) use acts::{more, on_log, reader, set_words};
pub use facets::Facet;
pub(in crate::app) use facets::{ask, choose, second};

use super::{
    Effect, Model, Screen,
    list::{Selection, Step},
    panes::moment,
    row::{
        Cell, Column, Row, Target, Tint,
        Width::{Fixed, Share},
        column,
    },
    system::{SystemScreen, Tab},
};
use crate::domain::{
    Id,
    fields::Moment,
    log::{LogLine, LogPage, LogQuery},
    page::HistoryLine,
};

/// What is to be read of the journal.
#[derive(Debug, Clone, PartialEq)]
pub enum LogLook {
    /// Its newest entries, for another question.
    New(LogQuery),
    /// Some more of them.
    More,
    /// What the next slice of time finds.
    On,
}

/// A point in the journal: right after an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The entry.
    pub n: i64,
    /// When it was written.
    pub at: Moment,
}

/// The journal as far as it was read.
#[derive(Debug, Default)]
pub struct Log {
    /// What was asked for.
    pub query: LogQuery,
    /// The entries, newest first.
    pub lines: Vec<LogLine>,
    /// How many were looked at.
    pub looked: usize,
    /// How many there are to look at.
    pub total: usize,
    /// Whether all were looked at.
    pub done: bool,
    /// Whether anything was read yet.
    pub begun: bool,
    /// The point from which a change is to be told.
    pub mark: Option<Point>,
}

impl Log {
    /// The log of a system, or of the whole record, with nothing read yet.
    pub fn of(system: Option<Id>) -> Self {
        Self { query: LogQuery::of(system), ..Self::default() }
    }

    /// Takes in what was read; what belongs to another question comes too late.
    pub fn take(&mut self, page: LogPage) {
        if page.query != self.query {
            return;
        }
        if page.fresh {
            self.lines.clear();
        }
        self.lines.extend(page.lines);
        (self.looked, self.total, self.done, self.begun) = (page.looked, page.total, page.done, true);
    }

    /// The row of an entry.
    pub fn row(&self, line: &HistoryLine, system: Option<&str>) -> Row {
        let why = if line.why.is_empty() { String::new() } else { format!("  \"{}\"", line.why.replace('\n', " / ")) };
        let marked = self.mark.is_some_and(|mark| mark.n == line.n);
        let mut cells =
            vec![Cell::new(moment(line.at), Tint::Muted), Cell::plain(format!("{} ({})", line.who, line.role))];
        cells.extend(system.map(Cell::plain));
        cells.push(Cell::plain(format!("{}{why}", line.what)));
        let row = Row::item(Target::Entry(line.n), cells);
        if self.mark.is_some() { row.marked(if marked { "[+]" } else { "   " }, Tint::Here) } else { row }
    }
}

/// The columns of the log of one system.
pub const COLUMNS: [Column; 3] =
    [column("When", Fixed(16), 0), column("Who", Fixed(16), 60), column("What", Share(1), 0)];
/// The columns of the log of the whole record.
pub const OVER_ALL: [Column; 4] = [
    column("When", Fixed(16), 0),
    column("Who", Fixed(12), 60),
    column("System", Fixed(14), 50),
    column("What", Share(1), 0),
];

/// The log of the whole record.
#[derive(Debug, Default)]
pub struct LogScreen {
    /// What was read.
    pub log: Log,
    /// The rows as they are drawn.
    pub rows: Vec<Row>,
    /// Which row.
    pub at: Selection,
    /// Who is in the record, for narrowing.
    pub people: Vec<(Id, String)>,
}

impl LogScreen {
    /// Works out the rows again.
    pub fn refill(&mut self) {
        let row = |line: &LogLine| {
            let system = line.system.as_ref().map_or("the record", |(_, name)| name.as_str());
            self.log.row(&line.line, Some(system))
        };
        self.rows = self.log.lines.iter().map(row).collect();
    }

    /// The number of the selected row.
    pub fn here(&self) -> Option<usize> {
        self.at.among(self.rows.len())
    }

    /// The selected entry.
    pub fn selected(&self) -> Option<&LogLine> {
        self.log.lines.get(self.here()?)
    }

    /// Moves the cursor; asks for more when it comes near the end.
    pub fn step(&mut self, step: Step, page: usize) -> Option<Effect> {
        self.at.take(step, self.rows.len(), page);
        let near = self.here()? + page >= self.rows.len();
        (near && !self.log.done).then_some(Effect::Log(LogLook::More))
    }
}

/// Opens the log of the whole record.
pub(in crate::app) fn open(model: &mut Model) -> Effect {
    model.behind = None;
    model.screen = Screen::Log(Box::default());
    Effect::Log(LogLook::New(LogQuery::default()))
}

/// The log that is open: of a system, or of the whole record.
pub(in crate::app) fn open_log(model: &mut Model) -> Option<&mut Log> {
    match &mut model.screen {
        Screen::Log(screen) => Some(&mut screen.log),
        Screen::System(screen) if screen.tab == Tab::History => Some(&mut screen.log),
        Screen::System(_)
        | Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => None,
    }
}

/// Takes in a part of the journal.
pub(in crate::app) fn absorb(model: &mut Model, page: LogPage) {
    let (today, fresh) = (model.today, page.fresh);
    let Some(log) = open_log(model) else { return };
    // More of what is shown already is no reason to move the cursor.
    let again = !log.begun && page.query.is_wide();
    if fresh && page.query != log.query {
        return;
    }
    let people = page.people.clone();
    log.take(page);
    match &mut model.screen {
        Screen::Log(screen) => {
            if fresh {
                (screen.at, screen.people) = (Selection::default(), people);
            }
            screen.refill();
        }
        Screen::System(screen) => {
            if fresh && !again {
                screen.pane_mut().at = Selection::default();
            }
            screen.refill(today);
        }
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => {}
    }
}

/// The rows of the log of a system: what was asked for, else the newest of it.
pub(in crate::app) fn rows(screen: &SystemScreen) -> Vec<Row> {
    if screen.log.begun {
        return screen.log.lines.iter().map(|line| screen.log.row(&line.line, None)).collect();
    }
    screen.history.iter().map(|line| screen.log.row(line, None)).collect()
}

/// The entry of this number, as far as it was read.
pub(in crate::app) fn entry(model: &Model, n: i64) -> Option<&HistoryLine> {
    match &model.screen {
        Screen::Log(screen) => screen.log.lines.iter().map(|line| &line.line).find(|line| line.n == n),
        Screen::System(screen) => {
            let read = screen.log.lines.iter().map(|line| &line.line);
            screen.history.iter().chain(read).find(|line| line.n == n)
        }
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => None,
    }
}

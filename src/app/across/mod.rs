//! The register over all systems: the threats of the whole portfolio in one table, of which only a part is read.

mod acts;
mod looks;
mod marks;

pub(in crate::app) use acts::{across, because, guard, on_portfolio, score};
pub(in crate::app) use looks::{columns, set_filter};
pub use marks::Marks;

use super::{
    Effect, Model, Screen,
    board::Board,
    list::Step,
    register::{Group, Line, Register, Then, View, columns as spec, mark},
    row::{Row, Target},
    system::Scoring,
};
use crate::domain::{
    Dossier, Id, Kind,
    fields::Day,
    page::{AcrossRow, AllThreats, Chosen, Query},
    register::Scale,
};

/// What is to be read of the register over all systems.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// Its beginning, for another question.
    New(Query),
    /// Its beginning, for the question that was asked last time.
    Kept,
    /// Another part, from this row on.
    Part(usize),
    /// Its end.
    Last,
    /// The part from this row on, of the record as it is now.
    Again(usize),
    /// What the next slice of time finds.
    On,
    /// Every threat that fits, to be marked.
    All,
}

/// The register over all systems.
#[derive(Debug, Default)]
pub struct AcrossScreen {
    /// What was asked for.
    pub query: Query,
    /// The number of the first row that was read.
    pub from: usize,
    /// The rows that were read.
    pub read: Vec<AcrossRow>,
    /// Where people and things of these rows have their names.
    pub dossier: Dossier,
    /// The rows as they are drawn, with the headings of their groups.
    pub rows: Vec<Row>,
    /// Where each of the rows that were read is drawn.
    places: Vec<usize>,
    /// The number of the row that the cursor is on.
    pub at: usize,
    /// How many fit, as far as was looked.
    pub matches: usize,
    /// How many were looked at.
    pub scanned: usize,
    /// How many there are, about.
    pub total: usize,
    /// Whether all were looked at.
    pub done: bool,
    /// Columns and marks.
    pub register: Register,
    /// What is marked.
    pub marked: Marks,
    /// Whether what takes no undo was asked about, and yes was said.
    pub sure: bool,
    /// Digits that were typed while scoring.
    pub scoring: Option<Scoring>,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
    /// Whether anything was read yet.
    pub begun: bool,
    /// On which scale the filters by level ask.
    pub scale: Scale,
    /// The pictures that it was opened from.
    pub under: Option<Box<Board>>,
}

impl AcrossScreen {
    /// An empty one, for this question.
    pub fn new(query: Query, drafts: Vec<(String, String)>) -> Self {
        let register = Register { view: View::over_all(), ..Register::default() };
        Self { query, register, drafts, ..Self::default() }
    }

    /// How many rows there are, as far as is known; one that was changed and fits no longer stays as long as it is shown.
    pub fn known(&self) -> usize {
        self.matches.max(self.from + self.read.len())
    }

    /// The row that the cursor is on, among those that were read.
    pub fn here(&self) -> Option<usize> {
        self.at.checked_sub(self.from).filter(|at| *at < self.read.len())
    }

    /// The drawn row that the cursor is on.
    pub fn drawn(&self) -> Option<usize> {
        self.places.get(self.here()?).copied()
    }

    /// How it is looked at, as it is remembered: columns, groups and order, and below them what was asked.
    pub fn to_text(&self) -> String {
        format!("{}\n{}", self.register.view.to_text(), self.query.to_text())
    }

    /// The threat that the cursor is on.
    pub fn selected(&self) -> Option<&AcrossRow> {
        self.read.get(self.here()?)
    }

    /// Takes in what was read; the cursor stays on its threat, or at the top.
    pub fn take(&mut self, part: AllThreats, today: Day) {
        let on = self.selected().filter(|_| self.at > 0).map(|row| row.threat.id);
        (self.matches, self.scanned, self.total, self.done) = (part.matches, part.scanned, part.total, part.done);
        let kept = part.look.as_deref().and_then(|text| View::from_text(text.lines().next()?));
        if let Some(view) = kept.filter(|_| !self.begun) {
            // The order and the groups belong to the question: another question comes in its own order.
            let asked = part.query.is_some();
            let order = view.order.filter(|_| asked);
            self.register.view = View { order, group: if asked { view.group } else { Group::None }, ..view };
        }
        if let Some(query) = part.query {
            self.scale = query.which.scale().unwrap_or(self.scale);
            self.query = query;
        }
        self.begun = true;
        if part.unmark {
            self.marked.clear();
        }
        let Some(rows) = part.rows else { return };
        let moved = self.from != rows.from;
        (self.from, self.read, self.dossier) = (rows.from, rows.rows, rows.dossier);
        if part.last {
            self.at = (self.from + self.read.len()).saturating_sub(1);
        } else if let Some(at) = on.and_then(|id| self.read.iter().position(|row| row.threat.id == id)) {
            self.at = self.from + at;
        } else if !moved {
            self.at = self.at.min((self.from + self.read.len()).saturating_sub(1)).max(self.from);
        }
        self.refill(today);
    }

    /// Works out the rows to be drawn again.
    pub fn refill(&mut self, today: Day) {
        let register = &self.register;
        let (mut rows, mut places) = (Vec::with_capacity(self.read.len()), Vec::with_capacity(self.read.len()));
        let mut head = None;
        for row in &self.read {
            let group = super::register::heading(register.view.group, row);
            // Orders do not tell large letters from small ones.
            let same = |head: &String| group.as_ref().is_some_and(|group| group.eq_ignore_ascii_case(head));
            if group.is_some() && !head.as_ref().is_some_and(same) {
                rows.push(Row::heading(group.clone().unwrap_or_default(), ""));
                head = group;
            }
            places.push(rows.len());
            rows.push(self.row(row, today));
        }
        (self.rows, self.places) = (rows, places);
    }

    fn row(&self, row: &AcrossRow, today: Day) -> Row {
        let line = Line {
            dossier: &self.dossier,
            threat: &row.threat,
            scores: row.scores,
            controls: row.controls,
            system: &row.name,
            tier: &row.tier,
            today,
        };
        let cells = self.register.view.shown.iter().map(|shown| shown.spec.cell(&line)).collect();
        let mark = mark(self.marked.has(row.threat.id), spec::flagged(&row.threat));
        let target = Target::Thing(Kind::Threat, row.threat.id);
        Row { mark, ..Row::item(target, cells).struck(!row.threat.counts()) }
    }

    /// Moves the cursor; asks for another part when it comes near the end of the one that was read.
    pub fn step(&mut self, step: Step, page: usize) -> Option<Effect> {
        let known = self.known();
        let mut at = super::list::Selection::new(self.at);
        at.take(step, known, page);
        self.at = at.among(known)?;
        let (first, last, count) = (self.from, self.from + self.read.len(), rows(page));
        if step == Step::Last && (last < known || !self.done) {
            return Some(Effect::AllThreats(Look::Last, count));
        }
        let margin = page.min(count / 4);
        let near = self.at < first + margin && first > 0 || self.at + margin >= last && last < known;
        near.then(|| Effect::AllThreats(Look::Part(self.at.saturating_sub(count / 2)), count))
    }

    /// What an act is about: what is marked, else the threat under the cursor.
    pub fn chosen(&self) -> Option<Chosen> {
        let here = || Some(Chosen::These(vec![self.selected().map(|row| (row.system, vec![row.threat.id]))?]));
        self.marked.chosen().or_else(here)
    }

    /// The threats that an act is about, as far as a sheet needs them: where all are marked, those that were read.
    pub fn chosen_ids(&self) -> Vec<Id> {
        match self.chosen() {
            Some(Chosen::These(all)) => all.into_iter().flat_map(|(_, ids)| ids).collect(),
            Some(Chosen::AllBut(_)) => {
                self.read.iter().map(|row| row.threat.id).filter(|id| self.marked.has(*id)).collect()
            }
            None => Vec::new(),
        }
    }

    /// How many threats an act is about.
    pub fn chosen_count(&self) -> usize {
        if self.marked.is_empty() { usize::from(self.selected().is_some()) } else { self.marked.count(self.matches) }
    }

    /// Marks all of these, or none where all of them are marked.
    pub fn mark_all(&mut self, all: &Chosen, today: Day) {
        self.marked.turn_all(all);
        self.refill(today);
    }

    /// Goes where the cursor was to go once what was written is durable.
    pub fn go_on(&mut self) {
        match self.register.then.take() {
            Some(Then::Cell(by)) => self.register.turn(by),
            Some(Then::Row(id)) => {
                if let Some(at) = self.read.iter().position(|row| row.threat.id == id) {
                    self.at = self.from + at;
                }
            }
            Some(Then::Newest) | None => {}
        }
    }

    /// The threat below the cursor.
    pub fn below(&self) -> Option<Id> {
        self.read.get(self.here()? + 1).map(|row| row.threat.id)
    }
}

/// How many rows are read at a time, for a page of so many.
pub fn rows(page: usize) -> usize {
    (2 * page).max(32)
}

/// Opens the register over all systems.
pub(in crate::app) fn open(model: &mut Model, query: Query) -> Effect {
    let drafts = model.drafts().map(std::mem::take).unwrap_or_default();
    model.screen = Screen::AllThreats(Box::new(AcrossScreen::new(query.clone(), drafts)));
    Effect::AllThreats(Look::New(query), rows(model.page()))
}

/// Opens it as it was looked at last.
pub(in crate::app) fn open_again(model: &mut Model) -> Effect {
    let _ = open(model, Query::default());
    Effect::AllThreats(Look::Kept, rows(model.page()))
}

/// Opens it over the pictures of the portfolio, for what a number there counts; Esc comes back to them.
pub(in crate::app) fn open_over(model: &mut Model, query: Query) -> Effect {
    let left = std::mem::replace(&mut model.screen, Screen::Board(Board::default()));
    let under = match left {
        Screen::Board(board) => Some(Box::new(board)),
        Screen::System(_)
        | Screen::Library(_)
        | Screen::Queue(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_)
        | Screen::Log(_)
        | Screen::Welcome(_) => None,
    };
    let scale = query.which.scale().unwrap_or_default();
    let effect = open(model, query);
    if let Screen::AllThreats(screen) = &mut model.screen {
        (screen.under, screen.scale) = (under, scale);
    }
    effect
}

/// Goes back to it from a system or a queue that was opened from it, to the same row.
pub(in crate::app) fn back(model: &mut Model) -> Option<Effect> {
    let mut behind = model.behind.take()?;
    if let Some(drafts) = model.drafts() {
        behind.drafts = std::mem::take(drafts);
    }
    let from = behind.from;
    model.screen = Screen::AllThreats(behind);
    Some(Effect::AllThreats(Look::Again(from), rows(model.page())))
}

/// Puts it behind what is opened next.
pub(in crate::app) fn put_behind(model: &mut Model) {
    if matches!(model.screen, Screen::AllThreats(_)) {
        let left = std::mem::replace(&mut model.screen, Screen::Board(super::board::Board::default()));
        let Screen::AllThreats(screen) = left else { return };
        model.behind = Some(screen);
    }
}

//! The libraries: what docket proposes for a system and why, the facts behind it, and a browser over threats, controls
//! and frameworks. With a system open it says of each entry where it stands in that review.

mod acts;
mod cards;
mod entries;
mod find;
mod items;
mod rows;

pub use cards::{Fact, about};
pub use rows::columns;

pub(in crate::app) use acts::{act, open, verb_of};
pub(in crate::app) use entries::of_fact;

use std::collections::BTreeSet;

use super::{
    Opened,
    list::{Selection, Step},
    row::{Row, Target},
    system::SystemScreen,
};
use crate::domain::{
    Dossier, Id,
    catalog::Coverage,
    fields::Day,
    library::{Framework, FrameworkItem, framework},
};

/// The lists of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is proposed for this system.
    Proposed,
    /// The facts that decide it.
    Facts,
    /// Every threat.
    Threats,
    /// Every control.
    Controls,
    /// Every framework.
    Frameworks,
}

impl Part {
    /// Every list, in the order of the digits.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Facts, Self::Threats, Self::Controls, Self::Frameworks];

    /// The name of the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Facts => "Facts",
            Self::Threats => "Threats",
            Self::Controls => "Controls",
            Self::Frameworks => "Frameworks",
        }
    }
}

/// What a row of the library is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// A threat of a library, by its code.
    Threat(String),
    /// A control of a library, by its code.
    Control(String),
    /// A system fact.
    Fact(&'static str),
    /// A framework, by its key.
    Framework(&'static str),
    /// An item of the framework that is open.
    Item(&'static str),
    /// How many items stand so; Enter shows only these.
    Count(Coverage),
    /// A threat that was considered and found not relevant: the row that says so.
    Considered(Id),
}

/// The screen of the libraries.
#[derive(Debug)]
pub struct LibraryScreen {
    /// The system below, which comes back when the library is left.
    pub system: Option<Box<SystemScreen>>,
    /// What belongs to the record, where no system is open.
    pub record: Dossier,
    /// Drafts that were kept, where no system is open.
    pub drafts: Vec<(String, String)>,
    /// Which list.
    pub part: Part,
    /// The framework that is open.
    pub framework: Option<&'static Framework>,
    /// The item that is open in it.
    pub item: Option<&'static FrameworkItem>,
    /// The items that it was opened from, part by part.
    above: Vec<&'static FrameworkItem>,
    /// Only the items that stand so.
    pub only: Option<Coverage>,
    /// What is typed as a filter.
    pub filter: String,
    /// The codes that are marked to be added.
    pub marked: BTreeSet<String>,
    /// The rows of the list.
    pub rows: Vec<Row>,
    /// How many there are without the filter.
    pub total: usize,
    at: [Selection; 7],
}

impl LibraryScreen {
    /// The libraries over an open system, or over the board.
    pub fn new(system: Option<Box<SystemScreen>>, opened: Option<Opened>, part: Part, today: Day) -> Self {
        let (record, drafts) = opened.map(|opened| (opened.dossier, opened.drafts)).unwrap_or_default();
        let mut screen = Self {
            system,
            record,
            drafts,
            part,
            framework: None,
            item: None,
            above: Vec::new(),
            only: None,
            filter: String::new(),
            marked: BTreeSet::new(),
            rows: Vec::new(),
            total: 0,
            at: Default::default(),
        };
        screen.refill(today);
        screen
    }

    /// The dossier that the lists are about: of the open system, else of the record.
    pub fn dossier(&self) -> &Dossier {
        self.system.as_ref().map_or(&self.record, |system| &system.dossier)
    }
    /// The lists that there are: without a system nothing can be proposed.
    pub fn parts(&self) -> &'static [Part] {
        if self.system.is_some() { &Part::ALL } else { &Part::ALL[2..] }
    }
    /// Which of the seven places is shown: a list, the items of a framework, or the entries of an item.
    fn place(&self) -> usize {
        match (self.framework, self.item) {
            (Some(_), Some(_)) => 6,
            (Some(_), None) => 5,
            (None, _) => self.part as usize,
        }
    }
    /// Whether the rows are the items of a framework.
    pub fn on_items(&self) -> bool {
        self.place() == 5
    }
    /// Whether the rows are threats and controls: of a list, or of an item.
    pub fn on_entries(&self) -> bool {
        matches!(self.place(), 2 | 3 | 6)
    }

    /// What Enter does to what the cursor is on, in a word.
    pub fn word_of_enter(&self) -> String {
        acts::word_of_enter(self)
    }

    /// Takes in a newer state of what it is about.
    pub fn replace(&mut self, opened: Opened, today: Day) {
        if let Some(system) = &mut self.system {
            system.replace(opened, today);
        } else {
            (self.record, self.drafts) = (opened.dossier, opened.drafts);
        }
        let on = self.selected().and_then(|row| row.target.clone());
        self.refill(today);
        self.go_to(on.as_ref());
    }

    /// Works out the rows again.
    pub fn refill(&mut self, today: Day) {
        let known: BTreeSet<String> = self.marked.iter().filter(|code| self.can_add(code)).cloned().collect();
        self.marked = known;
        let all = rows::rows(self, today);
        self.total = all.iter().filter(|row| row.selectable()).count();
        self.rows = if self.filter.trim().is_empty() { all } else { find::fitting(self, all) };
        self.land(true);
    }

    /// Whether a threat of the library can be added to the open system.
    pub fn can_add(&self, code: &str) -> bool {
        let Some(system) = &self.system else { return false };
        let here = system.dossier.live_threats().any(|threat| threat.library.as_str() == code);
        !here && crate::domain::catalog::considered(&system.dossier, code).is_none()
    }

    /// Keeps only what fits a text; without one the cursor stays on what it was on.
    pub fn filter_by(&mut self, text: &str, today: Day) {
        let on = self.selected().and_then(|row| row.target.clone());
        text.clone_into(&mut self.filter);
        self.refill(today);
        if text.is_empty() {
            self.go_to(on.as_ref());
        }
    }

    /// Opens a list.
    pub fn show(&mut self, part: Part, today: Day) {
        (self.part, self.framework, self.item, self.only) = (part, None, None, None);
        self.above.clear();
        self.filter.clear();
        self.refill(today);
    }

    /// Opens a framework by its key.
    pub fn enter(&mut self, key: &str, today: Day) {
        self.framework = framework(key);
        (self.item, self.only) = (None, None);
        self.above.clear();
        self.at[5] = Selection::default();
        self.filter.clear();
        self.refill(today);
    }

    /// Opens an item of the framework that is open, or a part of the item that is.
    pub fn enter_item(&mut self, id: &str, today: Day) {
        self.above.extend(self.item);
        self.item = self.framework.and_then(|framework| framework.item(id));
        self.at[6] = Selection::default();
        self.filter.clear();
        self.refill(today);
    }

    /// Leaves the item, for what it was opened from; whether one was open.
    pub fn leave_item(&mut self, today: Day) -> bool {
        let Some(left) = self.item.take() else { return false };
        self.item = self.above.pop();
        self.refill(today);
        self.go_to(Some(&Target::Library(Card::Item(&left.id))));
        true
    }

    /// The number of the selected row.
    pub fn at(&self) -> Option<usize> {
        self.at[self.place()].among(self.rows.len()).filter(|at| self.rows[*at].selectable())
    }
    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.at()?)
    }
    /// What the selected row is about.
    pub fn card(&self) -> Option<&Card> {
        match self.selected()?.target.as_ref()? {
            Target::Library(card) => Some(card),
            _ => None,
        }
    }

    /// Moves the cursor; headings are passed over.
    pub fn step(&mut self, step: Step, page: usize) {
        let (place, len) = (self.place(), self.rows.len());
        self.at[place].take(step, len, page);
        self.land(matches!(step, Step::Down | Step::PageDown | Step::HalfDown | Step::First));
    }

    /// Puts the cursor on a row that can be selected, looking on in one direction first.
    fn land(&mut self, forward: bool) {
        let (place, len) = (self.place(), self.rows.len());
        let Some(at) = self.at[place].among(len) else { return };
        let ahead = (at..len).find(|row| self.rows[*row].selectable());
        let back = (0..=at).rev().find(|row| self.rows[*row].selectable());
        if let Some(found) = if forward { ahead.or(back) } else { back.or(ahead) } {
            self.at[place].select(found);
        }
    }

    fn go_to(&mut self, target: Option<&Target>) {
        let place = self.place();
        if let Some(at) = target.and_then(|on| self.rows.iter().position(|row| row.target.as_ref() == Some(on))) {
            self.at[place].select(at);
        }
        self.land(true);
    }
}

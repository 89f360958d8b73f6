//! One system: the frame around its panes.

use std::sync::Arc;

use super::{
    HistoryLine, Opened,
    dpo::DpoView,
    list::Selection,
    log::Log,
    only::Only,
    panes,
    pictures::{Pictures, register},
    plan::ControlPlan,
    register::{Register, Then, View},
    row::{Row, Target},
};
use crate::domain::{
    Dossier, Id, Kind,
    decision::{Gap, Place, Since, Void, explain, gate},
    fields::Day,
    lint::{Remark, noticed},
    past::AsOf,
    register::{Plan, Point, Tally},
};

/// The panes of a system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The description, the tier and who holds which role.
    #[default]
    Overview,
    /// Flows, tools, connections, models, sources, releases.
    Inventory,
    /// The threat register.
    Threats,
    /// The control plan.
    Controls,
    /// The evidence pack.
    Evidence,
    /// The DPO's part.
    Privacy,
    /// Acceptances, triggers, draft, conditions.
    Governance,
    /// What is missing.
    Checklist,
    /// The seven hand-offs.
    Handoffs,
    /// Sign-offs and the decision.
    Signoff,
    /// What happened.
    History,
    /// The register in pictures.
    Risk,
}

impl Tab {
    /// Every pane, in the order of the digits.
    pub const ALL: [Self; 12] = [
        Self::Overview,
        Self::Inventory,
        Self::Threats,
        Self::Controls,
        Self::Evidence,
        Self::Privacy,
        Self::Governance,
        Self::Checklist,
        Self::Handoffs,
        Self::Signoff,
        Self::History,
        Self::Risk,
    ];

    /// The name on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Inventory => "Flows",
            Self::Threats => "Threats",
            Self::Controls => "Controls",
            Self::Evidence => "Evidence",
            Self::Privacy => "DPO",
            Self::Governance => "Govern.",
            Self::Checklist => "Check",
            Self::Handoffs => "Hand-offs",
            Self::Signoff => "Sign",
            Self::History => "Log",
            Self::Risk => "Risk",
        }
    }
}

/// Where the cursor of a pane is, and what its filter says.
#[derive(Debug, Clone, Default)]
pub struct PaneState {
    /// Which row.
    pub at: Selection,
    /// The filter, empty for none.
    pub filter: String,
}

/// One open system.
#[derive(Debug)]
pub struct SystemScreen {
    /// Everything about it.
    pub dossier: Dossier,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
    /// The log, as far as more of it was asked for.
    pub log: Log,
    /// Which entries voided whose sign-off.
    pub voided: Vec<Void>,
    /// What changed since the content that was decided on last.
    pub since: Option<Arc<Since>>,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
    /// The gaps, as of the day shown.
    pub gaps: Vec<Gap>,
    /// What does not fit together and is no gap, as of the day shown.
    pub noticed: Vec<Remark>,
    /// Whether that is of the dossier as it is now.
    looked_over: bool,
    /// The pane that is open.
    pub tab: Tab,
    /// The rows of the open pane.
    pub rows: Vec<Row>,
    /// How many rows the open pane has without its filter.
    pub total: usize,
    /// Each pane's own cursor and filter.
    pub panes: [PaneState; Tab::ALL.len()],
    /// Digits that were typed while scoring.
    pub scoring: Option<Scoring>,
    /// Only what is missing.
    pub only_missing: bool,
    /// Whether the next unscored threat is to be scored as well.
    pub next_unscored: bool,
    /// How the threat register is looked at, and what is marked in it.
    pub register: Register,
    /// The threats by level over the last weeks.
    pub trend: Vec<Point>,
    /// The register in pictures.
    pub pictures: Pictures,
    /// The threats that the register shows only.
    pub only: Option<Only>,
    /// The register in numbers, as of the day shown.
    pub tally: Tally,
    /// The matrix beside the register, while it has the keys.
    pub map: Option<Pictures>,
    /// How the controls are looked at.
    pub plan: ControlPlan,
    /// The point in the past that is shown; none for now.
    pub as_of: Option<AsOf>,
    /// How the DPO's pane is looked at.
    pub dpo: DpoView,
}

/// Scoring a threat: likelihood, then impact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scoring {
    /// The likelihood, once it was typed.
    pub likelihood: Option<u8>,
    /// The impact, once it was typed.
    pub impact: Option<u8>,
}

impl SystemScreen {
    /// A system, with its first pane open.
    pub fn new(opened: Opened, today: Day) -> Self {
        let mut screen = Self {
            dossier: opened.dossier,
            history: opened.history,
            voided: opened.voided,
            since: opened.since,
            drafts: opened.drafts,
            gaps: Vec::new(),
            noticed: Vec::new(),
            looked_over: false,
            tab: Tab::Overview,
            rows: Vec::new(),
            total: 0,
            panes: Default::default(),
            scoring: None,
            only_missing: false,
            next_unscored: false,
            register: Register {
                view: opened.register.as_deref().and_then(View::from_text).unwrap_or_default(),
                ..Register::default()
            },
            trend: opened.trend,
            pictures: Pictures::default(),
            only: None,
            tally: Tally::default(),
            map: None,
            plan: ControlPlan::default(),
            log: Log::default(),
            as_of: None,
            dpo: DpoView::default(),
        };
        screen.log = Log::of(screen.dossier.subject);
        screen.refresh(today);
        screen
    }

    /// Takes in a newer state of the same system; the cursor stays on the same thing.
    pub fn replace(&mut self, opened: Opened, today: Day) {
        let on = self.selected().and_then(|row| row.target.clone());
        (self.dossier, self.as_of) = (opened.dossier, None);
        self.history = opened.history;
        self.voided = opened.voided;
        self.since = opened.since;
        self.drafts = opened.drafts;
        self.trend = opened.trend;
        self.refresh(today);
        if let Some(at) = on.and_then(|on| self.rows.iter().position(|row| row.target.as_ref() == Some(&on))) {
            self.pane_mut().at.select(at);
        }
        let there: std::collections::BTreeSet<Id> = self.dossier.live_threats().map(|threat| threat.id).collect();
        self.register.marks.retain(|id| there.contains(id));
        self.settle();
    }

    /// Goes where the cursor was to go once what was written is durable.
    pub fn go_on(&mut self) {
        let wanted = match self.register.then.take() {
            None => return,
            Some(Then::Cell(by)) => return self.register.turn(by),
            Some(Then::Row(id)) => Some(id),
            Some(Then::Newest) => self.dossier.threats.last().map(|threat| threat.id),
        };
        let on = |row: &Row| matches!(row.target, Some(Target::Thing(Kind::Threat, id)) if Some(id) == wanted);
        if let Some(at) = self.rows.iter().position(on) {
            self.pane_mut().at.select(at);
        }
    }

    /// How many of the rows are what the pane is about; in the register those of what is not covered are none.
    fn counted(&self, rows: &[Row]) -> usize {
        let counts = |row: &&Row| match self.tab {
            Tab::Threats => matches!(row.target, Some(Target::Thing(Kind::Threat, _))),
            _ => row.selectable(),
        };
        rows.iter().filter(counts).count()
    }

    /// How many of the rows that are shown are what the pane is about.
    pub fn shown(&self) -> usize {
        self.counted(&self.rows)
    }

    /// Works out gaps and rows again.
    pub fn refresh(&mut self, today: Day) {
        self.gaps = gate(&self.dossier, today);
        explain(&mut self.gaps, &self.voided);
        (self.noticed, self.looked_over) = (Vec::new(), false);
        self.tally = Tally::of(&self.dossier, &Plan::of(&self.dossier, today));
        self.renumber_map();
        self.refill(today);
    }

    /// Works out the rows of the open pane again.
    pub fn refill(&mut self, today: Day) {
        // Only the checklist says what was noticed: no key elsewhere waits for a look at every threat.
        if self.tab == Tab::Checklist && !self.looked_over {
            self.noticed = noticed(&self.dossier, &self.gaps, today);
            self.looked_over = true;
        }
        let mut all = panes::rows(self, today);
        if self.tab == Tab::Risk {
            let album = register(self, &self.pictures, today);
            self.pictures.show(album);
        }
        self.total = self.counted(&all);
        if let Some(only) = self.only.as_ref().filter(|_| self.tab == Tab::Threats) {
            (all, self.total) = only.keep(all);
        }
        if self.tab == Tab::History && self.log.begun {
            self.total = self.log.total;
        }
        let filter = self.pane().filter.as_str();
        // The log was looked through where it lies.
        self.rows = if filter.is_empty() || self.tab == Tab::History {
            all
        } else if self.tab == Tab::Threats {
            super::register::sifted(&self.dossier, all, filter, today)
        } else {
            let filter = filter.to_lowercase();
            all.into_iter().filter(|row| row.selectable() && row.text().to_lowercase().contains(&filter)).collect()
        };
        self.settle();
    }

    /// Opens a pane.
    pub fn show(&mut self, tab: Tab, today: Day) {
        self.tab = tab;
        (self.scoring, self.map) = (None, None);
        self.refill(today);
    }

    /// Shows the register with only the threats behind a number.
    pub fn show_only(&mut self, only: Only, today: Day) {
        self.only = Some(only);
        self.panes[Tab::Threats as usize] = PaneState::default();
        self.show(Tab::Threats, today);
    }

    /// Shows the pane of a place and puts the cursor on it.
    pub fn go_to(&mut self, place: &Place, today: Day) {
        self.reveal(place);
        self.dpo.open = None;
        self.show(panes::tab_of(place), today);
        if self.only.is_some() && panes::find(&self.rows, place).is_none() {
            self.only = None;
            self.refill(today);
        }
        if let Some(at) = panes::find(&self.rows, place) {
            self.pane_mut().at.select(at);
        }
        self.settle();
    }

    /// The cursor and filter of the open pane.
    pub fn pane(&self) -> &PaneState {
        &self.panes[self.tab as usize]
    }
    /// The cursor and filter of the open pane.
    pub fn pane_mut(&mut self) -> &mut PaneState {
        &mut self.panes[self.tab as usize]
    }
    /// The cursor and filter of a pane.
    pub fn pane_of(&mut self, tab: Tab) -> &mut PaneState {
        &mut self.panes[tab as usize]
    }
    /// The number of the selected row.
    pub fn at(&self) -> Option<usize> {
        self.pane().at.among(self.rows.len()).filter(|at| self.rows[*at].selectable())
    }
    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.at()?)
    }
    /// The system's identity.
    pub fn id(&self) -> Option<Id> {
        self.dossier.subject
    }

    /// Moves the cursor; headings and notes are passed over.
    pub fn step(&mut self, step: super::list::Step, page: usize) {
        use super::list::Step::{Down, First, HalfDown, PageDown};
        if self.on_board() {
            return self.step_in_column(step, page);
        }
        let len = self.rows.len();
        let mut at = self.pane().at;
        at.take(step, len, page);
        let forward = matches!(step, Down | PageDown | HalfDown | First);
        let Some(wanted) = at.among(len) else { return };
        let next = if forward {
            (wanted..len).find(|i| self.rows[*i].selectable()).or_else(|| self.last_before(wanted))
        } else {
            self.last_before(wanted + 1).or_else(|| (wanted..len).find(|i| self.rows[*i].selectable()))
        };
        if let Some(next) = next {
            self.pane_mut().at.select(next);
        }
    }

    /// Goes to the first row after the next or previous heading.
    pub fn turn_group(&mut self, forward: bool) {
        let Some(at) = self.at() else { return };
        let heads: Vec<usize> =
            (0..self.rows.len()).filter(|i| matches!(self.rows[*i].kind, super::row::RowKind::Heading(_))).collect();
        let own = heads.iter().rev().find(|head| **head < at).copied();
        let to = if forward {
            heads.iter().find(|head| **head > at).or(heads.first()).copied()
        } else {
            heads.iter().rev().find(|head| Some(**head) < own).or(heads.last()).copied()
        };
        if let Some(next) = to.and_then(|head| (head..self.rows.len()).find(|i| self.rows[*i].selectable())) {
            self.pane_mut().at.select(next);
        }
    }

    fn last_before(&self, end: usize) -> Option<usize> {
        (0..end.min(self.rows.len())).rev().find(|i| self.rows[*i].selectable())
    }

    /// Puts the cursor on a row that can be selected.
    pub fn settle(&mut self) {
        let len = self.rows.len();
        let Some(at) = self.pane().at.among(len) else { return };
        let nearest = (at..len).find(|i| self.rows[*i].selectable()).or_else(|| self.last_before(at));
        if let Some(nearest) = nearest {
            self.pane_mut().at.select(nearest);
        }
    }
}

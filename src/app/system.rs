//! One system: the frame around its panes.

use super::{HistoryLine, Opened, list::Selection, panes, plan::ControlPlan, row::Row};
use crate::domain::{
    Dossier, Id,
    decision::{Gap, Place, gate},
    fields::Day,
    people::Role,
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
}

impl Tab {
    /// Every pane, in the order of the digits.
    pub const ALL: [Self; 11] = [
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
    /// Which edit voided whose sign-off.
    pub voided: Vec<(Role, String)>,
    /// Drafts that were kept, by key.
    pub drafts: Vec<(String, String)>,
    /// The gaps, as of the day shown.
    pub gaps: Vec<Gap>,
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
    /// How the controls are looked at.
    pub plan: ControlPlan,
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
            drafts: opened.drafts,
            gaps: Vec::new(),
            tab: Tab::Overview,
            rows: Vec::new(),
            total: 0,
            panes: Default::default(),
            scoring: None,
            only_missing: false,
            next_unscored: false,
            plan: ControlPlan::default(),
        };
        screen.refresh(today);
        screen
    }

    /// Takes in a newer state of the same system; the cursor stays on the same thing.
    pub fn replace(&mut self, opened: Opened, today: Day) {
        let on = self.selected().and_then(|row| row.target.clone());
        self.dossier = opened.dossier;
        self.history = opened.history;
        self.voided = opened.voided;
        self.drafts = opened.drafts;
        self.refresh(today);
        if let Some(at) = on.and_then(|on| self.rows.iter().position(|row| row.target.as_ref() == Some(&on))) {
            self.pane_mut().at.select(at);
        }
        self.settle();
    }

    /// Works out gaps and rows again.
    pub fn refresh(&mut self, today: Day) {
        self.gaps = gate(&self.dossier, today);
        self.refill(today);
    }

    /// Works out the rows of the open pane again.
    pub fn refill(&mut self, today: Day) {
        let all = panes::rows(self, today);
        self.total = all.iter().filter(|row| row.selectable()).count();
        let filter = self.pane().filter.to_lowercase();
        self.rows = if filter.is_empty() {
            all
        } else {
            all.into_iter().filter(|row| row.selectable() && row.text().to_lowercase().contains(&filter)).collect()
        };
        self.settle();
    }

    /// Opens a pane.
    pub fn show(&mut self, tab: Tab, today: Day) {
        self.tab = tab;
        self.scoring = None;
        self.refill(today);
    }

    /// Shows the pane of a place and puts the cursor on it.
    pub fn go_to(&mut self, place: &Place, today: Day) {
        self.reveal(place);
        self.show(panes::tab_of(place), today);
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

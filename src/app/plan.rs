//! How the controls of a system are looked at: the plan, what it lacks, and the board by status.

use super::{
    list::Step,
    panes,
    row::{RowKind, Target},
    system::{SystemScreen, Tab},
};
use crate::domain::{
    Id, Kind,
    decision::Place,
    register::{ControlStatus, threats_of},
};

/// The ways of looking at the controls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// Every control, with its links, verifications and evidence below it.
    #[default]
    Plan,
    /// What the plan lacks.
    Gaps,
    /// The controls in columns by status.
    Board,
}

impl View {
    /// The next way of looking.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Plan => Self::Gaps,
            Self::Gaps => Self::Board,
            Self::Board => Self::Plan,
        }
    }
    /// What stands over it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plan => "Control plan",
            Self::Gaps => "Control gaps",
            Self::Board => "Controls by status",
        }
    }
}

/// How the controls are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlPlan {
    /// Which way.
    pub view: View,
    /// The controls whose details are shown.
    pub unfolded: Vec<Id>,
    /// From where the person jumped to a threat.
    pub from: Option<(Tab, Target)>,
}

impl SystemScreen {
    /// Whether the board of controls is open, in its columns.
    pub fn on_board(&self) -> bool {
        self.tab == Tab::Controls && self.plan.view == View::Board && self.pane().filter.is_empty()
    }

    /// The next way of looking at the controls; the cursor stays on the same control.
    pub fn switch_view(&mut self, today: crate::domain::fields::Day) {
        let on = self.control_at();
        self.plan.view = self.plan.view.next();
        self.refill(today);
        let found = on.and_then(|on| {
            self.rows
                .iter()
                .position(|row| row.target.as_ref().is_some_and(|target| self.control_of(target) == Some(on)))
        });
        self.pane_mut().at.select(found.unwrap_or(0));
        self.settle();
    }

    /// Shows the details of the control under the cursor, or hides them.
    pub fn unfold(&mut self, today: crate::domain::fields::Day) -> bool {
        let Some(control) = self.control_at().filter(|_| self.plan.view == View::Plan) else { return false };
        if self.plan.unfolded.contains(&control) {
            self.plan.unfolded.retain(|open| *open != control);
        } else {
            self.plan.unfolded.push(control);
        }
        self.refill(today);
        let row = Target::Thing(Kind::Control, control);
        if let Some(at) = self.rows.iter().position(|r| r.target.as_ref() == Some(&row)) {
            self.pane_mut().at.select(at);
        }
        true
    }

    /// The control that the cursor is on, on a part of, or on a gap of.
    pub fn control_at(&self) -> Option<Id> {
        let at = self.at()?;
        let own = self.rows[at].target.as_ref().and_then(|target| self.control_of(target));
        let above = || {
            let rows =
                self.rows[..at].iter().rev().filter(|_| self.tab == Tab::Controls && self.plan.view == View::Plan);
            rows.filter_map(|row| row.target.as_ref()).find_map(|target| match target {
                Target::Thing(Kind::Control, id) => Some(*id),
                _ => None,
            })
        };
        own.or_else(above)
    }

    fn control_of(&self, target: &Target) -> Option<Id> {
        match target {
            Target::Thing(Kind::Control, id) => Some(*id),
            Target::Gap(place) => place.id.filter(|id| self.dossier.controls.iter().any(|c| c.id == *id)),
            _ => None,
        }
    }

    /// The threat that the cursor is on, or the first one that its control is against.
    pub fn threat_at(&self) -> Option<Id> {
        match self.selected()?.target.as_ref()? {
            Target::Thing(Kind::Threat, id) => Some(*id),
            Target::Thing(Kind::Link, id) => self.dossier.links.iter().find(|link| link.id == *id)?.threat,
            Target::Gap(place) if self.dossier.find(Kind::Threat, place.id?).is_some() => place.id,
            _ => threats_of(&self.dossier, self.control_at()?).map(|(_, threat)| threat.id).next(),
        }
    }

    /// Puts the view so that a place of the control plan is in sight. Whoever works through the gap list stays there.
    pub(super) fn reveal(&mut self, place: &Place) {
        let here = panes::tab_of(place) == Tab::Controls;
        if !here || (self.tab == Tab::Controls && self.plan.view == View::Gaps) {
            return;
        }
        let link = |id| self.dossier.links.iter().find(|link| link.id == id).and_then(|link| link.control);
        let look = |id| self.dossier.verifications.iter().find(|look| look.id == id).and_then(|look| look.control);
        let part = place.id.and_then(|id| link(id).or_else(|| look(id)));
        if let Some(control) = part {
            self.plan.view = View::Plan;
            if !self.plan.unfolded.contains(&control) {
                self.plan.unfolded.push(control);
            }
        } else if self.plan.view == View::Gaps {
            self.plan.view = View::Plan;
        }
    }

    /// The rows of each column of the board that has any.
    pub fn board_columns(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            match row.kind {
                RowKind::Heading(_) => all.push(Vec::new()),
                RowKind::Item | RowKind::Struck => all.last_mut().into_iter().for_each(|column| column.push(at)),
                RowKind::Note => {}
            }
        }
        all
    }

    /// The column and the place in it of the selected card.
    pub fn card(&self) -> Option<(usize, usize)> {
        let at = self.at()?;
        let columns = self.board_columns();
        columns.iter().enumerate().find_map(|(n, column)| Some((n, column.iter().position(|row| *row == at)?)))
    }

    /// Moves to the next column that has a card, at the same height.
    pub fn turn_column(&mut self, forward: bool) {
        let Some((column, height)) = self.card() else { return };
        let all = self.board_columns();
        let filled = |n: &usize| !all[*n].is_empty();
        let next = if forward { (column + 1..all.len()).find(filled) } else { (0..column).rev().find(filled) };
        if let Some(next) = next {
            let at = height.min(all[next].len() - 1);
            self.pane_mut().at.select(all[next][at]);
        }
    }

    pub(super) fn step_in_column(&mut self, step: Step, page: usize) {
        let Some((column, height)) = self.card() else { return };
        let rows = self.board_columns().swap_remove(column);
        let mut at = super::list::Selection::new(height);
        at.take(step, rows.len(), page);
        if let Some(row) = at.among(rows.len()).and_then(|at| rows.get(at)) {
            self.pane_mut().at.select(*row);
        }
    }
}

/// The status after or before another on the way of a control; none at the ends.
pub fn neighbour(status: ControlStatus, forward: bool) -> Option<ControlStatus> {
    use ControlStatus::{
        Degraded, Failed, Implemented, InProgress, NotApplicable, Planned, Proposed, Retired, Verified,
    };
    match (status, forward) {
        (Proposed, true) | (InProgress, false) => Some(Planned),
        (Planned | Degraded | Failed, true) | (Implemented, false) => Some(InProgress),
        (InProgress, true) | (Verified, false) => Some(Implemented),
        (Implemented, true) => Some(Verified),
        (Planned, false) => Some(Proposed),
        (Proposed | Degraded | Failed, false) | (Verified, true) | (Retired | NotApplicable, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_goes_on_and_back_the_same_way() {
        use ControlStatus::{Implemented, InProgress, Planned, Proposed, Verified};
        let way = [Proposed, Planned, InProgress, Implemented, Verified];
        for pair in way.windows(2) {
            assert_eq!(neighbour(pair[0], true), Some(pair[1]));
            assert_eq!(neighbour(pair[1], false), Some(pair[0]));
        }
        assert_eq!(neighbour(ControlStatus::Failed, true), Some(InProgress));
        assert_eq!(neighbour(Verified, true).or(neighbour(ControlStatus::Retired, true)), None);
    }
}

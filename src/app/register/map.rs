//! The matrix beside the register while it has the keys, and the marks of the rows that are drawn already.

use crate::{
    app::{
        pictures::{Album, Pictures},
        row::{Cell, Row, Target, Tint},
        system::SystemScreen,
    },
    domain::{
        Id, Kind,
        fields::Day,
        register::{Plan, Scale},
    },
};

impl SystemScreen {
    /// The keys go to the matrix; its cursor begins where the threat under the cursor is.
    pub fn enter_map(&mut self, today: Day) {
        let mut map = Pictures { place: self.place_of_selected(today).unwrap_or_default(), ..Pictures::default() };
        map.show(Album { tally: self.tally.clone(), ..Album::default() });
        (self.map, self.scoring) = (Some(map), None);
    }

    /// The numbers of the matrix follow the register.
    pub(in crate::app) fn renumber_map(&mut self) {
        if let Some(map) = &mut self.map {
            map.show(Album { tally: self.tally.clone(), ..Album::default() });
        }
    }

    /// Likelihood and impact now of the threat under the cursor; without a score, the line of those without one.
    fn place_of_selected(&self, today: Day) -> Option<(u8, u8)> {
        let Some(Target::Thing(Kind::Threat, id)) = self.selected()?.target else { return None };
        let threat = self.dossier.threats.iter().find(|threat| threat.id == id).filter(|threat| threat.counts())?;
        let now = Scale::Now.of(&Plan::of(&self.dossier, today).ratings(threat));
        Some(now.map_or((0, 3), |now| (now.likelihood.get(), now.impact.get())))
    }

    /// Shows on the rows that are there already which of them are marked: no row is worked out again for it.
    pub(in crate::app) fn remark(&mut self) {
        for row in &mut self.rows {
            if let Some(Target::Thing(Kind::Threat, id)) = row.target {
                remark(row, self.register.marks.contains(&id));
            }
        }
    }

    /// The same, of one threat.
    pub(in crate::app) fn remark_one(&mut self, wanted: Id) {
        let on = self.register.marks.contains(&wanted);
        let of = |row: &&mut Row| row.target == Some(Target::Thing(Kind::Threat, wanted));
        self.rows.iter_mut().filter(of).for_each(|row| remark(row, on));
    }
}

/// The mark in front of a threat: whether it is marked, and whether the board is to talk about it.
pub fn mark(marked: bool, flagged: bool) -> Cell {
    match (marked, flagged) {
        (true, true) => Cell::new("[+*", Tint::Here),
        (true, false) => Cell::new("[+]", Tint::Here),
        (false, true) => Cell::new("[*]", Tint::Here),
        (false, false) => Cell::plain("   "),
    }
}

/// What is flagged stays so.
pub fn remark(row: &mut Row, marked: bool) {
    row.mark = mark(marked, row.mark.text.contains('*'));
}

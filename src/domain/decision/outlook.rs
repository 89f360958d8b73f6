//! What every acceptance of a system is worth on every day to come, as long as nothing happens.
//!
//! The state of an acceptance is a function of the record and the day. Kept as the few days on which it turns, the register
//! of all acceptances never waits for a system to be read, and never shows a state of yesterday.

use std::{collections::BTreeSet, fmt::Write};

use super::{
    Acceptance, AcceptanceState, ProvisoState, SignedAct,
    acceptance::{EXPIRING_DAYS, acceptance_state_by, score_by, why_by},
    proviso::standing_by,
    signature::{Seal, seal},
};
use crate::domain::{
    Dossier, Id, Line,
    fields::{Day, Vocabulary},
    library::Level,
    register::Plan,
};

/// One acceptance, and what it is worth from which day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The acceptance.
    pub acceptance: Id,
    /// Its number in the system.
    pub number: i64,
    /// The number of its threat, as people say it.
    pub threat: String,
    /// What the threat is called.
    pub title: String,
    /// The level that was accepted, by its code; empty before that.
    pub level: String,
    /// The last day on which it holds.
    pub expires: Option<Day>,
    /// The name and title of whoever accepted it; empty before that.
    pub acceptor: String,
    /// Who asked for it.
    pub requester: Option<Id>,
    /// How it is signed with an SSH key, in a clause; empty where it is not.
    pub signed: String,
    /// The days on which something about it turns, oldest first; the first holds from ever on.
    pub turns: Vec<Turn>,
}

/// What an acceptance is worth from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The first day; none for ever.
    pub from: Option<Day>,
    /// The state.
    pub state: AcceptanceState,
    /// The level of the threat, where it is scored.
    pub level: Option<Level>,
    /// How many conditions wait for something or are broken.
    pub open: u32,
    /// The first day on which one of them is due.
    pub due: Option<Day>,
    /// Why it does not hold, in one line; empty while it does.
    pub why: String,
}

impl Outlook {
    /// What it is worth on a day.
    pub fn at(&self, day: Day) -> Option<&Turn> {
        self.turns.iter().rev().find(|turn| turn.from.is_none_or(|from| from <= day))
    }

    /// The turns as the record keeps them: one a line, the parts with tabs between them.
    pub fn turns_text(&self) -> String {
        let mut out = String::new();
        let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        for turn in &self.turns {
            let (from, due, level) = (day(turn.from), day(turn.due), turn.level.map_or("", Level::code));
            let _ = writeln!(out, "{from}\t{}\t{level}\t{}\t{due}\t{}", turn.state.code(), turn.open, turn.why);
        }
        out
    }

    /// Reads what [`Self::turns_text`] wrote; what cannot be read is left out.
    pub fn turns_of(text: &str) -> Vec<Turn> {
        let turn = |line: &str| {
            let mut parts = line.splitn(6, '\t');
            let mut next = || parts.next();
            let from = next()?;
            let (state, level, open, due, why) = (next()?, next()?, next()?, next()?, next()?);
            let state = AcceptanceState::parse(state)?;
            let (from, level) = (Day::parse(from), Level::parse(level));
            Some(Turn { from, state, level, open: open.parse().ok()?, due: Day::parse(due), why: why.to_owned() })
        };
        text.lines().filter_map(turn).collect()
    }
}

/// Every acceptance of a system that was not withdrawn from the record, in the order in which they were asked for.
pub fn outlooks(dossier: &Dossier) -> Vec<Outlook> {
    let all: Vec<&Acceptance> = dossier.acceptances.iter().filter(|acceptance| !acceptance.archived).collect();
    let mut out: Vec<Outlook> = all.iter().map(|acceptance| head(dossier, acceptance)).collect();
    let days: Vec<BTreeSet<Day>> = all.iter().map(|acceptance| turning_days(dossier, acceptance)).collect();
    let every: BTreeSet<Option<Day>> = days.iter().flatten().map(|day| Some(*day)).chain([None]).collect();
    // Day by day, so that each day is looked at once for all of them.
    for day in every.into_iter().filter(|_| !all.is_empty()) {
        let on = day.unwrap_or(Day(chrono::NaiveDate::MIN));
        let plan = Plan::fresh(dossier, on);
        for (at, acceptance) in all.iter().enumerate() {
            if day.is_none_or(|day| days[at].contains(&day)) {
                let turn = Turn { from: day, ..turn(dossier, acceptance, &plan, on) };
                let turns = &mut out[at].turns;
                if turns.last().is_none_or(|last| Turn { from: day, ..last.clone() } != turn) {
                    turns.push(turn);
                }
            }
        }
    }
    out
}

fn head(dossier: &Dossier, acceptance: &Acceptance) -> Outlook {
    let threat = acceptance.threat.and_then(|id| dossier.threats.by_id(id));
    Outlook {
        acceptance: acceptance.id,
        number: acceptance.number.unwrap_or(0),
        threat: threat.map_or_else(String::new, super::super::register::Threat::reference),
        title: threat.map_or_else(String::new, |threat| threat.title.to_string()),
        level: acceptance.level.to_string(),
        expires: acceptance.expires,
        acceptor: acceptance.acceptor_name.to_string(),
        requester: acceptance.requester.map(|who| who.0),
        // That its key ended later is said where it is read in full: the line does not turn with the people.
        signed: seal(dossier, SignedAct::Acceptance, acceptance.id)
            .map_or_else(String::new, |seal| Seal { ended: None, ..seal }.says()),
        turns: Vec::new(),
    }
}

/// The days on which an acceptance can turn by itself: its own, those of its conditions, and those on which what is
/// credited against its threat runs out. Of one that ended, none.
fn turning_days(dossier: &Dossier, acceptance: &Acceptance) -> BTreeSet<Day> {
    let status = acceptance.status.and_then(|status| AcceptanceState::parse(status.code()));
    if status.is_some_and(AcceptanceState::ended) {
        return BTreeSet::new();
    }
    let mut days: BTreeSet<Day> =
        acceptance.expires.into_iter().flat_map(|last| [last.plus(-EXPIRING_DAYS), last.plus(1)]).collect();
    let provisos: Vec<_> = dossier.provisos_of(acceptance.id).collect();
    days.extend(provisos.iter().filter_map(|proviso| proviso.due_now()).map(|due| due.plus(1)));
    let against = acceptance.threat.into_iter().flat_map(|threat| dossier.controls_of(threat)).map(|(_, c)| c.id);
    let controls: BTreeSet<Id> = against.chain(provisos.iter().filter_map(|proviso| proviso.control)).collect();
    let looked =
        dossier.verifications.iter().filter(|v| !v.archived && v.control.is_some_and(|c| controls.contains(&c)));
    for verification in looked {
        let evidence = verification.evidence.and_then(|id| dossier.evidence.by_id(id));
        let ends = [verification.valid_until, evidence.and_then(|evidence| evidence.expires)];
        days.extend(ends.into_iter().flatten().map(|last| last.plus(1)));
    }
    days
}

fn turn(dossier: &Dossier, acceptance: &Acceptance, plan: &Plan<'_>, on: Day) -> Turn {
    let state = acceptance_state_by(dossier, acceptance, plan, on);
    if state.ended() {
        return Turn { from: None, state, level: None, open: 0, due: None, why: String::new() };
    }
    let standings = dossier.provisos_of(acceptance.id).map(|proviso| standing_by(dossier, proviso, plan, on));
    let waits = |state| matches!(state, ProvisoState::Open | ProvisoState::Due | ProvisoState::Breached);
    let open: Vec<_> = standings.filter(|standing| waits(standing.state) || standing.due.is_some()).collect();
    Turn {
        from: None,
        state,
        level: score_by(dossier, acceptance, plan).map(|now| now.level),
        open: u32::try_from(open.iter().filter(|standing| waits(standing.state)).count()).unwrap_or(u32::MAX),
        due: open.iter().filter_map(|standing| standing.due).min(),
        why: Line::new(&why_by(dossier, acceptance, plan, on).join(" ")).to_string(),
    }
}

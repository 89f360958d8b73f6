//! The acceptances of a system, each with its conditions below it.

use super::{Cell, Row, Target, Tint, person, seals};
use crate::domain::{
    Dossier, Kind,
    decision::{
        Acceptance, AcceptanceState, Proviso, ProvisoState, SignedAct, acceptance_state, acceptance_why, changed_since,
        proviso_says, proviso_standing,
    },
    fields::{Day, Vocabulary},
    library::Level,
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = vec![Row::heading("Risk acceptances", "a then a letter: proposes, accepts, ends, renews")];
    for acceptance in &dossier.acceptances {
        rows.push(accepted(dossier, acceptance, today));
        let why = acceptance_why(dossier, acceptance, today);
        rows.extend(why.iter().map(|why| Row::note(format!("      ! {why}"))));
        let ended = acceptance_state(dossier, acceptance, today).ended();
        let provisos = dossier.provisos.iter().filter(|p| p.acceptance == Some(acceptance.id) && !ended);
        rows.extend(provisos.map(|proviso| condition(dossier, proviso, today)));
    }
    if dossier.acceptances.is_empty() {
        rows.push(Row::note(
            "    None. A risk above the threshold needs a control, or the governance lead's acceptance.",
        ));
    }
    rows
}

fn accepted(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Row {
    let state = acceptance_state(dossier, acceptance, today);
    let threat = acceptance.threat.and_then(|id| dossier.threats.by_id(id));
    let name = threat.map_or_else(String::new, |threat| format!("{} {}", threat.reference(), threat.title));
    let (mark, tint) = look(state);
    let text = format!(
        "{}{}{}  {}: {}  if {}",
        state.label(),
        until(acceptance, state, today),
        seals::mark(dossier, SignedAct::Acceptance, acceptance.id),
        parties(dossier, acceptance),
        acceptance.reason,
        acceptance.condition
    );
    let cells =
        vec![Cell::plain(format!("{} {name}", acceptance.reference())), Cell::new(text.replace('\n', " / "), tint)];
    Row::item(Target::Thing(Kind::Acceptance, acceptance.id), cells).marked(mark, tint).struck(acceptance.archived)
}

/// The mark and the look of a state.
pub fn look(state: AcceptanceState) -> (&'static str, Tint) {
    match state {
        AcceptanceState::Active => ("[x]", Tint::Good),
        AcceptanceState::Proposed => ("[ ]", Tint::Here),
        AcceptanceState::Expiring | AcceptanceState::Lapsed | AcceptanceState::Drifted | AcceptanceState::Breached => {
            ("[!]", Tint::Alert)
        }
        AcceptanceState::Declined
        | AcceptanceState::Withdrawn
        | AcceptanceState::Revoked
        | AcceptanceState::Superseded => ("[-]", Tint::Muted),
    }
}

/// ` until 2026-12-31 (40 days)`; of one that ended only the day.
fn until(acceptance: &Acceptance, state: AcceptanceState, today: Day) -> String {
    let Some(day) = acceptance.expires else { return String::new() };
    let left = match today.days_to(day) {
        _ if state.ended() => String::new(),
        ..0 => " (over)".to_owned(),
        0 => " (today)".to_owned(),
        1 => " (1 day)".to_owned(),
        days => format!(" ({days} days)"),
    };
    format!(" until {day}{left}")
}

/// Who asked and who accepted; that it was one person is said.
fn parties(dossier: &Dossier, acceptance: &Acceptance) -> String {
    let asked = person(dossier, acceptance.requester.map(|who| who.0));
    if acceptance.acceptor_name.is_empty() {
        return format!("asked by {asked}");
    }
    let by = &acceptance.acceptor_name;
    if acceptance.by_one_person() { format!("{by}, who also asked") } else { format!("{by}, asked by {asked}") }
}

fn condition(dossier: &Dossier, proviso: &Proviso, today: Day) -> Row {
    let standing = proviso_standing(dossier, proviso, today);
    let (mark, tint) = match standing.state {
        ProvisoState::Holds | ProvisoState::Met => ("[x]", Tint::Good),
        ProvisoState::Open => ("[ ]", Tint::Plain),
        ProvisoState::Due | ProvisoState::Breached => ("[!]", Tint::Alert),
    };
    let why = if standing.why.is_empty() { String::new() } else { format!(": {}", standing.why) };
    let proof = if proviso.proof.is_empty() { String::new() } else { format!("  proof: {}", proviso.proof) };
    let due = standing.due.map_or_else(String::new, |due| format!(", due {due}"));
    let owner = person(dossier, proviso.owner.map(|who| who.0));
    let says = proviso_says(dossier, proviso);
    let text = format!("{}{why}  {says}{due}, {owner}{proof}", standing.state.label());
    let cells = vec![
        Cell::new(format!("  if {}", proviso.kind_of().label()), Tint::Muted),
        Cell::new(text.replace('\n', " / "), tint),
    ];
    Row::item(Target::Thing(Kind::Proviso, proviso.id), cells).marked(mark, tint).struck(proviso.archived)
}

/// An acceptance in full, to be read: what it says, how it stands, and what is different from when it was given.
pub fn in_full(dossier: &Dossier, acceptance: &Acceptance, today: Day) -> Vec<String> {
    let state = acceptance_state(dossier, acceptance, today);
    let mut out = vec![format!("{}{}", state.label(), until(acceptance, state, today))];
    out.extend(acceptance_why(dossier, acceptance, today).into_iter().map(|why| format!("! {why}")));
    out.push(String::new());
    out.push(format!("Asked for by {}", person(dossier, acceptance.requester.map(|who| who.0))));
    if !acceptance.acceptor_name.is_empty() {
        let on = acceptance.decided_at.map_or_else(String::new, |at| format!(" on {}", super::day(at)));
        let same = if acceptance.by_one_person() { ", the same person" } else { "" };
        out.push(format!("Accepted by {}{same}{on}", acceptance.acceptor_name));
        out.push(seals::line(dossier, SignedAct::Acceptance, acceptance.id));
    }
    out.push(format!("Recorded by {}", person(dossier, acceptance.recorder.map(|who| who.0))));
    if let Some(level) = Level::parse(acceptance.level.as_str()) {
        out.push(format!("Accepted level: {}, by matrix {}", level.label(), acceptance.matrix));
    }
    let earlier = acceptance.renews.and_then(|id| dossier.acceptances.by_id(id));
    out.extend(earlier.map(|earlier| format!("Takes the place of {}", earlier.reference())));
    let mut text = |title: &str, words: &str| {
        if !words.is_empty() {
            out.extend([String::new(), format!("{title}:")]);
            out.extend(words.lines().map(|line| format!("  {line}")));
        }
    };
    text("Because", acceptance.reason.as_str());
    text("On the condition", acceptance.condition.as_str());
    text("Ended because", acceptance.ended_why.as_str());
    let conditions: Vec<String> = dossier.provisos_of(acceptance.id).map(|p| line(dossier, p, today)).collect();
    if !conditions.is_empty() {
        out.extend([String::new(), "Conditions:".to_owned()]);
        out.extend(conditions);
    }
    if !acceptance.acceptor_name.is_empty() && !state.ended() {
        out.extend([String::new(), "Since it was accepted:".to_owned()]);
        out.extend(changed_since(dossier, acceptance, today).into_iter().map(|line| format!("  {line}")));
    }
    out
}

/// One condition with how it stands, in one line.
pub fn line(dossier: &Dossier, proviso: &Proviso, today: Day) -> String {
    let standing = proviso_standing(dossier, proviso, today);
    let why = if standing.why.is_empty() { String::new() } else { format!(" ({})", standing.why) };
    let owner = person(dossier, proviso.owner.map(|who| who.0));
    format!("  {}{why}: {}; {owner}", standing.state.label(), proviso_says(dossier, proviso))
}

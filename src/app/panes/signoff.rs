//! The sign-off pane: the signatures, who did how much alone, the decision and what it is worth today.

use super::{Cell, Row, Target, Tint, field_rows, independence, moment, person, seals};
use crate::{
    app::system::SystemScreen,
    domain::{
        Dossier, Kind,
        decision::{
            HandoffState, Mend, Place, SignedAct, Signoff, SignoffState, Step, Void, asked_as_well, clearance,
            due_roles, latest_signoff, quote, relied, reviewed_by, signoff_state, starts_from,
        },
        fields::{Day, Vocabulary},
        people::Role,
    },
};

pub(super) fn rows(screen: &SystemScreen, today: Day) -> Vec<Row> {
    let dossier = &screen.dossier;
    let missing = screen.gaps.len();
    let ready =
        if missing == 0 { "ready: nothing is missing".to_owned() } else { format!("! not ready: {missing} missing") };
    let mut rows = vec![Row::heading("Signatures", ready)];
    changes(screen, &mut rows);
    for role in due_roles(dossier) {
        signature(screen, role, today, &mut rows);
    }
    if !dossier.personal_data() {
        rows.push(Row::note(format!("[-] DPO: not applicable. {}", dossier.personal_data_because())));
    }
    rows.extend(independence::rows(dossier, today));
    if let Some(assessment) = dossier.privacy().filter(|assessment| assessment.advice.is_some()) {
        let advice = assessment.advice.map_or("", Vocabulary::label);
        rows.push(Row::heading("The DPO's advice", advice));
        let all = assessment.advice_text.as_str();
        rows.extend(all.lines().map(|line| Row::words(line, all)));
        rows.extend(field_rows(dossier, assessment, &|field| field.id.starts_with("followed")));
    }
    draft(dossier, &mut rows);
    decision(dossier, today, &mut rows);
    rows.extend(seals::rows(dossier));
    rows
}

/// The sign-off of a role as it is worth now, what voided it, and those that it took the place of.
fn signature(screen: &SystemScreen, role: Role, today: Day, rows: &mut Vec<Row>) {
    let dossier = &screen.dossier;
    if let Some(signoff) = relied(dossier, role) {
        let number = signoff.review.and_then(|id| dossier.reviews.by_id(id)).and_then(|review| review.number);
        let all = format!("not asked: unchanged since review {}, {}", number.unwrap_or(0), given(signoff));
        let cells = vec![Cell::plain(role.label()), Cell::new(all.replace('\n', " / "), Tint::Muted)];
        return rows.push(Row::item(Target::Text(all), cells).marked("[=]", Tint::Muted));
    }
    let found = latest_signoff(dossier, role);
    let void = screen.voided.iter().find(|void| void.role == role);
    let (mark, tint, text) = match found.map(|signoff| (signoff, signoff_state(dossier, signoff))) {
        Some((signoff, SignoffState::Valid)) => {
            let sealed = seals::mark(dossier, SignedAct::Signoff, signoff.id);
            ("[x]", Tint::Good, format!("{}{sealed}", given(signoff)))
        }
        Some((signoff, SignoffState::Voided)) => {
            let by = void.map_or_else(|| "a later change".to_owned(), Void::by);
            ("[!]", Tint::Alert, format!("! voided by {by}; it was {}", given(signoff)))
        }
        Some((signoff, SignoffState::Withdrawn)) => {
            let at = signoff.withdrawn_at.map_or_else(String::new, moment);
            ("[w]", Tint::Alert, format!("! withdrawn {at}: {}", signoff.withdrawn_why))
        }
        Some((_, SignoffState::Superseded)) | None => {
            let who = person(dossier, dossier.holder(role, today));
            let well = asked_as_well(dossier, role).map_or_else(String::new, |why| format!("asked as well, {why}; "));
            ("[ ]", Tint::Plain, format!("{well}{}waits for {who}", before(screen, role)))
        }
    };
    let text = text.replace('\n', " / ");
    rows.push(
        Row::item(Target::Signoff(role), vec![Cell::plain(role.label()), Cell::new(text, tint)]).marked(mark, tint),
    );
    let causes = void.map(|void| void.causes.as_slice()).filter(|causes| causes.len() > 1).unwrap_or_default();
    rows.extend(causes.iter().map(|cause| {
        let cells = vec![Cell::new(format!("  by entry {}", cause.n), Tint::Muted), Cell::plain(cause.says())];
        Row::item(Target::Entry(cause.n), cells)
    }));
    returned(dossier, role, rows);
    quoted(dossier, role, rows);
    let older =
        dossier.signoffs_now().rev().filter(|s| s.role == Some(role) && found.is_some_and(|new| new.id != s.id));
    rows.extend(older.map(|signoff| aside("[s]", "  superseded", &given(signoff))));
}

fn given(signoff: &Signoff) -> String {
    let at = signoff.at.map_or_else(String::new, moment);
    let words = if signoff.statement.is_empty() { String::new() } else { format!("  \"{}\"", signoff.statement) };
    format!("{}  {at}{words}", signoff.name)
}

/// What waits in a review that starts from another one: how much is as it was.
fn before(screen: &SystemScreen, role: Role) -> String {
    let found = screen.since.as_ref().filter(|_| starts_from(&screen.dossier).is_some());
    found.map_or_else(String::new, |since| {
        format!("{} since review {}; ", since.difference.counts(reviewed_by(role)).says(), since.number)
    })
}

/// That the work of a role was sent back is something else than that its sign-off does not stand.
fn returned(dossier: &Dossier, role: Role, rows: &mut Vec<Row>) {
    let back =
        Step::ALL.iter().filter(|step| step.from() == role).filter_map(|step| Some((step, dossier.handoff(*step)?)));
    for (step, handoff) in back.filter(|(_, handoff)| handoff.state == Some(HandoffState::Returned)) {
        let at = handoff.closed_at.map_or_else(String::new, moment);
        let who = person(dossier, handoff.closed_by.map(|who| who.0));
        let text = format!("{} by {who}, {at}: {}", step.label(), handoff.gaps);
        rows.push(aside("[<]", "  sent back", &text));
    }
}

/// What the role said in the last decided review: quoted, and not live.
fn quoted(dossier: &Dossier, role: Role, rows: &mut Vec<Row>) {
    let Some(quote) = quote(dossier, role).filter(|_| latest_signoff(dossier, role).is_none()) else { return };
    let same = if quote.unchanged { "unchanged since" } else { "changed since" };
    let text = format!("{same}: {}", given(quote.signoff));
    rows.push(aside("[-]", &format!("  quoted, review {}", quote.number), &text));
}

fn aside(mark: &str, label: &str, text: &str) -> Row {
    let cells = vec![Cell::new(label, Tint::Muted), Cell::new(text.replace('\n', " / "), Tint::Muted)];
    Row::item(Target::Text(text.to_owned()), cells).marked(mark, Tint::Muted)
}

/// The review and what it starts from, or what changed since it was decided.
fn changes(screen: &SystemScreen, rows: &mut Vec<Row>) {
    let Some(since) = &screen.since else { return };
    let counts = since.difference.counts(reviewed_by(Role::Signoff));
    let decided = screen.dossier.decided().is_some();
    if decided && counts.unchanged() {
        return;
    }
    rows.push(super::changes_row(screen, since));
}

fn draft(dossier: &Dossier, rows: &mut Vec<Row>) {
    let Some(review) = dossier.review() else { return };
    let proposed = review.draft.map_or("none yet", Vocabulary::label);
    rows.push(Row::heading("Governance proposes", proposed));
    let lines = review.draft_reason.as_str().lines().chain(review.draft_conditions.as_str().lines());
    rows.extend(lines.map(|line| Row::note(format!("    {line}"))));
}

fn decision(dossier: &Dossier, today: Day, rows: &mut Vec<Row>) {
    let cleared = clearance(dossier, today);
    rows.push(Row::heading("The decision", format!("clearance: {}", cleared.state.label())));
    rows.push(Row::note(format!("    {} {}", cleared.reason, cleared.restore)));
    let place = Place::act(Kind::Disposition, None, Mend::Decide);
    let decided = dossier.decided();
    let (mark, text) = match decided {
        None => (("[ ]", Tint::Plain), "D decides: proceed, conditional, restricted pilot, hold, decline".to_owned()),
        Some(d) => {
            let word = d.decision.map_or("", Vocabulary::label);
            (
                ("[x]", Tint::Good),
                format!(
                    "{word}, {}, {}: {}{}",
                    d.name,
                    d.at.map_or_else(String::new, moment),
                    d.rationale,
                    seals::mark(dossier, SignedAct::Disposition, d.id)
                ),
            )
        }
    };
    rows.push(
        Row::item(Target::Gap(place), vec![Cell::plain("Decision"), Cell::plain(text.replace('\n', " / "))])
            .marked(mark.0, mark.1),
    );
}

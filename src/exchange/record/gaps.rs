//! Each thing that is missing: what the gate misses, and what the record cannot say.

use crate::domain::{
    decision::{Gap, Mend, Step, Void, explain, gate},
    fields::{Vocabulary, Who},
    people::Role,
};

use super::{
    UNRELEASED,
    act_parts::GapPart,
    ground::Ground,
    model::Record,
    words::{date, instant},
};

/// The gaps of the gate in its order, then the parts that are absent from the record.
pub(crate) fn gaps(ground: &Ground, record: &Record, voided: &[Void]) -> Vec<GapPart> {
    let mut open = gate(ground.d, ground.today);
    explain(&mut open, voided);
    let mut all: Vec<GapPart> = open.iter().map(|gap| of_gate(ground, gap)).collect();
    all.extend(whole(ground, record));
    if record.signoffs.is_empty() && !all.iter().any(|gap| gap.part == "signoffs") {
        all.push(absent("signoffs", Role::Signoff, "Nobody has signed."));
    }
    all.extend(details(record));
    all.extend(handoffs(ground, &open));
    all
}

fn of_gate(ground: &Ground, gap: &Gap) -> GapPart {
    GapPart {
        part: part(gap),
        text: format!("{}.", crate::domain::Line::new(&gap.what)),
        condition: Some(gap.condition),
        role: Some(gap.role.code()),
        party: ground.party(gap.person.map(Who)),
        since: gap.since.map(instant),
        due: gap.due.map(date),
        place: Some(crate::domain::Line::new(&gap.place.to_text()).as_str().to_owned()),
    }
}

fn part(gap: &Gap) -> &'static str {
    match (gap.condition, gap.place.mend) {
        (_, Mend::Send(_) | Mend::Confirm(_)) => "handoffs",
        (_, Mend::Accept) => "acceptances",
        (_, Mend::Except) => "exceptions",
        (1, _) => "roles",
        (2, _) => "inventory",
        (3, Mend::Cover) => "coverage",
        (3 | 4, _) => "threats",
        (5, Mend::Add) => "triggers",
        (5, _) => "disposition",
        (6, _) => "privacy",
        (7, _) => "evidence",
        _ => "signoffs",
    }
}

fn absent(part: &'static str, role: Role, text: impl Into<String>) -> GapPart {
    GapPart {
        part,
        text: text.into(),
        condition: None,
        role: Some(role.code()),
        party: None,
        since: None,
        due: None,
        place: None,
    }
}

/// The parts of which nothing is there. A part that the gate misses already is not named twice.
fn whole(ground: &Ground, record: &Record) -> Vec<GapPart> {
    let of = |missing: bool, part, role, text: &str| missing.then(|| absent(part, role, text));
    let open = ground.open_review().map(|review| {
        let (open, about) = (review.number.unwrap_or(0), record.review.number.unwrap_or(0));
        let text =
            format!("Review {open} is open and not decided; this record is about the decision of review {about}.");
        absent("disposition", Role::Signoff, text)
    });
    let found = [
        of(record.system.release == UNRELEASED, "release", Role::Owner, "No release is named: it is unreleased."),
        of(
            record.system.release != UNRELEASED && record.system.subjects.is_empty(),
            "release",
            Role::Owner,
            "The release has no SHA-256, so nobody can tell whether it is what runs.",
        ),
        of(
            record.system.tier.effective.is_none(),
            "tier",
            Role::Owner,
            "There is no tier: the intake is not answered.",
        ),
        of(record.system.inventory.parts.is_empty(), "inventory", Role::Owner, "No part of the system is described."),
        of(record.coverage.subjects == 0, "coverage", Role::Owner, "Nothing is described that a threat could cover."),
        // Nothing named is not the same as nothing there: the DPO's part is open, not spared.
        of(ground.d.data_classes().is_empty(), "privacy", Role::Owner, &record.privacy.because),
        of(record.controls.is_empty(), "controls", Role::Security, "There is no control."),
        of(record.review.number.is_none(), "disposition", Role::Governance, "There is no review."),
        of(record.verdict.disposition.is_none(), "disposition", Role::Signoff, "Nothing was decided yet."),
    ];
    found.into_iter().flatten().chain(open).collect()
}

/// What single rows do not say.
fn details(record: &Record) -> Vec<GapPart> {
    let mut all = Vec::new();
    for item in &record.evidence {
        if item.sha256.is_none() {
            all.push(absent("evidence", Role::Security, format!("{} has no SHA-256.", item.id)));
        }
        if item.collected_at.is_none() {
            all.push(absent("evidence", Role::Security, format!("{} does not say when it was collected.", item.id)));
        }
    }
    for threat in record.threats.items.iter().filter(|threat| threat.disposition == "undecided") {
        if matches!(threat.treatment, "avoid" | "transfer" | "not_applicable") {
            let text = format!("Nobody has signed for the treatment of {}.", threat.id);
            all.push(absent("threats", Role::Security, text));
        }
    }
    for signoff in record.signoffs.iter().filter(|signoff| signoff.state == "voided") {
        if signoff.role == Role::Signoff.code() {
            all.push(absent("signoffs", Role::Signoff, "The content changed since it was decided."));
        }
    }
    all
}

/// The legs of the review that were never handed over, unless the gate names them.
fn handoffs(ground: &Ground, open: &[Gap]) -> Vec<GapPart> {
    let named = |step: Step| open.iter().any(|gap| gap.place.mend == Mend::Send(step));
    let review = ground.review.map(|review| review.id);
    let sent = |step: Step| {
        review.is_some() && ground.d.handoffs.iter().any(|h| !h.archived && h.review == review && h.step == Some(step))
    };
    let wanted = Step::ALL.iter().copied().filter(|step| match step {
        Step::OwnerAll => false,
        Step::SignoffOwner => ground.disposition.is_some(),
        Step::SecurityDpo | Step::DpoSignoff => ground.d.personal_data(),
        Step::OwnerSecurity | Step::SecurityGovernance | Step::GovernanceSignoff => true,
    });
    let never = wanted.filter(|step| !sent(*step) && !named(*step));
    never.map(|step| absent("handoffs", step.from(), format!("Never handed over: {}.", step.label()))).collect()
}

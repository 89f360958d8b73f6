//! Hand-offs, acceptances, triggers, sign-offs, gaps and the head of the journal.

use std::fmt::Write;

use super::writer::{Page, day_or, name, plain, role, whose, word};
use crate::exchange::record::{
    Record,
    act_parts::{AcceptancePart, ExceptionPart, HandoffPart, ProvisoPart, SignoffPart, TriggerPart},
};

/// Every hand-off with its dates.
pub(super) fn handoffs(page: &mut Page, record: &Record) {
    page.heading(2, "Hand-offs");
    for part in &record.handoffs {
        page.item(&handed(part));
    }
    page.gaps(&record.gaps, "handoffs", (record.handoffs.len(), "**Gap:** nothing was handed over."));
}

fn handed(part: &HandoffPart) -> String {
    let mut said = format!(
        "{} → {}: {}; sent {} by {}",
        role(part.from),
        role(part.to),
        word(part.state),
        day_or(part.sent_at.as_ref()),
        name(part.sent_by.as_ref())
    );
    for (label, at) in [("due", &part.due), ("received", &part.received_at), ("closed", &part.closed_at)] {
        if at.is_some() {
            let _ = write!(said, "; {label} {}", day_or(at.as_ref()));
        }
    }
    if part.closed_by.is_some() {
        let _ = write!(said, " by {}", name(part.closed_by.as_ref()));
    }
    if let Some(returned) = &part.returned {
        let gaps: Vec<_> = returned.gaps.iter().map(|gap| plain(gap)).collect();
        let closes = role(returned.role);
        let _ = write!(said, "; returned for {}: {}; {closes} closes it", word(returned.reason), gaps.join(" / "));
    }
    if let Some(note) = &part.note {
        let _ = write!(said, "; note: {}", plain(note));
    }
    said
}

/// Every acceptance with its state on the day.
pub(super) fn acceptances(page: &mut Page, record: &Record) {
    page.heading(2, "Risk acceptances");
    for part in &record.acceptances {
        page.item(&accepted(part));
        for condition in &part.conditions {
            page.item(&depends(part, condition));
        }
    }
    let none = "None: no residual risk was proposed for acceptance.";
    page.gaps(&record.gaps, "acceptances", (record.acceptances.len(), none));
}

fn accepted(part: &AcceptancePart) -> String {
    let level = part.rating.as_ref().map_or("unrated", |rating| rating.severity);
    let who = part.accepted_by.as_ref().map_or_else(|| "nobody yet".to_owned(), |party| plain(&party.name));
    let ended = part.ended_because.as_deref().map_or(String::new(), |why| format!("; ended because {}", plain(why)));
    let same = part.accepted_by.as_ref().zip(part.requested_by.as_ref()).is_some_and(|(by, asked)| by.id == asked.id);
    let same = if same { " (the same person)" } else { "" };
    let why: Vec<String> = part.why.iter().map(|why| format!("; **{}**", plain(why))).collect();
    let why = why.concat();
    let renews = part.renews.as_deref().map_or(String::new(), |earlier| format!("; takes the place of {earlier}"));
    format!(
        "{} of {} ({level}): {}; accepted by {who} on {}; asked for by {}{same}; until {}; because {}; on condition: {}{renews}{ended}{why}",
        part.id,
        plain(&part.threat),
        word(part.state),
        day_or(part.decided_at.as_ref()),
        name(part.requested_by.as_ref()),
        day_or(part.expires_at.as_ref()),
        plain(&part.reason),
        plain(&part.condition)
    )
}

/// Every exception with how it stands on the day; nothing where there is none.
pub(super) fn exceptions(page: &mut Page, record: &Record) {
    if record.exceptions.is_empty() {
        return;
    }
    page.heading(2, "Exceptions");
    for part in &record.exceptions {
        page.item(&excepted(part));
    }
    page.gaps(&record.gaps, "exceptions", (record.exceptions.len(), ""));
}

fn excepted(part: &ExceptionPart) -> String {
    let control = part.control.as_deref().map_or(String::new(), |control| format!(" ({control})"));
    let state = if part.state == "overdue" { "**overdue**".to_owned() } else { word(part.state) };
    let mut said = format!(
        "{} {}{control}: {state}; until {}; seen to by {}; because {}; meanwhile {}; asked for by {}",
        part.id,
        plain(&part.title),
        part.deadline.as_deref().unwrap_or("no day"),
        name(part.owner.as_ref()),
        plain(&part.reason),
        plain(&part.compensating),
        name(part.requested_by.as_ref())
    );
    if part.decided_by.is_some() {
        let _ = write!(said, "; decided by {} on {}", name(part.decided_by.as_ref()), day_or(part.decided_at.as_ref()));
    }
    if let Some(due) = &part.review_due {
        let _ = write!(said, "; next review {due}");
    }
    for (label, text) in [("last review", &part.review_note), ("ended because", &part.ended_because)] {
        if let Some(text) = text {
            let _ = write!(said, "; {label} {}", plain(text));
        }
    }
    said
}

fn depends(of: &AcceptancePart, part: &ProvisoPart) -> String {
    let mut said = format!("{} depends on: {}: {}", of.id, plain(&part.text), word(part.state));
    if let Some(why) = &part.why {
        let _ = write!(said, " ({})", plain(why));
    }
    if let Some(due) = &part.due {
        let _ = write!(said, "; due {due}");
    }
    let _ = write!(said, "; seen to by {}", name(part.owner.as_ref()));
    if let Some(proof) = &part.proof {
        let _ = write!(said, "; proof of {}: {}", day_or(part.met_at.as_ref()), plain(proof));
    }
    if let Some(evidence) = &part.evidence {
        let _ = write!(said, " ({evidence})");
    }
    said
}

/// What will require a new assessment.
pub(super) fn triggers(page: &mut Page, record: &Record) {
    page.heading(2, "Re-assessment triggers");
    for part in &record.triggers {
        page.item(&armed(part));
    }
    page.gaps(&record.gaps, "triggers", (record.triggers.len(), "**Gap:** no trigger is registered."));
}

fn armed(part: &TriggerPart) -> String {
    let mut said = format!("{} ({}): {}", word(part.state), part.kind.unwrap_or("kind not said"), plain(&part.title));
    for (label, text) in [("noticed by", &part.noticed_by), ("fired because", &part.fired_because)] {
        if let Some(text) = text {
            let _ = write!(said, "; {label} {}", plain(text));
        }
    }
    for (label, at) in [("fires on", &part.due), ("fired", &part.fired_at)] {
        if at.is_some() {
            let _ = write!(said, "; {label} {}", day_or(at.as_ref()));
        }
    }
    if let Some(triage) = part.triage {
        let why = part.triage_reason.as_deref().map_or(String::new(), |why| format!(", because {}", plain(why)));
        let _ = write!(said, "; triaged by {}: {}{why}", name(part.triaged_by.as_ref()), word(triage));
    }
    said
}

/// Every sign-off with its state on the day; a voided one says so and by what.
pub(super) fn signoffs(page: &mut Page, record: &Record) {
    page.heading(2, "Sign-offs");
    for part in &record.signoffs {
        page.item(&signed(part));
    }
    for part in &record.relied_on {
        page.item(&format!(
            "{}: relied on, unchanged since review {}: {} on {}; not given anew; sha256 {}",
            role(part.role),
            part.review,
            name(part.party.as_ref()),
            day_or(part.at.as_ref()),
            part.content_sha256
        ));
    }
    page.gaps(&record.gaps, "signoffs", (record.signoffs.len(), "**Gap:** nobody has signed."));
}

fn signed(part: &SignoffPart) -> String {
    let state = match part.state {
        "voided" => format!("**voided** by {}", voided_by(part)),
        "withdrawn" => {
            let why = part.ended_because.as_deref().map_or(String::new(), |why| format!(" because {}", plain(why)));
            format!("**withdrawn**{why}")
        }
        state => word(state),
    };
    let sections: Vec<_> = part.sections.iter().map(|section| word(section)).collect();
    let words = part.statement.as_deref().map_or(String::new(), |text| format!("; \"{}\"", plain(text)));
    format!(
        "{}: {} by {} on {}; {state}; for {}; sha256 {}{words}",
        role(part.role),
        word(part.decision),
        plain(&part.party.name),
        day_or(Some(&part.at)),
        sections.join(", "),
        part.content_sha256
    )
}

/// Every entry that changed what was signed.
fn voided_by(part: &SignoffPart) -> String {
    if part.voided_by.is_empty() {
        return "a later change".to_owned();
    }
    let said = part.voided_by.iter().map(|cause| {
        let hat = cause.role.map_or_else(|| "an unknown role".to_owned(), role);
        format!("entry {} ({}, {hat}, {}): {}", cause.entry, plain(&cause.by), plain(&cause.at), plain(&cause.what))
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Everything that is missing, in one list.
pub(super) fn gaps(page: &mut Page, record: &Record) {
    page.heading(2, "What is missing");
    for gap in &record.gaps {
        let condition = gap.condition.map_or(String::new(), |n| format!("; gate, condition {n}"));
        page.item(&format!("**Gap:** {}{}{}", plain(&gap.text), whose(gap), condition));
    }
    if record.gaps.is_empty() {
        page.item("Nothing.");
    }
}

/// What this page can be checked against.
pub(super) fn integrity(page: &mut Page, record: &Record) {
    page.heading(2, "Integrity");
    page.item(&format!("Content: sha256 {}", record.integrity.content_sha256));
    page.item(&format!("Policy: {} {}, sha256 {}", record.policy.id, record.policy.version, record.policy.sha256));
    let head = record.integrity.log_head.as_deref().unwrap_or("**Gap:** the journal is empty");
    page.item(&format!("Journal head: {head} after {} entries", record.integrity.events));
    let generator = &record.head.generator;
    page.item(&format!("Written by {} {}", generator.name, plain(&generator.version)));
}

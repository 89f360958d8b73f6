//! Title, verdict, roles, tier and inventory.

use super::writer::{Page, day, day_or, name, plain, role, word};
use crate::exchange::record::{Record, UNRELEASED, act_parts::OverlapPart, model::InventoryPart};

/// Title, release, date and the verdict in one line.
pub(super) fn title(page: &mut Page, record: &Record) {
    let verdict = &record.verdict;
    page.heading(1, &format!("Disposition record: {}", plain(&record.system.name)));
    page.item(&format!("Release: {}", plain(&record.system.release)));
    for subject in record.system.subjects.iter().flat_map(|subject| &subject.digest) {
        page.item(&format!("{}: {}", subject.0, subject.1));
    }
    let released = usize::from(record.system.release != UNRELEASED);
    page.gaps(&record.gaps, "release", (released, "**Gap:** no release is named."));
    page.item(&format!("Date: {}", verdict.clearance.on));
    page.item(&format!("Record: {}, revision {}", record.head.id, record.head.revision));
    let kind = record.review.kind.unwrap_or("no");
    page.item(&format!("Review: {} ({kind})", record.review.number.unwrap_or(0)));
    let until = verdict.valid_until.as_ref().map_or(String::new(), |until| format!(", valid until {}", day(until)));
    let reason = plain(&verdict.clearance.reason);
    page.item(&format!("**Verdict: {}**{until}. {reason}", word(verdict.result)));
}

/// The disposition with its rationale, reasons and conditions.
pub(super) fn decision(page: &mut Page, record: &Record) {
    let verdict = &record.verdict;
    page.heading(2, "Disposition");
    let decided = verdict.disposition.map(|decision| {
        let (who, at) = (name(verdict.decided_by.as_ref()), day_or(verdict.decided_at.as_ref()));
        page.item(&format!("Decision: {}, by {who}, on {at}", word(decision)));
        page.fact("Rationale", verdict.rationale.as_deref());
    });
    let state = word(verdict.clearance.state);
    let restore = plain(&verdict.clearance.restore);
    let cure = if restore.is_empty() { String::new() } else { format!(" What restores it: {restore}") };
    page.item(&format!("Clearance: {state}. {}{cure}", plain(&verdict.clearance.reason)));
    // While nothing was decided the other reasons are the gaps, which have their own list.
    let all = if decided.is_some() { verdict.reasons.len() } else { 1 };
    for reason in verdict.reasons.iter().take(all) {
        page.item(&format!("Why not ({}): {}", word(reason.code), plain(&reason.text)));
    }
    for condition in &verdict.conditions {
        let met = if condition.met { "met" } else { "open" };
        let proof = condition.proof.as_deref().map_or(String::new(), |proof| format!(", shown by {}", plain(proof)));
        let owner = name(condition.owner.as_ref());
        page.item(&format!(
            "Condition {} ({met}{proof}): {}; {owner}; due {}",
            condition.id,
            plain(&condition.text),
            condition.due
        ));
    }
    if verdict.conditions.is_empty() {
        page.item("Conditions: none");
    }
    if let Some(draft) = record.review.draft.filter(|_| decided.is_none()) {
        let why = record.review.draft_reason.as_deref().map_or(String::new(), plain);
        page.item(&format!("Draft of the governance lead: {}. {why}", word(draft)));
    }
    page.gaps(&record.gaps, "disposition", (usize::from(decided.is_some()), "**Gap:** nothing was decided."));
}

/// Who holds which role, and whether somebody did several steps.
pub(super) fn roles(page: &mut Page, record: &Record) {
    let duties = &record.separation_of_duties;
    page.heading(2, "Roles and independence");
    for part in &record.roles {
        page.item(&format!("{}: {}", role(part.role), name(part.party.as_ref())));
    }
    page.item(&format!("Accountable owner: {}", name(record.system.owner.as_ref())));
    page.item(&format!("Separation of duties: {}", plain(&duties.sentence)));
    for overlap in &duties.overlaps {
        let roles: Vec<_> = overlap.roles.iter().map(|code| role(code)).collect();
        let measure = measure(overlap);
        let version = duties.policy_version;
        let policy = if version == 0 { "as built in".to_owned() } else { format!("version {version}") };
        let judgement = overlap.judgement.map_or(String::new(), |said| format!(" (policy, {policy}: {})", word(said)));
        page.item(&format!(
            "{} stands for {}{judgement}; compensating measure: {measure}",
            plain(&overlap.party.name),
            roles.join(", ")
        ));
    }
    if let Some(by_hand) = &duties.by_hand {
        let who = name(by_hand.by.as_ref());
        page.item(&format!("Combined against the policy by {who}, because: {}", plain(&by_hand.reason)));
    }
}

/// What makes up for it: the measure, the countersignature, or the gap.
fn measure(overlap: &OverlapPart) -> String {
    let countersigned = overlap.countersigned.as_ref().map(|second| {
        let (who, as_role) = (name(second.by.as_ref()), second.role.map_or_else(String::new, role));
        format!("countersigned by {who} as {as_role} on {}: {}", day_or(second.at.as_ref()), plain(&second.statement))
    });
    let parts: Vec<String> = overlap.compensating.as_deref().map(plain).into_iter().chain(countersigned).collect();
    if parts.is_empty() { "**Gap:** none is recorded".to_owned() } else { parts.join("; ") }
}

/// The tier, how it came about, and an override.
pub(super) fn tier(page: &mut Page, record: &Record) {
    let tier = &record.system.tier;
    page.heading(2, "Tier");
    if let Some(effective) = tier.effective {
        page.item(&format!("Tier: {effective} (computed: {})", tier.computed.unwrap_or("not yet")));
    }
    for said in &tier.explanation {
        page.item(&format!("Because: {}", plain(said)));
    }
    if let Some(by_hand) = &tier.by_hand {
        let (who, at) = (name(by_hand.by.as_ref()), day_or(by_hand.at.as_ref()));
        page.item(&format!("Set by hand to {} by {who} on {at}, because: {}", by_hand.tier, plain(&by_hand.reason)));
    }
    page.gaps(&record.gaps, "tier", (usize::from(tier.effective.is_some()), "**Gap:** there is no tier"));
}

/// What the owner documented.
pub(super) fn inventory(page: &mut Page, record: &Record) {
    page.heading(2, "Inventory");
    for field in &record.system.inventory.fields {
        page.fact(field.label, field.value.as_deref());
    }
    page.item(&format!("Components: {}; data flows: {}", record.system.components, record.system.data_flows));
    for part in &record.system.inventory.parts {
        page.item(&described(part));
    }
    for fact in &record.system.facts {
        let holds = if fact.holds { "yes" } else { "no" };
        page.item(&format!("Corrected by hand: {}: {holds}, because {}", plain(&fact.title), plain(&fact.reason)));
    }
    for source in &record.sources {
        let dropped = if source.dropped.is_empty() {
            String::new()
        } else {
            format!("; left out: {}", plain(&source.dropped.join(", ")))
        };
        let (file, format) = (plain(&source.name), plain(&source.format));
        page.item(&format!(
            "Imported: {file} ({format}), {}, sha256 {}{dropped}",
            day(&source.imported_at),
            source.sha256
        ));
    }
    if record.system.inventory.parts.is_empty() {
        page.item("Parts: **Gap:** no component, data flow, tool, connection, model or retrieval source is described");
    }
}

fn described(part: &InventoryPart) -> String {
    let details: Vec<_> =
        part.details.iter().map(|detail| format!("{}: {}", detail.label, plain(&detail.value))).collect();
    let details = if details.is_empty() { String::new() } else { format!("; {}", details.join("; ")) };
    let kind = match part.kind {
        "flow" => "Data flow",
        "tool" => "Tool",
        "connection" => "Connection",
        "model" => "Model",
        "retrieval" => "Retrieval source",
        _ => "Component",
    };
    format!("{kind}: {}{details}", plain(&part.name))
}

//! Coverage, threats, controls, evidence and the DPO's part.

use super::writer::{Page, day, day_or, name, plain, role, word};
use crate::exchange::record::{
    Record,
    parts::{ControlPart, EvidencePart, PrivacyPart, RatingPart, ThreatPart},
};

/// Whether the threat model looks at everything that the inventory names.
pub(super) fn coverage(page: &mut Page, record: &Record) {
    let coverage = &record.coverage;
    page.heading(2, "Coverage");
    let covered = coverage.subjects - coverage.uncovered.len().min(coverage.subjects);
    page.item(&format!("{covered} of {} parts of the stated context are looked at", coverage.subjects));
    for row in &coverage.considered {
        page.item(&format!("Considered, none: {}, because {}", plain(&row.subject), plain(&row.reason)));
    }
    let covered = usize::from(coverage.subjects > 0);
    page.gaps(&record.gaps, "coverage", (covered, "**Gap:** nothing is described that a threat could cover."));
}

/// One line per threat, then why.
pub(super) fn threats(page: &mut Page, record: &Record) {
    let items = &record.threats.items;
    page.heading(2, "Threats");
    let heads = ["Id", "Threat", "Inherent → now → target", "Treatment", "Decision", "Who", "Until"];
    page.table(&heads, &items.iter().map(threat).collect::<Vec<_>>());
    let mut more = false;
    for item in items {
        if let Some(said) = reasons(item) {
            if !more {
                page.heading(3, "Why");
                more = true;
            }
            page.item(&said);
        }
    }
    page.gaps(&record.gaps, "threats", (items.len(), "**Gap:** the threat register is empty."));
}

fn threat(item: &ThreatPart) -> Vec<String> {
    let progress = item.progress.map_or(String::new(), |progress| format!(" ({})", word(progress)));
    vec![
        item.id.clone(),
        plain(&item.title),
        format!("{} → {} → {}", score(&item.inherent), score(&item.residual), score(&item.target)),
        word(item.treatment),
        format!("{}{progress}", word(item.disposition)),
        item.decided_by.as_ref().map_or_else(|| "–".to_owned(), |party| plain(&party.name)),
        day_or(item.expires_at.as_ref()).to_owned(),
    ]
}

fn score(rating: &RatingPart) -> String {
    match (rating.likelihood, rating.impact) {
        (Some(likelihood), Some(impact)) => format!("{} {likelihood}×{impact}", rating.severity),
        _ => rating.severity.to_owned(),
    }
}

fn reasons(item: &ThreatPart) -> Option<String> {
    let said = [
        ("treatment", item.rationale.as_deref()),
        ("score", item.score_reason.as_deref()),
        ("DPO", item.dpo_verdict),
        ("DPO's reason", item.dpo_reason.as_deref()),
        ("tool said", item.origin.as_ref().and_then(|origin| origin.status_word.as_deref())),
    ];
    let said: Vec<_> = said.iter().filter_map(|(label, text)| Some(format!("{label}: {}", plain((*text)?)))).collect();
    let maps: Vec<_> = item.maps.iter().map(|map| format!("{} ({})", plain(&map.id), plain(&map.title))).collect();
    let mapped = (!maps.is_empty()).then(|| format!("maps to: {}", maps.join(", ")));
    let controls = item.controls.join(", ");
    let linked = (!controls.is_empty()).then(|| format!("controls: {controls}"));
    let all: Vec<_> = said.into_iter().chain(mapped).chain(linked).collect();
    (!all.is_empty()).then(|| format!("{}: {}", item.id, all.join("; ")))
}

/// One line per control.
pub(super) fn controls(page: &mut Page, record: &Record) {
    page.heading(2, "Controls");
    let heads = ["Id", "Control", "Status", "Owner", "Due", "Against", "Evidence", "Lowers the score"];
    page.table(&heads, &record.controls.iter().map(control).collect::<Vec<_>>());
    page.gaps(&record.gaps, "controls", (record.controls.len(), "**Gap:** there is no control."));
}

fn control(item: &ControlPart) -> Vec<String> {
    let owner = match (&item.owner, item.owner_role) {
        (Some(party), _) => plain(&party.name),
        (None, Some(code)) => role(code),
        (None, None) => "**Gap:** nobody".to_owned(),
    };
    vec![
        item.id.clone(),
        plain(&item.title),
        word(item.status),
        owner,
        day_or(item.due.as_ref()).to_owned(),
        item.threats.join(", "),
        item.evidence.join(", "),
        if item.counts { "yes" } else { "no" }.to_owned(),
    ]
}

/// One line per piece of evidence, with its hash.
pub(super) fn evidence(page: &mut Page, record: &Record) {
    page.heading(2, "Evidence");
    let heads = ["Id", "Evidence", "Kind", "May support", "Grade", "Location", "Collected", "Until", "SHA-256"];
    page.table(&heads, &record.evidence.iter().map(proof).collect::<Vec<_>>());
    page.gaps(&record.gaps, "evidence", (record.evidence.len(), "**Gap:** the evidence pack is empty."));
}

fn proof(item: &EvidencePart) -> Vec<String> {
    vec![
        item.id.clone(),
        plain(&item.title),
        word(item.sort),
        item.supports.join(", "),
        item.grade.unwrap_or("–").to_owned(),
        item.location.as_deref().map_or_else(|| "–".to_owned(), plain),
        item.collected_at.as_ref().map_or_else(|| "**Gap:** not said".to_owned(), |at| day(at).to_owned()),
        day_or(item.expires_at.as_ref()).to_owned(),
        item.sha256.clone().unwrap_or_else(|| "**Gap:** none".to_owned()),
    ]
}

/// The DPO's assessment and advice, and what the deciding person made of it.
pub(super) fn privacy(page: &mut Page, record: &Record) {
    let part = &record.privacy;
    page.heading(2, "Data protection");
    if !part.personal_data {
        let known = usize::from(!record.gaps.iter().any(|gap| gap.part == "privacy"));
        if known > 0 {
            page.item(&format!("Not applicable: {}", plain(&part.because)));
        }
        page.gaps(&record.gaps, "privacy", (known, ""));
        return;
    }
    page.item(&plain(&part.because));
    for (label, value) in assessed(part) {
        page.fact(label, value);
    }
    match &part.dpia {
        Some(dpia) => {
            let needed = if dpia.required { "needed" } else { "not needed" };
            let why = dpia.reason.as_deref().map_or(String::new(), |why| format!(": {}", plain(why)));
            page.item(&format!("DPIA: {needed}, {}{why}", word(dpia.status)));
        }
        None => page.item("DPIA: **Gap:** nobody said whether it is needed and how far it is"),
    }
    checklist(page, part);
    match part.dpo.as_ref().filter(|dpo| dpo.opinion != "pending") {
        Some(dpo) => {
            let (who, at) = (name(dpo.party.as_ref()), day_or(dpo.at.as_ref()));
            let text = dpo.text.as_deref().map_or(String::new(), |text| format!(": {}", plain(text)));
            page.item(&format!("Advice of the DPO: {}, by {who}, on {at}{text}", word(dpo.opinion)));
        }
        None => page.item("Advice of the DPO: **Gap:** none was given"),
    }
    match &part.followed {
        Some(followed) => {
            let why = if followed.reason.is_empty() {
                String::new()
            } else {
                format!(", because {}", plain(&followed.reason))
            };
            page.item(&format!("The deciding person made of it: {}{why}", word(followed.outcome)));
        }
        None => page.item("The deciding person made of it: **Gap:** nothing is recorded"),
    }
}

/// The DPO's checklist: the screening, each section with what it comes to, the people's views and the authority.
fn checklist(page: &mut Page, part: &PrivacyPart) {
    if let Some(screening) = &part.screening {
        let came = screening.result.map_or_else(|| "**Gap:** not all criteria are answered".to_owned(), word);
        let rules = screening.rules.join(", ");
        page.item(&format!("DPIA screening: {} of 9 criteria met; {came} ({rules})", screening.criteria_met));
    }
    for (label, said) in [("Views of the people", &part.views), ("Prior consultation", &part.prior_consultation)] {
        if let Some(said) = said {
            let text = said.text.as_deref().map_or(String::new(), |text| format!(": {}", plain(text)));
            page.item(&format!("{label}: {}{text}", word(said.outcome)));
        }
    }
    for section in &part.sections {
        let came = section.outcome.map_or_else(|| "no outcome yet".to_owned(), word);
        let open = if section.done { "" } else { "; **Gap:** not assessed in full" };
        let text = section.text.as_deref().map_or(String::new(), |text| format!(": {}", plain(text)));
        page.item(&format!("Section {}: {came}{open}{text}", section.title));
        for answer in section.answers.iter().filter(|answer| answer.note.is_some() || !answer.chosen.is_empty()) {
            let note = answer.note.as_deref().map_or(String::new(), |note| format!(": {}", plain(note)));
            let chosen =
                if answer.chosen.is_empty() { String::new() } else { format!(" ({})", answer.chosen.join(", ")) };
            let given = answer.answer.map_or_else(|| "open".to_owned(), word);
            page.item(&format!("{} {} {given}{chosen}{note}", answer.id, plain(answer.question)));
        }
    }
}

fn assessed(part: &PrivacyPart) -> [(&'static str, Option<&str>); 7] {
    [
        ("Lawful basis", part.lawful_basis.as_deref()),
        ("Minimisation", part.minimisation.as_deref()),
        ("Purpose limitation", part.purpose_limitation.as_deref()),
        ("Retention", part.retention.as_deref()),
        ("Transfers", part.transfers.as_deref()),
        ("Rights", part.rights.as_deref()),
        ("Training-data provenance", part.training_data.as_deref()),
    ]
}

//! What red teams, penetration tests and audits found.

use super::writer::{Page, day_or, plain, word};
use crate::exchange::record::{Record, finding::FindingPart};

/// One line per finding; nothing where nothing was found.
pub(super) fn findings(page: &mut Page, record: &Record) {
    if record.findings.is_empty() {
        return;
    }
    page.heading(2, "Findings");
    let heads = ["Id", "Finding", "Severity", "Found in", "Against", "State", "Owner", "Due", "Retest", "Evidence"];
    page.table(&heads, &record.findings.iter().map(finding).collect::<Vec<_>>());
}

fn finding(item: &FindingPart) -> Vec<String> {
    let late = if item.overdue { " **late**" } else { "" };
    let because = item.reason.as_deref().map_or(String::new(), |why| format!(": {}", plain(why)));
    let retest = item
        .retest
        .as_ref()
        .map_or_else(|| "–".to_owned(), |retest| format!("{} on {}", retest.result, day_or(retest.on.as_ref())));
    vec![
        item.id.clone(),
        plain(&item.title),
        word(item.severity),
        item.found_in.map_or_else(|| "–".to_owned(), word),
        item.threats.join(", "),
        format!("{}{because}", word(item.status)),
        item.owner.as_ref().map_or_else(|| "**Gap:** nobody".to_owned(), |party| plain(&party.name)),
        format!("{}{late}", day_or(item.due.as_ref())),
        retest,
        item.evidence.join(", "),
    ]
}

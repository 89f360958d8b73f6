//! `DefectDojo`'s generic list of findings, in JSON.

use serde_json::Value;

use super::draft::{Anchors, Draft, EvidenceDraft, FindingDraft, Format, Run, Seen, SystemDraft};
use super::ident::Ids;
use super::{Refused, tree, words};
use crate::domain::{Line, Prose};

/// What every finding must have.
const REQUIRED: [&str; 3] = ["title", "severity", "description"];

/// Reads a list that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Result<Draft, Refused> {
    let mut draft = Draft::new(Format::DojoGeneric, seen);
    let all = tree::items(tree, "findings");
    let lacks = |one: &&Value| REQUIRED.iter().any(|field| tree::text(&one[*field]).trim().is_empty());
    let missing = all.iter().filter(lacks).count();
    if missing > 0 && missing == all.len() {
        return Err(Refused::Lacking {
            looks: "a DefectDojo list of findings",
            lack: "none of its findings has a title, a severity and a description",
        });
    }
    let by = tree::line(tree, "name");
    let by = if by.is_empty() { tree::line(tree, "type") } else { by };
    let (mut anchors, mut ids) = (Anchors::default(), Ids::new("defectdojo-generic"));
    let mut findings = Vec::new();
    for one in all {
        let raw = tree::text(&one["title"]);
        anchors.count(&raw, &Line::new(&raw));
        if lacks(&one) {
            draft.notes.dropped("A finding without a title, a severity or a description");
            continue;
        }
        findings.push(finding(one, &by, &mut ids));
    }
    anchors.repeated_ids = ids.repeated();
    let flag = |one: &Value, field: &str| one[field].as_bool();
    let mitigated = |one: &&Value| flag(one, "is_mitigated") == Some(true) || !tree::text(&one["mitigated"]).is_empty();
    draft.count("kind", "json");
    draft.count("missing_required", missing);
    draft.count("mitigated", all.iter().filter(mitigated).count());
    draft.count("inactive", all.iter().filter(|one| flag(one, "active") == Some(false)).count());
    draft.count("outcome", if all.is_empty() { "empty" } else { "ok" });
    draft.schema = Line::new("json");
    draft.title = by.clone();
    draft.lineage = Line::new(if by.is_empty() { "findings" } else { by.as_str() });
    draft.results = true;
    draft.whole = !all.is_empty();
    draft.anchors = Some(anchors);
    let day = findings.iter().filter_map(|finding| finding.found).max();
    let evidence = EvidenceDraft {
        source_id: Line::new(&format!("defectdojo-generic/run {}", seen.sha256)),
        title: Line::new(&format!("Findings {}", if by.is_empty() { "of a tool" } else { by.as_str() })),
        run: Run::Scan,
        collected: day,
        failed: Some(findings.len() as u64),
        ..EvidenceDraft::default()
    };
    let name = super::stem(seen.name);
    draft.systems =
        vec![SystemDraft { name, name_from_file: true, evidence: vec![evidence], findings, ..SystemDraft::default() }];
    Ok(draft)
}

fn finding(one: &Value, by: &Line, ids: &mut Ids) -> FindingDraft {
    let word = tree::line(one, "severity");
    let tool_id = ["unique_id_from_tool", "vuln_id_from_tool"].map(|key| tree::text(&one[key]).into_owned());
    let tool_id = tool_id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    let title = tree::line(one, "title");
    let path = tree::text(&one["file_path"]);
    let (status, claim) = claimed(one);
    FindingDraft {
        source_id: ids.give(&tool_id, &["finding", title.as_str(), &path, &tree::text(&one["line"])]),
        title,
        description: tree::labelled(&[
            ("", &tree::text(&one["description"])),
            ("Impact", &tree::text(&one["impact"])),
            ("Where", &[path.as_ref(), &tree::text(&one["line"])].join(" ")),
            ("Component", &tree::text(&one["component_name"])),
            ("CVE", &tree::text(&one["cve"])),
            ("CWE", &tree::text(&one["cwe"])),
            ("References", &tree::text(&one["references"])),
        ]),
        severity: words::severity(word.as_str()).unwrap_or_default(),
        severity_word: word,
        found: tree::day(&tree::text(&one["date"])),
        by: by.clone(),
        occurrences: one["nb_occurences"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1).max(1),
        remediation: tree::prose(one, "mitigation"),
        status_word: status,
        claim,
        ..FindingDraft::default()
    }
}

/// What the list says became of a finding: a claim.
fn claimed(one: &Value) -> (Line, Prose) {
    const FLAGS: [(&str, &str); 6] = [
        ("risk_accepted", "risk accepted"),
        ("false_p", "false positive"),
        ("is_mitigated", "mitigated"),
        ("out_of_scope", "out of scope"),
        ("under_review", "under review"),
        ("duplicate", "duplicate"),
    ];
    let said: Vec<&str> =
        FLAGS.iter().filter(|(key, _)| one[*key].as_bool() == Some(true)).map(|(_, words)| *words).collect();
    let mut words = said.join(", ");
    if words.is_empty() && one["active"].as_bool() == Some(false) {
        words = "not active".into();
    }
    if words.is_empty() {
        return (Line::default(), Prose::default());
    }
    (Line::new(&words), Prose::new(&format!("the list says: {words}")))
}

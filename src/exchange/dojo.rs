//! `DefectDojo`'s list of findings, in JSON and as a table.

mod table;

use serde_json::Value;

use super::draft::{Anchors, Draft, EvidenceDraft, FindingDraft, Format, Run, Seen, SystemDraft};
use super::ident::Ids;
use super::notes::Notes;
use super::stream::{self, Rows, Take};
use super::{Refused, tree, words};
use crate::domain::{Line, Prose};
pub(super) use table::{is_one as is_table, read as read_table};

/// What every finding must have.
const REQUIRED: [&str; 3] = ["title", "severity", "description"];

/// What is read of a list, and what tells it from one of another tool.
pub(super) static TAKE: Take = stream::fields(&[
    ("name", Take::All),
    ("type", Take::All),
    ("elements", Take::Nothing),
    ("actors", Take::Nothing),
    ("findings", stream::rows("findings", &Take::All)),
]);

/// Reads a list that was recognised, finding by finding.
pub(super) fn read(seen: &Seen, tree: &Value, rows: Rows) -> Result<Draft, Refused> {
    let by = tree::line(tree, "name");
    let by = if by.is_empty() { tree::line(tree, "type") } else { by };
    let (mut list, mut notes) = (List::new("json", by), Notes::default());
    rows(&mut |row| list.take(row.item, &mut notes))?;
    list.into_draft(seen, notes)
}

/// The findings that were read by now.
struct List {
    kind: &'static str,
    by: Line,
    ids: Ids,
    anchors: Anchors,
    findings: Vec<FindingDraft>,
    all: usize,
    missing: usize,
    mitigated: usize,
    inactive: usize,
}

impl List {
    fn new(kind: &'static str, by: Line) -> Self {
        Self {
            kind,
            by,
            ids: Ids::new("defectdojo-generic"),
            anchors: Anchors::default(),
            findings: Vec::new(),
            all: 0,
            missing: 0,
            mitigated: 0,
            inactive: 0,
        }
    }

    fn take(&mut self, one: &Value, notes: &mut Notes) {
        let raw = tree::text(&one["title"]);
        self.anchors.count(&raw, &Line::new(&raw));
        self.all += 1;
        let mitigated = one["is_mitigated"].as_bool() == Some(true) || !tree::text(&one["mitigated"]).is_empty();
        self.mitigated += usize::from(mitigated);
        self.inactive += usize::from(one["active"].as_bool() == Some(false));
        if REQUIRED.iter().any(|field| tree::text(&one[*field]).trim().is_empty()) {
            self.missing += 1;
            notes.dropped("A finding without a title, a severity or a description");
            return;
        }
        self.findings.push(finding(one, &self.by, &mut self.ids));
    }

    fn into_draft(mut self, seen: &Seen, notes: Notes) -> Result<Draft, Refused> {
        if self.missing > 0 && self.missing == self.all {
            return Err(Refused::Lacking {
                looks: "a DefectDojo list of findings",
                lack: "none of its findings has a title, a severity and a description",
            });
        }
        self.anchors.repeated_ids = self.ids.repeated();
        let by = self.by;
        let mut draft = Draft::new(Format::DojoGeneric, seen);
        draft.notes = notes;
        draft.count("kind", self.kind);
        draft.count("missing_required", self.missing);
        draft.count("mitigated", self.mitigated);
        draft.count("inactive", self.inactive);
        draft.count("outcome", if self.all == 0 { "empty" } else { "ok" });
        draft.schema = Line::new(self.kind);
        draft.lineage = Line::new(if by.is_empty() { "findings" } else { by.as_str() });
        draft.title = by.clone();
        draft.results = true;
        draft.whole = self.all > 0;
        draft.anchors = Some(self.anchors);
        let evidence = EvidenceDraft {
            source_id: Line::new(&format!("defectdojo-generic/run {}", seen.sha256)),
            title: Line::new(&format!("Findings {}", if by.is_empty() { "of a tool" } else { by.as_str() })),
            run: Run::Scan,
            collected: self.findings.iter().filter_map(|finding| finding.found).max(),
            failed: Some(self.findings.len() as u64),
            ..EvidenceDraft::default()
        };
        draft.systems = vec![SystemDraft {
            name: super::stem(seen.name),
            name_from_file: true,
            evidence: vec![evidence],
            findings: self.findings,
            ..SystemDraft::default()
        }];
        Ok(draft)
    }
}

fn finding(one: &Value, by: &Line, ids: &mut Ids) -> FindingDraft {
    let word = tree::line(one, "severity");
    let tool_id = ["unique_id_from_tool", "vuln_id_from_tool"].map(|key| tree::text(&one[key]).into_owned());
    let tool_id = tool_id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    let title = tree::line(one, "title");
    let (path, line) = (tree::text(&one["file_path"]), tree::text(&one["line"]));
    let address = tree::text(&one["url"]);
    let (status, claim) = claimed(one);
    let mut describing = vec!["finding", title.as_str(), &path, &line];
    describing.extend(Some(address.as_ref()).filter(|address| !address.is_empty()));
    FindingDraft {
        source_id: ids.give(&tool_id, &describing),
        description: tree::labelled(&[
            ("", &tree::text(&one["description"])),
            ("Impact", &tree::text(&one["impact"])),
            ("Where", &[path.as_ref(), &line].join(" ")),
            ("Address", &address),
            ("Component", &tree::text(&one["component_name"])),
            ("CVE", &tree::text(&one["cve"])),
            ("CWE", &tree::text(&one["cwe"])),
            ("References", &tree::text(&one["references"])),
        ]),
        severity: words::severity(word.as_str()).unwrap_or_default(),
        severity_word: word,
        found: tree::day(&tree::text(&one["date"])),
        by: if by.is_empty() { tree::line(one, "found_by") } else { by.clone() },
        occurrences: one["nb_occurences"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1).max(1),
        remediation: tree::prose(one, "mitigation"),
        status_word: status,
        claim,
        title,
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

//! The register as a table. A cell that a spreadsheet would take for a formula begins with an apostrophe.

use super::super::Record;

const HEADS: [&str; 16] = [
    "Threat ID",
    "Title",
    "Description",
    "Category",
    "Target",
    "System",
    "Likelihood",
    "Impact",
    "Severity",
    "Current severity",
    "Treatment",
    "Justification",
    "Decided by",
    "Accepted until",
    "Controls",
    "Mappings",
];

/// A row for each threat.
pub(super) fn csv(record: &Record) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let _ = out.write_record(HEADS);
    for threat in &record.threats.items {
        let number = |n: Option<u8>| n.map_or(String::new(), |n| n.to_string());
        let maps: Vec<_> = threat.maps.iter().map(|map| format!("{} {}", map.framework, map.id)).collect();
        let row = [
            threat.id.clone(),
            threat.title.clone(),
            threat.description.clone().unwrap_or_default(),
            super::category(threat).unwrap_or_default().to_owned(),
            threat.targets.join("; "),
            record.system.name.clone(),
            number(threat.inherent.likelihood),
            number(threat.inherent.impact),
            threat.inherent.severity.to_owned(),
            threat.residual.severity.to_owned(),
            threat.treatment.to_owned(),
            threat.rationale.clone().unwrap_or_default(),
            threat.decided_by.as_ref().map_or(String::new(), |who| who.name.clone()),
            threat.expires_at.as_deref().and_then(|at| at.get(..10)).unwrap_or_default().to_owned(),
            threat.controls.join("; "),
            maps.join("; "),
        ];
        let _ = out.write_record(row.iter().map(|cell| inert(cell)));
    }
    // Nothing can fail that is written into memory.
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell that no spreadsheet runs.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "|cmd"] {
            assert!(inert(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(inert("a=b"), "a=b");
    }
}

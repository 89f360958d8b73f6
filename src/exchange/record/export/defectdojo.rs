//! Generic findings of `DefectDojo`. It refuses keys that it does not know, so only those are written.

use serde_json::{Map, Value, json};

use super::{
    super::{Record, finding::FindingPart, parts::ThreatPart},
    Standing, category, standing, told,
};

/// The threats, and the open findings against them.
pub(super) fn findings(record: &Record) -> Value {
    let threats = record.threats.items.iter().map(|part| threat(record, part));
    let found = record.findings.iter().filter(|part| part.state == "open").map(|part| finding(record, part));
    json!({ "findings": threats.chain(found).collect::<Vec<_>>() })
}

fn severity(code: &str) -> &'static str {
    match code {
        "critical" => "Critical",
        "high" => "High",
        "medium" => "Medium",
        "low" => "Low",
        _ => "Info",
    }
}

fn threat(record: &Record, threat: &ThreatPart) -> Value {
    let at = standing(threat);
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("title", json!(format!("{}: {}", threat.id, threat.title)));
    put("severity", json!(severity(threat.residual.severity)));
    put("description", json!(told(threat)));
    put("unique_id_from_tool", json!(format!("docket:{}:{}", record.system.id, threat.id)));
    put("vuln_id_from_tool", json!(category(threat).unwrap_or("threat")));
    put("component_name", json!(record.system.name));
    put("active", json!(matches!(at, Standing::Undecided | Standing::Open)));
    put("verified", json!(at == Standing::Mitigated));
    put("false_p", json!(at == Standing::NotApplicable));
    put("risk_accepted", json!(at == Standing::Accepted));
    put("under_review", json!(at == Standing::Undecided));
    put("is_mitigated", json!(at == Standing::Mitigated));
    put("out_of_scope", json!(at == Standing::Elsewhere));
    let due = due(record, threat);
    if let Some(due) = due {
        put("planned_remediation_date", json!(due));
    }
    put("tags", json!(threat.maps.iter().map(|map| format!("{}:{}", map.framework, map.id)).collect::<Vec<_>>()));
    Value::Object(out)
}

/// When the last control against it is due.
fn due<'a>(record: &'a Record, threat: &ThreatPart) -> Option<&'a str> {
    let controls = record.controls.iter().filter(|control| threat.controls.contains(&control.id));
    controls.filter_map(|control| control.due.as_deref()).max().and_then(|at| at.get(..10))
}

fn finding(record: &Record, finding: &FindingPart) -> Value {
    json!({
        "title": format!("{}: {}", finding.id, finding.title),
        "severity": severity(finding.severity),
        "description": finding.description.clone().unwrap_or_else(|| finding.title.clone()),
        "mitigation": finding.remediation.clone().unwrap_or_default(),
        "unique_id_from_tool": format!("docket:{}:{}", record.system.id, finding.id),
        "component_name": record.system.name,
        "active": true,
        "verified": true,
        "date": finding.found_on.as_deref().and_then(|at| at.get(..10)).unwrap_or(&record.head.generated_at[..10]),
    })
}

//! SARIF 2.1.0: a result for each threat, a rule for each category. What was accepted or does not apply is suppressed,
//! with its reason, and never left out.

use serde_json::{Value, json};

use super::{
    super::{Record, parts::ThreatPart},
    Standing, category, standing, told,
};

/// The log with one run.
pub(super) fn log(record: &Record) -> Value {
    let mut rules: Vec<&str> = record.threats.items.iter().map(rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let results: Vec<Value> = record.threats.items.iter().map(|threat| result(record, &rules, threat)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "docket",
                "semanticVersion": record.head.generator.version,
                "rules": rules.iter().map(|name| json!({ "id": id(name), "shortDescription": { "text": name } })).collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": format!("docket/{}/{}", record.system.id, record.system.release) },
            "invocations": [{ "executionSuccessful": true, "endTimeUtc": record.head.generated_at }],
            "logicalLocations": [{ "name": record.system.name, "kind": "module" }],
            "results": results,
            "properties": { "record": record.head.id, "contentSha256": record.content_sha256(), "verdict": record.verdict.result },
        }],
    })
}

fn rule(threat: &ThreatPart) -> &str {
    category(threat).unwrap_or("Uncategorised threat")
}

/// The name of a rule as an identity.
fn id(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    plain.collect::<String>().trim_matches('-').to_owned()
}

fn result(record: &Record, rules: &[&str], threat: &ThreatPart) -> Value {
    let at = standing(threat);
    let (kind, level) = match (at, threat.residual.severity) {
        (Standing::Mitigated, _) => ("pass", "none"),
        (Standing::NotApplicable, _) => ("notApplicable", "none"),
        (_, "critical" | "high") => ("fail", "error"),
        (_, "medium") => ("fail", "warning"),
        (_, "low") => ("fail", "note"),
        // What nobody rated is not harmless.
        _ => ("review", "none"),
    };
    let name = rule(threat);
    let mut out = json!({
        "ruleId": id(name),
        "ruleIndex": rules.iter().position(|other| *other == name),
        "kind": kind,
        "level": level,
        "message": { "text": format!("{}: {}\n\n{}", threat.id, threat.title, told(threat)) },
        "locations": [{ "logicalLocations": places(record, threat) }],
        "partialFingerprints": { "docketThreat/v1": format!("{}/{}", record.system.id, threat.id) },
        "properties": {
            "disposition": threat.disposition,
            "inherent": threat.inherent.severity,
            "residual": threat.residual.severity,
            "target": threat.target.severity,
            "tags": threat.maps.iter().map(|map| format!("{}:{}", map.framework, map.id)).collect::<Vec<_>>(),
        },
    });
    if matches!(at, Standing::Accepted | Standing::Elsewhere) {
        let why = threat.rationale.clone().unwrap_or_default();
        out["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": why }]);
    }
    out
}

fn places(record: &Record, threat: &ThreatPart) -> Vec<Value> {
    if threat.targets.is_empty() {
        return vec![json!({ "name": record.system.name, "index": 0 })];
    }
    let full = |target: &String| format!("{}/{target}", record.system.name);
    threat.targets.iter().map(|target| json!({ "name": target, "fullyQualifiedName": full(target) })).collect()
}

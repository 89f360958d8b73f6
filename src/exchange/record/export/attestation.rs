//! `CycloneDX` 1.6: what the system is made of as services and models, and the controls as claims with their evidence.

use serde_json::{Value, json};

use super::{super::Record, uuid};

/// The document.
pub(super) fn bom(record: &Record) -> Value {
    let subject = "system";
    let system = json!({
        "type": "application",
        "bom-ref": subject,
        "name": record.system.name,
        "version": record.system.release,
    });
    let assessor = json!({ "bom-ref": "board", "thirdParty": false, "organization": { "name": "review board" } });
    let (evidence, claims) = (evidence(record), claims(record, subject));
    let models = record.system.inventory.parts.iter().filter(|part| part.kind == "model");
    let components: Vec<Value> = models
        .map(|part| {
            json!({
                "type": "machine-learning-model",
                "bom-ref": format!("model {}", part.name),
                "name": part.name,
            })
        })
        .collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid(record, &format!("bom {}", record.head.revision))),
        "version": record.head.revision,
        "metadata": {
            "timestamp": record.head.generated_at,
            "tools": { "components": [{ "type": "application", "name": "docket", "version": record.head.generator.version }] },
            "component": system,
        },
        "components": components,
        "declarations": {
            "assessors": [assessor],
            "claims": claims,
            "evidence": evidence,
            "attestations": [{
                "summary": format!("{}: {}", record.verdict.result, record.verdict.clearance.reason),
                "assessor": "board",
                "map": [],
            }],
        },
    })
}

/// What shows that the controls work.
fn evidence(record: &Record) -> Vec<Value> {
    record
        .evidence
        .iter()
        .map(|part| {
            let mut out = json!({
                "bom-ref": part.id,
                "propertyName": part.sort,
                "description": format!("{}, SHA-256 {}", part.title, part.sha256.as_deref().unwrap_or("not known")),
            });
            for (key, at) in [("created", &part.collected_at), ("expires", &part.expires_at)] {
                if let Some(at) = at {
                    out[key] = json!(at);
                }
            }
            out
        })
        .collect()
}

/// Each control as a claim about the system.
fn claims(record: &Record, subject: &str) -> Vec<Value> {
    record.controls.iter().map(|control| json!({
        "bom-ref": control.id,
        "target": subject,
        "predicate": control.title,
        "reasoning": format!("Status {}, against {}", control.status, if control.threats.is_empty() { "no threat".to_owned() } else { control.threats.join(", ") }),
        "evidence": control.evidence.iter().filter(|id| record.evidence.iter().any(|part| part.id == **id)).collect::<Vec<_>>(),
    })).collect()
}

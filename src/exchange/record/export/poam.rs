//! The plan of action and milestones of OSCAL: a risk and an item for each threat that is not done with, an observation
//! for each piece of evidence, and whoever answers for it.

use serde_json::{Value, json};

use super::{
    super::{Record, parts::ThreatPart},
    Standing, standing, told, uuid,
};

const OSCAL: &str = "1.1.2";

/// The document.
pub(super) fn plan(record: &Record) -> Value {
    let live: Vec<&ThreatPart> =
        record.threats.items.iter().filter(|part| standing(part) != Standing::NotApplicable).collect();
    let observations: Vec<Value> = record.evidence.iter().map(|part| json!({
        "uuid": uuid(record, &part.id),
        "title": part.title,
        "description": format!("{} {}, SHA-256 {}", part.sort, part.id, part.sha256.as_deref().unwrap_or("not known")),
        "methods": [if part.sort == "test" { "TEST" } else { "EXAMINE" }],
        "collected": part.collected_at.clone().unwrap_or_else(|| record.head.generated_at.clone()),
    })).collect();
    let mut plan = json!({
        "uuid": uuid(record, &format!("poam {}", record.head.revision)),
        "metadata": metadata(record),
        "system-id": { "identifier-type": "https://ietf.org/rfc/rfc4122", "id": uuid(record, "system") },
        "import-ssp": { "href": format!("#{}", uuid(record, "inventory")) },
        "poam-items": live.iter().map(|threat| item(record, threat)).collect::<Vec<_>>(),
        "back-matter": { "resources": [{
            "uuid": uuid(record, "inventory"),
            "title": format!("{} {}: disposition record {}", record.system.name, record.system.release, record.head.id),
            "description": format!("SHA-256 of its content: {}", record.content_sha256()),
        }]},
    });
    // An empty list is not valid there; a plan always has an item.
    if live.is_empty() {
        plan["poam-items"] = json!([{
            "uuid": uuid(record, "nothing"),
            "title": "Nothing is open",
            "description": "The register holds no threat that applies.",
        }]);
    } else {
        plan["risks"] = live.iter().map(|threat| risk(record, threat)).collect();
    }
    if !observations.is_empty() {
        plan["observations"] = observations.into();
    }
    json!({ "plan-of-action-and-milestones": plan })
}

fn metadata(record: &Record) -> Value {
    let mut metadata = json!({
        "title": format!("{}: plan of action and milestones", record.system.name),
        "last-modified": record.head.generated_at,
        "version": format!("{}", record.head.revision),
        "oscal-version": OSCAL,
    });
    let held: Vec<_> = record.roles.iter().filter_map(|part| Some((part.role, part.party.as_ref()?))).collect();
    if held.is_empty() {
        return metadata;
    }
    let mut parties: Vec<Value> = Vec::new();
    for (_, party) in &held {
        let known = json!({ "uuid": uuid(record, &party.id), "type": "person", "name": party.name });
        if !parties.contains(&known) {
            parties.push(known);
        }
    }
    let role = |code: &str| code.replace('_', "-");
    metadata["roles"] = held.iter().map(|(code, _)| json!({ "id": role(code), "title": role(code) })).collect();
    metadata["parties"] = parties.into();
    let responsible = held.iter();
    metadata["responsible-parties"] = responsible
        .map(|(code, party)| json!({ "role-id": role(code), "party-uuids": [uuid(record, &party.id)] }))
        .collect();
    metadata
}

fn status(threat: &ThreatPart) -> &'static str {
    match standing(threat) {
        Standing::Undecided => "investigating",
        Standing::Open if matches!(threat.progress, Some("planned" | "none") | None) => "open",
        Standing::Open => "remediating",
        Standing::Accepted | Standing::Elsewhere => "deviation-approved",
        Standing::Mitigated | Standing::NotApplicable => "closed",
    }
}

fn risk(record: &Record, threat: &ThreatPart) -> Value {
    let mut risk = json!({
        "uuid": uuid(record, &threat.id),
        "title": format!("{}: {}", threat.id, threat.title),
        "description": threat.description.clone().unwrap_or_else(|| threat.title.clone()),
        "statement": told(threat),
        "status": status(threat),
    });
    let due = record.controls.iter().filter(|control| threat.controls.contains(&control.id));
    if let Some(due) = due.filter_map(|control| control.due.as_deref()).max().and_then(|at| at.get(..10)) {
        risk["deadline"] = json!(format!("{due}T23:59:59Z"));
    }
    risk
}

fn item(record: &Record, threat: &ThreatPart) -> Value {
    let mut item = json!({
        "uuid": uuid(record, &format!("item {}", threat.id)),
        "title": format!("{}: {}", threat.id, threat.title),
        "description": told(threat),
        "related-risks": [{ "risk-uuid": uuid(record, &threat.id) }],
    });
    let known = |id: &&String| record.evidence.iter().any(|part| part.id == **id);
    let behind: Vec<_> =
        threat.evidence.iter().filter(known).map(|id| json!({ "observation-uuid": uuid(record, id) })).collect();
    if !behind.is_empty() {
        item["related-observations"] = behind.into();
    }
    item
}

//! The register in the forms of other tools: what each of them says is what the record says.

#![cfg(test)]

#[path = "fixtures/record/world.rs"]
#[allow(dead_code, reason = "shared with the tests of the record itself")]
mod world;

use std::collections::BTreeSet;

use docket::{
    domain::{Kind, command::Command, decision::Decision, people::Role},
    exchange::{
        self,
        record::{self, Context, Form, Record},
    },
};
use serde_json::Value;
use world::{NOON, TODAY, World, day, fields};

fn build(world: &World) -> Record {
    let context = Context { version: "0.1.0".into(), head: Some([7; 32]), events: 41, voided: Vec::new() };
    record::build(&world.d, day(TODAY), NOON, &context).unwrap()
}

/// A register with a threat of each kind of standing, one of them hostile.
fn mixed() -> World {
    let mut world = World::decided(Decision::Conditional);
    let formula =
        [("title", "=HYPERLINK(\"https://evil.example\")"), ("description", "@SUM(A1)\nsecond line, with \"quotes\"")];
    world.add(Role::Security, Kind::Threat, fields(&formula), None);
    let not =
        [("title", "Nobody trains it"), ("treatment", "not_applicable"), ("treatment_reason", "It is a hosted model.")];
    world.add(Role::Security, Kind::Threat, fields(&not), None);
    world
}

fn value(record: &Record, form: Form) -> Value {
    serde_json::from_str(&record::export(record, form)).unwrap()
}

fn threats(record: &Record) -> Vec<Value> {
    let json: Value = serde_json::from_str(&record.to_json()).unwrap();
    json["threats"]["items"].as_array().unwrap().clone()
}

fn all<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, inner)| {
            found.extend(inner.as_str().filter(|_| name == key));
            all(inner, key, found);
        }),
        Value::Array(list) => list.iter().for_each(|inner| all(inner, key, found)),
        _ => {}
    }
}

#[test]
fn the_table_comes_back_as_it_left_and_holds_no_formula() {
    let record = build(&mixed());
    let table = record::export(&record, Form::Csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let draft = exchange::read(table.as_bytes(), "register.csv", &mut |_, _| true).unwrap();
    let found = &draft.systems[0];
    let ours = threats(&record);
    assert_eq!((found.threats.len(), found.name.as_str()), (ours.len(), "Claims assistant"));
    for (read, written) in found.threats.iter().zip(&ours) {
        let title = written["title"].as_str().unwrap();
        assert_eq!(read.title.as_str().trim_start_matches('\''), title);
    }
}

#[test]
fn findings_have_only_keys_that_are_read_and_say_where_each_threat_stands() {
    const KNOWN: [&str; 17] = [
        "title",
        "severity",
        "description",
        "unique_id_from_tool",
        "vuln_id_from_tool",
        "component_name",
        "active",
        "verified",
        "false_p",
        "risk_accepted",
        "under_review",
        "is_mitigated",
        "out_of_scope",
        "planned_remediation_date",
        "tags",
        "mitigation",
        "date",
    ];
    let record = build(&mixed());
    let findings = value(&record, Form::DefectDojo);
    let findings = findings["findings"].as_array().unwrap();
    assert!(findings.iter().flat_map(|one| one.as_object().unwrap().keys()).all(|key| KNOWN.contains(&key.as_str())));
    for threat in threats(&record) {
        let id = format!("{}: ", threat["id"].as_str().unwrap());
        let one = findings.iter().find(|one| one["title"].as_str().unwrap().starts_with(&id)).unwrap();
        assert_eq!(one["risk_accepted"], Value::from(threat["disposition"] == "accept"));
        assert_eq!(one["false_p"], Value::from(threat["disposition"] == "not-applicable"));
        assert_eq!(one["under_review"], Value::from(threat["disposition"] == "undecided"));
        let verified = threat["disposition"] == "mitigate" && threat["progress"] == "verified";
        assert_eq!(one["is_mitigated"], Value::from(verified), "a claim is no mitigation");
    }
    let ids: BTreeSet<_> = findings.iter().map(|one| one["unique_id_from_tool"].to_string()).collect();
    assert_eq!(ids.len(), findings.len());
}

#[test]
fn every_threat_is_a_result_and_what_nobody_rated_is_for_review() {
    let mut world = mixed();
    let record = build(&world);
    let sarif = value(&record, Form::Sarif);
    let run = &sarif["runs"][0];
    let (rules, results) = (run["tool"]["driver"]["rules"].as_array().unwrap(), run["results"].as_array().unwrap());
    let ours = threats(&record);
    assert_eq!(results.len(), ours.len());
    for (result, threat) in results.iter().zip(&ours) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let level = result["level"].as_str().unwrap();
        match (threat["disposition"].as_str().unwrap(), threat["residual"]["severity"].as_str().unwrap()) {
            ("not-applicable", _) => assert_eq!(result["kind"], "notApplicable"),
            ("mitigate", _) if threat["progress"] == "verified" => assert_eq!(result["kind"], "pass"),
            (_, "unrated") => assert_eq!((result["kind"].as_str().unwrap(), level), ("review", "none")),
            (_, "critical" | "high") => assert_eq!(level, "error"),
            _ => assert_eq!(result["kind"], "fail"),
        }
    }
    world.run(Role::Signoff, &Command::RevokeClearance("An incident.".into()));
    assert_eq!(value(&build(&world), Form::Sarif)["runs"][0]["properties"]["verdict"], "rejected");
}

#[test]
fn a_plan_refers_only_to_what_is_in_it() {
    for world in [World::new("Empty", 5), World::complete("Assistant"), mixed()] {
        let record = build(&world);
        let plan = value(&record, Form::Oscal);
        let (mut made, mut used) = (Vec::new(), Vec::new());
        all(&plan, "uuid", &mut made);
        for key in ["risk-uuid", "observation-uuid"] {
            all(&plan, key, &mut used);
        }
        let once: BTreeSet<_> = made.iter().collect();
        assert_eq!(once.len(), made.len());
        assert!(used.iter().all(|uuid| once.contains(uuid)));
        let plan = &plan["plan-of-action-and-milestones"];
        assert!(!plan["poam-items"].as_array().unwrap().is_empty());
        let live = threats(&record).iter().filter(|threat| threat["disposition"] != "not-applicable").count();
        assert_eq!(plan["risks"].as_array().map_or(0, Vec::len), live);
        assert_eq!(
            record::export(&record, Form::Oscal),
            record::export(&build(&world), Form::Oscal),
            "the same each time"
        );
    }
}

#[test]
fn a_claim_is_a_control_and_its_evidence_is_there() {
    let record = build(&mixed());
    let bom = value(&record, Form::CycloneDx);
    let declared = &bom["declarations"];
    let refs = |part: &str| -> BTreeSet<String> {
        declared[part].as_array().unwrap().iter().map(|one| one["bom-ref"].as_str().unwrap().to_owned()).collect()
    };
    let (claims, evidence) = (declared["claims"].as_array().unwrap(), refs("evidence"));
    let json: Value = serde_json::from_str(&record.to_json()).unwrap();
    assert_eq!(claims.len(), json["controls"].as_array().unwrap().len());
    assert!(
        claims
            .iter()
            .flat_map(|claim| claim["evidence"].as_array().unwrap())
            .all(|id| evidence.contains(id.as_str().unwrap()))
    );
    assert!(!claims.is_empty() && !evidence.is_empty());
}

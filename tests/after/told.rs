//! What the record tells of what happened since the decision: every change, incident and pause, with what became of it.

use crate::cleared;
use crate::support::{Desk, date, edit, fields, list, text};
use docket::{
    domain::{Kind, command::Command, decision::Triage, people::Role},
    exchange::record::{self, Context},
};
use serde_json::{Value, json};

fn made(desk: &Desk) -> (Value, String) {
    let context = Context { version: "1".into(), head: None, events: 0, voided: vec![] };
    let record = record::build(&desk.dossier, desk.today(), desk.now, &context).expect("a system");
    (serde_json::from_str(&record.to_json()).expect("JSON"), record.to_markdown())
}

/// The line of the Markdown that begins so.
fn line<'a>(markdown: &'a str, begins: &str) -> &'a str {
    let found = markdown.lines().find(|line| line.trim_start_matches("- ").starts_with(begins));
    found.unwrap_or_else(|| panic!("no line begins with {begins}:\n{markdown}")).trim_start_matches("- ")
}

/// The names of whoever is in a row, whose identities are made anew in every run.
fn names(row: &Value) -> Value {
    let mut row = row.clone();
    for (_, value) in row.as_object_mut().expect("a row") {
        if let Some(name) = value.get("name").cloned() {
            *value = name;
        }
    }
    row
}

fn change(desk: &mut Desk) {
    let what = fields([
        ("title", text("Planner XL instead of L")),
        ("sort", text("model")),
        ("since", date(desk.today())),
        ("before", text("Planner L")),
        ("after", text("Planner XL")),
    ]);
    desk.must(Role::Owner, Command::RecordChange { what, fires: vec!["DKT-R-005".into()] });
}

#[test]
fn a_change_is_told_with_what_it_fired_and_what_became_of_it() {
    let mut desk = cleared();
    assert_eq!(made(&desk).0["changes"], json!([]));
    assert_eq!(line(&made(&desk).1, "Changes"), "Changes: none");
    desk.wait(1);
    change(&mut desk);
    let (json, markdown) = made(&desk);
    let row = names(&json["changes"][0]);
    assert_eq!(json["changes"].as_array().expect("rows").len(), 1);
    let day = desk.today().to_string();
    let told = [("id", "CH-1"), ("title", "Planner XL instead of L"), ("kind", "model"), ("since", &day)];
    let more = [("before", "Planner L"), ("after", "Planner XL"), ("recorded_by", "Olga Owner")];
    for (field, value) in told.into_iter().chain(more) {
        assert_eq!(row[field], value, "{field} of {row:#}");
    }
    assert!(row["recorded_at"].as_str().expect("a moment").starts_with(&day));
    assert_eq!(row["fires"].as_array().expect("a list").len(), 1);
    assert_eq!((&row["triage"], row.get("triaged_by")), (&Value::Null, None), "nobody answered yet");
    assert!(!line(&markdown, "Change CH-1").contains("triaged"));
    let id = desk.last(Kind::Alteration);
    let scoped = Command::Triage(id, Triage::Scoped, vec![Role::Security, Role::Dpo], "A larger model.".into());
    desk.must(Role::Governance, scoped);
    let (json, markdown) = made(&desk);
    let row = names(&json["changes"][0]);
    assert_eq!(row["triage"], "scoped");
    assert_eq!(row["triage_roles"], json!(["security", "dpo"]));
    assert_eq!((&row["triage_reason"], &row["triaged_by"]), (&json!("A larger model."), &json!("Gwen Governance")));
    let said = line(&markdown, "Change CH-1");
    assert!(said.contains("Planner XL instead of L; recorded by Olga Owner on") && said.contains("before Planner L"));
    assert!(said.ends_with(", because A larger model."), "{said}");
}

#[test]
fn an_incident_is_told_with_its_way_its_restriction_and_its_end() {
    let mut desk = cleared();
    desk.wait(1);
    let set = fields([
        ("title", text("It told a customer another one's address")),
        ("sort", text("leakage")),
        ("noticed", date(desk.today())),
        ("what", text("One address, one customer.")),
        ("contact", text("The press office")),
        ("escalated", date(desk.today())),
    ]);
    desk.must(Role::Owner, Command::ReportIncident(set));
    let id = desk.last(Kind::Incident);
    let until = Some(desk.day(9));
    desk.must(Role::Signoff, Command::Restrict { incident: id, text: "Drafts only.".into(), until });
    assert!(line(&made(&desk).1, "Incident I-1").ends_with("; **open**"));
    let linked = [
        ("controls", list(&[&desk.control(1).to_string()])),
        ("threats", list(&[&desk.threat(1).to_string()])),
        ("evidence", list(&[&desk.last(Kind::Evidence).to_string()])),
    ];
    desk.must(Role::Owner, edit(Kind::Incident, id, linked));
    desk.must(Role::Owner, Command::CloseIncident(id, "The filter was mended.".into()));
    desk.must(Role::Governance, Command::Triage(id, Triage::NotMaterial, vec![], "One case.".into()));
    let (json, markdown) = made(&desk);
    let row = names(&json["incidents"][0]);
    let (day, last) = (desk.today().to_string(), desk.day(9).to_string());
    let told = [
        ("id", "I-1"),
        ("path", "leakage"),
        ("noticed", &day),
        ("what", "One address, one customer."),
        ("escalated_to", "The press office"),
        ("escalated_on", &day),
        ("reported_by", "Olga Owner"),
        ("restriction", "Drafts only."),
        ("restricted_until", &last),
        ("correction", "The filter was mended."),
        ("closed_by", "Olga Owner"),
        ("triage", "not_material"),
        ("triage_reason", "One case."),
        ("triaged_by", "Gwen Governance"),
    ];
    for (field, value) in told {
        assert_eq!(row[field], value, "{field} of {row:#}");
    }
    assert!(row["restricted_by"].as_str().expect("a name").starts_with("Aron Authority"), "{row:#}");
    for (field, value) in [("controls", "C-1"), ("threats", "T-1"), ("evidence", "E-1")] {
        assert_eq!(row[field], json!([value]), "{field}");
    }
    let said = line(&markdown, "Incident I-1");
    assert!(said.contains("restricted to Drafts only.; until ") && said.contains("; mended: The filter was mended."));
    assert!(said.contains("triaged by Gwen Governance") && said.contains("; closed on ") && !said.contains("**open**"));
}

#[test]
fn a_pause_is_told_with_who_ended_it() {
    let mut desk = cleared();
    desk.wait(1).must(Role::Security, Command::Pause("It repeats addresses.".into()));
    let (json, markdown) = made(&desk);
    let row = names(&json["pauses"][0]);
    assert_eq!((&row["reason"], &row["role"]), (&json!("It repeats addresses."), &json!("security")));
    assert_eq!((&row["resumed_at"], row.get("resumed_by")), (&Value::Null, None));
    assert!(line(&markdown, "Paused by").ends_with("It repeats addresses.; **it stands still**"));
    desk.must(Role::Signoff, Command::Resume("The filter holds.".into()));
    let (json, markdown) = made(&desk);
    let row = names(&json["pauses"][0]);
    assert_eq!(row["resumed_because"], "The filter holds.");
    assert!(row["resumed_by"].as_str().expect("a name").starts_with("Aron Authority"), "{row:#}");
    assert!(line(&markdown, "Paused by").ends_with(": The filter holds."));
}

/// A decision draws the line: what was settled before it is part of what was decided on, what is still open is told on.
#[test]
fn a_decision_begins_the_telling_anew_but_for_what_is_open() {
    let mut desk = cleared();
    desk.wait(1);
    change(&mut desk);
    for title in ["Told and closed", "Told and open"] {
        let set = fields([("title", text(title)), ("sort", text("bias")), ("noticed", date(desk.today()))]);
        desk.must(Role::Owner, Command::ReportIncident(set));
        let id = desk.last(Kind::Incident);
        desk.must(Role::Governance, Command::Triage(id, Triage::Full, vec![], "Look at it all.".into()));
        if title.ends_with("closed") {
            desk.must(Role::Owner, edit(Kind::Incident, id, [("controls", list(&[&desk.control(1).to_string()]))]));
            desk.must(Role::Owner, Command::CloseIncident(id, "Mended.".into()));
        }
    }
    let change = desk.last(Kind::Alteration);
    desk.must(Role::Governance, Command::Triage(change, Triage::Full, vec![], "All of it.".into()));
    desk.must(Role::Security, Command::Pause("A moment.".into()));
    desk.must(Role::Signoff, Command::Resume("Over.".into()));
    assert_eq!(made(&desk).0["incidents"].as_array().map(Vec::len), Some(2));
    desk.wait(1).must(Role::Governance, Command::StartReview(docket::domain::decision::ReviewKind::Full));
    desk.mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    let json = made(&desk).0;
    assert_eq!((&json["changes"], &json["pauses"]), (&json!([]), &json!([])));
    let told: Vec<_> = json["incidents"].as_array().expect("rows").iter().map(|row| row["title"].clone()).collect();
    assert_eq!(told, ["Told and open"]);
}

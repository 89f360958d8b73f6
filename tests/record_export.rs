//! The disposition record: valid in every state, refused when broken, inert, and stable.

#![cfg(test)]

#[path = "fixtures/record/answers.rs"]
mod answers;
#[path = "fixtures/record/world.rs"]
mod world;

use docket::{
    domain::{
        Dossier, Kind,
        command::Command,
        decision::{Cause, Decision, ReviewKind, Void},
        people::Role,
        value::Value as Kept,
    },
    exchange::record::{self, Context, Record, SCHEMA},
};
use serde_json::{Value, json};
use world::{NOON, TODAY, World, day, fields};

fn context() -> Context {
    Context { version: "0.1.0".into(), head: Some([7; 32]), events: 41, voided: Vec::new() }
}

fn build(dossier: &Dossier) -> Record {
    record::build(dossier, day(TODAY), NOON, &context()).unwrap()
}

fn value(dossier: &Dossier) -> Value {
    serde_json::from_str(&build(dossier).to_json()).unwrap()
}

fn errors(document: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path)).collect()
}

/// Every state that the tests know, by name.
fn states() -> Vec<(&'static str, World)> {
    let mut half = World::new("Half", 5);
    half.describe();
    let mut voided = World::complete("Voided");
    voided.add(Role::Owner, Kind::Tool, fields(&[("name", "payments"), ("permissions", "pay")]), None);
    let mut drifted = World::decided(Decision::Proceed);
    drifted.add(Role::Owner, Kind::Tool, fields(&[("name", "payments"), ("permissions", "pay")]), None);
    let mut revoked = World::decided(Decision::Proceed);
    revoked.run(Role::Signoff, &Command::RevokeClearance("An incident.".into()));
    let mut fired = World::decided(Decision::Conditional);
    let trigger = fired.d.triggers[0].id;
    fired.run(Role::Owner, &Command::Fire(trigger, "The model changed.".into()));
    let mut again = World::decided(Decision::Proceed);
    again.run(Role::Governance, &Command::StartReview(ReviewKind::Delta));
    let mut found = World::complete("Found");
    let finding =
        [("title", "A canary comes back"), ("sort", "red_team"), ("found", "2026-11-02"), ("due", "2026-11-03")];
    found.add(Role::Security, Kind::Finding, fields(&finding), None);
    let closed = [("title", "A stack trace is shown"), ("status", "closed"), ("reason", "The page was taken out.")];
    found.add(Role::Security, Kind::Finding, fields(&closed), None);
    let mut alone = World::new("Alone", 1);
    alone.describe();
    vec![
        ("empty", World::new("Empty", 5)),
        ("half", half),
        ("found", found),
        ("complete", World::complete("Complete")),
        ("proceed", World::decided(Decision::Proceed)),
        ("conditional", World::decided(Decision::Conditional)),
        ("pilot", World::decided(Decision::Pilot)),
        ("hold", World::decided(Decision::Hold)),
        ("declined", World::decided(Decision::Decline)),
        ("voided", voided),
        ("drifted", drifted),
        ("revoked", revoked),
        ("fired", fired),
        ("again", again),
        ("alone", alone),
    ]
}

#[test]
fn a_record_is_valid_in_every_state() {
    for (name, world) in states() {
        let document = value(&world.d);
        assert_eq!(errors(&document), Vec::<String>::new(), "{name}");
        assert_eq!(record::content_sha256(&document), document["integrity"]["content_sha256"], "{name}");
    }
}

#[test]
fn mappings_and_facts_that_were_corrected_are_in_the_record() {
    let mut world = World::complete("Mapped");
    let maps = Kept::List(vec!["owasp_llm_2025:LLM01".into()]);
    let set = vec![("title".to_owned(), Kept::from("Ours")), ("maps".to_owned(), maps)];
    world.add(Role::Security, Kind::Threat, set, None);
    let fact = [("fact", "uses_rag"), ("holds", "no"), ("reason", "The index was taken out.")];
    world.add(Role::Security, Kind::Fact, fields(&fact), None);
    let document = value(&world.d);
    assert_eq!(errors(&document), Vec::<String>::new());
    let threats = document["threats"]["items"].as_array().unwrap();
    let maps = &threats.iter().find(|threat| threat["title"] == "Ours").unwrap()["maps"];
    assert_eq!((&maps[0]["framework"], &maps[0]["id"]), (&json!("owasp_llm_2025"), &json!("LLM01:2025")));
    assert!(maps[0]["title"].as_str().is_some_and(|title| !title.is_empty()) && maps[0]["version"].is_string());
    let facts = &document["system"]["facts"];
    assert_eq!((&facts[0]["id"], &facts[0]["holds"]), (&json!("uses_rag"), &json!(false)));
    assert_eq!(facts[0]["reason"], "The index was taken out.");
    let page = build(&world.d).to_markdown();
    assert!(page.contains("LLM01:2025") && page.contains("Corrected by hand: "), "{page}");
}

#[test]
fn the_result_says_what_the_decision_is_worth() {
    let wanted = [
        ("empty", "undecided", "none"),
        ("complete", "undecided", "none"),
        ("proceed", "approved", "current"),
        ("conditional", "approved-with-conditions", "current"),
        ("pilot", "approved-with-conditions", "current"),
        ("hold", "undecided", "none"),
        ("declined", "rejected", "none"),
        ("drifted", "undecided", "drifted"),
        ("revoked", "rejected", "revoked"),
        ("fired", "undecided", "trigger_pending"),
    ];
    let states = states();
    for (name, result, clearance) in wanted {
        let world = &states.iter().find(|(known, _)| *known == name).unwrap().1;
        let verdict = &value(&world.d)["verdict"];
        assert_eq!((&verdict["result"], &verdict["clearance"]["state"]), (&json!(result), &json!(clearance)), "{name}");
        assert_eq!(verdict["reasons"] == json!([]), result.starts_with("approved"), "{name}");
    }
}

/// A way to spoil a document.
type Spoil = fn(&mut Value);

fn without(part: &mut Value, key: &str) {
    part.as_object_mut().unwrap().remove(key);
}

#[test]
fn broken_documents_are_refused() {
    let good = value(&World::decided(Decision::Conditional).d);
    let broken: &[(&str, Spoil)] = &[
        ("an unknown key", |d| d["extra"] = json!(1)),
        ("an unknown key deep inside", |d| d["threats"]["items"][0]["extra"] = json!(1)),
        ("no gaps list", |d| without(d, "gaps")),
        ("no hand-offs", |d| without(d, "handoffs")),
        ("no target score", |d| without(&mut d["threats"]["items"][0], "target")),
        ("approval without a sign-off", |d| d["signoffs"] = json!([])),
        ("conditions missing", |d| d["verdict"]["conditions"] = json!([])),
        ("approved while drifted", |d| d["verdict"]["clearance"]["state"] = json!("drifted")),
        ("approved on hold", |d| d["verdict"]["disposition"] = json!("hold")),
        ("no rationale", |d| d["verdict"]["rationale"] = Value::Null),
        ("refused without a reason", |d| d["verdict"]["result"] = json!("rejected")),
        ("local time", |d| d["record"]["generated_at"] = json!("2026-11-21T10:00:00+01:00")),
        ("an acceptance without its end", |d| without(&mut d["threats"]["items"][1], "expires_at")),
        ("an acceptance in force without an acceptor", |d| d["acceptances"][0]["accepted_by"] = Value::Null),
        ("verified without evidence", |d| d["threats"]["items"][0]["evidence"] = json!([])),
        ("a control that counts without evidence", |d| d["controls"][0]["evidence"] = json!([])),
        ("duties separated with overlaps listed", |d| {
            let ines = d["system"]["owner"].clone();
            d["separation_of_duties"]["overlaps"] = json!([{"party": ines, "roles": ["owner", "dpo"]}]);
        }),
        ("advice not followed without a reason", |d| d["privacy"]["followed"]["reason"] = json!("")),
        ("approved with the DPO pending", |d| d["privacy"]["dpo"]["opinion"] = json!("pending")),
        ("approved without an answer to the DPO", |d| d["privacy"]["followed"] = Value::Null),
        ("a return without a gap", |d| d["handoffs"][0]["state"] = json!("returned")),
        ("unreleased without a gap", |d| d["system"]["release"] = json!("unreleased")),
        ("a short hash", |d| d["signoffs"][0]["content_sha256"] = json!("abc")),
        ("a sign-off without its state", |d| without(&mut d["signoffs"][0], "state")),
    ];
    assert_eq!(errors(&good), Vec::<String>::new());
    for (name, spoil) in broken {
        let mut document = good.clone();
        spoil(&mut document);
        assert_ne!(document, good, "{name}");
        assert!(!errors(&document).is_empty(), "{name} was let through");
    }
}

#[test]
fn a_record_of_version_1_0_still_validates() {
    let example = include_str!("fixtures/record/example-1.0.json");
    assert_eq!(errors(&serde_json::from_str(example).unwrap()), Vec::<String>::new());
}

#[test]
fn an_absent_part_is_a_gap_in_both() {
    let empty = World::new("Empty", 5);
    let document = value(&empty.d);
    let page = build(&empty.d).to_markdown();
    let gaps = document["gaps"].as_array().unwrap();
    for part in [
        "release",
        "tier",
        "inventory",
        "handoffs",
        "coverage",
        "threats",
        "controls",
        "evidence",
        "triggers",
        "signoffs",
        "disposition",
    ] {
        let own = gaps.iter().find(|gap| gap["part"] == part);
        let text = own.unwrap_or_else(|| panic!("no gap for {part}"))["text"].as_str().unwrap();
        let plain = text.replace('_', "\\_");
        assert!(page.contains(&format!("**Gap:** {plain}")), "{part}: {text}\n{page}");
    }
    for section in page.split("\n## ").skip(1) {
        let (title, body) = section.split_once('\n').unwrap();
        assert!(!body.trim().is_empty(), "{title} is empty");
    }
    assert_eq!(document["system"]["release"], "unreleased");
    // That no data class is named spares nobody the DPO.
    assert!(gaps.iter().any(|gap| gap["part"] == "privacy") && !page.contains("Not applicable"));
}

#[test]
fn the_page_says_what_the_document_says() {
    let world = World::decided(Decision::Conditional);
    let page = build(&world.d).to_markdown();
    for said in [
        "# Disposition record: Claims assistant",
        "- Release: 2.4.1",
        "**Verdict: approved with conditions**, valid until 2027-05-20",
        "- Separation of duties: 5 of 5 steps by different people",
        "| T-1 | Injection through letters | high 4×4 → high 3×4 → high 3×4 | mitigate | mitigate (verified) |",
        "| accept | accept | Gita Rao | 2027-05-20 |",
        "by Mara Lind",
        "The deciding person made of it: partly, because The filter comes in January.",
        "Condition CD-1 (open): Filter in place.; Ines Duarte; due 2026-12-15",
        "A-1 of T-2 (medium): active; accepted by Gita Rao",
        &"22".repeat(32),
        &"07".repeat(32),
        "garak.jsonl",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(!page.contains("/srv/") && !build(&world.d).to_json().contains("/srv/"), "{page}");
    assert_eq!(page, build(&world.d).to_markdown());
}

#[test]
fn a_voided_sign_off_says_so_and_by_what() {
    let mut world = World::complete("Voided");
    world.add(Role::Owner, Kind::Tool, fields(&[("name", "payments"), ("permissions", "pay")]), None);
    let signoff = world.d.signoffs.iter().find(|s| s.role == Some(Role::Security)).unwrap().id;
    let tool = world.d.tools.last().unwrap();
    let added = Cause {
        n: 41,
        at: NOON,
        who: "Ada Bell".into(),
        role: Some(Role::Owner),
        of: (Kind::Tool, tool.id),
        fields: Vec::new(),
        what: "added tool \"payments\"".into(),
    };
    let voided = vec![Void { signoff, role: Role::Security, causes: vec![added], difference: None }];
    let built = record::build(&world.d, day(TODAY), NOON, &Context { voided, ..context() }).unwrap();
    let document: Value = serde_json::from_str(&built.to_json()).unwrap();
    assert_eq!(errors(&document), Vec::<String>::new());
    let by_role =
        |role: &str| document["signoffs"].as_array().unwrap().iter().find(|s| s["role"] == role).unwrap().clone();
    assert_eq!(by_role("security")["state"], "voided");
    let by = &by_role("security")["voided_by"][0];
    assert_eq!((&by["entry"], &by["role"], &by["by"]), (&json!(41), &json!("owner"), &json!("Ada Bell")));
    let because = by_role("security")["ended_because"].as_str().unwrap().to_owned();
    assert_eq!(because, "entry 41, added tool \"payments\", by Ada Bell (System owner), 2026-11-21 12:00");
    assert_eq!(by_role("dpo")["state"], "valid");
    let text = built.to_markdown();
    assert!(text.contains("**voided** by entry 41 (Ada Bell, System owner, 2026-11-21"), "{text}");
    let gaps = document["gaps"].as_array().unwrap();
    assert!(
        gaps.iter().any(|gap| gap["text"].as_str().unwrap().contains("was voided by entry 41, added tool")),
        "{gaps:?}"
    );
}

#[test]
fn one_person_in_several_roles_is_said() {
    let mut world = World::new("Alone", 3);
    world.describe();
    let duties = &value(&world.d)["separation_of_duties"];
    assert_eq!(duties["sentence"], "3 of 5 steps by the same person; 0 of 5 done so far");
    assert_eq!(duties["satisfied"], false);
    let command = Command::Override { reason: "A team of three.".into(), compensating: "Read again by audit.".into() };
    world.run(Role::Governance, &command);
    let page = build(&world.d).to_markdown();
    assert!(page.contains("compensating measure: Read again by audit."), "{page}");
}

#[test]
fn text_from_outside_is_inert() {
    let hostile = "x\u{1b}]0;t\u{7}\u{202e} | # `a` **b** <b>i</b> [l](https://e.example) ![p](x) \\";
    let mut world = World::new(hostile, 5);
    world.describe();
    let lines = format!("{hostile}\n## Approved\n| T-9 | forged |\n- [x] signed\n\n---\n```\n<!--");
    let mut set =
        fields(&[("title", hostile), ("description", &lines), ("treatment", "avoid"), ("treatment_reason", &lines)]);
    set.push(("covers".into(), Kept::List(vec!["\u{1b}[2J".into()])));
    world.add(Role::Security, Kind::Threat, set, None);
    let system = world.d.system().unwrap().id;
    world.edit(Role::Owner, Kind::System, system, fields(&[("purpose", &lines), ("documents", &lines)]));
    let (page, json) = (build(&world.d).to_markdown(), build(&world.d).to_json());
    for text in [&page, &json] {
        assert!(text.chars().all(|c| c == '\n' || docket::domain::text::is_visible(c)), "{text}");
    }
    let live = page.replace("\\]", "").replace("\\[", "");
    for markup in ["<b>", "<!--", "](", "https://"] {
        assert!(!live.contains(markup), "{markup}: {page}");
    }
    let forged = |line: &str| line.starts_with("## Approved") || line.starts_with("| T-9") || line.starts_with("- [x]");
    assert!(!page.lines().any(forged), "{page}");
    assert!(!page.lines().any(|line| line.starts_with("```") || line == "---"), "{page}");
    let row = page.lines().find(|line| line.starts_with("| T-1 ")).unwrap();
    assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
    assert_eq!(errors(&serde_json::from_str(&json).unwrap()), Vec::<String>::new());
}

#[test]
fn a_finding_is_open_closed_or_fixed_and_late_is_said() {
    let (_, found) = states().into_iter().find(|(name, _)| *name == "found").unwrap();
    let document = value(&found.d);
    let findings = document["findings"].as_array().unwrap();
    let said: Vec<_> =
        findings.iter().map(|f| (f["id"].as_str(), f["state"].as_str(), f["overdue"].as_bool())).collect();
    assert_eq!(said, [(Some("F-1"), Some("open"), Some(true)), (Some("F-2"), Some("closed"), Some(false))]);
    assert_eq!(findings[0]["severity"], "unrated");
    let page = build(&found.d).to_markdown();
    assert!(page.contains("## Findings") && page.contains("The page was taken out"), "{page}");
    assert!(value(&World::new("None", 5).d).get("findings").is_none());
}

#[test]
fn the_content_hash_is_stable() {
    let mut world = World::decided(Decision::Proceed);
    let built = build(&world.d);
    let later = record::build(&world.d, day(TODAY), docket::domain::fields::Moment(NOON.0 + 5000), &context()).unwrap();
    assert_ne!(built.to_json(), later.to_json());
    assert_eq!(built.content_sha256(), later.content_sha256());
    let moved = Context { head: None, events: 0, ..context() };
    assert_eq!(record::build(&world.d, day(TODAY), NOON, &moved).unwrap().content_sha256(), built.content_sha256());
    let document: Value = serde_json::from_str(&built.to_json()).unwrap();
    let mut keys: Vec<_> = document.as_object().unwrap().clone().into_iter().collect();
    keys.reverse();
    let turned: Value = keys.into_iter().collect();
    assert_eq!(record::content_sha256(&turned), built.content_sha256());
    let system = world.d.system().unwrap().id;
    world.edit(Role::Owner, Kind::System, system, fields(&[("purpose", "something else")]));
    assert_ne!(build(&world.d).content_sha256(), built.content_sha256());
}

#[test]
fn the_document_keeps_the_order_of_the_schema_and_ends_in_a_line_end() {
    let json = build(&World::new("Order", 5).d).to_json();
    let at = |key: &str| json.find(&format!("\n  \"{key}\": ")).unwrap_or_else(|| panic!("no {key}"));
    let keys =
        ["kind", "schema_version", "record", "system", "review", "policy", "verdict", "gaps", "signoffs", "integrity"];
    assert!(keys.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
    assert!(json.ends_with("}\n"));
}

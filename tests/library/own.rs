//! A team's own entries: kept with the record, proposed like shipped ones, and carried by a file.

use docket::{
    domain::{
        Dossier, Kind, Rule,
        catalog::{Library, offers},
        command::Command,
        library::{framework, item, vocabulary},
        people::Role,
        value::Value,
    },
    exchange::shelf::{read, write},
};

use crate::support::{Data, Desk, add, edit, fields, int, list, text, withdraw};

const FILE: &str = r#"
[[threat]]
id = "ACME-T-001"
title = "Prompts leak through the support console"
description = "The console shows\u001b[31m whole prompts."
applies_when = ["uses_tools"]
controls = ["ACME-C-001", "DKT-C-044"]
refs.owasp_llm_2025 = ["LLM02:2025"]

[[control]]
id = "ACME-C-001"
title = "Console masks prompts"
owner_role = "system_owner"
lifecycle_gate = "build"
verification_method = "config_check"
less_impact = 2
mitigates = ["ACME-T-001", "DKT-T-016"]
"#;

/// The record itself, with a security team.
fn record() -> Desk {
    let mut desk = Desk::of_five();
    desk.dossier.subject = None;
    desk
}

/// A system of the same record.
fn system_with(record: &Desk) -> Desk {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal).handed_to_security();
    desk.dossier.shelf.clone_from(&record.dossier.shelf);
    desk
}

fn imported() -> Desk {
    let mut desk = record();
    desk.must(Role::Security, Command::FillShelf(read(FILE.as_bytes()).unwrap()));
    desk
}

#[test]
fn an_own_threat_is_proposed_and_taken_with_its_controls() {
    let mut desk = system_with(&imported());
    {
        let library = Library::of(&desk.dossier);
        let all = offers(&library, &desk.dossier);
        let own = all.iter().find(|offer| offer.threat.id == "ACME-T-001").unwrap();
        assert!(own.applies() && own.because.contains("the inventory names"), "{}", own.because);
    }
    desk.must(Role::Security, Command::FromLibrary(vec!["ACME-T-001".into()]));
    let d = &desk.dossier;
    let codes: Vec<&str> = d.controls.iter().map(|control| control.library.as_str()).collect();
    assert_eq!(codes, ["ACME-C-001", "DKT-C-044"]);
    assert!(d.controls[0].owner_role.is_some() && d.controls[0].gate.is_some() && d.controls[0].method.is_some());
    let steps: Vec<_> = d.links.iter().map(|link| (link.less_likely, link.less_impact)).collect();
    assert_eq!(steps, [(None, Some(2)), (Some(1), None)], "what the library says, else one step of likelihood");
    assert!(!d.threats[0].description.as_str().contains('\u{1b}'));
}

#[test]
fn an_own_control_goes_with_a_shipped_threat() {
    let desk = imported();
    let library = Library::of(&desk.dossier);
    let against = library.against(library.threat("DKT-T-016").unwrap());
    assert!(against.iter().any(|control| control.id == "ACME-C-001"));
}

#[test]
fn a_file_that_is_written_and_read_again_changes_nothing() {
    let mut desk = imported();
    let again = Command::FillShelf(read(FILE.as_bytes()).unwrap());
    desk.refused(Role::Security, again, Rule::NothingChanged);
    let out = write(&desk.dossier);
    desk.refused(Role::Security, Command::FillShelf(read(out.as_bytes()).unwrap()), Rule::NothingChanged);
    let mut other = record();
    other.must(Role::Governance, Command::FillShelf(read(out.as_bytes()).unwrap()));
    assert_eq!(write(&other.dossier), out, "both records hold the same");
}

#[test]
fn an_unknown_reference_keeps_the_whole_file_out_and_is_named() {
    for (from, to) in [
        ("\"DKT-C-044\"", "\"DKT-C-999\""),
        ("\"uses_tools\"", "\"sings\""),
        ("\"LLM02:2025\"", "\"LLM99:2025\""),
        ("\"DKT-T-016\"", "\"DKT-C-001\""),
    ] {
        let mut desk = record();
        let file = FILE.replacen(from, to, 1);
        let refusal = desk.refused(Role::Security, Command::FillShelf(read(file.as_bytes()).unwrap()), Rule::Unknown);
        assert!(refusal.says.contains(to.trim_matches('"')), "{refusal}");
    }
    let mut desk = record();
    let shipped = FILE.replace("ACME-T-001", "DKT-T-001");
    desk.refused(Role::Security, Command::FillShelf(read(shipped.as_bytes()).unwrap()), Rule::BadValue);
}

#[test]
fn an_entry_gets_a_code_and_only_its_keepers_touch_it() {
    let mut desk = record();
    let entry = |title: &str| add(Kind::Shelf, [("title", text(title)), ("sort", text("threat"))]);
    desk.refused(Role::Owner, entry("x"), Rule::RoleMayNot);
    desk.refused(Role::Security, add(Kind::Shelf, [("title", text("x"))]), Rule::Incomplete);
    desk.must(Role::Security, entry("One")).must(Role::Governance, entry("Two"));
    let codes: Vec<_> = desk.dossier.shelf.iter().map(|entry| entry.code.to_string()).collect();
    assert_eq!(codes, ["OWN-T-001", "OWN-T-002"]);
    let id = desk.last(Kind::Shelf);
    desk.refused(Role::Security, edit(Kind::Shelf, id, [("code", text("OWN-T-001"))]), Rule::WrongState);
    desk.refused(Role::Security, edit(Kind::Shelf, id, [("less_likely", int(7))]), Rule::BadValue);
    desk.must(Role::Security, edit(Kind::Shelf, id, [("facts", list(&["uses_rag"]))]));
    desk.must(Role::Security, withdraw(Kind::Shelf, id));
    assert!(Library::of(&desk.dossier).threat("OWN-T-002").is_none());
    let mut on_system = Desk::of_five();
    on_system.refused(Role::Security, entry("x"), Rule::WrongState);
}

/// The cross-references of shipped and own entries together: every id that one names is in the other.
#[test]
fn everything_that_an_entry_names_is_there() {
    for dossier in [Dossier::default(), imported().dossier] {
        let library = Library::of(&dossier);
        for threat in library.threats() {
            let facts = threat.applies_when.iter().chain(&threat.applies_when_any);
            facts.for_each(|id| assert!(vocabulary().fact(id).is_some(), "{} {id}", threat.id));
            threat.controls.iter().for_each(|id| assert!(library.control(id).is_some(), "{} {id}", threat.id));
        }
        for control in library.controls() {
            control.mitigates.iter().for_each(|id| assert!(library.threat(id).is_some(), "{} {id}", control.id));
        }
        let refs = library.threats().map(|e| (&e.id, &e.refs)).chain(library.controls().map(|e| (&e.id, &e.refs)));
        for (of, refs) in refs {
            for (key, ids) in refs {
                assert!(framework(key).is_some(), "{of} {key}");
                for id in ids {
                    assert!(item(key, id).is_some(), "{of} {key} {id}");
                }
            }
        }
    }
}

#[test]
fn a_title_is_needed_and_a_code_is_used_once_in_a_file() {
    let mut desk = record();
    let set = |code: &str, title: Value| fields([("code", text(code)), ("sort", text("threat")), ("title", title)]);
    desk.refused(Role::Security, Command::FillShelf(vec![set("A-1", Value::Null)]), Rule::Incomplete);
    let twice = vec![set("A-1", text("x")), set("A-1", text("y"))];
    desk.refused(Role::Security, Command::FillShelf(twice), Rule::BadValue);
}

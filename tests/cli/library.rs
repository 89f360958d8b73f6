//! `docket library`: browse, keep entries of one's own in a file and out of it, and see what a review covers.

use crate::bench::Bench;

const FILE: &str = "[[threat]]\nid = \"ACME-T-001\"\ntitle = \"Console\\u001b[31m shows prompts\"\napplies_when = [\"uses_tools\"]\ncontrols = [\"DKT-C-044\"]\nrefs.owasp_llm_2025 = [\"LLM02:2025\"]\n";

#[test]
fn the_shipped_libraries_need_no_record() {
    let bench = Bench::empty();
    let list = bench.run(&["library", "list"]).ok();
    assert_eq!(list.lines().count(), 161, "80 threats and 81 controls");
    assert!(bench.run(&["library", "show", "dkt-t-001"]).ok().starts_with("DKT-T-001 Direct prompt injection\n"));
    assert_eq!(bench.run(&["library", "frameworks"]).ok().lines().count(), 14);
    bench.run(&["library", "show", "DKT-T-999"]).refused(2, "No library has an entry DKT-T-999.");
    assert!(bench.there().iter().all(|name| !name.ends_with(".docket")), "nothing was made");
}

#[test]
fn entries_go_in_and_out_and_a_second_time_changes_nothing() {
    let bench = Bench::seeded();
    std::fs::write(bench.at("own.toml"), FILE).unwrap();
    let head = bench.head();
    let said = bench.on(&["library", "import", "own.toml", "--dry-run"]).ok();
    assert_eq!(said, "1 entry read: 1 new, 0 changed. Nothing was kept.\n");
    assert_eq!(bench.head(), head);
    assert_eq!(bench.on(&["library", "import", "own.toml"]).ok(), "1 entry read: 1 new, 0 changed. Kept.\n");
    let head = bench.head();
    assert!(bench.on(&["library", "import", "own.toml"]).ok().contains("nothing was changed"));
    let listed = bench.on(&["library", "list", "--json"]).json();
    let own: Vec<_> = listed["threats"].as_array().unwrap().iter().filter(|row| row["own"] == true).collect();
    assert_eq!((own.len(), &own[0]["id"]), (1, &"ACME-T-001".into()));
    let shown = bench.on(&["library", "show", "ACME-T-001"]).ok();
    assert!(shown.contains("Console[31m shows prompts") && shown.contains("LLM02:2025"), "{shown}");
    bench.on(&["library", "export", "out.toml"]).ok();
    assert!(bench.on(&["library", "import", "out.toml"]).ok().contains("nothing was changed"));
    assert_eq!(bench.head(), head);
    bench.on(&["rebuild"]).ok();
    let again = bench.on(&["library", "list", "--json"]).json();
    assert_eq!(again, listed, "a replay of the journal makes the same library");
    bench.on(&["verify"]).ok();
}

#[test]
fn what_refers_to_nothing_is_refused_and_named() {
    let bench = Bench::seeded();
    std::fs::write(bench.at("own.toml"), FILE.replace("DKT-C-044", "DKT-C-999")).unwrap();
    let head = bench.head();
    bench.on(&["library", "import", "own.toml"]).refused(2, "ACME-T-001 refers to \"DKT-C-999\"");
    std::fs::write(bench.at("own.toml"), "title,likelihood\nx,3\n").unwrap();
    bench.on(&["library", "import", "own.toml"]).refused(2, "This is no library file: line 1");
    bench.on(&["library", "import", "nowhere.toml"]).refused(2, "nowhere.toml cannot be read");
    assert_eq!(bench.head(), head);
}

#[test]
fn a_framework_says_what_the_review_covers() {
    let bench = Bench::seeded();
    let text = bench.on(&["library", "cover", "owasp_llm_2025", "Contract Copilot"]).ok();
    assert!(text.starts_with("Contract Copilot, owasp_llm_2025 2025 (v2.0): "), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let json = bench.on(&["library", "cover", "owasp_llm_2025", "Contract Copilot", "--json"]).json();
    let items = json["items"].as_array().unwrap();
    let of = |state: &str| items.iter().filter(|item| item["state"] == state).count();
    assert_eq!(items.len(), 10);
    assert_eq!((&json["covered"], &json["open"]), (&of("covered").into(), &of("open").into()));
    bench.on(&["library", "cover", "astrology", "Contract Copilot"]).refused(2, "There is no framework \"astrology\".");
    bench.on(&["library", "cover", "gdpr", "Nobody"]).refused(2, "There is no system called");
}

//! `docket record`, `schema`, `journal`, `keys`, `completions` and `man`.

use serde_json::Value;

use crate::bench::Bench;

#[test]
fn the_record_of_every_system_is_valid_by_the_schema_that_is_printed() {
    let bench = Bench::seeded();
    let schema: Value = bench.run(&["schema"]).json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let list = bench.on(&["list", "--json"]).json();
    for row in list["systems"].as_array().unwrap() {
        let said = bench.on(&["record", row["id"].as_str().unwrap(), "--json"]);
        let errors: Vec<_> = validator.iter_errors(&said.json()).map(|error| error.to_string()).collect();
        assert_eq!((said.code, errors), (0, vec![]), "{row}");
    }
}

#[test]
fn the_record_is_printed_or_written() {
    let bench = Bench::seeded();
    let page = bench.on(&["record", "Voice"]).ok();
    assert!(page.contains("Voice Front Desk") && page.starts_with('#'), "{page}");
    assert_eq!(bench.on(&["record", "Voice", "--out", "voice.md"]).ok(), "Written to voice.md.\n");
    assert_eq!(std::fs::read_to_string(bench.at("voice.md")).unwrap(), page);
    bench.on(&["record", "Voice", "--json", "--out", "voice.json"]).ok();
    let json: Value = serde_json::from_slice(&std::fs::read(bench.at("voice.json")).unwrap()).unwrap();
    assert_eq!(json["system"]["name"], "Voice Front Desk");
    assert!(!page.contains(bench.record().parent().unwrap().to_str().unwrap()), "no path of this machine leaves it");
    bench.on(&["record", "Voice", "--out", "no/such/folder.md"]).refused(2, "could not be written");
}

#[test]
fn nothing_is_written_over_the_record() {
    let bench = Bench::seeded();
    let before = bench.digest();
    // Windows lets only some people make one.
    #[cfg(unix)]
    std::os::unix::fs::symlink(bench.record(), bench.at("alias")).unwrap();
    let alias = if cfg!(unix) { "alias" } else { "record.docket" };
    for name in ["record.docket", "./record.docket", alias] {
        bench.on(&["record", "Voice", "--out", name]).refused(2, "is the record itself");
        bench.on(&["journal", "--out", name]).refused(2, "is the record itself");
    }
    assert_eq!(bench.digest(), before);
}

#[test]
fn the_journal_verifies_without_docket_and_has_the_same_head() {
    let bench = Bench::seeded();
    bench.on(&["journal", "--out", "journal.jsonl"]).ok();
    let printed = bench.on(&["journal"]).ok();
    assert_eq!(std::fs::read_to_string(bench.at("journal.jsonl")).unwrap(), printed);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
    let Ok(python) = std::process::Command::new("python3").arg(script).arg(bench.at("journal.jsonl")).output() else {
        println!("skipped: there is no python3");
        return;
    };
    let says = String::from_utf8(python.stdout).unwrap();
    assert_eq!(says.trim(), format!("{} {}", printed.lines().count(), bench.head()));
    let forged = printed.replacen("Picture Tagger", "Picture Taggor", 1);
    std::fs::write(bench.at("forged.jsonl"), forged).unwrap();
    let python = std::process::Command::new("python3").arg(script).arg(bench.at("forged.jsonl")).output().unwrap();
    assert!(!python.status.success());
}

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let bench = Bench::empty();
    assert_eq!(bench.run(&["keys"]).ok().trim_end(), docket::keymap::Keymap::default().table().trim_end());
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let bench = Bench::empty();
    let mut texts: Vec<String> =
        ["bash", "zsh", "fish"].iter().map(|shell| bench.run(&["completions", shell]).ok()).collect();
    texts.push(bench.run(&["man"]).ok());
    for command in docket::cli::command().get_subcommands() {
        assert!(texts.iter().all(|text| text.contains(command.get_name())), "{}", command.get_name());
    }
    assert_eq!(bench.run(&["completions", "cobol"]).code, 2);
    assert!(bench.there().is_empty());
}

#[test]
fn the_report_says_of_every_system_what_the_list_says() {
    let bench = Bench::seeded();
    let list = bench.on(&["list", "--json"]).json();
    let systems = list["systems"].as_array().unwrap();
    let report = bench.on(&["report"]).ok();
    for row in systems {
        let name = row["name"].as_str().unwrap();
        let line =
            report.lines().find(|line| line.starts_with(&format!("| {name} |"))).unwrap_or_else(|| panic!("{name}"));
        let clearance = row["clearance"].as_str().unwrap().replace('_', " ");
        assert!(line.ends_with(&format!("| {clearance} |")), "{line}");
        assert!(line.contains(&format!("| {} |", row["gaps"])), "{line}");
        let late = report.contains(&format!("- {name}: due {}", row["due"].as_str().unwrap_or("none")));
        assert_eq!(late, row["late"].as_bool().unwrap(), "{row}");
    }
    assert!(report.contains(&format!("- Systems: {}, ", systems.len())));
    let ends = bench.on(&["acceptances", "--within", "90", "--json"]).json();
    for row in ends["acceptances"].as_array().unwrap() {
        let until = row["expires"].as_str().unwrap();
        assert!(report.contains(&format!("| {until} |")), "{row}");
    }
    let head = bench.on(&["verify"]).ok();
    let head = head.split("head ").nth(1).unwrap().split(' ').next().unwrap();
    assert!(report.contains(head));
    let page = bench.on(&["report", "--html"]).ok();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<svg") && !page.contains("<script"));
    assert_eq!(page.matches("<tr>").count(), report.lines().filter(|line| line.starts_with("| ")).count() - 3);
}

#[test]
fn an_empty_portfolio_is_reported_as_well() {
    let bench = Bench::empty();
    bench.on(&["report"]).refused(2, "There is no record");
}

#[test]
fn a_register_is_written_in_the_form_that_was_asked_for() {
    let bench = Bench::seeded();
    for form in ["defectdojo", "sarif", "oscal", "cyclonedx"] {
        let said = bench.on(&["export", "Voice", "--form", form]).json();
        assert!(said.to_string().contains("Voice Front Desk"), "{form}");
    }
    assert!(bench.on(&["export", "Voice", "--form", "csv"]).ok().starts_with("Threat ID,Title,"));
    assert_eq!(bench.on(&["export", "Voice", "--form", "csv", "--out", "voice.csv"]).ok(), "Written to voice.csv.\n");
    let before = bench.digest();
    bench.on(&["export", "Voice", "--form", "xlsx"]).refused(2, "There is no form \"xlsx\"");
    bench.on(&["export", "Voice", "--form", "csv", "--out", "record.docket"]).refused(2, "is the record itself");
    assert_eq!(bench.digest(), before);
}

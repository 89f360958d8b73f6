//! `docket gate --from FILE`: the same answer without the record, and never a better one.

use serde_json::Value;

use crate::bench::Bench;

/// Writes the record of a system out, and names the file.
fn written(bench: &Bench, system: &str) -> String {
    let file = format!("{system}.json");
    bench.on(&["record", system, "--json", "--out", &file]).ok();
    file
}

/// Changes a document on its way.
fn change(bench: &Bench, file: &str, change: impl FnOnce(&mut Value)) {
    let mut document: Value = serde_json::from_slice(&std::fs::read(bench.at(file)).unwrap()).unwrap();
    change(&mut document);
    std::fs::write(bench.at(file), document.to_string()).unwrap();
}

#[test]
fn it_answers_as_the_record_does() {
    let bench = Bench::seeded();
    let list = bench.on(&["list", "--json"]).json();
    for row in list["systems"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let file = written(&bench, id);
        let (live, said) = (bench.on(&["gate", id, "--json"]), bench.run(&["gate", "--from", &file, "--json"]));
        assert_eq!((said.code, said.json()["result"].clone()), (live.code, live.json()["result"].clone()), "{row}");
        for key in ["system", "name", "release", "clearance", "valid_until", "record_id"] {
            assert_eq!(said.json()[key], live.json()[key], "{key} of {row}");
        }
        // On a later day the document never says yes where the record says no.
        let late = |args: &[&str]| bench.on(&[args, &["--at", "2027-02-05"]].concat()).code;
        let (live, said) = (late(&["gate", id]), late(&["gate", "--from", &file]));
        assert!(said != 0 || live == 0, "{said} and {live} of {row}");
    }
}

#[test]
fn it_is_about_one_release_and_one_system() {
    let bench = Bench::seeded();
    let file = written(&bench, "Voice");
    let gate = |args: &[&str]| bench.run(&[&["gate", "--from", &file][..], args].concat());
    assert_eq!(gate(&["--release", "0.9"]).code, 0);
    assert_eq!(gate(&["Voice", "--release", "0.9"]).code, 0);
    assert_eq!((gate(&["--release", "1.0"]).code, gate(&["--digest", &"0".repeat(64)]).code), (3, 3));
    assert_eq!(gate(&["--at", "2020-01-01"]).code, 3, "before it was decided");
    assert_eq!(gate(&["--at", "2027-02-05"]).code, 3, "after it was valid");
    gate(&["Picture Tagger"]).refused(2, "is about Voice Front Desk");
    let advice = gate(&["--release", "1.0", "--advisory", "--json"]);
    assert_eq!((advice.code, advice.json()["would_exit"].clone()), (0, Value::from(3)));
}

#[test]
fn a_document_that_was_changed_lets_nothing_through() {
    let bench = Bench::seeded();
    for (system, path, value) in [
        ("Applicant", "/verdict/result", Value::from("approved")),
        ("Voice", "/verdict/valid_until", Value::from("2099-01-01T23:59:59Z")),
        ("Voice", "/verdict/conditions", Value::Array(Vec::new())),
        ("Voice", "/system/release", Value::from("2.0")),
        ("Picture", "/threats/items", Value::Array(Vec::new())),
    ] {
        let file = written(&bench, system);
        change(&bench, &file, |document| *document.pointer_mut(path).unwrap() = value.clone());
        let said = bench.run(&["gate", "--from", &file, "--json"]);
        assert_eq!(
            (said.code, said.json()["reasons"][0]["code"].clone()),
            (3, Value::from("content-changed")),
            "{path}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_a_four() {
    let bench = Bench::seeded();
    for (name, text) in [
        ("empty.json", ""),
        ("words.json", "yes"),
        ("other.json", "{\"kind\": \"bom\"}"),
        ("deep.json", &"[".repeat(100_000)),
        ("newer.json", "{\"kind\": \"docket.disposition-record\", \"schema_version\": \"2.0.0\"}"),
        ("half.json", "{\"kind\": \"docket.disposition-record\", \"schema_version\": \"1.3.0\"}"),
    ] {
        std::fs::write(bench.at(name), text).unwrap();
        bench.run(&["gate", "--from", name]).refused(4, "cannot be gone by");
    }
    bench.run(&["gate", "--from", "nowhere.json"]).refused(4, "cannot be read");
    let file = written(&bench, "Picture");
    for path in ["/verdict/reasons", "/acceptances", "/integrity/content_sha256", "/system/release"] {
        let file = file.clone();
        written(&bench, "Picture");
        change(&bench, &file, |document| *document.pointer_mut(path).unwrap() = Value::Null);
        bench.run(&["gate", "--from", &file]).refused(4, path);
    }
}

/// The lines of a job that the README shows, after a mark and as deep as the first of them.
fn script(readme: &str, mark: &str) -> String {
    let from = readme.split(mark).nth(1).unwrap().split("```").next().unwrap();
    let line = from.lines().find(|line| line.contains("docket gate")).unwrap();
    line.trim().trim_start_matches("- ").to_owned()
}

#[test]
fn the_jobs_of_the_readme_run_as_they_stand() {
    let bench = Bench::seeded();
    bench.on(&["record", "Voice", "--json", "--out", "clearance.json"]).ok();
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let program = std::path::Path::new(assert_cmd::cargo::cargo_bin!("docket")).parent().unwrap().to_path_buf();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    for (mark, variable, left) in
        [("on: { push", "GITHUB_REF_NAME", "summary.md"), ("rules: [{ if: $CI", "CI_COMMIT_TAG", "gate.json")]
    {
        let script = script(&readme, mark);
        for (tag, code) in [("v0.9", 0), ("v1.0", 3)] {
            let mut shell = std::process::Command::new("sh");
            shell.args(["-ec", &script]).current_dir(bench.at(".")).env("PATH", &path).env(variable, tag);
            shell.env("GITHUB_STEP_SUMMARY", bench.at("summary.md"));
            let Ok(done) = shell.output() else {
                println!("skipped: there is no shell");
                return;
            };
            assert_eq!(done.status.code(), Some(code), "{script}: {}", String::from_utf8_lossy(&done.stderr));
            assert!(std::fs::read_to_string(bench.at(left)).unwrap().contains("Voice Front Desk"));
        }
    }
}

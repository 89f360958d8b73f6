//! `docket manifest`: written from the inventory, compared with what was cleared, recorded as a change.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::bench::{Bench, Said};

/// The exit code, what differs, what fires, and the change that does it.
type Case<'a> = (i32, &'a str, &'a str, &'a dyn Fn(&mut Value));

const CLEARED: &str = "Picture Tagger";

fn manifest(bench: &Bench, system: &str) -> Value {
    serde_json::from_str(&bench.on(&["manifest", "show", system, "--format", "json"]).ok()).unwrap()
}

fn write(bench: &Bench, name: &str, text: &str) {
    std::fs::write(bench.at(name), text).unwrap();
}

fn diff(bench: &Bench, manifest: &Value, more: &[&str]) -> Said {
    write(bench, "now.json", &manifest.to_string());
    bench.on(&[&["manifest", "diff", CLEARED, "now.json", "--json"], more].concat())
}

fn titles(said: &Said) -> Vec<String> {
    let fires = said.json()["fires"].as_array().unwrap().clone();
    fires.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_shown_differs_in_nothing_in_every_format() {
    let bench = Bench::seeded();
    let schema: Value = serde_json::from_str(&bench.run(&["manifest", "schema"]).ok()).unwrap();
    let valid = jsonschema::validator_for(&schema).unwrap();
    for row in bench.on(&["list", "--json"]).json()["systems"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        assert!(valid.is_valid(&manifest(&bench, id)), "{}: {}", row["name"], manifest(&bench, id));
        for format in ["toml", "json", "yaml"] {
            let text = bench.on(&["manifest", "show", id, "--format", format]).ok();
            write(&bench, "same", &text);
            write(&bench, &format!("same.{format}"), &text);
            for file in ["same", &format!("same.{format}")] {
                let said = bench.on(&["manifest", "diff", id, file, "--inventory", "--json"]);
                assert_eq!((said.code, said.err.as_str()), (0, ""), "{} as {format}: {}", row["name"], said.out);
                assert_eq!(said.json()["differences"], json!([]), "{}", row["name"]);
            }
        }
    }
    let text = bench.on(&["manifest", "show", CLEARED]).ok();
    write(&bench, "same.toml", &text);
    let said = bench.on(&["manifest", "diff", CLEARED, "same.toml"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(
        said.out.starts_with("Picture Tagger against what was cleared on 2026-05-04: no difference"),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("exit 0\n"), "{}", said.out);
    let mut wrong = manifest(&bench, CLEARED);
    wrong["models"][0]["colour"] = json!("red");
    assert!(!valid.is_valid(&wrong), "the schema knows every key");
}

#[test]
fn each_difference_says_what_it_fires() {
    let bench = Bench::seeded();
    let base = manifest(&bench, CLEARED);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut now = base.clone();
        change(&mut now);
        let said = diff(&bench, &now, &[]);
        let found: Vec<String> = said.json()["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {} {}", row["what"], row["item"], row["field"]).replace('"', ""))
            .collect();
        (said.code, found.join("; "), titles(&said).join("; "))
    };
    let table: [Case<'_>; 14] = [
        (3, "changed model version", "Model version or endpoint moved", &|m| m["models"][0]["version"] = json!("4.1")),
        (3, "changed model provider", "Model swapped", &|m| m["models"][0]["provider"] = json!("Brightforge")),
        (3, "changed model hosting", "Provider terms, location or sub-processor changed", &|m| {
            m["models"][0]["hosting"] = json!("Provider, US");
        }),
        (3, "new tool ", "Tool, plug-in or tool server added", &|m| m["tools"] = json!([{"name": "Shell"}])),
        (3, "new connection ", "Opened to the outside", &|m| m["connections"] = json!([{"name": "Web"}])),
        (3, "new retrieval source ", "New data class or source", &|m| m["retrieval"] = json!([{"name": "Wiki"}])),
        (3, "new data class ", "New data class or source; Personal data enters for the first time", &|m| {
            m["data"] = json!(["public", "personal"]);
        }),
        (3, "changed autonomy ", "More autonomy", &|m| m["autonomy"] = json!("alone")),
        (3, "changed users ", "New group of users or affected people", &|m| m["users"] = json!("Everybody")),
        (3, "changed environment ", "Provider terms, location or sub-processor changed", &|m| {
            m["environment"] = json!("Somebody else's cloud");
        }),
        (3, "new model ; gone model ", "Model swapped", &|m| m["models"][0]["name"] = json!("Other tagger")),
        (1, "gone model ", "", &|m| m["models"] = json!([])),
        (1, "changed release ", "", &|m| m["release"]["version"] = json!("1.1")),
        (0, "", "", &|m| m["models"][0]["name"] = json!("  open VISION tagger ")),
    ];
    for (code, found, fires, change) in table {
        let said = with(change);
        let fired: Vec<&str> = said.2.split("; ").collect();
        assert_eq!((said.0, said.1.as_str()), (code, found), "{fires}");
        assert!(fires.split("; ").all(|title| fired.contains(&title)), "{found}: {fired:?}");
    }
    // A trigger in one's own words that names what changed is fired as well, and is said to be armed.
    let mut now = base.clone();
    now["models"][0]["version"] = json!("4.1");
    let fires = diff(&bench, &now, &[]).json()["fires"].clone();
    assert!(fires.as_array().unwrap().iter().any(|row| row["armed"] == true), "{fires}");
    // What is not said is not compared, and that is said.
    let said = diff(&bench, &json!({"models": base["models"]}), &[]);
    assert_eq!((said.code, said.json()["not_compared"].as_array().unwrap().len()), (0, 8), "{}", said.out);
    let text = bench.on(&["manifest", "diff", CLEARED, "now.json"]).out;
    assert!(text.contains("not said, so not compared: release"), "{text}");
}

#[test]
fn it_is_the_cleared_content_that_counts_and_not_what_the_inventory_became() {
    let bench = Bench::seeded();
    let now = manifest(&bench, "Invoice Reader");
    write(&bench, "now.json", &now.to_string());
    // It drifted: the inventory is not any more what was decided on.
    let said = bench.on(&["manifest", "diff", "Invoice Reader", "now.json", "--json"]);
    assert_ne!(said.code, 0, "{}", said.out);
    assert_eq!(said.json()["against"], "cleared");
    let said = bench.on(&["manifest", "diff", "Invoice Reader", "now.json", "--inventory", "--json"]);
    assert_eq!((said.code, &said.json()["against"]), (0, &json!("inventory")));
    let now = manifest(&bench, "Medical");
    write(&bench, "now.json", &now.to_string());
    let said = bench.on(&["manifest", "diff", "Medical", "now.json", "--json"]);
    assert_eq!((said.code, &said.json()["against"]), (0, &json!("inventory")), "nothing was cleared yet");
}

#[test]
fn differences_are_recorded_once_in_somebodys_name_and_the_gate_follows() {
    let bench = Bench::seeded();
    assert_eq!(bench.on(&["gate", CLEARED]).code, 0);
    let mut now = manifest(&bench, CLEARED);
    now["tools"] = json!([{"name": "Shell", "permissions": "All", "approval": false}]);
    let before = bench.digest();
    assert_eq!(diff(&bench, &now, &[]).code, 3);
    assert_eq!(bench.digest(), before, "looking records nothing");
    let record = ["--record-change", "--as", "Ravi", "--role", "builder"];
    let said = diff(&bench, &now, &record);
    assert_eq!((said.code, &said.json()["recorded"]), (3, &json!("Recorded as CH-1.")), "{}", said.err);
    let gate = bench.on(&["gate", CLEARED, "--json"]);
    assert_eq!((gate.code, &gate.json()["reasons"][0]["code"]), (3, &json!("trigger-pending")));
    assert_eq!(diff(&bench, &now, &record).json()["recorded"], "Recorded already; nothing was added.");
    let journal = bench.on(&["journal"]).ok();
    let lines: Vec<&str> =
        journal.lines().filter(|line| line.contains("change.record") && line.contains("now.json")).collect();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("Ravi Menon") && lines[0].contains("now.json"), "{}", lines[0]);
    bench.on(&["verify"]).ok();
    // Whoever holds no role here records nothing; the hat is found where none is named.
    let mut more = now.clone();
    more["users"] = json!("All");
    diff(&bench, &more, &["--record-change", "--as", "Jonas"]).refused(2, "You hold no role on Picture Tagger");
    let said = diff(&bench, &more, &["--record-change", "--as", "Олена"]);
    assert_eq!(said.json()["recorded"], "Recorded as CH-2.", "{}", said.err);
}

#[test]
fn what_cannot_be_read_is_refused_with_a_sentence_and_a_two() {
    let bench = Bench::seeded();
    let bomb = {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..40 {
            let before = n - 1;
            let _ =
                writeln!(text, "a{n}: &a{n} [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}]");
        }
        text
    };
    let deep = format!("{{\"models\": {}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let huge = format!("users = \"{}\"\n", "x".repeat(2 << 20));
    let many = format!("{{\"tools\": [{}]}}", vec!["{\"name\": \"x\"}"; 3_000].join(","));
    let cases: [(&str, &str, &str); 15] = [
        ("empty.toml", " \n", "it is empty"),
        ("huge.toml", &huge, "more than 1 MiB"),
        ("bomb.yaml", &bomb, "as YAML it says"),
        ("deep.json", &deep, "as JSON it says"),
        ("deep.yaml", &deep, "as YAML it says"),
        ("broken.toml", "users = [", "as TOML it says"),
        ("broken.json", "{\"users\": ", "as JSON it says"),
        ("broken.yaml", "users: [", "as YAML it says"),
        ("slip.toml", "modles = []\n", "modles"),
        ("slip.yaml", "modles: []\n", "modles"),
        ("class.json", "{\"data\": [\"secret\"]}", "there is no data class \"secret\""),
        ("level.json", "{\"autonomy\": \"wild\"}", "there is no autonomy level \"wild\""),
        ("sum.json", "{\"release\": {\"digest\": \"abc\"}}", "no SHA-256"),
        ("nameless.json", "{\"tools\": [{\"name\": \"\\u200b\"}]}", "a tool has no name"),
        ("many.json", &many, "more than 2000 of tools"),
    ];
    for (name, text, says) in cases {
        write(&bench, name, text);
        bench.on(&["manifest", "diff", CLEARED, name]).refused(2, says);
    }
    std::fs::write(bench.at("bytes.toml"), [0xff, 0xfe, 0x00]).unwrap();
    bench.on(&["manifest", "diff", CLEARED, "bytes.toml"]).refused(2, "not text in UTF-8");
    bench.on(&["manifest", "diff", CLEARED, "none.toml"]).refused(2, "There is no file none.toml");
    write(&bench, "other.json", "{\"system\": \"Voice Front Desk\"}");
    bench.on(&["manifest", "diff", CLEARED, "other.json"]).refused(2, "a manifest of \"Voice Front Desk\"");
    write(&bench, "late.json", "{\"manifest\": 2}");
    bench.on(&["manifest", "diff", CLEARED, "late.json"]).refused(2, "of version 2");
    bench.on(&["manifest", "show", CLEARED, "--format", "xml"]).refused(2, "There is no format \"xml\"");
    write(&bench, "fine.json", "{}");
    bench.tamper("UPDATE blob SET bytes=x'00'");
    bench.on(&["manifest", "diff", CLEARED, "fine.json"]).refused(4, "is not in the record as it was");
}

#[test]
fn hostile_names_reach_no_terminal() {
    use docket::domain::text::is_visible;
    let bench = Bench::seeded();
    let evil = "\u{1b}[31mred\u{7}\u{202e}x";
    let now = json!({"tools": [{"name": evil, "permissions": evil}], "users": evil});
    for more in [&[][..], &["--record-change", "--as", "Олена"]] {
        write(&bench, "now.json", &now.to_string());
        for form in [&[][..], &["--json"]] {
            let said = bench.on(&[&["manifest", "diff", CLEARED, "now.json"], more, form].concat());
            assert_eq!(said.code, 3, "{}", said.err);
            assert!(said.out.chars().all(|c| c == '\n' || is_visible(c)), "{}", said.out);
        }
    }
    for text in [format!("users: \"{evil}\nx: ["), format!("{evil} = 1")] {
        write(&bench, "broken.yaml", &text);
        let said = bench.on(&["manifest", "diff", CLEARED, "broken.yaml"]);
        assert!(said.code == 2 && said.err.chars().all(|c| c == '\n' || is_visible(c)), "{}", said.err);
    }
}

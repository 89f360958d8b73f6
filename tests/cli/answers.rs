//! `docket demo --seed-only`, `docket list` and `docket show`.

use crate::bench::{Bench, Said, fixture};

#[test]
fn the_sample_is_made_once_verifies_and_is_the_same_at_the_same_time() {
    let bench = Bench::empty();
    let own = bench.at("own.docket");
    let said =
        Said::of(bench.command().env("DOCKET_RECORD", &own).args(["demo", "--seed-only", "--record", "record.docket"]));
    assert_eq!(said.ok(), "The sample record is at record.docket.\n");
    assert_eq!(bench.there(), ["record.docket"], "nothing else is made, not the person's own record");
    bench.on(&["verify"]).ok();
    let before = bench.digest();
    bench.on(&["demo", "--seed-only"]).refused(2, "record.docket");
    assert_eq!(bench.digest(), before);

    let without_ids = |bench: &Bench| {
        let mut list = bench.on(&["list", "--json"]).json();
        for row in list["systems"].as_array_mut().unwrap() {
            row.as_object_mut().unwrap().remove("id");
        }
        list
    };
    let list = without_ids(&bench);
    assert!(list["total"].as_u64().unwrap() >= 12, "{list}");
    assert_eq!(list, without_ids(&Bench::seeded()));
}

#[test]
fn a_sample_that_nobody_names_is_thrown_away_and_does_not_touch_the_own_record() {
    let bench = Bench::seeded();
    let before = bench.digest();
    std::fs::create_dir(bench.at("tmp")).unwrap();
    let mut command = bench.command();
    command.env("DOCKET_RECORD", bench.record()).env("TMPDIR", bench.at("tmp"));
    let says = Said::of(command.args(["demo", "--seed-only"])).ok();
    assert!(says.contains("thrown away"), "{says}");
    assert_eq!(bench.digest(), before);
    assert_eq!(std::fs::read_dir(bench.at("tmp")).unwrap().count(), 0, "the folder is gone");
}

#[test]
fn the_list_fits_eighty_columns_and_its_keys_are_stable() {
    let bench = Bench::seeded();
    let text = bench.on(&["list"]).ok();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let list = bench.on(&["list", "--json"]).json();
    let keys: Vec<_> = list.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["kind", "on", "systems", "total", "version"]);
    assert_eq!(
        (&list["kind"], &list["version"], &list["on"]),
        (&"docket.list".into(), &"1.0.0".into(), &"2026-11-21".into())
    );
    let rows = list["systems"].as_array().unwrap();
    assert_eq!((&list["total"], text.lines().count()), (&rows.len().into(), rows.len() + 1));
    let expected = [
        "clearance",
        "court",
        "days",
        "dpo_gaps",
        "due",
        "gaps",
        "governance_gaps",
        "id",
        "late",
        "lifecycle",
        "name",
        "threats",
        "tier",
        "unscored",
        "worst",
    ];
    for row in rows {
        assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_system_is_shown_by_its_name_its_beginning_or_its_identity() {
    let bench = Bench::seeded();
    let whole = bench.on(&["show", "Voice Front Desk"]).ok();
    assert!(whole.contains("Voice Front Desk") && whole.lines().all(|line| line.chars().count() <= 80), "{whole}");
    let json = bench.on(&["show", "voice", "--json"]).json();
    assert_eq!((&json["kind"], &json["system"]["name"]), (&"docket.show".into(), &"Voice Front Desk".into()));
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "clearance",
            "counts",
            "court",
            "findings",
            "gaps",
            "kind",
            "next",
            "on",
            "stations",
            "system",
            "tier",
            "version"
        ]
    );
    assert_eq!(bench.on(&["show", "VOICE FRONT"]).ok(), whole);
    assert_eq!(bench.on(&["show", json["system"]["id"].as_str().unwrap()]).ok(), whole);
    // A show and the list count the same, for every role and after a decision too.
    let list = bench.on(&["list", "--json"]).json();
    for row in list["systems"].as_array().unwrap() {
        let shown = bench.on(&["show", row["id"].as_str().unwrap(), "--json"]).json();
        let gaps = shown["gaps"].as_array().unwrap();
        let of = |role: &str| gaps.iter().filter(|gap| gap["role"] == role).count();
        let counted = ["gaps", "dpo_gaps", "governance_gaps"].map(|count| row[count].as_u64().unwrap());
        assert_eq!(counted, [gaps.len(), of("dpo"), of("governance")].map(|count| count as u64), "{row}");
        assert_eq!(row["gaps"], shown["counts"]["gaps"], "{row}");
        assert_eq!(row["clearance"], shown["clearance"]["state"], "{row}");
    }
}

#[test]
fn a_name_that_is_not_one_system_is_refused() {
    let bench = Bench::seeded();
    for command in ["show", "record", "gate"] {
        bench
            .on(&[command, "Claim"])
            .refused(2, "\"Claim\" could be several systems: Claim Fraud Score, Claims Triage.");
        bench.on(&[command, "Nobody"]).refused(2, "There is no system called \"Nobody\".");
        bench.on(&[command, "Front Desk"]).refused(2, "There is no system called");
        bench.on(&[command, ""]).refused(2, "The name of the system is empty.");
        bench.on(&[command, "  "]).refused(2, "The name of the system is empty.");
        bench.on(&[command, "%"]).refused(2, "There is no system called");
    }
}

#[test]
fn two_systems_of_one_name_are_told_apart_by_their_identity() {
    let bench = Bench::seeded();
    std::fs::write(bench.at("one.csv"), "AI system,Risk,Status\nTwin,First,Open\nOther,Third,Open\n").unwrap();
    let model = std::fs::read_to_string(fixture("dragon-v1.json")).unwrap();
    std::fs::write(bench.at("two.json"), model.replace("Ticket triage assistant", "Twin")).unwrap();
    for file in ["one.csv", "two.json"] {
        bench.on(&["import", file, "--yes"]).ok();
    }
    let list = bench.on(&["list", "--json"]).json();
    let rows = list["systems"].as_array().unwrap();
    let twins: Vec<_> =
        rows.iter().filter(|row| row["name"] == "Twin").map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(twins.len(), 2);
    let said = bench.on(&["show", "Twin"]);
    said.refused(2, "Several systems are called \"Twin\".");
    for twin in twins {
        assert!(said.err.contains(twin), "{}", said.err);
        bench.on(&["show", twin]).ok();
    }
}

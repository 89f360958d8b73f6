//! `docket import --map`: the columns of a table, named on the command line and remembered; and what a newer table does not
//! hold any more.

use crate::bench::{Bench, fixture};

const STRANGE: &str = "Was,Wie schlimm,Wer\nA prompt leaks,5,Ada\nNames leak,2,Bo\nA tool is misused,4,Cy\n";

fn write(bench: &Bench, name: &str, text: &str) {
    std::fs::write(bench.at(name), text).unwrap();
}

#[test]
fn columns_are_named_and_remembered() {
    let bench = Bench::seeded();
    write(&bench, "one.csv", STRANGE);
    bench.on(&["import", "one.csv", "--yes"]).refused(2, "so name its columns with a mapping");
    let named = ["import", "one.csv", "--map", "Was=title", "--map", "wie schlimm=impact", "--map", "3=owner"];
    let before = bench.digest();
    let says = bench.on(&[&named[..], &["--dry-run"]].concat()).ok();
    assert!(
        says.contains("3 threats") && says.contains("3 of 3 columns are read into fields, as you chose;"),
        "{says}"
    );
    assert_eq!(bench.digest(), before, "a dry run remembers nothing");
    bench.on(&[&named[..], &["--yes"]].concat()).ok();
    write(&bench, "two.csv", &STRANGE.replace("Names leak", "A model drifts"));
    let says = bench.on(&["import", "two.csv", "--dry-run"]).ok();
    assert!(says.contains("as you chose for these columns before"), "{says}");
    let list = bench.on(&["show", "one", "--json"]).json();
    assert_eq!(list["counts"]["threats"], 3, "{list}");
}

#[test]
fn what_cannot_be_mapped_is_said_in_a_sentence() {
    let bench = Bench::seeded();
    write(&bench, "one.csv", STRANGE);
    let before = bench.digest();
    for (map, says) in [
        ("Was=titel", "names no field. Write \"Column=field\""),
        ("Was", "names no field"),
        ("Wo=title", "has no column \"Wo\"; it has \"Was\", \"Wie schlimm\", \"Wer\""),
    ] {
        bench.on(&["import", "one.csv", "--map", map, "--yes"]).refused(2, says);
    }
    bench.on(&["import", "one.csv", "--map", "Was=impact", "--map", "Wer=stage", "--yes"]).refused(2, "No table lists");
    let model = fixture("dragon-v1.json");
    bench.on(&["import", &model, "--map", "Was=title", "--yes"]).refused(2, "no table, so that it has no columns");
    assert_eq!(bench.digest(), before);
}

#[test]
fn a_column_can_be_kept_as_it_is() {
    let bench = Bench::empty();
    write(&bench, "risks.csv", "Risk ID,Risk Title,Likelihood,Impact\nR1,A leak,4,5\n");
    let says = bench.run(&["import", "risks.csv", "--map", "Impact=", "--dry-run"]).ok();
    assert!(says.contains("3 of 4 columns are read into fields, as you chose;"), "{says}");
}

#[test]
fn a_system_that_an_inventory_does_not_name_any_more_is_marked_and_kept() {
    let bench = Bench::seeded();
    let head = "Use Case ID,Use Case Name,Stage of Development,Purpose and Benefits,Vendor\n";
    let row = |n: u8| format!("U-{n},Use case {n},Pilot,Answers question {n},Vendor {n}\n");
    write(&bench, "inventory.csv", &format!("{head}{}{}{}", row(1), row(2), row(3)));
    bench.on(&["import", "inventory.csv", "--yes"]).ok();
    let total = bench.on(&["list", "--json"]).json()["total"].clone();
    write(&bench, "newer.csv", &format!("{head}{}{}", row(1), row(3)));
    let says = bench.on(&["import", "newer.csv", "--dry-run"]).ok();
    assert!(says.contains("; 1 system is gone from the source"), "{says}");
    bench.on(&["import", "newer.csv", "--yes"]).ok();
    assert_eq!(bench.on(&["list", "--json"]).json()["total"], total, "nothing is deleted");
    let journal = bench.on(&["journal", "Use case 2", "--read"]).ok();
    assert!(journal.to_lowercase().contains("words of the source"), "{journal}");
    let log = bench.head();
    let again = bench.on(&["import", "newer.csv", "--yes"]).ok();
    assert!(again.ends_with("This file was imported already; nothing has changed.\n"), "{again}");
    assert_eq!(bench.head(), log);
    // Another agency's inventory in the same form takes nothing away.
    write(&bench, "other.csv", &format!("{head}{}", row(9)));
    let says = bench.on(&["import", "other.csv", "--dry-run"]).ok();
    assert!(!says.contains("gone"), "{says}");
    bench.on(&["verify"]).ok();
}

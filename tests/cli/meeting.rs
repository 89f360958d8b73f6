//! `docket agenda` and `docket minutes`: of the sample, in every form.

use crate::bench::Bench;

#[test]
fn the_agenda_of_the_sample_has_stable_keys_and_fits_eighty_columns() {
    let bench = Bench::seeded();
    let text = bench.on(&["agenda"]).ok();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("AI review board") && text.contains("Decision\n"), "{text}");
    let found = bench.on(&["agenda", "--json"]).json();
    let keys: Vec<_> = found.as_object().unwrap().keys().collect();
    let expected = ["day", "items", "kind", "meeting", "minutes", "next", "on", "quorum", "starts", "title", "version"];
    assert_eq!(keys, expected);
    let items = found["items"].as_array().unwrap();
    assert!(items.len() > 10, "{found}");
    // Each says why it is here and since when.
    for item in items {
        assert!(!item["why"].as_str().unwrap().is_empty() && item["since"].is_string(), "{item}");
    }
    let sections: Vec<_> = items.iter().map(|item| item["section"].as_str().unwrap()).collect();
    assert!(sections.contains(&"consent") && sections.contains(&"decision") && sections.contains(&"follow_up"));
}

#[test]
fn dates_and_the_pack_leave_for_other_programs() {
    let bench = Bench::seeded();
    let ics = bench.on(&["agenda", "--ics"]).ok();
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.trim_end().ends_with("END:VCALENDAR"), "{ics}");
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), ics.matches("END:VEVENT").count());
    assert!(ics.contains("SUMMARY:Meeting: AI review board") && ics.contains("SUMMARY:Acceptance ends"), "{ics}");
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("pack");
    bench.on(&["agenda", "--pack", to.to_str().unwrap()]).ok();
    let html = std::fs::read_to_string(to.join("pre-read.html")).unwrap();
    let md = std::fs::read_to_string(to.join("pre-read.md")).unwrap();
    assert!(html.contains("@media print") && md.starts_with("# Pre-read"), "{md}");
    assert!(md.contains("After the plan") && md.contains("**Hats:**"), "{md}");
}

#[test]
fn the_minutes_of_the_sample_say_the_same_in_every_form() {
    let bench = Bench::seeded();
    for form in ["text", "markdown", "html"] {
        let said = bench.on(&["minutes", "--format", form]).ok();
        for word in ["RESTRICTED PILOT", "Voice Front Desk", "Journal head", "Mara Rossi"] {
            assert!(said.contains(word), "{form}: {word}\n{said}");
        }
    }
    bench.on(&["minutes", "No such meeting"]).refused(2, "There is no meeting");
}

//! `docket export --form ics`: the dates of one system and of all, by the rules of RFC 5545.

use std::collections::{BTreeMap, BTreeSet};

use crate::bench::Bench;

/// The events of a calendar, each as its properties; everything that RFC 5545 asks of the text is looked at on the way.
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    let lines: Vec<&str> = text.strip_suffix("\r\n").expect("the last line ends as well").split("\r\n").collect();
    let mut whole: Vec<String> = Vec::new();
    for line in lines {
        assert!(line.len() <= 75, "a line has {} octets: {line}", line.len());
        assert!(line.chars().all(|c| !c.is_control()), "{line:?}");
        match (line.strip_prefix(' '), whole.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            (Some(_), None) => panic!("it begins with a folded line"),
            (None, _) => whole.push(line.to_owned()),
        }
    }
    assert_eq!(whole.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
    assert_eq!(whole.last().map(String::as_str), Some("END:VCALENDAR"));
    let head: BTreeSet<&str> = whole.iter().take(3).map(String::as_str).collect();
    assert!(head.contains("VERSION:2.0") && head.iter().any(|line| line.starts_with("PRODID:")));
    let mut out = Vec::new();
    let mut now: Option<BTreeMap<String, String>> = None;
    for line in &whole[3..whole.len() - 1] {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match (name, value, &mut now) {
            ("BEGIN", "VEVENT", None) => now = Some(BTreeMap::new()),
            ("END", "VEVENT", Some(event)) => {
                out.push(std::mem::take(event));
                now = None;
            }
            (_, _, Some(event)) => {
                assert!(event.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
            }
            _ => panic!("{line} is outside of an event"),
        }
    }
    assert!(now.is_none(), "an event does not end");
    for event in &out {
        text_is_escaped(&event["SUMMARY"]);
        let stamp = &event["DTSTAMP"];
        assert!(stamp.len() == 16 && stamp.ends_with('Z') && stamp.as_bytes()[8] == b'T', "{stamp}");
        let (start, end) = (&event["DTSTART;VALUE=DATE"], &event["DTEND;VALUE=DATE"]);
        let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
        assert_eq!(day(start).succ_opt(), Some(day(end)), "an event of a whole day ends with the next one");
    }
    let uids: BTreeSet<&String> = out.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), out.len(), "each event is another one");
    out
}

/// Commas and semicolons part values, and a backslash begins an escape.
fn text_is_escaped(text: &str) {
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        assert!(!matches!(sign, ',' | ';'), "{text}");
        if sign == '\\' {
            assert!(matches!(signs.next(), Some('\\' | ',' | ';' | 'n' | 'N')), "{text}");
        }
    }
}

fn titles(events: &[BTreeMap<String, String>]) -> Vec<&str> {
    events.iter().map(|event| event["SUMMARY"].as_str()).collect()
}

#[test]
fn the_calendar_of_all_is_that_of_every_system() {
    let bench = Bench::seeded();
    let all = events(&bench.on(&["export", "--all", "--form", "ics"]).ok());
    let list = bench.on(&["list", "--json"]).json();
    let mut one_by_one: Vec<BTreeMap<String, String>> = Vec::new();
    for row in list["systems"].as_array().unwrap() {
        one_by_one.extend(events(&bench.on(&["export", row["id"].as_str().unwrap(), "--form", "ics"]).ok()));
    }
    assert_eq!(all, one_by_one);
    for word in
        ["Clearance ends", "Condition of an acceptance due", "Acceptance ends", "Evidence expires", "Re-assessment due"]
    {
        assert!(titles(&all).iter().any(|title| title.starts_with(&format!("{word}: "))), "{word}: {:?}", titles(&all));
    }
    assert_eq!(events(&bench.on(&["export", "--all", "--form", "ics"]).ok()), all, "the same each time");
}

#[test]
fn every_acceptance_that_holds_is_in_it_on_its_last_day() {
    let bench = Bench::seeded();
    let all = events(&bench.on(&["export", "--all", "--form", "ics"]).ok());
    let accepted = bench.on(&["acceptances", "--json"]).json();
    let mut seen = 0;
    for row in accepted["acceptances"].as_array().unwrap() {
        let state = row["state"].as_str().unwrap();
        if state == "proposed" {
            continue;
        }
        let (day, system) = (
            row["expires"].as_str().unwrap().replace('-', ""),
            row["system"]["name"].as_str().unwrap_or(row["system"].as_str().unwrap_or_default()),
        );
        let found = all.iter().any(|event| {
            let title = &event["SUMMARY"];
            event["DTSTART;VALUE=DATE"] == day && title.starts_with("Acceptance ends") && title.contains(system)
        });
        assert!(found, "{row}");
        seen += 1;
    }
    assert!(seen > 2, "{accepted}");
}

#[test]
fn no_title_of_a_threat_leaks_unless_it_is_wanted() {
    let bench = Bench::seeded();
    let leaks = |args: &[&str]| {
        let text = bench.on(args).ok();
        let bare = titles(&events(&text)).join("\n").replace("\\,", ",");
        let listed = bench.on(&["list", "--json"]).json();
        let mut found = 0;
        for row in listed["systems"].as_array().unwrap() {
            let record = bench.on(&["record", row["id"].as_str().unwrap(), "--json"]).json();
            let threats = record["threats"]["items"].as_array().unwrap();
            found += threats.iter().filter(|threat| bare.contains(threat["title"].as_str().unwrap())).count();
        }
        found
    };
    assert_eq!(leaks(&["export", "--all", "--form", "ics"]), 0);
    assert!(leaks(&["export", "--all", "--form", "ics", "--titles"]) > 0);
}

#[test]
fn only_the_calendar_is_of_all() {
    let bench = Bench::seeded();
    bench.on(&["export", "--all", "--form", "sarif"]).refused(2, "Only ics is written of all systems");
    assert_eq!(bench.on(&["export", "Voice", "--form", "ics", "--out", "voice.ics"]).ok(), "Written to voice.ics.\n");
    assert!(events(&std::fs::read_to_string(bench.at("voice.ics")).unwrap()).len() > 1);
}

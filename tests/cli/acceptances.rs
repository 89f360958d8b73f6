//! `docket acceptances`: the accepted risks of all systems, and on which second each of them ends.

use crate::bench::{Bench, Said};

#[test]
fn the_acceptances_of_the_sample_have_stable_keys_and_fit_eighty_columns() {
    let bench = Bench::seeded();
    let text = bench.on(&["acceptances", "--all"]).ok();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let found = bench.on(&["acceptances", "--json"]).json();
    let keys: Vec<_> = found.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["acceptances", "kind", "on", "total", "version"]);
    assert_eq!((&found["kind"], &found["on"]), (&"docket.acceptances".into(), &"2026-11-21".into()));
    let rows = found["acceptances"].as_array().unwrap();
    assert!(rows.len() > 2 && found["total"] == rows.len(), "{found}");
    let expected = [
        "accepted_by",
        "accepted_level",
        "condition_due",
        "conditions_open",
        "days_left",
        "expires",
        "holds",
        "id",
        "level",
        "number",
        "requested_by",
        "ssh_signature",
        "state",
        "system",
        "system_id",
        "threat",
        "title",
        "why",
    ];
    for row in rows {
        assert!(row.as_object().unwrap().keys().eq(expected), "{row}");
    }
    let ends: Vec<_> = rows.iter().map(|row| row["expires"].as_str().unwrap_or_default()).collect();
    assert!(ends.is_sorted(), "{ends:?}");
    let all = bench.on(&["acceptances", "--json", "--all"]).json();
    let declined = all["acceptances"].as_array().unwrap().iter().any(|row| row["state"] == "declined");
    assert!(declined && !rows.iter().any(|row| row["state"] == "declined"), "{all}");
    let soon = bench.on(&["acceptances", "--json", "--within", "0"]).json();
    let over = soon["acceptances"].as_array().unwrap();
    assert!(!over.is_empty() && over.iter().all(|row| row["days_left"].as_i64().unwrap() <= 0), "{soon}");
    let lapsed = rows.iter().find(|row| row["system"] == "Premium Forecast").unwrap();
    assert_eq!((&lapsed["state"], &lapsed["holds"]), (&"lapsed".into(), &false.into()));
    assert!(lapsed["why"].as_str().unwrap().starts_with("It was valid until "), "{lapsed}");
}

/// What holds through the end of a day ends with the midnight of whoever asks, wherever they are.
#[test]
fn an_acceptance_ends_with_the_last_second_of_its_day_where_one_is() {
    let bench = Bench::seeded();
    let found = bench.on(&["acceptances", "--json"]).json();
    let rows = found["acceptances"].as_array().unwrap();
    let last = rows.iter().rev().find(|row| row["holds"] == true).expect("one that holds");
    let (id, ends) = (last["id"].clone(), last["expires"].as_str().unwrap().to_owned());
    let next = docket::domain::fields::Day::parse(&ends).unwrap().plus(1).to_string();
    let lapsed = |zone: &str, now: String| {
        let mut command = bench.command();
        command.env("TZ", zone).env("DOCKET_NOW", now);
        let found = Said::of(command.args(["acceptances", "--json", "--record", "record.docket"])).json();
        let rows = found["acceptances"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["id"] == id).unwrap();
        (row["state"] == "lapsed", found["on"].as_str().unwrap().to_owned())
    };
    // A zone of POSIX counts to the west: UTC-14 is fourteen hours ahead.
    for (zone, now, over, on) in [
        ("UTC", format!("{ends}T23:59:59Z"), false, &ends),
        ("UTC", format!("{next}T00:00:00Z"), true, &next),
        ("AAA5", format!("{next}T04:59:59Z"), false, &ends),
        ("AAA5", format!("{next}T05:00:00Z"), true, &next),
        ("AAA-14", format!("{ends}T09:59:59Z"), false, &ends),
        ("AAA-14", format!("{ends}T10:00:00Z"), true, &next),
        ("AAA-5:30", format!("{ends}T18:29:59Z"), false, &ends),
        ("AAA-5:30", format!("{ends}T18:30:00Z"), true, &next),
    ] {
        assert_eq!(lapsed(zone, now.clone()), (over, on.clone()), "{zone} {now}");
    }
}

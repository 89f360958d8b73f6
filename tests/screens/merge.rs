//! A bundle that came back: nothing decided, half of it, all of it, and one with nothing to decide.

use docket::{
    app::{Model, Overlay, merging::Merge},
    domain::{
        Id, Kind,
        fields::Moment,
        merging::{Conflict, Version},
        value::Value,
    },
    keymap::Action,
};

use crate::{sample, scenes::with};

fn version(shown: &str, who: &str, at: i64) -> Version {
    Version {
        values: vec![Value::from(shown)],
        shown: shown.to_owned(),
        who: who.to_owned(),
        at: Moment(1_795_000_000_000 + at * 60_000),
    }
}

fn conflict((called, label): (&str, &str), before: &str, ours: &str, theirs: &str) -> Conflict {
    Conflict {
        of: Kind::Threat,
        entity: Id([7; 16]),
        called: called.to_owned(),
        fields: vec!["title".to_owned()],
        label: label.to_owned(),
        before: before.to_owned(),
        ours: version(ours, "Mara Lind", 5),
        theirs: version(theirs, "Nina Quist", 90),
    }
}

fn merge(some: bool) -> Merge {
    let long = "Staff paste customer letters into the assistant, and the vendor keeps what is typed for thirty days. \
                Nobody told them not to, and nothing in the screen says so.";
    let conflicts = vec![
        conflict(("threat 3 \"Prompts reach the vendor\"", "Description"), "", long, "The vendor keeps prompts."),
        conflict(("threat 3 \"Prompts reach the vendor\"", "Likelihood"), "3", "4", "2"),
        conflict(("control 5 \"Redact before sending\"", "Withdrawn"), "kept", "withdrawn", "kept"),
        conflict(
            ("hand-off \"security to governance\"", "What was done"),
            "State sent",
            "State received",
            "State returned",
        ),
    ];
    let lines = vec![
        "New entries: Nina Quist 14, the last on 2026-11-20.".to_owned(),
        "Binding: signoff sign by Nina Quist as Data protection officer.".to_owned(),
    ];
    Merge::new("HR Copilot".to_owned(), lines, if some { conflicts } else { Vec::new() })
}

pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let open = |some| {
        let mut model = sample::board(size);
        model.overlays.push(Overlay::Merge(Box::new(merge(some))));
        model
    };
    vec![
        ("merge".to_owned(), open(true)),
        ("merge half".to_owned(), with(open(true), &[Action::KeepOurs, Action::TakeTheirs, Action::Save])),
        ("merge asked".to_owned(), with(open(true), &[Action::AllTheirs, Action::Up, Action::KeepOurs, Action::Save])),
        ("merge alone".to_owned(), open(false)),
    ]
}

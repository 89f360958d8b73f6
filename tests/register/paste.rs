//! A table that is pasted into a register: shown first, added in one step, and never run as keys.

use docket::{
    app::{Overlay, context},
    domain::{Id, Kind, command::Command, people::Role, register::Treatment},
    keymap::Context,
};

use crate::hands::Hands;

const TABLE: &str = "Threat\tDescription\tLikelihood\tImpact\tTreatment\tOwner\tSource\n\
    Prompt leak\tThe prompt is read out\t4\t5\tmitigate\tMara Lind\tworkshop\n\
    Names leak\tThe log holds names\t2\t3\ttransfer\tSomebody Else\t\n\
    \t\t1\t1\t\t\t\n";

fn register(hands: &mut Hands) -> Id {
    let system = hands.system(&[("name", "Desk")]);
    hands.add(system, Role::Security, Kind::Threat, &[("title", "Known")]);
    hands.open(system).keys("g t");
    system
}

fn preview(hands: &Hands) -> String {
    match hands.session.model.overlays.last() {
        Some(Overlay::Reader(reader)) => reader.lines.join("\n"),
        _ => String::new(),
    }
}

#[test]
fn a_pasted_table_is_shown_and_then_added_in_one_step() {
    let mut hands = Hands::sit();
    let system = register(&mut hands);
    hands.paste(TABLE);
    let shown = preview(&hands);
    for part in [
        "2 threats for Desk",
        "Likelihood → likelihood",
        "Source → into the description",
        "+ Prompt leak",
        "1 row without a title",
        "no person of this record: Somebody Else",
        "left undecided",
    ] {
        assert!(shown.contains(part), "{part}: {shown}\n{}", hands.said());
    }
    assert_eq!(hands.dossier(system).threats.len(), 1, "nothing is kept before somebody agrees");
    hands.keys("enter");
    let dossier = hands.dossier(system);
    let all: Vec<_> = dossier.threats.iter().map(|t| (t.number.unwrap(), t.title.as_str())).collect();
    assert_eq!(all, [(1, "Known"), (2, "Prompt leak"), (3, "Names leak")], "{}", hands.said());
    let first = &dossier.threats[1];
    assert_eq!((first.likelihood.unwrap().get(), first.impact.unwrap().get()), (4, 5));
    assert_eq!(first.treatment, Some(Treatment::Mitigate));
    assert_eq!(first.owner.map(|who| who.0), dossier.people.iter().next().map(|person| person.id));
    assert!(first.description.as_str().starts_with("The prompt is read out\n"));
    assert!(first.description.as_str().ends_with("Source: workshop"), "what has no column is kept");
    assert_eq!(dossier.threats[2].treatment, None, "to transfer needs a reason");
    assert!(hands.said().contains("2 rows were added"), "{}", hands.said());
    hands.keys("u");
    assert_eq!(hands.dossier(system).live_threats().count(), 1, "{}", hands.said());
    hands.keys("U");
    assert_eq!(hands.dossier(system).live_threats().count(), 3, "{}", hands.said());
}

#[test]
fn a_treatment_lands_in_the_treatment_whichever_column_it_stands_in() {
    for (column, reason) in [("Treatment", "Reason"), ("Status", "Reason")] {
        let mut hands = Hands::sit();
        let system = register(&mut hands);
        let rows = [
            ("Mitigate", "", Some(Treatment::Mitigate), ""),
            ("accept", "", Some(Treatment::Accept), ""),
            ("transfer", "The insurer pays.", Some(Treatment::Transfer), ""),
            ("avoid", "Not built.", Some(Treatment::Avoid), ""),
            ("transfer", "", None, "transfer"),
            ("wait and see", "", None, "wait and see"),
        ];
        let lines = rows.iter().enumerate().map(|(at, (word, why, ..))| format!("Pasted {at}\t{word}\t{why}"));
        let table: Vec<String> = std::iter::once(format!("Threat\t{column}\t{reason}")).chain(lines).collect();
        hands.paste(&table.join("\n")).keys("enter");
        let dossier = hands.dossier(system);
        for (at, (word, _, treatment, own)) in rows.iter().enumerate() {
            let threat = &dossier.threats[at + 1];
            assert_eq!((threat.treatment, threat.status_word.as_str()), (*treatment, *own), "{column} {word}");
            assert!(threat.description.is_empty(), "{column} {word}: {}", threat.description);
        }
    }
}

#[test]
fn words_that_mean_nothing_here_stay_the_words_of_the_tool() {
    let mut hands = Hands::sit();
    let system = register(&mut hands);
    hands
        .paste("Threat\tStatus\tTreatment\tSeverity\nLeak\topen\tponder\tgrave\nDrift\tclosed\tmitigate\thigh\n")
        .keys("enter");
    let dossier = hands.dossier(system);
    let words =
        |at: usize| (dossier.threats[at].status_word.to_string(), dossier.threats[at].severity_word.to_string());
    assert_eq!(words(1), ("open; ponder".into(), "grave".into()), "{}", hands.said());
    assert_eq!(dossier.threats[2].treatment, Some(Treatment::Mitigate));
    assert!(dossier.threats.iter().all(|threat| threat.description.is_empty()));
    let by_hand = Command::Edit {
        kind: Kind::Threat,
        id: dossier.threats[1].id,
        set: crate::hands::fields(&[("status_word", "mine")]),
        why: "".into(),
    };
    let refused = hands.session.desk.execute(Some(system), Role::Security, &by_hand);
    assert!(refused.is_err(), "nobody writes the tool's words by hand");
}

#[test]
fn what_is_no_table_is_one_sentence_and_runs_no_keys() {
    let mut hands = Hands::sit();
    let system = register(&mut hands);
    for text in ["s45", "one line\tand a tab", "a\tb\nc\n", "some words\nand some more\n", ""] {
        hands.paste(text);
        assert!(hands.said().contains("no table"), "{text:?}: {}", hands.said());
        assert_eq!(context(&hands.session.model), Context::Threats);
    }
    hands.keys("g o").paste(TABLE);
    assert!(hands.said().contains("runs no keys"));
    assert_eq!(hands.dossier(system).threats.len(), 1);
}

#[test]
fn the_wrong_hat_adds_nothing_and_is_told_so() {
    let mut hands = Hands::sit();
    let system = register(&mut hands);
    hands.keys("r d").paste(TABLE);
    assert!(hands.said().contains("Change the hat"), "{}", hands.said());
    assert!(preview(&hands).is_empty());
    assert_eq!(hands.dossier(system).threats.len(), 1);
}

#[test]
fn a_table_of_controls_goes_into_the_control_plan() {
    let mut hands = Hands::sit();
    let system = register(&mut hands);
    hands.keys("g c").paste("Control\tDescription\tStatus\nMask names\tIn the log\tdone\n").keys("enter");
    let dossier = hands.dossier(system);
    let controls: Vec<_> = dossier.controls.iter().collect();
    assert_eq!(controls.len(), 1, "{}", hands.said());
    assert_eq!((controls[0].number, controls[0].title.as_str()), (Some(1), "Mask names"));
    assert!(controls[0].description.as_str().contains("Status in the table: done"), "a word of a table is no status");
}

//! The table: cells, marks, groups, order, repetition, copies.

use docket::domain::{
    Id, Kind,
    command::Command,
    people::Role,
    register::{Control, Treatment},
};

use crate::hands::Hands;

/// A system with so many threats, `one`, `two` …, open at its register; keys are counted from here.
fn register(hands: &mut Hands, titles: &[&str]) -> Id {
    let system = hands.system(&[("name", "Desk")]);
    for title in titles {
        hands.add(system, Role::Security, Kind::Threat, &[("title", title)]);
    }
    hands.open(system).keys("g t");
    hands.pressed = 0;
    system
}

fn titles(hands: &Hands, system: Id) -> Vec<String> {
    hands.dossier(system).live_threats().map(|threat| threat.title.to_string()).collect()
}

/// The titles in the order of the rows on the screen.
fn shown(hands: &Hands) -> Vec<String> {
    let screen = hands.session.model.system().unwrap();
    let at = screen.register.view.shown.iter().position(|shown| shown.spec.id == "title").unwrap();
    let thing =
        |row: &&docket::app::row::Row| matches!(row.target, Some(docket::app::row::Target::Thing(Kind::Threat, _)));
    screen.rows.iter().filter(thing).map(|row| row.cells[at].text.clone()).collect()
}

#[test]
fn one_more_threat_with_score_treatment_and_control_takes_at_most_twelve_keys() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &[]);
    let control: &[(&str, &str)] = &[("title", "Mask names"), ("owner_role", "builder")];
    hands.add(system, Role::Security, Kind::Control, control);
    hands.open(system).keys("g t");
    hands.pressed = 0;
    hands.keys("n").text("Names leak into the log").keys("enter s 4 3 enter t m c down enter");
    assert!(hands.pressed <= 12, "{} keys", hands.pressed);
    let dossier = hands.dossier(system);
    let threat = &dossier.threats[0];
    assert_eq!(threat.title.as_str(), "Names leak into the log");
    assert_eq!((threat.likelihood.unwrap().get(), threat.impact.unwrap().get()), (4, 3));
    assert_eq!(threat.treatment, Some(Treatment::Mitigate));
    let against: Vec<&Control> = dossier.controls_of(threat.id).map(|(_, control)| control).collect();
    assert_eq!(against.len(), 1, "{}", hands.said());
}

#[test]
fn a_cell_is_written_in_place_and_enter_goes_down() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["one", "two"]);
    hands.keys("right enter").text(" more").keys("enter enter").text(" too").keys("tab");
    assert_eq!(titles(&hands, system), ["one more", "two too"], "{}", hands.said());
    let screen = hands.session.model.system().unwrap();
    assert_eq!(screen.register.column().id, "score", "Tab goes on to the right");
    hands.keys("left enter").text(" and what was not wanted").keys("esc");
    assert_eq!(titles(&hands, system), ["one more", "two too"], "Esc keeps what was");
    hands.keys("enter");
    let form = hands.session.model.writing().expect("the cell is open again");
    assert!(form.fields[0].draft().ends_with("not wanted"), "what was typed is offered again");
}

#[test]
fn a_refused_cell_keeps_what_was_typed() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["one"]);
    hands.keys("v");
    for _ in 0..14 {
        hands.keys("down");
    }
    // Whatever the column is, the due day is among those that can be chosen.
    hands.keys("esc");
    if let docket::app::Screen::System(screen) = &mut hands.session.model.screen {
        screen.register.view.choose(&["title".into(), "due".into()]);
        screen.register.cell = 2;
    }
    hands.keys("enter").text("soon").keys("enter");
    let form = hands.session.model.writing().expect("the cell stays open");
    assert!(form.error.as_ref().is_some_and(|error| error.contains("needs a day")), "{:?}", form.error);
    assert_eq!(form.fields[0].draft(), "soon");
    assert!(hands.dossier(system).threats[0].due.is_none());
}

#[test]
fn levels_filter_the_register_of_one_system() {
    let mut hands = Hands::sit();
    register(&mut hands, &["Grave", "Mild", "Open"]);
    hands.keys("s 5 5 enter 1 1 enter esc");
    let only = |hands: &mut Hands, words: &str| {
        hands.keys("/").text(words).keys("enter");
        let found = shown(hands);
        hands.keys("esc");
        found
    };
    assert_eq!(only(&mut hands, "now:critical").len(), 1, "{}", hands.said());
    assert_eq!(only(&mut hands, "now:low").len(), 1);
    assert_eq!(only(&mut hands, "now:unscored").len(), 1);
    assert_eq!(only(&mut hands, "inherent:low+").len(), 2);
    assert!(only(&mut hands, "now:low critical").is_empty(), "both are asked for");
}

#[test]
fn what_is_marked_changes_together_and_one_undo_takes_it_back() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["one", "two", "three"]);
    hands.keys("space space s 2 5 enter");
    let scored = |hands: &Hands| hands.dossier(system).threats.iter().filter(|t| t.likelihood.is_some()).count();
    assert_eq!(scored(&hands), 2, "{}", hands.said());
    hands.keys("t m");
    let treated = |hands: &Hands| hands.dossier(system).threats.iter().filter(|t| t.treatment.is_some()).count();
    assert_eq!(treated(&hands), 2, "the marks stay until they are given up");
    hands.keys("u u");
    assert_eq!((scored(&hands), treated(&hands)), (0, 0), "{}", hands.said());
    hands.keys("U esc V x").text("Not ours.").keys("ctrl-s");
    assert_eq!(hands.dossier(system).live_threats().count(), 0, "{}", hands.said());
}

#[test]
fn one_refused_threat_refuses_them_all() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["one", "two"]);
    let ids: Vec<Id> = hands.dossier(system).threats.iter().map(|threat| threat.id).collect();
    let set = crate::hands::fields(&[("treatment", "avoid")]);
    let all = Command::EditAll { kind: Kind::Threat, ids, set };
    let refused = hands.session.desk.execute(Some(system), Role::Security, &all).unwrap_err().to_string();
    assert!(refused.contains("one: ") && refused.contains("None of the 2"), "{refused}");
    assert!(hands.dossier(system).threats.iter().all(|threat| threat.treatment.is_none()));
}

#[test]
fn the_last_decision_is_decided_again_with_one_key() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["one", "two"]);
    hands.keys("t v").text("Not built.").keys("ctrl-s down .");
    let dossier = hands.dossier(system);
    assert!(dossier.threats.iter().all(|t| t.treatment == Some(Treatment::Avoid)), "{}", hands.said());
    assert!(dossier.threats.iter().all(|t| t.treatment_reason.as_str() == "Not built."));
}

#[test]
fn unscored_comes_first_until_another_order_is_asked_for() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &["b mild", "c unscored", "a grave"]);
    for (title, score) in [("b mild", "1"), ("a grave", "5")] {
        let dossier = hands.dossier(system);
        let id = dossier.threats.iter().find(|t| t.title.as_str() == title).unwrap().id;
        let n = docket::domain::value::Value::Int(score.parse().unwrap());
        let set = vec![("likelihood".to_owned(), n.clone()), ("impact".to_owned(), n)];
        hands.done(system, Role::Security, &Command::Edit { kind: Kind::Threat, id, set, why: "".into() });
    }
    hands.open(system).keys("g t");
    assert_eq!(shown(&hands), ["c unscored", "a grave", "b mild"]);
    hands.keys("right o");
    assert_eq!(shown(&hands), ["a grave", "b mild", "c unscored"]);
    hands.keys("o");
    assert_eq!(shown(&hands), ["c unscored", "b mild", "a grave"]);
    hands.keys("o");
    assert_eq!(shown(&hands), ["c unscored", "a grave", "b mild"]);
    hands.keys("b l");
    assert_eq!(shown(&hands)[0], "c unscored", "unscored is never among the calm");
    hands.keys("right o").open(system);
    let view = hands.session.model.system().unwrap().register.view.to_text();
    assert!(view.ends_with("|score|level"), "the register looks as it was left: {view}");
}

#[test]
fn a_copy_in_another_system_has_the_words_and_no_decision() {
    let mut hands = Hands::sit();
    let other = hands.system(&[("name", "Other desk")]);
    let system = register(&mut hands, &["one", "two"]);
    hands.keys("s 4 4 enter esc t m d");
    assert!(titles(&hands, system).iter().any(|title| title.ends_with("(copy)")), "{}", hands.said());
    hands.keys("g g V C").text("Other").keys("tab right tab").text("Theirs.").keys("ctrl-s");
    let refused = hands.session.model.writing().and_then(|form| form.error.clone());
    assert_eq!(refused, None);
    let there = hands.dossier(other);
    assert_eq!(there.threats.len(), 3, "{}", hands.said());
    assert!(there.threats.iter().all(|t| t.likelihood.is_none() && t.treatment.is_none() && t.owner.is_none()));
    assert_eq!(hands.dossier(system).live_threats().count(), 0, "they were moved");
    hands.keys("u");
    assert_eq!(hands.dossier(system).live_threats().count(), 3, "one undo takes back both sides: {}", hands.said());
    assert_eq!(hands.dossier(other).live_threats().count(), 0);
}

#[test]
fn what_no_threat_covers_gets_one_on_the_spot() {
    let mut hands = Hands::sit();
    let system = register(&mut hands, &[]);
    hands.add(system, Role::Owner, Kind::Tool, &[("name", "mail"), ("permissions", "send")]);
    let tool = hands.dossier(system).tools[0].id.to_string();
    hands.open(system).keys("g t b v n").text("It writes to strangers").keys("enter");
    let dossier = hands.dossier(system);
    assert_eq!(dossier.threats[0].covers.0, [tool], "{}", hands.said());
    assert!(docket::domain::decision::uncovered(&dossier).is_empty());
}

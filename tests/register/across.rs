//! The register over all systems: what it shows is what the dossiers say, and one command changes threats of several.

use docket::{
    app::{Effect, Msg, Screen, across::AcrossScreen},
    desk::Desk,
    domain::{
        Id, Kind, command::Command, fields::Entity, page::Query, people::Role, register::Treatment, value::Value,
    },
    tui::feed,
};

use crate::{
    hands::Hands,
    over_all::{end, tiered},
};

fn screen(hands: &Hands) -> &AcrossScreen {
    match &hands.session.model.screen {
        Screen::AllThreats(screen) => screen,
        _ => panic!("the register over all systems is not open: {}", hands.said()),
    }
}

fn titles(hands: &Hands) -> Vec<String> {
    screen(hands).read.iter().map(|row| row.threat.title.to_string()).collect()
}

/// Lets the look come to its end, as the pauses between the keys do.
fn wait(hands: &mut Hands) {
    while hands.session.desk.looking() {
        feed(&mut hands.session, None, Msg::GoOn);
    }
}

fn threat(hands: &mut Hands, system: Id, set: &[(&str, &str)]) -> Id {
    hands.add(system, Role::Security, Kind::Threat, set);
    hands.dossier(system).threats.last().unwrap().id
}

/// Two systems, each with a threat or two.
fn two(hands: &mut Hands) -> (Id, Id) {
    let (mild, grave) = (tiered(hands, "Mild desk", "0"), tiered(hands, "Grave desk", "4"));
    threat(hands, mild, &[("title", "mild one")]);
    threat(hands, grave, &[("title", "grave one")]);
    threat(hands, mild, &[("title", "mild two")]);
    hands.keys("g t");
    wait(hands);
    hands.pressed = 0;
    (mild, grave)
}

fn held(hands: &Hands, system: Id, field: &str) -> Vec<Value> {
    hands.dossier(system).threats.iter().map(|threat| threat.get(field)).collect()
}

#[test]
fn the_gravest_tier_comes_first_and_in_it_what_is_unscored() {
    let mut hands = Hands::sit();
    two(&mut hands);
    assert_eq!(titles(&hands), ["grave one", "mild one", "mild two"]);
    hands.keys("down s 3 3 enter");
    assert_eq!(titles(&hands)[1], "mild one", "what was changed stays where it was: {}", hands.said());
    assert_eq!(screen(&hands).selected().unwrap().threat.title.as_str(), "mild two", "the cursor goes on");
    hands.keys("g b g t");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["grave one", "mild two", "mild one"]);
    hands.keys("g b g u");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["grave one", "mild two"]);
    assert_eq!(screen(&hands).matches, 2);
}

#[test]
fn a_count_is_put_right_without_looking_again() {
    let mut hands = Hands::sit();
    two(&mut hands);
    hands.keys("m");
    wait(&mut hands);
    assert_eq!(screen(&hands).matches, 3);
    hands.keys("s 4 4 enter");
    assert_eq!((screen(&hands).matches, screen(&hands).read.len()), (2, 3), "{}", hands.said());
    hands.keys("u");
    wait(&mut hands);
    assert_eq!((screen(&hands).matches, screen(&hands).read.len()), (3, 3), "{}", hands.said());
    hands.keys("m");
    wait(&mut hands);
    assert_eq!(screen(&hands).matches, 3);
}

#[test]
fn threats_of_several_systems_change_in_one_command_with_one_undo() {
    let mut hands = Hands::sit();
    let (mild, grave) = two(&mut hands);
    hands.keys("V t m");
    let treated = |hands: &Hands| {
        let of = |system| hands.dossier(system).threats.iter().filter(|t| t.treatment.is_some()).count();
        (of(mild), of(grave))
    };
    assert_eq!(treated(&hands), (2, 1), "{}", hands.said());
    assert!(screen(&hands).read.iter().all(|row| row.threat.treatment == Some(Treatment::Mitigate)));
    hands.keys("*");
    assert!(held(&hands, mild, "flagged").iter().all(|flagged| *flagged == Value::from("yes")), "{}", hands.said());
    hands.keys("u u");
    assert_eq!(treated(&hands), (0, 0), "{}", hands.said());
    assert!(screen(&hands).read.iter().all(|row| row.threat.treatment.is_none()), "the screen shows it");
    hands.keys("U");
    assert_eq!(treated(&hands), (2, 1), "{}", hands.said());
    hands.keys("t v").text("Not built.").keys("ctrl-s esc down down t v enter");
    assert!(
        held(&hands, mild, "treatment_reason").iter().all(|why| *why == Value::from("Not built.")),
        "{}",
        hands.said()
    );
}

#[test]
fn what_was_decided_is_decided_again_of_another_system() {
    let mut hands = Hands::sit();
    let (mild, _) = two(&mut hands);
    hands.keys("t a down space space .");
    assert!(held(&hands, mild, "treatment").iter().all(|t| *t == Value::from("accept")), "{}", hands.said());
    assert_eq!(screen(&hands).chosen_count(), 2);
    hands.keys("esc");
    assert!(screen(&hands).marked.is_empty());
}

#[test]
fn what_one_system_refuses_changes_none_and_names_the_system() {
    let mut hands = Hands::sit();
    let (mild, grave) = two(&mut hands);
    let other = Command::AssignNew { role: Role::Security, name: "Ola".into(), title: "".into(), until: None };
    hands.done(grave, Role::Owner, &other);
    hands.keys("V s 2 2 enter");
    assert!(hands.said().contains("Grave desk") && hands.said().contains("Nothing was changed"), "{}", hands.said());
    assert!(held(&hands, mild, "likelihood").iter().chain(&held(&hands, grave, "likelihood")).all(Value::is_null));
    hands.keys("esc down s 2 2 enter");
    assert!(!held(&hands, mild, "likelihood")[0].is_null(), "{}", hands.said());
}

#[test]
fn another_hat_is_offered_where_one_is_held() {
    let mut hands = Hands::sit();
    let (_, grave) = two(&mut hands);
    hands.keys("r d s y 3 3 enter");
    assert!(!held(&hands, grave, "likelihood")[0].is_null(), "{}", hands.said());
    assert_eq!(hands.session.model.me.as_ref().unwrap().role, Role::Security);
}

#[test]
fn several_hats_are_chosen_from_with_one_key() {
    let mut hands = Hands::sit();
    two(&mut hands);
    hands.system(&[("name", "Without a tier")]);
    let asked = |hands: &Hands| match hands.session.model.overlays.last() {
        Some(docket::app::Overlay::Chooser(chooser)) => chooser.options.len(),
        Some(docket::app::Overlay::Confirm(_)) => 1,
        _ => 0,
    };
    let worn = |hands: &Hands| hands.session.model.me.as_ref().unwrap().role;
    hands.keys("r d g b t");
    assert_eq!(asked(&hands), 1, "only security rates: {}", hands.said());
    hands.keys("y");
    assert!(matches!(hands.session.model.screen, Screen::Queue(_)), "{}", hands.said());
    assert_eq!(worn(&hands), Role::Security);
    hands.keys("esc g b r v T");
    assert!(asked(&hands) > 1, "several may answer an intake: {}", hands.said());
    hands.keys("o");
    assert!(matches!(hands.session.model.screen, Screen::Queue(_)), "{}", hands.said());
    assert_eq!((worn(&hands), asked(&hands)), (Role::Owner, 0));
    hands.keys("esc g b T");
    assert!(matches!(hands.session.model.screen, Screen::Queue(_)), "the hat that is worn may, and nothing is asked");
}

#[test]
fn levels_filter_beside_words() {
    let mut hands = Hands::sit();
    two(&mut hands);
    hands.keys("s 5 5 enter g b g t");
    wait(&mut hands);
    hands.keys("/");
    assert!(hands.said().contains("now:high"), "it says what it takes: {}", hands.said());
    hands.text("now:crit grave").keys("enter");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["grave one"]);
    hands.keys("esc /").text("now:unscored").keys("enter");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["mild one", "mild two"]);
}

#[test]
fn a_cell_is_written_in_its_place() {
    let mut hands = Hands::sit();
    let (mild, grave) = two(&mut hands);
    let at = screen(&hands).register.view.shown.iter().position(|shown| shown.spec.id == "title").unwrap();
    hands.keys(&"right ".repeat(at)).keys("enter").text(" more").keys("enter enter").text(" too").keys("tab");
    assert_eq!(held(&hands, grave, "title")[0], Value::from("grave one more"), "{}", hands.said());
    assert_eq!(held(&hands, mild, "title")[0], Value::from("mild one too"), "{}", hands.said());
    assert_eq!(titles(&hands), ["grave one more", "mild one too", "mild two"]);
    assert_eq!(screen(&hands).register.cell, at + 1, "Tab goes on to the right");
    hands.keys("left enter").text(" and what was not wanted").keys("esc");
    assert_eq!(held(&hands, mild, "title")[0], Value::from("mild one too"), "Esc keeps what was");
}

#[test]
fn the_number_opens_the_threat_and_esc_comes_back_to_its_row() {
    let mut hands = Hands::sit();
    let (mild, _) = two(&mut hands);
    hands.keys("down down enter");
    let system = hands.session.model.system().expect("the system is open");
    assert_eq!(system.id(), Some(mild));
    let on = system.selected().unwrap().text();
    assert!(on.contains("mild two"), "{on}");
    hands.keys("t m esc");
    wait(&mut hands);
    let row = screen(&hands).selected().unwrap();
    assert_eq!((row.threat.title.as_str(), row.threat.treatment), ("mild two", Some(Treatment::Mitigate)));
    hands.keys("esc");
    assert!(matches!(hands.session.model.screen, Screen::Board(_)));
}

#[test]
fn what_is_shown_is_rated_one_after_the_other() {
    let mut hands = Hands::sit();
    let (mild, grave) = two(&mut hands);
    hands.keys("/").text("mild").keys("enter T 2 3 m 4 4 m enter");
    assert!(!held(&hands, mild, "likelihood").iter().any(Value::is_null), "{}", hands.said());
    assert!(held(&hands, grave, "likelihood")[0].is_null());
    assert_eq!(screen(&hands).query.filter, "mild", "leaving goes back to what was shown");
}

#[test]
fn words_filter_as_they_are_typed_and_one_key_shows_one_kind() {
    let mut hands = Hands::sit();
    let (mild, _) = two(&mut hands);
    threat(&mut hands, mild, &[("title", "third"), ("component", "Prompt GATE"), ("flagged", "yes")]);
    hands.keys("g b g t /").text("gate desk");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["third"]);
    hands.keys("esc");
    wait(&mut hands);
    assert_eq!(screen(&hands).matches, 4);
    hands.keys("f b");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["third"], "{}", hands.said());
    hands.keys("f t f s");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["mild one", "mild two", "third"]);
    hands.keys("f a");
    wait(&mut hands);
    assert_eq!(screen(&hands).matches, 4);
}

#[test]
fn an_order_is_turned_round_and_the_columns_are_remembered() {
    let mut hands = Hands::sit();
    two(&mut hands);
    let at = screen(&hands).register.view.shown.iter().position(|shown| shown.spec.id == "title").unwrap();
    hands.keys(&"right ".repeat(at)).keys("o o");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["mild two", "mild one", "grave one"]);
    hands.keys("w w g b g t");
    wait(&mut hands);
    assert_eq!(titles(&hands), ["mild two", "mild one", "grave one"], "the order is as it was left");
    assert!(screen(&hands).register.view.to_text().contains("title:34"), "{}", screen(&hands).register.view.to_text());
}

#[test]
fn moving_reads_on_and_the_end_is_reached_at_once() {
    let mut hands = Hands::sit();
    let system = hands.system(&[("name", "Large desk")]);
    let set = |n: usize| vec![("title".to_owned(), Value::Text(format!("threat {n:03}")))];
    for n in 0..150 {
        hands.done(system, Role::Security, &Command::Add { kind: Kind::Threat, set: set(n), to: None });
    }
    hands.keys("g t");
    wait(&mut hands);
    for n in 0..149 {
        assert_eq!(screen(&hands).selected().unwrap().threat.title.as_str(), format!("threat {n:03}"));
        hands.keys("down");
    }
    hands.keys("g g G");
    assert_eq!(screen(&hands).selected().unwrap().threat.title.as_str(), "threat 149");
    assert!(screen(&hands).read.len() < 150, "only a part is read");
    hands.keys("up up");
    assert_eq!(screen(&hands).selected().unwrap().threat.title.as_str(), "threat 147");
    assert_eq!(hands.session.model.notice, None);
}

#[test]
fn what_another_process_writes_is_seen_at_the_next_look() {
    let folder = tempfile::tempdir().unwrap();
    let paths = docket::desk::Paths { record: folder.path().join("r.docket"), state: None };
    let mut desk = Desk::create(paths.clone(), false).unwrap();
    desk.begin("Mara Lind", "", &Role::REVIEW).unwrap();
    let system = desk.new_system(Role::Owner, crate::hands::fields(&[("name", "Desk")])).unwrap().subject;
    let add = |desk: &mut Desk, title: &str| {
        let set = crate::hands::fields(&[("title", title)]);
        desk.execute(system, Role::Security, &Command::Add { kind: Kind::Threat, set, to: None }).unwrap();
    };
    add(&mut desk, "one");
    desk.changed_elsewhere();
    assert_eq!(end(&desk, Query::default()).1, 1);
    let mut other = Desk::open(paths, false).unwrap();
    add(&mut other, "two");
    assert!(desk.changed_elsewhere());
    let mut found = desk.look_again(0, 30).unwrap();
    assert_eq!(found.rows.take().unwrap().rows.len(), 2);
    while desk.looking() {
        found = desk.look_on().unwrap();
    }
    assert_eq!(found.matches, 2);
}

#[test]
fn every_look_is_one_effect() {
    let mut hands = Hands::sit();
    two(&mut hands);
    let keymap = docket::keymap::Keymap::default();
    let effect = docket::app::update(&mut hands.session.model, &keymap, Msg::GoOn);
    assert!(matches!(effect, Some(Effect::AllThreats(docket::app::across::Look::On, _))));
}

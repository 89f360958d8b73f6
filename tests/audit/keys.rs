//! With keys only: the log is narrowed, the past is opened and refuses every act, and a change is told.

use docket::{
    app::{Overlay, Screen, system::Tab},
    domain::{Id, Kind, command::Command, people::Role, value::Value},
};

use crate::hands::{Hands, fields};

/// A system whose threat was added, scored and named anew, by two hats.
fn world() -> (Hands, Id) {
    let mut hands = Hands::sit();
    let system = hands.system(&[("name", "Chat")]);
    let other = hands.system(&[("name", "Voice")]);
    hands.add(other, Role::Security, Kind::Threat, &[("title", "Somebody listens")]);
    hands.add(system, Role::Security, Kind::Threat, &[("title", "It leaks")]);
    let threat = hands.dossier(system).threats[0].id;
    let edit = |set| Command::Edit { kind: Kind::Threat, id: threat, set, why: "We looked again.".into() };
    hands.done(system, Role::Security, &edit(vec![("likelihood".into(), Value::Int(4))]));
    hands.add(system, Role::Owner, Kind::Tool, &[("name", "Mail")]);
    hands.done(system, Role::Security, &edit(fields(&[("title", "It leaks names")])));
    hands.open(system);
    (hands, system)
}

fn lines(hands: &Hands) -> Vec<String> {
    match &hands.session.model.screen {
        Screen::System(screen) => screen.rows.iter().map(docket::app::row::Row::text).collect(),
        Screen::Log(screen) => screen.rows.iter().map(docket::app::row::Row::text).collect(),
        _ => panic!("no log is open"),
    }
}

fn read(hands: &Hands) -> String {
    let Some(Overlay::Reader(reader)) = hands.session.model.overlays.last() else { panic!("nothing to read") };
    format!("{}\n{}", reader.title, reader.lines.join("\n"))
}

/// Chooses the row of the list on top that begins so.
fn choose(hands: &mut Hands, title: &str) {
    let Some(Overlay::Chooser(chooser)) = hands.session.model.overlays.last() else { panic!("no list") };
    let found = chooser.options.iter().position(|(row, _)| row.starts_with(title));
    let at = found.unwrap_or_else(|| panic!("no {title} in {:?}", chooser.options));
    hands.keys(&"down ".repeat(at)).keys("enter");
}

#[test]
fn the_log_is_narrowed_by_words_as_they_are_typed_and_by_what_is_chosen() {
    let (mut hands, _) = world();
    hands.keys("g l");
    let all = lines(&hands).len();
    assert!(all >= 5, "{:?}", lines(&hands));
    hands.keys("/").text("likelihood").keys("enter");
    assert_eq!(lines(&hands).len(), 1, "{:?}", lines(&hands));
    assert!(lines(&hands)[0].contains("Likelihood empty → 4") && lines(&hands)[0].contains("We looked again."));
    hands.keys("esc");
    assert_eq!(lines(&hands).len(), all);
    hands.keys("b");
    choose(&mut hands, "Hat");
    choose(&mut hands, "System owner");
    assert!(lines(&hands).iter().all(|line| line.contains("(System owner)")), "{:?}", lines(&hands));
    assert!(lines(&hands).iter().any(|line| line.contains("Mail")));
    hands.keys("b");
    choose(&mut hands, "Section");
    choose(&mut hands, "tools");
    assert_eq!(lines(&hands).len(), 1, "{:?}", lines(&hands));
    hands.keys("b");
    choose(&mut hands, "Everything");
    hands.keys("b");
    choose(&mut hands, "Kind of act");
    choose(&mut hands, "what was changed");
    assert_eq!(lines(&hands).len(), 2);
    hands.keys("esc");
    assert_eq!(lines(&hands).len(), all);
}

#[test]
fn the_log_of_the_whole_record_names_the_system_and_opens_it_as_it_was() {
    let (mut hands, _) = world();
    hands.keys("g b g l");
    let all = lines(&hands);
    assert!(all.iter().any(|line| line.contains("Voice")) && all.iter().any(|line| line.contains("Mara Lind")));
    hands.keys("/").text("voice somebody listens").keys("enter");
    assert_eq!(lines(&hands).len(), 1, "{:?}", lines(&hands));
    hands.keys("a");
    let Screen::System(screen) = &hands.session.model.screen else { panic!("the past is not open") };
    assert!(screen.as_of.is_some() && screen.dossier.name() == "Voice");
    hands.keys("esc");
    assert!(matches!(&hands.session.model.screen, Screen::Log(log) if log.rows.len() == 1));
    hands.keys("esc esc");
    assert!(matches!(hands.session.model.screen, Screen::Board(_)));
}

#[test]
fn the_past_is_shown_as_it_was_and_refuses_every_act() {
    let (mut hands, system) = world();
    let (now, entries) = (hands.dossier(system), hands.session.desk.store().unwrap().head().unwrap());
    // The entry before the last: the tool was added, and the threat had its first name.
    hands.keys("g l down a");
    let Screen::System(screen) = &hands.session.model.screen else { panic!("the past is not open") };
    assert_eq!(screen.dossier.threats[0].title.as_str(), "It leaks");
    assert!(screen.dossier.tools.len() == 1 && screen.tab == Tab::Overview);
    hands.keys("g t");
    for keys in ["s", "n", "x", "t m", "d", "u", "a", "enter", "> ", "f", "R", "A", "i"] {
        hands.keys(keys);
        assert!(hands.session.model.overlays.is_empty(), "{keys} opens something");
        if !matches!(keys, "i") {
            assert!(hands.said().contains("read only"), "{keys}: {}", hands.said());
        }
    }
    // A comparison of files is about now, and is written down.
    hands.keys("g e V");
    assert!(hands.session.model.overlays.is_empty() && hands.said().contains("read only"), "{}", hands.said());
    assert_eq!(hands.session.desk.store().unwrap().head().unwrap(), entries, "nothing was written");
    hands.keys("esc");
    let Screen::System(screen) = &hands.session.model.screen else { panic!("it does not come back") };
    assert!(screen.as_of.is_none() && screen.tab == Tab::History);
    assert_eq!(screen.dossier, now);
    assert_eq!(hands.session.model.today, hands.session.model.now);
    hands.keys("g t s 3 3 enter");
    assert_eq!(hands.dossier(system).threats[0].impact.map(docket::domain::fields::Score::get), Some(3));
}

#[test]
fn a_number_of_a_picture_opens_its_rows_in_the_past_as_well() {
    let (mut hands, system) = world();
    hands.keys("g l down a g r");
    let Screen::System(screen) = &hands.session.model.screen else { panic!("the past is not open") };
    assert!(screen.as_of.is_some() && screen.tab == Tab::Risk);
    // The pictures of then: one threat, and every number of theirs leads to its rows without leaving the past.
    let mut opened = 0;
    for pane in 0..4 {
        hands.keys(&"tab ".repeat(pane)).keys("enter");
        let Screen::System(screen) = &hands.session.model.screen else { panic!("it was left") };
        assert!(screen.as_of.is_some(), "pane {pane}: {}", hands.said());
        assert!(!hands.said().contains("read only"), "pane {pane}: {}", hands.said());
        if screen.tab == Tab::Threats {
            opened += 1;
            assert!(screen.only.is_some());
        }
        hands.keys("g r");
    }
    assert!(opened > 0, "one of them has something behind it");
    // A day that is over is read from the journal, for the state that is shown.
    let group = docket::domain::register::Group::Then(hands.session.model.today.plus(-7));
    assert_eq!(hands.session.desk.members(system, &group).unwrap().1, []);
}

#[test]
fn what_changed_is_told_from_the_mark_to_the_cursor_and_up_to_now() {
    let (mut hands, _) = world();
    hands.keys("g l down down down c");
    let since = read(&hands);
    assert!(since.contains("What changed: 1 added, 1 changed"), "{since}");
    assert!(since.contains("Threat: It leaks → It leaks names") && since.contains("Likelihood: empty → 4"), "{since}");
    assert!(since.contains("Tool \"Mail\": added"), "{since}");
    hands.keys("esc space up up c");
    let between = read(&hands);
    assert!(between.contains("Tool \"Mail\": added") && !between.contains("leaks names →"), "{between}");
    assert!(!between.contains("→ It leaks names"), "{between}");
    hands.keys("esc esc");
    let Screen::System(screen) = &hands.session.model.screen else { panic!("the log is gone") };
    assert_eq!(screen.log.mark, None, "Esc takes the mark off first");
}

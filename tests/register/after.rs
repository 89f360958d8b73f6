//! Changes, incidents, triage and a pause, with real keys: what asks never confirms, and each leads on.

use docket::domain::{Kind, command::Command, decision::Triage, people::Role};

use crate::hands::{Hands, fields};

/// A system with a trigger for a new tool, its governance pane open, the hat of governance on.
fn sit() -> (Hands, docket::domain::Id) {
    let mut hands = Hands::sit_in_one_hat();
    let id = hands.system(&[("name", "Chat"), ("leakage", "privacy@here"), ("pause", "The shift lead")]);
    hands.done(id, Role::Governance, &Command::FromLibrary(vec!["DKT-R-005".into()]));
    hands.open(id).keys("r v g v");
    (hands, id)
}

#[test]
fn a_change_is_recorded_with_the_triggers_that_docket_proposes() {
    let (mut hands, id) = sit();
    hands.keys("t c down down down down enter").text("Shell for everybody");
    hands.keys("ctrl-s");
    let dossier = hands.dossier(id);
    let change = &dossier.alterations[0];
    assert_eq!((change.title.as_str(), change.since), ("Shell for everybody", Some(hands.session.model.today)));
    assert_eq!(change.fires.0, [dossier.triggers[0].id.to_string()], "the armed one was ticked, the doubtful one not");
    assert!(dossier.triggers[0].fired_at.is_some());
    // Enter on the trigger that fired leads to its triage.
    hands.keys("g g enter").keys("right right tab space tab").text("It writes files.");
    hands.keys("ctrl-s");
    let trigger = hands.dossier(id).triggers[0].clone();
    assert_eq!((trigger.triage, trigger.roles), (Some(Triage::Scoped), vec![Role::Owner]), "{}", hands.said());
}

#[test]
fn an_incident_goes_to_its_contact_is_restricted_corrected_and_closed() {
    let (mut hands, id) = sit();
    hands.add(id, Role::Security, Kind::Threat, &[("title", "It tells addresses")]);
    hands.open(id).keys("g v t i").text("It told an address").keys("tab right right ctrl-s");
    let incident = hands.dossier(id).incidents[0].clone();
    assert_eq!(incident.contact.as_str(), "privacy@here", "{}", hands.said());
    let select = |hands: &mut Hands| {
        let on = |row: &docket::app::row::Row| {
            matches!(row.target, Some(docket::app::row::Target::Thing(Kind::Incident, _)))
        };
        let docket::app::Screen::System(screen) = &mut hands.session.model.screen else { panic!() };
        let at = screen.rows.iter().position(on).unwrap();
        screen.pane_mut().at.select(at);
    };
    select(&mut hands);
    hands.keys("t l").text("Drafts only").keys("ctrl-s");
    assert!(hands.dossier(id).incidents[0].restricts(hands.session.model.today), "{}", hands.said());
    // It is refused before it is linked, and every word stays.
    select(&mut hands);
    hands.keys("t x").text("The log is masked").keys("ctrl-s");
    assert!(hands.dossier(id).incidents[0].is_open());
    hands.keys("esc y");
    let threat = hands.dossier(id).threats[0].id.to_string();
    let set = vec![("threats".to_owned(), docket::domain::value::Value::List(vec![threat]))];
    let link = Command::Edit { kind: Kind::Incident, id: incident.id, set, why: "".into() };
    hands.done(id, Role::Security, &link);
    hands.open(id).keys("g v");
    select(&mut hands);
    hands.keys("t x ctrl-s");
    let closed = hands.dossier(id).incidents[0].clone();
    assert_eq!((closed.is_open(), closed.correction.as_str()), (false, "The log is masked"), "{}", hands.said());
}

#[test]
fn a_pause_is_a_sheet_away_and_says_who_lets_it_run_again() {
    let (mut hands, id) = sit();
    // Governance does not stop it: docket asks for a hat that may, and y takes it.
    hands.keys("t p y").text("It repeats itself").keys("ctrl-s");
    assert_eq!(hands.dossier(id).pauses.len(), 1, "{}", hands.said());
    assert!(
        hands.session.model.system().unwrap().rows[0].text().contains("stands still") || {
            let rows = &hands.session.model.system().unwrap().rows;
            rows.iter().any(|row| row.text().contains("It stands still"))
        }
    );
    hands.keys("t r y").text("Mended").keys("ctrl-s");
    let pause = hands.dossier(id).pauses[0].clone();
    assert!(!pause.holds(), "{}", hands.said());
    hands.keys("u");
    assert!(!hands.dossier(id).pauses[0].holds(), "what binds is not undone");
    assert!(hands.said().contains("binding"), "{}", hands.said());
    let _ = fields(&[]);
}

//! The queues: three keys a threat, eight a system, and nothing lost on the way.

use docket::{
    app::{Screen, queue::State},
    domain::{Id, Kind, command::Command, people::Role, register::Treatment},
};

use crate::hands::Hands;

/// A retrieval agent: tools, sources, models and personal data, as its owner describes it.
fn agent(hands: &mut Hands) -> Id {
    let system = hands.system(&[("name", "Claims agent"), ("users", "forty handlers")]);
    hands.add(system, Role::Owner, Kind::Tool, &[("name", "claims mail"), ("permissions", "send")]);
    hands.add(system, Role::Owner, Kind::Retrieval, &[("name", "policy files"), ("content", "policies")]);
    hands.add(system, Role::Owner, Kind::Model, &[("name", "Talker M"), ("provider", "a vendor")]);
    system
}

/// What the inventory does not tell its owner says: a retrieval agent that acts by itself and reads what strangers write.
fn facts(hands: &mut Hands, system: Id) {
    let held = ["generative_model", "autonomous_actions", "external_users", "fine_tuned", "multimodal_input"];
    for fact in held {
        let set = [("fact", fact), ("holds", "yes"), ("reason", "So it is built.")];
        hands.add(system, Role::Owner, Kind::Fact, &set);
    }
}

#[test]
fn forty_proposed_threats_are_added_rated_and_treated_with_at_most_140_keys() {
    let mut hands = Hands::sit();
    let system = agent(&mut hands);
    facts(&mut hands, system);
    hands.open(system);
    // All that applies, with its controls; then the queue over what is unscored.
    hands.keys("g t a a enter esc T");
    let proposed = hands.dossier(system).live_threats().count();
    assert!(proposed >= 40, "{proposed} proposed: {}", hands.said());
    for at in 0..40 {
        let (l, i) = (1 + at % 5, 1 + at * 3 % 5);
        hands.keys(&format!("{l} {i} m"));
    }
    assert!(hands.pressed <= 140, "{} keys", hands.pressed);
    let dossier = hands.dossier(system);
    let done = |t: &&docket::domain::register::Threat| {
        t.likelihood.is_some() && t.impact.is_some() && t.treatment == Some(Treatment::Mitigate)
    };
    assert_eq!(dossier.live_threats().filter(done).count(), 40);
    for _ in 40..proposed {
        hands.keys("s");
    }
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!("the tally is shown") };
    assert!(queue.item().is_none() && queue.left() == 0);
    hands.keys("enter");
    assert!(hands.session.model.system().is_some(), "leaving goes back to the register");
}

#[test]
fn a_new_system_is_tiered_with_at_most_ten_keys() {
    let mut hands = Hands::sit();
    let system = hands.system(&[("name", "New one")]);
    hands.keys("T 3 2 1 2 0 1 1 enter");
    assert!(hands.pressed <= 10, "{} keys", hands.pressed);
    let dossier = hands.dossier(system);
    assert!(dossier.tier().is_some(), "{}", hands.said());
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!("the tally is shown") };
    assert!(matches!(queue.items[0].1, State::Done(_)));
}

#[test]
fn the_tier_follows_while_one_answers() {
    let mut hands = Hands::sit();
    hands.system(&[("name", "New one")]);
    hands.keys("T");
    let tier = |hands: &Hands| match &hands.session.model.screen {
        Screen::Queue(queue) => queue.tier().tier,
        _ => panic!("no queue"),
    };
    let worst = tier(&hands);
    hands.keys("0 0 0 0 0 0 0");
    assert!(tier(&hands) < worst, "what nobody answered counts as the worst");
    hands.keys("- enter");
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!() };
    assert!(queue.item().is_none(), "it is kept with one answer that nobody knows: {}", hands.said());
}

#[test]
fn a_reason_is_written_once_and_then_chosen() {
    let mut hands = Hands::sit();
    let system = agent(&mut hands);
    for title in ["one", "two", "three"] {
        hands.add(system, Role::Security, Kind::Threat, &[("title", title)]);
    }
    hands.open(system).keys("g t T n").text("We have no such part.").keys("ctrl-s");
    hands.keys("n enter");
    let dossier = hands.dossier(system);
    let done: Vec<_> = dossier.threats.iter().filter(|t| t.treatment == Some(Treatment::NotApplicable)).collect();
    assert_eq!(done.len(), 2, "{}", hands.said());
    assert!(done.iter().all(|threat| threat.treatment_reason.as_str() == "We have no such part."));
}

#[test]
fn what_is_skipped_flagged_or_undone_is_not_lost() {
    let mut hands = Hands::sit();
    let system = agent(&mut hands);
    for title in ["one", "two", "three"] {
        hands.add(system, Role::Security, Kind::Threat, &[("title", title)]);
    }
    hands.open(system).keys("g t T s 4 4 m * 2 2 enter");
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!() };
    assert_eq!(queue.count(|state| *state == State::Skipped), 1);
    assert!(queue.item().is_none(), "the skipped one waits for another time");
    hands.keys("u");
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!() };
    let item = queue.item().expect("what was undone is at hand again");
    assert_eq!(item.title, "three");
    hands.keys("3 3 v").text("Not built.").keys("ctrl-s b");
    let dossier = hands.dossier(system);
    let of = |title: &str| dossier.threats.iter().find(|t| t.title.as_str() == title).unwrap();
    assert!(of("one").likelihood.is_none());
    assert_eq!(of("three").treatment, Some(Treatment::Avoid), "{}", hands.said());
    assert!(of("three").flagged.is_some());
}

#[test]
fn over_all_systems_the_gravest_tier_comes_first_and_only_where_one_rates() {
    let mut hands = Hands::sit();
    let answers = |level: &str| -> Vec<(String, docket::domain::value::Value)> {
        docket::domain::library::QUESTIONS.iter().map(|q| ((*q).to_owned(), level.into())).collect()
    };
    let mut made = Vec::new();
    for (name, level) in [("Mild", "0"), ("Grave", "4")] {
        let system = hands.system(&[("name", name)]);
        let id = hands.dossier(system).intake().unwrap().id;
        let edit = Command::Edit { kind: Kind::Intake, id, set: answers(level), why: "".into() };
        hands.done(system, Role::Owner, &edit);
        hands.add(system, Role::Security, Kind::Threat, &[("title", "a threat")]);
        made.push(system);
    }
    hands.keys("t");
    let Screen::Queue(queue) = &hands.session.model.screen else { panic!("{}", hands.said()) };
    let order: Vec<_> = queue.items.iter().map(|(item, _)| item.name.as_str()).collect();
    assert_eq!(order, ["Grave", "Mild"]);
    hands.keys("4 4 m 1 1 m");
    assert!(made.iter().all(|system| hands.dossier(*system).threats[0].likelihood.is_some()), "{}", hands.said());
}

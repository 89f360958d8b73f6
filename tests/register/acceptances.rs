//! Acceptances with real keys: proposed, put under conditions, decided, found among those of all systems, renewed.

use docket::{
    app::{Screen, system::Tab},
    domain::{
        Id, Kind,
        decision::{AcceptanceState, AcceptanceStatus, acceptance_state, outlooks},
        fields::Day,
        people::Role,
        value::Value,
    },
};

use crate::hands::Hands;

fn system(hands: &mut Hands, name: &str) -> Id {
    let id = hands.system(&[("name", name), ("oversight", "Two clerks look at each answer.")]);
    let command = docket::domain::command::Command::Add {
        kind: Kind::Threat,
        set: vec![
            ("title".into(), Value::from("Wrong answer")),
            ("likelihood".into(), Value::Int(3)),
            ("impact".into(), Value::Int(4)),
            ("treatment".into(), Value::from("accept")),
        ],
        to: None,
    };
    hands.done(id, Role::Security, &command);
    id
}

/// Proposed from the governance pane, by choosing the threat.
fn proposed(hands: &mut Hands, id: Id, days: &str) {
    hands.open(id).keys("g v a p enter").text("Small and watched.").keys("tab").text("As long as it is watched.");
    hands.keys("tab").text(days).keys("ctrl-s");
    assert_eq!(
        hands.dossier(id).acceptances.last().unwrap().status,
        Some(AcceptanceStatus::Proposed),
        "{}",
        hands.said()
    );
}

/// Accepted with the question about the hat and the question about the risk.
fn accepted(hands: &mut Hands, id: Id) {
    hands.keys("r v a a y");
    assert_eq!(
        hands.dossier(id).acceptances.last().unwrap().status,
        Some(AcceptanceStatus::Accepted),
        "{}",
        hands.said()
    );
}

fn tab(hands: &Hands) -> Option<Tab> {
    match &hands.session.model.screen {
        Screen::System(screen) => Some(screen.tab),
        _ => None,
    }
}

#[test]
fn every_act_on_an_acceptance_is_reached_with_its_keys() {
    let mut hands = Hands::sit_in_one_hat();
    let id = system(&mut hands, "Chat");
    proposed(&mut hands, id, "+90");
    // A report by a day in a rhythm; the accountable owner sees to it unless another is chosen.
    hands.keys("a c down down down enter").text("+10").keys("tab").text("30").keys("ctrl-s");
    let dossier = hands.dossier(id);
    assert_eq!(dossier.provisos.len(), 1, "{}", hands.said());
    assert!(dossier.provisos[0].owner.is_some() && dossier.provisos[0].every == Some(30));
    // What is proposed is withdrawn, or declined, or accepted.
    hands.keys("a w").text("Not needed after all.").keys("ctrl-s");
    assert_eq!(hands.dossier(id).acceptances[0].status, Some(AcceptanceStatus::Withdrawn), "{}", hands.said());
    proposed(&mut hands, id, "+90");
    hands.keys("a d y").text("Too long.").keys("ctrl-s");
    assert_eq!(hands.dossier(id).acceptances[1].status, Some(AcceptanceStatus::Declined), "{}", hands.said());
    proposed(&mut hands, id, "+20");
    hands.keys("a c down down down down enter ctrl-s");
    assert_eq!(hands.dossier(id).provisos.len(), 2, "human review stays on: {}", hands.said());
    accepted(&mut hands, id);
    let dossier = hands.dossier(id);
    let given = dossier.acceptances.last().unwrap();
    assert!(given.by_one_person());
    assert_eq!(acceptance_state(&dossier, given, hands.session.model.today), AcceptanceState::Expiring);
    // The condition is confirmed with a proof.
    hands.keys("down a m").text("Looked at on Monday.").keys("ctrl-s");
    assert!(hands.dossier(id).provisos[1].met_at.is_some(), "{}", hands.said());
    // Renewed: a proposal with the old words and what is different, then a decision that supersedes.
    hands.keys("up a n");
    let lines = hands.session.model.writing().unwrap().lines.join(" ");
    assert!(lines.contains("The score then: High 3×4; now: High 3×4, the same."), "{lines}");
    hands.keys("tab tab").text("+180").keys("ctrl-s");
    let dossier = hands.dossier(id);
    let renewal = dossier.acceptances.last().unwrap();
    assert_eq!(renewal.reason.as_str(), "Small and watched.");
    assert_eq!(dossier.provisos_of(renewal.id).count(), 1);
    hands.keys("a a y");
    let dossier = hands.dossier(id);
    let status = |at: usize| dossier.acceptances[at].status.unwrap();
    assert_eq!((status(2), status(3)), (AcceptanceStatus::Superseded, AcceptanceStatus::Accepted), "{}", hands.said());
    hands.keys("a r").text("It happened.").keys("ctrl-s");
    assert_eq!(hands.dossier(id).acceptances[3].status, Some(AcceptanceStatus::Revoked), "{}", hands.said());
}

#[test]
fn the_register_of_all_acceptances_opens_each_in_its_system_and_comes_back() {
    let mut hands = Hands::sit_in_one_hat();
    let names = ["Chat", "Tagger", "Scorer"];
    let ids: Vec<Id> = names.iter().map(|name| system(&mut hands, name)).collect();
    for (id, days) in ids.iter().zip(["+300", "+20", "+100"]) {
        proposed(&mut hands, *id, days);
        hands.session.model.me.as_mut().unwrap().role = Role::Security;
    }
    hands.open(ids[1]).keys("g v");
    accepted(&mut hands, ids[1]);
    hands.keys("g b g a");
    let shown = |hands: &Hands| match &hands.session.model.screen {
        Screen::Acceptances(screen) => screen.shown.iter().map(|at| screen.all[*at].name.clone()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(shown(&hands), ["Tagger", "Scorer", "Chat"], "{}", hands.said());
    hands.keys("/").text("chat wrong").keys("enter");
    assert_eq!(shown(&hands), ["Chat"]);
    hands.keys("esc");
    assert_eq!(shown(&hands).len(), 3);
    hands.keys("up enter");
    assert_eq!(tab(&hands), Some(Tab::Governance));
    let on = hands.session.model.system().unwrap().selected().unwrap().text();
    assert!(hands.session.model.system().unwrap().dossier.name() == "Scorer" && on.contains("A-1"), "{on}");
    hands.keys("esc");
    assert_eq!(shown(&hands).len(), 3);
    let at = match &hands.session.model.screen {
        Screen::Acceptances(screen) => screen.selected().unwrap().name.clone(),
        _ => String::new(),
    };
    assert_eq!(at, "Scorer", "the cursor is where it was");
    hands.keys("esc");
    assert!(matches!(hands.session.model.screen, Screen::Board(_)));
}

#[test]
fn the_lines_of_the_register_are_what_the_dossiers_say() {
    let mut hands = Hands::sit_in_one_hat();
    let id = system(&mut hands, "Chat");
    proposed(&mut hands, id, "+90");
    accepted(&mut hands, id);
    let check = |hands: &Hands| {
        let rows = hands.session.desk.acceptances().unwrap();
        let lines: Vec<_> = rows.into_iter().filter(|row| row.system == id).map(|row| row.outlook).collect();
        let dossier = hands.dossier(id);
        assert_eq!(lines, outlooks(&dossier));
        let today = Day::parse("2027-06-01").unwrap();
        for (line, acceptance) in lines.iter().zip(dossier.acceptances.iter()) {
            assert_eq!(line.at(today).unwrap().state, acceptance_state(&dossier, acceptance, today));
        }
    };
    check(&hands);
    let worse = docket::domain::command::Command::Edit {
        kind: Kind::Threat,
        id: hands.dossier(id).threats[0].id,
        set: vec![("impact".into(), Value::Int(5)), ("title".into(), Value::from("Worse answer"))],
        why: "".into(),
    };
    hands.done(id, Role::Security, &worse);
    check(&hands);
    hands.session.desk.rebuild().unwrap();
    check(&hands);
}

#[test]
fn an_exception_is_asked_for_approved_reviewed_and_closed_with_keys() {
    use docket::domain::decision::ExceptionStatus;
    let mut hands = Hands::sit_in_one_hat();
    let id = system(&mut hands, "Chat");
    hands.open(id).keys("g v a x").text("Logs are kept for a year").keys("tab tab").text("The store is full.");
    hands.keys("tab").text("Samples by hand.").keys("tab right tab").text("+60").keys("tab").text("30").keys("ctrl-s");
    let row = |hands: &Hands| hands.dossier(id).exceptions.last().cloned();
    let asked = row(&hands).unwrap_or_else(|| panic!("{}", hands.said()));
    assert!(asked.owner.is_some() && asked.deadline.is_some() && asked.every == Some(30), "{asked:?}");
    hands.keys("r v a a y");
    assert_eq!(row(&hands).unwrap().status, Some(ExceptionStatus::Approved), "{}", hands.said());
    hands.keys("a v").text("The samples are there.").keys("ctrl-s");
    assert_eq!(row(&hands).unwrap().review_note.as_str(), "The samples are there.", "{}", hands.said());
    hands.keys("a r").text("A larger store.").keys("ctrl-s");
    assert_eq!(row(&hands).unwrap().status, Some(ExceptionStatus::Closed), "{}", hands.said());
}

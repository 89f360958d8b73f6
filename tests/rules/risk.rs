//! What an acceptance takes along and what it leaves alone: the conditions, the other risks, the controls credited, and the
//! order in which it begins and ends.

use docket::domain::{
    Kind, Rule,
    command::Command,
    decision::{AcceptanceStatus, SignoffState, active_acceptance, latest_signoff, signoff_state},
    people::Role,
};

use crate::support::{Data, Desk, add_to, date, edit, reference, text, withdraw};

fn propose(desk: &mut Desk, number: i64) -> docket::domain::Id {
    let (threat, expires) = (desk.threat(number), Some(desk.day(90)));
    let (reason, condition) = ("Small.".into(), "Watched.".into());
    desk.must(Role::Security, Command::Propose { threat, reason, condition, expires, requester: None });
    desk.last(Kind::Acceptance)
}

fn ready() -> Desk {
    let mut desk = Desk::of_five();
    desk.ready(Data::Internal);
    desk
}

/// A report that is due in a month, on the newest acceptance.
fn report(desk: &mut Desk) -> docket::domain::Id {
    let set = [("sort", text("report")), ("owner", reference(desk.who(Role::Owner))), ("due", date(desk.day(30)))];
    desk.must(Role::Security, add_to(desk.last(Kind::Acceptance), Kind::Proviso, set));
    desk.last(Kind::Proviso)
}

#[test]
fn what_is_only_asked_for_voids_nobody_and_neither_do_its_conditions() {
    let mut desk = ready();
    let state =
        |desk: &Desk| signoff_state(&desk.dossier, latest_signoff(&desk.dossier, Role::Governance).expect("it signed"));
    let id = propose(&mut desk, 2);
    report(&mut desk);
    assert_eq!(state(&desk), SignoffState::Valid, "nobody agreed yet");
    desk.must(Role::Governance, Command::DeclineRisk(id, "Mend it.".into()));
    assert_eq!(state(&desk), SignoffState::Valid);
    let id = propose(&mut desk, 2);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    assert_eq!(state(&desk), SignoffState::Voided, "now it is content");
}

#[test]
fn accepting_one_risk_leaves_the_acceptances_of_the_others_as_they_are() {
    let mut desk = ready();
    for number in [1, 2] {
        let id = propose(&mut desk, number);
        desk.must(Role::Governance, Command::AcceptRisk(id));
    }
    for number in [1, 2] {
        let threat = desk.threat(number);
        assert!(active_acceptance(&desk.dossier, threat, desk.today()).is_some(), "T-{number}");
    }
    let again = propose(&mut desk, 1);
    desk.must(Role::Governance, Command::AcceptRisk(again));
    let all: Vec<_> = desk.dossier.acceptances.iter().filter_map(|row| row.status).collect();
    assert_eq!(all, [AcceptanceStatus::Superseded, AcceptanceStatus::Accepted, AcceptanceStatus::Accepted]);
}

#[test]
fn each_end_belongs_to_where_it_stands() {
    let mut desk = ready();
    let id = propose(&mut desk, 2);
    let ends = |id| {
        let why = || "As it is.".into();
        [Command::DeclineRisk(id, why()), Command::WithdrawRisk(id, why()), Command::RevokeRisk(id, why())]
    };
    let [decline, take_back, revoke] = ends(id);
    desk.refused(Role::Governance, revoke.clone(), Rule::WrongState);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    desk.refused(Role::Governance, decline, Rule::WrongState);
    desk.refused(Role::Security, take_back, Rule::WrongState);
    desk.refused(Role::Governance, Command::AcceptRisk(id), Rule::WrongState);
    desk.must(Role::Governance, revoke);
    for end in ends(id) {
        desk.refused(Role::Governance, end, Rule::WrongState);
    }
    desk.refused(Role::Governance, Command::AcceptRisk(id), Rule::WrongState);
}

#[test]
fn whoever_has_left_asks_for_nothing() {
    let mut desk = ready();
    let gone = desk.person("Gus Gone");
    desk.must(Role::Owner, withdraw(Kind::Person, gone));
    let (threat, expires) = (desk.threat(2), Some(desk.day(90)));
    let (reason, condition) = ("S.".into(), "W.".into());
    let ask = Command::Propose { threat, reason, condition, expires, requester: Some(gone) };
    desk.refused(Role::Security, ask, Rule::Unknown);
}

#[test]
fn only_what_is_verified_is_credited() {
    let mut desk = ready();
    let threat = desk.threat(2);
    let control = desk.add_control(threat);
    let credited = |desk: &Desk| desk.dossier.acceptances.last().expect("it was asked for").credited.0.clone();
    let id = propose(&mut desk, 2);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    assert_eq!(credited(&desk), [""; 0], "it is there, and nobody has seen that it works");
    let until = desk.day(100);
    desk.verify(control, desk.last(Kind::Evidence), until);
    let id = propose(&mut desk, 2);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    assert_eq!(credited(&desk), [control.to_string()]);
}

#[test]
fn a_condition_is_met_by_evidence_that_is_there() {
    let mut desk = ready();
    let id = propose(&mut desk, 2);
    let condition = report(&mut desk);
    desk.must(Role::Governance, Command::AcceptRisk(id));
    let meet = |evidence| Command::MeetProviso {
        id: condition,
        proof: "Minutes.".into(),
        evidence: Some(evidence),
        measured: None,
    };
    desk.add_evidence();
    let named = desk.last(Kind::Evidence);
    desk.must(Role::Security, edit(Kind::Evidence, named, [("grade", text("missing"))]));
    desk.refused(Role::Owner, meet(named), Rule::Unknown);
    desk.must(Role::Security, edit(Kind::Evidence, named, [("grade", text("explicit"))]));
    desk.must(Role::Security, withdraw(Kind::Evidence, named));
    desk.refused(Role::Owner, meet(named), Rule::Unknown);
    desk.must(Role::Security, Command::Restore { kind: Kind::Evidence, id: named });
    desk.must(Role::Owner, meet(named));
}

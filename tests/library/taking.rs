//! Taking proposals in with their controls, and leaving them out with a reason.

use docket::domain::{
    Kind, Rule,
    catalog::{Library, considered, offers, subject},
    command::Command,
    decision::uncovered,
    people::Role,
    register::ControlStatus,
};

use crate::support::{Data, Desk, add, text, withdraw};

fn take(codes: &[&str]) -> Command {
    Command::FromLibrary(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn modelled() -> Desk {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal).handed_to_security();
    desk
}

#[test]
fn a_threat_brings_its_controls_and_two_threats_share_them() {
    let mut desk = modelled();
    desk.must(Role::Security, take(&["DKT-T-001", "DKT-T-002"]));
    let d = &desk.dossier;
    let library = Library::of(d);
    let wanted: std::collections::BTreeSet<&str> = ["DKT-T-001", "DKT-T-002"]
        .iter()
        .flat_map(|code| library.against(library.threat(code).unwrap()))
        .map(|control| control.id.as_str())
        .collect();
    assert_eq!((d.threats.len(), d.controls.len()), (2, wanted.len()), "none is doubled");
    for threat in &d.threats {
        let entry = library.threat(threat.library.as_str()).unwrap();
        assert_eq!(d.controls_of(threat.id).count(), library.against(entry).len());
        assert!(threat.likelihood.is_none() && threat.impact.is_none(), "nobody has scored it");
    }
    assert!(d.controls.iter().all(|control| control.status == Some(ControlStatus::Proposed) && !control.specified()));
    assert!(d.links.iter().all(|link| (link.less_likely, link.less_impact) == (Some(1), None)));
    let numbers: Vec<_> = d.controls.iter().filter_map(|control| control.number).collect();
    assert_eq!(numbers, (1..=i64::try_from(d.controls.len()).unwrap()).collect::<Vec<_>>());
    desk.refused(Role::Security, take(&["DKT-T-001"]), Rule::NothingChanged);
    desk.refused(Role::Owner, take(&["DKT-T-003"]), Rule::RoleMayNot);
    desk.refused(Role::Security, take(&["DKT-T-999"]), Rule::Unknown);
}

#[test]
fn a_control_that_is_here_is_linked() {
    let mut desk = modelled();
    desk.must(Role::Security, take(&["DKT-T-001"]));
    let before = desk.dossier.controls.len();
    let shared = desk.dossier.controls[0].library.to_string();
    let other = {
        let library = Library::of(&desk.dossier);
        let control = library.control(&shared).unwrap();
        library.mitigated(control).into_iter().find(|threat| threat.id != "DKT-T-001").unwrap().id.clone()
    };
    desk.must(Role::Security, take(&[&other]));
    let d = &desk.dossier;
    assert_eq!(d.controls.iter().filter(|control| control.library.as_str() == shared).count(), 1);
    let threat = d.threats.last().unwrap().id;
    assert!(d.controls_of(threat).any(|(_, control)| control.library.as_str() == shared));
    assert!(d.controls.len() >= before);
}

#[test]
fn a_control_alone_is_linked_with_the_threats_that_are_here() {
    let mut desk = modelled();
    desk.must(Role::Security, take(&["DKT-T-001"]));
    let control = desk.dossier.controls[0].id;
    desk.must(Role::Security, withdraw(Kind::Control, control));
    let code = desk.dossier.controls[0].library.to_string();
    desk.must(Role::Security, take(&[&code]));
    let d = &desk.dossier;
    assert!(!d.controls[0].archived && d.controls.iter().filter(|c| c.library.as_str() == code).count() == 1);
    assert!(d.controls_of(d.threats[0].id).any(|(_, c)| c.library.as_str() == code));
}

#[test]
fn what_was_withdrawn_is_proposed_again_and_keeps_its_number() {
    let mut desk = modelled();
    desk.must(Role::Security, take(&["DKT-T-072"]));
    let id = desk.last(Kind::Threat);
    desk.must(Role::Security, withdraw(Kind::Threat, id));
    {
        let library = Library::of(&desk.dossier);
        let all = offers(&library, &desk.dossier);
        let again = all.iter().find(|offer| offer.threat.id == "DKT-T-072").unwrap();
        assert!(again.because.ends_with("It was withdrawn here as T-1."), "{}", again.because);
    }
    desk.must(Role::Security, take(&["DKT-T-072"]));
    assert_eq!((desk.dossier.threats.len(), desk.dossier.threats[0].number), (1, Some(1)));
    assert!(!desk.dossier.threats[0].archived);
}

#[test]
fn considered_not_relevant_keeps_its_reason_and_can_be_taken_back() {
    let mut desk = modelled();
    let offered = |desk: &Desk| {
        let library = Library::of(&desk.dossier);
        offers(&library, &desk.dossier).iter().any(|offer| offer.threat.id == "DKT-T-072")
    };
    let say = |code: &str, why: &str| add(Kind::Considered, [("subject", text(&subject(code))), ("reason", text(why))]);
    assert!(offered(&desk));
    desk.refused(Role::Security, say("DKT-T-072", ""), Rule::ReasonNeeded);
    desk.refused(Role::Security, say("DKT-T-999", "No."), Rule::Unknown);
    let open = uncovered(&desk.dossier);
    desk.must(Role::Security, say("DKT-T-072", "Every tool goes through our proxy."));
    assert!(!offered(&desk));
    assert_eq!(considered(&desk.dossier, "DKT-T-072").unwrap().reason.as_str(), "Every tool goes through our proxy.");
    assert_eq!(uncovered(&desk.dossier), open, "it covers nothing of the context");
    desk.refused(Role::Security, say("DKT-T-072", "Again."), Rule::WrongState);
    let refusal = desk.refused(Role::Security, take(&["DKT-T-072"]), Rule::WrongState);
    assert!(refusal.says.contains("Every tool goes through our proxy."), "{refusal}");
    let id = desk.last(Kind::Considered);
    desk.must(Role::Security, withdraw(Kind::Considered, id));
    assert!(offered(&desk));
    desk.must(Role::Security, take(&["DKT-T-072"]));
    desk.refused(Role::Security, say("DKT-T-072", "Late."), Rule::WrongState);
}

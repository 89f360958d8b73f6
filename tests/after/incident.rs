//! Incidents: the four paths, the restriction for the time being, the correction, and what they take away.

use crate::support::{Desk, add, date, edit, fields, list, text, withdraw};
use crate::{cleared, now, state};
use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{ClearanceState, Mend, Triage},
    people::Role,
    value::Value,
};

fn report(desk: &Desk, path: &str) -> Command {
    Command::ReportIncident(fields([
        ("title", text("It told a customer another one's address")),
        ("sort", text(path)),
        ("noticed", date(desk.today())),
        ("escalated", date(desk.today())),
    ]))
}

/// A cleared system with contacts, on which an incident was reported by a builder.
fn reported(path: &str) -> (Desk, Id) {
    let mut desk = cleared();
    let builder = desk.with_builder();
    let command = report(&desk, path);
    desk.act(Role::Builder, builder, command).expect("everybody may report");
    let id = desk.last(Kind::Incident);
    (desk, id)
}

#[test]
fn each_path_goes_to_the_contact_that_the_system_names() {
    for (path, field) in
        [("hallucination", "hallucination"), ("leakage", "leakage"), ("bias", "bias"), ("unauthorised", "unauthorised")]
    {
        let mut desk = Desk::of_five();
        let contacts = ["hallucination", "leakage", "bias", "unauthorised"].map(|f| (f, text(&format!("{f}@here"))));
        let command = edit(Kind::System, desk.system(), contacts);
        desk.must(Role::Owner, command);
        let command = report(&desk, path);
        desk.must(Role::Owner, command);
        let row = desk.dossier.incidents.last().expect("reported");
        assert_eq!(row.contact.as_str(), format!("{field}@here"));
        assert_eq!(row.escalated, Some(desk.today()));
    }
    let mut desk = cleared();
    let Command::ReportIncident(mut set) = report(&desk, "bias") else { panic!() };
    set.push(("contact".into(), text("The press office")));
    desk.must(Role::Owner, Command::ReportIncident(set));
    assert_eq!(desk.dossier.incidents[0].contact.as_str(), "The press office", "whom they told counts");
}

#[test]
fn an_incident_takes_the_clearance_away_and_its_triage_gives_it_back() {
    let (mut desk, id) = reported("leakage");
    let found = now(&desk);
    assert_eq!(found.state, ClearanceState::TriggerPending);
    assert_eq!(found.reason, "The incident I-1 \"It told a customer another one's address\" was reported.");
    assert_eq!(
        (found.restore.as_str(), found.place.mend, found.place.id),
        ("Triage the incident.", Mend::Triage, Some(id))
    );
    desk.must(Role::Security, Command::Triage(id, Triage::Scoped, vec![Role::Dpo], "Addresses.".into()));
    assert_eq!(now(&desk).restore, "A review of what it touches, by: DPO.");
    desk.must(Role::Security, Command::Triage(id, Triage::NotMaterial, vec![], "It was a test record.".into()));
    assert_eq!(state(&desk), ClearanceState::Current);
}

#[test]
fn an_armed_trigger_for_incidents_fires_and_carries_it() {
    let mut desk = Desk::of_five();
    desk.ready(crate::Data::Internal).must(Role::Governance, Command::FromLibrary(vec!["DKT-R-018".into()]));
    let own = [("title", text("Any incident with addresses")), ("sort", text("event"))];
    desk.must(Role::Governance, add(Kind::Trigger, own)).wait(1).mend_all();
    let command = desk.proceed();
    desk.must(Role::Signoff, command);
    let command = report(&desk, "leakage");
    desk.must(Role::Owner, command);
    let fired: Vec<_> =
        desk.dossier.triggers.iter().filter(|t| t.fired_at.is_some()).map(|t| t.title.as_str()).collect();
    assert_eq!(fired, ["Own incident or near miss", "Any incident with addresses"]);
    assert_eq!(now(&desk).reason, "The trigger \"Own incident or near miss\" fired.");
    let id = desk.last(Kind::Incident);
    let refused = Command::Triage(id, Triage::NotMaterial, vec![], "No.".into());
    desk.refused(Role::Governance, refused, Rule::WrongState);
}

#[test]
fn an_approver_restricts_the_use_until_a_day_and_then_somebody_has_to_answer() {
    let (mut desk, id) = reported("bias");
    let limit = |desk: &Desk, days| Command::Restrict {
        incident: id,
        text: "Only for drafts that a person reads.".into(),
        until: Some(desk.day(days)),
    };
    let command = limit(&desk, 14);
    desk.refused(Role::Security, command.clone(), Rule::RoleMayNot);
    desk.refused(Role::Owner, command.clone(), Rule::RoleMayNot);
    let past = limit(&desk, -1);
    desk.refused(Role::Signoff, past, Rule::ExpiryNeeded);
    let endless = Command::Restrict { incident: id, text: "Less.".into(), until: None };
    desk.refused(Role::Signoff, endless, Rule::ExpiryNeeded);
    desk.must(Role::Signoff, command);
    let row = &desk.dossier.incidents[0];
    assert_eq!(
        (row.restricted_name.as_str(), row.restricted_until),
        ("Aron Authority, Head of it", Some(desk.day(14)))
    );
    desk.must(Role::Governance, Command::Triage(id, Triage::NotMaterial, vec![], "Drafts only.".into()));
    assert_eq!(state(&desk), ClearanceState::Current);
    let says = now(&desk).reason;
    assert!(says.ends_with("after I-1: Only for drafts that a person reads."), "{says}");
    desk.wait(14);
    assert_eq!(state(&desk), ClearanceState::Current, "through its last day");
    desk.wait(1);
    let found = now(&desk);
    assert_eq!(found.state, ClearanceState::TriggerPending, "the restriction is over, the incident is not closed");
    assert_eq!(found.restore, "Close the incident, or restrict the use anew.");
    let anew = limit(&desk, 3);
    desk.must(Role::Governance, anew);
    assert_eq!(state(&desk), ClearanceState::Current);
}

#[test]
fn an_incident_is_closed_with_a_correction_that_is_linked() {
    let (mut desk, id) = reported("unauthorised");
    let close = |text: &str| Command::CloseIncident(id, text.into());
    desk.refused(Role::Owner, close(""), Rule::ReasonNeeded);
    desk.refused(Role::Owner, close("Rights cut."), Rule::Incomplete);
    let gone = desk.add_threat("Short-lived", (1, 1), &[]);
    desk.must(Role::Security, withdraw(Kind::Threat, gone));
    desk.must(Role::Owner, edit(Kind::Incident, id, [("threats", list(&[&gone.to_string()]))]));
    desk.refused(Role::Owner, close("Rights cut."), Rule::Incomplete);
    let linked = [
        ("controls", list(&[&desk.control(1).to_string()])),
        ("evidence", list(&[&desk.last(Kind::Evidence).to_string()])),
    ];
    desk.must(Role::Owner, edit(Kind::Incident, id, linked));
    desk.refused(Role::Dpo, close("Rights cut."), Rule::RoleMayNot);
    desk.must(Role::Owner, close("Rights cut."));
    let row = desk.dossier.incidents[0].clone();
    assert_eq!((row.correction.as_str(), row.closed_by.map(|w| w.0)), ("Rights cut.", Some(desk.who(Role::Owner))));
    desk.refused(Role::Owner, close("Again."), Rule::WrongState);
    let late = Command::Restrict { incident: id, text: "Less.".into(), until: Some(desk.day(3)) };
    desk.refused(Role::Signoff, late, Rule::WrongState);
    assert_eq!(state(&desk), ClearanceState::TriggerPending, "closed is not triaged");
}

#[test]
fn what_only_a_rule_sets_is_not_reported_by_hand() {
    let mut desk = cleared();
    let Command::ReportIncident(set) = report(&desk, "bias") else { panic!() };
    for (field, value) in [("triage", text("not_material")), ("closed_at", Value::Int(1)), ("restriction", text("x"))] {
        let mut forged = set.clone();
        forged.push((field.into(), value));
        desk.refused(Role::Owner, Command::ReportIncident(forged), Rule::SetByRule);
    }
    for missing in ["title", "sort", "noticed"] {
        let less = set.iter().filter(|(field, _)| field != missing).cloned().collect();
        desk.refused(Role::Owner, Command::ReportIncident(less), Rule::Incomplete);
    }
    let mut late = set;
    late.retain(|(field, _)| field != "noticed");
    late.push(("noticed".into(), date(desk.day(1))));
    desk.refused(Role::Owner, Command::ReportIncident(late), Rule::BadValue);
}

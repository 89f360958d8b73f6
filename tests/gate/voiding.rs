//! Sign-offs bind to content: what a change voids, what it leaves, and what voided is not.

use crate::support::{Data, Desk, add, edit, int, list, text};
use docket::domain::{
    Id, Kind, Rule,
    command::Command,
    decision::{Mend, SignoffState, Step, due_roles, fingerprint, latest_signoff, signoff_state},
    people::Role,
    value::Value,
};

fn state(desk: &Desk, role: Role) -> SignoffState {
    signoff_state(&desk.dossier, latest_signoff(&desk.dossier, role).expect("it was signed"))
}

fn voided(desk: &Desk) -> Vec<Role> {
    due_roles(&desk.dossier).into_iter().filter(|role| state(desk, *role) == SignoffState::Voided).collect()
}

type Change = (&'static str, Role, fn(&Desk) -> Command, &'static [Role]);

/// What is changed, by whom, and whose sign-off it voids.
const CHANGES: [Change; 13] = [
    (
        "data class",
        Role::Owner,
        |d| edit(Kind::System, d.system(), [("data", list(&["personal", "special"]))]),
        &[Role::Owner, Role::Dpo],
    ),
    (
        "data class of a flow",
        Role::Owner,
        |d| edit(Kind::Flow, d.last(Kind::Flow), [("data", list(&["internal", "personal"]))]),
        &[Role::Owner, Role::Dpo],
    ),
    ("new tool", Role::Owner, |_| add(Kind::Tool, [("name", text("shell"))]), &[Role::Owner, Role::Security]),
    ("new model", Role::Owner, |_| add(Kind::Model, [("name", text("large"))]), &[Role::Owner, Role::Security]),
    (
        "target of a flow",
        Role::Owner,
        |d| edit(Kind::Flow, d.last(Kind::Flow), [("target", text("Elsewhere"))]),
        &[Role::Owner, Role::Security, Role::Dpo],
    ),
    ("purpose", Role::Owner, |d| edit(Kind::System, d.system(), [("purpose", text("More."))]), &[Role::Owner]),
    (
        "score",
        Role::Security,
        |d| edit(Kind::Threat, d.threat(2), [("impact", int(4))]),
        &[Role::Security, Role::Governance],
    ),
    (
        "legal ground",
        Role::Dpo,
        |d| edit(Kind::Privacy, d.privacy(), [("lawful_basis", text("Consent."))]),
        &[Role::Dpo],
    ),
    (
        "trigger",
        Role::Governance,
        |_| add(Kind::Trigger, [("title", text("New vendor")), ("sort", text("change"))]),
        &[Role::Governance],
    ),
    ("notes", Role::Owner, |d| edit(Kind::System, d.system(), [("notes", text("A comma."))]), &[]),
    (
        "wording of a threat",
        Role::Security,
        |d| edit(Kind::Threat, d.threat(1), [("description", text("In other words."))]),
        &[],
    ),
    ("flag", Role::Owner, |d| edit(Kind::Threat, d.threat(1), [("flagged", text("yes"))]), &[]),
    ("report on a control", Role::Owner, |d| edit(Kind::Control, d.control(1), [("status_note", text("Runs."))]), &[]),
];

#[test]
fn a_change_voids_exactly_the_sign_offs_of_those_who_reviewed_it() {
    for (name, role, command, roles) in CHANGES {
        let mut desk = crate::ready(Data::Personal);
        assert_eq!(voided(&desk), []);
        desk.must(role, command(&desk));
        assert_eq!(voided(&desk), roles, "{name}");
        let signed: Vec<Role> = desk
            .gate()
            .iter()
            .filter_map(|gap| match gap.place.mend {
                Mend::Sign(role) => Some(role),
                _ => None,
            })
            .collect();
        assert!(signed.len() == roles.len() && roles.iter().all(|role| signed.contains(role)), "{name}: {signed:?}");
    }
}

#[test]
fn personal_data_that_turns_up_brings_the_dpo_in() {
    let mut desk = crate::ready(Data::Internal);
    let personal = edit(Kind::Flow, desk.last(Kind::Flow), [("data", list(&["personal"]))]);
    desk.must(Role::Owner, personal);
    assert!(desk.gate().iter().any(|gap| gap.role == Role::Dpo), "{:#?}", desk.gaps());
    assert!(desk.gaps().iter().any(|gap| gap.contains("The sign-off of the DPO is missing")));
    assert!(!desk.mend_all().is_empty());
}

#[test]
fn voided_withdrawn_and_superseded_are_three_things() {
    let mut desk = crate::ready(Data::Internal);
    let first = latest_signoff(&desk.dossier, Role::Owner).unwrap().clone();
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Valid);
    desk.refused(Role::Owner, Command::Sign("Twice.".into()), Rule::WrongState);
    let purpose = |desk: &Desk, words| edit(Kind::System, desk.system(), [("purpose", text(words))]);
    let before = desk.dossier.system().unwrap().purpose.clone();
    let (other, back) = (purpose(&desk, "Another."), purpose(&desk, before.as_str()));
    desk.must(Role::Owner, other.clone());
    assert_eq!(state(&desk, Role::Owner), SignoffState::Voided);
    desk.must(Role::Owner, back);
    assert_eq!(state(&desk, Role::Owner), SignoffState::Valid, "the content that was signed is there again");
    desk.must(Role::Owner, other).pass(Step::OwnerSecurity).must(Role::Owner, Command::Sign("Anew.".into()));
    assert_eq!(state(&desk, Role::Owner), SignoffState::Valid);
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Superseded, "signed anew, not rejected");
    desk.refused(Role::Owner, Command::Unsign("".into()), Rule::ReasonNeeded);
    desk.must(Role::Owner, Command::Unsign("Too early.".into()));
    assert_eq!(state(&desk, Role::Owner), SignoffState::Withdrawn);
    desk.refused(Role::Owner, Command::Unsign("Again.".into()), Rule::WrongState);
    assert_eq!(signoff_state(&desk.dossier, &first), SignoffState::Superseded, "the one before does not come back");
}

#[test]
fn a_sign_off_keeps_the_text_that_it_was_given_for() {
    let desk = crate::ready(Data::Personal);
    let signed: Vec<_> = desk.events.iter().filter(|event| event.kind() == "signoff.sign").collect();
    assert_eq!(signed.len(), 4);
    for event in signed {
        let kept = event.attach.clone().expect("the text itself");
        let kept = &String::from_utf8(kept.bytes).unwrap();
        let row = desk.dossier.signoffs.iter().find(|s| s.id == event.entity).unwrap();
        assert_eq!(fingerprint(kept), row.content);
        assert!(kept.starts_with("docket-snapshot-v1\n"), "{kept}");
    }
}

#[test]
fn a_role_signs_only_when_its_own_part_is_closed() {
    let mut desk = Desk::of_five();
    desk.described(Data::Internal);
    for role in [Role::Owner, Role::Security, Role::Governance] {
        let refusal = desk.refused(role, Command::Sign("".into()), Rule::Incomplete);
        assert!(refusal.says.starts_with("Your own part still has a gap: "), "{refusal}");
    }
    desk.handed_to_security();
    desk.must(Role::Owner, Command::Sign("".into()));
}

#[test]
fn a_gap_is_as_old_as_what_it_waits_for() {
    let mut desk = crate::ready(Data::Personal);
    let since = |desk: &Desk| {
        assert_eq!(desk.gate().len(), 1, "{:#?}", desk.gaps());
        desk.gate()[0].since
    };
    desk.wait(3).must(Role::Owner, Command::Unsign("Too early.".into()));
    let withdrawn = desk.now;
    assert_eq!(since(desk.wait(2)), Some(withdrawn));
    desk.must(Role::Owner, Command::Sign("".into()));
    let gaps = "One page is missing.".into();
    let reason = docket::domain::decision::ReturnReason::MissingEvidence;
    desk.must(Role::Signoff, Command::Return { step: Step::DpoSignoff, reason, gaps, role: Role::Dpo });
    let returned = desk.now;
    assert_eq!(since(desk.wait(2)), Some(returned));
    desk.send(Step::DpoSignoff);
    let sent = desk.now;
    assert_eq!(since(desk.wait(2)), Some(sent));
    assert_eq!(desk.gate()[0].due, Some(desk.day(-2).plus(Step::DpoSignoff.default_days())));
}

#[test]
fn a_threat_is_missing_its_score_since_it_was_entered() {
    let mut desk = crate::ready(Data::Internal);
    desk.wait(5).must(Role::Security, add(Kind::Threat, [("title", text("New"))]));
    let (entered, id): (_, Id) = (desk.now, desk.last(Kind::Threat));
    desk.wait(5).hold_still();
    assert_eq!(desk.gate()[0].since, Some(entered));
    desk.fact(Kind::Threat, id, [("due", Value::Text(desk.day(3).to_string()))]).hold_still();
    assert_eq!(desk.gate()[0].due, Some(desk.day(3)));
}

#[test]
fn the_dpo_does_not_decide_as_a_delegate_either() {
    let mut desk = crate::ready(Data::Personal);
    let (aron, dara) = (desk.who(Role::Signoff), desk.who(Role::Dpo));
    let lent = Command::Assign { role: Role::Signoff, person: aron, delegate: Some(dara), until: None };
    desk.must(Role::Owner, lent);
    let proceed = desk.proceed();
    desk.clone().act(Role::Signoff, dara, proceed.clone()).expect("noted on a low tier");
    desk.fact(Kind::Intake, desk.intake(), [("override_tier", text("high"))]).hold_still();
    assert_eq!(desk.gaps(), [""; 0]);
    let refusal = desk.refused_to(Role::Signoff, dara, proceed.clone(), Rule::GateOpen);
    assert_eq!(refusal.says, "Whoever stands for the DPO does not decide on it as well.");
    desk.clone().must(Role::Signoff, proceed.clone());
    let (reason, compensating) = ("Aron is away.".into(), "Read again outside.".into());
    desk.must(Role::Governance, Command::Override { reason, compensating });
    desk.act(Role::Signoff, dara, proceed).expect("overridden, and recorded");
}

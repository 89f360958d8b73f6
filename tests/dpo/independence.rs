//! One person in several roles: every pair on every tier, the versions of the policy, the countersignature.

use crate::support::{Data, Desk, assign, int, list, reference, text};
use docket::{
    domain::{
        Id, Kind, Rule,
        command::Command,
        decision::{Mend, PAIRS, countersigned, overlaps, rules_in_force, rules_of_review},
        people::Role,
        system::Tier,
    },
    exchange::record,
};

/// A review that waits for its decision, made once.
fn ready() -> Desk {
    static READY: std::sync::OnceLock<Desk> = std::sync::OnceLock::new();
    READY
        .get_or_init(|| {
            let mut desk = Desk::of_five();
            desk.ready(Data::Personal).wait(1);
            desk
        })
        .clone()
}

/// The holder of `one` did the work of `other` as well, on a system of this tier.
fn combined((one, other): (Role, Role), tier: Tier) -> Desk {
    let mut desk = ready();
    let person = desk.who(one);
    desk.must(Role::Governance, assign(other, person));
    let at = Role::REVIEW.iter().position(|role| *role == other).unwrap();
    desk.people[at] = person;
    if other != Role::Signoff {
        let signoff = desk.signoff(other);
        desk.fact(Kind::Signoff, signoff, [("person", reference(person))]);
    }
    desk.fact(Kind::Intake, desk.intake(), [("override_tier", text(tier.code()))]);
    desk.hold_still();
    desk
}

/// A version of the policy of the record, as every system of it reads it.
fn policy(desk: &mut Desk, number: i64, marks: &[&str]) {
    let id = Id([u8::try_from(200 + number).unwrap(); 16]);
    desk.fact(Kind::Policy, id, [("number", int(number)), ("reason", text("We are small.")), ("rules", list(marks))]);
}

fn mends(desk: &Desk) -> Vec<Mend> {
    desk.gate().iter().map(|gap| gap.place.mend).collect()
}

fn countersign(desk: &Desk, whose: Role) -> Command {
    Command::Countersign { whose: desk.who(whose), statement: "Read every answer again.".into() }
}

#[test]
fn the_dpo_beside_any_role_is_noted_on_low_tiers_and_blocked_on_high_ones_for_every_pair() {
    for pair in PAIRS {
        for tier in Tier::ALL.iter().copied() {
            let mut desk = combined(pair, tier);
            let with_dpo = pair.0 == Role::Dpo || pair.1 == Role::Dpo;
            let blocked = with_dpo && matches!(tier, Tier::High | Tier::Critical);
            let wanted = if blocked { vec![Mend::Override] } else { Vec::new() };
            assert_eq!(mends(&desk), wanted, "{pair:?} {tier:?}: {:#?}", desk.gaps());
            let found = overlaps(&desk.dossier, desk.today());
            assert_eq!(found.len(), 1, "always shown: {pair:?} {tier:?}");
            assert_eq!(found[0].roles.len(), 2);
            let proceed = desk.proceed();
            if blocked {
                desk.refused(Role::Signoff, proceed.clone(), Rule::GateOpen);
                let why = Command::Override { reason: "We are few.".into(), compensating: "Read outside.".into() };
                desk.must(Role::Governance, why);
            }
            desk.must(Role::Signoff, proceed);
        }
    }
}

#[test]
fn a_reason_is_for_those_who_combined_roles_when_it_was_recorded() {
    let mut desk = combined((Role::Security, Role::Dpo), Tier::High);
    let why = Command::Override { reason: "We are few.".into(), compensating: "Read outside.".into() };
    desk.must(Role::Governance, why);
    assert_eq!(mends(&desk), []);
    // Somebody else takes over as DPO and is the owner as well: that is another conflict.
    let owner = desk.who(Role::Owner);
    let signoff = desk.signoff(Role::Dpo);
    desk.fact(Kind::Signoff, signoff, [("person", reference(owner))]);
    assert_eq!(mends(&desk), [Mend::Override]);
    // A reason that was recorded before it said of whom is about everybody.
    desk.fact(Kind::Review, desk.review(), [("override_who", docket::domain::value::Value::Null)]);
    assert_eq!(mends(&desk), []);
}

#[test]
fn where_the_policy_wants_it_a_second_person_countersigns() {
    let mut desk = combined((Role::Governance, Role::Dpo), Tier::High);
    policy(&mut desk, 1, &["high:governance+dpo=countersign"]);
    let gap = desk.gate().remove(0);
    assert_eq!((gap.condition, gap.role, gap.place.mend), (8, Role::Owner, Mend::Countersign), "{}", gap.what);
    assert!(gap.what.contains("holds 2 roles, Governance lead and DPO: the policy wants a countersignature"));
    let proceed = desk.proceed();
    desk.refused(Role::Signoff, proceed.clone(), Rule::GateOpen);
    // A reason alone does not do, nor does whoever combines the roles, nor an empty word.
    desk.must(Role::Signoff, Command::Override { reason: "We are few.".into(), compensating: "None.".into() });
    assert_eq!(mends(&desk), [Mend::Countersign]);
    let own = countersign(&desk, Role::Dpo);
    desk.refused(Role::Governance, own.clone(), Rule::RoleMayNot);
    let silent = Command::Countersign { whose: desk.who(Role::Dpo), statement: "".into() };
    desk.refused(Role::Security, silent, Rule::ReasonNeeded);
    let nobody = Command::Countersign { whose: desk.who(Role::Owner), statement: "Read.".into() };
    desk.refused(Role::Security, nobody, Rule::WrongState);
    desk.must(Role::Security, own.clone());
    assert_eq!(mends(&desk), []);
    desk.refused(Role::Owner, own, Rule::WrongState);
    let kept = desk.dossier.countersigns.last().unwrap();
    assert_eq!((kept.hat, kept.policy), (Some(Role::Security), Some(1)));
    assert_eq!(kept.name.as_str(), "Sam Security, Head of it");
    // What is signed later was not read.
    desk.must(Role::Dpo, Command::Unsign("Once more.".into())).must(Role::Dpo, Command::Sign("Again.".into()));
    assert_eq!(mends(&desk), [Mend::Countersign]);
    let again = countersign(&desk, Role::Dpo);
    desk.must(Role::Owner, again);
    desk.must(Role::Signoff, proceed);
}

#[test]
fn nobody_countersigns_what_is_not_signed_and_an_auditor_may() {
    let mut desk = combined((Role::Governance, Role::Dpo), Tier::High);
    policy(&mut desk, 1, &["high:governance+dpo=countersign"]);
    desk.must(Role::Dpo, Command::Unsign("Once more.".into()));
    let command = countersign(&desk, Role::Dpo);
    let refusal = desk.refused(Role::Security, command.clone(), Rule::WrongState);
    assert!(refusal.says.contains("has not signed as DPO yet"), "{refusal}");
    desk.must(Role::Dpo, Command::Sign("Again.".into()));
    let auditor = desk.person("Alma Audit");
    desk.must(Role::Governance, assign(Role::Auditor, auditor));
    desk.act(Role::Auditor, auditor, command).unwrap();
    assert_eq!(mends(&desk), []);
    // An auditor who becomes the owner and the security lead is no second person any more.
    for role in [Role::Owner, Role::Security] {
        let signoff = desk.signoff(role);
        desk.fact(Kind::Signoff, signoff, [("person", reference(auditor))]);
    }
    assert_eq!(mends(&desk), [Mend::Countersign]);
}

#[test]
fn one_person_alone_is_told_to_bring_a_second_one() {
    let mut desk = Desk::of_one();
    desk.ready(Data::Personal);
    policy(&mut desk, 1, &["minimal:owner+security=countersign", "limited:owner+security=countersign"]);
    let gap = desk.gate().remove(0);
    assert_eq!(gap.place.mend, Mend::Assign(Role::Auditor), "{}", gap.what);
    assert!(gap.what.ends_with("and nobody here is independent"), "{}", gap.what);
}

#[test]
fn the_policy_is_set_by_governance_in_versions_and_decided_reviews_keep_theirs() {
    let mut record = Desk::empty();
    record.dossier.subject = None;
    let gwen = record.person("Gwen Governance");
    record.people = [gwen; 5];
    record.must(Role::Owner, assign(Role::Governance, gwen));
    let set = |marks: &[&str], reason: &str| Command::SetPolicy {
        rules: marks.iter().map(|mark| (*mark).to_owned()).collect(),
        reason: reason.into(),
    };
    let strict = set(&["high:owner+security=block"], "Last year's finding.");
    record.must(Role::Governance, assign(Role::Security, gwen));
    record.refused(Role::Security, strict.clone(), Rule::RoleMayNot);
    record.refused(Role::Governance, set(&["high:owner+security=block"], ""), Rule::ReasonNeeded);
    record.refused(Role::Governance, set(&["high:owner=block"], "Why not."), Rule::BadValue);
    record.refused(Role::Governance, set(&[], "As it is."), Rule::NothingChanged);
    record.must(Role::Governance, strict);
    record.must(Role::Governance, set(&["high:owner+security=countersign"], "Too strict for four people."));
    assert_eq!(rules_in_force(&record.dossier).version, 2);
    let last = record.dossier.policies.last().unwrap();
    assert_eq!((last.number, last.name.as_str()), (Some(2), "Gwen Governance, Head of it"));

    let mut desk = combined((Role::Owner, Role::Security), Tier::High);
    desk.refused(Role::Governance, set(&["high:owner+security=block"], "Here."), Rule::WrongState);
    let proceed = desk.proceed();
    policy(&mut desk, 1, &["high:owner+security=allow"]);
    desk.must(Role::Signoff, proceed.clone());
    assert_eq!(desk.dossier.decided().unwrap().policy, Some(1));
    let context = record::Context::default();
    let print = |desk: &Desk| record::build(&desk.dossier, desk.today(), desk.now, &context).unwrap();
    let before = print(&desk);
    policy(&mut desk, 2, &["high:owner+security=block"]);
    assert_eq!(rules_of_review(&desk.dossier).version, 1, "decided by version 1, whatever came later");
    assert_eq!(mends(&desk), []);
    let after = print(&desk);
    assert_eq!((before.to_json(), before.to_markdown()), (after.to_json(), after.to_markdown()), "the same bytes");
    let refusal = desk.refused(Role::Signoff, proceed, Rule::GateOpen);
    assert!(
        refusal.says.contains("Version 2 of the independence policy"),
        "who decides anew is judged anew: {refusal}"
    );
}

#[test]
fn the_record_says_who_did_how_many_steps_and_who_countersigned() {
    let mut desk = combined((Role::Governance, Role::Dpo), Tier::High);
    policy(&mut desk, 3, &["high:governance+dpo=countersign"]);
    let (command, proceed) = (countersign(&desk, Role::Dpo), desk.proceed());
    desk.must(Role::Security, command).must(Role::Signoff, proceed);
    let gwen = desk.who(Role::Dpo);
    assert!(countersigned(&desk.dossier, gwen, &[Role::Governance, Role::Dpo], desk.today()).is_some());
    let made = record::build(&desk.dossier, desk.today(), desk.now, &record::Context::default()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&made.to_json()).unwrap();
    let duties = &json["separation_of_duties"];
    assert_eq!(duties["sentence"], "2 of 5 steps by the same person");
    assert_eq!(duties["policy_version"], 3);
    assert_eq!(duties["overlaps"][0]["judgement"], "countersign");
    assert_eq!(duties["overlaps"][0]["countersigned"]["by"]["name"], "Sam Security");
    let page = made.to_markdown();
    assert!(
        page.contains("(policy, version 3: countersign); compensating measure: countersigned by Sam Security"),
        "{page}"
    );
}

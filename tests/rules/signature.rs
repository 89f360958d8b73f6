//! Acts under an SSH signature: by their own person, with the registered key, over exactly what the row says.

use crate::support::{Data, Desk, add_to, edit, text};
use docket::domain::{
    Id, Kind, Line, Prose, Rule,
    command::Command,
    decision::{
        Signable, SignedAct, clearance, ended_key, seal, signable, signables, signature_wrong, signed, signed_text,
        sshsig::{sign, verify},
    },
    fields::Moment,
    people::Role,
    value::Value,
};
use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

/// A private key as a file holds it, and its public line.
fn pair(seed: u8) -> (String, String) {
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
    let public = key.public_key().to_openssh().expect("a key as a line");
    (key.to_openssh(LineEnding::LF).expect("a key as a file").to_string(), public)
}

fn register(desk: &mut Desk, role: Role, line: &str) {
    desk.alone(role, Command::RegisterKey(Line::new(line))).expect("a key");
}

/// A decided review on which everybody who acts has registered a key, and an accepted risk.
fn decided() -> Desk {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    desk.accept(desk.threat(2), 90).expect("the risk is accepted");
    for (role, seed) in Role::REVIEW.into_iter().zip(1..) {
        register(&mut desk, role, &pair(seed).1);
    }
    desk
}

fn act(desk: &Desk, sort: SignedAct, role: Role) -> Signable {
    signables(&desk.dossier).into_iter().rev().find(|act| act.sort == sort && act.role == role).expect("it was done")
}

fn signing(act: &Signable, seed: u8) -> Command {
    let armored = Prose::new(&sign(&pair(seed).0, &act.text()).expect("a key that signs"));
    Command::AddSignature { sort: act.sort, act: act.id, armored }
}

#[test]
fn whoever_did_it_signs_it_and_nothing_else_changes() {
    let mut desk = decided();
    let before = clearance(&desk.dossier, desk.today());
    let acts = [
        act(&desk, SignedAct::Signoff, Role::Security),
        act(&desk, SignedAct::Acceptance, Role::Governance),
        act(&desk, SignedAct::Disposition, Role::Signoff),
    ];
    for act in &acts {
        let seed = 1 + u8::try_from(Role::REVIEW.iter().position(|role| *role == act.role).unwrap()).unwrap();
        desk.must(act.role, signing(act, seed));
        let kept = signed(&desk.dossier, act).expect("signed");
        let (key, armored) = (kept.key.as_str(), kept.armored.as_str());
        assert_eq!(verify(key, armored, &signed_text(&desk.dossier, kept).unwrap()), Ok(()));
        desk.refused(act.role, signing(act, seed), Rule::NothingChanged);
    }
    assert_eq!(clearance(&desk.dossier, desk.today()), before, "a signature voids nothing");
    let text = acts[2].text();
    for line in ["docket-signature-v1", "kind disposition", "role sign_off", "decision proceed"] {
        assert!(text.lines().any(|said| said == line), "{line}: {text}");
    }
    for begin in ["id ", "system ", "review ", "person ", "name \"Aron", "content ", "valid_until ", "at 2026-"] {
        assert!(text.lines().any(|said| said.starts_with(begin)), "{begin}: {text}");
    }
}

#[test]
fn nobody_signs_for_another_with_another_key_or_over_another_text() {
    let mut desk = decided();
    let mine = act(&desk, SignedAct::Signoff, Role::Security);
    let refusal = desk.refused(Role::Owner, signing(&mine, 1), Rule::RoleMayNot);
    assert!(refusal.says.contains("Sam Security"), "{refusal}");
    let refusal = desk.refused(Role::Security, signing(&mine, 1), Rule::BadValue);
    assert!(refusal.says.contains("another key"), "{refusal}");
    let other = act(&desk, SignedAct::Signoff, Role::Owner);
    let armored = Prose::new(&sign(&pair(2).0, &other.text()).unwrap());
    let wrong = Command::AddSignature { sort: mine.sort, act: mine.id, armored };
    let refusal = desk.refused(Role::Security, wrong, Rule::BadValue);
    assert!(refusal.says.contains("another text"), "{refusal}");
    let nothing = Command::AddSignature { sort: mine.sort, act: Id([9; 16]), armored: "".into() };
    desk.refused(Role::Security, nothing, Rule::Unknown);
    desk.alone(Role::Security, Command::WithdrawKey("Lost.".into())).expect("a key");
    desk.refused(Role::Security, signing(&mine, 2), Rule::Incomplete);
}

#[test]
fn what_was_withdrawn_is_not_signed_any_more() {
    let mut desk = decided();
    let mine = act(&desk, SignedAct::Signoff, Role::Security);
    desk.must(Role::Security, Command::Unsign("I was wrong.".into()));
    desk.refused(Role::Security, signing(&mine, 2), Rule::WrongState);
}

#[test]
fn a_signature_outlives_the_end_of_what_it_signs() {
    let mut desk = decided();
    let risk = act(&desk, SignedAct::Acceptance, Role::Governance);
    let decision = act(&desk, SignedAct::Disposition, Role::Signoff);
    desk.must(Role::Governance, signing(&risk, 3)).must(Role::Signoff, signing(&decision, 5));
    desk.wait(1).must(Role::Governance, Command::RevokeRisk(risk.id, "It leaks.".into()));
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
    for kept in &desk.dossier.signatures {
        assert_eq!(signature_wrong(&desk.dossier, kept), None);
    }
    assert!(!signable(&desk.dossier, risk.sort, risk.id).unwrap().stands);
}

#[test]
fn every_altered_word_of_an_act_is_found() {
    let mut desk = decided();
    let acts = [
        act(&desk, SignedAct::Signoff, Role::Owner),
        act(&desk, SignedAct::Acceptance, Role::Governance),
        act(&desk, SignedAct::Disposition, Role::Signoff),
    ];
    for (act, seed) in acts.iter().zip([1, 3, 5]) {
        desk.must(act.role, signing(act, seed));
    }
    let other = Value::Text("ab".repeat(32));
    let (someone, day) = (Value::Text(Id([7; 16]).to_string()), Value::from("2031-01-01"));
    let altered: [(Kind, &[(&str, Value)]); 3] = [
        (
            Kind::Signoff,
            &[("content", other.clone()), ("role", text("dpo")), ("at", Value::Int(1)), ("name", text("X"))],
        ),
        (Kind::Acceptance, &[("expires", day.clone()), ("reason", text("X")), ("impact", Value::Int(5))]),
        (Kind::Disposition, &[("decision", text("hold")), ("valid_until", day), ("person", someone)]),
    ];
    for (act, (kind, changes)) in acts.iter().zip(altered) {
        for (field, value) in changes {
            let mut tampered = desk.clone();
            tampered.fact(kind, act.id, [(*field, value.clone())]);
            let kept = tampered.dossier.signatures.iter().find(|kept| kept.act == Some(act.id)).unwrap();
            assert!(signature_wrong(&tampered.dossier, kept).is_some(), "{kind:?} {field}");
        }
    }
    // A signature that was altered so that it says what the act says now is not one of that key.
    let mut tampered = desk.clone();
    tampered.fact(Kind::Disposition, acts[2].id, [("rationale", text("X"))]);
    let now = signable(&tampered.dossier, SignedAct::Disposition, acts[2].id).unwrap().text();
    let print = docket::domain::decision::fingerprint(&now).0;
    let id = tampered.last(Kind::Signature);
    tampered.fact(Kind::Signature, id, [("text", Value::Text(print))]);
    let kept = tampered.dossier.signatures.by_id(id).unwrap();
    assert_eq!(signature_wrong(&tampered.dossier, kept).unwrap(), "The signature is over another text.");
    // Nor is one of a key that nobody registered.
    let mut tampered = desk.clone();
    tampered.fact(
        Kind::Signature,
        id,
        [("key", text(&pair(9).1)), ("armored", text(&sign(&pair(9).0, &acts[2].text()).unwrap()))],
    );
    let why = signature_wrong(&tampered.dossier, tampered.dossier.signatures.by_id(id).unwrap()).unwrap();
    assert_eq!(why, "Its key was never registered with Aron Authority.");
}

#[test]
fn a_key_is_registered_by_its_person_and_a_new_one_leaves_what_the_old_one_signed() {
    let mut desk = decided();
    let (me, mine) = (desk.who(Role::Security), act(&desk, SignedAct::Signoff, Role::Security));
    desk.must(Role::Security, signing(&mine, 2));
    // No edit sets a key, neither one's own nor that of somebody else.
    for field in ["ssh_key", "ssh_keys_before", "ssh_keys_ended"] {
        let own = edit(Kind::Person, me, [(field, text(&pair(8).1))]);
        assert_eq!(desk.alone(Role::Security, own).unwrap_err().rule, Rule::SetByRule, "{field}");
    }
    let refused = |desk: &mut Desk, line: &str| {
        let refusal = desk.alone(Role::Security, Command::RegisterKey(Line::new(line))).unwrap_err();
        (refusal.rule, refusal.says)
    };
    assert_eq!(refused(&mut desk, "no key").0, Rule::BadValue);
    assert_eq!(refused(&mut desk, &format!("{} again", pair(2).1)).0, Rule::NothingChanged);
    let (rule, says) = refused(&mut desk, &pair(1).1);
    assert!(rule == Rule::BadValue && says.contains("Olga Owner"), "{says}");
    let (rule, says) = refused(&mut desk, "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== sam");
    assert!(rule == Rule::BadValue && says.contains("RSA key") && says.contains("sk-ssh-ed25519"), "{says}");
    desk.refused(Role::Security, Command::RegisterKey(Line::new(&pair(8).1)), Rule::WrongState);
    desk.wait(1);
    register(&mut desk, Role::Security, &pair(8).1);
    register(&mut desk, Role::Security, &pair(9).1);
    let person = desk.dossier.people.by_id(me).unwrap();
    assert_eq!(person.ssh_keys_before.0, [pair(8).1, pair(2).1]);
    assert!(!ended_key(person, &pair(2).1).unwrap().withdrawn);
    assert!(signed(&desk.dossier, &mine).is_some());
    // A key that was replaced may come back: then it has not ended.
    register(&mut desk, Role::Security, &pair(2).1);
    let person = desk.dossier.people.by_id(me).unwrap();
    assert_eq!(person.ssh_keys_before.0, [pair(9).1, pair(8).1]);
    assert_eq!((ended_key(person, &pair(2).1), person.ssh_keys_ended.0.len()), (None, 2));
}

#[test]
fn a_withdrawn_key_signs_nothing_more_and_what_it_signed_holds() {
    let mut desk = decided();
    let mine = act(&desk, SignedAct::Signoff, Role::Security);
    desk.must(Role::Security, signing(&mine, 2)).wait(3);
    let no_reason = desk.alone(Role::Security, Command::WithdrawKey(Prose::default())).unwrap_err();
    assert_eq!(no_reason.rule, Rule::ReasonNeeded);
    desk.alone(Role::Security, Command::WithdrawKey("The laptop was lost.".into())).unwrap();
    let seal_now = seal(&desk.dossier, mine.sort, mine.id).unwrap();
    assert_eq!(seal_now.wrong, None);
    assert!(seal_now.says().contains("which was withdrawn on"), "{}", seal_now.says());
    for again in [Command::WithdrawKey("Again.".into()), Command::RegisterKey(Line::new(&pair(2).1))] {
        assert_eq!(desk.alone(Role::Security, again).unwrap_err().rule, Rule::WrongState);
    }
    // A thief dates what they sign after the withdrawal as little as before it was kept: the row says when.
    let (id, later) = (desk.last(Kind::Signature), Value::Int(desk.now.0 + 1));
    let mut tampered = desk.clone();
    tampered.fact(Kind::Signature, id, [("at", later)]);
    let why = signature_wrong(&tampered.dossier, tampered.dossier.signatures.by_id(id).unwrap()).unwrap();
    assert!(why.starts_with("It was made after its key was withdrawn on "), "{why}");
}

#[test]
fn an_acceptance_is_signed_with_its_conditions() {
    let mut desk = Desk::of_five();
    desk.decided(Data::Personal);
    let threat = desk.threat(2);
    let (reason, expires) = ("Small and watched.".into(), Some(desk.day(90)));
    desk.must(
        Role::Security,
        Command::Propose { threat, reason, condition: "As long as it is watched.".into(), expires, requester: None },
    );
    let id = desk.last(Kind::Acceptance);
    let by = desk.today().plus(20).to_string();
    let owner = text(&desk.who(Role::Owner).to_string());
    let set =
        [("sort", text("report")), ("due", text(&by)), ("owner", owner), ("text", text("A report to the board."))];
    desk.must(Role::Security, add_to(id, Kind::Proviso, set));
    desk.must(Role::Governance, Command::AcceptRisk(id));
    register(&mut desk, Role::Governance, &pair(3).1);
    let mine = act(&desk, SignedAct::Acceptance, Role::Governance);
    let said = format!("depends_on \"report; due {by}; text A report to the board.\"");
    assert!(mine.text().starts_with("docket-signature-v2\n") && mine.text().contains(&said), "{}", mine.text());
    desk.must(Role::Governance, signing(&mine, 3));
    // Who sees to it may change, and that it was met is no part of what was agreed.
    let proviso = desk.dossier.provisos.last().unwrap().id;
    let other = text(&desk.who(Role::Security).to_string());
    desk.must(Role::Security, edit(Kind::Proviso, proviso, [("owner", other)]));
    let holds = |desk: &Desk| seal(&desk.dossier, SignedAct::Acceptance, id).unwrap().wrong.is_none();
    assert!(holds(&desk));
    let altered: [(&'static str, Value); 3] =
        [("due", Value::from("2031-01-01")), ("text", text("Nothing.")), ("archived", Value::Int(1))];
    for (field, value) in altered {
        let mut tampered = desk.clone();
        tampered.fact(Kind::Proviso, proviso, [(field, value)]);
        assert!(!holds(&tampered), "{field}");
    }
    // What an older docket signed has no conditions in its text, and holds.
    let older = mine.text().replace("docket-signature-v2", "docket-signature-v1");
    let older: String =
        older.lines().filter(|line| !line.starts_with("depends_on")).flat_map(|line| [line, "\n"]).collect();
    let kept = desk.last(Kind::Signature);
    let print = docket::domain::decision::fingerprint(&older).0;
    desk.fact(
        Kind::Signature,
        kept,
        [("text", Value::Text(print)), ("armored", text(&sign(&pair(3).0, &older).unwrap()))],
    );
    assert!(holds(&desk));
    assert_eq!(signed_text(&desk.dossier, desk.dossier.signatures.by_id(kept).unwrap()), Some(older));
}

#[test]
fn the_text_is_the_same_whenever_it_is_made_and_no_line_is_smuggled_in() {
    let mut desk = decided();
    let mine = act(&desk, SignedAct::Disposition, Role::Signoff);
    desk.now = Moment(desk.now.0 + 86_400_000);
    assert_eq!(act(&desk, SignedAct::Disposition, Role::Signoff).text(), mine.text());
    desk.fact(Kind::Disposition, mine.id, [("rationale", text("Fine.\ndecision hold"))]);
    let text = act(&desk, SignedAct::Disposition, Role::Signoff).text();
    assert_eq!(text.lines().filter(|line| line.starts_with("decision ")).count(), 1, "{text}");
}

//! Acts under an SSH signature: by their own person, with the registered key, over exactly what the row says.

use crate::support::{Data, Desk, add, edit, text};
use docket::domain::{
    Id, Kind, Prose, Rule,
    command::Command,
    decision::{
        Signable, SignedAct, clearance, signable, signables, signature_wrong, signed, signed_text,
        sshsig::{key_print, sign, verify},
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
    desk.must(role, edit(Kind::Person, desk.who(role), [("ssh_key", text(line))]));
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
    desk.must(Role::Security, edit(Kind::Person, desk.who(Role::Security), [("ssh_key", text(""))]));
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
    desk.refused(Role::Owner, edit(Kind::Person, me, [("ssh_key", text(&pair(8).1))]), Rule::RoleMayNot);
    let named = add(Kind::Person, [("name", text("Nora")), ("ssh_key", text(&pair(8).1))]);
    desk.refused(Role::Owner, named, Rule::RoleMayNot);
    desk.refused(Role::Security, edit(Kind::Person, me, [("ssh_key", text("no key"))]), Rule::BadValue);
    let own = [("ssh_keys_before", Value::List(vec![]))];
    desk.refused(Role::Security, edit(Kind::Person, me, own), Rule::SetByRule);
    desk.must(Role::Owner, edit(Kind::Person, me, [("title", text("CISO"))]));
    register(&mut desk, Role::Security, &pair(8).1);
    register(&mut desk, Role::Security, &pair(9).1);
    let person = desk.dossier.people.by_id(me).unwrap();
    assert_eq!(person.ssh_keys_before.0, [pair(8).1, pair(2).1]);
    assert!(key_print(person.ssh_key.as_str()).is_ok());
    assert!(signed(&desk.dossier, &mine).is_some());
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

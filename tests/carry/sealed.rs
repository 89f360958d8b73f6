//! Before a bundle is taken in, each act of it says whether it is signed, and whether this record knows the key.

use docket::domain::{
    Kind, Line, Prose,
    command::Command,
    decision::{SignedAct, signables, sshsig::sign},
    people::Role,
};
use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

use crate::{
    bench::Bench,
    merge::Two,
    seen,
    support::{Data, Desk as Case, text},
};

/// A private key as a file holds it, and its public line.
fn pair(seed: u8) -> (String, String) {
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
    let public = key.public_key().to_openssh().unwrap();
    (key.to_openssh(LineEnding::LF).unwrap().to_string(), public)
}

fn register(case: &mut Case, seed: u8) {
    case.alone(Role::Signoff, Command::RegisterKey(Line::new(&pair(seed).1))).unwrap();
}

/// Decides in the copy, and signs it where a key is named.
fn decide(case: &mut Case, seed: Option<u8>) {
    case.wait(1);
    let proceed = case.proceed();
    case.must(Role::Signoff, proceed);
    let Some(seed) = seed else { return };
    let act = signables(&case.dossier).into_iter().find(|act| act.sort == SignedAct::Disposition).unwrap();
    let armored = Prose::new(&sign(&pair(seed).0, &act.text()).unwrap());
    case.must(Role::Signoff, Command::AddSignature { sort: act.sort, act: act.id, armored });
}

/// What the receipt says of the decision.
fn said(two: &mut Two) -> String {
    two.send_back();
    let desk = two.place.desk("home.docket", two.me);
    let compared = desk.compare(seen(&two.place.at("back.bundle"))).unwrap();
    assert_eq!(compared.acts.len(), 1, "{:?}", compared.acts);
    let line = compared.lines.iter().find(|line| line.starts_with("Decision: proceed")).unwrap();
    line.clone()
}

fn begun(registered: Option<u8>) -> Two {
    Two::begin(|case| {
        case.ready(Data::Internal);
        if let Some(seed) = registered {
            register(case, seed);
        }
    })
}

#[test]
fn an_act_is_not_signed_or_verifies_by_a_key_that_is_registered_here() {
    let mut two = begun(Some(1));
    decide(&mut two.there, None);
    assert!(said(&mut two).ends_with(": not signed."));

    let mut two = begun(Some(1));
    decide(&mut two.there, Some(1));
    let says = said(&mut two);
    assert!(says.contains("by Aron Authority as Sign-off authority"), "{says}");
    assert!(says.ends_with(": signed, verifies as Aron Authority."), "{says}");
    on_the_command_line(&two);
}

/// The same in JSON, and nothing is written by asking.
fn on_the_command_line(two: &Two) {
    let bench = Bench::empty();
    for name in ["home.docket", "back.bundle"] {
        std::fs::copy(two.place.at(name), bench.at(name)).unwrap();
    }
    for args in [&["import", "back.bundle", "--dry-run", "--json"][..], &["open", "back.bundle", "--dry-run", "--json"]]
    {
        let says = bench.run(&[&["--record", "home.docket", "--as", "Sam Security"], args].concat()).ok();
        let json: serde_json::Value = serde_json::from_str(&says).expect(&says);
        let act = &json["acts"][0];
        assert_eq!((act["kind"].as_str(), act["signature"].as_str()), (Some("disposition.decide"), Some("verifies")));
        assert_eq!(act["verifies_as"], "Aron Authority");
        assert!(act["set_aside"].is_null() && json["conflicts"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_key_that_only_the_bundle_names_is_not_registered_here() {
    let mut two = begun(None);
    register(&mut two.there, 1);
    decide(&mut two.there, Some(1));
    let says = said(&mut two);
    assert!(says.contains(": signed, key SHA256:") && says.ends_with(" not registered here."), "{says}");

    // Neither where another key is registered here: it is replaced in the copy alone.
    let mut two = begun(Some(1));
    register(&mut two.there, 2);
    decide(&mut two.there, Some(2));
    let says = said(&mut two);
    assert!(says.ends_with(" not registered here."), "{says}");
}

#[test]
fn a_signature_over_another_text_does_not_fit() {
    for (registered, seed) in [(Some(1), 1), (None, 1)] {
        let mut two = begun(registered);
        if registered.is_none() {
            register(&mut two.there, seed);
        }
        decide(&mut two.there, Some(seed));
        let id = two.there.last(Kind::Disposition);
        two.there.fact(Kind::Disposition, id, [("rationale", text("Something else."))]);
        let says = said(&mut two);
        assert!(says.contains("signature does NOT fit: What was signed has been altered"), "{says}");
    }
}

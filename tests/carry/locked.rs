//! A bundle that is locked: with a passphrase, for an SSH key, and opened in the terminal.

use docket::{
    app::{Overlay, form::Input},
    desk::Desk,
    domain::{Secret, people::Role},
    exchange::bundle::by_passphrase,
    keymap::Keymap,
    ui::theme::Theme,
};
use ssh_key::{LineEnding, PrivateKey, private::Ed25519Keypair};

use crate::{
    bench::{Bench, Said},
    hands::Hands,
    merge::{Two, set},
    screen::sit,
    support::{Data, text},
};

const WORD: &str = "two blanks  in it";

/// Docket with a passphrase in its environment.
fn with(bench: &Bench, word: &str, args: &[&str]) -> Said {
    let mut command = bench.command();
    command.env("DOCKET_PASSPHRASE", word).args(args);
    Said::of(&mut command)
}

#[test]
fn a_passphrase_locks_and_opens_and_another_one_does_not() {
    let bench = Bench::seeded();
    let args = ["--record", "record.docket", "bundle", "Ticket Router", "--out", "x.bundle", "--passphrase"];
    let said = bench.run(&args);
    said.refused(2, "asked for on a terminal");
    with(&bench, "", &args).refused(2, "asked for on a terminal");
    assert!(!bench.at("x.bundle").exists());
    assert!(with(&bench, WORD, &args).ok().contains("locked with the passphrase"));
    let locked = std::fs::read(bench.at("x.bundle")).unwrap();
    assert!(locked.starts_with(b"age-encryption.org/v1") && !locked.windows(13).any(|part| part == b"Ticket Router"));
    bench.run(&["open", "x.bundle"]).refused(2, "say its passphrase");
    with(&bench, "two blanks in it", &["open", "x.bundle"]).refused(2, "does not open with this passphrase");
    assert!(!bench.at("x.docket").exists());
    with(&bench, WORD, &["open", "x.bundle"]).ok();
    bench.run(&["--record", "x.docket", "verify"]).ok();
}

#[test]
fn an_ssh_key_locks_by_its_public_half_and_opens_by_its_private_one() {
    let bench = Bench::seeded();
    for (name, seed) in [("mine", 1), ("other", 2)] {
        let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
        std::fs::write(bench.at(name), key.to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
        let public = format!("# {name}\n{}\n", key.public_key().to_openssh().unwrap());
        std::fs::write(bench.at(&format!("{name}.pub")), public).unwrap();
    }
    bench.on(&["bundle", "Ticket Router", "--out", "x", "--to", "ssh-ed25519 AAAA"]).refused(2, "none of SSH");
    bench.on(&["bundle", "Ticket Router", "--out", "x", "--to", "mine"]).refused(2, "no public key of age");
    assert!(!bench.at("x").exists());
    let line = std::fs::read_to_string(bench.at("mine.pub")).unwrap();
    let line = line.lines().nth(1).unwrap();
    for to in ["mine.pub", line] {
        let says = bench.on(&["bundle", "Ticket Router", "--out", "x.bundle", "--to", to]).ok();
        assert!(says.contains("locked for one key"), "{says}");
        bench.run(&["open", "x.bundle", "--identity", "other"]).refused(2, "not locked for the key");
        bench.run(&["open", "x.bundle", "--identity", "mine.pub"]).refused(2, "holds no key");
        bench.run(&["open", "x.bundle", "--identity", "mine", "--dry-run"]).ok();
    }
    bench.run(&["open", "x.bundle", "--identity", "mine"]).ok();
    bench.run(&["--record", "x.docket", "verify"]).ok();
}

/// What came back, locked so, and somebody at home who chooses it.
fn chosen(two: &mut Two, lock: impl Fn(&Two) -> Vec<docket::exchange::bundle::Recipient>) -> Hands {
    let first = two.here.threat(1);
    set(&mut two.there, Role::Security, first, "title", text("As elsewhere"));
    two.send_back();
    let desk = two.place.desk("copy.docket", two.me);
    let part = desk.part_of(two.here.system()).unwrap();
    desk.write_bundle(part, &two.place.at("locked.bundle"), &lock(two)).unwrap();
    desk.close().unwrap();
    let mut hands = sit(&two.place, "home.docket", two.me);
    hands.keys("i").text(two.place.at("locked.bundle").to_str().unwrap()).keys("enter");
    hands
}

fn drawn(hands: &Hands) -> String {
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(120, 36)).unwrap();
    terminal.draw(|frame| docket::ui::view(&hands.session.model, &Keymap::default(), Theme::default(), frame)).unwrap();
    terminal.backend().to_string()
}

fn is_asked(hands: &Hands) -> bool {
    matches!(hands.session.model.overlays.last(), Some(Overlay::Form(_)))
}

fn is_compared(hands: &Hands) -> bool {
    matches!(hands.session.model.overlays.last(), Some(Overlay::Merge(_)))
}

#[test]
fn in_the_terminal_a_passphrase_is_asked_for_hidden_and_kept_nowhere() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let mut hands = chosen(&mut two, |_| vec![by_passphrase(&Secret::new(WORD))]);
    assert!(is_asked(&hands), "{}", hands.said());
    hands.text("wrong words").keys("ctrl-s");
    assert!(is_asked(&hands) && hands.said().contains("does not open with this passphrase"), "{}", hands.said());
    hands.keys("ctrl-u").text(WORD);
    let screen = drawn(&hands);
    assert!(screen.contains(&"•".repeat(WORD.len())) && !screen.contains("two blanks"), "{screen}");
    assert!(
        !format!(
            "{:?}",
            hands.session.model.overlays.last().map(|overlay| match overlay {
                Overlay::Form(form) => form.to_draft(),
                _ => String::new(),
            })
        )
        .contains("blanks")
    );
    assert_eq!(hands.session.desk.drafts().unwrap(), []);
    hands.keys("ctrl-s");
    assert!(is_compared(&hands), "{}", hands.said());
    assert!(!drawn(&hands).contains("two blanks"));
    hands.keys("ctrl-s y");
    assert!(hands.said().contains("Taken in"), "{}", hands.said());
    drop(hands);
    let bytes = std::fs::read(two.place.at("home.docket")).unwrap();
    assert!(!bytes.windows(10).any(|part| part == b"two blanks"), "it is in the record");
}

#[test]
fn in_the_terminal_the_key_file_is_asked_for() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let key = PrivateKey::from(Ed25519Keypair::from_seed(&[7; 32]));
    let path = two.place.at("own.key");
    std::fs::write(&path, key.to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    let public = key.public_key().to_openssh().unwrap();
    let mut hands = chosen(&mut two, |_| Desk::recipients(std::slice::from_ref(&public)).unwrap());
    let Some(Overlay::Form(form)) = hands.session.model.overlays.last() else { panic!("{}", hands.said()) };
    assert_eq!(form.fields.len(), 2);
    assert!(form.fields[1].is_secret() && matches!(form.fields[0].input, Input::Line(_)));
    hands.keys("ctrl-s");
    assert!(is_asked(&hands), "a key file is needed");
    hands.text(path.to_str().unwrap()).keys("ctrl-s");
    assert!(is_compared(&hands), "{}", hands.said());
    // Left, and chosen again: nothing was kept of it.
    hands.keys("esc i").text(two.place.at("locked.bundle").to_str().unwrap()).keys("enter");
    assert!(is_asked(&hands));
    hands.text("x").keys("esc");
    assert!(!is_asked(&hands), "there is no draft to be asked about");
    assert_eq!(hands.session.desk.drafts().unwrap(), []);
}

//! A bundle is worked on elsewhere and comes back: what was done on both sides is there, and what both changed was
//! decided by a person.

use docket::{
    domain::{
        Id, Kind,
        decision::{Decision, Disposition},
        merging::Side,
        people::Role,
        value::Value,
    },
    store::{Open, Store},
};

use crate::{
    HAT, Place,
    bench::Bench,
    problems, seen,
    support::{Data, Desk as Case, edit, text, withdraw},
};

/// A review at home, and a working copy of it elsewhere; both go on from here.
pub struct Two {
    pub place: Place,
    pub here: Case,
    pub there: Case,
    known: usize,
    pub me: Id,
}

impl Two {
    pub fn begin(stage: impl Fn(&mut Case)) -> Self {
        let mut here = Case::of_five();
        stage(&mut here);
        let place = Place::made();
        here.write(&place.at("home.docket"), 0);
        let (known, me) = (here.events.len(), here.who(HAT));
        let desk = place.desk("home.docket", me);
        let part = desk.part_of(here.system()).unwrap();
        desk.write_bundle(part, &place.at("out.bundle"), &[]).unwrap();
        desk.close().unwrap();
        place.made_of("copy.docket", &seen(&place.at("out.bundle")));
        let there = here.elsewhere();
        Self { place, here, there, known, me }
    }

    /// Writes what was done on both sides, and sends the bundle back.
    pub fn send_back(&mut self) {
        if self.here.events.len() > self.known {
            self.here.write_acts(&self.place.at("home.docket"), self.known);
        }
        if self.there.events.len() > self.known {
            self.there.write_acts(&self.place.at("copy.docket"), self.known);
        }
        assert_eq!(problems(&self.place.at("copy.docket")), Vec::<String>::new());
        self.bundle("copy.docket", "back.bundle");
    }

    pub fn bundle(&self, from: &str, to: &str) {
        let desk = self.place.desk(from, self.me);
        let part = desk.part_of(self.here.system()).unwrap();
        desk.write_bundle(part, &self.place.at(to), &[]).unwrap();
        desk.close().unwrap();
    }

    /// Takes a bundle into a record; which conflicts there were, in words.
    pub fn take(&self, bundle: &str, into: &str, side: impl Fn(usize) -> Side) -> Vec<String> {
        let mut desk = self.place.desk(into, self.me);
        let compared = desk.compare(seen(&self.place.at(bundle))).unwrap();
        assert!(!compared.is_known());
        let sides: Vec<Side> = (0..compared.conflicts.len()).map(side).collect();
        desk.merge(&compared, &sides, HAT).unwrap();
        desk.close().unwrap();
        assert_eq!(problems(&self.place.at(into)), Vec::<String>::new());
        let words = |c: &docket::domain::merging::Conflict| {
            format!("{} {}: {} | {} | {}", c.called, c.label, c.before, c.ours.shown, c.theirs.shown)
        };
        compared.conflicts.iter().map(words).collect()
    }

    pub fn home(&self) -> docket::domain::Dossier {
        self.read("home.docket")
    }

    fn read(&self, name: &str) -> docket::domain::Dossier {
        let store = Store::open(&self.place.at(name), Open::default()).unwrap();
        store.dossier(Some(self.here.system())).unwrap()
    }
}

pub fn set(case: &mut Case, role: Role, threat: Id, field: &str, value: Value) {
    case.must(role, edit(Kind::Threat, threat, [(field, value)]));
}

#[test]
fn a_working_copy_says_the_same_of_its_system_and_nothing_of_others() {
    let bench = Bench::seeded();
    bench.on(&["bundle", "Ticket Router", "--out", "out.bundle"]).ok();
    let file = std::fs::read_to_string(bench.at("out.bundle")).unwrap();
    assert!(file.contains("Ticket Router") && !file.contains("Premium Forecast"), "others are not told of");
    let says = bench.run(&["open", "out.bundle"]).ok();
    assert!(says.contains("A bundle about Ticket Router") && says.contains("out.docket"), "{says}");
    let copy = |args: &[&str]| bench.run(&[&["--record", "out.docket"], args].concat());
    copy(&["verify"]).ok();
    for args in [&["show", "Ticket Router"][..], &["gate", "Ticket Router"], &["trace", "Ticket Router"]] {
        let (there, here) = (copy(args), bench.on(args));
        assert_eq!((there.code, there.out), (here.code, here.out), "{args:?}");
    }
    assert_eq!(copy(&["list"]).ok().lines().filter(|line| line.contains("Router")).count(), 1);
    assert!(!copy(&["list"]).ok().contains("Premium Forecast"));
    // Nothing was done: nothing changes, here or there.
    copy(&["bundle", "--out", "back.bundle"]).ok();
    let before = bench.digest();
    for args in [&["import", "back.bundle", "--yes"][..], &["open", "back.bundle", "--yes"]] {
        assert!(bench.on(args).ok().contains("nothing has changed"));
    }
    assert_eq!(bench.digest(), before);
}

#[test]
fn what_each_side_did_alone_is_there_on_both() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let (first, second) = (two.here.threat(1), two.here.threat(2));
    set(&mut two.here, Role::Security, first, "title", text("Changed at home"));
    set(&mut two.there, Role::Security, first, "likelihood", Value::Int(5));
    set(&mut two.there, Role::Security, second, "title", text("Changed elsewhere"));
    two.send_back();
    assert_eq!(two.take("back.bundle", "home.docket", |_| Side::Ours), Vec::<String>::new());
    two.bundle("home.docket", "again.bundle");
    assert_eq!(two.take("again.bundle", "copy.docket", |_| Side::Ours), Vec::<String>::new());
    for name in ["home.docket", "copy.docket"] {
        let threat = |id| two.read(name).threats.by_id(id).unwrap().clone();
        assert_eq!(threat(first).title.as_str(), "Changed at home");
        assert_eq!(threat(first).likelihood.map(docket::domain::fields::Score::get), Some(5));
        assert_eq!(threat(second).title.as_str(), "Changed elsewhere");
    }
    // Once more, and nothing is new.
    let desk = two.place.desk("home.docket", two.me);
    assert!(desk.compare(seen(&two.place.at("back.bundle"))).unwrap().is_known());
}

#[test]
fn what_both_changed_is_decided_and_comes_out_the_same_on_both_sides() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let (first, second) = (two.here.threat(1), two.here.threat(2));
    let title = two.here.dossier.threats.by_id(first).unwrap().title.to_string();
    for threat in [first, second] {
        set(&mut two.here, Role::Security, threat, "title", text("As at home"));
        set(&mut two.there, Role::Security, threat, "title", text("As elsewhere"));
        // Both came to the same: nothing to decide.
        set(&mut two.here, Role::Security, threat, "impact", Value::Int(2));
        set(&mut two.there, Role::Security, threat, "impact", Value::Int(2));
    }
    two.send_back();
    let found = two.take("back.bundle", "home.docket", |at| if at == 0 { Side::Ours } else { Side::Theirs });
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with(&format!("{title} | As at home | As elsewhere")), "{found:?}");
    two.bundle("home.docket", "again.bundle");
    assert_eq!(two.take("again.bundle", "copy.docket", |_| Side::Ours), Vec::<String>::new(), "it is decided");
    for name in ["home.docket", "copy.docket"] {
        let titles = [first, second].map(|id| two.read(name).threats.by_id(id).unwrap().title.to_string());
        let mut titles = titles.to_vec();
        titles.sort();
        assert_eq!(titles, ["As at home", "As elsewhere"], "{name}");
    }
    assert_eq!(two.read("home.docket").threats, two.read("copy.docket").threats);
}

#[test]
fn what_one_side_withdrew_and_the_other_went_on_with_is_decided() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let (first, second) = (two.here.threat(1), two.here.threat(2));
    two.here.must(Role::Security, withdraw(Kind::Threat, first));
    set(&mut two.there, Role::Security, first, "title", text("Worse than thought"));
    two.there.must(Role::Security, withdraw(Kind::Threat, second));
    two.send_back();
    let found = two.take("back.bundle", "home.docket", |_| Side::Theirs);
    assert!(found.len() == 1 && found[0].contains("Withdrawn: kept | withdrawn | kept"), "{found:?}");
    let home = two.home();
    assert!(!home.threats.by_id(first).unwrap().archived && home.threats.by_id(second).unwrap().archived);
}

#[test]
fn what_both_numbered_gets_the_next_number() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let here = two.here.add_threat("Only at home", (2, 2), &[]);
    let there = two.there.add_threat("Only elsewhere", (3, 3), &[]);
    assert_ne!(here, there);
    two.send_back();
    assert_eq!(two.take("back.bundle", "home.docket", |_| Side::Ours), Vec::<String>::new());
    let home = two.home();
    let mut numbers: Vec<_> = home.threats.iter().filter_map(|threat| threat.number).collect();
    numbers.sort_unstable();
    let count = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "no number is given twice");
    assert_eq!(home.threats.by_id(here).unwrap().number, two.here.dossier.threats.by_id(here).unwrap().number);
}

#[test]
fn a_decision_made_elsewhere_arrives_with_its_text_and_verifies_as_its_signer_saw_it() {
    let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
    let first = two.here.threat(1);
    // The text that is signed elsewhere names the title that was changed at home meanwhile.
    set(&mut two.here, Role::Security, first, "title", text("Changed at home meanwhile"));
    let proceed = two.there.proceed();
    two.there.must(Role::Signoff, proceed);
    two.send_back();
    assert_eq!(two.take("back.bundle", "home.docket", |_| Side::Ours), Vec::<String>::new());
    let home = two.home();
    let decided: Vec<&Disposition> = home.dispositions.iter().collect();
    assert_eq!(decided.last().and_then(|one| one.decision), Some(Decision::Proceed));
    // What was signed is not what stands here any more, and the sign-offs say so by themselves.
    let gaps = docket::domain::decision::gate(&home, two.here.today());
    assert!(!gaps.is_empty(), "security changed what was signed");
    two.bundle("home.docket", "again.bundle");
    two.take("again.bundle", "copy.docket", |_| Side::Ours);
}

#[test]
fn a_decision_that_was_made_on_both_sides_is_decided_too() {
    for (side, stands) in [(Side::Ours, Decision::Proceed), (Side::Theirs, Decision::Decline)] {
        let mut two = Two::begin(|case| _ = case.ready(Data::Personal));
        let (here, there) = (two.here.proceed(), two.there.decision(Decision::Decline, &[]));
        two.here.must(Role::Signoff, here);
        two.there.must(Role::Signoff, there);
        two.send_back();
        let found = two.take("back.bundle", "home.docket", |_| side);
        let given: Vec<&String> = found.iter().filter(|one| one.contains("Given on both sides")).collect();
        assert!(given.len() == 1 && given[0].contains("| proceed | decline"), "{found:?}");
        assert_eq!(two.home().last_disposition().and_then(|made| made.decision), Some(stands));
    }
}

#[test]
fn the_same_chain_written_in_two_files_is_refused() {
    let two = Two::begin(|case| _ = case.planned(Data::Internal));
    let threat = two.here.threat(1);
    let mut one = two.there.clone();
    set(&mut one, Role::Security, threat, "title", text("One"));
    one.write(&two.place.at("copy.docket"), two.known);
    // A copy of the file goes on under the same device: without a mark outside of it nobody can tell.
    std::fs::copy(two.place.at("copy.docket"), two.place.at("twin.docket")).unwrap();
    for (name, title) in [("copy.docket", "Two"), ("twin.docket", "Three")] {
        let mut next = one.clone();
        set(&mut next, Role::Security, threat, "title", text(title));
        next.write(&two.place.at(name), one.events.len());
    }
    two.bundle("copy.docket", "copy.bundle");
    two.bundle("twin.docket", "twin.bundle");
    two.take("copy.bundle", "home.docket", |_| Side::Ours);
    let before = two.place.whole("home.docket");
    let desk = two.place.desk("home.docket", two.me);
    let says = desk.compare(seen(&two.place.at("twin.bundle"))).unwrap_err().to_string();
    assert!(says.contains("the same chain was written in two files"), "{says}");
    desk.close().unwrap();
    assert_eq!(two.place.whole("home.docket"), before);
}

#[test]
fn a_bundle_of_another_record_or_another_system_is_refused() {
    let two = Two::begin(|case| _ = case.planned(Data::Internal));
    let other = Two::begin(|case| _ = case.planned(Data::Internal));
    let desk = other.place.desk("home.docket", other.me);
    let says = desk.compare(seen(&two.place.at("out.bundle"))).unwrap_err().to_string();
    assert!(says.contains("belongs to another record"), "{says}");
    let mut copy = two.place.desk("copy.docket", two.me);
    let whole = two.place.whole("home.docket");
    std::fs::write(two.place.at("whole.jsonl"), whole).unwrap();
    let says = copy.compare(seen(&two.place.at("whole.jsonl"))).unwrap_err().to_string();
    assert!(says.contains("takes in only bundles"), "{says}");
    assert!(
        copy.adopt(&seen(&two.place.at("whole.jsonl")))
            .unwrap_err()
            .to_string()
            .contains("goes only into an empty one")
    );
}

#[test]
fn what_was_written_since_the_look_is_not_passed_over() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let first = two.here.threat(1);
    set(&mut two.there, Role::Security, first, "title", text("As elsewhere"));
    two.send_back();
    let mut desk = two.place.desk("home.docket", two.me);
    let compared = desk.compare(seen(&two.place.at("back.bundle"))).unwrap();
    set(&mut two.here, Role::Security, first, "title", text("Meanwhile"));
    two.here.write(&two.place.at("home.docket"), two.known);
    let says = desk.merge(&compared, &[], HAT).unwrap_err().to_string();
    assert!(says.contains("since it was compared"), "{says}");
    drop(desk);
    assert_eq!(two.home().threats.by_id(first).unwrap().title.as_str(), "Meanwhile");
}

#[test]
fn nobody_takes_it_in_without_a_role_there() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let first = two.here.threat(1);
    set(&mut two.there, Role::Security, first, "title", text("As elsewhere"));
    two.send_back();
    let before = two.place.whole("home.docket");
    let mut desk = two.place.desk("home.docket", two.me);
    let compared = desk.compare(seen(&two.place.at("back.bundle"))).unwrap();
    let says = desk.merge(&compared, &[], Role::Dpo).unwrap_err().to_string();
    assert!(says.contains("does not hold the role DPO"), "{says}");
    desk.close().unwrap();
    assert_eq!(two.place.whole("home.docket"), before);
}

/// The sides of the command line: what both changed is listed, and decided for all.
#[test]
fn the_command_line_lists_what_both_changed_and_takes_a_side_when_told() {
    let mut two = Two::begin(|case| _ = case.planned(Data::Internal));
    let first = two.here.threat(1);
    set(&mut two.here, Role::Security, first, "title", text("As at home"));
    set(&mut two.there, Role::Security, first, "title", text("As elsewhere"));
    two.send_back();
    let bench = Bench::empty();
    for name in ["home.docket", "back.bundle"] {
        std::fs::copy(two.place.at(name), bench.at(name)).unwrap();
    }
    let who = two.home().person_name(two.me).unwrap().to_string();
    let run = |args: &[&str]| bench.run(&[&["--record", "home.docket", "--as", &who], args].concat());
    run(&["verify"]).ok();
    let before = std::fs::read(bench.at("home.docket")).unwrap();
    for args in [&["import", "back.bundle", "--yes"][..], &["open", "back.bundle", "--yes"], &["open", "back.bundle"]] {
        let said = run(args);
        assert_eq!(said.code, 2, "{}", said.out);
        said.complains("Both sides changed the same in 1 places");
        assert!(said.out.contains("As at home") && said.out.contains("As elsewhere"), "{}", said.out);
    }
    run(&["open", "back.bundle", "--dry-run"]).ok();
    assert_eq!(std::fs::read(bench.at("home.docket")).unwrap(), before);
    run(&["open", "back.bundle", "--yes", "--theirs"]).ok();
    run(&["verify"]).ok();
    let says = run(&["journal", "--words", "As elsewhere"]).ok();
    assert!(says.contains("merged threat") && says.contains("what came in was taken"), "{says}");
    assert!(run(&["import", "back.bundle", "--yes"]).ok().contains("nothing has changed"));
    bench.run(&["--record", "home.docket", "journal", "--out", "journal.jsonl"]).ok();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
    if let Ok(done) = std::process::Command::new("python3").arg(script).arg(bench.at("journal.jsonl")).output() {
        let head = run(&["verify"]).ok();
        let says = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(head.contains(says.trim_end().split(' ').nth(1).unwrap()), "{says}");
    }
}

#[test]
fn a_locked_bundle_opens_for_its_keys_only() {
    use age::secrecy::ExposeSecret;
    let bench = Bench::seeded();
    let keys = [age::x25519::Identity::generate(), age::x25519::Identity::generate()];
    for (name, key) in ["mine.key", "other.key"].iter().zip(&keys) {
        std::fs::write(bench.at(name), format!("# a key\n{}\n", key.to_string().expose_secret())).unwrap();
    }
    std::fs::write(bench.at("no.key"), "AGE-SECRET-KEY-1XX\n").unwrap();
    let mine = keys[0].to_public().to_string();
    bench.on(&["bundle", "Ticket Router", "--out", "x", "--to", "age1nobody"]).refused(2, "no public key of age");
    assert!(!bench.at("x").exists());
    let says = bench.on(&["bundle", "Ticket Router", "--out", "x.bundle", "--to", &mine]).ok();
    assert!(says.contains("locked for one key"), "{says}");
    let locked = std::fs::read(bench.at("x.bundle")).unwrap();
    assert!(locked.starts_with(b"age-encryption.org/v1") && !locked.windows(13).any(|part| part == b"Ticket Router"));
    bench.run(&["open", "x.bundle"]).refused(2, "locked for those");
    bench.run(&["open", "x.bundle", "--identity", "other.key"]).refused(2, "not locked for the key");
    bench.run(&["open", "x.bundle", "--identity", "no.key"]).refused(2, "holds no key of age");
    bench.run(&["open", "x.bundle", "--identity", "missing.key"]).refused(2, "missing.key");
    for at in (0..locked.len()).step_by(locked.len() / 23) {
        let mut flipped = locked.clone();
        flipped[at] ^= 1;
        std::fs::write(bench.at("y.bundle"), &flipped).unwrap();
        bench.run(&["open", "y.bundle", "--identity", "mine.key"]).refused(2, "Nothing was changed");
        std::fs::write(bench.at("y.bundle"), &locked[..at]).unwrap();
        bench.run(&["open", "y.bundle", "--identity", "mine.key"]).refused(2, "");
    }
    assert!(!bench.at("y.docket").exists() && !bench.at("x.docket").exists());
    bench.run(&["open", "x.bundle", "--identity", "other.key", "--identity", "mine.key"]).ok();
    bench.run(&["--record", "x.docket", "verify"]).ok();
}

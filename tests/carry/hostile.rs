//! Files that somebody cut, changed or made up: one sentence, and nothing is different afterwards.

use docket::desk::{
    Desk, Paths,
    carry::{Keys, look},
};
use sha2::{Digest, Sha256};

use crate::{
    Place, seen,
    support::{Data, Desk as Case},
};

fn record() -> (Place, Vec<u8>) {
    let mut case = Case::of_five();
    case.ready(Data::Personal);
    let place = Place::made();
    case.write(&place.at("a.docket"), 0);
    let bytes = place.whole("a.docket");
    (place, bytes)
}

/// The sentence with which a file is refused; none where it is read.
fn refused(place: &Place, bytes: &[u8]) -> Option<String> {
    std::fs::write(place.at("x.jsonl"), bytes).unwrap();
    let says = look(&place.at("x.jsonl"), Keys::default()).err()?.to_string();
    assert!(says.ends_with('.') && !says.contains('\n') && says.contains("Nothing was changed"), "{says}");
    Some(says)
}

/// The same lines with the sum that fits them.
fn summed(lines: &[String]) -> Vec<u8> {
    let out = lines.join("\n") + "\n";
    let sum = docket::domain::id::hex(&Sha256::digest(&out));
    (out + &format!("{{\"sha256\":\"{sum}\"}}\n")).into_bytes()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

#[test]
fn a_file_that_was_cut_or_changed_anywhere_is_refused() {
    let (place, bytes) = record();
    assert_eq!(refused(&place, &bytes), None);
    assert_eq!(refused(&place, &summed(&lines(&bytes))), None, "the test knows how a sum is made");
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        assert!(refused(&place, &bytes[..at]).is_some(), "cut at {at}");
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        assert!(refused(&place, &flipped).is_some(), "changed at {at}");
    }
    assert!(refused(&place, &[&bytes[..], b"more"].concat()).unwrap().contains("something follows"));
    assert!(!place.at("b.docket").exists());
}

#[test]
fn a_new_sum_does_not_hide_what_was_changed() {
    let (place, bytes) = record();
    let all = lines(&bytes);
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut all = all.clone();
        change(&mut all);
        refused(&place, &summed(&all)).unwrap_or_else(|| panic!("it was read"))
    };
    let of = |all: &[String], begins: &str| all.iter().position(|line| line.starts_with(begins)).unwrap();
    let blob = of(&all, "{\"attachment\"");
    let says = with(&|all| all[9] = all[9].replace("\"role\":\"", "\"role\":\"x"));
    assert!(says.contains("Entry ") && says.contains("not what was sealed"), "{says}");
    with(&|all| drop(all.remove(9)));
    with(&|all| all.swap(9, 10));
    let doubled = all[9].clone();
    with(&|all| all.insert(9, doubled.clone()));
    assert!(with(&|all| drop(all.remove(blob))).contains("does not hold what it says"));
    let lied = |all: &mut Vec<String>| all[0] = all[0].replacen("\"attachments\":", "\"attachments\":9", 1);
    assert!(with(&lied).contains("does not hold what it says"));
    let eaten = |all: &mut Vec<String>| {
        all.remove(blob);
        let count = all.iter().filter(|line| line.starts_with("{\"attachment\"")).count();
        let at = all[0].find("\"attachments\":").unwrap();
        let end = at + all[0][at..].find(",\"devices\"").unwrap();
        all[0].replace_range(at..end, &format!("\"attachments\":{count}"));
    };
    assert!(with(&eaten).contains("an attachment is missing"));
    let named = |all: &mut Vec<String>| all[blob] = all[blob].replace("{\"attachment\":\"", "{\"attachment\":\"../../");
    assert!(with(&named).contains("an attachment is not what its name says"));
    let newer = |all: &mut Vec<String>| all[0] = all[0].replace("\"version\":1", "\"version\":2");
    assert!(with(&newer).contains("newer docket"));
    let spaced = |all: &mut Vec<String>| all[0] = all[0].replace("\"space\":\"0", "\"space\":\"1");
    assert!(with(&spaced).contains("another record"));
}

#[test]
fn a_claim_of_gigabytes_is_a_claim() {
    let (place, bytes) = record();
    let first = lines(&bytes)[0].clone();
    let at = first.find("\"entries\":").unwrap();
    let end = at + first[at..].find(",\"att").unwrap();
    let mut huge = first.clone();
    huge.replace_range(at..end, "\"entries\":18446744073709551615");
    assert!(refused(&place, &[huge.as_bytes(), b"\n"].concat()).unwrap().contains("cut on its way"));
    let endless = [first.as_bytes(), b"\n{\"attachment\":\"", &vec![b'a'; 65 << 20][..]].concat();
    assert!(refused(&place, &endless).unwrap().contains("line longer than anything"));
}

#[test]
fn what_is_refused_leaves_no_record_and_changes_none() {
    let (place, bytes) = record();
    std::fs::write(place.at("a.jsonl"), &bytes).unwrap();
    let looked = seen(&place.at("a.jsonl"));
    // Between the look and the taking in, somebody changes the file.
    std::fs::write(place.at("a.jsonl"), &bytes[..bytes.len() - 200]).unwrap();
    let paths = Paths { record: place.at("b.docket"), state: None };
    let says = Desk::made_of(paths, &looked).unwrap_err().to_string();
    assert!(says.contains("cut on its way"), "{says}");
    let left = std::fs::read_dir(place.at("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = left.filter(|name| name.starts_with('b')).collect();
    assert!(left.is_empty(), "{left:?}");
}

//! Broken bytes: never a panic, never a silent change, never an engine's phrase.

use std::{fs, path::Path};

use docket::store::{Fault, Open, Store};

use crate::seat::{create, fill, id, problems};

fn bytes() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    fill(&mut store);
    store.close().unwrap();
    fs::read(path).unwrap()
}

/// Opens what is left and checks it: the sentences that come out.
fn findings(path: &Path, bytes: &[u8]) -> Vec<String> {
    fs::write(path, bytes).unwrap();
    let found = match Store::open(path, Open::default()) {
        Err(fault) => vec![fault.to_string()],
        Ok(store) => match store.verify(&mut |_| ()) {
            Ok(report) => report.problems,
            Err(error) => vec![error.to_string()],
        },
    };
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
    assert!(!found.iter().any(|line| line.to_lowercase().contains("sqlite")), "{found:?}");
    found
}

#[test]
fn cut_and_zeroed_files_are_refused_or_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let whole = bytes();
    assert_eq!(findings(&path, &whole), Vec::<String>::new());
    for left in [100, 4096, whole.len() / 2, whole.len() - 4096] {
        assert!(!findings(&path, &whole[..left]).is_empty(), "cut to {left}");
    }
    let mut headless = whole.clone();
    headless[..100].fill(0);
    fs::write(&path, &headless).unwrap();
    assert!(matches!(Store::open(&path, Open::default()), Err(Fault::Foreign(_))));
}

#[test]
fn a_flipped_bit_in_an_entry_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let whole = bytes();
    let needle = b"{\"name\":\"Ada\",\"set\":{\"title\":[null,\"threat 2\"]}";
    let at = whole.windows(needle.len()).position(|window| window == needle).unwrap();
    for byte in at..at + needle.len() {
        let mut flipped = whole.clone();
        flipped[byte] ^= 1 << (byte % 8);
        assert!(!findings(&path, &flipped).is_empty(), "byte {byte}");
    }
}

#[test]
fn a_bit_flipped_anywhere_is_found_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let whole = bytes();
    fs::write(&path, &whole).unwrap();
    let seen = |store: &Store| (store.dossier(Some(id(100))).ok(), store.head().ok());
    let expected = seen(&Store::open(&path, Open::default()).unwrap());
    let mut harmless = 0;
    for _ in 0..250 {
        let [a, b, c, bit] = docket::clock::chance::<4>();
        // Where something is written: most of a small file is empty pages.
        let at = (0..whole.len()).cycle().skip(usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c));
        let at = at.into_iter().find(|at| whole[*at] != 0).unwrap();
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (bit % 8);
        if findings(&path, &flipped).is_empty() {
            harmless += 1;
            assert_eq!(seen(&Store::open(&path, Open::default()).unwrap()), expected, "byte {at}, bit {}", bit % 8);
        }
    }
    assert!(harmless < 125, "{harmless} of 250 were not noticed");
}

#[test]
fn a_zeroed_page_never_makes_it_fall_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let whole = bytes();
    for page in 1..(whole.len() / 4096).min(24) {
        let mut zeroed = whole.clone();
        zeroed[page * 4096..(page + 1) * 4096].fill(0);
        assert!(!findings(&path, &zeroed).is_empty(), "page {}", page + 1);
    }
}

#[test]
fn an_old_wal_beside_a_new_file_is_never_taken_for_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    let early = fs::read(&path).unwrap();
    fill(&mut store);
    let wal = fs::read(folder.path().join("a.docket-wal")).unwrap();
    let head = store.head().unwrap();
    drop(store);
    // The same record, older: its own journal beside it brings it up to date.
    fs::write(&path, early).unwrap();
    fs::write(folder.path().join("a.docket-wal"), &wal).unwrap();
    let store = Store::open(&path, Open::default()).unwrap();
    assert_eq!((store.head().unwrap(), problems(&store)), (head, vec![]));
    drop(store);
    // Another record under the same name, with the journal of the first: refused or found, never mixed in silence.
    let other = bytes();
    fs::write(&path, &other).unwrap();
    fs::write(folder.path().join("a.docket-wal"), &wal).unwrap();
    match Store::open(&path, Open::default()) {
        Err(fault) => assert!(matches!(fault, Fault::Damaged(_) | Fault::Foreign(_)), "{fault}"),
        Ok(store) => match store.verify(&mut |_| ()) {
            // The whole of the first record came back out of its journal, or the mixture is found.
            Ok(report) => assert!(!report.problems.is_empty() || store.head().unwrap() == head),
            Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
        },
    }
}

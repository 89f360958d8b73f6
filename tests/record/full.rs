//! A disk that takes no more: the command is not saved, and says so; everything else goes on.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use docket::{
    domain::Kind,
    store::{Fault, Open, Store},
};

use crate::seat::{create, event, fill, id, problems, text, try_commit};

/// Commits large entries until the disk refuses, and gives back what was said and how many were saved.
fn until_refused(store: &mut Store) -> (Fault, u32) {
    for n in 0..10_000 {
        let long = text(&"long ".repeat(4000));
        let large =
            event(Kind::Threat, "add", id(1000 + n), &[("description", docket::domain::value::Value::Null, long)]);
        if let Err(fault) = try_commit(store, Some(id(100)), vec![large]) {
            return (fault, n);
        }
    }
    panic!("the disk takes everything");
}

/// The same store writes again when there is room.
fn goes_on(store: &mut Store, saved: u32, make_room: impl FnOnce()) {
    let threats = |store: &Store| store.dossier(Some(id(100))).unwrap().threats.len();
    assert_eq!(threats(store), 3 + saved as usize);
    assert!(problems(store).is_empty());
    make_room();
    let small = event(Kind::Threat, "add", id(5), &[("title", docket::domain::value::Value::Null, text("small"))]);
    try_commit(store, Some(id(100)), vec![small]).unwrap();
    assert_eq!((threats(store), problems(store)), (4 + saved as usize, vec![]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    struct Mounted(PathBuf);
    impl Drop for Mounted {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg("-l").arg(&self.0).output();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=3m", "none"];
    let mounted = Command::new("mount").args(mount).arg(folder.path()).output();
    if !mounted.is_ok_and(|out| out.status.success()) {
        return eprintln!("skipped: this user cannot mount a small disk");
    }
    let _mounted = Mounted(folder.path().into());
    let ballast = folder.path().join("ballast");
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let mut store = Store::open(&folder.path().join("a.docket"), create()).unwrap();
    fill(&mut store);
    let (fault, saved) = until_refused(&mut store);
    assert!(matches!(fault, Fault::DiskFull), "{fault:?}");
    goes_on(&mut store, saved, || std::fs::remove_file(&ballast).unwrap());
}

#[test]
fn a_quota_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "full::under_a_quota", "--nocapture"])
        .env("DOCKET_TEST_QUOTA", folder.path())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

/// Runs in a process of its own, because the limit holds for all of it.
#[test]
fn under_a_quota() {
    let Some(folder) = std::env::var_os("DOCKET_TEST_QUOTA") else { return };
    let limit = |bytes: libc::rlim_t| {
        let limit = libc::rlimit { rlim_cur: bytes, rlim_max: libc::RLIM_INFINITY };
        // SAFETY: both calls only change this process, and `limit` outlives them.
        unsafe {
            libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
            assert_eq!(libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit), 0);
        }
    };
    let mut store = Store::open(&Path::new(&folder).join("a.docket"), create()).unwrap();
    fill(&mut store);
    limit(1_500_000);
    let (fault, saved) = until_refused(&mut store);
    assert!(matches!(fault, Fault::DiskFull | Fault::NotTaken), "{fault:?}");
    goes_on(&mut store, saved, || limit(libc::RLIM_INFINITY));
    drop(store);
    let again = Store::open(&Path::new(&folder).join("a.docket"), Open::default()).unwrap();
    assert!(problems(&again).is_empty());
}

//! `docket verify`, `backup`, `restore` and `rebuild`, and what happens to a file that is not what it should be.

use crate::bench::{Bench, Said};

const GARBAGE: &[u8] = &[0x5a; 8192];

#[test]
fn an_untouched_record_verifies_and_says_its_head() {
    let bench = Bench::seeded();
    let says = bench.on(&["verify"]).ok();
    assert!(says.contains("every chain holds") && bench.head().len() == 64, "{says}");
    // Time that goes by, with nobody looking or with a look, is no damage.
    for now in ["2026-11-22T10:00:00Z", "2027-06-01T10:00:00Z", "2031-01-01T10:00:00Z"] {
        for args in [&["verify"][..], &["list"], &["verify"]] {
            Said::of(bench.command().env("DOCKET_NOW", now).args(["--record", "record.docket"]).args(args)).ok();
        }
    }
}

#[test]
fn what_was_changed_behind_its_back_is_a_one_and_is_named() {
    let changes = [
        ("DROP TRIGGER event_no_update; UPDATE event SET body=replace(body, 'a', 'b') WHERE n=9", "Entry 9 "),
        ("DROP TRIGGER event_no_delete; PRAGMA foreign_keys=OFF; DELETE FROM event WHERE n=9", "Entry 10 "),
        ("UPDATE threat SET title='harmless' WHERE rid=2", "title of threat"),
        ("DELETE FROM signoff WHERE rid=1", "row of sign-off"),
        ("UPDATE system SET name='Other' WHERE rid=1", "name of system"),
        ("UPDATE summary SET clearance='current' WHERE name='Premium Forecast'", "on the board"),
        ("UPDATE summary SET gaps=0 WHERE name='Ticket Router'", "on the board"),
        ("DELETE FROM summary WHERE name='Ticket Router'", "on the board"),
    ];
    for (sql, names) in changes {
        let bench = Bench::seeded();
        bench.tamper(sql);
        let said = bench.on(&["verify"]);
        assert_eq!((said.code, said.err.as_str()), (1, ""), "{sql}: {}", said.out);
        assert!(
            said.out.contains("does not verify") && said.out.to_lowercase().contains(&names.to_lowercase()),
            "{sql}: {}",
            said.out
        );
    }
}

#[test]
fn a_rebuild_puts_a_changed_row_right() {
    let bench = Bench::seeded();
    let (list, head) = (bench.on(&["list"]).ok(), bench.head());
    bench.tamper("UPDATE threat SET title='harmless'; DELETE FROM control; UPDATE summary SET clearance='current'");
    assert_eq!(bench.on(&["verify"]).code, 1);
    let says = bench.on(&["rebuild"]).ok();
    assert!(says.starts_with("Every table was made again from ") && says.ends_with(" entries.\n"), "{says}");
    assert_eq!((bench.on(&["list"]).ok(), bench.head()), (list, head));
}

#[test]
fn garbage_is_a_two_for_everything_and_is_left_as_it_is() {
    for garbage in [GARBAGE, b"", b"x", b"SQLite format 3\0 and then nothing of the kind"] {
        let bench = Bench::empty();
        std::fs::write(bench.record(), garbage).unwrap();
        for args in [&["verify"][..], &["list"], &["show", "a"], &["journal"], &["rebuild"], &["backup", "b.docket"]] {
            bench.on(args).refused(2, "record.docket");
        }
        assert_eq!(std::fs::read(bench.record()).unwrap(), garbage);
        assert!(!bench.at("b.docket").exists());
    }
}

#[test]
fn a_copy_comes_back_as_it_was_and_what_was_there_is_kept() {
    let bench = Bench::seeded();
    let (list, head) = (bench.on(&["list"]).ok(), bench.head());
    let says = bench.on(&["backup", "copy.docket"]).ok();
    assert!(says.starts_with("Copied and checked: copy.docket, ") && says.contains(&head[..16]), "{says}");
    let copied = std::fs::read(bench.at("copy.docket")).unwrap();
    bench.on(&["backup", "copy.docket"]).refused(2, "copy.docket");
    assert_eq!(std::fs::read(bench.at("copy.docket")).unwrap(), copied, "a copy that is there is left alone");

    bench.on(&["import", &crate::bench::fixture("dragon-v1.json"), "--yes"]).ok();
    let later = bench.head();
    assert_ne!(later, head);
    let says = bench.on(&["restore", "copy.docket"]).ok();
    assert!(says.contains("The record is back") && says.contains("aside-1"), "{says}");
    assert_eq!((bench.on(&["list"]).ok(), bench.head()), (list, head));
    let aside = bench.run(&["--record", "record.docket.aside-1", "verify"]).ok();
    assert!(aside.contains(&later), "{aside}");
    bench.on(&["import", &crate::bench::fixture("dragon-v1.json"), "--yes"]).ok();
    bench.on(&["verify"]).ok();
}

#[test]
fn garbage_is_never_put_back() {
    let bench = Bench::seeded();
    let before = bench.digest();
    bench.on(&["backup", "copy.docket"]).ok();
    let mut cut = std::fs::read(bench.at("copy.docket")).unwrap();
    cut.truncate(cut.len() / 2);
    std::fs::write(bench.at("cut.docket"), cut).unwrap();
    std::fs::write(bench.at("garbage"), GARBAGE).unwrap();
    std::fs::write(bench.at("empty"), "").unwrap();
    let other = rusqlite::Connection::open(bench.at("other.db")).unwrap();
    other.execute_batch("CREATE TABLE a(b)").unwrap();
    other.close().unwrap();
    for name in ["garbage", "empty", "cut.docket", "other.db", "missing"] {
        bench.on(&["restore", name]).refused(2, name);
    }
    assert_eq!(bench.on(&["restore"]).code, 2);
    assert_eq!(bench.digest(), before);
    bench.on(&["verify"]).ok();
    assert!(!bench.at("record.docket.aside-1").exists());
}

#[test]
fn where_there_is_no_record_nothing_is_made() {
    let bench = Bench::empty();
    let commands = [
        &["list"][..],
        &["show", "a"],
        &["verify"],
        &["record", "a"],
        &["journal"],
        &["journal", "--out", "j"],
        &["backup", "b"],
        &["rebuild"],
        &["import", "a.csv", "--yes"],
    ];
    for args in commands {
        bench.on(args).refused(2, "There is no record at record.docket.");
        bench.run(args).refused(2, "There is no record at ");
    }
    assert!(bench.there().is_empty(), "{:?}", bench.there());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::empty();
    bench.run(&["--record", "deep/down/a.docket", "demo", "--seed-only"]).ok();
    let mode = |name: &str| std::fs::metadata(bench.at(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("deep/down/a.docket"), mode("deep/down")), (0o600, 0o700));
    bench.run(&["--record", "deep/down/a.docket", "backup", "deep/copies/b.docket"]).ok();
    assert_eq!((mode("deep/copies/b.docket"), mode("deep/copies")), (0o600, 0o700));
    bench.run(&["--record", "back/c.docket", "restore", "deep/copies/b.docket"]).ok();
    assert_eq!((mode("back/c.docket"), mode("back")), (0o600, 0o700));
}

//! Somebody with a database tool: everything they change behind docket's back is found and named.

use docket::{
    domain::{Id, Kind, value::Value::Null},
    store::{Open, Store},
};
use rusqlite::Connection;

use crate::seat::{add, commit, create, event, fill, id, problems, stamp, summarise, text};

/// A filled record, something done to it by hand, and what a full check then says.
fn after(sql: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    fill(&mut store);
    let content = docket::domain::decision::fingerprint("What was signed");
    let mut signed = event(Kind::Signoff, "sign", id(50), &[("content", Null, text(&content.0))]);
    signed.attach = Some("What was signed".into());
    commit(&mut store, Some(id(100)), vec![signed]);
    store.close().unwrap();
    let tool = Connection::open(&path).unwrap();
    tool.execute_batch("DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; PRAGMA foreign_keys=OFF").unwrap();
    tool.execute_batch(sql).unwrap();
    drop(tool);
    problems(&Store::open(&path, Open::default()).unwrap())
}

fn says(sql: &str, words: &[&str]) {
    let found = after(sql).join("\n");
    for word in words {
        assert!(found.contains(word), "{sql}: {found:?} does not say {word}");
    }
}

#[test]
fn nothing_is_found_where_nothing_was_done() {
    assert_eq!(after("SELECT 1"), Vec::<String>::new());
}

#[test]
fn a_changed_row_is_named_with_its_field() {
    says("UPDATE threat SET title='harmless' WHERE rid=2", &["title of threat", &id(2).to_string()]);
    says("DELETE FROM threat WHERE rid=1", &["row of threat", &id(1).to_string()]);
    says("INSERT INTO threat(id, last_n) VALUES(randomblob(16), 9)", &["row of threat"]);
    says("UPDATE threat SET archived=1 WHERE rid=1", &["archived of threat"]);
    says("UPDATE threat SET system=NULL WHERE rid=1", &["system of threat"]);
    says("UPDATE threat SET rid=99 WHERE rid=1", &["place of threat", &id(1).to_string()]);
    says("UPDATE event SET dev=7 WHERE n>5", &["device that this record does not know"]);
    says("UPDATE meta SET value=randomblob(16) WHERE key='space'", &["another record"]);
    says("DELETE FROM touch WHERE n=4", &["history"]);
    says("UPDATE touch SET system=x'' WHERE n=4", &["history"]);
}

/// What the check of the board says after something was done to it by hand.
fn wrong_lines_after(sql: &str) -> Vec<Id> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let mut store = Store::open(&path, create()).unwrap();
    fill(&mut store);
    commit(&mut store, Some(id(101)), vec![add(Kind::System, id(101), "Gone")]);
    commit(&mut store, Some(id(101)), vec![event(Kind::System, "archive", id(101), &[("archived", Null, 1.into())])]);
    store.close().unwrap();
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    Store::open(&path, Open::default()).unwrap().wrong_lines(stamp().today, &summarise).unwrap()
}

#[test]
fn a_line_of_the_board_that_was_changed_or_deleted_is_found() {
    assert_eq!(wrong_lines_after("SELECT 1"), [], "a system that was withdrawn has none");
    for sql in [
        "UPDATE summary SET threats=0",
        "DELETE FROM next_step WHERE pos=1",
        "UPDATE next_step SET what='nothing'",
        "DELETE FROM summary",
        "DELETE FROM summary; DELETE FROM next_step",
        "UPDATE summary SET good_until='' ; DELETE FROM summary",
    ] {
        assert_eq!(wrong_lines_after(sql), [id(100)], "{sql}");
    }
    assert_eq!(wrong_lines_after("INSERT INTO summary(system, name) VALUES(zeroblob(16), 'x')"), [Id([0; 16])]);
}

#[test]
fn a_changed_entry_is_named() {
    says("UPDATE event SET body=replace(body, 'threat 2', 'nothing') WHERE n=6", &["Entry 6 "]);
    for column in [
        "at=at+1",
        "cmd=1",
        "hlc=hlc+1",
        "role='dpo'",
        "kind='threat.sign'",
        "v=2",
        "salt=randomblob(16)",
        "actor=randomblob(16)",
        "entity=randomblob(16)",
        "hash=randomblob(32)",
    ] {
        says(&format!("UPDATE event SET {column} WHERE n=5"), &["Entry "]);
    }
}

#[test]
fn missing_and_moved_entries_are_found() {
    says("DELETE FROM event WHERE n=5", &["entry 5 should come next"]);
    says("DELETE FROM event WHERE n>6", &["The last 2 entries", "ends at 6"]);
    says("DELETE FROM event WHERE n>6; UPDATE device SET head_seq=6", &["head"]);
    says(
        "UPDATE event SET n=-5 WHERE n=5; UPDATE event SET n=5 WHERE n=6; UPDATE event SET n=6 WHERE n=-5",
        &["entry 5 should come next, but entry 6 does"],
    );
    says(
        "UPDATE event SET seq=99 WHERE n=5; UPDATE event SET seq=5 WHERE n=6; UPDATE event SET seq=6 WHERE n=5",
        &["entry 5 should come next, but entry 6 does"],
    );
}

#[test]
fn a_changed_attachment_is_found() {
    says("UPDATE blob SET bytes=CAST('What was not signed' AS BLOB)", &["attached text", "changed"]);
    says("DELETE FROM blob", &["attached to entry 8 (sign-off, sign)", "missing"]);
}

#[test]
fn the_log_refuses_to_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    fill(&mut Store::open(&path, create()).unwrap());
    let tool = Connection::open(&path).unwrap();
    for sql in [
        "DELETE FROM event WHERE n=1",
        "UPDATE event SET role='dpo'",
        "UPDATE event SET body=NULL, salt=NULL",
        "UPDATE event SET body='{}'",
    ] {
        let refused = tool.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    // The one change that the law can ask for keeps the chain whole.
    tool.execute("UPDATE event SET body=NULL, salt=NULL, redacted=?1 WHERE n=5", [digest_of(&tool, 5)]).unwrap();
    let store = Store::open(&path, Open::default()).unwrap();
    assert!(!problems(&store).iter().any(|problem| problem.contains("Entry")), "{:?}", problems(&store));
}

fn digest_of(tool: &Connection, n: i64) -> [u8; 32] {
    let sql = "SELECT salt, CAST(body AS BLOB) FROM event WHERE n=?1";
    let (salt, body): (Vec<u8>, Vec<u8>) = tool.query_row(sql, [n], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    docket::domain::journal::digest(&[salt, body].concat())
}

#[test]
fn fields_of_a_newer_program_survive_a_rebuild() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    let strange = [
        ("from_the_future", docket::domain::value::Value::Null, text("kept")),
        ("likelihood", docket::domain::value::Value::Null, text("very")),
    ];
    commit(&mut store, Some(id(100)), vec![event(Kind::Threat, "edit", id(1), &strange)]);
    let copy = tempfile::tempdir().unwrap();
    let extra = |store: &Store, name: &str| -> Option<String> {
        let path = copy.path().join(name);
        store.backup(&path).unwrap();
        let sql = "SELECT extra FROM threat WHERE id=?1";
        Connection::open(&path).unwrap().query_row(sql, [id(1).0.as_slice()], |row| row.get(0)).unwrap()
    };
    let before = extra(&store, "before");
    assert_eq!(before.as_deref(), Some("{\"from_the_future\":\"kept\",\"likelihood\":\"very\"}"));
    store.rebuild().unwrap();
    assert_eq!(extra(&store, "after"), before);
    commit(
        &mut store,
        Some(id(100)),
        vec![event(Kind::Threat, "edit", id(1), &[("likelihood", text("very"), 3.into())])],
    );
    assert_eq!(extra(&store, "known").as_deref(), Some("{\"from_the_future\":\"kept\"}"));
    commit(&mut store, Some(id(100)), vec![add(Kind::Threat, id(9), "nine")]);
    assert_eq!(problems(&store), Vec::<String>::new());
}

//! A forger with a database tool and all the time in the world: whatever they do to a sign-off is found, and named by its
//! entry, its kind and its system. What a check of the file alone cannot find is here too, so that nobody promises it.

use std::path::Path;

use docket::{
    domain::{
        Dossier, Event, Id, Kind,
        decision::{SignoffState, fingerprint, signoff_state, snapshot},
        fields::{Moment, Vocabulary},
        id::hex,
        journal::{Body, Content, Envelope},
        people::Role,
        value::Value::{self, Null},
    },
    store::{Open, Store},
};
use rusqlite::{Connection, params};

use crate::seat::{ADA, BEN, add, commit, create, event, fill, id, problems, rename, text};

const CHAT: Id = Id([0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0, 0, 0, 100]);

/// What a sign-off of the security team by `person` says, for exactly what is there.
fn signed(dossier: &Dossier, signoff: Id, person: Id) -> Event {
    let content = snapshot(dossier, Role::Security);
    let set = [
        ("review", Null, text(&id(7).to_string())),
        ("role", Null, text(Role::Security.code())),
        ("person", Null, text(&person.to_string())),
        ("content", Null, text(&fingerprint(&content).0)),
    ];
    Event { attach: Some(content.into()), ..event(Kind::Signoff, "sign", signoff, &set) }
}

/// Ada holds security, signs what is there (entry 11), and somebody changes a threat afterwards (entry 12).
fn record(path: &Path) {
    let mut store = Store::open(path, create()).unwrap();
    fill(&mut store);
    let holds = [("person", Null, text(&ADA.to_string())), ("role", Null, text("security"))];
    commit(&mut store, None, vec![event(Kind::Assignment, "assign", id(60), &holds)]);
    let review = event(Kind::Review, "open", id(7), &[("number", Null, 1.into())]);
    let mut file = add(Kind::Evidence, id(8), "A log");
    file.verb = "attach".into();
    file.attach = Some("the log itself".into());
    commit(&mut store, Some(CHAT), vec![review, file]);
    let dossier = store.dossier(Some(CHAT)).unwrap();
    commit(&mut store, Some(CHAT), vec![signed(&dossier, id(50), ADA)]);
    commit(&mut store, Some(CHAT), vec![rename(Kind::Threat, id(2), "threat 2", "threat two")]);
    assert_eq!(state(&store), SignoffState::Voided);
    assert_eq!(problems(&store), Vec::<String>::new());
    store.close().unwrap();
}

fn state(store: &Store) -> SignoffState {
    let dossier = store.dossier(Some(CHAT)).unwrap();
    signoff_state(&dossier, &dossier.signoffs[0])
}

fn tool(path: &Path) -> Connection {
    let tool = Connection::open(path).unwrap();
    tool.execute_batch("DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; PRAGMA foreign_keys=OFF").unwrap();
    tool
}

/// A record, something done to it, and what a full check then says.
fn after(forge: impl FnOnce(&Connection)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    record(&path);
    forge(&tool(&path));
    problems(&Store::open(&path, Open::default()).unwrap())
}

fn says(what: &str, found: &[String], words: &[&str]) {
    let one = found.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(one, "{what}: {found:#?} has no line with {words:?}");
}

#[test]
fn every_way_of_tampering_is_found_and_named() {
    let content = "(SELECT content FROM signoff)";
    for (what, sql, words) in [
        ("a row of a projection", "UPDATE threat SET likelihood=1 WHERE title='threat 3'".to_owned(), ["likelihood of threat", "entry 7 (threat, add)", "\"Chat\""]),
        ("a journal text", "UPDATE event SET body=replace(body, 'threat 3', 'nothing') WHERE n=7".to_owned(), ["Entry 7 of device", "entry 7 (threat, add)", "\"Chat\""]),
        ("a journal text that is no JSON any more", "UPDATE event SET body='{' WHERE n=7".to_owned(), ["Entry 7 of device", "entry 7 (threat, add)", ""]),
        ("the tail", "DELETE FROM event WHERE n=12".to_owned(), ["The last 1 entries", "ends at 11", ""]),
        ("the tail with the head", "DELETE FROM event WHERE n=12; UPDATE device SET head_seq=11, head_hash=(SELECT hash FROM event WHERE n=11)".to_owned(), ["title of threat", "entry 6 (threat, add)", "\"Chat\""]),
        ("two entries swapped", "UPDATE event SET n=-5 WHERE n=6; UPDATE event SET n=6 WHERE n=7; UPDATE event SET n=7 WHERE n=-5".to_owned(), ["entry 6 should come next, but entry 7 does", "entry 7 (threat, add)", "\"Chat\""]),
        ("the journal of a sign-off", "UPDATE event SET actor=randomblob(16) WHERE n=11".to_owned(), ["Entry 11 of device", "entry 11 (sign-off, sign)", "\"Chat\""]),
        ("the row of a sign-off alone", "INSERT INTO signoff(id, system, role, last_n) SELECT randomblob(16), system, 'dpo', 12 FROM signoff".to_owned(), ["row of sign-off", "no entry made it", ""]),
        ("an attached file", "UPDATE blob SET bytes=CAST('another log' AS BLOB) WHERE bytes=CAST('the log itself' AS BLOB)".to_owned(), ["was changed", "entry 10 (evidence, attach)", "\"Chat\""]),
        ("the text that was signed", format!("UPDATE blob SET bytes=CAST('docket-snapshot-v1' AS BLOB) WHERE sha256=unhex({content})"), ["was changed", "entry 11 (sign-off, sign)", "\"Chat\""]),
        ("the text that was signed, gone", format!("DELETE FROM blob WHERE sha256=unhex({content})"), ["missing", "entry 11 (sign-off, sign)", "\"Chat\""]),
    ] {
        says(what, &after(|tool| tool.execute_batch(&sql).unwrap()), &words);
    }
}

/// A sign-off becomes valid again when the digest in its row is that of what is there now.
#[test]
fn clearing_a_void_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    record(&path);
    let now = snapshot(&Store::open(&path, Open::default()).unwrap().dossier(Some(CHAT)).unwrap(), Role::Security);
    let digest = fingerprint(&now).0;
    let forge = tool(&path);
    forge.execute("UPDATE signoff SET content=?1", [&digest]).unwrap();
    // With the text beside it, so that nothing is missing.
    forge
        .execute(
            "INSERT INTO blob(sha256, mime, bytes) VALUES(unhex(?1), 'text/plain', ?2)",
            params![digest, now.as_bytes()],
        )
        .unwrap();
    let cleared = |store: &Store| assert_eq!(state(store), SignoffState::Valid, "it looks valid");
    let store = Store::open(&path, Open::default()).unwrap();
    cleared(&store);
    says("the row", &problems(&store), &["content of sign-off", "entry 11 (sign-off, sign)", "\"Chat\""]);
    // The entry as well, so that row and journal agree.
    let old: String = forge.query_row("SELECT body->>'$.attach' FROM event WHERE n=11", [], |row| row.get(0)).unwrap();
    forge.execute("UPDATE event SET body=replace(body, ?1, ?2) WHERE n=11", [&old, &digest]).unwrap();
    let store = Store::open(&path, Open::default()).unwrap();
    cleared(&store);
    says("the entry", &problems(&store), &["Entry 11 of device", "entry 11 (sign-off, sign)", "\"Chat\""]);
}

/// Appends an entry whose hash is right, notes the head, and replays the rows: nothing of it can be seen in the chain.
fn append(path: &Path, forged: &Event, by: Id) {
    let forge = tool(path);
    let (dev, device, seq, prev, hlc): (i64, [u8; 16], i64, [u8; 32], i64) = forge
        .query_row("SELECT dev, id, head_seq, head_hash, head_hlc FROM device", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .unwrap();
    let kept = forged.attach.clone().unwrap().bytes;
    let sum = docket::domain::journal::digest(&kept);
    forge.execute("INSERT OR IGNORE INTO blob VALUES(?1, 'text/plain', ?2)", params![sum, kept]).unwrap();
    let body = Body {
        name: "Ada".into(),
        set: forged.set.clone(),
        system: Some(CHAT),
        attach: Some(hex(&sum)),
        ..Body::default()
    };
    let envelope = Envelope {
        device: Id(device),
        seq: seq + 1,
        cmd: seq + 1,
        hlc: hlc + 1,
        at: Moment(1_700_000_000_000),
        actor: by,
        role: "security".into(),
        kind: forged.kind(),
        version: 1,
        entity: forged.entity,
    };
    let (salt, json) = ([7; 16], body.to_json());
    let hash = envelope.seal(&prev, &Content::Kept { salt, body: json.clone() });
    let e = &envelope;
    let values = params![dev, e.seq, e.cmd, e.hlc, e.at.0, e.actor.0, e.role, e.kind, 1, e.entity.0, json, salt, hash];
    let sql = "INSERT INTO event(dev, seq, cmd, hlc, at, actor, role, kind, v, entity, body, salt, hash)
               VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    forge.execute(sql, values).unwrap();
    forge.execute("UPDATE device SET head_seq=?1, head_hash=?2, head_hlc=?3", params![e.seq, hash, e.hlc]).unwrap();
    drop(forge);
    Store::open(path, Open::default()).unwrap().rebuild().unwrap();
}

fn forged(make: impl FnOnce(&Dossier) -> (Event, Id)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    record(&path);
    let (event, by) = make(&Store::open(&path, Open::default()).unwrap().dossier(Some(CHAT)).unwrap());
    append(&path, &event, by);
    problems(&Store::open(&path, Open::default()).unwrap())
}

fn with(mut event: Event, field: &str, value: &Value) -> Event {
    event.set.iter_mut().filter(|change| change.field == field).for_each(|change| change.new = value.clone());
    event
}

#[test]
fn a_forged_sign_off_with_right_hashes_has_to_be_true_as_well() {
    let name = "The entry 13 (sign-off, sign) in \"Chat\"";
    let not_held = forged(|dossier| (signed(dossier, id(51), BEN), BEN));
    says("a role that was never held", &not_held, &[name, "did not hold the role Security team"]);
    let for_another = forged(|dossier| (signed(dossier, id(51), ADA), BEN));
    says("in the name of another", &for_another, &[name, "by somebody else"]);
    let of_nothing = forged(|dossier| (with(signed(dossier, id(51), ADA), "content", &text(&"ab".repeat(32))), ADA));
    says("a digest of nothing", &of_nothing, &[name, "does not name the text"]);
    let untrue = forged(|dossier| {
        let text_of = snapshot(dossier, Role::Security).replace("threat two", "no threat");
        let forged = with(signed(dossier, id(51), ADA), "content", &text(&fingerprint(&text_of).0));
        (Event { attach: Some(text_of.into()), ..forged }, ADA)
    });
    says("a text that was not so", &untrue, &[name, "was not so when it was given", "no threat"]);
    let other_hat = forged(|dossier| (with(signed(dossier, id(51), ADA), "role", &text("dpo")), ADA));
    says("another role", &other_hat, &[name, "another role"]);
}

/// Said in the README as well: whoever owns the file can write a chain that is right in itself. A head that was printed, a
/// signature, or the mark on the machine of somebody else is what tells.
#[test]
fn what_no_check_of_the_file_alone_can_find() {
    let found = forged(|dossier| (signed(dossier, id(51), ADA), ADA));
    assert_eq!(found, Vec::<String>::new(), "a true entry with right hashes");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    record(&path);
    let cut = tool(&path);
    cut.execute_batch(
        "DELETE FROM event WHERE n=12; UPDATE device SET head_seq=11, head_hash=(SELECT hash FROM event WHERE n=11)",
    )
    .unwrap();
    drop(cut);
    let mut store = Store::open(&path, Open::default()).unwrap();
    store.rebuild().unwrap();
    assert_eq!(problems(&store), Vec::<String>::new(), "a cut tail, the head and the rows made to fit");
}

/// A cut tail is noticed where the file was used: the mark outside of it knows how far it was.
#[test]
fn the_mark_outside_the_file_knows_of_a_cut_tail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docket");
    let here = || Open { state_dir: Some(folder.path().join("state")), ..create() };
    fill(&mut Store::open(&path, here()).unwrap());
    let cut = tool(&path);
    cut.execute_batch(
        "DELETE FROM event WHERE n=7; UPDATE device SET head_seq=6, head_hash=(SELECT hash FROM event WHERE n=6)",
    )
    .unwrap();
    drop(cut);
    let fault = Store::open(&path, here()).unwrap_err().to_string();
    assert!(fault.contains("older") && fault.contains('7') && fault.contains('6'), "{fault}");
}

//! The register over all systems, beside what the database itself takes for the same rows.

use divan::{Bencher, black_box};
use docket::{
    desk::Desk,
    domain::{
        Kind,
        command::Command,
        page::{By, Query},
        people::Role,
        value::Value,
    },
};
use rusqlite::{Connection, OpenFlags};

use crate::record::{large, one, open};

/// As many rows as a screen of 36 lines reads.
const ROWS: usize = 56;

/// One threat, one in seven, none, and a system.
const WORDS: [&str; 4] = ["(4321)", "vendor", "zebra", "drafts 77"];

const ORDERS: [&str; 6] = ["tier", "title", "score", "due", "system", "treatment"];

fn raw() -> Connection {
    Connection::open_with_flags(large(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// Reads every row that a query answers.
fn all(conn: &Connection, sql: &str) -> usize {
    let mut query = conn.prepare_cached(sql).unwrap();
    let mut rows = query.query([]).unwrap();
    let mut count = 0;
    while let Some(row) = rows.next().unwrap() {
        black_box(row.get_ref(0).unwrap());
        count += 1;
    }
    count
}

fn filter(word: &str) -> Query {
    Query { filter: word.to_owned(), ..Query::default() }
}

/// From the first slice to the last; the rows are there long before.
fn to_the_end(desk: &Desk, query: Query) -> usize {
    let mut found = desk.look(query, ROWS).unwrap();
    while desk.looking() {
        found = desk.look_on().unwrap();
    }
    found.matches
}

#[divan::bench(sample_count = 50)]
fn first_page(bencher: Bencher) {
    let desk = open(large());
    bencher.bench_local(|| assert_eq!(desk.look(Query::default(), ROWS).unwrap().rows.unwrap().rows.len(), ROWS));
}

/// The same rows by their number, as the least that any program does.
#[divan::bench(sample_count = 50)]
fn first_page_raw(bencher: Bencher) {
    let conn = raw();
    let sql = "SELECT number, title, component, likelihood, impact, treatment, status FROM threat LIMIT 56";
    bencher.bench_local(|| all(&conn, sql));
}

/// What a key waits for when it is typed.
#[divan::bench(args = WORDS, sample_count = 30)]
fn filter_key(bencher: Bencher, word: &str) {
    let desk = open(large());
    bencher.bench_local(|| desk.look(filter(word), ROWS).unwrap());
}

/// What another key waits for at most while the filter goes on.
#[divan::bench(args = WORDS, sample_count = 30)]
fn filter_slice(bencher: Bencher, word: &str) {
    let desk = open(large());
    bencher.with_inputs(|| desk.look(filter(word), ROWS).unwrap()).bench_local_values(|_| desk.look_on().unwrap());
}

#[divan::bench(args = WORDS, sample_count = 5, sample_size = 1)]
fn filter_to_the_end(bencher: Bencher, word: &str) {
    let desk = open(large());
    desk.look(filter("unseen"), ROWS).unwrap();
    bencher.bench_local(|| to_the_end(&desk, filter(word)));
}

#[divan::bench(args = WORDS, sample_count = 5, sample_size = 1)]
fn filter_to_the_end_raw(bencher: Bencher, word: &str) {
    let conn = raw();
    let sql = format!("SELECT rid FROM threat WHERE archived=0 AND title LIKE '%{word}%'");
    bencher.bench_local(|| all(&conn, &sql));
}

#[divan::bench(args = ORDERS, sample_count = 20)]
fn change_of_order(bencher: Bencher, by: &str) {
    let at = ORDERS.iter().position(|known| *known == by).unwrap();
    let by = [By::Tier, By::Title, By::Score, By::Due, By::System, By::Treatment][at];
    let desk = open(large());
    bencher.bench_local(|| desk.look(Query { by, ..Query::default() }, ROWS).unwrap());
}

#[divan::bench(sample_count = 20)]
fn change_of_order_raw(bencher: Bencher) {
    let conn = raw();
    let sql = "SELECT rid, title FROM threat WHERE archived=0 ORDER BY ifnull(title,'') COLLATE NOCASE, rid LIMIT 56";
    bencher.bench_local(|| all(&conn, sql));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn the_last_page(bencher: Bencher) {
    let desk = open(large());
    to_the_end(&desk, Query::default());
    bencher.bench_local(|| desk.last_part(ROWS).unwrap());
}

/// What the orders cost whoever enters a threat: with their indexes, and without.
#[divan::bench(args = [true, false], sample_count = 200, sample_size = 1)]
fn enter_a_threat(bencher: Bencher, indexed: bool) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, id) = one(folder.path(), 200);
    if !indexed {
        let conn = Connection::open(&desk.paths.record).unwrap();
        for name in
            ["threat_title", "threat_score", "threat_due", "threat_treatment", "threat_unscored", "threat_words"]
        {
            conn.execute_batch(&format!("DROP INDEX {name}")).unwrap();
        }
        conn.execute_batch("DROP INDEX summary_tier; DROP INDEX summary_name").unwrap();
    }
    let (mut desk, mut n) = (desk, 0);
    bencher.bench_local(move || {
        n += 1;
        let set = vec![("title".to_owned(), Value::Text(format!("threat number {n}")))];
        let add = Command::Add { kind: Kind::Threat, set, to: None };
        desk.execute(Some(id), Role::Security, &add).unwrap()
    });
}

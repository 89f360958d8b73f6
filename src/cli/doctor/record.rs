//! The record itself: its file, its journal, its last backup.

use super::Found;
use crate::{
    clock,
    desk::Paths,
    domain::fields::{Day, Moment},
    store::{Open, Store, last_backup, sqlite_version},
};

/// A backup that is older than this is worth a word.
const OLD: i64 = 14;

pub(super) fn look(paths: &Paths) -> Vec<Found> {
    let sqlite = Found::ok("sqlite", format!("SQLite {} is compiled in.", sqlite_version()));
    if !paths.record.exists() {
        return vec![sqlite];
    }
    let how = Open { read_only: true, ..Open::default() };
    match Store::open(&paths.record, how) {
        Ok(store) => {
            let mut found = vec![sqlite, journal(&store)];
            found.extend(ahead(&store));
            found.push(backup(paths));
            let _ = store.close();
            found
        }
        Err(fault) => {
            vec![sqlite, Found::problem("journal", fault.to_string(), "docket restore puts a checked copy back.")]
        }
    }
}

fn journal(store: &Store) -> Found {
    match store.examine() {
        Ok(report) if report.problems.is_empty() => {
            let says =
                format!("The file is whole, and {} entries of the journal hold in their chains.", report.checked);
            Found::ok("journal", says)
        }
        Ok(report) => Found::problem(
            "journal",
            report.problems.join(" "),
            "docket verify says more; docket restore puts a checked copy back.",
        ),
        Err(error) => Found::problem("journal", error.to_string(), "docket verify says more."),
    }
}

/// Whether something in the record happened later than it is now.
fn ahead(store: &Store) -> Option<Found> {
    let latest = store.latest().ok().flatten()?;
    // Clocks of two machines differ a little.
    (latest.0 > clock::now().0 + 5 * 60 * 1000).then(|| {
        Found::problem(
            "time",
            format!("The last entry of the record is of {}, which is still to come here.", day(latest)),
            "Set the clock of this machine before you sign anything.",
        )
    })
}

fn day(moment: Moment) -> String {
    chrono::DateTime::from_timestamp_millis(moment.0)
        .map_or_else(|| "another time".to_owned(), |at| Day(at.date_naive()).to_string())
}

fn backup(paths: &Paths) -> Found {
    let help = "docket backup FILE makes a checked copy; keep it on another drive.";
    let Some(last) = paths.state.as_deref().and_then(|state| last_backup(&paths.record, state)) else {
        return Found::note("backup", "No backup of this record was made on this machine.", help);
    };
    let age = (clock::now().0 - last.at.0) / (24 * 60 * 60 * 1000);
    let name = last.path.display();
    let says = format!("The last backup is of {}, {name}.", day(last.at));
    match (last.path.exists(), age > OLD) {
        (false, _) => Found::note("backup", format!("{says} It is not there now."), help),
        (true, true) => Found::note("backup", says, help),
        (true, false) => Found::ok("backup", says),
    }
}

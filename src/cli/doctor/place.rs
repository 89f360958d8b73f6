//! Where the record lies: folder, permissions, drive, room, who else has it open.

use std::path::PathBuf;

use super::Found;
use crate::{
    config::{Config, Setting},
    desk::Paths,
    store::Place,
};

/// Less than this is soon gone.
const LITTLE: u64 = 200 << 20;

/// Where the record is, as the command line and the settings say.
pub(super) fn paths(config: &Config, named: Option<PathBuf>) -> Option<Paths> {
    Paths::find(named.or_else(|| config.file(Setting::Record))).ok()
}

pub(super) fn look(config: &Config, paths: Option<&Paths>) -> Vec<Found> {
    let Some(paths) = paths else {
        return vec![Found::problem(
            "record",
            "There is no home folder to keep a record in.",
            "Name a file with --record.",
        )];
    };
    let mut found = Vec::new();
    let place = Place::of(&paths.record);
    found.extend(settings(config));
    found.push(folder(paths, &place));
    if let Some(kind) = place.untrusted_drive() {
        found.push(Found::problem(
            "drive",
            format!("The record is on a drive of the kind {kind}, on which locks cannot be trusted."),
            "Keep the record on a local drive, and share it as a copy (docket backup).",
        ));
    } else {
        found.push(Found::ok("drive", "No network drive was recognised."));
    }
    found.extend(room(&place));
    if let Some(state) = &paths.state
        && !Place::of(&state.join("marks")).can_be_written()
    {
        found.push(Found::note(
            "state",
            format!("{} cannot be written: docket cannot notice a record that was set back.", state.display()),
            "Give yourself the right to write there.",
        ));
    }
    found
}

/// A file of settings that others may change is a way to make docket run their programs.
#[cfg(unix)]
fn settings(config: &Config) -> Option<Found> {
    use std::os::unix::fs::PermissionsExt;
    let path = config.path.as_ref().filter(|_| config.there)?;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o022 != 0).then(|| {
        Found::problem(
            "permissions",
            format!("Others on this machine may change {}, which names programs that docket runs.", path.display()),
            format!("chmod go-w {}", path.display()),
        )
    })
}

#[cfg(not(unix))]
fn settings(_config: &Config) -> Option<Found> {
    None
}

fn folder(paths: &Paths, place: &Place) -> Found {
    let name = paths.record.display();
    let Some(bytes) = place.bytes() else {
        return if place.can_be_written() {
            Found::ok("record", format!("There is no record at {name} yet; it can be made."))
        } else {
            Found::problem(
                "record",
                format!("There is no record at {name}, and none can be made there."),
                "Name another file with --record.",
            )
        };
    };
    let size = format!("The record is {name}, {}", spoken(bytes));
    match (place.can_be_written(), place.open_to_others(), place.holder()) {
        (false, ..) => Found::note(
            "record",
            format!("{size}; its folder cannot be written, so it is read only."),
            "Give yourself the right to write in its folder.",
        ),
        (_, Some(true), _) => {
            Found::note("record", format!("{size}; others on this machine may read it."), format!("chmod 600 {name}"))
        }
        (_, _, Some(who)) => Found::ok("record", format!("{size}; {who} has it open.")),
        _ => Found::ok("record", format!("{size}; only you may read it.")),
    }
}

fn room(place: &Place) -> Option<Found> {
    let (free, needed) = (place.free()?, place.bytes().unwrap_or(0).saturating_mul(2).saturating_add(LITTLE));
    let says = format!("{} are free on its drive.", spoken(free));
    Some(match free {
        free if free < LITTLE / 10 => Found::problem("room", says, "Make room: nothing can be saved on a full drive."),
        free if free < needed => Found::note("room", says, "Make room: a backup needs as much as the record."),
        _ => Found::ok("room", says),
    })
}

/// A number of bytes for people.
fn spoken(bytes: u64) -> String {
    match bytes {
        0..=1_048_575 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        1_048_576..=1_073_741_823 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

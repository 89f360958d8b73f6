//! The programs of others that docket calls, and the clock.

use std::path::{Path, PathBuf};

use super::{Found, program_of};
use crate::{
    clock,
    config::{Config, Setting},
    desk::keygen,
};

pub(super) fn look(config: &Config) -> Vec<Found> {
    let editor = program_of(config, Setting::Editor, if cfg!(windows) { "notepad" } else { "vi" });
    let pager = program_of(config, Setting::Pager, if cfg!(windows) { "more" } else { "less" });
    let mut found = vec![needed("editor", &editor, "EDITOR, or editor in the settings,")];
    found.push(if pager.trim().is_empty() {
        Found::ok("pager", "Long answers are shown as they are.")
    } else {
        // Without one an answer is still shown.
        softened(needed("pager", &pager, "PAGER, or pager in the settings,"))
    });
    found.push(softened(needed("ssh-keygen", keygen::PROGRAM, "PATH")));
    found.push(time());
    found
}

/// What is of use and not needed is no problem where it is missing.
fn softened(found: Found) -> Found {
    match found.state {
        super::State::Problem => Found { state: super::State::Note, ..found },
        super::State::Ok | super::State::Note => found,
    }
}

/// Whether a program is there that a command begins with.
pub(super) fn needed(name: &'static str, command: &str, by: &str) -> Found {
    let program = command.split_whitespace().next().unwrap_or_default();
    match find(program) {
        Some(path) => Found::ok(name, format!("{program} is {}.", path.display())),
        None => Found::problem(
            name,
            format!("There is no program \"{program}\" on the path."),
            format!("Install it, or say another in {by}.").replace(",.", "."),
        ),
    }
}

/// The file of a program: a path, or a name that is looked for along PATH.
fn find(program: &str) -> Option<PathBuf> {
    if program.is_empty() {
        return None;
    }
    let runs = |path: &Path| is_program(path).then(|| path.to_path_buf());
    if program.contains(std::path::MAIN_SEPARATOR) {
        return runs(Path::new(program));
    }
    let endings: &[&str] = if cfg!(windows) { &["", ".exe", ".cmd", ".bat"] } else { &[""] };
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{program}{ending}"))))
        .find_map(|path| runs(&path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// A clock that was never set makes every date in the record wrong.
fn time() -> Found {
    let (now, zone) = (clock::today(), clock::zone());
    let says = format!("Today is {now} here, in the time zone {zone}.");
    if now.to_string().as_str() < "2026-01-01" {
        return Found::problem(
            "clock",
            says,
            "Set the clock of this machine: every signature and every date goes by it.",
        );
    }
    Found::ok("clock", says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_is_found_along_the_path_and_a_folder_is_none() {
        assert!(find("sh").is_some() && find("/bin/sh").is_some());
        assert_eq!(find("no-such-program-here"), None);
        assert_eq!(find("/tmp"), None);
        assert_eq!(find(""), None);
        assert_eq!(needed("editor", "sh -c x", "EDITOR").state, super::super::State::Ok);
    }
}

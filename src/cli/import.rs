//! `docket import`: the receipt first, then a question, then all or nothing.

use std::io::{self, BufRead, IsTerminal, Write};

use super::{Outcome, args::Import, clean, open::Opening, print};
use crate::{
    desk::{Desk, Trouble, carry::is_carried},
    domain::{Id, people::Role, rules::Merged},
};

pub(super) fn import(open: &Opening, role: Option<Role>, args: &Import) -> Outcome {
    if is_carried(&args.file) {
        return super::bundle::import(open, role, args);
    }
    let mut desk = match open.desk() {
        // A dry run needs no record; where there is one, the receipt says what the file would come to in it.
        Err(_) if args.dry_run => Desk::in_memory()?,
        desk => desk?,
    };
    let into = match &args.into {
        Some(name) if desk.has_record() => Some(desk.find(name)?),
        _ => None,
    };
    let shows = io::stderr().is_terminal();
    let mut said = 0;
    let mut receipt = desk.read_file(&args.file, &mut |done, of| {
        if shows && done >= said + 200 {
            said = done;
            let of = of.map_or_else(String::new, |of| format!(" of about {of}"));
            let _ = write!(io::stderr(), "\rreading row {done}{of} ");
        }
        true
    })?;
    if shows && said > 0 {
        let _ = write!(io::stderr(), "\r{:40}\r", "");
    }
    let (into, hat) = target(&desk, into, role)?;
    receipt.merged = desk.compare_read(into, hat)?;
    if args.json {
        print(&serde_json::to_string_pretty(&receipt.to_json()).unwrap_or_default())?;
    } else {
        print(&clean(&receipt.lines().join("\n")))?;
    }
    if args.dry_run {
        desk.close()?;
        return Ok(0);
    }
    if !args.yes && !agreed()? {
        desk.close()?;
        return Err(Trouble::Usage("Nothing was taken in. Say --yes to take it in without a question.".into()));
    }
    let taken = desk.take_in(into, hat, &mut |done| {
        if shows && done % 50 == 0 {
            let _ = write!(io::stderr(), "\rtaking in system {done} ");
        }
        true
    })?;
    if shows {
        let _ = write!(io::stderr(), "\r{:40}\r", "");
    }
    desk.close()?;
    if !args.json {
        print(&told(taken.unchanged, receipt.merged))?;
    }
    Ok(0)
}

/// What taking in came to, in a sentence.
fn told(unchanged: bool, merged: Option<Merged>) -> String {
    match merged.filter(Merged::is_again) {
        _ if unchanged => "This file was imported already; nothing has changed.".to_owned(),
        Some(merged) => format!("Taken in: {}. Nothing in it counts as verified.", merged.words()),
        None => "Taken in. Nothing in it counts as verified.".to_owned(),
    }
}

/// Into which system, and in which hat: where none is named, the one that an older file of the same source went into.
fn target(desk: &Desk, named: Option<Id>, role: Option<Role>) -> Result<(Option<Id>, Role), Trouble> {
    if !desk.has_record() {
        return Ok((None, Role::Security));
    }
    let into = if named.is_some() { named } else { desk.went_into()? };
    Ok((into, role.map_or_else(|| desk.importing_hat(into), Ok)?))
}

/// Asks once, where there is somebody to ask.
pub(super) fn agreed() -> Result<bool, Trouble> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(io::stderr(), "Take it in? y, or Enter for no: ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

//! `docket import`: the receipt first, then a question, then all or nothing.

use std::io::{self, BufRead, IsTerminal, Write};

use super::{Outcome, args::Import, clean, open::Opening, print};
use crate::{desk::Trouble, domain::people::Role};

pub(super) fn import(open: &Opening, role: Option<Role>, args: &Import) -> Outcome {
    let mut desk = if args.dry_run { crate::desk::Desk::in_memory()? } else { open.desk()? };
    let into = match &args.into {
        Some(name) if !args.dry_run => Some(desk.find(name)?),
        _ => None,
    };
    let shows = io::stderr().is_terminal();
    let mut said = 0;
    let receipt = desk.read_file(&args.file, &mut |done, of| {
        if shows && done >= said + 200 {
            said = done;
            let of = of.map_or_else(String::new, |of| format!(" of about {of}"));
            let _ = write!(io::stderr(), "\rreading row {done}{of} ");
        }
    })?;
    if shows && said > 0 {
        let _ = write!(io::stderr(), "\r{:40}\r", "");
    }
    if args.json {
        print(&serde_json::to_string_pretty(&receipt.to_json()).unwrap_or_default())?;
    } else {
        print(&clean(&receipt.lines().join("\n")))?;
    }
    if args.dry_run {
        return Ok(0);
    }
    if !args.yes && !agreed()? {
        desk.close()?;
        return Err(Trouble::Usage("Nothing was taken in. Say --yes to take it in without a question.".into()));
    }
    let role = match role {
        Some(role) => role,
        None => desk.importing_hat(into)?,
    };
    let taken = desk.take_in(into, role, &mut |done| {
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
        let says = if taken.unchanged {
            "This file was imported already; nothing has changed."
        } else {
            "Taken in. Nothing in it counts as verified."
        };
        print(says)?;
    }
    Ok(0)
}

/// Asks once, where there is somebody to ask.
fn agreed() -> Result<bool, Trouble> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(io::stderr(), "Take it in? y, or Enter for no: ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

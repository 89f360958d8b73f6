//! `docket gate`: fail closed, and tell "no" from "nobody knows".

use super::{Outcome, args::Gate, clean, is_closed_pipe, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    domain::fields::Day,
    exchange::answer::gate::{Options, ask},
};

pub(super) fn gate(open: &Opening, args: &Gate) -> Outcome {
    let name = args.system.as_deref().or(args.system_option.as_deref()).unwrap_or_default();
    let at = match &args.at {
        Some(text) => Some(day(text)?),
        None => None,
    };
    let desk = open.desk()?;
    let system = desk.find(name)?;
    // All of it, tables too: a row that was changed by hand must not open the gate.
    let report = desk.store()?.verify(&mut |_| {})?;
    if let Some(problem) = report.problems.first() {
        return Err(Trouble::Other(anyhow::anyhow!(
            "The record does not verify: {problem} Nothing can be decided by it."
        )));
    }
    let dossier = desk.dossier(system)?;
    let options = Options { release: args.release.clone(), digest: args.digest.clone(), at, advisory: args.advisory };
    let verdict =
        ask(&dossier, &options, clock::today()).ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    desk.close()?;
    if let Some(path) = &args.summary {
        open.write(path, verdict.to_text().as_bytes())?;
    }
    match print(&if args.json { verdict.to_json() } else { clean(&verdict.to_text()) }) {
        // Nobody listens; the exit code is still the answer.
        Err(trouble) if is_closed_pipe(&trouble) => {}
        other => drop(other?),
    }
    Ok(if args.advisory { 0 } else { verdict.exit })
}

/// A day, or the day of a point in time.
fn day(text: &str) -> Result<Day, Trouble> {
    let day = text.split('T').next().unwrap_or(text);
    Day::parse(day).ok_or_else(|| Trouble::Usage(format!("\"{text}\" is no day; write it as 2026-11-21.")))
}

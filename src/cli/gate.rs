//! `docket gate`: fail closed, and tell "no" from "nobody knows".

use super::{Outcome, args::Gate, clean, is_closed_pipe, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    domain::fields::Day,
    exchange::answer::gate::{Options, Verdict, ask},
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
    let (release, digest) = (args.release.clone(), args.digest.clone());
    let voided = desk.voids(&dossier)?;
    let (advisory, strict, any_release) = (args.advisory, args.strict, args.any_release);
    let options = Options { release, digest, at, advisory, strict, any_release, voided };
    let verdict =
        ask(&dossier, &options, clock::today()).ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    desk.close()?;
    if let Some(path) = &args.summary {
        open.write(path, markdown(&verdict).as_bytes())?;
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

/// The page of the job: the verdict, one line for each reason, then what was noticed.
fn markdown(verdict: &Verdict) -> String {
    let mut out = format!("## {} {}: {}\n\n", plain(&verdict.name), plain(&verdict.release), verdict.result);
    let mut say = |line: String| out.extend([line.as_str(), "\n"]);
    for reason in &verdict.reasons {
        say(format!("- `{}`: {}", reason.code, plain(&reason.text)));
    }
    if !verdict.reasons.is_empty() {
        say(String::new());
    }
    if !verdict.noticed.is_empty() {
        say("Noticed, and covered by no condition of the gate:\n".to_owned());
        verdict.noticed.iter().for_each(|remark| say(format!("- `{}`: {}", remark.rule, plain(&remark.text))));
        say(String::new());
    }
    let until = verdict.valid_until.as_ref().map_or(String::new(), |until| format!(", decided until {until}"));
    let would = verdict.would_exit.map_or(String::new(), |would| format!(" (advisory; would be {would})"));
    say(format!("On {}{until}: exit {}{would}", verdict.at, verdict.exit));
    out
}

/// Text that stays text on a page.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).replace('\n', " ").chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '!' | '@' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    // A bare address would become a link.
    out.replace("://", "\\://")
}

//! `docket gate`: fail closed, and tell "no" from "nobody knows".

use std::{io::Read, path::Path};

use super::{Outcome, args::Gate, clean, is_closed_pipe, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    domain::fields::Day,
    exchange::answer::{
        exported::ask_exported,
        gate::{Options, Verdict, ask},
    },
};

pub(super) fn gate(open: &Opening, args: &Gate) -> Outcome {
    let name = args.system.as_deref().or(args.system_option.as_deref()).unwrap_or_default();
    let at = match &args.at {
        Some(text) => Some(day(text)?),
        None => None,
    };
    if let Some(file) = &args.from {
        return answered(open, args, &exported(file, name, args, at)?);
    }
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
    let options = Options { voided: desk.voids(&dossier)?, ..options(args, at) };
    let verdict =
        ask(&dossier, &options, clock::today()).ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    desk.close()?;
    answered(open, args, &verdict)
}

fn options(args: &Gate, at: Option<Day>) -> Options {
    Options {
        release: args.release.clone(),
        digest: args.digest.clone(),
        at,
        advisory: args.advisory,
        strict: args.strict,
        any_release: args.any_release,
        voided: Vec::new(),
    }
}

/// The answer of a record that was written out; what cannot be read tells nothing.
fn exported(file: &Path, name: &str, args: &Gate, at: Option<Day>) -> Result<Verdict, Trouble> {
    let shown = crate::desk::file_name(file);
    let unreadable = |why: &dyn std::fmt::Display| Trouble::Other(anyhow::anyhow!("{shown} cannot be gone by. {why}"));
    let text = read(file).map_err(|error| unreadable(&format!("It cannot be read ({error}).")))?;
    let verdict = ask_exported(&text, &options(args, at), clock::today()).map_err(|why| unreadable(&why))?;
    let is_it = |name: &str| verdict.system == name || verdict.name.to_lowercase().starts_with(&name.to_lowercase());
    if !is_it(name) {
        let about = &verdict.name;
        return Err(Trouble::Usage(format!("{shown} is about {about}, not about {}.", clean(name))));
    }
    Ok(verdict)
}

/// Largest record that is read.
const LARGEST: u64 = 64 << 20;

fn read(file: &Path) -> std::io::Result<String> {
    let source: Box<dyn Read> =
        if file == Path::new("-") { Box::new(std::io::stdin()) } else { Box::new(std::fs::File::open(file)?) };
    let mut text = String::new();
    source.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// Writes the answer and exits with it.
fn answered(open: &Opening, args: &Gate, verdict: &Verdict) -> Outcome {
    if let Some(path) = &args.summary {
        open.write(path, markdown(verdict).as_bytes())?;
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

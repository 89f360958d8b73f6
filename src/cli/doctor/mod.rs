//! `docket doctor`: whether docket has what it needs here. It looks and says; it never changes anything.

mod place;
mod record;
mod terminal;
mod tools;

use serde::Serialize;

use super::{Outcome, clean, config::Asked, print};
use crate::{
    config::{Config, Setting},
    domain::Line,
};

/// The version of the shape of the JSON.
const VERSION: &str = "1.0.0";

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Ok,
    /// In order, and still to be known.
    Note,
    /// Something will not work.
    Problem,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok     ",
            Self::Note => "note   ",
            Self::Problem => "PROBLEM",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Found {
    /// What was looked at; a name that scripts can go by.
    name: &'static str,
    state: State,
    /// What was found, in one sentence.
    says: String,
    /// What to do, in one sentence; none where nothing is to be done.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Found {
    fn new(name: &'static str, state: State, says: &str, help: Option<&str>) -> Self {
        let one_line = |text: &str| Line::new(text).to_string();
        Self { name, state, says: one_line(says), help: help.map(one_line) }
    }

    fn ok(name: &'static str, says: impl AsRef<str>) -> Self {
        Self::new(name, State::Ok, says.as_ref(), None)
    }

    fn note(name: &'static str, says: impl AsRef<str>, help: impl AsRef<str>) -> Self {
        Self::new(name, State::Note, says.as_ref(), Some(help.as_ref()))
    }

    fn problem(name: &'static str, says: impl AsRef<str>, help: impl AsRef<str>) -> Self {
        Self::new(name, State::Problem, says.as_ref(), Some(help.as_ref()))
    }
}

/// The whole answer.
#[derive(Debug, Serialize)]
struct Answer {
    version: &'static str,
    docket: &'static str,
    ok: bool,
    checks: Vec<Found>,
}

/// Looks at everything; 1 where something is a problem.
pub(super) fn doctor(asked: &Asked, json: bool) -> Outcome {
    let mut checks = Vec::new();
    let config = settings(asked, &mut checks);
    checks.extend(terminal::look(&config));
    let paths = place::paths(&config, asked.record());
    checks.extend(place::look(&config, paths.as_ref()));
    if let Some(paths) = &paths {
        checks.extend(record::look(paths));
    }
    checks.extend(tools::look(&config));
    let ok = checks.iter().all(|found| found.state != State::Problem);
    let answer = Answer { version: VERSION, docket: env!("CARGO_PKG_VERSION"), ok, checks };
    let text = if json { serde_json::to_string_pretty(&answer).unwrap_or_default() } else { text(&answer) };
    super::pager::choose(&config);
    print(&clean(&text))?;
    Ok(u8::from(!ok))
}

/// The settings, or what holds where they cannot be read.
fn settings(asked: &Asked, checks: &mut Vec<Found>) -> Config {
    match asked.load() {
        Ok(config) => {
            let name =
                config.path.as_ref().map_or_else(|| "no folder for it".into(), |path| path.display().to_string());
            let says = if config.there {
                format!("The settings are read from {name}.")
            } else {
                format!("There is no file of settings ({name}); what is usual holds.")
            };
            checks.push(Found::ok("settings", says));
            config
        }
        Err(trouble) => {
            checks.push(Found::problem("settings", trouble.to_string(), "Correct the line that is named."));
            asked.ask(Config::without_file)
        }
    }
}

fn text(answer: &Answer) -> String {
    let mut out = String::new();
    for found in &answer.checks {
        out += &format!("{}  {:<11} {}\n", found.state.word(), found.name, found.says);
        if let Some(help) = &found.help {
            out += &format!("{:<22} {help}\n", "");
        }
    }
    let count = |state| answer.checks.iter().filter(|found| found.state == state).count();
    let (problems, notes) = (count(State::Problem), count(State::Note));
    let said = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    out += &format!(
        "\ndocket {}: {}, {}. Nothing was changed.",
        answer.docket,
        said(problems, "problem", "problems"),
        said(notes, "note", "notes")
    );
    out
}

/// A setting that names a program, or what is usual.
fn program_of(config: &Config, setting: Setting, usual: &str) -> String {
    config.value(setting).unwrap_or(usual).to_owned()
}

//! `docket gate`: may this release go live? An exit code, the reasons with their codes, and nothing to guess.

use serde::Serialize;

use super::check::RemarkLine;
use crate::domain::{
    Dossier,
    decision::{Void, gate},
    fields::{Day, Vocabulary},
    lint::{Remark, Severity, noticed},
    text::is_visible,
};
use crate::exchange::record::{Class, Ground, Reason, record_id, standing_with};

/// What is asked beside the system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The release that is to go live; a decision for another one does not count.
    pub release: Option<String>,
    /// The SHA-256 of what is to go live, with or without `sha256:` before it.
    pub digest: Option<String>,
    /// The day for which it is asked; today when none is given.
    pub at: Option<Day>,
    /// Only say it: the exit is 0, and `would_exit` has the answer.
    pub advisory: bool,
    /// A contradiction that no condition covers is a no as well.
    pub strict: bool,
    /// What goes live has no release: the clearance of the system counts for whatever it is.
    pub any_release: bool,
    /// What the journal says of sign-offs that were voided.
    pub voided: Vec<Void>,
}

/// The answer: 0 approved, 1 the answer is no, 3 no decision to go by. 2 and 4 are the command line's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// `docket.gate`.
    pub kind: &'static str,
    /// `approved`, `approved-with-conditions`, `rejected` or `undecided`.
    pub result: &'static str,
    /// What the program exits with.
    pub exit: u8,
    /// What it would exit with; only when it was asked for advice alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would_exit: Option<u8>,
    /// The system.
    pub system: String,
    /// Its name.
    pub name: String,
    /// The release that the decision is about.
    pub release: String,
    /// The record of the decision; none while nothing was decided.
    pub record_id: Option<String>,
    /// The effective clearance.
    pub clearance: &'static str,
    /// The day for which it holds.
    pub at: String,
    /// The last day on which the decision holds.
    pub valid_until: Option<String>,
    /// Why it is not 0; empty when it is.
    pub reasons: Vec<Reason>,
    /// Contradictions that no condition of the gate covers; they change the answer only when it is strict.
    pub noticed: Vec<RemarkLine>,
}

/// The answer for a system on a day; none for a dossier that is not about a system.
pub fn ask(dossier: &Dossier, options: &Options, today: Day) -> Option<Verdict> {
    let day = options.at.unwrap_or(today);
    let ground = Ground::of(dossier, day)?;
    let standing = standing_with(dossier, day, &options.voided);
    let mut reasons: Vec<Reason> = other_release(&ground, options).into_iter().collect();
    let digest = ground.release().map(|release| release.digest.0.as_str()).filter(|digest| !digest.is_empty());
    reasons.extend(other_digest(digest, options));
    reasons.extend(not_yet(&ground, options));
    reasons.extend(standing.reasons);
    let mut noticed = noticed(dossier, &gate(dossier, day), day);
    noticed.retain(|remark| remark.severity() == Severity::Contradiction);
    if options.strict {
        reasons.extend(noticed.iter().map(contradiction));
    }
    if reasons.is_empty() && !options.any_release {
        reasons.extend(unreleased(&ground));
    }
    let answer = exit(&reasons);
    let result = match answer {
        0 => standing.result,
        // What was refused is refused; everything else is no decision for what was asked.
        1 if standing.result == "rejected" => "rejected",
        _ => "undecided",
    };
    Some(Verdict {
        kind: "docket.gate",
        result,
        exit: if options.advisory { 0 } else { answer },
        would_exit: options.advisory.then_some(answer),
        system: ground.system.id.to_string(),
        name: ground.system.name.as_str().to_owned(),
        release: ground.release_name().to_owned(),
        record_id: ground.disposition.map(|_| record_id(&ground)),
        clearance: standing.clearance.state.code(),
        at: day.to_string(),
        valid_until: ground.disposition.and_then(|made| made.valid_until).map(|until| until.to_string()),
        reasons,
        noticed: noticed.iter().map(RemarkLine::of).collect(),
    })
}

fn contradiction(remark: &Remark) -> Reason {
    Reason { code: "contradiction", text: remark.what.clone(), class: Class::No }
}

/// No decision to go by outweighs a no: 3 before 1.
pub(super) fn exit(reasons: &[Reason]) -> u8 {
    let any = |class: Class| reasons.iter().any(|reason| reason.class == class);
    if any(Class::Nothing) { 3 } else { u8::from(any(Class::No)) }
}

pub(super) fn nothing(code: &'static str, text: String) -> Reason {
    Reason { code, text, class: Class::Nothing }
}

fn other_release(ground: &Ground, options: &Options) -> Option<Reason> {
    let asked = options.release.as_deref()?;
    let decided = ground.release().map(|release| release.version.as_str());
    (decided != Some(asked)).then(|| {
        let about = decided.map_or_else(|| "no named release".to_owned(), |release| format!("release {release}"));
        nothing("other-release", format!("The review is about {about}, not about {}.", visible(asked)))
    })
}

/// A clearance is for one release: where the review names none, it says nothing about one that goes live.
fn unreleased(ground: &Ground) -> Option<Reason> {
    ground.release().is_none().then(|| {
        let says = "The review names no release, so it says nothing about one that goes live; --any-release asks for \
                    the system alone.";
        nothing("no-release", says.to_owned())
    })
}

/// That what goes live is not what was reviewed, whose SHA-256 is `known`.
pub(super) fn other_digest(known: Option<&str>, options: &Options) -> Option<Reason> {
    let asked = options.digest.as_deref()?.trim();
    let asked = asked.strip_prefix("sha256:").unwrap_or(asked).to_ascii_lowercase();
    match known {
        Some(known) if known == asked => None,
        Some(known) => Some(nothing("other-digest", format!("The release that was reviewed has SHA-256 {known}."))),
        None => Some(nothing("other-digest", "The release that was reviewed has no SHA-256.".to_owned())),
    }
}

/// For a day before the decision there was none.
fn not_yet(ground: &Ground, options: &Options) -> Option<Reason> {
    let asked = options.at?;
    let decided = ground.disposition?.at?;
    let day = chrono::DateTime::from_timestamp_millis(decided.0).map(|time| Day(time.date_naive()))?;
    (asked < day).then(|| nothing("no-decision", format!("It was decided on {day}, after the day asked for.")))
}

/// What came in on the command line goes back to a terminal.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|c| is_visible(*c)).collect()
}

impl Verdict {
    /// One line of JSON, with its line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A struct of text and numbers always has a JSON form.
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }

    /// For people: the verdict, a line for each reason, then what was noticed.
    #[must_use]
    pub fn to_text(&self) -> String {
        use super::text::wrapped;
        let until = self.valid_until.as_ref().map_or(String::new(), |until| format!(", valid until {until}"));
        let mut out = wrapped("", &format!("{} {}: {}{until}", self.name, self.release, self.result));
        for reason in &self.reasons {
            out.push_str(&wrapped("  ", &format!("{}: {}", reason.code, reason.text)));
        }
        if !self.noticed.is_empty() {
            out.push_str("noticed, and covered by no condition of the gate\n");
        }
        for remark in &self.noticed {
            out.push_str(&wrapped("  ", &format!("{}: {}", remark.rule, remark.text)));
        }
        match self.would_exit {
            Some(would) => out.push_str(&wrapped("", &format!("exit 0 (advisory; would be {would})"))),
            None => out.push_str(&wrapped("", &format!("exit {}", self.exit))),
        }
        out
    }
}

//! `docket manifest diff`: what differs from what was cleared, and which triggers that fires.

use serde::Serialize;

use crate::domain::{
    Dossier, Prose,
    after::{ChangeKind, Proposal},
    command::{Command, Fields},
    decision::counted,
    fields::{Day, Kept},
    manifest::{Difference, Manifest, What, diff, fingerprint, fires},
    value::Value,
};

use super::{ANSWER_VERSION, pretty, text::wrapped};

/// A trigger that a difference fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fires {
    /// The identity of the armed trigger, or the code of the entry of the library.
    pub trigger: String,
    /// What it is called.
    pub title: String,
    /// Whether it is armed on this system.
    pub armed: bool,
    /// Why, in one sentence.
    pub why: String,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `new`, `changed` or `gone`.
    pub what: &'static str,
    /// What kind of item it is.
    pub item: &'static str,
    /// What it is called; empty for what there is only one of.
    pub name: String,
    /// The field that changed; empty for the item itself.
    pub field: &'static str,
    /// What was cleared.
    pub before: String,
    /// What the manifest says.
    pub after: String,
    /// The triggers that it fires, by identity or code.
    pub fires: Vec<String>,
    #[serde(skip)]
    text: String,
}

/// The answer: 0 nothing differs, 1 what differs fires no trigger, 3 it fires one. 2 and 4 are the command line's own.
#[derive(Debug, Clone, Serialize)]
pub struct Diff {
    /// `docket.manifest_diff`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which it was compared.
    pub on: String,
    /// What the program exits with.
    pub exit: u8,
    /// The system.
    pub system: String,
    /// Its name.
    pub name: String,
    /// `cleared` or `inventory`: what it was compared with.
    pub against: &'static str,
    /// The day on which that was decided.
    pub cleared_on: Option<String>,
    /// Every difference.
    pub differences: Vec<Line>,
    /// The triggers that they fire, each once.
    pub fires: Vec<Fires>,
    /// The parts that the manifest does not say, and that were not compared.
    pub not_compared: Vec<&'static str>,
    /// The change under which this was recorded, where it was.
    pub recorded: Option<String>,
}

/// What a manifest is compared with.
#[derive(Debug, Clone)]
pub struct Base {
    /// What it says.
    pub manifest: Manifest,
    /// The day on which it was cleared; none for the inventory.
    pub cleared_on: Option<Day>,
}

/// The answer, and the command that records it; none where nothing differs.
pub fn compare(
    dossier: &Dossier,
    base: &Base,
    (now, silent, file): (&Manifest, Vec<&'static str>, &str),
    today: Day,
) -> Option<(Diff, Option<Command>)> {
    let system = dossier.system()?;
    let found = diff(&base.manifest, now);
    let fired: Vec<Vec<Proposal>> = found.iter().map(|difference| fires(dossier, difference)).collect();
    let mut all: Vec<Fires> = Vec::new();
    for proposal in fired.iter().flatten() {
        if !all.iter().any(|known| known.trigger == proposal.mark) {
            let Proposal { mark, title, armed, why, .. } = proposal.clone();
            all.push(Fires { trigger: mark, title, armed, why });
        }
    }
    let exit = match (found.is_empty(), found.iter().all(|difference| difference.sort.is_none())) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 3,
    };
    let command = (!found.is_empty()).then(|| record(&found, &all, file));
    let lines = found.iter().zip(&fired).map(|(difference, fires)| Line {
        what: difference.what.word(),
        item: difference.item,
        name: difference.name.clone(),
        field: difference.field,
        before: difference.before.clone(),
        after: difference.after.clone(),
        fires: fires.iter().map(|proposal| proposal.mark.clone()).collect(),
        text: difference.line(),
    });
    let answer = Diff {
        kind: "docket.manifest_diff",
        version: ANSWER_VERSION,
        on: today.to_string(),
        exit,
        system: system.id.to_string(),
        name: system.name.as_str().to_owned(),
        against: if base.cleared_on.is_some() { "cleared" } else { "inventory" },
        cleared_on: base.cleared_on.map(|day| day.to_string()),
        differences: lines.collect(),
        fires: all,
        not_compared: silent,
        recorded: None,
    };
    Some((answer, command))
}

/// The change as which the differences are recorded, of the kind of the first that triggers wait for.
fn record(found: &[Difference], fires: &[Fires], file: &str) -> Command {
    let count = |what: What| found.iter().filter(|difference| difference.what == what).count();
    let parts = [What::New, What::Changed, What::Gone].map(|what| (count(what), what.word()));
    let said: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let title = match found {
        [one] => format!("Manifest: {}", one.line()),
        _ => format!("Manifest differs: {}", said.join(", ")),
    };
    let sort = found.iter().find_map(|difference| difference.sort).unwrap_or(
        if found.iter().all(|d| matches!(d.item, "release" | "digest")) {
            ChangeKind::Release
        } else {
            ChangeKind::Other
        },
    );
    let side = |before: bool| {
        let text = |d: &Difference| {
            let (own, field) = (if before { &d.before } else { &d.after }, d.field);
            let absent = if before { What::New } else { What::Gone };
            let value = match (own.as_str(), d.what == absent) {
                (_, true) => "not there",
                ("", false) => "there",
                (text, false) => text,
            };
            let field = if field.is_empty() { String::new() } else { format!(", {field}") };
            format!("{} {}{field}: {value}", d.item, d.name).replace("  ", " ").replace(" :", ":")
        };
        Prose::new(&found.iter().map(text).collect::<Vec<_>>().join("\n"))
    };
    let what: Fields = vec![
        ("title".into(), Value::from(crate::domain::Line::new(&title).as_str())),
        ("sort".into(), Some(sort).to_value()),
        ("before".into(), side(true).to_value()),
        ("after".into(), side(false).to_value()),
        ("source".into(), Value::from(crate::domain::Line::new(file).as_str())),
        ("differences".into(), fingerprint(found).to_value()),
    ];
    Command::RecordChange { what, fires: fires.iter().map(|fires| fires.trigger.clone()).collect() }
}

impl Diff {
    /// For a pipeline.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// For people: a line for each difference, then the triggers with their reasons.
    #[must_use]
    pub fn to_text(&self) -> String {
        let base = self.cleared_on.as_ref().map_or_else(
            || "the inventory (nothing is cleared)".to_owned(),
            |day| format!("what was cleared on {day}"),
        );
        let count = self.differences.len();
        let found = if count == 0 { "no difference".to_owned() } else { counted(count, "difference", "differences") };
        let mut out = wrapped("", &format!("{} against {base}: {found}", self.name));
        for line in &self.differences {
            out.push_str(&wrapped("  ", &format!("{} {}", line.what, line.text)));
        }
        if !self.not_compared.is_empty() {
            out.push_str(&wrapped("  ", &format!("not said, so not compared: {}", self.not_compared.join(", "))));
        }
        if !self.fires.is_empty() {
            out.push_str(if self.recorded.is_some() { "fires\n" } else { "would fire\n" });
        }
        for fires in &self.fires {
            let armed = if fires.armed { "" } else { " (not armed)" };
            out.push_str(&wrapped("  ", &format!("{}{armed}: {}", fires.title, fires.why)));
        }
        if let Some(recorded) = &self.recorded {
            out.push_str(&wrapped("", recorded));
        }
        out.push_str(&wrapped("", &format!("exit {}", self.exit)));
        out
    }
}

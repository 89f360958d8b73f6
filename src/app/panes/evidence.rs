//! The evidence pack: what there is and until when it counts, what was found wrong, and what was verified.

use super::{Cell, Row, Target, Tint, person};
use crate::domain::{
    Dossier, Kind,
    fields::{Day, Vocabulary, YesNo},
    register::{Control, Evidence, Finding, FindingStatus, Retest, Verification, Window},
};

pub(super) fn rows(dossier: &Dossier, today: Day) -> Vec<Row> {
    let mut rows = vec![Row::heading("Evidence", "n adds, p attaches a file, v checks it")];
    for evidence in &dossier.evidence {
        rows.push(evidence_row(evidence, today));
        rows.extend(run_words(dossier, evidence).map(|words| Row::note(format!("           {words}"))));
    }
    if dossier.evidence.is_empty() {
        rows.push(Row::note("    No evidence yet. n adds a piece; the gate wants what claims \"verified\" proved."));
    }
    rows.push(Row::heading("Findings", "d adds, t records a retest"));
    rows.extend(dossier.findings.iter().map(|finding| finding_row(dossier, finding, today)));
    if dossier.findings.is_empty() {
        rows.push(Row::note("    No findings yet. d adds what a red team, a test or an audit found."));
    }
    rows.push(Row::heading("Verifications", "on a control, v records one"));
    rows.extend(dossier.verifications.iter().map(|look| look_row(dossier, look, today)));
    rows
}

/// Which run of its tool an imported piece of evidence is, and what that run came to; nothing of what no tool wrote.
fn run_words(dossier: &Dossier, evidence: &Evidence) -> Option<String> {
    let (tool, id) = evidence.source.as_str().split_once('/')?;
    let of_tool = |other: &&Evidence| other.source.as_str().split_once('/').is_some_and(|(name, _)| name == tool);
    let mut runs: Vec<&Evidence> = dossier.evidence.iter().filter(of_tool).filter(|run| !run.archived).collect();
    runs.sort_by_key(|run| (run.collected, run.number));
    let nth = runs.iter().position(|run| run.id == evidence.id)? + 1;
    let id: String = id.trim_start_matches("run ").chars().take(RUN_ID).collect();
    let counts = [(evidence.checks, "checks"), (evidence.failed, "failed"), (evidence.unscored, "without a result")];
    let mut said: Vec<String> =
        counts.iter().filter_map(|(count, what)| count.map(|count| format!("{count} {what}"))).collect();
    match evidence.ran {
        Some(YesNo::Yes) => said.push("ran to its end".to_owned()),
        Some(YesNo::No) => said.push("! did not run to its end".to_owned()),
        None => {}
    }
    let came_to = if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) };
    Some(format!("{tool}, run {nth} of {} ({id}){came_to}", runs.len()))
}

/// Most characters of the id of a run; a digest is longer and no easier to tell from another one.
const RUN_ID: usize = 24;

/// A day, and behind it how it stands with it where somebody has to look.
fn until(day: Option<Day>, today: Day) -> Cell {
    let window = Window::until(day, today);
    let text = match (day, window) {
        (None, _) => "-".to_owned(),
        (Some(day), Window::Expired(_)) => format!("{day} ! over"),
        (Some(day), Window::Ending(left)) => format!("{day} ! {left} d"),
        (Some(day), Window::Holds(_) | Window::Open) => day.to_string(),
    };
    Cell::new(text, if window.is_pressing() { Tint::Alert } else { Tint::Plain })
}

fn evidence_row(evidence: &Evidence, today: Day) -> Row {
    let file = match (evidence.kept, evidence.digest.0.is_empty()) {
        (Some(YesNo::Yes), _) => Cell::plain("copy"),
        (_, false) => Cell::plain("SHA"),
        (_, true) => Cell::new("-", Tint::Muted),
    };
    let weak = evidence.overreaches();
    let cells = vec![
        Cell::plain(evidence.reference()),
        Cell::plain(format!("{}  {}", evidence.title, evidence.place)),
        Cell::new(
            format!("{}{}", if weak { "! " } else { "" }, evidence.sort.map_or("-", Vocabulary::label)),
            if weak { Tint::Alert } else { Tint::Plain },
        ),
        Cell::plain(evidence.grade.map_or("-", Vocabulary::label)),
        Cell::plain(evidence.collected.map_or_else(String::new, |day| day.to_string())),
        file,
        until(evidence.expires, today),
    ];
    let pressing = Window::until(evidence.expires, today).is_pressing() && !evidence.archived;
    let mark = if pressing { (" ! ", Tint::Alert) } else { ("   ", Tint::Plain) };
    Row::item(Target::Thing(Kind::Evidence, evidence.id), cells).marked(mark.0, mark.1).struck(evidence.archived)
}

fn finding_row(dossier: &Dossier, finding: &Finding, today: Day) -> Row {
    let against: Vec<String> = dossier
        .live_threats()
        .filter(|threat| finding.is_against(threat.id))
        .map(crate::domain::register::Threat::reference)
        .collect();
    let late = finding.is_overdue(today);
    let stage = finding.stage();
    let due = match (finding.due, late) {
        _ if !finding.is_open() => Cell::default(),
        (Some(due), true) => Cell::new(format!("{due} ! late"), Tint::Alert),
        (Some(due), false) => Cell::plain(due.to_string()),
        (None, _) => Cell::new("no due day", Tint::Muted),
    };
    let status = match finding.retest {
        Some(Retest::Failed) if finding.is_open() => Cell::new("! reopened", Tint::Alert),
        _ if stage == FindingStatus::ReadyForRetest => Cell::new("► retest", Tint::Here),
        _ if stage == FindingStatus::InRemediation => Cell::new("! remediation", Tint::Alert),
        _ if stage == FindingStatus::NotReproducible => Cell::new("not reproduced", Tint::Good),
        _ if !finding.is_open() => Cell::new(stage.label(), Tint::Good),
        _ => Cell::new(format!("! {}", stage.label()), Tint::Alert),
    };
    let cells = vec![
        Cell::plain(finding.reference()),
        Cell::plain(format!("{}  {}", super::with_gone(finding.title.as_str(), finding.gone), against.join(" "))),
        status,
        Cell::plain(finding.severity.map_or("-", Vocabulary::label)),
        Cell::plain(finding.found.map_or_else(String::new, |day| day.to_string())),
        Cell::default(),
        due,
    ];
    let mark = if finding.is_open() { ("[!]", Tint::Alert) } else { ("[x]", Tint::Good) };
    let mark = if finding.archived { ("   ", Tint::Plain) } else { mark };
    Row::item(Target::Thing(Kind::Finding, finding.id), cells).marked(mark.0, mark.1).struck(finding.archived)
}

fn look_row(dossier: &Dossier, look: &Verification, today: Day) -> Row {
    let control = dossier.live_controls().find(|control| Some(control.id) == look.control);
    let by = person(dossier, look.by.map(|who| who.0));
    let cells = vec![
        Cell::plain(control.map_or_else(String::new, Control::reference)),
        Cell::plain(format!("{} by {by}", look.method.map_or("-", Vocabulary::label))),
        Cell::plain(look.outcome.map_or("-", Vocabulary::label)),
        Cell::default(),
        Cell::plain(look.on.map_or_else(String::new, |day| day.to_string())),
        Cell::default(),
        until(look.valid_until, today),
    ];
    let pressing = Window::until(look.valid_until, today).is_pressing() && !look.archived;
    let mark = if pressing { (" ! ", Tint::Alert) } else { ("   ", Tint::Plain) };
    Row::item(Target::Thing(Kind::Verification, look.id), cells).marked(mark.0, mark.1).struck(look.archived)
}

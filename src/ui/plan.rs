//! What is known of a control, a piece of evidence and a finding: the way from threat to proof and back.

use super::{detail::Fact, theme::Tone};
use crate::{
    app::{
        panes::{person, shown},
        system::SystemScreen,
    },
    domain::{
        Dossier, Id, Kind,
        fields::{Day, Entity, Vocabulary, YesNo},
        register::{
            Control, Evidence, Finding, Link, Verification, Window, behind, counts_until, open_findings, reduces,
            retest_evidence, size_words, threats_of, verifications_of,
        },
    },
};

/// The title and the facts of a thing that has more to say than its fields; none for other things.
pub fn about(screen: &SystemScreen, (kind, id): (Kind, Id), today: Day) -> Option<(String, Vec<Fact>)> {
    let dossier = &screen.dossier;
    match kind {
        Kind::Control => dossier.controls.iter().find(|c| c.id == id).map(|c| control(dossier, c, today)),
        Kind::Evidence => dossier.evidence.iter().find(|e| e.id == id).map(|e| evidence(dossier, e, today)),
        Kind::Link => dossier.links.iter().find(|l| l.id == id).and_then(|l| link(dossier, l)),
        Kind::Verification => dossier.verifications.iter().find(|v| v.id == id).map(|v| look(dossier, v, today)),
        Kind::Finding => dossier.findings.iter().find(|f| f.id == id).map(|f| finding(dossier, f, today)),
        _ => None,
    }
}

fn text(label: &str, value: impl Into<String>) -> Fact {
    (label.to_owned(), value.into(), Tone::Text)
}

/// A tone that says the same as the mark in the text.
fn marked(label: &str, value: String) -> Fact {
    let tone = if value.contains("! ") { Tone::Alert } else { Tone::Text };
    (label.to_owned(), value, tone)
}

/// The named fields that hold something, with their labels.
fn fields(dossier: &Dossier, entity: &dyn Entity, names: &[&str]) -> Vec<Fact> {
    let found = names.iter().filter_map(|name| entity.kind().field(name));
    let fact = |field: &crate::domain::fields::Field| {
        let value = entity.get(field.id);
        (!value.is_null()).then(|| text(field.label, shown(dossier, field, &value)))
    };
    found.filter_map(fact).collect()
}

fn control(dossier: &Dossier, control: &Control, today: Day) -> (String, Vec<Fact>) {
    let mut facts = Vec::new();
    for (link, threat) in threats_of(dossier, control.id) {
        let found: Vec<String> = open_findings(dossier, threat.id).map(Finding::reference).collect();
        let open = if found.is_empty() { String::new() } else { format!(", ! open {}", found.join(" ")) };
        facts.push(marked("Against", format!("{} {}: {}{open}", threat.reference(), threat.title, reduces(link))));
    }
    if facts.is_empty() {
        facts.push(marked("Against", "! nothing yet".to_owned()));
    }
    for look in verifications_of(dossier, control.id) {
        facts.push(marked("Verified", verified(dossier, look, today)));
    }
    if verifications_of(dossier, control.id).next().is_none() {
        facts.push(text("Verified", "not yet; v records a verification"));
    }
    facts.extend(fields(dossier, control, &["status", "status_note", "description"]));
    facts.extend(fields(dossier, control, &["owner_role", "owner", "gate", "method", "due", "library"]));
    (named("control", &control.reference(), control.archived), facts)
}

/// What a control takes off a threat, and what was found of that threat meanwhile.
fn link(dossier: &Dossier, link: &Link) -> Option<(String, Vec<Fact>)> {
    let threat = dossier.threats.iter().find(|threat| Some(threat.id) == link.threat)?;
    let control = dossier.controls.iter().find(|control| Some(control.id) == link.control)?;
    let mut facts = vec![text("Takes off", reduces(link)), text("Threat", threat.title.as_str())];
    for finding in open_findings(dossier, threat.id) {
        facts.push(marked("Finding", format!("! {} {}", finding.reference(), finding.title)));
    }
    Some((format!("{} against {}", control.reference(), threat.reference()), facts))
}

fn look(dossier: &Dossier, look: &Verification, today: Day) -> (String, Vec<Fact>) {
    let control = dossier.controls.iter().find(|control| Some(control.id) == look.control);
    let title = control.map_or_else(|| "verification".to_owned(), |c| format!("verification of {}", c.reference()));
    let mut facts = vec![marked("Found", verified(dossier, look, today))];
    if let Some(evidence) = behind(dossier, look) {
        facts.push(text("Evidence", format!("{} {}", evidence.reference(), evidence.title)));
        facts.push(text("Shows", evidence.limit()));
    }
    facts.extend(fields(dossier, look, &["method", "valid_until"]));
    (title, facts)
}

/// One look in one sentence: what was found, by whom, until when it counts and what shows it.
fn verified(dossier: &Dossier, look: &Verification, today: Day) -> String {
    let until = counts_until(dossier, look);
    let end = until.map_or_else(String::new, |day| format!(" until {day},"));
    let shown = behind(dossier, look).map_or_else(|| "! no evidence".to_owned(), Evidence::reference);
    format!(
        "{} by {} on {}:{end} {}, {shown}",
        look.outcome.map_or("no result", Vocabulary::label),
        person(dossier, look.by.map(|who| who.0)),
        look.on.map_or_else(|| "-".to_owned(), |day| day.to_string()),
        Window::until(until, today).words(),
    )
}

fn evidence(dossier: &Dossier, evidence: &Evidence, today: Day) -> (String, Vec<Fact>) {
    let window = Window::until(evidence.expires, today);
    let mut facts = Vec::new();
    if evidence.overreaches() {
        facts.push(marked("Shows", format!("! {} It is said to support more.", evidence.limit())));
    } else {
        facts.push(text("Shows", evidence.limit()));
    }
    if evidence.expires.is_some() {
        facts.push(marked("Counts", window.words()));
    }
    facts.push(text("File", file(evidence)));
    let behind_it = |look: &&Verification| !look.archived && look.evidence == Some(evidence.id);
    let controls: Vec<String> = dossier
        .verifications
        .iter()
        .filter(behind_it)
        .filter_map(|look| dossier.live_controls().find(|control| Some(control.id) == look.control))
        .map(Control::reference)
        .collect();
    if !controls.is_empty() {
        facts.push(text("Behind", controls.join(" ")));
    }
    facts.extend(fields(dossier, evidence, &["supports", "grade", "place", "collected", "expires", "path", "digest"]));
    (named("evidence", &evidence.reference(), evidence.archived), facts)
}

fn file(evidence: &Evidence) -> String {
    let size = evidence.size.map_or_else(String::new, |size| format!(", {}", size_words(size)));
    match (evidence.kept, evidence.digest.0.is_empty()) {
        (Some(YesNo::Yes), _) => format!("a copy is in the record{size}"),
        (_, false) => format!("by reference, with its SHA-256{size}"),
        (_, true) => "none yet; p attaches one".to_owned(),
    }
}

fn finding(dossier: &Dossier, finding: &Finding, today: Day) -> (String, Vec<Fact>) {
    let mut facts = Vec::new();
    if finding.is_overdue(today) {
        let due = finding.due.map_or_else(String::new, |due| due.to_string());
        facts.push(marked("Due", format!("! {due}, {} days late", finding.due.map_or(0, |due| due.days_to(today)))));
    }
    facts.extend(fields(dossier, finding, &["severity", "status", "threats", "remediation", "reason"]));
    if let Some(result) = finding.retest {
        let on = finding.retested.map_or_else(String::new, |day| format!(" on {day}"));
        let shown = retest_evidence(dossier, finding).map_or_else(String::new, |e| format!(", {}", e.reference()));
        facts.push(text("Retest", format!("{}{on}{shown}", result.label())));
    }
    facts.extend(fields(dossier, finding, &["description", "sort", "found", "by", "owner"]));
    if !finding.is_overdue(today) {
        facts.extend(fields(dossier, finding, &["due"]));
    }
    (named("finding", &finding.reference(), finding.archived), facts)
}

fn named(kind: &str, reference: &str, archived: bool) -> String {
    format!("{kind} {reference}{}", if archived { ", withdrawn" } else { "" })
}

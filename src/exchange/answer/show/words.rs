//! `docket show` for people: aligned, plain, at most 80 columns.

use super::{GapLine, Show, condition_name};
use crate::domain::{fields::Vocabulary, people::Role};
use crate::exchange::answer::text::{row, wrapped};

/// The whole page.
pub(super) fn page(show: &Show) -> String {
    let mut out = head(show);
    courts(show, &mut out);
    gaps(show, &mut out);
    findings(show, &mut out);
    if !show.next.is_empty() {
        out.push_str("\nNext\n");
    }
    for step in &show.next {
        let due = step.due.as_ref().map_or(String::new(), |due| format!(", due {due}"));
        out.push_str(&wrapped("  ", &format!("{}: {}{due}", who(step.role, step.person.as_deref()), step.what)));
    }
    out
}

fn head(show: &Show) -> String {
    let (system, tier, counts) = (&show.system, &show.tier, &show.counts);
    let mut out = wrapped("", &format!("{} {}", system.name, system.release));
    let computed = tier.computed.filter(|_| tier.by_hand.is_some());
    let by_hand = computed.map_or(String::new(), |computed| format!(" (set by hand; computed {computed})"));
    fact("Tier", &format!("{}{by_hand}", tier.effective.unwrap_or("none yet")), &mut out);
    fact("Lifecycle", system.lifecycle.unwrap_or("not said"), &mut out);
    fact("Owner", system.owner.as_deref().unwrap_or("nobody is named"), &mut out);
    let clearance = &show.clearance;
    let worth = format!("{}. {} {}", clearance.state.replace('_', " "), clearance.reason, clearance.restore);
    fact("Clearance", &worth, &mut out);
    let said = format!(
        "{} threats ({} unscored), {} controls, {} evidence, {} acceptances, {} triggers",
        counts.threats, counts.unscored, counts.controls, counts.evidence, counts.acceptances, counts.triggers
    );
    fact("Register", &said, &mut out);
    let findings = format!("{} findings ({} open)", counts.findings, show.findings.len());
    fact("Controls", &format!("{} gaps in the control plan, {findings}", counts.control_gaps), &mut out);
    let track: Vec<_> = show.stations.iter().map(|s| format!("{} {}", label(s.role), s.state)).collect();
    fact("Track", &track.join(" | "), &mut out);
    out
}

/// `Label      what`, the label eleven columns wide.
fn fact(label: &str, what: &str, out: &mut String) {
    for (at, line) in wrapped("           ", what).lines().enumerate() {
        let label = if at == 0 { label } else { "" };
        out.push_str(format!("{label:<11}{}", line.trim_start()).trim_end());
        out.push('\n');
    }
}

fn courts(show: &Show, out: &mut String) {
    out.push_str("\nCourt\n");
    if show.court.is_empty() {
        out.push_str("  nobody has to act\n");
    }
    for court in &show.court {
        let days = court.days.map_or(String::new(), aged);
        let late = if court.late { ", late" } else { "" };
        let due = court.due.as_ref().map_or(String::new(), |due| format!("due {due}{late}"));
        let person = court.person.as_deref().unwrap_or("nobody holds it");
        out.push_str(&row(&[("", 0), (label(court.role), 18), (person, 20), (&days, 8), (&due, 20)]));
    }
}

fn gaps(show: &Show, out: &mut String) {
    let n = show.gaps.len();
    out.push('\n');
    out.push_str(&wrapped("", &if n == 1 { "Gate: 1 gap".to_owned() } else { format!("Gate: {n} gaps") }));
    let mut before = 0;
    let mut sorted: Vec<&GapLine> = show.gaps.iter().collect();
    sorted.sort_by_key(|gap| gap.condition);
    for gap in sorted {
        if gap.condition != before {
            out.push_str(&wrapped("  ", &format!("{}. {}", gap.condition, condition_name(gap.condition))));
            before = gap.condition;
        }
        let days = gap.days.map_or(String::new(), |days| format!(", {}", aged(days)));
        let due = gap.due.as_ref().map_or(String::new(), |due| format!(", due {due}"));
        out.push_str(&wrapped("     ", &format!("{} [{}{days}{due}]", gap.what, who(gap.role, gap.person.as_deref()))));
    }
}

fn findings(show: &Show, out: &mut String) {
    if !show.findings.is_empty() {
        out.push_str("\nOpen findings\n");
    }
    for finding in &show.findings {
        let severity = finding.severity.unwrap_or("no severity");
        let against =
            if finding.threats.is_empty() { String::new() } else { format!(", against {}", finding.threats.join(" ")) };
        let late = if finding.late { ", late" } else { "" };
        let due = finding.due.as_ref().map_or(String::new(), |due| format!(", due {due}{late}"));
        let status = finding.status.replace('_', " ");
        out.push_str(&wrapped("  ", &format!("{} {} [{severity}, {status}{against}{due}]", finding.id, finding.title)));
    }
}

fn who(role: &str, person: Option<&str>) -> String {
    let role = label(role);
    person.map_or_else(|| format!("{role}, nobody"), |name| format!("{role}, {name}"))
}

fn label(code: &str) -> &'static str {
    Role::parse(code).map_or("", Role::label)
}

fn aged(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

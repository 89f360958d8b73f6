//! The item under the cursor, in full.

use ratatui::layout::Rect;

use super::{here, look, over, since, time};
use crate::{
    app::{
        Model,
        meeting::{MeetingScreen, state_words},
        system::SystemScreen,
    },
    domain::{
        fields::{Moment, Vocabulary},
        library::Level,
        meeting::{Item, briefing, worst},
        wording,
    },
    ui::{
        detail::{self, Fact},
        glyphs,
        part::{Pen, below},
        theme::Tone,
    },
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) {
    if area.is_empty() {
        return;
    }
    let Some(item) = screen.shown_item() else {
        pen.rule(area, "", "", false);
        return;
    };
    let clock = (time(item, model.moment), over(item, model.moment));
    pen.rule_in(area, (&item.title(), Tone::Strong), (&clock.0, clock.1), false);
    let facts = facts(model, screen, item);
    detail::write(pen, below(area, 1), &facts);
}

/// Everything that is to be said of an item, the most needed first.
pub fn facts(model: &Model, screen: &MeetingScreen, item: &Item) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |label: &str, text: String, tone: Tone| {
        if !text.is_empty() {
            out.push((label.to_owned(), text, tone));
        }
    };
    add("Why", since(item, model.today), Tone::Text);
    let reason = if item.reason.is_empty() { String::new() } else { format!(": {}", item.reason) };
    let state = format!("{} {}{reason}", item.state.sign(), state_words(item, screen.agenda.quorum));
    add("State", state, look(item.state));
    for (who, why) in &item.opinions.flags {
        add("Flagged", format!("{who}: {why}"), Tone::Alert);
    }
    let system = screen.system.as_ref().filter(|(key, _)| *key == item.key).map(|(_, system)| system);
    if let Some(system) = system {
        of_system(&mut add, model, system);
    }
    let names: Vec<_> = item.opinions.approve.iter().map(|(_, name)| name.clone()).collect();
    add("Approved", names.join(", "), Tone::Good);
    let outdated = item.opinions.outdated.join(", ");
    if !outdated.is_empty() {
        add("Outdated", format!("{outdated} approved what has changed since"), Tone::Muted);
    }
    for (who, text) in &item.opinions.comments {
        add("Comment", format!("{who}: {text}"), Tone::Text);
    }
    for (who, stance, why) in &item.stances {
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        add("By name", format!("{who} {}{why}", stance.label()), Tone::Here);
    }
    lines(&mut add, screen, item);
    if !screen.agenda.is_alone() {
        add("Here", here(screen), Tone::Muted);
    }
    out
}

fn of_system(add: &mut impl FnMut(&str, String, Tone), model: &Model, system: &SystemScreen) {
    let threats = worst(&system.dossier, model.today, 3);
    for (label, text) in briefing(&system.dossier, model.today) {
        let tone = if label == "Missing" && !system.gaps.is_empty() { Tone::Alert } else { Tone::Text };
        add(label, text, tone);
        if label == "Missing" {
            for (at, (name, now, after)) in threats.iter().enumerate() {
                let text = format!("{} now, {} after: {name}", word(*now), word(*after));
                let tone = now.map_or(Tone::Alert, |level| Tone::Level(level as u8));
                add(if at == 0 { "Threats" } else { " " }, text, tone);
            }
        }
    }
    if let Some(since) = &system.since {
        let counts =
            since.difference.counts(crate::domain::decision::reviewed_by(crate::domain::people::Role::Signoff));
        add("Changed", format!("since review {}: {}", since.number, counts.says()), Tone::Text);
    }
}

fn word(level: Option<Level>) -> String {
    level.map_or_else(|| "? unscored".to_owned(), |level| format!("{} {}", glyphs::level(level as u8), level.label()))
}

/// The last lines of the minutes of this item, and what somebody has to do because of it.
fn lines(add: &mut impl FnMut(&str, String, Tone), screen: &MeetingScreen, item: &Item) {
    let Some(meeting) = screen.meeting() else { return };
    let record = &screen.record;
    let tasks = record.tasks.iter().filter(|t| t.meeting == Some(meeting) && t.key.as_str() == item.key);
    for task in tasks {
        let who = wording::person(record, task.owner.map(|who| who.0));
        let due = task.due.map_or_else(String::new, |day| format!(", until {day}"));
        add("Action", format!("{who}: {}{due}", task.text), Tone::Text);
    }
    let said: Vec<_> =
        record.remarks.iter().filter(|r| r.meeting == Some(meeting) && r.key.as_str() == item.key).collect();
    for remark in said.iter().rev().take(4).rev() {
        let at: String = wording::moment(remark.at.unwrap_or(Moment(0))).chars().skip(11).collect();
        let who = wording::person(record, remark.by.map(|who| who.0));
        add("Minutes", format!("{at} {who}: {}", remark.text.as_str().replace('\n', " ")), Tone::Text);
    }
}

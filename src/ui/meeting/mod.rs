//! The meeting: the agenda, and the item under the cursor with everything that the board needs to decide on it.

mod big;
mod card;
mod large;

use ratatui::layout::{Position, Rect};

use super::{
    beside,
    part::{Pen, after, below, columns, cut},
    system::filter,
    theme::Tone,
    words::{days, many},
};
use crate::{
    app::{
        Model,
        list::window,
        meeting::{MeetingScreen, state_words},
    },
    domain::{
        fields::{Day, Moment, Vocabulary},
        meeting::{AgendaSection, Item, ItemState, Presence, clock_text, spent_in},
    },
};

/// Which meeting, who is there, how long it has run.
pub fn status(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) {
    let area = after(area, 1);
    let Some(meeting) = &screen.agenda.meeting else {
        let open = many(screen.agenda.items.len(), "item", "items");
        pen.write(area, &format!("{open} for the board today, no meeting planned"), Tone::Text);
        return;
    };
    let day = meeting.day.map_or_else(String::new, |day| format!("  {day} {}", meeting.starts));
    let mut pieces = vec![(format!("{}{}", meeting.title, day.trim_end()), Tone::Strong)];
    let present = screen.agenda.present();
    if meeting.runs() {
        if !screen.agenda.is_alone() {
            let met = !screen.agenda.lacks_quorum();
            let word = if met { "quorum" } else { "no quorum" };
            let tone = if met { Tone::Good } else { Tone::Alert };
            pieces.push((format!("   {present} of {} here, {word}", screen.agenda.attendees.len()), tone));
        }
        let spent = spent_in(Some(meeting), None, model.moment);
        let planned = meeting.minutes.unwrap_or_else(|| screen.agenda.planned_minutes());
        let over = spent > planned * 60_000;
        let paused = if meeting.is_paused() { " paused" } else { "" };
        let tone = if over { Tone::Alert } else { Tone::Text };
        pieces.push((format!("   {} of {planned} min{paused}", clock_text(spent)), tone));
    } else {
        pieces.push((format!("   {} invited", screen.agenda.attendees.len()), Tone::Muted));
        pieces.push((format!("   {} min planned", screen.agenda.planned_minutes()), Tone::Muted));
    }
    if !screen.private.queue.is_empty() {
        pieces.push((format!("   {} unsaid", screen.private.queue.len()), Tone::Here));
    }
    pen.write_all(area, pieces.iter().map(|(text, tone)| (text.as_str(), *tone)));
}

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) -> Option<Position> {
    if screen.large {
        return large::draw(pen, area, model, screen);
    }
    let side = (area.width / 2).clamp(46, 90);
    let (list, right) = if area.width >= ROOMY { beside(pen, area, side) } else { (area, None) };
    let (list, under) = right.map_or_else(|| split(area), |right| (list, right));
    let typed = title(pen, Rect { height: list.height.min(1), ..list }, model, screen);
    let body = below(list, 1);
    let cursor = if screen.shown.is_empty() {
        let says = if !screen.filter.is_empty() {
            "Nothing fits the filter. Esc clears it."
        } else if screen.agenda.items.is_empty() {
            "Nothing is for the board: no decision is due, nothing fired, came back or ends. n plans a meeting."
        } else {
            "None of these. Tab shows others."
        };
        pen.paragraph(after(below(body, 1), 1), says, Tone::Muted);
        None
    } else {
        rows(pen, body, model, screen)
    };
    card::draw(pen, under, model, screen);
    typed.or(cursor).or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

/// From this width on the item stands beside the agenda.
const ROOMY: u16 = 118;

fn split(area: Rect) -> (Rect, Rect) {
    let high = match area.height {
        26.. => 13,
        17.. => 9,
        11.. => 5,
        _ => 0,
    };
    let list = Rect { height: area.height.saturating_sub(high), ..area };
    (list, below(area, list.height))
}

fn title(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) -> Option<Position> {
    let entry = filter(model);
    let all = many(screen.agenda.items.len(), "item", "items");
    let next = screen.agenda.horizon.map_or_else(String::new, |day| format!("next meeting {day}"));
    let what = screen.only.label();
    if entry.is_none() && screen.filter.is_empty() {
        let note = if screen.only == crate::app::meeting::Shown::All { next } else { format!("shown: {what}") };
        pen.rule(area, &format!("Agenda {all}"), &note, true);
        return None;
    }
    let head = "Agenda   filter: ";
    let note = format!("{} of {all}, {what}", screen.shown.len());
    pen.rule(area, &format!("{head}{} ", screen.filter), &note, true);
    let typed: String = screen.filter.chars().take(entry?.area().cursor().1).collect();
    let at = columns(head).saturating_add(3).saturating_add(columns(&typed));
    let place = after(area, at.min(area.width.saturating_sub(1)));
    (!place.is_empty()).then(|| place.as_position())
}

/// A line of the list: the name of a part, or an item by its place among those shown.
enum Line {
    Part(AgendaSection, usize),
    Item(usize),
}

fn lines(screen: &MeetingScreen) -> Vec<Line> {
    let mut out = Vec::new();
    let mut last = None;
    for (at, item) in screen.shown.iter().enumerate() {
        let Some(item) = screen.agenda.items.get(*item) else { continue };
        if last != Some(item.section) {
            let count = screen.shown.iter().filter(|at| screen.agenda.items[**at].section == item.section).count();
            out.push(Line::Part(item.section, count));
            last = Some(item.section);
        }
        out.push(Line::Item(at));
    }
    out
}

fn rows(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) -> Option<Position> {
    let all = lines(screen);
    let on = screen.at.among(screen.shown.len());
    let line_of = |wanted: Option<usize>| all.iter().position(|l| matches!(l, Line::Item(at) if Some(*at) == wanted));
    let range = window(line_of(on).unwrap_or(0), all.len(), usize::from(area.height));
    let mut cursor = None;
    let mut rest = area;
    for line in all.get(range).unwrap_or_default() {
        match line {
            Line::Part(section, count) => {
                pen.write(after(rest, 1), &format!("{} ({count})", section.label()), Tone::Muted);
            }
            Line::Item(at) => {
                let Some(item) = screen.agenda.items.get(screen.shown[*at]) else { continue };
                row(pen, rest, (model, screen), item);
                if Some(*at) == on {
                    let mark = after(rest, 1);
                    pen.write(Rect { width: mark.width.min(1), ..mark }, pen.theme.glyphs().selected, Tone::Selected);
                    pen.select(after(rest, 2));
                    cursor = (!mark.is_empty()).then(|| mark.as_position());
                }
            }
        }
        rest = below(rest, 1);
    }
    cursor
}

/// The look of a state; its sign and its word say the same.
pub fn look(state: ItemState) -> Tone {
    match state {
        ItemState::Now => Tone::Here,
        ItemState::Missing | ItemState::Flagged => Tone::Alert,
        ItemState::PreApproved | ItemState::Done => Tone::Good,
        ItemState::Ready => Tone::Text,
        ItemState::Skipped | ItemState::Deferred | ItemState::Dropped => Tone::Muted,
    }
}

fn row(pen: &mut Pen, area: Rect, (model, screen): (&Model, &MeetingScreen), item: &Item) {
    let tone = look(item.state);
    pen.write(Rect { width: 1, ..after(area, 2) }, item.state.sign(), tone);
    let unread = screen.is_unread(item);
    let said = screen.private.queue.iter().find(|said| said.key == item.key).map(|said| said.sort.label());
    let time = time(item, model.moment);
    let state = match said {
        Some(word) if screen.running().is_none() => format!("you: {word}"),
        _ => state_words(item, screen.agenda.quorum),
    };
    let age = days(item.since, model.today).map_or_else(String::new, |days| format!("{days} d"));
    let wide = area.width >= 70;
    let right: u16 = if wide { 14 + 12 + 7 } else { 14 + 9 };
    let text = Rect { width: area.width.saturating_sub(right + 5), ..after(area, 4) };
    let new = if unread { "new " } else { "" };
    let used = pen.write(text, new, Tone::Here);
    let title =
        cut(&item.title(), usize::from(text.width.saturating_sub(used).saturating_sub(1)), pen.theme.glyphs().more);
    pen.write(after(text, used), &title, if unread { Tone::Strong } else { Tone::Text });
    let rest = after(area, area.width.saturating_sub(right));
    pen.write(Rect { width: 13, ..rest }, &state, tone);
    let rest = after(rest, 14);
    if wide {
        pen.write_right(Rect { width: 6, ..rest }, &age, Tone::Muted);
        pen.write_right(Rect { width: 11, ..after(rest, 7) }, &time, over(item, model.moment));
    } else {
        pen.write_right(Rect { width: 8, ..rest }, &time, over(item, model.moment));
    }
}

/// What its clock shows of what it was given.
fn time(item: &Item, now: Moment) -> String {
    let spent = item.elapsed(now);
    if spent > 0 { format!("{}/{}", clock_text(spent), item.minutes) } else { format!("{} min", item.minutes) }
}

fn over(item: &Item, now: Moment) -> Tone {
    if item.elapsed(now) > item.minutes * 60_000 { Tone::Alert } else { Tone::Muted }
}

/// Who is here, by name.
pub fn here(screen: &MeetingScreen) -> String {
    let names = screen.agenda.attendees.iter().map(|(_, name, presence)| match presence {
        Presence::Present => format!("[x] {name}"),
        Presence::Absent | Presence::Invited => format!("[ ] {name}"),
    });
    names.collect::<Vec<_>>().join("  ")
}

/// Since when, in words.
pub fn since(item: &Item, today: Day) -> String {
    match days(item.since, today) {
        None => item.why.clone(),
        Some(0) => format!("{}, since today", item.why.trim_end_matches('.')),
        Some(1) => format!("{}, for a day", item.why.trim_end_matches('.')),
        Some(days) => format!("{}, for {days} days", item.why.trim_end_matches('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sizes::on_every_size;

    #[test]
    fn any_size_will_do() {
        let model = Model::new((80, 24), Day::parse("2026-11-21").unwrap());
        for large in [false, true] {
            let screen = MeetingScreen { large, ..MeetingScreen::default() };
            on_every_size(|pen, area| {
                draw(pen, area, &model, &screen);
                status(pen, area, &model, &screen);
            });
        }
    }
}

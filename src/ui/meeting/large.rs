//! One item large, to be read from the back of the room: what is asked, what is missing, how long it has taken.

use ratatui::layout::{Position, Rect};

use super::{big, card, look, over, since, time};
use crate::{
    app::{
        Model,
        meeting::{MeetingScreen, state_words},
    },
    domain::{fields::Vocabulary, meeting::clock_text},
    ui::{
        detail,
        part::{Pen, after, below},
        theme::Tone,
    },
};

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &MeetingScreen) -> Option<Position> {
    let Some(item) = screen.shown_item() else {
        pen.rule(area, "", "", true);
        let says = "Nothing is on. The item that the chair takes up is shown here.";
        pen.paragraph(after(below(area, 2), 3), says, Tone::Text);
        return (!area.is_empty()).then(|| area.as_position());
    };
    let at = screen.agenda.items.iter().position(|other| other.key == item.key).map_or(0, |at| at + 1);
    let count = format!("{at} of {}", screen.agenda.items.len());
    pen.rule(area, item.section.label(), &count, true);
    // From the back of a room a letter of one line is not read: where there is room, the heading has three.
    let tall = area.height >= 26 && area.width >= 100;
    let clock = tall && area.width >= 150;
    let margin = if clock { CLOCK + 7 } else { 6 };
    let room = Rect { width: area.width.saturating_sub(margin), ..after(area, 3) };
    if clock {
        let place = Rect { height: 6, ..below(after(area, area.width.saturating_sub(CLOCK + 2)), 2) };
        digits(pen, place, &clock_text(item.elapsed(model.moment)), over(item, model.moment));
        pen.write(below(place, 6), &format!("of {} min", item.minutes), Tone::Muted);
    } else {
        let place = Rect { width: area.width.saturating_sub(2), ..below(area, 1) };
        pen.write_right(place, &time(item, model.moment), over(item, model.moment));
    }
    // What is asked comes first, then of whom.
    let mut rest = big::write(pen, below(room, 2), &item.what, Tone::Strong, tall);
    if let Some((_, name)) = &item.system {
        rest = big::write(pen, rest, name, Tone::Here, tall);
    }
    let state = format!("{} {}", item.state.sign(), state_words(item, screen.agenda.quorum));
    pen.write_all(
        rest,
        [(state.as_str(), look(item.state)), ("   ", Tone::Text), (since(item, model.today).as_str(), Tone::Muted)],
    );
    let facts: Vec<_> =
        card::facts(model, screen, item).into_iter().filter(|(label, ..)| label != "Why" && label != "State").collect();
    let body = below(area, rest.y.saturating_sub(area.y).saturating_add(2).max(if clock { 10 } else { 0 }));
    airy(pen, body, &facts, tall);
    (!area.is_empty()).then(|| area.as_position())
}

/// No line of the facts is longer: few words are read at a glance, many are not read at all.
const FEW: u16 = 84;
/// The columns of the clock.
const CLOCK: u16 = 36;

/// Facts with an empty line between them where there is room.
fn airy(pen: &mut Pen, area: Rect, facts: &[detail::Fact], tall: bool) {
    let area = Rect { width: area.width.saturating_sub(4).min(FEW), ..after(area, 2) };
    let mut rest = area;
    for fact in facts {
        if rest.height == 0 {
            break;
        }
        let label = format!("{:<10}", fact.0);
        let left = detail::write(pen, rest, &[(label, fact.1.clone(), fact.2)]);
        let gap = u16::from(tall && usize::from(area.height) > facts.len() * 3);
        rest = below(Rect { x: area.x, width: area.width, ..left }, gap);
    }
}

/// Five lines of blocks for each digit.
const FONT: [(char, [&str; 5]); 11] = [
    ('0', ["████", "█  █", "█  █", "█  █", "████"]),
    ('1', ["  █ ", " ██ ", "  █ ", "  █ ", " ███"]),
    ('2', ["████", "   █", "████", "█   ", "████"]),
    ('3', ["████", "   █", " ███", "   █", "████"]),
    ('4', ["█  █", "█  █", "████", "   █", "   █"]),
    ('5', ["████", "█   ", "████", "   █", "████"]),
    ('6', ["████", "█   ", "████", "█  █", "████"]),
    ('7', ["████", "   █", "  █ ", " █  ", " █  "]),
    ('8', ["████", "█  █", "████", "█  █", "████"]),
    ('9', ["████", "█  █", "████", "   █", "████"]),
    (':', ["    ", " ██ ", "    ", " ██ ", "    "]),
];

fn digits(pen: &mut Pen, area: Rect, text: &str, tone: Tone) {
    let mut line = area;
    for at in 0..5 {
        let row: Vec<&str> =
            text.chars().filter_map(|c| FONT.iter().find(|(sign, _)| *sign == c)).map(|(_, rows)| rows[at]).collect();
        pen.write(line, &row.join("  "), tone);
        line = below(line, 1);
    }
}

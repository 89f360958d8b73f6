//! Rating one threat after the other: the threat in words, the matrix that the digits move on, and what is left.

use ratatui::layout::{Position, Rect};

use super::{
    beside, detail,
    detail::Fact,
    glyphs, intake,
    matrix::{Matrix, SIZE},
    part::{Pen, after, below, columns},
    tally,
    theme::Tone,
    words::many,
};
use crate::{
    app::{
        list::window,
        panes::shown,
        queue::{Queue, State},
    },
    domain::{
        Kind,
        fields::{Entity, Vocabulary, YesNo},
        library::threats,
        page::QueueOf,
        register::{Threat, Treatment},
    },
};

/// How far the queue is, and about what the rest will take.
pub fn progress(pen: &mut Pen, area: Rect, queue: &Queue) {
    let all = queue.items.len();
    let left = queue.left();
    let here = (queue.at + 1).min(all);
    let bar = Rect { width: area.width.min(20), ..after(area, 1) };
    pen.progress(bar, all - left, all);
    let skipped = queue.count(|state| *state == State::Skipped);
    let text = if left == 0 && queue.item().is_none() {
        format!("all {all} looked at")
    } else {
        format!("{here} of {all}   {left} left, about {} keys", queue.keys_left())
    };
    let more = [(skipped, "put off"), (queue.beyond, "more after these")];
    let more = more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("   {n} {what}"));
    let text = text + &more.collect::<Vec<_>>().concat();
    pen.write(after(area, bar.width.saturating_add(3)), &text, Tone::Text);
}

/// Draws what is at hand, or what came of it all.
pub fn draw(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    if queue.item().is_none() {
        return tally::draw(pen, area, queue);
    }
    let (left, right) = beside(pen, area, 42.min(area.width / 3));
    if let Some(right) = right {
        list(pen, right, queue);
    }
    match queue.of {
        QueueOf::Intakes => intake::draw(pen, left, queue),
        QueueOf::Threats(_) | QueueOf::Shown => card(pen, left, queue),
    }
}

/// The lines that the matrix and the keys beside it take.
const BELOW: u16 = SIZE.0 + 1;

fn card(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    let (Some(item), Some(threat)) = (queue.item(), queue.threat()) else {
        pen.nothing(area, "This threat is not there any more. s goes on.");
        return Some(area.as_position());
    };
    let under = if area.height > BELOW + 3 { BELOW } else { area.height.min(2) };
    let upper = Rect { height: area.height - under, ..area };
    let tier = if item.tier.is_empty() { "no tier yet".to_owned() } else { format!("{} tier", item.tier) };
    pen.rule(upper, &format!("{} {}", threat.reference(), threat.title), &tier, true);
    let mut rest = below(upper, 1);
    if columns(&item.title).saturating_add(30) > area.width {
        let used = pen.paragraph(after(rest, 1), threat.title.as_str(), Tone::Strong);
        rest = below(rest, used);
    }
    if !threat.description.is_empty() {
        let used = pen.paragraph(after(rest, 1), threat.description.as_str(), Tone::Text);
        rest = below(rest, used.saturating_add(1));
    }
    detail::write(pen, rest, &facts(queue, threat));
    scoring(pen, below(area, upper.height), queue)
}

/// What helps to judge: where it comes from, what it touches, what stands against it, what others say.
fn facts(queue: &Queue, threat: &Threat) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |label: &str, text: String, tone: Tone| {
        if !text.is_empty() {
            out.push((label.to_owned(), text, tone));
        }
    };
    if threat.flagged == Some(YesNo::Yes) {
        add("Board", "[*] the board is asked to talk about it".into(), Tone::Here);
    }
    for name in ["component", "covers", "personal", "category", "severity_word", "status_word", "claim"] {
        if let Some(field) = Kind::Threat.field(name) {
            add(field.label, shown(&queue.dossier, field, &threat.get(name)), Tone::Text);
        }
    }
    let against: Vec<String> = queue
        .dossier
        .controls_of(threat.id)
        .map(|(_, control)| format!("{} {} ({})", control.reference(), control.title, control.stage().label()))
        .collect();
    add("Controls", if against.is_empty() { "none yet".into() } else { against.join(", ") }, Tone::Text);
    if let Some(entry) = threats().get(threat.library.as_str()) {
        let (l, i) = (entry.default_likelihood, entry.default_impact);
        add("Usually", format!("{l}x{i} in the library, for no system in particular"), Tone::Muted);
    }
    out
}

/// The matrix with the mark that the digits move, and beside it what the keys do.
fn scoring(pen: &mut Pen, area: Rect, queue: &Queue) -> Option<Position> {
    pen.rule(area, "Likelihood x impact", "", false);
    let body = below(area, 1);
    let typed = queue.scoring;
    let mut matrix = Matrix { now: typed.likelihood.zip(typed.impact), ..Matrix::default() };
    for threat in queue.dossier.live_threats().filter(|threat| threat.counts()) {
        if let (Some(l), Some(i)) = (threat.likelihood, threat.impact) {
            matrix.counts[usize::from(l.get() - 1)][usize::from(i.get() - 1)] += 1;
        }
    }
    if body.height >= SIZE.0 {
        matrix.draw(pen, body, |l, i| queue.dossier.matrix().level(l, i).map_or(u8::MAX, |level| level as u8));
    }
    let side = if body.height >= SIZE.0 { after(body, SIZE.1 + 3) } else { after(body, 1) };
    let cursor = prompt(pen, side, queue);
    let treatment = queue.treatment.map_or_else(|| "not chosen".to_owned(), |t| t.label().to_owned());
    let lines = [
        format!("Treatment: {treatment}"),
        "m mitigate   a accept   v avoid".to_owned(),
        "t transfer   n not applicable".to_owned(),
        "A treatment keeps both digits and goes on;".to_owned(),
        "Enter keeps the digits alone.".to_owned(),
    ];
    for (at, line) in (1u16..).zip(lines) {
        let tone = if at == 1 { Tone::Text } else { Tone::Muted };
        pen.write(below(side, at), &line, tone);
    }
    cursor
}

/// `L 4 I _`, and where it would land.
fn prompt(pen: &mut Pen, line: Rect, queue: &Queue) -> Option<Position> {
    let digit = |value: Option<u8>| value.map_or_else(|| "_".to_owned(), |value| value.to_string());
    let typed = queue.scoring;
    let (l, i) = (digit(typed.likelihood), digit(typed.impact));
    pen.write_all(line, [("L ", Tone::Strong), (&l, Tone::Focus), (" I ", Tone::Strong), (&i, Tone::Focus)]);
    let next = if typed.likelihood.is_none() || typed.impact.is_some() { 2 } else { 6 };
    match queue.level() {
        Some(level) => pen.write(
            after(line, 9),
            &format!("{} {}", glyphs::level(level as u8), level.label()),
            Tone::Level(level as u8),
        ),
        None => pen.write(after(line, 9), "? unscored: 1 to 5 each", Tone::Muted),
    };
    (line.width > next).then(|| after(line, next).as_position())
}

/// The queue itself: what came of what was looked at, and what is still to come.
fn list(pen: &mut Pen, area: Rect, queue: &Queue) {
    pen.rule(area, "The queue", &many(queue.left(), "waits", "wait"), false);
    let mut rest = below(area, 1);
    for at in window(queue.at, queue.items.len(), usize::from(rest.height)) {
        let (item, state) = &queue.items[at];
        let glyphs = pen.theme.glyphs();
        let here = at == queue.at;
        if here {
            pen.write(rest, glyphs.selected, Tone::Selected);
        }
        let (word, tone) = outcome(state);
        let wide = columns(&word).min(rest.width / 2);
        pen.write_right(Rect { height: rest.height.min(1), ..rest }, &word, tone);
        let room = rest.width.saturating_sub(wide.saturating_add(3));
        let name = if matches!(queue.of, QueueOf::Threats(None) | QueueOf::Shown) {
            format!("{}: {}", item.name, item.title)
        } else {
            item.title.clone()
        };
        let tone = if here { Tone::Strong } else { Tone::Text };
        pen.write(Rect { width: room, ..after(rest, 2) }, &name, tone);
        rest = below(rest, 1);
    }
}

/// What came of a thing, in a word or two.
pub fn outcome(state: &State) -> (String, Tone) {
    match state {
        State::Waiting => (String::new(), Tone::Muted),
        State::Skipped => ("put off".into(), Tone::Muted),
        State::Done(done) => {
            let treated = done.treatment.filter(|t| *t != Treatment::NotApplicable);
            let more = treated.map_or_else(String::new, |t| format!(", {}", t.label()));
            (format!("{}{more}", done.level.to_lowercase()), Tone::Good)
        }
    }
}

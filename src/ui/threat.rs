//! The register's own part: the matrix of likelihood and impact, and the selected threat beside or below it.

use ratatui::layout::{Position, Rect};

use super::{
    detail::{self, Fact},
    matrix::{CELL, DOUBLE, DOUBLE_CELL, Matrix, SIZE},
    part::{Pen, after, below, columns},
    pictures,
    theme::Tone,
};
use crate::{
    app::{
        HistoryLine, Model,
        panes::{moment, person, shown},
        pictures::Pictures,
        row::Target,
        system::{Scoring, SystemScreen},
    },
    domain::{
        Dossier, Id, Kind,
        fields::{Day, Entity, Vocabulary},
        library::Level,
        register::{Rating, Scale, Threat, open_findings, ratings},
    },
};

/// How high it is below the list: the matrix where there is room for it and for a list, and always while scoring.
pub fn height(area: u16, scoring: bool) -> u16 {
    match area {
        17.. => 8,
        11.. if scoring => 8,
        _ if scoring => area.saturating_sub(2).min(8),
        10.. => 4,
        _ => 0,
    }
}

/// Draws it; while scoring the terminal's cursor is where the next digit goes.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, screen: &SystemScreen) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let threat = selected(screen);
    let stacked = area.width < super::WIDE && area.height > 12;
    let double = stacked && area.width >= DOUBLE.0.max(DOUBLE.1) && area.height >= 38;
    if let (Some(map), None) = (&screen.map, screen.scoring) {
        return with_keys(pen, area, map, (stacked, double));
    }
    let matrix = area.height >= 8 || screen.scoring.is_some();
    // The rule has the title where it fits; where not, the list has it cut as well, and it is said in full below.
    let title = threat.map_or_else(
        || "Likelihood and impact".to_owned(),
        |threat| format!("{} {}", threat.reference(), threat.title),
    );
    let named = columns(&title) <= area.width.saturating_sub(5);
    pen.rule(area, &title, "", screen.scoring.is_some());
    let body = below(area, 1);
    if !matrix {
        details(pen, body, (model, screen), threat, (true, named));
        return None;
    }
    map(pen, body, (model, screen), (threat, double));
    let size = if double { DOUBLE } else { SIZE };
    let rest = if stacked { below(body, size.0.saturating_add(1)) } else { after(body, size.1.saturating_add(2)) };
    let (rest, cursor) = match screen.scoring {
        Some(scoring) => prompt(pen, rest, &screen.dossier, scoring),
        None => (rest, None),
    };
    let rest = if stacked { legend(pen, rest) } else { rest };
    details(pen, rest, (model, screen), threat, (!stacked, named));
    cursor
}

fn selected(screen: &SystemScreen) -> Option<&Threat> {
    let Some(Target::Thing(Kind::Threat, id)) = screen.selected()?.target else { return None };
    screen.dossier.threats.iter().find(|threat| threat.id == id)
}

/// Every live threat at its place now, and where the selected one is and would be.
pub fn map(
    pen: &mut Pen,
    area: Rect,
    (model, screen): (&Model, &SystemScreen),
    (threat, double): (Option<&Threat>, bool),
) {
    let dossier = &screen.dossier;
    let cell = if double { DOUBLE_CELL } else { CELL };
    let counts = screen.tally.places[Scale::Now as usize];
    let mut matrix = Matrix { counts, cell, ..Matrix::default() };
    let scores = threat.map(|threat| ratings(dossier, threat, model.today)).unwrap_or_default();
    matrix.now = scores.now.map(place);
    matrix.after = scores.target.map(place);
    if let Some(Scoring { likelihood: Some(l), impact: Some(i) }) = screen.scoring {
        matrix.now = Some((l, i));
        matrix.after = None;
    }
    matrix.draw(pen, area, |l, i| dossier.matrix().level(l, i).map_or(u8::MAX, |level| level as u8));
    pictures::unscored(pen, area, cell, screen.tally.unscored);
}

/// The matrix while it has the keys, and the number under its cursor in words.
fn with_keys(pen: &mut Pen, area: Rect, map: &Pictures, (stacked, double): (bool, bool)) -> Option<Position> {
    pen.rule(area, &format!("Likelihood x impact, {}", map.scale.label()), "", true);
    let body = below(area, 1);
    let (cell, size) = if double { (DOUBLE_CELL, DOUBLE) } else { (CELL, SIZE) };
    let cursor = pictures::map(pen, body, map, cell);
    let rest = if stacked { below(body, size.0.saturating_add(2)) } else { after(body, size.1.saturating_add(2)) };
    let rest = Rect { width: rest.width.saturating_sub(1), ..after(rest, 1) };
    let says = map.under().map(|under| under.says).unwrap_or_default();
    let used = pen.paragraph(rest, &says, Tone::Strong);
    let rest = below(rest, used.saturating_add(1));
    pen.paragraph(rest, "Enter shows only these, s the next scale, Esc goes back to the list.", Tone::Muted);
    cursor.or_else(|| (!body.is_empty()).then(|| body.as_position()))
}

fn place(rating: Rating) -> (u8, u8) {
    (rating.likelihood.get(), rating.impact.get())
}

/// `L 4 I _`, and where it would land.
fn prompt(pen: &mut Pen, area: Rect, dossier: &Dossier, scoring: Scoring) -> (Rect, Option<Position>) {
    let digit = |value: Option<u8>| value.map_or_else(|| "_".to_owned(), |value| value.to_string());
    let line = after(area, 1);
    let (l, i) = (digit(scoring.likelihood), digit(scoring.impact));
    pen.write_all(line, [("L ", Tone::Strong), (&l, Tone::Focus), (" I ", Tone::Strong), (&i, Tone::Focus)]);
    let next = if scoring.likelihood.is_none() || scoring.impact.is_some() { 2 } else { 6 };
    let cursor = (line.width > next).then(|| after(line, next).as_position());
    let level = scoring.likelihood.zip(scoring.impact).and_then(|(l, i)| dossier.matrix().level(l, i));
    match level {
        Some(level) => pen.write_all(
            after(line, 9),
            [(format!("{} {}", sign(level), level.label()).as_str(), Tone::Level(level as u8))],
        ),
        None => pen.write(after(line, 9), "1 to 5 each", Tone::Muted),
    };
    let used = pen.paragraph(below(line, 1), "Enter keeps it, Esc restores what was.", Tone::Muted);
    (below(area, used.saturating_add(1)), cursor)
}

fn sign(level: Level) -> &'static str {
    super::glyphs::level(level as u8)
}

fn legend(pen: &mut Pen, area: Rect) -> Rect {
    pen.write(after(area, 1), "[ ] where it is now   ( ) if the plan lands", Tone::Muted);
    pen.write(after(below(area, 1), 1), ". low   o medium   # high   ! critical", Tone::Muted);
    below(area, 3)
}

/// The threat in words; one behind another where there is little room, and with its title where the rule cut it.
fn details(
    pen: &mut Pen,
    area: Rect,
    (model, screen): (&Model, &SystemScreen),
    threat: Option<&Threat>,
    (close, named): (bool, bool),
) {
    let Some(threat) = threat else {
        let text = screen.selected().map_or_else(String::new, crate::app::row::Row::text);
        pen.paragraph(after(area, 1), text.trim(), Tone::Text);
        return;
    };
    let mut facts = about(&screen.dossier, threat, (model.today, screen.scoring.is_some()));
    facts.extend(said(screen, threat.id));
    if !named {
        facts.insert(0, (String::new(), threat.title.to_string(), Tone::Strong));
    }
    if close {
        detail::flow(pen, area, &facts);
    } else {
        detail::write(pen, area, &facts);
    }
}

fn about(dossier: &Dossier, threat: &Threat, (today, scoring): (Day, bool)) -> Vec<Fact> {
    let scores = ratings(dossier, threat, today);
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |label: &str, text: String| {
        if !text.is_empty() {
            out.push((label.to_owned(), text, Tone::Text));
        }
    };
    if !scoring {
        add("", way(scores));
    }
    add("Why", threat.score_reason.to_string());
    add("Controls", controls(dossier, threat.id));
    let findings =
        open_findings(dossier, threat.id).map(|finding| format!("{} {}", finding.reference(), finding.title));
    add("Findings", findings.collect::<Vec<_>>().join(", "));
    add("Owner", person(dossier, threat.owner.map(|who| who.0)));
    add("What", threat.description.to_string());
    for name in ["covers", "treatment_reason", "category", "component", "due", "personal", "dpo_reason", "claim"] {
        if let Some(field) = Kind::Threat.field(name) {
            add(field.label, shown(dossier, field, &threat.get(name)));
        }
    }
    out
}

/// How many entries of the log are shown beside a threat.
const LINES: usize = 4;

/// Who set what when, the newest first.
fn said(screen: &SystemScreen, threat: Id) -> Vec<Fact> {
    let lines = screen.history.iter().filter(|line| line.about == threat).take(LINES);
    let one = |(at, line): (usize, &HistoryLine)| {
        let label = if at == 0 { "Log" } else { "" };
        let why = if line.why.is_empty() { String::new() } else { format!(" \"{}\"", line.why.replace('\n', " / ")) };
        let text = format!("{} {} ({}): {}{why}", moment(line.at), line.who, line.role, line.what);
        (label.to_owned(), text, Tone::Muted)
    };
    lines.enumerate().map(one).collect()
}

/// From before any control, over what is so now, to what the plan leads to; what does not differ is said once.
fn way(scores: crate::domain::register::Ratings) -> String {
    let one = |label: &str, r: Rating| {
        let (l, i) = place(r);
        format!("{label} {l}x{i} {} {}", sign(r.level), r.level.label().to_lowercase())
    };
    let Some(now) = scores.now else { return "? unscored: s scores it".to_owned() };
    let first = scores.inherent.filter(|first| *first != now).map(|first| one("first", first));
    let target = scores.target.filter(|target| *target != now).map(|target| one("planned", target));
    let all: Vec<String> = [first, Some(one("now", now)), target].into_iter().flatten().collect();
    all.join(" → ")
}

fn controls(dossier: &Dossier, threat: Id) -> String {
    let one = |control: &crate::domain::register::Control| {
        format!("{} {} ({})", control.reference(), control.title, control.stage().label())
    };
    let all: Vec<String> = dossier.controls_of(threat).map(|(_, control)| one(control)).collect();
    if all.is_empty() { "none yet".to_owned() } else { all.join(", ") }
}

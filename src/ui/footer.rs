//! The bottom: what was said last, the keys of the moment, and what may follow the first key of two.

use ratatui::{
    layout::Rect,
    widgets::{Clear, Widget},
};

use super::{
    part::{Hint, Pen, after, below, grid, hints, wrap},
    theme::Tone,
};
use crate::{
    app::{Model, Notice, Overlay, Screen, confirm::Take, context, list::Step, meeting::MeetingScreen, refusal},
    domain::people::Role,
    keymap::{Action, Chord, Context, Keymap},
};

/// How many lines it takes on a terminal of this height: one for the keys, and above it one for what is said.
pub fn lines(height: u16) -> u16 {
    if height < 14 { 1 } else { 2 }
}

/// Draws it; what needs more lines than it has takes them from what is above.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, keymap: &Keymap) {
    clear(pen, area);
    let keys = below(area, area.height.saturating_sub(1));
    if let Some(prefix) = model.pending {
        return continuations(pen, area, (model, keymap), prefix);
    }
    if area.height > 1 || model.notice.is_none() {
        let all = now(model, keymap);
        for (at, place) in hints(pen, keys, &all) {
            pen.spot_of(place, &all[at]);
        }
    }
    if let Some(notice) = &model.notice {
        let bottom = if area.height > 1 { keys.y } else { keys.y.saturating_add(1) };
        said(pen, area, bottom, notice);
    }
}

fn clear(pen: &mut Pen, area: Rect) {
    Clear.render(pen.within(area), pen.cells);
}

/// A notice that is longer than a line takes more lines, rather than being cut.
fn said(pen: &mut Pen, area: Rect, bottom: u16, notice: &Notice) {
    let (mark, tone) = if notice.alert { (pen.theme.glyphs().missing, Tone::Alert) } else { ("i", Tone::Text) };
    let wide = area.width.saturating_sub(4);
    let lines = wrap(&notice.text, usize::from(wide));
    let high = u16::try_from(lines.len()).unwrap_or(1).clamp(1, 5);
    let place = Rect { y: bottom.saturating_sub(high), height: high, ..area };
    clear(pen, place);
    pen.write(after(place, 1), mark, tone);
    pen.paragraph(Rect { width: wide, ..after(place, 3) }, &notice.text, tone);
}

/// The keys of the moment, the most useful first, and at the end the two that lead to all others.
fn now(model: &Model, keymap: &Keymap) -> Vec<Hint> {
    let mut seen: Vec<Action> = Vec::new();
    let mut prefixes: Vec<Chord> = Vec::new();
    let mut out: Vec<(u8, Hint)> = Vec::new();
    for (keys, action) in keymap.active(context(model)) {
        if keys.then.is_some() && keymap.continuations(context(model), keys.first).len() > 1 {
            if !prefixes.contains(&keys.first) && !hidden(action) {
                prefixes.push(keys.first);
                out.push((3, Hint::new(keys.first.to_string(), prefix_title(keymap, model, keys.first))));
            }
        } else if !seen.contains(&action) && !hidden(action) && works(model, action) {
            seen.push(action);
            let word = word(model, action);
            // Two keys for the same need one hint.
            if out.iter().any(|(_, hint)| hint.title == word) {
                continue;
            }
            let off = refusal(model, action).is_some();
            let weight = match (off, presses(model, action)) {
                (true, _) => weight(action).max(5),
                (false, true) => 0,
                (false, false) => weight(action),
            };
            out.push((weight, Hint { off, ..Hint::new(keys.to_string(), word) }));
        }
    }
    out.sort_by_key(|(weight, _)| *weight);
    out.into_iter().map(|(_, hint)| hint).collect()
}

/// Enter takes a text in only where there is something to take in, nothing is handed over from the libraries, and when
/// a queue is through, there is little left to do.
fn works(model: &Model, action: Action) -> bool {
    if through(model) {
        let left = [Action::Accept, Action::Previous, Action::Undo, Action::Back, Action::Palette, Action::Help];
        return left.contains(&action);
    }
    let elsewhere = [Action::HandOver, Action::SendBack, Action::ExportRecord, Action::Edit];
    if let Screen::Library(library) = &model.screen {
        let about_one =
            [Action::Tick, Action::MarkFitting, Action::NotRelevant, Action::CorrectFact, Action::OnlyMissing];
        let alone = library.system.is_none() && about_one.contains(&action);
        if model.overlays.is_empty() && (alone || elsewhere.contains(&action)) {
            return false;
        }
    }
    if matches!(model.screen, Screen::System(_)) && model.overlays.is_empty() && action == Action::Import {
        // It is among the keys; the line at the bottom is for what is done every day.
        return false;
    }
    if matches!(model.screen, Screen::AllThreats(_)) && model.overlays.is_empty() {
        return ![Action::HandOver, Action::SendBack, Action::ExportRecord].contains(&action);
    }
    if matches!(model.screen, Screen::Acceptances(_)) && model.overlays.is_empty() {
        return !elsewhere.contains(&action) && ![Action::Undo, Action::Redo, Action::Edit].contains(&action);
    }
    if let (Screen::Meeting(screen), true) = (&model.screen, model.overlays.is_empty()) {
        return in_a_meeting(screen, action);
    }
    if matches!(model.screen, Screen::Log(_)) && model.overlays.is_empty() {
        return ![Action::HandOver, Action::SendBack, Action::ExportRecord, Action::Edit].contains(&action);
    }
    match model.overlays.last() {
        Some(Overlay::Reader(reader)) => match action {
            Action::Accept => reader.take_in.is_some(),
            Action::SayColumns => matches!(reader.take_in, Some(Take::Table(..))),
            _ => true,
        },
        Some(Overlay::Difference(shown)) => {
            action != Action::SayColumns && (action != Action::Accept || shown.again.is_some())
        }
        _ => true,
    }
}

/// Whether nothing goes on before it: a meeting that runs decides nothing until it is said who is here.
fn presses(model: &Model, action: Action) -> bool {
    let Screen::Meeting(screen) = &model.screen else { return false };
    action == Action::WhoIsHere && screen.running().is_some() && screen.agenda.lacks_quorum()
}

/// Before a meeting other keys are of use than in one.
fn in_a_meeting(screen: &MeetingScreen, action: Action) -> bool {
    let runs = screen.running().is_some();
    if screen.follows {
        return matches!(action, Action::LargeItem | Action::Help | Action::Quit);
    }
    match action {
        Action::HandOver | Action::Edit | Action::Redo => false,
        Action::NextItem | Action::PauseClock | Action::TakeConsent | Action::SayByName | Action::CloseMeeting => runs,
        Action::OpenMeeting | Action::PreApprove | Action::FlagItem | Action::CommentItem => !runs,
        Action::SayAll => !screen.private.queue.is_empty(),
        Action::AddItem | Action::SkipItem | Action::DeferItem | Action::WhoIsHere | Action::MinuteLine => {
            screen.agenda.meeting.is_some()
        }
        _ => true,
    }
}

/// What an action does here, where its title says it for everywhere.
const WORDS: [(Context, Action, &str); 68] = [
    (Context::SignoffPane, Action::SignSsh, "SSH-sign"),
    (Context::DpoSection, Action::AnswerYes, "yes"),
    (Context::DpoSection, Action::AnswerNo, "no"),
    (Context::DpoSection, Action::AnswerUnclear, "unclear"),
    (Context::DpoSection, Action::NextPane, "next section"),
    (Context::Merge, Action::Save, "take it in"),
    (Context::Merge, Action::KeepOurs, "ours"),
    (Context::Merge, Action::TakeTheirs, "theirs"),
    (Context::Merge, Action::AllOurs, "all ours"),
    (Context::Merge, Action::AllTheirs, "all theirs"),
    (Context::Policy, Action::Save, "keep it"),
    (Context::Policy, Action::SayAllow, "allow"),
    (Context::Policy, Action::SayNote, "note"),
    (Context::Policy, Action::SayCountersign, "countersign"),
    (Context::Policy, Action::SayBlock, "block"),
    (Context::Policy, Action::Tick, "next word"),
    (Context::Rate, Action::Accept, "keep the digits"),
    (Context::Rate, Action::TreatMitigate, "mitigate"),
    (Context::Rate, Action::TreatAccept, "accept"),
    (Context::Rate, Action::TreatAvoid, "avoid"),
    (Context::Rate, Action::TreatTransfer, "transfer"),
    (Context::Rate, Action::TreatNotApplicable, "not applicable"),
    (Context::Rate, Action::Edit, "open it"),
    (Context::Tier, Action::Accept, "keep, next"),
    (Context::Threats, Action::Open, "cell"),
    (Context::Threats, Action::NextPane, "matrix"),
    (Context::Map, Action::Open, "show only these"),
    (Context::Map, Action::NextPane, "back to the list"),
    (Context::AllThreats, Action::Open, "open, cell"),
    (Context::AllThreats, Action::OnlyMissing, "only unscored"),
    (Context::AllThreats, Action::RateShown, "rate these"),
    (Context::Acceptances, Action::OnlyMissing, "open, pressing, all"),
    (Context::Meeting, Action::Open, "take up, read"),
    (Context::Meeting, Action::OpenMeeting, "open it"),
    (Context::Meeting, Action::DecideItem, "decide"),
    (Context::Meeting, Action::SendBack, "return"),
    (Context::Meeting, Action::OnlyMissing, "ready for me"),
    (Context::Meeting, Action::NextPane, "show other parts"),
    (Context::Meeting, Action::New, "plan a meeting"),
    (Context::Meeting, Action::Withdraw, "take off"),
    (Context::Meeting, Action::TakeConsent, "consents"),
    (Context::Meeting, Action::PauseClock, "pause"),
    (Context::Meeting, Action::DeclineRisk, "decline"),
    (Context::Cell, Action::Accept, "keep, down"),
    (Context::Cell, Action::NextPane, "keep, right"),
    (Context::Cell, Action::PrevPane, "keep, left"),
    (Context::Cell, Action::Back, "keep what was"),
    (Context::Cell, Action::Save, "keep"),
    (Context::Form, Action::Accept, "next field"),
    (Context::Form, Action::NextPane, "next field"),
    (Context::Form, Action::Save, "do it"),
    (Context::Prose, Action::NextPane, "next field"),
    (Context::Prose, Action::Save, "do it"),
    (Context::Files, Action::Accept, "open"),
    (Context::Files, Action::ShowHidden, "hidden ones"),
    (Context::Columns, Action::Accept, "choose a field"),
    (Context::Columns, Action::Tick, "keep as it is"),
    (Context::Columns, Action::NextPane, "another kind of table"),
    (Context::Columns, Action::Save, "read it so"),
    (Context::Palette, Action::Accept, "run it"),
    (Context::Help, Action::Accept, "run it"),
    (Context::Score, Action::Accept, "keep"),
    (Context::Filter, Action::Accept, "keep"),
    (Context::Chooser, Action::Accept, "take it"),
    (Context::Confirm, Action::Accept, "yes"),
    (Context::Reader, Action::Accept, "take in"),
    (Context::Reader, Action::SayColumns, "columns"),
    (Context::Board, Action::Filter, "find"),
];

/// Whether the tally of a queue is shown.
fn through(model: &Model) -> bool {
    matches!(&model.screen, Screen::Queue(queue) if queue.item().is_none()) && model.overlays.is_empty()
}

fn word(model: &Model, action: Action) -> String {
    if through(model) && action == Action::Accept {
        return "go back".to_owned();
    }
    if let (Screen::Library(library), Action::Open, true) = (&model.screen, action, model.overlays.is_empty()) {
        return library.word_of_enter();
    }
    if let (Some(Overlay::Difference(_)), Action::Accept) = (model.overlays.last(), action) {
        return "confirm again".to_owned();
    }
    let place = context(model);
    let here = WORDS.iter().find(|(context, known, _)| *context == place && *known == action);
    here.map_or_else(|| lower(action.title()), |(.., word)| (*word).to_owned())
}

fn hidden(action: Action) -> bool {
    let digit = action.digit().is_some();
    digit || Step::of(action).is_some() || matches!(action, Action::Left | Action::Right | Action::MouseToggle)
}

/// What comes first: going in, what belongs to this place, then what works everywhere, and at the end the way out.
const ORDER: [(u8, &[Action]); 9] = [
    (0, &[Action::Open, Action::Accept]),
    (1, &[Action::Save, Action::HandOver, Action::SignSsh]),
    (4, &[Action::Filter, Action::Undo]),
    (5, &[Action::SendBack, Action::Edit]),
    (6, &[Action::Redo, Action::EditorForText, Action::Copy, Action::CopyRow, Action::NextPane, Action::PrevPane]),
    (7, &[Action::GoBoard, Action::AddTask, Action::ExportRecord, Action::Refresh, Action::Guide]),
    (90, &[Action::Quit]),
    (91, &[Action::Back]),
    (98, &[Action::Palette]),
];

/// Where an action stands that the table does not name: with what belongs to this place.
const OWN: u8 = 2;

fn weight(action: Action) -> u8 {
    if action == Action::Help {
        return u8::MAX;
    }
    ORDER.iter().find(|(_, all)| all.contains(&action)).map_or(OWN, |(weight, _)| *weight)
}

/// A title inside a line: without its capital, unless it is a name.
pub fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if !title.starts_with("DPO") && title != "OK" => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}

/// What a prefix leads to: what the titles behind it have in common.
fn prefix_title(keymap: &Keymap, model: &Model, prefix: Chord) -> String {
    let titles: Vec<&str> =
        keymap.continuations(context(model), prefix).into_iter().map(|(_, action)| action.title()).collect();
    let common = titles.iter().find_map(|title| title.split_once(": ").map(|(head, _)| head));
    common.map_or_else(|| lower(titles.first().unwrap_or(&"")) + "…", |head| format!("{}…", lower(head)))
}

fn continuations(pen: &mut Pen, area: Rect, (model, keymap): (&Model, &Keymap), prefix: Chord) {
    let mut choices: Vec<Hint> = Vec::new();
    for (then, action) in keymap.continuations(context(model), prefix) {
        let off = !held(model, action) || refusal(model, action).is_some();
        let title = action.title().split_once(": ").map_or(action.title(), |(_, tail)| tail);
        choices.push(Hint { off, ..Hint::new(then.to_string(), lower(title)) });
    }
    choices.push(Hint::new("Esc", "never mind"));
    let across = grid(area.width, &choices).0.max(1);
    let high = u16::try_from(choices.len().div_ceil(across)).unwrap_or(u16::MAX).saturating_add(1);
    let bottom = area.y.saturating_add(area.height);
    let place = Rect { y: bottom.saturating_sub(high), height: high.min(bottom), ..area };
    clear(pen, place);
    pen.rule(place, &format!("{prefix} {}", prefix_title(keymap, model, prefix)), "", false);
    pen.strip(below(place, 1), &choices);
}

const HATS: [(Action, Role); 8] = [
    (Action::ActAsOwner, Role::Owner),
    (Action::ActAsSecurity, Role::Security),
    (Action::ActAsGovernance, Role::Governance),
    (Action::ActAsDpo, Role::Dpo),
    (Action::ActAsSignoff, Role::Signoff),
    (Action::ActAsOperator, Role::Operator),
    (Action::ActAsBuilder, Role::Builder),
    (Action::ActAsAuditor, Role::Auditor),
];

/// Whether the person holds the hat that an action puts on; true for every other action.
fn held(model: &Model, action: Action) -> bool {
    let Some((_, role)) = HATS.iter().find(|(known, _)| *known == action) else { return true };
    match (&model.me, model.system()) {
        (Some(me), Some(screen)) => screen.dossier.holds(me.person, *role, model.today),
        (Some(me), None) => me.roles.contains(role),
        (None, _) => false,
    }
}

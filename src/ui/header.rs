//! The top: where one is, who one is, the tabs, and where the docket is.

use ratatui::layout::Rect;

use super::{
    across, log,
    part::{Pen, Tab as Strip, Target, after, below, columns, tabs},
    queue,
    theme::Tone,
    track::{State, Station, Track},
    words::{days, many, shout, thousands},
};
use crate::{
    app::{
        Model, Screen,
        panes::{day, person},
        system::{SystemScreen, Tab},
    },
    domain::{
        Dossier,
        decision::{Station as Stage, court, stations},
        fields::Day,
        page::QueueOf,
        people::Role,
    },
    keymap::{Action, Context, Keymap},
};

/// How many lines it takes on a terminal of this height.
pub fn lines(model: &Model, height: u16) -> u16 {
    match (&model.screen, height) {
        (Screen::Welcome(_), _) | (_, ..14) => 1,
        (
            Screen::Board(_)
            | Screen::Queue(_)
            | Screen::Library(_)
            | Screen::AllThreats(_)
            | Screen::Acceptances(_)
            | Screen::Meeting(_)
            | Screen::Log(_),
            _,
        )
        | (Screen::System(_), ..18) => 2,
        (Screen::System(_), _) => 3,
    }
}

/// Draws it.
pub fn draw(pen: &mut Pen, area: Rect, model: &Model, keymap: &Keymap) {
    top(pen, area, model);
    let second = below(area, 1);
    if second.height == 0 {
        return;
    }
    match &model.screen {
        Screen::Welcome(_) => {}
        Screen::Board(_) => totals(pen, second, model, keymap),
        Screen::Queue(queue) => queue::progress(pen, second, queue),
        Screen::Library(screen) => super::library::tab_line(pen, second, screen, keymap),
        Screen::AllThreats(screen) => across::progress(pen, second, screen),
        Screen::Acceptances(screen) => super::acceptances::totals(pen, second, screen, model.today),
        Screen::Log(screen) => log::progress(pen, second, screen),
        Screen::Meeting(screen) => super::meeting::status(pen, second, model, screen),
        Screen::System(screen) => {
            tab_line(pen, second, screen, keymap);
            if second.height > 1 {
                track_line(pen, below(second, 1), &screen.dossier, model.today);
            }
        }
    }
}

fn top(pen: &mut Pen, area: Rect, model: &Model) {
    let right = who(model, area.width >= 76);
    let wide: u16 = right.iter().map(|(text, _)| columns(text)).sum();
    let from = area.width.saturating_sub(wide);
    pen.write_all(after(area, from), right.iter().map(|(text, tone)| (text.as_str(), *tone)));
    let left = Rect { width: from.saturating_sub(1), ..area };
    let left = after(left, 1);
    let name = if area.width >= 70 || matches!(model.screen, Screen::Welcome(_)) { "docket  " } else { "" };
    let used = pen.write(left, name, Tone::Strong);
    pen.write(after(left, used), &crumbs(pen, model, area), Tone::Text);
}

fn crumbs(pen: &Pen, model: &Model, area: Rect) -> String {
    let path = pen.theme.glyphs().path;
    match &model.screen {
        Screen::Welcome(_) => String::new(),
        Screen::Board(board) if board.pictures().is_some() => format!("Board {path} Risk of all systems"),
        Screen::Board(_) if model.record.name.is_empty() => "Board".into(),
        Screen::Board(_) => format!("Board {path} {}", model.record.name),
        Screen::Queue(queue) => {
            let what = if queue.of == QueueOf::Intakes { "Tier new systems" } else { "Rate the unscored" };
            queue.item().map_or_else(|| what.to_owned(), |item| format!("{what} {path} {}", item.name))
        }
        Screen::Library(screen) => super::library::crumbs(screen, path),
        Screen::AllThreats(_) => format!("Board {path} All threats"),
        Screen::Acceptances(_) => format!("Board {path} All acceptances"),
        Screen::Log(_) => format!("Board {path} Log"),
        Screen::Meeting(screen) if screen.agenda.meeting.is_some() => format!("Board {path} Meeting"),
        Screen::Meeting(_) => format!("Board {path} Agenda"),
        Screen::System(screen) if area.width < 50 => format!("{} {path} {}", screen.tab.title(), screen.dossier.name()),
        Screen::System(screen) => format!("Board {path} {} {path} {}", screen.dossier.name(), screen.tab.title()),
    }
}

/// What holds for everything on the screen, then the person and the hat; the hat is a word and stands out.
fn who(model: &Model, long: bool) -> Vec<(String, Tone)> {
    let mut out = Vec::new();
    let banners = [(model.record.sample, "SAMPLE"), (model.record.read_only.is_some(), "READ ONLY")];
    for (_, word) in banners.into_iter().filter(|(on, _)| *on) {
        out.push((format!(" {word} "), Tone::Banner));
        out.push(("  ".into(), Tone::Text));
    }
    if let Some(point) = model.system().and_then(|screen| screen.as_of) {
        // In the past nobody acts.
        let says = format!(" AS OF ENTRY {}, {}: READ ONLY ", point.n, day(point.at));
        return vec![(says, Tone::Banner), (" ".into(), Tone::Text)];
    }
    if let Some(me) = &model.me {
        let name = if long { format!("{} acting as ", me.name) } else { String::new() };
        out.push((name, Tone::Text));
        out.push((format!("[{}]", shout(me.role)), Tone::Role));
    }
    out.push((" ".into(), Tone::Text));
    out
}

fn totals(pen: &mut Pen, area: Rect, model: &Model, keymap: &Keymap) {
    let Screen::Board(board) = &model.screen else { return };
    let page = &board.page;
    let systems = page.only.as_ref().map_or(page.total, |only| only.of);
    let late = if page.late > 0 { Tone::Alert } else { Tone::Muted };
    // A number opens the rows behind it.
    let keys = keymap.keys_for(Action::GoUnscored, Context::Board);
    let keys = keys.first().map_or_else(String::new, |keys| format!(": {keys}"));
    let unscored =
        if page.unscored > 0 { format!("   ? {} unscored{keys}", thousands(page.unscored)) } else { String::new() };
    let pieces = [
        (many(systems, "system", "systems"), Tone::Text),
        (if page.late > 0 { format!("   ! {} late", page.late) } else { "   none late".into() }, late),
        (format!("   {} cleared", page.cleared), if page.cleared > 0 { Tone::Good } else { Tone::Muted }),
        (unscored, Tone::Alert),
    ];
    if systems > 0 {
        pen.write_all(after(area, 1), pieces.iter().map(|(text, tone)| (text.as_str(), *tone)));
    }
}

/// The actions that choose the panes, in the order of [`Tab::ALL`].
const CHOOSE: [Action; Tab::ALL.len()] = [
    Action::TabOne,
    Action::TabTwo,
    Action::TabThree,
    Action::TabFour,
    Action::TabFive,
    Action::TabSix,
    Action::TabSeven,
    Action::TabEight,
    Action::TabNine,
    Action::TabTen,
    Action::GoHistory,
    Action::GoRisk,
];
const SHORT: [&str; Tab::ALL.len()] =
    ["Over", "Flow", "Thr", "Ctl", "Ev", "DPO", "Gov", "Chk", "Hnd", "Sgn", "Log", "Risk"];

fn tab_line(pen: &mut Pen, area: Rect, screen: &SystemScreen, keymap: &Keymap) {
    let keys = CHOOSE.map(|action| {
        keymap
            .keys_for(action, Context::System)
            .first()
            .map_or_else(String::new, |keys| keys.to_string().replace(' ', if area.width < 130 { "" } else { " " }))
    });
    let marks = Tab::ALL.map(|tab| mark(screen, tab));
    let all: Vec<Strip> = (0..Tab::ALL.len())
        .map(|at| Strip { key: &keys[at], title: Tab::ALL[at].title(), short: SHORT[at], mark: &marks[at] })
        .collect();
    for (at, place) in tabs(pen, area, &all, screen.tab as usize) {
        pen.spot(place, Target::Does(CHOOSE[at]));
    }
}

/// What is missing on a tab: of the two roles whose gaps must not be overlooked, and in all.
fn mark(screen: &SystemScreen, tab: Tab) -> String {
    let of = |role: Role| screen.gaps.iter().filter(|gap| gap.role == role).count();
    let missing = match tab {
        Tab::Privacy => of(Role::Dpo),
        Tab::Governance => of(Role::Governance),
        Tab::Checklist => screen.gaps.len(),
        Tab::Overview
        | Tab::Inventory
        | Tab::Threats
        | Tab::Controls
        | Tab::Evidence
        | Tab::Handoffs
        | Tab::Signoff
        | Tab::History
        | Tab::Risk => 0,
    };
    if missing > 0 { format!("!{missing}") } else { String::new() }
}

fn track_line(pen: &mut Pen, area: Rect, dossier: &Dossier, today: Day) {
    let used = track(dossier, today).draw(pen, area);
    let names: Vec<String> = court(dossier)
        .iter()
        .filter_map(|court| dossier.holder(court.role, today))
        .map(|who| person(dossier, Some(who)))
        .collect();
    // One person may owe two legs; their name is said once.
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    let text = format!("with {}", once.join(", "));
    let room = after(area, used.saturating_add(2));
    if !once.is_empty() && columns(&text) < room.width {
        let room = Rect { width: room.width.saturating_sub(1), ..room };
        pen.write_right(room, &text, Tone::Muted);
    }
}

/// The track of a system on a day.
pub fn track(dossier: &Dossier, today: Day) -> Track {
    let courts = court(dossier);
    let [owner, security, governance, dpo, signoff] = stations(dossier);
    let station = |role: Role, stage: Stage| {
        let here = courts.iter().find(|court| court.role == role);
        Station {
            state: state(stage),
            days: here.and_then(|court| days(court.since, today)),
            late: here.and_then(|court| court.due).is_some_and(|due| due < today),
        }
    };
    Track {
        owner: station(Role::Owner, owner),
        security: station(Role::Security, security),
        governance: station(Role::Governance, governance),
        dpo: station(Role::Dpo, dpo),
        signoff: station(Role::Signoff, signoff),
    }
}

fn state(stage: Stage) -> State {
    match stage {
        Stage::Done => State::Done,
        Stage::Here => State::Here,
        Stage::Later => State::Later,
        Stage::Absent => State::Absent,
    }
}

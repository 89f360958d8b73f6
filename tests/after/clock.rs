//! One day at a time over two years: every door says the same of every system on every day, and nothing changes without
//! an entry or a date.

use std::fmt::Write;

use crate::lanes::{Lane, portfolio};
use docket::{
    app::{BoardPage, Model, Screen, board::Board, row::RowKind, system::SystemScreen},
    domain::{
        Dossier, Id,
        decision::{Clearance, ClearanceState, clearance, good_until},
        fields::{Day, Vocabulary},
        meeting::{Agenda, Matter, MatterSort, agenda},
        page::Opened,
        summary::{Summary, summarise},
    },
    exchange::{
        answer::{gate, list, show},
        record,
    },
    keymap::Keymap,
    store::Store,
    ui::{self, theme::Theme},
};
use ratatui::{Terminal, backend::TestBackend};

const DAYS: i64 = 731;
/// What is made at length (the record in each of its forms, `docket show`, the overview) is made on each day on which a
/// system is worth something else or somebody wrote, on the day after it, and after so many days; board, list, gate and
/// agenda are asked every day.
const EVERY: i64 = 14;
/// Just large enough for the lanes and what is around them.
const SCREEN: (u16, u16) = (160, 22);

impl Lane {
    /// What every door but the board says; each has to say `worth`.
    fn gate(&self, worth: &Clearance, summary: &Summary, today: Day) {
        let (name, code) = (self.name, worth.state.code());
        let says = |door: &str, said: &str| assert_eq!(said, code, "{name} on {today}: {door}: {}", worth.reason);
        let row = serde_json::to_value(list::Row::of(self.system, summary, today)).expect("JSON");
        says("list --json", row["clearance"].as_str().expect("a code"));
        let verdict = gate::ask(&self.dossier, &gate::Options::default(), today).expect("a system");
        says("gate", verdict.clearance);
        let open = worth.state == ClearanceState::Current;
        assert_eq!(verdict.exit == 0, open, "{name} on {today}: {:?}", verdict.reasons);
        assert_eq!(verdict.reasons.is_empty(), open, "{name} on {today}");
    }

    /// What the agenda of that day says: the item of a clearance with an end names the state, and what is due is on it.
    fn agenda(&self, worth: &Clearance, all: &Agenda, today: Day) {
        let name = self.name;
        let own = || all.items.iter().filter(|item| item.system.as_ref().is_some_and(|(id, _)| *id == self.system));
        for item in own().filter(|item| item.sort == MatterSort::Expires) {
            assert_eq!(item.what, format!("The clearance is {}", worth.state.label()), "{name} on {today}: the agenda");
        }
        let ended =
            |sort: MatterSort| own().any(|item| item.sort == sort && item.lapses.is_some_and(|day| day < today));
        match worth.state {
            ClearanceState::ConditionsDue => assert!(ended(MatterSort::Condition), "{name} on {today}: no condition"),
            ClearanceState::Lapsed => {
                let by_date = worth.reason.starts_with("It was valid until") && self.dossier.decided().is_some();
                assert!(!by_date || ended(MatterSort::Expires), "{name} on {today}: {} is not for it", worth.reason);
            }
            _ => {}
        }
    }

    /// What is made at length: the record, as JSON, printed and as a page of its own, and what `docket show` says.
    fn doors(&self, worth: &Clearance, today: Day) {
        let (name, code) = (self.name, worth.state.code());
        let says = |door: &str, said: &str| assert_eq!(said, code, "{name} on {today}: {door}: {}", worth.reason);
        let context = record::Context { version: "1".into(), head: None, events: 0, voided: vec![] };
        let made = record::build(&self.dossier, today, self.desk.now, &context).expect("a system");
        let json: Said = serde_json::from_str(&made.to_json()).expect("JSON");
        says("record", &json.verdict.clearance.state);
        assert_eq!(json.verdict.clearance.reason, worth.reason, "{name} on {today}");
        let wanted = format!("Clearance: {}. {}", worth.state.label(), worth.reason);
        let print = made.to_markdown().replace('\\', "");
        let line =
            print.lines().find_map(|line| line.strip_prefix("- ").filter(|line| line.starts_with("Clearance: ")));
        let line = line.unwrap_or_else(|| panic!("{name} on {today}: nothing is printed of the clearance"));
        assert!(line.starts_with(&wanted), "{name} on {today}: printed is {line:?}, not {wanted:?}");
        let shown = serde_json::to_value(show::show(&self.dossier, &[], today).expect("a system")).expect("JSON");
        let shown = find(&shown, "clearance").expect("show says it");
        says("show", shown.as_str().or_else(|| shown["state"].as_str()).expect("a code"));
    }

    /// What the overview says.
    fn overview(&self, worth: &Clearance, today: Day) {
        let dossier = self.dossier.clone();
        let (voided, since) = (vec![], None);
        let opened = Opened { dossier, history: vec![], voided, since, drafts: vec![], register: None, trend: vec![] };
        let screen = SystemScreen::new(opened, today);
        let wanted = format!("clearance: {}", worth.state.label());
        let heading = |row: &docket::app::row::Row| matches!(&row.kind, RowKind::Heading(right) if *right == wanted);
        assert!(screen.rows.iter().any(heading), "{} on {today}: the overview", self.name);
        assert!(screen.rows.iter().any(|row| row.text().contains(&worth.reason)), "{} on {today}", self.name);
    }
}

/// Of the record as JSON, what it says of the clearance.
#[derive(serde::Deserialize)]
struct Said {
    verdict: SaidVerdict,
}

#[derive(serde::Deserialize)]
struct SaidVerdict {
    clearance: SaidClearance,
}

#[derive(serde::Deserialize)]
struct SaidClearance {
    state: String,
    reason: String,
}

/// The value of the first key of this name, wherever it is.
fn find<'a>(value: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
    match value {
        serde_json::Value::Object(map) => map.get(key).or_else(|| map.values().find_map(|inner| find(inner, key))),
        serde_json::Value::Array(all) => all.iter().find_map(|inner| find(inner, key)),
        _ => None,
    }
}

/// The board as it is on the screen.
fn board(rows: Vec<(Id, Summary)>, today: Day) -> String {
    let total = rows.len();
    let mut model = Model::new(SCREEN, today);
    let page = BoardPage { rows, total, ..BoardPage::default() };
    model.screen = Screen::Board(Board::new(page));
    let mut terminal = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1)).expect("a screen");
    let keymap = Keymap::default();
    terminal.draw(|frame| ui::view(&model, &keymap, Theme::default(), frame)).expect("drawn");
    let cells = terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..SCREEN.1 {
        let line: String = (0..SCREEN.0).map(|x| cells[(x, y)].symbol()).collect();
        let _ = writeln!(out, "{line}");
    }
    out
}

/// What every door is asked for on one day.
struct Asked {
    today: Day,
    rows: Vec<(Id, Summary)>,
    screen: String,
    matters: Vec<(Id, String, Matter)>,
    agenda: Agenda,
}

impl Asked {
    fn on(today: Day, store: &mut Store) -> Self {
        while store.refresh_stale(today, 100, &|dossier| summarise(dossier, today)).expect("made") > 0 {}
        let rows = store.dashboard(0, 100).expect("the board");
        let screen = board(rows.clone(), today);
        // What is for the board is read from the lines of the store, as the screen and the list of the agenda do.
        let matters = store.matters().expect("the matters");
        let agenda = agenda(&Dossier::default(), None, &matters, today);
        Self { today, rows, screen, matters, agenda }
    }

    /// What a system is worth, after board, list, gate and agenda have said the same.
    fn daily(&self, lane: &Lane) -> Clearance {
        let today = self.today;
        let worth = clearance(&lane.dossier, today);
        let (_, summary) = self.rows.iter().find(|(id, _)| *id == lane.system).expect("it is on the board");
        let mut fresh = summarise(&lane.dossier, today).expect("it is a system");
        let kept = self.matters.iter().filter(|(id, ..)| *id == lane.system).map(|(.., matter)| matter);
        assert!(kept.eq(&std::mem::take(&mut fresh.matters)), "{} on {today}: stale for the board", lane.name);
        // The board keeps the next steps and the acceptances in tables of their own.
        (fresh.steps, fresh.acceptances) = (vec![], vec![]);
        assert_eq!(summary, &fresh, "{} on {today}: stale", lane.name);
        // The heading of the preview beside the list has the name as well.
        let row = |line: &&str| line.chars().take(110).collect::<String>().contains(lane.name);
        let shown = self.screen.lines().find(row).expect("its line");
        let word = if worth.state == ClearanceState::None { "not yet" } else { worth.state.label() };
        assert!(shown.contains(word), "{} on {today}: {word}: {shown}", lane.name);
        lane.gate(&worth, summary, today);
        lane.agenda(&worth, &self.agenda, today);
        worth
    }
}

/// Asks of every system at once, on as many cores as there are.
fn of_each<T: Send>(lanes: &[Lane], ask: impl Fn(&Lane) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let some = lanes.chunks(lanes.len().div_ceil(cores));
        let asked: Vec<_> = some.map(|some| scope.spawn(|| some.iter().map(&ask).collect::<Vec<T>>())).collect();
        let said = asked.into_iter().map(|one| one.join().unwrap_or_else(|said| std::panic::resume_unwind(said)));
        said.flatten().collect()
    })
}

#[test]
fn every_door_says_the_same_on_every_day_of_two_years() {
    let mut store = Store::in_memory().expect("a record");
    let mut lanes = portfolio();
    let start = lanes.iter().map(|lane| lane.desk.today()).max().expect("there are some");
    let mut seen = std::collections::BTreeSet::new();
    let mut changes = 0;
    for day in 0..DAYS {
        let today = start.plus(day);
        for lane in &mut lanes {
            lane.live((day, today), &mut store);
        }
        let asked = Asked::on(today, &mut store);
        let said = of_each(&lanes, |lane| {
            let worth = asked.daily(lane);
            let differs = lane.before.as_ref().is_none_or(|(was, _)| *was != worth);
            if differs || lane.turned || lane.wrote || day % EVERY == 0 {
                lane.doors(&worth, today);
                lane.overview(&worth, today);
            }
            (worth, differs, good_until(&lane.dossier, today))
        });
        for (lane, (worth, differs, until)) in lanes.iter_mut().zip(said) {
            if let Some((was, until)) = lane.before.take().filter(|_| differs) {
                changes += 1;
                let dated = until == Some(today.plus(-1));
                assert!(lane.wrote || dated, "{} on {today}: {was:?} became {worth:?} by nothing", lane.name);
            }
            lane.turned = differs;
            seen.insert(worth.state.code());
            lane.before = Some((worth, until));
        }
    }
    let all: Vec<_> = seen.into_iter().collect();
    let every = ["conditions_due", "current", "drifted", "lapsed", "none", "revoked", "trigger_pending"];
    assert_eq!(all, every, "every state that a newest decision can have was there");
    assert!(changes >= 30, "{changes} changes of state");
}

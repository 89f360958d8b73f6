//! One day at a time over two years: every door says the same of every system on every day, and nothing changes without
//! an entry or a date.

use std::fmt::Write;

use crate::support::{Data, Desk, add, add_to, date, edit, fields, int, text};
use docket::{
    app::{BoardPage, Model, Screen, board::Board, row::RowKind, system::SystemScreen},
    domain::{
        Dossier, Id, Kind,
        command::Command,
        decision::{Clearance, ClearanceState, Decision, ReviewKind, Triage, clearance, good_until},
        fields::{Day, Vocabulary},
        meeting::{Agenda, MatterSort, agenda},
        page::Opened,
        people::Role,
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
/// The record and the overview are made at length when something differs, on the day after it, and after so many days;
/// board, list, gate and agenda are asked every day.
const EVERY: i64 = 7;
/// Just large enough for the lanes and what is around them.
const SCREEN: (u16, u16) = (160, 22);

/// What somebody does on a day.
type Act = (i64, fn(&mut Desk));

/// A system of the portfolio.
struct Lane {
    desk: Desk,
    system: Id,
    name: &'static str,
    acts: &'static [Act],
    /// How many of what happened is in the record.
    known: usize,
    /// What it was worth on the day before, and until when that would hold.
    before: Option<(Clearance, Option<Day>)>,
    /// Whether that was another worth than on the day before it.
    turned: bool,
    dossier: Dossier,
}

fn lane(number: u8, name: &'static str, make: fn(&mut Desk), acts: &'static [Act]) -> Lane {
    let mut desk = Desk::of_five_in(number);
    let named = edit(Kind::System, desk.system(), [("name", text(name))]);
    desk.must(Role::Owner, named);
    desk.must(Role::Owner, add(Kind::Release, [("version", text("1.0"))]));
    make(&mut desk);
    let system = desk.system();
    Lane { desk, system, name, acts, known: 0, before: None, turned: false, dossier: Dossier::default() }
}

fn decide(desk: &mut Desk, decision: Decision, conditions: &[(&str, i64)]) {
    desk.wait(1).mend_all();
    let command = desk.decision(decision, conditions);
    desk.must(Role::Signoff, command);
}

fn cleared(desk: &mut Desk) {
    desk.ready(Data::Internal);
    decide(desk, Decision::Proceed, &[]);
}

fn renewed(desk: &mut Desk) {
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Full));
    decide(desk, Decision::Proceed, &[]);
}

fn on_conditions(desk: &mut Desk) {
    desk.ready(Data::Personal);
    decide(desk, Decision::Conditional, &[("Log it", 30), ("Drill", 200)]);
}

fn meets(desk: &mut Desk) {
    let open = desk.dossier.conditions.iter().find(|c| c.met_at.is_none()).map(|c| c.id).expect("one is open");
    desk.must(Role::Owner, Command::MeetCondition(open, "Seen.".into()));
}

fn accepting(desk: &mut Desk) {
    desk.ready(Data::Internal);
    let treatment = edit(Kind::Threat, desk.threat(2), [("treatment", text("accept"))]);
    desk.must(Role::Security, treatment);
    desk.accept(desk.threat(2), 90).expect("accepted");
    decide(desk, Decision::Proceed, &[]);
}

fn accepts_anew(desk: &mut Desk) {
    desk.accept(desk.threat(2), 200).expect("accepted anew");
}

fn timed(desk: &mut Desk) {
    desk.ready(Data::Internal);
    let every = [("title", text("Every half year")), ("sort", text("time")), ("months", int(6))];
    desk.must(Role::Governance, add(Kind::Trigger, every));
    let once = [("title", text("Before summer")), ("sort", text("time")), ("due", date(desk.day(80)))];
    desk.must(Role::Governance, add(Kind::Trigger, once));
    desk.must(Role::Governance, Command::FromLibrary(vec!["DKT-R-026".into(), "DKT-R-027".into()]));
    decide(desk, Decision::Proceed, &[]);
}

/// Triages whatever waits, and has a name for it.
fn settles(desk: &mut Desk) {
    let made = desk.dossier.last_disposition().cloned().expect("it was decided");
    for pending in docket::domain::after::waiting(&desk.dossier, &made, desk.today()) {
        let command = Command::Triage(pending.id, Triage::NotMaterial, vec![], "Nothing new.".into());
        desk.must(Role::Governance, command);
    }
}

fn proven(desk: &mut Desk) {
    desk.ready(Data::Internal);
    desk.must(Role::Governance, Command::FromLibrary(vec!["DKT-R-027".into()]));
    let expires = edit(Kind::Evidence, desk.last(Kind::Evidence), [("expires", date(desk.day(60)))]);
    desk.must(Role::Security, expires);
    let until = desk.day(150);
    desk.verify(desk.control(1), desk.last(Kind::Evidence), until);
    let first = desk.dossier.verifications[0].id;
    desk.must(Role::Security, crate::support::withdraw(Kind::Verification, first));
    decide(desk, Decision::Proceed, &[]);
}

fn verifies_again(desk: &mut Desk) {
    desk.add_evidence();
    let set = [
        ("method", text("test")),
        ("outcome", text("works")),
        ("by", crate::support::reference(desk.who(Role::Security))),
        ("on", date(desk.today())),
        ("valid_until", date(desk.day(300))),
        ("evidence", crate::support::reference(desk.last(Kind::Evidence))),
    ];
    desk.must(Role::Security, add_to(desk.control(1), Kind::Verification, set));
}

fn lent(desk: &mut Desk) {
    cleared(desk);
    for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
        let until = Some(desk.day(50));
        desk.must(Role::Owner, Command::Assign { role, person, delegate: None, until });
    }
}

fn gives_roles_again(desk: &mut Desk) {
    for (role, person) in Role::REVIEW.into_iter().zip(desk.people) {
        let command = Command::Assign { role, person, delegate: None, until: None };
        desk.act(Role::Owner, desk.people[0], command).expect("whoever held one may");
    }
}

fn has_incident(desk: &mut Desk) {
    let noticed = date(desk.today());
    let set = fields([("title", text("It told an address")), ("sort", text("leakage")), ("noticed", noticed)]);
    desk.must(Role::Owner, Command::ReportIncident(set));
    let incident = desk.last(Kind::Incident);
    let until = Some(desk.day(20));
    desk.must(Role::Signoff, Command::Restrict { incident, text: "Drafts only.".into(), until });
}

fn closes_incident(desk: &mut Desk) {
    let id = desk.last(Kind::Incident);
    let controls = crate::support::list(&[&desk.control(1).to_string()]);
    desk.must(Role::Owner, edit(Kind::Incident, id, [("controls", controls)]));
    desk.must(Role::Owner, Command::CloseIncident(id, "The filter was mended.".into()));
}

fn pauses(desk: &mut Desk) {
    desk.must(Role::Security, Command::Pause("It repeats itself.".into()));
}

fn resumes(desk: &mut Desk) {
    desk.must(Role::Signoff, Command::Resume("Mended.".into()));
}

fn changes(desk: &mut Desk) {
    let what = fields([("title", text("Shell")), ("sort", text("tool"))]);
    desk.must(Role::Owner, Command::RecordChange { what, fires: vec!["DKT-R-005".into()] });
}

fn scopes(desk: &mut Desk) {
    let id = desk.last(Kind::Alteration);
    let command = Command::Triage(id, Triage::Scoped, vec![Role::Security], "A new right.".into());
    desk.must(Role::Governance, command);
}

fn drifts(desk: &mut Desk) {
    desk.must(Role::Owner, add(Kind::Tool, [("name", text("shell")), ("permissions", text("all"))]));
}

fn revokes(desk: &mut Desk) {
    desk.must(Role::Signoff, Command::RevokeClearance("It leaks.".into()));
}

fn holds(desk: &mut Desk) {
    desk.must(Role::Governance, Command::StartReview(ReviewKind::Full));
    decide(desk, Decision::Hold, &[]);
}

fn portfolio() -> Vec<Lane> {
    vec![
        lane(1, "Alpha plain", cleared, &[(400, renewed)]),
        lane(2, "Beta conditions", on_conditions, &[(45, meets), (190, meets)]),
        lane(3, "Gamma acceptance", accepting, &[(120, accepts_anew), (130, renewed)]),
        lane(4, "Delta timed", timed, &[(85, settles), (200, settles), (260, renewed), (450, settles)]),
        lane(5, "Epsilon evidence", proven, &[(70, settles), (160, verifies_again), (170, renewed)]),
        lane(6, "Zeta lent", lent, &[(70, gives_roles_again), (90, drifts), (100, renewed)]),
        lane(
            7,
            "Eta incident",
            cleared,
            &[(20, has_incident), (22, settles), (50, closes_incident), (300, pauses), (310, resumes)],
        ),
        lane(8, "Theta change", cleared, &[(70, changes), (75, scopes), (95, renewed), (500, revokes)]),
        lane(9, "Iota hold", cleared, &[(30, holds), (60, renewed)]),
    ]
}

impl Lane {
    /// Lets the day come, does what is done on it, and writes it into the record; whether anything was.
    fn live(&mut self, day: i64, store: &mut Store) -> bool {
        for (_, act) in self.acts.iter().filter(|(on, _)| *on == day) {
            act(&mut self.desk);
        }
        if self.known == self.desk.events.len() {
            return false;
        }
        let of_record = |event: &docket::domain::Event| event.of == Kind::Person;
        let today = self.desk.today();
        let summarised = move |dossier: &Dossier| summarise(dossier, today);
        let stamp = self.desk.stamp(Role::Security, self.desk.people[1]);
        for events in self.desk.events[self.known..].chunk_by(|a, b| of_record(a) == of_record(b)) {
            let subject = Some(self.system).filter(|_| !of_record(&events[0]));
            let done = store.transact(subject, &stamp, &summarised, |_| Ok::<_, ()>(events.to_vec()));
            let _ = done.expect("it is written").expect("nobody was asked");
        }
        self.known = self.desk.events.len();
        self.dossier = store.dossier(Some(self.system)).expect("it is there");
        true
    }

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

    /// What is made at length: the record, and what `docket show` says.
    fn doors(&self, worth: &Clearance, today: Day) {
        let (name, code) = (self.name, worth.state.code());
        let says = |door: &str, said: &str| assert_eq!(said, code, "{name} on {today}: {door}: {}", worth.reason);
        let context = record::Context { version: "1".into(), head: None, events: 0, voided: vec![] };
        let made = record::build(&self.dossier, today, self.desk.now, &context).expect("a system").to_json();
        let made: serde_json::Value = serde_json::from_str(&made).expect("JSON");
        let exported = find(&made, "clearance").expect("the record says it");
        says("record", exported["state"].as_str().expect("a code"));
        assert_eq!(exported["reason"], worth.reason, "{name} on {today}");
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

#[test]
fn every_door_says_the_same_on_every_day_of_two_years() {
    let mut store = Store::in_memory().expect("a record");
    let mut lanes = portfolio();
    let start = lanes.iter().map(|lane| lane.desk.today()).max().expect("there are some");
    for lane in &mut lanes {
        let late = lane.desk.today().days_to(start);
        lane.desk.wait(late);
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut changes = 0;
    for day in 0..DAYS {
        let today = start.plus(day);
        let wrote: Vec<bool> = lanes
            .iter_mut()
            .map(|lane| {
                let behind = lane.desk.today().days_to(today);
                lane.desk.wait(behind);
                lane.live(day, &mut store)
            })
            .collect();
        while store.refresh_stale(today, 100, &|dossier| summarise(dossier, today)).expect("made") > 0 {}
        let rows = store.dashboard(0, 100).expect("the board");
        let screen = board(rows.clone(), today);
        // What is for the board is read from the lines of the store, as the screen and the list of the agenda do.
        let portfolio = store.matters().expect("the matters");
        let all = agenda(&Dossier::default(), None, &portfolio, today);
        for (lane, wrote) in lanes.iter_mut().zip(wrote) {
            let worth = clearance(&lane.dossier, today);
            let (_, summary) = rows.iter().find(|(id, _)| *id == lane.system).expect("it is on the board");
            let mut fresh = summarise(&lane.dossier, today).expect("it is a system");
            let kept = portfolio.iter().filter(|(id, ..)| *id == lane.system).map(|(.., matter)| matter);
            assert!(kept.eq(&std::mem::take(&mut fresh.matters)), "{} on {today}: stale for the board", lane.name);
            // The board keeps the next steps and the acceptances in tables of their own.
            (fresh.steps, fresh.acceptances) = (vec![], vec![]);
            assert_eq!(summary, &fresh, "{} on {today}: stale", lane.name);
            // The heading of the preview beside the list has the name as well.
            let row = |line: &&str| line.chars().take(110).collect::<String>().contains(lane.name);
            let line = screen.lines().find(row).expect("its line");
            let word = if worth.state == ClearanceState::None { "not yet" } else { worth.state.label() };
            assert!(line.contains(word), "{} on {today}: {word}: {line}", lane.name);
            let differs = lane.before.as_ref().is_none_or(|(was, _)| *was != worth);
            lane.gate(&worth, summary, today);
            lane.agenda(&worth, &all, today);
            if differs || lane.turned || wrote || day % EVERY == 0 {
                lane.doors(&worth, today);
                lane.overview(&worth, today);
            }
            lane.turned = differs;
            if let Some((was, until)) = lane.before.take().filter(|(was, _)| *was != worth) {
                changes += 1;
                let dated = until == Some(today.plus(-1));
                assert!(wrote || dated, "{} on {today}: {was:?} became {worth:?} by nothing", lane.name);
            }
            seen.insert(worth.state.code());
            lane.before = Some((worth, good_until(&lane.dossier, today)));
        }
    }
    let all: Vec<_> = seen.into_iter().collect();
    let every = ["conditions_due", "current", "drifted", "lapsed", "none", "revoked", "trigger_pending"];
    assert_eq!(all, every, "every state that a newest decision can have was there");
    assert!(changes >= 30, "{changes} changes of state");
}

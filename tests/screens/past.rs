//! The log of the whole record, and a system as it was.

use docket::{
    app::{Answer, Model, Msg, Screen, absorb, log::LogScreen, system::Tab, update},
    domain::{
        fields::Moment,
        log::{Act, LogLine, LogPage, LogQuery},
        page::HistoryLine,
        past::AsOf,
    },
    keymap::{Action, Keymap},
};

use crate::sample;

fn lines() -> Vec<LogLine> {
    let copilot = sample::copilot().subject.unwrap();
    let line = |n: i64, who: &str, role: &str, what: &str, why: &str| HistoryLine {
        n,
        about: copilot,
        at: Moment(1_795_200_000_000 + n * 60_000),
        who: who.into(),
        role: role.into(),
        what: what.into(),
        why: why.into(),
    };
    let of = |name: &str, line| LogLine { line, system: Some((copilot, name.to_owned())) };
    vec![
        of("Contract Copilot", line(812, "Mara Lind", "Security team", "signed as sign-off \"Security team\"", "")),
        of(
            "Ticket Router of the north",
            line(811, "Jonas Falk", "Sign-off authority", "decided disposition \"conditional\"", ""),
        ),
        of(
            "Contract Copilot",
            line(
                806,
                "Mara Lind",
                "Security team",
                "changed threat 3 \"It leaks\": Likelihood 3 → 4; Due 2026-11-30 → empty",
                "The new connector reads mail.",
            ),
        ),
        LogLine { line: line(799, "Mara Lind", "Governance lead", "assigned role \"Auditor\"", ""), system: None },
    ]
}

fn log(size: (u16, u16), query: LogQuery, done: bool, actions: &[Action]) -> Model {
    let mut model = sample::system(size, Tab::Threats);
    let people = vec![(sample::copilot().people[0].id, "Mara Lind".to_owned())];
    let mut screen = LogScreen::default();
    screen.log.query = query.clone();
    model.screen = Screen::Log(Box::new(screen));
    let (looked, total) = (if done { 812 } else { 44_000 }, if done { 812 } else { 100_000 });
    let page = LogPage { query, fresh: true, lines: lines(), looked, total, done, people };
    absorb(&mut model, Ok(Answer::Log(page)));
    for action in actions {
        let _ = update(&mut model, &Keymap::default(), Msg::Act(*action));
    }
    model
}

fn as_of(size: (u16, u16), tab: Action, more: &[Action]) -> Model {
    let mut model = sample::system(size, Tab::History);
    let point = AsOf { n: 806, at: Moment(1_795_200_000_000), day: sample::today() };
    absorb(&mut model, Ok(Answer::AsOf(Box::new(sample::opened(sample::copilot())), point)));
    for action in [tab].iter().chain(more) {
        let _ = update(&mut model, &Keymap::default(), Msg::Act(*action));
    }
    model
}

/// Every scene of it by name.
pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    let who = Some(sample::copilot().people[0].id);
    let narrow = LogQuery { who, act: Some(Act::Signoffs), words: "sign".into(), ..LogQuery::default() };
    vec![
        ("log".to_owned(), log(size, LogQuery::default(), true, &[Action::Down, Action::Down])),
        ("log looking".to_owned(), log(size, narrow, false, &[Action::Filter])),
        ("log narrow".to_owned(), log(size, LogQuery::default(), true, &[Action::MarkEntry, Action::NarrowLog])),
        ("as of".to_owned(), as_of(size, Action::GoThreats, &[])),
        ("as of refused".to_owned(), as_of(size, Action::GoSignoff, &[Action::Sign])),
    ]
}

//! What narrows the journal: first by what, then to what; both are chosen from lists.

use super::{LogLook, Point, open_log};
use crate::{
    app::{
        Effect, Model, Overlay, Screen,
        confirm::{Chooser, Pick},
        list::Selection,
        row::Target,
    },
    domain::{
        Id,
        decision::Section,
        fields::{Day, Vocabulary},
        log::{Act, LogQuery},
        people::Role,
        register::day_of,
    },
};

/// By what the journal is narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// By whom.
    Person,
    /// In which hat.
    Hat,
    /// Which section it touches.
    Section,
    /// What kind of act it is.
    Act,
    /// From when on.
    Since,
    /// Until when.
    Until,
    /// Of which system.
    System,
}

/// Offers everything by which the journal can be narrowed, with what it is narrowed to.
pub(in crate::app) fn choose(model: &mut Model) -> Option<Effect> {
    let whole = matches!(model.screen, Screen::Log(_));
    let people = people(model);
    let query = open_log(model)?.query.clone();
    let name =
        |id: Id| people.iter().find(|(known, _)| *known == id).map_or_else(String::new, |(_, name)| name.clone());
    let said = |what: Option<String>, none: &str| what.unwrap_or_else(|| none.to_owned());
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let mut rows = vec![
        (Facet::Person, "Person", said(query.who.map(name), "anybody")),
        (Facet::Hat, "Hat", said(query.hat.map(|hat| hat.label().to_owned()), "any")),
        (Facet::Section, "Section", said(query.section.map(|section| section.label().to_owned()), "any")),
        (Facet::Act, "Kind of act", said(query.act.map(|act| act.label().to_owned()), "any")),
        (Facet::Since, "Since", said(day(query.since), "the beginning")),
        (Facet::Until, "Until", said(day(query.until), "now")),
    ];
    if whole {
        rows.insert(0, (Facet::System, "System", if query.system.is_some() { "one".into() } else { "every".into() }));
    }
    let mut options: Vec<(String, Pick)> =
        rows.into_iter().map(|(facet, title, now)| (format!("{title:<12} {now}"), Pick::Facet(facet))).collect();
    let wide = LogQuery {
        words: query.words.clone(),
        upto: query.upto,
        ..LogQuery::of(if whole { None } else { query.system })
    };
    options.push(("Everything".to_owned(), Pick::Narrow(Box::new(wide))));
    model.overlays.push(Overlay::Chooser(Chooser {
        title: "Narrow the log by what?".to_owned(),
        options,
        at: Selection::default(),
    }));
    None
}

/// Offers what the journal can be narrowed to.
pub(in crate::app) fn second(model: &mut Model, facet: Facet) -> Option<Effect> {
    let (people, today, cursor) = (people(model), model.today, cursor(model));
    let system = here(model);
    let marks = milestones(model);
    let query = open_log(model)?.query.clone();
    let narrowed: Vec<(String, LogQuery)> = match facet {
        Facet::Person => anything("anybody", LogQuery { who: None, ..query.clone() })
            .chain(people.into_iter().map(|(id, name)| (name, LogQuery { who: Some(id), ..query.clone() })))
            .collect(),
        Facet::Hat => anything("any hat", LogQuery { hat: None, ..query.clone() })
            .chain(each(Role::ALL, |hat| LogQuery { hat: Some(hat), ..query.clone() }))
            .collect(),
        Facet::Section => anything("any section", LogQuery { section: None, ..query.clone() })
            .chain(each(Section::ALL, |section| LogQuery { section: Some(section), ..query.clone() }))
            .collect(),
        Facet::Act => anything("any act", LogQuery { act: None, ..query.clone() })
            .chain(each(Act::ALL, |act| LogQuery { act: Some(act), ..query.clone() }))
            .collect(),
        Facet::Since => anything("the beginning", LogQuery { since: None, ..query.clone() })
            .chain(
                starts(today, cursor, &marks)
                    .into_iter()
                    .map(|(title, day)| (format!("{title} ({day})"), LogQuery { since: Some(day), ..query.clone() })),
            )
            .collect(),
        Facet::Until => anything("now", LogQuery { until: None, ..query.clone() })
            .chain(
                ends(today, cursor)
                    .into_iter()
                    .map(|(title, day)| (format!("{title} ({day})"), LogQuery { until: Some(day), ..query.clone() })),
            )
            .collect(),
        Facet::System => anything("every system", LogQuery { system: None, ..query.clone() })
            .chain(system.map(|(id, name)| (name, LogQuery { system: Some(id), ..query.clone() })))
            .collect(),
    };
    let options = narrowed.into_iter().map(|(title, query)| (title, Pick::Narrow(Box::new(query)))).collect();
    let title = "Narrow it to what?".to_owned();
    model.overlays.push(Overlay::Chooser(Chooser { title, options, at: Selection::default() }));
    None
}

fn anything(title: &str, query: LogQuery) -> impl Iterator<Item = (String, LogQuery)> {
    std::iter::once((title.to_owned(), query))
}

fn each<V: Vocabulary>(all: &'static [V], query: impl Fn(V) -> LogQuery) -> impl Iterator<Item = (String, LogQuery)> {
    all.iter().map(move |word| (word.label().to_owned(), query(*word)))
}

fn starts(today: Day, cursor: Option<Point>, marks: &[(&str, Day)]) -> Vec<(String, Day)> {
    let mut out: Vec<(String, Day)> = marks.iter().map(|(title, day)| ((*title).to_owned(), *day)).collect();
    out.extend(cursor.map(|point| ("the entry under the cursor".to_owned(), day_of(point.at))));
    for (title, days) in
        [("today", 0), ("7 days ago", 7), ("30 days ago", 30), ("90 days ago", 90), ("a year ago", 365)]
    {
        out.push((title.to_owned(), today.plus(-days)));
    }
    out
}

fn ends(today: Day, cursor: Option<Point>) -> Vec<(String, Day)> {
    let here = cursor.map(|point| ("the entry under the cursor".to_owned(), day_of(point.at)));
    let before = [("yesterday", 1), ("7 days ago", 7), ("30 days ago", 30), ("90 days ago", 90)];
    here.into_iter().chain(before.map(|(title, days)| (title.to_owned(), today.plus(-days)))).collect()
}

/// The days of a system from which people want to know what happened.
fn milestones(model: &Model) -> Vec<(&'static str, Day)> {
    let Some(screen) = model.system() else { return Vec::new() };
    let opened = screen.dossier.opened_at().map(|at| ("this review was opened", day_of(at)));
    let decided = screen.dossier.last_disposition().and_then(|made| made.at);
    decided.map(|at| ("the last decision", day_of(at))).into_iter().chain(opened).collect()
}

fn people(model: &Model) -> Vec<(Id, String)> {
    match &model.screen {
        Screen::Log(screen) => screen.people.clone(),
        Screen::System(screen) => {
            screen.dossier.people.iter().map(|person| (person.id, person.name.to_string())).collect()
        }
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => Vec::new(),
    }
}

/// The point of the entry that the cursor is on.
pub(super) fn cursor(model: &Model) -> Option<Point> {
    let n = match &model.screen {
        Screen::Log(screen) => screen.selected()?.line.n,
        Screen::System(screen) => match screen.selected()?.target.as_ref()? {
            Target::Entry(n) => *n,
            _ => return None,
        },
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => {
            return None;
        }
    };
    super::entry(model, n).map(|line| Point { n, at: line.at })
}

/// The system of the entry that the cursor is on.
pub(super) fn here(model: &Model) -> Option<(Id, String)> {
    match &model.screen {
        Screen::Log(screen) => screen.selected()?.system.clone(),
        Screen::System(screen) => Some((screen.id()?, screen.dossier.name().to_owned())),
        Screen::Welcome(_)
        | Screen::Board(_)
        | Screen::Queue(_)
        | Screen::Library(_)
        | Screen::AllThreats(_)
        | Screen::Acceptances(_)
        | Screen::Meeting(_) => None,
    }
}

/// Asks for another look at the journal.
pub(in crate::app) fn ask(model: &mut Model, query: LogQuery) -> Option<Effect> {
    let log = open_log(model)?;
    (log.query, log.done) = (query.clone(), false);
    Some(Effect::Log(LogLook::New(query)))
}

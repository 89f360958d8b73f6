//! The journal as people read it, what changed, and the record as it was.

use std::{
    io::{self, IsTerminal, Write},
    str::FromStr,
};

use super::{
    Outcome,
    args::{Changes, Journal},
    clean,
    open::{Opening, role_named},
    print,
};
use crate::{
    desk::{Desk, Trouble},
    domain::{
        decision::Section,
        fields::{Day, Vocabulary},
        log::{Act, LogQuery},
    },
    exchange::answer::past,
};

/// The journal: as it lies in the file, or narrowed and in words.
pub(super) fn journal(open: &Opening, args: &Journal) -> Outcome {
    if !args.in_words() {
        return whole(open, args);
    }
    let desk = open.desk()?;
    let query = query(&desk, args)?;
    let shows = io::stderr().is_terminal();
    let found = desk.log_all_telling(query.clone(), args.limit, &mut |looked, all| {
        if shows {
            let _ = write!(io::stderr(), "\rlooked at {looked} of {all} entries ");
        }
    })?;
    if shows {
        let _ = write!(io::stderr(), "\r{:40}\r", "");
    }
    desk.close()?;
    let entries = past::Entries::of(&query, &found);
    let text = if args.json { entries.to_json() } else { clean(&entries.to_text()) };
    match &args.out {
        Some(path) => {
            open.write(path, text.as_bytes())?;
            print(&clean(&format!("Written to {}.", path.display())))
        }
        None => print(&text),
    }
}

/// Every entry as JSON with its own proof.
fn whole(open: &Opening, args: &Journal) -> Outcome {
    let desk = open.desk()?;
    let mut to: Box<dyn Write> = match &args.out {
        Some(path) => Box::new(open.file(path)?),
        None => Box::new(io::stdout().lock()),
    };
    let mut to = io::BufWriter::new(&mut to);
    desk.store()?.export_journal(&mut to)?;
    to.flush()?;
    drop(to);
    desk.close()?;
    Ok(0)
}

fn query(desk: &Desk, args: &Journal) -> Result<LogQuery, Trouble> {
    Ok(LogQuery {
        system: args.system.as_deref().map(|name| desk.find(name)).transpose()?,
        who: args.person.as_deref().map(|name| desk.person(name)).transpose()?,
        hat: args.hat.as_deref().map(role_named).transpose()?,
        section: args.section.as_deref().map(|word| word_of::<Section>(word, "section")).transpose()?,
        act: args.act.as_deref().map(|word| word_of::<Act>(word, "kind of act")).transpose()?,
        since: args.since.as_deref().map(day_of).transpose()?,
        until: args.until.as_deref().map(day_of).transpose()?,
        words: args.words.clone().unwrap_or_default(),
        upto: None,
    })
}

fn word_of<V: Vocabulary>(word: &str, what: &str) -> Result<V, Trouble> {
    let wanted = word.to_lowercase().replace('-', "_");
    let known = || V::CHOICES.iter().map(|choice| choice.code).collect::<Vec<_>>().join(", ");
    V::parse(&wanted).ok_or_else(|| Trouble::Usage(format!("There is no {what} \"{word}\". There are: {}.", known())))
}

fn day_of(text: &str) -> Result<Day, Trouble> {
    Day::parse(text).ok_or_else(|| Trouble::Usage(format!("\"{text}\" is no day. Write it like 2026-11-21.")))
}

/// A point in the journal: an entry by its number, or a day.
enum Point {
    Entry(i64),
    Day(Day),
}

impl FromStr for Point {
    type Err = Trouble;
    fn from_str(text: &str) -> Result<Self, Trouble> {
        let day = || Day::parse(text).map(Self::Day);
        let says = || Trouble::Usage(format!("\"{text}\" is no entry and no day. Write 120, or 2026-11-21."));
        text.parse().ok().map(Self::Entry).or_else(day).ok_or_else(says)
    }
}

/// What changed in a system: from right after an entry, or from the beginning of a day, to another one, or to now.
pub(super) fn changes(open: &Opening, args: &Changes) -> Outcome {
    let desk = open.desk()?;
    let system = desk.find(&args.system)?;
    let since = match args.since.parse()? {
        Point::Entry(n) => n,
        Point::Day(day) => desk.entry_before(day)?,
    };
    let until = match args.until.as_deref().map(str::parse).transpose()? {
        None => None,
        Some(Point::Entry(n)) => Some(n),
        Some(Point::Day(day)) => Some(desk.entry_before(day.plus(1))?),
    };
    let found = desk.changes(system, since, until)?;
    let name = desk.dossier(system)?.name().to_owned();
    desk.close()?;
    let changes = past::Between::of(&name, since, until, &found);
    print(&if args.json { changes.to_json() } else { clean(changes.to_text()) })
}

/// What the last decision rests on.
pub(super) fn trace(open: &Opening, system: &str, at_entry: Option<i64>, json: bool) -> Outcome {
    let desk = open.desk()?;
    let trace = desk.trace(desk.find(system)?, at_entry)?;
    desk.close()?;
    if json {
        return print(&past::Trace::of(&trace.system, &trace.proofs, trace.head).to_json());
    }
    print(&clean(&format!("{}\n\n{}", trace.system, trace.lines().join("\n"))))
}

//! `docket import`: the receipt first, then a question, then all or nothing.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    time::{Duration, Instant},
};

use super::{Outcome, args::Import, clean, interrupt::Interrupt, open::Opening, print};
use crate::{
    desk::{Columns, Desk, Taken, Trouble, carry::is_carried},
    domain::{Id, decision::counted, people::Role, register::size_words, rules::Merged},
    exchange::table::Field,
    store::Written,
};

/// How many bytes more are read before the line about it is written again.
const OFTEN: u64 = 4 << 20;
/// How long nothing is said of what is compared or written.
const PAUSE: Duration = Duration::from_millis(200);
/// A system of more entries than this says how far it is within them.
const PIECE: usize = 500;

pub(super) fn import(open: &Opening, role: Option<Role>, args: &Import) -> Outcome {
    if is_carried(&args.file) {
        return super::bundle::import(open, role, args);
    }
    let mut desk = match open.desk() {
        // A dry run needs no record; where there is one, the receipt says what the file would come to in it.
        Err(_) if args.dry_run => Desk::in_memory()?,
        desk => desk?,
    };
    let into = match &args.into {
        Some(name) if desk.has_record() => Some(desk.find(name)?),
        _ => None,
    };
    let ctrl_c = Interrupt::catch()?;
    let mut progress = Progress::default();
    let receipt = desk.read_file(&args.file, Columns::Named(&pairs(&args.map)?), &mut |done, all| {
        progress.tell(done, all);
        !ctrl_c.pressed()
    });
    progress.end();
    let mut receipt = receipt?;
    let (into, hat) = target(&desk, into, role)?;
    let mut progress = Progress::default();
    let merged = desk.compare_read(into, hat, &mut |done, all| {
        progress.often(|| format!("{done} of {all} rows are compared; Ctrl-C stops it, and nothing is kept then"));
        !ctrl_c.pressed()
    });
    progress.end();
    receipt.merged = merged?;
    if args.json {
        print(&serde_json::to_string_pretty(&receipt.to_json()).unwrap_or_default())?;
    } else {
        print(&clean(&receipt.lines().join("\n")))?;
    }
    if args.dry_run {
        desk.close()?;
        return Ok(0);
    }
    if !args.yes && !ctrl_c.asking(agreed)? {
        desk.close()?;
        return Err(Trouble::Usage("Nothing was taken in. Say --yes to take it in without a question.".into()));
    }
    let taken = take_in(&mut desk, into, hat, &ctrl_c)?;
    desk.close()?;
    if !args.json {
        print(&told(taken.unchanged, receipt.merged))?;
    }
    Ok(0)
}

/// Takes in the file that was read; of a large one it says how far it is, and Ctrl-C stops it.
fn take_in(desk: &mut Desk, into: Option<Id>, hat: Role, ctrl_c: &Interrupt) -> Result<Taken, Trouble> {
    let mut shown = Progress::default();
    let taken = desk.take_in(into, hat, &mut |done| {
        shown.often(|| match done {
            Written { entries, of, .. } if of > PIECE => {
                format!("{entries} of {of} entries are written; Ctrl-C stops it, and nothing is kept then")
            }
            Written { steps, .. } => {
                format!(
                    "{} are taken in; Ctrl-C stops it, and nothing is kept then",
                    counted(steps, "system", "systems")
                )
            }
        });
        !ctrl_c.pressed()
    });
    shown.end();
    taken
}

/// A line at the bottom of a terminal that says how far it is; where nobody looks, nothing is written.
#[derive(Default)]
struct Progress {
    told: u64,
    wide: usize,
    since: Option<Instant>,
}

impl Progress {
    fn tell(&mut self, done: u64, all: u64) {
        if done < self.told + OFTEN {
            return;
        }
        self.told = done;
        let size = |bytes: u64| size_words(i64::try_from(bytes).unwrap_or(i64::MAX));
        self.line(&format!("{} of {} are read; Ctrl-C stops it, and nothing is kept then", size(done), size(all)));
    }

    /// Says something not more often than anybody can read, and nothing of what is done at once.
    fn often(&mut self, words: impl FnOnce() -> String) {
        let since = *self.since.get_or_insert_with(Instant::now);
        if since.elapsed() >= PAUSE {
            self.since = Some(Instant::now());
            self.line(&words());
        }
    }

    fn line(&mut self, text: &str) {
        if io::stderr().is_terminal() {
            let wide = self.wide.max(text.len());
            let _ = write!(io::stderr(), "\r{text:wide$}");
            self.wide = wide;
        }
    }

    /// Takes the line away.
    fn end(&self) {
        if self.wide > 0 {
            let _ = write!(io::stderr(), "\r{:1$}\r", "", self.wide);
        }
    }
}

/// The columns that are named: `Column=field`, and `Column=` for one that is kept as it is.
fn pairs(named: &[String]) -> Result<Vec<(String, Option<Field>)>, Trouble> {
    let pair = |text: &String| {
        let (column, word) = text.rsplit_once('=').unwrap_or((text, "?"));
        let field = Field::from_word(word.trim());
        if field.is_none() && !word.trim().is_empty() {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.word()).collect();
            return Err(Trouble::Usage(format!(
                "--map \"{text}\" names no field. Write \"Column=field\"; the fields are {}. Nothing was changed.",
                known.join(", ")
            )));
        }
        Ok((column.to_owned(), field))
    };
    named.iter().map(pair).collect()
}

/// What taking in came to, in a sentence.
fn told(unchanged: bool, merged: Option<Merged>) -> String {
    match merged.filter(Merged::is_again) {
        _ if unchanged => "This file was imported already; nothing has changed.".to_owned(),
        Some(merged) => format!("Taken in: {}. Nothing in it counts as verified.", merged.words()),
        None => "Taken in. Nothing in it counts as verified.".to_owned(),
    }
}

/// Into which system, and in which hat: where none is named, the one that an older file of the same source went into.
fn target(desk: &Desk, named: Option<Id>, role: Option<Role>) -> Result<(Option<Id>, Role), Trouble> {
    if !desk.has_record() {
        return Ok((None, Role::Security));
    }
    let into = if named.is_some() { named } else { desk.went_into()? };
    Ok((into, role.map_or_else(|| desk.importing_hat(into), Ok)?))
}

/// Asks once, where there is somebody to ask.
pub(super) fn agreed() -> Result<bool, Trouble> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(io::stderr(), "Take it in? y, or Enter for no: ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

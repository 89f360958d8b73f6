//! `docket bundle`, `docket open`, and the whole record out and in.

use std::{
    io::{self, IsTerminal, Write as _},
    path::{Path, PathBuf},
};

use super::{
    Outcome,
    args::{Bundle, Came, Import, Open},
    came, clean, import,
    open::Opening,
    passphrase, print,
};
use crate::{
    desk::{
        Compared, Desk, Paths, Trouble,
        carry::{Keys, LockedBy, Looked, key_file, locked_by, look},
    },
    domain::{journal::Carried, merging::Side, people::Role, wording::thousands},
    exchange::bundle::by_passphrase,
};

/// How a file that came in is to be answered.
struct Answer {
    dry_run: bool,
    json: bool,
    yes: bool,
    side: Option<Side>,
}

impl Answer {
    /// From what was written on the command line.
    fn of(bundle: &Came, (dry_run, json, yes): (bool, bool, bool)) -> Self {
        let side = match (bundle.ours, bundle.theirs) {
            (true, _) => Some(Side::Ours),
            (_, true) => Some(Side::Theirs),
            _ => None,
        };
        Self { dry_run, json, yes, side }
    }
}

/// Writes the whole record.
pub(super) fn export(open: &Opening, out: Option<&Path>) -> Outcome {
    let desk = open.desk()?;
    let Some(path) = out else {
        desk.carry(None, &mut io::BufWriter::new(io::stdout().lock()))?;
        desk.close()?;
        return Ok(0);
    };
    open.spares(path)?;
    let carried = desk.write_whole(path)?;
    desk.close()?;
    print(&clean(&format!("Written to {}: {}.", path.display(), counted(&carried))))
}

fn counted(carried: &Carried) -> String {
    let count = |n: u64| thousands(usize::try_from(n).unwrap_or(usize::MAX));
    format!("{} entries and {} attachments", count(carried.entries), count(carried.attachments))
}

/// Writes what concerns one system.
pub(super) fn bundle(open: &Opening, wanted: &Bundle) -> Outcome {
    let desk = open.desk()?;
    let copy_of = desk.store()?.copy_of()?;
    let system = match (&wanted.system, copy_of) {
        (Some(name), _) => desk.find(name)?,
        (None, Some(system)) => system,
        (None, None) => return Err(Trouble::Usage("Name the system. Nothing was written.".into())),
    };
    open.spares(&wanted.out)?;
    let part = desk.part_of(system)?;
    let name = part.name.clone();
    let mut people = Desk::recipients(&wanted.to)?;
    if wanted.passphrase {
        people.push(by_passphrase(&passphrase::chosen()?));
    }
    let carried = desk.write_bundle(part, &wanted.out, &people)?;
    desk.close()?;
    let locked = match people.len() {
        _ if wanted.passphrase => "It is locked with the passphrase; tell it by another way.".to_owned(),
        0 => "It is not locked: whoever has it can read it.".to_owned(),
        1 => "It is locked for one key.".to_owned(),
        n => format!("It is locked for {n} keys."),
    };
    print(&clean(&format!("Written to {}: {name}, {}. {locked}", wanted.out.display(), counted(&carried))))
}

/// The keys in the files that were named, and a passphrase where the bundle, or a key file, asks for one.
fn keys(bundle: &Path, files: &[PathBuf]) -> Result<Keys, Trouble> {
    let mut keys =
        Keys { files: files.iter().map(|path| key_file(path)).collect::<Result<_, _>>()?, ..Keys::default() };
    let question = match locked_by(bundle)? {
        Some(LockedBy::Passphrase) => "Passphrase of the bundle: ",
        Some(LockedBy::Keys) if keys.want_passphrase() => "Passphrase of the key file: ",
        Some(LockedBy::Keys) | None => return Ok(keys),
    };
    keys.passphrase = passphrase::asked(question)?.unwrap_or_default();
    Ok(keys)
}

/// `docket import` of a file of docket itself.
pub(super) fn import(open: &Opening, role: Option<Role>, args: &Import) -> Outcome {
    let answer = Answer::of(&args.bundle, (args.dry_run, args.json, args.yes));
    let looked = look(&args.file, keys(&args.file, &args.bundle.identity)?)?;
    let paths = open.paths()?;
    if paths.record.exists() {
        let mut desk = open.desk()?;
        if !desk.store()?.is_empty() {
            return come_back(open, role, (desk, looked), &answer);
        }
        receipt(&looked, &answer)?;
        if answer.dry_run || !agreed(&answer)? {
            desk.close()?;
            return Ok(0);
        }
        desk.adopt(&looked)?;
        desk.close()?;
    } else {
        receipt(&looked, &answer)?;
        if answer.dry_run || !agreed(&answer)? {
            return Ok(0);
        }
        Desk::made_of(paths.clone(), &looked)?.close()?;
    }
    if answer.json {
        return Ok(0);
    }
    let whose = if looked.carried.part.is_some() { "a working copy" } else { "the record" };
    print(&clean(&format!("Taken in: {} is {whose} now.", paths.record.display())))
}

/// Says what a file is.
fn receipt(looked: &Looked, answer: &Answer) -> Outcome {
    if answer.json {
        let carried = &looked.carried;
        let system = carried.part.as_ref().map(|part| part.name.to_string());
        let json = serde_json::json!({ "format": "docket", "system": system, "entries": carried.entries,
            "attachments": carried.attachments, "devices": carried.devices.len() });
        return print(&serde_json::to_string_pretty(&json).unwrap_or_default());
    }
    print(&clean(&looked.lines().join("\n")))
}

/// Whether it is to be taken in; without anybody to ask it is not.
fn agreed(answer: &Answer) -> Result<bool, Trouble> {
    if answer.yes || import::agreed()? {
        return Ok(true);
    }
    Err(Trouble::Usage("Nothing was taken in. Say --yes to take it in without a question.".into()))
}

/// `docket open`: into the record that it came from, into the working copy that is there, or as a new one.
pub(super) fn open(open: &Opening, role: Option<Role>, args: &Open) -> Outcome {
    let answer = Answer::of(&args.bundle, (args.dry_run, args.json, args.yes));
    let looked = look(&args.file, keys(&args.file, &args.bundle.identity)?)?;
    if looked.carried.part.is_none() {
        return Err(Trouble::Usage(
            "This is a whole record and no bundle. Nothing was changed; docket import takes it into an empty record."
                .into(),
        ));
    }
    if args.copy.is_none() && open.is_home_of(&looked)? {
        return come_back(open, role, (open.desk()?, looked), &answer);
    }
    let place = args.copy.clone().unwrap_or_else(|| args.file.with_extension("docket"));
    let paths = Paths { record: place.clone(), ..open.paths()? };
    let there = open.at(place.clone());
    if place.exists() {
        let desk = there.desk()?;
        return come_back(&there, role, (desk, looked), &answer);
    }
    receipt(&looked, &answer)?;
    if answer.dry_run {
        return Ok(0);
    }
    Desk::made_of(paths, &looked)?.close()?;
    if answer.json {
        return Ok(0);
    }
    let shown = place.display();
    print(&clean(&format!(
        "The working copy is {shown}. Work in it with docket --record {shown}, and send it back with docket bundle."
    )))?;
    if answer.yes || !open.names_somebody() || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(0);
    }
    there.screen()
}

/// A bundle beside the record that it belongs to: shown, decided where both sides changed the same, taken in.
fn come_back(open: &Opening, role: Option<Role>, (mut desk, looked): (Desk, Looked), answer: &Answer) -> Outcome {
    let compared = desk.compare(looked)?;
    if compared.is_known() {
        desk.close()?;
        if answer.json {
            return print(&came::json(&compared));
        }
        return print("Everything in this bundle is here already; nothing has changed.");
    }
    if answer.json {
        print(&came::json(&compared))?;
    } else {
        print(&clean(&came::text(&compared)))?;
    }
    if answer.dry_run {
        desk.close()?;
        return Ok(0);
    }
    let many = compared.conflicts.len();
    let sides = match answer.side {
        Some(side) => vec![side; many],
        None if many == 0 => Vec::new(),
        None if !answer.yes && io::stdin().is_terminal() && io::stdout().is_terminal() => {
            return open.decide(desk, compared, role);
        }
        None => {
            desk.close()?;
            return Err(Trouble::Usage(format!(
                "Both sides changed the same in {many} places, listed above. Nothing was taken in; say --ours or --theirs for all of them, or decide each in docket open on a terminal."
            )));
        }
    };
    if !agreed(answer)? {
        return Ok(0);
    }
    taken(&mut desk, &compared, &sides, role)?;
    desk.close()?;
    if answer.json {
        return Ok(0);
    }
    let _ = io::stdout().flush();
    print("Taken in, and noted in the journal.")
}

fn taken(desk: &mut Desk, compared: &Compared, sides: &[Side], role: Option<Role>) -> Result<(), Trouble> {
    let role = role.map_or_else(|| desk.importing_hat(Some(compared.system())), Ok)?;
    desk.merge(compared, sides, role).map(drop)
}

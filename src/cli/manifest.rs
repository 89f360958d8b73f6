//! `docket manifest`: what a system is made of, and what differs from what was cleared.

use super::{Outcome, args, clean, is_closed_pipe, open::Opening, print};
use crate::{
    clock,
    desk::Trouble,
    domain::{manifest::Manifest, people::Role},
    exchange::{
        answer::manifest::compare,
        manifest::{Format, MANIFEST_SCHEMA, write},
    },
};

pub(super) fn manifest(open: &Opening, role: Option<Role>, what: &args::Manifest) -> Outcome {
    match what {
        args::Manifest::Diff(args) => diff(open, role, args),
        args::Manifest::Show { system, format } => show(open, system, format),
        args::Manifest::Schema => print(MANIFEST_SCHEMA),
    }
}

fn show(open: &Opening, system: &str, format: &str) -> Outcome {
    let known = || Trouble::Usage(format!("There is no format \"{format}\". The formats are: toml, json, yaml."));
    let format = Format::parse(format).ok_or_else(known)?;
    let desk = open.desk()?;
    let dossier = desk.dossier(desk.find(system)?)?;
    desk.close()?;
    print(&clean(&write(&Manifest::of(&dossier), dossier.name(), format)))
}

/// Exit codes: 0 nothing differs, 1 what differs fires no trigger, 3 it fires one.
fn diff(open: &Opening, role: Option<Role>, args: &args::ManifestDiff) -> Outcome {
    let mut desk = open.desk()?;
    let system = desk.find(&args.system)?;
    let dossier = desk.dossier(system)?;
    let read = desk.read_manifest(&args.file)?;
    if !read.system.is_empty() && read.system.to_lowercase() != dossier.name().to_lowercase() {
        let says = format!("This is a manifest of \"{}\", not of \"{}\".", read.system, dossier.name());
        return Err(Trouble::Usage(format!("{says} Nothing was compared.")));
    }
    let base = desk.manifest_base(&dossier, args.inventory)?;
    let name = crate::desk::file_name(&args.file);
    let compared = compare(&dossier, &base, (&read.manifest, read.silent, &name), clock::today());
    let (mut answer, command) = compared.ok_or_else(|| Trouble::Usage("There is no such system.".into()))?;
    if let Some(command) = command.filter(|_| args.record_change) {
        answer.recorded = Some(desk.record_change(system, role, &command)?);
    }
    desk.close()?;
    match print(&if args.json { answer.to_json() } else { clean(&answer.to_text()) }) {
        // Nobody listens; the exit code is still the answer.
        Err(trouble) if is_closed_pipe(&trouble) => {}
        other => drop(other?),
    }
    Ok(answer.exit)
}

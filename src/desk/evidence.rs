//! The files behind the evidence: reading one to attach it, comparing them again, and getting a copy back.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{Desk, Trouble};
use crate::{
    domain::{
        Dossier, Id, Line,
        command::Command,
        fields::{Digest, YesNo},
        id::hex,
        page::ControlText,
        people::Role,
        register::{Evidence, FileCheck, FileSeen, LARGEST_KEPT, size_words},
    },
    exchange::answer::evidence::{Checked, Checks, State},
};

/// How many texts of controls are offered at a time.
const TEXTS: usize = 60;

/// A path as people type it: `~` stands for the home folder.
pub fn expanded(path: &str) -> PathBuf {
    let home = |rest: &str| directories::BaseDirs::new().map(|dirs| dirs.home_dir().join(rest));
    let inside = if path == "~" { Some("") } else { path.strip_prefix("~/") };
    inside.and_then(home).unwrap_or_else(|| PathBuf::from(path))
}

/// Told of a file how many bytes are read, and how many it has; says whether to go on.
pub type Told<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// The digest of a file, its size, and its content where there is no more of it than `most`. It is read piece by
/// piece; one that was stopped was interrupted.
fn read(path: &Path, most: u64, told: Told<'_>) -> std::io::Result<(Digest, u64, Option<Vec<u8>>)> {
    // A pipe or a device would be waited for without an end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::new(ErrorKind::InvalidInput, "it is no file"));
    }
    let mut file = File::open(path)?;
    let whole = file.metadata().map_or(0, |found| found.len());
    let (mut sum, mut size, mut content) = (Sha256::new(), 0u64, Some(Vec::new()));
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        sum.update(&piece[..read]);
        size += read as u64;
        if !told(size, whole) {
            return Err(ErrorKind::Interrupted.into());
        }
        if size > most {
            content = None;
        } else if let Some(content) = &mut content {
            content.extend_from_slice(&piece[..read]);
        }
    }
    Ok((Digest(hex(&sum.finalize())), size, content))
}

/// The path as the record keeps it: whole, or from the home folder on where it was typed so.
fn kept_path(typed: &str) -> Line {
    if typed.starts_with('~') {
        return Line::new(typed);
    }
    let whole = std::path::absolute(typed).unwrap_or_else(|_| PathBuf::from(typed));
    Line::new(&whole.display().to_string())
}

impl Desk {
    /// Attaches the file at a path to a piece of evidence, with a copy where it is wanted and small enough; says what
    /// became of it.
    pub fn attach(
        &mut self,
        (system, role): (Option<Id>, Role),
        evidence: Id,
        path: &str,
        keep: bool,
    ) -> Result<(Dossier, String), Trouble> {
        self.attach_telling((system, role), evidence, (path, keep), &mut |_, _| true)
    }

    /// [`Self::attach`], which tells how far it is with a large file and can be stopped: then nothing was attached.
    pub fn attach_telling(
        &mut self,
        (system, role): (Option<Id>, Role),
        evidence: Id,
        (path, keep): (&str, bool),
        told: Told<'_>,
    ) -> Result<(Dossier, String), Trouble> {
        let path = path.trim();
        let most = if keep { LARGEST_KEPT } else { 0 };
        let (digest, size, content) = read(&expanded(path), most, told).map_err(|error| not_read(path, &error))?;
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let content = content.filter(|_| keep);
        let short: String = digest.0.chars().take(16).collect();
        let says = match (keep, content.is_some()) {
            (_, true) => format!("Attached with a copy of {}. SHA-256 {short}….", size_words(size)),
            (false, false) => format!("Attached by reference, {}. SHA-256 {short}….", size_words(size)),
            (true, false) => format!(
                "A record keeps files of up to 1 MiB, and this one has {}: it is kept by reference. SHA-256 {short}….",
                size_words(size)
            ),
        };
        let file = FileSeen { path: kept_path(path), size, digest, content };
        let dossier = self.execute(system, role, &Command::Attach { evidence, file })?;
        Ok((dossier, says))
    }

    /// Compares the files behind the evidence of a system with the digests in the record; answers what each was found to
    /// be, to be recorded. Of large files it tells how far it is; where it is stopped there is no answer at all.
    pub fn compare_evidence(
        &self,
        system: Id,
        only: Option<Id>,
        told: &mut dyn FnMut(&str, u64, u64) -> bool,
    ) -> Result<(Checks, Vec<(Id, FileCheck)>), Trouble> {
        let dossier = self.dossier(system)?;
        let wanted = |evidence: &&Evidence| !evidence.archived && only.is_none_or(|only| only == evidence.id);
        let (mut items, mut found) = (Vec::new(), Vec::new());
        for evidence in dossier.evidence.iter().filter(wanted) {
            let name = evidence.reference();
            let checked = self.checked(evidence, &mut |done, all| told(&name, done, all))?;
            found.extend(outcome(checked.state).map(|check| (evidence.id, check)));
            items.push(checked);
        }
        Ok((Checks::of(dossier.name(), items), found))
    }

    /// Records who compared files, when, and what each was found to be; says why not where that may not be done.
    pub fn record_comparison(
        &mut self,
        (system, role): (Id, Role),
        found: Vec<(Id, FileCheck)>,
    ) -> Result<Result<Option<Dossier>, String>, Trouble> {
        if found.is_empty() {
            return Ok(Ok(None));
        }
        if let Some(why) = self.store()?.read_only() {
            return Ok(Err(format!("The result is not recorded: the record is read only ({why}).")));
        }
        match self.execute(Some(system), role, &Command::Compared(found)) {
            Ok(dossier) => Ok(Ok(Some(dossier))),
            Err(Trouble::Refused(refusal)) => Ok(Err(format!("The result is not recorded: {refusal}"))),
            Err(Trouble::Usage(says)) => Ok(Err(format!("The result is not recorded: {says}"))),
            Err(other) => Err(other),
        }
    }

    fn checked(&self, evidence: &Evidence, told: Told<'_>) -> Result<Checked, Trouble> {
        let path = file_of(evidence);
        let (state, says) = self.compared(evidence, path.as_deref(), told)?;
        let id = evidence.reference();
        let says = format!("{id} \"{}\": {says}", evidence.title);
        let sha256 = Some(evidence.digest.0.clone()).filter(|digest| !digest.is_empty());
        Ok(Checked { id, title: evidence.title.to_string(), state, says, path, sha256 })
    }

    fn compared(&self, evidence: &Evidence, path: Option<&str>, told: Told<'_>) -> Result<(State, String), Trouble> {
        let known = &evidence.digest;
        if known.0.is_empty() {
            return Ok((State::NoDigest, "there is no SHA-256 to compare with; attach its file first.".into()));
        }
        let copy = if evidence.kept == Some(YesNo::Yes) { Some(self.store()?.content(&known.0)?) } else { None };
        let whole = copy.as_ref().map(|copy| copy.as_ref().is_some_and(|bytes| hex(&Sha256::digest(bytes)) == known.0));
        if whole == Some(false) {
            return Ok((
                State::Damaged,
                "the copy in the record is not what its SHA-256 says. Run docket verify.".into(),
            ));
        }
        let Some(path) = path else {
            return Ok(match whole {
                Some(_) => (State::Copy, "the copy in the record is what its SHA-256 says.".into()),
                None => (State::NoFile, "there is a SHA-256, and nothing says of which file.".into()),
            });
        };
        Ok(match read(&expanded(path), 0, told) {
            Ok((now, ..)) if now == *known => (State::Unchanged, format!("the file {path} is unchanged.")),
            Ok((now, ..)) => {
                let short = |digest: &Digest| digest.0.chars().take(16).collect::<String>();
                let (now, then) = (short(&now), short(known));
                let copy = if whole.is_some() { " The copy in the record is as it was." } else { "" };
                let says = format!("the file {path} has changed: its SHA-256 is {now}… now, and was {then}….{copy}");
                (State::Changed, says)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                return Err(Trouble::Usage("The comparison was stopped. Nothing was recorded.".into()));
            }
            Err(error) if error.kind() == ErrorKind::NotFound && whole.is_some() => {
                (State::Copy, format!("the file {path} is not there any more; the copy in the record is as it was."))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                (State::Gone, format!("the file {path} is not there any more, or not on this computer."))
            }
            Err(error) => (State::Unreadable, format!("the file {path} cannot be read ({error}).")),
        })
    }

    /// The copy that the record keeps of the file behind a piece of evidence, by its number.
    pub fn attached(&self, system: Id, number: &str) -> Result<Vec<u8>, Trouble> {
        let dossier = self.dossier(system)?;
        let wanted = number.trim().to_uppercase();
        let named =
            |evidence: &&Evidence| evidence.reference() == wanted || format!("E-{wanted}") == evidence.reference();
        let name = dossier.name();
        let evidence = dossier.evidence.iter().find(named).ok_or_else(|| {
            Trouble::Usage(format!("{name} has no evidence \"{number}\". docket evidence check lists what it has."))
        })?;
        let reference = evidence.reference();
        if evidence.kept != Some(YesNo::Yes) {
            return Err(Trouble::Usage(format!("The record keeps no copy of {reference}, only what it says of it.")));
        }
        let damaged =
            || Trouble::Usage(format!("The copy of {reference} is not what its SHA-256 says. Nothing was written."));
        let bytes = self.store()?.content(&evidence.digest.0)?.ok_or_else(damaged)?;
        if hex(&Sha256::digest(&bytes)) != evidence.digest.0 {
            return Err(damaged());
        }
        Ok(bytes)
    }

    /// What other systems of the record do against threats, in words.
    pub fn control_texts(&self, system: Option<Id>, query: &str) -> Result<Vec<ControlText>, Trouble> {
        Ok(self.store()?.control_texts(system, query, TEXTS)?)
    }
}

/// What is recorded of a comparison; nothing where there was nothing to compare.
fn outcome(state: State) -> Option<FileCheck> {
    Some(match state {
        State::Unchanged => FileCheck::Unchanged,
        State::Changed => FileCheck::Changed,
        State::Gone => FileCheck::Gone,
        State::Copy => FileCheck::Copy,
        State::Damaged => FileCheck::Damaged,
        State::Unreadable => FileCheck::Unreadable,
        State::NoDigest | State::NoFile => return None,
    })
}

/// Where the file behind a piece of evidence lies: as it was attached, else where its location is a path.
fn file_of(evidence: &Evidence) -> Option<String> {
    let place = evidence.place.as_str();
    let typed = Some(place).filter(|place| place.starts_with('/') || place.starts_with("~/"));
    Some(evidence.path.as_str()).filter(|path| !path.is_empty()).or(typed).map(str::to_owned)
}

fn not_read(path: &str, error: &std::io::Error) -> Trouble {
    Trouble::Usage(match error.kind() {
        ErrorKind::NotFound => format!("There is no file {path}. Nothing was attached."),
        ErrorKind::Interrupted => format!("The reading of {path} was stopped. Nothing was attached."),
        _ => format!("{path} cannot be read ({error}). Nothing was attached."),
    })
}

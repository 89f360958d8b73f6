//! What comes back in a bundle, beside what was done here meanwhile: compared first, decided by a person, then taken in.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Desk, Trouble,
    carry::{Looked, reader},
    summary_today,
};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Line, Refusal, Rule,
        fields::{Moment, Vocabulary},
        journal::{Blob, Body, Content, Piece, Sealed},
        merging::{Conflict, Said, Side, conflicts, renumbered, settled},
        people::Role,
    },
    store::{Entry, Incoming, Known},
};

/// What a bundle comes to in this record, with nothing of it taken in.
#[derive(Debug)]
pub struct Compared {
    looked: Looked,
    system: Id,
    known: Known,
    new: Vec<Sealed>,
    /// What is new in it, in sentences: who wrote how much, and what of it binds.
    pub lines: Vec<String>,
    /// What was changed here and there, each in its own way.
    pub conflicts: Vec<Conflict>,
}

impl Compared {
    /// Whether it holds nothing that is not here.
    pub fn is_known(&self) -> bool {
        self.new.is_empty()
    }

    /// The system that it is about.
    pub fn system(&self) -> Id {
        self.system
    }
}

fn refused<T>(says: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Usage(says.into()))
}

/// The acts that bind, as they are named to whoever takes them in.
const BINDING: [&str; 8] = [
    "signoff.sign",
    "signoff.withdraw",
    "disposition.decide",
    "disposition.revoke",
    "acceptance.accept",
    "acceptance.decline",
    "acceptance.revoke",
    "privacy.advise",
];

impl Desk {
    /// Whether this record and a file are of one and the same.
    pub fn is_of(&self, looked: &Looked) -> bool {
        self.as_saved().is_ok_and(|store| store.space() == looked.carried.space)
    }

    /// Compares a file with this record: what is new in it, and where both sides changed the same.
    pub fn compare(&self, looked: Looked) -> Result<Compared, Trouble> {
        let store = self.as_saved()?;
        if store.space() != looked.carried.space {
            return refused(
                "This bundle belongs to another record. Nothing was changed; open it as a working copy with docket open.",
            );
        }
        let copy_of = store.copy_of()?;
        let system = match (looked.carried.part.as_ref().map(|part| part.system), copy_of) {
            (Some(part), Some(own)) if part != own => {
                return refused(
                    "This bundle is about another system than this working copy. Nothing was changed; open it in a file of its own.",
                );
            }
            (Some(part), _) => part,
            (None, Some(_)) => {
                return refused(
                    "This is a whole record, and a working copy takes in only bundles. Nothing was changed.",
                );
            }
            (None, None) => {
                return refused(
                    "This record is not empty, and a whole record goes only into an empty one. Nothing was changed; name a new file with --record.",
                );
            }
        };
        let known = store.known()?;
        let new = self.new_in(&looked, &known, copy_of.is_some())?;
        self.concerns(&new, system)?;
        let ends: BTreeMap<Id, i64> = looked.carried.devices.iter().map(|device| (device.id, device.seq)).collect();
        let (dossier, ours) = (store.dossier(Some(system))?, store.unknown_to(&ends, system)?);
        let ours: Vec<Said> = ours.into_iter().filter_map(said_here).collect();
        let theirs: Vec<Said> = new.iter().filter_map(said_there).collect();
        let conflicts = conflicts(&dossier, &ours, &theirs);
        let lines = lines(&new);
        Ok(Compared { looked, system, known, new, lines, conflicts })
    }

    /// The entries of a file that are not here; what is here has to be the same.
    fn new_in(&self, looked: &Looked, known: &Known, is_copy: bool) -> Result<Vec<Sealed>, Trouble> {
        let (store, mut new) = (self.as_saved()?, Vec::new());
        for piece in reader(&looked.path, &looked.keys)? {
            let Piece::Entry(entry) = piece? else { continue };
            let (device, seq) = (entry.envelope.device, entry.envelope.seq);
            if seq <= known.last(device) {
                if store.hash_at(device, seq)? != Some(entry.hash) {
                    return refused(format!(
                        "Entry {seq} of a device is another one in this bundle than here: the same chain was written in two files. Nothing was changed; ask who sent it which of the two goes on."
                    ));
                }
            } else if matches!(entry.content, Content::Erased(_)) && !is_copy {
                return refused(
                    "This bundle holds back what was written in it. Nothing was changed; ask for it to be sent from the copy that was worked on.",
                );
            } else {
                new.push(*entry);
            }
        }
        Ok(new)
    }

    /// Whether what is new concerns only the system of the bundle and the record itself.
    fn concerns(&self, new: &[Sealed], system: Id) -> Result<(), Trouble> {
        let store = self.as_saved()?;
        for entry in new {
            let Content::Kept { body, .. } = &entry.content else { continue };
            let body = Body::parse(body);
            let of = kind_of(&entry.envelope.kind);
            let home = of.map_or(Ok(None), |of| store.home_of(of, entry.envelope.entity))?;
            let own = body.system.is_none_or(|named| named == system) && home.is_none_or(|home| home == system);
            let there = of.is_none_or(|of| of != Kind::System || entry.envelope.entity == system);
            if !own || !there {
                return refused(
                    "This bundle changes another system than the one that it is about. Nothing was changed; ask who sent it.",
                );
            }
        }
        Ok(())
    }

    /// Takes in what was compared, in one command: their entries as they are, and what was decided of the conflicts, a
    /// side for each.
    pub fn merge(&mut self, compared: &Compared, sides: &[Side], role: Role) -> Result<Dossier, Trouble> {
        if sides.len() != compared.conflicts.len() {
            return refused("Something is not decided yet. Nothing was changed.");
        }
        let stamp = self.stamp(role)?;
        let pieces = reader(&compared.looked.path, &compared.looked.keys)?;
        if *pieces.carried() != compared.looked.carried {
            return refused("The file was changed while it was read. Nothing was changed.");
        }
        let mut blobs = pieces.filter_map(|piece| match piece {
            Ok(Piece::Entry(_)) => None,
            Ok(Piece::Blob(blob)) => Some(Ok::<Blob, Trouble>(blob)),
            Err(broken) => Some(Err(broken.into())),
        });
        let incoming = Incoming {
            carried: &compared.looked.carried,
            system: compared.system,
            new: &compared.new,
            blobs: &mut blobs,
            known: &compared.known,
            says: Line::new(&compared.lines.join(" ")),
        };
        let numbered: Vec<(Kind, Id)> = compared.new.iter().filter_map(added).collect();
        let ask = |dossier: &Dossier| {
            may_merge(dossier, stamp.by, role)?;
            let mut events = settled(&compared.conflicts, sides);
            events.extend(renumbered(dossier, &numbered));
            Ok(events)
        };
        let done = self.store_mut()?.merge(&stamp, &summary_today, incoming, ask)??;
        Ok(done.dossier)
    }
}

impl Desk {
    /// Keeps what was compared until it is decided; answers the name of the system, what is new, and what both changed.
    pub fn keep_compared(&mut self, compared: Compared) -> Result<(String, Vec<String>, Vec<Conflict>), Trouble> {
        let name = self.dossier(compared.system)?.name().to_owned();
        let shown = (name, compared.lines.clone(), compared.conflicts.clone());
        self.compared = Some(compared);
        Ok(shown)
    }

    /// Takes in what was kept, in this hat where it is held on the system, else in one that is.
    pub fn merge_kept(&mut self, sides: &[Side], role: Role) -> Result<Dossier, Trouble> {
        let Some(compared) = self.compared.take() else { return refused("No bundle was read yet.") };
        let system = Some(compared.system);
        let held = self.me.is_some_and(|me| {
            self.as_saved().is_ok_and(|store| store.dossier(system).is_ok_and(|d| d.holds(me, role, clock::today())))
        });
        let role = if held { role } else { self.importing_hat(system)? };
        let done = self.merge(&compared, sides, role);
        if done.is_err() {
            self.compared = Some(compared);
        }
        done
    }
}

/// Whoever takes in what others did answers for what is chosen: in a role that they hold on the system.
fn may_merge(dossier: &Dossier, person: Id, role: Role) -> Result<(), Trouble> {
    if dossier.holds(person, role, clock::today()) {
        return Ok(());
    }
    let says = format!("You do not hold the role {} on {}. Nothing was changed.", role.label(), dossier.name());
    Err(Refusal::new(Rule::RoleNotHeld, says).hint("Somebody who holds a role there takes the bundle in.").into())
}

fn kind_of(kind: &str) -> Option<Kind> {
    kind.split('.').next().and_then(Kind::parse)
}

fn said_here(entry: Entry) -> Option<Said> {
    Some(Said { of: entry.of?, entity: entry.entity, set: entry.body.set, who: entry.name, at: entry.at })
}

fn said_there(entry: &Sealed) -> Option<Said> {
    let Content::Kept { body, .. } = &entry.content else { return None };
    let (body, e) = (Body::parse(body), &entry.envelope);
    Some(Said { of: kind_of(&e.kind)?, entity: e.entity, set: body.set, who: body.name, at: e.at })
}

/// What an entry gave a number to.
fn added(entry: &Sealed) -> Option<(Kind, Id)> {
    let said = said_there(entry)?;
    said.set.iter().any(|change| change.field == "number" && change.old.is_null()).then_some((said.of, said.entity))
}

/// Who wrote how much of what is new, and what of it binds or concerns the whole record.
fn lines(new: &[Sealed]) -> Vec<String> {
    let mut people: BTreeMap<String, (usize, Moment)> = BTreeMap::new();
    let (mut binding, mut record) = (Vec::new(), BTreeSet::new());
    for entry in new {
        let Content::Kept { body, .. } = &entry.content else { continue };
        let (body, e) = (Body::parse(body), &entry.envelope);
        let seen = people.entry(Line::new(&body.name).to_string()).or_insert((0, e.at));
        *seen = (seen.0 + 1, seen.1.max(e.at));
        if BINDING.contains(&e.kind.as_str()) {
            let role = Role::parse(&e.role).map_or_else(|| e.role.clone(), |role| role.label().to_owned());
            binding.push(format!("{} by {} as {role}", e.kind.replace('.', " "), Line::new(&body.name)));
        }
        if let Some(of) = kind_of(&e.kind).filter(|_| body.system.is_none()) {
            record.insert(of.label());
        }
    }
    let of = |(name, (count, last)): (String, (usize, Moment))| {
        format!("{name} {count}, the last on {}", crate::domain::wording::day(last))
    };
    let mut out = vec![format!("New entries: {}.", people.into_iter().map(of).collect::<Vec<_>>().join("; "))];
    if !binding.is_empty() {
        out.push(format!("Binding: {}.", binding.join("; ")));
    }
    if !record.is_empty() {
        let kinds: Vec<&str> = record.into_iter().collect();
        out.push(format!("Also of the record itself: {}.", kinds.join(", ")));
    }
    out
}

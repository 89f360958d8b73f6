//! What comes back in a bundle, beside what was done here meanwhile: compared first, decided by a person, then taken in.

use std::collections::BTreeMap;

use super::{
    Desk, Trouble,
    carry::{Looked, reader},
    summary_today,
};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind, Line,
        fields::Moment,
        journal::{Blob, Body, Content, Piece, Sealed},
        merging::{
            Arrived, Conflict, Course, Said, Side, Told, Unjudged, arrived, conflicts, receipt, renumbered, set_aside,
            settled,
        },
        people::Role,
        rules::may,
        verb::Verb,
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
    course: Course,
    /// What is new in it, in sentences: who wrote how much, and what of it binds.
    pub lines: Vec<String>,
    /// What of it binds: whether it is signed, and whether it counts here.
    pub acts: Vec<Arrived>,
    /// What was changed here and there, each in its own way.
    pub conflicts: Vec<Conflict>,
}

impl Compared {
    /// Whether it holds nothing that is not here.
    pub fn is_known(&self) -> bool {
        self.new.is_empty()
    }

    /// How many of its entries are not here.
    pub fn entries(&self) -> usize {
        self.new.len()
    }

    /// The system that it is about.
    pub fn system(&self) -> Id {
        self.system
    }
}

fn refused<T>(says: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Usage(says.into()))
}

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
        let (new, course) = self.new_in(&looked, (&known, system), copy_of.is_some())?;
        self.concerns(&new, system)?;
        let ends: BTreeMap<Id, i64> = looked.carried.devices.iter().map(|device| (device.id, device.seq)).collect();
        let (dossier, ours) = (store.dossier(Some(system))?, store.unknown_to(&ends, system)?);
        let ours: Vec<Said> = ours.into_iter().filter_map(said_here).collect();
        let theirs: Vec<Said> = new.iter().filter_map(said_there).collect();
        let conflicts = conflicts(&dossier, &ours, &theirs);
        let is_new = |told: &Told| told.seq > known.last(told.device);
        let then = |at: Moment| -> anyhow::Result<Dossier> {
            let found = store.dossier_at(system, store.entry_before(at)?)?;
            Ok(found.unwrap_or_else(|| Dossier { subject: Some(system), ..Dossier::default() }))
        };
        let acts = match arrived(&course, &is_new, &dossier, &then) {
            Ok(acts) => acts,
            Err(Unjudged::Forged(says)) => return refused(says),
            Err(Unjudged::Failed(error)) => return Err(error.into()),
        };
        let fresh: Vec<&Told> = course.told().iter().filter(|told| is_new(told)).collect();
        let lines = receipt(&fresh, &acts, &dossier);
        Ok(Compared { looked, system, known, new, course, lines, acts, conflicts })
    }

    /// The entries of a file that are not here, and all that it tells of the system; what is here has to be the same.
    fn new_in(
        &self,
        looked: &Looked,
        (known, system): (&Known, Id),
        is_copy: bool,
    ) -> Result<(Vec<Sealed>, Course), Trouble> {
        let (store, mut new, mut course) = (self.as_saved()?, Vec::new(), Course::of(system));
        for piece in reader(&looked.path, &looked.keys)? {
            let Piece::Entry(entry) = piece? else { continue };
            course.take(&entry);
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
        Ok((new, course))
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
        // Asked of the record as it is: what comes in gives nobody the right to take it in.
        may(&self.dossier(compared.system)?, stamp.by, role, Verb::Merge, stamp.today)?;
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
            let mut events = settled(&compared.conflicts, sides);
            events.extend(renumbered(dossier, &numbered));
            let mut then = dossier.clone();
            events.iter().for_each(|event| then.apply(event));
            // Last, whatever was decided of the conflicts: what does not count cannot be chosen either.
            events.extend(set_aside(&then, &compared.course, &compared.acts, stamp.at));
            Ok::<_, Trouble>(events)
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
        let system = compared.system;
        let mine = |me| {
            let dossier = self.as_saved().ok().and_then(|store| store.dossier(Some(system)).ok());
            dossier.is_some_and(|dossier| may(&dossier, me, role, Verb::Merge, clock::today()).is_ok())
        };
        let role = if self.me.is_some_and(mine) { role } else { self.importing_hat(Some(system))? };
        let done = self.merge(&compared, sides, role);
        if done.is_err() {
            self.compared = Some(compared);
        }
        done
    }
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

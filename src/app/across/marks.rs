//! What is marked in the register over all systems: these threats, or all that fit what is looked for but these.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Id,
    page::{Across, Chosen},
};

/// The marks of a person. A million of them take no room: then only those that are not marked are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marks {
    /// These threats, each with its system.
    These(BTreeMap<Id, Id>),
    /// All that fit what is looked for, but these.
    AllBut(BTreeSet<Id>),
}

impl Default for Marks {
    fn default() -> Self {
        Self::These(BTreeMap::new())
    }
}

impl Marks {
    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::These(all) if all.is_empty())
    }

    /// Whether they stand for all that fit, and not for threats that were counted out.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::AllBut(_))
    }

    /// Whether a threat is marked.
    pub fn has(&self, threat: Id) -> bool {
        match self {
            Self::These(all) => all.contains_key(&threat),
            Self::AllBut(not) => !not.contains(&threat),
        }
    }

    /// How many are marked, where so many fit.
    pub fn count(&self, fit: usize) -> usize {
        match self {
            Self::These(all) => all.len(),
            Self::AllBut(not) => fit.saturating_sub(not.len()),
        }
    }

    /// Of how many systems they are, where that is known.
    pub fn systems(&self) -> Option<usize> {
        match self {
            Self::These(all) => Some(all.values().collect::<BTreeSet<_>>().len()),
            Self::AllBut(_) => None,
        }
    }

    /// The system of a threat that is marked by itself.
    pub fn system(&self, threat: Id) -> Option<Id> {
        match self {
            Self::These(all) => all.get(&threat).copied(),
            Self::AllBut(_) => None,
        }
    }

    /// Marks a threat, or no longer.
    pub fn turn(&mut self, threat: Id, system: Id) {
        match self {
            Self::These(all) => {
                if all.remove(&threat).is_none() {
                    all.insert(threat, system);
                }
            }
            Self::AllBut(not) => {
                if !not.remove(&threat) {
                    not.insert(threat);
                }
            }
        }
    }

    /// Marks all that were found, or none where all of them are marked.
    pub fn turn_all(&mut self, found: &Chosen) {
        let marked = match (&*self, found) {
            (Self::AllBut(not), _) => not.is_empty(),
            (Self::These(_), Chosen::AllBut(_)) => false,
            (Self::These(all), Chosen::These(found)) => pairs(found).all(|(threat, _)| all.contains_key(&threat)),
        };
        match (&mut *self, found) {
            _ if marked => self.clear(),
            (_, Chosen::AllBut(not)) => *self = Self::AllBut(not.clone()),
            (Self::These(all), Chosen::These(found)) => all.extend(pairs(found)),
            (Self::AllBut(_), Chosen::These(found)) => *self = Self::These(pairs(found).collect()),
        }
    }

    /// Nothing is marked any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What an act is about; none where nothing is marked.
    pub fn chosen(&self) -> Option<Chosen> {
        match self {
            Self::These(all) if all.is_empty() => None,
            Self::These(all) => Some(Chosen::These(by_system(all.iter().map(|(threat, system)| (*threat, *system))))),
            Self::AllBut(not) => Some(Chosen::AllBut(not.clone())),
        }
    }
}

fn pairs(all: &Across) -> impl Iterator<Item = (Id, Id)> + '_ {
    all.iter().flat_map(|(system, threats)| threats.iter().map(move |threat| (*threat, *system)))
}

/// Threats with their systems, system by system.
pub(super) fn by_system(all: impl Iterator<Item = (Id, Id)>) -> Across {
    let mut out: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (threat, system) in all {
        out.entry(system).or_default().push(threat);
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id([n; 16])
    }

    #[test]
    fn all_but_some_are_counted_and_turned_like_any_others() {
        let mut marks = Marks::default();
        marks.turn_all(&Chosen::AllBut(BTreeSet::new()));
        assert!(marks.has(id(1)) && !marks.is_empty() && marks.count(90_000) == 90_000);
        marks.turn(id(1), id(9));
        assert!(!marks.has(id(1)) && marks.has(id(2)));
        assert_eq!(marks.count(90_000), 89_999);
        assert_eq!(marks.chosen(), Some(Chosen::AllBut([id(1)].into())));
        marks.turn_all(&Chosen::AllBut(BTreeSet::new()));
        assert_eq!(marks.count(90_000), 90_000, "those that were left out are taken in");
        marks.turn_all(&Chosen::AllBut(BTreeSet::new()));
        assert!(marks.is_empty() && marks.chosen().is_none(), "where all are marked, none");
    }

    #[test]
    fn what_was_marked_before_stays_marked_with_what_is_found() {
        let mut marks = Marks::default();
        marks.turn(id(1), id(8));
        let found = Chosen::These(vec![(id(9), vec![id(2), id(3)])]);
        marks.turn_all(&found);
        assert_eq!((marks.count(2), marks.systems()), (3, Some(2)));
        marks.turn_all(&found);
        assert!(marks.is_empty());
    }
}

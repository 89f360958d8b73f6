//! The rows of one kind: a list whose copies share whatever neither of them changed.
//!
//! A screen shows a dossier while the next command already changes it. Rows are kept in small shared parts, so that a
//! copy costs next to nothing and a change copies one part, however many rows there are. Each content has a stamp of its
//! own, by which [`super::memo`] knows that nothing has changed.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::{Index, IndexMut},
    slice,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    Id,
    fields::{Day, Entity},
};

/// Rows in one shared part.
const PART: usize = 64;
/// Fewer rows than this are looked through faster than an index is made.
const FEW: usize = 32;

/// Some rows that belong together, shared by every copy that did not change them.
#[derive(Debug, Clone)]
pub struct Part<T> {
    rows: Vec<T>,
    stamp: u64,
    /// Every day in rows that were not withdrawn, once asked for.
    days: OnceLock<Vec<Day>>,
}

impl<T> Part<T> {
    /// The rows, which are about to change.
    fn rows_mut(&mut self) -> &mut Vec<T> {
        (self.stamp, self.days) = (fresh(), OnceLock::new());
        &mut self.rows
    }
}

/// Where each identity is; of several rows with one identity, the last.
type Places = HashMap<Id, usize, BuildHasherDefault<IdHasher>>;

/// Rows in the order in which they were made.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    /// All but the last hold [`PART`] rows.
    parts: Vec<Arc<Part<T>>>,
    stamp: u64,
    places: OnceLock<Arc<Places>>,
}

/// Every row, first to last.
pub type Iter<'a, T> = std::iter::FlatMap<slice::Iter<'a, Arc<Part<T>>>, slice::Iter<'a, T>, RowsOf<T>>;
type RowsOf<T> = fn(&Arc<Part<T>>) -> slice::Iter<'_, T>;

/// A stamp that no other content has; 0 is for no rows at all.
fn fresh() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl<T> Rows<T> {
    /// Equal stamps, equal rows; the other way round says nothing.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.last().map_or(0, |last| (self.parts.len() - 1) * PART + last.rows.len())
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
    /// Every row, first to last.
    pub fn iter(&self) -> Iter<'_, T> {
        let rows: RowsOf<T> = |part| part.rows.iter();
        self.parts.iter().flat_map(rows)
    }
    /// The row at `at`, from 0.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.parts.get(at / PART)?.rows.get(at % PART)
    }
    /// The oldest.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }
    /// The newest.
    pub fn last(&self) -> Option<&T> {
        self.parts.last()?.rows.last()
    }
    /// The rows part by part; equal stamps, equal parts.
    pub fn parts(&self) -> impl Iterator<Item = (u64, &[T])> {
        self.parts.iter().map(|part| (part.stamp, part.rows.as_slice()))
    }
    /// Forgets them all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl<T: Entity + Clone> Rows<T> {
    /// Puts a row at the end.
    pub fn push(&mut self, row: T) {
        self.stamp = fresh();
        let at = self.len();
        if let Some(places) = self.places.get_mut() {
            Arc::make_mut(places).insert(row.id(), at);
        }
        match self.parts.last_mut() {
            Some(last) if last.rows.len() < PART => Arc::make_mut(last).rows_mut().push(row),
            Some(_) | None => {
                let mut rows = Vec::with_capacity(if self.parts.is_empty() { 1 } else { PART });
                rows.push(row);
                self.parts.push(Arc::new(Part { rows, stamp: fresh(), days: OnceLock::new() }));
            }
        }
    }

    /// A row to be changed; its identity stays.
    pub(super) fn change(&mut self, at: usize) -> Option<&mut T> {
        self.stamp = fresh();
        Arc::make_mut(self.parts.get_mut(at / PART)?).rows_mut().get_mut(at % PART)
    }
}

impl<T: Entity> Rows<T> {
    /// Where the row with this identity is; the last one of several.
    pub fn position(&self, id: Id) -> Option<usize> {
        if self.len() < FEW {
            let found = self.iter().rev().position(|row| row.id() == id);
            return found.map(|from_end| self.len() - 1 - from_end);
        }
        let index = || Arc::new(self.iter().enumerate().map(|(at, row)| (row.id(), at)).collect());
        self.places.get_or_init(index).get(&id).copied()
    }
    /// Every day in rows that were not withdrawn.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        let days = |part: &Part<T>| {
            let mut days = Vec::new();
            part.rows.iter().filter(|row| !row.archived()).for_each(|row| row.days(&mut |day| days.push(day)));
            days.sort_unstable();
            days.dedup();
            days
        };
        self.parts.iter().flat_map(move |part| part.days.get_or_init(|| days(part))).copied()
    }
    /// In which of [`Rows::parts`] the row with this identity is.
    pub fn part_of(&self, id: Id) -> Option<usize> {
        self.position(id).map(|at| at / PART)
    }
    /// The row with this identity.
    pub fn by_id(&self, id: Id) -> Option<&T> {
        self.get(self.position(id)?)
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { parts: Vec::new(), stamp: 0, places: OnceLock::new() }
    }
}

impl<T: PartialEq> PartialEq for Rows<T> {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp || self.iter().eq(other)
    }
}

impl<T> Index<usize> for Rows<T> {
    type Output = T;
    fn index(&self, at: usize) -> &T {
        &self.parts[at / PART].rows[at % PART]
    }
}

impl<T: Clone> IndexMut<usize> for Rows<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        (self.stamp, self.places) = (fresh(), OnceLock::new());
        &mut Arc::make_mut(&mut self.parts[at / PART]).rows_mut()[at % PART]
    }
}

impl<T: Entity + Clone> Extend<T> for Rows<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        rows.into_iter().for_each(|row| self.push(row));
    }
}

impl<T: Entity + Clone> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut out = Self::default();
        out.extend(rows);
        out
    }
}

impl<T: Entity + Clone, const N: usize> From<[T; N]> for Rows<T> {
    fn from(rows: [T; N]) -> Self {
        rows.into_iter().collect()
    }
}

impl<'a, T> IntoIterator for &'a Rows<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Identities are spread already: two multiplications are enough for them.
#[derive(Debug, Default, Clone, Copy)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    /// The length, which is the same for all of them.
    fn write_usize(&mut self, _: usize) {}
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::Threat;

    fn id(n: usize) -> Id {
        Id(u128::try_from(n).unwrap().to_be_bytes())
    }

    #[test]
    fn they_are_a_list_of_any_length() {
        for len in [0, 1, 31, 32, 63, 64, 65, 200] {
            let rows: Rows<Threat> = (0..len).map(|n| Threat::empty(id(n))).collect();
            assert_eq!((rows.len(), rows.is_empty(), rows.iter().count()), (len, len == 0, len));
            assert!(rows.iter().enumerate().all(|(at, row)| row.id == id(at) && rows[at] == *row));
            assert_eq!(rows.iter().next_back(), rows.last());
            assert_eq!((rows.first(), rows.get(len)), (rows.get(0), None));
            for n in 0..=len {
                assert_eq!(rows.position(id(n)), (n < len).then_some(n));
            }
        }
    }

    #[test]
    fn a_copy_keeps_what_it_was_and_shares_the_rest() {
        let before: Rows<Threat> = (0..200).map(|n| Threat::empty(id(n))).collect();
        let mut after = before.clone();
        assert!(before == after && before.stamp() == after.stamp());
        after.change(70).unwrap().archived = true;
        assert!(!before[70].archived && after[70].archived && before != after);
        let shared = before.parts.iter().zip(&after.parts).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!((shared, before.parts.len()), (3, 4));
        assert_ne!(before.stamp(), after.stamp());
        after.change(70).unwrap().archived = false;
        assert!(before == after, "other stamps, the same rows");
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(after.days().count(), 0);
        after.change(70).unwrap().due = Some(day("2026-12-01"));
        assert!(after.days().eq([day("2026-12-01")]), "a day that was asked for before it was set");
        after.push(Threat::empty(id(999)));
        assert_eq!((before.position(id(999)), after.position(id(999))), (None, Some(200)));
        after[0].id = id(1000);
        assert_eq!((after.position(id(0)), after.position(id(1000))), (None, Some(0)));
    }
}

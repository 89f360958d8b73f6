//! What an import has to tell: what was dropped, which words it did not understand, where the file contradicts itself.

use std::collections::BTreeMap;

use crate::domain::Line;

/// Most different notes of one kind; a hostile file may hold a million different unknown words.
const DISTINCT_MAX: usize = 100;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Something in the file that is not imported.
    Dropped,
    /// A word that has no place in our scales; it was read as undecided or unrated.
    UnknownWord,
    /// Two places of the file that cannot both be right.
    Contradiction,
    /// Anything else that the person should know before agreeing.
    Warning,
}

/// One note, and how often it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The sentence.
    pub text: Line,
    /// How often it applies.
    pub count: usize,
}

/// The notes of one import, each sentence once.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    counts: BTreeMap<(NoteKind, Line), usize>,
    further: BTreeMap<NoteKind, usize>,
}

impl Notes {
    /// Adds a note, or counts it once more.
    pub fn add(&mut self, kind: NoteKind, text: &str) {
        let key = (kind, Line::new(text));
        if let Some(count) = self.counts.get_mut(&key) {
            *count += 1;
        } else if self.of(kind).count() < DISTINCT_MAX {
            self.counts.insert(key, 1);
        } else {
            *self.further.entry(kind).or_default() += 1;
        }
    }

    /// Something that is not imported.
    pub fn dropped(&mut self, text: &str) {
        self.add(NoteKind::Dropped, text);
    }

    /// A word of the file that was read as `instead`.
    pub fn unknown(&mut self, what: &str, word: &str, instead: &str) {
        self.add(
            NoteKind::UnknownWord,
            &format!("{what} \"{}\" is not known here and counts as {instead}", short(word)),
        );
    }

    /// Two places that cannot both be right.
    pub fn contradiction(&mut self, text: &str) {
        self.add(NoteKind::Contradiction, text);
    }

    /// Something to know before agreeing.
    pub fn warn(&mut self, text: &str) {
        self.add(NoteKind::Warning, text);
    }

    /// The notes of one kind, in a stable order.
    pub fn of(&self, kind: NoteKind) -> impl Iterator<Item = Note> {
        let further = self.further.get(&kind).map(|&count| Note { kind, text: "(further ones)".into(), count });
        let listed = self.counts.iter().filter(move |((k, _), _)| *k == kind);
        listed.map(move |((_, text), &count)| Note { kind, text: text.clone(), count }).chain(further)
    }

    /// All notes, kind by kind.
    pub fn all(&self) -> Vec<Note> {
        use NoteKind::{Contradiction, Dropped, UnknownWord, Warning};
        [Contradiction, UnknownWord, Warning, Dropped].into_iter().flat_map(|kind| self.of(kind)).collect()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

/// The first characters of `text`, for a sentence about it.
pub(super) fn short(text: &str) -> String {
    const MAX: usize = 60;
    let line = Line::new(text);
    match line.as_str().char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", line.as_str()[..at].trim_end()),
        None => line.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_counted_and_bounded() {
        let mut notes = Notes::default();
        for i in 0..1000 {
            notes.unknown("The status", &i.to_string(), "undecided");
            notes.dropped("a picture");
        }
        assert_eq!(notes.of(NoteKind::UnknownWord).count(), DISTINCT_MAX + 1);
        assert_eq!(notes.of(NoteKind::Dropped).map(|n| n.count).collect::<Vec<_>>(), [1000]);
        assert_eq!(notes.all().iter().map(|n| n.count).sum::<usize>(), 2000);
    }
}

//! Three ways to look at a row: as the last import said it, as the file says it now, and as it stands in the record.
//!
//! Each imported row carries a mark: the lineage of its file, and a short digest of every value that the file gave. A value
//! that is not what the mark says was changed here, and what was changed here stays.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    Dossier, Id, Kind, Line,
    fields::{Entity, Kept},
    id::hex,
    journal::digest,
    value::Value,
};

/// What may follow the file as long as nobody changed it here: what a thing is called and what its tool says of it. A
/// score, a treatment, an owner or a day is a decision: the file fills it where there is none, and never changes it.
const FOLLOWS: [&str; 22] = [
    "name",
    "title",
    "description",
    "category",
    "component",
    "sort",
    "origin",
    "target",
    "protocol",
    "encrypted",
    "public",
    "purpose",
    "remediation",
    "content",
    "provider",
    "version",
    "carries",
    "permissions",
    "status_note",
    "by",
    "occurrences",
    "source_text",
];

/// The words of the tool: nobody changes them here, so that they follow whatever the mark says.
const WORDS: [&str; 4] = ["claim", "status_word", "severity_word", "source_text"];

/// Rows that say something about a run or a whole, and are no things of their own to a person who reads a receipt.
const UNCOUNTED: [Kind; 4] = [Kind::System, Kind::Privacy, Kind::Link, Kind::Evidence];

/// What an import came to, in rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Rows that were not here.
    pub new: usize,
    /// Rows of which something followed the file.
    pub changed: usize,
    /// Rows that the file does not hold any more.
    pub gone: usize,
    /// Rows of which something stayed as it was decided here although the file says otherwise.
    pub kept: usize,
    /// Rows that are as the file says.
    pub same: usize,
    /// Systems that the file does not name any more.
    pub systems_gone: usize,
}

/// What became of one row that was here.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Came {
    counted: bool,
    changed: bool,
    kept: bool,
}

impl Merged {
    /// Counts one row in.
    pub(super) fn count(&mut self, came: Came) {
        if came.counted {
            self.changed += usize::from(came.changed);
            self.kept += usize::from(came.kept);
            self.same += usize::from(!came.changed && !came.kept);
        }
    }
    /// Adds what another system of the same file came to.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.gone += other.gone;
        self.kept += other.kept;
        self.same += other.same;
        self.systems_gone += other.systems_gone;
    }
    /// Whether anything of the file was here before.
    pub fn is_again(&self) -> bool {
        self.changed + self.gone + self.kept + self.same + self.systems_gone > 0
    }
    /// In one line: `3 new, 1 changed, 2 gone from the source, 4 kept as decided here, 20 unchanged`.
    pub fn words(&self) -> String {
        let systems = match self.systems_gone {
            0 => String::new(),
            1 => "; 1 system is gone from the source".to_owned(),
            many => format!("; {many} systems are gone from the source"),
        };
        format!(
            "{} new, {} changed, {} gone from the source, {} kept as decided here, {} unchanged{systems}",
            self.new, self.changed, self.gone, self.kept, self.same
        )
    }
}

/// Whether rows of this kind are things of their own to a person who reads a receipt.
pub(super) fn is_counted(kind: Kind) -> bool {
    !UNCOUNTED.contains(&kind)
}

/// What an import said of a row: the lineage of the file, and a digest for each field.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    lineage: String,
    fields: HashMap<String, String>,
    text: String,
}

impl Mark {
    /// The mark of what a file says.
    pub(super) fn of(lineage: &str, set: &[(&'static str, Value)]) -> Self {
        let fields: Vec<String> = set.iter().map(|(id, value)| format!("{id}:{}", short(value))).collect();
        Self { text: format!("{lineage} {}", fields.join(" ")), ..Self::default() }
    }

    /// The mark that a row carries.
    pub(super) fn read(row: &dyn Entity) -> Option<Self> {
        let Value::Text(text) = row.get("imported") else { return None };
        let mut parts = text.split(' ');
        let lineage = parts.next()?.to_owned();
        let fields = parts.filter_map(|part| part.split_once(':')).map(|(id, sum)| (id.to_owned(), sum.to_owned()));
        Some(Self { lineage, fields: fields.collect(), text: text.clone() })
    }

    /// As the record keeps it.
    pub(super) fn to_value(&self) -> Value {
        Line::new(&self.text).to_value()
    }
}

fn short(value: &Value) -> String {
    hex(&digest(value.to_json().as_bytes())[..4])
}

/// A row that the file names and the record has.
pub(super) struct Met<'a> {
    /// As it stands in the record.
    pub(super) row: &'a dyn Entity,
    /// As the last import said it, where one did.
    pub(super) before: Option<Mark>,
    /// The lineage of the file.
    pub(super) lineage: &'a str,
}

impl Met<'_> {
    /// Whether the file may leave its mark: a thing that another file brought keeps that one's.
    pub(super) fn may_mark(&self) -> bool {
        self.before.as_ref().is_none_or(|mark| mark.lineage == self.lineage)
    }

    /// What is set of it.
    pub(super) fn settle(&self, set: Vec<(&'static str, Value)>) -> (Vec<(&'static str, Value)>, Came) {
        let mut came = Came { counted: is_counted(self.row.kind()), ..Came::default() };
        let mut follows = Vec::new();
        for (id, new) in set {
            let now = self.row.get(id);
            if now == new {
                continue;
            }
            if self.may_follow(id, &now, &new) {
                came.changed = true;
                follows.push((id, new));
            } else {
                came.kept = true;
            }
        }
        if !self.row.get("gone").is_null() {
            came.changed = true;
            follows.push(("gone", Value::Null));
        }
        (follows, came)
    }

    fn may_follow(&self, id: &str, now: &Value, new: &Value) -> bool {
        let mine = self.before.as_ref().filter(|mark| mark.lineage == self.lineage);
        if self.row.kind() == Kind::System {
            // A system is described here; only the words of its source are the file's.
            return id == "source_text" && (now.is_null() || mine.is_some());
        }
        let said = mine.and_then(|mark| mark.fields.get(id));
        if now.is_null() {
            // Filled where it was never said; what was emptied here stays empty.
            return said.is_none();
        }
        if self.row.kind() == Kind::Evidence {
            // What a run came to does not change any more.
            return false;
        }
        if WORDS.contains(&id) {
            return true;
        }
        if self.before.is_none() {
            // Imported before there were marks: the description followed then, and does now.
            return id == "description";
        }
        FOLLOWS.contains(&id) && said.is_some_and(|said| *said == short(now) && *said != short(new))
    }
}

/// The rows of the record that came from files, by what identifies them there.
pub(super) struct Known {
    /// A short digest of the lineage of the file.
    pub(super) lineage: String,
    rows: Rows,
}

/// By kind and key in the source: the lineage in the mark, and the row.
type Rows = HashMap<(Kind, String), Vec<(Option<String>, Id)>>;

impl Known {
    /// Those of a record.
    pub(super) fn of(dossier: &Dossier, lineage: &str) -> Self {
        let mut rows = Rows::new();
        for kind in super::FROM_FILES.into_iter().filter(|kind| kind.field("source").is_some()) {
            for row in dossier.rows(kind) {
                if let Value::Text(key) = row.get("source") {
                    let lineage = Mark::read(row).map(|mark| mark.lineage);
                    rows.entry((kind, key)).or_default().push((lineage, row.id()));
                }
            }
        }
        Self { lineage: hex(&digest(lineage.as_bytes())[..4]), rows }
    }

    /// The row that a file of this lineage means by a key; one of before there were marks is anybody's.
    pub(super) fn find(&self, kind: Kind, key: &str) -> Option<Id> {
        let rows = self.rows.get(&(kind, key.to_owned()))?;
        let mine = rows.iter().find(|(lineage, _)| lineage.as_ref() == Some(&self.lineage));
        mine.or_else(|| rows.iter().find(|(lineage, _)| lineage.is_none())).map(|(_, id)| *id)
    }

    /// The rows of this lineage that the file does not name any more, and of which that is not known yet.
    pub(super) fn gone(&self, dossier: &Dossier, named: &HashMap<(Kind, String), Id>) -> Vec<(Kind, Id)> {
        let named: HashSet<Id> = named.values().copied().collect();
        let mut out = Vec::new();
        for kind in super::FROM_FILES.into_iter().filter(|kind| kind.field("gone").is_some()) {
            let mine = |row: &&dyn Entity| Mark::read(*row).is_some_and(|mark| mark.lineage == self.lineage);
            let rows = dossier.rows(kind).into_iter().filter(|row| !row.archived() && row.get("gone").is_null());
            out.extend(rows.filter(mine).map(Entity::id).filter(|id| !named.contains(id)).map(|id| (kind, id)));
        }
        out
    }
}

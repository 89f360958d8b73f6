//! What a system is made of, as a file of its builders says it, compared with what was cleared.
//!
//! What a manifest does not say is not compared; an empty list says that there is none.

mod differ;

pub use differ::{Difference, What, diff, fingerprint, fires};

use super::{
    Dossier, Id, Kind, Line,
    decision::Disposition,
    fields::{Day, Vocabulary},
    id::hex,
    system::{Autonomy, DataClass, Release, data_classes},
    value::Value,
};

/// The four lists of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Models.
    Model,
    /// Tools.
    Tool,
    /// External connections.
    Connection,
    /// Retrieval sources.
    Retrieval,
}

impl Sort {
    /// Every list, in the order of a manifest.
    pub const ALL: [Self; 4] = [Self::Model, Self::Tool, Self::Connection, Self::Retrieval];

    /// What one of it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Tool => "tool",
            Self::Connection => "connection",
            Self::Retrieval => "retrieval source",
        }
    }
    /// The key of the list in a file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Model => "models",
            Self::Tool => "tools",
            Self::Connection => "connections",
            Self::Retrieval => "retrieval",
        }
    }
    /// The kind of its rows in the inventory.
    pub fn kind(self) -> Kind {
        match self {
            Self::Model => Kind::Model,
            Self::Tool => Kind::Tool,
            Self::Connection => Kind::Connection,
            Self::Retrieval => Kind::Retrieval,
        }
    }
    /// The fields that a manifest says of one of it, beside the name, as the inventory calls them.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Model => &["provider", "version", "hosting"],
            Self::Tool => &["permissions", "approval"],
            Self::Connection => &["party", "carries"],
            Self::Retrieval => &["content", "data", "writers"],
        }
    }
}

/// One model, tool, connection or retrieval source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub name: Line,
    /// Its fields with what they hold; one that is not here was not said.
    pub fields: Vec<(&'static str, Line)>,
}

/// What a system is made of; none of a part is that it was not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The version that goes live.
    pub release: Option<Line>,
    /// The SHA-256 of what goes live, in lower-case hexadecimal.
    pub digest: Option<Line>,
    /// How much happens without a person deciding.
    pub autonomy: Option<Autonomy>,
    /// Where it runs.
    pub environment: Option<Line>,
    /// Who uses it.
    pub users: Option<Line>,
    /// The classes of data that it handles.
    pub data: Option<Vec<DataClass>>,
    /// The four lists.
    pub lists: Vec<(Sort, Vec<Item>)>,
}

impl Manifest {
    /// What the inventory says; every list is said, also an empty one.
    pub fn of(dossier: &Dossier) -> Self {
        let release = release(dossier);
        let said = |line: &str| Some(Line::new(line)).filter(|line| !line.is_empty());
        let system = dossier.systems.iter().find(|system| !system.archived);
        let classes = system.map(|system| data_classes(system, &dossier.flows, &dossier.retrievals));
        Self {
            release: release.and_then(|release| said(release.version.as_str())),
            digest: release.and_then(|release| said(&release.digest.0)),
            autonomy: system.and_then(|system| system.autonomy),
            environment: system.and_then(|system| said(system.environment.as_str())),
            users: system.and_then(|system| said(system.users.as_str())),
            data: classes,
            lists: Sort::ALL.map(|sort| (sort, items(dossier, sort))).to_vec(),
        }
    }

    /// One of the four lists, where it was said.
    pub fn list(&self, sort: Sort) -> Option<&[Item]> {
        self.lists.iter().find(|(of, _)| *of == sort).map(|(_, items)| items.as_slice())
    }
}

/// The release that a review is about, else the newest.
fn release(dossier: &Dossier) -> Option<&Release> {
    let named = dossier.review().and_then(|review| review.release);
    let live = || dossier.releases.iter().filter(|release| !release.archived);
    live().find(|release| Some(release.id) == named).or_else(|| live().max_by_key(|release| release.id))
}

fn items(dossier: &Dossier, sort: Sort) -> Vec<Item> {
    let rows = dossier.rows(sort.kind());
    let item = |row: &dyn super::fields::Entity| Item {
        name: text(&row.get("name")),
        fields: sort.fields().iter().map(|field| (*field, text(&row.get(field)))).collect(),
    };
    rows.into_iter().filter(|row| !row.archived()).map(item).filter(|item| !item.name.is_empty()).collect()
}

fn text(value: &Value) -> Line {
    match value {
        Value::Null => Line::default(),
        Value::Text(text) => Line::new(text),
        Value::Int(n) => Line::new(&n.to_string()),
        Value::List(items) => Line::new(&items.join(", ")),
    }
}

/// The decision whose content a manifest is compared with: the last one that permits use.
pub fn cleared_by(dossier: &Dossier) -> Option<&Disposition> {
    dossier.dispositions.iter().rev().find(|made| !made.archived && made.stands())
}

/// What a snapshot says, as rows: everything that was decided on, and nothing else.
pub fn from_snapshot(snapshot: &str) -> Dossier {
    let mut dossier = Dossier::default();
    for line in snapshot.lines().skip(1) {
        let mut parts = line.splitn(4, ' ');
        let (Some(kind), Some(id), Some(field), Some(json)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let (Some(kind), Some(id)) = (Kind::parse(kind), Id::parse(id)) else { continue };
        let Ok(json) = serde_json::from_str(json) else { continue };
        dossier.entry(kind, id).put(field, &Value::from_json(&json));
    }
    dossier
}

/// The word of an autonomy level, or what it is called where none is said.
pub(super) fn autonomy_label(level: Option<Autonomy>) -> String {
    level.map_or_else(|| "not said".to_owned(), |level| level.label().to_owned())
}

/// The day on which it was decided, for what a manifest was compared with.
pub fn decided_on(disposition: &Disposition) -> Option<Day> {
    disposition.at.and_then(super::after::day_of)
}

/// A SHA-256 as a manifest gives it: with or without `sha256:` before it.
pub fn digest(text: &str) -> Option<Line> {
    let bare = text.trim();
    let bare = bare.strip_prefix("sha256:").unwrap_or(bare).to_ascii_lowercase();
    let whole = bare.len() == 64 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then(|| Line::new(&bare))
}

/// The SHA-256 of a text in hexadecimal.
fn sha256(text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    hex(&Sha256::digest(text.as_bytes()))
}

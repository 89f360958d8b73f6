//! The neutral value that every importer yields.

mod facts;
mod format;
mod results;

use std::sync::Arc;

use chrono::NaiveDate;
pub use facts::{Anchors, TableFacts};
pub use format::Format;
pub use results::{EvidenceDraft, FindingDraft, LibraryDraft, LibraryKind, PartDraft, Run};
use serde_json::{Map, Value};

use super::notes::Notes;
use super::words::{Lifecycle, Proposed, Severity};
use crate::domain::{Line, Prose};

/// What one file holds.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The format it was read as.
    pub format: Format,
    /// The version or shape within the format: `v1`, `v2`, `register`, `controls`, `assets`, `inventory`.
    pub schema: Line,
    /// Name of the file, without its folder.
    pub source_name: Line,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: usize,
    /// What a later version of this file has in common with this one: the model's title, or the columns of the table.
    pub lineage: Line,
    /// Title of the whole, where it has one.
    pub title: Line,
    /// The systems in it.
    pub systems: Vec<SystemDraft>,
    /// How many drawings it holds.
    pub diagrams: usize,
    /// How many comments are drawn in them.
    pub text_blocks: usize,
    /// How the table was read, where it is one.
    pub table: Option<TableFacts>,
    /// First and last title and the like, where the file has titles; for comparing an import with an independent count.
    pub anchors: Option<Anchors>,
    /// What was dropped, not understood or contradictory.
    pub notes: Notes,
    /// What was counted in the file beside its rows, by the name under which an independent count has it.
    pub counts: Map<String, Value>,
    /// Whether it holds results about a system that it does not describe: it goes into one that is in the record.
    pub results: bool,
    /// Whether it holds everything that its source holds, so that what is not in it any more is gone there.
    pub whole: bool,
    /// The entries of a library, which go to the team's own and into no system.
    pub library: Vec<LibraryDraft>,
}

impl Draft {
    /// A draft of a file with this digest, with nothing in it yet.
    pub(super) fn new(format: Format, seen: &Seen) -> Self {
        Self {
            format,
            schema: Line::default(),
            source_name: Line::new(super::file_name(seen.name)),
            sha256: seen.sha256.clone(),
            bytes: seen.bytes,
            lineage: Line::default(),
            title: Line::default(),
            systems: Vec::new(),
            diagrams: 0,
            text_blocks: 0,
            table: None,
            anchors: None,
            notes: Notes::default(),
            counts: Map::new(),
            results: false,
            whole: true,
            library: Vec::new(),
        }
    }

    /// Keeps a count.
    pub(super) fn count(&mut self, name: &str, value: impl Into<Value>) {
        self.counts.insert(name.to_owned(), value.into());
    }
}

/// A file that was read: its name, and what tells it from another one.
pub(super) struct Seen<'a> {
    /// Its name, maybe with its folder.
    pub(super) name: &'a str,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
    /// Its size.
    pub(super) bytes: usize,
}

impl<'a> Seen<'a> {
    /// A file of which all bytes are at hand.
    pub(super) fn of(bytes: &[u8], name: &'a str) -> Self {
        Self { name, sha256: super::ident::sha256(bytes), bytes: bytes.len() }
    }
}

/// One system, with everything the file says about it.
#[derive(Debug, Clone, Default)]
pub struct SystemDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// Its name.
    pub name: Line,
    /// Whether the name was taken from the name of the file, because there was none inside.
    pub name_from_file: bool,
    /// What it is.
    pub description: Prose,
    /// Who owns it.
    pub owner: Line,
    /// Who reviewed it.
    pub reviewer: Line,
    /// Who contributed.
    pub contributors: Vec<Line>,
    /// The fields of an inventory, where it comes from one.
    pub inventory: Option<Box<Inventory>>,
    /// Its parts.
    pub components: Vec<ComponentDraft>,
    /// Its trust boundaries.
    pub boundaries: Vec<BoundaryDraft>,
    /// What flows between its parts.
    pub flows: Vec<FlowDraft>,
    /// Its threats, risks or findings.
    pub threats: Vec<ThreatDraft>,
    /// Its controls, from a list of controls.
    pub controls: Vec<ControlDraft>,
    /// Which control is said to be against which threat: their ids in the source.
    pub links: Vec<(Line, Line)>,
    /// The runs of tests and scans that it tells of.
    pub evidence: Vec<EvidenceDraft>,
    /// What they found.
    pub findings: Vec<FindingDraft>,
    /// The models that it uses.
    pub models: Vec<PartDraft>,
    /// What it connects to.
    pub connections: Vec<PartDraft>,
    /// The sources from which it retrieves, and its data sets.
    pub retrievals: Vec<PartDraft>,
    /// What the DPO is to read before they assess it, in the owner's words.
    pub briefing: Prose,
    /// What the source says beside everything that has a field of its own.
    pub further: Vec<Labelled>,
}

/// What an inventory of AI systems says about one of them; empty where it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// The tool's own id.
    pub id: Line,
    /// The stage in the words of the file.
    pub stage_word: Line,
    /// The stage, where the words are known.
    pub stage: Option<Lifecycle>,
    /// What it is for.
    pub purpose: Prose,
    /// What it is expected to bring.
    pub benefits: Prose,
    /// What comes out of it.
    pub outputs: Prose,
    /// The organisation.
    pub organisation: Line,
    /// The unit that owns it.
    pub unit: Line,
    /// Whom to ask.
    pub contact: Line,
    /// The impact class in the words of the file.
    pub impact_word: Line,
    /// The answer about personal data in the words of the file.
    pub personal_data_word: Line,
    /// That answer as yes or no, where it is one.
    pub personal_data: Option<bool>,
    /// Who sells or builds it.
    pub vendor: Line,
    /// The product or system it runs on.
    pub product: Line,
    /// Whether it is authorised to operate, in the words of the file.
    pub authorised_word: Line,
    /// When it started, in the words of the file.
    pub started_word: Line,
    /// The kind of AI.
    pub technique: Line,
    /// Whether it is in use, in the words of the file.
    pub in_use_word: Line,
    /// The other columns that are filled.
    pub further: Vec<Labelled>,
}

/// The text of a column that has no field of its own.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The column's name.
    pub label: Arc<Line>,
    /// The text.
    pub text: Prose,
}

/// A part of a system.
#[derive(Debug, Clone, Default)]
pub struct ComponentDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// Its name.
    pub name: Line,
    /// Its kind in the words of the tool.
    pub kind: Line,
    /// What it is.
    pub description: Prose,
    /// The reason why it is out of scope, maybe empty; none where it is in scope.
    pub out_of_scope: Option<Prose>,
}

/// A trust boundary.
#[derive(Debug, Clone, Default)]
pub struct BoundaryDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// Its name, often empty.
    pub name: Line,
}

/// A data flow.
#[derive(Debug, Clone, Default)]
pub struct FlowDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// Its name.
    pub name: Line,
    /// Name of the part it leaves; empty where the end is loose.
    pub from: Line,
    /// Name of the part it reaches; empty where the end is loose.
    pub to: Line,
    /// The protocol.
    pub protocol: Line,
    /// Whether it is encrypted, where the file says so.
    pub encrypted: Option<bool>,
    /// Whether it crosses a public network, where the file says so.
    pub public_network: Option<bool>,
    /// Whether it goes both ways.
    pub bidirectional: bool,
    /// The reason why it is out of scope, maybe empty; none where it is in scope.
    pub out_of_scope: Option<Prose>,
}

/// A threat, risk or finding.
#[derive(Debug, Clone, Default)]
pub struct ThreatDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// The tool's own id or number.
    pub tool_id: Line,
    /// Its title.
    pub title: Line,
    /// What may happen.
    pub description: Prose,
    /// Its category in the words of the tool.
    pub category: Line,
    /// The method the category belongs to, such as STRIDE.
    pub model_type: Line,
    /// Names of the parts it is about.
    pub targets: Vec<Line>,
    /// The ids of the data flows that it is about, where the file names them.
    pub covers: Vec<Line>,
    /// The status in the words of the tool.
    pub status_word: Line,
    /// What the status proposes; never verified.
    pub proposed: Proposed,
    /// The severity in the words of the tool.
    pub severity_word: Line,
    /// The severity on our scale.
    pub severity: Severity,
    /// The likelihood in the words of the tool.
    pub likelihood_word: Line,
    /// The likelihood from 1 to 5, where the file has numbers.
    pub likelihood: Option<u8>,
    /// The impact in the words of the tool.
    pub impact_word: Line,
    /// The impact from 1 to 5, where the file has numbers.
    pub impact: Option<u8>,
    /// What is done about it.
    pub mitigation: Prose,
    /// The controls that are in place, one by one.
    pub controls: Vec<Line>,
    /// Why it was decided so.
    pub justification: Prose,
    /// Who owns it.
    pub owner: Line,
    /// When it is due, in the words of the file.
    pub due_word: Line,
    /// When it is due, where the date can only be read one way.
    pub due: Option<NaiveDate>,
    /// The reason why its target is out of scope; none where it is in scope.
    pub out_of_scope: Option<Prose>,
    /// The other columns that are filled.
    pub further: Vec<Labelled>,
}

/// A control, from a list of controls.
#[derive(Debug, Clone, Default)]
pub struct ControlDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// The tool's own id.
    pub tool_id: Line,
    /// Its name.
    pub title: Line,
    /// What it does.
    pub description: Prose,
    /// The status in the words of the tool; a claim, whatever it says.
    pub status_word: Line,
    /// The other columns that are filled.
    pub further: Vec<Labelled>,
}

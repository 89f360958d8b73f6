//! What runs of tools found, and the smaller parts of a draft.

use chrono::NaiveDate;

use crate::domain::{Line, Prose};
use crate::exchange::words::Severity;

/// A model, a connection or a source of data.
#[derive(Debug, Clone, Default)]
pub struct PartDraft {
    /// Stable from one version of the file to the next.
    pub source_id: Line,
    /// Its name.
    pub name: Line,
    /// Who provides or runs it.
    pub provider: Line,
    /// Its version.
    pub version: Line,
    /// What is in it, or what it carries.
    pub content: Line,
}

/// What kind of run it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Run {
    /// A red team's.
    RedTeam,
    /// A scan.
    #[default]
    Scan,
    /// A test.
    Test,
    /// Something that somebody attests.
    Attestation,
    /// A list of what is in it.
    Inventory,
}

/// One run of a tool. No result is not a pass: what did not run to its end shows nothing.
#[derive(Debug, Clone, Default)]
pub struct EvidenceDraft {
    /// Stable from one file of the same run to the next.
    pub source_id: Line,
    /// What it is.
    pub title: Line,
    /// What kind of run it was.
    pub run: Run,
    /// When.
    pub collected: Option<NaiveDate>,
    /// Until when it counts.
    pub expires: Option<NaiveDate>,
    /// Whether it ran to its end, where the file tells.
    pub ran_to_end: Option<bool>,
    /// How many checks it made, where the file tells.
    pub checks: Option<u64>,
    /// How many of them failed.
    pub failed: Option<u64>,
    /// How many of them have no result.
    pub unscored: Option<u64>,
}

/// Something that a tool found; hits of the same kind are one finding.
#[derive(Debug, Clone, Default)]
pub struct FindingDraft {
    /// Stable from one run to the next.
    pub source_id: Line,
    /// What was found.
    pub title: Line,
    /// How, and where. Prompts and outputs stay in the file.
    pub description: Prose,
    /// What kind of run found it.
    pub run: Run,
    /// The severity in the words of the tool.
    pub severity_word: Line,
    /// The severity on our scale.
    pub severity: Severity,
    /// When.
    pub found: Option<NaiveDate>,
    /// The tool.
    pub by: Line,
    /// How many hits it has.
    pub occurrences: usize,
    /// What the tool advises.
    pub remediation: Prose,
    /// The status in the words of the tool.
    pub status_word: Line,
    /// What the tool claims: that it is mitigated, accepted or none. It stays open here.
    pub claim: Prose,
}

/// What a library lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryKind {
    /// A threat.
    Threat,
    /// A control, or a requirement that can be met by one.
    Control,
}

/// One entry of a library.
#[derive(Debug, Clone)]
pub struct LibraryDraft {
    /// What it is.
    pub kind: LibraryKind,
    /// Its code in the library.
    pub code: Line,
    /// Its name.
    pub title: Line,
    /// What it says.
    pub description: Prose,
}

//! The disposition record: what was decided about one release of one system, on what grounds, and what is missing.
//!
//! One document for a pipeline, an auditor and the minutes: the Markdown is made from the same value as the JSON, so the
//! two cannot disagree. Everything is computed from the dossier on a day; nothing is typed in.

mod act_parts;
mod acts;
mod canonical;
mod control;
mod decision;
mod duties;
mod export;
mod finding;
mod gaps;
mod ground;
mod html;
pub(super) mod markdown;
mod model;
mod parts;
mod privacy;
mod register;
mod seals;
mod since;
mod standing;
mod system;
mod words;

pub use canonical::{canonical, content_sha256};
pub use export::{Form, export};
pub use html::html;
pub use model::Record;
pub use standing::{Class, Reason, Standing, standing, standing_with};

use crate::domain::{
    Dossier,
    decision::Void,
    fields::{Day, Moment},
    id::hex,
};

pub(crate) use ground::Ground;
use model::{Generator, Head, Integrity};

/// The schema that every record is valid against (JSON Schema 2020-12).
pub const SCHEMA: &str = include_str!("../../../assets/disposition-record.schema.json");
/// The version of the schema that this program writes.
pub const SCHEMA_VERSION: &str = "1.4.0";
/// What stands for a release where there is none.
pub const UNRELEASED: &str = "unreleased";
/// What the content hash is made over, in the words of the schema.
const CANONICAL: &str = "RFC 8785 of this document without signoffs, integrity, record.generated_at";

/// What a record says beside the dossier.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The version of the program that writes it.
    pub version: String,
    /// The head of the journal, when there is an entry at all.
    pub head: Option<[u8; 32]>,
    /// How many entries the journal has.
    pub events: i64,
    /// Which entries voided which sign-off, as the journal tells it.
    pub voided: Vec<Void>,
}

/// The record of a system on a day; none for a dossier that is not about a system.
pub fn build(dossier: &Dossier, today: Day, now: Moment, context: &Context) -> Option<Record> {
    let ground = Ground::of(dossier, today)?;
    let mut record = Record {
        kind: "docket.disposition-record",
        schema_version: SCHEMA_VERSION,
        head: head(&ground, now, context),
        system: system::system(&ground),
        sources: system::sources(&ground),
        review: decision::review(&ground),
        roles: duties::roles(&ground),
        policy: duties::policy(&ground),
        handoffs: acts::handoffs(&ground),
        coverage: register::coverage(&ground),
        verdict: decision::verdict(&ground),
        threats: register::threats(&ground),
        controls: control::controls(&ground),
        evidence: control::evidence(&ground),
        findings: finding::findings(&ground),
        privacy: privacy::privacy(&ground),
        acceptances: acts::acceptances(&ground),
        exceptions: acts::exceptions(&ground),
        triggers: acts::triggers(&ground),
        changes: since::changes(&ground),
        incidents: since::incidents(&ground),
        pauses: since::pauses(&ground),
        gaps: Vec::new(),
        signoffs: acts::signoffs(&ground, context),
        relied_on: acts::relied(&ground),
        separation_of_duties: duties::duties(&ground),
        integrity: Integrity {
            canonical: CANONICAL,
            content_sha256: String::new(),
            log_head: context.head.map(|head| hex(&head)),
            events: context.events.max(0),
            signatures: seals::signatures(&ground),
        },
    };
    record.gaps = gaps::gaps(&ground, &record, &context.voided);
    record.integrity.content_sha256 = content_sha256(&record.value());
    Some(record)
}

/// What people and pipelines call the record of a review: the same as long as the review is the same.
pub(crate) fn record_id(ground: &Ground) -> String {
    let number = ground.review.and_then(|review| review.number).unwrap_or(0);
    format!("DR-{}-{number}", ground.system.id)
}

fn head(ground: &Ground, now: Moment, context: &Context) -> Head {
    let review = ground.review.map(|review| review.id);
    let decisions = ground.d.dispositions.iter().filter(|d| !d.archived && d.review == review && review.is_some());
    Head {
        id: record_id(ground),
        revision: decisions.count().max(1),
        supersedes: None,
        generated_at: words::instant(now),
        generator: Generator { name: "docket", version: context.version.clone() },
    }
}

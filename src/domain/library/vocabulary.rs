//! The closed vocabularies: every word that the other libraries may use.

use super::asset::{LibraryError, Meta, read, shipped, unique};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "vocabulary.toml";

/// A list of words in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocab {
    /// Teams that do the work.
    OperatingTeam,
    /// The five review roles.
    OwnerRole,
    /// From intake to retirement.
    LifecycleGate,
    /// How a control is checked.
    VerificationMethod,
    /// What shows that a control is there.
    EvidenceType,
    /// The four tiers.
    Tier,
    /// Parts of a review that a trigger can reopen.
    ReviewPart,
    /// Low to critical.
    Severity,
    /// How personal data can be harmed.
    PersonalDataKind,
    /// The six letters of STRIDE.
    StrideCode,
    /// The seven codes of LINDDUN.
    LinddunCode,
    /// Change, event or time.
    TriggerKind,
    /// What a DPO can advise.
    AdvisoryOutcome,
    /// The five maturity bands.
    MaturityBand,
}

impl Vocab {
    /// Every list there is.
    pub const ALL: [Self; 14] = [
        Self::OperatingTeam,
        Self::OwnerRole,
        Self::LifecycleGate,
        Self::VerificationMethod,
        Self::EvidenceType,
        Self::Tier,
        Self::ReviewPart,
        Self::Severity,
        Self::PersonalDataKind,
        Self::StrideCode,
        Self::LinddunCode,
        Self::TriggerKind,
        Self::AdvisoryOutcome,
        Self::MaturityBand,
    ];

    /// The name of the list in the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OperatingTeam => "operating_team",
            Self::OwnerRole => "owner_role",
            Self::LifecycleGate => "lifecycle_gate",
            Self::VerificationMethod => "verification_method",
            Self::EvidenceType => "evidence_type",
            Self::Tier => "tier",
            Self::ReviewPart => "review_part",
            Self::Severity => "severity",
            Self::PersonalDataKind => "personal_data_kind",
            Self::StrideCode => "stride_code",
            Self::LinddunCode => "linddun_code",
            Self::TriggerKind => "trigger_kind",
            Self::AdvisoryOutcome => "advisory_outcome",
            Self::MaturityBand => "maturity_band",
        }
    }
}

/// One word of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What the record stores.
    pub id: String,
    /// What people read; empty where the id says it all.
    #[serde(default)]
    pub title: String,
    /// What it means, in a sentence.
    #[serde(default)]
    pub summary: String,
    /// Place in an ordered list, from 1; 0 where the list has no order.
    #[serde(default)]
    pub order: u8,
    /// Whether a kind of personal-data harm is one of the six core kinds.
    #[serde(default)]
    pub core: bool,
}

impl Term {
    /// Returns the title, or the id of a term without one.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}

/// A yes-or-no fact about a system; facts decide which threats apply.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemFact {
    /// What the record stores.
    pub id: String,
    /// What people read.
    pub title: String,
    /// The question whose answer is the fact.
    pub question: String,
    /// model, architecture, exposure, data or impact.
    pub group: String,
}

/// Every closed vocabulary, and the system facts.
#[derive(Debug, Clone, Deserialize)]
pub struct Vocabulary {
    /// Its heading.
    pub meta: Meta,
    system_fact: Vec<SystemFact>,
    #[serde(flatten)]
    lists: BTreeMap<String, Vec<Term>>,
}

impl Vocabulary {
    /// Reads `text`; refuses a missing or unknown list and an id used twice in a list.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        for vocab in Vocab::ALL {
            if read.terms(vocab).is_empty() {
                return Err(LibraryError::new(FILE, vocab.code(), "the list is missing"));
            }
        }
        for (name, terms) in &read.lists {
            if !Vocab::ALL.iter().any(|vocab| vocab.code() == name) {
                return Err(LibraryError::new(FILE, name, "no such list"));
            }
            unique(FILE, terms.iter().map(|term| term.id.as_str()))?;
        }
        unique(FILE, read.system_fact.iter().map(|fact| fact.id.as_str()))?;
        Ok(read)
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// The words of a list, in file order.
    #[must_use]
    pub fn terms(&self, vocab: Vocab) -> &[Term] {
        self.lists.get(vocab.code()).map_or(&[], Vec::as_slice)
    }

    /// The word `id` of a list.
    #[must_use]
    pub fn term(&self, vocab: Vocab, id: &str) -> Option<&Term> {
        self.terms(vocab).iter().find(|term| term.id == id)
    }

    /// What people read for `id`; `id` itself when the list does not have it.
    #[must_use]
    pub fn label<'a>(&'a self, vocab: Vocab, id: &'a str) -> &'a str {
        self.term(vocab, id).map_or(id, Term::label)
    }

    /// The system facts, in file order (grouped).
    #[must_use]
    pub fn facts(&self) -> &[SystemFact] {
        &self.system_fact
    }

    /// The system fact `id`.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&SystemFact> {
        self.system_fact.iter().find(|fact| fact.id == id)
    }

    /// What people read for a fact; `id` itself when there is no such fact.
    #[must_use]
    pub fn fact_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.fact(id).map_or(id, |fact| &fact.title)
    }
}

shipped! {
    /// The shipped vocabularies; parsed at the first call.
    vocabulary -> Vocabulary, "vocabulary.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fall_back_to_the_id() {
        let words = vocabulary();
        assert_eq!(words.label(Vocab::OwnerRole, "dpo"), "Data protection officer");
        assert_eq!(words.label(Vocab::StrideCode, "S"), "S");
        assert_eq!(words.label(Vocab::OwnerRole, "nobody"), "nobody");
        assert_eq!(words.fact_title("children"), "Children or other vulnerable people");
        assert_eq!(words.fact_title("unheard_of"), "unheard_of");
    }

    #[test]
    fn a_missing_or_strange_list_is_named() {
        let head = "[meta]\nlibrary=\"v\"\nversion=\"1\"\nkind=\"k\"\nlicence=\"l\"\n[[system_fact]]\nid=\"a\"\ntitle=\"A\"\nquestion=\"?\"\ngroup=\"g\"\n";
        assert_eq!(Vocabulary::parse(head).unwrap_err().key, "operating_team");
        let text = include_str!("../../../assets/frameworks/vocabulary.toml");
        let strange = format!("{text}\n[[colour]]\nid = \"red\"\n");
        assert_eq!(Vocabulary::parse(&strange).unwrap_err().key, "colour");
        let twice = format!("{text}\n[[tier]]\nid = \"high\"\n");
        assert_eq!(Vocabulary::parse(&twice).unwrap_err().key, "high");
    }
}

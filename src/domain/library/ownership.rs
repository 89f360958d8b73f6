//! The operating model: who is accountable for which part of AI security governance, and the bands of maturity.

use super::asset::{LibraryError, Meta, Refs, read, shipped, unique};
use serde::Deserialize;

const FILE: &str = "ownership_domains.toml";

/// A part of the operating model that needs an accountable person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnershipDomain {
    /// Its number, such as DKT-O-001.
    pub id: String,
    /// What people read.
    pub title: String,
    /// The question that shows whether anyone owns it.
    pub detection_question: String,
    /// The team that is accountable unless the organisation says otherwise.
    pub accountable_team: String,
    /// Teams that help.
    pub supporting_teams: Vec<String>,
    /// Who decides what.
    pub decision_rights: Vec<DecisionRight>,
    /// Ids of the controls that belong to it.
    pub related_controls: Vec<String>,
    /// Where the frameworks ask for it.
    pub refs: Refs,
}

/// Who decides, and who is heard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRight {
    /// What is decided.
    pub decision: String,
    /// The role that decides.
    pub decides: String,
    /// The role that is heard first.
    pub consulted: String,
}

/// A number computed from the record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// What the record stores.
    pub id: String,
    /// What people read.
    pub title: String,
    /// How it is computed, in words.
    pub formula: String,
    /// percent (0 to 100) or count.
    pub unit: String,
}

/// A limit that a metric has to keep.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandCondition {
    /// The metric.
    pub metric: String,
    /// `>=` or `<=`.
    pub op: String,
    /// The limit, in the unit of the metric.
    pub value: u16,
}

impl BandCondition {
    /// Whether a value keeps the limit; a metric with nothing to count (none) does.
    #[must_use]
    pub fn met(&self, value: Option<u16>) -> bool {
        let at_least = self.op == ">=";
        value.is_none_or(|value| if at_least { value >= self.value } else { value <= self.value })
    }
}

/// A band of maturity; an organisation is in the highest whose conditions, and those of all lower bands, hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// What the record stores.
    pub id: String,
    /// Its place, from 1.
    pub order: u8,
    /// What it is like, in a sentence.
    pub description: String,
    /// What has to hold.
    pub conditions: Vec<BandCondition>,
}

/// The operating model as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    /// Its heading.
    pub meta: Meta,
    domain: Vec<OwnershipDomain>,
    metric: Vec<Metric>,
    band: Vec<Band>,
}

impl Ownership {
    /// Reads `text`; refuses an id used twice, bands out of order and a condition on no metric.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let read: Self = read(FILE, text)?;
        unique(FILE, read.domain.iter().map(|domain| domain.id.as_str()))?;
        unique(FILE, read.metric.iter().map(|metric| metric.id.as_str()))?;
        if !read.band.iter().map(|band| usize::from(band.order)).eq(1..=read.band.len()) {
            return Err(LibraryError::new(FILE, "band", "must be numbered from 1 in order"));
        }
        for band in &read.band {
            let stray = |c: &&BandCondition| read.metric(&c.metric).is_none() || !matches!(&*c.op, ">=" | "<=");
            if let Some(condition) = band.conditions.iter().find(stray) {
                let reason = format!("no metric {} with {}", condition.metric, condition.op);
                return Err(LibraryError::new(FILE, &band.id, reason));
            }
        }
        Ok(read)
    }

    /// Version of the content.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta.version
    }

    /// Every domain, by number.
    #[must_use]
    pub fn domains(&self) -> &[OwnershipDomain] {
        &self.domain
    }

    /// The domain `id`.
    #[must_use]
    pub fn domain(&self, id: &str) -> Option<&OwnershipDomain> {
        self.domain.iter().find(|domain| domain.id == id)
    }

    /// Every metric.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metric
    }

    /// The metric `id`.
    #[must_use]
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metric.iter().find(|metric| metric.id == id)
    }

    /// The bands, lowest first.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.band
    }
}

shipped! {
    /// The shipped operating model; parsed at the first call.
    ownership -> Ownership, "ownership_domains.toml"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_count_keeps_every_limit() {
        let limit = |op: &str| BandCondition { metric: "m".into(), op: op.into(), value: 50 };
        assert!(limit(">=").met(None) && limit(">=").met(Some(50)) && !limit(">=").met(Some(49)));
        assert!(limit("<=").met(None) && limit("<=").met(Some(50)) && !limit("<=").met(Some(51)));
    }

    #[test]
    fn a_bad_edit_is_refused_by_name() {
        let text = include_str!("../../../assets/frameworks/ownership_domains.toml");
        let key = |from: &str, to: &str| Ownership::parse(&text.replacen(from, to, 1)).unwrap_err().key;
        assert_eq!(key("metric = \"systems_registered\"", "metric = \"mood\""), "reactive");
        assert_eq!(key("order = 2", "order = 3"), "band");
        assert_eq!(key("DKT-O-002", "DKT-O-001"), "DKT-O-001");
    }

    #[test]
    fn entries_are_found_by_id() {
        assert_eq!(ownership().domain("DKT-O-001").map(|d| d.title.as_str()), Some("AI intake"));
        assert_eq!(ownership().bands().len(), 5);
        assert!(ownership().metric("exercises_12m").is_some() && ownership().domain("DKT-O-999").is_none());
    }
}

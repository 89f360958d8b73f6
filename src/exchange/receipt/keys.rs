//! Which counts the receipt of a format has, by the names of the independent count.

use serde_json::{Map, Value, json};

use super::{Receipt, counts};
use crate::exchange::draft::{Draft, FindingDraft, Format, SystemDraft};
use crate::exchange::tree;

/// The counts that follow from the rows of a draft; what else a format counts is in [`Draft::counts`].
fn keys(format: Format, kind: &str) -> &'static str {
    match format {
        Format::ThreatDragon | Format::CsvRegister | Format::AiInventory | Format::Garak | Format::Promptfoo => "",
        Format::ThreatComposer => {
            "systems title threats controls control_status threat_status status_norm threat_severity severity_norm"
        }
        Format::Sarif | Format::DojoGeneric => "findings finding_severity",
        Format::CycloneDx => "systems models services data_flows findings finding_severity",
        Format::Otm => "systems title diagrams components boundaries data_flows controls threat_status status_norm",
        Format::TmLibrary => {
            "systems title diagrams components component_kinds boundaries data_flows threats controls control_status"
        }
        Format::Threagile if kind == "model" => {
            "systems title components component_kinds data_flows boundaries threats threat_severity severity_norm"
        }
        Format::Threagile => "threats threat_status status_norm threat_severity severity_norm",
        Format::Tm7 => {
            "systems title diagrams components boundaries data_flows threats threat_status status_norm threat_severity \
             severity_norm threat_category"
        }
        Format::ModelCard => "systems title",
        Format::CnilPia => "systems title controls",
        Format::CisoAssistant => "title",
    }
}

impl Receipt {
    /// The counts of a format that is neither a table nor a model of Threat Dragon.
    pub(super) fn counted_json(&self) -> Map<String, Value> {
        let kind = self.counts.get("kind").and_then(Value::as_str).unwrap_or_default();
        let mut out: Map<String, Value> =
            keys(self.format, kind).split_whitespace().map(|key| (key.to_owned(), self.of_key(key))).collect();
        out.extend(self.counts.clone());
        out
    }

    fn of_key(&self, key: &str) -> Value {
        match key {
            "systems" => json!(self.systems),
            "title" => json!(self.title.as_str()),
            "diagrams" => json!(self.diagrams),
            "components" => json!(self.component_kinds.values().sum::<usize>()),
            "component_kinds" => json!(self.component_kinds),
            "boundaries" => json!(self.boundaries),
            "data_flows" => json!(self.flows),
            "threats" => json!(self.threats),
            "threat_status" => json!(self.status_words),
            "status_norm" => json!(self.states),
            "threat_severity" => json!(self.severity_words),
            "severity_norm" => json!(self.severities),
            "threat_category" => json!(self.categories),
            "controls" => json!(self.controls),
            "control_status" => json!(self.control_words),
            "models" => json!(self.models),
            "services" => json!(self.connections),
            "findings" => json!(self.finding_words.values().sum::<usize>()),
            "finding_severity" => json!(self.finding_words),
            _ => Value::Null,
        }
    }
}

/// Open findings by the tool's word for their severity, each hit counted.
pub(super) fn finding_words(draft: &Draft) -> super::Counts {
    let all = draft.systems.iter().flat_map(|system| &system.findings);
    let open = all.filter(|finding| finding.status_word.as_str() != crate::exchange::sarif::SUPPRESSED);
    let mut out = super::Counts::new();
    for FindingDraft { severity_word, occurrences, .. } in open {
        *out.entry(severity_word.to_string()).or_default() += occurrences;
    }
    out
}

/// Controls by the tool's word for their status.
pub(super) fn control_words(draft: &Draft) -> super::Counts {
    let words = |system: &'_ SystemDraft| -> Vec<String> {
        system.controls.iter().map(|control| control.status_word.to_string()).collect()
    };
    let all: Vec<String> = draft.systems.iter().flat_map(words).collect();
    counts(all.iter().map(String::as_str))
}

/// A count of a draft as a number, for a line.
pub(super) fn number(counts: &Map<String, Value>, key: &str) -> usize {
    tree::text(counts.get(key).unwrap_or(&Value::Null)).parse().unwrap_or(0)
}

//! One threat of a cell.

use serde_json::Value;

use super::cell::{Cell, text};
use crate::domain::{Line, Prose};
use crate::exchange::draft::{Labelled, ThreatDraft};
use crate::exchange::ident::Ids;
use crate::exchange::notes::Notes;
use crate::exchange::words::{self, Proposed, Severity, Treatment};

/// Reads a threat and says what is odd about it.
pub(super) fn read(value: &Value, cell: &Cell, ids: &mut Ids, notes: &mut Notes) -> ThreatDraft {
    let field = |key: &str| text(&value[key]);
    let (status_word, severity_word) = (Line::new(&field("status")), Line::new(&field("severity")));
    let tool_id = field("id");
    let target = cell.name();
    let (title, category) = (Line::new(&field("title")), Line::new(&field("type")));
    let threat = ThreatDraft {
        source_id: ids.give(&tool_id, &[target.as_str(), category.as_str(), title.as_str()]),
        tool_id: Line::new(if tool_id.is_empty() { field("number") } else { tool_id }.as_ref()),
        title,
        description: Prose::new(&field("description")),
        category,
        model_type: Line::new(&field("modelType")),
        targets: [target].into_iter().filter(|name| !name.is_empty()).collect(),
        proposed: proposed(&status_word, notes),
        status_word,
        severity: severity(&severity_word, notes),
        severity_word,
        mitigation: Prose::new(&field("mitigation")),
        out_of_scope: cell.out_of_scope(),
        further: further(value),
        ..ThreatDraft::default()
    };
    check(&threat, notes);
    threat
}

fn proposed(word: &Line, notes: &mut Notes) -> Proposed {
    words::status(word.as_str()).unwrap_or_else(|| {
        notes.unknown("The status", word.as_str(), "undecided");
        Proposed::default()
    })
}

fn severity(word: &Line, notes: &mut Notes) -> Severity {
    words::severity(word.as_str()).unwrap_or_else(|| {
        notes.unknown("The severity", word.as_str(), "unrated");
        Severity::Unrated
    })
}

/// What has no field of its own: the number, the score, the card of the game that found it.
fn further(value: &Value) -> Vec<Labelled> {
    let labelled = |key: &&str| {
        let text = Prose::new(&text(&value[*key]));
        (!text.is_empty()).then(|| Labelled { label: Line::new(key).into(), text })
    };
    ["number", "score", "cardSuit", "cardNumber"].iter().filter_map(labelled).collect()
}

/// Lists what the board should look at. The words in the mitigation are a hint and change nothing: people who cannot
/// record an acceptance in the tool write it there.
fn check(threat: &ThreatDraft, notes: &mut Notes) {
    let mitigated = threat.proposed.treatment == Treatment::Mitigate;
    if mitigated && threat.mitigation.is_empty() {
        notes.contradiction("A threat counts as mitigated, but no mitigation is written down");
    }
    let told = threat.mitigation.as_str().to_lowercase();
    if mitigated && ["accept", "transfer"].iter().any(|word| told.contains(word)) {
        notes.contradiction("A threat counts as mitigated, but its mitigation speaks of accepting or transferring");
    }
    if threat.out_of_scope.is_some() && threat.proposed.treatment == Treatment::Undecided {
        notes.contradiction("A threat is open at an element that is out of scope");
    }
}

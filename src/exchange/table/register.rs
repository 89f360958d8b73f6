//! Registers: every row is a risk, a control or an asset of a system.

use std::collections::HashMap;

use super::Rows;
use super::field::{Field, Kind};
use super::layout::Layout;
use super::mapping::Mapping;
use super::row::{Row, date};
use super::scale::Scale;
use crate::domain::{Line, Prose};
use crate::exchange::draft::{Anchors, ComponentDraft, ControlDraft, Format, SystemDraft, ThreatDraft};
use crate::exchange::ident::Ids;
use crate::exchange::notes::Notes;
use crate::exchange::words::{self, Proposed, Severity, Treatment};

/// Collects the rows of a register, system by system.
pub(super) struct Reader {
    kind: Kind,
    likelihood: Scale,
    impact: Scale,
    file: Line,
    ids: Ids,
    system_ids: Ids,
    anchors: Anchors,
    systems: Vec<SystemDraft>,
    by_name: HashMap<Line, usize>,
}

impl Reader {
    pub(super) fn new(kind: Kind, name: &str, layout: &Layout, mapping: &Mapping) -> Self {
        Self {
            kind,
            likelihood: Scale::of(layout, mapping.column(Field::Likelihood)),
            impact: Scale::of(layout, mapping.column(Field::Impact)),
            file: crate::exchange::stem(name),
            ids: Ids::new(Format::CsvRegister.word()),
            system_ids: Ids::new(Format::CsvRegister.word()),
            anchors: Anchors::default(),
            systems: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    /// The system that a row belongs to; a register without a column for it is about one system.
    fn system(&mut self, row: &Row) -> &mut SystemDraft {
        let name = row.line(Field::System);
        let at = *self.by_name.entry(name.clone()).or_insert_with(|| {
            let name_from_file = name.is_empty();
            let name = if name_from_file { self.file.clone() } else { name };
            let source_id = self.system_ids.give("", &["system", name.as_str()]);
            self.systems.push(SystemDraft { source_id, name, name_from_file, ..SystemDraft::default() });
            self.systems.len() - 1
        });
        &mut self.systems[at]
    }

    fn threat(&mut self, row: &Row, title: Line, notes: &mut Notes) -> ThreatDraft {
        let (category, tool_id) = (row.line(Field::Category), row.line(Field::Id));
        let severity_word = row.line(Field::Severity);
        let due_word = row.line(Field::Due);
        let likelihood = self.likelihood.step(row.raw(Field::Likelihood));
        let impact = self.impact.step(row.raw(Field::Impact));
        let rated = likelihood.is_some() && impact.is_some();
        let (status_word, proposed) = proposed(row, notes);
        ThreatDraft {
            source_id: self.ids.give(tool_id.as_str(), &[row.raw(Field::Target), category.as_str(), title.as_str()]),
            tool_id,
            title,
            description: row.prose(Field::Description),
            category,
            targets: row.list(Field::Target),
            status_word,
            proposed,
            severity: severity(&severity_word, rated, notes),
            severity_word,
            likelihood_word: row.line(Field::Likelihood),
            likelihood,
            impact_word: row.line(Field::Impact),
            impact,
            mitigation: row.prose(Field::Mitigation),
            controls: row.list(Field::Controls),
            justification: row.prose(Field::Justification),
            owner: row.line(Field::Owner),
            due: date(due_word.as_str()),
            due_word,
            further: row.further(),
            ..ThreatDraft::default()
        }
    }

    fn control(&mut self, row: &Row, title: Line) -> ControlDraft {
        let tool_id = row.line(Field::Id);
        ControlDraft {
            source_id: self.ids.give(tool_id.as_str(), &["control", title.as_str()]),
            tool_id,
            title,
            description: row.prose(Field::Description),
            status_word: row.line(Field::Status),
            further: row.further(),
        }
    }

    fn asset(&mut self, row: &Row, name: Line) -> ComponentDraft {
        ComponentDraft {
            source_id: self.ids.give(row.raw(Field::Id), &["asset", row.raw(Field::Category), name.as_str()]),
            name,
            kind: row.line(Field::Category),
            description: row.prose(Field::Description),
            out_of_scope: None,
        }
    }
}

impl Rows for Reader {
    fn row(&mut self, row: &Row, number: usize, notes: &mut Notes) {
        self.anchors.count(row.raw(Field::Title), &row.line(Field::Title));
        if row.is_cut() {
            notes.warn("A cell is longer than what is kept of it; perhaps a quotation mark is never closed");
        }
        let title = title(row, number);
        match self.kind {
            Kind::Controls => {
                let control = self.control(row, title);
                self.system(row).controls.push(control);
            }
            Kind::Assets => {
                let asset = self.asset(row, title);
                self.system(row).components.push(asset);
            }
            Kind::Register | Kind::Inventory => {
                let threat = self.threat(row, title, notes);
                self.system(row).threats.push(threat);
            }
        }
    }

    fn end(mut self: Box<Self>, notes: &mut Notes) -> (Vec<SystemDraft>, Anchors) {
        self.anchors.repeated_ids = super::told_repeats(&self.ids, notes);
        if self.systems.iter().any(|system| system.name_from_file) {
            notes.warn("The table names no system; it is named after the file");
        }
        (self.systems, self.anchors)
    }
}

/// The title of a row, or what stands in for it.
fn title(row: &Row, number: usize) -> Line {
    let first = |text: Prose| Line::new(text.as_str().lines().next().unwrap_or(""));
    let stand_ins = [row.line(Field::Title), first(row.prose(Field::Description)), row.line(Field::Id)];
    stand_ins.into_iter().find(|line| !line.is_empty()).unwrap_or_else(|| Line::new(&format!("Row {number}")))
}

/// What the status and the treatment together propose, and the word that says so. The treatment says what, the status
/// how far: "mitigate" and "closed" is a mitigation that is said to be done.
fn proposed(row: &Row, notes: &mut Notes) -> (Line, Proposed) {
    let (status, treatment) = (row.line(Field::Status), row.line(Field::Treatment));
    let word = if row.columns.has(Field::Status) { status.clone() } else { treatment.clone() };
    if words::yes_or_no(row.raw(Field::FalsePositive)) == Some(true) {
        return (word, Proposed { treatment: Treatment::NotApplicable, ..Proposed::default() });
    }
    let mut read = |what: &str, word: &Line| {
        let found = words::status(word.as_str());
        if found.is_none() {
            notes.unknown(what, word.as_str(), "undecided");
        }
        found.unwrap_or_default()
    };
    // A word that means nothing to docket stays among the tool's own, beside that of the status.
    let strange = row.columns.has(Field::Status) && words::status(treatment.as_str()).is_none();
    let word = if strange && !treatment.is_empty() { Line::new(&format!("{word}; {treatment}")) } else { word };
    let (status, treatment) = (read("The status", &status), read("The treatment", &treatment));
    let both = match (treatment.treatment, status.treatment) {
        (Treatment::Undecided, _) => status,
        (Treatment::Mitigate, Treatment::Mitigate) => Proposed { progress: status.progress, ..treatment },
        (
            Treatment::Mitigate | Treatment::Accept | Treatment::Transfer | Treatment::Avoid,
            Treatment::NotApplicable,
        ) => {
            notes.contradiction("A risk is treated, and its status says that it does not apply");
            Proposed::default()
        }
        _ => Proposed { in_review: status.in_review, ..treatment },
    };
    (word, both)
}

/// The severity of a word. A score without a word says nothing without its scale, and need not where the likelihood and
/// the impact are known.
fn severity(word: &Line, rated: bool, notes: &mut Notes) -> Severity {
    words::severity(word.as_str()).unwrap_or_else(|| {
        if !(rated && super::scale::number(word.as_str()).is_some()) {
            notes.unknown("The severity", word.as_str(), "unrated");
        }
        Severity::Unrated
    })
}

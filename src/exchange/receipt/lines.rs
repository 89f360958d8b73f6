//! The receipt as a person reads it, before agreeing.

use super::{Counts, Receipt};
use crate::exchange::draft::Format;
use crate::exchange::notes::{NoteKind, short};
use crate::exchange::table::{Field, Said};

/// Most lines of a receipt.
const LINES_MAX: usize = 20;
/// Most words that one line lists.
const WORDS_MAX: usize = 6;

impl Receipt {
    /// The receipt as at most twenty lines of plain text.
    pub fn lines(&self) -> Vec<String> {
        let mut out = vec![self.head()];
        match self.format {
            Format::ThreatDragon => self.model_lines(&mut out),
            Format::CsvRegister => self.register_lines(&mut out),
            Format::AiInventory => self.inventory_lines(&mut out),
            _ => self.counted_lines(&mut out),
        }
        if let Some(merged) = self.merged.as_ref().filter(|merged| merged.is_again()) {
            out.push(format!("against the record: {}", merged.words()));
        }
        self.note_lines(&mut out);
        out.push(format!("sha256 {}", self.sha256));
        out
    }

    /// What a file holds that is no table, part by part; parts that it has none of are left out.
    fn counted_lines(&self, out: &mut Vec<String>) {
        if self.library > 0 {
            out.push(format!(
                "{} for the library of your team",
                several(self.library, "entry").replace("entrys", "entries")
            ));
            return;
        }
        let components: usize = self.component_kinds.values().sum();
        let parts = [
            (usize::from(!self.results) * self.systems, "system"),
            (components, "component"),
            (self.flows, "data flow"),
            (self.models, "model"),
            (self.connections, "service"),
            (self.controls, "control"),
        ];
        let held: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| several(*n, what)).collect();
        if !held.is_empty() {
            out.push(held.join(", "));
        }
        if self.results {
            self.result_lines(out);
        } else {
            self.threat_lines(out);
        }
    }

    fn result_lines(&self, out: &mut Vec<String>) {
        let cut = if self.cut_short > 0 { format!(", {} not run to the end", self.cut_short) } else { String::new() };
        out.push(format!("{} as evidence{cut}", several(self.evidence, "run")));
        let checks = ["evaluated", "rows", "results"].map(|key| super::keys::number(&self.counts, key));
        if let Some(checks) = checks.into_iter().find(|n| *n > 0) {
            out.push(several(checks, "check"));
        }
        out.push(several(self.findings, "finding"));
        if self.findings > 0 && !self.finding_words.is_empty() {
            out.push(format!("their words for the severity: {}", listed(&self.finding_words)));
        }
        out.push("it says nothing of a system: it goes into one that is in the record".to_owned());
    }

    fn head(&self) -> String {
        let (file, word, shape) = (short(self.source_name.as_str()), self.format.word(), &self.schema);
        let about = if self.title.is_empty() { String::new() } else { format!(": {}", short(self.title.as_str())) };
        format!("{file} ({word}, {shape}){about}")
    }

    fn model_lines(&self, out: &mut Vec<String>) {
        let components: usize = self.component_kinds.values().sum();
        out.push(format!("{}, {}", several(self.systems, "system"), several(self.diagrams, "diagram")));
        out.push(format!(
            "{}, {}, {}; {} out of scope",
            several(components, "component"),
            several(self.flows, "data flow"),
            if self.boundaries == 1 { "1 boundary".to_owned() } else { format!("{} boundaries", self.boundaries) },
            self.out_of_scope,
        ));
        self.threat_lines(out);
    }

    fn register_lines(&self, out: &mut Vec<String>) {
        let components: usize = self.component_kinds.values().sum();
        out.push(several(self.systems, "system"));
        if self.controls > 0 {
            out.push(several(self.controls, "control"));
        } else if components > 0 {
            out.push(several(components, "asset"));
        } else {
            self.threat_lines(out);
        }
        self.table_line(out);
    }

    fn inventory_lines(&self, out: &mut Vec<String>) {
        out.push(several(self.systems, "system"));
        let has = |field| self.table.as_ref().is_some_and(|table| table.has(&[field]));
        if has(Field::Stage) {
            out.push(format!("their words for the stage: {}", listed(&self.stages)));
            out.push(format!("read as: {}", listed(&self.lifecycles)));
        }
        if has(Field::ImpactClass) {
            out.push(format!("impact class: {}", listed(&self.impact)));
        }
        self.table_line(out);
    }

    fn threat_lines(&self, out: &mut Vec<String>) {
        out.push(several(self.threats, "threat"));
        if self.threats > 0 {
            out.push(format!("their words for the status: {}", listed(&self.status_words)));
            out.push(format!("read as: {}", listed(&self.states)));
            out.push(format!("severity: {}", listed(&self.severities)));
        }
        if self.states.contains_key("mitigated") {
            out.push("\"mitigated\" is a claim of the file until there is evidence".to_owned());
        }
        if self.states.contains_key("accepted") {
            out.push("acceptances have no end date yet: the board sets one".to_owned());
        }
    }

    fn table_line(&self, out: &mut Vec<String>) {
        let Some(table) = &self.table else { return };
        let delimiter = if table.delimiter == '\t' { "tab".to_owned() } else { format!("\"{}\"", table.delimiter) };
        let names = if table.has_header { "named columns" } else { "columns without names" };
        out.push(format!(
            "{}, {} {names}, {delimiter} between them, {}",
            several(table.rows, "row"),
            table.columns,
            table.encoding
        ));
        let read = table.mapping.columns.iter().filter(|(_, field)| field.is_some()).count();
        let said = match table.said {
            Said::Guessed => "by their names and cells",
            Said::Remembered => "as you chose for these columns before",
            Said::Chosen => "as you chose",
        };
        out.push(format!(
            "{read} of {} columns are read into fields, {said}; the others are kept as text",
            table.columns
        ));
    }

    /// The notes in what is left of the lines; the last one counts what does not fit.
    fn note_lines(&self, out: &mut Vec<String>) {
        let room = LINES_MAX.saturating_sub(out.len() + 1);
        let shown = if self.notes.len() > room { room.saturating_sub(1) } else { self.notes.len() };
        for note in &self.notes[..shown] {
            let mark = match note.kind {
                NoteKind::Contradiction => "contradiction",
                NoteKind::UnknownWord => "not understood",
                NoteKind::Warning => "note",
                NoteKind::Dropped => "dropped",
            };
            let times = if note.count > 1 { format!(" ({} times)", note.count) } else { String::new() };
            out.push(format!("{mark}: {}{times}", note.text));
        }
        if shown < self.notes.len() {
            out.push(format!("and {}", several(self.notes.len() - shown, "further note")));
        }
    }
}

fn several(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The most frequent words with their counts.
fn listed(counts: &Counts) -> String {
    let mut words: Vec<(&String, &usize)> = counts.iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let named = |(word, count): &(&String, &usize)| {
        if word.is_empty() { format!("{count} not stated") } else { format!("{count} {}", short(word)) }
    };
    let mut out: Vec<String> = words.iter().take(WORDS_MAX).map(named).collect();
    if words.len() > WORDS_MAX {
        let rest: usize = words[WORDS_MAX..].iter().map(|(_, count)| **count).sum();
        out.push(format!("{rest} others"));
    }
    out.join(", ")
}

//! Inventories: every row is an AI system.

use super::Rows;
use super::field::Field;
use super::row::Row;
use crate::domain::{Line, Prose};
use crate::exchange::draft::{Anchors, Format, Inventory, SystemDraft};
use crate::exchange::ident::Ids;
use crate::exchange::notes::Notes;
use crate::exchange::words;

/// Collects the systems of an inventory.
pub(super) struct Reader {
    ids: Ids,
    anchors: Anchors,
    systems: Vec<SystemDraft>,
}

impl Default for Reader {
    fn default() -> Self {
        let ids = Ids::new(Format::AiInventory.word());
        Self { ids, anchors: Anchors::default(), systems: Vec::new() }
    }
}

impl Rows for Reader {
    fn row(&mut self, row: &Row, number: usize, notes: &mut Notes) {
        let id = row.line(Field::Id);
        let title = row.line(Field::Title);
        self.anchors.count(row.raw(Field::Title), &title);
        if row.is_cut() {
            notes.warn("A cell is longer than what is kept of it; perhaps a quotation mark is never closed");
        }
        let inventory = inventory(row, id, notes);
        let described = [row.raw(Field::Organisation), row.raw(Field::Unit), title.as_str()];
        let source_id = self.ids.give(inventory.id.as_str(), &described);
        if title.is_empty() {
            notes.warn("A system has no name; it is named after its id or its row");
        }
        self.systems.push(SystemDraft {
            source_id,
            name: name(title, &inventory.id, number),
            description: description(row),
            owner: row.line(Field::Owner),
            inventory: Some(Box::new(inventory)),
            ..SystemDraft::default()
        });
    }

    fn end(mut self: Box<Self>, notes: &mut Notes) -> (Vec<SystemDraft>, Anchors) {
        self.anchors.repeated_ids = super::told_repeats(&self.ids, notes);
        (self.systems, self.anchors)
    }
}

fn name(title: Line, id: &Line, number: usize) -> Line {
    match () {
        () if !title.is_empty() => title,
        () if !id.is_empty() => id.clone(),
        () => Line::new(&format!("Row {number}")),
    }
}

/// The description, or what stands in for it.
fn description(row: &Row) -> Prose {
    let own = row.prose(Field::Description);
    if own.is_empty() { row.prose(Field::Purpose) } else { own }
}

fn inventory(row: &Row, id: Line, notes: &mut Notes) -> Inventory {
    let stage_word = row.line(Field::Stage);
    let stage = words::lifecycle(stage_word.as_str());
    if stage.is_none() && !stage_word.is_empty() {
        notes.unknown("The stage", words::answer_head(stage_word.as_str()), "not stated");
    }
    let in_use_word = row.line(Field::InUse);
    if words::yes_or_no(in_use_word.as_str()) == Some(false) {
        notes.warn("A system is listed as not in use; it is imported all the same");
    }
    let personal_data_word = row.line(Field::PersonalData);
    Inventory {
        id,
        stage,
        stage_word,
        purpose: row.prose(Field::Purpose),
        benefits: row.prose(Field::Benefits),
        outputs: row.prose(Field::Outputs),
        organisation: row.line(Field::Organisation),
        unit: row.line(Field::Unit),
        contact: row.line(Field::Contact),
        impact_word: row.line(Field::ImpactClass),
        personal_data: words::yes_or_no(personal_data_word.as_str()),
        personal_data_word,
        vendor: row.line(Field::Vendor),
        product: row.line(Field::Product),
        authorised_word: row.line(Field::Authorised),
        started_word: row.line(Field::Started),
        technique: row.line(Field::Technique),
        in_use_word,
        further: row.further(),
    }
}

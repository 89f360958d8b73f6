//! The record as Markdown, for minutes and for a diff: one line per decision, in a stable order.

mod acts;
mod finding;
mod head;
mod register;
mod seals;
mod since;
pub(in crate::exchange) mod writer;

use super::Record;
use writer::Page;

/// The whole page.
pub(super) fn page(record: &Record) -> String {
    let mut page = Page::default();
    head::title(&mut page, record);
    head::decision(&mut page, record);
    head::roles(&mut page, record);
    head::tier(&mut page, record);
    head::inventory(&mut page, record);
    acts::handoffs(&mut page, record);
    register::coverage(&mut page, record);
    register::threats(&mut page, record);
    register::controls(&mut page, record);
    register::evidence(&mut page, record);
    finding::findings(&mut page, record);
    register::privacy(&mut page, record);
    acts::acceptances(&mut page, record);
    acts::exceptions(&mut page, record);
    acts::triggers(&mut page, record);
    since::happened(&mut page, record);
    acts::signoffs(&mut page, record);
    seals::signatures(&mut page, record);
    acts::gaps(&mut page, record);
    acts::integrity(&mut page, record);
    page.finish()
}

//! A page of headings, sentences, lists and tables, written as Markdown, as plain text, and as HTML that prints well.
//!
//! Every text in it is from somebody: in each form it is escaped in the one place where it is written.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::{
    domain::text::is_visible,
    exchange::{
        answer::wrapped,
        web::{self, Sheet},
    },
};

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, 1 the title to 3.
    Heading(usize, String),
    /// A sentence or more.
    Text(String),
    /// Something with a label.
    Fact(String, String),
    /// One item of a list.
    Item(String),
    /// One item of a list below an item.
    Under(String),
    /// A table: its heads and its rows.
    Table(Vec<&'static str>, Vec<Vec<String>>),
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its blocks, from top to bottom.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Adds a heading.
    pub fn heading(&mut self, level: usize, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }
    /// Adds a sentence; an empty one adds nothing.
    pub fn text(&mut self, text: impl Into<String>) {
        self.unless_empty(Block::Text, text.into());
    }
    /// Adds something with a label; without anything said it adds nothing.
    pub fn fact(&mut self, label: &str, text: impl Into<String>) {
        let label = label.to_owned();
        self.unless_empty(|text| Block::Fact(label, text), text.into());
    }
    /// Adds an item of a list.
    pub fn item(&mut self, text: impl Into<String>) {
        self.unless_empty(Block::Item, text.into());
    }
    /// Adds an item below an item.
    pub fn under(&mut self, text: impl Into<String>) {
        self.unless_empty(Block::Under, text.into());
    }
    /// Adds a table; without rows it adds nothing.
    pub fn table(&mut self, heads: Vec<&'static str>, rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table(heads, rows));
        }
    }

    fn unless_empty(&mut self, block: impl FnOnce(String) -> Block, text: String) {
        if !text.trim().is_empty() {
            self.blocks.push(block(text));
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        let mut last = None;
        for block in &self.blocks {
            let listed = matches!(block, Block::Item(_) | Block::Under(_) | Block::Fact(..));
            if last == Some(false) || (last == Some(true) && !listed) {
                out.push('\n');
            }
            last = Some(listed);
            let _ = match block {
                Block::Heading(level, text) => writeln!(out, "{} {}", "#".repeat(*level), md(text)),
                Block::Text(text) => writeln!(out, "{}", md(text)),
                Block::Fact(label, text) => writeln!(out, "- **{label}:** {}", md(text)),
                Block::Item(text) => writeln!(out, "- {}", md(text)),
                Block::Under(text) => writeln!(out, "  - {}", md(text)),
                Block::Table(heads, rows) => {
                    let _ = writeln!(out, "| {} |", heads.join(" | "));
                    let _ = writeln!(out, "|{}", " --- |".repeat(heads.len()));
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| md(cell)).collect();
                        let _ = writeln!(out, "| {} |", cells.join(" | "));
                    }
                    Ok(())
                }
            };
        }
        out
    }

    /// As plain text, in at most 80 columns.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut write = |indent: &str, first: &str, text: &str| {
            out.push_str(&wrapped(indent, &format!("{first}{}", seen(text))));
        };
        for block in &self.blocks {
            match block {
                Block::Heading(1, text) => {
                    write("", "", text);
                    write("", "", &"=".repeat(text.width().min(80)));
                }
                Block::Heading(2, text) => {
                    write("", "", "");
                    write("", "", &text.to_uppercase());
                }
                Block::Heading(_, text) => {
                    write("", "", "");
                    write("", "", text);
                }
                Block::Text(text) => write("", "", text),
                Block::Fact(label, text) => write("  ", &format!("{label}: "), text),
                Block::Item(text) => write("  ", "- ", text),
                Block::Under(text) => write("      ", "- ", text),
                Block::Table(heads, rows) => {
                    for row in rows {
                        let said = heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                        let said: Vec<String> = said.map(|(head, cell)| format!("{head}: {cell}")).collect();
                        write("  ", "- ", &said.join("; "));
                    }
                }
            }
        }
        let mut text = String::with_capacity(out.len());
        for line in out.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// As a page of HTML, in the shell and the style of every other page that docket writes.
    #[must_use]
    pub fn to_html(&self) -> String {
        let title = self.blocks.iter().find_map(|block| match block {
            Block::Heading(1, text) => Some(seen(text)),
            _ => None,
        });
        let title = title.unwrap_or_else(|| "docket".to_owned());
        web::page(&Sheet { title: &title, words: &self.to_markdown(), ..Sheet::default() })
    }
}

/// What people see: no control and no escape characters, on one line.
fn seen(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c == '\n' || is_visible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text that makes no structure of its own in Markdown, nor in a cell of a table.
fn md(text: &str) -> String {
    let seen = seen(text);
    let mut out = String::new();
    // What begins a list or an underline does so only where a line begins.
    let number = seen.chars().take_while(char::is_ascii_digit).count();
    for (at, c) in seen.chars().enumerate() {
        let begins = at == 0 && "-+=".contains(c) || number > 0 && at == number && ".)".contains(c);
        if begins || "\\`*_{}[]<>#|~&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_from_outside_makes_structure() {
        let hostile = "<script>x</script> | # head\n- item \u{1b}[31m *bold*";
        let mut page = Page::default();
        page.heading(1, hostile);
        page.fact("Said", hostile);
        page.table(vec!["One", "Two"], vec![vec![hostile.to_owned(), "b".to_owned()]]);
        let (md, html, text) = (page.to_markdown(), page.to_html(), page.to_text());
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"));
        assert!(md.lines().all(|line| !line.starts_with("- item")) && md.contains("\\|"));
        assert!([&md, &html, &text].iter().all(|all| !all.contains('\u{1b}')));
        assert!(text.lines().all(|line| line.width() <= 80));
        assert!(html.contains("@media print"));
    }

    #[test]
    fn what_somebody_wrote_is_read_as_they_wrote_it() {
        for said in
            ["1. first", "- a dash", "+ more", "= even", "2) second", "a & b &amp; c", "x_y_z *b* `c`", "#1 | 2"]
        {
            let mut page = Page::default();
            page.heading(1, "T");
            page.text(said);
            page.item(said);
            let html = page.to_html();
            let plain = web::text(said).replace("&#39;", "'");
            assert!(html.contains(&format!("<p>{plain}</p>")), "{said}: {html}");
            assert!(html.contains(&format!("<li>{plain}</li>")), "{said}: {html}");
        }
    }

    #[test]
    fn nothing_said_is_nothing_written() {
        let mut page = Page::default();
        page.text(" ");
        page.fact("Label", "");
        page.table(vec!["One"], vec![]);
        assert_eq!(page, Page::default());
    }
}

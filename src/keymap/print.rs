//! The key table in words, for the README and `docket keys`.

use std::fmt::Write as _;

use super::{Action, Binding, Context, Keymap};

impl Keymap {
    /// Every key as Markdown: one table for each context.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for context in Context::ALL {
            let rows: Vec<_> = self.bindings.iter().filter(|row| row.context == context).collect();
            if rows.is_empty() {
                continue;
            }
            // Writing to a string cannot fail.
            let _ = writeln!(out, "### {}\n\n| Keys | Act | What it does |\n| --- | --- | --- |", context.title());
            for (action, keys) in by_action(&rows) {
                let _ = writeln!(out, "| {keys} | {} | {} |", action.title(), action.help());
            }
            out.push('\n');
        }
        let keyless = Action::ALL.iter().filter(|action| !self.bindings.iter().any(|row| row.action == **action));
        let names: Vec<_> = keyless.map(|action| format!("{} (`{}`)", action.title(), action.id())).collect();
        if !names.is_empty() {
            let _ = writeln!(out, "By name only: {}.", names.join(", "));
        }
        out
    }

    /// The id of every action with its keys, one a line: what a file of settings can name.
    pub fn ids(&self) -> String {
        let mut out = String::new();
        for action in Action::ALL {
            let mut keys: Vec<String> =
                self.bindings.iter().filter(|row| row.action == *action).map(|row| row.keys.to_string()).collect();
            keys.sort();
            keys.dedup();
            let _ = writeln!(out, "{:<28} {:<22} {}", action.id(), keys.join("  "), action.help());
        }
        out
    }
}

fn by_action(rows: &[&Binding]) -> Vec<(Action, String)> {
    let mut out: Vec<(Action, String)> = Vec::new();
    for row in rows {
        let keys = format!("`{}`", row.keys).replace('|', "\\|");
        match out.iter_mut().find(|(action, _)| *action == row.action) {
            Some((_, all)) => {
                let _ = write!(all, " {keys}");
            }
            None => out.push((row.action, keys)),
        }
    }
    out
}

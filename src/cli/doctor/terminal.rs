//! The terminal: its size, its colours, its signs, and what lies between it and docket.

use std::{io::IsTerminal, process::Command};

use super::Found;
use crate::{
    app::MIN_SIZE,
    config::{Config, From, Setting},
    ui::theme::{Mode, Theme},
};

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn look(config: &Config) -> Vec<Found> {
    let mut found = Vec::new();
    if std::io::stdout().is_terminal() {
        found.push(size());
    } else {
        found.push(Found::ok("terminal", "This is no terminal; the screen was not looked at."));
    }
    found.push(kind());
    found.push(colours(config));
    found.push(signs(config));
    if set("TMUX").is_some() {
        found.extend(tmux());
    }
    found.push(clipboard(config));
    found
}

fn size() -> Found {
    let Ok((columns, rows)) = crossterm::terminal::size() else {
        return Found::problem("terminal", "The terminal does not say its size.", "Start docket in another terminal.");
    };
    let says = format!("The terminal has {columns} columns and {rows} lines.");
    if columns < MIN_SIZE.0 || rows < MIN_SIZE.1 {
        let (columns, rows) = MIN_SIZE;
        return Found::problem(
            "terminal",
            says,
            format!("Make it {columns} by {rows} or larger; 80 by 24 shows everything."),
        );
    }
    if columns < 80 || rows < 24 {
        return Found::note("terminal", says, "From 80 by 24 on, every function is on the screen.");
    }
    Found::ok("terminal", says)
}

fn kind() -> Found {
    match set("TERM").as_deref() {
        None if cfg!(windows) => Found::ok("term", "Windows needs no TERM."),
        None => Found::problem("term", "TERM is not set.", "Set TERM to what the terminal is, such as xterm-256color."),
        Some("dumb") => Found::problem(
            "term",
            "TERM is dumb: nothing can be placed on such a screen.",
            "Start docket in a real terminal; the commands work without one.",
        ),
        Some(term) => {
            let over = if set("SSH_CONNECTION").is_some() { ", over SSH" } else { "" };
            let program = set("TERM_PROGRAM").map_or_else(String::new, |name| format!(" ({name})"));
            Found::ok("term", format!("The terminal is {term}{program}{over}; docket needs no protocol beyond it."))
        }
    }
}

fn colours(config: &Config) -> Found {
    let theme = Theme::detect(|name| std::env::var(name).ok());
    let (word, from) = config.get(Setting::Theme).unwrap_or(("auto", From::Default));
    let mode = Mode::named(word).unwrap_or(theme.mode);
    let by = match from {
        From::Environment(name) | From::Option(name) => format!(" ({name})"),
        From::File(line) => format!(" (line {line} of the settings)"),
        From::Default => String::new(),
    };
    let depth = if theme.truecolour { "every colour" } else { "the 16 colours of the palette" };
    if mode == Mode::None {
        return Found::ok("colours", format!("No colours are used{by}; signs and words say everything."));
    }
    Found::ok("colours", format!("The theme is {word}{by}, with {depth}."))
}

fn signs(config: &Config) -> Found {
    let theme = Theme::detect(|name| std::env::var(name).ok());
    match (config.switch(Setting::Ascii), theme.ascii) {
        (Some(true), _) => Found::ok("signs", "Signs are drawn in ASCII, as you set it."),
        (_, false) => Found::ok("signs", "The locale is UTF-8."),
        (Some(false), true) => Found::note(
            "signs",
            "You asked for signs that this locale or console may not show.",
            "Set LANG to a locale that ends with UTF-8, or ascii = true in the settings.",
        ),
        (None, true) => Found::note(
            "signs",
            "The locale is not UTF-8, or this is a console of Linux: signs are drawn in ASCII, and names in other scripts cannot be shown.",
            "Set LANG to a locale that ends with UTF-8, where the terminal can show it.",
        ),
    }
}

/// Asks tmux for one of its options.
fn option(name: &str) -> Option<String> {
    let said = Command::new("tmux").args(["show-options", "-sqv", name]).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?.trim().to_owned();
    (said.status.success() && !text.is_empty()).then_some(text)
}

fn tmux() -> Vec<Found> {
    let mut found = vec![match option("set-clipboard").as_deref() {
        Some("on") => Found::ok("tmux", "tmux hands on what is copied."),
        Some(other) => Found::note(
            "tmux",
            format!("set-clipboard of tmux is {other}: what docket copies does not reach the clipboard."),
            "Write \"set -s set-clipboard on\" into ~/.tmux.conf, or name clipboard.command in the settings.",
        ),
        None => Found::note(
            "tmux",
            "tmux did not say whether it hands on what is copied.",
            "See set-clipboard in its manual.",
        ),
    }];
    let waits = option("escape-time").and_then(|time| time.parse::<u32>().ok()).filter(|time| *time > 100);
    if let Some(time) = waits {
        found.push(Found::note(
            "escape",
            format!("tmux holds Esc back for {time} ms."),
            "Write \"set -s escape-time 10\" into ~/.tmux.conf; q goes back at once, too.",
        ));
    }
    found
}

fn clipboard(config: &Config) -> Found {
    match config.value(Setting::Clipboard).filter(|command| !command.trim().is_empty()) {
        Some(command) => super::tools::needed("clipboard", command, "clipboard.command"),
        None => Found::ok(
            "clipboard",
            "What is copied is sent to the terminal (OSC 52); nobody can tell whether it takes it, and :copied shows it again.",
        ),
    }
}

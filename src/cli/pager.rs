//! Long answers are read in a pager, where a person sits at a terminal.

use std::{
    io::{self, IsTerminal, Write},
    process::Stdio,
    sync::OnceLock,
};

use crate::{
    config::{Config, From, Setting},
    domain::Line,
    tui::habits::program,
};

/// The pager, and whether somebody named it; empty for none.
static CHOSEN: OnceLock<(String, bool)> = OnceLock::new();

/// Says which pager is used from now on.
pub(super) fn choose(config: &Config) {
    let usual = if cfg!(windows) { "more" } else { "less" };
    let named = config.get(Setting::Pager).map(|(command, from)| (command.to_owned(), from != From::Default));
    // The first choice holds; there is one command in a process.
    let _ = CHOSEN.set(named.unwrap_or_else(|| (usual.to_owned(), false)));
}

/// How many lines of a terminal a text takes.
fn lines(text: &str, columns: u16) -> usize {
    let wide = usize::from(columns.max(1));
    text.lines().map(|line| unicode_width::UnicodeWidthStr::width(line).div_ceil(wide).max(1)).sum()
}

/// Shows a text in the pager, if it is one for it; whether it was shown.
pub(super) fn shown(text: &str) -> io::Result<bool> {
    let Some((command, named)) = CHOSEN.get().filter(|(command, _)| !command.trim().is_empty()) else {
        return Ok(false);
    };
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Ok(false);
    }
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    if lines(text, columns) < usize::from(rows) {
        return Ok(false);
    }
    let Some(mut program) = program(command) else { return Ok(false) };
    if std::env::var_os("LESS").is_none() {
        // It ends at the last line of a text that fits, and leaves the text on the screen.
        program.env("LESS", "FX");
    }
    let started = program.stdin(Stdio::piped()).spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            if *named {
                let name = Line::new(command);
                let _ = writeln!(
                    io::stderr(),
                    "docket: {name} could not be started ({error}); here is the answer as it is."
                );
            }
            return Ok(false);
        }
    };
    if let Some(mut stdin) = child.stdin.take() {
        // Whoever has read enough closes the pager before the end.
        let _ = stdin
            .write_all(text.as_bytes())
            .and_then(|()| if text.ends_with('\n') { Ok(()) } else { stdin.write_all(b"\n") });
    }
    child.wait()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_takes_several_of_the_terminal() {
        assert_eq!(lines("a\n\nb", 80), 3);
        assert_eq!(lines(&"x".repeat(81), 80), 2);
        assert_eq!(lines(&"模".repeat(41), 80), 2);
        assert_eq!(lines("abc", 0), 3);
    }
}

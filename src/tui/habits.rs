//! How a person likes it: colours, editor, clipboard.

use std::{
    io::{self, Write},
    process::{Command, Stdio},
};

use crate::ui::theme::Theme;

/// What a session takes from the settings.
#[derive(Debug, Clone)]
pub struct Habits {
    /// The colours and the signs.
    pub theme: Theme,
    /// The editor for long text, with its arguments.
    pub editor: String,
    /// What takes a text that is copied; none sends it to the terminal.
    pub clipboard: Option<String>,
}

impl Default for Habits {
    fn default() -> Self {
        let editor = if cfg!(windows) { "notepad" } else { "vi" };
        Self { theme: Theme::detect(|name| std::env::var(name).ok()), editor: editor.into(), clipboard: None }
    }
}

/// The program of a command and its arguments; words are parted by blanks.
pub fn program(command: &str) -> Option<Command> {
    let mut words = command.split_whitespace();
    let mut program = Command::new(words.next()?);
    program.args(words);
    Some(program)
}

/// Gives a text to the program that takes what is copied.
pub(super) fn give(command: &str, text: &str) -> io::Result<()> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, "no program is named");
    let mut program = program(command).ok_or_else(missing)?;
    // What it says would land in the middle of the screen.
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    let status = child.wait()?;
    written?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn a_program_gets_the_text_or_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copied");
        give(&format!("tee {}", file.display()), "LLM01 über alles").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "LLM01 über alles");
        assert!(give("false", "text").is_err());
        assert!(give("no-such-program-here", "text").is_err());
        assert!(give(" ", "text").is_err());
    }
}

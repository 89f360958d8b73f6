//! Asking for a passphrase on the terminal, without showing it.

use std::io::{self, IsTerminal, Write as _};

use crossterm::{
    event::{Event, KeyCode, KeyEventKind, KeyModifiers, read},
    terminal::{disable_raw_mode, enable_raw_mode},
};

use crate::{desk::Trouble, domain::Secret};

/// Where a script says it.
pub(super) const VARIABLE: &str = "DOCKET_PASSPHRASE";

/// The passphrase from the environment, else from whoever sits there; none where nobody does.
pub(super) fn asked(question: &str) -> Result<Option<Secret>, Trouble> {
    if let Ok(said) = std::env::var(VARIABLE) {
        return Ok(Some(Secret::new(said)).filter(|said| !said.is_empty()));
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    typed(question).map(Some)
}

/// A new passphrase, asked for twice where somebody types it.
pub(super) fn chosen() -> Result<Secret, Trouble> {
    let none = || {
        let says = format!(
            "A passphrase is asked for on a terminal, or taken from the variable {VARIABLE}. Nothing was written."
        );
        Trouble::Usage(says)
    };
    let first = asked("Passphrase: ")?.ok_or_else(none)?;
    let again = std::env::var_os(VARIABLE).is_none().then(|| typed("Once more: ")).transpose()?;
    if first.is_empty() {
        return Err(Trouble::Usage("An empty passphrase locks nothing. Nothing was written.".into()));
    }
    if again.is_some_and(|again| again != first) {
        return Err(Trouble::Usage("The two are not the same. Nothing was written; begin again.".into()));
    }
    Ok(first)
}

fn typed(question: &str) -> Result<Secret, Trouble> {
    let failed = |error: io::Error| Trouble::Usage(format!("The terminal could not be asked ({error})."));
    eprint!("{question}");
    io::stderr().flush().map_err(failed)?;
    enable_raw_mode().map_err(failed)?;
    let said = keys();
    let left = disable_raw_mode();
    eprintln!();
    left.map_err(failed)?;
    said.map_err(failed)?.ok_or_else(|| Trouble::Usage("Nothing was said. Nothing was changed.".into()))
}

/// What is typed until Enter; none where it was broken off.
fn keys() -> io::Result<Option<Secret>> {
    let mut text = String::new();
    loop {
        let Event::Key(key) = read()? else { continue };
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            _ if key.kind == KeyEventKind::Release => {}
            KeyCode::Enter => return Ok(Some(Secret::new(text))),
            KeyCode::Esc => return Ok(None),
            KeyCode::Char('c' | 'd') if ctrl => return Ok(None),
            KeyCode::Char('u') if ctrl => text.clear(),
            KeyCode::Char(_) if ctrl => {}
            KeyCode::Char(c) => text.push(c),
            KeyCode::Backspace => _ = text.pop(),
            _ => {}
        }
    }
}

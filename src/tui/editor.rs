//! Writing a text in the person's own editor.

use std::{fs, io::Write};

use super::habits::program;
use crate::desk::Trouble;

/// Opens `text` in an editor; gives back what was written.
pub fn edit(text: &str, editor: &str) -> Result<String, Trouble> {
    let folder = std::env::temp_dir();
    let path = folder.join(format!("docket-{}-{}.md", std::process::id(), crate::clock::now().0));
    private(&path)?.write_all(text.as_bytes())?;
    let name = editor.split_whitespace().next().unwrap_or("vi");
    let ran = program(editor).unwrap_or_else(|| std::process::Command::new(name)).arg(&path).status();
    let written = fs::read_to_string(&path);
    // The text may be confidential: it does not stay behind.
    let _ = fs::remove_file(&path);
    match ran {
        Ok(status) if status.success() => Ok(written?),
        Ok(_) => Err(Trouble::Usage(format!("{name} ended with an error. Your text is as it was."))),
        Err(error) => Err(Trouble::Usage(format!(
            "{name} could not be started ({error}). Your text is as it was; set EDITOR, or editor in the settings."
        ))),
    }
}

/// A new file that only this person may read.
fn private(path: &std::path::Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

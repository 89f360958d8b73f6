//! Writing a text in the person's own editor.

use std::{fs, io::Write, process::Command};

use crate::desk::Trouble;

/// Opens `text` in `$VISUAL`, else `$EDITOR`, else `vi`; gives back what was written.
pub fn edit(text: &str) -> Result<String, Trouble> {
    let named =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let editor = named.unwrap_or_else(|| if cfg!(windows) { "notepad".into() } else { "vi".into() });
    let folder = std::env::temp_dir();
    let path = folder.join(format!("docket-{}-{}.md", std::process::id(), crate::clock::now().0));
    private(&path)?.write_all(text.as_bytes())?;
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let ran = Command::new(program).args(words).arg(&path).status();
    let written = fs::read_to_string(&path);
    // The text may be confidential: it does not stay behind.
    let _ = fs::remove_file(&path);
    match ran {
        Ok(status) if status.success() => Ok(written?),
        Ok(_) => Err(Trouble::Usage(format!("{program} ended with an error. Your text is as it was."))),
        Err(error) => Err(Trouble::Usage(format!(
            "{program} could not be started ({error}). Your text is as it was; set EDITOR."
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

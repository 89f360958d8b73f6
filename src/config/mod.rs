//! The settings of a person: an option of the command line before the environment, that before the file, that before
//! what is usual. A file that cannot be read as it stands is refused with the line; nothing in it is passed over.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

mod explain;
mod file;
mod near;
mod setting;

pub use explain::{json, man, sample, text};
pub use setting::{Setting, Sort, THEMES};

use std::path::{Path, PathBuf};

use crate::{domain::Line, keymap::Action, keymap::Keymap};
use file::{Entry, Said};
use near::nearest;

/// The variable that names the file.
pub const VARIABLE: &str = "DOCKET_CONFIG";

/// Who said what a setting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Nobody.
    Default,
    /// The file, in this line.
    File(usize),
    /// This variable of the environment.
    Environment(&'static str),
    /// This option of the command line.
    Option(&'static str),
}

/// The keys of an action that the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bound {
    action: String,
    keys: String,
    line: usize,
}

/// Every setting as it holds.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file, whether it is there or not; none where there is no folder for it.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub there: bool,
    /// The keys.
    pub keymap: Keymap,
    said: Vec<(Setting, String, From)>,
    bound: Vec<Bound>,
}

/// What the outside says: the options, the environment, and where the file is.
pub struct Sources<'a> {
    /// The file that was named by the option.
    pub file: Option<PathBuf>,
    /// What the options say.
    pub options: &'a [(Setting, String)],
    /// A variable of the environment.
    pub environment: &'a dyn Fn(&str) -> Option<String>,
}

/// The file that is named, else the one in the configuration folder of the platform; and whether it was named.
pub fn place(sources: &Sources<'_>) -> (Option<PathBuf>, bool) {
    let variable = || (sources.environment)(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    if let Some(path) = sources.file.clone().or_else(variable) {
        return (Some(path), true);
    }
    let dirs = directories::ProjectDirs::from("", "", "docket");
    (dirs.map(|dirs| dirs.config_dir().join("config.toml")), false)
}

impl Config {
    /// Reads the file, where there is one, and asks every source; a sentence where something is wrong.
    pub fn load(sources: &Sources<'_>) -> Result<Self, String> {
        let (path, named) = place(sources);
        let read = path.as_deref().map(std::fs::read);
        let (there, bytes) = match (read, &path) {
            (Some(Ok(bytes)), _) => (true, bytes),
            (Some(Err(error)), _) if error.kind() == std::io::ErrorKind::NotFound && !named => (false, Vec::new()),
            (Some(Err(error)), Some(path)) => {
                return Err(format!(
                    "{} could not be read as the file of settings ({error}). Nothing was changed; name another with \
                     --config, or write one with docket config --init.",
                    shown(path)
                ));
            }
            (_, _) => (false, Vec::new()),
        };
        let mut config = Self { path, there, keymap: Keymap::default(), said: Vec::new(), bound: Vec::new() };
        config.take_file(&bytes)?;
        config.take_outside(sources)?;
        Ok(config)
    }

    /// What a file of settings says by itself; a sentence where something is wrong with it.
    pub fn of(bytes: &[u8]) -> Result<Self, String> {
        let mut config =
            Self { path: None, there: true, keymap: Keymap::default(), said: Vec::new(), bound: Vec::new() };
        config.take_file(bytes)?;
        Ok(config)
    }

    /// What holds where the file cannot be read: what everybody else says.
    pub fn without_file(sources: &Sources<'_>) -> Self {
        let path = place(sources).0;
        let mut config = Self { path, there: true, keymap: Keymap::default(), said: Vec::new(), bound: Vec::new() };
        // A word of the command line that is none is what the file is told beside.
        let _ = config.take_outside(sources);
        config
    }

    fn take_file(&mut self, bytes: &[u8]) -> Result<(), String> {
        let wrong = |(line, says): (usize, String)| self.wrong(line, &says);
        let entries = file::entries(bytes).map_err(wrong)?;
        let mut said = Vec::new();
        let mut bound = Vec::new();
        for entry in entries {
            let (line, key) = (entry.line, entry.key.clone());
            match key.strip_prefix("keys.") {
                Some(action) => bound.push(keys_of(action, entry).map_err(|says| self.wrong(line, &says))?),
                None => said.push(setting_of(&key, entry).map_err(|says| self.wrong(line, &says))?),
            }
        }
        if bound.is_empty() {
            // The usual keys are known to fit together.
            self.said = said;
            return Ok(());
        }
        let rows = bound.iter().map(|row: &Bound| (row.action.as_str(), row.keys.as_str()));
        let keymap = Keymap::with_overrides(rows).map_err(|fault| {
            let lines: Vec<usize> =
                bound.iter().filter(|row| fault.of.contains(&row.action)).map(|row| row.line).collect();
            let also: Vec<String> = lines.iter().skip(1).map(|line| format!(" (and line {line})")).collect();
            let also = also.concat();
            self.wrong(lines.first().copied().unwrap_or(1), &format!("{}{also}", Line::new(&fault.says)))
        })?;
        (self.said, self.bound, self.keymap) = (said, bound, keymap);
        Ok(())
    }

    fn wrong(&self, line: usize, says: &str) -> String {
        let name = self.path.as_deref().map_or_else(|| "the file of settings".to_owned(), shown);
        format!("{name}, line {line}: {says}. Nothing was changed; correct the line and start again.")
    }

    fn take_outside(&mut self, sources: &Sources<'_>) -> Result<(), String> {
        for &setting in Setting::ALL {
            for variable in setting.variables().iter().rev() {
                if let Some(value) = (sources.environment)(variable.name).filter(|value| !value.trim().is_empty()) {
                    self.put(setting, variable.means.map_or(value, str::to_owned), From::Environment(variable.name));
                }
            }
            if let Some((_, value)) = sources.options.iter().find(|(of, _)| *of == setting) {
                let option = setting.option().unwrap_or_default();
                if let (Sort::Word(words), false) = (setting.sort(), fits(setting.sort(), value)) {
                    let words = words.join(", ");
                    return Err(format!(
                        "{option} takes one of {words}, not \"{}\". Nothing was changed.",
                        Line::new(value)
                    ));
                }
                self.put(setting, value.clone(), From::Option(option));
            }
        }
        Ok(())
    }

    fn put(&mut self, setting: Setting, value: String, from: From) {
        self.said.retain(|(of, ..)| *of != setting);
        self.said.push((setting, value, from));
    }

    /// What a setting is set to, and by whom; nothing where the usual holds.
    pub fn get(&self, setting: Setting) -> Option<(&str, From)> {
        self.said.iter().find(|(of, ..)| *of == setting).map(|(_, value, from)| (value.as_str(), *from))
    }

    /// What a setting is set to.
    pub fn value(&self, setting: Setting) -> Option<&str> {
        self.get(setting).map(|(value, _)| value)
    }

    /// Whether a switch is on; none where the usual holds.
    pub fn switch(&self, setting: Setting) -> Option<bool> {
        self.value(setting).map(|value| value == "true")
    }

    /// The path that a setting says: `~` is home, and what the file says lies beside it.
    pub fn file(&self, setting: Setting) -> Option<PathBuf> {
        let (value, from) = self.get(setting)?;
        let From::File(_) = from else { return Some(PathBuf::from(value)) };
        let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
        let path = match value.strip_prefix("~/") {
            Some(rest) => home()?.join(rest),
            None => PathBuf::from(value),
        };
        let folder = self.path.as_deref().and_then(Path::parent);
        Some(folder.map_or_else(|| path.clone(), |folder| folder.join(&path)))
    }
}

/// A path as it may be shown: a name may hold whatever a text may.
fn shown(path: &Path) -> String {
    Line::new(&path.display().to_string()).to_string()
}

fn fits(sort: Sort, value: &str) -> bool {
    match sort {
        Sort::Word(words) => words.contains(&value),
        Sort::Switch => value == "true" || value == "false",
        Sort::Text | Sort::File | Sort::Program => true,
    }
}

/// What an entry sets; what is wrong with it, as the end of a sentence.
fn setting_of(key: &str, entry: Entry) -> Result<(Setting, String, From), String> {
    let name = Line::new(key);
    let Some(setting) = Setting::ALL.iter().copied().find(|setting| setting.key() == key) else {
        let known = Setting::ALL.iter().map(|setting| setting.key()).chain(["keys"]);
        let meant = nearest(key, known).map(|known| format!("did you mean \"{known}\""));
        let meant = meant.unwrap_or_else(|| "docket config --explain lists what there is".to_owned());
        return Err(format!("there is no setting \"{name}\"; {meant}"));
    };
    let value = match (entry.said, setting.sort()) {
        (Said::Switch(on), Sort::Switch) => on.to_string(),
        (Said::Text(text), sort) if sort != Sort::Switch && fits(sort, &text) => text,
        (Said::Text(text), sort) => {
            let meant = match sort {
                Sort::Word(words) => nearest(&text, words.iter().copied()),
                _ => None,
            };
            let meant = meant.map_or_else(String::new, |word| format!("; did you mean \"{word}\""));
            return Err(format!("\"{name}\" takes {}, not \"{}\"{meant}", sort.takes(), Line::new(&text)));
        }
        (said, sort) => return Err(format!("\"{name}\" takes {}, not {}", sort.takes(), what(&said))),
    };
    Ok((setting, value, From::File(entry.line)))
}

fn what(said: &Said) -> &'static str {
    match said {
        Said::Text(_) => "a text",
        Said::Switch(_) => "true or false",
        Said::List(_) => "a list",
        Said::Other(what) => what,
    }
}

/// The keys of an action; what is wrong with them, as the end of a sentence.
fn keys_of(action: &str, entry: Entry) -> Result<Bound, String> {
    let name = Line::new(action);
    if Action::parse(action).is_none() {
        let meant = nearest(action, Action::ALL.iter().map(|action| action.id()));
        let meant =
            meant.map_or("; docket keys --ids lists them all".to_owned(), |id| format!("; did you mean \"{id}\""));
        return Err(format!("there is no action \"{name}\"{meant}"));
    }
    let keys = match entry.said {
        Said::Text(text) => text,
        Said::List(list) => list.join("  "),
        said => {
            return Err(format!("\"{name}\" takes a key such as \"ctrl-n\" or a list of them, not {}", what(&said)));
        }
    };
    Ok(Bound { action: action.to_owned(), keys, line: entry.line })
}

#[cfg(test)]
mod tests;

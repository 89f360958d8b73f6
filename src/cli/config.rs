//! `docket config`: what the settings are, and a file to begin with.

use std::{fs, io::Write, path::PathBuf};

use super::{
    Outcome,
    args::{Common, ConfigArgs},
    clean, print,
};
use crate::{
    config::{self, Config, Setting, Sources},
    desk::Trouble,
};

/// What the command line says of the settings.
pub(super) struct Asked {
    file: Option<PathBuf>,
    options: Vec<(Setting, String)>,
}

impl Asked {
    /// Takes it from the arguments.
    pub fn of(args: &Common) -> Self {
        let record = args.record.as_ref().map(|path| path.display().to_string());
        let on = |flag: bool, word: &str| flag.then(|| word.to_owned());
        let said = [
            (Setting::Record, record),
            (Setting::Person, args.person.clone()),
            (Setting::Role, args.role.clone()),
            (Setting::Theme, args.theme.clone()),
            (Setting::Ascii, on(args.ascii, "true")),
            (Setting::Pager, on(args.no_pager, "")),
        ];
        let options = said.into_iter().filter_map(|(setting, value)| Some((setting, value?))).collect();
        Self { file: args.config.clone(), options }
    }

    /// The settings as they hold; a sentence where the file is wrong.
    pub fn load(&self) -> Result<Config, Trouble> {
        self.ask(Config::load).map_err(Trouble::Usage)
    }

    /// The record that the command line names.
    pub fn record(&self) -> Option<PathBuf> {
        self.options.iter().find(|(setting, _)| *setting == Setting::Record).map(|(_, path)| PathBuf::from(path))
    }

    /// Asks something of all the sources.
    pub fn ask<T>(&self, of: impl FnOnce(&Sources<'_>) -> T) -> T {
        let environment = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        of(&Sources { file: self.file.clone(), options: &self.options, environment: &environment })
    }
}

/// Every setting: its value, who said it, what it does.
pub(super) fn explain(config: &Config, wanted: &ConfigArgs) -> Outcome {
    print(&clean(&if wanted.json { config::json(config) } else { config::text(config) }))
}

/// Writes a file in which everything is a remark.
pub(super) fn init(asked: &Asked) -> Outcome {
    let (path, _) = asked.ask(config::place);
    let path = path.ok_or_else(|| {
        Trouble::Usage("There is no home folder to keep the settings in. Name a file with --config.".into())
    })?;
    let failed = |error: std::io::Error| {
        let name = path.display();
        Trouble::Usage(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{name} is there already. Nothing was changed; name another file with --config.")
            }
            _ => format!("{name} could not be written ({error}). Nothing was changed; name another with --config."),
        })
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
    file.write_all(config::sample().as_bytes()).map_err(failed)?;
    print(&clean(&format!(
        "Written to {}. Everything in it is a remark; take the # away to say something.",
        path.display()
    )))
}

//! Every setting in words: what it is, who said so, and what it does; and a file to begin with.

use std::fmt::Write as _;

use serde_json::{Value, json as value_of};

use super::{Config, From, Setting, Sort, shown};

/// The version of the shape of the JSON.
const VERSION: &str = "1.0.0";

impl From {
    /// Who said it, in words.
    fn words(self, config: &Config) -> String {
        match self {
            Self::Default => "default".into(),
            Self::File(line) => {
                let name = config.path.as_deref().map_or_else(String::new, shown);
                format!("{name}:{line}")
            }
            Self::Environment(name) | Self::Option(name) => name.into(),
        }
    }

    fn sort(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File(_) => "file",
            Self::Environment(_) => "environment",
            Self::Option(_) => "option",
        }
    }
}

/// Where else a setting can be said.
fn also(setting: Setting) -> String {
    let option = setting.option().map(str::to_owned);
    let variables = setting.variables().iter().map(|variable| variable.name.to_owned());
    let doors: Vec<String> = option.into_iter().chain(variables).collect();
    if doors.is_empty() { String::new() } else { format!(" Also: {}.", doors.join(", ")) }
}

/// Every setting for people: the value, who said it, what it does.
pub fn text(config: &Config) -> String {
    let mut out = String::new();
    let name = config.path.as_deref().map_or_else(|| "no file".to_owned(), shown);
    let there = if config.there { "" } else { " (it is not there; docket config --init writes one)" };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "The file of settings: {name}{there}");
    let _ = writeln!(out, "An option goes before the environment, that before the file, that before what is usual.\n");
    for &setting in Setting::ALL {
        let (value, from) = config.get(setting).map_or_else(
            || (setting.usual().to_owned(), From::Default),
            |(value, from)| (format!("\"{}\"", crate::domain::Line::new(value)), from),
        );
        let _ = writeln!(out, "{} = {value}  [{}]", setting.key(), from.words(config));
        let _ = writeln!(out, "    {} It takes {}.{}", setting.help(), setting.sort().takes(), also(setting));
    }
    let _ = writeln!(out, "\nKeys of your own: {}", if config.bound.is_empty() { "none" } else { "" });
    for row in &config.bound {
        let _ = writeln!(out, "keys.{} = \"{}\"  [{}]", row.action, row.keys, From::File(row.line).words(config));
    }
    out
}

/// The settings as the last part of the manual page.
pub fn man() -> String {
    let plain = |text: &str| text.replace('\\', "\\e").replace('-', "\\-");
    let mut out = String::from(".SH SETTINGS\n");
    let _ = writeln!(
        out,
        "What is said in the file of settings (docket config \\-\\-init writes one, in TOML). An option goes"
    );
    let _ = writeln!(out, "before the environment, that before the file, that before what is usual.");
    for &setting in Setting::ALL {
        let (key, takes, usual) = (plain(setting.key()), plain(&setting.sort().takes()), plain(setting.usual()));
        let _ = writeln!(out, ".TP\n\\fB{key}\\fR");
        let _ = writeln!(out, "{} It takes {takes}. Usual: {usual}.{}", plain(setting.help()), plain(&also(setting)));
    }
    out
}

/// The same for a script.
pub fn json(config: &Config) -> String {
    let line = |from: From| if let From::File(line) = from { Some(line) } else { None };
    let row = |&setting: &Setting| {
        let (value, from) = config.get(setting).map_or((None, From::Default), |(value, from)| (Some(value), from));
        value_of!({
            "key": setting.key(), "value": value, "usual": setting.usual(), "from": from.sort(),
            "said_by": from.words(config), "line": line(from), "takes": setting.sort().takes(), "help": setting.help(),
        })
    };
    let keys: Vec<Value> =
        config.bound.iter().map(|row| value_of!({"action": row.action, "keys": row.keys, "line": row.line})).collect();
    let all = value_of!({
        "version": VERSION,
        "file": config.path.as_deref().map(shown),
        "there": config.there,
        "settings": Setting::ALL.iter().map(row).collect::<Vec<_>>(),
        "keys": keys,
    });
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

/// A file in which everything is a remark: what can be said, and what holds as long as nobody says it.
pub fn sample() -> String {
    let mut out = String::from(
        "# The settings of docket. Take the # away from a line to say something; docket config --explain shows what holds.\n",
    );
    let (plain, parted): (Vec<Setting>, Vec<Setting>) = Setting::ALL.iter().partition(|set| !set.key().contains('.'));
    for setting in plain {
        entry(&mut out, setting, setting.key());
    }
    for setting in parted {
        let (table, name) = setting.key().split_once('.').unwrap_or(("", setting.key()));
        let _ = write!(out, "\n[{table}]");
        entry(&mut out, setting, name);
    }
    out.push_str(
        "\n[keys]\n# The keys of an action, instead of its own wherever it has one: docket keys --ids lists the actions.\n\
         # Two keys in a row are written with a blank between them, several ways as a list.\n\
         # \"undo\" = \"f7\"\n# \"go.board\" = [\"g b\", \"f6\"]\n",
    );
    out
}

fn entry(out: &mut String, setting: Setting, name: &str) {
    let _ = writeln!(out, "\n# {} It takes {}.{}", setting.help(), setting.sort().takes(), also(setting));
    let _ = writeln!(out, "# Where nothing is said: {}.", setting.usual());
    let example = match setting {
        Setting::Record => "~/reviews/record.docket",
        Setting::Person => "Ana Reyes",
        Setting::Role => "security",
        Setting::Theme => "contrast",
        Setting::Background => "light",
        Setting::Ascii | Setting::Mouse => "false",
        Setting::Editor => "nano",
        Setting::Pager => "less -R",
        Setting::Clipboard => "xclip -selection clipboard",
    };
    let quote = if setting.sort() == Sort::Switch { "" } else { "\"" };
    let _ = writeln!(out, "# {name} = {quote}{example}{quote}");
}

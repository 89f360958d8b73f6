//! The settings: each is declared once, with where it can be said and what it does.

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A text.
    Text,
    /// The path of a file; `~` is the home folder, and what is not absolute lies beside the file that says it.
    File,
    /// A program with its arguments.
    Program,
    /// Yes or no.
    Switch,
    /// One of these words.
    Word(&'static [&'static str]),
}

impl Sort {
    /// What it takes, for a sentence.
    pub fn takes(self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::File => "the path of a file".into(),
            Self::Program => "a program with its arguments".into(),
            Self::Switch => "true or false".into(),
            Self::Word(words) => format!("one of {}", words.join(", ")),
        }
    }
}

/// A variable of the environment that says a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it says where it is set to anything; else what it is set to.
    pub means: Option<&'static str>,
}

/// Declares the settings: variant, key, what it takes, option, variables, what holds where nobody says anything, help.
macro_rules! settings {
    ($($variant:ident $key:literal $sort:expr, $option:expr, [$($env:expr),*], $usual:literal $help:literal;)+) => {
        /// What can be set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Setting {
            $(#[doc = $help] $variant),+
        }
        impl Setting {
            /// Every setting, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its key in the file: a name, or two with a dot between them; never renamed.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
            /// What it takes.
            pub fn sort(self) -> Sort {
                match self { $(Self::$variant => $sort),+ }
            }
            /// The option of the command line that says it.
            pub fn option(self) -> Option<&'static str> {
                match self { $(Self::$variant => $option),+ }
            }
            /// The variables of the environment that say it; the first one that is set counts.
            pub fn variables(self) -> &'static [Variable] {
                match self {
                    $(Self::$variant => {
                        const SAID: &[Variable] = &[$($env),*];
                        SAID
                    })+
                }
            }
            /// What holds where nobody says anything.
            pub fn usual(self) -> &'static str {
                match self { $(Self::$variant => $usual),+ }
            }
            /// What it does, in whole sentences.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help),+ }
            }
        }
    };
}

const fn is(name: &'static str) -> Variable {
    Variable { name, means: None }
}

settings! {
    Record "record" Sort::File, Some("--record"), [is("DOCKET_RECORD")], "in your data folder"
        "The record to open.";
    Person "as" Sort::Text, Some("--as"), [], "who sat there last, or its only person"
        "Who you are, by the name in the record. A record that does not know the name of the file is opened as before.";
    Role "role" Sort::Text, Some("--role"), [], "the one in which the most pressing work waits"
        "The hat that you wear first: owner, security, governance, dpo, sign-off, operator, builder or auditor.";
    Theme "theme" Sort::Word(&THEMES), Some("--theme"), [Variable { name: "NO_COLOR", means: Some("none") }], "auto"
        "Colours. plain paints no background, contrast is for bright rooms and tired eyes, colour-blind goes from blue to orange, none uses no colour at all.";
    Background "background" Sort::Word(&["auto", "light", "dark"]), None, [], "auto"
        "Whether the terminal is light or dark, so that accents can be read on it; auto goes by COLORFGBG.";
    Ascii "ascii" Sort::Switch, Some("--ascii"), [], "false, but true on the console of Linux and where the locale is not UTF-8"
        "Whether every sign is plain ASCII.";
    Mouse "mouse" Sort::Switch, None, [], "true"
        "Whether clicks and the wheel go to docket; hold Shift to select text as usual. M switches it while docket runs.";
    Editor "editor" Sort::Program, None, [is("VISUAL"), is("EDITOR")], "vi, or notepad on Windows"
        "What long text is written in.";
    Pager "pager" Sort::Program, Some("--no-pager"), [is("PAGER")], "less"
        "What shows an answer that is longer than the terminal; an empty text shows it as it is.";
    Clipboard "clipboard.command" Sort::Program, None, [], "none: the text goes to the terminal (OSC 52)"
        "A program that takes what is copied on its standard input, for terminals that drop it.";
}

/// The colours that can be chosen.
pub const THEMES: [&str; 5] = ["auto", "plain", "contrast", "colour-blind", "none"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_said_once_and_help_is_whole() {
        let mut keys: Vec<&str> = Setting::ALL.iter().map(|setting| setting.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Setting::ALL.len());
        for setting in Setting::ALL {
            let key = setting.key();
            assert!(key.chars().all(|c| c.is_ascii_lowercase() || c == '.') && key.split('.').count() <= 2, "{key}");
            assert!(setting.help().ends_with('.') && !setting.usual().ends_with('.'), "{key}");
        }
    }
}

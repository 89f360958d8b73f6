//! What a person does at the screen, as steps that read like the work.

use super::pty::{PATIENCE, Term};

/// How a field of a sheet is filled.
#[derive(Debug, Clone, Copy)]
pub enum Fill<'a> {
    /// Typed.
    Text(&'a str),
    /// Chosen with the arrow.
    Word(&'a str),
    /// Ticked, each by walking to it.
    Ticks(&'a [&'a str]),
    /// Whatever comes first.
    First,
}
pub use Fill::{First, Text, Ticks, Word};

/// A person at a terminal.
pub struct Person {
    pub term: Term,
}

/// The line of the list that the cursor is on.
fn selected(screen: &vt100::Screen) -> Option<String> {
    screen.contents().lines().find(|line| line.starts_with(" ▌")).map(str::to_owned)
}

/// The line of the sheet that has the keys.
fn focused(screen: &vt100::Screen) -> Option<String> {
    let contents = screen.contents();
    let line = contents.lines().find_map(|line| line.split_once("│ ▌"))?;
    Some(line.1.trim_start_matches(['*', ' ']).to_owned())
}

impl Person {
    pub fn at(term: Term) -> Self {
        Self { term }
    }

    /// Presses keys.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        self.term.keys(names);
        self
    }

    /// Waits for a text.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.term.see(text);
        self
    }

    /// Opens a pane of the system.
    #[track_caller]
    pub fn pane(&mut self, keys: &str, tab: &str) -> &mut Self {
        // The pane may be open already: only what follows `g` says that the keys were worked through.
        let (first, then) = keys.split_once(' ').expect("a pane is opened with two keys");
        self.keys(first).see("g first row").keys(then);
        self.term.gone("g first row");
        self.see(&format!("[{tab}"))
    }

    /// Puts on another hat by hand.
    #[track_caller]
    pub fn hat(&mut self, letter: &str, label: &str) -> &mut Self {
        self.keys(&format!("r {letter}")).see(&format!("acting as [{label}"))
    }

    /// Walks down the list to the line with this text.
    #[track_caller]
    pub fn row(&mut self, text: &str) -> &mut Self {
        // The list of what follows `g` comes and goes: everything typed before has been worked through by then.
        self.keys("g").see("g first row").keys("g");
        self.term.gone("g first row");
        for _ in 0..80 {
            let before = self.term.ask(selected);
            if before.as_ref().is_some_and(|line| line.contains(text)) {
                return self;
            }
            self.term.keys("down");
            self.term.until(&format!("the next line on the way to \"{text}\""), PATIENCE, |s| {
                selected(s).is_some_and(|now| Some(now) != before)
            });
        }
        panic!("there is no line \"{text}\" in\n{}", self.term.screen());
    }

    /// Presses keys that lead to `title`, changing the hat where the program offers that.
    #[track_caller]
    pub fn open(&mut self, keys: &str, title: &str) -> &mut Self {
        self.keys(keys);
        // The hat that is worn stands first where one of several is to be chosen.
        match self.term.see_one(&["This is a step of the", "in which hat?", title]) {
            0 => self.keys("y").see(title),
            1 => self.keys("enter").see(title),
            _ => self,
        };
        self
    }

    /// Fills fields of the open sheet.
    #[track_caller]
    pub fn fill(&mut self, fields: &[(&str, Fill)]) -> &mut Self {
        for (label, with) in fields {
            self.field(label);
            match with {
                Fill::Text(text) => {
                    self.term.text(text);
                }
                Fill::Word(word) => self.choose(word),
                Fill::First => {
                    self.term.keys("right");
                }
                Fill::Ticks(words) => words.iter().for_each(|word| self.tick(word)),
            }
        }
        self
    }

    /// Walks to a field of the open sheet.
    #[track_caller]
    pub fn field(&mut self, label: &str) {
        let on = |line: &str| line.starts_with(&format!("{label} "));
        self.term.until("a sheet", PATIENCE, |screen| focused(screen).is_some());
        for _ in 0..60 {
            let before = self.term.ask(focused).unwrap_or_default();
            if on(&before) {
                return;
            }
            let name = before.split("  ").next().unwrap_or_default().to_owned();
            self.term.keys("tab");
            self.term.until(&format!("the field \"{label}\""), PATIENCE, |screen| {
                focused(screen).is_some_and(|line| on(&line) || !line.starts_with(&name))
            });
        }
        panic!("there is no field \"{label}\" in\n{}", self.term.screen());
    }

    #[track_caller]
    fn choose(&mut self, word: &str) {
        for _ in 0..40 {
            let before = self.term.ask(focused).unwrap_or_default();
            if [" ", ","].iter().any(|end| before.contains(&format!("‹ {word}{end}"))) {
                return;
            }
            self.term.keys("right");
            self.term.until(&format!("the choice \"{word}\""), PATIENCE, |screen| {
                focused(screen).is_some_and(|now| now != before)
            });
        }
        panic!("there is no choice \"{word}\" in\n{}", self.term.screen());
    }

    /// Ticks one of several by walking to it.
    #[track_caller]
    fn tick(&mut self, word: &str) {
        let ticked = format!("[x] {word}");
        for _ in 0..20 {
            let before = self.term.screen();
            self.term.keys("space").until("a tick", PATIENCE, |screen| screen.contents() != before);
            if self.term.has(&ticked) {
                return;
            }
            self.term.keys("space").until("no tick", PATIENCE, |screen| screen.contents() == before);
            self.term.keys("right");
        }
        panic!("\"{word}\" cannot be ticked in\n{}", self.term.screen());
    }

    /// Ctrl-S, and the sheet closes because it is kept.
    #[track_caller]
    pub fn save(&mut self) -> &mut Self {
        self.keys("ctrl-s");
        self.term.gone("Ctrl-S");
        self.see("Saved:")
    }

    /// Opens a sheet, fills it, keeps it.
    #[track_caller]
    pub fn sheet(&mut self, keys: &str, title: &str, fields: &[(&str, Fill)]) -> &mut Self {
        self.open(keys, title).fill(fields).save()
    }

    /// Writes a new threat in a line of the register.
    #[track_caller]
    pub fn new_threat(&mut self, title: &str) -> &mut Self {
        self.open("n", "+ new:");
        self.term.text(title);
        self.keys("enter");
        self.term.gone("+ new:");
        self.see("Saved:")
    }

    /// Presses a key that asks for a yes, and says yes with the other key.
    #[track_caller]
    pub fn confirm(&mut self, keys: &str, question: &str) -> &mut Self {
        self.open(keys, question).keys("y");
        self.term.gone(question);
        self
    }
}

//! Keys: what a person presses, and which action it asks for.
//!
//! Footer, help, palette, which-key strip, README table and the check that no two keys collide all read the two tables
//! here, [`Action`] and [`defaults()`]; nothing prints a key that it did not read from a [`Keymap`].

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may; the build without them still forbids it"))]

mod action;
mod chord;
mod context;
mod defaults;
mod layout;
mod meeting;
mod named;
mod over;
mod print;

pub use action::Action;
pub use chord::{Chord, Key, Keys};
pub use context::Context;
pub use defaults::defaults;

use crossterm::event::KeyEvent;

/// What a key means where it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// It asks for this.
    Action(Action),
    /// It is the first of two; the strip of [`Keymap::continuations`] is to be shown.
    Pending(Chord),
    /// It asks for nothing; in a text context it is text, and after a prefix it closes the strip.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Binding {
    context: Context,
    keys: Keys,
    action: Action,
}

/// Which keys ask for which action in which context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What is wrong with keys that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The ids of the actions that it is about.
    pub of: Vec<String>,
    /// What it is, as a sentence without its full stop.
    pub says: String,
}

impl Default for Keymap {
    fn default() -> Self {
        let row = |&(context, keys, action): &(Context, &'static str, Action)| {
            several(keys).filter_map(move |keys| Some(Binding { context, keys: Keys::parse(keys).ok()?, action }))
        };
        Self { bindings: defaults().flat_map(row).collect() }
    }
}

/// The alternatives of one row.
fn several(keys: &str) -> impl Iterator<Item = &str> {
    keys.split("  ").map(str::trim).filter(|keys| !keys.is_empty())
}

impl Keymap {
    /// The default keys with rows of the configuration on top: an action's id and its keys, two blanks between
    /// alternatives. The keys replace the action's own, wherever it is bound. A bad row is a fault that names it.
    pub fn with_overrides<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Fault> {
        let mut keymap = Self::default();
        for (id, keys) in rows {
            keymap
                .rebind(id, keys)
                .map_err(|fault| Fault { of: vec![id.to_owned()], says: format!("\"{id}\" = \"{keys}\": {fault}") })?;
        }
        match keymap.clash() {
            Some(fault) => Err(fault),
            None => Ok(keymap),
        }
    }

    fn rebind(&mut self, id: &str, keys: &str) -> Result<(), String> {
        let action = Action::parse(id).ok_or("there is no such action")?;
        let keys = several(keys).map(Keys::parse).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err("no key is given".into());
        }
        let mut homes: Vec<_> =
            self.bindings.iter().filter(|row| row.action == action).map(|row| row.context).collect();
        homes.sort_unstable();
        homes.dedup();
        if homes.is_empty() {
            homes.push(Context::Global);
        }
        if let Some(text) = homes.iter().find(|home| home.is_text() && keys.iter().any(|keys| keys.first.is_text())) {
            return Err(format!("a bare character is text there ({})", text.title()));
        }
        self.bindings.retain(|row| row.action != action);
        for context in homes {
            self.bindings.extend(keys.iter().map(|&keys| Binding { context, keys, action }));
        }
        Ok(())
    }

    /// The first two bindings that collide, if any do.
    pub fn clash(&self) -> Option<Fault> {
        Context::ALL.into_iter().find_map(|context| {
            let rows: Vec<_> = self.rows(context).collect();
            let mut pairs =
                rows.iter().enumerate().flat_map(|(at, one)| rows[at + 1..].iter().map(move |two| (one, two)));
            pairs.find(|(one, two)| one.keys.clashes(two.keys)).map(|(one, two)| {
                let (place, a, b) = (context.title(), one.action.id(), two.action.id());
                let both = format!("{} is \"{a}\" and {} is \"{b}\"", one.keys, two.keys);
                let says = format!("{place}: {both}, which nobody can tell apart");
                Fault { of: vec![a.to_owned(), b.to_owned()], says }
            })
        })
    }

    fn rows(&self, context: Context) -> impl Iterator<Item = &Binding> {
        context.chain().iter().flat_map(|home| self.bindings.iter().filter(move |row| row.context == *home))
    }

    /// What `key` means in `context`, after the prefix `pending`.
    pub fn resolve(&self, context: Context, pending: Option<Chord>, key: &KeyEvent) -> Resolved {
        let Some(typed) = Chord::from_key(key) else { return Resolved::None };
        // A key as typed goes first: with overrides, a person may have bound a character of their own script.
        let found = self.look_up(context, pending, typed);
        if found != Resolved::None {
            return found;
        }
        // In text contexts no bare character is bound, so nothing that is written can become a command here.
        self.look_up(context, pending, typed.latin())
    }

    fn look_up(&self, context: Context, pending: Option<Chord>, chord: Chord) -> Resolved {
        let wanted = match pending {
            Some(first) => Keys { first, then: Some(chord) },
            None => Keys { first: chord, then: None },
        };
        if let Some(row) = self.rows(context).find(|row| row.keys == wanted) {
            return Resolved::Action(row.action);
        }
        let prefix = pending.is_none() && self.rows(context).any(|row| row.keys.first == chord);
        if prefix { Resolved::Pending(chord) } else { Resolved::None }
    }

    /// What works in `context`, innermost first, with all keys of each.
    pub fn active(&self, context: Context) -> Vec<(Keys, Action)> {
        self.rows(context).map(|row| (row.keys, row.action)).collect()
    }

    /// What may follow `prefix` in `context`.
    pub fn continuations(&self, context: Context, prefix: Chord) -> Vec<(Chord, Action)> {
        let after = |row: &Binding| row.keys.then.filter(|_| row.keys.first == prefix).map(|then| (then, row.action));
        self.rows(context).filter_map(after).collect()
    }

    /// The keys of `action` in `context`; the first is the one to show.
    pub fn keys_for(&self, action: Action, context: Context) -> Vec<Keys> {
        self.rows(context).filter(|row| row.action == action).map(|row| row.keys).collect()
    }
}

//! Do or find anything: every action that works here with its keys, and whatever has a name. Also the help page.

use super::{Model, context, entry::Entry, fuzzy::rank, list::Selection, refusal};
pub use crate::domain::page::{ControlText, Hit};
use crate::keymap::{Action, Keymap};

/// One row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An action, its keys, and why it cannot be done.
    Act(Action, String, Option<String>),
    /// Something that was found.
    Hit(Hit),
    /// The text of a control of another system.
    Text(ControlText),
}

/// The palette.
#[derive(Debug)]
pub struct Palette {
    /// Whether it was opened as the help: then it explains and shows keys first.
    pub help: bool,
    /// Whether it offers texts of controls of other systems instead.
    pub texts: bool,
    /// Whether it offers the systems of the record instead: which of them a file tested.
    pub tested: bool,
    /// What is typed.
    pub query: Entry,
    /// Every action that works below it.
    pub all: Vec<Item>,
    /// What was found in the record for the query.
    pub hits: Vec<Hit>,
    /// What fits, best first.
    pub shown: Vec<Item>,
    /// Which row.
    pub at: Selection,
}

impl Palette {
    /// The palette over what is open now.
    pub fn over(model: &Model, keymap: &Keymap, help: bool) -> Self {
        let place = context(model);
        let mut all: Vec<Item> = Vec::new();
        for (keys, action) in keymap.active(place) {
            let keys = keys.to_string();
            if let Some(Item::Act(_, known, _)) = all.iter_mut().find(|i| matches!(i, Item::Act(a, ..) if *a == action))
            {
                known.push_str("  ");
                known.push_str(&keys);
            } else if !hidden(action) {
                all.push(Item::Act(action, keys, refusal(model, action)));
            }
        }
        for action in Action::PALETTE_ONLY {
            all.push(Item::Act(action, String::new(), refusal(model, action)));
        }
        let mut palette = Self {
            help,
            texts: false,
            tested: false,
            query: Entry::line(""),
            all,
            hits: Vec::new(),
            shown: Vec::new(),
            at: Selection::default(),
        };
        palette.fill();
        palette
    }

    /// The systems of the record, to say which of them a file tested.
    pub fn of_systems() -> Self {
        let at = Selection::default();
        let query = Entry::line("");
        Self {
            help: false,
            texts: false,
            tested: true,
            query,
            all: Vec::new(),
            hits: Vec::new(),
            shown: Vec::new(),
            at,
        }
    }

    /// Works out again what fits the query; texts come as they were found.
    pub fn fill(&mut self) {
        if self.texts {
            self.shown.clone_from(&self.all);
            return self.at.select(0);
        }
        let query = self.query.text();
        let names: Vec<String> = self.all.iter().map(Item::text).collect();
        let ranked = rank(&query, names.iter().map(String::as_str));
        self.shown = ranked.into_iter().map(|(at, _)| self.all[at].clone()).collect();
        self.shown.sort_by_key(|item| matches!(item, Item::Act(_, _, Some(_))));
        // What begins with what was typed is what was meant; other finds come after the actions.
        let begins = |hit: &&Hit| hit.text.to_lowercase().starts_with(&query.trim().to_lowercase());
        let (first, rest): (Vec<&Hit>, Vec<&Hit>) = self.hits.iter().partition(begins);
        self.shown.splice(0..0, first.into_iter().cloned().map(Item::Hit));
        self.shown.extend(rest.into_iter().cloned().map(Item::Hit));
        self.at.select(0);
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Item> {
        self.shown.get(self.at.among(self.shown.len())?)
    }
}

impl Item {
    fn text(&self) -> String {
        match self {
            Self::Act(action, ..) => format!("{} {}", action.title(), action.help()),
            Self::Hit(hit) => hit.text.clone(),
            Self::Text(text) => text.title.clone(),
        }
    }
}

/// Moving is not something to look for by name.
fn hidden(action: Action) -> bool {
    super::list::Step::of(action).is_some() || matches!(action, Action::Left | Action::Right)
}

//! The sample portfolio behind `docket demo`: an invented organisation with its people, its AI systems and eight months
//! of review work, told as commands.
//!
//! The content is in `assets/demo/*.toml`. [`script`] turns it into acts in time order, [`run`] drives them through
//! whatever decides and stores; there is no back door. The same `today` always gives the same record.

#[cfg(test)]
mod check_stages;
mod clock;
mod deed;
mod dpo;
mod keys;
mod meetings;
mod plan;
mod sheet;
mod slot;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::{
    Dossier, Event, Id, Kind, Line,
    command::Command,
    fields::{Day, Moment},
    people::{Role, Stamp},
};

pub use deed::Deed;
pub use meetings::Sitting;
pub use slot::{Slot, Slots};

/// What can go wrong with the sample.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The shipped content cannot be read.
    #[error("the sample content is wrong: {0}")]
    Content(String),
    /// A command of the sample was not taken.
    #[error("the sample act \"{act}\" was refused: {why}")]
    Refused {
        /// Which act, in words.
        act: String,
        /// Why.
        why: String,
    },
}

/// One thing that somebody of the sample does.
#[derive(Debug, Clone)]
pub struct Act {
    /// When.
    pub at: Moment,
    /// Who, by the key of the sample.
    pub person: String,
    /// In which hat.
    pub role: Role,
    /// On which system, by the key of the sample; none for the record itself.
    pub subject: Option<String>,
    /// What; its names are resolved when it is performed.
    pub deed: Deed,
}

/// What the sample came to.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The name of the invented organisation.
    pub organisation: String,
    /// The person who sits before the screen.
    pub me: Id,
    /// The key of each system with its identity, in the order of the portfolio.
    pub systems: Vec<(String, Id)>,
    /// How many commands were performed.
    pub commands: usize,
}

/// Decides and stores a command on a subject, and gives back what happened.
pub type Perform<'a> = dyn FnMut(Option<Id>, &Command, &Stamp) -> Result<Vec<Event>, String> + 'a;

/// Everything that the people of the sample do in the eight months before `today`, in time order.
pub fn script(today: Day) -> Result<Vec<Act>, Trouble> {
    let roster = sheet::roster()?;
    let mut acts = plan::founding(&roster, today)?;
    for (lane, sheet) in sheet::sheets()?.iter().enumerate() {
        acts.extend(plan::system(&roster, sheet, lane, today)?);
    }
    acts.sort_by_key(|act| act.at);
    acts.extend(meetings::meetings(&acts, today));
    acts.sort_by_key(|act| act.at);
    Ok(acts)
}

/// Performs the sample through `perform`, act by act. For a new system the subject is its identity to be.
pub fn run(today: Day, perform: &mut Perform<'_>) -> Result<Demo, Trouble> {
    let roster = sheet::roster()?;
    let acts = script(today)?;
    let mut known = Known::default();
    for (number, act) in acts.iter().enumerate() {
        let refused = |why: String| Trouble::Refused { act: act.words(), why };
        let stamp = known.stamp(act, number).map_err(refused)?;
        let command = known.command(act).map_err(refused)?;
        let subject = match (&act.subject, &act.deed) {
            (Some(_), Deed::NewSystem(_)) => Some(stamp.fresh()),
            (Some(key), _) => Some(known.id(key).map_err(refused)?),
            (None, _) => None,
        };
        let events = perform(subject, &command, &stamp).map_err(refused)?;
        known.learn(act, subject, &events);
    }
    let me = known.id(&slot::person(&roster.me)).map_err(Trouble::Content)?;
    let keys = sheet::sheets()?.into_iter().map(|sheet| sheet.key);
    let systems = keys.filter_map(|key| known.ids.get(&key).copied().map(|id| (key, id))).collect();
    Ok(Demo { organisation: roster.organisation, me, systems, commands: acts.len() })
}

impl Act {
    /// The act in a few words, for messages.
    pub fn words(&self) -> String {
        let subject = self.subject.as_deref().unwrap_or("record");
        format!("{subject}: {} as {:?}, {}", self.person, self.role, self.deed.words())
    }
}

/// The identities learnt so far, by the names of the sample.
#[derive(Default)]
struct Known {
    ids: BTreeMap<String, Id>,
    names: BTreeMap<String, Line>,
    /// The meeting that runs.
    running: Option<Id>,
    /// What happened to each system, for whoever signs what they did.
    dossiers: BTreeMap<String, Dossier>,
}

impl Known {
    fn id(&self, name: &str) -> Result<Id, String> {
        self.ids.get(name).copied().ok_or_else(|| format!("nothing is called {name} yet"))
    }

    /// The command of an act, with every name in it resolved.
    fn command(&self, act: &Act) -> Result<Command, String> {
        match (&act.deed, &act.subject) {
            (Deed::Register, _) => keys::register(&act.person),
            (Deed::Seal(sort), Some(key)) => {
                let dossier = self.dossiers.get(key).ok_or("nothing happened to it yet")?;
                keys::seal(dossier, (&act.person, self.id(&slot::person(&act.person))?), act.role, *sort)
            }
            (deed, _) => deed.command(&self.ids),
        }
    }

    /// The stamp of an act. Whoever is entered first enters themselves: their identity is the first that it makes.
    fn stamp(&self, act: &Act, number: usize) -> Result<Stamp, String> {
        let key = slot::person(&act.person);
        let chance = clock::chance(number);
        let by = match &act.deed {
            Deed::Add { name, .. } if self.ids.is_empty() && *name == key => Id::v7(act.at.0, chance, 0),
            _ => self.id(&key)?,
        };
        let name = self.names.get(&key).cloned().unwrap_or_default();
        Ok(Stamp {
            at: act.at,
            today: clock::day_of(act.at),
            by,
            name,
            role: act.role,
            meeting: self.sits_in(act),
            chance,
            made: 0.into(),
        })
    }

    /// The meeting in which an act is done: what is decided while one runs, and whatever is done in it.
    fn sits_in(&self, act: &Act) -> Option<Id> {
        match &act.deed {
            Deed::Sit(sitting) => self.ids.get(sitting.meeting()).copied(),
            Deed::Plain(Command::Decide { .. }) => self.running,
            _ => None,
        }
    }

    /// Keeps the identities that an act made.
    fn learn(&mut self, act: &Act, subject: Option<Id>, events: &[Event]) {
        if let (Some(name), Some(first)) = (act.deed.makes(), events.first()) {
            self.ids.insert(name.to_owned(), first.entity);
            let line = first.set.iter().find(|change| first.of == Kind::Person && change.field == "name");
            if let Some(crate::domain::value::Value::Text(text)) = line.map(|change| &change.new) {
                self.names.insert(name.to_owned(), Line::new(text));
            }
        }
        match &act.deed {
            Deed::Sit(sitting @ Sitting::Open(_)) => self.running = self.ids.get(sitting.meeting()).copied(),
            Deed::Sit(Sitting::Close(_)) => self.running = None,
            _ => {}
        }
        let (Some(key), Some(subject)) = (&act.subject, subject) else { return };
        self.ids.insert(key.clone(), subject);
        let fresh = || Dossier { subject: Some(subject), ..Dossier::default() };
        let dossier = self.dossiers.entry(key.clone()).or_insert_with(fresh);
        for event in events {
            dossier.apply(event);
        }
        let mut condition = 0;
        for event in events {
            match event.of {
                Kind::Intake | Kind::Privacy | Kind::Review | Kind::Disposition => {
                    self.ids.insert(format!("{key}/{}", event.of.code()), event.entity);
                }
                Kind::Condition => {
                    condition += 1;
                    self.ids.insert(format!("{key}/condition{condition}"), event.entity);
                }
                _ => {}
            }
        }
    }
}

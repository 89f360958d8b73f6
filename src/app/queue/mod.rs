//! A queue: one thing after the other, with as few keys as it takes, and at the end what came of it.

mod work;

pub use work::{commit, on_queue, rate_queue, tier_queue};

use super::system::Scoring;
use crate::domain::{
    Dossier, Id, Kind, answers_of,
    fields::Day,
    library::{Answers, Level, QUESTIONS, TierResult, tier},
    page::{QueueItem, QueueOf},
    register::{Threat, Treatment, ratings},
    system::Answer,
};

/// How far a thing of the queue is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// It was not looked at yet.
    #[default]
    Waiting,
    /// It was put off.
    Skipped,
    /// It is done.
    Done(Done),
}

/// What came of a thing of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// The level that a threat has now, or the tier of a system, as people call it.
    pub level: String,
    /// What is to be done about a threat.
    pub treatment: Option<Treatment>,
}

/// A queue, and the thing at hand.
#[derive(Debug)]
pub struct Queue {
    /// What it is made of.
    pub of: QueueOf,
    /// Its things, in the order in which they come up.
    pub items: Vec<(QueueItem, State)>,
    /// Which one is at hand; past the last one when nothing waits any more.
    pub at: usize,
    /// How many more there are than were read.
    pub beyond: usize,
    /// The system of the thing at hand.
    pub dossier: Dossier,
    /// The digits that were typed.
    pub scoring: Scoring,
    /// The treatment that was chosen before the digits.
    pub treatment: Option<Treatment>,
    /// The answers that were given, in the order of the questions.
    pub answers: [Option<u8>; QUESTIONS.len()],
    /// The question at hand.
    pub asked: usize,
    /// How many keys were pressed since the queue began, for what the rest will take.
    pub keys: usize,
    /// Reasons that were given in this queue, the newest first.
    pub reasons: Vec<(Treatment, String)>,
    /// Where leaving goes to: the system that it was begun from, else the board.
    pub home: Option<Id>,
}

impl Queue {
    /// A queue, with its first thing at hand.
    pub fn new(of: QueueOf, (items, beyond): (Vec<QueueItem>, usize), dossier: Dossier) -> Self {
        let home = match of {
            QueueOf::Threats(home) => home,
            QueueOf::Intakes | QueueOf::Shown => None,
        };
        let mut queue = Self {
            of,
            items: items.into_iter().map(|item| (item, State::Waiting)).collect(),
            at: 0,
            beyond,
            dossier,
            scoring: Scoring::default(),
            treatment: None,
            answers: [None; QUESTIONS.len()],
            asked: 0,
            keys: 0,
            reasons: Vec::new(),
            home,
        };
        queue.take_up(0);
        queue
    }

    /// The thing at hand; none when nothing waits any more.
    pub fn item(&self) -> Option<&QueueItem> {
        self.items.get(self.at).map(|(item, _)| item)
    }

    /// The threat at hand.
    pub fn threat(&self) -> Option<&Threat> {
        let id = self.item()?.threat?;
        self.dossier.threats.iter().find(|threat| threat.id == id)
    }

    /// How many things are in this state.
    pub fn count(&self, wanted: impl Fn(&State) -> bool) -> usize {
        self.items.iter().filter(|(_, state)| wanted(state)).count()
    }

    /// How many still wait.
    pub fn left(&self) -> usize {
        self.count(|state| *state == State::Waiting)
    }

    /// About how many keys the rest will take, at the pace so far; three a threat and eight a system before there is one.
    pub fn keys_left(&self) -> usize {
        let done = self.count(|state| *state != State::Waiting);
        let usual = if self.of == QueueOf::Intakes { 8 } else { 3 };
        let each = if done < 3 { usual } else { self.keys.div_ceil(done).max(1) };
        self.left() * each
    }

    /// The one that comes after the one at hand: the next that waits, from the beginning again where none follows.
    pub fn next(&self) -> Option<usize> {
        let waits = |at: &usize| *at != self.at && self.items[*at].1 == State::Waiting;
        (self.at + 1..self.items.len()).find(waits).or_else(|| (0..self.at.min(self.items.len())).find(waits))
    }

    /// Takes up a thing of the queue; what was typed for another one is gone.
    pub fn take_up(&mut self, at: usize) {
        self.at = at;
        self.scoring = Scoring::default();
        self.treatment = None;
        self.asked = 0;
        self.answers = [None; QUESTIONS.len()];
        if self.of == QueueOf::Intakes
            && let Some(intake) = self.dossier.intake()
        {
            self.answers = answers_of(intake).map(|(_, answer)| answer.map(Answer::level));
            self.asked = self.answers.iter().position(Option::is_none).unwrap_or(0);
        }
    }

    /// What the answers so far come to; what is not answered counts as the worst.
    pub fn tier(&self) -> TierResult {
        tier(&Answers::new(self.answers), &|fact| self.dossier.fact(fact))
    }

    /// The level that the digits come to.
    pub fn level(&self) -> Option<Level> {
        self.dossier.matrix().level(self.scoring.likelihood?, self.scoring.impact?)
    }

    /// The thing at hand is durable, or put off; the next one is there.
    pub fn go_on(&mut self, state: State, dossier: Option<Dossier>) {
        if let Some((_, of)) = self.items.get_mut(self.at) {
            *of = state;
        }
        let next = self.next();
        if let Some(dossier) = dossier {
            self.dossier = dossier;
        }
        self.take_up(next.unwrap_or(self.items.len()));
    }

    /// Takes in a newer state of the system at hand, or of one that was undone: what is unscored again waits again.
    pub fn replace(&mut self, dossier: Dossier, today: Day) {
        let system = dossier.subject;
        let open = |item: &QueueItem| match item.threat {
            Some(id) => {
                dossier.find(Kind::Threat, id).is_some_and(|threat| !threat.archived())
                    && dossier.threats.iter().any(|t| t.id == id && ratings(&dossier, t, today).inherent.is_none())
            }
            None => {
                dossier.intake().is_some_and(|intake| answers_of(intake).iter().any(|(_, answer)| answer.is_none()))
            }
        };
        let of_system = |item: &QueueItem| Some(item.system) == system;
        let again = self
            .items
            .iter()
            .position(|(item, state)| matches!(state, State::Done(_)) && of_system(item) && open(item));
        let here = self.item().is_some_and(of_system);
        if here || again.is_some() {
            self.dossier = dossier;
        }
        if let Some(again) = again {
            self.items[again].1 = State::Waiting;
            self.take_up(again);
        }
    }
}

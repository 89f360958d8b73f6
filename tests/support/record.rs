//! What happened on a desk, as a record on the disk that any door opens.

use std::path::Path;

use super::{Desk, START, day_of};
use docket::{
    domain::{
        Dossier, Event, Id, Kind,
        fields::Vocabulary,
        people::{Role, Stamp},
        summary::summarise,
        value::Value,
    },
    store::{Open, Store},
};

impl Desk {
    /// Writes what happened after the first `known` events into the record at `path`; a new one where nothing is known.
    pub fn write(&self, path: &Path, known: usize) {
        let mut store = Store::open(path, Open { create: known == 0, ..Open::default() }).expect("a record");
        let of_record = |event: &Event| event.of == Kind::Person;
        let by = |event: &Event| signed_by(event).unwrap_or((Role::Security, self.people[1]));
        let summarised = |dossier: &Dossier| summarise(dossier, day_of(START));
        for events in self.events[known..].chunk_by(|a, b| of_record(a) == of_record(b) && by(a) == by(b)) {
            let (role, person) = by(&events[0]);
            let stamp = self.stamp(role, person);
            let subject = self.dossier.subject.filter(|_| !of_record(&events[0]));
            let done = store.transact(subject, &stamp, &summarised, |_| Ok::<_, ()>(events.to_vec()));
            let _ = done.expect("it is written").expect("nobody was asked");
        }
        store.close().expect("it is closed");
    }

    /// [`Self::write`], command by command, each by whoever gave it and when.
    pub fn write_acts(&self, path: &Path, known: usize) {
        let mut store = Store::open(path, Open::default()).expect("a record");
        let summarised = |dossier: &Dossier| summarise(dossier, day_of(START));
        let mut at = known;
        for acts in self.acts[known..].chunk_by(|a, b| a == b) {
            let events = &self.events[at..at + acts.len()];
            at += acts.len();
            let (role, person) = acts[0].map_or((Role::Security, self.people[1]), |act| (act.role, act.person));
            let stamp = Stamp { at: acts[0].map_or(self.now, |act| act.at), ..self.stamp(role, person) };
            let subject = self.dossier.subject.filter(|_| events[0].of != Kind::Person);
            let done = store.transact(subject, &stamp, &summarised, |_| Ok::<_, ()>(events.to_vec()));
            let _ = done.expect("it is written").expect("nobody was asked");
        }
        store.close().expect("it is closed");
    }

    /// The same desk in another place: what is made there has other identities.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self { lane: self.lane + 100, ..self.clone() }
    }

    /// The moment it is on this desk, as `DOCKET_NOW` takes it.
    pub fn clock(&self) -> String {
        chrono::DateTime::from_timestamp_millis(self.now.0).expect("a moment of our time").to_rfc3339()
    }
}

/// Who gave a sign-off or decided: what binds is written by the person that it names.
fn signed_by(event: &Event) -> Option<(Role, Id)> {
    if !matches!(event.kind().as_str(), "signoff.sign" | "disposition.decide") {
        return None;
    }
    let text = |field: &str| {
        let set = event.set.iter().find(|change| change.field == field);
        set.and_then(|change| if let Value::Text(text) = &change.new { Some(text.clone()) } else { None })
    };
    let role = text("role").map_or(Some(Role::Signoff), |code| Role::parse(&code))?;
    Some((role, Id::parse(&text("person")?)?))
}

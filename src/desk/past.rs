//! The past: a system as it was after any entry, what changed since, and the record as it was printed then.

use super::{Desk, Trouble};
use crate::{
    domain::{
        Dossier, Id, Refusal,
        decision::fingerprint,
        fields::Day,
        page::Opened,
        past::{AsOf, Changed, changes, lines, summary},
        people::Stamp,
        register::day_of,
        rules,
        value::Value,
        wording,
    },
    exchange::record::{self, Record},
    store::Store,
};

/// How many entries the log of the past shows at once.
const HISTORY: usize = 400;

/// A disposition record as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// For a machine.
    pub json: String,
    /// For people.
    pub markdown: String,
}

impl Desk {
    /// A system right after entry `n`, and the point that this is.
    pub fn dossier_at(&self, system: Id, n: i64) -> Result<(Dossier, AsOf), Trouble> {
        let store = self.store()?;
        let point = store.entry_upto(n)?.filter(|(last, _)| *last == n);
        let Some((n, at)) = point else {
            return Err(Trouble::Usage(format!("There is no entry {n} in this record. docket journal lists them.")));
        };
        let end = store.end_of_command(n)?;
        let mut dossier = store.dossier_at(system, end)?.ok_or_else(|| {
            Trouble::Usage(format!("The system was not in the record yet at entry {n}. Choose a later entry."))
        })?;
        dossier.freeze();
        Ok((dossier, AsOf { n: end, at, day: day_of(at) }))
    }

    /// A system right after entry `n`, as its screen shows it.
    pub fn as_of(&self, system: Id, n: i64) -> Result<(Opened, AsOf), Trouble> {
        let (dossier, point) = self.dossier_at(system, n)?;
        let entries = self.store()?.history(Some(Some(system)), Some(point.n + 1), HISTORY)?;
        let history = entries.iter().map(|entry| super::log::line(&dossier, entry)).collect();
        let store = self.store()?;
        let voided = super::voids::voided(store, &dossier, Some(point.n))?;
        let since = super::voids::since_then(store, &dossier)?;
        let trend = store.trend(&dossier, point.day)?;
        let opened = Opened { dossier, history, voided, since, drafts: Vec::new(), register: None, trend };
        Ok((opened, point))
    }

    /// What changed in a system after entry `since`, up to and with `until` or up to now.
    pub fn changes(&self, system: Id, since: i64, until: Option<i64>) -> Result<Vec<Changed>, Trouble> {
        let store = self.store()?;
        let before = store.dossier_at(system, since)?.unwrap_or_default();
        let after = match until {
            Some(n) => self.dossier_at(system, n)?.0,
            None => store.dossier(Some(system))?,
        };
        Ok(changes(&before, &after))
    }

    /// The same as a text to read: its title and its lines.
    pub fn changes_to_read(
        &self,
        system: Id,
        since: i64,
        until: Option<i64>,
    ) -> Result<(String, Vec<String>), Trouble> {
        let found = self.changes(system, since, until)?;
        let store = self.store()?;
        let when = |n: i64| -> Result<String, Trouble> {
            let at = store.entry_upto(n)?.map_or_else(String::new, |(_, at)| format!(" ({})", wording::moment(at)));
            Ok(format!("entry {n}{at}"))
        };
        let until = until.map_or_else(|| Ok("now".to_owned()), when)?;
        let title = format!("What changed: {}", summary(&found));
        let mut all = vec![format!("From right after {} to {until}.", when(since)?), String::new()];
        all.extend(lines(&found));
        Ok((title, all))
    }

    /// The last entry before a day begins.
    pub fn entry_before(&self, day: Day) -> Result<i64, Trouble> {
        let start = day.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Ok(self.store()?.entry_before(crate::domain::fields::Moment(start))?)
    }

    /// The disposition record as it was right after entry `n`. Of a decision it is what was kept when it was made, byte by
    /// byte; at any other point it is made from the dossier of then.
    pub fn printed_at(&self, system: Id, n: i64) -> Result<Printed, Trouble> {
        let (dossier, point) = self.dossier_at(system, n)?;
        if let Some(kept) = self.kept(&dossier, Some(n))? {
            return Ok(kept);
        }
        let made = self.record_at(&dossier, point)?;
        Ok(Printed { json: made.to_json(), markdown: made.to_markdown() })
    }

    /// The disposition record as it was when the last decision was made.
    pub fn printed_as_decided(&self, system: Id) -> Result<Printed, Trouble> {
        let dossier = self.dossier(system)?;
        let made = dossier.last_disposition();
        let Some(made) = made else {
            return Err(Trouble::Usage(format!("Nothing was decided about {} yet.", dossier.name())));
        };
        if let Some(kept) = self.kept(&dossier, None)? {
            return Ok(kept);
        }
        // A decision of before such records were kept.
        let decided = self.store()?.entity_history(made.id)?;
        let n = decided.iter().find(|entry| entry.verb() == "decide").map_or(0, |entry| entry.n);
        self.printed_at(system, n)
    }

    /// What was kept with the last decision; at a point in the past only when nothing but that decision came between.
    fn kept(&self, dossier: &Dossier, at: Option<i64>) -> Result<Option<Printed>, Trouble> {
        let Some(made) = dossier.last_disposition() else { return Ok(None) };
        let store = self.store()?;
        let all = store.entity_history(made.id)?;
        let prints: Vec<_> = all.iter().filter(|entry| entry.verb() == "print").collect();
        let within = match (at, prints.first()) {
            (None, found) => found.is_some(),
            (Some(n), Some(last)) => n <= last.n && all.iter().any(|entry| entry.verb() == "decide" && entry.n <= n),
            (Some(_), None) => false,
        };
        if !within {
            return Ok(None);
        }
        let text = |field: &str| -> Result<Option<String>, Trouble> {
            let set = prints.iter().flat_map(|entry| &entry.body.set).find(|change| change.field == field);
            let Some(Value::Text(digest)) = set.map(|change| &change.new) else { return Ok(None) };
            let kept = store.blob(digest)?;
            if kept.as_deref().is_some_and(|text| fingerprint(text).0 != *digest) {
                let says = "The record that was kept with the decision is not what it was. Run docket verify.";
                return Err(Trouble::Usage(says.into()));
            }
            Ok(kept)
        };
        Ok(text("record_json")?.zip(text("record_text")?).map(|(json, markdown)| Printed { json, markdown }))
    }

    fn record_at(&self, dossier: &Dossier, point: AsOf) -> Result<Record, Trouble> {
        let n = point.n;
        let (events, head) = self.store()?.head_at(n)?;
        let context = record::Context {
            version: env!("CARGO_PKG_VERSION").into(),
            head: Some(head),
            events: i64::try_from(events).unwrap_or(i64::MAX),
            voided: super::voids::voided(self.store()?, dossier, Some(n))?,
        };
        record::build(dossier, point.day, point.at, &context)
            .ok_or_else(|| Trouble::Usage("There is no system to write a record of.".into()))
    }
}

/// Keeps the record of the decision that was just made, as it would be printed now.
pub(super) fn keep_printed(store: &mut Store, dossier: &Dossier, stamp: &Stamp) -> Result<Dossier, Trouble> {
    let made = record::build(dossier, stamp.today, stamp.at, &super::imprint(store, dossier)?);
    let Some(made) = made else { return Ok(dossier.clone()) };
    let (json, markdown) = (made.to_json(), made.to_markdown());
    let ask = |dossier: &Dossier| Ok::<_, Refusal>(rules::keep_printed(dossier, json, markdown));
    let done = store.transact_owing(dossier.subject, stamp, &super::summary_today, ask)??;
    Ok(done.dossier)
}

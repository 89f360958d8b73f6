//! What the screens show: the board, one system with its history, and which edit voided whose sign-off.

use super::{Desk, Trouble, file_name};
use crate::{
    clock,
    domain::{
        Dossier, Id, Kind,
        decision::{Signoff, SignoffState, due_roles, latest_signoff, signoff_state, snapshot},
        fields::Vocabulary,
        page::{BoardPage, HistoryLine, Hit, Me, Opened, PAGE, RecordInfo, STEPS},
        people::Role,
        wording::{self, happened},
    },
    store::{Entry, Store},
};

/// How many entries of the history a screen holds.
const HISTORY: usize = 400;

impl Desk {
    /// A part of the board, with what waits for the person who sits here. Lines that no longer hold are shown as they
    /// were: whoever shows them brings them up to date by and by, see [`Desk::freshen`].
    pub fn board(&self, from: usize) -> Result<BoardPage, Trouble> {
        let today = clock::today();
        let Some(me) = self.me() else { return Ok(BoardPage::default()) };
        let store = self.store()?;
        let totals = store.totals(today)?;
        let steps = store.steps(me, STEPS)?;
        let steps_total = steps.len();
        Ok(BoardPage {
            from,
            rows: store.dashboard(from, PAGE)?,
            total: totals.systems as usize,
            late: totals.overdue as usize,
            cleared: totals.cleared as usize,
            with_gaps: totals.with_gaps as usize,
            unscored: totals.unscored as usize,
            steps: steps.into_iter().map(|pending| (pending.system, pending.name.to_string(), pending.step)).collect(),
            steps_total,
            drafts: self.drafts()?,
            risk: Box::new(self.risk(today)?),
            only: None,
        })
    }

    /// One system, as its screen shows it.
    pub fn opened(&self, system: Id) -> Result<Opened, Trouble> {
        let store = self.store()?;
        let dossier = store.dossier(Some(system))?;
        self.shown(dossier)
    }

    /// A dossier that was just read or written, with its history.
    pub fn shown(&self, dossier: Dossier) -> Result<Opened, Trouble> {
        let store = self.store()?;
        let entries = store.history(Some(dossier.subject), None, HISTORY)?;
        let history = entries.iter().map(|entry| line(&dossier, entry)).collect();
        let voided = voided(store, &dossier)?;
        let drafts = self.drafts()?;
        let trend = store.trend(&dossier, clock::today())?;
        Ok(Opened { dossier, history, voided, drafts, trend })
    }

    /// Who sits here, with their hats.
    pub fn seat(&self, wanted: Option<Role>) -> Result<Option<Me>, Trouble> {
        let Some(person) = self.me() else { return Ok(None) };
        let record = self.store()?.dossier(None)?;
        let name = record.person_name(person).map_or_else(String::new, ToString::to_string);
        let roles = self.hats()?;
        // The hat in which the most pressing work waits, so that the first Enter needs no question.
        let waiting = self.store()?.steps(person, 1)?.first().map(|pending| pending.step.role);
        let role = wanted.or(waiting).or_else(|| roles.first().copied()).unwrap_or(Role::Auditor);
        Ok(Some(Me { person, name, role, roles }))
    }

    /// What the record is, for the header.
    pub fn info(&self) -> RecordInfo {
        RecordInfo {
            name: file_name(&self.paths.record),
            sample: self.sample,
            read_only: self.store().ok().and_then(Store::read_only),
        }
    }

    /// Systems and threats with this in their name.
    pub fn search(&self, query: &str) -> Result<Vec<Hit>, Trouble> {
        let store = self.store()?;
        let hits = store.search(query, 20)?;
        let named = |system: Id| store.dossier(Some(system)).map(|d| d.name().to_owned()).unwrap_or_default();
        let hit = |hit: crate::store::Hit| {
            let threat = hit.kind == Kind::Threat;
            let place = if threat { named(hit.system) } else { String::new() };
            Hit { system: hit.system, thing: threat.then_some(hit.entity), text: hit.text.to_string(), place }
        };
        Ok(hits.into_iter().map(hit).collect())
    }
}

/// What an entry says, in words.
pub fn what(dossier: &Dossier, entry: &Entry) -> String {
    match entry.of {
        Some(of) => happened(dossier, of, entry.entity, entry.verb(), &entry.body.set),
        None => entry.kind.replace('.', " "),
    }
}

fn line(dossier: &Dossier, entry: &Entry) -> HistoryLine {
    HistoryLine {
        n: entry.n,
        at: entry.at,
        who: entry.name.clone(),
        role: entry.role.map_or("", Vocabulary::label).to_owned(),
        what: what(dossier, entry),
        why: entry.body.why.clone(),
    }
}

/// For each sign-off that a later change voided: which edit, by whom, when.
fn voided(store: &Store, dossier: &Dossier) -> Result<Vec<(Role, String)>, Trouble> {
    let mut out = Vec::new();
    for role in due_roles(dossier) {
        let Some(signoff) = latest_signoff(dossier, role) else { continue };
        if signoff_state(dossier, signoff) == SignoffState::Voided {
            out.extend(voided_by(store, dossier, role, signoff)?.map(|says| (role, says)));
        }
    }
    Ok(out)
}

fn voided_by(store: &Store, dossier: &Dossier, role: Role, signoff: &Signoff) -> Result<Option<String>, Trouble> {
    let Some(signed) = store.blob(&signoff.content.0)? else { return Ok(None) };
    let now = snapshot(dossier, role);
    let changed = differing(&signed, &now);
    let since = store.entity_history(signoff.id)?.last().map_or(0, |entry| entry.n);
    let mut fields: Vec<(Id, &str)> = changed.iter().map(|(id, field)| (*id, field.as_str())).collect();
    let ids: Vec<Id> = changed.iter().map(|(id, _)| *id).collect();
    fields.extend(ids.iter().map(|id| (*id, "archived")));
    let Some(entry) = store.last_change(&fields, since)? else { return Ok(None) };
    let when = wording::moment(entry.at);
    let hat = entry.role.map_or("", Vocabulary::label);
    Ok(Some(format!("entry {} by {} ({hat}) on {when}: {}", entry.n, entry.name, what(dossier, &entry))))
}

/// The fields that only one of two snapshots holds, or that they hold differently.
fn differing(signed: &str, now: &str) -> Vec<(Id, String)> {
    let before: std::collections::BTreeSet<&str> = signed.lines().collect();
    let after: std::collections::BTreeSet<&str> = now.lines().collect();
    let mut fields: Vec<(Id, String)> = before
        .symmetric_difference(&after)
        .filter_map(|line| {
            let mut parts = line.splitn(4, ' ').skip(1);
            Some((Id::parse(parts.next()?)?, parts.next()?.to_owned()))
        })
        .collect();
    fields.sort();
    fields.dedup();
    fields
}

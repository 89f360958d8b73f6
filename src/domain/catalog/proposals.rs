//! Which threats docket proposes for a system, and why: each reason names the fact and where it is known from.

use std::collections::HashSet;

use super::{Library, Standing, facts};
use crate::domain::{
    Dossier,
    library::{Fit, ThreatEntry, fit, vocabulary},
    register::Considered,
};

/// A threat that is proposed.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// The entry of the library.
    pub threat: &'a ThreatEntry,
    /// Whether it applies, or waits for facts that nobody settled.
    pub fit: Fit<'a>,
    /// Why, in a whole sentence.
    pub because: String,
}

impl Offer<'_> {
    /// Whether it applies by what is known.
    pub fn applies(&self) -> bool {
        matches!(self.fit, Fit::Applies(_))
    }
    /// The facts that make it apply, or that it waits for.
    pub fn facts(&self) -> &[&str] {
        match &self.fit {
            Fit::Applies(facts) | Fit::Open(facts) => facts,
            Fit::No => &[],
        }
    }
}

/// What [`Considered::subject`] calls a threat of the library.
pub fn subject(code: &str) -> String {
    format!("library:{code}")
}

/// That a threat of the library was considered and found not relevant, with the reason.
pub fn considered<'a>(dossier: &'a Dossier, code: &str) -> Option<&'a Considered> {
    let subject = subject(code);
    dossier.considered.iter().find(|row| !row.archived && row.subject.as_str() == subject && !row.reason.is_empty())
}

/// The threats that apply, by number, followed by those that wait for open facts. What is in the register and what
/// was considered is not proposed again; what was withdrawn from the register is, and says so.
pub fn offers<'a>(library: &'a Library<'_>, dossier: &Dossier) -> Vec<Offer<'a>> {
    let standing = facts(dossier);
    let holds = |id: &str| standing.iter().find(|fact| fact.fact == id).and_then(|fact| fact.holds);
    let known: HashSet<&str> = dossier.live_threats().map(|threat| threat.library.as_str()).collect();
    let fresh = library.threats().filter(|entry| !known.contains(entry.id.as_str()));
    let fresh = fresh.filter(|entry| considered(dossier, &entry.id).is_none());
    let mut all: Vec<Offer> = fresh
        .filter_map(|threat| {
            let fit = fit(threat, &holds);
            let mut because = because(&fit, &standing)?;
            if let Some(old) = dossier.threats.iter().find(|old| old.library.as_str() == threat.id) {
                because = format!("{because} It was withdrawn here as {}.", old.reference());
            }
            Some(Offer { threat, fit, because })
        })
        .collect();
    all.sort_by_key(|offer| !offer.applies());
    all
}

fn because(fit: &Fit, standing: &[Standing]) -> Option<String> {
    let told = |id: &&str| {
        let title = vocabulary().fact_title(id);
        let says = standing.iter().find(|fact| fact.fact == *id).map_or("", |fact| fact.because.as_str());
        format!("\"{title}\" ({says})")
    };
    let titled = |id: &&str| format!("\"{}\"", vocabulary().fact_title(id));
    match fit {
        Fit::No => None,
        Fit::Applies(facts) if facts.is_empty() => Some("Applies to every AI system.".to_owned()),
        Fit::Applies(facts) => Some(format!("Applies because of {}.", joined(facts.iter().map(told)))),
        Fit::Open(facts) => Some(format!("May apply: nobody has settled {}.", joined(facts.iter().map(titled)))),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    match parts.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        parts => parts.concat(),
    }
}

//! Everything about what the cursor is on in the library: for the text beside the list, and to be read in full.

use super::{Card, LibraryScreen};
use crate::{
    app::row::{Row, Target, Tint},
    domain::{
        Kind,
        catalog::{Coverage, Library, Standing, considered, cover, fact, offers},
        fields::Day,
        library::{ControlEntry, FrameworkItem, Refs, ThreatEntry, Vocab, framework, item, vocabulary},
        wording::reference,
    },
};

/// A label, what belongs to it, and how it looks.
pub type Fact = (String, String, Tint);

/// The title of what a row is about, and everything that is known of it.
pub fn about(screen: &LibraryScreen, row: &Row, today: Day) -> (String, Vec<Fact>) {
    let library = Library::of(screen.dossier());
    let text = row.cells.first().map_or_else(String::new, |cell| cell.text.clone());
    match &row.target {
        Some(Target::Library(Card::Threat(code))) => {
            library.threat(code).map(|entry| (entry.title.clone(), threat(screen, &library, entry))).unwrap_or_default()
        }
        Some(Target::Library(Card::Control(code))) => {
            library.control(code).map(|entry| (entry.title.clone(), control(&library, entry))).unwrap_or_default()
        }
        Some(Target::Library(Card::Fact(id))) => (text, fact_card(screen, id)),
        Some(Target::Library(Card::Considered(id))) => {
            let row = screen.dossier().considered.iter().find(|row| row.id == *id);
            let reason = row.map_or_else(String::new, |row| row.reason.to_string());
            (text, vec![say("Not relevant", reason), say("", "It is not proposed again; x takes this back.")])
        }
        Some(Target::Library(Card::Framework(key))) => (text, framework_card(key)),
        Some(Target::Library(Card::Item(id))) => item_card(screen, &library, id, today),
        Some(Target::Library(Card::Count(state))) => {
            let help = match state {
                Coverage::Covered => "A threat of the register or a control of the plan is about these.",
                Coverage::Considered => "All that the library has for these was considered and found not relevant.",
                Coverage::Open | Coverage::Group => "Nothing in this review speaks of these.",
            };
            (format!("{text} items"), vec![say("", help), say("", "Enter shows only these, and all again.")])
        }
        Some(Target::Thing(kind, id)) => {
            let label = if *kind == Kind::Threat { "Threat" } else { "Control" };
            (text, vec![say(label, reference(screen.dossier(), &id.to_string())), say("", "Enter goes there.")])
        }
        _ => (text, Vec::new()),
    }
}

fn say(label: &str, text: impl Into<String>) -> Fact {
    (label.to_owned(), text.into(), Tint::Plain)
}

/// A code and what is said of it.
fn told(code: &str, text: &str) -> String {
    if text.is_empty() { code.to_owned() } else { format!("{code}. {text}") }
}

/// One a line, or that there is none.
fn or_none(lines: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = lines.collect();
    if all.is_empty() { "none".to_owned() } else { all.join("\n") }
}

fn threat(screen: &LibraryScreen, library: &Library<'_>, entry: &ThreatEntry) -> Vec<Fact> {
    let mut facts = vec![say("", told(&entry.id, &entry.description))];
    if let Some(system) = &screen.system {
        let dossier = &system.dossier;
        let taken = dossier.live_threats().find(|threat| threat.library.as_str() == entry.id);
        let offer = offers(library, dossier).into_iter().find(|offer| offer.threat.id == entry.id);
        if let Some(threat) = taken {
            facts.push(("Here".into(), format!("in the register as {}", threat.reference()), Tint::Good));
        } else if let Some(row) = considered(dossier, &entry.id) {
            facts.push(say("Not relevant", row.reason.to_string()));
        } else if let Some(offer) = offer {
            facts.push(("Why".into(), offer.because, Tint::Strong));
        } else {
            facts.push(say("Why not", denied(screen, entry)));
        }
    }
    facts.push(say("Applies when", when(entry)));
    if entry.personal_data_risk {
        let kinds = entry.personal_data_kinds.iter().map(|kind| vocabulary().label(Vocab::PersonalDataKind, kind));
        facts.push(say("Personal data", kinds.collect::<Vec<_>>().join(", ")));
    }
    let controls = library.against(entry).into_iter().map(|control| format!("{} {}", control.id, control.title));
    facts.push(say("Controls", or_none(controls)));
    facts.extend(mappings(&entry.refs));
    facts
}

/// Which facts keep a threat from applying.
fn denied(screen: &LibraryScreen, entry: &ThreatEntry) -> String {
    let all: Vec<Standing> =
        entry.applies_when.iter().chain(&entry.applies_when_any).filter_map(|id| fact(screen.dossier(), id)).collect();
    let no = all.iter().filter(|fact| fact.holds == Some(false));
    let said = no.map(|fact| format!("not \"{}\" ({})", vocabulary().fact_title(fact.fact), fact.because));
    said.collect::<Vec<_>>().join("; ")
}

fn when(entry: &ThreatEntry) -> String {
    let titles = |ids: &[String], word: &str| {
        ids.iter().map(|id| format!("\"{}\"", vocabulary().fact_title(id))).collect::<Vec<_>>().join(word)
    };
    match (entry.applies_when.is_empty(), entry.applies_when_any.is_empty()) {
        (true, true) => "always".to_owned(),
        (false, true) => titles(&entry.applies_when, " and "),
        (true, false) => titles(&entry.applies_when_any, " or "),
        (false, false) => {
            format!("{}, and {}", titles(&entry.applies_when, " and "), titles(&entry.applies_when_any, " or "))
        }
    }
}

fn control(library: &Library<'_>, entry: &ControlEntry) -> Vec<Fact> {
    let word = |vocab: Vocab, id: &str| vocabulary().label(vocab, id).to_owned();
    let mut facts = vec![say("", told(&entry.id, &entry.description))];
    let pairs = [
        ("Owner role", word(Vocab::OwnerRole, &entry.owner_role)),
        ("Done by", word(Vocab::OperatingTeam, &entry.operating_team)),
        ("In place by", word(Vocab::LifecycleGate, &entry.lifecycle_gate)),
        ("Verified by", word(Vocab::VerificationMethod, &entry.verification_method)),
        ("How", entry.how_to_verify.clone()),
    ];
    facts.extend(pairs.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| say(label, text)));
    let threats = library.mitigated(entry).into_iter().map(|threat| format!("{} {}", threat.id, threat.title));
    facts.push(say("Against", or_none(threats)));
    facts.extend(mappings(&entry.refs));
    facts
}

/// What an entry maps to, by the name of each framework and with the titles of its items.
fn mappings(refs: &Refs) -> Vec<Fact> {
    refs.iter()
        .map(|(key, ids)| {
            let name = framework(key).map_or(key.as_str(), |framework| framework.meta.name.as_str());
            let titled = |id: &String| match item(key, id).map(|item| item.title.as_str()) {
                Some(title) if title != id => format!("{id} {title}"),
                _ => id.clone(),
            };
            say(name, ids.iter().map(titled).collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

fn fact_card(screen: &LibraryScreen, id: &str) -> Vec<Fact> {
    let (Some(known), Some(standing)) = (vocabulary().fact(id), fact(screen.dossier(), id)) else { return Vec::new() };
    let word = match standing.holds {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    let mut facts = vec![say("", known.question.clone()), say("Now", word), say("Because", standing.because)];
    let by_hand = standing.correction.and_then(|id| screen.dossier().facts.iter().find(|row| row.id == id));
    facts.extend(by_hand.map(|row| say("Reason", row.reason.to_string())));
    facts.push((
        String::new(),
        if by_hand.is_some() {
            "Enter changes the correction; x takes it back."
        } else {
            "Enter corrects it, with a reason."
        }
        .to_owned(),
        Tint::Muted,
    ));
    facts
}

fn framework_card(key: &str) -> Vec<Fact> {
    let Some(framework) = framework(key) else { return Vec::new() };
    let meta = &framework.meta;
    [
        ("Key", meta.framework.clone()),
        ("Edition", meta.version.clone()),
        ("Published", meta.published.clone()),
        ("By", meta.source.clone()),
        ("Licence", meta.licence.clone()),
    ]
    .into_iter()
    .map(|(label, text)| say(label, text))
    .chain([(
        String::new(),
        "Read-only: identifiers and short titles, with our own summaries.".to_owned(),
        Tint::Muted,
    )])
    .collect()
}

fn item_card(screen: &LibraryScreen, library: &Library<'_>, id: &str, today: Day) -> (String, Vec<Fact>) {
    let Some((framework, item)) = screen.framework.and_then(|framework| Some((framework, framework.item(id)?))) else {
        return Default::default();
    };
    let mut facts = vec![say("", told(&item.id, &item.summary))];
    if screen.system.is_some() {
        let found = cover(screen.dossier(), library, framework, today).into_iter().find(|cover| cover.item.id == id);
        facts.extend(found.iter().flat_map(standing));
    }
    facts.push(say("In the library", in_library(library, item)));
    facts.extend(mappings(&item.refs));
    (item.title.clone(), facts)
}

fn standing(cover: &crate::domain::catalog::ItemCover) -> Vec<Fact> {
    let by = cover.by.iter().map(|by| format!("{} {} ({})", by.reference, by.title, by.words)).collect::<Vec<_>>();
    let out = cover.considered.iter().map(|(code, why)| format!("{code}: {why}")).collect::<Vec<_>>();
    let mut facts: Vec<Fact> = cover.parts.iter().map(|parts| say("Parts", parts.words())).collect();
    if cover.state == Coverage::Open {
        facts.push(("Covered".to_owned(), "- not covered".to_owned(), Tint::Alert));
    }
    if !by.is_empty() {
        facts.push(("Covered by".to_owned(), by.join("\n"), Tint::Plain));
    }
    if !out.is_empty() {
        facts.push(("Not relevant".to_owned(), out.join("\n"), Tint::Plain));
    }
    facts
}

fn in_library(library: &Library<'_>, item: &FrameworkItem) -> String {
    let threats = library.threats_for(item).map(|entry| format!("{} {}", entry.id, entry.title));
    let controls = library.controls_for(item).map(|entry| format!("{} {}", entry.id, entry.title));
    let all: Vec<String> = threats.chain(controls).collect();
    if all.is_empty() { "nothing speaks of it".to_owned() } else { all.join("\n") }
}

//! `docket library`: what the libraries hold, and which items of a framework a review covers.

use serde::Serialize;

use super::{ANSWER_VERSION, pretty, text};
use crate::domain::{
    Dossier,
    catalog::{Coverage, Library, cover},
    fields::Day,
    library::{ControlEntry, Framework, Refs, ThreatEntry, controls, framework, frameworks, item, threats, vocabulary},
};

/// Every threat and control.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// `docket.library`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The editions of the shipped threats and controls.
    pub editions: [String; 2],
    /// The threats: those shipped by number, then the own ones.
    pub threats: Vec<Entry>,
    /// The controls.
    pub controls: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Its code.
    pub id: String,
    /// What people read.
    pub title: String,
    /// Whether it is of the team's own library.
    pub own: bool,
    /// The items of frameworks that it points to.
    pub refs: Refs,
}

/// Every threat and control that the record can take from.
pub fn list(dossier: &Dossier) -> Listed {
    let library = Library::of(dossier);
    let own = |id: &str| !id.starts_with("DKT-");
    let threat =
        |e: &ThreatEntry| Entry { id: e.id.clone(), title: e.title.clone(), own: own(&e.id), refs: e.refs.clone() };
    let control =
        |e: &ControlEntry| Entry { id: e.id.clone(), title: e.title.clone(), own: own(&e.id), refs: e.refs.clone() };
    Listed {
        kind: "docket.library",
        version: ANSWER_VERSION,
        editions: [threats().version().to_owned(), controls().version().to_owned()],
        threats: library.threats().map(threat).collect(),
        controls: library.controls().map(control).collect(),
    }
}

impl Listed {
    /// As JSON.
    pub fn to_json(&self) -> String {
        pretty(self)
    }
    /// As text.
    pub fn to_text(&self) -> String {
        let line = |entry: &Entry| format!("{} {}\n", text::cell(&entry.id, 12), entry.title);
        self.threats.iter().chain(&self.controls).map(line).collect()
    }
}

/// One entry in full, as text; none where no library has it.
pub fn show(dossier: &Dossier, id: &str) -> Option<String> {
    let library = Library::of(dossier);
    let wanted = id.trim();
    let mut out = String::new();
    let mut say = |label: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&text::wrapped(
                "",
                &if label.is_empty() { value.to_owned() } else { format!("{label}: {value}") },
            ));
        }
    };
    let refs = if let Some(entry) = library.threats().find(|entry| entry.id.eq_ignore_ascii_case(wanted)) {
        say("", &format!("{} {}", entry.id, entry.title));
        say("", &entry.description);
        say("Applies when all hold", &titles(&entry.applies_when));
        say("And one of", &titles(&entry.applies_when_any));
        let controls = library.against(entry).into_iter().map(|control| format!("{} {}", control.id, control.title));
        say("Controls", &controls.collect::<Vec<_>>().join(", "));
        &entry.refs
    } else {
        let entry = library.controls().find(|entry| entry.id.eq_ignore_ascii_case(wanted))?;
        say("", &format!("{} {}", entry.id, entry.title));
        say("", &entry.description);
        say("Verified by", &entry.how_to_verify);
        let threats = library.mitigated(entry).into_iter().map(|threat| format!("{} {}", threat.id, threat.title));
        say("Against", &threats.collect::<Vec<_>>().join(", "));
        &entry.refs
    };
    for (key, ids) in refs {
        let name = framework(key).map_or(key.as_str(), |framework| framework.meta.name.as_str());
        let all = ids.iter().map(|id| format!("{id} {}", item(key, id).map_or("", |item| item.title.as_str())));
        say(name, &all.collect::<Vec<_>>().join(", "));
    }
    Some(out)
}

fn titles(ids: &[String]) -> String {
    ids.iter().map(|id| vocabulary().fact_title(id)).collect::<Vec<_>>().join(", ")
}

/// The frameworks with their keys and editions, as text.
pub fn editions() -> String {
    let line = |framework: &Framework| {
        let meta = &framework.meta;
        format!("{} {} ({})\n", text::cell(&meta.framework, 16), meta.name, meta.version)
    };
    frameworks().map(line).collect()
}

/// Which items of a framework a review covers.
#[derive(Debug, Clone, Serialize)]
pub struct Covered {
    /// `docket.cover`.
    pub kind: &'static str,
    /// See [`ANSWER_VERSION`].
    pub version: &'static str,
    /// The day on which everything is computed.
    pub on: String,
    /// The name of the system.
    pub system: String,
    /// The key of the framework.
    pub framework: String,
    /// Its edition.
    pub edition: String,
    /// How many items are covered.
    pub covered: usize,
    /// How many were considered and found not relevant.
    pub considered: usize,
    /// How many nothing speaks of.
    pub open: usize,
    /// The items, without the headings of the framework.
    pub items: Vec<Item>,
}

/// One item.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// Its identifier.
    pub id: String,
    /// Its short title.
    pub title: String,
    /// `covered`, `considered` or `open`.
    pub state: &'static str,
    /// What covers it, as people say it.
    pub by: Vec<String>,
    /// What was considered, with the reason.
    pub considered: Vec<String>,
}

/// How a framework is covered on a day; none where there is no system.
pub fn covered(dossier: &Dossier, framework: &'static Framework, today: Day) -> Option<Covered> {
    let name = dossier.system()?.name.to_string();
    let library = Library::of(dossier);
    let all = cover(dossier, &library, framework, today);
    let count = |state: Coverage| all.iter().filter(|item| item.state == state).count();
    let items = all.iter().filter_map(|found| {
        let state = match found.state {
            Coverage::Covered => "covered",
            Coverage::Considered => "considered",
            Coverage::Open => "open",
            Coverage::Group => return None,
        };
        Some(Item {
            id: found.item.id.clone(),
            title: found.item.title.clone(),
            state,
            by: found.by.iter().map(|by| format!("{} {} ({})", by.reference, by.title, by.words)).collect(),
            considered: found
                .considered
                .iter()
                .map(|(code, why)| format!("{code}: {}", why.replace('\n', " / ")))
                .collect(),
        })
    });
    Some(Covered {
        kind: "docket.cover",
        version: ANSWER_VERSION,
        on: today.to_string(),
        system: name,
        framework: framework.meta.framework.clone(),
        edition: framework.meta.version.clone(),
        covered: count(Coverage::Covered),
        considered: count(Coverage::Considered),
        open: count(Coverage::Open),
        items: items.collect(),
    })
}

impl Covered {
    /// As JSON.
    pub fn to_json(&self) -> String {
        pretty(self)
    }
    /// As text.
    pub fn to_text(&self) -> String {
        let head = format!("{}, {} {}:", self.system, self.framework, self.edition);
        let counts = format!("{} covered, {} considered, {} not covered", self.covered, self.considered, self.open);
        let mut out = text::wrapped("", &format!("{head} {counts}."));
        for item in &self.items {
            let (mark, says) = match item.state {
                "covered" => ("[x]", item.by.join("; ")),
                "considered" => ("[-]", format!("not relevant, {}", item.considered.join("; "))),
                _ => ("[ ]", "- not covered".to_owned()),
            };
            let title = if item.title == item.id { String::new() } else { format!(" {}", item.title) };
            out.push_str(&text::wrapped("", &format!("{mark} {}{title}: {says}", item.id)));
        }
        out
    }
}

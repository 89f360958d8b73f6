//! Which items of a framework a review covers, by what, and which not.

use std::collections::{HashMap, HashSet};

use super::{Library, Sort, considered, own::refs_of};
use crate::domain::{
    Dossier, Id, Kind,
    fields::{Day, Marks, Vocabulary},
    library::{Framework, FrameworkItem, Refs, ThreatEntry, framework, frameworks, threats},
    register::{Control, ControlStatus, Plan, Threat, Treatment},
};

/// What covers an item: a threat of the register or a control of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// A threat or a control.
    pub kind: Kind,
    /// Which.
    pub id: Id,
    /// The number as people say it: `T-3`.
    pub reference: String,
    /// What it is called.
    pub title: String,
    /// The score and the treatment of a threat, the status of a control.
    pub words: String,
    /// The part of the item that it speaks of, where it does not speak of the item itself.
    pub through: Option<&'static str>,
}

/// Whether an item is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// A threat of the register or a control of the plan is about it.
    Covered,
    /// All that the library has for it was considered and found not relevant.
    Considered,
    /// Nothing speaks of it.
    Open,
    /// A heading of its framework: its parts say it.
    Group,
}

/// One item and how it stands.
#[derive(Debug, Clone)]
pub struct ItemCover {
    /// The item.
    pub item: &'static FrameworkItem,
    /// Whether it is covered.
    pub state: Coverage,
    /// What covers it.
    pub by: Vec<By>,
    /// What was considered and found not relevant: its code or number, and the reason.
    pub considered: Vec<(String, String)>,
    /// How many threats and controls of the library point to it.
    pub entries: usize,
    /// How its smallest parts stand; none for what has no parts.
    pub parts: Option<Parts>,
}

/// How the smallest parts of a chapter stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// How many are covered.
    pub covered: usize,
    /// How many were considered and found not relevant.
    pub considered: usize,
    /// How many there are.
    pub all: usize,
}

impl Parts {
    /// How the whole stands by its parts: covered only where none of them is open.
    pub fn state(self) -> Coverage {
        match self {
            Self { covered: 0, considered, all } if considered == all => Coverage::Considered,
            Self { covered, considered, all } if covered + considered == all => Coverage::Covered,
            _ => Coverage::Open,
        }
    }

    /// Whether some are covered and some are open.
    pub fn is_begun(self) -> bool {
        self.covered > 0 && self.state() == Coverage::Open
    }

    /// `3 of 7 parts covered, 1 not relevant`.
    pub fn words(self) -> String {
        let out = if self.considered > 0 { format!(", {} not relevant", self.considered) } else { String::new() };
        format!("{} of {} parts covered{out}", self.covered, self.all)
    }
}

/// The item that a mark points to: `owasp_llm_2025:LLM01`, where the year may be left out, or the number alone where
/// only one framework has it.
pub fn framework_item(mark: &str) -> Option<&'static FrameworkItem> {
    let mark = mark.trim();
    let keyed = mark.split_once(':').and_then(|(key, id)| Some((framework(key.trim())?, id)));
    let Some((framework, id)) = keyed else {
        let mut found = frameworks().filter_map(|framework| framework.item(mark)).filter(|item| item.kind != "retired");
        let only = found.next();
        return only.filter(|_| found.next().is_none());
    };
    let id = id.trim();
    let dated = |item: &&FrameworkItem| item.id.strip_prefix(id).is_some_and(|rest| rest.starts_with(':'));
    framework.item(id).or_else(|| framework.items().iter().find(dated)).filter(|item| item.kind != "retired")
}

/// What a threat of the register says of the frameworks: by the library entry that it was taken from, and by hand.
pub fn mapped(library: &Library<'_>, threat: &Threat) -> Refs {
    let mut refs = library.threat(threat.library.as_str()).map(|entry| entry.refs.clone()).unwrap_or_default();
    for (key, ids) in refs_of(&threat.maps) {
        let known = refs.entry(key).or_default();
        known.extend(ids.into_iter().filter(|id| !known.contains(id)).collect::<Vec<_>>());
    }
    refs
}

/// The framework by whose items a register is grouped; the others are a screen of their own.
pub const GROUPED: &str = "owasp_llm_2025";

/// The item of that framework under which a threat stands in a grouped register: the first that the library entry with
/// this code points to, shipped or of the team, else the first that was mapped by hand. Without the whole library: a
/// register of thousands asks it of every row.
pub fn grouped_under(dossier: &Dossier, code: &str, maps: &Marks) -> Option<&'static FrameworkItem> {
    let first = |refs: &Refs| framework(GROUPED)?.item(refs.get(GROUPED)?.first()?);
    let own = || {
        let has =
            |entry: &&super::Shelf| !entry.archived && entry.sort == Some(Sort::Threat) && entry.code.as_str() == code;
        first(&refs_of(&dossier.shelf.iter().find(has)?.maps))
    };
    let entry = if code.is_empty() { None } else { threats().get(code).map_or_else(own, |entry| first(&entry.refs)) };
    entry.or_else(|| if maps.0.is_empty() { None } else { first(&refs_of(maps)) })
}

/// Every item of a framework and how it stands in the current state of a system, in the order of the framework.
pub fn cover(dossier: &Dossier, library: &Library<'_>, framework: &'static Framework, today: Day) -> Vec<ItemCover> {
    let found = Found::of(dossier, library, framework, today);
    let items = framework.items().iter().filter(|item| item.kind != "retired");
    let mut all: Vec<ItemCover> = items.map(|item| found.item(dossier, item)).collect();
    roll_up(&mut all);
    all
}

/// What covers a part of an item counts for the item as well, and says through which part; a chapter names it, and is
/// covered as far as its parts are.
fn roll_up(all: &mut [ItemCover]) {
    let at: HashMap<&'static str, usize> =
        all.iter().enumerate().map(|(at, cover)| (cover.item.id.as_str(), at)).collect();
    let above = |cover: &ItemCover| cover.item.parent.as_deref().and_then(|parent| at.get(parent).copied());
    let whole: HashSet<usize> = all.iter().filter_map(above).collect();
    let mut told: Vec<(usize, Vec<By>, Option<Coverage>)> = Vec::new();
    for (from, cover) in all.iter().enumerate() {
        let through = |by: &By| By { through: Some(&cover.item.id), ..by.clone() };
        let leaf = (!whole.contains(&from)).then_some(cover.state);
        // A parent is no part of its own, however the file was written.
        let mut next = above(cover);
        for _ in 0..DEEPEST {
            let Some(parent) = next else { break };
            told.push((parent, cover.by.iter().map(through).collect(), leaf));
            next = above(&all[parent]);
        }
    }
    for (parent, by, leaf) in told {
        let cover = &mut all[parent];
        if let Some(state) = leaf {
            let parts = cover.parts.get_or_insert_default();
            parts.covered += usize::from(state == Coverage::Covered);
            parts.considered += usize::from(state == Coverage::Considered);
            parts.all += 1;
        }
        // A technique is what its parts are; a chapter is more than one of them.
        if !by.is_empty() && (cover.state != Coverage::Group || cover.item.kind == "technique") {
            cover.state = Coverage::Covered;
        }
        cover.by.extend(by.into_iter().filter(|by| cover.by.iter().all(|known| known.id != by.id)).collect::<Vec<_>>());
    }
}

/// No framework has more levels.
const DEEPEST: usize = 4;

/// What there is for the items of one framework.
struct Found<'a> {
    by: HashMap<String, Vec<By>>,
    dropped: HashMap<String, Vec<(String, String)>>,
    threats: HashMap<&'a str, Vec<&'a ThreatEntry>>,
    controls: HashMap<&'a str, usize>,
    parents: HashSet<&'a str>,
}

impl<'a> Found<'a> {
    fn of(dossier: &Dossier, library: &'a Library<'_>, framework: &'a Framework, today: Day) -> Self {
        let key = framework.meta.framework.as_str();
        let mut found = Self {
            by: HashMap::new(),
            dropped: HashMap::new(),
            threats: HashMap::new(),
            controls: HashMap::new(),
            parents: framework.items().iter().filter_map(|item| item.parent.as_deref()).collect(),
        };
        for entry in library.threats() {
            for id in entry.refs.get(key).into_iter().flatten() {
                found.threats.entry(id).or_default().push(entry);
            }
        }
        for id in library.controls().filter_map(|entry| entry.refs.get(key)).flatten() {
            *found.controls.entry(id).or_default() += 1;
        }
        found.review(dossier, library, key, today);
        found
    }

    /// What the register and the plan say.
    fn review(&mut self, dossier: &Dossier, library: &Library<'_>, key: &str, today: Day) {
        let plan = Plan::of(dossier, today);
        for threat in dossier.live_threats() {
            for id in mapped(library, threat).remove(key).unwrap_or_default() {
                if threat.treated() == Treatment::NotApplicable {
                    let why = (threat.reference(), threat.treatment_reason.to_string());
                    self.dropped.entry(id).or_default().push(why);
                } else {
                    self.by.entry(id).or_default().push(by_threat(&plan, threat));
                }
            }
        }
        for control in dossier.live_controls().filter(|control| stands(control)) {
            let entry = library.control(control.library.as_str());
            for id in entry.and_then(|entry| entry.refs.get(key)).into_iter().flatten() {
                self.by.entry(id.clone()).or_default().push(by_control(control));
            }
        }
    }

    fn item(&self, dossier: &Dossier, item: &'static FrameworkItem) -> ItemCover {
        let id = item.id.as_str();
        let by = self.by.get(id).cloned().unwrap_or_default();
        let mut dropped = self.dropped.get(id).cloned().unwrap_or_default();
        let threats = self.threats.get(id).map_or(&[][..], Vec::as_slice);
        dropped.extend(threats.iter().filter_map(|threat| {
            considered(dossier, &threat.id).map(|row| (threat.id.clone(), row.reason.to_string()))
        }));
        let taken_out = |code: &str| {
            considered(dossier, code).is_some()
                || dossier.live_threats().any(|t| t.library.as_str() == code && !t.counts())
        };
        let settled = !dropped.is_empty() && threats.iter().all(|threat| taken_out(&threat.id));
        let entries = threats.len() + self.controls.get(id).copied().unwrap_or(0);
        let heading = (self.parents.contains(id) && entries == 0) || item.kind == "tactic";
        let state = if !by.is_empty() {
            Coverage::Covered
        } else if settled {
            Coverage::Considered
        } else if heading {
            Coverage::Group
        } else {
            Coverage::Open
        };
        ItemCover { item, state, by, considered: dropped, entries, parts: None }
    }
}

/// Whether a control is part of the plan, however far it is.
fn stands(control: &Control) -> bool {
    !matches!(control.stage(), ControlStatus::Failed | ControlStatus::Retired | ControlStatus::NotApplicable)
}

fn by_threat(plan: &Plan<'_>, threat: &Threat) -> By {
    let score = plan.ratings(threat).now.map_or("unscored", |now| now.level.label());
    By {
        kind: Kind::Threat,
        id: threat.id,
        reference: threat.reference(),
        title: threat.title.to_string(),
        words: format!("{}, {}", score.to_lowercase(), threat.treated().label()),
        through: None,
    }
}

fn by_control(control: &Control) -> By {
    By {
        kind: Kind::Control,
        id: control.id,
        reference: control.reference(),
        title: control.title.to_string(),
        words: control.stage().label().to_owned(),
        through: None,
    }
}

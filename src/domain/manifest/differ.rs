//! What is new, changed or gone between what was cleared and a manifest, and which triggers that fires.

use std::collections::{BTreeMap, VecDeque};

use super::{
    super::{
        Dossier,
        after::{ChangeKind, Proposal, proposals},
        fields::{Digest, Vocabulary},
        library::triggers,
        system::{DataClass, personal_data},
    },
    Item, Manifest, Sort, autonomy_label, sha256,
};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was not there.
    New,
    /// It is another one.
    Changed,
    /// It is not there any more.
    Gone,
}

impl What {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// One difference between what was cleared and a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What became of it.
    pub what: What,
    /// What kind of item it is: `model`, `data class`, `autonomy`.
    pub item: &'static str,
    /// What it is called; empty for what there is only one of.
    pub name: String,
    /// Which field changed; empty for the item itself.
    pub field: &'static str,
    /// What was cleared.
    pub before: String,
    /// What the manifest says.
    pub after: String,
    /// What kind of change it is, where it is one that triggers wait for.
    pub sort: Option<ChangeKind>,
    /// Whether it brings personal data for the first time.
    pub first_personal: bool,
}

impl Difference {
    fn new(what: What, (item, name): (&'static str, &str), sort: Option<ChangeKind>) -> Self {
        let (before, after) = (String::new(), String::new());
        Self { what, item, name: name.to_owned(), field: "", before, after, sort, first_personal: false }
    }
    fn between(self, field: &'static str, before: &str, after: &str) -> Self {
        Self { field, before: before.to_owned(), after: after.to_owned(), ..self }
    }

    /// The difference in one line: `model Planner L, version: 5.1 → 5.2`.
    pub fn line(&self) -> String {
        let mut out = self.item.to_owned();
        if !self.name.is_empty() {
            out.extend([" ", &self.name]);
        }
        if !self.field.is_empty() {
            out.extend([", ", self.field]);
        }
        let say = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        match self.what {
            What::Changed => format!("{out}: {} → {}", say(&self.before), say(&self.after)),
            What::New if !self.after.is_empty() => format!("{out}: {}", self.after),
            What::Gone if !self.before.is_empty() => format!("{out}: {}", self.before),
            What::New | What::Gone => out,
        }
    }
}

/// Every difference, in the order of a manifest. What `now` does not say is not compared.
pub fn diff(cleared: &Manifest, now: &Manifest) -> Vec<Difference> {
    let mut out = Vec::new();
    let one = |item, sort| Difference::new(What::Changed, (item, ""), sort);
    let mut line = |item, before: &Option<super::Line>, after: &Option<super::Line>, sort| {
        let Some(after) = after else { return };
        let before = before.as_ref().map_or("", super::Line::as_str);
        if before != after.as_str() {
            out.push(one(item, sort).between("", before, after.as_str()));
        }
    };
    line("release", &cleared.release, &now.release, None);
    line("digest", &cleared.digest, &now.digest, None);
    line("environment", &cleared.environment, &now.environment, Some(ChangeKind::Terms));
    line("users", &cleared.users, &now.users, Some(ChangeKind::Users));
    if now.autonomy.is_some() && now.autonomy != cleared.autonomy {
        let more = cleared.autonomy.is_none() || now.autonomy > cleared.autonomy;
        let labels = (autonomy_label(cleared.autonomy), autonomy_label(now.autonomy));
        out.push(one("autonomy", more.then_some(ChangeKind::Autonomy)).between("", &labels.0, &labels.1));
    }
    data(cleared, now, &mut out);
    for sort in Sort::ALL {
        if let Some(after) = now.list(sort) {
            lists(sort, cleared.list(sort).unwrap_or(&[]), after, &mut out);
        }
    }
    out
}

fn data(cleared: &Manifest, now: &Manifest, out: &mut Vec<Difference>) {
    let Some(after) = &now.data else { return };
    let none = Vec::new();
    let before = cleared.data.as_ref().unwrap_or(&none);
    let first = !personal_data(before);
    for class in DataClass::ALL {
        let of = |what, sort| Difference::new(what, ("data class", class.label()), sort);
        match (before.contains(class), after.contains(class)) {
            (false, true) => out.push(Difference {
                first_personal: first && personal_data(&[*class]),
                ..of(What::New, Some(ChangeKind::Data))
            }),
            (true, false) => out.push(of(What::Gone, None)),
            _ => {}
        }
    }
}

/// Items are the same by their name; of several with one name the first is the first.
fn lists(sort: Sort, before: &[Item], after: &[Item], out: &mut Vec<Difference>) {
    let key = |item: &Item| item.name.as_str().to_lowercase();
    let mut known: BTreeMap<String, VecDeque<&Item>> = BTreeMap::new();
    for item in before {
        known.entry(key(item)).or_default().push_back(item);
    }
    for item in after {
        if let Some(cleared) = known.get_mut(&key(item)).and_then(VecDeque::pop_front) {
            fields(sort, cleared, item, out);
            continue;
        }
        let added = match sort {
            Sort::Model => ChangeKind::Model,
            Sort::Tool => ChangeKind::Tool,
            Sort::Connection => ChangeKind::Exposure,
            Sort::Retrieval => ChangeKind::Data,
        };
        let made = Difference::new(What::New, (sort.label(), item.name.as_str()), Some(added));
        out.push(Difference { after: words(item), ..made });
    }
    for item in before {
        let gone = known.get_mut(&key(item)).and_then(|left| left.iter().position(|one| std::ptr::eq(*one, item)));
        if gone.is_some() {
            let made = Difference::new(What::Gone, (sort.label(), item.name.as_str()), None);
            out.push(Difference { before: words(item), ..made });
        }
    }
}

fn words(item: &Item) -> String {
    let said = item.fields.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(field, value)| format!("{field} {value}")).collect::<Vec<_>>().join("; ")
}

fn fields(sort: Sort, before: &Item, after: &Item, out: &mut Vec<Difference>) {
    for (field, value) in &after.fields {
        let held = before.fields.iter().find(|(of, _)| of == field).map_or("", |(_, value)| value.as_str());
        let same = if *field == "data" { classes(held) == classes(value.as_str()) } else { held == value.as_str() };
        if same {
            continue;
        }
        let made = Difference::new(What::Changed, (sort.label(), after.name.as_str()), kind(sort, field, held, value));
        out.push(made.between(field, held, value.as_str()));
    }
}

fn classes(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> = text.split(',').map(str::trim).filter(|class| !class.is_empty()).collect();
    all.sort_unstable();
    all
}

/// What kind of change it is when a field of an item differs.
fn kind(sort: Sort, field: &str, before: &str, after: &super::Line) -> Option<ChangeKind> {
    match (sort, field) {
        (Sort::Model, "version") => Some(ChangeKind::Version),
        (Sort::Model, "hosting") => Some(ChangeKind::Terms),
        // An approval that is added takes nothing away from what was decided.
        (Sort::Tool, "approval") => (after.as_str() != "yes").then_some(ChangeKind::Autonomy),
        (Sort::Tool, _) => Some(ChangeKind::Rights),
        (Sort::Connection, "party") => Some(ChangeKind::Vendor),
        (Sort::Retrieval, "data") => {
            let known = classes(before);
            classes(after.as_str()).iter().any(|class| !known.contains(class)).then_some(ChangeKind::Data)
        }
        (Sort::Connection | Sort::Retrieval, _) => Some(ChangeKind::Data),
        (Sort::Model, _) => Some(ChangeKind::Model),
    }
}

/// The triggers that a difference fires: the likely ones of its kind, and that of personal data where it is the first.
pub fn fires(dossier: &Dossier, difference: &Difference) -> Vec<Proposal> {
    const FIRST: &str = "DKT-R-008";
    let Some(sort) = difference.sort else { return Vec::new() };
    let mut all: Vec<Proposal> = proposals(dossier, sort).into_iter().filter(|found| found.likely).collect();
    if difference.first_personal
        && let Some(entry) = triggers().get(FIRST)
    {
        let armed = dossier.triggers.iter().find(|t| !t.archived && t.library.as_str() == FIRST);
        all.push(Proposal {
            mark: armed.map_or_else(|| FIRST.to_owned(), |trigger| trigger.id.to_string()),
            title: entry.title.clone(),
            armed: armed.is_some(),
            likely: true,
            why: "No personal data was in scope when it was cleared.".to_owned(),
        });
    }
    all
}

/// The fingerprint of differences, so that the same ones are recorded once.
pub fn fingerprint(differences: &[Difference]) -> Digest {
    let lines: Vec<String> = differences.iter().map(|d| format!("{} {}", d.what.word(), d.line())).collect();
    Digest(sha256(&lines.join("\n")))
}

//! A table that was pasted into a register: what each of its rows is to hold, and what a person reads before they agree.

use super::{Desk, Trouble};
use crate::{
    domain::{
        Dossier, Id, Kind,
        command::Fields,
        decision::counted,
        fields::{Day, Kept, Score, Who},
        people::Role,
        value::Value,
    },
    exchange::{
        draft::{ControlDraft, ThreatDraft},
        table::{Field, Kind as Table, Pasted, pasted},
        words::{Treatment, status},
    },
};

/// What a pasted table comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The fields of each thing that is to be added.
    pub sets: Vec<Fields>,
    /// What is added and what is not, in lines to read.
    pub lines: Vec<String>,
}

/// So many rows are shown before the others are only counted.
const SHOWN: usize = 8;

const NO_TABLE: &str = "That is no table: paste two lines or more with the same number of tabs between the cells, as a \
    spreadsheet copies them, or lines below a row of column names. Nothing was added.";

impl Desk {
    /// Reads pasted text as rows of a register of a system; nothing is written.
    pub fn read_pasted(&self, system: Id, role: Role, kind: Kind, text: &str) -> Result<Rows, Trouble> {
        let dossier = self.dossier(system)?;
        let table = if kind == Kind::Control { Table::Controls } else { Table::Register };
        let found = pasted(text, table)?.ok_or_else(|| Trouble::Usage(NO_TABLE.into()))?;
        let mut out = Rows::default();
        let mut told = Told::default();
        for threat in &found.threats {
            if nameless(threat.title.as_str()) {
                told.nameless += 1;
                continue;
            }
            out.sets.push(threatening(&dossier, (kind, role), threat, &mut told));
        }
        for control in &found.controls {
            if nameless(control.title.as_str()) {
                told.nameless += 1;
                continue;
            }
            out.sets.push(controlling((kind, role), control, &mut told));
        }
        if out.sets.is_empty() {
            return Err(Trouble::Usage(
                "The table has column names and no row with a title. Nothing was added.".into(),
            ));
        }
        out.lines = lines(&dossier, kind, &found, &out.sets, &told);
        Ok(out)
    }
}

/// What has to be said of the rows.
#[derive(Debug, Default)]
struct Told {
    nameless: usize,
    strangers: Vec<String>,
    unexplained: usize,
    beside: usize,
}

/// A row that says nothing by which it could be called has the name that every such row gets.
fn nameless(title: &str) -> bool {
    title.is_empty() || title.strip_prefix("Row ").is_some_and(|number| number.parse::<usize>().is_ok())
}

/// What a file would be told of and a register is not, or is told in other words.
const ELSEWHERE: [&str; 2] = ["The table names no system", "The table has no column names"];

/// A field that this hat may set, and says something.
fn put((kind, role): (Kind, Role), set: &mut Fields, field: &str, value: Value) {
    if !value.is_null() && kind.field(field).is_some_and(|of| of.by.allows(role)) {
        set.push((field.to_owned(), value));
    }
}

fn threatening(dossier: &Dossier, who: (Kind, Role), threat: &ThreatDraft, told: &mut Told) -> Fields {
    let mut set = Fields::new();
    let mut beside = Vec::new();
    let mut say = |label: &str, text: &str| {
        if !text.is_empty() {
            beside.push(format!("{label}: {text}"));
        }
    };
    say("Mitigation", threat.mitigation.as_str());
    say("Controls", &threat.controls.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    for column in &threat.further {
        say(column.label.as_str(), column.text.as_str());
    }
    told.beside += usize::from(!beside.is_empty());
    put(who, &mut set, "title", Value::from(threat.title.as_str()));
    put(who, &mut set, "description", text(threat.description.as_str(), &beside));
    put(who, &mut set, "category", Value::from(threat.category.as_str()));
    put(who, &mut set, "component", Value::from(threat.targets.first().map_or("", |target| target.as_str())));
    let score = |n: Option<u8>| n.and_then(|n| Score::new(n.into())).to_value();
    put(who, &mut set, "likelihood", score(threat.likelihood));
    put(who, &mut set, "impact", score(threat.impact));
    put(who, &mut set, "due", threat.due.map(Day).to_value());
    let why = threat.justification.as_str();
    let code = match threat.proposed.treatment {
        Treatment::Undecided => None,
        Treatment::Mitigate => Some("mitigate"),
        Treatment::Accept => Some("accept"),
        Treatment::Avoid => Some("avoid"),
        Treatment::Transfer => Some("transfer"),
        Treatment::NotApplicable => Some("not_applicable"),
    };
    // What needs a reason and has none stays open.
    let needs = matches!(code, Some("avoid" | "transfer" | "not_applicable"));
    told.unexplained += usize::from(needs && why.is_empty());
    let taken = code.filter(|_| !needs || !why.is_empty());
    if let Some(code) = taken {
        put(who, &mut set, "treatment", Value::from(code));
        put(who, &mut set, "treatment_reason", Value::from(why));
    }
    // What is a treatment here is not kept a second time; any other word stays the tool's own.
    let word = threat.status_word.as_str();
    let said_all = taken.is_some() && status(word).is_some_and(|of| of.treatment == threat.proposed.treatment);
    bring(&mut set, "status_word", if said_all { "" } else { word });
    bring(&mut set, "severity_word", threat.severity_word.as_str());
    let name = threat.owner.as_str();
    match dossier.people.iter().find(|person| !person.archived && person.name.as_str().eq_ignore_ascii_case(name)) {
        Some(person) => put(who, &mut set, "owner", Some(Who(person.id)).to_value()),
        None if !name.is_empty() && !told.strangers.iter().any(|known| known == name) => {
            told.strangers.push(name.to_owned());
        }
        None => {}
    }
    set
}

/// A word of the tool that the table was copied from.
fn bring(set: &mut Fields, field: &str, word: &str) {
    if !word.is_empty() {
        set.push((field.to_owned(), Value::from(word)));
    }
}

fn controlling(who: (Kind, Role), control: &ControlDraft, told: &mut Told) -> Fields {
    let mut set = Fields::new();
    let mut beside: Vec<String> = Vec::new();
    if !control.status_word.is_empty() {
        beside.push(format!("Status in the table: {}", control.status_word));
    }
    beside.extend(control.further.iter().map(|column| format!("{}: {}", column.label, column.text)));
    told.beside += usize::from(!beside.is_empty());
    put(who, &mut set, "title", Value::from(control.title.as_str()));
    put(who, &mut set, "description", text(control.description.as_str(), &beside));
    set
}

/// The description, and below it what has no column here.
fn text(description: &str, beside: &[String]) -> Value {
    let head = (!description.is_empty()).then(|| description.to_owned());
    let all: Vec<String> = head.into_iter().chain(beside.iter().cloned()).collect();
    if all.is_empty() { Value::Null } else { Value::from(all.join("\n").as_str()) }
}

fn lines(dossier: &Dossier, kind: Kind, found: &Pasted, sets: &[Fields], told: &Told) -> Vec<String> {
    let (one, more) = if kind == Kind::Control { ("control", "controls") } else { ("threat", "threats") };
    let mut out = vec![format!("{} for {}. Nothing is kept yet.", counted(sets.len(), one, more), dossier.name())];
    out.push(String::new());
    out.push(if found.has_header { "Columns:" } else { "Columns, guessed by their cells:" }.to_owned());
    for (name, field) in &found.columns {
        let to = field.filter(|field| goes(kind, *field));
        out.push(format!("  {name} → {}", to.map_or_else(|| "into the description".to_owned(), words)));
    }
    out.push(String::new());
    let title = |set: &Fields| set.iter().find(|(field, _)| field == "title").map(|(_, value)| value.clone());
    for set in sets.iter().take(SHOWN) {
        if let Some(Value::Text(title)) = title(set) {
            out.push(format!("  + {title}"));
        }
    }
    if sets.len() > SHOWN {
        out.push(format!("  and {} more", sets.len() - SHOWN));
    }
    let before = out.len();
    let mut say = |count: usize, says: String| {
        if count > 0 {
            out.push(says);
        }
    };
    say(told.nameless, format!("! {} without a title: left out", counted(told.nameless, "row", "rows")));
    let here = |set: &&Fields| {
        let same = |title: &str| dossier.live_threats().any(|threat| threat.title.as_str() == title);
        kind == Kind::Threat && matches!(title(set), Some(Value::Text(title)) if same(&title))
    };
    let twice = sets.iter().filter(here).count();
    say(twice, format!("! {} the title of a threat that is here already", counted(twice, "row has", "rows have")));
    let strangers = told.strangers.join(", ");
    say(told.strangers.len(), format!("! owner left out, no person of this record: {strangers}"));
    let open = counted(told.unexplained, "treatment", "treatments");
    say(told.unexplained, format!("! {open} without the reason that is needed: left undecided"));
    for note in found.notes.iter().filter(|note| !ELSEWHERE.iter().any(|head| note.as_str().starts_with(head))) {
        out.push(format!("! {note}"));
    }
    if out.len() > before {
        out.insert(before, String::new());
    }
    out.push(String::new());
    out.push(format!("Enter adds {} in one step that u takes back; Esc leaves it.", counted(sets.len(), one, more)));
    out
}

/// Whether a field of a table has a place of its own in the register.
fn goes(kind: Kind, field: Field) -> bool {
    use Field as F;
    let threat = [
        F::Title,
        F::Description,
        F::Category,
        F::Target,
        F::Likelihood,
        F::Impact,
        F::Treatment,
        F::Justification,
        F::Owner,
        F::Due,
        F::Status,
        F::Severity,
    ];
    if kind == Kind::Control { [F::Title, F::Description].contains(&field) } else { threat.contains(&field) }
}

fn words(field: Field) -> String {
    match field {
        Field::Target => "component".to_owned(),
        Field::Justification => "reason for the treatment".to_owned(),
        Field::Due => "due day".to_owned(),
        Field::Status => "treatment, or the tool's own status".to_owned(),
        Field::Severity => "the tool's own severity".to_owned(),
        field => field.word().to_owned(),
    }
}

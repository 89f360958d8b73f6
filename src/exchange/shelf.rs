//! A library file: threats and controls of a team's own, in the shape of the libraries that docket ships.

use serde::{Deserialize, Serialize};

use super::draft::{LibraryDraft, LibraryKind};
use crate::domain::{
    Dossier, Line,
    catalog::{Library, Sort, method_of, role_of},
    command::Fields,
    fields::Vocabulary,
    library::{Refs, ThreatEntry},
    register::{Gate, PersonalKind},
    value::Value,
};

/// Largest library file that is read.
pub const LIBRARY_MAX: usize = 4 << 20;

/// The heading, and then the entries; what else the shipped files say of an entry is passed over.
#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    meta: Option<Meta>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    threat: Vec<Threat>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    control: Vec<Control>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Meta {
    #[serde(default)]
    library: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    licence: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Threat {
    id: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    applies_when: Vec<String>,
    #[serde(default)]
    applies_when_any: Vec<String>,
    #[serde(default)]
    personal_data_kinds: Vec<String>,
    #[serde(default)]
    controls: Vec<String>,
    #[serde(default)]
    refs: Refs,
}

#[derive(Debug, Serialize, Deserialize)]
struct Control {
    id: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    owner_role: String,
    #[serde(default)]
    lifecycle_gate: String,
    #[serde(default)]
    verification_method: String,
    #[serde(default)]
    how_to_verify: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_likely: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_impact: Option<i64>,
    #[serde(default)]
    mitigates: Vec<String>,
    #[serde(default)]
    refs: Refs,
}

/// The team's own entries as a library file.
pub fn write(dossier: &Dossier) -> String {
    let library = Library::of(dossier);
    let own = |id: &str| dossier.shelf.iter().any(|entry| !entry.archived && entry.code.as_str() == id);
    let meta = Meta {
        library: "own_library".into(),
        version: "1.0".into(),
        kind: "own work".into(),
        licence: "as its owner says".into(),
    };
    let threat = |entry: &ThreatEntry| Threat {
        id: entry.id.clone(),
        title: entry.title.clone(),
        description: entry.description.clone(),
        applies_when: entry.applies_when.clone(),
        applies_when_any: entry.applies_when_any.clone(),
        personal_data_kinds: entry.personal_data_kinds.clone(),
        controls: entry.controls.clone(),
        refs: entry.refs.clone(),
    };
    let file = File {
        meta: Some(meta),
        threat: library.threats().filter(|entry| own(&entry.id)).map(threat).collect(),
        control: library
            .controls()
            .filter(|entry| own(&entry.id))
            .map(|entry| Control {
                id: entry.id.clone(),
                title: entry.title.clone(),
                description: entry.description.clone(),
                owner_role: entry.owner_role.clone(),
                lifecycle_gate: entry.lifecycle_gate.clone(),
                verification_method: entry.verification_method.clone(),
                how_to_verify: entry.how_to_verify.clone(),
                less_likely: entry.less_likely.map(i64::from),
                less_impact: entry.less_impact.map(i64::from),
                mitigates: entry.mitigates.clone(),
                refs: entry.refs.clone(),
            })
            .collect(),
    };
    // Text, numbers and lists always have a TOML form.
    let text = toml::to_string(&file).unwrap_or_default();
    format!("# A library of our own, in the shape of the libraries that docket ships.\n\n{text}")
}

/// The entries of a library file as rows of the own library, their text cleaned; or a sentence that says what is wrong.
pub fn read(bytes: &[u8]) -> Result<Vec<Fields>, String> {
    if bytes.len() > LIBRARY_MAX {
        return Err("This file is larger than 4 MB, which no library is; nothing was changed.".into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "This file is not text in UTF-8; nothing was changed.")?;
    let file: File = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
        let says = Line::new(error.message());
        format!("This is no library file: line {line}: {says}; nothing was changed.")
    })?;
    if file.threat.is_empty() && file.control.is_empty() {
        return Err("This file holds neither [[threat]] nor [[control]] entries; nothing was changed.".into());
    }
    let threats = file.threat.iter().map(threat);
    threats.chain(file.control.iter().map(control)).collect()
}

/// The entries of another program's library as rows of the own library.
pub fn taken(entries: &[LibraryDraft]) -> Vec<Fields> {
    let row = |entry: &LibraryDraft| {
        let sort = match entry.kind {
            LibraryKind::Threat => Sort::Threat,
            LibraryKind::Control => Sort::Control,
        };
        let text = (entry.title.as_str(), entry.description.as_str());
        common((entry.code.as_str(), sort), text, &Refs::default())
    };
    entries.iter().map(row).collect()
}

fn threat(entry: &Threat) -> Result<Fields, String> {
    let mut set = common((&entry.id, Sort::Threat), (&entry.title, &entry.description), &entry.refs);
    let kind = entry.personal_data_kinds.first();
    let personal = word(&entry.id, kind.map_or("", String::as_str), PersonalKind::parse)?;
    set.extend([
        ("facts".to_owned(), list(&entry.applies_when)),
        ("any".to_owned(), list(&entry.applies_when_any)),
        ("with".to_owned(), list(&entry.controls)),
        ("personal".to_owned(), personal),
    ]);
    Ok(set)
}

fn control(entry: &Control) -> Result<Fields, String> {
    let mut set = common((&entry.id, Sort::Control), (&entry.title, &entry.description), &entry.refs);
    let steps = |n: Option<i64>| n.map_or(Value::Null, Value::Int);
    set.extend([
        ("with".to_owned(), list(&entry.mitigates)),
        ("owner_role".to_owned(), word(&entry.id, &entry.owner_role, role_of)?),
        ("gate".to_owned(), word(&entry.id, &entry.lifecycle_gate, Gate::parse)?),
        ("method".to_owned(), word(&entry.id, &entry.verification_method, method_of)?),
        ("check".to_owned(), Value::from(entry.how_to_verify.as_str())),
        ("less_likely".to_owned(), steps(entry.less_likely)),
        ("less_impact".to_owned(), steps(entry.less_impact)),
    ]);
    Ok(set)
}

fn common((id, sort): (&str, Sort), (title, description): (&str, &str), refs: &Refs) -> Fields {
    let marks: Vec<String> =
        refs.iter().flat_map(|(key, ids)| ids.iter().map(move |id| format!("{key}:{id}"))).collect();
    vec![
        ("code".to_owned(), Value::from(Line::new(id).as_str())),
        ("sort".to_owned(), Value::from(sort.code())),
        ("title".to_owned(), Value::from(title)),
        ("description".to_owned(), Value::from(description)),
        ("maps".to_owned(), list(&marks)),
    ]
}

/// The codes of a list, cleaned; what is no letter that can be seen is no part of a code.
fn list(items: &[String]) -> Value {
    let all: Vec<String> =
        items.iter().map(|item| Line::new(item).to_string()).filter(|item| !item.is_empty()).collect();
    if all.is_empty() { Value::Null } else { Value::List(all) }
}

/// A word of a vocabulary; nothing said is nothing, and a word that there is not is named.
fn word<V: Vocabulary>(id: &str, text: &str, parse: impl Fn(&str) -> Option<V>) -> Result<Value, String> {
    let text = Line::new(text);
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let found = parse(text.as_str()).map(|word| Value::from(word.code()));
    found.ok_or_else(|| {
        format!("{} says \"{text}\", which is no word that docket knows; nothing was changed.", Line::new(id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_library_is_refused_in_a_sentence() {
        for text in ["", "[[threat]]\nid = 3\n", "a = ]", "[meta]\nlibrary = \"x\"\n"] {
            let says = read(text.as_bytes()).unwrap_err();
            assert!(says.ends_with("nothing was changed."), "{says}");
        }
        assert!(read(&[0xff, 0xfe]).unwrap_err().contains("UTF-8"));
        let strange = "[[control]]\nid = \"A-1\"\ntitle = \"x\"\nowner_role = \"king\"\n";
        assert!(read(strange.as_bytes()).unwrap_err().starts_with("A-1 says \"king\""));
    }

    #[test]
    fn hostile_codes_are_only_letters() {
        let text = "[[threat]]\nid = \"A-\\u001b[31m1\"\ntitle = \"x\"\ncontrols = [\"B\\u202e\"]\n";
        let entries = read(text.as_bytes()).unwrap();
        let of = |name: &str| entries[0].iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        assert_eq!(of("code"), Some(Value::from("A-[31m1")));
        assert_eq!(of("with"), Some(Value::List(vec!["B".into()])));
    }
}

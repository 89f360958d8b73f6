//! Recognises a file by its content; its name says nothing.

use serde_json::Value;

use super::draft::Format;
use super::known::{self, Known};
use super::table::{self, Decoded, Layout};
use super::{Refused, card, dojo, garak, head, large, look, stream, tree};
use crate::domain::Line;

/// Largest YAML that is read; real models have some hundred kilobytes.
const YAML_MAX: usize = 16 << 20;

/// A recognised file.
pub(super) enum Kind<'a> {
    /// A Threat Dragon model of version 1 or 2.
    ThreatDragon(u8, Value),
    /// A tree of another format.
    Tree(Known, Value),
    /// A file of the Microsoft tool.
    Tm7(Decoded<'a>),
    /// A model card.
    Card(Decoded<'a>),
    /// JSON lines of garak, to be read one by one.
    Garak,
    /// A table.
    Table(Decoded<'a>, Layout),
}

impl Kind<'_> {
    /// The format.
    pub(super) fn format(&self) -> Format {
        match self {
            Self::ThreatDragon(..) => Format::ThreatDragon,
            Self::Tree(known, _) => known.format(),
            Self::Tm7(_) => Format::Tm7,
            Self::Card(_) => Format::ModelCard,
            Self::Garak => Format::Garak,
            Self::Table(_, layout) => table_format(layout),
        }
    }
}

/// Recognises the bytes, or says what they look like.
pub(super) fn recognise(bytes: &[u8]) -> Result<Kind<'_>, Refused> {
    if garak::is_garak(head(bytes)) {
        return Ok(Kind::Garak);
    }
    let text = decode(bytes)?;
    let start = text.text.trim_start();
    if start.starts_with(['{', '[']) {
        return json(start);
    }
    if start.starts_with('<') && look::is_tm7(start) {
        return Ok(Kind::Tm7(text));
    }
    if let Some((known, tree)) = yaml(&text.text)? {
        return Ok(Kind::Tree(known, tree));
    }
    if card::is_card(&text.text) {
        return Ok(Kind::Card(text));
    }
    let (text, layout) = as_table_text(text, false)?;
    Ok(Kind::Table(text, layout))
}

/// A tree of YAML of a format that is known; text of another kind is none.
fn yaml(text: &str) -> Result<Option<(Known, Value)>, Refused> {
    let Some(sure) = look::is_yaml(text).filter(|_| text.len() <= YAML_MAX) else { return Ok(None) };
    match super::yaml(text) {
        Some(mut tree) if tree.is_object() => {
            let found = known::of(&tree);
            if found == Some(Known::ThreagileModel) {
                // A tree forgets in which order its keys stood.
                tree[tree::ORDER] = tree::assets_in_order(text).into();
            }
            Ok(found.map(|known| (known, tree)))
        }
        None if sure => {
            Err(Refused::Lacking { looks: "a model in YAML", lack: "it is damaged, or larger than any real one" })
        }
        Some(_) | None => Ok(None),
    }
}

/// Reads the bytes as a table; with `any`, also one of whose columns nothing is known.
pub(super) fn as_table(bytes: &[u8], any: bool) -> Result<(Decoded<'_>, Layout), Refused> {
    as_table_text(decode(bytes)?, any)
}

/// Reads the bytes as a table of which a person says what its columns are.
pub(super) fn as_table_to_map(bytes: &[u8]) -> Result<(Decoded<'_>, Layout), Refused> {
    let (text, layout) = as_table(bytes, true)?;
    Ok((text, layout.named_by_first_row()))
}

/// What a table is read as, where nobody says what its columns are.
pub(super) fn table_format(layout: &Layout) -> Format {
    if dojo::is_table(layout) { Format::DojoGeneric } else { table::Mapping::guess(layout).format() }
}

fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refused> {
    if let Some(refused) = large::refused(head(bytes), bytes.len() as u64) {
        return Err(refused);
    }
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(Refused::LfsPointer);
    }
    if let Some(looks) = look::binary(bytes) {
        return Err(Refused::NotRead { looks });
    }
    let decoded = Decoded::new(bytes);
    if decoded.text.contains('\0') {
        return Err(Refused::Unknown { looks: "binary data" });
    }
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Refused::Empty);
    }
    Ok(decoded)
}

fn json(text: &str) -> Result<Kind<'static>, Refused> {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let value = match documents.next() {
        Some(Ok(value)) => value,
        Some(Err(e)) => return Err(broken(text, &e)),
        None => return Err(Refused::Empty),
    };
    let lines = !text[documents.byte_offset()..].trim().is_empty();
    if let Some(known) = known::of(&value) {
        return if lines {
            Err(Refused::Unknown { looks: "several JSON documents" })
        } else {
            Ok(Kind::Tree(known, value))
        };
    }
    match (model(&value), look::json(&value)) {
        (Err(refused), None) => Err(refused),
        (_, Some(looks)) => Err(Refused::NotRead { looks }),
        (Ok(_), None) if lines => Err(Refused::Unknown { looks: "several JSON documents" }),
        (Ok(version), None) => Ok(Kind::ThreatDragon(version, value)),
    }
}

/// Says what went wrong in the JSON, and what it would have been.
fn broken(text: &str, error: &serde_json::Error) -> Refused {
    let head: String = text.chars().take(4000).collect();
    let dragon = head.contains("\"summary\"") && (head.contains("\"detail\"") || head.contains("\"diagrams\""));
    stream::broken(if dragon { "a Threat Dragon model" } else { "JSON" }, error)
}

/// The version of a Threat Dragon model.
pub(super) fn model(value: &Value) -> Result<u8, Refused> {
    let (summary, detail) = (value.get("summary"), value.get("detail"));
    if summary.is_none() && detail.is_none() {
        return Err(Refused::Unknown { looks: "JSON" });
    }
    if !detail.is_some_and(Value::is_object) {
        let other = value.get("details").or_else(|| value.get("version")).is_some();
        return Err(if other { Refused::Incomplete { missing: "detail" } } else { Refused::Unknown { looks: "JSON" } });
    }
    if !summary.is_some_and(Value::is_object) {
        return Err(Refused::Incomplete { missing: "summary" });
    }
    let version = value.get("version").map(Value::to_string).unwrap_or_default();
    if version.trim_start_matches('"').starts_with('1') {
        return Ok(1);
    }
    if version.trim_start_matches('"').starts_with('2') {
        return Ok(2);
    }
    let diagrams = value.pointer("/detail/diagrams").and_then(Value::as_array);
    let second = diagrams.is_some_and(|all| all.iter().any(|d| d.get("cells").is_some()));
    Ok(if second { 2 } else { 1 })
}

fn as_table_text(text: Decoded<'_>, any: bool) -> Result<(Decoded<'_>, Layout), Refused> {
    let looks = look::text(&text.head());
    if let Some(looks) = looks.filter(|_| !any) {
        return Err(Refused::NotRead { looks });
    }
    let layout = Layout::find(&text)?;
    match layout {
        Some(layout) if any || layout.has_header() => Ok((text, layout)),
        Some(layout) if table::Mapping::guess(&layout).is_telling() => Ok((text, layout)),
        Some(layout) => Err(Refused::NoColumns { headers: Line::new(&layout.first_cells()) }),
        None => Err(Refused::Unknown { looks: looks.unwrap_or("text") }),
    }
}

//! Model cards: Markdown with a head in YAML, or without one.

use serde_json::Value;

use super::draft::{Draft, EvidenceDraft, Format, Labelled, PartDraft, Run, Seen, SystemDraft};
use super::tree;
use crate::domain::{Line, Prose};

/// The sections that are kept beside the description, by what their heading holds.
const SECTIONS: [(&str, &str); 8] = [
    ("out-of-scope", "Out-of-scope use"),
    ("out of scope", "Out-of-scope use"),
    ("intended", "Intended use"),
    ("uses", "Intended use"),
    ("bias", "Bias, risks and limits"),
    ("limitation", "Bias, risks and limits"),
    ("training data", "Training data"),
    ("evaluation", "Evaluation"),
];

/// What stands above the text of a card.
enum Head {
    None,
    /// A mapping.
    Fields(Value),
    /// YAML of another shape.
    Other,
    /// No YAML at all.
    Broken,
}

/// Whether a text is a model card: a head between two lines of dashes and Markdown below it, or Markdown that begins with a
/// heading.
pub(super) fn is_card(text: &str) -> bool {
    let (head, body) = split(text);
    let heading = body.lines().map(str::trim_start).any(|line| line.starts_with("# ") || line.starts_with("## "));
    let table = body.trim_start().starts_with('|');
    match head {
        Some(_) => heading || body.trim().is_empty(),
        None => body.trim_start().starts_with("# ") && !table && prose(body),
    }
}

/// Whether most lines below the first heading are no rows of a table.
fn prose(body: &str) -> bool {
    let lines: Vec<&str> = body.lines().skip(1).filter(|line| !line.trim().is_empty()).take(40).collect();
    let cells = lines.iter().filter(|line| line.matches([',', ';', '\t']).count() >= 3 && !line.contains(". ")).count();
    !lines.is_empty() && cells * 2 < lines.len() && lines.iter().any(|line| line.contains(' '))
}

/// The head without its dashes, and what is below it.
fn split(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else { return (None, text) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return (Some(&rest[..at]), &rest[at + line.len()..]);
        }
        at += line.len();
    }
    (None, text)
}

/// Reads a card that was recognised.
pub(super) fn read(seen: &Seen, text: &str) -> Draft {
    let mut draft = Draft::new(Format::ModelCard, seen);
    let (head, body) = split(text);
    let head = match head {
        None => Head::None,
        Some(yaml) => match super::yaml(yaml) {
            Some(fields) if fields.is_object() => Head::Fields(fields),
            Some(_) => Head::Other,
            None => Head::Broken,
        },
    };
    // A head that is no YAML is text like the rest.
    let body = if matches!(head, Head::Broken) { text } else { body };
    let headings: Vec<&str> = headings(body);
    let title = Line::new(headings.first().copied().unwrap_or_default());
    draft.count("has_front_matter", !matches!(head, Head::None));
    draft.count("crlf", text.contains("\r\n"));
    // Lines of code that look like headings are counted with them, as every counter of Markdown without a parser does.
    draft.count("headings", body.lines().filter(|line| heading(line).is_some()).count());
    draft.count(
        "outcome",
        match head {
            Head::Other => "warn:front matter is not a mapping",
            Head::Broken => "warn:front matter is not YAML",
            Head::None | Head::Fields(_) => "ok",
        },
    );
    let name_from_file = title.is_empty();
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { title.clone() },
        name_from_file,
        ..SystemDraft::default()
    };
    system.source_id = Line::new(&format!("model-card/{}", system.name.as_str().to_lowercase()));
    let mut model = PartDraft {
        source_id: Line::new(&format!("model-card/model {}", system.name)),
        name: system.name.clone(),
        ..PartDraft::default()
    };
    match &head {
        Head::Fields(fields) => fields_of(fields, &mut draft, &mut system, &mut model),
        Head::Other => draft.notes.warn("The head of the card is not a list of fields; its text is kept"),
        Head::Broken => draft.notes.warn("The head of the card is not YAML; its text is kept"),
        Head::None => {}
    }
    system.models.push(model);
    sections(body, &mut system);
    draft.title = title;
    draft.schema = Line::new("markdown");
    draft.lineage = system.name.clone();
    draft.systems = vec![system];
    draft
}

/// The headings that are none of a piece of code.
fn headings(body: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut out = Vec::new();
    for line in body.lines() {
        fenced ^= line.trim_start().starts_with("```");
        out.extend(heading(line).filter(|_| !fenced));
    }
    out
}

/// The words of a line that begins as a heading does.
fn heading(line: &str) -> Option<&str> {
    let level = line.len() - line.trim_start_matches('#').len();
    let is = (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']);
    is.then(|| line[level..].trim())
}

fn fields_of(fields: &Value, draft: &mut Draft, system: &mut SystemDraft, model: &mut PartDraft) {
    let joined = |field: &str| tree::lines(&fields[field]).iter().map(Line::as_str).collect::<Vec<_>>().join(", ");
    let results: Vec<&Value> =
        tree::items(fields, "model-index").iter().flat_map(|one| tree::items(one, "results")).collect();
    if let Some(licence) = fields.get("license") {
        draft.count("license", licence.clone());
    }
    draft.count("tags", tree::items(fields, "tags").len());
    draft.count("datasets", tree::lines(&fields["datasets"]).len());
    draft.count("model_index", tree::items(fields, "model-index").len());
    let mut keys: Vec<&str> = fields.as_object().into_iter().flat_map(|map| map.keys()).map(String::as_str).collect();
    keys.sort_unstable();
    draft.count("keys", keys);
    model.provider = Line::new(&joined("base_model"));
    let labels = [
        ("Licence", "license"),
        ("Base model", "base_model"),
        ("Language", "language"),
        ("Task", "pipeline_tag"),
        ("Library", "library_name"),
        ("Tags", "tags"),
    ];
    for (label, field) in labels {
        let text = Prose::new(&joined(field));
        if !text.is_empty() {
            system.further.push(Labelled { label: Line::new(label).into(), text });
        }
    }
    for name in tree::lines(&fields["datasets"]) {
        let source_id = Line::new(&format!("model-card/data {name}"));
        system.retrievals.push(PartDraft {
            source_id,
            name,
            content: Line::new("training data"),
            ..PartDraft::default()
        });
    }
    for (at, one) in results.iter().enumerate() {
        let metrics: Vec<String> = tree::items(one, "metrics")
            .iter()
            .map(|metric| format!("{} {}", tree::text(&metric["type"]), tree::text(&metric["value"])))
            .collect();
        let data = tree::line(&one["dataset"], "name");
        system.evidence.push(EvidenceDraft {
            source_id: Line::new(&format!("model-card/result {} {at} {}", system.name, draft.sha256)),
            title: Line::new(&format!("{} on {data}: {}", tree::text(&one["task"]["type"]), metrics.join(", "))),
            run: Run::Test,
            ..EvidenceDraft::default()
        });
    }
}

/// The first paragraphs as description, and the sections that a review asks for.
fn sections(body: &str, system: &mut SystemDraft) {
    let mut label: Option<&str> = None;
    let mut first = String::new();
    let mut parts: Vec<(&str, String)> = Vec::new();
    let (mut below, mut fenced) = (0, false);
    for line in body.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if let Some(heading) = heading(line).filter(|_| !fenced).map(str::to_lowercase) {
            label = SECTIONS.iter().find(|(part, _)| heading.contains(part)).map(|(_, label)| *label);
            below += 1;
            continue;
        }
        match label {
            Some(label) => match parts.iter_mut().find(|(known, _)| *known == label) {
                Some((_, text)) => text.extend(["\n", line]),
                None => parts.push((label, line.to_owned())),
            },
            None if below <= 2 => first.extend([line, "\n"]),
            None => {}
        }
    }
    system.description = Prose::new(&tree::unmarked(&first));
    for (label, text) in parts {
        let text = Prose::new(&tree::unmarked(&text));
        if !text.is_empty() {
            system.further.push(Labelled { label: Line::new(label).into(), text });
        }
    }
}

//! `DefectDojo`'s findings as a table: its import by CSV and what it exports of its own, whose columns are the fields of the
//! JSON under other spellings.

use serde_json::{Map, Value};

use super::List;
use crate::domain::Line;
use crate::exchange::draft::{Draft, Seen};
use crate::exchange::notes::Notes;
use crate::exchange::table::{Decoded, Layout, date, each};
use crate::exchange::{Progress, Refused, words};

/// Columns that no other table has together.
const TELLING: [&str; 7] = ["title", "severity", "description", "active", "verified", "duplicate", "false_p"];

/// A column by its letters and digits alone, and the field of the JSON that it is.
const COLUMNS: [(&str, &str); 31] = [
    ("title", "title"),
    ("severity", "severity"),
    ("description", "description"),
    ("mitigation", "mitigation"),
    ("impact", "impact"),
    ("references", "references"),
    ("date", "date"),
    ("cwe", "cwe"),
    ("cweid", "cwe"),
    ("cve", "cve"),
    ("vulnerabilityids", "cve"),
    ("url", "url"),
    ("endpoints", "url"),
    ("filepath", "file_path"),
    ("line", "line"),
    ("componentname", "component_name"),
    ("uniqueidfromtool", "unique_id_from_tool"),
    ("vulnidfromtool", "vuln_id_from_tool"),
    ("nboccurences", "nb_occurences"),
    ("foundby", "found_by"),
    ("active", "active"),
    ("verified", "verified"),
    ("duplicate", "duplicate"),
    ("falsepositive", "false_p"),
    ("falsep", "false_p"),
    ("riskaccepted", "risk_accepted"),
    ("outofscope", "out_of_scope"),
    ("underreview", "under_review"),
    ("ismitigated", "is_mitigated"),
    ("mitigated", "mitigated"),
    ("mitigateddate", "mitigated"),
];

/// The fields that are yes or no.
const FLAGS: [&str; 8] =
    ["active", "verified", "duplicate", "false_p", "risk_accepted", "out_of_scope", "under_review", "is_mitigated"];

/// Whether the columns of a table are those of findings.
pub(in crate::exchange) fn is_one(layout: &Layout) -> bool {
    let fields = fields(layout);
    layout.has_header() && TELLING.iter().all(|field| fields.contains(&Some(*field)))
}

fn fields(layout: &Layout) -> Vec<Option<&'static str>> {
    let field = |name: &Line| {
        let letters: String = name.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
        let letters = letters.to_ascii_lowercase();
        COLUMNS.iter().find(|(known, _)| *known == letters).map(|(_, field)| *field)
    };
    layout.names().iter().map(field).collect()
}

/// Reads a table whose columns are those of findings.
pub(in crate::exchange) fn read(
    seen: &Seen,
    (text, layout): (&Decoded, &Layout),
    progress: Progress,
) -> Result<Draft, Refused> {
    let fields = fields(layout);
    let mut list = List::new("csv", Line::default());
    let mut notes = Notes::default();
    let mut take = |record: &csv::StringRecord, notes: &mut Notes| {
        let mut one = Map::new();
        for (field, cell) in fields.iter().zip(record).filter(|(_, cell)| !cell.trim().is_empty()) {
            let Some(field) = field else { continue };
            // Of two columns for the same field the first that is filled counts.
            if !one.contains_key(*field) {
                one.insert((*field).to_owned(), value(field, cell));
            }
        }
        list.take(&Value::Object(one), notes);
    };
    each(text, layout, progress, &mut |record, _, notes| take(record, notes), &mut notes)?;
    list.into_draft(seen, notes)
}

/// A cell as the JSON would have it.
fn value(field: &str, cell: &str) -> Value {
    match field {
        _ if FLAGS.contains(&field) => words::yes_or_no(cell).map_or(Value::Null, Value::Bool),
        "date" => date(cell).map_or(Value::Null, |day| Value::from(day.to_string())),
        "nb_occurences" => cell.trim().parse::<u64>().map_or(Value::Null, Value::from),
        // A number of none is what an empty one is written as.
        "cwe" | "line" if cell.trim() == "0" => Value::Null,
        _ => Value::from(cell),
    }
}

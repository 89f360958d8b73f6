//! The projections, made from the table of fields: one table for each kind of thing, a column for each field.
//!
//! They can be dropped and replayed from the log at will, so there is no UNIQUE but `id`, no foreign key and no rule
//! about values in them: a replay or a merge must never fail on those.

use std::fmt::Write;

use rusqlite::{Connection, types::Value as Sql};

use crate::domain::{Kind, fields::Form, id::hex, journal::digest, library::Matrix, value::Value};

/// Goes up when the projector puts the same events into other rows.
const PROJECTOR: u32 = 2;

/// Which set of tables: those of the file, or a second set in memory to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Main,
    Temp,
}

impl Place {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Temp => "temp",
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Int,
    Text,
    List,
}

impl Shape {
    pub(super) fn of(form: Form) -> Self {
        match form {
            Form::Number | Form::Score | Form::Moment => Self::Int,
            Form::Choices(_) | Form::Marks => Self::List,
            Form::Line | Form::Prose | Form::Day | Form::Choice(_) | Form::Person | Form::Reference | Form::Digest => {
                Self::Text
            }
        }
    }

    /// The value as the column holds it; none where a newer program put something else into the field.
    pub(super) fn column(self, value: &Value) -> Option<Sql> {
        match (self, value) {
            (_, Value::Null) => Some(Sql::Null),
            (Self::Int, Value::Int(n)) => Some(Sql::Integer(*n)),
            (Self::Text, Value::Text(text)) => Some(Sql::Text(text.clone())),
            (Self::List, Value::List(_)) => Some(Sql::Text(value.to_json())),
            (Self::Int | Self::Text | Self::List, Value::Int(_) | Value::Text(_) | Value::List(_)) => None,
        }
    }

    /// The value that a column holds.
    pub(super) fn value(self, column: Sql) -> Value {
        match (self, column) {
            (_, Sql::Integer(n)) => Value::Int(n),
            (Self::List, Sql::Text(json)) => {
                serde_json::from_str(&json).map_or(Value::Null, |json| Value::from_json(&json))
            }
            (Self::Int | Self::Text, Sql::Text(text)) => Value::Text(text),
            (_, Sql::Null | Sql::Real(_) | Sql::Blob(_)) => Value::Null,
        }
    }
}

/// The summaries are computed by a rule and written beside the projections; they are not replayed but made anew.
const SUMMARIES: &str = r"
CREATE TABLE summary(system BLOB PRIMARY KEY, name TEXT NOT NULL, tier TEXT NOT NULL DEFAULT '',
  lifecycle TEXT NOT NULL DEFAULT '', track TEXT NOT NULL DEFAULT '', court TEXT NOT NULL DEFAULT '', since INTEGER,
  due TEXT, dpo_gaps INTEGER NOT NULL DEFAULT 0, governance_gaps INTEGER NOT NULL DEFAULT 0,
  gaps INTEGER NOT NULL DEFAULT 0, threats INTEGER NOT NULL DEFAULT 0, unscored INTEGER NOT NULL DEFAULT 0,
  worst INTEGER NOT NULL DEFAULT 0, clearance TEXT NOT NULL DEFAULT '', rank INTEGER NOT NULL DEFAULT 0,
  good_until TEXT, risk TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE INDEX summary_rank ON summary(rank DESC, name, system);
CREATE INDEX summary_tier ON summary(tier, name COLLATE NOCASE);
CREATE INDEX summary_name ON summary(name COLLATE NOCASE);
CREATE INDEX summary_stale ON summary(good_until) WHERE good_until IS NOT NULL;
CREATE TABLE next_step(system BLOB NOT NULL, pos INTEGER NOT NULL, rank INTEGER NOT NULL, role TEXT NOT NULL,
  person BLOB, what TEXT NOT NULL, since INTEGER, due TEXT, place TEXT NOT NULL,
  PRIMARY KEY(system, pos)) STRICT, WITHOUT ROWID;
CREATE INDEX next_step_rank ON next_step(rank DESC, pos);
CREATE INDEX next_step_person ON next_step(person, rank DESC, pos) WHERE person IS NOT NULL;
CREATE INDEX next_step_role ON next_step(role, rank DESC, pos);
CREATE TABLE acceptance_line(system BLOB NOT NULL, pos INTEGER NOT NULL, acceptance BLOB NOT NULL, number INTEGER NOT NULL,
  threat TEXT NOT NULL, title TEXT NOT NULL, level TEXT NOT NULL, expires TEXT, acceptor TEXT NOT NULL, requester BLOB,
  turns TEXT NOT NULL, signed TEXT NOT NULL DEFAULT '', PRIMARY KEY(system, pos)) STRICT, WITHOUT ROWID;
CREATE TABLE matter_line(system BLOB NOT NULL, pos INTEGER NOT NULL, matter TEXT NOT NULL,
  PRIMARY KEY(system, pos)) STRICT, WITHOUT ROWID;
";

/// The threats in numbers: of all systems together, and by level at the end of each day on which something changed.
const PICTURES: &str = r"
CREATE TABLE heat(one INTEGER PRIMARY KEY CHECK(one=1), risk TEXT NOT NULL) STRICT;
CREATE TABLE trend(system BLOB NOT NULL, day TEXT NOT NULL, unscored INTEGER NOT NULL, low INTEGER NOT NULL,
  medium INTEGER NOT NULL, high INTEGER NOT NULL, critical INTEGER NOT NULL,
  PRIMARY KEY(system, day)) STRICT, WITHOUT ROWID;
CREATE TABLE trend_day(day TEXT PRIMARY KEY, unscored INTEGER NOT NULL, low INTEGER NOT NULL,
  medium INTEGER NOT NULL, high INTEGER NOT NULL, critical INTEGER NOT NULL) STRICT, WITHOUT ROWID;
";

/// Makes the tables of the projections, empty.
pub(super) fn create(conn: &Connection, place: Place) -> rusqlite::Result<()> {
    for kind in Kind::ALL {
        conn.execute_batch(&ddl(*kind, place))?;
    }
    conn.execute_batch(&touch(place))?;
    match place {
        Place::Main => conn.execute_batch(SUMMARIES).and_then(|()| conn.execute_batch(PICTURES)),
        Place::Temp => Ok(()),
    }
}

/// Drops whatever projections there are, also those of kinds that only another version knows.
pub(super) fn drop_all(conn: &Connection, place: Place) -> rusqlite::Result<()> {
    const KEPT: [&str; 7] = ["meta", "device", "event", "seen", "blob", "draft", "setting"];
    let mut query = conn.prepare(&format!(
        "SELECT name FROM {}.sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
        place.name()
    ))?;
    let names: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for name in names.iter().filter(|name| !KEPT.contains(&name.as_str())) {
        conn.execute_batch(&format!("DROP TABLE {}.\"{name}\"", place.name()))?;
    }
    Ok(())
}

/// Changes whenever a projection has to be replayed.
pub(super) fn version() -> String {
    // What was counted with another matrix is counted anew.
    let matrix = Matrix::current().version;
    let mut text = format!("{PROJECTOR}{SUMMARIES}{PICTURES}{matrix}{}", touch(Place::Main));
    for kind in Kind::ALL {
        text.push_str(&ddl(*kind, Place::Main));
    }
    hex(&digest(text.as_bytes())[..8])
}

/// Which entries concern which system; the record itself is the empty identity.
fn touch(place: Place) -> String {
    format!(
        "CREATE TABLE {}.touch(system BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(system, n)) STRICT, WITHOUT ROWID;",
        place.name()
    )
}

fn ddl(kind: Kind, place: Place) -> String {
    let (table, place) = (kind.code(), place.name());
    let mut out =
        format!("CREATE TABLE {place}.\"{table}\"(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, system BLOB");
    for field in kind.fields() {
        let column = match Shape::of(field.form) {
            Shape::Int => "INTEGER",
            Shape::Text | Shape::List => "TEXT",
        };
        let _ = write!(out, ", \"{}\" {column}", field.id);
    }
    out.push_str(", archived INTEGER NOT NULL DEFAULT 0, extra TEXT, last_n INTEGER NOT NULL) STRICT;");
    if place == "main" && is_of_a_system(kind) {
        let _ = write!(out, "CREATE INDEX \"{table}_system\" ON \"{table}\"(system);");
    }
    if place == "main" {
        out.push_str(ways(kind));
    }
    out
}

/// The ways into a table beside its system. Those of threats are the orders of the register over all systems, and the
/// words that it looks through, which are half as long as the rows: each costs a threat that is entered one more place to
/// be written, and none where its columns did not change.
fn ways(kind: Kind) -> &'static str {
    match kind {
        Kind::System => "CREATE INDEX system_name ON system(name COLLATE NOCASE);",
        Kind::Threat => {
            "CREATE INDEX threat_title ON threat(ifnull(title,'') COLLATE NOCASE) WHERE archived=0;\
             CREATE INDEX threat_score ON threat(likelihood, impact) WHERE archived=0;\
             CREATE INDEX threat_component ON threat(component COLLATE NOCASE) WHERE archived=0 AND component IS NOT NULL;\
             CREATE INDEX threat_library ON threat(library) WHERE archived=0 AND library IS NOT NULL;\
             CREATE INDEX threat_maps ON threat(archived) WHERE archived=0 AND maps IS NOT NULL;\
             CREATE INDEX threat_by_hand ON threat(likelihood, impact) WHERE archived=0 \
             AND (now_likelihood IS NOT NULL OR now_impact IS NOT NULL);\
             CREATE INDEX threat_due ON threat(due) WHERE archived=0 AND due IS NOT NULL;\
             CREATE INDEX threat_treatment ON threat(treatment) WHERE archived=0;\
             CREATE INDEX threat_unscored ON threat(system) WHERE archived=0 AND (likelihood IS NULL OR impact IS NULL)\
             AND treatment IS NOT 'not_applicable';\
             CREATE INDEX threat_words ON threat(system, rid, title, component, likelihood, impact, treatment, due, flagged)\
             WHERE archived=0;"
        }
        Kind::Link => "CREATE INDEX link_threat ON link(threat);",
        Kind::Verification => "CREATE INDEX verification_control ON verification(control);",
        _ => "",
    }
}

/// Whether its rows are found by the system that they belong to. People and the team's library are read all together, a system by itself.
pub(super) fn is_of_a_system(kind: Kind) -> bool {
    !matches!(kind, Kind::Person | Kind::System | Kind::Shelf | Kind::Policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_and_no_kind_takes_a_name_of_ours() {
        for kind in Kind::ALL {
            for field in kind.fields() {
                assert!(!["rid", "id", "system", "archived", "extra", "last_n"].contains(&field.id), "{kind:?}");
            }
            let ours = ["meta", "device", "event", "seen", "blob", "draft", "setting", "touch", "summary", "next_step"];
            assert!(
                !ours.contains(&kind.code())
                    && !["heat", "trend", "trend_day", "acceptance_line", "matter_line"].contains(&kind.code())
            );
        }
    }

    #[test]
    fn values_come_back_from_their_columns() {
        for (shape, value) in [
            (Shape::Int, Value::Int(3)),
            (Shape::Text, Value::Text("[\"x\"]".into())),
            (Shape::List, Value::List(vec!["a".into()])),
            (Shape::List, Value::Null),
        ] {
            assert_eq!(shape.value(shape.column(&value).unwrap()), value);
        }
        assert_eq!(Shape::Int.column(&Value::Text("5".into())), None);
    }
}

//! Rows to dossier: one indexed query for each kind.

use std::fmt::Write;

use anyhow::Context;
use rusqlite::{Connection, Row, params, types::Value as Sql};

use super::table::{Shape, is_of_a_system};
use crate::domain::{Dossier, Id, Kind, fields::Entity, merging::is_everywhere, value::Value};

/// Everything about one system, or about the record itself.
pub(super) fn dossier(conn: &Connection, subject: Option<Id>) -> anyhow::Result<Dossier> {
    let mut dossier = Dossier { subject, ..Dossier::default() };
    fill(conn, Kind::Assignment, None, &mut dossier)?;
    dossier.defaults = std::mem::take(&mut dossier.assignments);
    // Meetings are of the record: no system has rows of them.
    let wanted = |kind: &&Kind| subject.is_none() || !super::session::is_of_meetings(**kind);
    for kind in Kind::ALL.iter().filter(wanted) {
        fill(conn, *kind, subject, &mut dossier)?;
    }
    Ok(dossier)
}

/// Who is in the record, and the roles by default: two queries, where a dossier takes one for each kind.
pub(super) fn people(conn: &Connection) -> anyhow::Result<Dossier> {
    let mut dossier = Dossier::default();
    fill(conn, Kind::Assignment, None, &mut dossier)?;
    dossier.defaults.clone_from(&dossier.assignments);
    fill(conn, Kind::Person, None, &mut dossier)?;
    Ok(dossier)
}

fn fill(conn: &Connection, kind: Kind, subject: Option<Id>, dossier: &mut Dossier) -> anyhow::Result<()> {
    let key = subject.map(|id| id.0.to_vec());
    if is_everywhere(kind) {
        return fill_where(conn, kind, ("", params![]), dossier);
    }
    let of = if is_of_a_system(kind) { " WHERE system IS ?1" } else { " WHERE id=?1" };
    fill_where(conn, kind, (of, params![key]), dossier)
}

/// Adds the rows of a kind for which a condition holds; the caller knows that none of them is there yet.
pub(super) fn fill_where(
    conn: &Connection,
    kind: Kind,
    (of, values): (&str, &[&dyn rusqlite::ToSql]),
    dossier: &mut Dossier,
) -> anyhow::Result<()> {
    let mut query = conn.prepare_cached(&select(kind, of))?;
    let mut rows = query.query(values)?;
    while let Some(row) = rows.next()? {
        let id = Id::from_slice(row.get_ref(0)?.as_blob()?).context("an identity of sixteen bytes")?;
        let mut filled = Ok(());
        // The tables hold each identity once: there is nothing to look for.
        dossier.append(kind, id, &mut |entity| filled = fill_row(row, kind, entity));
        filled?;
    }
    Ok(())
}

fn fill_row(row: &Row<'_>, kind: Kind, entity: &mut dyn Entity) -> rusqlite::Result<()> {
    if row.get::<_, bool>(1)? {
        entity.put("archived", &Value::Int(1));
    }
    for (at, field) in kind.fields().iter().enumerate() {
        let value = value_at(row, at + 2, Shape::of(field.form))?;
        if !value.is_null() {
            entity.put(field.id, &value);
        }
    }
    Ok(())
}

fn select(kind: Kind, of: &str) -> String {
    let mut sql = String::from("SELECT id, archived");
    for field in kind.fields() {
        let _ = write!(sql, ",\"{}\"", field.id);
    }
    let _ = write!(sql, " FROM \"{}\"{of} ORDER BY rid", kind.code());
    sql
}

fn value_at(row: &Row<'_>, at: usize, shape: Shape) -> rusqlite::Result<Value> {
    Ok(shape.value(row.get::<_, Sql>(at)?))
}

/// What a field holds now, also one that only a newer program knows.
pub(super) fn current(conn: &Connection, of: Kind, entity: Id, field: &str) -> anyhow::Result<Value> {
    use rusqlite::OptionalExtension;
    let known = of.field(field);
    let column = known.map_or(if field == "archived" { "archived" } else { "NULL" }, |field| field.id);
    let column = if column == "NULL" { column.to_owned() } else { format!("\"{column}\"") };
    let sql = format!("SELECT {column}, extra FROM \"{}\" WHERE id=?1", of.code());
    let found = conn
        .prepare_cached(&sql)?
        .query_row([entity.0.as_slice()], |row| Ok((row.get::<_, Sql>(0)?, row.get::<_, Option<String>>(1)?)))
        .optional()?;
    let Some((column, extra)) = found else { return Ok(Value::Null) };
    let value = match (known, column) {
        (Some(field), column) => Shape::of(field.form).value(column),
        (None, Sql::Integer(1)) => Value::Int(1),
        (None, _) => Value::Null,
    };
    if !value.is_null() {
        return Ok(value);
    }
    let extra: serde_json::Value = extra.map_or(Ok(serde_json::Value::Null), |json| serde_json::from_str(&json))?;
    Ok(extra.get(field).map_or(Value::Null, Value::from_json))
}

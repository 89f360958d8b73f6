//! The order by the items of a framework: library entry by library entry, then what was mapped by hand, then the rest.

use std::collections::HashMap;

use rusqlite::{Connection, types::Value as Sql};

use crate::domain::{
    Dossier,
    catalog::{GROUPED, Library, grouped_under},
    fields::{Kept, Marks},
    library::{Framework, framework},
    value::Value,
};

/// What stands together: the threats that were taken from one entry of a library, or those mapped to an item by hand.
#[derive(Debug, Clone)]
enum Part {
    Taken(String),
    Mapped,
    Rest,
}

/// The parts of the order, and where each entry of the libraries has its own.
#[derive(Debug)]
pub(super) struct Framed {
    parts: Vec<Part>,
    taken: HashMap<String, i64>,
    mapped: HashMap<String, i64>,
    /// The team's own entries.
    own: Dossier,
}

impl Framed {
    /// The order in a record with these entries of its own.
    pub fn of(own: &Dossier) -> Self {
        let library = Library::of(own);
        let mut framed = Self {
            parts: Vec::new(),
            taken: HashMap::new(),
            mapped: HashMap::new(),
            own: Dossier { shelf: own.shelf.clone(), ..Dossier::default() },
        };
        let entries: Vec<_> = library
            .threats()
            .filter_map(|entry| Some((grouped_under(own, &entry.id, &Marks::default())?.id.as_str(), &entry.id)))
            .collect();
        for item in framework(GROUPED).into_iter().flat_map(Framework::items) {
            for (_, code) in entries.iter().filter(|(under, _)| *under == item.id) {
                if !framed.taken.contains_key(*code) {
                    framed.taken.insert((*code).clone(), super::whole_of(framed.parts.len()));
                    framed.parts.push(Part::Taken((*code).clone()));
                }
            }
            framed.mapped.insert(item.id.clone(), super::whole_of(framed.parts.len()));
            framed.parts.push(Part::Mapped);
        }
        framed.parts.push(Part::Rest);
        framed
    }

    /// The groups of the order.
    pub fn groups(&self) -> std::ops::Range<i64> {
        0..super::whole_of(self.parts.len())
    }

    /// Where the rows of a group are found.
    pub fn index(&self, group: i64) -> (&'static str, Vec<Sql>) {
        let part = usize::try_from(group).ok().and_then(|at| self.parts.get(at));
        match part {
            Some(Part::Taken(code)) => ("INDEXED BY threat_library WHERE library=?3", vec![code.clone().into()]),
            Some(Part::Mapped) => ("INDEXED BY threat_maps WHERE maps IS NOT NULL", vec![]),
            Some(Part::Rest) => ("NOT INDEXED WHERE 1", vec![]),
            None => ("WHERE 0", vec![]),
        }
    }

    /// The group of the threat in this row.
    pub fn group(&self, conn: &Connection, rid: i64) -> anyhow::Result<i64> {
        let sql = "SELECT ifnull(library,''), maps FROM threat WHERE rid=?1";
        let (code, maps): (String, Option<String>) =
            conn.prepare_cached(sql)?.query_row([rid], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some(group) = self.taken.get(&code) {
            return Ok(*group);
        }
        let rest = super::whole_of(self.parts.len()) - 1;
        let Some(maps) = maps else { return Ok(rest) };
        let maps = serde_json::from_str(&maps).map_or(Value::Null, |json| Value::from_json(&json));
        let item = grouped_under(&self.own, &code, &Marks::from_value(&maps));
        Ok(item.and_then(|item| self.mapped.get(&item.id)).copied().unwrap_or(rest))
    }
}

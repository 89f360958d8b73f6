//! Who writes here: the device of this machine, user and file, and the mark outside the file.

use rusqlite::{Connection, OptionalExtension};

use super::{
    Fault,
    mark::{Mark, Seen},
    session::Head,
    table,
};
use crate::domain::{Id, fields::Moment, people::Stamp};

/// The place at which somebody sits.
#[derive(Debug)]
pub(super) struct Seat {
    /// The record.
    pub space: Id,
    /// Whose device it is.
    pub person: Option<Id>,
    pub device: Option<Id>,
    pub mark: Option<Mark>,
    /// What `data_version` said when the tables were last seen to be of this version of docket.
    pub checked: Option<i64>,
    /// Where the own chain ended when it was last written to, and what `data_version` said then.
    pub end: Option<(i64, Head)>,
}

impl Seat {
    /// The device to write as, if there is one yet. Asked inside the write transaction, so that two processes that
    /// both begin on a new file end up with one chain.
    pub fn device(&mut self, conn: &Connection) -> anyhow::Result<Option<Id>> {
        if self.device.is_none() {
            self.device = match &self.mark {
                Some(mark) => mark.read().filter(|seen| seen.space == self.space).map(|seen| seen.device),
                None => newest(conn)?,
            };
        }
        Ok(self.device)
    }

    /// Refuses to write rows into tables that another version of docket has made anew in the meantime.
    pub fn check_tables(&mut self, conn: &Connection, version: i64) -> anyhow::Result<()> {
        if self.checked != Some(version) {
            let found: String =
                conn.query_row("SELECT value FROM meta WHERE key='proj_version'", [], |row| row.get(0))?;
            if found != table::version() {
                return Err(Fault::TakenOver.into());
            }
            self.checked = Some(version);
        }
        Ok(())
    }

    /// The identity of a chain that is about to begin: noted outside first, so that a second process finds it.
    pub fn new_device(&mut self, stamp: &Stamp) -> Id {
        let device = self.device.unwrap_or_else(|| Id::v7(stamp.at.0, crate::clock::chance(), 0));
        self.device = Some(device);
        self.note(device, 0, [0; 32], stamp.at);
        device
    }

    /// Notes outside the file how far it is. Best effort: what was saved is saved.
    pub fn note(&mut self, device: Id, seq: i64, hash: [u8; 32], at: Moment) {
        if let Some(mark) = self.mark.as_mut() {
            let _ = mark.write(&Seen { space: self.space, device, seq, hash, at });
        }
    }
}

/// Without a place for a mark, whoever wrote last goes on.
fn newest(conn: &Connection) -> anyhow::Result<Option<Id>> {
    let id: Option<[u8; 16]> =
        conn.query_row("SELECT id FROM device ORDER BY dev DESC LIMIT 1", [], |row| row.get(0)).optional()?;
    Ok(id.map(Id))
}

/// The tag of the device after `count` others: nothing for the first, then B, C, … Z, AA, AB, …
pub(super) fn tag(count: i64) -> String {
    let mut out = Vec::new();
    let mut left = count + 1;
    while count > 0 && left > 0 {
        left -= 1;
        out.push(b'A' + u8::try_from(left % 26).expect("a remainder of 26 fits"));
        left /= 26;
    }
    out.reverse();
    String::from_utf8(out).expect("capital letters")
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_go_on_after_z() {
        let tags: Vec<_> = [0, 1, 25, 26, 27].into_iter().map(super::tag).collect();
        assert_eq!(tags, ["", "B", "Z", "AA", "AB"]);
    }
}

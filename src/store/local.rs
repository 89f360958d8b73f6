//! What stays on this machine and is no part of the record: unfinished texts and where somebody was.

use rusqlite::{OptionalExtension, params};

use super::{Fault, Store};

impl Store {
    /// Keeps a text that is not finished yet.
    pub fn keep_draft(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        self.put("INSERT INTO draft(key, text) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET text=?2", &[key, text])
    }

    /// A text that was not finished.
    pub fn draft(&self, key: &str) -> anyhow::Result<Option<String>> {
        self.one("SELECT text FROM draft WHERE key=?1", key)
    }

    /// Every text that was not finished, with its key.
    pub fn drafts(&self) -> anyhow::Result<Vec<(String, String)>> {
        self.reading(|conn| {
            let mut query = conn.prepare_cached("SELECT key, text FROM draft ORDER BY key")?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Drops a text that is finished or no longer wanted.
    pub fn drop_draft(&mut self, key: &str) -> Result<(), Fault> {
        self.put("DELETE FROM draft WHERE key=?1", &[key])
    }

    /// A setting of this file, such as the last screen.
    pub fn setting(&self, key: &str) -> anyhow::Result<Option<String>> {
        self.one("SELECT value FROM setting WHERE key=?1", key)
    }

    /// Remembers a setting of this file.
    pub fn put_setting(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        self.put(
            "INSERT INTO setting(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value=?2",
            &[key, value],
        )
    }

    /// Runs many commands without waiting for the disk after each, and waits once at the end: for making a sample, whose
    /// loss in a power cut would lose nothing.
    pub fn in_one_flush<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> Result<T, Fault> {
        let set = |store: &Self, how: &str| {
            let sql = format!("PRAGMA synchronous={how}");
            store.conn.execute_batch(&sql).map_err(|error| store.fault(error.into()))
        };
        set(self, "OFF")?;
        let out = run(self);
        set(self, "FULL")?;
        let _ = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(out)
    }

    /// Writes to a local table. The dossier in memory stays: these tables are no part of it.
    fn put(&mut self, sql: &str, values: &[&str]) -> Result<(), Fault> {
        self.writing(|conn, _, held| {
            conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(values))?;
            Ok((held, ()))
        })
    }

    fn one(&self, sql: &str, key: &str) -> anyhow::Result<Option<String>> {
        self.reading(|conn| Ok(conn.prepare_cached(sql)?.query_row(params![key], |row| row.get(0)).optional()?))
    }
}

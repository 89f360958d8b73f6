//! The tables that are not projections, and the settings of every connection.

use rusqlite::{Connection, config::DbConfig};
use std::time::Duration;

/// "DKT1": whose file this is.
pub(super) const APPLICATION: i64 = 0x444B_5431;
/// The format that this program writes.
pub(super) const FORMAT: i64 = 1;

/// Pages kept in memory in normal use, in KiB.
pub(super) const CACHE: i64 = 8 * 1024;
/// Pages kept in memory while rebuilding or importing, in KiB.
pub(super) const LARGE_CACHE: i64 = 64 * 1024;

/// The log, which only ever grows, and the local tables beside it.
pub(super) const LOG: &str = "
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device(
  dev       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE CHECK(length(id)=16),
  tag       TEXT NOT NULL,
  person    BLOB, pubkey BLOB,
  head_seq  INTEGER NOT NULL DEFAULT 0,
  head_hash BLOB NOT NULL CHECK(length(head_hash)=32),
  head_hlc  INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE event(
  n        INTEGER PRIMARY KEY,
  dev      INTEGER NOT NULL REFERENCES device(dev),
  seq      INTEGER NOT NULL CHECK(seq>0),
  cmd      INTEGER NOT NULL,
  hlc      INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  actor    BLOB NOT NULL CHECK(length(actor)=16),
  role     TEXT NOT NULL CHECK(instr(role,char(10))=0),
  kind     TEXT NOT NULL CHECK(instr(kind,char(10))=0),
  v        INTEGER NOT NULL,
  entity   BLOB NOT NULL CHECK(length(entity)=16),
  body     TEXT, salt BLOB, redacted BLOB,
  hash     BLOB NOT NULL CHECK(length(hash)=32),
  sig      BLOB, sig_alg TEXT,
  CHECK((body IS NOT NULL AND salt IS NOT NULL AND redacted IS NULL)
     OR (body IS NULL AND salt IS NULL AND redacted IS NOT NULL AND length(redacted)=32))) STRICT;
CREATE UNIQUE INDEX event_dev_seq ON event(dev, seq);
CREATE INDEX event_entity ON event(entity, n);
CREATE TABLE seen(dev INTEGER NOT NULL, other INTEGER NOT NULL, at_seq INTEGER NOT NULL, other_seq INTEGER NOT NULL,
  PRIMARY KEY(dev, other, at_seq)) STRICT, WITHOUT ROWID;
CREATE TABLE blob(sha256 BLOB PRIMARY KEY CHECK(length(sha256)=32), mime TEXT NOT NULL, bytes BLOB) STRICT;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT,'the log is append-only'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
 WHEN NOT (OLD.body IS NOT NULL AND NEW.body IS NULL AND NEW.salt IS NULL AND NEW.redacted IS NOT NULL AND length(NEW.redacted)=32
   AND NEW.n=OLD.n AND NEW.dev=OLD.dev AND NEW.seq=OLD.seq AND NEW.cmd=OLD.cmd AND NEW.hlc=OLD.hlc AND NEW.at=OLD.at
   AND NEW.actor=OLD.actor AND NEW.role=OLD.role AND NEW.kind=OLD.kind AND NEW.v=OLD.v AND NEW.entity=OLD.entity
   AND NEW.hash=OLD.hash AND NEW.sig IS OLD.sig AND NEW.sig_alg IS OLD.sig_alg)
 BEGIN SELECT raise(ABORT,'the log is append-only'); END;
CREATE TABLE draft(key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// Settings that only concern this connection; nothing here writes.
pub(super) fn settle(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(256);
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        // A plan is made once for all values: otherwise most statements are made again each time a value is bound.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        conn.set_db_config(setting, on)?;
    }
    conn.execute_batch(&format!(
        "PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON; PRAGMA cell_size_check=ON;
         PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-{CACHE};"
    ))
}

/// Makes a new record in an empty database: one transaction, so that nobody ever sees half of it.
pub(super) fn create(conn: &Connection, space: &[u8; 16]) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "BEGIN IMMEDIATE; PRAGMA application_id={APPLICATION}; PRAGMA user_version={FORMAT}; {LOG}"
    ))?;
    let put = |key: &str, value: &dyn rusqlite::ToSql| {
        conn.execute("INSERT INTO meta(key, value) VALUES(?1, ?2)", rusqlite::params![key, value])
    };
    put("space", &space.as_slice())?;
    put("log_format", &1)?;
    put("min_reader", &FORMAT)?;
    put("proj_version", &super::table::version())?;
    super::table::create(conn, super::table::Place::Main)?;
    conn.execute_batch("COMMIT")
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use crate::store::Store;

    #[test]
    fn a_statement_that_is_kept_is_not_made_again_for_another_value() {
        let store = Store::in_memory().unwrap();
        for threat in ["one", "another"] {
            let mut query = store.conn.prepare_cached("SELECT rid FROM link WHERE threat=?1 ORDER BY rid").unwrap();
            assert!(query.query([threat]).unwrap().next().unwrap().is_none());
            assert_eq!(query.get_status(StatementStatus::RePrepare), 0, "{threat}");
        }
    }
}

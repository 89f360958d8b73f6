//! Checking everything that can be checked without anybody's help.

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, Summarise, compare, course, heat, read, seen, summary, vouch};
use crate::domain::{
    Id, Kind,
    fields::{Day, Moment},
    id::hex,
    journal::{Chain, Content, Envelope, Sealed, combined_head, digest},
};

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries were checked.
    pub checked: u64,
    /// What is wrong, in whole sentences; nothing when all is well.
    pub problems: Vec<String>,
    /// What is in order and still to be known, in whole sentences.
    pub notes: Vec<String>,
}

/// LEFT, so that an entry of no known device is not passed over, and so that the log is what is walked along.
pub(super) const SEALED: &str = "SELECT coalesce(d.id, zeroblob(16)), e.seq, e.cmd, e.hlc, e.at, e.actor, e.role, e.kind, e.v, e.entity, e.body, e.salt, e.redacted, \
                                 e.hash, e.n FROM event e LEFT JOIN device d ON d.dev=e.dev";

impl Store {
    /// Checks every entry against its chain, every attachment against its digest and every row against a replay.
    /// `progress` is told how many entries are done.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> anyhow::Result<Report> {
        self.reading(|conn| {
            // One transaction: what another process writes meanwhile is not a finding.
            let tx = conn.unchecked_transaction()?;
            let mut report = Report::default();
            // A check that cannot be finished is a finding, and the others go on.
            for check in [pages, attachments, origin, touches, rows, pictures, seen::checked, vouch::vouched] {
                if let Err(error) = check(&tx, &mut report) {
                    report.problems.push(self.fault(error).to_string());
                }
            }
            if let Err(error) = chains(&tx, &mut report, progress) {
                report.problems.push(self.fault(error).to_string());
            }
            tx.rollback()?;
            Ok(report)
        })
    }

    /// The systems whose line on the dashboard holds today, but is not what `summarise` says, or is not there.
    pub fn wrong_lines(&self, today: Day, summarise: Summarise<'_>) -> anyhow::Result<Vec<Id>> {
        self.reading(|conn| {
            let tx = conn.unchecked_transaction()?;
            // From both sides: a line may be there without its system, and a system without its line.
            let mut query = tx.prepare(
                "SELECT system FROM summary WHERE good_until IS NULL OR good_until>=?1
                 UNION SELECT id FROM system WHERE id NOT IN (SELECT system FROM summary)",
            )?;
            let ids = query.query_map([today.to_string()], |row| row.get(0).map(Id))?;
            let mut wrong = Vec::new();
            for id in ids {
                let id = id?;
                if summarise(&read::dossier(&tx, Some(id))?) != summary::stored(&tx, id)? {
                    wrong.push(id);
                }
            }
            Ok(wrong)
        })
    }

    /// The systems on which there is something of a kind that belongs to one system.
    pub fn systems_with(&self, kind: Kind) -> anyhow::Result<Vec<Id>> {
        self.reading(|conn| {
            let sql = format!("SELECT DISTINCT system FROM main.{} WHERE system IS NOT NULL ORDER BY 1", kind.code());
            let mut query = conn.prepare(&sql)?;
            let found = query.query_map([], |row| row.get(0).map(Id))?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Checks the entries of one system, each against its seal and the entry before it in its chain. What was left out of
    /// the history of the system, and the rows, only a check of everything finds.
    pub fn verify_system(&self, system: Id) -> anyhow::Result<Report> {
        self.reading(|conn| {
            let mut report = Report::default();
            let mut before =
                conn.prepare("SELECT hash FROM event WHERE dev=(SELECT dev FROM device WHERE id=?1) AND seq=?2")?;
            let mut query =
                conn.prepare(&format!("{SEALED} JOIN touch t ON t.n=e.n WHERE t.system=?1 ORDER BY e.n"))?;
            let mut rows = query.query([super::project::touched(Some(system))])?;
            while let Some(row) = rows.next()? {
                let entry = sealed(row)?;
                let (device, seq) = (entry.envelope.device, entry.envelope.seq);
                let mut chain = Chain::default();
                if seq > 1 {
                    let hash = before.query_row(params![device.0, seq - 1], |row| row.get(0)).optional()?;
                    // Without the entry before it the seal cannot fit, and the finding says so.
                    chain.resume(device, seq - 1, hash.unwrap_or_default());
                }
                report.problems.extend(chain.check(&entry).map(|finding| finding.to_string()));
                report.checked += 1;
            }
            Ok(report)
        })
    }

    /// Checks only the last `count` entries: enough to see at once that the end is whole.
    pub fn check_tail(&self, count: usize) -> anyhow::Result<Report> {
        self.reading(|conn| {
            let end: i64 = conn.query_row("SELECT coalesce(max(n), 0) FROM event", [], |row| row.get(0))?;
            let mut report = Report::default();
            walk(conn, end - super::whole(count), &mut report, &mut |_| ())?;
            Ok(report)
        })
    }

    /// How many entries there are, and the one hash that stands for all of them.
    pub fn head(&self) -> anyhow::Result<(u64, [u8; 32])> {
        self.reading(head)
    }
}

impl Store {
    /// The same right after entry `n`.
    pub fn head_at(&self, n: i64) -> anyhow::Result<(u64, [u8; 32])> {
        self.reading(|conn| {
            let heads = starts(conn, n)?;
            let count = heads.iter().map(|head| head.1.unsigned_abs()).sum();
            Ok((count, combined_head(&heads)))
        })
    }
}

pub(super) fn head(conn: &Connection) -> anyhow::Result<(u64, [u8; 32])> {
    let heads = heads(conn)?;
    let count = heads.iter().map(|head| head.1.unsigned_abs()).sum();
    Ok((count, combined_head(&heads)))
}

fn heads(conn: &Connection) -> anyhow::Result<Vec<(Id, i64, [u8; 32])>> {
    let mut query = conn.prepare_cached("SELECT id, head_seq, head_hash FROM device WHERE head_seq>0 ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((Id(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Checks all chains, and that each ends where its device says.
pub(super) fn chains(conn: &Connection, report: &mut Report, progress: &mut dyn FnMut(u64)) -> anyhow::Result<()> {
    walk(conn, 0, report, progress)
}

fn walk(conn: &Connection, after: i64, report: &mut Report, progress: &mut dyn FnMut(u64)) -> anyhow::Result<()> {
    let mut chain = Chain::default();
    for (device, seq, hash) in starts(conn, after)? {
        chain.resume(device, seq, hash);
    }
    let mut query = conn.prepare(&format!("{SEALED} WHERE e.n>?1 ORDER BY e.n"))?;
    let mut rows = query.query([after])?;
    while let Some(row) = rows.next()? {
        let entry = sealed(row)?;
        if let Some(finding) = chain.check(&entry) {
            report.problems.push(format!("{finding} It reads: {}", named(conn, row.get(14)?)?));
        }
        if chain.checked.is_multiple_of(1000) {
            progress(chain.checked);
        }
    }
    report.checked = chain.checked;
    let ends = chain.heads();
    for (device, seq, hash) in heads(conn)? {
        let end = ends.iter().find(|end| end.0 == device).map_or(0, |end| end.1);
        if end < seq {
            let short = hex(&device.0[12..]);
            report.problems.push(format!(
                "The last {} entries of device {short} are missing: it wrote {seq}, the journal ends at {end}.",
                seq - end
            ));
        } else if !ends.contains(&(device, seq, hash)) {
            let short = hex(&device.0[12..]);
            report
                .problems
                .push(format!("The head that device {short} noted, entry {seq}, is not the end of its chain."));
        }
    }
    Ok(())
}

/// Where the chains stand after entry `after`. Asked device by device, so that each is a short walk from its end.
fn starts(conn: &Connection, after: i64) -> anyhow::Result<Vec<(Id, i64, [u8; 32])>> {
    let mut devices = conn.prepare("SELECT dev, id FROM device")?;
    let mut last = conn.prepare("SELECT seq, hash FROM event WHERE dev=?1 AND n<=?2 ORDER BY seq DESC LIMIT 1")?;
    let mut out = Vec::new();
    let devices = devices.query_map([], |row| Ok((row.get::<_, i64>(0)?, Id(row.get(1)?))))?;
    for device in devices {
        let (dev, id) = device?;
        let mut rows = last.query([dev, after])?;
        if let Some(row) = rows.next()? {
            out.push((id, row.get(0)?, row.get(1)?));
        }
    }
    Ok(out)
}

/// Every page of the file is what a page should be, and no index hides a row. The quick check would not look at indexes,
/// and a system's rows are found by one.
fn pages(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        report.problems.push("Parts of the file are damaged; restore a backup.".to_owned());
    }
    // The roots of empty tables and indexes can be broken in a way that only reading them shows.
    read::dossier(conn, None)?;
    Ok(())
}

/// The rows are what a replay of the log makes.
fn rows(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let found = compare::differences(conn)?;
    report.problems.extend(found.iter().map(ToString::to_string));
    Ok(())
}

/// The numbers of the pictures are what the lines and the log say.
fn pictures(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    report.problems.extend(heat::wrong(conn)?);
    report.problems.extend(course::wrong(conn)?);
    Ok(())
}

/// Every chain was begun for this record.
fn origin(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let sql = "SELECT count(*) FROM event WHERE kind='device.open' AND seq=1 AND body IS NOT NULL
               AND unhex(body->>'$.space') IS NOT (SELECT value FROM meta WHERE key='space')";
    if conn.query_row("SELECT EXISTS(SELECT 1 FROM event WHERE dev NOT IN (SELECT dev FROM device))", [], |row| {
        row.get(0)
    })? {
        report.problems.push("There are entries of a device that this record does not know.".to_owned());
    }
    if conn.query_row(sql, [], |row| row.get::<_, i64>(0))? > 0 {
        report.problems.push("A chain in this file was begun for another record.".to_owned());
    }
    Ok(())
}

/// An entry as a finding names it: its number, what it is, and of which system.
pub(super) fn named(conn: &Connection, n: i64) -> anyhow::Result<String> {
    // What was tampered with need not be JSON any more.
    let sql =
        "SELECT seq, kind, system, (SELECT name FROM main.system WHERE id=unhex(e.system)) FROM (SELECT seq, kind,
               iif(json_valid(body), body->>'$.system', NULL) AS system FROM main.event WHERE n=?1) e";
    let found = conn.prepare_cached(sql)?.query_row([n], |row| {
        let (seq, kind): (i64, String) = (row.get(0)?, row.get(1)?);
        Ok((seq, kind, row.get::<_, Option<String>>(2)?, row.get::<_, Option<String>>(3)?))
    });
    let (seq, kind, system, name) = found.context("an entry of the journal")?;
    let (of, verb) = kind.split_once('.').unwrap_or((kind.as_str(), ""));
    let label: Option<&str> = Kind::parse(of).map(Kind::label);
    let what = label.unwrap_or(of);
    let place = match (system, name) {
        (Some(_), Some(name)) => format!(" in \"{name}\""),
        (Some(id), None) => format!(" in system {id}"),
        (None, _) => " of the record".to_owned(),
    };
    Ok(format!("entry {seq} ({what}, {verb}){place}"))
}

/// Every attached text and file is there and is what it was.
fn attachments(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let mut query = conn.prepare("SELECT sha256, bytes, mime FROM blob")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let sum: [u8; 32] = row.get(0)?;
        if let Some(bytes) = row.get_ref(1)?.as_blob_or_null()?.filter(|bytes| digest(bytes) != sum) {
            // What an attachment is called: a text that was signed, or a file behind a piece of evidence.
            let what = if row.get_ref(2)?.as_str()? == "text/plain" { "text" } else { "file" };
            report.problems.push(format!(
                "The attached {what} {} was changed; it has {} bytes now. It belongs to {}.",
                hex(&sum),
                bytes.len(),
                attached_to(conn, &sum)?
            ));
        }
    }
    let mut query = conn.prepare(
        "SELECT n, body->>'$.attach' AS sum, kind FROM event WHERE body LIKE '{\"attach\":%'
         AND NOT EXISTS(SELECT 1 FROM blob WHERE sha256=unhex(body->>'$.attach')) ORDER BY n",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (n, sum): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        let what = if row.get_ref(2)?.as_str()? == "evidence.attach" { "file" } else { "text" };
        let (sum, name) = (sum.unwrap_or_default(), named(conn, n)?);
        report.problems.push(format!("The {what} {sum} that was attached to {name} is missing."));
    }
    Ok(())
}

/// The entries that keep an attachment, as a finding names them.
fn attached_to(conn: &Connection, sum: &[u8; 32]) -> anyhow::Result<String> {
    let mut query = conn.prepare_cached(
        "SELECT n FROM event WHERE body LIKE '{\"attach\":\"'||lower(hex(?1))||'\"%' ORDER BY n LIMIT 5",
    )?;
    let all = query.query_map([sum], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    let names = all.into_iter().map(|n| named(conn, n)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(if names.is_empty() { "no entry".to_owned() } else { names.join(", ") })
}

/// Every entry is in the history of its system.
fn touches(conn: &Connection, report: &mut Report) -> anyhow::Result<()> {
    let wrong: i64 = conn.query_row(
        "SELECT (SELECT count(*) FROM event WHERE body IS NOT NULL AND NOT EXISTS(
            SELECT 1 FROM touch t WHERE t.n=event.n AND t.system=coalesce(unhex(body->>'$.system'), x'')))
         + (SELECT count(*) FROM touch) - (SELECT count(*) FROM event JOIN touch USING(n))",
        [],
        |row| row.get(0),
    )?;
    if wrong != 0 {
        report.problems.push(format!(
            "{wrong} entries are missing from the history of their system, or are in another; a rebuild puts it right."
        ));
    }
    Ok(())
}

pub(super) fn sealed(row: &Row<'_>) -> anyhow::Result<Sealed> {
    let content = match (row.get::<_, Option<String>>(10)?, row.get::<_, Option<[u8; 16]>>(11)?) {
        (Some(body), Some(salt)) => Content::Kept { salt, body },
        _ => Content::Erased(row.get::<_, Option<[u8; 32]>>(12)?.context("the digest of what was erased")?),
    };
    let envelope = Envelope {
        device: Id(row.get(0)?),
        seq: row.get(1)?,
        cmd: row.get(2)?,
        hlc: row.get(3)?,
        at: Moment(row.get(4)?),
        actor: Id(row.get(5)?),
        role: row.get(6)?,
        kind: row.get(7)?,
        version: row.get(8)?,
        entity: Id(row.get(9)?),
    };
    Ok(Sealed { envelope, content, hash: row.get(13)? })
}

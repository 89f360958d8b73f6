//! Files that are too large to be held in memory, read in passes over the file: what they are, what is beside their long
//! lists, and then the lists row by row.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::draft::{Draft, Seen};
use super::known;
use super::stream;
use super::{BYTES_MAX, JSON_MAX, Refused, glance, look, tm7};
use crate::domain::{Line, id::hex};

/// Files of this size and more are read in passes, where their format can be. A tree of JSON takes twenty times its text.
pub const LARGE: u64 = 4 << 20;

/// How often such a file is read; once more where its beginning does not tell its format.
pub const PASSES: u64 = 2;

/// A file that can be read from its beginning more than once.
pub trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// Reads a large file whose format can be read in passes; none where it is of another one. `head` is its beginning.
pub fn read(source: &mut dyn Source, head: &[u8], name: &str) -> Result<Option<Draft>, Refused> {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') && look::is_tm7(start) {
        let mut first = pass(source)?;
        io::copy(&mut first, &mut io::sink()).map_err(|error| unreadable(&error))?;
        let seen = seen(&first, name);
        drop(first);
        return tm7::read(&seen, &mut pass(source)?).map(Some);
    }
    if !start.starts_with('{') {
        return Ok(None);
    }
    let known = match glance::known(start) {
        Some(known) => Some(known),
        // What tells the format stands behind what is long.
        None => known::of(&stream::shape(&mut pass(source)?)?),
    };
    let Some((known, take)) = known.and_then(|known| Some((known, known.take()?))) else { return Ok(None) };
    let mut first = pass(source)?;
    let beside = stream::head(&mut first, take)?;
    if known::of(&beside) != Some(known) {
        return Ok(None);
    }
    let seen = seen(&first, name);
    drop(first);
    let mut rows = |sink: stream::Sink| stream::each_row(&mut pass(source)?, take, sink);
    known::read_rows(known, &seen, &beside, &mut rows).map(Some)
}

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// Why a file is not read that has to be held in memory as a whole; none where it is small enough. `head` is its beginning.
pub fn refused(head: &[u8], bytes: u64) -> Option<Refused> {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let json = start.starts_with(['{', '[']);
    let (what, limit) = if json { ("JSON", JSON_MAX) } else { ("files", BYTES_MAX) };
    if bytes <= limit as u64 {
        return None;
    }
    // Logs of that size are JSON lines; the first one tells whose.
    let first = text.lines().next().filter(|line| json && line.len() < head.len());
    let looks = first.and_then(|line| serde_json::from_str(line).ok()).and_then(|value| look::json(&value));
    let too_large = Refused::TooLarge { mib: bytes >> 20, what, limit: limit >> 20 };
    Some(looks.map_or(too_large, |looks| Refused::NotRead { looks }))
}

/// One pass over a file, from its beginning.
struct Pass<'a> {
    source: &'a mut dyn Source,
    sum: Sha256,
    read: usize,
}

impl Read for Pass<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.sum.update(&into[..read]);
        self.read += read;
        Ok(read)
    }
}

/// Begins a pass, behind the mark of its encoding.
fn pass(source: &mut dyn Source) -> Result<BufReader<Pass<'_>>, Refused> {
    let begin = |source: &mut dyn Source| source.seek(SeekFrom::Start(0));
    begin(source).map_err(|error| unreadable(&error))?;
    let mut reader = BufReader::with_capacity(PIECE, Pass { source, sum: Sha256::new(), read: 0 });
    let marked = reader.fill_buf().map_err(|error| unreadable(&error))?.starts_with(b"\xef\xbb\xbf");
    if marked {
        reader.consume(3);
    }
    Ok(reader)
}

/// What a file is called that was read to its end, and what tells it from another one.
fn seen<'a>(read: &BufReader<Pass<'_>>, name: &'a str) -> Seen<'a> {
    let pass = read.get_ref();
    Seen { name, sha256: hex(&pass.sum.clone().finalize()), bytes: pass.read }
}

pub(super) fn unreadable(error: &io::Error) -> Refused {
    Refused::Unreadable { why: Line::new(&error.to_string()) }
}

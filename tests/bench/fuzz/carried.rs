//! Bundles and whole records, which come from elsewhere: read piece by piece, and told as the system that they are of.

use docket::{
    desk::{Desk, Paths},
    domain::{
        Id,
        id::hex,
        journal::{Content, Piece, parse_line},
        merging::Course,
        people::Role,
    },
    exchange::bundle::Reader,
};
use sha2::{Digest as _, Sha256};

/// A whole record and a bundle of it.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let place = tempfile::tempdir().unwrap();
    let mut desk = Desk::create(Paths { record: place.path().join("a.docket"), state: None }, false).unwrap();
    desk.begin("Uma Universal", "Head of everything", &Role::REVIEW).unwrap();
    let name = ("name".to_owned(), docket::domain::value::Value::from("Claims triage"));
    let system = desk.new_system(Role::Owner, [name].into_iter().collect()).unwrap().subject.unwrap();
    let mut whole = Vec::new();
    desk.carry(None, &mut whole).unwrap();
    let mut part = Vec::new();
    desk.carry(Some(desk.part_of(system).unwrap()), &mut part).unwrap();
    desk.close().unwrap();
    vec![("whole.jsonl".into(), whole), ("part.bundle".into(), part)]
}

/// With the sum that fits its lines, so that what was damaged is looked at and not only its sum.
fn summed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    let kept = lines.split_last().map_or(&[][..], |(_, kept)| kept);
    let text: String = kept.iter().flat_map(|line| [*line, "\n"]).collect();
    let sum = hex(&Sha256::digest(&text));
    format!("{text}{{\"sha256\":\"{sum}\"}}\n").into_bytes()
}

/// Read as it is, and with a sum that fits.
pub fn read(bytes: &[u8]) -> Result<String, String> {
    let one = |bytes: &[u8]| -> Result<String, String> {
        let refused = |says: String| {
            let whole = says.ends_with('.') && says.contains("Nothing was changed") && !says.contains('\n');
            if whole { Ok(says.chars().take(60).collect()) } else { Err(format!("no whole sentence: {says}")) }
        };
        let mut reader = match Reader::begin(bytes) {
            Ok(reader) => reader,
            Err(broken) => return refused(broken.to_string()),
        };
        let mut pieces = 0;
        for piece in &mut reader {
            match piece {
                Ok(Piece::Entry(entry)) if matches!(&entry.content, Content::Kept { body, .. } if body.is_empty()) => {
                    return Err("an entry without a word was let in".into());
                }
                Ok(_) => pieces += 1,
                Err(broken) => return refused(broken.to_string()),
            }
        }
        Ok(format!("read {}", pieces.min(9)))
    };
    Ok(one(bytes)? + " / " + &one(&summed(bytes))?)
}

/// Its entries as they are, whatever their seals say: telling a system of them never fails.
pub fn told(bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let entries: Vec<_> = text.lines().filter_map(parse_line).map(|(entry, _)| entry).collect();
    let system = entries.iter().find(|entry| entry.envelope.kind == "system.add").map(|entry| entry.envelope.entity);
    let mut course = Course::of(system.unwrap_or(Id([0; 16])));
    for entry in &entries {
        course.take(entry);
    }
    if course.told().len() > entries.len() {
        return Err("more was told than there are entries".into());
    }
    let end = course.end();
    let before: usize = course.told().iter().map(|told| course.before(told).reviews.iter().count()).sum();
    Ok(format!("{} {} {}", course.told().len().min(20), end.name().is_empty(), before.min(9)))
}

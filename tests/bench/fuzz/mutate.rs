//! Damages an input: its bytes, its words, its tree, its end.

use serde_json::{Map, Value};

use crate::accident::Accident;

/// No input grows beyond this.
const LARGEST: usize = 256 << 10;

/// Words that parsers stumble over.
const WORDS: [&str; 44] = [
    "",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "<",
    ">",
    "</",
    "<!--",
    "]]>",
    "&",
    "&#0;",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "---\n",
    "...\n",
    "- ",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!binary ",
    "? ",
    "| \n",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "é",
    "模型",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "=cmd|' /C calc'!A0",
    "'''",
];

/// Numbers at the edge of what numbers can be.
const NUMBERS: [&str; 16] = [
    "0",
    "-0",
    "-1",
    "1",
    "1e999",
    "-1e999",
    "1e-999",
    "0.1",
    "255",
    "65536",
    "2147483648",
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551616",
    "99999999999999999999999999",
    "NaN",
];

/// Openings that can be repeated until a parser that calls itself has no stack left.
const OPENINGS: [&str; 9] = ["[", "{\"a\":", "<a>", "- ", "(", "[[", "a.", "&a [", "\"a\\"];

/// Damages an input in one to six ways; `other` is another one to take parts from.
pub fn damage(bytes: &[u8], other: &[u8], accident: &mut Accident) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=accident.below(6) {
        out = match accident.below(8) {
            0 | 1 => flipped(out, accident),
            2 | 3 => reworded(&out, other, accident),
            4 | 5 => replanted(&out, other, accident).unwrap_or(out),
            6 => cut(out, accident),
            _ => grown(out, other, accident),
        };
        out.truncate(LARGEST);
    }
    out
}

fn flipped(mut out: Vec<u8>, accident: &mut Accident) -> Vec<u8> {
    for _ in 0..=accident.below(4) {
        let at = accident.below(out.len());
        match out.get_mut(at) {
            Some(byte) if accident.one_in(2) => *byte ^= 1 << accident.below(8),
            Some(byte) => *byte = accident.next().to_le_bytes()[0],
            None => out.push(b'{'),
        }
    }
    out
}

/// The beginning and the end of a part.
fn part(len: usize, accident: &mut Accident) -> (usize, usize) {
    let (a, b) = (accident.below(len + 1), accident.below(len + 1));
    let (from, to) = (a.min(b), a.max(b));
    // Small parts are more often what a parser looks at.
    if accident.one_in(3) { (from, to) } else { (from, to.min(from + 1 + accident.below(32))) }
}

fn cut(mut out: Vec<u8>, accident: &mut Accident) -> Vec<u8> {
    let (from, to) = part(out.len(), accident);
    if accident.one_in(2) {
        out.truncate(from);
    } else {
        out.drain(from..to);
    }
    out
}

fn grown(mut out: Vec<u8>, other: &[u8], accident: &mut Accident) -> Vec<u8> {
    let at = accident.below(out.len() + 1);
    let piece = match accident.below(4) {
        0 => {
            let (from, to) = part(out.len(), accident);
            let times = if accident.one_in(20) { 2000 } else { 1 + accident.below(20) };
            let piece = &out[from..to];
            piece.repeat(times.min(LARGEST / piece.len().max(1)))
        }
        1 => {
            let (from, to) = part(other.len(), accident);
            other[from..to].to_vec()
        }
        2 => {
            let opening = accident.one_of(&OPENINGS);
            let deep = if accident.one_in(10) { 30_000 } else { accident.below(300) };
            opening.repeat(deep).into_bytes()
        }
        _ => {
            let length = if accident.one_in(10) { 100_000 } else { accident.below(2000) };
            accident.one_of(&WORDS).repeat(length.max(1)).into_bytes()
        }
    };
    out.splice(at..at, piece);
    out
}

/// What stands together: letters, digits, blanks, or one sign.
fn words(bytes: &[u8]) -> Vec<&[u8]> {
    let kind = |byte: u8| match byte {
        b'0'..=b'9' | b'.' => 1,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' | 128.. => 2,
        b' ' | b'\n' | b'\r' | b'\t' => 3,
        _ => 0,
    };
    bytes.chunk_by(|a, b| kind(*a) != 0 && kind(*a) == kind(*b)).collect()
}

fn reworded(bytes: &[u8], other: &[u8], accident: &mut Accident) -> Vec<u8> {
    let mut all = words(bytes);
    let others = words(other);
    for _ in 0..=accident.below(4) {
        if all.is_empty() {
            break;
        }
        let (at, to) = (accident.below(all.len()), accident.below(all.len()));
        match accident.below(6) {
            0 => all.swap(at, to),
            1 => drop(all.remove(at)),
            2 => all.insert(to, all[at]),
            3 => all[at] = accident.one_of(&WORDS).as_bytes(),
            4 => {
                let digit = |word: &&[u8]| word.first().is_some_and(u8::is_ascii_digit);
                let numbers: Vec<usize> = (0..all.len()).filter(|i| digit(&all[*i])).collect();
                let at = numbers.get(accident.below(numbers.len())).copied().unwrap_or(at);
                all[at] = accident.one_of(&NUMBERS).as_bytes();
            }
            _ => all[at] = others.get(accident.below(others.len())).copied().unwrap_or(b"x"),
        }
    }
    all.concat()
}

/// Damages the tree of a JSON file, or one line of a file of such lines; none where it is neither.
fn replanted(bytes: &[u8], other: &[u8], accident: &mut Accident) -> Option<Vec<u8>> {
    if let Ok(mut tree) = serde_json::from_slice::<Value>(bytes) {
        let graft = serde_json::from_slice(other).unwrap_or(Value::Null);
        branch(&mut tree, &graft, accident);
        let text = if accident.one_in(2) { serde_json::to_vec(&tree) } else { serde_json::to_vec_pretty(&tree) };
        return text.ok();
    }
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = accident.below(lines.len());
    let mut tree: Value = serde_json::from_slice(lines.get(at)?).ok()?;
    branch(&mut tree, &Value::Null, accident);
    lines[at] = serde_json::to_vec(&tree).ok()?;
    Some(lines.join(&b'\n'))
}

/// Goes down to a place in a tree and does something to it.
fn branch(tree: &mut Value, graft: &Value, accident: &mut Accident) {
    let down = !accident.one_in(6);
    match tree {
        Value::Array(list) if down && !list.is_empty() => {
            let at = accident.below(list.len());
            match accident.below(8) {
                0 => drop(list.remove(at)),
                1 => list.insert(0, list[at].clone()),
                2 => list.extend(vec![list[at].clone(); 1 + accident.below(40)]),
                _ => branch(&mut list[at], graft, accident),
            }
        }
        Value::Object(map) if down && !map.is_empty() => in_object(map, graft, accident),
        tree => *tree = leaf(tree, graft, accident),
    }
}

fn in_object(map: &mut Map<String, Value>, graft: &Value, accident: &mut Accident) {
    let at = accident.below(map.len());
    let Some(key) = map.keys().nth(at).cloned() else { return };
    match accident.below(10) {
        0 => drop(map.remove(&key)),
        1 => {
            let value = map.remove(&key).unwrap_or_default();
            map.insert((*accident.one_of(&WORDS)).to_owned(), value);
        }
        _ => {
            if let Some(value) = map.get_mut(&key) {
                branch(value, graft, accident);
            }
        }
    }
}

fn leaf(was: &Value, graft: &Value, accident: &mut Accident) -> Value {
    match accident.below(8) {
        0 => Value::Null,
        1 => Value::from(accident.one_of(&WORDS)),
        2 => serde_json::from_str(accident.one_of(&NUMBERS)).unwrap_or(Value::from(-1)),
        3 => Value::Array(vec![was.clone(); accident.below(4)]),
        4 => Value::Object(Map::from_iter([("id".to_owned(), was.clone())])),
        5 => Value::Bool(accident.one_in(2)),
        6 => (0..accident.below(100)).fold(was.clone(), |inner, _| Value::Array(vec![inner])),
        _ => part_of(graft, accident),
    }
}

fn part_of(tree: &Value, accident: &mut Accident) -> Value {
    let inner = match tree {
        Value::Array(list) if !list.is_empty() => list.get(accident.below(list.len())),
        Value::Object(map) if !map.is_empty() => map.values().nth(accident.below(map.len())),
        _ => None,
    };
    match inner {
        Some(inner) if !accident.one_in(4) => part_of(inner, accident),
        _ => tree.clone(),
    }
}

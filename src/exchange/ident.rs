//! Ids that stay the same from one version of a file to the next.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::domain::Line;

/// Longest id that is kept readable.
const READABLE_MAX: usize = 200;

/// Gives out ids, each once: the second of the same gets `#2` behind it.
#[derive(Debug)]
pub(super) struct Ids {
    format: &'static str,
    seen: HashMap<String, u32>,
    repeated: usize,
}

impl Ids {
    /// Starts with no id given out.
    pub(super) fn new(format: &'static str) -> Self {
        Self { format, seen: HashMap::new(), repeated: 0 }
    }

    /// An id from what the tool calls it, or from what describes it where the tool gives no id.
    pub(super) fn give(&mut self, tool_id: &str, describing: &[&str]) -> Line {
        let tool_id = Line::new(tool_id);
        let mut base = tool_id.as_str().to_owned();
        if base.is_empty() {
            base = describing.iter().map(|part| Line::new(part).as_str().to_lowercase()).collect::<Vec<_>>().join("|");
        }
        if base.len() > READABLE_MAX {
            base = format!("sha256:{}", sha256(base.as_bytes()));
        }
        let id = format!("{}/{base}", self.format);
        let count = self.seen.entry(base.clone()).or_default();
        *count += 1;
        if *count == 1 {
            return Line::new(&id);
        }
        self.repeated += usize::from(!tool_id.is_empty());
        let mut n = *count;
        // A tool may itself call something "R1#2".
        while self.seen.contains_key(&format!("{base}#{n}")) {
            n += 1;
        }
        self.seen.insert(base.clone(), n);
        self.seen.insert(format!("{base}#{n}"), 1);
        Line::new(&format!("{id}#{n}"))
    }

    /// How many of the tool's own ids had occurred before.
    pub(super) fn repeated(&self) -> usize {
        self.repeated
    }
}

/// The SHA-256 of `bytes` in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_once() {
        let mut ids = Ids::new("csv-register");
        assert_eq!(ids.give("R1", &[]).as_str(), "csv-register/R1");
        assert_eq!(ids.give("R1", &[]).as_str(), "csv-register/R1#2");
        assert_eq!(ids.repeated(), 1);
        assert_eq!(ids.give("R1#3", &[]).as_str(), "csv-register/R1#3");
        assert_eq!(ids.give("R1", &[]).as_str(), "csv-register/R1#4");
        assert_eq!(ids.give(" ", &["Store", "Spoofing", "A  b"]).as_str(), "csv-register/store|spoofing|a b");
        assert!(ids.give("", &[&"x".repeat(5000)]).as_str().len() < 100);
    }
}

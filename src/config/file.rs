//! The file: TOML, every key with its line, so that what is wrong with it says where.

use toml::{Spanned, de::DeTable, de::DeValue};

use crate::domain::Line;

/// Larger than this no file of settings is.
const BYTES_MAX: usize = 1 << 20;

/// What a key was set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Text(String),
    Switch(bool),
    List(Vec<String>),
    /// Something that no setting takes: what TOML calls it.
    Other(&'static str),
}

/// One line that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The names down to it, with dots between them.
    pub key: String,
    pub said: Said,
    /// Counted from one.
    pub line: usize,
}

/// Every entry of a file, in its order, or the line and what is wrong there.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, (usize, String)> {
    if bytes.len() > BYTES_MAX {
        return Err((1, "the file is larger than 1 MiB, which no file of settings is".into()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        (1 + before.iter().filter(|byte| **byte == b'\n').count(), "this is not text in UTF-8".to_owned())
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (line_at(text, at), Line::new(error.message()).to_string())
    })?;
    let mut out = Vec::new();
    walk(text, "", table.get_ref(), &mut out);
    out.sort_by_key(|entry| entry.line);
    Ok(out)
}

fn line_at(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

fn walk(text: &str, above: &str, table: &DeTable<'_>, out: &mut Vec<Entry>) {
    for (name, value) in table {
        let key = if above.is_empty() { name.get_ref().to_string() } else { format!("{above}.{}", name.get_ref()) };
        match value.get_ref() {
            // A table with nothing in it says nothing.
            DeValue::Table(inner) => walk(text, &key, inner, out),
            value => out.push(Entry { key, said: said(value), line: line_at(text, name.span().start) }),
        }
    }
}

fn said(value: &DeValue<'_>) -> Said {
    let texts = |list: &[Spanned<DeValue<'_>>]| {
        list.iter().map(|one| one.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    };
    match value {
        DeValue::String(text) => Said::Text(text.to_string()),
        DeValue::Boolean(switch) => Said::Switch(*switch),
        DeValue::Array(list) => texts(list).map_or(Said::Other("a list of other things than texts"), Said::List),
        DeValue::Integer(_) | DeValue::Float(_) => Said::Other("a number"),
        DeValue::Datetime(_) => Said::Other("a date"),
        DeValue::Table(_) => Said::Other("a table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_its_whole_name_and_its_line() {
        let text = "# mine\ntheme = \"none\"\n\n[clipboard]\ncommand = \"xclip -i\"\n[keys]\n\"go.board\" = [\"g b\"]\nundo = \"f7\"\nmove.up = 3\n";
        let found = entries(text.as_bytes()).unwrap();
        let lines: Vec<(&str, usize)> = found.iter().map(|entry| (entry.key.as_str(), entry.line)).collect();
        let wanted =
            [("theme", 2), ("clipboard.command", 5), ("keys.go.board", 7), ("keys.undo", 8), ("keys.move.up", 9)];
        assert_eq!(lines, wanted);
        assert_eq!(found[2].said, Said::List(vec!["g b".into()]));
        assert_eq!(found[4].said, Said::Other("a number"));
    }

    #[test]
    fn what_cannot_be_read_says_its_line() {
        assert_eq!(entries(b"a = 1\nb = = 2\n").unwrap_err().0, 2);
        assert_eq!(entries(b"a = 1\na = 2\n").unwrap_err().0, 2);
        assert_eq!(entries(b"a = 1\n\xff").unwrap_err().0, 2);
        assert_eq!(entries("\u{feff}".as_bytes()), Ok(vec![]));
        assert!(entries(&vec![b' '; BYTES_MAX + 1]).is_err());
    }
}

//! Bringing a file in: the folder, and what the columns of a table are.

use docket::{
    app::{Answer, Model, absorb},
    domain::{
        Line,
        bring::{EntrySort, Folder, FolderEntry, Glance, TableColumns, TableKind},
    },
    keymap::Action,
};

use crate::{
    sample,
    scenes::{type_in, with},
};

const FILES: [(&str, EntrySort, Option<&str>, u64); 8] = [
    ("..", EntrySort::Up, None, 0),
    ("models", EntrySort::Folder, None, 0),
    (
        "an-inventory-of-every-system-that-the-agency-runs-or-plans-2026.csv",
        EntrySort::File,
        Some("CSV inventory"),
        48_210,
    ),
    ("minutes.docx", EntrySort::File, None, 18_400),
    ("permit.report.jsonl", EntrySort::File, Some("garak"), 312_400_000),
    ("scan.sarif", EntrySort::File, Some("SARIF"), 71_000),
    ("\u{6f22}\u{5b57}\u{306e}\u{30ea}\u{30b9}\u{30af}.csv", EntrySort::File, Some("CSV register"), 812),
    ("x\u{1b}[31my\u{202e}.json", EntrySort::File, Some("Threat Dragon"), 9_000),
];

fn folder() -> (Folder, Vec<Glance>) {
    let path = std::path::PathBuf::from("/home/mara/reviews/2026");
    let entry = |(name, sort, ..): &(&str, EntrySort, Option<&str>, u64)| FolderEntry {
        path: path.join(name),
        name: Line::new(name),
        sort: *sort,
    };
    let entries: Vec<FolderEntry> = FILES.iter().map(entry).collect();
    let seen = FILES.iter().filter(|(_, sort, ..)| *sort == EntrySort::File);
    let glances =
        seen.map(|(name, _, format, bytes)| Glance { path: path.join(name), bytes: Some(*bytes), format: *format });
    let glances = glances.collect();
    (Folder { shown: Line::new("~/reviews/2026"), path, entries, beyond: 0 }, glances)
}

fn files(size: (u16, u16)) -> Model {
    let (folder, seen) = folder();
    let mut model = sample::board(size);
    absorb(&mut model, Ok(Answer::Folder(folder)));
    absorb(&mut model, Ok(Answer::Glanced(seen)));
    with(model, &[Action::Down, Action::Down, Action::Down])
}

fn typed(size: (u16, u16), text: &str) -> Model {
    let mut model = files(size);
    type_in(&mut model, text);
    model
}

fn columns(size: (u16, u16)) -> Model {
    let kind = |word, fields: &[&'static str]| TableKind { word, fields: fields.to_vec() };
    let names = ["Nr", "Risk of the week", "How likely", "How bad", "Who sees to it", "Remarks of the last meeting"];
    let fields = [Some(0), Some(1), Some(2), None, None, None];
    let row = |n: &str, risk: &str| [n, risk, "4", "5", "Ada Lang", "See the wiki, page 12."].map(Line::new).to_vec();
    let table = TableColumns {
        file: Line::new("risks-of-the-week.csv"),
        hash: "h".into(),
        kind: 0,
        kinds: vec![
            kind("register", &["id", "title", "likelihood", "impact", "owner"]),
            kind("assets", &["id", "title"]),
        ],
        columns: names.iter().map(|name| Line::new(name)).zip(fields).collect(),
        rows: vec![row("1", "A prompt leaks"), row("2", "A tool is misused"), row("3", "Names leak into the log")],
    };
    let mut model = sample::board(size);
    absorb(&mut model, Ok(Answer::Columns(table)));
    with(model, &[Action::Down, Action::Down, Action::Down, Action::Right])
}

pub fn scenes(size: (u16, u16)) -> Vec<(String, Model)> {
    vec![
        ("files".to_owned(), files(size)),
        ("files narrowed".to_owned(), typed(size, "csv")),
        ("files path".to_owned(), typed(size, "~/models/chat.json")),
        ("import columns".to_owned(), columns(size)),
        ("import column".to_owned(), with(columns(size), &[Action::Accept])),
    ]
}

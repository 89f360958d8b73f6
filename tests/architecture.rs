//! The house rules: which way the layers look, how long a file may be, and what each layer may not know.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file longer than this is two ideas.
const WALL: usize = 400;

/// Each layer with the layers that it may look at.
const LAYERS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("keymap", &[]),
    ("clock", &["domain"]),
    ("config", &["domain", "keymap"]),
    ("exchange", &["domain"]),
    ("demo", &["domain"]),
    ("store", &["domain", "clock"]),
    ("desk", &["domain", "store", "clock", "exchange", "demo"]),
    ("app", &["domain", "keymap"]),
    ("ui", &["app", "keymap", "domain"]),
    ("tui", &["app", "keymap", "domain", "ui", "desk", "clock", "exchange"]),
    ("cli", &["app", "keymap", "domain", "desk", "clock", "config", "exchange", "store", "tui", "ui"]),
];

/// What no file of a layer may name, with the one exception that has a reason.
const FORBIDDEN: [(&str, &[&str], &str); 5] = [
    ("domain", &["rusqlite", "ratatui", "crossterm", "std::fs", "std::env", "std::io", "Utc::now", "SystemTime"], ""),
    ("app", &["ratatui::", "rusqlite", "std::fs", "std::env", "Utc::now"], "entry.rs"),
    ("ui", &["&mut Model", "rusqlite", "std::fs"], ""),
    ("exchange", &["rusqlite", "ratatui", "std::fs", "Utc::now"], ""),
    ("cli", &["rusqlite", "ratatui"], ""),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn layer_of(path: &Path) -> String {
    let inside = path.strip_prefix(source()).expect("a file of src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its comments and tests, which may name what the code may not.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a readable file");
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn layers_look_one_way() {
    let names: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    for path in rust_files(&source()) {
        let layer = layer_of(&path);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            assert!(["lib", "main"].contains(&layer.as_str()), "{} belongs to no layer", path.display());
            continue;
        };
        let text = code(&path).replace("use crate::{\n", "use crate::{");
        for other in &names {
            let looks = text.contains(&format!("crate::{other}::")) || grouped(&text, other);
            let may = *other == layer || allowed.contains(other);
            assert!(may || !looks, "{} looks at {other}, which {layer} may not", path.display());
        }
    }
}

/// Whether `use crate::{ … }` names a layer.
fn grouped(text: &str, layer: &str) -> bool {
    text.split("use crate::{").skip(1).any(|rest| {
        let mut depth = 1;
        let mut top = String::new();
        for c in rest.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 {
                break;
            }
            if depth == 1 {
                top.push(c);
            }
        }
        top.split(',')
            .any(|name| name.trim().split("::").next().is_some_and(|first| first.trim_end_matches('{').trim() == layer))
    })
}

#[test]
fn no_layer_names_what_it_must_not_know() {
    for path in rust_files(&source()) {
        let layer = layer_of(&path);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        for (of, words, except) in FORBIDDEN {
            if of == layer && name != except {
                let text = code(&path);
                for word in words {
                    assert!(!text.contains(word), "{} names {word}", path.display());
                }
            }
        }
    }
}

#[test]
fn sql_is_written_in_the_store_only() {
    for path in rust_files(&source()).iter().filter(|path| layer_of(path) != "store") {
        assert!(!code(path).contains("rusqlite"), "{} speaks SQL", path.display());
    }
}

#[test]
fn no_file_is_two_ideas() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = rust_files(&source());
    files.extend(rust_files(&tests));
    for path in files {
        let lines = fs::read_to_string(&path).expect("a readable file").lines().count();
        assert!(lines <= WALL, "{} has {lines} lines; {WALL} is the wall", path.display());
    }
}

#[test]
fn the_top_level_is_what_was_agreed() {
    let agreed = ["Cargo.toml", "Cargo.lock", "src", "assets", "tests", "README.md", "CHANGELOG.md", "target"];
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).expect("the checkout").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || agreed.contains(&name.as_str()), "{name} is not part of the top level");
    }
}

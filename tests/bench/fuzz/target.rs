//! The parsers, each with its seeds and with what makes an answer of it whole.

use std::path::PathBuf;

use crate::carried;

use docket::{
    config::{Config, Setting},
    domain::{Change, fields::Day, journal::Body, text::is_visible, value::Value},
    exchange::{
        self, Receipt, Refused,
        answer::{exported::ask_exported, gate::Options},
        manifest, record, shelf, table,
    },
    keymap::Keymap,
};

/// A parser.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// Reads an input under a name; says of which kind the answer is, or what is wrong with it.
    pub ask: fn(&str, &[u8]) -> Result<String, String>,
    /// The endings of the fixtures that are its seeds.
    from: &'static [&'static str],
    /// Seeds that are no files.
    own: fn() -> Vec<(String, Vec<u8>)>,
}

/// Every parser.
pub fn all() -> Vec<Target> {
    let none = || Vec::new();
    let of = |name, ask, from, own| Target { name, ask, from, own };
    vec![
        of("dragon", import, &["dragon-v1.json", "dragon-v2.json", "dragon-v2-empty.json", "hostile.json"], none),
        of("composer", import, &[".tc.json"], none),
        of("garak", import, &[".jsonl"], none),
        of("promptfoo", import, &["promptfoo.json"], none),
        of("sarif", import, &[".sarif"], none),
        of("tm7", import, &[".tm7"], none),
        of("threagile", import, &["threagile.yaml", "threagile-risks.json"], none),
        of("card", import, &[".md"], none),
        of("cyclonedx", import, &["cyclonedx.json"], none),
        of("otm", import, &[".otm", "otm.yaml"], none),
        of("library-of-owasp", import, &["tm-library.json"], none),
        of("pia", import, &["pia.json"], none),
        of("ciso", import, &["ciso-library.yaml"], none),
        of("dojo", import, &["dojo.json"], none),
        of("table", import, &[".csv"], none),
        of("every-format", import, &["."], none),
        of("mapped", mapped, &[".csv"], none),
        of("pasted", pasted, &[".csv"], none),
        of("manifest", read_manifest, &[], manifests),
        of("own-library", own_library, &[], libraries),
        of("exported-record", exported, &["example-1.0.json"], none),
        of("journal-entry", body, &[], bodies),
        of("bundle", |_, bytes| carried::read(bytes), &[], carried::seeds),
        of("told", |_, bytes| carried::told(bytes), &[], carried::seeds),
        of("keys", keys, &[], chords),
        of("settings", settings, &[], settings_files),
    ]
}

impl Target {
    /// What it is given first.
    pub fn seeds(&self) -> Vec<(String, Vec<u8>)> {
        let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let files = ["import", "record"].iter().flat_map(|folder| std::fs::read_dir(tests.join(folder)).unwrap());
        let mut seeds = (self.own)();
        for path in files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_none_or(|e| e != "rs")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let imported = path.parent().is_some_and(|folder| folder.ends_with("import"));
            let fits = |end: &str| name.ends_with(end) || (end == "." && imported);
            if self.from.iter().any(|end| fits(end)) {
                seeds.push((name, std::fs::read(&path).unwrap()));
            }
        }
        seeds.sort();
        seeds
    }
}

/// A sentence without what differs from file to file, so that two of a kind are one.
fn kind(sentence: &str) -> String {
    let quoted: String = sentence.split('"').step_by(2).collect();
    quoted.chars().filter(|c| !c.is_ascii_digit()).take(120).collect()
}

/// How large a number is, roughly.
fn size(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

fn whole(says: &str, ends: &str) -> Result<String, String> {
    let clean = says.ends_with(ends) && says.chars().all(is_visible) && says.len() < 2000;
    if clean { Ok(kind(says)) } else { Err(format!("it says {says:?}")) }
}

fn of_import(read: Result<exchange::Draft, Refused>) -> Result<String, String> {
    match read {
        Ok(draft) => {
            let receipt = Receipt::of(&draft);
            let lines = receipt.lines();
            let clean = lines.iter().all(|line| line.chars().all(is_visible)) && lines.len() <= 20;
            let sum: usize = draft.systems.iter().map(|system| system.threats.len()).sum();
            let sorts: String = lines.iter().map(|line| kind(line)).collect();
            let kind = format!("{} {} {sorts}", size(draft.systems.len()), size(sum));
            if clean { Ok(kind) } else { Err(format!("its receipt is {lines:?}")) }
        }
        Err(refused) => whole(&refused.to_string(), "nothing was changed."),
    }
}

fn import(name: &str, bytes: &[u8]) -> Result<String, String> {
    of_import(exchange::read(bytes, name, &mut |_, _| true))
}

/// The columns are assigned by what the file itself says, and it is read as somebody who assigned them.
fn mapped(name: &str, bytes: &[u8]) -> Result<String, String> {
    match exchange::preview(bytes) {
        Ok(preview) => of_import(exchange::read_mapped(bytes, name, &preview.mapping, &mut |_, _| true)),
        Err(refused) => whole(&refused.to_string(), "nothing was changed."),
    }
}

fn pasted(_: &str, bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes).replace(',', "\t");
    let of = |kind| match table::pasted(&text, kind) {
        Ok(None) => Ok("none".to_owned()),
        Ok(Some(pasted)) => {
            Ok(format!("{} {} {}", size(pasted.threats.len()), size(pasted.controls.len()), size(pasted.notes.len())))
        }
        Err(refused) => whole(&refused.to_string(), "nothing was changed."),
    };
    Ok(of(table::Kind::Register)? + &of(table::Kind::Controls)?)
}

fn read_manifest(name: &str, bytes: &[u8]) -> Result<String, String> {
    match manifest::read(bytes, name) {
        Ok(read) => {
            // What was read can be written, and reads the same again.
            let format = manifest::Format::Json;
            let text = manifest::write(&read.manifest, &read.system, format);
            let again = manifest::read(text.as_bytes(), "again.json").map_err(|why| format!("written anew: {why}"))?;
            // A field that was said and is empty is not written: what is compared is what was written.
            if manifest::write(&again.manifest, &again.system, format) != text {
                return Err(format!("it does not come back as it was written: {text}"));
            }
            Ok(format!("read {:?}", read.silent))
        }
        Err(refused) => whole(&refused, "."),
    }
}

fn own_library(_: &str, bytes: &[u8]) -> Result<String, String> {
    match shelf::read(bytes) {
        Ok(rows) => Ok(format!("{}", size(rows.len()))),
        Err(refused) => whole(&refused, ".").map(|kind| kind.chars().take(60).collect()),
    }
}

fn exported(_: &str, bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let today = Day::parse("2026-11-21").unwrap();
    // Whatever stands in a document, the page that is made of it is whole and holds no script.
    let page = record::html(&text, &text);
    if page.contains("<script>") || !page.trim_end().ends_with("</html>") {
        return Err("its page is not whole".into());
    }
    match ask_exported(&text, &Options::default(), today) {
        Ok(verdict) => Ok(format!("{:?}", verdict.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>())),
        Err(refused) => whole(&refused, "."),
    }
}

/// An entry of the journal that another device wrote: showing it never fails.
fn body(_: &str, bytes: &[u8]) -> Result<String, String> {
    let read = Body::parse(&String::from_utf8_lossy(bytes));
    let again = Body::parse(&read.to_json());
    let same = again.to_json() == read.to_json();
    if same { Ok(format!("{} {}", size(read.set.len()), read.why.is_empty())) } else { Err("it changes".into()) }
}

#[allow(clippy::unnecessary_wraps, reason = "every target answers alike")]
fn keys(_: &str, bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let rows = text.lines().filter_map(|line| line.split_once('='));
    match Keymap::with_overrides(rows.map(|(id, keys)| (id.trim(), keys.trim()))) {
        Ok(_) => Ok("taken".into()),
        Err(why) => Ok(kind(&why.says).chars().take(40).collect()),
    }
}

fn settings(_: &str, bytes: &[u8]) -> Result<String, String> {
    match Config::of(bytes) {
        Ok(config) => Ok(Setting::ALL.iter().map(|set| if config.value(*set).is_some() { 'x' } else { '-' }).collect()),
        Err(refused) => whole(&refused, "correct the line and start again."),
    }
}

fn settings_files() -> Vec<(String, Vec<u8>)> {
    let text = "record = \"~/a.docket\"\nas = \"Ana\"\ntheme = \"contrast\"\nascii = true\nmouse = false\npager = \"\"\n\
                [clipboard]\ncommand = \"xclip -i\"\n[keys]\nundo = [\"f7\", \"ctrl-z\"]\n\"go.board\" = \"g b\"\nmouse = \"f9\"\n";
    vec![("config.toml".into(), text.into()), ("sample.toml".into(), docket::config::sample().into_bytes())]
}

fn manifests() -> Vec<(String, Vec<u8>)> {
    let json = r#"{"manifest": 1, "system": "Claims", "autonomy": "advises", "data": ["personal"], "release": {"version": "2.4",
        "digest": "0f"}, "models": [{"name": "m", "provider": "p", "version": "1", "hosting": "eu"}], "tools": [{"name": "mail",
        "permissions": "send", "approval": true}], "connections": [{"party": "crm", "carries": "names"}], "retrieval":
        [{"name": "wiki", "content": "pages", "data": ["public"], "writers": "staff"}]}"#;
    let yaml =
        "system: Claims\nrelease: {version: '2.4'}\nmodels:\n  - name: m\n    version: '1'\ntools:\n  - name: mail\n";
    let toml =
        "system = \"Claims\"\n[release]\nversion = \"2.4\"\n[[models]]\nname = \"m\"\n[[tools]]\nname = \"mail\"\n";
    [("a.json", json), ("b.yaml", yaml), ("c.toml", toml)].map(|(name, text)| (name.to_owned(), text.into())).to_vec()
}

fn libraries() -> Vec<(String, Vec<u8>)> {
    const OWN: &str = r#"
[meta]
library = "Ours"
version = "1"

[[threat]]
id = "ACME-T-001"
title = "Prompts leak through the support console"
description = "The console shows\u001b[31m whole prompts."
applies_when = ["uses_tools"]
personal_data_kinds = ["leak"]
controls = ["ACME-C-001", "DKT-C-044"]
refs.owasp_llm_2025 = ["LLM02:2025"]

[[control]]
id = "ACME-C-001"
title = "Console masks prompts"
owner_role = "system_owner"
lifecycle_gate = "build"
verification_method = "config_check"
less_impact = 2
mitigates = ["ACME-T-001", "DKT-T-016"]
"#;
    vec![("own.toml".into(), OWN.into())]
}

fn bodies() -> Vec<(String, Vec<u8>)> {
    let list = Value::List(vec!["a".into(), "b".into()]);
    let change = |field: &str, old, new| Change { field: field.into(), old, new };
    let set = vec![
        change("title", Value::Null, Value::Text("x".into())),
        change("score", Value::Int(1), Value::Int(4)),
        change("data", Value::Text("n".into()), list),
    ];
    let facts = [("space".to_owned(), "a".to_owned())].into();
    let one = Body { name: "Ana".into(), why: "because".into(), undo: vec![3], set, facts, ..Body::default() };
    let other = Body { attach: Some("00ff".into()), ..Body::default() };
    vec![("a".into(), one.to_json().into()), ("b".into(), other.to_json().into())]
}

fn chords() -> Vec<(String, Vec<u8>)> {
    let rows = "undo = ctrl-z  f7\ngo.board = g b\nthreat.score = f5\nmove.down = down\nfilter = shift-tab\n";
    vec![("keys".into(), rows.into())]
}

//! Names what a file looks like that is not read.

use serde_json::{Map, Value};

/// Names binary data by its first bytes.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a zip archive, such as an Excel workbook (save it as CSV)"),
        (b"PK\x05\x06", "an empty zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (save it as CSV)"),
        (b"%PDF", "a PDF document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"MZ", "a program"),
    ];
    let named = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    // Two letters are not enough to call a text a program.
    named.filter(|(magic, _)| magic.len() > 2 || bytes.iter().take(512).any(|&b| b == 0)).map(|(_, what)| *what)
}

/// Names text that is neither JSON nor a table by how it starts.
pub(super) fn text(head: &str) -> Option<&'static str> {
    let start = head.trim_start();
    if start.starts_with('<') {
        return Some(markup(start));
    }
    if start.starts_with('|') && start.lines().nth(1).is_some_and(|line| line.contains("---")) {
        return Some("a Markdown table (save it as CSV)");
    }
    let keys: Vec<&str> = head.lines().take(200).filter_map(top_key).collect();
    let has = |key: &str| keys.contains(&key);
    if start.starts_with("---\n") || start.starts_with("---\r\n") {
        return Some("a Markdown or YAML document, such as a model card");
    }
    match () {
        () if has("otmVersion") => Some("an Open Threat Model in YAML"),
        () if has("threagile_version") || has("technical_assets") => Some("a Threagile model"),
        () if has("urn") && has("objects") => Some("a CISO Assistant library"),
        () if has("bomFormat") => Some("a CycloneDX document in YAML"),
        // Tables may begin with a remark; a remark and no table below it is a heading.
        () if start.starts_with("# ") && !head.contains([',', ';', '\t']) => Some("a Markdown document"),
        () if keys.first().is_some_and(|first| start.starts_with(first)) && yaml_like(head) => Some("a YAML document"),
        () => None,
    }
}

/// Whether a text is YAML: its first line that is no remark is an entry at the left edge. Yes where its keys are those of a
/// known format, no where they are not.
pub(super) fn is_yaml(text: &str) -> Option<bool> {
    const KNOWN: [&str; 6] = ["otmVersion", "threagile_version", "technical_assets", "urn", "objects", "trustZones"];
    let text = text.trim_start_matches('\u{feff}');
    let told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && line.trim_end() != "---";
    let first = text.lines().find(told)?;
    top_key(first)?;
    Some(text.lines().take(400).filter_map(top_key).any(|key| KNOWN.contains(&key)))
}

/// Whether markup is a file of the Microsoft tool.
pub(super) fn is_tm7(start: &str) -> bool {
    start.chars().take(4000).collect::<String>().contains("<ThreatModel")
}

fn markup(start: &str) -> &'static str {
    let head: String = start.chars().take(600).collect::<String>().to_lowercase();
    match () {
        () if head.contains("<threatmodel") => "a Microsoft Threat Modeling Tool file",
        () if head.contains("<mxfile") => "a draw.io drawing",
        () if head.contains("<bom") => "a CycloneDX document in XML",
        () if head.contains("<svg") => "an SVG picture",
        () if head.contains("<!doctype html") || head.contains("<html") => "a web page",
        () => "an XML document",
    }
}

/// The key of a line like `name: value` at the left edge.
fn top_key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let word = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    (word && (rest.is_empty() || rest.starts_with([' ', '\r']))).then_some(key)
}

/// Whether most of the lines are entries of a YAML document.
fn yaml_like(head: &str) -> bool {
    let lines: Vec<&str> =
        head.lines().take(40).map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let entries = lines.iter().filter(|l| l.starts_with("- ") || top_key(l).is_some()).count();
    entries * 3 >= lines.len() * 2
}

/// Names a JSON document by its keys.
pub(super) fn json(value: &Value) -> Option<&'static str> {
    match value {
        Value::Object(map) => object(map),
        Value::Array(items) => match items.first()? {
            Value::Object(map) if map.contains_key("synthetic_id") => Some("a Threagile list of risks"),
            Value::Object(map) => object(map),
            _ => None,
        },
        _ => None,
    }
}

fn object(map: &Map<String, Value>) -> Option<&'static str> {
    /// All of the keys, and what has them.
    const SHAPES: &[(&[&str], &str)] = &[
        (&["schema", "applicationInfo"], "a Threat Composer model"),
        (&["applicationInfo", "threats"], "a Threat Composer model"),
        (&["entry_type"], "a garak report"),
        (&["probe", "detector"], "a garak hit log"),
        (&["goal", "prompt"], "a garak hit log"),
        (&["evalId", "results"], "promptfoo results"),
        (&["bomFormat"], "a CycloneDX document"),
        (&["specFormat"], "a CycloneDX document"),
        (&["otmVersion"], "an Open Threat Model"),
        (&["runs", "version"], "a SARIF report"),
        (&["runs", "$schema"], "a SARIF report"),
        (&["runs"], "a SARIF report"),
        (&["spdxVersion"], "an SPDX document"),
        (&["system-security-plan"], "an OSCAL document"),
        (&["plan-of-action-and-milestones"], "an OSCAL document"),
        (&["assessment-results"], "an OSCAL document"),
        (&["catalog"], "an OSCAL document"),
        (&["pia", "answers"], "a CNIL privacy impact assessment"),
        (&["technical_assets"], "a Threagile model"),
        (&["scope", "threats"], "a model of the OWASP Threat Model Library"),
        (&["scope", "components"], "a model of the OWASP Threat Model Library"),
        (&["findings", "elements"], "pytm output"),
        (&["findings", "actors"], "pytm output"),
        (&["elements", "flows"], "pytm input"),
        (&["findings"], "a DefectDojo list of findings"),
        (&["properties", "$schema"], "a JSON schema"),
    ];
    SHAPES.iter().find(|(keys, _)| keys.iter().all(|key| map.contains_key(*key))).map(|(_, what)| *what)
}

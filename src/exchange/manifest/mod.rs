//! A system manifest: TOML, JSON or YAML in, any of the three out, documented by a JSON schema.

mod file;

use file::File;

use crate::domain::manifest::Manifest;

/// Largest manifest that is read.
pub const MANIFEST_MAX: usize = 1 << 20;
/// The JSON schema of a manifest.
pub const MANIFEST_SCHEMA: &str = include_str!("../../../assets/manifest.schema.json");

/// How a manifest is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    #[default]
    Toml,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

impl Format {
    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }

    /// By the ending of the name, else by how the text begins.
    fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').and_then(|(_, ending)| Self::parse(ending));
        ending.unwrap_or_else(|| {
            let body = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
            let first = text.lines().find(body).unwrap_or_default().trim_start();
            if first.starts_with('{') {
                Self::Json
            } else if first.starts_with('[') || first.split_once('=').is_some_and(|(key, _)| !key.contains(':')) {
                Self::Toml
            } else {
                Self::Yaml
            }
        })
    }
}

/// A manifest that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The system that it says it is of; empty where it says none.
    pub system: String,
    /// What it says.
    pub manifest: Manifest,
    /// The parts that it does not say, and that are not compared.
    pub silent: Vec<&'static str>,
}

/// Reads a manifest; `name` says its format by its ending, and is named in what is refused. The text is a whole
/// sentence for whoever runs the pipeline.
pub fn read(bytes: &[u8], name: &str) -> Result<Read, String> {
    let refused = |why: &str| {
        format!("{name} is no manifest that docket can read: {why} \"docket manifest schema\" says what it may hold.")
    };
    if bytes.len() > MANIFEST_MAX {
        return Err(refused("it has more than 1 MiB."));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| refused("it is not text in UTF-8."))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(refused("it is empty."));
    }
    let format = Format::of(name, text);
    let parsed = parse(text, format).map_err(|why| {
        let line: String = why.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let short: String = line.chars().take(300).collect();
        refused(&format!("as {} it says \"{}\".", format.label(), crate::domain::Line::new(&short)))
    })?;
    parsed.check().map_err(|why| refused(&why))
}

fn parse(text: &str, format: Format) -> Result<File, String> {
    match format {
        Format::Toml => toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| text.get(..span.start).map_or(0, |t| t.lines().count()));
            format!("{} (line {at})", error.message())
        }),
        Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
        Format::Yaml => serde_saphyr::from_str(text).map_err(|error| error.without_snippet().to_string()),
    }
}

/// Writes what a system is made of.
pub fn write(manifest: &Manifest, system: &str, format: Format) -> String {
    let file = File::of(manifest, system);
    let text = match format {
        Format::Toml => toml::to_string(&file).ok(),
        Format::Json => serde_json::to_string_pretty(&file).ok(),
        Format::Yaml => serde_saphyr::to_string(&file).ok(),
    };
    // A struct of text and lists always has each of the three forms.
    let mut text = text.unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

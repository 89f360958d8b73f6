//! The shape of the file, and what is checked of it beyond its shape.

use serde::{Deserialize, Serialize};

use super::Read;
use crate::domain::{
    Line,
    fields::Vocabulary,
    manifest::{Item, Manifest, Sort, digest},
    system::{Autonomy, DataClass},
};

/// More items than this in one list are no inventory.
const ITEMS_MAX: usize = 2_000;

/// A manifest as it is written; a key that it does not know is an error, so that a slip of the pen says so.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    /// The version of the shape; 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    autonomy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<ReleasePart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    models: Option<Vec<ModelPart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tools: Option<Vec<ToolPart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connections: Option<Vec<ConnectionPart>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieval: Option<Vec<RetrievalPart>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReleasePart {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
}

/// Declares the items of a list: what is text, beside the name.
macro_rules! parts {
    ($($name:ident { $($field:ident),* })+) => {$(
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            name: String,
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<String>,)*
        }
        impl $name {
            fn item(self) -> Item {
                let fields = [$((stringify!($field), self.$field)),*];
                let said = fields.into_iter().filter_map(|(field, text)| Some((field, Line::new(&text?))));
                Item { name: Line::new(&self.name), fields: said.collect() }
            }
            fn of(item: &Item) -> Self {
                Self { name: item.name.to_string(), $($field: held(item, stringify!($field)),)* }
            }
        }
    )+};
}

parts! {
    ModelPart { provider, version, hosting }
    ConnectionPart { party, carries }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolPart {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    permissions: Option<String>,
    /// Whether a person approves each use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    approval: Option<bool>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RetrievalPart {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    writers: Option<String>,
}

fn held(item: &Item, field: &str) -> Option<String> {
    let value = item.fields.iter().find(|(of, _)| *of == field).map(|(_, value)| value.to_string());
    value.filter(|text| !text.is_empty())
}

/// The class of data of this code or name.
fn class(text: &str) -> Result<DataClass, String> {
    let word = text.trim().to_lowercase();
    let found = DataClass::ALL.iter().find(|class| class.code() == word || class.label() == word);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = DataClass::ALL.iter().map(|class| class.code()).collect();
        format!("there is no data class \"{}\"; the classes are {}.", Line::new(text), known.join(", "))
    })
}

fn classes(all: &[String]) -> Result<Vec<DataClass>, String> {
    let mut found = all.iter().map(|text| class(text)).collect::<Result<Vec<_>, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

impl RetrievalPart {
    fn item(self) -> Result<Item, String> {
        let mut fields = Vec::new();
        fields.extend(self.content.map(|text| ("content", Line::new(&text))));
        if let Some(data) = self.data {
            let codes: Vec<_> = classes(&data)?.into_iter().map(Vocabulary::code).collect();
            fields.push(("data", Line::new(&codes.join(", "))));
        }
        fields.extend(self.writers.map(|text| ("writers", Line::new(&text))));
        Ok(Item { name: Line::new(&self.name), fields })
    }
}

impl File {
    /// What it says, once everything in it is what it has to be.
    pub(super) fn check(self) -> Result<Read, String> {
        if let Some(version) = self.manifest.filter(|version| *version != 1) {
            return Err(format!("it is of version {version}, and this docket reads version 1."));
        }
        let line = |text: Option<String>| text.map(|text| Line::new(&text));
        let autonomy = self.autonomy.map(|text| level(&text)).transpose()?;
        let release = self.release.unwrap_or_default();
        let sum = release.digest.map(|text| {
            digest(&text).ok_or_else(|| "the digest of the release is no SHA-256 of 64 hexadecimal digits.".to_owned())
        });
        let mut lists = Vec::new();
        let mut list = |sort: Sort, items: Option<Vec<Item>>| -> Result<(), String> {
            let Some(items) = items else { return Ok(()) };
            if items.len() > ITEMS_MAX {
                return Err(format!("it has more than {ITEMS_MAX} of {}.", sort.key()));
            }
            if items.iter().any(|item| item.name.is_empty()) {
                return Err(format!("a {} has no name.", sort.label()));
            }
            lists.push((sort, items));
            Ok(())
        };
        list(Sort::Model, self.models.map(|all| all.into_iter().map(ModelPart::item).collect()))?;
        list(Sort::Tool, self.tools.map(|all| all.into_iter().map(tool).collect()))?;
        list(Sort::Connection, self.connections.map(|all| all.into_iter().map(ConnectionPart::item).collect()))?;
        let sources = self.retrieval.map(|all| all.into_iter().map(RetrievalPart::item).collect::<Result<_, _>>());
        list(Sort::Retrieval, sources.transpose()?)?;
        let manifest = Manifest {
            release: line(release.version),
            digest: sum.transpose()?,
            autonomy,
            environment: line(self.environment),
            users: line(self.users),
            data: self.data.map(|all| classes(&all)).transpose()?,
            lists,
        };
        let system = Line::new(&self.system.unwrap_or_default()).to_string();
        Ok(Read { system, silent: silent(&manifest), manifest })
    }

    /// The file of a manifest.
    pub(super) fn of(manifest: &Manifest, system: &str) -> Self {
        let line = |text: &Option<Line>| text.as_ref().map(ToString::to_string);
        let all = |sort| manifest.list(sort).map(<[Item]>::iter);
        let release = ReleasePart { version: line(&manifest.release), digest: line(&manifest.digest) };
        let codes = |all: &Vec<DataClass>| all.iter().map(|class| class.code().to_owned()).collect();
        Self {
            manifest: Some(1),
            system: Some(system.to_owned()),
            autonomy: manifest.autonomy.map(|level| level.code().to_owned()),
            environment: line(&manifest.environment),
            users: line(&manifest.users),
            data: manifest.data.as_ref().map(codes),
            release: Some(release).filter(|part| part.version.is_some() || part.digest.is_some()),
            models: all(Sort::Model).map(|items| items.map(ModelPart::of).collect()),
            tools: all(Sort::Tool).map(|items| items.map(tool_of).collect()),
            connections: all(Sort::Connection).map(|items| items.map(ConnectionPart::of).collect()),
            retrieval: all(Sort::Retrieval).map(|items| items.map(source_of).collect()),
        }
    }
}

fn level(text: &str) -> Result<Autonomy, String> {
    let word = text.trim().to_lowercase();
    let found = Autonomy::ALL.iter().find(|level| level.code() == word || level.label() == word);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = Autonomy::ALL.iter().map(|level| level.code()).collect();
        format!("there is no autonomy level \"{}\"; the levels are {}.", Line::new(text), known.join(", "))
    })
}

fn tool(part: ToolPart) -> Item {
    let mut fields = Vec::new();
    fields.extend(part.permissions.map(|text| ("permissions", Line::new(&text))));
    fields.extend(part.approval.map(|yes| ("approval", Line::new(if yes { "yes" } else { "no" }))));
    Item { name: Line::new(&part.name), fields }
}

fn tool_of(item: &Item) -> ToolPart {
    let approval = held(item, "approval").map(|word| word == "yes");
    ToolPart { name: item.name.to_string(), permissions: held(item, "permissions"), approval }
}

fn source_of(item: &Item) -> RetrievalPart {
    let data = held(item, "data").map(|text| text.split(", ").map(str::to_owned).collect());
    RetrievalPart { name: item.name.to_string(), content: held(item, "content"), data, writers: held(item, "writers") }
}

/// The parts that a manifest does not say.
fn silent(manifest: &Manifest) -> Vec<&'static str> {
    let scalars = [
        ("release", manifest.release.is_none() && manifest.digest.is_none()),
        ("environment", manifest.environment.is_none()),
        ("users", manifest.users.is_none()),
        ("autonomy", manifest.autonomy.is_none()),
        ("data", manifest.data.is_none()),
    ];
    let lists = Sort::ALL.map(|sort| (sort.key(), manifest.list(sort).is_none()));
    scalars.into_iter().chain(lists).filter(|(_, silent)| *silent).map(|(key, _)| key).collect()
}

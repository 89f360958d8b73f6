//! What the words of the inventory show: a fact, where it stands, and the words that show it.

use super::{
    table::{list, table},
    words::{names, says},
};
use crate::domain::{Dossier, decision::counted};

/// Where in the inventory something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Tools,
    Components,
    Models,
    Hosting,
    Sources,
    Writers,
    Flows,
    Origins,
    Targets,
    Connections,
    Environment,
    Users,
    Provenance,
    Regulated,
    Vendors,
    Uses,
}

use Place as P;

/// Why a fact holds by what is written, in the words of the inventory.
pub(super) fn shown(dossier: &Dossier, fact: &str) -> Option<String> {
    let in_scope = dossier.personal_data();
    let mut signs = table().signs.iter().filter(|sign| sign.fact == fact && (in_scope || !sign.personal));
    signs.find_map(|sign| {
        let mut written = sign.places.iter().flat_map(|place| written(dossier, *place));
        written.find(|(_, text)| says(text, &sign.words)).map(|(because, _)| because)
    })
}

/// What stands in one place of the inventory: how to say it, and the text.
fn written(dossier: &Dossier, place: Place) -> Vec<(String, String)> {
    match place {
        P::Tools | P::Components | P::Models | P::Hosting => parts(dossier, place),
        P::Sources | P::Writers | P::Connections => reached(dossier, place),
        P::Flows | P::Origins | P::Targets => flowing(dossier, place),
        P::Environment | P::Users | P::Provenance | P::Regulated | P::Vendors | P::Uses => described(dossier, place),
    }
}

fn parts(dossier: &Dossier, place: Place) -> Vec<(String, String)> {
    let tools = dossier.tools.iter().filter(|tool| !tool.archived).map(|tool| {
        (
            format!("the tool \"{}\" may \"{}\"", tool.name, brief(tool.permissions.as_str())),
            format!("{}. {}", tool.name, tool.permissions),
        )
    });
    let components = dossier.components.iter().filter(|part| !part.archived && part.out_of_scope.is_empty());
    let components = components.map(|part| {
        (format!("the inventory names the component \"{}\"", part.name), format!("{}. {}", part.name, part.sort))
    });
    let models = || dossier.models.iter().filter(|model| !model.archived);
    match place {
        P::Tools => tools.collect(),
        P::Components => components.collect(),
        P::Hosting => models()
            .map(|m| {
                (
                    format!("the model \"{}\" is hosted at \"{}\"", m.name, brief(m.hosting.as_str())),
                    m.hosting.to_string(),
                )
            })
            .collect(),
        _ => models()
            .map(|m| (format!("the inventory names the model \"{}\"", m.name), format!("{}. {}", m.name, m.version)))
            .collect(),
    }
}

fn reached(dossier: &Dossier, place: Place) -> Vec<(String, String)> {
    let sources = || dossier.retrievals.iter().filter(|source| !source.archived);
    match place {
        P::Sources => sources()
            .map(|s| {
                (
                    format!("the inventory names the retrieval source \"{}\"", s.name),
                    format!("{}. {}", s.name, s.content),
                )
            })
            .collect(),
        P::Writers => sources()
            .map(|s| {
                (
                    format!("the retrieval source \"{}\" is written by \"{}\"", s.name, brief(s.writers.as_str())),
                    s.writers.to_string(),
                )
            })
            .collect(),
        _ => dossier
            .connections
            .iter()
            .filter(|connection| !connection.archived)
            .map(|c| {
                (format!("the inventory names the connection \"{}\"", c.name), format!("{}. {}", c.name, c.carries))
            })
            .collect(),
    }
}

fn flowing(dossier: &Dossier, place: Place) -> Vec<(String, String)> {
    let flows = dossier.flows.iter().filter(|flow| !flow.archived && flow.out_of_scope.is_empty());
    flows
        .map(|flow| match place {
            P::Origins if names(flow.origin.as_str(), list("stores")) => (String::new(), String::new()),
            P::Origins => {
                (format!("the data flow \"{}\" comes from \"{}\"", flow.name, flow.origin), flow.origin.to_string())
            }
            P::Targets => {
                (format!("the data flow \"{}\" goes to \"{}\"", flow.name, flow.target), flow.target.to_string())
            }
            _ => (format!("the inventory names the data flow \"{}\"", flow.name), flow.name.to_string()),
        })
        .collect()
}

fn described(dossier: &Dossier, place: Place) -> Vec<(String, String)> {
    let Some(system) = dossier.system() else { return Vec::new() };
    let one = |what: &str, text: &str| match text {
        "" => Vec::new(),
        text => vec![(format!("{what} \"{}\"", brief(text)), text.to_owned())],
    };
    match place {
        P::Environment => one("the deployment environment is", system.environment.as_str()),
        P::Users => one("the user population is", system.users.as_str()),
        P::Provenance => one("the training-data provenance says", system.provenance.as_str()),
        P::Regulated => one("the regulated context is", system.regulated.as_str()),
        P::Vendors => one("the vendors are", system.vendors.as_str()),
        _ => {
            let mut all = one("the business purpose is", system.purpose.as_str());
            all.extend(one("the intended uses are", system.intended_use.as_str()));
            all
        }
    }
}

/// The beginning of a text on one line: enough to find it by.
pub(super) fn brief(text: &str) -> String {
    let line = text.replace('\n', " / ");
    let short: String = line.chars().take(70).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

/// `2 tools: mail, browser`.
pub(super) fn listed(names: &[&str], one: &str, many: &str) -> String {
    format!("{}: {}", counted(names.len(), one, many), names.join(", "))
}

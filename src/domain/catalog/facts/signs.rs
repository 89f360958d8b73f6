//! What the words of the inventory show: a fact, where it stands, and the words that show it.

use super::words::{names, says};
use crate::domain::{Dossier, decision::counted};

/// Where in the inventory something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A fact, where it is looked for, and the words that show it.
type Sign = (&'static str, &'static [Place], &'static [&'static str]);

const GENERATIVE: &[&str] = &[
    "gpt*",
    "chatgpt",
    "claude",
    "gemini",
    "llama*",
    "mistral",
    "mixtral",
    "qwen*",
    "deepseek",
    "granite",
    "llm*",
    "language model*",
    "stable diffusion",
    "dall",
    "midjourney",
    "generative",
    "text to speech",
    "voice synthesis",
];
const BROWSES: &[&str] = &["brows*", "web page*", "web search", "crawl*", "computer use"];
const ACTS_FOR_GOOD: &[&str] = &[
    "pay",
    "pays",
    "make payments",
    "trigger payments",
    "delete",
    "deletes",
    "send",
    "sends",
    "sending",
    "signs",
    "sign contracts",
    "sign documents",
    "publish",
    "publishes",
    "refund",
    "issue refunds",
    "transfer",
    "transfers",
    "deploy",
    "deploys",
];
const WRITES: &[&str] = &[
    "write", "writes", "create", "creates", "update", "updates", "insert", "send", "sends", "post", "posts", "query",
    "queries", "execute", "executes",
];
const OUTSIDERS: &[&str] = &[
    "anyone",
    "anybody",
    "the public",
    "customer*",
    "supplier*",
    "citizen*",
    "applicant*",
    "candidate*",
    "patient*",
    "visitor*",
    "internet",
    "web pages",
    "websites",
    "stranger*",
    "outside*",
    "external*",
    "partner*",
];
/// A store of ours, whatever its name says of whom it is about.
const STORES: &[&str] = &["database*", "db", "crm", "erp", "master data", "warehouse", "data lake", "archive*"];
const PEOPLE_AT_WORK: &[&str] = &[
    "employee*",
    "staff",
    "worker*",
    "applicant*",
    "candidate*",
    "personnel",
    "payroll",
    "cv",
    "cvs",
    "hr",
    "resumes",
];
const FAR: &[&str] = &[
    "usa",
    "us region",
    "us east",
    "us west",
    "united states",
    "india",
    "china",
    "brazil",
    "australia",
    "singapore",
    "outside the eu",
    "outside the eea",
    "third country",
    "third countries",
    "worldwide",
];

const SIGNS: &[Sign] = &[
    ("generative_model", &[P::Models], GENERATIVE),
    (
        "predictive_model",
        &[P::Models, P::Components],
        &["classif*", "scor*", "rank*", "recommend*", "predict*", "forecast*", "regression", "boost*"],
    ),
    ("fine_tuned", &[P::Models, P::Provenance], &["fine tun*", "finetun*", "tuned", "lora"]),
    ("trains_on_own_data", &[P::Provenance], &["our data", "our own", "trained on our", "fine tun*", "finetun*"]),
    ("model_distributed", &[P::Environment, P::Hosting], &["on device", "on devices", "mobile app", "edge device*"]),
    (
        "multimodal_input",
        &[P::Flows, P::Sources],
        &["image*", "photo*", "audio", "voice", "video*", "recording*", "attachment*", "upload*", "picture*"],
    ),
    ("third_party_tools", &[P::Tools], &["mcp", "plug in*", "plugin*", "marketplace"]),
    (
        "code_execution",
        &[P::Tools],
        &[
            "execute code",
            "executes code",
            "execute commands",
            "shell",
            "bash",
            "code interpreter",
            "run code",
            "runs code",
            "run commands",
            "python",
        ],
    ),
    ("irreversible_actions", &[P::Tools], ACTS_FOR_GOOD),
    ("long_term_memory", &[P::Components, P::Sources], &["memory", "memories"]),
    ("browses_web", &[P::Tools], BROWSES),
    (
        "secrets_in_reach",
        &[P::Tools, P::Connections],
        &["credential*", "secret", "secrets", "password*", "vault", "api key*", "token", "tokens"],
    ),
    ("output_to_systems", &[P::Tools], WRITES),
    (
        "generates_code",
        &[P::Tools, P::Uses],
        &[
            "commit*",
            "merge*",
            "pull request*",
            "write code",
            "writes code",
            "generate code",
            "generates code",
            "source code",
        ],
    ),
    ("anonymous_users", &[P::Users], &["anonymous*", "public website"]),
    (
        "multi_tenant",
        &[P::Environment, P::Users],
        &["multi tenant", "multitenant", "several customers", "shared tenant"],
    ),
    ("untrusted_content_ingested", &[P::Writers, P::Origins], OUTSIDERS),
    ("untrusted_content_ingested", &[P::Origins], &["e mail*", "mail*", "inbox", "upload*"]),
    ("untrusted_content_ingested", &[P::Tools], BROWSES),
    ("api_exposed", &[P::Components], &["public api", "api gateway", "endpoint", "webhook"]),
    ("internet_egress", &[P::Connections], &["internet", "open web"]),
    ("internet_egress", &[P::Tools], BROWSES),
    ("public_content_output", &[P::Targets], &["the public", "public website", "website", "social media"]),
    ("public_content_output", &[P::Tools], &["publish*"]),
    (
        "synthetic_media",
        &[P::Models, P::Uses],
        &[
            "text to speech",
            "voice synthesis",
            "speech synthesis",
            "image generation",
            "generates images",
            "stable diffusion",
            "dall",
            "midjourney",
            "avatar*",
            "synthetic voice*",
        ],
    ),
    ("scraped_data", &[P::Provenance], &["scrap*", "crawl*", "public web", "public websites"]),
    (
        "stores_prompts_and_outputs",
        &[P::Components, P::Sources],
        &[
            "prompt log*",
            "conversations",
            "conversation log*",
            "transcripts",
            "chat log*",
            "chat history",
            "log store",
            "trace store",
        ],
    ),
    (
        "biometric_or_emotion",
        &[P::Uses, P::Flows, P::Models],
        &["biometric*", "face recognition", "facial recognition", "emotion*", "fingerprint*", "voiceprint*"],
    ),
    ("eu_market", &[P::Users, P::Environment, P::Regulated], &["eu", "european union", "gdpr", "ai act", "eea"]),
];

/// Facts that are about people: the words show them only where personal data is in scope.
const PERSONAL_SIGNS: &[Sign] = &[
    ("employee_data", &[P::Flows, P::Sources], PEOPLE_AT_WORK),
    ("cross_border_transfer", &[P::Environment, P::Hosting, P::Vendors], FAR),
];

/// Why a fact holds by what is written, in the words of the inventory.
pub(super) fn shown(dossier: &Dossier, fact: &str) -> Option<String> {
    let personal = if dossier.personal_data() { PERSONAL_SIGNS } else { &[] };
    let mut signs = SIGNS.iter().chain(personal).filter(|(of, ..)| *of == fact);
    signs.find_map(|(_, places, words)| {
        let mut written = places.iter().flat_map(|place| written(dossier, *place));
        written.find(|(_, text)| says(text, words)).map(|(because, _)| because)
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
            P::Origins if names(flow.origin.as_str(), STORES) => (String::new(), String::new()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::vocabulary;

    #[test]
    fn every_sign_is_of_a_fact_there_is() {
        for (fact, places, words) in SIGNS.iter().chain(PERSONAL_SIGNS) {
            assert!(vocabulary().fact(fact).is_some(), "{fact}");
            assert!(!places.is_empty() && !words.is_empty(), "{fact}");
            assert!(words.iter().all(|word| *word == word.to_lowercase()), "{fact}");
        }
    }
}

//! The facts about a system that decide which threats apply: each follows from the inventory or from an intake answer,
//! says so, and can be corrected by hand with a reason. What nobody settled is open, and open is not no.

mod signs;
mod table;
mod words;

use super::Fact;
use crate::domain::{
    Dossier, Id,
    decision::counted,
    dossier::answers_of,
    fields::YesNo,
    library::{Answers, SystemFact, suggested_facts, vocabulary},
    system::{Answer, Autonomy, DataClass},
};
use signs::{brief, listed, shown};
use table::{is_nothing, list};
use words::{largest_number, names};

/// The facts that follow from the data classes and are corrected there: nobody ticks personal data away.
pub const OF_DATA_CLASSES: [&str; 2] = ["processes_personal_data", "special_category_data"];

/// From so many people on, a number in the user population is large scale.
const MANY: u64 = 10_000;

/// Where it is known from whether a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Somebody corrected it by hand.
    Corrected,
    /// It follows from the inventory.
    Inventory,
    /// An intake answer suggests it.
    Intake,
    /// Nobody settled it.
    Open,
}

/// How a fact stands for one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The fact.
    pub fact: &'static str,
    /// Whether it holds; none while it is open.
    pub holds: Option<bool>,
    /// Where that is known from.
    pub basis: Basis,
    /// Why, as the end of a sentence: `the inventory names 2 tools: mail, browser`.
    pub because: String,
    /// The correction by hand, where there is one.
    pub correction: Option<Id>,
}

/// Every fact, in the order of the vocabulary.
pub fn facts(dossier: &Dossier) -> Vec<Standing> {
    vocabulary().facts().iter().map(|fact| standing(dossier, fact)).collect()
}

/// One fact; none where there is no such fact.
pub fn fact(dossier: &Dossier, id: &str) -> Option<Standing> {
    vocabulary().fact(id).map(|fact| standing(dossier, fact))
}

/// Whether a fact holds by a correction or by the inventory, without the reason; what the intake says against the
/// inventory leaves it open.
pub fn settled(dossier: &Dossier, id: &str) -> Option<bool> {
    if let Some(by_hand) = correction(dossier, id) {
        return by_hand.holds.map(|word| word == YesNo::Yes);
    }
    let (holds, _) = inventory(dossier, id)?;
    (holds || suggestion(dossier, id).is_none()).then_some(holds)
}

/// The correction by hand that is in force.
pub fn correction<'a>(dossier: &'a Dossier, id: &str) -> Option<&'a Fact> {
    dossier.facts.iter().rev().find(|fact| !fact.archived && fact.fact.as_str() == id && fact.holds.is_some())
}

fn standing(dossier: &Dossier, fact: &'static SystemFact) -> Standing {
    let fact = fact.id.as_str();
    if let Some(by_hand) = correction(dossier, fact) {
        let holds = by_hand.holds.map(|word| word == YesNo::Yes);
        let because = format!("it was corrected by hand: {}", brief(by_hand.reason.as_str()));
        return Standing { fact, holds, basis: Basis::Corrected, because, correction: Some(by_hand.id) };
    }
    let suggested = suggestion(dossier, fact);
    let (holds, basis, because) = match (inventory(dossier, fact), suggested) {
        // Two sources that contradict each other settle nothing.
        (Some((false, says)), Some(answer)) => {
            (None, Basis::Open, format!("{says}, but in the intake {answer}: correct one of them"))
        }
        (Some((holds, says)), _) => (Some(holds), Basis::Inventory, says),
        (None, Some(answer)) => (Some(true), Basis::Intake, format!("in the intake {answer}")),
        (None, None) => (None, Basis::Open, "neither the inventory nor the intake settles it".to_owned()),
    };
    Standing { fact, holds, basis, because, correction: None }
}

/// The intake answer that suggests a fact.
fn suggestion(dossier: &Dossier, fact: &str) -> Option<String> {
    let mut answers = Answers::default();
    for (question, answer) in answers_of(dossier.intake()?) {
        answers.set(question, answer.map(Answer::level));
    }
    let found = suggested_facts(&answers).into_iter().find(|suggestion| suggestion.fact == fact)?;
    Some(found.because.trim_end_matches('.').to_owned())
}

/// What the inventory says of a fact, and in which words.
fn inventory(dossier: &Dossier, fact: &str) -> Option<(bool, String)> {
    let yes = |says: Option<String>| says.map(|says| (true, says));
    match fact {
        "processes_personal_data" | "special_category_data" | "children" | "confidential_business_data" => {
            data(dossier, fact)
        }
        "uses_tools" | "uses_rag" => named(dossier, fact),
        "third_party_model" | "open_weight_model" => models(dossier, fact),
        "autonomous_actions" => acting(dossier),
        "human_approval_step" => yes(approving(dossier)),
        "external_users" => users(dossier),
        "multi_agent" => yes(agents(dossier)),
        "large_scale_processing" => yes(scale(dossier)),
        "regulated_context" => regulated(dossier),
        "generative_model" => yes(shown(dossier, fact).or_else(|| drafting(dossier))),
        _ => yes(shown(dossier, fact)),
    }
}

fn data(dossier: &Dossier, fact: &str) -> Option<(bool, String)> {
    use crate::domain::fields::Vocabulary;
    let classes = dossier.data_classes();
    let wanted: &[DataClass] = match fact {
        "processes_personal_data" => &[DataClass::Personal, DataClass::Special, DataClass::Children],
        "special_category_data" => &[DataClass::Special],
        "children" => &[DataClass::Children],
        _ => &[DataClass::Confidential],
    };
    let label = |classes: &[&DataClass]| classes.iter().map(|c| c.label()).collect::<Vec<_>>().join(", ");
    let found: Vec<&DataClass> = classes.iter().filter(|class| wanted.contains(class)).collect();
    if !found.is_empty() {
        return Some((true, format!("the inventory names {} data", label(&found))));
    }
    (!classes.is_empty()).then(|| {
        let all: Vec<&DataClass> = classes.iter().collect();
        (false, format!("the inventory names only {} data", label(&all)))
    })
}

/// Tools and retrieval sources: their absence is known only where the manifest is said to be complete.
fn named(dossier: &Dossier, fact: &str) -> Option<(bool, String)> {
    let tools = dossier.tools.iter().filter(|tool| !tool.archived).map(|tool| tool.name.as_str());
    let sources = dossier.retrievals.iter().filter(|source| !source.archived).map(|source| source.name.as_str());
    let (names, one, many) = if fact == "uses_tools" {
        (tools.collect::<Vec<_>>(), "tool", "tools")
    } else {
        (sources.collect::<Vec<_>>(), "retrieval source", "retrieval sources")
    };
    if !names.is_empty() {
        return Some((true, format!("the inventory names {}", listed(&names, one, many))));
    }
    let complete = dossier.system().is_some_and(|system| system.manifest == Some(YesNo::Yes));
    complete.then(|| (false, format!("the manifest is complete and names no {one}")))
}

fn models(dossier: &Dossier, fact: &str) -> Option<(bool, String)> {
    let models: Vec<_> = dossier.models.iter().filter(|model| !model.archived).collect();
    let foreign = |provider: &str| !is_nothing(provider) && !names(provider, list("ours"));
    let outside: Vec<_> = models.iter().filter(|model| foreign(model.provider.as_str())).collect();
    if fact == "open_weight_model" {
        let here = outside.iter().find(|model| words::says(model.hosting.as_str(), list("ours")))?;
        let says = format!(
            "the model \"{}\" of {} is hosted at \"{}\"",
            here.name,
            here.provider,
            brief(here.hosting.as_str())
        );
        return Some((true, says));
    }
    if let Some(model) = outside.first() {
        return Some((true, format!("the model \"{}\" is provided by {}", model.name, model.provider)));
    }
    let ours = |text: &str| words::says(text, list("ours"));
    let all_ours = models.iter().all(|model| ours(model.provider.as_str()) && ours(model.hosting.as_str()));
    (!models.is_empty() && all_ours).then(|| {
        let all: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
        (false, format!("the inventory names {}, provided and hosted by ourselves", listed(&all, "model", "models")))
    })
}

fn acting(dossier: &Dossier) -> Option<(bool, String)> {
    let free = dossier.tools.iter().find(|tool| !tool.archived && tool.approval == Some(YesNo::No));
    if let Some(tool) = free {
        return Some((true, format!("no person approves each use of the tool \"{}\"", tool.name)));
    }
    let level = dossier.system()?.autonomy?;
    let alone = matches!(level, Autonomy::Limited | Autonomy::Alone);
    Some((alone, autonomy(level)))
}

fn autonomy(level: Autonomy) -> String {
    use crate::domain::fields::Vocabulary;
    format!("the autonomy level is \"{}\"", level.label())
}

fn approving(dossier: &Dossier) -> Option<String> {
    let system = dossier.system()?;
    if let Some(level @ (Autonomy::Drafts | Autonomy::Approved)) = system.autonomy {
        return Some(autonomy(level));
    }
    let asked = dossier.tools.iter().find(|tool| !tool.archived && tool.approval == Some(YesNo::Yes));
    if let Some(tool) = asked {
        return Some(format!("a person approves each use of the tool \"{}\"", tool.name));
    }
    let thresholds = system.thresholds.as_str();
    (!is_nothing(thresholds)).then(|| format!("the human-review thresholds are \"{}\"", brief(thresholds)))
}

/// Drafting is making content, whatever the model is called.
fn drafting(dossier: &Dossier) -> Option<String> {
    dossier.system()?.autonomy.filter(|level| *level == Autonomy::Drafts).map(autonomy)
}

/// Who uses it, where the words say only one of inside and outside.
fn users(dossier: &Dossier) -> Option<(bool, String)> {
    let text = dossier.system()?.users.as_str();
    let says = || format!("the user population is \"{}\"", brief(text));
    let (inside, outside) = (list("inside"), list("outside"));
    match (names(text, inside), names(text, outside)) {
        (false, true) if words::says(text, outside) => Some((true, says())),
        (true, false) => Some((false, says())),
        _ => None,
    }
}

fn agents(dossier: &Dossier) -> Option<String> {
    let parts = dossier.components.iter().filter(|part| !part.archived && part.out_of_scope.is_empty());
    let agents: Vec<&str> = parts
        .filter(|part| words::says(&format!("{}. {}", part.name, part.sort), list("agents")))
        .map(|part| part.name.as_str())
        .collect();
    (agents.len() > 1).then(|| format!("the inventory names {}", listed(&agents, "agent", "agents")))
}

fn scale(dossier: &Dossier) -> Option<String> {
    let text = dossier.system()?.users.as_str();
    let many = dossier.personal_data() && largest_number(text) >= MANY;
    many.then(|| format!("the user population is \"{}\"", brief(text)))
}

fn regulated(dossier: &Dossier) -> Option<(bool, String)> {
    let text = dossier.system()?.regulated.as_str();
    if text.is_empty() {
        return None;
    }
    Some((!is_nothing(text), format!("the regulated context is \"{}\"", brief(text))))
}

/// How many facts hold, and how many are open.
pub fn tally(all: &[Standing]) -> String {
    let of = |wanted: Option<bool>| all.iter().filter(|fact| fact.holds == wanted).count();
    format!("{} hold, {} do not, {} open", of(Some(true)), of(Some(false)), counted(of(None), "is", "are"))
}

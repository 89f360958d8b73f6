//! Which triggers a change fires: proposed with the reason, chosen by a person.

use super::super::{
    Dossier, Kind,
    decision::{Trigger, TriggerKind},
    fields::Vocabulary,
    library::triggers,
};
use super::ChangeKind;

/// A trigger that a change may fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The armed trigger by its identity, else the entry of the library by its code.
    pub mark: String,
    /// What it is called.
    pub title: String,
    /// Whether it is armed on this system.
    pub armed: bool,
    /// Whether docket would choose it.
    pub likely: bool,
    /// Why it is proposed, as a sentence.
    pub why: String,
}

/// The entry of the library for an incident of one's own.
const INCIDENT: &str = "DKT-R-018";

/// What each kind of change fires: the entry, whether it is likely, and why.
const FIRES: &[(ChangeKind, &str, bool, &str)] = &[
    (ChangeKind::Model, "DKT-R-001", true, "What was evaluated was another model."),
    (ChangeKind::Version, "DKT-R-002", true, "The version that was tested is not the one that runs."),
    (ChangeKind::Version, "DKT-R-001", false, "Only if the new version is another model in truth."),
    (ChangeKind::Training, "DKT-R-003", true, "Training changes what the model does and what it remembers."),
    (ChangeKind::Prompt, "DKT-R-004", true, "Prompts and guardrails are controls that were tested as they were."),
    (ChangeKind::Tool, "DKT-R-005", true, "The system can do something that nobody looked at."),
    (ChangeKind::Tool, "DKT-R-012", false, "Only if the tool does something that cannot be undone."),
    (ChangeKind::Rights, "DKT-R-006", true, "A tool may do more, or something else, than what was reviewed."),
    (ChangeKind::Rights, "DKT-R-012", false, "Only if the tool now does something that cannot be undone."),
    (ChangeKind::Data, "DKT-R-007", true, "Data that nobody classified for this use goes through the system."),
    (ChangeKind::Users, "DKT-R-009", true, "Others are affected than those whom the review had in mind."),
    (ChangeKind::Exposure, "DKT-R-010", true, "Whoever is outside can reach it, or be reached by it."),
    (ChangeKind::Autonomy, "DKT-R-011", true, "More happens without a person than was decided on."),
    (ChangeKind::Purpose, "DKT-R-015", true, "The intended use does not name what it is used for."),
    (ChangeKind::Memory, "DKT-R-013", true, "What is remembered can leak and can be poisoned."),
    (ChangeKind::Agents, "DKT-R-014", true, "What one agent is told, another one does."),
    (ChangeKind::Terms, "DKT-R-016", true, "What the provider may do, and where, is not what was looked at."),
    (ChangeKind::Vendor, "DKT-R-025", true, "Somebody else, or nobody, answers for a part of it."),
    (ChangeKind::Vendor, "DKT-R-016", false, "Only if terms, place or sub-processors change with it."),
    (ChangeKind::People, "DKT-R-024", true, "Whoever knew and answered for it is not there any more."),
    (ChangeKind::Law, "DKT-R-023", true, "What had to be met is not what has to be met now."),
];

/// The triggers that a change of this kind may fire, the likely ones first: entries of the library, armed or not, then
/// the armed ones in one's own words.
pub fn proposals(dossier: &Dossier, sort: ChangeKind) -> Vec<Proposal> {
    let mut all: Vec<Proposal> = Vec::new();
    let rows = FIRES.iter().filter(|(of, ..)| *of == sort).copied();
    let first = (sort == ChangeKind::Data && !dossier.personal_data()).then_some((
        sort,
        "DKT-R-008",
        false,
        "No personal data is in scope so far; choose it if this brings some.",
    ));
    for (_, code, likely, why) in rows.chain(first) {
        let Some(entry) = triggers().get(code) else { continue };
        let armed = live(dossier).find(|trigger| trigger.library.as_str() == code);
        all.push(Proposal {
            mark: armed.map_or_else(|| code.to_owned(), |trigger| trigger.id.to_string()),
            title: entry.title.clone(),
            armed: armed.is_some(),
            likely,
            why: why.to_owned(),
        });
    }
    let own = live(dossier).filter(|trigger| trigger.library.is_empty() && trigger.sort != Some(TriggerKind::Time));
    all.extend(own.map(|trigger| {
        let named = word_of(sort, trigger);
        Proposal {
            mark: trigger.id.to_string(),
            title: trigger.title.to_string(),
            armed: true,
            likely: named.is_some(),
            why: named.map_or_else(
                || "It is armed in your own words; choose it if this is what it waits for.".to_owned(),
                |word| format!("It is armed in your own words and names \"{word}\"."),
            ),
        }
    }));
    all.sort_by_key(|proposal| !proposal.likely);
    all
}

/// The armed triggers that an incident fires: that of the library, and those in one's own words that say so.
pub fn for_incident(dossier: &Dossier) -> Vec<&Trigger> {
    let says = |trigger: &&Trigger| {
        let own = trigger.library.is_empty() && trigger.sort == Some(TriggerKind::Event);
        trigger.library.as_str() == INCIDENT || own && trigger.title.as_str().to_lowercase().contains("incident")
    };
    live(dossier).filter(says).collect()
}

fn live(dossier: &Dossier) -> impl Iterator<Item = &Trigger> {
    dossier.triggers.iter().filter(|trigger| !trigger.archived)
}

/// The word of the kind of change that a title names.
fn word_of(sort: ChangeKind, trigger: &Trigger) -> Option<&'static str> {
    let title = trigger.title.as_str().to_lowercase();
    let words = sort.label().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    words.chain([sort.code()]).find(|word| title.split(|c: char| !c.is_alphanumeric()).any(|t| t.starts_with(word)))
}

/// What a mark of [`super::Alteration::fires`] is called.
pub fn title_of(dossier: &Dossier, mark: &str) -> Option<String> {
    let armed = dossier.triggers.iter().find(|trigger| trigger.id.to_string() == mark);
    let own = armed.map(|trigger| trigger.title.to_string());
    own.or_else(|| triggers().get(mark).map(|entry| entry.title.clone()))
}

/// Whether a kind of thing can be triaged.
pub fn is_triaged(kind: Kind) -> bool {
    matches!(kind, Kind::Trigger | Kind::Alteration | Kind::Incident)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, Line};

    #[test]
    fn every_row_of_the_table_names_an_entry_that_is_there_and_says_why() {
        for (sort, code, _, why) in FIRES {
            assert!(triggers().get(code).is_some(), "{code}");
            assert!(why.ends_with('.') && why.starts_with(char::is_uppercase), "{why}");
            assert!(!proposals(&Dossier::default(), *sort).is_empty());
        }
        let silent = [ChangeKind::Release, ChangeKind::Other];
        for sort in ChangeKind::ALL.iter().filter(|sort| !silent.contains(sort)) {
            assert!(FIRES.iter().any(|(of, _, likely, _)| of == sort && *likely), "{sort:?} fires nothing");
        }
    }

    #[test]
    fn what_is_armed_is_named_by_its_identity_and_ones_own_words_count() {
        let mut dossier = Dossier::default();
        let armed = |n: u8, title: &str, code: &str, sort| Trigger {
            title: Line::new(title),
            library: Line::new(code),
            sort: Some(sort),
            ..Trigger::empty(Id([n; 16]))
        };
        dossier.triggers.push(armed(1, "Model swapped", "DKT-R-001", TriggerKind::Change));
        dossier.triggers.push(armed(2, "The provider's model is retired", "", TriggerKind::Event));
        dossier.triggers.push(armed(3, "Any incident", "", TriggerKind::Event));
        dossier.triggers.push(armed(4, "Every year", "", TriggerKind::Time));
        let found = proposals(&dossier, ChangeKind::Model);
        let said: Vec<_> = found.iter().map(|p| (p.title.as_str(), p.armed, p.likely)).collect();
        assert_eq!(
            said,
            [
                ("Model swapped", true, true),
                ("The provider's model is retired", true, true),
                ("Any incident", true, false)
            ]
        );
        assert_eq!(found[0].mark, Id([1; 16]).to_string());
        assert_eq!(proposals(&dossier, ChangeKind::Tool)[0].mark, "DKT-R-005", "what is not armed goes by its code");
        assert_eq!(for_incident(&dossier).iter().map(|t| t.title.as_str()).collect::<Vec<_>>(), ["Any incident"]);
    }
}

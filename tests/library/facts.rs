//! Facts: derived with a reason, corrected with a reason, and every "why" of a proposal is true of the system.

use docket::domain::{
    Dossier, Kind, Rule,
    catalog::{Basis, Library, fact, facts, offers},
    fields::Entity,
    library::{intake, vocabulary},
    people::Role,
    value::Value,
};
use proptest::prelude::*;

use crate::support::{Data, Desk, add, edit, list, text, withdraw};

fn described() -> Desk {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal);
    desk
}

/// Nothing in the manifest but what a test enters.
fn bare() -> Desk {
    let mut desk = described();
    for tool in desk.dossier.tools.iter().map(|tool| tool.id).collect::<Vec<_>>() {
        desk.must(Role::Owner, withdraw(Kind::Tool, tool));
    }
    desk
}

fn holds(desk: &Desk, id: &str) -> Option<bool> {
    fact(&desk.dossier, id).unwrap().holds
}

#[test]
fn the_inventory_says_which_facts_hold_and_in_which_words() {
    let mut desk = bare();
    desk.must(
        Role::Owner,
        add(Kind::Tool, [("name", text("Mailer")), ("permissions", text("send mail, read calendar"))]),
    );
    desk.must(Role::Owner, add(Kind::Model, [("name", text("GPT-4o")), ("provider", text("OpenAI"))]));
    desk.must(Role::Owner, add(Kind::Retrieval, [("name", text("Tickets")), ("writers", text("customers"))]));
    let because = |id: &str| fact(&desk.dossier, id).unwrap().because;
    for id in ["uses_tools", "uses_rag", "irreversible_actions", "generative_model", "third_party_model"] {
        assert_eq!(holds(&desk, id), Some(true), "{id}: {}", because(id));
    }
    assert_eq!(holds(&desk, "untrusted_content_ingested"), Some(true));
    assert_eq!(because("irreversible_actions"), "the tool \"Mailer\" may \"send mail, read calendar\"");
    assert_eq!(because("third_party_model"), "the model \"GPT-4o\" is provided by OpenAI");
    assert_eq!(because("untrusted_content_ingested"), "the retrieval source \"Tickets\" is written by \"customers\"");
    assert_eq!(because("processes_personal_data"), "the inventory names personal data");
}

/// The same inventory in the words of one language: users, tool, model, retrieval source, data flow, environment.
struct Told {
    users: &'static str,
    tool: [&'static str; 2],
    model: [&'static str; 3],
    source: [&'static str; 2],
    flow: [&'static str; 2],
    environment: &'static str,
    provenance: &'static str,
}

const GERMAN: Told = Told {
    users: "Versicherte und ihre Angehörigen",
    tool: ["Postausgang", "Mails senden, Einträge löschen; Zugangsdaten aus dem Schlüsseltresor"],
    model: ["Großes Sprachmodell", "Nordwind", "Eigenes Rechenzentrum"],
    source: ["Gesprächsprotokolle", "Kunden, Lieferanten"],
    flow: ["Fotos der Schäden", "Bewerber über das Portal"],
    environment: "Mandantenfähiger Betrieb, weltweit",
    provenance: "Feinabgestimmt auf unseren Daten; nicht aus dem Internet gesammelt",
};

const FRENCH: Told = Told {
    users: "Assurés et leurs proches",
    tool: ["Messagerie sortante", "envoyer des courriels, supprimer des entrées ; mots de passe du coffre-fort"],
    model: ["Grand modèle de langage", "Vent du Nord", "Notre centre de données, en interne"],
    source: ["Historique des échanges", "clients, fournisseurs"],
    flow: ["Photos des dégâts", "Candidats par le portail"],
    environment: "Service mutualisé, dans le monde entier",
    provenance: "Affiné sur nos données ; jamais collecté sur le web",
};

fn told(words: &Told) -> Desk {
    let mut desk = bare();
    let system = desk.system();
    let said = [("users", words.users), ("environment", words.environment), ("provenance", words.provenance)];
    desk.must(Role::Owner, edit(Kind::System, system, said.map(|(field, said)| (field, text(said)))));
    let [name, provider, hosting] = words.model.map(text);
    desk.must(Role::Owner, add(Kind::Model, [("name", name), ("provider", provider), ("hosting", hosting)]));
    for (kind, [one, other], said) in [
        (Kind::Tool, ["name", "permissions"], words.tool),
        (Kind::Retrieval, ["name", "writers"], words.source),
        (Kind::Flow, ["name", "origin"], words.flow),
    ] {
        let [first, second] = said.map(text);
        desk.must(Role::Owner, add(kind, [(one, first), (other, second)]));
    }
    desk
}

#[test]
fn a_german_and_a_french_inventory_show_what_an_english_one_does() {
    for (language, words) in [("de", &GERMAN), ("fr", &FRENCH)] {
        let desk = told(words);
        for id in [
            "external_users",
            "irreversible_actions",
            "output_to_systems",
            "secrets_in_reach",
            "generative_model",
            "third_party_model",
            "open_weight_model",
            "fine_tuned",
            "trains_on_own_data",
            "stores_prompts_and_outputs",
            "untrusted_content_ingested",
            "multimodal_input",
            "multi_tenant",
            "cross_border_transfer",
        ] {
            assert_eq!(holds(&desk, id), Some(true), "{language} {id}: {}", fact(&desk.dossier, id).unwrap().because);
        }
        assert_eq!(holds(&desk, "scraped_data"), None, "{language}: it is denied");
    }
}

#[test]
fn a_word_of_another_language_shows_nothing_that_it_does_not_mean() {
    let mut desk = bare();
    for (name, permissions) in [
        ("Lecture", "lire la liste des pays, sans rien envoyer"),
        ("Lesen", "die Post lesen, Zahlungen und Bestellungen lesen, Zahlen lesen"),
    ] {
        desk.must(Role::Owner, add(Kind::Tool, [("name", text(name)), ("permissions", text(permissions))]));
    }
    for id in ["irreversible_actions", "output_to_systems"] {
        assert_eq!(holds(&desk, id), None, "{}", fact(&desk.dossier, id).unwrap().because);
    }
}

#[test]
fn a_denial_shows_nothing_and_what_was_withdrawn_shows_nothing_any_more() {
    let mut desk = bare();
    desk.must(
        Role::Owner,
        add(Kind::Tool, [("name", text("Notes")), ("permissions", text("read; must not send or delete"))]),
    );
    assert_eq!(holds(&desk, "irreversible_actions"), None);
    let tool = desk.last(Kind::Tool);
    assert_eq!(holds(&desk, "uses_tools"), Some(true));
    desk.must(Role::Owner, withdraw(Kind::Tool, tool));
    assert_eq!(holds(&desk, "uses_tools"), Some(false), "the manifest is complete");
    let system = desk.system();
    desk.must(Role::Owner, edit(Kind::System, system, [("manifest", text("no"))]));
    assert_eq!(holds(&desk, "uses_tools"), None, "not known is not no");
}

#[test]
fn an_intake_answer_suggests_and_never_moves_the_tier_by_itself() {
    let mut desk = described();
    let id = desk.intake();
    desk.must(Role::Owner, edit(Kind::Intake, id, [("regulated_context", text("3"))]));
    let found = fact(&desk.dossier, "regulated_context").unwrap();
    assert_eq!((found.holds, found.basis), (Some(true), Basis::Intake));
    assert!(found.because.starts_with("in the intake Regulated context was answered with"), "{}", found.because);
    assert_eq!(desk.dossier.fact("regulated_context"), None, "the tier draws its own conclusion from the answers");
}

#[test]
fn inventory_and_intake_that_contradict_each_other_settle_nothing() {
    let mut desk = bare();
    let id = desk.intake();
    desk.must(Role::Owner, edit(Kind::Intake, id, [("tool_access", text("4"))]));
    let found = fact(&desk.dossier, "uses_tools").unwrap();
    assert_eq!((found.holds, found.basis), (None, Basis::Open));
    assert!(found.because.contains("but in the intake"), "{}", found.because);
}

#[test]
fn a_correction_needs_a_reason_wins_and_can_be_taken_back() {
    let mut desk = described();
    let set = |holds: &str, reason: &str| {
        add(Kind::Fact, [("fact", text("code_execution")), ("holds", text(holds)), ("reason", text(reason))])
    };
    desk.refused(Role::Owner, set("yes", " "), Rule::ReasonNeeded);
    desk.refused(Role::Governance, set("yes", "It runs notebooks."), Rule::RoleMayNot);
    desk.refused(
        Role::Owner,
        add(Kind::Fact, [("fact", text("sings")), ("holds", text("yes")), ("reason", text("x"))]),
        Rule::Unknown,
    );
    desk.refused(Role::Owner, add(Kind::Fact, [("fact", text("eu_market")), ("reason", text("x"))]), Rule::Incomplete);
    desk.must(Role::Owner, set("yes", "It runs notebooks."));
    let found = fact(&desk.dossier, "code_execution").unwrap();
    assert_eq!((found.holds, found.basis), (Some(true), Basis::Corrected));
    assert_eq!(desk.dossier.fact("code_execution"), Some(true), "a correction counts for the tier");
    desk.refused(Role::Owner, set("no", "It does not."), Rule::WrongState);
    let id = desk.last(Kind::Fact);
    desk.refused(Role::Owner, edit(Kind::Fact, id, [("reason", Value::Null)]), Rule::ReasonNeeded);
    desk.must(Role::Owner, withdraw(Kind::Fact, id));
    assert_eq!(holds(&desk, "code_execution"), None);
}

#[test]
fn nobody_ticks_personal_data_away() {
    let mut desk = described();
    for id in ["processes_personal_data", "special_category_data"] {
        let set = [("fact", text(id)), ("holds", text("no")), ("reason", text("We say so."))];
        desk.refused(Role::Owner, add(Kind::Fact, set), Rule::SetByRule);
    }
}

#[test]
fn a_correction_voids_who_looked_at_the_context_and_a_wording_fix_voids_nobody() {
    use docket::domain::decision::{SignoffState, latest_signoff, signoff_state};
    let mut desk = Desk::of_five();
    desk.ready(Data::Personal);
    let state = |desk: &Desk, role: Role| latest_signoff(&desk.dossier, role).map(|s| signoff_state(&desk.dossier, s));
    desk.must(
        Role::Owner,
        add(Kind::Fact, [("fact", text("eu_market")), ("holds", text("yes")), ("reason", text("Sold in Lyon."))]),
    );
    assert_eq!(state(&desk, Role::Security), Some(SignoffState::Voided));
    assert_eq!(state(&desk, Role::Dpo), Some(SignoffState::Valid));
    let mut desk = Desk::of_five();
    desk.described(Data::Personal);
    desk.must(
        Role::Owner,
        add(Kind::Fact, [("fact", text("eu_market")), ("holds", text("yes")), ("reason", text("x"))]),
    );
    let before = docket::domain::decision::snapshot(&desk.dossier, Role::Security);
    let id = desk.last(Kind::Fact);
    desk.must(Role::Owner, edit(Kind::Fact, id, [("reason", text("It is sold in Lyon."))]));
    assert_eq!(docket::domain::decision::snapshot(&desk.dossier, Role::Security), before);
}

const WORDS: [&str; 16] = [
    "send mail",
    "GPT-4o",
    "customers",
    "may not delete anything",
    "public website",
    "forty agents",
    "Llama 3 on our own cluster",
    "OpenAI",
    "conversation log",
    "image uploads",
    "EU region",
    "fine-tuned on our data",
    "run code in a shell",
    "none",
    "web search",
    "120 000 customers in the USA",
];

fn system() -> impl Strategy<Value = Dossier> {
    let texts = proptest::collection::vec(0..WORDS.len(), 24);
    let levels = proptest::collection::vec(proptest::option::of(0..5u8), 7);
    (texts, levels, any::<[bool; 6]>(), 0..5usize).prop_map(|(words, levels, has, autonomy)| {
        let mut words = words.into_iter().map(|at| text(WORDS[at]));
        let mut word = move || words.next().unwrap_or(Value::Null);
        let mut dossier = described().dossier;
        let codes = ["informs", "drafts", "approved", "limited", "alone"];
        let system = &mut dossier.systems[0];
        for field in ["users", "environment", "regulated", "purpose", "provenance"] {
            system.put(field, &word());
        }
        system.put("autonomy", &text(codes[autonomy]));
        system.put("data", &list(if has[0] { &["personal", "confidential"] } else { &["public"] }));
        let intake = &mut dossier.intakes[0];
        for (question, level) in docket::domain::library::QUESTIONS.iter().zip(levels) {
            intake.put(question, &level.map_or(Value::Null, |n| text(&n.to_string())));
        }
        dossier.tools.clear();
        let kinds = [
            (Kind::Tool, "permissions"),
            (Kind::Model, "provider"),
            (Kind::Retrieval, "writers"),
            (Kind::Component, "sort"),
            (Kind::Flow, "origin"),
        ];
        for (at, (kind, field)) in kinds.into_iter().enumerate().filter(|(at, _)| has[at + 1]) {
            dossier.append(kind, docket::domain::Id([u8::try_from(at + 50).unwrap(); 16]), &mut |thing| {
                thing.put("name", &word());
                thing.put(field, &word());
            });
        }
        dossier
    })
}

/// Everything that stands in the inventory, and the words of the vocabularies.
fn written(dossier: &Dossier) -> String {
    let mut out = String::new();
    for kind in [Kind::System, Kind::Tool, Kind::Model, Kind::Retrieval, Kind::Component, Kind::Flow, Kind::Connection]
    {
        for row in dossier.rows(kind) {
            for field in kind.fields() {
                out.push_str(&docket::domain::wording::shown(dossier, field, &row.get(field.id)));
                out.push('\n');
            }
        }
    }
    for question in intake().questions() {
        out.extend(intake().levels(&question.id).flat_map(|level| [level.label.as_str(), "\n"]));
    }
    out.extend(vocabulary().facts().iter().flat_map(|fact| [fact.title.as_str(), "\n"]));
    out
}

/// The texts in quotation marks; a text that holds such marks itself is not among the words here.
fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tier_reads_what_the_facts_say_but_for_the_intake(dossier in system()) {
        for fact in facts(&dossier) {
            let counts = matches!(fact.basis, Basis::Corrected | Basis::Inventory);
            prop_assert_eq!(dossier.fact(fact.fact), fact.holds.filter(|_| counts), "{}", fact.fact);
        }
    }

    #[test]
    fn every_why_is_true_of_the_system(dossier in system()) {
        let library = Library::of(&dossier);
        let (all, text) = (facts(&dossier), written(&dossier));
        let holds = |id: &str| all.iter().find(|fact| fact.fact == id).unwrap().holds;
        for offer in offers(&library, &dossier) {
            for words in quoted(&offer.because) {
                prop_assert!(text.contains(&words), "{words:?} stands nowhere: {}", offer.because);
            }
            let (needed, any) = (&offer.threat.applies_when, &offer.threat.applies_when_any);
            if offer.applies() {
                prop_assert!(needed.iter().all(|id| holds(id) == Some(true)), "{}", offer.because);
                prop_assert!(any.is_empty() || any.iter().any(|id| holds(id) == Some(true)), "{}", offer.because);
                for id in offer.facts() {
                    let fact = all.iter().find(|fact| fact.fact == *id).unwrap();
                    let told = format!("\"{}\" ({})", vocabulary().fact_title(id), fact.because);
                    prop_assert!(offer.because.contains(&told), "{}", offer.because);
                }
            } else {
                prop_assert!(offer.facts().iter().all(|id| holds(id).is_none()), "{}", offer.because);
            }
        }
        // What counts as named is named, and nothing is derived from an inventory that is empty.
        let tools = dossier.tools.iter().filter(|tool| !tool.archived).count();
        if holds("uses_tools") == Some(true) && tools > 0 {
            let because = &all.iter().find(|fact| fact.fact == "uses_tools").unwrap().because;
            prop_assert!(because.starts_with(&format!("the inventory names {tools} tool")), "{because}");
        }
        let bare = Dossier::default();
        prop_assert!(facts(&bare).iter().all(|fact| fact.holds.is_none()));
    }
}

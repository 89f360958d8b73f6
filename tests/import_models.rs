//! Reads our own small models of OTM, the OWASP library, Threagile, CycloneDX and Microsoft TMT, and model cards, CNIL
//! assessments and CISO Assistant libraries.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::Path;

use docket::exchange::draft::{Draft, Format, LibraryKind, Run, SystemDraft};
use docket::exchange::notes::NoteKind;
use docket::exchange::words::{Severity, Stage, Treatment};
use docket::exchange::{self, Receipt};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(file)).unwrap()
}

fn read(file: &str) -> Draft {
    exchange::read(&bytes(file), file, &mut |_, _| true).unwrap_or_else(|refused| panic!("{file}: {refused}"))
}

fn told(draft: &Draft, kind: NoteKind) -> usize {
    draft.notes.of(kind).count()
}

fn treatments(system: &SystemDraft) -> Vec<Treatment> {
    system.threats.iter().map(|threat| threat.proposed.treatment).collect()
}

#[test]
fn one_definition_of_otm_has_many_instances() {
    let draft = read("otm.yaml");
    let system = &draft.systems[0];
    assert_eq!(
        (draft.format, system.name.as_str(), system.owner.as_str()),
        (Format::Otm, "Permit desk", "Ines Halvorsen")
    );
    assert_eq!((system.threats.len(), system.components.len(), system.boundaries.len()), (3, 2, 1));
    assert_eq!(system.threats[0].title.as_str(), "Text hidden in a permit [31m");
    assert_eq!(system.threats[0].targets[0].as_str(), "Reader");
    assert_eq!(system.threats[1].title.as_str(), "t9", "a threat without a definition keeps its id");
    assert!(treatments(system).iter().all(|treatment| *treatment == Treatment::Undecided));
    assert_eq!(told(&draft, NoteKind::UnknownWord), 1, "Sleeping");
    assert_eq!((system.flows[0].to.as_str(), system.flows[1].to.as_str()), ("Store", ""));
    assert_eq!(system.links.len(), 2);
    let json = Receipt::of(&draft).to_json();
    for (key, value) in [("threats", 2), ("threat_instances", 3), ("links", 3), ("dangling", 2), ("assets", 1)] {
        assert_eq!(json[key], value, "{key}");
    }
    let bare = read("bare.otm");
    assert_eq!((bare.format, bare.systems[0].name.as_str()), (Format::Otm, "Bare"));
    assert_eq!(Receipt::of(&bare).to_json()["outcome"], "empty");
}

#[test]
fn quoted_text_of_yaml_may_begin_anywhere() {
    let text = "otmVersion: 0.1.0\nproject:\n  name: 'Permit\ndesk''s\n own'\n  id: x\n";
    let draft = exchange::read(text.as_bytes(), "x.yaml", &mut |_, _| true).unwrap();
    assert_eq!(draft.systems[0].name.as_str(), "Permit desk's own");
}

#[test]
fn json_and_yaml_of_otm_are_the_same() {
    let yaml = read("otm.yaml");
    let json = "{\"otmVersion\":\"0.2.0\",\"project\":{\"name\":\"Permit desk\",\"id\":\"permit-desk\"},\"components\":[{\"id\":\"c1\",\"name\":\"Reader\"}]}";
    let json = exchange::read(json.as_bytes(), "x.otm", &mut |_, _| true).unwrap();
    assert_eq!(json.systems[0].source_id, yaml.systems[0].source_id);
    assert_eq!(json.systems[0].components[0].source_id, yaml.systems[0].components[0].source_id);
}

#[test]
fn the_owasp_library_tells_threats_by_their_controls_and_risks() {
    let draft = read("tm-library.json");
    let system = &draft.systems[0];
    assert_eq!((system.components.len(), system.controls.len(), system.links.len()), (3, 2, 2));
    let hidden = &system.threats[0];
    assert_eq!(
        (hidden.severity, hidden.severity_word.as_str()),
        (Severity::Critical, "very_high"),
        "the worst risk counts"
    );
    assert_eq!(hidden.mitigation.as_str(), "Check by hand (active)");
    assert_eq!(hidden.proposed.treatment, Treatment::Undecided, "a control is no decision");
    // A symbolic name is unique only within its kind.
    assert_eq!((system.flows[0].to.as_str(), system.flows[1].from.as_str()), ("Permit store", "Storekeeper"));
    assert_eq!((system.flows[0].encrypted, system.flows[1].encrypted), (Some(true), None));
    assert_eq!(system.retrievals[0].content.as_str(), "Scans · pii");
    assert_eq!(Receipt::of(&draft).to_json()["dangling"], 1);
}

#[test]
fn a_model_of_threagile_and_its_risks() {
    let draft = read("threagile.yaml");
    let system = &draft.systems[0];
    assert_eq!((system.name.as_str(), system.description.as_str()), ("Permit desk", "Reads permits."));
    assert_eq!(system.components[1].out_of_scope.as_ref().unwrap().as_str(), "run by another team");
    let flows: Vec<_> =
        system.flows.iter().map(|f| (f.from.as_str(), f.to.as_str(), f.encrypted, f.bidirectional)).collect();
    assert_eq!(flows, [("Reader", "", Some(false), false), ("Reader", "Store", Some(true), true)]);
    let titles: Vec<_> = system.threats.iter().map(|t| (t.title.as_str(), t.severity)).collect();
    assert_eq!(titles, [("Odd at Reader", Severity::High), ("Plain at Store", Severity::Unrated)]);
    let json = Receipt::of(&draft).to_json();
    assert_eq!((&json["tracking_entries"], &json["tracking_wildcards"]), (&2.into(), &1.into()));
    assert!(treatments(system).iter().all(|t| *t == Treatment::Undecided), "what was tracked there is decided here");

    let draft = read("threagile-risks.json");
    let threats = &draft.systems[0].threats;
    assert_eq!(threats[0].title.as_str(), "Missing & weak check at Reader");
    assert_eq!(threats[1].source_id.as_str(), "threagile/missing-auth@reader#2", "ids repeat in real files");
    assert!(threats[0].proposed.in_review);
    assert_eq!(threats[1].proposed.treatment, Treatment::NotApplicable);
    assert_eq!(threats[2].proposed.progress, Some(Stage::InProgress));
    assert_eq!((threats[3].proposed.treatment, threats[3].severity), (Treatment::Undecided, Severity::Unrated));
    assert_eq!(told(&draft, NoteKind::UnknownWord), 2);
    let none = exchange::read(b"[]", "risks.json", &mut |_, _| true).unwrap();
    assert_eq!(Receipt::of(&none).to_json()["outcome"], "empty");
    assert!(exchange::read(b"{}", "risks.json", &mut |_, _| true).is_err());
}

#[test]
fn cyclonedx_brings_models_services_and_what_was_said_of_vulnerabilities() {
    let draft = read("cyclonedx.json");
    let system = &draft.systems[0];
    let model = &system.models[0];
    assert_eq!((model.name.as_str(), model.provider.as_str(), model.version.as_str()), ("reader-7b", "Loom", "2"));
    assert_eq!((system.connections.len(), system.flows.len(), system.retrievals.len()), (2, 1, 1));
    assert_eq!(system.connections[0].content.as_str(), "outside, without authentication");
    let titles: Vec<&str> = system.threats.iter().map(|threat| threat.title.as_str()).collect();
    assert_eq!(titles, ["Wrong refusals", "Unfair to builders without a company", "CVE-1", "CVE-2", "CVE-3"]);
    let first = &system.threats[2];
    assert_eq!((first.proposed.treatment, first.severity), (Treatment::NotApplicable, Severity::Critical));
    assert!(first.justification.as_str().contains("never called"));
    assert!(system.threats[3].proposed.in_review && system.threats[4].proposed.treatment == Treatment::Undecided);
    assert_eq!(system.controls[0].title.as_str(), "All prompts are logged");
    let runs: Vec<Run> = system.evidence.iter().map(|run| run.run).collect();
    assert_eq!(runs, [Run::Attestation, Run::Inventory], "hundreds of libraries are one list");
    let json = Receipt::of(&draft).to_json();
    assert_eq!((&json["components"], &json["component_kinds"]["library"]), (&5.into(), &2.into()));
}

#[test]
fn a_model_of_the_microsoft_tool_without_its_knowledge_base() {
    let draft = read("model.tm7");
    let system = &draft.systems[0];
    assert_eq!((draft.diagrams, system.name.as_str(), system.owner.as_str()), (2, "Permit desk", "Ines"));
    let parts: Vec<&str> = system.components.iter().map(|part| part.name.as_str()).collect();
    assert_eq!((parts, system.boundaries.len()), (vec!["Reader <7B>", "Store"], 2));
    assert_eq!(system.components[1].out_of_scope.as_ref().unwrap().as_str(), "run by others");
    assert_eq!((system.flows[0].from.as_str(), system.flows[0].to.as_str()), ("Reader <7B>", "Store"));
    assert_eq!(system.threats.len(), 4);
    let [done, look, not, new] = &system.threats[..] else { panic!() };
    assert_eq!((done.proposed.progress, done.justification.as_str()), (Some(Stage::Claimed), "We check."));
    assert!(look.proposed.in_review && look.severity == Severity::Low);
    assert_eq!((not.proposed.treatment, not.covers.len()), (Treatment::NotApplicable, 0));
    assert_eq!((new.proposed.treatment, new.title.as_str()), (Treatment::Undecided, "New [31m"));
    assert_eq!((done.covers[0].as_str(), done.targets[0].as_str()), (system.flows[0].source_id.as_str(), "Store"));
    assert!(done.description.as_str().starts_with("It & that é"));
    assert_eq!(told(&draft, NoteKind::Dropped), 1, "an element of an unknown kind");
}

#[test]
fn xml_that_is_no_such_model_is_refused() {
    let refuse = |text: &str| exchange::read(text.as_bytes(), "x.tm7", &mut |_, _| true).unwrap_err().to_string();
    let entities = "<!DOCTYPE ThreatModel [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><ThreatModel><MetaInformation><Owner>&b;</Owner></MetaInformation></ThreatModel>";
    assert!(refuse(entities).contains("declares a document type"), "{}", refuse(entities));
    let deep = format!("<ThreatModel><ThreatInstances>{}", "<a>".repeat(100_000));
    assert!(refuse(&deep).contains("deeper"), "{}", refuse(&deep));
    for text in ["<ThreatModel><Meta", "<ThreatModel><ThreatInstances></Borders></ThreatModel>", "<ThreatModel>"] {
        assert!(refuse(text).contains("damaged"), "{text}: {}", refuse(text));
    }
}

#[test]
fn a_model_card_with_and_without_a_head() {
    let draft = read("card.md");
    let system = &draft.systems[0];
    assert_eq!((system.name.as_str(), system.models[0].provider.as_str()), ("Reader 7B", "loom/base-7b"));
    assert_eq!(system.description.as_str(), "Reads building permits.");
    let further =
        |label: &str| system.further.iter().find(|part| part.label.as_str() == label).unwrap().text.to_string();
    assert_eq!(further("Intended use"), "Clerks ask about a permit.");
    assert!(further("Out-of-scope use").starts_with("Deciding a permit."));
    assert_eq!(further("Bias, risks and limits"), "Bad with handwriting.");
    assert_eq!(system.evidence[0].title.as_str(), "text-classification on Permits: f1 0.91");
    let json = Receipt::of(&draft).to_json();
    assert_eq!((&json["headings"], &json["datasets"], &json["model_index"]), (&5.into(), &1.into(), &1.into()));
    assert_eq!(Receipt::of(&read("card-crlf.md")).to_json()["crlf"], true);
    for (text, outcome) in [
        ("---\n[]\n---\n# A card\n", "warn:front matter is not a mapping"),
        ("---\n{{ card }}\n---\n# A card\n", "warn:front matter is not YAML"),
        ("# A card\n\nSome words about it.\n", "ok"),
    ] {
        let draft = exchange::read(text.as_bytes(), "README.md", &mut |_, _| true).unwrap();
        assert_eq!(
            (draft.systems[0].name.as_str(), &Receipt::of(&draft).to_json()["outcome"]),
            ("A card", &outcome.into())
        );
    }
}

#[test]
fn an_assessment_goes_to_the_dpo_as_words_and_signs_nothing() {
    let draft = read("pia.json");
    let system = &draft.systems[0];
    assert_eq!(
        system.briefing.as_str(),
        "Processing: Answers questions.\n\nNo decisions.\n\nLawful basis: Public task\n\nRetention: Two years"
    );
    assert_eq!((system.controls.len(), system.controls[0].description.as_str()), (2, "Names"));
    assert_eq!(system.threats.len(), 1);
    let threat = &system.threats[0];
    assert_eq!((threat.severity_word.as_str(), threat.likelihood_word.as_str()), ("3 of 4", "2 of 4"));
    assert_eq!((threat.likelihood, threat.impact, threat.severity), (None, None, Severity::Unrated), "another scale");
    assert_eq!(threat.mitigation.as_str(), "Masking");
    let json = Receipt::of(&draft).to_json();
    assert_eq!((&json["signers"], &json["html_answers"]), (&3.into(), &2.into()));
    assert!(told(&draft, NoteKind::Dropped) > 0);
}

#[test]
fn a_library_goes_into_no_system() {
    let draft = read("ciso-library.yaml");
    assert!(draft.systems.is_empty());
    let entries: Vec<_> =
        draft.library.iter().map(|entry| (entry.kind, entry.code.as_str(), entry.title.as_str())).collect();
    assert_eq!(
        entries,
        [
            (LibraryKind::Threat, "DESK-T1", "Hidden order"),
            (LibraryKind::Control, "DESK-C1", "Check by hand"),
            (LibraryKind::Control, "DESK-1.1", "Does a person look at every answer?"),
        ]
    );
    let json = Receipt::of(&draft).to_json();
    assert_eq!(
        (&json["requirements"], &json["assessable"], &json["copyright"]),
        (&2.into(), &1.into(), &"ours".into())
    );
}

#[test]
fn yaml_that_grows_without_end_is_refused() {
    let mut bomb = "otmVersion: 0.1.0\nproject: {name: x}\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let row = format!("*a{}, ", n - 1).repeat(9);
        let row = format!("a{n}: &a{n} [{}]\n", row.trim_end_matches(", "));
        bomb.push_str(&row);
    }
    let begun = std::time::Instant::now();
    let _ = exchange::read(bomb.as_bytes(), "x.otm", &mut |_, _| true);
    assert!(begun.elapsed().as_secs() < 20);
    let deep = format!("otmVersion: 0.1.0\nproject: {}x{}\n", "[".repeat(50_000), "]".repeat(50_000));
    assert!(exchange::read(deep.as_bytes(), "x.otm", &mut |_, _| true).is_err());
}

//! Reads our own small files of every shape that an importer must take, and what it must refuse.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

use std::path::Path;

use docket::domain::text::is_visible;
use docket::exchange::draft::{Draft, ThreatDraft};
use docket::exchange::notes::NoteKind;
use docket::exchange::table::{Field, Kind, Mapping};
use docket::exchange::words::{Lifecycle, Severity, Stage, Treatment};
use docket::exchange::{self, Receipt, Refused};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(file)).unwrap()
}

fn read(file: &str) -> Draft {
    exchange::read(&bytes(file), file, &mut |_, _| true).unwrap()
}

fn refuse(bytes: &[u8]) -> Refused {
    exchange::read(bytes, "some.file", &mut |_, _| true).unwrap_err()
}

fn told(draft: &Draft, kind: NoteKind) -> Vec<String> {
    draft.notes.of(kind).map(|note| format!("{} x{}", note.text, note.count)).collect()
}

fn threat<'a>(draft: &'a Draft, id: &str) -> &'a ThreatDraft {
    draft.systems.iter().flat_map(|system| &system.threats).find(|threat| threat.source_id.as_str() == id).unwrap()
}

#[test]
fn version_1_of_threat_dragon() {
    let draft = read("dragon-v1.json");
    let system = &draft.systems[0];
    assert_eq!((draft.schema.as_str(), system.name.as_str()), ("v1", "Ticket triage assistant"));
    assert_eq!((system.owner.as_str(), system.reviewer.as_str()), ("Ines Halvorsen", "Pia Lindqvist"));
    assert_eq!(system.contributors.len(), 1);
    assert_eq!(system.components[0].name.as_str(), "Triage Service");
    assert_eq!(system.components[1].out_of_scope.as_ref().unwrap().as_str(), "Not ours");
    let flow = &system.flows[0];
    assert_eq!((flow.from.as_str(), flow.to.as_str(), flow.name.as_str()), ("Customer", "Triage Service", "ticket"));
    assert_eq!((flow.encrypted, flow.public_network, flow.bidirectional), (Some(true), Some(true), false));
    assert_eq!(system.flows[1].encrypted, None);
    let second = threat(&draft, "threat-dragon/triage service|tampering|tickets reach the wrong team#2");
    assert_eq!((second.proposed.treatment, second.proposed.progress), (Treatment::Mitigate, Some(Stage::Claimed)));
    assert_eq!(told(&draft, NoteKind::Contradiction).len(), 1);
    assert_eq!(told(&draft, NoteKind::Warning).len(), 2);
}

#[test]
fn version_2_of_threat_dragon() {
    let draft = read("dragon-v2.json");
    let system = &draft.systems[0];
    assert_eq!((draft.schema.as_str(), draft.diagrams, draft.text_blocks), ("v2", 2, 1));
    assert_eq!(system.reviewer.as_str(), "5");
    assert_eq!(
        system.contributors.iter().map(docket::domain::Line::as_str).collect::<Vec<_>>(),
        ["Ana Reyes", "Tom Vale"]
    );
    assert_eq!(system.components[0].name.as_str(), "Background Worker");
    assert!(system.flows[0].bidirectional);
    let sleeping = threat(&draft, "threat-dragon/t-2#2");
    assert_eq!((sleeping.status_word.as_str(), sleeping.severity_word.as_str()), ("Sleeping", "Purple"));
    assert_eq!((sleeping.proposed.treatment, sleeping.severity), (Treatment::Undecided, Severity::Unrated));
    // The published schema keeps threats on the cell, and files hold numbers for ids.
    let vault = threat(&draft, "threat-dragon/9");
    assert_eq!((vault.targets[0].as_str(), vault.proposed.treatment), ("Vault", Treatment::NotApplicable));
    assert_eq!(told(&draft, NoteKind::Dropped).len(), 2);
    assert_eq!(told(&draft, NoteKind::UnknownWord).len(), 2);
    let anchors = draft.anchors.unwrap();
    assert_eq!((anchors.empty, anchors.repeated_ids), (1, 1));
}

#[test]
fn an_empty_model_is_welcome() {
    let draft = read("dragon-v2-empty.json");
    assert_eq!((draft.systems.len(), draft.systems[0].name.as_str()), (1, "dragon-v2-empty"));
    assert!(draft.systems[0].name_from_file);
    assert_eq!(Receipt::of(&draft).to_json()["outcome"], "empty");
}

#[test]
fn a_register_with_semicolons_and_decimal_commas() {
    let draft = read("register-semicolon.csv");
    let table = draft.table.as_ref().unwrap();
    assert_eq!((table.delimiter, table.encoding, table.rows, table.columns), (';', "cp1252", 3, 10));
    let first = threat(&draft, "csv-register/A-1");
    assert_eq!(first.title.as_str(), "Filtración de datos personales");
    assert_eq!((first.likelihood, first.impact, first.severity), (Some(1), Some(4), Severity::High));
    assert_eq!((first.controls.len(), first.due.unwrap().to_string().as_str()), (2, "2026-12-31"));
    let second = threat(&draft, "csv-register/A-2");
    assert_eq!((second.likelihood_word.as_str(), second.likelihood), ("0,75", Some(4)));
    assert_eq!(
        (second.proposed.progress, second.severity, second.due),
        (Some(Stage::InProgress), Severity::Unrated, None)
    );
    let third = &draft.systems[0].threats[2];
    assert_eq!(third.source_id.as_str(), "csv-register/índice||índice envenenado");
}

#[test]
fn a_register_of_several_systems() {
    let draft = read("register-systems.csv");
    let names: Vec<&str> = draft.systems.iter().map(|system| system.name.as_str()).collect();
    assert_eq!(names, ["Loan helper", "Voice bot"]);
    let first = threat(&draft, "csv-register/R1");
    assert_eq!((first.proposed.treatment, first.proposed.progress), (Treatment::Mitigate, Some(Stage::Claimed)));
    assert_eq!((first.likelihood, first.severity_word.as_str(), first.severity), (Some(4), "12", Severity::Unrated));
    assert_eq!((first.further[0].label.as_str(), first.further[0].text.as_str()), ("Colour", "red"));
    let again = threat(&draft, "csv-register/R1#2");
    assert_eq!((again.likelihood, again.proposed.treatment), (Some(2), Treatment::Accept));
    // Words are kept, and become no numbers.
    let words = &draft.systems[1].threats[0];
    assert_eq!((words.likelihood_word.as_str(), words.likelihood, words.severity), ("high", None, Severity::Medium));
    assert_eq!(threat(&draft, "csv-register/R4").proposed.treatment, Treatment::Undecided);
    assert_eq!(told(&draft, NoteKind::Contradiction).len(), 1);
    assert_eq!(told(&draft, NoteKind::Dropped), ["A row that repeats the column names x1"]);
}

#[test]
fn a_register_without_column_names() {
    let draft = read("register-no-header.csv");
    assert!(!draft.table.as_ref().unwrap().has_header);
    let second = threat(&draft, "csv-register/X-02");
    assert_eq!(second.title.as_str(), "Operators trust the answer too much");
    assert_eq!((second.likelihood, second.impact, second.severity), (Some(3), Some(3), Severity::Medium));
}

#[test]
fn an_inventory_below_a_banner() {
    let draft = read("inventory-banner.csv");
    let table = draft.table.as_ref().unwrap();
    assert_eq!((table.banner_rows, table.rows, table.encoding), (1, 4, "cp1252"));
    let inventory = |at: usize| draft.systems[at].inventory.as_deref().unwrap();
    let stages: Vec<Option<Lifecycle>> = (0..4).map(|at| inventory(at).stage).collect();
    assert_eq!(stages, [Some(Lifecycle::Pilot), Some(Lifecycle::Production), None, Some(Lifecycle::Retired)]);
    assert_eq!((inventory(0).unit.as_str(), inventory(0).contact.as_str()), ("Harbour", "pier@example.org"));
    let answers: Vec<Option<bool>> = (0..4).map(|at| inventory(at).personal_data).collect();
    assert_eq!(answers, [Some(false), Some(true), None, None]);
    assert_eq!(inventory(0).further[0].label.as_str(), "Please describe the model’s training data");
    assert_eq!(draft.systems[2].source_id.as_str(), "ai-inventory/|licences|permit reader#2");
    assert_eq!(draft.systems[3].name.as_str(), "Row 4");
    assert_eq!(Receipt::of(&draft).named, 3);
}

#[test]
fn a_list_of_controls_is_no_list_of_risks() {
    let text = b"Control ID,Control Name,Status,Owner\nC1,Log every prompt,active,Kai Moss\nC2,Mask names,,,extra\n";
    let draft = exchange::read(text, "soa.csv", &mut |_, _| true).unwrap();
    let system = &draft.systems[0];
    assert_eq!((system.threats.len(), system.controls.len()), (0, 2));
    let further = &system.controls[0].further[0];
    assert_eq!((further.label.as_str(), further.text.as_str()), ("Owner", "Kai Moss"));
    assert_eq!(told(&draft, NoteKind::Dropped), ["The cells of a row beyond the last column x1"]);
}

#[test]
fn a_mapping_is_corrected_and_remembered() {
    let file = bytes("register-systems.csv");
    let mut mapping = exchange::preview(&file).unwrap().mapping;
    assert_eq!((mapping.kind, mapping.column(Field::Title)), (Kind::Register, Some(2)));
    mapping.set(11, Some(Field::Title));
    assert_eq!(mapping.columns[2].1, None);
    let remembered = Mapping::from_json(&mapping.to_json()).unwrap();
    assert_eq!(remembered, mapping);
    let draft = exchange::read_mapped(&file, "r.csv", &remembered, &mut |_, _| true).unwrap();
    assert_eq!(draft.systems[0].threats[0].title.as_str(), "red");
    assert_eq!(draft.table.unwrap().header_hash, remembered.header_hash);
}

#[test]
fn hostile_text_reaches_nobody() {
    for file in ["hostile.json", "hostile.csv", "hostile-inventory.csv"] {
        let draft = read(file);
        let receipt = Receipt::of(&draft);
        let shown = receipt.lines().join("\n") + &receipt.to_json().to_string();
        assert!(shown.contains("owned"), "{file}");
        assert!(shown.chars().all(|c| c == '\n' || is_visible(c)), "{file}");
        // Every text of the draft is shown by its debug form, which escapes what it should not hold.
        let all = format!("{draft:?}");
        for escape in ["\\u{1b}", "\\u{9b}", "\\u{202e}", "\\u{200b}", "\\u{7}", "\\u{feff}", "\\u{e0041}"] {
            assert!(!all.contains(escape), "{file} holds {escape}");
        }
    }
    let name = "\u{1b}[31m\u{202e}name.json";
    let draft = exchange::read(&bytes("dragon-v2-empty.json"), name, &mut |_, _| true).unwrap();
    assert_eq!((draft.source_name.as_str(), draft.systems[0].name.as_str()), ("[31mname.json", "[31mname"));
}

#[test]
fn what_is_not_read_is_refused_in_one_sentence() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0f\nsize 9\n";
    let cases: [(&[u8], &str); 17] = [
        (b"| Risk | Likelihood |\n|---|---|\n| a | 3 |\n", "a Markdown table"),
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (pointer, "git LFS pointer"),
        (b"PK\x03\x04rest", "Excel"),
        (b"a,b\0c\n1,2,3\n", "binary data"),
        (b"{\"summary\":{\"title\":\"x\"},\"detail\":{", "a Threat Dragon model, but it is damaged at line 1"),
        (b"{\"version\":\"2.1\",\"summary\":{},\"details\":{}}", "no \"detail\" section"),
        (b"{\"detail\":{}}", "no \"summary\" section"),
        (b"{\"spdxVersion\":\"3\"}", "an SPDX document"),
        (b"{\"plan-of-action-and-milestones\":{}}", "an OSCAL document"),
        (b"[1, 2]", "JSON of no format"),
        (b"<ThreatModel xmlns=\"x\">", "Microsoft Threat Modeling Tool"),
        (b"otmVersion: 0.1.0\nproject: [\n", "a model in YAML"),
        (b"Dear all, hello.\nThis is a letter.\n", "text of no format"),
        (b"left,right,up\n1,2,3\n4,5,6\n", "a table with the columns \"left\", \"right\", \"up\""),
    ];
    for (bytes, part) in cases {
        let told = refuse(bytes).to_string();
        assert!(told.contains(part), "{told}");
        assert!(told.starts_with("This ") && told.contains("nothing was changed."), "{told}");
        assert!(told.contains("Threat Dragon models (versions 1 and 2), CSV risk registers"), "{told}");
        assert!(!told.contains(". ") && told.ends_with('.'), "{told}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{{\"summary\":{{}},\"detail\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(refuse(deep.as_bytes()), Refused::TooDeep);
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let large = vec![b'a'; exchange::BYTES_MAX + 1];
    assert!(matches!(refuse(&large), Refused::TooLarge { limit: 256, .. }));
}

#[test]
fn many_rows_are_read_with_progress() {
    let rows = (0..20_000).map(|n| format!("R{n},Risk number {n},High,Open,\n"));
    let text: String = std::iter::once("Risk ID,Risk Title,Severity,Status,Note\n".to_owned()).chain(rows).collect();
    let mut seen = Vec::new();
    let draft = exchange::read(text.as_bytes(), "big.csv", &mut |done, all| {
        seen.push((done, all));
        true
    })
    .unwrap();
    assert_eq!(draft.systems[0].threats.len(), 20_000);
    assert!(seen.len() > 3 && seen.is_sorted());
    assert_eq!(seen.last(), Some(&(20_000, Some(20_000))));
}

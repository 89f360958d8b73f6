//! The framework view: what covers an item, what was considered, and what nothing speaks of.

use docket::domain::{
    Kind, Rule,
    catalog::{Coverage, ItemCover, Library, Parts, cover, framework_item, subject},
    command::Command,
    library::{framework, item},
    people::Role,
};

use crate::support::{Data, Desk, add, edit, list, text};

fn modelled() -> Desk {
    let mut desk = Desk::of_five();
    desk.described(Data::Personal).handed_to_security();
    desk
}

fn view(desk: &Desk, key: &str) -> Vec<ItemCover> {
    let library = Library::of(&desk.dossier);
    cover(&desk.dossier, &library, framework(key).unwrap(), desk.today())
}

fn of(desk: &Desk, key: &str, id: &str) -> ItemCover {
    view(desk, key).into_iter().find(|cover| cover.item.id == id).unwrap()
}

#[test]
fn an_item_is_covered_by_the_threats_and_controls_that_point_to_it() {
    let mut desk = modelled();
    assert!(view(&desk, "owasp_llm_2025").iter().all(|cover| cover.state == Coverage::Open && cover.by.is_empty()));
    desk.must(Role::Security, Command::FromLibrary(vec!["DKT-T-001".into()]));
    let found = of(&desk, "owasp_llm_2025", "LLM01:2025");
    assert_eq!((found.state, found.by[0].reference.as_str()), (Coverage::Covered, "T-1"));
    assert_eq!(found.by[0].words, "unscored, undecided");
    let id = desk.last(Kind::Threat);
    let set =
        [("likelihood", crate::support::int(4)), ("impact", crate::support::int(5)), ("treatment", text("mitigate"))];
    desk.must(Role::Security, edit(Kind::Threat, id, set));
    assert_eq!(of(&desk, "owasp_llm_2025", "LLM01:2025").by[0].words, "critical, mitigate");
    // A framework of controls is covered by the plan.
    let covered = view(&desk, "csa_aicm").into_iter().filter(|cover| cover.state == Coverage::Covered).count();
    assert!(covered > 0);
    assert!(view(&desk, "csa_aicm").iter().flat_map(|cover| &cover.by).all(|by| by.kind == Kind::Control));
}

#[test]
fn a_threat_written_by_hand_is_mapped_by_hand() {
    let mut desk = modelled();
    let named = |maps: &[&str]| add(Kind::Threat, [("title", text("Ours")), ("maps", list(maps))]);
    let refusal = desk.refused(Role::Security, named(&["owasp_llm_2025:LLM77"]), Rule::Unknown);
    assert!(refusal.says.contains("\"owasp_llm_2025:LLM77\""), "{refusal}");
    desk.must(Role::Security, named(&["owasp_llm_2025:LLM01", "AML.T0054"]));
    assert_eq!(of(&desk, "owasp_llm_2025", "LLM01:2025").state, Coverage::Covered);
    assert_eq!(of(&desk, "mitre_atlas", "AML.T0054").state, Coverage::Covered);
    assert_eq!(of(&desk, "owasp_llm_2025", "LLM02:2025").state, Coverage::Open);
}

#[test]
fn an_item_is_considered_only_when_all_that_the_library_has_for_it_was() {
    let mut desk = modelled();
    let key = "owasp_llm_2025";
    let codes: Vec<String> = {
        let library = Library::of(&desk.dossier);
        library.threats_for(item(key, "LLM07:2025").unwrap()).map(|threat| threat.id.clone()).collect()
    };
    assert!(!codes.is_empty());
    for (at, code) in codes.iter().enumerate() {
        let before = of(&desk, key, "LLM07:2025");
        assert_eq!((before.state, before.considered.len()), (Coverage::Open, at));
        let set = [("subject", text(&subject(code))), ("reason", text("There is no hidden prompt."))];
        desk.must(Role::Security, add(Kind::Considered, set));
    }
    let found = of(&desk, key, "LLM07:2025");
    assert_eq!(found.state, Coverage::Considered);
    assert!(found.considered.iter().all(|(_, why)| why == "There is no hidden prompt."));
}

#[test]
fn what_is_not_applicable_covers_nothing() {
    let mut desk = modelled();
    desk.must(Role::Security, add(Kind::Threat, [("title", text("Ours")), ("maps", list(&["LLM10:2025"]))]));
    let id = desk.last(Kind::Threat);
    let set = [("treatment", text("not_applicable")), ("treatment_reason", text("A fixed price."))];
    desk.must(Role::Security, edit(Kind::Threat, id, set));
    let found = of(&desk, "owasp_llm_2025", "LLM10:2025");
    assert!(found.by.is_empty() && found.state != Coverage::Covered);
    assert_eq!(found.considered, [("T-1".to_owned(), "A fixed price.".to_owned())]);
}

#[test]
fn a_mark_finds_its_item_with_or_without_its_framework_and_year() {
    let id = |mark: &str| framework_item(mark).map(|item| (item.framework.as_str(), item.id.as_str()));
    assert_eq!(id("owasp_llm_2025:LLM01"), Some(("owasp_llm_2025", "LLM01:2025")));
    assert_eq!(id("owasp_llm_2025:LLM01:2025"), id("LLM01:2025"));
    assert_eq!(id("mitre_atlas:AML.T0054"), id("AML.T0054"));
    assert_eq!((id("LLM01"), id("astrology:x"), id("")), (None, None, None));
}

#[test]
fn what_covers_a_part_counts_for_the_whole_and_says_through_what() {
    let mut desk = modelled();
    let before = of(&desk, "mitre_atlas", "AML.T0051");
    assert_eq!((before.state, before.parts), (Coverage::Group, Some(parts(0, 3))));
    desk.must(Role::Security, add(Kind::Threat, [("title", text("Ours")), ("maps", list(&["AML.T0051.000"]))]));
    let found = of(&desk, "mitre_atlas", "AML.T0051");
    assert_eq!((found.state, found.parts), (Coverage::Covered, Some(parts(1, 3))));
    assert_eq!(found.by[0].through, Some("AML.T0051.000"));
    assert_eq!(of(&desk, "mitre_atlas", "AML.T0051.000").by[0].through, None, "there it speaks of the item itself");
    assert_eq!(of(&desk, "mitre_atlas", "AML.T0051.001").state, Coverage::Open, "and nothing rolls down");
}

fn parts(covered: usize, all: usize) -> Parts {
    Parts { covered, all, ..Parts::default() }
}

#[test]
fn a_chapter_stands_as_its_parts_do() {
    let of = |covered, considered, all| Parts { covered, considered, all };
    assert_eq!((of(0, 0, 3).state(), of(0, 0, 3).is_begun()), (Coverage::Open, false));
    assert_eq!((of(1, 1, 3).state(), of(1, 1, 3).is_begun()), (Coverage::Open, true));
    assert_eq!((of(2, 1, 3).state(), of(0, 3, 3).state()), (Coverage::Covered, Coverage::Considered));
    assert_eq!(of(1, 1, 3).words(), "1 of 3 parts covered, 1 not relevant");
    assert_eq!(of(1, 0, 3).words(), "1 of 3 parts covered");
}

#[test]
fn a_heading_says_how_many_of_its_parts_are_covered() {
    let mut desk = modelled();
    let whole = view(&desk, "nist_ai_rmf");
    let part = whole.iter().find(|cover| cover.parts.is_none() && cover.item.parent.is_some()).unwrap().item;
    let parent = part.parent.as_deref().unwrap();
    let of_parts = of(&desk, "nist_ai_rmf", parent).parts.unwrap().all;
    let mark = format!("nist_ai_rmf:{}", part.id);
    desk.must(Role::Security, add(Kind::Threat, [("title", text("Ours")), ("maps", list(&[mark.as_str()]))]));
    assert_eq!(of(&desk, "nist_ai_rmf", parent).parts, Some(parts(1, of_parts)));
}

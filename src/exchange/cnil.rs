//! Privacy impact assessments of the CNIL's program: the answers go to the DPO as the owner's words, measures are controls,
//! and the three risks of the method are threats. What was signed there signs nothing here.

use serde_json::Value;

use super::draft::{Anchors, ControlDraft, Draft, Format, Labelled, Seen, SystemDraft, ThreatDraft};
use super::ident::Ids;
use super::tree;
use crate::domain::{Line, Prose};

/// The questions of the method by their number, in our words.
const QUESTIONS: [(u64, &str); 18] = [
    (111, "Processing"),
    (112, "Responsibilities"),
    (113, "Standards"),
    (121, "Data"),
    (122, "Life cycle"),
    (123, "Supporting assets"),
    (211, "Purposes"),
    (212, "Lawful basis"),
    (213, "Minimisation"),
    (214, "Accuracy"),
    (215, "Retention"),
    (221, "Information"),
    (222, "Consent"),
    (223, "Access and portability"),
    (224, "Rectification and erasure"),
    (225, "Restriction and objection"),
    (226, "Processors"),
    (227, "Transfers"),
];

/// The three risks, by the number of their first question.
const RISKS: [(u64, &str); 3] = [
    (320, "Illegitimate access to personal data"),
    (330, "Unwanted change of personal data"),
    (340, "Disappearance of personal data"),
];

/// Reads an assessment that was recognised.
pub(super) fn read(seen: &Seen, tree: &Value) -> Draft {
    let mut draft = Draft::new(Format::CnilPia, seen);
    let pia = &tree["pia"];
    draft.title = tree::line(pia, "name");
    let name_from_file = draft.title.is_empty();
    let mut ids = Ids::new(Format::CnilPia.word());
    let mut system = SystemDraft {
        name: if name_from_file { super::stem(seen.name) } else { draft.title.clone() },
        name_from_file,
        description: said(tree, 111),
        owner: tree::line(pia, "author_name"),
        reviewer: tree::line(pia, "evaluator_name"),
        ..SystemDraft::default()
    };
    system.source_id = ids.give("", &["assessment", system.name.as_str()]);
    system.briefing = briefing(tree);
    let mut anchors = Anchors::default();
    for one in tree::items(tree, "measures") {
        let raw = tree::text(&one["title"]);
        let title = Line::new(&raw);
        anchors.count(&raw, &title);
        system.controls.push(ControlDraft {
            source_id: ids.give(&format!("measure {}", tree::text(&one["id"])), &[title.as_str()]),
            title,
            description: Prose::new(&tree::unmarked(&tree::text(&one["content"]))),
            ..ControlDraft::default()
        });
    }
    system.threats = RISKS.iter().filter_map(|(number, title)| risk(tree, *number, title, &mut ids)).collect();
    further(pia, &mut system);
    let answers = tree::items(tree, "answers");
    draft.count("answers", answers.len());
    draft.count("evaluations", tree::items(tree, "evaluations").len());
    draft.count("comments", tree::items(tree, "comments").len());
    draft.count("status", pia["status"].clone());
    draft.count("dpo_status", pia["dpo_status"].clone());
    let people = ["author_name", "evaluator_name", "validator_name", "dpos_names"];
    draft.count("signers", people.iter().filter(|field| !tree::text(&pia[**field]).is_empty()).count());
    let marked = answers.iter().filter(|one| tree::text(&one["data"]["text"]).contains('<')).count();
    draft.count("html_answers", marked);
    draft.count("outcome", "ok");
    draft.notes.dropped(
        "The validation and the opinion of the DPO as such: they are given here by the person who holds the role",
    );
    draft.lineage = system.name.clone();
    draft.schema = Line::new(&tree::text(&pia["dbVersion"]));
    draft.anchors = Some(anchors);
    draft.systems = vec![system];
    draft
}

fn answer(tree: &Value, number: u64) -> &Value {
    let found = tree::items(tree, "answers").iter().find(|one| one["reference_to"].as_u64() == Some(number));
    found.map_or(&Value::Null, |one| &one["data"])
}

fn said(tree: &Value, number: u64) -> Prose {
    Prose::new(&tree::unmarked(&tree::text(&answer(tree, number)["text"])))
}

/// What the DPO reads before they assess: every answer below its question.
fn briefing(tree: &Value) -> Prose {
    let all = QUESTIONS.iter().map(|(number, label)| (label, said(tree, *number))).filter(|(_, text)| !text.is_empty());
    Prose::new(&all.map(|(label, text)| format!("{label}: {text}")).collect::<Vec<_>>().join("\n\n"))
}

/// One of the three risks, with its impacts, threats, sources and measures; none where nothing was said of it.
fn risk(tree: &Value, first: u64, title: &str, ids: &mut Ids) -> Option<ThreatDraft> {
    let part = |n: u64| {
        let data = answer(tree, first + n);
        let list = tree::lines(&data["list"]).iter().map(Line::as_str).collect::<Vec<_>>().join("; ");
        [list, said(tree, first + n).to_string()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let gauge = |n: u64| answer(tree, first + n)["gauge"].as_u64().filter(|gauge| *gauge > 0);
    let words = |gauge: Option<u64>| gauge.map_or_else(Line::default, |gauge| Line::new(&format!("{gauge} of 4")));
    let (severity, likelihood) = (gauge(5), gauge(6));
    let description = tree::labelled(&[("Impacts", &part(1)), ("Threats", &part(2)), ("Sources", &part(3))]);
    if description.is_empty() && severity.is_none() {
        return None;
    }
    Some(ThreatDraft {
        source_id: ids.give(&format!("risk {first}"), &[]),
        title: Line::new(title),
        description,
        category: Line::new("personal data"),
        severity_word: words(severity),
        likelihood_word: words(likelihood),
        impact_word: words(severity),
        mitigation: Prose::new(&part(4)),
        ..ThreatDraft::default()
    })
}

fn further(pia: &Value, system: &mut SystemDraft) {
    let said = [
        ("Validator there", "validator_name"),
        ("DPO there", "dpos_names"),
        ("The DPO said there", "dpo_opinion"),
        ("The people said there", "concerned_people_opinion"),
        ("Refused there because", "rejection_reason"),
    ];
    for (label, field) in said {
        let text = Prose::new(&tree::unmarked(&tree::text(&pia[field])));
        if !text.is_empty() {
            system.further.push(Labelled { label: Line::new(label).into(), text });
        }
    }
}

//! Whether the framework files are whole and their relations close.

use super::check_libraries::refs;
use super::{Vocab, framework, frameworks, item, threats, vocabulary};
use std::collections::BTreeSet;

/// How many entries of each kind the published editions have.
const COUNTS: &[(&str, &str, usize)] = &[
    ("owasp_llm_2025", "risk", 10),
    ("owasp_llm_2026", "risk", 10),
    ("owasp_agentic", "risk", 10),
    ("owasp_agentic", "threat", 17),
    ("owasp_ml", "risk", 10),
    ("mitre_atlas", "tactic", 16),
    ("mitre_atlas", "technique", 120),
    ("mitre_atlas", "sub_technique", 88),
    ("mitre_atlas", "mitigation", 40),
    ("nist_ai_rmf", "function", 4),
    ("nist_ai_rmf", "category", 19),
    ("nist_ai_rmf", "subcategory", 72),
    ("nist_ai_rmf", "gai_risk", 12),
    ("nist_csf_2", "function", 1),
    ("nist_csf_2", "category", 6),
    ("nist_csf_2", "subcategory", 31),
    ("iso_42001", "objective_group", 9),
    ("iso_42001", "control", 38),
    ("csa_aicm", "domain", 18),
    ("csa_maestro", "layer", 7),
    ("soc2_tsc", "series", 9),
    ("soc2_tsc", "criterion", 33),
    ("stride_linddun", "stride", 6),
    ("stride_linddun", "linddun", 7),
    ("gdpr", "principle", 7),
    ("gdpr", "lawful_basis", 6),
    ("gdpr", "special_category_condition", 10),
    ("gdpr", "dpia_criterion", 9),
    ("gdpr", "automated_decision", 4),
    ("eu_ai_act", "prohibited_practice", 10),
    ("eu_ai_act", "high_risk_area", 8),
    ("eu_ai_act", "transparency_duty", 5),
];

#[test]
fn every_kind_is_complete() {
    assert_eq!(frameworks().count(), 14);
    for (key, kind, count) in COUNTS {
        assert_eq!(framework(key).unwrap().of_kind(kind).count(), *count, "{key} {kind}");
    }
}

#[test]
fn headings_and_entries_are_filled_in() {
    for framework in frameworks() {
        let meta = &framework.meta;
        let heading = [&meta.name, &meta.version, &meta.published, &meta.source, &meta.licence];
        assert!(heading.iter().all(|text| !text.is_empty()), "{}", meta.framework);
        for item in framework.items() {
            assert!(!item.title.is_empty(), "{} {}", meta.framework, item.id);
            let bare = meta.framework == "mitre_atlas" || (meta.framework == "csa_aicm" && item.kind == "control");
            assert!(bare || (8..=320).contains(&item.summary.len()), "{} {}", meta.framework, item.id);
        }
    }
}

#[test]
fn relations_between_frameworks_close() {
    for framework in frameworks() {
        for item in framework.items() {
            refs(&item.id, &item.refs);
        }
    }
}

#[test]
fn atlas_relations_close_both_ways() {
    let atlas = framework("mitre_atlas").unwrap();
    let mut forth = BTreeSet::new();
    let mut back = BTreeSet::new();
    for entry in atlas.items() {
        forth.extend(entry.mitigates.iter().map(|technique| (&entry.id, technique)));
        back.extend(entry.mitigated_by.iter().map(|mitigation| (mitigation, &entry.id)));
        assert!(entry.tactics.iter().all(|id| atlas.item(id).is_some_and(|t| t.kind == "tactic")), "{}", entry.id);
        assert!(entry.replaced_by.iter().all(|id| atlas.item(id).is_some()), "{}", entry.id);
        if entry.kind == "sub_technique" {
            assert_eq!(entry.parent.as_deref(), entry.id.rsplit_once('.').map(|(parent, _)| parent));
        }
    }
    assert_eq!(forth, back);
    assert_eq!(forth.len(), 361);
    assert!(forth.iter().all(|(m, t)| atlas.item(m).is_some() && atlas.item(t).is_some()));
}

#[test]
fn articles_of_the_ai_act_exist_whole_or_in_parts() {
    let act = framework("eu_ai_act").unwrap();
    for (entry, article) in act.items().iter().flat_map(|entry| entry.articles.iter().map(move |a| (entry, a))) {
        let part = |id: &str| id.strip_prefix(article.as_str()).is_some_and(|rest| rest.starts_with(['(', '.']));
        let known = act.items().iter().any(|item| item.id == *article || part(&item.id));
        assert!(known, "{} names {article}", entry.id);
    }
}

#[test]
fn codes_of_the_vocabulary_are_those_of_the_frameworks() {
    let codes = framework("stride_linddun").unwrap();
    for (vocab, kind) in [(Vocab::StrideCode, "stride"), (Vocab::LinddunCode, "linddun")] {
        for term in vocabulary().terms(vocab) {
            assert!(codes.of_kind(kind).any(|item| item.code.as_deref() == Some(&term.id)), "{kind} {}", term.id);
        }
    }
}

#[test]
fn every_listed_risk_has_a_threat() {
    let lists = [
        ("owasp_llm_2025", "risk"),
        ("owasp_llm_2026", "risk"),
        ("owasp_agentic", "risk"),
        ("nist_ai_rmf", "gai_risk"),
    ];
    for (key, kind) in lists {
        for risk in framework(key).unwrap().of_kind(kind) {
            let named = threats().all().iter().any(|t| t.refs.get(key).is_some_and(|ids| ids.contains(&risk.id)));
            assert!(named, "no threat points to {}", risk.id);
        }
    }
}

#[test]
fn threats_follow_the_crosswalk_from_2025_to_2026() {
    for threat in threats().all() {
        let of = |key: &str| threat.refs.get(key).into_iter().flatten();
        let old = of("owasp_llm_2025").map(|id| item("owasp_llm_2025", id).unwrap());
        let wanted: BTreeSet<&String> =
            old.flat_map(|risk| risk.refs.get("owasp_llm_2026").into_iter().flatten()).collect();
        assert_eq!(wanted, of("owasp_llm_2026").collect(), "{}", threat.id);
    }
}

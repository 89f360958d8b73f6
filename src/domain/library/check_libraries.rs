//! Whether the libraries agree with each other: every id that one names exists in the other.

use super::{
    Condition, Level, Meta, Refs, ThreatEntry, Vocab, controls, dpo_checklist, framework, intake, item, ownership,
    threats, triggers, vocabulary,
};
use std::collections::{BTreeMap, BTreeSet};

/// Fails for the first of `ids` that a vocabulary does not have.
fn closed<'a>(place: &str, vocab: Vocab, ids: impl IntoIterator<Item = &'a String>) {
    for id in ids {
        assert!(vocabulary().term(vocab, id).is_some(), "{place}: {id} is not in {}", vocab.code());
    }
}

/// Fails for the first of `ids` that is no system fact.
fn facts<'a>(place: &str, ids: impl IntoIterator<Item = &'a String>) {
    for id in ids {
        assert!(vocabulary().fact(id).is_some(), "{place}: {id} is not a system fact");
    }
}

/// Fails for a reference to what does not exist, is retired or is not verified, and for one made twice.
pub(super) fn refs(place: &str, refs: &Refs) {
    for (key, ids) in refs {
        assert!(framework(key).is_some(), "{place}: no framework {key}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{place}: {key} repeats an id");
        for id in ids {
            let found = item(key, id).unwrap_or_else(|| panic!("{place}: {key} has no {id}"));
            assert!(found.verified && found.kind != "retired", "{place}: {key} {id} must not be pointed to");
        }
    }
}

/// Fails for an id without the prefix and a number, or a title used twice or missing.
fn named<'a>(prefix: &str, entries: impl Iterator<Item = (&'a String, &'a String)>) {
    let mut titles = BTreeMap::new();
    for (id, title) in entries {
        let number = id.strip_prefix(prefix).unwrap_or_else(|| panic!("{id} does not begin with {prefix}"));
        assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{id} has no number");
        assert!(!title.trim().is_empty(), "{id} has no title");
        if let Some(other) = titles.insert(title, id) {
            panic!("{id} and {other} have the same title");
        }
    }
}

#[test]
fn the_counts_are_the_published_ones() {
    let (dpo, own) = (dpo_checklist(), ownership());
    assert_eq!((threats().all().len(), controls().all().len(), triggers().all().len()), (80, 81, 28));
    assert_eq!((dpo.sections().len(), dpo.checks().len(), dpo.screening_rules().len()), (17, 37, 6));
    let levels: usize = intake().questions().iter().map(|question| intake().levels(&question.id).count()).sum();
    assert_eq!((intake().questions().len(), levels, intake().thresholds().len()), (7, 35, 4));
    assert_eq!((intake().rules().len(), vocabulary().facts().len()), (19, 46));
    assert_eq!((own.domains().len(), own.metrics().len(), own.bands().len()), (21, 16, 5));
    assert_eq!(Vocab::ALL.map(|v| vocabulary().terms(v).len()), [14, 5, 7, 7, 17, 4, 10, 4, 8, 6, 7, 3, 7, 5]);
    assert_eq!(vocabulary().terms(Vocab::PersonalDataKind).iter().filter(|kind| kind.core).count(), 6);
}

/// Each library file: its name, its text and its heading as read.
fn files() -> [(&'static str, &'static str, &'static Meta); 7] {
    macro_rules! file {
        ($name:literal, $read:expr) => {
            ($name, include_str!(concat!("../../../assets/frameworks/", $name, ".toml")), &$read.meta)
        };
    }
    [
        file!("vocabulary", vocabulary()),
        file!("intake_questions", intake()),
        file!("threat_library", threats()),
        file!("control_library", controls()),
        file!("reassessment_triggers", triggers()),
        file!("dpo_checklist", dpo_checklist()),
        file!("ownership_domains", ownership()),
    ]
}

#[test]
fn every_library_has_its_name_and_a_version() {
    for (name, _, meta) in files() {
        assert_eq!(meta.library, name);
        assert!(!meta.version.is_empty() && !meta.licence.is_empty(), "{name}");
    }
}

/// The text goes to the terminal as it is: nothing that a terminal obeys, not even spelled as an escape.
#[test]
fn the_files_are_plain_text() {
    for (name, text, _) in files() {
        let strange = text.chars().find(|c| *c == '\\' || *c != '\n' && !(' '..='~').contains(c));
        assert_eq!(strange, None, "{name}");
    }
}

#[test]
fn ids_and_titles_are_proper() {
    named("DKT-T-", threats().all().iter().map(|e| (&e.id, &e.title)));
    named("DKT-C-", controls().all().iter().map(|e| (&e.id, &e.title)));
    named("DKT-R-", triggers().all().iter().map(|e| (&e.id, &e.title)));
    named("DKT-D-", dpo_checklist().checks().iter().map(|e| (&e.id, &e.question)));
    named("DKT-O-", ownership().domains().iter().map(|e| (&e.id, &e.title)));
    named("DKT-I-", intake().questions().iter().map(|e| (&e.code, &e.title)));
}

#[test]
fn threats_use_known_words() {
    for threat in threats().all() {
        facts(&threat.id, threat.applies_when.iter().chain(&threat.applies_when_any));
        assert!(threat.applies_when.iter().all(|fact| !threat.applies_when_any.contains(fact)), "{}", threat.id);
        closed(&threat.id, Vocab::StrideCode, &threat.stride);
        closed(&threat.id, Vocab::LinddunCode, &threat.linddun);
        closed(&threat.id, Vocab::PersonalDataKind, &threat.personal_data_kinds);
        assert_eq!(threat.personal_data_risk, !threat.personal_data_kinds.is_empty(), "{}", threat.id);
        assert_eq!(threat.personal_data_risk, threat.dpo_validation_required, "{}", threat.id);
        assert!((20..=400).contains(&threat.description.len()), "{}", threat.id);
        let placed = threat.refs.contains_key("nist_ai_rmf") || !threat.stride.is_empty() || !threat.linddun.is_empty();
        assert!(placed, "{} is in no scheme", threat.id);
        refs(&threat.id, &threat.refs);
    }
}

#[test]
fn every_code_and_kind_is_used_by_a_threat() {
    type List = fn(&ThreatEntry) -> &Vec<String>;
    let lists: [(Vocab, List); 3] = [
        (Vocab::StrideCode, |t| &t.stride),
        (Vocab::LinddunCode, |t| &t.linddun),
        (Vocab::PersonalDataKind, |t| &t.personal_data_kinds),
    ];
    for (vocab, list) in lists {
        for term in vocabulary().terms(vocab) {
            assert!(threats().all().iter().any(|t| list(t).contains(&term.id)), "{} {}", vocab.code(), term.id);
        }
    }
}

#[test]
fn controls_use_known_words() {
    for control in controls().all() {
        closed(&control.id, Vocab::OwnerRole, [&control.owner_role]);
        closed(&control.id, Vocab::OperatingTeam, [&control.operating_team]);
        closed(&control.id, Vocab::LifecycleGate, control.recheck_gates.iter().chain([&control.lifecycle_gate]));
        closed(&control.id, Vocab::VerificationMethod, [&control.verification_method]);
        closed(&control.id, Vocab::EvidenceType, [&control.evidence_type]);
        assert_ne!(control.owner_role, "dpo", "{}: the DPO advises and owns no control", control.id);
        for text in [&control.description, &control.how_to_verify] {
            assert!((20..=320).contains(&text.len()), "{}", control.id);
        }
        assert!(!control.refs.is_empty(), "{} rests on no framework", control.id);
        refs(&control.id, &control.refs);
        let atlas = control.refs.get("mitre_atlas").into_iter().flatten();
        assert!(atlas.into_iter().all(|id| id.starts_with("AML.M")), "{}: not a mitigation", control.id);
    }
}

#[test]
fn mitigates_is_the_exact_reverse_of_suggested_controls() {
    let mut suggested = BTreeSet::new();
    for threat in threats().all() {
        assert!(!threat.controls.is_empty(), "{} has no control", threat.id);
        for control in &threat.controls {
            assert!(suggested.insert((&threat.id, control)), "{} suggests {control} twice", threat.id);
        }
    }
    let mut mitigated = BTreeSet::new();
    for control in controls().all() {
        assert!(!control.mitigates.is_empty(), "{} mitigates nothing", control.id);
        for threat in &control.mitigates {
            assert!(mitigated.insert((threat, &control.id)), "{} mitigates {threat} twice", control.id);
        }
    }
    assert_eq!(suggested.symmetric_difference(&mitigated).collect::<Vec<_>>(), Vec::<&(&String, &String)>::new());
    assert!(
        suggested
            .iter()
            .all(|(threat, control)| { threats().get(threat).is_some() && controls().get(control).is_some() })
    );
}

#[test]
fn intake_uses_known_facts() {
    for question in intake().questions() {
        assert!(question.required && !question.text.is_empty() && !question.why.is_empty(), "{}", question.id);
        for level in intake().levels(&question.id) {
            assert!(!level.label.is_empty() && !level.example.is_empty(), "{} {}", question.id, level.level);
            facts(&question.id, &level.suggests_facts);
        }
    }
    for rule in intake().rules() {
        assert!(!rule.reason.is_empty() && !rule.when_all.is_empty(), "{}", rule.id);
        for condition in &rule.when_all {
            if let Condition::Fact { fact, .. } = condition {
                facts(&rule.id, [fact]);
            }
        }
    }
}

#[test]
fn the_dpo_checklist_rests_on_the_gdpr() {
    let gdpr = framework("gdpr").unwrap();
    let checklist = dpo_checklist();
    for check in checklist.checks() {
        facts(&check.id, &check.suggested_by_facts);
        refs(&check.id, &check.refs);
        assert!(check.refs.contains_key("gdpr"), "{} names no article", check.id);
        assert!(check.choices.iter().all(|id| gdpr.item(id).is_some()), "{}", check.id);
    }
    for section in checklist.sections() {
        assert!(checklist.of_section(&section.id).next().is_some(), "{} is empty", section.id);
    }
    let mut criteria: Vec<&String> = checklist.criteria().flat_map(|check| &check.refs["gdpr"]).collect();
    criteria.sort();
    assert_eq!(criteria, (1..=9).map(|n| format!("WP248.{n}")).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    for basis in gdpr.of_kind("lawful_basis") {
        assert!(checklist.checks().iter().any(|check| check.choices.contains(&basis.id)), "{}", basis.id);
    }
    let outcomes: BTreeSet<&str> = super::AdvisoryOutcome::ALL.iter().map(|outcome| outcome.code()).collect();
    assert_eq!(outcomes, vocabulary().terms(Vocab::AdvisoryOutcome).iter().map(|t| t.id.as_str()).collect());
}

#[test]
fn triggers_use_known_words_and_every_kind() {
    for trigger in triggers().all() {
        closed(&trigger.id, Vocab::ReviewPart, &trigger.redo);
        facts(&trigger.id, &trigger.turns_facts);
        assert!(!trigger.redo.is_empty() && !trigger.detection.is_empty(), "{}", trigger.id);
        assert!(trigger.default_severity >= Level::Low, "{}", trigger.id);
    }
    for term in vocabulary().terms(Vocab::TriggerKind) {
        assert!(triggers().all().iter().any(|trigger| trigger.kind.code() == term.id), "{}", term.id);
    }
}

#[test]
fn ownership_uses_known_words() {
    for domain in ownership().domains() {
        closed(&domain.id, Vocab::OperatingTeam, domain.supporting_teams.iter().chain([&domain.accountable_team]));
        assert!(!domain.supporting_teams.contains(&domain.accountable_team), "{}", domain.id);
        assert!(domain.detection_question.ends_with('?') && !domain.decision_rights.is_empty(), "{}", domain.id);
        for right in &domain.decision_rights {
            closed(&domain.id, Vocab::OwnerRole, [&right.decides, &right.consulted]);
            assert_ne!(right.decides, right.consulted, "{}: {}", domain.id, right.decision);
        }
        assert!(domain.related_controls.iter().all(|id| controls().get(id).is_some()), "{}", domain.id);
        refs(&domain.id, &domain.refs);
    }
}

#[test]
fn a_higher_band_never_asks_less() {
    let bands = ownership().bands();
    assert!(bands.iter().map(|b| &b.id).eq(vocabulary().terms(Vocab::MaturityBand).iter().map(|t| &t.id)));
    for pair in bands.windows(2) {
        for (low, high) in pair[0].conditions.iter().flat_map(|low| pair[1].conditions.iter().map(move |h| (low, h))) {
            let same = low.metric == high.metric && low.op == high.op;
            assert!(!same || low.met(Some(high.value)), "{} asks less on {}", pair[1].id, high.metric);
        }
    }
    for metric in ownership().metrics() {
        let used = bands.iter().flat_map(|band| &band.conditions).any(|condition| condition.metric == metric.id);
        assert!(used, "{} is used by no band", metric.id);
    }
}

#[test]
fn every_fact_is_used_somewhere() {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for threat in threats().all() {
        used.extend(threat.applies_when.iter().chain(&threat.applies_when_any).map(String::as_str));
    }
    for question in intake().questions() {
        used.extend(intake().levels(&question.id).flat_map(|level| &level.suggests_facts).map(String::as_str));
    }
    let idle: Vec<&str> = vocabulary().facts().iter().map(|f| f.id.as_str()).filter(|id| !used.contains(id)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

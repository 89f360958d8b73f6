//! The system, its release, its tier and its inventory; and the files that it was imported from.

use crate::domain::{
    Kind,
    catalog::correction,
    fields::{By, Entity, Field, Moment, YesNo},
    library::vocabulary,
    system::{System, Tier},
};

use super::{
    ground::Ground,
    model::{
        Detail, FactPart, Inventory, InventoryField, InventoryPart, SourcePart, Subject, SystemPart, TierByHand,
        TierPart,
    },
    words::{field_words, instant, lines, portable, said},
};

/// The kinds that make up the inventory beside the system itself.
const PARTS: [Kind; 6] = [Kind::Component, Kind::Flow, Kind::Tool, Kind::Connection, Kind::Model, Kind::Retrieval];

/// The system and the release that the decision is about.
pub(crate) fn system(ground: &Ground) -> SystemPart {
    let (d, system) = (ground.d, ground.system);
    let name = said(&system.name).unwrap_or_else(|| "unnamed".to_owned());
    let release = ground.release();
    let digest = release.filter(|release| !release.digest.0.is_empty());
    let subject = |digest: &str| Subject { name: name.clone(), digest: [("sha256", digest.to_owned())].into() };
    SystemPart {
        id: system.id.to_string(),
        release: ground.release_name().to_owned(),
        subjects: digest.map(|release| subject(&release.digest.0)).into_iter().collect(),
        environment: said(&system.environment),
        owner: ground.party(system.owner),
        criticality: d.tier().map(criticality),
        impact_class: said(&system.regulated),
        components: d.components.iter().filter(|component| !component.archived).count(),
        data_flows: d.flows.iter().filter(|flow| !flow.archived).count(),
        tier: tier(ground),
        facts: facts(ground),
        inventory: Inventory { fields: fields(ground), parts: parts(ground) },
        name,
    }
}

/// The system facts that somebody corrected by hand, each with the reason: by these the library proposes threats.
fn facts(ground: &Ground) -> Vec<FactPart> {
    let by_hand = vocabulary().facts().iter().filter_map(|fact| Some((fact, correction(ground.d, &fact.id)?)));
    by_hand
        .map(|(fact, correction)| FactPart {
            id: fact.id.clone(),
            title: fact.title.clone(),
            holds: correction.holds == Some(YesNo::Yes),
            reason: said(&correction.reason).unwrap_or_else(|| "no reason was recorded".to_owned()),
        })
        .collect()
}

/// The files that the register was built from.
pub(crate) fn sources(ground: &Ground) -> Vec<SourcePart> {
    let known = ground.d.sources.iter().filter(|source| !source.archived && !source.digest.0.is_empty());
    known
        .map(|source| SourcePart {
            format: source.format.as_str().to_owned(),
            name: portable(source.name.as_str()),
            sha256: source.digest.0.clone(),
            imported_at: instant(source.imported.unwrap_or(Moment(source.id.made_at()))),
            dropped: lines(&source.dropped),
        })
        .collect()
}

/// The tier in the words of the schema, which has four grades as well.
fn criticality(tier: Tier) -> &'static str {
    match tier {
        Tier::Minimal => "low",
        Tier::Limited => "medium",
        Tier::High => "high",
        Tier::Critical => "critical",
    }
}

fn tier(ground: &Ground) -> TierPart {
    let computed = ground.d.computed_tier();
    let by_hand = ground.d.intake().and_then(|intake| {
        let tier = intake.override_tier?;
        Some(TierByHand {
            tier: Tier::code(tier),
            reason: said(&intake.override_reason).unwrap_or_else(|| "no reason was recorded".to_owned()),
            by: ground.party(intake.override_by),
            at: intake.override_at.map(instant),
        })
    });
    TierPart {
        effective: ground.d.tier().map(Tier::code),
        computed: computed.as_ref().map(|result| Tier::code(result.tier)),
        explanation: computed.map(|result| result.explain()).unwrap_or_default(),
        by_hand,
    }
}

/// What people said of the system; notes that nobody signs and the words of an import stay inside.
fn fields(ground: &Ground) -> Vec<InventoryField> {
    let shown = System::FIELDS.iter().filter(|field| is_said(field) && !matches!(field.id, "name" | "notes"));
    shown
        .map(|field| InventoryField {
            id: field.id,
            label: field.label,
            value: field_words(ground, field, &ground.system.get(field.id)),
        })
        .collect()
}

fn is_said(field: &Field) -> bool {
    match field.by {
        By::Roles(_) => true,
        By::Rule => false,
    }
}

fn parts(ground: &Ground) -> Vec<InventoryPart> {
    let rows = PARTS.iter().flat_map(|kind| ground.d.rows(*kind)).filter(|row| !row.archived());
    rows.map(|row| part(ground, row)).collect()
}

fn part(ground: &Ground, row: &dyn Entity) -> InventoryPart {
    let kind = row.kind();
    let value = |field: &Field| field_words(ground, field, &row.get(field.id));
    let (names, rest): (Vec<_>, Vec<_>) =
        kind.fields().iter().filter(|field| is_said(field)).partition(|field| field.id == "name");
    let details = rest.into_iter().filter_map(|field| Some(Detail { label: field.label, value: value(field)? }));
    InventoryPart {
        kind: kind.code(),
        name: names.first().and_then(|field| value(field)).unwrap_or_else(|| "unnamed".to_owned()),
        details: details.collect(),
    }
}

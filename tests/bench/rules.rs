//! What follows from a dossier: gaps and the line of the dashboard.

use divan::Bencher;
use docket::{
    clock,
    domain::{Dossier, decision::gate, lint::lint, people::Role, rules::may, summary::summarise, verb::Verb},
};

use crate::world::dossier;

/// Of a dossier of which nothing was asked before.
#[divan::bench(args = [20, 5_000])]
fn gaps(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.with_inputs(|| unasked(&dossier)).bench_refs(|dossier| gate(dossier, today));
}

/// The whole linter, as `docket check` runs it: of a dossier of which nothing was asked before.
#[divan::bench(args = [20, 5_000])]
fn remarks(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.with_inputs(|| unasked(&dossier)).bench_refs(|dossier| lint(dossier, today));
}

#[divan::bench(args = [20, 5_000])]
fn summary(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.with_inputs(|| unasked(&dossier)).bench_refs(|dossier| summarise(dossier, today));
}

/// After a change of one threat, which is what a command asks.
#[divan::bench(args = [20, 5_000])]
fn summary_after_a_change(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    summarise(&dossier, today);
    let mut changed = dossier.clone();
    changed.threats[threats / 2].archived = true;
    bencher.with_inputs(|| changed.clone()).bench_refs(|dossier| summarise(dossier, today));
}

fn unasked(dossier: &Dossier) -> Dossier {
    Dossier { memo: docket::domain::memo::Memo::default(), ..dossier.clone() }
}

/// What the footer asks, whenever it is drawn.
#[divan::bench(args = [20, 5_000])]
fn may_sign(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.bench(|| may(&dossier, dossier.people[0].id, Role::Security, Verb::Sign, today));
}

#[divan::bench(args = [20, 5_000])]
fn copy(bencher: Bencher, threats: usize) {
    let dossier = dossier(threats);
    bencher.bench(|| dossier.clone());
}

//! What follows from a dossier: gaps and the line of the dashboard.

use divan::Bencher;
use docket::{
    clock,
    domain::{command::Verb, decision::gate, lint::lint, people::Role, rules::may, summary::summarise},
};

use crate::world::dossier;

#[divan::bench(args = [20, 5_000])]
fn gaps(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.bench(|| gate(&dossier, today));
}

#[divan::bench(args = [20, 5_000])]
fn remarks(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.bench(|| lint(&dossier, today));
}

#[divan::bench(args = [20, 5_000])]
fn summary(bencher: Bencher, threats: usize) {
    let (dossier, today) = (dossier(threats), clock::today());
    bencher.bench(|| summarise(&dossier, today));
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

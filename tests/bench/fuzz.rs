//! Damages what docket reads, for as long as it is told, and looks at every answer: `cargo bench --bench fuzz`, or
//! `cargo bench --bench fuzz -- NAME` for some of the parsers.
//!
//! `DOCKET_FUZZ_SECONDS` is the time for all of them together, 30 where it is not set, dealt out in turns.
//! `DOCKET_FUZZ_SEED` begins another row of accidents. The seeds are the fixtures of the tests. What brings a parser down,
//! takes longer than ten seconds or more memory than its bytes can explain is written to `target/fuzz/`, by parser and
//! number; `DOCKET_FUZZ_FILE=FILE` reads such a file once more. There is no coverage: an input is kept as a new seed
//! where its answer is of a kind that was not seen before.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "fuzz/accident.rs"]
mod accident;
#[path = "fuzz/carried.rs"]
mod carried;
#[path = "fuzz/judge.rs"]
mod judge;
#[path = "fuzz/memory.rs"]
mod memory;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/target.rs"]
mod target;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use accident::Accident;
use judge::Judge;
use target::Target;

/// How long one parser has its turn.
const TURN: Duration = Duration::from_secs(5);
/// Most inputs that are kept of one parser beside its seeds.
const KEPT: usize = 600;

/// A parser with what it was given so far.
struct Run {
    target: Target,
    inputs: Vec<(String, Vec<u8>)>,
    kinds: BTreeSet<String>,
    tried: u64,
    spent: Duration,
    found: u32,
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |target: &Target| asked.is_empty() || asked.iter().any(|word| target.name.contains(word.as_str()));
    let targets: Vec<Target> = target::all().into_iter().filter(wanted).collect();
    let judge = Judge::start();
    if let Some(file) = std::env::var_os("DOCKET_FUZZ_FILE") {
        let bytes = std::fs::read(&file).unwrap();
        for target in targets {
            println!("{}: {:?}", target.name, judge.ask(&target, "again", &bytes));
        }
        return;
    }
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    // What only builds and runs every test is not kept waiting.
    let usual = if std::env::args().any(|word| word == "--bench") { 30 } else { 0 };
    let end = Instant::now() + Duration::from_secs(number("DOCKET_FUZZ_SECONDS", usual));
    let mut accident = Accident::new(number("DOCKET_FUZZ_SEED", 1));
    let mut runs: Vec<Run> = targets.into_iter().map(Run::begin).collect();
    for run in &mut runs {
        run.read_seeds(&judge);
    }
    'all: loop {
        for run in &mut runs {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break 'all;
            }
            run.turn(&judge, &mut accident, left.min(TURN));
        }
    }
    let mut found = 0;
    for run in &runs {
        found += run.found;
        let (name, kinds) = (run.target.name, run.kinds.len());
        println!(
            "{name:<20} {:>9} inputs {:>7.0?} {kinds:>5} kinds of answers {:>3} faults",
            run.tried, run.spent, run.found
        );
    }
    assert!(found == 0, "{found} inputs were written to {}", judge::folder().display());
}

impl Run {
    fn begin(target: Target) -> Self {
        let inputs = target.seeds();
        assert!(!inputs.is_empty(), "{} has no seed", target.name);
        Self { target, inputs, kinds: BTreeSet::new(), tried: 0, spent: Duration::ZERO, found: 0 }
    }

    /// What is not damaged must have an answer too, and says which kinds of answers are nothing new.
    fn read_seeds(&mut self, judge: &Judge) {
        for (name, bytes) in self.inputs.clone() {
            self.one(judge, &name, &bytes);
        }
    }

    fn turn(&mut self, judge: &Judge, accident: &mut Accident, time: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < time {
            let (name, bytes) = &self.inputs[accident.below(self.inputs.len())];
            let (name, other) = (name.clone(), &self.inputs[accident.below(self.inputs.len())].1);
            let damaged = mutate::damage(bytes, other, accident);
            self.one(judge, &name, &damaged);
        }
        self.spent += begun.elapsed();
    }

    fn one(&mut self, judge: &Judge, name: &str, bytes: &[u8]) {
        self.tried += 1;
        match judge.ask(&self.target, name, bytes) {
            Ok(kind) => {
                if self.kinds.insert(kind) && self.tried > self.inputs.len() as u64 && self.inputs.len() < KEPT {
                    self.inputs.push((name.to_owned(), bytes.to_vec()));
                }
            }
            Err(fault) => {
                self.found += 1;
                let path = judge::keep(self.target.name, bytes);
                println!("{}: {fault}: {}", self.target.name, path.display());
            }
        }
    }
}

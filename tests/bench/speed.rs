//! How long things take: `cargo bench`, or `cargo bench -- NAME` for some of it.
//!
//! The record has 10,000 systems and 100,000 threats, `DOCKET_BENCH_SYSTEMS` and ten times as many where that is set.
//! `DOCKET_BENCH_RECORD=FILE cargo bench` only writes such a record to FILE; `DOCKET_BENCH_FIRST` says how many threats its
//! first system has beside its share. `DOCKET_BENCH_USE=FILE` measures on such a record instead of making one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod command;
mod portfolio;
mod record;
mod rules;
mod screen;
mod world;

use std::time::Instant;

fn main() {
    match std::env::var_os("DOCKET_BENCH_RECORD") {
        Some(file) => {
            let (start, size) = (Instant::now(), record::size());
            world::make(file.as_ref(), &size);
            println!("{} systems and {} threats in {:.1?}.", size.systems, size.threats + size.first, start.elapsed());
        }
        None => divan::main(),
    }
}

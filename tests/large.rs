//! A report that is larger than memory should hold: read in bounded memory, with progress, and stopped without a trace.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[allow(dead_code, reason = "another test uses the rest of it")]
#[path = "cli/bench.rs"]
mod bench;

use std::{
    io::{BufWriter, Read, Write},
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bench::Bench;
use portable_pty::{Child, CommandBuilder, PtySize};

/// Writes a report of about so many megabytes: attempts with long outputs, and one result for every probe.
fn report(path: &Path, megabytes: usize) {
    let mut to = BufWriter::new(std::fs::File::create(path).unwrap());
    let setup = r#"{"entry_type":"start_run setup","_config.version":"0.12.0","transient.run_id":"run-9","plugins.target_type":"rest","plugins.target_name":"Permit"}"#;
    let begun = r#"{"entry_type":"init","garak_version":"0.12.0","start_time":"2026-10-02T08:00:00","run":"run-9"}"#;
    writeln!(to, "{setup}\n{begun}").unwrap();
    let output = "It said what it must not say, and said it at length. ".repeat(200);
    let mut written = 0;
    let mut probe = 0;
    while written < megabytes << 20 {
        let line = format!(
            r#"{{"entry_type":"attempt","status":2,"probe_classname":"family{}.Probe{probe}","prompt":{{"turns":[]}},"outputs":["{output}"]}}"#,
            probe % 7
        );
        writeln!(to, "{line}").unwrap();
        written += line.len();
        if written / (1 << 20) > probe {
            probe += 1;
            let of = probe % 7;
            writeln!(to, r#"{{"entry_type":"eval","probe":"family{of}.Probe{probe}","detector":"d.Says","passed":90,"total_evaluated":96,"fails":6,"nones":0}}"#).unwrap();
        }
    }
    writeln!(to, r#"{{"entry_type":"completion","end_time":"2026-10-02T09:00:00","run":"run-9"}}"#).unwrap();
    to.flush().unwrap();
}

/// docket on a terminal, and what it wrote there so far.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Vec<u8>>>,
    _terminal: Box<dyn portable_pty::MasterPty + Send>,
}

fn run(bench: &Bench, args: &[&str]) -> Running {
    let pair = portable_pty::native_pty_system().openpty(PtySize { cols: 120, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_docket"));
    command.env_clear();
    command.env("HOME", bench.at(""));
    command.env("DOCKET_NOW", bench::NOW);
    command.cwd(bench.at(""));
    command.args(["--record", "record.docket"]);
    command.args(args);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let child = pair.slave.spawn_command(command).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&seen);
    std::thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(read) = reader.read(&mut piece) {
            if read == 0 {
                return;
            }
            to.lock().unwrap().extend_from_slice(&piece[..read]);
        }
    });
    Running { child, seen, _terminal: pair.master }
}

impl Running {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }

    /// The most memory that it held so far, in megabytes.
    fn peak(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    }

    /// Waits until it wrote this.
    fn see(&self, words: &str) {
        let begun = Instant::now();
        while !self.text().contains(words) {
            assert!(begun.elapsed() < Duration::from_mins(2), "{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A system of the sample on which whoever sits there holds a role that may take results in.
const SYSTEM: &str = "Meeting Min";

#[test]
fn ctrl_c_while_a_report_is_read_leaves_no_trace() {
    let bench = Bench::seeded();
    report(&bench.at("big.report.jsonl"), 60);
    let (before, there) = (bench.digest(), bench.there());
    let mut running = run(&bench, &["import", "big.report.jsonl", "--into", SYSTEM, "--yes"]);
    running.see(" MiB are read; Ctrl-C stops it");
    let id = running.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = running.child.wait().unwrap();
    running.see("Reading the file was stopped; nothing was changed.");
    assert_eq!(ended.exit_code(), 2);
    assert_eq!((bench.digest(), bench.there()), (before, there));
}

#[test]
#[ignore = "300 MB take a while in a debug build: cargo test --release --test large -- --ignored"]
fn three_hundred_megabytes_are_read_in_less_than_one_hundred() {
    let bench = Bench::seeded();
    report(&bench.at("big.report.jsonl"), 300);
    let mut running = run(&bench, &["import", "big.report.jsonl", "--into", SYSTEM, "--yes"]);
    let mut peak = 0;
    while running.child.try_wait().unwrap().is_none() {
        peak = peak.max(running.peak().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(10));
    }
    println!("{peak} MB at most");
    assert!(running.child.wait().unwrap().success(), "{}", running.text());
    running.see(" of 300.");
    running.see("Nothing in it counts as verified.");
    assert!((1..100).contains(&peak), "{peak} MB");
    bench.on(&["verify"]).ok();
}

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

/// Writes a report of a scan: so many results of two thirds as many kinds at most, each with a path of so many bytes
/// through the code, and the tool behind them.
fn scan(path: &Path, count: usize, path_bytes: usize) {
    let mut to = BufWriter::new(std::fs::File::create(path).unwrap());
    let steps = "read from here, given on to there; ".repeat(path_bytes / 34);
    write!(to, r#"{{"version":"2.1.0","runs":[{{"results":["#).unwrap();
    for n in 0..count {
        let (rule, kind) = (n % 50, n % (count * 2 / 3));
        let comma = if n == 0 { "" } else { "," };
        write!(
            to,
            r#"{comma}{{"ruleId":"R{rule}","message":{{"text":"The value {kind} comes from outside"}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"src/f{kind}.rs"}},"region":{{"startLine":7}}}}}}],"codeFlows":[{{"threadFlows":[{{"message":{{"text":"{steps}"}}}}]}}]}}"#
        )
        .unwrap();
    }
    let rules: Vec<String> = (0..50)
        .map(|n| {
            format!(r#"{{"id":"R{n}","shortDescription":{{"text":"From outside"}},"help":{{"text":"Check it."}}}}"#)
        })
        .collect();
    let tool = format!(r#"{{"driver":{{"name":"Prober","rules":[{}]}}}}"#, rules.join(","));
    writeln!(to, r#"],"invocations":[{{"executionSuccessful":true}}],"tool":{tool}}}]}}"#).unwrap();
    to.flush().unwrap();
}

/// Writes results of promptfoo of about so many megabytes.
fn results(path: &Path, megabytes: usize) {
    let mut to = BufWriter::new(std::fs::File::create(path).unwrap());
    let output = "It said what it must not say, and said it at length. ".repeat(400);
    write!(to, r#"{{"evalId":"eval-9","results":{{"version":3,"timestamp":"2026-10-02T08:00:00Z","results":["#)
        .unwrap();
    let mut written = 0;
    for n in 0.. {
        let row = format!(
            r#"{{"success":{},"failureReason":1,"provider":{{"id":"rest:permit"}},"prompt":{{"raw":"{}"}},"response":{{"output":"{output}"}},"metadata":{{"pluginId":"plugin:{}","severity":"high","strategyId":"s{}"}}}}"#,
            n % 3 == 0,
            n,
            n % 90,
            n % 7
        );
        write!(to, "{}{row}", if n == 0 { "" } else { "," }).unwrap();
        written += row.len();
        if written > megabytes << 20 {
            break;
        }
    }
    writeln!(to, r#"],"stats":{{}}}},"config":{{"description":"Big"}}}}"#).unwrap();
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
    for (name, folder) in bench::FOLDERS {
        command.env(name, bench.at(folder));
    }
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
fn ctrl_c_while_findings_are_written_leaves_no_trace() {
    let bench = Bench::seeded();
    scan(&bench.at("scan.sarif"), 9000, 10);
    // Whoever writes for the first time is given a chain of their own; this is not the first time.
    scan(&bench.at("small.sarif"), 3, 10);
    bench.on(&["import", "small.sarif", "--into", SYSTEM, "--yes"]).ok();
    let (before, there) = (bench.digest(), bench.there());
    let mut running = run(&bench, &["import", "scan.sarif", "--into", SYSTEM, "--yes"]);
    running.see(" entries are written; Ctrl-C stops it");
    let id = running.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = running.child.wait().unwrap();
    running.see("The import was stopped. Nothing was changed.");
    assert_eq!(ended.exit_code(), 2);
    assert_eq!((bench.digest(), bench.there()), (before, there));
}

/// Runs an import to its end; the most memory that it held.
fn peak_of(bench: &Bench, file: &str) -> (u64, Running) {
    let mut running = run(bench, &["import", file, "--into", SYSTEM, "--yes"]);
    let mut peak = 0;
    while running.child.try_wait().unwrap().is_none() {
        peak = peak.max(running.peak().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    (peak, running)
}

/// Takes a file in and watches: it says how far it is, and holds at any time less than a hundred megabytes more than a file
/// of three lines takes.
fn takes_in(bench: &Bench, file: &str) -> u64 {
    scan(&bench.at("small.sarif"), 3, 10);
    let (start, _) = peak_of(bench, "small.sarif");
    let begun = Instant::now();
    let (peak, mut running) = peak_of(bench, file);
    println!("{file}: {peak} MB at most, {start} MB for three lines, {:.1} s", begun.elapsed().as_secs_f64());
    assert!(running.child.wait().unwrap().success(), "{}", running.text());
    running.see(" MiB are read; Ctrl-C stops it");
    running.see("Nothing in it counts as verified.");
    assert!(start > 0 && peak < start + 100, "{peak} MB, {start} MB for three lines");
    bench.on(&["verify"]).ok();
    peak
}

#[test]
#[ignore = "300 MB take a while in a debug build: cargo test --release --test large -- --ignored"]
fn three_hundred_megabytes_are_read_in_less_than_one_hundred() {
    let bench = Bench::seeded();
    report(&bench.at("big.report.jsonl"), 300);
    assert!(takes_in(&bench, "big.report.jsonl") < 100);
}

#[test]
#[ignore = "200 MB take a while in a debug build: cargo test --release --test large -- --ignored"]
fn a_scan_of_two_hundred_megabytes_takes_less_than_one_hundred_more() {
    let bench = Bench::seeded();
    scan(&bench.at("big.sarif"), 50_000, 4000);
    // Ten thousand findings are in memory when they are written; the file is not.
    takes_in(&bench, "big.sarif");
}

#[test]
#[ignore = "200 MB take a while in a debug build: cargo test --release --test large -- --ignored"]
fn results_of_two_hundred_megabytes_are_read_in_less_than_one_hundred() {
    let bench = Bench::seeded();
    results(&bench.at("big.json"), 200);
    assert!(takes_in(&bench, "big.json") < 100);
}

#[test]
#[ignore = "200 MB take a while in a debug build: cargo test --release --test large -- --ignored"]
fn a_drawing_with_a_knowledge_base_of_two_hundred_megabytes_is_read_in_less_than_one_hundred() {
    let bench = Bench::seeded();
    let model = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/model.tm7"));
    let (head, end) = {
        let model = model.as_ref().unwrap();
        let at = model.find("<KnowledgeBase").unwrap();
        let at = at + model[at..].find('>').unwrap() + 1;
        (model[..at].to_owned(), model[at..].to_owned())
    };
    let mut to = BufWriter::new(std::fs::File::create(bench.at("big.tm7")).unwrap());
    write!(to, "{head}").unwrap();
    for n in 0..400_000 {
        writeln!(to, "<Stencil><Id>{n}</Id><Words>{}</Words></Stencil>", "What the template knows. ".repeat(20))
            .unwrap();
    }
    write!(to, "{end}").unwrap();
    drop(to);
    assert!(takes_in(&bench, "big.tm7") < 100);
}

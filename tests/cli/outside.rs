//! What is around every command: help, the environment, who and in which hat, a closed pipe, no terminal.

use std::process::{Command, Stdio};

use crate::bench::{Bench, Said};

#[test]
fn every_command_has_its_help() {
    let bench = Bench::empty();
    let help = bench.run(&["--help"]).ok();
    for command in docket::cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(help.contains(&format!("  {name} ")), "{name} is not in the help");
        let said = bench.run(&[name, "--help"]).ok();
        assert!(said.contains("Usage: docket") && said.contains("--record <FILE>"), "{said}");
        assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
        assert!(!said.contains('`'), "Markdown in the help of {name}: {said}");
    }
    assert_eq!(bench.run(&["--version"]).ok(), format!("docket {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(bench.run(&["nonsense"]).code, 2);
    assert!(bench.there().is_empty());
}

#[test]
fn the_record_that_the_environment_names_is_used_and_an_option_outweighs_it() {
    let bench = Bench::seeded();
    let with = |value: &str, args: &[&str]| Said::of(bench.command().env("DOCKET_RECORD", value).args(args));
    assert!(with("record.docket", &["list"]).ok().contains("Picture Tagger"));
    with("missing.docket", &["list"]).refused(2, "There is no record at missing.docket.");
    assert!(with("missing.docket", &["--record", "record.docket", "list"]).ok().contains("Picture Tagger"));
    with("", &["list"]).refused(2, "There is no record at ");
    std::fs::create_dir_all(bench.at("data/docket")).unwrap();
    std::fs::copy(bench.record(), bench.at("data/docket/record.docket")).unwrap();
    if cfg!(target_os = "linux") {
        assert!(bench.run(&["list"]).ok().contains("Picture Tagger"));
    }
}

#[test]
fn somebody_who_is_not_there_and_a_hat_that_does_not_exist_are_refused() {
    let bench = Bench::seeded();
    for args in [&["list"][..], &["verify"], &["show", "Voice"], &["import", "a.csv", "--yes"]] {
        bench.on(&[args, &["--as", "Nobody Known"]].concat()).refused(2, "Nobody here is called \"Nobody Known\".");
        bench.on(&[args, &["--role", "emperor"]].concat()).refused(2, "There is no role \"emperor\". The roles are: ");
        bench.on(&[args, &["--as", ""]].concat()).refused(2, "Nobody here is called");
    }
    bench.on(&["list", "--role", "sign-off"]).ok();
    bench.on(&["list", "--role", "DPO"]).ok();
}

#[test]
fn a_closed_pipe_is_success_and_the_gate_keeps_its_answer() {
    let bench = Bench::seeded();
    let closed = |args: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_docket"));
        child.env_clear().env("DOCKET_NOW", crate::bench::NOW).env("HOME", bench.at("")).current_dir(bench.at(""));
        // The reader is gone before the first byte.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        child.args(["--record", "record.docket"]).args(args).stdout(writer).stderr(Stdio::piped());
        let output = child.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        output.status.code()
    };
    let quiet = [
        &["list"][..],
        &["list", "--json"],
        &["show", "Voice"],
        &["record", "Voice"],
        &["journal"],
        &["verify"],
        &["schema"],
        &["keys"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ];
    for args in quiet {
        assert_eq!(closed(args), Some(0), "{args:?}");
    }
    assert_eq!(closed(&["gate", "Picture"]), Some(0));
    assert_eq!(closed(&["gate", "Applicant"]), Some(1), "a no stays a no when nobody reads it");
    assert_eq!(closed(&["gate", "Medical", "--json"]), Some(3));
}

#[test]
fn without_a_terminal_the_screen_is_refused_and_nothing_is_made() {
    let bench = Bench::empty();
    std::fs::create_dir(bench.at("tmp")).unwrap();
    for args in [&[][..], &["demo"], &["--record", "new.docket"], &["--record", "new.docket", "demo"]] {
        let said = Said::of(bench.command().env("TMPDIR", bench.at("tmp")).args(args));
        said.refused(2, "The screen needs a terminal.");
    }
    assert_eq!(bench.there(), ["tmp"]);
    assert_eq!(std::fs::read_dir(bench.at("tmp")).unwrap().count(), 0);
}

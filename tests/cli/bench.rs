//! A home of its own for every run, with or without the sample record in it.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use assert_cmd::Command;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Where docket keeps what is not the record, inside the folder of a test.
pub const FOLDERS: [(&str, &str); 3] =
    [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")];

/// The day on which the sample is made.
pub const NOW: &str = "2026-11-21T10:00:00Z";

/// A folder that is home, and in it `record.docket` where there is one.
pub struct Bench {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Bench {
    /// A home with nothing in it.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A home with the sample record, which is made once.
    pub fn seeded() -> Self {
        static SAMPLE: OnceLock<Vec<u8>> = OnceLock::new();
        let sample = SAMPLE.get_or_init(|| {
            let bench = Self::empty();
            bench.on(&["demo", "--seed-only"]).ok();
            std::fs::read(bench.record()).unwrap()
        });
        let bench = Self::empty();
        std::fs::write(bench.record(), sample).unwrap();
        bench
    }

    /// Where something is, or goes.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The record of this home.
    pub fn record(&self) -> PathBuf {
        self.at("record.docket")
    }

    /// What lies in the home, by name.
    pub fn there(&self) -> Vec<String> {
        let found = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// docket with an empty environment.
    pub fn command(&self) -> Command {
        let home = self.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        command.env_clear().env("HOME", home).env("TZ", "UTC").env("DOCKET_NOW", NOW).current_dir(home);
        for (name, folder) in FOLDERS {
            command.env(name, home.join(folder));
        }
        command
    }

    /// Runs docket.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::of(self.command().args(args))
    }

    /// Runs docket on the record of this home.
    pub fn on(&self, args: &[&str]) -> Said {
        Said::of(self.command().args(["--record", "record.docket"]).args(args))
    }

    /// What `docket verify` calls the head of the journal.
    pub fn head(&self) -> String {
        let says = self.on(&["verify"]).ok();
        let line = says.lines().find(|line| line.starts_with("head ")).unwrap();
        line.split(' ').nth(1).unwrap().to_owned()
    }

    /// The digest of the record's bytes.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(std::fs::read(self.record()).unwrap()).to_vec()
    }

    /// Opens the record with a database tool and does something to it behind docket's back.
    pub fn tamper(&self, sql: &str) {
        let tool = rusqlite::Connection::open(self.record()).unwrap();
        tool.execute_batch(sql).unwrap();
        tool.close().unwrap();
    }
}

impl Said {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The output of a run that went well and had nothing to complain about.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Whole sentences on stderr that say this, nothing on stdout.
    #[track_caller]
    pub fn refused(&self, code: i32, says: &str) {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.complains(says);
    }

    /// Whole sentences on stderr that say this.
    #[track_caller]
    pub fn complains(&self, says: &str) {
        let told = self.err.trim_end();
        assert!(told.starts_with("docket: ") && told.ends_with(['.', '?']), "no sentence: {told:?}");
        assert!(told.contains(says), "{told:?} does not say {says:?}");
        assert!(!told.contains("panicked"), "{told}");
    }
}

/// A fixture of the imports.
pub fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    folder.join(name).to_str().unwrap().to_owned()
}

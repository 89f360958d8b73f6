//! A folder of its own for everything that docket keeps, and docket started in it.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::Term;

/// The window that most tests use.
const SIZE: (u16, u16) = (120, 40);

/// A home folder that goes with the test.
pub struct Home {
    dir: TempDir,
    extra: Vec<(String, String)>,
}

/// What a command said.
pub struct Cli {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    /// A new one, with nothing in it.
    pub fn new() -> Self {
        let home = Self { dir: tempfile::tempdir().unwrap(), extra: Vec::new() };
        for folder in ["tmp", "work"] {
            std::fs::create_dir(home.path(folder)).unwrap();
        }
        home
    }

    /// With one more variable in the environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    /// A path inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Where the record is when nobody says otherwise.
    pub fn record(&self) -> PathBuf {
        self.path("data/docket/record.docket")
    }

    /// The whole environment: nothing of the person who runs the tests.
    fn environment(&self) -> Vec<(String, String)> {
        let at = |name: &str| self.path(name).display().to_string();
        let mut all = vec![
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "C.UTF-8".into()),
            ("TZ".into(), "UTC".into()),
            ("PATH".into(), "/usr/bin:/bin".into()),
            ("HOME".into(), at("")),
            ("TMPDIR".into(), at("tmp")),
            ("XDG_DATA_HOME".into(), at("data")),
            ("XDG_STATE_HOME".into(), at("state")),
            ("XDG_CONFIG_HOME".into(), at("config")),
        ];
        all.extend(self.extra.iter().cloned());
        all
    }

    /// docket on its screen.
    pub fn open(&self, arguments: &[&str]) -> Term {
        self.open_at(arguments, SIZE)
    }

    /// docket on a screen of this size.
    pub fn open_at(&self, arguments: &[&str], size: (u16, u16)) -> Term {
        self.start(env!("CARGO_BIN_EXE_docket"), arguments, size)
    }

    /// Any program on a screen, as docket is started.
    pub fn start(&self, program: &str, arguments: &[&str], size: (u16, u16)) -> Term {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        self.environment().into_iter().for_each(|(name, value)| command.env(name, value));
        command.cwd(self.path("work"));
        Term::start(command, size)
    }

    /// docket without a screen.
    pub fn docket(&self, arguments: &[&str]) -> Cli {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        command.args(arguments).env_clear().envs(self.environment()).current_dir(self.path("work"));
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Cli { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }
}

/// A file among the fixtures.
pub fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))
}

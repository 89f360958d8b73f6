//! Opening the record for a command, or for the screen.

use std::{
    fs::File,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::{Outcome, args::Demo};
use crate::{
    app::{Model, Overlay, Screen, board::Board},
    clock,
    config::{Config, From, Setting},
    desk::{Compared, Desk, Paths, Trouble, carry::Looked},
    domain::{fields::Vocabulary, people::Role},
    tui::{self, Habits, Session},
    ui::theme::{Mode, Theme},
};

/// Which record, who, in which hat, with which settings.
pub(super) struct Opening {
    /// The record that the command line names.
    pub record: Option<PathBuf>,
    /// The hat that the command line names.
    pub role: Option<String>,
    /// The settings, whoever says them.
    pub config: Config,
}

/// The role of this name, as the journal or people write it.
pub(super) fn role_named(word: &str) -> Result<Role, Trouble> {
    let wanted = word.to_lowercase().replace('-', "_");
    let known = || Role::CHOICES.iter().map(|choice| choice.code).collect::<Vec<_>>().join(", ");
    Role::parse(&wanted)
        .ok_or_else(|| Trouble::Usage(format!("There is no role \"{word}\". The roles are: {}.", known())))
}

impl Opening {
    /// The hat that was asked for.
    pub fn role(&self) -> Result<Option<Role>, Trouble> {
        self.role.as_deref().map(role_named).transpose()
    }

    /// Where the record is.
    pub fn paths(&self) -> Result<Paths, Trouble> {
        // What names a file is bytes, and may be what no text can be.
        let told = match self.config.get(Setting::Record) {
            Some((_, From::Environment(name))) => std::env::var_os(name).map(PathBuf::from),
            _ => self.config.file(Setting::Record),
        };
        let named = self.record.clone().or(told);
        Ok(Paths::find(named)?)
    }

    /// Seats whoever was named. The settings name a person for every record: one that does not know them is opened as
    /// it is.
    fn sit(&self, desk: &mut Desk) -> Result<(), Trouble> {
        match self.config.get(Setting::Person) {
            Some((name, From::File(_))) => match desk.person(name) {
                Ok(person) if desk.me() != Some(person) => desk.sit(name).map(|_| ()),
                _ => Ok(()),
            },
            Some((name, _)) => desk.sit(name).map(|_| ()),
            None => Ok(()),
        }
    }

    /// The hat that is worn first on the screen: the one of the command line, else the one of the settings where the
    /// person holds it.
    fn first_hat(&self, desk: &Desk) -> Result<Option<Role>, Trouble> {
        let Some((word, From::File(_))) = self.config.get(Setting::Role) else { return self.role() };
        let role = role_named(word)?;
        let held = desk.has_record() && desk.hats()?.contains(&role);
        Ok(held.then_some(role))
    }

    /// How the person likes it.
    fn habits(&self) -> Habits {
        let usual = Habits::default();
        let detected = Theme::detect(|name| std::env::var(name).ok());
        let theme = Theme {
            mode: self.config.value(Setting::Theme).and_then(Mode::named).unwrap_or(detected.mode),
            ascii: self.config.switch(Setting::Ascii).unwrap_or(detected.ascii),
            light: match self.config.value(Setting::Background) {
                Some("light") => true,
                Some("dark") => false,
                _ => detected.light,
            },
            ..detected
        };
        let text = |setting| self.config.value(setting).map(str::to_owned).filter(|text| !text.trim().is_empty());
        Habits { theme, editor: text(Setting::Editor).unwrap_or(usual.editor), clipboard: text(Setting::Clipboard) }
    }

    /// A session with the settings.
    fn session(&self, mut model: Model, desk: Desk) -> Session {
        model.mouse = self.config.switch(Setting::Mouse).unwrap_or(true);
        Session { habits: self.habits(), ..Session::new(model, self.config.keymap.clone(), desk) }
    }

    /// The record, which must be there; the person sits down where one was named.
    pub fn desk(&self) -> Result<Desk, Trouble> {
        let paths = self.paths()?;
        if !paths.record.exists() {
            return Err(crate::store::Fault::NotFound(paths.record).into());
        }
        let mut desk = opened(paths)?;
        self.sit(&mut desk)?;
        Ok(desk)
    }

    /// Whether the record of this command is the one that a file is of. Nobody sits down for that: whoever opens a bundle
    /// may have a record of their own, in which nobody has their name.
    pub fn is_home_of(&self, looked: &Looked) -> Result<bool, Trouble> {
        let paths = self.paths()?;
        if !paths.record.exists() {
            return Ok(false);
        }
        let desk = opened(paths)?;
        let is = desk.is_of(looked);
        desk.close()?;
        Ok(is)
    }

    /// The same on another record.
    pub fn at(&self, record: PathBuf) -> Self {
        Self { record: Some(record), role: self.role.clone(), config: self.config.clone() }
    }

    /// Whether somebody is named to sit down.
    pub fn names_somebody(&self) -> bool {
        self.config.get(Setting::Person).is_some()
    }

    /// A file to write an answer to; never the record itself.
    pub fn file(&self, path: &Path) -> Result<File, Trouble> {
        self.spares(path)?;
        let failed = |error| Trouble::Usage(format!("{} could not be written ({error}).", path.display()));
        File::create(path).map_err(failed)
    }

    /// Refuses to write where the record is.
    pub fn spares(&self, path: &Path) -> Result<(), Trouble> {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let record = self.paths()?.record;
        let kept = ["", "-wal", "-shm"].map(|suffix| {
            let mut name = record.clone().into_os_string();
            name.push(suffix);
            PathBuf::from(name)
        });
        if real(path).is_some_and(|path| kept.iter().any(|kept| real(kept).as_ref() == Some(&path))) {
            let path = path.display();
            return Err(Trouble::Usage(format!(
                "{path} is the record itself. Nothing was changed; name another file."
            )));
        }
        Ok(())
    }

    /// Writes an answer to a file.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let failed = |error| Trouble::Usage(format!("{} could not be written ({error}).", path.display()));
        self.file(path)?.write_all(bytes).map_err(failed)
    }

    /// The screen: on the record, or on the first run where there is none.
    pub fn screen(&self) -> Outcome {
        needs_terminal()?;
        let mut desk = opened(self.paths()?)?;
        self.sit(&mut desk)?;
        if desk.has_record() && desk.me().is_none() && !desk.store()?.is_empty() {
            let names = desk.store()?.people()?.people.iter().map(|p| p.name.to_string()).collect::<Vec<_>>();
            if !names.is_empty() {
                let list = names.join(", ");
                return Err(Trouble::Usage(format!(
                    "Several people work in this record. Say who you are: docket --as NAME. It knows: {list}."
                )));
            }
        }
        let hat = self.first_hat(&desk)?;
        self.show(desk, hat)
    }
}

impl Opening {
    /// The second screen of a meeting: large, follows what happens, changes nothing.
    pub fn present(&self) -> Outcome {
        needs_terminal()?;
        let desk = Desk::reading(self.paths()?)?;
        let mut model = Model::new((80, 24), clock::today());
        model.record = desk.info();
        model.record.read_only = Some("this is the second screen of a meeting".into());
        tui::run(tui::following(self.session(model, desk))?)?;
        Ok(0)
    }
}

/// Opens the record; where its tables have to be made anew first, whoever waits is told how far that is.
fn opened(paths: Paths) -> Result<Desk, Trouble> {
    let shows = std::io::stderr().is_terminal();
    let mut said = 0usize;
    let desk = Desk::open_telling(paths, false, &mut |anew| {
        if shows {
            let says = anew.says();
            let rest = " ".repeat(said.saturating_sub(says.len()));
            said = says.len();
            let _ = write!(std::io::stderr(), "\r{says}{rest}");
        }
    })?;
    if said > 0 {
        let _ = write!(std::io::stderr(), "\r{:said$}\r", "");
    }
    Ok(desk)
}

/// The sample portfolio in a record of its own.
pub(super) fn demo(open: &Opening, role: Option<Role>, demo: &Demo) -> Outcome {
    let file = open.record.clone();
    if !demo.seed_only {
        needs_terminal()?;
    }
    let kept = file.is_some();
    let desk = Desk::sample(file)?;
    if demo.seed_only {
        let path = desk.paths.record.display().to_string();
        desk.close()?;
        return super::print(&super::clean(&if kept {
            format!("The sample record is at {path}.")
        } else {
            "Seeded and thrown away; name a file with --record to keep it.".into()
        }));
    }
    open.show(desk, role)
}

/// Asked before anything is opened or seeded.
fn needs_terminal() -> Result<(), Trouble> {
    if std::io::stdout().is_terminal() && std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Trouble::Usage("The screen needs a terminal. docket --help lists what works without one.".into()))
}

impl Opening {
    fn show(&self, desk: Desk, role: Option<Role>) -> Outcome {
        self.show_with(desk, role, None)
    }

    /// The screen, with what came back in a bundle on it.
    pub fn decide(&self, mut desk: Desk, compared: Compared, role: Option<Role>) -> Outcome {
        if desk.me().is_none() {
            return Err(Trouble::Usage("Nobody sits here yet. Say who you are with --as NAME.".into()));
        }
        let merge = tui::merging::shown(&mut desk, compared)?;
        self.show_with(desk, role, Some(Overlay::Merge(Box::new(merge))))
    }

    fn show_with(&self, desk: Desk, role: Option<Role>, over: Option<Overlay>) -> Outcome {
        let mut model = Model::new((80, 24), clock::today());
        model.me = desk.seat(role)?;
        model.record = desk.info();
        if model.me.is_some() {
            model.screen = Screen::Board(Board::new(desk.board(0)?));
        }
        if let Some(why) = model.record.read_only.clone() {
            model.say(true, format!("Read only: {why}."));
        }
        if let Some(system) = desk.store().ok().and_then(|store| store.copy_of().ok().flatten()) {
            let name = desk.dossier(system)?.name().to_owned();
            model.say(false, format!("A working copy of {name}: docket bundle sends it back when you are done."));
        }
        model.overlays.extend(over);
        // Whoever was in a meeting that still runs comes back to it: the same item, its clocks honest.
        tui::run(tui::back_in_the_meeting(self.session(model, desk))?)?;
        Ok(0)
    }
}

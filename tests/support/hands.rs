//! Somebody at the keyboard of a docket without a terminal: real keys through the real table, a real record in memory.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use docket::{
    app::{Me, Model, Msg, Overlay, Screen, confirm::Pick, context, system::SystemScreen},
    desk::Desk,
    domain::{Dossier, Id, Kind, command::Command, people::Role, value::Value},
    keymap::{Keymap, Resolved},
    tui::{Session, feed},
};

/// Somebody with all five hats, and how many keys they have pressed.
pub struct Hands {
    pub session: Session,
    /// Keys that were pressed; letters of words that were typed are not among them.
    pub pressed: usize,
    /// Whether Enter is pressed, and counted, where docket asks in which of several hats: the one that is worn.
    pub in_the_worn_hat: bool,
}

pub fn fields(set: &[(&str, &str)]) -> Vec<(String, Value)> {
    set.iter().map(|(field, value)| ((*field).to_owned(), Value::from(*value))).collect()
}

/// The key of this name: one letter, or as the key table prints it.
fn event(name: &str) -> KeyEvent {
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        held if held.starts_with("ctrl-") => {
            return KeyEvent::new(KeyCode::Char(held.chars().last().unwrap()), KeyModifiers::CONTROL);
        }
        letter => KeyCode::Char(letter.chars().next().unwrap()),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

impl Hands {
    /// Sits down at an empty record with one person in all five roles.
    pub fn sit() -> Self {
        let mut desk = Desk::in_memory().unwrap();
        desk.begin("Mara Lind", "Head of security", &Role::REVIEW).unwrap();
        let me = desk.seat(Some(Role::Security)).unwrap().unwrap();
        let board = desk.board(0).unwrap();
        let mut model = Model::new((120, 36), docket::clock::today());
        model.me = Some(Me { role: Role::Security, ..me });
        model.screen = Screen::Board(docket::app::board::Board::new(board));
        let session = Session::new(model, Keymap::default(), desk);
        Self { session, pressed: 0, in_the_worn_hat: false }
    }

    /// Sits down as somebody who takes the hat that is worn wherever docket asks in which.
    pub fn sit_in_one_hat() -> Self {
        Self { in_the_worn_hat: true, ..Self::sit() }
    }

    /// Enters a system as its owner, without the keyboard.
    pub fn system(&mut self, set: &[(&str, &str)]) -> Id {
        let dossier = self.session.desk.new_system(Role::Owner, fields(set)).unwrap();
        dossier.subject.unwrap()
    }

    /// Does something without the keyboard.
    pub fn done(&mut self, system: Id, role: Role, command: &Command) -> Dossier {
        self.session.desk.execute(Some(system), role, command).unwrap()
    }

    /// Adds a thing without the keyboard.
    pub fn add(&mut self, system: Id, role: Role, kind: Kind, set: &[(&str, &str)]) {
        self.done(system, role, &Command::Add { kind, set: fields(set), to: None });
    }

    /// Looks at the board again, at a system.
    pub fn open(&mut self, system: Id) -> &mut Self {
        let opened = self.session.desk.opened(system).unwrap();
        let today = self.session.model.today;
        self.session.model.screen = Screen::System(Box::new(SystemScreen::new(opened, today)));
        self
    }

    /// Presses keys, named as in the key table and separated by blanks.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.press(event(name));
        }
        self
    }

    /// Types words; they are not counted as keys.
    pub fn text(&mut self, words: &str) -> &mut Self {
        let before = self.pressed;
        for c in words.chars() {
            self.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        self.pressed = before;
        self
    }

    /// Pastes text, as a terminal with bracketed paste hands it on.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        feed(&mut self.session, None, Msg::Pasted(text.to_owned()));
        self
    }

    fn press(&mut self, key: KeyEvent) {
        self.pressed += 1;
        let model = &self.session.model;
        let msg = match self.session.keymap.resolve(context(model), model.pending, &key) {
            Resolved::Action(action) => Msg::Act(action),
            Resolved::Pending(chord) => Msg::Prefix(chord),
            Resolved::None => Msg::Typed(key),
        };
        feed(&mut self.session, None, msg);
        let asked = match self.session.model.overlays.last() {
            Some(Overlay::Chooser(chooser)) => matches!(chooser.options.first(), Some((_, Pick::Hat(..)))),
            _ => false,
        };
        if asked && self.in_the_worn_hat {
            self.press(event("enter"));
        }
    }

    /// What the system holds now, as the record says.
    pub fn dossier(&self, system: Id) -> Dossier {
        self.session.desk.dossier(system).unwrap()
    }

    /// The line at the bottom.
    pub fn said(&self) -> &str {
        self.session.model.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }
}

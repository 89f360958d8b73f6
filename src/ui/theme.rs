//! What a piece of text means, and how that looks.
//!
//! The text is the terminal's own colour on its own background; accents are from the sixteen colours of its palette;
//! only the heat map paints, and then both colours. Without colour the ranks are bold, reverse, underline and dim.
//! Colour only ever repeats what a sign and a word say already.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::{ASCII, Glyphs, UNICODE, twin};

/// Which colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The terminal's palette.
    #[default]
    Auto,
    /// None at all.
    Plain,
    /// From blue to orange, for red-green blindness.
    ColourBlind,
}

/// How things look in this terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Theme {
    /// Which colours.
    pub mode: Mode,
    /// Whether signs are replaced by ASCII.
    pub ascii: bool,
    /// Whether the terminal shows any colour that it is told.
    pub truecolour: bool,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Text.
    Text,
    /// What may be overlooked: labels, hints.
    Muted,
    /// What stands out: titles, keys.
    Strong,
    /// Missing, late, wrong.
    Alert,
    /// Done, in order.
    Good,
    /// Where the docket is; the pane that has the focus.
    Here,
    /// What comes later.
    Later,
    /// The selected row.
    Selected,
    /// The cell that has the focus.
    Focus,
    /// The role in which one acts.
    Role,
    /// What holds for everything on the screen: sample, read only.
    Banner,
    /// A level of risk: 0 low, 1 medium, 2 high, 3 critical; from 4 on, not scored.
    Level(u8),
}

impl Theme {
    /// What the environment says of the terminal.
    pub fn detect(env: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| env(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default().to_lowercase();
        let utf8 = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
        let plain = set("NO_COLOR").is_some() || term == "dumb";
        Self {
            mode: if plain { Mode::Plain } else { Mode::Auto },
            ascii: term == "linux" || term == "dumb" || !utf8,
            truecolour: set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit"),
        }
    }

    /// The signs.
    pub fn glyphs(self) -> &'static Glyphs {
        if self.ascii { &ASCII } else { &UNICODE }
    }

    /// `text` in the signs of this terminal: rows bring signs of their own.
    pub fn fold(self, text: &str) -> Cow<'_, str> {
        if self.ascii && !text.is_ascii() { Cow::Owned(text.chars().map(twin).collect()) } else { Cow::Borrowed(text) }
    }

    /// How `tone` looks.
    pub fn style(self, tone: Tone) -> Style {
        let plain = plain(tone);
        match self.mode {
            Mode::Plain => plain,
            Mode::Auto | Mode::ColourBlind => self.coloured(tone, plain),
        }
    }

    fn coloured(self, tone: Tone, plain: Style) -> Style {
        let blind = self.mode == Mode::ColourBlind;
        match tone {
            Tone::Text
            | Tone::Muted
            | Tone::Strong
            | Tone::Later
            | Tone::Selected
            | Tone::Focus
            | Tone::Role
            | Tone::Banner => plain,
            Tone::Alert => plain.fg(if blind { Color::Magenta } else { Color::Red }),
            Tone::Good => plain.fg(if blind { Color::Blue } else { Color::Green }),
            Tone::Here => plain.fg(Color::Cyan),
            Tone::Level(level) => self.heat(level, blind).unwrap_or(plain),
        }
    }

    fn heat(self, level: u8, blind: bool) -> Option<Style> {
        let table = match (self.truecolour, blind) {
            (true, false) => &HEAT,
            (true, true) => &HEAT_BLIND,
            (false, false) => &HEAT_SIXTEEN,
            (false, true) => &HEAT_SIXTEEN_BLIND,
        };
        let &(fg, bg) = table.get(usize::from(level))?;
        let style = Style::new().fg(fg).bg(bg);
        Some(if level == 3 { style.add_modifier(Modifier::BOLD) } else { style })
    }
}

/// Foreground and background of low, medium, high and critical.
type Heat = [(Color, Color); 4];

/// Contrast 9.5, 10.1, 7.7 and 6.0 to 1.
const HEAT: Heat = [
    (Color::Rgb(0x12, 0x2b, 0x1c), Color::Rgb(0xa8, 0xd8, 0xb4)),
    (Color::Rgb(0x33, 0x27, 0x00), Color::Rgb(0xf2, 0xd4, 0x74)),
    (Color::Rgb(0x35, 0x12, 0x00), Color::Rgb(0xf0, 0x9a, 0x5e)),
    (Color::Rgb(0xff, 0xff, 0xff), Color::Rgb(0xc2, 0x1f, 0x2e)),
];
/// Contrast 10.4, 12.2, 8.5 and 7.6 to 1.
const HEAT_BLIND: Heat = [
    (Color::Rgb(0x0b, 0x22, 0x39), Color::Rgb(0xb7, 0xd3, 0xea)),
    (Color::Rgb(0x2b, 0x23, 0x00), Color::Rgb(0xf5, 0xe3, 0xa1)),
    (Color::Rgb(0x2e, 0x15, 0x00), Color::Rgb(0xf2, 0xa6, 0x5a)),
    (Color::Rgb(0xff, 0xff, 0xff), Color::Rgb(0x9c, 0x2a, 0x10)),
];
const HEAT_SIXTEEN: Heat = [
    (Color::Black, Color::Green),
    (Color::Black, Color::Yellow),
    (Color::Black, Color::LightRed),
    (Color::White, Color::Red),
];
const HEAT_SIXTEEN_BLIND: Heat = [
    (Color::Black, Color::LightCyan),
    (Color::Black, Color::LightYellow),
    (Color::Black, Color::Yellow),
    (Color::White, Color::Red),
];

/// How `tone` looks without colour.
fn plain(tone: Tone) -> Style {
    let with = |modifier| Style::new().add_modifier(modifier);
    match tone {
        Tone::Text | Tone::Good | Tone::Level(0) => Style::new(),
        Tone::Muted | Tone::Later | Tone::Level(4..) => with(Modifier::DIM),
        Tone::Strong | Tone::Alert | Tone::Here | Tone::Selected | Tone::Level(2) => with(Modifier::BOLD),
        Tone::Focus => with(Modifier::REVERSED),
        Tone::Role | Tone::Banner | Tone::Level(3) => with(Modifier::BOLD | Modifier::REVERSED),
        Tone::Level(1) => with(Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONES: [Tone; 17] = [
        Tone::Text,
        Tone::Muted,
        Tone::Strong,
        Tone::Alert,
        Tone::Good,
        Tone::Here,
        Tone::Later,
        Tone::Selected,
        Tone::Focus,
        Tone::Role,
        Tone::Banner,
        Tone::Level(0),
        Tone::Level(1),
        Tone::Level(2),
        Tone::Level(3),
        Tone::Level(4),
        Tone::Level(u8::MAX),
    ];

    fn detected(env: &[(&str, &str)]) -> Theme {
        Theme::detect(|name| env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_is_heeded() {
        let usual = detected(&[("TERM", "xterm-256color"), ("LANG", "de_DE.UTF-8")]);
        assert_eq!(usual, Theme::default());
        assert_eq!(detected(&[("LANG", "en.utf8"), ("NO_COLOR", "1")]).mode, Mode::Plain);
        assert_eq!(detected(&[("LANG", "en.utf8"), ("NO_COLOR", "")]).mode, Mode::Auto);
        assert!(detected(&[("TERM", "linux"), ("LANG", "C.UTF-8")]).ascii);
        assert!(detected(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).ascii);
        assert!(detected(&[("COLORTERM", "truecolor")]).truecolour);
    }

    #[test]
    fn plain_has_no_colour_and_still_four_ranks() {
        let theme = Theme { mode: Mode::Plain, truecolour: true, ascii: false };
        for tone in TONES {
            let style = theme.style(tone);
            assert!(style.fg.is_none() && style.bg.is_none() && style.underline_color.is_none(), "{tone:?}");
        }
        for (one, two) in [(0, 1), (1, 2), (2, 3), (3, 4)] {
            assert_ne!(theme.style(Tone::Level(one)), theme.style(Tone::Level(two)));
        }
    }

    #[test]
    fn only_the_heat_paints_and_then_both_colours() {
        for mode in [Mode::Auto, Mode::ColourBlind] {
            for truecolour in [false, true] {
                let theme = Theme { mode, ascii: false, truecolour };
                for tone in TONES {
                    let style = theme.style(tone);
                    let heat = matches!(tone, Tone::Level(0..=3));
                    assert_eq!(style.bg.is_some(), heat, "{tone:?}");
                    assert!(!heat || style.fg.is_some());
                }
            }
        }
    }
}

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
    /// The terminal's palette for words; no background is painted.
    Plain,
    /// Text at its full strength, and a heat map of at least 7 to 1.
    Contrast,
    /// From blue to orange, for red-green blindness.
    ColourBlind,
    /// None at all.
    None,
}

impl Mode {
    /// The colours of this name, as the settings write it.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "auto" => Some(Self::Auto),
            "plain" => Some(Self::Plain),
            "contrast" => Some(Self::Contrast),
            "colour-blind" => Some(Self::ColourBlind),
            "none" => Some(Self::None),
            _ => None,
        }
    }
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
    /// Whether the background is light, as far as is known.
    pub light: bool,
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
            mode: if plain { Mode::None } else { Mode::Auto },
            ascii: term == "linux" || term == "dumb" || !utf8,
            truecolour: set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit"),
            // The last number is the background, one of the sixteen colours.
            light: set("COLORFGBG")
                .and_then(|both| both.rsplit(';').next()?.parse::<u8>().ok())
                .is_some_and(|colour| colour == 7 || (9..=15).contains(&colour)),
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
            Mode::None => plain,
            Mode::Contrast => contrast(tone, plain),
            Mode::Auto | Mode::Plain | Mode::ColourBlind => self.coloured(tone, plain),
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
            // Green and cyan of most palettes cannot be read on white.
            Tone::Good if self.light && !blind => plain,
            Tone::Good => plain.fg(if blind { Color::Blue } else { Color::Green }),
            Tone::Here => plain.fg(if self.light { Color::Blue } else { Color::Cyan }),
            Tone::Level(_) if self.mode == Mode::Plain => plain,
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

/// Contrast 7.6, 19.6, 11.4 and 10.6 to 1, in colours that every terminal with 256 of them shows alike.
const HEAT_CONTRAST: Heat = [
    (Color::Indexed(231), Color::Indexed(22)),
    (Color::Indexed(16), Color::Indexed(226)),
    (Color::Indexed(16), Color::Indexed(214)),
    (Color::Indexed(231), Color::Indexed(88)),
];

/// How `tone` looks where nothing may be faint.
fn contrast(tone: Tone, plain: Style) -> Style {
    match tone {
        Tone::Muted | Tone::Later | Tone::Level(4..) => plain.remove_modifier(Modifier::DIM),
        Tone::Level(level) => {
            let style = HEAT_CONTRAST.get(usize::from(level)).map_or(plain, |&(fg, bg)| Style::new().fg(fg).bg(bg));
            if level == 3 { style.add_modifier(Modifier::BOLD) } else { style }
        }
        _ => plain,
    }
}

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
        assert_eq!(detected(&[("LANG", "en.utf8"), ("NO_COLOR", "1")]).mode, Mode::None);
        assert_eq!(detected(&[("LANG", "en.utf8"), ("NO_COLOR", "")]).mode, Mode::Auto);
        assert!(detected(&[("TERM", "linux"), ("LANG", "C.UTF-8")]).ascii);
        assert!(detected(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).ascii);
        assert!(detected(&[("COLORTERM", "truecolor")]).truecolour);
        for (colours, light) in [("0;15", true), ("0;default;7", true), ("15;0", false), ("15;8", false), ("x", false)]
        {
            assert_eq!(detected(&[("COLORFGBG", colours)]).light, light, "{colours}");
        }
    }

    #[test]
    fn none_has_no_colour_and_still_four_ranks() {
        let theme = Theme { mode: Mode::None, truecolour: true, ..Theme::default() };
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
        for mode in [Mode::Auto, Mode::Contrast, Mode::ColourBlind] {
            for (truecolour, light) in [(false, false), (true, false), (false, true)] {
                let theme = Theme { mode, truecolour, light, ..Theme::default() };
                for tone in TONES {
                    let style = theme.style(tone);
                    let heat = matches!(tone, Tone::Level(0..=3));
                    assert_eq!(style.bg.is_some(), heat, "{tone:?}");
                    assert!(!heat || style.fg.is_some());
                }
            }
        }
    }

    #[test]
    fn plain_paints_no_background_and_contrast_makes_nothing_faint() {
        for tone in TONES {
            let plain = Theme { mode: Mode::Plain, truecolour: true, ..Theme::default() }.style(tone);
            assert!(plain.bg.is_none(), "{tone:?}");
            let contrast = Theme { mode: Mode::Contrast, ..Theme::default() }.style(tone);
            assert!(!contrast.add_modifier.contains(Modifier::DIM), "{tone:?}");
        }
        let alert = Theme { mode: Mode::Plain, ..Theme::default() }.style(Tone::Alert);
        assert_eq!(alert.fg, Some(Color::Red));
    }

    /// The brightness of one of the 256 colours above the sixteen, as contrast counts it.
    fn brightness(colour: Color) -> f64 {
        let Color::Indexed(index) = colour else { panic!("{colour:?}") };
        let part = |step: u8| if step == 0 { 0.0 } else { f64::from(55 + 40 * step) / 255.0 };
        let line = |c: f64| if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        let cube = index - 16;
        let [r, g, b] = [cube / 36, cube / 6 % 6, cube % 6].map(|step| line(part(step)));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn contrast_is_at_least_seven_to_one() {
        for (fg, bg) in HEAT_CONTRAST {
            let (a, b) = (brightness(fg), brightness(bg));
            let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(ratio >= 7.0, "{fg:?} on {bg:?} is {ratio:.1} to 1");
        }
    }

    #[test]
    fn what_is_told_by_colour_is_read_on_white() {
        let light = Theme { light: true, ..Theme::default() };
        for tone in TONES {
            assert!(!matches!(light.style(tone).fg, Some(Color::Cyan | Color::Green | Color::Yellow)), "{tone:?}");
        }
    }
}

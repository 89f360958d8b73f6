//! The track: where the docket is. Governance and the DPO work side by side, and both must be done before sign-off.

use ratatui::layout::Rect;

use super::{
    glyphs::Glyphs,
    part::{Pen, columns},
    theme::Tone,
};

/// How far a station is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// It has done its part.
    Done,
    /// The docket is here.
    Here,
    /// Its turn comes later.
    #[default]
    Later,
    /// It has no part in this: the DPO, where no personal data is in scope.
    Absent,
}

/// A station of the track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Station {
    /// How far it is.
    pub state: State,
    /// For how many days the docket has been here.
    pub days: Option<u32>,
    /// Whether that is too long.
    pub late: bool,
}

/// The five stations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Track {
    /// Who asks.
    pub owner: Station,
    /// Threats and controls.
    pub security: Station,
    /// Beside the DPO.
    pub governance: Station,
    /// Beside governance; absent where no personal data is in scope.
    pub dpo: Station,
    /// The decision.
    pub signoff: Station,
}

/// A piece of a drawing, owned.
pub type Piece = (String, Tone);

/// Names in full, for narrow screens, and none at all.
const NAMES: [[&str; 5]; 3] =
    [["Owner", "Security", "Governance", "DPO", "Sign-off"], ["Own", "Sec", "Gov", "DPO", "Sign"], [""; 5]];

/// How much is written.
#[derive(Debug, Clone, Copy)]
struct Look {
    names: [&'static str; 5],
    /// How long a stretch of the track is.
    stretch: usize,
    days: bool,
}

impl Station {
    fn sign(self, glyphs: &Glyphs) -> &'static str {
        match self.state {
            State::Done => glyphs.done,
            State::Here => glyphs.here,
            State::Later => glyphs.later,
            State::Absent => glyphs.unneeded,
        }
    }

    fn tone(self) -> Tone {
        match self.state {
            State::Done => Tone::Good,
            State::Here if self.late => Tone::Alert,
            State::Here => Tone::Here,
            State::Later | State::Absent => Tone::Later,
        }
    }

    /// Whether the track goes on behind it.
    fn passed(self) -> bool {
        matches!(self.state, State::Done | State::Absent)
    }

    fn pieces(self, glyphs: &Glyphs, (name, days): (&str, bool)) -> Vec<Piece> {
        let tone = self.tone();
        let mut text = self.sign(glyphs).to_owned();
        if let Some(count) = self.days.filter(|_| days && self.state == State::Here) {
            text = format!("{text} {count} d{}", if self.late { " !" } else { "" });
        }
        let named = if self.state == State::Here { Tone::Strong } else { Tone::Text };
        let name = (!name.is_empty()).then(|| (format!("{name} "), named));
        name.into_iter().chain([(text, tone)]).collect()
    }
}

impl Track {
    /// The track in a cell of a list: 7 columns without the DPO, else 11.
    pub fn short(&self, glyphs: &Glyphs) -> Vec<Piece> {
        self.pieces(glyphs, Look { names: NAMES[2], stretch: 1, days: false })
    }

    /// Draws the track on the first line of `area`, with as much of the names as there is room for; how many
    /// columns were written.
    pub fn draw(&self, pen: &mut Pen, area: Rect) -> u16 {
        let glyphs = pen.theme.glyphs();
        let looks = [(0, 3, true), (0, 2, true), (1, 2, true), (1, 1, false), (2, 1, false)];
        let looks = looks.map(|(names, stretch, days)| Look { names: NAMES[names], stretch, days });
        let all = looks.map(|look| self.pieces(glyphs, look));
        let room = area.width.saturating_sub(1);
        let Some(pieces) = all.iter().find(|pieces| total(pieces) <= room).or(all.last()) else { return 0 };
        pen.write_all(super::part::after(area, 1), pieces.iter().map(|(text, tone)| (text.as_str(), *tone)))
            .saturating_add(1)
    }

    fn pieces(&self, glyphs: &Glyphs, look: Look) -> Vec<Piece> {
        let [owner, security, governance, dpo, signoff] = look.names;
        let station = |station: Station, name| station.pieces(glyphs, (name, look.days));
        // A number of days does not run into the track.
        let apart =
            |from: Station| if look.days && from.days.is_some() && from.state == State::Here { " " } else { "" };
        let mut out = station(self.owner, owner);
        out.push((apart(self.owner).to_owned(), Tone::Text));
        out.push(stretch(glyphs, look, self.owner.passed()));
        out.extend(station(self.security, security));
        out.push((apart(self.security).to_owned(), Tone::Text));
        out.push(stretch(glyphs, look, self.security.passed()));
        if self.dpo.state == State::Absent {
            out.extend(station(self.governance, governance));
        } else {
            let pad = if look.names[0].is_empty() { "" } else { " " };
            trim(&mut out);
            out.push((format!("{}{pad}", glyphs.part), Tone::Muted));
            out.extend(station(self.governance, governance));
            out.push((format!("{pad}{}{pad}", glyphs.beside), Tone::Muted));
            out.extend(station(self.dpo, dpo));
            out.push((format!("{pad}{}", glyphs.join), Tone::Muted));
        }
        let joined = self.governance.passed() && self.dpo.passed();
        out.push(stretch(glyphs, look, joined));
        out.extend(station(self.signoff, signoff));
        out
    }
}

fn total(pieces: &[Piece]) -> u16 {
    pieces.iter().map(|(text, _)| columns(text)).fold(0, u16::saturating_add)
}

/// A stretch of the track, with a blank before the next name.
fn stretch(glyphs: &Glyphs, look: Look, travelled: bool) -> Piece {
    let (sign, tone) = if travelled { (glyphs.travelled, Tone::Good) } else { (glyphs.ahead, Tone::Later) };
    let pad = if look.names[0].is_empty() { "" } else { " " };
    (format!("{}{pad}", sign.repeat(look.stretch)), tone)
}

/// Takes the blank from the end, so that the track meets the sign where it parts.
fn trim(pieces: &mut [Piece]) {
    if let Some((text, _)) = pieces.last_mut() {
        text.truncate(text.trim_end().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{
        glyphs::{ASCII, UNICODE},
        sizes::{lines, lines_in, on_every_size},
        theme::Theme,
    };

    fn at(state: State) -> Station {
        Station { state, ..Station::default() }
    }

    fn sample() -> Track {
        Track {
            owner: at(State::Done),
            security: at(State::Done),
            governance: at(State::Later),
            dpo: Station { state: State::Here, days: Some(3), late: true },
            signoff: at(State::Later),
        }
    }

    fn text(pieces: &[Piece]) -> String {
        pieces.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn line(width: u16, track: &Track) -> String {
        lines(width, 1, |pen, area| {
            track.draw(pen, area);
        })
        .remove(0)
    }

    #[test]
    fn it_is_one_line_and_loses_words_before_stations() {
        assert_eq!(line(80, &sample()), " Owner ●═══ Security ●═══╠ Governance ○ ║ DPO ► 3 d ! ╣─── Sign-off ○");
        assert_eq!(line(60, &sample()), " Own ●══ Sec ●══╠ Gov ○ ║ DPO ► 3 d ! ╣── Sign ○");
        assert_eq!(line(40, &sample()), " Own ●═ Sec ●═╠ Gov ○ ║ DPO ► ╣─ Sign ○");
        assert_eq!(line(20, &sample()), " ●═●═╠○║►╣─○");
    }

    #[test]
    fn without_personal_data_there_is_no_dpo_and_nothing_parts() {
        let track = Track { dpo: at(State::Absent), governance: at(State::Here), ..sample() };
        assert_eq!(line(80, &track), " Owner ●═══ Security ●═══ Governance ►─── Sign-off ○");
        assert_eq!(text(&track.short(&UNICODE)), "●═●═►─○");
    }

    #[test]
    fn both_sides_must_be_done_before_the_track_goes_on() {
        let dpo_done = Track { dpo: at(State::Done), governance: at(State::Here), ..sample() };
        assert_eq!(text(&dpo_done.short(&UNICODE)), "●═●═╠►║●╣─○");
        let both = Track { governance: at(State::Done), signoff: at(State::Here), ..dpo_done };
        assert_eq!(text(&both.short(&UNICODE)), "●═●═╠●║●╣═►");
    }

    #[test]
    fn it_has_a_twin_in_ascii() {
        assert_eq!(text(&sample().short(&ASCII)), "*=*=[o|>]-o");
        let theme = Theme { ascii: true, ..Theme::default() };
        let line = lines_in(theme, (76, 1), |pen, area| {
            sample().draw(pen, area);
        })
        .remove(0);
        assert_eq!(line, " Owner *=== Security *===[ Governance o | DPO > 3 d ! ]--- Sign-off o");
    }

    #[test]
    fn any_size_will_do() {
        on_every_size(|pen, area| {
            sample().draw(pen, area);
            Track::default().draw(pen, area);
        });
    }
}

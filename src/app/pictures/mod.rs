//! The pictures of a register or of the whole portfolio: where the cursor is, and which number it is on.
//!
//! A picture never keeps a number without the question that it answers: what Enter opens is asked of the same function
//! that counted.

mod portfolio;
mod register;

pub use portfolio::portfolio;
pub use register::register;

use super::list::{Selection, Step};
use crate::domain::{
    Id,
    library::{Level, Matrix},
    page::Portfolio,
    register::{Group, Levels, Point, Scale, Tally},
};

/// Which picture has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Picture {
    /// Likelihood and impact.
    #[default]
    Matrix,
    /// What moved, or the systems with the most open risk.
    List,
    /// Bars by what is chosen.
    Bars,
    /// Risk over time.
    Trend,
}

impl Picture {
    /// Every picture, in the order of Tab.
    pub const ALL: [Self; 4] = [Self::Matrix, Self::List, Self::Bars, Self::Trend];
}

/// By what the bars are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// The tier of the systems.
    Tier,
    /// The level.
    #[default]
    Level,
    /// The category.
    Category,
    /// The treatment.
    Treatment,
    /// The part of the system.
    Component,
    /// How far the analysis is.
    Status,
}

impl By {
    const REGISTER: &[Self] = &[Self::Level, Self::Category, Self::Treatment, Self::Component, Self::Status];
    const PORTFOLIO: &[Self] = &[Self::Tier, Self::Treatment, Self::Level];

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tier => "tier",
            Self::Level => "level",
            Self::Category => "category",
            Self::Treatment => "treatment",
            Self::Component => "component",
            Self::Status => "status",
        }
    }
}

/// What a number opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// The threats of a group.
    Threats(Group),
    /// The systems of a tier.
    Tier(String),
    /// One system, with the threats of a group.
    System(Id, Group),
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it counts.
    pub label: String,
    /// The number.
    pub count: u32,
    /// The worst level among them: 0 not scored, 1 low to 4 critical; none where levels say nothing.
    pub level: Option<u8>,
    /// What it opens.
    pub opens: Opens,
}

/// The numbers that are drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Album {
    /// The threats at their places.
    pub tally: Tally,
    /// What moved, or the systems with the most open risk.
    pub list: Vec<Entry>,
    /// The bars.
    pub bars: Vec<Entry>,
    /// Risk over time, oldest first.
    pub points: Vec<Point>,
}

/// The pictures, and the cursor in each.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Which one has the keys.
    pub focus: Picture,
    /// On which scale the matrix and the bars are drawn.
    pub scale: Scale,
    /// By what the bars are drawn.
    pub by: By,
    /// The place in the matrix: likelihood, and impact; likelihood 0 is the line of those without a score.
    pub place: (u8, u8),
    /// The row of the list.
    pub entry: Selection,
    /// The bar.
    pub bar: Selection,
    /// The point in time.
    pub point: Selection,
    /// The numbers.
    pub album: Album,
    /// What they are drawn from, where they are of the whole portfolio.
    pub found: Option<Portfolio>,
}

/// The number under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// The whole of it in words.
    pub says: String,
    /// The number.
    pub count: u32,
    /// What it opens.
    pub opens: Opens,
}

impl Pictures {
    /// Whether they are of the whole portfolio.
    pub fn of_all(&self) -> bool {
        self.found.is_some()
    }

    /// Takes in newer numbers of the whole portfolio.
    pub fn show_all(&mut self, found: Portfolio) {
        if self.found.is_none() {
            self.by = By::Tier;
        }
        self.found = Some(found);
        self.draw_all();
    }

    /// Draws the portfolio anew, on another scale or by something else.
    pub fn draw_all(&mut self) {
        if let Some(found) = &self.found {
            let album = portfolio(found, self);
            self.show(album);
        }
    }

    /// Takes in newer numbers. The cursor goes to the worst place at first, and stays where it is then.
    pub fn show(&mut self, album: Album) {
        self.album = album;
        if self.place == (0, 0) {
            self.place = self.worst();
            self.point.select(usize::MAX);
        }
    }

    fn worst(&self) -> (u8, u8) {
        let places = (1..=5).flat_map(|l| (1..=5).map(move |i| (l, i)));
        let taken = places.filter(|(l, i)| self.album.tally.at(self.scale, *l, *i) > 0);
        taken.max_by_key(|(l, i)| (Matrix::current().level(*l, *i), l * i)).unwrap_or((3, 3))
    }

    /// The next scale.
    pub fn next_scale(&mut self) {
        self.scale = self.scale.next();
    }

    /// The bars by something else.
    pub fn next_by(&mut self) {
        let all = if self.of_all() { By::PORTFOLIO } else { By::REGISTER };
        let at = all.iter().position(|by| *by == self.by).map_or(0, |at| at + 1);
        self.by = all[at % all.len()];
        self.bar = Selection::default();
    }

    /// The keys go to the next picture, or to the one before.
    pub fn turn(&mut self, forward: bool) {
        let by = if forward { 1 } else { Picture::ALL.len() - 1 };
        self.focus = Picture::ALL[(self.focus as usize + by) % Picture::ALL.len()];
    }

    /// Moves the cursor of the picture that has the keys.
    pub fn take(&mut self, step: Step, page: usize) {
        match self.focus {
            Picture::Matrix => {
                let (likelihood, impact) = self.place;
                self.place = match step {
                    Step::Up => ((likelihood + 1).min(5), impact),
                    Step::Down => (likelihood.saturating_sub(1), impact),
                    Step::PageUp | Step::HalfUp => (5, impact),
                    Step::PageDown | Step::HalfDown => (0, impact),
                    Step::First => (5, 1),
                    Step::Last => (0, 5),
                };
            }
            Picture::List => drop(self.entry.take(step, self.album.list.len(), page)),
            Picture::Bars => drop(self.bar.take(step, self.album.bars.len(), page)),
            // Time has no height: only its ends are worth a jump.
            Picture::Trend if matches!(step, Step::First | Step::Last) => {
                self.point.take(step, self.album.points.len(), page);
            }
            Picture::Trend => {}
        }
    }

    /// One to the side.
    pub fn side(&mut self, right: bool) {
        match self.focus {
            Picture::Matrix => {
                let (likelihood, impact) = self.place;
                self.place = (likelihood, if right { (impact + 1).min(5) } else { impact.saturating_sub(1).max(1) });
            }
            Picture::Trend => {
                let step = if right { Step::Down } else { Step::Up };
                self.point.take(step, self.album.points.len(), 1);
            }
            Picture::List | Picture::Bars => {}
        }
    }

    /// The number under the cursor.
    pub fn under(&self) -> Option<Under> {
        match self.focus {
            Picture::Matrix => Some(self.at_place()),
            Picture::List => {
                self.album.list.get(self.entry.among(self.album.list.len())?).map(|entry| self.said(entry))
            }
            Picture::Bars => {
                let entry = self.album.bars.get(self.bar.among(self.album.bars.len())?)?;
                Some(self.said(entry))
            }
            Picture::Trend => {
                let at = self.point.among(self.album.points.len())?;
                self.album.points.get(at).map(|point| at_point(point, at + 1 == self.album.points.len()))
            }
        }
    }

    fn at_place(&self) -> Under {
        let (likelihood, impact) = self.place;
        if likelihood == 0 {
            let count = self.album.tally.unscored;
            let says = format!("Without a score: {}. They count as open, never as low.", threats(count));
            return Under { says, count, opens: Opens::Threats(Group::Unscored) };
        }
        let count = self.album.tally.at(self.scale, likelihood, impact);
        let level = Matrix::current().level(likelihood, impact).map_or("", Level::label).to_lowercase();
        let scale = self.scale.label();
        let says = format!("Likelihood {likelihood}, impact {impact}: {level}, {} {scale}.", threats(count));
        Under { says, count, opens: Opens::Threats(Group::Place(self.scale, likelihood, impact)) }
    }

    fn said(&self, entry: &Entry) -> Under {
        let says = match &entry.opens {
            Opens::Threats(Group::One(..)) => format!("{}.", entry.label),
            Opens::Threats(_) => format!("{}: {}{}.", entry.label, threats(entry.count), self.worst_of(entry)),
            Opens::Tier(_) => format!("{}: {}.", entry.label, counted(entry.count, "system", "systems")),
            Opens::System(..) => {
                format!("{}: {} high, critical or unscored now.", entry.label, threats(entry.count))
            }
        };
        Under { says, count: entry.count, opens: entry.opens.clone() }
    }

    fn worst_of(&self, entry: &Entry) -> String {
        let level = entry.level.filter(|_| self.by != By::Level && entry.count > 0);
        let word = level.map(|level| match level.checked_sub(1) {
            Some(level) => Level::ALL[usize::from(level).min(3)].label().to_lowercase(),
            None => "unscored".to_owned(),
        });
        word.map_or_else(String::new, |word| format!(", the worst {word}"))
    }
}

/// The last point is today: behind it are the live rows.
fn at_point(point: &Point, last: bool) -> Under {
    let Levels([unscored, low, medium, high, critical]) = point.levels;
    let (open, all) = (point.levels.open(), threats(point.levels.all()));
    let day = point.day;
    let says = format!(
        "{day}: {all}, {open} open. {critical} critical, {high} high, {unscored} unscored; {medium} medium, {low} low."
    );
    let group = if last { Group::All } else { Group::Then(day) };
    Under { says, count: point.levels.all(), opens: Opens::Threats(group) }
}

fn threats(count: u32) -> String {
    counted(count, "threat", "threats")
}

fn counted(count: u32, one: &str, more: &str) -> String {
    match count {
        0 => format!("no {more}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::Day;

    fn sample() -> Pictures {
        let mut tally = Tally { unscored: 2, ..Tally::default() };
        tally.places[Scale::Now as usize][3][4] = 3;
        tally.places[Scale::Target as usize][1][1] = 3;
        let points = (1..=3).map(|n| Point {
            day: Day::parse(&format!("2026-11-0{n}")).unwrap_or(Day(chrono::NaiveDate::MIN)),
            levels: Levels([0, 0, 0, n, 0]),
        });
        let mut pictures = Pictures::default();
        pictures.show(Album { tally, points: points.collect(), ..Album::default() });
        pictures
    }

    fn says(pictures: &Pictures) -> String {
        pictures.under().map(|under| under.says).unwrap_or_default()
    }

    #[test]
    fn the_cursor_begins_at_the_worst_place_and_says_what_is_there() {
        let mut pictures = sample();
        assert_eq!(says(&pictures), "Likelihood 4, impact 5: critical, 3 threats now.");
        pictures.next_scale();
        assert_eq!(says(&pictures), "Likelihood 4, impact 5: critical, no threats target.");
        pictures.side(true);
        pictures.side(false);
        pictures.take(Step::Up, 9);
        assert_eq!(pictures.place, (5, 4));
        pictures.take(Step::PageDown, 9);
        assert_eq!(says(&pictures), "Without a score: 2 threats. They count as open, never as low.");
    }

    #[test]
    fn time_begins_today_and_goes_back() {
        let mut pictures = sample();
        pictures.turn(false);
        assert_eq!(pictures.focus, Picture::Trend);
        assert!(says(&pictures).starts_with("2026-11-03: 3 threats, 3 open."));
        pictures.side(false);
        assert!(says(&pictures).starts_with("2026-11-02: 2 threats"));
        pictures.take(Step::First, 9);
        assert!(says(&pictures).starts_with("2026-11-01: 1 threat, 1 open."));
        pictures.turn(true);
        assert_eq!(pictures.focus, Picture::Matrix);
    }

    #[test]
    fn bars_turn_through_what_there_is() {
        let mut pictures = sample();
        let turn = |pictures: &mut Pictures| {
            pictures.next_by();
            pictures.by
        };
        assert_eq!([By::Category, By::Treatment], [turn(&mut pictures), turn(&mut pictures)]);
        pictures.found = Some(Portfolio::default());
        assert_eq!([By::Level, By::Tier], [turn(&mut pictures), turn(&mut pictures)]);
    }
}

//! One-line strips: the tabs, and the keys of the moment.

use ratatui::layout::Rect;

use super::{Pen, after, columns};
use crate::ui::theme::Tone;

/// A tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tab<'a> {
    /// The key that chooses it, if a single one does.
    pub key: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Its name where there is little room.
    pub short: &'a str,
    /// What is noted behind the name: `(8)` or `!2`.
    pub mark: &'a str,
}

/// How much of the tabs is written, from much to little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Wide,
    Close,
    Short,
    Tight,
    Marked,
    OnlySelected,
}

impl Room {
    const ALL: [Self; 6] = [Self::Wide, Self::Close, Self::Short, Self::Tight, Self::Marked, Self::OnlySelected];

    fn label(self, tab: &Tab, selected: bool) -> String {
        let name = match self {
            Self::Wide | Self::Close => tab.title,
            Self::Short | Self::Tight => tab.short,
            Self::Marked if selected || tab.key.is_empty() || tab.mark.contains('!') => tab.short,
            Self::OnlySelected if selected || tab.key.is_empty() => tab.short,
            Self::Marked | Self::OnlySelected => "",
        };
        let mark = if matches!(self, Self::Marked | Self::OnlySelected) && !selected && !tab.mark.contains('!') {
            ""
        } else {
            tab.mark
        };
        let gap = if self == Self::Wide && !mark.is_empty() { " " } else { "" };
        // A digit is told apart from the name behind it without a blank, too; two letters are not.
        let close = self == Self::Tight && tab.key.chars().all(|c| c.is_ascii_digit());
        let joined = tab.key.is_empty() || name.is_empty() || close;
        let key = if joined { tab.key.to_owned() } else { format!("{} ", tab.key) };
        let text = format!("{key}{name}{gap}{mark}");
        if selected { format!("[{text}]") } else { text }
    }

    fn gap(self) -> u16 {
        if self == Self::Wide { 2 } else { 1 }
    }
}

/// Draws the tabs on the first line of `area`, as much of them as there is room for, and always the selected one.
/// Answers where each was drawn, for the mouse.
pub fn tabs(pen: &mut Pen, area: Rect, tabs: &[Tab], selected: usize) -> Vec<(usize, Rect)> {
    let labels = |room: Room| tabs.iter().enumerate().map(move |(at, tab)| room.label(tab, at == selected));
    let needed =
        |room: Room| labels(room).map(|label| columns(&label).saturating_add(room.gap())).fold(0, u16::saturating_add);
    let room = Room::ALL.into_iter().find(|room| needed(*room) <= area.width).unwrap_or(Room::OnlySelected);
    let labels: Vec<_> = labels(room).collect();
    let mut rest = after(area, 1);
    let mut drawn = Vec::new();
    for (at, label) in labels.iter().enumerate().skip(first(&labels, selected, rest.width)) {
        if rest.width == 0 || (columns(label) > rest.width && at != selected) {
            break;
        }
        let tone = if at == selected { Tone::Strong } else { alert(&tabs[at]) };
        let used = pen.write(rest, label, tone);
        drawn.push((at, Rect { width: used, height: rest.height.min(1), ..rest }));
        rest = after(rest, used.saturating_add(room.gap()));
    }
    drawn
}

fn alert(tab: &Tab) -> Tone {
    if tab.mark.contains('!') { Tone::Alert } else { Tone::Text }
}

/// The first tab to draw, so that the selected one is not cut off.
fn first(labels: &[String], selected: usize, width: u16) -> usize {
    let mut used = 0u16;
    for at in (0..=selected.min(labels.len().saturating_sub(1))).rev() {
        used =
            used.saturating_add(labels.get(at).map_or(0, |label| columns(label))).saturating_add(u16::from(used > 0));
        if used > width {
            return (at + 1).min(selected);
        }
    }
    0
}

/// A key and what it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hint {
    /// The key, as people say it.
    pub key: String,
    /// What it does, in a word or two.
    pub title: String,
    /// Whether it is refused now.
    pub off: bool,
}

impl Hint {
    /// A key that works.
    pub fn new(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self { key: key.into(), title: title.into(), off: false }
    }

    /// The columns that it takes.
    pub fn columns(&self) -> u16 {
        let brackets = if self.off { 2 } else { 0 };
        columns(&self.key).saturating_add(columns(&self.title)).saturating_add(1 + brackets)
    }

    /// Writes it, in brackets if it is refused; how many columns were written.
    pub fn write(&self, pen: &mut Pen, area: Rect) -> u16 {
        let key = self.key.as_str();
        if self.off {
            let title = format!("({})", self.title);
            return pen.write_all(area, [(key, Tone::Later), (" ", Tone::Text), (&title, Tone::Later)]);
        }
        pen.write_all(area, [(key, Tone::Strong), (" ", Tone::Text), (&self.title, Tone::Text)])
    }
}

/// Draws keys and what they do on the first line of `area`. The last two, which lead to all others, are never cut from
/// 40 columns on: what does not fit goes from before them.
pub fn hints(pen: &mut Pen, area: Rect, hints: &[Hint]) -> Vec<(usize, Rect)> {
    let always = hints.len().saturating_sub(2);
    let total = |head: usize, gap: u16| {
        let shown = hints[..head].iter().chain(&hints[always..]);
        let wide = shown.map(|hint| hint.columns().saturating_add(gap));
        wide.fold(1, u16::saturating_add).saturating_sub(gap)
    };
    let gap = if total(always, 3) <= area.width { 3 } else { 2 };
    let head = (0..=always).rev().find(|head| total(*head, gap) <= area.width).unwrap_or(0);
    let mut rest = after(area, 1);
    let mut drawn = Vec::new();
    for at in (0..head).chain(always..hints.len()) {
        let used = hints[at].write(pen, rest);
        drawn.push((at, Rect { width: used, height: rest.height.min(1), ..rest }));
        rest = after(rest, used.saturating_add(gap));
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sizes::{lines, on_every_size};

    const TABS: [Tab; 4] = [
        Tab { key: "1", title: "Overview", short: "Over", mark: "" },
        Tab { key: "2", title: "Threats", short: "Thr", mark: "(8)" },
        Tab { key: "3", title: "Evidence", short: "Ev", mark: "!2" },
        Tab { key: "", title: "Log", short: "Log", mark: "" },
    ];

    fn tab_line(width: u16, selected: usize) -> String {
        lines(width, 1, |pen, area| drop(tabs(pen, area, &TABS, selected))).remove(0)
    }

    #[test]
    fn tabs_lose_words_before_they_lose_tabs() {
        assert_eq!(tab_line(60, 1).trim_end(), " 1 Overview  [2 Threats (8)]  3 Evidence !2  Log");
        assert_eq!(tab_line(44, 1).trim_end(), " 1 Overview [2 Threats(8)] 3 Evidence!2 Log");
        assert_eq!(tab_line(34, 1).trim_end(), " 1 Over [2 Thr(8)] 3 Ev!2 Log");
        assert_eq!(tab_line(26, 1).trim_end(), " 1Over [2Thr(8)] 3Ev!2 Log");
        assert_eq!(tab_line(25, 1).trim_end(), " 1 [2 Thr(8)] 3 Ev!2 Log");
        assert_eq!(tab_line(23, 1).trim_end(), " 1 [2 Thr(8)] 3!2 Log");
        assert_eq!(tab_line(7, 3).trim_end(), " [Log]");
    }

    #[test]
    fn the_last_two_hints_are_always_there() {
        let all: Vec<Hint> = ["Enter open", "n new", "> hand over", "/ filter", ": do or find", "? keys"]
            .map(|hint| hint.split_once(' ').unwrap())
            .map(|(key, title)| Hint::new(key, title))
            .into();
        for width in 40..130 {
            let line = lines(width, 1, |pen, area| drop(hints(pen, area, &all))).remove(0);
            assert!(line.contains(": do or find") && line.contains("? keys") && line.contains("Enter open"), "{line}");
        }
        let line = lines(80, 1, |pen, area| drop(hints(pen, area, &all))).remove(0);
        assert_eq!(line.trim_end(), " Enter open   n new   > hand over   / filter   : do or find   ? keys");
    }

    #[test]
    fn any_size_will_do() {
        on_every_size(|pen, area| {
            for selected in 0..6 {
                tabs(pen, area, &TABS, selected);
            }
            hints(pen, area, &[Hint::new("?", "keys")]);
            hints(pen, area, &[]);
            tabs(pen, area, &[], 0);
        });
    }
}

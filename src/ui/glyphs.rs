//! The signs, each with its twin in ASCII. Only signs that old fonts have; no emoji, no braille.

/// One set of signs.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Done.
    pub done: &'static str,
    /// Here now.
    pub here: &'static str,
    /// Later.
    pub later: &'static str,
    /// Missing or late.
    pub missing: &'static str,
    /// Not needed.
    pub unneeded: &'static str,
    /// A box that is ticked.
    pub ticked: &'static str,
    /// A box that is empty.
    pub open: &'static str,
    /// The mark before the selected row.
    pub selected: &'static str,
    /// The three columns before the title of the pane that has the focus.
    pub focus: &'static str,
    /// A rule.
    pub rule: &'static str,
    /// Between two panes.
    pub bar: &'static str,
    /// The track, travelled.
    pub travelled: &'static str,
    /// The track, to go.
    pub ahead: &'static str,
    /// Where the track parts in two.
    pub part: &'static str,
    /// Between the two.
    pub beside: &'static str,
    /// Where they join.
    pub join: &'static str,
    /// Part of a bar that is full.
    pub full: &'static str,
    /// Part of a bar that is empty.
    pub empty: &'static str,
    /// Where text was cut.
    pub more: &'static str,
    /// Before and after a word that can be changed with the arrows.
    pub turn: [&'static str; 2],
    /// The corners of a box, from the top left, clockwise.
    pub corners: [&'static str; 4],
    /// A letter of what nobody is to read.
    pub hidden: &'static str,
    /// From one value to another.
    pub arrow: &'static str,
    /// Between the steps of a path.
    pub path: &'static str,
    /// A gap that must not be overlooked.
    pub gap: &'static str,
    /// The column that orders the list.
    pub order: &'static str,
    /// A trend, from low to high.
    pub trend: [&'static str; 8],
}

/// For terminals that can show them.
pub const UNICODE: Glyphs = Glyphs {
    done: "●",
    here: "►",
    later: "○",
    missing: "!",
    unneeded: "-",
    ticked: "[x]",
    open: "[ ]",
    selected: "▌",
    focus: "──►",
    rule: "─",
    bar: "│",
    travelled: "═",
    ahead: "─",
    part: "╠",
    beside: "║",
    join: "╣",
    full: "■",
    empty: "□",
    more: "…",
    turn: ["‹", "›"],
    corners: ["┌", "┐", "┘", "└"],
    hidden: "•",
    arrow: "→",
    path: "›",
    gap: "▓▓",
    order: "▼",
    trend: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

/// For the console and for locales without Unicode.
pub const ASCII: Glyphs = Glyphs {
    done: "*",
    here: ">",
    later: "o",
    missing: "!",
    unneeded: "-",
    ticked: "[x]",
    open: "[ ]",
    selected: ">",
    focus: "-->",
    rule: "-",
    bar: "|",
    travelled: "=",
    ahead: "-",
    part: "[",
    beside: "|",
    join: "]",
    full: "#",
    empty: ".",
    more: ".",
    turn: ["<", ">"],
    corners: ["+", "+", "+", "+"],
    hidden: "*",
    arrow: "->",
    path: ">",
    gap: "##",
    order: "v",
    trend: ["_", "_", ".", ".", "-", "-", "=", "#"],
};

/// The twin in ASCII of one of our signs, one column wide too; every other character as it is.
pub fn twin(sign: char) -> char {
    const TWINS: [(char, char); 22] = [
        ('●', '*'),
        ('►', '>'),
        ('○', 'o'),
        ('▌', '>'),
        ('─', '-'),
        ('│', '|'),
        ('═', '='),
        ('║', '|'),
        ('╠', '['),
        ('╣', ']'),
        ('■', '#'),
        ('□', '.'),
        ('▓', '#'),
        ('█', '#'),
        ('▀', '"'),
        ('▄', '_'),
        ('…', '.'),
        ('→', '>'),
        ('‹', '<'),
        ('›', '>'),
        ('×', 'x'),
        ('·', '.'),
    ];
    TWINS.iter().find(|(known, _)| *known == sign).map_or(sign, |(_, twin)| *twin)
}

/// The sign of a level of risk, 0 low to 3 critical; a blank for anything above, which is not scored.
pub fn level(level: u8) -> &'static str {
    [".", "o", "#", "!"].get(usize::from(level)).copied().unwrap_or(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_twin_is_ascii_and_what_stands_in_columns_is_as_wide() {
        let columns = |glyphs: &Glyphs| {
            let &Glyphs { done, here, later, selected, focus, rule, bar, travelled, ahead, .. } = glyphs;
            let &Glyphs { part, beside, join, full, empty, more, path, gap, order, .. } = glyphs;
            [done, here, later, selected, focus, rule, bar, travelled, ahead]
                .into_iter()
                .chain([part, beside, join, full, empty, more, path, gap, order])
                .chain(glyphs.trend)
                .collect::<Vec<_>>()
        };
        for (sign, twin) in columns(&UNICODE).into_iter().zip(columns(&ASCII)) {
            assert!(twin.is_ascii());
            assert_eq!(sign.width(), twin.width(), "{sign} {twin}");
        }
    }
}

//! How a register is looked at: the columns with their widths, the order, the groups. It is kept from one day to the
//! next as one line of text.

use super::{
    Group, Line,
    columns::{ALL, Spec, USUAL, USUAL_OVER_ALL},
};
use crate::{
    app::row::{Column, Width},
    domain::fields::Vocabulary,
};

/// The narrowest and the widest that a column can be made.
const WIDTHS: std::ops::RangeInclusive<u16> = 3..=60;

/// A column that is shown, and how wide.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Which.
    pub spec: &'static Spec,
    /// The width that was set by hand.
    pub width: Option<u16>,
}

/// In the order of which column, and whether from the last to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The name of the column.
    pub by: &'static str,
    /// Whether what would come last comes first.
    pub reversed: bool,
}

/// How a register is looked at.
#[derive(Debug, Clone)]
pub struct View {
    /// The columns, from left to right.
    pub shown: Vec<Shown>,
    /// The order; without one the unscored come first and then the worst.
    pub order: Option<Order>,
    /// How the rows are grouped.
    pub group: Group,
}

impl Default for View {
    fn default() -> Self {
        Self::of(&USUAL)
    }
}

impl View {
    fn of(ids: &[&str]) -> Self {
        let shown = ids.iter().filter_map(|id| Spec::of(id)).map(|spec| Shown { spec, width: None }).collect();
        Self { shown, order: None, group: Group::None }
    }

    /// The usual look of the register over all systems.
    pub fn over_all() -> Self {
        Self::of(&USUAL_OVER_ALL)
    }

    /// The columns as a list draws them.
    pub fn columns(&self) -> Vec<Column> {
        let over_all = self.shown.iter().any(|shown| shown.spec.id == "system");
        let usual = if over_all { USUAL_OVER_ALL } else { USUAL };
        let one = |shown: &Shown| Column {
            width: shown.width.map_or(shown.spec.column.width, Width::Fixed),
            // Who chose a column wants to see it.
            from: if usual.contains(&shown.spec.id) { shown.spec.column.from } else { 0 },
            ..shown.spec.column
        };
        self.shown.iter().map(one).collect()
    }

    /// Shows exactly these columns, in the order in which they can be chosen; widths stay. The number is always there.
    pub fn choose(&mut self, ids: &[String]) {
        let wanted = |spec: &&Spec| spec.id == ALL[0].id || ids.iter().any(|id| id == spec.id);
        let width = |spec: &Spec| self.shown.iter().find(|shown| shown.spec.id == spec.id).and_then(|s| s.width);
        self.shown = ALL.iter().filter(wanted).map(|spec| Shown { spec, width: width(spec) }).collect();
    }

    /// Makes a column wider or narrower by so much.
    pub fn widen(&mut self, at: usize, by: i16) {
        let Some(shown) = self.shown.get_mut(at) else { return };
        let now = shown.width.unwrap_or(match shown.spec.column.width {
            Width::Fixed(width) => width,
            Width::Share(_) => 30,
        });
        shown.width = Some(now.saturating_add_signed(by).clamp(*WIDTHS.start(), *WIDTHS.end()));
    }

    /// Every column as wide as it usually is.
    pub fn usual_widths(&mut self) {
        self.shown.iter_mut().for_each(|shown| shown.width = None);
    }

    /// Orders by a column: then the other way round, then as it usually is.
    pub fn order_by(&mut self, by: &'static str) {
        self.order = match self.order {
            Some(order) if order.by == by && !order.reversed => Some(Order { by, reversed: true }),
            Some(order) if order.by == by => None,
            Some(_) | None => Some(Order { by, reversed: false }),
        };
    }

    /// Puts lines in order; what no longer counts stands at the end of any order.
    pub fn sort(&self, lines: &mut [Line<'_>]) {
        let by = self.order.map_or("now", |order| order.by);
        let Some(spec) = Spec::of(by) else { return };
        let reversed = self.order.is_some_and(|order| order.reversed);
        lines.sort_by_cached_key(|line| (line.threat.archived, !line.threat.counts(), line.threat.number));
        let done = lines.iter().position(|line| !line.threat.counts()).unwrap_or(lines.len());
        let live = &mut lines[..done];
        if reversed {
            live.sort_by_cached_key(|line| std::cmp::Reverse(spec.key(line)));
        } else {
            live.sort_by_cached_key(|line| spec.key(line));
        }
    }

    /// As one line of text: `number,title:40|due-|component`.
    pub fn to_text(&self) -> String {
        let one = |shown: &Shown| match shown.width {
            Some(width) => format!("{}:{width}", shown.spec.id),
            None => shown.spec.id.to_owned(),
        };
        let columns: Vec<String> = self.shown.iter().map(one).collect();
        let order = self.order.map(|order| format!("{}{}", order.by, if order.reversed { "-" } else { "" }));
        format!("{}|{}|{}", columns.join(","), order.unwrap_or_default(), self.group.code())
    }

    /// From [`Self::to_text`]; what an older or a newer docket wrote and this one does not know is passed over.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let one = |word: &str| {
            let (id, width) = word.split_once(':').map_or((word, None), |(id, width)| (id, width.parse().ok()));
            Some(Shown { spec: Spec::of(id)?, width: width.map(|w: u16| w.clamp(*WIDTHS.start(), *WIDTHS.end())) })
        };
        let shown: Vec<Shown> = parts.next()?.split(',').filter_map(one).collect();
        if shown.first().is_none_or(|first| first.spec.id != ALL[0].id) {
            return None;
        }
        let order = parts.next().and_then(|word| {
            let reversed = word.ends_with('-');
            Some(Order { by: Spec::of(word.trim_end_matches('-'))?.id, reversed })
        });
        let group = parts.next().and_then(Group::parse).unwrap_or(Group::None);
        Some(Self { shown, order, group })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_kept_as_a_line_of_text() {
        let mut view = View::default();
        view.choose(&["title".into(), "owner".into(), "due".into()]);
        view.widen(1, 12);
        view.widen(2, -90);
        view.order_by("due");
        view.order_by("due");
        view.group = Group::Component;
        let text = view.to_text();
        assert_eq!(text, "number,title:42,owner:3,due|due-|component");
        assert_eq!(View::from_text(&text).map(|view| view.to_text()), Some(text));
        assert_eq!(View::from_text("number,hologram,title||").map(|v| v.to_text()), Some("number,title||none".into()));
        assert!(View::from_text("title|x|y").is_none() && View::from_text("").is_none());
    }

    #[test]
    fn an_order_is_turned_round_and_then_given_up() {
        let mut view = View::default();
        view.order_by("title");
        assert_eq!(view.order, Some(Order { by: "title", reversed: false }));
        view.order_by("title");
        view.order_by("due");
        assert_eq!(view.order, Some(Order { by: "due", reversed: false }));
        view.order_by("due");
        view.order_by("due");
        assert_eq!(view.order, None);
    }
}

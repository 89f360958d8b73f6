//! A table that is pasted into a register: the same columns and words as in a file, and the rows that can become one.

use super::{
    super::{
        Refused,
        draft::{ControlDraft, SystemDraft, ThreatDraft},
        sniff,
    },
    Decoded, Field, Kind, Layout, Mapping, Said, read,
};
use crate::domain::Line;

/// What a pasted table holds.
#[derive(Debug, Clone)]
pub struct Pasted {
    /// Each column with its field or none, in their order.
    pub columns: Vec<(Line, Option<Field>)>,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// The rows as threats.
    pub threats: Vec<ThreatDraft>,
    /// The rows as controls, where they were pasted among controls.
    pub controls: Vec<ControlDraft>,
    /// What was not understood.
    pub notes: Vec<Line>,
}

/// Reads pasted text as a table of threats, or of controls: lines with the same number of tabs, or with a header that is
/// known. None where it is neither.
pub fn pasted(text: &str, kind: Kind) -> Result<Option<Pasted>, Refused> {
    let named = sniff::as_table(text.as_bytes(), true).ok().map(|(_, layout)| layout).filter(Layout::has_header);
    match named.or_else(|| Layout::of_tabs(&Decoded::new(text.as_bytes()))) {
        Some(layout) => taken(text, layout, kind).map(Some),
        None => Ok(None),
    }
}

fn taken(text: &str, mut layout: Layout, kind: Kind) -> Result<Pasted, Refused> {
    layout.kind = kind;
    let mapping = Mapping::guess(&layout);
    let decoded = Decoded::new(text.as_bytes());
    let draft = read(text.as_bytes(), "pasted", (&decoded, &layout), (&mapping, Said::Guessed), &mut |_, _| true)?;
    let mut out = Pasted {
        columns: mapping.columns,
        has_header: layout.has_header(),
        threats: Vec::new(),
        controls: Vec::new(),
        notes: draft.notes.all().into_iter().map(|note| note.text).collect(),
    };
    for SystemDraft { threats, controls, .. } in draft.systems {
        out.threats.extend(threats);
        out.controls.extend(controls);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threats(text: &str) -> Pasted {
        pasted(text, Kind::Register).unwrap().unwrap()
    }

    #[test]
    fn named_columns_are_read_by_their_names() {
        let found = threats("Threat\tLikelihood\tImpact\tOwner\nPrompt leak\t4\t5\tAda\nNames leak\t2\t\t\n");
        assert!(found.has_header);
        let fields: Vec<_> = found.columns.iter().map(|(_, field)| *field).collect();
        assert_eq!(fields, [Field::Title, Field::Likelihood, Field::Impact, Field::Owner].map(Some));
        let titles: Vec<&str> = found.threats.iter().map(|threat| threat.title.as_str()).collect();
        assert_eq!(titles, ["Prompt leak", "Names leak"]);
        assert_eq!((found.threats[0].likelihood, found.threats[1].impact), (Some(4), None));
    }

    #[test]
    fn two_columns_without_names_are_a_table_when_every_line_has_a_tab() {
        let found = threats("Prompt leak\tSomebody reads the prompt of another one\nNames leak\tThe log holds names\n");
        assert!(!found.has_header);
        assert_eq!(found.threats.len(), 2);
        assert_eq!(found.threats[1].title.as_str(), "Names leak");
        assert_eq!(found.threats[1].description.as_str(), "The log holds names");
    }

    #[test]
    fn commas_make_a_table_only_below_a_header_that_is_known() {
        assert_eq!(threats("title,likelihood,impact\nA leak,4,5\n").threats.len(), 1);
        assert!(pasted("one, two, three\nfour, five, six\n", Kind::Register).unwrap().is_none());
        for text in ["", "only one line", "one line\tand a tab", "a\tb\nc\n", "first\nsecond\nthird"] {
            assert!(pasted(text, Kind::Register).unwrap().is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_cell_with_lines_and_marks_of_a_terminal_is_cleaned() {
        let found = threats("Threat\tDescription\n\u{1b}[31mRed\t\"two\nlines\"\n");
        assert_eq!(found.threats.len(), 1);
        assert!(!found.threats[0].title.as_str().contains('\u{1b}'));
        assert_eq!(found.threats[0].description.as_str(), "two\nlines");
    }

    #[test]
    fn among_controls_the_rows_are_controls() {
        let found = pasted("Control\tDescription\tStatus\nMask names\tIn the log\tdone\n", Kind::Controls);
        let found = found.unwrap().unwrap();
        assert_eq!((found.controls.len(), found.threats.len()), (1, 0));
        assert_eq!(found.controls[0].title.as_str(), "Mask names");
    }
}

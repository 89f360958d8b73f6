//! Lines, boxes and words of a picture in SVG; the colours are those of the page's style.

use std::fmt::Write;

use super::text;

/// A picture as it grows; lengths are in the units of its own box.
pub(super) struct Drawing {
    out: String,
}

impl Drawing {
    /// A picture of a size, with what it says for those who do not see it.
    pub fn new((width, height): (u32, u32), says: &str) -> Self {
        let label = text(says);
        let out = format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n"
        );
        Self { out }
    }

    /// A box of a class of the style.
    pub fn area(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), class: &str) {
        let _ =
            writeln!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"/>");
    }

    /// A line of a class of the style.
    pub fn line(&mut self, (x, y): (u32, u32), (to_x, to_y): (u32, u32), class: &str) {
        let _ = writeln!(self.out, "<line x1=\"{x}\" y1=\"{y}\" x2=\"{to_x}\" y2=\"{to_y}\" class=\"{class}\"/>");
    }

    /// A dot of a class of the style.
    pub fn dot(&mut self, (x, y): (u32, u32), class: &str) {
        let _ = writeln!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" class=\"{class}\"/>");
    }

    /// Words, of a class that says where they are anchored.
    pub fn words(&mut self, (x, y): (u32, u32), class: &str, says: &str) {
        let _ = writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>", text(says));
    }

    /// The picture.
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }
}

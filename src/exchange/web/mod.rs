//! A page for people who have no docket: one file with its style, its pictures and its data, and nothing that runs or
//! reaches out. Its words are those of a Markdown page, so that the two cannot disagree.

mod course;
mod drawing;
mod matrix;
mod weeks;

use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, Tag, html::push_html};

pub use course::{Moment, course};
pub use matrix::{Place, matrix};
pub use weeks::weeks;

/// The style, on the screen and on paper.
const STYLE: &str = include_str!("../../../assets/page.css");

/// What a page is made of.
#[derive(Debug, Clone, Default)]
pub struct Sheet<'a> {
    /// What the window and the bookmark are called.
    pub title: &'a str,
    /// The words, in Markdown of our own making.
    pub words: &'a str,
    /// Pictures as SVG, each with what it shows; they stand before the first section.
    pub pictures: Vec<(&'a str, String)>,
    /// What the page was made from, for a machine that is given the page alone.
    pub data: Option<&'a str>,
}

/// The page as HTML.
#[must_use]
pub fn page(sheet: &Sheet<'_>) -> String {
    let mut out = String::with_capacity(sheet.words.len() * 2 + 8_192);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing runs and nothing is fetched, whatever somebody wrote into a name.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    let _ = write!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n", text(sheet.title));
    let (before, after) = split(sheet.words);
    words(before, &mut out);
    if !sheet.pictures.is_empty() {
        out.push_str("<div class=\"pictures\">\n");
        for (shows, svg) in &sheet.pictures {
            let _ = write!(out, "<figure>\n{svg}<figcaption>{}</figcaption>\n</figure>\n", text(shows));
        }
        out.push_str("</div>\n");
    }
    words(after, &mut out);
    out.push_str("</main>\n");
    if let Some(data) = sheet.data {
        let _ = writeln!(out, "<template id=\"docket\">{}</template>", text(data));
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The words up to the second section, and from there on.
fn split(words: &str) -> (&str, &str) {
    let second = words.match_indices("\n## ").nth(1).map_or(words.len(), |(at, _)| at + 1);
    words.split_at(second)
}

/// Markdown as HTML. What would be HTML in it is text: nothing of ours is, so somebody else wrote it.
fn words(markdown: &str, out: &mut String) {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events = parser.filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::HtmlBlock | Tag::Link { .. } | Tag::Image { .. })
        | Event::End(
            pulldown_cmark::TagEnd::HtmlBlock | pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image,
        ) => None,
        other => Some(other),
    });
    let mut made = String::with_capacity(markdown.len() * 2);
    push_html(&mut made, events);
    out.push_str(&made.replace("<strong>Gap:</strong>", "<strong class=\"gap\">Gap:</strong>"));
}

/// Text as it stands in HTML, between tags and in attributes.
#[must_use]
pub(super) fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len() + 16);
    for c in plain.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_nothing_runs_and_nothing_is_fetched() {
        let words = "# <script>alert(1)</script>\n\n![x](https://evil.example/x.png) [go](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n";
        let made = page(&Sheet {
            title: "<b>\"x\"",
            words,
            data: Some("{\"a\":\"</template><script>\"}"),
            ..Sheet::default()
        });
        for forbidden in ["<script", "<img", "<a ", "javascript:alert(1)\"", "</template><script"] {
            assert!(!made.contains(forbidden), "{forbidden} in\n{made}");
        }
        assert!(made.contains("&lt;script&gt;") && made.contains("<title>&lt;b&gt;&quot;x&quot;</title>"));
    }

    #[test]
    fn pictures_stand_before_the_second_section() {
        let words = "# One\n\n## First\n\na\n\n## Second\n\nb\n";
        let made = page(&Sheet { title: "t", words, pictures: vec![("shows", "<svg></svg>\n".into())], data: None });
        let at = |what: &str| made.find(what).unwrap();
        assert!(at("First") < at("<figure>") && at("<figure>") < at("Second"));
    }
}

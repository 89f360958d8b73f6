//! The parts of the file that matter, one after the other.

use std::io::{self, BufRead, Read};

use quick_xml::{Error, Reader, events::Event};

use crate::domain::Line;
use crate::exchange::{Refused, large::unreadable};

/// Deeper than any real file is.
const DEEPEST: usize = 64;
/// Most text of one element that is kept.
const LONGEST: usize = 200_000;

/// What an element is to the importer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A drawing.
    Surface,
    /// A shape in a drawing.
    Border,
    /// A line in a drawing.
    Line,
    /// The head of the model.
    Meta,
    /// A threat.
    Threat,
}

/// An element with everything in it.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Its name, without its namespace.
    name: String,
    /// Its type, without its namespace.
    pub(super) kind: String,
    /// The text in it.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Node>,
}

static NOTHING: Node = Node { name: String::new(), kind: String::new(), text: String::new(), children: Vec::new() };

impl Node {
    /// The first element of this name in it; an empty one where there is none.
    pub(super) fn child(&self, name: &str) -> &Node {
        self.children.iter().find(|child| child.name == name).unwrap_or(&NOTHING)
    }

    /// Its text as one line.
    pub(super) fn line(&self) -> Line {
        Line::new(&self.text)
    }
}

/// A text that is read piece by piece and knows in which line it is.
struct Counted<'a> {
    source: &'a mut dyn BufRead,
    line: usize,
    column: usize,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // Looking at what is there a second time gives the same bytes.
        let taken = self.source.fill_buf().unwrap_or_default();
        let taken = &taken[..amount.min(taken.len())];
        for byte in taken {
            (self.line, self.column) = if *byte == b'\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.source.consume(amount);
    }
}

/// Hands out every part of a file as it is reached.
pub(super) fn walk(source: &mut dyn BufRead, take: &mut dyn FnMut(Part, &Node)) -> Result<(), Refused> {
    let mut reader = Reader::from_reader(Counted { source, line: 1, column: 1 });
    reader.config_mut().expand_empty_elements = true;
    let (mut piece, mut skipped) = (Vec::new(), Vec::new());
    let mut path: Vec<String> = Vec::new();
    // The elements of the part that is being read, the outermost first.
    let mut open: Vec<Node> = Vec::new();
    let mut part = Part::Surface;
    loop {
        piece.clear();
        let event = reader.read_event_into(&mut piece).map_err(|error| broken(reader.get_ref(), &error))?;
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if name == "KnowledgeBase" && open.is_empty() {
                    let end = start.to_end().into_owned();
                    let skip = reader.read_to_end_into(end.name(), &mut skipped);
                    skip.map_err(|error| broken(reader.get_ref(), &error))?;
                    continue;
                }
                if path.len() + open.len() >= DEEPEST {
                    return Err(Refused::TooDeep);
                }
                let begins = begins(&path, &name);
                if begins == Some(Part::Surface) {
                    take(Part::Surface, &NOTHING);
                }
                if !open.is_empty() || begins.is_some_and(|part| part != Part::Surface) {
                    part = if open.is_empty() { begins.unwrap_or(part) } else { part };
                    let kind = kind_of(start.attributes_raw());
                    open.push(Node { name, kind, ..Node::default() });
                } else {
                    path.push(name);
                }
            }
            Event::End(_) => match open.pop() {
                Some(node) => match open.last_mut() {
                    Some(outer) => outer.children.push(node),
                    None => take(part, &node),
                },
                None => {
                    path.pop();
                }
            },
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add(&mut open, &referred(&reference)),
            Event::DocType(_) => {
                return Err(Refused::Lacking {
                    looks: "a Microsoft Threat Modeling Tool file",
                    lack: "it declares a document type, which such files never do",
                });
            }
            Event::Eof if path.is_empty() && open.is_empty() => return Ok(()),
            Event::Eof => return Err(damaged(reader.get_ref())),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// What begins with an element of this name at this place.
fn begins(path: &[String], name: &str) -> Option<Part> {
    let within = |outer: &str| path.last().is_some_and(|last| last == outer);
    match name {
        "DrawingSurfaceModel" => Some(Part::Surface),
        "MetaInformation" if path.len() == 1 => Some(Part::Meta),
        _ if within("Borders") => Some(Part::Border),
        _ if within("Lines") => Some(Part::Line),
        _ if within("ThreatInstances") => Some(Part::Threat),
        _ => None,
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut().filter(|node| node.text.len() < LONGEST) {
        node.text.push_str(text);
    }
}

/// The value of an attribute that ends in `type`, without its namespace.
fn kind_of(attributes: &str) -> String {
    let Some(at) = attributes.find(":type=") else { return String::new() };
    let rest = attributes[at + 6..].trim_start_matches(['"', '\'']);
    let value = rest.split(['"', '\'']).next().unwrap_or_default();
    value.rsplit(':').next().unwrap_or_default().to_owned()
}

/// What one of the five entities or a number stands for; nothing for any other.
fn referred(reference: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference.as_ref();
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

fn broken(at: &Counted, error: &Error) -> Refused {
    match error {
        Error::Io(error) => unreadable(error),
        _ => damaged(at),
    }
}

fn damaged(at: &Counted) -> Refused {
    Refused::Malformed { looks: "a Microsoft Threat Modeling Tool file", line: at.line, column: at.column }
}

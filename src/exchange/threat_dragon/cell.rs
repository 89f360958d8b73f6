//! One cell of a diagram, wherever its version keeps things.

use serde_json::Value;

use crate::domain::{Line, Prose};

/// What a cell draws.
pub(super) enum Shape {
    /// An actor, process or store, by its kind.
    Part(&'static str),
    /// A data flow.
    Flow,
    /// A trust boundary.
    Boundary,
    /// A comment.
    Text,
    /// Anything else, by its kind.
    Other(String),
}

/// A cell: in version 2 what matters is under `data`, in version 1 it is on the cell.
pub(super) struct Cell<'a>(pub(super) &'a Value);

impl<'a> Cell<'a> {
    /// What it draws; the shape on the canvas stands in where the type is missing.
    pub(super) fn shape(&self) -> Shape {
        let kind = self.field("type");
        let canvas = text(&self.0["shape"]);
        match kind.as_str() {
            "tm.Actor" => Shape::Part("tm.Actor"),
            "tm.Process" => Shape::Part("tm.Process"),
            "tm.Store" => Shape::Part("tm.Store"),
            "tm.Flow" => Shape::Flow,
            "tm.Boundary" | "tm.BoundaryBox" => Shape::Boundary,
            "tm.Text" | "td-text-block" => Shape::Text,
            _ => match canvas.as_ref() {
                "actor" => Shape::Part("tm.Actor"),
                "process" => Shape::Part("tm.Process"),
                "store" => Shape::Part("tm.Store"),
                "flow" | "edge" => Shape::Flow,
                "trust-boundary-box" | "trust-boundary-curve" | "trust-boundary-curve-edge" => Shape::Boundary,
                "td-text-block" => Shape::Text,
                _ => Shape::Other(if kind.is_empty() { canvas.into_owned() } else { kind }),
            },
        }
    }

    /// The tool's id.
    pub(super) fn id(&self) -> String {
        text(&self.0["id"]).into_owned()
    }

    /// Its name: a field in version 2, the drawn text in version 1.
    pub(super) fn name(&self) -> Line {
        const DRAWN: [&str; 4] = [
            "/attrs/text/text",
            "/labels/0/attrs/text/text",
            "/labels/0/attrs/labelText/text",
            "/labels/0/attrs/label/text",
        ];
        let named = Line::new(&self.field("name"));
        if !named.is_empty() {
            return named;
        }
        let drawn = DRAWN.iter().filter_map(|path| self.0.pointer(path)).map(|value| Line::new(&text(value)));
        drawn.into_iter().find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// A field, under `data` or on the cell, as text.
    pub(super) fn field(&self, key: &str) -> String {
        text(self.value(key)).into_owned()
    }

    /// A field as yes or no, where it is one.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key) {
            Value::Bool(flag) => Some(*flag),
            Value::String(word) => crate::exchange::words::yes_or_no(word),
            _ => None,
        }
    }

    /// The reason why it is out of scope; none where it is in scope.
    pub(super) fn out_of_scope(&self) -> Option<Prose> {
        self.flag("outOfScope").unwrap_or(false).then(|| Prose::new(&self.field("reasonOutOfScope")))
    }

    /// The id of the cell at one end of a flow; empty for a loose end.
    pub(super) fn end(&self, which: &str) -> String {
        let end = &self.0[which];
        let cell = text(&end["cell"]);
        if cell.is_empty() { text(&end["id"]).into_owned() } else { cell.into_owned() }
    }

    /// Its threats: real files keep them under `data`, the published schema says on the cell.
    pub(super) fn threats(&self) -> &'a [Value] {
        let found = self.0["data"]["threats"].as_array().filter(|all| !all.is_empty());
        found.or_else(|| self.0["threats"].as_array()).map_or(&[][..], Vec::as_slice)
    }

    fn value(&self, key: &str) -> &'a Value {
        match self.0["data"].get(key) {
            Some(value) if !value.is_null() => value,
            _ => &self.0[key],
        }
    }
}

pub(super) use crate::exchange::tree::text;

//! The declaration of entities: one macro, from which each gets its struct and its rows in the table of fields.

use super::{Day, Kept};
use crate::domain::{Id, decision::Sections, model::Kind, value::Value};

/// Anything in the record that has an identity and fields.
pub trait Entity: std::fmt::Debug {
    /// Which kind of thing it is.
    fn kind(&self) -> Kind;
    /// Its identity.
    fn id(&self) -> Id;
    /// Whether it was withdrawn: kept, shown struck through, counted nowhere.
    fn archived(&self) -> bool;
    /// The value of a field; an unknown field has none.
    fn get(&self, field: &str) -> Value;
    /// Sets a field; says whether there is such a field.
    fn put(&mut self, field: &str, value: &Value) -> bool;
    /// Writes what it says in some sections, one field a line; each line begins with `start`.
    fn write_sections(&self, sections: Sections, start: &str, out: &mut String);
    /// Hands out every day that it holds.
    fn days(&self, out: &mut dyn FnMut(Day));
}

/// Declares entities: a struct each, with typed fields, and its rows in the table of fields.
///
/// A row reads `name: Type = "Label", Section-or-none, who may edit, needed-or-optional;` and its doc comment is the
/// help of the form.
macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident {
        $( #[doc = $help:literal] $field:ident : $ty:ty = $label:literal, $section:ident, $by:expr, $need:ident; )*
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            /// Its identity.
            pub id: $crate::domain::Id,
            /// Whether it was withdrawn.
            pub archived: bool,
            $(#[doc = $help] pub $field: $ty,)*
        }
        impl $name {
            /// Its rows in the table of fields.
            pub const FIELDS: &'static [$crate::domain::fields::Field] = &[$($crate::domain::fields::Field {
                id: stringify!($field),
                label: $label,
                help: $help.trim_ascii(),
                form: <$ty as $crate::domain::fields::Kept>::FORM,
                section: $crate::domain::decision::section!($section),
                by: $by,
                needed: $crate::domain::fields::needed!($need),
            }),*];
            /// An empty one.
            pub fn empty(id: $crate::domain::Id) -> Self {
                Self { id, archived: false, $($field: <$ty>::default(),)* }
            }
        }
        impl $crate::domain::fields::Entity for $name {
            fn kind(&self) -> $crate::domain::model::Kind {
                $crate::domain::model::Kind::$name
            }
            fn id(&self) -> $crate::domain::Id {
                self.id
            }
            fn archived(&self) -> bool {
                self.archived
            }
            fn get(&self, field: &str) -> $crate::domain::value::Value {
                match field {
                    "archived" => if self.archived { 1.into() } else { $crate::domain::value::Value::Null },
                    $(stringify!($field) => $crate::domain::fields::Kept::to_value(&self.$field),)*
                    _ => $crate::domain::value::Value::Null,
                }
            }
            fn put(&mut self, field: &str, value: &$crate::domain::value::Value) -> bool {
                match field {
                    "archived" => self.archived = !value.is_null(),
                    $(stringify!($field) => self.$field = <$ty as $crate::domain::fields::Kept>::from_value(value),)*
                    _ => return false,
                }
                true
            }
            fn write_sections(&self, sections: $crate::domain::decision::Sections, start: &str, out: &mut String) {
                $(if $crate::domain::decision::section!($section).is_some_and(|own| sections.has(own)) {
                    $crate::domain::fields::write_line(&self.$field, (start, stringify!($field)), out);
                })*
            }
            fn days(&self, out: &mut dyn FnMut($crate::domain::fields::Day)) {
                let days = [$($crate::domain::fields::Kept::day(&self.$field),)*];
                days.into_iter().flatten().for_each(out);
            }
        }
    )+};
}
pub(crate) use entities;

/// Writes `start field json` and a line end, or nothing where nothing was said.
pub(crate) fn write_line(kept: &impl Kept, (start, field): (&str, &str), out: &mut String) {
    let before = out.len();
    out.extend([start, field, " "]);
    if kept.write_json(out) {
        out.push('\n');
    } else {
        out.truncate(before);
    }
}

/// Whether the gate needs a field.
macro_rules! needed {
    (needed) => {
        true
    };
    (optional) => {
        false
    };
}
pub(crate) use needed;

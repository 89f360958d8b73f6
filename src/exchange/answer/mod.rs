//! The answers of `list`, `show` and `gate`: as data for a pipeline, as text for people.

pub mod gate;
mod text;

//! docket: takes an AI system from intake to a signed, defensible clearance.
//!
//! The layers, and which way they may look (a test holds them to it):
//! `domain <- store <- desk`, `domain <- app <- ui`, with `tui` and `cli` on top.

#![warn(missing_docs)]

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod keymap;
pub mod store;
pub mod tui;
pub mod ui;

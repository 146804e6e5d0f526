//! The page: Leptos components. They read projections and send commands; they decide nothing.
//!
//! - [`app`]: page frame, address, theme, notes; `top`: the bar over it; `arriving`: the text of a lesson comes before it is shown
//! - [`home`]: what this is, one scene, the menu of lessons, the learner's [`progress`]
//! - [`lab`]: up to four stages on one clock; [`save`]: what of a stage can be kept as a file
//! - [`lesson`]: a lesson page: [`prose`], [`predict`] and [`quiz`] beside the [`stage`]
//! - `pieces`: how the first page of a visit is put up without keeping the browser
//! - [`stage`]: the state of a stage: mode, knobs, runs, cursor; and what can be done with it
//! - [`scene`], [`timeline`], [`code`], [`frames`], [`story`], [`knobs`], [`transport`], [`results`]: its parts
//! - [`charts`]: latency and throughput under the timeline, for lessons that ask for them
//! - [`exhibits`]: things to try in the text; [`glossary`]: every word that lessons explain
//! - [`embed`]: the page in a frame: its host, its height, a stage alone, the lines to paste
//! - [`exam`]: the questions that end the course, their result, and a record to print
//! - [`dialogs`]: sharing, and the list of keys
//! - [`view`]: how all of it is drawn; `root`: what style sheets know of it as a whole
//! - [`strings`]: every word of the interface

#![allow(missing_docs, reason = "props, and words of the interface, are what they are called")]

pub mod app;
mod arriving;
mod burger;
pub mod charts;
pub mod code;
pub mod dialogs;
pub mod embed;
pub mod exam;
pub mod exhibits;
pub mod follow;
mod frame;
pub mod frames;
pub mod glossary;
pub mod home;
pub mod keys;
pub mod knobs;
pub mod lab;
pub mod lesson;
mod pieces;
pub mod predict;
pub mod prelude;
pub mod progress;
pub mod prose;
pub mod quiz;
pub mod results;
mod root;
pub mod save;
pub mod scene;
pub mod stage;
pub mod story;
pub mod strings;
pub mod timeline;
mod top;
pub mod training;
pub mod transport;
pub mod view;
mod who;

pub use app::mount;

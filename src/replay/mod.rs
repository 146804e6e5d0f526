//! Projections: pure functions of a trace and a time.
//!
//! - [`lanes`]: the state of every task and every thread over time; everything else reads these
//! - [`metrics`]: the numbers of a run
//! - [`requests`]: when each request arrived and was answered, and what follows from that
//! - [`scene`]: who stands where, with smooth positions between
//! - [`for_two`]: the same for FastAPI's story, in which the thread is you
//! - [`chart`]: the arithmetic of axes and lines, for whatever is charted
//! - [`crowd`]: many tasks on one thread: how many are where, and where each stands
//! - [`code`]: which task stands at which step
//! - [`frame`]: what a paused coroutine keeps
//! - [`story`]: the run, told in sentences
//! - [`kept`]: lists that are drawn in things that are kept: what is new, and what must be moved
//! - [`export`]: runs as files: a trace for Perfetto, a table of the lanes
//! - [`outline`]: all bars of one kind as one shape; [`raster`]: a picture of rectangles, pixel by pixel;
//!   [`ring`]: how far each of many things is, as one path
//! - [`training`]: the folds of a training that are done, and what came of it
//!
//! Pausing, scrubbing backwards and stepping cost nothing: they choose a time. Nothing here
//! knows a browser, and nothing here invents a state that the trace does not show.

pub mod chart;
pub mod code;
pub mod crowd;
pub mod export;
pub mod for_two;
pub mod frame;
pub mod kept;
pub mod lanes;
pub mod metrics;
pub mod outline;
pub mod playback;
pub mod raster;
pub mod requests;
pub mod ring;
pub mod scene;
mod state;
pub mod story;
pub mod training;
mod walk;

pub use lanes::{Clerk, Io, Lane, Lasts, Replay, Slip, Span, Thing};
pub use metrics::Metrics;
pub use state::State;

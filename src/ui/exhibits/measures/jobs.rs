//! The five jobs, as futures of the browser.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;

use super::database::Database;
use super::disk::Folder;
use super::refusal::{Outcome, refused, settled};
use crate::course::measures::{Job, Place, Refused, Why};
use crate::runtime::live::clock_ms;

/// How long the timer is set, in ms. Browsers let no chain of timers go faster.
const TIMER_MS: u32 = 4;
/// About how long the computation takes, in ms.
const COMPUTE_MS: f64 = 10.0;

/// What a job needs, made ready before anything is measured. When it is dropped, nothing is left behind.
pub enum Tool {
    /// The address of a file of this site.
    Network(String),
    /// A small database.
    Database(Database),
    /// A folder; none: the file is made in memory.
    File(Option<Folder>),
    /// A timer needs nothing.
    Timer,
    /// How far to compute.
    Compute(u32),
}

impl Tool {
    /// Makes ready what a job needs, and says where its file is, if it has one.
    pub async fn ready(job: Job) -> Result<(Self, Option<Place>), Refused> {
        Ok(match job {
            Job::Network => (Self::Network(address()?), None),
            Job::Database => (Self::Database(Database::make().await?), None),
            Job::File => match Folder::make().await {
                Ok(Some(folder)) => (Self::File(Some(folder)), Some(Place::Disk)),
                Ok(None) => (Self::File(None), Some(Place::Memory(None))),
                Err(refused) => (Self::File(None), Some(Place::Memory(Some(refused)))),
            },
            Job::Timer => (Self::Timer, None),
            Job::Compute => (Self::Compute(calibrate()), None),
        })
    }

    /// The job, not begun yet. Those that are under way together have different numbers.
    pub fn job(&self, number: usize) -> LocalBoxFuture<'static, Outcome> {
        match self {
            Self::Network(address) => fetch_file(address.clone()).boxed_local(),
            Self::Database(database) => database.query().boxed_local(),
            Self::File(Some(folder)) => folder.write_and_read(number).boxed_local(),
            Self::File(None) => super::disk::in_memory().boxed_local(),
            Self::Timer => TimeoutFuture::new(TIMER_MS).map(Ok).boxed_local(),
            Self::Compute(upto) => compute(*upto).boxed_local(),
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// With `catch`: a host page may have put something else in its place.
    #[wasm_bindgen(catch)]
    fn fetch(address: &str, options: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

/// The address of a small file of this site: its icon, or else the page.
fn address() -> Result<String, Refused> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or(Refused { why: Why::Missing, said: String::new() })?;
    let icon = document.query_selector("link[rel=icon][href]").ok().flatten();
    let icon = icon.and_then(|link| link.dyn_into::<web_sys::HtmlLinkElement>().ok()).map(|link| link.href());
    Ok(icon.unwrap_or_else(|| document.base_uri().ok().flatten().unwrap_or_else(|| "./".to_owned())))
}

/// Over the network each time: not from the browser's cache.
async fn fetch_file(address: String) -> Outcome {
    let unreachable = |refused: Refused| match refused.why {
        Why::Other => Refused { why: Why::Unreachable, ..refused },
        _ => refused,
    };
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"cache".into(), &"no-store".into()).map_err(refused)?;
    let response = settled(fetch(&address, &options).map_err(refused)?).await.map_err(unreachable)?;
    let response: web_sys::Response = response.unchecked_into();
    if !response.ok() {
        return Err(Refused { why: Why::Unreachable, said: response.status().to_string() });
    }
    settled(response.array_buffer().map_err(refused)?).await.map_err(unreachable)?;
    Ok(())
}

/// A computation that never has to wait for anything.
async fn compute(upto: u32) -> Outcome {
    std::hint::black_box(longest_chain(upto));
    Ok(())
}

/// Of the numbers below `upto`, the one from which the Collatz steps to 1 are most: halve it if it is
/// even, else take three times it and one. There is no short cut.
fn longest_chain(upto: u32) -> u32 {
    let steps = |start: u32| {
        let (mut number, mut steps) = (u64::from(start), 0_u32);
        while number != 1 {
            number = if number % 2 == 0 { number / 2 } else { 3 * number + 1 };
            steps += 1;
        }
        steps
    };
    (1..upto).max_by_key(|start| steps(*start)).unwrap_or(1)
}

/// How far to compute for it to take about [`COMPUTE_MS`] on this machine. Of several runs the quickest tells:
/// browsers compile what runs often once more, and better; and the computer may have had something else to do.
fn calibrate() -> u32 {
    let run = |upto: u32| {
        let begun = clock_ms();
        std::hint::black_box(longest_chain(std::hint::black_box(upto)));
        clock_ms() - begun
    };
    let mut upto = 1_000;
    loop {
        let took = (0..4).map(|_| run(upto)).fold(f64::INFINITY, f64::min);
        if took >= COMPUTE_MS / 2.0 || upto >= 1 << 24 {
            return (f64::from(upto) * COMPUTE_MS / took.max(1.0)) as u32;
        }
        upto *= 2;
    }
}

//! A page that is put up piece by piece: each in a turn of the browser's event loop of its own, from the top down.
//!
//! To draw a whole lesson takes an old phone a quarter of a second, in which it would answer to nothing. Between two pieces it can scroll,
//! and paints what is there. What is there does not move any more, for pieces come in the order in which they stand; until there
//! is enough to read, the text that the page came with stays.

use std::collections::VecDeque;

use crate::ui::prelude::*;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::follow;

/// The pieces of a page that wait for their turn, in their order. None waits any more once all of the first page is there: a browser
/// that goes back looks for the place where the reader was, so later pages are drawn at once.
#[derive(Clone, Copy)]
pub struct Pieces(StoredValue<Option<VecDeque<Piece>>>);

enum Piece {
    Drawn(RwSignal<bool>),
    Done(fn()),
}

impl Pieces {
    /// Those of the first page, which is put up in turns or at once.
    pub fn new(in_turns: bool) -> Self {
        let pieces = Self(StoredValue::new(in_turns.then(VecDeque::new)));
        if in_turns {
            spawn_local(pieces.put_up());
        }
        pieces
    }

    /// Another piece, below all others.
    pub fn draw(&self, draw: impl Fn() -> View + Send + 'static) -> View {
        self.boxed(Box::new(draw))
    }

    /// One function for all pieces: what draws one is the same code, whether in its turn or at once.
    #[inline(never)]
    fn boxed(&self, draw: Box<dyn Fn() -> View + Send>) -> View {
        let here = RwSignal::new(false);
        match self.wait(Piece::Drawn(here)) {
            None => follow::part(move || here.get().then(&draw)),
            Some(_) => draw(),
        }
    }

    /// Does something when all that stands above is there.
    pub fn then(&self, act: fn()) {
        if self.wait(Piece::Done(act)).is_some() {
            act();
        }
    }

    /// Given back if nothing has to wait.
    fn wait(&self, piece: Piece) -> Option<Piece> {
        self.0.try_update_value(|waiting| match waiting {
            Some(waiting) => {
                waiting.push_back(piece);
                None
            }
            None => Some(piece),
        })?
    }

    async fn put_up(self) {
        loop {
            TimeoutFuture::new(0).await;
            let next = self.0.try_update_value(|waiting| waiting.as_mut().and_then(VecDeque::pop_front));
            match next.flatten() {
                // What is not there any more need not be drawn.
                Some(Piece::Drawn(here)) => drop(here.try_set(true)),
                Some(Piece::Done(act)) => act(),
                None => return drop(self.0.try_set_value(None)),
            }
        }
    }
}

//! A run on the page's own event loop: for pages in which workers cannot start.
//!
//! All threads of the program share one real thread, the page's. When the program holds it, the
//! page stands still; that is what the program does, and the page says so.

use std::rc::{Rc, Weak};

use futures_channel::oneshot;

use super::message::FromThread;
use super::run::Shared;
use crate::runtime::live::{Live, Port, Start, clock_ms};
use crate::trace::{Batch, ThreadId};

/// The threads of such a run.
pub struct Here {
    _threads: Vec<Live>,
}

impl Here {
    pub(super) fn start(run: &Rc<Shared>) -> Self {
        let origin_ms = clock_ms();
        let threads = (0..run.threads.programs).map(|index| {
            let port = Rc::new(ToRun { run: run.weak(), thread: index });
            let live = Live::new(run.scenario, &Start { thread: ThreadId(index as u8), origin_ms }, port);
            live.start(run.scenario, run.setup.clone());
            live
        });
        Self { _threads: threads.collect() }
    }
}

struct ToRun {
    run: Weak<Shared>,
    thread: usize,
}

impl ToRun {
    fn tell(&self, message: FromThread) {
        if let Some(run) = self.run.upgrade() {
            run.hear(self.thread, message);
        }
    }
}

impl Port for ToRun {
    fn send(&self, batch: Batch) {
        self.tell(FromThread::Batch(batch));
    }

    fn offload(&self, _: &'static str, _: f64) -> oneshot::Receiver<Option<Vec<f64>>> {
        // There is no other thread here: the sender is dropped, and whoever asked gets nothing.
        oneshot::channel().1
    }

    fn finished(&self) {
        self.tell(FromThread::Finished);
    }
}

//! A run on the page's own event loop: for pages in which workers cannot start.
//!
//! All threads of the program share one real thread, the page's. When the program holds it, the
//! page stands still; that is what the program does, and the page says so. Threads of the pool do
//! their jobs here too, so the program gets every answer; nothing is done at the same instant.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;

use super::message::{FromThread, ToThread};
use super::run::Shared;
use crate::runtime::live::{Live, Port, Start, clock_ms};
use crate::trace::{Batch, ThreadId};

type Answer = oneshot::Sender<Option<Vec<f64>>>;

/// The threads of such a run.
pub struct Here {
    threads: Vec<(Live, Rc<ToRun>)>,
}

impl Here {
    pub(super) fn start(run: &Rc<Shared>) -> Self {
        let origin_ms = clock_ms();
        let threads = (0..run.threads.all()).map(|index| {
            let port = Rc::new(ToRun { run: run.weak(), thread: index, answers: RefCell::default() });
            let is_alone = run.threads.all() == 1;
            let start = Start { thread: ThreadId(index as u8), origin_ms, is_alone };
            let live = Live::new(run.scenario, &start, port.clone());
            if index < run.threads.programs {
                live.start(run.scenario, run.setup.clone());
            } else {
                live.wait_for_jobs();
            }
            (live, port)
        });
        Self { threads: threads.collect() }
    }

    pub(super) fn tell(&self, thread: usize, message: ToThread) {
        let Some((live, port)) = self.threads.get(thread) else { return };
        match message {
            ToThread::Job { id, name, argument } => port.job(live, id, (&name, argument)),
            ToThread::Answer { id, value } => {
                if let Some(sender) = port.answers.borrow_mut().remove(&(id as u32)) {
                    // Whoever asked may have been cancelled since.
                    let _ = sender.send(value);
                }
            }
            // These threads have begun already, and end when they are dropped.
            ToThread::Start { .. } | ToThread::End => {}
        }
    }
}

struct ToRun {
    run: Weak<Shared>,
    thread: usize,
    answers: RefCell<FxHashMap<u32, Answer>>,
}

impl ToRun {
    fn tell(&self, message: FromThread) {
        if let Some(run) = self.run.upgrade() {
            run.hear(self.thread, message);
        }
    }

    fn job(&self, live: &Live, id: f64, job: (&str, f64)) {
        let Some(run) = self.run.upgrade() else { return };
        let (weak, thread) = (self.run.clone(), self.thread);
        live.do_job(run.scenario, run.setup.clone(), job, move |value| {
            if let Some(run) = weak.upgrade() {
                run.hear(thread, FromThread::Done { id, value });
            }
        });
    }
}

impl Port for ToRun {
    fn send(&self, batch: Batch) {
        self.tell(FromThread::Batch(batch));
    }

    fn offload(&self, job: &'static str, argument: f64) -> oneshot::Receiver<Option<Vec<f64>>> {
        let (sender, receiver) = oneshot::channel();
        let id = {
            let mut answers = self.answers.borrow_mut();
            let id = answers.keys().max().map_or(0, |last| last + 1);
            answers.insert(id, sender);
            id
        };
        self.tell(FromThread::Offload { id: id.into(), name: job.to_owned(), argument });
        receiver
    }

    fn finished(&self) {
        self.tell(FromThread::Finished);
    }
}

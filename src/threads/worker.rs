//! The thread's side: what the wasm binary does when it finds itself inside a worker.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{FromThread, ToThread};
use crate::runtime::live::{Live, Port, Start, clock_ms};
use crate::runtime::{Program, Setup};
use crate::scenarios::{self, Scenario};
use crate::trace::{Batch, ThreadId};

/// Whether this program runs inside a dedicated worker.
pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Serves as a thread for as long as the worker lives.
pub fn serve(scope: DedicatedWorkerGlobalScope) {
    let failing = scope.clone();
    std::panic::set_hook(Box::new(move |panic| post(&failing, &FromThread::Failed(panic.to_string()))));
    let thread = Rc::new(Worker { scope: scope.clone(), run: RefCell::new(None), answers: Rc::default() });
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        // What is no message is not for us.
        if let Some(message) = ToThread::from_js(&event.data()) {
            thread.hear(message);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    post(&scope, &FromThread::Ready);
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &FromThread) {
    // A message of plain values can always be posted.
    let _ = scope.post_message(&message.to_js());
}

type Answers = Rc<RefCell<FxHashMap<u32, oneshot::Sender<Option<Vec<f64>>>>>>;

struct Worker {
    scope: DedicatedWorkerGlobalScope,
    run: RefCell<Option<Rc<Running>>>,
    answers: Answers,
}

struct Running {
    live: Live,
    scenario: Scenario,
    setup: Setup,
}

impl Worker {
    fn hear(self: &Rc<Self>, message: ToThread) {
        match message {
            ToThread::Start { scenario, setup, thread, epoch_ms } => match scenarios::find(&scenario) {
                Some(scenario) => self.start(scenario, setup, ThreadId(thread), epoch_ms),
                None => post(&self.scope, &FromThread::Failed(format!("no scenario is called {scenario}"))),
            },
            ToThread::Job { id, name, argument } => self.job(id, &name, argument),
            ToThread::Answer { id, value } => {
                if let Some(sender) = self.answers.borrow_mut().remove(&(id as u32)) {
                    // Whoever asked may have been cancelled since.
                    let _ = sender.send(value);
                }
            }
            ToThread::End => {
                self.run.borrow_mut().take();
                self.answers.borrow_mut().clear();
            }
        }
    }

    fn start(self: &Rc<Self>, scenario: Scenario, setup: Setup, thread: ThreadId, epoch_ms: f64) {
        let time_origin =
            web_sys::WorkerGlobalScope::performance(&self.scope).map_or(0.0, |it| it.time_origin());
        let origin_ms = epoch_ms - time_origin;
        let port = Rc::new(ToPage { scope: self.scope.clone(), answers: self.answers.clone() });
        let live = Live::new(scenario, &Start { thread, origin_ms, is_alone: true }, port);
        let running = Rc::new(Running { live, scenario, setup });
        *self.run.borrow_mut() = Some(running.clone());
        if usize::from(thread.0) >= scenario.threads(&running.setup).programs {
            running.live.wait_for_jobs();
        } else {
            let me = self.clone();
            spawn_local(async move {
                // All threads begin at one moment, in the near future.
                TimeoutFuture::new((origin_ms - clock_ms()).clamp(0.0, 1000.0) as u32).await;
                let current = me.run.borrow().clone();
                if current.is_some_and(|current| Rc::ptr_eq(&current, &running)) {
                    running.live.start(running.scenario, running.setup.clone());
                }
            });
        }
    }

    fn job(&self, id: f64, name: &str, argument: f64) {
        let scope = self.scope.clone();
        let done = move |value| post(&scope, &FromThread::Done { id, value });
        match &*self.run.borrow() {
            None => done(None),
            Some(running) => {
                running.live.do_job(running.scenario, running.setup.clone(), (name, argument), done);
            }
        }
    }
}

/// The size of this thread's memory, in bytes: it grows with what the program needs, and never shrinks.
fn memory() -> Option<f64> {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().dyn_into().ok()?;
    let buffer: js_sys::ArrayBuffer = memory.buffer().dyn_into().ok()?;
    Some(f64::from(buffer.byte_length()))
}

/// The way to the page.
struct ToPage {
    scope: DedicatedWorkerGlobalScope,
    answers: Answers,
}

impl Port for ToPage {
    fn send(&self, batch: Batch) {
        post(&self.scope, &FromThread::Batch(batch));
    }

    fn offload(&self, job: &'static str, argument: f64) -> oneshot::Receiver<Option<Vec<f64>>> {
        let (sender, receiver) = oneshot::channel();
        let mut answers = self.answers.borrow_mut();
        let id = answers.keys().max().map_or(0, |last| last + 1);
        answers.insert(id, sender);
        post(&self.scope, &FromThread::Offload { id: id.into(), name: job.to_owned(), argument });
        receiver
    }

    fn finished(&self) {
        if let Some(bytes) = memory() {
            post(&self.scope, &FromThread::Memory(bytes));
        }
        post(&self.scope, &FromThread::Finished);
    }
}

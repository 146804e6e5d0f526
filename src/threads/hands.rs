//! The page's side of one worker.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message::{FromThread, ToThread};
use crate::parts;

/// Hears what a worker says.
pub type Listener = Rc<dyn Fn(FromThread)>;

/// A worker that serves as a thread. Dropped, it is terminated.
pub struct Hand {
    worker: Worker,
    listener: Rc<RefCell<Option<Listener>>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

thread_local! {
    /// Workers that are ready and have nothing to do.
    static IDLE: RefCell<Vec<Hand>> = const { RefCell::new(Vec::new()) };
}

impl Hand {
    /// An idle worker, if there is one; it is ready.
    pub fn idle(listener: Listener) -> Option<Self> {
        let hand = IDLE.with_borrow_mut(Vec::pop)?;
        *hand.listener.borrow_mut() = Some(listener);
        Some(hand)
    }

    /// Starts a worker; it says [`FromThread::Ready`] when it is.
    pub fn start(listener: Listener) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&beside_page("worker.js"), &options).map_err(reason)?;
        let listener = Rc::new(RefCell::new(Some(listener)));
        let tell = |listener: &Rc<RefCell<Option<Listener>>>, message| {
            let listener = listener.borrow().clone();
            if let Some(listener) = listener {
                listener(message);
            }
        };
        let heard = listener.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            // What is no message is ignored.
            if let Some(message) = FromThread::from_js(&event.data()) {
                tell(&heard, message);
            }
        });
        let failed = listener.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            // A script that cannot be fetched gives a plain event without a message.
            let message = Reflect::get(&event, &"message".into()).ok().and_then(|text| text.as_string());
            tell(
                &failed,
                FromThread::Failed(message.unwrap_or_else(|| "the worker's script cannot be loaded".into())),
            );
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let hand = Self { worker, listener, _on_message: on_message, _on_error: on_error };
        hand.hand_over_program()?;
        Ok(hand)
    }

    /// The worker gets the program this page runs, compiled already.
    fn hand_over_program(&self) -> Result<(), String> {
        let message = Object::new();
        let glue = glue_url().ok_or("the page does not say where its program is")?;
        Reflect::set(&message, &"glue".into(), &glue.into()).map_err(reason)?;
        Reflect::set(&message, &"program".into(), &wasm_bindgen::module()).map_err(reason)?;
        Reflect::set(&message, &"parts".into(), &parts::compiled()).map_err(reason)?;
        self.worker.post_message(&message).map_err(reason)
    }

    /// Tells the worker something.
    pub fn tell(&self, message: &ToThread) {
        // A message of plain values can always be posted.
        let _ = self.worker.post_message(&message.to_js());
    }

    /// Ends the worker at once, whatever it does.
    pub fn terminate(&self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }

    /// Lets a worker that has finished rest until the next run.
    pub fn rest(self) {
        self.tell(&ToThread::End);
        self.listener.borrow_mut().take();
        IDLE.with_borrow_mut(|idle| idle.push(self));
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.terminate();
    }
}

/// The address of a file that lies beside the page's program, whatever the page's own address.
fn beside_page(file: &str) -> String {
    let url = glue_url().and_then(|glue| web_sys::Url::new_with_base(file, &glue).ok());
    url.map_or_else(|| file.to_owned(), |url| url.href())
}

/// Where the JavaScript glue of this program is: the build names it in a preload link.
fn glue_url() -> Option<String> {
    let link = web_sys::window()?.document()?.query_selector("link[rel=modulepreload]").ok()??;
    Some(link.dyn_into::<HtmlLinkElement>().ok()?.href())
}

fn reason(error: JsValue) -> String {
    let message = Reflect::get(&error, &"message".into()).ok().and_then(|text| text.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser refused".to_owned())
}

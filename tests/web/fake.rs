//! Workers that are none: tests speak for them, and see what the page says to them.

use concurrent_burgers::threads::message::{FromThread, ToThread};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// While it exists, the page's workers are fakes. They are numbered in the order of their making.
pub struct Fakes(JsValue);

impl Fakes {
    /// Fakes that do nothing by themselves.
    pub fn new() -> Self {
        Self::made_by(
            "globalThis.fakes = [];
             return class {
               constructor(url, options) {
                 Object.assign(this, { url: String(url), type: options.type, heard: [], terminated: false });
                 fakes.push(this);
               }
               postMessage(message) { this.heard.push(message); }
               terminate() { this.terminated = true; }
             };",
        )
    }

    /// The browser refuses to make any.
    pub fn refused() -> Self {
        Self::made_by(
            "globalThis.fakes = [];
             return class { constructor() { throw new DOMException('not in here', 'SecurityError'); } };",
        )
    }

    fn made_by(code: &str) -> Self {
        let class = Function::new_no_args(code).call0(&JsValue::NULL).expect("it is JavaScript");
        let real = get(&js_sys::global(), "Worker");
        set(&js_sys::global(), "Worker", &class);
        Self(real)
    }

    fn all(&self) -> Array {
        get(&js_sys::global(), "fakes").unchecked_into()
    }

    /// How many were made.
    pub fn count(&self) -> u32 {
        self.all().length()
    }

    /// Whether one has been terminated.
    pub fn is_terminated(&self, index: u32) -> bool {
        get(&self.all().get(index), "terminated").is_truthy()
    }

    /// What one was told, but for the program it is to run.
    pub fn heard(&self, index: u32) -> Vec<ToThread> {
        let heard: Array = get(&self.all().get(index), "heard").unchecked_into();
        heard.iter().filter_map(|message| ToThread::from_js(&message)).collect()
    }

    /// The first message to one: where its program is.
    pub fn program(&self, index: u32) -> (JsValue, JsValue) {
        let heard: Array = get(&self.all().get(index), "heard").unchecked_into();
        (get(&heard.get(0), "glue"), get(&heard.get(0), "program"))
    }

    /// One says something.
    pub fn say(&self, index: u32, message: &FromThread) {
        self.say_anything(index, &message.to_js());
    }

    /// One says something that may be no message.
    pub fn say_anything(&self, index: u32, data: &JsValue) {
        let event = Object::new();
        set(&event, "data", data);
        self.call(index, "onmessage", &event);
    }

    /// One has an error.
    pub fn fail(&self, index: u32, message: Option<&str>) {
        let event = Object::new();
        set(&event, "preventDefault", &Function::new_no_args(""));
        if let Some(message) = message {
            set(&event, "message", &message.into());
        }
        self.call(index, "onerror", &event);
    }

    fn call(&self, index: u32, handler: &str, event: &Object) {
        let fake = self.all().get(index);
        // A worker that has been terminated has no handlers any more.
        if let Ok(handler) = get(&fake, handler).dyn_into::<Function>() {
            handler.call1(&fake, event).expect("handlers do not throw");
        }
    }
}

impl Drop for Fakes {
    fn drop(&mut self) {
        set(&js_sys::global(), "Worker", &self.0);
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("it is an object")
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).expect("it is an object");
}

/// While it exists, the page says where its program is.
pub struct Link(web_sys::Element);

impl Link {
    /// There is nothing at that address.
    pub fn new() -> Self {
        let document = web_sys::window().and_then(|window| window.document()).expect("tests run in a page");
        let link = document.create_element("link").expect("links can be made");
        // Its address first: a link without one is not fetched.
        for (name, value) in [("href", "nowhere/glue.js"), ("rel", "modulepreload")] {
            link.set_attribute(name, value).expect("attributes can be set");
        }
        let head = document.query_selector("head").ok().flatten().expect("pages have a head");
        head.append_child(&link).expect("links belong there");
        Self(link)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.0.remove();
    }
}

//! A small database of the browser's (IndexedDB), with one record in it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbDatabase, IdbFactory, IdbRequest, IdbTransactionMode};

use super::refusal::{Outcome, missing, refused};
use crate::course::measures::{Refused, Why};

/// Its name. Nothing else of this site has it.
pub const NAME: &str = "concurrent-burgers-measures";
const STORE: &str = "dishes";
const KEY: &str = "burgers";
/// How long the record is, in characters.
const LENGTH: usize = 1_000;

/// A database that is deleted when it is dropped.
pub struct Database(IdbDatabase);

impl Database {
    /// Makes it, with its record.
    pub async fn make() -> Result<Self, Refused> {
        let factory = factory()?;
        let opening = factory.open_with_u32(NAME, 1).map_err(refused)?;
        // A database that is new asks what shall be in it.
        let request = opening.clone();
        let upgrade = Closure::<dyn FnMut()>::new(move || {
            if let Ok(database) = request.result() {
                let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
            }
        });
        opening.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let opened = answer(&opening).await;
        opening.set_onupgradeneeded(None);
        let database = Self(opened?.unchecked_into());
        let written = database.0.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite);
        let store = written.and_then(|write| write.object_store(STORE)).map_err(refused)?;
        let record = JsValue::from("b".repeat(LENGTH));
        answer(&store.put_with_key(&record, &KEY.into()).map_err(refused)?).await?;
        Ok(database)
    }

    /// Asks for the record.
    pub fn query(&self) -> impl Future<Output = Outcome> + use<> {
        let database = self.0.clone();
        async move {
            let store = database.transaction_with_str(STORE).and_then(|read| read.object_store(STORE));
            let found = answer(&store.and_then(|store| store.get(&KEY.into())).map_err(refused)?).await?;
            match found.as_string() {
                Some(record) if record.len() == LENGTH => Ok(()),
                _ => Err(Refused { why: Why::Other, said: String::new() }),
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.0.close();
        // The browser does it when it gets round to it, and nobody waits for that.
        let _ = factory().map(|factory| factory.delete_database(NAME));
    }
}

fn factory() -> Result<IdbFactory, Refused> {
    let window = web_sys::window().ok_or_else(missing)?;
    window.indexed_db().map_err(refused)?.ok_or_else(missing)
}

/// A request whose answer is awaited; dropped, it is no longer listened to.
struct Listening<'a> {
    request: &'a IdbRequest,
    _heard: Closure<dyn FnMut(Event)>,
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        self.request.set_onsuccess(None);
        self.request.set_onerror(None);
    }
}

/// Waits for the answer to a request.
async fn answer(request: &IdbRequest) -> Result<JsValue, Refused> {
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        // An error that is answered for here is not one of the page.
        event.prevent_default();
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(());
        }
    });
    request.set_onsuccess(Some(heard.as_ref().unchecked_ref()));
    request.set_onerror(Some(heard.as_ref().unchecked_ref()));
    let listening = Listening { request, _heard: heard };
    receiver.await.map_err(|_| missing())?;
    drop(listening);
    // Where there was an error, asking for the result would only say that there is none.
    let error = js_sys::Reflect::get(request, &"error".into()).map_err(refused)?;
    if error.is_object() { Err(refused(error)) } else { request.result().map_err(refused) }
}

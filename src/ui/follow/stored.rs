//! A value that is kept as long as what made it, and tells nobody when it changes.

use std::any::Any;
use std::marker::PhantomData;

use leptos::prelude::{self, LocalStorage, UpdateValue, WithValue};

/// Like Leptos' stored value, but of one type to Leptos, whatever is kept.
pub struct StoredValue<T> {
    kept: prelude::StoredValue<Kept, LocalStorage>,
    is: PhantomData<fn() -> T>,
}

/// A value of some type.
type Kept = Box<dyn Any>;

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self { kept: keep(Box::new(value)), is: PhantomData }
    }

    /// A copy of the value.
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// Reads of the value.
    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with_value(read).expect("a value that is still kept")
    }

    /// Reads of the value, unless it is gone.
    pub fn try_with_value<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let (mut read, mut result) = (Some(read), None);
        see(self.kept, &mut |kept| {
            result = kept.downcast_ref().zip(read.take()).map(|(value, read)| read(value));
        });
        result
    }

    /// Another value.
    pub fn set_value(&self, value: T) {
        self.update_value(|kept| *kept = value);
    }

    /// Another value, unless there is no place for it any more: then it is given back.
    pub fn try_set_value(&self, value: T) -> Option<T> {
        let mut value = Some(value);
        self.try_update_value(|kept| value.take().into_iter().for_each(|value| *kept = value));
        value
    }

    /// Changes the value.
    pub fn update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        self.try_update_value(change).expect("a value that is still kept")
    }

    /// Changes the value, unless it is gone.
    pub fn try_update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let (mut change, mut result) = (Some(change), None);
        change_kept(self.kept, &mut |kept| {
            result = kept.downcast_mut().zip(change.take()).map(|(value, change)| change(value));
        });
        result
    }
}

fn keep(value: Kept) -> prelude::StoredValue<Kept, LocalStorage> {
    prelude::StoredValue::new_local(value)
}

fn see(stored: prelude::StoredValue<Kept, LocalStorage>, see: &mut dyn FnMut(&Kept)) {
    stored.try_with_value(|kept| see(kept));
}

fn change_kept(stored: prelude::StoredValue<Kept, LocalStorage>, change: &mut dyn FnMut(&mut Kept)) {
    stored.try_update_value(|kept| change(kept));
}

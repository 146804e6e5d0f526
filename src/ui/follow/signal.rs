//! A value that can be set, and tells those who read it.

use std::any::Any;
use std::marker::PhantomData;

use leptos::prelude::{self, LocalStorage, Track, Update, With, WithUntracked};

/// Like Leptos' signal, but of one type to Leptos, whatever is kept: all that it compiles for a signal was in the program once for each type.
pub struct RwSignal<T> {
    kept: prelude::RwSignal<Kept, LocalStorage>,
    is: PhantomData<fn() -> T>,
}

/// A value of some type.
type Kept = Box<dyn Any>;

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T: 'static> RwSignal<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self { kept: keep(Box::new(value)), is: PhantomData }
    }

    /// The value. Whoever follows something follows it, too.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// The value as it is now, unless the signal is gone.
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Reads of the value. Whoever follows something follows it, too.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.read(true, read).expect("a signal that is still there")
    }

    /// Reads of the value as it is now.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with_untracked(read).expect("a signal that is still there")
    }

    /// Reads of the value as it is now, unless the signal is gone.
    pub fn try_with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.read(false, read)
    }

    fn read<R>(&self, tracks: bool, read: impl FnOnce(&T) -> R) -> Option<R> {
        let (mut read, mut result) = (Some(read), None);
        see(self.kept, tracks, &mut |kept| {
            result = kept.downcast_ref().zip(read.take()).map(|(value, read)| read(value));
        });
        result
    }

    /// Whoever follows something follows the value, too.
    pub fn track(&self) {
        self.kept.track();
    }

    /// Another value.
    pub fn set(&self, value: T) {
        self.update(|kept| *kept = value);
    }

    /// Another value, unless the signal is gone: then it is given back.
    pub fn try_set(&self, value: T) -> Option<T> {
        let mut value = Some(value);
        self.try_update(|kept| value.take().into_iter().for_each(|value| *kept = value));
        value
    }

    /// Changes the value.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change).expect("a signal that is still there");
    }

    /// Changes the value, unless the signal is gone.
    pub fn try_update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let (mut change, mut result) = (Some(change), None);
        change_kept(self.kept, &mut |kept| {
            result = kept.downcast_mut().zip(change.take()).map(|(value, change)| change(value));
        });
        result
    }
}

fn keep(value: Kept) -> prelude::RwSignal<Kept, LocalStorage> {
    prelude::RwSignal::new_local(value)
}

fn see(signal: prelude::RwSignal<Kept, LocalStorage>, tracks: bool, see: &mut dyn FnMut(&Kept)) {
    if tracks {
        signal.try_with(|kept| see(kept));
    } else {
        signal.try_with_untracked(|kept| see(kept));
    }
}

fn change_kept(signal: prelude::RwSignal<Kept, LocalStorage>, change: &mut dyn FnMut(&mut Kept)) {
    signal.try_update(|kept| change(kept));
}

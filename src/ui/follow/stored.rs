//! A value that is kept as long as what made it, and tells nobody when it changes.

use super::RwSignal;

/// Like Leptos' stored value: a signal that nobody follows, for one type of what is kept is less program than two.
pub struct StoredValue<T>(RwSignal<T>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }

    /// A copy of the value.
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }

    /// Reads of the value.
    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with_untracked(read)
    }

    /// Reads of the value, unless it is gone.
    pub fn try_with_value<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.0.try_with_untracked(read)
    }

    /// Another value.
    pub fn set_value(&self, value: T) {
        self.0.set(value);
    }

    /// Another value, unless there is no place for it any more: then it is given back.
    pub fn try_set_value(&self, value: T) -> Option<T> {
        self.0.try_set(value)
    }

    /// Changes the value.
    pub fn update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        self.0.try_update(change).expect("a value that is still kept")
    }

    /// Changes the value, unless it is gone.
    pub fn try_update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.try_update(change)
    }
}

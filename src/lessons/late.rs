//! Lists that may come later than the program: the text of a lesson is a file of its own.

use std::ops::Deref;
use std::sync::OnceLock;

/// A list that is there from the start, or comes once. Until then it is empty.
#[derive(Debug)]
pub enum Late<T: 'static> {
    /// It is there.
    Here(&'static [T]),
    /// It comes, or has come. It has a place of its own, so that what names it does not change.
    Coming(&'static OnceLock<&'static [T]>),
}

impl<T> Late<T> {
    /// The list has come. What was there before stays.
    pub fn come(&self, items: &'static [T]) {
        if let Self::Coming(place) = self {
            let _ = place.set(items);
        }
    }
}

impl<T> Deref for Late<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Here(items) => items,
            Self::Coming(place) => place.get().copied().unwrap_or_default(),
        }
    }
}

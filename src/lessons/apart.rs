//! Data that need not be where they are named.

use std::fmt;
use std::ops::Deref;

/// Something that is asked of a function. Where the program is in parts (`cargo xtask build`), the function and what it names come with
/// the lesson that calls it first; data that point to data are all in one place.
pub enum Apart<T: 'static> {
    /// It is there.
    Here(&'static T),
    /// Who knows it.
    By(fn() -> &'static T),
}

impl<T> Deref for Apart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Here(it) => it,
            Self::By(knows) => knows(),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Apart<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(to)
    }
}

//! A value that follows others, and tells those who read it only when it has become another.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{self, Get, GetUntracked, Track};

/// Like Leptos' memo, but of one type to Leptos, whatever is kept: all that it compiles for a memo was in the program two dozen times.
pub struct Memo<T> {
    kept: prelude::Memo<Kept>,
    is: PhantomData<fn() -> T>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

/// A value. It is another one when it has been put there anew.
#[derive(Clone)]
struct Kept(Arc<dyn Any + Send + Sync>);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Kept {
    /// Only what a memo of a type has made is in it.
    fn value<T: 'static>(&self) -> &T {
        self.0.downcast_ref().expect("a memo keeps values of its type")
    }
}

/// Makes a value from the one before.
type Make = Box<dyn Fn(Option<&Kept>) -> Kept + Send + Sync>;

impl<T: Send + Sync + 'static> Memo<T> {
    /// Follows what is read while the value is made; it is given the one before.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        let make: Make = Box::new(move |before| {
            let now = make(before.map(Kept::value));
            match before {
                Some(before) if *before.value::<T>() == now => before.clone(),
                _ => Kept(Arc::new(now)),
            }
        });
        Self { kept: boxed(make), is: PhantomData }
    }

    /// The value. Whoever follows something follows it, too.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.kept.get().value::<T>().clone()
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.kept.get_untracked().value::<T>().clone()
    }

    /// Reads of the value. Whoever follows something follows it, too.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(self.kept.get().value())
    }

    /// Reads of the value as it is now.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(self.kept.get_untracked().value())
    }

    /// Whoever follows something follows the value, too.
    pub fn track(&self) {
        self.kept.track();
    }
}

fn boxed(make: Make) -> prelude::Memo<Kept> {
    prelude::Memo::new(make)
}

//! Texts and numbers: what they are when they are drawn, and as values of an element.

use super::value::{IntoValue, Value};
use super::{IntoView, View};
use crate::decimal::plain;

macro_rules! texts {
    ($($kind:ty: $text:expr;)*) => {$(
        impl IntoView for $kind {
            fn into_view(self) -> View {
                View::Text($text(self).into())
            }
        }

        impl IntoValue for $kind {
            fn into_value(self) -> Value {
                Value::Text($text(self).into())
            }
        }
    )*};
}

texts! {
    String: std::convert::identity;
    &'static str: std::convert::identity;
    u8: whole;
    u16: whole;
    u32: whole;
    u64: whole;
    usize: whole;
    f64: decimal;
}

fn whole(number: impl ToString) -> String {
    number.to_string()
}

fn decimal(number: f64) -> String {
    plain(number).to_string()
}

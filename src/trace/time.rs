//! Times: whole microseconds in the record, milliseconds in programs.

use std::ops::{Add, Sub};

/// A time or a duration in milliseconds, as programs give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Millis(pub f64);

impl Millis {
    /// From seconds.
    pub fn from_seconds(seconds: f64) -> Self {
        Self(seconds * 1000.0)
    }

    /// In seconds.
    pub fn seconds(self) -> f64 {
        self.0 / 1000.0
    }
}

/// A time since the run began, or a duration, in whole microseconds.
///
/// Whole numbers, so that sums of simulated times are exact. It ends at 71 minutes; arithmetic
/// stops there (and at zero) instead of wrapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u32);

impl Micros {
    /// The largest time that can be recorded: about 71 minutes.
    pub const MAX: Self = Self(u32::MAX);

    /// From seconds.
    pub fn from_seconds(seconds: f64) -> Self {
        Millis::from_seconds(seconds).into()
    }

    /// In seconds.
    pub fn seconds(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl From<Millis> for Micros {
    /// Rounds to the nearest microsecond; negative times and NaN become zero.
    fn from(time: Millis) -> Self {
        Self((time.0 * 1000.0).round() as u32)
    }
}

impl From<Micros> for Millis {
    fn from(time: Micros) -> Self {
        Self(f64::from(time.0) / 1000.0)
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Micros {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_becomes_zero_and_the_huge_stops_at_the_end() {
        assert_eq!(Micros::from(Millis(f64::NAN)), Micros(0));
        assert_eq!(Micros::from(Millis(-5.0)), Micros(0));
        assert_eq!(Micros::from(Millis(1e300)), Micros::MAX);
        assert_eq!(Micros::MAX + Micros(1), Micros::MAX);
        assert_eq!(Micros(1) - Micros(2), Micros(0));
    }
}

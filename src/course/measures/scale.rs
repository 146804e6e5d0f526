//! Durations as they are written and drawn, from nanoseconds to seconds, and those that others have published.

use crate::decimal::plain;
use crate::trace::Micros;

/// A duration that others have published.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// How long it takes, in seconds: an order of magnitude.
    pub seconds: f64,
    /// Which of [`SOURCES`] says so.
    pub source: usize,
}

/// Where the published numbers are from: who, and the address.
pub const SOURCES: [(&str, &str); 2] = [
    (
        "Colin Scott, after Jeff Dean and Peter Norvig: Latency Numbers Every Programmer Should Know (2020)",
        "https://colin-scott.github.io/personal_website/research/interactive_latency.html",
    ),
    ("Simon Eskildsen: Napkin Math", "https://github.com/sirupsen/napkin-math"),
];

/// Main memory reference; random read from an SSD; round trip in one data centre; a query to a
/// database there; a packet from California to the Netherlands and back. Typed in: measured by
/// others, or estimated from what they measured.
pub const PUBLISHED: [Published; 5] = [
    Published { seconds: 100e-9, source: 0 },
    Published { seconds: 16e-6, source: 0 },
    Published { seconds: 500e-6, source: 0 },
    Published { seconds: 500e-6, source: 1 },
    Published { seconds: 150e-3, source: 0 },
];

/// A logarithmic scale for durations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The power of ten, in seconds, at its left end.
    pub from: i32,
    /// The power of ten, in seconds, at its right end.
    pub to: i32,
}

impl Scale {
    /// From 10 ns to 1 s, or further if something took longer.
    pub fn holding(longest: Micros) -> Self {
        let decades = longest.seconds().max(1.0).log10().ceil();
        Self { from: -8, to: decades as i32 }
    }

    /// How far along a duration is, 0 to 1. No time at all is at the left end.
    pub fn share(self, seconds: f64) -> f64 {
        let along = (seconds.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        // The logarithm of zero is negative infinity, which is put at the end.
        along.clamp(0.0, 1.0)
    }

    /// Every power of ten on it, and how far along it is; the ends too.
    pub fn ticks(self) -> impl Iterator<Item = (i32, f64)> {
        (self.from..=self.to).map(move |power| (power, self.share(10_f64.powi(power))))
    }
}

/// A duration as people read it: two figures and a unit.
pub fn duration(seconds: f64) -> String {
    let units = [(1e-9, "ns"), (1e-6, "µs"), (1e-3, "ms"), (1.0, "s")];
    // Chosen after rounding, so that 999.7 µs is 1 ms.
    let round = |value: f64| match value {
        value if value < 9.95 => (value * 10.0).round() / 10.0,
        value => value.round(),
    };
    let fits = |(size, _): &&(f64, &str)| round(seconds / size) < 1000.0;
    let (size, unit) = units.iter().find(fits).unwrap_or(&units[3]);
    format!("{} {unit}", plain(round(seconds / size)))
}

/// A measured duration; what is shorter than the clock can tell is said to be so.
pub fn measured(time: Micros, grain: Micros) -> String {
    if time < grain {
        return format!("< {}", duration(grain.seconds()));
    }
    duration(time.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_figures_and_a_unit() {
        let texts = [100e-9, 16e-6, 500e-6, 999.7e-6, 1.24e-3, 9.96e-3, 0.150, 12.34, 0.0].map(duration);
        assert_eq!(texts, ["100 ns", "16 µs", "500 µs", "1 ms", "1.2 ms", "10 ms", "150 ms", "12 s", "0 ns"]);
        assert_eq!(measured(Micros(0), Micros(100)), "< 100 µs");
        assert_eq!(measured(Micros(100), Micros(100)), "100 µs");
    }

    #[test]
    fn a_decade_is_everywhere_as_wide() {
        let scale = Scale::holding(Micros(400_000));
        assert_eq!(scale, Scale { from: -8, to: 0 });
        assert_eq!(scale.share(1.0), 1.0);
        assert!((scale.share(1e-4) - 0.5).abs() < 1e-12);
        assert_eq!((scale.share(0.0), scale.share(1e-12), scale.share(1e3)), (0.0, 0.0, 1.0));
        assert_eq!(scale.ticks().count(), 9);
        assert_eq!(Scale::holding(Micros(2_000_000)).to, 1);
        assert!(PUBLISHED.iter().all(|it| (0.05..0.95).contains(&scale.share(it.seconds))));
    }
}

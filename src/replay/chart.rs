//! The arithmetic of charts: where a value stands on an axis, which values are written there, and lines in steps.
//!
//! Nothing here knows what is charted, or how it is drawn.

use crate::trace::Micros;

/// An axis: from its first value to its last, evenly or by powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value where it begins.
    pub from: f64,
    /// The value where it ends.
    pub to: f64,
    /// Whether each step multiplies. Then both values are above zero.
    pub log: bool,
}

impl Scale {
    /// An even axis from zero.
    pub fn linear(to: f64) -> Self {
        Self { from: 0.0, to: if to > 0.0 { to } else { 1.0 }, log: false }
    }

    /// An axis by powers of ten, from the one at or below `from` to the one at or above `to`. Values above zero.
    pub fn log(from: f64, to: f64) -> Self {
        let from = 10_f64.powf((from.log10() + 1e-9).floor());
        let to = 10_f64.powf((to.log10() - 1e-9).ceil());
        Self { from, to: to.max(from * 10.0), log: true }
    }

    /// Where a value stands, 0 at the beginning to 1 at the end; what is beyond stands at the end it is beyond.
    pub fn place(&self, value: f64) -> f64 {
        let share = match self.log {
            true => (value / self.from).log10() / (self.to / self.from).log10(),
            false => (value - self.from) / (self.to - self.from),
        };
        // The logarithm of what is not above zero is no number.
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }

    /// The values to write: at most `most` of them, and round ones.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        if self.log {
            let powers = (self.to / self.from).log10().round() as i32;
            let step = (powers as usize + 1).div_ceil(most.max(2)).max(1);
            return (0..=powers).step_by(step).map(|power| self.from * 10_f64.powi(power)).collect();
        }
        let step = round_step(self.to - self.from, most.saturating_sub(1).max(1));
        let count = ((self.to - self.from) / step + 1e-9).floor() as usize;
        (0..=count).map(|index| self.from + step * index as f64).collect()
    }
}

/// The smallest of 1, 2, 5 times a power of ten of which at most `most` fit into a span above zero.
pub fn round_step(span: f64, most: usize) -> f64 {
    let least = span / most.max(1) as f64;
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

/// A line that goes one step up at each of some times, in order, from the beginning to `until`: its corners, as times
/// and numbers of steps taken.
pub fn steps(times: &[Micros], until: Micros) -> Vec<(Micros, usize)> {
    let mut corners = vec![(Micros(0), 0)];
    for (index, time) in times.iter().copied().filter(|time| *time <= until).enumerate() {
        corners.extend([(time, index), (time, index + 1)]);
    }
    corners.push((until, corners.last().map_or(0, |(_, count)| *count)));
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_belong() {
        let even = Scale::linear(4.0);
        assert_eq!([-1.0, 0.0, 1.0, 4.0, 9.0].map(|it| even.place(it)), [0.0, 0.0, 0.25, 1.0, 1.0]);
        let log = Scale::log(0.02, 700.0);
        assert_eq!((log.from, log.to), (0.01, 1000.0));
        assert!((log.place(1.0) - 0.4).abs() < 1e-9);
        assert_eq!([log.place(0.0), log.place(-1.0)], [0.0, 0.0]);
        assert_eq!(Scale::linear(0.0).place(0.5), 0.5, "an axis of nothing is no trouble");
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(Scale::linear(4.8).ticks(6), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(Scale::linear(48.0).ticks(6), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(Scale::linear(1.0).ticks(6), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(Scale::log(1.0, 10_000.0).ticks(5), [1.0, 10.0, 100.0, 1000.0, 10_000.0]);
        assert_eq!(Scale::log(1.0, 10_000.0).ticks(3), [1.0, 100.0, 10_000.0]);
        for to in 1..500 {
            for most in 2..9 {
                let ticks = Scale::linear(f64::from(to) / 7.0).ticks(most);
                assert!((1..=most).contains(&ticks.len()), "{to} {most}: {ticks:?}");
                let ticks = Scale::log(0.003, f64::from(to)).ticks(most);
                assert!((1..=most).contains(&ticks.len()), "{to} {most}: {ticks:?}");
            }
        }
    }

    #[test]
    fn a_line_in_steps_has_two_corners_a_step_and_ends_where_it_is_cut() {
        let times = [1, 2, 5].map(Micros);
        let corner = |time, count| (Micros(time), count);
        assert_eq!(
            steps(&times, Micros(3)),
            [corner(0, 0), corner(1, 0), corner(1, 1), corner(2, 1), corner(2, 2), corner(3, 2)]
        );
        assert_eq!(steps(&[], Micros(3)), [corner(0, 0), corner(3, 0)]);
    }
}

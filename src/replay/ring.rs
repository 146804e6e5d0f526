//! Rings that fill, as paths: all of a picture are one, whatever part of each is done.

use super::scene::Point;
use crate::decimal::{fixed, plain};

/// A circle from its top, clockwise.
pub fn whole(Point { x, y }: Point, radius: f64) -> String {
    let (x, top) = (fixed(x, 1), fixed(y - radius, 2));
    let (radius, across) = (plain(radius), plain(2.0 * radius));
    format!("M{x} {top}a{radius} {radius} 0 0 1 0 {across}a{radius} {radius} 0 0 1 0 -{across}")
}

/// So much of a circle, 0 to 1, from its top, clockwise. Nothing of it is a point, which has a size where ends of lines are round.
pub fn part(at: Point, radius: f64, share: f64) -> String {
    if share >= 1.0 {
        return whole(at, radius);
    }
    let share = share.max(0.0);
    let (x, y) = (sine(share) * radius, sine(share + 0.25) * radius);
    let large = u8::from(share > 0.5);
    let [left, top, x, y] =
        [(at.x, 1), (at.y - radius, 2), (x, 2), (radius - y, 2)].map(|(it, places)| fixed(it, places));
    let radius = plain(radius);
    format!("M{left} {top}a{radius} {radius} 0 {large} 1 {x} {y}")
}

/// The sine of an angle in turns from 0 to 2, within 0.002: Bhaskara's, for the standard library's would have to be downloaded.
fn sine(turns: f64) -> f64 {
    let halves = 2.0 * turns;
    let around = halves.fract() * (1.0 - halves.fract());
    let sine = 16.0 * around / (5.0 - 4.0 * around);
    if (halves as u8).is_multiple_of(2) { sine } else { -sine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_is_near_enough() {
        for step in 0..200 {
            let turns = f64::from(step) / 100.0;
            let exact = (std::f64::consts::TAU * turns).sin();
            assert!((sine(turns) - exact).abs() < 0.002, "{turns}: {} for {exact}", sine(turns));
        }
    }

    #[test]
    fn a_ring_fills_clockwise_from_its_top() {
        let at = Point { x: 100.0, y: 50.0 };
        assert_eq!(part(at, 20.0, 0.0), "M100.0 30.00a20 20 0 0 1 0.00 0.00");
        assert_eq!(part(at, 20.0, 0.25), "M100.0 30.00a20 20 0 0 1 20.00 20.00");
        assert_eq!(part(at, 20.0, 0.75), "M100.0 30.00a20 20 0 1 1 -20.00 20.00");
        assert_eq!(part(at, 20.0, 1.0), whole(at, 20.0));
        assert_eq!(part(at, 20.0, -1.0), part(at, 20.0, 0.0));
    }
}

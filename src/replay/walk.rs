//! How people walk: where they are is the average of where they were sent in the last moments.

use super::scene::Point;
use crate::trace::Micros;

/// The average of where someone was sent in the last `walk`, and of how large they are there; those just gone
/// count most. `changes` are the times at which they may have been sent elsewhere, in order; the first of them
/// stands for all that was before. Where `target` knows nothing, nothing is counted.
pub(super) fn average(
    changes: &[Micros],
    time: Micros,
    walk: Micros,
    target: impl Fn(Micros) -> Option<(Point, f64)>,
) -> (Point, f64) {
    let (mut sum, mut size) = (Point::default(), 0.0);
    for (index, change) in changes.iter().enumerate() {
        let next = changes.get(index + 1).copied().unwrap_or(time);
        let first = if index == 0 { 1.0 } else { settled(time - *change, walk) };
        let last = if index + 1 == changes.len() { 0.0 } else { settled(time - next, walk) };
        let weight = first - last;
        if let Some((point, scale)) = target(*change)
            && weight > 0.0
        {
            sum.x += point.x * weight;
            sum.y += point.y * weight;
            size += scale * weight;
        }
    }
    (sum, size)
}

/// How much of a walk that began this long ago is done, 0 to 1, slow at both ends.
pub(super) fn settled(ago: Micros, walk: Micros) -> f64 {
    let part = (ago.seconds() / walk.seconds()).min(1.0);
    part * part * (3.0 - 2.0 * part)
}

/// How far something is that began at `from`; 1 where nobody knows how long it takes.
pub(super) fn progress(from: Micros, planned: Micros, time: Micros) -> f64 {
    if planned == Micros(0) { 1.0 } else { ((time - from).seconds() / planned.seconds()).min(1.0) }
}

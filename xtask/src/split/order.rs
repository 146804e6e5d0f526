//! In which order functions are written: each behind the one that it resembles most. What packs a program finds what was there before the
//! sooner, the less is between, and says it in fewer bytes.

use std::collections::HashMap;

/// So many bytes are looked at together.
const TOGETHER: usize = 4;
/// What more functions than that have is said of none of them: to compare all with all takes too long.
const COMMON: usize = 1000;

/// The order for some bodies: each number of `0..bodies.len()` once. The first is the shortest.
pub fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<u32>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut owners = HashMap::<u32, Vec<usize>>::new();
    for (body, pieces) in pieces.iter().enumerate() {
        pieces.iter().for_each(|piece| owners.entry(*piece).or_default().push(body));
    }
    // What few functions have says more of them.
    let weight = |owners: &[usize]| 1.0 / (owners.len() as f64 + 2.0).log2();
    let sizes: Vec<f64> =
        pieces.iter().map(|pieces| pieces.iter().map(|piece| weight(&owners[piece])).sum()).collect();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_unstable_by_key(|body| (bodies[*body].len(), bodies[*body]));
    let mut order = Vec::new();
    let mut next = 0;
    while !left.is_empty() {
        let body = left.remove(next);
        order.push(body);
        let mut shared = vec![0.0; bodies.len()];
        for owners in pieces[body].iter().map(|piece| &owners[piece]).filter(|owners| owners.len() <= COMMON)
        {
            let weight = weight(owners);
            owners.iter().for_each(|owner| shared[*owner] += weight);
        }
        let likeness = |other: usize| shared[other] / (sizes[body] + sizes[other] - shared[other] + 1e-9);
        let mut best = -1.0;
        for (place, other) in left.iter().enumerate() {
            let likeness = likeness(*other);
            if likeness > best {
                (best, next) = (likeness, place);
            }
        }
    }
    order
}

/// All runs of bytes of a body, each once.
fn pieces(body: &[u8]) -> Vec<u32> {
    let mut pieces: Vec<u32> = body
        .windows(TOGETHER)
        .map(|run| run.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)))
        .collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_together() {
        let bodies: [&[u8]; 5] =
            [b"a burger and fries", b"0123456789", b"a burger and salad", b"01234567", b"x"];
        assert_eq!(by_likeness(&bodies), [4, 3, 1, 0, 2]);
    }

    #[test]
    fn every_function_is_there_once() {
        let bodies: [&[u8]; 4] = [b"", b"", b"same", b"same"];
        let mut order = by_likeness(&bodies);
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3]);
    }
}

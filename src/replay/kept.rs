//! Lists that are drawn in things that are kept from one picture to the next: what is written where, and what must be moved.
//!
//! To put a thing elsewhere in a page makes a browser work out all of it anew, from its looks to its paint.

/// Which of those that stand in an order can stay where they are, so that as few as possible are moved: `places` are those that they
/// had before, in the new order; whoever had none is put somewhere.
pub fn stays(places: &[Option<usize>]) -> Vec<bool> {
    // The longest line of places that grow: for each, how long a line ends there, and after whom it stands in it.
    let mut lines: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let earlier =
            (0..at).filter(|other| place.is_some() && places[*other].is_some() && places[*other] < *place);
        let longest = earlier.max_by_key(|other| lines[*other].0);
        let length = longest.map_or(0, |other| lines[other].0) + usize::from(place.is_some());
        lines.push((length, longest));
    }
    let mut stays = vec![false; places.len()];
    let mut next = (0..places.len()).filter(|at| places[*at].is_some()).max_by_key(|at| lines[*at].0);
    while let Some(at) = next {
        stays[at] = true;
        next = lines[at].1;
    }
    stays
}

/// What stands in a place of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// What is wanted there, as it was drawn in this place before.
    Kept(usize, usize),
    /// What is wanted there, to be written into the thing that was in this place, or into a new one.
    New(usize, Option<usize>),
    /// What was in this place before, until something else takes it.
    Old(usize),
}

/// A list, the latest first, with no more than `most` new entries in it. `wanted` says for each entry in which place of the list it is drawn
/// already, of `before` places. As long as entries are missing, old ones of which `waits` says so may stand at the end.
pub fn plan(
    wanted: &[Option<usize>],
    before: usize,
    most: usize,
    waits: impl Fn(usize) -> bool,
) -> Vec<Slot> {
    let missing = wanted.iter().filter(|kept| kept.is_none()).count();
    // From what is there already, the list grows downwards; or upwards, where it ends with that.
    let downwards = wanted.first().is_none_or(Option::is_some) || missing == wanted.len();
    let chosen = if downwards { 0..most } else { missing.saturating_sub(most)..missing };
    let mut free: Vec<usize> = (0..before).filter(|at| !wanted.contains(&Some(*at))).collect();
    let mut slots = Vec::with_capacity(wanted.len());
    let (mut last, mut passed) = (None, 0);
    for (index, kept) in wanted.iter().enumerate() {
        if let Some(at) = kept {
            slots.push(Slot::Kept(index, *at));
            last = Some(*at);
            continue;
        }
        passed += 1;
        if !chosen.contains(&(passed - 1)) {
            continue;
        }
        let next = wanted[index..].iter().flatten().next();
        let is_here = |at: &usize| last < Some(*at) && next.is_none_or(|next| at < next);
        let here = free.iter().position(is_here).map(|at| free.remove(at));
        last = here.or(last);
        slots.push(Slot::New(index, here.or_else(|| free.pop())));
    }
    let rest = free.into_iter().filter(|at| last < Some(*at) && waits(*at)).map(Slot::Old);
    slots.extend(rest.take(wanted.len() - slots.len()));
    slots
}

#[cfg(test)]
mod tests {
    use super::Slot::{Kept, New, Old};
    use super::*;

    #[test]
    fn as_few_as_possible_are_moved() {
        let moved = |places: &[Option<usize>]| stays(places).iter().filter(|stays| !**stays).count();
        assert_eq!(moved(&[Some(0), Some(1), Some(2)]), 0);
        assert_eq!(moved(&[Some(0), Some(5), Some(6), Some(1), Some(2), Some(3)]), 2);
        assert_eq!(moved(&[Some(1), Some(2), Some(3), Some(0)]), 1);
        assert_eq!(moved(&[None, Some(1), None, Some(0)]), 3);
        assert!(stays(&[]).is_empty());
    }

    #[test]
    fn a_list_grows_by_what_is_new() {
        let grown = plan(&[None, None, None, Some(0), Some(1)], 3, 2, |_| true);
        assert_eq!(grown, [New(1, Some(2)), New(2, None), Kept(3, 0), Kept(4, 1)]);
        assert_eq!(plan(&[None, Some(0)], 1, 9, |_| true), [New(0, None), Kept(1, 0)]);
        assert_eq!(plan(&[], 3, 9, |_| true), []);
    }

    #[test]
    fn where_all_is_new_it_is_written_over_what_was_there() {
        assert_eq!(plan(&[None, None, None], 3, 2, |_| true), [New(0, Some(0)), New(1, Some(1)), Old(2)]);
        assert_eq!(
            plan(&[Some(0), Some(1), None], 3, 2, |_| true),
            [Kept(0, 0), Kept(1, 1), New(2, Some(2))]
        );
        assert_eq!(plan(&[None, None], 2, 1, |_| false), [New(0, Some(0))]);
    }
}

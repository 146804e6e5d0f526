//! Which function goes where: what opening the first lesson calls stays in the program; what the home page calls besides is a part
//! of its own, and so is what the lesson calls only when something is done; what another lesson calls first is that lesson's part; what no walk called is the last part.

use super::shape::{LOWEST_ADDRESS, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// A stub takes about as many bytes: shorter functions stay, unless they name data, which move with them. Most of what moves is called from
/// one place, and leaves no stub.
const WORTH_IT: u32 = 12;

/// What the first lesson's functions call is with them if it is no longer than this, called by a walk or not: whether a number
/// is written with a zero before it depends on the day.
const SMALL: u32 = 200;

/// A short function that walks through so many other places called is with what the first lesson calls, too, though its own walk
/// did not: whether two names fall into one place of a table depends on chance.
const COMMON: usize = 3;

/// The place that is opened when an address asks for none. What only it calls must not weigh on a lesson.
const HOME: &str = "home";

/// What a walk through one place of the course called, or which marks it passed.
pub struct Walk {
    /// The lesson's slug, or another name.
    pub place: String,
    /// The functions that were called before anything was done on the page.
    pub opened: BTreeSet<u32>,
    /// All functions that were called.
    pub called: BTreeSet<u32>,
    /// Whether it looks like something of the second style sheet before anything is done.
    pub dressed: bool,
}

/// The functions that were called, by the marks that were passed. Those with a body have a mark each, in their order; behind the first
/// ones stand pieces of what opening the first lesson calls. Something else may execute these at any time, so they are with what
/// the first lesson calls once something is done: from the first sign of somebody on, none of them has to be waited for.
pub fn walks(passed: &[Walk], imported: u32, bodies: u32, marks: &[u32]) -> Vec<Walk> {
    let called = |passed: &BTreeSet<u32>| {
        let functions = (imported..).zip(marks).filter(|(_, mark)| passed.contains(mark));
        functions.map(|(function, _)| function).collect()
    };
    let of = |walk: &Walk| Walk {
        place: walk.place.clone(),
        opened: called(&walk.opened),
        called: called(&walk.called),
        dressed: walk.dressed,
    };
    let mut walks: Vec<Walk> = passed.iter().map(of).collect();
    if let Some(first) = walks.first_mut() {
        first.called.extend(imported + bodies..imported + marks.len() as u32);
    }
    walks
}

/// A program in parts.
pub struct Plan {
    /// The functions of each part, in order. The first part has the number 1.
    pub parts: Vec<Vec<u32>>,
    /// Which parts a place needs to be shown.
    pub needs: BTreeMap<String, Vec<usize>>,
    /// Which others it needs once something is done.
    pub later: BTreeMap<String, Vec<usize>>,
}

/// Divides a program. The first walk is the first lesson's; the others are in the order of the course.
pub fn plan(shape: &Shape, need: u32, walks: &[Walk]) -> Plan {
    let mut placed = stays(shape, need);
    placed.extend(walks.first().iter().flat_map(|walk| &walk.opened));
    let movable = |function: &u32| {
        let body = (*function - shape.imported) as usize;
        let names_data =
            shape.numbers.get(body).is_some_and(|numbers| numbers.iter().any(|it| *it >= LOWEST_ADDRESS));
        (shape.sizes[body] > WORTH_IT || names_data) && !shape.tied[body]
    };
    let all: BTreeSet<u32> = (shape.imported..shape.imported + shape.bodies).filter(movable).collect();
    let mut parts = Vec::new();
    if let Some(home) = walks.iter().find(|walk| walk.place == HOME) {
        let part: Vec<u32> =
            all.intersection(&home.opened).filter(|it| !placed.contains(it)).copied().collect();
        placed.extend(&part);
        parts.push(part);
    }
    for (walk, is_first) in walks.iter().zip(std::iter::once(true).chain(std::iter::repeat(false))) {
        let mut part: BTreeSet<u32> = all.intersection(&walk.called).copied().collect();
        if is_first {
            part.extend(small_neighbours(shape, &walk.called).intersection(&all));
            part.extend(common(shape, walks).intersection(&all));
        }
        let part: Vec<u32> = part.difference(&placed).copied().collect();
        placed.extend(&part);
        parts.push(part);
    }
    parts.push(all.iter().filter(|it| !placed.contains(it)).copied().collect());
    parts.retain(|part| !part.is_empty());
    let mut plan = Plan { parts, needs: BTreeMap::new(), later: BTreeMap::new() };
    for walk in walks {
        let touched = |called: &BTreeSet<u32>| -> Vec<usize> {
            let parts = plan.parts.iter().zip(1..);
            let touched = parts.filter(|(part, _)| part.iter().any(|it| called.contains(it)));
            touched.map(|(_, number)| number).collect()
        };
        let (needs, mut later) = (touched(&walk.opened), touched(&walk.called));
        later.retain(|part| !needs.contains(part));
        plan.needs.insert(walk.place.clone(), needs);
        plan.later.insert(walk.place.clone(), later);
    }
    plan
}

/// The short functions that some call.
fn small_neighbours(shape: &Shape, of: &BTreeSet<u32>) -> BTreeSet<u32> {
    let calls = |function: &u32| shape.calls.get(function.checked_sub(shape.imported)? as usize);
    of.iter().filter_map(calls).flatten().copied().filter(|called| is_short(shape, *called)).collect()
}

/// The short functions that many walks called.
fn common(shape: &Shape, walks: &[Walk]) -> BTreeSet<u32> {
    let mut counts = BTreeMap::new();
    for function in walks.iter().flat_map(|walk| &walk.called) {
        *counts.entry(*function).or_insert(0) += 1;
    }
    counts.retain(|function, count| *count >= COMMON && is_short(shape, *function));
    counts.into_keys().collect()
}

fn is_short(shape: &Shape, function: u32) -> bool {
    let body = function.checked_sub(shape.imported).map(|body| body as usize);
    body.and_then(|body| shape.sizes.get(body)).is_some_and(|size| *size <= SMALL)
}

/// What must never be somewhere else: the function that fetches parts, and all that it calls.
pub fn stays(shape: &Shape, need: u32) -> BTreeSet<u32> {
    let mut stay = BTreeSet::new();
    let mut open = vec![need];
    while let Some(function) = open.pop() {
        let body = function.checked_sub(shape.imported).and_then(|body| shape.calls.get(body as usize));
        if stay.insert(function) {
            open.extend(body.into_iter().flatten());
        }
    }
    stay
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six functions of 100 bytes, one imported; 1 is the one that fetches and calls 2.
    fn shape() -> Shape {
        Shape {
            imported: 1,
            bodies: 6,
            sizes: vec![100; 6],
            calls: vec![vec![2], vec![0], vec![], vec![], vec![], vec![]],
            tied: vec![false, false, false, false, false, true],
            ..Shape::default()
        }
    }

    fn walk(place: &str, opened: &[u32], called: &[u32]) -> Walk {
        let set = |numbers: &[u32]| numbers.iter().copied().collect();
        Walk { place: place.to_owned(), opened: set(opened), called: set(called), dressed: false }
    }

    #[test]
    fn each_function_is_in_the_part_of_the_lesson_that_calls_it_first() {
        let walks =
            [walk("first", &[3], &[3]), walk("second", &[3, 4], &[3, 4]), walk("third", &[3], &[3, 4])];
        let plan = plan(&shape(), 1, &walks);
        assert_eq!(plan.parts, [vec![4], vec![5]]);
        assert_eq!(plan.needs["first"], [0usize; 0]);
        assert_eq!((&*plan.needs["second"], &*plan.needs["third"]), (&[1][..], &[][..]));
        assert_eq!((&*plan.later["second"], &*plan.later["third"]), (&[][..], &[1][..]));
    }

    #[test]
    fn what_the_first_lesson_calls_only_when_something_is_done_comes_later() {
        let walks = [walk("first", &[3], &[3, 4]), walk("second", &[4], &[4, 5])];
        let plan = plan(&shape(), 1, &walks);
        assert_eq!(plan.parts, [vec![4], vec![5]]);
        assert_eq!((&*plan.needs["first"], &*plan.later["first"]), (&[][..], &[1][..]));
        assert_eq!((&*plan.needs["second"], &*plan.later["second"]), (&[1][..], &[2][..]));
    }

    #[test]
    fn what_the_home_page_calls_as_it_opens_is_a_part_of_its_own() {
        let walks = [walk("first", &[3], &[3, 4, 5]), walk(HOME, &[3, 5], &[3, 4, 5])];
        let plan = plan(&shape(), 1, &walks);
        assert_eq!(plan.parts, [vec![5], vec![4]]);
        assert_eq!((&*plan.needs["first"], &*plan.needs[HOME]), (&[][..], &[1][..]));
        assert_eq!((&*plan.later["first"], &*plan.later[HOME]), (&[1, 2][..], &[2][..]));
    }

    #[test]
    fn short_functions_that_the_first_lesson_may_call_are_with_what_it_calls() {
        let mut shape = shape();
        shape.calls[2] = vec![4, 5];
        shape.sizes[4] = SMALL + 1;
        let walks = [walk("first", &[], &[3]), walk("second", &[4, 5], &[4, 5])];
        assert_eq!(plan(&shape, 1, &walks).parts, [vec![3, 4], vec![5]]);
    }

    #[test]
    fn short_functions_that_many_lessons_call_are_with_what_the_first_calls() {
        let mut shape = shape();
        shape.sizes[4] = SMALL + 1;
        let walks = ["second", "third", "fourth"].map(|place| walk(place, &[], &[4, 5]));
        let walks: Vec<_> = std::iter::once(walk("first", &[], &[3])).chain(walks).collect();
        assert_eq!(plan(&shape, 1, &walks).parts, [vec![3, 4], vec![5]]);
        assert_eq!(plan(&shape, 1, &walks[..3]).parts, [vec![3], vec![4, 5]]);
    }

    #[test]
    fn what_fetches_parts_stays_with_all_that_it_calls() {
        let plan = plan(&shape(), 1, &[walk("first", &[], &[]), walk("second", &[], &[])]);
        assert_eq!(plan.parts, [vec![3, 4, 5]]);
    }
}

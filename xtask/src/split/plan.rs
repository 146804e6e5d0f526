//! Which function goes where: what the first lesson calls stays in the program; what another lesson calls first is that
//! lesson's part; what no walk called is the last part.

use super::shape::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// A stub takes about as many bytes: shorter functions stay.
const WORTH_IT: u32 = 24;

/// What a walk through one place of the course called.
pub struct Walk {
    /// The lesson's slug, or another name.
    pub place: String,
    /// The functions.
    pub called: BTreeSet<u32>,
}

/// A program in parts.
pub struct Plan {
    /// The functions of each part, in order. The first part has the number 1.
    pub parts: Vec<Vec<u32>>,
    /// Which parts a place needs.
    pub needs: BTreeMap<String, Vec<usize>>,
}

/// Divides a program. The first walk is the first lesson's; the others are in the order of the course.
pub fn plan(shape: &Shape, need: u32, walks: &[Walk]) -> Plan {
    let mut placed = stays(shape, need);
    placed.extend(walks.first().iter().flat_map(|walk| &walk.called));
    let movable = |function: &u32| {
        let body = (*function - shape.imported) as usize;
        shape.sizes[body] > WORTH_IT && !shape.tied[body]
    };
    let all: BTreeSet<u32> = (shape.imported..shape.imported + shape.bodies).filter(movable).collect();
    let mut parts = Vec::new();
    for walk in walks.iter().skip(1) {
        let part: Vec<u32> =
            all.intersection(&walk.called).filter(|it| !placed.contains(it)).copied().collect();
        placed.extend(&part);
        parts.push(part);
    }
    parts.push(all.iter().filter(|it| !placed.contains(it)).copied().collect());
    parts.retain(|part| !part.is_empty());
    let needs = walks.iter().map(|walk| {
        let needed = parts.iter().zip(1..).filter(|(part, _)| part.iter().any(|it| walk.called.contains(it)));
        (walk.place.clone(), needed.map(|(_, number)| number).collect())
    });
    let needs = needs.collect();
    Plan { parts, needs }
}

/// What must never be somewhere else: the function that fetches parts, and all that it calls.
fn stays(shape: &Shape, need: u32) -> BTreeSet<u32> {
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

    fn walk(place: &str, called: &[u32]) -> Walk {
        Walk { place: place.to_owned(), called: called.iter().copied().collect() }
    }

    #[test]
    fn each_function_is_in_the_part_of_the_lesson_that_calls_it_first() {
        let walks = [walk("first", &[3]), walk("second", &[3, 4]), walk("third", &[4])];
        let plan = plan(&shape(), 1, &walks);
        assert_eq!(plan.parts, [vec![4], vec![5]]);
        assert_eq!(plan.needs["first"], [0usize; 0]);
        assert_eq!((&*plan.needs["second"], &*plan.needs["third"]), (&[1][..], &[1][..]));
    }

    #[test]
    fn what_fetches_parts_stays_with_all_that_it_calls() {
        let plan = plan(&shape(), 1, &[walk("first", &[]), walk("second", &[])]);
        assert_eq!(plan.parts, [vec![3, 4, 5]]);
    }
}

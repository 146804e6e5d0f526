//! Who is drawn over whom, and what of that must be done anew.
//!
//! To put somebody elsewhere in a page makes a browser work out the looks of a whole person, lay them out and paint them: it
//! is the dearest thing a frame can do. So people whose pictures do not touch stay in the order in which they are, and of the
//! others as few as possible are moved. What is seen is the same whatever was drawn before.

use super::{Floor, Person};
use crate::trace::TaskId;
use std::ops::RangeInclusive;

/// So few that any of them may have something to say, which takes room, and that everybody is seen well.
const FEW: usize = 12;
/// Of many, those whose feet are less apart than that (in units of the drawing) stand side by side: they do not change places whenever
/// one of them takes a step.
const STEP: f64 = 16.0;

/// The order in which people are drawn, the first at the back: their places in `people`. As far as nobody can see it, it is the order
/// `before`.
pub fn order(people: &[Person], floor: Floor, before: &[TaskId]) -> Vec<usize> {
    let few = people.len() <= FEW;
    let spaces: Vec<Space> = people.iter().map(|person| Space::of(person, floor, few)).collect();
    let mut sorted: Vec<usize> = (0..people.len()).collect();
    let depth = |at: &usize| if few { people[*at].at.y } else { (people[*at].at.y / STEP).floor() };
    // Side by side, those who came first are behind, as they are in a line that turns: nobody changes places who walks along it.
    let from_behind =
        |a: &usize, b: &usize| depth(a).total_cmp(&depth(b)).then(people[*a].task.cmp(&people[*b].task));
    sorted.sort_by(from_behind);
    // Those with nobody left behind them that they touch, by where they were drawn; whoever is new comes right after the one behind.
    let mut ranks: Vec<(usize, usize)> = Vec::with_capacity(people.len());
    for at in &sorted {
        let known = before.iter().position(|task| *task == people[*at].task);
        let last = ranks.last().map_or((0, 1), |(place, after)| (*place, after + 1));
        ranks.push(known.map_or(last, |place| (place + 1, 0)));
    }
    let touch = |a: usize, b: usize| spaces[sorted[a]].touches(&spaces[sorted[b]]);
    let mut behind: Vec<usize> =
        (0..people.len()).map(|at| (0..at).filter(|other| touch(*other, at)).count()).collect();
    let mut left: Vec<usize> = (0..people.len()).collect();
    left.sort_by_key(|at| ranks[*at]);
    let mut order = Vec::with_capacity(people.len());
    // The one furthest back of those who are left always has nobody behind.
    while let Some(place) = left.iter().position(|at| behind[*at] == 0) {
        let next = left.remove(place);
        for (at, behind) in behind.iter_mut().enumerate().skip(next + 1) {
            *behind -= usize::from(touch(next, at));
        }
        order.push(sorted[next]);
    }
    order
}

/// The part of the picture that a person takes, with all that it may carry and say.
struct Space {
    across: RangeInclusive<f64>,
    down: RangeInclusive<f64>,
}

impl Space {
    fn of(person: &Person, floor: Floor, few: bool) -> Self {
        let Person { at, scale, .. } = *person;
        let talks = few || person.state.is_running() || person.calls;
        let carries = person.ticket.is_some() || person.burgers || person.sits || person.deadline.is_some();
        let beside = match (talks, carries) {
            (true, _) => 110.0,
            (_, true) => 46.0,
            _ => 27.0,
        };
        let over = if talks || person.deadline.is_some() { 62.0 } else { 24.0 };
        let under = if person.sits { 82.0 } else { 68.0 };
        let (left, right) = ((at.x - beside * scale).max(0.0), (at.x + beside * scale).min(floor.width));
        Self { across: left..=right, down: at.y - over * scale..=at.y + under * scale }
    }

    fn touches(&self, other: &Self) -> bool {
        let seen = !self.across.is_empty() && !other.across.is_empty();
        let meet =
            |a: &RangeInclusive<f64>, b: &RangeInclusive<f64>| a.start() <= b.end() && b.start() <= a.end();
        seen && meet(&self.across, &other.across) && meet(&self.down, &other.down)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mood, Point};
    use super::*;
    use crate::replay::State;
    use crate::trace::ThreadId;

    fn person(index: u32, x: f64, y: f64) -> Person {
        let task = TaskId::new(ThreadId(0), index);
        let (at, state) = (Point { x, y }, State::Waiting);
        Person {
            task,
            at,
            scale: 1.0,
            state,
            ticket: None,
            mood: Mood::Happy,
            walks: false,
            sits: true,
            burgers: false,
            calls: false,
            deadline: None,
        }
    }

    fn drawn(people: &[Person], before: &[u32]) -> Vec<u32> {
        let before: Vec<_> = before.iter().map(|index| TaskId::new(ThreadId(0), *index)).collect();
        let floor = Floor { width: Floor::WIDE, slots: people.len() };
        order(people, floor, &before).iter().map(|at| people[*at].task.index() as u32).collect()
    }

    #[test]
    fn who_touches_nobody_stays_where_it_was() {
        let people = [person(3, 150.0, 0.0), person(1, 450.0, 1.0), person(2, 750.0, 2.0)];
        assert_eq!(drawn(&people, &[1, 2, 3]), [1, 2, 3]);
        assert_eq!(drawn(&people, &[]), [3, 1, 2]);
    }

    #[test]
    fn who_stands_before_somebody_is_drawn_later() {
        // The third has gone behind the first; the second stands apart.
        let people = [person(3, 170.0, 0.0), person(1, 150.0, 10.0), person(2, 750.0, 20.0)];
        assert_eq!(drawn(&people, &[1, 2, 3]), [2, 3, 1]);
    }

    #[test]
    fn of_many_those_at_one_depth_keep_their_order() {
        let mut people: Vec<_> =
            (1..=20).map(|index| person(index, 100.0 + 20.0 * f64::from(index), 320.0)).collect();
        let order: Vec<_> = (1..=20).collect();
        people.swap(3, 9);
        people[3].at.y += 4.0;
        assert_eq!(drawn(&people, &order), order);
        people[5].at.y += 40.0;
        assert_ne!(drawn(&people, &order), order);
    }
}

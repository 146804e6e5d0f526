//! Who stands where: no two at one place, nobody where their state does not put them.

use concurrent_burgers::replay::State::{self, *};
use concurrent_burgers::replay::scene::{self, Floor, Person, Place, Point, Scene, View, WALK};
use proptest::sample::Index;

use super::*;

pub fn view(replay: &Replay, thread: usize, width: f64, walks: bool) -> View {
    let floor = Floor { width, slots: scene::slots(replay, ThreadId(thread as u8)) };
    View { thread: ThreadId(thread as u8), floor, shows_main: true, walks }
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn width() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![Floor::WIDE, Floor::NARROW, Floor::BOOTH])
}

/// The place at which a person stands, of all the places there are.
fn place(floor: Floor, person: &Person) -> Option<Place> {
    let lines = (0..16).map(Place::Line);
    let tables = (0..16).map(Place::Table);
    let parties = (0..16).map(Place::Party);
    let others = [Place::Door, Place::Exit, Place::Till];
    lines
        .chain(tables)
        .chain(parties)
        .chain(others)
        .find(|place| floor.place(*place) == (person.at, person.scale))
}

fn fits(state: State, place: Place) -> bool {
    match state {
        NeverStarted | Failed | Cancelled => place == Place::Door,
        Ready => matches!(place, Place::Line(_)),
        Working | Holding => place == Place::Till,
        Waiting => matches!(place, Place::Table(_) | Place::Party(_)),
        Done => place == Place::Exit,
    }
}

/// Where everybody stands in a room in which nobody walks.
fn places(view: View, scene: &Scene) -> Result<Vec<(TaskId, State, Place)>, TestCaseError> {
    let all = scene.people.iter().map(|person| {
        let place = place(view.floor, person);
        let place = place.ok_or_else(|| TestCaseError::fail(format!("{person:?} stands nowhere")))?;
        Ok((person.task, person.state, place))
    });
    all.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn people_stand_where_their_state_puts_them(Shown(trace, _) in programs(), width in width()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, width, false);
            for time in moments(&replay) {
                let scene = view.at(&replay, time);
                for (task, state, place) in places(view, &scene)? {
                    let lane = replay.lane(task).and_then(|lane| lane.at(time));
                    prop_assert_eq!(lane.map(|span| span.state), Some(state));
                    prop_assert!(fits(state, place), "{:?} at {:?}", state, place);
                }
                prop_assert!(scene.people.iter().all(|it| !it.walks && it.sits == (it.state == Waiting)));
            }
        }
    }

    /// The only places that more than one can share are outside.
    #[test]
    fn nobody_stands_on_anybody_else(Shown(replay, _) in counters(), width in width()) {
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, width, false);
            for time in moments(&replay) {
                let scene = view.at(&replay, time);
                let mut places = places(view, &scene)?;
                places.retain(|(.., place)| !matches!(place, Place::Door | Place::Exit));
                let line: Vec<_> = places.iter().filter(|(.., place)| matches!(place, Place::Line(_))).collect();
                prop_assert_eq!(line.len(), scene.in_line);
                for index in 0..line.len() {
                    prop_assert!(line.iter().any(|(.., place)| *place == Place::Line(index)), "a gap in the line");
                }
                for (index, (one, _, place)) in places.iter().enumerate() {
                    for (other, _, elsewhere) in &places[index + 1..] {
                        prop_assert_ne!(place, elsewhere, "{:?} and {:?} at {:?}", one, other, time);
                        let (here, scale) = view.floor.place(*place);
                        let (there, other_scale) = view.floor.place(*elsewhere);
                        // A person is about 30 wide at full size.
                        let room = 30.0 * scale.min(other_scale);
                        prop_assert!(distance(here, there) >= room, "{:?} {:?}", place, elsewhere);
                    }
                }
            }
        }
    }

    #[test]
    fn the_line_is_in_the_order_of_coming(Shown(replay, _) in counters()) {
        let view = view(&replay, 0, Floor::WIDE, false);
        for time in moments(&replay) {
            let places = places(view, &view.at(&replay, time))?;
            let mut line: Vec<_> = places.iter().filter_map(|(task, _, place)| match place {
                Place::Line(index) => Some((*index, replay.lane(*task)?.at(time)?.from)),
                _ => None,
            }).collect();
            line.sort();
            prop_assert!(line.is_sorted_by_key(|(_, since)| *since));
        }
    }

    #[test]
    fn at_most_one_is_at_the_till_and_it_is_the_one_the_clerk_serves(Shown(trace, _) in programs()) {
        let replay = whole(trace);
        for thread in 0..replay.trace.threads() {
            let view = view(&replay, thread, Floor::WIDE, false);
            for time in moments(&replay) {
                let scene = view.at(&replay, time);
                let till: Vec<_> = scene.people.iter().filter(|person| person.state.is_running()).collect();
                prop_assert!(till.len() <= 1);
                prop_assert_eq!(till.first().map(|person| person.task), scene.clerk.task);
                prop_assert_eq!(till.first().map(|person| person.state), scene.clerk.state);
            }
        }
    }

    /// A walk takes WALK and is fastest in its middle, at 1.5 times its mean speed; nobody is sent
    /// farther than from outside on one side to outside on the other.
    #[test]
    fn nobody_jumps(Shown(replay, _) in counters(), width in width(), times in prop::collection::vec(any::<Index>(), 12)) {
        nobody_jumps_in(&replay, width, &times)?;
    }

    #[test]
    fn nobody_jumps_in_any_program(Shown(trace, _) in programs(), width in width(), times in prop::collection::vec(any::<Index>(), 12)) {
        nobody_jumps_in(&whole(trace), width, &times)?;
    }
}

fn nobody_jumps_in(replay: &Replay, width: f64, times: &[Index]) -> Result<(), TestCaseError> {
    const STEP: Micros = Micros(10_000);
    const FROM_THE_START: Micros = Micros(50_000);
    for thread in 0..replay.trace.threads() {
        let view = view(replay, thread, width, true);
        let (door, exit) = (view.floor.place(Place::Door).0, view.floor.place(Place::Exit).0);
        let most = 1.5 * STEP.seconds() / WALK.seconds() * (exit.x - door.x).hypot(Floor::HEIGHT);
        let is_outside = |person: &Person| distance(person.at, door).min(distance(person.at, exit)) <= most;
        let moments = replay.moments();
        // Both somewhere, and right where something happens: that is where a jump would be.
        let somewhere = times.iter().map(|time| Micros(time.index(replay.end.0 as usize + 1_000_000) as u32));
        let happens = times.iter().map(|time| *time.get(&moments) - Micros(1));
        for time in somewhere.chain(happens) {
            let (before, after) = (view.at(replay, time), view.at(replay, time + STEP));
            prop_assert!(distance(before.clerk.at, after.clerk.at) <= most, "the clerk at {:?}", time);
            for person in &before.people {
                match after.people.iter().find(|other| other.task == person.task) {
                    Some(other) => {
                        prop_assert!(distance(person.at, other.at) <= most, "{:?} at {:?}", person, time);
                        prop_assert!((person.scale - other.scale).abs() <= 0.05);
                    }
                    None => prop_assert!(is_outside(person), "{:?} vanishes at {:?}", person, time),
                }
            }
            // Whoever comes in the first moments was there from the start.
            let is_new = |person: &&Person| {
                time > FROM_THE_START && !before.people.iter().any(|other| other.task == person.task)
            };
            for person in after.people.iter().filter(is_new) {
                prop_assert!(is_outside(person), "{:?} appears at {:?}", person, time);
            }
        }
    }
    Ok(())
}

#[test]
fn a_walk_takes_its_time_and_ends_where_it_leads() {
    let replay = counter(scenarios::counter::SCENARIO, "blocking", (1, 1000, 1000));
    let view = View { shows_main: false, ..view(&replay, 0, Floor::WIDE, true) };
    let ada = |time: Micros| view.at(&replay, time).people.first().map(|ada| (ada.at, ada.walks));
    let done = Micros::from_seconds(2.0);
    let exit = view.floor.place(Place::Exit).0;
    assert_eq!(ada(done - Micros(1)), Some((view.floor.till(), false)));
    let half = ada(Micros(done.0 + WALK.0 / 2)).expect("she is on her way");
    assert!(half.1 && (half.0.x - (view.floor.till().x + exit.x) / 2.0).abs() < 1.0, "{half:?}");
    assert_eq!(ada(done + WALK), Some((exit, false)));
    assert_eq!(ada(done + WALK + Micros(1)), None);
}

#[test]
fn a_long_line_leads_out_of_the_picture_and_who_comes_or_goes_walks_out_of_it() {
    for width in [Floor::WIDE, Floor::NARROW, Floor::BOOTH] {
        let floor = Floor { width, slots: 6 };
        let shown = |place| {
            let (at, scale) = floor.place(place);
            floor.shows(at, scale, 0.0)
        };
        assert!([Place::Till, Place::Line(0), Place::Line(11)].into_iter().all(shown), "{width}");
        assert!((0..6).map(Place::Table).all(shown), "{width}");
        assert!(!shown(Place::Line(60)), "{width}");
        // At the door and at the exit, something over a head is still in sight of the edge: they are drawn until they are gone.
        let edges = [Place::Door, Place::Exit].map(|place| floor.place(place));
        assert!(
            edges.into_iter().all(|(at, scale)| at.x < 0.0 - 26.0 * scale || at.x > width + 26.0 * scale)
        );
        // Whoever is hidden has the top of their hair below the picture.
        let line = (0..60).map(|index| floor.place(Place::Line(index)));
        let hidden = line.filter(|(at, scale)| !floor.shows(*at, *scale, 0.0));
        assert!(hidden.into_iter().all(|(at, scale)| at.y - 22.0 * scale > floor.height()), "{width}");
    }
}

/// A room for many is not furnished anew for each place more; a small one has what it needs.
#[test]
fn a_room_for_many_gets_its_places_a_few_at_a_time() {
    assert!((0..=12).all(|slots| scene::furnished(slots) == slots));
    assert!((13..=200).all(|slots| (slots..slots + 5).contains(&scene::furnished(slots))));
    let furnished: std::collections::BTreeSet<usize> = (21..=40).map(scene::furnished).collect();
    assert_eq!(furnished.len(), 4);
}

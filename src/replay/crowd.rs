//! A thread with so many tasks that nobody can tell them apart: how many are where, and where each stands.
//!
//! Built once for a record. Counting at a time is a binary search for each state; placing everybody is one pass.
//! Every task stands in exactly one place. Nothing here knows a browser.

use super::{Lane, Replay, State, Thing};
use crate::trace::{Micros, StepId, ThreadId};

/// With more tasks than this on a thread, they are drawn as a crowd.
pub const MOST_PEOPLE: usize = 40;
/// How long a walk takes, in run time: shorter than the shortest wait is worth seeing.
const WALK: Micros = Micros(120_000);
const NO_TABLE: u32 = u32::MAX;

/// How many tasks are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not here yet.
    pub coming: usize,
    /// Ready, and not polled.
    pub in_line: usize,
    /// Being polled.
    pub at_till: usize,
    /// Waiting: futures that are alive and cost no thread.
    pub at_tables: usize,
    /// Done.
    pub served: usize,
    /// Failed or cancelled.
    pub without: usize,
}

impl Counts {
    /// The tasks that have begun and are not over: as many futures are alive.
    pub fn alive(&self) -> usize {
        self.in_line + self.at_till + self.at_tables
    }

    /// All of them, wherever they are.
    pub fn all(&self) -> usize {
        self.coming + self.alive() + self.served + self.without
    }

    fn of(&mut self, state: State) -> &mut usize {
        match state {
            State::NeverStarted => &mut self.coming,
            State::Ready => &mut self.in_line,
            State::Working | State::Holding => &mut self.at_till,
            State::Waiting => &mut self.at_tables,
            State::Done => &mut self.served,
            State::Failed | State::Cancelled => &mut self.without,
        }
    }
}

/// When stretches of one state at one step begin and end, each in order.
#[derive(Clone, Debug)]
struct Tally {
    state: State,
    step: StepId,
    from: Vec<Micros>,
    to: Vec<Micros>,
}

impl Tally {
    fn at(&self, time: Micros) -> usize {
        let begun = self.from.partition_point(|from| *from <= time);
        begun - self.to.partition_point(|to| *to <= time)
    }
}

/// The tasks of a thread, counted and seated.
#[derive(Clone, Debug)]
pub struct Crowd {
    tallies: Vec<Tally>,
    /// Lanes of the record, with the table each sits at.
    people: Vec<(usize, u32)>,
    /// How many tables there must be.
    pub tables: usize,
    thread: ThreadId,
}

/// The share of a column's time in which the thread worked or was held.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Column {
    /// How many tasks are where, in the middle of the column.
    pub counts: Counts,
    /// The share of it in which the thread worked, 0 to 1.
    pub working: f64,
    /// The share in which it was held, 0 to 1.
    pub holding: f64,
}

/// Whether a record has one thread, and too many tasks to be told apart.
pub fn is_crowd(replay: &Replay) -> bool {
    replay.clerks.len() == 1 && replay.lanes.iter().filter(|lane| is_person(lane)).nth(MOST_PEOPLE).is_some()
}

fn is_person(lane: &Lane) -> bool {
    lane.task.thread() == ThreadId(0) && lane.task.index() > 0 && lane.slip.is_none()
}

impl Crowd {
    /// The crowd of a record with one thread; none if its tasks are few enough to be told apart.
    pub fn of(replay: &Replay) -> Option<Self> {
        if !is_crowd(replay) {
            return None;
        }
        let thread = ThreadId(0);
        let person = |index: &usize| is_person(&replay.lanes[*index]);
        let lanes: Vec<usize> = (0..replay.lanes.len()).filter(person).collect();
        let mut tallies: Vec<Tally> = Vec::new();
        for index in &lanes {
            let spans = &replay.lanes[*index].spans;
            for (place, span) in spans.iter().enumerate() {
                let same = |it: &Tally| it.state == span.state && it.step == span.step;
                let tally = tallies.iter().position(same).unwrap_or_else(|| {
                    tallies.push(Tally {
                        state: span.state,
                        step: span.step,
                        from: Vec::new(),
                        to: Vec::new(),
                    });
                    tallies.len() - 1
                });
                tallies[tally].from.push(span.from);
                // The last state lasts: whatever the record says of it.
                tallies[tally].to.extend(spans.get(place + 1).map(|next| next.from));
            }
        }
        for tally in &mut tallies {
            tally.from.sort_unstable();
            tally.to.sort_unstable();
        }
        let mut people: Vec<_> = lanes.into_iter().map(|index| (index, NO_TABLE)).collect();
        let mut tables = 0;
        for io in replay.ios.iter().filter(|io| matches!(io.thing, Thing::Dish | Thing::Call)) {
            let place = people.binary_search_by_key(&io.task, |(index, _)| replay.lanes[*index].task);
            if let Ok(place) = place
                && people[place].1 == NO_TABLE
            {
                people[place].1 = io.slot as u32;
                tables = tables.max(io.slot + 1);
            }
        }
        Some(Self { tallies, people, tables, thread })
    }

    /// How many people there are in all.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How many are where at a time.
    pub fn counts(&self, time: Micros) -> Counts {
        let mut counts = Counts::default();
        for tally in &self.tallies {
            *counts.of(tally.state) += tally.at(time);
        }
        counts.coming += self.len() - counts.all();
        counts
    }

    /// How many stand at a step at a time: they have begun and are not over.
    pub fn standing(&self, step: StepId, time: Micros) -> usize {
        let here = self.tallies.iter().filter(|tally| tally.step == step && !tally.state.is_over());
        here.map(|tally| tally.at(time)).sum()
    }

    /// Whether the thread works, or is held, at a step at a time.
    pub fn runs_at(&self, step: StepId, time: Micros) -> Option<State> {
        let here = self.tallies.iter().filter(|tally| tally.step == step && tally.state.is_running());
        here.filter(|tally| tally.at(time) > 0).map(|tally| tally.state).next()
    }

    /// The run in so many columns of equal length, from its beginning to `end`.
    pub fn columns(&self, replay: &Replay, count: usize, end: Micros) -> Vec<Column> {
        let width = f64::from(end.0.max(1)) / count.max(1) as f64;
        let mut columns: Vec<Column> = (0..count)
            .map(|index| Column {
                counts: self.counts(Micros((width * (index as f64 + 0.5)) as u32)),
                ..Column::default()
            })
            .collect();
        let clerk = replay.clerks.get(usize::from(self.thread.0));
        for busy in clerk.iter().flat_map(|clerk| &clerk.spans) {
            let (from, to) = (f64::from(busy.from.0) / width, f64::from(busy.to.0) / width);
            let last = (to.ceil() as usize).min(count);
            for (index, column) in columns.iter_mut().enumerate().take(last).skip(from as usize) {
                let share = (to.min(index as f64 + 1.0) - from.max(index as f64)).max(0.0);
                match busy.state {
                    State::Holding => column.holding += share,
                    _ => column.working += share,
                }
            }
        }
        columns
    }

    /// Where everybody stands at a time, into a list that is cleared first.
    pub fn place(&self, replay: &Replay, hall: &Hall, time: Micros, walks: bool, dots: &mut Dots) {
        dots.line.clear();
        dots.all.clear();
        dots.seats.clear();
        dots.seats.resize(self.tables, false);
        for (index, table) in &self.people {
            let Some(span) = replay.lanes[*index].at(time) else { continue };
            let came = if walks && span.from > Micros(0) { progress(span.from, time) } else { 1.0 };
            let at = match span.state {
                State::NeverStarted => continue,
                State::Ready => {
                    dots.line.push((span.from, *index as u32));
                    continue;
                }
                State::Working | State::Holding => hall.till(),
                State::Waiting if *table == NO_TABLE => hall.till(),
                State::Waiting => {
                    dots.seats[*table as usize] |= came >= 1.0;
                    between(hall.till(), hall.table(*table as usize), came)
                }
                // They are gone when they are through the door.
                _ if came >= 1.0 => continue,
                _ => between(hall.till(), hall.door(), came),
            };
            let settled = span.state == State::Waiting && *table != NO_TABLE && came >= 1.0;
            dots.all.push(Dot { at, state: span.state, settled });
        }
        // Nearly in order already, so this is quick.
        dots.line.sort();
        for place in 0..dots.line.len() {
            dots.all.push(Dot { at: hall.line(place), state: State::Ready, settled: true });
        }
    }
}

fn progress(from: Micros, time: Micros) -> f32 {
    let share = ((time - from).seconds() / WALK.seconds()).min(1.0) as f32;
    share * share * (3.0 - 2.0 * share)
}

fn between(from: (f32, f32), to: (f32, f32), share: f32) -> (f32, f32) {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

/// Somebody in the hall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where, from the left and from the top.
    pub at: (f32, f32),
    /// Doing what.
    pub state: State,
    /// Whether it stands in line or sits at its table, and is not on the way.
    pub settled: bool,
}

/// Everybody in the hall. Kept from one picture to the next, so that none has to ask for memory.
#[derive(Clone, Debug, Default)]
pub struct Dots {
    /// Everybody.
    pub all: Vec<Dot>,
    /// At which tables somebody sits who has come there.
    pub seats: Vec<bool>,
    line: Vec<(Micros, u32)>,
}

impl Dots {
    /// How many stand in line: at the first so many places.
    pub fn in_line(&self) -> usize {
        self.line.len()
    }
}

/// A rectangle of places: how large each is, and how many fit side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// How wide.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// The width and height of a place.
    pub cell: f32,
    across: usize,
}

impl Grid {
    fn new((x, y): (f32, f32), (width, height): (f32, f32), places: usize) -> Self {
        let (width, height) = (width.max(40.0), height.max(40.0));
        let mut cell = LARGEST;
        while cell > 1.0 && ((width / cell).floor() * (height / cell).floor()) < places as f32 {
            cell *= 0.97;
        }
        Self { x, y, width, height, cell, across: ((width / cell).floor() as usize).max(1) }
    }

    /// The middle of a place. `winds`: every other row goes back.
    fn place(&self, index: usize, winds: bool) -> (f32, f32) {
        let (row, column) = (index / self.across, index % self.across);
        let column = if winds && row % 2 == 1 { self.across - 1 - column } else { column };
        (self.x + (column as f32 + 0.5) * self.cell, self.y + (row as f32 + 0.5) * self.cell)
    }
}

/// The largest place, in px.
const LARGEST: f32 = 20.0;

/// The room of a crowd, in px: a counter above, under it the line on one side and the tables on the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hall {
    /// How wide it is.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// Where the line winds.
    pub queue: Grid,
    /// Where the tables stand.
    pub seats: Grid,
}

impl Hall {
    /// The height of the counter above.
    pub const COUNTER: f32 = 96.0;
    /// The height of a heading.
    pub const HEADING: f32 = 30.0;
    const EDGE: f32 = 12.0;

    /// A room for so many people and tables. Below 560 px, the tables stand under the line.
    pub fn new(width: f32, people: usize, tables: usize) -> Self {
        let wide = width >= 560.0;
        let height = if wide { 430.0 } else { 560.0 };
        let (edge, top) = (Self::EDGE, Self::COUNTER + Self::HEADING);
        let (queue, seats) = if wide {
            let (left, room) = ((width - 3.0 * edge) * 0.42, height - top - edge);
            (
                Grid::new((edge, top), (left, room), people),
                Grid::new((2.0 * edge + left, top), (width - 3.0 * edge - left, room), tables),
            )
        } else {
            let room = (height - top - Self::HEADING - edge) / 2.0;
            (
                Grid::new((edge, top), (width - 2.0 * edge, room), people),
                Grid::new((edge, top + room + Self::HEADING), (width - 2.0 * edge, room), tables),
            )
        };
        Self { width, height, queue, seats }
    }

    /// Where somebody is served.
    pub fn till(&self) -> (f32, f32) {
        (96.0, Self::COUNTER - 14.0)
    }

    /// Where people leave.
    pub fn door(&self) -> (f32, f32) {
        (self.width - 30.0, Self::COUNTER - 14.0)
    }

    /// The middle of a place in line.
    pub fn line(&self, index: usize) -> (f32, f32) {
        self.queue.place(index, true)
    }

    /// The middle of a table.
    pub fn table(&self, index: usize) -> (f32, f32) {
        self.seats.place(index, false)
    }
}

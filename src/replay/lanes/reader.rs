//! Reads a trace into lanes, in one pass.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::replay::scene::HEARTBEAT;
use crate::replay::state::{During, State, after};
use crate::trace::{Event, Micros, StepId, TaskId, Trace, What};

use super::errands::Errands;
use super::{ARRIVE, Busy, Clerk, Io, Lane, Lasts, OPENING, Replay, Slip, Span, Thing};

/// Builds lanes event by event.
#[derive(Default)]
pub(super) struct Reader {
    /// Those of each thread, in the order of their ids.
    lanes: Vec<Vec<(Lane, Open)>>,
    clerks: Vec<Clerk>,
    ios: Vec<Io>,
    /// The errands of each task that are not over.
    open: FxHashMap<TaskId, Vec<usize>>,
    /// The errands of each task that are done and have not been fetched.
    called: FxHashMap<TaskId, Vec<usize>>,
    /// The errands that each task has fetched last, all at one time.
    fetched: FxHashMap<TaskId, Vec<usize>>,
    /// The places of each thread's kitchen that have been used and are free, and how many there are.
    places: Vec<(BinaryHeap<Reverse<usize>>, usize)>,
    tickets: Vec<u32>,
    /// When each thread began its latest poll.
    polled: Vec<Micros>,
}

/// The stretch a task is in while events are read.
struct Open {
    since: Micros,
    state: State,
    step: StepId,
    during: During,
    planned: Micros,
}

impl Reader {
    /// Reads a trace from its first event to its last.
    pub(super) fn read_all(trace: Trace, lasts: Lasts) -> Replay {
        let mut reader = Self::default();
        for event in trace.events() {
            reader.read(&trace, *event);
        }
        reader.finish(trace, lasts)
    }

    fn read(&mut self, trace: &Trace, event: Event) {
        let thread = usize::from(event.task.thread().0);
        if self.clerks.len() <= thread {
            self.clerks.resize_with(thread + 1, Clerk::default);
            self.lanes.resize_with(thread + 1, Vec::new);
            self.tickets.resize(thread + 1, 0);
            self.places.resize_with(thread + 1, Default::default);
            self.polled.resize(thread + 1, Micros(0));
        }
        let Some(index) = self.lane(trace, event) else { return };
        let (lane, open) = &mut self.lanes[thread][index];
        let step = match event.what {
            What::HoldStart { step, .. } | What::IoStart { step, .. } | What::At { step } => step,
            _ => open.step,
        };
        match event.what {
            What::PollStart => {
                lane.polls += 1;
                self.polled[thread] = event.at;
            }
            What::HoldStart { .. } => lane.acts = true,
            What::IoStart { step, .. } => lane.acts |= trace.step(step) != OPENING,
            What::At { .. } => lane.joins = true,
            What::Local { text } => {
                lane.local(event.at, trace.text(event.task, text));
            }
            What::Entered { .. } => lane.slip.iter_mut().for_each(|slip| slip.entered = Some(event.at)),
            What::Dropped => lane.slip.iter_mut().for_each(|slip| slip.dropped = Some(event.at)),
            _ => {}
        }
        let next = after(open.state, event.what, &mut open.during);
        let hold = matches!(event.what, What::HoldStart { .. });
        if next.is_some_and(|next| next != open.state) || step != open.step || hold {
            let clerk = &mut self.clerks[thread];
            open.close(event.at, lane, clerk);
            let planned = match event.what {
                What::HoldStart { planned, .. } => planned,
                _ => Micros(0),
            };
            let state = next.unwrap_or(open.state);
            *open = Open { since: event.at, state, step, during: open.during, planned };
        }
        match event.what {
            What::IoStart { step, planned } => self.start_io(trace.step(step), event, step, planned),
            What::IoEnd { step, done } => self.end_io(event, step, done),
            What::PollStart | What::PollEnd { ready: true } | What::Dropped => self.fetch(event),
            What::Raised { .. } => self.burn(event),
            _ => {}
        }
    }

    /// The lane of an event's task, made if it is the task's first; tasks begin with being made
    /// or spawned, anything else of an unknown task is ignored.
    fn lane(&mut self, trace: &Trace, event: Event) -> Option<usize> {
        let lanes = &mut self.lanes[usize::from(event.task.thread().0)];
        match lanes.binary_search_by_key(&event.task, |(lane, _)| lane.task) {
            Ok(index) => Some(index),
            Err(index) => {
                let state = after(State::NeverStarted, event.what, &mut During::default())?;
                let lane = Lane {
                    task: event.task,
                    name: trace.name(event.task).to_owned(),
                    spans: Vec::new(),
                    polls: 0,
                    acts: false,
                    joins: false,
                    holds: false,
                    asked: None,
                    got: None,
                    slip: match event.what {
                        What::Made { by } => Some(Slip { by: by.task(), entered: None, dropped: None }),
                        _ => None,
                    },
                    locals: Vec::new(),
                    variables: Vec::new(),
                };
                let open = Open {
                    since: event.at,
                    state,
                    step: StepId::NONE,
                    during: During::default(),
                    planned: Micros(0),
                };
                lanes.insert(index, (lane, open));
                Some(index)
            }
        }
    }

    fn start_io(&mut self, label: &str, event: Event, step: StepId, planned: Micros) {
        let thread = usize::from(event.task.thread().0);
        let (task, from) = (event.task, event.at);
        let thing = match label {
            _ if self.beats(task) => Thing::Beat,
            "call" => Thing::Call,
            "deadline" => Thing::Deadline,
            ARRIVE => Thing::Arrival,
            OPENING => Thing::Opening,
            _ => Thing::Dish,
        };
        // What is cooked takes a place on the grill and a table; a call takes a table.
        let mut slot = 0;
        if takes_place(thing) {
            // The first place that is free: one that was used before, or one more.
            let (free, used) = &mut self.places[thread];
            slot = free.pop().map_or(*used, |Reverse(slot)| slot);
            *used = (*used).max(slot + 1);
        }
        self.tickets[thread] += u32::from(thing == Thing::Dish);
        let ticket = if thing == Thing::Dish { self.tickets[thread] } else { 0 };
        let (to, done, fetched, burnt) = (None, false, None, None);
        if thing == Thing::Dish {
            self.lane_of(task).into_iter().for_each(|lane| lane.asked = lane.asked.or(Some(from)));
        }
        self.open.entry(task).or_default().push(self.ios.len());
        self.ios.push(Io { task, step, ticket, thing, slot, from, to, planned, done, fetched, burnt });
    }

    /// Whether a task only beats: what it waits for is not cooked, and has no ticket.
    fn beats(&mut self, task: TaskId) -> bool {
        self.lane_of(task).is_some_and(|lane| lane.name == HEARTBEAT)
    }

    fn lane_of(&mut self, task: TaskId) -> Option<&mut Lane> {
        let lanes = self.lanes.get_mut(usize::from(task.thread().0))?;
        let index = lanes.binary_search_by_key(&task, |(lane, _)| lane.task).ok()?;
        Some(&mut lanes[index].0)
    }

    /// Of several errands of a task at one step, the one that ends is the one that was due; where
    /// nobody knows, the oldest.
    fn end_io(&mut self, event: Event, step: StepId, done: bool) {
        let Some(open) = self.open.get_mut(&event.task) else { return };
        let due = |io: &Io| if io.planned == Micros(0) { event.at } else { io.from + io.planned };
        let here = open.iter().enumerate().filter(|(_, index)| self.ios[**index].step == step);
        let Some((place, _)) = here.min_by_key(|(_, index)| due(&self.ios[**index]).0.abs_diff(event.at.0))
        else {
            return;
        };
        let index = open.remove(place);
        let io = &mut self.ios[index];
        io.to = Some(event.at);
        io.done = done;
        if takes_place(io.thing) {
            self.places[usize::from(event.task.thread().0)].0.push(Reverse(io.slot));
        }
        if done {
            self.called.entry(event.task).or_default().push(index);
        }
        let (from, came) = (io.from, done && io.thing == Thing::Dish);
        if came && let Some(lane) = self.lane_of(event.task) {
            lane.got = Some(lane.got.map_or(from, |got| got.min(from)));
        }
    }

    fn fetch(&mut self, event: Event) {
        let Some(called) = self.called.remove(&event.task) else { return };
        for index in &called {
            self.ios[*index].fetched = Some(event.at);
        }
        let fetched = self.fetched.entry(event.task).or_default();
        fetched.retain(|index| self.ios[*index].fetched == Some(event.at));
        fetched.extend(called);
    }

    /// An error was raised: what the task has just fetched, the last of it, came to nothing.
    fn burn(&mut self, event: Event) {
        let polled = self.polled[usize::from(event.task.thread().0)];
        let just = |index: &&usize| self.ios[**index].fetched == Some(polled);
        let fetched = self.fetched.get(&event.task).into_iter().flatten().filter(just);
        if let Some(index) = fetched.max_by_key(|index| (self.ios[**index].to, **index)) {
            self.ios[*index].burnt = Some(event.at);
        }
    }

    fn finish(self, trace: Trace, lasts: Lasts) -> Replay {
        let (end, last) = match lasts {
            Lasts::ToTheEnd => (trace.end(), trace.end()),
            Lasts::Until(cut) => (trace.end().max(cut), trace.end().max(cut)),
            Lasts::On => (trace.end(), Micros::MAX),
        };
        let mut clerks = self.clerks;
        let close = |(mut lane, open): (Lane, Open)| {
            let clerk = &mut clerks[usize::from(lane.task.thread().0)];
            if let Some(entered) = lane.slip.and_then(|slip| slip.entered) {
                open.close(entered, &mut lane, clerk);
                return lane;
            }
            open.close(last, &mut lane, clerk);
            // The last state is kept even if it began at the very end.
            if lane.spans.last().is_none_or(|span| span.state != open.state || span.step != open.step) {
                let Open { since, state, step, .. } = open;
                lane.spans.push(Span { from: since, to: last, state, step });
            }
            lane
        };
        let mut lanes: Vec<_> = self.lanes.into_iter().flatten().map(close).collect();
        for io in self.ios.iter().filter(|io| io.thing == Thing::Arrival) {
            if let Ok(index) = lanes.binary_search_by_key(&io.task, |lane| lane.task) {
                lanes[index].begin_at(io.to.unwrap_or(Micros::MAX));
            }
        }
        for lane in &mut lanes {
            lane.holds = lane.spans.iter().any(|span| span.state == State::Holding);
        }
        for clerk in &mut clerks {
            clerk.spans.sort_by_key(|span| span.from);
        }
        let found = Errands::of(&self.ios);
        Replay { trace, lanes, clerks, ios: self.ios, end, found }
    }
}

/// Whether a thing takes a place on the grill, or a table.
fn takes_place(thing: Thing) -> bool {
    matches!(thing, Thing::Dish | Thing::Call)
}

impl Open {
    /// Writes down the stretch that ends now, if it was one.
    fn close(&self, now: Micros, lane: &mut Lane, clerk: &mut Clerk) {
        let Open { since, state, step, planned, .. } = *self;
        if now <= since {
            return;
        }
        lane.spans.push(Span { from: since, to: now, state, step });
        if state.is_running() {
            let (task, poll) = (lane.task, lane.polls);
            clerk.spans.push(Busy { from: since, to: now, task, step, state, planned, poll });
        }
    }
}

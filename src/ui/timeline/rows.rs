//! The rows of the timeline: whose they are, and which bars stand in them.

use crate::lessons::model::Lesson;
use crate::replay::crowd::is_crowd;
use crate::replay::{Replay, Span, State};
use crate::trace::{Micros, TaskId};
use crate::ui::strings::{crowd as crowd_words, words};

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The task, or the thread.
    pub of: Of,
    /// What it is called.
    pub name: String,
    /// In order of time.
    pub bars: Vec<Bar>,
}

/// Whose row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// The heading over a thread's rows, where there are several threads.
    Group(usize),
    /// A task's.
    Task(TaskId),
    /// A thread's.
    Clerk(usize),
    /// All customers, where there are too many for a row each.
    Crowd,
}

/// A stretch of a state. A bad end is one of no length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// When it begins.
    pub from: Micros,
    /// When it ends.
    pub to: Micros,
    /// The state.
    pub state: State,
}

/// The rows of a record: each thread's tasks, then its clerk.
pub fn rows(replay: &Replay, lesson: &Lesson, groups: &[String], programs: usize) -> Vec<Row> {
    let thread_name = words().legend_of(lesson.picture).clerk;
    let mut rows = Vec::new();
    if is_crowd(replay) {
        // One bar of each state, for the legend; the row draws a band.
        let bar = |state| Bar { from: Micros(0), to: Micros(0), state };
        let held = replay.clerks[0].spans.iter().any(|busy| busy.state == State::Holding);
        let clerk = if held { vec![bar(State::Holding)] } else { Vec::new() };
        rows.push(Row { of: Of::Crowd, name: crowd_words::PEOPLE.to_owned(), bars: Vec::new() });
        rows.push(Row { of: Of::Clerk(0), name: thread_name.to_owned(), bars: clerk });
        return rows;
    }
    for (thread, clerk) in replay.clerks.iter().enumerate() {
        let busy = clerk.spans.iter().map(|busy| Bar { from: busy.from, to: busy.to, state: busy.state });
        let busy = join(busy);
        // A thread of the pool is one row, once it has something to do: its jobs have no names of their own.
        if thread >= programs {
            if !busy.is_empty() {
                let name = format!("{} {}", words().pool_thread, thread - programs + 1);
                rows.push(Row { of: Of::Clerk(thread), name, bars: busy });
            }
            continue;
        }
        if let (Some(label), true) = (groups.get(thread), groups.len() > 1) {
            rows.push(Row { of: Of::Group(thread), name: label.clone(), bars: Vec::new() });
        }
        let lanes = replay.lanes.iter().filter(|lane| usize::from(lane.task.thread().0) == thread);
        for lane in lanes.filter(|lane| lane.task.index() > 0 || lesson.shows_main) {
            // A bad end is marked, a good one is just the end of the bars.
            let mark = |span: &Span| matches!(span.state, State::Failed | State::Cancelled);
            let bar = |span: &Span| !span.state.is_over() && span.to > span.from;
            let bars = lane.spans.iter().filter(|span| bar(span) || mark(span));
            let bars = bars.map(|span| Bar {
                from: span.from,
                to: if mark(span) { span.from } else { span.to },
                state: span.state,
            });
            rows.push(Row { of: Of::Task(lane.task), name: lane.name.clone(), bars: join(bars) });
        }
        rows.push(Row { of: Of::Clerk(thread), name: thread_name.to_owned(), bars: busy });
    }
    rows
}

/// Bars of one state that follow each other are one bar.
fn join(bars: impl Iterator<Item = Bar>) -> Vec<Bar> {
    let mut joined: Vec<Bar> = Vec::new();
    for bar in bars {
        match joined.last_mut() {
            Some(last) if last.state == bar.state && last.to == bar.from => last.to = bar.to,
            _ => joined.push(bar),
        }
    }
    joined
}

/// The states to explain: four that every program knows, and what else is shown here.
pub fn states(rows: &[Row]) -> Vec<State> {
    let crowd = rows.iter().any(|row| row.of == Of::Crowd);
    let always = [State::Working, State::Holding, State::Waiting, State::Ready];
    let shown = |state: &State| rows.iter().any(|row| row.bars.iter().any(|bar| bar.state == *state));
    let others = [State::NeverStarted, State::Failed, State::Cancelled].into_iter().filter(shown);
    let served = crowd.then_some(State::Done);
    always.into_iter().chain(others).chain(served).collect()
}

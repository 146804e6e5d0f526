//! A trace in Chrome's trace event format (JSON), which Perfetto and `chrome://tracing` open.
//!
//! Each run is a process. Each of its threads is a track with what kept it busy; each task is a track with its states,
//! and instants where it was woken, printed something or ended; what it asked the kitchen for is an async event, for
//! several can be under way at once. Times are in microseconds, as the format wants them, and as they were recorded.

use super::json::Json;
use super::{Run, stretches};
use crate::replay::{Replay, State};
use crate::trace::{By, Micros, TaskId, What};

/// The file for some runs.
pub fn write(runs: &[Run<'_>]) -> String {
    let mut file = File::default();
    for (index, run) in runs.iter().enumerate() {
        file.add(index as u64 + 1, run);
    }
    file.events.sort_by_key(|(at, _)| *at);
    let mut out = String::from("{\"traceEvents\":[");
    let all = file.names.iter().chain(file.events.iter().map(|(_, event)| event));
    for (index, event) in all.enumerate() {
        // An event a line: such files are read by people, too.
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        event.write(&mut out);
    }
    out.push_str("\n],\"displayTimeUnit\":\"ms\",\"otherData\":");
    Json::Object(vec![
        ("program", Json::text("Concurrent Burgers")),
        ("runs", Json::List(runs.iter().map(about).collect())),
    ])
    .write(&mut out);
    out.push_str("}\n");
    out
}

fn about(run: &Run<'_>) -> Json {
    let knobs = run.knobs.iter().map(|(id, value)| ((*id).to_owned(), Json::Number(*value))).collect();
    Json::Object(vec![
        ("name", Json::text(&run.name)),
        ("scenario", Json::text(run.scenario)),
        ("mode", Json::text(run.mode)),
        ("knobs", Json::Map(knobs)),
        ("record", Json::text(run.kind())),
    ])
}

#[derive(Default)]
struct File {
    /// What processes and tracks are called; these have no time.
    names: Vec<Json>,
    events: Vec<(Micros, Json)>,
    /// Tracks have numbers that are told apart in the whole file: some readers mix up those of different processes.
    tracks: u64,
    errands: u64,
}

/// Where an event stands.
#[derive(Clone, Copy)]
struct Track {
    process: u64,
    track: u64,
}

impl File {
    fn add(&mut self, process: u64, run: &Run<'_>) {
        let replay = run.replay;
        let whole = Track { process, track: 0 };
        let knobs =
            run.knobs.iter().map(|(id, value)| format!("{id}={value}")).collect::<Vec<_>>().join(", ");
        self.name(whole, "process_name", ("name", Json::text(&run.name)));
        self.name(whole, "process_labels", ("labels", Json::text(format!("{}, {knobs}", run.kind()))));
        self.name(whole, "process_sort_index", ("sort_index", Json::Int(process)));
        for thread in 0..replay.clerks.len() {
            let track = self.track(process, run.thread(thread));
            self.add_thread(track, replay, thread);
        }
        let tracks: Vec<_> = replay
            .lanes
            .iter()
            .map(|lane| (lane.task, self.track(process, format!("task {}", lane.name))))
            .collect();
        for (lane, (_, track)) in replay.lanes.iter().zip(&tracks) {
            for (from, to, span) in stretches(replay, lane) {
                let args = vec![("step", Json::text(replay.trace.step(span.step)))];
                self.span(*track, state(span.state), "task", from, to, args);
            }
            if let Some(last) = lane.spans.last().filter(|span| span.state.is_over()) {
                self.instant(*track, state(last.state), last.from, vec![]);
            }
        }
        let track_of = |task: TaskId| {
            let at = tracks.binary_search_by_key(&task, |(task, _)| *task).ok()?;
            Some(tracks[at].1)
        };
        for event in replay.trace.events() {
            let Some(track) = track_of(event.task) else { continue };
            match event.what {
                What::Wake { by } => {
                    self.instant(track, "wake", event.at, vec![("by", Json::text(waker(replay, by)))]);
                }
                What::Say { text } => {
                    let text = replay.trace.text(event.task, text);
                    self.instant(track, "prints", event.at, vec![("text", Json::text(text))]);
                }
                _ => {}
            }
        }
        self.add_errands(process, replay, track_of);
    }

    fn add_thread(&mut self, track: Track, replay: &Replay, thread: usize) {
        for busy in &replay.clerks[thread].spans {
            let to = busy.to.min(replay.end);
            if to > busy.from {
                let args = vec![
                    ("state", Json::text(state(busy.state))),
                    ("step", Json::text(replay.trace.step(busy.step))),
                    ("poll", Json::Int(busy.poll.into())),
                ];
                self.span(track, replay.trace.name(busy.task), "thread", busy.from, to, args);
            }
        }
    }

    /// What was asked for elsewhere, on the track of who asked: from the asking to when it was there.
    fn add_errands(&mut self, process: u64, replay: &Replay, track_of: impl Fn(TaskId) -> Option<Track>) {
        for io in &replay.ios {
            let Some(track) = track_of(io.task) else { continue };
            self.errands += 1;
            let id = Json::Object(vec![("local", Json::text(format!("0x{:x}", self.errands)))]);
            let name = format!("{} for {}", replay.trace.step(io.step), replay.trace.name(io.task));
            let to = io.to.unwrap_or(replay.end).max(io.from);
            let done = if io.done { "there" } else { "not wanted any more, or not there yet" };
            let args = vec![("ticket", Json::Int(io.ticket.into())), ("end", Json::text(done))];
            for (phase, at, args) in [("b", io.from, args), ("e", to, vec![])] {
                let mut event = track.event(phase, &name, "kitchen", at);
                event.push(("id2", id.clone()));
                event.push(("args", Json::Object(args)));
                debug_assert_eq!(track.process, process);
                self.events.push((at, Json::Object(event)));
            }
        }
    }

    fn track(&mut self, process: u64, name: String) -> Track {
        self.tracks += 1;
        // Far from the processes' numbers: a track with its process's number is taken for the main one.
        let track = Track { process, track: 1000 + self.tracks };
        self.name(track, "thread_name", ("name", Json::Text(name)));
        self.name(track, "thread_sort_index", ("sort_index", Json::Int(self.tracks)));
        track
    }

    fn name(&mut self, of: Track, what: &str, value: (&'static str, Json)) {
        let mut fields =
            vec![("ph", Json::text("M")), ("name", Json::text(what)), ("pid", Json::Int(of.process))];
        if of.track > 0 {
            fields.push(("tid", Json::Int(of.track)));
        }
        fields.push(("args", Json::Object(vec![value])));
        self.names.push(Json::Object(fields));
    }

    fn span(
        &mut self,
        track: Track,
        name: &str,
        kind: &'static str,
        from: Micros,
        to: Micros,
        args: Vec<(&'static str, Json)>,
    ) {
        let mut event = track.event("X", name, kind, from);
        event.push(("dur", Json::Int((to - from).0.into())));
        event.push(("args", Json::Object(args)));
        self.events.push((from, Json::Object(event)));
    }

    fn instant(&mut self, track: Track, name: &str, at: Micros, args: Vec<(&'static str, Json)>) {
        let mut event = track.event("i", name, "task", at);
        event.push(("s", Json::text("t")));
        event.push(("args", Json::Object(args)));
        self.events.push((at, Json::Object(event)));
    }
}

impl Track {
    fn event(self, phase: &str, name: &str, kind: &str, at: Micros) -> Vec<(&'static str, Json)> {
        vec![
            ("ph", Json::text(phase)),
            ("name", Json::text(name)),
            ("cat", Json::text(kind)),
            ("pid", Json::Int(self.process)),
            ("tid", Json::Int(self.track)),
            ("ts", Json::Int(at.0.into())),
        ]
    }
}

fn waker(replay: &Replay, by: By) -> String {
    by.task()
        .map_or_else(|| "a timer, or another thread".to_owned(), |task| replay.trace.name(task).to_owned())
}

/// A state, in the words of the field.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::NeverStarted => "never started",
        State::Ready => "ready",
        State::Working => "running",
        State::Holding => "blocking",
        State::Waiting => "waiting",
        State::Done => "done",
        State::Failed => "failed",
        State::Cancelled => "cancelled",
    }
}

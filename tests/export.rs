//! Runs as files: held against the formats' own rules, and against the lanes they are written from.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{HashMap, HashSet};

use concurrent_burgers::replay::export::{Run, chrome, csv, json::Json};
use concurrent_burgers::replay::{Lasts, Replay};
use concurrent_burgers::runtime::simulated;
use concurrent_burgers::scenarios;
use concurrent_burgers::trace::Micros;
use proptest::prelude::*;
use serde_json::Value;

mod common;

use common::{random_trace, setup, times, verbs};

fn run<'a>(name: &str, replay: &'a Replay) -> Run<'a> {
    let knobs = vec![("customers", 3.0), ("grilling", 2.5)];
    Run {
        name: name.into(),
        scenario: "counter",
        mode: "async",
        knobs,
        measured: false,
        threads: vec![],
        replay,
    }
}

fn int(event: &Value, key: &str) -> u64 {
    event[key].as_u64().unwrap_or_else(|| panic!("{key} is no whole number: {event}"))
}

/// Checks what the trace event format asks for, and gives the events.
fn check_trace(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).expect("it is JSON");
    let events = file["traceEvents"].as_array().expect("a list").clone();
    let (mut processes, mut tracks) = (HashSet::new(), HashSet::new());
    let mut now = 0;
    let mut open: HashMap<String, u64> = HashMap::new();
    let mut seen = HashSet::new();
    let mut busy: HashMap<u64, u64> = HashMap::new();
    for event in &events {
        let phase = event["ph"].as_str().expect("every event has a phase");
        let name = event["name"].as_str().expect("every event has a name");
        if phase == "M" {
            match name {
                "process_name" => assert!(processes.insert(int(event, "pid")), "a process has one name"),
                "thread_name" => {
                    assert!(tracks.insert((int(event, "pid"), int(event, "tid"))), "a track has one name")
                }
                _ => {}
            }
            continue;
        }
        assert!(processes.contains(&int(event, "pid")), "the process has a name: {event}");
        assert!(tracks.contains(&(int(event, "pid"), int(event, "tid"))), "the track has a name: {event}");
        let at = int(event, "ts");
        assert!(at >= now, "events stand in order of time");
        now = at;
        match phase {
            "X" => {
                let until = busy.entry(int(event, "tid")).or_default();
                assert!(*until <= at, "on a track, one thing is over before the next begins: {event}");
                *until = at + int(event, "dur");
            }
            "i" => assert_eq!(event["s"], "t"),
            "b" => {
                let id = event["id2"]["local"].as_str().expect("an id").to_owned();
                assert!(seen.insert(id.clone()), "an id is used once");
                open.insert(id, at);
            }
            "e" => {
                let id = event["id2"]["local"].as_str().expect("an id");
                let began = open.remove(id).expect("what ends has begun");
                assert!(began <= at);
            }
            other => panic!("no phase of ours: {other}"),
        }
    }
    let tids: HashSet<_> = tracks.iter().map(|(_, tid)| *tid).collect();
    assert_eq!(tids.len(), tracks.len(), "a track's number is its own in the whole file");
    assert_eq!(open, HashMap::new(), "what has begun ends");
    events
}

/// Reads a table as RFC 4180 has it.
fn read_table(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (vec![], vec![], String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => {
                field.push(characters.next().expect("it is there"))
            }
            (_, '"') => quoted = !quoted,
            (false, ',') => row.push(std::mem::take(&mut field)),
            (false, '\r') => {
                assert_eq!(characters.next(), Some('\n'), "rows end in CR LF");
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            (_, other) => field.push(other),
        }
    }
    assert!(row.is_empty() && field.is_empty() && !quoted, "the last row ends, too");
    rows
}

fn sum(events: &[Value], category: &str) -> u64 {
    let of = |event: &&Value| event["ph"] == "X" && event["cat"] == category;
    events.iter().filter(of).map(|event| int(event, "dur")).sum()
}

/// How long threads were kept, in microseconds, added up.
fn kept(replay: &Replay) -> u64 {
    let spans = replay.clerks.iter().flat_map(|clerk| &clerk.spans);
    spans.map(|busy| u64::from((busy.to.min(replay.end) - busy.from).0)).sum()
}

/// The stretches of a record that last, in microseconds, added up.
fn lasting(replay: &Replay) -> u64 {
    let spans = replay.lanes.iter().flat_map(|lane| &lane.spans).filter(|span| !span.state.is_over());
    spans.map(|span| u64::from((span.to.min(replay.end) - span.from).0)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_trace_keeps_the_rules_of_its_format_and_says_what_the_lanes_say(
        verbs in verbs(), programs in 1..3usize, pool in 0..3usize, cut in 0.0..=1.0f64,
    ) {
        let whole = Replay::new(random_trace(&verbs, programs, pool), Lasts::ToTheEnd);
        let cut = Micros((f64::from(whole.end.0) * cut) as u32);
        // A run that is going on: what is open has no end yet.
        let mut part = concurrent_burgers::trace::Trace::of(&["one", "two"]);
        for thread in 0..whole.trace.threads() {
            let mine = |event: &&concurrent_burgers::trace::Event| usize::from(event.task.thread().0) == thread;
            let events = whole.trace.events().iter().filter(mine).filter(|event| event.at <= cut).copied().collect();
            part.add(thread, concurrent_burgers::trace::Batch { events, ..Default::default() });
        }
        for replay in [Replay::new(part, Lasts::On), whole] {
            let events = check_trace(&chrome::write(&[run("1 · One", &replay), run("2 · Two", &replay)]));
            prop_assert_eq!(sum(&events, "thread"), 2 * kept(&replay));
            prop_assert_eq!(sum(&events, "task"), 2 * lasting(&replay));
            let begun = events.iter().filter(|event| event["ph"] == "b").count();
            prop_assert_eq!(begun, 2 * replay.ios.len());
        }
    }

    #[test]
    fn a_table_holds_every_stretch_exactly(verbs in verbs(), programs in 1..3usize, name in "[a-z,\"\r\n=·]{0,8}") {
        let replay = Replay::new(random_trace(&verbs, programs, 0), Lasts::ToTheEnd);
        let rows = read_table(&csv::write(&[run(&name, &replay)]));
        prop_assert_eq!(&rows[0], &csv::COLUMNS.map(str::to_owned).to_vec());
        let micros = |text: &str| (text.parse::<f64>().expect("a number") * 1e6).round() as u64;
        let mut all = 0;
        for row in &rows[1..] {
            prop_assert_eq!(row.len(), csv::COLUMNS.len());
            prop_assert_eq!(&row[0], &name);
            all += micros(&row[10]) - micros(&row[9]);
        }
        prop_assert_eq!(all, lasting(&replay));
        let over = replay.lanes.iter().filter(|lane| lane.over().is_some()).count();
        let ended = rows[1..].iter().filter(|row| ["done", "failed", "cancelled"].contains(&row[7].as_str())).count();
        prop_assert_eq!(ended, over);
    }

    #[test]
    fn what_is_written_as_json_is_read_back(text in "\\PC*", controls in "[\\x00-\\x1f\"\\\\/\u{2028}]*", number in any::<f64>(), int in any::<u64>()) {
        let value = Json::Object(vec![
            ("text", Json::text(&text)),
            ("controls", Json::Map(vec![(controls.clone(), Json::text(&controls))])),
            ("list", Json::List(vec![Json::Number(number), Json::Int(int), Json::List(vec![])])),
        ]);
        let mut out = String::new();
        value.write(&mut out);
        let read: Value = serde_json::from_str(&out).expect("it is JSON");
        prop_assert_eq!(&read["text"], &Value::from(text));
        prop_assert_eq!(&read["controls"][&controls], &Value::from(controls.clone()));
        prop_assert_eq!(read["list"][1].as_u64(), Some(int));
        if number.is_finite() {
            let close = |read: f64| read == number || ((read - number) / number).abs() < 1e-12;
            prop_assert!(read["list"][0].as_f64().is_some_and(close));
        } else {
            prop_assert!(read["list"][0].is_null());
        }
    }
}

#[test]
fn a_trace_says_who_was_woken_and_what_was_printed() {
    let scenario = scenarios::find("counter").expect("it exists");
    let replay =
        Replay::new(simulated::run(scenario, &setup("async", &times(3, 1000, 3000))), Lasts::ToTheEnd);
    let text = chrome::write(&[run("1 · Async", &replay)]);
    let events = check_trace(&text);
    let named = |name: &str| events.iter().filter(|event| event["name"] == name).count();
    assert!(named("wake") >= 3 && named("done") >= 3 && named("prints") >= 1, "{text}");
    assert_eq!(named("grill for Ada"), 2, "it begins and ends: {text}");
    let ada =
        events.iter().find(|event| event["ph"] == "X" && event["name"] == "Ada").expect("Ada is served");
    assert_eq!(
        (int(ada, "ts"), int(ada, "dur"), ada["args"]["state"].as_str()),
        (0, 1_000_000, Some("running"))
    );
    let file: Value = serde_json::from_str(&text).expect("it is JSON");
    let about = &file["otherData"]["runs"][0];
    assert_eq!((about["mode"].as_str(), about["record"].as_str()), (Some("async"), Some("simulated")));
    assert_eq!(about["knobs"]["grilling"].as_f64(), Some(2.5));
}

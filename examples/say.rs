//! Prints what a simulated run prints: `say SCENARIO MODE [knob=value ...]`.
//!
//! The Python twins are held against this. A scenario may also be named by a lesson's slug.

use concurrent_burgers::lessons;
use concurrent_burgers::runtime::{Setup, simulated};
use concurrent_burgers::scenarios;
use concurrent_burgers::trace::What;

fn main() -> Result<(), String> {
    let mut words = std::env::args().skip(1);
    let usage = "usage: say SCENARIO-OR-LESSON MODE [knob=value ...]";
    let (name, mode) = words.next().zip(words.next()).ok_or(usage)?;
    let lesson = lessons::find(&name);
    let scenario = scenarios::find(lesson.map_or(name.as_str(), |lesson| lesson.scenario));
    let scenario = scenario.ok_or(format!("no scenario or lesson is called {name}"))?;
    if !scenario.modes.contains(&mode.as_str()) {
        return Err(format!("{name} has the modes {}", scenario.modes.join(", ")));
    }
    let mut setup = Setup { mode, ..Setup::default() };
    for knob in lesson.map_or(&[][..], |lesson| lesson.knobs) {
        setup.knobs.set(knob.id, knob.default);
    }
    for word in words {
        let (knob, value) = word.split_once('=').ok_or(usage)?;
        setup.knobs.set(knob, value.parse().map_err(|_| format!("{word}: not a number"))?);
    }
    let trace = simulated::run(scenario, &setup);
    for event in trace.events() {
        if let What::Say { text } = event.what {
            println!("{:5.1} s  {}", event.at.seconds(), trace.text(event.task, text));
        }
    }
    Ok(())
}

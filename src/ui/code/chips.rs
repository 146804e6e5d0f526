//! Who stands at which line: the chips beside the code, in nodes that are kept, and what marks a line.
//!
//! One effect draws all lines: if each asked for itself who stands there, that would be dozens of effects several times a second.

use crate::ui::prelude::*;

use crate::lessons::model::Line;
use crate::replay::crowd::Crowd;
use crate::replay::{State, code};
use crate::scenarios;
use crate::trace::{Micros, StepId, TaskId};
use crate::ui::follow::{self, Memo};
use crate::ui::scene::figure::Figure;
use crate::ui::stage::{Stage, Turn};
use crate::ui::strings::{crowd as crowd_words, words};
use crate::ui::timeline;
use crate::ui::who::Who;

/// The most chips that stand at one line: they must not cover the code.
const MOST_CHIPS: usize = 3;
/// How many lines a frame draws while the cursor moves.
const MOST: usize = 4;

/// The row of a line, and in it the place for its chips.
#[derive(Clone, Copy)]
pub struct Place {
    line: &'static Line,
    /// The row.
    pub row: NodeRef<web_sys::HtmlElement>,
    /// The place for chips.
    pub chips: NodeRef<web_sys::HtmlElement>,
}

impl Place {
    /// Of a line that is not in the page yet.
    pub fn of(line: &'static Line) -> Self {
        Self { line, row: NodeRef::new(), chips: NodeRef::new() }
    }

    fn is_for(self, mode: &str) -> bool {
        self.line.modes.is_empty() || self.line.is_for(mode)
    }
}

/// What is to be seen at a line.
#[derive(Clone, Debug, Default, PartialEq)]
struct Look {
    class: &'static str,
    chips: Vec<Chip>,
}

#[derive(Clone, Debug, PartialEq)]
enum Chip {
    /// A task by its name, and what it does.
    Task(TaskId, State),
    /// So many more.
    More(usize),
    /// So many of a crowd.
    Crowd(usize),
}

/// Lets the chips of some lines follow a stage, as long as these lines are there.
pub fn follow(stage: Stage, places: Vec<Place>) {
    let time = stage.calm(2);
    let steps = scenarios::find(stage.lesson.scenario).map_or(&[][..], |scenario| scenario.steps);
    let steps_of = |place: &Place| -> Vec<StepId> {
        let here = (0..).zip(steps).filter(|(_, step)| place.line.labels.contains(step));
        here.map(|(index, _)| StepId(index)).collect()
    };
    let lines: Vec<_> = places.iter().map(|place| (*place, steps_of(place))).collect();
    let modes = stage.at_rest(move || (stage.mode.get(), stage.modes_of_threads()));
    let looks = Memo::new(move |_| {
        let time = time.get();
        modes.with(|(mode, modes)| {
            stage.told_crowd.with(|crowd| match crowd {
                // A crowd is counted, not listed.
                Some(crowd) => {
                    lines.iter().map(|(place, steps)| counted(crowd, *place, steps, mode, time)).collect()
                }
                None => {
                    let standing = stage.told.with(|shown| code::positions(shown, time));
                    let here = |(place, steps): &(Place, Vec<StepId>)| {
                        let here = standing.iter().filter(|it| {
                            // Side by side, each thread runs its own program: a line shows who runs this one.
                            let mode =
                                modes.get(usize::from(it.task.thread().0)).copied().unwrap_or_default();
                            steps.contains(&it.step) && place.is_for(mode)
                        });
                        listed(here.map(|it| (it.task, it.state)).collect())
                    };
                    lines.iter().map(here).collect::<Vec<_>>()
                }
            })
        })
    });
    let drawn = StoredValue::new(places.iter().map(|_| Drawn::default()).collect::<Vec<_>>());
    follow::effect(move || {
        let most = if stage.rests() { usize::MAX } else { MOST };
        if !stage.has_turn(Turn::Code) {
            return;
        }
        let name = |task| stage.told.with_untracked(|shown| shown.trace.name(task).to_owned());
        let lit = stage.lit.get_untracked();
        looks.with(|looks| {
            drawn.update_value(|drawn| {
                let all =
                    looks.iter().zip(&places).zip(drawn).filter(|((look, _), drawn)| drawn.look != **look);
                for ((look, place), drawn) in all.take(most) {
                    drawn.draw(look, *place, name);
                    drawn.light(lit.as_deref());
                }
            });
        });
    });
    follow::effect(move || {
        let lit = stage.lit.get();
        drawn.update_value(|drawn| drawn.iter_mut().for_each(|drawn| drawn.light(lit.as_deref())));
    });
}

fn counted(crowd: &Crowd, place: Place, steps: &[StepId], mode: &str, time: Micros) -> Look {
    let count = steps.iter().map(|step| crowd.standing(*step, time)).sum::<usize>();
    if count == 0 || !place.is_for(mode) {
        return listed(Vec::new());
    }
    let state = steps.iter().find_map(|step| crowd.runs_at(*step, time)).unwrap_or(State::Waiting);
    Look { class: class([state].into_iter()), chips: vec![Chip::Crowd(count)] }
}

fn listed(here: Vec<(TaskId, State)>) -> Look {
    let class = class(here.iter().map(|(_, state)| *state));
    let shown = if here.len() > MOST_CHIPS { MOST_CHIPS - 1 } else { here.len() };
    let more = here.len() - shown;
    let mut chips: Vec<_> =
        here.into_iter().take(shown).map(|(task, state)| Chip::Task(task, state)).collect();
    chips.extend((more > 0).then_some(Chip::More(more)));
    Look { class, chips }
}

/// The class of a row at which tasks are in these states.
fn class(states: impl Iterator<Item = State> + Clone) -> &'static str {
    let any = |is: fn(State) -> bool| states.clone().any(is);
    let busy = any(|state| state == State::Working);
    let held = any(|state| state == State::Holding);
    let hot = any(|state| matches!(state, State::Waiting | State::Ready));
    match (busy, held, hot) {
        (false, false, false) => "row",
        (true, false, false) => "row busy",
        (false, true, false) => "row held",
        (true, true, false) => "row busy held",
        (false, false, true) => "row hot",
        (true, false, true) => "row busy hot",
        (false, true, true) => "row held hot",
        (true, true, true) => "row busy held hot",
    }
}

/// A line as it is drawn.
#[derive(Default)]
struct Drawn {
    look: Look,
    chips: Vec<Kept>,
}

/// A chip as it is drawn.
struct Kept {
    figure: Figure,
    /// Its class, as long as it is not lit.
    class: String,
    name: Option<String>,
    lit: bool,
}

impl Drawn {
    fn draw(&mut self, look: &Look, place: Place, name: impl Fn(TaskId) -> String) {
        let (Some(row), Some(chips)) = (place.row.get_untracked(), place.chips.get_untracked()) else {
            return;
        };
        if self.look.class != look.class {
            row.set_class_name(look.class);
        }
        let count = look.chips.len();
        self.chips.drain(count.min(self.chips.len())..).for_each(|gone| gone.figure.root.remove());
        for (at, chip) in look.chips.iter().enumerate() {
            if self.look.chips.get(at) == Some(chip) {
                continue;
            }
            if at == self.chips.len() {
                let Some(figure) = Figure::html("i", "") else { return };
                // A new element can be put into a page.
                let _ = chips.append_child(&figure.root);
                self.chips.push(Kept { figure, class: String::new(), name: None, lit: false });
            }
            self.chips[at].write(chip, &name);
        }
        self.look = look.clone();
    }

    fn light(&mut self, name: Option<&str>) {
        for kept in &mut self.chips {
            let lit = kept.name.is_some() && kept.name.as_deref() == name;
            if lit != kept.lit {
                kept.lit = lit;
                kept.write_class();
            }
        }
    }
}

impl Kept {
    fn write(&mut self, chip: &Chip, name: impl Fn(TaskId) -> String) {
        let (class, name, title, text) = match chip {
            Chip::Task(task, state) => {
                let name = name(*task);
                let who = Who::named(&name);
                let class = format!("chip {} {}", who.class(), timeline::class(*state));
                let title = format!("{name}: {}", words().state(*state));
                (class, Some(name), title, who.letter.to_string())
            }
            Chip::More(more) => ("chip more".to_owned(), None, String::new(), format!("+{more}")),
            Chip::Crowd(count) => {
                let count = crowd_words::count(*count);
                let title = format!("{count} {}", crowd_words::STANDING);
                ("chip crowd".to_owned(), None, title, count)
            }
        };
        let Self { figure, .. } = self;
        figure.write_root("title", &title);
        figure.root.set_text_content(Some(&text));
        if self.name != name {
            match &name {
                Some(name) => figure.write_root("data-name", name),
                None => figure.erase_root("data-name"),
            }
            self.name = name;
        }
        if self.class != class {
            self.class = class;
            self.write_class();
        }
    }

    fn write_class(&self) {
        let lit = if self.lit { " lit" } else { "" };
        self.figure.write_root("class", &format!("{}{lit}", self.class));
    }
}

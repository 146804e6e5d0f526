//! The sentences as they are drawn, in nodes that are kept.
//!
//! What always holds: the latest stands first, and a line never says anything but one sentence as it was told. While the cursor
//! moves, some that are new may still be missing, and older ones stand at the end in their place.

use std::ops::Range;

use web_sys::Element;

use super::Sentence;
use crate::lessons::model::Picture;
use crate::replay::Replay;
use crate::replay::kept::{self, Slot};
use crate::replay::story::{Tale, Told};
use crate::ui::scene::figure::{Figure, put};
use crate::ui::stage::Counter;
use crate::ui::strings::words;
use crate::ui::who::Who;

/// Those that are drawn, the latest first.
pub struct Lines {
    /// At which counters they are told; a line names its own where there are several.
    pub counters: Vec<Counter>,
    lines: Vec<Line>,
    /// Empty ones, of which all others are copies: of what a task prints, and of anything else.
    models: [Option<Figure>; 2],
}

/// A sentence that is drawn.
struct Line {
    told: Told,
    name: String,
    other: Option<String>,
    lit: bool,
    figure: Figure,
}

/// The parts of a line: the time, and what is printed or the counter; chip and name come after that.
const TIME: usize = 0;
const PRINTED: usize = 1;
const COUNTER: usize = 1;

const SAID: &str = r#"<time data-part=""></time><samp data-part=""></samp>"#;

impl Lines {
    /// None yet.
    pub fn at(counters: Vec<Counter>) -> Self {
        Self { counters, lines: Vec::new(), models: [None, None] }
    }

    /// Draws a part of what is told, with no more than `most` new lines. Says whether that is all.
    pub fn follow(
        &mut self,
        list: &Element,
        told: &[Told],
        part: Range<usize>,
        most: usize,
        (picture, replay): (Picture, &Replay),
    ) -> bool {
        let wanted: Vec<&Told> = told[part].iter().rev().collect();
        let mut before: Vec<Option<Line>> = std::mem::take(&mut self.lines).into_iter().map(Some).collect();
        let kept = Self::kept(&before, &wanted, replay);
        let oldest = wanted.last().map(|told| told.at);
        let waits = |at: usize| before[at].as_ref().map(|line| line.told.at) <= oldest;
        let mut places = Vec::with_capacity(wanted.len());
        for slot in kept::plan(&kept, before.len(), most, waits) {
            let (line, place) = match slot {
                Slot::Kept(_, at) | Slot::Old(at) => (before[at].take(), Some(at)),
                Slot::New(index, at) => {
                    let told = wanted[index];
                    let old = at.and_then(|at| before[at].take());
                    let (old, other) = match old {
                        Some(line) if line.is_printed() == is_printed(told) => (Some(line.figure), None),
                        other => (None, other),
                    };
                    other.iter().for_each(|other| other.figure.root.remove());
                    let place = at.filter(|_| old.is_some());
                    (self.write(old, told, picture, replay), place)
                }
            };
            if let Some(line) = line {
                self.lines.push(line);
                places.push(place);
            }
        }
        before.iter().flatten().for_each(|gone| gone.figure.root.remove());
        put(list, self.lines.iter().map(|line| &line.figure.root).zip(kept::stays(&places)));
        kept.iter().filter(|kept| kept.is_none()).count() <= most
    }

    /// In which place each sentence is drawn already; both lists have the latest first.
    fn kept(before: &[Option<Line>], wanted: &[&Told], replay: &Replay) -> Vec<Option<usize>> {
        let mut from = 0;
        let find = |told: &&Told| {
            let lines =
                before.iter().enumerate().skip(from).filter_map(|(at, line)| Some((at, line.as_ref()?)));
            let mut late = lines.take_while(|(_, line)| line.told.at >= told.at);
            let found = late.find(|(_, line)| line.tells(told, replay)).map(|(at, _)| at);
            from = found.map_or(from, |at| at + 1);
            found
        };
        wanted.iter().map(find).collect()
    }

    /// A sentence, written into a line that is there or into a new one.
    fn write(
        &mut self,
        figure: Option<Figure>,
        told: &Told,
        picture: Picture,
        replay: &Replay,
    ) -> Option<Line> {
        let (sentence, several) = (Sentence::of(picture, told, replay), self.counters.len() > 1);
        let printed = is_printed(told);
        let model = &mut self.models[usize::from(printed)];
        if model.is_none() {
            *model = if printed { Figure::html("li", SAID) } else { Figure::html("li", &tale(several)) };
        }
        let figure = figure.or_else(|| model.as_ref()?.again())?;
        figure.tell(TIME, &sentence.time);
        if printed {
            figure.write_root("class", "printed");
            figure.write(PRINTED, "title", words().printed);
            figure.tell(PRINTED, &sentence.text);
        } else {
            let who = Who::named(&sentence.name);
            let [chip, name] = if several { [2, 3] } else { [1, 2] };
            if let Some(counter) = self.counters.get(usize::from(told.task.thread().0)).filter(|_| several) {
                figure.tell(COUNTER, &counter.label);
            }
            figure.write(chip, "class", &format!("chip {}", who.class()));
            figure.tell(chip, &who.letter.to_string());
            figure.write(name, "class", &format!("told {}", who.class()));
            figure.tell(name, &sentence.name);
            figure.tell_after(name, &format!(" {}", sentence.text));
            figure.write_root("data-name", &sentence.name);
            figure.write_root("class", "");
        }
        let other = told.what.other().map(|task| replay.trace.name(task).to_owned());
        Some(Line { told: told.clone(), name: sentence.name, other, lit: false, figure })
    }

    /// Lights up what is told of a task.
    pub fn light(&mut self, name: Option<&str>) {
        for line in self.lines.iter_mut().filter(|line| !line.is_printed()) {
            let lit = name == Some(&*line.name);
            if lit != line.lit {
                line.figure.write_root("class", if lit { "lit" } else { "" });
                line.lit = lit;
            }
        }
    }
}

impl Line {
    /// Whether it says this, with the same names.
    fn tells(&self, told: &Told, replay: &Replay) -> bool {
        let other = told.what.other().map(|task| replay.trace.name(task));
        self.told == *told && replay.trace.name(told.task) == self.name && other == self.other.as_deref()
    }

    fn is_printed(&self) -> bool {
        is_printed(&self.told)
    }
}

fn is_printed(told: &Told) -> bool {
    matches!(told.what, Tale::Says(_))
}

/// A line as markup, without its words. A counter is named where there are several.
fn tale(several: bool) -> String {
    let counter = if several { r#"<small class="counter-tag" data-part=""></small> "# } else { "" };
    format!(
        r#"<time data-part=""></time><span>{counter}<i aria-hidden="true" data-part=""></i> <b data-part=""></b> </span>"#
    )
}

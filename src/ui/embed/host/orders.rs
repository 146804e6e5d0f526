//! What the host says, and what is done about it: what a button would do.

use super::{Host, OnStage};
use crate::course::address::Note;
use crate::course::embed::message::{Command, Field, Heard, Order, Refusal};
use crate::ui::app::Course;
use crate::ui::embed::sight::Wanted;
use crate::ui::lesson::begin;
use crate::ui::strings::{embed as words, words as all_words};

impl Host {
    pub(super) fn hear(&self, course: Course, heard: Heard) {
        match heard {
            Heard::Hello => self.ready(),
            Heard::State(state) => self.take(course, state),
            Heard::NoState => course.tell(words::NO_STATE),
            Heard::Flush(answers) => {
                // Who asks for it knows what to do with it.
                self.line.update_value(|line| line.iter_mut().for_each(|line| line.report.answered()));
                let had_state = self.flush();
                self.post(&[
                    ("subject", "SPLICE.flushState.response".into()),
                    ("message_id", (&answers).into()),
                    ("success", true.into()),
                    ("hadState", had_state.into()),
                ]);
            }
            Heard::Command(answers, command) => {
                let named = (answers != Field::Nothing).then_some(&answers);
                match command.and_then(|command| self.obey(course, &command)) {
                    Ok(()) if named.is_some() => self.say("burger:done", &[], named),
                    Ok(()) => {}
                    Err(refusal) => self.error(&refusal.0, named),
                }
            }
        }
    }

    fn obey(&self, course: Course, command: &Command) -> Result<(), Refusal> {
        let on = self.stage.get_untracked();
        let order = command.order(on.map(|on| on.stage.lesson))?;
        // There is one language, and it is spoken already.
        if let Command::Theme(theme) = command {
            course.theme.set(*theme);
        }
        let Some(OnStage { stage, position, wanted }) = on else { return Ok(()) };
        match order {
            Order::Play => wanted.set(Wanted::Play),
            Order::Pause => {
                wanted.set(Wanted::Nothing);
                stage.pause();
            }
            Order::Reset => {
                wanted.set(Wanted::Nothing);
                stage.reset();
            }
            Order::Step(at) => begin(course, stage, position, at),
            Order::Mode(mode) => stage.set_mode(mode),
            Order::Speed(speed) => stage.set_speed(speed),
            Order::Knob(knob, value, moved) => {
                stage.set_knob(knob.id, value);
                if moved {
                    let note = all_words().note(&Note::Clamped(knob, value));
                    self.error(&note, None);
                    course.tell(&note);
                }
            }
            Order::None => {}
        }
        Ok(())
    }
}

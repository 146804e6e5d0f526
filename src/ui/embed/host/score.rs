//! Score and state on their way to the host, and back from it.

use std::time::Duration;

use crate::ui::prelude::*;
use leptos::leptos_dom::helpers::TimeoutHandle;

use super::{Host, now};
use crate::course::embed::port::new_id;
use crate::course::embed::report::{Due, Reached};
use crate::course::progress::Progress;
use crate::ui::app::Course;
use crate::ui::follow;
use crate::ui::strings::embed as words;

impl Host {
    /// What the host keeps is added to what is here. Of several answers the first with state counts.
    pub(super) fn take(&self, course: Course, state: Option<String>) {
        let is_first = self.line.try_update_value(|line| {
            let line = line.as_mut()?;
            line.is_answered = true;
            let first = !line.has_state;
            line.has_state |= state.is_some();
            first.then_some(())
        });
        if is_first.flatten().is_none() {
            return;
        }
        match state.map(|state| Progress::read_code(&state)) {
            Some(Ok(found)) => course.bring(&found),
            Some(Err(_)) => return course.tell(words::NO_STATE),
            None => {}
        }
        course.is_kept_by_host();
        // What was brought back is part of the next report: nothing less may go out before it.
        self.line.update_value(|line| {
            let Some(line) = line else { return };
            if let Some(scope) = line.scope {
                line.report.take(course.progress.with_untracked(|progress| scope.of(progress)));
            }
            line.report.answered();
        });
        self.schedule();
    }

    /// Reports what is reached, whenever more is.
    pub(super) fn report(&self, course: Course) {
        let host = *self;
        let mut is_first = true;
        follow::effect(move || {
            let is_news = !std::mem::take(&mut is_first);
            let Some(scope) = host.line.with_value(|line| line.as_ref()?.scope) else { return };
            let reached = course.progress.with(|progress| scope.of(progress));
            let finished = host
                .line
                .try_update_value(|line| line.as_mut().is_some_and(|line| line.report.take(reached)));
            // What was answered before this page, or is brought back by the host, is nothing new.
            if finished == Some(true) && is_news {
                host.event("check", &[("right", true.into())]);
                host.flush();
            }
            host.schedule();
        });
    }

    /// Sends what is due, or waits until it is.
    fn schedule(&self) {
        let host = *self;
        let due = self.line.try_update_value(|line| {
            let line = line.as_mut()?;
            line.timer.take().iter().for_each(TimeoutHandle::clear);
            match line.report.due(now()) {
                Due::Now(reached) => return Some(reached),
                Due::In(ms) => {
                    let wait = Duration::from_millis(ms.ceil() as u64);
                    line.timer = set_timeout_with_handle(move || host.schedule(), wait).ok();
                }
                Due::Never => {}
            }
            None
        });
        if let Some(Some(reached)) = due {
            self.send(&reached);
        }
    }

    /// Sends what has not been sent; says whether there was anything.
    pub(super) fn flush(&self) -> bool {
        let reached = self.line.try_update_value(|line| line.as_mut()?.report.flush(now())).flatten();
        reached.iter().for_each(|reached| self.send(reached));
        reached.is_some()
    }

    fn send(&self, reached: &Reached) {
        self.post(&[
            ("subject", "SPLICE.reportScoreAndState".into()),
            ("message_id", new_id().into()),
            ("score", reached.score.into()),
            ("state", (&*reached.state).into()),
            ("complete", reached.complete.into()),
        ]);
    }
}

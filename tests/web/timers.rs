//! Many timers on the browser's own event loop: they share those of the browser, and are true all the same.

use std::cell::RefCell;

use concurrent_burgers::runtime::live::clock_ms;
use concurrent_burgers::trace::{Millis, What};

use super::live::{count, finished, start};
use super::*;

#[wasm_bindgen_test]
async fn of_many_timers_none_comes_early_and_those_due_first_come_first() {
    thread_local! {
        /// When each asked, for how long, and when it came.
        static HEARD: RefCell<Vec<(f64, f64, f64)>> = RefCell::default();
    }
    let (_thread, kept) = start(|rt| async move {
        for index in 0..400 {
            let inner = rt.clone();
            let time = f64::from(20 + index * 7 % 40) + f64::from(index % 3) / 4.0;
            drop(rt.spawn("timer", async move {
                let asked = clock_ms();
                inner.io("one", Millis(time)).await;
                HEARD.with_borrow_mut(|heard| heard.push((asked, time, clock_ms())));
            }));
        }
    });
    finished(&kept).await;
    let heard = HEARD.take();
    assert_eq!(heard.len(), 400);
    for (asked, time, came) in &heard {
        // Clocks of browsers are coarse, some as coarse as 1 ms.
        assert!(came - asked >= time - 1.1, "{time} ms were over after {} ms", came - asked);
    }
    // Those that are due 3 ms earlier are called earlier.
    for (place, (asked, time, _)) in heard.iter().enumerate() {
        let due = |(asked, time): (f64, f64)| asked + time.ceil();
        let late = heard[place..].iter().filter(|other| due((other.0, other.1)) + 3.0 < due((*asked, *time)));
        assert_eq!(late.count(), 0, "the one due at {} is before earlier ones", due((*asked, *time)));
    }
    let trace = kept.trace.borrow();
    assert_eq!(count(&trace, |what| matches!(what, What::IoEnd { done: true, .. })), 400);
}

#[wasm_bindgen_test]
async fn a_timer_that_is_dropped_wakes_nobody_and_others_that_share_it_come() {
    let (_thread, kept) = start(|rt| async move {
        let timers: Vec<_> = (0..200)
            .map(|_| {
                let inner = rt.clone();
                rt.spawn("timer", async move { inner.io("one", Millis(30.0)).await })
            })
            .collect();
        rt.io("two", Millis(5.0)).await;
        let (mut came, mut gone) = (0, 0);
        for (index, timer) in timers.iter().enumerate() {
            if index % 2 == 0 {
                timer.abort();
            }
        }
        for timer in timers {
            match timer.await {
                Ok(()) => came += 1,
                Err(_) => gone += 1,
            }
        }
        rt.say(format!("{came} {gone}"));
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    assert_eq!(count(&trace, |what| matches!(what, What::IoEnd { done: false, .. })), 100);
    assert_eq!(count(&trace, |what| what == What::Dropped), 100);
    let main = trace.events()[0].task;
    assert_eq!(trace.text(main, 0), "100 100");
}

#[wasm_bindgen_test]
async fn a_task_that_always_asks_for_another_turn_lets_timers_come_after_each_run_of_turns() {
    let (_thread, kept) = start(|rt| async move {
        // Ten thousand turns keep the event loop, as they do with any executor of a browser; the timer comes right after.
        rt.io("one", Millis(0.0)).await;
        for _ in 0..10_000 {
            let mut asked = false;
            std::future::poll_fn(|context| {
                if std::mem::replace(&mut asked, true) {
                    return std::task::Poll::Ready(());
                }
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
        }
        rt.io("two", Millis(10.0)).await;
        rt.say("over");
    });
    finished(&kept).await;
    let trace = kept.trace.borrow();
    assert_eq!(count(&trace, |what| what == What::PollEnd { ready: false }), 10_002);
    assert_eq!(count(&trace, |what| matches!(what, What::Say { .. })), 1);
}

//! Real I/O in a browser: each job runs, or it is said why not; and what is recorded of it is true.

use std::cell::RefCell;
use std::rc::Rc;

use concurrent_burgers::course::measures::{Job, Measured, Part, Place, Report, Table, Why};
use concurrent_burgers::trace::Micros;
use concurrent_burgers::ui::exhibits::measures::disk::in_memory;
use concurrent_burgers::ui::exhibits::measures::jobs::Tool;
use concurrent_burgers::ui::exhibits::measures::run::{grain, measure, take};
use futures_util::future::{AbortHandle, abortable};

use super::*;

/// A part of a job that every browser does; of several tries the quickest, which was disturbed least.
async fn quickest(tool: &Tool, part: Part) -> Measured {
    let mut best = None::<Measured>;
    for _ in 0..5 {
        let took = take(tool, part).await.expect("every browser does it");
        best = Some(best.filter(|best| best.wall <= took.wall).unwrap_or(took));
    }
    best.expect("it was tried")
}

#[wasm_bindgen_test]
async fn every_job_is_measured_in_all_its_parts_or_refused_with_a_reason() {
    let mut table = Table::default();
    measure(|report| table.take(report)).await;
    for job in Job::ALL {
        let found = table.of(job);
        let once =
            found.part(Part::Once).unwrap_or_else(|| panic!("{job:?} really ran: {:?}", found.refused));
        assert!(once.held <= once.wall, "{job:?} {once:?}");
        match &found.refused {
            // The server of these tests does not always answer ten requests at once.
            Some(refused) => assert_eq!((job, refused.why), (Job::Network, Why::Silent), "{refused:?}"),
            None => {
                let parts =
                    Part::ALL.map(|part| found.part(part).unwrap_or_else(|| panic!("{job:?} {part:?}")));
                assert!(parts.iter().all(|it| it.held <= it.wall), "{job:?} {parts:?}");
                assert!(parts[1].wall > Micros(0), "{job:?} {parts:?}");
            }
        }
    }
    assert!(table.place.is_some(), "it is known where the file was");
}

#[wasm_bindgen_test]
async fn a_timer_does_not_keep_the_thread_and_ten_of_them_overlap() {
    let (tool, _) = Tool::ready(Job::Timer).await.expect("it needs nothing");
    let one = quickest(&tool, Part::Once).await;
    assert!(one.wall >= Micros(3_000) && one.held.0 * 3 < one.wall.0, "{one:?}");
    let (row, together) = (quickest(&tool, Part::Row).await, quickest(&tool, Part::Together).await);
    assert!(row.wall.0 > 3 * together.wall.0, "{row:?} {together:?}");
}

#[wasm_bindgen_test]
async fn a_computation_keeps_the_thread_and_ten_of_them_gain_nothing_together() {
    let (tool, _) = Tool::ready(Job::Compute).await.expect("it needs nothing");
    let one = quickest(&tool, Part::Once).await;
    assert!(one.held.0 * 5 > one.wall.0 * 4, "{one:?}");
    let (row, together) = (quickest(&tool, Part::Row).await, quickest(&tool, Part::Together).await);
    assert!(together.held.0 * 5 > together.wall.0 * 4, "{together:?}");
    assert!(together.wall.0 * 2 > row.wall.0, "{row:?} {together:?}");
}

#[wasm_bindgen_test]
async fn a_file_in_memory_is_read_as_it_was_written() {
    assert_eq!(in_memory().await, Ok(()));
    let place = Tool::ready(Job::File).await.expect("a file can always be made").1;
    assert!(matches!(place, Some(Place::Disk | Place::Memory(_))));
}

#[wasm_bindgen_test]
async fn stopped_it_tells_nothing_more() {
    let told = Rc::new(RefCell::new(Vec::<Report>::new()));
    let (tells, handle) = (told.clone(), Rc::new(RefCell::new(None::<AbortHandle>)));
    let stop = handle.clone();
    let (work, abort) = abortable(measure(move |report| {
        // As the learner does: in the middle of a job.
        if matches!(report, Report::Took(Job::Network | Job::Database, Part::Once, _))
            && let Some(stop) = &*stop.borrow()
        {
            stop.abort();
        }
        tells.borrow_mut().push(report);
    }));
    *handle.borrow_mut() = Some(abort);
    assert!(work.await.is_err(), "it was stopped");
    let before = told.borrow().len();
    sleep(300).await;
    assert_eq!(told.borrow().len(), before);
    assert!(!told.borrow().iter().any(|it| matches!(it, Report::Begins(Job::Compute))));
}

#[wasm_bindgen_test]
fn the_clock_has_a_grain() {
    let grain = grain();
    assert!(grain >= Micros(1) && grain <= Micros(20_000), "{grain:?}");
}

//! How tall a frame wants to be.

use concurrent_burgers::course::embed::height::{Height, MOST_CHANGES, Say};

#[test]
fn small_changes_are_not_told() {
    let mut height = Height::default();
    assert_eq!(height.take(600.0, 800.2, 0.0), Say::Tell(801));
    assert_eq!(height.take(600.0, 803.9, 200.0), Say::Nothing);
    assert_eq!(height.take(600.0, 804.2, 400.0), Say::Tell(805), "small ones add up");
    assert_eq!(height.take(600.0, 700.0, 600.0), Say::Tell(700));
}

/// A host that gives what it is asked for, and content that then wants more.
fn grow(height: &mut Height, width: f64, by: f64, every: f64) -> (usize, usize) {
    let said: Vec<_> = (0..100)
        .map(|turn| height.take(width, 500.0 + by * f64::from(turn), every * f64::from(turn)))
        .collect();
    let count = |wanted: fn(&Say) -> bool| said.iter().filter(|say| wanted(say)).count();
    (count(|say| matches!(say, Say::Tell(_))), count(|say| *say == Say::Loop))
}

#[test]
fn content_that_grows_with_its_frame_is_stopped_once() {
    for (by, every) in [(8.0, 120.0), (-4.0, 120.0), (50.0, 400.0)] {
        let mut height = Height::default();
        assert_eq!(grow(&mut height, 600.0, by, every), (MOST_CHANGES as usize, 1), "{by} px, {every} ms");
        assert_eq!(height.take(600.0, 9000.0, 1e6), Say::Nothing, "it stays stopped");
        assert_eq!(height.take(700.0, 9000.0, 1e6), Say::Tell(9000), "until the width changes");
    }
}

#[test]
fn a_lesson_that_is_read_is_no_loop() {
    // Something is opened every second, and all of it makes the page taller.
    assert_eq!(grow(&mut Height::default(), 600.0, 30.0, 1000.0), (100, 0));
    // Up and down, however fast.
    let mut height = Height::default();
    for turn in 0..100 {
        let px = if turn % 2 == 0 { 500.0 } else { 540.0 };
        assert!(matches!(height.take(600.0, px, f64::from(turn) * 110.0), Say::Tell(_)));
    }
}

#[test]
fn a_window_that_is_drawn_wider_is_no_loop() {
    let mut height = Height::default();
    for turn in 0..100 {
        let said =
            height.take(400.0 + f64::from(turn), 900.0 - f64::from(turn) * 5.0, f64::from(turn) * 110.0);
        assert!(matches!(said, Say::Tell(_)), "{turn}");
    }
}

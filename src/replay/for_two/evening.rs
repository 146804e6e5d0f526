//! The evening at a time: plain data, drawn as it stands.

use crate::replay::scene::{Mood, Point};
use crate::trace::{Micros, TaskId};

/// The evening at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Evening {
    /// What you do.
    pub doing: Doing,
    /// Which errand has you.
    pub errand: Option<TaskId>,
    /// The errands that are ready, and do not have you.
    pub ready: Vec<TaskId>,
    /// The errands that rest: they wait for something.
    pub rest: Vec<TaskId>,
    /// Where you are.
    pub you: Figure,
    /// Where your friend is.
    pub friend: Figure,
    /// How your friend feels about it.
    pub mood: Mood,
    /// How long your friend has been sitting alone.
    pub alone: Option<Micros>,
    /// The people ahead who are still there, the first first.
    pub guests: Vec<Guest>,
    /// For each cashier, whether somebody is at the till.
    pub tills: Vec<bool>,
    /// Your burgers in the kitchen.
    pub cooking: Option<Cooking>,
    /// Your number, while you have it in hand.
    pub number: Option<u32>,
    /// Your number on the board.
    pub called: Option<u32>,
    /// The story being told: its number, from 1, and how far it is, 0 to 1.
    pub story: Option<(usize, f64)>,
    /// How many stories have been told.
    pub told: usize,
    /// Where the burgers are.
    pub burgers: Burgers,
}

/// What you do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Stand in line, with so many people ahead, those at the tills included.
    InLine(usize),
    /// Order.
    Ordering,
    /// Stand at the counter until the burgers are there.
    Standing,
    /// Fetch the burgers.
    Fetching,
    /// Tell a story, or listen to one.
    Talking,
    /// Sit at the table, free.
    Sitting,
    /// Eat.
    Eating,
    /// On the way home.
    Gone,
}

/// Somebody, somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Where.
    pub at: Point,
    /// How large, 1 for full size.
    pub scale: f64,
    /// On the way from one place to another.
    pub walks: bool,
    /// Sits at the table.
    pub sits: bool,
}

/// One of the people ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guest {
    /// The how-manieth, from 0.
    pub index: usize,
    /// Where.
    pub figure: Figure,
    /// How much of it is still there, 0 to 1: less than 1 once it has ordered.
    pub there: f64,
}

/// Burgers on the grill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cooking {
    /// How far they are, 0 to 1.
    pub progress: f64,
    /// Whether you stand there until they are done.
    pub watched: bool,
}

/// Where the burgers are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Burgers {
    /// Not done yet.
    None,
    /// On the counter.
    Done,
    /// In your hands.
    Carried,
    /// On the table, and how much of them is left, 0 to 1.
    Served(f64),
}

//! The geometry of the evening: where things stand, in units of the drawing.

use crate::replay::scene::{Floor, Point};

/// A place to be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In line; 0 is next.
    Line(usize),
    /// At a cashier's till.
    Till(usize),
    /// Away from that till, with a number of one's own.
    Away(usize),
    /// Where burgers are handed out.
    Counter,
    /// Your chair.
    Seat,
    /// Your friend's chair.
    FriendSeat,
    /// Outside, after the meal.
    Exit,
    /// Outside, one step ahead.
    FriendExit,
}

/// A hall of a certain size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hall {
    /// Its width: [`Floor::WIDE`] or [`Floor::NARROW`].
    pub width: f64,
    /// How many cashiers there are, at least 1.
    pub cashiers: usize,
}

impl Hall {
    /// Whether there is room for everything at full size.
    pub fn is_wide(&self) -> bool {
        self.width >= Floor::WIDE
    }

    /// The counter top: left end and width.
    pub fn counter(&self) -> (f64, f64) {
        if self.is_wide() { (112.0, 560.0) } else { (22.0, 316.0) }
    }

    /// The kitchen: left end and width.
    pub fn kitchen(&self) -> (f64, f64) {
        if self.is_wide() { (506.0, 176.0) } else { (196.0, 148.0) }
    }

    /// Where the burgers cook, and the radius of the ring round them.
    pub fn grill(&self) -> (Point, f64) {
        let (left, width) = self.kitchen();
        (Point { x: left + width * 0.68, y: 88.0 }, if self.is_wide() { 30.0 } else { 27.0 })
    }

    /// Where a cashier stands, and how large.
    pub fn cashier(&self, till: usize) -> (Point, f64) {
        let (at, _) = self.place(Spot::Till(till));
        if self.is_wide() { (Point { y: 190.0, ..at }, 0.86) } else { (Point { y: 200.0, ..at }, 0.62) }
    }

    /// The middle of the table top, and how large the table is.
    pub fn table(&self) -> (Point, f64) {
        if self.is_wide() {
            (Point { x: 806.0, y: 372.0 }, 1.05)
        } else {
            (Point { x: 438.0, y: 368.0 }, 0.88)
        }
    }

    /// The board with your number: its left upper corner, and how large it is.
    pub fn board(&self) -> (Point, f64) {
        if self.is_wide() { (Point { x: 730.0, y: 30.0 }, 1.0) } else { (Point { x: 366.0, y: 30.0 }, 0.95) }
    }

    /// Where a spot is, and how large a person there is drawn.
    pub fn place(&self, spot: Spot) -> (Point, f64) {
        let wide = self.is_wide();
        match spot {
            Spot::Line(index) => {
                let (head, pitch, y, scale) =
                    if wide { (446.0, 37.0, 374.0, 0.68) } else { (216.0, 17.5, 378.0, 0.5) };
                (Point { x: head - pitch * index as f64, y }, scale)
            }
            Spot::Till(till) => {
                let (middle, pitch, scale) = if wide { (292.0, 88.0, 0.8) } else { (112.0, 50.0, 0.56) };
                let x = middle + pitch * (till as f64 - (self.cashiers as f64 - 1.0) / 2.0);
                (Point { x, y: if wide { 294.0 } else { 300.0 } }, scale)
            }
            Spot::Away(till) => {
                let (at, scale) = self.place(Spot::Till(till));
                (Point { x: at.x - 40.0, y: at.y + 4.0 }, scale)
            }
            Spot::Counter if wide => (Point { x: 614.0, y: 298.0 }, 0.9),
            Spot::Counter => (Point { x: 290.0, y: 302.0 }, 0.72),
            Spot::Seat => self.seat(-1.0),
            Spot::FriendSeat => self.seat(1.0),
            Spot::Exit => (Point { x: self.width + 50.0, y: 326.0 }, 0.9),
            Spot::FriendExit => (Point { x: self.width + 120.0, y: 326.0 }, 0.9),
        }
    }

    fn seat(&self, side: f64) -> (Point, f64) {
        let (table, scale) = self.table();
        (Point { x: table.x + side * 62.0 * scale, y: table.y - 50.0 * scale }, scale)
    }
}

//! The geometry of a counter: where things stand, in units of the drawing.

/// A point of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A place a person can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Outside, on the left.
    Door,
    /// In line; 0 is next.
    Line(usize),
    /// At the till.
    Till,
    /// At a table; as many as there are places on the grill.
    Table(usize),
    /// With those who wait for others; 0 was there first.
    Party(usize),
    /// Outside, on the right.
    Exit,
}

/// A counter room of a certain size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Its width: [`Floor::WIDE`], [`Floor::NARROW`] or [`Floor::BOOTH`].
    pub width: f64,
    /// How many places the grill has, and how many tables there are.
    pub slots: usize,
}

impl Floor {
    /// The width of a room that has the page to itself.
    pub const WIDE: f64 = 960.0;
    /// The width of a room on a phone, or of one of two side by side.
    pub const NARROW: f64 = 540.0;
    /// The width of one of many small rooms, which have no clock and no board.
    pub const BOOTH: f64 = 360.0;
    /// The height of every room but a booth.
    pub const HEIGHT: f64 = 430.0;
    /// Where the wall ends and the floor begins.
    pub const SKIRTING: f64 = 272.0;
    /// How much lower everything stands in a room than in a booth.
    const RAISED: f64 = 160.0;

    fn is_wide(&self) -> bool {
        self.width >= Self::WIDE
    }

    /// Whether it is one of many small rooms.
    pub fn is_booth(&self) -> bool {
        self.width <= Self::BOOTH
    }

    /// Whether so many cook and walk at once that nobody sees a single one of them breathe or bob.
    pub fn is_packed(&self) -> bool {
        self.slots > 12
    }

    /// How much of the wall a booth does without.
    fn raised(&self) -> f64 {
        if self.is_booth() { Self::RAISED } else { 0.0 }
    }

    /// The height of the room.
    pub fn height(&self) -> f64 {
        if self.is_booth() { 236.0 } else { Self::HEIGHT }
    }

    /// Where its wall ends and its floor begins.
    pub fn skirting(&self) -> f64 {
        Self::SKIRTING - self.raised()
    }

    /// The top of the counter.
    pub fn bar(&self) -> f64 {
        232.0 - self.raised()
    }

    /// Where the till is, and the person who orders.
    pub fn till(&self) -> Point {
        match () {
            () if self.is_wide() => Point { x: 420.0, y: 304.0 },
            () if self.is_booth() => Point { x: 146.0, y: 146.0 },
            () => Point { x: 196.0, y: 304.0 },
        }
    }

    /// Where the clerk stands when at the till.
    pub fn clerk(&self) -> Point {
        Point { x: self.till().x + 10.0, y: 186.0 - self.raised() }
    }

    /// Where the clerk stands when asleep at the grill.
    pub fn beside_grill(&self) -> Point {
        let x = if self.is_booth() { self.kitchen().0 - 16.0 } else { self.grill(0).0.x + 46.0 };
        Point { x, y: self.clerk().y - 6.0 }
    }

    /// The counter top: left end and width.
    pub fn counter(&self) -> (f64, f64) {
        match () {
            () if self.is_wide() => (216.0, 410.0),
            () if self.is_booth() => (56.0, 170.0),
            () => (84.0, 250.0),
        }
    }

    /// The kitchen: left end and width.
    pub fn kitchen(&self) -> (f64, f64) {
        match () {
            () if self.is_wide() => (250.0, 430.0),
            () if self.is_booth() => (216.0, 138.0),
            () => (104.0, 300.0),
        }
    }

    /// How many places the grill is drawn with.
    pub fn plates(&self) -> usize {
        self.slots.max(1)
    }

    /// Where a burger lies on the grill, and the radius of the ring round it.
    pub fn grill(&self, slot: usize) -> (Point, f64) {
        let slots = self.plates();
        let (left, width) = self.kitchen();
        let columns = if slots > 6 && !self.is_booth() { slots.div_ceil(2) } else { slots };
        let pitch = (width - 24.0) / columns as f64;
        let rows = slots.div_ceil(columns);
        let radius: f64 = match rows {
            _ if self.is_booth() => 20.0,
            1 => 28.0,
            _ => 15.5,
        };
        let x = left + 12.0 + pitch * ((slot % columns) as f64 + 0.5);
        let y = match rows {
            _ if self.is_booth() => 40.0,
            1 => 88.0,
            _ => 68.0 + 40.0 * (slot / columns) as f64,
        };
        (Point { x, y }, radius.min(pitch * 0.44))
    }

    /// How large people at tables are drawn.
    fn table_scale(&self) -> f64 {
        match (self.slots, self.is_wide()) {
            _ if self.is_booth() => 0.6,
            (0..=3, true) => 1.0,
            (0..=3, false) => 0.74,
            (4..=6, _) => 0.74,
            _ => 0.56,
        }
    }

    /// Whether anything can be seen of somebody of this scale, with so much over the head (in units of the drawing, at full size).
    /// A long line leads out of the picture.
    pub fn shows(&self, at: Point, scale: f64, over: f64) -> bool {
        let (beside, above, below) = (90.0 * scale, (22.0 + over) * scale, 88.0 * scale);
        (-beside..=self.width + beside).contains(&at.x) && (-below..=self.height() + above).contains(&at.y)
    }

    /// Where a place is, and how large a person there is drawn.
    pub fn place(&self, place: Place) -> (Point, f64) {
        let till = self.till();
        match place {
            Place::Door => (Point { x: -50.0, y: 330.0 - self.raised() }, 0.9),
            Place::Exit => (Point { x: self.width + 60.0, y: 326.0 - self.raised() }, 0.9),
            Place::Till => (till, 1.0),
            Place::Line(index) => self.line(index),
            Place::Table(index) => self.table(index),
            Place::Party(index) => self.party(index),
        }
    }

    /// Where the so-manieth slip of paper lies on the floor.
    pub(super) fn litter(&self, index: usize, apart: f64) -> Point {
        let left = if self.is_wide() { 250.0 } else { 60.0 };
        Point { x: left + apart * index as f64, y: self.height() - 26.0 }
    }

    fn party(&self, index: usize) -> (Point, f64) {
        // The first has a table to itself; the others sit in front of it, smaller.
        match (index, self.is_wide()) {
            _ if self.is_booth() => (Point { x: 240.0 + 26.0 * index as f64, y: 206.0 }, 0.5),
            (0, true) => (Point { x: 560.0, y: 330.0 }, 0.84),
            (0, false) => (Point { x: 280.0, y: 340.0 }, 0.72),
            (_, true) => (Point { x: 468.0 + 46.0 * (index - 1) as f64, y: 374.0 }, 0.64),
            (_, false) => (Point { x: 220.0 + 36.0 * (index - 1) as f64, y: 384.0 }, 0.54),
        }
    }

    fn line(&self, index: usize) -> (Point, f64) {
        if self.is_booth() {
            let (row, column) = (index / 4, index % 4);
            return (Point { x: 104.0 - 28.0 * column as f64, y: 160.0 + 26.0 * row as f64 }, 0.66);
        }
        let (per_row, pitch, gap) = if self.is_wide() { (6, 58.0, 84.0) } else { (4, 36.0, 62.0) };
        let (row, column) = (index / per_row, index % per_row);
        let scale = if self.is_wide() { 0.92 } else { 0.8 };
        // The line turns at the wall, as lines do.
        let column = if row % 2 == 0 { column } else { per_row - 1 - column };
        let x = self.till().x - gap - pitch * column as f64;
        (Point { x, y: 306.0 + 44.0 * row as f64 }, scale)
    }

    fn table(&self, index: usize) -> (Point, f64) {
        let scale = self.table_scale();
        if self.is_booth() {
            let (row, column) = (index / 3, index % 3);
            let y = if self.slots > 3 { 130.0 + 50.0 * row as f64 } else { 156.0 };
            return (Point { x: 220.0 + 52.0 * column as f64, y }, scale);
        }
        let (columns, top, pitch_y) = match self.slots {
            0..=3 => (self.slots.max(3), 326.0, 0.0),
            4..=6 => (3, 290.0, 64.0),
            _ => (4, 288.0, 47.0),
        };
        let left = if self.is_wide() { 640.0 } else { 322.0 };
        let pitch = (self.width - 30.0 - left) / columns as f64;
        let x = left + pitch * ((index % columns) as f64 + 0.5);
        (Point { x, y: top + pitch_y * (index / columns) as f64 }, scale)
    }
}

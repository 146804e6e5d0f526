//! The training data: rush hours of the counter, and how long their last customers waited.
//!
//! A rush hour is made from its number alone, so nobody has to send the data anywhere: whoever
//! knows how many there are can make them. Times are whole milliseconds and the only chance is a
//! 32-bit generator: every machine and every language makes the same ones.
//!
//! The counter is simulated by the one rule that matters for the waiting: the next order goes on the
//! first place of the grill that is free. A test holds it against the simulated runtime.

/// What a customer sees on arriving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The hour of the day, 11 to 20.
    pub hour: u32,
    /// Places on the grill, 1 to 4.
    pub places: u32,
    /// Customers who have ordered and not been served yet.
    pub ahead: u32,
    /// Burgers in the customer's own order, 1 to 5.
    pub size: u32,
}

/// What a customer saw, and how long it then took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// What was to be seen.
    pub seen: Seen,
    /// The time from ordering to getting the burgers, in seconds.
    pub waited: f64,
}

/// Some customers of one hour, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RushHour {
    /// The hour of the day.
    pub hour: u32,
    /// Places on the grill.
    pub places: u32,
    /// The orders, in the order in which they came; there is at least one.
    pub orders: Vec<Order>,
}

/// One customer's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// When, in ms since the first possible moment.
    pub at: u32,
    /// How many burgers.
    pub size: u32,
    /// How long they need on the grill, in ms.
    pub grilling: u32,
}

/// The shop is full at noon and in the evening: people come in groups, and more of them.
pub fn is_rush(hour: u32) -> bool {
    matches!(hour, 12 | 13 | 18 | 19)
}

/// A linear congruential generator (the one of Numerical Recipes); only its upper half is used.
struct Luck(u32);

impl Luck {
    /// A whole number from 0 to below `end`; `end` is at most 65536.
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((self.0 >> 16) * end) >> 16
    }
}

/// The rush hour of this number.
pub fn rush_hour(number: u32) -> RushHour {
    let mut luck = Luck(number.wrapping_mul(2_654_435_761));
    let hour = 11 + luck.below(10);
    let places = 1 + luck.below(4);
    let (apart, most) = if is_rush(hour) { (1200, 5) } else { (2400, 2) };
    let mut at = 0;
    let orders = (0..=luck.below(12)).map(|_| {
        at += luck.below(apart);
        let size = 1 + luck.below(most);
        let grilling = (0..size).map(|_| 500 + luck.below(1000)).sum();
        Order { at, size, grilling }
    });
    RushHour { hour, places, orders: orders.collect() }
}

impl RushHour {
    /// When each order is done, in ms: it goes on the first place of the grill that is free.
    pub fn served(&self) -> Vec<u32> {
        let mut free = vec![0; self.places as usize];
        let serve = |order: &Order| {
            let first = free.iter_mut().min()?;
            *first = order.at.max(*first) + order.grilling;
            Some(*first)
        };
        self.orders.iter().filter_map(serve).collect()
    }

    /// What the last customer saw, and how long it took.
    pub fn last(&self) -> Option<Example> {
        let (order, served) = (self.orders.last()?, self.served());
        let (done, others) = served.split_last()?;
        let ahead = others.iter().filter(|done| **done > order.at).count() as u32;
        let seen = Seen { hour: self.hour, places: self.places, ahead, size: order.size };
        Some(Example { seen, waited: f64::from(done - order.at) / 1000.0 })
    }
}

/// The last customers of the first so many rush hours.
pub fn examples(count: usize) -> Vec<Example> {
    (0..count as u32).filter_map(|number| rush_hour(number).last()).collect()
}

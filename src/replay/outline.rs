//! Many bars as one shape: what a style sheet's `polygon()` says of all bars of one kind, in any number of rows.
//!
//! A browser takes its time for each element that moves. One element for all bars of a state, cut out along their edges, costs as
//! much as a single bar, and wears its state's texture as a bar does.

/// Shares of a box, in thousandths of a percent.
pub type Share = u32;

/// The whole box.
pub const WHOLE: Share = 100_000;

/// Where the bars of a row stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Their upper edge.
    pub top: Share,
    /// Their lower edge.
    pub bottom: Share,
}

/// The thickness of an edge: of its upright sides, and of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Across, for the upright sides.
    pub across: Share,
    /// Down, for the others.
    pub down: Share,
}

/// A shape that grows bar by bar, those of one row one after another.
///
/// Between bars the line runs along the lower edge of a row and back, and from row to row along the side of the box: on the way back it
/// cancels what it was on the way there, so nothing is to be seen of it.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    points: String,
    /// Where the line is, from above, if any row has begun.
    row: Option<Share>,
}

impl Outline {
    /// Adds a bar.
    pub fn bar(&mut self, band: Band, left: Share, right: Share) {
        self.row(band);
        let Band { top, bottom } = band;
        self.path([(left, bottom), (left, top), (right, top), (right, bottom)]);
    }

    /// Adds what is within the edge of a bar, if anything is.
    pub fn inside(&mut self, Band { top, bottom }: Band, left: Share, right: Share, edge: Edge) {
        let (left, right) = (left + edge.across, right.saturating_sub(edge.across));
        if left < right {
            self.bar(Band { top: top + edge.down, bottom: bottom.saturating_sub(edge.down) }, left, right);
        }
    }

    fn row(&mut self, band: Band) {
        if self.row != Some(band.bottom) {
            if let Some(before) = self.row.replace(band.bottom) {
                self.point(0, before);
            }
            self.point(0, band.bottom);
        }
    }

    fn path<const N: usize>(&mut self, points: [(Share, Share); N]) {
        points.into_iter().for_each(|(x, y)| self.point(x, y));
    }

    fn point(&mut self, x: Share, y: Share) {
        self.points.push(if self.points.is_empty() { '(' } else { ',' });
        percent(&mut self.points, x);
        self.points.push(' ');
        percent(&mut self.points, y);
    }

    /// The shape, as a style sheet says it. Without any bar, nothing is left of the box.
    pub fn polygon(mut self) -> String {
        match self.row {
            Some(row) => self.point(0, row),
            None => self.point(0, 0),
        }
        let mut whole = String::with_capacity(self.points.len() + 9);
        whole.push_str("polygon");
        whole.push_str(&self.points);
        whole.push(')');
        whole
    }
}

/// Writes a share. A thousand of them are written while a knob is turned, which is too many for what writes any number.
fn percent(text: &mut String, share: Share) {
    let mut digits = [0_u8; 10];
    let mut at = digits.len();
    let mut rest = share / 1000;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    digits[at..].iter().for_each(|digit| text.push(char::from(*digit)));
    let part = share % 1000;
    if part > 0 {
        text.push('.');
        let mut rest = part;
        // Whatever follows is nothing but noughts.
        while rest > 0 {
            text.push(char::from(b'0' + (rest / 100) as u8));
            rest = rest % 100 * 10;
        }
    }
    text.push('%');
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Band = Band { top: 10_000, bottom: 40_000 };
    const SECOND: Band = Band { top: 60_000, bottom: 90_500 };

    #[test]
    fn shares_are_written_as_they_are() {
        for (share, written) in [(0, "0%"), (1, "0.001%"), (12_050, "12.05%"), (WHOLE, "100%")] {
            let mut text = String::new();
            percent(&mut text, share);
            assert_eq!(text, written);
        }
    }

    #[test]
    fn without_bars_nothing_is_left() {
        assert_eq!(Outline::default().polygon(), "polygon(0% 0%)");
    }

    /// The points of a shape, as numbers.
    fn points(polygon: &str) -> Vec<(f64, f64)> {
        let inside = polygon.strip_prefix("polygon(").and_then(|it| it.strip_suffix(')')).unwrap();
        let number = |text: &str| text.strip_suffix('%').unwrap().parse::<f64>().unwrap();
        let point = |text: &str| text.split_once(' ').map(|(x, y)| (number(x), number(y))).unwrap();
        inside.split(',').map(point).collect()
    }

    /// How often a shape goes round a point: what is not zero is filled.
    fn winding(points: &[(f64, f64)], x: f64, y: f64) -> i32 {
        let next = points.iter().cycle().skip(1);
        let crosses = points.iter().zip(next).filter(|((x1, y1), (_, y2))| {
            // All lines are upright or level.
            (y1.min(*y2)..y1.max(*y2)).contains(&y) && *x1 > x
        });
        crosses.map(|((_, y1), (_, y2))| if y1 < y2 { 1 } else { -1 }).sum()
    }

    #[test]
    fn it_fills_its_bars_and_nothing_else() {
        let mut outline = Outline::default();
        outline.bar(FIRST, 10_000, 20_000);
        outline.bar(FIRST, 50_000, 60_000);
        outline.bar(SECOND, 30_000, 55_000);
        let points = points(&outline.polygon());
        let inside = |x: f64, y: f64| match y {
            _ if (10.0..40.0).contains(&y) => (10.0..20.0).contains(&x) || (50.0..60.0).contains(&x),
            _ => (60.0..90.5).contains(&y) && (30.0..55.0).contains(&x),
        };
        for x in 0..100 {
            for y in 0..100 {
                let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                assert_eq!(winding(&points, x, y) != 0, inside(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn within_the_edge_of_a_short_bar_is_nothing() {
        let mut outline = Outline::default();
        let edge = Edge { across: 1_000, down: 4_000 };
        outline.inside(FIRST, 10_000, 20_000, edge);
        outline.inside(FIRST, 50_000, 51_500, edge);
        let points = points(&outline.polygon());
        for x in 0..200 {
            for y in 0..100 {
                let (x, y) = (f64::from(x) / 2.0 + 0.25, f64::from(y) + 0.5);
                let inside = (11.0..19.0).contains(&x) && (14.0..36.0).contains(&y);
                assert_eq!(winding(&points, x, y) != 0, inside, "{x} {y}");
            }
        }
    }
}

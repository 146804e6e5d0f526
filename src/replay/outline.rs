//! Many bars as one shape: the path round all bars of one kind, in any number of rows.
//!
//! A browser takes its time for each element that moves. One element for all bars of a state, cut out along their edges, costs as
//! much as a single bar, and wears its state's texture as a bar does.

/// A share of a box, in hundred-thousandths.
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

/// A shape that grows bar by bar.
#[derive(Clone, Debug, Default)]
pub struct Outline(String);

impl Outline {
    /// Adds a bar: up its left side, to the right, and down.
    pub fn bar(&mut self, Band { top, bottom }: Band, left: Share, right: Share) {
        for (line, share) in [('M', left), (' ', bottom), ('V', top), ('H', right), ('V', bottom)] {
            self.0.push(line);
            write(&mut self.0, share);
        }
        self.0.push('z');
    }

    /// Adds what is within the edge of a bar, if anything is.
    pub fn inside(&mut self, Band { top, bottom }: Band, left: Share, right: Share, edge: Edge) {
        let (left, right) = (left + edge.across, right.saturating_sub(edge.across));
        if left < right {
            self.bar(Band { top: top + edge.down, bottom: bottom.saturating_sub(edge.down) }, left, right);
        }
    }

    /// The shape as a path, in shares of the box. It is empty where there is no bar.
    pub fn path(self) -> String {
        self.0
    }
}

/// Writes a share. A thousand of them are written while a knob is turned, which is too many for what writes any number.
fn write(text: &mut String, share: Share) {
    let digit = |digit: u32| char::from(b'0' + (digit % 10) as u8);
    if share >= WHOLE || share == 0 {
        text.push(digit(share / WHOLE));
    }
    let (mut rest, mut place) = (share % WHOLE, WHOLE / 10);
    if rest > 0 {
        text.push('.');
    }
    // Whatever follows is nothing but noughts.
    while rest > 0 {
        text.push(digit(rest / place));
        rest %= place;
        place /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Band = Band { top: 10_000, bottom: 40_000 };
    const SECOND: Band = Band { top: 60_000, bottom: 90_500 };

    #[test]
    fn shares_are_written_as_they_are() {
        let shares = [(0, "0"), (1, ".00001"), (12_050, ".1205"), (WHOLE, "1"), (100_200, "1.002")];
        for (share, written) in shares {
            let mut text = String::new();
            write(&mut text, share);
            assert_eq!(text, written);
        }
    }

    #[test]
    fn it_goes_round_each_bar() {
        let mut outline = Outline::default();
        assert_eq!(outline.clone().path(), "");
        outline.bar(FIRST, 10_000, 20_000);
        outline.bar(SECOND, 0, WHOLE);
        assert_eq!(outline.path(), "M.1 .4V.1H.2V.4zM0 .905V.6H1V.905z");
    }

    #[test]
    fn within_the_edge_of_a_short_bar_is_nothing() {
        let mut outline = Outline::default();
        let edge = Edge { across: 1_000, down: 4_000 };
        outline.inside(FIRST, 10_000, 20_000, edge);
        outline.inside(FIRST, 50_000, 51_500, edge);
        assert_eq!(outline.path(), "M.11 .36V.14H.19V.36z");
    }
}

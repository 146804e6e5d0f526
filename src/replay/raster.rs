//! A picture of filled rectangles, pixel by pixel.
//!
//! A crowd is ten thousand of them. To write their pixels takes a fraction of what it takes to ask a canvas for each.

use std::ops::Range;

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// A rectangle: its left and upper edge, its width and its height, in pixels. Its edges are those of whole pixels, the
/// nearest ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// How wide.
    pub width: f32,
    /// How high.
    pub height: f32,
}

/// The pixels of a picture, row by row, four bytes each; every one is opaque.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raster {
    width: usize,
    bytes: Vec<u8>,
}

impl Raster {
    /// A picture in one colour.
    pub fn new(width: usize, height: usize, [red, green, blue]: Colour) -> Self {
        Self { width, bytes: [red, green, blue, 255].repeat(width * height) }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Becomes the same as another. Where both are of one size, no memory is asked for.
    pub fn copy(&mut self, other: &Self) {
        self.width = other.width;
        self.bytes.clone_from(&other.bytes);
    }

    /// Fills a rectangle. What lies outside the picture is left out.
    pub fn fill(&mut self, [red, green, blue]: Colour, rect: Rect) {
        for row in self.rows(rect) {
            for pixel in self.bytes[row].chunks_exact_mut(4) {
                pixel.copy_from_slice(&[red, green, blue, 255]);
            }
        }
    }

    /// Makes a rectangle what it is in another picture of the same size.
    pub fn restore(&mut self, other: &Self, rect: Rect) {
        for row in self.rows(rect) {
            if let Some(before) = other.bytes.get(row.clone()) {
                self.bytes[row].copy_from_slice(before);
            }
        }
    }

    /// Where the bytes of a rectangle are, row by row.
    fn rows(&self, Rect { x, y, width, height }: Rect) -> impl Iterator<Item = Range<usize>> + use<> {
        let across = self.width;
        let down = self.bytes.len() / (4 * across.max(1));
        let (left, right) = (edge(x, across), edge(x + width, across));
        let (top, bottom) = (edge(y, down), edge(y + height, down));
        (top..bottom).map(move |row| 4 * (row * across + left)..4 * (row * across + right.max(left)))
    }
}

/// The edge between pixels that is nearest, within the picture.
fn edge(place: f32, most: usize) -> usize {
    (place.round().max(0.0) as usize).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect { x, y, width, height }
    }

    fn red(raster: &Raster) -> Vec<u8> {
        raster.bytes().chunks(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn a_rectangle_has_the_nearest_whole_pixels() {
        let mut raster = Raster::new(3, 2, [0, 0, 0]);
        raster.fill([200, 0, 0], rect(0.6, -0.4, 2.0, 1.0));
        assert_eq!(red(&raster), [0, 200, 200, 0, 0, 0]);
    }

    #[test]
    fn what_was_drawn_can_be_taken_back() {
        let empty = Raster::new(3, 2, [9, 0, 0]);
        let mut raster = empty.clone();
        raster.fill([200, 0, 0], rect(0.0, 0.0, 3.0, 2.0));
        raster.restore(&empty, rect(1.0, 0.0, 1.0, 1.0));
        assert_eq!(red(&raster), [200, 9, 200, 200, 200, 200]);
        raster.copy(&empty);
        assert_eq!(raster, empty);
    }

    #[test]
    fn what_lies_outside_is_left_out() {
        let mut raster = Raster::new(2, 1, [7, 7, 7]);
        for (x, y) in [(-5.0, 0.0), (9.0, 0.0), (0.0, 3.0), (f32::NAN, 3.0), (f32::INFINITY, 0.0)] {
            raster.fill([200, 0, 0], rect(x, y, 2.0, 1.0));
        }
        assert_eq!(red(&raster), [7, 7]);
        raster.fill([200, 0, 0], rect(-1.0, -1.0, 9.0, 9.0));
        assert_eq!(red(&raster), [200, 200]);
    }
}

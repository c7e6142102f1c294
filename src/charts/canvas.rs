//! A card to draw on. Everything is drawn at twice the size and then averaged down: round corners become smooth, and
//! letters, which the drawing library puts on whole pixels, stand half as far from where they belong.

use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Rectangle;
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};

use super::{PictureError, font};

/// How much larger the drawing is than the picture, each way.
const SCALE: i32 = 2;

/// Bytes of one pixel: red, green, blue.
const PIXEL: usize = 3;

/// The radius of a bar's corners.
const ROUNDNESS: i32 = 6;

/// What a thing is, and so which colour it has. Bars and words have a contrast of at least 3 to 1 against the card; the
/// line and unknown days stay behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Card,
    Line,
    Loud,
    Number,
    Quiet,
    Faint,
    Bar,
    Highlight,
    Loss,
    LossHighlight,
    /// A day of a calendar, and the day that is today.
    Cell,
    Today,
    /// The plates of posts, by where they stand.
    Waits,
    Coming,
    Out,
    Trouble,
    Over,
    /// The stripe of an account; from the seventh on all have the same.
    Account(u8),
}

impl Colour {
    pub(super) const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Card => (0x1b, 0x1d, 0x23),
            Self::Line => (0x41, 0x46, 0x52),
            Self::Loud => (0xf4, 0xf5, 0xf7),
            Self::Number => (0xcf, 0xd4, 0xdc),
            Self::Quiet => (0x9a, 0xa3, 0xb2),
            Self::Faint => (0x5a, 0x61, 0x6e),
            Self::Bar => (0x5f, 0x7f, 0xb8),
            Self::Highlight => (0x3d, 0xdc, 0x97),
            Self::Loss => (0xb8, 0x5f, 0x6d),
            Self::LossHighlight => (0xff, 0x7a, 0x85),
            Self::Cell => (0x24, 0x27, 0x2f),
            Self::Today => (0x1f, 0x30, 0x2b),
            Self::Waits => (0x7a, 0x59, 0x0a),
            Self::Coming => (0x27, 0x52, 0x92),
            Self::Out => (0x1c, 0x6b, 0x45),
            Self::Trouble => (0x9c, 0x2a, 0x3a),
            Self::Over => (0x41, 0x46, 0x52),
            Self::Account(0) => (0x6c, 0xb2, 0xff),
            Self::Account(1) => (0xff, 0xa9, 0x4d),
            Self::Account(2) => (0xe5, 0x84, 0xf0),
            Self::Account(3) => (0x4f, 0xd6, 0xc8),
            Self::Account(4) => (0xf2, 0xe3, 0x5e),
            Self::Account(5) => (0xff, 0x86, 0x78),
            Self::Account(_) => (0xb4, 0xba, 0xc5),
        }
    }

    const fn paint(self) -> RGBColor {
        let (red, green, blue) = self.rgb();
        RGBColor(red, green, blue)
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    pub(super) size: i32,
    pub(super) colour: Colour,
    pub(super) bold: bool,
}

/// Which end of a text stands at the point given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// A card being drawn on; all its measures are pixels of the finished picture.
pub(super) struct Canvas {
    width: i32,
    height: i32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// An empty card.
    pub(super) fn new(width: i32, height: i32) -> Result<Self, PictureError> {
        font::register()?;
        let (red, green, blue) = Colour::Card.rgb();
        let area = length(width * SCALE) * length(height * SCALE);
        Ok(Self { width, height, pixels: [red, green, blue].repeat(area) })
    }

    /// Draws the line bars stand on.
    pub(super) fn line(&mut self, from: i32, to: i32, at: i32) -> Result<(), PictureError> {
        self.fill((from * SCALE, at * SCALE), (to * SCALE, at * SCALE + SCALE), Colour::Line)
    }

    /// Draws a bar from its foot's left end, downwards or (below zero) upwards, with round corners at the far end.
    pub(super) fn bar(
        &mut self,
        (left, foot): (i32, i32),
        width: i32,
        length: i32,
        colour: Colour,
    ) -> Result<(), PictureError> {
        let (left, foot, width) = (left * SCALE, foot * SCALE, width * SCALE);
        let rows = length.abs() * SCALE;
        let radius = (ROUNDNESS * SCALE).min(width / 2).min(rows);
        let row =
            |from_far_end: i32| if length < 0 { foot - rows + from_far_end } else { foot + rows - 1 - from_far_end };
        for from_far_end in 0..radius {
            let rise = radius - from_far_end;
            let inset = radius - (radius * radius - rise * rise).max(0).isqrt();
            let at = row(from_far_end);
            self.fill((left + inset, at), (left + width - inset, at + 1), colour)?;
        }
        let (one, other) = (row(radius), row(rows - 1));
        if rows > radius {
            self.fill((left, one.min(other)), (left + width, one.max(other) + 1), colour)?;
        }
        Ok(())
    }

    /// Fills a rectangle from its top left corner, with round corners.
    pub(super) fn block(
        &mut self,
        (left, top): (i32, i32),
        (width, height): (i32, i32),
        roundness: i32,
        colour: Colour,
    ) -> Result<(), PictureError> {
        let (left, top, width, height) = (left * SCALE, top * SCALE, width * SCALE, height * SCALE);
        let radius = (roundness * SCALE).min(width / 2).min(height / 2);
        for row in 0..radius {
            let rise = radius - row;
            let inset = radius - (radius * radius - rise * rise).max(0).isqrt();
            for at in [top + row, top + height - 1 - row] {
                self.fill((left + inset, at), (left + width - inset, at + 1), colour)?;
            }
        }
        self.fill((left, top + radius), (left + width, top + height - radius), colour)
    }

    /// Writes a text on a line, cut to fit, without the characters the font lacks; answers how wide it became.
    pub(super) fn write(
        &mut self,
        text: &str,
        look: Text,
        (x, baseline): (i32, i32),
        side: Side,
        room: i32,
    ) -> Result<i32, PictureError> {
        let (text, width) = self.fitted(text, look, room)?;
        let left = match side {
            Side::Left => x * SCALE,
            Side::Middle => x * SCALE - width / 2,
            Side::Right => x * SCALE - width,
        };
        // The drawing library puts the baseline half a size below the point it is given.
        let top = baseline * SCALE - look.size * SCALE / 2;
        let style = style(look.size, look.bold, look.colour);
        self.area()?.draw_text(&text, &style, (left, top)).map_err(broken)?;
        Ok(width / SCALE)
    }

    /// How wide a text would be.
    pub(super) fn width_of(&mut self, text: &str, size: i32, bold: bool) -> Result<i32, PictureError> {
        Ok(self.measure(text, size, bold)? / SCALE)
    }

    /// The finished picture.
    pub(super) fn into_png(self) -> Result<Vec<u8>, PictureError> {
        let mut file = Vec::new();
        let side = |pixels: i32| pixels.unsigned_abs();
        let mut encoder = png::Encoder::new(&mut file, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.averaged())?;
        writer.finish()?;
        Ok(file)
    }

    /// Cuts a text until it fits and says how wide it is in the drawing.
    fn fitted(&mut self, text: &str, look: Text, room: i32) -> Result<(String, i32), PictureError> {
        // No text needs more letters than the picture has pixels, and measuring is not free.
        let letters = text.chars().filter(|letter| font::can_draw(*letter)).take(length(self.width));
        let mut text: String = letters.collect();
        let mut width = self.measure(&text, look.size, look.bold)?;
        let mut shorter = text.trim().to_owned();
        while width > room * SCALE && shorter.pop().is_some() {
            text = format!("{}…", shorter.trim_end());
            width = self.measure(&text, look.size, look.bold)?;
        }
        if width > room * SCALE { Ok((String::new(), 0)) } else { Ok((text, width)) }
    }

    fn measure(&mut self, text: &str, size: i32, bold: bool) -> Result<i32, PictureError> {
        let style = style(size, bold, Colour::Loud);
        let (width, _) = self.area()?.estimate_text_size(text, &style).map_err(broken)?;
        Ok(i32::try_from(width).unwrap_or(i32::MAX))
    }

    /// Fills from one corner up to, not including, the other.
    fn fill(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) -> Result<(), PictureError> {
        self.area()?.draw(&Rectangle::new([from, to], colour.paint().filled())).map_err(broken)
    }

    fn area(&mut self) -> Result<DrawingArea<BitMapBackend<'_>, Shift>, PictureError> {
        let side = |pixels: i32| (pixels * SCALE).unsigned_abs();
        let size = (side(self.width), side(self.height));
        Ok(BitMapBackend::with_buffer(&mut self.pixels, size).into_drawing_area())
    }

    /// Each pixel as the average of those it was drawn with.
    fn averaged(&self) -> Vec<u8> {
        let scale = length(SCALE);
        let share = u32::try_from(scale * scale).unwrap_or(1);
        let mut sums = vec![0_u32; length(self.width) * length(self.height) * PIXEL];
        let drawn_row = length(self.width) * scale * PIXEL;
        for (y, row) in self.pixels.chunks_exact(drawn_row).enumerate() {
            let sums = &mut sums[y / scale * drawn_row / scale..];
            for (x, pixel) in row.chunks_exact(PIXEL).enumerate() {
                for (channel, value) in pixel.iter().enumerate() {
                    sums[x / scale * PIXEL + channel] += u32::from(*value);
                }
            }
        }
        sums.into_iter().map(|sum| u8::try_from((sum + share / 2) / share).unwrap_or(u8::MAX)).collect()
    }
}

fn style(size: i32, bold: bool, colour: Colour) -> TextStyle<'static> {
    let face = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(font::FAMILY), f64::from(size * SCALE), face);
    TextStyle { color: colour.paint().to_backend_color(), ..TextStyle::from(font) }
}

fn length(pixels: i32) -> usize {
    usize::try_from(pixels).unwrap_or(0)
}

fn broken(error: impl std::fmt::Display) -> PictureError {
    PictureError::Drawing(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(colour: Colour) -> f64 {
        let (red, green, blue) = colour.rgb();
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn bars_and_words_stand_out_from_the_card() {
        let against_card = |colour| (luminance(colour) + 0.05) / (luminance(Colour::Card) + 0.05);
        for bar in [Colour::Bar, Colour::Loss, Colour::Highlight, Colour::LossHighlight] {
            assert!(against_card(bar) >= 3.0, "{bar:?} {}", against_card(bar));
        }
        for word in [Colour::Loud, Colour::Number, Colour::Quiet, Colour::Highlight, Colour::LossHighlight] {
            assert!(against_card(word) >= 4.5, "{word:?} {}", against_card(word));
        }
    }

    #[test]
    fn what_stands_on_a_plate_stands_out_from_it_and_stripes_from_the_day() {
        let contrast = |one, other| (luminance(one) + 0.05) / (luminance(other) + 0.05);
        for plate in [Colour::Waits, Colour::Coming, Colour::Out, Colour::Trouble, Colour::Over] {
            assert!(contrast(Colour::Loud, plate) >= 4.5, "{plate:?} {}", contrast(Colour::Loud, plate));
        }
        for day in [Colour::Cell, Colour::Today] {
            assert!(contrast(Colour::Quiet, day) >= 4.5, "{day:?}");
            assert!((0..=6).all(|account| contrast(Colour::Account(account), day) >= 3.0), "{day:?}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut_and_one_without_room_is_left_out() {
        let mut canvas = Canvas::new(200, 50).unwrap();
        let look = Text { size: 20, colour: Colour::Loud, bold: false };
        let (cut, width) = canvas.fitted("Views gained each day", look, 100).unwrap();
        assert!(cut.starts_with("Views") && cut.ends_with('…') && width <= 100 * SCALE, "{cut}");
        assert_eq!(canvas.fitted("Views", look, 2).unwrap(), (String::new(), 0));
        assert_eq!(canvas.fitted("Views", look, -5).unwrap(), (String::new(), 0));
        assert_eq!(canvas.fitted("", look, 100).unwrap(), (String::new(), 0));
    }
}

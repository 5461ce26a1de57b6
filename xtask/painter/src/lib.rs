//! Paints SVG as a PNG of few bytes, the same on every machine: the fonts are in here. Knows nothing of what it paints.
//!
//! A crate of its own, so that `Cargo.toml` can have it optimised in debug builds as well: it looks at each pixel.

mod fonts;
mod palette;

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

pub use fonts::{Face, width};

/// What the fonts are called in an SVG: for words, in weights of 400 and 600, and for code.
pub const SERIF: &str = "Libertinus Serif";
/// See [`SERIF`].
pub const MONO: &str = "DejaVu Sans Mono";

/// Raise it when the same SVG is painted otherwise: pictures are remembered by it.
pub const VERSION: &str = "resvg 0.49.0, png 0.18.1, typst-assets 0.15.1, 1";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PaintError {
    /// The text is no SVG.
    #[error("cannot read the SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// It has no size that can be painted.
    #[error("an SVG of {0} × {1} cannot be painted")]
    Size(u32, u32),
    /// The PNG cannot be written.
    #[error("cannot write the PNG: {0}")]
    Png(#[from] png::EncodingError),
}

/// The picture as a PNG with a palette. What the SVG leaves free is white.
///
/// # Errors
/// If the SVG cannot be read, or its size is out of all proportion.
pub fn paint(svg: &str) -> Result<Vec<u8>, PaintError> {
    let options = usvg::Options {
        fontdb: Arc::clone(fonts::database()),
        font_family: SERIF.to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PaintError::Size(size.width(), size.height()))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let colours: Vec<[u8; 3]> =
        pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    Ok(written(&palette::indexed(&colours), size.width(), size.height())?)
}

fn written(picture: &palette::Indexed, width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(picture.colours.as_flattened());
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    // Neighbours in a palette are not alike, so a difference says nothing.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture.pixels)?;
    writer.finish()?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"80\">{inside}</svg>")
    }

    fn pixels(png: &[u8]) -> Vec<u8> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        assert_eq!((reader.info().width, reader.info().height), (200, 80));
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("a picture");
        pixels
    }

    #[test]
    fn colours_are_those_of_the_svg() {
        let halves = "<rect width=\"100\" height=\"80\" fill=\"#a8401a\"/><rect x=\"100\" width=\"60\" height=\"80\" fill=\"#211c16\"/>";
        let pixels = pixels(&paint(&svg(halves)).expect("a picture"));
        for row in pixels.chunks(3 * 200) {
            let (left, right) = row.split_at(3 * 100);
            assert!(left.chunks(3).all(|pixel| pixel == [0xa8, 0x40, 0x1a]));
            assert!(right[..3 * 60].chunks(3).all(|pixel| pixel == [0x21, 0x1c, 0x16]));
            assert!(right[3 * 60..].iter().all(|part| *part == 0xff));
        }
    }

    /// A font that is not found leaves no trace but a line on standard error.
    #[test]
    fn each_font_that_is_named_writes_in_its_own_way() {
        let text = |family: &str, weight: u32| {
            let text = format!(
                "<text x=\"10\" y=\"50\" font-family=\"{family}\" font-weight=\"{weight}\" font-size=\"40\">Time</text>"
            );
            pixels(&paint(&svg(&text)).expect("a picture"))
        };
        let all = [text(SERIF, 400), text(SERIF, 600), text(MONO, 400)];
        for (place, one) in all.iter().enumerate() {
            assert!(one.iter().any(|value| *value < 100), "nothing was written");
            assert!(all[..place].iter().all(|other| other != one), "two fonts are the same");
        }
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(paint("<svg").unwrap_err().to_string().starts_with("cannot read the SVG"));
    }

    #[test]
    fn the_version_names_what_paints() {
        let lock = include_str!("../../../Cargo.lock");
        for part in VERSION.split(", ").filter(|part| part.contains(' ')) {
            let (name, version) = part.split_once(' ').unwrap_or_default();
            let locked = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(lock.contains(&locked), "{name} has another version: raise VERSION");
        }
    }
}

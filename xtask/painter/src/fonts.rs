//! The fonts, and how wide a text is in them.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Family, Query, Source, Weight};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::{MONO, SERIF};

/// A font in one weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// For words.
    Serif,
    /// For titles.
    Semibold,
    /// For code.
    Mono,
}

/// All fonts: what the named ones lack is taken from the others.
pub fn database() -> &'static Arc<Database> {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        for font in typst_assets::fonts() {
            fonts.load_font_source(Source::Binary(Arc::new(font)));
        }
        fonts.set_serif_family(SERIF);
        fonts.set_monospace_family(MONO);
        Arc::new(fonts)
    });
    &FONTS
}

/// How wide a text is, in pixels, at a size in pixels. Pairs of letters that are drawn closer together are not.
pub fn width(text: &str, face: Face, size: f32) -> f32 {
    let (family, weight) = match face {
        Face::Serif => (SERIF, Weight::NORMAL),
        Face::Semibold => (SERIF, Weight::SEMIBOLD),
        Face::Mono => (MONO, Weight::NORMAL),
    };
    let query = Query { families: &[Family::Name(family)], weight, ..Query::default() };
    let found = database().query(&query).expect("the fonts are compiled in");
    let sum = database().with_face_data(found, |font, index| {
        let font = FontRef::from_index(font, index).expect("the fonts are whole");
        let (glyphs, metrics) = (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
        // What the font lacks comes from another one.
        let width = |letter| glyphs.map(letter).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(size);
        text.chars().map(width).sum()
    });
    sum.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_fonts() {
        assert!(width("iii", Face::Serif, 40.0) < width("mmm", Face::Serif, 40.0));
        assert!(width("Borrowed", Face::Serif, 40.0) < width("Borrowed", Face::Semibold, 40.0));
        assert_eq!(width("iii", Face::Mono, 20.0), width("mmm", Face::Mono, 20.0));
        assert_eq!(width("ab", Face::Mono, 40.0), 2.0 * width("ab", Face::Mono, 20.0));
        assert_eq!(width("\u{e000}", Face::Mono, 20.0), 20.0);
    }
}

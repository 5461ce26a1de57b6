//! Pixels by a palette of few colours: a fifth of the bytes, and a picture of words loses nothing that one sees.

use std::collections::HashMap;

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// How many colours a palette has at most. A PNG could have 256; the edges of letters need fewer.
const MOST: usize = 64;

/// A colour, and how many pixels have it.
type Frequent = (Colour, usize);

/// What has more than one pixel of so many is no edge.
const FILLS: usize = 200;

/// A picture by a palette.
pub struct Indexed {
    /// The palette.
    pub colours: Vec<Colour>,
    /// The place of each pixel's colour in it.
    pub pixels: Vec<u8>,
}

/// The same picture with few colours. Of colours that are much alike, the most frequent stands for all; but whatever fills a part of
/// the picture stays as it is.
pub fn indexed(pixels: &[Colour]) -> Indexed {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for run in pixels.chunk_by(|one, next| one == next) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut by_frequency: Vec<Frequent> = counts.into_iter().collect();
    by_frequency.sort_unstable_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let fills = by_frequency.iter().filter(|(_, count)| count * FILLS > pixels.len()).count();
    let (fills, edges) = by_frequency.split_at(fills.min(MOST / 2));
    let (colours, places) = (0..8).find_map(|shift| palette(fills, edges, shift)).expect("eight colours fit");
    let mut indexes = Vec::with_capacity(pixels.len());
    for run in pixels.chunk_by(|one, next| one == next) {
        indexes.resize(indexes.len() + run.len(), places[&run[0]]);
    }
    Indexed { colours, pixels: indexes }
}

/// The palette if colours of edges are told apart by all but `shift` bits of each part, and the place of each colour in it. `None`
/// if it has too many.
fn palette(fills: &[Frequent], edges: &[Frequent], shift: u8) -> Option<(Vec<Colour>, HashMap<Colour, u8>)> {
    let mut colours = Vec::new();
    let mut place_of: HashMap<Colour, u8> = HashMap::new();
    let mut places = HashMap::new();
    let all = fills.iter().map(|fill| (fill, true)).chain(edges.iter().map(|edge| (edge, false)));
    for ((colour, _), is_fill) in all {
        let alike = colour.map(|part| part >> shift);
        let place = match place_of.get(&alike) {
            Some(place) if !is_fill => *place,
            _ if colours.len() == MOST => return None,
            _ => {
                let place = u8::try_from(colours.len()).ok()?;
                colours.push(*colour);
                place_of.entry(alike).or_insert(place);
                place
            }
        };
        places.insert(*colour, place);
    }
    Some((colours, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(pixels: &[Colour]) -> Vec<Colour> {
        let picture = indexed(pixels);
        assert!(picture.colours.len() <= MOST);
        picture.pixels.iter().map(|place| picture.colours[usize::from(*place)]).collect()
    }

    #[test]
    fn few_colours_stay_as_they_are() {
        let pixels: Vec<Colour> = (0..64).map(|part| [part, 255 - part, 7]).collect();
        assert_eq!(back(&pixels), pixels);
    }

    #[test]
    fn of_many_colours_the_frequent_stay_and_no_other_is_far_off() {
        let mut pixels = vec![[251, 248, 242]; 1000];
        pixels.extend([[245, 240, 241]; 1000]);
        pixels.extend((0..=255).flat_map(|part| [[part, part, 0], [part, 0, part], [0, part, part]]));
        let seen = back(&pixels);
        assert_eq!(seen[..2000], pixels[..2000], "two that fill much became one");
        for (was, is) in pixels.iter().zip(&seen) {
            assert!(was.iter().zip(is).all(|(was, is)| was.abs_diff(*is) < 32), "{was:?} became {is:?}");
        }
    }
}

//! The pictures that stand beside a link to a page where somebody shares it: one for each problem, and one for all other pages.
//!
//! They show what is asked, never what is right.

#[cfg(feature = "previews")]
mod drawing;
#[cfg(feature = "previews")]
pub mod painted;
#[cfg(feature = "previews")]
mod program;
#[cfg(feature = "previews")]
mod wrap;

use quiz::problem::Problem;

/// Where they are, from the site's root.
pub const FOLDER: &str = "social/";
/// Their size in pixels, as those who show links ask for it.
pub const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 630;
/// What the picture of all other pages is called. No problem has an underscore in its slug.
const COMMON: &str = "borrowed_time";

/// What the app promises, in two sentences.
pub(crate) const CLAIM: [&str; 2] = ["Rust interviews, rehearsed.", "Every answer proven by the real compiler."];

/// A picture of a page.
pub struct Preview {
    /// Its address, from the site's root.
    pub address: String,
    /// What it shows, in words.
    pub alt: String,
}

impl Preview {
    /// That of a problem's page.
    pub fn of(problem: &Problem) -> Preview {
        let (topic, level) = (problem.topic.label(), problem.level.label());
        let alt = format!("Borrowed Time. {topic}, {level}: {}", problem.title);
        Preview { address: address(&problem.slug.0), alt }
    }

    /// That of a page that is no problem.
    pub fn common() -> Preview {
        Preview { address: address(COMMON), alt: format!("Borrowed Time. {}", CLAIM.join(" ")) }
    }
}

fn address(name: &str) -> String {
    format!("{FOLDER}{name}.png")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slugs are made of letters, digits and hyphens.
    #[test]
    fn no_problem_can_take_the_name_of_the_common_picture() {
        assert!(Preview::common().address.contains('_'));
    }
}

//! Words in lines.

use painter::{Face, width};

/// Words in lines of at most `room` pixels, and none of them much longer than the others. A word that is longer by itself has a line
/// of its own.
pub fn balanced(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let lines = wrapped(text, face, size, room);
    let narrower = (1..).map(|step| room - 16.0 * step as f32).take_while(|room| *room > 0.0);
    let as_many = narrower.map(|room| (room, wrapped(text, face, size, room))).take_while(|(room, narrow)| {
        narrow.len() == lines.len() && narrow.iter().all(|line| width(line, face, size) <= *room)
    });
    as_many.last().map_or_else(|| lines.clone(), |(_, narrow)| narrow)
}

/// Words in lines, each as full as it gets.
pub fn wrapped(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), face, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The first lines, and a sign that there are more, for which there is room.
pub fn at_most(mut lines: Vec<String>, most: usize, face: Face, size: f32, room: f32) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = with_more(last, face, size, room);
        }
    }
    lines
}

fn with_more(line: &str, face: Face, size: f32, room: f32) -> String {
    let more = format!("{}…", line.trim_end_matches(|char: char| !char.is_alphanumeric()));
    match line.rsplit_once(' ') {
        Some((shorter, _)) if width(&more, face, size) > room => with_more(shorter, face, size, room),
        _ => more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_are_about_equally_long() {
        let title = "A reference to the first value and a later assignment";
        let full = wrapped(title, Face::Semibold, 64.0, 1056.0);
        let lines = balanced(title, Face::Semibold, 64.0, 1056.0);
        assert_eq!((full.len(), lines.len()), (2, 2));
        assert_eq!(lines.join(" "), title);
        let widths: Vec<f32> = lines.iter().map(|line| width(line, Face::Semibold, 64.0)).collect();
        assert!(widths.iter().all(|width| *width <= 1056.0), "{widths:?}");
        let spread = |lines: &[String]| lines[0].len().abs_diff(lines[1].len());
        assert!(spread(&lines) < spread(&full), "{lines:?}");
    }

    #[test]
    fn a_word_that_is_too_long_stands_alone() {
        assert_eq!(
            balanced("a incomprehensibilities b", Face::Serif, 40.0, 100.0),
            ["a", "incomprehensibilities", "b"]
        );
        assert_eq!(balanced("", Face::Serif, 40.0, 100.0), [""; 0]);
    }

    #[test]
    fn what_is_left_out_is_told() {
        let lines = || ["One,", "two and,", "three"].map(str::to_owned).to_vec();
        let at_most = |most, room| at_most(lines(), most, Face::Serif, 20.0, room);
        assert_eq!(at_most(3, 100.0), ["One,", "two and,", "three"]);
        assert_eq!(at_most(2, 100.0), ["One,", "two and…"]);
        assert_eq!(at_most(2, width("two and,", Face::Serif, 20.0)), ["One,", "two…"], "no room for the sign");
    }
}

//! The pictures as SVG, in the app's light colours. Whatever is written in them is escaped by `maud`.

use maud::{Markup, html};
use painter::{Face, MONO, SERIF, width};
use quiz::highlights::TokenKind;
use quiz::problem::Problem;
use quiz::prose::{Element, Node};

use super::program::{Line, Part, asked};
use super::wrap::{at_most, balanced, wrapped};
use super::{CLAIM, HEIGHT, WIDTH};

const TOKENS: &str = include_str!("../../../style/tokens.css");

/// From the left edge and the right one.
const MARGIN: f32 = 72.0;
/// Between the two.
const COLUMN: f32 = WIDTH as f32 - 2.0 * MARGIN;
/// Where the lowest thing ends that does not go on below the edge.
const BOTTOM: f32 = HEIGHT as f32 - 56.0;
/// So many lines of a program are seen at least, where it has them.
const LINES: usize = 8;
const TITLE_LINES: usize = 3;
const PROSE_LINES: usize = 3;
const TITLE_SIZES: [f32; 3] = [68.0, 60.0, 54.0];
const CODE_SIZES: [f32; 7] = [34.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0];
/// It gets no smaller for more lines, only for longer ones.
const READABLE: f32 = 26.0;
const PROSE_SIZE: f32 = 36.0;
/// Above and below the lines of a program.
const PADDING: f32 = 22.0;
/// How far before an edge the rest begins to fade.
const FADE: f32 = 110.0;

/// A colour of `style/tokens.css`, as it is in the light.
fn colour(name: &str) -> &'static str {
    let light = TOKENS.split_once(&format!("--{name}: light-dark(")).and_then(|(_, rest)| rest.split_once(','));
    light.expect("a token of the style sheet").0
}

/// The picture of a problem's page.
pub fn problem(problem: &Problem) -> String {
    let title = title(&problem.title);
    let program = asked(problem);
    let below = if program.is_empty() { beginning(problem, title.end) } else { code(&program, title.end) };
    page(html! {
        (mark())
        text x=(MARGIN + COLUMN) y="96" text-anchor="end" font-size="30" fill=(colour("muted")) {
            (clean(&problem.topic.label())) " · " (problem.level.label())
        }
        (title.markup)
        (below)
    })
}

/// The picture of all other pages.
pub fn common() -> String {
    let [first, second] = CLAIM;
    page(html! {
        (mark())
        text x=(MARGIN) y="362" font-size="86" font-weight="600" letter-spacing="-0.8" { (first) }
        text x=(MARGIN) y="440" font-size="47" fill=(colour("muted")) { (second) }
    })
}

fn page(inside: Markup) -> String {
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT) font-family=(SERIF) fill=(colour("ink")) {
            rect width=(WIDTH) height=(HEIGHT) fill=(colour("paper")) {}
            (inside)
        }
    };
    svg.into_string()
}

/// The name, as in the app's header.
fn mark() -> Markup {
    html! {
        text x=(MARGIN) y="96" font-size="38" font-weight="600" letter-spacing="0.4" {
            "Borrowed " tspan fill=(colour("rust")) { "Time" }
        }
    }
}

/// Something that is drawn, and where it ends.
struct Drawn {
    markup: Markup,
    end: f32,
}

fn title(title: &str) -> Drawn {
    let at = |size| (size, balanced(title, Face::Semibold, size, COLUMN));
    let fits = |most: usize| {
        let is_fit = move |(size, lines): &(f32, Vec<String>)| {
            lines.len() <= most && lines.iter().all(|line| width(line, Face::Semibold, *size) <= COLUMN)
        };
        TITLE_SIZES.into_iter().map(at).find(is_fit)
    };
    // One line leaves more room for the program.
    let (size, lines) = (1..=TITLE_LINES).find_map(fits).unwrap_or_else(|| at(TITLE_SIZES[TITLE_SIZES.len() - 1]));
    let lines = at_most(lines, TITLE_LINES, Face::Semibold, size, COLUMN);
    let first = 148.0 + size * 0.75;
    let step = size * 1.14;
    Drawn {
        markup: html! {
            g font-size=(size) font-weight="600" letter-spacing="-0.4" {
                @for (place, line) in lines.iter().enumerate() {
                    text x=(MARGIN) y=(first + step * place as f32) { (clean(line)) }
                }
            }
        },
        end: first + step * (lines.len() as f32 - 1.0) + size * 0.3,
    }
}

/// The first words of a question without a program.
fn beginning(problem: &Problem, above: f32) -> Markup {
    let paragraph = problem.prompt.0.iter().find_map(|node| match node {
        Node::Element(Element::Paragraph, inside) => Some(quiz::prose::Prose(inside.clone()).words()),
        _ => None,
    });
    let lines = wrapped(&paragraph.unwrap_or_default(), Face::Serif, PROSE_SIZE, COLUMN);
    let lines = at_most(lines, PROSE_LINES, Face::Serif, PROSE_SIZE, COLUMN);
    html! {
        g font-size=(PROSE_SIZE) fill=(colour("muted")) {
            @for (line, text) in lines.iter().enumerate() {
                text x=(MARGIN) y=(above + 40.0 + PROSE_SIZE * (0.75 + 1.4 * line as f32)) { (clean(text)) }
            }
        }
    }
}

/// The first lines of a program, as large as they can be. What does not fit fades away towards the edge.
fn code(lines: &[Line], above: f32) -> Markup {
    let top = above + 30.0;
    let size = code_size(lines, top);
    let height = lines.len() as f32 * step(size) + 2.0 * PADDING;
    let shown = ((HEIGHT as f32 - top) / step(size)).ceil() as usize;
    let shown = &lines[..shown.min(lines.len())];
    let goes_on_below = top + height > BOTTOM;
    let goes_on_behind = shown.iter().any(|line| length(line, size) > room_for(size));
    // The lower edge is out of sight where there is more.
    let height = if goes_on_below { HEIGHT as f32 } else { height };
    let edge = MARGIN + COLUMN;
    html! {
        defs {
            linearGradient id="down" x2="0" y2="1" { (fading()) }
            linearGradient id="right" { (fading()) }
        }
        rect x=(MARGIN) y=(top) width=(COLUMN) height=(height) rx="10" fill=(colour("sunken")) {}
        g font-family=(MONO) font-size=(size) {
            @for (place, line) in shown.iter().enumerate() {
                (one_line(line, place, size, top + PADDING + step(size) * (place as f32 + 0.7)))
            }
        }
        @if goes_on_below {
            rect x=(MARGIN) y=(HEIGHT as f32 - FADE) width=(COLUMN) height=(FADE) fill="url(#down)" {}
        }
        @if goes_on_behind {
            rect x=(edge - FADE) y=(top) width=(FADE) height=(height) fill="url(#right)" {}
            rect x=(edge) y=(top) width=(MARGIN) height=(height) fill=(colour("paper")) {}
        }
        rect x=(MARGIN) y=(top) width=(COLUMN) height=(height) rx="10" fill="none" stroke=(colour("rule")) stroke-width="2" {}
    }
}

/// The largest size at which enough of it is seen.
fn code_size(lines: &[Line], top: f32) -> f32 {
    let shown = lines.len().min(LINES);
    let room = if shown < lines.len() { HEIGHT as f32 - top - PADDING } else { BOTTOM - top - 2.0 * PADDING };
    let fits = |size: &f32| {
        let is_seen = *size <= READABLE || shown as f32 * step(*size) <= room;
        is_seen && lines[..shown].iter().all(|line| length(line, *size) <= room_for(*size))
    };
    CODE_SIZES.into_iter().find(fits).unwrap_or(CODE_SIZES[CODE_SIZES.len() - 1])
}

fn fading() -> Markup {
    html! {
        stop offset="0" stop-color=(colour("sunken")) stop-opacity="0" {}
        stop offset="1" stop-color=(colour("sunken")) {}
    }
}

fn step(size: f32) -> f32 {
    size * 1.5
}

/// Where code begins, behind the numbers.
fn indent(size: f32) -> f32 {
    width("0000", Face::Mono, size)
}

fn room_for(size: f32) -> f32 {
    COLUMN - indent(size) - PADDING
}

fn length(line: &Line, size: f32) -> f32 {
    line.iter().map(|part| width(part.text(), Face::Mono, size)).sum()
}

fn one_line(line: &Line, place: usize, size: f32, y: f32) -> Markup {
    let start = MARGIN + indent(size);
    let mut x = start;
    let mut slots = Vec::new();
    for part in line {
        let wide = width(part.text(), Face::Mono, size);
        if let Part::Slot(_) = part {
            slots.push((x, wide));
        }
        x += wide;
    }
    html! {
        text x=(start - width("0", Face::Mono, size) * 1.5) y=(y) text-anchor="end" fill=(colour("comment")) { (place + 1) }
        @for (x, wide) in slots {
            rect x=(x) y=(y - size) width=(wide) height=(size * 1.32) rx="5" fill=(colour("raised")) stroke=(colour("edge")) stroke-width="1.5" stroke-dasharray="5 4" {}
        }
        text x=(start) y=(y) xml:space="preserve" {
            @for part in line { tspan fill=(colour(token(part))) { (clean(part.text())) } }
        }
    }
}

/// The token of a part's colour.
fn token(part: &Part) -> &'static str {
    match part {
        Part::Slot(_) => "muted",
        Part::Code(TokenKind::Plain, _) => "ink",
        Part::Code(TokenKind::Keyword, _) => "keyword",
        Part::Code(TokenKind::Type, _) => "type",
        Part::Code(TokenKind::Text, _) => "text",
        Part::Code(TokenKind::Number, _) => "number",
        Part::Code(TokenKind::Macro | TokenKind::Lifetime, _) => "macro",
        Part::Code(TokenKind::Comment, _) => "comment",
    }
}

/// The text without signs that no XML may have.
fn clean(text: &str) -> String {
    let is_forbidden = |char: char| char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}');
    text.replace('\t', "    ").replace(is_forbidden, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::tests::problem as sample;
    use quiz::highlights::{Highlights, Snippet};
    use quiz::problem::{Outcomes, Question, Row, Slot};

    fn with(source: &str, question: Question) -> Problem {
        let mut problem = sample("two-loans", "Two loans");
        problem.programs[0].source = source.to_owned();
        problem.programs[0].highlights = Highlights::default();
        Problem { question, ..problem }
    }

    fn snippet(text: &str) -> Snippet {
        Snippet { text: text.to_owned(), highlights: Highlights::default() }
    }

    fn outcomes() -> Outcomes {
        Outcomes { outcomes: Vec::new(), of: Vec::new() }
    }

    /// What is written in a picture, piece by piece.
    fn words(svg: &str) -> Vec<&str> {
        svg.split('>').filter_map(|piece| piece.split('<').next()).filter(|words| !words.is_empty()).collect()
    }

    #[track_caller]
    fn check_shows(problem: &Problem, shown: &[&str], hidden: &[&str]) {
        let svg = super::problem(problem);
        let words = words(&svg);
        for text in shown {
            assert!(words.contains(text), "{text} is missing: {words:?}");
        }
        for text in hidden {
            assert!(words.iter().all(|word| !word.contains(text)), "{text} is shown: {words:?}");
        }
    }

    #[test]
    fn a_problem_is_shown_with_its_topic_level_title_and_program() {
        let problem = sample("two-loans", "Two loans");
        check_shows(
            &problem,
            &["Ownership · Junior", "Two loans", "fn", "Borrowed ", "Time"],
            &["one", "Because", "Why"],
        );
        assert!(super::problem(&problem).contains(&format!("fill=\"{}\">fn<", colour("keyword"))));
    }

    /// What is put into slots and gaps is the answer.
    #[test]
    fn no_answer_is_shown() {
        let choices = ["&mut", "Box"].map(snippet).to_vec();
        let slots = vec![Slot { name: "a".to_owned(), choices, beliefs: Vec::new() }];
        let fill = with("let b = /*a*/ c;", Question::Fill { slots, outcomes: outcomes() });
        check_shows(&fill, &["let b = ", " a ", " c;"], &["&amp;mut", "Box", "/*"]);

        let rows = vec![Row::Fixed(snippet("fn main() {")), Row::Gap, Row::Fixed(snippet("}"))];
        let lines = vec![snippet("drop(guard);"), snippet("forget(guard);")];
        let order = with("fn main() {\n    drop(guard);\n}", Question::Order { rows, lines, outcomes: outcomes() });
        check_shows(&order, &["fn main() {", "    …"], &["drop", "forget"]);
    }

    #[test]
    fn whatever_is_written_is_text() {
        let mut problem = with("a < b && \"c\u{1b}\" > d", Question::Choice { several: false, options: Vec::new() });
        problem.title = "Is <b> \"two\" & more?".to_owned();
        let svg = super::problem(&problem);
        assert!(
            svg.contains("Is &lt;b&gt; &quot;two&quot; &amp; more?") && svg.contains("a &lt; b &amp;&amp;"),
            "{svg}"
        );
        painter::paint(&svg).unwrap();
    }

    #[test]
    fn a_long_title_has_three_lines_and_a_long_program_goes_on_below() {
        let mut problem = with(&"let a = 1;\n".repeat(40), Question::Choice { several: false, options: Vec::new() });
        problem.title = "A reference to the first value and a later assignment ".repeat(6);
        let svg = super::problem(&problem);
        let lines = svg.matches("let a = 1;").count();
        assert!((4..=LINES + 2).contains(&lines), "{lines}");
        assert_eq!(
            svg.split("font-weight=\"600\" letter-spacing=\"-0.4\"")
                .nth(1)
                .unwrap()
                .split("</g>")
                .next()
                .unwrap()
                .matches("<text")
                .count(),
            3
        );
        assert!(svg.contains("url(#down)") && !svg.contains("url(#right)"), "{svg}");
    }

    #[test]
    fn a_line_that_is_too_long_goes_on_behind_the_edge() {
        let long = format!("let a = \"{}\";", "b".repeat(100));
        let svg = super::problem(&with(&long, Question::Choice { several: false, options: Vec::new() }));
        assert!(svg.contains("url(#right)") && !svg.contains("url(#down)"), "{svg}");
    }

    #[test]
    fn a_problem_without_a_program_is_shown_with_its_first_words() {
        let mut problem = sample("two-loans", "Two loans");
        problem.prompt.0.truncate(1);
        check_shows(&problem, &["What &lt;b&gt;is&lt;/b&gt; it?"], &["fn"]);
    }

    #[test]
    fn the_common_picture_has_the_claim() {
        let svg = common();
        assert!(CLAIM.iter().all(|sentence| words(&svg).contains(sentence)), "{svg}");
    }
}

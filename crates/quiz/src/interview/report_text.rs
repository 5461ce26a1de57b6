//! A report as a text to keep or to send: Markdown.

use super::blueprint::Blueprint;
use super::machine::{AskedQuestion, Reflection, Round, StoredInterview};
use super::report::{HeadingScore, Report, clock_face};
use crate::grading::Mark;
use crate::problem::Slug;

impl Report {
    /// The report as Markdown. `title` and `on` are those of the interview, `title_of` tells a problem's. What was worth asking is known
    /// from the blueprint, if there still is one.
    pub fn to_markdown(
        &self,
        title: &str,
        on: &str,
        interview: &StoredInterview,
        blueprint: Option<&Blueprint>,
        title_of: impl Fn(&Slug) -> String,
    ) -> String {
        let mut lines = vec![
            format!("# {title}: {}", self.recommendation.label()),
            String::new(),
            format!("{}, {on}", self.level.label()),
        ];
        // The points come first, what held it back after them.
        let points = usize::from(!self.reasons.is_empty());
        let (summary, held_back) = self.reasons.split_at(points);
        lines.extend(summary.iter().flat_map(|points| [String::new(), points.clone()]));
        add_list(&mut lines, "## What was strong", &self.strengths);
        add_list(&mut lines, "## What held it back", held_back);
        add_list(&mut lines, "What was missing:", &self.missing);
        if !self.advice.is_empty() {
            add_title(&mut lines, "## Advice");
            lines.push(self.advice.clone());
        }
        add_title(&mut lines, "## What was judged");
        lines.extend(self.headings.iter().map(of_heading));
        let plan = |place: usize| blueprint.and_then(|blueprint| blueprint.rounds.get(place));
        let round_title = |place| plan(place).map_or_else(|| format!("Round {}", place + 1), |plan| plan.title.clone());
        let rounds = self.rounds.iter().enumerate();
        let rounds: Vec<String> =
            rounds.map(|(place, round)| format!("{}: {}", round_title(place), round.in_words())).collect();
        add_list(&mut lines, "## Round by round", &rounds);
        add_title(&mut lines, "## Question by question");
        for (place, round) in interview.rounds.iter().enumerate() {
            if place > 0 {
                lines.push(String::new());
            }
            lines.extend([format!("### {}", round_title(place)), String::new()]);
            lines.extend(round.questions.iter().map(|asked| self.of_question(asked, &title_of(&asked.slug))));
            lines.extend(round.own_questions.iter().map(|own| format!("- You asked: {own}")));
            if !round.notes.trim().is_empty() {
                lines.extend([String::new(), format!("Notes: {}", round.notes.trim())]);
            }
            if let Some(plan) = plan(place).filter(|_| has_own_questions(round)) {
                add_list(&mut lines, "Worth asking:", &plan.worth_asking);
            }
        }
        if !self.weakest.is_empty() {
            let weakest: Vec<String> = self.weakest.iter().map(|concept| concept.replace('-', " ")).collect();
            lines.extend([String::new(), format!("To practise next: {}.", weakest.join(", "))]);
        }
        add_list(&mut lines, "## Looking back", &looking_back(interview));
        lines.push(String::new());
        lines.join("\n")
    }

    fn of_question(&self, asked: &AskedQuestion, title: &str) -> String {
        let came = match asked.answer {
            None if asked.is_lost => "not answered, its file was missing",
            None => "not answered",
            Some(answer) if answer.is_self_assessed => "self-assessed",
            Some(answer) => match answer.mark {
                Mark::Right => "right",
                Mark::Partly => "partly right",
                Mark::Wrong => "incorrect",
            },
        };
        let own = self.own_points.iter().find(|own| own.slug == asked.slug);
        let points = own.map_or_else(String::new, |own| format!(", {} of {} points", own.points, own.at_most));
        let [spent, budget] = [asked.spent_ms, asked.budget_ms].map(clock_face);
        format!("- {title}: {came}{points}, {spent} of {budget}")
    }
}

/// What the candidate wrote about it.
fn looking_back(interview: &StoredInterview) -> Vec<String> {
    let Some(Reflection { went_well, next, surprised }) = &interview.reflection else { return Vec::new() };
    let parts = [("What went well", went_well), ("What to do next time", next), ("What surprised me", surprised)];
    let written = parts.into_iter().filter(|(_, words)| !words.trim().is_empty());
    // Further lines belong to their item.
    written.map(|(about, words)| format!("{about}: {}", words.trim().replace('\n', "\n  "))).collect()
}

fn has_own_questions(round: &Round) -> bool {
    round.own_questions_ms > 0
}

fn add_title(lines: &mut Vec<String>, title: &str) {
    lines.extend([String::new(), title.to_owned(), String::new()]);
}

/// A list below its title; nothing if it is empty.
fn add_list(lines: &mut Vec<String>, title: &str, items: &[String]) {
    if !items.is_empty() {
        add_title(lines, title);
        lines.extend(items.iter().map(|item| format!("- {item}")));
    }
}

fn of_heading(heading: &HeadingScore) -> String {
    let score = heading.score().map_or_else(|| "–".to_owned(), |score| format!("grade {score} of 4"));
    let own = if heading.is_self_assessed { " (self-assessed)" } else { "" };
    format!("- {}: {score}{own}. {}", heading.heading.label(), heading.reasons.join(" "))
}

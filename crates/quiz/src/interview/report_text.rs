//! A report as a text to keep or to send: Markdown.

use super::machine::{AskedQuestion, StoredInterview};
use super::report::{HeadingScore, Report};
use crate::grading::Mark;
use crate::problem::Slug;

impl Report {
    /// The report as Markdown. `title` and `on` are those of the interview, `title_of` tells a problem's.
    pub fn to_markdown(
        &self,
        title: &str,
        on: &str,
        interview: &StoredInterview,
        title_of: impl Fn(&Slug) -> String,
    ) -> String {
        let mut lines = vec![
            format!("# {title}: {}", self.recommendation.label()),
            String::new(),
            format!("{}, {on}", self.level.label()),
            String::new(),
        ];
        lines.extend(self.reasons.iter().map(|why| format!("- {why}")));
        lines.extend([String::new(), "## What was judged".to_owned(), String::new()]);
        lines.extend(self.headings.iter().map(of_heading));
        lines.extend([String::new(), "## Question by question".to_owned(), String::new()]);
        for round in &interview.rounds {
            lines.extend(round.questions.iter().map(|asked| of_question(asked, &title_of(&asked.slug))));
            lines.extend(round.own_questions.iter().map(|own| format!("- You asked: {own}")));
            if !round.notes.trim().is_empty() {
                lines.extend([String::new(), format!("Notes: {}", round.notes.trim()), String::new()]);
            }
        }
        if !self.weakest.is_empty() {
            let weakest: Vec<String> = self.weakest.iter().map(|concept| concept.replace('-', " ")).collect();
            lines.extend([String::new(), format!("To practise next: {}.", weakest.join(", "))]);
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

fn of_heading(heading: &HeadingScore) -> String {
    let score = heading.score().map_or_else(|| "–".to_owned(), |score| format!("{score} of 4"));
    let own = if heading.is_self_assessed { " (self-assessed)" } else { "" };
    format!("- {}: {score}{own}. {}", heading.heading.label(), heading.reasons.join(" "))
}

fn of_question(asked: &AskedQuestion, title: &str) -> String {
    let came = match asked.answer {
        None => "not answered",
        Some(answer) if answer.is_self_assessed => "self-assessed",
        Some(answer) => match answer.mark {
            Mark::Right => "right",
            Mark::Partly => "partly right",
            Mark::Wrong => "wrong",
        },
    };
    let [spent, budget] = [asked.spent_ms, asked.budget_ms].map(|ms| ms.div_ceil(60_000));
    format!("- {title}: {came}, {spent} of {budget} minutes")
}

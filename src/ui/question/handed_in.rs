//! What was handed in, as long as nothing is said of it: to be read, and not to be changed.

use leptos::prelude::*;
use quiz::answering::{AnswerDraft, PredictedOutcome};
use quiz::highlights::{Highlights, Snippet};

use crate::state::sitting::Sitting;
use crate::ui::code_block::SnippetBlock;
use crate::ui::options::picked_options;
use crate::ui::prediction::outcome_label;
use crate::ui::prose::Line;

/// The answer that is held back.
pub fn handed_in(sitting: Sitting) -> AnyView {
    let problem = sitting.problem();
    let parts = match sitting.draft() {
        AnswerDraft::Choice(draft) => picked_options(sitting, &problem, |index| draft.chosen.contains(&index)),
        AnswerDraft::Predict(draft) => {
            let outcome = draft.outcome.map(|outcome| said("What happens", outcome_label(outcome).0.to_owned()));
            let line = draft.line.filter(|_| draft.outcome.is_some_and(PredictedOutcome::needs_line));
            let line = line.map(|line| said("At which line", format!("line {line}")));
            let rule = draft.rule.filter(|_| draft.outcome == Some(PredictedOutcome::Error));
            let rule = rule.map(|rule| said("Which rule", problem.question.rule_in_words(&rule).to_owned()));
            let printed = (draft.outcome == Some(PredictedOutcome::Prints)).then(|| match draft.prints_nothing {
                true => view! { <p>"It prints nothing."</p> }.into_any(),
                false => view! { <pre class="output" translate="no" tabindex="0">{draft.stdout}</pre> }.into_any(),
            });
            view! { <dl class="costs">{outcome} {line} {rule}</dl> {printed} }.into_any()
        }
        AnswerDraft::Spot(draft) => {
            let of_role = |(role, line): (&quiz::role::Role, &u32)| said(role.label(), format!("line {line}"));
            let rows = draft.lines.iter().map(of_role).collect_view();
            view! { <dl class="costs">{rows}</dl> }.into_any()
        }
        // It stands in the program itself.
        AnswerDraft::Fill(_) | AnswerDraft::Order(_) => {
            view! { <p class="note">"It stands in the program."</p> }.into_any()
        }
        AnswerDraft::Write(draft) => {
            let snippet = Snippet { text: draft.code, highlights: Highlights::default() };
            view! { <SnippetBlock snippet label="Your program" /> }.into_any()
        }
        AnswerDraft::Discuss(draft) => view! { <p class="own-words">{draft.notes}</p> }.into_any(),
    };
    view! {
        <section data-testid="handed-in">
            <h2>"Handed in"</h2>
            {parts}
        </section>
    }
    .into_any()
}

fn said(about: &'static str, words: String) -> AnyView {
    view! { <dt>{about}</dt> <dd><Line text=words /></dd> }.into_any()
}

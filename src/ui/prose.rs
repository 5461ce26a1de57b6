//! The texts of a problem as views. Never through a string of HTML.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use quiz::problem::Problem;
use quiz::prose::{Element, Node, Prose as Text};

use super::code_block::CodeBlock;
use super::playground::Proof;

/// A text of a problem, with its programs and what the compiler said of each.
#[component]
pub fn Prose(problem: Arc<Problem>, text: Text) -> impl IntoView {
    let painter = Painter { problem: Some(problem), proofs: Proofs::AtOnce };
    view! { <div class="prose">{painter.paint(&text.0)}</div> }
}

/// The prompt of a problem: its first program is drawn by `program`, and no proof is shown before `proofs` says so,
/// for it would give the answer away.
#[component]
pub fn ProseAround(
    problem: Arc<Problem>,
    text: Text,
    #[prop(into)] program: ViewFn,
    proofs: Memo<bool>,
    /// Whether what comes after the program stands here, and not with the answers.
    has_end: Memo<bool>,
    /// Whether it stands before the program: what is to be done there must be known first.
    is_task_first: bool,
) -> impl IntoView {
    let (before, _) = text.around_program();
    let painter = Painter { problem: Some(problem.clone()), proofs: Proofs::Once(proofs) };
    let before = painter.paint(before);
    let end = move || has_end.get().then(|| prompt_end(problem.clone(), &text, proofs));
    if is_task_first {
        return view! { <div class="prose">{before}</div> {end()} {program.run()} }.into_any();
    }
    view! {
        <div class="prose">{before}</div>
        {program.run()}
        {move || end()}
    }
    .into_any()
}

/// What comes after the program of a prompt: the question itself.
pub fn prompt_end(problem: Arc<Problem>, text: &Text, proofs: Memo<bool>) -> AnyView {
    let painter = Painter { problem: Some(problem), proofs: Proofs::Once(proofs) };
    let end = painter.paint(text.around_program().1);
    view! { <div class="prose">{end}</div> }.into_any()
}

/// A line of words in which code stands between backticks, such as a belief.
#[component]
pub fn Line(#[prop(into)] text: String) -> impl IntoView {
    Painter { problem: None, proofs: Proofs::AtOnce }.paint(&Text::line(&text).0)
}

/// Words without a program, such as the one sentence that a problem leaves.
#[component]
pub fn Words(text: Text) -> impl IntoView {
    Painter { problem: None, proofs: Proofs::AtOnce }.paint(&text.0)
}

struct Painter {
    problem: Option<Arc<Problem>>,
    proofs: Proofs,
}

/// When the compiler's proof of a program is shown.
#[derive(Clone, Copy)]
enum Proofs {
    AtOnce,
    /// Once this is true.
    Once(Memo<bool>),
}

impl Painter {
    fn paint(&self, nodes: &[Node]) -> AnyView {
        nodes.iter().map(|node| self.node(node)).collect_view().into_any()
    }

    fn node(&self, node: &Node) -> AnyView {
        match node {
            Node::Text(text) => text.clone().into_any(),
            Node::Program(index) => self.program(*index),
            Node::Verbatim(text) => {
                view! { <pre class="verbatim" translate="no" tabindex="0">{text.clone()}</pre> }.into_any()
            }
            Node::Link { address, inside } => {
                let inside = self.paint(inside);
                view! { <a class="outside" href=address.to_string() rel="external noopener" target="_blank">{inside}</a> }
                    .into_any()
            }
            Node::Element(Element::Code, inside) => {
                view! { <code translate="no">{self.paint(inside)}</code> }.into_any()
            }
            Node::Element(Element::Table, inside) => {
                view! { <div class="table" tabindex="0">{element("table", self.paint(inside))}</div> }.into_any()
            }
            Node::Element(Element::LineBreak, _) => view! { <br /> }.into_any(),
            Node::Element(Element::Rule, _) => view! { <hr /> }.into_any(),
            Node::Element(kind, inside) => element(kind.name(), self.paint(inside)),
        }
    }

    fn program(&self, index: usize) -> AnyView {
        let program = self.problem.as_ref().and_then(|problem| problem.programs.get(index)).cloned();
        let proofs = self.proofs;
        let figure = program.map(|program| {
            let shown = program.clone();
            let proof = move || view! { <Proof program=program.clone() /> };
            let proof = match proofs {
                Proofs::AtOnce => proof().into_any(),
                Proofs::Once(shows) => (move || shows.get().then(&proof)).into_any(),
            };
            view! { <figure class="program"><CodeBlock program=shown />{proof}</figure> }
        });
        figure.into_any()
    }
}

/// An element by its name: `view!` would make a type for each.
fn element(name: &'static str, inside: AnyView) -> AnyView {
    html::custom(name).child(inside).into_any()
}

//! Running a program without a compiler at hand: in the Rust Playground, by a link or by a copy.

use leptos::prelude::*;
use quiz::problem::Edition;

use crate::state::sitting::Sitting;
use crate::ui::copy::{CopyButton, CopyWords};
use crate::ui::playground::{PLAYGROUND, address};

/// A longer address is not taken by every browser and server on the way.
const LONGEST_ADDRESS: usize = 8_000;

const ALL_TESTS: &str = "The Rust Playground runs your program with all its tests. The hidden tests are in it too.";
const SHOWN_TESTS: &str = "The Rust Playground runs your program with the tests that are shown.";

const WITHOUT_NETWORK_IN_INTERVIEW: &str = "Without one, read your program once more and say how you think it would go. The report marks that as your own judgement.";

const COPY: CopyWords = CopyWords {
    label: "Copy the program with its tests",
    test_id: "copy-program",
    said_id: "copy-said",
    copied: "Copied. Paste it into the Rust Playground.",
    by_hand: "The browser did not copy it. Select your program and copy it yourself.",
    is_shown: false,
};

/// The ways to run the program with its tests.
#[component]
pub fn RunElsewhere(sitting: Sitting, is_too_long: RwSignal<bool>) -> impl IntoView {
    let exercise = sitting.exercise().unwrap_or_default();
    // Nobody sees the hidden tests before the end of an interview.
    let is_interview = sitting.is_of_interview();
    let exercise = if is_interview { exercise.with_shown_tests_only() } else { exercise };
    let program = Memo::new(move |_| exercise.with_tests(&sitting.code()));
    let link = move || {
        let address = address(&program.read(), Edition::default());
        match address.len() <= LONGEST_ADDRESS {
            true => view! {
                <a class="plain outside" data-testid="run-elsewhere" href=address rel="external noopener" target="_blank">
                    "Run it in the Rust Playground"
                </a>
            }
            .into_any(),
            false => view! {
                <p class="note" data-testid="address-too-long">
                    "This program is too long for a link. Copy it, open the "
                    <a class="outside" href=PLAYGROUND rel="external noopener" target="_blank">"Rust Playground"</a>
                    " and paste it there."
                </p>
            }
            .into_any(),
        }
    };
    let ways = move || match is_too_long.get() {
        true => ().into_any(),
        false => view! { {move || link()} <CopyButton text=program words=COPY /> }.into_any(),
    };
    view! {
        <p class="ask">"Run the tests"</p>
        <p class="note">
            {if is_interview { SHOWN_TESTS } else { ALL_TESTS }}
            " If its button says Run, choose Test there. It needs a network. "
            {if is_interview { WITHOUT_NETWORK_IN_INTERVIEW } else { "Without one, come back later: your program stays here." }}
        </p>
        <div class="actions ways">{move || ways()}</div>
    }
}

//! What a story lacks.

use proptest::prelude::*;
use quiz::story::{StoryRule, lacks};

/// A story that has all.
const WHOLE: &str = "Our ingest service dropped messages every evening. I measured it with `perf` and saw that one lock was held \
    while a batch was written. I moved the write out of the lock and sent batches over a bounded channel in Rust. My change \
    was 140 lines. The p99 fell from 900 ms to 60 ms, and the evening alerts stopped. I also wrote a test that fails when \
    somebody holds the lock again, because I had missed it in my first review.";

#[track_caller]
fn check(story: &str, expected: &[StoryRule]) {
    assert_eq!(lacks(story), expected, "{story}");
}

#[test]
fn each_rule_asks_for_what_is_not_there() {
    check(WHOLE, &[]);
    check("", &[]);
    check(" \n ", &[]);
    check(&WHOLE.replace(" I ", " they ").replace("My", "Their").replace("my", "their"), &[StoryRule::OwnPart]);
    check(&WHOLE.replace("I ", "We ").replace("My", "Our and my"), &[StoryRule::WeForI]);
    check(&WHOLE.replace('`', "").replace("perf", "a tool").replace("in Rust", ""), &[StoryRule::Technology]);
    let without_digits: String = WHOLE.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    check(&without_digits, &[StoryRule::Number]);
    let without_result = WHOLE.replace("fell", "went").replace("dropped", "lost").replace("stopped", "ended");
    check(&without_result, &[StoryRule::Result]);
    check(&format!("{WHOLE} {}", "word ".repeat(200)), &[StoryRule::Length]);
    check(
        "We did it.",
        &[StoryRule::OwnPart, StoryRule::Technology, StoryRule::Number, StoryRule::Result, StoryRule::Length],
    );
}

proptest! {
    #[test]
    fn any_text_is_read(story: String) {
        let lacking = lacks(&story);
        prop_assert!(lacking.len() <= StoryRule::ALL.len());
        prop_assert!(lacking.is_sorted());
    }
}

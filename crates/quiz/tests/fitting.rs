//! What a page and the worker that fits say to each other arrives as it was said.

use quiz::learner::fitting::{Fit, Task, WorkerMessage};
use quiz::learner::memory::{Rating, Review};

fn fit(before: f32, after: f32) -> Fit {
    Fit { reviews: 400, before, after, parameters: vec![0.212, 1e-3, 100.0] }
}

#[test]
fn a_task_arrives() {
    let review = |day, rating| Review { day, rating };
    let histories = vec![
        vec![review(20_000, Rating::Again), review(20_003, Rating::Easy)],
        vec![],
        vec![review(u32::MAX, Rating::Hard)],
    ];
    for task in [
        Task { parameters: vec![0.212, 1.0 / 3.0, f32::MIN_POSITIVE], histories },
        Task { parameters: vec![], histories: vec![] },
    ] {
        assert_eq!(Task::from_text(&task.to_text()), Ok(task));
    }
}

#[test]
fn messages_arrive() {
    for message in [
        WorkerMessage::Progress(0.1),
        WorkerMessage::Done(fit(0.41, 0.39)),
        WorkerMessage::Failed("It \"failed\".".to_owned()),
    ] {
        assert_eq!(WorkerMessage::from_text(&message.to_text()), Ok(message));
    }
}

#[test]
fn anything_else_is_refused() {
    for text in
        ["", "1", "[]", "[[]]", "{}", "[[],[[\"a\"]]]", "[[],[-1]]", "[[],[[1]]]", "[[],[[1,0]]]", "[[],[[1,3,2,5]]]"]
    {
        assert!(Task::from_text(text).is_err(), "{text}");
    }
    for text in ["", "1", "\"Progress\"", "{\"Done\":{}}", "{\"Other\":1}"] {
        assert!(WorkerMessage::from_text(text).is_err(), "{text}");
    }
}

#[test]
fn only_a_smaller_loss_is_better() {
    assert!(fit(0.4, 0.39).is_better());
    assert!(!fit(0.4, 0.4).is_better());
    assert!(!fit(0.4, 0.41).is_better());
}

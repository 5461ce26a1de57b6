//! Which topics of the list of problems are unfolded in this tab: the way back finds them so.

use leptos::prelude::*;
use quiz::problem::Topic;

use crate::browser::storage;

const KEY: &str = "borrowed-time/unfolded-topics";

/// The topics that are unfolded.
#[derive(Clone, Copy)]
pub struct Unfolded {
    topics: RwSignal<Vec<Topic>>,
}

impl Unfolded {
    /// As this tab left them; if it never changed anything, what `at_first` says.
    pub fn remembered(at_first: impl FnOnce() -> Vec<Topic>) -> Unfolded {
        let names = |text: String| text.split_whitespace().map(|name| Topic(name.to_owned())).collect();
        let topics = storage::remembered(KEY).map(names).unwrap_or_else(at_first);
        Unfolded { topics: RwSignal::new(topics) }
    }

    /// Whether a topic is unfolded; tracked.
    pub fn has(self, topic: &Topic) -> bool {
        self.topics.read().contains(topic)
    }

    /// Unfolds a topic, or folds it.
    pub fn toggle(self, topic: &Topic) {
        let mut topics = self.topics.get_untracked();
        match topics.iter().position(|known| known == topic) {
            Some(place) => {
                topics.remove(place);
            }
            None => topics.push(topic.clone()),
        }
        self.set(topics);
    }

    /// Unfolds these topics and no others.
    pub fn set(self, topics: Vec<Topic>) {
        let names: Vec<&str> = topics.iter().map(|topic| topic.0.as_str()).collect();
        storage::remember(KEY, &names.join(" "));
        self.topics.set(topics);
    }
}

//! Fitting the memory model to the learner, which a worker does beside the page.

use leptos::prelude::*;
use quiz::learner::fitting::{Fit, Task, WorkerMessage};

use crate::browser::page;
use crate::browser::worker::{RawMessage, Script, Worker};

/// How far the fitting is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nobody has asked for it.
    Idle,
    /// It is under way: this share of it is done, from 0 to 1.
    Running(f32),
    /// It is done. What comes of it is the learner's choice.
    Done(Fit),
    /// It could not be done; why.
    Failed(String),
}

/// Fits the memory model to the learner when they ask for it.
#[derive(Clone, Copy)]
pub struct Training {
    stage: RwSignal<Stage>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
}

impl Training {
    /// Nothing is under way.
    pub fn idle() -> Training {
        Training { stage: RwSignal::new(Stage::Idle), worker: StoredValue::new_local(None) }
    }

    /// How far it is.
    pub fn stage(self) -> RwSignal<Stage> {
        self.stage
    }

    /// Starts, anew if it was under way.
    pub fn start(self, task: &Task) {
        self.stage.set(Stage::Running(0.0));
        let script = page::meta("trainer").unwrap_or_default();
        match Worker::start(&script, Script::Classic, &task.to_text(), move |heard| self.hear(heard)) {
            Ok(worker) => self.worker.set_value(Some(worker)),
            Err(why) => self.stage.set(Stage::Failed(why)),
        }
    }

    /// Stops at once, or forgets what came of it.
    pub fn cancel(self) {
        self.worker.set_value(None);
        self.stage.set(Stage::Idle);
    }

    fn hear(self, heard: RawMessage) {
        let news = heard.and_then(|text| WorkerMessage::from_text(&text).map_err(|error| error.to_string()));
        let stage = match news {
            Ok(WorkerMessage::Progress(share)) => Stage::Running(share),
            Ok(WorkerMessage::Done(fit)) => Stage::Done(fit),
            Ok(WorkerMessage::Failed(why)) | Err(why) => Stage::Failed(why),
        };
        if !matches!(stage, Stage::Running(_)) {
            self.worker.set_value(None);
        }
        self.stage.set(stage);
    }
}

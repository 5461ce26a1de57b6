//! Recording oneself while thinking aloud: what is under way, and what is stored.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::recorder::{self, Microphone, Refusal, StopButton};
use crate::browser::recordings::{self, Address, Recording, StoreError};
use crate::browser::{clock, random};

/// How far a recording is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// This browser cannot record.
    Unsupported,
    /// Nobody has asked for it.
    Idle,
    /// The browser asks the learner.
    Asking,
    /// There is nothing to record with.
    Refused(Refusal),
    /// It runs, since this time on the [clock that never goes back](clock::ticks).
    Running(f64),
    /// It was ended, and this is stored.
    Saved(Recording),
    /// It ended by itself. What was stored until then stays.
    Failed(StoreError),
}

/// What the learner records and has recorded. One recording runs at a time.
#[derive(Clone, Copy)]
pub struct Recordings {
    stage: RwSignal<Stage>,
    /// How much room the one under way takes by now.
    bytes: RwSignal<u64>,
    stored: RwSignal<Vec<Recording>>,
    /// Whether the store has answered.
    is_known: RwSignal<bool>,
    /// What the store said last, if it did not do what it was asked.
    trouble: RwSignal<Option<StoreError>>,
    stop_button: StoredValue<Option<StopButton>, LocalStorage>,
    /// Counts what was begun and stopped: who comes back from asking sees whether they are still waited for.
    turn: StoredValue<u32>,
}

impl Recordings {
    /// Nothing is under way, and nobody has looked into the store yet.
    pub fn idle() -> Recordings {
        let stage = if recorder::is_supported() { Stage::Idle } else { Stage::Unsupported };
        Recordings {
            stage: RwSignal::new(stage),
            bytes: RwSignal::new(0),
            stored: RwSignal::new(Vec::new()),
            is_known: RwSignal::new(false),
            trouble: RwSignal::new(None),
            stop_button: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        }
    }

    /// How far it is.
    pub fn stage(self) -> RwSignal<Stage> {
        self.stage
    }

    /// How much room the one under way takes by now.
    pub fn bytes(self) -> RwSignal<u64> {
        self.bytes
    }

    /// All that is stored, the oldest first, once it was [looked](Recordings::look) for.
    pub fn stored(self) -> RwSignal<Vec<Recording>> {
        self.stored
    }

    /// What the store said last, if it did not do what it was asked.
    pub fn trouble(self) -> RwSignal<Option<StoreError>> {
        self.trouble
    }

    /// Looks what is stored.
    pub fn look(self) {
        spawn_local(self.looks());
    }

    async fn looks(self) {
        match recordings::list().await {
            Ok(all) => self.stored.set(all),
            Err(why) => self.trouble.set(Some(why)),
        }
        self.is_known.set(true);
    }

    /// Whether the store has answered since it was [looked](Recordings::look) for; tracked.
    pub fn is_known(self) -> bool {
        self.is_known.get()
    }

    /// Asks for the microphone and records this round of an interview.
    pub fn start(self, interview: String, round: usize) {
        if matches!(self.stage.get_untracked(), Stage::Unsupported | Stage::Asking | Stage::Running(_)) {
            return;
        }
        let turn = self.next_turn();
        self.stage.set(Stage::Asking);
        spawn_local(async move {
            let microphone = recorder::ask().await;
            if self.turn.get_value() != turn {
                // Nobody waits for it any more; here it is let go.
                return;
            }
            match microphone {
                Ok(microphone) => self.records(microphone, interview, round).await,
                Err(refusal) => self.stage.set(Stage::Refused(refusal)),
            }
        });
    }

    async fn records(self, microphone: Microphone, interview: String, round: usize) {
        let recording = Recording {
            id: format!("{:011x}-{:016x}", clock::now(), random::bits()),
            interview,
            round,
            started_at_ms: clock::now(),
            mime: String::new(),
            bytes: 0,
            ms: 0,
        };
        let stage = match self.stores(microphone, recording).await {
            Ok(recording) if recording.bytes > 0 => Stage::Saved(recording),
            // It was deleted on request, or there was nothing to hear.
            Ok(_) | Err(StoreError::Gone) => Stage::Idle,
            Err(why) => Stage::Failed(why),
        };
        self.stop_button.set_value(None);
        self.looks().await;
        self.stage.set(stage);
    }

    /// Stores each piece as it comes, until the end.
    async fn stores(self, microphone: Microphone, mut recording: Recording) -> Result<Recording, StoreError> {
        let mut recorder = microphone.record().map_err(StoreError::Failed)?;
        self.stop_button.set_value(Some(recorder.stop_button()));
        let since = clock::ticks();
        self.bytes.set(0);
        self.stage.set(Stage::Running(since));
        let mut number = 0;
        while let Some(piece) = recorder.next().await {
            recording.bytes += piece.bytes();
            recording.ms = (piece.heard_at() - since) as u64;
            recording.mime = recorder.mime();
            recordings::append(&recording, number, &piece).await?;
            self.bytes.set(recording.bytes);
            number += 1;
        }
        Ok(recording)
    }

    /// Ends what is under way, asking included. What was heard is stored.
    pub fn stop(self) {
        self.next_turn();
        self.stop_button.with_value(|button| {
            if let Some(button) = button {
                button.press();
            }
        });
        if self.stage.get_untracked() == Stage::Asking {
            self.stage.set(Stage::Idle);
        }
    }

    /// Whoever comes to another page is not told how the last recording ended.
    pub fn forget_the_last(self) {
        if matches!(self.stage.get_untracked(), Stage::Refused(_) | Stage::Saved(_) | Stage::Failed(_)) {
            self.stage.set(Stage::Idle);
        }
    }

    fn next_turn(self) -> u32 {
        let next = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(next);
        next
    }

    /// Deletes recordings. One that is under way ends.
    pub fn delete(self, ids: Vec<String>) {
        self.deletes(async move { recordings::delete(&ids).await });
    }

    /// Deletes all recordings. One that is under way ends.
    pub fn delete_all(self) {
        self.stop();
        self.deletes(recordings::delete_all());
    }

    fn deletes(self, deleting: impl Future<Output = Result<(), StoreError>> + 'static) {
        self.trouble.set(None);
        spawn_local(async move {
            if let Err(why) = deleting.await {
                self.trouble.set(Some(why));
            }
            self.looks().await;
        });
    }

    /// Puts a recording together and hands its address on, or says what is wrong.
    pub fn play(self, recording: Recording, on_ready: impl FnOnce(Address) + 'static) {
        self.trouble.set(None);
        spawn_local(async move {
            match recordings::assemble(&recording).await {
                Ok(address) => on_ready(address),
                Err(why) => self.trouble.set(Some(why)),
            }
        });
    }
}

//! The microphone, and what it hears, piece by piece. Nothing is asked of the browser before [`ask`] is called.
//!
//! What is heard is handed on every few seconds, so that whoever stores it loses no more than that when the page goes away. It
//! goes nowhere from here: this knows no network.

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use gloo_events::EventListener;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BlobEvent, Event, HtmlMediaElement, MediaDevices, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

use super::{clock, document, name_of, said, window};

/// So long a piece is, in ms.
const PIECE_MS: i32 = 5_000;
/// Speech is clear with so many bits a second; an hour takes 22 MB.
const BITS_A_SECOND: u32 = 48_000;

/// Why there is nothing to record with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The learner, or the system for them, does not allow it.
    ByLearner,
    /// Whoever hosts the site does not allow it.
    BySite,
    /// The device has no microphone.
    NoMicrophone,
    /// There is one, and it cannot be used now.
    Busy,
}

/// Whether this browser can record on this page at all: some cannot, and none does without a secure connection.
pub fn is_supported() -> bool {
    let has = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).is_ok_and(|value| value.is_truthy());
    has(&window(), "MediaRecorder") && has(&window().navigator(), "mediaDevices")
}

/// A microphone that listens until this goes.
pub struct Microphone(MediaStream);

impl Drop for Microphone {
    fn drop(&mut self) {
        for track in self.0.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Asks for the microphone. The browser asks the learner, unless they have said before what they want.
///
/// # Errors
/// When there is none to be had.
pub async fn ask() -> Result<Microphone, Refusal> {
    let refused = |error: JsValue| match name_of(&error).as_str() {
        "NotAllowedError" | "SecurityError" if is_forbidden_to_the_site() => Refusal::BySite,
        "NotAllowedError" | "SecurityError" => Refusal::ByLearner,
        "NotFoundError" | "OverconstrainedError" => Refusal::NoMicrophone,
        _ => Refusal::Busy,
    };
    let devices: MediaDevices = window().navigator().media_devices().map_err(refused)?;
    let sound_only = MediaStreamConstraints::new();
    sound_only.set_audio(&JsValue::TRUE);
    let asked = devices.get_user_media_with_constraints(&sound_only).map_err(refused)?;
    let stream = JsFuture::from(asked).await.map_err(refused)?;
    Ok(Microphone(stream.unchecked_into()))
}

/// Whether the host's `Permissions-Policy` forbids it. Only some browsers tell.
fn is_forbidden_to_the_site() -> bool {
    let allows = || {
        let policy = Reflect::get(&document(), &"featurePolicy".into()).ok()?;
        let ask: Function = Reflect::get(&policy, &"allowsFeature".into()).ok()?.dyn_into().ok()?;
        ask.call1(&policy, &"microphone".into()).ok()?.as_bool()
    };
    allows() == Some(false)
}

/// A piece of what was heard. It can be played only behind those before it.
pub struct Piece {
    pub(super) blob: web_sys::Blob,
    heard_at: f64,
}

impl Piece {
    /// How large it is.
    pub fn bytes(&self) -> u64 {
        self.blob.size() as u64
    }

    /// When its end was heard, on the [clock that never goes back](clock::ticks). Storing the pieces before it may take longer.
    pub fn heard_at(&self) -> f64 {
        self.heard_at
    }
}

/// A recording under way. It ends with this, and the microphone with it.
pub struct Recorder {
    media: MediaRecorder,
    pieces: UnboundedReceiver<Piece>,
    _listeners: [EventListener; 2],
    _microphone: Microphone,
}

/// Ends a recording in good order: its last piece is still handed on.
pub struct StopButton(MediaRecorder);

impl StopButton {
    /// Ends it. What has ended already takes no harm.
    pub fn press(&self) {
        let _ = self.0.stop();
    }
}

impl Microphone {
    /// Begins to record.
    ///
    /// # Errors
    /// What the browser said, if it would not.
    pub fn record(self) -> Result<Recorder, String> {
        let options = MediaRecorderOptions::new();
        options.set_audio_bits_per_second(BITS_A_SECOND);
        let media = MediaRecorder::new_with_media_stream_and_media_recorder_options(&self.0, &options)
            .map_err(|error| said(&error))?;
        let (sender, pieces) = unbounded();
        let ended = sender.clone();
        let _listeners = [
            EventListener::new(&media, "dataavailable", move |event| {
                let heard = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data);
                if let Some(heard) = heard.filter(|heard| heard.size() > 0.0) {
                    // Nobody waits for it any more if it cannot be sent.
                    let _ = sender.unbounded_send(Piece { blob: heard, heard_at: clock::ticks() });
                }
            }),
            // It comes last, whether it was stopped, failed, or lost its microphone.
            EventListener::new(&media, "stop", move |_| ended.close_channel()),
        ];
        media.start_with_time_slice(PIECE_MS).map_err(|error| said(&error))?;
        Ok(Recorder { media, pieces, _listeners, _microphone: self })
    }
}

impl Recorder {
    /// The next piece, or nothing at the end.
    pub async fn next(&mut self) -> Option<Piece> {
        self.pieces.recv().await.ok()
    }

    /// What ends it.
    pub fn stop_button(&self) -> StopButton {
        StopButton(self.media.clone())
    }

    /// What kind of file the pieces make: `audio/webm;codecs=opus`. Browsers choose it, and some only with the first piece.
    pub fn mime(&self) -> String {
        self.media.mime_type()
    }
}

/// Lets a player find out how long its recording is. Recorders write no length into a file, and a player without a length cannot be
/// moved: so it goes to the end once. Call it when the player has loaded the beginning.
pub fn find_length(event: &Event) {
    let Some(player) = event.target().and_then(|target| target.dyn_into::<HtmlMediaElement>().ok()) else { return };
    if player.duration().is_finite() {
        return;
    }
    let back = EventListener::once(&player.clone(), "seeked", {
        let player = player.clone();
        move |_| player.set_current_time(0.0)
    });
    // It goes when it was called.
    back.forget();
    player.set_current_time(f64::from(u32::MAX));
}

//! The compiler at work: its worker is started when an editor opens, so that the first program finds it warm, and runs one program
//! at a time.
//!
//! A running program cannot be interrupted: to stop it is to end the worker, and the next one is started at once.

use std::time::Duration;

use leptos::prelude::*;
use quiz::device::message::{Finished, Request, Way, WorkerMessage};
use quiz::exercise::{MARK, passed_tests};

use crate::browser::worker::{RawMessage, Script, Worker};
use crate::state::device::{Device, Presence};

/// How far the compiler is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No editor is open, or the compiler is not on this device.
    Off,
    /// It is being unpacked.
    Starting,
    /// It waits for a program.
    Ready,
    /// It has one, and looks only whether it compiles.
    Looking,
    /// It runs one.
    Running,
    /// It does not work; why.
    Broken(String),
}

/// How it ended with a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The compiler said how.
    Finished(Finished),
    /// It took longer than it may. What it had printed until then.
    TimedOut(String),
    /// The learner stopped it, or something else was more urgent. What it had printed until then.
    Stopped(String),
    /// The compiler does not work; why.
    Lost(String),
}

type OnEnd = Box<dyn FnOnce(Ended)>;

/// A program that is wanted.
struct Wanted {
    request: Request,
    limit: Duration,
    on_end: OnEnd,
}

/// A program that the worker has.
struct Running {
    id: u32,
    printed: String,
    on_end: OnEnd,
    limit: Duration,
    timeout: TimeoutHandle,
}

#[derive(Default)]
struct Work {
    worker: Option<Worker>,
    running: Option<Running>,
    next: Option<Wanted>,
    last_id: u32,
    /// How long the start took. To compile a program takes no longer.
    start: Duration,
}

/// The compiler at work.
#[derive(Clone, Copy)]
pub struct Compiler {
    device: Device,
    phase: RwSignal<Phase>,
    /// How many tests the program has passed that runs, or ran last.
    passed: RwSignal<usize>,
    /// How many editors are open.
    editors: RwSignal<u32>,
    work: StoredValue<Work, LocalStorage>,
}

impl Compiler {
    /// Off, until an editor opens.
    pub fn of(device: Device) -> Compiler {
        let compiler = Compiler {
            device,
            phase: RwSignal::new(Phase::Off),
            passed: RwSignal::new(0),
            editors: RwSignal::new(0),
            work: StoredValue::new_local(Work::default()),
        };
        Effect::new(move || {
            let is_wanted = compiler.editors.get() > 0 && device.presence().get() == Presence::Here;
            match (is_wanted, compiler.phase.get_untracked()) {
                (true, Phase::Off) => compiler.start(),
                (false, phase) if phase != Phase::Off => compiler.end(Phase::Off),
                _ => {}
            }
        });
        compiler
    }

    /// Says that an editor is open as long as the page that calls this.
    pub fn open(self) {
        self.device.look();
        self.editors.update(|editors| *editors += 1);
        on_cleanup(move || _ = self.editors.try_update(|editors| *editors -= 1));
    }

    /// How far it is.
    pub fn phase(self) -> RwSignal<Phase> {
        self.phase
    }

    /// How many tests the program that was asked for last has passed so far.
    pub fn passed(self) -> RwSignal<usize> {
        self.passed
    }

    /// What it is called, once it is known.
    pub fn name(self) -> String {
        self.device.manifest().map_or_else(String::new, |manifest| manifest.name.clone())
    }

    /// Runs a program when what runs now has ended; `on_end` hears how. A program that still waits gives way. If it is broken, it is
    /// started again, but not just to look for errors.
    pub fn run(self, request: Request, limit: Duration, on_end: impl FnOnce(Ended) + 'static) {
        self.take(Wanted { request, limit, on_end: Box::new(on_end) });
    }

    fn take(self, wanted: Wanted) {
        let broken = self.phase.with_untracked(|phase| match phase {
            Phase::Broken(why) => Some(why.clone()),
            _ => None,
        });
        let is_broken = broken.is_some();
        if let Some(why) = broken.filter(|_| wanted.request.way == Way::Look) {
            return (wanted.on_end)(Ended::Lost(why));
        }
        self.passed.set(0);
        let before = self.work.try_update_value(|work| work.next.replace(wanted)).flatten();
        if let Some(before) = before {
            (before.on_end)(Ended::Stopped(String::new()));
        }
        match is_broken {
            true => self.start_again(),
            false => self.go_on(),
        }
    }

    /// Stops what runs, and what waits.
    pub fn stop(self) {
        self.end(Phase::Off);
        self.start();
    }

    /// Starts it again after it broke.
    pub fn start_again(self) {
        self.phase.set(Phase::Off);
        self.start();
    }

    fn start(self) {
        let Some(manifest) = untrack(|| self.device.manifest()) else { return };
        self.phase.set(Phase::Starting);
        let hear = move |heard| self.hear(heard);
        match Worker::start(&manifest.worker, Script::Module, &manifest.to_text(), hear) {
            Ok(worker) => self.work.update_value(|work| work.worker = Some(worker)),
            Err(why) => self.break_down(why),
        }
    }

    /// Gives the worker the program that waits, if it is free.
    fn go_on(self) {
        if self.phase.get_untracked() != Phase::Ready {
            return;
        }
        let way = self.work.try_update_value(|work| {
            let wanted = work.next.take()?;
            let way = wanted.request.way;
            work.last_id += 1;
            let id = work.last_id;
            let request = Request { id, ..wanted.request };
            work.worker.as_ref()?.send(&request.to_text());
            // The program itself gets the whole time, also on a slow device.
            let limit = wanted.limit + work.start;
            let timeout = self.watch(id, limit)?;
            work.running = Some(Running { id, printed: String::new(), on_end: wanted.on_end, limit, timeout });
            Some(way)
        });
        match way.flatten() {
            Some(Way::Look) => self.phase.set(Phase::Looking),
            Some(Way::Run | Way::Check) => self.phase.set(Phase::Running),
            None => {}
        }
    }

    fn hear(self, heard: RawMessage) {
        let message = heard.and_then(|text| WorkerMessage::from_text(&text).map_err(|error| error.to_string()));
        match message {
            Ok(WorkerMessage::Ready { ms }) => {
                self.work.update_value(|work| work.start = Duration::from_millis(ms.into()));
                self.phase.set(Phase::Ready);
                self.go_on();
            }
            Ok(WorkerMessage::Output { id, stdout }) => self.work.update_value(|work| {
                if let Some(running) = work.running.as_mut().filter(|running| running.id == id) {
                    // Each test has the whole time.
                    if let Some(timeout) = stdout.contains(MARK).then(|| self.watch(id, running.limit)).flatten() {
                        running.timeout.clear();
                        running.timeout = timeout;
                    }
                    running.printed += &stdout;
                    self.passed.set(passed_tests(&running.printed));
                }
            }),
            Ok(WorkerMessage::Done(finished)) => {
                if let Some(running) = self.take_running(finished.id) {
                    self.phase.set(Phase::Ready);
                    (running.on_end)(Ended::Finished(finished));
                    self.go_on();
                }
            }
            Ok(WorkerMessage::Broken(why)) | Err(why) => self.break_down(why),
        }
    }

    fn watch(self, id: u32, limit: Duration) -> Option<TimeoutHandle> {
        set_timeout_with_handle(move || self.time_is_up(id), limit).ok()
    }

    fn time_is_up(self, id: u32) {
        if let Some(running) = self.take_running(id) {
            self.work.update_value(|work| work.worker = None);
            self.start();
            (running.on_end)(Ended::TimedOut(running.printed));
        }
    }

    fn take_running(self, id: u32) -> Option<Running> {
        let running = self.work.try_update_value(|work| work.running.take_if(|running| running.id == id)).flatten()?;
        running.timeout.clear();
        Some(running)
    }

    fn break_down(self, why: String) {
        self.end(Phase::Broken(why.clone()));
    }

    /// Ends the worker with all that it has to do.
    fn end(self, phase: Phase) {
        let Some((running, next)) = self.work.try_update_value(|work| {
            work.worker = None;
            (work.running.take(), work.next.take())
        }) else {
            return;
        };
        let ended = |printed: String| match &phase {
            Phase::Broken(why) => Ended::Lost(why.clone()),
            _ => Ended::Stopped(printed),
        };
        let of_running = running.map(|running| {
            running.timeout.clear();
            (running.on_end, ended(running.printed))
        });
        let of_next = next.map(|next| (next.on_end, ended(String::new())));
        self.phase.set(phase);
        for (on_end, ended) in of_running.into_iter().chain(of_next) {
            on_end(ended);
        }
    }
}

//! What the page and the compiler's worker say to each other, as JSON. The worker is `xtask/src/compiler/worker.js`.

use serde::Serialize;

use crate::json::{self, DecodeError, json_variants, read_struct};
use crate::problem::Edition;

/// How many bytes a program may print.
pub const OUTPUT_LIMIT: u32 = 64 << 10;

/// What to do with a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The answers have it too.
    pub id: u32,
    /// What shall be found out.
    pub way: Way,
    /// The program, of one file.
    pub source: String,
    /// Its edition.
    pub edition: Edition,
    /// Which of the schedules of its threads.
    pub seed: u32,
    /// How often a thread gives way to another, in percent of its steps. At 0 each runs until it waits.
    pub preemption: u32,
    /// What the program can read.
    pub stdin: String,
    /// How many bytes it may print.
    pub limit: u32,
}
read_struct!(Request { id, way, source, edition, seed, preemption, stdin, limit });

/// What shall be found out about a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What it does, soon.
    Run,
    /// What it does, and whether that is defined: several times slower.
    Check,
    /// Whether it compiles.
    Look,
}

crate::json_names!(Way { Run = "run", Check = "check", Look = "look" });

impl Request {
    /// A request with the ordinary limits, in which threads run until they wait.
    pub fn new(id: u32, way: Way, source: String, edition: Edition) -> Request {
        Request { id, way, source, edition, seed: 0, preemption: 0, stdin: String::new(), limit: OUTPUT_LIMIT }
    }

    /// As a message.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a request is JSON")
    }
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerMessage {
    /// It waits for programs.
    Ready {
        /// How many milliseconds it took to get ready.
        ms: u32,
    },
    /// It can do nothing: a file is missing or broken, or memory is short. It must be ended.
    Broken(String),
    /// A program that still runs has printed something.
    Output {
        /// Of which request.
        id: u32,
        /// What is new.
        stdout: String,
    },
    /// A program has ended.
    Done(Finished),
}

json_variants!(WorkerMessage, "a message of the compiler" {
    "ready" => Ready { ms },
    "broken" => Broken(why),
    "output" => Output { id, stdout },
    "done" => Done(finished),
});

/// How the compiler ended, and what it and the program said until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finished {
    /// Of which request.
    pub id: u32,
    /// How it ended.
    pub end: End,
    /// What the program printed.
    pub stdout: String,
    /// What the program wrote to standard error, and the compiler's messages, each a line of JSON.
    pub stderr: String,
    /// How many milliseconds it took.
    pub ms: u32,
}
read_struct!(Finished { id, end, stdout, stderr, ms });

/// How the compiler ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With this status, which is the program's if it ran to its end.
    Exited(u32),
    /// In a trap of WebAssembly: after a panic, and after what Miri reports.
    Trapped(String),
    /// It printed too much.
    Flooded,
}

json_variants!(End, "an end" {
    "exited" => Exited(status),
    "trapped" => Trapped(why),
    "flooded" => Flooded,
});

impl WorkerMessage {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn from_text(text: &str) -> Result<WorkerMessage, DecodeError> {
        json::read(text)
    }
}

//! Running an exercise's tests on the device: which program is run next, and what became of all of them.
//!
//! A run ends with the first test that fails, and the next run goes on behind it; where threads are the point, all of this is done
//! under several schedules.

use super::message::{Finished, Request, Way};
use super::testing::{TestRun, test_run};
use crate::exercise::{
    CodeResult, Exercise, FailureKind, MARK, Next, OwnTests, Rejection, RunEnd, TestFailure, Testing,
};
use crate::places;
use crate::problem::Edition;
use crate::verdict::Diagnostic;

/// How often a thread gives way to another, in per cent of its steps, where threads are the point.
const PREEMPTION: u32 = 20;
/// After so many tests that do not end, the others are not run: each of them takes all the time that a run may take.
const MOST_TIMEOUTS: usize = 2;

/// How a run ended, as the page knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// The compiler said so.
    Finished(Finished),
    /// It took longer than it may. What it had printed until then, marks and all.
    TimedOut {
        /// What it had printed.
        stdout: String,
        /// How long it ran, in seconds.
        seconds: u64,
    },
}

/// Under which schedules the tests run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedules {
    /// Until some test fails.
    UntilOneFails,
    /// All, whatever fails.
    All,
}

/// What became of a program, and what a learner wants to see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What became of it.
    pub result: CodeResult,
    /// The compiler's errors, if it rejected the program.
    pub errors: Vec<Diagnostic>,
    /// What the program printed under the first schedule, without marks.
    pub printed: String,
    /// The tests that the learner wrote, if they were run too: they decide nothing.
    pub own: Own,
}

/// What became of tests that the learner wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// What they are called.
    pub names: Vec<String>,
    /// Those that failed, in their order.
    pub failures: Vec<TestFailure>,
}

/// The tests of one program, being run.
#[derive(Clone, Debug)]
pub struct Trial {
    exercise: Exercise,
    /// Those that are run behind the others, under the first schedule only.
    own: OwnTests,
    own_names: Vec<String>,
    code: String,
    way: Way,
    schedules: Schedules,
    seed: u32,
    from: usize,
    testing: Testing,
    failures: Vec<TestFailure>,
    own_failures: Vec<TestFailure>,
    printed: String,
}

impl Trial {
    /// The tests of `exercise` on `code`; nothing was run yet.
    pub fn new(exercise: Exercise, code: String, way: Way, schedules: Schedules) -> Trial {
        let (testing, own) = (Testing::new(&exercise, &code), OwnTests::none(&code));
        let (failures, own_failures, printed) = (Vec::new(), Vec::new(), String::new());
        Trial {
            exercise,
            own,
            own_names: Vec::new(),
            code,
            way,
            schedules,
            seed: 0,
            from: 0,
            testing,
            failures,
            own_failures,
            printed,
        }
    }

    /// The same with the tests that the learner wrote into the program.
    pub fn with_own_tests(self) -> Trial {
        let own = OwnTests::of(&self.code);
        Trial { testing: Testing::with(&self.exercise, &own), own_names: own.names(), own, ..self }
    }

    /// What is to be run next.
    pub fn request(&self) -> Request {
        let source = self.exercise.test_program_with(&self.own, self.from);
        let preemption = if self.exercise.schedules > 1 { PREEMPTION } else { 0 };
        Request { seed: self.seed, preemption, ..Request::new(0, self.way, source, Edition::default()) }
    }

    /// How many of the tests are done, in all schedules together, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let (tests, own) = (self.exercise.names().count(), self.own_names.len());
        let done = if self.seed == 0 { self.from } else { own + self.seed as usize * tests + self.from };
        (done, own + self.exercise.schedules as usize * tests)
    }

    /// Takes in how a run ended. `None` if another one is needed.
    pub fn take_in(&mut self, ran: Ran) -> Option<Judged> {
        let (stdout, end) = match ran {
            Ran::TimedOut { stdout, seconds } => (stdout, timed_out(seconds)),
            Ran::Finished(finished) => match test_run(self.way, finished) {
                TestRun::Rejected(errors) => return Some(self.rejected(errors)),
                TestRun::Ran { stdout, end } => (stdout, end),
            },
        };
        if self.seed == 0 {
            self.printed += &without_marks(&stdout);
        }
        match self.testing.take_in(&stdout, end) {
            Next::RunFrom(next) if self.hangs() => self.leave_out_from(next),
            Next::RunFrom(next) => {
                self.from = next;
                return None;
            }
            Next::Done(_) => {}
        }
        self.keep_failures();
        let is_over = self.schedules == Schedules::UntilOneFails && !self.failures.is_empty();
        if is_over || self.seed + 1 >= self.exercise.schedules {
            return Some(self.judged());
        }
        (self.seed, self.from) = (self.seed + 1, 0);
        self.own = OwnTests::none(&self.code);
        self.testing = Testing::new(&self.exercise, &self.code);
        None
    }

    fn hangs(&self) -> bool {
        let timeouts = self.testing.failures().iter().filter(|failure| failure.how == FailureKind::Timeout);
        timeouts.count() >= MOST_TIMEOUTS
    }

    fn leave_out_from(&mut self, next: usize) {
        let left_out = self.exercise.names().chain(self.own.marks()).skip(next).map(|name| TestFailure {
            test: name.to_owned(),
            how: FailureKind::Timeout,
            message: "not run, because tests before it did not end".to_owned(),
            line: None,
        });
        let (own, others): (Vec<TestFailure>, Vec<TestFailure>) =
            left_out.partition(|failure| self.own.name_of(&failure.test).is_some());
        self.failures.extend(others);
        self.own_failures.extend(own.iter().filter_map(|failure| told(&self.own, failure)));
    }

    fn keep_failures(&mut self) {
        let is_of_exercise = |failure: &&TestFailure| self.own.name_of(&failure.test).is_none();
        for failure in self.testing.failures().iter().filter(is_of_exercise) {
            if !self.failures.iter().any(|known| known.test == failure.test) {
                self.failures.push(failure.clone());
            }
        }
        let place = |failure: &TestFailure| self.exercise.names().position(|name| *name == failure.test);
        places::sort_by_key(&mut self.failures, place);
        let told = self.testing.failures().iter().filter_map(|failure| told(&self.own, failure));
        self.own_failures.splice(0..0, told);
    }

    fn rejected(&self, errors: Vec<Diagnostic>) -> Judged {
        let lines = self.code.lines().count() as u32;
        let errors: Vec<Diagnostic> = errors.into_iter().map(|error| error.within(lines)).collect();
        let rejection = errors.first().map(|error| Rejection::of(error, lines)).unwrap_or_default();
        Judged { result: CodeResult::Rejected(rejection), errors, printed: String::new(), own: Own::default() }
    }

    fn judged(&self) -> Judged {
        let (failures, tests) = (self.failures.clone(), self.exercise.names().count() as u32);
        let own = Own { names: self.own_names.clone(), failures: self.own_failures.clone() };
        let result = CodeResult::Tested { failures, tests };
        Judged { result, errors: Vec::new(), printed: self.printed.clone(), own }
    }
}

/// A failure of one of the learner's tests, by its name for them; `None` where the test should fail so.
fn told(own: &OwnTests, failure: &TestFailure) -> Option<TestFailure> {
    let name = own.name_of(&failure.test)?;
    let is_wanted = failure.how == FailureKind::Panic && own.should_panic_so(&failure.test, &failure.message);
    (!is_wanted).then(|| TestFailure { test: name.to_owned(), ..failure.clone() })
}

fn timed_out(seconds: u64) -> RunEnd {
    let message = format!("it was stopped after {seconds} s; the settings say how long a test may run");
    RunEnd::Stopped { how: FailureKind::Timeout, message, line: None }
}

/// What the program printed itself.
fn without_marks(stdout: &str) -> String {
    stdout.split_inclusive('\n').map(|line| line.split(MARK).next().unwrap_or_default()).collect()
}

/// In which way the tests of an exercise are run when a program is handed in: with all checks where threads are the point, or where
/// candidates go wrong in ways that only the checks find.
pub fn way_of(exercise: &Exercise) -> Way {
    let is_found_by_checks = |result: &CodeResult| {
        let CodeResult::Tested { failures, .. } = result else { return false };
        failures.iter().any(|failure| failure.how != FailureKind::Panic && failure.how != FailureKind::Timeout)
    };
    let needs_checks = exercise.wrong_turns.iter().any(|turn| is_found_by_checks(&turn.result));
    if exercise.schedules > 1 || needs_checks { Way::Check } else { Way::Run }
}

//! Running what is written in an editor: the program itself, its tests, or only the compiler over it.

use std::time::Duration;

use leptos::prelude::*;
use quiz::device::message::{Request, Way};
use quiz::device::outcome::{Outcome, outcome};
use quiz::device::trial::{Judged, Ran, Schedules, Trial};
use quiz::exercise::{CodeResult, Exercise};
use quiz::problem::Edition;
use quiz::verdict::{Diagnostic, Verdict};

use crate::browser::page::{self, Place};
use crate::state::compiler::{Compiler, Ended};
use crate::state::settings::Settings;

/// What a program is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To see what it does.
    Run,
    /// To see also whether that is defined.
    Check,
    /// To be judged.
    HandIn,
}

/// What became of a program that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it was run for.
    pub purpose: Purpose,
    /// The program, as it stood in the editor.
    pub code: String,
    /// What became of it.
    pub end: ReportEnd,
}

/// How a program ended that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportEnd {
    /// Its tests were run: these.
    Tested {
        /// The names of the tests.
        names: Vec<String>,
        /// What became of them.
        judged: Judged,
    },
    /// It was run by itself.
    Ran(Outcome),
    /// It took too long. What it had printed until then.
    TimedOut(String),
    /// The learner stopped it. What it had printed until then.
    Stopped(String),
    /// The compiler does not work; why.
    Lost(String),
}

/// So long after the last key a program is compiled to show its errors.
const LOOK_AFTER: Duration = Duration::from_millis(500);

/// Runs what is written in one editor.
#[derive(Clone, Copy)]
pub struct Runner {
    compiler: Compiler,
    settings: Settings,
    doing: RwSignal<Option<Purpose>>,
    /// How many tests were done, of how many, when the program was started that runs.
    progress: RwSignal<(usize, usize)>,
    report: RwSignal<Option<Report>>,
    /// The errors of what is written now, as far as they are known.
    errors: RwSignal<Vec<Diagnostic>>,
    look: StoredValue<Option<TimeoutHandle>>,
}

impl Runner {
    /// Nothing was run yet.
    pub fn new(compiler: Compiler, settings: Settings) -> Runner {
        Runner {
            compiler,
            settings,
            doing: RwSignal::new(None),
            progress: RwSignal::new((0, 0)),
            report: RwSignal::new(None),
            errors: RwSignal::new(Vec::new()),
            look: StoredValue::new(None),
        }
    }

    /// The compiler that it has.
    pub fn compiler(self) -> Compiler {
        self.compiler
    }

    /// What is under way.
    pub fn doing(self) -> RwSignal<Option<Purpose>> {
        self.doing
    }

    /// How many tests are done, of how many, while they run.
    pub fn progress(self) -> (usize, usize) {
        let (done, of) = self.progress.get();
        (of.min(done + self.compiler.passed().get()), of)
    }

    /// What became of the program that was run last.
    pub fn report(self) -> RwSignal<Option<Report>> {
        self.report
    }

    /// The errors of what is written now, as far as they are known.
    pub fn errors(self) -> RwSignal<Vec<Diagnostic>> {
        self.errors
    }

    /// Runs a program by itself.
    pub fn run_program(self, code: String, edition: Edition, purpose: Purpose) {
        if !self.begin(purpose) {
            return;
        }
        let way = if purpose == Purpose::Check { Way::Check } else { Way::Run };
        let request = Request::new(0, way, code.clone(), edition);
        self.compiler.run(request, self.limit(), move |ended| {
            let end = match ended {
                Ended::Finished(finished) => ReportEnd::Ran(outcome(way, finished)),
                Ended::TimedOut(printed) => ReportEnd::TimedOut(printed),
                Ended::Stopped(printed) if printed.is_empty() => return self.give_up(),
                Ended::Stopped(printed) => ReportEnd::Stopped(printed),
                Ended::Lost(why) => ReportEnd::Lost(why),
            };
            self.end(Report { purpose, code, end });
        });
    }

    /// Runs the tests of an exercise on a program. `on_judged` hears what became of it, unless it was stopped.
    pub fn run_tests(
        self,
        exercise: Exercise,
        code: String,
        way: Way,
        purpose: Purpose,
        on_judged: impl FnOnce(CodeResult) + 'static,
    ) {
        if self.begin(purpose) {
            let names = exercise.names().map(str::to_owned).collect();
            let trial = Trial::new(exercise, code.clone(), way, Schedules::UntilOneFails);
            // What is handed in is judged by the problem's tests alone.
            let trial = if purpose == Purpose::HandIn { trial } else { trial.with_own_tests() };
            self.go_on(trial, Testing { names, code, purpose, on_judged: Box::new(on_judged) });
        }
    }

    fn go_on(self, mut trial: Trial, testing: Testing) {
        self.progress.set(trial.progress());
        self.compiler.run(trial.request(), self.limit(), move |ended| {
            // The page is gone: whoever comes next needs the compiler.
            if self.doing.try_get_untracked().flatten().is_none() {
                return;
            }
            let ran = match ended {
                Ended::Finished(finished) => Ran::Finished(finished),
                Ended::TimedOut(stdout) => Ran::TimedOut { stdout, seconds: self.limit().as_secs() },
                Ended::Stopped(_) => return self.give_up(),
                Ended::Lost(why) => {
                    let Testing { code, purpose, .. } = testing;
                    return self.end(Report { purpose, code, end: ReportEnd::Lost(why) });
                }
            };
            let Some(judged) = trial.take_in(ran) else { return self.go_on(trial, testing) };
            let result = judged.result.clone();
            let Testing { names, code, purpose, on_judged } = testing;
            self.end(Report { purpose, code, end: ReportEnd::Tested { names, judged } });
            on_judged(result);
        });
    }

    /// Stops what is under way.
    pub fn stop(self) {
        self.compiler.stop();
    }

    /// Compiles `source` soon, unless more is written meanwhile, to know the errors of its first `lines` lines, which are the
    /// learner's.
    pub fn look_soon(self, source: impl FnOnce() -> (String, Edition, u32) + 'static) {
        if let Some(before) = self.look.get_value() {
            before.clear();
        }
        let is_wanted = untrack(|| self.settings.chosen().read().checks_as_typed);
        if !is_wanted {
            return;
        }
        let handle = set_timeout_with_handle(
            move || {
                if self.doing.try_get_untracked() == Some(None) {
                    let (source, edition, lines) = source();
                    self.look(source, edition, lines);
                }
            },
            LOOK_AFTER,
        );
        self.look.set_value(handle.ok());
    }

    fn look(self, source: String, edition: Edition, lines: u32) {
        let request = Request::new(0, Way::Look, source, edition);
        self.compiler.run(request, self.limit(), move |ended| {
            let Ended::Finished(finished) = ended else { return };
            let errors = match outcome(Way::Look, finished) {
                Outcome::Judged(Verdict::Error { errors }) => {
                    errors.into_iter().map(|error| error.within(lines)).collect()
                }
                _ => Vec::new(),
            };
            let is_own = |error: &Diagnostic| error.primary().is_none_or(|span| span.line <= lines);
            let _ = self.errors.try_set(errors.into_iter().filter(is_own).collect());
        });
    }

    /// How long a program may run.
    pub fn limit(self) -> Duration {
        self.settings.chosen().read_untracked().run_limit()
    }

    /// Whether it can begin: one at a time.
    fn begin(self, purpose: Purpose) -> bool {
        let is_free = self.doing.get_untracked().is_none();
        if is_free {
            self.doing.set(Some(purpose));
            self.progress.set((0, 0));
            self.report.set(None);
        }
        is_free
    }

    /// It was stopped. The page may be gone.
    fn give_up(self) {
        let _ = self.doing.try_set(None);
    }

    fn end(self, report: Report) {
        let _ = self.doing.try_set(None);
        if let ReportEnd::Tested { judged, .. } = &report.end {
            let _ = self.errors.try_set(judged.errors.clone());
        }
        let is_handed_in = report.purpose == Purpose::HandIn;
        let _ = self.report.try_set(Some(report));
        // It may be drawn out of sight of who pressed a key in the editor.
        if !is_handed_in {
            page::once_drawn(|| page::reveal(".report > .ask", Place::Nearest));
        }
    }
}

/// Tests that are under way.
struct Testing {
    names: Vec<String>,
    code: String,
    purpose: Purpose,
    on_judged: Box<dyn FnOnce(CodeResult)>,
}

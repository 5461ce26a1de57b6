//! The roles of a `spot` against the labels that rustc really writes: each program proves the roles named beside it.

use crate::support::{Workshop, render};

/// Writes a `spot` about `program` and expects the compiler to agree with every role.
fn check(code: &str, roles: &[(&str, u32)], program: &str) {
    let workshop = Workshop::with("good");
    let answer: String =
        roles.iter().map(|(role, line)| format!("[[answer.roles]]\nrole = \"{role}\"\nline = {line}\n\n")).collect();
    let spot = workshop.read("borrowing/pushed-while-read.md");
    let (front, rest) = spot.split_once("[answer]").unwrap();
    let (_, rest) = rest.split_once("+++").unwrap();
    let (prompt, rest) = rest.split_once("```rust\n").unwrap();
    let (_, rest) = rest.split_once("```\n").unwrap();
    let text = format!("{front}[answer]\ncode = \"{code}\"\n\n{answer}+++{prompt}```rust\n{program}```\n{rest}");
    workshop.write("borrowing/pushed-while-read.md", &text);
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", render(&report.mistakes));
}

#[test]
fn use_after_move() {
    check(
        "E0382",
        &[("declared", 2), ("moved", 3), ("used-after-move", 4)],
        "fn main() {
    let jobs = vec![1];
    let worker = jobs;
    println!(\"{} {}\", worker.len(), jobs.len());
}
",
    );
}

#[test]
fn use_after_move_into_a_closure() {
    check(
        "E0382",
        &[("declared", 2), ("moved", 3), ("captured", 4), ("used-after-move", 6)],
        "fn main() {
    let jobs = vec![1];
    let worker = move || {
        println!(\"{}\", jobs.len());
    };
    println!(\"{}\", jobs.len());
    worker();
}
",
    );
}

#[test]
fn use_after_partial_move() {
    check(
        "E0382",
        &[("moved", 3), ("used-after-move", 4)],
        "fn main() {
    let job = (String::from(\"build\"), 1);
    let name = job.0;
    let whole = job;
    println!(\"{name} {}\", whole.1);
}
",
    );
}

#[test]
fn move_out_of_a_closure_that_runs_often() {
    check(
        "E0507",
        &[("declared", 6), ("captured", 7), ("moved", 8)],
        "fn twice(work: impl Fn()) {
    work();
    work();
}
fn main() {
    let job = String::from(\"build\");
    twice(|| {
        drop(job);
    });
}
",
    );
}

#[test]
fn move_while_borrowed() {
    check(
        "E0505",
        &[("declared", 2), ("loan-starts", 3), ("moved", 4), ("used-later", 5)],
        "fn main() {
    let jobs = vec![1];
    let first = &jobs[0];
    drop(jobs);
    println!(\"{first}\");
}
",
    );
}

#[test]
fn two_mutable_loans() {
    check(
        "E0499",
        &[("loan-starts", 3), ("conflict", 4), ("used-later", 5)],
        "fn main() {
    let mut jobs = vec![1];
    let first = &mut jobs;
    let second = &mut jobs;
    first.push(1);
    second.push(2);
}
",
    );
}

#[test]
fn a_loan_that_a_closure_takes() {
    check(
        "E0502",
        &[("loan-starts", 3), ("captured", 4), ("conflict", 6), ("used-later", 7)],
        "fn main() {
    let mut jobs = vec![1];
    let mut add = || {
        jobs.push(2);
    };
    println!(\"{}\", jobs.len());
    add();
}
",
    );
}

#[test]
fn assignment_while_borrowed() {
    check(
        "E0506",
        &[("loan-starts", 3), ("assigned", 4), ("used-later", 5)],
        "fn main() {
    let mut jobs = 1;
    let seen = &jobs;
    jobs = 2;
    println!(\"{seen} {jobs}\");
}
",
    );
}

#[test]
fn second_assignment() {
    check(
        "E0384",
        &[("assigned", 2), ("conflict", 3)],
        "fn main() {
    let jobs = 1;
    jobs = 2;
    println!(\"{jobs}\");
}
",
    );
}

#[test]
fn a_value_that_does_not_live_long_enough() {
    check(
        "E0597",
        &[("declared", 4), ("loan-starts", 5), ("dropped", 6), ("used-later", 7)],
        "fn main() {
    let first;
    {
        let jobs = vec![1];
        first = &jobs[0];
    }
    println!(\"{first}\");
}
",
    );
}

#[test]
fn a_temporary_that_is_freed() {
    check(
        "E0716",
        &[("loan-starts", 3), ("dropped", 4), ("used-later", 5)],
        "fn main() {
    let name: &str =
        String::from(\"build\")
            .as_str();
    println!(\"{name}\");
}
",
    );
}

#[test]
fn a_closure_that_may_outlive_what_it_borrows() {
    check(
        "E0373",
        &[("conflict", 2), ("captured", 3)],
        "fn adder(step: u32) -> impl Fn(u32) -> u32 {
    |job| {
        job + step
    }
}

fn main() {
    println!(\"{}\", adder(1)(2));
}
",
    );
}

#[test]
fn a_loan_that_a_destructor_uses() {
    check(
        "E0506",
        &[("loan-starts", 11), ("assigned", 12), ("used-later", 13)],
        "struct Guard<'a>(&'a u32);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        println!(\"{}\", self.0);
    }
}

fn main() {
    let mut jobs = 1;
    let _guard = Guard(&jobs);
    jobs = 2;
}
",
    );
}

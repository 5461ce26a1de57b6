//! Developer commands: `cargo xtask --help` lists them.
//!
//! Each command is one module with one `run`. Nothing here knows what a problem is or how a page looks: that is in
//! `crates/` and `src/`.

mod bench;
mod build;
mod cache;
mod deny;
mod device;
mod hook;
mod memory;
mod new;
mod parts;
mod process;
mod public_url;
mod serve;
mod size;
mod step;
mod test;
mod tools;
mod trunk;
mod verify;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The developer commands of Borrowed Time.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", max_term_width = 100)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Serve),
    Build(build::Build),
    Verify(verify::Verify),
    New(new::New),
    Test(test::Test),
    Size(size::Size),
    Bench(bench::Bench),
    Device(device::Device),
    /// What Trunk calls after it built the app: packs the problems, lists the files for offline use.
    #[command(hide = true)]
    Hook,
}

fn main() -> ExitCode {
    if tools::wasm_opt::called_as_stand_in() {
        return report(tools::wasm_opt::stand_in());
    }
    report(match Xtask::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Build(build) => build.run(),
        Command::Verify(verify) => verify.run(),
        Command::New(new) => new.run(),
        Command::Test(test) => test.run(),
        Command::Size(size) => size.run(),
        Command::Bench(bench) => bench.run(),
        Command::Device(device) => device.run(),
        Command::Hook => hook::run().map(|()| ExitCode::SUCCESS),
    })
}

fn report(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        let told = told(&error);
        // The mistakes of problems come as the compiler words them.
        eprintln!("error: {}", told.strip_prefix("error: ").unwrap_or(&told));
        ExitCode::FAILURE
    })
}

/// An error and its causes, without those that it quotes itself.
fn told(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |told, cause| match cause.to_string() {
        cause if told.is_empty() => cause,
        cause if told.ends_with(&cause) => told,
        cause => format!("{told}: {cause}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("no such file").context("cannot read a.md: no such file").context("cannot verify");
        assert_eq!(told(&error), "cannot verify: cannot read a.md: no such file");
    }
}

//! `cargo run -p content --example verify -- [--bless] DIR`: verifies a folder of problems.

use std::path::PathBuf;
use std::process::ExitCode;

use content::verify::{VerifyOptions, verify};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.iter().find(|argument| !argument.starts_with("--"));
    let options = VerifyOptions {
        problems: PathBuf::from(folder.map_or("problems", String::as_str)),
        cache: std::env::temp_dir().join("borrowed-time-verdicts"),
        toolchain_file: PathBuf::from("rust-toolchain.toml"),
        bless: arguments.iter().any(|argument| argument == "--bless"),
    };
    match verify(&options) {
        Ok(report) => {
            print!("{}", report.render(false));
            if report.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

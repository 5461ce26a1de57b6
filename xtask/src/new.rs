//! `cargo xtask new`: a template for a problem.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use quiz::problem::Kind;

use crate::workspace::{self, Workspace};

/// Writes a template for a new problem
#[derive(Args)]
pub struct New {
    /// The topic's folder, such as `ownership`
    topic: String,
    /// The problem's permanent name, such as `gone-after-the-loop`
    slug: String,
    #[arg(long, value_parser = kinds())]
    kind: Kind,
    /// The folder of problems [default: problems in the clone]
    #[arg(long, value_name = "DIR")]
    problems: Option<PathBuf>,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name)).try_map(|name| Kind::from_name(&name).ok_or("no such kind"))
}

impl New {
    /// Writes the file and says what comes next.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let problems = match &self.problems {
            Some(problems) => workspace::absolute(problems)?,
            None => Workspace::here().problems(),
        };
        let file = content::template::create(&problems, &self.topic, &self.slug, self.kind)?;
        let elsewhere = self.problems.map(|folder| format!(" --problems {}", folder.display())).unwrap_or_default();
        println!("{}", file.display());
        println!();
        println!("Fill it in, then:");
        let verify = format!("cargo xtask verify {}{elsewhere}", self.slug);
        println!("  {verify}          says what is wrong with it, and what the compiler says");
        println!("  {verify} --bless  keeps the compiler's verdict beside it");
        if elsewhere.is_empty() {
            println!(
                "  {:verify$}          shows it as a learner will see it",
                "cargo xtask serve",
                verify = verify.len()
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

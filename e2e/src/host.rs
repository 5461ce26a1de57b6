//! The plain file host, as a process of its own: it can be killed, and come back at the same address.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::output;

/// The faults of a host.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The content type it gives wasm files, if not the right one.
    pub wasm_mime: Option<String>,
    /// Paths that end so are answered with 404.
    pub missing: Vec<String>,
}

/// A running host. It is killed when it is dropped.
pub struct Host {
    process: Child,
    port: u16,
}

impl Host {
    /// Starts serving `folder` under the path `base`, on a free port or on one where it was before.
    ///
    /// # Errors
    /// If the server does not start.
    pub async fn start(folder: &Path, base: &str, port: Option<u16>, faults: &Faults) -> Result<Host> {
        let mut command = Command::new(output::binary("static-server")?);
        command.arg(folder).args(["--base", base]).args(["--port", &port.unwrap_or(0).to_string()]);
        if let Some(mime) = &faults.wasm_mime {
            command.args(["--wasm-mime", mime]);
        }
        for suffix in &faults.missing {
            command.args(["--block", suffix]);
        }
        let mut process =
            command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("the static server does not start")?;
        let stdout = process.stdout.take().context("the static server has no output")?;
        let address = BufReader::new(stdout).lines().next_line().await?.context("the static server stopped")?;
        Ok(Host { process, port: port_of(&address)? })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Kills it, and returns when it is gone.
    ///
    /// # Errors
    /// If the operating system does not let it be killed.
    pub async fn stop(mut self) -> Result<()> {
        self.process.kill().await.context("the static server cannot be killed")
    }
}

fn port_of(address: &str) -> Result<u16> {
    let after_host = address.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next());
    after_host.and_then(|port| port.parse().ok()).with_context(|| format!("the static server said {address:?}"))
}

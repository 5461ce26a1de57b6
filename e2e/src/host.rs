//! The plain file host, as a process of its own: it can be killed, and come back at the same address.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::output;
use crate::wait::until;

/// The faults of a host.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The content type it gives wasm files, if not the right one.
    pub wasm_mime: Option<String>,
    /// Paths that end so are answered with 404.
    pub missing: Vec<String>,
    /// A header that it sends with everything: `Name: value`.
    pub header: Option<String>,
    /// Behind this text it pauses for a second when it sends a page.
    pub pause: Option<String>,
    /// Whether it is nginx, with the configuration that the documentation recommends, and has no fault at all.
    pub is_nginx: bool,
}

/// A running host. It is killed when it is dropped.
pub struct Host {
    process: Child,
    port: u16,
    /// What nginx has for itself.
    _own: Option<TempDir>,
}

impl Host {
    /// Starts serving `folder` under the path `base`, on a free port or on one where it was before.
    ///
    /// # Errors
    /// If the server does not start.
    pub async fn start(folder: &Path, base: &str, port: Option<u16>, faults: &Faults) -> Result<Host> {
        if faults.is_nginx {
            return Host::start_nginx(folder, port).await;
        }
        let mut command = Command::new(output::binary("static-server")?);
        command.arg(folder).args(["--base", base]).args(["--port", &port.unwrap_or(0).to_string()]);
        if let Some(mime) = &faults.wasm_mime {
            command.args(["--wasm-mime", mime]);
        }
        for suffix in &faults.missing {
            command.args(["--block", suffix]);
        }
        if let Some(text) = &faults.pause {
            command.args(["--pause", text]);
        }
        if let Some(header) = &faults.header {
            command.args(["--header", header]);
        }
        let mut process =
            command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("the static server does not start")?;
        let stdout = process.stdout.take().context("the static server has no output")?;
        let address = BufReader::new(stdout).lines().next_line().await?.context("the static server stopped")?;
        Ok(Host { process, port: port_of(&address)?, _own: None })
    }

    async fn start_nginx(folder: &Path, port: Option<u16>) -> Result<Host> {
        let port = match port {
            Some(port) => port,
            None => TcpListener::bind(("127.0.0.1", 0)).await.context("no free port")?.local_addr()?.port(),
        };
        let own = TempDir::new().context("no temporary folder")?;
        let server = changed(
            RECOMMENDED,
            &[
                ("listen 80;", &format!("listen 127.0.0.1:{port};")),
                ("root /srv/borrowed-time;", &format!("root {};", folder.display())),
            ],
        )?;
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let paths: String =
            temporary.map(|name| format!("{name}_temp_path {}/{name};\n", own.path().display())).concat();
        let whole = format!(
            "daemon off;\nworker_processes 1;\npid {0}/pid;\nerror_log {0}/error.log;\nevents {{}}\nhttp {{\n\
             include /etc/nginx/mime.types;\naccess_log off;\n{paths}{server}\n}}\n",
            own.path().display()
        );
        // Its workers may run as another user, who has to be let into the folders.
        for path in [folder, own.path()] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
        }
        let file = own.path().join("nginx.conf");
        fs::write(&file, whole).context("cannot write nginx.conf")?;
        let process = Command::new(nginx().context("nginx is not installed")?)
            .arg("-c")
            .arg(&file)
            .kill_on_drop(true)
            .spawn()
            .context("nginx does not start")?;
        until("nginx to listen", async || Ok(TcpStream::connect(("127.0.0.1", port)).await.ok().map(|_| ()))).await?;
        Ok(Host { process, port, _own: Some(own) })
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

/// The configuration that the documentation recommends.
const RECOMMENDED: &str = include_str!("../../docs/hosting/nginx.conf");

/// Where nginx is, if it is installed: Debian puts it where only root looks.
pub fn nginx() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("nginx")).find(|program| program.is_file())
}

fn changed(text: &str, changes: &[(&str, &str)]) -> Result<String> {
    changes.iter().try_fold(text.to_owned(), |text, (old, new)| {
        ensure!(text.contains(old), "the recommended configuration has no `{old}`");
        Ok(text.replacen(old, new, 1))
    })
}

fn port_of(address: &str) -> Result<u16> {
    let after_host = address.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next());
    after_host.and_then(|port| port.parse().ok()).with_context(|| format!("the static server said {address:?}"))
}

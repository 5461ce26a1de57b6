//! `cargo xtask serve`: builds the app, serves it, and builds it again when a file changes.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use crate::public_url::PublicUrl;
use crate::step::{say, spoken};
use crate::trunk::{Profile, Trunk};
use crate::workspace::Workspace;

/// Installs what is missing, builds the app and serves it
#[derive(Args)]
pub struct Serve {
    /// Build as for a release: smaller, slower to build, and it works offline
    #[arg(long)]
    release: bool,
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// 0.0.0.0 lets other devices in, such as a phone
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// The path to serve the app under
    #[arg(long, default_value = "/", value_name = "/PATH/")]
    public_url: PublicUrl,
    /// Open the page in a browser
    #[arg(long)]
    open: bool,
}

impl Serve {
    /// Serves until it is interrupted.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let start = Instant::now();
        self.public_url.correction().inspect(|correction| say(correction));
        let socket = SocketAddr::new(self.address, self.port);
        // Now, not after the build.
        TcpListener::bind(socket).with_context(|| format!("cannot serve at {socket}: choose another --port"))?;

        let workspace = Workspace::here();
        let profile = if self.release { Profile::Release } else { Profile::Debug };
        let trunk = Trunk::ready(&workspace, profile)?;
        say("building the app, about 2 minutes the first time, seconds later");
        // Not `dist`, where a release may lie that is to be deployed.
        let mut command = trunk.command("serve", &self.public_url, Some(&workspace.target().join("serve")))?;
        command.args(["--address", &self.address.to_string(), "--port", &self.port.to_string()]);
        command.args(["--disable-address-lookup", "true", "--open", &self.open.to_string()]);
        if self.release {
            // The script that reloads the page is not of the release: with it, nothing is stored for offline use.
            command.args(["--no-autoreload", "true"]);
        }
        let mut trunk = Server::start(&mut command)?;
        trunk.wait_for(|| answer(socket, &self.public_url))?;
        eprintln!("    ready after {}\n", spoken(start.elapsed()));
        eprintln!("    Borrowed Time is at {}", address(socket, &self.public_url));
        if self.address.is_unspecified() {
            eprintln!("    and, for other devices, at this machine's own address on port {}", self.port);
        }
        eprintln!("    Ctrl-C stops it\n");
        let status = trunk.wait()?;
        if !status.success() && !trunk.is_stopping() {
            bail!("Trunk stopped ({status})");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Trunk as a server, which stops when this command is stopped.
struct Server {
    trunk: Child,
    stopping: Arc<AtomicBool>,
}

impl Server {
    fn start(command: &mut Command) -> anyhow::Result<Server> {
        let stopping = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopping);
        ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst))?;
        Ok(Server { trunk: command.spawn().context("could not start Trunk")?, stopping })
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// Waits until the page is answered with success. `answer` asks for it and gives the status code.
    fn wait_for(&mut self, answer: impl Fn() -> Option<String>) -> anyhow::Result<()> {
        let mut told = false;
        loop {
            if let Some(status) = self.poll()? {
                bail!("Trunk stopped before the app was ready ({status})");
            }
            match answer().as_deref() {
                Some("200") => return Ok(()),
                Some(_) if !told => {
                    say("the build failed; Trunk tries again when a file changes");
                    told = true;
                }
                _ => {}
            }
        }
    }

    /// Waits until Trunk ends.
    fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        loop {
            if let Some(status) = self.poll()? {
                return Ok(status);
            }
        }
    }

    /// Lets some time pass. Gives Trunk's status if it ended, which it is made to if this command shall end.
    fn poll(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        std::thread::sleep(Duration::from_millis(200));
        let ended = self.trunk.try_wait()?;
        if ended.is_none() && self.is_stopping() {
            self.trunk.kill().context("could not stop Trunk")?;
        }
        Ok(ended)
    }
}

/// The status code with which the page is answered.
fn answer(socket: SocketAddr, public_url: &PublicUrl) -> Option<String> {
    let socket = reachable(socket);
    let mut stream = TcpStream::connect_timeout(&socket, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    // In one piece: a server that has read enough may answer and hang up before the rest comes.
    let request =
        format!("GET {public_url} HTTP/1.1\r\nHost: {socket}\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    String::from_utf8_lossy(&answer).split_whitespace().nth(1).map(str::to_owned)
}

/// Where this machine reaches a server that listens at `socket`.
fn reachable(socket: SocketAddr) -> SocketAddr {
    let own = match socket.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(own, socket.port())
}

fn address(socket: SocketAddr, public_url: &PublicUrl) -> String {
    format!("http://{}{public_url}", reachable(socket))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_can_be_opened() {
        for (socket, path, expected) in [
            ("127.0.0.1:8080", "/", "http://127.0.0.1:8080/"),
            ("0.0.0.0:80", "/drills/rust/", "http://127.0.0.1:80/drills/rust/"),
            ("[::]:8080", "/", "http://[::1]:8080/"),
        ] {
            assert_eq!(address(socket.parse().unwrap(), &path.parse().unwrap()), expected);
        }
    }

    #[test]
    fn the_status_is_read_from_the_answer() {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let socket = server.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = server.accept().unwrap();
            let mut request = [0; 1024];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        assert_eq!(answer(socket, &"/drills/".parse().unwrap()).as_deref(), Some("404"));
        assert!(serving.join().unwrap().starts_with("GET /drills/ HTTP/1.1\r\n"));
    }
}

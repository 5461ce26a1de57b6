//! A file host that does nothing but serve a folder, as the cheapest hosts do: directory indexes, a redirect from a
//! folder without a slash, `404.html` for the rest. A packed copy beside a file is sent in its place to who takes it.
//!
//! It can have the faults that real hosts have. It is a program of its own so that a test can kill it: nothing is more
//! offline than a host that is not there. It prints its address as its first line.

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::body::{self, Body};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use clap::Parser;
use futures_util::stream::{self, StreamExt};
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};

/// How long a host pauses in the middle of a page.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves a folder on 127.0.0.1.
#[derive(Parser, Clone)]
struct Options {
    /// The folder to serve
    folder: PathBuf,
    /// The path under which it is served
    #[arg(long, default_value = "/")]
    base: String,
    /// The port; a free one if left out
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Send wasm files with this content type
    #[arg(long, value_name = "TYPE")]
    wasm_mime: Option<HeaderValue>,
    /// Send this header with everything: `Name: value`
    #[arg(long, value_name = "HEADER")]
    header: Option<String>,
    /// Send a page that has this text until behind it, and the rest a second later
    #[arg(long, value_name = "TEXT")]
    pause: Option<String>,
    /// Answer 404 for files whose path ends so; may be given several times
    #[arg(long, value_name = "SUFFIX")]
    block: Vec<String>,
}

impl Options {
    /// The path without the slash at its end: empty at the top of the host.
    fn prefix(&self) -> &str {
        self.base.trim_end_matches('/')
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let listener = TcpListener::bind(("127.0.0.1", options.port))
        .await
        .with_context(|| format!("port {} is taken", options.port))?;
    println!("http://{}{}/", listener.local_addr()?, options.prefix());
    axum::serve(listener, host(options)).await.context("the host stopped")
}

fn host(options: Options) -> Router {
    let not_found = ServeFile::new(options.folder.join("404.html"));
    let files = ServeDir::new(&options.folder).precompressed_br().precompressed_gzip();
    let files = files.redirect_path_prefix(options.prefix()).not_found_service(not_found);
    let router = match options.prefix() {
        "" => Router::new().fallback_service(files),
        prefix => Router::new().nest_service(prefix, files),
    };
    router.layer(middleware::from_fn_with_state(options, with_faults))
}

async fn with_faults(State(options): State<Options>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path == options.prefix() && !path.is_empty() {
        return Redirect::permanent(&format!("{path}/")).into_response();
    }
    if options.block.iter().any(|suffix| path.ends_with(suffix)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut response = next.run(request).await;
    if let Some((name, value)) = options.header.as_deref().and_then(|header| header.split_once(": "))
        && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
    {
        response.headers_mut().insert(name, value);
    }
    if let Some(mime) = options.wasm_mime.filter(|_| path.ends_with(".wasm")) {
        response.headers_mut().insert(header::CONTENT_TYPE, mime);
    }
    match &options.pause {
        Some(text) if is_page(&response) => paused_behind(text, response).await,
        _ => response,
    }
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|mime| mime.as_bytes().starts_with(b"text/html"))
}

async fn paused_behind(text: &str, response: Response) -> Response {
    let (head, body) = response.into_parts();
    let Ok(body) = body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let place = body.windows(text.len()).position(|here| here == text.as_bytes());
    let (first, rest) = body.split_at(place.map_or(body.len(), |place| place + text.len()));
    let (first, rest) = (body.slice_ref(first), body.slice_ref(rest));
    let later = stream::once(async {
        tokio::time::sleep(PAUSE).await;
        Ok::<_, Infallible>(rest)
    });
    Response::from_parts(head, Body::from_stream(stream::iter([Ok(first)]).chain(later)))
}

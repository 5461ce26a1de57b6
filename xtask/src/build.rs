//! `cargo xtask build`: the release to deploy.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use xtask::precompress;

use crate::public_url::{Host, PublicUrl};
use crate::size;
use crate::step::{say, step};
use crate::trunk::{Profile, Trunk};
use crate::workspace::{self, Workspace};

/// Installs what is missing and builds the release to deploy
#[derive(Args)]
pub struct Build {
    /// The path under which the host will serve the app
    #[arg(long, default_value = "/", value_name = "/PATH/")]
    public_url: PublicUrl,
    /// The host that will serve it: pages then name their own address and have pictures for previews, and there is a sitemap
    #[arg(long, value_name = "https://HOST")]
    host: Option<Host>,
    /// Put a .br and a .gz beside each file that gets smaller by it, for hosts that send them
    #[arg(long)]
    precompress: bool,
    /// Where to put it [default: dist in the clone]
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
}

impl Build {
    /// Builds, measures, and says what to do with the result.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        self.public_url.correction().inspect(|correction| say(correction));
        let workspace = Workspace::here();
        let dist = match &self.dist {
            Some(dist) => workspace::absolute(dist)?,
            None => workspace.dist(),
        };
        Trunk::ready(&workspace, Profile::Release)?.build(&self.public_url, &dist, self.host.as_ref())?;
        if self.precompress {
            step("packing the files for hosts that send them packed", "about half a minute", || {
                precompress::write(&dist)
            })?;
        }
        println!("\n{}\n", size::Figures::of(&dist)?.table());
        let (dist, path) = (dist.display(), &self.public_url);
        println!("To deploy, copy all of {dist} to the folder that a static file host serves at {path}");
        println!("(for another path, build again with --public-url). A host that can should send");
        println!("404.html for addresses that have no file, and keep browsers from caching sw.js.");
        Ok(ExitCode::SUCCESS)
    }
}

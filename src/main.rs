//! Borrowed Time in the browser.

mod app;
mod browser;
mod pages;
mod routes;
mod state;
mod ui;

fn main() {
    browser::panic::install();
    browser::page::leave_out_index_html();
    // A task of its own: what the browser did to get here took a slow phone long enough.
    let mount = || {
        browser::page::panic_if_told();
        // It stays for as long as the page does.
        leptos::mount::mount_to(browser::page::app_root(), app::App).forget();
    };
    leptos::prelude::set_timeout(mount, std::time::Duration::ZERO);
}

//! A Chromium for the browser tests, and the ChromeDriver through which wasm-bindgen's tests steer it.

use super::{announce, install_command, node};
use crate::process;
use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;
use std::process::Command;

const ON_PATH: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
];

/// The browser that `CHROMIUM` names, else the one that is installed.
fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").filter(|path| !path.is_empty()).map(PathBuf::from);
    let elsewhere = || ELSEWHERE.iter().map(PathBuf::from).find(|path| path.is_file());
    named.or_else(|| ON_PATH.iter().find_map(|name| process::find(name))).or_else(elsewhere)
}

/// Makes a script that drives a browser use the installed one; where there is none, Playwright downloads its own.
pub fn give_browser(script: &mut Command) -> Result<()> {
    if let Some(path) = chromium() {
        script.env("CHROMIUM", path);
        return Ok(());
    }
    announce("a Chromium for the browser tests (playwright install chromium)", "1 minute");
    process::run(node::script("node_modules/@playwright/test/cli.js").args(["install", "chromium"]))
        .with_context(|| {
            let install = install_command("chromium", "--cask google-chrome", "Google.Chrome");
            format!("a Chromium is needed for the browser tests and was not found: {install}")
        })
}

/// The ChromeDriver that `CHROMEDRIVER` names, else the one that is installed.
pub fn chromedriver() -> Result<PathBuf> {
    let named = env::var_os("CHROMEDRIVER").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| process::find("chromedriver")).with_context(|| {
        let install = install_command(
            "chromium chromium-driver",
            "--cask chromedriver google-chrome",
            "Chromium.ChromeDriver",
        );
        format!("ChromeDriver is needed for the browser tests and was not found: {install}")
    })
}

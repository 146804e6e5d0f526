//! The programs that the other commands need. Each is looked for first; what is missing and can be installed from a package
//! registry is installed, after one line that says so; what belongs to the system (a browser, Node.js, Python) is asked for
//! in one line with the command that installs it.

pub mod browser;
pub mod node;
pub mod python;
pub mod rust;

/// How to install something on this system: the command for Debian and its kin, for macOS, for Windows.
fn install_command(apt: &str, brew: &str, winget: &str) -> String {
    if cfg!(target_os = "macos") {
        format!("brew install {brew}")
    } else if cfg!(windows) {
        format!("winget install {winget}")
    } else {
        format!("sudo apt install {apt} (or the same from your system's package manager)")
    }
}

/// Says what is about to be installed and how long that takes.
fn announce(what: &str, duration: &str) {
    println!("Installing {what}; takes about {duration}.");
}

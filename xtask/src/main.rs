//! `cargo xtask`: one command for each thing one does with the course. It finds what it needs, installs what is missing,
//! and says so; nothing else has to be set up by hand.
//!
//! - [`serve`] shows the course while it is being written, [`site`] builds it, [`check`] tests it, [`look`] takes pictures,
//!   [`mod@bench`] measures, [`browsers`] tries other browsers.
//! - [`offline`] and [`pack`] are steps of a build, [`size`] is its report; [`scorm`] packs what was built.
//! - [`tools`] knows the programs that these need; [`place`] the folders; [`process`] how programs are started.

mod bench;
mod browsers;
mod check;
mod look;
mod offline;
mod pack;
mod place;
mod process;
mod scorm;
mod serve;
mod site;
mod size;
mod split;
mod styles;
mod tally;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  serve [OPTIONS]   show the course at http://127.0.0.1:8080 and rebuild it at every change
                    (options go to `trunk serve`: --port 3000, --release, ...)
  build [--site A]  build the site into dist/, optimised, and list its sizes; A is the address at which it
                    will stand (or SITE_ADDRESS), for previews and search engines; --dev: not optimised
  scorm [--no-build]
                    packages for learning management systems (SCORM 1.2) into target/scorm/
  test [STAGES]     everything that must hold; or some of: lint native twins web e2e
  bench [--no-build] [--readme] [ROWS]
                    how fast and small the course is, beside its budgets, into target/bench.json; all
                    rows, or those of some groups: size lighthouse loads knob frames live threads phone
  browsers [--no-build] [Firefox] [WebKit]
                    every lesson in other browsers than Chromium, where they are installed
  look [--no-build] pictures of every lesson into target/look/
  pictures          the pictures of the lessons' pages and the icons, anew, from dist/ into assets/";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((command, rest)) => dispatch(command, rest),
        None => Err(anyhow::anyhow!("{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> anyhow::Result<()> {
    match command {
        "serve" => serve::serve(rest),
        "build" => site::build(rest),
        "test" => check::check(rest),
        "bench" => bench::bench(rest),
        "browsers" => browsers::browsers(rest),
        "look" => look::look(rest),
        "scorm" => scorm::scorm(rest),
        "pictures" => look::pictures(),
        "help" | "-h" | "--help" => {
            println!("{USAGE}");
            Ok(())
        }
        other => anyhow::bail!("there is no `cargo xtask {other}`\n\n{USAGE}"),
    }
}

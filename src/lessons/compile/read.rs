//! The only part of the compiler that touches the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::problem::Problem;

/// Where lessons stand, from the root of the repository.
pub const LESSONS: &str = "lessons/en";
/// Where the glossary stands, from the root of the repository.
pub const GLOSSARY: &str = "lessons/en/glossary.toml";
/// Where the questions of the last lesson stand, from the root of the repository.
pub const QUESTIONS: &str = "lessons/en/questions.toml";
/// Where scenarios stand, from the root of the repository.
pub const SCENARIOS: &str = "src/scenarios";

/// A lesson's folder: its name and its files, `None` where one is missing.
#[derive(Clone, Debug)]
pub struct Folder {
    /// `NN-slug`.
    pub name: String,
    /// `lesson.md`.
    pub lesson: Option<String>,
    /// `program.py`.
    pub program: Option<String>,
}

/// All files that the compiler reads.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The lessons, in the order of their folders.
    pub folders: Vec<Folder>,
    /// The sources of the scenarios, by name.
    pub scenarios: BTreeMap<String, String>,
    /// The glossary, if there is one.
    pub glossary: Option<String>,
    /// The questions of the last lesson, if there are any.
    pub questions: Option<String>,
}

/// Reads the files under the root of the repository.
pub fn read(root: &Path) -> Result<Files, Problem> {
    let mut folders = Vec::new();
    for name in names(root, LESSONS)? {
        let folder = root.join(LESSONS).join(&name);
        if folder.is_dir() {
            let lesson = text(&folder.join("lesson.md"), &format!("{LESSONS}/{name}/lesson.md"))?;
            let program = text(&folder.join("program.py"), &format!("{LESSONS}/{name}/program.py"))?;
            folders.push(Folder { name, lesson, program });
        }
    }
    let mut scenarios = BTreeMap::new();
    for file in names(root, SCENARIOS)? {
        let Some(name) = file.strip_suffix(".rs").filter(|name| !["kit", "mod"].contains(name)) else {
            continue;
        };
        let path = format!("{SCENARIOS}/{file}");
        scenarios.extend(text(&root.join(&path), &path)?.map(|source| (name.to_owned(), source)));
    }
    let glossary = text(&root.join(GLOSSARY), GLOSSARY)?;
    let questions = text(&root.join(QUESTIONS), QUESTIONS)?;
    Ok(Files { folders, scenarios, glossary, questions })
}

/// The names in a folder, sorted; hidden ones left out.
fn names(root: &Path, folder: &str) -> Result<Vec<String>, Problem> {
    let entries = fs::read_dir(root.join(folder)).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| unreadable(folder, &error))?;
    let mut names: Vec<_> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}

fn text(file: &Path, path: &str) -> Result<Option<String>, Problem> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &str, error: &io::Error) -> Problem {
    Problem {
        path: path.to_owned(),
        line: 1,
        message: format!("it cannot be read ({error})"),
        advice: "Check that it is there, readable, and UTF-8".to_owned(),
    }
}

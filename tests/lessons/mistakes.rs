//! Every mistake a lesson can hold: what the compiler says of it, where, and that it gives advice.

use super::compile::read::{Files, Folder};
use super::{good, problems};

const MD: &str = "lessons/en/01-tea/lesson.md";
const PY: &str = "lessons/en/01-tea/program.py";
const RS: &str = "src/scenarios/tea.rs";

/// Puts one thing for another in a file of the fixture, and holds the only problem against `expected`,
/// which stands after `path:`.
#[track_caller]
fn broken(path: &str, from: &str, to: &str, expected: &str) {
    let said = problems(&with(path, from, to));
    assert_eq!(said.len(), 1, "one problem for {to:?}, but: {said:#?}");
    let wanted = format!("{path}:{expected}");
    assert!(said[0].starts_with(&wanted), "wanted {wanted}\n   got {}", said[0]);
    let advice = said[0][wanted.len()..].trim_start_matches('.').trim();
    assert!(advice.len() > 8, "no advice in {}", said[0]);
}

#[track_caller]
fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = good();
    let text = match path {
        MD => files.folders[0].lesson.as_mut(),
        PY => files.folders[0].program.as_mut(),
        _ => files.scenarios.get_mut("tea"),
    };
    let text = text.expect("the fixture has it");
    assert!(text.contains(from), "the fixture has no {from:?}");
    *text = text.replacen(from, to, 1);
    files
}

#[test]
fn folders_and_files() {
    let mut files = good();
    files.folders[0].name = "tea".to_owned();
    assert!(
        problems(&files)[0]
            .contains("lessons/en/tea/lesson.md:1: the folder `tea` is not named like a lesson.")
    );
    let mut files = good();
    files.folders[0].lesson = None;
    assert_eq!(problems(&files).len(), 1);
    assert!(problems(&files)[0].starts_with(&format!("{MD}:1: the file is missing. ")));
    let mut files = good();
    files.folders[0].program = None;
    assert_eq!(problems(&files).len(), 1);
    assert!(problems(&files)[0].starts_with(&format!("{PY}:1: the Python twin is missing. ")));
    let mut files = good();
    files.folders.push(Folder { name: "01-coffee".to_owned(), ..files.folders[0].clone() });
    assert_eq!(problems(&files).len(), 1);
    assert!(
        problems(&files)[0].starts_with("lessons/en/01-coffee/lesson.md:1: another lesson has this number")
    );
}

#[test]
fn all_problems_of_all_files_are_told_together() {
    let mut files = with(MD, "minutes = 3\n", "");
    let text = files.folders[0].lesson.as_mut().expect("the fixture has it");
    *text = text.replace("[tea](?lesson=tea&step=pour)", "<b>tea</b>").replace("total(quick)", "total(warp)");
    let program = files.folders[0].program.as_mut().expect("the fixture has it");
    *program = program.replace("@step steep", "@step stir");
    let said = problems(&files);
    for part in
        ["has no `minutes`", "HTML", "unknown mode `warp`", "unknown step `stir`", "no line is marked"]
    {
        assert!(said.iter().any(|problem| problem.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn mistakes_in_the_front_matter() {
    broken(MD, "+++\ntitle", "title", "1: the front matter is missing");
    broken(MD, "+++\n\n## Put", "\n## Put", "1: the front matter does not end");
    broken(MD, "minutes = 3", "minutes = ", "4: the front matter is not TOML: ");
    broken(MD, "minutes = 3\n", "", "2: the front matter has no `minutes`");
    broken(MD, "minutes = 3", "minutes = \"3\"", "4: `minutes` is not a number");
    broken(MD, "minutes = 3", "minutes = 2.5", "4: `minutes` is not a whole number");
    broken(MD, "title = \"Tea\"", "title = 7", "2: `title` is not a text");
    broken(MD, "minutes = 3", "minutes = 3\nlevel = 1", "5: the front matter has an unknown key `level`");
    broken(MD, "minutes = 3", "minutes = 3\nshows_main = 1", "5: `shows_main` is neither true nor false");
    broken(MD, "minutes = 3", "minutes = 3\nscene = \"cellar\"", "5: unknown scene `cellar`");
    broken(MD, "minutes = 3", "minutes = 3\nscene = 1", "5: `scene` is not a text");
    broken(MD, "minutes = 3", "minutes = 3\ncharts = \"latency\"", "5: `charts` is not a list of texts");
    broken(
        MD,
        "minutes = 3",
        "minutes = 3\ncharts = [\"latency\"]",
        "5: scenario `tea` has no requests to chart",
    );
    broken(MD, "scenario = \"tea\"", "scenario = \"soup\"", "5: unknown scenario `soup`");
    broken(MD, "label = \"Slow\"\n", "", "7: a `[[mode]]` has no `label`");
    broken(
        MD,
        "label = \"Slow\"",
        "label = \"Slow\"\ncolor = 1",
        "10: a `[[mode]]` has an unknown key `color`",
    );
    broken(
        MD,
        "[[knob]]\nid",
        "[[mode]]\nid = \"warm\"\nlabel = \"W\"\n[[knob]]\nid",
        "15: scenario `tea` has no mode `warm`",
    );
    broken(
        MD,
        "[[knob]]\nid",
        "[[mode]]\nid = \"slow\"\nlabel = \"S\"\n[[knob]]\nid",
        "15: mode `slow` is there twice",
    );
}

#[test]
fn mistakes_in_charts() {
    for (charts, wrong) in [
        (r#"["latency", "pie"]"#, "5: unknown chart `pie`. Use one of `latency`"),
        (r#"["latency", "latency"]"#, "5: the chart `latency` stands there twice"),
    ] {
        let mut files = with(MD, "minutes = 3", &format!("minutes = 3\ncharts = {charts}"));
        let tea = files.scenarios.get_mut("tea").expect("the fixture has it");
        *tea = tea.replacen("//! steps: steep", "//! steps: steep, arrive", 1);
        let said = problems(&files);
        let of_charts: Vec<_> = said.iter().filter(|problem| problem.contains("chart")).collect();
        assert_eq!(of_charts.len(), 1, "{said:#?}");
        assert!(of_charts[0].starts_with(&format!("{MD}:{wrong}")), "{said:#?}");
    }
}

#[test]
fn mistakes_in_knobs() {
    let extra = |id: &str| {
        format!(
            "[[knob]]\nid = \"{id}\"\nlabel = \"\"\nunit = \"\"\nnote = \"\"\nmin = 1\nmax = 5\nstep = 1\ndefault = 2\n+++\n\n"
        )
    };
    broken(MD, "min = 1", "min = 3", "23: the default of knob `cups` is 2, outside 3 to 5");
    broken(MD, "step = 1", "step = 2", "23: the default of knob `cups` is 2, which is not 1 and a whole");
    broken(MD, "step = 1", "step = 0", "15: knob `cups` cannot be turned");
    broken(MD, "unit = \"s\"", "unit = \"ms\"", "28: unknown unit `ms`");
    broken(MD, "+++\n\n", &extra("cups"), "34: knob `cups` is there twice");
    let said = problems(&with(MD, "+++\n\n", &extra("sugar")));
    assert!(said[0].starts_with(&format!("{MD}:34: scenario `tea` has no knob `sugar`. Use one of `cups`")));
    broken(PY, "BREWING = 1.5", "BREWING = 2.0", "7: knob `brewing` is 2.0 here and 1.5 in lesson.md");
    broken(PY, "  # @knob cups", "", "1: no number is marked for the knob `cups`");
}

#[test]
fn mistakes_in_steps() {
    broken(MD, " {#pour}", "", "58: the step “Pour” has no id");
    broken(MD, "{#pour}", "{#kettle}", "58: step `kettle` is there twice");
    broken(MD, "## Put", "Hello.\n\n## Put", "36: this text belongs to no step");
    broken(MD, "## Put", "```stage\n```\n\n## Put", "36: this block belongs to no step");
    broken(MD, "## Pour", "# Pour\n\n## Pour", "58: this heading is not allowed here");
    broken(MD, "## Pour", "## Pour *now*", "58: a step's heading holds more than text");
    broken(MD, "## Pour", "## Pour {{ cups }}", "58: a step's heading holds a value");
    broken(MD, "```aside", "```stage\n```\n\n```aside", "49: the step sets the stage twice");
    broken(MD, "```aside", "```notice", "49: unknown block `notice`");
    broken(MD, "```aside", "```python\nx = 1\n```\n\n```aside", "49: unknown block `python`");
    broken(MD, "- See", "    code\n\n- See", "47: indented code is not allowed");
    let mut files = good();
    let text = files.folders[0].lesson.as_mut().expect("the fixture has it");
    text.truncate(text.find("## Put").expect("the fixture has a step"));
    assert_eq!(problems(&files).len(), 1);
    assert!(problems(&files)[0].starts_with(&format!("{MD}:35: the lesson has no step. ")));
}

#[test]
fn mistakes_on_the_stage() {
    broken(MD, "mode = \"slow\"\ntime", "mode = \"warp\"\ntime", "39: unknown mode `warp`");
    broken(MD, "time = 0.5", "time = -1", "40: `time` is below zero");
    broken(MD, "time = 0.5", "sound = 1", "40: the `stage` block has an unknown key `sound`");
    broken(MD, "time = 0.5", "time", "40: the `stage` block is not TOML: ");
    broken(MD, "{ cups = 3,", "{ sugar = 3,", "42: unknown knob `sugar`");
    broken(MD, "{ cups = 3,", "{ cups = 30,", "42: the setting of knob `cups` is 30, outside 1 to 5");
    broken(MD, "{ cups = 3, brewing = 0 }", "3", "42: `knobs` is not a table");
}

#[test]
fn mistakes_in_values() {
    broken(MD, "Tea for {{ cups }}", "Tea for {{ spoons }}", "45: unknown knob `spoons`");
    broken(MD, "Tea for {{ cups }}", "Tea for {{ cups | kg }}", "45: unknown format `kg`");
    broken(MD, "Tea for {{ cups }}", "Tea for {{ cups + 1 }}", "45: `{{ cups + 1 }}` has no format");
    broken(MD, "`{{ cups }} cups`", "{{ cups", "45: `{{` is not closed");
    broken(MD, "2 * brewing * cups", "2 * * cups", "45: `*` stands where a value should");
    broken(MD, "Two.", "{{ total(warp) | s }}", "54: unknown mode `warp` in `total(warp)`");
}

#[test]
fn mistakes_in_markdown() {
    broken(MD, "One.", "<b>", "52: HTML is not allowed in a lesson");
    broken(MD, "One.", "![a cup](cup.png)", "52: a lesson cannot hold an image");
    broken(MD, "One.", "## One", "52: this heading is not allowed here");
    broken(MD, "One.", "    code", "52: a text cannot hold a code block");
    broken(MD, "One.", "---", "52: this Markdown is not allowed in a lesson");
    broken(MD, "?lesson=tea", "?lesson=soup", "47: the link leads to an unknown lesson `soup`");
    broken(MD, "https://example.org/", "/home", "47: the link `/home` is not allowed");
    broken(
        MD,
        "https://example.org/",
        "javascript:alert(1)",
        "47: the link `javascript:alert(1)` is not allowed",
    );
}

#[test]
fn mistakes_in_predictions() {
    broken(MD, ", \"cups\", 7]", "]", "61: the prediction has fewer than two choices");
    broken(MD, "answer = \"total(quick)\"\n", "", "61: the `predict` block has no `answer`");
    broken(MD, "answer = \"total(quick)\"", "answer = \"total(quick\"", "62: expected `)`, found the end");
    broken(MD, "answer = \"total(quick)\"", "answer = true", "62: `answer` is not an expression");
    broken(MD, "\"cups\", 7]", "\"kups\", 7]", "63: unknown knob `kups`");
    broken(MD, "format = \"s\"", "format = \"kg\"", "64: unknown format `kg`");
    broken(MD, "question = \"How **long**?\"", "question = \"- How?\"", "61: this text is not one paragraph");
    let said = problems(&with(MD, "choices = [\"total(quick)\", \"cups\", 7]", "choices = 7"));
    assert!(said.iter().any(|problem| problem.starts_with(&format!("{MD}:63: `choices` is not a list."))));
}

#[test]
fn mistakes_in_quizzes() {
    broken(MD, "right = true\n", "misconception = \"call-runs\"\n", "69: the quiz has 0 right answers");
    broken(MD, "misconception = \"async-is-parallel\"", "right = true", "69: the quiz has 2 right answers");
    broken(MD, "misconception = \"async-is-parallel\"\n", "", "77: this wrong answer names no misconception");
    broken(MD, "\"async-is-parallel\"", "\"tea-is-coffee\"", "79: unknown misconception `tea-is-coffee`");
    broken(
        MD,
        "right = true",
        "right = true\nmisconception = \"call-runs\"",
        "74: the right answer has a misconception",
    );
    broken(MD, "why = \"No.\"\n", "", "77: an `[[option]]` has no `why`");
    broken(MD, "text = \"It races.\"\n", "", "77: an `[[option]]` has no `text`");
    broken(MD, "check = \"total(quick) <", "check = \"speed(quick) <", "75: unknown metric `speed`");
    broken(MD, "[show]\nmode = \"quick\"", "[show]\nmode = \"warp\"", "83: unknown mode `warp`");
    broken(MD, "question = \"Why?\"\n", "", "69: the `quiz` block has no `question`");
}

#[test]
fn mistakes_in_machine_rows() {
    broken(RS, "//! steps: steep\n", "", "1: the row `//! steps:` is missing");
}

#[test]
fn mistakes_in_markers() {
    broken(PY, "@region quick", "@region warp quick", "12: unknown mode `warp` in a region");
    broken(PY, "BREWING)\n# @end\n", "BREWING)\n", "12: the region is not closed");
    broken(PY, "# @end\nMODE", "# @end\n# @end\nMODE", "9: `@end` ends no region");
    broken(PY, "# @end\nMODE", "MODE", "11: a region begins in the region of line 5");
    broken(PY, "  # @mode", "  # @end", "9: `@region` and `@end` stand on lines of their own");
    broken(PY, "import time", "import time  # @knob cups", "3: `@knob` marks a line without a number");
    broken(PY, "import time", "x = 1  # @knob sugar", "3: unknown knob `sugar`");
    broken(PY, "import time", "import time  # @mode", "3: `@mode` marks a line without a text");
    broken(PY, "import time", "import time  # @step stir", "3: unknown step `stir`");
    broken(PY, "import time", "import time  # @stop", "3: unknown marker `@stop`");
    broken(PY, "import time", "import time  # @step", "3: the marker `@step` is not written as it should be");
    broken(PY, "MODE = \"quick\"", "MODE = \"warp\"", "9: unknown mode `warp`");
    broken(PY, "    # @step steep\n", "", "1: no line is marked for the step `steep`");
    broken(RS, "// @region slow", "// @region warm slow", "9: unknown mode `warm` in a region");
    broken(RS, "// @end\n\n#[cfg", "// @end\n// @end\n#[cfg", "21: `@end` ends no region");
}

#[test]
fn mistakes_in_terms_and_exhibits() {
    broken(MD, "[tea](?lesson=tea&step=pour)", "[tea](term:pot)", "47: the glossary has no term `pot`");
    assert_eq!(problems(&with(MD, "[tea](?lesson=tea&step=pour)", "[tea](term:cup)")), Vec::<String>::new());
    let exhibit = |name: &str| format!("```exhibit\n{name}\n```\n\n## Pour");
    broken(MD, "## Pour", &exhibit("name = \"zoo\""), "59: unknown exhibit `zoo`");
    broken(
        MD,
        "## Pour",
        &exhibit("size = 1\nname = \"calls\""),
        "59: the `exhibit` block has an unknown key",
    );
}

#[test]
fn mistakes_in_the_modes_a_step_offers() {
    broken(MD, "mode = \"slow\"", "mode = \"slow\"\nmodes = [\"cold\", \"slow\"]", "40: unknown mode `cold`");
    broken(
        MD,
        "mode = \"slow\"",
        "mode = \"slow\"\nmodes = [\"quick\"]",
        "39: mode `slow` is set, but not among",
    );
    broken(MD, "mode = \"slow\"", "mode = \"slow\"\nmodes = \"quick\"", "40: `modes` is not a list of texts");
}

#[test]
fn mistakes_in_the_glossary() {
    let of = |glossary: &str| problems(&Files { glossary: Some(glossary.to_owned()), ..good() });
    let term = "[[term]]\nid = \"a\"\nname = \"A\"\ntext = \"One.\"\n";
    assert_eq!(of(term), Vec::<String>::new());
    for (glossary, expected) in [
        ("[[term]".to_owned(), "1: the glossary is not TOML"),
        (term.replace("name = \"A\"\n", ""), "1: a `[[term]]` has no `name`"),
        (format!("{term}lesson = \"milk\"\n"), "5: unknown lesson `milk`"),
        (format!("{term}{term}"), "5: term `a` is there twice"),
        (format!("{term}colour = 1\n"), "5: a `[[term]]` has an unknown key `colour`"),
        (term.replace("One.", "One.\\n\\nTwo."), "4: this text is not one paragraph"),
    ] {
        let said = of(&glossary);
        assert_eq!(said.len(), 1, "{glossary}: {said:#?}");
        assert!(said[0].starts_with(&format!("lessons/en/glossary.toml:{expected}")), "{}", said[0]);
    }
}

#[test]
fn scales_of_knobs() {
    // The second knob of the fixture begins at 0, the first at 1.
    broken(MD, "default = 2\n", "default = 2\nscale = \"wide\"\n", "24: unknown scale `wide`");
    let log = with(MD, "default = 2\n", "default = 2\nscale = \"log\"\n");
    assert_eq!(problems(&log), Vec::<String>::new());
    broken(
        MD,
        "default = 1.5\n",
        "default = 1.5\nscale = \"log\"\n",
        "34: knob `brewing` cannot have a scale by multiples",
    );
}

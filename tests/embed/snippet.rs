//! The lines that a teacher pastes. `end2end/embed-share.spec.mjs` pastes them into a page.

use concurrent_burgers::course::embed::snippet::{Snippet, What, escape};

fn snippet<'a>(what: What, knobs: &'a [(&'a str, String)]) -> Snippet<'a> {
    Snippet {
        what,
        link: "https://example.org/burgers/?lesson=waiting&step=one&mode=async&t.grilling=5.0",
        script: "https://example.org/burgers/burger-lesson.js",
        title: "One clerk & \"one\" slow <kitchen>",
        place: ["waiting", "one", "async"],
        knobs,
    }
}

#[test]
fn a_frame_has_an_address_and_a_title() {
    let address =
        "https://example.org/burgers/?lesson=waiting&amp;step=one&amp;mode=async&amp;t.grilling=5.0";
    let title = "One clerk &amp; &quot;one&quot; slow &lt;kitchen&gt;";
    let rest = "loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>";
    assert_eq!(
        snippet(What::Scene, &[]).frame(),
        format!(
            "<iframe src=\"{address}&amp;ui=scene\" title=\"{title}\" width=\"100%\" height=\"420\" {rest}"
        )
    );
    assert_eq!(
        snippet(What::Full, &[]).frame(),
        format!("<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"640\" {rest}")
    );
}

#[test]
fn an_element_has_all_that_is_set() {
    let knobs = [("grilling", "5.0".to_owned()), ("customers", "4".to_owned())];
    let lines = snippet(What::Scene, &knobs).element();
    assert!(
        lines.starts_with("<script async src=\"https://example.org/burgers/burger-lesson.js\"></script>\n")
    );
    assert!(lines.contains(
        "<burger-lesson lesson=\"waiting\" step=\"one\" mode=\"async\" \
         timings=\"{&quot;grilling&quot;:5.0,&quot;customers&quot;:4}\" ui=\"scene\" height=\"420\">"
    ));
    assert!(lines.contains(">One clerk &amp; &quot;one&quot; slow &lt;kitchen&gt;</a>\n</burger-lesson>"));
    assert!(!snippet(What::Lesson, &[]).element().contains("timings"));
}

#[test]
fn nothing_breaks_out_of_the_lines() {
    let evil = "\"><script>alert('x')</script>&";
    assert_eq!(escape(evil), "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;");
    let snippet = Snippet {
        what: What::Lesson,
        link: evil,
        script: evil,
        title: evil,
        place: [evil, evil, evil],
        knobs: &[],
    };
    for lines in [snippet.frame(), snippet.element()] {
        assert!(!lines.contains("<script>") && !lines.contains("alert('"), "{lines}");
    }
}

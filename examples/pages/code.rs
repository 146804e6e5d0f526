//! The programs of a lesson as HTML: the same lines, colours and numbers as in the app.

use concurrent_burgers::lessons::model::{Source, Span};

use super::text::escape;

/// A whole program. Knobs stand as they are written in the file.
pub fn html(source: &Source) -> String {
    let lines: Vec<_> =
        source.lines.iter().map(|line| line.spans.iter().map(span).collect::<String>()).collect();
    format!("<pre class=\"code\" tabindex=\"0\"><code>{}</code></pre>", lines.join("\n"))
}

fn span(span: &Span) -> String {
    match span {
        Span::Code(token, code) => match token.class() {
            "" => escape(code),
            class => format!("<span class=\"{class}\">{}</span>", escape(code)),
        },
        Span::Knob(_, written) => format!("<b class=\"knob-value\">{}</b>", escape(written)),
        Span::Mode(written) => format!("<span class=\"s\">{}</span>", escape(written)),
    }
}

//! The body of a lesson: `## Heading {#id}` begins a step; fenced blocks are directives.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::directives;
use super::fields::Toml;
use super::markdown::{Markdown, Nodes, Scope, ends_heading};
use super::model::{Block, Late, StageSettings, Step};
use super::problem::Report;
use super::{leak_list, leak_str};

const NO_STEP: &str = "Begin with a step: `## Its heading {#its-id}`";

struct Draft {
    id: String,
    title: String,
    stage: Option<StageSettings>,
    blocks: Vec<Block>,
}

/// Reads the body of a lesson into its steps.
pub fn steps(markdown: Markdown<'_>, scope: Scope<'_>, report: &mut Report) -> &'static [Step] {
    let mut document = Document { drafts: Vec::new(), prose: Nodes::default(), markdown, scope };
    let mut events = markdown.events().into_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, id, .. }) => {
                let inside = events.by_ref().take_while(|(event, _)| !ends_heading(event)).collect();
                document.heading(id.map(|id| id.to_string()), inside, range.start, report);
            }
            Event::Start(Tag::CodeBlock(kind)) if document.prose.is_whole() => {
                let ends = |event: &Event<'_>| matches!(event, Event::End(TagEnd::CodeBlock));
                let inside: Vec<_> = events.by_ref().take_while(|(event, _)| !ends(event)).collect();
                document.code_block(&kind, &inside, range.start, report);
            }
            event => document.prose(event, range.start, report),
        }
    }
    document.finish(report)
}

struct Document<'a> {
    drafts: Vec<Draft>,
    prose: Nodes,
    markdown: Markdown<'a>,
    scope: Scope<'a>,
}

impl Document<'_> {
    fn prose(&mut self, event: Event<'_>, start: usize, report: &mut Report) {
        let line = self.markdown.line_at(start);
        if self.drafts.is_empty() && self.prose.is_whole() {
            report.error(line, "this text belongs to no step", NO_STEP);
        }
        self.prose.event(event, line, self.scope, report);
    }

    /// Ends the prose that stands before a directive, a heading or the end.
    fn flush(&mut self) {
        let nodes = self.prose.take();
        if let (Some(draft), false) = (self.drafts.last_mut(), nodes.is_empty()) {
            draft.blocks.push(Block::Prose(leak_list(nodes)));
        }
    }

    fn heading(
        &mut self,
        id: Option<String>,
        inside: Vec<(Event<'_>, Range<usize>)>,
        start: usize,
        report: &mut Report,
    ) {
        self.flush();
        let line = self.markdown.line_at(start);
        let mut title = String::new();
        let mut only_text = true;
        for (event, _) in inside {
            match event {
                Event::Text(text) | Event::Code(text) => title.push_str(&text),
                _ => only_text = false,
            }
        }
        if !only_text {
            report.error(line, "a step's heading holds more than text", "Use words and `code` only");
        }
        let title = title.trim().to_owned();
        if title.contains("{{") {
            report.error(line, "a step's heading holds a value", "Put the number in the text below");
        }
        let id = id.unwrap_or_else(|| {
            report.error(line, format!("the step “{title}” has no id"), "End its heading with `{#its-id}`");
            String::new()
        });
        if !id.is_empty() && self.drafts.iter().any(|draft| draft.id == id) {
            report.error(line, format!("step `{id}` is there twice"), "Give each step its own id");
        }
        self.drafts.push(Draft { id, title, stage: None, blocks: Vec::new() });
    }

    fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        inside: &[(Event<'_>, Range<usize>)],
        start: usize,
        report: &mut Report,
    ) {
        self.flush();
        let line = self.markdown.line_at(start);
        let CodeBlockKind::Fenced(info) = kind else {
            report.error(
                line,
                "indented code is not allowed",
                "The code is shown in the panes: point at it in words",
            );
            return;
        };
        let name = info.trim();
        let body = match (inside.first(), inside.last()) {
            (Some((_, first)), Some((_, last))) => &self.markdown.text[first.start..last.end],
            _ => "",
        };
        let toml = Toml { text: body, line: line + 1 };
        let Some(draft) = self.drafts.last_mut() else {
            report.error(line, "this block belongs to no step", NO_STEP);
            return;
        };
        let block = match name {
            "stage" => {
                if draft.stage.is_some() {
                    report.error(line, "the step sets the stage twice", "Keep one `stage` block a step");
                }
                draft.stage = directives::stage(toml, self.scope, report);
                None
            }
            "predict" => directives::predict(toml, self.scope, report).map(Block::Predict),
            "quiz" => directives::quiz(toml, self.scope, report).map(Block::Quiz),
            "aside" => directives::aside(toml, self.scope, report),
            "exhibit" => directives::exhibit(toml, report),
            _ => {
                let advice = "Use `stage`, `predict`, `quiz`, `aside` or `exhibit`; code is shown in the panes: point at it in words";
                report.error(line, format!("unknown block `{name}`"), advice);
                None
            }
        };
        draft.blocks.extend(block);
    }

    fn finish(mut self, report: &mut Report) -> &'static [Step] {
        self.flush();
        if self.drafts.is_empty() {
            report.error(self.markdown.line, "the lesson has no step", NO_STEP);
        }
        let steps = self.drafts.into_iter().map(|draft| Step {
            id: leak_str(draft.id),
            title: leak_str(draft.title),
            stage: draft.stage.unwrap_or(directives::UNSET),
            blocks: Late::Here(leak_list(draft.blocks)),
        });
        leak_list(steps.collect())
    }
}

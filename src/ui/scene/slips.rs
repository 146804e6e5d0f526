//! Order slips: coroutines that were made and have not started.

use crate::decimal::plain;
use crate::ui::prelude::*;
use web_sys::Element;

use super::figure::{Figure, arrange, group};
use super::{Room, transform};
use crate::replay::scene::Slip;
use crate::trace::TaskId;

/// Every slip in the room.
#[component]
pub fn Slips(room: Room) -> impl IntoView {
    group(move |group, papers: &mut Vec<Paper>| {
        let name = |task| room.stage.shown.with_untracked(|shown| shown.trace.name(task).to_owned());
        room.scene.with(|scene| draw(papers, group, &scene.slips, name));
    })
}

struct Paper {
    task: TaskId,
    figure: Figure,
    drawn: Option<Slip>,
}

fn draw(papers: &mut Vec<Paper>, group: &Element, slips: &[Slip], name: impl Fn(TaskId) -> String) {
    let is_there = |paper: &Paper| slips.iter().any(|slip| slip.task == paper.task);
    papers.extract_if(.., |paper| !is_there(paper)).for_each(|gone| gone.figure.root.remove());
    for slip in slips {
        if papers.iter().all(|paper| paper.task != slip.task) {
            let Some(figure) = paper(&name(slip.task)) else { return };
            papers.push(Paper { task: slip.task, figure, drawn: None });
        }
        for paper in papers.iter_mut().filter(|paper| paper.task == slip.task && paper.drawn != Some(*slip)) {
            paper.figure.write_root("class", if slip.dropped { "slip dropped" } else { "slip" });
            paper.figure.write_root("transform", &transform(slip.at, 1.0));
            paper.drawn = Some(*slip);
        }
    }
    arrange(group, papers.iter().map(|paper| &paper.figure.root));
}

/// A slip with the name of its coroutine.
fn paper(name: &str) -> Option<Figure> {
    let half = plain(name.chars().count() as f64 * 3.9 + 8.0);
    let figure = Figure::new(&format!(
        r#"<path d="M-{half} -15H{half}V13l-5-3-5 3-5-3-5 3-5-3-5 3H-{half}z"/><text y="4" data-part=""></text>"#
    ))?;
    figure.tell(0, name);
    Some(figure)
}

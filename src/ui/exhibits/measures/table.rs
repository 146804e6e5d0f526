//! Draws what is known so far: one of each job on a logarithmic scale beside what others have published,
//! and ten of each in a row and together.

use crate::decimal::fixed;
use crate::ui::prelude::*;

use crate::course::measures::scale::{PUBLISHED, SOURCES, Scale, duration, measured};
use crate::course::measures::{Job, Part, Place, Refused, Table};
use crate::trace::Micros;
use crate::ui::strings::words;

/// Both tables.
pub fn draw(table: &Table) -> View {
    view! { {one_of_each(table)}{ten_of_each(table)}{sources(table.grain)} }.into_view()
}

fn one_of_each(table: &Table) -> View {
    let words = &words().measures;
    let scale = Scale::holding(table.longest());
    let jobs = Job::ALL.map(|job| one(table, job, scale));
    let published = PUBLISHED.iter().zip(words.published).map(|(it, name)| {
        let bars = bars(scale, &[("is-free", it.seconds)]);
        view! {
            <tr data-testid="published"><th scope="row">{name}</th>
                <td colspan="2">{duration(it.seconds)}<small>" ["{it.source + 1}"]"</small></td></tr>
            {bars}
        }
    });
    view! {
        <table class="durations" style=("--decades", (scale.to - scale.from).to_string())>
            <caption>{words.one}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.job}</th>
                    <th scope="col"><span class="bar is-waiting" aria-hidden="true"></span>{words.took}</th>
                    <th scope="col"><span class="bar is-working" aria-hidden="true"></span>{words.kept}</th>
                </tr>
                {axis(scale)}
            </thead>
            <tbody>{jobs.into_iter().collect_view()}</tbody>
            <tbody>
                <tr><th scope="rowgroup" colspan="3" class="durations-group">
                    <span class="bar is-free" aria-hidden="true"></span>{words.elsewhere}</th></tr>
                {published.collect_view()}
            </tbody>
        </table>
    }
    .into_view()
}

/// One job: its numbers, and its bars or why there are none.
fn one(table: &Table, job: Job, scale: Scale) -> View {
    let words = &words().measures;
    let (name, note) = words.jobs[job.index()];
    let found = table.of(job);
    let note = match (&table.place, job) {
        (Some(Place::Memory(why)), Job::File) => {
            format!("{} {}", words.in_memory, why.as_ref().map(reason).unwrap_or_default())
        }
        _ => note.to_owned(),
    };
    let numbers = match (found.part(Part::Once), &found.refused) {
        (Some(took), _) => view! {
            <td>{measured(took.wall, table.grain)}</td><td>{measured(took.held, table.grain)}</td>
        }
        .into_view(),
        (None, Some(_)) => view! { <td colspan="2" class="refused">{words.refused}</td> }.into_view(),
        (None, None) => view! { <td>"–"</td><td>"–"</td> }.into_view(),
    };
    let bars = match found.part(Part::Once) {
        Some(took) => {
            // What is too short to tell reaches to what can be told, and is only sketched.
            let bar = |state, time: Micros| match time < table.grain {
                true => ("is-under", table.grain.seconds()),
                false => (state, time.seconds()),
            };
            bars(scale, &[bar("is-waiting", took.wall), bar("is-working", took.held)])
        }
        None => bars(scale, &[]),
    };
    let refused = found.refused.as_ref().map(|refused| {
        view! { <tr class="durations-why"><td colspan="3">{reason(refused)}</td></tr> }
    });
    view! {
        <tr data-testid=format!("measured-{}", job.id()) data-wall=micros(found.part(Part::Once).map(|it| it.wall))
            data-held=micros(found.part(Part::Once).map(|it| it.held))>
            <th scope="row">{name}<small>{note}</small></th>{numbers}
        </tr>
        {refused}
        {bars}
    }
    .into_view()
}

/// Bars from the left end of the scale; for eyes only, the numbers stand above.
fn bars(scale: Scale, bars: &[(&'static str, f64)]) -> View {
    let bars = bars.iter().map(|(state, seconds)| {
        let share = format!("{}%", fixed(scale.share(*seconds) * 100.0, 2));
        view! { <span class=format!("bar {state}") style=("--share", share)></span> }
    });
    view! { <tr class="durations-bars" aria-hidden="true"><td colspan="3"><div class="log">{bars.collect_view()}</div></td></tr> }
        .into_view()
}

/// The powers of ten that have names of their own.
fn axis(scale: Scale) -> View {
    let ticks = scale.ticks().filter(|(power, _)| power % 3 == 0).map(|(power, share)| {
        view! { <span style=("--share", format!("{}%", fixed(share * 100.0, 2)))>{duration(10_f64.powi(power))}</span> }
    });
    view! { <tr class="durations-bars" aria-hidden="true"><td colspan="3"><div class="log-axis">{ticks.collect_view()}</div></td></tr> }
        .into_view()
}

fn ten_of_each(table: &Table) -> View {
    let words = &words().measures;
    let rows = Job::ALL.map(|job| {
        let found = table.of(job);
        let time = |part| found.part(part).map_or("–".to_owned(), |took| measured(took.wall, table.grain));
        let gain = found.gain().map_or("–".to_owned(), |gain| format!("{}×", fixed(gain, 1)));
        let refused = found.refused.is_some() && found.gain().is_none();
        let numbers = if refused {
            view! { <td colspan="3" class="refused">{words.refused}</td> }.into_view()
        } else {
            view! { <td>{time(Part::Row)}</td><td>{time(Part::Together)}</td><td class="gain">{gain}</td> }.into_view()
        };
        view! {
            <tr data-testid=format!("ten-{}", job.id()) data-row=micros(found.part(Part::Row).map(|it| it.wall))
                data-together=micros(found.part(Part::Together).map(|it| it.wall))>
                <th scope="row">{words.jobs[job.index()].0}</th>{numbers}
            </tr>
        }
    });
    view! {
        <table class="durations">
            <caption>{words.ten}</caption>
            <thead><tr>
                <th scope="col">{words.job}</th><th scope="col">{words.row}</th>
                <th scope="col">{words.together}</th><th scope="col">{words.gain}</th>
            </tr></thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
    }
    .into_view()
}

/// What is behind the numbers: the clock, and the published sources.
fn sources(grain: Micros) -> View {
    let words = &words().measures;
    let clock = (grain > Micros(0)).then(|| {
        let text = words.grain.replace("{}", &duration(grain.seconds()));
        view! { <p class="hint">{text}</p> }
    });
    let sources = SOURCES.map(|(name, address)| view! { <li><a href=address>{name}</a></li> });
    view! {
        {clock}
        <p class="hint">{words.sources}</p>
        <ol class="durations-sources">{sources.into_iter().collect_view()}</ol>
    }
    .into_view()
}

/// Why the browser refused, in plain words, and its own.
fn reason(refused: &Refused) -> String {
    let words = &words().measures;
    let plain = words.why(refused.why);
    if refused.said.is_empty() {
        plain.to_owned()
    } else {
        format!("{plain} {} “{}”", words.it_said, refused.said)
    }
}

/// A measured time as tests read it, in microseconds.
fn micros(time: Option<Micros>) -> Option<String> {
    time.map(|time| time.0.to_string())
}

//! The bar at the top: home, the lessons, the lab, colours, keys.

use crate::ui::prelude::*;

use super::app::Course;
use super::burger::Mark;
use super::follow;
use super::strings::{lab, words};
use crate::course::address::Theme;
use crate::course::storage;
use crate::lessons;

/// The bar at the top.
#[component]
pub fn Top(course: Course) -> impl IntoView {
    let words = words();
    let crumbs = lessons::ALL.iter().map(|lesson| {
        let here = move || course.address.with(|it| it.lesson == Some(lesson.slug));
        let share = move || course.progress.with(|it| it.share(lesson.slug));
        view! {
            <a class="crumb" href=format!("?lesson={}", lesson.slug) class:done=follow::flag(move || { share() >= 1.0 })
                class:begun=follow::flag(move || { share() > 0.0 }) aria-current=follow::text(move || here().then_some("page"))
                title=lesson.title><span class="visually-hidden">{lesson.title}</span></a>
        }
    });
    let theme_name = move || {
        let at = Theme::ALL.iter().position(|it| *it == course.theme.get()).unwrap_or(0);
        words.theme[at]
    };
    // Half and half, a sun, a moon.
    let theme_icon = move || match course.theme.get() {
        Theme::Auto => "M10 1a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z",
        Theme::Light => {
            "M10 5.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM9 0h2v4H9zM9 16h2v4H9zM0 9h4v2H0zM16 9h4v2h-4zM3 1.8l3 3L4.7 6 1.8 3zM17 1.8 18.2 3l-3 3L14 4.8zM3 18.2 1.8 17l3-3L6 15.2zM17 18.2l-3-3 1.2-1.2 3 3z"
        }
        Theme::Dark => "M8 1.5A8.7 8.7 0 1 0 18.5 12 7.4 7.4 0 0 1 8 1.5z",
    };
    let next_theme = move || {
        let at = Theme::ALL.iter().position(|it| *it == course.theme.get_untracked()).unwrap_or(0);
        let theme = Theme::ALL[(at + 1) % Theme::ALL.len()];
        course.theme.set(theme);
        storage::set(storage::THEME, theme.id());
    };
    view! {
        <header class="top">
            <a class="brand" href="./"><Mark />{words.brand}</a>
            <nav class="crumbs" aria-label=words.lessons>{crumbs.collect_view()}</nav>
            <a class="small to-lab" href="?page=lab" data-testid="to-lab"
                aria-current=follow::text(move || course.address.with(|it| it.lab.is_some()).then_some("page"))>{lab::LAB}</a>
            <button type="button" class="small round" data-testid="theme" title=follow::text(theme_name) aria-label=follow::text(theme_name) on:click=follow::press(next_theme)>
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d=follow::text(theme_icon) /></svg>
            </button>
            <button type="button" class="small round" data-testid="keys" aria-label=words.keys title=words.keys
                on:click=follow::press(move || course.keys_open.set(true))>"?"</button>
        </header>
    }
}

//! The counter on a busy day: a canvas, because nobody can tell the people apart any more.
//!
//! Where everybody stands comes from `replay::crowd`; this draws it, at the time of the cursor and from nothing else.

use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use crate::replay::State;
use crate::replay::crowd::{Counts, Crowd, Dots, Hall as Room};
use crate::ui::follow;
use crate::ui::stage::Stage;
use crate::ui::strings::crowd as words;

/// The hall.
#[component]
pub fn Hall(stage: Stage, still: Signal<bool>) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let width = RwSignal::new(0.0_f64);
    let dark = crate::ui::app::use_media("(prefers-color-scheme: dark)");
    let dots = StoredValue::new(Dots::default());
    let colours = StoredValue::new(None::<(String, Colours)>);
    let measure = move || {
        if let Some(canvas) = canvas.get_untracked() {
            let _ = width.try_set(f64::from(canvas.client_width()));
        }
    };
    let resized = window_event_listener_untyped("resize", move |_| measure());
    on_cleanup(move || resized.remove());
    let room = Memo::new(move |_| {
        let width = width.get() as f32;
        stage.crowd.get().filter(|_| width > 0.0).map(|crowd| {
            let tables = stage.simulated.with(|it| Crowd::of(it).map_or(0, |it| it.tables)).max(crowd.tables);
            Room::new(width, crowd.len(), tables)
        })
    });
    Effect::new(move |_| {
        if canvas.get().is_some() {
            request_animation_frame(measure);
        }
    });
    Effect::new(move |_| {
        dark.track();
        let (Some(canvas), Some(room), Some(crowd)) = (canvas.get(), room.get(), stage.crowd.get()) else {
            return;
        };
        let theme = document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme"))
            .unwrap_or_default();
        let key = format!("{theme}{}", dark.get_untracked());
        if colours.with_value(|kept| kept.as_ref().is_none_or(|(known, _)| *known != key)) {
            colours.set_value(Colours::read(&canvas).map(|read| (key, read)));
        }
        let Some(pen) = pen(&canvas, &room) else { return };
        let time = stage.scene_time.get();
        colours.with_value(|colours| {
            let Some((_, colours)) = colours else { return };
            dots.update_value(|dots| {
                stage.shown.with(|replay| crowd.place(replay, &room, time, !still.get(), dots));
                let picture = Picture { pen: &pen, room: &room, colours };
                picture.draw(&crowd, dots, &crowd.counts(time));
            });
        });
    });
    let told = move || {
        let counts = stage.crowd.get().map(|crowd| crowd.counts(stage.time.get())).unwrap_or_default();
        words::told(&counts, stage.time.get().seconds())
    };
    view! {
        <figure class="counter crowd">
            <canvas node_ref=canvas class="crowd-canvas" data-testid="crowd" role="img" aria-label=follow::text(told)></canvas>
            <figcaption class="crowd-told" data-testid="crowd-told" aria-hidden="true">{follow::text(told)}</figcaption>
        </figure>
    }
}

/// What to draw with, at as many dots a pixel as the screen has.
fn pen(canvas: &web_sys::HtmlCanvasElement, room: &Room) -> Option<CanvasRenderingContext2d> {
    let scale = window().device_pixel_ratio().clamp(1.0, 2.0);
    let (width, height) =
        ((f64::from(room.width) * scale).round() as u32, (f64::from(room.height) * scale).round() as u32);
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
    Some(pen)
}

/// The page's colours, as they are in its theme.
struct Colours {
    wall: String,
    floor: String,
    counter: String,
    top: String,
    ink: String,
    quiet: String,
    line: String,
    skin: String,
    ready: String,
    run: String,
    hold: String,
    wait: String,
    wait_edge: String,
    done: String,
    bun: String,
    gone: String,
}

impl Colours {
    fn read(canvas: &web_sys::HtmlCanvasElement) -> Option<Self> {
        let style = window().get_computed_style(canvas).ok()??;
        let of = |name: &str| {
            style.get_property_value(name).map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        Some(Self {
            wall: of("--wall"),
            floor: of("--floor"),
            counter: of("--counter"),
            top: of("--counter-top"),
            ink: of("--ink"),
            quiet: of("--ink-2"),
            line: of("--line"),
            skin: of("--skin"),
            ready: of("--ready"),
            run: of("--run"),
            hold: of("--hold"),
            wait: of("--wait"),
            wait_edge: of("--wait-2"),
            done: of("--done"),
            bun: of("--bun"),
            gone: of("--gone"),
        })
    }
}

struct Picture<'a> {
    pen: &'a CanvasRenderingContext2d,
    room: &'a Room,
    colours: &'a Colours,
}

impl Picture<'_> {
    fn draw(&self, crowd: &Crowd, dots: &Dots, counts: &Counts) {
        self.furniture(crowd, counts);
        let running = dots.all.iter().find(|dot| dot.state.is_running());
        for state in [State::Ready, State::Waiting, State::Done, State::Failed] {
            self.people(dots, state);
        }
        self.clerk(running.map(|dot| dot.state));
        if let Some(dot) = running {
            self.figure(dot.at, 26.0, &self.colours.ready);
        }
    }

    fn fill(&self, colour: &str, x: f32, y: f32, width: f32, height: f32) {
        self.pen.set_fill_style_str(colour);
        self.pen.fill_rect(x.into(), y.into(), width.into(), height.into());
    }

    fn write(&self, text: &str, x: f32, y: f32, size: u32, colour: &str) {
        self.pen.set_font(&format!("700 {size}px system-ui, sans-serif"));
        self.pen.set_fill_style_str(colour);
        // A text that cannot be drawn is in the label, too.
        let _ = self.pen.fill_text(text, x.into(), y.into());
    }

    fn furniture(&self, crowd: &Crowd, counts: &Counts) {
        let (room, colours) = (self.room, self.colours);
        self.fill(&colours.wall, 0.0, 0.0, room.width, room.height);
        self.fill(&colours.floor, 0.0, Room::COUNTER - 8.0, room.width, room.height);
        // The counter, behind which the clerk stands, and the way out.
        self.fill(&colours.top, 8.0, Room::COUNTER - 42.0, 76.0, 7.0);
        self.fill(&colours.counter, 12.0, Room::COUNTER - 35.0, 68.0, 27.0);
        let door = room.door().0;
        self.fill(&colours.counter, door - 22.0, 22.0, 44.0, Room::COUNTER - 30.0);
        self.fill(&colours.floor, door - 17.0, 27.0, 34.0, Room::COUNTER - 35.0);
        self.pen.set_text_align("center");
        self.write(words::EXIT, door, 16.0, 12, &colours.quiet);
        self.pen.set_text_align("right");
        self.write(&words::served(counts), door - 32.0, 44.0, 15, &colours.ink);
        if counts.without > 0 {
            self.write(&words::without(counts), door - 32.0, 64.0, 13, &colours.quiet);
        }
        self.pen.set_text_align("left");
        let (line, seats) = (room.queue, room.seats);
        self.write(&words::in_line(counts), line.x, line.y - 9.0, 14, &colours.ink);
        if crowd.tables > 0 {
            self.write(&words::at_tables(counts), seats.x, seats.y - 9.0, 14, &colours.ink);
            let size = (seats.cell * 0.8).max(1.0);
            self.pen.set_fill_style_str(&colours.line);
            for table in 0..crowd.tables {
                let (x, y) = room.table(table);
                self.pen.fill_rect(
                    (x - size / 2.0).into(),
                    (y + size * 0.15).into(),
                    size.into(),
                    (size * 0.3).into(),
                );
            }
        }
    }

    /// Everybody in one state, each state in a shape of its own: upright in line, flat at a table, a bun on the way out.
    fn people(&self, dots: &Dots, state: State) {
        let colours = self.colours;
        let cell = if state == State::Waiting { self.room.seats.cell } else { self.room.queue.cell };
        let size = (cell * 0.78).max(1.0);
        let here = || {
            let of = move |it: State| match state {
                State::Failed => matches!(it, State::Failed | State::Cancelled),
                _ => it == state,
            };
            dots.all.iter().filter(move |dot| of(dot.state))
        };
        let (body, width, height) = match state {
            State::Ready => (&colours.ready, 0.62, 1.0),
            State::Waiting => (&colours.wait_edge, 1.0, 0.55),
            State::Done => (&colours.done, 0.7, 0.9),
            _ => (&colours.gone, 0.5, 0.5),
        };
        let (width, height) = (f64::from(size * width), f64::from(size * height));
        self.pen.set_fill_style_str(body);
        for dot in here() {
            self.pen.fill_rect(
                f64::from(dot.at.0) - width / 2.0,
                f64::from(dot.at.1) - height / 2.0,
                width,
                height,
            );
        }
        if size < 5.0 {
            return;
        }
        // Large enough for a head, a ticket, a bun.
        let head = f64::from(size) * 0.4;
        self.pen.set_fill_style_str(match state {
            State::Waiting => &colours.wait,
            State::Done => &colours.bun,
            _ => &colours.skin,
        });
        for dot in here() {
            let (x, y) = (f64::from(dot.at.0), f64::from(dot.at.1));
            self.pen.fill_rect(x - head / 2.0, y - f64::from(size) / 2.0, head, head);
        }
    }

    /// Somebody who can be seen.
    fn figure(&self, (x, y): (f32, f32), size: f32, cloth: &str) {
        self.fill(cloth, x - size * 0.3, y - size * 0.4, size * 0.6, size * 0.8);
        self.pen.set_fill_style_str(&self.colours.skin);
        self.pen.begin_path();
        let (x, y, radius) = (f64::from(x), f64::from(y - size * 0.6), f64::from(size * 0.3));
        // A circle cannot fail: its radius is positive.
        let _ = self.pen.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.pen.fill();
    }

    fn clerk(&self, state: Option<State>) {
        let colours = self.colours;
        self.figure((46.0, Room::COUNTER - 50.0), 30.0, &colours.run);
        self.fill(&colours.wall, 36.0, Room::COUNTER - 80.0, 20.0, 5.0);
        self.fill(&colours.top, 8.0, Room::COUNTER - 42.0, 76.0, 7.0);
        let (text, colour) = match state {
            Some(State::Holding) => (words::HELD, &colours.hold),
            Some(_) => (words::WORKS, &colours.run),
            None => (words::FREE, &colours.quiet),
        };
        self.write(text, 114.0, 30.0, 14, colour);
    }
}

//! What the address asks of a page that stands in a frame.
//!
//! ```text
//! ui=full|lesson|scene  controls=0|1  theme=auto|light|dark  lang=<BCP 47>  motion=auto|reduce|full
//! autoplay=0|1  speed=0.125..4  links=0|1  storage=auto|none  origin=<parent origin>  id=<string>
//! ```
//!
//! Unknown keys are nobody's business. A bad value leaves a thing at its default, or is moved into
//! its range, and is noted. Every link that the page writes carries the settings on ([`Settings::keep`]),
//! so that a frame that is loaded anew is as it was.

use form_urlencoded::{Serializer, parse};

use crate::course::address::{LONGEST_QUERY, Theme, short};
use crate::decimal::{self, plain};
use crate::replay::playback::SPEEDS;

/// The longest `id`, in characters.
pub const LONGEST_ID: usize = 64;
/// The longest origin, in bytes.
const LONGEST_ORIGIN: usize = 256;

/// What of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ui {
    /// Everything.
    #[default]
    Full,
    /// A lesson: text, stage, pager.
    Lesson,
    /// The stage alone: scene, transport, knobs.
    Scene,
}

/// How much may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// As the system says.
    #[default]
    Auto,
    /// People stand at discrete places, and nothing is animated.
    Reduce,
    /// People walk while a record is played, even where the system asks for less motion. Nothing
    /// starts by itself there all the same, and no decoration moves: the learner's wish goes first.
    Full,
}

/// What an address asks of the frame, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What of the page is shown.
    pub ui: Ui,
    /// Whether transport and knobs are shown; without them the host plays the scene.
    pub controls: bool,
    /// How the page is coloured, if the address says so.
    pub theme: Option<Theme>,
    /// The language, if the address names one that there is.
    pub lang: Option<&'static str>,
    /// How much may move.
    pub motion: Motion,
    /// Whether a live run starts when the stage comes into view.
    pub autoplay: bool,
    /// How fast records are played: one of [`SPEEDS`].
    pub speed: Option<f64>,
    /// Whether links may lead to other lessons inside the frame, if the address says so.
    pub links: Option<bool>,
    /// Whether the browser's storage is used.
    pub storage: bool,
    /// The only origin that is heard and spoken to.
    pub origin: Option<String>,
    /// What the host calls this frame; every message to the host carries it.
    pub id: String,
}

/// Something that could not be taken as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A key, what it said, and what it may say.
    NoSuchChoice(&'static str, String, &'static str),
    /// The course is not to be had in this language.
    NoSuchLanguage(String),
    /// The speed is no number.
    NoSpeed(String),
    /// The speed is not one of those on offer; this one is the nearest.
    Speed(f64),
    /// This is no origin (`https://host:port`), so any parent is heard.
    NoOrigin(String),
    /// The `id` was too long, or had characters that are none; its rest is used.
    Id,
    /// A frame that shows a lesson or a scene needs the name of a lesson.
    NeedsLesson,
}

impl Ui {
    /// Its name in the address.
    pub fn id(self) -> &'static str {
        name(&UIS, self)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ui: Ui::Full,
            controls: true,
            theme: None,
            lang: None,
            motion: Motion::Auto,
            autoplay: false,
            speed: None,
            links: None,
            storage: true,
            origin: None,
            id: String::new(),
        }
    }
}

/// The languages there are.
const LANGUAGES: [&str; 1] = ["en"];
const UIS: [(&str, Ui); 3] = [("full", Ui::Full), ("lesson", Ui::Lesson), ("scene", Ui::Scene)];
const MOTIONS: [(&str, Motion); 3] =
    [("auto", Motion::Auto), ("reduce", Motion::Reduce), ("full", Motion::Full)];
const SWITCH: [(&str, bool); 2] = [("0", false), ("1", true)];
const STORAGE: [(&str, bool); 2] = [("auto", true), ("none", false)];

impl Settings {
    /// Reads a query string, with or without its question mark. `has_lesson`: whether it names a
    /// lesson that there is.
    pub fn parse(query: &str, has_lesson: bool) -> (Self, Vec<Note>) {
        let query = query.strip_prefix('?').unwrap_or(query).as_bytes();
        let pairs: Vec<_> = parse(&query[..query.len().min(LONGEST_QUERY)]).collect();
        let mut read = Reader { pairs, notes: Vec::new() };
        let mut settings = Self {
            ui: read.choice("ui", &UIS, "full, lesson, scene").unwrap_or_default(),
            controls: read.choice("controls", &SWITCH, "0, 1").unwrap_or(true),
            // A bad one is noted by the address.
            theme: read.find("theme").and_then(|theme| Theme::find(&theme)),
            lang: read.language(),
            motion: read.choice("motion", &MOTIONS, "auto, reduce, full").unwrap_or_default(),
            autoplay: read.choice("autoplay", &SWITCH, "0, 1").unwrap_or(false),
            speed: read.speed(),
            links: read.choice("links", &SWITCH, "0, 1"),
            storage: read.choice("storage", &STORAGE, "auto, none").unwrap_or(true),
            origin: read.origin(),
            id: read.id(),
        };
        if settings.ui != Ui::Full && !has_lesson {
            settings.ui = Ui::Full;
            read.notes.push(Note::NeedsLesson);
        }
        (settings, read.notes)
    }

    /// Whether links may lead to other lessons inside the frame.
    pub fn links(&self) -> bool {
        self.links.unwrap_or(self.ui == Ui::Full)
    }

    /// A link of the course (`?…` or `./`, with or without `#…`) that carries the settings on.
    pub fn keep(&self, link: &str) -> String {
        let kept = self.write();
        if kept.is_empty() {
            return link.to_owned();
        }
        let (link, hash) = link.split_at(link.find('#').unwrap_or(link.len()));
        let joint = match link {
            link if !link.contains('?') => "?",
            link if link.ends_with('?') => "",
            _ => "&",
        };
        format!("{link}{joint}{kept}{hash}")
    }

    /// The settings as a query string, without what is at its default.
    pub fn write(&self) -> String {
        let mut query = Serializer::new(String::new());
        let mut put = |key: &str, value: &str| {
            query.append_pair(key, value);
        };
        if self.ui != Ui::Full {
            put("ui", self.ui.id());
        }
        if !self.controls {
            put("controls", "0");
        }
        self.theme.iter().for_each(|theme| put("theme", theme.id()));
        self.lang.iter().for_each(|lang| put("lang", lang));
        if self.motion != Motion::Auto {
            put("motion", name(&MOTIONS, self.motion));
        }
        if self.autoplay {
            put("autoplay", "1");
        }
        self.speed.iter().for_each(|speed| put("speed", &plain(*speed).to_string()));
        self.links.iter().for_each(|links| put("links", name(&SWITCH, *links)));
        if !self.storage {
            put("storage", "none");
        }
        self.origin.iter().for_each(|origin| put("origin", origin));
        if !self.id.is_empty() {
            put("id", &self.id);
        }
        query.finish()
    }

    /// Whether a link of the page must open in a tab of its own: it would lead the frame away from
    /// the lesson that the host put there. `lesson`: the one that is shown.
    pub fn leads_out(&self, href: &str, lesson: Option<&str>, framed: bool) -> bool {
        let elsewhere = !(href.starts_with(['?', '#']) || href.starts_with("./"));
        match self.ui {
            _ if href.starts_with('#') => false,
            Ui::Full => framed && elsewhere,
            _ if elsewhere => true,
            _ => {
                let query = href.split('#').next().unwrap_or_default().trim_start_matches('?');
                let named = parse(query.as_bytes()).find(|(key, _)| key == "lesson");
                let named = named.map(|(_, slug)| slug.into_owned());
                !(named.is_some() && (self.links() || named.as_deref() == lesson))
            }
        }
    }
}

/// The pairs of an address, and what was wrong with them.
struct Reader<'a> {
    pairs: Vec<(std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>)>,
    notes: Vec<Note>,
}

impl Reader<'_> {
    /// The last of several wins, as if each had been set in turn.
    fn find(&self, key: &str) -> Option<String> {
        self.pairs.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value.clone().into_owned())
    }

    fn choice<T: Copy>(&mut self, key: &'static str, all: &[(&str, T)], choices: &'static str) -> Option<T> {
        let text = self.find(key)?;
        let found = all.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            self.notes.push(Note::NoSuchChoice(key, short(&text), choices));
        }
        found
    }

    fn language(&mut self) -> Option<&'static str> {
        let text = self.find("lang")?;
        let found = language(&text);
        if found.is_none() {
            self.notes.push(Note::NoSuchLanguage(short(&text)));
        }
        found
    }

    fn speed(&mut self) -> Option<f64> {
        let text = self.find("speed")?;
        let Some(wanted) = decimal::read(text.trim()) else {
            self.notes.push(Note::NoSpeed(short(&text)));
            return None;
        };
        let speed = nearest_speed(wanted);
        if speed != wanted {
            self.notes.push(Note::Speed(speed));
        }
        Some(speed)
    }

    fn origin(&mut self) -> Option<String> {
        let text = self.find("origin")?;
        let found = origin(&text);
        if found.is_none() {
            self.notes.push(Note::NoOrigin(short(&text)));
        }
        found
    }

    fn id(&mut self) -> String {
        let text = self.find("id").unwrap_or_default();
        let id: String = text.chars().filter(|char| !char.is_control()).take(LONGEST_ID).collect();
        if id != text {
            self.notes.push(Note::Id);
        }
        id
    }
}

/// The secret that WordPress puts behind a frame's address, `#?secret=…`; it wants to hear it again.
pub fn secret(hash: &str) -> Option<String> {
    let query = hash.strip_prefix("#?")?;
    let found = parse(query.as_bytes()).find(|(key, _)| key == "secret").map(|(_, value)| value.into_owned());
    found.filter(|secret| {
        (1..=LONGEST_ID).contains(&secret.len()) && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The language there is for a BCP 47 tag: `en-GB` is `en`.
pub fn language(tag: &str) -> Option<&'static str> {
    let first = tag.split('-').next().unwrap_or_default();
    LANGUAGES.into_iter().find(|known| known.eq_ignore_ascii_case(first))
}

/// The nearest of the speeds on offer.
pub fn nearest_speed(wanted: f64) -> f64 {
    // A huge number is as far from one as from the other.
    let wanted = wanted.clamp(SPEEDS[0], SPEEDS[5]);
    let distance = |speed: &f64| (speed - wanted).abs();
    SPEEDS.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(1.0)
}

/// An origin as a browser writes it, or nothing if it is none. A frame cannot be told of an opaque
/// one (`null`): nobody could be posted to.
fn origin(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = |char: char| char.is_ascii_alphanumeric() || ".-_:[]".contains(char);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_is_one = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let good = !name.is_empty() && text.len() <= LONGEST_ORIGIN && host.chars().all(plain) && port_is_one;
    // Browsers leave out the usual port.
    let usual = if text.starts_with("https:") { ":443" } else { ":80" };
    good.then(|| text.strip_suffix(usual).unwrap_or(&text).to_owned())
}

fn name<T: PartialEq>(all: &[(&'static str, T)], value: T) -> &'static str {
    all.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

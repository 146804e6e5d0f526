//! What each page says of itself, and the files beside the pages.

use concurrent_burgers::course::numbers::{self, Numbers};
use concurrent_burgers::lessons;
use concurrent_burgers::lessons::model::Lesson;

use super::lesson as words;
use super::text::{self, escape};

/// The glossary's page.
pub const GLOSSARY: &str = "glossary.html";
/// The width and height of the pictures of lessons, px: what link previews ask for.
pub const PICTURE: (u32, u32) = (1200, 630);
/// The height of a frame that the pages recommend, px. A frame that can grow does so.
const FRAME_HEIGHT: u32 = 900;

/// Where the site will stand, as far as it is known.
pub struct Site(Option<String>);

/// A page: what it says of itself, and its text.
pub struct Page {
    /// The heading of the window.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// The file.
    pub file: String,
    /// Its own address, as full as it is known.
    pub address: String,
    /// The picture of its preview, if there is one.
    pub picture: Option<(String, String)>,
    /// The address of its oEmbed file, if it has one.
    pub oembed: Option<String>,
    /// The file with what the app reads to open it, so that the browser fetches it at once.
    pub needs: Option<&'static str>,
    /// What the app opens here, as an address says it.
    pub opens: Option<String>,
    /// The text in HTML, if it is not that of the app's own page.
    pub text: Option<String>,
}

impl Site {
    /// A site at an address, which must be a full one, or at one that is not known.
    pub fn at(address: Option<&str>) -> Result<Self, String> {
        match address.map(str::trim).filter(|it| !it.is_empty()) {
            None => Ok(Self(None)),
            Some(it)
                if (it.starts_with("https://") || it.starts_with("http://"))
                    && !it.contains(['?', '#', ' ']) =>
            {
                Ok(Self(Some(format!("{}/", it.trim_end_matches('/')))))
            }
            Some(it) => Err(format!("{it}: the site's address must be like https://example.org/burgers/")),
        }
    }

    /// The address of a file: full, if the site's is known; otherwise relative.
    pub fn address(&self, file: &str) -> String {
        match (&self.0, file) {
            (Some(site), file) => format!("{site}{file}"),
            (None, "") => "./".to_owned(),
            (None, file) => file.to_owned(),
        }
    }
}

/// A lesson's page.
pub fn file(lesson: &Lesson) -> String {
    format!("{}.html", lesson.slug)
}

/// A lesson's oEmbed file.
pub fn oembed_file(lesson: &Lesson) -> String {
    format!("oembed/{}.json", lesson.slug)
}

/// A lesson's picture.
pub fn picture(lesson: &Lesson) -> String {
    format!("pictures/{}.png", lesson.slug)
}

/// What is seen on a lesson's picture.
pub fn picture_in_words(lesson: &Lesson) -> String {
    format!("The burger counter in the middle of a run: {}", lesson.summary)
}

/// The app's own page.
pub fn home(site: &Site) -> Page {
    Page {
        title: "Concurrent Burgers: async programming you can watch".to_owned(),
        summary: "A free interactive course on asynchronous programming. Real programs run in your browser, and a burger \
                  counter shows every step they take."
            .to_owned(),
        file: "index.html".to_owned(),
        address: site.address(""),
        picture: lessons::ALL.first().map(|it| (site.address(&picture(it)), picture_in_words(it))),
        oembed: None,
        needs: None,
        opens: None,
        text: None,
    }
}

/// A lesson's page.
pub fn lesson(site: &Site, lesson: &'static Lesson) -> Page {
    Page {
        title: format!("{} · Concurrent Burgers", lesson.title),
        summary: lesson.summary.to_owned(),
        file: file(lesson),
        address: site.address(&file(lesson)),
        picture: Some((site.address(&picture(lesson)), picture_in_words(lesson))),
        oembed: Some(site.address(&oembed_file(lesson))),
        needs: Some(lesson.text),
        opens: Some(format!("lesson={}", lesson.slug)),
        text: Some(words::html(lesson)),
    }
}

/// The glossary.
pub fn glossary(site: &Site) -> Page {
    let entries: String = lessons::GLOSSARY
        .iter()
        .map(|term| {
            let shown = lessons::find(term.lesson).or(lessons::ALL.first());
            // Terms are explained in words; if one needed a number, it would be that of the lesson that shows it.
            let told = shown
                .map_or(String::new(), |it| text::html(&Numbers::new(it, numbers::defaults(it)), term.text));
            format!("<dt id=\"{}\">{}</dt><dd>{told}</dd>", term.id, escape(term.name))
        })
        .collect();
    let head = "<p class=\"kicker\"><a href=\"./\">Concurrent Burgers</a></p><h1>Glossary</h1>";
    Page {
        title: "Glossary · Concurrent Burgers".to_owned(),
        summary: "The words of asynchronous programming, each in a sentence or two.".to_owned(),
        file: GLOSSARY.to_owned(),
        address: site.address(GLOSSARY),
        picture: None,
        oembed: None,
        needs: None,
        opens: Some("page=glossary".to_owned()),
        text: Some(format!("{head}{}<dl class=\"terms\">{entries}</dl>", words::notes())),
    }
}

/// How a site that speaks oEmbed puts a lesson into a page of its own (version 1.0, type `rich`).
pub fn oembed(site: &Site, lesson: &Lesson) -> String {
    let frame = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{FRAME_HEIGHT}\" loading=\"lazy\" \
         allow=\"fullscreen; clipboard-write\"></iframe>",
        escape(&site.address(&format!("{}?ui=lesson", file(lesson)))),
        escape(&format!("Concurrent Burgers: {}", lesson.title)),
    );
    let answer = serde_json::json!({
        "version": "1.0",
        "type": "rich",
        "provider_name": "Concurrent Burgers",
        "provider_url": site.address(""),
        "title": lesson.title,
        "html": frame,
        "width": 960,
        "height": FRAME_HEIGHT,
        "thumbnail_url": site.address(&picture(lesson)),
        "thumbnail_width": PICTURE.0,
        "thumbnail_height": PICTURE.1,
    });
    format!("{answer:#}\n")
}

/// The lessons there are, for programs.
pub fn list() -> String {
    let one = |lesson: &Lesson| {
        serde_json::json!({
            "slug": lesson.slug,
            "number": lesson.number,
            "title": lesson.title,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "page": file(lesson),
            "oembed": oembed_file(lesson),
            "picture": picture(lesson),
        })
    };
    let all: Vec<_> = lessons::ALL.iter().map(one).collect();
    format!("{:#}\n", serde_json::json!({ "lessons": all }))
}

/// The list of pages for search engines, which wants full addresses.
pub fn sitemap(site: &Site) -> Option<String> {
    site.0.as_ref()?;
    let files = lessons::ALL.iter().map(file);
    let all = [String::new()].into_iter().chain(files).chain([GLOSSARY.to_owned()]);
    let entries: String =
        all.map(|file| format!("  <url><loc>{}</loc></url>\n", escape(&site.address(&file)))).collect();
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_full_address_or_none() {
        for bad in ["example.org", "ftp://example.org", "https://example.org/?a=b", "https://exam ple.org"] {
            assert!(Site::at(Some(bad)).is_err(), "{bad}");
        }
        let site = Site::at(Some("https://example.org/burgers")).expect("it is one");
        assert_eq!(site.address("waiting.html"), "https://example.org/burgers/waiting.html");
        assert_eq!(Site::at(Some("  ")).expect("none").address("waiting.html"), "waiting.html");
    }

    #[test]
    fn a_sitemap_wants_an_address_and_names_every_lesson() {
        assert!(sitemap(&Site(None)).is_none());
        let map = sitemap(&Site::at(Some("https://example.org/")).expect("it is one")).expect("a map");
        assert_eq!(map.matches("<loc>").count(), lessons::ALL.len() + 2);
        assert!(map.contains("<loc>https://example.org/waiting.html</loc>"));
    }
}

//! The app's page with another text in it, and another head over it.

use lol_html::html_content::ContentType::Html;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::about::Page;
use super::lesson;
use super::text::escape;

/// The app's own page, as it was built, made into another. What had been put into it before is replaced.
pub fn page(app: &str, page: &Page) -> Result<String, String> {
    let text = page.text.clone();
    let handlers = vec![
        element!("html", |it| {
            match &page.opens {
                Some(opens) => it.set_attribute("data-open", opens)?,
                None => it.remove_attribute("data-open"),
            }
            it.set_attribute("data-offline", "./sw.js")?;
            Ok(())
        }),
        element!("title", |it| {
            it.set_inner_content(&escape(&page.title), Html);
            it.after(&head(page), Html);
            Ok(())
        }),
        // What `head` writes anew.
        element!(
            "meta[name=description], meta[property^='og:'], meta[name^='twitter:'], link[rel=canonical], link[rel=alternate]",
            |it| {
                it.remove();
                Ok(())
            }
        ),
        // The program is fetched when the text is there to be read (`boot.js`): on a slow network, the two would share the line.
        element!("link[rel=preload][type='application/wasm']", |it| {
            let program = it.get_attribute("href").unwrap_or_default();
            it.replace(&format!("<meta name=\"program\" content=\"{}\">", escape(&program)), Html);
            Ok(())
        }),
        element!("main#fallback", |it| {
            if let Some(text) = &text {
                it.set_inner_content(text, Html);
                it.set_attribute("class", "as-page")?;
            }
            Ok(())
        }),
    ];
    let handlers = handlers.into_iter().chain([element!("nav#pages", |it| {
        it.set_inner_content(&lesson::list(), Html);
        Ok(())
    })]);
    let settings = handlers.fold(RewriteStrSettings::new(), |settings, handler| {
        settings.append_element_content_handler(handler)
    });
    rewrite_str(app, settings).map_err(|error| format!("{}: {error}", page.file))
}

/// What the page says of itself to those who do not read it.
fn head(page: &Page) -> String {
    let (title, summary, address) = (escape(&page.title), escape(&page.summary), escape(&page.address));
    let mut head = format!(
        "<meta name=\"description\" content=\"{summary}\">\
         <meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" content=\"Concurrent Burgers\">\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{summary}\">\
         <meta property=\"og:url\" content=\"{address}\">"
    );
    // Search engines read no relative one.
    if address.starts_with("http") {
        head += &format!("<link rel=\"canonical\" href=\"{address}\">");
    }
    if let Some((picture, words)) = &page.picture {
        let (width, height) = super::about::PICTURE;
        head += &format!(
            "<meta property=\"og:image\" content=\"{}\"><meta property=\"og:image:width\" content=\"{width}\">\
             <meta property=\"og:image:height\" content=\"{height}\"><meta property=\"og:image:alt\" content=\"{}\">\
             <meta name=\"twitter:card\" content=\"summary_large_image\">",
            escape(picture),
            escape(words)
        );
    }
    if let Some(file) = page.needs {
        head += &format!(
            "<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"./lessons/{file}\">"
        );
    }
    if let Some(oembed) = &page.oembed {
        head += &format!(
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{title}\">",
            escape(oembed)
        );
    }
    head
}

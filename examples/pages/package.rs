//! A page as the first and only one of a SCORM package: nothing in it leads to other pages, for there are none.

use lol_html::html_content::ContentType::Html;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::about::Page;

/// What the app is told in a package: only the lesson, or the course; nothing that leads away from it.
fn opens(page: &Page) -> String {
    match &page.opens {
        Some(lesson) => format!("{lesson}&ui=lesson&links=0"),
        // Any key will do to say that nothing else is asked for.
        None => "ui=full".to_owned(),
    }
}

/// Makes a finished page the first of a package.
pub fn page(html: &str, page: &Page) -> Result<String, String> {
    let opens = opens(page);
    let handlers = [
        element!("html", |it| {
            it.set_attribute("data-open", &opens)?;
            it.remove_attribute("data-offline");
            Ok(())
        }),
        element!("title", |it| {
            // Before the app's own starter, which is a module and so waits for the page.
            it.after("<script src=\"./scorm.js\"></script>", Html);
            Ok(())
        }),
        element!(
            "link[rel=manifest], link[rel=apple-touch-icon], link[rel=canonical], link[rel=alternate], meta[property^='og:'], \
             meta[name^='twitter:'], nav.page-links, nav#pages, img.picture",
            |it| {
                it.remove();
                Ok(())
            }
        ),
        element!("main#fallback a[href]", |it| {
            let elsewhere = it.get_attribute("href").is_some_and(|href| !href.starts_with("https:"));
            if elsewhere {
                it.remove_and_keep_content();
            }
            Ok(())
        }),
    ];
    let settings = handlers.into_iter().fold(RewriteStrSettings::new(), |settings, handler| {
        settings.append_element_content_handler(handler)
    });
    rewrite_str(html, settings).map_err(|error| format!("{}: {error}", page.file))
}

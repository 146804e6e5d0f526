//! The scenes of a stage, drawn on a canvas as they stand on the screen.
//!
//! A strict Content-Security-Policy lets no page load an SVG that it has made itself as an image. So its shapes are
//! drawn one by one: the browser has computed their styles already, and a canvas knows the same paths, colours, dashes
//! and patterns. What refers to a definition (`use`) is put in place in a copy first, so that it inherits from where it
//! stands. Animations are left out: the picture is a moment.

//!
//! Here: what stands where on the canvas. `shapes` draws what is in a scene.

mod shapes;

use crate::decimal::{self, plain};
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, DomRectReadOnly, Element, HtmlCanvasElement};

/// Pixels of the picture for each of the screen's.
const SCALE: f64 = 2.0;

type Done<T = ()> = Result<T, JsValue>;

/// Draws every scene that is in an element, where it stands.
pub fn draw(around: &Element) -> Done<HtmlCanvasElement> {
    let parts = all(around, ".scenes .scene, .scenes canvas, .scenes figcaption")?;
    let rects: Vec<_> = parts.iter().map(Element::get_bounding_client_rect).collect();
    type Side = fn(&DomRectReadOnly) -> f64;
    let least = |side: Side| rects.iter().map(|rect| side(rect)).fold(f64::INFINITY, f64::min);
    let most = |side: Side| rects.iter().map(|rect| side(rect)).fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (least(DomRectReadOnly::left), least(DomRectReadOnly::top));
    let (width, height) = (most(DomRectReadOnly::right) - left, most(DomRectReadOnly::bottom) - top);
    if parts.is_empty() || width < 1.0 || height < 1.0 {
        return Err("there is no scene".into());
    }
    let (canvas, pen) = canvas(width * SCALE, height * SCALE)?;
    pen.scale(SCALE, SCALE)?;
    pen.set_fill_style_str(&style(&document_body()?)?.get_property_value("background-color")?);
    pen.fill_rect(0.0, 0.0, width, height);
    for (part, rect) in parts.iter().zip(&rects) {
        pen.save();
        pen.translate(rect.left() - left, rect.top() - top)?;
        let (width, height) = (rect.width(), rect.height());
        match part.tag_name().as_str() {
            "svg" => scene(&pen, part, width, height)?,
            "CANVAS" => {
                let crowd = part.unchecked_ref::<HtmlCanvasElement>();
                pen.draw_image_with_html_canvas_element_and_dw_and_dh(crowd, 0.0, 0.0, width, height)?;
            }
            _ => caption(&pen, part, width, height)?,
        }
        pen.restore();
    }
    Ok(canvas)
}

/// Several pictures on one sheet, two in a row, each under its heading.
pub fn sheet(pictures: &[(String, HtmlCanvasElement)]) -> Done<HtmlCanvasElement> {
    const GAP: f64 = 32.0;
    const HEADING: f64 = 56.0;
    let columns = pictures.len().min(2);
    let width = pictures.iter().map(|(_, it)| f64::from(it.width())).fold(0.0, f64::max);
    let rows = pictures.chunks(columns.max(1)).map(|row| {
        let height = row.iter().map(|(_, it)| f64::from(it.height())).fold(0.0, f64::max);
        (row, height + HEADING)
    });
    let rows: Vec<_> = rows.collect();
    let height = rows.iter().map(|(_, height)| height + GAP).sum::<f64>() + GAP;
    let (canvas, pen) = canvas(GAP + (width + GAP) * columns as f64, height)?;
    let style = style(&document_body()?)?;
    pen.set_fill_style_str(&style.get_property_value("background-color")?);
    pen.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    pen.set_fill_style_str(&style.get_property_value("color")?);
    pen.set_font(&format!("700 {}px {}", plain(HEADING / 2.0), style.get_property_value("font-family")?));
    let mut y = GAP;
    for (row, height) in rows {
        for (column, (heading, picture)) in row.iter().enumerate() {
            let x = GAP + (width + GAP) * column as f64;
            pen.fill_text_with_max_width(heading, x, y + HEADING * 0.6, width)?;
            pen.draw_image_with_html_canvas_element(picture, x, y + HEADING)?;
        }
        y += height + GAP;
    }
    Ok(canvas)
}

fn all(around: &Element, selector: &str) -> Done<Vec<Element>> {
    let found = around.query_selector_all(selector)?;
    Ok((0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect())
}

fn document_body() -> Done<Element> {
    Ok(document().body().ok_or("there is no page")?.into())
}

fn canvas(width: f64, height: f64) -> Done<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width.ceil() as u32);
    canvas.set_height(height.ceil() as u32);
    let pen = canvas.get_context("2d")?.ok_or("there is no pen")?.unchecked_into();
    Ok((canvas, pen))
}

fn style(element: &Element) -> Done<CssStyleDeclaration> {
    let style = web_sys::window().ok_or("there is no window")?.get_computed_style(element)?;
    style.ok_or_else(|| "the element has no style".into())
}

/// The heading of a counter.
fn caption(pen: &CanvasRenderingContext2d, caption: &Element, width: f64, height: f64) -> Done {
    let style = style(caption)?;
    pen.set_fill_style_str(&style.get_property_value("background-color")?);
    pen.fill_rect(0.0, 0.0, width, height);
    pen.set_fill_style_str(&style.get_property_value("color")?);
    pen.set_font(&shapes::font(&style)?);
    pen.set_text_align("center");
    pen.set_text_baseline("middle");
    pen.fill_text(&caption.text_content().unwrap_or_default(), width / 2.0, height / 2.0)
}

/// A scene, from a copy beside it in which everything is where it is used.
fn scene(pen: &CanvasRenderingContext2d, svg: &Element, width: f64, height: f64) -> Done {
    let copy: Element = svg.clone_node_with_deep(true)?.unchecked_into();
    copy.class_list().add_1("copied")?;
    copy.set_attribute("aria-hidden", "true")?;
    put_in_place(&copy)?;
    svg.parent_element().ok_or("the scene is not in the page")?.append_child(&copy)?;
    let drawn = draw_copy(pen, &copy, width, height);
    copy.remove();
    drawn
}

fn draw_copy(pen: &CanvasRenderingContext2d, copy: &Element, width: f64, height: f64) -> Done {
    let view_box = copy.get_attribute("viewBox").unwrap_or_default();
    let sizes: Vec<f64> = view_box.split_whitespace().filter_map(decimal::read).collect();
    let [x, y, of_width, of_height] = sizes[..] else { return Err("the scene has no size".into()) };
    pen.set_fill_style_str(&style(copy)?.get_property_value("background-color")?);
    pen.fill_rect(0.0, 0.0, width, height);
    pen.begin_path();
    pen.rect(0.0, 0.0, width, height);
    pen.clip();
    pen.scale(width / of_width, height / of_height)?;
    pen.translate(-x, -y)?;
    shapes::children(pen, copy, 1.0)
}

/// Definitions come to where they are used.
fn put_in_place(copy: &Element) -> Done {
    for used in all(copy, "use")? {
        let definition =
            used.get_attribute("href").and_then(|href| document().get_element_by_id(href.strip_prefix('#')?));
        let group = document().create_element_ns(Some("http://www.w3.org/2000/svg"), "g")?;
        for name in ["class", "transform"] {
            if let Some(value) = used.get_attribute(name) {
                group.set_attribute(name, &value)?;
            }
        }
        if let Some(definition) = definition {
            let inside: Element = definition.clone_node_with_deep(true)?.unchecked_into();
            inside.remove_attribute("id")?;
            group.append_child(&inside)?;
        }
        used.replace_with_with_node_1(&group)?;
    }
    Ok(())
}

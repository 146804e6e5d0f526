//! The shapes of a scene on a canvas: paths, rectangles, circles and text, with the styles that the browser computed.

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{
    CanvasRenderingContext2d, CssStyleDeclaration, DomMatrix, Element, Path2d, SvgGraphicsElement,
};

use super::{Done, canvas, style};
use crate::decimal::{self, plain};

/// How finely the tile of a pattern is drawn.
const TILE_SCALE: f64 = 4.0;

/// Everything in an element. `opacity` is that of all it is in.
pub fn children(pen: &CanvasRenderingContext2d, of: &Element, opacity: f64) -> Done {
    let all = of.children();
    (0..all.length()).filter_map(|at| all.item(at)).try_for_each(|child| element(pen, &child, opacity))
}

/// An element and what is in it. `opacity` is that of all it is in.
fn element(pen: &CanvasRenderingContext2d, element: &Element, opacity: f64) -> Done {
    let style = style(element)?;
    let get = |name| style.get_property_value(name).unwrap_or_default();
    if get("display") == "none" {
        return Ok(());
    }
    let opacity = opacity * decimal::read(&get("opacity")).unwrap_or(1.0);
    pen.save();
    transform(pen, element)?;
    let seen = get("visibility") == "visible" && opacity > 0.0;
    let drawn = match element.tag_name().as_str() {
        "g" => children(pen, element, opacity),
        "text" if seen => text(pen, element, &style, opacity),
        _ if seen => shape(pen, element, &style, opacity),
        _ => Ok(()),
    };
    pen.restore();
    drawn
}

/// The transform that the element's attribute says; what an animation adds is left out.
fn transform(pen: &CanvasRenderingContext2d, element: &Element) -> Done {
    let Some(drawn) = element.dyn_ref::<SvgGraphicsElement>() else { return Ok(()) };
    let Some(transform) = drawn.transform().base_val().consolidate().ok().flatten() else { return Ok(()) };
    let it = transform.matrix();
    pen.transform(it.a().into(), it.b().into(), it.c().into(), it.d().into(), it.e().into(), it.f().into())
}

fn shape(
    pen: &CanvasRenderingContext2d,
    element: &Element,
    style: &CssStyleDeclaration,
    opacity: f64,
) -> Done {
    let Some(outline) = outline(element) else { return Ok(()) };
    let path = Path2d::new_with_path_string(&outline)?;
    if fill(pen, style, opacity)? {
        pen.fill_with_path_2d(&path);
    }
    if stroke(pen, style, opacity)? {
        pen.stroke_with_path(&path);
    }
    Ok(())
}

/// The path of a shape, as its attributes say.
fn outline(element: &Element) -> Option<String> {
    let number = |name| element.get_attribute(name).and_then(|it| decimal::read(&it)).unwrap_or(0.0);
    let ellipse = |rx: f64, ry: f64| {
        let (x, y) = (number("cx"), plain(number("cy")));
        let (left, right) = (plain(x - rx), plain(x + rx));
        let (rx, ry) = (plain(rx), plain(ry));
        // From the right, clockwise, as dashes run.
        format!("M{right} {y}A{rx} {ry} 0 0 1 {left} {y}A{rx} {ry} 0 0 1 {right} {y}Z")
    };
    match element.tag_name().as_str() {
        "path" => element.get_attribute("d"),
        "circle" => Some(ellipse(number("r"), number("r"))),
        "ellipse" => Some(ellipse(number("rx"), number("ry"))),
        "rect" => Some(rectangle(number("x"), number("y"), number("width"), number("height"), number("rx"))),
        _ => None,
    }
}

/// A rectangle with round corners.
fn rectangle(x: f64, y: f64, width: f64, height: f64, round: f64) -> String {
    let (rx, ry) = (round.min(width / 2.0), round.min(height / 2.0));
    let (right, bottom) = (x + width, y + height);
    // Where the straight lines begin and end.
    let (from, to, above, below) = (plain(x + rx), plain(right - rx), plain(y + ry), plain(bottom - ry));
    let [x, y, right, bottom, rx, ry] = [x, y, right, bottom, rx, ry].map(plain);
    format!(
        "M{from} {y}H{to}A{rx} {ry} 0 0 1 {right} {above}V{below}A{rx} {ry} 0 0 1 {to} {bottom}H{from}A{rx} {ry} 0 0 1 {x} {below}V{above}A{rx} {ry} 0 0 1 {from} {y}Z"
    )
}

/// Dips the pen into the colour or the pattern that fills. Says whether there is one.
fn fill(pen: &CanvasRenderingContext2d, style: &CssStyleDeclaration, opacity: f64) -> Done<bool> {
    let paint = style.get_property_value("fill")?;
    let own = decimal::read(&style.get_property_value("fill-opacity")?).unwrap_or(1.0);
    pen.set_global_alpha(opacity * own);
    if let Some(id) = paint.strip_prefix("url(\"#").and_then(|rest| rest.split('"').next()) {
        return pattern(pen, id);
    }
    pen.set_fill_style_str(&paint);
    Ok(paint != "none")
}

/// The pattern that is called so, as the page defines it.
fn pattern(pen: &CanvasRenderingContext2d, id: &str) -> Done<bool> {
    let Some(definition) = document().get_element_by_id(id) else { return Ok(false) };
    let size = |name| definition.get_attribute(name).and_then(|it| decimal::read(&it)).unwrap_or(1.0);
    let (tile, brush) = canvas(size("width") * TILE_SCALE, size("height") * TILE_SCALE)?;
    brush.scale(TILE_SCALE, TILE_SCALE)?;
    children(&brush, &definition, 1.0)?;
    let Some(pattern) = pen.create_pattern_with_html_canvas_element(&tile, "repeat")? else {
        return Ok(false);
    };
    let matrix = DomMatrix::new()?;
    matrix.set_a(1.0 / TILE_SCALE);
    matrix.set_d(1.0 / TILE_SCALE);
    // Bound without a type of its own in some browsers' descriptions: called by name.
    let set = js_sys::Reflect::get(&pattern, &"setTransform".into())?;
    set.unchecked_ref::<js_sys::Function>().call1(&pattern, &matrix)?;
    pen.set_fill_style_canvas_pattern(&pattern);
    Ok(true)
}

/// Sets the pen for the line. Says whether there is one.
fn stroke(pen: &CanvasRenderingContext2d, style: &CssStyleDeclaration, opacity: f64) -> Done<bool> {
    let get = |name| style.get_property_value(name).unwrap_or_default();
    let length = |text: &str| decimal::read(text.trim_end_matches("px"));
    let paint = get("stroke");
    let width = length(&get("stroke-width")).unwrap_or(1.0);
    if paint == "none" || width <= 0.0 {
        return Ok(false);
    }
    pen.set_global_alpha(opacity * decimal::read(&get("stroke-opacity")).unwrap_or(1.0));
    pen.set_stroke_style_str(&paint);
    pen.set_line_width(width);
    pen.set_line_cap(&get("stroke-linecap"));
    pen.set_line_join(&get("stroke-linejoin"));
    let dashes: js_sys::Array =
        get("stroke-dasharray").split([',', ' ']).filter_map(length).map(JsValue::from).collect();
    pen.set_line_dash(&dashes)?;
    Ok(true)
}

/// What a canvas calls the font of an element.
pub fn font(style: &CssStyleDeclaration) -> Done<String> {
    let get = |name| style.get_property_value(name);
    Ok(format!(
        "{} {} {} {}",
        get("font-style")?,
        get("font-weight")?,
        get("font-size")?,
        get("font-family")?
    ))
}

fn text(
    pen: &CanvasRenderingContext2d,
    element: &Element,
    style: &CssStyleDeclaration,
    opacity: f64,
) -> Done {
    let get = |name| style.get_property_value(name).unwrap_or_default();
    let number = |name| element.get_attribute(name).and_then(|it| decimal::read(&it)).unwrap_or(0.0);
    let words = element.text_content().unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    pen.set_font(&font(style)?);
    pen.set_text_align(match get("text-anchor").as_str() {
        "middle" => "center",
        "end" => "right",
        _ => "left",
    });
    // Newer than the descriptions that this program is built from; where it is unknown, letters stand a little closer.
    js_sys::Reflect::set(
        pen,
        &"letterSpacing".into(),
        &get("letter-spacing").replace("normal", "0px").into(),
    )?;
    let (x, y) = (number("x"), number("y"));
    if stroke(pen, style, opacity)? {
        pen.stroke_text(&words, x, y)?;
    }
    if fill(pen, style, opacity)? {
        pen.fill_text(&words, x, y)?;
    }
    Ok(())
}

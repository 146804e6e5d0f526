//! The address of a frame.

use concurrent_burgers::course::address::Theme;
use concurrent_burgers::course::embed::settings::{LONGEST_ID, Motion, Note, Settings, Ui, secret};
use proptest::prelude::*;

fn read(query: &str) -> (Settings, Vec<Note>) {
    Settings::parse(query, true)
}

#[test]
fn every_parameter_is_read() {
    let (settings, notes) = read(
        "?lesson=waiting&ui=scene&controls=0&theme=dark&lang=en-GB&motion=reduce&autoplay=1&speed=0.5&links=1\
         &storage=none&origin=https://Course.example:8443/&id=first%20one&secret=x",
    );
    let expected = Settings {
        ui: Ui::Scene,
        controls: false,
        theme: Some(Theme::Dark),
        lang: Some("en"),
        motion: Motion::Reduce,
        autoplay: true,
        speed: Some(0.5),
        links: Some(true),
        storage: false,
        origin: Some("https://course.example:8443".into()),
        id: "first one".into(),
    };
    assert_eq!((settings, notes), (expected, vec![]));
    assert_eq!(
        read("lesson=waiting"),
        (Settings::default(), vec![]),
        "nothing starts by itself, and all is shown"
    );
}

#[test]
fn bad_values_are_noted_and_leave_the_default() {
    for (query, key) in [
        ("ui=tiny", "ui"),
        ("ui=Scene", "ui"),
        ("controls=yes", "controls"),
        ("autoplay=", "autoplay"),
        ("motion=much", "motion"),
        ("links=2", "links"),
        ("storage=cloud", "storage"),
    ] {
        let (settings, notes) = read(query);
        assert_eq!(settings, Settings::default(), "{query}");
        assert!(matches!(&notes[..], [Note::NoSuchChoice(known, ..)] if *known == key), "{query}: {notes:?}");
    }
    for lang in ["de", "", "english", "<b>", "e"] {
        assert_eq!(read(&format!("lang={lang}")).1, [Note::NoSuchLanguage(lang.into())]);
    }
    assert_eq!(Settings::parse("ui=lesson", false), (Settings::default(), vec![Note::NeedsLesson]));
}

#[test]
fn a_speed_is_one_of_those_on_offer() {
    for (text, speed) in [("1", 1.0), ("0.125", 0.125), (" 4 ", 4.0)] {
        assert_eq!(
            (read(&format!("speed={text}")).0.speed, read(&format!("speed={text}")).1),
            (Some(speed), vec![])
        );
    }
    for (text, speed) in [("3.5", 4.0), ("0", 0.125), ("-9", 0.125), ("1e300", 4.0), ("0.3", 0.25)] {
        let (settings, notes) = read(&format!("speed={text}"));
        assert_eq!((settings.speed, notes), (Some(speed), vec![Note::Speed(speed)]), "{text}");
    }
    for text in ["", "fast", "NaN", "inf", "1e999"] {
        assert_eq!(read(&format!("speed={text}")).1, [Note::NoSpeed(text.into())]);
    }
}

#[test]
fn an_origin_is_an_origin() {
    for (text, origin) in [
        ("https://moodle.example", "https://moodle.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://a.example:443/", "https://a.example"),
    ] {
        assert_eq!(read(&format!("origin={text}")).0.origin.as_deref(), Some(origin));
    }
    let long = format!("https://{}", "a".repeat(400));
    for text in [
        "*",
        "null",
        "",
        "moodle.example",
        "ftp://x",
        "https://",
        "https://a/b",
        "https://a b",
        "http://a:99999",
        "javascript:alert(1)",
        "https://a@b",
        &long,
    ] {
        let (settings, notes) = read(&format!("origin={text}"));
        assert!(settings.origin.is_none() && matches!(notes[..], [Note::NoOrigin(_)]), "{text}");
    }
}

#[test]
fn a_name_is_cut_and_has_no_control_characters() {
    let (settings, notes) = read(&format!("id={}", "ü".repeat(500)));
    assert_eq!((settings.id.chars().count(), notes), (LONGEST_ID, vec![Note::Id]));
    assert_eq!(read("id=a%00b%0Ac"), (Settings { id: "abc".into(), ..Settings::default() }, vec![Note::Id]));
}

#[test]
fn links_carry_the_settings_on() {
    let (settings, _) = read("ui=lesson&theme=dark&origin=https://a.example&id=x%26y&storage=none");
    let kept = "ui=lesson&theme=dark&storage=none&origin=https%3A%2F%2Fa.example&id=x%26y";
    assert_eq!(settings.keep("?lesson=waiting&step=one"), format!("?lesson=waiting&step=one&{kept}"));
    assert_eq!(settings.keep("?lesson=waiting#x"), format!("?lesson=waiting&{kept}#x"));
    assert_eq!(settings.keep("./"), format!("./?{kept}"));
    assert_eq!(Settings::default().keep("?lesson=waiting"), "?lesson=waiting");
}

#[test]
fn a_frame_is_not_led_away_from_its_lesson() {
    let lesson = Some("waiting");
    let with = |query: &str| read(query).0;
    for href in ["./", "?page=glossary", "?lesson=io-bound", "https://a.example", "?", "docs/x"] {
        assert!(with("ui=lesson").leads_out(href, lesson, true), "{href}");
    }
    for href in ["#main", "?lesson=waiting&step=held", "?step=held&lesson=waiting#x"] {
        assert!(!with("ui=lesson").leads_out(href, lesson, true), "{href}");
    }
    assert!(!with("ui=lesson&links=1").leads_out("?lesson=io-bound", lesson, true));
    assert!(!with("").leads_out("./", lesson, true) && with("").leads_out("https://a.example", lesson, true));
    assert!(
        !with("").leads_out("https://a.example", lesson, false),
        "a page of its own is left as any page is"
    );
}

proptest! {
    #[test]
    fn no_address_makes_it_stumble(query in ".{0,200}") {
        let (settings, _) = read(&query);
        let (again, _) = read(&settings.write());
        prop_assert_eq!(again, settings);
    }

    #[test]
    fn what_is_written_is_read_again(
        ui in "full|lesson|scene|x", controls in "0|1|2", origin in "https://[a-z.]{1,9}(:[0-9]{1,5})?/?", id in ".{0,80}",
        speed in -1.0..9.0,
    ) {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, value) in [("ui", &ui), ("controls", &controls), ("origin", &origin), ("id", &id), ("speed", &format!("{speed:.3}"))] {
            query.append_pair(key, value);
        }
        let (settings, _) = read(&query.finish());
        prop_assert_eq!(read(&settings.keep("?lesson=waiting")), (settings, vec![]));
    }
}

#[test]
fn a_secret_is_told_only_as_wordpress_writes_it() {
    assert_eq!(secret("#?secret=aB3xyz").as_deref(), Some("aB3xyz"));
    assert_eq!(secret("#?x=1&secret=q").as_deref(), Some("q"));
    for hash in [
        "",
        "#",
        "#secret=q",
        "#?secret=",
        "#?secret=<b>",
        "#?secret=%C3%BC",
        &format!("#?secret={}", "a".repeat(99)),
    ] {
        assert_eq!(secret(hash), None, "{hash:.20}");
    }
}

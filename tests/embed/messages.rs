//! What a host may say to the frame.

use std::slice::from_ref;

use concurrent_burgers::course::address::Theme;
use concurrent_burgers::course::embed::message::{Command, Field, Fields, Heard, Order};
use concurrent_burgers::lessons;
use proptest::prelude::*;

fn text(text: &str) -> Field {
    Field::Text(text.into())
}

fn fields(fields: &[(&str, Field)]) -> Fields {
    Fields(fields.iter().map(|(name, field)| ((*name).to_owned(), field.clone())).collect())
}

fn command(cmd: &str, args: &[(&str, Field)]) -> Option<Heard> {
    let mut all = vec![("type", text("burger:cmd")), ("v", Field::Number(1.0)), ("cmd", text(cmd))];
    all.extend_from_slice(args);
    fields(&all).read("me", "q1")
}

fn understood(cmd: &str, args: &[(&str, Field)]) -> Option<Command> {
    match command(cmd, args)? {
        Heard::Command(_, command) => command.ok(),
        _ => None,
    }
}

#[test]
fn every_command_is_understood() {
    assert_eq!(understood("play", &[]), Some(Command::Play));
    assert_eq!(understood("pause", &[]), Some(Command::Pause));
    assert_eq!(understood("reset", &[]), Some(Command::Reset));
    assert_eq!(understood("goto", &[("args.step", text("clerk"))]), Some(Command::Step("clerk".into())));
    assert_eq!(understood("goto", &[("args.step", Field::Number(2.0))]), Some(Command::StepNumber(2.0)));
    let knob = [("args.name", text("grilling")), ("args.value", text("5"))];
    assert_eq!(understood("knob", &knob), Some(Command::Knob("grilling".into(), 5.0)));
    assert_eq!(understood("mode", &[("args.mode", text("side"))]), Some(Command::Mode("side".into())));
    assert_eq!(understood("speed", &[("args.speed", Field::Number(99.0))]), Some(Command::Speed(4.0)));
    assert_eq!(understood("theme", &[("args.theme", text("dark"))]), Some(Command::Theme(Theme::Dark)));
    assert_eq!(understood("lang", &[("args.lang", text("en-US"))]), Some(Command::Lang("en")));
}

#[test]
fn what_is_wrong_is_refused_with_a_reason() {
    let refused = |cmd: &str, args: &[(&str, Field)], why: &str| match command(cmd, args) {
        Some(Heard::Command(_, Err(refusal))) => assert!(refusal.0.contains(why), "{refusal:?}"),
        heard => panic!("{cmd}: {heard:?}"),
    };
    refused("explode", &[], "explode");
    refused("goto", &[], "args.step");
    refused("goto", &[("args.step", Field::Other)], "args.step");
    refused("knob", &[("args.name", text("grilling")), ("args.value", Field::Number(f64::NAN))], "a number");
    refused("knob", &[("args.name", Field::Number(1.0)), ("args.value", Field::Number(1.0))], "args.name");
    refused("theme", &[("args.theme", text("<b>"))], "<b>");
    refused("lang", &[("args.lang", text("tlh"))], "tlh");
    refused("x".repeat(9000).as_str(), &[], "…");
}

#[test]
fn what_is_not_meant_for_us_is_nothing() {
    let hello = |more: &[(&str, Field)]| {
        let mut all = vec![("type", text("burger:hello"))];
        all.extend_from_slice(more);
        fields(&all).read("me", "q1")
    };
    let v = ("v", Field::Number(1.0));
    assert_eq!(hello(from_ref(&v)), Some(Heard::Hello));
    assert_eq!(hello(&[v.clone(), ("id", text("me"))]), Some(Heard::Hello));
    assert_eq!(hello(&[v.clone(), ("id", text("another"))]), None);
    assert_eq!(hello(&[v, ("id", Field::Other)]), None);
    assert_eq!(hello(&[]), None, "no version");
    assert_eq!(hello(&[("v", Field::Number(2.0))]), None);
    for (name, field) in
        [("type", text("resize")), ("type", Field::Number(1.0)), ("subject", text("SPLICE.getState"))]
    {
        assert_eq!(fields(&[(name, field)]).read("me", "q1"), None);
    }
    assert_eq!(Fields::default().read("", ""), None);
}

#[test]
fn the_answer_must_quote_the_question() {
    let answer = |id: Field, more: &[(&str, Field)]| {
        let mut all = vec![("subject", text("SPLICE.getState.response")), ("message_id", id)];
        all.extend_from_slice(more);
        fields(&all).read("me", "q1")
    };
    let state = ("state", text("v=1"));
    assert_eq!(answer(text("q1"), from_ref(&state)), Some(Heard::State(Some("v=1".into()))));
    assert_eq!(answer(text("q2"), from_ref(&state)), None);
    assert_eq!(answer(Field::Nothing, from_ref(&state)), None);
    assert_eq!(answer(text("q1"), &[("state", Field::Nothing)]), Some(Heard::State(None)));
    assert_eq!(answer(text("q1"), &[("state", Field::Other)]), Some(Heard::NoState), "it is none of ours");
    assert_eq!(answer(text("q1"), &[state, ("error", text("down"))]), Some(Heard::NoState));
    assert_eq!(answer(Field::Nothing, &[("error", Field::Other)]), Some(Heard::NoState));
}

#[test]
fn only_what_the_lesson_has_can_be_ordered() {
    let lesson = lessons::find("sync-vs-async");
    let order = |command: Command| command.order(lesson).ok();
    assert_eq!(order(Command::Step("clerk".into())), Some(Order::Step(2)));
    assert_eq!(order(Command::StepNumber(1.0)), Some(Order::Step(0)));
    for number in [0.0, -1.0, 1.5, 99.0, f64::NAN, f64::INFINITY] {
        assert_eq!(order(Command::StepNumber(number)), None);
    }
    assert_eq!(order(Command::Step("nope".into())), None);
    assert_eq!(order(Command::Mode("side".into())), Some(Order::Mode("side")));
    assert_eq!(order(Command::Mode("__proto__".into())), None);
    assert_eq!(order(Command::Knob("nope".into(), 1.0)), None);
    assert!(matches!(order(Command::Knob("customers".into(), 5.0)), Some(Order::Knob(_, 5.0, false))));
    assert!(matches!(order(Command::Knob("customers".into(), 1e12)), Some(Order::Knob(_, 12.0, true))));
    assert!(Command::Play.order(None).is_err());
    assert_eq!(Command::Theme(Theme::Dark).order(None), Ok(Order::None));
}

fn any_field() -> impl Strategy<Value = Field> {
    prop_oneof![
        ".{0,30}".prop_map(Field::Text),
        proptest::num::f64::ANY.prop_map(Field::Number),
        Just(Field::Nothing),
        Just(Field::Other),
    ]
}

proptest! {
    #[test]
    fn no_message_makes_it_stumble(
        cmd in "play|goto|knob|mode|speed|theme|lang|.{0,9}",
        args in proptest::collection::vec(("args\\.(step|name|value|mode|speed|theme|lang)", any_field()), 0..6),
    ) {
        let mut all = vec![("type".to_owned(), text("burger:cmd")), ("v".to_owned(), Field::Number(1.0)), ("cmd".to_owned(), text(&cmd))];
        all.extend(args);
        if let Some(Heard::Command(_, Ok(command))) = Fields(all).read("", "")
            && let Ok(Order::Knob(knob, value, _)) = command.order(lessons::find("sync-vs-async"))
        {
            prop_assert!((knob.min..=knob.max).contains(&value));
        }
    }
}

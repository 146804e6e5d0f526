//! A crowd: totals by arithmetic from 1 to 10,000, and the same order however many come.

use super::*;
use concurrent_burgers::scenarios::crowd::MOST;

fn crowd(mode: &str, customers: usize, ordering: f64, grilling: f64) -> Replay {
    run("crowd", mode, &[("customers", customers as f64), ("ordering", ordering), ("grilling", grilling)])
}

#[test]
fn every_total_is_arithmetic() {
    for customers in [1, 2, 12, 13, 41, 300] {
        for (ordering, grilling) in [(0.0005, 0.3), (0.005, 0.05), (0.0001, 0.4)] {
            let all = customers as f64;
            let total = |mode| Metrics::of(&crowd(mode, customers, ordering, grilling)).total;
            assert_eq!(total("blocking"), seconds(all * (ordering + grilling)));
            assert_eq!(total("async"), seconds(all * ordering + grilling), "{customers}");
        }
    }
}

#[test]
fn ten_thousand_are_served_in_order_and_none_twice() {
    let replay = crowd("async", MOST, 0.0005, 0.3);
    assert_eq!(Metrics::of(&replay).total, seconds(5.3));
    let served: Vec<_> = replay.lanes.iter().skip(1).map(|lane| (lane.over(), lane.task)).collect();
    assert_eq!(served.len(), MOST);
    assert!(served.is_sorted() && served.iter().all(|(over, _)| over.is_some()));
    // A grill takes as long as 600 orders: so many tables are taken at once, whoever gets up goes back in line.
    let tables = replay.ios.iter().map(|io| io.slot + 1).max().unwrap_or(0);
    assert!((599..=601).contains(&tables), "{tables}");
}

#[test]
fn the_longest_day_can_be_recorded() {
    let replay = crowd("blocking", MOST, 0.02, 0.4);
    assert_eq!(Metrics::of(&replay).total, seconds(4200.0));
    assert!(replay.end < Micros::MAX);
}

#[test]
fn nobody_comes_where_nobody_is_asked_for_and_no_more_than_most() {
    assert_eq!(crowd("async", 0, 0.001, 0.1).lanes.len(), 1);
    assert_eq!(crowd("async", MOST + 7, 0.0001, 0.1).lanes.len(), MOST + 1);
}

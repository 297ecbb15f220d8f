//! Saturation: after how many interviews no new themes come up (Guest, Namey and Chen, 2020).
//!
//! The order of the interviews in a list is arbitrary, and any one order may mislead. So the interviews are put into many random orders,
//! and the result says what most of them show.

use std::collections::BTreeMap;

use rand::Rng;
use same_bits::RandomStream;

use crate::{Estimate, Interval, Warning};

/// The first interviews, whose themes are the base that new ones are compared with. Guest, Namey and Chen recommend four.
pub const BASE_SIZE: usize = 4;
/// Successive interviews that are looked at for new themes.
pub const RUN_LENGTH: usize = 2;
/// Saturation is reached where the new themes of a run are no more than this share of those of the base.
pub const THRESHOLDS: [f64; 2] = [0.05, 0.0];

/// Orders that are drawn, and the most interviews in all orders together; never fewer orders than [`MIN_ORDERS`].
const MAX_ORDERS: usize = 1_000;
const MAX_INTERVIEWS: usize = 4_000_000;
const MIN_ORDERS: usize = 100;

/// Themes by the number of interviews, over many random orders of them.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Saturation {
    /// Orders that were drawn.
    pub orders: u32,
    /// One row for each number of interviews, from 1 to all.
    pub counts: Vec<SaturationCount>,
    /// When it is reached, by threshold.
    pub reached: Vec<SaturationReached>,
}

/// The themes after a number of interviews, and what the next interviews add.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SaturationCount {
    /// Number of interviews.
    pub interviews: u32,
    /// Themes that the last of them brought up first, mean over orders.
    pub new_themes: f64,
    /// New themes of the next two interviews, over the themes of the first four: mean over the orders whose first four have a
    /// theme, and the range of the middle 95 % of these. None before the fourth interview and for the last two.
    pub share_new: Option<Estimate>,
    /// Themes so far, mean over orders.
    pub themes: f64,
    /// Range of the middle 95 % of the orders.
    pub themes_interval: Interval,
    /// Share of orders in which saturation is reached by then, by threshold.
    pub reached: [f64; 2],
    /// Themes so far in the listed order.
    pub themes_listed: u32,
    /// Share of new themes in the listed order.
    pub share_new_listed: Option<f64>,
}

/// When saturation is reached at one threshold: the number before the + of "6+2".
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SaturationReached {
    /// One of [`THRESHOLDS`].
    pub threshold: f64,
    /// Share of the orders in which it is reached at all, 0 to 1.
    pub share: f64,
    /// Interviews before the run: in the median order, and at the ends of the middle 95 % of orders; none where it is not reached.
    pub interviews: [Option<u32>; 3],
    /// The same in the listed order.
    pub listed: Option<u32>,
}

/// Saturation over random orders of the interviews, all equally likely.
///
/// `themes` has the themes that come up in each interview, by number; repeated ones count once.
///
/// Base size 4, run length 2, thresholds 5 % and 0 %: with *c(n)* the themes of the first *n* interviews, the share of new ones is
/// (*c(n* + 2*)* − *c(n)*) ÷ *c(4)*, with a fixed denominator, and saturation is reached at the first *n* from 4 on at which that is no more
/// than the threshold, "*n*+2". 1,000 orders are drawn from `rng`, fewer (at least 100) of more than 4,000 interviews.
///
/// Without interviews there are no rows.
pub fn saturation(themes: &[Vec<usize>], rng: &mut RandomStream) -> Saturation {
    let interviews = themes.len();
    if interviews == 0 {
        return Saturation::default();
    }
    let interviews_of = interviews_of_themes(themes);
    let listed = Order::new(&interviews_of, &(0..interviews).collect::<Vec<_>>());
    let number = (MAX_INTERVIEWS / interviews).clamp(MIN_ORDERS, MAX_ORDERS);
    let mut positions: Vec<usize> = (0..interviews).collect();
    let orders: Vec<Order> = (0..number)
        .map(|_| {
            for last in (1..interviews).rev() {
                positions.swap(last, rng.gen_range(0..=last));
            }
            Order::new(&interviews_of, &positions)
        })
        .collect();
    Saturation {
        orders: number as u32,
        counts: (1..=interviews).map(|number| count(number, &orders, &listed)).collect(),
        reached: (0..THRESHOLDS.len()).map(|threshold| reached(threshold, &orders, &listed)).collect(),
    }
}

impl Saturation {
    /// A warning where there are too few interviews; none without any.
    pub fn warning(&self) -> Option<Warning> {
        let (needed, interviews) = (BASE_SIZE + RUN_LENGTH, self.counts.len());
        (1..needed).contains(&interviews).then_some(Warning::TooFewForSaturation { needed, interviews })
    }
}

/// The interviews of each theme, from the themes of each interview.
fn interviews_of_themes(themes: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut interviews_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (interview, themes) in themes.iter().enumerate() {
        for &theme in themes {
            interviews_of.entry(theme).or_default().push(interview);
        }
    }
    interviews_of.into_values().collect()
}

/// One order of the interviews.
struct Order {
    /// Themes of the first so many interviews, from none to all.
    themes: Vec<u32>,
    /// Interviews before the first run with no more new themes than each threshold allows.
    reached: [Option<usize>; 2],
}

impl Order {
    /// `positions` has the position of each interview in the order.
    fn new(interviews_of: &[Vec<usize>], positions: &[usize]) -> Self {
        let mut themes = vec![0_u32; positions.len() + 1];
        for interviews in interviews_of {
            let first = interviews.iter().filter_map(|&interview| positions.get(interview)).min();
            if let Some(count) = first.and_then(|&first| themes.get_mut(first + 1)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut themes {
            sum += *count;
            *count = sum;
        }
        let mut order = Self { themes, reached: [None; 2] };
        order.reached = THRESHOLDS.map(|threshold| {
            (BASE_SIZE..positions.len())
                .find(|&number| order.share_new(number).is_some_and(|share| share <= threshold))
        });
        order
    }

    fn themes(&self, number: usize) -> u32 {
        self.themes.get(number).copied().unwrap_or(0)
    }

    /// New themes of the run after so many interviews, over the themes of the base.
    fn share_new(&self, number: usize) -> Option<f64> {
        let base = self.themes.get(BASE_SIZE).copied().filter(|&base| base > 0 && number >= BASE_SIZE)?;
        let end = self.themes.get(number + RUN_LENGTH)?;
        Some(f64::from(end - self.themes(number)) / f64::from(base))
    }
}

fn count(number: usize, orders: &[Order], listed: &Order) -> SaturationCount {
    let all = orders.len().max(1) as f64;
    let new: u32 = orders.iter().map(|order| order.themes(number) - order.themes(number - 1)).sum();
    let mut themes: Vec<f64> = orders.iter().map(|order| f64::from(order.themes(number))).collect();
    let mut shares: Vec<f64> = orders.iter().filter_map(|order| order.share_new(number)).collect();
    let by_then = |threshold: usize| {
        let reached = |order: &&Order| order.reached[threshold].is_some_and(|reached| reached <= number);
        orders.iter().filter(reached).count() as f64 / all
    };
    SaturationCount {
        interviews: number as u32,
        new_themes: f64::from(new) / all,
        share_new: band(&mut shares),
        themes: themes.iter().sum::<f64>() / all,
        themes_interval: band(&mut themes).map_or(Interval { low: 0.0, high: 0.0 }, |band| band.interval),
        reached: [by_then(0), by_then(1)],
        themes_listed: listed.themes(number),
        share_new_listed: listed.share_new(number),
    }
}

/// The mean and the range of the middle 95 %; none without values.
fn band(values: &mut [f64]) -> Option<Estimate> {
    values.sort_by(f64::total_cmp);
    let outside = values.len() / 40;
    let (low, high) = (*values.get(outside)?, *values.get(values.len() - 1 - outside)?);
    let value = values.iter().sum::<f64>() / values.len() as f64;
    Some(Estimate { value, interval: Interval { low, high } })
}

fn reached(threshold: usize, orders: &[Order], listed: &Order) -> SaturationReached {
    let mut reached: Vec<usize> = orders.iter().filter_map(|order| order.reached[threshold]).collect();
    reached.sort_unstable();
    // Orders in which it is not reached rank after all in which it is.
    let outside = orders.len() / 40;
    let quantiles = [orders.len() / 2, outside, orders.len().saturating_sub(1 + outside)];
    SaturationReached {
        threshold: THRESHOLDS[threshold],
        share: reached.len() as f64 / orders.len().max(1) as f64,
        interviews: quantiles.map(|rank| reached.get(rank).map(|&number| number as u32)),
        listed: listed.reached[threshold].map(|number| number as u32),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use same_bits::random_stream;

    use super::*;

    fn of(themes: &[Vec<usize>]) -> Saturation {
        saturation(themes, &mut random_stream(7, "saturation"))
    }

    #[test]
    fn in_the_listed_order_ratios_are_those_of_qdapy() {
        // Made by tests/fixtures/saturation.py.
        let cases: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../tests/fixtures/saturation.json")).unwrap();
        for case in cases {
            let numbers = |key: &str| -> Vec<f64> { serde_json::from_value(case[key].clone()).unwrap() };
            let heard: Vec<Vec<usize>> = serde_json::from_value(case["heard"].clone()).unwrap();
            let found = of(&heard);
            let mut before = 0;
            for (count, new) in found.counts.iter().zip(numbers("new_themes")) {
                assert!((f64::from(count.themes_listed - before) - new).abs() < 1e-9);
                before = count.themes_listed;
            }
            let ratios: Vec<f64> = found.counts.iter().filter_map(|count| count.share_new_listed).collect();
            let expected = numbers("ratios");
            assert_eq!(ratios.len(), expected.len());
            assert!(
                ratios.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6),
                "{ratios:?} {expected:?}"
            );
            for (reached, expected) in found.reached.iter().zip(case["thresholds"].as_array().unwrap()) {
                assert_eq!(Some(reached.threshold), expected["threshold"].as_f64());
                let notation = reached.listed.map(|number| format!("{number}+2"));
                assert_eq!(notation.as_deref(), expected["notation"].as_str());
            }
        }
    }

    #[test]
    fn the_mean_over_orders_is_what_counting_all_orders_gives() {
        // Of 10 interviews theme 0 is in 2, theme 1 in 5: in n of them it is missed with (10 − k choose n) ÷ (10 choose n).
        let heard =
            [vec![0, 1], vec![0, 1], vec![1], vec![1], vec![1], vec![], vec![], vec![], vec![], vec![]];
        let found = of(&heard);
        for (number, expected) in [(1, 0.2 + 0.5), (2, 1.0 - 28.0 / 45.0 + 1.0 - 10.0 / 45.0), (10, 2.0)] {
            let themes = found.counts[number - 1].themes;
            assert!((themes - expected).abs() < 0.05, "{number}: {themes}, not {expected}");
        }
        let shown = found.reached.iter().map(|one| {
            let shown =
                |number: Option<u32>| number.map_or("never".to_owned(), |number| format!("{number}+2"));
            let [median, low, high] = one.interviews.map(shown);
            format!("{}: in {:.0} %, {median} ({low} to {high})", one.threshold, one.share * 100.0)
        });
        insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"), @r"
        0.05: in 97 %, 4+2 (4+2 to never)
        0: in 97 %, 4+2 (4+2 to never)
        ");
    }

    #[test]
    fn few_interviews_are_warned_of_and_repeated_themes_count_once() {
        let found = of(&[vec![0, 0, 2], vec![2, 7]]);
        assert_eq!(found.counts.iter().map(|count| count.themes_listed).collect::<Vec<_>>(), [2, 3]);
        assert!(found.counts.iter().all(|count| count.share_new.is_none()));
        assert_eq!(found.warning(), Some(Warning::TooFewForSaturation { needed: 6, interviews: 2 }));
        assert_eq!(of(&[]), Saturation::default());
        assert_eq!(of(&[]).warning(), None);
    }

    proptest! {
        #[test]
        fn themes_only_grow_and_end_at_all(
            heard in prop::collection::vec(prop::collection::vec(0_usize..6, 0..4), 1..12),
        ) {
            let found = of(&heard);
            let all = heard.iter().flatten().collect::<std::collections::BTreeSet<_>>().len() as f64;
            let last = found.counts.last().unwrap();
            prop_assert!((last.themes - all).abs() < 1e-9 && (last.themes_interval.low - all).abs() < 1e-9);
            for pair in found.counts.windows(2) {
                prop_assert!(pair[0].themes <= pair[1].themes + 1e-9 && pair[0].reached[0] <= pair[1].reached[0]);
            }
            for count in &found.counts {
                let Interval { low, high } = count.themes_interval;
                prop_assert!(low <= high && high <= all);
                prop_assert!(count.reached[1] <= count.reached[0]);
            }
        }
    }
}

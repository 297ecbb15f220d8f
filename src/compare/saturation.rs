//! After how many interviews nothing new comes up (Guest, Namey and Chen, 2020).
//!
//! The order in which interviews stand in a list is arbitrary, and one order can say anything. So the same interviews are put
//! into many orders, and what is told is what most of them show.

use rand::Rng;
use same_bits::random_stream;

use super::interval::Interval;
use super::tally::{themes_of_segments, themes_of_transcripts};
use crate::corpus::{Problem, Segment, Severity};
use crate::theme::{Label, Theme, ThemeKind};

/// The first so many interviews are what is known already. Guest, Namey and Chen recommend four.
const BASE: usize = 4;
/// So many interviews in a row are looked at for something new.
const RUN: usize = 2;
/// No more than this part of what the base held may be new in a run.
const THRESHOLDS: [f64; 2] = [0.05, 0.0];

/// Orders that are drawn, and how many places of orders at most; never fewer orders than [`LEAST_ORDERS`].
const ORDERS: usize = 1_000;
const MOST_PLACES: usize = 4_000_000;
const LEAST_ORDERS: usize = 100;

/// New themes by the number of interviews, over many orders of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Saturation {
    /// Orders that were drawn.
    pub orders: u32,
    /// A row for each number of interviews, from 1 to all.
    pub counts: Vec<SaturationCount>,
    /// Where it is reached, by threshold.
    pub reached: Vec<SaturationReached>,
}

/// So many interviews, and what the next ones bring.
#[derive(Debug, Clone, PartialEq)]
pub struct SaturationCount {
    /// How many interviews were heard.
    pub transcripts: u32,
    /// Themes that the last of them brought up first, mean over orders.
    pub new_themes: f64,
    /// New themes of the two interviews behind them, over the themes of the first four: mean over the orders whose first four have
    /// a theme, and where 95 % of these lie. None before the fourth and for the last two.
    pub share_new: Option<(f64, Interval)>,
    /// Themes heard so far, mean over orders.
    pub themes: f64,
    /// Where 95 % of the orders lie.
    pub themes_interval: Interval,
    /// Share of orders in which it is reached by then: at most 5 % new, and nothing new.
    pub reached: [f64; 2],
    /// Themes heard so far in the order of the list of transcripts.
    pub themes_listed: u32,
    /// The share of new themes in that order.
    pub share_new_listed: Option<f64>,
}

/// Where saturation is reached, at one threshold: the number before the + of "6+2".
#[derive(Debug, Clone, PartialEq)]
pub struct SaturationReached {
    /// Part of what the base held that may be new in a run.
    pub threshold: f64,
    /// Share of the orders in which it is reached at all, 0 to 1.
    pub share: f64,
    /// Interviews before the run, in the median order and where 95 % of the orders lie; none where it is not reached so often.
    pub transcripts: [Option<u32>; 3],
    /// The same in the order of the list of transcripts.
    pub listed: Option<u32>,
}

/// Saturation over drawn orders of the interviews, all of them equally likely.
///
/// Base size 4, run length 2, thresholds 5 % and 0 %: with *c(n)* the themes heard in the first *n* interviews, the share of new ones
/// is (*c(n* + 2*)* − *c(n)*) ÷ *c(4)*, the denominator fixed, and it is reached at the first *n* from 4 on at which that is no more than the
/// threshold, "*n*+2". 1,000 orders, fewer where interviews are more than 4,000, drawn from a stream of `seed`.
///
/// What counts are seed themes and fine emergent ones; a broad one is heard with the first of its finer ones. There are no rows
/// without interviews.
pub fn saturation(
    themes: &[Theme],
    transcripts: usize,
    segments: &[Segment],
    labels: &[Label],
    seed: u64,
) -> Saturation {
    let carried = themes_of_segments(segments.len(), themes.len(), labels);
    let present = themes_of_transcripts(transcripts, segments, &carried);
    let mut heard_in: Vec<Vec<usize>> = vec![Vec::new(); themes.len()];
    for (transcript, present) in present.iter().enumerate() {
        for &theme in present {
            if let Some(heard_in) = heard_in.get_mut(theme) {
                heard_in.push(transcript);
            }
        }
    }
    for (theme, heard_in) in themes.iter().zip(&mut heard_in) {
        if is_broad(theme, themes) {
            heard_in.clear();
        }
    }
    of_orders(&heard_in, transcripts, seed)
}

fn is_broad(theme: &Theme, themes: &[Theme]) -> bool {
    let below = |other: &Theme| other.kind == ThemeKind::Emergent && other.parent == theme.name;
    theme.kind == ThemeKind::Emergent && themes.iter().any(below)
}

/// `heard_in` has the interviews of each theme.
fn of_orders(heard_in: &[Vec<usize>], interviews: usize, seed: u64) -> Saturation {
    if interviews == 0 {
        return Saturation::default();
    }
    let listed = Order::new(heard_in, &(0..interviews).collect::<Vec<_>>());
    let wanted = (MOST_PLACES / interviews).clamp(LEAST_ORDERS, ORDERS);
    let mut rng = random_stream(seed, "saturation");
    let mut places: Vec<usize> = (0..interviews).collect();
    let orders: Vec<Order> = (0..wanted)
        .map(|_| {
            for last in (1..interviews).rev() {
                places.swap(last, rng.gen_range(0..=last));
            }
            Order::new(heard_in, &places)
        })
        .collect();
    Saturation {
        orders: wanted as u32,
        counts: (1..=interviews).map(|number| count(number, &orders, &listed)).collect(),
        reached: (0..THRESHOLDS.len()).map(|threshold| reached(threshold, &orders, &listed)).collect(),
    }
}

/// One order of the interviews.
struct Order {
    /// Themes heard in the first so many, from none to all.
    heard: Vec<u32>,
    /// Interviews before the first run that holds no more than each threshold allows.
    reached: [Option<usize>; 2],
}

impl Order {
    /// `places` has the place in the order of each interview.
    fn new(heard_in: &[Vec<usize>], places: &[usize]) -> Self {
        let mut heard = vec![0_u32; places.len() + 1];
        for interviews in heard_in {
            let first = interviews.iter().filter_map(|&interview| places.get(interview)).min();
            if let Some(count) = first.and_then(|&first| heard.get_mut(first + 1)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut heard {
            sum += *count;
            *count = sum;
        }
        let mut order = Self { heard, reached: [None; 2] };
        order.reached = THRESHOLDS.map(|threshold| {
            (BASE..places.len())
                .find(|&number| order.share_new(number).is_some_and(|share| share <= threshold))
        });
        order
    }

    fn heard(&self, number: usize) -> u32 {
        self.heard.get(number).copied().unwrap_or(0)
    }

    /// New themes of the run behind so many interviews, over the themes of the base.
    fn share_new(&self, number: usize) -> Option<f64> {
        let base = self.heard.get(BASE).copied().filter(|&base| base > 0 && number >= BASE)?;
        let end = self.heard.get(number + RUN)?;
        Some(f64::from(end - self.heard(number)) / f64::from(base))
    }
}

fn count(number: usize, orders: &[Order], listed: &Order) -> SaturationCount {
    let all = orders.len().max(1) as f64;
    let new: u32 = orders.iter().map(|order| order.heard(number) - order.heard(number - 1)).sum();
    let mut heard: Vec<f64> = orders.iter().map(|order| f64::from(order.heard(number))).collect();
    let mut shares: Vec<f64> = orders.iter().filter_map(|order| order.share_new(number)).collect();
    let by_then = |threshold: usize| {
        let reached = |order: &&Order| order.reached[threshold].is_some_and(|reached| reached <= number);
        orders.iter().filter(reached).count() as f64 / all
    };
    SaturationCount {
        transcripts: number as u32,
        new_themes: f64::from(new) / all,
        share_new: band(&mut shares),
        themes: heard.iter().sum::<f64>() / all,
        themes_interval: band(&mut heard).map_or(Interval { low: 0.0, high: 0.0 }, |(_, interval)| interval),
        reached: [by_then(0), by_then(1)],
        themes_listed: listed.heard(number),
        share_new_listed: listed.share_new(number),
    }
}

/// The mean, and where the middle 95 % lie; none of none.
fn band(values: &mut [f64]) -> Option<(f64, Interval)> {
    values.sort_by(f64::total_cmp);
    let outside = values.len() / 40;
    let (low, high) = (*values.get(outside)?, *values.get(values.len() - 1 - outside)?);
    Some((values.iter().sum::<f64>() / values.len() as f64, Interval { low, high }))
}

fn reached(threshold: usize, orders: &[Order], listed: &Order) -> SaturationReached {
    let mut reached: Vec<usize> = orders.iter().filter_map(|order| order.reached[threshold]).collect();
    reached.sort_unstable();
    // Orders that do not get there come behind all that do.
    let outside = orders.len() / 40;
    let places = [orders.len() / 2, outside, orders.len().saturating_sub(1 + outside)];
    SaturationReached {
        threshold: THRESHOLDS[threshold],
        share: reached.len() as f64 / orders.len().max(1) as f64,
        transcripts: places.map(|place| reached.get(place).map(|&number| number as u32)),
        listed: listed.reached[threshold].map(|number| number as u32),
    }
}

impl Saturation {
    /// What to tell where interviews are too few for a word on it.
    pub(super) fn doubt(&self) -> Option<Problem> {
        let few = !self.counts.is_empty() && self.counts.len() < BASE + RUN;
        few.then(|| {
            let message = format!(
                "Saturation is not known: it takes {} interviews or more, and there are {}.",
                BASE + RUN,
                self.counts.len()
            );
            Problem::new(Severity::Note, "saturation", message)
        })
    }
}

impl SaturationReached {
    /// The finding as a sentence, for people.
    pub fn sentence(&self) -> String {
        let allowed = if self.threshold > 0.0 {
            format!("At most {} % new themes in two interviews", self.threshold * 100.0)
        } else {
            "No new theme in two interviews".to_owned()
        };
        let [median, low, high] = self.transcripts;
        let shown =
            |number: Option<u32>| number.map_or("never".to_owned(), |number| format!("{number}+{RUN}"));
        if self.share == 0.0 {
            return format!("{allowed}: in no order of the interviews.");
        }
        format!(
            "{allowed}: in {:.0} % of the orders of interviews, in the median at {} (95 % of orders: {} to {}).",
            self.share * 100.0,
            shown(median),
            shown(low),
            shown(high)
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::prevalence::tests::{label, study, theme};
    use super::*;

    /// The interviews of each theme, from the themes of each interview.
    fn heard_in(themes: usize, heard: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let of = |theme| (0..heard.len()).filter(|&place| heard[place].contains(&theme)).collect();
        (0..themes).map(of).collect()
    }

    #[test]
    fn in_the_listed_order_ratios_are_those_of_qdapy() {
        // Made by tests/fixtures/compare/saturation.py.
        let cases: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/compare/saturation.json")).unwrap();
        for case in cases {
            let numbers = |key: &str| -> Vec<f64> { serde_json::from_value(case[key].clone()).unwrap() };
            let heard: Vec<Vec<usize>> = serde_json::from_value(case["heard"].clone()).unwrap();
            let themes = case["themes"].as_u64().unwrap() as usize;
            let found = of_orders(&heard_in(themes, &heard), heard.len(), 7);
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
        let found = of_orders(&heard_in(2, &heard), 10, 7);
        for (number, expected) in [(1, 0.2 + 0.5), (2, 1.0 - 28.0 / 45.0 + 1.0 - 10.0 / 45.0), (10, 2.0)] {
            let themes = found.counts[number - 1].themes;
            assert!((themes - expected).abs() < 0.05, "{number}: {themes}, not {expected}");
        }
        insta::assert_snapshot!(
            found.reached.iter().map(SaturationReached::sentence).collect::<Vec<_>>().join("\n"),
            @r"
        At most 5 % new themes in two interviews: in 97 % of the orders of interviews, in the median at 4+2 (95 % of orders: 4+2 to never).
        No new theme in two interviews: in 97 % of the orders of interviews, in the median at 4+2 (95 % of orders: 4+2 to never).
        "
        );
    }

    #[test]
    fn broad_themes_and_repeated_labels_do_not_count() {
        let all = [
            theme("work", ThemeKind::Seed, ""),
            theme("pay", ThemeKind::Seed, "work"),
            theme("home", ThemeKind::Emergent, ""),
            theme("garden", ThemeKind::Emergent, "home"),
        ];
        let (_, segments) = study(&[("", 2), ("", 2)]);
        let labels =
            [label(0, 0), label(0, 0), label(1, 2), label(1, 3), label(3, 1), label(9, 1), label(3, 9)];
        let found = saturation(&all, 2, &segments, &labels, 7);
        assert_eq!(found.counts.iter().map(|count| count.themes_listed).collect::<Vec<_>>(), [2, 3]);
        assert!(found.counts.iter().all(|count| count.share_new.is_none()));
        insta::assert_snapshot!(found.doubt().unwrap(), @"note: saturation: Saturation is not known: it takes 6 interviews or more, and there are 2.");
        assert_eq!(saturation(&all, 0, &[], &[], 7), Saturation::default());
    }

    proptest! {
        #[test]
        fn themes_only_grow_and_end_at_all(
            heard in prop::collection::vec(prop::collection::vec(0_usize..6, 0..4), 1..12),
        ) {
            let found = of_orders(&heard_in(6, &heard), heard.len(), 7);
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

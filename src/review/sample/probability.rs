//! With which chance each segment is drawn, and the draw itself: probabilities proportional to sizes, in one systematic pass.
//!
//! A systematic pass over a list in order (Madow, 1949) keeps every chance exact and spreads the sample over whatever the list is
//! ordered by. What it does not give is an unbiased variance: of two neighbours both are hardly ever drawn. Whoever computes
//! intervals therefore takes interviews for the units.

use rand::Rng;

use same_bits::RandomStream;

/// The size of each segment: (1 − *u*) ÷ *N* + *u gᵢ* ÷ Σ *g*, where *u* is the share of the sample that goes after uncertainty.
///
/// `uncertainties` are 0 or more. Without any, all segments have the same size. Sizes are positive for *u* below 1 and sum to 1.
pub(super) fn sizes(uncertainties: &[f64], share: f64) -> Vec<f64> {
    let even = 1.0 / uncertainties.len().max(1) as f64;
    let sum: f64 = uncertainties.iter().sum();
    if sum <= 0.0 {
        return vec![even; uncertainties.len()];
    }
    uncertainties.iter().map(|uncertainty| (1.0 - share) * even + share * uncertainty / sum).collect()
}

/// The chance of each segment in a sample of `count`: *n* times its size, at most 1; what is above 1 goes to the others in proportion
/// to their sizes. The chances sum to `count`, or to the number of segments if that is less.
pub(super) fn chances(sizes: &[f64], count: usize) -> Vec<f64> {
    if count >= sizes.len() {
        return vec![1.0; sizes.len()];
    }
    let mut sure = vec![false; sizes.len()];
    loop {
        let taken = sure.iter().filter(|sure| **sure).count();
        let rest: f64 = sizes.iter().zip(&sure).filter(|(_, sure)| !**sure).map(|(size, _)| size).sum();
        let scale = (count - taken) as f64 / rest;
        let chance = |(size, sure): (&f64, &bool)| if *sure { 1.0 } else { size * scale };
        let chances: Vec<f64> = sizes.iter().zip(&sure).map(chance).collect();
        let mut more = false;
        for (sure, chance) in sure.iter_mut().zip(&chances) {
            if !*sure && *chance >= 1.0 {
                (*sure, more) = (true, true);
            }
        }
        // Rounding must not make more of them sure than are to be drawn.
        if !more || sure.iter().filter(|sure| **sure).count() >= count {
            return chances.into_iter().map(|chance| chance.min(1.0)).collect();
        }
    }
}

/// Draws segments with their chances, in the order of the list: those at which the running sum of chances passes *s*, *s* + 1,
/// *s* + 2, …, for a random start *s* between 0 and 1.
///
/// The number drawn is the sum of the chances, which is taken to be whole.
pub(super) fn systematic(chances: &[f64], random: &mut RandomStream) -> Vec<usize> {
    let start: f64 = random.r#gen();
    let all = chances.iter().sum::<f64>().round();
    let mut drawn = Vec::with_capacity(all as usize);
    let (mut sum, mut passed) = (0.0_f64, 0.0_f64);
    for (place, chance) in chances.iter().enumerate() {
        sum += chance;
        // The rounding of the sums must not cost the last one, nor give one too many.
        let end = if place + 1 == chances.len() { all } else { sum.min(all) };
        let passes = (end - start).ceil().max(0.0);
        if passes > passed {
            drawn.push(place);
            passed = passes;
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use same_bits::random_stream;

    #[test]
    fn what_is_above_one_goes_to_the_others() {
        let chances = chances(&[0.7, 0.1, 0.1, 0.1], 2);
        let rounded: Vec<f64> = chances.iter().map(|chance| (chance * 1e6).round() / 1e6).collect();
        assert_eq!(rounded, [1.0, 0.333_333, 0.333_333, 0.333_333]);
    }

    #[test]
    fn without_uncertainty_the_sample_is_uniform() {
        assert_eq!(sizes(&[0.0, 0.0], 0.5), [0.5, 0.5]);
        assert_eq!(sizes(&[3.0, 1.0, 0.0, 0.0], 0.0), [0.25; 4]);
        assert_eq!(sizes(&[3.0, 1.0, 0.0, 0.0], 0.5), [0.5, 0.25, 0.125, 0.125]);
        assert_eq!(sizes(&[], 0.5), Vec::<f64>::new());
    }

    #[test]
    fn a_segment_is_drawn_as_often_as_its_chance_says() {
        let uncertainties: Vec<f64> = (0..40).map(|place| f64::from(place % 7).powi(3)).collect();
        let chances = chances(&sizes(&uncertainties, 0.8), 12);
        let draws = 20_000_u32;
        let mut times = vec![0_u32; chances.len()];
        for draw in 0..draws {
            for place in systematic(&chances, &mut random_stream(u64::from(draw), "review sample 1")) {
                times[place] += 1;
            }
        }
        for (times, chance) in times.iter().zip(&chances) {
            let error = (chance * (1.0 - chance) / f64::from(draws)).sqrt();
            let share = f64::from(*times) / f64::from(draws);
            assert!((share - chance).abs() <= 4.5 * error, "{share} for {chance}");
        }
    }

    proptest! {
        #[test]
        fn as_many_are_drawn_as_were_asked_for(
            uncertainties in prop::collection::vec(prop_oneof![Just(0.0), 0.0_f64..1.0, 0.0_f64..1e6], 1..60),
            share in 0.0_f64..0.9,
            count in 1_usize..70,
            seed in any::<u64>(),
        ) {
            let chances = chances(&sizes(&uncertainties, share), count);
            let expected = count.min(uncertainties.len());
            prop_assert!((chances.iter().sum::<f64>() - expected as f64).abs() < 1e-9);
            prop_assert!(chances.iter().all(|chance| *chance > 0.0 && *chance <= 1.0));
            let drawn = systematic(&chances, &mut random_stream(seed, "review sample 1"));
            prop_assert_eq!(drawn.len(), expected);
            prop_assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
            let certain = chances.iter().enumerate().filter(|(_, chance)| **chance >= 1.0);
            prop_assert!(certain.into_iter().all(|(place, _)| drawn.contains(&place)));
        }
    }
}

//! Sampling with probabilities proportional to size, in one systematic pass.
//!
//! A systematic pass over an ordered list (Madow, 1949) keeps every probability exact and spreads the sample over whatever the list is
//! ordered by. It allows no unbiased variance, because two neighbours are hardly ever both drawn; intervals therefore use interviews as
//! the units.

use rand::Rng;
use same_bits::RandomStream;

/// The size of each segment, of a sample that is partly uniform and partly proportional to uncertainty: (1 − *u*) ÷ *N* + *u gᵢ* ÷ Σ *g*.
///
/// `uncertainties` (*g*) are 0 or more; where all are 0, all segments have the same size. `share` (*u*, 0 to 1) is the part that is
/// proportional to uncertainty. Sizes are positive for *u* below 1 and sum to 1.
pub fn mixed_sizes(uncertainties: &[f64], share: f64) -> Vec<f64> {
    let even = 1.0 / uncertainties.len().max(1) as f64;
    let sum: f64 = uncertainties.iter().sum();
    if sum <= 0.0 {
        return vec![even; uncertainties.len()];
    }
    uncertainties.iter().map(|uncertainty| (1.0 - share) * even + share * uncertainty / sum).collect()
}

/// The inclusion probability of each segment in a sample of `count`: *n* times its size, at most 1; what is above 1 goes to the others in
/// proportion to their sizes.
///
/// `sizes` are above 0 and sum to 1. The probabilities sum to `count`, or to the number of segments if that is less.
pub fn inclusion_probabilities(sizes: &[f64], count: usize) -> Vec<f64> {
    if count >= sizes.len() {
        return vec![1.0; sizes.len()];
    }
    let mut certain = vec![false; sizes.len()];
    loop {
        let taken = certain.iter().filter(|certain| **certain).count();
        let rest: f64 =
            sizes.iter().zip(&certain).filter(|(_, certain)| !**certain).map(|(size, _)| size).sum();
        let scale = (count - taken) as f64 / rest;
        let probability = |(size, certain): (&f64, &bool)| if *certain { 1.0 } else { size * scale };
        let probabilities: Vec<f64> = sizes.iter().zip(&certain).map(probability).collect();
        let mut more = false;
        for (certain, probability) in certain.iter_mut().zip(&probabilities) {
            if !*certain && *probability >= 1.0 {
                (*certain, more) = (true, true);
            }
        }
        // Rounding must not make more of them certain than are to be drawn.
        if !more || certain.iter().filter(|certain| **certain).count() >= count {
            return probabilities.into_iter().map(|probability| probability.min(1.0)).collect();
        }
    }
}

/// Draws segments with the given inclusion probabilities; returns their indices in ascending order.
///
/// Drawn are those at which the running sum of probabilities passes *s*, *s* + 1, *s* + 2, …, for a random start *s* between 0 and 1. The
/// number drawn is the sum of the probabilities, rounded.
pub fn systematic_sample(probabilities: &[f64], rng: &mut RandomStream) -> Vec<usize> {
    let start: f64 = rng.r#gen();
    let all = probabilities.iter().sum::<f64>().round();
    let mut drawn = Vec::with_capacity((all as usize).min(probabilities.len()));
    let (mut sum, mut passed) = (0.0_f64, 0.0_f64);
    for (index, probability) in probabilities.iter().enumerate() {
        sum += probability;
        // Rounding of the sums must neither lose the last one nor add one.
        let end = if index + 1 == probabilities.len() { all } else { sum.min(all) };
        let passes = (end - start).ceil().max(0.0);
        if passes > passed {
            drawn.push(index);
            passed = passes;
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use same_bits::random_stream;

    use super::*;

    #[test]
    fn what_is_above_one_goes_to_the_others() {
        let chances = inclusion_probabilities(&[0.7, 0.1, 0.1, 0.1], 2);
        let rounded: Vec<f64> = chances.iter().map(|chance| (chance * 1e6).round() / 1e6).collect();
        assert_eq!(rounded, [1.0, 0.333_333, 0.333_333, 0.333_333]);
    }

    #[test]
    fn without_uncertainty_the_sample_is_uniform() {
        assert_eq!(mixed_sizes(&[0.0, 0.0], 0.5), [0.5, 0.5]);
        assert_eq!(mixed_sizes(&[3.0, 1.0, 0.0, 0.0], 0.0), [0.25; 4]);
        assert_eq!(mixed_sizes(&[3.0, 1.0, 0.0, 0.0], 0.5), [0.5, 0.25, 0.125, 0.125]);
        assert_eq!(mixed_sizes(&[], 0.5), Vec::<f64>::new());
    }

    #[test]
    fn a_segment_is_drawn_as_often_as_its_chance_says() {
        let uncertainties: Vec<f64> = (0..40).map(|index| f64::from(index % 7).powi(3)).collect();
        let chances = inclusion_probabilities(&mixed_sizes(&uncertainties, 0.8), 12);
        let draws = 20_000_u32;
        let mut times = vec![0_u32; chances.len()];
        for draw in 0..draws {
            for index in systematic_sample(&chances, &mut random_stream(u64::from(draw), "review sample 1")) {
                times[index] += 1;
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
            let chances = inclusion_probabilities(&mixed_sizes(&uncertainties, share), count);
            let expected = count.min(uncertainties.len());
            prop_assert!((chances.iter().sum::<f64>() - expected as f64).abs() < 1e-9);
            prop_assert!(chances.iter().all(|chance| *chance > 0.0 && *chance <= 1.0));
            let drawn = systematic_sample(&chances, &mut random_stream(seed, "review sample 1"));
            prop_assert_eq!(drawn.len(), expected);
            prop_assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
            let certain = chances.iter().enumerate().filter(|(_, chance)| **chance >= 1.0);
            prop_assert!(certain.into_iter().all(|(index, _)| drawn.contains(&index)));
        }
    }
}

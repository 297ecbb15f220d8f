//! Balances the ranges of a layer's inputs and of their weights before both are quantized.

use crate::native::kernel::LayerNorm;

/// A factor for each input of a layer whose rows come from `norm`: inputs are multiplied by it, weights
/// (outputs × inputs) are divided by it.
///
/// A row has one scale for all its numbers, so an input that is often large makes the steps of the others
/// coarse. As in `SmoothQuant` (Xiao et al. 2023) with α = ½, the ranges of an input and of its weights are
/// made equal. The range of an input is not measured on texts but computed from the gain and bias of the
/// layer normalization.
pub(crate) fn balance(norm: &LayerNorm, weights: &[f32]) -> Vec<f32> {
    /// Upper bound of a factor, relative to the mean divisor.
    const MAX_GAIN: f32 = 20.0;
    let mut largest = vec![0.0_f32; norm.gain.len()];
    for row in weights.chunks_exact(largest.len().max(1)) {
        for (largest, weight) in largest.iter_mut().zip(row) {
            *largest = largest.max(weight.abs());
        }
    }
    let params = norm.gain.iter().zip(&norm.bias).map(|(gain, bias)| gain.abs() + bias.abs());
    let divisors = largest.iter().zip(params).map(|(&largest, range)| {
        let divisor = (range / largest).sqrt();
        // An input whose weights are all zero needs none.
        if divisor.is_finite() { divisor } else { 1.0 }
    });
    let divisors: Vec<f32> = divisors.collect();
    let mean = divisors.iter().sum::<f32>() / divisors.len().max(1) as f32;
    if mean == 0.0 {
        return vec![1.0; divisors.len()];
    }
    divisors.into_iter().map(|divisor| 1.0 / (divisor / mean).max(1.0 / MAX_GAIN)).collect()
}

#[cfg(test)]
mod tests {
    use super::balance;
    use crate::native::kernel::LayerNorm;

    #[test]
    fn a_large_input_with_small_weights_is_made_smaller() {
        let norm = LayerNorm { gain: vec![16.0, -1.0], bias: vec![0.0, 0.0], epsilon: 1e-5 };
        let factors = balance(&norm, &[1.0, 1.0, -1.0, 0.5]);
        assert!((factors[1] / factors[0] - 4.0).abs() < 1e-6);
    }

    #[test]
    fn inputs_and_weights_of_zero_are_left_alone() {
        let norm = LayerNorm { gain: vec![0.0, 1.0, 0.0], bias: vec![0.0, 0.0, 0.0], epsilon: 1e-5 };
        assert!(balance(&norm, &[1.0, 0.0, 0.0]).iter().all(|factor| factor.is_finite() && *factor > 0.0));
        assert!(balance(&LayerNorm { gain: vec![], bias: vec![], epsilon: 1e-5 }, &[]).is_empty());
    }
}

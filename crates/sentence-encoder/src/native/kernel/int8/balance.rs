//! Taking range from the inputs of a layer that have much of it and giving it to their weights, before both are rounded.

use crate::native::kernel::LayerNorm;

/// The factor of each input of a layer whose rows come from `norm`: rows are multiplied by it and weights divided.
///
/// A row has one scale for all its numbers, so one input that is often large makes the others coarse. As Xiao et al.
/// (2023, `SmoothQuant`) do with α = ½, each input's range and that of its weights are made equal; instead of measuring the range
/// on texts it is taken from the layer normalisation, whose gain and bias say it. `weights` has a row for each output.
pub(crate) fn balance(norm: &LayerNorm, weights: &[f32]) -> Vec<f32> {
    /// No input is blown up to more than this many times what it would be if all were divided alike.
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
        // An input without weights does not count.
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

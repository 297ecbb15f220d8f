//! placeholder
use crate::corpus::Progress;
use ndarray::ArrayView2;
/// x
#[derive(Debug, Clone, PartialEq)]
pub struct CountChoice {
    /// x
    pub clusters: usize,
}
/// x
pub fn choose_count(vectors: ArrayView2<'_, f32>, _seed: u64, _progress: &dyn Progress) -> CountChoice {
    CountChoice { clusters: vectors.nrows().min(5) }
}

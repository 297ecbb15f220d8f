//! Buckets of relative positions (Raffel et al. 2020, section 2.1; used by MPNet): each small distance has
//! its own bucket, larger ones share buckets that grow logarithmically.

/// Buckets of both directions together.
pub(in crate::native) const BUCKETS: usize = 32;

/// Distances with their own bucket, in each direction: half of its buckets.
const EXACT: usize = BUCKETS / 4;

/// The bucket of a token that is `distance` tokens after (before, if negative) the token that attends to it.
fn bucket(distance: isize) -> usize {
    let far = distance.unsigned_abs();
    let direction = if distance > 0 { BUCKETS / 2 } else { 0 };
    if far < EXACT {
        return direction + far;
    }
    // The other buckets begin at 8 · 16^(k/8), the last of them before 128. Squared, that is 64 · 2^k, which
    // needs no logarithm, whose last bit may differ between machines.
    let grown = (1..EXACT).take_while(|&k| far.saturating_mul(far) >= (EXACT * EXACT) << k).count();
    direction + EXACT + grown
}

/// For each head, the values of all distances from `1 - longest` to `longest - 1`, from `table` (buckets ×
/// heads).
pub(in crate::native) fn by_distance(table: &[f32], heads: usize, longest: usize) -> Vec<f32> {
    let reach = longest.saturating_sub(1) as isize;
    let of_head = |head: usize| (-reach..=reach).map(move |distance| table[bucket(distance) * heads + head]);
    (0..heads).flat_map(of_head).collect()
}

#[cfg(test)]
mod tests {
    use super::{BUCKETS, bucket, by_distance};

    /// The first distance of each bucket, as MPNet's authors compute it with logarithms.
    #[test]
    fn buckets_begin_where_they_should() {
        let begins = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91];
        for (index, &begin) in begins.iter().enumerate() {
            let last = begins.get(index + 1).map_or(1 << 20, |&next| next - 1);
            assert_eq!((bucket(-begin), bucket(-last)), (index, index), "from {begin} to {last}");
            if begin > 0 {
                assert_eq!((bucket(begin), bucket(last)), (16 + index, 16 + index), "from {begin} to {last}");
            }
        }
        assert_eq!(bucket(isize::MAX), BUCKETS - 1);
    }

    #[test]
    fn a_head_has_its_distances_side_by_side() {
        let table: Vec<f32> = (0..BUCKETS * 2).map(|index| index as f32).collect();
        assert_eq!(by_distance(&table, 2, 3), [4.0, 2.0, 0.0, 34.0, 36.0, 5.0, 3.0, 1.0, 35.0, 37.0]);
        assert_eq!(by_distance(&table, 2, 1), [0.0, 1.0]);
    }
}

//! Buckets of distances between tokens (Raffel et al. 2020, section 2.1; MPNet takes them over): each near distance
//! has its own, farther ones share, the more the farther they are.

/// Buckets of both directions together.
pub(in crate::native) const BUCKETS: usize = 32;

/// Distances that have a bucket of their own, in each direction: half of its buckets.
const EXACT: usize = BUCKETS / 4;

/// The bucket of what stands `distance` tokens after (before, where negative) the token that looks.
fn bucket(distance: isize) -> usize {
    let far = distance.unsigned_abs();
    let direction = if distance > 0 { BUCKETS / 2 } else { 0 };
    if far < EXACT {
        return direction + far;
    }
    // The buckets beyond grow as 8 · 16^(k/8), so that the last begins before 128. Squared, that is 64 · 2^k: no
    // logarithm, whose last bit may differ between machines.
    let grown = (1..EXACT).take_while(|&k| far.saturating_mul(far) >= (EXACT * EXACT) << k).count();
    direction + EXACT + grown
}

/// For each head the numbers of all distances from `1 - longest` to `longest - 1`, one after the other, from `table`,
/// which has a row for each bucket and a column for each head.
pub(in crate::native) fn by_distance(table: &[f32], heads: usize, longest: usize) -> Vec<f32> {
    let reach = longest.saturating_sub(1) as isize;
    let of_head = |head: usize| (-reach..=reach).map(move |distance| table[bucket(distance) * heads + head]);
    (0..heads).flat_map(of_head).collect()
}

#[cfg(test)]
mod tests {
    use super::{BUCKETS, bucket, by_distance};

    /// Where each bucket begins, as MPNet's authors compute it, with logarithms.
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

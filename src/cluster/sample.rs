//! Samples of rows, where all would take too long.

use rand::Rng;

/// At most `most` of `rows` row numbers, ascending; all of them where they are no more than that.
pub(super) fn sample_rows(rows: usize, most: usize, rng: &mut impl Rng) -> Vec<usize> {
    if rows <= most {
        return (0..rows).collect();
    }
    let mut chosen = rand::seq::index::sample(rng, rows, most).into_vec();
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use same_bits::random_stream;

    #[test]
    fn a_sample_is_ascending_and_has_no_row_twice() {
        let sample = sample_rows(1000, 100, &mut random_stream(7, "test"));
        assert_eq!(sample.len(), 100);
        assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(sample, sample_rows(1000, 100, &mut random_stream(7, "test")));
    }

    #[test]
    fn few_rows_are_all_taken() {
        assert_eq!(sample_rows(3, 3, &mut random_stream(7, "test")), [0, 1, 2]);
        assert!(sample_rows(0, 3, &mut random_stream(7, "test")).is_empty());
    }
}

//! How many emergent themes a study gets.
//!
//! No measure of clusters tells how finely people would code. What people coded in fourteen collections is matched best by about 2 · n^.27
//! directions for n segments, and by two thirds of them where half of the codes are in the codebook already.

use same_bits::elementary::pow;

use crate::results::EmergentThemes;

/// Directions for n segments: `SCALE` · n^`GROWTH`.
pub(in crate::theme) const SCALE: f64 = 2.0;
pub(in crate::theme) const GROWTH: f64 = 0.27;
/// Share of them where there is a codebook.
pub(in crate::theme) const BESIDE_CODEBOOK: f64 = 0.65;
/// Least number of directions.
pub(in crate::theme) const MIN_DIRECTIONS: usize = 4;
/// Where the study asks for a number and too few directions become themes, so much more are looked for.
pub(in crate::theme) const MORE: f64 = 1.25;
/// How often.
const TRIES: usize = 4;

/// Numbers of directions to look for, one after the other until enough become themes.
///
/// `segments` is the size of the study with no interview longer than the median one.
pub(super) fn directions(wanted: EmergentThemes, segments: f64, with_codebook: bool) -> Vec<usize> {
    match wanted {
        EmergentThemes::Off => Vec::new(),
        EmergentThemes::Auto => {
            let share = if with_codebook { BESIDE_CODEBOOK } else { 1.0 };
            let number = (SCALE * pow(segments.max(1.0), GROWTH) * share).round() as usize;
            vec![number.max(MIN_DIRECTIONS)]
        }
        EmergentThemes::Number(number) => {
            let first = f64::from(number);
            let times = std::iter::successors(Some(first), |number| Some(number * MORE));
            times.take(TRIES).map(|number| number.ceil() as usize).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_studies_get_more_and_a_codebook_leaves_fewer() {
        let of = |segments, codebook| directions(EmergentThemes::Auto, segments, codebook);
        assert_eq!(of(469.0, false), [11]);
        assert_eq!(of(469.0, true), [7]);
        assert_eq!(of(7_000.0, false), [22]);
        assert_eq!(of(3.0, true), [MIN_DIRECTIONS]);
        assert_eq!(directions(EmergentThemes::Number(24), 9.0, true), [24, 30, 38, 47]);
        assert!(directions(EmergentThemes::Off, 9.0, true).is_empty());
    }
}

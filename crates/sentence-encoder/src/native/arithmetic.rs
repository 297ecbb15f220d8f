//! What the arithmetic of this engine is called. Vectors are kept between runs under this name, so that a vector of another
//! arithmetic is never taken for one of this.

use crate::Precision;

/// Engine, precision, and a number that **has to be raised whenever the bits of any vector may change**: a kernel that sums
/// in another order, another rounding of weights, another release of the tokenizers crate. The test below notices most such
/// changes. The model's files are not meant here: the fingerprint follows them.
pub(super) fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Int8 => "native int8 2",
        Precision::F32 => "native f32 1",
        // Refused when a model is loaded.
        Precision::Bf16 => "native bf16 1",
    }
}

#[cfg(test)]
mod tests {
    use super::name;
    use crate::NoObserver;
    use crate::native::{RandomModel, write_random_model};
    use crate::{Encoder, NativeEncoder, Precision, Purpose};

    /// The start of a digest of some vectors' bits.
    fn digest(precision: Precision) -> String {
        let folder = tempfile::tempdir().unwrap();
        write_random_model(folder.path(), &RandomModel::TINY).unwrap();
        let encoder = NativeEncoder::load(folder.path(), precision).unwrap();
        let texts = ["", "sixty families", "one morning a week, and the rest of it is court and the phone"];
        let vectors = encoder.encode(&texts, Purpose::Passage, &NoObserver).unwrap();
        let bytes: Vec<u8> = vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
        assert_eq!(encoder.arithmetic(), name(precision));
        format!("{}: {}", encoder.arithmetic(), &blake3::hash(&bytes).to_hex()[..16])
    }

    /// When a digest changes, raise the number at the end of the name above, and then accept the digest.
    #[test]
    fn the_name_goes_with_the_bits() {
        insta::assert_snapshot!(digest(Precision::Int8), @"native int8 2: 6c3ba898d16fed81");
        insta::assert_snapshot!(digest(Precision::F32), @"native f32 1: 6a9cddb4c3aef679");
    }
}

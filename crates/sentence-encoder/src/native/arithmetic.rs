//! The name of this engine's arithmetic. Caches keep vectors under this name, so vectors of another
//! arithmetic are never reused.

use crate::Precision;

/// Engine, precision, and a version that **must be raised whenever the bits of any vector may change**:
/// another order of a sum, another rounding of weights, another release of the tokenizers crate. The test
/// below detects most such changes. Changes of the model's files are covered by the fingerprint.
pub(super) fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Int8 => "native int8 2",
        Precision::F32 => "native f32 1",
        // `NativeEncoder::load` refuses it.
        Precision::Bf16 => "native bf16 1",
    }
}

#[cfg(test)]
mod tests {
    use super::name;
    use crate::native::{RandomModel, write_random_model};
    use crate::{Encoder, NativeEncoder, Precision, Purpose};

    /// The start of a digest of some vectors' bits.
    fn digest(precision: Precision) -> String {
        let folder = tempfile::tempdir().unwrap();
        write_random_model(folder.path(), &RandomModel::TINY).unwrap();
        let encoder = NativeEncoder::load(folder.path(), precision).unwrap();
        let texts = ["", "sixty families", "one morning a week, and the rest of it is court and the phone"];
        let vectors = encoder.encode(&texts, Purpose::Passage, &()).unwrap();
        let bytes: Vec<u8> = vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
        assert_eq!(encoder.arithmetic(), name(precision));
        format!("{}: {}", encoder.arithmetic(), &blake3::hash(&bytes).to_hex()[..16])
    }

    /// When a digest changes, raise the version at the end of the name above, then accept the digest.
    #[test]
    fn the_name_goes_with_the_bits() {
        insta::assert_snapshot!(digest(Precision::Int8), @"native int8 2: 6c3ba898d16fed81");
        insta::assert_snapshot!(digest(Precision::F32), @"native f32 1: 6a9cddb4c3aef679");
    }
}

//! Randomness: one seed a study, one named stream a use.
//!
//! A stream depends on the seed and its name alone, so adding a stage or running stages in another order never
//! changes what another stage draws.

use rand::SeedableRng;

/// The generator behind every stream: small, fast, and the one that linfa takes.
pub type RandomStream = rand_xoshiro::Xoshiro256Plus;

/// The stream called `name` of the study's `seed`.
///
/// ```
/// use rand::Rng;
/// let draw = |seed, name| same_bits::random_stream(seed, name).r#gen::<u64>();
/// assert_eq!(draw(7, "cluster"), draw(7, "cluster"));
/// assert_ne!(draw(7, "cluster"), draw(7, "review"));
/// ```
pub fn random_stream(seed: u64, name: &str) -> RandomStream {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    hasher.update(name.as_bytes());
    RandomStream::from_seed(*hasher.finalize().as_bytes())
}

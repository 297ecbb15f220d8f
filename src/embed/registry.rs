//! `models/registry.toml`: the models that can be fetched by name.

use sentence_encoder::models::{Registry, RegistryError};

/// The registry that this program was built with.
///
/// # Errors
/// Only when the program was built from a wrong one.
///
/// ```
/// let registry = emic::embed::registry()?;
/// let model = registry.find("all-MiniLM-L6-v2").expect("the default model is known");
/// assert_eq!(model.dimension, 384);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn registry() -> Result<Registry, RegistryError> {
    Registry::parse(include_str!("../../models/registry.toml"))
}

/// The languages of the model called `name`, as BCP-47 tags; none when the built-in registry does not know it.
///
/// # Panics
/// Only when the program was built with a list of models that cannot be read, which a test rules out.
pub fn languages_of(name: &str) -> Vec<String> {
    #[expect(
        clippy::expect_used,
        reason = "without the list nobody would be told of languages that a model does not know"
    )]
    let registry = registry().expect("the list is part of the program, and a test reads it");
    registry.find(name).map(|entry| entry.languages.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::registry;

    #[test]
    fn the_built_in_registry_is_right() {
        let registry = registry().unwrap();
        assert!(registry.models().iter().all(|entry| !entry.sources.is_empty() && entry.bytes() > 0));
        assert!(registry.find("all-MiniLM-L6-v2").is_some());
    }
}

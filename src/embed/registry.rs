//! The models that can be fetched by name: `models/registry.toml`, which is part of the program.

use sentence_encoder::models::{Registry, RegistryError};

/// The registry in `models/registry.toml`.
///
/// # Errors
/// Only if the program was built with an invalid file, which a test rules out.
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

/// The model that a name stands for, `default` or `multilingual`; any other name is the model's own.
///
/// # Panics
/// As [`languages_of`].
pub fn model_called(name: &str) -> String {
    built_in().find(name).map_or_else(|| name.to_owned(), |entry| entry.name.clone())
}

/// The languages of the model `name`, as BCP-47 tags; none if the registry does not have it.
///
/// # Panics
/// Only if the program was built with an invalid registry, which a test rules out.
pub fn languages_of(name: &str) -> Vec<String> {
    built_in().find(name).map(|entry| entry.languages.clone()).unwrap_or_default()
}

#[expect(
    clippy::expect_used,
    reason = "without the list names would stand for nothing, and nobody would be told of languages that a model does not know"
)]
fn built_in() -> Registry {
    registry().expect("the list is part of the program, and a test reads it")
}

#[cfg(test)]
mod tests {
    use super::{model_called, registry};

    #[test]
    fn the_built_in_registry_is_right() {
        let registry = registry().unwrap();
        assert!(registry.models().iter().all(|entry| !entry.sources.is_empty() && entry.bytes() > 0));
        assert!(registry.find("all-MiniLM-L6-v2").is_some());
        let names: Vec<(&str, &str)> = registry.names().collect();
        assert_eq!(names, [("default", "all-MiniLM-L6-v2"), ("multilingual", "multilingual-e5-small")]);
        assert_eq!(model_called("default"), "all-MiniLM-L6-v2");
        assert_eq!(model_called("models/mine"), "models/mine");
    }
}

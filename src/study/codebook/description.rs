//! The definition of a seed theme, and its identifier, in the description of a code.

use refi_qda::{CodeDescription, Guid};

use crate::results::Seed;

/// Prefix of the identifier under which a code was exported. Some programs give codes new identifiers but keep descriptions.
const IDENTITY: &str = "Emic:";

/// The definition of a theme as one text, a part a line.
pub fn joined(seed: &Seed) -> String {
    let seed = seed.clone();
    let (definition, include, exclude) = (seed.definition, seed.include, seed.exclude);
    let (examples, keywords) = (seed.examples, seed.keywords);
    CodeDescription { definition, include, exclude, examples, keywords }.to_string()
}

/// The parts of a description, without its identifier. Without any heading all of it is the definition.
///
/// ```
/// use emic::study::description;
/// use emic::results::Seed;
/// let seed = Seed { definition: "Too many cases.".into(), exclude: "Pay.".into(), ..Seed::default() };
/// assert_eq!(description::split("Too many cases.\nDo not use if: Pay.\n"), seed);
/// ```
pub fn split(description: &str) -> Seed {
    let lines: Vec<&str> = description.lines().filter(|line| identity_in(line.trim()).is_none()).collect();
    let CodeDescription { definition, include, exclude, examples, keywords } =
        CodeDescription::parse(&lines.join("\n"));
    Seed { definition, include, exclude, examples, keywords, ..Seed::default() }
}

/// A description with the identifier that the code is exported under.
pub fn with_identity(description: &str, guid: Guid) -> String {
    let line = format!("{IDENTITY} {guid}");
    if description.is_empty() { line } else { format!("{description}\n{line}") }
}

/// The identifier under which a code was exported, if its description still has it.
pub fn identity(description: &str) -> Option<Guid> {
    description.lines().find_map(|line| identity_in(line.trim()))
}

fn identity_in(line: &str) -> Option<Guid> {
    line.strip_prefix(IDENTITY).and_then(Guid::parse)
}

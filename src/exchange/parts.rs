//! The parts of a code's definition in one text, and back. REFI-QDA has one description a code; a codebook has a definition, when to
//! use the code and when not, examples and keywords (`MacQueen` et al., 1998). They are written under headings that stay the same, so
//! that a codebook that went through another program can be split again.

use super::guid::Guid;
use crate::results::Seed;

/// Before a code's identifier as it was exported. Some programs give every code a new identifier and keep only the description.
const IDENTITY: &str = "Emic:";
/// Headings, in the order in which they are written.
const HEADINGS: [&str; 5] = ["Definition:", "When to use:", "When not to use:", "Example:", "Keywords:"];
/// Headings that other people's codebooks use for the same things.
const OTHERS: [(&str, usize); 9] = [
    ("full definition:", 0),
    ("brief definition:", 0),
    ("use when:", 1),
    ("use if:", 1),
    ("inclusion:", 1),
    ("do not use when:", 2),
    ("do not use if:", 2),
    ("exclusion:", 2),
    ("examples:", 3),
];

/// What a codebook says of a theme as one text, a part a line.
///
/// ```
/// use emic::exchange::parts;
/// use emic::study::Seed;
/// let seed = Seed { definition: "Too many cases.".into(), exclude: "Pay.".into(), ..Seed::default() };
/// let text = parts::joined(&seed);
/// assert_eq!(text, "Definition: Too many cases.\nWhen not to use: Pay.");
/// assert_eq!(parts::split(&text), seed);
/// ```
pub fn joined(seed: &Seed) -> String {
    let [definition, include, exclude, example, keywords] = HEADINGS;
    let mut lines = Vec::new();
    for (heading, text) in
        [(definition, &seed.definition), (include, &seed.include), (exclude, &seed.exclude)]
    {
        if !text.is_empty() {
            lines.push(format!("{heading} {text}"));
        }
    }
    lines.extend(seed.examples.iter().map(|text| format!("{example} {text}")));
    if !seed.keywords.is_empty() {
        lines.push(format!("{keywords} {}", seed.keywords.join("; ")));
    }
    lines.join("\n")
}

/// The parts of a description. Without any heading all of it is the definition.
pub fn split(description: &str) -> Seed {
    let mut seed = Seed::default();
    // What follows before the first heading defines the code too.
    let mut part = 0;
    for line in description.lines() {
        let line = line.trim();
        if identity_in(line).is_some() {
            continue;
        }
        let text = match heading(line) {
            Some((found, rest)) => {
                part = found;
                if part == 3 {
                    seed.examples.push(String::new());
                }
                rest
            }
            None => line,
        };
        match part {
            0 => add_line(&mut seed.definition, text),
            1 => add_line(&mut seed.include, text),
            2 => add_line(&mut seed.exclude, text),
            3 => {
                if let Some(example) = seed.examples.last_mut() {
                    add_line(example, text);
                }
            }
            _ => seed
                .keywords
                .extend(text.split(';').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty())),
        }
    }
    seed.examples.retain(|example| !example.is_empty());
    seed
}

/// A description with the identifier that the code is exported under.
pub fn with_identity(description: &str, guid: Guid) -> String {
    let mut text = description.to_owned();
    add_line(&mut text, &format!("{IDENTITY} {guid}"));
    text
}

/// The identifier that a code was exported under, if its description still says so.
pub fn identity(description: &str) -> Option<Guid> {
    description.lines().find_map(|line| identity_in(line.trim()))
}

fn identity_in(line: &str) -> Option<Guid> {
    line.strip_prefix(IDENTITY).and_then(Guid::parse)
}

fn add_line(text: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The part whose heading a line begins with, and the rest of the line.
fn heading(line: &str) -> Option<(usize, &str)> {
    let ours = HEADINGS.iter().enumerate().map(|(part, heading)| (*heading, part));
    ours.chain(OTHERS).find_map(|(heading, part)| {
        let start = line.get(..heading.len())?;
        start.eq_ignore_ascii_case(heading).then(|| (part, line[heading.len()..].trim()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn other_headings_and_none_are_understood() {
        let seed = split(
            "Staff capacity limits.\nUse when: hours are short\nDo not use if: pay\nExamples: No time.\n",
        );
        assert_eq!(
            (seed.definition.as_str(), seed.include.as_str()),
            ("Staff capacity limits.", "hours are short")
        );
        assert_eq!((seed.exclude.as_str(), seed.examples.as_slice()), ("pay", &["No time.".to_owned()][..]));
        assert_eq!(split("Just words: with a colon").definition, "Just words: with a colon");
    }

    proptest! {
        #[test]
        fn what_is_joined_can_be_split(definition in "[a-z .]{0,20}", include in "[a-z]{0,9}", exclude in "[א-ת]{0,9}",
            examples in prop::collection::vec("[a-z]{1,9}", 0..3), keywords in prop::collection::vec("[a-z]{1,9}", 0..3)) {
            let definition = definition.trim().to_owned();
            let seed = Seed { definition, include, exclude, examples, keywords, ..Seed::default() };
            prop_assert_eq!(split(&joined(&seed)), seed);
        }

        #[test]
        fn no_description_is_too_odd(text in "\\PC{0,200}") {
            split(&text);
        }
    }
}

//! The parts of a code's description. REFI-QDA has one text for each code; a codebook has a definition, when to use the code and when
//! not, examples and keywords (`MacQueen` et al., 1998). The parts are written under fixed headings, so that they can
//! be told apart after a codebook went through another program.

use std::fmt;

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

/// A code's definition in parts, any of which may be empty. [`Display`](fmt::Display) writes them under their headings, a part a line.
///
/// ```
/// use refi_qda::CodeDescription;
/// let description = CodeDescription {
///     definition: "Too many cases.".into(),
///     exclude: "Pay.".into(),
///     ..CodeDescription::default()
/// };
/// let text = description.to_string();
/// assert_eq!(text, "Definition: Too many cases.\nWhen not to use: Pay.");
/// assert_eq!(CodeDescription::parse(&text), description);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeDescription {
    /// What the code is about.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to use it.
    pub exclude: String,
    /// Passages that the code applies to.
    pub examples: Vec<String>,
    /// Words and phrases that people use for it.
    pub keywords: Vec<String>,
}

impl fmt::Display for CodeDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [definition, include, exclude, example, keywords] = HEADINGS;
        let mut lines = Vec::new();
        for (heading, text) in
            [(definition, &self.definition), (include, &self.include), (exclude, &self.exclude)]
        {
            if !text.is_empty() {
                lines.push(format!("{heading} {text}"));
            }
        }
        lines.extend(self.examples.iter().map(|text| format!("{example} {text}")));
        if !self.keywords.is_empty() {
            lines.push(format!("{keywords} {}", self.keywords.join("; ")));
        }
        f.write_str(&lines.join("\n"))
    }
}

impl CodeDescription {
    /// The parts of a description. Without any heading all of it is the definition.
    pub fn parse(description: &str) -> Self {
        let mut parts = Self::default();
        // What follows before the first heading defines the code too.
        let mut part = 0;
        for line in description.lines() {
            let line = line.trim();
            let text = match heading(line) {
                Some((found, rest)) => {
                    part = found;
                    if part == 3 {
                        parts.examples.push(String::new());
                    }
                    rest
                }
                None => line,
            };
            match part {
                0 => add_line(&mut parts.definition, text),
                1 => add_line(&mut parts.include, text),
                2 => add_line(&mut parts.exclude, text),
                3 => {
                    if let Some(example) = parts.examples.last_mut() {
                        add_line(example, text);
                    }
                }
                _ => parts.keywords.extend(
                    text.split(';').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()),
                ),
            }
        }
        parts.examples.retain(|example| !example.is_empty());
        parts
    }
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
        let seed = CodeDescription::parse(
            "Staff capacity limits.\nUse when: hours are short\nDo not use if: pay\nExamples: No time.\n",
        );
        assert_eq!(
            (seed.definition.as_str(), seed.include.as_str()),
            ("Staff capacity limits.", "hours are short")
        );
        assert_eq!((seed.exclude.as_str(), seed.examples.as_slice()), ("pay", &["No time.".to_owned()][..]));
        assert_eq!(CodeDescription::parse("Just words: with a colon").definition, "Just words: with a colon");
    }

    proptest! {
        #[test]
        fn what_is_joined_can_be_split(definition in "[a-z .]{0,20}", include in "[a-z]{0,9}", exclude in "[א-ת]{0,9}",
            examples in prop::collection::vec("[a-z]{1,9}", 0..3), keywords in prop::collection::vec("[a-z]{1,9}", 0..3)) {
            let definition = definition.trim().to_owned();
            let parts = CodeDescription { definition, include, exclude, examples, keywords };
            prop_assert_eq!(CodeDescription::parse(&parts.to_string()), parts);
        }

        #[test]
        fn no_description_is_too_odd(text in "\\PC{0,200}") {
            CodeDescription::parse(&text);
        }
    }
}

//! Codes of another program as a codebook of seed themes. A code that only groups others becomes a parent, not a theme.

use std::collections::BTreeMap;

use super::parts;
use super::project::Code;
use crate::results::Seed;

/// The codes that people can give, as seed themes in the order of the file.
pub fn seeds_of(codes: &[Code]) -> Vec<Seed> {
    let seed = |(code, name): (&Code, String)| {
        let parent = parent_of(codes, code).map_or("", |parent| parent.name.as_str());
        Seed { name, parent: parent.to_owned(), ..parts::split(&code.description) }
    };
    let named = codes.iter().zip(theme_names(codes)).filter(|(code, _)| code.is_codable);
    named.map(seed).collect()
}

/// The name of each code as a theme. A codebook's themes have different names, and codes under different parents need not: those are
/// told apart by the name of the code above, then by all above it, then by a number.
pub(super) fn theme_names(codes: &[Code]) -> Vec<String> {
    let above = |code: &Code| {
        let parent = parent_of(codes, code).map(|parent| format!("{}: ", parent.name));
        parent.unwrap_or_default() + &code.name
    };
    let path = |code: &Code| {
        let mut names = vec![code.name.as_str()];
        let mut at = code;
        // A code comes after its parent, so that this ends.
        while let Some(parent) = parent_of(codes, at) {
            names.push(&parent.name);
            at = parent;
        }
        names.reverse();
        names.join(": ")
    };
    let mut names: Vec<String> = codes.iter().map(|code| code.name.clone()).collect();
    for place in repeated(codes, &names) {
        names[place] = above(&codes[place]);
    }
    for place in repeated(codes, &names) {
        names[place] = path(&codes[place]);
    }
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for place in repeated(codes, &names) {
        let number = numbers.entry(names[place].to_lowercase()).or_default();
        *number += 1;
        names[place] = format!("{} ({number})", names[place]);
    }
    names
}

/// Places of codes that people can give whose name another one has too.
fn repeated(codes: &[Code], names: &[String]) -> Vec<usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let codable = || codes.iter().zip(names).enumerate().filter(|(_, (code, _))| code.is_codable);
    for (_, (_, name)) in codable() {
        *counts.entry(name.to_lowercase()).or_default() += 1;
    }
    let is_repeated = |name: &String| counts.get(&name.to_lowercase()).is_some_and(|count| *count > 1);
    codable().filter(|(_, (_, name))| is_repeated(name)).map(|(place, _)| place).collect()
}

fn parent_of<'a>(codes: &'a [Code], code: &Code) -> Option<&'a Code> {
    code.parent.and_then(|parent| codes.get(parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::read_qdc;

    #[test]
    fn groups_become_parents_and_equal_names_are_told_apart() {
        let text = r#"<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
            <Code guid="a" name="barriers" isCodable="false">
              <Code guid="b" name="time &amp; cases" isCodable="true"><Description>too &lt;many&gt;
Do not use when: pay</Description></Code>
              <Code guid="c" name="other" isCodable="1"/>
            </Code><Code name="bridges"><Code name="Other"><Code name="x"/></Code><Code name="other"><Code name="x"/></Code></Code>
            <Code name="x"/><Code name="x"/></Codes><Sets/></CodeBook>"#;
        let (codes, problems) = read_qdc(text, "a.qdc").unwrap();
        let rows: Vec<String> = seeds_of(&codes)
            .iter()
            .map(|seed| {
                [&seed.name, &seed.definition, &seed.exclude, &seed.parent].map(String::as_str).join(" | ")
            })
            .collect();
        insta::assert_snapshot!(rows.join("\n"), @r"
        time & cases | too <many> | pay | barriers
        barriers: other |  |  | barriers
        bridges |  |  | 
        bridges: Other (1) |  |  | bridges
        bridges: Other: x (1) |  |  | Other
        bridges: other (2) |  |  | bridges
        bridges: other: x (2) |  |  | other
        x (1) |  |  | 
        x (2) |  |  |
        ");
        assert!(problems.is_empty());
    }

    #[test]
    fn other_files_are_refused() {
        let said = |text: &str| read_qdc(text, "a.qdc").unwrap_err().to_string();
        insta::assert_snapshot!(said("<html></html>"), @"this is not a REFI-QDA codebook: it begins with `html` instead of `CodeBook`");
        insta::assert_snapshot!(said("<CodeBook><Code name='a'></CodeBook>"), @"this is not a REFI-QDA codebook: expected 'Code' tag, not 'CodeBook' at 1:26");
        assert!(read_qdc(&"<Code>".repeat(100), "a.qdc").is_err());
    }
}

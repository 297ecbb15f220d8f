//! Codes of another program as a codebook of seed themes. A code that only groups others becomes a parent, not a theme.

use std::collections::BTreeMap;

use super::parts;
use super::project::Code;
use crate::study::Seed;

/// The codes that people can give, as seed themes in the order of the file. Codes of one name under different parents are told apart
/// by their parents' names.
pub fn seeds_of(codes: &[Code]) -> Vec<Seed> {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for code in codes.iter().filter(|code| code.is_codable) {
        *named.entry(code.name.to_lowercase()).or_default() += 1;
    }
    let seed = |code: &Code| {
        let parent =
            code.parent.and_then(|parent| codes.get(parent)).map_or("", |parent| parent.name.as_str());
        let is_one_of_many = named.get(&code.name.to_lowercase()).is_some_and(|count| *count > 1);
        let name = if is_one_of_many && !parent.is_empty() {
            format!("{parent}: {}", code.name)
        } else {
            code.name.clone()
        };
        Seed { name, parent: parent.to_owned(), ..parts::split(&code.description) }
    };
    codes.iter().filter(|code| code.is_codable).map(seed).collect()
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
            </Code><Code name="bridges"><Code name="Other"/></Code></Codes><Sets/></CodeBook>"#;
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
        bridges: Other |  |  | bridges
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

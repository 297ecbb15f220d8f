//! Makes seed themes of codes. A code that only groups others becomes a parent and no theme.

use refi_qda::{Code, distinct_names};

use super::description;
use crate::results::Seed;

/// The codes as seed themes in the order of the file, with distinct names.
pub(crate) fn seeds_of(codes: &[Code]) -> Vec<Seed> {
    let seed = |(code, name): (&Code, String)| {
        let parent = parent_of(codes, code).map_or("", |parent| parent.name.as_str());
        Seed { name, parent: parent.to_owned(), ..description::split(&code.description) }
    };
    let named = codes.iter().zip(distinct_names(codes)).filter(|(code, _)| code.is_codable);
    named.map(seed).collect()
}

fn parent_of<'a>(codes: &'a [Code], code: &Code) -> Option<&'a Code> {
    code.parent.and_then(|parent| codes.get(parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use refi_qda::read_qdc;

    #[test]
    fn groups_become_parents_and_equal_names_are_told_apart() {
        let text = r#"<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
            <Code guid="a" name="barriers" isCodable="false">
              <Code guid="b" name="time &amp; cases" isCodable="true"><Description>too &lt;many&gt;
Do not use when: pay</Description></Code>
              <Code guid="c" name="other" isCodable="1"/>
            </Code><Code name="bridges"><Code name="Other"><Code name="x"/></Code><Code name="other"><Code name="x"/></Code></Code>
            <Code name="x"/><Code name="x"/></Codes><Sets/></CodeBook>"#;
        let (codes, diagnostics) = read_qdc(text).unwrap();
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
        assert!(diagnostics.is_empty());
    }
}

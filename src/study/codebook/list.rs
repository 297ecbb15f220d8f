//! A codebook as plain text: a name a line, a description after a tab; or `QualCoder`'s list, with `Category:`, `Code:` and `MEMO:`
//! and dots for the depth.

use super::{SeedAsWritten, description};
use crate::results::Seed;

/// Reads the themes of a text.
pub(super) fn read(text: &str) -> Vec<SeedAsWritten> {
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    if lines().any(|(_, line)| code_in(line).is_some()) { of_qualcoder(lines()) } else { of_names(lines()) }
}

fn of_names<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<SeedAsWritten> {
    lines
        .map(|(index, line)| {
            let (name, description) = line.split_once('\t').unwrap_or((line, ""));
            let seed = Seed { name: name.to_owned(), ..description::split(description) };
            SeedAsWritten { seed, line: Some(index + 1) }
        })
        .collect()
}

fn of_qualcoder<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<SeedAsWritten> {
    let mut seeds: Vec<SeedAsWritten> = Vec::new();
    // Names of the open categories, by depth.
    let mut categories: Vec<(usize, String)> = Vec::new();
    let mut memo_is_of_a_code = false;
    for (index, line) in lines {
        let words = line.trim_start_matches(is_mark);
        let depth =
            line[..line.len() - words.len()].chars().filter(|mark| matches!(mark, '.' | '-' | '–')).count();
        if let Some(name) = words.strip_prefix("Category:") {
            categories.retain(|(above, _)| *above < depth);
            categories.push((depth, name.trim().to_owned()));
            memo_is_of_a_code = false;
        } else if let Some(name) = code_in(line) {
            categories.retain(|(above, _)| *above < depth);
            let parent = categories.last().map(|(_, name)| name.clone()).unwrap_or_default();
            seeds.push(SeedAsWritten {
                seed: Seed { name: name.to_owned(), parent, ..Seed::default() },
                line: Some(index + 1),
            });
            memo_is_of_a_code = true;
        } else if memo_is_of_a_code && let Some(last) = seeds.last_mut() {
            let memo = words.strip_prefix("MEMO:").unwrap_or(words).trim();
            if !last.seed.definition.is_empty() {
                last.seed.definition.push('\n');
            }
            last.seed.definition.push_str(memo);
        }
    }
    seeds
}

/// Prefixes of a name: dots or dashes for the depth, blanks, a coloured block.
fn is_mark(character: char) -> bool {
    matches!(character, '.' | '-' | '–' | ' ' | '\t' | '█')
}

/// The name in `Code: name, Count: 3`.
fn code_in(line: &str) -> Option<&str> {
    let name = line.trim_start_matches(is_mark).strip_prefix("Code:")?;
    Some(name.rsplit_once(", Count:").map_or(name, |(name, _)| name).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let rows: Vec<String> = read(text)
            .iter()
            .map(|seed| {
                [&seed.seed.name, &seed.seed.definition, &seed.seed.parent].map(String::as_str).join(" | ")
            })
            .collect();
        rows.join("\n")
    }

    #[test]
    fn names_with_and_without_descriptions() {
        assert_eq!(
            shown("workload\tToo many cases.\n\nhelp from colleagues\n"),
            "workload | Too many cases. | \nhelp from colleagues |  | "
        );
    }

    #[test]
    fn the_list_of_qualcoder() {
        let text = "Codebook: ferry\n\nCategory: barriers\nMEMO: what stands in the way\n...█Code: workload, Count: 3\nMEMO: too many cases\n\
                    ...Category: law\n......█Code: elections, and after, Count: 0\n█Code: help, Count: 2\n";
        insta::assert_snapshot!(shown(text), @r"
        workload | too many cases | barriers
        elections, and after |  | law
        help |  |
        ");
    }
}

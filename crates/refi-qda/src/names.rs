//! Names of codes that stay different outside of the tree in which the codes stand.

use std::collections::BTreeMap;

use crate::project::Code;

/// A name for each code that no other code which people can give has, ignoring case. Codes under different parents may share a name:
/// those are told apart by the name of the code above, then by all above it, then by a number.
///
/// ```
/// use refi_qda::{distinct_names, read_qdc};
/// let text = "<CodeBook><Codes><Code name='work'><Code name='pay'/></Code><Code name='Pay'/></Codes></CodeBook>";
/// let (codes, _) = read_qdc(text)?;
/// assert_eq!(distinct_names(&codes), ["work", "work: pay", "Pay"]);
/// # Ok::<(), refi_qda::ProjectError>(())
/// ```
pub fn distinct_names(codes: &[Code]) -> Vec<String> {
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

//! Names that tell codes apart without their tree.

use std::collections::BTreeMap;

use crate::project::{Code, names_down_to};

/// A name for each code. Codes that can be given and share a name (ignoring case), as under different parents, get the name of the code
/// above in front, then those of all codes above, then a number behind.
///
/// ```
/// use refi_qda::{distinct_names, read_qdc};
/// let text = "<CodeBook><Codes><Code name='work'><Code name='pay'/></Code><Code name='Pay'/></Codes></CodeBook>";
/// let (codes, _) = read_qdc(text)?;
/// assert_eq!(distinct_names(&codes), ["work", "work: pay", "Pay"]);
/// # Ok::<(), refi_qda::ProjectError>(())
/// ```
pub fn distinct_names(codes: &[Code]) -> Vec<String> {
    let mut names: Vec<String> = codes.iter().map(|code| code.name.clone()).collect();
    for index in repeated(codes, &names) {
        let path = names_down_to(codes, index);
        names[index] = path[path.len().saturating_sub(2)..].join(": ");
    }
    for index in repeated(codes, &names) {
        names[index] = names_down_to(codes, index).join(": ");
    }
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for index in repeated(codes, &names) {
        let number = numbers.entry(names[index].to_lowercase()).or_default();
        *number += 1;
        names[index] = format!("{} ({number})", names[index]);
    }
    names
}

/// Indices of codes that can be given and that share their name with another one.
fn repeated(codes: &[Code], names: &[String]) -> Vec<usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let codable = || codes.iter().zip(names).enumerate().filter(|(_, (code, _))| code.is_codable);
    for (_, (_, name)) in codable() {
        *counts.entry(name.to_lowercase()).or_default() += 1;
    }
    let is_repeated = |name: &String| counts.get(&name.to_lowercase()).is_some_and(|count| *count > 1);
    codable().filter(|(_, (_, name))| is_repeated(name)).map(|(index, _)| index).collect()
}

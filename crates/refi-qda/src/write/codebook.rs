//! The codebook: codes within codes. A project and a codebook file write them alike, but for the name of one attribute of sets.

use std::io;

use super::elements::Elements;
use crate::project::{Code, CodeSet, Project};

/// A codebook alone, `.qdc`; nothing when there is no code, because the standard has no way to write an empty one.
///
/// # Errors
/// Only where memory runs out.
pub fn write_qdc(project: &Project) -> io::Result<Option<Vec<u8>>> {
    if project.codes.is_empty() {
        return Ok(None);
    }
    let mut elements = Elements::new()?;
    let attributes = [("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", project.origin.as_str())];
    elements.open("CodeBook", &attributes, |elements| {
        codes(elements, &project.codes)?;
        sets(elements, project, "guid", |_| true)
    })?;
    Ok(Some(elements.finish()))
}

/// `Codes` with the codes on top and all below them.
pub(super) fn codes(elements: &mut Elements, codes: &[Code]) -> io::Result<()> {
    elements.open("Codes", &[], |elements| below(elements, codes, None, 0))
}

/// The codes right below `parent`. A code comes after its parent, so that `from` on is where they are, and the depth is
/// at most the number of codes.
fn below(elements: &mut Elements, codes: &[Code], parent: Option<usize>, from: usize) -> io::Result<()> {
    for (place, code) in codes.iter().enumerate().skip(from).filter(|(_, code)| code.parent == parent) {
        let guid = code.guid.to_string();
        let is_codable = if code.is_codable { "true" } else { "false" };
        let name = named(&code.name);
        let attributes =
            [("guid", guid.as_str()), ("name", name), ("isCodable", is_codable), ("color", &code.color)];
        let is_leaf = codes.iter().skip(place).all(|other| other.parent != Some(place));
        if is_leaf && code.description.is_empty() {
            elements.empty("Code", &attributes)?;
            continue;
        }
        elements.open("Code", &attributes, |elements| {
            elements.text("Description", &code.description)?;
            below(elements, codes, Some(place), place + 1)
        })?;
    }
    Ok(())
}

/// `Sets` with the groups of codes that `wanted` picks; their members are named by the attribute `member`.
pub(super) fn sets(
    elements: &mut Elements,
    project: &Project,
    member: &str,
    wanted: impl Fn(&CodeSet) -> bool,
) -> io::Result<()> {
    let all: Vec<&CodeSet> = project.sets.iter().filter(|set| wanted(set)).collect();
    elements.list("Sets", &all, |elements, set| {
        let guid = set.guid.to_string();
        elements.open("Set", &[("guid", &guid), ("name", named(&set.name))], |elements| {
            elements.text("Description", &set.description)?;
            for code in set.codes.iter().filter_map(|&place| project.codes.get(place)) {
                elements.empty("MemberCode", &[(member, &code.guid.to_string())])?;
            }
            Ok(())
        })
    })
}

/// A name where the schema asks for one.
pub(super) fn named(name: &str) -> &str {
    if name.trim().is_empty() { "-" } else { name }
}

//! The codebook: codes within codes. Projects and codebook files have it in the same form, but for the name of one attribute of sets.

use std::io;

use super::elements::Elements;
use crate::project::{Code, Project};

/// Writes the codes and sets of a project as a codebook (`.qdc`). There is none where the project has no code, because the standard
/// has no empty codebook.
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
        sets(elements, project, "guid")
    })?;
    Ok(Some(elements.finish()))
}

/// The beginning of the element of a code, or its end.
enum Step {
    Begin(usize),
    End,
}

/// `Codes` with the topmost codes and, within each, those below it.
pub(super) fn codes(elements: &mut Elements, codes: &[Code]) -> io::Result<()> {
    let mut steps = Vec::new();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); codes.len()];
    // Steps are taken from the end.
    for (index, code) in codes.iter().enumerate().rev() {
        match code.parent {
            None => steps.push(Step::Begin(index)),
            Some(parent) if parent < index => below[parent].push(index),
            Some(_) => {}
        }
    }
    elements.open("Codes", &[], |elements| {
        // A list of steps and no recursion, because nothing limits how deeply codes nest.
        while let Some(step) = steps.pop() {
            let Step::Begin(index) = step else {
                elements.end("Code")?;
                continue;
            };
            let code = &codes[index];
            let guid = code.guid.to_string();
            let is_codable = if code.is_codable { "true" } else { "false" };
            let name = named(&code.name);
            let attributes =
                [("guid", guid.as_str()), ("name", name), ("isCodable", is_codable), ("color", &code.color)];
            if below[index].is_empty() && code.description.is_empty() {
                elements.empty("Code", &attributes)?;
                continue;
            }
            elements.begin("Code", &attributes)?;
            elements.text("Description", &code.description)?;
            steps.push(Step::End);
            steps.extend(below[index].iter().copied().map(Step::Begin));
        }
        Ok(())
    })
}

/// `Sets` with the groups of codes. `member` is the attribute that names a code in them.
pub(super) fn sets(elements: &mut Elements, project: &Project, member: &str) -> io::Result<()> {
    elements.list("Sets", &project.sets, |elements, set| {
        let guid = set.guid.to_string();
        elements.open("Set", &[("guid", &guid), ("name", named(&set.name))], |elements| {
            elements.text("Description", &set.description)?;
            for code in set.codes.iter().filter_map(|&index| project.codes.get(index)) {
                elements.empty("MemberCode", &[(member, &code.guid.to_string())])?;
            }
            Ok(())
        })
    })
}

/// A name that is not empty, as the schema asks.
pub(super) fn named(name: &str) -> &str {
    if name.trim().is_empty() { "-" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Guid;

    #[test]
    fn codes_nest_without_limit_and_those_before_their_parents_are_left_out() {
        let code = |index: usize| Code {
            guid: Guid::derived("", "code", &index.to_string()),
            name: index.to_string(),
            color: String::new(),
            is_codable: true,
            description: String::new(),
            parent: index.checked_sub(1),
        };
        let mut project = Project { codes: (0..5_000).map(code).collect(), ..Project::default() };
        let text = String::from_utf8(write_qdc(&project).unwrap().unwrap()).unwrap();
        assert_eq!(text.matches("<Code ").count(), 5_000);
        project.codes.truncate(3);
        project.codes[1].parent = Some(2);
        project.codes[2].parent = Some(7);
        let text = String::from_utf8(write_qdc(&project).unwrap().unwrap()).unwrap();
        assert_eq!(text.matches("<Code ").count(), 1);
    }
}

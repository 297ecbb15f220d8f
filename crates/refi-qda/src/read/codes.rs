//! Codes within codes, of a project or of a codebook.
//!
//! Programs in which only groups have children (`QualCoder` up to 3.8) split a code with children into a group and a code of the same
//! name. The two are read as one code.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::nodes::{children, description, guid_at, text_of};
use crate::diagnostics::Diagnostics;
use crate::guid::Guid;
use crate::project::Code;

/// Codes nested deeper than this are left out.
const MAX_DEPTH: usize = 64;

/// The codes below an element, each after its parent.
pub(super) fn codes_in(node: Node<'_, '_>, log: &mut Diagnostics) -> Vec<Code> {
    let mut codes = Vec::new();
    below(node, None, 0, &mut codes, log);
    let count = codes.len();
    let codes = without_twins(codes);
    if codes.len() < count {
        let message = match count - codes.len() {
            1 => "a group and a code in it have one name and were read as one code".to_owned(),
            more => format!("{more} groups and codes in them have one name and were read as one code each"),
        };
        log.note(None, message, "");
    }
    codes
}

/// Joins each group with the only code of its name directly below or beside it.
fn without_twins(mut codes: Vec<Code>) -> Vec<Code> {
    let name = |code: &Code| code.name.trim().to_lowercase();
    let mut below: BTreeMap<(Option<usize>, String), Vec<usize>> = BTreeMap::new();
    for (index, code) in codes.iter().enumerate() {
        below.entry((code.parent, name(code))).or_default().push(index);
    }
    // The index that each code is joined into: its own, or that of a twin before it, so that a code still comes after its parent.
    let mut into: Vec<usize> = (0..codes.len()).collect();
    for group in (0..codes.len()).rev() {
        let Some(code) = codes.get(group).filter(|code| !code.is_codable) else { continue };
        let keys = [(Some(group), name(code)), (code.parent, name(code))];
        let near = keys.iter().filter_map(|key| below.get(key)).flatten().copied();
        let is_code = |index: &usize| codes.get(*index).is_some_and(|code| code.is_codable);
        let twins: Vec<usize> = near.filter(|index| into[*index] == *index).filter(is_code).collect();
        let [twin] = twins.as_slice() else { continue };
        let (first, second) = (group.min(*twin), group.max(*twin));
        let group = codes[group].clone();
        let code = codes[*twin].clone();
        let description =
            if code.description.is_empty() { group.description } else { code.description.clone() };
        // Codings name the code, never the group.
        codes[first] = Code { parent: codes[first].parent, description, ..code };
        into[second] = first;
    }
    for index in 0..into.len() {
        into[index] = into[into[index]];
    }
    let mut moved = vec![0; codes.len()];
    let mut kept: Vec<Code> = Vec::with_capacity(codes.len());
    for (index, mut code) in codes.into_iter().enumerate() {
        if into[index] == index {
            moved[index] = kept.len();
            code.parent = code.parent.map(|parent| moved[into[parent]]);
            kept.push(code);
        }
    }
    kept
}

fn below(
    node: Node<'_, '_>,
    parent: Option<usize>,
    depth: usize,
    codes: &mut Vec<Code>,
    log: &mut Diagnostics,
) {
    for node in children(node, "Code") {
        let name = text_of(node, "name");
        // Nothing refers to the codes of a codebook, so they need no identifiers.
        let guid = guid_at(node, "guid").unwrap_or_else(|| Guid::derived("", "code without a guid", &name));
        codes.push(Code {
            guid,
            name,
            color: text_of(node, "color"),
            is_codable: !matches!(node.attribute("isCodable").map(str::trim), Some("false" | "0")),
            description: description(node),
            parent,
        });
        if depth < MAX_DEPTH {
            below(node, Some(codes.len() - 1), depth + 1, codes, log);
        } else if children(node, "Code").next().is_some() {
            let message = format!("codes nested more than {MAX_DEPTH} deep were left out");
            log.error(None, message, "move them up in the program that they come from");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(codes: &[(&str, bool, Option<usize>)]) -> String {
        let code = |(index, &(name, is_codable, parent)): (usize, &(&str, bool, Option<usize>))| Code {
            guid: Guid::derived("", "code", &index.to_string()),
            name: name.to_owned(),
            color: String::new(),
            is_codable,
            description: String::new(),
            parent,
        };
        let codes: Vec<Code> = codes.iter().enumerate().map(code).collect();
        let twin = |code: &Code| codes.iter().position(|other| other.guid == code.guid).unwrap();
        let kept = without_twins(codes.clone());
        assert!(kept.iter().enumerate().all(|(index, code)| code.parent.is_none_or(|parent| parent < index)));
        let line = |code: &Code| {
            let parent = code.parent.map_or("", |parent| kept[parent].name.as_str());
            format!("{}{}{}<{parent}", code.name, twin(code), if code.is_codable { "" } else { "*" })
        };
        kept.iter().map(line).collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn a_group_and_a_code_of_one_name_are_one_code() {
        let within =
            [("work", false, None), ("Work", true, Some(0)), ("pay", true, Some(0)), ("x", true, Some(1))];
        assert_eq!(shown(&within), "Work1< pay2<Work x3<Work");
        let beside = [("work", true, None), ("work", false, None), ("pay", true, Some(1))];
        assert_eq!(shown(&beside), "work0< pay2<work");
        let deep = [("a", false, None), ("a", false, Some(0)), ("a", true, Some(1)), ("b", true, Some(1))];
        assert_eq!(shown(&deep), "a2< b3<a");
    }

    #[test]
    fn other_codes_of_one_name_stay() {
        let all = [
            ("a", false, None),
            ("x", true, Some(0)),
            ("b", false, None),
            ("x", true, Some(2)),
            ("x", true, Some(2)),
        ];
        assert_eq!(shown(&all), "a0*< x1<a b2*< x3<b x4<b");
        let both = [("x", false, None), ("x", true, Some(0)), ("x", true, Some(0))];
        assert_eq!(shown(&both), "x0*< x1<x x2<x");
    }
}

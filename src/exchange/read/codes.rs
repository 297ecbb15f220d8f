//! Codes within codes, of a project or of a codebook file alone.

use roxmltree::Node;

use super::nodes::{children, description, guid_at, text_of};
use crate::exchange::guid::Guid;
use crate::exchange::project::Code;
use crate::read::ProblemLog;

/// Codes nested deeper than this are left out.
const DEEPEST: usize = 64;

/// The codes below an element, each after its parent.
pub(super) fn codes_in(node: Node<'_, '_>, log: &mut ProblemLog) -> Vec<Code> {
    let mut codes = Vec::new();
    below(node, None, 0, &mut codes, log);
    codes
}

fn below(
    node: Node<'_, '_>,
    parent: Option<usize>,
    depth: usize,
    codes: &mut Vec<Code>,
    log: &mut ProblemLog,
) {
    for node in children(node, "Code") {
        let name = text_of(node, "name");
        // A codebook can do without identifiers: nothing refers to its codes.
        let guid = guid_at(node, "guid").unwrap_or_else(|| Guid::derived("", "code without a guid", &name));
        codes.push(Code {
            guid,
            name,
            color: text_of(node, "color"),
            is_codable: !matches!(node.attribute("isCodable").map(str::trim), Some("false" | "0")),
            description: description(node),
            parent,
        });
        if depth < DEEPEST {
            below(node, Some(codes.len() - 1), depth + 1, codes, log);
        } else if children(node, "Code").next().is_some() {
            let message = format!("codes nested more than {DEEPEST} deep were left out");
            log.error(None, message, "move them up in the program that they come from");
        }
    }
}

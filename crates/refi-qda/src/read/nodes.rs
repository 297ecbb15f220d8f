//! Access to elements. Names are compared without their namespace, which differs between versions of the standard.

use roxmltree::Node;

use crate::diagnostics::Diagnostics;
use crate::diagnostics::Severity;
use crate::guid::Guid;

/// The identifier of an element. An element without one is left out, and this is reported.
pub(super) fn guid_of(node: Node<'_, '_>, log: &mut Diagnostics) -> Option<Guid> {
    let guid = guid_at(node, "guid");
    if guid.is_none() {
        let name = node.tag_name().name();
        let message = format!("a `{name}` without a usable identifier was left out");
        // Finding the line takes a pass over the whole file, so only where it will be listed.
        let line = log
            .would_list(Severity::Error, &message)
            .then(|| u64::from(node.document().text_pos_at(node.range().start).row));
        log.error(line, message, "export the project again");
    }
    guid
}

pub(super) fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |node| node.tag_name().name() == name)
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The elements called `name` in a list called `list`.
pub(super) fn within<'a, 'i>(
    node: Node<'a, 'i>,
    list: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    children(node, list).flat_map(move |list| children(list, name))
}

pub(super) fn text_of(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().trim().to_owned()
}

pub(super) fn guid_at(node: Node<'_, '_>, name: &str) -> Option<Guid> {
    node.attribute(name).and_then(Guid::parse)
}

pub(super) fn inner_text(node: Node<'_, '_>) -> String {
    node.children().filter_map(|node| node.text()).collect()
}

pub(super) fn description(node: Node<'_, '_>) -> String {
    child(node, "Description").map(|node| inner_text(node).trim().to_owned()).unwrap_or_default()
}

//! A codebook file alone, `.qdc`.

use super::ProjectError;
use super::codes::codes_in;
use super::limits::parsed;
use super::nodes::children;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::project::Code;

/// Reads the codes of a codebook (`.qdc`), each after its parent, and what is doubtful about them.
///
/// # Errors
/// [`ProjectError`] when the text is no such codebook.
///
/// ```
/// let text = r#"<CodeBook><Codes><Code guid="1" name="workload" isCodable="true">
///     <Description>Too many cases.</Description></Code></Codes></CodeBook>"#;
/// let (codes, _) = refi_qda::read_qdc(text)?;
/// assert_eq!((codes[0].name.as_str(), codes[0].description.as_str()), ("workload", "Too many cases."));
/// # Ok::<(), refi_qda::ProjectError>(())
/// ```
pub fn read_qdc(text: &str) -> Result<(Vec<Code>, Vec<Diagnostic>), ProjectError> {
    let document =
        parsed(text, text.len(), "CodeBook").map_err(|reason| ProjectError::Codebook { reason })?;
    let mut log = Diagnostics::default();
    let codes =
        children(document.root_element(), "Codes").flat_map(|codes| codes_in(codes, &mut log)).collect();
    Ok((codes, log.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_refused() {
        let said = |text: &str| read_qdc(text).unwrap_err().to_string();
        insta::assert_snapshot!(said("<html></html>"), @"this is not a REFI-QDA codebook: it begins with `html` instead of `CodeBook`");
        insta::assert_snapshot!(said("<CodeBook><Code name='a'></CodeBook>"), @"this is not a REFI-QDA codebook: expected 'Code' tag, not 'CodeBook' at 1:26");
        assert!(read_qdc(&"<Code>".repeat(100)).is_err());
    }
}

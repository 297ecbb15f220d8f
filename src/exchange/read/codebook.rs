//! A codebook file alone, `.qdc`.

use super::ProjectError;
use super::codes::codes_in;
use super::limits::parsed;
use super::nodes::children;
use crate::corpus::Problem;
use crate::exchange::project::Code;
use crate::read::ProblemLog;

/// Reads the codes of a REFI-QDA codebook, each after its parent, and what is doubtful about them. `name` is what problems call the file.
///
/// # Errors
/// [`ProjectError`] when the text is no such codebook.
///
/// ```
/// let text = r#"<CodeBook><Codes><Code guid="1" name="workload" isCodable="true">
///     <Description>Too many cases.</Description></Code></Codes></CodeBook>"#;
/// let (codes, _) = emic::exchange::read_qdc(text, "codebook.qdc")?;
/// assert_eq!((codes[0].name.as_str(), codes[0].description.as_str()), ("workload", "Too many cases."));
/// # Ok::<(), emic::exchange::ProjectError>(())
/// ```
pub fn read_qdc(text: &str, name: &str) -> Result<(Vec<Code>, Vec<Problem>), ProjectError> {
    let document =
        parsed(text, text.len(), "CodeBook").map_err(|reason| ProjectError::Codebook { reason })?;
    let mut log = ProblemLog::new(name);
    let codes =
        children(document.root_element(), "Codes").flat_map(|codes| codes_in(codes, &mut log)).collect();
    Ok((codes, log.finish()))
}

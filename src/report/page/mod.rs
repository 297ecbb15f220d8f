//! `report.html`: one file for looking at results, reading quotes and reviewing, which loads nothing else.
//!
//! [`overview`] has every number, in the tables' words, and [`voices`] the transcripts, or as much of them as a page can hold. The page
//! itself is in `shell.html`, `style` and `script`, and draws from these two blocks; `document` puts all into one file.

mod document;
mod overview;
mod voices;

use std::io::{self, Write};

use crate::study::Study;
use crate::table::{Findings, TableError, page_tables};

/// Why the page could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file.
    #[error("the page cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Writes the page of a run.
///
/// Its size is bounded, about 13 MB: of a large study it holds some whole interviews and quotes of the others, and says so. The
/// bytes depend on the study and the findings alone.
///
/// # Errors
/// [`PageError`] when the findings refer to what they do not contain, or the writer fails.
pub fn write_page(writer: &mut impl Write, study: &Study, findings: &Findings) -> Result<(), PageError> {
    let tables = page_tables(findings)?;
    let overview = overview::overview(study, findings, tables);
    let voices = voices::voices(study, findings, voices::ROOM);
    document::write_document(writer, &study.title, &overview, &voices)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::fixture::study;
    use crate::table::fixture::{empty_findings, small_findings};

    fn page_of(findings: &Findings) -> String {
        let (_folder, study) = study("Barriers </script>");
        let mut bytes = Vec::new();
        write_page(&mut bytes, &study, findings).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// A block of data as a browser reads it.
    fn block(page: &str, id: &str) -> Value {
        let begin = format!("<script type=\"application/json\" id=\"{id}\">");
        let (_, rest) = page.split_once(&begin).unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    #[test]
    fn a_page_holds_what_was_studied() {
        let study = block(&page_of(&small_findings()), "emic-study");
        assert_eq!(study["title"], "Barriers </script>");
        insta::assert_snapshot!(study["counts"], @r#"{"transcripts":2,"turns":5,"segments":4,"words":28,"duration_ms":3604500,"labelled":3,"seed_themes":2,"emergent_themes":1,"errors":1,"warnings":3,"notes":2}"#);
        insta::assert_snapshot!(study["attributes"], @r#"[{"name":"country","groups":[{"name":"Chile","transcripts":1,"segments":2},{"name":"Israel","transcripts":1,"segments":2}],"missing":0}]"#);
        insta::assert_snapshot!(study["languages"], @r#"[{"tag":null,"transcripts":1,"segments":2},{"tag":"en","transcripts":1,"segments":2}]"#);
        assert_eq!(study["tables"]["themes"]["rows"], 3);
    }

    #[test]
    fn a_page_holds_what_people_said() {
        let voices = block(&page_of(&small_findings()), "emic-voices");
        assert_eq!(voices["complete"], true);
        insta::assert_snapshot!(voices["transcripts"][0], @r#"{"id":"P01","source":"transcripts/P01.vtt","values":["Chile","many"],"language":0,"turns":3,"segments":2,"words":19,"duration_ms":3604500,"whole":true,"speakers":["INT","Ana"],"talk":[[0,0,1,0,1,"What gets in the way?",0],[1,1,0,4000,2,"Sixty families, and \"one\" morning a week.\nThat is all.",0],[2,1,0,3601500,3,"=cmd|' /C calc'!A0",0]]}"#);
        let mut segments = voices["segments"].clone();
        let map = segments["map"].take();
        insta::assert_snapshot!(segments, @r#"{"transcript":[0,0,1,1],"number":[1,2,1,2],"first":[1,2,0,1],"from":[0,0,0,0],"last":[1,2,1,1],"to":[54,18,29,29],"middle":[0.5158,0.9053,0.5,0.74],"share":[0.5684,0.1895,1.0,0.52],"words":[10,3,9,5],"language":[0,0,null,null],"labels":[[[0,0.875,0]],[],[[1,0.875,0],[0,0.875,0]],[[1,0.875,0]]],"map":null}"#);
        assert_eq!(map.as_array().unwrap().len(), 4);
        insta::assert_snapshot!(voices["quotes"], @r#"{"theme":[0,0,1,1,1],"kind":[0,1,0,0,2],"rank":[1,1,1,2,1],"segment":[0,2,2,3,1]}"#);
        assert_eq!(voices["sample"]["of"], 4);
    }

    #[test]
    fn a_page_without_findings_is_a_page() {
        let page = page_of(&empty_findings());
        assert_eq!(block(&page, "emic-voices")["sample"], Value::Null);
        assert_eq!(block(&page, "emic-study")["counts"]["segments"], 0);
    }

    #[test]
    fn where_not_all_fits_the_page_says_what_is_there() {
        let (_folder, study) = study("Barriers");
        let findings = small_findings();
        let shown = serde_json::to_value(voices::voices(&study, &findings, 700)).unwrap();
        assert_eq!(shown["complete"], false);
        assert_eq!(shown["of"]["transcripts"], 2);
        let transcripts = shown["transcripts"].as_array().unwrap();
        assert!(transcripts.iter().all(|transcript| transcript["whole"] == false), "{transcripts:?}");
        assert!(!shown["segments"]["number"].as_array().unwrap().is_empty());
    }
}

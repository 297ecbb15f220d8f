//! `paper.md`: a run described for a paper, with its numbers.
//!
//! A paragraph of methods with references (`paragraph`), a table of shares (`shares`), the items of the COREQ checklist that a run can answer (`coreq`), and every
//! parameter. Of the interviews it has only counts, names of groups, and the quotes that coders marked for it (`quotes`), so that it
//! can go into a supplement as far as those quotes can.

mod coreq;
mod facts;
mod paragraph;
mod quotes;
mod shares;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use self::facts::Facts;
use crate::study::Study;
use crate::table::Findings;

/// The text of `paper.md`: Markdown, lines end in `\n`. It depends on the study, the findings and the version of the program alone.
pub fn paper(study: &Study, findings: &Findings) -> String {
    let facts = Facts::of(study, findings);
    let mut text = format!("# For the paper: {}\n\n", line(&study.title));
    text.push_str(
        "Written by the program from this run's numbers. Take over what you need, in your own words or these, and check it against \
         what you did: the program does not know how people were asked.\n\n## Methods\n\n",
    );
    let paragraphs = paragraph::paragraphs(&facts);
    text.push_str(&paragraphs.join("\n\n"));
    text.push_str(
        "\n\nThe program is cited by the file `CITATION.cff` in the root folder of its sources.\n\n## Sources of the methods\n\n",
    );
    for source in paragraph::sources(&paragraphs) {
        let _ = writeln!(text, "- {source}");
    }
    text.push_str(&shares::shares(findings));
    text.push_str(&quotes::marked(findings));
    text.push_str(
        "\n## COREQ\n\nThe 32 items of Tong, Sainsbury and Craig (2007). What the run can say stands here; the rest is yours.\n\n\
         | item | about | from this run |\n|---|---|---|\n",
    );
    for item in coreq::items(&facts) {
        let _ = writeln!(text, "| {} | {} | {} |", item.number, item.about, cell(&item.answer));
    }
    text.push_str(
        "\n## Parameters\n\nEverything that decided the result beside the transcripts and the codebook; the table `parameters` has the \
         same rows.\n\n| stage | parameter | value | set by | what it decides |\n|---|---|---|---|---|\n",
    );
    for row in &findings.parameters {
        let cells = [row.stage, &row.name, &row.value, row.origin.as_str(), &row.about].map(cell);
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// A text as one line of Markdown: names are from files and may hold anything.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;")
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

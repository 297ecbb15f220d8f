//! Lists the codings of a project, a line each with source, code, coder and words, and writes the project again.
//!
//! `cargo run -p refi-qda --example codings -- project.qdpx [copy.qdpx]`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program of the command line")]

use std::error::Error;
use std::path::Path;

use refi_qda::{PlainDecoder, read_qdpx_file, write_qdpx};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        return Err("name a project: codings project.qdpx [copy.qdpx]".into());
    };

    // 1. Read. Only what is no project at all is an error.
    let read = read_qdpx_file(Path::new(&path), &PlainDecoder)?;
    for diagnostic in &read.diagnostics {
        eprintln!("{path}: {diagnostic}");
    }
    for loss in &read.losses {
        eprintln!("{path}: left out: {loss}");
    }

    // 2. Everything refers to codes and users by their indices; spans are in code points of the source's text.
    let project = &read.project;
    for source in &project.sources {
        for selection in &source.selections {
            let words = source.words(selection.span).unwrap_or_default().replace('\n', " ");
            for coding in &selection.codings {
                let user = coding.user.and_then(|user| project.users.get(user));
                let user = user.map_or("somebody", |user| user.name.as_str());
                println!("{}\t{}\t{user}\t{words}", source.name, project.path_of(coding.code));
            }
        }
    }

    // 3. Write.
    if let Some(copy) = arguments.next() {
        std::fs::write(copy, write_qdpx(project)?)?;
    }
    Ok(())
}

//! Every file in `tests/fixtures/read`, read as a study of its own.

use std::path::Path;

use super::*;

#[test]
fn every_fixture_reads_as_its_snapshot_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != ".gitattributes" && !name.starts_with("oracle"))
        // It lists the endings that can be read, .parquet among them.
        .filter(|name| cfg!(feature = "parquet") || name != "interview.doc")
        .collect();
    names.sort();
    assert!(names.len() > 30);
    for name in names {
        let files = vec![SourceFile::at(name.clone(), folder.join(&name))];
        let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &());
        check(&reading);
        insta::with_settings!({ snapshot_path => "../../../tests/snapshots/read", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.clone(), shown(&reading));
        });
    }
}

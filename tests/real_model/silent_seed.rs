//! A theme of the codebook that nobody talks about. Here, because weights by chance find it somewhere.

use crate::behaviour::study;

#[test]
fn a_seed_that_nobody_talks_about_is_a_row_with_zeros_in_every_group() {
    let scratch = study();
    scratch.write("codebook.toml", "[[theme]]\nname = \"deep sea fishing\"\n");
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    let prevalence = scratch.table("out/tables/prevalence.csv");
    let rows = prevalence.columns(["theme", "group", "segments", "share_transcripts"]);
    let of_seed: Vec<_> = rows.into_iter().filter(|row| row[0] == "deep sea fishing").collect();
    assert_eq!(
        of_seed,
        [
            ["deep sea fishing", "(all)", "0", "0.0"],
            ["deep sea fishing", "Ostrany", "0", "0.0"],
            ["deep sea fishing", "Velmora", "0", "0.0"],
        ]
    );
}

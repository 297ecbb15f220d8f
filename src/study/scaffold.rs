//! What `emic init` lays down: a study to fill in, with a comment at every key.

/// The files of a new study: name and contents. The study file reads back as a valid study as soon as a transcript
/// lies in `transcripts/`.
pub fn scaffold() -> [(&'static str, &'static str); 3] {
    [
        ("study.toml", include_str!("scaffold/study.toml")),
        ("codebook.toml", include_str!("scaffold/codebook.toml")),
        ("participants.csv", include_str!("scaffold/participants.csv")),
    ]
}

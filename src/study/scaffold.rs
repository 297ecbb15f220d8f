//! The files of `emic init`: a study to fill in, with a comment at every key.

/// The files of a new study: name and contents. The study file is valid as soon as there is a transcript in `transcripts/`.
pub fn scaffold() -> [(&'static str, &'static str); 3] {
    [
        ("study.toml", include_str!("scaffold/study.toml")),
        ("codebook.toml", include_str!("scaffold/codebook.toml")),
        ("participants.csv", include_str!("scaffold/participants.csv")),
    ]
}

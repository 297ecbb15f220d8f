//! Themes for texts that are no interviews.

use emic::pipeline::label_observed;
use emic::results::Codebook;
use polars::prelude::{Column, DataFrame};
use pyo3::prelude::*;

use crate::encoder::Encoder;
use crate::frames::Frame;
use crate::study::codebook_in;
use crate::work::work;

/// The labels of each text: a row for each theme that it carries, with the text's number from 0. `codebook` is a list of themes as JSON.
#[pyfunction]
pub(crate) fn label(
    py: Python<'_>,
    texts: Vec<String>,
    codebook: &str,
    encoder: &Encoder,
    threads: Option<usize>,
    told: Option<Py<PyAny>>,
) -> PyResult<Frame> {
    let frame = work(py, threads, told.as_ref(), |progress| {
        let codebook: Codebook = codebook_in(codebook)?;
        let names: Vec<String> = codebook.seeds.iter().map(|seed| seed.name.clone()).collect();
        let labels = label_observed(&texts, codebook, encoder.native.as_ref(), progress)?;
        let rows: Vec<_> = labels
            .iter()
            .enumerate()
            .flat_map(|(text, labels)| labels.iter().map(move |label| (text as u32, label)))
            .collect();
        let themes: Vec<Option<&str>> =
            rows.iter().map(|(_, label)| label.theme.of(&names).map(String::as_str)).collect();
        let column = |name: &str, values: Vec<f32>| Column::new(name.into(), values);
        Ok(DataFrame::new(
            rows.len(),
            vec![
                Column::new("text".into(), rows.iter().map(|(text, _)| *text).collect::<Vec<_>>()),
                Column::new("theme".into(), themes),
                column("score", rows.iter().map(|(_, label)| label.score).collect()),
                column("confidence", rows.iter().map(|(_, label)| label.confidence).collect()),
                Column::new("rank".into(), rows.iter().map(|(_, label)| label.rank).collect::<Vec<_>>()),
            ],
        )?)
    })?;
    Ok(frame.into())
}

//! The table `parameters`: every number and choice that decided the result.

use polars::prelude::{Column, DataFrame};

use super::frame::frame;
use super::schema::PARAMETERS;
use super::{Findings, TableError};
use crate::results::Parameter;

/// The table `parameters`.
///
/// # Errors
/// None that its rows can cause.
pub fn parameters_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let text = |name: &str, of: fn(&Parameter) -> &str| {
        Column::new(name.into(), findings.parameters.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &PARAMETERS,
        vec![
            text("stage", |row| row.stage),
            text("parameter", |row| &row.name),
            text("value", |row| &row.value),
            text("origin", |row| row.origin.as_str()),
            text("about", |row| &row.about),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn every_parameter_is_a_row() {
        insta::assert_snapshot!(show(&parameters_frame(&small_findings()).unwrap()), @r#"
        stage str | parameter str | value str | origin str | about str
        "theme" | "passages of a language" | "10" | "built in" | "at least, in two languages, before each language's mean is taken out"
        "theme" | "subjects of languages" | "40" | "built in" | "at most, within which the means of languages are compared"
        "#);
        assert_eq!(parameters_frame(&empty_findings()).unwrap().shape(), (0, 5));
    }
}

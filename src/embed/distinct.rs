//! Embeds equal texts once.
//!
//! People say "Mm-hm" a thousand times. A vector depends on its text only, so it can be copied.

use std::collections::BTreeMap;
use std::io;

use ndarray::{Array2, Axis, s};
use sentence_encoder::{EmbedError, EncodeObserver, Encoder, Purpose};

use crate::storage::{Rows, Scratch};

/// Texts whose vectors are in memory at a time: enough to batch texts of similar length.
const AT_ONCE: usize = 1 << 16;

/// The vectors of `texts`, as [`Encoder::encode`] returns them, with equal texts embedded once.
///
/// # Errors
/// When the encoder fails; the error has the index of the first of the equal texts.
pub fn encode_distinct<E: Encoder + ?Sized>(
    encoder: &E,
    texts: &[&str],
    purpose: Purpose,
    observer: &dyn EncodeObserver,
) -> Result<Array2<f32>, EmbedError> {
    let (firsts, numbers) = distinct(texts);
    let repeated = texts.len() - firsts.len();
    if repeated == 0 {
        return encoder.encode(texts, purpose, observer);
    }
    let once: Vec<&str> = firsts.iter().map(|&index| texts[index]).collect();
    let vectors =
        encoder.encode(&once, purpose, observer).map_err(|error| error.with_text_indices(&firsts))?;
    observer.texts_done(repeated as u64);
    Ok(spread(vectors, &numbers))
}

/// The same for more vectors than may fit into memory: they are computed in parts and stored with `scratch`.
///
/// # Errors
/// The outer error is that of the encoder, the inner one that of storing the vectors.
pub fn encode_rows<E: Encoder + ?Sized>(
    encoder: &E,
    texts: &[&str],
    purpose: Purpose,
    scratch: &Scratch,
    observer: &dyn EncodeObserver,
) -> Result<io::Result<Rows>, EmbedError> {
    let (firsts, numbers) = distinct(texts);
    let mut writer = match scratch.writer(firsts.len(), encoder.dimension()) {
        Ok(writer) => writer,
        Err(error) => return Ok(Err(error)),
    };
    for indices in firsts.chunks(AT_ONCE) {
        let some: Vec<&str> = indices.iter().map(|&index| texts[index]).collect();
        let vectors =
            encoder.encode(&some, purpose, observer).map_err(|error| error.with_text_indices(indices))?;
        if let Err(error) = writer.push(vectors.view()) {
            return Ok(Err(error));
        }
    }
    let repeated = texts.len() - firsts.len();
    observer.texts_done(repeated as u64);
    Ok(writer
        .finish()
        .and_then(|once| if repeated == 0 { Ok(once) } else { scratch.select(&once, &numbers) }))
}

/// The index of the first occurrence of each distinct text, in order; and for every text the number of its
/// distinct text.
fn distinct(texts: &[&str]) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut firsts = Vec::new();
    let number = |(index, &text)| {
        *known.entry(text).or_insert_with(|| {
            firsts.push(index);
            firsts.len() - 1
        })
    };
    let numbers = texts.iter().enumerate().map(number).collect();
    (firsts, numbers)
}

/// The rows of `vectors` that `numbers` name. New numbers appear in ascending order, from 0.
///
/// This works in place, because there may be no room for all vectors twice: a number is never larger than its
/// index, so going from the end overwrites no row that is still needed.
fn spread(mut vectors: Array2<f32>, numbers: &[usize]) -> Array2<f32> {
    let more = numbers.len().saturating_sub(vectors.nrows());
    let empty = Array2::zeros((more, vectors.ncols()));
    if vectors.append(Axis(0), empty.view()).is_err() {
        return vectors.select(Axis(0), numbers);
    }
    for (index, &number) in numbers.iter().enumerate().rev() {
        if number != index {
            let (mut to, from) = vectors.multi_slice_mut((s![index, ..], s![number, ..]));
            to.assign(&from);
        }
    }
    vectors
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::embed::cache::counting::{Counted, Counting, Toy};

    #[test]
    fn equal_texts_are_computed_once_and_all_are_counted() {
        let encoder = Counting::new(Toy::default());
        let counted = Counted::default();
        let texts = ["a", "b", "a", "c", "b", "a"];
        let vectors = encode_distinct(&encoder, &texts, Purpose::Passage, &counted).unwrap();
        assert_eq!(encoder.taken(), ["a", "b", "c"]);
        assert_eq!(counted.steps(), 6);
        assert_eq!(vectors, encoder.encode(&texts, Purpose::Passage, &()).unwrap());
    }

    #[test]
    fn an_error_names_the_text_among_all() {
        let encoder = Toy { fails_on: Some("c"), ..Toy::default() };
        let error = encode_distinct(&encoder, &["a", "a", "b", "c", "c"], Purpose::Passage, &()).unwrap_err();
        assert!(matches!(error, EmbedError::NotFinite { index: 3 }), "{error}");
    }

    proptest! {
        #[test]
        fn vectors_are_those_of_each_text_alone(texts in proptest::collection::vec("[abc]{0,2}", 0..40)) {
            let encoder = Counting::new(Toy::default());
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let vectors = encode_distinct(&encoder, &texts, Purpose::Query, &()).unwrap();
            prop_assert_eq!(vectors, encoder.encode(&texts, Purpose::Query, &()).unwrap());
        }
    }
}

//! Matrices in `.npy` files, which `numpy.load` reads: version 1.0, little-endian f32, row-major.
//!
//! The format is described in the first `NumPy` enhancement proposal (Kern 2007).

use std::io::{self, Read, Write};

use ndarray::Array2;

const MAGIC: &[u8; 8] = b"\x93NUMPY\x01\x00";

/// Why a `.npy` file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NpyError {
    /// The system could not read it.
    #[error("cannot read the .npy file: {0}")]
    Read(#[from] io::Error),
    /// It is not a two-dimensional array of little-endian f32 in row-major order.
    #[error("not a .npy file of 32-bit numbers in rows: {0}")]
    Malformed(String),
}

/// Writes `matrix` as a two-dimensional array of f32.
///
/// # Errors
/// When `out` cannot be written to.
///
/// ```
/// let matrix = ndarray::array![[1.0_f32, 2.0], [3.0, 4.0]];
/// let mut file = Vec::new();
/// sentence_encoder::write_npy(&mut file, &matrix)?;
/// assert_eq!(sentence_encoder::read_npy(file.as_slice())?, matrix);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_npy(mut out: impl Write, matrix: &Array2<f32>) -> io::Result<()> {
    let (rows, columns) = matrix.dim();
    let mut header =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}").into_bytes();
    // The numbers start at a multiple of 64 bytes.
    header.resize((MAGIC.len() + 2 + header.len() + 1).next_multiple_of(64) - MAGIC.len() - 3, b' ');
    header.push(b'\n');
    out.write_all(MAGIC)?;
    out.write_all(&(header.len() as u16).to_le_bytes())?;
    out.write_all(&header)?;
    for row in matrix.rows() {
        let bytes: Vec<u8> = row.iter().flat_map(|x| x.to_le_bytes()).collect();
        out.write_all(&bytes)?;
    }
    out.flush()
}

/// Reads a two-dimensional array of little-endian f32 in C order, as [`write_npy`] and `numpy.save` write it.
///
/// # Errors
/// When `file` cannot be read, holds something else, or is shorter or longer than its header says.
pub fn read_npy(mut file: impl Read) -> Result<Array2<f32>, NpyError> {
    let malformed = |reason: &str| NpyError::Malformed(reason.to_owned());
    let mut start = [0; 10];
    file.read_exact(&mut start)?;
    if !start.starts_with(MAGIC) {
        return Err(malformed("it does not start as version 1.0 of the format does"));
    }
    let mut header = vec![0; usize::from(u16::from_le_bytes([start[8], start[9]]))];
    file.read_exact(&mut header)?;
    let header: String = String::from_utf8_lossy(&header).split_whitespace().collect();
    if !header.contains("'descr':'<f4'") || !header.contains("'fortran_order':False") {
        return Err(malformed("its numbers are of another kind or order"));
    }
    let shape =
        header.split_once("'shape':(").and_then(|(_, rest)| rest.split_once(')')).map(|(shape, _)| shape);
    let shape: Vec<usize> =
        shape.unwrap_or_default().split(',').filter_map(|number| number.parse().ok()).collect();
    let &[rows, columns] = shape.as_slice() else {
        return Err(malformed("it has not two dimensions"));
    };
    // The bytes are read before the shape is used, so that a damaged header cannot request any amount of
    // memory.
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    if rows.checked_mul(columns).and_then(|count| count.checked_mul(4)) != Some(bytes.len()) {
        return Err(malformed("it is not as long as its header says"));
    }
    let numbers = bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    Array2::from_shape_vec((rows, columns), numbers).map_err(|error| NpyError::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use proptest::prelude::*;

    use super::{read_npy, write_npy};

    fn written(matrix: &Array2<f32>) -> Vec<u8> {
        let mut file = Vec::new();
        write_npy(&mut file, matrix).unwrap();
        file
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in 0..7_usize, columns in 0..9_usize, first in any::<f32>()) {
            let matrix = Array2::from_shape_fn((rows, columns), |(i, j)| first + (i * 10 + j) as f32);
            let read = read_npy(written(&matrix).as_slice()).unwrap();
            prop_assert_eq!(read.dim(), matrix.dim());
            prop_assert!(read.iter().zip(&matrix).all(|(a, b)| a.to_bits() == b.to_bits()));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut file = written(&Array2::zeros((2, 2)));
            file.truncate(64);
            file.extend(&bytes);
            let _ = read_npy(bytes.as_slice());
            let _ = read_npy(file.as_slice());
        }
    }

    #[test]
    fn numbers_start_at_a_multiple_of_64() {
        assert_eq!(written(&Array2::zeros((200, 384))).len(), 128 + 200 * 384 * 4);
    }

    #[test]
    fn a_cut_file_is_refused() {
        let mut file = written(&Array2::zeros((3, 5)));
        file.pop();
        let error = read_npy(file.as_slice()).unwrap_err();
        insta::assert_snapshot!(error, @"not a .npy file of 32-bit numbers in rows: it is not as long as its header says");
    }
}

//! Vectors, a row each: in memory where they are few, otherwise in a file that is mapped into memory.
//!
//! A million vectors of 384 numbers take 1.5 GB, and a run needs three such matrices. Mapped, the system keeps of them what there
//! is room for. The files have no name: nobody else can change them, and they are gone when the program is, however it ends.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytemuck::cast_slice;
use memmap2::Mmap;
use ndarray::{Array2, ArrayView2, Axis, s};

use super::private::make_folder;

/// Rows that are computed at a time where a matrix is made block by block.
pub const BLOCK: usize = 1 << 14;

/// Rows that lie apart are taken so many at a time: with each, the system maps what lies around it, some 64 kB.
const APART: usize = 512;

/// Matrices of more bytes than this go to a file.
const IN_MEMORY: usize = 128 << 20;

/// Where matrices that are too large for memory lie.
#[derive(Debug, Clone)]
pub struct Scratch {
    folder: PathBuf,
    in_memory: usize,
}

impl Scratch {
    /// Files in `folder`, which is made when the first of them is needed.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), in_memory: IN_MEMORY }
    }

    /// A place for `rows` × `columns` numbers, to be filled from the first row to the last.
    ///
    /// # Errors
    /// When a file is needed and cannot be made.
    pub fn writer(&self, rows: usize, columns: usize) -> io::Result<RowsWriter> {
        let bytes = rows.saturating_mul(columns).saturating_mul(size_of::<f32>());
        let place = if bytes <= self.in_memory {
            Place::Memory(Vec::with_capacity(rows * columns))
        } else {
            make_folder(&self.folder)?;
            Place::File(BufWriter::with_capacity(1 << 20, tempfile::tempfile_in(&self.folder)?))
        };
        Ok(RowsWriter { place, rows: 0, columns })
    }

    /// A matrix of `rows` × `columns` that `block` makes, some rows after the other.
    ///
    /// # Errors
    /// When a file is needed and cannot be made or written.
    pub fn rows(
        &self,
        rows: usize,
        columns: usize,
        mut block: impl FnMut(Range<usize>) -> Array2<f32>,
    ) -> io::Result<Rows> {
        let mut writer = self.writer(rows, columns)?;
        for start in (0..rows).step_by(BLOCK) {
            writer.push(block(start..rows.min(start + BLOCK)).view())?;
        }
        writer.finish()
    }

    /// The rows of `from` at `places`, in their order.
    ///
    /// # Errors
    /// When a file is needed and cannot be made or written.
    pub fn select(&self, from: &Rows, places: &[usize]) -> io::Result<Rows> {
        self.rows(places.len(), from.view().ncols(), |block| from.pick(&places[block]))
    }
}

/// A matrix that is being written, from the first row to the last.
#[derive(Debug)]
pub struct RowsWriter {
    place: Place,
    rows: usize,
    columns: usize,
}

#[derive(Debug)]
enum Place {
    Memory(Vec<f32>),
    File(BufWriter<File>),
}

impl RowsWriter {
    /// Adds rows behind those that are there.
    ///
    /// # Errors
    /// When the file cannot be written, or the rows have another width.
    ///
    /// # Panics
    /// Never: a matrix in standard layout is one slice.
    pub fn push(&mut self, block: ArrayView2<'_, f32>) -> io::Result<()> {
        if block.ncols() != self.columns && block.nrows() > 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "rows of another width"));
        }
        self.rows += block.nrows();
        let block = block.as_standard_layout();
        #[expect(clippy::expect_used, reason = "rows that are lost here would be missing in every table")]
        let numbers = block.as_slice().expect("a matrix in standard layout is one slice");
        match &mut self.place {
            Place::Memory(all) => {
                all.extend_from_slice(numbers);
                Ok(())
            }
            // As this machine keeps them: nobody else reads this file.
            Place::File(file) => file.write_all(cast_slice(numbers)),
        }
    }

    /// The matrix of all rows added.
    ///
    /// # Errors
    /// When the file cannot be written to its end, or not be mapped.
    pub fn finish(self) -> io::Result<Rows> {
        let Self { place, rows, columns } = self;
        let kind = match place {
            Place::Memory(numbers) => Kind::Memory(matrix(numbers, rows, columns)?),
            Place::File(writer) => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                Kind::Mapped { map: map(&file)?, rows, columns }
            }
        };
        Ok(Rows { kind })
    }
}

/// Vectors, a row each. Compared and cloned by their numbers, wherever these are.
#[derive(Debug)]
pub struct Rows {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Memory(Array2<f32>),
    Mapped { map: Mmap, rows: usize, columns: usize },
}

impl Rows {
    /// All rows.
    ///
    /// # Panics
    /// When the mapped file is not as long as it was written, which nobody else can change.
    pub fn view(&self) -> ArrayView2<'_, f32> {
        match &self.kind {
            Kind::Memory(all) => all.view(),
            #[expect(clippy::expect_used, reason = "an emptied matrix would end in tables without rows")]
            Kind::Mapped { map, rows, columns } => {
                ArrayView2::from_shape((*rows, *columns), bytemuck::cast_slice(map))
                    .expect("the file has exactly these numbers, and a map begins at a page")
            }
        }
    }

    /// The rows some after the other with their places, so many at a time that a mapped matrix takes little memory.
    pub fn blocks(&self) -> impl Iterator<Item = (Range<usize>, ArrayView2<'_, f32>)> {
        let all = self.view();
        (0..all.nrows()).step_by(BLOCK).map(move |start| {
            self.release_pages();
            let range = start..all.nrows().min(start + BLOCK);
            (range.clone(), all.slice_move(s![range, ..]))
        })
    }

    /// Rows × `columns`: what `of` makes of each block, below each other.
    pub fn map_blocks(
        &self,
        columns: usize,
        mut of: impl FnMut(ArrayView2<'_, f32>) -> Array2<f32>,
    ) -> Array2<f32> {
        let mut made = Array2::zeros((self.view().nrows(), columns));
        for (range, block) in self.blocks() {
            made.slice_mut(s![range, ..]).assign(&of(block));
        }
        self.release_pages();
        made
    }

    /// The rows at `places`, in their order, in memory.
    pub fn pick(&self, places: &[usize]) -> Array2<f32> {
        let all = self.view();
        let mut picked = Array2::zeros((places.len(), all.ncols()));
        for (places, mut rows) in places.chunks(APART).zip(picked.axis_chunks_iter_mut(Axis(0), APART)) {
            rows.assign(&all.select(Axis(0), places));
            self.release_pages();
        }
        picked
    }

    /// Lets go of the memory that reading a mapped matrix took; the next look reads it from the file, or from what the system
    /// still holds of it. Call it behind each block of a pass over all rows.
    pub fn release_pages(&self) {
        #[cfg(unix)]
        if let Kind::Mapped { map, .. } = &self.kind {
            // A hint; where it fails, only memory is lost.
            #[expect(
                unsafe_code,
                reason = "the map is of a file and only read: its pages come back with the same bytes"
            )]
            let _ = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }
}

impl From<Array2<f32>> for Rows {
    fn from(all: Array2<f32>) -> Self {
        Self { kind: Kind::Memory(all) }
    }
}

impl Clone for Rows {
    /// Into memory.
    fn clone(&self) -> Self {
        self.view().to_owned().into()
    }
}

fn matrix(numbers: Vec<f32>, rows: usize, columns: usize) -> io::Result<Array2<f32>> {
    Array2::from_shape_vec((rows, columns), numbers)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

#[expect(
    unsafe_code,
    reason = "no other process can change a file without a name, and this one only reads it"
)]
fn map(file: &File) -> io::Result<Mmap> {
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(rows: usize) -> Array2<f32> {
        Array2::from_shape_fn((rows, 3), |(row, column)| row as f32 + column as f32 / 10.0)
    }

    fn both() -> [(Scratch, tempfile::TempDir); 2] {
        [usize::MAX, 0].map(|in_memory| {
            let folder = tempfile::tempdir().unwrap();
            (Scratch { folder: folder.path().join("cache"), in_memory }, folder)
        })
    }

    #[test]
    fn rows_are_the_same_in_memory_and_in_a_file() {
        let all = numbers(2 * BLOCK + 7);
        for (scratch, _folder) in both() {
            let rows =
                scratch.rows(all.nrows(), 3, |range| all.slice(ndarray::s![range, ..]).to_owned()).unwrap();
            assert_eq!(rows.view(), all);
            rows.release_pages();
            assert_eq!(rows.view(), all);
            let first_columns = rows.map_blocks(1, |block| block.slice(s![.., ..1]).to_owned());
            assert_eq!(first_columns, all.slice(s![.., ..1]));
            let places = [5, 0, BLOCK + 1, 5];
            assert_eq!(rows.pick(&places), all.select(Axis(0), &places));
            let some = scratch.select(&rows, &places).unwrap();
            drop(rows);
            assert_eq!(some.view(), all.select(Axis(0), &places));
            assert_eq!(some.clone().view(), some.view());
        }
    }

    #[test]
    fn a_file_has_no_name_and_a_small_matrix_no_file() {
        let [(memory, of_memory), (file, of_file)] = both();
        let rows = [memory, file].map(|scratch| scratch.rows(2, 3, |_| numbers(2)).unwrap());
        assert!(!of_memory.path().join("cache").exists());
        assert_eq!(std::fs::read_dir(of_file.path().join("cache")).unwrap().count(), 0);
        assert_eq!(rows[0].view(), rows[1].view());
    }

    #[test]
    fn no_rows_are_no_fault() {
        for (scratch, _folder) in both() {
            assert_eq!(scratch.rows(0, 3, |_| numbers(1)).unwrap().view().dim(), (0, 3));
            assert_eq!(
                scratch.rows(3, 0, |range| Array2::zeros((range.len(), 0))).unwrap().view().dim(),
                (3, 0)
            );
        }
    }

    #[test]
    fn rows_of_another_width_are_refused() {
        for (scratch, _folder) in both() {
            let mut writer = scratch.writer(2, 4).unwrap();
            assert!(writer.push(numbers(1).view()).is_err());
        }
    }
}

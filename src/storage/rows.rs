//! Matrices of vectors, a row each: in memory if they are small, otherwise in a mapped file.
//!
//! A million vectors of 384 numbers take 1.5 GB, and a run needs three such matrices. The system keeps as
//! much of a mapped file in memory as there is room for. The files have no name: nobody else can change them,
//! and they vanish with the process, however it ends.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytemuck::cast_slice;
use memmap2::Mmap;
use ndarray::{Array2, ArrayView2, Axis, s};

use super::private::make_folder;

/// Rows of a block, when a matrix is computed or read in blocks.
pub const BLOCK: usize = 1 << 14;

/// Scattered rows are read in groups of this size, because the system maps some 64 kB around each of them.
const SCATTERED: usize = 512;

/// Largest matrix that is kept in memory, in bytes.
const MAX_IN_MEMORY: usize = 128 << 20;

/// The folder for matrices that are too large for memory.
#[derive(Debug, Clone)]
pub struct Scratch {
    folder: PathBuf,
    max_in_memory: usize,
}

impl Scratch {
    /// Files in `folder`, which is created when the first of them is needed.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), max_in_memory: MAX_IN_MEMORY }
    }

    /// No files: every matrix stays in memory, however large it is.
    pub fn in_memory() -> Self {
        Self { folder: PathBuf::new(), max_in_memory: usize::MAX }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A matrix of `rows` × `columns` to be written from the first row to the last.
    ///
    /// # Errors
    /// When a file is needed and cannot be created.
    pub fn writer(&self, rows: usize, columns: usize) -> io::Result<RowsWriter> {
        let bytes = rows.saturating_mul(columns).saturating_mul(size_of::<f32>());
        Ok(RowsWriter { target: self.target(bytes, rows.saturating_mul(columns))?, rows: 0, columns })
    }

    /// Where to write `length` things of `bytes` bytes together.
    pub(super) fn target<T>(&self, bytes: usize, length: usize) -> io::Result<Target<T>> {
        if bytes <= self.max_in_memory {
            return Ok(Target::Memory(Vec::with_capacity(length)));
        }
        make_folder(&self.folder)?;
        Ok(Target::File(BufWriter::with_capacity(1 << 20, tempfile::tempfile_in(&self.folder)?)))
    }

    #[cfg(test)]
    pub(crate) fn without_memory(self) -> Self {
        Self { max_in_memory: 0, ..self }
    }

    /// A matrix of `rows` × `columns`; `block` computes the rows of a range.
    ///
    /// # Errors
    /// When a file is needed and cannot be created or written.
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

    /// The rows of `from` at `indices`, in that order.
    ///
    /// # Errors
    /// When a file is needed and cannot be created or written.
    pub fn select(&self, from: &Rows, indices: &[usize]) -> io::Result<Rows> {
        self.rows(indices.len(), from.view().ncols(), |block| from.pick(&indices[block]))
    }
}

/// A matrix that is being written.
#[derive(Debug)]
pub struct RowsWriter {
    target: Target<f32>,
    rows: usize,
    columns: usize,
}

/// Where something is written: memory or a file.
#[derive(Debug)]
pub(super) enum Target<T> {
    Memory(Vec<T>),
    File(BufWriter<File>),
}

impl RowsWriter {
    /// Appends rows.
    ///
    /// # Errors
    /// When the file cannot be written, or the rows have another number of columns.
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
        match &mut self.target {
            Target::Memory(all) => {
                all.extend_from_slice(numbers);
                Ok(())
            }
            // In the byte order of this machine: nobody else reads this file.
            Target::File(file) => file.write_all(cast_slice(numbers)),
        }
    }

    /// The matrix of all appended rows.
    ///
    /// # Errors
    /// When the file cannot be written or mapped.
    pub fn finish(self) -> io::Result<Rows> {
        let Self { target, rows, columns } = self;
        let kind = match target {
            Target::Memory(numbers) => Kind::Memory(matrix(numbers, rows, columns)?),
            Target::File(writer) => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                Kind::Mapped { map: map(&file)?, rows, columns }
            }
        };
        Ok(Rows { kind })
    }
}

/// A matrix of vectors, one in each row, in memory or in a mapped file. A clone is in memory.
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
    /// When the mapped file has another length than was written, which cannot happen.
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

    /// All rows in blocks, with their indices. The pages of a mapped matrix are released before each block,
    /// so it takes little memory.
    pub fn blocks(&self) -> impl Iterator<Item = (Range<usize>, ArrayView2<'_, f32>)> {
        let all = self.view();
        (0..all.nrows()).step_by(BLOCK).map(move |start| {
            self.release_pages();
            let range = start..all.nrows().min(start + BLOCK);
            (range.clone(), all.slice_move(s![range, ..]))
        })
    }

    /// Applies `of` to each block and stacks the results: rows × `columns`.
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

    /// The rows at `indices`, in that order, in memory.
    pub fn pick(&self, indices: &[usize]) -> Array2<f32> {
        let all = self.view();
        let mut picked = Array2::zeros((indices.len(), all.ncols()));
        for (indices, mut rows) in
            indices.chunks(SCATTERED).zip(picked.axis_chunks_iter_mut(Axis(0), SCATTERED))
        {
            rows.assign(&all.select(Axis(0), indices));
            self.release_pages();
        }
        picked
    }

    /// Releases the pages of a mapped matrix; later reads come from the file or the system's cache of it.
    /// Call it after a pass over all rows.
    pub fn release_pages(&self) {
        #[cfg(unix)]
        if let Kind::Mapped { map, .. } = &self.kind {
            // Only a hint: if it fails, more memory is used.
            #[expect(
                unsafe_code,
                reason = "the map is of a file and read only, so released pages are read again with the same bytes"
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
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(rows: usize) -> Array2<f32> {
        Array2::from_shape_fn((rows, 3), |(row, column)| row as f32 + column as f32 / 10.0)
    }

    fn both() -> [(Scratch, tempfile::TempDir); 2] {
        [usize::MAX, 0].map(|max_in_memory| {
            let folder = tempfile::tempdir().unwrap();
            (Scratch { folder: folder.path().join("cache"), max_in_memory }, folder)
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
            let indices = [5, 0, BLOCK + 1, 5];
            assert_eq!(rows.pick(&indices), all.select(Axis(0), &indices));
            let some = scratch.select(&rows, &indices).unwrap();
            drop(rows);
            assert_eq!(some.view(), all.select(Axis(0), &indices));
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

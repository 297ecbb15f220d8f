//! Writes the tensors of an image as `model.safetensors`, with the names of BERT in the `transformers`
//! library.
//!
//! A weight is (q − 8)·d with a 4-bit q and an f16 d. The product has up to 15 significant bits, more than
//! f16 holds, so all tensors are written as f32, which is exact. They are written some blocks at a time,
//! because the file is much larger than the image.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::ImageError;
use super::image::{BLOCK, BLOCK_BYTES, Image, Shape, Tensor, damaged};

/// A tensor to write: its name, its name in the image, and its shape.
struct Written {
    name: String,
    from: String,
    shape: Vec<usize>,
}

/// Writes all tensors.
pub(super) fn write(image: &Image<'_>, out: &mut dyn Write) -> Result<(), WeightsError> {
    let written = layout(image.shape);
    let mut header = Map::new();
    header.insert("__metadata__".to_owned(), json!({ "format": "pt" }));
    let mut tensors = Vec::with_capacity(written.len());
    let mut start = 0;
    for Written { name, from, shape } in written {
        let count = shape.iter().product();
        tensors.push(image.tensor(&from, count)?);
        let end = start + 4 * count;
        let entry = json!({ "dtype": "F32", "shape": shape, "data_offsets": [start, end] });
        header.insert(name, entry);
        start = end;
    }
    let mut header = Value::Object(header).to_string().into_bytes();
    // The numbers start at a multiple of eight bytes.
    header.resize(header.len().next_multiple_of(8), b' ');
    out.write_all(&(header.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    for tensor in tensors {
        match tensor {
            Tensor::Plain(numbers) => plain(numbers, out)?,
            Tensor::Blocks(blocks) => {
                blocks.chunks(BLOCK_BYTES * 64).try_for_each(|some| unpack(some, out))?;
            }
        }
    }
    Ok(())
}

/// Why tensors could not be written.
pub(super) enum WeightsError {
    Image(ImageError),
    Write(io::Error),
}

impl From<ImageError> for WeightsError {
    fn from(error: ImageError) -> Self {
        Self::Image(error)
    }
}

impl From<io::Error> for WeightsError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// All tensors in the order of the network.
fn layout(shape: Shape) -> Vec<Written> {
    let Shape { width, inner_width, .. } = shape;
    let mut all = Vec::new();
    let mut add = |name: String, from: String, shape: Vec<usize>| all.push(Written { name, from, shape });
    let tables = [
        ("word_embeddings", "emb.word", shape.vocabulary),
        ("position_embeddings", "emb.pos", shape.positions),
        ("token_type_embeddings", "emb.type", shape.kinds),
    ];
    for (name, from, rows) in tables {
        add(format!("embeddings.{name}.weight"), from.to_owned(), vec![rows, width]);
    }
    add("embeddings.LayerNorm.weight".to_owned(), "emb.ln.w".to_owned(), vec![width]);
    add("embeddings.LayerNorm.bias".to_owned(), "emb.ln.b".to_owned(), vec![width]);
    let parts = [
        ("attention.self.query", "q", vec![width, width]),
        ("attention.self.key", "k", vec![width, width]),
        ("attention.self.value", "v", vec![width, width]),
        ("attention.output.dense", "ao", vec![width, width]),
        ("attention.output.LayerNorm", "aln", vec![width]),
        ("intermediate.dense", "fi", vec![inner_width, width]),
        ("output.dense", "fo", vec![width, inner_width]),
        ("output.LayerNorm", "oln", vec![width]),
    ];
    for layer in 0..shape.layers {
        for (name, from, shape) in &parts {
            let (name, from) = (format!("encoder.layer.{layer}.{name}"), format!("l{layer}.{from}"));
            add(format!("{name}.weight"), format!("{from}.w"), shape.clone());
            add(format!("{name}.bias"), format!("{from}.b"), vec![shape[0]]);
        }
    }
    all
}

/// Writes f32 numbers unchanged.
fn plain(numbers: &[u8], out: &mut dyn Write) -> Result<(), WeightsError> {
    let finite = |&bytes: &[u8; 4]| f32::from_le_bytes(bytes).is_finite();
    if !numbers.as_chunks().0.iter().all(finite) {
        return Err(damaged("a weight is not a number").into());
    }
    Ok(out.write_all(numbers)?)
}

/// Writes blocks as f32. The low halves of a block's 16 bytes are its first 16 weights, the high halves the
/// others.
fn unpack(blocks: &[u8], out: &mut dyn Write) -> Result<(), WeightsError> {
    let mut numbers = Vec::with_capacity(blocks.len() / BLOCK_BYTES * BLOCK * 4);
    for block in blocks.as_chunks::<BLOCK_BYTES>().0 {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        if !scale.is_finite() {
            return Err(damaged("a weight is not a number").into());
        }
        let weight = |half: u8| (f32::from(half) - 8.0) * scale;
        let low = block[2..].iter().map(|byte| weight(byte & 15));
        let high = block[2..].iter().map(|byte| weight(byte >> 4));
        numbers.extend(low.chain(high).flat_map(f32::to_le_bytes));
    }
    Ok(out.write_all(&numbers)?)
}

/// The value of a 16-bit float (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(bits >> 10) & 31, u32::from(bits) & 0x3ff);
    let size = match exponent {
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(((exponent + 112) << 23) | (fraction << 13)),
    };
    f32::from_bits(size.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn a_16_bit_float_has_its_value() {
        let cases = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0x7bff, 65504.0),
        ];
        for (bits, value) in cases {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value));
        }
        assert_eq!(half(0x8000).to_bits(), (-0.0_f32).to_bits());
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}

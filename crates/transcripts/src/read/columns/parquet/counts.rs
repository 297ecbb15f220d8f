//! Checks the counts and sizes in a Parquet file before Polars uses them: one flipped bit makes a page of three values state 2⁶¹, and
//! allocating for that ends the program.
//!
//! The footer and the headers of pages are structs in Thrift's compact protocol
//! (<https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>); field numbers are those of
//! `parquet.thrift`.

use super::MAX_CELLS;

/// Maximum nesting of structs and lists in a footer; the format itself needs six.
const DEEPEST: usize = 32;
/// Maximum bytes of one unpacked page.
const MAX_PAGE_BYTES: i64 = 1 << 30;

/// Whether every count and size in the file is possible. Other damage passes; Polars reports it.
pub fn is_plausible_parquet(bytes: &[u8]) -> bool {
    footer_of(bytes).is_some_and(|footer| {
        let row_groups = footer.list(4);
        let columns = row_groups.iter().flat_map(|group| group.list(1));
        let rows: i64 =
            row_groups.iter().map(|group| group.integer(3).unwrap_or(-1)).fold(0, i64::saturating_add);
        footer.integer(3) == Some(rows)
            && row_groups.iter().all(|group| is_count(group.integer(3)))
            && columns.filter_map(|column| column.field(3)).all(|about| pages_are_plausible(bytes, about))
    })
}

fn is_count(count: Option<i64>) -> bool {
    count.is_some_and(|count| (0..=MAX_CELLS as i64).contains(&count))
}

fn footer_of(bytes: &[u8]) -> Option<Value> {
    let end = bytes.len().checked_sub(8)?;
    let length = u32::from_le_bytes(bytes.get(end..end + 4)?.try_into().ok()?);
    let start = end.checked_sub(length as usize)?;
    Cursor { bytes: &bytes[start..end], at: 0 }.structure(0)
}

/// Walks the pages of one column: their headers state how many values follow and how large they unpack.
fn pages_are_plausible(bytes: &[u8], about: &Value) -> bool {
    let offset = |field: i16| about.integer(field).and_then(|offset| usize::try_from(offset).ok());
    let first = [offset(9), offset(11).filter(|at| *at > 0)].into_iter().flatten().min();
    let (Some(mut at), Some(length), Some(all)) = (first, offset(7), about.integer(5)) else { return false };
    if !is_count(Some(all)) {
        return false;
    }
    let Some(end) = at.checked_add(length).filter(|end| *end <= bytes.len()) else { return false };
    while at < end {
        let mut cursor = Cursor { bytes: &bytes[at..end], at: 0 };
        let Some(header) = cursor.structure(0) else { return false };
        let size = |field: i16| header.integer(field).filter(|size| (0..=MAX_PAGE_BYTES).contains(size));
        let (Some(_), Some(packed)) = (size(2), size(3)) else { return false };
        // 5: data page, 7: dictionary page, 8: data page of the second version (values, nulls, rows).
        let counted = [(5, 1), (7, 1), (8, 1), (8, 2), (8, 3)];
        let is_counted =
            |(page, field)| header.field(page).is_none_or(|page: &Value| is_count(page.integer(field)));
        if !counted.into_iter().all(is_counted) {
            return false;
        }
        at += cursor.at + packed as usize;
    }
    true
}

/// A value of the compact protocol; texts and fractions are skipped.
#[derive(Debug)]
enum Value {
    Integer(i64),
    List(Vec<Value>),
    Structure(Vec<(i16, Value)>),
    Other,
}

impl Value {
    fn field(&self, wanted: i16) -> Option<&Self> {
        let Self::Structure(fields) = self else { return None };
        fields.iter().find(|(number, _)| *number == wanted).map(|(_, value)| value)
    }

    fn integer(&self, field: i16) -> Option<i64> {
        match self.field(field)? {
            Self::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    fn list(&self, field: i16) -> &[Self] {
        match self.field(field) {
            Some(Self::List(values)) => values,
            _ => &[],
        }
    }
}

/// Reads values from bytes; none as soon as one is invalid.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, count: u64) -> Option<()> {
        let count = usize::try_from(count).ok().filter(|count| *count <= self.bytes.len() - self.at)?;
        self.at += count;
        Some(())
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.unsigned()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn structure(&mut self, depth: usize) -> Option<Value> {
        let mut fields = Vec::new();
        let mut number = 0_i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(Value::Structure(fields));
            }
            number = match head >> 4 {
                0 => i16::try_from(self.zigzag()?).ok()?,
                step => number.checked_add(i16::from(step))?,
            };
            // In a struct the type itself is true or false.
            let value = if matches!(head & 15, 1 | 2) { Value::Other } else { self.value(head & 15, depth)? };
            fields.push((number, value));
        }
    }

    fn value(&mut self, kind: u8, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            1..=3 => self.skip(1).map(|()| Value::Other),
            4..=6 => self.zigzag().map(Value::Integer),
            7 => self.skip(8).map(|()| Value::Other),
            8 => {
                let length = self.unsigned()?;
                self.skip(length).map(|()| Value::Other)
            }
            9 | 10 => self.list(depth),
            11 => self.map(depth),
            12 => self.structure(depth + 1),
            _ => None,
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            count => u64::from(count),
        };
        // Every value takes at least a byte, so a longer list is invalid.
        if count > (self.bytes.len() - self.at) as u64 {
            return None;
        }
        (0..count).map(|_| self.value(head & 15, depth + 1)).collect::<Option<Vec<_>>>().map(Value::List)
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        let count = self.unsigned()?;
        if count > (self.bytes.len() - self.at) as u64 {
            return None;
        }
        if count > 0 {
            let kinds = self.byte()?;
            for _ in 0..count {
                self.value(kinds >> 4, depth + 1)?;
                self.value(kinds & 15, depth + 1)?;
            }
        }
        Some(Value::Other)
    }
}

//! The older compression filters of PDF streams.

/// Undoes LZW, up to a little beyond `limit`.
pub(super) fn lzw(bytes: &[u8], limit: usize) -> Vec<u8> {
    const CLEAR: u32 = 256;
    const END: u32 = 257;
    let mut unpacked: Vec<u8> = Vec::new();
    // Each entry is a range of the output.
    let mut entries: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut held, mut bits, mut width) = (0_u32, 0_u32, 9_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = held >> bits & ((1 << width) - 1);
        held &= (1 << bits) - 1;
        match code {
            CLEAR => {
                entries.clear();
                previous = None;
                width = 9;
                continue;
            }
            END => break,
            _ => {}
        }
        let start = unpacked.len();
        if code < 256 {
            unpacked.push(code as u8);
        } else if let Some((from, length)) = entries.get(code as usize - 258).copied() {
            unpacked.extend_from_within(from..from + length);
        } else if let Some((from, length)) = previous {
            unpacked.extend_from_within(from..from + length);
            unpacked.extend_from_within(from..=from);
        } else {
            break;
        }
        if let Some((from, length)) = previous
            && entries.len() < 4096 - 258
        {
            // The entry before, and the first byte of this one, which follows it.
            entries.push((from, length + 1));
        }
        previous = Some((start, unpacked.len() - start));
        // The width grows one code early, as in Adobe's version.
        width = match entries.len() + 1 + 258 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if unpacked.len() > limit {
            break;
        }
    }
    unpacked
}

/// Pairs of hexadecimal digits up to `>`.
pub(super) fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| (*byte as char).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// Groups of five letters for four bytes, up to `~>`.
pub(super) fn base85(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let whole =
        |group: &[u32]| group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(*digit));
    for byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => unpacked.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    unpacked.extend(whole(&group).to_be_bytes());
                    group.clear();
                }
            }
            _ => {}
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        unpacked.extend(&whole(&group).to_be_bytes()[..kept]);
    }
    unpacked
}

/// Undoes the prediction of rows from those above (PNG), for one byte a column.
pub(super) fn unpredicted(bytes: &[u8], columns: usize) -> Vec<u8> {
    // A file may state any number of columns; there are no more than bytes.
    let columns = columns.min(bytes.len());
    let mut unpacked = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; columns];
    for row in bytes.chunks(columns + 1) {
        let [kind, row @ ..] = row else { break };
        let mut current = vec![0_u8; columns];
        for (at, byte) in row.iter().enumerate() {
            let left = if at > 0 { current[at - 1] } else { 0 };
            let corner = if at > 0 { above[at - 1] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => above[at],
                3 => u16::midpoint(u16::from(left), u16::from(above[at])) as u8,
                4 => paeth(left, above[at], corner),
                _ => 0,
            };
            current[at] = byte.wrapping_add(guess);
        }
        unpacked.extend_from_slice(&current[..row.len()]);
        above = current;
    }
    unpacked
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let [to_a, to_b, to_c] = [a, b, c].map(|value| (guess - value).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_unpredicted_however_many_columns_a_file_states() {
        // Two rows of three: plain, then as differences from above.
        let rows = [0, 1, 2, 3, 2, 1, 1, 1];
        assert_eq!(unpredicted(&rows, 3), [1, 2, 3, 2, 3, 4]);
        assert_eq!(unpredicted(&rows, usize::MAX), rows[1..]);
        assert!(unpredicted(&[], usize::MAX).is_empty());
    }
}

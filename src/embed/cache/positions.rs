//! Where the record of each key is in the file of a cache: sixteen bytes a text.
//!
//! Keys are shortened to twelve bytes; the chance that two of ten million share them is 1 in 10¹⁵, and a record holds the whole key. New
//! ones are in a map until they are an eighth of all, and then sorted into the others.

use std::collections::BTreeMap;

use super::record::Key;

/// The beginning of a key.
pub(super) type ShortKey = [u8; 12];

/// New keys that are in a map at most, and the share of all.
const MAX_NEW: usize = 1 << 14;
const SHARE_OF_NEW: usize = 8;

/// The index of the last record of each key.
#[derive(Debug, Default)]
pub(super) struct Positions {
    /// By key.
    sorted: Vec<(ShortKey, u32)>,
    new: BTreeMap<ShortKey, u32>,
}

pub(super) fn short(key: &Key) -> ShortKey {
    let mut short = ShortKey::default();
    short.copy_from_slice(&key[..size_of::<ShortKey>()]);
    short
}

impl Positions {
    /// Of keys with the indices of their records, ascending.
    pub(super) fn of(mut keys: Vec<(ShortKey, u32)>) -> Self {
        keys.sort_unstable();
        // Of records of one key the last.
        keys.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        keys.shrink_to_fit();
        Self { sorted: keys, new: BTreeMap::new() }
    }

    /// The index of the record of a key.
    pub(super) fn get(&self, key: &Key) -> Option<u64> {
        let short = short(key);
        let new = self.new.get(&short).copied();
        let found = || self.at(&short).map(|at| self.sorted[at].1);
        new.or_else(found).map(u64::from)
    }

    /// Adds a key that is not there; false, and it is not added, where there is no number for the record.
    pub(super) fn add(&mut self, key: &Key, index: usize) -> bool {
        let Ok(index) = u32::try_from(index) else { return false };
        self.new.insert(short(key), index);
        if self.new.len() > MAX_NEW.max(self.sorted.len() / SHARE_OF_NEW) {
            self.sorted.reserve_exact(self.new.len());
            self.sorted.extend(std::mem::take(&mut self.new));
            self.sorted.sort_unstable();
        }
        true
    }

    /// Removes keys.
    pub(super) fn remove(&mut self, keys: &[&Key]) {
        let mut gone: Vec<ShortKey> = keys.iter().map(|key| short(key)).collect();
        gone.sort_unstable();
        let stays = |key: &ShortKey| gone.binary_search(key).is_err();
        if !gone.is_empty() {
            self.new.retain(|key, _| stays(key));
            self.sorted.retain(|(key, _)| stays(key));
        }
    }

    fn at(&self, short: &ShortKey) -> Option<usize> {
        self.sorted.binary_search_by_key(short, |&(key, _)| key).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::cache::record::key;
    use sentence_encoder::Purpose;

    fn numbered(number: usize) -> Key {
        key(Purpose::Passage, &number.to_string())
    }

    #[test]
    fn keys_are_found_however_many_are_added_and_the_last_record_counts() {
        let first: Vec<(ShortKey, u32)> =
            [(5, 0), (6, 1), (5, 2)].map(|(number, index)| (short(&numbered(number)), index)).into();
        let mut positions = Positions::of(first);
        for number in 7..3 * MAX_NEW {
            assert!(positions.add(&numbered(number), number));
        }
        assert!(positions.sorted.len() > MAX_NEW && !positions.new.is_empty());
        let expected = |number: usize| match number {
            5 => Some(2),
            6 => Some(1),
            7.. if number < 3 * MAX_NEW => Some(number as u64),
            _ => None,
        };
        for number in 0..3 * MAX_NEW + 5 {
            assert_eq!(positions.get(&numbered(number)), expected(number));
        }
        positions.remove(&[&numbered(5), &numbered(7), &numbered(3 * MAX_NEW - 1), &numbered(1)]);
        for (number, there) in [(5, false), (6, true), (7, false), (8, true), (3 * MAX_NEW - 1, false)] {
            assert_eq!(positions.get(&numbered(number)).is_some(), there);
        }
        assert!(!positions.add(&numbered(1), usize::MAX));
    }
}

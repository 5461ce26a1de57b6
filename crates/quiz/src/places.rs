//! Short lists sorted by places, and sets and maps of a few items made without sorting.
//!
//! The library's stable sort is made anew for each type and each key, some 4 kB every time, also for what is collected into a set, and
//! this app has some thirty lists and sets of a few items. Here places are sorted, which are numbers of one type, so that it is made
//! once: 19 kB less by brotli. What is long is sorted by the library itself.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts a list, stably.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &mut |one, other| compare(&items[one], &items[other]));
    put(items, places);
}

/// Sorts a list by a key, stably.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, mut key: impl FnMut(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts a list by a key that is costly to make, stably.
pub fn sort_by_cached_key<T, K: Ord>(items: &mut Vec<T>, key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &mut |one, other| keys[one].cmp(&keys[other]));
    put(items, places);
}

/// A set of a few items. To `collect` them would sort them first, by a sort made for their type.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// A map of a few items, as [`set`] makes a set; of two with the same key the later one holds.
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}

/// Puts the items in this order of their places.
fn put<T>(items: &mut Vec<T>, places: Vec<usize>) {
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken[place].take()));
}

/// Of one type whatever is sorted: see above.
#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_sorts_as_the_library_does(numbers: Vec<(u8, u8)>) {
            let (mut by_key, mut by_cached_key, mut of_library) = (numbers.clone(), numbers.clone(), numbers);
            sort_by_key(&mut by_key, |number| number.0 / 16);
            sort_by_cached_key(&mut by_cached_key, |number| number.0 / 16);
            of_library.sort_by_key(|number| number.0 / 16);
            proptest::prop_assert_eq!((&by_key, &by_cached_key), (&of_library, &of_library));
        }
    }
}

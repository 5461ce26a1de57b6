//! The same work with many things, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::Result;

/// Does `work` with each item. After an error nothing new is begun by the thread that met it.
///
/// # Errors
/// One of those that `work` returned.
pub fn for_each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let some = || std::iter::from_fn(|| items.get(next.fetch_add(1, Ordering::Relaxed))).try_for_each(&work);
    let cores = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(some)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("work returns its errors"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_has_its_turn_and_an_error_comes_back() {
        let sum = AtomicUsize::new(0);
        let add = |item: &usize| {
            sum.fetch_add(*item, Ordering::Relaxed);
            Ok(())
        };
        for_each(&(1..=100).collect::<Vec<_>>(), add).unwrap();
        assert_eq!(sum.into_inner(), 5050);
        let error = for_each(&[1, 2, 3], |item| if *item == 2 { anyhow::bail!("two") } else { Ok(()) });
        assert_eq!(error.unwrap_err().to_string(), "two");
        for_each(&[] as &[u8], |_| panic!("there is none")).unwrap();
    }
}

//! Lines being put in order: which line is in which gap, and what moving one does to the others.

/// The gaps of a program from top to bottom, each empty or with a movable line, by its index.
///
/// A line is in one gap at most. All others are in the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    gaps: Vec<Option<usize>>,
}

impl Arrangement {
    /// An arrangement of so many gaps, all empty.
    pub fn empty(gaps: usize) -> Arrangement {
        Arrangement { gaps: vec![None; gaps] }
    }

    /// The arrangement with these lines in its gaps. A line that comes a second time is left out.
    pub fn of(gaps: impl IntoIterator<Item = Option<usize>>) -> Arrangement {
        let mut arrangement = Arrangement::default();
        for line in gaps {
            let line = line.filter(|line| arrangement.gap_of(*line).is_none());
            arrangement.gaps.push(line);
        }
        arrangement
    }

    /// The gaps, from top to bottom.
    pub fn gaps(&self) -> &[Option<usize>] {
        &self.gaps
    }

    /// The line in a gap.
    pub fn line_in(&self, gap: usize) -> Option<usize> {
        self.gaps.get(gap).copied().flatten()
    }

    /// The gap that a line is in.
    pub fn gap_of(&self, line: usize) -> Option<usize> {
        self.gaps.iter().position(|taken| *taken == Some(line))
    }

    /// The first empty gap.
    pub fn first_empty(&self) -> Option<usize> {
        self.gaps.iter().position(Option::is_none)
    }

    /// The lines in the order of the gaps, if none is empty.
    pub fn order(&self) -> Option<Vec<usize>> {
        self.gaps.iter().copied().collect()
    }

    /// Puts a line into a gap.
    ///
    /// Within the program the lines between its old gap and the new one move over by one. From the pool, the line in the
    /// gap and those that follow make room towards the nearest empty gap; if there is none, it goes into the pool.
    pub fn put(&mut self, line: usize, gap: usize) {
        if gap >= self.gaps.len() {
            return;
        }
        let from = self.gap_of(line).or_else(|| self.nearest_empty(gap)).unwrap_or(gap);
        self.gaps.remove(from);
        self.gaps.insert(gap, Some(line));
    }

    fn nearest_empty(&self, gap: usize) -> Option<usize> {
        let empty = (0..self.gaps.len()).filter(|at| self.gaps[*at].is_none());
        // Of two that are equally near, the one below: reading goes on there.
        empty.min_by_key(|at| (at.abs_diff(gap), *at < gap))
    }

    /// Takes a line back into the pool; its gap is then empty.
    pub fn take_out(&mut self, line: usize) {
        if let Some(gap) = self.gap_of(line) {
            self.gaps[gap] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(before: &[Option<usize>], line: usize, gap: usize, after: &[Option<usize>]) {
        let mut arrangement = Arrangement::of(before.iter().copied());
        arrangement.put(line, gap);
        assert_eq!(arrangement.gaps(), after);
    }

    #[test]
    fn a_line_from_the_pool_fills_an_empty_gap() {
        check(&[None, Some(1), None], 0, 2, &[None, Some(1), Some(0)]);
    }

    #[test]
    fn a_line_from_the_pool_makes_others_give_way_to_the_nearest_empty_gap() {
        check(&[Some(1), Some(2), None], 0, 0, &[Some(0), Some(1), Some(2)]);
        check(&[None, Some(1), Some(2)], 0, 2, &[Some(1), Some(2), Some(0)]);
        check(&[None, Some(1), None], 0, 1, &[None, Some(0), Some(1)]);
    }

    #[test]
    fn where_no_gap_is_empty_the_line_there_goes_back_into_the_pool() {
        check(&[Some(1), Some(2)], 0, 1, &[Some(1), Some(0)]);
    }

    #[test]
    fn a_line_moves_within_the_program() {
        check(&[Some(0), Some(1), Some(2)], 0, 2, &[Some(1), Some(2), Some(0)]);
        check(&[Some(0), None, Some(2)], 0, 1, &[None, Some(0), Some(2)]);
        check(&[Some(0), Some(1)], 1, 1, &[Some(0), Some(1)]);
    }

    proptest! {
        #[test]
        fn no_line_is_lost_from_sight_or_doubled(
            gaps in 1..7_usize,
            moves in proptest::collection::vec((0..9_usize, 0..9_usize, any::<bool>()), 0..40),
        ) {
            let mut arrangement = Arrangement::empty(gaps);
            for (line, gap, puts) in moves {
                if puts { arrangement.put(line, gap) } else { arrangement.take_out(line) }
                prop_assert_eq!(arrangement.gaps().len(), gaps);
                let mut lines: Vec<usize> = arrangement.gaps().iter().flatten().copied().collect();
                let count = lines.len();
                lines.sort_unstable();
                lines.dedup();
                prop_assert_eq!(lines.len(), count);
                if puts && gap < gaps {
                    prop_assert_eq!(arrangement.line_in(gap), Some(line));
                }
            }
        }
    }
}

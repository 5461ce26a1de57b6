//! A table in plain text: columns as wide as what stands in them, numbers flush right.

use crate::report::figure::COLUMNS;

const GAP: &str = "  ";

/// The lines of a table. The last column is cut where it does not fit.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let columns = head.len();
    let cell = |row: &'_ [String], column: usize| row.get(column).cloned().unwrap_or_default();
    let width = |column: usize| {
        let all = rows.iter().chain([&head]);
        all.map(|row| cell(row, column).chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let are_numbers: Vec<bool> =
        (0..columns).map(|column| rows.iter().all(|row| is_number(&cell(row, column)))).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = (0..columns)
            .map(|column| match are_numbers[column] {
                true => format!("{:>width$}", cell(row, column), width = widths[column]),
                false => format!("{:<width$}", cell(row, column), width = widths[column]),
            })
            .collect();
        cut(cells.join(GAP).trim_end())
    };
    [&head].into_iter().chain(rows).map(line).collect()
}

fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | ' ' | '–' | '-' | '+' | '·'))
}

fn cut(line: &str) -> String {
    if line.chars().count() <= COLUMNS {
        return line.to_owned();
    }
    line.chars().take(COLUMNS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn words_are_flush_left_and_numbers_flush_right() {
        let lines = table(&["topic", "all", "share"], &[row(&["ownership", "12", "8 %"]), row(&["async", "7", "–"])]);
        assert_eq!(lines, ["topic      all  share", "ownership   12    8 %", "async        7      –"]);
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let lines = table(&["id", "label"], &[row(&["a", &"x".repeat(200)])]);
        assert_eq!(lines[1].chars().count(), COLUMNS);
        assert!(lines[1].ends_with("x…"), "{}", lines[1]);
    }
}

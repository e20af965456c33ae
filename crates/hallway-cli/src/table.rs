//! Columns that stay straight in any script.
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest a cell gets, in columns of a terminal.
const WIDEST: usize = 40;
const GAP: usize = 2;

/// Rows under headings, each column as wide as its widest cell. A wide letter takes two columns, a mark none.
pub fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let cells: Vec<[String; N]> = std::iter::once(headings.map(str::to_owned))
        .chain(rows.iter().cloned())
        .map(|row| row.map(|cell| fitting(&cell)))
        .collect();
    // A column with nothing in it below its heading says nothing.
    let filled: [bool; N] = std::array::from_fn(|n| cells[1..].iter().any(|row| !row[n].is_empty()));
    let widths: [usize; N] = std::array::from_fn(|n| cells.iter().map(|row| row[n].width()).max().unwrap_or(0));
    let mut out = String::new();
    for row in &cells {
        let mut line = String::new();
        for n in (0..N).filter(|n| filled[*n]) {
            line += &row[n];
            line += &" ".repeat(widths[n] - row[n].width() + GAP);
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// On one line, and no wider than a column gets.
fn fitting(cell: &str) -> String {
    let line: String = cell
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect();
    if line.width() <= WIDEST {
        return line;
    }
    let mut out = String::new();
    let mut width = 0;
    for letter in line.chars() {
        width += letter.width().unwrap_or(0);
        if width >= WIDEST {
            break;
        }
        out.push(letter);
    }
    out.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_begins_at_the_same_place_in_any_script() {
        let row = |name: &str, city: &str| [name.to_owned(), city.to_owned()];
        let text = table(["Name", "City"], &[row("小林 葵", "東京"), row("Ana", "Łódź"), row("é\u{301}", "x")]);
        let places: Vec<usize> = text
            .lines()
            .zip(["City", "東京", "Łódź", "x"])
            .map(|(line, city)| line[..line.find(city).expect("the city stands in its line")].width())
            .collect();
        assert_eq!(places, [9, 9, 9, 9]);
    }

    #[test]
    fn a_cell_stays_on_its_line_and_within_its_width() {
        let text = table(["Note"], &[["one\ntwo".to_owned()], ["葵".repeat(60)]]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1], "one two");
        assert!(lines[2].ends_with('…') && lines[2].width() <= WIDEST);
    }

    #[test]
    fn a_column_with_nothing_in_it_is_left_out() {
        assert_eq!(table(["Name", "Tags"], &[["Ana".to_owned(), String::new()]]), "Name\nAna\n");
    }
}

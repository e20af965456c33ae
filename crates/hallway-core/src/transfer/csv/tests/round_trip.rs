//! What is written is read back, letter by letter, in both modes and without being told which.

use proptest::prelude::*;

use super::*;

const HEADER: [&str; 4] = ["Name", "Organisation", "E-mail", "Notes"];

fn cell() -> impl Strategy<Value = String> {
    let trap = prop::sample::select(
        &[
            "'", "''", "\u{200D}", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\0", "＝", " ", "\"", ",", ";", "|",
            "\u{FEFF}", "1", "é", "a",
        ][..],
    );
    prop_oneof![
        any::<String>(),
        prop::collection::vec(trap, 0..8).prop_map(|parts| parts.concat()),
        Just("Name".to_owned()),
        Just("sep=;".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reading_gives_back_what_was_written(
        cells in prop::collection::vec(prop::collection::vec(cell(), HEADER.len()), 0..6),
        mode in prop::sample::select(&[ExportMode::Program, ExportMode::Spreadsheet][..]),
    ) {
        let mut writer = CsvWriter::new(Vec::new(), mode);
        writer.write(HEADER).unwrap();
        for record in &cells {
            writer.write(record).unwrap();
        }
        let (out, _) = writer.finish().unwrap();
        let mut table = table(&out);
        prop_assert_eq!(table.from_spreadsheet(), mode == ExportMode::Spreadsheet);
        prop_assert_eq!(table.headers(), HEADER);
        prop_assert_eq!(rows(&mut table).into_iter().map(|row| row.cells).collect::<Vec<_>>(), cells);
    }

    #[test]
    fn the_apostrophe_comes_off_exactly_where_it_was_put(cell in cell()) {
        let safe = guarded(&cell);
        prop_assert_eq!(unguarded(&safe), cell.as_str());
        prop_assert!(!safe.starts_with(['=', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']));
    }

    /// The `csv` crate is the independent judge of what is written.
    #[test]
    fn the_csv_crate_reads_what_was_written(cells in prop::collection::vec(prop::collection::vec(cell(), 1..4), 1..6)) {
        let mut writer = CsvWriter::new(Vec::new(), ExportMode::Program);
        for record in &cells {
            writer.write(record).unwrap();
        }
        let (out, _) = writer.finish().unwrap();
        let reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&out[..]);
        let found: Vec<Vec<String>> = reader.into_records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(found, cells);
    }
}

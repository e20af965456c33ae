//! Nothing that stands in a file may panic, hang or lose count.

use proptest::prelude::*;

use super::*;

/// Reads a file as the preview and the import do, and checks that every row is accounted for.
fn read_to_the_end(bytes: &[u8]) {
    let Ok(mut table) = Table::open(Cursor::new(bytes)) else { return };
    let mapping = recognise(table.headers(), table.samples()).mapping;
    assert_eq!(mapping.len(), table.headers().len());
    let columns = Columns::new(table.headers(), &mapping, table.samples());
    let mut survey = Survey::new(table.headers(), &mapping);
    let width = table.headers().len();
    let (mut people, mut refused, mut blank, mut last) = (0, 0, 0, table.preamble_rows());
    for row in table.rows().expect("rows") {
        let Ok(row) = row else { return };
        assert!(row.row > last, "rows are numbered upwards");
        assert!(row.cells.len() >= width && row.width == width);
        last = row.row;
        survey.see(&row);
        match person_from(&columns, &row) {
            Ok(Some(person)) => {
                assert!(!person.name.trim().is_empty());
                people += 1;
            }
            Ok(None) => blank += 1,
            Err(refusal) => {
                assert_eq!(refusal.row, row.row);
                assert!(refusal.reason.ends_with('.'));
                refused += 1;
            }
        }
    }
    assert_eq!((people + refused, blank), (survey.rows, survey.blank));
}

/// A small generator with a fixed seed, so that a file that breaks the reader breaks it again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

#[test]
fn ten_thousand_damaged_files_are_read_without_a_panic() {
    let locales = fixture("people-107-locales.csv");
    let text = "Name,City\r\nZoë,\"New\r\nYork\"\r\n";
    let seeds: Vec<Vec<u8>> = vec![
        locales[..2_000].to_vec(),
        b"Notes:\n\"a, b\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,,,12 Mar 2024\n".to_vec(),
        b"First Name,E-mail 1 - Label,E-mail 1 - Value\nA,* Work,a@example.org ::: b@example.org\n".to_vec(),
        [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        [b"\xEF\xBB\xBFsep=;\r\n", text.as_bytes()].concat(),
    ];
    let pieces: [&[u8]; 14] = [
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b"\xFF",
        b"\xC3",
        b"\xEF\xBB\xBF",
        b"'=1",
        b"sep=|\n",
    ];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for number in 0..10_000 {
        let mut bytes = seeds[number % seeds.len()].clone();
        for _ in 0..=dice.roll(8) {
            let at = dice.roll(bytes.len() + 1);
            match dice.roll(4) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap_or(0),
                2 => {
                    let end = (at + dice.roll(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    let piece = pieces[dice.roll(pieces.len())];
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
        }
        read_to_the_end(&bytes);
    }
}

#[test]
fn a_header_of_a_hundred_thousand_columns_is_survived() {
    let header = (0..100_000).map(|number| format!("c{number}")).collect::<Vec<_>>().join(",");
    read_to_the_end(format!("{header}\n1,2,3\n").as_bytes());
    read_to_the_end(format!("Name,E-mail\n{}\nAda,ada@example.org\n", "x,".repeat(100_000)).as_bytes());
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_to_the_end(&bytes);
    }

    #[test]
    fn no_signs_of_csv_break_the_reader(text in "[a-b@.\",;\t\r\n|'=\u{0}é ]{0,200}") {
        read_to_the_end(text.as_bytes());
        read_to_the_end(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    }

    /// Without separators and quotes, every byte of a file that is not UTF-8 must turn up in a cell.
    #[test]
    fn no_byte_of_an_old_file_is_dropped(cells in prop::collection::vec(prop::collection::vec(0xA1u8..=0xFF, 1..6), 1..6)) {
        let bytes = [b"Name\n".to_vec(), cells.join(&b'\n')].concat();
        let mut table = table(&bytes);
        let found = rows(&mut table);
        prop_assert_eq!(found.len(), cells.len());
        for (row, cell) in found.iter().zip(&cells) {
            prop_assert!(!row.cells[0].contains('\u{FFFD}') && !row.cells[0].is_empty(), "{:?} from {:?}", row.cells, cell);
        }
    }
}

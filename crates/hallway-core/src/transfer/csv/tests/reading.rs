use proptest::prelude::*;

use super::*;

#[test]
fn all_files_of_csv_spectrum_read_as_their_json_says() {
    for name in [
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "location_coordinates",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8",
    ] {
        let wanted: serde_json::Value =
            serde_json::from_slice(&fixture(&format!("csv-spectrum/json/{name}.json"))).expect("JSON");
        // One file with one row has its object alone, and another a telephone number that its CSV does not have.
        let mut wanted = if wanted.is_array() { wanted } else { serde_json::json!([wanted]) };
        if name == "location_coordinates" {
            assert_eq!(wanted[0]["Contact Phone Number"], "1234567890");
            wanted[0]["Contact Phone Number"] = "2095257564".into();
        }
        let (headers, cells) = read(fixture(&format!("csv-spectrum/csvs/{name}.csv")));
        let found: Vec<_> = cells
            .into_iter()
            .map(|cells| {
                headers
                    .iter()
                    .cloned()
                    .zip(cells.into_iter().map(serde_json::Value::from))
                    .collect::<serde_json::Map<_, _>>()
            })
            .collect();
        assert_eq!(serde_json::json!(found), wanted, "{name}");
    }
}

#[test]
fn the_same_table_is_read_from_every_encoding() {
    let text = "Name,City\r\nZoë Müller,Łódź\r\n山田太郎,東京\r\n";
    let utf16 = |big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    for (bytes, name, bom) in [
        (text.as_bytes().to_vec(), "UTF-8", false),
        (marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), "UTF-8", true),
        (marked(b"\xFF\xFE", utf16(false)), "UTF-16LE", true),
        (marked(b"\xFE\xFF", utf16(true)), "UTF-16BE", true),
        (utf16(false), "UTF-16LE", false),
        (utf16(true), "UTF-16BE", false),
    ] {
        let mut table = table(&bytes);
        assert_eq!((table.encoding().name, table.encoding().bom, table.encoding().repaired), (name, bom, 0));
        assert_eq!(table.headers(), ["Name", "City"], "{name}");
        let cells: Vec<_> = rows(&mut table).into_iter().map(|row| row.cells).collect();
        assert_eq!(cells, [["Zoë Müller", "Łódź"], ["山田太郎", "東京"]], "{name}");
    }
}

#[test]
fn an_old_windows_file_keeps_every_letter() {
    let mut table =
        table(b"Name;Stadt;Notiz\r\nJ\xFCrgen M\xFCller;K\xF6ln;\x80 20 \x96 f\xFCr Caf\xE9\r\nZo\xEB;Z\xFCrich;\r\n");
    assert_eq!(table.encoding().name, "windows-1252");
    assert_eq!(table.separator(), ';');
    let cells: Vec<_> = rows(&mut table).into_iter().map(|row| row.cells).collect();
    assert_eq!(cells, [["Jürgen Müller", "Köln", "€ 20 – für Café"], ["Zoë", "Zürich", ""]]);
}

#[test]
fn old_files_from_elsewhere_are_told_apart_by_their_letters() {
    for (text, how) in [
        ("Имя,Город\nИван Петров,Москва\n", encoding_rs::WINDOWS_1251),
        ("Name,City\nŁukasz Wójcik,Łódź\n", encoding_rs::WINDOWS_1250),
        ("Name,City\n山田太郎,東京\n", encoding_rs::SHIFT_JIS),
        ("Name,City\nNúñez,Málaga\n", encoding_rs::WINDOWS_1252),
    ] {
        let (bytes, _, _) = how.encode(text);
        let (headers, cells) = read(&bytes);
        let lines: Vec<String> = [&[headers], cells.as_slice()].concat().into_iter().map(|row| row.join(",")).collect();
        assert_eq!(lines, text.lines().collect::<Vec<_>>(), "{}", how.name());
    }
}

#[test]
fn one_old_row_does_not_spoil_a_file_of_utf_8() {
    let mut table = table(b"Name,City\nZo\xC3\xAB,K\xC3\xB6ln\nRen\xE9,Li\xC3\xA8ge\nIda,Malm\xC3\xB6\n");
    assert_eq!((table.encoding().name, table.encoding().repaired), ("UTF-8", 1));
    let cells: Vec<_> = rows(&mut table).into_iter().map(|row| row.cells).collect();
    assert_eq!(cells, [["Zoë", "Köln"], ["René", "Liège"], ["Ida", "Malmö"]]);
}

#[test]
fn the_first_foreign_letter_may_stand_far_below() {
    let mut bytes = b"Name,City\n".to_vec();
    for number in 0..20_000 {
        bytes.extend(format!("Person {number},Leeds\n").bytes());
    }
    bytes.extend(b"Ren\xE9,Li\xE8ge\n");
    let mut table = table(&bytes);
    let all = rows(&mut table);
    assert_eq!(all.len(), 20_001);
    assert_eq!(all[20_000].cells, ["René", "Liège"]);
    assert_eq!(all[20_000].row, 20_002);
}

#[test]
fn separators_are_found_outside_quotes_and_by_the_header() {
    for (text, separator) in [
        ("Name;City;Notes\n\"a,b\";\"c,d\";1,5\n\"e,f\";g;2,5\n", ';'),
        ("Name\tCity\nAda\tLondon, UK\n", '\t'),
        ("Name|City\nAda|London\n", '|'),
        ("Name,Notes\nAda,a;b;c\nBob,d;e;f\n", ','),
        ("foo,bar\n1,\"a;b\"\n2,\"c;d\"\n", ','),
        ("Email\na@example.org;b@example.org\nc@example.org;d@example.org\n", ','),
        ("sep=;\nName;City\nAda;London\n", ';'),
        ("\"sep=^\"\r\nName^City\r\nAda^London\r\n", '^'),
        ("SEP=\\t\r\nName\tCity\r\n", '\t'),
    ] {
        assert_eq!(table(text).separator(), separator, "{text}");
    }
}

#[test]
fn a_sep_line_is_no_row_and_no_header() {
    let mut table = table("sep=;\r\nName;City\r\nAda;London\r\n");
    assert_eq!(table.headers(), ["Name", "City"]);
    assert_eq!((table.header_row(), table.preamble_rows()), (Some(1), 0));
    let all = rows(&mut table);
    assert_eq!((all.len(), all[0].row), (1, 2));
}

#[test]
fn every_line_end_ends_a_row() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["Name,City", "Ada,London", "", "Bob,\"New\nYork\"", "Cy,Rome"].join(end);
        let mut table = table(&text);
        let found: Vec<_> = rows(&mut table).into_iter().map(|row| (row.row, row.cells)).collect();
        let wanted = [(2, ["Ada", "London"]), (3, ["", ""]), (4, ["Bob", "New\nYork"]), (5, ["Cy", "Rome"])];
        assert_eq!(found, wanted.map(|(row, cells)| (row, cells.map(str::to_owned).to_vec())), "{end:?}");
    }
}

#[test]
fn the_header_is_found_below_notes_by_what_it_says() {
    let mut table = table("Report from 2024\n\n\"Some, longer\nnote\"\nForename,Surname,Firma\nAda,Lovelace,Engines\n");
    assert_eq!(table.headers(), ["Forename", "Surname", "Firma"]);
    assert_eq!((table.header_row(), table.preamble_rows()), (Some(4), 3));
    assert_eq!(rows(&mut table)[0].row, 5);

    let unknown = super::table("Exported\n\nfoo,bar,baz\n1,2,3\n4,5,6\n");
    assert_eq!((unknown.headers()[0].as_str(), unknown.preamble_rows()), ("foo", 2));
}

#[test]
fn a_file_without_a_header_loses_nobody() {
    let mut table = table("Ada Lovelace,ada@example.org\nBob,bob@example.org\n");
    assert_eq!(table.headers(), ["Column 1", "Column 2"]);
    assert_eq!(table.header_row(), None);
    assert_eq!(rows(&mut table).len(), 2);
}

#[test]
fn blank_and_doubled_headers_get_names_of_their_own() {
    let header = "Email, ,Email,Column 2,Email (2),,Email";
    assert_eq!(
        table(format!("{header}\n1,2,3,4,5,6,7\n")).headers(),
        ["Email", "Column 2 (2)", "Email (3)", "Column 2", "Email (2)", "Column 6", "Email (4)"]
    );
    let many = vec!["same"; MAX_COLUMNS].join(",");
    let table = table(format!("{many}\n"));
    assert_eq!(table.headers().iter().collect::<std::collections::HashSet<_>>().len(), MAX_COLUMNS);
}

#[test]
fn short_rows_are_padded_and_long_ones_keep_their_extra_cells() {
    let mut table = table("a,b,c\n1\n1,2,3,4,,5\n1,2,3,\n\n");
    let all = rows(&mut table);
    assert_eq!((all[0].cells.join("|").as_str(), all[0].missing), ("1||", 2));
    assert_eq!(all[1].cells, ["1", "2", "3", "4", "", "5"]);
    assert_eq!(all[1].extra().collect::<Vec<_>>(), ["4", "5"]);
    assert_eq!(all[2].extra().count(), 0, "a separator at the end of a line is no cell anybody misses");

    let mut survey = Survey::new(table.headers(), &[]);
    all.iter().for_each(|row| survey.see(row));
    assert_eq!((survey.rows, survey.blank, survey.longer, survey.shorter), (3, 1, 1, 1));
    assert_eq!(survey.unmapped(), ["a", "b", "c"]);
    assert_eq!(survey.columns[0].filled, 3);
    assert_eq!(survey.columns[0].samples, ["1"]);
}

#[test]
fn what_stands_within_a_quoted_cell_parts_nothing() {
    let many = "a; b; ".repeat(60);
    let lines = "one; two; three\n".repeat(40);
    for header in ["Name,Notes", "Wer,Was"] {
        for cell in [&many, &lines] {
            let mut table = table(format!("{header}\nAda,\"{cell}\"\nBob,plain\n"));
            assert_eq!(table.separator(), ',', "{header}");
            assert_eq!(rows(&mut table)[0].cells, ["Ada", cell]);
        }
    }
    let mut alone = table(format!("ada@acme.example,\"{many}\"\n"));
    assert_eq!((alone.separator(), rows(&mut alone).len()), (',', 1), "a file of one row and no header");
    // One that stands outside as well, in a single row, is no better than one that parts every row alike.
    let mut uneven = table(format!("Wer,Was\nAda;Bob,\"{lines}\"\nCy,x\nDi,y\n"));
    assert_eq!((uneven.separator(), rows(&mut uneven).len()), (',', 3));
}

#[test]
fn a_separator_that_was_said_is_taken() {
    let text = "Name|City;Country\nAda|Pune;India\n";
    let cut = |sign: &str| {
        let table = Table::open_cut(Cursor::new(text), Separator::said(sign)).expect("a table");
        table.headers().to_vec()
    };
    assert_eq!(cut(";"), ["Name|City", "Country"]);
    assert_eq!(cut("|"), ["Name", "City;Country"]);
    assert!(["", "ab", "x", "\"", "\n"].iter().all(|sign| Separator::said(sign).is_none()));
    assert_eq!(Separator::said("Tab"), Separator::said("\t"));
}

#[test]
fn stray_quotes_and_nul_stay_in_the_text() {
    let (_, cells) = read("Name,City\n5\" disk,x\"y\"\n \"a\",b\nN\0UL,\0\n\"ab\"c,d\n");
    assert_eq!(cells, [["5\" disk", "x\"y\""], [" \"a\"", "b"], ["N\0UL", "\0"], ["abc", "d"]]);
}

#[test]
fn an_open_quotation_mark_costs_its_own_row_only() {
    for tail in ["Cy,Rome\nDi,Oslo\n", "Cy,\"Rome\"\nDi,\"Oslo, NO\"\n"] {
        let mut table = table(format!("Name,City\nAda,London\nBob,\"Paris\n{tail}"));
        let all = rows(&mut table);
        assert_eq!(all.len(), 4, "{all:?}");
        assert_eq!((all[1].row, all[1].damage), (3, Some(Damage::OpenQuote)));
        assert_eq!(all[1].cells, ["Bob", "\"Paris"]);
        assert!(all.iter().filter(|row| row.row != 3).all(|row| row.damage.is_none()));
        assert_eq!(all[2].cells, ["Cy", "Rome"]);
    }
}

#[test]
fn an_open_quotation_mark_in_a_large_file_needs_little_memory() {
    let mut bytes = b"Name,City\nBob,\"Paris\n".to_vec();
    while bytes.len() < MAX_ROW_BYTES * 2 {
        bytes.extend(b"Ada Lovelace,London\n");
    }
    let mut table = table(&bytes);
    let (mut all, mut damaged) = (0, 0);
    for row in table.rows().unwrap() {
        let row = row.unwrap();
        all += 1;
        damaged += u64::from(row.damage.is_some());
    }
    assert_eq!((all, damaged), (1 + (bytes.len() - 21) / 20, 1));
}

#[test]
fn what_is_no_table_is_refused_with_a_sentence() {
    for empty in ["", "\u{FEFF}", "\n\n\r\n", " , \n"] {
        assert!(matches!(Table::open(Cursor::new(empty)), Err(Error::Empty)), "{empty:?}");
    }
    let mut long = table(format!("Name\nAda\n{}", "x".repeat(MAX_ROW_BYTES + 100_000)));
    let found: Vec<_> = long.rows().unwrap().collect();
    assert_eq!(found.len(), 2, "nothing comes after the error");
    assert_eq!(
        found[1].as_ref().unwrap_err().to_string(),
        "Row 3 is longer than 4 MB, so this does not look like a table. Save it as CSV and import it again."
    );
}

#[test]
fn a_row_with_too_many_cells_is_damaged_and_the_next_one_is_not() {
    let mut table = table(format!("Name,City\n{}\nAda,London\n", ",".repeat(100_000)));
    let all = rows(&mut table);
    assert_eq!(all[0].damage, Some(Damage::TooManyCells));
    assert_eq!((all[1].row, all[1].damage), (3, None));
}

#[test]
fn rows_can_be_read_again_from_the_start() {
    let mut table = table("Notes:\n\nFirst Name,Last Name\nAda,Lovelace\nBob,Ross\n");
    let once = rows(&mut table);
    assert_eq!(rows(&mut table), once);
    assert_eq!(table.samples(), once);
}

/// Cells that a table of any kind may hold.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z \",;\t\r\n|]{0,8}", Just(String::new())]
}

proptest! {
    /// The `csv` crate is the independent judge of what RFC 4180 means.
    #[test]
    fn sound_files_read_as_the_csv_crate_wrote_them(
        cells in prop::collection::vec(prop::collection::vec(cell(), 3), 1..8),
        separator in prop::sample::select(&[b',', b';', b'\t', b'|'][..]),
        terminator in prop::sample::select(&[::csv::Terminator::CRLF, ::csv::Terminator::Any(b'\n'), ::csv::Terminator::Any(b'\r')][..]),
        quotes in prop::sample::select(&[::csv::QuoteStyle::Necessary, ::csv::QuoteStyle::Always][..]),
    ) {
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(terminator)
            .quote_style(quotes)
            .from_writer(Vec::new());
        writer.write_record(["First name", "Last name", "E-mail"]).unwrap();
        for record in &cells {
            writer.write_record(record).unwrap();
        }
        let mut table = table(writer.into_inner().unwrap());
        prop_assert_eq!(table.separator(), char::from(separator));
        let all = rows(&mut table);
        prop_assert_eq!(all.iter().map(|row| row.row).collect::<Vec<_>>(), (2..2 + cells.len() as u64).collect::<Vec<_>>());
        prop_assert_eq!(all.into_iter().map(|row| row.cells).collect::<Vec<_>>(), cells);
    }
}

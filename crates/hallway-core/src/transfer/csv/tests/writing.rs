use super::*;

fn written(mode: ExportMode, records: &[&[&str]]) -> (String, Written) {
    let mut writer = CsvWriter::new(Vec::new(), mode);
    for record in records {
        writer.write(*record).expect("memory does not fail");
    }
    let (out, written) = writer.finish().expect("memory does not fail");
    (String::from_utf8(out).expect("UTF-8"), written)
}

#[test]
fn a_file_for_a_program_is_verbatim() {
    let (text, written) =
        written(ExportMode::Program, &[&["Name", "Note"], &["Ada, \"A\"", "two\nlines"], &["=1+1", ""]]);
    assert_eq!(text, "Name,Note\r\n\"Ada, \"\"A\"\"\",\"two\nlines\"\r\n=1+1,\r\n");
    assert_eq!((written.records, written.bytes), (3, text.len() as u64));
    assert_eq!((written.flagged_cells, written.flagged), (1, vec![FlaggedCell { row: 3, column: 0 }]));
}

#[test]
fn a_file_for_a_spreadsheet_has_a_mark_and_no_formula() {
    let (text, written) = written(ExportMode::Spreadsheet, &[&["Name"], &["=1+1\nfoo"]]);
    assert_eq!(text, "\u{FEFF}Name\r\n\"'=1+1\nfoo\"\r\n");
    assert_eq!((written.flagged_cells, written.bytes), (0, text.len() as u64));
}

#[test]
fn every_cell_that_starts_like_a_formula_gets_an_apostrophe() {
    for cell in [
        "=1+1",
        "=1+1\nfoo",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "\0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " =1+1",
        "\u{A0}=1",
        "\u{200B}=1",
        "\"=1",
        "'=1",
        "\u{200D}=1",
        "-_-",
        "@ada",
        "--2",
        "+1+1",
        "-1-1",
    ] {
        assert_eq!(guarded(cell), format!("'{cell}"), "{cell:?}");
        assert_eq!(unguarded(&guarded(cell)), cell, "{cell:?}");
    }
}

#[test]
fn what_stands_behind_a_semicolon_a_tab_or_a_line_end_gets_one_too() {
    for (cell, out) in [
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        ("+44;=1", "'+44;'=1"),
        ("x;=1+1", "x;'=1+1"),
        ("x;'=1+1", "x;''=1+1"),
        ("x\n-5;2\ty;;\u{200B}@z", "x\n-5;2\ty;;'\u{200B}@z"),
        ("a;b, c; d\n", "a;b, c; d\n"),
    ] {
        assert_eq!(guarded(cell), out);
        assert_eq!(unguarded(out), cell);
    }
}

#[test]
fn numbers_phones_and_plain_text_stay_as_they_are() {
    for cell in [
        "",
        "Ada",
        "a=b",
        "-12.5",
        "+3 %",
        "-1e-5",
        "1,5",
        "-1,234.50",
        "+44 20 7946 0958",
        "+251790709660",
        "+49 (0)30 123-45",
        "+1-202-555-0100x1234",
        "+1 202 555 0100 ext. 12",
        "'quoted'",
        "it's",
        "2026-03-12",
        "👩\u{200D}💻",
    ] {
        assert_eq!(guarded(cell), cell);
        assert_eq!(unguarded(cell), cell);
    }
}

#[test]
fn a_text_that_truly_begins_with_an_apostrophe_keeps_it() {
    for (cell, out) in
        [("'=1", "''=1"), ("''=1", "'''=1"), ("'tis", "'tis"), ("'+44 20 7946 0958", "''+44 20 7946 0958")]
    {
        assert_eq!(guarded(cell), out);
        assert_eq!(unguarded(out), cell);
    }
}

#[test]
fn the_guards_of_other_tools_come_off_in_files_from_a_spreadsheet_only() {
    let rows = "Name,Phone,Note\r\nAda,'+44 20 7946 0958,\u{200D}=1\r\n";
    assert_eq!(read(format!("\u{FEFF}{rows}")).1, [["Ada", "+44 20 7946 0958", "=1"]]);
    assert_eq!(read(format!("sep=,\r\n{rows}")).1, [["Ada", "+44 20 7946 0958", "=1"]]);
    assert_eq!(read(rows).1, [["Ada", "'+44 20 7946 0958", "\u{200D}=1"]]);
    let mut told = Table::open_as(Cursor::new(rows.as_bytes().to_vec()), true).unwrap();
    assert_eq!(super::rows(&mut told)[0].cells[1], "+44 20 7946 0958");
}

#[test]
fn cells_a_spreadsheet_would_run_are_named_when_the_file_is_for_a_program() {
    let flagged = |cell: &str| written(ExportMode::Program, &[&[cell]]).1.flagged_cells == 1;
    for cell in ["=1", "\tx", "\rx", "+SUM(A1)", "-x|y", "@x!y", "-1\n(2)"] {
        assert!(flagged(cell), "{cell:?}");
    }
    for cell in ["", "Ada", "-_-", "-=fAlC0n=-", "@ada", "+44 20 7946 0958", "+49 (0)30 12345", "-- 👷✊ --", "a=(1)"]
    {
        assert!(!flagged(cell), "{cell:?}");
    }
    let many: Vec<&[&str]> = vec![&["=1", "=2"]; 300];
    let (_, written) = written(ExportMode::Program, &many);
    assert_eq!((written.flagged_cells, written.flagged.len()), (600, 200));
}

#[test]
fn a_disk_that_is_full_is_reported() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = CsvWriter::new(Full, ExportMode::Program);
    writer.write(["Name"]).expect("nothing is passed on yet");
    assert!(writer.finish().is_err());
}

#[test]
fn nothing_behind_a_semicolon_or_a_tab_becomes_a_cell_of_its_own_in_a_spreadsheet() {
    for cell in ["x;=1+1", "x\t=1+1"] {
        let (text, _) = written(ExportMode::Spreadsheet, &[&["Name"], &[cell, "y"]]);
        assert_eq!(text, format!("\u{FEFF}Name\r\n\"{}\",y\r\n", guarded(cell)));
        let (text, _) = written(ExportMode::Program, &[&["Name"], &[cell, "y"]]);
        assert_eq!(text, format!("Name\r\n{cell},y\r\n"));
    }
}

//! Files broken at random, of every format that is imported: none brings the program down, every row is accounted for,
//! and no row goes in by half (reliability R11).
use crate::desk::Desk;
use acts::prove::{proved, times};
use hallway_core::{Access, Failure, Now, dispatch};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use std::{env, fs, process::Command, time::Duration};

/// Of each format, and in the long form.
const FILES: u32 = 200;
const LONG: u32 = 10_000;
/// Each of so many files is imported and not only looked at: that costs a backup.
const IMPORTED: u64 = 8;
/// So much work, of one processor, one of them may be at most, and so much memory the process that meets all of one format.
const WORK: Duration = Duration::from_secs(2);
const MEMORY: u64 = 256;
/// A workspace takes in so many files before the next one begins empty.
const TOGETHER: u64 = 64;

#[test]
fn broken_csv_files_are_read_or_refused_row_by_row() {
    if !alone("broken_csv_files_are_read_or_refused_row_by_row") {
        return;
    }
    broken("csv", |dice| {
        let text = "Name;E-mail;Company;Last contact;Tags\r\nAda Byron;ada@example.org;Globex;12.03.2024;\"a, b\"\r\n\
                    \"Zoë \"\"Z\"\" Müller\";zoe@example.org;;2024-05-06;rust\r\n小林 葵;aoi@example.jp;\"Acme;\nTokyo\";03/04/2024;\r\n\
                    ;nobody@example.org;;;\r\nBo;bo at home;;;x\r\n"
            .replace(';', [",", ";", "\t", "|"][dice.roll(4)]);
        dice.encoded(&text)
    });
}

#[test]
fn broken_workbooks_are_read_or_refused_row_by_row() {
    if !alone("broken_workbooks_are_read_or_refused_row_by_row") {
        return;
    }
    broken("xlsx", |dice| {
        let parts = WORKBOOK.map(|(name, text)| {
            // One part is broken and its sum is right again, so that the damage is met by whoever reads the table.
            let mut bytes = text.as_bytes().to_vec();
            if dice.roll(3) == 0 {
                dice.break_bytes(&mut bytes);
            }
            (name, bytes)
        });
        archive(&parts)
    });
}

#[test]
fn broken_cards_of_every_version_are_read_or_refused_card_by_card() {
    if !alone("broken_cards_of_every_version_are_read_or_refused_card_by_card") {
        return;
    }
    for (version, cards) in [
        (
            "vcard 2.1",
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=\r\n=C3=AB\r\nEMAIL;INTERNET:zoe@example.org\r\nORG:Globex;Tools\r\nEND:VCARD\r\n",
        ),
        (
            "vcard 3.0",
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Byron\nN:Byron;Ada;;;\nitem1.EMAIL;type=INTERNET;type=pref:ada@\n example.org\nADR:;;12 St James's;London;;SW1;UK\nCATEGORIES:a,b\nEND:VCARD\n",
        ),
        (
            "vcard 4.0",
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:小林 葵\r\nTEL;VALUE=uri:tel:+81-3\r\nBDAY:19960415\r\nSOCIALPROFILE;SERVICE-TYPE=Mastodon:https://fosstodon.org/@aoi\r\nEND:VCARD\r\n",
        ),
    ] {
        broken(version, |dice| {
            let times = 1 + dice.roll(4);
            dice.encoded(&cards.repeat(times))
        });
    }
}

/// Makes many files, each broken once more, and looks at every one of them.
fn broken(format: &str, mut make: impl FnMut(&mut Dice) -> Vec<u8>) {
    let mut longest = Duration::ZERO;
    let files = u64::from(times(FILES, LONG));
    let mut dice =
        Dice(format.bytes().fold(20_260_521, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte))));
    let (mut read, mut refused, mut rows) = (0, 0, 0);
    let mut desk = Desk::new();
    for n in 0..files {
        if n % TOGETHER == TOGETHER - 1 {
            desk.is_sound();
            desk = Desk::new();
        }
        let mut bytes = make(&mut dice);
        if dice.roll(4) > 0 {
            dice.break_bytes(&mut bytes);
        }
        let begun = worked();
        let looked = look(&desk, &bytes, n % IMPORTED == 0);
        longest = longest.max(worked() - begun);
        assert!(longest <= WORK, "{format} file {n}: {longest:?} of work");
        match looked {
            Ok(seen) => (read, rows) = (read + 1, rows + seen),
            Err(failure) => {
                assert!(matches!(failure.code, "invalid"), "{format} file {n}: {failure:?}");
                assert!(
                    failure.message.ends_with(['.', '?']),
                    "{format} file {n}: “{}” is no sentence",
                    failure.message
                );
                refused += 1;
            }
        }
    }
    desk.is_sound();
    proved(
        &format!("broken files of {format}"),
        format_args!(
            "{files} files, {read} read with {rows} rows, {refused} refused; at most {longest:?} of work and {} MiB so far",
            most_memory()
        ),
    );
    assert!(most_memory() <= MEMORY, "{format}: {} MiB of memory", most_memory());
    // A text is nearly always some table, so of CSV it is rows that are refused; the others are met as a whole.
    assert!(read > files / 20 && (refused > 0 || format == "csv"), "{format}: {read} read, {refused} refused");
    assert!(format != "csv" || rows > read, "{rows} rows in {read} files: the dice break too much");
}

/// What this thread has worked so far.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// The most memory this process ever held, in MiB; nothing where the system does not say.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    most.unwrap_or_default() / 1_024
}

/// Whether this is the process of the test's own, in which only its memory counts. Otherwise it was run there, and passed.
fn alone(test: &str) -> bool {
    const ALONE: &str = "HALLWAY_ALONE";
    if env::var_os(ALONE).is_some() {
        return true;
    }
    let run = Command::new(env::current_exe().expect("this test"))
        .args([&format!("broken_files::{test}"), "--exact", "--nocapture"])
        .env(ALONE, "1")
        .output()
        .expect("it starts once more");
    let out = String::from_utf8_lossy(&run.stdout);
    out.lines().filter_map(|line| line.find("proved: ").map(|at| &line[at..])).for_each(|line| println!("{line}"));
    assert!(run.status.success() && out.contains("proved: "), "{out}\n{}", String::from_utf8_lossy(&run.stderr));
    false
}

/// Looks at a file and perhaps imports it: how many rows it has, all of them accounted for.
fn look(desk: &Desk, bytes: &[u8], import: bool) -> Result<u64, Failure> {
    let path = desk.path("broken");
    fs::write(&path, bytes).expect("a file");
    let ask = |command: &str, input: Value| {
        dispatch(&desk.store, Now(crate::desk::NOON), command, input).map(|reply| reply.value)
    };
    let mut request = json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" });
    let seen = ask("imports.preview", request.clone()).map_err(|e| Failure::from(&e))?;
    let n = |value: &Value, key: &str| value[key].as_u64().unwrap_or_else(|| panic!("no {key} in {value}"));
    let accounted = ["newPeople", "updates", "differs", "unchanged", "look", "skipped", "refused"];
    assert_eq!(
        accounted.iter().map(|key| n(&seen, key)).sum::<u64>(),
        n(&seen, "rows"),
        "a row is not accounted for: {seen}"
    );
    if import {
        // What could be either of two days has to be said.
        let days = seen["columns"].as_array().expect("columns").iter().filter(|column| !column["days"].is_null());
        request["days"] = days
            .map(|column| (column["index"].to_string(), json!("day_first")))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let people = || n(&ask("workspace.info", json!({})).expect("the file"), "people");
        let before = people();
        let done = ask("imports.run", request).map_err(|e| Failure::from(&e))?;
        let accounted = ["added", "updated", "differs", "unchanged", "waiting", "skipped", "refused"];
        assert_eq!(accounted.iter().map(|key| n(&done, key)).sum::<u64>(), n(&seen, "rows"), "{done}");
        assert_eq!(people(), before + n(&done, "added"), "who was added is here, and nobody else");
    }
    Ok(n(&seen, "rows"))
}

struct Dice(u64);

impl Dice {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// A text as some program would have written it.
    fn encoded(&mut self, text: &str) -> Vec<u8> {
        match self.roll(6) {
            0 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            1 => [0xfe_ff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            2 => [0xfe_ff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
            3 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            4 => text.replace("\r\n", "\r").into_bytes(),
            _ => text.as_bytes().to_vec(),
        }
    }

    /// Breaks what it is given in a few places.
    fn break_bytes(&mut self, bytes: &mut Vec<u8>) {
        const NASTY: [&[u8]; 14] = [
            b"\"",
            b"\"\"\"",
            b"\0",
            b"\r",
            b"\n\n",
            b"\xff\xfe",
            b";;;;;;;;",
            b"\t",
            b"=1+1",
            b"END:VCARD",
            b"BEGIN:VCARD\r\n",
            b"=C3=",
            b"\\",
            b"]]><!--&#0;",
        ];
        for _ in 0..1 + self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            match self.roll(7) {
                0 if at < bytes.len() => bytes[at] = self.roll(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => {
                    let end = (at + self.roll(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                3 => {
                    let end = (at + self.roll(80)).min(bytes.len());
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                4 => {
                    let long = vec![b'a' + self.roll(26) as u8; self.roll(5_000)];
                    bytes.splice(at..at, long);
                }
                _ => {
                    let nasty = NASTY[self.roll(NASTY.len())];
                    bytes.splice(at..at, nasty.iter().copied());
                }
            }
        }
    }
}

/// The parts of a small workbook: a sheet with a header, three people, a day and a number.
const WORKBOOK: [(&str, &str); 6] = [
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/sharedStrings.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4" uniqueCount="4"><si><t>Name</t></si><si><t>E-mail</t></si><si><t>Ada Byron</t></si><si><r><t>ada@</t></r><r><t>example.org</t></r></si></sst>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C4"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Met on</t></is></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c><c r="C2"><v>45363</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Bo</t></is></c><c r="C3" t="b"><v>1</v></c></row><row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4" t="str"><f>1+1</f><v>x@example.org</v></c></row></sheetData></worksheet>"#,
    ),
];

/// An archive of these parts, stored as they are.
fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let (sum, size, at) = (crc32(bytes), bytes.len() as u32, out.len() as u32);
        let mut common = Vec::new();
        common.extend([20_u16, 0, 0, 0, 0x21].map(u16::to_le_bytes).concat());
        common.extend([sum, size, size].map(u32::to_le_bytes).concat());
        common.extend([name.len() as u16, 0].map(u16::to_le_bytes).concat());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0_u16, 0, 0].map(u16::to_le_bytes).concat());
        directory.extend([0_u32, at].map(u32::to_le_bytes).concat());
        directory.extend(name.as_bytes());
    }
    let (size, at, count) = (directory.len() as u32, out.len() as u32, parts.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06");
    out.extend([0, 0, count, count].map(u16::to_le_bytes).concat());
    out.extend([size, at].map(u32::to_le_bytes).concat());
    out.extend([0, 0]);
    out
}

/// The sum that archives keep of each part (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

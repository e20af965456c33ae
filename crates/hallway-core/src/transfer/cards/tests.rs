//! Cards as the world writes them.
use super::*;
use std::{collections::BTreeMap, io::Cursor};

/// The filled cells of each card, by header.
fn cards(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let csv = read(Cursor::new(bytes)).expect("cards").csv;
    let mut table = super::super::csv::Table::open(Cursor::new(csv)).expect("a table");
    let headers = table.headers().to_vec();
    let rows: Vec<_> = table.rows().expect("rows").map(|row| row.expect("a row").cells).collect();
    rows.into_iter()
        .map(|cells| headers.iter().cloned().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect())
        .collect()
}

#[test]
fn the_three_versions_say_the_same_of_one_person() {
    let all = [
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\r\nTEL;WORK;VOICE:+44 20 7946 0958\r\nEMAIL;INTERNET:zoe@example.org\r\nORG:Globex;Tools\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:3.0\nN:Müller;Zoë;;;\nFN:Zoë Müller\nitem1.EMAIL;type=INTERNET;type=pref:zoe@example.org\nTEL;TYPE=CELL:+44 20 7946 0958\nORG:Globex;Tools\nEND:VCARD\n",
        "begin:vcard\r\nVERSION:4.0\r\nFN:Zoë Müller\r\nEMAIL;PREF=1:zoe@example.org\r\nTEL;VALUE=uri;TYPE=cell:tel:+44 20 7946 0958\r\nORG:Globex;Tools\r\nend:vcard\r\n",
    ];
    for text in all {
        assert!(are_cards(text.as_bytes()));
        let found = cards(text.as_bytes());
        assert_eq!(found.len(), 1, "{text}");
        for (header, cell) in [
            ("Name", "Zoë Müller"),
            ("E-mail", "zoe@example.org"),
            ("Phone", "+44 20 7946 0958"),
            ("Organisation", "Globex"),
        ] {
            assert_eq!(found[0].get(header).map(String::as_str), Some(cell), "{header} in {text}");
        }
    }
}

#[test]
fn a_card_without_a_whole_name_is_called_as_people_are_where_its_letters_are_from() {
    for (parts, name) in [("李;小龙;;;", "李 小龙"), ("Byron;Ada;King;;", "Ada King Byron")] {
        let found = cards(format!("BEGIN:VCARD\nVERSION:3.0\nN:{parts}\nEND:VCARD\n").as_bytes());
        assert_eq!(found[0].get("Name").map(String::as_str), Some(name));
    }
}

#[test]
fn profiles_pages_tags_and_what_has_no_column_are_kept() {
    let text = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Byron\nURL:https://github.com/ada\nURL:https://ada.example/blog\n\
        SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://fosstodon.org/@ada\nX-SOCIALPROFILE;TYPE=twitter;x-user=adabyron:https://twitter.com/adabyron\n\
        CATEGORIES:speaker,rust\nNOTE:Met in the hallway\\nLikes tea\nBDAY:18151210\nADR:;;12 St James's Square;London;;SW1Y;United Kingdom\n\
        EMAIL:ada@one.example\nEMAIL:ada@two.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Speakers\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n";
    let found = cards(text.as_bytes());
    assert_eq!(found.len(), 1, "a group of cards is nobody");
    let cell = |header: &str| found[0].get(header).map(String::as_str).unwrap_or_default();
    assert_eq!(
        (cell("GitHub"), cell("Website"), cell("X")),
        ("https://github.com/ada", "https://ada.example/blog", "adabyron")
    );
    assert_eq!(cell("Mastodon"), "https://fosstodon.org/@ada");
    assert_eq!(cell("E-mail"), "ada@one.example ::: ada@two.example");
    assert_eq!((cell("Tags"), cell("City"), cell("Country")), ("speaker, rust", "London", "United Kingdom"));
    assert!(
        cell("Notes")
            .starts_with("Met in the hallway\nLikes tea\nBirthday: 1815-12-10\nAddress: 12 St James's Square, SW1Y"),
        "{}",
        cell("Notes")
    );
}

#[test]
fn cards_in_an_old_encoding_and_without_an_end_are_read() {
    let text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ren\xe9 Li\xe8ge\r\nEMAIL:rene@example.org\r\n";
    assert_eq!(cards(text)[0]["Name"], "René Liège");
    assert!(matches!(read(Cursor::new(b"BEGIN:VCALENDAR\nEND:VCALENDAR")), Err(Error::Empty)));
}

#[test]
fn five_thousand_damaged_cards_are_refused_or_read_and_nothing_breaks() {
    let whole = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=\r\n=C3=AB\r\nPHOTO;BASE64:\r\n AAAA\r\n BBBB\r\n\r\nTEL;X=\"a;b\":+44\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN;LANGUAGE=en:Ada\\, Countess\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\nEND:VCARD\r\n";
    let mut seed = 11_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    let mut read_well = 0;
    for _ in 0..5_000 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..1 + next(10) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b":;,=\\\"\r\n\t\0"[next(10)]),
            }
        }
        read_well += usize::from(read(Cursor::new(bytes)).is_ok());
    }
    assert!(read_well > 1_000, "{read_well}");
}

#[test]
fn what_we_have_no_place_for_is_a_column_called_as_it_is() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Byron\r\nGENDER:F\r\nGEO:51.5;-0.1\r\nitem1.X-ABRELATEDNAMES:Bo Li\r\n\
        item1.X-ABLabel:_$!<Mother>!$_\r\nitem2.X-ABDATE:2020-01-02\r\nitem2.X-ABLabel:_$!<Anniversary>!$_\r\n\
        X-SHOE-SIZE:43\r\nNOTE;ENCODING=BASE64:TGlrZXMgdGVh\r\nLABEL:12 St James's Square\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Li\r\nRELATED;TYPE=friend;VALUE=text:Ada\r\nGENDER:M\r\nGRAMGENDER:masculine\r\nPHOTO:data:image/png;base64,AAAA\r\nREV:20200101T000000Z\r\nUID:1\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:2.1\r\nN:Obi;Eve\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:Li;Bo\r\nTEL:+1 555 0100\r\nEND:VCARD\r\nEMAIL:eve@example.org\r\nNOTE;ENCODING=BASE64:UmVu6Q==\r\nEND:VCARD\r\n";
    let found = cards(text.as_bytes());
    assert_eq!(found.len(), 3, "{found:?}");
    for (n, header, cell) in [
        (0, "GENDER", "F"),
        (0, "GEO", "51.5;-0.1"),
        (0, "X-ABRELATEDNAMES", "Mother: Bo Li"),
        (0, "X-ABDATE", "Anniversary: 2020-01-02"),
        (0, "X-SHOE-SIZE", "43"),
        (0, "Notes", "Likes tea"),
        (0, "vCard LABEL", "12 St James's Square"),
        (1, "RELATED", "friend: Ada"),
        (1, "GENDER", "M"),
        (1, "GRAMGENDER", "masculine"),
        (2, "AGENT", "N:Li;Bo, TEL:+1 555 0100"),
        (2, "E-mail", "eve@example.org"),
        (2, "Notes", "René"),
    ] {
        assert_eq!(
            found[n].get(header).map(|cell| cell.to_lowercase()),
            Some(cell.to_lowercase()),
            "{header}: {found:?}"
        );
    }
    assert!(!found[1].keys().any(|header| ["PHOTO", "REV", "UID", "VERSION"].contains(&header.as_str())));
    let remarks = read(Cursor::new(text.as_bytes())).expect("cards").remarks;
    assert_eq!(remarks, ["Left in the cards, and not imported: 1 photo and 1 revision stamp."]);
}

#[test]
fn a_group_is_a_tag_of_those_whose_cards_are_in_the_file() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nUID:A-1\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bo\nUID:urn:uuid:b-2\nCATEGORIES:rust\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:Speakers\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a-1\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:B-2\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:gone\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:urn:uuid:b-2\nEND:VCARD\n";
    let found = cards(text.as_bytes());
    let tags: Vec<Option<&str>> = found.iter().map(|card| card.get("Tags").map(String::as_str)).collect();
    assert_eq!(tags, [Some("Speakers"), Some("rust, Speakers, Friends")]);
    assert_eq!(
        read(Cursor::new(text.as_bytes())).expect("cards").remarks,
        [
            "Of 4 cards 2 are groups and nobody (“Speakers”, “Friends”); their names become tags of 2 people. 1 member is not in this file."
        ]
    );
}

#[test]
fn a_birthday_without_a_year_is_written_without_one_in_every_version() {
    for (line, wanted) in [
        ("VERSION:4.0\nBDAY:--0412", "Birthday: 04-12"),
        ("VERSION:3.0\nBDAY:--04-12", "Birthday: 04-12"),
        ("VERSION:4.0\nBDAY:1990-04", "Birthday: 1990-04"),
        ("VERSION:3.0\nBDAY;value=date:1990-04", "Birthday: 1990-04"),
        ("VERSION:3.0\nBDAY;X-APPLE-OMIT-YEAR=1604;value=date:1604-04-12", "Birthday: 04-12"),
        ("VERSION:3.0\nitem1.BDAY:1990-04-12T00:00:00Z", "Birthday: 1990-04-12"),
        ("VERSION:4.0\nBDAY;VALUE=text:circa 1800", "Birthday: circa 1800"),
        ("VERSION:4.0\nANNIVERSARY:--0501", "Anniversary: 05-01"),
    ] {
        let text = format!("BEGIN:VCARD\n{line}\nFN:Ada\nEND:VCARD\n");
        assert_eq!(cards(text.as_bytes())[0]["Notes"], wanted, "{line}");
    }
}

use chrono::NaiveDate;

use super::*;
use crate::normal::ContactKind;

#[test]
fn a_linkedin_export_becomes_people() {
    let file = "\u{FEFF}Notes:\r\n\"When exporting your connection data, you may notice \
        that some of the email addresses are missing.\"\r\n\r\n\
        First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n\
        Priya,Nair,https://www.linkedin.com/in/priya-nair,,\"Acme, Inc.\",Engineer,12 Mar 2024\r\n\
        ,,,,,,\r\n\
        Zoë,Larsson,https://www.linkedin.com/in/zo%C3%AB,zoe@example.org,,,7-Feb-22\r\n\
        Sam,Okoro,,,,,some time in May\r\n";
    let found = people(file);
    assert_eq!(found[1], Ok(None));
    let people: Vec<ImportedPerson> = found.into_iter().filter_map(|person| person.expect("no refusal")).collect();
    assert_eq!(
        people.iter().map(|person| (person.row, person.name.as_str())).collect::<Vec<_>>(),
        [(5, "Priya Nair"), (7, "Zoë Larsson"), (8, "Sam Okoro")]
    );
    assert_eq!(people[0].organisation.as_deref(), Some("Acme, Inc."));
    assert_eq!(people[0].contacts, [(ContactKind::Linkedin, "https://www.linkedin.com/in/priya-nair".to_owned())]);
    let met = |date, raw: &str| Some(MetOn { date, precision: DayPrecision::Day, raw: raw.to_owned() });
    assert_eq!(people[0].met_on, met(NaiveDate::from_ymd_opt(2024, 3, 12).unwrap(), "12 Mar 2024"));
    assert_eq!(people[1].met_on, met(NaiveDate::from_ymd_opt(2022, 2, 7).unwrap(), "7-Feb-22"));
    assert_eq!(people[2].met_on, None);
    assert_eq!(
        people[2].notes.as_deref(),
        Some("Connected On: some time in May"),
        "a day that cannot be read is not lost"
    );
}

#[test]
fn whose_name_is_written_in_han_or_hangul_is_called_by_the_family_first() {
    let file = "First Name,Last Name\n小龙,李\n민수,김\nKenji,Tanaka\nAda,李\n";
    let names: Vec<String> = people(file).into_iter().map(|one| one.expect("read").expect("a person").name).collect();
    assert_eq!(names, ["李 小龙", "김 민수", "Kenji Tanaka", "Ada 李"]);
}

#[test]
fn a_google_export_becomes_people() {
    let header = "First Name,Middle Name,Last Name,Nickname,Organization Name,Notes,Labels,\
        E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value,Address 1 - Street,Address 1 - Country";
    let row = "Ada,King,Lovelace,Enchantress,Engines,\"Two\nlines\",Rust ::: * myContacts ::: Meetup,\
        * Work,ada@example.org ::: ADA@example.org ::: ada@engines.example,* Other,\
        +44 20 7946 0958 ::: 020 7946 0000,1 High St,United Kingdom";
    let ada = person(format!("{header}\n{row}\n"));
    assert_eq!(ada.name, "Ada King Lovelace");
    assert_eq!(ada.tags, ["Rust", "Meetup"]);
    assert_eq!(
        ada.contacts,
        [
            (ContactKind::Email, "ada@example.org".to_owned()),
            (ContactKind::Email, "ada@engines.example".to_owned()),
            (ContactKind::Phone, "+44 20 7946 0958".to_owned()),
            (ContactKind::Phone, "020 7946 0000".to_owned()),
        ],
        "the label * Other is no address"
    );
    assert_eq!(ada.notes.as_deref(), Some("Two\nlines\nNickname: Enchantress"));
    assert_eq!(ada.country, Some(ImportedCountry { raw: "United Kingdom".into(), code: Some("GB") }));
}

#[test]
fn a_row_without_a_name_says_what_to_do() {
    let refusal = refusal("Name,City\n,London\n");
    assert_eq!((refusal.row, refusal.column), (2, None));
    assert_eq!(refusal.reason, "Row 2 has no name. Map a name column, or fill one in and import the file again.");
}

#[test]
fn a_nickname_is_a_name_when_there_is_no_other() {
    assert_eq!(person("Name,Nickname\n,zed\n").name, "zed");
    assert_eq!(person("Name,Nickname\nZdenka,Zdenka\n").notes, None);
}

#[test]
fn what_is_no_e_mail_address_is_refused_by_row_and_column() {
    let found = people("Name,E-mail,Work email\nAda,ada@example.org,\nBob,bob@example.org,bob at work\n");
    assert!(found[0].is_ok());
    let refusal = found[1].clone().expect_err("refused");
    assert_eq!((refusal.row, refusal.column.as_deref()), (3, Some("Work email")));
    assert!(refusal.reason.starts_with("“bob at work” in row 3 is not an e-mail address."), "{}", refusal.reason);
}

#[test]
fn several_addresses_may_share_a_cell() {
    let addresses = |cell: &str| {
        person(format!("Name,E-mail\nAda,\"{cell}\"\n"))
            .contacts
            .into_iter()
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
    };
    assert_eq!(addresses("a@example.org; b@example.org"), ["a@example.org", "b@example.org"]);
    assert_eq!(addresses("a@example.org,b@example.org"), ["a@example.org", "b@example.org"]);
    assert_eq!(addresses("Ada Lovelace <a@example.org>"), ["Ada Lovelace <a@example.org>"]);
}

#[test]
fn values_are_kept_as_they_stand_in_the_file() {
    let ada = person("Name,Company,Country,Phone,T-shirt \n Ada  Lovelace ,  Engines,Atlantis,\t+44 1,  \n");
    assert_eq!(ada.name, " Ada  Lovelace ");
    assert_eq!(ada.organisation.as_deref(), Some("  Engines"));
    assert_eq!(ada.country, Some(ImportedCountry { raw: "Atlantis".into(), code: None }));
    assert_eq!(ada.contacts[0].1, "\t+44 1");
}

#[test]
fn custom_fields_keep_their_label_and_text() {
    let table = &mut table("Name,Size,Diet\nAda, M ,\n");
    let mapping = [
        ColumnMapping::Target(ImportTarget::Name),
        ColumnMapping::Custom("T-shirt".into()),
        ColumnMapping::Custom("Diet".into()),
    ];
    let columns = Columns::new(table.headers(), &mapping, table.samples());
    let ada = person_from(&columns, &rows(table)[0]).unwrap().unwrap();
    assert_eq!(ada.custom, [("T-shirt".to_owned(), " M ".to_owned())]);
}

#[test]
fn a_second_column_for_one_field_loses_nothing() {
    let mut table = table(
        "Name,Employer,Company,First,Joined\nAda Lovelace,Engines,Analytics,Grace,03/04/2024\nBob,,Analytics,Bob,25/04/2024\n",
    );
    let target = ColumnMapping::Target;
    let mapping = [
        target(ImportTarget::Name),
        target(ImportTarget::Organisation),
        target(ImportTarget::Organisation),
        target(ImportTarget::FirstName),
        target(ImportTarget::MetOn),
    ];
    let columns = Columns::new(table.headers(), &mapping, table.samples());
    let people: Vec<_> = rows(&mut table).iter().map(|row| person_from(&columns, row).unwrap().unwrap()).collect();
    assert_eq!(people[0].organisation.as_deref(), Some("Engines"));
    assert_eq!(people[0].notes.as_deref(), Some("Company: Analytics\nFirst: Grace"));
    assert_eq!(
        people[0].met_on.as_ref().map(|met| met.date),
        NaiveDate::from_ymd_opt(2024, 4, 3),
        "row 3 proves the order"
    );
    assert_eq!(people[1].organisation.as_deref(), Some("Analytics"));
    assert_eq!(people[1].notes, None);
}

#[test]
fn every_target_keeps_what_stands_in_its_column() {
    for target in ImportTarget::ALL.into_iter().filter(|target| *target != ImportTarget::Skip) {
        let mut table = table("Person,Column\nAda Lovelace,grace@example.org\n");
        let mapping = [ColumnMapping::Target(ImportTarget::Name), ColumnMapping::Target(target)];
        let columns = Columns::new(table.headers(), &mapping, table.samples());
        let ada = person_from(&columns, &rows(&mut table)[0]).unwrap().unwrap();
        assert_eq!(ada.name, "Ada Lovelace");
        assert!(format!("{ada:?}").contains("grace@example.org"), "{target:?}: {ada:?}");
    }
}

#[test]
fn damaged_rows_are_refused_with_their_number() {
    let found = people("Name,City\nAda,London\nBob,\"Paris\nCy,Rome\n");
    let refusal = found[1].clone().expect_err("refused");
    assert_eq!(refusal.row, 3);
    assert_eq!(
        refusal.reason,
        "Row 3 opens a quotation mark that is not closed. Close or remove it and import the file again."
    );
    assert!(found[2].is_ok());
}

#[test]
fn a_name_too_long_to_keep_is_refused() {
    assert_eq!(person(format!("Name\n{}\n", "é".repeat(200))).name.chars().count(), 200);
    assert!(refusal(format!("Name\n{}\n", "é".repeat(201))).reason.contains("longer than 200 letters"));
}

#[test]
fn tags_are_found_in_every_kind_of_list() {
    for cell in [
        "rust, wasm",
        "rust;wasm",
        "rust|wasm",
        "rust\nwasm",
        "rust ::: * myContacts ::: wasm",
        "\"rust\",\"wasm\"",
        "rust, Rust,,wasm",
    ] {
        assert_eq!(split_names(cell), ["rust", "wasm"], "{cell}");
    }
    assert_eq!(split_names("5\" disk"), ["5\" disk"]);
}

proptest::proptest! {
    #[test]
    fn tags_come_back_from_one_cell(names in proptest::collection::vec("[a-zA-Z0-9 ,;|\"*:#+'é\n-]{1,12}", 0..6)) {
        let mut wanted: Vec<String> = Vec::new();
        for name in names.iter().map(|name| name.trim()) {
            let known = wanted.iter().any(|other| crate::normal::fold(other) == crate::normal::fold(name));
            if !name.is_empty() && !known {
                wanted.push(name.to_owned());
            }
        }
        proptest::prop_assert_eq!(split_names(&join_names(&wanted)), wanted);
    }
}

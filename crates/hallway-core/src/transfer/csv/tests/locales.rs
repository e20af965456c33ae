//! 1,284 invented people in 107 locales, all the way in and out.

use super::*;
use crate::normal::ContactKind;

const MAPPED: [&str; 6] = ["name", "company", "job", "city", "phone", "email"];

#[test]
fn the_columns_of_people_are_mapped_and_the_postal_ones_are_named() {
    let mut table = table(fixture("people-107-locales.csv"));
    let layout = recognise(table.headers(), table.samples());
    assert_eq!(layout.name, "CSV");
    let mapped: Vec<_> =
        table.headers().iter().zip(&layout.mapping).filter(|(_, mapping)| !mapping.is_skip()).collect();
    use ImportTarget::*;
    let wanted = [
        ("name", Name),
        ("company", Organisation),
        ("job", RoleTitle),
        ("city", City),
        ("phone", Phone),
        ("email", Email),
    ];
    for ((header, mapping), (name, target)) in mapped.iter().zip(wanted) {
        assert_eq!((header.as_str(), *mapping), (name, &ColumnMapping::Target(target)));
    }
    assert_eq!(mapped.len(), wanted.len());

    let mut survey = Survey::new(table.headers(), &layout.mapping);
    rows(&mut table).iter().for_each(|row| survey.see(row));
    assert_eq!(survey.unmapped(), ["locale", "first_name", "last_name", "street", "postcode", "address_multiline"]);
    assert_eq!((survey.rows, survey.blank, survey.longer, survey.shorter), (1284, 0, 0, 0));
}

#[test]
fn all_1284_people_are_accounted_for() {
    let found = people(fixture("people-107-locales.csv"));
    assert_eq!(found.len(), 1284);
    let people: Vec<_> = found.into_iter().map(|person| person.expect("no refusal").expect("no blank row")).collect();
    assert_eq!(people.iter().map(|person| person.row).collect::<Vec<_>>(), (2..=1285).collect::<Vec<_>>());
    assert!(
        people
            .iter()
            .all(|person| person.contacts.len() == 2 && person.organisation.is_some() && person.notes.is_none())
    );
    assert_eq!(
        people.iter().filter(|person| person.contacts.iter().any(|(_, value)| value.starts_with('+'))).count(),
        412
    );
}

#[test]
fn the_mapped_columns_come_out_with_the_same_bytes() {
    let bytes = fixture("people-107-locales.csv");
    let mut wanted = Vec::new();
    let mut judge = ::csv::ReaderBuilder::new().from_reader(&bytes[..]);
    let places: Vec<usize> =
        MAPPED.iter().map(|name| judge.headers().unwrap().iter().position(|header| header == *name).unwrap()).collect();
    for record in judge.byte_records() {
        let record = record.unwrap();
        wanted.push(places.iter().map(|place| record[*place].to_vec()).collect::<Vec<_>>());
    }
    assert_eq!(wanted.len(), 1284);

    for mode in [ExportMode::Program, ExportMode::Spreadsheet] {
        let mut writer = CsvWriter::new(Vec::new(), mode);
        writer.write(["Name", "Organisation", "Role", "City", "Phone", "E-mail"]).unwrap();
        for person in people(&bytes) {
            let person = person.unwrap().unwrap();
            let contact =
                |kind| person.contacts.iter().find(|(known, _)| *known == kind).map_or("", |(_, value)| value);
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            writer
                .write([
                    person.name.clone(),
                    text(&person.organisation),
                    text(&person.role_title),
                    text(&person.city),
                    contact(ContactKind::Phone).to_owned(),
                    contact(ContactKind::Email).to_owned(),
                ])
                .unwrap();
        }
        let (out, written) = writer.finish().unwrap();
        assert_eq!((written.records, written.bytes), (1285, out.len() as u64));
        assert_eq!(written.flagged_cells, 0, "telephone numbers are no formulas");
        let (_, cells) = read(&out);
        let cells: Vec<Vec<Vec<u8>>> =
            cells.into_iter().map(|row| row.into_iter().map(String::into_bytes).collect()).collect();
        assert_eq!(cells, wanted, "{mode:?}");
        if mode == ExportMode::Program {
            let independent = ::csv::Reader::from_reader(&out[..])
                .into_byte_records()
                .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect::<Vec<_>>())
                .collect::<Vec<_>>();
            assert_eq!(independent, wanted);
        }
    }
}

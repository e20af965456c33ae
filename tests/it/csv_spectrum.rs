//! The acid tests of CSV, all the way: looked at, brought in, and written out again.
use crate::{desk::Desk, repository::read};
use serde_json::{Value, json};

const NAMES: [&str; 12] = [
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
];

#[test]
fn every_file_of_csv_spectrum_comes_in_and_out_as_its_json_says() {
    for name in NAMES {
        let desk = Desk::new();
        let wanted = wanted(name);
        let file = crate::repository::root().join(format!("tests/fixtures/csv-spectrum/csvs/{name}.csv"));
        let mut request = desk.import_of(&file, true);
        let looked = desk.call("imports.preview", request.clone());
        let headers: Vec<&str> = looked["columns"]
            .as_array()
            .expect("columns")
            .iter()
            .map(|column| column["header"].as_str().expect("a header"))
            .collect();
        let mut known: Vec<&String> = wanted[0].as_object().expect("a row").keys().collect();
        known.sort_by_key(|header| headers.iter().position(|found| found == header));
        assert_eq!(headers, known, "{name}");

        // Somebody needs a name: the first column is it, and the others are fields of one's own.
        let mapping = headers
            .iter()
            .enumerate()
            .map(|(n, header)| if n == 0 { json!({ "target": "name" }) } else { json!({ "custom": header }) });
        request["mapping"] = mapping.collect();
        let preview = desk.call("imports.preview", request.clone());
        assert_eq!(preview["rows"].as_u64(), Some(wanted.len() as u64), "{name}");
        assert_eq!((&preview["newPeople"], &preview["unmapped"]), (&json!(wanted.len()), &json!([])), "{name}");
        assert_eq!(desk.call("imports.run", request)["added"], json!(wanted.len()), "{name}");

        let fields = desk.call("fields.list", json!({}));
        let columns: Vec<String> = headers
            .iter()
            .enumerate()
            .map(|(n, header)| if n == 0 { "name".to_owned() } else { key(&fields, header) })
            .collect();
        // A field nobody filled was not made, and has no column.
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let out: Vec<Value> = desk
            .export(&columns)
            .into_iter()
            .map(|row| {
                headers
                    .iter()
                    .zip(row)
                    .map(|(header, cell)| ((*header).to_owned(), Value::from(cell)))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            })
            .collect();
        assert_eq!(out, wanted, "{name}");
        desk.is_sound();
    }
}

fn key(fields: &Value, label: &str) -> String {
    let field = fields
        .as_array()
        .expect("fields")
        .iter()
        .find(|field| field["label"] == label)
        .unwrap_or_else(|| panic!("no field {label}"));
    format!("field:{}", field["id"].as_str().expect("an id"))
}

/// The rows as the JSON beside the file says.
fn wanted(name: &str) -> Vec<Value> {
    let wanted: Value =
        serde_json::from_str(&read(&format!("tests/fixtures/csv-spectrum/json/{name}.json"))).expect("JSON");
    // A file with one row may have its object alone, and one has a telephone number that its CSV does not have.
    let mut rows = match wanted {
        Value::Array(rows) => rows,
        row => vec![row],
    };
    if name == "location_coordinates" {
        rows[0]["Contact Phone Number"] = "2095257564".into();
    }
    rows
}

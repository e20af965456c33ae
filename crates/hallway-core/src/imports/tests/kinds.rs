//! What kind of file somebody brings, and the very same file once more.
use crate::{Access, testing::Desk, transfer::packed::archive};
use serde_json::{Value, json};
use std::fs;

fn request(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> Value {
    let path = desk.path(name);
    fs::write(&path, bytes).unwrap();
    json!({ "file": desk.store.grant(path, Access::Read), "matching": true, "source": "import" })
}

#[test]
fn a_web_page_that_is_called_a_workbook_is_told_for_what_it_is() {
    let desk = Desk::new();
    for page in [
        "<html><body><table><tr><td>Name</td></tr></table></body></html>",
        "\u{feff}\r\n<!DOCTYPE html>\n<html></html>",
        "<table border=1><tr><th>Name</th></tr></table>",
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head></head></html>",
    ] {
        let refused = desk.refused("imports.preview", request(&desk, "people.xls", page));
        assert_eq!(
            refused.message,
            "people.xls: This is a web page (HTML) and no workbook, whatever it is called. Open it in a spreadsheet, save it as .xlsx or CSV, and choose that."
        );
    }
    assert_eq!(desk.call("imports.preview", request(&desk, "a.csv", "Name\n<3 Ada>\n"))["rows"], 1);
}

#[test]
fn what_linkedin_packs_is_read_and_any_other_archive_is_to_be_unpacked() {
    let desk = Desk::new();
    let list = "Notes:\r\n\"When exporting your connection data\"\r\n\r\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\r\nPriya,Sharma,https://www.linkedin.com/in/priya-s,,Acme,Engineer,12 Mar 2024\r\n";
    let packed = archive(&[("Messages.csv", "FROM,TO\n"), ("Basic/Connections.csv", list)]);
    let asked = request(&desk, "Basic_LinkedInDataExport.zip", packed);
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!((&seen["layout"], &seen["newPeople"]), (&json!("LinkedIn Connections"), &json!(1)));
    desk.call("imports.run", asked);
    assert_eq!(desk.names(), ["Priya Sharma"]);
    let other = archive(&[("a.csv", "Name\nAda\n")]);
    assert_eq!(
        desk.refused("imports.preview", request(&desk, "lists.zip", other)).message,
        "lists.zip: This is a compressed file. Unpack it, and choose the file inside."
    );
}

#[test]
fn outlooks_file_is_known_with_its_cities_and_countries() {
    let desk = Desk::new();
    let seen = desk.call(
        "imports.preview",
        request(
            &desk,
            "contacts.csv",
            "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,E-mail Address,Business City,Business Country/Region,Home City,Home Country/Region\n\
             Dr,Ada,,Byron,,Acme,R&D,Engineer,ada@acme.example,London,United Kingdom,Kent,France\n",
        ),
    );
    assert_eq!(seen["layout"], "Outlook Contacts");
    let goes: Vec<(&str, &str)> = seen["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["header"].as_str().unwrap(), c["mapping"]["target"].as_str().unwrap()))
        .filter(|(_, target)| *target != "skip")
        .collect();
    assert_eq!(
        goes,
        [
            ("First Name", "first_name"),
            ("Middle Name", "middle_name"),
            ("Last Name", "last_name"),
            ("Company", "organisation"),
            ("Job Title", "role_title"),
            ("E-mail Address", "email"),
            ("Business City", "city"),
            ("Business Country/Region", "country"),
        ]
    );
    let home = "First Name,Last Name,E-mail Address,Business City,Business Country,Home City,Home Country\nAda,Byron,a@x.example,,,Kent,France\n";
    let seen = desk.call("imports.preview", request(&desk, "home.csv", home));
    let city = seen["columns"].as_array().unwrap().iter().find(|c| c["mapping"]["target"] == "city").unwrap();
    assert_eq!(city["header"], "Home City");
}

#[test]
fn what_an_import_would_stop_at_is_said_before() {
    let desk = Desk::new();
    let seen = desk.call(
        "imports.preview",
        request(
            &desk,
            "days.csv",
            "Name,Email,Last contact,Newsletter\nAda,a@x.example,03/04/2024,yes\nBo,b@x.example,05/06/2024,no\n",
        ),
    );
    let fields: Vec<&str> = seen["stops"].as_array().unwrap().iter().map(|s| s["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["days", "newsletter"]);
    assert_eq!(
        seen["stops"][0]["message"],
        desk.refused("imports.begin", request(&desk, "days.csv", "Name,Last contact\nAda,03/04/2024\n")).message
    );
    assert_eq!(desk.call("imports.preview", request(&desk, "a.csv", "Name\nAda\n"))["stops"], json!([]));
}

#[test]
fn the_same_file_again_asks_about_rows_without_an_address() {
    let desk = Desk::new();
    let text = "Name,Company,Email,Phone\nAda Byron,Acme,,+1 555 0100\nBo Li,,,\nEve Obi,Acme,eve@acme.example,\n";
    let asked = request(&desk, "meetup.csv", text);
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!((&seen["addedAgain"], &seen["newPeople"]), (&json!(0), &json!(3)), "the first time nothing is said");
    desk.call("imports.run", asked.clone());
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!(
        (&seen["alreadyImported"], &seen["addedAgain"], &seen["waitsAgain"], &seen["look"], &seen["unchanged"]),
        (&json!("2026-05-21"), &json!(2), &json!(2), &json!(2), &json!(1))
    );
    let row = &seen["examples"][0];
    assert_eq!(row["candidate"]["name"], "Ada Byron");
    assert!(row["reason"].as_str().unwrap().starts_with("Ada Byron came from this very file before"), "{row}");
    // Nobody is merged by a name, and nobody is added twice, unless somebody says so.
    let done = desk.call("imports.run", asked.clone());
    assert_eq!((&done["added"], &done["waiting"]), (&json!(0), &json!(2)));
    let mut decided = asked.clone();
    decided["decisions"] = json!({ "2": "same", "3": "new" });
    let done = desk.call("imports.run", decided);
    assert_eq!((&done["added"], &done["unchanged"], &done["waiting"]), (&json!(1), &json!(2), &json!(0)));
    // Whoever is called otherwise since is not found by the name any more.
    let ada = desk.call("people.matching", json!({ "text": "Ada", "limit": 1 }))[0]["id"].clone();
    desk.call("people.edit", json!({ "id": ada, "displayName": "Countess" }));
    let seen = desk.call("imports.preview", asked.clone());
    assert_eq!((&seen["addedAgain"], &seen["waitsAgain"], &seen["newPeople"]), (&json!(2), &json!(1), &json!(1)));
    let mut apart = asked;
    apart["matching"] = json!(false);
    assert_eq!(desk.call("imports.preview", apart)["addedAgain"], 2);
    desk.is_sound();
}

use ts_rs::TS;

use super::*;

/// Headers and where they go, without those that go nowhere.
fn mapped(headers: &[&str]) -> (&'static str, Vec<(String, ImportTarget)>) {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let layout = recognise(&headers, &[]);
    let targets = headers.into_iter().zip(layout.mapping).filter_map(|(header, mapping)| match mapping {
        ColumnMapping::Target(target) if target != ImportTarget::Skip => Some((header, target)),
        _ => None,
    });
    (layout.name, targets.collect())
}

fn targets(headers: &[&str]) -> Vec<ImportTarget> {
    mapped(headers).1.into_iter().map(|(_, target)| target).collect()
}

fn header_row(name: &str) -> (String, Vec<String>) {
    let all: serde_json::Value = serde_json::from_slice(&fixture("headers.json")).expect("JSON");
    let row = &all[name];
    let columns =
        row["columns"].as_array().expect("columns").iter().map(|column| column.as_str().expect("text").to_owned());
    (row["delimiter"].as_str().expect("a delimiter").to_owned(), columns.collect())
}

fn known_file(name: &str) -> (&'static str, Vec<(String, ImportTarget)>) {
    let (_, columns) = header_row(name);
    mapped(&columns.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn linkedin_connections_are_recognised_with_and_without_links() {
    use ImportTarget::*;
    let (name, found) = known_file("linkedin_connections");
    assert_eq!(name, "LinkedIn Connections");
    let found: Vec<_> = found.into_iter().map(|(_, target)| target).collect();
    assert_eq!(found, [FirstName, LastName, Linkedin, Email, Organisation, RoleTitle, MetOn]);
    let (name, found) = known_file("linkedin_connections_no_url");
    assert_eq!((name, found.len()), ("LinkedIn Connections", 6));
}

#[test]
fn google_contacts_are_recognised_new_and_old() {
    let (name, found) = known_file("google_contacts_new");
    assert_eq!(name, "Google Contacts");
    let of = |wanted| {
        found.iter().filter(|(_, target)| *target == wanted).map(|(header, _)| header.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(ImportTarget::Email), ["E-mail 1 - Value", "E-mail 2 - Value", "E-mail 3 - Value"]);
    assert_eq!(of(ImportTarget::Phone).len(), 4);
    assert_eq!(of(ImportTarget::FirstName), ["First Name"]);
    assert_eq!(of(ImportTarget::Organisation), ["Organization Name"]);
    assert_eq!(of(ImportTarget::Tags), ["Labels"]);
    assert_eq!(of(ImportTarget::City), ["Address 1 - City"]);

    let (name, found) = known_file("google_contacts_old");
    assert_eq!(name, "Google Contacts");
    let of = |wanted| {
        found.iter().filter(|(_, target)| *target == wanted).map(|(header, _)| header.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(ImportTarget::Name), ["Name"]);
    assert_eq!(of(ImportTarget::FirstName), Vec::<&str>::new(), "the whole name wins");
    assert_eq!(of(ImportTarget::Website), ["Website 1 - Value", "Website 2 - Value"]);
    assert_eq!(of(ImportTarget::RoleTitle), ["Organization 1 - Title"]);
}

#[test]
fn numbered_groups_have_no_end() {
    let (_, found) = mapped(&[
        "Given Name",
        "E-mail 1 - Type",
        "E-mail 41 - Value",
        "Phone 7 - Value",
        "E-mail x - Value",
        "E-mail 2 - Type",
    ]);
    assert_eq!(
        found.iter().map(|(header, _)| header.as_str()).collect::<Vec<_>>(),
        ["Given Name", "E-mail 41 - Value", "Phone 7 - Value"]
    );
}

#[test]
fn no_known_file_has_a_postal_column_mapped_or_a_field_filled_twice() {
    let all: serde_json::Value = serde_json::from_slice(&fixture("headers.json")).expect("JSON");
    let names: Vec<&String> = all.as_object().expect("an object").keys().collect();
    assert_eq!(names.len(), 30);
    for name in names {
        let (_, found) = known_file(name);
        for (header, target) in &found {
            let postal = [
                "street",
                "zip",
                "post",
                "state",
                "address line",
                "address 1 - f",
                "po box",
                "region",
                "county",
                "extended",
            ];
            let header = header.to_lowercase();
            let country = *target == ImportTarget::Country || *target == ImportTarget::City;
            assert!(country || !postal.iter().any(|word| header.contains(word)), "{name}: {header}");
            let twice = found.iter().filter(|(_, other)| other == target).count() > 1;
            assert!(target.takes_many() || !twice, "{name}: {target:?}");
        }
    }
}

#[test]
fn files_of_other_tools_map_their_people() {
    use ImportTarget::*;
    let has = |name: &str, wanted: &[(&str, ImportTarget)]| {
        let (layout, found) = known_file(name);
        let known = ["outlook_classic_desktop", "outlook_via_google", "linkedin_2015_outlook_style"];
        assert_eq!(layout, if known.contains(&name) { "Outlook Contacts" } else { "CSV" }, "{name}");
        for (header, target) in wanted {
            assert!(found.contains(&((*header).to_owned(), *target)), "{name}: {header} in {found:?}");
        }
        found.len()
    };
    assert_eq!(has("luma_guests", &[("name", Name), ("email", Email), ("phone_number", Phone)]), 3);
    assert_eq!(has("mastodon_following", &[("Account address", Mastodon), ("Languages", Languages)]), 2);
    assert_eq!(has("listmonk_export", &[("email", Email), ("name", Name)]), 2);
    assert_eq!(has("substack_email_list", &[("email", Email)]), 1);
    has(
        "outlook_classic_desktop",
        &[
            ("First Name", FirstName),
            ("Job Title", RoleTitle),
            ("E-mail 2 Address", Email),
            ("Mobile Phone", Phone),
            ("Web Page", Website),
            ("Categories", Tags),
        ],
    );
    has("eventbrite_attendees", &[("First Name", FirstName), ("Last Name", LastName), ("Email", Email)]);
    has(
        "tito_tickets_subset",
        &[("Ticket Full Name", Name), ("Ticket Email", Email), ("Ticket Company Name", Organisation), ("Tags", Tags)],
    );
    has(
        "sessionize_sessions_export",
        &[
            ("FirstName", FirstName),
            ("TagLine", RoleTitle),
            ("LinkedIn", Linkedin),
            ("X (Twitter)", X),
            ("Your pronoun", Pronouns),
        ],
    );
    has(
        "mailchimp_export",
        &[("Email Address", Email), ("First Name", FirstName), ("TIMEZONE", TimeZone), ("TAGS", Tags)],
    );
    has("discourse_user_list", &[("name", Name), ("email", Email), ("website", Website)]);
    has("hubspot_contacts_min", &[("Email", Email), ("Associated Company", Organisation)]);
    has("ghost_members_export", &[("note", Notes), ("labels", Tags)]);
}

#[test]
fn headers_in_other_languages_are_understood() {
    use ImportTarget::*;
    assert_eq!(
        targets(&["Vorname", "Nachname", "Firma", "E-Mail-Adresse", "Telefon", "Ort", "Land"]),
        [FirstName, LastName, Organisation, Email, Phone, City, Country]
    );
    assert_eq!(targets(&["Name", "Vorname", "Straße", "PLZ"]), [LastName, FirstName]);
    assert_eq!(
        targets(&["Nom", "Prénom", "Entreprise", "Courriel", "Ville"]),
        [LastName, FirstName, Organisation, Email, City]
    );
    assert_eq!(targets(&["Nom", "Pays"]), [Name, Country]);
    assert_eq!(targets(&["Nombre", "Apellidos", "Correo electrónico", "País"]), [FirstName, LastName, Email, Country]);
    assert_eq!(targets(&["Nome", "E-mail", "Cidade"]), [Name, Email, City]);
    assert_eq!(targets(&["氏名", "会社名", "メールアドレス"]), [Name, Organisation, Email]);
    assert_eq!(targets(&["Imię", "Nazwisko", "Miasto"]), [FirstName, LastName, City]);
}

#[test]
fn what_stands_in_a_column_decides_where_its_header_says_little() {
    let mapping = |text: &str| {
        let table = table(text);
        recognise(table.headers(), table.samples()).mapping
    };
    let target = ColumnMapping::Target;
    let links = "name,url\nAda,https://github.com/ada\nBob,https://github.com/bob\n";
    assert_eq!(mapping(links)[1], target(ImportTarget::Github));
    let mixed = "name,url\nAda,https://github.com/ada\nBob,https://example.org\n";
    assert_eq!(mapping(mixed)[1], target(ImportTarget::Website));
    let post = "name,mail\nAda,12 High Street\nBob,1 Low Street\n";
    assert_eq!(mapping(post)[1], ColumnMapping::SKIP);
    let headless = "Ada Lovelace,ada@example.org\nBob,bob@example.org\n";
    assert_eq!(mapping(headless), [ColumnMapping::SKIP, target(ImportTarget::Email)]);
}

#[test]
fn every_exported_label_is_recognised_when_it_comes_back() {
    for target in ImportTarget::ALL.into_iter().filter(|target| *target != ImportTarget::Skip) {
        assert_eq!(targets(&[target.label()]), [target], "{}", target.label());
    }
    let labels: Vec<&str> = ImportTarget::ALL.iter().map(|target| target.label()).collect();
    let unique: std::collections::HashSet<_> = labels.iter().collect();
    assert_eq!(unique.len(), labels.len());
}

#[test]
fn mappings_look_on_the_wire_as_the_window_expects() {
    let json = |mapping: &ColumnMapping| serde_json::to_string(mapping).unwrap();
    assert_eq!(json(&ColumnMapping::Target(ImportTarget::RoleTitle)), r#"{"target":"role_title"}"#);
    assert_eq!(json(&ColumnMapping::Custom("T-shirt".into())), r#"{"custom":"T-shirt"}"#);
    let back: Mapping = serde_json::from_str(r#"[{"target":"met_on"},{"custom":"x"},{"target":"skip"}]"#).unwrap();
    assert_eq!(
        back,
        [ColumnMapping::Target(ImportTarget::MetOn), ColumnMapping::Custom("x".into()), ColumnMapping::SKIP]
    );

    let config = ts_rs::Config::new();
    let targets = ImportTarget::ALL.map(|target| serde_json::to_string(&target).unwrap()).join(" | ");
    assert_eq!(ImportTarget::inline(&config), targets);
    assert_eq!(ColumnMapping::inline(&config), r#"{ "target": ImportTarget } | { "custom": string }"#);
    assert_eq!(ExportMode::inline(&config), r#""program" | "spreadsheet""#);
}

#[test]
fn a_column_looks_on_the_wire_as_the_window_expects() {
    let mut survey = Survey::new(&["E-mail".to_owned()], &[ColumnMapping::Target(ImportTarget::Email)]);
    let mut table = table("E-mail\nada@example.org\n");
    rows(&mut table).iter().for_each(|row| survey.see(row));
    let wanted = serde_json::json!([{
        "index": 0, "header": "E-mail", "samples": ["ada@example.org"], "filled": 1, "mapping": {"target": "email"}, "days": null,
        "unread": null
    }]);
    assert_eq!(serde_json::to_value(&survey.columns).unwrap(), wanted);
}

#[test]
fn contact_targets_and_contact_kinds_are_the_same_list() {
    for kind in crate::normal::ContactKind::ALL {
        let target = ImportTarget::for_contact(kind);
        assert_eq!(target.contact(), Some(kind));
        assert_eq!(serde_json::to_value(target).unwrap(), kind.key());
    }
    assert_eq!(ImportTarget::ALL.iter().filter(|target| target.contact().is_some()).count(), 16);
}

#[test]
fn what_stands_in_a_column_says_whether_where_is_a_country_and_whether_languages_are_spoken() {
    use ImportTarget::*;
    let of = |text: &str| {
        let table = Table::open(std::io::Cursor::new(text.to_owned())).expect("a table");
        let mapping = recognise(table.headers(), table.samples()).mapping;
        match mapping[2] {
            ColumnMapping::Target(target) => target,
            ColumnMapping::Custom(_) => panic!("nothing is made up"),
        }
    };
    for (column, cells, wanted) in [
        ("Where", ["Germany", "Japan", "Brasil"], Country),
        ("Where", ["FOSDEM", "the hallway", "a meetup"], Skip),
        ("Language", ["Rust", "Go, TypeScript", "C++"], Stack),
        ("Language", ["English", "German, Polish", "日本語"], Languages),
        ("Languages", ["English", "Go", "pt"], Languages),
    ] {
        let rows: String = cells.iter().map(|cell| format!("Ada;ada@acme.example;{cell}\n")).collect();
        assert_eq!(of(&format!("Name;Email;{column}\n{rows}")), wanted, "{column}: {cells:?}");
    }
}

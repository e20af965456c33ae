use crate::transfer::csv::{CameBack, Returned, Table, recognise_returns, returns_of};

fn headers(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

/// What one row of a file with these headers says.
fn says(file: &str, columns: &str, row: &[&str]) -> (&'static str, Returned) {
    let returns = recognise_returns(file, &headers(columns)).expect("it is recognised");
    let cells: Vec<String> = row.iter().map(|cell| (*cell).to_owned()).collect();
    (returns.program, returns.read(&cells).expect("an address").expect("a row"))
}

fn is(address: &str, outcome: CameBack, day: Option<&str>) -> Returned {
    Returned { address: address.into(), outcome, day: day.map(str::to_owned) }
}

const MAILCHIMP: &str = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,LEID,EUID,NOTES,TAGS";

#[test]
fn a_file_of_each_program_is_read_by_its_headers() {
    let common = ["ada@acme.example", "Ada", "", "2", "2024-01-02 10:00:00", "2025-05-03 09:12:00", "1", "2", "", ""];
    assert_eq!(
        says("cleaned_members_export_1.csv", MAILCHIMP, &common),
        ("Mailchimp", is("ada@acme.example", CameBack::Bounced, Some("2025-05-03")))
    );
    assert_eq!(says("subscribed_members_export_1.csv", MAILCHIMP, &common).1.outcome, CameBack::Subscribed);
    // The second of two columns of one name, as the table calls it.
    let unsubscribed = format!("{MAILCHIMP},UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,UNSUB_REASON (2)");
    let mut row = common.to_vec();
    row.extend(["2025-06-01 08:00:00", "June", "NORMAL", ""]);
    assert_eq!(
        says("list.csv", &unsubscribed, &row),
        ("Mailchimp", is("ada@acme.example", CameBack::Unsubscribed, Some("2025-06-01")))
    );
    row[12] = "ABUSE";
    assert_eq!(says("list.csv", &unsubscribed, &row).1.outcome, CameBack::Complained);

    let listmonk = "uuid,email,name,attributes,status,created_at,updated_at";
    let go = |status| {
        [
            "1",
            "ada@acme.example",
            "Ada",
            "{}",
            status,
            "2024-01-02 10:00:00.1 +0000 UTC",
            "2025-05-03 09:12:00.5 +0000 UTC",
        ]
    };
    assert_eq!(
        says("subscribers.csv", listmonk, &go("blocklisted")),
        ("listmonk", is("ada@acme.example", CameBack::Unsubscribed, Some("2025-05-03")))
    );
    assert_eq!(says("subscribers.csv", listmonk, &go("enabled")).1.outcome, CameBack::Subscribed);

    let ghost = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers";
    let member = |subscribed| ["1", "ada@acme.example", "Ada", "", subscribed, "", "", "", "", "", ""];
    assert_eq!(
        says("members.csv", ghost, &member("false")),
        ("Ghost", is("ada@acme.example", CameBack::Unsubscribed, None))
    );
    assert_eq!(says("members.csv", ghost, &member("true")).1.outcome, CameBack::Subscribed);
    assert_eq!(says("members.csv", ghost, &member("")).1.outcome, CameBack::Subscribed, "silence ends nothing");

    let substack = "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at";
    let reader = |disabled| ["ada@acme.example", "false", "", "free", disabled, "2024-01-02", ""];
    assert_eq!(
        says("email_list.csv", substack, &reader("true")),
        ("Substack", is("ada@acme.example", CameBack::Unsubscribed, None))
    );
    assert_eq!(says("email_list.csv", substack, &reader("false")).1.outcome, CameBack::Subscribed);
}

#[test]
fn a_list_of_people_is_not_taken_for_what_came_back_unless_somebody_says_so() {
    let people = headers("Name,Email,Company");
    assert_eq!(recognise_returns("people.csv", &people), None);
    assert_eq!(returns_of("people.csv", &people), None);
    let other = headers("first_name,email_address,state,created_at,tags");
    assert_eq!(recognise_returns("kit.csv", &other), None);
    let returns = returns_of("kit.csv", &other).expect("an address and a status");
    let read = |state: &str| {
        let cells = ["Ada", "ada@acme.example", state, "", ""].map(str::to_owned);
        returns.read(&cells).expect("an address").expect("a row").outcome
    };
    assert_eq!(
        ["active", "cancelled", "bounced", "complained", "Opted-out", "inactive"].map(read),
        [
            CameBack::Subscribed,
            CameBack::Unsubscribed,
            CameBack::Bounced,
            CameBack::Complained,
            CameBack::Unsubscribed,
            CameBack::Subscribed
        ]
    );
    assert_eq!(returns.read(&["Ada", "none", "bounced", "", ""].map(str::to_owned)), Err("none".to_owned()));
    assert_eq!(returns.read(&["", " ", "", "", ""].map(str::to_owned)), Ok(None));
}

#[test]
fn the_headings_of_every_such_file_stand_above_its_first_row_whatever_that_says() {
    let mailchimp = "1,2,2024-01-02 10:00:00,,2025-05-03T09:12:00Z,1,2,other,Blog";
    let files = [
        (MAILCHIMP, format!("ada@acme.example,Title,{mailchimp}").replacen(",Blog", "", 1)),
        ("uuid,email,name,attributes,status,created_at,updated_at", "1,ada@acme.example,Title,{},blocklisted,2024-01-02 10:00:00.1 +0000 UTC,2025-05-03 09:12:00.5 +0000 UTC".to_owned()),
        (
            "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers",
            "1,ada@acme.example,Name,note,false,false,,2026-11-02T10:00:00.000Z,,email,website".to_owned(),
        ),
        (
            "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at",
            "noah@prairie.example,false,,other,true,2026-11-02T10:00:00.000Z,".to_owned(),
        ),
        (
            "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at",
            "noah@prairie.example,FALSE,2027-01-01T00:00:00.000Z,yearly,TRUE,2026-11-02T10:00:00.000Z,2026-11-02T10:00:00.000Z".to_owned(),
        ),
        (
            "email,active_subscription,expiry,plan,email_disabled,prefer_digests,created_at",
            "noah@prairie.example,false,,other,true,false,2026-11-02".to_owned(),
        ),
    ];
    for (headings, row) in files {
        for above in ["", "Exported for you,\n\n"] {
            let text = format!("{above}{headings}\n{row}\n{row}\n");
            let mut table = Table::open(std::io::Cursor::new(text.clone())).expect("a table");
            assert_eq!(table.headers().join(","), headings, "{text}");
            assert_eq!(table.rows().expect("rows").count(), 2, "{text}");
            let returns = recognise_returns("members.csv", table.headers()).expect("it is recognised");
            let first = table.samples()[0].cells.clone();
            assert!(returns.read(&first).is_ok_and(|row| row.is_some()), "{text}");
        }
    }
    // The same for a status that another program calls otherwise.
    let kit = "first_name,email_address,state,created_at,tags\nOther,ada@acme.example,cancelled,2026-11-02T10:00:00.000Z,title\n";
    let beehiiv =
        "Email,Status,Created At,Subscription Tier\nada@acme.example,inactive,2026-11-02T10:00:00.000Z,other\n";
    for text in [kit, beehiiv] {
        let table = Table::open(std::io::Cursor::new(text)).expect("a table");
        assert_eq!(table.headers().join(","), text.lines().next().expect("headings"));
    }
}

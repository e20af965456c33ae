//! Whoever asked not to be written to, wherever they could be reached, is checked on by nobody; what was promised stays.
use crate::testing::{Desk, id_of};
use serde_json::{Value, json};

/// One promise to Ana and one check-in, both due, and a cadence that ran out.
struct World {
    desk: Desk,
    ana: String,
    mail: String,
}

impl World {
    fn new() -> World {
        let desk = Desk::new();
        let ana = desk.person("Ana");
        let mail = desk.point(&ana, "email", "ana@basalt.example", "they_gave_it");
        let note = |kind: &str, text: &str| {
            let asked = json!({ "person": ana, "kind": kind, "text": text, "due": "2026-05-21" });
            desk.call("followups.add", asked);
        };
        note("check_in", "Say hello");
        note("promise", "Hand her the book");
        desk.wait(1);
        World { desk, ana, mail }
    }
    /// The same without a check-in that waits, and with a cadence that ran out: of whom one checks on, one loses no touch.
    fn with_a_cadence() -> World {
        let desk = Desk::new();
        let ana = desk.person("Ana");
        let mail = desk.point(&ana, "email", "ana@basalt.example", "they_gave_it");
        desk.call("cadences.set", json!({ "person": ana, "idealDays": 5, "longestDays": 10 }));
        desk.log(&ana, "conversation_online", "2026-05-01");
        desk.wait(1);
        World { desk, ana, mail }
    }
    fn group(&self, kind: &str) -> Vec<String> {
        let today = self.desk.call("today.list", json!({}));
        let groups = today["groups"].as_array().expect("groups");
        let total: u64 = groups.iter().filter_map(|group| group["total"].as_u64()).sum();
        assert_eq!(self.desk.call("today.count", json!({}))["people"], json!(total), "the count is that of the list");
        groups.iter().filter(|group| group["kind"] == kind).flat_map(|group| texts(&group["items"])).collect()
    }
    fn reminded(&self) -> Vec<String> {
        let mut texts = texts(&self.desk.call("followups.reminders", json!({}))["due"]);
        texts.sort();
        texts
    }
    fn calendar(&self) -> Vec<&'static str> {
        let calendar = self.desk.call("followups.calendar", json!({}))["text"].as_str().expect("a text").to_owned();
        ["Hand her the book", "Say hello"].into_iter().filter(|text| calendar.contains(text)).collect()
    }
    /// Whether a check-in with her can be noted.
    fn takes_a_check_in(&self) -> Result<(), String> {
        let asked = json!({ "person": self.ana, "kind": "check_in", "text": "Ask how it goes", "due": "2026-06-30" });
        match crate::dispatch(&self.desk.store, self.desk.later(1).now(), "followups.add", asked) {
            Ok(_) => {
                self.desk.undo();
                Ok(())
            }
            Err(failure) => Err(failure.to_string()),
        }
    }
    fn is_left_alone(&self, why: &str) {
        assert_eq!(self.group("promised"), ["Hand her the book"], "{why}: today");
        assert_eq!(self.reminded(), ["Hand her the book"], "{why}: reminders");
        assert_eq!(self.calendar(), ["Hand her the book"], "{why}: the calendar");
        let refused = self.takes_a_check_in().expect_err("a check-in is refused");
        assert!(refused.starts_with("Ana asked not to be written to"), "{why}: {refused}");
    }
    fn is_put_up(&self, why: &str) {
        assert_eq!(self.group("promised"), ["Say hello", "Hand her the book"], "{why}: today");
        assert_eq!(self.reminded(), ["Hand her the book", "Say hello"], "{why}: reminders");
        assert_eq!(self.calendar(), ["Hand her the book", "Say hello"], "{why}: the calendar");
        assert_eq!(self.takes_a_check_in(), Ok(()), "{why}");
    }
    fn objects(&self, kinds: &[&str]) {
        self.desk.call("basis.objected", json!({ "person": self.ana, "kinds": kinds, "on": "2026-05-21" }));
    }
    fn opts_out(&self, point: &str) {
        self.desk.call("contact_points.edit", json!({ "id": point, "status": "opted_out" }));
    }
    fn opts_in(&self) {
        let today = self.desk.now().day_in(chrono_tz::UTC).to_string();
        let asked = json!({ "point": self.mail, "purposes": ["one_to_one"], "basis": "opted_in", "evidence": "Her mail", "on": today });
        self.desk.call("basis.set", asked);
    }
}

fn texts(items: &Value) -> Vec<String> {
    let items = items.as_array().expect("items");
    items.iter().map(|item| item["text"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn whoever_objected_is_checked_on_by_nobody_until_they_opt_in_again() {
    let world = World::new();
    world.is_put_up("nothing was said");
    world.objects(&["email"]);
    world.is_left_alone("she objected");
    world.opts_in();
    world.is_put_up("she opted in again");
    world.desk.undo();
    world.is_left_alone("that is taken back");
    world.desk.undo();
    world.is_put_up("and the objection");
    world.desk.is_sound();
}

#[test]
fn whoever_opted_out_everywhere_is_checked_on_by_nobody_and_whoever_left_one_way_open_is() {
    let world = World::new();
    let other = world.desk.point(&world.ana, "email", "ana@home.example", "they_gave_it");
    world.opts_out(&world.mail);
    world.is_put_up("her other address is open");
    world.opts_out(&other);
    world.is_left_alone("she opted out of both");
    let github = world.desk.point(&world.ana, "github", "ana-basalt", "public_profile");
    world.is_put_up("one can write to her on GitHub");
    world.objects(&["github"]);
    world.is_left_alone("and there neither");
    world.desk.call("contact_points.trash", json!({ "id": github }));
    world.is_left_alone("an objection outlives the way it was said of");
    world.desk.point(&world.ana, "website", "https://ana.example", "public_profile");
    world.is_left_alone("nobody is written to at a website");
    world.desk.point(&world.ana, "phone", "+49 30 555 0101", "they_gave_it");
    world.is_put_up("she can be called");
}

#[test]
fn a_no_outlives_the_address_it_was_said_at_until_there_is_another() {
    let world = World::new();
    let asked = json!({ "point": world.mail, "purposes": ["one_to_one"], "basis": "objected", "on": "2026-05-21" });
    world.desk.call("basis.set", asked);
    world.opts_in();
    world.desk.undo();
    world.desk.call("contact_points.trash", json!({ "id": world.mail }));
    world.is_left_alone("she said no, an opt-in was taken back, and the address was removed");
    world.desk.undo();
    world.desk.undo();
    world.is_put_up("neither was so");
    world.opts_out(&world.mail);
    world.desk.call("contact_points.trash", json!({ "id": world.mail }));
    world.is_left_alone("she said no, and the address was removed");
    let other = world.desk.point(&world.ana, "email", "ana@home.example", "they_gave_it");
    world.is_put_up("she gave another one");
    let asked = json!({ "point": other, "purposes": ["one_to_one"], "basis": "objected", "on": "2026-05-21" });
    world.desk.call("basis.set", asked);
    world.desk.call("contact_points.trash", json!({ "id": other }));
    world.is_left_alone("she said no to a message of her own there, and that was removed too");
    world.desk.undo();
    world.desk.undo();
    world.is_put_up("both are taken back");
    // One that was somebody else's says nothing of her.
    world.desk.call("contact_points.edit", json!({ "id": other, "status": "wrong_person" }));
    world.is_left_alone("no way to write to her is left");
}

#[test]
fn what_only_fails_is_no_refusal_and_one_that_fails_is_not_open() {
    let world = World::new();
    world.desk.call("contact_points.edit", json!({ "id": world.mail, "status": "bounced" }));
    world.is_put_up("she never said no");
    world.objects(&["linkedin"]);
    world.is_left_alone("where she could be written to mail comes back, and elsewhere she said no");
}

#[test]
fn what_was_refused_for_a_list_alone_is_no_reason_not_to_say_hello() {
    let world = World::new();
    let asked = json!({ "point": world.mail, "purposes": ["list_mail"], "basis": "objected", "on": "2026-05-21" });
    world.desk.call("basis.set", asked);
    world.is_put_up("only the newsletter was refused");
    let asked = json!({ "point": world.mail, "purposes": ["one_to_one"], "basis": "objected", "on": "2026-05-21" });
    world.desk.call("basis.set", asked);
    world.is_left_alone("a message of her own was");
}

#[test]
fn a_no_follows_the_address_to_whoever_else_has_it_and_the_list_counts() {
    let world = World::new();
    let twin = world.desk.person("Ana P.");
    let shared = world.desk.point(&twin, "email", "ana@basalt.example", "import");
    world.is_put_up("nothing was said");
    world.opts_out(&shared);
    world.is_left_alone("it was said by another row of the same address");
    world.desk.undo();
    world.is_put_up("that is taken back");
    world.desk.suppress("ana@basalt.example");
    world.is_left_alone("the address is on the suppression list");
    world.desk.wait(1);
    world.opts_in();
    world.is_put_up("she opted in after it");
}

#[test]
fn two_rows_of_one_person_are_one_answer() {
    let world = World::new();
    world.opts_out(&world.mail);
    world.is_left_alone("she opted out");
    let again = world.desk.person("Ana B.");
    world.desk.point(&again, "email", "ana@home.example", "they_gave_it");
    world.desk.call("doubles.merge", json!({ "ids": [world.ana, again] }));
    world.is_put_up("the other row has a way to write to her");
    world.desk.undo();
    world.is_left_alone("they are two again");
}

#[test]
fn nobody_loses_touch_with_whoever_asked_not_to_be_written_to() {
    let world = World::with_a_cadence();
    let lost = |why: &str, expected: usize| assert_eq!(world.group("losing_touch").len(), expected, "{why}");
    lost("nothing was said", 1);
    world.objects(&["email"]);
    lost("she objected", 0);
    world.opts_in();
    lost("she opted in again", 1);
    world.desk.undo();
    world.desk.undo();
    world.opts_out(&world.mail);
    lost("she opted out", 0);
    world.desk.point(&world.ana, "matrix", "@ana:basalt.example", "they_gave_it");
    lost("she can be reached elsewhere", 1);
}

#[test]
fn of_whoever_is_left_alone_no_check_in_comes_back_later() {
    let world = World::new();
    let theirs = world.desk.call("followups.of", json!({ "person": world.ana }));
    for row in theirs.as_array().expect("follow-ups") {
        world.desk.call("followups.snooze", json!({ "id": row["id"], "until": "2026-06-02" }));
    }
    let later = || {
        let later = world.desk.call("today.later", json!({}));
        let groups = later["groups"].as_array().expect("groups");
        let mut all: Vec<String> = groups.iter().flat_map(|group| texts(&group["items"])).collect();
        all.sort();
        all
    };
    assert_eq!(later(), ["Hand her the book", "Say hello"]);
    world.objects(&["email"]);
    assert_eq!(later(), ["Hand her the book"]);
}

#[test]
fn whoever_is_left_alone_is_neither_thanked_nor_greeted() {
    let desk = Desk::new();
    let ana = desk.person("Ana");
    desk.log(&ana, "conversation_in_person", "2026-05-20");
    let change = desk.call("journey.moves", json!({ "offset": 0, "limit": 9 }))["rows"][0]["change"]["id"].clone();
    desk.call("journey.accept", json!({ "id": change }));
    let offer = || desk.call("today.list", json!({}))["offer"]["kind"].clone();
    assert_eq!(offer(), "greet");
    desk.call("basis.objected", json!({ "person": ana, "kinds": ["email"] }));
    assert_eq!(offer(), json!(null));
    desk.log(&ana, "answered_question", "2026-05-20");
    let thanked = || {
        let today = desk.call("today.list", json!({}));
        today["groups"].as_array().expect("groups").iter().any(|group| group["kind"] == "thank")
    };
    assert!(!thanked());
    desk.undo();
    desk.undo();
    desk.log(&ana, "answered_question", "2026-05-20");
    assert!(thanked());
}

#[test]
fn beside_a_promise_it_is_said_that_they_asked_not_to_be_written_to() {
    let world = World::new();
    let said = || {
        let today = world.desk.call("today.list", json!({}));
        let theirs = world.desk.call("followups.of", json!({ "person": world.ana }));
        (today["groups"][0]["items"][0]["person"]["leftAlone"].clone(), theirs[0]["leftAlone"].clone())
    };
    assert_eq!(said(), (json!(false), json!(false)));
    world.objects(&["email"]);
    assert_eq!(said(), (json!(true), json!(true)));
    let promise = json!({ "person": world.ana, "text": "Lend her the cable", "due": "2026-06-01" });
    let noted = world.desk.call("followups.add", promise);
    assert_eq!(noted["leftAlone"], json!(true), "a promise is still taken");
    let made = json!({ "id": id_of(&noted), "kind": "check_in" });
    assert_eq!(world.desk.refused("followups.edit", made).field.as_deref(), Some("person"));
    let many = json!({ "people": [world.desk.person("Bo"), world.ana], "kind": "check_in", "text": "Hello", "due": "2026-06-01" });
    let refused = world.desk.refused("followups.for_each", many);
    assert!(refused.message.starts_with("Ana asked not to be written to"), "{}", refused.message);
}

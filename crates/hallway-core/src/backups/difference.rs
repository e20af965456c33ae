//! What putting a backup back would change: every record of every table, compared by its id and by what it says.
use super::{BackupNamed, good};
use crate::{
    error::Result,
    id::Id,
    store::{
        Tx, backups,
        compare::{Alone, Differing, Lies, differing},
    },
    trust::noes_beyond,
};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// As many names as a sentence can carry.
const NAMED: usize = 5;
/// What was said against writing to an address is carried over into whatever is put back.
const CARRIED_OVER: [&str; 2] = ["suppression_keys", "suppressions"];
/// What left as a file has left: of this nothing is gone.
const ONLY_ADDED_TO: &str = "exports_made";

/// Some people, and how many there are.
#[derive(Debug, Serialize, TS)]
pub struct Named {
    pub count: u32,
    /// At most five.
    pub names: Vec<String>,
}

/// What putting a backup back would change.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// In the backup and not here now: they would be here again.
    pub back: Named,
    /// Part of somebody else now, and in the backup by themselves: they would be so again.
    pub apart: Named,
    /// By themselves now, and in the backup part of somebody else: they would be so again.
    pub together: Named,
    /// Here now and not in the backup: they would be gone.
    pub gone: Named,
    /// Something else is said of them themselves: they would be as they were.
    pub changed: Named,
    /// Everything else that would change, by what it is; nothing that stays as it is.
    pub kinds: Vec<KindDifference>,
    /// Things in the trash that would be elsewhere, or gone from it, or other ones.
    pub trash: u32,
    /// At so many addresses somebody said no since: that is carried over.
    pub noes_kept: u32,
    /// Whom one is not to contact since then, or who objected: that is carried over too.
    pub kept_apart: Named,
}

/// What would change of one kind of thing.
#[derive(Debug, Serialize, TS)]
pub struct KindDifference {
    /// What one is called: "entry".
    pub one: String,
    /// What many are called: "entries".
    pub many: String,
    /// So many would be here again.
    pub back: u32,
    /// So many would be gone.
    pub gone: u32,
    /// So many would be as they were then.
    pub changed: u32,
}

/// What would change if a backup were put back.
///
/// # Errors
/// `invalid` for `name` when there is no such backup, or it is not as it was made; `damaged` and the like when it cannot be
/// read.
pub fn difference(tx: &Tx, input: BackupNamed) -> Result<Difference> {
    let kept = good(tx.store().path(), &input.name)?;
    let copy = backups::opened(&kept.path)?;
    let stays = noes_beyond(tx, &copy)?;
    let mut people = People::default();
    let (mut only_here, mut only_then) = (Alone::new(), Alone::new());
    let mut kinds = Vec::new();
    let mut trash = 0;
    for table in tx.store().tables().iter().filter(|table| !CARRIED_OVER.contains(&table.name)) {
        let (one, many) = spoken(table.name, table.noun);
        let mut kind = KindDifference { one, many, back: 0, gone: 0, changed: 0 };
        let (mut gone, mut back) = (BTreeSet::new(), BTreeSet::new());
        differing(table, tx.sql(), &copy, (&only_here, &only_then), |found| {
            let lies = |seen: Option<crate::store::compare::Seen>| seen.map_or(Lies::Nowhere, |seen| seen.lies);
            let (now, then) = (lies(found.now), lies(found.then));
            let implied = found.now.or(found.then).is_some_and(|seen| seen.implied);
            match (now, then) {
                (Lies::Here, _) if table.name == "objections" && stays.objections.contains(&found.id) => {}
                (Lies::Here, Lies::Here) if table.name == "people" && stays.else_the_same.contains(&found.id) => {}
                (Lies::Here, _) if table.name == ONLY_ADDED_TO => {}
                (Lies::Here, Lies::Here) if table.name == "people" => people.both(&found),
                (Lies::Here, Lies::Here) if !found.says_the_same() => kind.changed += 1,
                (Lies::Here, Lies::Here) => {}
                (Lies::Here, _) => {
                    gone.insert(found.id);
                    if table.name == "people" {
                        people.here_now(&found);
                    } else if !implied {
                        kind.gone += 1;
                    }
                }
                (_, Lies::Here) => {
                    back.insert(found.id);
                    if table.name == "people" {
                        people.here_then(&found);
                    } else if !implied {
                        kind.back += 1;
                    }
                }
                (Lies::InTheTrash, _) | (_, Lies::InTheTrash) => trash += 1,
                (Lies::Nowhere, Lies::Nowhere) => {}
            }
        })?;
        // What joins them with others is not said beside them.
        if is_a_parent(tx, table.name) {
            only_here.insert(table.name, gone);
            only_then.insert(table.name, back);
        }
        if kind.back + kind.gone + kind.changed > 0 {
            kinds.push(kind);
        }
    }
    // What happened is what there is most of, and what is looked for first.
    kinds.sort_by_key(|kind| kind.one != "entry");
    let People { back, apart, together, gone, mut changed } = people;
    changed.retain(|id| !gone.contains(id) && !back.contains(id) && !apart.contains(id) && !together.contains(id));
    Ok(Difference {
        back: named(&copy, &back)?,
        apart: named(&copy, &apart)?,
        together: named(tx.sql(), &together)?,
        gone: named(tx.sql(), &gone)?,
        changed: named(tx.sql(), &changed)?,
        kinds,
        trash,
        noes_kept: stays.addresses,
        kept_apart: named(tx.sql(), &stays.people)?,
    })
}

/// People, one for however many rows are one person.
#[derive(Default)]
struct People {
    back: BTreeSet<Id>,
    apart: BTreeSet<Id>,
    together: BTreeSet<Id>,
    gone: BTreeSet<Id>,
    changed: BTreeSet<Id>,
}

impl People {
    fn both(&mut self, found: &Differing) {
        let (Some(now), Some(then)) = (found.now, found.then) else { return };
        match (now.root == found.id, then.root == found.id) {
            (true, false) => self.together.insert(found.id),
            (false, true) => self.apart.insert(found.id),
            _ => !found.says_the_same() && self.changed.insert(now.root),
        };
    }
    /// A row that is part of somebody changes them.
    fn here_now(&mut self, found: &Differing) {
        let root = found.now.map_or(found.id, |now| now.root);
        if root == found.id {
            self.gone.insert(root)
        } else {
            self.changed.insert(root)
        };
    }
    fn here_then(&mut self, found: &Differing) {
        let root = found.then.map_or(found.id, |then| then.root);
        if root == found.id {
            self.back.insert(root)
        } else {
            self.changed.insert(root)
        };
    }
}

fn is_a_parent(tx: &Tx, name: &str) -> bool {
    tx.store().tables().iter().any(|table| !table.trashes() && table.parents.iter().any(|(_, parent)| *parent == name))
}

fn named(conn: &Connection, people: &BTreeSet<Id>) -> Result<Named> {
    let mut query = conn.prepare("SELECT display_name FROM people WHERE id = ?1")?;
    let mut names = Vec::new();
    for id in people.iter().take(NAMED) {
        names.extend(query.query_row([id], |r| r.get::<_, String>(0)).optional()?);
    }
    Ok(Named { count: people.len() as u32, names })
}

/// What one thing and what many are called, as a person says it.
fn spoken(table: &str, noun: &str) -> (String, String) {
    let (one, many) = match table {
        "touchpoints" => ("entry", "entries"),
        "touchpoint_people" => ("part in an entry", "parts in entries"),
        "contact_points" => ("way to reach somebody", "ways to reach somebody"),
        "postal_addresses" => ("postal address", "postal addresses"),
        "person_tags" => ("tag on somebody", "tags on people"),
        "field_values" => ("value of a field", "values of fields"),
        "list_people" => ("place on a list", "places on lists"),
        "journey_configs" => ("set of rules of the journey", "sets of rules of the journey"),
        "stage_changes" => ("move between stages", "moves between stages"),
        "stage_pins" => ("pin of a stage", "pins of stages"),
        "told_apart" => ("word that two are not the same", "words that two are not the same"),
        "followups" => ("promise or other follow-up", "promises and other follow-ups"),
        "set_aside" => ("item set aside", "items set aside"),
        "captures" => ("line that was kept", "lines that were kept"),
        "contact_bases" => {
            ("word on whether somebody may be written to", "words on whether somebody may be written to")
        }
        _ => return (noun.to_owned(), format!("{noun}s")),
    };
    (one.to_owned(), many.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::testing::Desk;
    use serde_json::{Value, json};

    /// What putting back a backup would change that was made just before `then` was done.
    fn changes(then: impl FnOnce(&Desk, &str)) -> Value {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        desk.log(&ada, "conversation_online", "2026-05-20");
        let made = desk.call("backups.make", json!({}));
        then(&desk, &ada);
        desk.call("backups.difference", json!({ "name": made["name"] }))
    }

    fn kind<'a>(difference: &'a Value, one: &str) -> &'a Value {
        let kinds = difference["kinds"].as_array().expect("kinds");
        kinds.iter().find(|kind| kind["one"] == one).unwrap_or_else(|| panic!("nothing of {one}: {difference}"))
    }

    #[test]
    fn whatever_was_written_since_is_said_to_change() {
        let some = |back: u32, gone: u32, changed: u32| (json!(back), json!(gone), json!(changed));
        let told = |difference: &Value, one: &str| {
            let kind = kind(difference, one);
            (kind["back"].clone(), kind["gone"].clone(), kind["changed"].clone())
        };
        let address = changes(|desk, ada| {
            desk.call(
                "contact_points.add",
                json!({ "person": ada, "kind": "email", "value": "ada@example.org", "source": "they_gave_it" }),
            );
        });
        assert_eq!(told(&address, "way to reach somebody"), some(0, 1, 0));
        assert_eq!(address["changed"]["count"], 0, "nothing is said of her herself");
        let tag = changes(|desk, ada| {
            desk.call("tags.add", json!({ "people": [ada], "name": "Queues", "kind": "stack" }));
        });
        assert_eq!(told(&tag, "tag"), some(0, 1, 0), "the tag is new, and with it that she has it");
        let promise = changes(|desk, ada| {
            desk.call("followups.add", json!({ "text": "Send the guide", "person": ada, "due": "2026-05-25" }));
        });
        assert_eq!(told(&promise, "promise or other follow-up"), some(0, 1, 0));
        let list = changes(|desk, ada| {
            desk.call("lists.add", json!({ "name": "Beta", "people": [ada] }));
        });
        assert_eq!(told(&list, "list"), some(0, 1, 0));
        let rules = changes(|desk, _| {
            let rules = desk.call("journey.preset", json!({ "preset": "hardware" }));
            desk.call("journey.set_rules", json!({ "rules": rules }));
        });
        assert_eq!(told(&rules, "set of rules of the journey"), some(0, 1, 0));
        let setting = changes(|desk, _| {
            desk.call("workspace.set_weekend", json!({ "days": [5, 6] }));
        });
        assert_eq!(told(&setting, "setting"), some(0, 1, 0));
    }

    #[test]
    fn a_note_that_was_written_anew_an_entry_that_went_and_one_that_came_are_told_apart() {
        let desk = Desk::new();
        let ada = desk.person("Ada");
        let [first, second] = ["2026-05-19", "2026-05-20"].map(|day| desk.log(&ada, "conversation_online", day));
        let made = desk.call("backups.make", json!({}));
        let difference = || desk.call("backups.difference", json!({ "name": made["name"] }));
        assert_eq!(
            (&difference()["kinds"], &difference()["trash"]),
            (&json!([]), &json!(0)),
            "nothing was done since: {}",
            difference()
        );
        desk.call("touchpoints.edit", json!({ "id": first, "note": "Runs queues at home" }));
        desk.call("touchpoints.trash", json!({ "id": second }));
        desk.log(&ada, "gave_help", "2026-05-21");
        let told = difference();
        let entries = kind(&told, "entry");
        assert_eq!((&entries["back"], &entries["gone"], &entries["changed"]), (&json!(1), &json!(1), &json!(1)));
        assert!(
            told["kinds"].as_array().is_some_and(|all| all.iter().all(|kind| kind["one"] != "part in an entry")),
            "who was in an entry comes and goes with it: {told}"
        );
    }

    #[test]
    fn what_was_taken_back_changes_nothing() {
        let told = changes(|desk, ada| {
            desk.call(
                "contact_points.add",
                json!({ "person": ada, "kind": "email", "value": "ada@example.org", "source": "they_gave_it" }),
            );
            desk.undo();
            desk.call("people.edit", json!({ "id": ada, "city": "Lagos" }));
            desk.undo();
        });
        assert_eq!((&told["kinds"], &told["changed"]["count"], &told["trash"]), (&json!([]), &json!(0), &json!(0)));
    }

    #[test]
    fn what_was_made_and_deleted_since_would_be_gone_from_the_trash() {
        let told = changes(|desk, _| {
            let eve = desk.person("Eve");
            desk.call("people.trash", json!({ "ids": [eve] }));
        });
        assert_eq!((&told["gone"]["count"], &told["trash"]), (&json!(0), &json!(1)), "{told}");
    }

    #[test]
    fn whoever_was_parted_since_would_be_merged_again() {
        let desk = Desk::new();
        let [ada, twin] = ["Ada", "Ada L."].map(|name| desk.person(name));
        desk.call("doubles.merge", json!({ "ids": [ada, twin] }));
        let made = desk.call("backups.make", json!({}));
        desk.call("doubles.separate", json!({ "id": twin }));
        let told = desk.call("backups.difference", json!({ "name": made["name"] }));
        assert_eq!(told["together"], json!({ "count": 1, "names": ["Ada L."] }));
        assert_eq!(told["gone"]["count"], 0);
    }
}

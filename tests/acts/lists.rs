//! Lists and views.
use super::{Act, Error, Hand, Known, Means, known, text};
use serde_json::{Value, json};

pub const ACTS: &[Act] = &[
    Act {
        name: "list",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "list": format!("List {}", hand.mark()) })),
        take: put_on,
        means: Means::People(|people, step| known(people, step).lists.extend([text(step, "list")])),
    },
    Act {
        name: "put_on",
        choose: |hand| {
            let (person, other) = (hand.somebody()?, hand.somebody()?);
            let people = hand.model.people();
            let known = people.get(&other)?.by_hand().find(|list| !people[&person].lists.contains(*list))?;
            Some(json!({ "person": person, "list": known }))
        },
        take: put_on,
        means: Means::People(|people, step| known(people, step).lists.extend([text(step, "list")])),
    },
    Act {
        name: "take_off",
        choose: |hand| {
            let person = hand.somebody()?;
            let list = hand.model.people().get(&person)?.by_hand().next().cloned()?;
            Some(json!({ "person": person, "list": list }))
        },
        take: |hand, step| {
            let lists = hand.call("lists.list", json!({}))?;
            let list = lists.as_array().into_iter().flatten().find(|list| list["name"] == step["list"]);
            let list = list.ok_or(Error::NotFound("list"))?;
            hand.call("lists.remove", json!({ "list": list["id"], "people": [hand.id(step)?] })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| {
            known(people, step).lists.remove(&text(step, "list"));
        }),
    },
    // Whoever carries a tag, and a tag is somebody's own.
    Act {
        name: "live",
        choose: |hand| {
            let person = hand.somebody()?;
            let tag = hand.model.people().get(&person)?.tags.first().cloned()?;
            Some(json!({ "person": person, "tag": tag, "list": format!("Live {}", hand.mark()) }))
        },
        take: |hand, step| {
            let filter = format!("tag:\"{}\"", text(step, "tag"));
            hand.call("lists.create", json!({ "name": step["list"], "filter": filter })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| known(people, step).lists.extend([text(step, "list")])),
    },
    Act {
        name: "view",
        choose: |hand| Some(json!({ "view": format!("View {}", hand.mark()), "asks": "stage:build" })),
        take: |hand, step| {
            let view = json!({
                "name": step["view"], "filter": step["asks"], "sort": "name", "descending": false, "layout": "list",
            });
            let made = hand.call("views.save", view)?;
            hand.ids.insert(text(step, "view"), made["id"].clone());
            Ok(Value::Null)
        },
        means: Means::People(|people, step| {
            people.entry(text(step, "view")).or_default().asks = Some(text(step, "asks"));
        }),
    },
    Act {
        name: "reword",
        choose: |hand| {
            let people = hand.model.people();
            let (view, _) = people.iter().find(|(name, known)| known.asks.is_some() && hand.ids.contains_key(*name))?;
            Some(json!({ "view": view, "asks": format!("city:\"City {}\"", hand.mark()) }))
        },
        take: |hand, step| {
            let view = hand.ids.get(&text(step, "view"));
            hand.call("views.edit", json!({ "id": view, "filter": step["asks"] })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| {
            people.entry(text(step, "view")).or_default().asks = Some(text(step, "asks"));
        }),
    },
];

fn put_on(hand: &mut Hand, step: &Value) -> Result<Value, Error> {
    let people = json!([hand.id(step)?]);
    hand.call("lists.add", json!({ "name": step["list"], "people": people })).map(|_| Value::Null)
}

impl Known {
    /// The lists somebody was put on.
    fn by_hand(&self) -> impl Iterator<Item = &String> {
        self.lists.iter().filter(|list| list.starts_with("List "))
    }
}

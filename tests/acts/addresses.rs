//! Where parcels go.
use super::{Act, Error, Means, known, text};
use serde_json::{Value, json};

pub const ACTS: &[Act] = &[
    Act {
        name: "address",
        choose: |hand| Some(json!({ "person": hand.somebody()?, "lines": format!("Street {}", hand.mark()) })),
        take: |hand, step| {
            let address = json!({
                "person": hand.id(step)?, "lines": step["lines"], "country": "DE", "purpose": "stickers",
                "source": "they_gave_it",
            });
            hand.call("postal_addresses.add", address).map(|_| Value::Null)
        },
        means: Means::People(|people, step| known(people, step).addresses.extend([text(step, "lines")])),
    },
    Act {
        name: "no_address",
        choose: |hand| {
            let person = hand.somebody()?;
            let lines = hand.model.people().get(&person)?.addresses.first().cloned()?;
            Some(json!({ "person": person, "lines": lines }))
        },
        take: |hand, step| {
            let page = hand.call("people.page", json!({ "id": hand.id(step)? }))?;
            let mut all = page["postalAddresses"].as_array().into_iter().flatten();
            let gone = all.find(|address| address["lines"] == step["lines"]);
            let gone = gone.ok_or(Error::NotFound("postal address"))?;
            hand.call("postal_addresses.remove", json!({ "id": gone["id"] })).map(|_| Value::Null)
        },
        means: Means::People(|people, step| {
            known(people, step).addresses.remove(&text(step, "lines"));
        }),
    },
];

//! Whom a line may be about.
use super::plan::Plan;
use crate::{
    error::Result,
    id::Id,
    normal::{self, ContactKind, fold, names_agree},
    people::{self, Match, PersonPick},
    store::Tx,
};

/// As many people as are offered under a line.
const OFFERED: usize = 5;

/// A unique exact full name is picked by itself; of namesakes, the one who works where the line says.
pub(super) fn by_itself(tx: &Tx, plan: &Plan) -> Result<Option<Id>> {
    let namesakes = people::named_exactly(tx, &plan.name)?;
    match (namesakes.as_slice(), &plan.organisation) {
        ([one], _) => Ok(Some(*one)),
        ([_, _, ..], Some(organisation)) => {
            let mut there = Vec::new();
            for id in namesakes.iter().take(50) {
                let pick = people::pick(tx, *id)?;
                if pick.is_some_and(|pick| works_at(&pick, organisation)) {
                    there.push(*id);
                }
            }
            Ok(if let [one] = there.as_slice() { Some(*one) } else { None })
        }
        _ => Ok(None),
    }
}

fn works_at(pick: &PersonPick, organisation: &str) -> bool {
    pick.organisation.as_deref().is_some_and(|name| fold(name) == fold(organisation))
}

/// Whom a line may be about, the likeliest first; and the one who is so near that it may be the same person.
pub(super) fn offered(tx: &Tx, plan: &Plan) -> Result<(Vec<PersonPick>, Option<Id>)> {
    let mut found: Vec<PersonPick> = Vec::new();
    let mut take = |picks: Vec<PersonPick>| {
        for pick in picks {
            if !found.iter().any(|known| known.id == pick.id) {
                found.push(pick);
            }
        }
    };
    let same_address = with_contacts(tx, &plan.contacts)?;
    take(same_address.clone());
    let folded = fold(&plan.name);
    if !folded.is_empty() {
        let namesakes = people::named_exactly(tx, &plan.name)?;
        take(namesakes.iter().take(OFFERED).filter_map(|id| people::pick(tx, *id).transpose()).collect::<Result<_>>()?);
        let mut matching = people::matching(tx, Match { text: plan.name.clone(), limit: 50 })?;
        matching.retain(|pick| folded.split(' ').all(|word| fold(&pick.name).contains(word)));
        // Sorting is stable: who works there first, and otherwise in the order they came.
        if let Some(organisation) = &plan.organisation {
            matching.sort_by_key(|pick| !works_at(pick, organisation));
        }
        take(matching);
    }
    let mut close = Vec::new();
    if found.is_empty() && folded.chars().count() > 3 {
        close = people::close(tx, Match { text: plan.name.clone(), limit: 3 })?;
        close.retain(|pick| fold(&pick.name).split(' ').count() == folded.split(' ').count());
        found.extend(close.clone());
    }
    found.truncate(OFFERED);
    let near = found
        .iter()
        .find(|pick| {
            let first = |name: &str| fold(name).split(' ').next().map(str::to_owned);
            let at_work = plan.organisation.as_deref().is_some_and(|organisation| works_at(pick, organisation));
            same_address.iter().any(|same| same.id == pick.id)
                || (folded.contains(' ') && names_agree(&plan.name, &pick.name))
                || (at_work && first(&pick.name) == first(&plan.name))
                || (folded.contains(' ') && close.iter().any(|one| one.id == pick.id))
        })
        .map(|pick| pick.id);
    Ok((found, near))
}

/// Everybody who has one of these addresses or handles.
fn with_contacts(tx: &Tx, contacts: &[(ContactKind, String)]) -> Result<Vec<PersonPick>> {
    let mut picks = Vec::new();
    for (kind, value) in contacts.iter().filter(|(kind, _)| kind.identifies()) {
        let people: Vec<Id> = tx.column(
            "SELECT DISTINCT r.id FROM contact_points c JOIN people p ON p.id = c.person_id JOIN people r ON r.id = p.root
             WHERE c.value_norm = ?1 AND c.kind = ?2 AND c.deleted_at IS NULL AND p.deleted_at IS NULL AND r.deleted_at IS NULL LIMIT 5",
            (normal::contact(*kind, value), kind),
        )?;
        for person in people {
            picks.extend(people::pick(tx, person)?);
        }
    }
    Ok(picks)
}

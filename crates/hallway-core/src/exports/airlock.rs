//! Who may leave: what for and on which channel comes first, and everybody who is held back has a reason.
use super::{
    limits,
    made::reason_words,
    template::{Plan, Template},
};
use crate::{
    error::{Error, Result, invalid},
    id::Id,
    lists::{self, ListRow},
    normal::{self, ContactKind},
    people::{self, PeopleFilter, PeopleQuery, PersonPick},
    store::Tx,
    trust::{self, Fix, LeftOut, Purpose, alike::Doubt},
    workspace,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use ts_rs::TS;

words! {
    /// What a file is for.
    pub enum ExportPurpose {
        /// For oneself: to count, to sort, to print. Nobody is written to with it, so no rule holds anybody back.
        ForMyself = "for_myself",
        OneToOne = "one_to_one",
        ListMail = "list_mail",
        SwagPost = "swag_post",
        RecruitingIntro = "recruiting_intro",
        SalesIntro = "sales_intro",
    }
}

impl ExportPurpose {
    /// What people are written to for; none for oneself.
    pub fn writes(self) -> Option<Purpose> {
        match self {
            ExportPurpose::ForMyself => None,
            ExportPurpose::OneToOne => Some(Purpose::OneToOne),
            ExportPurpose::ListMail => Some(Purpose::ListMail),
            ExportPurpose::SwagPost => Some(Purpose::SwagPost),
            ExportPurpose::RecruitingIntro => Some(Purpose::RecruitingIntro),
            ExportPurpose::SalesIntro => Some(Purpose::SalesIntro),
        }
    }
}

/// Who is meant: a list, or whoever a query finds; with `ids`, only those of them.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Whom {
    pub list: Option<Id>,
    pub query: Option<PeopleQuery>,
    pub ids: Option<Vec<Id>>,
    /// Who is left out by hand, whoever else is meant.
    pub without: Option<Vec<Id>>,
}

/// The file that is to be: the program that reads it may not take everybody.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportShape {
    /// The key of a template.
    pub template: String,
    /// Keys of columns; missing means those of the template.
    pub columns: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LookAt {
    pub whom: Whom,
    pub purpose: ExportPurpose,
    /// How they are written to. Something in the post goes to a postal address, whatever stands here.
    pub channel: ContactKind,
    /// Missing means any file.
    pub shape: Option<ExportShape>,
}

/// Who would be in the file, and who would not, with the reason.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Airlock {
    pub included: u32,
    /// How many are left out.
    pub held_back: u32,
    /// By reason, the one with most people first.
    pub left_out: Vec<HeldBack>,
    /// Of those who are in it: who may have asked for no mail all the same, by what says so.
    pub in_doubt: Vec<InDoubt>,
}

/// People who are in it and may have asked for no mail all the same.
#[derive(Debug, Serialize, TS)]
pub struct InDoubt {
    pub why: Doubt,
    /// The sentence up to their names: "2 in it asked for no mail at another address of theirs".
    pub words: String,
    pub count: u32,
    /// The first 50, by their place in the list.
    pub people: Vec<PersonPick>,
    /// All of them, so that they are left out at once.
    pub ids: Vec<Id>,
}

/// The people left out for one reason.
#[derive(Debug, Serialize, TS)]
pub struct HeldBack {
    pub reason: LeftOut,
    /// As it stands behind the count: "no opt-in".
    pub words: String,
    pub count: u32,
    /// What would let them in, if anything may.
    pub fix: Option<Fix>,
    /// The first 50, by their place in the list.
    pub people: Vec<HeldPerson>,
}

#[derive(Debug, Serialize, TS)]
pub struct HeldPerson {
    pub person: PersonPick,
    /// The way to reach them that the reason is about.
    pub point: Option<Id>,
    /// What stands above the text that the reason is about.
    pub column: Option<String>,
}

/// As many people as are named behind a reason, and as many at once for whoever wants to see the others.
const NAMED: usize = 50;
const NAMED_AFTER: usize = 500;

/// What the airlock would let through.
///
/// # Errors
/// `invalid` under `whom` when nobody is said; under `filter` when a filter cannot be read.
pub fn look(tx: &Tx, input: LookAt) -> Result<Airlock> {
    let passed = passed(tx, &input.whom, input.purpose, input.channel, input.shape.as_ref())?;
    let by_post = input.purpose == ExportPurpose::SwagPost;
    let in_doubt = match input.purpose.writes() {
        Some(purpose) if !by_post => in_doubt(tx, &passed.people, input.channel, purpose)?,
        _ => Vec::new(),
    };
    let mut left_out: Vec<HeldBack> = Vec::new();
    for (reason, people) in &passed.held {
        let first = by_name(tx, people.iter().take(NAMED))?;
        left_out.push(HeldBack {
            reason: *reason,
            words: reason_words(*reason, input.purpose).to_owned(),
            count: people.len() as u32,
            fix: reason.fix(),
            people: first,
        });
    }
    // Sorting is stable: of as many, the stricter reason stays first.
    left_out.sort_by_key(|held| std::cmp::Reverse(held.count));
    let held_back = left_out.iter().map(|held| held.count).sum();
    Ok(Airlock { included: passed.people.len() as u32, held_back, left_out, in_doubt })
}

fn by_name<'a>(tx: &Tx, held: impl Iterator<Item = &'a Held>) -> Result<Vec<HeldPerson>> {
    let mut named = Vec::new();
    for Held { person, point, column } in held {
        let picked = people::pick(tx, *person)?;
        named.extend(picked.map(|person| HeldPerson { person, point: *point, column: column.clone() }));
    }
    Ok(named)
}

/// Each once, under the first that says so.
fn in_doubt(tx: &Tx, in_it: &[Id], channel: ContactKind, purpose: Purpose) -> Result<Vec<InDoubt>> {
    let elsewhere = trust::refused_elsewhere(tx, in_it, channel, purpose)?;
    let known: HashSet<Id> = elsewhere.iter().copied().collect();
    let mut doubts: BTreeMap<Doubt, Vec<Id>> = BTreeMap::new();
    for (person, doubt) in trust::alike::alike(tx, in_it)? {
        if !known.contains(&person) {
            doubts.entry(doubt).or_default().push(person);
        }
    }
    if !elsewhere.is_empty() {
        doubts.insert(Doubt::AnotherAddress, elsewhere);
    }
    let mut in_doubt = Vec::with_capacity(doubts.len());
    for (why, who) in doubts {
        let mut first = Vec::new();
        for person in who.iter().take(NAMED) {
            first.extend(people::pick(tx, *person)?);
        }
        in_doubt.push(InDoubt {
            why,
            words: why.words(who.len() as u64),
            count: who.len() as u32,
            people: first,
            ids: who,
        });
    }
    Ok(in_doubt)
}

/// One reason of an airlock.
#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LookCloser {
    pub whom: Whom,
    pub purpose: ExportPurpose,
    pub channel: ContactKind,
    /// Missing means any file.
    pub shape: Option<ExportShape>,
    pub reason: LeftOut,
}

/// Everybody who is left out for one reason, in their order: so that it can be mended for all of them at once.
///
/// # Errors
/// As [`look`].
pub fn left_out(tx: &Tx, input: LookCloser) -> Result<Vec<Id>> {
    let passed = passed(tx, &input.whom, input.purpose, input.channel, input.shape.as_ref())?;
    let held = passed.held.get(&input.reason).into_iter().flatten();
    Ok(held.map(|held| held.person).collect())
}

/// One reason of an airlock, and whom of it one has seen.
#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LookFurther {
    pub whom: Whom,
    pub purpose: ExportPurpose,
    pub channel: ContactKind,
    /// Missing means any file.
    pub shape: Option<ExportShape>,
    pub reason: LeftOut,
    /// So many of them are known by name already.
    pub seen: u32,
}

/// The next 500 who are left out for one reason, in their order.
///
/// # Errors
/// As [`look`].
pub fn left_out_by_name(tx: &Tx, input: LookFurther) -> Result<Vec<HeldPerson>> {
    let passed = passed(tx, &input.whom, input.purpose, input.channel, input.shape.as_ref())?;
    let held = passed.held.get(&input.reason).into_iter().flatten();
    by_name(tx, held.skip(input.seen as usize).take(NAMED_AFTER))
}

/// Who is in it, as they are looked through before the file is written.
#[derive(Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LookThrough {
    pub whom: Whom,
    pub purpose: ExportPurpose,
    pub channel: ContactKind,
    /// Missing means any file.
    pub shape: Option<ExportShape>,
    /// Words to find somebody by, as in a filter; missing means everybody who is in it.
    pub find: Option<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct InIt {
    /// How many were found.
    pub count: u32,
    /// The first 50 of them, by their place in the list.
    pub people: Vec<Included>,
}

/// Somebody who is in it.
#[derive(Debug, Serialize, TS)]
pub struct Included {
    pub person: PersonPick,
    /// What they are written to on the channel; none for the post and for a file of one's own.
    pub address: Option<String>,
}

/// Who is in it, by name, so that one of them can be left out.
///
/// # Errors
/// As [`look`]; `invalid` under `filter` when `find` cannot be read.
pub fn included(tx: &Tx, input: LookThrough) -> Result<InIt> {
    let passed = passed(tx, &input.whom, input.purpose, input.channel, input.shape.as_ref())?;
    let words = input.find.filter(|words| !words.trim().is_empty());
    let found: Option<HashSet<Id>> = words
        .map(|text| {
            let filter = PeopleFilter { text, ..PeopleFilter::default() };
            let found = people::found(tx, &PeopleQuery { filter, ..PeopleQuery::default() })?;
            Ok::<_, Error>(found.ids.iter().copied().collect())
        })
        .transpose()?;
    let in_it = || passed.people.iter().filter(|id| found.as_ref().is_none_or(|found| found.contains(id)));
    let mut first = Vec::new();
    for id in in_it().take(NAMED) {
        let address = passed.addresses.get(&input.channel).and_then(|of| of.get(id)).cloned();
        first.extend(people::pick(tx, *id)?.map(|person| Included { person, address }));
    }
    Ok(InIt { count: in_it().count() as u32, people: first })
}

/// Whom the airlock lets through, kept until the next change: whoever looks for a name in it asks with each key.
fn passed(
    tx: &Tx,
    whom: &Whom,
    purpose: ExportPurpose,
    channel: ContactKind,
    shape: Option<&ExportShape>,
) -> Result<Arc<Passed>> {
    let today = workspace::today(tx)?;
    let into = match shape {
        Some(shape) => Some((Template::of(&shape.template)?, shape.columns.as_deref())),
        None => None,
    };
    // A program that takes everybody makes no difference.
    let into = into.filter(|(template, _)| !template.limits.none());
    let columns = into.map(|(template, columns)| (template.key, columns));
    tx.cached_long(&format!("airlock {today} {purpose:?} {channel:?} {whom:?} {columns:?}"), || {
        let mut passed = Passed::of(tx, meant(tx, whom)?, purpose, channel)?;
        // While no column is ticked nothing can be too long.
        if let Some((template, columns)) = into.filter(|(_, columns)| columns.is_none_or(|keys| !keys.is_empty())) {
            let plan = Plan::of(tx, template, columns, purpose, channel)?;
            passed.goes_into(tx, template, &plan, purpose)?;
        }
        Ok(passed)
    })
}

/// Whom somebody means, each once, in their order.
pub(super) struct Meant {
    pub people: Vec<Id>,
    /// Who would be meant as well, and was left out by hand.
    pub by_hand: Vec<Id>,
}

pub(super) fn meant(tx: &Tx, whom: &Whom) -> Result<Meant> {
    let without: HashSet<Id> = there(tx, whom.without.as_deref().unwrap_or_default())?.into_iter().collect();
    let (by_hand, people) = chosen(tx, whom)?.into_iter().partition(|id| without.contains(id));
    Ok(Meant { people, by_hand })
}

fn chosen(tx: &Tx, whom: &Whom) -> Result<Vec<Id>> {
    let from: Vec<Id> = match (whom.list, &whom.query, &whom.ids) {
        (Some(list), ..) => lists::on(tx, &tx.get::<ListRow>(list)?)?.to_vec(),
        (None, Some(query), _) => people::found(tx, query)?.ids.clone(),
        (None, None, Some(ids)) => return there(tx, ids),
        (None, None, None) => return invalid("whom", "Choose a list or some people first."),
    };
    let Some(ids) = &whom.ids else { return Ok(from) };
    let wanted: HashSet<Id> = there(tx, ids)?.into_iter().collect();
    Ok(from.into_iter().filter(|id| wanted.contains(id)).collect())
}

/// The rows that stand for these people, each once; whoever was moved to the trash since they were chosen is passed over.
fn there(tx: &Tx, ids: &[Id]) -> Result<Vec<Id>> {
    let (mut seen, mut there) = (HashSet::new(), Vec::with_capacity(ids.len()));
    for id in ids {
        match people::root(tx, *id) {
            Ok(root) if seen.insert(root) => there.push(root),
            Ok(_) | Err(Error::NotFound(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(there)
}

/// Somebody who is held back.
pub(super) struct Held {
    pub person: Id,
    /// The way to reach them that this is about.
    pub point: Option<Id>,
    /// The header of the text that this is about.
    pub column: Option<String>,
}

impl Held {
    fn at(person: Id, point: Option<Id>) -> Held {
        Held { person, point, column: None }
    }
}

/// Whom the airlock lets through, each with the address that may be used.
pub(super) struct Passed {
    pub people: Vec<Id>,
    /// By channel, the address that may be used of each person; a channel that is not in it was not asked about.
    pub addresses: HashMap<ContactKind, HashMap<Id, String>>,
    pub held: BTreeMap<LeftOut, Vec<Held>>,
}

impl Passed {
    pub fn of(tx: &Tx, meant: Meant, purpose: ExportPurpose, channel: ContactKind) -> Result<Passed> {
        let Meant { people: meant, by_hand } = meant;
        let mut passed = Passed { people: Vec::new(), addresses: HashMap::new(), held: BTreeMap::new() };
        if !by_hand.is_empty() {
            passed.held.insert(LeftOut::ByHand, by_hand.into_iter().map(|person| Held::at(person, None)).collect());
        }
        let Some(purpose) = purpose.writes() else {
            passed.people = meant;
            return Ok(passed);
        };
        if purpose == Purpose::SwagPost {
            // Two who live together get a parcel each: of one postal address there is no second time.
            for (person, left_out) in trust::post::by_post(tx, &meant)? {
                match left_out {
                    None => passed.people.push(person),
                    Some(reason) => passed.held.entry(reason).or_default().push(Held::at(person, None)),
                }
            }
            return Ok(passed);
        }
        let mut addresses = HashMap::with_capacity(meant.len());
        let mut written_to = HashSet::with_capacity(meant.len());
        for verdict in trust::verdicts(tx, &meant, channel, purpose)? {
            match (verdict.left_out, verdict.value) {
                // Whoever comes first is in it: nobody is written to twice.
                (None, Some(value)) if !written_to.insert(normal::contact(channel, &value)) => {
                    addresses.insert(verdict.person, value);
                    passed.held.entry(LeftOut::SameAddress).or_default().push(Held::at(verdict.person, verdict.point));
                }
                (None, Some(value)) => {
                    passed.people.push(verdict.person);
                    addresses.insert(verdict.person, value);
                }
                (reason, _) => {
                    let reason = reason.unwrap_or(LeftOut::NoAddress);
                    passed.held.entry(reason).or_default().push(Held::at(verdict.person, verdict.point));
                }
            }
        }
        passed.addresses.insert(channel, addresses);
        Ok(passed)
    }

    /// Leaves out whoever the program that reads the file would not take, with these columns.
    pub fn goes_into(&mut self, tx: &Tx, template: &Template, plan: &Plan, purpose: ExportPurpose) -> Result<()> {
        self.asks_about(tx, &plan.picked, purpose)?;
        limits::hold_back(tx, self, template.limits, plan)
    }

    /// Asks about another channel whose column was picked: only an address that may be used for the same stands in it.
    /// A handle or a page is where somebody is found, and not what is written to.
    fn asks_about(&mut self, tx: &Tx, keys: &[String], purpose: ExportPurpose) -> Result<()> {
        let Some(purpose) = purpose.writes() else { return Ok(()) };
        for kind in [ContactKind::Email, ContactKind::Phone] {
            if self.addresses.contains_key(&kind) || !keys.iter().any(|key| key == kind.key()) {
                continue;
            }
            // Whoever has an address that somebody else has as well may still take their place.
            let same = self.held.get(&LeftOut::SameAddress).into_iter().flatten().map(|held| held.person);
            let asked: Vec<Id> = self.people.iter().copied().chain(same).collect();
            let verdicts = trust::verdicts(tx, &asked, kind, purpose)?;
            let usable = verdicts.into_iter().filter(|verdict| verdict.left_out.is_none());
            self.addresses.insert(kind, usable.filter_map(|v| Some((v.person, v.value?))).collect());
        }
        Ok(())
    }
}

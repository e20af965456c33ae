//! Invented touchpoints: one journey after another, each oldest first.

use super::days;
use super::kinds::{self, OURS, Runs, STAGES, THEIRS};
use super::people;
use super::random::{Purpose, Random};
use super::share::Share;
use super::words::{self, Work};

/// Something that happened between people who do not exist. Keys are those of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTouchpoint {
    pub kind: &'static str,
    /// Days before `today`; with `precision` month or year, a day in that month or year.
    pub days_ago: u32,
    /// `minute`, `day`, `month`, `year` or `unknown`.
    pub precision: &'static str,
    /// Minutes since midnight, where the minute is known.
    pub minute: Option<u16>,
    /// At least one; the first is the one whose journey this is.
    pub people: Vec<DemoAttendee>,
    pub note: Option<String>,
    pub intent: Option<&'static str>,
    /// −2 to 2.
    pub sentiment: Option<i8>,
    /// How long it took.
    pub minutes: Option<u16>,
    pub needs_answer: bool,
    /// `quick_capture`, `form` or `import`.
    pub source: &'static str,
}

/// Somebody at a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAttendee {
    /// The number of a [`DemoPerson`](super::DemoPerson).
    pub person: u32,
    /// `by`, `with` or `about`.
    pub role: &'static str,
    /// Never on what we do, nor on a reset.
    pub observed_stage: Option<&'static str>,
    /// `seen`, `told`, `inferred` or `imported`.
    pub observed_by: &'static str,
    pub incentivised: bool,
}

/// Exactly `m` touchpoints of the people `0..n`; none if there are no people.
///
/// They come person by person and each person's oldest first, so that whoever inserts them can settle a journey and
/// forget it; no more than one person's are in memory. `today` is a number of days since 1970-01-01: it moves days
/// off weekends and into seasons, and changes nothing else.
pub fn touchpoints(seed: u64, n: u32, m: u64, today: i64) -> impl Iterator<Item = DemoTouchpoint> {
    Share::of(seed, n, m).flat_map(move |(index, count)| journey(seed, n, index, count, today))
}

/// Where a journey leads, and how it ends.
struct Course {
    /// An index of [`STAGES`]; none for somebody we wrote to who never answered.
    destination: Option<usize>,
    /// The reset they end with.
    leaves: Option<&'static str>,
    /// Days since the last touchpoint.
    last: u32,
}

fn journey(seed: u64, n: u32, index: u32, count: u64, today: i64) -> Vec<DemoTouchpoint> {
    let added = people::added_days_ago(seed, index);
    let course = course(&mut Random::of(seed, Purpose::Course, index.into()), count, added);
    let days = days::days(&mut Random::of(seed, Purpose::Days, index.into()), count, added, course.last, today);
    let random = &mut Random::of(seed, Purpose::Kinds, index.into());
    let notes = &mut Random::of(seed, Purpose::Notes, index.into());
    let (language, work) = (people::language(seed, index), Work::of(seed, index));
    (0..count)
        .zip(days)
        .map(|(nth, days_ago)| {
            let (kind, stage) = kind(random, &course, nth, count);
            let mut touchpoint = touchpoint(random, kind, stage, days_ago, index, n);
            let in_their_language = notes.chance(40);
            let noted = notes.chance(if touchpoint.source == "import" { 15 } else { 85 });
            let note = words::note(notes, if in_their_language { language } else { "en" }, kind, work);
            touchpoint.note = noted.then_some(note);
            touchpoint
        })
        .collect()
}

fn course(random: &mut Random, count: u64, added: u32) -> Course {
    let shares = match count {
        0..=3 => [10, 42, 22, 13, 9, 4],
        4..=12 => [3, 20, 25, 25, 18, 9],
        _ => [1, 6, 12, 22, 32, 27],
    };
    let ends: [(Option<usize>, u32); 6] = std::array::from_fn(|place| (place.checked_sub(1), shares[place]));
    let destination = random.weighted(&ends);
    let leaves = match destination {
        Some(stage @ 1..) if count > 1 && random.chance(8) => Some(match stage {
            1 | 2 => "chose_other",
            _ => *random.pick(&["stopped_using", "project_ended"]),
        }),
        _ => None,
    };
    let last = match random.below(100) {
        0..=49 => random.between(0, 60),
        50..=77 => random.between(61, 365),
        _ => random.between(366, added.max(366)),
    };
    Course { destination, leaves, last: last.min(added) }
}

/// The next kind, and the index of the stage the person is at.
fn kind(random: &mut Random, course: &Course, nth: u64, count: u64) -> (&'static str, usize) {
    let Some(destination) = course.destination else {
        return (random.weighted(OURS[0]), 0);
    };
    if nth + 1 == count
        && let Some(reset) = course.leaves
    {
        return (reset, destination);
    }
    let reached = (destination as u64 * (nth + 1) / count.max(1)) as usize;
    if nth > 0 && random.chance(34) {
        return (random.weighted(OURS[usize::from(reached > 2)]), reached);
    }
    // People who build still come to talks and ask questions.
    let stage = match random.below(100) {
        0..=9 => 0,
        10..=29 => reached.saturating_sub(1),
        _ => reached,
    };
    (random.weighted(THEIRS[stage]), reached)
}

fn touchpoint(
    random: &mut Random,
    kind: &'static str,
    stage: usize,
    days_ago: u32,
    index: u32,
    n: u32,
) -> DemoTouchpoint {
    let ours = kinds::is_ours(kind);
    let reset = matches!(kind, "chose_other" | "project_ended" | "stopped_using");
    let in_person = matches!(kind, "conversation_in_person" | "attended_event" | "attended_talk" | "hands_on_workshop");
    let listed = matches!(kind, "subscribed" | "followed_starred" | "attended_event" | "attended_talk" | "signed_up");
    let imported = listed && random.chance(35);
    let observed_by = match random.below(100) {
        _ if imported => "imported",
        _ if ours || reset => "told",
        0..=27 => "seen",
        28..=91 => "told",
        _ => "inferred",
    };
    let observes = random.chance(match kind {
        "conversation_in_person" | "conversation_online" => 35,
        _ => 4,
    });
    let rewardable =
        matches!(kind, "opened_pr" | "wrote_about" | "gave_feedback" | "joined_beta" | "answered_question");
    let host = DemoAttendee {
        person: index,
        role: if kinds::runs(kind) == Runs::BetweenThem { "by" } else { "with" },
        observed_stage: (observes && !ours && !reset && !imported).then(|| STAGES[stage]),
        observed_by,
        incentivised: rewardable && random.chance(8),
    };
    let known = match random.below(1_000) {
        0..=14 if days_ago > 200 => "month",
        15..=19 if days_ago > 400 => "year",
        20..=22 if days_ago > 200 => "unknown",
        23..=380 if !imported => "minute",
        _ => "day",
    };
    let at = if in_person { random.between(9 * 60, 22 * 60) } else { random.between(8 * 60, 18 * 60) };
    let conversation = kinds::runs(kind) == Runs::TwoWay || kind == "gave_help";
    let (speaks, feeling) = (random.chance(22), random.weighted(&[(-2, 1), (-1, 3), (0, 4), (1, 8), (2, 4)]));
    let (timed, took) = (random.chance(40), random.between(1, 18) * 5);
    let asks = matches!(kind, "asked_if_it_fits" | "asked_how_to" | "gave_feedback" | "reported_bug" | "replied");
    let open = asks && random.chance(40);
    DemoTouchpoint {
        kind,
        days_ago,
        precision: known,
        minute: (known == "minute").then_some(at as u16),
        people: with_guests(random, host, kind, n),
        note: None,
        intent: kinds::intent(kind),
        sentiment: (speaks && !ours && !imported).then_some(feeling),
        minutes: (conversation && timed).then_some(took as u16),
        needs_answer: open && days_ago < 45,
        source: if imported {
            "import"
        } else if random.chance(70) {
            "quick_capture"
        } else {
            "form"
        },
    }
}

/// The others who were there: people with numbers near the host's, who tend to be near them in the file as well.
fn with_guests(random: &mut Random, host: DemoAttendee, kind: &str, n: u32) -> Vec<DemoAttendee> {
    let (percent, most) = match kind {
        "organised_meetup" => (90, 6),
        "introduced" => (100, 1),
        "answered_question" | "referred" => (70, 1),
        "took_it_to_team" => (30, 3),
        "attended_event" | "hands_on_workshop" => (12, 5),
        "conversation_in_person" => (10, 3),
        "co_created" => (25, 1),
        _ => (0, 1),
    };
    let guests = if random.chance(percent) { random.between(1, most).min(n.saturating_sub(1)) } else { 0 };
    let mut people = vec![host];
    for _ in 0..guests {
        let person = ((u64::from(people[0].person) + 1 + random.below(24)) % u64::from(n)) as u32;
        let gossip = kind == "conversation_in_person" && random.chance(15);
        if people.iter().all(|there| there.person != person) {
            let role = if gossip { "about" } else { "with" };
            people.push(DemoAttendee { person, role, observed_stage: None, observed_by: "told", incentivised: false });
        }
    }
    people
}

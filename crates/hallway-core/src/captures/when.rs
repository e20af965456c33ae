//! Days said in words: `mon`, `3d`, `2w`, `12 jun`, `eom`, `next week`, `mon 15:00`. Pure: the day it is, the weekend and
//! the order of numbers come in.
use crate::days::{Weekend, month_named};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Where and when something is said.
#[derive(Debug, Clone, Copy)]
pub struct Here {
    /// The civil time where the workspace counts its days.
    pub now: NaiveDateTime,
    pub weekend: Weekend,
    /// `3/4` is the fourth of March and not the third of April.
    pub month_first: bool,
}

/// A day that was said, with the time if there was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub day: NaiveDate,
    pub time: Option<NaiveTime>,
}

impl Here {
    fn today(&self) -> NaiveDate {
        self.now.date()
    }
    /// The day that counts when only “!” is said.
    pub fn next_business_day(&self) -> NaiveDate {
        self.weekend.next_business_day(self.today()).unwrap_or(self.today())
    }
    /// This day, if it is one to work on, or else the next that is.
    fn working(&self, day: NaiveDate) -> Option<NaiveDate> {
        if self.weekend.is_business_day(day) { Some(day) } else { self.weekend.next_business_day(day) }
    }
}

/// Reads a text that says a day and nothing else. Nothing said is the next business day.
pub fn read(text: &str, here: &Here) -> Option<Said> {
    if text.trim().is_empty() {
        return Some(Said { day: here.next_business_day(), time: None });
    }
    let (said, used) = read_beginning(text, here)?;
    text[used..].trim().is_empty().then_some(said)
}

/// Reads the day with which a text begins, and says how many bytes it took. As many words are taken as still make a day.
pub fn read_beginning(text: &str, here: &Here) -> Option<(Said, usize)> {
    let words = words(text);
    let mut at = 0;
    if words.first().is_some_and(|word| word.text == "in") {
        at = 1;
    }
    let (day, mut at) = match day(&words, at, here) {
        Some((day, at)) => (day, at),
        None => {
            // A time alone is the next time the clock shows it.
            let (time, at) = time(&words, 0)?;
            let day = if time > here.now.time() { here.today() } else { here.today().succ_opt()? };
            return Some((Said { day, time: Some(time) }, words[at - 1].to));
        }
    };
    let mut time_said = None;
    if let Some((time, after)) = time(&words, at) {
        time_said = Some(time);
        at = after;
    }
    Some((Said { day, time: time_said }, words[at - 1].to))
}

/// “Mon 25 May”, with the year when it is another one, and the time if there is one.
pub fn in_words(said: Said, today: NaiveDate) -> String {
    let day = said.day.format(if said.day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" });
    match said.time {
        Some(time) => format!("{day} {}", time.format("%H:%M")),
        None => day.to_string(),
    }
}

/// Whether the people of a locale write the month before the day.
pub fn month_first(locale: &str) -> bool {
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-").to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let region = parts.find(|part| part.len() == 2);
    match (language, region) {
        // What nobody writes otherwise.
        ("ja" | "zh" | "ko" | "hu" | "lt" | "mn" | "fil", _) => true,
        ("en" | "es", Some("us" | "pr" | "gu" | "vi" | "as" | "mp" | "um" | "pw" | "fm" | "mh")) => true,
        ("en", None) => true,
        _ => false,
    }
}

/// A word of what was said: lower-case, without the sign that ends a phrase, and where it ends.
struct Word {
    text: String,
    to: usize,
}

/// The first words; no day takes more.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_whitespace(), from) {
            (false, None) => from = Some(at),
            (true, Some(begin)) => {
                let word = &text[begin..at];
                words.push(Word { text: word.trim_end_matches([',', ';', ':', '!']).to_lowercase(), to: at });
                // A phrase ends with the sign at its end: “mon, 12 stickers” is Monday.
                if word.ends_with([',', ';', ':', '!']) || words.len() == 6 {
                    break;
                }
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// A day from the words at `at`, and the place after them.
fn day(words: &[Word], at: usize, here: &Here) -> Option<(NaiveDate, usize)> {
    let word = words.get(at)?.text.as_str();
    let second = words.get(at + 1).map(|word| word.text.as_str()).unwrap_or_default();
    let today = here.today();
    let one = |day: NaiveDate| Some((day, at + 1));
    match word {
        "today" | "tod" | "eod" => return one(today),
        "tomorrow" | "tmr" | "tmrw" => return one(today.succ_opt()?),
        "eow" => return one(end_of_week(here)?),
        "eom" => return one(last_business_day(here, today, 1)?),
        "eoq" => return one(last_business_day(here, today, 3)?),
        "eoy" => return one(last_business_day(here, today, 12)?),
        "next" => return next(second, here).map(|day| (day, at + 2)),
        _ => {}
    }
    if let Some(weekday) = weekday(word) {
        return one(after(today, weekday));
    }
    if let Some((count, unit)) = count_and_unit(word) {
        return one(later(count, unit, here)?);
    }
    if let (Some(count), true) = (number(word), second.len() > 1) {
        // “3 days”, and not “3 d”, which is too easily something else.
        if let Some(unit) = unit(second).filter(|_| second.len() > 2) {
            return Some((later(count, unit, here)?, at + 2));
        }
    }
    by_date(words, at, here)
}

/// `12 jun`, `jun 12`, `12 jun 2027`, `12th`, `12.6.`, `12/6`, `2026-06-12`.
fn by_date(words: &[Word], at: usize, here: &Here) -> Option<(NaiveDate, usize)> {
    let text = |n: usize| words.get(n).map(|word| word.text.as_str()).unwrap_or_default();
    let word = text(at);
    let year_at =
        |n: usize| text(n).parse::<i32>().ok().filter(|year| text(n).len() == 4 && (2000..2200).contains(year));
    let day_and_month =
        [(day_of_month(word), month_named(text(at + 1))), (day_of_month(text(at + 1)), month_named(word))];
    for (day, month) in day_and_month {
        if let (Some(day), Some(month)) = (day, month) {
            return match year_at(at + 2) {
                Some(year) => Some((NaiveDate::from_ymd_opt(year, month, day)?, at + 3)),
                None => Some((coming(here.today(), month, day)?, at + 2)),
            };
        }
    }
    // Written together: 12jun, jun12.
    let border = word.find(|c: char| c.is_ascii_digit() != word.starts_with(|c: char| c.is_ascii_digit()));
    if let Some((a, b)) = border.map(|border| word.split_at(border)) {
        for (day, month) in [(day_of_month(a), month_named(b)), (day_of_month(b), month_named(a))] {
            if let (Some(day), Some(month)) = (day, month) {
                return Some((coming(here.today(), month, day)?, at + 1));
            }
        }
    }
    // “12th” is the next twelfth.
    if word.len() > 2 && word.ends_with(char::is_alphabetic) && day_of_month(word).is_some() {
        return Some((next_with_day(here.today(), day_of_month(word)?)?, at + 1));
    }
    Some((numbers(word, here)?, at + 1))
}

/// `2026-06-12`, `12.6.`, `12.6.2026`, `12/6`, `12/6/26`.
fn numbers(word: &str, here: &Here) -> Option<NaiveDate> {
    let sign = word.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = word.trim_end_matches('.').split(sign).collect();
    let number = |text: &str, most: usize| {
        ((1..=most).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    match (sign, parts.as_slice()) {
        ('-', [y, m, d]) if y.len() == 4 => NaiveDate::from_ymd_opt(number(y, 4)? as i32, number(m, 2)?, number(d, 2)?),
        ('.' | '/', [a, b, rest @ ..]) => {
            let (a, b) = (number(a, 2)?, number(b, 2)?);
            let (day, month) = match sign {
                // Nobody who writes points puts the month first.
                '/' if (here.month_first && a <= 12) || b > 12 => (b, a),
                _ => (a, b),
            };
            match rest {
                [] => coming(here.today(), month, day),
                [year] => {
                    let year = number(year, 4).filter(|_| year.len() != 3 && year.len() != 1)?;
                    NaiveDate::from_ymd_opt(if year < 100 { 2000 + year } else { year } as i32, month, day)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn time(words: &[Word], at: usize) -> Option<(NaiveTime, usize)> {
    let text = |n: usize| words.get(n).map(|word| word.text.as_str()).unwrap_or_default();
    let at = if text(at) == "at" { at + 1 } else { at };
    let word = text(at);
    if word == "noon" {
        return Some((NaiveTime::from_hms_opt(12, 0, 0)?, at + 1));
    }
    let (clock, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (word, None),
    };
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if half.is_some() => (clock, "0"),
        _ => return None,
    };
    let digits = |text: &str| text.parse::<u32>().ok().filter(|_| text.chars().all(|c| c.is_ascii_digit()));
    let (mut hour, minute) = (digits(hour)?, digits(minute)?);
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, at + 1))
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    BusinessDay,
    Week,
    Month,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "d" | "day" | "days" => Unit::Day,
        "bd" | "wd" | "workday" | "workdays" => Unit::BusinessDay,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Week,
        "m" | "mo" | "month" | "months" => Unit::Month,
        "y" | "yr" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

fn number(word: &str) -> Option<u32> {
    ((1..=3).contains(&word.len()) && word.chars().all(|c| c.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

fn count_and_unit(word: &str) -> Option<(u32, Unit)> {
    let border = word.find(|c: char| !c.is_ascii_digit())?;
    Some((number(&word[..border])?, unit(&word[border..])?))
}

fn later(count: u32, unit: Unit, here: &Here) -> Option<NaiveDate> {
    let today = here.today();
    match unit {
        Unit::Day => today.checked_add_days(Days::new(count.into())),
        Unit::BusinessDay => here.weekend.add_business_days(today, i64::from(count)),
        Unit::Week => today.checked_add_days(Days::new(7 * u64::from(count))),
        Unit::Month => today.checked_add_months(Months::new(count)),
        Unit::Year => today.checked_add_months(Months::new(12 * count)),
    }
}

/// `next week` and `next month` begin with their first business day; `next fri` is the one of next week.
fn next(what: &str, here: &Here) -> Option<NaiveDate> {
    let today = here.today();
    match what {
        "week" => here.working(first_of_next_week(here)),
        "month" => here.working(today.with_day(1)?.checked_add_months(Months::new(1))?),
        "year" => here.working(NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)?),
        _ => Some(after(first_of_next_week(here).pred_opt()?, weekday(what)?)),
    }
}

/// A week begins on the first working day after a day of rest; where nobody rests, on Monday.
fn first_of_next_week(here: &Here) -> NaiveDate {
    let begins = |day: &Weekday| !here.weekend.has(*day) && here.weekend.has(day.pred());
    after(here.today(), WEEK.into_iter().find(begins).unwrap_or(Weekday::Mon))
}

/// The last business day of this week; in its weekend, of the next one. Where nobody rests a week ends on Sunday.
fn end_of_week(here: &Here) -> Option<NaiveDate> {
    if here.weekend.numbers().is_empty() {
        return Some(after(here.today().pred_opt()?, Weekday::Sun));
    }
    let mut last = here.working(here.today())?;
    while let Some(next) = last.succ_opt().filter(|next| here.weekend.is_business_day(*next)) {
        last = next;
    }
    Some(last)
}

/// The last business day of the month, quarter or year; once it has passed, that of the next one.
fn last_business_day(here: &Here, today: NaiveDate, months: u32) -> Option<NaiveDate> {
    let begun = today.month0() / months * months;
    let mut first = NaiveDate::from_ymd_opt(today.year(), begun + 1, 1)?;
    for _ in 0..2 {
        first = first.checked_add_months(Months::new(months))?;
        let mut last = first.pred_opt()?;
        while !here.weekend.is_business_day(last) && last.day() > 20 {
            last = last.pred_opt()?;
        }
        if last >= today {
            return Some(last);
        }
    }
    None
}

/// The first such weekday after a day.
fn after(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    let days = (7 + weekday.num_days_from_monday() - day.weekday().num_days_from_monday() - 1) % 7 + 1;
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}

/// That day of the year, today or later. The 29th of February waits for its year.
fn coming(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..9).filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day)).find(|date| *date >= today)
}

fn next_with_day(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    (0..3).filter_map(|n| first.checked_add_months(Months::new(n))?.with_day(day)).find(|date| *date >= today)
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, &[&str]); 7] = [
        ("monday", &[]),
        ("tuesday", &["tues"]),
        ("wednesday", &["weds"]),
        ("thursday", &["thur", "thurs"]),
        ("friday", &[]),
        ("saturday", &[]),
        ("sunday", &[]),
    ];
    let found = DAYS.iter().position(|(name, others)| *name == word || &name[..3] == word || others.contains(&word))?;
    WEEK.get(found).copied()
}

/// `12`, `12.`, `1st`, `22nd`.
fn day_of_month(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches('.');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    number(digits).filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

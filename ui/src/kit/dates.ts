// Days as people write and read them. A day is text, `YYYY-MM-DD`; nothing here moves with a time zone.
import type { Precision } from "../ipc/gen";
import { localeKnown } from "./words";

export type ParsedWhen = { on?: string; unknownDay?: boolean } | { problem: string };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MS = 86_400_000;
const HELP = "Write a day like 2026-03-04, 12 mar, yesterday or 3d ago; a month like 2026-03; or a year.";

/**
 * What someone typed under "when". Empty is now. A month or a year alone stays as exact as it was typed.
 * A day without a year is the latest one that has been: evidence lies in the past.
 */
export function parseWhen(typed: string, today: string): ParsedWhen {
  const text = typed.trim().toLowerCase().replace(/\s+/g, " ").replace(/,/g, "");
  if (text === "" || text === "now") return {};
  if (text === "unknown" || text === "not known" || text === "?") return { unknownDay: true };
  if (text === "today") return { on: today };
  if (text === "yesterday") return { on: addDays(today, -1) };
  if (text === "tomorrow") return { on: addDays(today, 1) };

  const ago = /^(?:(\d{1,4})|an?|one) ?(d|days?|w|weeks?|m|months?|y|years?)(?: ago)?$/.exec(text);
  if (ago) return back(Number(ago[1] ?? 1), ago[2]!.charAt(0), today);

  const weekday = /^(?:last |on )?([a-z]{3,9})$/.exec(text);
  if (weekday) {
    const day = WEEKDAYS.findIndex((name) => isShortFor(weekday[1]!, name));
    if (day >= 0) {
      const distance = (weekdayOf(today) - day + 7) % 7 || 7;
      return { on: addDays(today, -distance) };
    }
  }

  const year = /^(\d{4})$/.exec(text);
  if (year) return { on: year[1]! };
  const month = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  if (month) return asMonth(Number(month[1]), Number(month[2]));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return asDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));

  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(text);
  if (dayFirst) return named(dayFirst[1], dayFirst[2]!, dayFirst[3], today);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(text);
  if (monthFirst) return named(monthFirst[2], monthFirst[1]!, monthFirst[3], today);
  const monthOnly = /^([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(text);
  if (monthOnly) return named(undefined, monthOnly[1]!, monthOnly[2], today);

  return { problem: HELP };
}

function back(n: number, unit: string, today: string): ParsedWhen {
  if (unit === "d") return { on: addDays(today, -n) };
  if (unit === "w") return { on: addDays(today, -7 * n) };
  const [year, month, day] = parts(today);
  if (unit === "y") return { on: clamped(year - n, month, day) };
  const months = year * 12 + (month - 1) - n;
  return { on: clamped(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, day) };
}

function named(day: string | undefined, name: string, year: string | undefined, today: string): ParsedWhen {
  const month = MONTHS.findIndex((short) => isShortFor(name, short)) + 1;
  if (month === 0) return { problem: HELP };
  const [thisYear] = parts(today);
  if (year) return day ? asDay(Number(year), month, Number(day)) : asMonth(Number(year), month);
  if (!day) {
    const on = `${pad(thisYear, 4)}-${pad(month)}`;
    return { on: on <= today.slice(0, 7) ? on : `${pad(thisYear - 1, 4)}-${pad(month)}` };
  }
  const here = asDay(thisYear, month, Number(day));
  if ("on" in here && here.on! <= today) return here;
  // 29 February may not exist in the year before; go back to a year that has it.
  for (let back = 1; back <= 8; back++) {
    const there = asDay(thisYear - back, month, Number(day));
    if ("on" in there) return there;
  }
  return here;
}

/** "may", "sept" and "september" are all short for their month; "mayor" is not. */
function isShortFor(typed: string, short: string): boolean {
  const full: Record<string, string> = {
    jan: "january",
    feb: "february",
    mar: "march",
    apr: "april",
    may: "may",
    jun: "june",
    jul: "july",
    aug: "august",
    sep: "september",
    oct: "october",
    nov: "november",
    dec: "december",
    sun: "sunday",
    mon: "monday",
    tue: "tuesday",
    wed: "wednesday",
    thu: "thursday",
    fri: "friday",
    sat: "saturday",
  };
  return typed.length >= 3 && full[short]!.startsWith(typed);
}

function asDay(year: number, month: number, day: number): ParsedWhen {
  const on = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return isDay(on) ? { on } : { problem: `${on} is not in the calendar. ${HELP}` };
}

function asMonth(year: number, month: number): ParsedWhen {
  if (month < 1 || month > 12) return { problem: `There is no month ${month}. ${HELP}` };
  return { on: `${pad(year, 4)}-${pad(month)}` };
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = parts(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

export function addDays(day: string, n: number): string {
  return new Date(utc(day) + n * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** "today", "3 weeks ago", "in 2 days". */
export function relativeDay(day: string, today: string): string {
  const days = daysBetween(day, today);
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  if (days === -1) return "tomorrow";
  const [n, unit] = span(day < today ? day : today, day < today ? today : day);
  const words = `${n} ${unit}${n === 1 ? "" : "s"}`;
  return days > 0 ? `${words} ago` : `in ${words}`;
}

/** Between two days, in the unit people would use. */
function span(from: string, to: string): [number, string] {
  const days = daysBetween(from, to);
  if (days < 14) return [days, "day"];
  if (days < 60) return [Math.round(days / 7), "week"];
  const [y1, m1, d1] = parts(from);
  const [y2, m2, d2] = parts(to);
  const months = (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
  return months < 24 ? [months, "month"] : [Math.floor(months / 12), "year"];
}

/** "21 May", with the year when it is not this one. */
export function shortDay(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : ("numeric" as const);
  return format({ day: "numeric", month: "short", year }, day);
}

/** "Mon 25 May": a day that comes, with the year when it is not this one. */
export function comingDay(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : ("numeric" as const);
  return format({ weekday: "short", day: "numeric", month: "short", year }, day);
}

/** "Thursday 21 May 2026" */
export function longDay(day: string): string {
  return format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, day);
}

/** "Thursday 21 May": the day at the head of a page. */
export function headDay(day: string): string {
  return format({ weekday: "long", day: "numeric", month: "long" }, day);
}

/** A day as exactly as it is known: "21 May", "May 2026", "2026", "day not known". */
export function knownDay(day: string, precision: Precision, today: string): string {
  if (precision === "unknown") return "day not known";
  if (precision === "year") return day.slice(0, 4);
  if (precision === "month") return format({ month: "long", year: "numeric" }, day);
  return shortDay(day, today);
}

/** The heading over a month of entries: "May", "December 2025". */
export function monthHeading(day: string, today: string): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : ("numeric" as const);
  return format({ month: "long", year }, day);
}

/** An instant as a day and a time in `zone`: "21 May 2026, 14:32". */
export function instant(at: number, zone: string): string {
  return formatter({ dateStyle: "medium", timeStyle: "short", timeZone: usable(zone) }).format(at);
}

/** The civil day of an instant in `zone`. */
export function dayOf(at: number, zone: string): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: usable(zone) } as const;
  const found = formatter(options, "en-CA").formatToParts(at);
  const part = (type: string) => found.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** "14:32", or nothing when the zone is not one the system knows. */
export function timeIn(zone: string, at: number): string | null {
  if (!isZone(zone)) return null;
  return formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(at);
}

const zones = new Map<string, boolean>();

export function isZone(zone: string): boolean {
  let known = zones.get(zone);
  if (known === undefined) zones.set(zone, (known = zone !== "" && accepted(zone)));
  return known;
}

function accepted(zone: string): boolean {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function usable(zone: string): string | undefined {
  return isZone(zone) ? zone : undefined;
}

/**
 * How days are written. The window speaks English, so only an English locale with a region is followed: en-US writes
 * "May 21" and 3:06 PM. Everywhere else, and where a system has no locale (LANG=C), the day stands before the month.
 */
export function dateLocale(locale?: string): string {
  const { locale: own } = new Intl.DateTimeFormat(locale).resolvedOptions();
  const { language, region } = new Intl.Locale(own);
  return language === "en" && region && localeKnown(locale) ? own : "en-GB";
}

const written = dateLocale();
/** Making one takes the better part of a millisecond, so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions, locale = written): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

function format(options: Intl.DateTimeFormatOptions, day: string): string {
  const [year, month, date] = parts(`${day}-01-01`.slice(0, 10));
  return formatter({ ...options, timeZone: "UTC" }).format(Date.UTC(year, month - 1, date));
}

function parts(day: string): [number, number, number] {
  const [year, month, date] = day.split("-").map(Number);
  return [year ?? 0, month ?? 1, date ?? 1];
}

function utc(day: string): number {
  const [year, month, date] = parts(day);
  return Date.UTC(year, month - 1, date);
}

function weekdayOf(day: string): number {
  return new Date(utc(day)).getUTCDay();
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function clamped(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(day, daysIn(year, month)))}`;
}

function pad(n: number, to = 2): string {
  return String(n).padStart(to, "0");
}

/** A day that has been, as it is typed; nothing typed is today. */
export function dayTyped(text: string, today: string): { on: string } | { problem: string } {
  const when = parseWhen(text, today);
  if ("problem" in when) return { problem: when.problem };
  const on = when.on ?? today;
  if (when.unknownDay || !isDay(on)) return { problem: "Write the day, like 3 may or 2026-05-03." };
  return on > today ? { problem: "That day is still to come. Write when it was said." } : { on };
}

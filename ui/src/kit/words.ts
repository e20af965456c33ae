// The vocabulary: every word of the domain that the window says, in one place.
import type {
  Basis,
  Confidence,
  ContactKind,
  ContactSource,
  ContactStatus,
  Direction,
  FieldKind,
  Intent,
  ObservedBy,
  PinUntil,
  Presence,
  Purpose,
  ReturnOutcome,
  Ring,
  Role,
  Stage,
  SuppressedFor,
  TagKind,
} from "../ipc/gen";

export { asShipped, callStages, NOT_PLACED, stageName } from "./stageNames.svelte";

/** A stage to look for, or that nobody has placed them yet. */
export type StageWord = Stage | "none";

export const STAGES: readonly Stage[] = ["discover", "evaluate", "learn", "build", "scale"];
/** 1 to 5, also the key that sets it; 0 is not placed. */
export function stageNumber(stage: Stage | null): number {
  return stage === null ? 0 : STAGES.indexOf(stage) + 1;
}

/** What to have in mind for someone there: their goal, not ours. */
export const stageGoals: Record<Stage, string> = {
  discover: "They know it exists.",
  evaluate: "They find out whether it fits.",
  learn: "They want a first working result.",
  build: "They make something real with it.",
  scale: "They run it, spread it, teach it.",
};

export const confidenceWords: Record<Confidence, string> = {
  unplaced: "",
  confirmed: "confirmed",
  fading: "fading",
  stale: "stale",
};

export const presenceWords: Record<Presence, string> = {
  none: "Nothing from them yet",
  active: "Active",
  quiet: "Quiet",
  dormant: "Quiet for over a year",
};

export const ringWords: Record<Ring, string> = {
  primary: "Ring: primary",
  secondary: "Ring: secondary",
  tertiary: "Ring: tertiary",
};

export const ringMeanings: Record<Ring, string> = {
  primary: "Builds with it, helps others or teaches it, and did so lately.",
  secondary: "Tries it or takes part now and then.",
  tertiary: "Has heard of it, or has not been in touch.",
};

/** Who saw it, as it follows a date: "(12 May, seen by you)". */
export const observedByWords: Record<ObservedBy, string> = {
  seen: "seen by you",
  told: "they told you",
  inferred: "second hand",
  imported: "imported",
};

export const observedByChoices: Record<ObservedBy, string> = {
  told: "They told me",
  seen: "I saw it",
  inferred: "Someone else thinks so",
  imported: "It came with an import",
};

export const directionWords: Record<Direction, string> = {
  from_them: "from them",
  from_us: "from you",
  two_way: "both ways",
  between_them: "between them",
};

export const directionArrows: Record<Direction, string> = {
  from_them: "←",
  from_us: "→",
  two_way: "⇄",
  between_them: "↔",
};

/** The headings of the picker of kinds; what they do stands before what we do. */
export const kindGroups: readonly { direction: Direction; label: string }[] = [
  { direction: "two_way", label: "Together" },
  { direction: "from_them", label: "What they did" },
  { direction: "between_them", label: "What they did for others" },
  { direction: "from_us", label: "What you did for them" },
];

export const intentWords: Record<Intent, string> = {
  teach: "Teach",
  inspire: "Inspire",
  help: "Help",
  listen: "Listen",
  thank: "Thank",
  ask: "Ask for something",
};

export const roleWords: Record<Role, string> = {
  by: "did it",
  with: "was there",
  about: "it was about them",
};

/**
 * Everyday words for what happened that its label does not say, by the key of the kind. The picker finds a kind by the
 * beginning of each word; what is written here is never shown.
 */
export const everydayWords: Readonly<Record<string, string>> = {
  read_content: "article blog docs documentation post tutorial video",
  subscribed: "newsletter mailing signup",
  followed_starred: "github like",
  attended_talk: "attended lecture session presentation",
  attended_event: "attended conference meetup booth hackathon",
  conversation_in_person: "chat coffee lunch dinner met meet meeting conversation spoke face booth",
  conversation_online: "call chat meeting video zoom dm message conversation spoke phone",
  replied: "answered reply",
  joined_community: "discord slack community",
  asked_if_it_fits: "question evaluate",
  compared_options: "compare competitor evaluate alternatives",
  signed_up: "signup download account trial",
  asked_how_to: "question howto help support",
  hands_on_workshop: "training class course tutorial lab",
  gave_feedback: "suggestion survey interview review complained",
  joined_beta: "preview early access tester",
  first_success: "works success hello running",
  reported_bug: "issue problem ticket crash error",
  answered_question: "answered forum support stackoverflow",
  opened_pr: "pr merge patch contribution contributed code",
  wrote_about: "article blog post tutorial review",
  shared_prototype: "demonstrated poc project",
  building_with_it: "builds project app uses using",
  referred: "introduced recommended friend colleague",
  co_created: "podcast together collaboration stream video joint",
  organised_meetup: "event organized conference organiser group",
  spoke_about: "speaker speech lecture presentation presented conference",
  in_production: "live launched shipped deployed",
  took_it_to_team: "colleagues company adopted",
  joined_champions: "ambassador programme",
  chose_other: "competitor alternative switched",
  project_ended: "cancelled stopped shelved",
  stopped_using: "left gone quit",
  emailed: "email mail message dm sent reached",
  sent_resource: "link docs article tutorial video sample",
  gave_help: "helped fixed support answered",
  sent_swag: "shirt stickers gift",
  sponsored: "money grant paid ticket travel",
  featured_them: "spotlight blog podcast interview story",
  credited: "mentioned shoutout release notes",
  thanked: "thanks",
  introduced: "connected",
  invited: "invitation",
  told_what_changed: "followed update fixed",
  shared_roadmap: "plans preview",
};

export const sentimentWords: Record<string, string> = {
  "2": "Delighted",
  "1": "Pleased",
  "0": "Neither",
  "-1": "Annoyed",
  "-2": "Angry",
};

export const contactKindWords: Record<ContactKind, string> = {
  email: "E-mail",
  phone: "Phone",
  website: "Website",
  github: "GitHub",
  gitlab: "GitLab",
  linkedin: "LinkedIn",
  mastodon: "Mastodon",
  bluesky: "Bluesky",
  x: "X",
  reddit: "Reddit",
  discord: "Discord",
  slack: "Slack",
  matrix: "Matrix",
  irc: "IRC",
  rss: "RSS",
  other: "Other",
};

export const contactSourceWords: Record<ContactSource, string> = {
  they_gave_it: "They gave it to you",
  public_profile: "Public profile",
  github: "GitHub",
  badge: "Badge",
  list_signup: "Signed up for a list",
  colleague: "From a colleague",
  import: "Imported",
};

export const contactStatusWords: Record<ContactStatus, string> = {
  ok: "Works",
  bounced: "Bounced",
  opted_out: "They opted out",
  wrong_person: "Someone else's",
};

/** What somebody is written to for, as one chooses it; what is asked most stands first. */
export const purposeWords: Record<Purpose, string> = {
  list_mail: "Mail to a list",
  one_to_one: "A message of their own",
  swag_post: "Something in the post",
  recruiting_intro: "An introduction to recruiting",
  sales_intro: "An introduction to sales",
};

export const PURPOSES: readonly Purpose[] = Object.keys(purposeWords) as Purpose[];

/** Why one may write to somebody. */
export const basisWords: Record<Basis, string> = {
  opted_in: "Opted in",
  existing_user: "Uses what we make",
  said_yes_in_person: "Said yes in person",
  they_wrote_first: "Wrote first",
  public_work_one_to_one: "Public work, one to one",
  unknown: "Not known",
  objected: "Asked not to",
};

/** What each of them means, for whoever chooses one. */
export const basisMeanings: Record<Basis, string> = {
  opted_in: "They asked for it: signed up, or ticked the box.",
  existing_user: "They use it, gave the address for that, and may say no in every message.",
  said_yes_in_person: "You asked, and they said yes.",
  they_wrote_first: "They wrote to you, and you answer.",
  public_work_one_to_one: "What they do in public, and one message about just that.",
  unknown: "Nothing is known of why one may.",
  objected: "They do not want it.",
};

/** Why an address is never to be written to. */
export const suppressedWords: Record<SuppressedFor, string> = {
  unsubscribed: "unsubscribed",
  complained: "complained about mail",
  bounced: "bounced",
  objected: "asked not to",
  erased: "erased",
  by_hand: "put there by hand",
};

export const contentPrefWords: Record<string, string> = {
  read: "Reading",
  watch: "Watching",
  listen: "Listening",
  live: "Live sessions",
  code: "Code samples",
  one_to_one: "One to one",
};

export const appreciationWords: Record<string, string> = {
  public_credit: "Public credit",
  private_thanks: "Private thanks",
  swag: "A gift",
  money: "Money",
  early_access: "Early access",
  introductions: "Introductions",
  none: "Nothing, please",
};

/** The two sorts of tags: what someone works with, and everything else. */
/** What became of an address that a newsletter's program tells of, after how many they are. */
export const returnOutcomeWords: Record<ReturnOutcome, string> = {
  unsubscribed: "unsubscribed",
  bounced: "bounced",
  complained: "called it spam",
};

export const tagKindWords: Record<TagKind, string> = {
  stack: "Works with",
  topic: "Topics",
};

export const fieldKindWords: Record<FieldKind, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  choice: "Choice",
  yes_no: "Yes or no",
};

export const pinUntilWords: Record<PinUntil, string> = {
  proof: "until the next proof",
  date: "until a date",
  good: "for good",
};

/** Whether the system has a locale at all. Without one (LANG=C) it calls itself en-US, but writes 1000000. */
export function localeKnown(locale?: string): boolean {
  return !/^\p{Nd}+$/u.test(new Intl.NumberFormat(locale).format(1_000_000));
}

/** Numbers as the locale writes them, or with commas where there is none: 10000 is hard to read. */
export function numbersIn(locale?: string): Intl.NumberFormat {
  return new Intl.NumberFormat(localeKnown(locale) ? locale : "en");
}

const number = numbersIn();

export function count(n: number): string {
  return number.format(n);
}

const share = new Intl.NumberFormat(localeKnown() ? undefined : "en", { style: "percent" });

/** "7%", as the locale writes it. */
export function percent(of100: number): string {
  return share.format(Math.round(of100) / 100);
}

/** "1 person", "12,406 people". */
export function people(n: number): string {
  return `${count(n)} ${n === 1 ? "person" : "people"}`;
}

export function plural(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** "Her work", "His work", else "Their work". */
export function possessive(pronouns: string | null): string {
  const first = (pronouns ?? "")
    .trim()
    .toLowerCase()
    .split(/[/,\s]/)[0];
  if (first === "she" || first === "her") return "her";
  if (first === "he" || first === "him") return "his";
  return "their";
}

/** The object form: "thank her with". */
export function objective(pronouns: string | null): string {
  const own = possessive(pronouns);
  return own === "his" ? "him" : own === "her" ? "her" : "them";
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label as it stands inside a sentence; abbreviations ("SDK …") keep their capitals. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** What was just undone, in the words of what it was; taking back a taking back puts it where it stood. */
export function undoneWords(label: string): string {
  const again = /^Took back (.+)$/.exec(label)?.[1];
  return again ? `${capitalised(again)} stands again` : `Took back: ${label}`;
}

/** "a, b and c" */
export function listed(items: readonly string[], join: "and" | "or" = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${join} ${items[items.length - 1]}`;
}

const regions = new Intl.DisplayNames(undefined, { type: "region", fallback: "code" });
const tongues = new Intl.DisplayNames(undefined, { type: "language", fallback: "code" });

export function countryName(code: string | null): string {
  if (!code) return "";
  try {
    return regions.of(code.toUpperCase()) ?? code;
  } catch {
    // What was typed is not a code. It is shown as it is.
    return code;
  }
}

/** Language codes, comma-separated, each in its own name: "English, മലയാളം". */
export function languageNames(codes: string | null): string {
  return (codes ?? "")
    .split(",")
    .map((code) => code.trim())
    .filter(Boolean)
    .map((code) => {
      try {
        const own = new Intl.DisplayNames([code], { type: "language", fallback: "code" }).of(code);
        return capitalised(own ?? tongues.of(code) ?? code);
      } catch {
        return code;
      }
    })
    .join(", ");
}

/** Why an opt-in needs its day. */
export const NO_DAY =
  "Say since when they signed up. A no of theirs stays, unless the opt-in is newer and something shows it.";

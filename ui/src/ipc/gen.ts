// Generated from crates/hallway-core/src/rpc.rs. Do not edit.

export type AcceptAll = { 
/**
 * Instant, ms UTC: the newest that was seen. What was noticed after it goes on waiting.
 */
seen: number, };

/**
 * One of `list` and `name` is given: a name is a list of that name, made if there is none; with `newList` it has to be made.
 */
export type AddToList = { list?: Id, name?: string, people: Array<Id>, why?: string, 
/**
 * A list of that name that is there already is not meant, and refused.
 */
newList?: boolean, };

export type AddedToList = { list: ListRow, added: number, 
/**
 * They were on it before, and stay as they were.
 */
already: number, };

export type AddressPastItsDay = { person: Id, name: string, 
/**
 * `YYYY-MM-DD`: the day on which it was to be erased.
 */
expiredOn: string, };

/**
 * Who would be in the file, and who would not, with the reason.
 */
export type Airlock = { included: number, 
/**
 * How many are left out.
 */
heldBack: number, 
/**
 * By reason, the one with most people first.
 */
leftOut: Array<HeldBack>, 
/**
 * Of those who are in it: who may have asked for no mail all the same, by what says so.
 */
inDoubt: Array<InDoubt>, };

/**
 * A row that is somebody, beside the one that stands for them.
 */
export type Also = { id: Id, name: string, organisation: string | null, 
/**
 * Instant, ms UTC.
 */
addedAt: number, 
/**
 * What it says otherwise than the row that stands for them, which is shown: field and value.
 */
otherwise: Array<[string, string]>, };

/**
 * What a repeat is counted from.
 */
export type Anchor = "due" | "done" | "last_contact";

export type AnswerReview = { person: Id, answer: ReviewAnswer, };

export type Answered = { 
/**
 * The entry that waits for an answer.
 */
id: Id, 
/**
 * What was answered.
 */
note?: string, };

/**
 * How many pairs were told apart, or no longer are.
 */
export type Apart = { pairs: number, };

/**
 * Which moves are taken as they are, and which ask to be accepted first.
 */
export type Applies = "proofs" | "all" | "nothing";

/**
 * A value that stands as JSON text in one column, and as itself on the wire.
 */
export type AsJson<T> = T;

/**
 * What the templates are asked with: the columns that are in a file unless somebody says otherwise follow from it.
 */
export type AskTemplates = { purpose?: ExportPurpose, 
/**
 * Missing means e-mail.
 */
channel?: ContactKind, };

/**
 * Somebody's part in what happened.
 */
export type Attendee = { person: Id, role?: Role, 
/**
 * The stage you saw them in.
 */
observedStage?: Stage, observedBy?: ObservedBy, incentivised?: boolean, };

export type Backup = { name: string, 
/**
 * Instant, ms UTC.
 */
at: number, why: Why, bytes: number, 
/**
 * What it holds; null when it cannot be read, or is damaged, and so not be put back.
 */
people: number | null, touchpoints: number | null, 
/**
 * Its bytes are not those it was made with.
 */
damaged: boolean, };

export type BackupNamed = { name: string, };

/**
 * Why one may write to somebody; the strictest word last.
 */
export type Basis = "opted_in" | "existing_user" | "said_yes_in_person" | "they_wrote_first" | "public_work_one_to_one" | "unknown" | "objected";

/**
 * What is known of each way to reach somebody.
 */
export type BasisOf = { points: Array<PointTrust>, 
/**
 * What they asked not to be used, newest first.
 */
objections: Array<Objection>, };

export type BasisOfMany = { 
/**
 * People of whom it is known now.
 */
people: number, 
/**
 * People of whom as much, or more, was known before.
 */
already: number, passedOver: Array<PassedOver>, };

/**
 * People side by side, the one who would stand for all of them first.
 */
export type Beside = { sides: Array<Side>, 
/**
 * What any of them says, in the order of a person's page.
 */
rows: Array<BesideRow>, 
/**
 * The stage they would be at, over what all of them did.
 */
stage: Stage | null, touchpoints: number, };

export type BesideRow = { label: string, 
/**
 * Side by side; empty where one says nothing.
 */
sides: Array<Array<string>>, 
/**
 * What would be shown.
 */
whole: Array<string>, 
/**
 * They say different things, and only one of them would be shown.
 */
differs: boolean, 
/**
 * More than one of them says this: what makes them look like one.
 */
shared: Array<string>, };

export type BringBack = { people: Array<Id>, touchpoints: Array<Id>, others: Array<ThingInTheTrash>, };

/**
 * What came in so far, by the kind of the file.
 */
export type Brought = { "kind": "table" } & ImportDone | { "kind": "everything" } & JsonDone;

/**
 * One number for each stage.
 */
export type ByStage = { discover: number, evaluate: number, learn: number, build: number, scale: number, };

/**
 * A cadence as it is shown.
 */
export type Cadence = { id: Id, person: PersonPick | null, tag: CadenceTag | null, idealDays: number, longestDays: number, };

export type CadenceId = { id: Id, };

export type CadenceOf = { person: Id, };

export type CadenceTag = { id: Id, name: string, kind: TagKind, };

export type Calendar = { 
/**
 * The whole file.
 */
text: string, 
/**
 * How many follow-ups are in it.
 */
followups: number, };

export type CaptureId = { id: Id, };

/**
 * What a line says.
 */
export type CaptureReading = { chips: Array<Chip>, name: string, note: string, 
/**
 * Whom it will be saved to; nobody when somebody new is made.
 */
person: PersonPick | null, 
/**
 * Whom it may be about, the likeliest first.
 */
people: Array<PersonPick>, 
/**
 * The one among them who is so near that it may be the same person.
 */
near: Id | null, 
/**
 * What happened, as it will be saved.
 */
happened: string, 
/**
 * Why it cannot be saved: a sentence.
 */
problem: string | null, 
/**
 * What may be meant otherwise, or will not be as one may think: a sentence. It can be saved as it is.
 */
hint: string | null, };

export type CaptureReview = { 
/**
 * Those that wait first, each in the order they were written down.
 */
lines: Array<ReviewLine>, 
/**
 * How many there are with those further down.
 */
total: number, 
/**
 * How many of them wait.
 */
waiting: number, };

/**
 * What a line was saved as.
 */
export type CaptureSaved = { id: Id, person: PersonPick, 
/**
 * They were not in the file before.
 */
new: boolean, 
/**
 * What happened; what was handed over, when nothing else did.
 */
touchpoint: Id, followUps: number, 
/**
 * Why the stage that was written down is not where they stand: a sentence.
 */
stays: string | null, 
/**
 * The step that takes it all back.
 */
operation: number, };

export type ChangeId = { id: Id, };

/**
 * One thing that was written over or taken out.
 */
export type ChangeLine = { 
/**
 * Whom or what it is about.
 */
subject: string, 
/**
 * Which field; null when the whole row was taken out or brought back.
 */
field: string | null, before: string | null, after: string | null, };

/**
 * The kind of channel a touchpoint runs through, unless its own channel says otherwise.
 */
export type ChannelClass = "word_of_mouth" | "content" | "social" | "joint" | "engagement";

/**
 * A piece of the line, as it will be saved.
 */
export type Chip = { what: ChipKind, 
/**
 * Where it stands in the line, in UTF-16 units.
 */
from: number, to: number, 
/**
 * What it will be: “Acme”, “Building”, “Mon 25 May: send the guide”.
 */
label: string, stage: Stage | null, 
/**
 * Of a follow-up: `YYYY-MM-DD`, and what was promised.
 */
day: string | null, 
/**
 * Instant, ms UTC, when a time was said.
 */
at: number | null, text: string | null, contact: ContactKind | null, mood: number | null, 
/**
 * It is in the file already: an organisation, a tag, a person.
 */
known: boolean, 
/**
 * What it takes the place of: where they worked until now.
 */
insteadOf: string | null, };

export type ChipKind = "person" | "organisation" | "stage" | "tag" | "follow_up" | "quote" | "mood" | "item" | "contact" | "kind" | "waiting" | "same";

/**
 * People somebody chose in a list, and what the list asks for.
 */
export type Chosen = { query: PeopleQuery, ids: Array<Id>, };

/**
 * Days such as `03/04/2024`, over the whole column.
 */
export type ColumnDays = { 
/**
 * What other days of the column prove, or somebody said. Without it they cannot be read.
 */
order: DayOrder | null, 
/**
 * How many could be either of two.
 */
ambiguous: number, 
/**
 * The first of them.
 */
example: string, };

/**
 * A column goes to one of the app's fields, to a custom field (by label, made if missing), or nowhere.
 */
export type ColumnMapping = { "target": ImportTarget } | { "custom": string };

export type ComesBack = { 
/**
 * followup:ID, touch:PERSON, thank:TOUCHPOINT or answer:TOUCHPOINT.
 */
key: string, };

/**
 * How something is held against what was said.
 */
export type Compare = "=" | ">" | ">=" | "<" | "<=";

/**
 * Something that could stand where one is typing.
 */
export type Completion = { label: string, 
/**
 * What it is, or how many people it finds.
 */
note: string, 
/**
 * What to put in the place of `from` … `to`.
 */
insert: string, from: number, to: number, };

/**
 * How much the evidence for the shown stage still says: the dot beside it.
 */
export type Confidence = "unplaced" | "confirmed" | "fading" | "stale";

/**
 * Why one may, or may not, write to somebody at one address for one purpose. Of several the one that was made last counts.
 */
export type ContactBasis = { 
/**
 * Its own id.
 */
id: Id, 
/**
 * Which way to reach them.
 */
contactPointId: Id, 
/**
 * What for.
 */
purpose: Purpose, 
/**
 * Why one may.
 */
basis: Basis, 
/**
 * What shows it, in words.
 */
evidence: string | null, 
/**
 * The entry that shows it; it may be gone since.
 */
touchpointId: Id | null, 
/**
 * `YYYY-MM-DD`: since when.
 */
recordedOn: string, };

/**
 * The ways to reach somebody, or to find them.
 */
export type ContactKind = "email" | "phone" | "website" | "github" | "gitlab" | "linkedin" | "mastodon" | "bluesky" | "x" | "reddit" | "discord" | "slack" | "matrix" | "irc" | "rss" | "other";

/**
 * A way to reach somebody, with where it came from.
 */
export type ContactPoint = { 
/**
 * Its own id.
 */
id: Id, 
/**
 * Whom it reaches.
 */
personId: Id, 
/**
 * What it is.
 */
kind: ContactKind, 
/**
 * As typed.
 */
value: string, 
/**
 * As compared.
 */
valueNorm: string, 
/**
 * Which rules made the form that is compared.
 */
normVersion: number, 
/**
 * The one to use among those of its kind.
 */
isPrimary: boolean, 
/**
 * What became of it.
 */
status: ContactStatus, 
/**
 * Where it came from: the person may ask.
 */
source: ContactSource, 
/**
 * More about where it came from.
 */
sourceNote: string | null, 
/**
 * `YYYY-MM-DD`: when it came.
 */
obtainedOn: string, };

export type ContactPointId = { id: Id, };

/**
 * Where it came from: the person may ask.
 */
export type ContactSource = "they_gave_it" | "public_profile" | "github" | "badge" | "list_signup" | "colleague" | "import";

/**
 * What became of it; the strictest word last.
 */
export type ContactStatus = "ok" | "bounced" | "wrong_person" | "opted_out";

export type Copied = { name: string, };

export type CopyTo = { 
/**
 * A grant of the host.
 */
file: string, };

export type Count = { people: number, };

export type Country = { code: string, name: string, };

/**
 * Worth of an observation, from 0 to 1, by how it is known.
 */
export type Credence = { seen: number, told: number, inferred: number, imported: number, };

/**
 * Which number comes first in `03/04/2024`.
 */
export type DayOrder = "day_first" | "month_first";

/**
 * What an operation did, row by row.
 */
export type Detail = { 
/**
 * At most 200.
 */
changes: Array<ChangeLine>, 
/**
 * Rows it made, by what they are called: `("person", 3)`.
 */
made: Array<[string, number]>, };

export type DetailOf = { operation: number, };

/**
 * What putting a backup back would change.
 */
export type Difference = { 
/**
 * In the backup and not here now: they would be here again.
 */
back: Named, 
/**
 * Part of somebody else now, and in the backup by themselves: they would be so again.
 */
apart: Named, 
/**
 * By themselves now, and in the backup part of somebody else: they would be so again.
 */
together: Named, 
/**
 * Here now and not in the backup: they would be gone.
 */
gone: Named, 
/**
 * Something else is said of them themselves: they would be as they were.
 */
changed: Named, 
/**
 * Everything else that would change, by what it is; nothing that stays as it is.
 */
kinds: Array<KindDifference>, 
/**
 * Things in the trash that would be elsewhere, or gone from it, or other ones.
 */
trash: number, 
/**
 * At so many addresses somebody said no since: that is carried over.
 */
noesKept: number, 
/**
 * Whom one is not to contact since then, or who objected: that is carried over too.
 */
keptApart: Named, };

/**
 * A field that says one thing here and another in the file.
 */
export type Differing = { field: string, have: string, file: string, };

/**
 * A row that is here and says something else than the file.
 */
export type DifferingRow = { path: string, 
/**
 * Whom or what it is about.
 */
name: string, differs: Array<Differing>, 
/**
 * The fields of these that say what the file says once theirs is taken.
 */
replaced: Array<string>, 
/**
 * What of it stays also when theirs is taken, because somebody asked for it: in sentences.
 */
stays?: string, };

/**
 * Who acted towards whom.
 */
export type Direction = "from_them" | "from_us" | "two_way" | "between_them";

export type DoneWith = { id: Id, 
/**
 * What came of it.
 */
note?: string, };

/**
 * Suggestions `offset … offset + limit`; at most 200 at once, and none at all to be told how many there are.
 */
export type DoublesWindow = { offset: number, limit: number, };

/**
 * Why somebody who may be written to may have asked for no mail all the same.
 */
export type Doubt = "another_address" | "name_and_organisation" | "name";

/**
 * Only what is present changes.
 */
export type EditContactPoint = { id: Id, kind?: ContactKind, value?: string, status?: ContactStatus, source?: ContactSource, sourceNote?: string, isPrimary?: boolean, };

/**
 * Only what is present changes; a null empties.
 */
export type EditFollowUp = { id: Id, kind?: FollowUpKind, text?: string, person?: Id | null, touchpoint?: Id | null, due?: string, at?: number | null, zone?: string | null, every?: Every | null, unless?: Unless | null, };

/**
 * Only what is present changes; an empty note is none. A list of people who were put on it stays one.
 */
export type EditList = { id: Id, name?: string, filter?: string, note?: string, };

/**
 * Only the fields that are present change; an empty text empties the field. `organisation` is a name.
 */
export type EditPerson = { id: Id, displayName?: string, pronouns?: string, sayItLike?: string, roleTitle?: string, organisation?: string, country?: string, city?: string, timeZone?: string, languages?: string, buildingNow?: string, challenges?: string, contentPrefs?: string, appreciationPrefs?: string, notes?: string, doNotContact?: boolean, doNotContactReason?: string, teammate?: boolean, };

/**
 * Only what is present changes.
 */
export type EditPostalAddress = { id: Id, lines?: string, country?: string, recipientName?: string, phone?: string, purpose?: string, source?: ContactSource, sourceNote?: string, givenOn?: string, expiresOn?: string, };

/**
 * Only what is present changes; an empty text empties, and so does a null. `people`, when present, is everybody.
 */
export type EditTouchpoint = { id: Id, kind?: string, people?: Array<Attendee>, on?: string, unknownDay?: boolean, direction?: Direction, 
/**
 * An empty text takes it away.
 */
intent?: string, note?: string, sentiment: number | null, minutes: number | null, needsAnswer?: boolean, };

/**
 * Only what is present changes.
 */
export type EditView = { id: Id, name?: string, filter?: string, sort?: PeopleSort, descending?: boolean, layout?: ViewLayout, columns?: Array<string>, 
/**
 * Its place among the views, from 0; the others move along.
 */
position?: number, };

/**
 * A call that needs nothing said.
 */
export type Empty = Record<symbol, never>;

export type EmptyTrash = { 
/**
 * What becomes of the words that name whoever lies there in texts about others; they stay when nothing is said.
 */
others?: TheirWords, };

/**
 * On which bases one may write for a purpose.
 */
export type EnoughFor = { purpose: Purpose, bases: Array<Basis>, };

/**
 * The rows of one entity by what would become of them.
 */
export type EntityCount = { 
/**
 * `contactPoints`: as it stands in the file.
 */
name: string, rows: number, new: number, 
/**
 * Here already, and the same.
 */
same: number, 
/**
 * Here already, and something else is said.
 */
differs: number, refused: number, };

/**
 * What erasing somebody would do.
 */
export type ErasePreview = { 
/**
 * Whom: by the name that has to be typed to confirm it.
 */
names: Array<string>, 
/**
 * What would be gone.
 */
gone: Array<GoneCount>, 
/**
 * What happened with others too: it stays with them.
 */
shared: number, 
/**
 * Organisations that only they had: they go with them, unless it is said that they stay.
 */
organisations: Array<OnlyTheirs>, 
/**
 * Texts about others that name them, each of which needs a decision. What an organisation is called that goes with them
 * needs none.
 */
named: Array<NamedText>, 
/**
 * What texts were searched for, as it was typed: their names, the first and the last word of each, their addresses and
 * handles, and organisations that only they had.
 */
searched: Array<string>, 
/**
 * Lines of the history that would be gone.
 */
changes: number, 
/**
 * Backups that would be written anew, because they are in them.
 */
backups: number, 
/**
 * Files that were set aside when they were damaged, which still hold what was in them.
 */
setAside: Array<string>, 
/**
 * So many files left Hallway since the first of them was here, and may have them in them: they are out of its reach.
 */
filesThatLeft: FilesThatLeft, 
/**
 * Why it cannot be done now: a sentence.
 */
notNow: string | null, };

export type EraseRun = { ids: Array<Id>, 
/**
 * A word on texts about others, one by one.
 */
decisions?: Array<WordOnText>, 
/**
 * What becomes of the texts that no decision is about. Without it every text needs one.
 */
others?: TheirWords, 
/**
 * Organisations that only they had, and that stay. The others go with them.
 */
organisationsKept?: Array<Id>, };

/**
 * What an erasure was for.
 */
export type ErasedFor = "asked" | "trash" | "ran_out";

/**
 * How often something comes again.
 */
export type Every = { n: number, unit: Unit, anchor: Anchor, 
/**
 * `YYYY-MM-DD`: it is not due after that day any more.
 */
until: string | null, 
/**
 * So many times in all.
 */
count: number | null, };

export type ExportColumn = { key: string, label: string, 
/**
 * Whether it is in the file unless somebody says otherwise. Notes never are.
 */
chosen: boolean, 
/**
 * It says more of somebody than a file that leaves Hallway needs: it is in one only when it was picked by hand.
 */
personal: boolean, };

/**
 * Whom the file is for.
 */
export type ExportMode = "program" | "spreadsheet";

export type ExportPeople = { query: PeopleQuery, 
/**
 * Only these, in the order of the query; missing means everybody it matches.
 */
ids?: Array<Id>, 
/**
 * A grant of the host.
 */
file: string, mode: ExportMode, 
/**
 * Keys of [`ExportColumn`]; missing means those chosen by default.
 */
columns?: Array<string>, };

/**
 * What a file is for.
 */
export type ExportPurpose = "for_myself" | "one_to_one" | "list_mail" | "swag_post" | "recruiting_intro" | "sales_intro";

/**
 * The file that is to be: the program that reads it may not take everybody.
 */
export type ExportShape = { 
/**
 * The key of a template.
 */
template: string, 
/**
 * Keys of columns; missing means those of the template.
 */
columns?: Array<string>, };

export type ExportWritten = { made: MadeExport, 
/**
 * Cells a spreadsheet could take for a formula: written as they are, counted here. Of a file that is for one program
 * they are not counted: nobody opens it.
 */
flagged: number, };

export type Exported = { rows: number, fileName: string, bytes: number, 
/**
 * Cells a careless program could take for a formula: written as they are, counted here.
 */
flagged: number, };

/**
 * What a failed call looks like to whoever called. A `code` exists only where somebody branches on it.
 */
export type Failure = { code: string, message: string, field: string | null, };

export type Field = { id: Id, key: string, label: string, kind: FieldKind, choices: Array<string>, };

export type FieldChoice = { key: string, label: string, };

export type FieldKind = "text" | "number" | "date" | "choice" | "yes_no";

export type FieldTakes = "choice" | "day" | "number" | "text" | "name" | "yes_no";

export type FieldValue = { field: Id, label: string, kind: FieldKind, value: string, };

/**
 * Files that left, and may be somewhere.
 */
export type FilesThatLeft = { count: number, 
/**
 * What the newest were called, at most five.
 */
newest: Array<string>, };

/**
 * Why a filter cannot be read, and the words that are meant.
 */
export type FilterFault = { 
/**
 * A sentence that says what would be understood.
 */
message: string, from: number, to: number, };

/**
 * A field of the table, as a page shows it.
 */
export type FilterField = { key: string, label: string, group: Group, aliases: Array<string>, 
/**
 * It is asked of an entry, between the brackets of `touch(…)`.
 */
ofEntries: boolean, takes: FieldTakes, 
/**
 * Whether `>` and `<` may stand before the value.
 */
inOrder: boolean, choices: Array<FieldChoice>, 
/**
 * Filters that use it; each can be read.
 */
examples: Array<string>, };

export type FilterReading = { tree: FilterTree | null, 
/**
 * The same filter, written plainly; the text as it stands when it cannot be read.
 */
tidy: string, 
/**
 * How many people it finds, exactly.
 */
count: number | null, error: FilterFault | null, 
/**
 * Of one that finds nobody: which names in it nothing here has, and what may have been meant. Nothing while one is typing.
 */
remark: string | null, completions: Array<Completion>, };

export type FilterText = { text: string, };

/**
 * What somebody must be to be found.
 */
export type FilterTree = { "is": "all", of: Array<FilterTree>, } | { "is": "any", of: Array<FilterTree>, } | { "is": "not", of: FilterTree, } | { "is": "words", text: string, } | { "is": "field", key: string, compare: Compare, values: Array<string>, } | { "is": "entries", of: FilterTree, compare: Compare, count: number, };

export type Findings = { ok: boolean, 
/**
 * What was looked at, in order.
 */
checked: Array<string>, 
/**
 * What is wrong: sentences.
 */
findings: Array<string>, 
/**
 * When the newest backup that reads back was made, ms UTC.
 */
lastBackup: number | null, 
/**
 * What that one is called.
 */
lastBackupName: string | null, };

/**
 * What would let somebody be written to who was left out.
 */
export type Fix = "set_basis" | "new_opt_in" | "another_address" | "wait" | "look" | "merge" | "let_in" | "shorten";

export type FollowUp = { id: Id, kind: FollowUpKind, text: string, person: PersonPick | null, 
/**
 * They asked not to be written to, wherever they could be reached: what was promised is kept in person, and there is no
 * check-in.
 */
leftAlone: boolean, 
/**
 * The entry in which it was promised.
 */
touchpoint: Id | null, 
/**
 * `YYYY-MM-DD`: what hangs on the last contact is worked out from it. Snoozing never moves it.
 */
due: string, 
/**
 * Instant, ms UTC; only when the minute matters.
 */
at: number | null, 
/**
 * IANA: where that minute was said.
 */
zone: string | null, hiddenUntil: string | null, snoozes: number, every: Every | null, unless: Unless | null, status: Status, settledOn: string | null, 
/**
 * What cleared it, as a sentence.
 */
because: string | null, 
/**
 * What was said when it ended.
 */
note: string | null, 
/**
 * Whole days past due, by today or by the day it ended; negative days are to go.
 */
late: number, };

export type FollowUpForEach = { people: Array<Id>, text: string, 
/**
 * `YYYY-MM-DD`.
 */
due: string, kind?: FollowUpKind, };

export type FollowUpId = { id: Id, };

/**
 * What is to be done.
 */
export type FollowUpKind = "promise" | "check_in" | "reply_check" | "deadline";

export type FollowUpRows = { total: number, rows: Array<FollowUp>, };

export type FollowUpStatus = "open" | "settled";

export type FollowUpWindow = { status: FollowUpStatus, offset: number, limit: number, };

export type FollowUpsOf = { person: Id, };

/**
 * Whom it is about.
 */
export type ForMany = { "import": Id } | { "ids": Array<Id> } | { "query": PeopleQuery };

/**
 * The four kinds of work an advocate does.
 */
export type FourC = "code" | "content" | "conductor" | "communication";

/**
 * So many of what.
 */
export type GoneCount = { 
/**
 * "contact_points".
 */
table: string, 
/**
 * "way to reach them": what one of them is called.
 */
what: string, count: number, };

/**
 * Under which heading a field is offered.
 */
export type Group = "person" | "place" | "journey" | "reach" | "follow_ups" | "happened" | "entry" | "lists" | "own";

export type HealthReport = { 
/**
 * The day it is counted on.
 */
on: string, 
/**
 * People with an e-mail address, teammates apart.
 */
people: number, 
/**
 * Of these, by purpose: a basis is known, and they may be written to. Of something in the post it is whoever gave a postal
 * address, also without an e-mail address.
 */
purposes: Array<PurposeHealth>, 
/**
 * People without an e-mail address, teammates apart, by what stands against mail to them; of most it is just that.
 */
withoutAddress: Array<[LeftOut, number]>, 
/**
 * People of whom a basis for anything is known.
 */
withBasis: number, 
/**
 * From 20 people on, the share of them in percent; below, only the count says something.
 */
withBasisPercent: number | null, 
/**
 * Addresses; one that several people have is one.
 */
bounced: number, optedOut: number, 
/**
 * People who asked not to be written to by e-mail, whatever for and at whichever address, or without one: they are left out of
 * everything.
 */
objectedToAll: number, 
/**
 * People who asked it for some purposes, or at some of their addresses, and are left out of those.
 */
objectedToSome: number, 
/**
 * Addresses of people here that are on the suppression list; one that several people have is one.
 */
suppressedHere: number, 
/**
 * Addresses on the suppression list, whoever has them.
 */
suppressed: number, sources: Array<SourceHealth>, 
/**
 * Imports that brought addresses of which no basis is known, the newest first.
 */
imports: Array<ImportHealth>, };

/**
 * The people left out for one reason.
 */
export type HeldBack = { reason: LeftOut, 
/**
 * As it stands behind the count: "no opt-in".
 */
words: string, count: number, 
/**
 * What would let them in, if anything may.
 */
fix: Fix | null, 
/**
 * The first 50, by their place in the list.
 */
people: Array<HeldPerson>, };

export type HeldPerson = { person: PersonPick, 
/**
 * The way to reach them that the reason is about.
 */
point: Id | null, 
/**
 * What stands above the text that the reason is about.
 */
column: string | null, };

/**
 * A reason why people may be one, the strongest first.
 */
export type Hint = "address" | "handle" | "phone" | "same_name" | "name_within" | "alike_name" | "organisation" | "city";

/**
 * Sixteen bytes in the file, hyphenated text on the wire.
 */
export type Id = string;

/**
 * A column as the import preview shows it.
 */
export type ImportColumn = { 
/**
 * Its place in the file, from 0.
 */
index: number, 
/**
 * Its header: unique within the file, made up where the file has none.
 */
header: string, 
/**
 * Up to three different values, in file order, cut to 80 letters.
 */
samples: Array<string>, 
/**
 * How many rows have something in it.
 */
filled: number, 
/**
 * Where it goes.
 */
mapping: ColumnMapping, 
/**
 * Set when it holds days that could be either of two.
 */
days: ColumnDays | null, 
/**
 * Set when it should hold days and something in it is none. What cannot be read is kept in the notes.
 */
unread: UnreadDays | null, };

export type ImportDone = { rows: number, added: number, updated: number, 
/**
 * Said something else than what is here, which stayed.
 */
differs: number, unchanged: number, skipped: number, refused: number, 
/**
 * Rows that still wait for a decision and were left out.
 */
waiting: number, 
/**
 * Rows that came in with an address on the suppression list, which is never written to.
 */
suppressed?: number, 
/**
 * People who are new to the newsletter by what a column says, and who are opted out by it.
 */
subscribed?: number, unsubscribed?: number, 
/**
 * Rows of which a text was not added: an erasure took words out of what stands here in its place.
 */
heldBack?: number, 
/**
 * The first 50 rows of which something is to be known although they came in.
 */
noted?: Array<NotedRow>, 
/**
 * What to take back to undo it; null when nothing was written.
 */
operation: number | null, };

export type ImportHealth = { 
/**
 * To say on what basis, for all of them at once: `basis.set_for_many`.
 */
import: Id, fileName: string, on: string, addresses: number, withoutBasis: number, };

export type ImportId = { id: Id, };

export type ImportPreview = { fileName: string, 
/**
 * "LinkedIn Connections", "Google Contacts", "Outlook Contacts", "CSV", "Workbook" or "Address cards".
 */
layout: string, 
/**
 * What files with these headers are remembered by.
 */
layoutKey: string, 
/**
 * Where the columns go was said when a file like this was imported before.
 */
remembered: boolean, 
/**
 * How its bytes stand for text, or where in it the rows stand: "UTF-8", "sheet “People”".
 */
encoding: string, 
/**
 * What stands between cells; empty where nothing does.
 */
separator: string, 
/**
 * The sheets of a workbook, and which of them this is.
 */
sheets: Array<string>, sheet: string | null, preambleRows: number, 
/**
 * What became of cards that are nobody's, and of what cards hold that is never imported. Sentences.
 */
remarks?: Array<string>, columns: Array<ImportColumn>, 
/**
 * Headers nobody mapped that hold something.
 */
unmapped: Array<string>, rows: number, 
/**
 * Rows with more cells than the header: what stands beyond it is not imported.
 */
longerRows: number, blankRows: number, newPeople: number, updates: number, 
/**
 * Here already, and the file only says something else, which is kept out unless chosen.
 */
differs: number, unchanged: number, look: number, skipped: number, refused: number, 
/**
 * At most 200 of each outcome, and every row that something was said about, in file order.
 */
examples: Array<PreviewRow>, 
/**
 * SHA-256 of the file's bytes, to hand back when it is imported.
 */
hash: string, 
/**
 * The day this very file was imported, if it was.
 */
alreadyImported: string | null, 
/**
 * Then: rows without an address that would be added a second time, and of these the ones that wait, because somebody of
 * that name and organisation came from the file before.
 */
addedAgain?: number, waitsAgain?: number, 
/**
 * What an import would stop at before it writes anything.
 */
stops?: Array<Stop>, 
/**
 * Rows with an address on the suppression list: it comes in, and is never written to.
 */
suppressed?: number, 
/**
 * Rows of which a text is not added: an erasure took words out of what stands here in its place.
 */
heldBack?: number, 
/**
 * Rows that say that somebody wants the newsletter, and rows that say a no that is not known yet, whatever becomes of
 * the row.
 */
subscribed?: number, unsubscribed?: number, 
/**
 * Of those who want it: rows that say no day on which they signed up.
 */
undated?: number, 
/**
 * The program whose file of unsubscribed or bounced addresses this is; it belongs to `returns.preview`.
 */
returnsOf?: string | null, };

export type ImportRequest = { 
/**
 * A grant of the host.
 */
file: string, 
/**
 * One entry per column; missing means as recognised.
 */
mapping?: Array<ColumnMapping>, 
/**
 * Of the file that was looked at: decisions name its rows, so another file is refused.
 */
hash?: string, 
/**
 * Which sheet of a workbook; missing means the first with something in it.
 */
sheet?: string, 
/**
 * false: every row is somebody new.
 */
matching: boolean, 
/**
 * Where the addresses in it came from.
 */
source: ContactSource, 
/**
 * For rows that wait, by row number.
 */
decisions: { [key in number]: RowDecision }, 
/**
 * Rows whose differing values replace what is here.
 */
overwrite: Array<number>, 
/**
 * Which number comes first in days such as 03/04/2024, by column.
 */
days?: Record<number, DayOrder>, 
/**
 * Where those signed up of whom a column says that they want the newsletter.
 */
newsletter?: SignedUp, 
/**
 * What stands between the cells of a text; missing means whatever parts its rows most evenly.
 */
separator?: string, };

/**
 * An import as a screen shows it.
 */
export type ImportRun = { id: Id, fileName: string, phase: Phase, 
/**
 * How much of the file is dealt with, 0 to 1.
 */
share: number, 
/**
 * Rows of the file that are dealt with.
 */
rows: number, done: Brought, 
/**
 * Instant, ms UTC.
 */
startedAt: number, 
/**
 * What could not be taken back, in sentences.
 */
notes: Array<string>, 
/**
 * As it was asked, once it is gone on with, so that rows that were refused can be saved; null for an import of
 * everything, and where its file is not known.
 */
request: ImportRequest | null, };

/**
 * The fields of a person that a column can fill.
 */
export type ImportTarget = "skip" | "name" | "first_name" | "middle_name" | "last_name" | "nickname" | "pronouns" | "organisation" | "role_title" | "city" | "country" | "languages" | "notes" | "building_now" | "challenges" | "tags" | "stack" | "met_on" | "last_talked" | "last_met" | "last_spoke" | "last_heard" | "said" | "time_zone" | "newsletter" | "signed_up_on" | "email" | "phone" | "website" | "github" | "gitlab" | "linkedin" | "mastodon" | "bluesky" | "x" | "reddit" | "discord" | "slack" | "matrix" | "irc" | "rss" | "other";

/**
 * People who are in it and may have asked for no mail all the same.
 */
export type InDoubt = { why: Doubt, 
/**
 * The sentence up to their names: "2 in it asked for no mail at another address of theirs".
 */
words: string, count: number, 
/**
 * The first 50, by their place in the list.
 */
people: Array<PersonPick>, 
/**
 * All of them, so that they are left out at once.
 */
ids: Array<Id>, };

export type InIt = { 
/**
 * How many were found.
 */
count: number, 
/**
 * The first 50 of them, by their place in the list.
 */
people: Array<Included>, };

/**
 * Somebody who is in it.
 */
export type Included = { person: PersonPick, 
/**
 * What they are written to on the channel; none for the post and for a file of one's own.
 */
address: string | null, };

/**
 * A word that stands in no note, and the nearest that does.
 */
export type Instead = { typed: string, taken: string, };

/**
 * What we meant by it.
 */
export type Intent = "teach" | "inspire" | "help" | "listen" | "thank" | "ask";

export type JsonDone = { fileName: string, new: number, 
/**
 * Were here, and say now what the file says.
 */
changed: number, 
/**
 * Were here, said something else, and stayed as they were.
 */
kept: number, 
/**
 * Would have taken back that somebody asked not to be written to, which stays.
 */
noes?: number, 
/**
 * A text of theirs stays as it reads here, since an erasure took words out of it.
 */
reworded?: number, 
/**
 * Of those that changed: they say now that somebody asked not to be written to, and else what they said here.
 */
noesTaken?: number, 
/**
 * Addresses at which somebody opted out in the file, which did not come in, and are on the suppression list now.
 */
suppressed?: number, same: number, refused: number, 
/**
 * Were erased from here, or whoever they are about elsewhere, and are left out.
 */
erased: number, 
/**
 * New people among the new rows.
 */
people: number, 
/**
 * What to take back to undo it; null when nothing was written.
 */
operation: number | null, };

export type JsonPreview = { fileName: string, 
/**
 * SHA-256 of the file's bytes, to hand back when it is imported.
 */
hash: string, 
/**
 * Every entity that has rows in the file.
 */
entities: Array<EntityCount>, new: number, same: number, differs: number, 
/**
 * Of these: they would say what the file says once theirs is taken.
 */
replaced: number, 
/**
 * Rows that would take back that somebody asked not to be written to: that stays, also when theirs is taken.
 */
noes?: number, 
/**
 * Of those that differ: a text of theirs stays as it reads here, also when theirs is taken, since an erasure took words
 * out of it.
 */
reworded?: number, 
/**
 * Of those that differ: the file says that somebody asked not to be written to, which is taken also when what is here
 * is kept.
 */
noesTaken?: number, 
/**
 * Of those that differ: somebody opted out at the address that the file says, and it does not come in. It goes on the
 * suppression list, whichever side is taken.
 */
suppressed?: number, refused: number, 
/**
 * Rows that are left out because they, or whom they are about, were erased from here or elsewhere.
 */
erased: number, 
/**
 * Of these: people of whom nothing is here but that whoever had an address of theirs was erased, each with that reason;
 * at most 200.
 */
leftOut: Array<RefusedRow>, 
/**
 * At most 200, in the order of the entities.
 */
refusals: Array<RefusedRow>, 
/**
 * At most 200.
 */
differing: Array<DifferingRow>, 
/**
 * What the file says that means nothing here, and how often: "people.favouriteColour".
 */
unknown: Array<[string, number]>, 
/**
 * Whether rows that differ are taken from the file, unless it is said otherwise: into a file without anybody they are.
 */
theirs: boolean, };

export type JsonRequest = { 
/**
 * A grant of the host.
 */
file: string, 
/**
 * Of the file that was looked at: another one is refused.
 */
hash?: string, 
/**
 * What becomes of rows that are here and say something else: true takes what the file says, false keeps what is
 * here. Missing: as the preview suggests.
 */
theirs?: boolean, };

export type JsonTo = { 
/**
 * A grant of the host.
 */
file: string, };

export type JsonWritten = { fileName: string, bytes: number, people: number, touchpoints: number, 
/**
 * Postal addresses whose day has come, and which are not in it: they are erased when Hallway is next open for long enough.
 */
expired: number, };

export type KeepDraft = { 
/**
 * What stands in the line now; empty when nothing does.
 */
text: string, };

/**
 * A kind of touchpoint, as a picker shows it.
 */
export type Kind = { key: string, label: string, direction: Direction, fourC: FourC, 
/**
 * Only what they do can be evidence.
 */
evidence: boolean, pointsTo: Stage | null, proves: Stage | null, 
/**
 * The stage it takes somebody back to.
 */
reset: Stage | null, 
/**
 * Off: what was logged stays, and it is offered no more.
 */
on: boolean, };

/**
 * What would change of one kind of thing.
 */
export type KindDifference = { 
/**
 * What one is called: "entry".
 */
one: string, 
/**
 * What many are called: "entries".
 */
many: string, 
/**
 * So many would be here again.
 */
back: number, 
/**
 * So many would be gone.
 */
gone: number, 
/**
 * So many would be as they were then.
 */
changed: number, };

export type LastSaid = { on: string, kind: string, label: string, note: string | null, };

export type Later = { 
/**
 * Each with the day it comes back in `hiddenUntil`, the next first.
 */
groups: Array<TodayGroup>, total: number, };

export type Layout = { 
/**
 * As the preview names it.
 */
layout: string, };

/**
 * Why somebody may not be written to. The first that holds is the reason that is given.
 */
export type LeftOut = "do_not_contact" | "objected" | "suppressed" | "opted_out" | "bounced" | "wrong_person" | "teammate" | "no_address" | "source_forbids" | "no_reply_address" | "unknown_basis" | "no_opt_in" | "cooled_down" | "same_address" | "by_hand" | "address_not_taken" | "text_too_long";

export type LetGo = { text: string, };

export type LineDraft = { 
/**
 * What stood in the line when it was last seen.
 */
text: string, 
/**
 * Lines whose saving did not come to its end.
 */
unsaved: Array<UnsavedLine>, };

/**
 * What became of pasted lines.
 */
export type LinesKept = { 
/**
 * Lines that wait now.
 */
lines: number, 
/**
 * Lines that were waiting already, or were captured word for word since yesterday.
 */
known: number, };

/**
 * A list as it is shown.
 */
export type List = { id: Id, name: string, 
/**
 * Whoever this finds is on it; none: those who were put on it.
 */
filter: string | null, note: string | null, 
/**
 * How many people are on it; none when its filter cannot be read.
 */
count: number | null, 
/**
 * Why its filter cannot be read, and what to do.
 */
problem: string | null, };

export type ListId = { id: Id, };

/**
 * A list somebody is on.
 */
export type ListOfPerson = { id: Id, name: string, 
/**
 * It follows a filter: nobody is put on it or taken off it by hand.
 */
live: boolean, onDay: string | null, why: string | null, };

/**
 * A list of people: whoever a filter finds, or those who were put on it.
 */
export type ListRow = { 
/**
 * The list's own id.
 */
id: Id, 
/**
 * As it is called.
 */
name: string, 
/**
 * In the language of filters: it holds whoever this finds. Null: those who were put on it.
 */
filter: string | null, 
/**
 * What it is for.
 */
note: string | null, };

export type ListRows = { count: number, rows: Array<OnList>, };

/**
 * Rows `offset … offset + limit` of a list, by name; at most 500 at once.
 */
export type ListWindow = { list: Id, offset: number, limit: number, };

export type LogTouchpoint = { kind: string, people: Array<Attendee>, 
/**
 * `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; empty means now, to the minute.
 */
on?: string, 
/**
 * Nobody knows the day.
 */
unknownDay?: boolean, direction?: Direction, intent?: Intent, note?: string, sentiment?: number, minutes?: number, needsAnswer?: boolean, };

export type LookAt = { whom: Whom, purpose: ExportPurpose, 
/**
 * How they are written to. Something in the post goes to a postal address, whatever stands here.
 */
channel: ContactKind, 
/**
 * Missing means any file.
 */
shape?: ExportShape, };

/**
 * One reason of an airlock.
 */
export type LookCloser = { whom: Whom, purpose: ExportPurpose, channel: ContactKind, 
/**
 * Missing means any file.
 */
shape?: ExportShape, reason: LeftOut, };

/**
 * One reason of an airlock, and whom of it one has seen.
 */
export type LookFurther = { whom: Whom, purpose: ExportPurpose, channel: ContactKind, 
/**
 * Missing means any file.
 */
shape?: ExportShape, reason: LeftOut, 
/**
 * So many of them are known by name already.
 */
seen: number, };

/**
 * Who is in it, as they are looked through before the file is written.
 */
export type LookThrough = { whom: Whom, purpose: ExportPurpose, channel: ContactKind, 
/**
 * Missing means any file.
 */
shape?: ExportShape, 
/**
 * Words to find somebody by, as in a filter; missing means everybody who is in it.
 */
find?: string, };

/**
 * A file that was written, as it is shown.
 */
export type MadeExport = { id: Id, at: number, 
/**
 * The list as it is called now, if it was of one.
 */
list: string | null, filter: string | null, purpose: ExportPurpose, channel: ContactKind, template: string, columns: Array<string>, included: number, 
/**
 * The reason in words, and how many.
 */
leftOut: Array<[string, number]>, fileName: string, bytes: number, sha256: string, };

/**
 * A text to look for, and how many answers are wanted.
 */
export type Match = { text: string, limit: number, };

/**
 * Who stands for somebody now, and which rows are them.
 */
export type Merged = { id: Id, name: string, merged: Array<Id>, };

export type Move = { person: PersonPick, change: StageChange, 
/**
 * It can be accepted or taken back.
 */
waiting: boolean, 
/**
 * Nobody has looked since it was noticed.
 */
new: boolean, };

export type MoveCause = "proof" | "signs" | "reset" | "pin" | "pin_ended" | "rules" | "recalculated";

export type MoveFilter = "waiting" | "all";

export type MoveStatus = "applied" | "suggested" | "accepted" | "refused";

export type Moves = { total: number, 
/**
 * How many of those that wait are new since somebody last looked.
 */
new: number, 
/**
 * Instant, ms UTC: when that was.
 */
lookedAt: number | null, rows: Array<Move>, };

export type MovesWindow = { 
/**
 * `YYYY-MM-DD`: moves of that day and later.
 */
since?: string, 
/**
 * Those that wait, when nothing is said.
 */
status?: MoveFilter, offset: number, limit: number, };

/**
 * Some people, and how many there are.
 */
export type Named = { count: number, 
/**
 * At most five.
 */
names: Array<string>, };

/**
 * A text about others that names them.
 */
export type NamedText = { table: string, row: Id, column: string, 
/**
 * "A note of what happened".
 */
place: string, 
/**
 * Whom the text is about, by name.
 */
about: Array<string>, text: string, 
/**
 * Where it names them: from and to, in UTF-16 code units.
 */
spans: Array<[number, number]>, 
/**
 * Whether the words can be blanked: not a name or an address, which is somebody else's.
 */
canBlank: boolean, 
/**
 * The words in it by which it was found, each once.
 */
words: Array<string>, 
/**
 * These are only a part of their name, or where they work, so that it may be about somebody else: it is decided by itself.
 */
inPart: boolean, };

export type NewContactPoint = { person: Id, kind: ContactKind, value: string, source: ContactSource, sourceNote?: string, };

export type NewField = { label: string, kind: FieldKind, choices: Array<string>, };

export type NewFollowUp = { 
/**
 * A promise when nothing is said.
 */
kind?: FollowUpKind, text: string, person?: Id, touchpoint?: Id, 
/**
 * `YYYY-MM-DD`.
 */
due: string, 
/**
 * Instant, ms UTC, when the minute matters; its day in `zone` is then the due day.
 */
at?: number | null, 
/**
 * IANA; the workspace's when only `at` is given.
 */
zone?: string, every?: Every, 
/**
 * A reply check clears when they reply, unless this is null.
 */
unless?: Unless | null, };

export type NewList = { name: string, 
/**
 * Whoever this finds is on it; missing: those who are put on it.
 */
filter?: string, note?: string, };

export type NewPerson = { displayName: string, organisation?: string, country?: string, city?: string, };

export type NewPostalAddress = { person: Id, 
/**
 * Several lines, without the country.
 */
lines: string, 
/**
 * Its code or its name.
 */
country: string, 
/**
 * Their own name when nothing is said.
 */
recipientName?: string, phone?: string, purpose: string, source: ContactSource, sourceNote?: string, 
/**
 * `YYYY-MM-DD`: today when nothing is said.
 */
givenOn?: string, 
/**
 * `YYYY-MM-DD`: ninety days after it was given when nothing is said.
 */
expiresOn?: string, };

export type NotReplied = { id: Id, 
/**
 * `YYYY-MM-DD`: look again on that day.
 */
again?: string, };

/**
 * Something written down in which every word occurs.
 */
export type Note = { 
/**
 * The entry in which it stands; null when it stands on the person's page, in `prose`.
 */
touchpoint: Id | null, prose: Prose | null, person: Id, name: string, 
/**
 * How many more people were there.
 */
others: number, 
/**
 * The key of the kind of entry; null for `prose`.
 */
kind: string | null, 
/**
 * "Talked in person", "Notes".
 */
label: string, 
/**
 * The day it happened; for `prose`, the day the person was edited last.
 */
onDay: string, precision: Precision, 
/**
 * The text around the first of the words, piece by piece.
 */
text: Array<NotePiece>, };

export type NotePiece = { text: string, 
/**
 * It is one of the words.
 */
marked: boolean, };

/**
 * A row that came in, and what is to be known of it.
 */
export type NotedRow = { 
/**
 * As a spreadsheet numbers it.
 */
row: number, name: string, 
/**
 * A sentence.
 */
note: string, };

export type Notes = { 
/**
 * Newest first.
 */
notes: Array<Note>, 
/**
 * There are more than these.
 */
more: boolean, 
/**
 * Words that stand in no note, each with the one that was looked for in its place; empty when every word stands somewhere.
 */
instead: Array<Instead>, };

/**
 * Somebody does not want to be written to on one kind of channel. It is final until they opt in anew after that day.
 */
export type Objection = { 
/**
 * Its own id.
 */
id: Id, 
/**
 * Who.
 */
personId: Id, 
/**
 * On which kind of channel.
 */
kind: ContactKind, 
/**
 * `YYYY-MM-DD`: when they said so.
 */
onDay: string, 
/**
 * How they said it.
 */
evidence: string | null, };

/**
 * How the person who wrote it down knows, strongest first.
 */
export type ObservedBy = "seen" | "told" | "inferred" | "imported";

export type Offer = { kind: OfferKind, people: Array<PersonPick>, };

export type OfferKind = "thank" | "greet";

export type OnList = { person: PersonPick, 
/**
 * `YYYY-MM-DD`: when they were put on it; none on a list that follows a filter.
 */
onDay: string | null, why: string | null, };

/**
 * An organisation that only those had who are to be erased.
 */
export type OnlyTheirs = { id: Id, name: string, };

/**
 * One user action, in words: "Edited Priya Nair", "Imported 412 people from meetup.csv".
 */
export type OperationLine = { id: number, command: string, label: string, at: number, undone: boolean, 
/**
 * It stands, and can be taken back.
 */
canTakeBack: boolean, };

export type Outcome = "new" | "update" | "differs" | "unchanged" | "look" | "skipped" | "refused";

export type Particular = { label: string, value: string, };

/**
 * People of whom it was not said, and why.
 */
export type PassedOver = { reason: LeftOut, words: string, count: number, 
/**
 * The first 50.
 */
people: Array<PersonPick>, };

/**
 * Rows from the clipboard, to be looked at like a file.
 */
export type Pasted = { text: string, };

export type PastedAs = { 
/**
 * To be named in a request, as a grant of the host is.
 */
file: string, name: string, };

export type PastedLines = { 
/**
 * Lines, one below the other.
 */
text: string, };

export type PeopleAsked = { query: PeopleQuery, };

export type PeopleFilter = { 
/**
 * A filter, as `filter.read` reads it: any substring of name, organisation, handle, address, city, country or tag, in
 * any script, and fields such as `stage:learn`. What cannot be read is refused under `filter`.
 */
text: string, 
/**
 * Filters that must hold as well. Each is read by itself, so that no bracket and no `or` of one reaches into another.
 */
also?: Array<string>, 
/**
 * When nobody is spelled as it was typed, whoever comes close. The answer says so.
 */
forgiving?: boolean, };

/**
 * People who stand together in a list, since what it is sorted by says the same of them.
 */
export type PeopleGroup = { 
/**
 * A stage's word, an organisation's name, a country as it is kept, a month such as `2026-05`, or the first letter of a
 * name; none of whom nothing of the kind is known.
 */
key: string | null, count: number, };

export type PeopleQuery = { filter: PeopleFilter, sort: PeopleSort, descending: boolean, };

export type PeopleRows = { 
/**
 * People the query matches, exactly.
 */
count: number, 
/**
 * People in the file.
 */
total: number, 
/**
 * Nobody is spelled as it was typed; these come close.
 */
close: boolean, rows: Array<PersonRow>, };

export type PeopleSort = "name" | "organisation" | "stage" | "country" | "last_touch" | "added" | "next";

/**
 * Those who stand from one place of a query to before another, counted from 0.
 */
export type PeopleStretch = { query: PeopleQuery, from: number, to: number, };

/**
 * Rows `offset … offset + limit` of a query; at most 500 at once.
 */
export type PeopleWindow = { query: PeopleQuery, offset: number, limit: number, };

/**
 * Somebody. Only the name is ever required.
 */
export type Person = { 
/**
 * The person's own id.
 */
id: Id, 
/**
 * What they are called; at most 200 characters.
 */
displayName: string, 
/**
 * How they are spoken of.
 */
pronouns: string | null, 
/**
 * How the name is said.
 */
sayItLike: string | null, 
/**
 * What they do where they work.
 */
roleTitle: string | null, 
/**
 * Where they work or build.
 */
organisationId: Id | null, 
/**
 * ISO 3166-1 alpha-2, or the words that were given.
 */
country: string | null, 
/**
 * Where they live.
 */
city: string | null, 
/**
 * IANA.
 */
timeZone: string | null, 
/**
 * BCP 47, comma-separated.
 */
languages: string | null, 
/**
 * What they are building.
 */
buildingNow: string | null, 
/**
 * What they are stuck on.
 */
challenges: string | null, 
/**
 * Comma-separated of read, watch, listen, live, code, one_to_one.
 */
contentPrefs: string | null, 
/**
 * Comma-separated of public_credit, private_thanks, swag, money, early_access, introductions, none.
 */
appreciationPrefs: string | null, 
/**
 * Whatever else is worth knowing.
 */
notes: string | null, 
/**
 * Nobody is to write to them.
 */
doNotContact: boolean, 
/**
 * Why not.
 */
doNotContactReason: string | null, 
/**
 * One of us: not counted among developers.
 */
teammate: boolean, 
/**
 * The row that stands for this person since the two turned out to be one.
 */
mergedInto: Id | null, };

export type PersonId = { id: Id, };

export type PersonIds = { ids: Array<Id>, };

export type PersonPage = { person: Person, organisation: string | null, contactPoints: Array<ContactPoint>, 
/**
 * Where parcels go, the address that was given last first; none whose day has come.
 */
postalAddresses: Array<PostalAddress>, tags: Array<Tag>, fields: Array<FieldValue>, standing: Standing, touchpoints: number, 
/**
 * Acts of ours that gave something, and acts that asked for something: counts, never a balance.
 */
gave: number, asked: number, addedAt: number, editedAt: number, 
/**
 * The rows that turned out to be them too, and can be parted again.
 */
also: Array<Also>, 
/**
 * The file this person came from, if they came from one.
 */
cameFrom: string | null, };

/**
 * A person as a picker shows them.
 */
export type PersonPick = { id: Id, name: string, organisation: string | null, lastTouchOn: string | null, stage: Stage | null, };

export type PersonRow = { id: Id, name: string, organisation: string | null, country: string | null, city: string | null, stage: Stage | null, confidence: Confidence, 
/**
 * A suggested move waits to be accepted or taken back.
 */
stageIsNew: boolean, presence: Presence, lastTouchOn: string | null, lastKind: string | null, 
/**
 * `YYYY-MM-DD`: when something is to come back to them next.
 */
nextOn: string | null, 
/**
 * Names, what they work with first.
 */
tags: Array<string>, doNotContact: boolean, teammate: boolean, addedAt: number, };

/**
 * Where an import stands.
 */
export type Phase = "backup" | "rows" | "placing" | "taking_back" | "done" | "taken_back" | "interrupted" | "elsewhere";

/**
 * One piece of evidence, as the explanation names it.
 */
export type Piece = { touchpoint: Id, kind: string, label: string, onDay: string, precision: Precision, observedBy: ObservedBy, observedStage: Stage | null, 
/**
 * It shows the stage by itself.
 */
proof: boolean, };

/**
 * A pin in force.
 */
export type Pin = { id: Id, stage: Stage | null, on: string, until: PinUntil, untilDay: string | null, reason: string, };

export type PinStage = { person: Id, 
/**
 * null pins them as not placed.
 */
stage: Stage | null, until: PinUntil, untilDay?: string, reason: string, };

/**
 * When a pin ends.
 */
export type PinUntil = "proof" | "date" | "good";

/**
 * Where somebody stands in a list: "3 of 38", and who is before and after.
 */
export type Place = { index: number | null, count: number, previous: Id | null, next: Id | null, };

export type PlaceOf = { query: PeopleQuery, id: Id, };

/**
 * Since when somebody is on a list, and why.
 */
export type PlaceOnList = { person: Id, 
/**
 * `YYYY-MM-DD`
 */
onDay: string, why: string | null, };

/**
 * One way to reach somebody, and what for.
 */
export type PointTrust = { point: Id, kind: ContactKind, value: string, source: ContactSource, sourceNote: string | null, obtainedOn: string, status: ContactStatus, 
/**
 * Why it is on the suppression list, if it is.
 */
suppressed: SuppressedFor | null, 
/**
 * One line for each purpose.
 */
purposes: Array<PurposeTrust>, 
/**
 * Everything that was said of it, what was said last first.
 */
said: Array<ContactBasis>, };

/**
 * Where something can be sent to somebody by post, with what it was given for. It is erased on its
 * day, and is in no file from then on.
 */
export type PostalAddress = { 
/**
 * Its own id.
 */
id: Id, 
/**
 * Whose it is.
 */
personId: Id, 
/**
 * As it stands on a parcel: several lines, without the name and the country.
 */
lines: string, 
/**
 * ISO 3166-1 alpha-2.
 */
country: string, 
/**
 * Whose name stands on the parcel.
 */
recipientName: string, 
/**
 * For whoever brings the parcel, and for nothing else.
 */
phone: string | null, 
/**
 * What it was given for.
 */
purpose: string, 
/**
 * Where it came from: the person may ask.
 */
source: ContactSource, 
/**
 * More about where it came from.
 */
sourceNote: string | null, 
/**
 * `YYYY-MM-DD`: when it was given.
 */
givenOn: string, 
/**
 * `YYYY-MM-DD`: the day on which it is erased.
 */
expiresOn: string, };

export type PostalAddressId = { id: Id, };

export type Precision = "minute" | "day" | "month" | "year" | "unknown";

/**
 * How lately they did anything of their own, whatever it says about a stage.
 */
export type Presence = "none" | "active" | "quiet" | "dormant";

/**
 * A set of rules to begin from.
 */
export type Preset = "library" | "hardware" | "community";

export type PresetOf = { preset: Preset, };

export type PreviewRow = { 
/**
 * As a spreadsheet numbers it.
 */
row: number, outcome: Outcome, name: string, 
/**
 * What tells them from others of the name, as the row has it: where they work, and the first way to reach them.
 */
detail: string, 
/**
 * What is wrong and what to do, for a row that is refused or waits; of one that is left out though nobody said so, why.
 */
reason: string | null, column: string | null, candidate: PersonPick | null, 
/**
 * Fields of the candidate that the row would fill.
 */
fills: Array<string>, differs: Array<Differing>, 
/**
 * What is to be known of it although it comes in: that an address of it is never written to, and why. Sentences.
 */
notes?: Array<string>, };

/**
 * What was promised in a line that is saved.
 */
export type Promised = { 
/**
 * `YYYY-MM-DD`.
 */
due: string, text: string, };

/**
 * What of a person is prose.
 */
export type Prose = "notes" | "building_now" | "challenges";

/**
 * What somebody is written to for.
 */
export type Purpose = "one_to_one" | "list_mail" | "swag_post" | "recruiting_intro" | "sales_intro";

export type PurposeHealth = { purpose: Purpose, words: string, 
/**
 * They may be written to.
 */
may: number, 
/**
 * The others, by reason.
 */
leftOut: Array<[LeftOut, number]>, };

export type PurposeTrust = { purpose: Purpose, 
/**
 * What was said last of this address.
 */
basis: Basis, evidence: string | null, recordedOn: string | null, 
/**
 * Why they may not be written to for this; nothing when they may.
 */
leftOut: LeftOut | null, 
/**
 * The same in words.
 */
words: string | null, };

export type PutAside = { 
/**
 * touch:PERSON, thank:TOUCHPOINT or answer:TOUCHPOINT.
 */
key: string, 
/**
 * `YYYY-MM-DD`: it shows again on that day. Missing: it is let go for good, and with touch: until the next contact.
 */
until?: string, };

/**
 * The columns that say where people are written to.
 */
export type Reach = { 
/**
 * Their keys: one of them is enough.
 */
columns: Array<string>, 
/**
 * What is said as long as none of them is in the file; a sentence.
 */
missing: string, 
/**
 * Which of them is added then; none where the template has no place for one.
 */
add: string | null, };

export type Reached = { stage: Stage, 
/**
 * The day on which they were first there, or further on.
 */
on: string, 
/**
 * It was not seen for itself: on that day they were further on already.
 */
passed: boolean, };

export type ReadCapture = { text: string, 
/**
 * BCP 47; says which number comes first in 3/4.
 */
locale?: string, 
/**
 * Who was picked for the name the line begins with.
 */
picked?: Id, 
/**
 * It is somebody new, whoever is called so already.
 */
someoneNew?: boolean, };

export type ReadFilter = { text: string, 
/**
 * Where one is typing, in UTF-16 units; nothing is offered without it.
 */
cursor?: number, };

/**
 * One thing that makes them look like one, with what they share where there is something to show.
 */
export type Reason = { why: Hint, shared: string | null, };

/**
 * An erasure, as it can be shown to whoever asks for proof of it.
 */
export type Receipt = { id: Id, 
/**
 * Instant, ms UTC.
 */
at: number, why: ErasedFor, people: number, gone: Array<GoneCount>, 
/**
 * Texts about others in which their words stand still: by decision, or since nobody was asked.
 */
kept: Array<StaysBy>, 
/**
 * Texts about others in which their words were blanked or reworded.
 */
blanked: number, 
/**
 * For what texts about others were searched: a sentence without a name. Nothing where nobody went.
 */
searched: string | null, 
/**
 * What left Hallway before it and may have them: a sentence. Nothing where nobody went.
 */
outOfReach: string | null, 
/**
 * Addresses that are never written to again.
 */
suppressed: number, 
/**
 * The backups that were written anew, by name.
 */
backups: Array<string>, 
/**
 * Instant, ms UTC: when nothing of it was left; null while something is.
 */
finishedAt: number | null, 
/**
 * What is left to do, and what the person can do about it: a sentence.
 */
unfinished: string | null, };

export type Recent = { limit: number, 
/**
 * Only operations before this one: where the last page ended.
 */
before?: number, 
/**
 * Only those that touched this person.
 */
person?: Id, };

/**
 * A row that is not taken, and why.
 */
export type RefusedRow = { 
/**
 * `people[12].displayName`: where in the file it stands.
 */
path: string, line: number, reason: string, };

export type RefusedTo = { 
/**
 * As it was imported, or is about to be.
 */
request: ImportRequest, 
/**
 * A grant of the host to write to.
 */
to: string, 
/**
 * By which operation its rows came in, if any did: those are not saved.
 */
operation?: number, };

export type Reminder = { 
/**
 * To be said back once it is told.
 */
key: string, followup: Id, 
/**
 * Whom it is about, by name.
 */
person: string | null, text: string, due: string, at: number | null, };

export type Reminders = { 
/**
 * Due by now and not told yet, oldest first.
 */
due: Array<Reminder>, 
/**
 * Instant, ms UTC: when the next one is due; nothing when none is.
 */
nextAt: number | null, };

export type Resume = { id: Id, 
/**
 * A grant of the host for the same file, where it is no longer in its place.
 */
file?: string, };

export type RetentionOf = { 
/**
 * Nothing happened with them in so many months.
 */
months: number, offset: number, limit: number, };

export type RetentionReport = { 
/**
 * `YYYY-MM-DD`: nothing since before that day.
 */
before: string, total: number, people: Array<Untouched>, 
/**
 * Postal addresses that should be gone by now, wherever they lie, the oldest first. There are some only while another
 * window or an import keeps them from being erased.
 */
addresses: Array<AddressPastItsDay>, };

/**
 * What would happen to the addresses of one outcome.
 */
export type ReturnLine = { outcome: ReturnOutcome, addresses: number, 
/**
 * Of these: somebody here has them.
 */
known: number, 
/**
 * Of these: nobody here has them; they are remembered as a keyed hash.
 */
unknown: number, 
/**
 * Of these: it was known before, and nothing changes.
 */
already: number, 
/**
 * "412 unsubscribed: 398 known, 14 unknown and remembered only as keyed hashes".
 */
words: string, };

/**
 * What becomes of an address that came back.
 */
export type ReturnOutcome = "bounced" | "unsubscribed" | "complained";

export type ReturnsDone = { 
/**
 * Addresses of people here that are no longer written to.
 */
ended: number, 
/**
 * Addresses that are new on the suppression list.
 */
suppressed: number, 
/**
 * Addresses that stay, because they opted in anew.
 */
stay: number, 
/**
 * The first of those who have them.
 */
stays: Array<PersonPick>, 
/**
 * What to take back; null when nothing about people changed. The suppressions stay.
 */
operation: number | null, };

export type ReturnsPreview = { fileName: string, 
/**
 * "Mailchimp", "listmonk", "Ghost", "Substack" or "A newsletter".
 */
program: string, 
/**
 * To hand back when it is applied.
 */
hash: string, rows: number, 
/**
 * Of these: still written to, so nothing changes.
 */
subscribed: number, 
/**
 * Of these: opted in anew after what the file tells. They stay, unless it is said otherwise; of an address to which mail
 * does not arrive it is of no account.
 */
optedInSince: number, 
/**
 * The first of them.
 */
optedInAnew: Array<PersonPick>, outcomes: Array<ReturnLine>, 
/**
 * Rows without an address that can be read.
 */
unreadable: number, 
/**
 * The first of them: the row as a spreadsheet numbers it, and what stands there.
 */
unreadableRows: Array<[number, string]>, 
/**
 * The first of those it concerns.
 */
people: Array<PersonPick>, };

export type ReturnsRequest = { 
/**
 * A grant of the host.
 */
file: string, 
/**
 * Of the file that was looked at: another one is refused.
 */
hash?: string, 
/**
 * Also those who opted in anew after what the file tells; missing means that they stay.
 */
stopOptedIn?: boolean, };

/**
 * How often stages that have grown stale are looked through.
 */
export type Review = "quarterly" | "monthly";

export type ReviewAnswer = "still_here" | "step_back" | "ask_them";

/**
 * Somebody of whom a step back is suggested.
 */
export type ReviewItem = { person: PersonPick, stage: Stage, 
/**
 * One step back.
 */
to: Stage, since: string | null, lastSignOn: string | null, because: Array<Piece>, 
/**
 * `YYYY-MM-DD`: the day of the review.
 */
reviewOn: string, };

/**
 * A line to look at.
 */
export type ReviewLine = { id: Id, text: string, 
/**
 * Instant, ms UTC: when it was written down.
 */
at: number, 
/**
 * What it says, while it waits.
 */
reading: CaptureReading | null, 
/**
 * Whom it was saved to.
 */
person: PersonPick | null, touchpoint: Id | null, 
/**
 * The stage that was seen.
 */
observed: Stage | null, 
/**
 * The note it was saved with, and what was promised in it.
 */
note: string | null, promised: Array<Promised>, 
/**
 * Their address, if they have one.
 */
email: string | null, 
/**
 * Who may be the same person.
 */
twin: PersonPick | null, };

export type ReviewOf = { 
/**
 * BCP 47; says which number comes first in 3/4.
 */
locale?: string, 
/**
 * So many at most, from the first; 25 when nothing is said.
 */
limit?: number, };

export type Reword = { id: Id, text: string, 
/**
 * Who it is about, when somebody was chosen.
 */
picked?: Id, };

/**
 * How close they are to the community.
 */
export type Ring = "primary" | "secondary" | "tertiary";

/**
 * What a person has to do with a touchpoint.
 */
export type Role = "by" | "with" | "about";

/**
 * What to do with a row that shares an address with somebody of another name.
 */
export type RowDecision = "new" | "same" | "skip";

/**
 * One kind of touchpoint and all that the engine knows about it. Plain data, so that custom kinds are rows like these.
 */
export type RuleKind = { 
/**
 * The name it has in the file; never changes.
 */
key: string, 
/**
 * What the window calls it.
 */
label: string, 
/**
 * What the person might do next ("runs it in production"); empty when it is not theirs to choose.
 */
comes_next: string, 
/**
 * Who acted towards whom.
 */
direction: Direction, 
/**
 * The kind of work it belongs to.
 */
four_c: FourC, 
/**
 * The kind of channel, unless the touchpoint names its own.
 */
channel_class: ChannelClass, 
/**
 * Commitment from 1 to 12; 0 for what says nothing about commitment.
 */
weight: number, 
/**
 * The highest stage it says anything about.
 */
points_to: Stage | null, 
/**
 * How much it says about the stages between what it proves and what it points to.
 */
strength: Strength | null, 
/**
 * The highest stage it shows by itself.
 */
proves: Stage | null, 
/**
 * The stage it takes a person back to at once. Such a kind gives no points, whatever else stands here.
 */
resets_to: Stage | null, 
/**
 * Whether it counts as taking part in the community.
 */
participates: boolean, 
/**
 * For how many days after it nobody is reminded to write to the person.
 */
silences_days: number | null, 
/**
 * Off: its touchpoints stay, and a person who did it was there, but it says nothing about a stage.
 */
on: boolean, };

export type RuleMove = { person: Id, name: string, organisation: string | null, from: Stage | null, to: Stage | null, };

/**
 * The rules a replay follows. `Config::default()` is what ships; a field missing from a stored configuration takes
 * its value from there, so that files written before the field existed keep their meaning.
 */
export type RuleSet = { 
/**
 * Days after which a piece of evidence says half as much. 30 to 720.
 */
half_life_days: number, 
/**
 * Points at which a person enters a stage; one full proof is worth `strength.proof`.
 */
enter: ByStage, 
/**
 * Points below which the shown stage is stale and the review offers a step back.
 */
hold: number, 
/**
 * Points below which the shown stage is fading.
 */
fading: number, 
/**
 * The most that everything of one kind, full proofs aside, may add to a stage. Applied after decay.
 */
kind_cap: number, 
/**
 * A person is active up to and including this many days after their last act.
 */
quiet_days: number, 
/**
 * A person is quiet up to and including this many days after their last act, then dormant.
 */
dormant_days: number, 
/**
 * Points of a sign, by strength.
 */
strength: Strengths, 
/**
 * What an observation is worth, by how it is known: 1 is full, and only full observations prove.
 */
confidence: Credence, 
/**
 * What is left of the worth of an act that was rewarded.
 */
incentivised: number, 
/**
 * How often stages that have grown stale are looked through.
 */
review: Review, 
/**
 * Which moves are taken as they are, and which ask first. It moves nobody.
 */
applies: Applies, 
/**
 * What the window calls the stages. It moves nobody.
 */
names: StageNames, 
/**
 * Every kind of touchpoint, in the order in which the window lists them.
 */
kinds: Array<RuleKind>, };

export type RulesDraft = { rules: RuleSet, };

export type RulesFile = { 
/**
 * A grant of the host.
 */
file: string, };

export type RulesInForce = { version: number, rules: RuleSet, 
/**
 * The keys of the kinds that ship; the others were added here.
 */
shipped: Array<string>, 
/**
 * `YYYY-MM-DD`: when stale stages are looked through next.
 */
nextReviewOn: string, };

/**
 * What a change of the rules would do.
 */
export type RulesPreview = { 
/**
 * How many people it would move.
 */
moved: number, up: number, 
/**
 * Those it would move back: each waits for a word.
 */
toReview: number, 
/**
 * At most 200 of them: those to review first, then by name.
 */
people: Array<RuleMove>, };

export type RulesWritten = { name: string, };

/**
 * A day that was said in words.
 */
export type SaidWhen = { day: string, 
/**
 * Instant, ms UTC, when a time was said.
 */
at: number | null, 
/**
 * “Mon 25 May”.
 */
words: string, };

export type SaveCapture = { text: string, 
/**
 * BCP 47; says which number comes first in 3/4.
 */
locale?: string, 
/**
 * Who was picked for the name the line begins with.
 */
picked?: Id, 
/**
 * It is somebody new, whoever is called so already.
 */
someoneNew?: boolean, 
/**
 * The line that waited, if it is one.
 */
line?: Id, };

export type SaveView = { name: string, filter: string, sort: PeopleSort, descending: boolean, layout: ViewLayout, 
/**
 * Missing is the usual ones.
 */
columns?: Array<string>, };

export type Saved = { rows: number, fileName: string, };

export type SayObjected = { person: Id, 
/**
 * On which kinds of channel; at least one.
 */
kinds: Array<ContactKind>, 
/**
 * `YYYY-MM-DD`; missing means today.
 */
on?: string, 
/**
 * How they said it.
 */
evidence?: string, };

/**
 * Says on what basis one may write to one address. An opt-in that is dated after an objection ends it, takes the address off
 * the suppression list, and makes one that was opted out usable again, for what it was said of.
 */
export type SetBasis = { point: Id, purposes: Array<Purpose>, basis: Basis, 
/**
 * What shows it, such as “signed up on our page”; an opt-in must say it, or name the entry that shows it.
 */
evidence?: string, 
/**
 * The entry that shows it.
 */
touchpoint?: Id, 
/**
 * `YYYY-MM-DD`; missing means today, but of an opt-in, which outweighs a no that came before it, it must be said.
 */
on?: string, };

/**
 * Says on what basis one may write to many. Of somebody who was chosen it is the address one would use; of an import, the
 * addresses it brought.
 */
export type SetBasisForMany = { whom: ForMany, 
/**
 * Missing means e-mail.
 */
kind?: ContactKind, purposes: Array<Purpose>, basis: Basis, 
/**
 * What shows it: "signed up on our page".
 */
evidence: string, 
/**
 * `YYYY-MM-DD`; missing means today, but of an opt-in, which outweighs a no that came before it, it must be said.
 */
on?: string, };

/**
 * One of `person` and `tag` is given.
 */
export type SetCadence = { person?: Id, tag?: Id, idealDays: number, longestDays: number, };

export type SetField = { person: Id, field: Id, 
/**
 * As typed; empty takes the value away.
 */
value: string, };

export type SetUp = { product: string, zone: string, };

export type SetWeekend = { 
/**
 * From 1 for Monday to 7 for Sunday; none when every day is worked on.
 */
days: Array<number>, };

export type ShowOnlyAccepted = { on: boolean, };

export type Side = { id: Id, name: string, stage: Stage | null, touchpoints: number, lastTouchOn: string | null, 
/**
 * Instant, ms UTC.
 */
addedAt: number, cameFrom: string | null, };

/**
 * What shows that somebody signed up: a basis is nothing without it.
 */
export type SignedUp = { 
/**
 * "the form on our page".
 */
evidence: string, 
/**
 * `YYYY-MM-DD`, for rows that say no day of their own: it is never today by silence, because an opt-in outweighs every
 * no that came before it.
 */
on?: string, };

export type Snooze = { id: Id, 
/**
 * `YYYY-MM-DD`: it shows again on that day.
 */
until: string, };

/**
 * Some of those on a list.
 */
export type SomeOnList = { list: Id, 
/**
 * At most 500 are answered.
 */
people: Array<Id>, };

/**
 * How it got here.
 */
export type Source = "form" | "quick_capture" | "import" | "derived";

/**
 * Addresses by where they came from.
 */
export type SourceHealth = { source: ContactSource, addresses: number, withoutBasis: number, };

/**
 * How far a developer has come, in the order of the journey. Not placed yet is `Option::None`, which sorts below.
 */
export type Stage = "discover" | "evaluate" | "learn" | "build" | "scale";

/**
 * One recorded move.
 */
export type StageChange = { id: Id, from: Stage | null, to: Stage | null, onDay: string, recordedAt: number, status: MoveStatus, cause: MoveCause, because: Array<Piece>, };

/**
 * What each stage is called.
 */
export type StageNames = { discover: string, evaluate: string, learn: string, build: string, scale: string, };

export type Standing = { asOf: string, stage: Stage | null, since: string | null, confidence: Confidence, presence: Presence, ring: Ring, 
/**
 * 1 leading … 4 exploring.
 */
involvement: number | null, 
/**
 * The newest move, while it waits to be accepted or taken back.
 */
moved: StageChange | null, pin: Pin | null, 
/**
 * What the evidence says; differs from `stage` while a pin is in force, and where only accepted stages are shown.
 */
evidenceStage: Stage | null, reached: Array<Reached>, 
/**
 * At most three pieces: newest proof first, then newest.
 */
because: Array<Piece>, 
/**
 * `YYYY-MM-DD`: when a stage that has grown stale is looked through next.
 */
reviewOn: string | null, 
/**
 * One more sign of this stage would do it.
 */
near: Stage | null, lastSignOn: string | null, 
/**
 * What they might do next, as phrases ("runs it in production"): never what we do.
 */
couldComeNext: Array<string>, 
/**
 * Every recorded change, newest first.
 */
history: Array<StageChange>, };

export type StandingOf = { person: Id, 
/**
 * `YYYY-MM-DD`: evidence up to that day as known today, today's rules, pins in force that day.
 */
asOf?: string, };

export type Status = "open" | "done" | "dropped" | "auto_cleared";

/**
 * Where a text stays as it is.
 */
export type StaysBy = { table: string, row: Id, column: string, 
/**
 * "A note of what happened".
 */
place: string, 
/**
 * Only a part of their name stands in it, or where they work, and it may be about somebody else.
 */
inPart?: boolean, };

/**
 * What has to be said before a file can be imported.
 */
export type Stop = { 
/**
 * `days` or `newsletter`, as in the request; `on` for the day of the newsletter.
 */
field: string, 
/**
 * A sentence.
 */
message: string, };

/**
 * How much a sign says about the stages beyond what it proves.
 */
export type Strength = "proof" | "strong" | "weak";

/**
 * Points by strength of a sign.
 */
export type Strengths = { proof: number, strong: number, weak: number, };

/**
 * One thing that is held, and what is known of it beside.
 */
export type SubjectLine = { text: string, 
/**
 * Which record it is, by the name of its list in the JSON of everything; null of what is no record by itself.
 */
of: string | null, 
/**
 * Whether something that was typed stands in the text; else it is the product's own word for such a record.
 */
typed: boolean, particulars: Array<Particular>, };

/**
 * Everything held about one person.
 */
export type SubjectPage = { name: string, sections: Array<SubjectSection>, };

export type SubjectSection = { title: string, lines: Array<SubjectLine>, };

export type SubjectTo = { id: Id, 
/**
 * A grant of the host.
 */
file: string, };

export type SubjectWritten = { fileName: string, bytes: number, };

/**
 * People who may be one.
 */
export type Suggestion = { 
/**
 * The one who would stand for all of them first.
 */
people: Array<PersonPick>, 
/**
 * 1 … 100.
 */
score: number, why: Array<Reason>, };

export type Suggestions = { count: number, 
/**
 * The surest first.
 */
doubles: Array<Suggestion>, };

/**
 * Addresses, numbers or handles that are never to be written to.
 */
export type Suppress = { kind: ContactKind, values: Array<string>, 
/**
 * Missing means that you say so.
 */
reason?: SuppressedFor, };

export type SuppressFile = { 
/**
 * A grant of the host: a table with a column of addresses, or one address in each line.
 */
file: string, };

export type Suppressed = { 
/**
 * New on the list.
 */
added: number, 
/**
 * On it before.
 */
already: number, 
/**
 * Rows of a file in which something stands, and no address.
 */
unreadable: number, 
/**
 * The first of these, as they are numbered, with what stands there.
 */
unreadableRows: Array<[number, string]>, };

/**
 * Why an address is on the list.
 */
export type SuppressedFor = "unsubscribed" | "complained" | "bounced" | "objected" | "erased" | "by_hand";

/**
 * How many addresses are on the list.
 */
export type SuppressionCount = { addresses: number, 
/**
 * Of these, by reason.
 */
byReason: Array<[SuppressedFor, number]>, };

export type Tag = { id: Id, name: string, kind: TagKind, 
/**
 * How many living people carry it.
 */
people: number, };

export type TagKind = "topic" | "stack";

export type TagPeople = { people: Array<Id>, name: string, kind: TagKind, };

export type TakeBack = { operation: number, };

export type TakeOffList = { list: Id, people: Array<Id>, };

/**
 * A template as a page offers it.
 */
export type TemplateShown = { key: string, label: string, says: string, ending: string, listMailOnly: boolean, 
/**
 * The program that reads it does not take everything: who may be in it depends on what stands in it.
 */
limited: boolean, 
/**
 * What it can hold, and what is in it unless somebody says otherwise.
 */
columns: Array<ExportColumn>, 
/**
 * What a file must hold to write to people with; none where nobody is written to, or it was not said what for.
 */
reach: Reach | null, };

export type Thanked = { 
/**
 * What they did.
 */
touchpoint: Id, };

/**
 * What becomes of the words by which somebody is named in a text about others.
 */
export type TheirWords = "blank" | "keep";

export type ThingInTheTrash = { table: string, id: Id, };

export type Timeline = { entries: Array<TimelineEntry>, more: boolean, };

export type TimelineEntry = { id: Id, 
/**
 * Its place in the list, for the next page.
 */
cursor: string, kind: string, label: string, direction: Direction, onDay: string, precision: Precision, at: number | null, zone: string | null, intent: Intent | null, note: string | null, quote: string | null, sentiment: number | null, minutes: number | null, needsAnswer: boolean, source: Source, people: Array<TimelinePerson>, };

export type TimelineOf = { person: Id, 
/**
 * The last entry's cursor; nothing for the first page.
 */
after?: string, limit: number, 
/**
 * `YYYY-MM-DD`: only what happened up to that day. What happened nobody knows when is then left out.
 */
until?: string, };

export type TimelinePerson = { id: Id, name: string, role: Role, observedStage: Stage | null, observedBy: ObservedBy, incentivised: boolean, };

/**
 * How much waits for a second look.
 */
export type ToReview = { 
/**
 * Lines that were only written down.
 */
lines: number, 
/**
 * What was captured since yesterday.
 */
entries: number, };

export type Today = { 
/**
 * `YYYY-MM-DD`.
 */
on: string, groups: Array<TodayGroup>, shown: number, more: number, 
/**
 * When nothing waits: somebody to thank or to greet.
 */
offer: Offer | null, };

/**
 * What one needs to know to act without opening the person.
 */
export type TodayContext = { 
/**
 * What was said in the entry it is about, else the last thing that was said.
 */
lastSaid: LastSaid | null, 
/**
 * What they are building.
 */
building: string | null, };

export type TodayGroup = { kind: TodayKind, items: Array<TodayItem>, 
/**
 * With those that are not shown.
 */
total: number, };

export type TodayItem = { 
/**
 * followup:ID, answer:TOUCHPOINT, move:CHANGE, touch:PERSON or thank:TOUCHPOINT: the same for as long as it waits.
 */
key: string, person: TodayPerson | null, 
/**
 * What there is to do, without the name.
 */
text: string, due: string | null, 
/**
 * Whole days past due; negative days are to go.
 */
late: number | null, hiddenUntil: string | null, snoozes: number, followup: Id | null, touchpoint: Id | null, change: Id | null, move: TodayMove | null, context: TodayContext, };

/**
 * The groups, in the order in which they are shown.
 */
export type TodayKind = "promised" | "waiting" | "replied" | "moved" | "dates" | "losing_touch" | "thank";

export type TodayMove = { from: Stage | null, to: Stage | null, 
/**
 * What showed it, in words.
 */
because: string, };

export type TodayOf = { 
/**
 * More than the twelve that are shown first.
 */
all?: boolean, };

export type TodayPerson = { id: Id, name: string, organisation: string | null, stage: Stage | null, confidence: Confidence, 
/**
 * They asked not to be written to, wherever they could be reached: what was promised is kept in person.
 */
leftAlone: boolean, };

export type Told = { keys: Array<string>, };

export type TouchpointId = { id: Id, };

export type Trash = { 
/**
 * Deleted last, first.
 */
people: Array<TrashedPerson>, touchpoints: Array<TrashedTouchpoint>, 
/**
 * Lists and views.
 */
others: Array<TrashedThing>, };

export type TrashedPerson = { id: Id, name: string, organisation: string | null, 
/**
 * Instant, ms UTC.
 */
deletedAt: number, };

/**
 * A list or a view.
 */
export type TrashedThing = { 
/**
 * "lists".
 */
table: string, id: Id, 
/**
 * "list".
 */
what: string, name: string, deletedAt: number, };

export type TrashedTouchpoint = { id: Id, label: string, onDay: string, precision: Precision, note: string | null, 
/**
 * Who was at it.
 */
names: Array<string>, deletedAt: number, };

/**
 * What was taken back or brought back, and what of it could not be seen: sentences.
 */
export type Undone = { label: string, notes: Array<string>, };

/**
 * What a repeat is counted in.
 */
export type Unit = "day" | "business_day" | "week" | "month" | "year";

/**
 * What makes it needless.
 */
export type Unless = "they_reply" | "stage_moves";

/**
 * What stands in a column of days and is no day, such as `2026-13-45`.
 */
export type UnreadDays = { 
/**
 * In how many rows.
 */
rows: number, 
/**
 * The first of them, cut to 80 letters.
 */
example: string, };

/**
 * A line that is on disk and nowhere else.
 */
export type UnsavedLine = { key: string, text: string, };

export type UntagPerson = { person: Id, tag: Id, };

export type Untouched = { person: PersonPick, 
/**
 * `YYYY-MM-DD`: when something happened last; null when nothing ever did.
 */
lastTouchOn: string | null, 
/**
 * Instant, ms UTC: when they were added.
 */
addedAt: number, };

/**
 * A view as the sidebar shows it.
 */
export type View = { id: Id, name: string, filter: string, sort: PeopleSort, descending: boolean, layout: ViewLayout, columns: Array<string>, 
/**
 * How many people it shows; none when its filter cannot be read.
 */
count: number | null, 
/**
 * Why its filter cannot be read, and what to do.
 */
problem: string | null, };

export type ViewId = { id: Id, };

/**
 * The shape in which people are shown.
 */
export type ViewLayout = "list" | "board" | "grouped";

/**
 * A view of people that was kept: whom, in which order, in which shape.
 */
export type ViewRow = { 
/**
 * The view's own id.
 */
id: Id, 
/**
 * As it stands in the sidebar.
 */
name: string, 
/**
 * Whom it shows, in the language of filters; empty is everybody.
 */
filter: string, 
/**
 * What they are sorted by.
 */
sort: PeopleSort, 
/**
 * The other way round.
 */
descending: boolean, 
/**
 * The shape.
 */
layout: ViewLayout, 
/**
 * Keys of the columns, in their order; empty is the usual ones.
 */
columns: AsJson<Array<string>>, 
/**
 * Its place among the views, rising from the top.
 */
position: number, };

export type WhenSaid = { 
/**
 * `mon`, `3d`, `12 jun`, `eom`, `mon 15:00`; empty is the next business day.
 */
text: string, locale?: string, };

/**
 * Who is meant: a list, or whoever a query finds; with `ids`, only those of them.
 */
export type Whom = { list?: Id, query?: PeopleQuery, ids?: Array<Id>, 
/**
 * Who is left out by hand, whoever else is meant.
 */
without?: Array<Id>, };

/**
 * Why a backup was made.
 */
export type Why = "hour" | "import" | "format" | "restore" | "asked";

/**
 * A word on one text about others that names them.
 */
export type WordOnText = { table: string, row: Id, column: string, 
/**
 * What becomes of the words that name them; not asked where a text is given.
 */
words?: TheirWords, 
/**
 * The whole text as it is to be instead.
 */
text?: string, };

export type WorkspaceInfo = { name: string, path: string, 
/**
 * What the person helps developers use; null until the first run is done.
 */
product: string | null, 
/**
 * IANA zone whose civil day counts as today.
 */
zone: string, 
/**
 * `YYYY-MM-DD` in that zone.
 */
today: string, 
/**
 * The days of the week that are not worked on, from 1 for Monday.
 */
weekend: Array<number>, people: number, touchpoints: number, 
/**
 * What this file calls the stages.
 */
stageNames: StageNames, 
/**
 * Only stages that were accepted are shown; what the evidence says beyond them waits as a suggestion.
 */
acceptedOnly: boolean, 
/**
 * The file is damaged or cannot be written to, and only shown.
 */
looking: boolean, 
/**
 * What the person should know although nobody asked, such as a full disk: a sentence.
 */
notice: string | null, 
/**
 * The sample community is here and can be taken out in one step.
 */
sample: boolean, 
/**
 * Rises with every change; any difference means: ask again.
 */
revision: number, 
/**
 * What undo would take back, and redo bring back.
 */
undo: OperationLine | null, redo: OperationLine | null, };

export type WriteExport = { whom: Whom, purpose: ExportPurpose, channel: ContactKind, 
/**
 * The key of a template.
 */
template: string, 
/**
 * Keys of columns; missing means those of the template.
 */
columns?: Array<string>, 
/**
 * A grant of the host.
 */
file: string, };

export type WriteFilter = { tree: FilterTree, };

export interface Rpc {
  "workspace.info": (input: Empty) => WorkspaceInfo;
  "doctor.check": (input: Empty) => Findings;
  "people.list": (input: PeopleWindow) => PeopleRows;
  "people.place": (input: PlaceOf) => Place;
  "people.among": (input: Chosen) => Array<Id>;
  "people.ids": (input: PeopleStretch) => Array<Id>;
  "people.groups": (input: PeopleAsked) => Array<PeopleGroup>;
  "people.page": (input: PersonId) => PersonPage;
  "people.matching": (input: Match) => Array<PersonPick>;
  "people.close": (input: Match) => Array<PersonPick>;
  "people.countries": (input: Empty) => Array<Country>;
  "organisations.suggest": (input: Match) => Array<string>;
  "tags.list": (input: Empty) => Array<Tag>;
  "fields.list": (input: Empty) => Array<Field>;
  "views.list": (input: Empty) => Array<View>;
  "lists.list": (input: Empty) => Array<List>;
  "lists.people": (input: ListWindow) => ListRows;
  "lists.why": (input: SomeOnList) => Array<PlaceOnList>;
  "lists.of_person": (input: PersonId) => Array<ListOfPerson>;
  "touchpoints.kinds": (input: Empty) => Array<Kind>;
  "touchpoints.timeline": (input: TimelineOf) => Timeline;
  "cadences.list": (input: Empty) => Array<Cadence>;
  "cadences.of": (input: CadenceOf) => Cadence | null;
  "followups.of": (input: FollowUpsOf) => Array<FollowUp>;
  "followups.list": (input: FollowUpWindow) => FollowUpRows;
  "followups.calendar": (input: Empty) => Calendar;
  "followups.reminders": (input: Empty) => Reminders;
  "today.list": (input: TodayOf) => Today;
  "today.count": (input: Empty) => Count;
  "today.later": (input: Empty) => Later;
  "journey.moves": (input: MovesWindow) => Moves;
  "journey.review": (input: Empty) => Array<ReviewItem>;
  "captures.read": (input: ReadCapture) => CaptureReading;
  "captures.when": (input: WhenSaid) => SaidWhen | null;
  "captures.draft": (input: Empty) => LineDraft;
  "captures.review": (input: ReviewOf) => CaptureReview;
  "captures.waiting": (input: Empty) => ToReview;
  "search.notes": (input: Match) => Notes;
  "filter.read": (input: ReadFilter) => FilterReading;
  "filter.write": (input: WriteFilter) => FilterText;
  "filter.fields": (input: Empty) => Array<FilterField>;
  "journey.standing": (input: StandingOf) => Standing;
  "history.recent": (input: Recent) => Array<OperationLine>;
  "history.detail": (input: DetailOf) => Detail;
  "doubles.list": (input: DoublesWindow) => Suggestions;
  "doubles.of": (input: PersonId) => Array<Suggestion>;
  "doubles.beside": (input: PersonIds) => Beside;
  "doubles.told_apart": (input: PersonId) => Array<PersonPick>;
  "trash.list": (input: Empty) => Trash;
  "journey.rules": (input: Empty) => RulesInForce;
  "journey.preview_rules": (input: RulesDraft) => RulesPreview;
  "journey.preset": (input: PresetOf) => RuleSet;
  "journey.read_rules": (input: RulesFile) => RuleSet;
  "journey.write_rules": (input: RulesFile) => RulesWritten;
  "journey.due": (input: Empty) => Count;
  "workspace.copy": (input: CopyTo) => Copied;
  "imports.preview": (input: ImportRequest) => ImportPreview;
  "imports.paste": (input: Pasted) => PastedAs;
  "imports.under_way": (input: Empty) => ImportRun | null;
  "backups.list": (input: Empty) => Array<Backup>;
  "backups.make": (input: Empty) => Backup | null;
  "backups.keep": (input: Empty) => Backup | null;
  "backups.difference": (input: BackupNamed) => Difference;
  "exports.columns": (input: Empty) => Array<ExportColumn>;
  "exports.people": (input: ExportPeople) => Exported;
  "exports.templates": (input: AskTemplates) => Array<TemplateShown>;
  "exports.look": (input: LookAt) => Airlock;
  "exports.left_out": (input: LookCloser) => Array<Id>;
  "exports.left_out_by_name": (input: LookFurther) => Array<HeldPerson>;
  "exports.included": (input: LookThrough) => InIt;
  "exports.made": (input: Empty) => Array<MadeExport>;
  "erase.preview": (input: PersonIds) => ErasePreview;
  "erase.receipts": (input: Empty) => Array<Receipt>;
  "retention.report": (input: RetentionOf) => RetentionReport;
  "subject.page": (input: PersonId) => SubjectPage;
  "subject.write": (input: SubjectTo) => SubjectWritten;
  "json.export": (input: JsonTo) => JsonWritten;
  "json.preview": (input: JsonRequest) => JsonPreview;
  "basis.of": (input: PersonId) => BasisOf;
  "basis.enough": (input: Empty) => Array<EnoughFor>;
  "suppressions.count": (input: Empty) => SuppressionCount;
  "suppressions.look": (input: SuppressFile) => Suppressed;
  "returns.preview": (input: ReturnsRequest) => ReturnsPreview;
  "health.report": (input: Empty) => HealthReport;
  "people.create": (input: NewPerson) => Person;
  "people.edit": (input: EditPerson) => Person;
  "people.trash": (input: PersonIds) => Count;
  "doubles.merge": (input: PersonIds) => Merged;
  "doubles.separate": (input: PersonId) => Merged;
  "doubles.tell_apart": (input: PersonIds) => Apart;
  "doubles.no_longer_apart": (input: PersonIds) => Apart;
  "contact_points.add": (input: NewContactPoint) => ContactPoint;
  "contact_points.edit": (input: EditContactPoint) => ContactPoint;
  "contact_points.trash": (input: ContactPointId) => Empty;
  "postal_addresses.add": (input: NewPostalAddress) => PostalAddress;
  "postal_addresses.edit": (input: EditPostalAddress) => PostalAddress;
  "postal_addresses.remove": (input: PostalAddressId) => Empty;
  "tags.add": (input: TagPeople) => Tag;
  "tags.remove": (input: UntagPerson) => Empty;
  "views.save": (input: SaveView) => ViewRow;
  "views.edit": (input: EditView) => ViewRow;
  "views.trash": (input: ViewId) => Empty;
  "lists.create": (input: NewList) => ListRow;
  "lists.edit": (input: EditList) => ListRow;
  "lists.trash": (input: ListId) => Empty;
  "lists.add": (input: AddToList) => AddedToList;
  "lists.remove": (input: TakeOffList) => Count;
  "fields.define": (input: NewField) => Field;
  "fields.set": (input: SetField) => Empty;
  "touchpoints.log": (input: LogTouchpoint) => TimelineEntry;
  "touchpoints.edit": (input: EditTouchpoint) => TimelineEntry;
  "touchpoints.trash": (input: TouchpointId) => Empty;
  "trash.restore": (input: BringBack) => Count;
  "followups.add": (input: NewFollowUp) => FollowUp;
  "followups.edit": (input: EditFollowUp) => FollowUp;
  "followups.for_each": (input: FollowUpForEach) => Count;
  "followups.done": (input: DoneWith) => FollowUp;
  "followups.drop": (input: FollowUpId) => FollowUp;
  "followups.reopen": (input: FollowUpId) => FollowUp;
  "followups.snooze": (input: Snooze) => FollowUp;
  "followups.replied": (input: DoneWith) => FollowUp;
  "followups.not_replied": (input: NotReplied) => FollowUp;
  "touchpoints.answered": (input: Answered) => TimelineEntry;
  "touchpoints.thanked": (input: Thanked) => TimelineEntry;
  "journey.answer_review": (input: AnswerReview) => Standing;
  "cadences.set": (input: SetCadence) => Cadence;
  "cadences.remove": (input: CadenceId) => Empty;
  "today.set_aside": (input: PutAside) => Empty;
  "today.show_again": (input: ComesBack) => Empty;
  "captures.lines": (input: PastedLines) => LinesKept;
  "captures.reword": (input: Reword) => Empty;
  "captures.done": (input: CaptureId) => Empty;
  "captures.drop": (input: CaptureId) => Empty;
  "journey.accept": (input: ChangeId) => Standing;
  "journey.accept_all": (input: AcceptAll) => Count;
  "journey.take_back": (input: ChangeId) => Standing;
  "journey.pin": (input: PinStage) => Standing;
  "journey.unpin": (input: PersonId) => Standing;
  "journey.set_rules": (input: RulesDraft) => RulesInForce;
  "basis.set": (input: SetBasis) => BasisOf;
  "basis.set_for_many": (input: SetBasisForMany) => BasisOfMany;
  "basis.objected": (input: SayObjected) => BasisOf;
  "workspace.show_only_accepted": (input: ShowOnlyAccepted) => WorkspaceInfo;
  "workspace.set_weekend": (input: SetWeekend) => WorkspaceInfo;
  "sample.load": (input: Empty) => Count;
  "workspace.set_up": (input: SetUp) => WorkspaceInfo;
  "followups.reminded": (input: Told) => Empty;
  "journey.looked": (input: Empty) => Empty;
  "sample.remove": (input: Empty) => Undone;
  "journey.bring_up_to_date": (input: Empty) => Count;
  "history.undo": (input: Empty) => Undone;
  "history.take_back": (input: TakeBack) => Undone;
  "history.redo": (input: Empty) => Undone;
  "captures.keep": (input: KeepDraft) => Empty;
  "captures.let_go": (input: LetGo) => Empty;
  "suppressions.add": (input: Suppress) => Suppressed;
  "suppressions.import": (input: SuppressFile) => Suppressed;
  "imports.forget": (input: Layout) => Empty;
  "captures.save": (input: SaveCapture) => CaptureSaved;
  "erase.run": (input: EraseRun) => Receipt;
  "trash.empty": (input: EmptyTrash) => Receipt | null;
  "erase.keep_up": (input: Empty) => Receipt | null;
  "imports.begin": (input: ImportRequest) => ImportRun;
  "imports.step": (input: ImportId) => ImportRun;
  "imports.cancel": (input: ImportId) => ImportRun;
  "imports.resume": (input: Resume) => ImportRun;
  "imports.run": (input: ImportRequest) => ImportDone;
  "exports.write": (input: WriteExport) => ExportWritten;
  "imports.save_refused": (input: RefusedTo) => Saved;
  "returns.apply": (input: ReturnsRequest) => ReturnsDone;
  "json.begin": (input: JsonRequest) => ImportRun;
  "json.run": (input: JsonRequest) => JsonDone;
}

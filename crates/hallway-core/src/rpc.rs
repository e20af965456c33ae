//! The wire: every command once, with the sentence that names it in the undo menu. Its name is its path.
use crate::{
    backups, cadences, captures, contact_points, doctor, doubles,
    erase::{self, retention},
    error::{Error, Failure, Result},
    exports, fields, filter, followups, history,
    id::Id,
    imports, journey, json, lists, organisations, people, postal_addresses,
    record::{Record, Table},
    sample, search,
    store::{Done, Memory, Store},
    subject, tags,
    time::Now,
    today, touchpoints, trash,
    trust::{self, basis, health, returns, suppressions},
    views, workspace,
};
use serde_json::Value;

/// Every table the funnel writes; undo, erasure and the schema test walk this list.
pub const TABLES: &[Table] = &[
    workspace::Setting::TABLE,
    journey::Rules::TABLE,
    organisations::Organisation::TABLE,
    people::Person::TABLE,
    contact_points::ContactPoint::TABLE,
    postal_addresses::PostalAddress::TABLE,
    tags::TagRow::TABLE,
    tags::PersonTag::TABLE,
    fields::FieldRow::TABLE,
    fields::FieldValueRow::TABLE,
    touchpoints::Touchpoint::TABLE,
    touchpoints::TouchpointPerson::TABLE,
    journey::StageChangeRow::TABLE,
    journey::StagePin::TABLE,
    imports::Import::TABLE,
    doubles::ToldApart::TABLE,
    followups::FollowUpRow::TABLE,
    cadences::CadenceRow::TABLE,
    today::SetAside::TABLE,
    captures::Capture::TABLE,
    views::ViewRow::TABLE,
    lists::ListRow::TABLE,
    lists::ListPerson::TABLE,
    exports::ExportMade::TABLE,
    trust::ContactBasis::TABLE,
    trust::Objection::TABLE,
    suppressions::SuppressionKey::TABLE,
    suppressions::Suppression::TABLE,
];

/// What a call gives back: its value, and the tables whose rows are different now.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Reply {
    pub value: Value,
    pub changed: Vec<&'static str>,
    /// The operation that undo takes back, when this was one: `history.take_back` takes back exactly what was done.
    pub operation: Option<i64>,
}

/// A call that needs nothing said.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Empty {}

// `read` gets `&Tx`, so a read that writes does not compile. `write` is one undoable operation; `record` is kept in
// the history but undo passes over it. `long` gets the store, because it is more than one transaction.
// What stands behind the input of a write reads first, so that nobody waits while it is found out whom the write means.
macro_rules! rpc {
    (read { $($rm:ident :: $r:ident($rin:ty) -> $rout:ty,)* }
     write { $($wm:ident :: $w:ident($win:ty $(, $first:path)?) -> $wout:ty = $wsay:literal,)* }
     record { $($qm:ident :: $q:ident($qin:ty) -> $qout:ty = $qsay:literal,)* }
     long { $($lm:ident :: $l:ident($lin:ty) -> $lout:ty $(= $lsay:literal)?,)* }) => {
        fn run(store: &Store, now: Now, command: &str, input: Value) -> Result<Reply> {
            match command {
                $(concat!(stringify!($rm), ".", stringify!($r)) => {
                    let input: $rin = serde_json::from_value(input)?;
                    let out: $rout = store.read(now, |tx| $rm::$r(tx, input))?;
                    Ok(Reply { value: serde_json::to_value(out)?, changed: vec![], operation: None })
                })*
                $(concat!(stringify!($wm), ".", stringify!($w)) => {
                    let input: $win = serde_json::from_value(input)?;
                    $(let input: $win = store.read(now, |tx| $first(tx, input))?;)?
                    write(store, now, concat!(stringify!($wm), ".", stringify!($w)), Memory::Undoable, |tx| -> Result<$wout> { $wm::$w(tx, input) })
                })*
                $(concat!(stringify!($qm), ".", stringify!($q)) => {
                    let input: $qin = serde_json::from_value(input)?;
                    write(store, now, concat!(stringify!($qm), ".", stringify!($q)), Memory::Recorded, |tx| -> Result<$qout> { $qm::$q(tx, input) })
                })*
                $(concat!(stringify!($lm), ".", stringify!($l)) => {
                    let input: $lin = serde_json::from_value(input)?;
                    let done: Done<$lout> = $lm::$l(store, now, input)?;
                    // What is more than one transaction says in its value what takes it back.
                    Ok(Reply { value: serde_json::to_value(done.value)?, changed: done.changed.into_iter().collect(), operation: None })
                })*
                _ => Err(Error::UnknownCommand(command.to_owned())),
            }
        }

        /// Whether a command writes.
        fn writes(command: &str) -> bool {
            [$(concat!(stringify!($wm), ".", stringify!($w)),)* $(concat!(stringify!($qm), ".", stringify!($q)),)* $(concat!(stringify!($lm), ".", stringify!($l)),)*]
                .contains(&command)
        }

        /// The sentence of an operation: `{who}` is its subject, `{n}` its count, `{people}` its count as so many people, `{note}` the file's name, `{when}` a moment.
        pub fn phrase(command: &str) -> Option<&'static str> {
            match command {
                $(concat!(stringify!($wm), ".", stringify!($w)) => Some($wsay),)*
                $(concat!(stringify!($qm), ".", stringify!($q)) => Some($qsay),)*
                $($(concat!(stringify!($lm), ".", stringify!($l)) => Some($lsay),)?)*
                "imports.remember" => Some("Kept where the columns of a file go"),
                "returns.remember" => Some("Put addresses on the suppression list"),
                "postal_addresses.run_out" => Some("An address of {who} ran out"),
                "backups.restore" => Some("Put back the backup of {when}"),
                "workspace.begin" => Some("Made this file"),
                "journey.replay" => Some("Worked out anew where people stand"),
                "demo.people" => Some("Invented people"),
                "demo.touchpoints" => Some("Invented what happened with them"),
                "demo.words" => Some("Indexed what was said with them"),
                "demo.list" => Some("Made the list of an invented newsletter"),
                "demo.journeys" => Some("Worked out where the invented people stand"),
                _ => None,
            }
        }

        /// Every command's name.
        pub const COMMANDS: &[&str] = &[
            $(concat!(stringify!($rm), ".", stringify!($r)),)*
            $(concat!(stringify!($wm), ".", stringify!($w)),)*
            $(concat!(stringify!($qm), ".", stringify!($q)),)*
            $(concat!(stringify!($lm), ".", stringify!($l)),)*
        ];

        /// The TypeScript side of the wire; a test keeps `ui/src/ipc/gen.ts` equal to it.
        pub fn typescript() -> String {
            use ts_rs::{Config, TS, TypeVisitor};
            struct Types<'a>(std::collections::BTreeMap<String, String>, &'a Config);
            impl TypeVisitor for Types<'_> {
                fn visit<T: TS + 'static + ?Sized>(&mut self) {
                    // Only declared types have a name of their own; the others are written out where they stand.
                    if T::output_path().is_some() {
                        let docs = T::docs().unwrap_or_default();
                        let declared = format!("{docs}export {}\n", T::decl(self.1));
                        match self.0.get(&T::ident(self.1)) {
                            Some(known) => assert_eq!(known, &declared, "two types of the wire have one name"),
                            None => {
                                self.0.insert(T::ident(self.1), declared);
                                T::visit_dependencies(self);
                            }
                        }
                    }
                    T::visit_generics(self);
                }
            }
            let config = Config::new().with_large_int("number");
            let mut types = Types(Default::default(), &config);
            types.visit::<Failure>();
            $(types.visit::<$rin>(); types.visit::<$rout>();)*
            $(types.visit::<$win>(); types.visit::<$wout>();)*
            $(types.visit::<$qin>(); types.visit::<$qout>();)*
            $(types.visit::<$lin>(); types.visit::<$lout>();)*
            let mut out = String::from("// Generated from crates/hallway-core/src/rpc.rs. Do not edit.\n\n");
            for declaration in types.0.values() { out += declaration; out += "\n"; }
            out += "export interface Rpc {\n";
            $(out += &format!("  \"{}.{}\": (input: {}) => {};\n", stringify!($rm), stringify!($r), <$rin>::name(&config), <$rout>::name(&config));)*
            $(out += &format!("  \"{}.{}\": (input: {}) => {};\n", stringify!($wm), stringify!($w), <$win>::name(&config), <$wout>::name(&config));)*
            $(out += &format!("  \"{}.{}\": (input: {}) => {};\n", stringify!($qm), stringify!($q), <$qin>::name(&config), <$qout>::name(&config));)*
            $(out += &format!("  \"{}.{}\": (input: {}) => {};\n", stringify!($lm), stringify!($l), <$lin>::name(&config), <$lout>::name(&config));)*
            out + "}\n"
        }
    };
}

/// Commands that write so much that what is kept in reserve for a full disk is not spent on them.
const LARGE: &[&str] = &["imports.step", "sample.load"];
/// What is many writes: on a full disk it waits where it is, and is gone on with or taken back.
const WHOLE: &[&str] = &["imports.run", "json.run"];

/// Runs one command. On a full disk the log is taken in first, and then what somebody types gets the room that was kept
/// for it.
///
/// # Errors
/// Whatever the command says, or `internal` for a command or an input that is not understood.
pub fn dispatch(store: &Store, now: Now, command: &str, input: Value) -> Result<Reply> {
    let again = (writes(command) && !WHOLE.contains(&command)).then(|| input.clone());
    let full = |answer: &Result<Reply>| matches!(answer, Err(error) if error.code() == "disk_full");
    let mut answer = run(store, now, command, input);
    if let Some(input) = again.filter(|_| full(&answer)) {
        store.takes_in_the_log();
        answer = run(store, now, command, input.clone());
        if full(&answer) && !LARGE.contains(&command) {
            store.gives_up_its_reserve();
            store.takes_in_the_log();
            answer = run(store, now, command, input);
        }
    }
    if answer.is_ok() && writes(command) && store.lives_on_its_reserve() {
        // A log that took the last of the room could not be taken in any more: there the file has to grow first.
        store.takes_in_the_log();
    }
    answer
}

/// Runs one command, unless this very request is being answered or was: then it gets the same answer. A window that is
/// reloaded while it waits asks again, and what the person did must not happen twice. `request` is a word that the
/// window makes up for each call.
///
/// # Errors
/// As [`dispatch`].
pub fn dispatch_once(
    store: &Store,
    now: Now,
    request: &str,
    command: &str,
    input: Value,
) -> std::result::Result<Reply, Failure> {
    let run = || dispatch(store, now, command, input).map_err(|e| Failure::from(&e));
    // A step that is asked for again only goes on, and a line is kept as it stands; a thousand of them would push out what
    // is worth remembering.
    if request.is_empty() || !writes(command) || ["imports.step", "captures.keep"].contains(&command) {
        return run();
    }
    store.answer_to(request).get_or_init(run).clone()
}

/// Every write ends with derived state made anew for the people it touched, in the same transaction.
pub(crate) fn write<T: serde::Serialize>(
    store: &Store,
    now: Now,
    command: &'static str,
    memory: Memory,
    f: impl FnOnce(&mut crate::store::Tx) -> Result<T>,
) -> Result<Reply> {
    let mut operation = None;
    let done = store.write(command, memory, now, |tx| {
        let value = f(tx)?;
        people::state::refresh_concerned(tx)?;
        if memory == Memory::Undoable {
            // What this made needless; it comes back when this is taken back.
            followups::clear(tx)?;
            people::state::refresh_concerned(tx)?;
            operation = tx.begun();
        }
        Ok(value)
    })?;
    let mut changed = done.changed;
    // What was written, or taken back, may be the rules.
    changed.extend(journey::catch_up(store, now)?);
    Ok(Reply { value: serde_json::to_value(done.value)?, changed: changed.into_iter().collect(), operation })
}

rpc! {
    read {
        workspace::info(Empty) -> workspace::WorkspaceInfo,
        doctor::check(Empty) -> doctor::Findings,
        people::list(people::PeopleWindow) -> people::PeopleRows,
        people::place(people::PlaceOf) -> people::Place,
        people::among(people::Chosen) -> Vec<Id>,
        people::ids(people::PeopleStretch) -> Vec<Id>,
        people::groups(people::PeopleAsked) -> Vec<people::PeopleGroup>,
        people::page(people::PersonId) -> people::PersonPage,
        people::matching(people::Match) -> Vec<people::PersonPick>,
        people::close(people::Match) -> Vec<people::PersonPick>,
        people::countries(Empty) -> Vec<people::Country>,
        organisations::suggest(people::Match) -> Vec<String>,
        tags::list(Empty) -> Vec<tags::Tag>,
        fields::list(Empty) -> Vec<fields::Field>,
        views::list(Empty) -> Vec<views::View>,
        lists::list(Empty) -> Vec<lists::List>,
        lists::people(lists::ListWindow) -> lists::ListRows,
        lists::why(lists::SomeOnList) -> Vec<lists::PlaceOnList>,
        lists::of_person(people::PersonId) -> Vec<lists::ListOfPerson>,
        touchpoints::kinds(Empty) -> Vec<touchpoints::Kind>,
        touchpoints::timeline(touchpoints::TimelineOf) -> touchpoints::Timeline,
        cadences::list(Empty) -> Vec<cadences::Cadence>,
        cadences::of(cadences::CadenceOf) -> Option<cadences::Cadence>,
        followups::of(followups::FollowUpsOf) -> Vec<followups::FollowUp>,
        followups::list(followups::FollowUpWindow) -> followups::FollowUpRows,
        followups::calendar(Empty) -> followups::Calendar,
        followups::reminders(Empty) -> followups::Reminders,
        today::list(today::TodayOf) -> today::Today,
        today::count(Empty) -> people::Count,
        today::later(Empty) -> today::Later,
        journey::moves(journey::MovesWindow) -> journey::Moves,
        journey::review(Empty) -> Vec<journey::ReviewItem>,
        captures::read(captures::ReadCapture) -> captures::CaptureReading,
        captures::when(captures::WhenSaid) -> Option<captures::SaidWhen>,
        captures::draft(Empty) -> captures::LineDraft,
        captures::review(captures::ReviewOf) -> captures::CaptureReview,
        captures::waiting(Empty) -> captures::ToReview,
        search::notes(people::Match) -> search::Notes,
        filter::read(filter::ReadFilter) -> filter::FilterReading,
        filter::write(filter::WriteFilter) -> filter::FilterText,
        filter::fields(Empty) -> Vec<filter::FilterField>,
        journey::standing(journey::StandingOf) -> journey::Standing,
        history::recent(history::Recent) -> Vec<history::OperationLine>,
        history::detail(history::DetailOf) -> history::Detail,
        doubles::list(doubles::DoublesWindow) -> doubles::Suggestions,
        doubles::of(people::PersonId) -> Vec<doubles::Suggestion>,
        doubles::beside(people::PersonIds) -> doubles::Beside,
        doubles::told_apart(people::PersonId) -> Vec<people::PersonPick>,
        trash::list(Empty) -> trash::Trash,
        journey::rules(Empty) -> journey::RulesInForce,
        journey::preview_rules(journey::RulesDraft) -> journey::RulesPreview,
        journey::preset(journey::PresetOf) -> journey::engine::Config,
        journey::read_rules(journey::RulesFile) -> journey::engine::Config,
        journey::write_rules(journey::RulesFile) -> journey::RulesWritten,
        journey::due(Empty) -> people::Count,
        workspace::copy(workspace::CopyTo) -> workspace::Copied,
        imports::preview(imports::ImportRequest) -> imports::ImportPreview,
        imports::paste(imports::Pasted) -> imports::PastedAs,
        imports::under_way(Empty) -> Option<imports::ImportRun>,
        backups::list(Empty) -> Vec<backups::Backup>,
        backups::make(Empty) -> Option<backups::Backup>,
        backups::keep(Empty) -> Option<backups::Backup>,
        backups::difference(backups::BackupNamed) -> backups::Difference,
        exports::columns(Empty) -> Vec<exports::ExportColumn>,
        exports::people(exports::ExportPeople) -> exports::Exported,
        exports::templates(exports::AskTemplates) -> Vec<exports::TemplateShown>,
        exports::look(exports::LookAt) -> exports::Airlock,
        exports::left_out(exports::LookCloser) -> Vec<Id>,
        exports::left_out_by_name(exports::LookFurther) -> Vec<exports::HeldPerson>,
        exports::included(exports::LookThrough) -> exports::InIt,
        exports::made(Empty) -> Vec<exports::MadeExport>,
        erase::preview(people::PersonIds) -> erase::ErasePreview,
        erase::receipts(Empty) -> Vec<erase::Receipt>,
        retention::report(retention::RetentionOf) -> retention::RetentionReport,
        subject::page(people::PersonId) -> subject::SubjectPage,
        subject::write(subject::SubjectTo) -> subject::SubjectWritten,
        json::export(json::JsonTo) -> json::JsonWritten,
        json::preview(json::JsonRequest) -> json::JsonPreview,
        basis::of(people::PersonId) -> basis::BasisOf,
        basis::enough(Empty) -> Vec<basis::EnoughFor>,
        suppressions::count(Empty) -> suppressions::SuppressionCount,
        suppressions::look(returns::SuppressFile) -> suppressions::Suppressed,
        returns::preview(returns::ReturnsRequest) -> returns::ReturnsPreview,
        health::report(Empty) -> health::HealthReport,
    }
    write {
        people::create(people::NewPerson) -> people::Person = "Added {who}",
        people::edit(people::EditPerson) -> people::Person = "Edited {who}",
        people::trash(people::PersonIds) -> people::Count = "Moved {who} to the trash",
        doubles::merge(people::PersonIds) -> doubles::Merged = "Merged {who}",
        doubles::separate(people::PersonId) -> doubles::Merged = "Separated {who}",
        doubles::tell_apart(people::PersonIds) -> doubles::Apart = "Said that {who} are not the same",
        doubles::no_longer_apart(people::PersonIds) -> doubles::Apart = "Took back that {who} are not the same",
        contact_points::add(contact_points::NewContactPoint) -> contact_points::ContactPoint = "Added a way to reach {who}",
        contact_points::edit(contact_points::EditContactPoint) -> contact_points::ContactPoint = "Edited a way to reach {who}",
        contact_points::trash(contact_points::ContactPointId) -> Empty = "Removed a way to reach {who}",
        postal_addresses::add(postal_addresses::NewPostalAddress) -> postal_addresses::PostalAddress = "Noted where parcels go for {who}",
        postal_addresses::edit(postal_addresses::EditPostalAddress) -> postal_addresses::PostalAddress = "Changed where parcels go for {who}",
        postal_addresses::remove(postal_addresses::PostalAddressId) -> Empty = "Removed where parcels go for {who}",
        tags::add(tags::TagPeople) -> tags::Tag = "Tagged {who}",
        tags::remove(tags::UntagPerson) -> Empty = "Took a tag off {who}",
        views::save(views::SaveView) -> views::ViewRow = "Kept the view {who}",
        views::edit(views::EditView) -> views::ViewRow = "Changed the view {who}",
        views::trash(views::ViewId) -> Empty = "Took away the view {who}",
        lists::create(lists::NewList) -> lists::ListRow = "Made the list {who}",
        lists::edit(lists::EditList) -> lists::ListRow = "Changed the list {who}",
        lists::trash(lists::ListId) -> Empty = "Took away the list {who}",
        lists::add(lists::AddToList) -> lists::AddedToList = "Put {people} on the list {who}",
        lists::remove(lists::TakeOffList) -> people::Count = "Took {people} off the list {who}",
        fields::define(fields::NewField) -> fields::Field = "Added a field",
        fields::set(fields::SetField) -> Empty = "Edited {who}",
        touchpoints::log(touchpoints::LogTouchpoint) -> touchpoints::TimelineEntry = "Logged what happened with {who}",
        touchpoints::edit(touchpoints::EditTouchpoint) -> touchpoints::TimelineEntry = "Edited what happened with {who}",
        touchpoints::trash(touchpoints::TouchpointId) -> Empty = "Moved what happened with {who} to the trash",
        trash::restore(trash::BringBack) -> people::Count = "Brought back {who}",
        followups::add(followups::NewFollowUp) -> followups::FollowUp = "Noted {who}",
        followups::edit(followups::EditFollowUp) -> followups::FollowUp = "Edited {who}",
        followups::for_each(followups::FollowUpForEach) -> people::Count = "Noted something for {who}",
        followups::done(followups::DoneWith) -> followups::FollowUp = "Did {who}",
        followups::drop(followups::FollowUpId) -> followups::FollowUp = "Dropped {who}",
        followups::reopen(followups::FollowUpId) -> followups::FollowUp = "Opened {who} again",
        followups::snooze(followups::Snooze) -> followups::FollowUp = "Put off {who}",
        followups::replied(followups::DoneWith) -> followups::FollowUp = "Noted the reply to {who}",
        followups::not_replied(followups::NotReplied) -> followups::FollowUp = "Noted that there was no reply to {who}",
        touchpoints::answered(touchpoints::Answered) -> touchpoints::TimelineEntry = "Answered {who}",
        touchpoints::thanked(touchpoints::Thanked) -> touchpoints::TimelineEntry = "Thanked {who}",
        journey::answer_review(journey::AnswerReview) -> journey::Standing = "Reviewed where {who} stands",
        cadences::set(cadences::SetCadence) -> cadences::Cadence = "Chose how often to be in touch with {who}",
        cadences::remove(cadences::CadenceId) -> Empty = "Let go how often to be in touch with {who}",
        today::set_aside(today::PutAside) -> Empty = "Set something aside for {who}",
        today::show_again(today::ComesBack) -> Empty = "Brought back what was put off for {who}",
        captures::lines(captures::PastedLines) -> captures::LinesKept = "Wrote lines down for the evening",
        captures::reword(captures::Reword) -> Empty = "Changed a line that waits",
        captures::done(captures::CaptureId) -> Empty = "Looked again at what was captured about {who}",
        captures::drop(captures::CaptureId) -> Empty = "Dropped a line that waited",
        journey::accept(journey::ChangeId) -> journey::Standing = "Accepted the move of {who}",
        journey::accept_all(journey::AcceptAll) -> people::Count = "Accepted the moves of {people}",
        journey::take_back(journey::ChangeId) -> journey::Standing = "Took back the move of {who}",
        journey::pin(journey::PinStage) -> journey::Standing = "Set the stage of {who}",
        journey::unpin(people::PersonId) -> journey::Standing = "Let the evidence speak for {who}",
        journey::set_rules(journey::RulesDraft) -> journey::RulesInForce = "Changed the rules of the journey",
        basis::set(basis::SetBasis) -> basis::BasisOf = "Said why one may write to {who}",
        basis::set_for_many(basis::SetBasisForMany, basis::meant) -> basis::BasisOfMany = "Said why one may write to {who}",
        basis::objected(basis::SayObjected) -> basis::BasisOf = "Noted that {who} asked not to be written to",
        workspace::show_only_accepted(workspace::ShowOnlyAccepted) -> workspace::WorkspaceInfo = "Chose which stages are shown",
        workspace::set_weekend(workspace::SetWeekend) -> workspace::WorkspaceInfo = "Chose the days of the weekend",
        sample::load(Empty) -> people::Count = "Added the sample community of {n}",
    }
    record {
        workspace::set_up(workspace::SetUp) -> workspace::WorkspaceInfo = "Set up the workspace",
        followups::reminded(followups::Told) -> Empty = "Told what was due",
        journey::looked(Empty) -> Empty = "Looked at who moved",
        sample::remove(Empty) -> history::Undone = "Removed the sample community",
        journey::bring_up_to_date(Empty) -> people::Count = "Brought the journeys up to date",
        history::undo(Empty) -> history::Undone = "Took back the newest change",
        history::take_back(history::TakeBack) -> history::Undone = "Took back a change",
        history::redo(Empty) -> history::Undone = "Brought a change back",
        captures::keep(captures::KeepDraft) -> Empty = "Kept what stands in the line",
        captures::let_go(captures::LetGo) -> Empty = "Let a line go that was not saved",
        suppressions::add(suppressions::Suppress) -> suppressions::Suppressed = "Put addresses on the suppression list",
        suppressions::import(returns::SuppressFile) -> suppressions::Suppressed = "Put the addresses of a file on the suppression list",
        imports::forget(imports::Layout) -> Empty = "Forgot where the columns of a file go",
    }
    long {
        captures::save(captures::SaveCapture) -> captures::CaptureSaved = "Captured {who}",
        erase::run(erase::EraseRun) -> erase::Receipt = "Erased {who} for good",
        trash::empty(erase::EmptyTrash) -> Option<erase::Receipt> = "Emptied the trash for good",
        erase::keep_up(Empty) -> Option<erase::Receipt>,
        imports::begin(imports::ImportRequest) -> imports::ImportRun,
        imports::step(imports::ImportId) -> imports::ImportRun,
        imports::cancel(imports::ImportId) -> imports::ImportRun,
        imports::resume(imports::Resume) -> imports::ImportRun,
        imports::run(imports::ImportRequest) -> imports::ImportDone = "Imported {who} from {note}",
        exports::write(exports::WriteExport) -> exports::ExportWritten = "Wrote {people} to a file",
        imports::save_refused(imports::RefusedTo) -> imports::Saved,
        returns::apply(returns::ReturnsRequest) -> returns::ReturnsDone = "Ended mail to {who}, from {note}",
        json::begin(json::JsonRequest) -> imports::ImportRun,
        json::run(json::JsonRequest) -> json::JsonDone = "Brought in everything from {note}",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Desk;
    use serde_json::json;

    #[test]
    fn a_request_that_is_asked_again_is_answered_again_and_not_done_again() {
        let desk = Desk::new();
        let (store, now) = (&desk.store, desk.now());
        let ask = |request: &str, name: &str| {
            let input = json!({ "displayName": name });
            super::dispatch_once(store, now, request, "people.create", input)
                .map(|reply| reply.value["id"].clone())
                .map_err(|failure| failure.message)
        };
        let both: Vec<_> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..2).map(|_| scope.spawn(|| ask("one", "Priya Nair"))).collect();
            asked.into_iter().map(|thread| thread.join().expect("an answer")).collect()
        });
        assert!(both[0].is_ok());
        assert_eq!(both[0], both[1]);
        assert_eq!(desk.names(), ["Priya Nair"]);
        assert_ne!(ask("two", "Priya Nair"), both[0], "another request is another person, of whatever name");
        assert_eq!(ask("three", " "), ask("three", " "));
        assert_eq!(desk.names().len(), 2);
    }

    #[test]
    fn a_write_says_what_takes_back_exactly_it() {
        let desk = Desk::new();
        let (store, now) = (&desk.store, desk.now());
        let make = |name: &str| {
            super::dispatch(store, now, "people.create", json!({ "displayName": name })).expect("an answer").operation
        };
        let (ana, ben) = (make("Ana"), make("Ben"));
        assert!(ana.is_some() && ana < ben);
        desk.call("history.take_back", json!({ "operation": ana }));
        assert_eq!(desk.names(), ["Ben"]);
        let nothing = |command: &str, input| super::dispatch(store, now, command, input).expect("an answer").operation;
        assert_eq!(nothing("workspace.info", json!({})), None);
        assert_eq!(nothing("captures.keep", json!({ "text": "Ana" })), None);
        assert_eq!(nothing("history.redo", json!({})), None, "what undo passes over takes nothing back");
    }
}

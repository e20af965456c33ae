//! The file as a whole: what it is called, whose days it counts, what it is about.
use crate::{
    days::Weekend,
    error::{Result, invalid},
    followups,
    history::{self, OperationLine},
    id::Id,
    journey::{self, engine::StageNames},
    record::Check,
    rpc::Empty,
    sample,
    store::{Access, Tx, write_copy},
    time,
};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

record! {
    /// One setting of the workspace.
    pub struct Setting in "settings" as "setting", Joined, concerns Nobody, hangs on [] {
        /// Follows from the key.
        pub id: Id,
        /// product, zone, accepted_only, weekend.
        pub key: String,
        /// What it is set to: the name of what developers are helped to use, an IANA zone, yes or no, days of the week from 1 for Monday.
        pub value: String,
    }
}
impl Check for Setting {
    fn check(&self) -> Result<()> {
        match self.key.as_str() {
            "zone" => time::zone("value", &self.value).map(drop),
            "weekend" => read_weekend(&self.value).map(drop),
            _ => Ok(()),
        }
    }
    fn complete(&mut self) {
        self.id = setting_id(&self.key);
    }
}

#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    pub name: String,
    pub path: String,
    /// What the person helps developers use; null until the first run is done.
    pub product: Option<String>,
    /// IANA zone whose civil day counts as today.
    pub zone: String,
    /// `YYYY-MM-DD` in that zone.
    pub today: String,
    /// The days of the week that are not worked on, from 1 for Monday.
    pub weekend: Vec<u8>,
    pub people: u32,
    pub touchpoints: u32,
    /// What this file calls the stages.
    pub stage_names: StageNames,
    /// Only stages that were accepted are shown; what the evidence says beyond them waits as a suggestion.
    pub accepted_only: bool,
    /// The file is damaged or cannot be written to, and only shown.
    pub looking: bool,
    /// What the person should know although nobody asked, such as a full disk: a sentence.
    pub notice: Option<String>,
    /// The sample community is here and can be taken out in one step.
    pub sample: bool,
    /// Rises with every change; any difference means: ask again.
    pub revision: u64,
    /// What undo would take back, and redo bring back.
    pub undo: Option<OperationLine>,
    pub redo: Option<OperationLine>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetUp {
    pub product: String,
    pub zone: String,
}

pub fn info(tx: &Tx, _: Empty) -> Result<WorkspaceInfo> {
    let path = tx.store().path();
    let (people, touchpoints) =
        tx.sql().query_row("SELECT people, touchpoints FROM tally", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(WorkspaceInfo {
        name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        path: path.display().to_string(),
        product: setting(tx, "product")?,
        zone: zone(tx)?.name().to_owned(),
        today: today(tx)?.to_string(),
        weekend: weekend(tx)?.numbers(),
        people,
        touchpoints,
        stage_names: journey::config(tx)?.1.names.clone(),
        accepted_only: accepted_only(tx)?,
        looking: tx.store().looking(),
        notice: tx.store().notice(),
        sample: sample::operation(tx)?.is_some(),
        revision: tx.store().revision(),
        undo: tx.newest_standing()?.map(|op| history::line(tx, op)).transpose()?,
        redo: tx.newest_undone()?.map(|op| history::line(tx, op)).transpose()?,
    })
}

/// Answers the two questions of the first run, and changes the answers later.
pub fn set_up(tx: &mut Tx, input: SetUp) -> Result<WorkspaceInfo> {
    let product = input.product.trim();
    if product.is_empty() {
        return invalid("product", "Say what you help developers use: a product, a project or a topic.");
    }
    let zone = time::zone("zone", input.zone.trim())?;
    let moved = self::zone(tx)? != zone;
    set(tx, "product", product)?;
    set(tx, "zone", zone.name())?;
    if moved {
        crate::people::state::concern_everybody(tx)?;
    }
    info(tx, Empty {})
}

#[derive(Debug, Deserialize, TS)]
pub struct ShowOnlyAccepted {
    pub on: bool,
}

/// Shows only stages that were accepted, or the computed ones again.
pub fn show_only_accepted(tx: &mut Tx, input: ShowOnlyAccepted) -> Result<WorkspaceInfo> {
    if accepted_only(tx)? != input.on {
        set(tx, "accepted_only", if input.on { "yes" } else { "no" })?;
        crate::people::state::concern_everybody(tx)?;
        crate::people::state::refresh_concerned(tx)?;
    }
    info(tx, Empty {})
}

/// Whether only accepted stages are shown.
pub(crate) fn accepted_only(tx: &Tx) -> Result<bool> {
    Ok(setting(tx, "accepted_only")?.as_deref() == Some("yes"))
}

#[derive(Debug, Deserialize, TS)]
pub struct SetWeekend {
    /// From 1 for Monday to 7 for Sunday; none when every day is worked on.
    pub days: Vec<u8>,
}

/// Says which days of the week are not worked on. What is counted in business days from the last contact moves with it.
pub fn set_weekend(tx: &mut Tx, input: SetWeekend) -> Result<WorkspaceInfo> {
    let days = Weekend::of(&input.days)?;
    let words: Vec<String> = days.numbers().iter().map(u8::to_string).collect();
    set(tx, "weekend", &words.join(","))?;
    followups::open::concern_those_in_business_days(tx)?;
    info(tx, Empty {})
}

/// The days of the week that are not worked on: Saturday and Sunday until somebody says otherwise.
pub fn weekend(tx: &Tx) -> Result<Weekend> {
    setting(tx, "weekend")?.map_or(Ok(Weekend::default()), |days| read_weekend(&days))
}

fn read_weekend(days: &str) -> Result<Weekend> {
    let days: Vec<u8> =
        days.split(',').filter(|day| !day.is_empty()).map(|day| day.trim().parse().unwrap_or(0)).collect();
    Weekend::of(&days)
}

#[derive(Debug, Deserialize, TS)]
pub struct CopyTo {
    /// A grant of the host.
    pub file: String,
}

#[derive(Debug, Serialize, TS)]
pub struct Copied {
    pub name: String,
}

/// Saves a whole copy of the file elsewhere, as it stands now, whoever is writing to it meanwhile.
pub fn copy(tx: &Tx, input: CopyTo) -> Result<Copied> {
    let path = tx.store().granted(&input.file, Access::Write)?;
    write_copy(tx.sql(), &path)?;
    Ok(Copied { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned() })
}

/// What a file needs before anything is asked: the zone it counts its days in.
pub(crate) fn begin(tx: &mut Tx, zone: &str) -> Result<()> {
    if setting(tx, "zone")?.is_none() {
        let zone: Tz = zone.parse().unwrap_or(chrono_tz::UTC);
        set(tx, "zone", zone.name())?;
    }
    Ok(())
}

pub fn setting(tx: &Tx, key: &str) -> Result<Option<String>> {
    tx.scalar("SELECT value FROM settings WHERE id = ?1", [setting_id(key)])
}

fn setting_id(key: &str) -> Id {
    Id::derived("settings", &[key.as_bytes()])
}

fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.put(&Setting { id: setting_id(key), key: key.into(), value: value.into() })?;
    Ok(())
}

/// The zone whose civil day counts.
pub fn zone(tx: &Tx) -> Result<Tz> {
    match setting(tx, "zone")? {
        Some(name) => time::zone("zone", &name),
        None => Ok(chrono_tz::UTC),
    }
}

/// Today, as the workspace counts.
pub fn today(tx: &Tx) -> Result<NaiveDate> {
    Ok(tx.now.day_in(zone(tx)?))
}

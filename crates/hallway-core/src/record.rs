//! What a row is: declared once, and from that its columns, its mapping, its life and whom it concerns.
use crate::{error::Result, id::Id};
use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef},
};
use std::{any::Any, borrow::Cow};

/// How a row of a table ends when it is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It is marked with `deleted_at` and can be brought back.
    Trash,
    /// As `Trash`, but undoing its creation leaves it while something added later hangs on it.
    Held,
    /// As `Trash`, but a word that others use, such as a tag: undoing its creation leaves it while anything living refers to it.
    Shared,
    /// It only joins others: it leaves the table, and its content stays on the line that removed it.
    Joined,
    /// An entry of a log: it is never taken out, only its columns can be written over.
    Entry,
}

/// How to find the people a row is about, for derived state and for erasure.
#[derive(Debug, Clone, Copy)]
pub enum Concerns {
    /// The row is a person.
    Itself,
    /// This column names the person, if there is one.
    Column(&'static str),
    /// This query, given the row's id, lists them.
    Query(&'static str),
    Nobody,
}

/// One column of a row, as it is told to whoever reads or writes our data from outside.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// What stands above it in its record.
    pub says: &'static str,
    /// Its type on the wire, as TypeScript writes it.
    pub on_the_wire: fn() -> String,
}

impl Column {
    pub fn is_text(&self) -> bool {
        (self.on_the_wire)().starts_with("string")
    }
    /// Such as what can be chosen in a field; ids are no texts, though the wire writes them so.
    pub fn is_list_of_texts(&self) -> bool {
        ["choices", "columns"].contains(&self.name) && (self.on_the_wire)().starts_with("Array<string")
    }
}

/// Why a row from outside is none: the column, and what stood there.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    pub column: &'static str,
    pub found: serde_json::Value,
}

/// Makes a row, asking what the wire says of each column.
pub type FromWire = fn(&mut dyn FnMut(&'static str) -> serde_json::Value) -> Result<Box<dyn Stored>, Misfit>;

/// One table the funnel may write.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    /// "person": how a sentence calls one row of it.
    pub noun: &'static str,
    /// What a row says, `id` first; book-keeping columns (`created_op`, `deleted_at` …) are the funnel's.
    pub columns: &'static [&'static str],
    pub life: Life,
    pub concerns: Concerns,
    /// `(column, table)`: the rows this one hangs on.
    pub parents: &'static [(&'static str, &'static str)],
    /// What one of its rows is, in the words above its record.
    pub says: &'static str,
    /// The same columns, with what each means.
    pub shape: &'static [Column],
    /// The columns of a selected row as on the wire, in their order.
    pub to_wire: fn(&Row) -> rusqlite::Result<Vec<serde_json::Value>>,
    /// A row from what the wire says of each column.
    pub from_wire: FromWire,
}

impl Table {
    pub fn trashes(&self) -> bool {
        matches!(self.life, Life::Trash | Life::Held | Life::Shared)
    }
    /// The column by which a row says that it is the same as another one of its table. Such a table has a derived column
    /// `root`: the id of the row at the end of the chain, which is a row's own id when it says nothing.
    pub fn chain(&self) -> Option<&'static str> {
        self.parents.iter().find(|(_, parent)| *parent == self.name).map(|(column, _)| *column)
    }
    /// A stored text as somebody reads and writes it: of a list of texts, each in a line of its own.
    pub(crate) fn as_lines<'a>(&self, column: &str, stored: &'a str) -> Cow<'a, str> {
        let list = self.is_list_of_texts(column).then(|| serde_json::from_str::<Vec<String>>(stored).ok()).flatten();
        list.map_or(Cow::Borrowed(stored), |list| Cow::Owned(list.join("\n")))
    }
    /// The inverse of [`as_lines`](Table::as_lines), as on the wire: no line is left empty.
    pub(crate) fn out_of_lines(&self, column: &str, lines: &str) -> serde_json::Value {
        if !self.is_list_of_texts(column) {
            return lines.into();
        }
        lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }
    pub(crate) fn is_list_of_texts(&self, column: &str) -> bool {
        self.shape.iter().any(|known| known.name == column && known.is_list_of_texts())
    }
    pub fn column_list(&self) -> String {
        self.columns.join(", ")
    }
}

/// A row of whatever table.
pub trait Stored: Any + Send {
    fn id(&self) -> Id;
    fn params(&self) -> Vec<&dyn ToSql>;
    /// Writes one column over, from its stored form.
    ///
    /// # Errors
    /// When there is no such column, or the value is none of its type.
    fn set(&mut self, column: &str, value: ValueRef) -> FromSqlResult<()>;
    /// The rules a row must satisfy before it is written.
    fn check(&self) -> Result<()>;
    /// Makes what follows from other columns, where somebody outside may have left it out.
    fn complete(&mut self);
    fn as_any(&mut self) -> &mut dyn Any;
}

/// A typed row of one table, declared with [`record!`](crate::record).
pub trait Record: Stored + Sized {
    const TABLE: Table;
    /// From a row that has the columns in their order.
    fn from_row(row: &Row) -> rusqlite::Result<Self>;
}

/// Rules of a record; the default has none.
pub trait Check {
    fn check(&self) -> Result<()> {
        Ok(())
    }
    /// Makes what follows from other columns: a normal form, the id of a pair.
    fn complete(&mut self) {}
}

/// The name of a column, or of a table, on the wire: `display_name` is `displayName` there.
pub fn wire_name(name: &str) -> String {
    let mut words = name.split('_');
    let mut wire = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        wire.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        wire.push_str(letters.as_str());
    }
    wire
}

/// A column of a row from outside, read as its type.
pub fn from_wire<T: serde::de::DeserializeOwned>(
    column: &'static str,
    take: &mut dyn FnMut(&'static str) -> serde_json::Value,
) -> Result<T, Misfit> {
    let found = take(column);
    serde_json::from_value(found.clone()).map_err(|_| Misfit { column, found })
}

/// The type of a column on the wire, as TypeScript writes it.
pub fn type_on_the_wire<T: ts_rs::TS>() -> String {
    T::inline(&ts_rs::Config::new().with_large_int("number"))
}

/// A value that stands as JSON text in one column, and as itself on the wire.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(transparent)]
pub struct AsJson<T>(pub T);

impl<T: serde::Serialize> ToSql for AsJson<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        Ok(text.map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?.into())
    }
}
impl<T: serde::de::DeserializeOwned> FromSql for AsJson<T> {
    fn column_result(value: ValueRef) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(AsJson).map_err(|e| FromSqlError::Other(e.into()))
    }
}

/// The stored form of a typed value.
pub(crate) fn value_of(typed: &dyn ToSql) -> rusqlite::Result<Value> {
    use rusqlite::types::ToSqlOutput as O;
    Ok(match typed.to_sql()? {
        O::Borrowed(v) => v.try_into().map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?,
        O::Owned(v) => v,
        _ => return Err(rusqlite::Error::InvalidQuery),
    })
}

/// A stored value as JSON, for a line of `changes`. Ids are the only blobs there are.
pub(crate) fn to_json(v: &Value) -> serde_json::Value {
    match v {
        Value::Null => serde_json::Value::Null,
        Value::Integer(n) => (*n).into(),
        Value::Real(x) => serde_json::json!({ "real": x.to_bits().to_string() }),
        Value::Text(t) => t.clone().into(),
        Value::Blob(b) => {
            serde_json::json!({ "id": b.as_slice().try_into().map(|b| Id(b).to_string()).unwrap_or_default() })
        }
    }
}

/// The inverse of [`to_json`].
pub(crate) fn from_json(v: &serde_json::Value) -> Value {
    use serde_json::Value as J;
    match v {
        J::Number(n) => Value::Integer(n.as_i64().unwrap_or_default()),
        J::String(s) => Value::Text(s.clone()),
        J::Object(o) => match (o.get("id"), o.get("real")) {
            (Some(J::String(s)), _) => s.parse::<Id>().map_or(Value::Null, |id| Value::Blob(id.0.to_vec())),
            (_, Some(J::String(s))) => s.parse().map_or(Value::Null, |bits| Value::Real(f64::from_bits(bits))),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

/// Declares a table row: the struct, its columns and both mappings from one list.
#[macro_export]
macro_rules! record {
    ($(#[doc = $about:literal])* pub struct $name:ident in $table:literal as $noun:literal,
     $life:ident, concerns $concerns:expr, hangs on [$($pcol:literal -> $ptab:literal),*] {
        $($(#[doc = $says:literal])* pub $field:ident: $ty:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[doc = $says])* pub $field: $ty,)* }

        impl $crate::record::Stored for $name {
            fn id(&self) -> $crate::id::Id { self.id }
            fn params(&self) -> Vec<&dyn rusqlite::ToSql> { vec![$(&self.$field,)*] }
            fn set(&mut self, column: &str, value: rusqlite::types::ValueRef) -> rusqlite::types::FromSqlResult<()> {
                match column {
                    $(stringify!($field) => self.$field = rusqlite::types::FromSql::column_result(value)?,)*
                    _ => return Err(rusqlite::types::FromSqlError::InvalidType),
                }
                Ok(())
            }
            fn check(&self) -> $crate::error::Result<()> { $crate::record::Check::check(self) }
            fn complete(&mut self) { $crate::record::Check::complete(self) }
            fn as_any(&mut self) -> &mut dyn std::any::Any { self }
        }

        impl $crate::record::Record for $name {
            const TABLE: $crate::record::Table = $crate::record::Table {
                name: $table,
                noun: $noun,
                columns: &[$(stringify!($field),)*],
                life: $crate::record::Life::$life,
                concerns: { use $crate::record::Concerns::*; $concerns },
                parents: &[$(($pcol, $ptab)),*],
                says: concat!($($about),*),
                shape: &[$($crate::record::Column {
                    name: stringify!($field),
                    says: concat!($($says),*),
                    on_the_wire: || $crate::record::type_on_the_wire::<$ty>(),
                },)*],
                to_wire: |row| {
                    let wire = |e: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(e.into());
                    Ok(vec![$(serde_json::to_value(row.get::<_, $ty>(stringify!($field))?).map_err(wire)?,)*])
                },
                from_wire: |take| Ok(Box::new(Self {
                    $($field: $crate::record::from_wire::<$ty>(stringify!($field), take)?,)*
                })),
            };
            fn from_row(row: &rusqlite::Row) -> rusqlite::Result<Self> {
                // By place: looking for a name takes longer than reading the value.
                let mut places = 0..;
                let mut next = || places.next().unwrap_or_default();
                Ok(Self { $($field: row.get(next())?,)* })
            }
        }
    };
}

/// Stores an enum as the word its `key()` gives, and reads it back with `from_key`.
#[macro_export]
macro_rules! stored_as_word {
    ($($t:ty),* $(,)?) => {$(
        impl rusqlite::ToSql for $t {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> { Ok(self.key().into()) }
        }
        impl rusqlite::types::FromSql for $t {
            fn column_result(v: rusqlite::types::ValueRef) -> rusqlite::types::FromSqlResult<Self> {
                let word = v.as_str()?;
                <$t>::from_key(word).ok_or_else(|| rusqlite::types::FromSqlError::Other(
                    format!("{} has no “{word}”", stringify!($t)).into()))
            }
        }
    )*};
}

/// An enum of words: one list gives the variants, their keys on the wire and in the file.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant,)* }
        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            /// The word it is stored and sent as.
            pub fn key(self) -> &'static str { match self { $($name::$variant => $key,)* } }
            pub fn from_key(key: &str) -> Option<Self> { match key { $($key => Some($name::$variant),)* _ => None } }
        }
        $crate::stored_as_word!($name);
    };
}

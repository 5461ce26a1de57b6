//! Reading the app's values from JSON.
//!
//! Everything is parsed into one type, [`Value`], and taken apart from there. Code that serde derives would be made
//! anew for each of the twenty types that the browser reads, and was a tenth of the wasm file. Writing is left to serde:
//! the browser writes few types. What is read here is what serde writes: enums are tagged from outside, a field that is
//! missing counts as `null`, and a field that is not known is passed over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Why a text is not what it should be: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misfit(String);

impl Misfit {
    /// Something else was `expected`: `a number`.
    pub fn expected(expected: &str) -> Misfit {
        Misfit(format!("{expected} was expected"))
    }

    fn within(self, place: &str) -> Misfit {
        Misfit(format!("{place}: {}", self.0))
    }
}

/// A value that can be read from JSON.
pub trait FromJson: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// When `json` is of another form.
    fn from_json(json: Value) -> Result<Self, Misfit>;
}

/// Reads a text.
///
/// # Errors
/// When it is no JSON, or of another form.
pub fn read<T: FromJson>(text: &str) -> Result<T, Misfit> {
    T::from_json(parse(text)?)
}

/// The JSON of a text.
///
/// # Errors
/// When it is none.
pub fn parse(text: &str) -> Result<Value, Misfit> {
    serde_json::from_str(text).map_err(|error| Misfit(error.to_string()))
}

/// The fields of a JSON object, to be taken one by one.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of `json`.
    ///
    /// # Errors
    /// When it is no object.
    pub fn of(json: Value) -> Result<Fields, Misfit> {
        match json {
            Value::Object(fields) => Ok(Fields(fields)),
            _ => Err(Misfit::expected("an object")),
        }
    }

    /// Reads a field.
    ///
    /// # Errors
    /// When it is of another form than `T`.
    pub fn take<T: FromJson>(&mut self, name: &str) -> Result<T, Misfit> {
        T::from_json(self.take_value(name)).map_err(|misfit| misfit.within(name))
    }

    /// Reads a field that may be missing; then it has its default.
    ///
    /// # Errors
    /// When it is there and of another form than `T`.
    pub fn take_or_default<T: FromJson + Default>(&mut self, name: &str) -> Result<T, Misfit> {
        self.take::<Option<T>>(name).map(Option::unwrap_or_default)
    }

    /// A field as it is; `null` if it is missing.
    pub fn take_value(&mut self, name: &str) -> Value {
        self.0.get_mut(name).map_or(Value::Null, Value::take)
    }
}

/// The name of an enum's variant, and what the variant holds: `null` if only the name stands there.
///
/// # Errors
/// When `json` is neither a text nor an object of one field.
pub fn variant(json: Value) -> Result<(String, Value), Misfit> {
    match json {
        Value::String(name) => Ok((name, Value::Null)),
        Value::Object(fields) if fields.len() == 1 => Ok(fields.into_iter().next().expect("there is one")),
        _ => Err(Misfit::expected("a variant")),
    }
}

/// Reads a value by its name, as `from_name` knows it.
///
/// # Errors
/// When `json` is no text, or not a name of that kind.
pub fn named<T>(json: Value, from_name: impl Fn(&str) -> Option<T>) -> Result<T, Misfit> {
    let name = String::from_json(json)?;
    from_name(&name).ok_or_else(|| Misfit(format!("`{name}` is not known")))
}

/// Reads a struct whose every field has the name that it has in JSON. Those behind a `;` may be missing.
macro_rules! read_struct {
    ($type:ident { $($field:ident),+ $(; $($optional:ident),+)? $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(json: serde_json::Value) -> Result<$type, $crate::json::Misfit> {
                let mut fields = $crate::json::Fields::of(json)?;
                Ok($type {
                    $($field: fields.take(stringify!($field))?,)+
                    $($($optional: fields.take_or_default(stringify!($optional))?,)+)?
                })
            }
        }
    };
}
pub(crate) use read_struct;

/// Reads a wrapper around a text.
macro_rules! read_text {
    ($type:ident) => {
        impl $crate::json::FromJson for $type {
            fn from_json(json: serde_json::Value) -> Result<$type, $crate::json::Misfit> {
                String::from_json(json).map($type)
            }
        }
    };
}
pub(crate) use read_text;

impl FromJson for String {
    fn from_json(json: Value) -> Result<String, Misfit> {
        match json {
            Value::String(text) => Ok(text),
            _ => Err(Misfit::expected("a text")),
        }
    }
}

impl FromJson for bool {
    fn from_json(json: Value) -> Result<bool, Misfit> {
        json.as_bool().ok_or_else(|| Misfit::expected("true or false"))
    }
}

impl FromJson for u64 {
    fn from_json(json: Value) -> Result<u64, Misfit> {
        json.as_u64().ok_or_else(|| Misfit::expected("a whole number"))
    }
}

impl FromJson for u32 {
    fn from_json(json: Value) -> Result<u32, Misfit> {
        u64::from_json(json)?.try_into().map_err(|_| Misfit::expected("a smaller number"))
    }
}

impl FromJson for usize {
    fn from_json(json: Value) -> Result<usize, Misfit> {
        u64::from_json(json)?.try_into().map_err(|_| Misfit::expected("a smaller number"))
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Value) -> Result<Option<T>, Misfit> {
        if json.is_null() { Ok(None) } else { T::from_json(json).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Value) -> Result<Vec<T>, Misfit> {
        let Value::Array(items) = json else { return Err(Misfit::expected("a list")) };
        items.into_iter().map(T::from_json).collect()
    }
}

impl<T: FromJson + Ord> FromJson for BTreeSet<T> {
    fn from_json(json: Value) -> Result<BTreeSet<T>, Misfit> {
        let mut set = BTreeSet::new();
        set.extend(Vec::from_json(json)?);
        Ok(set)
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for BTreeMap<K, V> {
    fn from_json(json: Value) -> Result<BTreeMap<K, V>, Misfit> {
        let mut map = BTreeMap::new();
        for (key, value) in Fields::of(json)?.0 {
            map.insert(K::from_json(Value::String(key))?, V::from_json(value)?);
        }
        Ok(map)
    }
}

/// Lets the native tools, which read with serde, read these types too: in the one way there is.
macro_rules! deserialize {
    ($($type:ty),+) => {
        $(impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let json = Value::deserialize(deserializer)?;
                <$type>::from_json(json).map_err(serde::de::Error::custom)
            }
        })+
    };
}
deserialize!(crate::attempt::Attempt, crate::catalog::Catalog, crate::catalog::Pack, crate::verdict::Verdict);

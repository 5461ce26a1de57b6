//! Reading the app's values from JSON.
//!
//! Everything is parsed into one type, [`Value`], and taken apart from there. Code that serde derives would be made
//! anew for each of the twenty types that the browser reads: 33 kB by brotli. Structs are written by what serde derives; enums are
//! written here, by the macros that read them, so that each variant's name stands in one place. Enums are tagged from outside,
//! a field that is missing counts as `null`, and a field that is not known is passed over.
//!
//! Reading never stops half-way: what does not fit is noted, something stands in for it, and at the end the whole is
//! refused. So nothing has to be undone on the way out of twenty functions, which makes them small.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::vec;

use serde_json::{Map, Value};

/// Why a text is not what it should be: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DecodeError(String);

/// The first thing that did not fit.
#[derive(Default)]
struct DecodeErrors(RefCell<Option<DecodeError>>);

impl DecodeErrors {
    fn note(&self, why: impl FnOnce() -> String) {
        let mut first = self.0.borrow_mut();
        if first.is_none() {
            *first = Some(DecodeError(why()));
        }
    }

    fn is_empty(&self) -> bool {
        self.0.borrow().is_none()
    }

    /// Says that what was noted is within `place`.
    fn within(&self, place: &str) {
        if let Some(error) = &mut *self.0.borrow_mut() {
            error.0 = format!("{place}: {}", error.0);
        }
    }
}

/// A piece of JSON that is being read.
pub struct Json<'whole> {
    value: Value,
    errors: &'whole DecodeErrors,
}

/// A value that can be read from JSON.
pub trait FromJson: Sized {
    /// Reads it. If `json` is of another form, it says so and what is returned does not matter.
    fn from_json(json: Json<'_>) -> Self;
}

/// Reads a text.
///
/// # Errors
/// When it is no JSON, or of another form.
pub fn read<T: FromJson>(text: &str) -> Result<T, DecodeError> {
    from_value(parse(text)?)
}

/// Reads a value.
///
/// # Errors
/// When it is of another form.
pub fn from_value<T: FromJson>(value: Value) -> Result<T, DecodeError> {
    let errors = DecodeErrors::default();
    let read = T::from_json(Json { value, errors: &errors });
    match errors.0.into_inner() {
        None => Ok(read),
        Some(error) => Err(error),
    }
}

/// The JSON of a text.
///
/// # Errors
/// When it is none.
pub fn parse(text: &str) -> Result<Value, DecodeError> {
    serde_json::from_str(text).map_err(|error| DecodeError(error.to_string()))
}

impl<'whole> Json<'whole> {
    /// Notes that something else was `expected`: `a number`.
    pub fn refuse(&self, expected: &str) {
        self.errors.note(|| format!("{expected} was expected"));
    }

    /// The fields of an object.
    pub fn fields(self) -> Fields<'whole> {
        let errors = self.errors;
        match self.value {
            Value::Object(fields) => Fields { fields, errors },
            _ => {
                errors.note(|| "an object was expected".to_owned());
                Fields { fields: Map::new(), errors }
            }
        }
    }

    /// The name of an enum's variant, and what the variant holds: nothing if only the name stands there.
    pub fn variant(self) -> (String, Json<'whole>) {
        let errors = self.errors;
        let (name, value) = match self.value {
            Value::String(name) => (name, Value::Null),
            Value::Object(fields) if fields.len() == 1 => fields.into_iter().next().unwrap_or_default(),
            _ => {
                errors.note(|| "a variant was expected".to_owned());
                (String::new(), Value::Null)
            }
        };
        (name, Json { value, errors })
    }

    /// Reads a form in which a value travels, and makes the value of it.
    pub fn converted<F: FromJson, T: TryFrom<F, Error: ToString> + Default>(self) -> T {
        let errors = self.errors;
        T::try_from(F::from_json(self)).unwrap_or_else(|error| {
            errors.note(|| error.to_string());
            T::default()
        })
    }

    /// A value by its name, as `from_name` knows it; `otherwise` if it is no name of that kind.
    pub fn named<T>(self, from_name: impl FnOnce(&str) -> Option<T>, otherwise: T) -> T {
        let errors = self.errors;
        let name = String::from_json(self);
        from_name(&name).unwrap_or_else(|| {
            errors.note(|| format!("`{name}` is not known"));
            otherwise
        })
    }

    /// The text, if it is one.
    pub fn text(self) -> Result<String, Json<'whole>> {
        match self.value {
            Value::String(text) => Ok(text),
            value => Err(Json { value, ..self }),
        }
    }

    /// The items of a list, if it is one.
    pub fn items(self) -> Result<Items<'whole>, Json<'whole>> {
        let errors = self.errors;
        match self.value {
            Value::Array(items) => Ok(Items { items: items.into_iter(), errors }),
            value => Err(Json { value, errors }),
        }
    }

    fn is_null(&self) -> bool {
        self.value.is_null()
    }
}

/// The items of a JSON list, to be taken one by one.
pub struct Items<'whole> {
    items: vec::IntoIter<Value>,
    errors: &'whole DecodeErrors,
}

impl<'whole> Iterator for Items<'whole> {
    type Item = Json<'whole>;

    fn next(&mut self) -> Option<Json<'whole>> {
        Some(Json { value: self.items.next()?, errors: self.errors })
    }
}

impl Items<'_> {
    /// The next item; if there is none, it reads as `null`.
    pub fn one<T: FromJson>(&mut self) -> T {
        let errors = self.errors;
        T::from_json(self.next().unwrap_or(Json { value: Value::Null, errors }))
    }

    /// The next item, which must be there and a text.
    pub fn word(&mut self) -> String {
        let Some(json) = self.next() else {
            self.errors.note(|| "a word was expected".to_owned());
            return String::new();
        };
        String::from_json(json)
    }

    /// All that are left.
    pub fn rest<T: FromJson>(self) -> Vec<T> {
        let mut list = Vec::with_capacity(self.items.len());
        for item in self {
            list.push(T::from_json(item));
        }
        list
    }

    /// Notes that something else was `expected`: `an element`.
    pub fn refuse(&self, expected: &str) {
        self.errors.note(|| format!("{expected} was expected"));
    }
}

/// The fields of a JSON object, to be taken one by one.
pub struct Fields<'whole> {
    fields: Map<String, Value>,
    errors: &'whole DecodeErrors,
}

impl<'whole> Fields<'whole> {
    /// Reads a field.
    pub fn take<T: FromJson>(&mut self, name: &str) -> T {
        let were_none = self.errors.is_empty();
        let read = T::from_json(self.take_json(name));
        if were_none {
            self.errors.within(name);
        }
        read
    }

    /// Reads a field that may be missing; then it has its default.
    pub fn take_or_default<T: FromJson + Default>(&mut self, name: &str) -> T {
        self.take::<Option<T>>(name).unwrap_or_default()
    }

    /// Whether the field is there.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    fn take_json(&mut self, name: &str) -> Json<'whole> {
        let value = self.fields.get_mut(name).map_or(Value::Null, Value::take);
        Json { value, errors: self.errors }
    }
}

/// Reads a struct whose every field has the name that it has in JSON. Those behind a `;` may be missing.
macro_rules! read_struct {
    ($type:ident { $($field:ident),+ $(; $($optional:ident),+)? $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(json: $crate::json::Json<'_>) -> $type {
                let mut fields = json.fields();
                $type {
                    $($field: fields.take(stringify!($field)),)+
                    $($($optional: fields.take_or_default(stringify!($optional)),)+)?
                }
            }
        }
    };
}
pub(crate) use read_struct;

/// Reads a wrapper around a text.
macro_rules! read_text {
    ($type:ident) => {
        impl $crate::json::FromJson for $type {
            fn from_json(json: $crate::json::Json<'_>) -> $type {
                $type($crate::json::FromJson::from_json(json))
            }
        }
    };
}
pub(crate) use read_text;

/// Writes and reads an enum of mere names, by the function that tells a variant's name and the one that finds a variant by it.
#[macro_export]
macro_rules! json_by_name {
    ($type:ident, $name:path, $from_name:path, otherwise $otherwise:ident) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($name(*self))
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(json: $crate::json::Json<'_>) -> $type {
                json.named($from_name, $type::$otherwise)
            }
        }
    };
}

/// The names of an enum's variants, by which it is written and read.
#[macro_export]
macro_rules! json_names {
    ($type:ident { $first:ident = $first_name:literal $(, $variant:ident = $name:literal)* $(,)? }) => {
        impl $type {
            /// Its name where it is stored.
            pub fn name(self) -> &'static str {
                match self {
                    $type::$first => $first_name,
                    $($type::$variant => $name,)*
                }
            }

            /// The one of this [name](Self::name).
            pub fn from_name(name: &str) -> Option<$type> {
                match name {
                    $first_name => Some($type::$first),
                    $($name => Some($type::$variant),)*
                    _ => None,
                }
            }
        }

        $crate::json_by_name!($type, $type::name, $type::from_name, otherwise $first);
    };
}

/// Writes and reads an enum whose variants hold something: an object of one field, which is the variant's name; a variant
/// that holds nothing is its name. The text says what was expected where there is no variant of a name.
macro_rules! json_variants {
    ($type:ident, $expected:literal {
        $first_name:literal => $first:ident $({ $($first_field:ident),+ })? $(($first_inner:ident))?,
        $($name:literal => $variant:ident $({ $($field:ident),+ })? $(($inner:ident))?),* $(,)?
    }) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $type::$first $({ $($first_field),+ })? $(($first_inner))? => $crate::json::write_variant!(
                        serializer, $type, $first_name, $({ $($first_field),+ })? $(($first_inner))?
                    ),
                    $($type::$variant $({ $($field),+ })? $(($inner))? => $crate::json::write_variant!(
                        serializer, $type, $name, $({ $($field),+ })? $(($inner))?
                    ),)*
                }
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(json: $crate::json::Json<'_>) -> $type {
                let (name, data) = json.variant();
                match name.as_str() {
                    $($name => $crate::json::read_variant!(data, $type $variant, $({ $($field),+ })? $(($inner))?),)*
                    name => {
                        if name != $first_name {
                            data.refuse($expected);
                        }
                        $crate::json::read_variant!(data, $type $first, $({ $($first_field),+ })? $(($first_inner))?)
                    }
                }
            }
        }
    };
}
pub(crate) use json_variants;

macro_rules! write_variant {
    ($serializer:ident, $type:ident, $name:literal, { $($field:ident),+ }) => {{
        use ::serde::ser::SerializeStructVariant;
        let count = [$(stringify!($field)),+].len();
        let mut variant = $serializer.serialize_struct_variant(stringify!($type), 0, $name, count)?;
        $(variant.serialize_field(stringify!($field), $field)?;)+
        variant.end()
    }};
    ($serializer:ident, $type:ident, $name:literal, ($inner:ident)) => {
        $serializer.serialize_newtype_variant(stringify!($type), 0, $name, $inner)
    };
    ($serializer:ident, $type:ident, $name:literal,) => {
        $serializer.serialize_unit_variant(stringify!($type), 0, $name)
    };
}
pub(crate) use write_variant;

macro_rules! read_variant {
    ($data:ident, $type:ident $variant:ident, { $($field:ident),+ }) => {{
        let mut fields = $data.fields();
        $type::$variant { $($field: fields.take(stringify!($field))),+ }
    }};
    ($data:ident, $type:ident $variant:ident, ($inner:ident)) => {
        $type::$variant($crate::json::FromJson::from_json($data))
    };
    ($data:ident, $type:ident $variant:ident,) => {
        $type::$variant
    };
}
pub(crate) use read_variant;

impl FromJson for String {
    fn from_json(json: Json<'_>) -> String {
        json.text().unwrap_or_else(|json| {
            json.refuse("a text");
            String::new()
        })
    }
}

impl FromJson for Value {
    fn from_json(json: Json<'_>) -> Value {
        json.value
    }
}

impl FromJson for bool {
    fn from_json(json: Json<'_>) -> bool {
        json.value.as_bool().unwrap_or_else(|| {
            json.refuse("true or false");
            false
        })
    }
}

impl FromJson for u64 {
    fn from_json(json: Json<'_>) -> u64 {
        json.value.as_u64().unwrap_or_else(|| {
            json.refuse("a whole number");
            0
        })
    }
}

impl FromJson for u32 {
    fn from_json(json: Json<'_>) -> u32 {
        let errors = json.errors;
        u64::from_json(json).try_into().unwrap_or_else(|_| {
            errors.note(|| "a smaller number was expected".to_owned());
            0
        })
    }
}

impl FromJson for usize {
    fn from_json(json: Json<'_>) -> usize {
        u32::from_json(json) as usize
    }
}

impl FromJson for f32 {
    fn from_json(json: Json<'_>) -> f32 {
        // What is too great would be infinite, and that cannot be written again.
        let number = json.value.as_f64().map(|number| number as f32).filter(|number| number.is_finite());
        number.unwrap_or_else(|| {
            json.refuse("a number");
            0.0
        })
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Json<'_>) -> Option<T> {
        if json.is_null() { None } else { Some(T::from_json(json)) }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: Json<'_>) -> Box<T> {
        Box::new(T::from_json(json))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Json<'_>) -> Vec<T> {
        match json.items() {
            Ok(items) => items.rest(),
            Err(json) => {
                json.refuse("a list");
                Vec::new()
            }
        }
    }
}

impl<T: FromJson + Ord> FromJson for BTreeSet<T> {
    fn from_json(json: Json<'_>) -> BTreeSet<T> {
        let mut set = BTreeSet::new();
        set.extend(Vec::from_json(json));
        set
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for BTreeMap<K, V> {
    fn from_json(json: Json<'_>) -> BTreeMap<K, V> {
        let Fields { fields, errors } = json.fields();
        let mut map = BTreeMap::new();
        for (key, value) in fields {
            let key = K::from_json(Json { value: Value::String(key), errors });
            map.insert(key, V::from_json(Json { value, errors }));
        }
        map
    }
}

/// Lets the native tools, which read with serde, read a type too: in the one way there is.
macro_rules! deserialize {
    ($type:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let value = ::serde_json::Value::deserialize(deserializer)?;
                $crate::json::from_value(value).map_err(::serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use deserialize;

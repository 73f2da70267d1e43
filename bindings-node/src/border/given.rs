//! What a call was given, read by what takes it: each reader says what it
//! wants, and what is otherwise is told by what it is, in JavaScript's words.

use carekey::UnknownWord;
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, Expected, IntoDeserializer, Unexpected, Visitor};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// Why something cannot be read.
#[derive(Debug)]
pub(super) enum Wrong {
    /// It is not what the argument takes.
    Type(&'static str),
    /// It is none of these words.
    Word(&'static [&'static str]),
    /// It is no word, and there are too many to name.
    NoWord,
    /// It has a name that is none of these.
    Name(&'static [&'static str]),
    /// It lacks that.
    Missing(&'static str),
    /// It is no identifier.
    Id,
    /// What reads it says no more.
    Unreadable,
}

impl core::fmt::Display for Wrong {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl core::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: core::fmt::Display>(said: T) -> Self {
        if said.to_string() == UnknownWord.to_string() { Self::NoWord } else { Self::Unreadable }
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unreadable
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unreadable
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Unreadable
    }

    fn unknown_variant(_: &str, words: &'static [&'static str]) -> Self {
        Self::Word(words)
    }

    fn unknown_field(_: &str, names: &'static [&'static str]) -> Self {
        Self::Name(names)
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Missing(name)
    }
}

/// Something that was given.
pub(super) struct Given<'a>(pub(super) &'a Value);

impl Given<'_> {
    fn as_moment(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::parse(self.0.as_str()?, &Rfc3339).ok()
    }
}

impl<'de> IntoDeserializer<'de, Wrong> for Given<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The parts of an object, by their names.
fn parts(fields: &Map<String, Value>) -> impl Iterator<Item = (&str, Given<'_>)> {
    fields.iter().map(|(name, value)| (name.as_str(), Given(value)))
}

/// One method for each kind of number: whole, and within what it holds.
macro_rules! whole {
    ($($method:ident $number:ty: $visit:ident $as:ident $expected:literal;)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            let number = self.0.$as().and_then(|number| <$number>::try_from(number).ok());
            visitor.$visit(number.ok_or(Wrong::Type($expected))?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for Given<'_> {
    type Error = Wrong;

    whole! {
        deserialize_u8 u8: visit_u8 as_u64 "a whole number from 0";
        deserialize_u16 u16: visit_u16 as_u64 "a whole number from 0";
        deserialize_u32 u32: visit_u32 as_u64 "a whole number from 0";
        deserialize_u64 u64: visit_u64 as_u64 "a whole number from 0";
        deserialize_i8 i8: visit_i8 as_i64 "a whole number";
        deserialize_i16 i16: visit_i16 as_i64 "a whole number";
        deserialize_i32 i32: visit_i32 as_i64 "a whole number";
        deserialize_i64 i64: visit_i64 as_i64 "a whole number";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => visitor.visit_f64(number.as_f64().ok_or(Wrong::Type("a number"))?),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Given))),
            Value::Object(fields) => visitor.visit_map(MapDeserializer::new(parts(fields))),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_bool(self.0.as_bool().ok_or(Wrong::Type("true or false"))?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_f64(self.0.as_f64().ok_or(Wrong::Type("a number"))?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_string(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::String(text) => visitor.visit_str(text),
            _ => Err(Wrong::Type("a string")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// Identifiers and moments are told by their names.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        if name.ends_with("Id") {
            let text = self.0.as_str().ok_or(Wrong::Type("a string"))?;
            Uuid::parse_str(text).map_err(|_| Wrong::Id)?;
        }
        if name == super::moment::NAME && self.as_moment().is_none() {
            return Err(Wrong::Type("a Date"));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_array() { self.deserialize_any(visitor) } else { Err(Wrong::Type("a list")) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_object() { self.deserialize_any(visitor) } else { Err(Wrong::Type("an object")) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    /// A word, or the one name of an object and what it has.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let known = |word: &str| if words.contains(&word) { Ok(()) } else { Err(Wrong::Word(words)) };
        match self.0 {
            Value::String(word) => {
                known(word)?;
                visitor.visit_enum(word.as_str().into_deserializer())
            }
            Value::Object(fields) if fields.len() == 1 => {
                fields.keys().try_for_each(|name| known(name))?;
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(parts(fields))))
            }
            _ => Err(Wrong::Type("one of its words")),
        }
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct identifier ignored_any }
}

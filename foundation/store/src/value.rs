//! The two things a column can hold, a row of them, and how the house's types go in and come out.

use base::{Country, Currency, Date, Error, HsCode, Id, Language, Moment, Rate, Result, Weight};

/// What a column holds: only BIGINT and TEXT exist.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// SQL NULL; the only kind of NULL that comes out of a row.
    Null,
    /// NULL bound where a BIGINT is meant. PostgreSQL wants to know: `$1 IS NULL OR size = $1`.
    NullInt,
    /// NULL bound where TEXT is meant.
    NullText,
    /// BIGINT
    Int(i64),
    /// TEXT
    Text(String),
}

/// A type that can be bound to a parameter of a statement.
pub trait ToValue {
    /// The stored form.
    fn to_value(&self) -> Value;
    /// What stands for the absence of one: a NULL of the column's type.
    fn null() -> Value;
}

/// A type that can be read from a column.
pub trait FromValue: Sized {
    /// The value whose stored form this is; `None` if it is no stored form of this type.
    fn from_value(value: &Value) -> Option<Self>;
}

/// The parameters of a statement, in order: `params![id, name, moment]`. Takes its arguments by reference.
#[macro_export]
macro_rules! params {
    () => { &[] as &[$crate::Value] };
    ($($value:expr),+ $(,)?) => { &[$($crate::ToValue::to_value(&$value)),+] as &[$crate::Value] };
}

/// One row of an answer; columns are numbered from 0 in the order of the SELECT list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    values: Vec<Value>,
}

impl Row {
    /// A row of these values, for a tool that adds rows with [`crate::Store::import`].
    pub fn new(values: Vec<Value>) -> Row {
        Row { values }
    }

    /// The column `index` as a `T`. Errors (internal): no such column, or it holds something else.
    #[track_caller]
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        let value = self
            .values
            .get(index)
            .ok_or_else(|| Error::internal(format!("the row has no column {index}: {self:?}")))?;
        T::from_value(value).ok_or_else(|| {
            let wanted = std::any::type_name::<T>();
            Error::internal(format!("column {index} holds {value:?}, which is no {wanted}"))
        })
    }

    /// Every column, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Every column, in order, by value.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
    fn null() -> Value {
        Value::Null
    }
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(T::null, ToValue::to_value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::Null | Value::NullInt | Value::NullText => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value {
        Value::Text(self.to_owned())
    }
    fn null() -> Value {
        Value::NullText
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }
    fn null() -> Value {
        Value::NullInt
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<bool> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl<T> ToValue for Id<T> {
    fn to_value(&self) -> Value {
        Value::Int(self.raw())
    }
    fn null() -> Value {
        Value::NullInt
    }
}

impl<T> FromValue for Id<T> {
    fn from_value(value: &Value) -> Option<Id<T>> {
        i64::from_value(value).map(Id::from_raw)
    }
}

impl ToValue for Moment {
    fn to_value(&self) -> Value {
        Value::Int(self.micros())
    }
    fn null() -> Value {
        Value::NullInt
    }
}

impl FromValue for Moment {
    fn from_value(value: &Value) -> Option<Moment> {
        i64::from_value(value).map(Moment)
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<i64> {
        match value {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// Types stored as a whole number that may be smaller than 64 bits.
macro_rules! whole {
    ($($type:ty),+) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value {
                Value::Int(i64::from(*self))
            }
            fn null() -> Value {
                Value::NullInt
            }
        }
    )+};
}
whole!(i64, i32, i16, u32, u16, u8);

macro_rules! narrow {
    ($($type:ty),+) => {$(
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<$type> {
                i64::from_value(value).and_then(|number| number.try_into().ok())
            }
        }
    )+};
}
narrow!(i32, i16, u32, u16, u8);

/// Types whose text is their stored form.
macro_rules! by_text {
    ($($type:ty),+) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }
            fn null() -> Value {
                Value::NullText
            }
        }
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<$type> {
                match value {
                    Value::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
    )+};
}
by_text!(Currency, Country, Date, HsCode, Language, Rate);

impl ToValue for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn null() -> Value {
        Value::NullText
    }
}

impl ToValue for Weight {
    fn to_value(&self) -> Value {
        Value::Int(self.grams)
    }
    fn null() -> Value {
        Value::NullInt
    }
}

impl FromValue for Weight {
    fn from_value(value: &Value) -> Option<Weight> {
        i64::from_value(value).map(Weight::grams)
    }
}

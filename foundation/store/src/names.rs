//! Enums of which each variant is stored and translated by a name of its own.

/// An enum with its stored names: `names!(/// What it is. Kind { /// One. First => "first" })`. It gets `ALL`, `name`, `named`, and
/// is written to and read from a column as that name. Attributes before the name, such as further derives, are the enum's.
#[macro_export]
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$inner:meta])* $variant:ident => $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$inner])* $variant),+ }

        impl $type {
            /// Every one, in the order in which they are written down.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// Stable name, as stored and as translated.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The one with this stored name.
            pub fn named(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl $crate::FromValue for $type {
            fn from_value(value: &$crate::Value) -> Option<$type> {
                match value {
                    $crate::Value::Text(name) => $type::named(name),
                    _ => None,
                }
            }
        }

        impl $crate::ToValue for $type {
            fn to_value(&self) -> $crate::Value {
                $crate::Value::Text(self.name().into())
            }

            fn null() -> $crate::Value {
                $crate::Value::NullText
            }
        }
    };
}

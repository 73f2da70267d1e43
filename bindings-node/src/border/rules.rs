//! How the rules are declared, and what else takes facts by name.

/// Declares rules: what each is given by name, what comes beside that since it
/// is a secret, and what it answers. A strict one takes no other names.
///
/// ```text
/// rules! {
///     username_phone(text: String, country: String) => check_phone(&text, &country);
///     strict password_temporary(policy: Option<Value>) => …;
///     password_check[password](person: Whose) => …;
/// }
/// ```
macro_rules! rules {
    () => {};
    (strict $($rest:tt)+) => { $crate::border::rules! { @[#[serde(deny_unknown_fields)]] $($rest)+ } };
    ($name:ident $($rest:tt)+) => { $crate::border::rules! { @[] $name $($rest)+ } };
    (
        @[$($strict:tt)*]
        $name:ident $([$($secret:ident),+])? ($( $(#[$meta:meta])* $field:ident: $type:ty ),* $(,)?) => $answer:expr;
        $($rest:tt)*
    ) => {
        #[napi_derive::napi]
        pub fn $name(given: String $($(, $secret: String)+)?) -> napi::Result<String> {
            #[derive(serde::Deserialize)]
            $($strict)*
            struct Given { $( $(#[$meta])* $field: $type ),* }
            $($( let $secret = carekey::Secret::from($secret); )+)?
            $crate::border::rule(&given, |Given { $($field),* }| Ok($answer))
        }

        $crate::border::rules! { $($rest)* }
    };
}
pub(crate) use rules;

/// Reads what a call was given by name. A strict one takes no other names.
///
/// ```text
/// reads!(strict &given => line: u64, who: Who);
/// ```
macro_rules! reads {
    (strict $given:expr => $($rest:tt)+) => {
        $crate::border::reads!(@[#[serde(deny_unknown_fields)]] $given => $($rest)+);
    };
    (@[$($strict:tt)*] $given:expr => $( $(#[$meta:meta])* $field:ident: $type:ty ),+ $(,)?) => {
        #[derive(serde::Deserialize)]
        $($strict)*
        struct Given { $( $(#[$meta])* $field: $type ),+ }
        let Given { $($field),+ } = $crate::border::read($given)?;
    };
    ($given:expr => $($rest:tt)+) => { $crate::border::reads!(@[] $given => $($rest)+); };
}
pub(crate) use reads;

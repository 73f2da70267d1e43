//! The examples of the guide, compiled with the others. The guide is not packaged.

#[doc = include_str!("../../docs/rosters.md")]
struct Rosters;
#[doc = include_str!("../../docs/first-login.md")]
struct FirstLogin;
#[doc = include_str!("../../docs/invitations.md")]
struct Invitations;
#[doc = include_str!("../../docs/who-sees-what.md")]
struct WhoSeesWhat;
#[doc = include_str!("../../docs/office.md")]
struct Office;
#[doc = include_str!("../../docs/messages.md")]
struct Messages;
#[doc = include_str!("../../docs/stores.md")]
struct Stores;
#[doc = include_str!("../../docs/rules-alone.md")]
struct RulesAlone;

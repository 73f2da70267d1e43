//! Links in messages: built from the configured address only (N).

use url::{Host, Url};

use crate::finding::{Checked, Code, Finding};
use crate::invitation::LinkToken;
use crate::secret::Secret;
use crate::text_enum::text_enum;
use crate::words::MessageKind;

text_enum! {
    /// A page of the host's site that a message leads to. The word is the last
    /// part of its address.
    pub enum Page {
        /// Choosing the first password.
        Activate = "activate",
        /// Accepting an invitation, by link or by code.
        Invitation = "invitation",
        /// Signing in.
        SignIn = "sign-in",
        /// Confirming a new e-mail address or phone number (C2).
        Confirm = "confirm",
        /// Objecting to one (C2).
        Object = "object",
    }
}

impl Page {
    /// The page that a message of that kind leads to.
    pub fn of(kind: MessageKind) -> Self {
        match kind {
            MessageKind::Activation | MessageKind::ActivationReminder => Self::Activate,
            MessageKind::Invitation | MessageKind::InvitationReminder => Self::Invitation,
            MessageKind::ConfirmContact => Self::Confirm,
            MessageKind::ContactChanging => Self::Object,
            MessageKind::Registration
            | MessageKind::RegistrationReminder
            | MessageKind::RecoveryCode
            | MessageKind::PasswordChanged
            | MessageKind::QuestionsChanged
            | MessageKind::ContactChanged
            | MessageKind::LinkChanged
            | MessageKind::MessageOwner
            | MessageKind::RepresentativeAdded => Self::SignIn,
        }
    }

    /// The address of the page: `{base}/sign-in`. The base is one that
    /// [`check_link_base`] passed.
    pub fn address(self, base: &str) -> String {
        format!("{base}/{self}")
    }

    /// The address of the page with a token: `{base}/invitation#{token}`.
    ///
    /// The token is in the fragment, which a browser keeps to itself (RFC
    /// 9110, 4.2.5 and 10.1.3): it is in no log of a server or a proxy, in no
    /// `Referer`, and not in the request of a mail scanner that opens the link
    /// (I7). The page reads it in the browser, shows what it is about, and
    /// sends it on when its reader confirms; an app gets the whole link from
    /// its system and has nothing else to do. [`LinkToken::parse`] reads other
    /// forms too, for hosts that build their links themselves.
    pub fn link(self, base: &str, token: &LinkToken) -> Secret {
        Secret::from(format!("{base}/{self}#{}", token.canonical()))
    }
}

/// Reads the address that links begin with (N), and returns it as it stands
/// in links: in ASCII, without a slash at the end.
///
/// It begins with `https://`, or with `http://` on the machine itself, where
/// people try things out; it may have a port and a path, and has no query, no
/// fragment, no user and no password. Anything else is `agency.link_base`
/// about the field `link_base`.
///
/// ```
/// use carekey::message::check_link_base;
///
/// let base = check_link_base("https://Portal.Example.com/family/");
/// assert_eq!(base.value.as_deref(), Some("https://portal.example.com/family"));
/// assert!(check_link_base("http://portal.example.com").value.is_none());
/// ```
pub fn check_link_base(text: &str) -> Checked<String> {
    match read(text.trim()) {
        Some(base) => Checked::pass(base),
        None => Checked::fail(Finding::new(Code::AgencyLinkBase, "link_base")),
    }
}

fn read(text: &str) -> Option<String> {
    // The parser of browsers mends what it can; here a mended address is more
    // likely a wrong one.
    let (_, behind_scheme) = text.split_once("://")?;
    if behind_scheme.starts_with('/') || text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => is_this_machine(&url.host()?),
        _ => false,
    };
    let plain =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    (secure && plain && is_host(&url.host()?)).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// Whether a name is written as host names are. Browsers put up with quotes
/// and more in one; a mail client ends the link there.
fn is_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_')),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

//! The texts in English.

use super::Shipped;
use crate::words::MessageKind;

pub(super) fn text(kind: MessageKind) -> Shipped {
    match kind {
        MessageKind::Activation => Shipped {
            subject: "Activate your account with {agency}",
            email: "\
Hello {name},

{agency} has made an account for you. Your username is {username}

Open this page to choose your password:
{link}

The link works for {valid}. If you did not expect this message, please ignore it.

{agency}
",
            sms: "{agency}: choose the password for your account {username} at {link} The link works for {valid}.",
        },
        MessageKind::Registration => Shipped {
            subject: "Your account with {agency}",
            email: "\
Hello {name},

{agency} has made an account for you.

Username: {username}
Temporary password: {password}

Sign in on this page and choose a password of your own:
{page}

The temporary password works for {valid}, and only for that. If you did not expect this message, please tell us.

{agency}
",
            sms: "\
{agency} has made an account for you.
Username: {username}
Temporary password: {password}
Sign in within {valid} and choose your own: {page}",
        },
        MessageKind::Invitation => Shipped {
            subject: "{agency} invites you to your online account",
            email: "\
Hello {name},

{agency} invites you to see your information online. Open this page to accept:
{link}

Or open {page} and enter this code together with {contact}:
{code}

The link or the code can be used once, within {valid}. If you did not expect this message, please ignore it.

{agency}
",
            sms: "\
{agency} invites you to your online account: {link}
Or open {page} and enter the code {code}
Good for {valid}.",
        },
        MessageKind::RecoveryCode => Shipped {
            subject: "Your code from {agency}",
            email: "\
Hello {name},

Someone asked for a new password for your account with {agency}. This code lets you choose one:
{code}

It works for {valid}. Do not give it to anyone: we never ask for it. If you did not ask for it, please ignore this \
message. Your password has not changed.

{agency}
",
            sms: "\
{code} is your code from {agency} for a new password. It works for {valid}. Do not give it to anyone: we never ask \
for it.",
        },
        MessageKind::PasswordChanged => Shipped {
            subject: "Your password was changed",
            email: "\
Hello {name},

The password of your account {username} with {agency} was changed on {when}.

If you know of this, there is nothing to do. If you do not, please tell us at once.

{agency}
",
            sms: "\
{agency}: the password of your account {username} was changed. If you do not know of this, please tell us at once.",
        },
        MessageKind::ContactChanged => Shipped {
            subject: "Your account was changed",
            email: "\
Hello {name},

The e-mail address, the phone number or the username of your account with {agency} was changed on {when}.

If you know of this, there is nothing to do. If you do not, please tell us at once.

{agency}
",
            sms: "\
{agency}: the e-mail address, phone number or username of your account was changed. If you do not know of this, \
please tell us at once.",
        },
        MessageKind::ConfirmContact => Shipped {
            subject: "Confirm this address for {agency}",
            email: "\
Hello {name},

{agency} has written this down as your new address. Open this page to confirm that it is yours:
{link}

The link works for {valid}. Until then your account stays as it is. If you did not expect this message, please ignore \
it.

{agency}
",
            sms: "{agency}: confirm that this number is yours at {link} The link works for {valid}.",
        },
        MessageKind::ContactChanging => Shipped {
            subject: "Your account is about to be changed",
            email: "\
Hello {name},

{agency} has written down another e-mail address or phone number for you. It takes the place of this one when it is \
confirmed there.

If you know of this, there is nothing to do. If you do not, open this page within {valid} to object:
{link}

{agency}
",
            sms: "\
{agency}: another e-mail address or phone number for you waits to be confirmed. If you do not know of this, object at \
{link} within {valid}.",
        },
        MessageKind::LinkChanged => Shipped {
            subject: "What you see online has changed",
            email: "\
Hello {name},

On {when}, something was linked to your account {username} with {agency}, or unlinked from it. Sign in to see what \
is there now:
{page}

If you did not expect this, please tell us.

{agency}
",
            sms: "\
{agency}: something was linked to your account {username} or unlinked from it. Sign in to see what is there now: \
{page}",
        },
        MessageKind::MessageOwner => Shipped {
            subject: "A message from {name}",
            email: "\
{name} has written to {agency}:

{text}

To answer, write to {contact}
",
            sms: "From {name}, {contact}: {text}",
        },
    }
}

//! The texts in Spanish.

use super::Shipped;
use crate::words::MessageKind;

pub(super) fn text(kind: MessageKind) -> Shipped {
    match kind {
        MessageKind::Activation => Shipped {
            subject: "Active su cuenta con {agency}",
            email: "\
Hola, {name}:

{agency} ha creado una cuenta para usted. Su nombre de usuario es {username}

Abra esta página para elegir su contraseña:
{link}

El enlace vale durante {valid}. Si no esperaba este mensaje, no haga nada.

{agency}
",
            sms: "{agency}: elija la contraseña de su cuenta {username} en {link} El enlace vale durante {valid}.",
        },
        MessageKind::Registration => Shipped {
            subject: "Su cuenta con {agency}",
            email: "\
Hola, {name}:

{agency} ha creado una cuenta para usted.

Nombre de usuario: {username}
Contraseña temporal: {password}

Inicie sesión en esta página y elija su propia contraseña:
{page}

La contraseña temporal vale durante {valid} y solo sirve para eso. Si no esperaba este mensaje, avísenos.

{agency}
",
            sms: "\
{agency} ha creado una cuenta para usted.
Usuario: {username}
Contraseña temporal: {password}
Inicie sesión en un plazo de {valid} y elija la suya: {page}",
        },
        MessageKind::Invitation => Shipped {
            subject: "{agency} le invita a su cuenta en línea",
            email: "\
Hola, {name}:

{agency} le invita a ver su información en línea. Abra esta página para aceptar:
{link}

O abra {page} y escriba este código junto con {contact}:
{code}

El enlace o el código se pueden usar una sola vez, durante {valid}. Si no esperaba este mensaje, no haga nada.

{agency}
",
            sms: "\
{agency} le invita a su cuenta en línea: {link}
O abra {page} y escriba el código {code}
Vale durante {valid}.",
        },
        MessageKind::RecoveryCode => Shipped {
            subject: "Su código de {agency}",
            email: "\
Hola, {name}:

Alguien pidió una contraseña nueva para su cuenta con {agency}. Este código permite elegirla:
{code}

Vale durante {valid}. No se lo dé a nadie: nunca se lo pediremos. Si usted no lo pidió, no haga nada. Su contraseña \
no ha cambiado.

{agency}
",
            sms: "\
{code} es su código de {agency} para una contraseña nueva. Vale durante {valid}. No se lo dé a nadie: nunca se lo \
pediremos.",
        },
        MessageKind::PasswordChanged => Shipped {
            subject: "Su contraseña ha cambiado",
            email: "\
Hola, {name}:

La contraseña de su cuenta {username} con {agency} se cambió el {when}.

Si ya lo sabía, no haga nada. Si no, avísenos de inmediato.

{agency}
",
            sms: "{agency}: la contraseña de su cuenta {username} ha cambiado. Si no lo sabía, avísenos de inmediato.",
        },
        MessageKind::ContactChanged => Shipped {
            subject: "Su cuenta ha cambiado",
            email: "\
Hola, {name}:

El correo electrónico, el teléfono o el nombre de usuario de su cuenta con {agency} se cambió el {when}.

Si ya lo sabía, no haga nada. Si no, avísenos de inmediato.

{agency}
",
            sms: "\
{agency}: el correo electrónico, el teléfono o el nombre de usuario de su cuenta ha cambiado. Si no lo sabía, \
avísenos de inmediato.",
        },
        MessageKind::ConfirmContact => Shipped {
            subject: "Confirme esta dirección para {agency}",
            email: "\
Hola {name}:

{agency} ha anotado esta dirección como la suya nueva. Abra esta página para confirmar que es suya:
{link}

El enlace sirve durante {valid}. Hasta entonces su cuenta queda como está. Si no esperaba este mensaje, no haga nada.

{agency}
",
            sms: "{agency}: confirme que este número es suyo en {link} El enlace sirve durante {valid}.",
        },
        MessageKind::ContactChanging => Shipped {
            subject: "Su cuenta está por cambiar",
            email: "\
Hola {name}:

{agency} ha anotado para usted otra dirección de correo u otro número de teléfono. Ocupará el lugar de este cuando se \
confirme allí.

Si lo sabía, no tiene que hacer nada. Si no, abra esta página durante {valid} para oponerse:
{link}

{agency}
",
            sms: "\
{agency}: otro correo o teléfono suyo espera confirmación. Si no lo sabía, opóngase en {link} durante {valid}.",
        },
        MessageKind::LinkChanged => Shipped {
            subject: "Lo que ve en línea ha cambiado",
            email: "\
Hola, {name}:

El {when} se vinculó algo a su cuenta {username} con {agency}, o se desvinculó de ella. Inicie sesión para ver lo \
que hay ahora:
{page}

Si no lo esperaba, avísenos.

{agency}
",
            sms: "\
{agency}: se vinculó algo a su cuenta {username} o se desvinculó de ella. Inicie sesión para ver lo que hay ahora: \
{page}",
        },
        MessageKind::MessageOwner => Shipped {
            subject: "Un mensaje de {name}",
            email: "\
{name} ha escrito a {agency}:

{text}

Para responder, escriba a {contact}
",
            sms: "De {name}, {contact}: {text}",
        },
    }
}

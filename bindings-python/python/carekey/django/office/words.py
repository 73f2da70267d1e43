"""What the office's pages say; what carekey finds and describes, it says itself."""

from __future__ import annotations

from carekey.django.language import said

WORDS = {
    "users": said("Users", "Usuarios"),
    "invitations": said("Invitations", "Invitaciones"),
    "history": said("History", "Historial"),
    "search": said("Search", "Buscar"),
    "name": said("Name", "Nombre"),
    "username": said("Username", "Nombre de usuario"),
    "status": said("Status", "Estado"),
    "last_logon": said("Last logon", "Último acceso"),
    "created": said("Created", "Creada"),
    "description": said("Description", "Descripción"),
    "show_disabled": said("Show disabled users", "Mostrar desactivadas"),
    "active": said("active accounts", "cuentas activas"),
    "nobody": said("Nobody fits.", "Nadie coincide."),
    "nothing": said("There is nothing here.", "Aquí no hay nada."),
    "manager": said("Account manager", "Administra"),
    "disabled_by": said("Disabled by", "Desactivada por"),
    "never": said("Never", "Nunca"),
    "note": said("Note", "Nota"),
    "save": said("Save", "Guardar"),
    "reset": said("Reset password", "Restablecer la contraseña"),
    "reset_how": said(
        "Type a temporary password twice. Its user must change it, and is signed out everywhere.",
        "Escriba dos veces una contraseña temporal. Su usuario debe cambiarla, y sus sesiones terminan.",
    ),
    "hand_over": said("Tell them in person, it is shown once:", "Dígaselo en persona, se muestra una sola vez:"),
    "number": said("Number", "Número"),
    "family": said("Family", "Familia"),
    "account": said("Online account", "Cuenta en línea"),
    "invited_at": said("Invited at", "Invitada en"),
    "until": said("Until", "Hasta"),
    "action": said("Action", "Acción"),
    "when": said("When", "Cuándo"),
    "what": said("What", "Qué"),
    "whose": said("Account", "Cuenta"),
    "deleted": said("Deleted", "Eliminada"),
    "who": said("Who", "Quién"),
    "details": said("Details", "Detalles"),
    "kind": said("Only", "Solo"),
    "all": said("All", "Todo"),
    "since": said("Since", "Desde"),
    "on": said("On", "A partir de aquí"),
    "previous": said("Previous", "Anterior"),
    "following": said("Next", "Siguiente"),
    "pages": said("Pages", "Páginas"),
    "whole": said("Verified: whole", "Verificado: completo"),
    "broken": said("Not as it was written: tell support", "No está como se escribió: avise a soporte"),
    "done": said("Done", "Hecho"),
}

STATES = {
    "invited": said("Invited", "Invitada"),
    "password_due": said("Password due", "Falta contraseña"),
    "questions_due": said("Questions due", "Faltan preguntas"),
    "active": said("Enabled", "Activa"),
    "disabled": said("Disabled", "Desactivada"),
}

ACTORS = {
    "support": said("Support", "Soporte"),
    "staff": said("Office", "Oficina"),
    "manager": said("Account manager", "Administración"),
    "user": said("User", "Usuario"),
    "system": said("System", "Sistema"),
}

ACTS = {
    "disable": said("Disable", "Desactivar"),
    "enable": said("Enable", "Activar"),
    "unlock": said("Unlock", "Desbloquear"),
    "end_sessions": said("Sign out everywhere", "Cerrar todas las sesiones"),
    "send_again": said("Send again", "Enviar otra vez"),
    "invite": said("Invite", "Invitar"),
    "reinvite": said("Reinvite", "Reinvitar"),
    "unlink": said("Unlink", "Desvincular"),
    "cancel_invitation": said("Cancel invitation", "Cancelar la invitación"),
}

// Los textos del historial (H): sus páginas, y cómo se llaman sus detalles.

export const history = {
  tab: 'Historial', title: 'Historial de la agencia', of: 'Historial', lead: 'Cada acto, cuándo y de quién, el más antiguo primero. Se le puede añadir, nunca cambiar.',
  when: 'Cuándo', what: 'Qué', whose: 'Cuenta', who: 'Quién', details: 'Detalles', whole: 'Verificado: completo', broken: 'Dañado: avise a soporte',
  since: 'Desde este día', kind: 'Solo', every: 'Todo', first: 'Desde el principio', none: 'Nada de ese tipo desde ese día. Elija uno anterior, o todo.',
  gone: 'Esa página ya no está: siga desde el principio. Lo que se borró está en la exportación.',
  deleted: 'Eliminada', files: 'Exportar, o verificar una exportación',
  names: {
    account: 'Cuenta', accounts: 'Cuentas', after: 'Después', application: 'Solicitud', applications: 'Solicitudes', before: 'Antes', count: 'Cuántas veces', ended: 'Terminados', email: 'Correo',
    export: 'Exportación (SHA-256)', external_id: 'Identificador', first: 'La primera vez', given: 'Tomado', grants: 'Permisos', invitations: 'Invitaciones', joined: 'Vínculos que ambos tenían', kind: 'Tipo', language: 'Idioma', last: 'La última vez',
    links: 'Enlaces', merged_name: 'El otro registro', message: 'Mensaje', method: 'Vía', name: 'Nombre', name_in_parts: 'Nombre en partes', nickname: 'Apodo', of: 'De', phone: 'Teléfono', preferred: 'Vía preferida',
    reason: 'Motivo', reference: 'Documento', resource: 'Qué', roles: 'Funciones', scheme: 'Primer acceso', since: 'Desde', source: 'Desde dónde', step: 'Paso', through: 'Líneas borradas', ties: 'Vínculos', until: 'Hasta', username: 'Nombre de usuario', who: 'Quién',
    split_name: 'El otro registro', changed: 'Terminados o cambiados desde entonces',
    created: 'Creadas', invited: 'Invitadas', staged: 'Por enviar', updated: 'Actualizadas', unchanged: 'Sin cambios', waiting: 'En espera', failed: 'Fallidas', not_reached: 'No alcanzadas', made: 'Creados'
  },
  words: {
    activation_link: 'enlace de activación', temporary_password: 'contraseña temporal', invitation_code: 'código de invitación',
    change_password: 'cambio de contraseña', set_questions: 'elección de preguntas', recovery_code: 'código', recovery_questions: 'preguntas', new_password: 'contraseña nueva',
    wrong_password: 'contraseña equivocada', wrong_code: 'código equivocado', wrong_answers: 'respuestas equivocadas', wrong_invitation: 'código de invitación equivocado', locked: 'las contraseñas esperan', closed: 'cerrada a dispositivos desconocidos', source_locked: 'la red espera',
    disabled: 'cuenta desactivada', no_password: 'todavía sin contraseña', unusable_hash: 'la contraseña guardada no sirve', changed_meanwhile: 'cambiada entretanto', expired: 'contraseña temporal vencida'
  },
  field: (name, isAfter) => `${name}, ${isAfter ? 'después' : 'antes'}`,
  exports: {
    title: 'Exportaciones del historial', lead: 'Un archivo de un período, para un auditor o para guardarlo. Está sellado: un cambio se descubre.',
    export: 'Exportar', of: (name) => `Solo lo que hay en el historial de ${name}.`, all: 'Todo lo de la agencia, con cada cuenta.',
    since: 'Desde', sinceHint: 'Déjelo vacío para la primera línea.', until: 'Hasta', untilHint: 'El día mismo queda fuera. Déjelo vacío para llegar hasta ahora.', make: 'Exportar el historial', noted: 'El historial dice que se exportó, y quién lo hizo.',
    noDay: 'Un día se escribe como 2026-03-31.', verify: 'Verificar una exportación', file: 'El archivo de una exportación', fileHint: (mebibytes) => `Un archivo de líneas JSON que se exportó aquí, de hasta ${mebibytes} MiB, tal como se guardó.`, check: 'Verificarlo',
    tooLarge: (mebibytes) => `El archivo pasa de ${mebibytes} MiB: exporte un período más corto, o pida a soporte que lo verifique.`, nothingGiven: 'Elija un archivo.', busy: 'Un momento: se está verificando el archivo.', another: 'Es una exportación de otra agencia.',
    good: 'Está tal como se escribió.', whose: 'De quién', span: 'Período', from: (since, until) => `De ${since || 'la primera línea'} a ${until}`, lines: 'Líneas', removed: 'Líneas borradas antes de hacerlo', digest: 'SHA-256 del archivo'
  }
}

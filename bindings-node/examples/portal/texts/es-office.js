// Los textos de las páginas de la oficina sobre personas, sesiones, trabajo delegado y mensajes.

import { labelled } from './labelled.js'

export const office = {
  people: {
    tab: 'Personas', title: 'Personas y organizaciones', search: 'Nombre, apodo, correo, teléfono o identificador', anyRole: 'Cualquier función', withoutAccount: 'Solo sin cuenta',
    none: 'Nadie coincide. Pruebe otro nombre, o añada personas en Lista.', person: 'Persona', organization: 'Organización', back: '¿Se eliminó y ha vuelto?',
    at: 'A fecha de', atHint: 'Enlaces, vínculos y permisos vigentes al final de ese día. Déjelo vacío para ver todos los que ha habido.', show: 'Mostrar',
    conveyed: 'por un vínculo', loginOf: 'Cuenta', kind: 'Tipo', since: 'Se conoce desde',
    edit: 'Editar', name: 'Nombre', nickname: 'Apodo', preferred: 'Vía preferida', noneSaid: 'Sin indicar', language: 'Idioma', agencyLanguage: 'El de la agencia', externalId: 'Identificador',
    saved: 'Guardado', unchanged: 'Todo estaba ya así. No se ha escrito nada.', sentAgain: 'Lo que se había enviado se envió otra vez, al nuevo contacto.',
    ties: 'Vínculos', noTies: 'No hay vínculos. Cree uno aquí.', is: (who, kind, of) => `${who} es ${kind} de ${of}`,
    from: 'Desde', until: 'Hasta', open: 'Sin fin', reference: 'Documento', end: 'Terminar', endTie: (tie) => `Terminar: ${tie}`, endLead: 'Lo que permite termina enseguida, y un fin no se retira nunca: haga uno nuevo en su lugar.',
    sureEnd: '¿Terminarlo de verdad?', yesEnd: 'Sí, terminarlo', no: 'No, volver',
    relate: 'Crear un vínculo', other: 'Quién', otherHint: 'Un nombre, correo, teléfono o identificador que nadie más tenga', isWhat: (name) => `Qué es para ${name}`, untilDay: 'Hasta (ese día ya no cuenta)', referenceHint: 'Necesario para un representante personal', fits: (count) => count === 0 ? 'Nadie coincide con lo escrito.' : `${count} coinciden con lo escrito: sea más exacto.`,
    grants: 'Permisos', noGrants: 'No hay permisos: no se ve nada más allá de la tabla.', sees: (who, what, of) => `${who}: ${what}, ${of}`, everyone: 'de todos los clientes', reason: 'Motivo',
    links: 'Cuentas vinculadas', noLinks: 'No hay ninguna cuenta vinculada. Cree una en Cuentas en bloque.', by: 'Por', applications: 'Solicitudes',
    merge: 'La misma persona, dos veces', mergeLead: 'Si alguien está aquí dos veces, busque el otro registro. Antes se muestra lo que pasaría al otro.', mergeFind: 'El otro registro', mergeLook: 'Buscar el otro',
    mergeNone: 'Nadie más coincide. Pruebe otro nombre.', mergePreview: 'Ver lo que pasaría', mergeTitle: (gone, keep) => `${gone} se une con ${keep}`,
    mergeNothing: 'Todavía no se ha escrito nada. Se puede separar otra vez.', mergeNow: 'Unir los dos',
    merges: { roles: 'Funciones', given: 'Datos', ties: 'Vínculos', joined: 'Vínculos que tenían los dos', ended: 'Vínculos entre los dos, que terminan', grants: 'Permisos', links: 'Cuentas vinculadas', applications: 'Solicitudes', invitations: 'Invitaciones', cancelled: 'Invitaciones que dejan de valer' },
    mergeEmpty: 'No pasa nada al otro: solo desaparece el registro.', merged: 'Unido', mergedInto: (name) => `Este registro se unió con ${name}.`, split: 'Separar otra vez', splitLead: 'Lo que se movió vuelve. Los usuarios de ambos salen de sus sesiones.',
    splitDone: (moved, changed) => `Separado otra vez: ${moved} volvieron, ${changed} terminaron o cambiaron desde entonces.`,
    deleteTitle: 'Eliminar', deleteLead: 'Los nombres, contactos, contraseña y respuestas desaparecen para siempre, los vínculos y permisos terminan, y el historial queda. Desactivar la cuenta no pierde nada.', deleteSure: 'Sé que esto no se puede deshacer', deleteNow: 'Eliminar este registro', deleteAsk: 'Marque que sabe lo que se pierde.',
    formerTitle: 'Alguien ha vuelto', formerLead: 'De quien se eliminó solo queda una huella de sus direcciones. Escriba el correo, teléfono o nombre de usuario que tenía.', formerFind: 'Correo, teléfono o nombre de usuario', formerLook: 'Buscar', formerNone: 'Nadie eliminado lo tenía. Añádalo en Lista.',
    formerFound: (when) => `Se eliminó el ${when}. Su historial sigue cuando vuelve; no vuelve ninguna cuenta, vínculo ni contraseña.`, restore: 'Traer de vuelta', role: 'Función'
  },
  add: {
    title: 'Añadir a alguien', lead: 'A un cliente se le inscribe y se le escribe enseguida. Los demás reciben una cuenta en Cuentas en bloque, o por el vínculo que la requiera.', add: 'Añadir', added: 'Se añadió:', account: 'Con una cuenta:',
    roles: 'Funciones', rolesLead: 'Las que dio la oficina. Las que da un vínculo terminan con él. A quien pasa a ser cliente se le inscribe.', setRoles: 'Guardar las funciones'
  },
  grant: {
    title: 'Dar un permiso', what: 'Qué puede ver', reach: 'De quién', one: 'De un cliente o una solicitud', every: 'De todos los clientes', whose: 'Cuál', whoseHint: 'Un nombre, correo, teléfono o identificador que nadie más tenga, o el número de la solicitud. Déjelo vacío para todos los clientes.',
    reasonHint: 'Queda en el historial: acceso de emergencia, por ejemplo', give: 'Darlo', noEnd: 'Un permiso siempre termina: diga cuándo.'
  },
  staged: {
    tab: 'Por enviar', title: 'A la espera de envío', lead: 'Sus cuentas están creadas y no se ha enviado nada: no existe ningún enlace, contraseña ni código hasta que usted envíe.', none: 'Nadie espera. Marque "Enviar más tarde" al crear cuentas.',
    since: 'Desde', send: 'Enviar a los seleccionados', later: 'Enviar más tarde', found: (count) => count === 1 ? 'Espera una persona' : `Esperan ${count}`
  },
  print: {
    heading: 'Un código impreso', short: 'Imprimir un código', start: 'Imprimir un código para entregar', title: (name) => `Imprimir un código: ${name}`, lead: 'No se envía nada. Quien escriba el código será el usuario.',
    dead: 'Lo que se envió o imprimió antes deja de valer enseguida.', with: 'Junto con', print: 'Crear el código', paper: (agency) => `Su invitación de ${agency}`,
    how: (address) => `Vaya a ${address} y escriba este código:`, together: 'Escríbalo junto con', either: (contact, number) => `${contact}, o ${number}`, once: 'El código se muestra una sola vez. Imprima esta página ahora; si se pierde, se crea otro.'
  },
  review: {
    tab: 'Revisión', title: 'Revisión de accesos', lead: (days) => `Lo que alguien debe mirar, y quién no ha entrado en ${days} días.`, none: 'Nada que mirar. Vuelva el mes que viene.', why: 'Por qué', who: 'Quién', contacts: 'Contactos', decide: 'Decidir',
    kinds: labelled('review_kind', 'es')
  },
  objection: {
    title: 'Una oposición', of: (name) => `Una oposición: ${name}`, none: 'No queda nada que decidir: ya se decidió, o se retiró.', meanwhile: 'Ese contacto ya no está: otra persona decidió entretanto.',
    lead: (when) => `El dueño del contacto anterior dijo el ${when} que el nuevo no es suyo. Pregunte a la persona por otra vía, por teléfono o cara a cara, y quite entonces el contacto equivocado. Es para siempre.`,
    several: 'Hay varios nuevos: quite primero los equivocados.', new: 'Nuevo:', earlier: 'Anterior:', account: 'Su cuenta',
    newGoes: (earlier) => `Si no es suyo: se quita, y queda ${earlier || 'el anterior'}. Con él recupera la cuenta.`,
    earlierGoes: (news) => `Si lo dejó: se quita, y ${news} queda como estaba, o recibe un enlace para confirmarlo. Lo que se fijó después por medio del anterior se acaba.`,
    take: (contact) => `Quitar ${contact}`
  },
  tieRoster: {
    short: 'Vínculos', title: 'Vínculos de una lista', lead: 'Quién es qué de quién, desde cuándo y hasta cuándo. Vea primero lo que pasaría: la vista previa no escribe nada.',
    hint: 'Quién, tipo y de quién; y si los hay, desde, hasta y documento. Una fecha sola es el comienzo de ese día en UTC.',
    previewTitle: 'Vista previa de los vínculos', tie: 'Vínculo', decide: 'Quién es', noRows: 'No hay ningún vínculo en esta lista.', create: (count) => `Crear y terminar vínculos (${count})`,
    ends: { who: (line) => `Quién tiene el papel, en la línea ${line}`, of: (line) => `De quién, en la línea ${line}` },
    verdicts: { made: 'Se crearía', ended: 'Se terminaría', unchanged: 'Nada cambia', waiting: 'Decida quién es', failed: 'No pasa', not_reached: 'Sin alcanzar' },
    outcomes: { made: 'Creado', ended: 'Terminado', unchanged: 'Sin cambios', waiting: 'Sin decidir', failed: 'Fallido', not_reached: 'Sin alcanzar' },
    sums: { made: 'por crear', ended: 'por terminar', unchanged: 'sin cambios', waiting: 'por decidir', failed: 'fallidas' }
  },
  ties: {
    emergency_contact: 'contacto de emergencia', individual: 'individuo', organization_associated: 'organización asociada', possible_payer: 'posible pagador', payer: 'pagador',
    community: 'comunidad', manager: 'responsable', guardian: 'tutor', caregiver: 'cuidador', personal_representative: 'representante personal'
  },
  standings: labelled('standing', 'es'),
  locales: labelled('locale', 'es'),
  sessions: {
    title: 'Dónde tiene sesiones', link: 'Dónde tiene sesiones', of: (name) => `Dónde tiene sesiones ${name}`, none: 'No hay ninguna sesión.', what: 'Qué', since: 'Desde', used: 'Último uso', until: 'Hasta', source: 'Origen',
    kinds: labelled('session_kind', 'es'), remembered: 'recordada', current: 'esta', end: 'Terminar', endOne: (what, when) => `Terminar: ${what} desde ${when}`, others: 'Terminar todas las demás', all: 'Cerrar todas las sesiones', lead: 'Termine lo que no conozca, y cambie entonces su contraseña.', office: 'Sesiones y dispositivos'
  },
  delegated: {
    tab: 'Delegado', title: 'Trabajo delegado', lead: 'Lo que puede hacer cada función de la oficina, y con personas de qué funciones. Cada acto se comprueba al hacerse.', act: 'Acto', nobody: '–',
    none: 'No se delega nada: todo lo hacen los administradores.', editOf: (role) => `Editar: ${role}`, of: (role) => `Lo que puede hacer ${role}`, editLead: 'Marque con quién. Con nadie de la oficina se hace trabajo delegado.', leave: 'Dejarlo como estaba'
  },
  acts: labelled('office_act', 'es'),
  many: { with: 'Con las seleccionadas', disable: 'Desactivar', 'send-again': 'Enviar otra vez', 'end-sessions': 'Cerrar todas las sesiones', nobody: 'Marque al menos una.', busy: 'Un momento: se hace con cada una.', handOver: 'Dígaselo en persona, se muestra una sola vez:' },
  filter: { standing: 'Cuáles', all: 'Todas', never_invited: 'Nunca invitadas', invited: 'Invitadas', lapsed: 'Caducadas', ended: 'Terminadas', linked: 'Vinculadas', due: 'Caducan antes de', found: (count) => count === 1 ? 'Una solicitud' : `${count} solicitudes`, contact: 'Invitada en' },
  unlinking: { title: '¿De verdad desvincular?', lead: 'El acceso termina enseguida, y las sesiones que lo tenían. Solo una invitación nueva lo vincula otra vez. La cuenta queda.', yes: 'Sí, desvincular', notLinked: 'Sin vincular: no se hace nada con ella.' },
  messages: {
    tab: 'Mensajes', title: 'Mensajes de la agencia', kind: 'Mensaje', method: 'Vía', language: 'Idioma', own: 'Texto propio', shipped: 'De serie', subject: 'Asunto', body: 'Texto', try: 'Probar con valores de ejemplo', set: 'Guardar como texto propio', reset: 'Volver al texto de serie', sure: 'Sé que se pierde el texto propio', sample: 'Como lo vería quien lo recibe',
    words: (words) => `Puede hablar de: ${words}`, settings: 'Propietarios y zona horaria', owner: 'Correo del propietario', owners: 'Otros propietarios, uno por línea', timeZone: 'Zona horaria de los momentos en los mensajes', timeZoneHint: 'Un nombre IANA, como America/Toronto; vacío para UTC', none: 'No hay textos.',
    kinds: labelled('message_kind', 'es')
  }
}

export const flash = { contactTaken: 'El contacto está quitado. Si figura en el registro de la persona, corríjalo allí.', granted: 'El permiso está dado.', delegationSaved: 'Lo delegado está guardado.', contactAsked: 'Un enlace va en camino al nuevo contacto. Ábralo para confirmarlo.', questionsChanged: 'Sus preguntas han cambiado.', languageSet: 'Su idioma está guardado.', tied: 'El vínculo está creado.', tieEnded: 'Está terminado.', merged: 'Los dos son uno ahora.', deleted: 'El registro está eliminado.', sessionEnded: 'Está terminada.', othersEnded: 'Todas las demás están terminadas.', textSaved: 'El texto está guardado.', settingsSaved: 'Guardado.' }

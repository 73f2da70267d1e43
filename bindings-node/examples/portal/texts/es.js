// Los textos propios del portal. Lo que carekey encuentra, lo dice carekey.

import { history } from './es-history.js'
import { flash, office } from './es-office.js'
import { labelled } from './labelled.js'

export const es = {
  skip: 'Ir al contenido',
  otherLanguage: 'English',
  signOut: 'Cerrar sesión',
  footer: (agency) => `${agency} usa carekey para proteger su cuenta`,
  username: 'Nombre de usuario',
  email: 'Correo electrónico',
  phone: 'Teléfono',
  role: 'Función',
  next: 'Continuar',
  save: 'Guardar',
  search: 'Buscar',
  select: 'Seleccionar',
  selectOne: (name) => `Seleccionar ${name}`,
  action: 'Acción',
  actOn: (action, name) => `${action}: ${name}`,
  result: 'Resultado',
  results: 'Lo que resultó',
  done: 'Hecho',
  notDone: 'No hecho',
  suggested: 'Libre en su lugar:',
  empty: 'Aquí no hay nada todavía.',
  never: 'Nunca',
  yours: 'Lo suyo',
  pages: 'Páginas',
  previous: 'Anterior',
  following: 'Siguiente',
  range: (from, to, all) => `${from} a ${to} de ${all}`,
  problems: 'Revise esto, por favor:',
  tabs: { mine: 'Mi cuenta', office: 'Oficina' },
  resources: {
    client_contact: 'Contacto del cliente', care_tasks: 'Tareas de cuidado',
    dashboard: 'Inicio', invoices: 'Facturas', calendar: 'Calendario', service_plan: 'Plan de servicios',
    message_owner: 'Mensaje', application: 'Solicitud', profile: 'Perfil'
  },
  roles: labelled('role', 'es'),
  states: labelled('state', 'es'),
  columns: {
    display_name: 'Nombre completo', first_name: 'Nombre', last_name: 'Apellido', username: 'Nombre de usuario',
    status: 'Estado', last_logon: 'Último acceso', created: 'Creada', description: 'Descripción'
  },
  actors: labelled('actor_kind', 'es'),
  actions: { invite: 'Invitar', reinvite: 'Reinvitar', unlink: 'Desvincular', cancel: 'Cancelar la invitación' },
  flash: {
    ...flash,
    signedOut: 'Ha cerrado la sesión.',
    activated: 'Su contraseña está lista. Inicie sesión y elija sus preguntas de seguridad.',
    recovered: 'Su nueva contraseña está lista. Inicie sesión con ella.',
    linked: 'Su invitación está aceptada y vinculada a su cuenta.',
    signInFirst: 'Ya tiene una cuenta. Inicie sesión y su invitación se añadirá a ella.',
    messageSent: 'Su mensaje está en camino.',
    passwordChanged: 'Su contraseña ha cambiado. Su sesión terminó en los demás dispositivos.',
    disable: 'La cuenta está desactivada y sus sesiones han terminado.',
    enable: 'La cuenta está activada.',
    unlock: 'Los intentos fallidos están olvidados. Las contraseñas se comprueban otra vez.',
    sessionsEnded: 'Todas las sesiones del usuario han terminado.',
    reset: 'La contraseña está restablecida. Debe cambiarse al iniciar sesión.',
    note: 'La nota está guardada.',
    sentAgain: 'Se ha enviado otra vez.'
  },
  signIn: {
    title: 'Iniciar sesión',
    lead: 'Su atención, en un solo lugar.',
    hint: 'Su correo electrónico, su teléfono o, si es del personal, su nombre de usuario',
    remember: 'Recordarme en este dispositivo',
    forgot: 'Olvidé mi contraseña',
    invited: 'Tengo un código de invitación',
    refused: 'No ha funcionado. Revise su nombre de usuario y su contraseña.'
  },
  activate: {
    title: 'Active su cuenta',
    lead: 'Abra el enlace de su mensaje: se comprueba solo.',
    link: 'El enlace de su mensaje',
    hint: 'Si no pasa nada, copie el enlace completo de su mensaje y péguelo aquí.',
    choose: 'Cree su contraseña',
    chooseLead: 'Con ella iniciará sesión aquí y en la aplicación.'
  },
  password: {
    one: 'Contraseña',
    new: 'Contraseña nueva',
    current: 'Contraseña actual',
    confirm: 'La misma contraseña otra vez',
    rules: 'Su contraseña necesita:',
    met: 'Cumplido',
    unmet: 'Todavía no',
    save: 'Guardar la contraseña',
    change: 'Cambiar la contraseña',
    choose: 'Elija su propia contraseña',
    chooseLead: 'La contraseña que recibió solo abre esta página.'
  },
  rules: {
    'password.too_short': ({ minimum }) => `Al menos ${minimum} caracteres`,
    'password.too_long': () => 'No más larga de lo que se puede guardar',
    'password.no_digit': () => 'Una cifra',
    'password.no_upper': () => 'Una letra mayúscula',
    'password.no_lower': () => 'Una letra minúscula',
    'password.no_special': () => 'Un carácter especial, como # o %',
    'password.block_listed': () => 'Ninguna de las que se prueban primero',
    'password.contains_person.name': () => 'Sin su nombre',
    'password.contains_person.username': () => 'Sin su nombre de usuario',
    'password.contains_person.email': () => 'Sin su correo electrónico',
    'password.contains_person.agency': () => 'Sin nuestro nombre'
  },
  questions: {
    title: 'Preguntas de seguridad',
    lead: (count) => `Elija ${count === 1 ? 'una pregunta' : `${count} preguntas distintas`}. Si olvida su contraseña, sus respuestas muestran que es usted.`,
    nth: (n) => `Pregunta ${n}`,
    question: 'Pregunta',
    answer: 'Su respuesta',
    choose: 'Elija una pregunta',
    save: 'Guardar mis respuestas'
  },
  own: {
    contacts: 'Cómo se le localiza', contactsLead: 'Los códigos y avisos van a lo que está confirmado. Lo que la oficina anotó sobre usted queda como está.', noContacts: 'Nada todavía.',
    way: 'Vía', address: 'Dirección o número', standing: 'Situación', proven: 'Confirmado', unproven: 'Sin confirmar', waits: 'Falta confirmarlo', objected: 'Con oposición: la oficina lo revisa',
    until: (when) => `hasta ${when}`, change: 'Cambiarlo', changeLead: 'Al nuevo se le envía un enlace para confirmarlo, y solo entonces ocupa el lugar del anterior. Al anterior se le avisa, y puede oponerse.',
    newAddress: 'El nuevo correo o número de teléfono', ask: 'Enviarme el enlace', noQuestions: 'Aquí no se hacen preguntas.',
    language: 'Idioma', writtenIn: 'Se le escribe en'
  },
  forgot: {
    title: '¿Olvidó su contraseña?',
    lead: 'Díganos su nombre de usuario. Enviamos un código a la dirección o al teléfono que conocemos.',
    send: 'Enviarme un código',
    back: 'Volver a iniciar sesión',
    again: 'Comenzar de nuevo',
    code: { title: 'Escriba su código', lead: 'Si conocemos ese nombre de usuario, un código está en camino.', field: 'Código' },
    questions: { title: 'Responda a sus preguntas', lead: 'Responda como cuando las eligió. Las mayúsculas y los espacios no importan.' },
    new_password: { title: 'Elija una contraseña nueva', lead: 'Después, inicie sesión con ella. Las demás sesiones terminan.' }
  },
  invitation: {
    title: 'Acepte su invitación',
    lead: 'Escriba el código de su correo o mensaje de texto.',
    code: 'Código de invitación',
    codeHint: '10 letras y cifras; las mayúsculas y los guiones no importan',
    contact: 'Correo, teléfono o número de solicitud',
    contactHint: 'Adonde se envió su invitación, o el número de su solicitud',
    accept: 'Aceptar la invitación',
    haveLink: 'Tengo un enlace',
    confirm: 'Tiene una invitación',
    from: (agency, number) => number ? `${agency} le invita a ver su solicitud ${number} en línea.` : `${agency} le invita a ver su información en línea.`,
    makes: 'Al aceptar se crea su cuenta, o se añade a la que ya tiene.',
    linksTo: (username) => `Se vinculará a la cuenta con la que inició sesión, ${username}.`,
    until: (when) => `La invitación vale hasta ${when}. Mirar esta página no la gasta.`
  },
  confirm: {
    title: 'Confirme su nuevo contacto',
    lead: 'Se dio un correo o un teléfono nuevo para usted, por la oficina o por usted. Confirme que es suyo.',
    act: 'Sí, es mío',
    doneTitle: 'Confirmado',
    done: (username) => `Desde ahora los mensajes van allí. Su nombre de usuario es ${username}.`
  },
  object: {
    title: 'Oponerse a un nuevo contacto',
    lead: 'Se dio otro correo u otro teléfono para usted. Si no sabe nada de ello, opóngase: así no se usa, y la oficina lo examina.',
    act: 'Oponerme',
    doneTitle: 'Tenemos su oposición',
    done: () => 'Nada cambia en su cuenta, y la oficina lo revisará.'
  },
  dashboard: {
    hello: (name) => `Hola, ${name}`,
    for: (names) => `Usted ve la atención de ${names}.`,
    next: 'Próximas visitas',
    about: {
      '/invoices': 'Lo facturado y lo pendiente',
      '/calendar': 'Quién viene y cuándo',
      '/service-plan': 'La atención acordada',
      '/application': 'Cómo va su solicitud',
      '/message': 'Escriba al propietario de la agencia',
      '/profile': 'Sus datos y su contraseña'
    }
  },
  calendar: { none: 'No hay visitas previstas.', schedule: 'Su horario', with: (client, caregiver) => `${client} con ${caregiver}` },
  visits: { personal_care: 'Cuidado personal', companionship: 'Compañía', meals: 'Comidas' },
  invoices: {
    none: 'Todavía no hay facturas.', number: 'Número', issued: 'Emitida', due: 'Vence', amount: 'Importe', status: 'Estado',
    paid: 'Pagada', open: 'Pendiente', one: (number) => `Factura ${number}`, for: 'Para', to: 'Emitida a', service: 'Servicio',
    hours: 'Horas', rate: 'Tarifa', total: 'Total'
  },
  plan: { none: 'Todavía no hay plan de servicios.', often: (times) => times === 1 ? 'Una vez por semana' : `${times} veces por semana` },
  application: { one: (number) => `Solicitud ${number}`, family: 'Familia', submitted: 'Enviada', status: 'Estado', waiting: 'En lista de espera' },
  message: {
    lead: (agency) => `Su mensaje llega por correo al propietario de ${agency}.`,
    text: 'Su mensaje',
    template: (name) => `Hola:\n\nQuisiera hablar con usted sobre \n\nEl mejor momento para localizarme es \n\nGracias,\n${name}`,
    send: 'Enviar'
  },
  office: {
    ...office,
    users: {
      tab: 'Usuarios', title: 'Administrar usuarios', count: 'cuentas activas', filter: 'El nombre contiene', disabled: 'Mostrar desactivadas',
      unlinked: 'Solo sin registro de personal', none: 'Nadie coincide.', manager: 'Administra'
    },
    user: {
      disable: 'Desactivar', disabledBy: 'Desactivada por', enable: 'Activar', unlock: 'Desbloquear', endSessions: 'Cerrar todas las sesiones', sendAgain: 'Enviar otra vez', note: 'Nota', noteLabel: 'Lo que la oficina debe saber',
      reset: 'Restablecer la contraseña', resetHint: 'Escriba dos veces una contraseña temporal. Su usuario debe cambiarla y sus sesiones terminan.',
      release: 'Un contacto que cambió de manos', releaseLead: 'Un correo o un teléfono que ahora es de otra persona se quita: se avisa a sus otros contactos, y entra con uno de ellos. Queda libre para su nuevo dueño.',
      releaseWhich: 'Correo o teléfono', releaseSure: 'Sé que no se puede deshacer', releaseNow: 'Quitarlo', releaseAsk: 'Marque que sabe que es para siempre.'
    },
    accounts: {
      tab: 'Cuentas en bloque', title: 'Crear cuentas en bloque', lead: 'Marque a quienes deben tener una cuenta. A cada uno se le escribe enseguida.',
      create: 'Crear cuentas', created: 'Cuenta creada', already: 'Cuenta', total: (count) => `Total: ${count}`
    },
    roster: {
      tab: 'Lista', short: 'Personas', kinds: 'De qué es la lista', title: 'Añadir personas de una lista', lead: 'Vea primero lo que pasaría. La vista previa no escribe nada.',
      file: 'Un archivo', fileHint: (mebibytes) => `Un CSV u otro texto, o un libro de hojas de cálculo (xlsx, xls, ods), de hasta ${mebibytes} MiB`,
      csv: 'O filas pegadas', hint: 'Pegue filas de una hoja de cálculo, con un título en cada columna.', pasted: 'Filas pegadas',
      tooLarge: (mebibytes) => `El archivo pasa de ${mebibytes} MiB: divídalo.`, nothingGiven: 'Elija un archivo o pegue filas.',
      preview: 'Vista previa', busy: 'Un momento: se está trabajando en la lista.', otherFile: 'Tomar otro archivo',
      refused: 'El archivo no se puede leer así:', about: 'Qué saber sobre el archivo', more: (count) => `${count} más`,
      reading: 'Cómo se lee el archivo', readAgain: 'Leer otra vez', asFile: 'Como dice el archivo',
      sheet: 'Hoja', onlySheet: 'La que tiene una lista', chooseSheet: 'Elija una hoja', everyone: 'Función de todos', encoding: 'Codificación', encodingHint: 'Pruebe una: los nombres de la vista previa muestran si es la correcta.',
      dates: 'Fechas como 01/02/2026', datesHint: 'Solo hace falta si una fecha puede ser dos.', dateOrders: { day_first: 'Primero el día: 1 de febrero', month_first: 'Primero el mes: 2 de enero' },
      statuses: 'Qué significa cada estado', isHere: 'Sigue aquí', hasLeft: 'Se fue',
      columns: 'Qué es cada columna', byTitle: (meant) => meant ? `Por su título: ${meant}` : 'Por su título', passedOver: 'Se pasa por alto',
      columnNames: {
        role: 'Función', name: 'Nombre completo', first_name: 'Nombre', middle_name: 'Segundo nombre', last_name: 'Apellido',
        second_last_name: 'Segundo apellido', suffix: 'Sufijo', nickname: 'Apodo', organization: 'Organización', username: 'Nombre de usuario',
        email: 'Correo', phone: 'Teléfono', preferred: 'Contacto preferido', language: 'Idioma', external_id: 'Identificador', status: 'Estado',
        note: 'Nota', already_created: 'La cuenta existe', password_hash: 'Hash de contraseña', problem: 'Problema', suggestion: 'Sugerencia',
        who: 'Quién', who_name: 'Quién: nombre', who_email: 'Quién: correo', who_phone: 'Quién: teléfono', kind: 'Tipo de vínculo', of: 'De quién',
        of_name: 'De quién: nombre', of_email: 'De quién: correo', of_phone: 'De quién: teléfono', from: 'Desde', until: 'Hasta', reference: 'Documento'
      },
      encodings: {
        'utf-8': 'UTF-8', 'utf-16le': 'UTF-16, little-endian', 'utf-16be': 'UTF-16, big-endian', 'windows-1252': 'Occidental (Windows)',
        macintosh: 'Occidental (Mac antiguo)', 'windows-1250': 'Centroeuropea (Windows)', 'iso-8859-2': 'Centroeuropea (ISO)',
        'windows-1251': 'Cirílica', 'windows-1253': 'Griega', 'windows-1254': 'Turca', 'windows-1255': 'Hebrea', 'windows-1256': 'Árabe',
        'windows-1257': 'Báltica', 'windows-1258': 'Vietnamita', shift_jis: 'Japonesa', gb18030: 'China simplificada', big5: 'China tradicional',
        'euc-kr': 'Coreana'
      },
      previewTitle: 'Vista previa de la lista', nothing: 'Todavía no se ha escrito nada.', again: 'Comprobar otra vez',
      waits: (count) => count === 1 ? 'Una fila espera su decisión.' : `${count} filas esperan su decisión.`,
      changed: 'Esto todavía no es lo que se mostró antes: mírelo una vez más. No se ha escrito nada.',
      needing: 'Filas que requieren su atención', fine: 'Filas que pasan', noRows: 'No hay nadie en esta lista.',
      further: (count) => count === 1 ? 'No se muestra una fila más.' : `No se muestran ${count} filas más.`,
      acceptAll: (count) => count === 1 ? 'Aceptar la sugerencia' : `Aceptar las ${count} sugerencias`, leftOut: 'Lo que queda fuera, como CSV',
      create: (count) => `Crear cuentas (${count})`, line: 'Línea', person: 'Persona', verdict: 'Validación', decide: 'Nombre de usuario, y quién es',
      wouldCome: 'Qué saldría de ello', says: 'Qué saber', changes: 'Qué se cambió',
      actions: { create: 'Una cuenta nueva', update: 'Una actualización', unchanged: 'Nada cambia' }, leftOutUntil: 'Queda fuera, tal como está',
      sameAs: (line) => `La misma persona que en la línea ${line}`, handOver: 'Dígaselo en persona, se muestra una sola vez:',
      verdicts: { pass: 'Pasa', waiting: 'Falla: elija un nombre', who: 'Decida quién es', fail: 'Falla' }, decline: 'No, dejarla fallida',
      nameFor: (name) => `Nombre de usuario para ${name}`, otherName: 'Otro nombre de usuario', chooseAgain: 'Elegir otra vez',
      known: 'Ya se conoce a:', whoIs: (name) => `Quién es ${name}`, undecided: 'Sin decidir', same: (known) => `La misma persona: ${known}`, another: 'Otra persona',
      share: (name) => `Dejar que ${name} comparta la cuenta que tiene esta dirección`, sharedBy: 'Con invitación a esa cuenta: quien entre con ella ve también lo suyo.',
      gone: (count) => count === 1 ? 'Una persona que conocemos no está en esta lista.' : `${count} personas que conocemos no están en esta lista.`,
      goneHint: 'No se hace nada con ellas. A quien se ha ido se le desactiva en Usuarios.',
      sums: {
        rows: 'filas', create: 'por crear', update: 'por actualizar', unchanged: 'sin cambios', waiting: 'por decidir', failed: 'fallidas',
        merged: 'tomadas por la misma persona', renamed: 'con otro nombre', moved: 'con otro contacto', gone: 'fuera de esta lista', shared: 'que comparten cuenta'
      }
    },
    invitations: {
      tab: 'Invitaciones', title: 'Solicitudes e invitaciones', search: 'Número o apellido', none: 'Ninguna solicitud coincide.',
      account: 'Cuenta en línea', until: 'Invitada hasta', notLinked: 'Sin vincular', batch: 'Con las seleccionadas', method: 'Enviar por',
      preferred: 'Contacto preferido', batches: { invite: 'Invitar en bloque', reinvite: 'Reinvitar en bloque', unlink: 'Desvincular en bloque' }
    },
    history
  },
  events: labelled('event_kind', 'es'),
  mail: {
    title: 'Buzón de desarrollo', lead: 'Lo que habría salido por correo o mensaje de texto. Solo para probar el portal.',
    to: 'Enviado a', none: 'Todavía no se ha enviado nada.', email: 'Correo', sms: 'Mensaje de texto'
  },
  errors: {
    back: 'Volver al inicio',
    401: ['Esto ha terminado', 'El enlace, el código o el paso se usó, se sustituyó o es demasiado antiguo. Comience otra vez con el mensaje más reciente, o pida uno nuevo a la oficina.'],
    403: ['No es para esta cuenta', 'Si lo necesita, pregunte a la oficina.'],
    404: ['Aquí no hay nada', 'Esta página no existe, o no le corresponde verla.'],
    409: ['Esto ha cambiado', 'Alguien fue más rápido. Mire otra vez.'],
    413: ['Demasiado grande', 'Divida el archivo y envíe sus partes una tras otra.'],
    422: ['No ha funcionado', 'Vuelva y revise lo que escribió.'],
    other: ['Algo ha fallado', 'No es culpa suya. Inténtelo de nuevo en un momento.']
  }
}

# Lo que dicen las páginas, en español.

language-name = Español

# Números, dinero, tiempo
number-group = {"\u202F"}
number-group-from = 5
number-decimal = ,
money = { $kind ->
    [sign] { $amount }{"\u00A0"}{ $currency }
   *[code] { $amount }{"\u00A0"}{ $currency }
}
date-time = { $day } de { $month } de { $year }, { $time } UTC
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
in-minutes = { $n ->
    [one] dentro de { $count } minuto
   *[other] dentro de { $count } minutos
}
in-hours = { $n ->
    [one] dentro de { $count } hora
   *[other] dentro de { $count } horas
}
in-days = { $n ->
    [one] dentro de { $count } día
   *[other] dentro de { $count } días
}

# Alrededor de cada página
skip = Ir al contenido principal
nav-pages = Páginas
nav-languages = Idiomas
nav-about = Sobre estas páginas
nav-polls = Votaciones
nav-how = Cómo funciona
nav-accessibility = Accesibilidad
nav-privacy = Privacidad
footer-note = Estas páginas no usan cookies ni guardan quién las lee.

# Lista de votaciones
polls-title = Votaciones
polls-lead = Elija una votación para ver sus proyectos. Cuando se hayan contado los votos, allí verá también el resultado.
polls-unnamed = Una votación que aún no se ha podido leer
polls-read-from = Registro público:

# Estado de una votación
phase-setup = En preparación
phase-open = La votación está abierta
phase-paused = La votación está interrumpida
phase-closed = La votación ha terminado
phase-tallied = En recuento
phase-decided = Ya hay resultado
standing-checking = Se está comprobando el registro público
standing-checking-so-far = Se está comprobando el registro público: { $count } de { $of } entradas
standing-out-of-reach = No se puede acceder al registro público
standing-distrusted = El registro público no supera las comprobaciones

# Datos
facts-opening = La votación empieza
facts-closing = La votación termina
facts-closed = Fin previsto de la votación
facts-projects = En la papeleta
facts-ballots = Papeletas que cuentan
facts-place = Lugar
facts-record = Registro público
facts-id = Número de la votación
facts-entries = Entradas del registro público
turnout = de { $roll } personas con derecho a voto

# Una votación
projects-count = { $n ->
    [one] { $count } proyecto
   *[other] { $count } proyectos
}
poll-how-to-vote = La carta que ha recibido explica cómo votar.
results-link = Ver los resultados
stale-title = No se puede acceder al registro público
stale-lead = Los proyectos de abajo están sellados y no pueden cambiar. El estado de la votación no se muestra hasta que el registro vuelva a responder.
projects-title = Proyectos
filter-title = Buscar y ordenar proyectos
filter-search = Buscar
filter-group = Categoría
filter-all = Todas las categorías
filter-order = Orden
filter-apply = Mostrar
filter-reset = Mostrar todos los proyectos
projects-found = { $n ->
    [0] Ningún proyecto coincide.
    [one] { $count } proyecto.
   *[other] { $count } proyectos.
}
order-shuffled = Al azar
order-cost = Primero el coste más bajo
order-name = Por nombre
order-note = El orden se mezcla para cada visitante, para que ningún proyecto sea siempre el primero. Este orden tiene el número
budget = El presupuesto es
project-more = Más sobre
kind-choose-one = Usted elige un proyecto.
kind-approval = { $n ->
    [one] Usted elige { $count } proyecto.
   *[other] Usted elige hasta { $count } proyectos.
}
kind-knapsack = Usted elige proyectos que juntos cuesten como máximo { $amount }.
kind-points = { $n ->
    [one] Usted da { $count } punto.
   *[other] Usted reparte hasta { $count } puntos.
}
kind-scores = { $n ->
    [one] Usted da a cada proyecto hasta { $count } punto.
   *[other] Usted da a cada proyecto hasta { $count } puntos.
}
kind-ranking = { $n ->
    [one] Usted nombra su primera opción.
   *[other] Usted ordena hasta { $count } proyectos, el mejor primero.
}
identity-title = Sobre esta votación
identity-lead = Compare estos datos con su carta o con el aviso de la oficina.

# Resultados
results-title = Resultados
results-back = Volver a los proyectos
results-totals = Votos por proyecto
results-too-early = No hay resultado antes de que termine la votación. La votación termina el
ballots-counted = { $n ->
    [one] Cuenta { $count } papeleta.
   *[other] Cuentan { $count } papeletas.
}
result-spent = Los proyectos financiados cuestan { $amount } de { $budget }.
result-not-yet = Las sumas aún no están abiertas o no están demostradas. Nada se muestra antes de estar demostrado.
result-too-few = { $n ->
    [one] La suma sigue sellada: aquí cuenta menos de { $count } papeleta.
   *[other] La suma sigue sellada: aquí cuentan menos de { $count } papeletas. Podría revelar cómo votó alguien.
}
result-winners-open = Estas sumas no bastan para decidir qué proyectos ganan.
result-funded = Financiado
column-project = Proyecto
column-votes = Votos
column-points = Puntos
column-cost = Coste
checks-title = Por qué puede creer estas cifras
checks-lead = Este servidor ha vuelto a contar todo el registro público. Solo muestra lo que el registro demuestra.
checks-held = { $count } de { $of } comprobaciones superadas.
checks-to-come = { $n ->
    [one] { $count } comprobación espera algo que aún ha de llegar.
   *[other] { $count } comprobaciones esperan algo que aún ha de llegar.
}
checks-details = Todas las comprobaciones
checks-yourself = Compruébelo usted
checks-yourself-lead = No tiene que fiarse de este servidor. Cualquiera puede recontar el registro público con esta orden:
chapter-define = Reglas
chapter-ceremony = Claves
chapter-roll = Censo
chapter-ballots = Papeletas
chapter-ledger = Registro público
chapter-tally = Suma
chapter-decrypt = Apertura de las sumas
chapter-outcome = Ganadores

# Cómo funciona
how-title = Cómo funciona
how-lead = Su voto es secreto y todo el mundo puede comprobar el recuento. Así son posibles ambas cosas.
how-envelope-title = Sus elecciones van en un sobre sellado
how-envelope = Su propio dispositivo sella sus elecciones antes de enviarlas. La papeleta sellada no muestra a nadie su contenido.
how-list-title = Cada sobre está en una lista pública
how-list = La lista es el registro público. Testigos independientes la vigilan, y ningún sobre puede desaparecer sin que se note.
how-name-title = Su nombre no está en el sobre
how-name = La oficina comprueba que usted puede votar y le da un pase. El pase está hecho para que después la oficina no pueda reconocerlo.
how-sums-title = Solo se abren las sumas
how-sums = Las papeletas selladas se suman sin abrirlas. Varios custodios deben actuar juntos para abrir una suma. Nunca se abren papeletas sueltas.
how-recount-title = Cualquiera puede recontar
how-recount = Cada papeleta lleva una prueba de que cumple las reglas. Cualquiera puede comprobar todas las pruebas y sumar todas las papeletas.
how-site-title = Qué comprueban estas páginas
how-site = Este servidor vuelve a contar el registro público antes de mostrar nada. Si algo no encaja, lo dice y no muestra cifras.
how-order-title = Qué proyecto aparece primero
how-order = Cada visitante ve los proyectos en otro orden. Lo decide el número en la dirección de la página, con una regla publicada.
how-limits-title = Lo que esto no puede hacer
how-limits = No puede proteger un dispositivo infectado. No puede impedir que alguien mire por encima de su hombro.

# Accesibilidad
accessibility-title = Accesibilidad
accessibility-lead = Todo el mundo debe poder usar estas páginas. Nuestro objetivo es cumplir WCAG 2.2, nivel AA.
accessibility-can-title = Lo que puede hacer
accessibility-can-keyboard = Usar cada parte solo con el teclado y ver siempre dónde está.
accessibility-can-reader = Usar un lector de pantalla: cada página tiene encabezados, regiones y controles con nombre.
accessibility-can-zoom = Ampliar el texto hasta el 400 por ciento sin desplazarse hacia los lados.
accessibility-can-colours = Elegir colores claros, oscuros o propios. Nada se dice solo con el color.
accessibility-can-script = Leer cada página sin JavaScript.
accessibility-limits-title = Lo que aún no funciona
accessibility-limits = La oficina escribe los textos de los proyectos y describe sus imágenes. A algunos les puede faltar traducción o descripción.
accessibility-tested-title = Cómo lo probamos
accessibility-tested = Unos programas prueban cada página en cada idioma. Nadie ajeno al proyecto las ha probado todavía.
accessibility-report-title = Avísenos de un problema
accessibility-report = Escriba a la oficina que le envió la carta e indique la página.
accessibility-other-way = Si no puede usar estas páginas, la oficina le indicará otra forma de votar.

# Privacidad
privacy-title = Privacidad
privacy-lead = Puede leer estas páginas sin dejar rastro aquí.
privacy-reading-title = Qué se guarda de quien lee
privacy-reading = Nada. No hay cookies, ni estadísticas, ni partes de otros servidores. Las peticiones no se anotan.
privacy-address-title = Qué hay en la dirección
privacy-address = La dirección de la página contiene su idioma, su búsqueda y el número de su orden. No se guardan.
privacy-booth-title = Qué guarda en su dispositivo votar aquí
privacy-booth = Su pase de voto y su recibo quedan en este navegador hasta que los quite. Su elección no se guarda. Ningún servidor la recibe sin sellar.
privacy-record-title = Qué contiene el registro público
privacy-record = Contiene papeletas selladas sin nombres, y sumas. Nadie puede leer en él una papeleta suelta.
privacy-roll-title = Quién sabe quién ha votado
privacy-roll = La oficina sabe quién recibió un pase. No puede saber qué papeleta se emitió con él.
privacy-others-title = Qué pueden ver otros
privacy-others = Su proveedor de internet puede ver que visita este sitio. Otros servidores de la oficina tienen su propio aviso.

# La cabina
booth-title = Votar
booth-link = Votar aquí
booth-reading-title = Un momento
booth-reading = Su dispositivo comprueba el registro público de esta votación. Todavía no envía nada.
booth-failed-title = Ahora no puede votar aquí
booth-failed = Esta página se detiene aquí. Lo que su dispositivo ha guardado queda como estaba. Dice en inglés qué falla:
booth-needs-title = Qué necesita para votar
booth-needs-script = Para votar en esta página, su navegador necesita JavaScript y WebAssembly. Con ellos, su propio dispositivo sella su voto.
booth-none = Este sitio no tiene cabina para esta votación.
booth-needs-command = También puede votar sin navegador. Este programa hace lo mismo en un ordenador:
booth-needs-other = Su carta dice qué otras formas de votar hay.
booth-elsewhere-title = Este voto está abierto en otro lugar
booth-elsewhere = Otra pestaña o ventana de este navegador tiene este voto abierto. Solo una puede continuar.
booth-here = Continuar aquí

# Cómo está un voto
booth-not-cast = Todavía no ha votado.
booth-not-cast-again = Su nuevo voto todavía no está emitido.
booth-not-cast-waits = Todavía no ha votado: su papeleta espera hasta esta hora: { $time }.
booth-handed-in = Su voto está entregado y los testigos aún no lo han confirmado.
booth-cast = Su papeleta está en la urna

# Paso 1
booth-pass-title = Paso 1 de 4: Su pase de voto
booth-pass = Escriba el código de su carta. Con él, su dispositivo recibe un pase de voto que no dice quién es usted.
booth-pass-asked = Su dispositivo ya pidió un pase y aún no tiene respuesta. Escriba el mismo código para continuar.
booth-style = La papeleta que nombra su carta
booth-code = Código de su carta
booth-pass-keep = El pase queda en este dispositivo y nadie puede reemplazarlo. Después puede guardarlo como archivo.
booth-pass-get = Obtener mi pase de voto
booth-passing = Su dispositivo obtiene su pase de voto y lo comprueba.
booth-code-mistyped = Este no es un código de una carta. Compare cada letra y cada cifra.
booth-code-unknown = Este código no se conoce aquí. Compárelo con su carta.
booth-code-style = Este código es para otra papeleta. Elija la que nombra su carta.
booth-code-used = Ya se entregó un pase de voto para este código. Vote en el dispositivo que lo tiene o use el archivo guardado. Si no fue usted, comuníquelo.
booth-code-closed = La votación ha terminado. Ya no se entregan pases de voto.
booth-code-early = Todavía no se entregan pases de voto. Vuelva más tarde con el mismo código.
booth-code-refused = No recibe un pase de voto. La oficina dice en inglés por qué:
booth-issuer-silent = La oficina no responde. No se ha perdido nada. Inténtelo otra vez con el mismo código.
booth-issuer-keys = La oficina muestra otras claves que el registro público. Su dispositivo no ha pedido nada. Comuníquelo, por favor.
booth-issuer-false = La respuesta de la oficina no es un pase de voto válido. No se ha perdido nada. Comuníquelo e inténtelo más tarde.
booth-file-title = Tengo un archivo con mi pase de voto
booth-file = El archivo
booth-secret = Contraseña del archivo
booth-file-use = Continuar con este archivo
booth-file-none = Elija primero el archivo.
booth-file-wrong = Este archivo no se abre. La contraseña es otra o el archivo es de otra votación.
booth-looking = Su dispositivo lee todo el registro público para ver qué se emitió con este pase.
booth-look-wrong = El registro público y su pase de voto no concuerdan. Comunique lo que su dispositivo dice en inglés:

# Paso 2
booth-choose-title = Paso 2 de 4: Elegir
booth-choose = Mientras elige, nada sale de su dispositivo. Puede dejar todo vacío: es un voto en blanco.
booth-wait-before = Cuando la emita, su papeleta esperará en este dispositivo hasta esta hora: { $time }. Así nadie puede saber por las horas a qué carta corresponde.
booth-pick = Elijo
booth-none-of-them = Ninguno de ellos
booth-less = Un punto menos
booth-more = Un punto más
booth-rank = Añadir a mi orden
booth-ranking = Mi orden, el mejor primero
booth-ranking-how = Arrastre un proyecto por sus puntos o pulse sus botones.
booth-ranking-empty = Todavía ningún proyecto. Añada proyectos de la lista de abajo.
booth-up = Subir
booth-down = Bajar
booth-unrank = Quitar
booth-meter-count = Elegidos: { $used } de { $most }
booth-meter-ranked = En orden: { $used } de { $most }
booth-meter-cost = Coste: { $used } de { $most }
booth-meter-points = Puntos: { $used } de { $most }
booth-meter-group = { $whose }: { $used } de { $most }
booth-over = Demasiado: quite algo para que sea { $most } como máximo.
booth-under = No basta: debe ser { $least } como mínimo.
booth-wrong-points = Los puntos son números enteros de { $least } a { $most }.
booth-note-full = Ya ha elegido { $most }. Quite uno para elegir este.
booth-note-cost = No cabe: quedan { $left }.
booth-found = Mostrados: { $count }
booth-line-points = puntos: { $points }
booth-blank = Aquí no hay nada elegido: una respuesta en blanco.
booth-to-review = Pasar a la revisión

# Paso 3
booth-review-title = Paso 3 de 4: Revisar
booth-review = Esta es su papeleta. Nada ha salido de su dispositivo.
booth-change = Cambiar algo
booth-seal = Sellar mi papeleta
booth-sealing = Su dispositivo sella su papeleta.
booth-seal-wrong = Su dispositivo no puede sellar esta papeleta. Dice en inglés por qué:

# Paso 4
booth-sealed-title = Paso 4 de 4: Emitir
booth-sealed = Su papeleta está sellada en este dispositivo y todavía no está emitida. Falta un paso.
booth-cast-button = Emitir mi voto
booth-tracker = Código de seguimiento
booth-check-title = O compruebe antes su dispositivo
booth-check = Un segundo dispositivo puede ver si este sella lo que usted eligió. Una papeleta comprobada se abre y nunca cuenta.
booth-check-scan = Escanee ahora este código con un segundo dispositivo.
booth-check-press = Después pulse «Comprobar mi dispositivo». Este dispositivo abre la papeleta sellada y muestra un segundo código.
booth-check-compare = Escanéelo también y compare lo que muestra el segundo dispositivo con su elección.
booth-check-button = Comprobar mi dispositivo
booth-qr-address = O abra allí esta dirección:
booth-qr-tracker = El código de seguimiento, como imagen para escanear con un segundo dispositivo
booth-opened-title = Esta papeleta está abierta y no se emite
booth-opened = Escanee este segundo código con su segundo dispositivo. Compare lo que muestra con su elección, abajo.
booth-qr-opening = La papeleta abierta, como imagen para escanear con un segundo dispositivo
booth-seal-again = Sellar una papeleta nueva con esta elección
booth-proving = Su dispositivo demuestra que su papeleta cumple las reglas.
booth-sending = Su dispositivo envía su papeleta y espera el recibo. Mantenga abierta esta página.
booth-waiting-title = Su papeleta espera y todavía no está emitida
booth-waiting = Espera para que nadie pueda saber por las horas a qué carta corresponde.
booth-waiting-until = Su dispositivo la emite a esta hora: { $time },
booth-waiting-stay = Deje abierta esta página: así su dispositivo la emite por sí solo.
booth-waiting-leave = También puede cerrar la página y abrirla de nuevo aquí después de esa hora. Mientras esté cerrada, no se emite nada. Vuelva antes de que termine la votación.
booth-waiting-not = No puedo esperar
booth-waiting-risk = Puede emitirla ahora mismo. Quien vea entonces ambas horas podría adivinar a qué carta corresponde su papeleta.
booth-waiting-now = Emitir mi papeleta ahora mismo
booth-unconfirmed-title = Su papeleta todavía no está emitida
booth-unconfirmed = Su dispositivo guarda la papeleta sellada. Enviarla otra vez nunca cuenta dos veces.
booth-send-again = Enviar otra vez la misma papeleta
booth-silent = La urna no responde. No hay recibo.
booth-false-receipt = La respuesta de la urna no es un recibo de su papeleta. Comuníquelo, por favor.
booth-refused-title = Su papeleta no está emitida
booth-refused = La urna no ha aceptado su papeleta. Dice en inglés por qué:
booth-refused-closed = La urna no acepta papeletas ahora.
booth-refused-again = Ya hay en la urna una papeleta con su pase. Esta votación no acepta una segunda.
booth-refused-next = Si cree que es un error, comuníquelo a la oficina y conserve esta página.
booth-refused-choose = Volver a la elección

# El recibo
booth-cast-lead = Su dispositivo ha comprobado que el registro público contiene su papeleta. Conserve el recibo.
booth-handed-in-lead = La urna ha firmado por su papeleta. Su dispositivo sigue preguntando hasta que los testigos la confirmen.
booth-receipt-index = Lugar en el registro público
booth-receipt-file = Guardar el recibo
booth-receipt-print = Imprimir el recibo
booth-qr-receipt = El recibo, como imagen para escanear
booth-receipt-not = El recibo no muestra cómo votó. Nadie puede leerlo en él.
booth-again = Votar otra vez: la nueva papeleta reemplaza a esta

# En este dispositivo
booth-device-title = Qué guarda este dispositivo
booth-device = Su pase de voto y su recibo se guardan aquí hasta que los quite. Su elección no se guarda.
booth-save-title = Guardar mi pase de voto como archivo
booth-save = Con el archivo y su contraseña puede continuar en otro lugar. Quien tenga ambos puede votar por usted.
booth-save-button = Guardar el archivo
booth-secret-short = La contraseña necesita al menos diez caracteres.
booth-saved = El archivo está guardado.
booth-forget-title = Olvidarme en este dispositivo
booth-forget = Úselo en un dispositivo compartido. El pase desaparece entonces y nadie puede reemplazarlo. Guárdelo antes o emita primero su voto.
booth-forget-button = Olvidarme ahora

# El segundo dispositivo
check-title = Comprobar otro dispositivo
check-lead = Este dispositivo muestra lo que otro ha sellado. Lee él mismo el registro público.
check-needs = Esta página necesita JavaScript y WebAssembly. Para papeletas abiertas por el programa en un ordenador existe este comando:
check-start-title = Escanee el primer código
check-start = Selle su papeleta en el otro dispositivo. Después escanee con este dispositivo el código que muestra.
check-scanned-title = El primer código está aquí
check-scanned = Pulse ahora «Comprobar mi dispositivo» en el otro. Escanee el segundo código con este dispositivo.
check-lacking-title = Falta el primer código
check-lacking = Este dispositivo no escaneó el primer código antes de abrirse la papeleta. Sin él, la comprobación no demuestra nada. Selle otra papeleta y empiece por su primer código.
check-good-title = Esto es lo que selló el otro dispositivo
check-good = Compárelo con lo que eligió. Si es lo mismo, el otro dispositivo selló bien su papeleta.
check-not-there = La papeleta abierta no está en el registro público. No cuenta.
check-differs = Si no es lo que eligió, no use el otro dispositivo. Comuníquelo.
check-bad-title = El otro dispositivo no pasó la comprobación
check-bad = No lo use para votar. Comunique lo que este dispositivo dice en inglés:
check-cast-title = La papeleta abierta se emitió
check-cast = El otro dispositivo emitió una papeleta que había abierto. No lo use. Comuníquelo.

# Cuando algo va mal
failure-back = A la lista de votaciones
failure-back-to-poll = A la votación
failure-not-found = Esta página no existe
failure-not-found-lead = No hay ninguna página en esta dirección.
failure-not-found-next = Compruebe la dirección de su carta. También puede empezar por la lista de votaciones.
failure-method = Esta dirección solo se puede leer
failure-method-lead = Su navegador quería enviar algo aquí. No se ha aceptado nada.
failure-method-next = Empiece de nuevo por la lista de votaciones.
failure-query = Esta búsqueda no se puede leer
failure-query-lead = La parte de la dirección tras el signo de interrogación está dañada.
failure-query-next = Repita la búsqueda en la página de la votación.
failure-checking = Se está comprobando el registro público
failure-checking-lead = Este servidor aún no ha terminado de recontar el registro público. Hasta entonces no muestra nada.
failure-checking-next = Vuelva a cargar esta página dentro de un minuto.
failure-out-of-reach = No se puede acceder al registro público
failure-out-of-reach-lead = En este momento este servidor no puede leer el registro público. No muestra en su lugar cifras antiguas.
failure-out-of-reach-next = Vuelva a cargar esta página dentro de un minuto. Los votos emitidos no se ven afectados.
failure-distrusted = El registro público no supera las comprobaciones
failure-distrusted-lead = Algo del registro público está mal, así que aquí no se muestra nada de él.
failure-distrusted-next = La culpa no es suya. Comunique a la oficina lo que ve aquí:
failure-internal = No se ha podido crear esta página
failure-internal-lead = Hay un fallo en el programa que crea estas páginas.
failure-internal-next = Vuelva a cargar esta página dentro de un minuto. Si vuelve a ocurrir, comuníquelo.

# Encontrar mi papeleta, y el recuento en el propio dispositivo
find-title = Encontrar mi papeleta
find-lead = Vea si su papeleta sellada está en la urna y cuenta. Necesita el recibo que guardó al votar.
find-file = Su archivo de recibo
find-paste = O pegue el texto de su recibo
find-look = Buscar
find-privacy = Su recibo se queda en este dispositivo. La página lee todo el registro público, así nadie sabe qué papeleta es suya.
find-reading-title = Leyendo el registro público
find-reading = Puede tardar un poco. Deje esta página abierta.
find-again = Buscar otro recibo
find-proves = Esto muestra que su voto sellado se guarda sin cambios. No muestra qué votó, y nadie puede verlo.
find-counted-title = Su papeleta está en la urna
find-counted = Su papeleta está en el registro público, sin cambios, y cuenta.
find-kept-title = Su papeleta está en la urna
find-kept = Su papeleta está en el registro público, sin cambios. Es demasiado largo para buscar aquí otra papeleta posterior suya.
find-entry-title = Está en la urna y no es una papeleta
find-entry = Este recibo es de otra anotación del registro público. Está allí sin cambios.
find-replaced-title = Cuenta una papeleta posterior suya
find-replaced = Esta papeleta está en la urna. Otra posterior con su pase de voto la sustituyó. Si no volvió a votar, comuníquelo a la oficina.
find-invalid-title = Su papeleta está en la urna, pero no cuenta
find-invalid = La papeleta está en el registro público e incumple una regla. Comuníquelo a la oficina.
find-dropped-title = ELIMINADA: su papeleta ha desaparecido
find-dropped = La urna firmó por su papeleta. Ahora hay otra cosa en su lugar. Guarde la prueba y comuníquelo.
find-rewritten-title = El registro público fue modificado
find-rewritten = Su papeleta está. Pero otras anotaciones cambiaron después de su recibo. Guarde la prueba y comuníquelo.
find-proof = Guardar la prueba
find-proof-note = La prueba convence a cualquiera, sin esta página. Guarde también su recibo.
find-unknown-title = Desde aquí no se puede saber
find-older = Esta copia del registro termina antes de su recibo. Pruebe otra copia y conserve su recibo.
find-closed-before = La votación terminó, y esta copia acaba antes de su papeleta. Conserve su recibo y comuníquelo a la oficina.
find-not-witnessed = Su papeleta está entregada, pero los testigos aún no la han confirmado. Vuelva a mirar más tarde.
find-missing = A esta copia del registro le falta un archivo. Pruebe otra copia.
find-too-large = El registro público es demasiado largo para esta página. Use el programa de abajo.
find-no-receipt = Esto no es un recibo. Elija el archivo que guardó al votar.
find-other-election = Esta copia es de otra votación. Compruebe su dirección.
find-foreign = La urna de esta votación no firmó este recibo. ¿Es de otra? Si no, comuníquelo.
find-not-signed = La urna no firmó lo que muestra esta dirección. Pruebe otra copia y comuníquelo.
find-unproven = Lo que muestra esta dirección no encaja. Pruebe otra copia y comuníquelo.
find-unreachable = No se llega al registro público. Compruebe su conexión e inténtelo otra vez.
find-filled = El enlace que abrió ha rellenado su recibo. Ningún servidor lo ha visto.
find-step = Archivos leídos: { $done } de { $of }.
copy-title = Leer otra copia
copy-note = Cualquiera puede tener una copia del registro público. Esta página lee la de esta dirección.
copy-label = Dirección de la copia
copy-use = Leer esta copia
oneself-needs-script = Para esto, su navegador necesita JavaScript y WebAssembly.
oneself-none = Este sitio no puede hacerlo en su navegador.
oneself-command = Este programa hace lo mismo en un ordenador, sin esta página:
oneself-left = Falta aproximadamente: { $time }.
oneself-size = El registro público ocupa unos { $size } MB.
oneself-stop = Detener
oneself-trying = Se cortó la conexión. Su dispositivo lo intenta otra vez.
recount-title = Recuente usted mismo
recount-lead = Su propio dispositivo recuenta todo el registro público. No cree nada de lo que dice este sitio.
recount-begin-note = Lee cada papeleta. Puede llevar unos minutos y muchos megabytes.
recount-begin = Empezar el recuento
recount-again = Recontar otra vez
recount-too-large = Este registro público es demasiado largo para un navegador. Use el programa de abajo.
recount-reading-title = Su dispositivo recuenta
recount-held-title = Todo es correcto
recount-held = Su dispositivo ha hecho todas las comprobaciones. Los totales de abajo son correctos.
recount-broken-title = Algo no es correcto
recount-broken = Falló al menos una comprobación. Comunique a la oficina lo que ve aquí.
recount-not-finished-title = Hasta ahora todo es correcto
recount-not-finished = Algunas comprobaciones esperan algo que aún ha de llegar.
recount-incomplete-title = No todo se puede comprobar
recount-incomplete = Nada es incorrecto, pero aquí falta algo. Pruebe otra copia.
recount-failed-title = El recuento no terminó
recount-failed = De ello no se deduce nada sobre el registro. Su dispositivo dice en inglés qué ocurre:
recount-claims = Lo que se comprobó
recount-found = Las cifras de su dispositivo
recount-ballots = Papeletas en el registro
recount-replaced = Sustituidas por posteriores
recount-root = Huella del registro
recount-anew = Empezar de nuevo
recount-ending = El programa de abajo termina con las mismas palabras:
recount-go-on = Continuar
recount-paused-title = El recuento está interrumpido
recount-paused-stopped = Usted lo ha detenido. Puede continuar donde estaba.
recount-paused-unreachable = El registro público no responde. Compruebe su conexión y continúe donde estaba.
recount-step = Anotaciones comprobadas: { $done } de { $of }.
recount-unsigned = Esta copia dice algo que la urna no firmó. Puede estar dañada o modificada: pruebe primero otra.
stands-held = Correcto
stands-broken = Incumplido
stands-open = No comprobable
claim-manifest = La oficina firmó las reglas, y son coherentes.
claim-content = Los textos y las imágenes son los sellados.
claim-joint-key = Todos los custodios hicieron la clave juntos.
claim-rehearsal = Suficientes custodios probaron antes de abrir que sus claves funcionan.
claim-issuers = Pases de voto y listas quedaron fijados antes de abrir la votación.
claim-ballots = Cada papeleta cumple las reglas y lo prueba.
claim-tokens = Cada papeleta lleva todos los pases de voto, y son válidos.
claim-sequence = Una papeleta posterior sigue a la anterior según las reglas.
claim-order = Cada anotación está donde puede estar.
claim-checkpoint = El registro está firmado, y sus testigos lo han visto.
claim-batches = Las papeletas se mezclaron en grupos antes de anotarse.
claim-after-close = No se añadió ninguna papeleta tras el fin de la votación.
claim-eligibility = No hay más papeletas que pases, ni más pases que personas en la lista.
claim-counted = De cada pase de voto cuenta una papeleta, la correcta.
claim-sums = Las sumas publicadas son las de las papeletas que cuentan.
claim-shares = Suficientes custodios abrieron cada suma, y lo probaron.
claim-plaintexts = Los totales publicados son lo que contienen las sumas.
claim-winners = Los ganadores se siguen de los totales según la regla sellada.

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
privacy-record-title = Qué contiene el registro público
privacy-record = Contiene papeletas selladas sin nombres, y sumas. Nadie puede leer en él una papeleta suelta.
privacy-roll-title = Quién sabe quién ha votado
privacy-roll = La oficina sabe quién recibió un pase. No puede saber qué papeleta se emitió con él.
privacy-others-title = Qué pueden ver otros
privacy-others = Su proveedor de internet puede ver que visita este sitio. Otros servidores de la oficina tienen su propio aviso.

# La cabina
booth-title = Votar
booth-reading-title = Un momento
booth-reading = Su dispositivo comprueba el registro público de esta votación. Todavía no envía nada.
booth-read-title = El registro público es correcto
booth-read = Su dispositivo ha comprobado el registro público de esta votación.
booth-failed-title = Ahora no puede votar aquí
booth-failed = No se ha enviado nada y no se ha perdido nada. Su dispositivo dice en inglés qué falla:
booth-needs-title = Qué necesita para votar
booth-needs-script = Para votar en esta página, su navegador necesita JavaScript y WebAssembly. Con ellos, su propio dispositivo sella su voto.
booth-none = Este sitio no tiene cabina para esta votación.
booth-needs-command = También puede votar sin navegador. Este programa hace lo mismo en un ordenador:
booth-needs-other = Su carta dice qué otras formas de votar hay.

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

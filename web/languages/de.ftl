# Was die Seiten sagen, auf Deutsch.

language-name = Deutsch

# Zahlen, Geld, Zeit
number-group = .
number-group-from = 4
number-decimal = ,
money = { $kind ->
    [sign] { $amount }{"\u00A0"}{ $currency }
   *[code] { $amount }{"\u00A0"}{ $currency }
}
date-time = { $day }. { $month } { $year }, { $time } Uhr UTC
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
in-minutes = { $n ->
    [one] in { $count } Minute
   *[other] in { $count } Minuten
}
in-hours = { $n ->
    [one] in { $count } Stunde
   *[other] in { $count } Stunden
}
in-days = { $n ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
}

# Um jede Seite herum
skip = Zum Inhalt springen
nav-pages = Seiten
nav-languages = Sprachen
nav-about = Über diese Seiten
nav-polls = Abstimmungen
nav-how = So funktioniert es
nav-accessibility = Barrierefreiheit
nav-privacy = Datenschutz
footer-note = Diese Seiten setzen keine Cookies und halten nicht fest, wer sie liest.

# Liste der Abstimmungen
polls-title = Abstimmungen
polls-lead = Wählen Sie eine Abstimmung, um ihre Projekte zu sehen. Nach der Auszählung finden Sie dort auch das Ergebnis.
polls-unnamed = Eine Abstimmung, die noch nicht gelesen werden konnte
polls-read-from = Öffentliches Verzeichnis:

# Stand einer Abstimmung
phase-setup = In Vorbereitung
phase-open = Die Abstimmung läuft
phase-paused = Die Abstimmung ist unterbrochen
phase-closed = Die Abstimmung ist beendet
phase-tallied = Wird ausgezählt
phase-decided = Das Ergebnis steht fest
standing-checking = Das öffentliche Verzeichnis wird geprüft
standing-checking-so-far = Das öffentliche Verzeichnis wird geprüft: { $count } von { $of } Einträgen
standing-out-of-reach = Das öffentliche Verzeichnis ist nicht erreichbar
standing-distrusted = Das öffentliche Verzeichnis besteht die Prüfung nicht

# Angaben
facts-opening = Beginn
facts-closing = Ende
facts-closed = Geplantes Ende
facts-projects = Auf dem Stimmzettel
facts-ballots = Stimmzettel, die zählen
facts-place = Ort
facts-record = Öffentliches Verzeichnis
facts-id = Nummer der Abstimmung
facts-entries = Einträge im öffentlichen Verzeichnis
turnout = von { $roll } Stimmberechtigten

# Eine Abstimmung
projects-count = { $n ->
    [one] { $count } Projekt
   *[other] { $count } Projekte
}
poll-how-to-vote = In Ihrem Brief steht, wie Sie abstimmen.
results-link = Zum Ergebnis
stale-title = Das öffentliche Verzeichnis ist nicht erreichbar
stale-lead = Die Projekte unten sind versiegelt und können sich nicht ändern. Der Stand wird erst wieder gezeigt, wenn das Verzeichnis antwortet.
projects-title = Projekte
filter-title = Projekte suchen und ordnen
filter-search = Suche
filter-group = Bereich
filter-all = Alle Bereiche
filter-order = Reihenfolge
filter-apply = Anzeigen
filter-reset = Alle Projekte anzeigen
projects-found = { $n ->
    [0] Kein Projekt passt dazu.
    [one] { $count } Projekt.
   *[other] { $count } Projekte.
}
order-shuffled = Gemischt
order-cost = Niedrigste Kosten zuerst
order-name = Nach Namen
order-note = Die Reihenfolge ist bei jedem Besuch gemischt, damit kein Projekt immer vorne steht. Diese hat die Nummer
budget = Das Budget beträgt
project-more = Mehr über
kind-choose-one = Sie wählen ein Projekt.
kind-approval = { $n ->
    [one] Sie wählen { $count } Projekt.
   *[other] Sie wählen bis zu { $count } Projekte.
}
kind-knapsack = Sie wählen Projekte, die zusammen höchstens { $amount } kosten.
kind-points = { $n ->
    [one] Sie vergeben { $count } Punkt.
   *[other] Sie verteilen bis zu { $count } Punkte.
}
kind-scores = { $n ->
    [one] Sie geben jedem Projekt bis zu { $count } Punkt.
   *[other] Sie geben jedem Projekt bis zu { $count } Punkte.
}
kind-ranking = { $n ->
    [one] Sie nennen Ihre erste Wahl.
   *[other] Sie ordnen bis zu { $count } Projekte, das beste zuerst.
}
identity-title = Über diese Abstimmung
identity-lead = Vergleichen Sie diese Angaben mit Ihrem Brief oder mit der Bekanntmachung des Amtes.

# Ergebnis
results-title = Ergebnis
results-back = Zurück zu den Projekten
results-totals = Stimmen je Projekt
results-too-early = Vor dem Ende der Abstimmung gibt es kein Ergebnis. Ende:
ballots-counted = { $n ->
    [one] { $count } Stimmzettel zählt.
   *[other] { $count } Stimmzettel zählen.
}
result-spent = Die geförderten Projekte kosten { $amount } von { $budget }.
result-not-yet = Die Summen sind noch nicht geöffnet oder nicht bewiesen. Gezeigt wird nur, was bewiesen ist.
result-too-few = { $n ->
    [one] Die Summe bleibt versiegelt: Hier zählt weniger als { $count } Stimmzettel.
   *[other] Die Summe bleibt versiegelt: Hier zählen weniger als { $count } Stimmzettel. Sie könnte verraten, wie Einzelne abgestimmt haben.
}
result-winners-open = Diese Summen allein entscheiden nicht, welche Projekte gewinnen.
result-funded = Gefördert
column-project = Projekt
column-votes = Stimmen
column-points = Punkte
column-cost = Kosten
checks-title = Warum Sie diesen Zahlen glauben können
checks-lead = Dieser Server hat das ganze öffentliche Verzeichnis selbst nachgezählt. Er zeigt nur, was es beweist.
checks-held = { $count } von { $of } Prüfungen bestanden.
checks-to-come = { $n ->
    [one] { $count } Prüfung wartet auf etwas, das noch kommt.
   *[other] { $count } Prüfungen warten auf etwas, das noch kommt.
}
checks-details = Alle Prüfungen
checks-yourself = Prüfen Sie selbst
checks-yourself-lead = Sie müssen diesem Server nicht glauben. Jeder kann das öffentliche Verzeichnis mit diesem Befehl nachzählen:
chapter-define = Regeln
chapter-ceremony = Schlüssel
chapter-roll = Stimmregister
chapter-ballots = Stimmzettel
chapter-ledger = Öffentliches Verzeichnis
chapter-tally = Zusammenzählen
chapter-decrypt = Öffnen der Summen
chapter-outcome = Gewinner

# So funktioniert es
how-title = So funktioniert es
how-lead = Ihre Stimme bleibt geheim, und alle können die Auszählung prüfen. So geht beides zusammen.
how-envelope-title = Ihre Wahl kommt in einen versiegelten Umschlag
how-envelope = Ihr eigenes Gerät versiegelt Ihre Wahl, bevor es sie sendet. Der versiegelte Stimmzettel zeigt niemandem, was darin steht.
how-list-title = Jeder Umschlag steht auf einer öffentlichen Liste
how-list = Die Liste ist das öffentliche Verzeichnis. Unabhängige Zeugen beobachten sie, damit kein Umschlag unbemerkt verschwinden kann.
how-name-title = Ihr Name steht nicht auf dem Umschlag
how-name = Das Amt prüft Ihr Stimmrecht und gibt Ihnen einen Wahlpass. Er ist so gemacht, dass das Amt ihn später nicht wiedererkennt.
how-sums-title = Nur Summen werden geöffnet
how-sums = Versiegelte Stimmzettel lassen sich ungeöffnet zusammenzählen. Eine Summe öffnen mehrere Treuhänder nur gemeinsam. Einzelne Stimmzettel werden nie geöffnet.
how-recount-title = Jeder kann nachzählen
how-recount = Jeder Stimmzettel trägt einen Beweis, dass er die Regeln einhält. Jeder kann alle Beweise prüfen und alle Stimmzettel zusammenzählen.
how-site-title = Was diese Seiten prüfen
how-site = Dieser Server zählt das öffentliche Verzeichnis nach, bevor er etwas zeigt. Passt etwas nicht, sagt er es und zeigt keine Zahlen.
how-order-title = Welches Projekt zuerst kommt
how-order = Jeder Besuch zeigt die Projekte in einer anderen Reihenfolge. Die Nummer in der Adresse bestimmt sie nach einer veröffentlichten Regel.
how-limits-title = Was das nicht kann
how-limits = Es schützt kein Gerät, das befallen ist. Es hindert niemanden daran, Ihnen über die Schulter zu schauen.

# Barrierefreiheit
accessibility-title = Barrierefreiheit
accessibility-lead = Alle sollen diese Seiten benutzen können. Unser Ziel ist WCAG 2.2, Stufe AA.
accessibility-can-title = Was Sie tun können
accessibility-can-keyboard = Alles mit der Tastatur allein bedienen und immer sehen, wo Sie sind.
accessibility-can-reader = Einen Screenreader benutzen: Jede Seite hat Überschriften, Bereiche und benannte Bedienelemente.
accessibility-can-zoom = Die Schrift auf 400 Prozent vergrößern, ohne seitlich zu blättern.
accessibility-can-colours = Helle, dunkle oder eigene Farben wählen. Nichts wird allein durch Farbe gesagt.
accessibility-can-script = Jede Seite ohne JavaScript lesen.
accessibility-limits-title = Was noch nicht geht
accessibility-limits = Das Amt schreibt die Texte der Projekte und beschreibt ihre Bilder. Manchen kann eine Übersetzung oder Beschreibung fehlen.
accessibility-tested-title = Wie wir prüfen
accessibility-tested = Programme prüfen jede Seite in jeder Sprache. Von außerhalb des Projekts hat sie noch niemand geprüft.
accessibility-report-title = Melden Sie uns ein Problem
accessibility-report = Schreiben Sie dem Amt, das Ihren Brief geschickt hat, und nennen Sie die Seite.
accessibility-other-way = Wenn Sie diese Seiten nicht benutzen können, nennt Ihnen das Amt einen anderen Weg.

# Datenschutz
privacy-title = Datenschutz
privacy-lead = Sie können diese Seiten lesen, ohne hier eine Spur zu hinterlassen.
privacy-reading-title = Was über Leser festgehalten wird
privacy-reading = Nichts. Es gibt keine Cookies, keine Statistik und keine Teile von anderen Servern. Anfragen werden nicht aufgeschrieben.
privacy-address-title = Was in der Adresse steht
privacy-address = In der Adresse stehen Ihre Sprache, Ihre Suche und die Nummer Ihrer Reihenfolge. Sie werden nicht gespeichert.
privacy-record-title = Was das öffentliche Verzeichnis enthält
privacy-record = Es enthält versiegelte Stimmzettel ohne Namen, und Summen. Niemand kann darin einen einzelnen Stimmzettel lesen.
privacy-roll-title = Wer weiß, wer abgestimmt hat
privacy-roll = Das Amt weiß, wer einen Wahlpass bekommen hat. Es weiß nicht, welcher Stimmzettel damit abgegeben wurde.
privacy-others-title = Was andere sehen können
privacy-others = Ihr Internetanbieter kann sehen, dass Sie diese Seiten besuchen. Andere Server des Amtes haben eigene Hinweise.

# Die Wahlkabine
booth-title = Abstimmen
booth-reading-title = Einen Augenblick
booth-reading = Ihr Gerät prüft das öffentliche Verzeichnis dieser Abstimmung. Es sendet noch nichts.
booth-read-title = Das öffentliche Verzeichnis stimmt
booth-read = Ihr Gerät hat das öffentliche Verzeichnis dieser Abstimmung geprüft.
booth-failed-title = Sie können hier jetzt nicht abstimmen
booth-failed = Es wurde nichts gesendet, und nichts ist verloren. Ihr Gerät sagt auf Englisch, was nicht stimmt:
booth-needs-title = Was Sie zum Abstimmen brauchen
booth-needs-script = Für diese Seite braucht Ihr Browser JavaScript und WebAssembly. Damit versiegelt Ihr eigenes Gerät Ihre Stimme.
booth-none = Auf dieser Website gibt es keine Wahlkabine für diese Abstimmung.
booth-needs-command = Sie können auch ohne Browser abstimmen. Dieses Programm tut dasselbe auf einem Computer:
booth-needs-other = In Ihrem Brief steht, wie Sie sonst abstimmen können.

# Wenn etwas nicht stimmt
failure-back = Zur Liste der Abstimmungen
failure-back-to-poll = Zur Abstimmung
failure-not-found = Diese Seite gibt es nicht
failure-not-found-lead = Unter dieser Adresse gibt es keine Seite.
failure-not-found-next = Prüfen Sie die Adresse in Ihrem Brief. Sie können auch mit der Liste der Abstimmungen beginnen.
failure-method = Diese Adresse kann nur gelesen werden
failure-method-lead = Ihr Browser wollte hierher etwas senden. Es wurde nichts angenommen.
failure-method-next = Beginnen Sie neu mit der Liste der Abstimmungen.
failure-query = Diese Suche ist nicht lesbar
failure-query-lead = Der Teil der Adresse hinter dem Fragezeichen ist beschädigt.
failure-query-next = Beginnen Sie die Suche neu auf der Seite der Abstimmung.
failure-checking = Das öffentliche Verzeichnis wird geprüft
failure-checking-lead = Dieser Server zählt das öffentliche Verzeichnis noch nach. Bis dahin zeigt er nichts.
failure-checking-next = Laden Sie diese Seite in einer Minute noch einmal.
failure-out-of-reach = Das öffentliche Verzeichnis ist nicht erreichbar
failure-out-of-reach-lead = Dieser Server kann das öffentliche Verzeichnis gerade nicht lesen. Er zeigt stattdessen keine älteren Zahlen.
failure-out-of-reach-next = Laden Sie diese Seite in einer Minute noch einmal. Abgegebene Stimmen sind nicht betroffen.
failure-distrusted = Das öffentliche Verzeichnis besteht die Prüfung nicht
failure-distrusted-lead = Im öffentlichen Verzeichnis stimmt etwas nicht, deshalb wird hier nichts davon gezeigt.
failure-distrusted-next = Der Fehler liegt nicht bei Ihnen. Bitte melden Sie dem Amt, was Sie hier sehen:
failure-internal = Diese Seite konnte nicht erstellt werden
failure-internal-lead = In dem Programm, das diese Seiten erstellt, ist ein Fehler.
failure-internal-next = Laden Sie diese Seite in einer Minute noch einmal. Bitte melden Sie es, wenn es wieder geschieht.

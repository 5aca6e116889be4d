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
privacy-booth-title = Was das Abstimmen hier auf Ihrem Gerät behält
privacy-booth = Ihr Stimmpass und Ihre Quittung bleiben in diesem Browser, bis Sie sie entfernen. Ihre Wahl wird nicht behalten. Kein Server bekommt sie unversiegelt.
privacy-record-title = Was das öffentliche Verzeichnis enthält
privacy-record = Es enthält versiegelte Stimmzettel ohne Namen, und Summen. Niemand kann darin einen einzelnen Stimmzettel lesen.
privacy-roll-title = Wer weiß, wer abgestimmt hat
privacy-roll = Das Amt weiß, wer einen Wahlpass bekommen hat. Es weiß nicht, welcher Stimmzettel damit abgegeben wurde.
privacy-others-title = Was andere sehen können
privacy-others = Ihr Internetanbieter kann sehen, dass Sie diese Seiten besuchen. Andere Server des Amtes haben eigene Hinweise.

# Die Wahlkabine
booth-title = Abstimmen
booth-link = Hier abstimmen
booth-reading-title = Einen Augenblick
booth-reading = Ihr Gerät prüft das öffentliche Verzeichnis dieser Abstimmung. Es sendet noch nichts.
booth-failed-title = Sie können hier jetzt nicht abstimmen
booth-failed = Diese Seite hört hier auf. Was Ihr Gerät behalten hat, bleibt, wie es war. Es sagt auf Englisch, was nicht stimmt:
booth-needs-title = Was Sie zum Abstimmen brauchen
booth-needs-script = Für diese Seite braucht Ihr Browser JavaScript und WebAssembly. Damit versiegelt Ihr eigenes Gerät Ihre Stimme.
booth-none = Auf dieser Website gibt es keine Wahlkabine für diese Abstimmung.
booth-needs-command = Sie können auch ohne Browser abstimmen. Dieses Programm tut dasselbe auf einem Computer:
booth-needs-other = In Ihrem Brief steht, wie Sie sonst abstimmen können.
booth-elsewhere-title = Diese Stimmabgabe ist anderswo offen
booth-elsewhere = Ein anderer Tab oder ein anderes Fenster dieses Browsers hat sie offen. Nur an einer Stelle kann es weitergehen.
booth-here = Hier weitermachen

# Wie es um eine Stimme steht
booth-not-cast = Noch nicht abgegeben.
booth-not-cast-again = Ihre neue Stimme ist noch nicht abgegeben.
booth-not-cast-waits = Noch nicht abgegeben: Ihr Stimmzettel wartet bis { $time }.
booth-handed-in = Ihre Stimme ist eingereicht und von den Zeugen noch nicht bestätigt.
booth-cast = Ihre Stimme liegt in der Urne

# Schritt 1
booth-pass-title = Schritt 1 von 4: Ihr Stimmpass
booth-pass = Geben Sie den Code aus Ihrem Brief ein. Damit bekommt Ihr Gerät einen Stimmpass, der nicht verrät, wer Sie sind.
booth-pass-asked = Ihr Gerät hat schon um einen Pass gebeten und noch keine Antwort. Geben Sie denselben Code noch einmal ein.
booth-style = Der Stimmzettel, den Ihr Brief nennt
booth-code = Code aus Ihrem Brief
booth-pass-keep = Der Pass bleibt auf diesem Gerät, und niemand kann ihn ersetzen. Danach können Sie ihn als Datei speichern.
booth-pass-get = Meinen Stimmpass holen
booth-passing = Ihr Gerät holt und prüft Ihren Stimmpass.
booth-code-mistyped = Das ist kein Code aus einem Brief. Vergleichen Sie jeden Buchstaben und jede Ziffer.
booth-code-unknown = Dieser Code ist hier nicht bekannt. Vergleichen Sie ihn mit Ihrem Brief.
booth-code-style = Dieser Code gilt für einen anderen Stimmzettel. Wählen Sie den, den Ihr Brief nennt.
booth-code-used = Für diesen Code wurde schon ein Stimmpass ausgegeben. Stimmen Sie mit dem Gerät ab, das ihn hat, oder mit der gespeicherten Datei. Wenn Sie das nicht waren, melden Sie es.
booth-code-closed = Die Abstimmung ist beendet. Es gibt keine Stimmpässe mehr.
booth-code-early = Noch gibt es keine Stimmpässe. Kommen Sie später mit demselben Code wieder.
booth-code-refused = Sie bekommen keinen Stimmpass. Das Amt sagt auf Englisch, warum:
booth-issuer-silent = Das Amt antwortet nicht. Nichts ist verloren. Versuchen Sie es noch einmal mit demselben Code.
booth-issuer-keys = Das Amt zeigt andere Schlüssel als das öffentliche Verzeichnis. Ihr Gerät hat um nichts gebeten. Bitte melden Sie das.
booth-issuer-false = Die Antwort des Amtes ist kein gültiger Stimmpass. Nichts ist verloren. Bitte melden Sie das und versuchen Sie es später noch einmal.
booth-file-title = Ich habe eine Datei mit meinem Stimmpass
booth-file = Die Datei
booth-secret = Passwort der Datei
booth-file-use = Mit dieser Datei weitermachen
booth-file-none = Wählen Sie zuerst die Datei.
booth-file-wrong = Diese Datei geht nicht auf. Das Passwort ist ein anderes, oder die Datei gehört zu einer anderen Abstimmung.
booth-looking = Ihr Gerät liest das ganze öffentliche Verzeichnis. So sieht es, was mit diesem Pass abgegeben wurde.
booth-look-wrong = Das öffentliche Verzeichnis und Ihr Stimmpass passen nicht zusammen. Bitte melden Sie, was Ihr Gerät auf Englisch sagt:

# Schritt 2
booth-choose-title = Schritt 2 von 4: Auswählen
booth-choose = Beim Auswählen verlässt nichts Ihr Gerät. Sie dürfen alles leer lassen: Das ist ein leerer Stimmzettel.
booth-wait-before = Nach der Abgabe wartet Ihr Stimmzettel bis { $time } auf diesem Gerät. So verrät die Uhrzeit niemandem, zu welchem Brief er gehört.
booth-pick = Ich wähle
booth-none-of-them = Keines davon
booth-less = Ein Punkt weniger
booth-more = Ein Punkt mehr
booth-rank = In meine Reihenfolge
booth-ranking = Meine Reihenfolge, das Beste zuerst
booth-ranking-how = Ziehen Sie ein Projekt an seinen Punkten, oder drücken Sie seine Knöpfe.
booth-ranking-empty = Noch kein Projekt. Nehmen Sie Projekte aus der Liste unten.
booth-up = Nach oben
booth-down = Nach unten
booth-unrank = Entfernen
booth-meter-count = Ausgewählt: { $used } von { $most }
booth-meter-ranked = In der Reihenfolge: { $used } von { $most }
booth-meter-cost = Kosten: { $used } von { $most }
booth-meter-points = Punkte: { $used } von { $most }
booth-meter-group = { $whose }: { $used } von { $most }
booth-over = Zu viel: Nehmen Sie etwas heraus, bis es höchstens { $most } ist.
booth-under = Nicht genug: Es muss mindestens { $least } sein.
booth-wrong-points = Punkte sind ganze Zahlen von { $least } bis { $most }.
booth-note-full = Sie haben schon { $most } ausgewählt. Nehmen Sie eines heraus, um dieses zu wählen.
booth-note-cost = Passt nicht mehr: Es sind { $left } übrig.
booth-found = Angezeigt: { $count }
booth-line-points = Punkte: { $points }
booth-blank = Hier ist nichts ausgewählt: eine leere Antwort.
booth-to-review = Weiter zur Durchsicht

# Schritt 3
booth-review-title = Schritt 3 von 4: Durchsehen
booth-review = Das ist Ihr Stimmzettel. Nichts hat Ihr Gerät verlassen.
booth-change = Etwas ändern
booth-seal = Meinen Stimmzettel versiegeln
booth-sealing = Ihr Gerät versiegelt Ihren Stimmzettel.
booth-seal-wrong = Ihr Gerät kann diesen Stimmzettel nicht versiegeln. Es sagt auf Englisch, warum:

# Schritt 4
booth-sealed-title = Schritt 4 von 4: Abgeben
booth-sealed = Ihr Stimmzettel ist auf diesem Gerät versiegelt und noch nicht abgegeben. Ein Schritt fehlt noch.
booth-cast-button = Meine Stimme abgeben
booth-tracker = Prüfcode
booth-check-title = Oder prüfen Sie erst Ihr Gerät
booth-check = Ein zweites Gerät kann sehen, ob dieses versiegelt, was Sie gewählt haben. Ein geprüfter Stimmzettel wird geöffnet und zählt nie.
booth-check-scan = Scannen Sie jetzt diesen Code mit einem zweiten Gerät.
booth-check-press = Drücken Sie dann „Mein Gerät prüfen“. Dieses Gerät öffnet den versiegelten Stimmzettel und zeigt einen zweiten Code.
booth-check-compare = Scannen Sie auch den. Vergleichen Sie, was das zweite Gerät zeigt, mit Ihrer Wahl.
booth-check-button = Mein Gerät prüfen
booth-qr-address = Oder öffnen Sie dort diese Adresse:
booth-qr-tracker = Der Prüfcode als Bild, zum Scannen mit einem zweiten Gerät
booth-opened-title = Dieser Stimmzettel ist geöffnet und nicht abgegeben
booth-opened = Scannen Sie diesen zweiten Code mit Ihrem zweiten Gerät. Vergleichen Sie, was es zeigt, mit Ihrer Wahl hier unten.
booth-qr-opening = Der geöffnete Stimmzettel als Bild, zum Scannen mit einem zweiten Gerät
booth-seal-again = Einen neuen Stimmzettel mit dieser Wahl versiegeln
booth-proving = Ihr Gerät beweist, dass Ihr Stimmzettel die Regeln einhält.
booth-sending = Ihr Gerät sendet Ihren Stimmzettel und wartet auf die Quittung. Lassen Sie diese Seite offen.
booth-waiting-title = Ihr Stimmzettel wartet und ist noch nicht abgegeben
booth-waiting = Er wartet, damit die Uhrzeit niemandem verrät, zu welchem Brief er gehört.
booth-waiting-until = Ihr Gerät gibt ihn um diese Zeit ab: { $time },
booth-waiting-stay = Lassen Sie diese Seite offen: Dann gibt Ihr Gerät ihn von selbst ab.
booth-waiting-leave = Sie können die Seite auch schließen und nach dieser Zeit hier wieder öffnen. Solange sie geschlossen ist, wird nichts abgegeben. Kommen Sie vor dem Ende der Abstimmung zurück.
booth-waiting-not = Ich kann nicht warten
booth-waiting-risk = Sie können sofort abgeben. Wer dann beide Uhrzeiten sieht, errät vielleicht, zu welchem Brief Ihr Stimmzettel gehört.
booth-waiting-now = Meinen Stimmzettel sofort abgeben
booth-unconfirmed-title = Ihre Stimme ist noch nicht abgegeben
booth-unconfirmed = Ihr Gerät behält den versiegelten Stimmzettel. Noch einmal gesendet zählt er nie doppelt.
booth-send-again = Denselben Stimmzettel noch einmal senden
booth-silent = Die Urne antwortet nicht. Es gibt keine Quittung.
booth-false-receipt = Die Antwort der Urne ist keine Quittung für Ihren Stimmzettel. Bitte melden Sie das.
booth-refused-title = Ihre Stimme ist nicht abgegeben
booth-refused = Die Urne hat Ihren Stimmzettel nicht angenommen. Sie sagt auf Englisch, warum:
booth-refused-closed = Die Urne nimmt jetzt keine Stimmzettel an.
booth-refused-again = Mit Ihrem Pass liegt schon ein Stimmzettel in der Urne. Diese Abstimmung nimmt keinen zweiten.
booth-refused-next = Wenn Sie das für falsch halten, melden Sie es dem Amt, und behalten Sie diese Seite.
booth-refused-choose = Zurück zur Auswahl

# Die Quittung
booth-cast-lead = Ihr Gerät hat geprüft, dass Ihr Stimmzettel im öffentlichen Verzeichnis steht. Heben Sie die Quittung auf.
booth-handed-in-lead = Die Urne hat für Ihren Stimmzettel unterschrieben. Ihr Gerät fragt weiter, bis die Zeugen ihn bestätigen.
booth-receipt-index = Platz im öffentlichen Verzeichnis
booth-receipt-file = Die Quittung speichern
booth-receipt-print = Die Quittung drucken
booth-qr-receipt = Die Quittung als Bild zum Scannen
booth-receipt-not = Die Quittung zeigt nicht, wie Sie gestimmt haben. Niemand kann das aus ihr lesen.
booth-again = Noch einmal abstimmen: Der neue Stimmzettel ersetzt diesen

# Auf diesem Gerät
booth-device-title = Was dieses Gerät behält
booth-device = Ihr Stimmpass und Ihre Quittung bleiben hier, bis Sie sie entfernen. Ihre Wahl wird nicht behalten.
booth-save-title = Meinen Stimmpass als Datei speichern
booth-save = Mit der Datei und ihrem Passwort können Sie anderswo weitermachen. Wer beides hat, kann für Sie abstimmen.
booth-save-button = Die Datei speichern
booth-secret-short = Das Passwort braucht mindestens zehn Zeichen.
booth-saved = Die Datei ist gespeichert.
booth-forget-title = Mich auf diesem Gerät vergessen
booth-forget = Tun Sie das auf einem gemeinsamen Gerät. Der Pass ist dann weg, und niemand kann ihn ersetzen. Speichern Sie ihn vorher, oder geben Sie erst Ihre Stimme ab.
booth-forget-button = Mich jetzt vergessen

# Das zweite Gerät
check-title = Ein anderes Gerät prüfen
check-lead = Dieses Gerät zeigt, was ein anderes versiegelt hat. Es liest das öffentliche Verzeichnis selbst.
check-needs = Diese Seite braucht JavaScript und WebAssembly. Für Stimmzettel, die das Programm auf einem Computer geöffnet hat, gibt es diesen Befehl:
check-start-title = Scannen Sie den ersten Code
check-start = Versiegeln Sie auf dem anderen Gerät Ihren Stimmzettel. Scannen Sie dann den Code, den es zeigt, mit diesem Gerät.
check-scanned-title = Der erste Code ist da
check-scanned = Drücken Sie jetzt auf dem anderen Gerät „Mein Gerät prüfen“. Scannen Sie den zweiten Code mit diesem Gerät.
check-lacking-title = Der erste Code fehlt
check-lacking = Dieses Gerät hat den ersten Code nicht gescannt, bevor der Stimmzettel geöffnet wurde. Ohne ihn beweist die Prüfung nichts. Versiegeln Sie einen neuen und beginnen Sie mit dessen erstem Code.
check-good-title = Das hat das andere Gerät versiegelt
check-good = Vergleichen Sie es mit dem, was Sie gewählt haben. Ist es dasselbe, hat das andere Gerät richtig versiegelt.
check-not-there = Der geöffnete Stimmzettel steht nicht im öffentlichen Verzeichnis. Er zählt nicht.
check-differs = Ist es nicht, was Sie gewählt haben, benutzen Sie das andere Gerät nicht. Melden Sie es.
check-bad-title = Das andere Gerät hat die Prüfung nicht bestanden
check-bad = Stimmen Sie nicht damit ab. Melden Sie, was dieses Gerät auf Englisch sagt:
check-cast-title = Der geöffnete Stimmzettel wurde abgegeben
check-cast = Das andere Gerät hat einen Stimmzettel abgegeben, den es geöffnet hatte. Benutzen Sie es nicht. Melden Sie es.

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

# Meinen Stimmzettel finden, und das Nachzählen auf dem eigenen Gerät
find-title = Meinen Stimmzettel finden
find-lead = Sehen Sie nach, ob Ihr versiegelter Stimmzettel in der Urne ist und zählt. Sie brauchen die Quittung Ihrer Stimmabgabe.
find-file = Ihre Quittungsdatei
find-paste = Oder fügen Sie den Text Ihrer Quittung ein
find-look = Nachsehen
find-privacy = Ihre Quittung bleibt auf diesem Gerät. Die Seite liest das ganze öffentliche Verzeichnis. So erfährt niemand, welcher Stimmzettel Ihrer ist.
find-reading-title = Das öffentliche Verzeichnis wird gelesen
find-reading = Das kann eine Weile dauern. Lassen Sie diese Seite offen.
find-again = Eine andere Quittung nachsehen
find-proves = Das zeigt, dass Ihre versiegelte Stimme unverändert gespeichert ist. Es zeigt nicht, wie Sie gestimmt haben. Das kann niemand sehen.
find-counted-title = Ihr Stimmzettel ist in der Urne
find-counted = Ihr Stimmzettel steht unverändert im öffentlichen Verzeichnis, und er zählt.
find-kept-title = Ihr Stimmzettel ist in der Urne
find-kept = Ihr Stimmzettel steht unverändert im Verzeichnis. Es ist zu lang, um hier nach einem späteren Stimmzettel von Ihnen zu suchen.
find-entry-title = Er ist in der Urne, und er ist kein Stimmzettel
find-entry = Diese Quittung gilt einem anderen Eintrag des öffentlichen Verzeichnisses. Er steht unverändert da.
find-replaced-title = Ein späterer Stimmzettel von Ihnen zählt
find-replaced = Dieser Stimmzettel ist in der Urne. Ein späterer mit Ihrem Wahlpass hat ihn ersetzt. Haben Sie nicht noch einmal gestimmt, melden Sie es dem Amt.
find-invalid-title = Ihr Stimmzettel ist in der Urne, aber er zählt nicht
find-invalid = Der Stimmzettel steht im öffentlichen Verzeichnis und verletzt eine Regel. Melden Sie es dem Amt.
find-dropped-title = ENTFERNT: Ihr Stimmzettel ist weg
find-dropped = Die Urne hat für Ihren Stimmzettel unterschrieben. Jetzt steht etwas anderes an seiner Stelle. Sichern Sie den Beweis und melden Sie es.
find-rewritten-title = Das öffentliche Verzeichnis wurde geändert
find-rewritten = Ihr Stimmzettel ist da. Aber nach Ihrer Quittung wurden andere Einträge geändert. Sichern Sie den Beweis und melden Sie es.
find-proof = Beweis sichern
find-proof-note = Der Beweis überzeugt jeden, auch ohne diese Seite. Behalten Sie auch Ihre Quittung.
find-unknown-title = Das lässt sich von hier nicht sagen
find-older = Diese Kopie des Verzeichnisses endet vor Ihrer Quittung. Versuchen Sie eine andere Kopie, und behalten Sie Ihre Quittung.
find-closed-before = Die Abstimmung ist beendet, und diese Kopie endet vor Ihrem Stimmzettel. Behalten Sie Ihre Quittung und melden Sie es dem Amt.
find-not-witnessed = Ihr Stimmzettel ist abgegeben, aber von den Zeugen noch nicht bestätigt. Sehen Sie später wieder nach.
find-missing = Dieser Kopie des Verzeichnisses fehlt eine Datei. Versuchen Sie eine andere Kopie.
find-too-large = Das Verzeichnis ist zu lang für diese Seite. Benutzen Sie das Programm unten.
find-no-receipt = Das ist keine Quittung. Wählen Sie die Datei, die Sie bei der Stimmabgabe gesichert haben.
find-other-election = Diese Kopie gehört zu einer anderen Abstimmung. Prüfen Sie die Adresse.
find-foreign = Die Urne dieser Abstimmung hat diese Quittung nicht unterschrieben. Stammt sie von einer anderen? Wenn nicht, melden Sie es.
find-not-signed = Die Urne hat nicht unterschrieben, was diese Adresse zeigt. Versuchen Sie eine andere Kopie, und melden Sie es.
find-unproven = Was diese Adresse zeigt, passt nicht zusammen. Versuchen Sie eine andere Kopie, und melden Sie es.
find-unreachable = Das Verzeichnis ist nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.
find-filled = Der Link, dem Sie gefolgt sind, hat Ihre Quittung eingetragen. Kein Server hat sie gesehen.
find-step = Gelesene Dateien: { $done } von { $of }.
copy-title = Eine andere Kopie lesen
copy-note = Jeder darf eine Kopie des öffentlichen Verzeichnisses haben. Diese Seite liest die unter dieser Adresse.
copy-label = Adresse der Kopie
copy-use = Diese Kopie lesen
oneself-needs-script = Dafür braucht Ihr Browser JavaScript und WebAssembly.
oneself-none = Diese Website kann das nicht in Ihrem Browser.
oneself-command = Dieses Programm tut dasselbe auf einem Rechner, ohne diese Seite:
oneself-left = Es dauert noch etwa { $time }.
oneself-size = Das öffentliche Verzeichnis ist etwa { $size } MB lang.
oneself-stop = Anhalten
oneself-trying = Die Verbindung ist abgerissen. Ihr Gerät versucht es noch einmal.
recount-title = Selbst nachzählen
recount-lead = Ihr eigenes Gerät zählt das ganze öffentliche Verzeichnis nach. Es glaubt nichts, was diese Website sagt.
recount-begin-note = Es liest jeden Stimmzettel. Das kann einige Minuten und viele Megabyte kosten.
recount-begin = Nachzählen
recount-again = Noch einmal nachzählen
recount-too-large = Dieses Verzeichnis ist zu lang für einen Browser. Benutzen Sie das Programm unten.
recount-reading-title = Ihr Gerät zählt nach
recount-held-title = Alles stimmt
recount-held = Ihr Gerät hat alles geprüft. Die Summen unten sind richtig.
recount-broken-title = Etwas stimmt nicht
recount-broken = Mindestens eine Prüfung ist gescheitert. Melden Sie dem Amt, was Sie hier sehen.
recount-not-finished-title = Bisher stimmt alles
recount-not-finished = Einige Prüfungen warten auf etwas, das noch kommt.
recount-incomplete-title = Nicht alles lässt sich prüfen
recount-incomplete = Nichts ist falsch, aber hier fehlt etwas. Versuchen Sie eine andere Kopie.
recount-failed-title = Das Nachzählen kam nicht zu Ende
recount-failed = Über das Verzeichnis folgt daraus nichts. Ihr Gerät sagt auf Englisch, was nicht geht:
recount-claims = Was geprüft wurde
recount-found = Die Zahlen Ihres Geräts
recount-ballots = Stimmzettel im Verzeichnis
recount-replaced = Durch spätere ersetzt
recount-root = Fingerabdruck des Verzeichnisses
recount-anew = Von vorn beginnen
recount-ending = Das Programm unten endet mit denselben Worten:
recount-go-on = Weiterzählen
recount-paused-title = Das Nachzählen ist unterbrochen
recount-paused-stopped = Sie haben es angehalten. Es kann weitergehen, wo es war.
recount-paused-unreachable = Das Verzeichnis antwortet nicht. Prüfen Sie Ihre Verbindung, und zählen Sie dann weiter.
recount-step = Geprüfte Einträge: { $done } von { $of }.
recount-unsigned = Diese Kopie sagt etwas, das die Urne nicht unterschrieben hat. Sie kann beschädigt oder verändert sein: Versuchen Sie erst eine andere.
stands-held = Stimmt
stands-broken = Verletzt
stands-open = Nicht prüfbar
claim-manifest = Das Amt hat die Regeln unterschrieben, und sie passen zusammen.
claim-content = Texte und Bilder sind die versiegelten.
claim-joint-key = Alle Treuhänder haben den Schlüssel gemeinsam erzeugt.
claim-rehearsal = Genug Treuhänder haben vor der Öffnung gezeigt, dass ihre Schlüssel funktionieren.
claim-issuers = Wahlpässe und Verzeichnisse der Berechtigten standen vor der Öffnung fest.
claim-ballots = Jeder Stimmzettel hält die Regeln ein und beweist es.
claim-tokens = Jeder Stimmzettel trägt alle Wahlpässe, und sie sind gültig.
claim-sequence = Ein späterer Stimmzettel folgt dem früheren nach den Regeln.
claim-order = Jeder Eintrag steht, wo er stehen darf.
claim-checkpoint = Das Verzeichnis ist unterschrieben, und seine Zeugen haben es gesehen.
claim-batches = Stimmzettel wurden in Gruppen gemischt, bevor sie eingetragen wurden.
claim-after-close = Nach dem Ende der Abstimmung kam kein Stimmzettel dazu.
claim-eligibility = Es gibt nicht mehr Stimmzettel als Pässe und nicht mehr Pässe als Berechtigte.
claim-counted = Von jedem Wahlpass zählt ein Stimmzettel, der richtige.
claim-sums = Die veröffentlichten Summen sind die der gezählten Stimmzettel.
claim-shares = Genug Treuhänder haben jede Summe geöffnet und es bewiesen.
claim-plaintexts = Die veröffentlichten Ergebnisse sind der Inhalt der Summen.
claim-winners = Die Gewinner folgen aus den Ergebnissen nach der versiegelten Regel.

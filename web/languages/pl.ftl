# Co mówią strony, po polsku.

language-name = Polski

# Liczby, pieniądze, czas
number-group = {"\u00A0"}
number-group-from = 5
number-decimal = ,
money = { $kind ->
    [sign] { $amount }{"\u00A0"}{ $currency }
   *[code] { $amount }{"\u00A0"}{ $currency }
}
date-time = { $day } { $month } { $year }, { $time } UTC
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia
in-minutes = { $n ->
    [one] za { $count } minutę
    [few] za { $count } minuty
   *[other] za { $count } minut
}
in-hours = { $n ->
    [one] za { $count } godzinę
    [few] za { $count } godziny
   *[other] za { $count } godzin
}
in-days = { $n ->
    [one] za { $count } dzień
   *[other] za { $count } dni
}

# Wokół każdej strony
skip = Przejdź do treści
nav-pages = Strony
nav-languages = Języki
nav-about = O tych stronach
nav-polls = Głosowania
nav-how = Jak to działa
nav-accessibility = Dostępność
nav-privacy = Prywatność
footer-note = Te strony nie używają ciasteczek i nie zapisują, kto je czyta.

# Lista głosowań
polls-title = Głosowania
polls-lead = Wybierz głosowanie, aby zobaczyć jego projekty. Po policzeniu głosów znajdziesz tam też wynik.
polls-unnamed = Głosowanie, którego nie udało się jeszcze odczytać
polls-read-from = Rejestr publiczny:

# Stan głosowania
phase-setup = W przygotowaniu
phase-open = Głosowanie trwa
phase-paused = Głosowanie jest przerwane
phase-closed = Głosowanie zakończone
phase-tallied = Trwa liczenie
phase-decided = Wynik jest znany
standing-checking = Rejestr publiczny jest sprawdzany
standing-checking-so-far = Rejestr publiczny jest sprawdzany: { $count } z { $of } wpisów
standing-out-of-reach = Rejestr publiczny jest nieosiągalny
standing-distrusted = Rejestr publiczny nie przechodzi sprawdzenia

# Dane
facts-opening = Początek głosowania
facts-closing = Koniec głosowania
facts-closed = Planowany koniec głosowania
facts-projects = Na karcie
facts-ballots = Karty, które się liczą
facts-place = Miejsce
facts-record = Rejestr publiczny
facts-id = Numer głosowania
facts-entries = Wpisy w rejestrze publicznym
turnout = liczba uprawnionych: { $roll }

# Głosowanie
projects-count = { $n ->
    [one] { $count } projekt
    [few] { $count } projekty
   *[other] { $count } projektów
}
poll-how-to-vote = Jak głosować, mówi list, który otrzymałeś lub otrzymałaś.
results-link = Zobacz wyniki
stale-title = Rejestr publiczny jest nieosiągalny
stale-lead = Projekty poniżej są zapieczętowane i nie mogą się zmienić. Stan głosowania pokażemy, gdy rejestr znów odpowie.
projects-title = Projekty
filter-title = Szukaj i porządkuj projekty
filter-search = Szukaj
filter-group = Kategoria
filter-all = Wszystkie kategorie
filter-order = Kolejność
filter-apply = Pokaż
filter-reset = Pokaż wszystkie projekty
projects-found = { $n ->
    [0] Żaden projekt nie pasuje.
    [one] { $count } projekt.
    [few] { $count } projekty.
   *[other] { $count } projektów.
}
order-shuffled = Losowa
order-cost = Od najtańszego
order-name = Według nazwy
order-note = Każdy widzi projekty w innej kolejności, więc żaden nie jest zawsze pierwszy. Ta kolejność ma numer
budget = Budżet wynosi
project-more = Więcej o projekcie
kind-choose-one = Wybierasz jeden projekt.
kind-approval = { $n ->
    [one] Wybierasz { $count } projekt.
    [few] Wybierasz najwyżej { $count } projekty.
   *[other] Wybierasz najwyżej { $count } projektów.
}
kind-knapsack = Wybierasz projekty, które razem kosztują najwyżej { $amount }.
kind-points = { $n ->
    [one] Przyznajesz { $count } punkt.
    [few] Rozdzielasz najwyżej { $count } punkty.
   *[other] Rozdzielasz najwyżej { $count } punktów.
}
kind-scores = { $n ->
    [one] Każdemu projektowi dajesz najwyżej { $count } punkt.
    [few] Każdemu projektowi dajesz najwyżej { $count } punkty.
   *[other] Każdemu projektowi dajesz najwyżej { $count } punktów.
}
kind-ranking = { $n ->
    [one] Podajesz swój pierwszy wybór.
    [few] Układasz najwyżej { $count } projekty, najlepszy na początku.
   *[other] Układasz najwyżej { $count } projektów, najlepszy na początku.
}
identity-title = O tym głosowaniu
identity-lead = Porównaj te dane ze swoim listem albo z ogłoszeniem urzędu.

# Wyniki
results-title = Wyniki
results-back = Wróć do projektów
results-totals = Głosy na projekty
results-too-early = Przed końcem głosowania nie ma wyniku. Koniec głosowania:
ballots-counted = { $n ->
    [one] Liczy się { $count } karta.
    [few] Liczą się { $count } karty.
   *[other] Liczy się { $count } kart.
}
result-spent = Finansowane projekty kosztują { $amount } z { $budget }.
result-not-yet = Sumy nie są jeszcze otwarte albo nie są udowodnione. Pokazujemy tylko to, co jest udowodnione.
result-too-few = { $n ->
    [one] Suma zostaje zapieczętowana: liczy się tu mniej niż { $count } karta.
    [few] Suma zostaje zapieczętowana: liczy się tu mniej niż { $count } karty. Mogłaby zdradzić, jak ktoś głosował.
   *[other] Suma zostaje zapieczętowana: liczy się tu mniej niż { $count } kart. Mogłaby zdradzić, jak ktoś głosował.
}
result-winners-open = Same te sumy nie rozstrzygają, które projekty wygrywają.
result-funded = Finansowany
column-project = Projekt
column-votes = Głosy
column-points = Punkty
column-cost = Koszt
checks-title = Dlaczego można wierzyć tym liczbom
checks-lead = Ten serwer sam przeliczył cały rejestr publiczny. Pokazuje tylko to, czego rejestr dowodzi.
checks-held = Udane sprawdzenia: { $count } z { $of }.
checks-to-come = { $n ->
    [one] { $count } sprawdzenie czeka na coś, co dopiero nastąpi.
    [few] { $count } sprawdzenia czekają na coś, co dopiero nastąpi.
   *[other] { $count } sprawdzeń czeka na coś, co dopiero nastąpi.
}
checks-details = Wszystkie sprawdzenia
checks-yourself = Sprawdź samodzielnie
checks-yourself-lead = Nie musisz ufać temu serwerowi. Każdy może przeliczyć rejestr publiczny tym poleceniem:
chapter-define = Reguły
chapter-ceremony = Klucze
chapter-roll = Spis głosujących
chapter-ballots = Karty
chapter-ledger = Rejestr publiczny
chapter-tally = Dodawanie
chapter-decrypt = Otwarcie sum
chapter-outcome = Zwycięzcy

# Jak to działa
how-title = Jak to działa
how-lead = Twój głos pozostaje tajny, a każdy może sprawdzić liczenie. Oto jak godzimy jedno z drugim.
how-envelope-title = Twój wybór trafia do zapieczętowanej koperty
how-envelope = Twoje własne urządzenie pieczętuje wybór, zanim go wyśle. Zapieczętowana karta nikomu nie pokazuje swojej treści.
how-list-title = Każda koperta jest na publicznej liście
how-list = Ta lista to rejestr publiczny. Strzegą jej niezależni świadkowie, więc żadna koperta nie zniknie niezauważona.
how-name-title = Na kopercie nie ma twojego nazwiska
how-name = Urząd sprawdza, czy możesz głosować, i daje ci przepustkę. Jest tak zrobiona, że urząd jej potem nie rozpozna.
how-sums-title = Otwierane są tylko sumy
how-sums = Zapieczętowane karty można dodawać bez otwierania. Sumę otwiera tylko kilku powierników razem. Pojedynczych kart nigdy się nie otwiera.
how-recount-title = Każdy może przeliczyć
how-recount = Każda karta niesie dowód, że przestrzega reguł. Każdy może sprawdzić wszystkie dowody i dodać wszystkie karty.
how-site-title = Co sprawdzają te strony
how-site = Ten serwer przelicza rejestr publiczny, zanim cokolwiek pokaże. Jeśli coś się nie zgadza, mówi o tym i nie pokazuje liczb.
how-order-title = Który projekt jest pierwszy
how-order = Każdy widzi projekty w innej kolejności. Decyduje o niej numer w adresie strony, według ogłoszonej reguły.
how-limits-title = Czego to nie potrafi
how-limits = Nie ochroni zainfekowanego urządzenia. Nie powstrzyma kogoś, kto patrzy ci przez ramię.

# Dostępność
accessibility-title = Dostępność
accessibility-lead = Każdy powinien móc korzystać z tych stron. Naszym celem jest WCAG 2.2, poziom AA.
accessibility-can-title = Co możesz zrobić
accessibility-can-keyboard = Używać każdej części samą klawiaturą i zawsze widzieć, gdzie jesteś.
accessibility-can-reader = Używać czytnika ekranu: każda strona ma nagłówki, obszary i nazwane elementy.
accessibility-can-zoom = Powiększyć tekst do 400 procent bez przewijania w bok.
accessibility-can-colours = Wybrać jasne, ciemne lub własne kolory. Nic nie jest przekazane samym kolorem.
accessibility-can-script = Czytać każdą stronę bez JavaScriptu.
accessibility-limits-title = Co jeszcze nie działa
accessibility-limits = Urząd pisze teksty projektów i opisuje ich zdjęcia. Niektórym może brakować tłumaczenia lub opisu.
accessibility-tested-title = Jak sprawdzamy
accessibility-tested = Programy sprawdzają każdą stronę w każdym języku. Nikt spoza projektu jeszcze ich nie sprawdził.
accessibility-report-title = Zgłoś nam problem
accessibility-report = Napisz do urzędu, który wysłał twój list, i podaj stronę.
accessibility-other-way = Jeśli nie możesz korzystać z tych stron, urząd wskaże inny sposób głosowania.

# Prywatność
privacy-title = Prywatność
privacy-lead = Możesz czytać te strony, nie zostawiając tu śladu.
privacy-reading-title = Co zapisujemy o czytających
privacy-reading = Nic. Nie ma ciasteczek, statystyk ani części z innych serwerów. Zapytania nie są zapisywane.
privacy-address-title = Co jest w adresie
privacy-address = Adres strony zawiera twój język, twoje wyszukiwanie i numer kolejności. Nie są przechowywane.
privacy-booth-title = Co głosowanie tutaj zostawia na urządzeniu
privacy-booth = Przepustka i pokwitowanie zostają w tej przeglądarce, dopóki ich nie usuniesz. Wybór nie jest przechowywany. Żaden serwer nie dostaje go bez pieczęci.
privacy-record-title = Co zawiera rejestr publiczny
privacy-record = Zawiera zapieczętowane karty bez nazwisk oraz sumy. Nikt nie odczyta z niego pojedynczej karty.
privacy-roll-title = Kto wie, kto głosował
privacy-roll = Urząd wie, kto dostał przepustkę. Nie wie, którą kartę oddano z jej pomocą.
privacy-others-title = Co mogą widzieć inni
privacy-others = Twój dostawca internetu widzi, że odwiedzasz tę witrynę. Inne serwery urzędu mają własne informacje.

# Kabina
booth-title = Głosuj
booth-link = Głosuj tutaj
booth-reading-title = Chwileczkę
booth-reading = Twoje urządzenie sprawdza publiczny rejestr tego głosowania. Jeszcze nic nie wysyła.
booth-failed-title = Teraz nie można tu głosować
booth-failed = Ta strona zatrzymuje się tutaj. To, co urządzenie zachowało, pozostaje bez zmian. Mówi po angielsku, co jest nie tak:
booth-needs-title = Czego potrzeba, by głosować
booth-needs-script = Aby głosować na tej stronie, przeglądarka potrzebuje JavaScriptu i WebAssembly. Dzięki nim Twoje urządzenie samo pieczętuje głos.
booth-none = Ta witryna nie ma kabiny dla tego głosowania.
booth-needs-command = Możesz też głosować bez przeglądarki. Ten program robi to samo na komputerze:
booth-needs-other = W liście napisano, jak jeszcze można głosować.
booth-elsewhere-title = To głosowanie jest otwarte gdzie indziej
booth-elsewhere = Inna karta lub inne okno tej przeglądarki ma je otwarte. Tylko w jednym miejscu można kontynuować.
booth-here = Kontynuuj tutaj

# Co z głosem
booth-not-cast = Jeszcze nie oddano głosu.
booth-not-cast-again = Nowy głos nie jest jeszcze oddany.
booth-not-cast-waits = Jeszcze nie oddano głosu: karta czeka do { $time }.
booth-handed-in = Głos jest przekazany, a świadkowie jeszcze go nie potwierdzili.
booth-cast = Twój głos jest w urnie

# Krok 1
booth-pass-title = Krok 1 z 4: Twoja przepustka
booth-pass = Wpisz kod z listu. Dzięki niemu urządzenie dostaje przepustkę, która nie mówi, kim jesteś.
booth-pass-asked = Urządzenie już poprosiło o przepustkę i nie ma jeszcze odpowiedzi. Wpisz jeszcze raz ten sam kod.
booth-style = Karta do głosowania wymieniona w liście
booth-code = Kod z listu
booth-pass-keep = Przepustka zostaje na tym urządzeniu i nikt nie może jej zastąpić. Potem możesz zapisać ją w pliku.
booth-pass-get = Pobierz moją przepustkę
booth-passing = Urządzenie pobiera i sprawdza przepustkę.
booth-code-mistyped = To nie jest kod z listu. Porównaj każdą literę i cyfrę.
booth-code-unknown = Ten kod nie jest tu znany. Porównaj go z listem.
booth-code-style = Ten kod jest do innej karty. Wybierz kartę wymienioną w liście.
booth-code-used = Dla tego kodu wydano już przepustkę. Głosuj na urządzeniu, które ją ma, albo użyj zapisanego pliku. Jeśli to nie Ty, zgłoś to.
booth-code-closed = Głosowanie się skończyło. Nie wydaje się już przepustek.
booth-code-early = Przepustek jeszcze się nie wydaje. Wróć później z tym samym kodem.
booth-code-refused = Nie dostajesz przepustki. Urząd mówi po angielsku, dlaczego:
booth-issuer-silent = Urząd nie odpowiada. Nic nie przepadło. Spróbuj jeszcze raz z tym samym kodem.
booth-issuer-keys = Urząd pokazuje inne klucze niż publiczny rejestr. Urządzenie o nic nie poprosiło. Zgłoś to, proszę.
booth-issuer-false = Odpowiedź urzędu nie jest ważną przepustką. Nic nie przepadło. Zgłoś to i spróbuj później.
booth-file-title = Mam plik z przepustką
booth-file = Plik
booth-secret = Hasło do pliku
booth-file-use = Kontynuuj z tym plikiem
booth-file-none = Najpierw wybierz plik.
booth-file-wrong = Ten plik się nie otwiera. Hasło jest inne albo plik jest z innego głosowania.
booth-looking = Urządzenie czyta cały publiczny rejestr, by zobaczyć, co oddano z tą przepustką.
booth-look-wrong = Publiczny rejestr i przepustka nie pasują do siebie. Zgłoś to, co urządzenie mówi po angielsku:

# Krok 2
booth-choose-title = Krok 2 z 4: Wybór
booth-choose = Gdy wybierasz, nic nie opuszcza urządzenia. Możesz zostawić wszystko puste: to głos pusty.
booth-wait-before = Po oddaniu karta poczeka na tym urządzeniu do { $time }. Dzięki temu po godzinie nikt nie pozna, do którego listu należy.
booth-pick = Wybieram
booth-none-of-them = Żaden z nich
booth-less = Jeden punkt mniej
booth-more = Jeden punkt więcej
booth-rank = Dodaj do mojej kolejności
booth-ranking = Moja kolejność, najlepszy pierwszy
booth-ranking-how = Przeciągnij projekt za kropki albo użyj przycisków.
booth-ranking-empty = Jeszcze żadnego projektu. Dodaj projekty z listy poniżej.
booth-up = W górę
booth-down = W dół
booth-unrank = Usuń
booth-meter-count = Wybrano: { $used } z { $most }
booth-meter-ranked = W kolejności: { $used } z { $most }
booth-meter-cost = Koszt: { $used } z { $most }
booth-meter-points = Punkty: { $used } z { $most }
booth-meter-group = { $whose }: { $used } z { $most }
booth-over = Za dużo: usuń coś, by było najwyżej { $most }.
booth-under = Za mało: musi być co najmniej { $least }.
booth-wrong-points = Punkty to liczby całkowite od { $least } do { $most }.
booth-note-full = Masz już wybrane: { $most }. Usuń jeden, by wybrać ten.
booth-note-cost = Nie mieści się: zostało { $left }.
booth-found = Pokazano: { $count }
booth-line-points = punkty: { $points }
booth-blank = Tu nic nie wybrano: odpowiedź pusta.
booth-to-review = Przejdź do przeglądu

# Krok 3
booth-review-title = Krok 3 z 4: Przegląd
booth-review = To jest Twoja karta. Nic nie opuściło urządzenia.
booth-change = Zmień coś
booth-seal = Zapieczętuj moją kartę
booth-sealing = Urządzenie pieczętuje kartę.
booth-seal-wrong = Urządzenie nie może zapieczętować tej karty. Mówi po angielsku, dlaczego:

# Krok 4
booth-sealed-title = Krok 4 z 4: Oddanie głosu
booth-sealed = Karta jest zapieczętowana na tym urządzeniu i jeszcze nieoddana. Potrzebny jest jeszcze jeden krok.
booth-cast-button = Oddaj mój głos
booth-tracker = Kod śledzenia
booth-check-title = Albo najpierw sprawdź urządzenie
booth-check = Drugie urządzenie może zobaczyć, czy to pieczętuje Twój wybór. Sprawdzona karta zostaje otwarta i nigdy się nie liczy.
booth-check-scan = Zeskanuj teraz ten kod drugim urządzeniem.
booth-check-press = Potem naciśnij „Sprawdź moje urządzenie”. To urządzenie otworzy zapieczętowaną kartę i pokaże drugi kod.
booth-check-compare = Zeskanuj też ten kod i porównaj to, co pokaże drugie urządzenie, ze swoim wyborem.
booth-check-button = Sprawdź moje urządzenie
booth-qr-address = Albo otwórz tam ten adres:
booth-qr-tracker = Kod śledzenia jako obraz do zeskanowania drugim urządzeniem
booth-opened-title = Ta karta jest otwarta i nie jest oddana
booth-opened = Zeskanuj ten drugi kod drugim urządzeniem. Porównaj to, co pokaże, z wyborem poniżej.
booth-qr-opening = Otwarta karta jako obraz do zeskanowania drugim urządzeniem
booth-seal-again = Zapieczętuj nową kartę z tym wyborem
booth-proving = Urządzenie dowodzi, że karta przestrzega zasad.
booth-sending = Urządzenie wysyła kartę i czeka na pokwitowanie. Nie zamykaj tej strony.
booth-waiting-title = Karta czeka i nie jest jeszcze oddana
booth-waiting = Czeka, aby po godzinie nikt nie poznał, do którego listu należy.
booth-waiting-until = Urządzenie odda ją o tej porze: { $time },
booth-waiting-stay = Zostaw tę stronę otwartą: urządzenie odda kartę samo.
booth-waiting-leave = Możesz też zamknąć stronę i otworzyć ją tu ponownie po tej godzinie. Dopóki jest zamknięta, nic nie zostanie oddane. Wróć przed końcem głosowania.
booth-waiting-not = Nie mogę czekać
booth-waiting-risk = Możesz oddać kartę od razu. Kto zna wtedy obie godziny, może się domyślić, do którego listu należy.
booth-waiting-now = Oddaj moją kartę od razu
booth-unconfirmed-title = Głos nie jest jeszcze oddany
booth-unconfirmed = Urządzenie przechowuje zapieczętowaną kartę. Ponowne wysłanie nigdy nie liczy się podwójnie.
booth-send-again = Wyślij tę samą kartę jeszcze raz
booth-silent = Urna nie odpowiada. Nie ma pokwitowania.
booth-false-receipt = Odpowiedź urny nie jest pokwitowaniem Twojej karty. Zgłoś to, proszę.
booth-refused-title = Głos nie jest oddany
booth-refused = Urna nie przyjęła karty. Mówi po angielsku, dlaczego:
booth-refused-closed = Urna nie przyjmuje teraz kart.
booth-refused-again = W urnie jest już karta z Twoją przepustką. To głosowanie nie przyjmuje drugiej.
booth-refused-next = Jeśli uważasz, że to błąd, zgłoś to urzędowi i zachowaj tę stronę.
booth-refused-choose = Wróć do wyboru

# Pokwitowanie
booth-cast-lead = Urządzenie sprawdziło, że publiczny rejestr zawiera Twoją kartę. Zachowaj pokwitowanie.
booth-handed-in-lead = Urna podpisała odbiór karty. Urządzenie będzie pytać, aż potwierdzą ją świadkowie.
booth-receipt-index = Miejsce w publicznym rejestrze
booth-receipt-file = Zapisz pokwitowanie
booth-receipt-print = Wydrukuj pokwitowanie
booth-qr-receipt = Pokwitowanie jako obraz do zeskanowania
booth-receipt-not = Pokwitowanie nie pokazuje, jak głosowano. Nikt nie może tego z niego odczytać.
booth-again = Głosuj jeszcze raz: nowa karta zastąpi tę

# Na tym urządzeniu
booth-device-title = Co przechowuje to urządzenie
booth-device = Przepustka i pokwitowanie są tu, dopóki ich nie usuniesz. Wybór nie jest przechowywany.
booth-save-title = Zapisz moją przepustkę w pliku
booth-save = Z plikiem i hasłem możesz kontynuować gdzie indziej. Kto ma jedno i drugie, może głosować za Ciebie.
booth-save-button = Zapisz plik
booth-secret-short = Hasło musi mieć co najmniej dziesięć znaków.
booth-saved = Plik jest zapisany.
booth-forget-title = Zapomnij mnie na tym urządzeniu
booth-forget = Przydatne na wspólnym urządzeniu. Przepustka zniknie i nikt nie może jej zastąpić. Najpierw ją zapisz albo oddaj głos.
booth-forget-button = Zapomnij mnie teraz

# Drugie urządzenie
check-title = Sprawdź inne urządzenie
check-lead = To urządzenie pokazuje, co zapieczętowało inne. Samo czyta publiczny rejestr.
check-needs = Ta strona potrzebuje JavaScriptu i WebAssembly. Dla kart otwartych przez program na komputerze jest to polecenie:
check-start-title = Zeskanuj pierwszy kod
check-start = Na drugim urządzeniu zapieczętuj kartę. Potem zeskanuj tym urządzeniem kod, który pokazuje.
check-scanned-title = Pierwszy kod już jest
check-scanned = Naciśnij teraz „Sprawdź moje urządzenie” na tamtym. Zeskanuj drugi kod tym urządzeniem.
check-lacking-title = Brak pierwszego kodu
check-lacking = To urządzenie nie zeskanowało pierwszego kodu przed otwarciem karty. Bez niego sprawdzenie niczego nie dowodzi. Zapieczętuj nową kartę i zacznij od jej pierwszego kodu.
check-good-title = To zapieczętowało tamto urządzenie
check-good = Porównaj to ze swoim wyborem. Jeśli jest tak samo, tamto urządzenie dobrze zapieczętowało kartę.
check-not-there = Otwartej karty nie ma w publicznym rejestrze. Nie liczy się.
check-differs = Jeśli to nie Twój wybór, nie używaj tamtego urządzenia. Zgłoś to.
check-bad-title = Tamto urządzenie nie przeszło sprawdzenia
check-bad = Nie głosuj na nim. Zgłoś to, co to urządzenie mówi po angielsku:
check-cast-title = Otwarta karta została oddana
check-cast = Tamto urządzenie oddało kartę, którą otworzyło. Nie używaj go. Zgłoś to.

# Gdy coś jest nie tak
failure-back = Do listy głosowań
failure-back-to-poll = Do głosowania
failure-not-found = Takiej strony nie ma
failure-not-found-lead = Pod tym adresem nie ma żadnej strony.
failure-not-found-next = Sprawdź adres w swoim liście. Możesz też zacząć od listy głosowań.
failure-method = Ten adres można tylko czytać
failure-method-lead = Twoja przeglądarka chciała tu coś wysłać. Niczego nie przyjęto.
failure-method-next = Zacznij od nowa od listy głosowań.
failure-query = Tego wyszukiwania nie da się odczytać
failure-query-lead = Część adresu za znakiem zapytania jest uszkodzona.
failure-query-next = Zacznij wyszukiwanie od nowa na stronie głosowania.
failure-checking = Rejestr publiczny jest sprawdzany
failure-checking-lead = Ten serwer jeszcze nie przeliczył całego rejestru publicznego. Do tego czasu nic nie pokazuje.
failure-checking-next = Wczytaj tę stronę ponownie za minutę.
failure-out-of-reach = Rejestr publiczny jest nieosiągalny
failure-out-of-reach-lead = Ten serwer nie może teraz odczytać rejestru publicznego. Nie pokazuje w zamian starszych liczb.
failure-out-of-reach-next = Wczytaj tę stronę ponownie za minutę. Oddanych głosów to nie dotyczy.
failure-distrusted = Rejestr publiczny nie przechodzi sprawdzenia
failure-distrusted-lead = Coś w rejestrze publicznym jest nie tak, więc nic z niego tu nie pokazujemy.
failure-distrusted-next = To nie twoja wina. Zgłoś urzędowi to, co tu widzisz:
failure-internal = Nie udało się utworzyć tej strony
failure-internal-lead = W programie, który tworzy te strony, jest błąd.
failure-internal-next = Wczytaj tę stronę ponownie za minutę. Jeśli to się powtórzy, zgłoś to.

# Znajdź moją kartę, i ponowne liczenie na własnym urządzeniu
find-title = Znajdź moją kartę
find-lead = Sprawdź, czy Twoja zapieczętowana karta jest w urnie i się liczy. Potrzebne jest pokwitowanie zapisane przy głosowaniu.
find-file = Plik z pokwitowaniem
find-paste = Albo wklej tekst pokwitowania
find-look = Sprawdź
find-privacy = Pokwitowanie zostaje na tym urządzeniu. Strona czyta cały rejestr publiczny, więc nikt się nie dowie, która karta jest Twoja.
find-reading-title = Czytanie rejestru publicznego
find-reading = To może chwilę potrwać. Zostaw tę stronę otwartą.
find-again = Sprawdź inne pokwitowanie
find-proves = To pokazuje, że Twój zapieczętowany głos jest zapisany bez zmian. Nie pokazuje, na co głosujesz. Tego nikt nie widzi.
find-counted-title = Twoja karta jest w urnie
find-counted = Twoja karta jest w rejestrze publicznym, bez zmian, i się liczy.
find-kept-title = Twoja karta jest w urnie
find-kept = Twoja karta jest w rejestrze bez zmian. Rejestr jest za długi, by szukać tu Twojej późniejszej karty.
find-entry-title = To jest w urnie i nie jest kartą
find-entry = To pokwitowanie dotyczy innego wpisu w rejestrze publicznym. Jest on tam bez zmian.
find-replaced-title = Liczy się Twoja późniejsza karta
find-replaced = Ta karta jest w urnie. Zastąpiła ją późniejsza, z Twoją przepustką. Jeśli nie było drugiego głosowania, zgłoś to urzędowi.
find-invalid-title = Twoja karta jest w urnie, ale się nie liczy
find-invalid = Karta jest w rejestrze publicznym i łamie zasadę. Zgłoś to urzędowi.
find-dropped-title = USUNIĘTO: Twojej karty nie ma
find-dropped = Urna podpisała przyjęcie Twojej karty. Teraz na jej miejscu jest coś innego. Zapisz dowód i zgłoś to.
find-rewritten-title = Rejestr publiczny zmieniono
find-rewritten = Twoja karta jest na miejscu. Ale po wydaniu pokwitowania zmieniono inne wpisy. Zapisz dowód i zgłoś to.
find-proof = Zapisz dowód
find-proof-note = Dowód przekona każdego, bez tej strony. Zachowaj też pokwitowanie.
find-unknown-title = Stąd nie da się tego stwierdzić
find-older = Ta kopia rejestru kończy się przed Twoim pokwitowaniem. Spróbuj innej kopii i zachowaj pokwitowanie.
find-closed-before = Głosowanie się skończyło, a ta kopia kończy się przed Twoją kartą. Zachowaj pokwitowanie i zgłoś to urzędowi.
find-not-witnessed = Twoja karta jest oddana, ale świadkowie jeszcze jej nie potwierdzili. Sprawdź później.
find-missing = Tej kopii rejestru brakuje pliku. Spróbuj innej kopii.
find-too-large = Rejestr publiczny jest za długi dla tej strony. Użyj programu podanego niżej.
find-no-receipt = To nie jest pokwitowanie. Wybierz plik zapisany przy głosowaniu.
find-other-election = To kopia innego głosowania. Sprawdź jej adres.
find-foreign = Urna tego głosowania nie podpisała tego pokwitowania. Czy jest z innego? Jeśli nie, zgłoś to.
find-not-signed = Urna nie podpisała tego, co pokazuje ten adres. Spróbuj innej kopii i zgłoś to.
find-unproven = To, co pokazuje ten adres, nie zgadza się ze sobą. Spróbuj innej kopii i zgłoś to.
find-unreachable = Rejestr publiczny jest nieosiągalny. Sprawdź połączenie i spróbuj ponownie.
find-filled = Otwarty link wpisał tu Twoje pokwitowanie. Nie widział go żaden serwer.
find-step = Przeczytane pliki: { $done } z { $of }.
copy-title = Czytaj inną kopię
copy-note = Każdy może mieć kopię rejestru publicznego. Ta strona czyta tę, która jest pod tym adresem.
copy-label = Adres kopii
copy-use = Czytaj tę kopię
oneself-needs-script = Do tego przeglądarka potrzebuje JavaScriptu i WebAssembly.
oneself-none = Ta witryna nie może tego zrobić w Twojej przeglądarce.
oneself-command = Ten program robi to samo na komputerze, bez tej strony:
oneself-left = Pozostało około: { $time }.
oneself-size = Rejestr publiczny ma około { $size } MB.
oneself-stop = Zatrzymaj
oneself-trying = Połączenie się zerwało. Twoje urządzenie próbuje ponownie.
recount-title = Policz głosy samodzielnie
recount-lead = Twoje własne urządzenie liczy od nowa cały rejestr publiczny. Nie wierzy w nic, co mówi ta witryna.
recount-begin-note = Czyta każdą kartę. Może to zająć kilka minut i wiele megabajtów.
recount-begin = Zacznij liczyć
recount-again = Policz jeszcze raz
recount-too-large = Ten rejestr publiczny jest za długi dla przeglądarki. Użyj programu podanego niżej.
recount-reading-title = Twoje urządzenie liczy
recount-held-title = Wszystko się zgadza
recount-held = Twoje urządzenie sprawdziło wszystko. Wyniki poniżej są prawidłowe.
recount-broken-title = Coś się nie zgadza
recount-broken = Co najmniej jedno sprawdzenie się nie powiodło. Zgłoś urzędowi, co tu widzisz.
recount-not-finished-title = Jak dotąd wszystko się zgadza
recount-not-finished = Niektóre sprawdzenia czekają na coś, co dopiero nastąpi.
recount-incomplete-title = Nie wszystko da się sprawdzić
recount-incomplete = Nic nie jest błędne, ale czegoś tu brakuje. Spróbuj innej kopii.
recount-failed-title = Liczenie się nie skończyło
recount-failed = O rejestrze nic z tego nie wynika. Twoje urządzenie mówi po angielsku, co jest nie tak:
recount-claims = Co sprawdzono
recount-found = Liczby z Twojego urządzenia
recount-ballots = Karty w rejestrze
recount-replaced = Zastąpione późniejszymi
recount-root = Odcisk rejestru
recount-anew = Zacznij od nowa
recount-ending = Program podany niżej kończy tymi samymi słowami:
recount-go-on = Licz dalej
recount-paused-title = Liczenie jest przerwane
recount-paused-stopped = Liczenie zatrzymano tutaj. Można liczyć dalej od tego miejsca.
recount-paused-unreachable = Rejestr publiczny nie odpowiada. Sprawdź połączenie i licz dalej od tego miejsca.
recount-step = Sprawdzone wpisy: { $done } z { $of }.
recount-unsigned = Ta kopia mówi coś, czego urna nie podpisała. Może być uszkodzona lub zmieniona, więc najpierw spróbuj innej.
stands-held = Zgadza się
stands-broken = Złamane
stands-open = Nie do sprawdzenia
claim-manifest = Urząd podpisał zasady i są one spójne.
claim-content = Teksty i obrazy są tymi zapieczętowanymi.
claim-joint-key = Wszyscy powiernicy utworzyli klucz razem.
claim-rehearsal = Dość wielu powierników dowiodło przed otwarciem, że ich klucze działają.
claim-issuers = Przepustki i spisy ustalono przed otwarciem głosowania.
claim-ballots = Każda karta spełnia zasady i tego dowodzi.
claim-tokens = Każda karta ma wszystkie przepustki i są one ważne.
claim-sequence = Późniejsza karta następuje po wcześniejszej zgodnie z zasadami.
claim-order = Każdy wpis stoi tam, gdzie może.
claim-checkpoint = Rejestr jest podpisany, a świadkowie go widzieli.
claim-batches = Karty zmieszano w grupach, zanim je wpisano.
claim-after-close = Po końcu głosowania nie dodano żadnej karty.
claim-eligibility = Kart nie jest więcej niż przepustek, a przepustek więcej niż osób w spisie.
claim-counted = Z każdej przepustki liczy się jedna karta, ta właściwa.
claim-sums = Ogłoszone sumy są sumami kart, które się liczą.
claim-shares = Dość wielu powierników otworzyło każdą sumę i tego dowiodło.
claim-plaintexts = Ogłoszone wyniki są zawartością sum.
claim-winners = Zwycięzcy wynikają z wyników według zapieczętowanej zasady.

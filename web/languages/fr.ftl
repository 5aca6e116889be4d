# Ce que disent les pages, en français.

language-name = Français

# Nombres, argent, temps
number-group = {"\u202F"}
number-group-from = 4
number-decimal = ,
money = { $kind ->
    [sign] { $amount }{"\u00A0"}{ $currency }
   *[code] { $amount }{"\u00A0"}{ $currency }
}
date-time = { $day } { $month } { $year } à { $time } UTC
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
in-minutes = { $n ->
    [one] dans { $count } minute
   *[other] dans { $count } minutes
}
in-hours = { $n ->
    [one] dans { $count } heure
   *[other] dans { $count } heures
}
in-days = { $n ->
    [one] dans { $count } jour
   *[other] dans { $count } jours
}

# Autour de chaque page
skip = Aller au contenu principal
nav-pages = Pages
nav-languages = Langues
nav-about = À propos de ces pages
nav-polls = Votes
nav-how = Comment ça marche
nav-accessibility = Accessibilité
nav-privacy = Vie privée
footer-note = Ces pages ne posent aucun cookie et ne retiennent pas qui les lit.

# Liste des votes
polls-title = Votes
polls-lead = Choisissez un vote pour voir ses projets. Une fois les voix comptées, vous y trouverez aussi le résultat.
polls-unnamed = Un vote qui n’a pas encore pu être lu
polls-read-from = Registre public :

# Où en est un vote
phase-setup = En préparation
phase-open = Le vote est ouvert
phase-paused = Le vote est interrompu
phase-closed = Le vote est terminé
phase-tallied = Dépouillement en cours
phase-decided = Le résultat est connu
standing-checking = Le registre public est en cours de vérification
standing-checking-so-far = Le registre public est en cours de vérification : { $count } entrées sur { $of }
standing-out-of-reach = Le registre public est hors d’atteinte
standing-distrusted = Le registre public ne passe pas les vérifications

# Faits
facts-opening = Début du vote
facts-closing = Fin du vote
facts-closed = Fin prévue du vote
facts-projects = Sur le bulletin
facts-ballots = Bulletins qui comptent
facts-place = Lieu
facts-record = Registre public
facts-id = Numéro du vote
facts-entries = Entrées du registre public
turnout = sur { $roll } personnes inscrites

# Un vote
projects-count = { $n ->
    [one] { $count } projet
   *[other] { $count } projets
}
poll-how-to-vote = La lettre que vous avez reçue explique comment voter.
results-link = Voir les résultats
stale-title = Le registre public est hors d’atteinte
stale-lead = Les projets ci-dessous sont scellés et ne peuvent pas changer. L’état du vote n’est pas montré tant que le registre ne répond pas.
projects-title = Projets
filter-title = Chercher et trier les projets
filter-search = Chercher
filter-group = Catégorie
filter-all = Toutes les catégories
filter-order = Ordre
filter-apply = Afficher
filter-reset = Afficher tous les projets
projects-found = { $n ->
    [0] Aucun projet ne correspond.
    [one] { $count } projet.
   *[other] { $count } projets.
}
order-shuffled = Au hasard
order-cost = Du moins cher au plus cher
order-name = Par nom
order-note = L’ordre est mélangé pour chaque visiteur : aucun projet n’est toujours le premier. Cet ordre porte le numéro
budget = Le budget est de
project-more = En savoir plus sur
kind-choose-one = Vous choisissez un projet.
kind-approval = { $n ->
    [one] Vous choisissez { $count } projet.
   *[other] Vous choisissez jusqu’à { $count } projets.
}
kind-knapsack = Vous choisissez des projets qui coûtent ensemble { $amount } au plus.
kind-points = { $n ->
    [one] Vous donnez { $count } point.
   *[other] Vous répartissez jusqu’à { $count } points.
}
kind-scores = { $n ->
    [one] Vous donnez à chaque projet jusqu’à { $count } point.
   *[other] Vous donnez à chaque projet jusqu’à { $count } points.
}
kind-ranking = { $n ->
    [one] Vous nommez votre premier choix.
   *[other] Vous classez jusqu’à { $count } projets, le meilleur d’abord.
}
identity-title = À propos de ce vote
identity-lead = Comparez ces indications avec votre lettre ou avec l’avis du bureau.

# Résultats
results-title = Résultats
results-back = Retour aux projets
results-totals = Voix par projet
results-too-early = Il n’y a pas de résultat avant la fin du vote. Fin du vote :
ballots-counted = { $n ->
    [one] { $count } bulletin compte.
   *[other] { $count } bulletins comptent.
}
result-spent = Les projets financés coûtent { $amount } sur { $budget }.
result-not-yet = Les sommes ne sont pas encore ouvertes, ou pas prouvées. Rien n’est montré avant d’être prouvé.
result-too-few = { $n ->
    [one] La somme reste scellée : moins de { $count } bulletin compte ici.
   *[other] La somme reste scellée : moins de { $count } bulletins comptent ici. Elle pourrait révéler comment quelqu’un a voté.
}
result-winners-open = Ces sommes seules ne décident pas quels projets gagnent.
result-funded = Financé
column-project = Projet
column-votes = Voix
column-points = Points
column-cost = Coût
checks-title = Pourquoi vous pouvez croire ces nombres
checks-lead = Ce serveur a recompté lui-même tout le registre public. Il ne montre que ce que le registre prouve.
checks-held = { $count } vérifications réussies sur { $of }.
checks-to-come = { $n ->
    [one] { $count } vérification attend encore quelque chose.
   *[other] { $count } vérifications attendent encore quelque chose.
}
checks-details = Toutes les vérifications
checks-yourself = Vérifiez vous-même
checks-yourself-lead = Vous n’avez pas à croire ce serveur. Chacun peut recompter le registre public avec cette commande :
chapter-define = Règles
chapter-ceremony = Clés
chapter-roll = Liste électorale
chapter-ballots = Bulletins
chapter-ledger = Registre public
chapter-tally = Addition
chapter-decrypt = Ouverture des sommes
chapter-outcome = Gagnants

# Comment ça marche
how-title = Comment ça marche
how-lead = Votre vote reste secret et chacun peut vérifier le compte. Voici comment les deux sont possibles.
how-envelope-title = Vos choix vont dans une enveloppe scellée
how-envelope = Votre propre appareil scelle vos choix avant de les envoyer. Le bulletin scellé ne montre son contenu à personne.
how-list-title = Chaque enveloppe est sur une liste publique
how-list = Cette liste est le registre public. Des témoins indépendants la surveillent : aucune enveloppe ne peut disparaître sans être remarquée.
how-name-title = Votre nom n’est pas sur l’enveloppe
how-name = Le bureau vérifie que vous pouvez voter et vous donne un laissez-passer. Il est fait pour que le bureau ne puisse pas le reconnaître ensuite.
how-sums-title = Seules les sommes sont ouvertes
how-sums = Les bulletins scellés s’additionnent sans être ouverts. Plusieurs dépositaires doivent agir ensemble pour ouvrir une somme. Aucun bulletin n’est ouvert seul.
how-recount-title = Chacun peut recompter
how-recount = Chaque bulletin porte une preuve qu’il respecte les règles. Chacun peut vérifier toutes les preuves et additionner tous les bulletins.
how-site-title = Ce que ces pages vérifient
how-site = Ce serveur recompte le registre public avant de montrer quoi que ce soit. Si quelque chose cloche, il le dit sans montrer de nombres.
how-order-title = Quel projet vient en premier
how-order = Chaque visiteur voit les projets dans un autre ordre. Le nombre dans l’adresse de la page le décide, selon une règle publiée.
how-limits-title = Ce que cela ne peut pas faire
how-limits = Cela ne protège pas un appareil infecté. Cela n’empêche personne de regarder par-dessus votre épaule.

# Accessibilité
accessibility-title = Accessibilité
accessibility-lead = Chacun doit pouvoir utiliser ces pages. Nous visons le respect des WCAG 2.2, niveau AA.
accessibility-can-title = Ce que vous pouvez faire
accessibility-can-keyboard = Utiliser chaque partie au clavier seul, en voyant toujours où vous êtes.
accessibility-can-reader = Utiliser un lecteur d’écran : chaque page a des titres, des repères et des commandes nommées.
accessibility-can-zoom = Agrandir le texte jusqu’à 400 pour cent, sans défilement latéral.
accessibility-can-colours = Choisir des couleurs claires, sombres ou les vôtres. Rien n’est dit par la couleur seule.
accessibility-can-script = Lire chaque page sans JavaScript.
accessibility-limits-title = Ce qui ne marche pas encore
accessibility-limits = Le bureau écrit les textes des projets et décrit leurs images. Il peut manquer une traduction ou une description.
accessibility-tested-title = Comment nous testons
accessibility-tested = Des programmes testent chaque page dans chaque langue. Personne d’extérieur au projet ne les a encore testées.
accessibility-report-title = Signalez-nous un problème
accessibility-report = Écrivez au bureau qui a envoyé votre lettre, en nommant la page.
accessibility-other-way = Si vous ne pouvez pas utiliser ces pages, le bureau vous indique une autre façon de voter.

# Vie privée
privacy-title = Vie privée
privacy-lead = Vous pouvez lire ces pages sans laisser de trace ici.
privacy-reading-title = Ce qui est retenu des lecteurs
privacy-reading = Rien. Il n’y a ni cookies, ni statistiques, ni éléments d’autres serveurs. Les requêtes ne sont pas notées.
privacy-address-title = Ce que contient l’adresse
privacy-address = L’adresse de la page contient votre langue, votre recherche et le numéro de votre ordre. Rien n’en est conservé.
privacy-booth-title = Ce que voter ici garde sur votre appareil
privacy-booth = Votre laissez-passer et votre reçu restent dans ce navigateur jusqu’à ce que vous les retiriez. Votre choix n’est pas gardé. Aucun serveur ne le reçoit non scellé.
privacy-record-title = Ce que contient le registre public
privacy-record = Il contient des bulletins scellés sans noms, et des sommes. Personne ne peut y lire un bulletin seul.
privacy-roll-title = Qui sait qui a voté
privacy-roll = Le bureau sait qui a reçu un laissez-passer. Il ne peut pas dire quel bulletin a été déposé avec.
privacy-others-title = Ce que d’autres peuvent voir
privacy-others = Votre fournisseur d’accès peut voir que vous visitez ce site. Les autres serveurs du bureau ont leur propre notice.

# L’isoloir
booth-title = Voter
booth-link = Voter ici
booth-reading-title = Un instant
booth-reading = Votre appareil vérifie le registre public de ce vote. Il n’envoie encore rien.
booth-failed-title = Vous ne pouvez pas voter ici pour l’instant
booth-failed = Cette page s’arrête ici. Ce que votre appareil a gardé reste tel quel. Il dit en anglais ce qui ne va pas :
booth-needs-title = Ce qu’il faut pour voter
booth-needs-script = Pour voter sur cette page, votre navigateur a besoin de JavaScript et de WebAssembly. Ainsi, votre propre appareil scelle votre vote.
booth-none = Ce site n’a pas d’isoloir pour ce vote.
booth-needs-command = Vous pouvez aussi voter sans navigateur. Ce programme fait la même chose sur un ordinateur :
booth-needs-other = Votre lettre indique les autres façons de voter.
booth-elsewhere-title = Ce vote est ouvert ailleurs
booth-elsewhere = Un autre onglet ou une autre fenêtre de ce navigateur a ce vote ouvert. Un seul peut continuer.
booth-here = Continuer ici

# Où en est un vote
booth-not-cast = Vous n’avez pas encore voté.
booth-not-cast-again = Votre nouveau vote n’est pas encore déposé.
booth-not-cast-waits = Vous n’avez pas encore voté : votre bulletin attend jusqu’à cette heure : { $time }.
booth-handed-in = Votre vote est remis, et pas encore confirmé par les témoins.
booth-cast = Votre bulletin est dans l’urne

# Étape 1
booth-pass-title = Étape 1 sur 4 : votre laissez-passer
booth-pass = Tapez le code de votre lettre. Votre appareil reçoit ainsi un laissez-passer qui ne dit pas qui vous êtes.
booth-pass-asked = Votre appareil a déjà demandé un laissez-passer et n’a pas encore de réponse. Tapez de nouveau le même code.
booth-style = Le bulletin que nomme votre lettre
booth-code = Code de votre lettre
booth-pass-keep = Le laissez-passer reste sur cet appareil et personne ne peut le remplacer. Vous pourrez ensuite l’enregistrer dans un fichier.
booth-pass-get = Obtenir mon laissez-passer
booth-passing = Votre appareil obtient votre laissez-passer et le vérifie.
booth-code-mistyped = Ce n’est pas un code de lettre. Comparez chaque lettre et chaque chiffre.
booth-code-unknown = Ce code n’est pas connu ici. Comparez-le avec votre lettre.
booth-code-style = Ce code est pour un autre bulletin. Choisissez celui que nomme votre lettre.
booth-code-used = Un laissez-passer a déjà été remis pour ce code. Votez sur l’appareil qui l’a, ou avec le fichier enregistré. Si ce n’était pas vous, signalez-le.
booth-code-closed = Le vote est terminé. On ne remet plus de laissez-passer.
booth-code-early = On ne remet pas encore de laissez-passer. Revenez plus tard avec le même code.
booth-code-refused = Vous ne recevez pas de laissez-passer. Le bureau dit en anglais pourquoi :
booth-issuer-silent = Le bureau ne répond pas. Rien n’est perdu. Réessayez avec le même code.
booth-issuer-keys = Le bureau montre d’autres clés que le registre public. Votre appareil n’a rien demandé. Merci de le signaler.
booth-issuer-false = La réponse du bureau n’est pas un laissez-passer valable. Rien n’est perdu. Merci de le signaler, et réessayez plus tard.
booth-file-title = J’ai un fichier avec mon laissez-passer
booth-file = Le fichier
booth-secret = Mot de passe du fichier
booth-file-use = Continuer avec ce fichier
booth-file-none = Choisissez d’abord le fichier.
booth-file-wrong = Ce fichier ne s’ouvre pas. Le mot de passe est un autre, ou le fichier est d’un autre vote.
booth-looking = Votre appareil lit tout le registre public. Il voit ainsi ce qui a été déposé avec ce laissez-passer.
booth-look-wrong = Le registre public et votre laissez-passer ne concordent pas. Merci de signaler ce que votre appareil dit en anglais :

# Étape 2
booth-choose-title = Étape 2 sur 4 : choisir
booth-choose = Rien ne quitte votre appareil pendant que vous choisissez. Vous pouvez tout laisser vide : c’est un bulletin blanc.
booth-wait-before = Une fois déposé, votre bulletin attend sur cet appareil jusqu’à cette heure : { $time }. Ainsi, les heures ne disent à personne de quelle lettre il vient.
booth-pick = Je choisis
booth-none-of-them = Aucun d’eux
booth-less = Un point de moins
booth-more = Un point de plus
booth-rank = Ajouter à mon ordre
booth-ranking = Mon ordre, le meilleur d’abord
booth-ranking-how = Faites glisser un projet par ses points, ou utilisez ses boutons.
booth-ranking-empty = Encore aucun projet. Ajoutez des projets de la liste ci-dessous.
booth-up = Monter
booth-down = Descendre
booth-unrank = Retirer
booth-meter-count = Choisis : { $used } sur { $most }
booth-meter-ranked = En ordre : { $used } sur { $most }
booth-meter-cost = Coût : { $used } sur { $most }
booth-meter-points = Points : { $used } sur { $most }
booth-meter-group = { $whose } : { $used } sur { $most }
booth-over = Trop : retirez quelque chose, pour que ce soit { $most } au plus.
booth-under = Pas assez : il faut { $least } au moins.
booth-wrong-points = Les points sont des nombres entiers de { $least } à { $most }.
booth-note-full = Vous en avez déjà choisi { $most }. Retirez-en un pour choisir celui-ci.
booth-note-cost = Ne rentre pas : il reste { $left }.
booth-found = Affichés : { $count }
booth-line-points = points : { $points }
booth-blank = Rien n’est choisi ici : une réponse blanche.
booth-to-review = Passer à la relecture

# Étape 3
booth-review-title = Étape 3 sur 4 : relire
booth-review = Voici votre bulletin. Rien n’a quitté votre appareil.
booth-change = Changer quelque chose
booth-seal = Sceller mon bulletin
booth-sealing = Votre appareil scelle votre bulletin.
booth-seal-wrong = Votre appareil ne peut pas sceller ce bulletin. Il dit en anglais pourquoi :

# Étape 4
booth-sealed-title = Étape 4 sur 4 : déposer
booth-sealed = Votre bulletin est scellé sur cet appareil, et pas encore déposé. Il reste une étape.
booth-cast-button = Déposer mon bulletin
booth-tracker = Code de suivi
booth-check-title = Ou vérifiez d’abord votre appareil
booth-check = Un second appareil peut voir si celui-ci scelle ce que vous avez choisi. Un bulletin vérifié est ouvert et ne compte jamais.
booth-check-scan = Scannez maintenant ce code avec un second appareil.
booth-check-press = Appuyez ensuite sur « Vérifier mon appareil ». Cet appareil ouvre le bulletin scellé et montre un second code.
booth-check-compare = Scannez-le aussi, et comparez ce que montre le second appareil avec votre choix.
booth-check-button = Vérifier mon appareil
booth-qr-address = Ou ouvrez-y cette adresse :
booth-qr-tracker = Le code de suivi, en image à scanner avec un second appareil
booth-opened-title = Ce bulletin est ouvert, et n’est pas déposé
booth-opened = Scannez ce second code avec votre second appareil. Comparez ce qu’il montre avec votre choix ci-dessous.
booth-qr-opening = Le bulletin ouvert, en image à scanner avec un second appareil
booth-seal-again = Sceller un nouveau bulletin avec ce choix
booth-proving = Votre appareil prouve que votre bulletin respecte les règles.
booth-sending = Votre appareil envoie votre bulletin et attend le reçu. Gardez cette page ouverte.
booth-waiting-title = Votre bulletin attend, et n’est pas encore déposé
booth-waiting = Il attend pour que les heures ne disent à personne de quelle lettre il vient.
booth-waiting-until = Votre appareil le dépose à cette heure : { $time },
booth-waiting-stay = Laissez cette page ouverte : votre appareil le dépose alors tout seul.
booth-waiting-leave = Vous pouvez aussi fermer la page et la rouvrir ici après cette heure. Tant qu’elle est fermée, rien n’est déposé. Revenez avant la fin du vote.
booth-waiting-not = Je ne peux pas attendre
booth-waiting-risk = Vous pouvez le déposer tout de suite. Qui voit alors les deux heures peut deviner de quelle lettre il vient.
booth-waiting-now = Déposer mon bulletin tout de suite
booth-unconfirmed-title = Votre bulletin n’est pas encore déposé
booth-unconfirmed = Votre appareil garde le bulletin scellé. L’envoyer encore ne compte jamais deux fois.
booth-send-again = Envoyer encore le même bulletin
booth-silent = L’urne ne répond pas. Il n’y a pas de reçu.
booth-false-receipt = La réponse de l’urne n’est pas un reçu de votre bulletin. Merci de le signaler.
booth-refused-title = Votre bulletin n’est pas déposé
booth-refused = L’urne n’a pas pris votre bulletin. Elle dit en anglais pourquoi :
booth-refused-closed = L’urne ne prend pas de bulletins maintenant.
booth-refused-again = Un bulletin avec votre laissez-passer est déjà dans l’urne. Ce vote n’en prend pas un second.
booth-refused-next = Si vous pensez que c’est une erreur, signalez-le au bureau et gardez cette page.
booth-refused-choose = Retour au choix

# Le reçu
booth-cast-lead = Votre appareil a vérifié que le registre public contient votre bulletin. Gardez le reçu.
booth-handed-in-lead = L’urne a signé pour votre bulletin. Votre appareil continue de demander jusqu’à ce que les témoins le confirment.
booth-receipt-index = Place dans le registre public
booth-receipt-file = Enregistrer le reçu
booth-receipt-print = Imprimer le reçu
booth-qr-receipt = Le reçu, en image à scanner
booth-receipt-not = Le reçu ne montre pas comment vous avez voté. Personne ne peut l’y lire.
booth-again = Voter de nouveau : le nouveau bulletin remplace celui-ci

# Sur cet appareil
booth-device-title = Ce que garde cet appareil
booth-device = Votre laissez-passer et votre reçu restent ici jusqu’à ce que vous les retiriez. Votre choix n’est pas gardé.
booth-save-title = Enregistrer mon laissez-passer dans un fichier
booth-save = Avec le fichier et son mot de passe, vous pouvez continuer ailleurs. Qui a les deux peut voter pour vous.
booth-save-button = Enregistrer le fichier
booth-secret-short = Le mot de passe doit avoir au moins dix caractères.
booth-saved = Le fichier est enregistré.
booth-forget-title = M’oublier sur cet appareil
booth-forget = Utile sur un appareil partagé. Le laissez-passer disparaît et personne ne peut le remplacer. Enregistrez-le avant, ou déposez d’abord votre bulletin.
booth-forget-button = M’oublier maintenant

# Le second appareil
check-title = Vérifier un autre appareil
check-lead = Cet appareil montre ce qu’un autre a scellé. Il lit lui-même le registre public.
check-needs = Cette page a besoin de JavaScript et de WebAssembly. Pour les bulletins ouverts par le programme sur un ordinateur, il y a cette commande :
check-start-title = Scannez le premier code
check-start = Sur l’autre appareil, scellez votre bulletin. Scannez ensuite avec cet appareil le code qu’il montre.
check-scanned-title = Le premier code est là
check-scanned = Appuyez maintenant sur « Vérifier mon appareil » sur l’autre. Scannez le second code avec cet appareil.
check-lacking-title = Le premier code manque
check-lacking = Cet appareil n’a pas scanné le premier code avant l’ouverture du bulletin. Sans lui, la vérification ne prouve rien. Scellez un nouveau bulletin et commencez par son premier code.
check-good-title = Voici ce que l’autre appareil a scellé
check-good = Comparez avec ce que vous avez choisi. Si c’est pareil, l’autre appareil a bien scellé votre bulletin.
check-not-there = Le bulletin ouvert n’est pas dans le registre public. Il ne compte pas.
check-differs = Si ce n’est pas ce que vous avez choisi, n’utilisez pas l’autre appareil. Signalez-le.
check-bad-title = L’autre appareil a échoué à la vérification
check-bad = Ne votez pas avec. Signalez ce que cet appareil dit en anglais :
check-cast-title = Le bulletin ouvert a été déposé
check-cast = L’autre appareil a déposé un bulletin qu’il avait ouvert. Ne l’utilisez pas. Signalez-le.

# Quand quelque chose ne va pas
failure-back = Vers la liste des votes
failure-back-to-poll = Vers le vote
failure-not-found = Cette page n’existe pas
failure-not-found-lead = Il n’y a pas de page à cette adresse.
failure-not-found-next = Vérifiez l’adresse dans votre lettre. Vous pouvez aussi partir de la liste des votes.
failure-method = Cette adresse ne peut qu’être lue
failure-method-lead = Votre navigateur voulait envoyer quelque chose ici. Rien n’a été pris.
failure-method-next = Recommencez depuis la liste des votes.
failure-query = Cette recherche ne peut pas être lue
failure-query-lead = La partie de l’adresse après le point d’interrogation est abîmée.
failure-query-next = Recommencez la recherche sur la page du vote.
failure-checking = Le registre public est en cours de vérification
failure-checking-lead = Ce serveur n’a pas fini de recompter le registre public. Jusque-là, il ne montre rien.
failure-checking-next = Rechargez cette page dans une minute.
failure-out-of-reach = Le registre public est hors d’atteinte
failure-out-of-reach-lead = Ce serveur ne peut pas lire le registre public en ce moment. Il ne montre pas de nombres anciens à la place.
failure-out-of-reach-next = Rechargez cette page dans une minute. Les votes déposés ne sont pas touchés.
failure-distrusted = Le registre public ne passe pas les vérifications
failure-distrusted-lead = Quelque chose est faux dans le registre public : rien n’en est montré ici.
failure-distrusted-next = Ce n’est pas votre faute. Signalez au bureau ce que vous voyez ici :
failure-internal = Cette page n’a pas pu être faite
failure-internal-lead = Il y a une erreur dans le programme qui fait ces pages.
failure-internal-next = Rechargez cette page dans une minute. Signalez-le si cela se reproduit.

# Retrouver mon bulletin, et recompter sur son propre appareil
find-title = Retrouver mon bulletin
find-lead = Voyez si votre bulletin scellé est dans l’urne et compte. Il vous faut le reçu enregistré lors de votre vote.
find-file = Votre fichier de reçu
find-paste = Ou collez le texte de votre reçu
find-look = Rechercher
find-privacy = Votre reçu reste sur cet appareil. La page lit tout le registre public : personne n’apprend quel bulletin est le vôtre.
find-reading-title = Lecture du registre public
find-reading = Cela peut prendre un moment. Laissez cette page ouverte.
find-again = Rechercher un autre reçu
find-proves = Cela montre que votre vote scellé est conservé sans changement. Cela ne montre pas votre choix, que personne ne peut voir.
find-counted-title = Votre bulletin est dans l’urne
find-counted = Votre bulletin figure au registre public, inchangé, et il compte.
find-kept-title = Votre bulletin est dans l’urne
find-kept = Votre bulletin figure au registre public, inchangé. Le registre est trop long pour y chercher ici un bulletin plus récent.
find-entry-title = C’est dans l’urne, et ce n’est pas un bulletin
find-entry = Ce reçu concerne une autre inscription du registre public. Elle y figure, inchangée.
find-replaced-title = Un bulletin plus récent de votre part compte
find-replaced = Ce bulletin est dans l’urne. Un autre, plus récent, avec votre laissez-passer l’a remplacé. Si vous n’avez pas revoté, signalez-le.
find-invalid-title = Votre bulletin est dans l’urne, mais il ne compte pas
find-invalid = Le bulletin figure au registre public et enfreint une règle. Signalez-le au bureau.
find-dropped-title = SUPPRIMÉ : votre bulletin a disparu
find-dropped = L’urne a signé pour votre bulletin. Autre chose se trouve maintenant à sa place. Enregistrez la preuve et signalez-le.
find-rewritten-title = Le registre public a été modifié
find-rewritten = Votre bulletin est là. Mais d’autres inscriptions ont changé après votre reçu. Enregistrez la preuve et signalez-le.
find-proof = Enregistrer la preuve
find-proof-note = La preuve convainc tout le monde, sans cette page. Gardez aussi votre reçu.
find-unknown-title = On ne peut pas le dire d’ici
find-older = Cette copie du registre s’arrête avant votre reçu. Essayez une autre copie, et gardez votre reçu.
find-closed-before = Le vote est terminé, et cette copie s’arrête avant votre bulletin. Gardez votre reçu et signalez-le.
find-not-witnessed = Votre bulletin est remis, mais les témoins ne l’ont pas encore confirmé. Revenez plus tard.
find-missing = Il manque un fichier à cette copie du registre. Essayez une autre copie.
find-too-large = Le registre public est trop long pour cette page. Utilisez le programme ci-dessous.
find-no-receipt = Ce n’est pas un reçu. Choisissez le fichier enregistré lors de votre vote.
find-other-election = Cette copie est celle d’un autre vote. Vérifiez son adresse.
find-foreign = L’urne de ce vote n’a pas signé ce reçu. Vient-il d’un autre vote ? Sinon, signalez-le.
find-not-signed = L’urne n’a pas signé ce que montre cette adresse. Essayez une autre copie et signalez-le.
find-unproven = Ce que montre cette adresse ne concorde pas. Essayez une autre copie et signalez-le.
find-unreachable = Le registre public est injoignable. Vérifiez votre connexion et réessayez.
find-filled = Le lien que vous avez suivi a rempli votre reçu. Aucun serveur ne l’a vu.
find-step = Fichiers lus : { $done } sur { $of }.
copy-title = Lire une autre copie
copy-note = Chacun peut conserver une copie du registre public. Cette page lit celle qui se trouve à cette adresse.
copy-label = Adresse de la copie
copy-use = Lire cette copie
oneself-needs-script = Pour cela, votre navigateur a besoin de JavaScript et de WebAssembly.
oneself-none = Ce site ne peut pas le faire dans votre navigateur.
oneself-command = Ce programme fait la même chose sur un ordinateur, sans cette page :
oneself-left = Temps restant, environ : { $time }.
oneself-size = Le registre public fait environ { $size } Mo.
oneself-stop = Arrêter
oneself-trying = La connexion s’est interrompue. Votre appareil réessaie.
recount-title = Recompter soi-même
recount-lead = Votre propre appareil recompte tout le registre public. Il ne croit rien de ce que dit ce site.
recount-begin-note = Il lit chaque bulletin. Cela peut prendre quelques minutes et beaucoup de mégaoctets.
recount-begin = Commencer à recompter
recount-again = Recompter encore une fois
recount-too-large = Ce registre public est trop long pour un navigateur. Utilisez le programme ci-dessous.
recount-reading-title = Votre appareil recompte
recount-held-title = Tout est juste
recount-held = Votre appareil a tout vérifié. Les totaux ci-dessous sont justes.
recount-broken-title = Quelque chose ne va pas
recount-broken = Au moins une vérification a échoué. Signalez au bureau ce que vous voyez ici.
recount-not-finished-title = Rien d’anormal jusqu’ici
recount-not-finished = Certaines vérifications attendent quelque chose qui doit encore venir.
recount-incomplete-title = Tout ne peut pas être vérifié
recount-incomplete = Rien n’est faux, mais il manque quelque chose ici. Essayez une autre copie.
recount-failed-title = Le recomptage n’a pas abouti
recount-failed = On ne peut rien en conclure sur le registre. Votre appareil dit en anglais ce qui ne va pas :
recount-claims = Ce qui a été vérifié
recount-found = Les chiffres de votre appareil
recount-ballots = Bulletins dans le registre
recount-replaced = Remplacés par de plus récents
recount-root = Empreinte du registre
recount-anew = Tout recommencer
recount-ending = Le programme ci-dessous finit par les mêmes mots :
recount-go-on = Continuer
recount-paused-title = Le recomptage est interrompu
recount-paused-stopped = Vous l’avez arrêté. Vous pouvez le reprendre où il en était.
recount-paused-unreachable = Le registre public ne répond pas. Vérifiez votre connexion, puis continuez.
recount-step = Inscriptions vérifiées : { $done } sur { $of }.
recount-unsigned = Cette copie dit quelque chose que l’urne n’a pas signé. Elle peut être abîmée ou modifiée : essayez d’abord une autre copie.
stands-held = Juste
stands-broken = Rompu
stands-open = Invérifiable
claim-manifest = Le bureau a signé les règles, et elles sont cohérentes.
claim-content = Les textes et les images sont ceux qui ont été scellés.
claim-joint-key = Tous les dépositaires ont fait la clé ensemble.
claim-rehearsal = Assez de dépositaires ont prouvé avant l’ouverture que leurs clés fonctionnent.
claim-issuers = Laissez-passer et listes étaient fixés avant l’ouverture du vote.
claim-ballots = Chaque bulletin respecte les règles et le prouve.
claim-tokens = Chaque bulletin porte tous les laissez-passer, et ils sont valides.
claim-sequence = Un bulletin plus récent suit le précédent selon les règles.
claim-order = Chaque inscription est là où elle peut être.
claim-checkpoint = Le registre est signé, et ses témoins l’ont vu.
claim-batches = Les bulletins ont été mélangés par groupes avant leur inscription.
claim-after-close = Aucun bulletin n’a été ajouté après la fin du vote.
claim-eligibility = Il n’y a pas plus de bulletins que de laissez-passer, ni plus de laissez-passer que d’inscrits.
claim-counted = Pour chaque laissez-passer, un bulletin compte, le bon.
claim-sums = Les sommes publiées sont celles des bulletins qui comptent.
claim-shares = Assez de dépositaires ont ouvert chaque somme, et l’ont prouvé.
claim-plaintexts = Les totaux publiés sont le contenu des sommes.
claim-winners = Les gagnants découlent des totaux selon la règle scellée.

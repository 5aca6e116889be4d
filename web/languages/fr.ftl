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
privacy-record-title = Ce que contient le registre public
privacy-record = Il contient des bulletins scellés sans noms, et des sommes. Personne ne peut y lire un bulletin seul.
privacy-roll-title = Qui sait qui a voté
privacy-roll = Le bureau sait qui a reçu un laissez-passer. Il ne peut pas dire quel bulletin a été déposé avec.
privacy-others-title = Ce que d’autres peuvent voir
privacy-others = Votre fournisseur d’accès peut voir que vous visitez ce site. Les autres serveurs du bureau ont leur propre notice.

# L’isoloir
booth-title = Voter
booth-reading-title = Un instant
booth-reading = Votre appareil vérifie le registre public de ce vote. Il n’envoie encore rien.
booth-read-title = Le registre public est correct
booth-read = Votre appareil a vérifié le registre public de ce vote.
booth-failed-title = Vous ne pouvez pas voter ici pour l’instant
booth-failed = Rien n’a été envoyé et rien n’est perdu. Votre appareil dit en anglais ce qui ne va pas :
booth-needs-title = Ce qu’il faut pour voter
booth-needs-script = Pour voter sur cette page, votre navigateur a besoin de JavaScript et de WebAssembly. Ainsi, votre propre appareil scelle votre vote.
booth-none = Ce site n’a pas d’isoloir pour ce vote.
booth-needs-command = Vous pouvez aussi voter sans navigateur. Ce programme fait la même chose sur un ordinateur :
booth-needs-other = Votre lettre indique les autres façons de voter.

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

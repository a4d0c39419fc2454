# Boutique.
to-country = destination : { $country }
sold-by = Vendu par <b>{ $seller }</b>

home-title = Le prix à votre porte
home-description = Des articles de partout, avec la livraison, les droits de douane et les taxes de votre pays déjà dans le prix.
home-headline = Un seul prix.<br>À votre porte.
home-promise = Marchandise, transport, droits de douane et taxes, calculés avant que vous ne payiez. Destination : { $country }. Rien à régler au livreur.
home-shop-week = Voir ce qui arrive le plus vite
home-see-how = Voir le calcul
rail-soon = Le plus vite à votre porte
rail-soon-text = Déjà près de votre destination ({ $country }), ou sur le trajet le plus rapide.
rail-far = Cela vaut une semaine d’attente
rail-far-text = Envoyé par ceux qui fabriquent. Les droits de douane et les taxes sont déjà dans le prix.
rail-new = Nouveautés
rail-new-text = Mis en vente ces derniers jours, prix livré. Destination : { $country }.
home-how-title = Le prix à votre porte, en détail
home-how-text = { $product } coûte { $price } (destination : { $country }). Voici chaque partie du prix, la règle qui la fonde et le jour où cette règle a pris effet.
home-estimates-link = Ce qui distingue une estimation d’une garantie
home-empty-title = Rien n’est encore en vente ici
home-empty-text = Dès que les premiers articles seront importés, ils apparaîtront ici avec leur prix à votre porte.
home-feature-text = Des articles de { $seller }, envoyés de : { $country }. Chaque prix ci-dessous est celui que vous payez, livré à votre porte.
visit-seller = Tout voir de { $seller }
promise-duty = Un prix garanti à votre porte est définitif. Les frais supplémentaires à la frontière sont payés par le vendeur contractuel nommé sur votre commande.
promise-escrow-title = Votre argent est gardé jusqu’à l’arrivée
promise-escrow = Ce que vous payez est placé sous séquestre et n’est versé au vendeur qu’après la livraison.
promise-quote-title = Des prix réservés pendant que vous payez
promise-quote = Au moment de commander, votre prix, le taux de change, les règles douanières et le stock sont réservés : 30 minutes, ou 10 quand il en reste peu.
promise-sellers-title = Des vendeurs nommés
promise-sellers = Chaque article indique à qui appartient le stock, qui l’expédie et qui vous le vend légalement.

search-title = Tout, au prix livré, destination { $country }
search-results = { $n ->
    [0] Aucun résultat. Destination : { $country }.
    [one] { $n } résultat, destination : { $country }.
   *[other] { $n } résultats, destination : { $country }.
}
search-for = Résultats pour « { $query } »
search-description = { $title }, avec le prix à votre porte et le jour d’arrivée. Destination : { $country }.
sort-by = Trier par
sort-relevance = Pertinence
sort-door-price = Prix à votre porte, croissant
sort-arrival = Arrivée, au plus tôt
sort-newest = Les plus récents
apply = Appliquer
filters = Filtres
remove-filter = Supprimer ce filtre
clear-all = Tout effacer
facet-price = Prix à votre porte, { $country }
facet-arrives = Arrivée sous
facet-category = Catégorie
facet-from = Expédié de
facet-seller = Vendeur
up-to-in = Jusqu’à, en { $currency }
at-least-in = À partir de, en { $currency }
price-spread = Prix à votre porte de { $least } à { $most }, et combien d’articles à ce prix
any-time = Peu importe
within-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
any-category = Toutes
chip-max = Jusqu’à { $amount }
chip-min = À partir de { $amount }
chip-days = Sous { $n } jours
show-results = Afficher les résultats
pages = Pagination
first-page = Première page
next-page = Suivant
shown-of = { $n } sur { $total }
search-empty-title = Rien pour « { $query } »
search-empty-title-filter = Rien ne correspond à ces filtres
search-empty-text = Rien de correspondant ne peut être envoyé vers cette destination pour le moment : { $country }.
search-without-filters = Rechercher sans filtres
search-everything = Tout afficher
searches = Recherches

product-description = { $title } : { $price } à votre porte, avec la livraison, les droits de douane et les taxes. Destination : { $country }. Arrivée : { $window }
breadcrumb = Fil d’Ariane
not-sold-to = Cet article ne peut pas être envoyé vers cette destination : { $country }
delivery-with-door-price = Livraison, avec le prix à votre porte
delivery-not-possible = Impossible : { $reason }
delivery-points = { $carrier }, { $n } points de suivi
when-it-comes = Quand il arrivera
when-it-comes-text = Remis au transporteur sous { $hours } heures (départ : { $country }), puis les jours que prend ce service. Les barres montrent comment les livraisons se répartissent.
when-it-comes-later = { $supplied }. Remis au transporteur avant le { $day } (départ : { $country }), puis les jours que prend ce service. Les barres montrent comment les livraisons se répartissent.
likely-by-day = Probabilité d’arrivée par jour
likely-share = { $n } sur 100
add-to-basket = Ajouter au panier
few-left = { $n ->
    [one] Plus que { $n } pièce
   *[other] Plus que { $n } pièces
}
sold-out = Épuisé
who-marketplace = { $seller } possède le stock, l’expédie (départ : { $country }) et est le vendeur contractuel.
who-platform = { $seller } possède le stock, le vend et l’expédie (départ : { $country }).
who-fulfilled = { $seller } possède le stock et est le vendeur contractuel. { $platform } l’emballe et l’expédie (départ : { $country }).
who-does-what = Qui fait quoi
in-short = En bref
fact-weight = Poids avec l’emballage
fact-origin = Pays d’origine
fact-tariff = Code douanier
fact-customs = Pour la douane
fact-barcode = Code-barres
fact-brand = Marque
other-sellers = Toutes les offres pour cet article
how-featured = Comment l’offre mise en avant est choisie
featured-cheapest = En avant : le prix à votre porte le plus bas
offer-dearer = { $amount } de plus à votre porte
offer-variant = { $options }
ships-from-label = Expédié de
arrives-label = Arrivée
in-view = Affichée
view-offer = Voir l’offre
similar = Articles semblables

basket-title = Panier
basket-summary = { $n ->
    [one] { $n } pièce, destination : { $country }.
   *[other] { $n } pièces, destination : { $country }.
}
keep-shopping = Continuer les achats
basket-repriced = Recalculé, destination : { $country }
change-price = { $title } : { $after } à votre porte au lieu de { $before }.
change-lost = { $title } ne peut pas y être envoyé. L’article reste dans votre panier.
change-back = { $title } peut à nouveau y être envoyé, pour { $after }.
basket-added = Ajouté à votre panier.
from-place = Départ : { $place }
quantity-of = Quantité : { $product }
remove-product = Supprimer { $product }
update = Mettre à jour
cannot-be-sent = Ne peut pas être envoyé, destination : { $country }
your-door-price = Votre prix à la porte
to-checkout = Passer commande
basket-note = Les prix sont réservés dès que vous passez commande avec votre adresse : 30 minutes, ou 10 quand il en reste peu.
nothing-sendable = Rien de ce panier ne peut être envoyé vers cette destination : { $country }.
basket-empty-title = Votre panier est vide
basket-empty-text = Ce que vous ajoutez y reste 60 jours et vous suit quand vous changez de pays.
line-of = { $options }, { $seller }

checkout = Commander
checkout-summary = { $parcels ->
    [one] Un colis, un paiement.
   *[other] { $parcels } colis, un paiement.
}
back-to-basket = Retour au panier
where-it-goes = Où livrer
saved-addresses = Adresses enregistrées
another-address = Autre adresse
order-address-change = Modifier l’adresse
order-address-title = Où va la commande
order-address-text = Tant que rien n’est emballé, elle peut aller à une autre porte du même pays : {$country}. Pour un autre pays ou une autre région, annulez-la et commandez à nouveau : le prix, les droits de douane et les taxes ont été calculés pour celui-ci.
order-address-keep = Laisser telle quelle
use-address = Utiliser cette adresse
email-for-updates = Adresse e-mail pour les nouvelles de la commande
how-it-travels = Comment l’envoyer
update-prices = Mettre à jour les prix
delivery-from = Livraison, départ : { $place }
door-price-of = { $amount } à votre porte
crosses-border = Ce colis passe une frontière. Il est déclaré à votre nom, avec votre numéro de téléphone ; les droits de douane et les taxes sont traités comme indiqué.
lost-take-out = Retirez ces articles de votre panier pour continuer avec le reste.
take-out = Les retirer
checkout-blocked = Le prix s’affiche dès que tout le contenu du panier peut être envoyé.
delivery-changed = Une livraison que vous aviez choisie n’est plus proposée. Choisissez à nouveau.
not-sendable-text = Un article de votre panier ne peut pas y être envoyé. Retirez-le d’abord.
how-you-pay = Comment payer
paid-in = Paiement en { $currency }
card-number = Numéro de carte
sandbox-cards = Mode test : aucune somme n’est débitée. 4242 4242 4242 4242 est accepté.
sandbox-more-cards = Cartes qui réagissent autrement
card-ok = Acceptée
card-declined = Refusée
card-no-funds = Solde insuffisant
card-3ds = La banque demande confirmation (3-D Secure)
card-late = Confirmée un peu plus tard
pay-on-page = Carte et autres moyens
pay-on-page-detail = Sur la page du prestataire de paiement, qui s’ouvre ensuite. Cette boutique ne voit jamais votre numéro de carte.
to-provider = Vers la page de paiement
to-provider-text = Vous payez { $amount } sur la page du prestataire de paiement, puis vous revenez ici. Si elle ne s’ouvre pas d’elle-même, appuyez sur le bouton.
to-provider-go = Aller à la page de paiement
pay-amount = Payer { $amount }
checkout-terms = Vous achetez à { $sellers }. L’argent est gardé jusqu’à la livraison de chaque colis.
problems-to-fix = { $n ->
    [one] Un point à corriger avant de payer.
   *[other] { $n } points à corriger avant de payer.
}
price-changed = Le prix à votre porte est passé de { $before } à { $after } pendant que vous remplissiez le formulaire. Regardez-le et payez à nouveau s’il vous convient.
quote-expired-text = Le délai pendant lequel les prix étaient réservés est écoulé. Voici les prix du jour.
held-until = Le prix, le taux de change et le stock sont réservés jusqu’à { $time }.
payment-declined = La banque a refusé le paiement. Rien n’a été débité. Essayez une autre carte.
payment-insufficient-funds = Le solde de cette carte est insuffisant. Rien n’a été débité. Essayez une autre carte.
payment-refused = Vous n’avez pas approuvé le paiement. Rien n’a été débité.
payment-amount = Ce montant ne peut pas être payé dans cette devise. Rien n’a été débité. Commandez dans une autre devise.
payment-card-unknown = Ce numéro de carte n’est pas connu en mode test. Utilisez l’un des numéros ci-dessous.
payment-card-needed = Saisissez un numéro de carte.
payment-outage = Le service de paiement ne répond pas. Votre commande est conservée ; réessayez dans une minute.
payment-differs = Le service de paiement a débité un autre montant que celui de la commande. Il vous est rendu automatiquement. Veuillez payer à nouveau.
bank-asks = Votre banque demande : est-ce bien vous ?
bank-asks-text = { $shop } souhaite débiter { $amount } de votre carte. En mode test, vous jouez le rôle de la banque.
approve-payment = Approuver
refuse-payment = Refuser

order-number = Commande { $number }
order-summary = { $parcels ->
    [one] Passée le { $date }, un colis, destination : { $country }.
   *[other] Passée le { $date }, { $parcels } colis, destination : { $country }.
}
cancel-order = Annuler la commande
ask-cancel-title = Annuler cette commande ?
ask-cancel-text = Rien n’est expédié et { $amount } vous sont remboursés par le même moyen de paiement. Une commande annulée ne peut pas être reprise.
ask-cancel-yes = Annuler la commande
confirm-received = J’ai tout reçu
confirm-received-part = Confirmer ce qui est arrivé
pay-again = Payer cette commande
notice-placed = Merci. Votre commande est passée.
notice-placed-text = Un lien vers cette page reste valable ; gardez-le pour suivre les colis.
notice-unpaid = Cette commande n’est pas encore payée.
notice-unpaid-text = Payez-la ci-dessous. Les commandes non payées sont annulées au plus tard après une demi-heure, après dix minutes quand il reste peu de pièces.
notice-pending = Le paiement est en cours de confirmation.
notice-pending-text = Cela peut prendre une minute. Cette page l’indique dès que c’est fait.
notice-failed = Le paiement n’a pas abouti.
notice-failed-text = Vos articles restent réservés une demi-heure après la commande, dix minutes quand il en reste peu. Réessayez ci-dessous.
notice-cancelled = Cette commande a été annulée.
notice-cancelled-text = Ce qui a été payé est rendu par le même moyen de paiement.
notice-held = La douane demande quelque chose.
notice-held-text = Un colis est retenu à la frontière. Le vendeur contractuel répond ; vous n’avez rien à faire. La nouvelle date d’arrivée figure ci-dessous.
notice-done = Tout est arrivé et la commande est terminée.
order-state-waiting = En attente de paiement
order-state-to-pack = En préparation
order-state-packed = Emballée
order-state-underway = En route
order-state-exception = Demande votre attention
order-state-delivered = Livrée
order-state-completed = Terminée
order-state-cancelled = Annulée
parcel-from = { $product }, départ : { $country }
parcel-more = { $n ->
    [one] { $product } et { $n } autre, départ : { $country }
   *[other] { $product } et { $n } autres, départ : { $country }
}
parcel-arrived = Arrivé
parcel-cancelled = Annulé
parcel-lost = Introuvable
parcel-returned = Renvoyé
parcel-follows = Encore à emballer
parcel-follows-text = Ces pièces suivent dans un autre colis.
way-paid = Payé
way-packed = Emballé
way-handed-over = Chez le transporteur
way-export = Exportation
way-export-held = Douane d’exportation
way-underway = Entre les frontières
way-underway-land = Sur la route
way-import = Douane d’importation
way-import-held = Retenu par la douane
way-last-mile = Dernier kilomètre
way-door = Votre porte
way-lost = Introuvable
way-returned = Renvoyé
way-international = À l’international
way-inside = À l’intérieur : { $place }, sans douane
way-duty-paid = droits de douane déjà payés
way-until = jusqu’au { $time }
what-happened = Historique
nothing-yet = Rien pour l’instant. La première nouvelle arrive quand le colis est emballé.
detail-documents-wanted = La douane demande des documents. Le vendeur contractuel répond.
detail-signed = Remis contre signature.
customs-and-papers = Douane et documents
merchant-of-record = Vendeur contractuel
contents = Contenu
what-you-paid = Ce que vous avez payé
what-you-pay = Ce que vous payez
order-link-hint = Cette page s’ouvre avec son lien. Gardez-le ; s’il est perdu, le numéro et l’adresse e-mail en donnent un autre. Ou ouvrez un compte avec la même adresse e-mail : il montre cette commande.

signed-in-as = { $name }, { $email }
your-orders = Vos commandes
paid-at-door = Prix à votre porte
older-orders = Commandes plus anciennes
no-orders-title = Pas encore de commandes
no-orders-text = Ce que vous achetez apparaît ici avec son trajet.
addresses = Adresses
no-addresses = Les adresses que vous enregistrez en commandant apparaissent ici.
add-address = Ajouter une adresse
save-address = Enregistrer l’adresse
you = Vous
demo-sign-ins = Connexions du monde de démonstration
demo-sign-ins-text = Tout le monde partage un même mot de passe.
demo-operator = Exploitant
demo-seller = Vendeur
demo-buyer = Acheteur
no-account-yet = Pas encore de compte ?
have-account = Déjà un compte ?
register-text = Un compte réunit vos commandes et vos adresses. Vous pouvez aussi acheter sans compte.
sign-in-wrong = L’adresse e-mail et le mot de passe ne vont pas ensemble.
forgot-password = Mot de passe oublié ?
forgot-password-text = Indiquez l’adresse e-mail de votre compte. S’il existe, nous envoyons un lien pour choisir un nouveau mot de passe.
forgot-send = Envoyer le lien
forgot-sent-title = Consultez votre messagerie
forgot-sent-text = S’il existe un compte avec cette adresse, un message est en route, ou est arrivé dans l’heure écoulée : chaque lien sert une fois, pendant une heure. Rien reçu ? Regardez dans les indésirables, ou vérifiez si vous vous êtes inscrit avec une autre adresse.
forgot-no-mail = Cette boutique n’envoie pas d’e-mails pour le moment : aucun lien n’arrivera. Adressez-vous à l’exploitant de la boutique.
reset-password = Choisir un nouveau mot de passe
reset-password-text = Toute personne connectée avec l’ancien mot de passe, sur n’importe quel appareil, est déconnectée.
reset-save = Enregistrer le nouveau mot de passe
reset-over-title = Ce lien n’est plus valable
reset-over-text = Il a servi, ou date de plus d’une heure. Demandez-en un nouveau.
track-text = Indiquez le numéro de la commande et l’adresse e-mail avec laquelle elle a été passée : nous y envoyons son lien. Si vous êtes connecté, vos commandes s’ouvrent aussitôt.
order-number-hint = Il ressemble à EN-7Q4K-2219.
saved = Enregistré.

your-name = Votre nom
category-of = { $name }

door-price-example = Un exemple
door-price-example-goods = Mug en grès, 350 ml
door-price-example-text = Un mug de Chine, destination : { $country }, selon les règles du jour.

info-door-price-title = Comment se calcule le prix à votre porte
info-door-price-lead = Le prix que vous voyez est celui que vous payez, livré à votre porte : marchandise, livraison internationale, droits de douane et taxes, dans votre devise, avec le jour d’arrivée.
info-door-price-parts = Cinq parties, chacune avec sa règle
info-door-price-parts-text =
    Le vendeur fixe le prix de la marchandise, hors taxes. La livraison est le tarif du transporteur pour le poids et le trajet. Les droits de douane dépendent du code douanier, du pays d’origine et de la valeur. La taxe est celle de votre pays, sur ce que votre pays prend en compte. Certains transporteurs et certaines autorités perçoivent des frais de dossier.
    Chaque ligne d’un détail nomme la règle qui la fonde et le jour où elle a pris effet. La somme des parties est toujours le prix affiché.
info-door-price-exchange = Taux de change
info-door-price-exchange-text =
    Un prix dans une autre devise est converti une seule fois, au taux de référence du jour, et le jour est indiqué. Au moment de commander, le taux est réservé jusqu’à 30 minutes. Rien n’y est ajouté.
info-door-price-estimate = Garanti ou estimé
info-door-price-estimate-text =
    Un prix est garanti quand chaque règle qui le fonde est confirmée. Là où seul un taux de droit habituel est connu, le prix dit qu’il est une estimation. Dans les deux cas, vous payez le prix proposé : ce que vous voyez en commandant est ce qui est débité.
info-door-price-featured = L’offre mise en avant
info-door-price-featured-text =
    Quand plusieurs vendeurs proposent le même article, celui dont le prix à votre porte est le plus bas vient en premier. Personne ne peut acheter cette place.
info-duty-guarantee-title = Garantie des droits de douane
info-duty-guarantee-lead = Quand un prix est garanti, rien ne peut s’ajouter à votre porte.
info-duty-guarantee-what = Ce qui est garanti
info-duty-guarantee-what-text =
    Les droits de douane, les taxes et les frais de dossier sont calculés avant que vous ne payiez et font partie du prix. Si la douane demande davantage à la frontière, le vendeur contractuel nommé sur votre commande paie la différence.
info-duty-guarantee-who = Qui fait quoi
info-duty-guarantee-who-text =
    Chaque page d’article nomme à qui appartient le stock, qui l’expédie et qui est le vendeur contractuel. Les mêmes noms figurent sur votre commande.
    Votre argent est placé sous séquestre. Il n’est versé au vendeur qu’une fois votre colis arrivé et le délai de réclamation passé.
info-duty-guarantee-border = Perçu à la frontière
info-duty-guarantee-border-text =
    Certains droits et taxes ne peuvent être payés qu’à l’arrivée du colis. Le transporteur les paie pour vous sur le prix que vous voyez, et le détail l’indique.
info-returns-title = Retours et remboursements
info-returns-lead = Vous pouvez annuler une commande tant qu’elle n’est pas emballée, et vous êtes intégralement remboursé.
info-returns-before = Avant l’emballage
info-returns-before-text =
    Ouvrez votre commande et appuyez sur « Annuler la commande ». La marchandise, la livraison, les droits de douane et les taxes sont rendus par le même moyen de paiement.
info-returns-after = Après le départ
info-returns-after-text =
    Un colis perdu ou renvoyé est remboursé : la marchandise, sa livraison, les droits de douane et les taxes. Si quelque chose ne va pas à l’arrivée, ou si rien n’arrive, dites-le sur la page de la commande, ligne par ligne et avec des images : l’argent attend que le vendeur ait répondu, et la boutique tranche en cas de désaccord. Là où la loi de votre pays vous permet de vous rétracter sans motif, la page de la commande indique jusqu’à quand et comment.
info-returns-refund = Comment se fait un remboursement
info-returns-refund-text =
    Un remboursement reprend les montants de votre commande, jamais des taux ou des règles plus récents. Il revient sur la carte avec laquelle vous avez payé.
info-selling-title = Ouvrir une boutique
info-selling-lead = Vendez sur { $shop } vers tous les pays dont les règles sont connues ici. Les acheteurs voient un seul prix ; vous en voyez chaque partie.
info-selling-start = Pour commencer
info-selling-start-text =
    L’exploitant de { $shop } accepte les candidatures ou invite des vendeurs. Vous envoyez ensuite le fichier d’articles que vous avez déjà : les fichiers exportés de Shopify sont lus tels quels.
    Donnez à chaque article son code douanier et son pays d’origine. Ce qui manque figure dans une liste, et la vente à l’étranger commence dès que c’est complet.
info-selling-fees = Frais et commission
info-selling-fees-text =
    Une part du prix de la marchandise est retenue comme commission quand une commande est terminée ; votre contrat l’indique. La mise en vente est gratuite. La commission est fixée pour chaque commande au moment de la vente.
info-selling-customs = Douane et taxes
info-selling-customs-text =
    Les droits de douane et les taxes sont calculés et mis de côté avec chaque commande. Les étiquettes, les numéros de suivi et les formulaires douaniers sont faits pour vous.
info-about-title = À propos
info-about-lead = { $shop } fonctionne avec Entrepot, une plateforme libre pour le commerce transfrontalier.
info-about-what = Ce que c’est
info-about-what-text =
    Un entrepôt est un port où des marchandises de partout sont reçues, gardées et réexpédiées. Entrepot est le programme qui fait tourner un tel port : boutique, place de marché, espace vendeur et comptabilité en un.
info-about-open = Logiciel libre
info-about-open-text =
    Le programme est un logiciel libre sous les licences MIT et Apache 2.0. Chaque règle derrière un prix peut être lue.
info-accessibility-title = Accessibilité
info-accessibility-lead = Chaque page s’utilise au clavier, avec un lecteur d’écran, en grands caractères, dans le noir et sans scripts.
info-accessibility-what = Ce que nous faisons
info-accessibility-what-text =
    Les pages sont faites d’éléments simples et nommés. Le sens ne repose jamais sur la seule couleur. Le mouvement s’arrête quand votre système le demande. Le texte peut être agrandi au double.
info-accessibility-tell = Dites-le-nous
info-accessibility-tell-text =
    Si quelque chose ne peut pas être utilisé, écrivez à l’exploitant de cette boutique en nommant la page.
info-privacy-title = Confidentialité
info-privacy-lead = Ce qui est conservé à votre sujet, pourquoi, et combien de temps.
info-privacy-cookies = Les cookies
info-privacy-cookies-text =
    Les cookies conservent votre destination, votre devise, votre langue et votre thème, votre panier, votre connexion, le fait que vous vous êtes déjà connecté sur cet appareil, et un jeton contre les faux formulaires. Il n’y a ni cookies publicitaires ni traceurs de tiers.
info-privacy-data = Vos commandes
info-privacy-data-text =
    Votre nom, votre adresse et votre numéro de téléphone sont transmis au vendeur, au transporteur et à la douane, car un colis ne peut voyager sans eux. Les numéros de carte n’atteignent jamais la base de données de cette boutique.
info-privacy-delete = Effacer
info-privacy-delete-text =
    Les adresses peuvent être supprimées à tout moment dans votre compte. Sous « Connexion et sécurité », vous téléchargez tout ce qui est conservé à votre sujet, ou effacez votre compte ; la page dit ce qui reste et pourquoi. Les sessions conservent le nom du navigateur et l’adresse réseau tant qu’elles durent.
imprint-lead = Qui répond de { $shop }, et comment nous joindre.
imprint-legal = Responsable légal
imprint-contact = Nous contacter
imprint-none = Le propriétaire de la boutique ne l’a pas encore écrit.
not-sold-there = La boutique ne vend pas dans ce pays. Choisissez une autre destination.

# Ouvrir un compte, les invitations, et pour qui l’on agit.
register-sent-text = Un message est en route vers { $email }. Son lien sert une fois, pendant un jour. Rien reçu ? Regardez dans les indésirables ; après plusieurs messages en une heure, plus aucun n’est envoyé, et les derniers restent valables.
register-no-mail = Cette boutique n’envoie pas d’e-mails pour le moment : aucun lien n’arrivera de lui-même. L’exploitant de la boutique peut vous le donner : demandez-le-lui. Vous pouvez acheter sans compte.
register-how = Nous envoyons un lien à cette adresse. Avec lui, vous choisissez votre nom et votre mot de passe.
register-confirm-text = { $email } est confirmée. Choisissez ce qu’il faut encore pour le compte.
register-over-text = Il a servi, ou date de plus d’un jour, ou un compte existe déjà avec cette adresse. Connectez-vous, ou demandez un nouveau lien.
send-again = Renvoyer
go-on = Continuer
track-send = Envoyer le lien
track-sent-text = Si une commande portant ce numéro a été passée avec cette adresse e-mail, un lien est en route vers elle. Rien reçu ? Regardez dans les indésirables, ou vérifiez le numéro ; après plusieurs messages en une heure, plus aucun n’est envoyé, et les derniers liens restent valables.
track-no-mail = Cette boutique n’envoie pas d’e-mails pour le moment : aucun lien n’arrivera. Connectez-vous si vous avez acheté avec un compte, ou adressez-vous à l’exploitant de la boutique.
track-another = Chercher une autre commande
invitation-text = Si vous acceptez, vous agissez désormais pour cette organisation ; vous pouvez la quitter à tout moment. D’ici là, rien ne change.
invitation-for = Pour
invitation-other = Vous êtes connecté en tant que { $email }. Déconnectez-vous, puis connectez-vous avec l’adresse invitée.
invitation-sign-in = Se connecter pour répondre
invitation-register = Ouvrir le compte et accepter
invitation-register-text = Choisissez un nom et un mot de passe pour { $email }.
invitation-over = Cette invitation n’est plus valable
invitation-over-text = Elle a reçu une réponse, a été retirée ou remplacée, ou date de plus de sept jours. Demandez-en une nouvelle à la personne qui vous a invité.
invitation-declined = Invitation refusée
invitation-declined-text = Rien n’a changé pour vous. L’invitation est supprimée.
keep = Garder
acting-text = Choisissez pour qui vous agissez maintenant. La prochaine connexion commence là où vous étiez.
acting-none = Vous agissez pour vous-même. Si quelqu’un vous invite, cela s’affiche ici.
acting-leave-title = Quitter { $name } ?
acting-leave-text = Vous n’agissez plus pour cette organisation, immédiatement et sur chaque appareil. Les clés d’API que vous avez créées pour elle sont révoquées, les invitations que vous avez écrites sont retirées. Pour revenir, il faudra vous inviter à nouveau.
acting-last-owner = Vous êtes le seul propriétaire. Nommez-en d’abord un autre.
acting-declined = Refusé. Rien n’a changé.
acting-over = Cette invitation a reçu une réponse, a été retirée ou modifiée, ou est trop ancienne.
acting-left = Vous avez quitté l’organisation.
order-link-hint-no-mail = Cette page s’ouvre avec son lien. Gardez-le : cette boutique n’envoie pas d’e-mails pour le moment.
apply-title = Demander à vendre ici
apply-text = Dites qui vous êtes et ce que vous proposez. Vous recevez un accusé de réception par e-mail, puis une réponse.
apply-name = Nom de votre boutique
apply-name-hint = Tel que les acheteurs doivent le voir.
apply-legal-name = Dénomination légale
apply-phone = Téléphone (facultatif)
apply-website = Site web (facultatif)
apply-country = Où vous êtes établi
apply-currency = Devise de vos versements
apply-goods = Ce que vous voulez vendre
apply-goods-hint = Types d’articles, où ils sont fabriqués et où ils se trouvent.
apply-how = Personne ne vend ici avant que la boutique ne l’ait accepté. Ce formulaire n’ouvre aucun compte.
apply-send = Envoyer la candidature
apply-sent-title = Votre candidature est en route
apply-sent-text = Un accusé de réception est envoyé à { $email }, la réponse aussi. Rien reçu ? Regardez dans les indésirables.
apply-sent-no-mail = Cette boutique n’envoie pas d’e-mails pour le moment ; elle répond à { $email } autrement.
apply-closed = Cette boutique n’accepte pas de candidatures pour le moment. Écrivez-lui si vous voulez tout de même y vendre.


# Réclamations
claim-object = Quelque chose ne va pas
claim-object-text = Dites ce qui ne va pas et pour quelles pièces. L’argent de ce colis attend entre-temps. Le vendeur répond sous trois jours ; sinon, ou en cas de désaccord, la boutique tranche.
claim-object-send = Envoyer au vendeur
claim-give-back = Retourner
claim-give-back-text = Vous n’avez pas à donner de motif. Vous verrez ensuite où l’envoyer. Les pièces sont remboursées quand elles sont arrivées, et la livraison avec elles si vous retournez tout le contenu de ce colis.
claim-give-back-send = Retourner
claim-right = Vous pouvez vous rétracter sans motif jusqu’au { $until } ({ $source }).
claim-right-buyer-pays = Le retour est à vos frais.
claim-right-seller-pays = Selon cette loi, le retour ne devrait rien vous coûter : demandez au vendeur avant de l’envoyer.
claim-which-pieces = Quelles pièces ?
claim-of-pieces = { $n ->
    [one] { $n } pièce
   *[other] { $n } pièces
 }
claim-what-is-wrong = Qu’est-ce qui ne va pas ?
claim-words = Que s’est-il passé ?
claim-words-optional = Quelque chose à ajouter ? (facultatif)
claim-pictures = Images ({ $n } au plus)
claim-pictures-hint = JPEG, PNG, WebP ou GIF, jusqu’à 20 Mo chacune. Seuls vous, le vendeur et la boutique les voient ; le lieu et l’appareil en sont effacés.
claim-less-by = Réduction : de combien ({ $currency })
claim-back = Retour à la commande
claim-nothing-left = Il ne reste rien à réclamer dans ce colis : tout figure dans une autre réclamation, ou a été retourné.
claim-of-order = Réclamation sur la commande { $number }
claim-send-title = Renvoyer
claim-send-text = Mettez dans le colis une note avec la commande { $number }.
claim-carrier = Transporteur
claim-tracking = Numéro de suivi
claim-send-done = C’est en route
claim-ask-title = Vous n’êtes pas d’accord ?
claim-ask-words = Que doit savoir la boutique ?
claim-ask = Demander à la boutique de trancher
claim-take-back = Retirer la réclamation
claim-error-kind-required = Choisissez ce qui ne va pas.
claim-error-words-required = Écrivez ce qui s’est passé.
claim-error-pieces-required = Dites de quelle ligne et combien de pièces.
claim-error-carrier-required = Indiquez le transporteur.
claim-error-tracking-required = Indiquez le numéro de suivi.
claim-error-whole-number = Indiquez un nombre entier de pièces.
claim-error-not-in-order = Nommez chaque ligne de ce colis une seule fois.
claim-error-too-long = C’est trop long.
claim-error-too-many-pictures = Envoyez six images au plus.
claim-error-picture = Une image est illisible : envoyez du JPEG, PNG, WebP ou GIF de 20 Mo au plus.
claim-error-one-line = Une réduction ne peut être demandée que pour une ligne à la fois.
claim-error-amount-format = Indiquez un montant supérieur à zéro qui ne dépasse pas le prix des pièces.
claim-error-too-many-pieces = Il ne reste pas autant de pièces : certaines figurent dans une autre réclamation, ou ont été retournées.
claim-error-too-many-claims = Tant de réclamations ont été ouvertes sur ce colis qu’aucune autre n’est possible. Écrivez à la boutique.
claim-error-not-disputable = Seul ce qui est payé et n’est pas annulé peut faire l’objet d’une réclamation.
claim-error-not-arrived-yet = Un colis ne peut être dit manquant qu’après le dernier jour promis.
claim-error-not-delivered = Ce colis n’est pas encore livré.
claim-error-claim-window-over = Le délai est passé. Écrivez à la boutique.
claim-error-no-withdrawal = Dans votre pays, la loi ne prévoit pas de droit de rétractation sans motif pour ces achats.
claim-error-claim-settling = Son remboursement est déjà sur le point de partir.
claim-error-wrong-step = La réclamation a avancé. Regardez-la à nouveau.
confirm-ask-title = Tout est arrivé ?
confirm-ask-text = Ne confirmez que si tout est là et conforme. Les { $amount } que nous gardons sont alors versés à ceux qui ont vendu et transporté.
confirm-ask-yes = Oui, tout est là
confirm-ask-no = Non, retour à la commande
amend-asked = { $who } propose une modification
amend-asked-text = Rien ne change sans votre accord. Répondez avant le { $until } ; sinon, la commande reste telle quelle.
amend-asked-why = Motif
amend-asked-link = Voir la proposition
amend-asked-no = Non, laisser telle quelle
amend-asked-yes = Oui, modifier
amend-asked-yes-more = Oui, puis payer { $amount }
amend-asked-yes-back = Oui, { $amount } remboursés
amend-asked-after = Une autre modification de votre part est possible dès que vous avez répondu.
amend-asked-over = La commande a été emballée ou modifiée entre-temps : la proposition ne peut plus être suivie.
amend-open = Modifier la commande
amend-title = Modifier la commande
amend-text = Ce qui n’est pas encore emballé peut être modifié : plus ou moins de pièces, une autre livraison, des articles de votre panier. Ce que vous avez acheté garde son prix ; la livraison, les droits de douane et les taxes sont recalculés. Vous voyez ce que cela coûte avant tout changement.
amend-does = Voici ce que devient la commande
amend-back = Vous est remboursé
amend-held = { $n ->
    [one] Ces prix et ces articles vous sont réservés une minute.
   *[other] Ces prix et ces articles vous sont réservés { $n } minutes.
}
amend-do = Modifier la commande
amend-do-more = Modifier la commande, puis payer { $amount }
amend-do-back = Modifier la commande, { $amount } remboursés
amend-leave = Laisser la commande telle quelle
amend-waits = Une modification attend { $amount }
amend-waits-text = Rien de la commande ne change avant le paiement. Si le paiement n’arrive pas à temps, ou si la commande est emballée avant, elle reste telle quelle.
amend-pay = Payer maintenant
amend-basket = Ajouter ce qui est dans votre panier
amend-basket-empty = Pour ajouter un article, mettez-le d’abord dans votre panier, puis revenez ici.
amend-back-to-order = Retour à la commande
amend-due = Payer la modification
amend-due-text = { $amount } sont à payer jusqu’au { $until }. La commande change dès que la somme est reçue ; sinon, elle reste telle quelle.
amend-see = Voir la modification
amend-paying = Le paiement de la modification de votre commande est en cours.

# Avant l’ouverture.
opening-soon = Ouverture prochaine
opening-soon-text = Cette boutique ne prend pas encore de commandes. Votre panier est conservé 60 jours ; revenez quand elle sera ouverte.
opening-soon-ask = Des questions ?
not-selling = Pas de commandes pour le moment
not-selling-text = Cette boutique ne peut pas encaisser de paiements ou envoyer de colis pour le moment. Votre panier est conservé 60 jours.
test-order = Commande d’essai
test-order-text = La boutique n’est pas ouverte. Ce que vous commandez ici est un essai de son équipe : vérifiez le paiement et les e-mails, puis annulez.
test-order-end = Passée par l’équipe de la boutique avant l’ouverture. Annulez-la pour que l’argent soit rendu et la marchandise libérée.
told-by-seller = Annoncé par le vendeur
told-by-operator = Annoncé par la boutique

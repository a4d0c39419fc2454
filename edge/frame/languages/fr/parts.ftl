# Ce que disent plusieurs espaces.

arrives-window = Arrivée : <b>{ $window }</b>
ships-from = départ : { $country }
sku = Réf. { $sku }
chart-port = Ningbo
chart-day = jour { $n }
in-categories = Dans les catégories
at-your-door-in = À votre porte, { $country }
picture-n = Image { $n }
quantity = Quantité
address-format-for = Format d’adresse : { $country }
country-hint = Un autre pays change le formulaire ci-dessous et tous les prix.
pieces = { $n ->
    [one] { $n } pièce
   *[other] { $n } pièces
}
problems-form = { $n ->
    [one] Un point à corriger.
   *[other] { $n } points à corriger.
}
parcel-n-of = Colis { $n } sur { $total }
shipment-n-of = Envoi { $n } sur { $total }, en { $parcels } colis
parcel-arrives = Arrivée
stop-done = Fait
stop-now = En cours
stop-next = À venir
way-union-eu = l’UE
event-placed = Commande passée
event-paid = Paiement reçu
event-labelled = Étiquette imprimée
event-accepted = Remis au transporteur
event-export-declared = Déclaré à l’exportation
event-export-released = Exportation autorisée
event-departed = Parti
event-arrived = Arrivé
event-import-declared = Déclaré à l’importation
event-import-held = Retenu par la douane
event-import-released = Importation autorisée
event-out-for-delivery = En cours de livraison
event-attempted = Livraison tentée
event-delivered = Livré
event-lost = Déclaré perdu
event-returned = Renvoyé
quantity-times = { $n } × { $options }
refunded-amount = Remboursé
take-out-goods = Marchandise
take-out-tax = Taxes
take-out-before = Remboursé auparavant
take-out-goes-back = Remboursement
take-out-open = Retirer quelque chose
take-out-title = Retirer quelque chose de la commande
take-out-text = Ce qui n’est pas encore emballé peut être retiré : quelques pièces ou une ligne entière. Ce n’est pas envoyé, et la somme est rendue par le même moyen de paiement.
take-out-which = Quelles pièces ?
take-out-of = { $n ->
    [one] Une pièce peut être retirée
   *[other] Jusqu’à { $n } pièces peuvent être retirées
}
take-out-reason = Motif, tel que l’acheteur le lira
take-out-look = Voir le remboursement
take-out-does = Ceci est retiré
take-out-told = Le motif est communiqué à l’acheteur : { $reason }.
take-out-delivery-stays = La livraison n’est remboursée que si un colis entier est retiré ; le reste est envoyé.
take-out-ends = { $n ->
    [one] Il ne reste rien d’un colis : il est annulé, et sa livraison est remboursée aussi.
   *[other] Il ne reste rien de { $n } colis : ils sont annulés, et leur livraison est remboursée aussi.
}
take-out-do = Retirer, { $amount } remboursés
take-out-keep = Laisser la commande telle quelle
take-out-nothing = Plus rien ne peut être retiré : la commande est emballée, annulée ou non payée.
take-out-taken = { $n ->
    [one] une pièce retirée
   *[other] { $n } pièces retirées
}
take-out-why-changed-mind = plus souhaité
take-out-why-out-of-stock = en rupture de stock
take-out-why-damaged = abîmé avant l’envoi
take-out-why-cannot-be-sent = ne peut pas être envoyé à cette adresse
take-out-why-buyer-asked = à la demande de l’acheteur
take-out-error-required = Choisissez au moins une pièce.
take-out-error-whole-number = Indiquez un nombre entier de pièces.
take-out-error-out-of-range = Indiquez un nombre entier de pièces, au moins 1.
take-out-error-too-many-pieces = Il ne reste pas autant de pièces dans la commande.
take-out-error-already-packed = Ceci a été emballé entre-temps : plus rien ne peut être retiré. Vous pourrez le retourner après la livraison.
take-out-error-not-paid = La commande n’est pas payée : annulez-la et commandez à nouveau ce que vous voulez.
take-out-error-unknown-choice = Choisissez un motif dans la liste.
given-back = Remboursements
given-back-taken-out = Retiré
given-back-cancelled = Annulé
given-back-written-off = Jamais arrivé
given-back-pieces = Pièces remboursées
given-back-delivery = Livraison remboursée
given-back-reduction = Réduction de prix
given-back-consignment = Un colis remboursé
given-back-goodwill = Geste commercial
placed = Passée le
password-hint = Au moins huit caractères ; douze ou plus, c’est mieux. Trois ou quatre mots conviennent bien.
email-format = Une adresse e-mail ressemble à name@example.com.
order-number-label = Numéro de commande
address-name = Prénom et nom
address-organisation = Société
address-street = Numéro et rue
address-street2 = Appartement, étage, bâtiment
address-district = Arrondissement
address-city = Ville
address-region = Région
address-postcode = Code postal
address-phone = Téléphone pour le livreur
address-phone-hint = Utilisé seulement le jour de la livraison et par la douane.
address-tax-number = Numéro fiscal
tax-number-hint = La douane le demande.
called-zip = Code ZIP
called-eircode = Eircode (code postal)
called-pin = Code PIN (code postal)
called-cep = CEP (code postal)
called-state = État
called-province = Province ou territoire
called-prefecture = Préfecture
called-county = Comté
called-emirate = Émirat
called-area = Zone
called-commune = Municipalité
called-barangay = Barangay (quartier)
called-subdistrict = Sous-district
called-townland = Townland (lieu-dit)
called-suburb = Localité
called-town = Ville
called-ward = Arrondissement
called-district = Arrondissement
called-neighbourhood = Quartier
problem-required = À remplir : { $field }.
problem-too-long = Trop long pour une étiquette de colis : { $field }.
problem-postcode-format = Ce n’est pas un code postal de ce pays ({ $country }). Exemple : { $example }.
problem-other-destination = { $field } : le prix de la commande a été calculé pour un autre lieu. Annulez-la et commandez à nouveau pour la faire envoyer là.
problem-unknown-region = À choisir dans la liste : { $field }.
problem-phone-format = Un numéro de téléphone compte de 5 à 20 chiffres et peut commencer par +.
problem-email-format = Une adresse e-mail ressemble à name@example.com.
problem-tax-number-format = Ce numéro est incomplet ou sa clé de contrôle est fausse : { $field }.
problem-address = L’adresse est à revoir.
email-known = Un compte existe déjà avec cette adresse e-mail. Connectez-vous, puis répondez.
role-seller-owner = Propriétaire
role-seller-staff = Équipe
role-admin = Administrateur
role-operations = Opérations
role-finance = Finances
role-service = Service client
invitation = Invitation reçue
invitation-from = { $name } vous invite
invitation-as = En tant que
invitation-by = Invité par
invitation-until = Valable jusqu’au
accept = Accepter
decline = Refuser
acting-for = Pour qui vous agissez
acting-myself = Vous-même
acting-myself-text = Vos achats, vos commandes et vos adresses.
acting-now = Actuellement
acting-choose = Agir pour cette organisation
acting-leave = Quitter
field-required = Ce champ est nécessaire.
field-too-long = C’est trop long.
field-password-length = Choisissez de 8 à 200 caractères. Douze ou plus, c’est mieux : trois ou quatre mots conviennent bien.
field-password-common = Ce mot de passe est parmi les premiers que tout le monde essaie. Choisissez plutôt trois ou quatre mots.
field-password-context = N’utilisez ni votre nom, ni votre adresse e-mail, ni le nom de la boutique. Choisissez trois ou quatre autres mots.
field-password-wrong = Ce n’est pas le mot de passe de ce compte.
field-code-wrong = Ce code est faux, déjà utilisé ou trop ancien. Saisissez celui qui s’affiche maintenant.
field-passkey-wrong = Cette clé d’accès n’a pas été acceptée. Réessayez, ou connectez-vous autrement.
field-no-passkeys = Les clés d’accès demandent une boutique avec un nom de domaine et TLS.
field-too-many-passkeys = Vous avez vingt clés d’accès. Supprimez-en une d’abord.
field-totp-exists = Vous avez déjà une application d’authentification. Supprimez-la d’abord.
field-totp-none = Il n’y a pas d’application d’authentification.
field-no-factor = Ajoutez d’abord une application d’authentification ou une clé d’accès.
field-no-mail = Cette boutique n’envoie pas d’e-mails pour le moment : une autre adresse ne peut donc pas être confirmée.
field-last-owner = Vous êtes le dernier propriétaire d’une organisation. Nommez d’abord un autre propriétaire, puis effacez votre compte.
field-orders-open = Une de vos commandes est encore en cours. Effacez le compte quand elle sera terminée ou annulée.
error-too-many-attempts = Il y a eu trop de tentatives. Réessayez dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}.
passkey-sign-in = Se connecter avec une clé d’accès
security-title = Connexion et sécurité
new-password = Nouveau mot de passe

journey-of-parcel = Trajet du colis
passkey-failed = La clé d’accès n’a pas été utilisée. Réessayez, ou connectez-vous autrement.
field-phone-format = Indiquez un numéro de téléphone comme +33 1 23 45 67 89.
field-url-format = Indiquez une adresse qui commence par https://, ou rien.
field-format = Cette saisie est illisible.


# Réclamations
claim-about = Concerne
claim-wish = Demande
claim-refunded = Remboursement
claim-rule = En vertu de
claim-restocked = { $n } remis en rayon
claim-picture-n = Image { $n } de la réclamation
claim-return-to = À retourner à
claim-sent-with = Renvoyé avec
claim-story = Historique
claim-kind-not-arrived = Pas arrivé
claim-kind-damaged = Abîmé
claim-kind-not-as-described = Pas conforme à la description
claim-kind-wrong-item = Mauvais article
claim-kind-missing-pieces = Il manque quelque chose
claim-kind-withdrawal = Rétractation sans motif
claim-kind-other = Autre chose
claim-wish-money-back = Être remboursé
claim-wish-lower-price = Garder à un prix réduit
claim-wish-lower-price-by = Garder avec une réduction de { $amount }
claim-state-open = En attente du vendeur
claim-state-refused = Le vendeur refuse
claim-state-escalated = La boutique tranche
claim-state-returning = À renvoyer
claim-state-sent = En cours de retour
claim-state-settling = Remboursement en cours
claim-outcome-refunded = Remboursée
claim-outcome-reduced = Prix réduit
claim-outcome-withdrawn = Retirée
claim-outcome-refused = Refusée
claim-outcome-dismissed = Rejetée
claim-outcome-not-returned = Non renvoyé
claim-next-open = Le vendeur répond avant le { $until }. Ensuite, la boutique tranche.
claim-next-refused = L’acheteur peut demander à la boutique de trancher jusqu’au { $until }. Ensuite, la réclamation est close.
claim-next-refused-buyer = Vous pouvez demander à la boutique de trancher jusqu’au { $until }. Ensuite, la réclamation est close.
claim-next-escalated = La boutique compte trancher avant le { $until }.
claim-next-returning = L’acheteur renvoie la marchandise avant le { $until }. Ensuite, la réclamation est close.
claim-next-returning-buyer = Renvoyez la marchandise avant le { $until } et indiquez ici son numéro de suivi. Ensuite, la réclamation est close.
claim-next-sent = Le vendeur confirme la réception. Sans nouvelles de sa part, le remboursement est fait le { $until }.
claim-next-settling = Le remboursement est sur le point de partir.
claim-next-closed-refunded = { $amount } sont remboursés à l’acheteur.
claim-next-closed-reduced = Le prix a été réduit : { $amount } sont remboursés à l’acheteur.
claim-next-closed-withdrawn = L’acheteur a retiré la réclamation.
claim-next-closed-refused = Le vendeur a refusé, et la boutique n’a pas été saisie.
claim-next-closed-dismissed = La boutique a décidé que rien n’est remboursé.
claim-next-closed-not-returned = Rien n’a été renvoyé à temps.
claim-who-buyer = Acheteur
claim-who-seller = Vendeur
claim-who-operator = Boutique
claim-who-house = Automatiquement
claim-deed-opened = a ouvert la réclamation
claim-deed-agreed = a accepté
claim-deed-refused = a refusé
claim-deed-escalated = a demandé à la boutique de trancher
claim-deed-unanswered = pas de réponse à temps, la boutique tranche
claim-deed-contested = conteste, la boutique tranche
claim-deed-decided = a tranché
claim-deed-sent = a renvoyé
claim-deed-received = a confirmé la réception
claim-deed-receipt-by-clock = considéré comme reçu
claim-deed-withdrawn = a retiré la réclamation
claim-deed-not-asked = close, la boutique n’a pas été saisie
claim-deed-not-returned = close, rien n’a été renvoyé
claim-deed-cannot-be-paid = déjà remboursé, la boutique tranche
given-back-amended = Commande modifiée
take-out-credited = Déduit de ce qui le remplace
supply-made = { $n ->
    [one] Fabriqué à la commande en { $n } jour ouvré
   *[other] Fabriqué à la commande en { $n } jours ouvrés
}
supply-preorder = Précommande, expédition à partir du { $day }
supply-kind-made = Fabriqué à la commande
supply-kind-preorder = Précommande

amend-parcel = Départ : { $country }
amend-new-total = À votre porte, tout compris
amend-more = À payer
amend-same = Rien à payer
amend-which = Que faut-il envoyer ?
amend-now = { $n ->
    [one] Une pièce actuellement ; 0 la supprime
   *[other] { $n } pièces actuellement ; 0 les supprime
}
amend-look = Voir ce que cela coûte
amend-nothing = Plus rien ne peut être modifié : la commande est emballée, annulée ou non payée.
amend-error-nothing-changed = La commande est déjà ainsi : modifiez d’abord quelque chose.
amend-error-nothing-left = Il ne resterait rien de ce qui n’est pas emballé : annulez plutôt.
amend-error-out-of-range = Indiquez un nombre entier de pièces, 0 ou plus.
amend-error-whole-number = Indiquez un nombre entier de pièces.
amend-error-out-of-stock = Il n’en reste pas autant.
amend-error-not-sendable = Une partie ne peut pas y être envoyée, ou n’est plus en vente. Retirez-la de votre panier, ou laissez-la telle quelle.
amend-error-not-in-order = Cette ligne ne peut plus être modifiée.
amend-error-nothing-to-amend = Plus rien n’attend d’être emballé : ce qui est emballé ne peut pas être modifié.
amend-error-amendment-waits = Une modification de cette commande attend son paiement : payez-la ou retirez-la d’abord.
amend-error-amendment-over = Le délai de cette offre est passé. Regardez à nouveau ce que coûte la modification.
amend-error-amendment-done = Cette modification est déjà payée ou effectuée.
amend-error-already-packed = La commande a changé entre-temps : regardez-la et modifiez-la à nouveau.
amend-error-given-back-before = Une partie du prix a déjà été remboursée : ce colis reste donc tel quel. Vous pouvez encore en retirer quelque chose.
amend-error-payment-pending = Un paiement pour cette modification est en cours. Attendez un instant.
amend-error-too-many-lines = Une commande ne peut pas contenir autant d’articles différents.
amend-before = Jusqu’ici
amend-after = Ensuite
amend-none = Rien.
amend-costs = Ce que cela coûte, jusqu’ici et ensuite
amend-part = Partie du prix
amend-error-amendment-open = Une autre modification de cette commande attend la réponse de l’acheteur.
amend-error-not-sold-by-you = Vous ne pouvez proposer que des articles que vous vendez vous-même.
amend-error-buyers-address = C’est à l’acheteur de dire où va une commande.
amend-error-unknown-sku = Vous n’avez rien en vente sous cette référence.
amend-error-unknown-choice = Choisissez un motif : il est communiqué à l’acheteur.
amend-error-too-long = Écrivez 500 caractères au plus.
amend-error-order-unknown = Vous ne pouvez rien modifier dans cette commande.
ask-add = Ajouter à votre commande
ask-change = Modifier ce que vous avez écrit
ask-change-text = Vous pouvez le modifier tant que rien de la commande n’est emballé.
ask-delivery-note = Note pour la livraison
ask-gift-message = Message cadeau
ask-keep = Laisser tel quel
ask-letters = { $most } caractères au plus
ask-personalisation = Personnalisation
ask-reference = Votre référence
ask-save = Enregistrer
ask-ticked = Oui
ask-title = Pour cette commande
ask-wrong-in-one-line = « { $label } » tient sur une ligne, sans caractères de contrôle.
ask-wrong-required = Remplissez « { $label } ».
ask-wrong-too-long = Écrivez { $most } caractères au plus sous « { $label } ».
ask-wrong-unknown-choice = Choisissez dans la liste sous « { $label } ».

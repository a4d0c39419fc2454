# Lettres : aux acheteurs, aux propriétaires de vendeurs, aux personnes ayant un compte. Texte simple, sans balises.
mail-open-order = Ouvrir la commande
mail-link-hint = Le lien ouvre votre commande sans compte. Gardez-le pour vous.
mail-why-buyer = Vous recevez cet e-mail à cause de la commande { $number } chez { $shop }. Vous pouvez y répondre.
mail-why-seller = Vous recevez cet e-mail en tant que propriétaire de { $name }, vendeur chez { $shop }.
mail-why-person = Vous recevez cet e-mail parce que quelqu’un a saisi votre adresse chez { $shop }.
mail-arrives = arrivée : { $window }
mail-to = Livré à
mail-tax = Taxes
mail-tracking = Numéro de suivi
mail-hand-over-by = À remettre avant

mail-order-paid-subject = La commande { $number } est confirmée
mail-order-paid-title = Votre commande est confirmée
mail-order-paid-text = { $amount } sont payés. Nous gardons cette somme jusqu’à ce que tout soit arrivé, et nous vous écrivons quand un colis part.

mail-order-cancelled-subject = La commande { $number } a été annulée
mail-order-cancelled-title = Votre commande a été annulée
mail-order-cancelled-text = Rien n’a été envoyé, et vous n’avez rien payé.

mail-order-cancelled-paid-subject = La commande { $number } a été annulée
mail-order-cancelled-paid-title = Votre commande a été annulée
mail-order-cancelled-paid-text = Rien n’a été envoyé. { $amount } vous sont rendus par le même moyen de paiement ; nous vous écrivons quand c’est parti.

mail-order-readdressed-subject = La commande { $number } va à une autre adresse
mail-order-readdressed-title = Votre commande va à une autre adresse
mail-order-readdressed-text = L’adresse de votre commande a été modifiée, par vous ou à votre demande, nous l’espérons. Sinon, ouvrez la commande et corrigez-la avant qu’elle ne soit emballée.
mail-order-amended-subject = La commande { $number } a été modifiée
mail-order-amended-title = Votre commande est modifiée
mail-order-amended-text = Votre commande a été modifiée, par vous ou à votre demande, nous l’espérons. Voici ce qui est envoyé maintenant. Si ce n’est pas ce que vous vouliez, ouvrez la commande avant qu’elle ne soit emballée.
mail-change-offered-subject = { $who } propose une modification de la commande { $number }
mail-change-offered-title = Veuillez répondre oui ou non
mail-change-offered-text = { $who } ne peut pas envoyer votre commande telle quelle, ou en propose une autre à la place. Rien ne change sans votre accord sur la page de la commande avant le { $until }. Sans réponse, la commande reste telle quelle.
mail-change-reason = Motif
mail-change-back = Vous est remboursé
mail-change-over-subject = La commande { $number } reste telle quelle
mail-change-over-title = Rien n’a été modifié
mail-change-over-text = La modification proposée par { $who } est caduque. Votre commande reste telle que vous l’avez passée ; vous n’avez rien à faire.
mail-change-declined-subject = L’acheteur de la commande { $number } a refusé
mail-change-declined-title = La commande reste telle quelle
mail-change-declined-text = L’acheteur ne veut pas de la modification que vous avez proposée. Envoyez la commande telle qu’elle a été passée, ou retirez ce que vous ne pouvez pas envoyer.
mail-change-declined-button = Ouvrir les commandes
mail-change-not-made-subject = La commande { $number } n’a pas été modifiée
mail-change-not-made-title = La commande reste telle quelle
mail-change-not-made-text = La modification que vous avez proposée n’a pas abouti : l’acheteur n’a pas répondu ou payé à temps, ou la commande a changé entre-temps. Envoyez la commande telle quelle, ou retirez ce que vous ne pouvez pas envoyer.
mail-change-not-made-button = Ouvrir les commandes
mail-pieces-taken-out-subject = La commande { $number } est envoyée en partie
mail-pieces-taken-out-title = Retiré de votre commande
mail-pieces-taken-out-text = Ces pièces ont été retirées de votre commande, par vous ou à votre demande, nous l’espérons. Elles ne sont pas envoyées, et la somme vous est rendue par le même moyen de paiement.
mail-pieces-not-sent-subject = Une partie de la commande { $number } ne peut pas être envoyée
mail-pieces-not-sent-title = Tout ne peut pas être envoyé
mail-pieces-not-sent-text = Ces pièces ne sont pas envoyées. La somme vous est rendue par le même moyen de paiement ; vous n’avez rien à faire.
mail-why-not-sent = Pourquoi
mail-nothing-left = Il ne reste rien d’autre de ce colis : sa livraison est donc remboursée aussi.

mail-order-lapsed-subject = La commande { $number } n’a pas été payée à temps
mail-order-lapsed-title = Votre commande n’a pas été payée à temps
mail-order-lapsed-text = Elle a été annulée, et ses articles sont à nouveau disponibles pour d’autres. Vous n’avez rien payé. Si vous les voulez encore, commandez à nouveau : vous verrez les prix du jour.

mail-order-completed-subject = La commande { $number } est terminée
mail-order-completed-title = Votre commande est terminée
mail-order-completed-text = Ce que nous gardions est versé à ceux qui l’ont vendue et transportée. La page de la commande garde ce que vous avez payé, ligne par ligne.

mail-refunded-subject = { $amount } vous sont remboursés pour la commande { $number }
mail-refunded-title = Vous êtes remboursé
mail-refunded-text = Nous avons renvoyé { $amount } par votre moyen de paiement. Les banques mettent quelques jours à l’afficher.

mail-handed-over-subject = Un colis de la commande { $number } est en route
mail-handed-over-title = Votre colis est en route
mail-handed-over-text = { $seller } l’a remis à { $carrier }. La page de la commande montre où il se trouve.
mail-more-follows = { $n ->
    [one] Une autre pièce suit dans un colis à part ; nous vous écrivons quand elle part.
   *[other] { $n } autres pièces suivent dans un autre colis ; nous vous écrivons quand elles partent.
}

mail-held-subject = La douane retient un colis de la commande { $number }
mail-held-title = La douane retient votre colis
mail-held-text = La douane l’examine avant de le laisser continuer (pays : { $country }), ce qui peut prendre quelques jours. Ce que vous avez payé reste gardé jusqu’à son arrivée. La page de la commande montre la suite.

mail-delivered-subject = Livré : veuillez confirmer la commande { $number }
mail-delivered-title = Votre colis a été livré
mail-delivered-text = Si tout est là et conforme, confirmez-le sur la page de la commande : le vendeur est alors payé. S’il manque quelque chose ou si quelque chose est cassé, dites-le sur cette page avant le { $until } ; à ce moment, la commande se termine d’elle-même.

mail-delivered-part-subject = Un colis de la commande { $number } a été livré
mail-delivered-part-title = Votre colis a été livré
mail-delivered-part-text = Une partie de votre commande est encore en route. Nous vous demanderons de confirmer quand tout sera là. S’il manque quelque chose ou si quelque chose est cassé, dites-le sur la page de la commande.

mail-to-ship-subject = Commande { $number } : à remettre avant le { $until }
mail-to-ship-title = Une nouvelle commande à expédier
mail-to-ship-text = Elle est payée. Destination : { $country }. Emballez-la, imprimez son étiquette et remettez-la au transporteur avant le { $until }.
mail-to-ship-button = Ouvrir dans l’espace vendeur
mail-not-to-send-subject = Commande { $number } : moins à envoyer
mail-not-to-send-title = Moins à emballer
mail-not-to-send-text = Ces pièces ont été retirées de la commande : ne les emballez pas. Elles sont à nouveau libres dans votre stock. Le reste est toujours à envoyer.
mail-not-to-send-button = Ouvrir dans l’espace vendeur
mail-nothing-to-send-subject = Commande { $number } : rien à envoyer
mail-nothing-to-send-title = Plus rien à emballer
mail-nothing-to-send-text = Ceci a été annulé : ne l’emballez pas. Les pièces sont à nouveau libres dans votre stock.
mail-nothing-to-send-button = Ouvrir dans l’espace vendeur
mail-not-to-hand-over-subject = Commande { $number } : ne la remettez pas
mail-not-to-hand-over-title = Un colis emballé a été rappelé
mail-not-to-hand-over-text = Il a été entièrement remboursé : ne le donnez pas au transporteur. Retirez son étiquette, elle est annulée, et remettez les pièces en rayon ; votre stock les compte déjà.
mail-not-to-hand-over-button = Ouvrir dans l’espace vendeur
mail-not-to-hand-over-part-subject = Commande { $number } : ne remettez pas un colis tel quel
mail-not-to-hand-over-part-title = Un colis emballé a été rappelé
mail-not-to-hand-over-part-text = Les pièces ci-dessous ont été remboursées : ne donnez pas au transporteur le colis qui les contient. Retirez son étiquette, elle est annulée, et remettez ces pièces en rayon ; votre stock les compte déjà. Le reste du colis attend d’être emballé à nouveau.
mail-not-to-hand-over-part-button = Ouvrir dans l’espace vendeur

mail-paid-out-subject = { $amount } sont en route vers { $name }
mail-paid-out-title = Un versement a été envoyé
mail-paid-out-text = { $amount } sont en route vers votre banque. La page du solde montre pour quelles commandes.
mail-paid-out-button = Ouvrir le solde
mail-paid-out-amount = Versement
mail-paid-out-to = Vers

mail-password-reset-subject = Choisissez un nouveau mot de passe pour { $shop }
mail-password-reset-title = Choisissez un nouveau mot de passe
mail-password-reset-text = Quelqu’un a demandé un nouveau mot de passe pour { $email }. Le lien ci-dessous sert une fois, pendant une heure. Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe reste le même.
mail-password-reset-button = Choisir un nouveau mot de passe
mail-invited-subject = { $name } vous invite chez { $shop }
mail-invited-title = { $name } vous invite
mail-invited-text = { $by } propose à { $email } un rôle pour { $name } chez { $shop }. Derrière le lien, vous voyez l’offre et l’acceptez ou la refusez, sous sept jours. Si vous ne faites rien, rien ne change.
mail-invited-button = Voir l’invitation
mail-registration-subject = Ouvrez votre compte chez { $shop }
mail-registration-title = Ouvrez votre compte
mail-registration-text = Quelqu’un souhaite un compte chez { $shop } avec { $email }. Le lien ci-dessous sert une fois, pendant un jour : il permet de choisir votre nom et votre mot de passe. Si ce n’était pas vous, vous n’avez rien à faire : sans le lien, il n’y a pas de compte.
mail-registration-button = Ouvrir le compte
mail-registration-known-subject = Vous avez déjà un compte chez { $shop }
mail-registration-known-title = Vous avez déjà un compte
mail-registration-known-text = Quelqu’un, vous peut-être, a voulu ouvrir un compte chez { $shop } avec { $email }. Il en existe déjà un : connectez-vous, ou choisissez un nouveau mot de passe sur la même page. Si ce n’était pas vous, vous n’avez rien à faire.
mail-registration-known-button = Se connecter
mail-order-link-subject = Votre lien vers la commande { $number }
mail-order-link-title = Voici votre commande
mail-order-link-text = Quelqu’un, vous nous l’espérons, a demandé le lien de la commande { $number } chez { $shop }. Les liens reçus auparavant restent valables.

mail-email-change-subject = Confirmez votre adresse e-mail pour { $shop }
mail-email-change-title = Confirmez votre nouvelle adresse e-mail
mail-email-change-text = Quelqu’un souhaite qu’un compte chez { $shop } ait l’adresse e-mail { $email }. Si c’était vous, suivez le lien ci-dessous sous un jour. Sinon, vous n’avez rien à faire.
mail-email-change-button = Confirmer l’adresse e-mail
mail-why-email-change = Vous recevez cet e-mail parce que quelqu’un a inscrit cette adresse dans son compte chez { $shop }.
mail-security-changed-subject = Votre compte chez { $shop } : { $what }
mail-security-changed-title = Sécurité : { $what }
mail-security-changed-text = Cela a été modifié pour le compte { $email }. Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe, vérifiez vos sessions et prévenez la boutique.
mail-security-changed-button = Voir votre compte
mail-security-password-changed = le mot de passe a été changé
mail-security-email-changed = l’adresse e-mail a été changée
mail-security-totp-added = une application d’authentification a été configurée
mail-security-totp-removed = l’application d’authentification a été supprimée
mail-security-passkey-added = une clé d’accès a été ajoutée
mail-security-passkey-removed = une clé d’accès a été supprimée
mail-security-recovery-renewed = de nouveaux codes de secours ont été créés
mail-security-recovery-used = un code de secours a été utilisé
mail-security-factors-reset = le second facteur a été supprimé par la boutique
mail-applied-subject = Votre candidature pour vendre chez { $shop }
mail-applied-title = Votre candidature est arrivée
mail-applied-text = { $shop } a reçu la candidature de { $name } et y répond par e-mail. Si ce n’était pas vous, vous n’avez rien à faire : rien n’a été ouvert.
mail-applied-button = Comment fonctionne la vente
mail-declined-subject = { $shop } : candidature de { $name }
mail-declined-title = Votre candidature a été refusée
mail-declined-text = { $shop } n’accueille pas { $name } pour le moment, et dit pourquoi :
mail-declined-button = Comment fonctionne la vente
mail-accepted-subject = { $name } peut vendre chez { $shop }
mail-accepted-title = Votre candidature est acceptée
mail-accepted-text = { $shop } accueille { $name }. Derrière le lien, vous voyez l’invitation pour { $email } et l’acceptez, sous sept jours ; votre espace vendeur s’ouvre alors.
mail-accepted-button = Ouvrir votre boutique
mail-bank-changed-subject = Les versements à { $name } vont sur un autre compte
mail-bank-changed-title = Le compte bancaire a été changé
mail-bank-changed-text = Désormais, { $shop } paie { $name } sur le compte { $account }. Si ce n’était aucun de vous, connectez-vous aussitôt, remettez le bon compte et changez votre mot de passe.
mail-bank-changed-button = Voir le compte


mail-claim-return-subject = À renvoyer avant le { $until } (commande { $number })
mail-claim-return-title = Veuillez le renvoyer
mail-claim-return-text = Emballez les pièces ci-dessous, envoyez-les à l’adresse ci-dessous avant le { $until }, et indiquez le transporteur et le numéro de suivi sur la page de la commande. Vous êtes remboursé quand elles sont arrivées.
mail-claim-return-due-subject = À renvoyer avant le { $until } (commande { $number })
mail-claim-return-due-title = Il est temps de le renvoyer
mail-claim-return-due-text = Nous n’avons connaissance d’aucun colis. Si les pièces ne sont pas en route avant le { $until }, avec leur numéro de suivi sur la page de la commande, la réclamation est close et la commande reste telle quelle.
mail-claim-refused-subject = Le vendeur a répondu (commande { $number })
mail-claim-refused-title = Le vendeur n’est pas d’accord
mail-claim-refused-text = La réponse du vendeur figure sur la page de la commande. Si vous ne voulez pas en rester là, demandez-nous d’y trancher avant le { $until } ; ensuite, la réclamation est close.
mail-claim-escalated-subject = Nous examinons votre réclamation (commande { $number })
mail-claim-escalated-title = Nous tranchons maintenant
mail-claim-escalated-text = Votre réclamation est chez nous. Nous comptons trancher avant le { $until } ; l’argent attend jusque-là.
mail-claim-closed-paid-subject = { $amount } vous sont remboursés (commande { $number })
mail-claim-closed-paid-title = Votre réclamation est réglée
mail-claim-closed-paid-text = { $amount } vous sont rendus par votre moyen de paiement. Nous vous écrivons quand c’est parti.
mail-claim-closed-withdrawn-subject = Votre réclamation est close (commande { $number })
mail-claim-closed-withdrawn-title = Vous avez retiré votre réclamation
mail-claim-closed-withdrawn-text = La commande continue comme s’il n’y avait pas eu de réclamation.
mail-claim-closed-dismissed-subject = Votre réclamation est close (commande { $number })
mail-claim-closed-dismissed-title = Votre réclamation est close
mail-claim-closed-dismissed-text = Aucun remboursement n’est fait. Les raisons figurent sur la page de la commande.
mail-claim-closed-not-returned-subject = Votre réclamation est close (commande { $number })
mail-claim-closed-not-returned-title = Rien n’a été renvoyé
mail-claim-closed-not-returned-text = Nous n’avons eu connaissance d’aucun colis à temps : il n’y a donc pas de remboursement. La commande reste telle quelle.
mail-claim-opened-subject = Commande { $number } : réclamation d’un acheteur, répondez avant le { $until }
mail-claim-opened-title = Un acheteur réclame
mail-claim-opened-text = Répondez avant le { $until }. Ensuite, la boutique tranche. L’argent de cet envoi attend entre-temps.
mail-claim-opened-button = Ouvrir dans l’espace vendeur
mail-claim-withdrawn-goods-subject = Commande { $number } : un acheteur retourne quelque chose
mail-claim-withdrawn-goods-title = Un acheteur retourne quelque chose
mail-claim-withdrawn-goods-text = Il exerce son droit de rétractation, sans motif. L’acheteur a jusqu’au { $until } pour le renvoyer ; vous le voyez quand c’est en route.
mail-claim-withdrawn-goods-button = Ouvrir dans l’espace vendeur
mail-claim-sent-subject = Commande { $number } : des pièces reviennent
mail-claim-sent-title = Des pièces sont en cours de retour
mail-claim-sent-text = Confirmez leur arrivée et ce qui peut être revendu. Sans réponse de votre part, le remboursement est fait le { $until }.
mail-claim-sent-button = Ouvrir dans l’espace vendeur
mail-claim-ended-subject = Commande { $number } : une réclamation est close
mail-claim-ended-title = Une réclamation est close
mail-claim-ended-text = Remboursé à l’acheteur : { $amount }. L’historique figure dans l’espace vendeur.
mail-claim-ended-button = Ouvrir dans l’espace vendeur
mail-delivery-address = Adresse de livraison
mail-tracking-page = Page du transporteur
mail-told-by-seller = C'est le vendeur qui nous l'a annoncé, aucun transporteur. Si le colis n'est pas arrivé, dites-le dans ce délai sur la page de la commande : l'argent attend que ce soit clair.

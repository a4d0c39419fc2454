# Briefe: an Käufer, an Inhaber von Verkäufern, an Menschen mit einem Konto. Reiner Text, keine Auszeichnung.
mail-open-order = Bestellung öffnen
mail-link-hint = Der Link öffnet Ihre Bestellung ohne Konto. Behalten Sie ihn für sich.
mail-why-buyer = Sie erhalten diese E-Mail wegen der Bestellung { $number } bei { $shop }. Sie können darauf antworten.
mail-why-seller = Sie erhalten diese E-Mail als Inhaber von { $name }, einem Verkäufer bei { $shop }.
mail-why-person = Sie erhalten diese E-Mail, weil jemand Ihre Adresse bei { $shop } eingegeben hat.
mail-arrives = Lieferung { $window }
mail-to = Geht an
mail-tax = Steuern
mail-tracking = Sendungsnummer
mail-hand-over-by = Übergabe bis

mail-order-paid-subject = Bestellung { $number } ist bestätigt
mail-order-paid-title = Ihre Bestellung ist bestätigt
mail-order-paid-text = { $amount } sind bezahlt. Wir verwahren das Geld, bis alles angekommen ist, und schreiben Ihnen, wenn ein Paket unterwegs ist.

mail-order-cancelled-subject = Bestellung { $number } wurde storniert
mail-order-cancelled-title = Ihre Bestellung wurde storniert
mail-order-cancelled-text = Es wurde nichts verschickt, und Sie haben nichts dafür bezahlt.

mail-order-cancelled-paid-subject = Bestellung { $number } wurde storniert
mail-order-cancelled-paid-title = Ihre Bestellung wurde storniert
mail-order-cancelled-paid-text = Es wurde nichts verschickt. { $amount } gehen auf demselben Weg zurück; wir schreiben Ihnen, wenn das Geld angewiesen ist.

mail-order-readdressed-subject = Bestellung { $number } geht an eine andere Adresse
mail-order-readdressed-title = Ihre Bestellung geht an eine andere Adresse
mail-order-readdressed-text = Die Lieferadresse wurde geändert, hoffentlich von Ihnen oder auf Ihren Wunsch. Wenn nicht, öffnen Sie die Bestellung und berichtigen Sie es, bevor sie verpackt wird.
mail-order-amended-subject = Bestellung { $number } wurde geändert
mail-order-amended-title = Ihre Bestellung ist geändert
mail-order-amended-text = Ihre Bestellung wurde geändert, hoffentlich von Ihnen oder auf Ihren Wunsch. Das wird jetzt verschickt. Wenn es nicht das ist, was Sie wollten, öffnen Sie die Bestellung, bevor sie verpackt wird.
mail-change-offered-subject = { $who } schlägt eine Änderung der Bestellung { $number } vor
mail-change-offered-title = Bitte sagen Sie Ja oder Nein
mail-change-offered-text = { $who } kann Ihre Bestellung nicht verschicken, wie sie ist, oder schlägt eine andere vor. Es ändert sich nichts, solange Sie nicht bis { $until } auf der Bestellseite zustimmen. Wenn Sie nicht antworten, bleibt die Bestellung, wie sie ist.
mail-change-reason = Grund
mail-change-back = Bekommen Sie zurück
mail-change-over-subject = Bestellung { $number } bleibt, wie sie ist
mail-change-over-title = Es wurde nichts geändert
mail-change-over-text = Die von { $who } vorgeschlagene Änderung ist hinfällig. Ihre Bestellung bleibt, wie Sie sie aufgegeben haben; Sie müssen nichts tun.
mail-change-declined-subject = Der Käufer der Bestellung { $number } hat abgelehnt
mail-change-declined-title = Die Bestellung bleibt, wie sie ist
mail-change-declined-text = Der Käufer möchte die von Ihnen vorgeschlagene Änderung nicht. Verschicken Sie die Bestellung, wie sie aufgegeben wurde, oder nehmen Sie heraus, was Sie nicht verschicken können.
mail-change-declined-button = Bestellungen öffnen
mail-change-not-made-subject = Bestellung { $number } wurde nicht geändert
mail-change-not-made-title = Die Bestellung bleibt, wie sie ist
mail-change-not-made-text = Aus der von Ihnen vorgeschlagenen Änderung wurde nichts: Der Käufer hat nicht rechtzeitig geantwortet oder gezahlt, oder die Bestellung hat sich inzwischen geändert. Verschicken Sie sie, wie sie ist, oder nehmen Sie heraus, was Sie nicht verschicken können.
mail-change-not-made-button = Bestellungen öffnen
mail-pieces-taken-out-subject = Von Bestellung { $number } wird weniger verschickt
mail-pieces-taken-out-title = Aus Ihrer Bestellung herausgenommen
mail-pieces-taken-out-text = Diese Stücke wurden aus Ihrer Bestellung herausgenommen, hoffentlich von Ihnen oder auf Ihren Wunsch. Sie werden nicht verschickt, und das Geld geht auf demselben Weg zurück.
mail-pieces-not-sent-subject = Etwas aus Bestellung { $number } kann nicht verschickt werden
mail-pieces-not-sent-title = Nicht alles kann verschickt werden
mail-pieces-not-sent-text = Diese Stücke werden nicht verschickt. Das Geld geht auf demselben Weg zurück; Sie müssen nichts tun.
mail-why-not-sent = Warum
mail-nothing-left = Von diesem Paket bleibt sonst nichts übrig, deshalb wird auch sein Versand erstattet.

mail-order-lapsed-subject = Bestellung { $number } wurde nicht rechtzeitig bezahlt
mail-order-lapsed-title = Ihre Bestellung wurde nicht rechtzeitig bezahlt
mail-order-lapsed-text = Sie wurde storniert, und die Ware ist wieder für andere frei. Sie haben nichts dafür bezahlt. Wenn Sie sie noch möchten, bestellen Sie neu: Sie sehen dann die heutigen Preise.

mail-order-completed-subject = Bestellung { $number } ist abgeschlossen
mail-order-completed-title = Ihre Bestellung ist abgeschlossen
mail-order-completed-text = Was wir dafür verwahrt haben, geht an die, die verkauft und befördert haben. Auf der Bestellseite bleibt Zeile für Zeile stehen, was Sie bezahlt haben.

mail-refunded-subject = Sie erhalten { $amount } zurück, Bestellung { $number }
mail-refunded-title = Sie erhalten Geld zurück
mail-refunded-text = Wir haben { $amount } auf dem Weg zurückgesendet, auf dem Sie bezahlt haben. Bei Banken dauert es einige Tage, bis der Betrag erscheint.

mail-handed-over-subject = Ein Paket der Bestellung { $number } ist unterwegs
mail-handed-over-title = Ihr Paket ist unterwegs
mail-handed-over-text = { $seller } hat es an { $carrier } übergeben. Die Bestellseite zeigt, wo es ist.
mail-more-follows = { $n ->
    [one] Ein weiteres Stück folgt in einem eigenen Paket; wir schreiben Ihnen, wenn es unterwegs ist.
   *[other] { $n } weitere Stücke folgen in einem anderen Paket; wir schreiben Ihnen, wenn sie unterwegs sind.
}

mail-held-subject = Der Zoll hält ein Paket der Bestellung { $number } an
mail-held-title = Der Zoll hält Ihr Paket an
mail-held-text = Der Zoll prüft es, bevor es weiterreisen darf (Land: { $country }). Das kann einige Tage dauern. Was Sie bezahlt haben, bleibt verwahrt, bis es ankommt. Die Bestellseite zeigt, wie es weitergeht.

mail-delivered-subject = Zugestellt: Bitte bestätigen Sie Bestellung { $number }
mail-delivered-title = Ihr Paket wurde zugestellt
mail-delivered-text = Wenn alles da und in Ordnung ist, bestätigen Sie es auf der Bestellseite: Dann wird der Verkäufer bezahlt. Fehlt etwas oder ist etwas kaputt, melden Sie es dort bis { $until }; danach wird die Bestellung von selbst abgeschlossen.

mail-delivered-part-subject = Ein Paket der Bestellung { $number } wurde zugestellt
mail-delivered-part-title = Ihr Paket wurde zugestellt
mail-delivered-part-text = Ein Teil Ihrer Bestellung ist noch unterwegs. Wir bitten Sie um Bestätigung, wenn alles da ist. Fehlt etwas oder ist etwas kaputt, melden Sie es auf der Bestellseite.

mail-to-ship-subject = Bestellung { $number }: Übergabe bis { $until }
mail-to-ship-title = Eine neue Bestellung zum Versenden
mail-to-ship-text = Sie ist bezahlt. Zielland: { $country }. Verpacken Sie sie, drucken Sie das Versandetikett und übergeben Sie sie bis { $until } dem Paketdienst.
mail-to-ship-button = Im Verkäuferportal öffnen
mail-not-to-send-subject = Bestellung { $number }: weniger zu verschicken
mail-not-to-send-title = Weniger zu verpacken
mail-not-to-send-text = Diese Stücke wurden aus der Bestellung herausgenommen: Verpacken Sie sie nicht. In Ihrem Bestand sind sie wieder frei. Der Rest ist weiterhin zu verschicken.
mail-not-to-send-button = Im Verkäuferportal öffnen
mail-nothing-to-send-subject = Bestellung { $number }: nichts zu verschicken
mail-nothing-to-send-title = Nichts mehr zu verpacken
mail-nothing-to-send-text = Das wurde storniert: Verpacken Sie es nicht. In Ihrem Bestand sind die Stücke wieder frei.
mail-nothing-to-send-button = Im Verkäuferportal öffnen
mail-not-to-hand-over-subject = Bestellung { $number }: nicht übergeben
mail-not-to-hand-over-title = Ein verpacktes Paket wurde zurückgerufen
mail-not-to-hand-over-text = Es wurde vollständig erstattet: Übergeben Sie es nicht dem Paketdienst. Entfernen Sie das Etikett, es ist ungültig, und legen Sie die Stücke zurück ins Regal; Ihr Bestand zählt sie schon mit.
mail-not-to-hand-over-button = Im Verkäuferportal öffnen
mail-not-to-hand-over-part-subject = Bestellung { $number }: ein Paket so nicht übergeben
mail-not-to-hand-over-part-title = Ein verpacktes Paket wurde zurückgerufen
mail-not-to-hand-over-part-text = Die Stücke unten wurden erstattet: Übergeben Sie das Paket damit nicht dem Paketdienst. Entfernen Sie das Etikett, es ist ungültig, und legen Sie diese Stücke zurück ins Regal; Ihr Bestand zählt sie schon mit. Was sonst darin ist, muss neu verpackt werden.
mail-not-to-hand-over-part-button = Im Verkäuferportal öffnen

mail-paid-out-subject = { $amount } sind unterwegs an { $name }
mail-paid-out-title = Eine Auszahlung wurde angewiesen
mail-paid-out-text = { $amount } sind unterwegs zu Ihrer Bank. Die Seite „Guthaben“ zeigt, für welche Bestellungen.
mail-paid-out-button = Guthaben öffnen
mail-paid-out-amount = Auszahlung
mail-paid-out-to = An

mail-password-reset-subject = Neues Passwort für { $shop } wählen
mail-password-reset-title = Neues Passwort wählen
mail-password-reset-text = Jemand hat ein neues Passwort für { $email } angefordert. Der Link unten gilt einmal, eine Stunde lang. Waren Sie es nicht, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.
mail-password-reset-button = Neues Passwort wählen
mail-invited-subject = { $name } lädt Sie zu { $shop } ein
mail-invited-title = { $name } lädt Sie ein
mail-invited-text = { $by } bietet { $email } eine Rolle für { $name } bei { $shop } an. Hinter dem Link sehen Sie das Angebot und nehmen es innerhalb von sieben Tagen an oder lehnen es ab. Wenn Sie nichts tun, ändert sich nichts.
mail-invited-button = Einladung ansehen
mail-registration-subject = Eröffnen Sie Ihr Konto bei { $shop }
mail-registration-title = Eröffnen Sie Ihr Konto
mail-registration-text = Jemand möchte ein Konto bei { $shop } mit { $email }. Der Link unten gilt einmal, einen Tag lang: Wählen Sie damit Namen und Passwort. Waren Sie es nicht, müssen Sie nichts tun: Ohne den Link gibt es kein Konto.
mail-registration-button = Konto eröffnen
mail-registration-known-subject = Sie haben schon ein Konto bei { $shop }
mail-registration-known-title = Sie haben schon ein Konto
mail-registration-known-text = Jemand, vielleicht Sie, wollte ein Konto bei { $shop } mit { $email } eröffnen. Es gibt schon eines: Melden Sie sich an oder wählen Sie auf derselben Seite ein neues Passwort. Waren Sie es nicht, müssen Sie nichts tun.
mail-registration-known-button = Anmelden
mail-order-link-subject = Ihr Link zur Bestellung { $number }
mail-order-link-title = Hier ist Ihre Bestellung
mail-order-link-text = Jemand, hoffentlich Sie, hat den Link zur Bestellung { $number } bei { $shop } angefordert. Links, die Sie früher bekommen haben, bleiben gültig.

mail-email-change-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $shop }
mail-email-change-title = Bestätigen Sie Ihre neue E-Mail-Adresse
mail-email-change-text = Jemand möchte, dass ein Konto bei { $shop } die E-Mail-Adresse { $email } bekommt. Waren Sie es, folgen Sie dem Link unten innerhalb eines Tages. Wenn nicht, müssen Sie nichts tun.
mail-email-change-button = E-Mail-Adresse bestätigen
mail-why-email-change = Sie erhalten diese E-Mail, weil jemand diese Adresse in sein Konto bei { $shop } eingetragen hat.
mail-security-changed-subject = Ihr Konto bei { $shop }: { $what }
mail-security-changed-title = Sicherheit: { $what }
mail-security-changed-text = Das wurde für das Konto { $email } geändert. Waren Sie es, müssen Sie nichts tun. Wenn nicht, wählen Sie jetzt ein neues Passwort, sehen Sie Ihre Sitzungen durch und sagen Sie dem Shop Bescheid.
mail-security-changed-button = Konto ansehen
mail-security-password-changed = das Passwort wurde geändert
mail-security-email-changed = die E-Mail-Adresse wurde geändert
mail-security-totp-added = eine Authenticator-App wurde eingerichtet
mail-security-totp-removed = die Authenticator-App wurde entfernt
mail-security-passkey-added = ein Passkey wurde hinzugefügt
mail-security-passkey-removed = ein Passkey wurde entfernt
mail-security-recovery-renewed = neue Wiederherstellungscodes wurden erstellt
mail-security-recovery-used = ein Wiederherstellungscode wurde verwendet
mail-security-factors-reset = der zweite Faktor wurde vom Shop entfernt
mail-applied-subject = Ihre Bewerbung als Verkäufer bei { $shop }
mail-applied-title = Ihre Bewerbung ist da
mail-applied-text = { $shop } hat die Bewerbung von { $name } erhalten und antwortet per E-Mail. Waren Sie es nicht, müssen Sie nichts tun: Es wurde nichts eröffnet.
mail-applied-button = So funktioniert das Verkaufen
mail-declined-subject = { $shop } zur Bewerbung von { $name }
mail-declined-title = Ihre Bewerbung wurde abgelehnt
mail-declined-text = { $shop } nimmt { $name } zurzeit nicht auf und begründet das so:
mail-declined-button = So funktioniert das Verkaufen
mail-accepted-subject = { $name } kann bei { $shop } verkaufen
mail-accepted-title = Ihre Bewerbung ist angenommen
mail-accepted-text = { $shop } nimmt { $name } auf. Hinter dem Link sehen Sie die Einladung für { $email } und nehmen sie innerhalb von sieben Tagen an; dann öffnet sich Ihr Verkäuferportal.
mail-accepted-button = Shop eröffnen
mail-bank-changed-subject = Auszahlungen an { $name } gehen auf ein anderes Konto
mail-bank-changed-title = Das Bankkonto wurde geändert
mail-bank-changed-text = Ab jetzt zahlt { $shop } an { $name } auf das Konto { $account }. Wenn das niemand von Ihnen war, melden Sie sich sofort an, tragen Sie das richtige Konto wieder ein und ändern Sie Ihr Passwort.
mail-bank-changed-button = Konto ansehen


mail-claim-return-subject = Bitte bis { $until } zurücksenden (Bestellung { $number })
mail-claim-return-title = Bitte senden Sie es zurück
mail-claim-return-text = Verpacken Sie die Stücke unten, senden Sie sie bis { $until } an die Adresse unten und geben Sie auf der Bestellseite Paketdienst und Sendungsnummer an. Das Geld wird erstattet, wenn sie angekommen sind.
mail-claim-return-due-subject = Bitte bis { $until } zurücksenden (Bestellung { $number })
mail-claim-return-due-title = Zeit für die Rücksendung
mail-claim-return-due-text = Wir wissen noch von keinem Paket. Sind die Stücke bis { $until } nicht unterwegs, mit ihrer Sendungsnummer auf der Bestellseite, wird die Reklamation geschlossen, und die Bestellung bleibt, wie sie ist.
mail-claim-refused-subject = Der Verkäufer hat geantwortet (Bestellung { $number })
mail-claim-refused-title = Der Verkäufer ist nicht einverstanden
mail-claim-refused-text = Was der Verkäufer sagt, steht auf der Bestellseite. Wenn Sie es nicht dabei belassen möchten, bitten Sie uns dort bis { $until } um eine Entscheidung; danach wird die Reklamation geschlossen.
mail-claim-escalated-subject = Wir prüfen Ihre Reklamation (Bestellung { $number })
mail-claim-escalated-title = Jetzt entscheiden wir
mail-claim-escalated-text = Ihre Reklamation liegt bei uns. Wir möchten bis { $until } entscheiden; so lange wartet das Geld.
mail-claim-closed-paid-subject = Sie erhalten { $amount } zurück (Bestellung { $number })
mail-claim-closed-paid-title = Ihre Reklamation ist erledigt
mail-claim-closed-paid-text = { $amount } gehen auf dem Weg zurück, auf dem Sie bezahlt haben. Wir schreiben Ihnen, wenn das Geld angewiesen ist.
mail-claim-closed-withdrawn-subject = Ihre Reklamation ist geschlossen (Bestellung { $number })
mail-claim-closed-withdrawn-title = Sie haben Ihre Reklamation zurückgezogen
mail-claim-closed-withdrawn-text = Die Bestellung läuft weiter, als hätte es keine Reklamation gegeben.
mail-claim-closed-dismissed-subject = Ihre Reklamation ist geschlossen (Bestellung { $number })
mail-claim-closed-dismissed-title = Ihre Reklamation ist geschlossen
mail-claim-closed-dismissed-text = Dafür wird kein Geld erstattet. Die Gründe stehen auf der Bestellseite.
mail-claim-closed-not-returned-subject = Ihre Reklamation ist geschlossen (Bestellung { $number })
mail-claim-closed-not-returned-title = Es wurde nichts zurückgesendet
mail-claim-closed-not-returned-text = Wir haben nicht rechtzeitig von einem Paket erfahren, deshalb wird kein Geld erstattet. Die Bestellung bleibt, wie sie ist.
mail-claim-opened-subject = Bestellung { $number }: Ein Käufer reklamiert, Antwort bis { $until }
mail-claim-opened-title = Ein Käufer reklamiert
mail-claim-opened-text = Antworten Sie bis { $until }. Danach entscheidet der Shop. Das Geld für diese Sendung wartet solange.
mail-claim-opened-button = Im Verkäuferportal öffnen
mail-claim-withdrawn-goods-subject = Bestellung { $number }: Ein Käufer gibt etwas zurück
mail-claim-withdrawn-goods-title = Ein Käufer gibt etwas zurück
mail-claim-withdrawn-goods-text = Der Käufer macht von seinem Widerrufsrecht Gebrauch, ohne Angabe von Gründen. Er hat bis { $until } Zeit für die Rücksendung; Sie sehen es, wenn sie unterwegs ist.
mail-claim-withdrawn-goods-button = Im Verkäuferportal öffnen
mail-claim-sent-subject = Bestellung { $number }: Stücke kommen zurück
mail-claim-sent-title = Stücke sind auf dem Rückweg
mail-claim-sent-text = Bestätigen Sie den Eingang und was davon wieder verkauft werden kann. Hören wir nichts von Ihnen, wird das Geld am { $until } erstattet.
mail-claim-sent-button = Im Verkäuferportal öffnen
mail-claim-ended-subject = Bestellung { $number }: Eine Reklamation ist geschlossen
mail-claim-ended-title = Eine Reklamation ist geschlossen
mail-claim-ended-text = Erstattung an den Käufer: { $amount }. Der Verlauf steht im Verkäuferportal.
mail-claim-ended-button = Im Verkäuferportal öffnen
mail-delivery-address = Lieferadresse
mail-tracking-page = Seite des Zustellers
mail-told-by-seller = Das hat uns der Verkäufer mitgeteilt, kein Zusteller. Ist das Paket nicht angekommen, sagen Sie es in dieser Zeit auf der Bestellseite: Das Geld wartet, bis es geklärt ist.

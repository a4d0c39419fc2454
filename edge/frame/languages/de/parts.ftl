# Was mehrere Bereiche sagen.

arrives-window = Lieferung <b>{ $window }</b>
ships-from = aus: { $country }
sku = Artikelnr. { $sku }
chart-port = Ningbo
chart-day = Tag { $n }
in-categories = In Kategorien
at-your-door-in = An Ihrer Haustür, { $country }
picture-n = Bild { $n }
quantity = Menge
address-format-for = Adressformat für { $country }
country-hint = Ein anderes Land ändert das Formular unten und alle Preise.
pieces = { $n ->
    [one] { $n } Stück
   *[other] { $n } Stück
}
problems-form = { $n ->
    [one] Eine Angabe ist zu korrigieren.
   *[other] { $n } Angaben sind zu korrigieren.
}
parcel-n-of = Paket { $n } von { $total }
shipment-n-of = Sendung { $n } von { $total }, in { $parcels } Paketen
parcel-arrives = Lieferung
stop-done = Erledigt
stop-now = Jetzt
stop-next = Steht noch aus
way-union-eu = die EU
event-placed = Bestellung aufgegeben
event-paid = Zahlung eingegangen
event-labelled = Versandetikett gedruckt
event-accepted = Dem Paketdienst übergeben
event-export-declared = Zur Ausfuhr angemeldet
event-export-released = Ausfuhr freigegeben
event-departed = Abgereist
event-arrived = Angekommen
event-import-declared = Zur Einfuhr angemeldet
event-import-held = Vom Zoll angehalten
event-import-released = Einfuhr freigegeben
event-out-for-delivery = In Zustellung
event-attempted = Zustellung versucht
event-delivered = Zugestellt
event-lost = Als verloren gemeldet
event-returned = Zurückgesendet
quantity-times = { $n } × { $options }
refunded-amount = Erstattet
take-out-goods = Ware
take-out-tax = Steuern
take-out-before = Bereits erstattet
take-out-goes-back = Wird erstattet
take-out-open = Etwas herausnehmen
take-out-title = Etwas aus der Bestellung herausnehmen
take-out-text = Was noch nicht verpackt ist, kann herausgenommen werden: einzelne Stücke oder eine ganze Position. Es wird nicht verschickt, und das Geld geht auf demselben Weg zurück.
take-out-which = Welche Stücke?
take-out-of = { $n ->
    [one] Eines kann herausgenommen werden
   *[other] Bis zu { $n } können herausgenommen werden
}
take-out-reason = Grund, wie er dem Käufer mitgeteilt wird
take-out-look = Erstattung ansehen
take-out-does = Das wird herausgenommen
take-out-told = Dem Käufer wird der Grund mitgeteilt: { $reason }.
take-out-delivery-stays = Der Versand wird nur erstattet, wenn ein ganzes Paket herausgenommen wird; der Rest wird weiterhin verschickt.
take-out-ends = { $n ->
    [one] Von einem Paket bleibt nichts übrig: Es wird storniert, und auch sein Versand wird erstattet.
   *[other] Von { $n } Paketen bleibt nichts übrig: Sie werden storniert, und auch ihr Versand wird erstattet.
}
take-out-do = Herausnehmen, { $amount } zurück
take-out-keep = Bestellung so lassen
take-out-nothing = Es kann nichts mehr herausgenommen werden: Die Bestellung ist verpackt, storniert oder nicht bezahlt.
take-out-taken = { $n ->
    [one] eines herausgenommen
   *[other] { $n } herausgenommen
}
take-out-why-changed-mind = nicht mehr gewünscht
take-out-why-out-of-stock = nicht vorrätig
take-out-why-damaged = vor dem Versand beschädigt
take-out-why-cannot-be-sent = kann nicht an diese Adresse verschickt werden
take-out-why-buyer-asked = auf Wunsch des Käufers
take-out-error-required = Wählen Sie mindestens ein Stück.
take-out-error-whole-number = Geben Sie eine ganze Stückzahl ein.
take-out-error-out-of-range = Geben Sie eine ganze Stückzahl ein, mindestens 1.
take-out-error-too-many-pieces = So viele Stück sind nicht mehr in der Bestellung.
take-out-error-already-packed = Das wurde inzwischen verpackt: Es kann nichts mehr herausgenommen werden. Nach der Lieferung können Sie es zurückgeben.
take-out-error-not-paid = Die Bestellung ist nicht bezahlt: Stornieren Sie sie und bestellen Sie neu, was Sie möchten.
take-out-error-unknown-choice = Wählen Sie einen Grund aus der Liste.
given-back = Was erstattet wird
given-back-taken-out = Herausgenommen
given-back-cancelled = Storniert
given-back-written-off = Nie angekommen
given-back-pieces = Stücke erstattet
given-back-delivery = Versand erstattet
given-back-reduction = Preisnachlass
given-back-consignment = Ein Paket erstattet
given-back-goodwill = Kulanz
placed = Aufgegeben
password-hint = Mindestens acht Zeichen; zwölf oder mehr sind besser. Drei oder vier Wörter sind gut.
email-format = Eine E-Mail-Adresse sieht aus wie name@example.com.
order-number-label = Bestellnummer
address-name = Vor- und Nachname
address-organisation = Firma
address-street = Straße und Hausnummer
address-street2 = Adresszusatz (Wohnung, Etage, Gebäude)
address-district = Bezirk
address-city = Ort
address-region = Region
address-postcode = Postleitzahl
address-phone = Telefon für den Paketdienst
address-phone-hint = Wird nur am Liefertag und vom Zoll verwendet.
address-tax-number = Steuernummer
tax-number-hint = Der Zoll verlangt sie.
called-zip = ZIP-Code
called-eircode = Eircode (Postleitzahl)
called-pin = PIN-Code (Postleitzahl)
called-cep = CEP (Postleitzahl)
called-state = Bundesstaat
called-province = Provinz
called-prefecture = Präfektur
called-county = Grafschaft
called-emirate = Emirat
called-area = Gebiet
called-commune = Gemeinde
called-barangay = Barangay (Ortsteil)
called-subdistrict = Unterbezirk
called-townland = Townland (Flur)
called-suburb = Stadtteil
called-town = Stadt
called-ward = Stadtbezirk
called-district = Bezirk
called-neighbourhood = Viertel
problem-required = Bitte ausfüllen: { $field }.
problem-too-long = Zu lang für ein Paketetikett: { $field }.
problem-postcode-format = Das ist keine Postleitzahl für { $country }. Beispiel: { $example }.
problem-other-destination = { $field }: Die Bestellung wurde für einen anderen Ort berechnet. Stornieren Sie sie und bestellen Sie neu, wenn sie dorthin gehen soll.
problem-unknown-region = Bitte aus der Liste wählen: { $field }.
problem-phone-format = Eine Telefonnummer hat 5 bis 20 Ziffern und kann mit + beginnen.
problem-email-format = Eine E-Mail-Adresse sieht aus wie name@example.com.
problem-tax-number-format = Diese Nummer ist unvollständig oder ihre Prüfziffer ist falsch: { $field }.
problem-address = Bitte prüfen Sie die Adresse noch einmal.
email-known = Zu dieser E-Mail-Adresse gibt es bereits ein Konto. Melden Sie sich an und antworten Sie dann.
role-seller-owner = Inhaber
role-seller-staff = Mitarbeiter
role-admin = Administrator
role-operations = Betrieb
role-finance = Finanzen
role-service = Kundenservice
invitation = Einladung
invitation-from = { $name } lädt Sie ein
invitation-as = Als
invitation-by = Eingeladen von
invitation-until = Gültig bis
accept = Annehmen
decline = Ablehnen
acting-for = Für wen Sie handeln
acting-myself = Für sich selbst
acting-myself-text = Einkaufen, Ihre eigenen Bestellungen und Adressen.
acting-now = Aktiv
acting-choose = Für diese Organisation handeln
acting-leave = Verlassen
field-required = Dieses Feld ist erforderlich.
field-too-long = Das ist zu lang.
field-password-length = Wählen Sie 8 bis 200 Zeichen. Zwölf oder mehr sind besser: Drei oder vier Wörter sind gut.
field-password-common = Dieses Passwort gehört zu den ersten, die jeder ausprobiert. Wählen Sie stattdessen drei oder vier Wörter.
field-password-context = Verwenden Sie weder Ihren Namen noch Ihre E-Mail-Adresse noch den Namen des Shops. Wählen Sie drei oder vier andere Wörter.
field-password-wrong = Das ist nicht das Passwort dieses Kontos.
field-code-wrong = Dieser Code ist falsch, schon benutzt oder zu alt. Geben Sie den ein, der jetzt angezeigt wird.
field-passkey-wrong = Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal oder melden Sie sich auf andere Weise an.
field-no-passkeys = Passkeys brauchen einen Shop mit Domainnamen und TLS.
field-too-many-passkeys = Sie haben zwanzig Passkeys. Entfernen Sie zuerst einen.
field-totp-exists = Sie haben bereits eine Authenticator-App. Entfernen Sie sie zuerst.
field-totp-none = Es ist keine Authenticator-App eingerichtet.
field-no-factor = Richten Sie zuerst eine Authenticator-App oder einen Passkey ein.
field-no-mail = Dieser Shop verschickt zurzeit keine E-Mails, deshalb lässt sich keine andere Adresse bestätigen.
field-last-owner = Sie sind der letzte Inhaber einer Organisation. Bestimmen Sie zuerst einen anderen Inhaber und löschen Sie dann Ihr Konto.
field-orders-open = Eine Ihrer Bestellungen ist noch unterwegs. Löschen Sie das Konto, wenn sie abgeschlossen oder storniert ist.
error-too-many-attempts = Es gab zu viele Versuche. Versuchen Sie es in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
} noch einmal.
passkey-sign-in = Mit Passkey anmelden
security-title = Anmeldung und Sicherheit
new-password = Neues Passwort

journey-of-parcel = Weg des Pakets
passkey-failed = Der Passkey wurde nicht verwendet. Versuchen Sie es noch einmal oder melden Sie sich auf andere Weise an.
field-phone-format = Geben Sie eine Telefonnummer wie +49 30 1234567 ein.
field-url-format = Geben Sie eine Adresse ein, die mit https:// beginnt, oder lassen Sie das Feld leer.
field-format = Diese Angabe ist nicht lesbar.


# Reklamationen
claim-about = Betrifft
claim-wish = Gewünscht
claim-refunded = Wird erstattet
claim-rule = Rechtsgrundlage
claim-restocked = { $n } zurück im Regal
claim-picture-n = Bild { $n } zur Reklamation
claim-return-to = Rücksendung an
claim-sent-with = Zurückgesendet mit
claim-story = Verlauf
claim-kind-not-arrived = Nicht angekommen
claim-kind-damaged = Beschädigt
claim-kind-not-as-described = Nicht wie beschrieben
claim-kind-wrong-item = Falscher Artikel
claim-kind-missing-pieces = Es fehlt etwas
claim-kind-withdrawal = Widerruf ohne Angabe von Gründen
claim-kind-other = Etwas anderes
claim-wish-money-back = Geld zurück
claim-wish-lower-price = Behalten, aber günstiger
claim-wish-lower-price-by = Behalten, { $amount } günstiger
claim-state-open = Wartet auf den Verkäufer
claim-state-refused = Der Verkäufer lehnt ab
claim-state-escalated = Der Shop entscheidet
claim-state-returning = Rücksendung steht aus
claim-state-sent = Auf dem Rückweg
claim-state-settling = Wird erstattet
claim-outcome-refunded = Erstattet
claim-outcome-reduced = Preis gesenkt
claim-outcome-withdrawn = Zurückgezogen
claim-outcome-refused = Abgelehnt
claim-outcome-dismissed = Zurückgewiesen
claim-outcome-not-returned = Nicht zurückgesendet
claim-next-open = Der Verkäufer antwortet bis { $until }. Danach entscheidet der Shop.
claim-next-refused = Der Käufer kann bis { $until } den Shop entscheiden lassen. Danach wird die Reklamation geschlossen.
claim-next-refused-buyer = Sie können bis { $until } den Shop entscheiden lassen. Danach wird die Reklamation geschlossen.
claim-next-escalated = Der Shop möchte bis { $until } entscheiden.
claim-next-returning = Der Käufer sendet die Ware bis { $until } zurück. Danach wird die Reklamation geschlossen.
claim-next-returning-buyer = Senden Sie die Ware bis { $until } zurück und geben Sie hier die Sendungsnummer an. Danach wird die Reklamation geschlossen.
claim-next-sent = Der Verkäufer bestätigt den Eingang. Meldet er sich nicht, wird das Geld am { $until } erstattet.
claim-next-settling = Das Geld wird gerade erstattet.
claim-next-closed-refunded = Der Käufer erhält { $amount } zurück.
claim-next-closed-reduced = Der Preis wurde gesenkt: Der Käufer erhält { $amount } zurück.
claim-next-closed-withdrawn = Der Käufer hat die Reklamation zurückgezogen.
claim-next-closed-refused = Der Verkäufer hat abgelehnt, und der Shop wurde nicht gefragt.
claim-next-closed-dismissed = Der Shop hat entschieden, dass nichts erstattet wird.
claim-next-closed-not-returned = Es wurde nicht rechtzeitig etwas zurückgesendet.
claim-who-buyer = Käufer
claim-who-seller = Verkäufer
claim-who-operator = Shop
claim-who-house = Automatisch
claim-deed-opened = hat die Reklamation eröffnet
claim-deed-agreed = hat zugestimmt
claim-deed-refused = hat abgelehnt
claim-deed-escalated = lässt den Shop entscheiden
claim-deed-unanswered = keine rechtzeitige Antwort, der Shop entscheidet
claim-deed-contested = widerspricht, der Shop entscheidet
claim-deed-decided = hat entschieden
claim-deed-sent = hat zurückgesendet
claim-deed-received = hat den Eingang bestätigt
claim-deed-receipt-by-clock = gilt als eingegangen
claim-deed-withdrawn = hat die Reklamation zurückgezogen
claim-deed-not-asked = geschlossen, der Shop wurde nicht gefragt
claim-deed-not-returned = geschlossen, nichts wurde zurückgesendet
claim-deed-cannot-be-paid = wurde bereits erstattet, der Shop entscheidet
given-back-amended = Bestellung geändert
take-out-credited = Wird auf das Neue angerechnet
supply-made = { $n ->
    [one] Auf Bestellung gefertigt in { $n } Werktag
   *[other] Auf Bestellung gefertigt in { $n } Werktagen
}
supply-preorder = Vorbestellung, Versand ab { $day }
supply-kind-made = Auf Bestellung gefertigt
supply-kind-preorder = Vorbestellung

amend-parcel = Aus: { $country }
amend-new-total = An der Haustür, alles inbegriffen
amend-more = Zu zahlen
amend-same = Nichts zu zahlen
amend-which = Was soll verschickt werden?
amend-now = { $n ->
    [one] Jetzt ein Stück; 0 lässt es weg
   *[other] Jetzt { $n } Stück; 0 lässt sie weg
}
amend-look = Kosten ansehen
amend-nothing = Es kann nichts mehr geändert werden: Die Bestellung ist verpackt, storniert oder nicht bezahlt.
amend-error-nothing-changed = So ist die Bestellung schon: Ändern Sie zuerst etwas.
amend-error-nothing-left = Von dem, was noch nicht verpackt ist, bliebe nichts übrig: Stornieren Sie es stattdessen.
amend-error-out-of-range = Geben Sie eine ganze Stückzahl ein, 0 oder mehr.
amend-error-whole-number = Geben Sie eine ganze Stückzahl ein.
amend-error-out-of-stock = So viele sind nicht mehr vorrätig.
amend-error-not-sendable = Etwas davon kann nicht dorthin verschickt werden oder ist nicht mehr im Verkauf. Nehmen Sie es aus dem Warenkorb oder lassen Sie es, wie es ist.
amend-error-not-in-order = Diese Position kann nicht mehr geändert werden.
amend-error-nothing-to-amend = Es wartet nichts mehr auf das Verpacken: Was verpackt ist, kann nicht geändert werden.
amend-error-amendment-waits = Eine Änderung dieser Bestellung wartet auf ihre Zahlung: Bezahlen Sie sie oder ziehen Sie sie zuerst zurück.
amend-error-amendment-over = Die Zeit für dieses Angebot ist abgelaufen. Sehen Sie nach, was die Änderung jetzt kostet.
amend-error-amendment-done = Diese Änderung ist bereits bezahlt oder ausgeführt.
amend-error-already-packed = Die Bestellung hat sich inzwischen geändert: Sehen Sie sie an und ändern Sie sie neu.
amend-error-given-back-before = Ein Teil des Preises wurde schon erstattet, deshalb bleibt dieses Paket, wie es ist. Herausnehmen können Sie noch etwas.
amend-error-payment-pending = Eine Zahlung für diese Änderung wird bearbeitet. Warten Sie einen Moment.
amend-error-too-many-lines = So viele verschiedene Artikel passen nicht in eine Bestellung.
amend-before = Bisher
amend-after = Künftig
amend-none = Nichts.
amend-costs = Was es kostet, bisher und künftig
amend-part = Teil des Preises
amend-error-amendment-open = Eine andere Änderung dieser Bestellung wartet auf die Antwort des Käufers.
amend-error-not-sold-by-you = Sie können nur Artikel vorschlagen, die Sie selbst verkaufen.
amend-error-buyers-address = Wohin eine Bestellung geht, bestimmt der Käufer.
amend-error-unknown-sku = Sie haben nichts mit dieser Artikelnummer im Verkauf.
amend-error-unknown-choice = Wählen Sie einen Grund: Er wird dem Käufer mitgeteilt.
amend-error-too-long = Schreiben Sie höchstens 500 Zeichen.
amend-error-order-unknown = An dieser Bestellung können Sie nichts ändern.
ask-add = Zu Ihrer Bestellung hinzufügen
ask-change = Ihre Angaben ändern
ask-change-text = Sie können das ändern, bis etwas von der Bestellung verpackt ist.
ask-delivery-note = Hinweis zur Lieferung
ask-gift-message = Grußbotschaft
ask-keep = So lassen
ask-letters = Höchstens { $most } Zeichen
ask-personalisation = Personalisierung
ask-reference = Ihr Zeichen
ask-save = Speichern
ask-ticked = Ja
ask-title = Zu dieser Bestellung
ask-wrong-in-one-line = „{ $label }“ steht in einer Zeile, ohne Steuerzeichen.
ask-wrong-required = Füllen Sie „{ $label }“ aus.
ask-wrong-too-long = Schreiben Sie unter „{ $label }“ höchstens { $most } Zeichen.
ask-wrong-unknown-choice = Wählen Sie unter „{ $label }“ etwas aus der Liste.

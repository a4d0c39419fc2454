# Shop.
to-country = Zielland: { $country }
sold-by = Verkauft von <b>{ $seller }</b>

home-title = Der Preis an Ihrer Haustür
home-description = Waren aus aller Welt, mit Versand, Zoll und Steuern für Ihr Land schon im Preis.
home-headline = Ein Preis.<br>Bis zur Haustür.
home-promise = Ware, Fracht, Zoll und Steuern, berechnet vor dem Bezahlen. Zielland: { $country }. Beim Zusteller ist nichts mehr zu zahlen.
home-shop-week = Was am schnellsten ankommt
home-see-how = So wird gerechnet
rail-soon = Am schnellsten an Ihrer Haustür
rail-soon-text = Schon nah am Zielland ({ $country }) oder auf dem schnellsten Weg dorthin.
rail-far = Eine Woche Warten wert
rail-far-text = Verschickt von denen, die es herstellen. Zoll und Steuern sind schon im Preis.
rail-new = Neu
rail-new-text = In den letzten Tagen eingestellt, mit Preisen bis zur Haustür. Zielland: { $country }.
home-how-title = Der Haustürpreis, Stück für Stück
home-how-text = { $product } kostet { $price } (Zielland: { $country }). Hier ist jeder Teil davon, die Regel dahinter und der Tag, seit dem sie gilt.
home-estimates-link = Was Schätzung und Garantie unterscheidet
home-empty-title = Hier gibt es noch nichts zu kaufen
home-empty-text = Sobald die ersten Artikel importiert sind, erscheinen sie hier mit ihrem Haustürpreis.
home-feature-text = Artikel von { $seller }, versandt aus: { $country }. Jeder Preis unten ist, was Sie bis zur Haustür zahlen.
visit-seller = Alles von { $seller } ansehen
promise-duty = Ein garantierter Haustürpreis ist endgültig. Nachforderungen an der Grenze zahlt der Vertragspartner, der in Ihrer Bestellung genannt ist.
promise-escrow-title = Ihr Geld bleibt verwahrt, bis alles ankommt
promise-escrow = Was Sie zahlen, wird treuhänderisch verwahrt und geht erst nach der Lieferung an den Verkäufer.
promise-quote-title = Preise reserviert, während Sie zahlen
promise-quote = An der Kasse sind Preis, Wechselkurs, Zollregeln und Bestand reserviert: 30 Minuten lang, 10 Minuten, wenn nur noch wenig da ist.
promise-sellers-title = Verkäufer mit Namen
promise-sellers = Bei jedem Artikel steht, wem die Ware gehört, wer sie verschickt und wer rechtlich Ihr Verkäufer ist.

search-title = Alles mit Haustürpreis, Zielland { $country }
search-results = { $n ->
    [0] Nichts gefunden. Zielland: { $country }.
    [one] { $n } Ergebnis, Zielland: { $country }.
   *[other] { $n } Ergebnisse, Zielland: { $country }.
}
search-for = Ergebnisse für „{ $query }“
search-description = { $title }, mit Haustürpreis und Liefertag. Zielland: { $country }.
sort-by = Sortieren nach
sort-relevance = Relevanz
sort-door-price = Haustürpreis, aufsteigend
sort-arrival = Lieferung, früheste zuerst
sort-newest = Neueste zuerst
apply = Anwenden
filters = Filter
remove-filter = Diesen Filter entfernen
clear-all = Alle zurücksetzen
facet-price = Haustürpreis, { $country }
facet-arrives = Lieferung innerhalb von
facet-category = Kategorie
facet-from = Versand aus
facet-seller = Verkäufer
up-to-in = Bis, in { $currency }
at-least-in = Ab, in { $currency }
price-spread = Haustürpreise von { $least } bis { $most } und wie viele Artikel so viel kosten
any-time = Egal wann
within-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tagen
}
any-category = Alle
chip-max = Bis { $amount }
chip-min = Ab { $amount }
chip-days = Innerhalb von { $n } Tagen
show-results = Ergebnisse anzeigen
pages = Seiten
first-page = Erste Seite
next-page = Weiter
shown-of = { $n } von { $total }
search-empty-title = Nichts zu „{ $query }“ gefunden
search-empty-title-filter = Nichts passt zu diesen Filtern
search-empty-text = Nichts Passendes kann zurzeit in dieses Zielland verschickt werden: { $country }.
search-without-filters = Ohne Filter suchen
search-everything = Alles anzeigen
searches = Suchvorschläge

product-description = { $title }: { $price } bis zur Haustür, mit Versand, Zoll und Steuern. Zielland: { $country }. Lieferung: { $window }
breadcrumb = Navigationspfad
not-sold-to = Kann nicht in dieses Zielland verschickt werden: { $country }
delivery-with-door-price = Versand, mit Haustürpreis
delivery-not-possible = Nicht möglich: { $reason }
delivery-points = { $carrier }, { $n } Stationen in der Sendungsverfolgung
when-it-comes = Wann es ankommt
when-it-comes-text = Übergabe innerhalb von { $hours } Stunden (Versandland: { $country }), danach die Tage, die dieser Versand braucht. Die Balken zeigen, wie sich die Lieferungen auf den Zeitraum verteilen.
when-it-comes-later = { $supplied }. Übergabe bis { $day } (Versandland: { $country }), danach die Tage, die dieser Versand braucht. Die Balken zeigen, wie sich die Lieferungen auf den Zeitraum verteilen.
likely-by-day = Wahrscheinlichkeit der Lieferung nach Tagen
likely-share = { $n } von 100
add-to-basket = In den Warenkorb
few-left = { $n ->
    [one] Noch { $n } Stück
   *[other] Noch { $n } Stück
}
sold-out = Ausverkauft
who-marketplace = { $seller } ist Eigentümer der Ware, verschickt sie (Versandland: { $country }) und ist Ihr Vertragspartner.
who-platform = { $seller } ist Eigentümer der Ware, verkauft und verschickt sie (Versandland: { $country }).
who-fulfilled = { $seller } ist Eigentümer der Ware und Ihr Vertragspartner. { $platform } verpackt und verschickt sie (Versandland: { $country }).
who-does-what = Wer macht was
in-short = In Kürze
fact-weight = Gewicht mit Verpackung
fact-origin = Ursprungsland
fact-tariff = Zolltarifnummer
fact-customs = Für den Zoll
fact-barcode = Strichcode
fact-brand = Marke
other-sellers = Alle Angebote für diesen Artikel
how-featured = So wird das erste Angebot ausgewählt
featured-cheapest = An erster Stelle: niedrigster Haustürpreis
offer-dearer = { $amount } mehr bis zur Haustür
offer-variant = { $options }
ships-from-label = Versand aus
arrives-label = Lieferung
in-view = Wird angezeigt
view-offer = Angebot ansehen
similar = Ähnliche Artikel

basket-title = Warenkorb
basket-summary = { $n ->
    [one] { $n } Stück, Zielland: { $country }.
   *[other] { $n } Stück, Zielland: { $country }.
}
keep-shopping = Weiter einkaufen
basket-repriced = Neu berechnet, Zielland: { $country }
change-price = { $title }: statt { $before } jetzt { $after } bis zur Haustür.
change-lost = { $title } kann nicht dorthin verschickt werden. Der Artikel bleibt in Ihrem Warenkorb.
change-back = { $title } kann wieder dorthin verschickt werden, für { $after }.
basket-added = In den Warenkorb gelegt.
from-place = Aus: { $place }
quantity-of = Menge: { $product }
remove-product = { $product } entfernen
update = Aktualisieren
cannot-be-sent = Kann nicht verschickt werden, Zielland: { $country }
your-door-price = Ihr Haustürpreis
to-checkout = Zur Kasse
basket-note = Die Preise sind reserviert, sobald Sie mit Ihrer Adresse an der Kasse sind: 30 Minuten lang, 10 Minuten, wenn nur noch wenig da ist.
nothing-sendable = Nichts aus diesem Warenkorb kann in dieses Zielland verschickt werden: { $country }.
basket-empty-title = Ihr Warenkorb ist leer
basket-empty-text = Was Sie hineinlegen, bleibt 60 Tage hier und kommt mit, wenn Sie das Zielland wechseln.
line-of = { $options }, { $seller }

checkout = Kasse
checkout-summary = { $parcels ->
    [one] Ein Paket, eine Zahlung.
   *[other] { $parcels } Pakete, eine Zahlung.
}
back-to-basket = Zurück zum Warenkorb
where-it-goes = Wohin es geht
saved-addresses = Gespeicherte Adressen
another-address = Andere Adresse
order-address-change = Adresse ändern
order-address-title = Wohin die Bestellung geht
order-address-text = Solange nichts verpackt ist, kann die Bestellung an eine andere Haustür im selben Land gehen: {$country}. Für ein anderes Land oder eine andere Region stornieren Sie sie bitte und bestellen neu: Preis, Zoll und Steuern wurden für dieses berechnet.
order-address-keep = So lassen
use-address = Diese Adresse verwenden
email-for-updates = E-Mail-Adresse für Neuigkeiten zur Bestellung
how-it-travels = Wie es ankommt
update-prices = Preise aktualisieren
delivery-from = Versand aus: { $place }
door-price-of = { $amount } bis zur Haustür
crosses-border = Dieses Paket geht über eine Grenze. Es wird mit Ihrem Namen und Ihrer Telefonnummer angemeldet; Zoll und Steuern werden wie angezeigt abgewickelt.
lost-take-out = Nehmen Sie diese Artikel aus dem Warenkorb, um mit dem Rest fortzufahren.
take-out = Herausnehmen
checkout-blocked = Der Preis wird angezeigt, sobald alles im Warenkorb verschickt werden kann.
delivery-changed = Eine von Ihnen gewählte Versandart wird nicht mehr angeboten. Bitte wählen Sie neu.
not-sendable-text = Etwas in Ihrem Warenkorb kann nicht dorthin verschickt werden. Nehmen Sie es zuerst heraus.
how-you-pay = Wie Sie zahlen
paid-in = Zahlung in { $currency }
card-number = Kartennummer
sandbox-cards = Testmodus: Es wird kein Geld bewegt. 4242 4242 4242 4242 wird angenommen.
sandbox-more-cards = Karten, die sich anders verhalten
card-ok = Angenommen
card-declined = Abgelehnt
card-no-funds = Nicht genug Guthaben
card-3ds = Die Bank fragt nach (3-D Secure)
card-late = Etwas später bestätigt
pay-on-page = Karte und mehr
pay-on-page-detail = Auf der Seite des Zahlungsdienstes, die sich als Nächstes öffnet. Dieser Shop sieht Ihre Kartennummer nie.
to-provider = Weiter zur Zahlungsseite
to-provider-text = Sie zahlen { $amount } auf der Seite des Zahlungsdienstes und kommen danach hierher zurück. Öffnet sie sich nicht von selbst, drücken Sie die Schaltfläche.
to-provider-go = Zur Zahlungsseite
pay-amount = { $amount } zahlen
checkout-terms = Sie kaufen bei { $sellers }. Das Geld wird verwahrt, bis jedes Paket zugestellt ist.
problems-to-fix = { $n ->
    [one] Vor dem Bezahlen ist eine Angabe zu korrigieren.
   *[other] Vor dem Bezahlen sind { $n } Angaben zu korrigieren.
}
price-changed = Der Haustürpreis hat sich von { $before } auf { $after } geändert, während Sie das Formular ausgefüllt haben. Sehen Sie ihn an und bezahlen Sie, wenn er Ihnen zusagt.
quote-expired-text = Die Zeit, für die wir die Preise reserviert haben, ist abgelaufen. Das sind die heutigen Preise.
held-until = Preis, Wechselkurs und Bestand sind bis { $time } reserviert.
payment-declined = Die Bank hat die Zahlung abgelehnt. Es wurde kein Geld abgebucht. Versuchen Sie es mit einer anderen Karte.
payment-insufficient-funds = Das Guthaben dieser Karte reicht nicht. Es wurde kein Geld abgebucht. Versuchen Sie es mit einer anderen Karte.
payment-refused = Sie haben die Zahlung nicht freigegeben. Es wurde kein Geld abgebucht.
payment-amount = Dieser Betrag kann in dieser Währung nicht gezahlt werden. Es wurde kein Geld abgebucht. Bestellen Sie in einer anderen Währung.
payment-card-unknown = Diese Kartennummer ist im Testmodus nicht bekannt. Verwenden Sie eine der Nummern unten.
payment-card-needed = Geben Sie eine Kartennummer ein.
payment-outage = Der Zahlungsdienst antwortet nicht. Ihre Bestellung bleibt erhalten; versuchen Sie es in einer Minute noch einmal.
payment-differs = Der Zahlungsdienst hat einen anderen Betrag abgebucht, als diese Bestellung kostet. Sie bekommen ihn automatisch zurück. Bitte zahlen Sie noch einmal.
bank-asks = Ihre Bank fragt: Sind Sie das?
bank-asks-text = { $shop } möchte { $amount } von Ihrer Karte abbuchen. Im Testmodus übernehmen Sie die Rolle der Bank.
approve-payment = Freigeben
refuse-payment = Ablehnen

order-number = Bestellung { $number }
order-summary = { $parcels ->
    [one] Aufgegeben: { $date }, ein Paket, Zielland: { $country }.
   *[other] Aufgegeben: { $date }, { $parcels } Pakete, Zielland: { $country }.
}
cancel-order = Bestellung stornieren
ask-cancel-title = Diese Bestellung stornieren?
ask-cancel-text = Es wird nichts verschickt, und { $amount } gehen auf dem Zahlungsweg zurück. Eine stornierte Bestellung lässt sich nicht wieder aufnehmen.
ask-cancel-yes = Bestellung stornieren
confirm-received = Ich habe alles erhalten
confirm-received-part = Erhalt der gelieferten Pakete bestätigen
pay-again = Diese Bestellung bezahlen
notice-placed = Vielen Dank. Ihre Bestellung ist aufgegeben.
notice-placed-text = Ein Link zu dieser Seite bleibt gültig; bewahren Sie ihn auf, um die Pakete zu verfolgen.
notice-unpaid = Diese Bestellung ist noch nicht bezahlt.
notice-unpaid-text = Bezahlen Sie sie unten. Unbezahlte Bestellungen werden spätestens nach einer halben Stunde storniert, nach zehn Minuten, wenn nur noch wenig da ist.
notice-pending = Die Zahlung wird bestätigt.
notice-pending-text = Das kann eine Minute dauern. Diese Seite zeigt es an, sobald es so weit ist.
notice-failed = Die Zahlung hat nicht geklappt.
notice-failed-text = Ihre Ware bleibt nach dem Bestellen eine halbe Stunde reserviert, zehn Minuten, wenn nur noch wenig da ist. Versuchen Sie es unten noch einmal.
notice-cancelled = Diese Bestellung wurde storniert.
notice-cancelled-text = Was bezahlt wurde, geht auf demselben Weg zurück.
notice-held = Der Zoll hat eine Rückfrage.
notice-held-text = Ein Paket wird an der Grenze festgehalten. Der Vertragspartner antwortet; Sie müssen nichts tun. Der neue Liefertermin steht unten.
notice-done = Alles ist angekommen, die Bestellung ist abgeschlossen.
order-state-waiting = Wartet auf Zahlung
order-state-to-pack = Wird verpackt
order-state-packed = Verpackt
order-state-underway = Unterwegs
order-state-exception = Braucht Aufmerksamkeit
order-state-delivered = Zugestellt
order-state-completed = Abgeschlossen
order-state-cancelled = Storniert
parcel-from = { $product }, aus: { $country }
parcel-more = { $n ->
    [one] { $product } und { $n } weiterer Artikel, aus: { $country }
   *[other] { $product } und { $n } weitere Artikel, aus: { $country }
}
parcel-arrived = Angekommen
parcel-cancelled = Storniert
parcel-lost = Nicht auffindbar
parcel-returned = Zurückgesendet
parcel-follows = Noch zu verpacken
parcel-follows-text = Diese Stücke folgen in einem weiteren Paket.
way-paid = Bezahlt
way-packed = Verpackt
way-handed-over = Beim Paketdienst
way-export = Ausfuhr
way-export-held = Ausfuhrzoll
way-underway = Zwischen den Grenzen
way-underway-land = Auf der Straße
way-import = Einfuhrzoll
way-import-held = Vom Zoll angehalten
way-last-mile = Letzte Etappe
way-door = Ihre Haustür
way-lost = Nicht auffindbar
way-returned = Zurückgesendet
way-international = International
way-inside = Innerhalb: { $place }, ohne Zoll
way-duty-paid = Zoll bereits bezahlt
way-until = bis { $time }
what-happened = Verlauf
nothing-yet = Noch nichts. Die erste Meldung kommt, wenn das Paket verpackt ist.
detail-documents-wanted = Der Zoll verlangt Unterlagen. Der Vertragspartner antwortet.
detail-signed = An der Haustür gegen Unterschrift übergeben.
customs-and-papers = Zoll und Unterlagen
merchant-of-record = Vertragspartner
contents = Inhalt
what-you-paid = Was Sie bezahlt haben
what-you-pay = Was Sie zahlen
order-link-hint = Diese Seite öffnet sich mit ihrem Link. Bewahren Sie ihn auf; geht er verloren, bekommen Sie mit Bestellnummer und E-Mail-Adresse einen neuen. Oder erstellen Sie ein Konto mit derselben E-Mail-Adresse: Es zeigt diese Bestellung.

signed-in-as = { $name }, { $email }
your-orders = Ihre Bestellungen
paid-at-door = Haustürpreis
older-orders = Ältere Bestellungen
no-orders-title = Noch keine Bestellungen
no-orders-text = Was Sie kaufen, erscheint hier mit seinem Weg zu Ihnen.
addresses = Adressen
no-addresses = Adressen, die Sie an der Kasse speichern, erscheinen hier.
add-address = Adresse hinzufügen
save-address = Adresse speichern
you = Sie
demo-sign-ins = Anmeldungen der Demowelt
demo-sign-ins-text = Alle haben dasselbe Passwort.
demo-operator = Betreiber
demo-seller = Verkäufer
demo-buyer = Käufer
no-account-yet = Noch kein Konto?
have-account = Schon ein Konto?
register-text = Ein Konto hält Ihre Bestellungen und Adressen an einem Ort zusammen. Sie können auch ohne Konto kaufen.
sign-in-wrong = E-Mail-Adresse und Passwort gehören nicht zusammen.
forgot-password = Passwort vergessen?
forgot-password-text = Geben Sie die E-Mail-Adresse Ihres Kontos ein. Wenn es eines gibt, senden wir Ihnen einen Link, mit dem Sie ein neues Passwort wählen.
forgot-send = Link senden
forgot-sent-title = Sehen Sie in Ihr Postfach
forgot-sent-text = Wenn es zu dieser E-Mail-Adresse ein Konto gibt, ist eine Nachricht dorthin unterwegs oder kam in der letzten Stunde: Jeder Link gilt einmal, eine Stunde lang. Nichts da? Sehen Sie im Spam-Ordner nach oder prüfen Sie, ob Sie sich mit einer anderen Adresse registriert haben.
forgot-no-mail = Dieser Shop verschickt zurzeit keine E-Mails, es kommt also kein Link. Wenden Sie sich an den Betreiber des Shops.
reset-password = Neues Passwort wählen
reset-password-text = Wer mit dem alten Passwort angemeldet ist, auf welchem Gerät auch immer, wird abgemeldet.
reset-save = Neues Passwort speichern
reset-over-title = Dieser Link ist abgelaufen
reset-over-text = Er wurde benutzt oder ist älter als eine Stunde. Fordern Sie einen neuen an.
track-text = Geben Sie die Bestellnummer und die E-Mail-Adresse der Bestellung ein: Wir senden den Link dorthin. Wenn Sie angemeldet sind, öffnen sich Ihre Bestellungen sofort.
order-number-hint = Sie sieht aus wie EN-7Q4K-2219.
saved = Gespeichert.

your-name = Ihr Name
category-of = { $name }

door-price-example = Ein Beispiel
door-price-example-goods = Steingutbecher, 350 ml
door-price-example-text = Ein Becher aus China, Zielland: { $country }, nach den heutigen Regeln.

info-door-price-title = So entsteht der Haustürpreis
info-door-price-lead = Der Preis, den Sie sehen, ist der Preis bis zu Ihrer Haustür: Ware, internationaler Versand, Zoll und Steuern, in Ihrer Währung, mit dem Liefertag.
info-door-price-parts = Fünf Teile, jeder mit seiner Regel
info-door-price-parts-text =
    Der Verkäufer legt den Preis der Ware ohne Steuern fest. Der Versand ist der Tarif des Paketdienstes für Gewicht und Strecke. Der Zoll folgt aus Zolltarifnummer, Ursprungsland und Wert. Die Steuer ist die Ihres Landes, auf alles, was Ihr Land anrechnet. Manche Paketdienste und Behörden erheben eine Bearbeitungsgebühr.
    Jede Zeile einer Aufstellung nennt die Regel dahinter und den Tag, seit dem sie gilt. Die Teile ergeben immer den angezeigten Preis.
info-door-price-exchange = Wechselkurse
info-door-price-exchange-text =
    Ein Preis in einer anderen Währung wird einmal umgerechnet, zum Referenzkurs des Tages, und der Tag wird genannt. An der Kasse bleibt der Kurs bis zu 30 Minuten reserviert. Es wird nichts aufgeschlagen.
info-door-price-estimate = Garantiert oder geschätzt
info-door-price-estimate-text =
    Ein Preis ist garantiert, wenn jede Regel dahinter bestätigt ist. Wo nur ein typischer Zollsatz bekannt ist, sagt der Preis, dass er eine Schätzung ist. In beiden Fällen zahlen Sie, was Ihnen angeboten wurde: Berechnet wird, was Sie an der Kasse sehen.
info-door-price-featured = Das erste Angebot
info-door-price-featured-text =
    Wenn mehrere Verkäufer dasselbe anbieten, steht der mit dem niedrigsten Haustürpreis an erster Stelle. Diesen Platz kann niemand kaufen.
info-duty-guarantee-title = Zollgarantie
info-duty-guarantee-lead = Wo ein Preis garantiert ist, kommt an Ihrer Haustür nichts dazu.
info-duty-guarantee-what = Was garantiert ist
info-duty-guarantee-what-text =
    Zoll, Steuern und Bearbeitungsgebühren werden vor dem Bezahlen berechnet und sind Teil des Preises. Verlangt der Zoll an der Grenze mehr, zahlt der in Ihrer Bestellung genannte Vertragspartner den Unterschied.
info-duty-guarantee-who = Wer macht was
info-duty-guarantee-who-text =
    Jede Produktseite nennt, wem die Ware gehört, wer sie verschickt und wer Ihr Vertragspartner ist. Dieselben Namen stehen in Ihrer Bestellung.
    Ihr Geld wird treuhänderisch verwahrt. Es geht erst an den Verkäufer, wenn Ihr Paket angekommen und die Frist für Reklamationen abgelaufen ist.
info-duty-guarantee-border = An der Grenze erhoben
info-duty-guarantee-border-text =
    Manche Zölle und Steuern können erst bezahlt werden, wenn das Paket ankommt. Der Paketdienst zahlt sie für Sie aus dem Preis, den Sie sehen, und die Aufstellung sagt es.
info-returns-title = Rückgabe und Erstattung
info-returns-lead = Sie können eine Bestellung stornieren, bis sie verpackt ist, und bekommen Ihr Geld vollständig zurück.
info-returns-before = Bevor sie verpackt ist
info-returns-before-text =
    Öffnen Sie Ihre Bestellung und drücken Sie „Bestellung stornieren“. Ware, Versand, Zoll und Steuern gehen auf demselben Weg zurück.
info-returns-after = Nachdem sie verschickt ist
info-returns-after-text =
    Ein verlorenes oder zurückgesendetes Paket wird erstattet: Ware, Versand, Zoll und Steuern. Stimmt etwas mit der Lieferung nicht oder kommt sie nicht an, melden Sie es auf der Bestellseite, Position für Position und mit Bildern: Das Geld wartet, bis der Verkäufer geantwortet hat, und wenn Sie sich nicht einigen, entscheidet der Shop. Wo Sie nach dem Recht Ihres Landes einen Kauf ohne Angabe von Gründen widerrufen können, steht auf der Bestellseite, bis wann und wie.
info-returns-refund = Wie erstattet wird
info-returns-refund-text =
    Eine Erstattung richtet sich nach den Beträgen Ihrer Bestellung, nie nach neueren Kursen oder Regeln. Sie geht auf die Karte zurück, mit der Sie bezahlt haben.
info-selling-title = Shop eröffnen
info-selling-lead = Verkaufen Sie auf { $shop } in jedes Land, dessen Regeln hier bekannt sind. Käufer sehen einen Preis; Sie sehen jeden Teil davon.
info-selling-start = So fangen Sie an
info-selling-start-text =
    Der Betreiber von { $shop } nimmt Bewerbungen an oder lädt Verkäufer ein. Danach laden Sie die Produktdatei hoch, die Sie schon haben: Aus Shopify exportierte Dateien werden unverändert gelesen.
    Geben Sie jedem Artikel seine Zolltarifnummer und sein Ursprungsland. Was fehlt, steht in einer Liste; ins Ausland verkauft wird, sobald es da ist.
info-selling-fees = Gebühren und Provision
info-selling-fees-text =
    Ein Teil des Warenpreises wird als Provision einbehalten, wenn eine Bestellung abgeschlossen ist; Ihre Vereinbarung nennt ihn. Das Einstellen kostet nichts. Die Provision steht für jede Bestellung im Moment des Verkaufs fest.
info-selling-customs = Zoll und Steuern
info-selling-customs-text =
    Zoll und Steuern werden mit jeder Bestellung berechnet und zurückgelegt. Versandetiketten, Sendungsnummern und Zollformulare werden für Sie erstellt.
info-about-title = Über uns
info-about-lead = { $shop } läuft mit Entrepot, einer quelloffenen Plattform für den grenzüberschreitenden Handel.
info-about-what = Was das ist
info-about-what-text =
    Ein Entrepôt ist ein Hafen, in dem Waren von überall her angenommen, gelagert und weitergeschickt werden. Entrepot ist das Programm, mit dem man einen solchen Hafen betreibt: Shop, Marktplatz, Verkäuferportal und Buchhaltung in einem.
info-about-open = Quelloffen
info-about-open-text =
    Das Programm ist freie Software unter den Lizenzen MIT und Apache 2.0. Jede Regel hinter einem Preis kann nachgelesen werden.
info-accessibility-title = Barrierefreiheit
info-accessibility-lead = Jede Seite ist mit Tastatur, Screenreader, großer Schrift, im Dunkeln und ohne Skripte bedienbar.
info-accessibility-what = Was wir tun
info-accessibility-what-text =
    Die Seiten bestehen aus einfachen, beschrifteten Teilen. Nichts wird allein durch Farbe ausgedrückt. Bewegung hält an, wenn Ihr System es verlangt. Text lässt sich auf das Doppelte vergrößern.
info-accessibility-tell = Sagen Sie es uns
info-accessibility-tell-text =
    Wenn sich etwas nicht bedienen lässt, schreiben Sie dem Betreiber dieses Shops und nennen Sie die Seite.
info-privacy-title = Datenschutz
info-privacy-lead = Was über Sie gespeichert wird, warum und wie lange.
info-privacy-cookies = Cookies
info-privacy-cookies-text =
    Cookies speichern Zielland, Währung, Sprache und Farbschema, Ihren Warenkorb, Ihre Anmeldung, dass Sie sich auf diesem Gerät schon angemeldet haben, und ein Kennzeichen gegen gefälschte Formulare. Es gibt keine Werbe-Cookies und kein Tracking durch andere.
info-privacy-data = Ihre Bestellungen
info-privacy-data-text =
    Name, Adresse und Telefonnummer gehen an den Verkäufer, den Paketdienst und den Zoll, weil ein Paket ohne sie nicht reisen kann. Kartennummern gelangen nie in die Datenbank dieses Shops.
info-privacy-delete = Löschen
info-privacy-delete-text =
    Adressen können Sie in Ihrem Konto jederzeit entfernen. Unter „Anmeldung und Sicherheit“ laden Sie alles herunter, was über Sie gespeichert ist, oder löschen Ihr Konto; die Seite sagt, was bleibt und warum. Sitzungen speichern den Namen des Browsers und die Netzwerkadresse, solange sie bestehen.
imprint-lead = Wer für { $shop } verantwortlich ist und wie Sie uns erreichen.
imprint-legal = Rechtlich verantwortlich
imprint-contact = Kontakt
imprint-none = Der Inhaber des Shops hat das noch nicht ausgefüllt.
not-sold-there = Der Shop verkauft nicht in dieses Land. Wählen Sie ein anderes Zielland.

# Konto eröffnen, Einladungen, und für wen man handelt.
register-sent-text = Eine Nachricht an { $email } ist unterwegs. Ihr Link gilt einmal, einen Tag lang. Nichts da? Sehen Sie im Spam-Ordner nach; nach mehreren Nachrichten in einer Stunde werden keine weiteren gesendet, und die letzten bleiben gültig.
register-no-mail = Dieser Shop verschickt zurzeit keine E-Mails, es kommt also kein Link von selbst. Der Betreiber des Shops kann ihn Ihnen geben: Fragen Sie dort nach. Sie können auch ohne Konto kaufen.
register-how = Wir senden einen Link an diese Adresse. Damit wählen Sie Ihren Namen und Ihr Passwort.
register-confirm-text = { $email } ist bestätigt. Wählen Sie, was das Konto noch braucht.
register-over-text = Er wurde benutzt, ist älter als ein Tag, oder zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an oder fordern Sie einen neuen Link an.
send-again = Erneut senden
go-on = Weiter
track-send = Link senden
track-sent-text = Wenn mit dieser E-Mail-Adresse eine Bestellung mit dieser Nummer aufgegeben wurde, ist ein Link dorthin unterwegs. Nichts da? Sehen Sie im Spam-Ordner nach oder prüfen Sie die Nummer; nach mehreren Nachrichten in einer Stunde werden keine weiteren gesendet, und die letzten Links bleiben gültig.
track-no-mail = Dieser Shop verschickt zurzeit keine E-Mails, es kommt also kein Link. Melden Sie sich an, wenn Sie mit einem Konto gekauft haben, oder wenden Sie sich an den Betreiber des Shops.
track-another = Andere Bestellung suchen
invitation-text = Wenn Sie zusagen, handeln Sie ab dann für diese Organisation; Sie können sie jederzeit verlassen. Bis dahin ändert sich nichts.
invitation-for = Für
invitation-other = Sie sind als { $email } angemeldet. Melden Sie sich ab und dann mit der eingeladenen Adresse wieder an.
invitation-sign-in = Zum Antworten anmelden
invitation-register = Konto eröffnen und annehmen
invitation-register-text = Wählen Sie einen Namen und ein Passwort für { $email }.
invitation-over = Diese Einladung gilt nicht mehr
invitation-over-text = Sie wurde beantwortet, zurückgezogen oder ersetzt oder ist älter als sieben Tage. Bitten Sie um eine neue.
invitation-declined = Abgelehnt
invitation-declined-text = Für Sie hat sich nichts geändert. Die Einladung ist gelöscht.
keep = Behalten
acting-text = Wählen Sie, für wen Sie jetzt handeln. Die nächste Anmeldung beginnt dort, wo Sie zuletzt waren.
acting-none = Sie handeln für sich selbst. Wenn Sie jemand einlädt, wird es hier angezeigt.
acting-leave-title = { $name } verlassen?
acting-leave-text = Sie handeln nicht mehr für diese Organisation, sofort und auf jedem Gerät. API-Schlüssel, die Sie für sie erstellt haben, werden gesperrt, Einladungen von Ihnen zurückgezogen. Um zurückzukommen, müssen Sie wieder eingeladen werden.
acting-last-owner = Sie sind der einzige Inhaber. Bestimmen Sie zuerst einen weiteren.
acting-declined = Abgelehnt. Es hat sich nichts geändert.
acting-over = Diese Einladung wurde beantwortet, zurückgezogen oder geändert oder ist zu alt.
acting-left = Sie haben die Organisation verlassen.
order-link-hint-no-mail = Diese Seite öffnet sich mit ihrem Link. Bewahren Sie ihn auf: Dieser Shop verschickt zurzeit keine E-Mails.
apply-title = Hier verkaufen
apply-text = Sagen Sie uns, wer Sie sind und was Sie anbieten. Sie erhalten eine Eingangsbestätigung per E-Mail und dann eine Antwort.
apply-name = Name Ihres Shops
apply-name-hint = So, wie Käufer ihn sehen sollen.
apply-legal-name = Rechtlicher Name
apply-phone = Telefon (optional)
apply-website = Website (optional)
apply-country = Wo Sie ansässig sind
apply-currency = Währung Ihrer Auszahlungen
apply-goods = Was Sie verkaufen möchten
apply-goods-hint = Art der Waren, wo sie hergestellt werden und wo sie lagern.
apply-how = Hier verkauft niemand, bevor der Shop zugestimmt hat. Mit diesem Formular wird kein Konto eröffnet.
apply-send = Bewerbung absenden
apply-sent-title = Ihre Bewerbung ist unterwegs
apply-sent-text = Eine Eingangsbestätigung geht an { $email }, die Antwort ebenso. Nichts da? Sehen Sie im Spam-Ordner nach.
apply-sent-no-mail = Dieser Shop verschickt zurzeit keine E-Mails; er antwortet { $email } auf anderem Weg.
apply-closed = Dieser Shop nimmt zurzeit keine Bewerbungen an. Schreiben Sie ihm, wenn Sie trotzdem hier verkaufen möchten.


# Reklamationen
claim-object = Etwas stimmt nicht
claim-object-text = Sagen Sie, was mit welchen Stücken nicht stimmt. Das Geld für dieses Paket wartet solange. Der Verkäufer antwortet innerhalb von drei Tagen; tut er es nicht oder sind Sie nicht einverstanden, entscheidet der Shop.
claim-object-send = An den Verkäufer senden
claim-give-back = Zurückgeben
claim-give-back-text = Sie müssen keinen Grund nennen. Danach sehen Sie, wohin Sie die Ware senden. Das Geld für die Stücke geht zurück, wenn sie angekommen sind, und der Versand dazu, wenn Sie alles aus diesem Paket zurückgeben.
claim-give-back-send = Zurückgeben
claim-right = Sie können den Kauf bis { $until } ohne Angabe von Gründen widerrufen ({ $source }).
claim-right-buyer-pays = Die Kosten der Rücksendung tragen Sie.
claim-right-seller-pays = Die Rücksendung sollte Sie nach diesem Gesetz nichts kosten: Fragen Sie den Verkäufer, bevor Sie sie abschicken.
claim-which-pieces = Welche Stücke?
claim-of-pieces = { $n ->
    [one] { $n } Stück
   *[other] { $n } Stück
 }
claim-what-is-wrong = Was stimmt nicht?
claim-words = Was ist passiert?
claim-words-optional = Möchten Sie etwas dazu sagen? (freiwillig)
claim-pictures = Bilder (höchstens { $n })
claim-pictures-hint = JPEG, PNG, WebP oder GIF, je bis 20 MB. Nur Sie, der Verkäufer und der Shop sehen sie; Ort und Kamera werden entfernt.
claim-less-by = Günstiger: um wie viel ({ $currency })
claim-back = Zurück zur Bestellung
claim-nothing-left = Aus diesem Paket ist nichts mehr zu reklamieren: Es steht in einer anderen Reklamation oder wurde zurückgegeben.
claim-of-order = Reklamation zu Bestellung { $number }
claim-send-title = Zurücksenden
claim-send-text = Legen Sie einen Zettel mit der Bestellnummer { $number } in das Paket.
claim-carrier = Paketdienst
claim-tracking = Sendungsnummer
claim-send-done = Ist unterwegs
claim-ask-title = Sie sind nicht einverstanden?
claim-ask-words = Was sollte der Shop wissen?
claim-ask = Den Shop entscheiden lassen
claim-take-back = Reklamation zurückziehen
claim-error-kind-required = Wählen Sie, was nicht stimmt.
claim-error-words-required = Schreiben Sie, was passiert ist.
claim-error-pieces-required = Geben Sie an, von welcher Position wie viele Stück.
claim-error-carrier-required = Geben Sie den Paketdienst an.
claim-error-tracking-required = Geben Sie die Sendungsnummer an.
claim-error-whole-number = Geben Sie eine ganze Stückzahl ein.
claim-error-not-in-order = Nennen Sie jede Position dieses Pakets nur einmal.
claim-error-too-long = Das ist zu lang.
claim-error-too-many-pictures = Senden Sie höchstens sechs Bilder.
claim-error-picture = Ein Bild ist nicht lesbar: Senden Sie JPEG, PNG, WebP oder GIF mit höchstens 20 MB.
claim-error-one-line = Ein Preisnachlass kann nur für eine Position auf einmal verlangt werden.
claim-error-amount-format = Geben Sie einen Betrag über null ein, der nicht höher ist als der Preis der Stücke.
claim-error-too-many-pieces = So viele Stück sind nicht mehr da: Einige stehen in einer anderen Reklamation oder wurden zurückgegeben.
claim-error-too-many-claims = Zu diesem Paket gab es schon so viele Reklamationen, dass keine weitere möglich ist. Schreiben Sie dem Shop.
claim-error-not-disputable = Reklamieren lässt sich nur, was bezahlt und nicht storniert ist.
claim-error-not-arrived-yet = Als fehlend melden können Sie es erst nach dem letzten zugesagten Liefertag.
claim-error-not-delivered = Dieses Paket ist noch nicht zugestellt.
claim-error-claim-window-over = Die Frist dafür ist abgelaufen. Schreiben Sie dem Shop.
claim-error-no-withdrawal = In Ihrem Land gibt es kein gesetzliches Recht, solche Käufe ohne Angabe von Gründen zu widerrufen.
claim-error-claim-settling = Das Geld dafür wird bereits erstattet.
claim-error-wrong-step = Die Reklamation ist inzwischen weiter. Sehen Sie sie noch einmal an.
confirm-ask-title = Ist alles angekommen?
confirm-ask-text = Bestätigen Sie erst, wenn alles da und in Ordnung ist. Die { $amount }, die wir verwahren, gehen dann an die, die es verkauft und befördert haben.
confirm-ask-yes = Ja, alles ist da
confirm-ask-no = Nein, zurück zur Bestellung
amend-asked = { $who } schlägt eine Änderung vor
amend-asked-text = Es ändert sich nichts, solange Sie nicht zustimmen. Antworten Sie bis { $until }; sonst bleibt die Bestellung, wie sie ist.
amend-asked-why = Grund
amend-asked-link = Vorschlag ansehen
amend-asked-no = Nein, so lassen
amend-asked-yes = Ja, ändern
amend-asked-yes-more = Ja, und { $amount } zahlen
amend-asked-yes-back = Ja, { $amount } zurück
amend-asked-after = Eine eigene Änderung ist möglich, sobald Sie geantwortet haben.
amend-asked-over = Die Bestellung wurde inzwischen verpackt oder geändert, der Vorschlag kann nicht mehr ausgeführt werden.
amend-open = Bestellung ändern
amend-title = Bestellung ändern
amend-text = Was noch nicht verpackt ist, kann geändert werden: mehr oder weniger Stück, ein anderer Versand, Artikel aus Ihrem Warenkorb. Was Sie gekauft haben, behält seinen Preis; Versand, Zoll und Steuern werden neu berechnet. Sie sehen, was es kostet, bevor sich etwas ändert.
amend-does = So wird die Bestellung
amend-back = Bekommen Sie zurück
amend-held = { $n ->
    [one] Diese Preise und Artikel sind eine Minute für Sie reserviert.
   *[other] Diese Preise und Artikel sind { $n } Minuten für Sie reserviert.
}
amend-do = Bestellung ändern
amend-do-more = Bestellung ändern und { $amount } zahlen
amend-do-back = Bestellung ändern, { $amount } zurück
amend-leave = Bestellung so lassen
amend-waits = Eine Änderung wartet auf { $amount }
amend-waits-text = An der Bestellung ändert sich nichts, bis bezahlt ist. Wird nicht rechtzeitig bezahlt oder die Bestellung vorher verpackt, bleibt sie, wie sie ist.
amend-pay = Jetzt zahlen
amend-basket = Artikel aus Ihrem Warenkorb hinzufügen
amend-basket-empty = Um etwas hinzuzufügen, legen Sie es zuerst in den Warenkorb und kommen Sie hierher zurück.
amend-back-to-order = Zurück zur Bestellung
amend-due = Änderung bezahlen
amend-due-text = { $amount } sind bis { $until } zu zahlen. Die Bestellung ändert sich, wenn das Geld da ist; sonst bleibt sie, wie sie ist.
amend-see = Änderung ansehen
amend-paying = Die Zahlung für die Änderung Ihrer Bestellung wird bearbeitet.

# Vor der Eröffnung.
opening-soon = Bald geöffnet
opening-soon-text = Dieser Shop nimmt noch keine Bestellungen an. Ihr Warenkorb bleibt 60 Tage erhalten; kommen Sie wieder, sobald geöffnet ist.
opening-soon-ask = Fragen?
not-selling = Zurzeit keine Bestellungen
not-selling-text = Dieser Shop kann im Moment keine Zahlungen annehmen oder keine Pakete verschicken. Ihr Warenkorb bleibt 60 Tage erhalten.
test-order = Testbestellung
test-order-text = Der Shop ist nicht geöffnet. Was Sie hier bestellen, ist ein Test der eigenen Leute: Prüfen Sie Zahlung und E-Mails, dann stornieren Sie.
test-order-end = Von den eigenen Leuten vor der Eröffnung bestellt. Stornieren Sie, damit das Geld zurückgeht und die Ware wieder frei ist.
told-by-seller = Vom Verkäufer mitgeteilt
told-by-operator = Vom Shop mitgeteilt

# What several surfaces say.

arrives-window = Arrives <b>{ $window }</b>
ships-from = from { $country }
sku = SKU { $sku }
chart-port = Ningbo
chart-day = day { $n }
in-categories = In categories
at-your-door-in = At your door, { $country }
picture-n = Picture { $n }
quantity = Quantity
address-format-for = Address format for { $country }
country-hint = Another country changes the form below and every price.
pieces = { $n ->
    [one] { $n } piece
   *[other] { $n } pieces
}
problems-form = { $n ->
    [one] One thing to fix.
   *[other] { $n } things to fix.
}
parcel-n-of = Parcel { $n } of { $total }
shipment-n-of = Shipment { $n } of { $total }, in { $parcels } parcels
parcel-arrives = Arrives
stop-done = Done
stop-now = Now
stop-next = Still to come
way-union-eu = the EU
event-placed = Order placed
event-paid = Payment received
event-labelled = Label printed
event-accepted = Handed to the carrier
event-export-declared = Declared for export
event-export-released = Export cleared
event-departed = Departed
event-arrived = Arrived
event-import-declared = Declared for import
event-import-held = Held by customs
event-import-released = Import cleared
event-out-for-delivery = Out for delivery
event-attempted = Delivery attempted
event-delivered = Delivered
event-lost = Reported lost
event-returned = Sent back
quantity-times = { $n } × { $options }
refunded-amount = Paid back
take-out-goods = Goods
take-out-tax = Tax
take-out-before = Given back before
take-out-goes-back = Goes back
take-out-open = Take something out
take-out-title = Take something out of the order
take-out-text = What is not packed yet can be taken out: fewer pieces, or a whole line. It is not sent, and its money goes back the way it came.
take-out-which = Which pieces?
take-out-of = { $n ->
    [one] One can be taken out
   *[other] Up to { $n } can be taken out
}
take-out-reason = Why, as the buyer is told
take-out-look = See what goes back
take-out-does = This is taken out
take-out-told = The buyer is told why: { $reason }.
take-out-delivery-stays = Delivery is paid back only when a whole parcel is taken out; the rest is still sent.
take-out-ends = { $n ->
    [one] Nothing is left of one parcel: it is called off, and its delivery goes back, too.
   *[other] Nothing is left of { $n } parcels: they are called off, and their delivery goes back, too.
}
take-out-do = Take it out, { $amount } back
take-out-keep = Leave the order as it is
take-out-nothing = Nothing can be taken out any more: it is packed, called off or not paid.
take-out-taken = { $n ->
    [one] one taken out
   *[other] { $n } taken out
}
take-out-why-changed-mind = not wanted any more
take-out-why-out-of-stock = out of stock
take-out-why-damaged = damaged before it was sent
take-out-why-cannot-be-sent = cannot be sent to this address
take-out-why-buyer-asked = the buyer asked for it
take-out-error-required = Choose at least one piece.
take-out-error-whole-number = Write a whole number of pieces.
take-out-error-out-of-range = Write a whole number of pieces, at least 1.
take-out-error-too-many-pieces = So many pieces are not left in the order.
take-out-error-already-packed = This has been packed meanwhile: nothing can be taken out any more. It can be given back when it has arrived.
take-out-error-not-paid = The order is not paid: call it off and order again what you want.
take-out-error-unknown-choice = Choose a reason from the list.
given-back = What goes back
given-back-taken-out = Taken out
given-back-cancelled = Called off
given-back-written-off = Never arrived
given-back-pieces = Pieces given back
given-back-delivery = Delivery given back
given-back-reduction = Lower price
given-back-consignment = A parcel given back
given-back-goodwill = Goodwill
placed = Placed
password-hint = At least eight characters; twelve or more are better. Three or four words are good.
email-format = An email address looks like name@example.com.
order-number-label = Order number
address-name = Full name
address-organisation = Company
address-street = Street and house number
address-street2 = Flat, floor, building
address-district = District
address-city = City
address-region = Region
address-postcode = Postcode
address-phone = Phone for the courier
address-phone-hint = Only used on the delivery day and by customs.
address-tax-number = Tax number
tax-number-hint = Customs asks for it.
called-zip = ZIP code
called-eircode = Eircode
called-pin = PIN code
called-cep = CEP
called-state = State
called-province = Province
called-prefecture = Prefecture
called-county = County
called-emirate = Emirate
called-area = Area
called-commune = Commune
called-barangay = Barangay
called-subdistrict = Subdistrict
called-townland = Townland
called-suburb = Suburb
called-town = Town
called-ward = Ward
called-district = District
called-neighbourhood = Neighbourhood
problem-required = Enter this: { $field }.
problem-too-long = This is too long for a parcel label: { $field }.
problem-postcode-format = This is not a postcode of { $country }. An example: { $example }.
problem-other-destination = { $field }: the order was priced for another place. Call it off and order again to have it sent there.
problem-unknown-region = Choose one from the list: { $field }.
problem-phone-format = A phone number has 5 to 20 digits and may begin with +.
problem-email-format = An email address looks like name@example.com.
problem-tax-number-format = This number is not complete or has a wrong check digit: { $field }.
problem-address = The address needs another look.
email-known = There is an account with this email already. Sign in, then answer.
role-seller-owner = Owner
role-seller-staff = Staff
role-admin = Administrator
role-operations = Operations
role-finance = Finance
role-service = Service
invitation = Invitation
invitation-from = { $name } invites you
invitation-as = As
invitation-by = Invited by
invitation-until = Good until
accept = Accept
decline = Decline
acting-for = For whom you act
acting-myself = Yourself
acting-myself-text = Buying, your own orders and addresses.
acting-now = Now
acting-choose = Act for
acting-leave = Leave
field-required = This field is needed.
field-too-long = This is too long.
field-password-length = Choose 8 to 200 characters. Twelve or more are better: three or four words are good.
field-password-common = This password is among the first that anybody tries. Choose three or four words instead.
field-password-context = Leave out your name, your email and the shop’s name. Choose three or four other words.
field-password-wrong = This is not the password of this account.
field-code-wrong = This code is not right, was used, or is too old. Type the one that is shown now.
field-passkey-wrong = This passkey was not accepted. Try again, or sign in another way.
field-no-passkeys = Passkeys need a shop with a domain name and TLS.
field-too-many-passkeys = You have twenty passkeys. Remove one first.
field-totp-exists = You have an authenticator app already. Remove it first.
field-totp-none = There is no authenticator app.
field-no-factor = Add an authenticator app or a passkey first.
field-no-mail = This shop sends no mail at present, so another email cannot be confirmed.
field-last-owner = You are the last owner of an organisation. Name another owner first, then erase your account.
field-orders-open = An order of yours is still under way. Erase the account when it is complete or called off.
error-too-many-attempts = There were too many attempts. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
passkey-sign-in = Sign in with a passkey
security-title = Sign-in & security
new-password = New password

journey-of-parcel = Journey of the parcel
passkey-failed = The passkey was not used. Try again, or sign in another way.
field-phone-format = Write a telephone number such as +49 30 1234567.
field-url-format = Write an address that begins with https://, or nothing.
field-format = This cannot be read.


# Claims
claim-about = About
claim-wish = Asked for
claim-refunded = Goes back
claim-rule = By right of
claim-restocked = { $n } back on the shelf
claim-picture-n = Picture { $n } of the claim
claim-return-to = Goes back to
claim-sent-with = Sent back with
claim-story = What happened
claim-kind-not-arrived = Not arrived
claim-kind-damaged = Damaged
claim-kind-not-as-described = Not as described
claim-kind-wrong-item = The wrong thing
claim-kind-missing-pieces = Something is missing
claim-kind-withdrawal = Given back without a reason
claim-kind-other = Something else
claim-wish-money-back = Money back
claim-wish-lower-price = Keep it for less
claim-wish-lower-price-by = Keep it for { $amount } less
claim-state-open = Waits for the seller
claim-state-refused = The seller says no
claim-state-escalated = The shop decides
claim-state-returning = To be sent back
claim-state-sent = On its way back
claim-state-settling = Being paid back
claim-outcome-refunded = Paid back
claim-outcome-reduced = Price lowered
claim-outcome-withdrawn = Taken back
claim-outcome-refused = Refused
claim-outcome-dismissed = Dismissed
claim-outcome-not-returned = Not sent back
claim-next-open = The seller answers by { $until }. After that the shop decides.
claim-next-refused = The buyer can ask the shop to decide until { $until }. After that the claim is closed.
claim-next-refused-buyer = You can ask the shop to decide until { $until }. After that the claim is closed.
claim-next-escalated = The shop means to decide by { $until }.
claim-next-returning = The buyer sends it back by { $until }. After that the claim is closed.
claim-next-returning-buyer = Send it back by { $until } and write its tracking number here. After that the claim is closed.
claim-next-sent = The seller confirms that it came. Without a word the money goes back on { $until }.
claim-next-settling = The money is about to go back.
claim-next-closed-refunded = { $amount } goes back to the buyer.
claim-next-closed-reduced = The price was lowered: { $amount } goes back to the buyer.
claim-next-closed-withdrawn = The buyer took the claim back.
claim-next-closed-refused = The seller said no, and the shop was not asked.
claim-next-closed-dismissed = The shop decided that nothing goes back.
claim-next-closed-not-returned = Nothing was sent back in time.
claim-who-buyer = Buyer
claim-who-seller = Seller
claim-who-operator = Shop
claim-who-house = By itself
claim-deed-opened = opened the claim
claim-deed-agreed = agreed
claim-deed-refused = refused
claim-deed-escalated = asked the shop to decide
claim-deed-unanswered = no answer in time, the shop decides
claim-deed-contested = objects, the shop decides
claim-deed-decided = decided
claim-deed-sent = sent it back
claim-deed-received = confirmed that it came
claim-deed-receipt-by-clock = taken for received
claim-deed-withdrawn = took the claim back
claim-deed-not-asked = closed, nobody asked the shop
claim-deed-not-returned = closed, nothing was sent back
claim-deed-cannot-be-paid = this was given back already, the shop decides
given-back-amended = Order changed
take-out-credited = Counts for what comes instead
supply-made = { $n ->
    [one] Made to order in { $n } working day
   *[other] Made to order in { $n } working days
}
supply-preorder = Pre-order, ships from { $day }
supply-kind-made = Made to order
supply-kind-preorder = Pre-order

amend-parcel = From { $country }
amend-new-total = At your door, all in
amend-more = To pay
amend-same = Nothing to pay
amend-which = What shall be sent?
amend-now = { $n ->
    [one] One piece now; 0 leaves it out
   *[other] { $n } pieces now; 0 leaves it out
}
amend-look = See what it costs
amend-nothing = Nothing can be changed any more: it is packed, called off or not paid.
amend-error-nothing-changed = This is the order as it is: change something first.
amend-error-nothing-left = Nothing would be left of what is not packed: call it off instead.
amend-error-out-of-range = Write a whole number of pieces, 0 or more.
amend-error-whole-number = Write a whole number of pieces.
amend-error-out-of-stock = There are not so many left.
amend-error-not-sendable = Something of it cannot be sent there, or is not on sale any more. Take it out of your basket, or leave it as it is.
amend-error-not-in-order = This line cannot be changed any more.
amend-error-nothing-to-amend = Nothing waits to be packed any more: what is packed cannot be changed.
amend-error-amendment-waits = A change of this order waits for its payment: pay it, or take it back first.
amend-error-amendment-over = The time of this offer is over. Look again what the change costs now.
amend-error-amendment-done = This change is paid or carried out already.
amend-error-already-packed = The order has changed meanwhile: look at it, and change it anew.
amend-error-given-back-before = Part of the price was given back before, so this parcel stays as it is. Something can still be taken out of it.
amend-error-payment-pending = A payment for this change is being worked on. Wait a moment.
amend-error-too-many-lines = So many different goods do not fit into one order.
amend-before = Until now
amend-after = Then
amend-none = Nothing.
amend-costs = What it costs, until now and then
amend-part = Part of the price
amend-error-amendment-open = Another change of this order waits for the buyer’s answer.
amend-error-not-sold-by-you = Only goods that you sell yourself can be proposed.
amend-error-buyers-address = Where an order goes is the buyer’s to say.
amend-error-unknown-sku = You have nothing on sale with this SKU.
amend-error-unknown-choice = Choose a reason: the buyer is told.
amend-error-too-long = Write at most 500 characters.
amend-error-order-unknown = Nothing of this order can be changed by you.
ask-add = Add to your order
ask-change = Change what you wrote
ask-change-text = You can change this until something of the order is packed.
ask-delivery-note = Note for the delivery
ask-gift-message = Gift message
ask-keep = Keep it as it is
ask-letters = { $most } characters at most
ask-personalisation = Personalisation
ask-reference = Your reference
ask-save = Save
ask-ticked = Yes
ask-title = For this order
ask-wrong-in-one-line = “{ $label }” goes into one line, without control characters.
ask-wrong-required = Fill in “{ $label }”.
ask-wrong-too-long = Write { $most } characters or less under “{ $label }”.
ask-wrong-unknown-choice = Choose one of the list under “{ $label }”.

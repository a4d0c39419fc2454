# Storefront.
to-country = to { $country }
sold-by = Sold by <b>{ $seller }</b>

home-title = The price at your door
home-description = Things from everywhere, with delivery, duty and tax for your country already in the price.
home-headline = One price.<br>At your door.
home-promise = Goods, freight, duty and tax for { $country }, worked out before you pay. Nothing to settle with the courier.
home-shop-week = Shop what arrives soonest
home-see-how = See how it is worked out
rail-soon = At your door soonest
rail-soon-text = Already close to { $country }, or on the fastest route there.
rail-far = Worth a week’s wait
rail-far-text = Sent by the people who make them. Duty and tax are already in the price.
rail-new = New in
rail-new-text = Listed in the last days, priced to { $country }.
home-how-title = The door price, taken apart
home-how-text = { $product } costs { $price } in { $country }. Here is every part of it, the rule behind each part and the day that rule took effect.
home-estimates-link = How estimates and guarantees differ
home-empty-title = Nothing is on sale here yet
home-empty-text = As soon as the first products are imported, they appear here with their price at your door.
home-feature-text = Things by { $seller }, sent from { $country }. Every price below is what you pay at your door.
visit-seller = See everything by { $seller }
promise-duty = A guaranteed door price is final. Extra charges at the border are paid by the merchant named on your order.
promise-escrow-title = Money held until it arrives
promise-escrow = What you pay is kept in escrow and goes to the seller only after delivery.
promise-quote-title = Prices held while you pay
promise-quote = At checkout your price, the exchange rate, the duty rules and the stock are held: for 30 minutes, for 10 when few are left.
promise-sellers-title = Named sellers
promise-sellers = Each item shows who owns the stock, who ships it and who is legally selling it to you.

search-title = Everything, priced to { $country }
search-results = { $n ->
    [0] Nothing found, priced to { $country }.
    [one] { $n } result, priced to { $country }.
   *[other] { $n } results, priced to { $country }.
}
search-for = Results for “{ $query }”
search-description = { $title }, with the price at your door in { $country } and the day it arrives.
sort-by = Sort by
sort-relevance = Relevance
sort-door-price = Door price, low to high
sort-arrival = Arrival, soonest first
sort-newest = Newest first
apply = Apply
filters = Filters
remove-filter = Remove this filter
clear-all = Clear all
facet-price = Door price to { $country }
facet-arrives = Arrives within
facet-category = Category
facet-from = Ships from
facet-seller = Seller
up-to-in = Up to, in { $currency }
at-least-in = From, in { $currency }
price-spread = Door prices from { $least } to { $most }, and how many goods cost that
any-time = Any time
within-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
any-category = All
chip-max = Up to { $amount }
chip-min = From { $amount }
chip-days = Within { $n } days
show-results = Show results
pages = Pages
first-page = First page
next-page = Next
shown-of = { $n } of { $total }
search-empty-title = Nothing for “{ $query }”
search-empty-title-filter = Nothing matches these filters
search-empty-text = Nothing that matches can be sent to { $country } at the moment.
search-without-filters = Search without filters
search-everything = Show everything
searches = Searches

product-description = { $title }: { $price } at your door in { $country }, with delivery, duty and tax. Arrives { $window }.
breadcrumb = Breadcrumb
not-sold-to = This cannot be sent to { $country }
delivery-with-door-price = Delivery, with door price
delivery-not-possible = Not possible: { $reason }
delivery-points = { $carrier }, { $n } tracking points
when-it-comes = When it will come
when-it-comes-text = Handed over within { $hours } hours in { $country }, then the days this service takes. The bars show how deliveries spread over the window.
when-it-comes-later = { $supplied }. Handed over in { $country } by { $day }, then the days this service takes. The bars show how deliveries spread over the window.
likely-by-day = Likelihood of arrival by day
likely-share = { $n } of 100
add-to-basket = Add to basket
few-left = { $n ->
    [one] { $n } piece left
   *[other] { $n } pieces left
}
sold-out = Sold out
who-marketplace = { $seller } owns the stock, ships it from { $country } and is the seller of record.
who-platform = { $seller } owns the stock, sells it and ships it from { $country }.
who-fulfilled = { $seller } owns the stock and is the seller of record. { $platform } packs and ships it from { $country }.
who-does-what = Who does what
in-short = In short
fact-weight = Weight with packing
fact-origin = Country of origin
fact-tariff = Tariff line
fact-customs = For customs
fact-barcode = Barcode
fact-brand = Brand
other-sellers = All offers for this item
how-featured = How the featured offer is chosen
featured-cheapest = Featured: lowest door price
offer-dearer = { $amount } more at the door
offer-variant = { $options }
ships-from-label = Ships from
arrives-label = Arrives
in-view = In view
view-offer = View offer
similar = Similar things

basket-title = Basket
basket-summary = { $n ->
    [one] { $n } piece, priced to { $country }.
   *[other] { $n } pieces, priced to { $country }.
}
keep-shopping = Keep shopping
basket-repriced = Re-priced for { $country }
change-price = { $title }: { $before } is now { $after } at your door.
change-lost = { $title } cannot be sent there. It stays in your basket.
change-back = { $title } can be sent there again, for { $after }.
basket-added = Added to your basket.
from-place = From { $place }
quantity-of = Quantity of { $product }
remove-product = Remove { $product }
update = Update
cannot-be-sent = Cannot be sent to { $country }
your-door-price = Your door price
to-checkout = To checkout
basket-note = Prices are held once you are at checkout with your address: for 30 minutes, for 10 when few are left.
nothing-sendable = Nothing in this basket can be sent to { $country }.
basket-empty-title = Your basket is empty
basket-empty-text = Things you add stay here for 60 days and follow you when you change country.
line-of = { $options }, { $seller }

checkout = Checkout
checkout-summary = { $parcels ->
    [one] One parcel, one payment.
   *[other] { $parcels } parcels, one payment.
}
back-to-basket = Back to basket
where-it-goes = Where it goes
saved-addresses = Saved addresses
another-address = Another address
order-address-change = Change the address
order-address-title = Where the order goes
order-address-text = It can go to another door in {$country} while nothing of it is packed. To another country or region, call it off and order again: price, duty and tax were worked out for this one.
order-address-keep = Leave it as it is
use-address = Use this address
email-for-updates = Email for updates
how-it-travels = How it travels
update-prices = Update prices
delivery-from = Delivery from { $place }
door-price-of = { $amount } at your door
crosses-border = This parcel crosses a border. It is declared with your name and phone number, and duty and tax are handled as shown.
lost-take-out = Take these out of your basket to go on with the rest.
take-out = Take them out
checkout-blocked = The price is shown as soon as everything in the basket can be sent.
delivery-changed = A delivery you chose is no longer offered. Choose again.
not-sendable-text = Something in your basket cannot be sent there. Take it out first.
how-you-pay = How you pay
paid-in = Paid in { $currency }
card-number = Card number
sandbox-cards = Test mode: no money moves. 4242 4242 4242 4242 is accepted.
sandbox-more-cards = Cards that behave otherwise
card-ok = Accepted
card-declined = Declined
card-no-funds = Not enough money
card-3ds = The bank asks back (3-D Secure)
card-late = Confirmed a little later
pay-on-page = Card and more
pay-on-page-detail = On the payment provider’s own page, which opens next. This shop never sees your card number.
to-provider = On to the payment page
to-provider-text = You pay { $amount } on the payment provider’s own page and come back here afterwards. If it does not open by itself, press the button.
to-provider-go = Go to the payment page
pay-amount = Pay { $amount }
checkout-terms = You buy from { $sellers }. The money is held until each parcel is delivered.
problems-to-fix = { $n ->
    [one] One thing to fix before paying.
   *[other] { $n } things to fix before paying.
}
price-changed = The price at your door changed from { $before } to { $after } while you filled in the form. Look at it and pay again if it suits you.
quote-expired-text = The time for which the prices were held is over. These are today’s prices.
held-until = Price, exchange rate and stock are held until { $time }.
payment-declined = The bank declined the payment. No money was taken. Try another card.
payment-insufficient-funds = There is not enough money on this card. No money was taken. Try another card.
payment-refused = You did not approve the payment. No money was taken.
payment-amount = This amount cannot be paid in this currency. No money was taken. Order in another currency.
payment-card-unknown = This card number is not known in test mode. Use one of the numbers below.
payment-card-needed = Enter a card number.
payment-outage = The payment service does not answer. Your order is kept; try again in a minute.
payment-differs = The payment service took another amount than this order costs. It goes back to you by itself. Please pay again.
bank-asks = Your bank asks: is this you?
bank-asks-text = { $shop } wants to take { $amount } from your card. In test mode you play the bank’s part.
approve-payment = Approve
refuse-payment = Refuse

order-number = Order { $number }
order-summary = { $parcels ->
    [one] Placed { $date }. One parcel to { $country }.
   *[other] Placed { $date }. { $parcels } parcels to { $country }.
}
cancel-order = Cancel order
ask-cancel-title = Cancel this order?
ask-cancel-text = Nothing is sent, and { $amount } goes back the way it was paid. A cancelled order cannot be taken up again.
ask-cancel-yes = Cancel the order
confirm-received = I have received everything
confirm-received-part = Confirm what has arrived
pay-again = Pay for this order
notice-placed = Thank you. Your order is placed.
notice-placed-text = A link to this page stays valid; keep it to follow the parcels.
notice-unpaid = This order is not paid yet.
notice-unpaid-text = Pay for it below. Unpaid orders are called off after half an hour at most, after ten minutes when few pieces are left.
notice-pending = The payment is being confirmed.
notice-pending-text = That can take a minute. This page shows it as soon as it is done.
notice-failed = The payment did not go through.
notice-failed-text = Your goods stay reserved for half an hour after ordering, for ten minutes when few pieces are left. Try again below.
notice-cancelled = This order was cancelled.
notice-cancelled-text = What was paid goes back the way it came.
notice-held = Customs asks for something.
notice-held-text = A parcel is held at the border. The merchant answers; you need not do anything. The new arrival day is shown below.
notice-done = Everything has arrived and the order is complete.
order-state-waiting = Waiting for payment
order-state-to-pack = Being packed
order-state-packed = Packed
order-state-underway = On its way
order-state-exception = Needs attention
order-state-delivered = Delivered
order-state-completed = Completed
order-state-cancelled = Cancelled
parcel-from = { $product }, from { $country }
parcel-more = { $n ->
    [one] { $product } and { $n } more, from { $country }
   *[other] { $product } and { $n } more, from { $country }
}
parcel-arrived = Arrived
parcel-cancelled = Cancelled
parcel-lost = Not found
parcel-returned = Sent back
parcel-follows = Still to be packed
parcel-follows-text = These pieces follow in another parcel.
way-paid = Paid
way-packed = Packed
way-handed-over = With the carrier
way-export = Export
way-export-held = Export customs
way-underway = Between borders
way-underway-land = On the road
way-import = Import customs
way-import-held = Held by customs
way-last-mile = Last mile
way-door = Your door
way-lost = Not found
way-returned = Sent back
way-international = International
way-inside = Inside { $place }, no customs
way-duty-paid = duty already paid
way-until = until { $time }
what-happened = What happened
nothing-yet = Nothing yet. The first news comes when the parcel is packed.
detail-documents-wanted = Customs asks for papers. The merchant answers.
detail-signed = Signed for at the door.
customs-and-papers = Customs and papers
merchant-of-record = Merchant of record
contents = What is inside
what-you-paid = What you paid
what-you-pay = What you pay
order-link-hint = This page opens with its link. Keep the link; if it is lost, number and email bring another one. Or open an account with the same email: it shows this order.

signed-in-as = { $name }, { $email }
your-orders = Your orders
paid-at-door = Door price
older-orders = Older orders
no-orders-title = No orders yet
no-orders-text = What you buy appears here with its journey.
addresses = Addresses
no-addresses = Addresses you save at checkout appear here.
add-address = Add an address
save-address = Save address
you = You
demo-sign-ins = Sign-ins of the demo world
demo-sign-ins-text = Everybody shares one password.
demo-operator = Operator
demo-seller = Seller
demo-buyer = Buyer
no-account-yet = No account yet?
have-account = Already have an account?
register-text = An account keeps your orders and addresses in one place. You can buy without one.
sign-in-wrong = Email and password do not belong together.
forgot-password = Forgot your password?
forgot-password-text = Write the email of your account. If there is one, we send a link with which you choose a new password.
forgot-send = Send the link
forgot-sent-title = Look into your mail
forgot-sent-text = If there is an account with this email, a message is on its way to it, or has come within the last hour: every link works once, for one hour. Nothing there? Look into the spam folder, or check whether you wrote another address when you registered.
forgot-no-mail = This shop sends no mail at present, so no link will come. Ask the operator of the shop.
reset-password = Choose a new password
reset-password-text = Whoever is signed in with the old password, on any device, is signed out.
reset-save = Save the new password
reset-over-title = This link is over
reset-over-text = It was used, or is older than an hour. Ask for a new one.
track-text = Write the number of the order and the email it was placed with: we send its link there. Signed in, your own orders open at once.
order-number-hint = It looks like EN-7Q4K-2219.
saved = Saved.

your-name = Your name
category-of = { $name }

door-price-example = An example
door-price-example-goods = Stoneware mug, 350 ml
door-price-example-text = A mug from China to { $country }, by today’s rules.

info-door-price-title = How the door price is made
info-door-price-lead = The price you see is what you pay at your door: goods, international delivery, duty and tax, in your money, with the day of arrival.
info-door-price-parts = Five parts, each with its rule
info-door-price-parts-text =
    The seller sets the price of the goods, without tax. Delivery is the carrier’s rate for the weight and the way. Duty follows the tariff line, the country of origin and the value. Tax is your country’s, on what your country counts in. Some carriers and authorities take a handling fee.
    Every line of a breakdown names the rule behind it and the day that rule took effect. The parts always add up to the price shown.
info-door-price-exchange = Exchange rates
info-door-price-exchange-text =
    A price in another currency is converted once, at the reference rate of the day, and the day is named. At checkout the rate is held for up to 30 minutes. Nothing is added to it.
info-door-price-estimate = Guaranteed or an estimate
info-door-price-estimate-text =
    A price is guaranteed when every rule behind it is confirmed. Where only a typical duty rate is known, the price says that it is an estimate. In both cases you pay what you were quoted: what you see at checkout is what is charged.
info-door-price-featured = The featured offer
info-door-price-featured-text =
    When several sellers offer the same thing, the one with the lowest price at your door stands first. Nobody can pay for that place.
info-duty-guarantee-title = Duty guarantee
info-duty-guarantee-lead = Where a price is guaranteed, nothing can be added at your door.
info-duty-guarantee-what = What is guaranteed
info-duty-guarantee-what-text =
    Duty, tax and handling fees are worked out before you pay and are part of the price. If customs asks for more at the border, the merchant named on your order pays the difference.
info-duty-guarantee-who = Who does what
info-duty-guarantee-who-text =
    Each product page names who owns the stock, who ships it and who is the seller of record. The same names stand on your order.
    Your money is held in escrow. It goes to the seller only after your parcel has arrived and the time to object is over.
info-duty-guarantee-border = Collected at the border
info-duty-guarantee-border-text =
    Some duties and taxes can only be paid when the parcel arrives. The carrier pays them for you out of the price you see, and the breakdown says so.
info-returns-title = Returns and refunds
info-returns-lead = You can call an order off until it is packed, and your money goes back whole.
info-returns-before = Before it is packed
info-returns-before-text =
    Open your order and press “Cancel order”. Goods, delivery, duty and tax are paid back the way they came.
info-returns-after = After it has left
info-returns-after-text =
    A parcel that is lost or sent back is paid back: goods, its delivery, duty and tax. If something is wrong with what arrived, or does not arrive, say so on the order page, line by line and with pictures: the money waits until the seller has answered, and the shop decides where you do not agree. Where the law of your country lets you give a purchase back without a reason, the order page says until when and how.
info-returns-refund = How a refund is made
info-returns-refund-text =
    A refund uses the amounts of your order, never newer rates or rules. It goes back to the card you paid with.
info-selling-title = Open a shop
info-selling-lead = Sell on { $shop } to every country whose rules are known here. Buyers see one price; you see every part of it.
info-selling-start = How to begin
info-selling-start-text =
    The operator of { $shop } accepts applications or invites sellers. Then you upload the product file you already have: files exported from Shopify are read as they are.
    Give each product its tariff line and its country of origin. What is missing stands in a list, and things are sold abroad as soon as it is there.
info-selling-fees = Fees and commission
info-selling-fees-text =
    A share of the goods’ price is kept as commission when an order is complete; your agreement names it. There is no fee for listing. Commission is fixed for each order at the moment of sale.
info-selling-customs = Customs and tax
info-selling-customs-text =
    Duty and tax are worked out and set aside with each order. Labels, tracking numbers and customs forms are made for you.
info-about-title = About
info-about-lead = { $shop } runs on Entrepot, an open-source platform for cross-border trade.
info-about-what = What it is
info-about-what-text =
    An entrepôt is a port where goods from everywhere are received, kept and sent on. Entrepot is the program on which such a port is run: shop, marketplace, seller centre and books in one.
info-about-open = Open source
info-about-open-text =
    The program is free software under the MIT and Apache 2.0 licences. Every rule behind a price can be read.
info-accessibility-title = Accessibility
info-accessibility-lead = Every page can be used with a keyboard, a screen reader, large type, in the dark and without scripts.
info-accessibility-what = What we do
info-accessibility-what-text =
    Pages are built from plain, labelled parts. Meaning is never carried by colour alone. Motion stops when your system asks for it. Text can be enlarged to twice its size.
info-accessibility-tell = Tell us
info-accessibility-tell-text =
    If something cannot be used, write to the operator of this shop and name the page.
info-privacy-title = Privacy
info-privacy-lead = What is kept about you, why, and for how long.
info-privacy-cookies = Cookies
info-privacy-cookies-text =
    Cookies keep your destination, currency, language and colours, your basket, your sign-in, that you have signed in on this device before, and a token against forged forms. There are no cookies for advertising and no trackers of others.
info-privacy-data = Your orders
info-privacy-data-text =
    Your name, address and telephone number are given to the seller, the carrier and customs, because a parcel cannot travel without them. Card numbers never reach this shop’s database.
info-privacy-delete = Deleting
info-privacy-delete-text =
    Addresses can be removed in your account at any time. Under “Sign-in & security” you download everything that is kept about you, or erase your account; the page says what stays and why. Sessions keep the browser’s name and the network address for as long as they live.
imprint-lead = Who answers for { $shop }, and how to reach us.
imprint-legal = Responsible in law
imprint-contact = Contact
imprint-none = The shop's owner has not written this yet.
not-sold-there = The shop does not sell to this country. Choose another destination.

# Opening an account, invitations, and for whom one acts.
register-sent-text = A message is on its way to { $email }. Its link works once, for a day. Nothing there? Look into the spam folder; after several messages in an hour no more are sent, and the last ones stay good.
register-no-mail = This shop sends no mail at present, so no link will come by itself. The operator of the shop can give it to you: ask them. You can buy without an account.
register-how = We send a link to this address. With it you choose your name and password.
register-confirm-text = { $email } is proved. Choose what else the account needs.
register-over-text = It was used, or is older than a day, or there is an account with this address already. Sign in, or ask for a new link.
send-again = Send it again
go-on = Go on
track-send = Send the link
track-sent-text = If an order with this number was placed with this email, a link to it is on its way there. Nothing there? Look into the spam folder, or check the number; after several messages in an hour no more are sent, and the last links stay good.
track-no-mail = This shop sends no mail at present, so no link will come. Sign in if you bought with an account, or ask the operator of the shop.
track-another = Look for another order
invitation-text = Say yes, and you act for them from then on; you can leave at any time. Until then nothing changes.
invitation-for = For
invitation-other = You are signed in as { $email }. Sign out, then sign in with the address that was invited.
invitation-sign-in = Sign in to answer
invitation-register = Open the account and accept
invitation-register-text = Choose a name and a password for { $email }.
invitation-over = This invitation is over
invitation-over-text = It was answered, withdrawn or replaced, or is older than seven days. Ask whoever invited you for a new one.
invitation-declined = Declined
invitation-declined-text = Nothing has changed for you. The invitation is gone.
keep = Keep it
acting-text = Choose for whom you act now. The next sign-in begins where you were last.
acting-none = You act for yourself. When somebody invites you, it is shown here.
acting-leave-title = Leave { $name }?
acting-leave-text = You act for them no more, at once and on every device. API keys you made for them are revoked, invitations you wrote are withdrawn. To come back you must be invited again.
acting-last-owner = You are the only owner. Make somebody else one first.
acting-declined = Declined. Nothing has changed.
acting-over = This invitation was answered, withdrawn or changed, or is too old.
acting-left = You have left.
order-link-hint-no-mail = This page opens with its link. Keep the link: this shop sends no mail at present.
apply-title = Apply to sell here
apply-text = Say who you are and what you have. You get a receipt by mail, then an answer.
apply-name = Name of your shop
apply-name-hint = As buyers are to see it.
apply-legal-name = Legal name
apply-phone = Phone (optional)
apply-website = Website (optional)
apply-country = Where you are established
apply-currency = Currency you are paid in
apply-goods = What you want to sell
apply-goods-hint = Kinds of goods, where they are made and where they lie.
apply-how = Nobody sells here before the shop has accepted them. No account is opened by this form.
apply-send = Send the application
apply-sent-title = Your application is on its way
apply-sent-text = A receipt goes to { $email }, and the answer too. Nothing there? Look among the unwanted mail.
apply-sent-no-mail = This shop sends no mail at present; it answers { $email } another way.
apply-closed = This shop takes no applications at present. Write to it if you want to sell here all the same.


# Claims
claim-object = Something is wrong
claim-object-text = Say what is wrong with which pieces. The money for this parcel waits meanwhile. The seller answers within three days; if not, or if you do not agree, the shop decides.
claim-object-send = Send it to the seller
claim-give-back = Give it back
claim-give-back-text = You need give no reason. After this you see where to send it. The money for the pieces goes back when they have come, and the delivery with them if you give everything of this parcel back.
claim-give-back-send = Give it back
claim-right = You can give it back without a reason until { $until } ({ $source }).
claim-right-buyer-pays = Sending it back is at your cost.
claim-right-seller-pays = Sending it back should cost you nothing by that law: ask the seller before you send it.
claim-which-pieces = Which pieces?
claim-of-pieces = { $n ->
    [one] { $n } piece
   *[other] { $n } pieces
 }
claim-what-is-wrong = What is wrong?
claim-words = What happened?
claim-words-optional = Anything to say? (need not be)
claim-pictures = Pictures (at most { $n })
claim-pictures-hint = JPEG, PNG, WebP or GIF, up to 20 MB each. Only you, the seller and the shop see them; place and camera are taken out.
claim-less-by = For less: by how much ({ $currency })
claim-back = Back to the order
claim-nothing-left = Nothing of this parcel is left to object to: it is in another claim, or was given back.
claim-of-order = Claim about order { $number }
claim-send-title = Send it back
claim-send-text = Put a note with order { $number } into the parcel.
claim-carrier = Carrier
claim-tracking = Tracking number
claim-send-done = It is on its way
claim-ask-title = You do not agree?
claim-ask-words = What should the shop know?
claim-ask = Ask the shop to decide
claim-take-back = Take the claim back
claim-error-kind-required = Choose what is wrong.
claim-error-words-required = Write what happened.
claim-error-pieces-required = Say of which line how many pieces.
claim-error-carrier-required = Write who carries it.
claim-error-tracking-required = Write the tracking number.
claim-error-whole-number = Write a whole number of pieces.
claim-error-not-in-order = Name each line of this parcel once.
claim-error-too-long = That is too long.
claim-error-too-many-pictures = Send at most six pictures.
claim-error-picture = A picture cannot be read: send JPEG, PNG, WebP or GIF of at most 20 MB.
claim-error-one-line = A lower price can be asked for one line at a time.
claim-error-amount-format = Write an amount above zero that is not more than the pieces cost.
claim-error-too-many-pieces = So many pieces are not left: some are in another claim, or were given back.
claim-error-too-many-claims = So many claims about this parcel were opened that no other can be. Write to the shop.
claim-error-not-disputable = Only what is paid and not called off can be objected to.
claim-error-not-arrived-yet = It can be said to be missing after the last day it was promised for.
claim-error-not-delivered = This parcel is not delivered yet.
claim-error-claim-window-over = The time for this is over. Write to the shop.
claim-error-no-withdrawal = In your country the law knows no right to give such purchases back without a reason.
claim-error-claim-settling = Its money is about to go back already.
claim-error-wrong-step = The claim has moved on. Look at it again.
confirm-ask-title = Has everything arrived?
confirm-ask-text = Confirm only when all of this is there and as it should be. The { $amount } that we hold is then passed on to those who sold and carried it.
confirm-ask-yes = Yes, everything is here
confirm-ask-no = No, back to the order
amend-asked = { $who } proposes a change
amend-asked-text = Nothing changes unless you say yes. Answer by { $until }; if you do not, the order stays as it is.
amend-asked-why = Reason
amend-asked-link = See the proposal
amend-asked-no = No, leave it
amend-asked-yes = Yes, change it
amend-asked-yes-more = Yes, then pay { $amount }
amend-asked-yes-back = Yes, { $amount } back
amend-asked-after = Another change of yours is possible once you have answered.
amend-asked-over = This was packed or has changed meanwhile, so the proposal cannot be carried out any more.
amend-open = Change the order
amend-title = Change the order
amend-text = What is not packed yet can be changed: more or fewer pieces, another delivery, goods from your basket. What you bought keeps its price; delivery, duty and tax are worked out anew. You see what it costs before anything changes.
amend-does = This is what the order becomes
amend-back = Goes back to you
amend-held = { $n ->
    [one] These prices and goods are held for you for one minute.
   *[other] These prices and goods are held for you for { $n } minutes.
}
amend-do = Change the order
amend-do-more = Change the order, then pay { $amount }
amend-do-back = Change the order, { $amount } back
amend-leave = Leave the order as it is
amend-waits = A change waits for { $amount }
amend-waits-text = Nothing of the order changes until it is paid. If it is not paid in time, or the order is packed before, it stays as it is.
amend-pay = Pay now
amend-basket = Add what is in your basket
amend-basket-empty = To add something, put it into your basket first, and come back here.
amend-back-to-order = Back to the order
amend-due = Pay for the change
amend-due-text = { $amount } are to be paid until { $until }. The order changes when the money is there; else it stays as it is.
amend-see = See the change
amend-paying = The payment for the change of your order is being worked on.

# Before the shop is open.
opening-soon = Opening soon
opening-soon-text = This shop does not take orders yet. Your basket is kept for 60 days; come back to it when the shop is open.
opening-soon-ask = Questions?
not-selling = No orders at the moment
not-selling-text = This shop cannot take payments or send parcels at the moment. Your basket is kept for 60 days.
test-order = Test order
test-order-text = The shop is not open. What you order here is a test of its own people: see that paying and mail work, then cancel it.
test-order-end = Placed by the shop’s own people before it was open. Cancel it, so that its money goes back and its goods are free again.
told-by-seller = Told by the seller
told-by-operator = Told by the shop

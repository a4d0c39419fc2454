# Letters: to buyers, to sellers' owners, to people with an account. Plain text: no markup.
mail-open-order = Open this order
mail-link-hint = The link opens your order without an account. Keep it to yourself.
mail-why-buyer = You get this mail because of order { $number } at { $shop }. You can answer it.
mail-why-seller = You get this mail as an owner of { $name }, which sells at { $shop }.
mail-why-person = You get this mail because somebody entered your address at { $shop }.
mail-arrives = arrives { $window }
mail-to = Goes to
mail-tax = Tax
mail-tracking = Tracking number
mail-hand-over-by = Hand over by

mail-order-paid-subject = Order { $number } is confirmed
mail-order-paid-title = Your order is confirmed
mail-order-paid-text = { $amount } is paid. We hold it until everything has arrived, and write when a parcel is on its way.

mail-order-cancelled-subject = Order { $number } was called off
mail-order-cancelled-title = Your order was called off
mail-order-cancelled-text = Nothing of it was sent, and you have paid nothing for it.

mail-order-cancelled-paid-subject = Order { $number } was called off
mail-order-cancelled-paid-title = Your order was called off
mail-order-cancelled-paid-text = Nothing of it was sent. { $amount } goes back the way you paid; we write when it has been sent.

mail-order-readdressed-subject = Order { $number } goes to another address
mail-order-readdressed-title = Your order goes to another address
mail-order-readdressed-text = Where your order goes was changed, by you or at your wish, we hope. If not, open the order and put it right before it is packed.
mail-order-amended-subject = Order { $number } was changed
mail-order-amended-title = Your order is changed
mail-order-amended-text = Your order was changed, by you or at your wish, we hope. This is what is sent now. If it is not what you wanted, open the order before it is packed.
mail-change-offered-subject = { $who } proposes a change of order { $number }
mail-change-offered-title = Please say yes or no
mail-change-offered-text = { $who } cannot send your order as it is, or proposes another one in its place. Nothing changes unless you say yes on the order page by { $until }. If you do not answer, the order stays as it is.
mail-change-reason = Reason
mail-change-back = Goes back to you
mail-change-over-subject = Order { $number } stays as it is
mail-change-over-title = Nothing was changed
mail-change-over-text = The change that { $who } proposed is over. Your order stays as you placed it; you need not do anything.
mail-change-declined-subject = The buyer of order { $number } said no
mail-change-declined-title = The order stays as it is
mail-change-declined-text = The buyer does not want the change that you proposed. Send the order as it was placed, or take out what you cannot send.
mail-change-declined-button = Open the orders
mail-change-not-made-subject = Order { $number } was not changed
mail-change-not-made-title = The order stays as it is
mail-change-not-made-text = The change that you proposed came to nothing: the buyer did not answer or pay in time, or the order changed meanwhile. Send the order as it is, or take out what you cannot send.
mail-change-not-made-button = Open the orders
mail-pieces-taken-out-subject = Less of order { $number } is sent
mail-pieces-taken-out-title = Taken out of your order
mail-pieces-taken-out-text = These pieces were taken out of your order, by you or at your wish, we hope. They are not sent, and their money goes back the way it came.
mail-pieces-not-sent-subject = Something of order { $number } cannot be sent
mail-pieces-not-sent-title = Not everything can be sent
mail-pieces-not-sent-text = These pieces are not sent. Their money goes back the way it came; you need not do anything.
mail-why-not-sent = Why
mail-nothing-left = Nothing else is left of this parcel, so its delivery is paid back, too.

mail-order-lapsed-subject = Order { $number } was not paid in time
mail-order-lapsed-title = Your order was not paid in time
mail-order-lapsed-text = It was called off, and its goods are free for others again. You have paid nothing for it. Should you still want them, order again: you will see today’s prices.

mail-order-completed-subject = Order { $number } is complete
mail-order-completed-title = Your order is complete
mail-order-completed-text = What we held for it is passed on to those who sold and carried it. The order page keeps what you paid, line by line.

mail-refunded-subject = { $amount } goes back to you for order { $number }
mail-refunded-title = Your money goes back
mail-refunded-text = We have sent { $amount } back the way you paid. Banks take a few days until it shows.

mail-handed-over-subject = A parcel of order { $number } is on its way
mail-handed-over-title = Your parcel is on its way
mail-handed-over-text = { $seller } has handed it to { $carrier }. The order page shows where it is.
mail-more-follows = { $n ->
    [one] One more piece of it follows in a parcel of its own; we write when it is on its way.
   *[other] { $n } more pieces of it follow in another parcel; we write when they are on their way.
}

mail-held-subject = Customs holds a parcel of order { $number }
mail-held-title = Customs holds your parcel
mail-held-text = Customs in { $country } looks at it before it may go on, which can take some days. What you paid stays held until it arrives. The order page shows how it goes on.

mail-delivered-subject = Delivered: please confirm order { $number }
mail-delivered-title = Your parcel was delivered
mail-delivered-text = If everything is there and as it should be, confirm it on the order page: then the seller is paid. If something is missing or broken, say so on the order page before { $until }; at that time the order completes by itself.

mail-delivered-part-subject = A parcel of order { $number } was delivered
mail-delivered-part-title = Your parcel was delivered
mail-delivered-part-text = More of your order is still on its way. We ask you to confirm when everything is there. If something is missing or broken, say so on the order page.

mail-to-ship-subject = Order { $number }: hand over by { $until }
mail-to-ship-title = A new order to ship
mail-to-ship-text = It is paid, and goes to { $country }. Pack it, print its label and hand it to the carrier by { $until }.
mail-to-ship-button = Open it in the seller centre
mail-not-to-send-subject = Order { $number }: less to send
mail-not-to-send-title = Less to pack
mail-not-to-send-text = These pieces were taken out of the order: do not pack them. They are free in your stock again. The rest is still to be sent.
mail-not-to-send-button = Open it in the seller centre
mail-nothing-to-send-subject = Order { $number }: nothing to send
mail-nothing-to-send-title = Nothing to pack any more
mail-nothing-to-send-text = This was called off: do not pack it. The pieces are free in your stock again.
mail-nothing-to-send-button = Open it in the seller centre
mail-not-to-hand-over-subject = Order { $number }: do not hand it over
mail-not-to-hand-over-title = A packed parcel was called back
mail-not-to-hand-over-text = All of it was refunded: do not give it to the carrier. Take its label off, it is void, and put the pieces back on the shelf; your stock counts them already.
mail-not-to-hand-over-button = Open it in the seller centre
mail-not-to-hand-over-part-subject = Order { $number }: do not hand a parcel over as it is
mail-not-to-hand-over-part-title = A packed parcel was called back
mail-not-to-hand-over-part-text = The pieces below were refunded: do not give the parcel with them to the carrier. Take its label off, it is void, and put these pieces back on the shelf; your stock counts them already. Whatever else is in it waits to be packed again.
mail-not-to-hand-over-part-button = Open it in the seller centre

mail-paid-out-subject = { $amount } is on its way to { $name }
mail-paid-out-title = A payout was sent
mail-paid-out-text = { $amount } is on its way to your bank. The balance page shows which orders it is for.
mail-paid-out-button = Open the balance
mail-paid-out-amount = Payout
mail-paid-out-to = To

mail-password-reset-subject = Choose a new password for { $shop }
mail-password-reset-title = Choose a new password
mail-password-reset-text = Somebody asked for a new password for { $email }. The link below works once, for one hour. If it was not you, you need do nothing: your password stays as it is.
mail-password-reset-button = Choose a new password
mail-invited-subject = { $name } invites you to { $shop }
mail-invited-title = { $name } invites you
mail-invited-text = { $by } offers { $email } a role for { $name } at { $shop }. Behind the link you see the offer and accept or decline it, within seven days. If you do nothing, nothing changes.
mail-invited-button = See the invitation
mail-registration-subject = Open your account at { $shop }
mail-registration-title = Open your account
mail-registration-text = Somebody wants an account at { $shop } with { $email }. The link below works once, for a day: choose your name and password with it. If it was not you, you need do nothing: there is no account without the link.
mail-registration-button = Open the account
mail-registration-known-subject = You have an account at { $shop } already
mail-registration-known-title = You have an account already
mail-registration-known-text = Somebody, you perhaps, wanted to open an account at { $shop } with { $email }. There is one already: sign in, or choose a new password on the same page. If it was not you, you need do nothing.
mail-registration-known-button = Sign in
mail-order-link-subject = Your link to order { $number }
mail-order-link-title = Here is your order
mail-order-link-text = Somebody, you we hope, asked for the link to order { $number } at { $shop }. Links that you got before stay good.

mail-email-change-subject = Confirm your email for { $shop }
mail-email-change-title = Confirm your new email
mail-email-change-text = Somebody wants an account at { $shop } to have the email { $email }. If it was you, follow the link below within a day. If not, you need do nothing.
mail-email-change-button = Confirm the email
mail-why-email-change = You get this because somebody wrote this address into their account at { $shop }.
mail-security-changed-subject = Your account at { $shop }: { $what }
mail-security-changed-title = { $what }
mail-security-changed-text = This was changed for the account { $email }. If it was you, you need do nothing. If not, choose a new password now, look at your sessions, and tell the shop.
mail-security-changed-button = Look at your account
mail-security-password-changed = the password was changed
mail-security-email-changed = the email was changed
mail-security-totp-added = an authenticator app was set up
mail-security-totp-removed = the authenticator app was removed
mail-security-passkey-added = a passkey was added
mail-security-passkey-removed = a passkey was removed
mail-security-recovery-renewed = new recovery codes were made
mail-security-recovery-used = a recovery code was used
mail-security-factors-reset = the second factor was removed by the shop
mail-applied-subject = Your application to sell at { $shop }
mail-applied-title = Your application is in
mail-applied-text = { $shop } has the application of { $name } and answers it by mail. If it was not you, you need do nothing: nothing was opened.
mail-applied-button = How selling works
mail-declined-subject = { $shop } on the application of { $name }
mail-declined-title = Your application was declined
mail-declined-text = { $shop } does not take { $name } in at present, and says why:
mail-declined-button = How selling works
mail-accepted-subject = { $name } can sell at { $shop }
mail-accepted-title = Your application is accepted
mail-accepted-text = { $shop } takes { $name } in. Behind the link you see the invitation for { $email } and accept it, within seven days; then your seller centre opens.
mail-accepted-button = Open your shop
mail-bank-changed-subject = Payouts of { $name } go to another account
mail-bank-changed-title = The bank account was changed
mail-bank-changed-text = From now on { $shop } pays { $name } into the account { $account }. If none of you did this, sign in at once, put the right account back and change your password.
mail-bank-changed-button = See the account


mail-claim-return-subject = Send it back by { $until } (order { $number })
mail-claim-return-title = Please send it back
mail-claim-return-text = Pack the pieces below, send them to the address below by { $until }, and write the carrier and the tracking number on the order page. The money goes back when they have come.
mail-claim-return-due-subject = Send it back by { $until } (order { $number })
mail-claim-return-due-title = Time to send it back
mail-claim-return-due-text = We do not know of a parcel yet. If the pieces are not on their way by { $until }, with their tracking number on the order page, the claim is closed and the order stays as it is.
mail-claim-refused-subject = The seller has answered (order { $number })
mail-claim-refused-title = The seller does not agree
mail-claim-refused-text = What the seller says stands on the order page. If you do not leave it at that, ask us to decide there, by { $until }; after that the claim is closed.
mail-claim-escalated-subject = We look at your claim (order { $number })
mail-claim-escalated-title = We decide now
mail-claim-escalated-text = Your claim is with us. We mean to decide by { $until }; the money waits until then.
mail-claim-closed-paid-subject = { $amount } goes back to you (order { $number })
mail-claim-closed-paid-title = Your claim is settled
mail-claim-closed-paid-text = { $amount } goes back the way you paid. We write when it has been sent.
mail-claim-closed-withdrawn-subject = Your claim is closed (order { $number })
mail-claim-closed-withdrawn-title = You took your claim back
mail-claim-closed-withdrawn-text = The order goes on as if there had been no claim.
mail-claim-closed-dismissed-subject = Your claim is closed (order { $number })
mail-claim-closed-dismissed-title = Your claim is closed
mail-claim-closed-dismissed-text = No money goes back for it. The reasons stand on the order page.
mail-claim-closed-not-returned-subject = Your claim is closed (order { $number })
mail-claim-closed-not-returned-title = Nothing was sent back
mail-claim-closed-not-returned-text = We heard of no parcel in time, so no money goes back. The order stays as it is.
mail-claim-opened-subject = Order { $number }: a buyer objects, answer by { $until }
mail-claim-opened-title = A buyer objects
mail-claim-opened-text = Answer by { $until }. After that the shop decides. The money for this consignment waits meanwhile.
mail-claim-opened-button = Open it in the seller centre
mail-claim-withdrawn-goods-subject = Order { $number }: a buyer gives something back
mail-claim-withdrawn-goods-title = A buyer gives something back
mail-claim-withdrawn-goods-text = It is given back by right, without a reason. The buyer has until { $until } to send it; you see it when it is on its way.
mail-claim-withdrawn-goods-button = Open it in the seller centre
mail-claim-sent-subject = Order { $number }: pieces come back
mail-claim-sent-title = Pieces are on their way back
mail-claim-sent-text = Confirm that they came, and what of them can be sold again. Without your word the money goes back on { $until }.
mail-claim-sent-button = Open it in the seller centre
mail-claim-ended-subject = Order { $number }: a claim is closed
mail-claim-ended-title = A claim is closed
mail-claim-ended-text = What went back to the buyer: { $amount }. The story stands in the seller centre.
mail-claim-ended-button = Open it in the seller centre
mail-delivery-address = Delivery address
mail-tracking-page = Carrier's page
mail-told-by-seller = The seller told us this; no carrier did. If the parcel has not arrived, say so on the order page in this time: the money waits until it is clear.

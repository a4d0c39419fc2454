# Cartas: a compradores, a propietarios de vendedores, a personas con cuenta. Texto simple, sin marcas.
mail-open-order = Abrir el pedido
mail-link-hint = El enlace abre tu pedido sin cuenta. No lo compartas.
mail-why-buyer = Recibes este correo por el pedido { $number } en { $shop }. Puedes responder.
mail-why-seller = Recibes este correo como propietario de { $name }, que vende en { $shop }.
mail-why-person = Recibes este correo porque alguien escribió tu dirección en { $shop }.
mail-arrives = llega: { $window }
mail-to = Va a
mail-tax = Impuestos
mail-tracking = Número de seguimiento
mail-hand-over-by = Entregar al transportista hasta

mail-order-paid-subject = El pedido { $number } está confirmado
mail-order-paid-title = Tu pedido está confirmado
mail-order-paid-text = Se han pagado { $amount }. Los guardamos hasta que llegue todo y te escribimos cuando salga un paquete.

mail-order-cancelled-subject = El pedido { $number } se ha cancelado
mail-order-cancelled-title = Tu pedido se ha cancelado
mail-order-cancelled-text = No se ha enviado nada y no has pagado nada.

mail-order-cancelled-paid-subject = El pedido { $number } se ha cancelado
mail-order-cancelled-paid-title = Tu pedido se ha cancelado
mail-order-cancelled-paid-text = No se ha enviado nada. { $amount } vuelven por tu medio de pago; te escribimos cuando se hayan enviado.

mail-order-readdressed-subject = El pedido { $number } va a otra dirección
mail-order-readdressed-title = Tu pedido va a otra dirección
mail-order-readdressed-text = Se ha cambiado a dónde va tu pedido; esperamos que lo hayas hecho o pedido tú. Si no, abre el pedido y corrígelo antes de que se embale.
mail-order-amended-subject = El pedido { $number } se ha cambiado
mail-order-amended-title = Tu pedido se ha cambiado
mail-order-amended-text = Tu pedido se ha cambiado; esperamos que lo hayas hecho o pedido tú. Esto es lo que se envía ahora. Si no es lo que querías, abre el pedido antes de que se embale.
mail-change-offered-subject = { $who } propone un cambio del pedido { $number }
mail-change-offered-title = Di sí o no, por favor
mail-change-offered-text = { $who } no puede enviar tu pedido como está o propone otro en su lugar. No cambia nada si no dices que sí en la página del pedido hasta el { $until }. Si no respondes, el pedido se queda como está.
mail-change-reason = Motivo
mail-change-back = Se te reembolsa
mail-change-over-subject = El pedido { $number } se queda como está
mail-change-over-title = No se ha cambiado nada
mail-change-over-text = El cambio que propuso { $who } ya no vale. Tu pedido se queda como lo hiciste; no tienes que hacer nada.
mail-change-declined-subject = El comprador del pedido { $number } ha dicho que no
mail-change-declined-title = El pedido se queda como está
mail-change-declined-text = El comprador no quiere el cambio que propusiste. Envía el pedido como se hizo o quita lo que no puedas enviar.
mail-change-declined-button = Abrir los pedidos
mail-change-not-made-subject = El pedido { $number } no se ha cambiado
mail-change-not-made-title = El pedido se queda como está
mail-change-not-made-text = El cambio que propusiste no se ha hecho: el comprador no respondió o no pagó a tiempo, o el pedido cambió entretanto. Envía el pedido como está o quita lo que no puedas enviar.
mail-change-not-made-button = Abrir los pedidos
mail-pieces-taken-out-subject = Se envía menos del pedido { $number }
mail-pieces-taken-out-title = Quitado de tu pedido
mail-pieces-taken-out-text = Estas unidades se han quitado de tu pedido; esperamos que lo hayas hecho o pedido tú. No se envían y su dinero vuelve por el mismo medio de pago.
mail-pieces-not-sent-subject = Algo del pedido { $number } no se puede enviar
mail-pieces-not-sent-title = No se puede enviar todo
mail-pieces-not-sent-text = Estas unidades no se envían. Su dinero vuelve por el mismo medio de pago; no tienes que hacer nada.
mail-why-not-sent = Por qué
mail-nothing-left = No queda nada más de este paquete, así que también se reembolsa su envío.

mail-order-lapsed-subject = El pedido { $number } no se pagó a tiempo
mail-order-lapsed-title = Tu pedido no se pagó a tiempo
mail-order-lapsed-text = Se ha cancelado y sus artículos vuelven a estar libres. No has pagado nada. Si aún los quieres, haz otro pedido: verás los precios de hoy.

mail-order-completed-subject = El pedido { $number } está completado
mail-order-completed-title = Tu pedido está completado
mail-order-completed-text = Lo que guardábamos se entrega a quienes lo vendieron y llevaron. La página del pedido conserva lo que pagaste, línea por línea.

mail-refunded-subject = Se te reembolsan { $amount } del pedido { $number }
mail-refunded-title = Tu dinero vuelve
mail-refunded-text = Hemos enviado { $amount } por tu medio de pago. Los bancos tardan unos días en mostrarlo.

mail-handed-over-subject = Un paquete del pedido { $number } va en camino
mail-handed-over-title = Tu paquete va en camino
mail-handed-over-text = { $seller } lo ha entregado a { $carrier }. La página del pedido muestra dónde está.
mail-more-follows = { $n ->
    [one] Otra unidad va en un paquete aparte; te escribimos cuando salga.
   *[other] Otras { $n } unidades van en otro paquete; te escribimos cuando salgan.
}

mail-held-subject = La aduana retiene un paquete del pedido { $number }
mail-held-title = La aduana retiene tu paquete
mail-held-text = La aduana lo revisa antes de dejarlo seguir (país: { $country }), lo que puede tardar unos días. Lo que pagaste sigue guardado hasta que llegue. La página del pedido muestra cómo sigue.

mail-delivered-subject = Entregado: confirma el pedido { $number }
mail-delivered-title = Tu paquete se ha entregado
mail-delivered-text = Si está todo y bien, confírmalo en la página del pedido: entonces se paga al vendedor. Si falta algo o está roto, dilo en esa página antes del { $until }; en ese momento el pedido se completa solo.

mail-delivered-part-subject = Se ha entregado un paquete del pedido { $number }
mail-delivered-part-title = Tu paquete se ha entregado
mail-delivered-part-text = El resto de tu pedido sigue en camino. Te pediremos que confirmes cuando esté todo. Si falta algo o está roto, dilo en la página del pedido.

mail-to-ship-subject = Pedido { $number }: entregar al transportista hasta el { $until }
mail-to-ship-title = Un pedido nuevo por enviar
mail-to-ship-text = Está pagado. Destino: { $country }. Embálalo, imprime su etiqueta y entrégalo al transportista hasta el { $until }.
mail-to-ship-button = Abrir en el centro de vendedores
mail-not-to-send-subject = Pedido { $number }: menos por enviar
mail-not-to-send-title = Menos por embalar
mail-not-to-send-text = Estas unidades se han quitado del pedido: no las embales. Vuelven a estar libres en tus existencias. El resto se envía igualmente.
mail-not-to-send-button = Abrir en el centro de vendedores
mail-nothing-to-send-subject = Pedido { $number }: nada que enviar
mail-nothing-to-send-title = Ya no hay nada que embalar
mail-nothing-to-send-text = Esto se ha cancelado: no lo embales. Las unidades vuelven a estar libres en tus existencias.
mail-nothing-to-send-button = Abrir en el centro de vendedores
mail-not-to-hand-over-subject = Pedido { $number }: no lo entregues
mail-not-to-hand-over-title = Se ha retirado un paquete embalado
mail-not-to-hand-over-text = Se ha reembolsado entero: no lo des al transportista. Quita su etiqueta, está anulada, y devuelve las unidades a su sitio; tus existencias ya las cuentan.
mail-not-to-hand-over-button = Abrir en el centro de vendedores
mail-not-to-hand-over-part-subject = Pedido { $number }: no entregues un paquete como está
mail-not-to-hand-over-part-title = Se ha retirado un paquete embalado
mail-not-to-hand-over-part-text = Las unidades de abajo se han reembolsado: no des al transportista el paquete que las lleva. Quita su etiqueta, está anulada, y devuelve estas unidades a su sitio; tus existencias ya las cuentan. Lo demás espera a que se embale de nuevo.
mail-not-to-hand-over-part-button = Abrir en el centro de vendedores

mail-paid-out-subject = { $amount } van en camino a { $name }
mail-paid-out-title = Se ha enviado un pago
mail-paid-out-text = { $amount } van en camino a tu banco. La página del saldo muestra de qué pedidos son.
mail-paid-out-button = Abrir el saldo
mail-paid-out-amount = Pago
mail-paid-out-to = A

mail-password-reset-subject = Elige una contraseña nueva para { $shop }
mail-password-reset-title = Elige una contraseña nueva
mail-password-reset-text = Alguien ha pedido una contraseña nueva para { $email }. El enlace de abajo sirve una vez, durante una hora. Si no has sido tú, no tienes que hacer nada: tu contraseña sigue igual.
mail-password-reset-button = Elegir una contraseña nueva
mail-invited-subject = { $name } te invita a { $shop }
mail-invited-title = { $name } te invita
mail-invited-text = { $by } ofrece a { $email } un papel en { $name } en { $shop }. Tras el enlace ves la oferta y la aceptas o rechazas, en siete días. Si no haces nada, no cambia nada.
mail-invited-button = Ver la invitación
mail-registration-subject = Abre tu cuenta en { $shop }
mail-registration-title = Abre tu cuenta
mail-registration-text = Alguien quiere una cuenta en { $shop } con { $email }. El enlace de abajo sirve una vez, durante un día: elige con él tu nombre y tu contraseña. Si no has sido tú, no tienes que hacer nada: sin el enlace no hay cuenta.
mail-registration-button = Abrir la cuenta
mail-registration-known-subject = Ya tienes una cuenta en { $shop }
mail-registration-known-title = Ya tienes una cuenta
mail-registration-known-text = Alguien, quizá tú, ha querido abrir una cuenta en { $shop } con { $email }. Ya hay una: inicia sesión o elige una contraseña nueva en la misma página. Si no has sido tú, no tienes que hacer nada.
mail-registration-known-button = Iniciar sesión
mail-order-link-subject = Tu enlace al pedido { $number }
mail-order-link-title = Aquí está tu pedido
mail-order-link-text = Alguien, esperamos que tú, ha pedido el enlace al pedido { $number } en { $shop }. Los enlaces que recibiste antes siguen valiendo.

mail-email-change-subject = Confirma tu correo electrónico para { $shop }
mail-email-change-title = Confirma tu correo electrónico nuevo
mail-email-change-text = Alguien quiere que una cuenta en { $shop } tenga el correo { $email }. Si has sido tú, sigue el enlace de abajo en un día. Si no, no tienes que hacer nada.
mail-email-change-button = Confirmar el correo
mail-why-email-change = Recibes este correo porque alguien puso esta dirección en su cuenta de { $shop }.
mail-security-changed-subject = Tu cuenta en { $shop }: { $what }
mail-security-changed-title = Seguridad: { $what }
mail-security-changed-text = Esto se ha cambiado en la cuenta { $email }. Si has sido tú, no tienes que hacer nada. Si no, elige ahora una contraseña nueva, revisa tus sesiones y avisa a la tienda.
mail-security-changed-button = Ver tu cuenta
mail-security-password-changed = se ha cambiado la contraseña
mail-security-email-changed = se ha cambiado el correo electrónico
mail-security-totp-added = se ha configurado una aplicación de autenticación
mail-security-totp-removed = se ha eliminado la aplicación de autenticación
mail-security-passkey-added = se ha añadido una llave de acceso
mail-security-passkey-removed = se ha eliminado una llave de acceso
mail-security-recovery-renewed = se han creado códigos de recuperación nuevos
mail-security-recovery-used = se ha usado un código de recuperación
mail-security-factors-reset = la tienda ha quitado el segundo factor
mail-applied-subject = Tu solicitud para vender en { $shop }
mail-applied-title = Tu solicitud ha llegado
mail-applied-text = { $shop } tiene la solicitud de { $name } y responde por correo. Si no has sido tú, no tienes que hacer nada: no se ha abierto nada.
mail-applied-button = Cómo funciona vender
mail-declined-subject = { $shop }: solicitud de { $name }
mail-declined-title = Tu solicitud se ha rechazado
mail-declined-text = { $shop } no admite a { $name } por ahora y dice por qué:
mail-declined-button = Cómo funciona vender
mail-accepted-subject = { $name } puede vender en { $shop }
mail-accepted-title = Tu solicitud se ha aceptado
mail-accepted-text = { $shop } admite a { $name }. Tras el enlace ves la invitación para { $email } y la aceptas, en siete días; entonces se abre tu centro de vendedores.
mail-accepted-button = Abrir tu tienda
mail-bank-changed-subject = Los pagos a { $name } van a otra cuenta
mail-bank-changed-title = Se ha cambiado la cuenta bancaria
mail-bank-changed-text = Desde ahora { $shop } paga a { $name } en la cuenta { $account }. Si no ha sido ninguno de vosotros, inicia sesión enseguida, vuelve a poner la cuenta correcta y cambia tu contraseña.
mail-bank-changed-button = Ver la cuenta


mail-claim-return-subject = Devuélvelo hasta el { $until } (pedido { $number })
mail-claim-return-title = Devuélvelo, por favor
mail-claim-return-text = Embala las unidades de abajo, envíalas a la dirección de abajo hasta el { $until } y escribe el transportista y el número de seguimiento en la página del pedido. El dinero se reembolsa cuando hayan llegado.
mail-claim-return-due-subject = Devuélvelo hasta el { $until } (pedido { $number })
mail-claim-return-due-title = Es hora de devolverlo
mail-claim-return-due-text = Aún no sabemos de ningún paquete. Si las unidades no van en camino antes del { $until }, con su número de seguimiento en la página del pedido, la reclamación se cierra y el pedido se queda como está.
mail-claim-refused-subject = El vendedor ha respondido (pedido { $number })
mail-claim-refused-title = El vendedor no está de acuerdo
mail-claim-refused-text = Lo que dice el vendedor figura en la página del pedido. Si no quieres dejarlo así, pídenos allí que decidamos hasta el { $until }; después se cierra la reclamación.
mail-claim-escalated-subject = Revisamos tu reclamación (pedido { $number })
mail-claim-escalated-title = Ahora decidimos nosotros
mail-claim-escalated-text = Tenemos tu reclamación. Queremos decidir antes del { $until }; el dinero espera hasta entonces.
mail-claim-closed-paid-subject = Se te reembolsan { $amount } (pedido { $number })
mail-claim-closed-paid-title = Tu reclamación está resuelta
mail-claim-closed-paid-text = { $amount } vuelven por tu medio de pago. Te escribimos cuando se hayan enviado.
mail-claim-closed-withdrawn-subject = Tu reclamación está cerrada (pedido { $number })
mail-claim-closed-withdrawn-title = Has retirado tu reclamación
mail-claim-closed-withdrawn-text = El pedido sigue como si no hubiera habido reclamación.
mail-claim-closed-dismissed-subject = Tu reclamación está cerrada (pedido { $number })
mail-claim-closed-dismissed-title = Tu reclamación está cerrada
mail-claim-closed-dismissed-text = No se reembolsa dinero por ella. Los motivos figuran en la página del pedido.
mail-claim-closed-not-returned-subject = Tu reclamación está cerrada (pedido { $number })
mail-claim-closed-not-returned-title = No se ha devuelto nada
mail-claim-closed-not-returned-text = No supimos de ningún paquete a tiempo, así que no se reembolsa dinero. El pedido se queda como está.
mail-claim-opened-subject = Pedido { $number }: un comprador reclama, responde hasta el { $until }
mail-claim-opened-title = Un comprador reclama
mail-claim-opened-text = Responde hasta el { $until }. Después decide la tienda. El dinero de este envío espera entretanto.
mail-claim-opened-button = Abrir en el centro de vendedores
mail-claim-withdrawn-goods-subject = Pedido { $number }: un comprador devuelve algo
mail-claim-withdrawn-goods-title = Un comprador devuelve algo
mail-claim-withdrawn-goods-text = Ejerce su derecho de desistimiento, sin motivo. El comprador tiene hasta el { $until } para devolverlo; lo ves cuando va en camino.
mail-claim-withdrawn-goods-button = Abrir en el centro de vendedores
mail-claim-sent-subject = Pedido { $number }: vuelven unidades
mail-claim-sent-title = Hay unidades en camino de vuelta
mail-claim-sent-text = Confirma que han llegado y qué se puede volver a vender. Si no dices nada, el dinero se reembolsa el { $until }.
mail-claim-sent-button = Abrir en el centro de vendedores
mail-claim-ended-subject = Pedido { $number }: se ha cerrado una reclamación
mail-claim-ended-title = Se ha cerrado una reclamación
mail-claim-ended-text = Reembolsado al comprador: { $amount }. El historial figura en el centro de vendedores.
mail-claim-ended-button = Abrir en el centro de vendedores
mail-delivery-address = Dirección de entrega
mail-tracking-page = Página del transportista
mail-told-by-seller = Nos lo ha comunicado el vendedor, no un transportista. Si el paquete no ha llegado, dígalo en este plazo en la página del pedido: el dinero espera hasta que se aclare.

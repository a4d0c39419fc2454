# Lo que dicen varias áreas.

arrives-window = Llega: <b>{ $window }</b>
ships-from = desde { $country }
sku = Ref. { $sku }
chart-port = Ningbo
chart-day = día { $n }
in-categories = En categorías
at-your-door-in = En tu puerta, { $country }
picture-n = Imagen { $n }
quantity = Cantidad
address-format-for = Formato de dirección: { $country }
country-hint = Otro país cambia el formulario de abajo y todos los precios.
pieces = { $n ->
    [one] { $n } unidad
   *[other] { $n } unidades
}
problems-form = { $n ->
    [one] Un dato que corregir.
   *[other] { $n } datos que corregir.
}
parcel-n-of = Paquete { $n } de { $total }
shipment-n-of = Envío { $n } de { $total }, en { $parcels } paquetes
parcel-arrives = Llega
stop-done = Hecho
stop-now = Ahora
stop-next = Pendiente
way-union-eu = la UE
event-placed = Pedido realizado
event-paid = Pago recibido
event-labelled = Etiqueta impresa
event-accepted = Entregado al transportista
event-export-declared = Declarado para la exportación
event-export-released = Exportación autorizada
event-departed = Ha salido
event-arrived = Ha llegado
event-import-declared = Declarado para la importación
event-import-held = Retenido en la aduana
event-import-released = Importación autorizada
event-out-for-delivery = En reparto
event-attempted = Intento de entrega
event-delivered = Entregado
event-lost = Declarado perdido
event-returned = Devuelto al remitente
quantity-times = { $n } × { $options }
refunded-amount = Reembolsado
take-out-goods = Artículos
take-out-tax = Impuestos
take-out-before = Reembolsado antes
take-out-goes-back = Se reembolsa
take-out-open = Quitar algo
take-out-title = Quitar algo del pedido
take-out-text = Lo que aún no está embalado se puede quitar: algunas unidades o una línea entera. No se envía, y el dinero vuelve por el mismo medio de pago.
take-out-which = ¿Qué unidades?
take-out-of = { $n ->
    [one] Se puede quitar una
   *[other] Se pueden quitar hasta { $n }
}
take-out-reason = Motivo, tal como lo leerá el comprador
take-out-look = Ver lo que se reembolsa
take-out-does = Esto se quita
take-out-told = Se comunica el motivo al comprador: { $reason }.
take-out-delivery-stays = El envío solo se reembolsa si se quita un paquete entero; el resto se envía igualmente.
take-out-ends = { $n ->
    [one] No queda nada de un paquete: se cancela y su envío también se reembolsa.
   *[other] No queda nada de { $n } paquetes: se cancelan y su envío también se reembolsa.
}
take-out-do = Quitar, se reembolsan { $amount }
take-out-keep = Dejar el pedido como está
take-out-nothing = Ya no se puede quitar nada: el pedido está embalado, cancelado o sin pagar.
take-out-taken = { $n ->
    [one] una unidad quitada
   *[other] { $n } unidades quitadas
}
take-out-why-changed-mind = ya no se quiere
take-out-why-out-of-stock = agotado
take-out-why-damaged = dañado antes del envío
take-out-why-cannot-be-sent = no se puede enviar a esta dirección
take-out-why-buyer-asked = lo ha pedido el comprador
take-out-error-required = Elige al menos una unidad.
take-out-error-whole-number = Escribe un número entero de unidades.
take-out-error-out-of-range = Escribe un número entero de unidades, al menos 1.
take-out-error-too-many-pieces = No quedan tantas unidades en el pedido.
take-out-error-already-packed = Esto se ha embalado entretanto: ya no se puede quitar nada. Podrás devolverlo cuando llegue.
take-out-error-not-paid = El pedido no está pagado: cancélalo y vuelve a pedir lo que quieras.
take-out-error-unknown-choice = Elige un motivo de la lista.
given-back = Lo que se reembolsa
given-back-taken-out = Quitado
given-back-cancelled = Cancelado
given-back-written-off = Nunca llegó
given-back-pieces = Unidades reembolsadas
given-back-delivery = Envío reembolsado
given-back-reduction = Rebaja del precio
given-back-consignment = Un paquete reembolsado
given-back-goodwill = Atención comercial
placed = Realizado
password-hint = Al menos ocho caracteres; mejor doce o más. Tres o cuatro palabras van bien.
email-format = Un correo electrónico es como name@example.com.
order-number-label = Número de pedido
address-name = Nombre y apellidos
address-organisation = Empresa
address-street = Calle y número
address-street2 = Piso, puerta, edificio
address-district = Distrito
address-city = Ciudad
address-region = Región
address-postcode = Código postal
address-phone = Teléfono para el repartidor
address-phone-hint = Solo se usa el día de la entrega y en la aduana.
address-tax-number = Número de identificación fiscal
tax-number-hint = Lo pide la aduana.
called-zip = Código ZIP
called-eircode = Eircode (código postal)
called-pin = Código PIN (postal)
called-cep = CEP (código postal)
called-state = Estado
called-province = Provincia
called-prefecture = Prefectura
called-county = Condado
called-emirate = Emirato
called-area = Zona
called-commune = Comuna
called-barangay = Barangay (barrio)
called-subdistrict = Subdistrito
called-townland = Townland (localidad)
called-suburb = Suburbio
called-town = Población
called-ward = Distrito urbano
called-district = Distrito
called-neighbourhood = Barrio
problem-required = Rellena esto: { $field }.
problem-too-long = Demasiado largo para una etiqueta de paquete: { $field }.
problem-postcode-format = No es un código postal de este país ({ $country }). Ejemplo: { $example }.
problem-other-destination = { $field }: el precio del pedido se calculó para otro lugar. Cancélalo y haz otro para enviarlo allí.
problem-unknown-region = Elige de la lista: { $field }.
problem-phone-format = Un teléfono tiene de 5 a 20 cifras y puede empezar por +.
problem-email-format = Un correo electrónico es como name@example.com.
problem-tax-number-format = Este número está incompleto o su dígito de control es incorrecto: { $field }.
problem-address = Hay que revisar la dirección.
email-known = Ya hay una cuenta con este correo electrónico. Inicia sesión y responde.
role-seller-owner = Propietario
role-seller-staff = Empleado
role-admin = Administrador
role-operations = Operaciones
role-finance = Finanzas
role-service = Atención al cliente
invitation = Invitación
invitation-from = { $name } te invita
invitation-as = Como
invitation-by = Invitación de
invitation-until = Válida hasta
accept = Aceptar
decline = Rechazar
acting-for = Por quién actúas
acting-myself = Por ti
acting-myself-text = Comprar, tus pedidos y tus direcciones.
acting-now = Ahora
acting-choose = Actuar por esta organización
acting-leave = Salir
field-required = Este campo es necesario.
field-too-long = Es demasiado largo.
field-password-length = Elige de 8 a 200 caracteres. Mejor doce o más: tres o cuatro palabras van bien.
field-password-common = Esta contraseña es de las primeras que cualquiera prueba. Elige tres o cuatro palabras.
field-password-context = No uses tu nombre, tu correo ni el nombre de la tienda. Elige otras tres o cuatro palabras.
field-password-wrong = Esta no es la contraseña de esta cuenta.
field-code-wrong = Este código es incorrecto, ya se ha usado o es demasiado antiguo. Escribe el que se muestra ahora.
field-passkey-wrong = Esta llave de acceso no se ha aceptado. Inténtalo de nuevo o inicia sesión de otra forma.
field-no-passkeys = Las llaves de acceso necesitan una tienda con nombre de dominio y TLS.
field-too-many-passkeys = Tienes veinte llaves de acceso. Elimina una primero.
field-totp-exists = Ya tienes una aplicación de autenticación. Elimínala primero.
field-totp-none = No hay ninguna aplicación de autenticación.
field-no-factor = Añade primero una aplicación de autenticación o una llave de acceso.
field-no-mail = Esta tienda no envía correos por ahora, así que no se puede confirmar otra dirección.
field-last-owner = Eres el último propietario de una organización. Nombra primero a otro y después borra tu cuenta.
field-orders-open = Aún tienes un pedido en curso. Borra la cuenta cuando esté completado o cancelado.
error-too-many-attempts = Ha habido demasiados intentos. Inténtalo de nuevo en { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}.
passkey-sign-in = Iniciar sesión con una llave de acceso
security-title = Inicio de sesión y seguridad
new-password = Contraseña nueva

journey-of-parcel = Recorrido del paquete
passkey-failed = No se ha usado la llave de acceso. Inténtalo de nuevo o inicia sesión de otra forma.
field-phone-format = Escribe un teléfono como +34 912 345 678.
field-url-format = Escribe una dirección que empiece por https://, o nada.
field-format = Esto no se puede leer.


# Reclamaciones
claim-about = Sobre
claim-wish = Se pide
claim-refunded = Se reembolsa
claim-rule = En virtud de
claim-restocked = { $n } de vuelta en el almacén
claim-picture-n = Imagen { $n } de la reclamación
claim-return-to = Se devuelve a
claim-sent-with = Devuelto con
claim-story = Historial
claim-kind-not-arrived = No ha llegado
claim-kind-damaged = Dañado
claim-kind-not-as-described = No es como se describe
claim-kind-wrong-item = Artículo equivocado
claim-kind-missing-pieces = Falta algo
claim-kind-withdrawal = Desistimiento sin motivo
claim-kind-other = Otra cosa
claim-wish-money-back = Devolución del dinero
claim-wish-lower-price = Quedárselo por menos
claim-wish-lower-price-by = Quedárselo por { $amount } menos
claim-state-open = Espera al vendedor
claim-state-refused = El vendedor dice que no
claim-state-escalated = Decide la tienda
claim-state-returning = Por devolver
claim-state-sent = En camino de vuelta
claim-state-settling = Reembolso en curso
claim-outcome-refunded = Reembolsada
claim-outcome-reduced = Precio rebajado
claim-outcome-withdrawn = Retirada
claim-outcome-refused = Rechazada
claim-outcome-dismissed = Desestimada
claim-outcome-not-returned = No devuelto
claim-next-open = El vendedor responde hasta el { $until }. Después decide la tienda.
claim-next-refused = El comprador puede pedir a la tienda que decida hasta el { $until }. Después se cierra la reclamación.
claim-next-refused-buyer = Puedes pedir a la tienda que decida hasta el { $until }. Después se cierra la reclamación.
claim-next-escalated = La tienda quiere decidir antes del { $until }.
claim-next-returning = El comprador lo devuelve hasta el { $until }. Después se cierra la reclamación.
claim-next-returning-buyer = Devuélvelo hasta el { $until } y escribe aquí su número de seguimiento. Después se cierra la reclamación.
claim-next-sent = El vendedor confirma que ha llegado. Si no dice nada, el dinero se reembolsa el { $until }.
claim-next-settling = El dinero está a punto de reembolsarse.
claim-next-closed-refunded = Se reembolsan { $amount } al comprador.
claim-next-closed-reduced = Se ha rebajado el precio: se reembolsan { $amount } al comprador.
claim-next-closed-withdrawn = El comprador ha retirado la reclamación.
claim-next-closed-refused = El vendedor dijo que no y no se preguntó a la tienda.
claim-next-closed-dismissed = La tienda ha decidido que no se reembolsa nada.
claim-next-closed-not-returned = No se ha devuelto nada a tiempo.
claim-who-buyer = Comprador
claim-who-seller = Vendedor
claim-who-operator = Tienda
claim-who-house = Automáticamente
claim-deed-opened = ha abierto la reclamación
claim-deed-agreed = ha aceptado
claim-deed-refused = ha rechazado
claim-deed-escalated = ha pedido a la tienda que decida
claim-deed-unanswered = sin respuesta a tiempo, decide la tienda
claim-deed-contested = no está de acuerdo, decide la tienda
claim-deed-decided = ha decidido
claim-deed-sent = lo ha devuelto
claim-deed-received = ha confirmado que ha llegado
claim-deed-receipt-by-clock = se da por recibido
claim-deed-withdrawn = ha retirado la reclamación
claim-deed-not-asked = cerrada, nadie preguntó a la tienda
claim-deed-not-returned = cerrada, no se devolvió nada
claim-deed-cannot-be-paid = ya se había reembolsado, decide la tienda
given-back-amended = Pedido cambiado
take-out-credited = Se descuenta de lo que viene en su lugar
supply-made = { $n ->
    [one] Hecho por encargo en { $n } día laborable
   *[other] Hecho por encargo en { $n } días laborables
}
supply-preorder = Reserva, se envía a partir del { $day }
supply-kind-made = Hecho por encargo
supply-kind-preorder = Reserva

amend-parcel = Desde { $country }
amend-new-total = En tu puerta, todo incluido
amend-more = Por pagar
amend-same = Nada que pagar
amend-which = ¿Qué hay que enviar?
amend-now = { $n ->
    [one] Ahora una unidad; 0 la quita
   *[other] Ahora { $n } unidades; 0 las quita
}
amend-look = Ver lo que cuesta
amend-nothing = Ya no se puede cambiar nada: el pedido está embalado, cancelado o sin pagar.
amend-error-nothing-changed = El pedido ya es así: cambia algo primero.
amend-error-nothing-left = No quedaría nada de lo que no está embalado: cancélalo.
amend-error-out-of-range = Escribe un número entero de unidades, 0 o más.
amend-error-whole-number = Escribe un número entero de unidades.
amend-error-out-of-stock = No quedan tantas.
amend-error-not-sendable = Algo de esto no se puede enviar allí o ya no está a la venta. Quítalo de la cesta o déjalo como está.
amend-error-not-in-order = Esta línea ya no se puede cambiar.
amend-error-nothing-to-amend = Ya no queda nada por embalar: lo embalado no se puede cambiar.
amend-error-amendment-waits = Un cambio de este pedido espera su pago: págalo o retíralo primero.
amend-error-amendment-over = Se ha acabado el plazo de esta oferta. Mira de nuevo lo que cuesta el cambio.
amend-error-amendment-done = Este cambio ya está pagado o hecho.
amend-error-already-packed = El pedido ha cambiado entretanto: míralo y cámbialo de nuevo.
amend-error-given-back-before = Ya se reembolsó parte del precio, así que este paquete se queda como está. Aún se puede quitar algo.
amend-error-payment-pending = Se está procesando un pago de este cambio. Espera un momento.
amend-error-too-many-lines = En un pedido no caben tantos artículos distintos.
amend-before = Hasta ahora
amend-after = Después
amend-none = Nada.
amend-costs = Lo que cuesta, hasta ahora y después
amend-part = Parte del precio
amend-error-amendment-open = Otro cambio de este pedido espera la respuesta del comprador.
amend-error-not-sold-by-you = Solo puedes proponer artículos que vendes tú.
amend-error-buyers-address = A dónde va un pedido lo decide el comprador.
amend-error-unknown-sku = No tienes nada a la venta con esta referencia.
amend-error-unknown-choice = Elige un motivo: se comunica al comprador.
amend-error-too-long = Escribe como máximo 500 caracteres.
amend-error-order-unknown = No puedes cambiar nada de este pedido.
ask-add = Añadir a tu pedido
ask-change = Cambiar lo que has escrito
ask-change-text = Puedes cambiarlo mientras no se haya embalado nada del pedido.
ask-delivery-note = Nota para la entrega
ask-gift-message = Mensaje de regalo
ask-keep = Dejarlo como está
ask-letters = { $most } caracteres como máximo
ask-personalisation = Personalización
ask-reference = Tu referencia
ask-save = Guardar
ask-ticked = Sí
ask-title = Para este pedido
ask-wrong-in-one-line = «{ $label }» va en una sola línea, sin caracteres de control.
ask-wrong-required = Rellena «{ $label }».
ask-wrong-too-long = Escribe como máximo { $most } caracteres en «{ $label }».
ask-wrong-unknown-choice = Elige de la lista en «{ $label }».

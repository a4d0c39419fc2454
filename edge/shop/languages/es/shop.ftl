# Tienda.
to-country = destino: { $country }
sold-by = Vendido por <b>{ $seller }</b>

home-title = El precio en tu puerta
home-description = Cosas de todas partes, con el envío, los aranceles y los impuestos de tu país ya en el precio.
home-headline = Un solo precio.<br>En tu puerta.
home-promise = Artículos, transporte, aranceles e impuestos, calculados antes de que pagues. Destino: { $country }. Nada que pagar al repartidor.
home-shop-week = Ver lo que llega antes
home-see-how = Ver cómo se calcula
rail-soon = Lo que antes llega a tu puerta
rail-soon-text = Ya cerca de tu destino ({ $country }) o por la ruta más rápida.
rail-far = Vale la pena esperar una semana
rail-far-text = Enviado por quienes lo hacen. Los aranceles y los impuestos ya están en el precio.
rail-new = Novedades
rail-new-text = Publicado en los últimos días, con el precio en tu puerta. Destino: { $country }.
home-how-title = El precio en tu puerta, por partes
home-how-text = { $product } cuesta { $price } (destino: { $country }). Aquí está cada parte, la norma de la que sale y el día en que entró en vigor.
home-estimates-link = En qué se diferencian una estimación y una garantía
home-empty-title = Aún no hay nada a la venta
home-empty-text = En cuanto se importen los primeros artículos, aparecerán aquí con su precio en tu puerta.
home-feature-text = Artículos de { $seller }, enviados desde { $country }. Cada precio de abajo es lo que pagas en tu puerta.
visit-seller = Ver todo de { $seller }
promise-duty = Un precio garantizado en tu puerta es definitivo. Los cargos añadidos en la frontera los paga el vendedor contractual que figura en tu pedido.
promise-escrow-title = Tu dinero se guarda hasta que llegue
promise-escrow = Lo que pagas queda en depósito de garantía y solo se entrega al vendedor después de la entrega.
promise-quote-title = Precios reservados mientras pagas
promise-quote = Al tramitar el pedido se reservan el precio, el tipo de cambio, las normas aduaneras y las existencias: 30 minutos, o 10 cuando quedan pocas.
promise-sellers-title = Vendedores con nombre
promise-sellers = Cada artículo indica de quién es, quién lo envía y quién te lo vende legalmente.

search-title = Todo, con el precio en tu puerta, destino { $country }
search-results = { $n ->
    [0] No se ha encontrado nada. Destino: { $country }.
    [one] { $n } resultado, destino: { $country }.
   *[other] { $n } resultados, destino: { $country }.
}
search-for = Resultados de «{ $query }»
search-description = { $title }, con el precio en tu puerta y el día de llegada. Destino: { $country }.
sort-by = Ordenar por
sort-relevance = Relevancia
sort-door-price = Precio en tu puerta, de menor a mayor
sort-arrival = Llegada, lo antes posible
sort-newest = Lo más nuevo
apply = Aplicar
filters = Filtros
remove-filter = Quitar este filtro
clear-all = Quitar todos
facet-price = Precio en tu puerta, { $country }
facet-arrives = Llega en
facet-category = Categoría
facet-from = Se envía desde
facet-seller = Vendedor
up-to-in = Hasta, en { $currency }
at-least-in = Desde, en { $currency }
price-spread = Precios en tu puerta de { $least } a { $most }, y cuántos artículos cuestan eso
any-time = Cualquier fecha
within-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
any-category = Todas
chip-max = Hasta { $amount }
chip-min = Desde { $amount }
chip-days = En { $n } días
show-results = Ver resultados
pages = Páginas
first-page = Primera página
next-page = Siguiente
shown-of = { $n } de { $total }
search-empty-title = Nada para «{ $query }»
search-empty-title-filter = Nada coincide con estos filtros
search-empty-text = Por ahora no se puede enviar nada que coincida a este destino: { $country }.
search-without-filters = Buscar sin filtros
search-everything = Ver todo
searches = Búsquedas

product-description = { $title }: { $price } en tu puerta, con envío, aranceles e impuestos. Destino: { $country }. Llega: { $window }.
breadcrumb = Ruta de navegación
not-sold-to = No se puede enviar a este destino: { $country }
delivery-with-door-price = Envío, con el precio en tu puerta
delivery-not-possible = No es posible: { $reason }
delivery-points = { $carrier }, { $n } puntos de seguimiento
when-it-comes = Cuándo llegará
when-it-comes-text = Se entrega al transportista en { $hours } horas (desde { $country }), y después los días que tarda este servicio. Las barras muestran cómo se reparten las entregas.
when-it-comes-later = { $supplied }. Se entrega al transportista hasta el { $day } (desde { $country }), y después los días que tarda este servicio. Las barras muestran cómo se reparten las entregas.
likely-by-day = Probabilidad de llegada por día
likely-share = { $n } de cada 100
add-to-basket = Añadir a la cesta
few-left = { $n ->
    [one] Queda { $n } unidad
   *[other] Quedan { $n } unidades
}
sold-out = Agotado
who-marketplace = { $seller } es el dueño del artículo, lo envía desde { $country } y es el vendedor contractual.
who-platform = { $seller } es el dueño del artículo, lo vende y lo envía desde { $country }.
who-fulfilled = { $seller } es el dueño del artículo y el vendedor contractual. { $platform } lo embala y lo envía desde { $country }.
who-does-what = Quién hace qué
in-short = En pocas palabras
fact-weight = Peso con embalaje
fact-origin = País de origen
fact-tariff = Código arancelario
fact-customs = Para la aduana
fact-barcode = Código de barras
fact-brand = Marca
other-sellers = Todas las ofertas de este artículo
how-featured = Cómo se elige la oferta destacada
featured-cheapest = Destacada: el precio más bajo en tu puerta
offer-dearer = { $amount } más en tu puerta
offer-variant = { $options }
ships-from-label = Se envía desde
arrives-label = Llega
in-view = A la vista
view-offer = Ver oferta
similar = Artículos parecidos

basket-title = Cesta
basket-summary = { $n ->
    [one] { $n } unidad, destino: { $country }.
   *[other] { $n } unidades, destino: { $country }.
}
keep-shopping = Seguir comprando
basket-repriced = Recalculado, destino: { $country }
change-price = { $title }: ahora { $after } en tu puerta, antes { $before }.
change-lost = { $title } no se puede enviar allí. Se queda en tu cesta.
change-back = { $title } se puede volver a enviar allí, por { $after }.
basket-added = Añadido a tu cesta.
from-place = Desde { $place }
quantity-of = Cantidad: { $product }
remove-product = Eliminar { $product }
update = Actualizar
cannot-be-sent = No se puede enviar, destino: { $country }
your-door-price = Tu precio en la puerta
to-checkout = Tramitar el pedido
basket-note = Los precios se reservan cuando tramitas el pedido con tu dirección: 30 minutos, o 10 cuando quedan pocas unidades.
nothing-sendable = Nada de esta cesta se puede enviar a este destino: { $country }.
basket-empty-title = Tu cesta está vacía
basket-empty-text = Lo que añadas se queda aquí 60 días y te sigue cuando cambias de país.
line-of = { $options }, { $seller }

checkout = Tramitar el pedido
checkout-summary = { $parcels ->
    [one] Un paquete, un pago.
   *[other] { $parcels } paquetes, un pago.
}
back-to-basket = Volver a la cesta
where-it-goes = A dónde va
saved-addresses = Direcciones guardadas
another-address = Otra dirección
order-address-change = Cambiar la dirección
order-address-title = A dónde va el pedido
order-address-text = Mientras no se haya embalado nada, puede ir a otra puerta del mismo país: {$country}. Para otro país o región, cancélalo y haz otro: el precio, los aranceles y los impuestos se calcularon para este.
order-address-keep = Dejarla como está
use-address = Usar esta dirección
email-for-updates = Correo electrónico para las novedades
how-it-travels = Cómo se envía
update-prices = Actualizar precios
delivery-from = Envío desde { $place }
door-price-of = { $amount } en tu puerta
crosses-border = Este paquete cruza una frontera. Se declara con tu nombre y tu teléfono, y los aranceles y los impuestos se gestionan como se indica.
lost-take-out = Quita esto de la cesta para seguir con lo demás.
take-out = Quitarlos
checkout-blocked = El precio se muestra en cuanto se pueda enviar todo lo de la cesta.
delivery-changed = Un envío que elegiste ya no se ofrece. Elige de nuevo.
not-sendable-text = Algo de tu cesta no se puede enviar allí. Quítalo primero.
how-you-pay = Cómo pagas
paid-in = Pago en { $currency }
card-number = Número de tarjeta
sandbox-cards = Modo de prueba: no se mueve dinero. Se acepta 4242 4242 4242 4242.
sandbox-more-cards = Tarjetas que responden de otra forma
card-ok = Aceptada
card-declined = Rechazada
card-no-funds = Saldo insuficiente
card-3ds = El banco pregunta (3-D Secure)
card-late = Confirmada algo más tarde
pay-on-page = Tarjeta y otros medios
pay-on-page-detail = En la página del proveedor de pagos, que se abre a continuación. Esta tienda nunca ve tu número de tarjeta.
to-provider = Ir a la página de pago
to-provider-text = Pagas { $amount } en la página del proveedor de pagos y después vuelves aquí. Si no se abre sola, pulsa el botón.
to-provider-go = Ir a la página de pago
pay-amount = Pagar { $amount }
checkout-terms = Compras a { $sellers }. El dinero se guarda hasta que se entregue cada paquete.
problems-to-fix = { $n ->
    [one] Un dato que corregir antes de pagar.
   *[other] { $n } datos que corregir antes de pagar.
}
price-changed = El precio en tu puerta ha pasado de { $before } a { $after } mientras rellenabas el formulario. Míralo y paga de nuevo si te conviene.
quote-expired-text = Se ha acabado el plazo en que los precios estaban reservados. Estos son los precios de hoy.
held-until = El precio, el tipo de cambio y las existencias están reservados hasta { $time }.
payment-declined = El banco ha rechazado el pago. No se ha cobrado nada. Prueba con otra tarjeta.
payment-insufficient-funds = No hay saldo suficiente en esta tarjeta. No se ha cobrado nada. Prueba con otra tarjeta.
payment-refused = No has aprobado el pago. No se ha cobrado nada.
payment-amount = Este importe no se puede pagar en esta moneda. No se ha cobrado nada. Haz el pedido en otra moneda.
payment-card-unknown = Este número de tarjeta no existe en el modo de prueba. Usa uno de los de abajo.
payment-card-needed = Escribe un número de tarjeta.
payment-outage = El servicio de pagos no responde. Tu pedido se conserva; inténtalo de nuevo en un minuto.
payment-differs = El servicio de pagos ha cobrado un importe distinto del de este pedido. Se te devuelve automáticamente. Vuelve a pagar, por favor.
bank-asks = Tu banco pregunta: ¿eres tú?
bank-asks-text = { $shop } quiere cobrar { $amount } de tu tarjeta. En el modo de prueba haces tú de banco.
approve-payment = Aprobar
refuse-payment = Rechazar

order-number = Pedido { $number }
order-summary = { $parcels ->
    [one] Realizado el { $date }. Un paquete, destino: { $country }.
   *[other] Realizado el { $date }. { $parcels } paquetes, destino: { $country }.
}
cancel-order = Cancelar el pedido
ask-cancel-title = ¿Cancelar este pedido?
ask-cancel-text = No se envía nada y { $amount } vuelven por el mismo medio de pago. Un pedido cancelado no se puede recuperar.
ask-cancel-yes = Cancelar el pedido
confirm-received = Lo he recibido todo
confirm-received-part = Confirmar lo que ha llegado
pay-again = Pagar este pedido
notice-placed = Gracias. Tu pedido está hecho.
notice-placed-text = El enlace a esta página sigue siendo válido; guárdalo para seguir los paquetes.
notice-unpaid = Este pedido aún no está pagado.
notice-unpaid-text = Págalo abajo. Los pedidos sin pagar se cancelan como mucho a la media hora, o a los diez minutos cuando quedan pocas unidades.
notice-pending = Se está confirmando el pago.
notice-pending-text = Puede tardar un minuto. Esta página lo muestra en cuanto esté.
notice-failed = El pago no se ha completado.
notice-failed-text = Tus artículos siguen reservados media hora después del pedido, o diez minutos cuando quedan pocas unidades. Inténtalo de nuevo abajo.
notice-cancelled = Este pedido se ha cancelado.
notice-cancelled-text = Lo pagado vuelve por el mismo medio de pago.
notice-held = La aduana pide algo.
notice-held-text = Un paquete está retenido en la frontera. Responde el vendedor contractual; no tienes que hacer nada. La nueva fecha de llegada figura abajo.
notice-done = Ha llegado todo y el pedido está completado.
order-state-waiting = Pendiente de pago
order-state-to-pack = En preparación
order-state-packed = Embalado
order-state-underway = En camino
order-state-exception = Requiere atención
order-state-delivered = Entregado
order-state-completed = Completado
order-state-cancelled = Cancelado
parcel-from = { $product }, desde { $country }
parcel-more = { $n ->
    [one] { $product } y { $n } más, desde { $country }
   *[other] { $product } y { $n } más, desde { $country }
}
parcel-arrived = Ha llegado
parcel-cancelled = Cancelado
parcel-lost = No encontrado
parcel-returned = Devuelto al remitente
parcel-follows = Aún por embalar
parcel-follows-text = Estas unidades van en otro paquete.
way-paid = Pagado
way-packed = Embalado
way-handed-over = Con el transportista
way-export = Exportación
way-export-held = Aduana de exportación
way-underway = Entre fronteras
way-underway-land = Por carretera
way-import = Aduana de importación
way-import-held = Retenido en la aduana
way-last-mile = Último tramo
way-door = Tu puerta
way-lost = No encontrado
way-returned = Devuelto al remitente
way-international = Internacional
way-inside = Dentro: { $place }, sin aduana
way-duty-paid = aranceles ya pagados
way-until = hasta el { $time }
what-happened = Historial
nothing-yet = Aún nada. La primera novedad llega cuando se embala el paquete.
detail-documents-wanted = La aduana pide documentos. Responde el vendedor contractual.
detail-signed = Entregado con firma en la puerta.
customs-and-papers = Aduana y documentos
merchant-of-record = Vendedor contractual
contents = Contenido
what-you-paid = Lo que has pagado
what-you-pay = Lo que pagas
order-link-hint = Esta página se abre con su enlace. Guárdalo; si se pierde, el número y el correo electrónico traen otro. O abre una cuenta con el mismo correo: muestra este pedido.

signed-in-as = { $name }, { $email }
your-orders = Tus pedidos
paid-at-door = Precio en tu puerta
older-orders = Pedidos anteriores
no-orders-title = Aún no hay pedidos
no-orders-text = Lo que compres aparecerá aquí con su recorrido.
addresses = Direcciones
no-addresses = Las direcciones que guardes al tramitar un pedido aparecen aquí.
add-address = Añadir una dirección
save-address = Guardar la dirección
you = Tus datos
demo-sign-ins = Accesos del mundo de demostración
demo-sign-ins-text = Todos comparten una misma contraseña.
demo-operator = Operador
demo-seller = Vendedor
demo-buyer = Comprador
no-account-yet = ¿Aún no tienes cuenta?
have-account = ¿Ya tienes cuenta?
register-text = Una cuenta reúne tus pedidos y direcciones en un solo lugar. También puedes comprar sin ella.
sign-in-wrong = El correo electrónico y la contraseña no coinciden.
forgot-password = ¿Has olvidado la contraseña?
forgot-password-text = Escribe el correo electrónico de tu cuenta. Si existe, enviamos un enlace para elegir una contraseña nueva.
forgot-send = Enviar el enlace
forgot-sent-title = Mira tu correo
forgot-sent-text = Si hay una cuenta con este correo, un mensaje va en camino o ha llegado en la última hora: cada enlace sirve una vez, durante una hora. ¿No llega? Mira en el correo no deseado o comprueba si te registraste con otra dirección.
forgot-no-mail = Esta tienda no envía correos por ahora, así que no llegará ningún enlace. Pregunta al operador de la tienda.
reset-password = Elegir una contraseña nueva
reset-password-text = Se cierra la sesión de quien la tenga abierta con la contraseña antigua, en cualquier dispositivo.
reset-save = Guardar la contraseña nueva
reset-over-title = Este enlace ya no vale
reset-over-text = Se ha usado o tiene más de una hora. Pide uno nuevo.
track-text = Escribe el número del pedido y el correo electrónico con que se hizo: enviamos allí su enlace. Si has iniciado sesión, tus pedidos se abren al momento.
order-number-hint = Es como EN-7Q4K-2219.
saved = Guardado.

your-name = Tu nombre
category-of = { $name }

door-price-example = Un ejemplo
door-price-example-goods = Taza de gres, 350 ml
door-price-example-text = Una taza de China, destino: { $country }, según las normas de hoy.

info-door-price-title = Cómo se calcula el precio en tu puerta
info-door-price-lead = El precio que ves es lo que pagas en tu puerta: artículos, envío internacional, aranceles e impuestos, en tu moneda, con el día de llegada.
info-door-price-parts = Cinco partes, cada una con su norma
info-door-price-parts-text =
    El vendedor fija el precio de los artículos, sin impuestos. El envío es la tarifa del transportista por el peso y el trayecto. Los aranceles dependen del código arancelario, el país de origen y el valor. El impuesto es el de tu país, sobre lo que tu país cuenta. Algunos transportistas y autoridades cobran gastos de gestión.
    Cada línea de un desglose nombra la norma de la que sale y el día en que entró en vigor. Las partes siempre suman el precio mostrado.
info-door-price-exchange = Tipos de cambio
info-door-price-exchange-text =
    Un precio en otra moneda se convierte una sola vez, al tipo de referencia del día, y se indica el día. Al tramitar el pedido, el tipo se reserva hasta 30 minutos. No se le añade nada.
info-door-price-estimate = Garantizado o estimado
info-door-price-estimate-text =
    Un precio está garantizado cuando cada norma de la que sale está confirmada. Donde solo se conoce un arancel habitual, el precio dice que es una estimación. En ambos casos pagas lo que se te ofreció: lo que ves al tramitar el pedido es lo que se cobra.
info-door-price-featured = La oferta destacada
info-door-price-featured-text =
    Cuando varios vendedores ofrecen lo mismo, el que tiene el precio más bajo en tu puerta va primero. Nadie puede pagar por ese lugar.
info-duty-guarantee-title = Garantía de aranceles
info-duty-guarantee-lead = Donde un precio está garantizado, no se puede añadir nada en tu puerta.
info-duty-guarantee-what = Qué se garantiza
info-duty-guarantee-what-text =
    Los aranceles, los impuestos y los gastos de gestión se calculan antes de que pagues y forman parte del precio. Si la aduana pide más en la frontera, el vendedor contractual que figura en tu pedido paga la diferencia.
info-duty-guarantee-who = Quién hace qué
info-duty-guarantee-who-text =
    Cada página de artículo dice de quién es, quién lo envía y quién es el vendedor contractual. Los mismos nombres figuran en tu pedido.
    Tu dinero queda en depósito de garantía. Solo se entrega al vendedor cuando ha llegado tu paquete y ha pasado el plazo para reclamar.
info-duty-guarantee-border = Cobrado en la frontera
info-duty-guarantee-border-text =
    Algunos aranceles e impuestos solo se pueden pagar cuando llega el paquete. El transportista los paga por ti con el precio que ves, y el desglose lo dice.
info-returns-title = Devoluciones y reembolsos
info-returns-lead = Puedes cancelar un pedido mientras no esté embalado, y se te devuelve todo el dinero.
info-returns-before = Antes de embalarlo
info-returns-before-text =
    Abre tu pedido y pulsa «Cancelar el pedido». Los artículos, el envío, los aranceles y los impuestos vuelven por el mismo medio de pago.
info-returns-after = Cuando ya ha salido
info-returns-after-text =
    Un paquete perdido o devuelto al remitente se reembolsa: los artículos, su envío, los aranceles y los impuestos. Si algo de lo que llega está mal, o no llega, dilo en la página del pedido, línea por línea y con imágenes: el dinero espera hasta que el vendedor responda, y si no os ponéis de acuerdo decide la tienda. Donde la ley de tu país te permite desistir de una compra sin motivo, la página del pedido dice hasta cuándo y cómo.
info-returns-refund = Cómo se hace un reembolso
info-returns-refund-text =
    Un reembolso usa los importes de tu pedido, nunca tipos ni normas más nuevos. Vuelve a la tarjeta con la que pagaste.
info-selling-title = Abrir una tienda
info-selling-lead = Vende en { $shop } a todos los países cuyas normas se conocen aquí. Los compradores ven un solo precio; tú ves cada parte.
info-selling-start = Cómo empezar
info-selling-start-text =
    El operador de { $shop } acepta solicitudes o invita a vendedores. Después subes el archivo de productos que ya tienes: los archivos exportados de Shopify se leen tal cual.
    Da a cada producto su código arancelario y su país de origen. Lo que falta figura en una lista, y se vende al extranjero en cuanto está.
info-selling-fees = Tarifas y comisión
info-selling-fees-text =
    Cuando se completa un pedido, se retiene como comisión una parte del precio de los artículos; tu acuerdo la indica. Publicar no cuesta nada. La comisión de cada pedido queda fijada en el momento de la venta.
info-selling-customs = Aduana e impuestos
info-selling-customs-text =
    Los aranceles y los impuestos se calculan y se apartan con cada pedido. Las etiquetas, los números de seguimiento y los formularios de aduana se hacen por ti.
info-about-title = Acerca de
info-about-lead = { $shop } funciona con Entrepot, una plataforma de código abierto para el comercio transfronterizo.
info-about-what = Qué es
info-about-what-text =
    Un entrepôt es un puerto donde se reciben, guardan y reenvían mercancías de todas partes. Entrepot es el programa con el que se lleva un puerto así: tienda, mercado, centro de vendedores y contabilidad en uno.
info-about-open = Código abierto
info-about-open-text =
    El programa es software libre con las licencias MIT y Apache 2.0. Se puede leer cada norma de la que sale un precio.
info-accessibility-title = Accesibilidad
info-accessibility-lead = Cada página se puede usar con el teclado, con un lector de pantalla, con letra grande, a oscuras y sin scripts.
info-accessibility-what = Lo que hacemos
info-accessibility-what-text =
    Las páginas se hacen de partes sencillas y con nombre. El significado nunca depende solo del color. El movimiento se detiene cuando tu sistema lo pide. El texto se puede ampliar al doble.
info-accessibility-tell = Dínoslo
info-accessibility-tell-text =
    Si algo no se puede usar, escribe al operador de esta tienda e indica la página.
info-privacy-title = Privacidad
info-privacy-lead = Qué se guarda de ti, por qué y cuánto tiempo.
info-privacy-cookies = Las cookies
info-privacy-cookies-text =
    Las cookies guardan tu destino, moneda, idioma y tema, tu cesta, tu sesión, que ya iniciaste sesión en este dispositivo y una clave contra formularios falsos. No hay cookies de publicidad ni rastreadores de terceros.
info-privacy-data = Tus pedidos
info-privacy-data-text =
    Tu nombre, dirección y teléfono se dan al vendedor, al transportista y a la aduana, porque un paquete no puede viajar sin ellos. Los números de tarjeta nunca llegan a la base de datos de esta tienda.
info-privacy-delete = Borrar
info-privacy-delete-text =
    Las direcciones se pueden eliminar de tu cuenta en cualquier momento. En «Inicio de sesión y seguridad» descargas todo lo que se guarda de ti o borras tu cuenta; la página dice qué se queda y por qué. Las sesiones guardan el nombre del navegador y la dirección de red mientras duran.
imprint-lead = Quién responde de { $shop } y cómo contactarnos.
imprint-legal = Responsable legal
imprint-contact = Contacto
imprint-none = El propietario de la tienda aún no lo ha escrito.
not-sold-there = La tienda no vende a este país. Elige otro destino.

# Abrir una cuenta, invitaciones y por quién se actúa.
register-sent-text = Un mensaje va en camino a { $email }. Su enlace sirve una vez, durante un día. ¿No llega? Mira en el correo no deseado; tras varios mensajes en una hora no se envían más, y los últimos siguen valiendo.
register-no-mail = Esta tienda no envía correos por ahora, así que no llegará ningún enlace. El operador de la tienda puede dártelo: pídeselo. Puedes comprar sin cuenta.
register-how = Enviamos un enlace a esta dirección. Con él eliges tu nombre y tu contraseña.
register-confirm-text = { $email } está confirmado. Elige lo que falta para la cuenta.
register-over-text = Se ha usado, tiene más de un día o ya hay una cuenta con esta dirección. Inicia sesión o pide un enlace nuevo.
send-again = Enviar de nuevo
go-on = Continuar
track-send = Enviar el enlace
track-sent-text = Si se hizo un pedido con este número y este correo, un enlace va en camino. ¿No llega? Mira en el correo no deseado o revisa el número; tras varios mensajes en una hora no se envían más, y los últimos enlaces siguen valiendo.
track-no-mail = Esta tienda no envía correos por ahora, así que no llegará ningún enlace. Inicia sesión si compraste con una cuenta o pregunta al operador de la tienda.
track-another = Buscar otro pedido
invitation-text = Si aceptas, actúas por esta organización desde entonces; puedes salir cuando quieras. Hasta entonces no cambia nada.
invitation-for = Para
invitation-other = Has iniciado sesión como { $email }. Ciérrala e inicia sesión con la dirección invitada.
invitation-sign-in = Iniciar sesión para responder
invitation-register = Abrir la cuenta y aceptar
invitation-register-text = Elige un nombre y una contraseña para { $email }.
invitation-over = Esta invitación ya no vale
invitation-over-text = Se ha respondido, retirado o sustituido, o tiene más de siete días. Pide una nueva a quien te invitó.
invitation-declined = Rechazada
invitation-declined-text = Para ti no ha cambiado nada. La invitación se ha eliminado.
keep = Conservar
acting-text = Elige por quién actúas ahora. La próxima sesión empieza donde estuviste la última vez.
acting-none = Actúas por ti. Cuando alguien te invite, se mostrará aquí.
acting-leave-title = ¿Salir de { $name }?
acting-leave-text = Dejas de actuar por esta organización, al momento y en todos los dispositivos. Se revocan las claves de API que creaste para ella y se retiran las invitaciones que escribiste. Para volver tendrán que invitarte de nuevo.
acting-last-owner = Eres el único propietario. Nombra primero a otro.
acting-declined = Rechazada. No ha cambiado nada.
acting-over = Esta invitación se ha respondido, retirado o cambiado, o es demasiado antigua.
acting-left = Has salido de la organización.
order-link-hint-no-mail = Esta página se abre con su enlace. Guárdalo: esta tienda no envía correos por ahora.
apply-title = Solicitar vender aquí
apply-text = Di quién eres y qué ofreces. Recibes un acuse de recibo por correo y después una respuesta.
apply-name = Nombre de tu tienda
apply-name-hint = Como lo verán los compradores.
apply-legal-name = Razón social
apply-phone = Teléfono (opcional)
apply-website = Sitio web (opcional)
apply-country = Dónde estás establecido
apply-currency = Moneda en que cobras
apply-goods = Qué quieres vender
apply-goods-hint = Tipos de artículos, dónde se fabrican y dónde están.
apply-how = Nadie vende aquí antes de que la tienda lo acepte. Con este formulario no se abre ninguna cuenta.
apply-send = Enviar la solicitud
apply-sent-title = Tu solicitud va en camino
apply-sent-text = Se envía un acuse de recibo a { $email }, y también la respuesta. ¿No llega? Mira en el correo no deseado.
apply-sent-no-mail = Esta tienda no envía correos por ahora; responde a { $email } de otra forma.
apply-closed = Esta tienda no acepta solicitudes por ahora. Escríbele si aun así quieres vender aquí.


# Reclamaciones
claim-object = Algo va mal
claim-object-text = Di qué va mal y con qué unidades. Entretanto, el dinero de este paquete espera. El vendedor responde en tres días; si no, o si no estás de acuerdo, decide la tienda.
claim-object-send = Enviar al vendedor
claim-give-back = Devolver
claim-give-back-text = No tienes que dar ningún motivo. Después verás a dónde enviarlo. El dinero de las unidades se reembolsa cuando llegan, y el envío con ellas si devuelves todo lo de este paquete.
claim-give-back-send = Devolver
claim-right = Puedes desistir sin motivo hasta el { $until } ({ $source }).
claim-right-buyer-pays = Los gastos de devolución corren de tu cuenta.
claim-right-seller-pays = Según esa ley, la devolución no debería costarte nada: pregunta al vendedor antes de enviarla.
claim-which-pieces = ¿Qué unidades?
claim-of-pieces = { $n ->
    [one] { $n } unidad
   *[other] { $n } unidades
 }
claim-what-is-wrong = ¿Qué va mal?
claim-words = ¿Qué ha pasado?
claim-words-optional = ¿Quieres decir algo? (opcional)
claim-pictures = Imágenes (como máximo { $n })
claim-pictures-hint = JPEG, PNG, WebP o GIF, hasta 20 MB cada una. Solo las veis tú, el vendedor y la tienda; se quitan el lugar y la cámara.
claim-less-by = Por menos: cuánto menos ({ $currency })
claim-back = Volver al pedido
claim-nothing-left = De este paquete no queda nada que reclamar: está en otra reclamación o se ha devuelto.
claim-of-order = Reclamación sobre el pedido { $number }
claim-send-title = Devolverlo
claim-send-text = Pon en el paquete una nota con el pedido { $number }.
claim-carrier = Transportista
claim-tracking = Número de seguimiento
claim-send-done = Ya va en camino
claim-ask-title = ¿No estás de acuerdo?
claim-ask-words = ¿Qué debería saber la tienda?
claim-ask = Pedir a la tienda que decida
claim-take-back = Retirar la reclamación
claim-error-kind-required = Elige qué va mal.
claim-error-words-required = Escribe qué ha pasado.
claim-error-pieces-required = Di de qué línea y cuántas unidades.
claim-error-carrier-required = Escribe quién lo lleva.
claim-error-tracking-required = Escribe el número de seguimiento.
claim-error-whole-number = Escribe un número entero de unidades.
claim-error-not-in-order = Nombra cada línea de este paquete una sola vez.
claim-error-too-long = Es demasiado largo.
claim-error-too-many-pictures = Envía como máximo seis imágenes.
claim-error-picture = Una imagen no se puede leer: envía JPEG, PNG, WebP o GIF de 20 MB como máximo.
claim-error-one-line = Solo se puede pedir una rebaja para una línea cada vez.
claim-error-amount-format = Escribe un importe mayor que cero que no supere lo que cuestan las unidades.
claim-error-too-many-pieces = No quedan tantas unidades: algunas están en otra reclamación o se han devuelto.
claim-error-too-many-claims = Se han abierto tantas reclamaciones sobre este paquete que no cabe otra. Escribe a la tienda.
claim-error-not-disputable = Solo se puede reclamar lo que está pagado y no cancelado.
claim-error-not-arrived-yet = Solo se puede decir que falta después del último día prometido.
claim-error-not-delivered = Este paquete aún no se ha entregado.
claim-error-claim-window-over = Se ha acabado el plazo. Escribe a la tienda.
claim-error-no-withdrawal = En tu país la ley no da derecho a desistir de estas compras sin motivo.
claim-error-claim-settling = Su dinero ya está a punto de reembolsarse.
claim-error-wrong-step = La reclamación ha avanzado. Mírala de nuevo.
confirm-ask-title = ¿Ha llegado todo?
confirm-ask-text = Confirma solo cuando todo esté aquí y bien. Los { $amount } que guardamos se entregan entonces a quienes lo vendieron y llevaron.
confirm-ask-yes = Sí, está todo
confirm-ask-no = No, volver al pedido
amend-asked = { $who } propone un cambio
amend-asked-text = No cambia nada si no dices que sí. Responde hasta el { $until }; si no, el pedido se queda como está.
amend-asked-why = Motivo
amend-asked-link = Ver la propuesta
amend-asked-no = No, dejarlo
amend-asked-yes = Sí, cambiarlo
amend-asked-yes-more = Sí, y pagar { $amount }
amend-asked-yes-back = Sí, se reembolsan { $amount }
amend-asked-after = Podrás hacer otro cambio cuando hayas respondido.
amend-asked-over = El pedido se ha embalado o ha cambiado entretanto, así que la propuesta ya no se puede llevar a cabo.
amend-open = Cambiar el pedido
amend-title = Cambiar el pedido
amend-text = Lo que aún no está embalado se puede cambiar: más o menos unidades, otro envío, artículos de tu cesta. Lo que compraste conserva su precio; el envío, los aranceles y los impuestos se calculan de nuevo. Ves lo que cuesta antes de que cambie nada.
amend-does = Así queda el pedido
amend-back = Se te reembolsa
amend-held = { $n ->
    [one] Estos precios y artículos están reservados para ti un minuto.
   *[other] Estos precios y artículos están reservados para ti { $n } minutos.
}
amend-do = Cambiar el pedido
amend-do-more = Cambiar el pedido y pagar { $amount }
amend-do-back = Cambiar el pedido, se reembolsan { $amount }
amend-leave = Dejar el pedido como está
amend-waits = Un cambio espera { $amount }
amend-waits-text = No cambia nada del pedido hasta que se pague. Si no se paga a tiempo, o el pedido se embala antes, se queda como está.
amend-pay = Pagar ahora
amend-basket = Añadir lo que hay en tu cesta
amend-basket-empty = Para añadir algo, ponlo primero en tu cesta y vuelve aquí.
amend-back-to-order = Volver al pedido
amend-due = Pagar el cambio
amend-due-text = Hay que pagar { $amount } hasta el { $until }. El pedido cambia cuando llega el dinero; si no, se queda como está.
amend-see = Ver el cambio
amend-paying = Se está procesando el pago del cambio de tu pedido.

# Antes de abrir.
opening-soon = Abrimos pronto
opening-soon-text = Esta tienda todavía no acepta pedidos. Su cesta se guarda 60 días; vuelva cuando la tienda esté abierta.
opening-soon-ask = ¿Preguntas?
not-selling = Sin pedidos por el momento
not-selling-text = Esta tienda no puede cobrar pagos o enviar paquetes por el momento. Su cesta se guarda 60 días.
test-order = Pedido de prueba
test-order-text = La tienda no está abierta. Lo que pida aquí es una prueba de su propio personal: compruebe el pago y los correos y después cancélelo.
test-order-end = Hecho por el personal de la tienda antes de abrir. Cancélelo para que se devuelva el dinero y la mercancía quede libre.
told-by-seller = Comunicado por el vendedor
told-by-operator = Comunicado por la tienda

# Loja.
to-country = para { $country }
sold-by = Vendido por <b>{ $seller }</b>

home-title = O preço na sua porta
home-description = Produtos de todo o mundo, com frete, imposto de importação e tributos do seu país já incluídos no preço.
home-headline = Um só preço.<br>Na sua porta.
home-promise = Mercadoria, frete, imposto de importação e tributos ({ $country }), calculados antes de você pagar. Nada a acertar com o entregador.
home-shop-week = Ver o que chega antes
home-see-how = Ver como é calculado
rail-soon = Chegam antes à sua porta
rail-soon-text = Já perto do destino ({ $country }) ou pela rota mais rápida até lá.
rail-far = Vale esperar uma semana
rail-far-text = Enviados por quem os faz. Os impostos já estão no preço.
rail-new = Novidades
rail-new-text = Publicados nos últimos dias, com preço para { $country }.
home-how-title = O preço final, parte por parte
home-how-text = { $product } custa { $price } com entrega em: { $country }. Aqui está cada parte, a regra por trás dela e o dia em que a regra entrou em vigor.
home-estimates-link = Qual a diferença entre estimativa e garantia
home-empty-title = Ainda não há nada à venda aqui
home-empty-text = Assim que os primeiros produtos forem importados, eles aparecem aqui com o preço na sua porta.
home-feature-text = Produtos de { $seller }, enviados de: { $country }. Cada preço abaixo é o que você paga na sua porta.
visit-seller = Ver tudo de { $seller }
promise-duty = Um preço final garantido não muda. Cobranças extras na fronteira são pagas pelo vendedor responsável informado no seu pedido.
promise-escrow-title = Dinheiro guardado até a chegada
promise-escrow = O que você paga fica retido em garantia e só vai para o vendedor depois da entrega.
promise-quote-title = Preço garantido enquanto você paga
promise-quote = Na finalização da compra, o preço, o câmbio, as regras de impostos e o estoque ficam reservados: por 30 minutos, ou por 10 quando restam poucas unidades.
promise-sellers-title = Vendedores identificados
promise-sellers = Cada produto mostra de quem é o estoque, quem envia e quem legalmente vende para você.

search-title = Tudo com preço para { $country }
search-results = { $n ->
    [0] Nenhum resultado com preço para { $country }.
    [one] { $n } resultado com preço para { $country }.
   *[other] { $n } resultados com preço para { $country }.
}
search-for = Resultados para “{ $query }”
search-description = { $title }, com o preço na sua porta ({ $country }) e o dia da chegada.
sort-by = Ordenar por
sort-relevance = Relevância
sort-door-price = Menor preço final
sort-arrival = Chega antes
sort-newest = Mais recentes
apply = Aplicar
filters = Filtros
remove-filter = Remover este filtro
clear-all = Limpar tudo
facet-price = Preço final para { $country }
facet-arrives = Chega em até
facet-category = Categoria
facet-from = Enviado de
facet-seller = Vendedor
up-to-in = Até, em { $currency }
at-least-in = A partir de, em { $currency }
price-spread = Preços finais de { $least } a { $most } e quantos produtos custam isso
any-time = Qualquer prazo
within-days = { $n ->
    [one] { $n } dia
   *[other] { $n } dias
}
any-category = Todas
chip-max = Até { $amount }
chip-min = A partir de { $amount }
chip-days = Em até { $n } dias
show-results = Mostrar resultados
pages = Páginas
first-page = Primeira página
next-page = Próxima
shown-of = { $n } de { $total }
search-empty-title = Nada para “{ $query }”
search-empty-title-filter = Nada corresponde a estes filtros
search-empty-text = No momento, nada do que corresponde pode ser enviado para { $country }.
search-without-filters = Buscar sem filtros
search-everything = Mostrar tudo
searches = Buscas

product-description = { $title }: { $price } na sua porta ({ $country }), com frete, imposto de importação e tributos (chega { $window }).
breadcrumb = Você está em
not-sold-to = Não pode ser enviado para { $country }
delivery-with-door-price = Entrega, com preço final
delivery-not-possible = Não é possível: { $reason }
delivery-points = { $carrier }, { $n } pontos de rastreio
when-it-comes = Quando chega
when-it-comes-text = Postagem em até { $hours } horas ({ $country }), mais os dias que este serviço leva. As barras mostram como as entregas se distribuem no período.
when-it-comes-later = { $supplied }. Postagem ({ $country }) até { $day }, mais os dias que este serviço leva. As barras mostram como as entregas se distribuem no período.
likely-by-day = Probabilidade de chegada por dia
likely-share = { $n } em 100
add-to-basket = Adicionar ao carrinho
few-left = { $n ->
    [one] Resta { $n } unidade
   *[other] Restam { $n } unidades
}
sold-out = Esgotado
who-marketplace = { $seller } é dono do estoque, envia da origem ({ $country }) e é o vendedor responsável.
who-platform = { $seller } é dono do estoque, vende e envia da origem ({ $country }).
who-fulfilled = { $seller } é dono do estoque e o vendedor responsável. { $platform } embala e envia da origem ({ $country }).
who-does-what = Quem faz o quê
in-short = Em resumo
fact-weight = Peso com embalagem
fact-origin = País de origem
fact-tariff = Código tarifário
fact-customs = Para a alfândega
fact-barcode = Código de barras
fact-brand = Marca
other-sellers = Todas as ofertas deste produto
how-featured = Como a oferta em destaque é escolhida
featured-cheapest = Em destaque: menor preço final
offer-dearer = { $amount } a mais na porta
offer-variant = { $options }
ships-from-label = Enviado de
arrives-label = Chega
in-view = Em exibição
view-offer = Ver oferta
similar = Produtos semelhantes

basket-title = Carrinho
basket-summary = { $n ->
    [one] { $n } unidade, com preço para { $country }.
   *[other] { $n } unidades, com preço para { $country }.
}
keep-shopping = Continuar comprando
basket-repriced = Recalculado para { $country }
change-price = { $title }: de { $before } para { $after } na sua porta.
change-lost = { $title }: não pode ser enviado para lá. Continua no seu carrinho.
change-back = { $title }: pode ser enviado para lá de novo, por { $after }.
basket-added = Adicionado ao carrinho.
from-place = Origem: { $place }
quantity-of = Quantidade de { $product }
remove-product = Remover { $product }
update = Atualizar
cannot-be-sent = Não pode ser enviado para { $country }
your-door-price = Seu preço final
to-checkout = Finalizar compra
basket-note = Os preços ficam garantidos quando você finaliza a compra com seu endereço: por 30 minutos, ou por 10 quando restam poucas unidades.
nothing-sendable = Nada neste carrinho pode ser enviado para { $country }.
basket-empty-title = Seu carrinho está vazio
basket-empty-text = O que você adiciona fica aqui por 60 dias e continua com você ao mudar de país.
line-of = { $options }, { $seller }

checkout = Finalizar compra
checkout-summary = { $parcels ->
    [one] Um pacote, um pagamento.
   *[other] { $parcels } pacotes, um pagamento.
}
back-to-basket = Voltar ao carrinho
where-it-goes = Endereço de entrega
saved-addresses = Endereços salvos
another-address = Outro endereço
order-address-change = Alterar o endereço
order-address-title = Para onde vai o pedido
order-address-text = Enquanto nada foi embalado, o pedido pode ir para outro endereço no mesmo país ({ $country }). Para outro país ou região, cancele e peça de novo: preço, imposto de importação e tributos foram calculados para este.
order-address-keep = Deixar como está
use-address = Usar este endereço
email-for-updates = E-mail para avisos
how-it-travels = Forma de envio
update-prices = Atualizar preços
delivery-from = Entrega, origem: { $place }
door-price-of = { $amount } na sua porta
crosses-border = Este pacote cruza uma fronteira. Ele é declarado com seu nome e telefone, e o imposto de importação e os tributos são tratados como mostrado.
lost-take-out = Retire estes itens do carrinho para continuar com o restante.
take-out = Retirar
checkout-blocked = O preço aparece assim que tudo no carrinho puder ser enviado.
delivery-changed = Uma entrega que você escolheu não é mais oferecida. Escolha de novo.
not-sendable-text = Algo no seu carrinho não pode ser enviado para lá. Retire-o primeiro.
how-you-pay = Forma de pagamento
paid-in = Pagamento em { $currency }
card-number = Número do cartão
sandbox-cards = Modo de teste: nenhum dinheiro é movimentado. 4242 4242 4242 4242 é aceito.
sandbox-more-cards = Cartões com outro comportamento
card-ok = Aceito
card-declined = Recusado
card-no-funds = Saldo insuficiente
card-3ds = O banco pede confirmação (3-D Secure)
card-late = Confirmado um pouco depois
pay-on-page = Cartão e outras formas
pay-on-page-detail = Na página do próprio provedor de pagamento, que abre em seguida. Esta loja nunca vê o número do seu cartão.
to-provider = Ir para a página de pagamento
to-provider-text = Você paga { $amount } na página do próprio provedor de pagamento e depois volta para cá. Se ela não abrir sozinha, toque no botão.
to-provider-go = Ir para a página de pagamento
pay-amount = Pagar { $amount }
checkout-terms = Você compra de { $sellers }. O dinheiro fica guardado até que cada pacote seja entregue.
problems-to-fix = { $n ->
    [one] Há um ponto a corrigir antes de pagar.
   *[other] Há { $n } pontos a corrigir antes de pagar.
}
price-changed = O preço na sua porta mudou de { $before } para { $after } enquanto você preenchia o formulário. Confira e pague de novo se estiver de acordo.
quote-expired-text = O prazo em que os preços estavam garantidos terminou. Estes são os preços de hoje.
held-until = Preço, câmbio e estoque garantidos até { $time }.
payment-declined = O banco recusou o pagamento. Nada foi cobrado. Tente outro cartão.
payment-insufficient-funds = Não há saldo suficiente neste cartão. Nada foi cobrado. Tente outro cartão.
payment-refused = Você não aprovou o pagamento. Nada foi cobrado.
payment-amount = Este valor não pode ser pago nesta moeda. Nada foi cobrado. Faça o pedido em outra moeda.
payment-card-unknown = Este número de cartão não existe no modo de teste. Use um dos números abaixo.
payment-card-needed = Informe o número do cartão.
payment-outage = O serviço de pagamento não responde. Seu pedido está guardado; tente de novo em um minuto.
payment-differs = O serviço de pagamento cobrou um valor diferente do pedido. Ele será devolvido automaticamente. Pague de novo, por favor.
bank-asks = Seu banco pergunta: é você?
bank-asks-text = { $shop } quer cobrar { $amount } no seu cartão. No modo de teste, você faz o papel do banco.
approve-payment = Aprovar
refuse-payment = Recusar

order-number = Pedido { $number }
order-summary = { $parcels ->
    [one] Data do pedido: { $date }, { $parcels } pacote para { $country }.
   *[other] Data do pedido: { $date }, { $parcels } pacotes para { $country }.
}
cancel-order = Cancelar pedido
ask-cancel-title = Cancelar este pedido?
ask-cancel-text = Nada será enviado e { $amount } serão devolvidos pela mesma forma de pagamento. Um pedido cancelado não pode ser retomado.
ask-cancel-yes = Cancelar o pedido
confirm-received = Recebi tudo
confirm-received-part = Confirmar o que chegou
pay-again = Pagar este pedido
notice-placed = Obrigado. Seu pedido foi feito.
notice-placed-text = O link desta página continua valendo; guarde-o para acompanhar os pacotes.
notice-unpaid = Este pedido ainda não foi pago.
notice-unpaid-text = Pague abaixo. Pedidos não pagos são cancelados em até meia hora, ou em dez minutos quando restam poucas unidades.
notice-pending = O pagamento está sendo confirmado.
notice-pending-text = Isso pode levar um minuto. Esta página mostra assim que estiver pronto.
notice-failed = O pagamento não foi concluído.
notice-failed-text = Seus produtos ficam reservados por meia hora após o pedido, ou por dez minutos quando restam poucas unidades. Tente de novo abaixo.
notice-cancelled = Este pedido foi cancelado.
notice-cancelled-text = O que foi pago volta pela mesma forma de pagamento.
notice-held = A alfândega pediu algo.
notice-held-text = Um pacote está retido na fronteira. O vendedor responsável responde; você não precisa fazer nada. A nova data de chegada aparece abaixo.
notice-done = Tudo chegou e o pedido está concluído.
order-state-waiting = Aguardando pagamento
order-state-to-pack = Em preparação
order-state-packed = Embalado
order-state-underway = A caminho
order-state-exception = Requer atenção
order-state-delivered = Entregue
order-state-completed = Concluído
order-state-cancelled = Cancelado
parcel-from = { $product }, origem: { $country }
parcel-more = { $n ->
    [one] { $product } e mais { $n }, origem: { $country }
   *[other] { $product } e mais { $n }, origem: { $country }
}
parcel-arrived = Chegou
parcel-cancelled = Cancelado
parcel-lost = Não encontrado
parcel-returned = Devolvido
parcel-follows = Ainda a embalar
parcel-follows-text = Estas unidades seguem em outro pacote.
way-paid = Pago
way-packed = Embalado
way-handed-over = Com a transportadora
way-export = Exportação
way-export-held = Alfândega de exportação
way-underway = Entre fronteiras
way-underway-land = Na estrada
way-import = Alfândega de importação
way-import-held = Retido pela alfândega
way-last-mile = Entrega local
way-door = Sua porta
way-lost = Não encontrado
way-returned = Devolvido
way-international = Internacional
way-inside = Dentro de { $place }, sem alfândega
way-duty-paid = imposto já pago
way-until = até { $time }
what-happened = O que aconteceu
nothing-yet = Nada ainda. A primeira notícia vem quando o pacote for embalado.
detail-documents-wanted = A alfândega pediu documentos. O vendedor responsável responde.
detail-signed = Assinado na entrega.
customs-and-papers = Alfândega e documentos
merchant-of-record = Vendedor responsável
contents = Conteúdo
what-you-paid = O que você pagou
what-you-pay = O que você paga
order-link-hint = Esta página abre pelo link dela. Guarde o link; se o perder, o número e o e-mail trazem outro. Ou crie uma conta com o mesmo e-mail: ela mostra este pedido.

signed-in-as = { $name }, { $email }
your-orders = Seus pedidos
paid-at-door = Preço final
older-orders = Pedidos anteriores
no-orders-title = Nenhum pedido ainda
no-orders-text = O que você comprar aparece aqui com o trajeto.
addresses = Endereços
no-addresses = Os endereços que você salva ao finalizar a compra aparecem aqui.
add-address = Adicionar endereço
save-address = Salvar endereço
you = Você
demo-sign-ins = Acessos do mundo de demonstração
demo-sign-ins-text = Todos usam a mesma senha.
demo-operator = Administrador
demo-seller = Vendedor
demo-buyer = Comprador
no-account-yet = Ainda não tem conta?
have-account = Já tem uma conta?
register-text = Uma conta reúne seus pedidos e endereços em um só lugar. Você pode comprar sem ela.
sign-in-wrong = E-mail e senha não correspondem.
forgot-password = Esqueceu sua senha?
forgot-password-text = Informe o e-mail da sua conta. Se ela existir, enviamos um link para você escolher uma nova senha.
forgot-send = Enviar o link
forgot-sent-title = Veja seu e-mail
forgot-sent-text = Se existe uma conta com este e-mail, uma mensagem está a caminho, ou chegou na última hora: cada link funciona uma vez, por uma hora. Não chegou nada? Veja a pasta de spam ou confira se você usou outro endereço no cadastro.
forgot-no-mail = Esta loja não envia e-mails no momento; por isso nenhum link chegará. Fale com o administrador da loja.
reset-password = Escolha uma nova senha
reset-password-text = Quem estiver conectado com a senha antiga, em qualquer aparelho, sairá da conta.
reset-save = Salvar a nova senha
reset-over-title = Este link não vale mais
reset-over-text = Ele já foi usado ou tem mais de uma hora. Peça um novo.
track-text = Informe o número do pedido e o e-mail usado nele: enviamos o link para lá. Se você entrar na sua conta, seus pedidos abrem na hora.
order-number-hint = O formato é EN-7Q4K-2219.
saved = Salvo.

your-name = Seu nome
category-of = { $name }

door-price-example = Um exemplo
door-price-example-goods = Caneca de cerâmica, 350 ml
door-price-example-text = Uma caneca da China para { $country }, pelas regras de hoje.

info-door-price-title = Como o preço final é calculado
info-door-price-lead = O preço que você vê é o que você paga na sua porta: mercadoria, frete internacional, imposto de importação e tributos, na sua moeda, com o dia da chegada.
info-door-price-parts = Cinco partes, cada uma com sua regra
info-door-price-parts-text =
    O vendedor define o preço da mercadoria, sem impostos. O frete é a tarifa da transportadora para o peso e o trajeto. O imposto de importação segue o código tarifário, o país de origem e o valor. Os demais tributos são os do seu país, sobre a base que o seu país define. Algumas transportadoras e autoridades cobram uma taxa de despacho.
    Cada linha do detalhamento indica a regra por trás dela e o dia em que a regra entrou em vigor. As partes sempre somam o preço mostrado.
info-door-price-exchange = Câmbio
info-door-price-exchange-text =
    Um preço em outra moeda é convertido uma única vez, pelo câmbio de referência do dia, e o dia é informado. Na finalização da compra, o câmbio fica garantido por até 30 minutos. Nada é acrescentado a ele.
info-door-price-estimate = Garantido ou estimativa
info-door-price-estimate-text =
    Um preço é garantido quando todas as regras por trás dele estão confirmadas. Quando só se conhece uma alíquota típica, o preço diz que é uma estimativa. Nos dois casos você paga o que foi mostrado: o valor que você vê ao finalizar a compra é o valor cobrado.
info-door-price-featured = A oferta em destaque
info-door-price-featured-text =
    Quando vários vendedores oferecem o mesmo produto, aparece primeiro o de menor preço na sua porta. Ninguém pode pagar por esse lugar.
info-duty-guarantee-title = Garantia de impostos
info-duty-guarantee-lead = Onde o preço é garantido, nada pode ser acrescentado na sua porta.
info-duty-guarantee-what = O que é garantido
info-duty-guarantee-what-text =
    Imposto de importação, tributos e taxas de despacho são calculados antes de você pagar e fazem parte do preço. Se a alfândega cobrar mais na fronteira, o vendedor responsável informado no seu pedido paga a diferença.
info-duty-guarantee-who = Quem faz o quê
info-duty-guarantee-who-text =
    Cada página de produto informa de quem é o estoque, quem envia e quem é o vendedor responsável. Os mesmos nomes estão no seu pedido.
    Seu dinheiro fica retido em garantia. Ele só vai para o vendedor depois que o pacote chegar e o prazo para reclamar terminar.
info-duty-guarantee-border = Cobrado na fronteira
info-duty-guarantee-border-text =
    Alguns impostos e tributos só podem ser pagos quando o pacote chega. A transportadora os paga por você com o preço que você vê, e o detalhamento informa isso.
info-returns-title = Devoluções e reembolsos
info-returns-lead = Você pode cancelar um pedido até que ele seja embalado, e recebe todo o seu dinheiro de volta.
info-returns-before = Antes de ser embalado
info-returns-before-text =
    Abra seu pedido e toque em “Cancelar pedido”. Mercadoria, frete, imposto de importação e tributos são reembolsados pela mesma forma de pagamento.
info-returns-after = Depois do envio
info-returns-after-text =
    Um pacote extraviado ou devolvido ao remetente é reembolsado: mercadoria, o frete dele, imposto de importação e tributos. Se há algo errado com o que chegou, ou se não chegar, avise na página do pedido, item por item e com fotos: o dinheiro fica retido até que o vendedor responda, e a loja decide se vocês não concordarem. Onde a lei do seu país permite devolver uma compra sem motivo (direito de arrependimento), a página do pedido diz até quando e como.
info-returns-refund = Como é feito o reembolso
info-returns-refund-text =
    Um reembolso usa os valores do seu pedido, nunca câmbios ou regras mais novos. Ele volta para o cartão com que você pagou.
info-selling-title = Venda aqui
info-selling-lead = Venda em { $shop } para todos os países cujas regras são conhecidas aqui. Os compradores veem um só preço; você vê cada parte dele.
info-selling-start = Como começar
info-selling-start-text =
    O administrador de { $shop } aceita inscrições ou convida vendedores. Depois você envia o arquivo de produtos que já tem: arquivos exportados do Shopify são lidos como estão.
    Informe o código tarifário e o país de origem de cada produto. O que falta aparece em uma lista, e os produtos são vendidos para o exterior assim que estiver completo.
info-selling-fees = Tarifas e comissão
info-selling-fees-text =
    Uma parte do preço da mercadoria fica como comissão quando um pedido é concluído; seu contrato informa quanto. Não há tarifa de anúncio. A comissão de cada pedido é fixada no momento da venda.
info-selling-customs = Alfândega e impostos
info-selling-customs-text =
    Imposto de importação e tributos são calculados e separados em cada pedido. Etiquetas, códigos de rastreio e formulários aduaneiros são feitos para você.
info-about-title = Sobre
info-about-lead = { $shop } funciona com o Entrepot, uma plataforma de código aberto para comércio internacional.
info-about-what = O que é
info-about-what-text =
    Um entreposto é um porto onde mercadorias de todo lugar são recebidas, guardadas e enviadas adiante. O Entrepot é o programa que faz funcionar um porto assim: loja, marketplace, central do vendedor e contabilidade em um só.
info-about-open = Código aberto
info-about-open-text =
    O programa é software livre sob as licenças MIT e Apache 2.0. Qualquer pessoa pode ler cada regra por trás de um preço.
info-accessibility-title = Acessibilidade
info-accessibility-lead = Cada página pode ser usada com teclado, leitor de tela, letras grandes, no escuro e sem scripts.
info-accessibility-what = O que fazemos
info-accessibility-what-text =
    As páginas são feitas de partes simples e rotuladas. A cor nunca é a única portadora de significado. As animações param quando seu sistema pede. O texto pode ser ampliado até o dobro.
info-accessibility-tell = Fale conosco
info-accessibility-tell-text =
    Se algo não puder ser usado, escreva ao administrador desta loja e diga qual é a página.
info-privacy-title = Privacidade
info-privacy-lead = O que é guardado sobre você, por quê e por quanto tempo.
info-privacy-cookies = Cookies
info-privacy-cookies-text =
    Os cookies guardam seu destino, moeda, idioma e cores, seu carrinho, seu login, o fato de você já ter entrado neste aparelho e um código contra formulários falsos. Não há cookies de publicidade nem rastreadores de terceiros.
info-privacy-data = Seus pedidos
info-privacy-data-text =
    Seu nome, endereço e telefone são informados ao vendedor, à transportadora e à alfândega, porque um pacote não pode viajar sem eles. Números de cartão nunca chegam ao banco de dados desta loja.
info-privacy-delete = Exclusão
info-privacy-delete-text =
    Endereços podem ser removidos da sua conta a qualquer momento. Em “Login e segurança” você baixa tudo o que é guardado sobre você ou exclui sua conta; a página diz o que permanece e por quê. As sessões guardam o nome do navegador e o endereço de rede enquanto existirem.
imprint-lead = Quem responde por { $shop } e como falar conosco.
imprint-legal = Responsável legal
imprint-contact = Contato
imprint-none = O dono da loja ainda não escreveu isto.
not-sold-there = A loja não vende para este país. Escolha outro destino.

# Abertura de conta, convites e em nome de quem se age.
register-sent-text = Uma mensagem está a caminho de { $email }. O link dela funciona uma vez, por um dia. Não chegou nada? Veja a pasta de spam; depois de várias mensagens em uma hora, nenhuma outra é enviada, e as últimas continuam valendo.
register-no-mail = Esta loja não envia e-mails no momento; por isso nenhum link chegará sozinho. O administrador da loja pode fornecê-lo: peça a ele. Você pode comprar sem conta.
register-how = Enviamos um link para este endereço. Com ele você escolhe seu nome e sua senha.
register-confirm-text = { $email } foi confirmado. Preencha o que mais a conta precisa.
register-over-text = Ele já foi usado, tem mais de um dia, ou já existe uma conta com este endereço. Entre ou peça um novo link.
send-again = Enviar de novo
go-on = Continuar
track-send = Enviar o link
track-sent-text = Se um pedido com este número foi feito com este e-mail, um link para ele está a caminho. Não chegou nada? Veja a pasta de spam ou confira o número; depois de várias mensagens em uma hora, nenhuma outra é enviada, e os últimos links continuam valendo.
track-no-mail = Esta loja não envia e-mails no momento; por isso nenhum link chegará. Entre na sua conta, se comprou com uma, ou fale com o administrador da loja.
track-another = Procurar outro pedido
invitation-text = Se aceitar, você passa a agir em nome deles; pode sair quando quiser. Até lá, nada muda.
invitation-for = Para
invitation-other = Você entrou como { $email }. Saia e entre com o endereço que foi convidado.
invitation-sign-in = Entrar para responder
invitation-register = Abrir a conta e aceitar
invitation-register-text = Escolha um nome e uma senha para { $email }.
invitation-over = Este convite não vale mais
invitation-over-text = Ele foi respondido, retirado ou substituído, ou tem mais de sete dias. Peça um novo a quem convidou você.
invitation-declined = Recusado
invitation-declined-text = Nada mudou para você. O convite não existe mais.
keep = Manter
acting-text = Escolha em nome de quem você age agora. O próximo acesso começa onde você parou.
acting-none = Você age em seu próprio nome. Quando alguém convidar você, o convite aparece aqui.
acting-leave-title = Sair de { $name }?
acting-leave-text = Você deixa de agir em nome deles, na hora e em todos os aparelhos. As chaves de API que você criou para eles são revogadas, e os convites que você escreveu são retirados. Para voltar, é preciso um novo convite.
acting-last-owner = Você é o único proprietário. Nomeie outro primeiro.
acting-declined = Recusado. Nada mudou.
acting-over = Este convite foi respondido, retirado ou alterado, ou é antigo demais.
acting-left = Você saiu.
order-link-hint-no-mail = Esta página abre pelo link dela. Guarde o link: esta loja não envia e-mails no momento.
apply-title = Inscreva-se para vender aqui
apply-text = Diga quem você é e o que tem. Você recebe uma confirmação por e-mail e depois uma resposta.
apply-name = Nome da sua loja
apply-name-hint = Como os compradores devem vê-lo.
apply-legal-name = Razão social
apply-phone = Telefone (opcional)
apply-website = Site (opcional)
apply-country = Onde você está estabelecido
apply-currency = Moeda em que você recebe
apply-goods = O que você quer vender
apply-goods-hint = Tipos de produto, onde são feitos e onde estão guardados.
apply-how = Ninguém vende aqui antes de a loja aceitar. Este formulário não abre nenhuma conta.
apply-send = Enviar a inscrição
apply-sent-title = Sua inscrição está a caminho
apply-sent-text = A confirmação vai para { $email }, e a resposta também. Não chegou nada? Veja a pasta de spam.
apply-sent-no-mail = Esta loja não envia e-mails no momento; ela responde a { $email } de outra forma.
apply-closed = Esta loja não recebe inscrições no momento. Escreva a ela se ainda assim quiser vender aqui.


# Reclamações
claim-object = Há algo errado
claim-object-text = Diga o que há de errado e com quais unidades. Enquanto isso, o dinheiro deste pacote fica retido. O vendedor responde em até três dias; se não responder, ou se você não concordar, a loja decide.
claim-object-send = Enviar ao vendedor
claim-give-back = Devolver
claim-give-back-text = Você não precisa dar um motivo. Em seguida, você vê para onde enviar. O valor das unidades é reembolsado quando elas chegarem, e o frete também se você devolver tudo deste pacote.
claim-give-back-send = Devolver
claim-right = Você pode devolver sem motivo até { $until } ({ $source }).
claim-right-buyer-pays = O envio da devolução é por sua conta.
claim-right-seller-pays = Por essa lei, o envio da devolução não deve custar nada a você: fale com o vendedor antes de enviar.
claim-which-pieces = Quais unidades?
claim-of-pieces = { $n ->
    [one] { $n } unidade
   *[other] { $n } unidades
 }
claim-what-is-wrong = O que há de errado?
claim-words = O que aconteceu?
claim-words-optional = Quer dizer algo? (opcional)
claim-pictures = Fotos (no máximo { $n })
claim-pictures-hint = JPEG, PNG, WebP ou GIF, até 20 MB cada. Só você, o vendedor e a loja as veem; local e câmera são removidos.
claim-less-by = Com desconto: de quanto ({ $currency })
claim-back = Voltar ao pedido
claim-nothing-left = Não resta nada deste pacote para reclamar: já está em outra reclamação ou foi reembolsado.
claim-of-order = Reclamação do pedido { $number }
claim-send-title = Faça a devolução
claim-send-text = Coloque no pacote um bilhete com o número do pedido { $number }.
claim-carrier = Transportadora
claim-tracking = Código de rastreio
claim-send-done = Está a caminho
claim-ask-title = Não concorda?
claim-ask-words = O que a loja deve saber?
claim-ask = Pedir que a loja decida
claim-take-back = Retirar a reclamação
claim-error-kind-required = Escolha o que há de errado.
claim-error-words-required = Escreva o que aconteceu.
claim-error-pieces-required = Diga quantas unidades de qual item.
claim-error-carrier-required = Informe a transportadora.
claim-error-tracking-required = Informe o código de rastreio.
claim-error-whole-number = Informe um número inteiro de unidades.
claim-error-not-in-order = Indique cada item deste pacote uma só vez.
claim-error-too-long = O texto é longo demais.
claim-error-too-many-pictures = Envie no máximo seis fotos.
claim-error-picture = Não foi possível ler uma foto: envie JPEG, PNG, WebP ou GIF de no máximo 20 MB.
claim-error-one-line = O desconto só pode ser pedido para um item de cada vez.
claim-error-amount-format = Informe um valor acima de zero que não seja maior do que o preço das unidades.
claim-error-too-many-pieces = Não restam tantas unidades: algumas estão em outra reclamação ou já foram reembolsadas.
claim-error-too-many-claims = Já foram abertas tantas reclamações sobre este pacote que não é possível abrir outra. Escreva à loja.
claim-error-not-disputable = Só é possível reclamar do que foi pago e não foi cancelado.
claim-error-not-arrived-yet = Só é possível dizer que não chegou depois do último dia prometido.
claim-error-not-delivered = Este pacote ainda não foi entregue.
claim-error-claim-window-over = O prazo para isto terminou. Escreva à loja.
claim-error-no-withdrawal = No seu país, a lei não prevê o direito de devolver estas compras sem motivo.
claim-error-claim-settling = O reembolso já está prestes a ser feito.
claim-error-wrong-step = A reclamação avançou. Confira-a de novo.
confirm-ask-title = Chegou tudo?
confirm-ask-text = Confirme apenas quando tudo isto tiver chegado e estiver em ordem. O valor de { $amount } que guardamos é então repassado a quem vendeu e transportou.
confirm-ask-yes = Sim, chegou tudo
confirm-ask-no = Não, voltar ao pedido
amend-asked = { $who } propõe uma alteração
amend-asked-text = Nada muda se você não aceitar. Responda até { $until }; se não responder, o pedido fica como está.
amend-asked-why = Motivo
amend-asked-link = Ver a proposta
amend-asked-no = Não, deixar como está
amend-asked-yes = Sim, alterar
amend-asked-yes-more = Sim, e depois pagar { $amount }
amend-asked-yes-back = Sim, { $amount } de volta
amend-asked-after = Você poderá fazer outra alteração depois de responder.
amend-asked-over = Isto foi embalado ou mudou nesse meio-tempo; por isso a proposta não pode mais ser realizada.
amend-open = Alterar o pedido
amend-title = Alterar o pedido
amend-text = O que ainda não foi embalado pode ser alterado: mais ou menos unidades, outra entrega, produtos do seu carrinho. O que você comprou mantém o preço; frete, imposto de importação e tributos são calculados de novo. Você vê quanto custa antes que algo mude.
amend-does = O pedido ficará assim
amend-back = Reembolso a você
amend-held = { $n ->
    [one] Estes preços e produtos ficam reservados para você por { $n } minuto.
   *[other] Estes preços e produtos ficam reservados para você por { $n } minutos.
}
amend-do = Alterar o pedido
amend-do-more = Alterar o pedido e depois pagar { $amount }
amend-do-back = Alterar o pedido, { $amount } de volta
amend-leave = Deixar o pedido como está
amend-waits = Uma alteração aguarda o pagamento de { $amount }
amend-waits-text = Nada muda no pedido até que seja pago. Se não for pago a tempo, ou se o pedido for embalado antes, ele fica como está.
amend-pay = Pagar agora
amend-basket = Acrescentar o que está no carrinho
amend-basket-empty = Para acrescentar algo, coloque-o primeiro no carrinho e volte aqui.
amend-back-to-order = Voltar ao pedido
amend-due = Pagar a alteração
amend-due-text = { $amount } devem ser pagos até { $until }. O pedido muda quando o pagamento chegar; senão, fica como está.
amend-see = Ver a alteração
amend-paying = O pagamento da alteração do seu pedido está em processamento.

# Antes de abrir.
opening-soon = Abrimos em breve
opening-soon-text = Esta loja ainda não aceita pedidos. Sua cesta fica guardada por 60 dias; volte quando a loja estiver aberta.
opening-soon-ask = Dúvidas?
not-selling = Sem pedidos no momento
not-selling-text = Esta loja não pode receber pagamentos ou enviar pacotes no momento. Sua cesta fica guardada por 60 dias.
test-order = Pedido de teste
test-order-text = A loja não está aberta. O que você pedir aqui é um teste da própria equipe: verifique o pagamento e os e-mails e depois cancele.
test-order-end = Feito pela equipe da loja antes da abertura. Cancele-o para que o dinheiro volte e os produtos fiquem livres.
told-by-seller = Informado pelo vendedor
told-by-operator = Informado pela loja

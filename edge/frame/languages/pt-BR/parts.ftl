# O que aparece em várias superfícies.

arrives-window = Chega <b>{ $window }</b>
ships-from = origem: { $country }
sku = SKU { $sku }
chart-port = Ningbo
chart-day = dia { $n }
in-categories = Em categorias
at-your-door-in = Na sua porta, { $country }
picture-n = Imagem { $n }
quantity = Quantidade
address-format-for = Formato de endereço: { $country }
country-hint = Outro país altera o formulário abaixo e todos os preços.
pieces = { $n ->
    [one] { $n } unidade
   *[other] { $n } unidades
}
problems-form = { $n ->
    [one] Há um ponto a corrigir.
   *[other] Há { $n } pontos a corrigir.
}
parcel-n-of = Pacote { $n } de { $total }
shipment-n-of = Envio { $n } de { $total }, em { $parcels } pacotes
parcel-arrives = Chega
stop-done = Concluído
stop-now = Agora
stop-next = Ainda por vir
way-union-eu = a União Europeia
event-placed = Pedido feito
event-paid = Pagamento recebido
event-labelled = Etiqueta impressa
event-accepted = Entregue à transportadora
event-export-declared = Exportação declarada
event-export-released = Exportação liberada
event-departed = Saiu da origem
event-arrived = Chegou ao país de destino
event-import-declared = Importação declarada
event-import-held = Retido pela alfândega
event-import-released = Importação liberada
event-out-for-delivery = Saiu para entrega
event-attempted = Tentativa de entrega
event-delivered = Entregue
event-lost = Dado como extraviado
event-returned = Devolvido
quantity-times = { $n } × { $options }
refunded-amount = Reembolsado
take-out-goods = Mercadorias
take-out-tax = Impostos
take-out-before = Reembolsado antes
take-out-goes-back = Será reembolsado
take-out-open = Retirar algo
take-out-title = Retirar algo do pedido
take-out-text = O que ainda não foi embalado pode ser retirado: menos unidades ou um item inteiro. Não será enviado, e o valor volta pela mesma forma de pagamento.
take-out-which = Quais unidades?
take-out-of = { $n ->
    [one] Uma unidade pode ser retirada
   *[other] Até { $n } unidades podem ser retiradas
}
take-out-reason = Motivo, como será informado ao comprador
take-out-look = Ver o que será reembolsado
take-out-does = Isto será retirado
take-out-told = O comprador será informado do motivo: { $reason }.
take-out-delivery-stays = O frete só é reembolsado quando um pacote inteiro é retirado; o restante ainda será enviado.
take-out-ends = { $n ->
    [one] Não sobra nada de um pacote: ele é cancelado e o frete dele também é reembolsado.
   *[other] Não sobra nada de { $n } pacotes: eles são cancelados e o frete deles também é reembolsado.
}
take-out-do = Retirar, { $amount } de volta
take-out-keep = Deixar o pedido como está
take-out-nothing = Nada mais pode ser retirado: já foi embalado, cancelado ou não foi pago.
take-out-taken = { $n ->
    [one] uma unidade retirada
   *[other] { $n } unidades retiradas
}
take-out-why-changed-mind = não quer mais
take-out-why-out-of-stock = sem estoque
take-out-why-damaged = danificado antes do envio
take-out-why-cannot-be-sent = não pode ser enviado a este endereço
take-out-why-buyer-asked = o comprador pediu
take-out-error-required = Escolha pelo menos uma unidade.
take-out-error-whole-number = Informe um número inteiro de unidades.
take-out-error-out-of-range = Informe um número inteiro de unidades, no mínimo 1.
take-out-error-too-many-pieces = Não restam tantas unidades no pedido.
take-out-error-already-packed = Isto foi embalado nesse meio-tempo: nada mais pode ser retirado. Você pode devolver quando chegar.
take-out-error-not-paid = O pedido não foi pago: cancele-o e peça de novo o que quiser.
take-out-error-unknown-choice = Escolha um motivo da lista.
given-back = O que é reembolsado
given-back-taken-out = Retirado
given-back-cancelled = Cancelado
given-back-written-off = Nunca chegou
given-back-pieces = Unidades devolvidas
given-back-delivery = Frete reembolsado
given-back-reduction = Desconto no preço
given-back-consignment = Pacote reembolsado
given-back-goodwill = Cortesia
placed = Feito em
password-hint = Pelo menos oito caracteres; doze ou mais é melhor. Três ou quatro palavras são uma boa senha.
email-format = Um e-mail tem o formato nome@example.com.
order-number-label = Número do pedido
address-name = Nome completo
address-organisation = Empresa
address-street = Rua e número
address-street2 = Complemento (apto., bloco, andar)
address-district = Bairro
address-city = Cidade
address-region = Região
address-postcode = Código postal
address-phone = Telefone para o entregador
address-phone-hint = Usado apenas no dia da entrega e pela alfândega.
address-tax-number = Número fiscal
tax-number-hint = Exigido pela alfândega.
called-zip = ZIP code
called-eircode = Eircode
called-pin = Código PIN
called-cep = CEP
called-state = Estado
called-province = Província
called-prefecture = Prefeitura
called-county = Condado
called-emirate = Emirado
called-area = Área
called-commune = Comuna
called-barangay = Barangay
called-subdistrict = Subdistrito
called-townland = Townland
called-suburb = Bairro
called-town = Localidade
called-ward = Distrito
called-district = Distrito
called-neighbourhood = Bairro
problem-required = Preencha: { $field }.
problem-too-long = Longo demais para a etiqueta do pacote: { $field }.
problem-postcode-format = Este não é um código postal válido ({ $country }). Um exemplo: { $example }.
problem-other-destination = { $field }: o pedido foi calculado para outro lugar. Cancele-o e peça de novo para enviar para lá.
problem-unknown-region = Escolha na lista: { $field }.
problem-phone-format = Um telefone tem de 5 a 20 dígitos e pode começar com +.
problem-email-format = Um e-mail tem o formato nome@example.com.
problem-tax-number-format = Este número está incompleto ou tem dígito verificador errado: { $field }.
problem-address = Confira o endereço.
email-known = Já existe uma conta com este e-mail. Entre e depois responda.
role-seller-owner = Proprietário
role-seller-staff = Equipe
role-admin = Administrador
role-operations = Operações
role-finance = Financeiro
role-service = Atendimento
invitation = Convite
invitation-from = Convite de { $name }
invitation-as = Como
invitation-by = Convidado por
invitation-until = Válido até
accept = Aceitar
decline = Recusar
acting-for = Em nome de quem você age
acting-myself = Você mesmo
acting-myself-text = Comprar, ver seus próprios pedidos e endereços.
acting-now = Agora
acting-choose = Agir em nome de
acting-leave = Sair
field-required = Este campo é obrigatório.
field-too-long = O texto é longo demais.
field-password-length = Escolha de 8 a 200 caracteres. Doze ou mais é melhor: três ou quatro palavras são uma boa senha.
field-password-common = Esta senha está entre as primeiras que qualquer um tenta. Escolha três ou quatro palavras.
field-password-context = Não use seu nome, seu e-mail nem o nome da loja. Escolha outras três ou quatro palavras.
field-password-wrong = Esta não é a senha desta conta.
field-code-wrong = Este código está errado, já foi usado ou expirou. Digite o que aparece agora.
field-passkey-wrong = Esta chave de acesso não foi aceita. Tente de novo ou entre de outra forma.
field-no-passkeys = Chaves de acesso exigem uma loja com nome de domínio e TLS.
field-too-many-passkeys = Você tem vinte chaves de acesso. Remova uma primeiro.
field-totp-exists = Você já tem um aplicativo autenticador. Remova-o primeiro.
field-totp-none = Não há aplicativo autenticador.
field-no-factor = Adicione primeiro um aplicativo autenticador ou uma chave de acesso.
field-no-mail = Esta loja não envia e-mails no momento; por isso, outro e-mail não pode ser confirmado.
field-last-owner = Você é o último proprietário de uma organização. Nomeie outro proprietário e depois exclua sua conta.
field-orders-open = Um pedido seu ainda está em andamento. Exclua a conta quando ele for concluído ou cancelado.
error-too-many-attempts = Houve tentativas demais. Tente de novo em { $minutes ->
    [one] um minuto
   *[other] { $minutes } minutos
}.
passkey-sign-in = Entrar com chave de acesso
security-title = Login e segurança
new-password = Nova senha

journey-of-parcel = Trajeto do pacote
passkey-failed = A chave de acesso não foi usada. Tente de novo ou entre de outra forma.
field-phone-format = Informe um telefone como +55 11 91234-5678.
field-url-format = Informe um endereço que comece com https://, ou deixe em branco.
field-format = Não foi possível ler este valor.


# Reclamações
claim-about = Sobre
claim-wish = Pedido
claim-refunded = Reembolso
claim-rule = Com base em
claim-restocked = { $n } de volta ao estoque
claim-picture-n = Imagem { $n } da reclamação
claim-return-to = Devolver para
claim-sent-with = Devolvido por
claim-story = O que aconteceu
claim-kind-not-arrived = Não chegou
claim-kind-damaged = Danificado
claim-kind-not-as-described = Diferente da descrição
claim-kind-wrong-item = Produto errado
claim-kind-missing-pieces = Falta algo
claim-kind-withdrawal = Devolução por arrependimento
claim-kind-other = Outro motivo
claim-wish-money-back = Dinheiro de volta
claim-wish-lower-price = Ficar com desconto
claim-wish-lower-price-by = Ficar com desconto de { $amount }
claim-state-open = Aguardando o vendedor
claim-state-refused = O vendedor recusou
claim-state-escalated = A loja decide
claim-state-returning = Aguardando devolução
claim-state-sent = Em devolução
claim-state-settling = Reembolso em andamento
claim-outcome-refunded = Reembolsado
claim-outcome-reduced = Desconto concedido
claim-outcome-withdrawn = Retirada pelo comprador
claim-outcome-refused = Recusada
claim-outcome-dismissed = Indeferida
claim-outcome-not-returned = Não devolvido
claim-next-open = O vendedor responde até { $until }. Depois disso, a loja decide.
claim-next-refused = O comprador pode pedir que a loja decida até { $until }. Depois disso, a reclamação é encerrada.
claim-next-refused-buyer = Você pode pedir que a loja decida até { $until }. Depois disso, a reclamação é encerrada.
claim-next-escalated = A loja pretende decidir até { $until }.
claim-next-returning = O comprador devolve até { $until }. Depois disso, a reclamação é encerrada.
claim-next-returning-buyer = Devolva até { $until } e informe aqui o código de rastreio. Depois disso, a reclamação é encerrada.
claim-next-sent = O vendedor confirma que chegou. Sem resposta, o valor é reembolsado em { $until }.
claim-next-settling = O reembolso está prestes a ser feito.
claim-next-closed-refunded = Reembolso ao comprador: { $amount }.
claim-next-closed-reduced = O preço foi reduzido: { $amount } de volta ao comprador.
claim-next-closed-withdrawn = O comprador retirou a reclamação.
claim-next-closed-refused = O vendedor recusou e a loja não foi consultada.
claim-next-closed-dismissed = A loja decidiu que não há reembolso.
claim-next-closed-not-returned = Nada foi devolvido dentro do prazo.
claim-who-buyer = Comprador
claim-who-seller = Vendedor
claim-who-operator = Loja
claim-who-house = Automático
claim-deed-opened = abriu a reclamação
claim-deed-agreed = concordou
claim-deed-refused = recusou
claim-deed-escalated = pediu que a loja decida
claim-deed-unanswered = sem resposta no prazo, a loja decide
claim-deed-contested = contesta, a loja decide
claim-deed-decided = decidiu
claim-deed-sent = enviou a devolução
claim-deed-received = confirmou o recebimento
claim-deed-receipt-by-clock = considerado recebido
claim-deed-withdrawn = retirou a reclamação
claim-deed-not-asked = encerrada, ninguém consultou a loja
claim-deed-not-returned = encerrada, nada foi devolvido
claim-deed-cannot-be-paid = isto já foi reembolsado, a loja decide
given-back-amended = Pedido alterado
take-out-credited = Abatido do que vem no lugar
supply-made = { $n ->
    [one] Feito sob encomenda em { $n } dia útil
   *[other] Feito sob encomenda em { $n } dias úteis
}
supply-preorder = Pré-venda, envio a partir de { $day }
supply-kind-made = Sob encomenda
supply-kind-preorder = Pré-venda

amend-parcel = Origem: { $country }
amend-new-total = Na sua porta, tudo incluído
amend-more = A pagar
amend-same = Nada a pagar
amend-which = O que deve ser enviado?
amend-now = { $n ->
    [one] Agora uma unidade; 0 a retira
   *[other] Agora { $n } unidades; 0 as retira
}
amend-look = Ver quanto custa
amend-nothing = Nada mais pode ser alterado: já foi embalado, cancelado ou não foi pago.
amend-error-nothing-changed = O pedido já está assim: altere algo primeiro.
amend-error-nothing-left = Não sobraria nada do que ainda não foi embalado: nesse caso, cancele o pedido.
amend-error-out-of-range = Informe um número inteiro de unidades, 0 ou mais.
amend-error-whole-number = Informe um número inteiro de unidades.
amend-error-out-of-stock = Não restam tantas unidades.
amend-error-not-sendable = Algum item não pode ser enviado para lá ou não está mais à venda. Retire-o do carrinho ou deixe como está.
amend-error-not-in-order = Este item não pode mais ser alterado.
amend-error-nothing-to-amend = Nada mais aguarda embalagem: o que já foi embalado não pode ser alterado.
amend-error-amendment-waits = Uma alteração deste pedido aguarda pagamento: pague-a ou desista dela primeiro.
amend-error-amendment-over = O prazo desta oferta terminou. Veja de novo quanto a alteração custa agora.
amend-error-amendment-done = Esta alteração já foi paga ou realizada.
amend-error-already-packed = O pedido mudou nesse meio-tempo: confira-o e faça a alteração de novo.
amend-error-given-back-before = Parte do preço já foi reembolsada; por isso este pacote fica como está. Ainda é possível retirar algo dele.
amend-error-payment-pending = Um pagamento desta alteração está em processamento. Aguarde um instante.
amend-error-too-many-lines = Não cabem tantos produtos diferentes em um só pedido.
amend-before = Até agora
amend-after = Depois
amend-none = Nada.
amend-costs = Quanto custa, até agora e depois
amend-part = Parte do preço
amend-error-amendment-open = Outra alteração deste pedido aguarda a resposta do comprador.
amend-error-not-sold-by-you = Só é possível propor produtos que você mesmo vende.
amend-error-buyers-address = O destino do pedido é decisão do comprador.
amend-error-unknown-sku = Você não tem nada à venda com este SKU.
amend-error-unknown-choice = Escolha um motivo: o comprador será informado.
amend-error-too-long = Escreva no máximo 500 caracteres.
amend-error-order-unknown = Nada deste pedido pode ser alterado por você.
ask-add = Acrescentar ao pedido
ask-change = Alterar o que você escreveu
ask-change-text = Você pode alterar isto até que algo do pedido seja embalado.
ask-delivery-note = Observação para a entrega
ask-gift-message = Mensagem de presente
ask-keep = Deixar como está
ask-letters = No máximo { $most } caracteres
ask-personalisation = Personalização
ask-reference = Sua referência
ask-save = Salvar
ask-ticked = Sim
ask-title = Para este pedido
ask-wrong-in-one-line = “{ $label }” deve caber em uma linha, sem caracteres de controle.
ask-wrong-required = Preencha “{ $label }”.
ask-wrong-too-long = Escreva no máximo { $most } caracteres em “{ $label }”.
ask-wrong-unknown-choice = Escolha uma opção da lista em “{ $label }”.

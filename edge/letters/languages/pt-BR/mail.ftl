# Mensagens: a compradores, a donos de lojas de vendedores, a quem tem conta. Texto simples, sem marcação.
mail-open-order = Abrir este pedido
mail-link-hint = O link abre seu pedido sem precisar de conta. Não o compartilhe.
mail-why-buyer = Você recebe este e-mail por causa do pedido { $number } em { $shop }. Você pode respondê-lo.
mail-why-seller = Você recebe este e-mail como proprietário de { $name }, que vende em { $shop }.
mail-why-person = Você recebe este e-mail porque alguém informou seu endereço em { $shop }.
mail-arrives = chega { $window }
mail-to = Destino
mail-tax = Impostos
mail-tracking = Código de rastreio
mail-hand-over-by = Postar até

mail-order-paid-subject = Pedido { $number } confirmado
mail-order-paid-title = Seu pedido está confirmado
mail-order-paid-text = { $amount } foram pagos. Guardamos o valor até que tudo chegue e avisamos quando um pacote estiver a caminho.

mail-order-cancelled-subject = Pedido { $number } cancelado
mail-order-cancelled-title = Seu pedido foi cancelado
mail-order-cancelled-text = Nada foi enviado, e você não pagou nada por ele.

mail-order-cancelled-paid-subject = Pedido { $number } cancelado
mail-order-cancelled-paid-title = Seu pedido foi cancelado
mail-order-cancelled-paid-text = Nada foi enviado. { $amount } voltam pela mesma forma de pagamento; avisamos quando o reembolso for enviado.

mail-order-readdressed-subject = O pedido { $number } vai para outro endereço
mail-order-readdressed-title = Seu pedido vai para outro endereço
mail-order-readdressed-text = O destino do seu pedido foi alterado, esperamos que por você ou a seu pedido. Se não foi, abra o pedido e corrija antes que seja embalado.
mail-order-amended-subject = O pedido { $number } foi alterado
mail-order-amended-title = Seu pedido foi alterado
mail-order-amended-text = Seu pedido foi alterado, esperamos que por você ou a seu pedido. Isto é o que será enviado agora. Se não é o que você queria, abra o pedido antes que seja embalado.
mail-change-offered-subject = { $who } propõe uma alteração do pedido { $number }
mail-change-offered-title = Responda sim ou não
mail-change-offered-text = { $who } não pode enviar seu pedido como está, ou propõe outro no lugar. Nada muda se você não aceitar na página do pedido até { $until }. Se você não responder, o pedido fica como está.
mail-change-reason = Motivo
mail-change-back = Reembolso a você
mail-change-over-subject = O pedido { $number } fica como está
mail-change-over-title = Nada foi alterado
mail-change-over-text = A alteração proposta por { $who } não vale mais. Seu pedido fica como você o fez; não é preciso fazer nada.
mail-change-declined-subject = O comprador do pedido { $number } recusou
mail-change-declined-title = O pedido fica como está
mail-change-declined-text = O comprador não quer a alteração que você propôs. Envie o pedido como foi feito ou retire o que não puder enviar.
mail-change-declined-button = Abrir os pedidos
mail-change-not-made-subject = O pedido { $number } não foi alterado
mail-change-not-made-title = O pedido fica como está
mail-change-not-made-text = A alteração que você propôs não se realizou: o comprador não respondeu ou não pagou a tempo, ou o pedido mudou nesse meio-tempo. Envie o pedido como está ou retire o que não puder enviar.
mail-change-not-made-button = Abrir os pedidos
mail-pieces-taken-out-subject = O pedido { $number } será enviado com menos itens
mail-pieces-taken-out-title = Itens retirados do seu pedido
mail-pieces-taken-out-text = Estas unidades foram retiradas do seu pedido, esperamos que por você ou a seu pedido. Não serão enviadas, e o valor volta pela mesma forma de pagamento.
mail-pieces-not-sent-subject = Algo do pedido { $number } não pode ser enviado
mail-pieces-not-sent-title = Nem tudo pode ser enviado
mail-pieces-not-sent-text = Estas unidades não serão enviadas. O valor volta pela mesma forma de pagamento; não é preciso fazer nada.
mail-why-not-sent = Motivo
mail-nothing-left = Não sobra mais nada deste pacote; por isso o frete dele também é reembolsado.

mail-order-lapsed-subject = O pedido { $number } não foi pago a tempo
mail-order-lapsed-title = Seu pedido não foi pago a tempo
mail-order-lapsed-text = Ele foi cancelado, e os produtos estão de novo disponíveis para outros. Você não pagou nada por ele. Se ainda os quiser, faça um novo pedido: você verá os preços de hoje.

mail-order-completed-subject = Pedido { $number } concluído
mail-order-completed-title = Seu pedido está concluído
mail-order-completed-text = O valor que guardávamos foi repassado a quem vendeu e transportou. A página do pedido mostra o que você pagou, linha por linha.

mail-refunded-subject = Reembolso de { $amount } do pedido { $number }
mail-refunded-title = Seu reembolso foi enviado
mail-refunded-text = Devolvemos { $amount } pela mesma forma de pagamento. Os bancos levam alguns dias até mostrar o valor.

mail-handed-over-subject = Um pacote do pedido { $number } está a caminho
mail-handed-over-title = Seu pacote está a caminho
mail-handed-over-text = { $seller } entregou o pacote à transportadora ({ $carrier }). A página do pedido mostra onde ele está.
mail-more-follows = { $n ->
    [one] Mais uma unidade segue em um pacote próprio; avisamos quando estiver a caminho.
   *[other] Mais { $n } unidades seguem em outro pacote; avisamos quando estiverem a caminho.
}

mail-held-subject = A alfândega reteve um pacote do pedido { $number }
mail-held-title = A alfândega reteve seu pacote
mail-held-text = A alfândega ({ $country }) examina o pacote antes de liberá-lo, o que pode levar alguns dias. O que você pagou fica guardado até que ele chegue. A página do pedido mostra o andamento.

mail-delivered-subject = Entregue: confirme o pedido { $number }
mail-delivered-title = Seu pacote foi entregue
mail-delivered-text = Se tudo chegou e está em ordem, confirme na página do pedido: então o vendedor recebe. Se algo falta ou está quebrado, avise na página do pedido antes de { $until }; nesse momento o pedido é concluído automaticamente.

mail-delivered-part-subject = Um pacote do pedido { $number } foi entregue
mail-delivered-part-title = Seu pacote foi entregue
mail-delivered-part-text = Outra parte do pedido ainda está a caminho. Pediremos sua confirmação quando tudo tiver chegado. Se algo falta ou está quebrado, avise na página do pedido.

mail-to-ship-subject = Pedido { $number }: postar até { $until }
mail-to-ship-title = Um novo pedido para enviar
mail-to-ship-text = Está pago. Destino: { $country }. Embale, imprima a etiqueta e entregue à transportadora até { $until }.
mail-to-ship-button = Abrir na Central do vendedor
mail-not-to-send-subject = Pedido { $number }: menos a enviar
mail-not-to-send-title = Menos a embalar
mail-not-to-send-text = Estas unidades foram retiradas do pedido: não as embale. Elas estão de novo disponíveis no seu estoque. O restante ainda deve ser enviado.
mail-not-to-send-button = Abrir na Central do vendedor
mail-nothing-to-send-subject = Pedido { $number }: nada a enviar
mail-nothing-to-send-title = Nada mais a embalar
mail-nothing-to-send-text = Isto foi cancelado: não embale. As unidades estão de novo disponíveis no seu estoque.
mail-nothing-to-send-button = Abrir na Central do vendedor
mail-not-to-hand-over-subject = Pedido { $number }: não entregue à transportadora
mail-not-to-hand-over-title = Um pacote já embalado foi cancelado
mail-not-to-hand-over-text = Tudo nele foi reembolsado: não o entregue à transportadora. Retire a etiqueta, que não vale mais, e devolva as unidades à prateleira; seu estoque já as conta.
mail-not-to-hand-over-button = Abrir na Central do vendedor
mail-not-to-hand-over-part-subject = Pedido { $number }: não entregue o pacote como está
mail-not-to-hand-over-part-title = Um pacote já embalado foi cancelado
mail-not-to-hand-over-part-text = As unidades abaixo foram reembolsadas: não entregue o pacote com elas à transportadora. Retire a etiqueta, que não vale mais, e devolva estas unidades à prateleira; seu estoque já as conta. O que mais houver nele aguarda nova embalagem.
mail-not-to-hand-over-part-button = Abrir na Central do vendedor

mail-paid-out-subject = { $amount } a caminho para { $name }
mail-paid-out-title = Um repasse foi enviado
mail-paid-out-text = { $amount } estão a caminho do seu banco. A página de saldo mostra a quais pedidos se refere.
mail-paid-out-button = Abrir o saldo
mail-paid-out-amount = Repasse
mail-paid-out-to = Para

mail-password-reset-subject = Escolha uma nova senha para { $shop }
mail-password-reset-title = Escolha uma nova senha
mail-password-reset-text = Alguém pediu uma nova senha para { $email }. O link abaixo funciona uma vez, por uma hora. Se não foi você, não é preciso fazer nada: sua senha continua a mesma.
mail-password-reset-button = Escolher nova senha
mail-invited-subject = Convite de { $name } em { $shop }
mail-invited-title = Convite de { $name }
mail-invited-text = { $by } oferece a { $email } uma função em { $name }, na loja { $shop }. No link você vê a oferta e a aceita ou recusa, em até sete dias. Se não fizer nada, nada muda.
mail-invited-button = Ver o convite
mail-registration-subject = Abra sua conta em { $shop }
mail-registration-title = Abra sua conta
mail-registration-text = Alguém quer uma conta em { $shop } com { $email }. O link abaixo funciona uma vez, por um dia: com ele você escolhe seu nome e sua senha. Se não foi você, não é preciso fazer nada: sem o link não há conta.
mail-registration-button = Abrir a conta
mail-registration-known-subject = Você já tem uma conta em { $shop }
mail-registration-known-title = Você já tem uma conta
mail-registration-known-text = Alguém, talvez você, quis abrir uma conta em { $shop } com { $email }. Já existe uma: entre, ou escolha uma nova senha na mesma página. Se não foi você, não é preciso fazer nada.
mail-registration-known-button = Entrar
mail-order-link-subject = Seu link para o pedido { $number }
mail-order-link-title = Aqui está seu pedido
mail-order-link-text = Alguém, esperamos que você, pediu o link do pedido { $number } em { $shop }. Os links que você recebeu antes continuam valendo.

mail-email-change-subject = Confirme seu e-mail em { $shop }
mail-email-change-title = Confirme seu novo e-mail
mail-email-change-text = Alguém quer que uma conta em { $shop } tenha o e-mail { $email }. Se foi você, siga o link abaixo em até um dia. Se não, não é preciso fazer nada.
mail-email-change-button = Confirmar o e-mail
mail-why-email-change = Você recebe isto porque alguém informou este endereço na própria conta em { $shop }.
mail-security-changed-subject = Sua conta em { $shop }: { $what }
mail-security-changed-title = Sua conta: { $what }
mail-security-changed-text = Isto foi alterado na conta { $email }. Se foi você, não é preciso fazer nada. Se não, escolha uma nova senha agora, confira suas sessões e avise a loja.
mail-security-changed-button = Ver sua conta
mail-security-password-changed = a senha foi alterada
mail-security-email-changed = o e-mail foi alterado
mail-security-totp-added = um aplicativo autenticador foi configurado
mail-security-totp-removed = o aplicativo autenticador foi removido
mail-security-passkey-added = uma chave de acesso foi adicionada
mail-security-passkey-removed = uma chave de acesso foi removida
mail-security-recovery-renewed = novos códigos de recuperação foram criados
mail-security-recovery-used = um código de recuperação foi usado
mail-security-factors-reset = a segunda etapa foi removida pela loja
mail-applied-subject = Sua inscrição para vender em { $shop }
mail-applied-title = Sua inscrição foi recebida
mail-applied-text = { $shop } recebeu a inscrição de { $name } e responderá por e-mail. Se não foi você, não é preciso fazer nada: nada foi aberto.
mail-applied-button = Como funciona vender
mail-declined-subject = { $shop } sobre a inscrição de { $name }
mail-declined-title = Sua inscrição foi recusada
mail-declined-text = { $shop } não aceita { $name } no momento e informa o motivo:
mail-declined-button = Como funciona vender
mail-accepted-subject = { $name } já pode vender em { $shop }
mail-accepted-title = Sua inscrição foi aceita
mail-accepted-text = { $shop } aceitou { $name }. No link você vê o convite para { $email } e o aceita, em até sete dias; então sua Central do vendedor é aberta.
mail-accepted-button = Abrir sua loja
mail-bank-changed-subject = Os repasses de { $name } vão para outra conta
mail-bank-changed-title = A conta bancária foi alterada
mail-bank-changed-text = A partir de agora, { $shop } paga { $name } na conta { $account }. Se nenhum de vocês fez isso, entre agora, corrija a conta e troque sua senha.
mail-bank-changed-button = Ver a conta


mail-claim-return-subject = Devolva até { $until } (pedido { $number })
mail-claim-return-title = Faça a devolução
mail-claim-return-text = Embale as unidades abaixo, envie-as ao endereço abaixo até { $until } e informe a transportadora e o código de rastreio na página do pedido. O reembolso é feito quando elas chegarem.
mail-claim-return-due-subject = Devolva até { $until } (pedido { $number })
mail-claim-return-due-title = Está na hora de devolver
mail-claim-return-due-text = Ainda não temos notícia de um pacote. Se as unidades não estiverem a caminho até { $until }, com o código de rastreio na página do pedido, a reclamação é encerrada e o pedido fica como está.
mail-claim-refused-subject = O vendedor respondeu (pedido { $number })
mail-claim-refused-title = O vendedor não concorda
mail-claim-refused-text = A resposta do vendedor está na página do pedido. Se você não concorda, peça lá que a loja decida, até { $until }; depois disso, a reclamação é encerrada.
mail-claim-escalated-subject = Estamos analisando sua reclamação (pedido { $number })
mail-claim-escalated-title = Agora a decisão é nossa
mail-claim-escalated-text = Sua reclamação está conosco. Pretendemos decidir até { $until }; o valor fica retido até lá.
mail-claim-closed-paid-subject = Reembolso de { $amount } (pedido { $number })
mail-claim-closed-paid-title = Sua reclamação foi resolvida
mail-claim-closed-paid-text = { $amount } voltam pela mesma forma de pagamento. Avisamos quando o reembolso for enviado.
mail-claim-closed-withdrawn-subject = Sua reclamação foi encerrada (pedido { $number })
mail-claim-closed-withdrawn-title = Você retirou sua reclamação
mail-claim-closed-withdrawn-text = O pedido segue como se não houvesse reclamação.
mail-claim-closed-dismissed-subject = Sua reclamação foi encerrada (pedido { $number })
mail-claim-closed-dismissed-title = Sua reclamação foi encerrada
mail-claim-closed-dismissed-text = Não há reembolso. Os motivos estão na página do pedido.
mail-claim-closed-not-returned-subject = Sua reclamação foi encerrada (pedido { $number })
mail-claim-closed-not-returned-title = Nada foi devolvido
mail-claim-closed-not-returned-text = Não soubemos de nenhum pacote dentro do prazo; por isso não há reembolso. O pedido fica como está.
mail-claim-opened-subject = Pedido { $number }: um comprador reclamou, responda até { $until }
mail-claim-opened-title = Um comprador reclamou
mail-claim-opened-text = Responda até { $until }. Depois disso, a loja decide. Enquanto isso, o valor deste envio fica retido.
mail-claim-opened-button = Abrir na Central do vendedor
mail-claim-withdrawn-goods-subject = Pedido { $number }: um comprador vai devolver algo
mail-claim-withdrawn-goods-title = Um comprador vai devolver algo
mail-claim-withdrawn-goods-text = É uma devolução por direito, sem necessidade de motivo. O comprador tem até { $until } para enviar; você vê quando estiver a caminho.
mail-claim-withdrawn-goods-button = Abrir na Central do vendedor
mail-claim-sent-subject = Pedido { $number }: unidades em devolução
mail-claim-sent-title = Há unidades a caminho de volta
mail-claim-sent-text = Confirme que chegaram e quais podem ser vendidas de novo. Sem a sua resposta, o valor é reembolsado em { $until }.
mail-claim-sent-button = Abrir na Central do vendedor
mail-claim-ended-subject = Pedido { $number }: uma reclamação foi encerrada
mail-claim-ended-title = Uma reclamação foi encerrada
mail-claim-ended-text = Reembolso ao comprador: { $amount }. O histórico está na Central do vendedor.
mail-claim-ended-button = Abrir na Central do vendedor
mail-delivery-address = Endereço de entrega
mail-tracking-page = Página da transportadora
mail-told-by-seller = Foi o vendedor que nos informou isso, não uma transportadora. Se o pacote não chegou, avise neste prazo na página do pedido: o dinheiro espera até que tudo esteja esclarecido.

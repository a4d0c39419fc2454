# Письма: покупателям, владельцам магазинов продавцов, пользователям с аккаунтом. Простой текст без разметки.
mail-open-order = Открыть заказ
mail-link-hint = Ссылка открывает ваш заказ без аккаунта. Никому её не передавайте.
mail-why-buyer = Вы получили это письмо в связи с заказом { $number } в магазине { $shop }. На него можно ответить.
mail-why-seller = Вы получили это письмо как владелец { $name }, продавца в магазине { $shop }.
mail-why-admin = Вы получили это письмо как администратор { $shop }.
mail-why-person = Вы получили это письмо, потому что ваш адрес указали в магазине { $shop }.
mail-arrives = доставка: { $window }
mail-to = Куда
mail-tax = Налоги
mail-tracking = Трек-номер
mail-hand-over-by = Передать в доставку до

mail-order-paid-subject = Заказ { $number } подтверждён
mail-order-paid-title = Ваш заказ подтверждён
mail-order-paid-text = Оплачено: { $amount }. Мы храним эту сумму, пока вы не получите всё, и напишем, когда посылка отправится.

mail-order-cancelled-subject = Заказ { $number } отменён
mail-order-cancelled-title = Ваш заказ отменён
mail-order-cancelled-text = Ничего не отправлено, и вы ничего за него не заплатили.

mail-order-cancelled-paid-subject = Заказ { $number } отменён
mail-order-cancelled-paid-title = Ваш заказ отменён
mail-order-cancelled-paid-text = Ничего не отправлено. Сумма { $amount } вернётся тем же способом, каким вы платили; мы напишем, когда отправим её.

mail-order-readdressed-subject = Заказ { $number } отправится по другому адресу
mail-order-readdressed-title = Ваш заказ отправится по другому адресу
mail-order-readdressed-text = Адрес доставки вашего заказа изменён — надеемся, вами или по вашей просьбе. Если нет, откройте заказ и исправьте адрес, пока его не упаковали.
mail-order-amended-subject = Заказ { $number } изменён
mail-order-amended-title = Ваш заказ изменён
mail-order-amended-text = Ваш заказ изменён — надеемся, вами или по вашей просьбе. Вот что будет отправлено теперь. Если вы хотели другого, откройте заказ, пока его не упаковали.
mail-change-offered-subject = { $who } предлагает изменить заказ { $number }
mail-change-offered-title = Ответьте, пожалуйста, да или нет
mail-change-offered-text = { $who } не может отправить ваш заказ в нынешнем виде или предлагает замену. Ничего не изменится, если вы не согласитесь на странице заказа до { $until }. Если вы не ответите, заказ останется как есть.
mail-change-reason = Причина
mail-change-back = Вам вернётся
mail-change-over-subject = Заказ { $number } остаётся без изменений
mail-change-over-title = Ничего не изменилось
mail-change-over-text = Предложение изменить заказ больше не действует. Предлагал: { $who }. Заказ остаётся таким, каким вы его оформили; делать ничего не нужно.
mail-change-declined-subject = Покупатель заказа { $number } отказался
mail-change-declined-title = Заказ остаётся без изменений
mail-change-declined-text = Покупатель не согласен на предложенное вами изменение. Отправьте заказ в прежнем виде или уберите то, что отправить не можете.
mail-change-declined-button = Открыть заказы
mail-change-not-made-subject = Заказ { $number } не изменён
mail-change-not-made-title = Заказ остаётся без изменений
mail-change-not-made-text = Предложенное вами изменение не состоялось: покупатель не ответил или не заплатил вовремя либо заказ за это время изменился. Отправьте заказ как есть или уберите то, что отправить не можете.
mail-change-not-made-button = Открыть заказы
mail-pieces-taken-out-subject = Заказ { $number } отправится не целиком
mail-pieces-taken-out-title = Из заказа убраны товары
mail-pieces-taken-out-text = Эти товары убраны из вашего заказа — надеемся, вами или по вашей просьбе. Их не отправят, а деньги вернутся тем же способом, каким вы платили.
mail-pieces-not-sent-subject = Часть заказа { $number } отправить нельзя
mail-pieces-not-sent-title = Отправить можно не всё
mail-pieces-not-sent-text = Эти товары не отправят. Деньги за них вернутся тем же способом, каким вы платили; делать ничего не нужно.
mail-why-not-sent = Причина
mail-nothing-left = В этой посылке больше ничего не осталось, поэтому её доставка тоже возвращается.

mail-order-lapsed-subject = Заказ { $number } не оплачен вовремя
mail-order-lapsed-title = Ваш заказ не оплачен вовремя
mail-order-lapsed-text = Он отменён, и товары снова доступны другим. Вы ничего за него не заплатили. Если товары ещё нужны, закажите снова: вы увидите сегодняшние цены.

mail-order-completed-subject = Заказ { $number } завершён
mail-order-completed-title = Ваш заказ завершён
mail-order-completed-text = Деньги, которые мы хранили, переданы тем, кто продал и доставил товары. На странице заказа построчно видно, за что вы заплатили.

mail-refunded-subject = Возврат { $amount } по заказу { $number }
mail-refunded-title = Мы вернули вам деньги
mail-refunded-text = Сумма { $amount } отправлена тем же способом, каким вы платили. Банку нужно несколько дней, чтобы её зачислить.

mail-handed-over-subject = Посылка по заказу { $number } в пути
mail-handed-over-title = Ваша посылка в пути
mail-handed-over-text = Продавец: { $seller }. Служба доставки: { $carrier }. Где посылка сейчас, видно на странице заказа.
mail-more-follows = { $n ->
    [one] Ещё { $n } штука отправится отдельной посылкой; мы напишем, когда она будет в пути.
    [few] Ещё { $n } штуки отправятся другой посылкой; мы напишем, когда они будут в пути.
    [many] Ещё { $n } штук отправятся другой посылкой; мы напишем, когда они будут в пути.
   *[other] Ещё { $n } штуки отправятся другой посылкой; мы напишем, когда они будут в пути.
}

mail-held-subject = Таможня задержала посылку по заказу { $number }
mail-held-title = Таможня задержала вашу посылку
mail-held-text = Таможня ({ $country }) проверяет посылку, прежде чем пропустить её дальше; это может занять несколько дней. Ваши деньги хранятся у нас, пока она не прибудет. Что происходит дальше, видно на странице заказа.

mail-delivered-subject = Доставлено: подтвердите получение заказа { $number }
mail-delivered-title = Ваша посылка доставлена
mail-delivered-text = Если всё на месте и в порядке, подтвердите это на странице заказа: тогда продавец получит деньги. Если чего-то не хватает или что-то повреждено, сообщите об этом на странице заказа до { $until }; в это время заказ завершится автоматически.

mail-delivered-part-subject = Посылка по заказу { $number } доставлена
mail-delivered-part-title = Ваша посылка доставлена
mail-delivered-part-text = Остальная часть заказа ещё в пути. Мы попросим подтвердить получение, когда прибудет всё. Если чего-то не хватает или что-то повреждено, сообщите об этом на странице заказа.

mail-to-ship-subject = Заказ { $number }: передать в доставку до { $until }
mail-to-ship-title = Новый заказ к отправке
mail-to-ship-text = Заказ оплачен, место назначения: { $country }. Упакуйте его, напечатайте этикетку и передайте в доставку до { $until }.
mail-to-ship-button = Открыть в кабинете продавца
mail-not-to-send-subject = Заказ { $number }: отправить нужно меньше
mail-not-to-send-title = Упаковать нужно меньше
mail-not-to-send-text = Эти товары убраны из заказа: не упаковывайте их. На вашем складе они снова свободны. Остальное по-прежнему нужно отправить.
mail-not-to-send-button = Открыть в кабинете продавца
mail-nothing-to-send-subject = Заказ { $number }: отправлять ничего не нужно
mail-nothing-to-send-title = Упаковывать больше ничего не нужно
mail-nothing-to-send-text = Это отменено: не упаковывайте. На вашем складе товары снова свободны.
mail-nothing-to-send-button = Открыть в кабинете продавца
mail-not-to-hand-over-subject = Заказ { $number }: не передавайте в доставку
mail-not-to-hand-over-title = Упакованная посылка отозвана
mail-not-to-hand-over-text = За всё в ней вернули деньги: не передавайте её в доставку. Снимите этикетку, она недействительна, и верните товары на полку; на вашем складе они уже учтены.
mail-not-to-hand-over-button = Открыть в кабинете продавца
mail-not-to-hand-over-part-subject = Заказ { $number }: не передавайте посылку в нынешнем виде
mail-not-to-hand-over-part-title = Упакованная посылка отозвана
mail-not-to-hand-over-part-text = За товары ниже вернули деньги: не передавайте посылку с ними в доставку. Снимите этикетку, она недействительна, и верните эти товары на полку; на вашем складе они уже учтены. Остальное содержимое нужно упаковать заново.
mail-not-to-hand-over-part-button = Открыть в кабинете продавца

mail-paid-out-subject = Выплата { $amount }, получатель: { $name }
mail-paid-out-title = Выплата отправлена
mail-paid-out-text = Сумма { $amount } отправлена в ваш банк. На странице баланса видно, за какие заказы она выплачена.
mail-paid-out-button = Открыть баланс
mail-paid-out-amount = Выплата
mail-paid-out-to = Получатель

mail-password-reset-subject = Новый пароль для { $shop }
mail-password-reset-title = Выберите новый пароль
mail-password-reset-text = Кто-то запросил новый пароль для { $email }. Ссылка ниже сработает один раз в течение часа. Если это были не вы, ничего делать не нужно: пароль останется прежним.
mail-password-reset-button = Выбрать новый пароль
mail-invited-subject = { $name } приглашает вас в { $shop }
mail-invited-title = { $name } приглашает вас
mail-invited-text = { $by } предлагает роль. Для кого: { $email }. Организация: { $name }, магазин: { $shop }. По ссылке вы увидите предложение и сможете принять или отклонить его в течение семи дней. Если ничего не делать, ничего не изменится.
mail-invited-button = Посмотреть приглашение
mail-registration-subject = Откройте аккаунт в { $shop }
mail-registration-title = Откройте аккаунт
mail-registration-text = Кто-то хочет открыть аккаунт в магазине { $shop } с адресом { $email }. Ссылка ниже сработает один раз в течение суток: по ней вы выберете имя и пароль. Если это были не вы, ничего делать не нужно: без ссылки аккаунт не появится.
mail-registration-button = Открыть аккаунт
mail-registration-known-subject = У вас уже есть аккаунт в { $shop }
mail-registration-known-title = У вас уже есть аккаунт
mail-registration-known-text = Кто-то, возможно вы, хотел открыть аккаунт в магазине { $shop } с адресом { $email }. Он уже есть: войдите или выберите новый пароль на той же странице. Если это были не вы, ничего делать не нужно.
mail-registration-known-button = Войти
mail-order-link-subject = Ваша ссылка на заказ { $number }
mail-order-link-title = Вот ваш заказ
mail-order-link-text = Кто-то — надеемся, вы — запросил ссылку на заказ { $number } в магазине { $shop }. Ссылки, полученные раньше, продолжают действовать.

mail-email-change-subject = Подтвердите эл. почту для { $shop }
mail-email-change-title = Подтвердите новую эл. почту
mail-email-change-text = Кто-то хочет, чтобы у аккаунта в магазине { $shop } была эл. почта { $email }. Если это вы, перейдите по ссылке ниже в течение суток. Если нет, ничего делать не нужно.
mail-email-change-button = Подтвердить эл. почту
mail-why-email-change = Вы получили это письмо, потому что этот адрес указали в аккаунте магазина { $shop }.
mail-security-changed-subject = Ваш аккаунт в { $shop }: { $what }
mail-security-changed-title = Ваш аккаунт: { $what }
mail-security-changed-text = Это изменение сделано в аккаунте { $email }. Если это были вы, ничего делать не нужно. Если нет, сейчас же смените пароль, проверьте свои сеансы и сообщите магазину.
mail-security-changed-button = Открыть аккаунт
mail-security-password-changed = пароль изменён
mail-security-email-changed = эл. почта изменена
mail-security-totp-added = подключено приложение-аутентификатор
mail-security-totp-removed = отключено приложение-аутентификатор
mail-security-passkey-added = добавлен ключ доступа
mail-security-passkey-removed = удалён ключ доступа
mail-security-recovery-renewed = созданы новые резервные коды
mail-security-recovery-used = использован резервный код
mail-security-factors-reset = магазин отключил второй фактор
mail-applied-subject = Ваша заявка на продажу в { $shop }
mail-applied-title = Ваша заявка получена
mail-applied-text = Магазин { $shop } получил заявку ({ $name }) и ответит на неё письмом. Если это были не вы, ничего делать не нужно: ничего не открыто.
mail-applied-button = Как устроены продажи
mail-declined-subject = { $shop }: ответ на заявку ({ $name })
mail-declined-title = Ваша заявка отклонена
mail-declined-text = Магазин { $shop } сейчас не принимает заявку ({ $name }). Причина:
mail-declined-button = Как устроены продажи
mail-accepted-subject = { $name }: можно продавать в { $shop }
mail-accepted-title = Ваша заявка принята
mail-accepted-text = Магазин { $shop } принял заявку ({ $name }). По ссылке вы увидите приглашение для { $email } и сможете принять его в течение семи дней; после этого откроется кабинет продавца.
mail-accepted-button = Открыть свой магазин
mail-bank-changed-subject = { $name }: выплаты идут на другой счёт
mail-bank-changed-title = Банковский счёт изменён
mail-bank-changed-text = С этого момента { $shop } перечисляет выплаты на счёт { $account }. Получатель: { $name }. Если никто из вас этого не делал, сейчас же войдите, верните правильный счёт и смените пароль.
mail-bank-changed-button = Посмотреть счёт


mail-claim-return-subject = Отправьте товар обратно до { $until } (заказ { $number })
mail-claim-return-title = Отправьте товар обратно
mail-claim-return-text = Упакуйте товары из списка ниже, отправьте их по указанному адресу до { $until } и укажите службу доставки и трек-номер на странице заказа. Деньги вернутся, когда товары прибудут.
mail-claim-return-due-subject = Отправьте товар обратно до { $until } (заказ { $number })
mail-claim-return-due-title = Пора отправить товар обратно
mail-claim-return-due-text = Мы пока не знаем о посылке. Если товары не отправятся до { $until } с трек-номером на странице заказа, претензия закроется, а заказ останется как есть.
mail-claim-refused-subject = Продавец ответил (заказ { $number })
mail-claim-refused-title = Продавец не согласен
mail-claim-refused-text = Ответ продавца — на странице заказа. Если вы с ним не согласны, обратитесь там за решением к нам до { $until }; после этого претензия закроется.
mail-claim-escalated-subject = Мы рассматриваем вашу претензию (заказ { $number })
mail-claim-escalated-title = Теперь решаем мы
mail-claim-escalated-text = Ваша претензия у нас. Мы планируем решить до { $until }; деньги до тех пор хранятся у нас.
mail-claim-closed-paid-subject = Вам вернётся { $amount } (заказ { $number })
mail-claim-closed-paid-title = Ваша претензия урегулирована
mail-claim-closed-paid-text = Сумма { $amount } вернётся тем же способом, каким вы платили. Мы напишем, когда отправим её.
mail-claim-closed-withdrawn-subject = Ваша претензия закрыта (заказ { $number })
mail-claim-closed-withdrawn-title = Вы отозвали претензию
mail-claim-closed-withdrawn-text = Заказ продолжается, как если бы претензии не было.
mail-claim-closed-dismissed-subject = Ваша претензия закрыта (заказ { $number })
mail-claim-closed-dismissed-title = Ваша претензия закрыта
mail-claim-closed-dismissed-text = Возврата денег не будет. Причины указаны на странице заказа.
mail-claim-closed-not-returned-subject = Ваша претензия закрыта (заказ { $number })
mail-claim-closed-not-returned-title = Товар не отправлен обратно
mail-claim-closed-not-returned-text = Мы не узнали о посылке в срок, поэтому деньги не возвращаются. Заказ остаётся как есть.
mail-claim-opened-subject = Заказ { $number }: претензия покупателя, ответьте до { $until }
mail-claim-opened-title = Покупатель подал претензию
mail-claim-opened-text = Ответьте до { $until }. После этого решает магазин. Деньги за это отправление пока удерживаются.
mail-claim-opened-button = Открыть в кабинете продавца
mail-claim-withdrawn-goods-subject = Заказ { $number }: покупатель возвращает товар
mail-claim-withdrawn-goods-title = Покупатель возвращает товар
mail-claim-withdrawn-goods-text = Это возврат по праву, без объяснения причин. У покупателя есть время до { $until }, чтобы отправить товар; вы увидите, когда он будет в пути.
mail-claim-withdrawn-goods-button = Открыть в кабинете продавца
mail-claim-sent-subject = Заказ { $number }: товары возвращаются
mail-claim-sent-title = Товары в пути обратно
mail-claim-sent-text = Подтвердите, что они прибыли и что из них можно снова продать. Без вашего ответа деньги вернутся { $until }.
mail-claim-sent-button = Открыть в кабинете продавца
mail-claim-ended-subject = Заказ { $number }: претензия закрыта
mail-claim-ended-title = Претензия закрыта
mail-claim-ended-text = Возвращено покупателю: { $amount }. Вся история — в кабинете продавца.
mail-claim-ended-button = Открыть в кабинете продавца
mail-delivery-address = Адрес доставки
mail-payments-set-subject = Платежи { $shop } идут через другое подключение
mail-payments-set-title = Платёжное подключение настроено
mail-payments-set-text = Теперь { $shop } принимает деньги с ключом, который только что введён в настройках. Если этого не делал никто из вас, немедленно войдите, верните правильный ключ и смените пароль.
mail-payments-set-button = Посмотреть подключение
mail-payments-ended-subject = { $shop } больше не принимает деньги
mail-payments-ended-title = Платёжное подключение отключено
mail-payments-ended-text = Теперь { $shop } не принимает новые платежи через платёжное подключение; возвраты уже оплаченного по-прежнему идут через него. Если этого не делал никто из вас, немедленно войдите, настройте его заново и смените пароль.
mail-payments-ended-button = Посмотреть подключение

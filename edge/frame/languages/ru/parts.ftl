# Общие тексты нескольких разделов.

arrives-window = Доставка: <b>{ $window }</b>
ships-from = откуда: { $country }
sku = Артикул { $sku }
chart-port = Нинбо
chart-day = день { $n }
in-categories = В категориях
at-your-door-in = С доставкой до двери, { $country }
picture-n = Изображение { $n }
quantity = Количество
address-format-for = Формат адреса: { $country }
country-hint = При выборе другой страны изменятся форма ниже и все цены.
pieces = { $n ->
    [one] { $n } штука
    [few] { $n } штуки
    [many] { $n } штук
   *[other] { $n } штуки
}
problems-form = { $n ->
    [one] Нужно исправить { $n } поле.
    [few] Нужно исправить { $n } поля.
    [many] Нужно исправить { $n } полей.
   *[other] Нужно исправить { $n } поля.
}
parcel-n-of = Посылка { $n } из { $total }
shipment-n-of = Отправление { $n } из { $total }, посылок: { $parcels }
parcel-arrives = Доставка
stop-done = Готово
stop-now = Сейчас
stop-next = Впереди
way-union-eu = ЕС
event-placed = Заказ оформлен
event-paid = Оплата получена
event-labelled = Этикетка напечатана
event-accepted = Передано в доставку
event-export-declared = Подана экспортная декларация
event-export-released = Экспорт разрешён
event-departed = Отправлено
event-arrived = Прибыло в страну назначения
event-import-declared = Подана импортная декларация
event-import-held = Задержано таможней
event-import-released = Импорт разрешён
event-out-for-delivery = Передано курьеру
event-attempted = Неудачная попытка вручения
event-delivered = Доставлено
event-lost = Объявлено утерянным
event-returned = Возвращено отправителю
quantity-times = { $n } × { $options }
refunded-amount = Возвращено
take-out-goods = Товары
take-out-tax = Налоги
take-out-before = Возвращено ранее
take-out-goes-back = К возврату
take-out-open = Убрать часть заказа
take-out-title = Убрать часть заказа
take-out-text = То, что ещё не упаковано, можно убрать: уменьшить количество или убрать позицию целиком. Эти товары не отправят, а деньги вернутся тем же способом, каким вы платили.
take-out-which = Какие товары?
take-out-of = { $n ->
    [one] Можно убрать { $n } штуку
    [few] Можно убрать до { $n } штук
    [many] Можно убрать до { $n } штук
   *[other] Можно убрать до { $n } штуки
}
take-out-reason = Причина, которую увидит покупатель
take-out-look = Посмотреть сумму возврата
take-out-does = Будет убрано
take-out-told = Покупатель увидит причину: { $reason }.
take-out-delivery-stays = Доставка возвращается, только если убрана вся посылка; остальное будет отправлено.
take-out-ends = { $n ->
    [one] От { $n } посылки ничего не остаётся: она отменяется, и её доставка тоже возвращается.
    [few] От { $n } посылок ничего не остаётся: они отменяются, и их доставка тоже возвращается.
    [many] От { $n } посылок ничего не остаётся: они отменяются, и их доставка тоже возвращается.
   *[other] От { $n } посылки ничего не остаётся: они отменяются, и их доставка тоже возвращается.
}
take-out-do = Убрать и вернуть { $amount }
take-out-keep = Оставить заказ как есть
take-out-nothing = Убрать больше ничего нельзя: заказ упакован, отменён или не оплачен.
take-out-taken = { $n ->
    [one] убрана { $n } штука
    [few] убрано { $n } штуки
    [many] убрано { $n } штук
   *[other] убрано { $n } штуки
}
take-out-why-changed-mind = больше не нужно
take-out-why-out-of-stock = нет в наличии
take-out-why-damaged = повреждено до отправки
take-out-why-cannot-be-sent = нельзя отправить по этому адресу
take-out-why-buyer-asked = по просьбе покупателя
take-out-error-required = Выберите хотя бы одну штуку.
take-out-error-whole-number = Укажите количество целым числом.
take-out-error-out-of-range = Укажите количество целым числом, не меньше 1.
take-out-error-too-many-pieces = Столько штук в заказе не осталось.
take-out-error-already-packed = За это время заказ упаковали: убрать больше ничего нельзя. Товар можно вернуть после получения.
take-out-error-not-paid = Заказ не оплачен: отмените его и закажите заново то, что нужно.
take-out-error-unknown-choice = Выберите причину из списка.
given-back = Что возвращается
given-back-taken-out = Убрано
given-back-cancelled = Отменено
given-back-written-off = Не доставлено
given-back-pieces = Возвращённые товары
given-back-delivery = Возврат за доставку
given-back-reduction = Снижение цены
given-back-consignment = Возврат за посылку
given-back-goodwill = Жест доброй воли
placed = Оформлен
password-hint = Не менее восьми символов; лучше двенадцать и больше. Хорошо подойдут три-четыре слова.
email-format = Адрес эл. почты выглядит так: name@example.com.
order-number-label = Номер заказа
address-name = Имя и фамилия
address-organisation = Компания
address-street = Улица и дом
address-street2 = Квартира, этаж, корпус
address-district = Район
address-city = Город
address-region = Регион
address-postcode = Почтовый индекс
address-phone = Телефон для курьера
address-phone-hint = Нужен только в день доставки и для таможни.
address-tax-number = Налоговый номер
tax-number-hint = Его требует таможня.
called-zip = ZIP-код
called-eircode = Eircode
called-pin = PIN-код
called-cep = CEP
called-state = Штат
called-province = Провинция
called-prefecture = Префектура
called-county = Графство / округ
called-emirate = Эмират
called-area = Область
called-commune = Коммуна
called-barangay = Барангай
called-subdistrict = Подрайон
called-townland = Таунленд
called-suburb = Пригород
called-town = Населённый пункт
called-ward = Квартал
called-district = Район
called-neighbourhood = Микрорайон
problem-required = Заполните поле: { $field }.
problem-too-long = Слишком длинно для почтовой этикетки: { $field }.
problem-postcode-format = Такого почтового индекса нет ({ $country }). Пример: { $example }.
problem-other-destination = { $field }: цена заказа рассчитана для другого места. Чтобы отправить его туда, отмените заказ и оформите новый.
problem-unknown-region = Выберите из списка: { $field }.
problem-phone-format = В номере телефона от 5 до 20 цифр, он может начинаться с +.
problem-email-format = Адрес эл. почты выглядит так: name@example.com.
problem-tax-number-format = Номер неполный, или не сходится контрольная цифра: { $field }.
problem-address = Проверьте адрес.
email-known = Аккаунт с этой эл. почтой уже есть. Войдите и ответьте.
role-seller-owner = Владелец
role-seller-staff = Сотрудник
role-admin = Администратор
role-operations = Логистика
role-finance = Финансы
role-service = Поддержка
invitation = Приглашение
invitation-from = { $name } приглашает вас
invitation-as = Роль
invitation-by = Кто пригласил
invitation-until = Действует до
accept = Принять
decline = Отклонить
acting-for = От чьего имени вы действуете
acting-myself = От своего имени
acting-myself-text = Покупки, ваши собственные заказы и адреса.
acting-now = Сейчас
acting-choose = Действовать от этого имени
acting-leave = Покинуть
field-required = Заполните это поле.
field-too-long = Слишком длинно.
field-password-length = Пароль должен содержать от 8 до 200 символов. Лучше двенадцать и больше: хорошо подойдут три-четыре слова.
field-password-common = Этот пароль пробуют одним из первых. Выберите вместо него три-четыре слова.
field-password-context = Не используйте своё имя, эл. почту и название магазина. Выберите три-четыре других слова.
field-password-wrong = Пароль от этого аккаунта другой.
field-code-wrong = Код неверен, уже использован или устарел. Введите тот, что показан сейчас.
field-passkey-wrong = Ключ доступа не принят. Попробуйте ещё раз или войдите другим способом.
field-no-passkeys = Для ключей доступа магазину нужны доменное имя и TLS.
field-too-many-passkeys = У вас двадцать ключей доступа. Сначала удалите один.
field-totp-exists = Приложение-аутентификатор уже подключено. Сначала отключите его.
field-totp-none = Приложение-аутентификатор не подключено.
field-no-factor = Сначала добавьте приложение-аутентификатор или ключ доступа.
field-no-mail = Магазин сейчас не отправляет писем, поэтому подтвердить другую эл. почту нельзя.
field-last-owner = Вы последний владелец организации. Сначала назначьте другого владельца, затем удалите аккаунт.
field-orders-open = У вас есть незавершённый заказ. Удалите аккаунт, когда заказ будет завершён или отменён.
error-too-many-attempts = Слишком много попыток. Попробуйте снова через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}.
passkey-sign-in = Войти с ключом доступа
security-title = Вход и безопасность
new-password = Новый пароль

journey-of-parcel = Путь посылки
passkey-failed = Ключ доступа не использован. Попробуйте ещё раз или войдите другим способом.
field-phone-format = Укажите номер телефона в виде +7 495 123-45-67.
field-url-format = Укажите адрес, который начинается с https://, или оставьте поле пустым.
field-format = Не удалось прочитать.


# Претензии
claim-about = Предмет
claim-wish = Требование
claim-refunded = К возврату
claim-rule = Основание
claim-restocked = Вернулось на склад: { $n }
claim-picture-n = Изображение { $n } к претензии
claim-return-to = Куда вернуть
claim-sent-with = Чем отправлено
claim-story = Что произошло
claim-kind-not-arrived = Не доставлено
claim-kind-damaged = Повреждено
claim-kind-not-as-described = Не соответствует описанию
claim-kind-wrong-item = Не тот товар
claim-kind-missing-pieces = Чего-то не хватает
claim-kind-withdrawal = Возврат без объяснения причин
claim-kind-other = Другое
claim-wish-money-back = Вернуть деньги
claim-wish-lower-price = Оставить со скидкой
claim-wish-lower-price-by = Оставить со скидкой { $amount }
claim-state-open = Ждёт ответа продавца
claim-state-refused = Продавец отказал
claim-state-escalated = Решает магазин
claim-state-returning = Ждёт отправки обратно
claim-state-sent = В пути обратно
claim-state-settling = Деньги возвращаются
claim-outcome-refunded = Деньги возвращены
claim-outcome-reduced = Цена снижена
claim-outcome-withdrawn = Отозвана
claim-outcome-refused = Отказано
claim-outcome-dismissed = Отклонена
claim-outcome-not-returned = Товар не возвращён
claim-next-open = Продавец отвечает до { $until }. После этого решает магазин.
claim-next-refused = Покупатель может обратиться за решением к магазину до { $until }. После этого претензия закрывается.
claim-next-refused-buyer = Вы можете обратиться за решением к магазину до { $until }. После этого претензия закрывается.
claim-next-escalated = Магазин планирует решить до { $until }.
claim-next-returning = Покупатель отправляет товар обратно до { $until }. После этого претензия закрывается.
claim-next-returning-buyer = Отправьте товар обратно до { $until } и укажите здесь трек-номер. После этого претензия закрывается.
claim-next-sent = Продавец подтверждает получение. Если он не ответит, деньги вернутся { $until }.
claim-next-settling = Деньги скоро вернутся.
claim-next-closed-refunded = Возврат покупателю: { $amount }.
claim-next-closed-reduced = Цена снижена, возврат покупателю: { $amount }.
claim-next-closed-withdrawn = Покупатель отозвал претензию.
claim-next-closed-refused = Продавец отказал, к магазину не обращались.
claim-next-closed-dismissed = Магазин решил, что возврата не будет.
claim-next-closed-not-returned = В срок ничего не отправили обратно.
claim-who-buyer = Покупатель
claim-who-seller = Продавец
claim-who-operator = Магазин
claim-who-house = Автоматически
claim-deed-opened = открыта претензия
claim-deed-agreed = согласие
claim-deed-refused = отказ
claim-deed-escalated = обращение за решением к магазину
claim-deed-unanswered = нет ответа в срок, решает магазин
claim-deed-contested = возражение, решает магазин
claim-deed-decided = решение
claim-deed-sent = товар отправлен обратно
claim-deed-received = получение подтверждено
claim-deed-receipt-by-clock = считается полученным
claim-deed-withdrawn = претензия отозвана
claim-deed-not-asked = закрыта, к магазину не обращались
claim-deed-not-returned = закрыта, товар не возвращён
claim-deed-cannot-be-paid = деньги уже возвращены, решает магазин
given-back-amended = Заказ изменён
take-out-credited = Засчитывается за новые товары
supply-made = { $n ->
    [one] Изготовление на заказ, { $n } рабочий день
    [few] Изготовление на заказ, { $n } рабочих дня
    [many] Изготовление на заказ, { $n } рабочих дней
   *[other] Изготовление на заказ, { $n } рабочего дня
}
supply-preorder = Предзаказ, отправка с { $day }
supply-kind-made = На заказ
supply-kind-preorder = Предзаказ

amend-parcel = Откуда: { $country }
amend-new-total = С доставкой до двери, всё включено
amend-more = К оплате
amend-same = Доплачивать не нужно
amend-which = Что отправить?
amend-now = { $n ->
    [one] Сейчас { $n } штука; 0 — убрать
    [few] Сейчас { $n } штуки; 0 — убрать
    [many] Сейчас { $n } штук; 0 — убрать
   *[other] Сейчас { $n } штуки; 0 — убрать
}
amend-look = Узнать стоимость
amend-nothing = Изменить больше ничего нельзя: заказ упакован, отменён или не оплачен.
amend-error-nothing-changed = Заказ уже такой: сначала что-нибудь измените.
amend-error-nothing-left = Из неупакованного ничего не осталось бы: лучше отмените заказ.
amend-error-out-of-range = Укажите количество целым числом, 0 или больше.
amend-error-whole-number = Укажите количество целым числом.
amend-error-out-of-stock = Столько в наличии нет.
amend-error-not-sendable = Часть товаров нельзя туда отправить или они больше не продаются. Уберите их из корзины или оставьте заказ как есть.
amend-error-not-in-order = Эту позицию больше нельзя изменить.
amend-error-nothing-to-amend = Неупакованных товаров больше нет: упакованное изменить нельзя.
amend-error-amendment-waits = Изменение этого заказа ждёт оплаты: сначала оплатите или отмените его.
amend-error-amendment-over = Срок этого предложения истёк. Посмотрите ещё раз, сколько изменение стоит сейчас.
amend-error-amendment-done = Это изменение уже оплачено или выполнено.
amend-error-already-packed = За это время заказ изменился: проверьте его и внесите изменение заново.
amend-error-given-back-before = Часть цены уже возвращена, поэтому эта посылка остаётся как есть. Убрать из неё часть товаров всё ещё можно.
amend-error-payment-pending = Оплата этого изменения обрабатывается. Подождите немного.
amend-error-too-many-lines = Столько разных товаров не помещается в один заказ.
amend-before = Было
amend-after = Станет
amend-none = Ничего.
amend-costs = Стоимость: было и станет
amend-part = Составляющая
amend-error-amendment-open = Другое изменение этого заказа ждёт ответа покупателя.
amend-error-not-sold-by-you = Предлагать можно только товары, которые вы сами продаёте.
amend-error-buyers-address = Куда доставить заказ, решает покупатель.
amend-error-unknown-sku = У вас нет в продаже товара с таким артикулом.
amend-error-unknown-choice = Выберите причину: её увидит покупатель.
amend-error-too-long = Не более 500 символов.
amend-error-order-unknown = В этом заказе вы ничего изменить не можете.
ask-add = Добавить к заказу
ask-change = Изменить написанное
ask-change-text = Это можно изменить, пока ничего из заказа не упаковано.
ask-delivery-note = Комментарий для доставки
ask-gift-message = Текст открытки
ask-keep = Оставить как есть
ask-letters = Не более { $most } символов
ask-personalisation = Персонализация
ask-reference = Ваш номер или пометка
ask-save = Сохранить
ask-ticked = Да
ask-title = Для этого заказа
ask-wrong-in-one-line = Поле «{ $label }» — одна строка без управляющих символов.
ask-wrong-required = Заполните поле «{ $label }».
ask-wrong-too-long = В поле «{ $label }» — не более { $most } символов.
ask-wrong-unknown-choice = Выберите вариант из списка «{ $label }».

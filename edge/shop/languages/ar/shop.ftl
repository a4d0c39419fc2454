# المتجر
to-country = إلى { $country }
sold-by = يبيعه <b>{ $seller }</b>

home-title = السعر عند باب بيتك
home-description = سلع من كل مكان، وسعرها يشمل التوصيل والرسوم والضريبة إلى بلدك.
home-headline = سعر واحد.<br>عند باب بيتك.
home-promise = ثمن السلعة والشحن والرسوم والضريبة إلى { $country }، محسوبة قبل أن تدفع. لا شيء تسدّده للمندوب.
home-shop-week = تسوّق الأسرع وصولًا
home-see-how = كيف نحسب السعر
rail-soon = الأسرع إلى بابك
rail-soon-text = قريبة من { $country } أو على أسرع طريق إليها.
rail-far = تستحق انتظار أسبوع
rail-far-text = يرسلها صانعوها. الرسوم والضريبة ضمن السعر.
rail-new = وصل حديثًا
rail-new-text = عُرضت في الأيام الأخيرة، بسعرها إلى { $country }.
home-how-title = سعر الباب، جزءًا جزءًا
home-how-text = { $product } بسعر { $price } في { $country }. هذا كل جزء منه والقاعدة التي وراءه وتاريخ سريانها.
home-estimates-link = ما الفرق بين التقدير والضمان
home-empty-title = لا شيء معروض هنا بعد
home-empty-text = ما إن تُستورد أولى السلع حتى تظهر هنا بسعرها عند بابك.
home-feature-text = سلع { $seller }، مرسلة من { $country }. كل سعر أدناه هو ما تدفعه عند بابك.
visit-seller = كل سلع { $seller }
promise-duty = سعر الباب المضمون نهائي. أي رسم إضافي عند الحدود يدفعه البائع المذكور على طلبك.
promise-escrow-title = المال محفوظ حتى الوصول
promise-escrow = يُحفظ ما تدفعه أمانةً ولا يُسلَّم للبائع إلا بعد التسليم.
promise-quote-title = السعر محفوظ وأنت تدفع
promise-quote = عند الدفع نحفظ السعر وسعر الصرف وقواعد الرسوم والمخزون: 30 دقيقة، و10 دقائق حين لا يبقى إلا القليل.
promise-sellers-title = بائعون معروفون
promise-sellers = كل سلعة تبيّن من يملك المخزون ومن يشحنه ومن يبيعك قانونًا.

search-title = كل السلع، بسعرها إلى { $country }
search-results = { $n ->
    [0] لم يُعثر على شيء يمكن إرساله إلى { $country }.
    [one] نتيجة واحدة، بسعرها إلى { $country }.
    [two] نتيجتان، بسعرهما إلى { $country }.
    [few] { $n } نتائج، بسعرها إلى { $country }.
   *[other] { $n } نتيجة، بسعرها إلى { $country }.
}
search-for = نتائج «{ $query }»
search-description = { $title }، مع السعر عند بابك في { $country } ويوم الوصول.
sort-by = الترتيب
sort-relevance = الصلة
sort-door-price = سعر الباب من الأدنى
sort-arrival = الأسرع وصولًا
sort-newest = الأحدث
apply = تطبيق
filters = التصفية
remove-filter = إزالة هذا الشرط
clear-all = مسح الكل
facet-price = سعر الباب إلى { $country }
facet-arrives = يصل خلال
facet-category = القسم
facet-from = يُشحن من
facet-seller = البائع
up-to-in = حتى، بعملة { $currency }
at-least-in = من، بعملة { $currency }
price-spread = أسعار التسليم من { $least } إلى { $most } وعدد السلع في كل سعر
any-time = أي وقت
within-days = { $n ->
    [few] { $n } أيام
   *[other] { $n } يومًا
}
any-category = الكل
chip-max = حتى { $amount }
chip-min = من { $amount }
chip-days = خلال { $n } يومًا
show-results = اعرض النتائج
pages = الصفحات
first-page = الصفحة الأولى
next-page = التالي
shown-of = { $n } من { $total }
search-empty-title = لا شيء عن «{ $query }»
search-empty-title-filter = لا شيء يوافق هذه الشروط
search-empty-text = لا شيء يوافق بحثك يمكن إرساله إلى { $country } حاليًا.
search-without-filters = ابحث دون شروط
search-everything = اعرض كل شيء
searches = عمليات البحث

product-description = { $title }: { $price } عند بابك في { $country }، شاملًا التوصيل والرسوم والضريبة. يصل { $window }.
breadcrumb = مسار التصفّح
not-sold-to = لا يمكن إرسال هذا إلى { $country }
delivery-with-door-price = التوصيل، مع سعر الباب
delivery-not-possible = غير ممكن: { $reason }
delivery-points = { $carrier }، { $n } نقاط تتبّع
when-it-comes = متى يصل
when-it-comes-text = يُسلَّم للناقل خلال { $hours } ساعة في { $country }، ثم أيام هذه الخدمة. تبيّن الأعمدة توزّع الوصول على الأيام.
when-it-comes-later = { $supplied }. يُسلَّم للناقل في { $country } في موعد أقصاه { $day }، ثم أيام هذه الخدمة. تبيّن الأعمدة توزّع الوصول على الأيام.
likely-by-day = احتمال الوصول بحسب اليوم
likely-share = { $n } من 100
add-to-basket = أضف إلى السلة
few-left = { $n ->
    [one] بقيت قطعة واحدة
    [two] بقيت قطعتان
    [few] بقيت { $n } قطع
   *[other] بقيت { $n } قطعة
}
sold-out = نفدت الكمية
who-marketplace = يملك { $seller } المخزون ويشحنه من { $country } وهو البائع المسجّل.
who-platform = يملك { $seller } المخزون ويبيعه ويشحنه من { $country }.
who-fulfilled = يملك { $seller } المخزون وهو البائع المسجّل. يجهّزه { $platform } ويشحنه من { $country }.
who-does-what = من يفعل ماذا
in-short = باختصار
fact-weight = الوزن مع التغليف
fact-origin = بلد المنشأ
fact-tariff = البند الجمركي
fact-customs = الوصف الجمركي
fact-barcode = الرمز الشريطي
fact-brand = العلامة
other-sellers = كل العروض لهذه السلعة
how-featured = كيف يُختار العرض المميّز
featured-cheapest = مميّز: أدنى سعر باب
offer-dearer = أغلى بـ { $amount } عند الباب
offer-variant = { $options }
ships-from-label = يُشحن من
arrives-label = يصل
in-view = معروض
view-offer = اعرض العرض
similar = سلع مشابهة

basket-title = السلة
basket-summary = { $n ->
    [one] قطعة واحدة، بسعرها إلى { $country }.
    [two] قطعتان، بسعرهما إلى { $country }.
    [few] { $n } قطع، بسعرها إلى { $country }.
   *[other] { $n } قطعة، بسعرها إلى { $country }.
}
keep-shopping = تابع التسوّق
basket-repriced = أُعيد التسعير إلى { $country }
change-price = { $title }: كان { $before } وصار { $after } عند بابك.
change-lost = لا يمكن إرسال { $title } إلى هناك. يبقى في سلتك.
change-back = يمكن إرسال { $title } إلى هناك ثانية، بسعر { $after }.
basket-added = أُضيف إلى سلتك.
from-place = من { $place }
quantity-of = كمية { $product }
remove-product = أزل { $product }
update = تحديث
cannot-be-sent = لا يمكن إرساله إلى { $country }
your-door-price = سعر بابك
to-checkout = إلى الدفع
basket-note = تُحفظ الأسعار متى أدخلت عنوانك في صفحة الدفع: 30 دقيقة، و10 دقائق حين لا يبقى إلا القليل.
nothing-sendable = لا شيء في هذه السلة يمكن إرساله إلى { $country }.
basket-empty-title = سلتك فارغة
basket-empty-text = ما تضيفه يبقى هنا 60 يومًا ويتبعك إذا غيّرت البلد.
line-of = { $options }، { $seller }

checkout = الدفع
checkout-summary = { $parcels ->
    [one] طرد واحد، دفعة واحدة.
    [two] طردان، دفعة واحدة.
   *[other] { $parcels } طرود، دفعة واحدة.
}
back-to-basket = عودة إلى السلة
where-it-goes = إلى أين يذهب
saved-addresses = عناوين محفوظة
another-address = عنوان آخر
order-address-change = تغيير العنوان
order-address-title = إلى أين يذهب الطلب
order-address-text = يمكن أن يذهب إلى باب آخر في {$country} ما دام لم يُغلَّف منه شيء. إلى بلد أو منطقة أخرى: ألغِ الطلب واطلب من جديد، فقد حُسب السعر والرسوم والضريبة لهذا المكان.
order-address-keep = اتركه كما هو
use-address = استخدم هذا العنوان
email-for-updates = البريد الإلكتروني للأخبار
how-it-travels = كيف يسافر
update-prices = حدّث الأسعار
delivery-from = التوصيل من { $place }
door-price-of = { $amount } عند بابك
crosses-border = يعبر هذا الطرد حدودًا. يُصرَّح عنه باسمك ورقم هاتفك، وتُعالج الرسوم والضريبة كما هو مبيّن.
lost-take-out = أخرجها من سلتك لتتابع بالباقي.
take-out = أخرجها
checkout-blocked = يظهر السعر متى أمكن إرسال كل ما في السلة.
delivery-changed = خدمة توصيل اخترتها لم تعد متاحة. اختر ثانية.
not-sendable-text = في سلتك ما لا يمكن إرساله إلى هناك. أخرجه أولًا.
how-you-pay = كيف تدفع
paid-in = الدفع بعملة { $currency }
card-number = رقم البطاقة
sandbox-cards = وضع التجربة: لا تتحرّك أموال. البطاقة 4242 4242 4242 4242 مقبولة.
sandbox-more-cards = بطاقات تتصرف بشكل آخر
card-ok = مقبولة
card-declined = مرفوضة
card-no-funds = الرصيد غير كافٍ
card-3ds = يسأل المصرف (3-D Secure)
card-late = تُؤكَّد بعد قليل
pay-on-page = بطاقة وطرق أخرى
pay-on-page-detail = في صفحة مزوّد الدفع نفسه التي تُفتح بعد قليل. لا يرى هذا المتجر رقم بطاقتك أبدًا.
to-provider = إلى صفحة الدفع
to-provider-text = تدفع { $amount } في صفحة مزوّد الدفع ثم تعود إلى هنا. إن لم تُفتح وحدها فاضغط الزر.
to-provider-go = اذهب إلى صفحة الدفع
pay-amount = ادفع { $amount }
checkout-terms = تشتري من { $sellers }. يُحفظ المال حتى تسليم كل طرد.
problems-to-fix = { $n ->
    [one] أمر واحد يجب تصحيحه قبل الدفع.
    [two] أمران يجب تصحيحهما قبل الدفع.
   *[other] { $n } أمور يجب تصحيحها قبل الدفع.
}
price-changed = تغيّر السعر عند بابك من { $before } إلى { $after } وأنت تملأ النموذج. انظر إليه وادفع ثانية إن ناسبك.
quote-expired-text = انقضت المدة التي حُفظت فيها الأسعار. هذه أسعار اليوم.
held-until = السعر وسعر الصرف والمخزون محفوظة حتى { $time }.
payment-declined = رفض المصرف الدفع. لم يُخصم شيء. جرّب بطاقة أخرى.
payment-insufficient-funds = الرصيد في هذه البطاقة غير كافٍ. لم يُخصم شيء. جرّب بطاقة أخرى.
payment-refused = لم توافق على الدفع. لم يُخصم شيء.
payment-amount = لا يمكن دفع هذا المبلغ بهذه العملة. لم يُخصم شيء. اطلب بعملة أخرى.
payment-card-unknown = رقم البطاقة غير معروف في وضع التجربة. استخدم أحد الأرقام أدناه.
payment-card-needed = أدخل رقم البطاقة.
payment-outage = خدمة الدفع لا تجيب. طلبك محفوظ؛ حاول بعد دقيقة.
payment-differs = خصمت خدمة الدفع مبلغًا غير مبلغ هذا الطلب. سيعود إليك من تلقاء نفسه. ادفع من جديد من فضلك.
bank-asks = يسأل مصرفك: هل هذا أنت؟
bank-asks-text = يريد { $shop } أخذ { $amount } من بطاقتك. في وضع التجربة تؤدي أنت دور المصرف.
approve-payment = موافقة
refuse-payment = رفض

order-number = الطلب { $number }
order-summary = { $parcels ->
    [one] سُجّل { $date }. طرد واحد إلى { $country }.
    [two] سُجّل { $date }. طردان إلى { $country }.
   *[other] سُجّل { $date }. { $parcels } طرود إلى { $country }.
}
cancel-order = إلغاء الطلب
ask-cancel-title = هل تلغي هذا الطلب؟
ask-cancel-text = لن يُرسل شيء، ويعود المبلغ { $amount } بالطريقة التي دُفع بها. لا يمكن استئناف طلب أُلغي.
ask-cancel-yes = ألغِ الطلب
confirm-received = استلمت كل شيء
confirm-received-part = أكّد ما وصل
pay-again = ادفع هذا الطلب
notice-placed = شكرًا. سُجّل طلبك.
notice-placed-text = يبقى رابط هذه الصفحة صالحًا؛ احفظه لتتابع الطرود.
notice-unpaid = لم يُدفع هذا الطلب بعد.
notice-unpaid-text = ادفعه أدناه. تُلغى الطلبات غير المدفوعة بعد نصف ساعة على الأكثر، وبعد عشر دقائق حين لا يبقى إلا القليل.
notice-pending = يجري تأكيد الدفع.
notice-pending-text = قد يستغرق ذلك دقيقة. تبيّن هذه الصفحة متى تم.
notice-failed = لم يتم الدفع.
notice-failed-text = تبقى سلعك محجوزة نصف ساعة بعد الطلب، وعشر دقائق حين لا يبقى إلا القليل. حاول ثانية أدناه.
notice-cancelled = أُلغي هذا الطلب.
notice-cancelled-text = ما دُفع يعود من حيث أتى.
notice-held = تطلب الجمارك شيئًا.
notice-held-text = طرد محتجز عند الحدود. يجيب البائع ولا يلزمك شيء. يظهر موعد الوصول الجديد أدناه.
notice-done = وصل كل شيء واكتمل الطلب.
order-state-waiting = بانتظار الدفع
order-state-to-pack = قيد التجهيز
order-state-packed = جُهِّز
order-state-underway = في الطريق
order-state-exception = يحتاج إلى متابعة
order-state-delivered = سُلِّم
order-state-completed = اكتمل
order-state-cancelled = أُلغي
parcel-from = { $product }، من { $country }
parcel-more = { $product } و{ $n } غيره، من { $country }
parcel-arrived = وصل
parcel-cancelled = أُلغي
parcel-lost = لم يُعثر عليه
parcel-returned = أُعيد
parcel-follows = لم يُعبأ بعد
parcel-follows-text = تصل هذه القطع في طرد آخر.
way-paid = دُفع
way-packed = جُهِّز الطرد
way-handed-over = مع الناقل
way-export = تخليص التصدير
way-export-held = جمارك التصدير
way-underway = بين الحدود
way-underway-land = على الطريق
way-import = تخليص الاستيراد
way-import-held = محتجز في الجمارك
way-last-mile = التوصيل المحلي
way-door = باب بيتك
way-lost = لم يُعثر عليه
way-returned = أُعيد
way-international = مياه دولية
way-inside = داخل { $place }، دون جمارك
way-duty-paid = الرسوم مدفوعة مسبقًا
way-until = حتى { $time }
what-happened = ما الذي حدث
nothing-yet = لا شيء بعد. يأتي أول خبر عند تجهيز الطرد.
detail-documents-wanted = تطلب الجمارك أوراقًا. يجيب البائع.
detail-signed = وُقّع الاستلام عند الباب.
customs-and-papers = الجمارك والأوراق
merchant-of-record = البائع المسجّل
contents = المحتويات
what-you-paid = ما دفعته
what-you-pay = ما ستدفعه
order-link-hint = تُفتح هذه الصفحة برابطها. احفظ الرابط؛ وإن ضاع أتى رقم الطلب والبريد برابط آخر. أو افتح حسابًا بالبريد نفسه فيظهر فيه هذا الطلب.

signed-in-as = { $name }، { $email }
your-orders = طلباتك
paid-at-door = سعر الباب
older-orders = طلبات أقدم
no-orders-title = لا طلبات بعد
no-orders-text = ما تشتريه يظهر هنا مع رحلته.
addresses = العناوين
no-addresses = العناوين التي تحفظها عند الدفع تظهر هنا.
add-address = أضف عنوانًا
save-address = احفظ العنوان
you = بياناتك
demo-sign-ins = حسابات العالم التجريبي
demo-sign-ins-text = كلمة المرور واحدة للجميع.
demo-operator = المشغّل
demo-seller = بائع
demo-buyer = مشترٍ
no-account-yet = ليس لديك حساب؟
have-account = لديك حساب؟
register-text = يجمع الحساب طلباتك وعناوينك. ويمكنك الشراء من دونه.
sign-in-wrong = البريد وكلمة المرور لا يتطابقان.
forgot-password = هل نسيت كلمة المرور؟
forgot-password-text = اكتب بريد حسابك. إن كان الحساب موجودًا أرسلنا رابطًا تختار به كلمة مرور جديدة.
forgot-send = أرسل الرابط
forgot-sent-title = انظر في بريدك
forgot-sent-text = إن كان لهذا البريد حساب فهناك رسالة في طريقها إليه، أو وصلت خلال الساعة الأخيرة: يعمل كل رابط مرة واحدة خلال ساعة. لم يصل شيء؟ انظر في مجلد الرسائل غير المرغوبة، أو تأكد من العنوان الذي سجّلت به.
forgot-no-mail = لا يرسل هذا المتجر بريدًا في الوقت الحالي، ولذلك لن يصل رابط. تواصل مع مشغّل المتجر.
reset-password = اختر كلمة مرور جديدة
reset-password-text = يُسجَّل خروج كل من دخل بكلمة المرور القديمة، على أي جهاز.
reset-save = احفظ كلمة المرور الجديدة
reset-over-title = انتهت صلاحية هذا الرابط
reset-over-text = استُخدم الرابط، أو مرّت عليه ساعة. اطلب رابطًا جديدًا.
track-text = اكتب رقم الطلب والبريد الذي تم به: نرسل رابطه إلى ذلك البريد. وإن كنت مسجّل الدخول فُتحت طلباتك فورًا.
order-number-hint = يبدو هكذا: EN-7Q4K-2219.
saved = حُفظ.

your-name = اسمك
category-of = { $name }

door-price-example = مثال
door-price-example-goods = كوب خزفي، 350 مل
door-price-example-text = كوب من الصين إلى { $country }، بقواعد اليوم.

info-door-price-title = كيف يُحسب سعر الباب
info-door-price-lead = السعر الذي تراه هو ما تدفعه عند بابك: السلعة والتوصيل الدولي والرسوم والضريبة، بعملتك، مع يوم الوصول.
info-door-price-parts = خمسة أجزاء، لكل منها قاعدة
info-door-price-parts-text =
    يحدّد البائع ثمن السلعة دون ضريبة. التوصيل سعر الناقل للوزن والطريق. تتبع الرسوم البند الجمركي وبلد المنشأ والقيمة. والضريبة ضريبة بلدك على ما يحسبه بلدك. ويأخذ بعض الناقلين والجهات رسم مناولة.
    كل سطر في التفصيل يسمّي القاعدة التي وراءه ويوم سريانها. ومجموع الأجزاء يساوي دائمًا السعر المعروض.
info-door-price-exchange = أسعار الصرف
info-door-price-exchange-text =
    يُحوَّل السعر مرة واحدة بالسعر المرجعي لليوم ويُذكر تاريخه. عند الدفع يُثبّت السعر 30 دقيقة على الأكثر. لا يُضاف إليه شيء.
info-door-price-estimate = مضمون أم تقدير
info-door-price-estimate-text =
    السعر مضمون متى كانت كل قاعدة وراءه مؤكدة. وحين لا يُعرف إلا معدّل شائع يُذكر أنه تقدير. وفي الحالتين تدفع ما عُرض عليك: ما تراه عند الدفع هو ما يُخصم.
info-door-price-featured = العرض المميّز
info-door-price-featured-text =
    إذا عرض عدة بائعين السلعة نفسها يتقدّم صاحب أدنى سعر عند بابك. لا يمكن شراء هذا المكان.
info-duty-guarantee-title = ضمان الرسوم
info-duty-guarantee-lead = حيث يكون السعر مضمونًا لا يُضاف شيء عند بابك.
info-duty-guarantee-what = ما المضمون
info-duty-guarantee-what-text =
    تُحسب الرسوم والضريبة ورسوم المناولة قبل أن تدفع وهي ضمن السعر. إن طلبت الجمارك أكثر دفع الفرق البائع المذكور على طلبك.
info-duty-guarantee-who = من يفعل ماذا
info-duty-guarantee-who-text =
    تذكر كل صفحة سلعة من يملك المخزون ومن يشحنه ومن البائع المسجّل. والأسماء نفسها على طلبك.
    مالك محفوظ أمانةً. يذهب إلى البائع بعد وصول طردك وانقضاء مدة الاعتراض.
info-duty-guarantee-border = ما يُدفع عند الحدود
info-duty-guarantee-border-text =
    بعض الرسوم والضرائب لا تُدفع إلا عند وصول الطرد. يدفعها الناقل عنك من السعر الذي تراه، ويذكر التفصيل ذلك.
info-returns-title = الإرجاع والاسترداد
info-returns-lead = يمكنك إلغاء الطلب حتى يُجهَّز، ويعود مالك كاملًا.
info-returns-before = قبل التجهيز
info-returns-before-text =
    افتح طلبك واضغط «إلغاء الطلب». يعود ثمن السلعة والتوصيل والرسوم والضريبة من حيث أتت.
info-returns-after = بعد الإرسال
info-returns-after-text =
    الطرد المفقود أو المُعاد يُردّ ثمنه: السلع وتوصيلها والرسوم والضريبة. إن كان فيما وصل عيب أو لم يصل فقل ذلك في صفحة الطلب سطرًا سطرًا ومع صور: يبقى المال محجوزًا حتى يجيب البائع، ويقرّر المتجر حيث لا تتفقان. وحيث يتيح قانون بلدك إعادة الشراء من دون سبب تقول صفحة الطلب حتى متى وكيف.
info-returns-refund = كيف يتم الاسترداد
info-returns-refund-text =
    يُحسب الاسترداد بمبالغ طلبك لا بأسعار أو قواعد أحدث، ويعود إلى البطاقة التي دفعت بها.
info-selling-title = افتح متجرًا
info-selling-lead = بع على { $shop } إلى كل بلد قواعده معروفة هنا. يرى المشترون سعرًا واحدًا وترى أنت كل جزء منه.
info-selling-start = كيف تبدأ
info-selling-start-text =
    يقبل مشغّل { $shop } الطلبات أو يدعو البائعين. ثم ترفع ملف السلع الذي لديك: تُقرأ ملفات Shopify كما هي.
    أعطِ كل سلعة بندها الجمركي وبلد منشئها. ما ينقص يظهر في قائمة، وتُباع السلع إلى الخارج متى اكتمل.
info-selling-fees = الرسوم والعمولات
info-selling-fees-text =
    تُقتطع نسبة من ثمن السلعة عمولةً عند اكتمال الطلب، واتفاقك يذكرها. لا رسم على العرض. تُثبّت العمولة لكل طلب لحظة البيع.
info-selling-customs = الجمارك والضريبة
info-selling-customs-text =
    تُحسب الرسوم والضريبة وتُجنّب مع كل طلب. وتُصنع لك البطاقات وأرقام التتبّع ونماذج الجمارك.
info-about-title = من نحن
info-about-lead = يعمل { $shop } على Entrepot، منصة مفتوحة المصدر للتجارة عبر الحدود.
info-about-what = ما هو
info-about-what-text =
    الإنتربو ميناء تصل إليه السلع من كل مكان وتُحفظ وتُرسل. وEntrepot برنامج يُدار به ميناء كهذا: متجر وسوق ومركز بائعين ودفاتر في واحد.
info-about-open = مفتوح المصدر
info-about-open-text =
    البرنامج حر بترخيصي MIT وApache 2.0. ويمكن قراءة كل قاعدة وراء السعر.
info-accessibility-title = إمكانية الوصول
info-accessibility-lead = يمكن استخدام كل صفحة بلوحة المفاتيح وقارئ الشاشة وخط كبير وفي الظلام ومن دون برامج نصية.
info-accessibility-what = ما نفعله
info-accessibility-what-text =
    الصفحات مبنية من أجزاء بسيطة مسمّاة. لا يُنقل المعنى باللون وحده. تتوقف الحركة إذا طلب نظامك ذلك. ويمكن تكبير النص إلى الضعف.
info-accessibility-tell = أخبرنا
info-accessibility-tell-text =
    إن تعذّر استخدام شيء فاكتب إلى مشغّل هذا المتجر واذكر الصفحة.
info-privacy-title = الخصوصية
info-privacy-lead = ما يُحفظ عنك ولماذا وإلى متى.
info-privacy-cookies = ملفات الارتباط
info-privacy-cookies-text =
    تحفظ ملفات الارتباط وجهتك وعملتك ولغتك ومظهر الصفحة وسلتك ودخولك وأنك سجّلت الدخول على هذا الجهاز من قبل ورمزًا يمنع النماذج المزوّرة. لا ملفات للإعلان ولا متتبّعات من غيرنا.
info-privacy-data = طلباتك
info-privacy-data-text =
    يُعطى اسمك وعنوانك وهاتفك للبائع والناقل والجمارك لأن الطرد لا يسافر من دونها. ولا تصل أرقام البطاقات إلى قاعدة بيانات هذا المتجر.
info-privacy-delete = الحذف
info-privacy-delete-text =
    يمكن إزالة العناوين من حسابك في أي وقت. وفي «الدخول والأمان» تنزّل كل ما هو محفوظ عنك أو تحذف حسابك، وتقول الصفحة ما يبقى ولماذا. وتحفظ الجلسات اسم المتصفح وعنوان الشبكة ما دامت قائمة.
imprint-lead = من المسؤول عن { $shop } وكيف تتواصل معنا.
imprint-legal = المسؤول قانونًا
imprint-contact = الاتصال
imprint-none = لم يكتب صاحب المتجر هذا بعد.
not-sold-there = لا يبيع المتجر إلى هذا البلد. اختر وجهة أخرى.

# فتح حساب، والدعوات، وعمّن يعمل المرء.
register-sent-text = هناك رسالة في طريقها إلى { $email }. يعمل رابطها مرة واحدة خلال يوم. لم يصل شيء؟ انظر في مجلد الرسائل غير المرغوبة؛ بعد عدة رسائل في ساعة لا يُرسل المزيد، وتبقى الروابط السابقة صالحة.
register-no-mail = لا يرسل هذا المتجر بريدًا في الوقت الحالي، ولذلك لن يصل رابط من تلقاء نفسه. يستطيع مشغّل المتجر أن يعطيك إياه: اطلبه منه. ويمكنك الشراء من دون حساب.
register-how = نرسل رابطًا إلى هذا العنوان، وتختار به اسمك وكلمة مرورك.
register-confirm-text = تم إثبات { $email }. اختر ما يحتاجه الحساب بعد ذلك.
register-over-text = استُخدم الرابط، أو مرّ عليه يوم، أو يوجد حساب بهذا العنوان. سجّل الدخول أو اطلب رابطًا جديدًا.
send-again = أرسل مرة أخرى
go-on = تابع
track-send = أرسل الرابط
track-sent-text = إن كان هناك طلب بهذا الرقم وهذا البريد فإن رابطه في طريقه إلى ذلك البريد. لم يصل شيء؟ انظر في مجلد الرسائل غير المرغوبة أو تحقق من الرقم؛ بعد عدة رسائل في ساعة لا يُرسل المزيد، وتبقى الروابط السابقة صالحة.
track-no-mail = لا يرسل هذا المتجر بريدًا في الوقت الحالي، ولذلك لن يصل رابط. سجّل الدخول إن اشتريت بحساب، أو تواصل مع مشغّل المتجر.
track-another = ابحث عن طلب آخر
invitation-text = إن قبلت عملت باسمهم من بعدها، ويمكنك المغادرة في أي وقت. وحتى ذلك الحين لا يتغيّر شيء.
invitation-for = إلى
invitation-other = سجّلت الدخول باسم { $email }. سجّل الخروج ثم ادخل بالعنوان المدعو.
invitation-sign-in = سجّل الدخول لتجيب
invitation-register = افتح الحساب واقبل
invitation-register-text = اختر اسمًا وكلمة مرور للحساب { $email }.
invitation-over = انتهت هذه الدعوة
invitation-over-text = أُجيب عنها أو سُحبت أو استُبدلت، أو مرّت عليها سبعة أيام. اطلب دعوة جديدة ممّن دعاك.
invitation-declined = رُفضت الدعوة
invitation-declined-text = لم يتغيّر شيء لديك، وذهبت الدعوة.
keep = أبقِ
acting-text = اختر باسم من تعمل الآن. يبدأ الدخول التالي من حيث كنت.
acting-none = أنت تعمل باسمك. حين يدعوك أحد يظهر ذلك هنا.
acting-leave-title = مغادرة { $name }؟
acting-leave-text = لن تعمل باسمهم بعد الآن، فورًا وعلى كل جهاز. تُلغى مفاتيح API التي أنشأتها لهم وتُسحب الدعوات التي كتبتها. وللعودة يجب أن تُدعى من جديد.
acting-last-owner = أنت المالك الوحيد. اجعل غيرك مالكًا أولًا.
acting-declined = رُفضت الدعوة، ولم يتغيّر شيء.
acting-over = أُجيب عن هذه الدعوة أو سُحبت أو تغيّرت أو انتهت مدتها.
acting-left = لقد غادرت.
order-link-hint-no-mail = تُفتح هذه الصفحة برابطها. احفظ الرابط: لا يرسل هذا المتجر بريدًا في الوقت الحالي.
apply-title = اطلب البيع هنا
apply-text = قل من أنت وما لديك. يصلك إيصال بالبريد ثم الجواب.
apply-name = اسم متجرك
apply-name-hint = كما يراه المشترون.
apply-legal-name = الاسم القانوني
apply-phone = الهاتف (اختياري)
apply-website = الموقع (اختياري)
apply-country = أين مقرّك
apply-currency = العملة التي يُدفع لك بها
apply-goods = ماذا تريد أن تبيع
apply-goods-hint = أنواع السلع، وأين تُصنع وأين توجد.
apply-how = لا يبيع أحد هنا قبل أن يقبله المتجر. لا يُفتح حساب بهذا النموذج.
apply-send = أرسل الطلب
apply-sent-title = طلبك في الطريق
apply-sent-text = يذهب إيصال إلى { $email } وكذلك الجواب. لم يصل شيء؟ انظر في البريد غير المرغوب فيه.
apply-sent-no-mail = لا يرسل هذا المتجر بريدًا حاليًا، وسيجيب { $email } بطريقة أخرى.
apply-closed = لا يقبل هذا المتجر طلبات حاليًا. اكتب إليه إن أردت البيع هنا مع ذلك.


# المطالبات
claim-object = هناك خطأ ما
claim-object-text = قل ما الخطأ وفي أي القطع. يبقى مال هذا الطرد محجوزًا. يجيب البائع خلال ثلاثة أيام؛ وإن لم يجب أو لم توافق قرّر المتجر.
claim-object-send = أرسلها إلى البائع
claim-give-back = إعادة
claim-give-back-text = لا حاجة إلى سبب. بعد هذا ترى إلى أين ترسلها. يعود ثمن القطع عند وصولها، ومعه التوصيل إن أعدت كل ما في هذا الطرد.
claim-give-back-send = أعدها
claim-right = تستطيع إعادتها من دون سبب حتى { $until } ({ $source }).
claim-right-buyer-pays = تكلفة الإعادة عليك.
claim-right-seller-pays = لا ينبغي أن تكلّفك الإعادة شيئًا بحسب ذلك القانون: اسأل البائع قبل أن ترسلها.
claim-which-pieces = أي القطع؟
claim-of-pieces = عدد القطع: { $n }
claim-what-is-wrong = ما الخطأ؟
claim-words = ماذا حدث؟
claim-words-optional = هل تريد أن تقول شيئًا؟ (غير لازم)
claim-pictures = صور ({ $n } على الأكثر)
claim-pictures-hint = JPEG أو PNG أو WebP أو GIF، حتى 20 ميغابايت لكل منها. لا يراها إلا أنت والبائع والمتجر؛ ويُزال منها المكان والكاميرا.
claim-less-by = أقل بكم ({ $currency })
claim-back = العودة إلى الطلب
claim-nothing-left = لم يبقَ من هذا الطرد ما يُعترض عليه: هو في مطالبة أخرى أو أُعيد.
claim-of-order = مطالبة عن الطلب { $number }
claim-send-title = أعدها
claim-send-text = ضع في الطرد ورقة فيها رقم الطلب { $number }.
claim-carrier = شركة النقل
claim-tracking = رقم التتبّع
claim-send-done = هي في الطريق
claim-ask-title = ألا توافق؟
claim-ask-words = ما الذي ينبغي أن يعرفه المتجر؟
claim-ask = اطلب قرار المتجر
claim-take-back = سحب المطالبة
claim-error-kind-required = اختر ما الخطأ.
claim-error-words-required = اكتب ما حدث.
claim-error-pieces-required = قل كم قطعة ومن أي سطر.
claim-error-carrier-required = اكتب من ينقلها.
claim-error-tracking-required = اكتب رقم التتبّع.
claim-error-whole-number = اكتب عددًا صحيحًا من القطع.
claim-error-not-in-order = اذكر كل سطر من هذا الطرد مرة واحدة.
claim-error-too-long = هذا طويل جدًا.
claim-error-too-many-pictures = أرسل ست صور على الأكثر.
claim-error-picture = صورة لا يمكن قراءتها: أرسل JPEG أو PNG أو WebP أو GIF حتى 20 ميغابايت.
claim-error-one-line = يُطلب سعر أقل لسطر واحد في كل مرة.
claim-error-amount-format = اكتب مبلغًا فوق الصفر لا يزيد على ثمن القطع.
claim-error-too-many-pieces = لم يبقَ هذا العدد: بعضها في مطالبة أخرى أو أُعيد.
claim-error-too-many-claims = فُتحت مطالبات كثيرة عن هذا الطرد فلا تُفتح أخرى. اكتب إلى المتجر.
claim-error-not-disputable = لا يُعترض إلا على ما دُفع ولم يُلغَ.
claim-error-not-arrived-yet = يُقال إنه مفقود بعد آخر يوم وُعد به.
claim-error-not-delivered = لم يُسلَّم هذا الطرد بعد.
claim-error-claim-window-over = انتهى وقت هذا. اكتب إلى المتجر.
claim-error-no-withdrawal = لا يعرف القانون في بلدك حقًا في إعادة مثل هذه المشتريات من دون سبب.
claim-error-claim-settling = المال على وشك أن يعود.
claim-error-wrong-step = تقدّمت المطالبة. انظر إليها ثانية.
confirm-ask-title = هل وصل كل شيء؟
confirm-ask-text = لا تؤكّد إلا إذا كان كل ما يلي موجودًا وسليمًا. عندها يُحوَّل ما نحتفظ به وهو { $amount } إلى من باع ومن نقل.
confirm-ask-yes = نعم، كل شيء هنا
confirm-ask-no = لا، العودة إلى الطلب
amend-asked = يقترح { $who } تغييرًا
amend-asked-text = لا يتغيّر شيء ما لم توافق. أجب قبل { $until }؛ وإلا بقي الطلب كما هو.
amend-asked-why = السبب
amend-asked-link = انظر الاقتراح
amend-asked-no = لا، اتركه كما هو
amend-asked-yes = نعم، غيّره
amend-asked-yes-more = نعم، ثم ادفع { $amount }
amend-asked-yes-back = نعم، ويعود { $amount }
amend-asked-after = يمكنك طلب تغيير آخر بعد أن تجيب.
amend-asked-over = غُلّف الطلب أو تغيّر في هذه الأثناء، فلا يمكن تنفيذ الاقتراح.
amend-open = تغيير الطلب
amend-title = تغيير الطلب
amend-text = ما لم يُغلَّف بعد يمكن تغييره: قطع أكثر أو أقل، توصيل آخر، بضائع من سلتك. ما اشتريته يحتفظ بسعره، ويُحسب التوصيل والرسوم والضريبة من جديد. ترى الكلفة قبل أن يتغيّر شيء.
amend-does = هكذا يصبح الطلب
amend-back = يعود إليك
amend-held = تُحجز لك هذه الأسعار والبضائع { $n } دقيقة.
amend-do = غيّر الطلب
amend-do-more = غيّر الطلب ثم ادفع { $amount }
amend-do-back = غيّر الطلب، ويعود { $amount }
amend-leave = اترك الطلب كما هو
amend-waits = تغيير ينتظر دفع { $amount }
amend-waits-text = لا يتغيّر شيء من الطلب قبل الدفع. إن لم يُدفع في وقته، أو غُلّف الطلب قبله، بقي كما هو.
amend-pay = ادفع الآن
amend-basket = أضف ما في سلتك
amend-basket-empty = لإضافة شيء ضعه في سلتك أولًا ثم عُد إلى هنا.
amend-back-to-order = عودة إلى الطلب
amend-due = ادفع ثمن التغيير
amend-due-text = يُدفع { $amount } حتى { $until }. يتغيّر الطلب حين يصل المال، وإلا بقي كما هو.
amend-see = انظر التغيير
amend-paying = يجري العمل على دفع تغيير طلبك.

# قبل افتتاح المتجر.
opening-soon = الافتتاح قريبًا
opening-soon-text = لا يستقبل هذا المتجر الطلبات بعد. تبقى سلتك 60 يومًا؛ عُد إليها عند افتتاح المتجر.
opening-soon-ask = هل لديك أسئلة؟
not-selling = لا طلبات في الوقت الحالي
not-selling-text = لا يستطيع هذا المتجر حاليًا قبول المدفوعات أو إرسال الطرود. تبقى سلتك 60 يومًا.
test-order = طلب تجريبي
test-order-text = المتجر غير مفتوح. ما تطلبه هنا تجربة من العاملين فيه: تأكّد من عمل الدفع والبريد ثم ألغِ الطلب.
test-order-end = قدّمه العاملون في المتجر قبل افتتاحه. ألغِه ليعود ماله وتتحرّر بضاعته.
told-by-seller = أبلغ به البائع
told-by-operator = أبلغ به المتجر

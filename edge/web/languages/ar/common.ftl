# نصوص كل صفحات المتجر، ورسائل الخطأ.
language-name = العربية
skip-to-content = تخطَّ إلى المحتوى
search = بحث
search-placeholder = ابحث، والسعر محسوب حتى باب بيتك
suggestions = اقتراحات
deliver-to = التوصيل إلى
where-to = إلى أين نرسله؟
country-or-region = الدولة أو المنطقة
currency = العملة
language = اللغة
where-to-hint = تتغيّر الأسعار والرسوم ومواعيد الوصول بحسب الوجهة. نعيد تسعير سلتك ولا نفرغها أبدًا.
save-and-reprice = احفظ وأعد التسعير
account = الحساب
basket = السلة
basket-with = { $n ->
    [0] السلة فارغة
    [one] السلة، قطعة واحدة (1)
    [two] السلة، قطعتان (2)
    [few] السلة، { $n } قطع
   *[other] السلة، { $n } قطعة
}
categories = الأقسام
departments = تصفّح الأقسام
new-in = وصل حديثًا
home = الرئيسية
see-all = عرض الكل
save = حفظ
change = تغيير
choose = اختر
optional = اختياري
remove = إزالة
door-price = سعر الباب
at-your-door = عند بابك
estimate = تقدير
theme = المظهر
theme-auto = تلقائي
theme-light = فاتح
theme-dark = داكن
sign-in = تسجيل الدخول
sign-out = تسجيل الخروج
register = إنشاء حساب
email = البريد الإلكتروني
password = كلمة المرور
seller = البائع
seller-centre = مركز البائع
console = لوحة التشغيل
sandbox = وضع التجربة
source = المصدر
reason = السبب
order = الطلب
state = الحالة
column = العمود
action = إجراء

footer-promise = البائع المسجّل مذكور على كل طلب. الأسعار شاملة الشحن والرسوم والضريبة إلى الوجهة المبيّنة.
footer-shopping = التسوّق
footer-selling = البيع
footer-copyright = © 2026 مساهمو Entrepot
how-door-prices-are-made = كيف يُحسب سعر الباب
duty-guarantee = ضمان الرسوم
returns = الإرجاع والاسترداد
track-an-order = تتبّع طلب
open-a-shop = افتح متجرًا
fees-and-commission = الرسوم والعمولات
about = من نحن
tariffs-and-taxes = الرسوم الجمركية والضرائب
accessibility = إمكانية الوصول
privacy = الخصوصية

go-home = إلى الصفحة الرئيسية
search-the-shop = ابحث في المتجر
error-title-invalid = هناك ما يحتاج إلى مراجعة
error-text-invalid = تعذّرت قراءة ما أُرسل. ارجع وراجعه ثم أرسله ثانية. لم يتغيّر شيء.
error-title-unauthenticated = سجّل الدخول لعرض هذه الصفحة
error-text-unauthenticated = هذه الصفحة لأصحاب الحسابات.
error-title-denied = هذه الصفحة غير متاحة لك
error-text-denied = حسابك لا يسمح بذلك. إن كنت ترى أنه ينبغي أن يسمح فاسأل من يديره.
error-title-not-found = لا شيء في هذا العنوان
error-text-not-found = ربما نُقلت الصفحة أو أن الرابط غير كامل.
error-title-conflict = لا يمكن ذلك الآن
error-text-conflict = تغيّر شيء في هذه الأثناء. ارجع وانظر ثانية. لم يُخصم أي مبلغ.
error-title-gone = انتهى هذا
error-text-gone = كان موجودًا وانقضى وقته. ارجع وابدأ من جديد. لم يُخصم أي مبلغ.
error-title-too-many = محاولات كثيرة
error-text-too-many = انتظر بضع دقائق ثم حاول ثانية.
error-rate-limited = وصلت نماذج كثيرة من شبكتك خلال دقيقة. انتظر لحظة ثم عد وأرسل نموذجك ثانية: ما كتبته لا يزال موجوداً.
error-title-unavailable = غير متاح مؤقتًا
error-text-unavailable = خدمة نعتمد عليها لا تجيب. حاول بعد دقيقة. إن كنت تدفع فصفحة الطلب تبيّن هل خُصم المبلغ.
error-title-internal = حدث خطأ من جهتنا
error-text-internal = سُجّل الخطأ بالرقم أدناه. إن كنت تدفع فصفحة الطلب تبيّن هل خُصم المبلغ.
error-form-expired = انتهت صلاحية هذا النموذج. ارجع وحدّث الصفحة ثم أرسله ثانية.
error-foreign-form = جاء النموذج من موقع آخر ولم يُقبل.
error-too-large = ما أُرسل أكبر مما تقبله هذه الصفحة.
error-quote-expired = كانت الأسعار محفوظة 30 دقيقة وانقضت. اذهب إلى سلتك لترى أسعار اليوم. لم يُخصم أي مبلغ.
error-out-of-stock = سبقك أحد: لم تبقَ قطع كافية. سلتك تبيّن المتوفر. لم يُخصم أي مبلغ.
footer-contact = اتصل بنا
imprint = بيانات الناشر

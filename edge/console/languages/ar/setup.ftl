# The first start: the claim link, the first warehouse, the first catalogue.

claim-title = اجعل هذا المتجر لك
claim-text = فتحت رابط التثبيت الجديد الذي يُستخدم مرة واحدة. عرّف بنفسك؛ يستغرق ذلك دقيقة ويمكن تغيير كل شيء لاحقًا.
typical-rates = البيع أيضًا حيث لا تُعرف إلا نسبة رسوم أو ضريبة معتادة
typical-rates-text = تظهر هذه الأسعار على أنها تقديرية؛ وإذا طلبت الجمارك أكثر مما دفعه المشتري يتحمل المتجر الفرق.
claim-button = افتح المتجر
shop-name = اسم المتجر
waiting-title = لم يُفتح هذا المتجر بعد
waiting-text = طبع البرنامج رابطًا يُستخدم مرة واحدة عند تشغيله. افتح ذلك الرابط لتملك المتجر.
setup-title = { $shop } صار لك
setup-text = خطوتان وتُعرض السلع للبيع: من أين تنطلق، وماذا تبيع.
setup-warehouse = من أين تنطلق سلعك؟
setup-warehouse-text = يُطبع هذا العنوان على البطاقات ويُحسب التوصيل منه.
setup-warehouse-done = تنطلق السلع من { $warehouse }.
setup-catalogue = قائمة السلع
setup-catalogue-text = ملف سلع كما يصدّره Shopify (CSV). تُقرأ الأسعار بعملتك دون ضريبة. الاستيراد ثانيةً يحدّث ولا يكرّر.
setup-file = ملف السلع (CSV)
setup-import = استيراد
see-the-shop = اعرض المتجر

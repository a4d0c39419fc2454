# رسائل إلى المشترين وأصحاب المتاجر ومن لهم حساب. نص عادي بلا وسوم.
mail-open-order = افتح هذا الطلب
mail-link-hint = يفتح الرابط طلبك دون حساب. احتفظ به لنفسك.
mail-why-buyer = وصلتك هذه الرسالة بسبب الطلب { $number } لدى { $shop }. يمكنك الرد عليها.
mail-why-seller = وصلتك هذه الرسالة لأنك من أصحاب { $name } الذي يبيع لدى { $shop }.
mail-why-person = وصلتك هذه الرسالة لأن أحدهم أدخل عنوانك لدى { $shop }.
mail-arrives = يصل { $window }
mail-to = الوجهة
mail-tax = الضريبة
mail-tracking = رقم التتبع
mail-hand-over-by = آخر موعد للتسليم إلى الناقل

mail-order-paid-subject = تم تأكيد الطلب { $number }
mail-order-paid-title = تم تأكيد طلبك
mail-order-paid-text = دُفع مبلغ { $amount }. نحتفظ به حتى يصل كل شيء، ونكتب إليك عندما يُرسل أي طرد.

mail-order-cancelled-subject = أُلغي الطلب { $number }
mail-order-cancelled-title = أُلغي طلبك
mail-order-cancelled-text = لم يُرسل منه شيء، ولم تدفع مقابله شيئًا.

mail-order-cancelled-paid-subject = أُلغي الطلب { $number }
mail-order-cancelled-paid-title = أُلغي طلبك
mail-order-cancelled-paid-text = لم يُرسل منه شيء. يعود مبلغ { $amount } بالطريقة التي دفعت بها، ونكتب إليك عند إرساله.

mail-order-readdressed-subject = يذهب الطلب { $number } إلى عنوان آخر
mail-order-readdressed-title = يذهب طلبك إلى عنوان آخر
mail-order-readdressed-text = تغيّر عنوان تسليم طلبك، ونأمل أن يكون ذلك منك أو بطلبك. إن لم يكن كذلك فافتح الطلب وصحّح العنوان قبل تغليفه.
mail-order-amended-subject = تغيّر الطلب { $number }
mail-order-amended-title = تغيّر طلبك
mail-order-amended-text = تغيّر طلبك، ونأمل أن يكون ذلك منك أو بطلبك. هذا ما يُرسل الآن. إن لم يكن ما أردته فافتح الطلب قبل تغليفه.
mail-change-offered-subject = يقترح { $who } تغيير الطلب { $number }
mail-change-offered-title = أجب بنعم أو لا من فضلك
mail-change-offered-text = لا يستطيع { $who } إرسال طلبك كما هو، أو يقترح غيره بدلًا منه. لا يتغيّر شيء ما لم توافق في صفحة الطلب قبل { $until }. إن لم تجب بقي الطلب كما هو.
mail-change-reason = السبب
mail-change-back = يعود إليك
mail-change-over-subject = الطلب { $number } باقٍ كما هو
mail-change-over-title = لم يتغيّر شيء
mail-change-over-text = انتهى التغيير الذي اقترحه { $who }. طلبك باقٍ كما طلبته، ولا يلزمك شيء.
mail-change-declined-subject = رفض مشتري الطلب { $number }
mail-change-declined-title = الطلب باقٍ كما هو
mail-change-declined-text = لا يريد المشتري التغيير الذي اقترحته. أرسل الطلب كما طُلب، أو أخرج منه ما لا تستطيع إرساله.
mail-change-declined-button = افتح الطلبات
mail-change-not-made-subject = لم يتغيّر الطلب { $number }
mail-change-not-made-title = الطلب باقٍ كما هو
mail-change-not-made-text = لم يتم التغيير الذي اقترحته: لم يجب المشتري أو لم يدفع في وقته، أو تغيّر الطلب في هذه الأثناء. أرسل الطلب كما هو، أو أخرج منه ما لا تستطيع إرساله.
mail-change-not-made-button = افتح الطلبات
mail-pieces-taken-out-subject = يُرسل من الطلب { $number } أقل
mail-pieces-taken-out-title = أُخرج شيء من طلبك
mail-pieces-taken-out-text = أُخرجت هذه القطع من طلبك، ونأمل أن يكون ذلك منك أو بطلبك. لن تُرسل، ويعود ثمنها من حيث أتى.
mail-pieces-not-sent-subject = شيء من الطلب { $number } لا يمكن إرساله
mail-pieces-not-sent-title = لا يمكن إرسال كل شيء
mail-pieces-not-sent-text = هذه القطع لن تُرسل. يعود ثمنها من حيث أتى، ولا يلزمك فعل شيء.
mail-why-not-sent = السبب
mail-nothing-left = لم يبقَ شيء آخر من هذا الطرد، فيُعاد ثمن توصيله أيضًا.

mail-order-lapsed-subject = لم يُدفع الطلب { $number } في موعده
mail-order-lapsed-title = لم يُدفع طلبك في موعده
mail-order-lapsed-text = أُلغي الطلب وعادت بضائعه متاحة لغيرك. لم تدفع مقابله شيئًا. إن كنت لا تزال تريدها فاطلب من جديد، وسترى أسعار اليوم.

mail-order-completed-subject = اكتمل الطلب { $number }
mail-order-completed-title = اكتمل طلبك
mail-order-completed-text = حُوّل ما كنا نحتفظ به إلى من باع ومن نقل. تبقى تفاصيل ما دفعته، بندًا بندًا، في صفحة الطلب.

mail-refunded-subject = يعود إليك مبلغ { $amount } عن الطلب { $number }
mail-refunded-title = مالك في طريقه إليك
mail-refunded-text = أعدنا مبلغ { $amount } بالطريقة التي دفعت بها. تحتاج البنوك بضعة أيام حتى يظهر.

mail-handed-over-subject = طرد من الطلب { $number } في الطريق
mail-handed-over-title = طردك في الطريق
mail-handed-over-text = سلّمه { $seller } إلى { $carrier }. تعرض صفحة الطلب مكانه الآن.
mail-more-follows = { $n ->
    [one] قطعة أخرى منه تصل في طرد آخر، وسنكتب إليك حين تُشحن.
   *[other] تصل { $n } قطع أخرى منه في طرد آخر، وسنكتب إليك حين تُشحن.
}

mail-held-subject = الجمارك تحتجز طردًا من الطلب { $number }
mail-held-title = الجمارك تحتجز طردك
mail-held-text = تفحصه الجمارك في { $country } قبل أن يتابع طريقه، وقد يستغرق ذلك بضعة أيام. يبقى ما دفعته محفوظًا حتى يصل. تعرض صفحة الطلب ما يجري بعد ذلك.

mail-delivered-subject = تم التسليم: نرجو تأكيد الطلب { $number }
mail-delivered-title = تم تسليم طردك
mail-delivered-text = إن كان كل شيء موجودًا وسليمًا فأكّده في صفحة الطلب، وعندها يُدفع للبائع. إن نقص شيء أو تلف فقل ذلك في صفحة الطلب قبل { $until }؛ ففي ذلك الوقت يكتمل الطلب من تلقاء نفسه.

mail-delivered-part-subject = تم تسليم طرد من الطلب { $number }
mail-delivered-part-title = تم تسليم طردك
mail-delivered-part-text = لا تزال بقية طلبك في الطريق. نطلب منك التأكيد عندما يصل كل شيء. إن نقص شيء أو تلف فقل ذلك في صفحة الطلب.

mail-to-ship-subject = الطلب { $number }: سلّمه قبل { $until }
mail-to-ship-title = طلب جديد للشحن
mail-to-ship-text = الطلب مدفوع ووجهته { $country }. غلّفه واطبع ملصقه وسلّمه إلى الناقل قبل { $until }.
mail-to-ship-button = افتحه في مركز البائع
mail-not-to-send-subject = الطلب { $number }: أقل للإرسال
mail-not-to-send-title = أقل للتغليف
mail-not-to-send-text = أُخرجت هذه القطع من الطلب: لا تغلّفها. عادت متاحة في مخزونك. ويبقى الباقي للإرسال.
mail-not-to-send-button = افتحه في مركز البائع
mail-nothing-to-send-subject = الطلب { $number }: لا شيء للإرسال
mail-nothing-to-send-title = لم يبقَ ما يُغلَّف
mail-nothing-to-send-text = أُلغي هذا: لا تغلّفه. عادت القطع متاحة في مخزونك.
mail-nothing-to-send-button = افتحه في مركز البائع
mail-not-to-hand-over-subject = الطلب { $number }: لا تسلّمه
mail-not-to-hand-over-title = استُدعي طرد مغلَّف
mail-not-to-hand-over-text = أُعيد ثمنه كله: لا تسلّمه إلى الناقل. انزع ملصقه فهو لاغٍ، وأعد القطع إلى الرف؛ وقد عُدّت في مخزونك.
mail-not-to-hand-over-button = افتحه في مركز البائع
mail-not-to-hand-over-part-subject = الطلب { $number }: لا تسلّم أحد الطرود كما هو
mail-not-to-hand-over-part-title = استُرجع طرد معبأ
mail-not-to-hand-over-part-text = رُدّ ثمن القطع أدناه: لا تسلّم الطرد الذي يحويها إلى شركة الشحن. انزع ملصقه فقد أُلغي، وأعد هذه القطع إلى الرف؛ فالمخزون يحسبها. وما بقي في الطرد يُعبأ من جديد.
mail-not-to-hand-over-part-button = افتحه في مركز البائع

mail-paid-out-subject = مبلغ { $amount } في الطريق إلى { $name }
mail-paid-out-title = أُرسلت دفعة إليك
mail-paid-out-text = مبلغ { $amount } في الطريق إلى حسابك المصرفي. تعرض صفحة الرصيد الطلبات التي يعود إليها.
mail-paid-out-button = افتح الرصيد
mail-paid-out-amount = المبلغ المدفوع
mail-paid-out-to = إلى

mail-password-reset-subject = اختر كلمة مرور جديدة لدى { $shop }
mail-password-reset-title = اختر كلمة مرور جديدة
mail-password-reset-text = طلب أحدهم كلمة مرور جديدة للحساب { $email }. يعمل الرابط أدناه مرة واحدة خلال ساعة. إن لم تكن أنت فلا حاجة إلى فعل شيء: تبقى كلمة مرورك كما هي.
mail-password-reset-button = اختر كلمة مرور جديدة
mail-invited-subject = يدعوك { $name } إلى { $shop }
mail-invited-title = يدعوك { $name }
mail-invited-text = يعرض { $by } على { $email } دورًا لدى { $name } في { $shop }. ترى العرض خلف الرابط وتقبله أو ترفضه خلال سبعة أيام. وإن لم تفعل شيئًا فلن يتغيّر شيء.
mail-invited-button = اعرض الدعوة
mail-registration-subject = افتح حسابك لدى { $shop }
mail-registration-title = افتح حسابك
mail-registration-text = يريد أحدهم حسابًا لدى { $shop } بالبريد { $email }. يعمل الرابط أدناه مرة واحدة خلال يوم: اختر به اسمك وكلمة مرورك. إن لم تكن أنت فلا حاجة إلى فعل شيء: لا حساب من دون الرابط.
mail-registration-button = افتح الحساب
mail-registration-known-subject = لديك حساب لدى { $shop }
mail-registration-known-title = لديك حساب بالفعل
mail-registration-known-text = أراد أحدهم، وربما أنت، فتح حساب لدى { $shop } بالبريد { $email }. يوجد حساب به: سجّل الدخول أو اختر كلمة مرور جديدة في الصفحة نفسها. إن لم تكن أنت فلا حاجة إلى فعل شيء.
mail-registration-known-button = سجّل الدخول
mail-order-link-subject = رابط طلبك { $number }
mail-order-link-title = هذا طلبك
mail-order-link-text = طلب أحدهم، ونأمل أن تكون أنت، رابط الطلب { $number } لدى { $shop }. تبقى الروابط التي وصلتك من قبل صالحة.

mail-email-change-subject = أكّد بريدك لدى { $shop }
mail-email-change-title = أكّد بريدك الجديد
mail-email-change-text = يريد أحدهم أن يكون { $email } بريد حساب لدى { $shop }. إن كنت أنت فاتبع الرابط أدناه خلال يوم. وإن لم تكن فلا حاجة إلى فعل شيء.
mail-email-change-button = أكّد البريد
mail-why-email-change = وصلك هذا لأن أحدهم كتب هذا العنوان في حسابه لدى { $shop }.
mail-security-changed-subject = حسابك لدى { $shop }: { $what }
mail-security-changed-title = { $what }
mail-security-changed-text = تغيّر هذا في الحساب { $email }. إن كنت أنت فلا حاجة إلى فعل شيء. وإن لم تكن فاختر الآن كلمة مرور جديدة، وراجع جلساتك، وأبلغ المتجر.
mail-security-changed-button = راجع حسابك
mail-security-password-changed = تغيّرت كلمة المرور
mail-security-email-changed = تغيّر البريد
mail-security-totp-added = أُعدّ تطبيق مصادقة
mail-security-totp-removed = أُزيل تطبيق المصادقة
mail-security-passkey-added = أُضيف مفتاح مرور
mail-security-passkey-removed = أُزيل مفتاح مرور
mail-security-recovery-renewed = أُنشئت رموز استرداد جديدة
mail-security-recovery-used = استُخدم رمز استرداد
mail-security-factors-reset = أزال المتجر العامل الثاني
mail-applied-subject = طلبك للبيع في { $shop }
mail-applied-title = وصل طلبك
mail-applied-text = لدى { $shop } طلب { $name } وسيجيب عنه بالبريد. إن لم تكن أنت فلا حاجة إلى فعل شيء: لم يُفتح شيء.
mail-applied-button = كيف يجري البيع
mail-declined-subject = ردّ { $shop } على طلب { $name }
mail-declined-title = لم يُقبل طلبك
mail-declined-text = لا يقبل { $shop } { $name } حاليًا، والسبب:
mail-declined-button = كيف يجري البيع
mail-accepted-subject = يمكن لـ { $name } البيع في { $shop }
mail-accepted-title = قُبل طلبك
mail-accepted-text = يقبل { $shop } { $name }. ترى خلف الرابط العرض الموجّه إلى { $email } وتقبله خلال سبعة أيام، ثم يُفتح مركز البائع لديك.
mail-accepted-button = افتح متجرك
mail-bank-changed-subject = تذهب دفعات { $name } إلى حساب آخر
mail-bank-changed-title = تغيّر الحساب المصرفي
mail-bank-changed-text = من الآن يدفع { $shop } إلى { $name } في الحساب { $account }. إن لم يفعل ذلك أحد منكم فسجّل الدخول فورًا، وأعد الحساب الصحيح وغيّر كلمة مرورك.
mail-bank-changed-button = اعرض الحساب


mail-claim-return-subject = أعدها قبل { $until } (الطلب { $number })
mail-claim-return-title = يرجى إعادتها
mail-claim-return-text = غلّف القطع أدناه وأرسلها إلى العنوان أدناه قبل { $until }، واكتب شركة النقل ورقم التتبّع في صفحة الطلب. يُعاد المال عند وصولها.
mail-claim-return-due-subject = أعدها قبل { $until } (الطلب { $number })
mail-claim-return-due-title = حان وقت الإعادة
mail-claim-return-due-text = لا علم لنا بطرد بعد. إن لم تكن القطع في طريقها قبل { $until } مع رقم تتبّعها في صفحة الطلب أُغلقت المطالبة وبقي الطلب كما هو.
mail-claim-refused-subject = ردّ البائع (الطلب { $number })
mail-claim-refused-title = البائع لا يوافق
mail-claim-refused-text = ما يقوله البائع في صفحة الطلب. إن لم تكتفِ به فاطلب منا هناك أن نقرّر قبل { $until }؛ وبعده تُغلق المطالبة.
mail-claim-escalated-subject = ننظر في مطالبتك (الطلب { $number })
mail-claim-escalated-title = نقرّر الآن
mail-claim-escalated-text = مطالبتك لدينا. ننوي أن نقرّر قبل { $until }؛ ويبقى المال محجوزًا حتى ذلك.
mail-claim-closed-paid-subject = يعود إليك { $amount } (الطلب { $number })
mail-claim-closed-paid-title = سُوّيت مطالبتك
mail-claim-closed-paid-text = يعود { $amount } بالطريقة التي دفعت بها. نكتب إليك عند إرساله.
mail-claim-closed-withdrawn-subject = أُغلقت مطالبتك (الطلب { $number })
mail-claim-closed-withdrawn-title = سحبت مطالبتك
mail-claim-closed-withdrawn-text = يستمر الطلب كأن لم تكن مطالبة.
mail-claim-closed-dismissed-subject = أُغلقت مطالبتك (الطلب { $number })
mail-claim-closed-dismissed-title = أُغلقت مطالبتك
mail-claim-closed-dismissed-text = لا يعود مال عنها. الأسباب في صفحة الطلب.
mail-claim-closed-not-returned-subject = أُغلقت مطالبتك (الطلب { $number })
mail-claim-closed-not-returned-title = لم يُعَد شيء
mail-claim-closed-not-returned-text = لم نعلم بطرد في الوقت المحدد فلا يعود مال. يبقى الطلب كما هو.
mail-claim-opened-subject = الطلب { $number }: مشترٍ يعترض، أجب قبل { $until }
mail-claim-opened-title = مشترٍ يعترض
mail-claim-opened-text = أجب قبل { $until }. بعده يقرّر المتجر. يبقى مال هذه الشحنة محجوزًا.
mail-claim-opened-button = افتحها في مركز البائع
mail-claim-withdrawn-goods-subject = الطلب { $number }: مشترٍ يعيد شيئًا
mail-claim-withdrawn-goods-title = مشترٍ يعيد شيئًا
mail-claim-withdrawn-goods-text = يعيده بحقّه من دون سبب. للمشتري حتى { $until } ليرسله؛ وتراه عندما يكون في طريقه.
mail-claim-withdrawn-goods-button = افتحها في مركز البائع
mail-claim-sent-subject = الطلب { $number }: قطع تعود
mail-claim-sent-title = القطع في طريق العودة
mail-claim-sent-text = أكّد وصولها وما يمكن بيعه منها ثانية. من دون كلمتك يعود المال في { $until }.
mail-claim-sent-button = افتحها في مركز البائع
mail-claim-ended-subject = الطلب { $number }: أُغلقت مطالبة
mail-claim-ended-title = أُغلقت مطالبة
mail-claim-ended-text = ما عاد إلى المشتري: { $amount }. القصة في مركز البائع.
mail-claim-ended-button = افتحها في مركز البائع
mail-delivery-address = عنوان التسليم
mail-tracking-page = صفحة شركة الشحن
mail-told-by-seller = أبلغنا البائع بذلك ولم تبلغنا به شركة شحن. إذا لم يصل الطرد فأخبرنا في صفحة الطلب خلال هذه المدة، ويبقى المبلغ محجوزاً حتى يتضح الأمر.

# ما تقوله الصفحات، بالعربية.

language-name = العربية

# الأعداد والمال والوقت
number-group = ,
number-group-from = 4
number-decimal = .
money = { $kind ->
    [sign] { $amount }{"\u00A0"}{ $currency }
   *[code] { $amount }{"\u00A0"}{ $currency }
}
date-time = { $day } { $month } { $year }، { $time } بالتوقيت العالمي
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
in-minutes = { $n ->
    [one] خلال دقيقة واحدة
    [two] خلال دقيقتين
    [few] خلال { $count } دقائق
   *[other] خلال { $count } دقيقة
}
in-hours = { $n ->
    [one] خلال ساعة واحدة
    [two] خلال ساعتين
    [few] خلال { $count } ساعات
   *[other] خلال { $count } ساعة
}
in-days = { $n ->
    [one] خلال يوم واحد
    [two] خلال يومين
    [few] خلال { $count } أيام
   *[other] خلال { $count } يومًا
}

# حول كل صفحة
skip = انتقل إلى المحتوى الرئيسي
nav-pages = الصفحات
nav-languages = اللغات
nav-about = عن هذه الصفحات
nav-polls = عمليات التصويت
nav-how = كيف يعمل
nav-accessibility = سهولة الاستخدام للجميع
nav-privacy = الخصوصية
footer-note = لا تستخدم هذه الصفحات ملفات تعريف الارتباط ولا تسجّل من يقرؤها.

# قائمة عمليات التصويت
polls-title = عمليات التصويت
polls-lead = اختر عملية تصويت لترى مشاريعها. بعد عدّ الأصوات تجد النتيجة هناك أيضًا.
polls-unnamed = عملية تصويت لم تُمكن قراءتها بعد
polls-read-from = السجل العام:

# حالة التصويت
phase-setup = قيد الإعداد
phase-open = التصويت مفتوح
phase-paused = التصويت متوقف مؤقتًا
phase-closed = انتهى التصويت
phase-tallied = يجري العدّ
phase-decided = النتيجة معروفة
standing-checking = يجري التحقق من السجل العام
standing-checking-so-far = يجري التحقق من السجل العام: { $count } من { $of } قيدًا
standing-out-of-reach = لا يمكن الوصول إلى السجل العام
standing-distrusted = السجل العام لا يجتاز التحقق

# معلومات
facts-opening = يبدأ التصويت
facts-closing = ينتهي التصويت
facts-closed = الموعد المقرر لنهاية التصويت
facts-projects = في ورقة الاقتراع
facts-ballots = الأوراق المحتسبة
facts-place = المكان
facts-record = السجل العام
facts-id = رقم عملية التصويت
facts-entries = قيود السجل العام
turnout = من أصل { $roll } لهم حق التصويت

# عملية تصويت
projects-count = { $n ->
    [one] مشروع واحد
    [two] مشروعان
    [few] { $count } مشاريع
   *[other] { $count } مشروعًا
}
poll-how-to-vote = الرسالة التي وصلتك تشرح كيف تصوّت.
results-link = عرض النتائج
stale-title = لا يمكن الوصول إلى السجل العام
stale-lead = المشاريع أدناه مختومة ولا يمكن أن تتغيّر. لا تُعرض حالة التصويت حتى يستجيب السجل من جديد.
projects-title = المشاريع
filter-title = ابحث في المشاريع ورتّبها
filter-search = بحث
filter-group = الفئة
filter-all = كل الفئات
filter-order = الترتيب
filter-apply = اعرض
filter-reset = اعرض كل المشاريع
projects-found = { $n ->
    [0] لا يوجد مشروع مطابق.
    [one] مشروع واحد.
    [two] مشروعان.
    [few] { $count } مشاريع.
   *[other] { $count } مشروعًا.
}
order-shuffled = عشوائي
order-cost = الأقل تكلفة أولًا
order-name = حسب الاسم
order-note = يُخلط الترتيب لكل زائر حتى لا يكون مشروع هو الأول دائمًا. رقم هذا الترتيب
budget = الميزانية
project-more = المزيد عن
kind-choose-one = تختار مشروعًا واحدًا.
kind-approval = { $n ->
    [one] تختار مشروعًا واحدًا.
    [two] تختار مشروعين على الأكثر.
    [few] تختار { $count } مشاريع على الأكثر.
   *[other] تختار { $count } مشروعًا على الأكثر.
}
kind-knapsack = تختار مشاريع لا تزيد تكلفتها معًا على { $amount }.
kind-points = { $n ->
    [one] تمنح نقطة واحدة.
    [two] توزّع نقطتين على الأكثر.
    [few] توزّع { $count } نقاط على الأكثر.
   *[other] توزّع { $count } نقطة على الأكثر.
}
kind-scores = { $n ->
    [one] تمنح كل مشروع نقطة واحدة على الأكثر.
    [two] تمنح كل مشروع نقطتين على الأكثر.
    [few] تمنح كل مشروع { $count } نقاط على الأكثر.
   *[other] تمنح كل مشروع { $count } نقطة على الأكثر.
}
kind-ranking = { $n ->
    [one] تسمّي خيارك الأول.
    [two] ترتّب مشروعين على الأكثر، الأفضل أولًا.
    [few] ترتّب { $count } مشاريع على الأكثر، الأفضل أولًا.
   *[other] ترتّب { $count } مشروعًا على الأكثر، الأفضل أولًا.
}
identity-title = عن عملية التصويت هذه
identity-lead = قارن هذه البيانات برسالتك أو بإعلان المكتب.

# النتائج
results-title = النتائج
results-back = العودة إلى المشاريع
results-totals = الأصوات لكل مشروع
results-too-early = لا توجد نتيجة قبل نهاية التصويت. ينتهي التصويت
ballots-counted = { $n ->
    [one] احتُسبت ورقة واحدة.
    [two] احتُسبت ورقتان.
    [few] احتُسبت { $count } أوراق.
   *[other] احتُسبت { $count } ورقة.
}
result-spent = تكلّف المشاريع المموّلة { $amount } من { $budget }.
result-not-yet = لم تُفتح المجاميع بعد أو لم تُثبَت. لا يُعرض شيء قبل إثباته.
result-too-few = { $n ->
    [one] يبقى المجموع مختومًا: احتُسبت هنا أقل من { $count } ورقة.
   *[other] يبقى المجموع مختومًا: احتُسبت هنا أقل من { $count } ورقة. قد يكشف كيف صوّت أفراد.
}
result-winners-open = هذه المجاميع وحدها لا تحدد المشاريع الفائزة.
result-funded = مموَّل
column-project = المشروع
column-votes = الأصوات
column-points = النقاط
column-cost = التكلفة
checks-title = لماذا يمكنك تصديق هذه الأرقام
checks-lead = أعاد هذا الخادم عدّ السجل العام كله بنفسه. لا يعرض إلا ما يثبته السجل.
checks-held = نجح { $count } من { $of } تحققًا.
checks-to-come = { $n ->
    [one] تحقق واحد ينتظر شيئًا لم يأتِ بعد.
    [two] تحققان ينتظران شيئًا لم يأتِ بعد.
    [few] { $count } تحققات تنتظر شيئًا لم يأتِ بعد.
   *[other] { $count } تحققًا ينتظر شيئًا لم يأتِ بعد.
}
checks-details = كل عمليات التحقق
checks-yourself = تحقق بنفسك
checks-yourself-lead = لا يلزمك أن تثق بهذا الخادم. يستطيع أي شخص إعادة عدّ السجل العام بهذا الأمر:
chapter-define = القواعد
chapter-ceremony = المفاتيح
chapter-roll = سجل المصوّتين
chapter-ballots = أوراق الاقتراع
chapter-ledger = السجل العام
chapter-tally = الجمع
chapter-decrypt = فتح المجاميع
chapter-outcome = الفائزون

# كيف يعمل
how-title = كيف يعمل
how-lead = يبقى صوتك سريًا، ويستطيع الجميع التحقق من العدّ. هكذا يجتمع الأمران.
how-envelope-title = توضع اختياراتك في ظرف مختوم
how-envelope = يختم جهازك اختياراتك قبل أن يرسلها. الورقة المختومة لا تُظهر محتواها لأحد.
how-list-title = كل ظرف موجود في قائمة عامة
how-list = القائمة هي السجل العام. يراقبها شهود مستقلون، فلا يختفي ظرف دون أن يُلاحَظ.
how-name-title = اسمك ليس على الظرف
how-name = يتحقق المكتب من حقك في التصويت ويعطيك تصريحًا. صُنع التصريح بحيث لا يتعرف عليه المكتب لاحقًا.
how-sums-title = لا تُفتح إلا المجاميع
how-sums = تُجمع الأوراق المختومة دون فتحها. يجب أن يعمل عدة أمناء معًا لفتح مجموع. لا تُفتح ورقة مفردة أبدًا.
how-recount-title = يستطيع أي شخص إعادة العدّ
how-recount = تحمل كل ورقة إثباتًا بأنها تلتزم بالقواعد. يستطيع أي شخص التحقق من كل الإثباتات وجمع كل الأوراق.
how-site-title = ما تتحقق منه هذه الصفحات
how-site = يعيد هذا الخادم عدّ السجل العام قبل أن يعرض أي شيء. إذا لم يتطابق شيء، قال ذلك ولم يعرض أرقامًا.
how-order-title = أي مشروع يظهر أولًا
how-order = يرى كل زائر المشاريع بترتيب مختلف. يحدده الرقم الموجود في عنوان الصفحة وفق قاعدة منشورة.
how-limits-title = ما لا يستطيعه هذا
how-limits = لا يحمي جهازًا مصابًا. ولا يمنع أحدًا من النظر من فوق كتفك.

# سهولة الاستخدام
accessibility-title = سهولة الاستخدام للجميع
accessibility-lead = ينبغي أن يستطيع الجميع استخدام هذه الصفحات. هدفنا هو استيفاء WCAG 2.2 بالمستوى AA.
accessibility-can-title = ما يمكنك فعله
accessibility-can-keyboard = استخدام كل جزء بلوحة المفاتيح وحدها، ورؤية موضعك دائمًا.
accessibility-can-reader = استخدام قارئ شاشة: في كل صفحة عناوين ومناطق وعناصر مسمّاة.
accessibility-can-zoom = تكبير النص حتى 400 بالمئة دون تمرير جانبي.
accessibility-can-colours = اختيار ألوان فاتحة أو داكنة أو ألوانك. لا شيء يُقال باللون وحده.
accessibility-can-script = قراءة كل صفحة دون JavaScript.
accessibility-limits-title = ما لا يعمل بعد
accessibility-limits = يكتب المكتب نصوص المشاريع ويصف صورها. قد ينقص بعضها ترجمة أو وصف.
accessibility-tested-title = كيف نختبر
accessibility-tested = تختبر برامج كل صفحة بكل لغة. لم يختبرها بعد أحد من خارج المشروع.
accessibility-report-title = أخبرنا بمشكلة
accessibility-report = اكتب إلى المكتب الذي أرسل رسالتك واذكر الصفحة.
accessibility-other-way = إذا تعذّر عليك استخدام هذه الصفحات، يدلّك المكتب على طريقة أخرى للتصويت.

# الخصوصية
privacy-title = الخصوصية
privacy-lead = يمكنك قراءة هذه الصفحات دون أن تترك أثرًا هنا.
privacy-reading-title = ما يُحفظ عن القرّاء
privacy-reading = لا شيء. لا ملفات تعريف ارتباط ولا إحصاءات ولا أجزاء من خوادم أخرى. لا تُسجَّل الطلبات.
privacy-address-title = ما يوجد في العنوان
privacy-address = يحوي عنوان الصفحة لغتك وبحثك ورقم ترتيبك. وهي لا تُخزَّن.
privacy-record-title = ما يحويه السجل العام
privacy-record = يحوي أوراقًا مختومة بلا أسماء، ومجاميع. لا يستطيع أحد أن يقرأ منه ورقة مفردة.
privacy-roll-title = من يعرف من صوّت
privacy-roll = يعرف المكتب من حصل على تصريح. ولا يعرف أي ورقة قُدّمت به.
privacy-others-title = ما قد يراه آخرون
privacy-others = يرى مزوّد الإنترنت أنك تزور هذا الموقع. لخوادم المكتب الأخرى إشعاراتها الخاصة.

# كشك التصويت
booth-title = صوّت
booth-reading-title = لحظة من فضلك
booth-reading = يتحقق جهازك من السجل العام لهذا التصويت. لم يرسل شيئًا بعد.
booth-read-title = السجل العام سليم
booth-read = تحقق جهازك من السجل العام لهذا التصويت.
booth-failed-title = لا يمكنك التصويت هنا الآن
booth-failed = لم يُرسل شيء ولم يضع شيء. يقول جهازك بالإنجليزية ما الخطأ:
booth-needs-title = ما تحتاجه للتصويت
booth-needs-script = للتصويت في هذه الصفحة يحتاج متصفحك إلى JavaScript وWebAssembly. بهما يختم جهازك صوتك بنفسه.
booth-none = لا يوجد في هذا الموقع كشك لهذا التصويت.
booth-needs-command = يمكنك أيضًا التصويت دون متصفح. يقوم هذا البرنامج بالأمر نفسه على الحاسوب:
booth-needs-other = تذكر رسالتك طرق التصويت الأخرى.

# عند حدوث خطأ
failure-back = إلى قائمة عمليات التصويت
failure-back-to-poll = إلى عملية التصويت
failure-not-found = هذه الصفحة غير موجودة
failure-not-found-lead = لا توجد صفحة في هذا العنوان.
failure-not-found-next = تحقق من العنوان في رسالتك. يمكنك أيضًا البدء من قائمة عمليات التصويت.
failure-method = هذا العنوان للقراءة فقط
failure-method-lead = أراد متصفحك إرسال شيء إلى هنا. لم يُؤخذ شيء.
failure-method-next = ابدأ من جديد من قائمة عمليات التصويت.
failure-query = لا يمكن قراءة هذا البحث
failure-query-lead = الجزء الذي يلي علامة الاستفهام في العنوان تالف.
failure-query-next = أعد البحث في صفحة عملية التصويت.
failure-checking = يجري التحقق من السجل العام
failure-checking-lead = لم يُنهِ هذا الخادم إعادة عدّ السجل العام. وحتى ذلك الحين لا يعرض شيئًا.
failure-checking-next = أعد تحميل هذه الصفحة بعد دقيقة.
failure-out-of-reach = لا يمكن الوصول إلى السجل العام
failure-out-of-reach-lead = لا يستطيع هذا الخادم قراءة السجل العام حاليًا. ولا يعرض بدلًا منه أرقامًا أقدم.
failure-out-of-reach-next = أعد تحميل هذه الصفحة بعد دقيقة. الأصوات المُدلى بها لا تتأثر.
failure-distrusted = السجل العام لا يجتاز التحقق
failure-distrusted-lead = هناك خطأ في السجل العام، لذلك لا يُعرض منه شيء هنا.
failure-distrusted-next = الخطأ ليس منك. يُرجى إبلاغ المكتب بما تراه هنا:
failure-internal = تعذّر إنشاء هذه الصفحة
failure-internal-lead = يوجد خلل في البرنامج الذي ينشئ هذه الصفحات.
failure-internal-next = أعد تحميل هذه الصفحة بعد دقيقة. يُرجى الإبلاغ إذا تكرر ذلك.

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
privacy-booth-title = ما يبقيه التصويت هنا على جهازك
privacy-booth = يبقى تصريحك وإيصالك في هذا المتصفح حتى تزيلهما. لا يُحتفظ باختيارك. ولا يحصل عليه أي خادم دون ختم.
privacy-record-title = ما يحويه السجل العام
privacy-record = يحوي أوراقًا مختومة بلا أسماء، ومجاميع. لا يستطيع أحد أن يقرأ منه ورقة مفردة.
privacy-roll-title = من يعرف من صوّت
privacy-roll = يعرف المكتب من حصل على تصريح. ولا يعرف أي ورقة قُدّمت به.
privacy-others-title = ما قد يراه آخرون
privacy-others = يرى مزوّد الإنترنت أنك تزور هذا الموقع. لخوادم المكتب الأخرى إشعاراتها الخاصة.

# كشك التصويت
booth-title = صوّت
booth-link = صوّت هنا
booth-reading-title = لحظة من فضلك
booth-reading = يتحقق جهازك من السجل العام لهذا التصويت. لم يرسل شيئًا بعد.
booth-failed-title = لا يمكنك التصويت هنا الآن
booth-failed = تتوقف هذه الصفحة هنا. ما حفظه جهازك بقي كما كان. يقول بالإنجليزية ما الخطأ:
booth-needs-title = ما تحتاجه للتصويت
booth-needs-script = للتصويت في هذه الصفحة يحتاج متصفحك إلى JavaScript وWebAssembly. بهما يختم جهازك صوتك بنفسه.
booth-none = لا يوجد في هذا الموقع كشك لهذا التصويت.
booth-needs-command = يمكنك أيضًا التصويت دون متصفح. يقوم هذا البرنامج بالأمر نفسه على الحاسوب:
booth-needs-other = تذكر رسالتك طرق التصويت الأخرى.
booth-elsewhere-title = هذا التصويت مفتوح في مكان آخر
booth-elsewhere = علامة تبويب أو نافذة أخرى في هذا المتصفح تفتح هذا التصويت. يمكن المتابعة في واحدة فقط.
booth-here = تابع هنا

# حال الصوت
booth-not-cast = لم يُدلَ بالصوت بعد.
booth-not-cast-again = لم يُدلَ بصوتك الجديد بعد.
booth-handed-in = سُلّم صوتك ولم يؤكده الشهود بعد.
booth-cast = ورقتك في الصندوق

# الخطوة 1
booth-pass-title = الخطوة 1 من 4: تصريح التصويت
booth-pass = اكتب الرمز من رسالتك. به يحصل جهازك على تصريح تصويت لا يكشف من أنت.
booth-pass-asked = طلب جهازك تصريحًا من قبل ولم يصله رد بعد. اكتب الرمز نفسه مرة أخرى للمتابعة.
booth-style = ورقة الاقتراع التي تذكرها رسالتك
booth-code = الرمز من رسالتك
booth-pass-keep = يبقى التصريح على هذا الجهاز ولا يستطيع أحد استبداله. يمكنك حفظه في ملف بعد ذلك.
booth-pass-get = احصل على تصريحي
booth-passing = يحصل جهازك على تصريح التصويت ويتحقق منه.
booth-code-mistyped = هذا ليس رمزًا من رسالة. قارن كل حرف ورقم.
booth-code-unknown = هذا الرمز غير معروف هنا. قارنه برسالتك.
booth-code-style = هذا الرمز لورقة أخرى. اختر الورقة التي تذكرها رسالتك.
booth-code-used = أُعطي تصريح لهذا الرمز من قبل. صوّت على الجهاز الذي يحمله أو استخدم الملف المحفوظ. إن لم تكن أنت فأبلغ عن ذلك.
booth-code-closed = انتهى التصويت. لا تُعطى تصاريح بعد الآن.
booth-code-early = لا تُعطى تصاريح بعد. عد لاحقًا بالرمز نفسه.
booth-code-refused = لن تحصل على تصريح. يقول المكتب السبب بالإنجليزية:
booth-issuer-silent = المكتب لا يرد. لم يضع شيء. حاول مرة أخرى بالرمز نفسه.
booth-issuer-keys = يعرض المكتب مفاتيح غير التي في السجل العام. لم يطلب جهازك شيئًا. يرجى الإبلاغ عن ذلك.
booth-issuer-false = رد المكتب ليس تصريحًا صالحًا. لم يضع شيء. يرجى الإبلاغ عن ذلك والمحاولة لاحقًا.
booth-file-title = لدي ملف فيه تصريحي
booth-file = الملف
booth-secret = كلمة مرور الملف
booth-file-use = تابع بهذا الملف
booth-file-none = اختر الملف أولًا.
booth-file-wrong = لا يُفتح هذا الملف. كلمة المرور غيرها أو الملف لتصويت آخر.
booth-looking = يقرأ جهازك السجل العام كله ليرى ما أُدلي به بهذا التصريح.
booth-look-wrong = السجل العام وتصريحك لا يتفقان. أبلغ عما يقوله جهازك بالإنجليزية:

# الخطوة 2
booth-choose-title = الخطوة 2 من 4: الاختيار
booth-choose = لا يغادر شيء جهازك أثناء الاختيار. يمكنك ترك كل شيء فارغًا: تلك ورقة بيضاء.
booth-pick = أختار
booth-none-of-them = لا شيء منها
booth-less = نقطة أقل
booth-more = نقطة أكثر
booth-rank = أضف إلى ترتيبي
booth-ranking = ترتيبي، الأفضل أولًا
booth-ranking-empty = لا مشروع بعد. أضف مشاريع من القائمة أدناه.
booth-up = إلى أعلى
booth-down = إلى أسفل
booth-unrank = أزل
booth-meter-count = المختار: { $used } من { $most }
booth-meter-ranked = في الترتيب: { $used } من { $most }
booth-meter-cost = التكلفة: { $used } من { $most }
booth-meter-points = النقاط: { $used } من { $most }
booth-meter-group = { $whose }: { $used } من { $most }
booth-over = أكثر من اللازم: أزل شيئًا ليكون { $most } على الأكثر.
booth-under = لا يكفي: يجب أن يكون { $least } على الأقل.
booth-wrong-points = النقاط أعداد صحيحة من { $least } إلى { $most }.
booth-note-full = اخترت { $most } من قبل. أزل واحدًا لتختار هذا.
booth-note-cost = لا يتسع له: بقي { $left }.
booth-found = المعروض: { $count }
booth-line-points = النقاط: { $points }
booth-blank = لم يُختر شيء هنا: إجابة بيضاء.
booth-to-review = تابع إلى المراجعة

# الخطوة 3
booth-review-title = الخطوة 3 من 4: المراجعة
booth-review = هذه ورقتك. لم يغادر شيء جهازك.
booth-change = غيّر شيئًا
booth-seal = اختم ورقتي
booth-sealing = يختم جهازك ورقتك.
booth-seal-wrong = لا يستطيع جهازك ختم هذه الورقة. يقول السبب بالإنجليزية:

# الخطوة 4
booth-sealed-title = الخطوة 4 من 4: الإدلاء
booth-sealed = ورقتك مختومة على هذا الجهاز ولم يُدلَ بها بعد. بقيت خطوة واحدة.
booth-cast-button = أدلِ بصوتي
booth-tracker = رمز التتبع
booth-check-title = أو تحقق من جهازك أولًا
booth-check = يستطيع جهاز ثان أن يرى هل يختم هذا الجهاز ما اخترته. الورقة التي يُتحقق منها تُفتح ولا تُحسب أبدًا.
booth-check-scan = امسح هذا الرمز بجهاز ثان الآن.
booth-check-press = ثم اضغط «تحقق من جهازي». يفتح هذا الجهاز الورقة المختومة ويعرض رمزًا ثانيًا.
booth-check-compare = امسحه أيضًا وقارن ما يعرضه الجهاز الثاني باختيارك.
booth-check-button = تحقق من جهازي
booth-qr-address = أو افتح هناك هذا العنوان:
booth-qr-tracker = رمز التتبع صورةً لمسحها بجهاز ثان
booth-opened-title = هذه الورقة مفتوحة ولم يُدلَ بها
booth-opened = امسح هذا الرمز الثاني بجهازك الثاني. قارن ما يعرضه باختيارك أدناه.
booth-qr-opening = الورقة المفتوحة صورةً لمسحها بجهاز ثان
booth-seal-again = اختم ورقة جديدة بهذا الاختيار
booth-proving = يثبت جهازك أن ورقتك تلتزم بالقواعد.
booth-sending = يرسل جهازك ورقتك وينتظر الإيصال. أبقِ هذه الصفحة مفتوحة.
booth-unconfirmed-title = لم يُدلَ بصوتك بعد
booth-unconfirmed = يحتفظ جهازك بالورقة المختومة. إرسالها مرة أخرى لا يُحسب مرتين أبدًا.
booth-send-again = أرسل الورقة نفسها مرة أخرى
booth-silent = الصندوق لا يرد. لا يوجد إيصال.
booth-false-receipt = رد الصندوق ليس إيصالًا لورقتك. يرجى الإبلاغ عن ذلك.
booth-refused-title = لم يُدلَ بصوتك
booth-refused = لم يقبل الصندوق ورقتك. يقول السبب بالإنجليزية:
booth-refused-closed = لا يقبل الصندوق أوراقًا الآن.
booth-refused-again = في الصندوق ورقة بتصريحك من قبل. لا يقبل هذا التصويت ورقة ثانية.
booth-refused-next = إن رأيت أن هذا خطأ فأبلغ المكتب واحتفظ بهذه الصفحة.
booth-refused-choose = عد إلى الاختيار

# الإيصال
booth-cast-lead = تحقق جهازك من أن السجل العام يحوي ورقتك. احتفظ بالإيصال.
booth-handed-in-lead = وقّع الصندوق على ورقتك. يستمر جهازك في السؤال حتى يؤكدها الشهود.
booth-receipt-index = المكان في السجل العام
booth-receipt-file = احفظ الإيصال
booth-receipt-print = اطبع الإيصال
booth-qr-receipt = الإيصال صورةً لمسحها
booth-receipt-not = لا يبيّن الإيصال كيف صوّتّ. لا يستطيع أحد قراءة ذلك منه.
booth-again = صوّت مرة أخرى: تحل الورقة الجديدة محل هذه

# على هذا الجهاز
booth-device-title = ما يحتفظ به هذا الجهاز
booth-device = يبقى تصريحك وإيصالك هنا حتى تزيلهما. لا يُحتفظ باختيارك.
booth-save-title = احفظ تصريحي في ملف
booth-save = بالملف وكلمة مروره يمكنك المتابعة في مكان آخر. من يملكهما يستطيع التصويت عنك.
booth-save-button = احفظ الملف
booth-secret-short = تحتاج كلمة المرور إلى عشرة أحرف على الأقل.
booth-saved = حُفظ الملف.
booth-forget-title = انسني على هذا الجهاز
booth-forget = استخدم هذا على جهاز مشترك. يزول التصريح عندئذ ولا يستطيع أحد استبداله. احفظه أو أدلِ بصوتك أولًا.
booth-forget-button = انسني الآن

# الجهاز الثاني
check-title = تحقق من جهاز آخر
check-lead = يعرض هذا الجهاز ما ختمه جهاز آخر. ويقرأ السجل العام بنفسه.
check-needs = تحتاج هذه الصفحة إلى JavaScript وWebAssembly. للأوراق التي فتحها البرنامج على الحاسوب يوجد هذا الأمر:
check-start-title = امسح الرمز الأول
check-start = اختم ورقتك على الجهاز الآخر. ثم امسح الرمز الذي يعرضه بهذا الجهاز.
check-scanned-title = الرمز الأول هنا
check-scanned = اضغط الآن «تحقق من جهازي» على الجهاز الآخر. امسح الرمز الثاني بهذا الجهاز.
check-lacking-title = الرمز الأول ناقص
check-lacking = لم يمسح هذا الجهاز الرمز الأول قبل فتح الورقة. من دونه لا يثبت التحقق شيئًا. اختم ورقة جديدة وابدأ برمزها الأول.
check-good-title = هذا ما ختمه الجهاز الآخر
check-good = قارنه بما اخترته. إن كان هو نفسه فقد ختم الجهاز الآخر ورقتك بشكل صحيح.
check-not-there = الورقة المفتوحة ليست في السجل العام. لا تُحسب.
check-differs = إن لم يكن ما اخترته فلا تستخدم الجهاز الآخر. أبلغ عن ذلك.
check-bad-title = لم يجتز الجهاز الآخر التحقق
check-bad = لا تصوّت به. أبلغ عما يقوله هذا الجهاز بالإنجليزية:
check-cast-title = أُدلي بالورقة المفتوحة
check-cast = أدلى الجهاز الآخر بورقة كان قد فتحها. لا تستخدمه. أبلغ عن ذلك.

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

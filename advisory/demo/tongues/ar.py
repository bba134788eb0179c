"""The demonstration in Arabic."""

# needs-native-review
# ruff: noqa: E501 (whole texts, one a line)
WORDS = {
    "Informal interactive dialogue on the responsibility to protect": "حوار تفاعلي غير رسمي بشأن المسؤولية عن الحماية",
    "Mobilizing collective action: the next decade of the responsibility to protect": "حشد العمل الجماعي: العقد المقبل للمسؤولية عن الحماية",
    "States, regional organizations and civil society take up the Secretary-General’s report A/70/999–S/2016/620 and what the next ten years should bring.": "تنظر الدول والمنظمات الإقليمية والمجتمع المدني في تقرير الأمين العام A/70/999–S/2016/620 وفيما ينبغي أن تحمله السنوات العشر المقبلة.",
    "Trusteeship Council Chamber": "قاعة مجلس الوصاية",
    "Headquarters": "المقر",
    "New York": "نيويورك",
    "United States of America": "الولايات المتحدة الأمريكية",
    "Opening and panel": "الافتتاح وحلقة النقاش",
    "Dialogue": "الحوار",
    "President of the General Assembly": "رئيس الجمعية العامة",
    "Deputy Secretary-General": "نائب الأمين العام",
    "Special Adviser on the Prevention of Genocide": "المستشار الخاص المعني بمنع الإبادة الجماعية",
    "The two former Special Advisers on the Responsibility to Protect": "المستشاران الخاصان السابقان المعنيان بالمسؤولية عن الحماية",
    "States Members of the United Nations, regional organizations and civil society": "الدول الأعضاء في الأمم المتحدة والمنظمات الإقليمية والمجتمع المدني",
    "Mobilizing collective action: the next decade of the responsibility to protect. Report of the Secretary-General": "حشد العمل الجماعي: العقد المقبل للمسؤولية عن الحماية. تقرير الأمين العام",
    "Implementing the responsibility to protect. Report of the Secretary-General, 2009": "تنفيذ المسؤولية عن الحماية. تقرير الأمين العام، 2009",
    "Correspondents without a valid headquarters pass.": "المراسلون الذين لا يحملون تصريح دخول ساريا إلى المقر.",
    "Holders of a valid headquarters press pass.": "حاملو تصريح صحفي سار لدخول المقر.",
    "Write to the media accreditation desk, accreditation@example.int.": "يرجى الكتابة إلى مكتب اعتماد وسائط الإعلام: accreditation@example.int.",
    "A letter of assignment on headed paper, a press card and a passport.": "خطاب تكليف على ورق يحمل ترويسة، وبطاقة صحفية، وجواز سفر.",
    "Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.": "مدخل الزوار، ابتداء من الجمعة 2 أيلول/سبتمبر 2016، من الساعة 9:00 إلى 17:00.",
    "Press officer, Office of the President of the General Assembly": "موظفة شؤون صحفية، مكتب رئيس الجمعية العامة",
    "Monday to Friday 9:00 to 18:00 New York": "من الاثنين إلى الجمعة، من الساعة 9:00 إلى 18:00 بتوقيت نيويورك",
    "Media accreditation desk": "مكتب اعتماد وسائط الإعلام",
    "At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to help one another to live up to this. Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report on how to carry the promise out (A/63/677). The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten years and asks how States can act together sooner, and on rules they share. It does not hide what stands in the way: little money for prevention, broken international law, outside parties who make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes next.": """\
في مؤتمر القمة العالمي لعام 2005، اتفق رؤساء الدول والحكومات على أن كل دولة مسؤولة عن سلامة الناس على أرضها وعن حمايتهم من الإبادة الجماعية وجرائم الحرب والتطهير العرقي والجرائم المرتكبة ضد الإنسانية. واتفقوا أيضا على أن يساعد بعضهم بعضا على الوفاء بذلك.

ومنذ عام 2009 تعود الجمعية العامة كل سنة إلى هذا الموضوع، ابتداء من التقرير الأول للأمين العام عن كيفية الوفاء بهذا الوعد (A/63/677).

والتقرير المعروض على هذا الاجتماع هو الثامن، وهو آخر تقرير للأمين العام الحالي. وهو يستعرض عشر سنوات ويتساءل كيف يمكن للدول أن تعمل معا في وقت أبكر ووفق قواعد مشتركة.

ولا يخفي التقرير العقبات: قلة الأموال المخصصة للمنع، وانتهاك القانون الدولي، وأطراف خارجية تزيد الأمور سوءا، ومجلس أمن لا يتوصل إلى اتفاق. ويتيح الحوار للدول أن تزن هذه الأمور وأن تقول ما هي الخطوة التالية.""",
}  # fmt: skip

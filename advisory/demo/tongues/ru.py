"""The demonstration in Russian."""

# needs-native-review
# ruff: noqa: E501 (whole texts, one a line)
WORDS = {
    "Informal interactive dialogue on the responsibility to protect": "Неофициальный интерактивный диалог об обязанности защищать",
    "Mobilizing collective action: the next decade of the responsibility to protect": "Мобилизация коллективных действий: следующее десятилетие обязанности защищать",
    "States, regional organizations and civil society take up the Secretary-General’s report A/70/999–S/2016/620 and what the next ten years should bring.": "Государства, региональные организации и гражданское общество рассматривают доклад Генерального секретаря A/70/999–S/2016/620 и то, что должны принести следующие десять лет.",
    "Trusteeship Council Chamber": "Зал Совета по Опеке",
    "Headquarters": "Центральные учреждения",
    "New York": "Нью-Йорк",
    "United States of America": "Соединенные Штаты Америки",
    "Opening and panel": "Открытие и дискуссия",
    "Dialogue": "Диалог",
    "President of the General Assembly": "Председатель Генеральной Ассамблеи",
    "Deputy Secretary-General": "Первый заместитель Генерального секретаря",
    "Special Adviser on the Prevention of Genocide": "Специальный советник по предупреждению геноцида",
    "The two former Special Advisers on the Responsibility to Protect": "Два бывших специальных советника по вопросу об обязанности защищать",
    "States Members of the United Nations, regional organizations and civil society": "Государства — члены Организации Объединенных Наций, региональные организации и гражданское общество",
    "Mobilizing collective action: the next decade of the responsibility to protect. Report of the Secretary-General": "Мобилизация коллективных действий: следующее десятилетие обязанности защищать. Доклад Генерального секретаря",
    "Implementing the responsibility to protect. Report of the Secretary-General, 2009": "Выполнение обязанности защищать. Доклад Генерального секретаря, 2009 год",
    "Correspondents without a valid headquarters pass.": "Корреспонденты без действующего пропуска в Центральные учреждения.",
    "Holders of a valid headquarters press pass.": "Владельцы действующего пропуска прессы в Центральные учреждения.",
    "Write to the media accreditation desk, accreditation@example.int.": "Напишите в бюро аккредитации СМИ: accreditation@example.int.",
    "A letter of assignment on headed paper, a press card and a passport.": "Редакционное задание на бланке, удостоверение журналиста и паспорт.",
    "Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.": "Вход для посетителей, с пятницы, 2 сентября 2016 года, с 9:00 до 17:00.",
    "Press officer, Office of the President of the General Assembly": "Пресс-секретарь, Канцелярия Председателя Генеральной Ассамблеи",
    "Monday to Friday 9:00 to 18:00 New York": "С понедельника по пятницу с 9:00 до 18:00, Нью-Йорк",
    "Media accreditation desk": "Бюро аккредитации СМИ",
    "At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to help one another to live up to this. Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report on how to carry the promise out (A/63/677). The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten years and asks how States can act together sooner, and on rules they share. It does not hide what stands in the way: little money for prevention, broken international law, outside parties who make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes next.": """\
На Всемирном саммите 2005 года главы государств и правительств согласились, что каждое государство отвечает за безопасность людей на своей земле и должно защищать их от геноцида, военных преступлений, этнических чисток и преступлений против человечности. Они также договорились помогать в этом друг другу.

С 2009 года Ассамблея ежегодно возвращается к этой теме, начиная с первого доклада Генерального секретаря о том, как выполнить данное обещание (A/63/677).

Доклад, представленный этому заседанию, — восьмой и последний доклад нынешнего Генерального секретаря. В нем подводятся итоги десяти лет и ставится вопрос о том, как государствам действовать сообща раньше и по общим правилам.

Доклад не скрывает, что этому мешает: нехватка средств на предупреждение, нарушения международного права, внешние силы, усугубляющие положение, и разногласия в Совете Безопасности. Диалог позволит государствам взвесить это и сказать, что делать дальше.""",
}  # fmt: skip

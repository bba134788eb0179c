# ruff: noqa: E501 - tables read better in long lines
"""The genre's words in the languages it is written in: labels, months, weekdays. Plain tables."""

# field -> label words, compared without case, accents kept, spaces collapsed.
LABELS = {
    "title": """title|subject|event|event title|event name|name of event|name of the event|meeting|activity|headline|re
        |objet|sujet|événement|titre|activité|asunto|evento|título|actividad|acto|convocatoria|tema del evento|betreff|veranstaltung|titel|anlass|termin
        |тема мероприятия|мероприятие|событие|название|название мероприятия|الموضوع|الحدث|عنوان الفعالية|الفعالية|المناسبة|عنوان|活动|活动名称|主题活动|会议|会议名称|名称|事项|oggetto|titolo|assunto""",
    "what": """what|what's happening|quoi|qué|que|was|что|ماذا|ما|内容|o quê|o que|cosa|che cosa|wat""",
    "when": """when|date and time|date & time|date/time|day and time|time and date|date, time|dates and times|date and hour|when and time|timing|date and place
        |quand|date et heure|date et l'heure|cuándo|cuando|fecha y hora|día y hora|wann|datum und uhrzeit|zeit|termin und ort|zeitpunkt
        |когда|дата и время|дата, время|дата и время проведения|время проведения|متى|التاريخ والوقت|الموعد|الزمان|موعد|时间|日期和时间|日期与时间|日期及时间|活动时间|会议时间|举行时间|quando|data e hora|data e ora|data e horário|wanneer""",
    "date": """new date|nouvelle date|nueva fecha|neues datum|новая дата|new date and time|event dates|date|dates|day|día|fecha|fechas|jour|date de l'événement|datum|tag|дата|дата проведения|число|التاريخ|اليوم|日期|data|dia|giorno|event date""",
    "time": """new time|nouvelle heure|nueva hora|time|hour|hours|start time|start|starts|heure|heures|horaire|hora|horario|uhrzeit|beginn|время|начало|الوقت|الساعة|التوقيت|ora|horário|time slot|duration""",
    "where": """new venue|new location|nouveau lieu|nuevo lugar|where|venue|place|location|event location|room|address|lieu|où|salle|adresse|dónde|donde|lugar|sala|sede|dirección|wo|ort|veranstaltungsort|tagungsort|raum
        |где|место|место проведения|адрес|площадка|أين|المكان|مكان|القاعة|مكان الانعقاد|العنوان|地点|地址|会议地点|活动地点|场地|举行地点|onde|local|endereço|dove|luogo|waar|time and place|place and time|where and how""",
    "city": """city|ville|ciudad|stadt|город|المدينة|城市""",
    "who": """who|speakers|speaker|participants|featured speakers|featuring|panelists|panellists|panel|briefers|briefer|presenters|presenter|moderator|moderated by|participating|with|who's speaking
        |who will speak|guests|keynote speakers|keynote|attendees|attending|main speakers|list of speakers|on the podium|spokespeople|principals|interviewees
        |qui|intervenants|intervenant|intervenante|avec|avec la participation de|participants et participantes|orateurs|oratrices et orateurs|conférenciers|en présence de|sont présents|invités
        |quién|quiénes|quien|quienes|participan|participantes|ponentes|intervienen|intervendrán|con la participación de|oradores|panelistas|voceros|vocería|asisten|invitados
        |wer|mit|teilnehmer|teilnehmende|redner|podium|gesprächspartner|es sprechen|referenten|sprecher|es nehmen teil
        |кто|участники|спикеры|участник|участвуют|выступающие|докладчики|в мероприятии участвуют|модератор|участники пресс-конференции
        |من|المشاركون|المتحدثون|المتحدث|بمشاركة|المتكلمون|المشاركات والمشاركون|人物|出席|出席人员|出席嘉宾|发言人|主讲人|嘉宾|与会者|主持人|参加人员|参会人员|发布人|主礼嘉宾|quem|chi|relatori|partecipanti|intervengono|wie""",
    "theme": """theme|motto|thème|tema|lema|thema|тема|девиз|الشعار|تحت شعار|主题|slogan""",
    "contact": """media|press|presse|prensa|médias|medios|contact|contacts|media contact|media contacts|press contact|press contacts|contact for media|contact for the media|contacts for press|contacts for media|contact information|for more information contact|for further information contact
        |media inquiries|media enquiries|press inquiries|press enquiries|inquiries|enquiries|for media inquiries|for media enquiries|media relations|media office|press office|press officer|press officers|spokesperson|media queries|queries|further information|for further information|for more information|for additional information|more information|additional information|for interviews|interview requests|for information|information|for further information, contact|for more information, please contact|for further information, please contact
        |contact presse|contact média|contact médias|contacts presse|contacts médias|relations médias|relations avec les médias|service de presse|renseignements|pour plus d'informations|pour plus d’informations|pour de plus amples informations|pour tout renseignement|pour information|information aux médias|informations|demandes des médias|demandes médias
        |contacto|contactos|contacto de prensa|contacto para medios|contacto prensa|contacto para la prensa|contacto para prensa|contactos de prensa|más información|mas información|para más información|para mayor información|mayor información|informes|información|información para medios|consultas de prensa|prensa
        |kontakt|pressekontakt|ansprechpartner|ansprechpartnerin|rückfragen|für rückfragen|weitere informationen|medienkontakt|pressestelle|kontakt für medien
        |контакты|контакт|контакты для сми|контактное лицо|контакты для прессы|контактная информация|дополнительная информация|справки|пресс-служба|пресс-секретарь|телефон для справок|контактные лица
        |للاتصال|للتواصل|جهة الاتصال|الاتصال|للاستفسار|للاستفسارات|جهات الاتصال|للمزيد من المعلومات|لمزيد من المعلومات|لمزيد من المعلومات الاتصال|للتواصل الإعلامي|المسؤول الإعلامي|الاتصال الإعلامي
        |联系人|联系方式|媒体联系人|联络人|联系|媒体联系|咨询|媒体联络|新闻联系人|联系电话|媒体咨询|contato|contatos|contatti|contatto|contatti stampa|ufficio stampa|assessoria de imprensa|contatto stampa|perscontact""",
    "background": """background|background information|why|context|about the event|about the meeting|about the report|about the conference|about the session|notes to editors|note to editors|notes for editors|editor's note|editors' notes|the issue|summary|overview|details|description|why it matters|about the summit|about the forum|about the initiative|about the campaign|about the project|for context
        |contexte|pourquoi|à propos de l'événement|rappel|note aux rédactions|notes aux rédactions|notes aux rédacteurs|arrière-plan|rappel des faits
        |antecedentes|contexto|por qué|porqué|por que|nota a los editores|notas para editores|hintergrund|warum|worum geht es|zum hintergrund
        |справка|контекст|почему|зачем|для справки|о мероприятии|предыстория|история вопроса|справочно|справочная информация|خلفية|معلومات أساسية|لماذا|السياق|نبذة|معلومات أساسية عن الموضوع|背景|背景资料|背景介绍|背景信息|活动背景|原因|会议背景|perché|por quê|contesto|achtergrond|waarom""",
    "webcast": """webcast|live webcast|livestream|live stream|live-stream|live streaming|live|watch|watch live|watch online|join|link|zoom|zoom link|webex|webinar|webinar link|joining link|link to join|join online|online|how to join|how to watch|streaming|live feed|live coverage|youtube|virtual|video link|connection details|meeting link|access link|follow live|broadcast|live broadcast|web
        |en direct|diffusion en direct|webdiffusion|diffusion|lien|lien zoom|en ligne|retransmission|en vivo|transmisión|transmisión en vivo|enlace|liga|transmisión en directo|enlace zoom|en directo|retransmisión|señal en vivo|señal|übertragung|livestream unter|live-übertragung
        |трансляция|прямая трансляция|онлайн-трансляция|прямой эфир|ссылка|онлайн|видеотрансляция|البث|البث المباشر|رابط|الرابط|رابط البث|直播|网络直播|直播链接|线上直播|链接|网址|diretta|diretta streaming|transmissão|transmissão ao vivo""",
    "practical": """accreditation|registration|rsvp|r.s.v.p|media accreditation|media registration|media access|access|press access|how|how to attend|how to register|how to apply|logistics|interpretation|languages|language|working languages|photo|photos|video|photo opportunity|photography|visuals|b-roll|audio|broadcast quality|note|notes|please note|n.b|nb|security|transport|parking|interview opportunities|interviews|visual|embargoed materials|media arrangements|practical information|media centre|press centre|deadline|registration deadline|important|cost|format|entrance|participation|dress code|note to media|notes to media|note to the media|media note|note for media|advisory to media|meeting id|webinar id|passcode|password|by phone|dial-in|dial in|phone|visas|visa|equipment|pool|pools|documents|document|documentation|hybrid|access and registration|badge|badges|press kit|material|materials|arrival|multimedia|share|follow us|social media|hashtag|hashtags|twitter|x|facebook
        |accréditation|accréditations|inscription|inscriptions|langue|langues|interprétation|comment|accès|note aux médias|remarque|accès des médias|à noter|confirmation|confirmation de présence|modalités|informations pratiques|date limite
        |acreditación|acreditaciones|inscripción|inscripciones|registro|idioma|idiomas|interpretación|cómo|nota|notas|acceso|nota para medios|fecha límite|confirmación|confirmar asistencia
        |akkreditierung|anmeldung|sprache|sprachen|hinweis|hinweise|wie|anmeldeschluss|foto|bildtermin|аккредитация|аккредитация сми|регистрация|язык|языки|рабочие языки|примечание|вход|проход|важно|как|условия аккредитации|формат
        |التسجيل|الاعتماد|اعتماد|تسجيل|اللغات|اللغة|ملاحظة|الدخول|كيف|الاعتماد الصحفي|اعتماد الصحفيين|التغطية|注册|报名|登记|语言|备注|注意|入场|认证|记者注册|采访证|采访报名|采访安排|报名方式|注意事项|come|como|accrediti|accredito|credenciamento|inscrições""",
    "sessions": """programme|program|agenda|schedule|timetable|media programme|indicative programme|provisional programme|draft programme|run of show|media schedule|order of business|calendar of events|tentative schedule|schedule of events|media opportunities|press conferences|press points|the programme|events|provisional agenda|running order|highlights|itinerary|sequence of events|sessions
        |ordre du jour|déroulement|déroulé|calendrier|points presse|points de presse|agenda prévisionnel|programa|programa de actividades|orden del día|cronograma|programa provisional|ablauf|tagesordnung|programm|zeitplan
        |программа|повестка|повестка дня|программа мероприятия|расписание|порядок дня|البرنامج|جدول الأعمال|برنامج|جدول الفعاليات|日程|议程|活动安排|日程安排|活动流程|流程|会议日程|programma|ordine del giorno|programação""",
    "embargo": """embargo|embargoed until|embargoed|under embargo until|embargo until|strictly embargoed until|sous embargo jusqu'au|sous embargo|embargado hasta|sperrfrist|эмбарго|حظر النشر|محظور النشر حتى|禁止发布|发布时间限制|禁发期|embargo hasta|embargo jusqu'au""",
    "issued": """issued|issue date|date of issue|released|release date|published|publication date|date issued|posted|dated|sent|for immediate release|date de publication|publié le|fecha de publicación|publicado|veröffentlicht|дата публикации|опубликовано|تاريخ النشر|发布日期|发布时间|发稿时间|发稿日期""",
    "source": """source|sources|quelle|fuente|источник|المصدر|来源|about|à propos|acerca de|über|о компании|نبذة عن|关于""",
    "links": """useful links|links|related links|resources|read more|see also|website|web site|websites|learn more|more on|related|liens|liens utiles|site web|en savoir plus|enlaces|sitio web|página web|webseite|сайт|ссылки|веб-сайт|الموقع الإلكتروني|روابط|网站|相关链接|官网|sito|site""",
}

# A label of a few words that is not in the table goes by one of these words, tried in order.
LABEL_KEYWORDS = [
    (
        "contact",
        "contact|inquir|enquir|renseignement|contacto|kontakt|контакт|для справок|联系|联络|queries|ansprechpartner|spokesperson|للاتصال|للتواصل|press officer",
    ),
    (
        "practical",
        "accredit|registr|rsvp|accrédit|acredita|akkredit|аккредит|регистрац|interpret|passcode|webinar id|meeting id|photograph|badge|注册|اعتماد|inscription|inscripci|anmeld|dial|deadline|access|arrangement",
    ),
    ("webcast", "webcast|livestream|live stream|watch|streaming|en direct|en vivo|трансляц|直播|البث|zoom|youtube"),
    ("sessions", "programme|program |agenda|schedule|timetable|programa|программ|日程|议程"),
    ("background", "background|hintergrund|antecedent|contexte|editors|справк|背景|why "),
    (
        "who",
        "will be attended by|will speak|taking part|will participate|interviennent|interviendront|prendront part|participeront|participarán|intervendrán|nehmen teil|участвуют|примут участие|принимают участие|выступят|يشارك|يتحدث|speakers|participants|panellists|panelists|participan|intervenant|ponente|спикер|участник|redner|嘉宾|attended by|المتحدث",
    ),
    ("where", "venue|location|place of|lieu |lugar |место |地点|veranstaltungsort"),
    ("when", "date and|date et|fecha y|дата и|日期"),
]

MONTHS = {
    1: "january jan janvier janv enero ene januar jänner января январь янв يناير janeiro gennaio كانون_الثاني",
    2: "february feb février févr fév fevrier febrero februar февраля февраль фев فبراير fevereiro fev febbraio شباط",
    3: "march mar mars marzo märz maerz марта март مارس março آذار",
    4: "april apr avril avr abril abr апреля апрель апр أبريل ابريل إبريل aprile نيسان",
    5: "may mai mayo мая май مايو maio maggio أيار",
    6: "june jun juin junio juni июня июнь июн يونيو يونيه junho giugno حزيران",
    7: "july jul juillet juil julio juli июля июль июл يوليو يوليه julho luglio تموز",
    8: "august aug août aout agosto ago августа август авг أغسطس اغسطس آب",
    9: "september sept sep septembre septiembre setiembre сентября сентябрь сент سبتمبر setembro settembre أيلول",
    10: "october oct octobre octubre oktober okt октября октябрь окт أكتوبر اكتوبر outubro ottobre تشرين_الأول",
    11: "november nov novembre noviembre ноября ноябрь нояб نوفمبر novembro تشرين_الثاني",
    12: "december dec décembre déc decembre diciembre dic dezember dez декабря декабрь дек ديسمبر dezembro dicembre كانون_الأول",
}

# Monday is 0.
WEEKDAYS = {
    0: "monday mon lundi lunes montag понедельник الاثنين الإثنين 星期一 周一 segunda-feira lunedì mo.",
    1: "tuesday tues tue mardi martes dienstag вторник الثلاثاء 星期二 周二 terça-feira martedì",
    2: "wednesday wed mercredi miércoles miercoles mittwoch среда среду الأربعاء الاربعاء 星期三 周三 quarta-feira mercoledì",
    3: "thursday thurs thur thu jeudi jueves donnerstag четверг الخميس 星期四 周四 quinta-feira giovedì",
    4: "friday fri vendredi viernes freitag пятница пятницу الجمعة 星期五 周五 sexta-feira venerdì",
    5: "saturday sat samedi sábado sabado samstag суббота субботу السبت 星期六 周六",
    6: "sunday sun dimanche domingo sonntag воскресенье الأحد الاحد 星期日 星期天 周日 周天 domenica",
}

# What kind of paper this is, or how it is announced: never part of a title.
GENRE = r"""(?:media|press|news|photo|logistics|joint|virtual|revised|updated|daily|weekly|important)?\s*(?:and\s+(?:media|press|photo)\s+)?
(?:logistics\s+)?(?:advisory|alert|invitation|release|note|notice|call|accreditation(?:\s+advisory)?)(?:\s+(?:to|for|aux|a)\s+(?:the\s+)?(?:media|press|editors|correspondents))?"""

LANGUAGE_WORDS = {
    "en": "the of and to in will for on with at by is be",
    "fr": "le la les des du et de une au aux dans pour sur avec sera",
    "es": "el la los las del y de una en para con por se que su será",
    "de": "der die das und den von im mit für auf zu ein eine wird ist am um",
    "pt": "o os as dos das da do e em para com uma no na por será ao",
    "it": "il gli della del di e per con una nel alla sono che dei sarà",
    "nl": "het een van en voor met op de is zijn wordt bij",
}

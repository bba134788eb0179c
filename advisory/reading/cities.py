# ruff: noqa: E501 - tables read better in long lines
"""Cities where intergovernmental meetings happen: IANA zone, country and names in other languages.

One row a city: English name | ISO country | zone | other names. Russian and Arabic names also match with the
endings and prefixes those languages add.
"""

ROWS = """
New York|US|America/New_York|New York City,Nueva York,Нью-Йорк,نيويورك,纽约,NYC
Geneva|CH|Europe/Zurich|Genève,Genf,Ginebra,Ginevra,Genebra,Женева,جنيف,日内瓦
Vienna|AT|Europe/Vienna|Vienne,Wien,Viena,Вена,فيينا,维也纳
Nairobi|KE|Africa/Nairobi|Найроби,نيروبي,内罗毕
Paris|FR|Europe/Paris|París,Parigi,Париж,باريس,巴黎
Rome|IT|Europe/Rome|Roma,Rom,Рим,روما,罗马
The Hague|NL|Europe/Amsterdam|La Haye,La Haya,Den Haag,Гаага,لاهاي,海牙
Brussels|BE|Europe/Brussels|Bruxelles,Bruselas,Brüssel,Брюссель,بروكسل,布鲁塞尔
London|GB|Europe/London|Londres,Лондон,لندن,伦敦
Washington|US|America/New_York|Washington DC,Washington D.C.,Вашингтон,واشنطن,华盛顿
Bangkok|TH|Asia/Bangkok|Бангкок,بانكوك,曼谷
Addis Ababa|ET|Africa/Addis_Ababa|Addis-Abeba,Addis Abeba,Adís Abeba,Аддис-Абеба,أديس أبابا,亚的斯亚贝巴
Santiago|CL|America/Santiago|Santiago de Chile,Сантьяго,سانتياغو,圣地亚哥
Beirut|LB|Asia/Beirut|Beyrouth,Бейрут,بيروت,贝鲁特
Montreal|CA|America/Toronto|Montréal,Монреаль,مونتريال,蒙特利尔
Strasbourg|FR|Europe/Paris|Straßburg,Estrasburgo,Страсбург,ستراسبورغ,斯特拉斯堡
Luxembourg|LU|Europe/Luxembourg|Luxemburg,Luxemburgo,Люксембург,لوكسمبورغ,卢森堡
Bern|CH|Europe/Zurich|Berne,Берн,برن,伯尔尼
Berlin|DE|Europe/Berlin|Berlín,Берлин,برلين,柏林
Bonn|DE|Europe/Berlin|Бонн,بون,波恩
Hamburg|DE|Europe/Berlin|Hambourg,Гамбург,هامبورغ,汉堡
Munich|DE|Europe/Berlin|München,Múnich,Мюнхен,ميونيخ,慕尼黑
Frankfurt|DE|Europe/Berlin|Francfort,Fráncfort,Франкфурт,فرانكفورت,法兰克福
Cologne|DE|Europe/Berlin|Köln,Colonia
Zurich|CH|Europe/Zurich|Zürich,Цюрих,زيورخ,苏黎世
Basel|CH|Europe/Zurich|Bâle,Basilea,Базель,巴塞尔
Davos|CH|Europe/Zurich|Давос,دافوس,达沃斯
Lausanne|CH|Europe/Zurich|Lausana,Лозанна,لوزان,洛桑
Montreux|CH|Europe/Zurich|Монтрё
Madrid|ES|Europe/Madrid|Мадрид,مدريد,马德里
Barcelona|ES|Europe/Madrid|Barcelone,Барселона,برشلونة,巴塞罗那
Seville|ES|Europe/Madrid|Sevilla,Séville,Севилья,إشبيلية
Valencia|ES|Europe/Madrid|Валенсия
Palma|ES|Europe/Madrid|Palma de Mallorca
Málaga|ES|Europe/Madrid|Malaga
Bilbao|ES|Europe/Madrid|
Granada|ES|Europe/Madrid|
Lisbon|PT|Europe/Lisbon|Lisbonne,Lisboa,Lissabon,Лиссабон,لشبونة,里斯本
Porto|PT|Europe/Lisbon|
Milan|IT|Europe/Rome|Milano,Milán,Mailand,Милан,ميلانو,米兰
Turin|IT|Europe/Rome|Torino
Venice|IT|Europe/Rome|Venezia,Venise,Венеция,البندقية,威尼斯
Florence|IT|Europe/Rome|Firenze,Флоренция
Trieste|IT|Europe/Rome|Triest,Триест
Naples|IT|Europe/Rome|Napoli
Vatican City|VA|Europe/Vatican|Vatican,Ватикан,الفاتيكان
Athens|GR|Europe/Athens|Athènes,Atenas,Athen,Афины,أثينا,雅典
Thessaloniki|GR|Europe/Athens|
Nicosia|CY|Asia/Nicosia|Nicosie,Никосия,نيقوسيا
Valletta|MT|Europe/Malta|La Valette,La Valeta,Валлетта,فاليتا
Ta' Qali|MT|Europe/Malta|Ta’ Qali
Dublin|IE|Europe/Dublin|Dublín,Дублин,دبلن,都柏林
Belfast|GB|Europe/London|
Edinburgh|GB|Europe/London|Édimbourg,Edimburgo,Эдинбург
Glasgow|GB|Europe/London|Глазго,غلاسكو,格拉斯哥
Cardiff|GB|Europe/London|
Manchester|GB|Europe/London|
Birmingham|GB|Europe/London|
Liverpool|GB|Europe/London|
Cambridge|GB|Europe/London|
Oxford|GB|Europe/London|
Amsterdam|NL|Europe/Amsterdam|Ámsterdam,Амстердам,أمستردام,阿姆斯特丹
Rotterdam|NL|Europe/Amsterdam|
Maastricht|NL|Europe/Amsterdam|
Bruges|BE|Europe/Brussels|
Antwerp|BE|Europe/Brussels|Anvers,Antwerpen
Copenhagen|DK|Europe/Copenhagen|Copenhague,Kopenhagen,København,Копенгаген,كوبنهاغن,哥本哈根
Stockholm|SE|Europe/Stockholm|Estocolmo,Стокгольм,ستوكهولم,斯德哥尔摩
Gothenburg|SE|Europe/Stockholm|Göteborg
Malmö|SE|Europe/Stockholm|
Oslo|NO|Europe/Oslo|Осло,أوسلو,奥斯陆
Tromsø|NO|Europe/Oslo|
Helsinki|FI|Europe/Helsinki|Хельсинки,هلسنكي,赫尔辛基
Rovaniemi|FI|Europe/Helsinki|
Reykjavik|IS|Atlantic/Reykjavik|Reykjavík,Рейкьявик,ريكيافيك
Tallinn|EE|Europe/Tallinn|Таллин,تالين
Riga|LV|Europe/Riga|Рига,ريغا
Vilnius|LT|Europe/Vilnius|Вильнюс,فيلنيوس
Warsaw|PL|Europe/Warsaw|Varsovie,Varsovia,Warschau,Warszawa,Варшава,وارسو,华沙
Krakow|PL|Europe/Warsaw|Kraków,Cracow,Краков
Katowice|PL|Europe/Warsaw|
Gdansk|PL|Europe/Warsaw|Gdańsk
Prague|CZ|Europe/Prague|Praga,Prag,Praha,Прага,براغ,布拉格
Bratislava|SK|Europe/Bratislava|Братислава,براتيسلافا
Budapest|HU|Europe/Budapest|Будапешт,بودابست,布达佩斯
Ljubljana|SI|Europe/Ljubljana|Любляна
Brdo|SI|Europe/Ljubljana|Brdo pri Kranju
Zagreb|HR|Europe/Zagreb|Загреб
Sarajevo|BA|Europe/Sarajevo|Сараево,سراييفو
Banja Luka|BA|Europe/Sarajevo|
Belgrade|RS|Europe/Belgrade|Beograd,Belgrado,Белград,بلغراد
Pristina|XK|Europe/Belgrade|Prishtinë,Prishtina,Приштина
Skopje|MK|Europe/Skopje|Скопье
Tirana|AL|Europe/Tirane|Tiranë,Тирана,تيرانا
Podgorica|ME|Europe/Podgorica|Подгорица
Bucharest|RO|Europe/Bucharest|Bucarest,Bukarest,București,Бухарест,بوخارست
Sibiu|RO|Europe/Bucharest|
Sofia|BG|Europe/Sofia|Sofía,София,صوفيا
Chisinau|MD|Europe/Chisinau|Chișinău,Кишинёв,Кишинев,كيشيناو
Kyiv|UA|Europe/Kyiv|Kiev,Kiew,Київ,Киев,كييف,基辅
Lviv|UA|Europe/Kyiv|
Minsk|BY|Europe/Minsk|Минск,مينسك,明斯克
Moscow|RU|Europe/Moscow|Moscou,Moscú,Moskau,Mosca,Москва,Москве,Москвы,Москву,موسكو,莫斯科
Saint Petersburg|RU|Europe/Moscow|St. Petersburg,St Petersburg,Saint-Pétersbourg,Санкт-Петербург,圣彼得堡
Kazan|RU|Europe/Moscow|Казань,喀山
Sochi|RU|Europe/Moscow|Сочи
Ufa|RU|Asia/Yekaterinburg|Уфа
Yekaterinburg|RU|Asia/Yekaterinburg|Екатеринбург
Vladivostok|RU|Asia/Vladivostok|Владивосток
Tbilisi|GE|Asia/Tbilisi|Tiflis,Тбилиси,تبليسي
Yerevan|AM|Asia/Yerevan|Erevan,Ереван,يريفان
Baku|AZ|Asia/Baku|Bakou,Bakú,Баку,باكو,巴库
Ankara|TR|Europe/Istanbul|Анкара,أنقرة,安卡拉
Istanbul|TR|Europe/Istanbul|Estambul,İstanbul,Стамбул,إسطنبول,اسطنبول,伊斯坦布尔
Antalya|TR|Europe/Istanbul|Анталья
Astana|KZ|Asia/Almaty|Nur-Sultan,Астана,أستانا,阿斯塔纳
Almaty|KZ|Asia/Almaty|Алматы
Tashkent|UZ|Asia/Tashkent|Taschkent,Tachkent,Ташкент,طشقند,塔什干
Samarkand|UZ|Asia/Samarkand|Самарканд,撒马尔罕
Bishkek|KG|Asia/Bishkek|Бишкек,بيشكيك
Dushanbe|TJ|Asia/Dushanbe|Douchanbé,Душанбе,دوشنبه
Ashgabat|TM|Asia/Ashgabat|Ашхабад
Ulaanbaatar|MN|Asia/Ulaanbaatar|Oulan-Bator,Улан-Батор,乌兰巴托
Kabul|AF|Asia/Kabul|Kaboul,Кабул,كابل,كابول,喀布尔
Islamabad|PK|Asia/Karachi|Исламабад,إسلام آباد,伊斯兰堡
Karachi|PK|Asia/Karachi|
Lahore|PK|Asia/Karachi|
New Delhi|IN|Asia/Kolkata|Delhi,Nueva Delhi,Neu-Delhi,Нью-Дели,نيودلهي,新德里
Mumbai|IN|Asia/Kolkata|Мумбаи,孟买
Bengaluru|IN|Asia/Kolkata|Bangalore
Kolkata|IN|Asia/Kolkata|
Chennai|IN|Asia/Kolkata|
Hyderabad|IN|Asia/Kolkata|
Goa|IN|Asia/Kolkata|
Kathmandu|NP|Asia/Kathmandu|Katmandou,Katmandú,Катманду,كاتماندو,加德满都
Dhaka|BD|Asia/Dhaka|Dacca,Дакка,دكا,达卡
Colombo|LK|Asia/Colombo|Коломбо,كولومبو,科伦坡
Malé|MV|Indian/Maldives|
Thimphu|BT|Asia/Thimphu|
Beijing|CN|Asia/Shanghai|Pékin,Pekín,Peking,Pequim,Пекин,بكين,بيجين,北京
Shanghai|CN|Asia/Shanghai|Шанхай,شنغهاي,上海
Hangzhou|CN|Asia/Shanghai|杭州
Shenzhen|CN|Asia/Shanghai|深圳
Guangzhou|CN|Asia/Shanghai|广州
Kunming|CN|Asia/Shanghai|昆明
Hong Kong|HK|Asia/Hong_Kong|Hongkong,Гонконг,هونغ كونغ,香港
Macao|MO|Asia/Macau|Macau,澳门
Taipei|TW|Asia/Taipei|台北
Tokyo|JP|Asia/Tokyo|Tokio,Токио,طوكيو,东京,東京
Kyoto|JP|Asia/Tokyo|京都
Osaka|JP|Asia/Tokyo|Осака,大阪
Hiroshima|JP|Asia/Tokyo|广岛
Yokohama|JP|Asia/Tokyo|横滨
Sendai|JP|Asia/Tokyo|仙台
Seoul|KR|Asia/Seoul|Séoul,Seúl,Сеул,سيول,首尔
Busan|KR|Asia/Seoul|釜山
Incheon|KR|Asia/Seoul|仁川
Pyongyang|KP|Asia/Pyongyang|平壤
Manila|PH|Asia/Manila|Manille,Манила,مانيلا,马尼拉
Hanoi|VN|Asia/Ho_Chi_Minh|Hanoï,Ha Noi,Ханой,هانوي,河内
Ho Chi Minh City|VN|Asia/Ho_Chi_Minh|
Phnom Penh|KH|Asia/Phnom_Penh|Пномпень,بنوم بنه,金边
Vientiane|LA|Asia/Vientiane|Вьентьян,万象
Yangon|MM|Asia/Yangon|仰光
Nay Pyi Taw|MM|Asia/Yangon|Naypyidaw,内比都
Kuala Lumpur|MY|Asia/Kuala_Lumpur|Куала-Лумпур,كوالالمبور,吉隆坡
Singapore|SG|Asia/Singapore|Singapour,Singapur,Сингапур,سنغافورة,新加坡
Jakarta|ID|Asia/Jakarta|Djakarta,Yakarta,Джакарта,جاكرتا,雅加达
Bali|ID|Asia/Makassar|Nusa Dua,Denpasar,Бали,بالي,巴厘岛
Bandar Seri Begawan|BN|Asia/Brunei|
Dili|TL|Asia/Dili|
Port Moresby|PG|Pacific/Port_Moresby|
Canberra|AU|Australia/Sydney|Канберра,كانبيرا,堪培拉
Sydney|AU|Australia/Sydney|Sídney,Сидней,سيدني,悉尼
Melbourne|AU|Australia/Melbourne|Мельбурн,墨尔本
Brisbane|AU|Australia/Brisbane|
Perth|AU|Australia/Perth|
Wellington|NZ|Pacific/Auckland|Веллингтон,惠灵顿
Auckland|NZ|Pacific/Auckland|奥克兰
Suva|FJ|Pacific/Fiji|Сува,苏瓦
Nadi|FJ|Pacific/Fiji|
Apia|WS|Pacific/Apia|
Nuku'alofa|TO|Pacific/Tongatapu|
Port Vila|VU|Pacific/Efate|
Honiara|SB|Pacific/Guadalcanal|
Majuro|MH|Pacific/Majuro|
Tarawa|KI|Pacific/Tarawa|
Noumea|NC|Pacific/Noumea|Nouméa
Cairo|EG|Africa/Cairo|Le Caire,El Cairo,Kairo,Каир,القاهرة,开罗
Sharm el-Sheikh|EG|Africa/Cairo|Sharm El Sheikh,Sharm el Sheikh,Charm el-Cheikh,Шарм-эш-Шейх,شرم الشيخ,沙姆沙伊赫
Alexandria|EG|Africa/Cairo|الإسكندرية
Tripoli|LY|Africa/Tripoli|Триполи,طرابلس
Tunis|TN|Africa/Tunis|Túnez,Тунис,تونس,突尼斯
Algiers|DZ|Africa/Algiers|Alger,Argel,Algier,Алжир,الجزائر,阿尔及尔
Oran|DZ|Africa/Algiers|
Rabat|MA|Africa/Casablanca|Рабат,الرباط,拉巴特
Marrakesh|MA|Africa/Casablanca|Marrakech,Marraquech,Марракеш,مراكش,马拉喀什
Casablanca|MA|Africa/Casablanca|الدار البيضاء
Khartoum|SD|Africa/Khartoum|Хартум,الخرطوم,喀土穆
Juba|SS|Africa/Juba|Джуба,جوبا,朱巴
Asmara|ER|Africa/Asmara|
Djibouti|DJ|Africa/Djibouti|Джибути,جيبوتي,吉布提
Mogadishu|SO|Africa/Mogadishu|Mogadiscio,Могадишо,مقديشو,摩加迪沙
Mombasa|KE|Africa/Nairobi|
Kampala|UG|Africa/Kampala|Кампала,كمبالا,坎帕拉
Entebbe|UG|Africa/Kampala|
Kigali|RW|Africa/Kigali|Кигали,كيغالي,基加利
Bujumbura|BI|Africa/Bujumbura|
Dar es Salaam|TZ|Africa/Dar_es_Salaam|Dar-es-Salaam,达累斯萨拉姆
Arusha|TZ|Africa/Dar_es_Salaam|阿鲁沙
Dodoma|TZ|Africa/Dar_es_Salaam|
Zanzibar|TZ|Africa/Dar_es_Salaam|
Lusaka|ZM|Africa/Lusaka|Лусака,卢萨卡
Livingstone|ZM|Africa/Lusaka|
Harare|ZW|Africa/Harare|哈拉雷
Victoria Falls|ZW|Africa/Harare|
Lilongwe|MW|Africa/Blantyre|
Maputo|MZ|Africa/Maputo|马普托
Gaborone|BW|Africa/Gaborone|哈博罗内
Windhoek|NA|Africa/Windhoek|温得和克
Pretoria|ZA|Africa/Johannesburg|Tshwane,Претория,比勒陀利亚
Johannesburg|ZA|Africa/Johannesburg|Йоханнесбург,جوهانسبرغ,约翰内斯堡
Cape Town|ZA|Africa/Johannesburg|Le Cap,Ciudad del Cabo,Kapstadt,Кейптаун,كيب تاون,开普敦
Durban|ZA|Africa/Johannesburg|ديربان,德班
Midrand|ZA|Africa/Johannesburg|
Maseru|LS|Africa/Maseru|
Mbabane|SZ|Africa/Mbabane|
Antananarivo|MG|Indian/Antananarivo|
Port Louis|MU|Indian/Mauritius|
Moroni|KM|Indian/Comoro|
Luanda|AO|Africa/Luanda|罗安达
Kinshasa|CD|Africa/Kinshasa|Киншаса,كينشاسا,金沙萨
Goma|CD|Africa/Lubumbashi|
Brazzaville|CG|Africa/Brazzaville|Браззавиль,برازافيل,布拉柴维尔
Libreville|GA|Africa/Libreville|利伯维尔
Malabo|GQ|Africa/Malabo|
Yaoundé|CM|Africa/Douala|Yaounde,Яунде,雅温得
Douala|CM|Africa/Douala|
Bangui|CF|Africa/Bangui|Банги,بانغي,班吉
N'Djamena|TD|Africa/Ndjamena|N’Djamena,Нджамена,نجامينا
Abuja|NG|Africa/Lagos|Абуджа,أبوجا,阿布贾
Lagos|NG|Africa/Lagos|Лагос,拉各斯
Niamey|NE|Africa/Niamey|Ниамей,نيامي,尼亚美
Ouagadougou|BF|Africa/Ouagadougou|Уагадугу,瓦加杜古
Bamako|ML|Africa/Bamako|Бамако,باماكو,巴马科
Dakar|SN|Africa/Dakar|Дакар,داكار,达喀尔
Banjul|GM|Africa/Banjul|
Bissau|GW|Africa/Bissau|
Conakry|GN|Africa/Conakry|科纳克里
Freetown|SL|Africa/Freetown|弗里敦
Monrovia|LR|Africa/Monrovia|蒙罗维亚
Abidjan|CI|Africa/Abidjan|Абиджан,أبيدجان,阿比让
Yamoussoukro|CI|Africa/Abidjan|
Accra|GH|Africa/Accra|Аккра,أكرا,阿克拉
Lomé|TG|Africa/Lome|Lome,Ломе
Cotonou|BJ|Africa/Porto-Novo|Котону
Nouakchott|MR|Africa/Nouakchott|Нуакшот,نواكشوط,努瓦克肖特
Praia|CV|Atlantic/Cape_Verde|
Jerusalem|IL|Asia/Jerusalem|Jérusalem,Jerusalén,Иерусалим,القدس,耶路撒冷
Tel Aviv|IL|Asia/Jerusalem|Тель-Авив,تل أبيب,特拉维夫
Ramallah|PS|Asia/Hebron|رام الله,拉马拉
Gaza|PS|Asia/Gaza|غزة,加沙
Amman|JO|Asia/Amman|Ammán,Амман,عمان,عمّان,安曼
Damascus|SY|Asia/Damascus|Damas,Damasco,Damaskus,Дамаск,دمشق,大马士革
Baghdad|IQ|Asia/Baghdad|Bagdad,Багдад,بغداد,巴格达
Erbil|IQ|Asia/Baghdad|أربيل
Tehran|IR|Asia/Tehran|Téhéran,Teherán,Teheran,Тегеран,طهران,德黑兰
Riyadh|SA|Asia/Riyadh|Riyad,Riad,Эр-Рияд,الرياض,利雅得
Jeddah|SA|Asia/Riyadh|Djeddah,Yeda,Джидда,جدة,جدّة,吉达
Kuwait City|KW|Asia/Kuwait|Kuwait,Koweït,Кувейт,الكويت,科威特城
Manama|BH|Asia/Bahrain|Манама,المنامة,麦纳麦
Doha|QA|Asia/Qatar|Доха,الدوحة,多哈
Abu Dhabi|AE|Asia/Dubai|Abou Dhabi,Abu Dabi,Абу-Даби,أبو ظبي,أبوظبي,阿布扎比
Dubai|AE|Asia/Dubai|Dubaï,Dubái,Дубай,دبي,迪拜
Muscat|OM|Asia/Muscat|Mascate,Маскат,مسقط,马斯喀特
Sana'a|YE|Asia/Aden|Sanaa,صنعاء
Aden|YE|Asia/Aden|عدن
Ottawa|CA|America/Toronto|Оттава,أوتاوا,渥太华
Toronto|CA|America/Toronto|Торонто,تورونتو,多伦多
Québec|CA|America/Toronto|Quebec City,Quebec,Québec City
Gatineau|CA|America/Toronto|
Vancouver|CA|America/Vancouver|Ванкувер,温哥华
Calgary|CA|America/Edmonton|
Edmonton|CA|America/Edmonton|
Winnipeg|CA|America/Winnipeg|
Regina|CA|America/Regina|
Halifax|CA|America/Halifax|
Charlevoix|CA|America/Toronto|La Malbaie
Kananaskis|CA|America/Edmonton|
St. John's|CA|America/St_Johns|
Iqaluit|CA|America/Iqaluit|
Boston|US|America/New_York|Бостон,波士顿
Philadelphia|US|America/New_York|
Pittsburgh|US|America/New_York|
Baltimore|US|America/New_York|
Atlanta|US|America/New_York|亚特兰大
Miami|US|America/New_York|Майами,迈阿密
Detroit|US|America/Detroit|
Chicago|US|America/Chicago|Чикаго,芝加哥
Houston|US|America/Chicago|
Dallas|US|America/Chicago|
Austin|US|America/Chicago|
New Orleans|US|America/Chicago|
Denver|US|America/Denver|
Phoenix|US|America/Phoenix|
Las Vegas|US|America/Los_Angeles|
Los Angeles|US|America/Los_Angeles|洛杉矶
San Francisco|US|America/Los_Angeles|Сан-Франциско,旧金山
San Diego|US|America/Los_Angeles|
Seattle|US|America/Los_Angeles|
Honolulu|US|Pacific/Honolulu|
Anchorage|US|America/Anchorage|
Mexico City|MX|America/Mexico_City|Ciudad de México,CDMX,Mexico,México D.F.,Мехико,مكسيكو سيتي,墨西哥城
Guadalajara|MX|America/Mexico_City|
Monterrey|MX|America/Monterrey|
Cancún|MX|America/Cancun|Cancun,Канкун,كانكون,坎昆
Guatemala City|GT|America/Guatemala|Ciudad de Guatemala,Guatemala
San Salvador|SV|America/El_Salvador|
Tegucigalpa|HN|America/Tegucigalpa|
Managua|NI|America/Managua|Манагуа
San José|CR|America/Costa_Rica|San Jose
Panama City|PA|America/Panama|Ciudad de Panamá,Panamá,Panama,Панама,بنما,巴拿马城
Havana|CU|America/Havana|La Habana,La Havane,Havanna,Гавана,هافانا,哈瓦那
Santo Domingo|DO|America/Santo_Domingo|Saint-Domingue
Port-au-Prince|HT|America/Port-au-Prince|Puerto Príncipe,Порт-о-Пренс,بورت أو برنس,太子港
Kingston|JM|America/Jamaica|Кингстон,كينغستون,金斯敦
Bridgetown|BB|America/Barbados|
Port of Spain|TT|America/Port_of_Spain|Puerto España
Georgetown|GY|America/Guyana|
Castries|LC|America/St_Lucia|
St. George's|GD|America/Grenada|
Nassau|BS|America/Nassau|
Belize City|BZ|America/Belize|Belmopan
Paramaribo|SR|America/Paramaribo|
San Juan|PR|America/Puerto_Rico|
Bogotá|CO|America/Bogota|Bogota,Богота,بوغوتا,波哥大
Cartagena|CO|America/Bogota|Cartagena de Indias,Carthagène
Medellín|CO|America/Bogota|Medellin
Cali|CO|America/Bogota|
Caracas|VE|America/Caracas|Каракас,كراكاس,加拉加斯
Quito|EC|America/Guayaquil|Кито,كيتو,基多
Guayaquil|EC|America/Guayaquil|
Lima|PE|America/Lima|Лима,ليما,利马
Cusco|PE|America/Lima|
La Paz|BO|America/La_Paz|Ла-Пас,لاباز,拉巴斯
Sucre|BO|America/La_Paz|
Cochabamba|BO|America/La_Paz|
Santa Cruz de la Sierra|BO|America/La_Paz|
Asunción|PY|America/Asuncion|Asuncion,Асунсьон
Montevideo|UY|America/Montevideo|Монтевидео,مونتيفيديو,蒙得维的亚
Punta del Este|UY|America/Montevideo|
Buenos Aires|AR|America/Argentina/Buenos_Aires|Буэнос-Айрес,بوينس آيرس,布宜诺斯艾利斯
Mendoza|AR|America/Argentina/Mendoza|
Valparaíso|CL|America/Santiago|Valparaiso
Brasília|BR|America/Sao_Paulo|Brasilia,Бразилиа,برازيليا,巴西利亚
Rio de Janeiro|BR|America/Sao_Paulo|Río de Janeiro,Рио-де-Жанейро,ريو دي جانيرو,里约热内卢
São Paulo|BR|America/Sao_Paulo|Sao Paulo,Сан-Паулу,ساو باولو,圣保罗
Belém|BR|America/Belem|Belem,贝伦
Foz do Iguaçu|BR|America/Sao_Paulo|
Lyon|FR|Europe/Paris|Лион,里昂
Marseille|FR|Europe/Paris|Marsella,马赛
Nice|FR|Europe/Paris|Niza
Biarritz|FR|Europe/Paris|
Versailles|FR|Europe/Paris|
Cannes|FR|Europe/Paris|
Évian|FR|Europe/Paris|Evian
Toulouse|FR|Europe/Paris|
Lille|FR|Europe/Paris|
Bordeaux|FR|Europe/Paris|
Monaco|MC|Europe/Monaco|
Vaduz|LI|Europe/Vaduz|
San Marino|SM|Europe/San_Marino|
Andorra la Vella|AD|Europe/Andorra|
Dresden|DE|Europe/Berlin|
Leipzig|DE|Europe/Berlin|
Düsseldorf|DE|Europe/Berlin|
Stuttgart|DE|Europe/Berlin|
Nuremberg|DE|Europe/Berlin|Nürnberg
Karlsruhe|DE|Europe/Berlin|
Salzburg|AT|Europe/Vienna|
Graz|AT|Europe/Vienna|
Incheon|KR|Asia/Seoul|
"""

# Words after which a capitalised name is a country or region, left out of a venue.
COUNTRIES = """Switzerland|Suisse|Suiza|Schweiz|Austria|Autriche|Österreich|France|Francia|Frankreich|Italy|Italie|Italia|Italien|Belgium|Belgique
|Germany|Allemagne|Alemania|Deutschland|Spain|España|Espagne|Portugal|Netherlands|The Netherlands|Pays-Bas|United Kingdom|UK|England|Scotland|Wales|Ireland
|USA|U.S.A.|United States|United States of America|États-Unis|Estados Unidos|Canada|Mexico|México|Brazil|Brasil|Argentina|Chile|Colombia|Peru|Perú|Ecuador|Bolivia
|Uruguay|Paraguay|Venezuela|Panama|Panamá|Costa Rica|Guatemala|Honduras|El Salvador|Nicaragua|Cuba|Dominican Republic|República Dominicana|Haiti|Haïti|Jamaica|Barbados
|Kenya|Ethiopia|Éthiopie|Egypt|Égypte|Egypte|Egipto|South Africa|Afrique du Sud|Nigeria|Ghana|Senegal|Sénégal|Côte d'Ivoire|Mali|Niger|Burkina Faso|Benin|Bénin|Togo|Cameroon|Cameroun
|Gabon|Uganda|Rwanda|Tanzania|Zambia|Zimbabwe|Malawi|Mozambique|Angola|Namibia|Botswana|Morocco|Maroc|Marruecos|Algeria|Algérie|Tunisia|Tunisie|Libya|Sudan
|India|Pakistan|Bangladesh|Nepal|Sri Lanka|China|Japan|Republic of Korea|South Korea|Thailand|Vietnam|Viet Nam|Malaysia|Indonesia|Philippines|Cambodia|Lao PDR|Myanmar|Mongolia
|Australia|New Zealand|Fiji|Samoa|Tonga|Papua New Guinea|Turkey|Türkiye|Turquie|Greece|Grèce|Cyprus|Malta|Poland|Pologne|Czech Republic|Czechia|Slovakia|Hungary|Slovenia|Croatia|Serbia
|Bosnia and Herzegovina|Montenegro|North Macedonia|Albania|Kosovo|Romania|Bulgaria|Moldova|Ukraine|Belarus|Russia|Russian Federation|Georgia|Armenia|Azerbaijan|Kazakhstan|Uzbekistan|Kyrgyzstan|Tajikistan|Turkmenistan
|Lithuania|Latvia|Estonia|Finland|Finlande|Sweden|Suède|Norway|Norvège|Denmark|Danemark|Iceland|Luxembourg|Qatar|Saudi Arabia|Kuwait|Bahrain|Oman|UAE|United Arab Emirates|Jordan|Jordanie|Lebanon|Liban|Iraq|Iran|Israel
|Россия|Швейцария|Казахстан|中国|瑞士|مصر|سويسرا|قطر|الأردن|Guyana|Trinidad and Tobago|Suriname|Singapore|Chine|Japon|Japón|Inde|Suisse romande""".replace(
    "\n", ""
).split("|")

REGIONS = """Québec|Quebec|QC|Ontario|ON|Alberta|AB|British Columbia|BC|Manitoba|Saskatchewan|Nova Scotia|NY|N.Y.|DC|D.C.|
D. C.|MD|VA|CA|MA|IL|TX|FL|PA|WA|GA|NJ|CT|California|Virginia|Maryland|Massachusetts|Illinois|Texas|Florida|
Pennsylvania|NSW|Islas Baleares|Île-de-France|CABA|Alabama|Alaska|Arizona|Arkansas|Colorado|Connecticut|
Delaware|Georgia|Hawaii|Idaho|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Michigan|Minnesota|Mississippi|
Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|
Oregon|Rhode Island|South Carolina|South Dakota|Tennessee|Utah|Vermont|West Virginia|Wisconsin|Wyoming|AK|AL|AR|
AZ|CO|HI|IA|ID|IN|KS|KY|LA|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NM|NV|OH|OK|OR|RI|SC|SD|TN|UT|VT|WI|WV|WY|
New Brunswick|NB|Newfoundland and Labrador|NL|SK|MB|NS|PEI|Yukon|Nunavut|Northwest Territories|Victoria|
Queensland|Jalisco|Chiapas|Oaxaca|Bavaria|Bayern|Hessen|Catalonia|Cataluña""".replace("\n", "").split("|")

"""The demonstration in Spanish."""

# needs-native-review
# ruff: noqa: E501 (whole texts, one a line)
WORDS = {
    "Informal interactive dialogue on the responsibility to protect": "Diálogo interactivo oficioso sobre la responsabilidad de proteger",
    "Mobilizing collective action: the next decade of the responsibility to protect": "Movilizar la acción colectiva: el próximo decenio de la responsabilidad de proteger",
    "States, regional organizations and civil society take up the Secretary-General’s report A/70/999–S/2016/620 and what the next ten years should bring.": "Los Estados, las organizaciones regionales y la sociedad civil examinan el informe del Secretario General A/70/999–S/2016/620 y lo que deberían traer los próximos diez años.",
    "Trusteeship Council Chamber": "Salón del Consejo de Administración Fiduciaria",
    "Headquarters": "Sede",
    "New York": "Nueva York",
    "United States of America": "Estados Unidos de América",
    "Opening and panel": "Apertura y mesa redonda",
    "Dialogue": "Diálogo",
    "President of the General Assembly": "Presidente de la Asamblea General",
    "Deputy Secretary-General": "Vicesecretario General",
    "Special Adviser on the Prevention of Genocide": "Asesor Especial sobre la Prevención del Genocidio",
    "The two former Special Advisers on the Responsibility to Protect": "Los dos antiguos Asesores Especiales sobre la Responsabilidad de Proteger",
    "States Members of the United Nations, regional organizations and civil society": "Estados Miembros de las Naciones Unidas, organizaciones regionales y sociedad civil",
    "Mobilizing collective action: the next decade of the responsibility to protect. Report of the Secretary-General": "Movilizar la acción colectiva: el próximo decenio de la responsabilidad de proteger. Informe del Secretario General",
    "Implementing the responsibility to protect. Report of the Secretary-General, 2009": "Hacer efectiva la responsabilidad de proteger. Informe del Secretario General, 2009",
    "Correspondents without a valid headquarters pass.": "Corresponsales sin pase válido de la Sede.",
    "Holders of a valid headquarters press pass.": "Titulares de un pase de prensa válido de la Sede.",
    "Write to the media accreditation desk, accreditation@example.int.": "Escriba a la oficina de acreditación de medios: accreditation@example.int.",
    "A letter of assignment on headed paper, a press card and a passport.": "Una carta de asignación con membrete, un carné de prensa y un pasaporte.",
    "Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.": "Entrada de visitantes, desde el viernes 2 de septiembre de 2016, de 9.00 a 17.00 horas.",
    "Press officer, Office of the President of the General Assembly": "Oficial de prensa, Oficina del Presidente de la Asamblea General",
    "Monday to Friday 9:00 to 18:00 New York": "De lunes a viernes, de 9.00 a 18.00 horas, Nueva York",
    "Media accreditation desk": "Oficina de acreditación de medios",
    "At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to help one another to live up to this. Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report on how to carry the promise out (A/63/677). The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten years and asks how States can act together sooner, and on rules they share. It does not hide what stands in the way: little money for prevention, broken international law, outside parties who make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes next.": """\
En la Cumbre Mundial de 2005, los Jefes de Estado y de Gobierno convinieron en que cada Estado responde de la seguridad de la población en su territorio frente al genocidio, los crímenes de guerra, la depuración étnica y los crímenes de lesa humanidad. También convinieron en ayudarse mutuamente a cumplirlo.

Todos los años desde 2009 la Asamblea vuelve sobre el tema, empezando por el primer informe del Secretario General sobre la manera de cumplir la promesa (A/63/677).

El informe que la reunión tiene ante sí es el octavo, y el último del actual Secretario General. Hace balance de diez años y pregunta cómo pueden los Estados actuar juntos antes y según normas comunes.

No oculta los obstáculos: poco dinero para la prevención, un derecho internacional quebrantado, partes externas que empeoran la situación y un Consejo de Seguridad que no logra ponerse de acuerdo. El diálogo permite a los Estados sopesarlos y decir qué viene después.""",
    "High-level segment on early warning for floods and storms": "Serie de sesiones de alto nivel sobre alerta temprana de inundaciones y tormentas",
    "Seventy-two hours ahead": "Setenta y dos horas de antelación",
    "Ministers and weather services agree on who warns whom, and how fast, before a river rises. A declaration is expected on the second day.": "Los ministros y los servicios meteorológicos acuerdan quién avisa a quién, y con qué rapidez, antes de que suba un río. Se espera una declaración el segundo día.",
    "Geneva": "Ginebra",
    "Switzerland": "Suiza",
    "Room XVII": "Sala XVII",
    "Room XXII": "Sala XXII",
    "Room XXIV": "Sala XXIV",
    "Opening and ministerial statements": "Apertura y declaraciones ministeriales",
    "Expert panel": "Panel de expertos",
    "Negotiation of the declaration": "Negociación de la declaración",
    "Adoption and closing": "Aprobación y clausura",
}  # fmt: skip

"""The demonstration in French."""

# needs-native-review
# ruff: noqa: E501 (whole texts, one a line)
WORDS = {
    "Informal interactive dialogue on the responsibility to protect": "Dialogue interactif informel sur la responsabilité de protéger",
    "Mobilizing collective action: the next decade of the responsibility to protect": "Mobiliser l’action collective : la prochaine décennie de la responsabilité de protéger",
    "States, regional organizations and civil society take up the Secretary-General’s report A/70/999–S/2016/620 and what the next ten years should bring.": "Les États, les organisations régionales et la société civile examinent le rapport du Secrétaire général A/70/999–S/2016/620 et ce que les dix prochaines années devraient apporter.",
    "Trusteeship Council Chamber": "Salle du Conseil de tutelle",
    "Headquarters": "Siège",
    "New York": "New York",
    "United States of America": "États-Unis d’Amérique",
    "Opening and panel": "Ouverture et table ronde",
    "Dialogue": "Dialogue",
    "President of the General Assembly": "Président de l’Assemblée générale",
    "Deputy Secretary-General": "Vice-Secrétaire général",
    "Special Adviser on the Prevention of Genocide": "Conseiller spécial pour la prévention du génocide",
    "The two former Special Advisers on the Responsibility to Protect": "Les deux anciens conseillers spéciaux pour la responsabilité de protéger",
    "States Members of the United Nations, regional organizations and civil society": "États Membres de l’Organisation des Nations Unies, organisations régionales et société civile",
    "Mobilizing collective action: the next decade of the responsibility to protect. Report of the Secretary-General": "Mobiliser l’action collective : la prochaine décennie de la responsabilité de protéger. Rapport du Secrétaire général",
    "Implementing the responsibility to protect. Report of the Secretary-General, 2009": "La mise en œuvre de la responsabilité de protéger. Rapport du Secrétaire général, 2009",
    "Correspondents without a valid headquarters pass.": "Les correspondants sans carte d’accès au Siège en cours de validité.",
    "Holders of a valid headquarters press pass.": "Les titulaires d’une carte de presse du Siège en cours de validité.",
    "Write to the media accreditation desk, accreditation@example.int.": "Écrire au bureau d’accréditation des médias : accreditation@example.int.",
    "A letter of assignment on headed paper, a press card and a passport.": "Une lettre d’affectation à en-tête, une carte de presse et un passeport.",
    "Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.": "Entrée des visiteurs, à partir du vendredi 2 septembre 2016, de 9 heures à 17 heures.",
    "Press officer, Office of the President of the General Assembly": "Attachée de presse, Cabinet du Président de l’Assemblée générale",
    "Monday to Friday 9:00 to 18:00 New York": "Du lundi au vendredi, de 9 heures à 18 heures, New York",
    "Media accreditation desk": "Bureau d’accréditation des médias",
    "At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to help one another to live up to this. Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report on how to carry the promise out (A/63/677). The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten years and asks how States can act together sooner, and on rules they share. It does not hide what stands in the way: little money for prevention, broken international law, outside parties who make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes next.": """\
Au Sommet mondial de 2005, les chefs d’État et de gouvernement ont convenu que chaque État répond de la sécurité des populations sur son sol, qu’il doit protéger du génocide, des crimes de guerre, du nettoyage ethnique et des crimes contre l’humanité. Ils ont aussi convenu de s’entraider pour y parvenir.

Chaque année depuis 2009, l’Assemblée revient sur le sujet, à commencer par le premier rapport du Secrétaire général sur la manière de tenir cette promesse (A/63/677).

Le rapport dont la réunion est saisie est le huitième, et le dernier de l’actuel Secrétaire général. Il dresse le bilan de dix années et demande comment les États peuvent agir ensemble plus tôt, selon des règles communes.

Il ne cache pas ce qui fait obstacle : peu d’argent pour la prévention, un droit international bafoué, des parties extérieures qui aggravent la situation, et un Conseil de sécurité qui ne s’entend pas. Le dialogue permet aux États d’en débattre et de dire ce qui doit suivre.""",
    "High-level segment on early warning for floods and storms": "Débat de haut niveau sur l’alerte rapide aux inondations et aux tempêtes",
    "Seventy-two hours ahead": "Soixante-douze heures d’avance",
    "Ministers and weather services agree on who warns whom, and how fast, before a river rises. A declaration is expected on the second day.": "Les ministres et les services météorologiques conviennent de qui alerte qui, et en combien de temps, avant qu’un fleuve ne monte. Une déclaration est attendue le deuxième jour.",
    "Geneva": "Genève",
    "Switzerland": "Suisse",
    "Room XVII": "Salle XVII",
    "Room XXII": "Salle XXII",
    "Room XXIV": "Salle XXIV",
    "Opening and ministerial statements": "Ouverture et déclarations ministérielles",
    "Expert panel": "Table ronde d’experts",
    "Negotiation of the declaration": "Négociation de la déclaration",
    "Adoption and closing": "Adoption et clôture",
}  # fmt: skip

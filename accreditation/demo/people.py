"""Who is shown: officers, organizations and applicants, all invented, and what became of each application."""

from accreditation.states import Actor
from office.permissions import Role

SEGMENT_PRESS = ("early-warning-segment", "press")
SEGMENT_CIVIL = ("early-warning-segment", "civil-society")
SEGMENT_TRAVELLING = ("early-warning-segment", "delegation-media")
BRIEFING = ("board-briefing", "press")
CONSULTATION = ("minority-languages", "civil-society")

OFFICERS = {
    Role.PRESS_OFFICER: "Ilse Varga",
    Role.TRANSLATOR: "Noor Haddadin",
    Role.LIAISON_OFFICER: "Pieter Adeyemi",
    Role.MEDIA_REVIEWER: "Amara Teulings",
    Role.SUPERVISOR: "Soledad Winther",
    Role.SECURITY_LIAISON: "Bram Ocampo",
    Role.ACCESS_FOCAL_POINT: "Lin Castellane",
    Role.BADGE_DESK: "Yusra Lindgren",
    Role.DOOR: "Teo Marchetti",
    Role.DATA_PROTECTION_OFFICER: "Agathe Molina",
    Role.ADMINISTRATOR: "Rasmus Okoro",
}

RIVERS, COASTS, TONGUES = "River Peoples’ Forum", "Coastal Warning Network", "Small Languages Alliance"
DEAF, YOUTH, HILLS = "Union for Signed Warnings", "Youth for Early Action", "Hill Farmers’ Council"
DAILY, WIRE, RADIO = "The Example Daily", "Example Wire", "Radio Ejemplo"
VISION, WEB, MISSION = "Exemple Vision", "Example Online", "Permanent Mission of Example State"
ORGANIZATIONS = [
    {
        "name": RIVERS, "country": "BRA", "status": "general", "domains": ["rivers.example.org"], "aliases": ["RPF"],
        "focal_points": [("Marisol Egede", "focal@rivers.example.org")],
    },
    {
        "name": COASTS, "country": "PHL", "status": "special", "domains": ["coasts.example.org"], "aliases": ["CWN"],
        "focal_points": [("Henk Salazar", "focal@coasts.example.org"), ("Ife Brandt", "deputy@coasts.example.org")],
    },
    {
        "name": TONGUES, "country": "FIN", "status": "special", "domains": ["tongues.example.org"],
        "focal_points": [("Aino Pereira", "focal@tongues.example.org")],
    },
    {
        "name": DEAF, "country": "KEN", "status": "roster", "domains": ["signed.example.org"],
        "focal_points": [("Lucho Anders", "focal@signed.example.org")],
    },
    {
        "name": YOUTH, "country": "NGA", "status": "roster", "domains": ["youth.example.org"],
        "focal_points": [("Wen Okafor", "focal@youth.example.org")],
    },
    {
        "name": HILLS, "country": "BTN", "status": "accredited", "domains": ["hills.example.org"],
        "focal_points": [("Dorji Castro", "focal@hills.example.org")],
    },
    {"name": DAILY, "country": "GBR", "kind": "media", "domains": ["daily.example.com"], "website": "https://daily.example.com/"},
    {"name": WIRE, "country": "CHE", "kind": "media", "domains": ["wire.example.com"], "website": "https://wire.example.com/"},
    {"name": RADIO, "country": "ARG", "kind": "media", "domains": ["radio.example.com"], "website": "https://radio.example.com/"},
    {"name": VISION, "country": "FRA", "kind": "media", "domains": ["vision.example.com"], "website": "https://vision.example.com/"},
    {"name": WEB, "country": "KEN", "kind": "media", "domains": ["online.example.com"], "website": "https://online.example.com/"},
    {"name": MISSION, "country": "PHL", "kind": "mission", "domains": ["mission.example.int"]},
]  # fmt: skip

APPLICANT, FOCAL_POINT, DESK, SUPERVISOR, WORKER = (
    Actor.APPLICANT, Actor.FOCAL_POINT, Actor.DESK, Actor.SUPERVISOR, Actor.WORKER,
)  # fmt: skip
BEGAN_HOURS_AGO = 200
SENT = (190, "submit", APPLICANT, {})
QUESTION = {
    "reason": "The letter has no date. Please add one that is dated.",
    "info_items": [{"step": "papers", "note": "A letter that is dated"}],
}
REFUSED = {"ground": "incomplete", "reason": "The letter could not be read."}
LENT = {"ground": "conduct", "reason": "The badge was lent to somebody else."}
# What happened, each as (hours ago, action, who, words)
STORIES = {
    "draft": [],
    "sent": [SENT],
    "unendorsed": [SENT],
    "objected": [SENT, (150, "object", FOCAL_POINT, {})],
    "asked": [SENT, (40, "ask", DESK, QUESTION)],
    "answered": [SENT, (120, "ask", DESK, QUESTION), (90, "reply", APPLICANT, {})],
    "waiting": [SENT, (130, "waitlist", DESK, {})],
    "offered": [SENT, (130, "waitlist", DESK, {}), (6, "offer", DESK, {})],
    "accepted": [SENT, (130, "waitlist", DESK, {}), (80, "offer", DESK, {}), (60, "accept", APPLICANT, {})],
    "approved": [SENT, (100, "approve", DESK, {})],
    "declined": [SENT, (100, "decline", DESK, REFUSED)],
    "appealed": [
        SENT, (100, "decline", DESK, REFUSED),
        (50, "appeal", APPLICANT, {"reason": "A clear copy of the letter is with the desk now."}),
    ],
    "overturned": [
        SENT, (100, "decline", DESK, REFUSED),
        (50, "overturn", SUPERVISOR, {"reason": "The original was shown at the desk."}),
    ],
    "withdrawn": [SENT, (70, "withdraw", APPLICANT, {})],
    "given_back": [SENT, (100, "approve", DESK, {}), (30, "withdraw", APPLICANT, {})],
    "revoked": [
        SENT, (100, "approve", DESK, {}),
        (45, "give_notice", SUPERVISOR, LENT), (20, "revoke", SUPERVISOR, LENT),
    ],
    "lapsed": [SENT, (180, "ask", DESK, QUESTION), (30, "lapse", WORKER, {})],
}  # fmt: skip
WITHOUT_ENDORSEMENT = {"unendorsed", "objected"}


def person(category, comes_as, given, family, job, organization, story, **more):
    return {
        "category": category, "comes_as": comes_as, "given": given, "family": family, "job": job,
        "organization": organization, "story": story,
    } | more  # fmt: skip


PEOPLE = [
    person(SEGMENT_PRESS, "print", "Joséphine", "Akande", "Reporter", DAILY, "approved"),
    person(SEGMENT_PRESS, "print", "Tomás", "Lindholm", "Editor", DAILY, "sent"),
    person(SEGMENT_PRESS, "agency", "Mei", "Oduya", "Correspondent", WIRE, "approved"),
    person(SEGMENT_PRESS, "agency", "Ravi", "Sørensen", "Photographer", WIRE, "asked"),
    person(SEGMENT_PRESS, "radio", "Inés", "Baptista", "Presenter", RADIO, "approved", language="es"),
    person(SEGMENT_PRESS, "radio", "Karim", "Eskola", "Producer", RADIO, "answered", language="fr"),
    person(SEGMENT_PRESS, "television", "Chloé", "Marangoni", "Reporter", VISION, "overturned", language="fr"),
    person(SEGMENT_PRESS, "television", "Otto", "Nwosu", "Camera", VISION, "waiting"),
    person(SEGMENT_PRESS, "online", "Sana", "Kowalczyk", "Editor", WEB, "offered"),
    person(SEGMENT_PRESS, "online", "Per", "Achterberg", "Reporter", WEB, "appealed"),
    person(SEGMENT_PRESS, "freelance", "Lucía", "Ferrante", "Writer", "Revista de Ejemplo", "declined", country="MEX"),
    person(SEGMENT_PRESS, "freelance", "Nikolai", "Abendroth", "Journalist", "Example Weekly", "draft", country="KAZ"),
    person(SEGMENT_PRESS, "photo", "Aïcha", "Berglund", "Photographer", "Example Pictures", "revoked", country="SEN"),
    person(SEGMENT_PRESS, "film", "Dimitri", "Solano", "Director", "Example Films", "lapsed", country="ITA"),
    person(SEGMENT_PRESS, "technical_crew", "Ewa", "Thorne", "Sound engineer", VISION, "withdrawn"),
    person(SEGMENT_PRESS, "print", "Hala", "Mustafić", "Columnist", DAILY, "accepted", language="ar"),
    person(SEGMENT_PRESS, "online", "Quynh", "", "Blogger", "Example Notes", "sent", country="VNM"),
    person(SEGMENT_TRAVELLING, "delegation_media", "Samuel", "Ortega", "Photographer", MISSION, "approved"),
    person(SEGMENT_TRAVELLING, "delegation_media", "Leila", "Varnava", "Camera", MISSION, "sent"),
    person(SEGMENT_CIVIL, "consultative", "Ngozi", "Halvorsen", "Director", RIVERS, "approved"),
    person(SEGMENT_CIVIL, "consultative", "Pablo", "Ishikawa", "Adviser", RIVERS, "sent"),
    person(SEGMENT_CIVIL, "consultative", "Greta", "Mbeki", "Analyst", RIVERS, "unendorsed"),
    person(SEGMENT_CIVIL, "consultative", "Idris", "Lauritzen", "Coordinator", COASTS, "unendorsed"),
    person(SEGMENT_CIVIL, "consultative", "Thandi", "Rossi", "Engineer", COASTS, "asked"),
    person(SEGMENT_CIVIL, "consultative", "Jonas", "Quispe", "Adviser", DEAF, "approved", attending="remote"),
    person(SEGMENT_CIVIL, "consultative", "Salma", "Vermeer", "Interpreter", DEAF, "objected"),
    person(SEGMENT_CIVIL, "consultative", "Emeka", "Dahl", "Youth delegate", YOUTH, "draft"),
    person(SEGMENT_CIVIL, "consultative", "Rosa", "Tanaka", "Organizer", YOUTH, "sent", asks_protection=True),
    person(SEGMENT_CIVIL, "special", "Tenzin", "Moreau", "Farmer", HILLS, "sent", in_delegation=True),
    person(SEGMENT_CIVIL, "special", "Pema", "Alvarado", "Farmer", HILLS, "approved", in_delegation=True),
    person(SEGMENT_CIVIL, "special", "Karma", "Jansen", "Secretary", HILLS, "given_back", in_delegation=True),
    person(BRIEFING, "print", "Joséphine", "Akande", "Reporter", DAILY, "approved"),
    person(BRIEFING, "agency", "Mei", "Oduya", "Correspondent", WIRE, "sent"),
    person(BRIEFING, "radio", "Inés", "Baptista", "Presenter", RADIO, "sent", language="es"),
    person(BRIEFING, "television", "Otto", "Nwosu", "Camera", VISION, "sent"),
    person(BRIEFING, "online", "Sana", "Kowalczyk", "Editor", WEB, "sent"),
    person(
        BRIEFING,
        "freelance",
        "Nikolai",
        "Abendroth",
        "Journalist",
        "Example Weekly",
        "sent",
        country="KAZ",
        language="ru",
    ),
    person(CONSULTATION, "consultative", "Aroha", "Nilsen", "Linguist", TONGUES, "approved", attending="remote"),
    person(CONSULTATION, "consultative", "Mikel", "Otieno", "Teacher", TONGUES, "sent", attending="remote"),
    person(CONSULTATION, "consultative", "Yara", "Lehtinen", "Writer", COASTS, "unendorsed", attending="remote"),
]

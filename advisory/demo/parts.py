"""What several demonstration meetings share: bodies, days, a drawn portrait."""

import io
from datetime import time

from PIL import Image, ImageDraw

from advisory.models import Body, Topic
from office import uploads

OFFICIAL_LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]


# needs-native-review
NAMES = {
    "general-assembly": {"ar": "الجمعية العامة", "zh": "大会", "fr": "Assemblée générale",
                         "ru": "Генеральная Ассамблея", "es": "Asamblea General"},
    "council-on-early-warning": {"ar": "مجلس الإنذار المبكر", "zh": "预警理事会", "fr": "Conseil de l’alerte rapide",
                                 "ru": "Совет по раннему предупреждению", "es": "Consejo de Alerta Temprana"},
    "secretariat": {"ar": "الأمانة العامة", "zh": "秘书处", "fr": "Secrétariat", "ru": "Секретариат",
                    "es": "Secretaría"},
    "early-warning": {"ar": "الإنذار المبكر", "zh": "预警", "fr": "Alerte rapide", "ru": "Раннее предупреждение",
                      "es": "Alerta temprana"},
    "water": {"ar": "المياه", "zh": "水", "fr": "Eau", "ru": "Вода", "es": "Agua"},
    "human-rights": {"ar": "حقوق الإنسان", "zh": "人权", "fr": "Droits de l’homme", "ru": "Права человека",
                     "es": "Derechos humanos"},
}  # fmt: skip


def body(name, slug):
    return named(Body, name, slug)


def topic(name, slug):
    return named(Topic, name, slug)


def named(model, name, slug):
    names = {f"name_{language}": told for language, told in NAMES[slug].items()}
    return model.objects.get_or_create(slug=slug, defaults={"name": name} | names)[0]


def day_of(day, start, end):
    return {"date": day, "start_time": time(*start), "end_time": time(*end)}


def drawn_portrait(width=640, height=800):
    """A drawn head and shoulders: nobody's face."""
    image = Image.new("RGB", (width, height), "#dfe5df")
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 520, 560, 1100), fill="#13312b")
    draw.rectangle((275, 430, 365, 580), fill="#c69a7b")
    draw.ellipse((200, 170, 440, 490), fill="#c69a7b")
    draw.pieslice((185, 140, 455, 450), 180, 360, fill="#3a2a20")
    return keep(image)


def drawn_river(width=1200, height=800):
    """A staff gauge in water, in three colours."""
    image = Image.new("RGB", (width, height), "#dfe5df")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, width, height), fill="#2f6f8f")
    draw.rectangle((560, 120, 640, 700), fill="#f7f5f0", outline="#13312b", width=4)
    for mark in range(140, 700, 40):
        draw.rectangle((560, mark, 600, mark + 16), fill="#13312b")
    return keep(image)


def keep(image):
    """Store a drawn picture; returns what a row holds of it."""
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82, optimize=True)
    stored = uploads.store(kept.getvalue(), suffix=".jpg")
    return {"digest": stored.digest, "media_type": "image/jpeg", "width": image.width, "height": image.height}

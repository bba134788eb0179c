"""Names on the badge and in a passport's order, in the scripts in which people have them."""

import pytest

from accreditation.models import Registration
from accreditation.names_shown import badge_name, passport_order


@pytest.mark.parametrize(
    ("given", "family", "badge", "passport"),
    [
        ("Ada Chidinma", "Okafor", "Ada Chidinma Okafor", "OKAFOR, Ada Chidinma"),
        ("", "Suharto", "Suharto", "SUHARTO"),
        ("Suharto", "", "Suharto", "SUHARTO"),
        ("Hans", "Groß", "Hans Groß", "GROSS, Hans"),
        ("Jan", "van der Meer", "Jan van der Meer", "VAN DER MEER, Jan"),
        ("Siobhán", "O’Connor-Smith", "Siobhán O’Connor-Smith", "O’CONNOR-SMITH, Siobhán"),
        ("Νίκος", "Παπαδόπουλος", "Νίκος Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ, Νίκος"),
        ("Ελένη", "Ζαΐμη", "Ελένη Ζαΐμη", "ΖΑΪΜΗ, Ελένη"),
        ("Анна", "Йорданова", "Анна Йорданова", "ЙОРДАНОВА, Анна"),
        ("ნინო", "ბერიძე", "ნინო ბერიძე", "ბერიძე, ნინო"),
        ("محمد", "العلي", "محمد العلي", "العلي, محمد"),
        ("伟", "张", "张伟", "张, 伟"),
        ("길동", "홍", "홍길동", "홍, 길동"),
        ("はなこ", "やまだ", "やまだはなこ", "やまだ, はなこ"),
        ("", "", "", ""),
    ],
)
def test_name_is_written_as_its_script_writes_it(given, family, badge, passport):
    registration = Registration(given_names=given, family_name=family)

    assert (badge_name(registration), passport_order(registration)) == (badge, passport)


def test_name_chosen_for_the_badge_changes_nothing_for_security():
    registration = Registration(given_names="Ada Chidinma", family_name="Okafor", badge_name="Ada O.")

    assert (badge_name(registration), passport_order(registration)) == ("Ada O.", "OKAFOR, Ada Chidinma")

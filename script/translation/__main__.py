"""``script/catalogues`` calls this: extract lists what is marked, update brings the catalogues to it, check names
faults, compile writes what Django reads."""

import sys

from script.translation import catalogues


def extract():
    for message in catalogues.extracted():
        if message.id:
            print(message.id[0] if message.pluralizable else message.id)


def update():
    template = catalogues.extracted()
    for language in catalogues.TRANSLATED:
        catalogues.update(language, template)
        print(f"{language}: {len(list(catalogues.missing(language)))} of {len(template)} not translated")


def check():
    template = catalogues.extracted()
    found = [
        sentence
        for language in catalogues.TRANSLATED
        for sentences in [catalogues.differences(language, template), catalogues.missing(language),
                          catalogues.faults(language)]
        for sentence in sentences
    ]  # fmt: skip
    print("\n".join(found) or f"{len(template)} sentences, all there in {', '.join(catalogues.TRANSLATED)}.")
    sys.exit(bool(found))


COMMANDS = {"extract": extract, "update": update, "check": check, "compile": catalogues.compile_stale}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"Usage: script/catalogues {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()

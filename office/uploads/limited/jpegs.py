"""Takes the metadata segments and the tail off a JPEG without touching its pixels (ITU-T T.81, annex B)."""

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
JFIF, ICC, ADOBE = 0xE0, 0xE2, 0xEE  # the only application segments that change how pixels are shown
APPLICATION = range(0xE0, 0xF0)
STANDALONE = {0x00, 0x01, *range(0xD0, 0xD8)}  # stuffed zero and restart marks belong to the scan


def without_metadata(data):
    """Return the JPEG without EXIF, XMP, IPTC, comments and trailing bytes; bytes that are no JPEG come back as is."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == END:
            return b"".join(kept) + b"\xff\xd9"
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == SCAN:
            end = _scan_end(data, end)
        if not (marker == COMMENT or (marker in APPLICATION and marker not in (JFIF, ICC, ADOBE))):
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + b"\xff\xd9"


def _scan_end(data, at):
    """Return where the marker after the entropy-coded bytes stands."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] not in STANDALONE:
            return at
        at += 2

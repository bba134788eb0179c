"""How well letters can be read on a badge's colour (WCAG 2.2, relative luminance and contrast ratio)."""

LEAST = 3.0  # for large letters, which a badge's are (success criterion 1.4.3)


def with_white(colour):
    """Contrast ratio of “#rrggbb” with white: 1 to 21."""
    return 1.05 / (luminance(colour) + 0.05)


def is_light(colour):
    """Whether black reads better on “#rrggbb” than white."""
    return (luminance(colour) + 0.05) / 0.05 > with_white(colour)


def luminance(colour):
    """0, black, to 1, white."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

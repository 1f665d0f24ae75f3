"""Vocabulary of the illustrated catalogue: colours, paths and small drawn things.

Every function returns SVG text drawn on a 640 x 640 canvas (y grows downwards), so that
drawings are plain sums of strings. Light comes from the upper left everywhere.
"""

import itertools
import math
import random
from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

INK = "#43382f"
CREAM = "#fffaf0"
PAPER = "#fbf3e1"
KRAFT = "#d3a777"
WOOD = "#c98f58"
GLASS = "#e3f0ee"
LEAF = "#6b9b45"
SHADE_HUE = "#4a1f3d"

FONTS = {
    "script": "/usr/share/fonts/opentype/lobstertwo/LobsterTwo-Bold.otf",
    "sans": "/usr/share/fonts/truetype/quicksand/Quicksand-Bold.ttf",
    "narrow": "/usr/share/fonts/opentype/yanone-kaffeesatz/YanoneKaffeesatz-Bold.otf",
}

_ids = itertools.count(1)


# --- colours -----------------------------------------------------------------


def mix(first, second, ratio):
    """Return the colour at `ratio` (0 to 1) on the way from `first` to `second`."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * ratio):02x}" for a, b in pairs)


def _rgb(colour):
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def dark(colour, ratio=0.2):
    """Shade towards plum rather than black: food stays appetising."""
    return mix(colour, SHADE_HUE, ratio)


def light(colour, ratio=0.35):
    return mix(colour, CREAM, ratio)


# --- path data ---------------------------------------------------------------


def _f(number):
    return f"{number:.1f}".rstrip("0").rstrip(".")


def blob(*points, tension=1.0):
    """Path data of a closed smooth curve through `points`."""
    count = len(points)
    out = [f"M{_f(points[0][0])} {_f(points[0][1])}"]
    for i in range(count):
        before, here, there, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        first = [here[k] + (there[k] - before[k]) / 6 * tension for k in (0, 1)]
        second = [there[k] - (after[k] - here[k]) / 6 * tension for k in (0, 1)]
        out.append("C" + " ".join(_f(v) for v in (*first, *second, *there)))
    return "".join(out) + "Z"


def poly(*points):
    """Path data of a polygon; a third number on a point rounds that corner."""
    out = []
    count = len(points)
    for i, (x, y, *rest) in enumerate(points):
        radius = rest[0] if rest else 0
        start = _toward((x, y), points[i - 1], radius)
        end = _toward((x, y), points[(i + 1) % count], radius)
        out.append(("L" if out else "M") + f"{_f(start[0])} {_f(start[1])}")
        if radius:
            out.append(f"Q{_f(x)} {_f(y)} {_f(end[0])} {_f(end[1])}")
    return "".join(out) + "Z"


def _toward(origin, target, distance):
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    length = math.hypot(dx, dy) or 1
    step = min(distance, length / 2) / length
    return origin[0] + dx * step, origin[1] + dy * step


def lathe(centre, *profile):
    """Path data of a turned body: `profile` is (half width, y, corner radius) downwards."""
    right = [(centre + half, y, radius) for half, y, radius in profile]
    left = [(centre - half, y, radius) for half, y, radius in reversed(profile)]
    return poly(*right, *left)


def box(x, y, width, height, radius=0):
    return poly(
        (x, y, radius),
        (x + width, y, radius),
        (x + width, y + height, radius),
        (x, y + height, radius),
    )


def oval(cx, cy, rx, ry=None):
    ry = rx if ry is None else ry
    return f"M{_f(cx - rx)} {_f(cy)}a{_f(rx)} {_f(ry)} 0 1 0 {_f(2 * rx)} 0a{_f(rx)} {_f(ry)} 0 1 0 {_f(-2 * rx)} 0Z"


def frill(cx, cy, rx, ry, depth, waves, phase=0.0):
    """Path data of a ruffled oval (salad leaves, splashes, badges)."""
    points = []
    for i in range(waves * 2):
        angle = math.pi * i / waves + phase
        grow = 1 + (depth if i % 2 else -depth)
        points.append((cx + rx * grow * math.cos(angle), cy + ry * grow * math.sin(angle)))
    return blob(*points)


# --- painting ----------------------------------------------------------------


def fill(data, colour, opacity=None):
    extra = f' opacity="{opacity}"' if opacity else ""
    return f'<path d="{data}" fill="{colour}"{extra}/>'


def stroke(data, colour, width, opacity=None):
    extra = f' opacity="{opacity}"' if opacity else ""
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f' stroke-linecap="round" stroke-linejoin="round"{extra}/>'
    )


def disc(cx, cy, rx, colour, ry=None, opacity=None):
    return fill(oval(cx, cy, rx, ry), colour, opacity)


def at(content, x=0, y=0, turn=0, scale=1, flip=False):
    """Place a drawing made around the origin."""
    sx = -scale if flip else scale
    return f'<g transform="translate({_f(x)} {_f(y)}) rotate({turn}) scale({sx} {scale})">{content}</g>'


def inside(data, content):
    """Show `content` only within the path `data`."""
    key = f"c{next(_ids)}"
    return f'<clipPath id="{key}"><path d="{data}"/></clipPath><g clip-path="url(#{key})">{content}</g>'


def solid(data, colour, depth=14, rim=5):
    """Paint a volume in three tones: lit rim, body, shade at the lower right."""
    key = f"c{next(_ids)}"
    inner = f'<path d="{data}" fill="{colour}" transform="translate({rim + depth} {(rim + depth) * 0.8:.1f})"/>'
    return (
        f'<clipPath id="{key}"><path d="{data}"/></clipPath><g clip-path="url(#{key})">'
        f'<path d="{data}" fill="{dark(colour)}"/>'
        f'<g transform="translate({-depth} {-depth * 0.8:.1f})"><path d="{data}" fill="{light(colour)}"/>'
        f'<g clip-path="url(#{key})">{inner}</g></g></g>'
    )


def turned(data, colour, left, right, gloss=0.45):
    """Paint a cylinder: gloss on the left, core shade on the right."""
    width = right - left
    return inside(
        data,
        fill(data, colour)
        + fill(box(left + width * 0.74, 0, width, 640), dark(colour, 0.16))
        + fill(box(left + width * 0.9, 0, width, 640), dark(colour, 0.27))
        + fill(box(left + width * 0.09, 0, width * 0.09, 640), light(colour, gloss)),
    )


def glint(x, y, length=60, turn=0, width=9, colour="#ffffff", opacity=0.65):
    return at(stroke(f"M0 0Q{-length * 0.1:.1f} {length / 2} 0 {length}", colour, width, opacity), x, y, turn)


# --- lettering ---------------------------------------------------------------


@cache
def _font(name):
    font = TTFont(FONTS[name])
    return font, font.getGlyphSet(), font.getBestCmap()


def lettering(text, x, y, size, colour=INK, font="sans", widest=None, spacing=0.0):
    """Draw `text` as outlines, centred on `x` with its baseline at `y`.

    The size is reduced where the text would be wider than `widest`.
    """
    ttf, glyphs, cmap = _font(font)
    names = [cmap[ord(char)] for char in text]
    unit = 1 / ttf["head"].unitsPerEm
    width = sum(glyphs[name].width * unit + spacing for name in names) - spacing
    if widest and width * size > widest:
        size = widest / width
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}")
    cursor = x - width * size / 2
    for name in names:
        scale = size * unit
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, cursor, y)))
        cursor += (glyphs[name].width * unit + spacing) * size
    return fill(pen.getCommands(), colour)


# --- small things ------------------------------------------------------------


def leaf(x, y, length, turn=0, colour=LEAF, width=0.42):
    """A leaf growing from (x, y) upwards, turned clockwise by `turn` degrees."""
    half = length * width / 2
    shape = (
        f"M0 0C{-half * 1.7:.1f} {-length * 0.3:.1f} {-half:.1f} {-length * 0.85:.1f} 0 {-length}"
        f"C{half:.1f} {-length * 0.85:.1f} {half * 1.7:.1f} {-length * 0.3:.1f} 0 0Z"
    )
    side = f"M0 0C{half * 1.7:.1f} {-length * 0.3:.1f} {half:.1f} {-length * 0.85:.1f} 0 {-length}Z"
    vein = stroke(f"M0 0L0 {-length * 0.8:.1f}", light(colour, 0.4), max(1.5, length / 40))
    return at(fill(shape, colour) + fill(side, dark(colour, 0.18)) + vein, x, y, turn)


def sprig(x, y, length, turn=0, colour=LEAF, pairs=4, leaf_length=None, width=0.42):
    """A stem with pairs of leaves."""
    leaf_length = leaf_length or length * 0.36
    out = stroke(f"M0 0L0 {-length * 0.9:.1f}", dark(colour, 0.2), max(2.5, length / 40))
    for i in range(pairs):
        where = -length * (0.2 + 0.7 * i / pairs)
        size = leaf_length * (1 - 0.1 * i)
        out += leaf(0, where, size, -50, colour, width) + leaf(0, where, size, 50, colour, width)
    return at(out + leaf(0, -length * 0.86, leaf_length * 0.8, 0, colour, width), x, y, turn)


def ear(x, y, length, turn=0, colour="#d9a441", grains=5):
    """An ear of wheat."""
    out = stroke(f"M0 0L0 {-length:.1f}", dark(colour, 0.15), max(3, length / 40))
    grain = length * 0.17
    for i in range(grains):
        where = -length * (0.42 + 0.115 * i)
        out += leaf(0, where, grain, -32, colour, 0.6) + leaf(0, where, grain, 32, dark(colour, 0.08), 0.6)
    return at(out + leaf(0, -length * 0.97, grain, 0, colour, 0.6), x, y, turn)


def scatter(seed, area, count, draw, turns=360):
    """Sum `count` drawings placed at random but repeatably inside the oval `area` (cx, cy, rx, ry)."""
    rng = random.Random(seed)
    cx, cy, rx, ry = area
    spots = []
    for _unused in range(count):
        angle, far = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        spots.append((cx + rx * far * math.cos(angle), cy + ry * far * math.sin(angle)))
    spots.sort(key=lambda spot: spot[1])
    return "".join(at(draw(rng), x, y, rng.uniform(0, turns)) for x, y in spots)


def packed(seed, area, step, draw, turns=360, jitter=0.35):
    """Cover the box `area` (x, y, width, height) with drawings on a loose honeycomb."""
    rng = random.Random(seed)
    x0, y0, width, height = area
    out, row, y = [], 0, y0
    while y < y0 + height + step:
        x = x0 + (step / 2 if row % 2 else 0)
        while x < x0 + width + step:
            dx, dy = (rng.uniform(-jitter, jitter) * step for _unused in range(2))
            out.append(at(draw(rng), x + dx, y + dy, rng.uniform(0, turns)))
            x += step
        y += step * 0.8
        row += 1
    return "".join(out)


def bubble(x, y, radius, colour="#ffffff"):
    return (
        disc(x, y, radius, colour, opacity=0.55)
        + stroke(oval(x, y, radius), colour, max(2, radius / 8), 0.9)
        + disc(x - radius * 0.35, y - radius * 0.35, radius * 0.2, "#ffffff")
    )


class Collection(dict):
    """Drawings by product name; the name of the function is the name of the picture."""

    def add(self, shadow=(320, 508, 190), background=None):
        def register(draw):
            draw.shadow = shadow
            if background:
                draw.background = background
            self[draw.__name__] = draw
            return draw

        return register

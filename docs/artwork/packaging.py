"""Jars, bottles, bags and bowls, and the paper label they wear."""

from shapes import (
    GLASS,
    INK,
    PAPER,
    WOOD,
    at,
    box,
    dark,
    disc,
    fill,
    glint,
    inside,
    lathe,
    lettering,
    light,
    poly,
    solid,
    stroke,
    turned,
)


def label(x, y, width, height, title, note="", paper=PAPER, band=None):
    """A stuck paper label centred on `x`, its top at `y`."""
    data = box(x - width / 2, y, width, height, 10)
    out = inside(
        data,
        fill(data, paper)
        + fill(box(x + width * 0.28, y, width, height), dark(paper, 0.08))
        + (fill(box(x - width, y + height - 16, 2 * width, 16), band) if band else ""),
    )
    base = y + height * (0.46 if note else 0.58) - (5 if band else 0)
    out += lettering(title, x, base, height * 0.34, INK, "script", width - 22)
    if note:
        out += lettering(note, x, base + height * 0.24, height * 0.15, INK, "sans", width - 26)
    return out


def jar(x, top, bottom, half, content, lid, level=None, shoulder=40, lid_height=44):  # noqa: PLR0913, PLR0917
    """A glass jar filled with `content` (a colour), closed by a `lid` (a colour)."""
    neck = half * 0.84
    body = lathe(
        x,
        (neck, top + lid_height - 8, 6),
        (neck, top + lid_height + 6, 10),
        (half, top + lid_height + shoulder, 30),
        (half, bottom, 26),
    )
    inner = lathe(
        x,
        (neck - 9, top + lid_height - 8, 4),
        (neck - 9, top + lid_height + 8, 10),
        (half - 10, top + lid_height + shoulder + 4, 26),
        (half - 10, bottom - 12, 20),
    )
    level = level or top + lid_height + 12
    out = fill(body, GLASS) + inside(
        inner, turned(box(x - half, level, 2 * half, 640), content, x - half, x + half, 0.25)
    )
    out += inside(body, fill(box(x + half * 0.86, 0, half, 640), "#8fb0ae", 0.35))
    out += glint(x - half + 20, top + lid_height + shoulder + 8, (bottom - top) * 0.42)
    cap = box(x - neck - 8, top, 2 * neck + 16, lid_height, 9)
    out += turned(cap, lid, x - neck - 8, x + neck + 8)
    return out + fill(box(x - neck - 8, top + lid_height - 11, 2 * neck + 16, 6), dark(lid, 0.25), 0.6)


def glass_jar(x, top, bottom, half, content, lid=WOOD, lid_height=46):
    """A storage jar whose content is drawn: `content` is SVG covering the jar, clipped to it."""
    body = lathe(x, (half - 16, top + lid_height - 6, 8), (half, top + lid_height + 26, 24), (half, bottom, 30))
    inner = lathe(
        x, (half - 22, top + lid_height + 8, 12), (half - 10, top + lid_height + 34, 22), (half - 10, bottom - 12, 24)
    )
    out = fill(body, GLASS) + inside(inner, content)
    out += inside(
        body,
        fill(box(x + half * 0.72, 0, half, 640), "#3e2b3a", 0.13)
        + fill(box(x + half * 0.9, 0, half, 640), "#3e2b3a", 0.13),
    )
    out += glint(x - half + 24, top + lid_height + 50, (bottom - top) * 0.5, width=11)
    cap = box(x - half + 6, top, 2 * half - 12, lid_height, 14)
    return (
        out
        + turned(cap, lid, x - half + 6, x + half - 6, 0.3)
        + fill(box(x - half + 12, top + lid_height - 4, 2 * half - 24, 8, 4), "#f1e2c6")
    )


def bottle(  # noqa: PLR0913, PLR0917
    x, top, bottom, half, neck, colour, shoulder=0.36, cap=None, cap_height=40, liquid=None, level=None
):
    """A bottle; with `liquid` it is clear glass filled up to `level`."""
    height = bottom - top
    bend = top + height * shoulder
    body = lathe(x, (neck, top, 5), (neck, top + height * 0.16, 30), (half, bend, 46), (half, bottom, 22))
    if liquid:
        inner = lathe(
            x,
            (neck - 6, top, 4),
            (neck - 6, top + height * 0.16 + 2, 30),
            (half - 9, bend + 4, 42),
            (half - 9, bottom - 12, 18),
        )
        out = fill(body, GLASS)
        out += inside(inner, turned(box(x - half, level or bend - 30, 2 * half, 640), liquid, x - half, x + half, 0.3))
        out += inside(body, fill(box(x + half * 0.84, 0, half, 640), "#8fb0ae", 0.3))
    else:
        out = turned(body, colour, x - half, x + half, 0.25)
    out += glint(x - half + 19, bend + 12, height * 0.3)
    if cap:
        wide = neck + 6
        out += turned(box(x - wide, top - 12, 2 * wide, cap_height, 7), cap, x - wide, x + wide)
    return out


def paper_bag(x, top, bottom, half, colour, fold=True):
    """A paper bag standing, its top rolled down."""
    body = poly((x - half + 8, top, 6), (x + half - 8, top, 6), (x + half, bottom, 16), (x - half, bottom, 16))
    side = poly((x + half * 0.62, top), (x + half - 8, top), (x + half, bottom, 16), (x + half * 0.5, bottom))
    out = fill(body, colour) + inside(body, fill(side, dark(colour, 0.14)))
    out += inside(body, stroke(f"M{x - half + 20} {top + 60}L{x - half + 12} {bottom - 20}", light(colour, 0.4), 8))
    if fold:
        out += fill(box(x - half + 2, top - 6, 2 * half - 4, 46, 8), light(colour, 0.18))
        out += fill(box(x + half * 0.56, top - 6, half * 0.44 - 2, 46, 8), dark(colour, 0.1))
        out += fill(box(x - half + 4, top + 38, 2 * half - 8, 7), dark(colour, 0.25), 0.5)
    return out


def pump(x, y, colour, scale=1.0):
    """A pump head standing on (x, y)."""
    out = fill(box(-9, -62, 18, 40), dark(colour, 0.12)) + fill(
        poly((-62, -84, 10), (34, -84, 14), (34, -56, 10), (-40, -56, 8), (-52, -44, 4), (-66, -50, 6)), colour
    )
    out += turned(box(-36, -26, 72, 34, 8), colour, -36, 36)
    return at(out, x, y, 0, scale)


def bowl(x, rim, width, height, colour, content):
    """A bowl seen a little from above; `content` is clipped to its opening and heap."""
    half = width / 2
    lip = width * 0.13
    cup = (
        f"M{x - half} {rim}C{x - half} {rim + height * 0.75:.1f} {x - half * 0.5:.1f} {rim + height}"
        f" {x} {rim + height}S{x + half} {rim + height * 0.75:.1f} {x + half} {rim}Z"
    )
    foot = box(x - half * 0.42, rim + height - 10, half * 0.84, 22, 8)
    out = fill(foot, dark(colour, 0.25)) + solid(cup, colour, 26, 8)
    out += disc(x, rim, half, light(colour, 0.45), lip) + disc(x, rim + 2, half - 12, dark(colour, 0.35), lip - 6)
    heap = (
        f"M{x - half + 12} {rim}C{x - half * 0.7:.1f} {rim - lip * 2.4:.1f} {x + half * 0.7:.1f} {rim - lip * 2.4:.1f}"
        f" {x + half - 12} {rim}A{half - 12} {lip - 6:.1f} 0 0 1 {x - half + 12} {rim}Z"
    )
    return out + inside(heap, content)

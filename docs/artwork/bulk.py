"""Goods sold loose and weighed into packs."""

import random

from packaging import bowl, glass_jar, label, paper_bag
from shapes import (
    INK,
    KRAFT,
    WOOD,
    Collection,
    at,
    blob,
    box,
    dark,
    disc,
    fill,
    inside,
    leaf,
    lettering,
    oval,
    packed,
    poly,
    scatter,
    solid,
    stroke,
)

PRODUCTS = Collection()


def rice_grain(rng):
    return fill(oval(0, 0, 15, 5.5), rng.choice(("#fbf5e6", "#f3e8cd", "#fffdf6", "#eadbb9")))


def lentil(rng):
    tone = rng.choice(("#6f7a3f", "#7f8a4a", "#5d6835", "#8b9354"))
    return disc(0, 0, 12, dark(tone, 0.25), 10) + disc(-1.5, -2, 10, tone, 8)


def chickpea(rng):
    tone = rng.choice(("#e0b678", "#e9c48b", "#d5a765"))
    return solid(blob((-19, 2), (-10, -16), (8, -17), (20, -4), (15, 14), (-6, 18)), tone, 6, 4) + stroke(
        "M8 -14q4 8 10 8", dark(tone, 0.25), 3
    )


def oat_flake(rng):
    tone = rng.choice(("#ecd9b1", "#e2ca9b", "#f3e5c6", "#d8bd8a"))
    return (
        fill(oval(0, 2, 17, 11), dark(tone, 0.2))
        + fill(oval(0, 0, 17, 10), tone)
        + stroke("M-9 0h18", dark(tone, 0.16), 2.5)
    )


def almond_nut(rng):
    tone = rng.choice(("#b97443", "#c5814e", "#a96638"))
    shape = "M0 -44C30 -20 34 24 0 40C-34 24 -30 -20 0 -44Z"
    return solid(shape, tone, 8, 4) + inside(
        shape, stroke("M-8 -30Q-16 0 -8 32M2 -36V36M10 -28Q18 0 10 30", dark(tone, 0.22), 3)
    )


def coffee_bean(rng):
    tone = rng.choice(("#5c3826", "#6b432e", "#4d2d1f"))
    return solid(oval(0, 0, 25, 18), tone, 6, 4) + stroke("M-20 2Q-4 -8 4 0T20 -2", dark(tone, 0.45), 4)


def kraft_tag(x, y, text, turn=-6):
    size = 176
    shape = poly(
        (-size / 2, -34, 8), (size / 2 - 24, -34, 8), (size / 2, 0, 6), (size / 2 - 24, 34, 8), (-size / 2, 34, 8)
    )
    return at(
        solid(shape, KRAFT, 5, 0)
        + disc(size / 2 - 24, 0, 7, "#8a6239")
        + lettering(text, -8, 13, 40, INK, "script", 130),
        x,
        y,
        turn,
    )


def scoop(content, x, y, turn=0):
    """A wooden scoop, its handle to the right, heaped with `content`."""
    handle = solid(box(92, -22, 170, 30, 15), dark(WOOD, 0.06), 8, 4)
    back = solid(blob((-150, -10), (-60, -52), (60, -56), (112, -30), (112, 30), (60, 60), (-60, 62)), WOOD, 16, 5)
    hollow = blob((-138, -12), (-56, -44), (56, -48), (98, -24), (60, 6), (-60, 10))
    return at(handle + back + inside(hollow, fill(hollow, dark(WOOD, 0.4)) + content), x, y, turn)


@PRODUCTS.add(shadow=(320, 532, 180))
def rice():
    grains = fill(box(100, 240, 440, 400), "#e5d6b2") + packed("rice", (150, 250, 300, 290), 20, rice_grain)
    spill = scatter("rice2", (490, 520, 58, 15), 30, rice_grain)
    return glass_jar(290, 122, 526, 140, grains) + label(290, 340, 190, 108, "Riz long", "demi-complet") + spill


@PRODUCTS.add(shadow=(320, 516, 190))
def penne():
    def tube(rng):
        tone = rng.choice(("#e8b95c", "#f0c86f", "#dda94a"))
        shape = poly((-46, -6, 3), (-30, -16, 3), (46, -16, 3), (30, 16, 3), (-46, 16, 3), (-54, 6, 3))
        lines = stroke("M-44 -6H38M-46 4H32", dark(tone, 0.16), 3)
        return (
            solid(shape, tone, 7, 4)
            + lines
            + fill(poly((30, 16, 3), (46, -16, 3), (52, -8, 6), (42, 14, 6)), dark(tone, 0.5))
        )

    pasta = fill(box(80, 150, 480, 300), "#cf9a3e") + packed("penne", (120, 236, 400, 120), 50, tube, 180, 0.4)
    heap = scatter("penne3", (320, 262, 130, 26), 13, tube)
    return (
        bowl(320, 318, 420, 190, "#6f9aa8", pasta)
        + heap
        + at(tube(random.Random(2)), 120, 508, 12)
        + kraft_tag(320, 434, "Penne", 0)
    )


@PRODUCTS.add(shadow=(320, 500, 220))
def green_lentils():
    heap = blob((96, 500), (170, 430), (262, 376), (340, 366), (430, 402), (506, 456), (548, 502), (320, 514))
    pile = fill(heap, "#515a2e") + inside(heap, packed("lentils", (90, 366, 470, 150), 20, lentil))
    edge = scatter("lentils2", (320, 506, 246, 8), 30, lentil)
    inner = packed("lentils3", (-140, -52, 250, 70), 19, lentil)
    top = scatter("lentils4", (-20, -46, 74, 14), 36, lentil)
    ladle = at(solid(box(92, -22, 170, 30, 15), dark(WOOD, 0.06), 8, 4) + top, 276, 306, -24)
    return pile + edge + ladle + scoop(inner, 276, 306, -24) + kraft_tag(190, 196, "Lentilles", -7)


@PRODUCTS.add(shadow=(320, 524, 190))
def chickpeas():
    out = paper_bag(290, 150, 522, 134, KRAFT)
    window = box(206, 300, 168, 170, 26)
    out += fill(box(200, 294, 180, 182, 30), dark(KRAFT, 0.25)) + inside(
        window, fill(window, "#c99a57") + packed("peas", (206, 300, 168, 170), 32, chickpea)
    )
    out += lettering("Pois chiches", 290, 252, 46, INK, "script", 220)
    return out + scatter("peas2", (484, 504, 60, 22), 9, chickpea)


@PRODUCTS.add(shadow=(320, 532, 190))
def rolled_oats():
    flakes = fill(box(100, 220, 440, 420), "#cfb17c") + packed("oats", (140, 260, 330, 290), 24, oat_flake)
    return (
        glass_jar(296, 128, 526, 146, flakes, "#7fa98e")
        + label(296, 346, 196, 108, "Avoine", "flocons", band="#7fa98e")
        + scatter("oats2", (496, 516, 56, 15), 14, oat_flake)
    )


@PRODUCTS.add(shadow=(320, 516, 190))
def muesli():
    def hazelnut(rng):
        return solid(oval(0, 0, 20, 19), "#b5743d", 6, 4) + fill(oval(0, -12, 13, 7), "#d8b083")

    def raisin(rng):
        return solid(blob((-17, 2), (-6, -11), (12, -10), (18, 3), (4, 11)), "#5b3145", 5, 3)

    def berry(rng):
        out = disc(0, 0, 21, "#c23a54")
        for x, y in ((-9, -9), (4, -12), (13, -3), (-14, 3), (-1, 0), (10, 9), (-6, 12)):
            out += disc(x, y, 7, "#dd5a70") + disc(x - 2, y - 2, 2.2, "#f3a2ae")
        return out

    base = fill(box(80, 150, 480, 300), "#c9a86f") + packed("muesli", (100, 220, 440, 140), 26, oat_flake)
    top = "".join(
        at(draw(None), x, y, turn)
        for draw, x, y, turn in (
            (hazelnut, 220, 290, 0),
            (raisin, 272, 268, 20),
            (berry, 312, 264, 0),
            (hazelnut, 362, 286, 30),
            (raisin, 410, 300, 60),
            (berry, 432, 284, 0),
            (raisin, 244, 314, -10),
            (berry, 262, 312, 0),
            (hazelnut, 322, 314, -20),
            (raisin, 384, 322, 10),
            (hazelnut, 392, 262, 12),
            (raisin, 336, 246, -30),
        )
    )
    return bowl(320, 318, 420, 190, "#d9776a", base) + top + kraft_tag(320, 434, "Muesli", 0)


@PRODUCTS.add(shadow=(320, 506, 216))
def almonds():
    heap = scatter("almond", (320, 440, 190, 56), 42, almond_nut)
    upper = scatter("almond2", (320, 372, 118, 44), 22, almond_nut)
    crown = scatter("almond3", (318, 314, 56, 24), 7, almond_nut)
    return (
        crown
        + upper
        + heap
        + leaf(214, 320, 104, -44, "#7ba05b", 0.36)
        + leaf(206, 330, 84, -84, "#8db46a", 0.36)
        + kraft_tag(330, 214, "Amandes", -5)
    )


@PRODUCTS.add(shadow=(320, 526, 196))
def coffee():
    out = paper_bag(280, 150, 522, 134, "#7c5a45")
    out += (
        label(280, 262, 206, 142, "Café", "en grains, doux", paper="#f6e9d3", band="#c9743f")
        + disc(280, 228, 12, "#5a3f30")
        + disc(280, 228, 5, "#7c5a45")
    )
    beans = scatter("coffee", (470, 500, 74, 26), 17, coffee_bean)
    return out + beans + at(coffee_bean(random.Random(1)), 280, 462, -20, 1.5)

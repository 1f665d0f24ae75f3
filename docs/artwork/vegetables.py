"""Vegetables."""

import math
import random

from shapes import (
    Collection,
    at,
    blob,
    box,
    dark,
    disc,
    fill,
    frill,
    glint,
    inside,
    leaf,
    light,
    mix,
    oval,
    poly,
    scatter,
    solid,
    stroke,
)

PRODUCTS = Collection()


@PRODUCTS.add(shadow=(320, 548, 130))
def carrots():
    def carrot(length, colour):
        shape = blob(
            (-44, 16),
            (-18, -8),
            (18, -8),
            (44, 16),
            (38, 90),
            (20, length * 0.7),
            (0, length),
            (-20, length * 0.7),
            (-38, 90),
        )
        out = solid(shape, colour, 16, 7)
        rings = ((-34, 62, 30), (2, 108, 30), (-26, 150, 24), (-2, 196, 20), (-16, 54 + length * 0.62, 16))
        return out + inside(
            shape, "".join(stroke(f"M{x} {y}q{w / 2} 9 {w} 2", dark(colour, 0.26), 5) for x, y, w in rings)
        )

    def frond(length, turn, colour):
        out = stroke(f"M0 0Q10 {-length / 2} 0 {-length}", dark(colour, 0.12), 7)
        for i in range(7):
            y = -length * (0.3 + 0.11 * i)
            size = 46 - 4 * i
            for side in (-1, 1):
                out += leaf(3, y, size, side * 56, colour, 0.5) + leaf(
                    3, y - 8, size * 0.7, side * 26, light(colour, 0.12), 0.5
                )
        return at(out + leaf(0, -length + 6, 40, 0, colour, 0.5), 320, 236, turn)

    greens = "".join(
        frond(length, turn, colour)
        for length, turn, colour in (
            (150, -46, "#558b3c"),
            (150, 46, "#4f8438"),
            (185, -22, "#67a048"),
            (185, 23, "#5f9942"),
            (200, 0, "#74ad52"),
        )
    )
    roots = (
        at(carrot(300, "#ee8434"), 286, 240, 17)
        + at(carrot(300, "#e97a2b"), 354, 240, -17)
        + at(carrot(318, "#f6933f"), 320, 244)
    )
    tie = (
        fill(box(276, 222, 88, 24, 12), "#d9b27a")
        + stroke("M282 234h76", "#b98d55", 4)
        + stroke("M350 236q34 10 40 34M350 236q20 22 14 42", "#d9b27a", 7)
    )
    return at(greens + roots + tie, 32, 34, 0, 0.9)


@PRODUCTS.add(shadow=(320, 500, 220))
def potatoes():
    def potato(rx, ry, colour, seed):
        shape = blob(
            (-rx, 8),
            (-rx * 0.66, -ry * 0.7),
            (0, -ry),
            (rx * 0.62, -ry * 0.8),
            (rx, -ry * 0.04),
            (rx * 0.72, ry * 0.66),
            (rx * 0.1, ry * 0.94),
            (-rx * 0.66, ry * 0.84),
            tension=1.12,
        )
        eyes = scatter(
            seed,
            (0, 0, rx * 0.72, ry * 0.7),
            9,
            lambda rng: stroke(f"M-6 0q6 {rng.uniform(3, 7):.1f} 12 0", dark(colour, 0.38), 4),
            40,
        )
        return solid(shape, colour, 18, 8) + eyes

    half = solid(
        blob((-92, 0), (-66, -62), (0, -76), (70, -58), (94, 4), (62, 62), (-10, 76), (-72, 58)), "#cf9f5c", 14, 6
    )
    half += fill(blob((-80, -2), (-58, -54), (0, -66), (60, -50), (80, 2), (52, 50), (-10, 62), (-62, 48)), "#f7e08f")
    half += fill(blob((-60, -6), (-44, -40), (0, -50), (44, -38), (58, -2), (34, 32), (-10, 44), (-48, 32)), "#fbeab0")
    return (
        at(potato(104, 74, "#c99a57", "p1"), 232, 300, -12)
        + at(potato(104, 78, "#d6a864", "p2"), 402, 302, 14)
        + at(potato(92, 68, "#dcb271", "p3"), 318, 236, 4)
        + at(potato(112, 80, "#d9ad6a", "p4"), 214, 424, 6)
        + at(half, 424, 428, -8)
        + sprinkle_soil()
    )


def sprinkle_soil():
    return scatter("soil", (320, 508, 190, 12), 16, lambda rng: disc(0, 0, rng.uniform(2, 5), "#8f6a45"))


@PRODUCTS.add(shadow=(320, 500, 210))
def onions():
    def onion(colour):
        shape = blob(
            (0, -104),
            (26, -74),
            (86, -34),
            (104, 32),
            (66, 88),
            (0, 100),
            (-66, 88),
            (-104, 32),
            (-86, -34),
            (-26, -74),
        )
        ribs = ""
        for x in (-84, -56, -26, 6, 38, 68, 92):
            ribs += stroke(
                f"M{x * 0.12:.1f} -88C{x * 1.25:.1f} -40 {x * 1.2:.1f} 60 {x * 0.1:.1f} 102",
                dark(colour, 0.24),
                3.5,
                0.75,
            )
        roots = "".join(stroke(f"M{x} 96q{x * 0.5} 10 {x * 1.2} 20", "#b7935f", 3.5) for x in (-12, -5, 3, 10))
        tip = fill(
            poly((-17, -74, 4), (-10, -150, 4), (2, -124, 2), (12, -156, 4), (20, -74, 4)), mix(colour, "#e8c98a", 0.5)
        )
        return roots + tip + solid(shape, colour, 20, 9) + inside(shape, ribs) + glint(-66, -14, 64, 4, 12)

    return (
        at(onion("#d68f3f"), 228, 318, -10, 0.96)
        + at(onion("#cf8437"), 424, 322, 14, 0.94)
        + at(onion("#dd9a4a"), 322, 404, 2, 1.04)
    )


@PRODUCTS.add(shadow=(320, 548, 160))
def leeks():
    def leek(turn, x, scale=1):
        out = "".join(stroke(f"M{i * 7} 176q{i * 5} 22 {i * 12} 34", "#cbb68a", 4) for i in (-3, -2, -1, 0, 1, 2, 3))
        for tip, base, colour in (
            (-112, -20, "#4e8a4a"),
            (112, 20, "#467f44"),
            (-70, -12, "#5f9c55"),
            (72, 12, "#588f50"),
            (0, 0, "#74ad63"),
        ):
            out += fill(
                f"M{base - 26} -40C{base - 34 + tip * 0.2:.0f} -120 {tip - 30} -190 {tip} -270"
                f"C{tip + 22} -200 {base + 44 + tip * 0.2:.0f} -120 {base + 26} -40Z",
                colour,
            )
            out += stroke(f"M{base} -60Q{base + tip * 0.25:.0f} -150 {tip} -250", light(colour, 0.3), 3)
        shaft = poly((-38, -90, 20), (38, -90, 20), (36, 150, 20), (44, 176, 22), (-44, 176, 22), (-36, 150, 20))
        out += solid(shaft, "#f4f4dc", 12, 4)
        out += inside(
            shaft,
            fill(poly((-40, -100), (40, -100), (40, -40), (20, 10), (0, -20), (-18, 16), (-40, -36)), "#a9cf86")
            + "".join(stroke(f"M{dx} -90L{dx} 170", "#d8dcb4", 2.5) for dx in (-20, 2, 20)),
        )
        return at(out, x, 356, turn, scale)

    band = fill(box(228, 388, 184, 30, 14), "#3f7d4e") + fill(box(360, 388, 52, 30, 14), "#356b44")
    return leek(-13, 266) + leek(13, 374) + leek(0, 320, 1.04) + band


@PRODUCTS.add(shadow=(320, 500, 210))
def tomatoes():
    def tomato(colour, size):
        shape = blob(
            (0, -0.82 * size),
            (0.5 * size, -0.92 * size),
            (0.98 * size, -0.4 * size),
            (0.98 * size, 0.3 * size),
            (0.6 * size, 0.82 * size),
            (0, 0.92 * size),
            (-0.6 * size, 0.82 * size),
            (-0.98 * size, 0.3 * size),
            (-0.98 * size, -0.4 * size),
            (-0.5 * size, -0.92 * size),
        )
        star = "".join(
            leaf(0, -0.74 * size, size * 0.56, turn, "#5d9440", 0.34) for turn in (-112, -62, 58, 108, 168, -160)
        )
        stem = stroke(f"M0 {-0.74 * size:.0f}q4 -22 20 -34", "#4d7f35", 10)
        return solid(shape, colour, 20, 9) + star + stem + glint(-0.66 * size, -0.34 * size, size * 0.5, 14, 13)

    cut = solid(oval(0, 0, 92, 86), "#d8382f", 12, 6) + disc(0, 0, 80, "#ef6a50", 74)
    for i in range(5):
        seeds = "".join(fill(oval(x, y, 5, 8), "#f9dd8e") for x, y in ((-10, -40), (10, -40), (0, -54), (0, -30)))
        cut += at(
            fill(blob((0, -16), (24, -34), (24, -58), (0, -66), (-24, -58), (-24, -34)), "#cf3429") + seeds,
            0,
            0,
            72 * i,
        )
    return (
        at(tomato("#dc3f33", 112), 234, 300)
        + at(tomato("#e2493a", 116), 412, 320, 10)
        + at(tomato("#e9523f", 98), 250, 428, -8)
        + at(cut, 412, 432)
    )


@PRODUCTS.add(shadow=(320, 516, 190))
def lettuce():
    rng = random.Random("lettuce")
    out = ""
    rings = (
        (206, 168, 11, "#4f8f3d", 336),
        (182, 148, 10, "#66a548", 328),
        (152, 124, 9, "#7fb856", 320),
        (122, 98, 8, "#9bcb68", 312),
        (90, 72, 7, "#b8da7e", 306),
        (58, 46, 6, "#d3e79a", 302),
    )
    for rx, ry, count, colour, cy in rings:
        start = rng.uniform(0, 6)
        for k in range(count):
            angle = start + 2 * math.pi * k / count
            size = rx * rng.uniform(0.46, 0.56)
            x, y = 320 + rx * 0.64 * math.cos(angle), cy + ry * 0.64 * math.sin(angle)
            tint = mix(colour, "#e9f3b8", rng.uniform(0, 0.14))
            shape = frill(x, y, size, size * 0.86, 0.045, 8, rng.uniform(0, 3))
            ends = "".join(
                f"M{x:.0f} {y:.0f}l{size * 0.72 * math.cos(angle + d):.0f} {size * 0.62 * math.sin(angle + d):.0f}"
                for d in (-0.6, 0, 0.6)
            )
            out += solid(shape, tint, 7, 4) + stroke(ends, light(tint, 0.45), max(2.5, size / 24))
    out += solid(frill(320, 300, 30, 24, 0.08, 6), "#e9f2bb", 6, 3)
    return out


@PRODUCTS.add(shadow=(320, 496, 220))
def courgettes():
    def courgette(colour):
        shape = blob(
            (-208, 4),
            (-190, -38),
            (-100, -50),
            (60, -48),
            (170, -34),
            (196, 0),
            (170, 36),
            (60, 48),
            (-100, 52),
            (-190, 40),
        )
        stripes = "".join(
            stroke(f"M-190 {y * 0.6}C-80 {y * 1.12} 60 {y * 1.1} 184 {y * 0.5}", light(colour, 0.32), 5)
            for y in (-30, -8, 14, 34)
        )
        flecks = scatter("fleck", (-10, 0, 170, 38), 46, lambda rng: disc(0, 0, 4, light(colour, 0.42), 2), 0)
        stem = solid(
            poly((184, -24, 8), (226, -20, 4), (250, -32, 8), (254, 28, 8), (226, 18, 4), (184, 24, 8)),
            "#8fae5b",
            8,
            3,
        )
        return solid(shape, colour, 18, 7) + inside(shape, stripes + flecks) + stem

    def slice_(size):
        out = disc(0, 0, size, "#4d7f3c") + disc(0, 0, size - 7, "#e3edb9") + disc(0, 0, size * 0.62, "#f2f5d2")
        return out + "".join(at(fill(oval(0, -size * 0.4, 4, 9), "#cfd893"), 0, 0, 45 * i) for i in range(8))

    return (
        at(courgette("#4c8a45"), 318, 258, -16)
        + at(courgette("#3f7c3d"), 318, 374, -8)
        + at(slice_(58), 214, 470)
        + at(slice_(58), 298, 478)
        + at(slice_(52), 376, 474)
    )


@PRODUCTS.add(shadow=(320, 512, 190))
def kuri_squash():
    colour = "#e2622b"
    shape = blob(
        (320, 186),
        (378, 196),
        (432, 250),
        (486, 326),
        (504, 410),
        (450, 490),
        (320, 512),
        (190, 490),
        (136, 410),
        (154, 326),
        (208, 250),
        (262, 196),
    )
    ribs = ""
    for x in (-150, -78, 0, 78, 150):
        ribs += stroke(
            f"M{320 + x * 0.12:.0f} 190C{320 + x * 0.7:.0f} 240 {320 + x * 1.24:.0f} 360 {320 + x * 0.7:.0f} 512",
            dark(colour, 0.24),
            7,
            0.55,
        )
    lights = "".join(
        stroke(
            f"M{320 + x * 0.5:.0f} 232C{320 + x * 0.8:.0f} 280 {320 + x * 1.2:.0f} 370 {320 + x:.0f} 440",
            light(colour, 0.3),
            10,
            0.5,
        )
        for x in (-118, -40, 36)
    )
    stem = solid(
        poly((296, 190, 10), (306, 128, 6), (288, 112, 8), (340, 100, 10), (338, 140, 8), (350, 192, 10)),
        "#9aa35a",
        9,
        4,
    )
    return solid(shape, colour, 30, 12) + inside(shape, ribs + lights) + stem + leaf(346, 176, 104, 74, "#6b9b45", 0.7)


@PRODUCTS.add(shadow=(320, 500, 210))
def mushrooms():
    def mushroom(colour):
        stalk = poly((-34, 10, 10), (34, 10, 10), (42, 96, 26), (-42, 96, 26))
        cap = blob(
            (-108, 12),
            (-100, -50),
            (-50, -98),
            (0, -108),
            (50, -98),
            (100, -50),
            (108, 12),
            (60, 34),
            (0, 40),
            (-60, 34),
        )
        specks = scatter("cap", (-8, -46, 70, 36), 10, lambda rng: disc(0, 0, rng.uniform(2, 4.5), dark(colour, 0.18)))
        under = fill(blob((-92, 18), (0, 6), (92, 18), (50, 34), (0, 38), (-50, 34)), dark(colour, 0.42))
        return (
            solid(stalk, "#f4ead8", 14, 4)
            + solid(cap, colour, 18, 9)
            + under
            + fill(box(-32, 18, 64, 24, 6), "#e4d5bd")
            + specks
        )

    cut = solid(
        blob(
            (-100, 6),
            (-92, -52),
            (-46, -94),
            (0, -102),
            (46, -94),
            (92, -52),
            (100, 6),
            (66, 30),
            (36, 22),
            (38, 84),
            (0, 98),
            (-38, 84),
            (-36, 22),
            (-66, 30),
        ),
        "#d9c4a3",
        8,
        4,
    )
    cut += fill(
        blob(
            (-88, 2),
            (-80, -48),
            (-42, -84),
            (0, -92),
            (42, -84),
            (80, -48),
            (88, 2),
            (58, 18),
            (26, 10),
            (28, 78),
            (0, 88),
            (-28, 78),
            (-26, 10),
            (-58, 18),
        ),
        "#fdf7e8",
    )
    cut += stroke("M-72 4C-60 -30 -36 -32 -26 4M72 4C60 -30 36 -32 26 4", "#8d6b4b", 9)
    return (
        at(mushroom("#d8bd95"), 322, 268, 2, 1.06)
        + at(mushroom("#eadcc2"), 222, 368, -9, 1.02)
        + at(mushroom("#e0c8a3"), 424, 372, 9, 1.02)
        + at(cut, 322, 420, 0, 0.98)
    )


@PRODUCTS.add(shadow=(320, 500, 200))
def garlic():
    bulb = blob(
        (-26, -152),
        (18, -152),
        (34, -92),
        (110, -18),
        (136, 66),
        (86, 124),
        (0, 132),
        (-86, 124),
        (-136, 66),
        (-110, -18),
        (-42, -92),
    )
    lines = ""
    for x in (-116, -74, -30, 18, 64, 108):
        lines += stroke(
            f"M{x * 0.08:.0f} -110C{x * 1.1:.0f} -40 {x * 1.2:.0f} 60 {x * 0.3:.0f} 130", "#b489a8", 5, 0.75
        )
        lines += stroke(
            f"M{x * 0.08 + 9:.0f} -90C{x * 1.05 + 12:.0f} -30 {x * 1.12 + 12:.0f} 60 {x * 0.32 + 8:.0f} 126",
            "#dcc4d2",
            4,
            0.8,
        )
    stalk = solid(poly((-30, -120, 8), (-24, -214, 6), (-2, -226, 8), (18, -206, 4), (26, -120, 8)), "#e8dcc0", 10, 3)
    roots = "".join(stroke(f"M{i * 9} 128q{i * 3} 12 {i * 9} 20", "#b39b78", 4) for i in (-3, -2, -1, 0, 1, 2, 3))

    def clove(turn, x, y):
        shape = blob((6, -74), (44, -20), (46, 40), (10, 66), (-38, 46), (-34, -20))
        return at(
            solid(shape, "#f2e6e2", 12, 5)
            + inside(shape, stroke("M4 -60C26 -10 26 30 6 62M-8 -50C-22 -10 -22 30 -8 60", "#c79db6", 4)),
            x,
            y,
            turn,
        )

    return (
        at(roots + stalk + solid(bulb, "#f6efe6", 22, 8) + inside(bulb, lines), 292, 356)
        + clove(28, 440, 438)
        + clove(-58, 508, 462)
    )

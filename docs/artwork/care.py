"""Hygiene, cleaning and baby care."""

from packaging import jar, label, pump
from shapes import (
    CREAM,
    INK,
    WOOD,
    Collection,
    at,
    blob,
    box,
    bubble,
    dark,
    disc,
    fill,
    glint,
    inside,
    lathe,
    leaf,
    lettering,
    light,
    oval,
    poly,
    scatter,
    solid,
    sprig,
    stroke,
    turned,
)

PRODUCTS = Collection()

CLEANING = "#d3eaea"
BABY = "#fbe4e1"


def lavender(x, y, length, turn=0):
    out = stroke(f"M0 0V{-length}", "#7f9a62", 5)
    for i in range(6):
        where = -length * (0.5 + 0.09 * i)
        out += "".join(
            disc(side * (10 - i), where, 9 - i * 0.6, "#8d78bd" if side < 0 else "#7a64ad", 11 - i * 0.6)
            for side in (-1, 1)
        )
    return at(out + disc(0, -length * 1.02, 6, "#9c88c8", 9), x, y, turn)


@PRODUCTS.add(shadow=(320, 492, 190))
def marseille_soap():
    top = poly((150, 264, 10), (276, 196, 10), (500, 222, 10), (388, 300, 10))
    front = poly((150, 264, 8), (388, 300, 8), (388, 490, 14), (150, 440, 14))
    end = poly((388, 300, 8), (500, 222, 8), (500, 398, 14), (388, 490, 14))
    out = fill(front, "#a9b26a") + fill(end, "#8a9450") + fill(top, "#c3cb88")
    out += stroke("M172 284L370 314V462L172 424Z", "#8f9955", 5)
    text = (
        lettering("Savon de", 0, -26, 34, "#6d773a", "narrow")
        + lettering("MARSEILLE", 0, 12, 42, "#6d773a", "narrow")
        + lettering("72 %", 0, 58, 44, "#6d773a", "narrow")
    )
    out += f'<g transform="matrix(1 0.155 0 1 271 368)">{text}</g>'
    return (
        out
        + sprig(476, 500, 120, 58, "#869a4a", 4, 48, 0.26)
        + bubble(142, 470, 22)
        + bubble(112, 428, 13)
        + bubble(178, 498, 12)
    )


@PRODUCTS.add(shadow=(320, 498, 190))
def solid_shampoo():
    dish = lathe(320, (196, 424, 20), (170, 492, 26))
    out = (
        solid(dish, WOOD, 12, 5)
        + disc(320, 428, 196, light(WOOD, 0.25), 44)
        + "".join(
            stroke(f"M{x} {428 - 30 + abs(x - 320) * 0.08:.0f}v{60 - abs(x - 320) * 0.16:.0f}", dark(WOOD, 0.25), 7)
            for x in (190, 240, 400, 450)
        )
    )
    side = "M186 330V392C186 466 454 466 454 392V330Z"
    bar = (
        turned(side, "#b79ad3", 186, 454, 0.5)
        + disc(320, 330, 134, "#d3bfe6", 58)
        + disc(320, 334, 112, "#c4abdc", 44)
    )
    bar += scatter("shampoo", (320, 334, 92, 34), 14, lambda rng: fill(oval(0, 0, 7, 3), "#8d78bd"), 180)
    foam = "".join(bubble(x, y, r) for x, y, r in ((196, 262, 26), (158, 306, 16), (236, 224, 14), (448, 258, 20)))
    return out + bar + foam + lavender(470, 440, 200, 24) + lavender(490, 450, 180, 42)


@PRODUCTS.add(shadow=(320, 500, 200))
def toothpaste():
    tube = poly((-98, -190, 8), (98, -190, 8), (74, 130, 20), (40, 158, 12), (-40, 158, 12), (-74, 130, 20))
    out = solid(tube, "#f6fbf8", 18, 0) + inside(
        tube,
        fill(poly((-110, -30), (110, -70), (110, 90), (-110, 130)), "#6bb39d")
        + fill(poly((-110, 96), (110, 56), (110, 74), (-110, 114)), "#e0a83e"),
    )
    out += fill(box(-104, -214, 208, 36, 6), "#cfdcd8") + "".join(
        stroke(f"M{x} -208V-184", "#a9bab5", 3) for x in range(-90, 100, 15)
    )
    out += lettering("Menthe", 0, 26, 54, CREAM, "script", 150) + lettering("dentifrice", 0, -96, 30, "#3f7d6d")
    out += turned(box(-44, 154, 88, 66, 10), "#6bb39d", -44, 44) + glint(-70, -150, 90)
    mint = (
        leaf(470, 470, 92, 38, "#5fae78", 0.6)
        + leaf(462, 478, 84, 92, "#78c08d", 0.6)
        + leaf(464, 480, 70, -14, "#4f9a69", 0.6)
    )
    swirl = solid(
        blob((120, 500), (134, 462), (170, 450), (182, 428), (214, 460), (240, 474), (248, 502), (184, 512)),
        "#eefaf5",
        9,
        0,
    ) + stroke("M142 482q40 16 88 2M164 458q20 8 42 2", "#8fcbb8", 7)
    return at(out, 322, 318, 16, 0.92) + mint + swirl


@PRODUCTS.add(shadow=(320, 532, 130))
def toothbrush():
    def brush(x, y, turn, colour):
        handle = poly(
            (-15, -130, 10),
            (15, -130, 10),
            (15, -40, 6),
            (12, 60, 6),
            (15, 250, 12),
            (-15, 250, 12),
            (-12, 60, 6),
            (-15, -40, 6),
        )
        bristles = (
            fill(box(-50, -122, 36, 84, 6), "#fbf8ef")
            + fill(box(-50, -122, 36, 28, 6), colour)
            + "".join(stroke(f"M-48 {v}H-16", "#d9d2c2", 2.5) for v in range(-112, -40, 10))
        )
        return at(bristles + solid(handle, "#d9ac6c", 8, 4), x, y, turn)

    glass = lathe(320, (108, 316, 10), (94, 530, 24))
    brushes = brush(296, 250, -14, "#7fb6a4") + at(brush(0, 0, 12, "#e3a09a"), 350, 250, 0, 1, True)
    front = inside(glass, fill(glass, "#bfe0da", 0.72) + fill(box(390, 300, 60, 260), "#6ea49a", 0.3)) + disc(
        320, 318, 108, "#e6f4f0", 15, 0.8
    )
    tag = label(320, 400, 140, 84, "Bambou", "souple")
    return brushes + front + glint(238, 352, 110) + tag


@PRODUCTS.add(shadow=(320, 520, 210))
def toilet_paper():
    def roll(x, y):
        side = f"M{x - 92} {y}V{y + 122}C{x - 92} {y + 160} {x + 92} {y + 160} {x + 92} {y + 122}V{y}Z"
        dots = "".join(
            disc(x - 70 + 28 * i + (14 if j % 2 else 0), y + 42 + 26 * j, 3, "#ddd6c8")
            for i in range(6)
            for j in range(4)
        )
        return (
            turned(side, "#fdfaf3", x - 92, x + 92, 0)
            + inside(side, dots)
            + disc(x, y, 92, "#f3ecdf", 36)
            + disc(x, y, 66, "#e5dccb", 24)
            + disc(x, y, 64, "#f8f2e7", 23)
            + disc(x, y, 34, "#b68f63", 13)
            + disc(x, y + 4, 32, "#7f5f3e", 9)
        )

    sheet = poly((140, 392), (214, 410), (214, 536, 6), (196, 528), (178, 538), (160, 526), (140, 530, 6))
    return (
        roll(320, 196)
        + roll(222, 352)
        + roll(418, 352)
        + solid(sheet, "#fffdf7", 8, 0)
        + stroke("M146 462l64 14", "#ddd6c8", 3)
    )


@PRODUCTS.add(shadow=(320, 536, 180), background=CLEANING)
def laundry_liquid():
    body = poly(
        (196, 228, 30), (300, 196, 20), (420, 196, 30), (470, 260, 30), (470, 532, 30), (176, 532, 30), (176, 300, 40)
    )
    hole = poly((206, 290, 24), (262, 268, 24), (262, 410, 24), (206, 410, 24))
    out = turned(body, "#7eb6c2", 176, 470, 0.35) + solid(hole, "#d9efec", 0, 0) + stroke(hole, "#5e96a4", 6)
    out += turned(box(320, 124, 106, 84, 12), "#f2b84b", 320, 426) + "".join(
        stroke(f"M{x} 142V192", "#cf9432", 4) for x in (344, 364, 384, 404)
    )
    out += label(372, 300, 168, 178, "Lessive", "concentrée", paper="#f3fafa", band="#f2b84b")
    return (
        out
        + lavender(130, 528, 150, -12)
        + lavender(150, 530, 120, 6)
        + bubble(510, 220, 24)
        + bubble(546, 176, 14)
        + bubble(498, 160, 10)
    )


@PRODUCTS.add(shadow=(320, 530, 170), background=CLEANING)
def dish_soap():
    body = lathe(280, (40, 236, 8), (48, 258, 20), (96, 312, 40), (96, 528, 26))
    out = turned(body, "#a8cf6a", 184, 376, 0.5) + pump(280, 244, "#f7f3e8", 0.95)
    out += label(280, 346, 160, 132, "Vaisselle", "citron & menthe", paper="#fbfbee", band="#f2cb3a")
    plate = (
        disc(462, 420, 112, "#cfdde0")
        + disc(458, 416, 112, "#ffffff")
        + disc(458, 416, 78, "#e3eef0")
        + disc(460, 419, 74, "#f6fbfb")
        + glint(390, 370, 60, 14)
    )
    foam = "".join(
        bubble(x, y, r)
        for x, y, r in (
            (420, 516, 24),
            (462, 522, 18),
            (500, 512, 26),
            (540, 524, 14),
            (392, 526, 14),
            (380, 250, 14),
            (410, 226, 9),
        )
    )
    return plate + out + foam


@PRODUCTS.add(shadow=(320, 540, 150), background=CLEANING)
def white_vinegar():
    body = lathe(300, (38, 204, 8), (44, 236, 30), (98, 310, 46), (98, 538, 26))
    inner = lathe(300, (90, 330, 30), (90, 528, 20))
    out = (
        fill(body, "#eaf4f4")
        + inside(inner, turned(box(200, 340, 200, 220), "#cfe6ea", 202, 398, 0.6))
        + inside(body, fill(box(372, 180, 60, 380), "#7fa9b2", 0.3))
        + glint(224, 340, 120)
    )
    trigger = turned(lathe(300, (34, 160, 4), (40, 190, 8), (46, 204, 6), (46, 244, 8)), "#4f9aa8", 254, 346)
    trigger += (
        solid(
            poly((206, 104, 8), (384, 104, 30), (392, 168, 16), (270, 172, 8), (262, 140, 10), (206, 138, 6)),
            "#5fb0be",
            9,
            5,
        )
        + fill(box(190, 108, 24, 26, 4), "#3f7f8c")
        + stroke("M252 142Q250 176 226 204", "#4f9aa8", 13)
    )
    spray = scatter("spray", (140, 122, 44, 34), 16, lambda rng: disc(0, 0, rng.uniform(3, 6), "#ffffff"))
    return (
        out + trigger + spray + label(300, 356, 172, 132, "Vinaigre", "ménager 14°", paper="#fbfdf8", band="#5fb0be")
    )


@PRODUCTS.add(shadow=(320, 496, 200), background=CLEANING)
def sponges():
    def sponge(x, y, colour, pad, turn):
        top = poly((-150, -60, 20), (-90, -110, 20), (190, -110, 20), (140, -60, 20))
        front = poly((-150, -60, 12), (140, -60, 12), (140, 30, 14), (-150, 30, 14))
        end = poly((140, -60, 12), (190, -110, 16), (190, -24, 14), (140, 30, 14))
        out = fill(front, colour) + fill(end, dark(colour, 0.2)) + fill(top, pad)
        out += fill(box(-150, -66, 292, 22, 6), dark(pad, 0.15)) + fill(
            poly((140, -64, 4), (190, -112, 4), (190, -92, 4), (140, -44, 4)), dark(pad, 0.32)
        )
        out += scatter(
            colour,
            (-6, -4, 128, 24),
            26,
            lambda rng: fill(oval(0, 0, rng.uniform(3, 8), rng.uniform(3, 6)), dark(colour, 0.16)),
        )
        out += scatter(pad, (20, -86, 130, 16), 30, lambda rng: stroke("M-5 0q5 -5 10 0", light(pad, 0.35), 3))
        return at(out, x, y, turn)

    return (
        sponge(300, 452, "#f2c65a", "#6fa383", 0)
        + sponge(318, 330, "#eda88f", "#8a7fb4", -5)
        + "".join(
            bubble(x, y, r)
            for x, y, r in (
                (130, 486, 24),
                (98, 452, 13),
                (520, 470, 20),
                (548, 440, 11),
                (420, 190, 16),
                (452, 166, 9),
            )
        )
    )


@PRODUCTS.add(shadow=(320, 520, 200), background=BABY)
def nappies():
    pack = poly((150, 210, 30), (490, 210, 30), (508, 516, 34), (132, 516, 34))
    out = solid(pack, "#f7f1e6", 18, 0) + inside(pack, fill("M120 400C220 350 300 440 520 380V540H120Z", "#8fc0b4"))
    out += solid(
        poly(
            (230, 212, 8),
            (250, 150, 26),
            (390, 150, 26),
            (410, 212, 8),
            (384, 212, 6),
            (374, 176, 14),
            (266, 176, 14),
            (256, 212, 6),
        ),
        "#8fc0b4",
        7,
        3,
    )
    out += lettering("Couches", 320, 296, 68, "#3f7d6d", "script", 280) + lettering(
        "taille 3 · 4–9 kg", 320, 334, 27, INK
    )
    bear = (
        disc(-34, -34, 18, "#c98f58")
        + disc(34, -34, 18, "#c98f58")
        + disc(-34, -34, 9, "#e3b98a")
        + disc(34, -34, 9, "#e3b98a")
        + solid(oval(0, 0, 52, 46), "#d29a64", 9, 4)
        + disc(0, 16, 22, "#f0d3ac", 17)
        + disc(0, 9, 8, INK, 6)
        + disc(-18, -6, 5, INK)
        + disc(18, -6, 5, INK)
        + stroke("M-8 22q8 8 16 0", INK, 3.5)
    )
    return out + at(bear, 320, 436, 0, 1.1)


@PRODUCTS.add(shadow=(320, 514, 200), background=BABY)
def baby_puree():
    out = ""
    for x, y, size in ((232, 500, 0.86), (396, 512, 1.0)):
        one = jar(0, -250, 0, 96, "#ef9440", "#f4c25b", level=-196, shoulder=26, lid_height=48)
        one += label(0, -150, 164, 104, "Carotte", "dès 6 mois", paper="#fff6ea", band="#ef9440")
        out += at(one, x, y, 0, size)
    carrot = solid(blob((-26, 6), (0, -8), (26, 6), (14, 84), (0, 130), (-14, 84)), "#f08a35", 10, 5) + "".join(
        leaf(0, -2, 60, turn, "#67a048", 0.4) for turn in (-34, 0, 34)
    )
    spoon = stroke("M0 0V-120", "#8fc0b4", 14) + solid(oval(0, -142, 28, 38), "#a9d3c9", 8, 4)
    return at(spoon, 128, 500, -14) + out + at(carrot, 544, 440, 62, 0.86)


@PRODUCTS.add(shadow=(320, 534, 170), background=BABY)
def liniment():
    body = lathe(286, (36, 232, 8), (44, 252, 18), (94, 296, 34), (94, 532, 26))
    out = turned(body, "#f6ecd2", 192, 380, 0.8) + pump(286, 240, "#8fc0b4", 0.95)
    out += label(286, 336, 164, 140, "Liniment", "huile d'olive", paper="#fffdf6", band="#8fc0b4")
    cotton = "".join(
        solid(
            blob(
                (x - 48, y),
                (x - 30, y - 36),
                (x + 6, y - 42),
                (x + 40, y - 24),
                (x + 48, y + 8),
                (x + 20, y + 34),
                (x - 24, y + 32),
            ),
            "#fffdf8",
            9,
            0,
        )
        for x, y in ((448, 494), (520, 500), (484, 444))
    )
    return out + cotton + sprig(168, 528, 110, -34, "#869a4a", 4, 44, 0.26)

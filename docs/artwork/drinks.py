"""Drinks."""

from packaging import bottle, label
from shapes import (
    INK,
    PAPER,
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


@PRODUCTS.add(shadow=(330, 546, 160))
def apple_juice():
    out = bottle(282, 96, 544, 92, 40, None, shoulder=0.36, cap="#5d9440", cap_height=46, liquid="#e0a23c", level=186)
    out += label(282, 306, 172, 160, "Pomme", "pur jus trouble", band="#5d9440")
    half = solid(
        blob(
            (0, -74),
            (40, -92),
            (86, -66),
            (100, -4),
            (76, 64),
            (34, 94),
            (0, 86),
            (-34, 94),
            (-76, 64),
            (-100, -4),
            (-86, -66),
            (-40, -92),
        ),
        "#c8463a",
        10,
        5,
    )
    half += fill(
        blob(
            (0, -62),
            (38, -78),
            (76, -56),
            (88, -4),
            (66, 56),
            (30, 80),
            (0, 74),
            (-30, 80),
            (-66, 56),
            (-88, -4),
            (-76, -56),
            (-38, -78),
        ),
        "#fbf0c9",
    )
    half += stroke(oval(0, 6, 36, 40), "#e9d79a", 5) + "".join(
        at(fill("M0 -18C10 -8 10 8 0 14C-10 8 -10 -8 0 -18Z", "#6d4332"), x, 8, t) for x, t in ((-14, 14), (14, -14))
    )
    half += stroke("M0 -64q2 -24 14 -36", "#7a5433", 9) + leaf(14, -92, 62, 62)
    return out + at(half, 454, 448, 6, 0.92)


@PRODUCTS.add(shadow=(320, 546, 130))
def sparkling_water():
    out = bottle(320, 92, 544, 92, 34, None, shoulder=0.4, cap="#3f86a8", cap_height=44, liquid="#a9d8e0", level=176)
    body = lathe(320, (28, 92, 4), (28, 166, 30), (82, 276, 42), (82, 532, 18))
    out += inside(body, scatter("bulles", (320, 400, 66, 160), 34, lambda rng: bubble(0, 0, rng.uniform(4, 9)), 0))
    return (
        out + label(320, 316, 172, 138, "L'eau", "pétillante", paper="#eef7f8", band="#3f86a8") + glint(250, 300, 110)
    )


@PRODUCTS.add(shadow=(324, 530, 180))
def oat_drink():
    front = poly((180, 232), (380, 232), (380, 526, 8), (180, 526, 8))
    end = poly((380, 232), (462, 206), (462, 496, 8), (380, 526, 8))
    slope = poly((180, 232), (212, 150), (408, 150), (380, 232))
    gable = poly((380, 232), (408, 150), (462, 206))
    ridge = poly((206, 112, 6), (404, 112, 6), (410, 152), (210, 152))
    out = (
        fill(front, "#f2e3c2")
        + fill(end, dark("#f2e3c2", 0.2))
        + fill(slope, light("#f2e3c2", 0.5))
        + fill(gable, dark("#f2e3c2", 0.28))
        + fill(ridge, "#e6d3aa")
        + fill(box(206, 128, 200, 6), "#cdb583")
    )
    out += disc(300, 190, 25, "#a8703f", 20) + disc(300, 185, 25, "#c98f58", 20)
    wave = "M180 392C230 350 300 430 380 376V526H180Z"
    out += inside(front, fill(wave, "#d9a75b")) + inside(
        end, fill("M380 376C410 356 440 366 462 350V526H380Z", dark("#d9a75b", 0.22))
    )
    out += lettering("Avoine", 280, 308, 62, INK, "script", 182) + lettering("boisson", 280, 342, 26, INK)
    oats = "".join(
        leaf(x, y, 46, turn, "#fbf0d4", 0.5)
        for x, y, turn in ((224, 476, -26), (256, 456, 16), (296, 484, -10), (330, 462, 30), (276, 512, 50))
    )
    return out + inside(front, oats)


@PRODUCTS.add(shadow=(330, 550, 160), background="#f1dce4")
def cider():
    out = bottle(286, 110, 546, 96, 30, "#5d7a45", shoulder=0.44)
    out += (
        inside(lathe(286, (32, 90, 4), (34, 206, 4)), turned(box(250, 90, 72, 120), "#d9b25a", 250, 322))
        + fill(lathe(286, (26, 62, 14), (34, 84, 8), (26, 104, 6)), "#cfa06a")
        + stroke("M256 108Q286 120 316 108M262 106L274 64M310 106L298 64", "#8d8f94", 4)
    )
    out += label(286, 330, 178, 158, "Cidre", "brut fermier", paper="#f8efdc", band="#b5482f")
    apple = (
        solid(
            blob(
                (0, -52),
                (30, -64),
                (62, -46),
                (70, 0),
                (52, 46),
                (24, 66),
                (0, 60),
                (-24, 66),
                (-52, 46),
                (-70, 0),
                (-62, -46),
                (-30, -64),
            ),
            "#cf5a3c",
            12,
            6,
        )
        + stroke("M0 -50q2 -20 12 -30", "#7a5433", 7)
        + glint(-46, -24, 34, 12, 8)
    )
    return out + at(apple, 446, 480, 4) + at(apple, 520, 502, -10, 0.66) + leaf(456, 404, 54, 60)


@PRODUCTS.add(shadow=(330, 550, 160))
def blond_beer():
    out = bottle(276, 110, 546, 88, 30, "#8a5228", shoulder=0.42, cap="#d9a92c", cap_height=30)
    out += label(276, 322, 160, 152, "Blonde", "bière artisanale", paper="#fbe9b8", band="#d08a24")
    glass = poly((400, 330, 4), (540, 330, 4), (522, 546, 12), (418, 546, 12))
    beer = poly((410, 348), (530, 348), (514, 534, 8), (426, 534, 8))
    out += fill(glass, "#eef4f2") + inside(
        beer,
        turned(beer, "#efb73b", 404, 536, 0.5)
        + scatter("beer", (470, 460, 44, 70), 16, lambda rng: disc(0, 0, rng.uniform(3, 5), "#fbe09a")),
    )
    foam = blob(
        (396, 350),
        (404, 312),
        (436, 300),
        (470, 290),
        (506, 300),
        (536, 312),
        (544, 350),
        (510, 366),
        (470, 360),
        (430, 370),
    )
    return out + solid(foam, "#fffaf0", 9, 0) + glint(424, 390, 90)


@PRODUCTS.add(shadow=(330, 552, 160))
def red_wine():
    body = lathe(272, (27, 92, 6), (27, 226, 26), (86, 268, 46), (86, 548, 22))
    out = (
        turned(body, "#3f4a36", 186, 358, 0.2)
        + inside(body, turned(box(240, 80, 64, 122), "#7d2336", 244, 300))
        + fill(box(242, 88, 60, 16, 6), "#942c42")
        + glint(206, 300, 70)
    )
    out += label(272, 330, 158, 156, "Rouge", "vin de Loire", paper="#f8efdd", band="#7d2336")
    grapes = ""
    for row, (count, y) in enumerate(((4, 392), (5, 424), (4, 456), (3, 488), (2, 516), (1, 540))):
        for i in range(count):
            tone = ("#6a2f63", "#7b3a70", "#5a2756")[(i + row) % 3]
            grapes += solid(oval(462 + (i - (count - 1) / 2) * 36, y, 21), tone, 7, 4) + disc(
                455 + (i - (count - 1) / 2) * 36, y - 7, 4, "#cfa6c6"
            )
    return out + stroke("M462 380q0 -34 18 -50", "#7a5433", 9) + leaf(462, 372, 96, -58, "#6b9b45", 0.8) + grapes


@PRODUCTS.add(shadow=(320, 496, 200))
def verbena_tea():
    cup = "M196 316C196 440 244 486 320 486S444 440 444 316Z"
    out = disc(320, 486, 190, "#e9dccb", 26) + disc(320, 480, 190, "#fbf5ea", 25) + disc(320, 478, 110, "#e9dccb", 13)
    out += stroke("M438 346C520 336 520 440 420 430", "#8fb59a", 24) + solid(cup, "#9cc2a6", 24, 8)
    out += disc(320, 316, 124, "#c7dfcc", 34) + disc(320, 318, 112, "#b78a2e", 27) + disc(320, 322, 108, "#d9b04a", 22)
    out += leaf(276, 330, 74, 72, "#6f9b52", 0.34) + leaf(360, 316, 56, -66, "#82ad60", 0.36)
    out += sprig(320, 438, 80, 0, "#e9f2df", 3, 34)
    steam = "".join(stroke(f"M{x} 262C{x - 26} 232 {x + 26} 212 {x} 178", "#ffffff", 11, 0.8) for x in (266, 320, 374))
    tag = stroke("M218 320C190 360 180 380 174 404", "#8d7b68", 4) + at(
        fill(poly((-30, -34, 6), (30, -34, 6), (30, 34, 6), (-30, 34, 6)), PAPER)
        + leaf(0, 22, 46, 14, "#6b9b45", 0.5),
        166,
        432,
        8,
    )
    return steam + out + tag

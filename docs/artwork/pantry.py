"""Sweet and savoury groceries."""

from packaging import bottle, jar, label, paper_bag
from shapes import (
    CREAM,
    WOOD,
    Collection,
    at,
    blob,
    box,
    dark,
    disc,
    ear,
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


def olive(x, y, turn=0, colour="#6f7f34"):
    return at(solid(oval(0, 0, 30, 22), colour, 7, 4) + disc(-26, 0, 5, dark(colour, 0.4)), x, y, turn)


@PRODUCTS.add(shadow=(330, 540, 150))
def olive_oil():
    out = bottle(300, 96, 538, 84, 30, "#4f6b35", shoulder=0.34, cap="#3b3a36", cap_height=52)
    out += label(300, 290, 156, 176, "Olive", "vierge extra", band="#a9a23a")
    return (
        out + sprig(404, 516, 150, 52, "#869a4a", 4, 56, 0.26) + olive(438, 512, 10) + olive(486, 524, -12, "#4c3a52")
    )


@PRODUCTS.add(shadow=(330, 540, 160))
def cider_vinegar():
    out = bottle(290, 100, 538, 82, 28, None, shoulder=0.36, cap="#c25b35", cap_height=46, liquid="#d99a3b", level=222)
    out += label(290, 308, 154, 150, "Vinaigre", "de cidre", band="#c25b35")
    apple = solid(
        blob(
            (0, -62),
            (34, -76),
            (74, -54),
            (84, 0),
            (62, 56),
            (28, 78),
            (0, 70),
            (-28, 78),
            (-62, 56),
            (-84, 0),
            (-74, -54),
            (-34, -76),
        ),
        "#d5493a",
        14,
        7,
    )
    apple += stroke("M0 -60q2 -24 14 -38", "#7a5433", 8) + leaf(12, -84, 54, 64) + glint(-56, -30, 42, 12, 9)
    return out + at(apple, 446, 458, 6, 0.92)


@PRODUCTS.add(shadow=(320, 520, 190))
def tomato_sauce():
    out = jar(288, 150, 518, 116, "#d8432f", "#3f7d4e", level=206)
    out += label(288, 296, 196, 144, "Tomate", "sauce au basilic", band="#3f7d4e")
    tomato = solid(
        blob(
            (0, -52), (40, -58), (66, -24), (64, 24), (38, 54), (0, 60), (-38, 54), (-64, 24), (-66, -24), (-40, -58)
        ),
        "#e2493a",
        12,
        6,
    )
    tomato += "".join(leaf(0, -48, 36, turn, "#5d9440", 0.36) for turn in (-110, -60, 0, 60, 110)) + glint(
        -44, -20, 32, 12, 8
    )
    return (
        out + at(tomato, 456, 466) + leaf(398, 512, 66, 108, "#5d9440", 0.6) + leaf(402, 516, 54, 66, "#76ad4b", 0.6)
    )


@PRODUCTS.add(shadow=(320, 510, 160))
def mustard():
    pot = lathe(320, (118, 188, 10), (118, 232, 10), (106, 246, 8), (136, 296, 34), (134, 510, 30))
    out = turned(pot, "#efe3cb", 184, 456, 0.8)
    out += (
        inside(pot, turned(box(180, 470, 280, 60), "#b98a55", 184, 456))
        + disc(320, 190, 112, "#d8c9ab", 22)
        + disc(320, 190, 98, "#e0b02f", 16)
    )
    out += solid(
        blob((240, 190), (270, 166), (310, 172), (340, 150), (372, 172), (402, 190), (320, 206)), "#e6bb3f", 8, 4
    )
    spoon = at(stroke("M0 0L0 -150", WOOD, 15) + stroke("M-3 0L-3 -146", light(WOOD, 0.4), 4), 356, 188, 24)
    seeds = scatter(
        "graine", (470, 506, 46, 16), 14, lambda rng: disc(0, 0, 7, "#d7a32c") + disc(-2, -2, 2.5, "#f3d88a")
    )
    return spoon + out + label(320, 318, 188, 128, "Moutarde", "de Dijon", paper="#f8efdd", band="#c9992b") + seeds


@PRODUCTS.add(shadow=(320, 520, 190))
def sea_salt():
    out = paper_bag(286, 160, 520, 126, "#7f9fb3") + label(
        286, 268, 190, 138, "Gros sel", "de Guérande", band="#4d728a"
    )
    out += stroke("M216 456q18 -16 36 0t36 0t36 0t36 0", "#dfeaf0", 7) + stroke(
        "M216 482q18 -16 36 0t36 0t36 0t36 0", "#dfeaf0", 7, 0.7
    )
    heap = fill(blob((384, 520), (420, 474), (462, 446), (506, 476), (544, 520), (460, 530)), "#d5d8da")
    grains = scatter(
        "sel",
        (464, 496, 66, 26),
        60,
        lambda rng: fill(
            box(-6, -6, rng.uniform(8, 13), rng.uniform(8, 13), 2),
            rng.choice(("#f4f5f5", "#e3e6e8", "#ffffff", "#c9cfd3")),
        ),
    )
    return out + heap + grains


@PRODUCTS.add(shadow=(320, 470, 226))
def sardines():
    lid = poly((130, 318, 40), (170, 176, 30), (500, 176, 30), (520, 318, 40))
    out = solid(lid, "#c8d2d6", 10, 0) + solid(
        poly((156, 300, 30), (188, 194, 22), (480, 194, 22), (496, 300, 30)), "#2f6d8c", 10, 5
    )
    out += lettering("Sardines", 330, 250, 62, CREAM, "script", 250) + lettering(
        "à l'huile d'olive", 330, 282, 23, "#f3d58a"
    )
    tin = poly((92, 320, 60), (548, 320, 60), (540, 470, 70), (100, 470, 70))
    out += (
        solid(tin, "#b3c0c6", 16, 6)
        + fill(box(92, 300, 456, 128, 60), "#dde5e8")
        + fill(box(108, 312, 424, 104, 50), "#a8802f")
        + inside(box(108, 312, 424, 104, 50), fill(box(108, 322, 424, 104, 50), "#d8ac47"))
    )

    def fish(x):
        body = poly((-30, 50, 10), (-30, -34, 26), (0, -54, 20), (30, -34, 26), (30, 50, 10))
        stripes = stroke("M-12 -36V50M8 -44V50", "#6f8b99", 5, 0.8)
        return at(
            solid(body, "#a9bec8", 9, 5) + inside(body, stripes + fill(box(10, -60, 30, 120), "#dbe4e6", 0.65)), x, 366
        )

    fishes = inside(box(108, 312, 424, 104, 50), "".join(fish(x) for x in (146, 208, 270, 332, 394, 456, 512)))
    return out + fishes + glint(140, 440, 120, -90, 8)


@PRODUCTS.add(shadow=(320, 512, 190))
def honey():
    body = poly(
        (196, 262, 26),
        (404, 262, 26),
        (452, 330, 20),
        (452, 452, 30),
        (404, 512, 26),
        (196, 512, 26),
        (148, 452, 30),
        (148, 330, 20),
    )
    out = turned(body, "#e6a42e", 148, 452, 0.4) + turned(box(204, 210, 192, 58, 8), "#f0bb4b", 204, 396)
    out += turned(box(190, 170, 220, 60, 12), WOOD, 190, 410) + label(
        300, 324, 220, 138, "Miel", "toutes fleurs", band="#d18a22"
    )
    stick = stroke("M0 0L0 -176", WOOD, 15) + stroke("M-3 -10L-3 -170", light(WOOD, 0.4), 4)
    head = "".join(
        fill(box(-half, y, 2 * half, 15, 7), "#b97c45") + fill(box(-half, y, half * 1.2, 15, 7), "#d79a60")
        for half, y in ((24, 0), (34, 19), (38, 38), (34, 57), (24, 76))
    )
    drip = solid(blob((430, 500), (452, 476), (510, 478), (552, 500), (500, 516), (450, 514)), "#eaae38", 6, 4)
    return out + drip + at(stick + head, 500, 392, 8) + glint(166, 350, 90)


@PRODUCTS.add(shadow=(320, 514, 200))
def apricot_jam():
    out = jar(276, 166, 512, 116, "#e88b2c", "#e88b2c", level=214, lid_height=30)
    cloth = poly(
        (160, 206, 10),
        (176, 140, 24),
        (276, 122, 30),
        (376, 140, 24),
        (392, 206, 10),
        (360, 222, 12),
        (330, 208, 12),
        (300, 224, 12),
        (276, 210, 12),
        (246, 224, 12),
        (220, 208, 12),
        (190, 222, 12),
    )
    checks = "".join(fill(box(x, 100, 15, 140), "#c8453a", 0.55) for x in range(156, 400, 32)) + "".join(
        fill(box(150, y, 260, 15), "#c8453a", 0.55) for y in range(112, 240, 32)
    )
    out += (
        solid(cloth, "#fbf1e2", 10, 0)
        + inside(cloth, checks + fill(box(340, 100, 80, 140), "#4a1f3d", 0.14))
        + stroke("M170 186Q276 206 382 186", "#d8b074", 8)
    )
    out += label(276, 306, 192, 128, "Abricot", "confiture", band="#e88b2c")

    def apricot(x, y, size):
        return at(
            solid(oval(0, 0, 56, 53), "#f0a144", 13, 6)
            + fill(blob((8, -48), (54, -20), (50, 30), (18, 48), (30, 0)), "#de6f37", 0.55)
            + stroke("M-4 -50Q-26 0 -2 50", dark("#f0a144", 0.22), 5),
            x,
            y,
            0,
            size,
        )

    half = at(
        disc(0, 0, 54, "#e8923a", 50)
        + disc(0, 0, 47, "#f8c068", 43)
        + disc(0, 0, 21, "#8a5a35", 23)
        + disc(-4, -5, 11, "#a87349", 12),
        416,
        474,
    )
    return out + apricot(474, 424, 1) + half + apricot(516, 488, 0.7) + leaf(488, 374, 60, 54)


@PRODUCTS.add(shadow=(320, 516, 180))
def dark_chocolate():
    bar = ""
    for row in range(5):
        for col in range(3):
            x, y = 222 + col * 66, 120 + row * 62
            bar += (
                fill(box(x, y, 66, 62), "#4a2c22")
                + fill(box(x + 5, y + 5, 56, 52, 5), "#6d4332")
                + fill(poly((x + 5, y + 57), (x + 14, y + 47), (x + 52, y + 47), (x + 61, y + 57)), "#3d231b")
                + fill(box(x + 14, y + 14, 38, 33, 3), "#7b4d3a")
            )
    foil = poly(
        (206, 250),
        (232, 236),
        (254, 262),
        (282, 232),
        (312, 262),
        (340, 232),
        (372, 260),
        (398, 236),
        (434, 256),
        (434, 300),
        (206, 300),
    )
    wrap = box(206, 286, 228, 236, 6)
    out = (
        bar
        + fill(foil, "#d9dfe2")
        + inside(foil, fill(poly((312, 262), (340, 232), (372, 260), (360, 300), (300, 300)), "#b7c0c6"))
    )
    out += fill(wrap, "#2f5d50") + inside(
        wrap, fill(box(380, 280, 60, 260), dark("#2f5d50", 0.25)) + fill(box(206, 470, 240, 18), "#e0a83e")
    )
    out += lettering("Chocolat", 318, 380, 54, "#f3d58a", "script", 190) + lettering("noir 70 %", 318, 416, 28, CREAM)

    def bean(x, y, turn):
        return at(solid(oval(0, 0, 36, 24), "#8a5238", 9, 5) + stroke("M-26 2Q0 -8 26 2", "#5a3324", 4), x, y, turn)

    return at(out, 28, 12, 5) + bean(142, 486, -24) + bean(188, 512, 12) + bean(500, 500, -10)


@PRODUCTS.add(shadow=(320, 514, 190))
def hazelnut_spread():
    out = jar(284, 160, 512, 124, "#6b3f2a", "#f2e6cf", level=212, shoulder=30)
    out += label(284, 290, 208, 140, "Noisette", "& cacao", paper="#fbf1dc", band="#b5743d")

    def nut(x, y, turn, size=1.0):
        body = solid(blob((0, 52), (-46, 20), (-44, -22), (0, -38), (44, -22), (46, 20)), "#b5743d", 12, 6)
        hat = solid(blob((-46, -14), (-36, -38), (0, -46), (36, -38), (46, -14), (0, -4)), "#d8b083", 6, 3)
        return at(
            body + hat + stroke("M-18 2Q-16 24 -6 38M14 2Q14 24 4 40", dark("#b5743d", 0.2), 4), x, y, turn, size
        )

    return (
        out
        + leaf(452, 420, 84, 30, "#76a64b", 0.7)
        + nut(446, 462, -14)
        + nut(512, 476, 22, 0.9)
        + nut(468, 504, 70, 0.72)
    )


@PRODUCTS.add(shadow=(320, 522, 180))
def flour():
    out = paper_bag(306, 140, 522, 142, "#f3e6cd") + label(
        306, 250, 220, 160, "Farine", "de blé T65", paper="#fffaf0", band="#d9a441"
    )
    out += at(ear(0, 0, 118, -24) + ear(0, 0, 124, 24) + ear(0, 0, 132, 0), 306, 520, 0, 0.76)
    heap = solid(blob((416, 528), (440, 490), (486, 470), (528, 492), (556, 528), (486, 538)), "#fffaf0", 12, 0)
    return out + heap + at(ear(0, 0, 170, 62), 420, 500)


@PRODUCTS.add(shadow=(320, 522, 190))
def cane_sugar():
    out = paper_bag(280, 160, 520, 126, "#c98a5e") + label(
        280, 268, 192, 140, "Sucre", "blond de canne", band="#8c5431"
    )
    cane = "".join(
        turned(box(x, 430, 18, 76, 6), "#a9b25a", x, x + 18) + fill(box(x, 464, 18, 5), "#7d8a3c")
        for x in (236, 260, 284)
    ) + leaf(300, 450, 60, 40, "#7fa04c", 0.3)

    def cube(x, y, turn):
        return at(
            fill(poly((-30, -12), (0, 4), (0, 38, 4), (-30, 20, 4)), "#dcae74")
            + fill(poly((0, 4), (30, -12), (30, 20, 4), (0, 38, 4)), "#c39255")
            + fill(poly((-30, -12), (0, -28), (30, -12), (0, 4)), "#efcf9f")
            + scatter("cube", (0, -12, 18, 8), 8, lambda rng: disc(0, 0, 2, "#fbe9cc")),
            x,
            y,
            turn,
        )

    heap = solid(blob((380, 528), (420, 496), (476, 486), (534, 506), (556, 528), (470, 538)), "#e4bb84", 10, 0)
    return out + cane + heap + cube(440, 470, 4) + cube(496, 482, -8) + cube(466, 430, -4)

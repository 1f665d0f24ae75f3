"""Dairy, eggs and the fresh counter."""

from packaging import bottle, bowl, label
from shapes import (
    CREAM,
    INK,
    PAPER,
    WOOD,
    Collection,
    at,
    blob,
    box,
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


@PRODUCTS.add(shadow=(320, 540, 120))
def milk():
    out = bottle(320, 112, 540, 104, 50, None, shoulder=0.4, cap="#4f8fc0", cap_height=48, liquid="#fbf8f0", level=196)
    return out + label(320, 334, 192, 138, "Lait", "demi-écrémé", paper="#e7f1f6", band="#4f8fc0")


@PRODUCTS.add(shadow=(320, 478, 210))
def butter():
    top = poly((150, 300), (240, 236), (520, 236), (452, 300))
    front = poly((150, 300), (452, 300), (452, 420), (150, 420))
    end = poly((452, 300), (520, 236), (520, 352), (452, 420))
    out = fill(poly((96, 458, 16), (184, 384, 10), (560, 384, 10), (506, 462, 16)), "#f7f2e6") + fill(
        poly((96, 458, 16), (506, 462, 16), (506, 472, 8), (96, 470, 8)), "#dcd4c4"
    )
    out += fill(front, "#f4d06a") + fill(top, "#fbe49a") + fill(end, "#dcb04c")
    wrap_front = poly((262, 296), (452, 296), (452, 424), (244, 424), (268, 400), (250, 372), (272, 344))
    wrap_top = poly((262, 296), (346, 232), (522, 232), (452, 296))
    wrap_end = poly((452, 296), (522, 232), (522, 356), (452, 424))
    out += fill(wrap_front, "#fdf9ef") + fill(wrap_top, "#ffffff") + fill(wrap_end, "#d8d5cd")
    out += inside(wrap_front, fill(box(240, 328, 230, 62), "#3f7fb1")) + inside(
        wrap_end, fill(poly((452, 328), (522, 264), (522, 326), (452, 390)), "#2f6492")
    )
    out += lettering("Beurre", 362, 372, 44, CREAM, "script")
    curl = solid(blob((96, 418), (104, 350), (128, 330), (138, 352), (128, 420)), "#f7da7e", 8, 4)
    return out + curl


@PRODUCTS.add(shadow=(320, 496, 220))
def yogurt():
    def pot(x, y, size):
        shape = lathe(0, (70, -78, 4), (76, -62, 4), (68, -40, 10), (84, 60, 26), (78, 84, 18))
        inner = lathe(0, (60, -60, 4), (58, -38, 10), (73, 58, 22), (68, 74, 14))
        out = fill(shape, "#c6dce6") + inside(inner, turned(inner, "#fdfbf4", -76, 76, 0.6))
        out += turned(box(-82, -98, 164, 26, 10), "#7fb2d4", -82, 82) + fill(box(-82, -78, 164, 6), "#4f86ab", 0.6)
        badge = disc(0, 14, 44, "#e7f1f6") + lettering("Nature", 0, 24, 28, "#3f7fb1", "script", 76)
        return at(out + badge + glint(-58, -26, 60), x, y, 0, size)

    return pot(222, 272, 1.06) + pot(420, 272, 1.06) + pot(216, 396, 1.18) + pot(424, 396, 1.18)


@PRODUCTS.add(shadow=(320, 500, 170))
def cream():
    tub = lathe(320, (150, 260, 6), (128, 500, 26))
    out = turned(tub, "#fdf9ee", 170, 470, 0.9)
    band = lathe(320, (144, 318, 0), (134, 440, 0))
    out += (
        inside(tub, turned(band, "#8fbcd9", 176, 464))
        + lettering("Crème", 320, 384, 60, CREAM, "script")
        + lettering("épaisse", 320, 416, 24, CREAM, "sans")
    )
    out += disc(320, 262, 158, "#dfe8ec", 36) + disc(320, 260, 146, "#fffdf6", 30)
    swirl = solid(
        blob(
            (206, 258),
            (232, 214),
            (288, 210),
            (304, 164),
            (340, 150),
            (350, 188),
            (400, 212),
            (434, 252),
            (380, 278),
            (260, 278),
        ),
        "#fffaf0",
        14,
        0,
    )
    out += swirl + stroke("M252 244q56 22 120 -6M292 214q34 14 64 -4", "#e6dccb", 6)
    spoon = stroke("M372 214L486 104", "#b3bcc2", 16) + stroke("M370 210L482 100", "#dbe2e6", 6)
    return spoon + out


@PRODUCTS.add(shadow=(320, 500, 224))
def eggs():
    def egg(colour):
        return (
            solid(
                blob((0, -76), (34, -54), (52, -4), (46, 38), (0, 62), (-46, 38), (-52, -4), (-34, -54)), colour, 13, 6
            )
            + scatter(colour, (4, -6, 30, 36), 9, lambda rng: disc(0, 0, rng.uniform(1.5, 3), dark(colour, 0.25)))
            + glint(-28, -36, 34, 14, 9)
        )

    lid = poly((120, 300, 8), (150, 170, 26), (490, 170, 26), (520, 300, 8))
    out = solid(lid, "#b8ad9b", 12, 5)
    out += "".join(inside(lid, disc(x, 250, 42, "#a4988a", 52)) for x in (218, 320, 422))
    colours = ("#e2ac7c", "#f0cfa8", "#d99a68", "#efd0ab", "#d99c6c", "#e8b98b")
    out += fill(box(112, 292, 416, 60, 12), "#8d8174")
    out += "".join(
        at(egg(c), x, 316, turn, 0.98) for c, x, turn in zip(colours[:3], (206, 320, 434), (-4, 3, 5), strict=True)
    )
    out += "".join(
        at(egg(c), x, 366, turn, 1.06) for c, x, turn in zip(colours[3:], (196, 320, 444), (-5, 0, 6), strict=True)
    )
    tray = poly(
        (104, 378, 8),
        (146, 378, 16),
        (196, 412, 34),
        (246, 378, 16),
        (270, 378, 16),
        (320, 412, 34),
        (370, 378, 16),
        (394, 378, 16),
        (444, 412, 34),
        (494, 378, 16),
        (536, 378, 8),
        (514, 500, 24),
        (126, 500, 24),
    )
    out += solid(tray, "#c7bcab", 14, 5)
    return out + "".join(
        fill(poly((x - 30, 430, 10), (x + 30, 430, 10), (x + 22, 480, 10), (x - 22, 480, 10)), "#b3a797")
        for x in (196, 320, 444)
    )


@PRODUCTS.add(shadow=(320, 494, 220))
def camembert():
    lid = (
        disc(404, 236, 132, dark(WOOD, 0.12))
        + disc(400, 232, 132, "#dcb07c")
        + disc(400, 232, 118, "#fbf3e1")
        + stroke(oval(400, 232, 108), "#b5482f", 5)
    )
    lid += lettering("Camembert", 400, 238, 46, "#b5482f", "script", 196) + lettering(
        "au lait cru", 400, 268, 20, INK, "sans"
    )
    lid += at(sprig(0, 0, 56, 0, pairs=3), 400, 200, -18)
    side = "M104 370V448C104 520 440 520 440 448V370Z"
    out = fill(side, "#dcb07c") + inside(
        side,
        fill(box(330, 340, 140, 200), dark("#dcb07c", 0.16))
        + stroke("M100 424C160 500 380 500 446 424", "#c2935d", 4),
    )
    out += disc(272, 370, 168, "#c99a63", 80) + disc(272, 368, 156, "#8f6b45", 72)
    rind = "M126 356C126 452 418 452 418 356Z"
    out += fill(rind, "#efe4cb") + disc(272, 352, 146, "#fcf6e6", 68)
    out += scatter("rind", (272, 352, 124, 54), 34, lambda rng: fill(oval(0, 0, rng.uniform(5, 12), 3), "#ece0c4"), 20)
    cut = poly((272, 350), (420, 330), (424, 388), (350, 418))
    out += (
        inside(oval(272, 372, 147, 82), fill(cut, "#8f6b45"))
        + fill(poly((272, 350), (350, 412), (350, 442), (272, 382)), "#f5dd92")
        + fill(poly((272, 350), (416, 346), (416, 360), (272, 382)), "#e8c973")
    )
    wedge = (
        fill(poly((392, 462), (532, 420, 6), (548, 462, 12), (500, 506, 8)), "#fcf6e6")
        + fill(poly((392, 462), (500, 506, 8), (500, 534, 6), (392, 488)), "#f7e09a")
        + fill(poly((500, 506), (550, 458, 8), (550, 486, 6), (500, 534)), "#e9dfc6")
    )
    return lid + out + wedge


@PRODUCTS.add(shadow=(320, 490, 224))
def comte():
    top = poly((110, 300, 6), (470, 196, 10), (540, 262, 14))
    out = solid(poly((110, 300, 6), (540, 262, 14), (540, 440, 16), (110, 478, 8)), "#f3cf73", 0, 0)
    out += (
        fill(top, "#fae3a0")
        + fill(poly((506, 230, 4), (542, 262, 12), (542, 440, 16), (508, 444)), "#a9743c")
        + fill(poly((452, 200), (470, 195, 8), (542, 262, 12), (508, 265)), "#c08a4c")
    )
    holes = "".join(
        fill(oval(x, y, r, r * 0.72), "#d9ab4c") + fill(oval(x + 2, y + r * 0.24, r * 0.78, r * 0.44), "#e8c062")
        for x, y, r in (
            (196, 372, 15),
            (268, 420, 10),
            (330, 350, 13),
            (402, 398, 17),
            (452, 322, 9),
            (160, 436, 7),
            (358, 446, 8),
        )
    )
    cracks = stroke("M228 330q26 4 40 -4M300 400q20 6 34 0M430 360q14 4 26 -2", "#e0b65a", 4)
    tag = at(
        stroke("M0 0q-14 -34 6 -56", INK, 4)
        + fill(poly((-62, 0, 8), (62, -6, 8), (62, 58, 8), (-62, 62, 8)), PAPER)
        + lettering("Comté", 0, 40, 42, "#7d5227", "script"),
        240,
        232,
        -6,
    )
    return out + holes + cracks + tag


@PRODUCTS.add(shadow=(320, 486, 220))
def goat_cheese():
    board = solid(box(86, 430, 468, 50, 24), WOOD, 10, 4) + stroke("M120 452h180M340 462h150", dark(WOOD, 0.18), 4)
    log = poly((250, 268, 10), (500, 268, 60), (500, 432, 60), (250, 432, 10))
    out = solid(log, "#8f8b88", 26, 8) + inside(
        log,
        scatter(
            "ash",
            (390, 350, 130, 76),
            90,
            lambda rng: disc(0, 0, rng.uniform(2, 5), "#6a6664" if rng.random() < 0.6 else "#c9c4bd"),
        ),
    )

    def face(x, y, rx, ry):
        return (
            disc(x, y, rx, "#77726f", ry)
            + disc(x, y, rx - 7, "#fffaf0", ry - 9)
            + disc(x - 4, y + 6, rx - 22, "#f4ead6", ry - 26)
        )

    straw = fill(box(206, 344, 70, 10, 5), "#e2bb5e")
    out += face(250, 350, 60, 82) + straw
    slice_ = at(
        disc(14, 0, 74, "#6a6664", 74)
        + disc(0, 0, 74, "#8f8b88")
        + disc(0, 0, 65, "#fffaf0")
        + disc(-2, 6, 48, "#f4ead6"),
        152,
        366,
    )
    return board + out + slice_ + sprig(470, 486, 130, 62, "#7ba05b", 4, 34)


@PRODUCTS.add(shadow=(320, 500, 210))
def tofu():
    top = poly((130, 268, 8), (226, 206, 8), (500, 206, 8), (424, 268, 8))
    front = poly((130, 268), (424, 268), (424, 432, 10), (130, 432, 10))
    end = poly((424, 268), (500, 206), (500, 362, 8), (424, 432))
    out = fill(front, "#f6ecd3") + fill(top, "#fffaf0") + fill(end, "#dfcfae")
    sleeve = poly((200, 264), (344, 264), (344, 436), (200, 436))
    out += fill(sleeve, "#7fb08b") + fill(poly((200, 264), (290, 206), (430, 206), (344, 264)), "#96c29f")
    out += (
        lettering("Tofu", 272, 352, 62, CREAM, "script", 130)
        + lettering("ferme", 272, 384, 24, CREAM)
        + leaf(272, 426, 34, 50, "#dcebc9")
        + leaf(272, 426, 34, -50, "#dcebc9")
    )

    def cube(x, y, s):
        return at(
            fill(poly((-44, -18), (0, 6), (0, 56, 6), (-44, 30, 6)), "#f6ecd3")
            + fill(poly((0, 6), (44, -18), (44, 30, 6), (0, 56, 6)), "#dfcfae")
            + fill(poly((-44, -18, 3), (0, -42, 3), (44, -18, 3), (0, 6, 3)), "#fffaf0"),
            x,
            y,
            0,
            s,
        )

    return out + cube(470, 424, 1.1) + cube(396, 458, 1.05) + cube(534, 462, 0.9)


@PRODUCTS.add(shadow=(320, 504, 180))
def hummus():
    content = fill(box(80, 100, 480, 300), "#e5c58a") + stroke(
        "M190 296C250 340 420 330 440 290C440 252 270 250 262 286C270 312 380 304 380 286", "#cda765", 13
    )
    content += stroke("M190 290C250 334 420 324 440 284C440 246 270 246 262 280C270 306 380 298 380 280", "#f0d8a6", 9)
    content += disc(322, 280, 46, "#d9a92c", 15) + disc(312, 277, 20, "#ecc65a", 6)
    peas = "".join(
        solid(blob((x - 20, y), (x - 8, y - 18), (x + 14, y - 16), (x + 20, y + 4), (x, y + 18)), "#e3b871", 7, 4)
        for x, y in ((268, 258), (300, 242), (352, 250))
    )
    out = bowl(320, 300, 400, 190, "#c9764f", content)
    out += inside(box(0, 0, 640, 400), peas + leaf(392, 268, 54, 40, "#6b9b45") + leaf(392, 268, 50, 92, "#7cac54"))
    paprika = scatter("pap", (320, 296, 130, 22), 26, lambda rng: disc(0, 0, rng.uniform(2, 3.5), "#c4512d"))
    return out + paprika + stroke("M150 372C200 470 440 470 490 372", "#e6a57f", 7, 0.8)


@PRODUCTS.add(shadow=(320, 492, 226))
def ham():
    paper = poly((84, 350, 20), (180, 236, 14), (520, 226, 20), (568, 380, 20), (470, 492, 20), (150, 488, 20))
    out = solid(paper, "#fbf7ec", 10, 0) + stroke("M130 352L200 262L500 252M520 380L452 462", "#e6dccb", 4)

    def slice_(turn, x, y, colour):
        shape = blob(
            (-160, 20), (-140, -66), (-50, -96), (60, -88), (140, -50), (158, 24), (90, 84), (-30, 94), (-120, 76)
        )
        rim = solid(shape, "#f7e6d4", 8, 0)
        meat = blob(
            (-144, 18), (-126, -56), (-46, -82), (56, -74), (124, -42), (142, 22), (82, 70), (-28, 80), (-106, 64)
        )
        veins = stroke(
            "M-100 -20C-40 -60 20 -10 70 -40M-90 34C-30 0 30 50 100 10", light(colour, 0.4), 9, 0.8
        ) + stroke("M-20 -70C-10 -30 30 -20 20 20", light(colour, 0.4), 7, 0.8)
        return at(rim + fill(meat, colour) + inside(meat, veins), x, y, turn)

    fold = solid(
        blob((250, 420), (240, 350), (320, 312), (420, 330), (470, 390), (440, 440), (380, 420), (330, 452)),
        "#ee9f9a",
        14,
        8,
    )
    fold += stroke(
        "M262 400C270 350 330 330 400 346C440 360 456 390 440 428M316 440C310 400 350 370 400 384", "#f8cdc3", 8
    )
    return (
        out
        + slice_(-10, 284, 330, "#ec9a96")
        + slice_(8, 366, 352, "#f0a8a2")
        + fold
        + sprig(176, 470, 96, 40, "#6b9b45", 3, 34)
    )

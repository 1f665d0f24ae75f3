"""Fruit."""

from shapes import Collection, at, blob, dark, disc, fill, glint, inside, leaf, poly, scatter, solid, stroke

PRODUCTS = Collection()


def apple(colour, blush, size=1.0):
    shape = blob(
        (0, -84),
        (44, -104),
        (98, -76),
        (114, -6),
        (86, 72),
        (40, 106),
        (0, 96),
        (-40, 106),
        (-86, 72),
        (-114, -6),
        (-98, -76),
        (-44, -104),
    )
    cheek = inside(
        shape,
        fill(blob((-30, -120), (60, -120), (140, -60), (130, 90), (60, 120), (40, 20)), blush, 0.55)
        + fill(blob((30, -110), (130, -80), (140, 80), (70, 110), (90, 10)), blush, 0.6),
    )
    dots = scatter("dots", (-24, 10, 70, 74), 16, lambda rng: disc(0, 0, 2.6, "#fff3cf"))
    hollow = fill(blob((-34, -88), (0, -80), (34, -88), (0, -64)), dark(colour, 0.4), 0.75)
    stem = stroke("M0 -76q2 -34 16 -54", "#7a5433", 10)
    return at(solid(shape, colour, 18, 8) + cheek + dots + hollow + stem + glint(-78, -48, 62, 12, 13), 0, 0, 0, size)


@PRODUCTS.add(shadow=(320, 500, 210))
def apples():
    return (
        at(apple("#e9c24f", "#d5402f"), 226, 308, -8)
        + at(apple("#dfb545", "#cf3a2c"), 424, 320, 10)
        + leaf(436, 204, 84, 62, "#6b9b45", 0.5)
        + at(apple("#efcd5f", "#dc4a34"), 322, 404, 2)
    )


@PRODUCTS.add(shadow=(320, 520, 180))
def pears():
    def pear(colour, blush):
        shape = blob(
            (0, -170),
            (40, -152),
            (58, -86),
            (94, -10),
            (118, 76),
            (80, 150),
            (0, 168),
            (-80, 150),
            (-118, 76),
            (-94, -10),
            (-58, -86),
            (-40, -152),
        )
        cheek = inside(shape, fill(blob((40, -60), (140, 0), (140, 140), (60, 170), (70, 60)), blush, 0.5))
        dots = scatter("pear", (-14, 60, 70, 76), 34, lambda rng: disc(0, 0, 2.6, dark(colour, 0.35)))
        return (
            solid(shape, colour, 20, 9)
            + cheek
            + dots
            + stroke("M0 -164q-2 -30 16 -50", "#71502f", 11)
            + glint(-70, 30, 70, 12, 13)
        )

    return (
        at(pear("#c9c553", "#d98a3c"), 408, 340, 13)
        + at(pear("#d6d063", "#dd9245"), 250, 352, -5)
        + leaf(258, 150, 96, 58, "#6b9b45", 0.46)
    )


@PRODUCTS.add(shadow=(320, 498, 210))
def lemons():
    def lemon(colour):
        shape = blob(
            (-142, 4),
            (-112, -22),
            (-70, -80),
            (0, -96),
            (70, -80),
            (112, -24),
            (146, 0),
            (112, 26),
            (70, 80),
            (0, 96),
            (-70, 80),
            (-112, 30),
        )
        pores = scatter("pores", (0, 6, 92, 66), 30, lambda rng: disc(0, 0, 3, dark(colour, 0.16)))
        return solid(shape, colour, 20, 9) + pores + glint(-72, -42, 52, 34, 13)

    cut = disc(0, 0, 112, "#eab92c") + disc(0, 0, 101, "#fdf3c4")
    for i in range(8):
        cut += at(
            fill(poly((0, -10, 6), (31, -82, 14), (-31, -82, 14)), "#f7d548")
            + stroke("M-8 -62L-4 -44M10 -68L6 -50", "#fbe68a", 5),
            0,
            0,
            45 * i + 10,
        )
    return (
        leaf(438, 216, 120, 66, "#5d9440", 0.46)
        + leaf(430, 214, 92, 18, "#6fa84c", 0.46)
        + at(lemon("#f3cb3a"), 352, 290, -18)
        + at(lemon("#f7d54d"), 232, 404, 12)
        + at(cut + disc(0, 0, 7, "#fdf3c4"), 424, 412, 4)
    )


@PRODUCTS.add(shadow=(330, 516, 180))
def bananas():
    def banana(colour, turn):
        shape = "M-12 -36C-62 60 -66 180 -14 262C6 292 40 300 56 288C62 276 56 262 44 250C4 190 6 70 34 -30Z"
        ridge = stroke("M12 -26C-26 70 -24 190 34 268", dark(colour, 0.14), 6)
        tip = fill("M30 286Q46 300 60 286L54 270Q44 268 36 274Z", "#5c4632")
        spots = "".join(
            stroke(f"M{x} {y}l{d} 10", "#a7772f", 4) for x, y, d in ((-30, 90, 1), (-12, 140, 2), (-22, 180, 3))
        )
        return at(solid(shape, colour, 15, 7) + inside(shape, ridge) + tip + spots, 326, 196, turn)

    crown = solid(
        poly((286, 140, 8), (302, 112, 8), (352, 112, 8), (364, 142, 8), (372, 204, 14), (276, 204, 14)),
        "#9c8a3e",
        10,
        4,
    )
    bunch = (
        banana("#dfb02b", -50)
        + banana("#e7bb34", -31)
        + banana("#efc741", -13)
        + banana("#f6d352", 5)
        + banana("#fadc63", 23)
        + crown
    )
    return at(bunch, -34, -12, 6, 1.04)

"""Bread and pastry."""

from shapes import Collection, at, blob, box, dark, ear, fill, inside, light, mix, oval, poly, scatter, solid, stroke

PRODUCTS = Collection()

CRUST = "#cf8b45"
CRUMB = "#f6dfae"


def slash(x, y, length, turn, colour=CRUST):
    """The opening of a scored loaf: pale crumb with a dark, raised ear."""
    half, out, back = length / 2, length * 0.2, -length * 0.14
    edge = f"M0 {-half}C{back:.0f} {-out:.0f} {back:.0f} {out:.0f} 0 {half}"
    shape = f"M0 {-half}C{out:.0f} {-out:.0f} {out:.0f} {out:.0f} 0 {half}"
    shape += f"C{back:.0f} {out:.0f} {back:.0f} {-out:.0f} 0 {-half}Z"
    return at(fill(shape, mix(CRUMB, colour, 0.2)) + stroke(edge, dark(colour, 0.32), 6), x, y, turn)


@PRODUCTS.add(shadow=(290, 512, 170))
def baguette():
    def stick(colour):
        shape = blob(
            (0, -262),
            (38, -220),
            (52, -60),
            (52, 60),
            (40, 220),
            (0, 262),
            (-40, 220),
            (-52, 60),
            (-52, -60),
            (-38, -220),
        )
        cuts = "".join(slash(2, y, 104, 28, colour) for y in (-188, -104, -20, 64, 148))
        flour = scatter(colour, (-10, 0, 28, 220), 30, lambda rng: fill(oval(0, 0, rng.uniform(2, 5), 2), "#fbe9c6"))
        return solid(shape, colour, 13, 7) + inside(shape, cuts + flour)

    sleeve = poly((-78, 10), (-40, -14), (0, 12), (40, -14), (82, 10), (76, 236, 8), (-72, 236, 8))
    wrap = solid(sleeve, "#f4ead5", 12, 0) + inside(
        sleeve, "".join(stroke(f"M{x} -30V240", "#dcc9a5", 5) for x in (-52, -26, 0, 26, 52))
    )
    return at(
        at(stick(dark(CRUST, 0.1)), 54, -6, 9) + at(stick("#d9974e"), -40, 0, -4) + at(wrap, 4, 34, 1, 1.24),
        330,
        300,
        24,
        0.84,
    )


@PRODUCTS.add(shadow=(320, 486, 216))
def country_loaf():
    shape = blob(
        (108, 392),
        (124, 290),
        (210, 208),
        (320, 182),
        (430, 208),
        (516, 290),
        (532, 392),
        (470, 464),
        (320, 482),
        (170, 464),
    )
    dust = inside(
        shape,
        fill(
            blob((170, 330), (226, 240), (320, 214), (414, 240), (470, 330), (400, 400), (320, 412), (240, 400)),
            "#f5e3c0",
            0.55,
        ),
    )
    flour = inside(
        shape,
        scatter("miche", (310, 310, 170, 100), 90, lambda rng: fill(oval(0, 0, rng.uniform(2, 6), 2.4), "#fdf3dc")),
    )
    cut = "".join(
        slash(x, y, length, turn)
        for x, y, length, turn in ((320, 318, 206, 0), (240, 330, 150, -16), (400, 330, 150, 16))
    )
    return (
        solid(shape, "#bf7a3c", 30, 12)
        + dust
        + cut
        + flour
        + at(ear(0, 0, 150, 64) + ear(0, 4, 150, 84, "#cf9636"), 150, 500, 0)
    )


@PRODUCTS.add(shadow=(320, 482, 212))
def brioche():
    case = poly((132, 370, 4), (508, 370, 4), (486, 482, 14), (154, 482, 14))
    out = ""
    for x, y, r in ((196, 318, 72), (444, 318, 72), (320, 298, 88), (258, 336, 74), (382, 336, 74)):
        out += solid(oval(x, y, r, r * 0.98), "#d98f3f", 18, 9) + stroke(
            f"M{x - r * 0.5:.0f} {y - r * 0.5:.0f}q{r * 0.22:.0f} {-r * 0.26:.0f} {r * 0.55:.0f} {-r * 0.24:.0f}",
            "#fbdca0",
            11,
            0.9,
        )
    sugar = scatter(
        "sugar", (320, 292, 150, 50), 46, lambda rng: fill(box(-5, -4, rng.uniform(7, 11), 8, 2), "#fffaf0")
    )
    paper = solid(case, "#efdcb8", 12, 0) + "".join(
        stroke(f"M{x} 374L{320 + (x - 320) * 0.9:.0f} 478", "#d5bb8c", 4) for x in range(160, 500, 26)
    )
    zig = fill(poly(*[(132 + i * 18.8, 378 if i % 2 else 360) for i in range(21)], (508, 392), (132, 392)), "#efdcb8")
    return out + sugar + zig + paper


@PRODUCTS.add(shadow=(320, 494, 220))
def croissants():
    def croissant(colour):
        out = ""
        segments = (
            (-150, 44, 46, 34, -58),
            (150, 44, 46, 34, 58),
            (-112, -6, 62, 50, -44),
            (112, -6, 62, 50, 44),
            (-60, -42, 70, 62, -24),
            (60, -42, 70, 62, 24),
            (0, -54, 66, 74, 0),
        )
        for x, y, rx, ry, turn in segments:
            tone = mix(colour, "#f0bd6c", 0.12 if x == 0 else 0)
            shape = poly((-rx * 0.8, -ry, 26), (rx * 0.8, -ry, 26), (rx * 0.62, ry, 20), (-rx * 0.62, ry, 20))
            strokes = stroke(
                f"M{-rx * 0.3:.0f} {-ry * 0.8:.0f}L{-rx * 0.22:.0f} {ry * 0.7:.0f}", light(tone, 0.45), 7, 0.9
            ) + stroke(f"M{rx * 0.2:.0f} {-ry * 0.86:.0f}L{rx * 0.16:.0f} {ry * 0.8:.0f}", dark(tone, 0.2), 5)
            out += at(solid(shape, tone, 9, 5) + inside(shape, strokes), x, y, turn)
        return out

    return at(croissant("#d08a3e"), 356, 270, 10, 0.94) + at(croissant("#dc9848"), 286, 424, -8, 1.06)

"""Pictures that are not products: the invented co-op's logo, the app icon, the empty basket, the banner."""

import bakery
import dairy
import drinks
import fruit
import pantry
import vegetables
from PIL import Image
from shapes import (
    CREAM,
    INK,
    at,
    blob,
    box,
    dark,
    disc,
    fill,
    frill,
    inside,
    leaf,
    lettering,
    light,
    mix,
    oval,
    poly,
    solid,
    stroke,
)

GREEN = "#2f6b4f"
TERRACOTTA = "#d9694a"
SUN = "#f4b84a"
WICKER = "#cf9a5c"


def emblem():
    """A lane between two houses, leading to the rising sun, in a 200 x 200 arch."""
    arch = "M10 196V96C10 40 50 6 100 6S190 40 190 96V196Z"
    sky = fill(box(0, 0, 200, 200), "#fbe6b8") + disc(100, 112, 38, SUN)
    hills = fill("M0 140Q50 104 100 124T200 128V200H0Z", "#8db46a")
    lane = fill("M92 128H108C116 150 150 170 164 200H36C50 170 84 150 92 128Z", CREAM)
    left = fill(poly((0, 40), (34, 62), (62, 96), (62, 166), (36, 200), (0, 200)), TERRACOTTA)
    left += fill(poly((0, 26), (36, 50), (68, 94), (62, 104), (30, 70), (0, 52)), dark(TERRACOTTA, 0.3))
    right = fill(poly((200, 40), (166, 62), (138, 96), (138, 166), (164, 200), (200, 200)), GREEN)
    right += fill(poly((200, 26), (164, 50), (132, 94), (138, 104), (170, 70), (200, 52)), dark(GREEN, 0.35))
    panes = "".join(
        fill(poly(*points), "#fdf0cf")
        for points in (
            ((22, 88, 3), (38, 98, 3), (38, 126, 3), (22, 120, 3)),
            ((46, 106, 2), (56, 114, 2), (56, 134, 2), (46, 130, 2)),
            ((178, 88, 3), (162, 98, 3), (162, 126, 3), (178, 120, 3)),
            ((154, 106, 2), (144, 114, 2), (144, 134, 2), (154, 130, 2)),
        )
    )
    doors = fill(poly((20, 150, 5), (40, 148, 5), (40, 195), (20, 200)), dark(TERRACOTTA, 0.35)) + fill(
        poly((180, 150, 5), (160, 148, 5), (160, 195), (180, 200)), dark(GREEN, 0.4)
    )
    return inside(arch, sky + hills + lane + left + right + panes + doors)


def logo(wide):
    """The name beside (`wide`) or below the emblem; outlines only."""
    if wide:
        return (
            emblem()
            + lettering("La Ruelle", 404, 112, 104, GREEN, "script")
            + lettering("coopérative alimentaire", 420, 172, 31, TERRACOTTA, "sans")
        )
    return (
        at(emblem(), 100, 10)
        + lettering("La Ruelle", 200, 300, 96, GREEN, "script")
        + lettering("coopérative alimentaire", 200, 358, 30, TERRACOTTA, "sans")
    )


def weave(x, top, bottom, wide, narrow, colour=WICKER, cell=44):
    """The body of a wicker basket, from half width `wide` at the top to `narrow` at the bottom."""
    body = poly((x - wide, top, 10), (x + wide, top, 10), (x + narrow, bottom, 44), (x - narrow, bottom, 44))
    out = fill(body, dark(colour, 0.3))
    strands = ""
    row = 0
    y = top
    while y < bottom:
        start = x - wide - (cell if row % 2 else 0)
        while start < x + wide:
            tone = colour if (start - x) < wide * 0.45 else dark(colour, 0.13)
            strands += fill(box(start + 2, y + 2, cell * 1.62, cell * 0.5, cell * 0.24), tone)
            strands += fill(box(start + 8, y + 5, cell * 1.3, cell * 0.13, cell * 0.06), light(tone, 0.4))
            start += cell * 2
        y += cell * 0.56
        row += 1
    return out + inside(body, strands)


def rim(x, y, half, colour=WICKER, height=38):
    out = fill(box(x - half, y - height / 2, 2 * half, height, height / 2), colour)
    twists = "".join(
        stroke(f"M{x - half + i * 30} {y + height * 0.36}l22 {-height * 0.72}", dark(colour, 0.22), 6)
        for i in range(1, int(half / 15))
    )
    lit = fill(box(x - half + 8, y - height / 2 + 4, 2 * half - 16, 7, 3), light(colour, 0.45))
    return inside(box(x - half, y - height / 2, 2 * half, height, height / 2), out + twists + lit)


def handle(x, y, half, rise, colour=WICKER, width=26):
    data = f"M{x - half} {y}C{x - half} {y - rise * 1.3} {x + half} {y - rise * 1.3} {x + half} {y}"
    return (
        stroke(data, dark(colour, 0.28), width)
        + at(stroke(data, colour, width * 0.62), -2, -2)
        + at(stroke(data, light(colour, 0.45), width * 0.16), -4, -5)
    )


def empty_basket():
    """A friendly basket waiting to be filled."""
    out = disc(320, 532, 220, "#8a6f86", 24, 0.14) + disc(320, 532, 180, "#8a6f86", 17, 0.16)
    out += handle(320, 318, 178, 224, WICKER, 30)
    out += disc(320, 320, 216, dark(WICKER, 0.5), 40)
    out += fill(
        "M150 330C190 290 230 350 286 312C330 288 356 346 410 314C450 296 480 318 492 334L480 346H160Z", "#f7efdf"
    )
    out += weave(320, 322, 532, 214, 168) + rim(320, 324, 224)
    cloth = poly((196, 312, 10), (312, 312, 10), (300, 410, 20), (254, 446, 30), (210, 410, 20))
    lines = "".join(stroke(f"M{x} 300V450", TERRACOTTA, 8, 0.5) for x in range(206, 320, 28)) + "".join(
        stroke(f"M180 {y}H330", TERRACOTTA, 8, 0.5) for y in range(326, 450, 28)
    )
    out += solid(cloth, "#fbf3e4", 9, 0) + inside(cloth, lines)
    face = (
        disc(356, 412, 9, INK)
        + disc(424, 412, 9, INK)
        + disc(353, 409, 3, "#ffffff")
        + disc(421, 409, 3, "#ffffff")
        + stroke("M374 430Q390 446 406 430", INK, 6)
        + disc(334, 432, 13, "#e88f74", 9, 0.6)
        + disc(446, 432, 13, "#e88f74", 9, 0.6)
    )
    out += disc(390, 420, 84, light(WICKER, 0.3), 46) + face
    fly = stroke("M486 236C520 200 500 160 540 128", "#b9c99d", 5) + leaf(540, 128, 58, 34, "#6b9b45", 0.5)
    dots = stroke("M104 214l0 0M126 176l0 0M160 148l0 0", "#e3c38e", 10)
    return out + fly + dots + leaf(88, 252, 46, -26, "#8db46a", 0.5)


def icon():
    """The app icon, on 256 x 256: a full basket."""
    carrot = solid(blob((-24, 6), (0, -8), (24, 6), (14, 90), (0, 120), (-14, 90)), "#f08a35", 9, 5)
    tops = "".join(
        leaf(0, 0, 84, turn, colour, 0.34) for turn, colour in ((-34, "#5d9440"), (34, "#558b3c"), (0, "#76ad4b"))
    )
    loaf = solid(blob((0, -104), (26, -84), (34, 0), (30, 90), (-30, 90), (-34, 0), (-26, -84)), "#d9974e", 11, 6)
    loaf += "".join(stroke(f"M-14 {y}q14 2 26 -16", "#f7dfae", 9) for y in (-60, -26, 8))
    tomato = solid(oval(0, 0, 42, 39), "#e2493a", 11, 6) + "".join(
        leaf(0, -34, 28, turn, "#4f8438", 0.4) for turn in (-110, -55, 0, 55, 110)
    )
    salad = solid(frill(0, 0, 58, 52, 0.07, 9), "#7fb856", 9, 5) + solid(frill(2, 6, 36, 32, 0.08, 7), "#a8d272", 7, 4)
    out = handle(128, 132, 92, 124, WICKER, 17)
    out += (
        at(loaf, 164, 108, 18, 0.86)
        + at(tops + carrot, 82, 92, -24, 0.86)
        + at(salad, 110, 116, 0, 0.84)
        + at(tomato, 168, 126, 0, 0.84)
    )
    return out + weave(128, 138, 242, 104, 82, WICKER, 24) + at(rim(0, 0, 156, WICKER, 34), 128, 140, 0, 0.72)


def crate(x, y, width, height, label_text=""):
    out = fill(box(x, y, width, height, 6), "#9c6b3d")
    for i in range(3):
        out += fill(box(x, y + 6 + i * height / 3, width, height / 3 - 8, 5), "#d0a06a") + fill(
            box(x, y + 6 + i * height / 3, width, 5, 3), "#e5c08f"
        )
    for side in (x, x + width - 22):
        out += fill(box(side, y - 10, 22, height + 12, 4), "#b98750")
    if label_text:
        out += fill(box(x + width / 2 - 66, y + height / 2 - 25, 132, 50, 8), CREAM) + lettering(
            label_text, x + width / 2, y + height / 2 + 12, 34, GREEN, "script", 116
        )
    return out


def hero():
    """A market stall in a lane, 1600 x 600; the left third stays calm for a headline."""
    out = (
        fill("M0 0H1600V600H0Z", "#fdf1dc")
        + disc(520, 470, 470, "#fbe4bb")
        + disc(1270, 90, 64, "#f9cf73", opacity=0.8)
    )
    tones = (
        ("#efcdb4", 620, 214),
        ("#e7d9c3", 800, 150),
        ("#dbe3cb", 980, 196),
        ("#f1d8bd", 1180, 130),
        ("#e3d3cf", 1380, 180),
    )
    for colour, x, top in tones:
        out += fill(poly((x, top), (x + 100, top - 74), (x + 200, top), (x + 200, 520), (x, 520)), colour)
        out += fill(
            poly(
                (x - 10, top + 6),
                (x + 100, top - 86),
                (x + 210, top + 6),
                (x + 196, top + 14),
                (x + 100, top - 64),
                (x + 4, top + 14),
            ),
            dark(colour, 0.24),
        )
        for row in range(2):
            for col in (36, 118):
                window = box(x + col, top + 28 + row * 104, 46, 66, 6)
                out += fill(window, mix(colour, "#ffffff", 0.6)) + stroke(
                    f"M{x + col + 23} {top + 28 + row * 104}v66M{x + col} {top + 58 + row * 104}h46",
                    dark(colour, 0.16),
                    4,
                )
                out += fill(box(x + col - 16, top + 28 + row * 104, 14, 66, 3), dark(colour, 0.2)) + fill(
                    box(x + col + 48, top + 28 + row * 104, 14, 66, 3), dark(colour, 0.2)
                )
    out += fill(box(0, 508, 1600, 92), "#e9d3ac") + fill(box(0, 508, 1600, 8), "#dcc194")
    for i in range(22):
        out += fill(oval(40 + 76 * i, 548 + (i % 3) * 16, 24, 6), "#dcc194", 0.7)
    street, out = out, ""
    out += "".join(fill(box(x, 130, 16, 400, 4), "#9c6b3d") for x in (650, 1484))
    out += fill(box(630, 386, 890, 24, 8), "#b98750") + fill(box(650, 408, 850, 126, 4), "#a5764a")
    out += fill(box(650, 408, 850, 14), "#7d5430", 0.5) + "".join(
        fill(box(650 + 85 * i, 410, 4, 124), "#8a5f38") for i in range(1, 10)
    )
    for x, y, scale, draw in (
        (1396, 288, 0.34, drinks.apple_juice),
        (1300, 286, 0.34, pantry.olive_oil),
        (1218, 290, 0.34, pantry.apricot_jam),
    ):
        out += at(draw(), x - 320 * scale, y - 320 * scale + 26, 0, scale)
    for x, draw, scale, lift in (
        (690, vegetables.lettuce, 0.33, 0),
        (850, vegetables.tomatoes, 0.36, 2),
        (1010, fruit.apples, 0.36, 2),
    ):
        out += at(draw(), x + 30 - 320 * scale, 318 - 320 * scale + lift, 0, scale) + at(
            draw(), x + 86 - 320 * scale, 326 - 320 * scale + lift, 0, scale
        )
    for x, name in ((668, "Salades"), (836, "Tomates"), (1004, "Pommes")):
        out += crate(x, 352, 156, 70, name)
    out += crate(1186, 352, 290, 70, "La Ruelle")
    stripes = ""
    for i in range(11):
        x, width = 612 + i * 84.4, 84.4
        top = 640 + i * 79.3
        colour = GREEN if i % 2 == 0 else "#fbf3e2"
        stripes += fill(poly((top, 84), (top + 79.3, 84), (x + width, 192), (x, 192)), colour)
        stripes += fill(
            f"M{x:.1f} 191C{x:.1f} 226 {x + width:.1f} 226 {x + width:.1f} 191L{x + width:.1f} 182H{x:.1f}Z",
            dark(colour, 0.14),
        )
    out = street + at(out + stripes, 120, 0)
    basket = handle(0, -20, 118, 150, WICKER, 20)
    inside_things = (
        at(bakery.baguette(), -60, -350, 0, 0.56)
        + at(vegetables.carrots(), -214, -246, -8, 0.46)
        + at(vegetables.leeks(), -70, -280, 12, 0.46)
        + at(fruit.lemons(), -96, -178, 0, 0.34)
    )
    front = weave(0, -16, 126, 146, 116, WICKER, 30) + at(rim(0, 0, 200, WICKER, 38), 0, -14, 0, 0.76)
    out += disc(590, 556, 170, "#8a6f86", 18, 0.2) + at(inside_things + basket + front, 590, 428, 0, 1.04)
    for x, y, scale, draw in (
        (404, 496, 0.34, dairy.milk),
        (806, 522, 0.34, vegetables.kuri_squash),
        (728, 534, 0.3, fruit.pears),
    ):
        out += at(draw(), x - 320 * scale, y - 320 * scale, 0, scale)
    return out


def write(addon, raster, document):
    images = addon / "static" / "img"
    description = addon / "static" / "description"
    for folder in (images, description):
        folder.mkdir(parents=True, exist_ok=True)
    for name, svg in (
        ("la_ruelle_logo", document(620, 200, logo(True))),
        ("la_ruelle_logo_stacked", document(400, 376, logo(False))),
        ("empty_basket", document(640, 600, empty_basket())),
    ):
        (images / f"{name}.svg").write_text(svg + "\n")
    transparent = Image.Quantize.FASTOCTREE
    raster(document(620, 200, logo(True)), 930).quantize(96, method=transparent).save(
        images / "la_ruelle_logo.png", optimize=True
    )
    raster(document(256, 256, icon()), 256, 4).quantize(160, method=transparent).save(
        description / "icon.png", optimize=True
    )
    banner = raster(document(1600, 600, hero()), 1600)
    banner.convert("RGB").save(images / "hero.webp", quality=82, method=6)

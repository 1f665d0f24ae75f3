"""Draw the pictures of the demo co-op: products, logo, icon, banner and empty basket.

Only artists need this script; the pictures it makes are committed. It needs, from Debian:
``apt install librsvg2-bin python3-pil python3-fonttools fonts-lobstertwo fonts-quicksand
fonts-yanone-kaffeesatz``. Drawings and pictures are the project's own work (AGPL-3); lettering
is converted to outlines, so no font is needed to show them.

Usage: ``python3 draw_catalogue.py [--sheet DIR] [name …]`` draws everything or the named products;
``--sheet`` also writes contact sheets. Pictures are PNG rather than WebP on purpose: Odoo stores
WebP without resizing it (every thumbnail would weigh as much as the original), and neither its
PDF reports nor several mail readers show it.
"""

import argparse
import io
import subprocess
from pathlib import Path

import bakery
import brand
import bulk
import care
import dairy
import drinks
import fruit
import pantry
import vegetables
from PIL import Image, ImageDraw
from shapes import disc, fill, light, mix

ADDON = Path(__file__).resolve().parents[2] / "addons" / "panier"
SIZE = 640
DEPARTMENTS = {
    "vegetables": ("#dcebc9", vegetables),
    "fruit": ("#dcebc9", fruit),
    "dairy": ("#d8e7f1", dairy),
    "bakery": ("#f7e4c2", bakery),
    "pantry": ("#fbe1d1", pantry),
    "bulk": ("#ebdfce", bulk),
    "drinks": ("#f1dce4", drinks),
    "care": ("#e3def1", care),
}


def picture(draw, background):
    """Frame a drawing: pastel ground, lighter disc, soft shadow, then the thing itself."""
    content = draw()
    ground = getattr(draw, "shadow", (320, 508, 190))
    x, y, width = ground
    dusk = mix(background, "#5d3a5a", 0.45)
    frame = fill("M0 0H640V640H0Z", background) + disc(320, 316, 272, light(background, 0.55))
    frame += disc(x, y, width, dusk, width * 0.13, 0.16) + disc(x + 4, y, width * 0.84, dusk, width * 0.09, 0.22)
    return document(640, 640, frame + content)


def document(width, height, content):
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


def raster(svg, width, oversample=2):
    """Render SVG text to a Pillow image `width` pixels wide."""
    result = subprocess.run(
        ["rsvg-convert", "-w", str(width * oversample)], input=svg.encode(), capture_output=True, check=True
    )
    image = Image.open(io.BytesIO(result.stdout))
    return image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)


def save_png(image, path, colours=128):
    """Flat artwork: a palette loses nothing one can see and divides the weight by four."""
    image = image.convert("RGB").quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    image.save(path, optimize=True)


def contact_sheet(images, path, cell, columns):
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * (cell + 8) + 8, rows * (cell + 26) + 8), "white")
    pen = ImageDraw.Draw(sheet)
    for i, (name, image) in enumerate(images.items()):
        x, y = 8 + (i % columns) * (cell + 8), 8 + (i // columns) * (cell + 26)
        sheet.paste(image.convert("RGB").resize((cell, cell), Image.LANCZOS), (x, y))
        pen.text((x + 4, y + cell + 4), name, fill="black")
    sheet.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    target = ADDON / "demo" / "img"
    target.mkdir(parents=True, exist_ok=True)
    for department, (background, module) in DEPARTMENTS.items():
        images = {}
        for name, draw in module.PRODUCTS.items():
            if options.names and name not in options.names and department not in options.names:
                continue
            colour = getattr(draw, "background", background)
            images[name] = raster(picture(draw, colour), SIZE)
            save_png(images[name], target / f"{name}.png")
        if options.sheet and images:
            contact_sheet(images, options.sheet / f"{department}.png", 400, 4)
            contact_sheet(images, options.sheet / f"{department}_128.png", 128, 8)
    if not options.names or "brand" in options.names:
        brand.write(ADDON, raster, document)


if __name__ == "__main__":
    main()

{
    "name": "Panier: click & collect at the till",
    "summary": "Finish the basket in the shop and pay at the till",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "AGPL-3",
    "author": "Panier",
    "depends": ["panier_order", "pos_sale"],
    "assets": {
        "point_of_sale._assets_pos": [
            "panier_order_pos/static/src/app/**/*",
        ],
        "web.assets_tests": [
            "panier_order_pos/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}

{
    "name": "Panier: click & collect",
    "summary": "Click & collect from the cart to the hand-over",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "AGPL-3",
    "author": "Panier",
    "website": "https://github.com/panier-coop/panier",
    "depends": ["panier_slot", "website_sale_stock"],
    "data": [
        "security/ir.model.access.csv",
    ],
}

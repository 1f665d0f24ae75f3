{
    "name": "Panier: click & collect",
    "summary": "Click & collect from the cart to the hand-over",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "AGPL-3",
    "author": "Panier",
    "website": "https://github.com/panier-coop/panier",
    "depends": ["panier_slot", "payment_custom", "website_sale_stock"],
    "data": [
        "security/ir.model.access.csv",
        "data/payment_method_data.xml",
        "data/payment_provider_data.xml",
        "data/delivery_carrier_data.xml",
        "views/slot_panel_templates.xml",
        "views/checkout_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "panier_order/static/src/checkout/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}

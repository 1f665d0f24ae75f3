{
    "name": "Panier: the avoir at the till",
    "summary": "Members pay with their avoirs in the shop, held before it is accepted",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "AGPL-3",
    "author": "Panier",
    "depends": ["panier_credit", "panier_order_pos"],
    "data": [
        "views/panier_credit_claim_views.xml",
        "views/pos_payment_method_views.xml",
        "views/pos_order_views.xml",
    ],
    "demo": [
        "demo/pos_config_demo.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": [
            "panier_credit_pos/static/src/app/**/*",
        ],
        "web.assets_tests": [
            "panier_credit_pos/static/tests/tours/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}

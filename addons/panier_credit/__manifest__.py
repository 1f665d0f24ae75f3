{
    "name": "Panier: avoirs",
    "summary": "What is short becomes a credit note, and the credit pays the next purchase",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "AGPL-3",
    "author": "Panier",
    "depends": ["panier_order", "account_payment"],
    "data": [
        "security/ir.model.access.csv",
        "security/panier_credit_security.xml",
        "data/payment_method_data.xml",
        "data/payment_provider_data.xml",
        "data/ir_cron_data.xml",
        "views/panier_credit_menus.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}

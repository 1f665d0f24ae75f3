{
    "name": "Panier: places that cannot be oversold",
    "summary": "Counted, held for a while, taken or released: capacity for slots, trips and sale lines",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Panier",
    "license": "AGPL-3",
    "depends": ["base"],
    "data": [
        "security/ir.model.access.csv",
        "data/panier_capacity_hold_data.xml",
    ],
}

from . import (
    test_access,
    test_capacity,
    test_capacity_races,
    test_capacity_sequences,
    test_multi_company,
    test_panier_place,
    test_panier_slot,
    test_queries,
    test_schedule,
)

from . import (
    test_access,
    test_import,
    test_mapping,
    test_member_status,
    test_multi_company,
    test_order_rule,
    test_payment_guard,
    test_payment_http,
    test_portal_pages,
    test_queries,
    test_refusals,
    test_write_paths,
)

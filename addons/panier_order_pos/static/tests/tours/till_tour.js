import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import {registry} from "@web/core/registry";

const openBaskets = {
    content: "Open the baskets",
    trigger: ".control-buttons .panier-baskets",
    run: "click",
};

/** Find a basket by its code, load it, scan one more soap, pay cash: handed over. Then one that is paid already. */
registry.category("web_tour.tours").add("panier_till", {
    steps: () =>
        [
            Chrome.startPoS(),
            openBaskets,
            {
                content: "Both baskets wait; the one that is not ready cannot be taken",
                trigger: ".modal .panier-basket:disabled:contains('is not ready')",
            },
            {
                content: "Type a code that nobody has",
                trigger: ".modal .panier-baskets-query",
                run: "edit 222 222",
            },
            {
                trigger: ".modal p:contains('No basket for this')",
            },
            {
                content: "Scan the collection code: the till's test has made it TEST22",
                trigger: ".modal .panier-baskets-query",
                run: "edit tes-t22 && press Enter",
            },
            {
                content: "The basket is on the ticket, as prepared",
                trigger:
                    "body:not(:has(.modal)) .order-container .orderline:contains(Lentils) .qty:contains(2)",
            },
            ProductScreen.customerIs("Member"),
            ProductScreen.totalAmountIs("29.00"),
            ProductScreen.clickDisplayedProduct("Soap"),
            {
                content: "It is a line of its own",
                trigger: ".order-container:has(.orderline:contains(Soap):eq(1))",
            },
            ProductScreen.totalAmountIs("33.00"),
            openBaskets,
            {
                content: "Asked again, the basket is on this ticket already",
                trigger: ".modal .panier-basket:contains('29.00')",
                run: "click",
            },
            {
                trigger: ".o_notification:contains('on this ticket already')",
            },
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            {
                content: "Saving a ticket takes its time on a busy machine",
                trigger: ".pos .receipt-screen",
                timeout: 60000,
            },
            ReceiptScreen.isShown(),
            {
                trigger: ".panier-receipt-basket:contains('handed over')",
            },
            ReceiptScreen.clickNextOrder(),
            openBaskets,
            {
                content: "The other basket is paid: handed over without a ticket",
                trigger: ".modal .panier-basket:contains('Paid'):contains('Hand over')",
                run: "click",
            },
            {
                trigger:
                    ".modal:contains('Nothing is to be paid') .modal-footer button:contains('Hand over')",
                run: "click",
            },
            {
                trigger: ".o_notification:contains('is handed over')",
            },
            {
                content: "No ticket was made for it",
                trigger:
                    ".order-container-bg-view:not(:has(.orderline)), .product-screen:not(:has(.orderline))",
            },
        ].flat(),
});

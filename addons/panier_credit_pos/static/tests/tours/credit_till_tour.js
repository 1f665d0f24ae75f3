import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as OfflineUtil from "@point_of_sale/../tests/generic_helpers/offline_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import {registry} from "@web/core/registry";

const refused = (sentence) => [
    {
        content: `The cashier reads: ${sentence}`,
        trigger: `.modal .modal-body:contains("${sentence}")`,
    },
    Dialog.confirm(),
];

const noCreditLine = {
    content: "Nothing was added",
    trigger: ".payment-screen:not(:has(.paymentline:contains('Avoir')))",
};

/** Ten euros, seven of them with an avoir; refused offline, above the limit, for somebody else, and when it is gone. */
registry.category("web_tour.tours").add("panier_credit_till", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till apples"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPartnerButton(),
            PaymentScreen.clickCustomer("Tilleul"),
            {
                content: "The button tells what there is",
                trigger: ".paymentmethod:contains('Avoir') .panier-credit-balance:contains('7.00')",
            },
            OfflineUtil.setOfflineMode(),
            PaymentScreen.clickPaymentMethod("Avoir"),
            refused("The till is offline"),
            noCreditLine,
            OfflineUtil.setOnlineMode(),
            PaymentScreen.clickPaymentMethod("Avoir", true, {amount: "7.00", remaining: "3.00"}),
            {
                content: "What there was, is used, and is left",
                trigger:
                    ".panier-credit-sentence:contains('Avoir of Tilleul'):contains('7.00'):contains('0.00')",
            },
            PaymentScreen.clickPaymentMethod("Avoir"),
            refused("on this ticket already"),
            PaymentScreen.clickNumpad("9"),
            refused("At most"),
            PaymentScreen.selectedPaymentlineHas("Avoir", "7.00"),
            PaymentScreen.clickPartnerButton(),
            PaymentScreen.clickCustomer("Orme"),
            refused("take the avoir off before changing the member"),
            PaymentScreen.clickPaymentlineDelButton("Avoir", "7.00"),
            noCreditLine,
            PaymentScreen.clickPaymentMethod("Avoir", true, {amount: "7.00", remaining: "3.00"}),
            PaymentScreen.clickPaymentMethod("Cash", true, {amount: "3.00"}),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            {
                trigger:
                    ".panier-receipt-credit:has(.panier-credit-used:contains('7.00')) .panier-credit-left:contains('0.00')",
            },
            ReceiptScreen.clickNextOrder(),
            ProductScreen.clickDisplayedProduct("Till apples"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Avoir"),
            PaymentScreen.clickCustomer("Tilleul"),
            refused("Tilleul has no avoir to use."),
            noCreditLine,
            Chrome.endTour(),
        ].flat(),
});

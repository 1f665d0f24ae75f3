import {patch} from "@web/core/utils/patch";
import {PaymentForm} from "@payment/interactions/payment_form";

patch(PaymentForm.prototype, {
    /** @override the till is a way to pay later: the button says "Confirm", not "Pay now". */
    _isPayLaterPaymentMethod(paymentMethodCode) {
        return paymentMethodCode === "panier_till" || super._isPayLaterPaymentMethod(...arguments);
    },
});

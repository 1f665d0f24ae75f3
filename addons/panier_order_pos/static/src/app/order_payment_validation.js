import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import {patch} from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** Another till may have taken the basket while this one was counting the money. */
    async askBeforeValidation() {
        if (!(await this.pos.panierCheckTicket(this.order))) {
            return false;
        }
        return await super.askBeforeValidation(...arguments);
    },
});

import OrderPaymentValidation from "@point_of_sale/app/utils/order_payment_validation";
import {patch} from "@web/core/utils/patch";

patch(OrderPaymentValidation.prototype, {
    /** The last thing before the ticket is paid: the credit is still there, and stays until the ticket is saved. */
    async isOrderValid() {
        if (!(await super.isOrderValid(...arguments))) {
            return false;
        }
        const line = this.order.panierCreditLine;
        if (!line || !line.getAmount()) {
            return true;
        }
        if (line.getAmount() > this.order.totalDue) {
            // A product was taken off since: credit is not given back as change.
            this.pos.panierSayLimit(this.order);
            return false;
        }
        const {answer, refused} = await this.pos.panierAskCredit(
            "panier_credit_confirm",
            this.order,
            line.getAmount()
        );
        if (refused) {
            this.order.removePaymentline(line);
            await this.pos.panierReleaseCredit(this.order);
        }
        return Boolean(answer);
    },
});

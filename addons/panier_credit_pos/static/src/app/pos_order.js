import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    /** The payment line with the member's credit, if any: one on a ticket. */
    get panierCreditLine() {
        return this.payment_ids.find((line) => line.payment_method_id?.panier_is_credit);
    },

    /** The most that the credit line may be: what is due without it, up to what the till was told there is. */
    get panierCreditLimit() {
        const line = this.panierCreditLine;
        const others = this.payment_ids
            .filter((payment) => payment !== line)
            .reduce((sum, payment) => sum + payment.getAmount(), 0);
        const due = this.currency.round(this.totalDue - others);
        const available = this.uiState.panierCredit?.available ?? line.getAmount();
        return Math.max(0, Math.min(due, available));
    },

    /**
     * What the ticket says about credit: the server's word once it is saved, the same when printed again.
     * @returns {Object|undefined} used, left
     */
    get panierCreditTold() {
        if (this.panier_credit_used) {
            return {used: this.panier_credit_used, left: this.panier_credit_left};
        }
        const line = this.panierCreditLine;
        const told = this.uiState.panierCredit;
        if (!line || !told || (this.finalized && this.isSynced)) {
            return undefined;
        }
        return {
            used: line.getAmount(),
            left: this.currency.round(told.available - line.getAmount()),
        };
    },
});

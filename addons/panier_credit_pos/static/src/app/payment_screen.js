import {useEffect, useState} from "@odoo/owl";
import {PaymentScreen} from "@point_of_sale/app/screens/payment_screen/payment_screen";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        this.panierBalance = useState({amount: undefined});
        useEffect(
            () => {
                this.panierShowBalance();
            },
            () => [this.currentOrder?.getPartner()?.id]
        );
    },

    /** The member's balance on the button, to propose it. Only shown: what can be used is asked for when it is chosen. */
    async panierShowBalance() {
        const partner = this.currentOrder?.getPartner();
        this.panierBalance.amount = undefined;
        if (
            !partner ||
            !this.payment_methods_from_config.some((method) => method.panier_is_credit)
        ) {
            return;
        }
        const args = [[this.pos.session.id], partner.id, this.currentOrder.uuid];
        const answer = await this.pos.data.silentCall("pos.session", "panier_credit_balance", args);
        if (this.currentOrder?.getPartner() === partner) {
            this.panierBalance.amount = answer?.available;
        }
    },

    get panierBalanceText() {
        const amount = this.panierBalance.amount;
        return amount === undefined ? "" : this.env.utils.formatCurrency(amount);
    },

    async addNewPaymentLine(paymentMethod) {
        if (!paymentMethod.panier_is_credit) {
            return await super.addNewPaymentLine(...arguments);
        }
        return await this.panierAddCredit(paymentMethod);
    },

    /** Ask for the member's credit; what the server keeps aside is the amount of the line. */
    async panierAddCredit(paymentMethod) {
        const order = this.currentOrder;
        const due = order.remainingDue;
        if (order.panierCreditLine || due <= 0 || this.isRefundOrder) {
            this.pos.panierSayNo(this.panierWhyNoCredit(order));
            return false;
        }
        if (!order.getPartner() && !(await this.pos.selectPartner())) {
            this.pos.panierSayNo(
                _t("Choose the member first: the till has to know whose avoir it is.")
            );
            return false;
        }
        if (this.panierAsking) {
            return false;
        }
        this.panierAsking = true;
        try {
            const {answer} = await this.pos.panierAskCredit("panier_credit_hold", order, due);
            if (!answer || order.panierCreditLine) {
                return false;
            }
            const added = await super.addNewPaymentLine(paymentMethod);
            const line = order.panierCreditLine;
            if (!added || !line) {
                await this.pos.panierReleaseCredit(order);
                return false;
            }
            line.setAmount(answer.held);
            this.numberBuffer.reset();
            return true;
        } finally {
            this.panierAsking = false;
        }
    },

    panierWhyNoCredit(order) {
        if (order.panierCreditLine) {
            return _t("The avoir is on this ticket already.");
        }
        if (this.isRefundOrder || order.totalDue < 0) {
            return _t(
                "A return is not put on an avoir by the till. Give the money back, or ask for a credit note of the sale: it becomes the member's avoir."
            );
        }
        return _t("Nothing is left to pay on this ticket.");
    },

    /** What the cashier reads about the credit on this ticket. */
    get panierCreditSentence() {
        const told = this.currentOrder.panierCreditLine && this.currentOrder.panierCreditTold;
        if (!told || !this.currentOrder.uiState.panierCredit) {
            return "";
        }
        const format = this.env.utils.formatCurrency;
        return _t("Avoir of %(member)s: %(available)s — %(used)s used, %(left)s left", {
            member: this.currentOrder.uiState.panierCredit.name,
            available: format(told.used + told.left),
            used: format(told.used),
            left: format(told.left),
        });
    },

    updateSelectedPaymentline() {
        super.updateSelectedPaymentline(...arguments);
        const line = this.currentOrder.panierCreditLine;
        if (!line || line !== this.selectedPaymentLine) {
            return;
        }
        if (line.getAmount() > this.currentOrder.panierCreditLimit || line.getAmount() < 0) {
            this.pos.panierSayLimit(this.currentOrder);
            this.numberBuffer.reset();
        }
    },

    deletePaymentLine(uuid) {
        const isCredit = this.currentOrder.panierCreditLine?.uuid === uuid;
        super.deletePaymentLine(...arguments);
        if (isCredit) {
            this.pos.panierReleaseCredit(this.currentOrder);
        }
    },
});

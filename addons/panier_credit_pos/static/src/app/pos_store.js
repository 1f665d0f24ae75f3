import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

patch(PosStore.prototype, {
    /**
     * Ask the server about the credit of this ticket's member.
     *
     * Whatever the answer, the cashier is told: only the server knows what can be spent, so nothing is accepted without it.
     * @param {String} method of pos.session: panier_credit_hold or panier_credit_confirm
     * @param {Object} order
     * @param {Number} amount
     * @returns {Object} answer: held, available, left, name; refused where the server said no; neither when it is away
     */
    async panierAskCredit(method, order, amount) {
        try {
            if (this.data.network.offline) {
                throw new ConnectionLostError();
            }
            // Taken off and chosen again at once: the first request must not undo the second.
            await this.panierReleasing;
            const args = [[this.session.id], order.uuid, order.getPartner().id, amount];
            const answer = await this.data.call("pos.session", method, args);
            order.uiState.panierCredit = answer;
            return {answer};
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.panierSayNo(
                    _t(
                        "The till is offline: it cannot know what is left of this avoir. Take another payment, or wait for the connection."
                    )
                );
                return {};
            }
            if (error instanceof RPCError) {
                this.panierSayNo(error.data.message);
                return {refused: true};
            }
            throw error;
        }
    },

    /** Free what was held for this ticket. Best effort: by the clock it is free soon anyway. */
    async panierReleaseCredit(order) {
        order.uiState.panierCredit = undefined;
        const args = [[this.session.id], order.uuid];
        this.panierReleasing = this.data.silentCall("pos.session", "panier_credit_release", args);
        await this.panierReleasing;
    },

    panierSayNo(body) {
        this.dialog.add(AlertDialog, {title: _t("Avoir"), body});
    },

    /** Bring the credit line back to what it may be, and say so. */
    panierSayLimit(order) {
        const limit = order.panierCreditLimit;
        order.panierCreditLine.setAmount(limit);
        this.panierSayNo(
            _t("At most %(limit)s of this avoir can be used on this ticket.", {
                limit: this.env.utils.formatCurrency(limit),
            })
        );
    },

    /** Whether another customer would be given this member's avoir. */
    panierKeepsCustomer(order, partner) {
        const changes = order?.panierCreditLine && order.getPartner()?.id !== partner?.id;
        if (changes) {
            this.panierSayNo(
                _t(
                    "This ticket is paid with the avoir of its member: take the avoir off before changing the member."
                )
            );
        }
        return Boolean(changes);
    },

    setPartnerToCurrentOrder(partner) {
        if (!this.panierKeepsCustomer(this.getOrder(), partner)) {
            super.setPartnerToCurrentOrder(...arguments);
        }
    },

    async _onBeforeDeleteOrder(order) {
        const goesOn = await super._onBeforeDeleteOrder(...arguments);
        if (goesOn && order.panierCreditLine) {
            await this.panierReleaseCredit(order);
        }
        return goesOn;
    },
});

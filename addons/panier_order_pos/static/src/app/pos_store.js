import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

patch(PosStore.prototype, {
    /** Override of pos_sale: a basket is settled as prepared, in full, whichever button found it. */
    async _processSaleOrder(saleOrder) {
        if (!saleOrder.panier_state) {
            return super._processSaleOrder(...arguments);
        }
        return await this.panierLoad(saleOrder, false);
    },

    /**
     * Put a basket on the current ticket.
     * @param {Number} basketId
     * @param {Boolean} takeOver from another ticket that holds it
     */
    async panierLoadBasket(basketId, takeOver) {
        const held = this.panierTicketHolding(basketId);
        if (held) {
            this.setOrder(held);
            this.notification.add(_t("This basket is on this ticket already."));
            return;
        }
        await this.panierLoad(await this._getSaleOrder(basketId), takeOver);
    },

    /** The unpaid ticket of this till that holds the basket already, if any. */
    panierTicketHolding(basketId) {
        return this.models["pos.order"].find(
            (ticket) =>
                !ticket.finalized && ticket.panierBaskets.some((basket) => basket.id === basketId)
        );
    },

    async panierLoad(basket, takeOver) {
        const ticket = this.panierTicketFor(basket);
        await this.panierAsk("action_panier_take_basket", [basket.id, ticket.uuid, takeOver]);
        ticket.setPartner(basket.partner_id);
        ticket.update({fiscal_position_id: basket.fiscal_position_id});
        await this.settleSO(basket, basket.fiscal_position_id);
        this.panierTidy(ticket, basket);
        this.selectOrderLine(ticket, ticket.lines.at(-1));
    },

    /** One line for each product, also of what is sold by weight; none for what was not found. */
    panierTidy(ticket, basket) {
        const lines = ticket.lines.filter((line) => line.sale_order_origin_id?.id === basket.id);
        for (const orderLine of basket.order_line) {
            const [first, ...others] = lines.filter(
                (line) => line.sale_order_line_id?.id === orderLine.id
            );
            if (others.length && first.product_id.tracking === "none") {
                const quantity = others.reduce((sum, line) => sum + line.qty, first.qty);
                others.forEach((line) => ticket.removeOrderline(line));
                first.setQuantity(quantity, true);
            }
            if (first && !first.qty) {
                ticket.removeOrderline(first);
            }
        }
    },

    /** The current ticket, or a new one where the current one is another member's. */
    panierTicketFor(basket) {
        const ticket = this.getOrder();
        const partner = ticket.getPartner();
        if (ticket.isEmpty() || !partner || partner.id === basket.partner_id?.id) {
            return ticket;
        }
        this.notification.add(_t("The current ticket is another member's: a new one was opened."));
        return this.addNewOrder({partner_id: basket.partner_id});
    },

    /** Ask the server about baskets, as this till. */
    async panierAsk(method, args) {
        return await this.data.call("pos.config", method, [this.config.id, ...args]);
    },

    /**
     * Whether the baskets on the ticket may still be paid: asked before any money is taken. Offline nobody can know: the
     * ticket goes on, and staff are told if it could not hand over its basket.
     */
    async panierCheckTicket(ticket) {
        const ids = ticket.panierBaskets.map((basket) => basket.id);
        if (!ids.length) {
            return true;
        }
        if (ticket.getShippingDate()) {
            this.panierRefuse(_t("A basket is handed over at once: take the delivery date off."));
            return false;
        }
        try {
            await this.panierAsk("action_panier_check_baskets", [ticket.uuid, ids]);
            return true;
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return true;
            }
            if (error instanceof RPCError) {
                this.panierRefuse(error.data.message);
                return false;
            }
            throw error;
        }
    },

    panierRefuse(body) {
        this.dialog.add(AlertDialog, {title: _t("This basket cannot be paid here"), body});
    },

    async pay() {
        if (await this.panierCheckTicket(this.getOrder())) {
            await super.pay(...arguments);
        }
    },

    async _onBeforeDeleteOrder(order) {
        const goesOn = await super._onBeforeDeleteOrder(...arguments);
        if (goesOn && order.panierBaskets.length) {
            await this.data.silentCall("pos.config", "action_panier_leave_baskets", [
                this.config.id,
                order.uuid,
            ]);
        }
        return goesOn;
    },
});

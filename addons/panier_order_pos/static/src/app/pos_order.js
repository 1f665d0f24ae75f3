import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    /** The baskets sold on this ticket: records of sale.order. */
    get panierBaskets() {
        const baskets = this.lines
            .filter((line) => line.sale_order_line_id && line.qty > 0)
            .map((line) => line.sale_order_origin_id);
        return [...new Set(baskets)].filter((basket) => basket?.panier_state);
    },

    /** What the printed ticket says of its baskets. */
    get panierReceiptLines() {
        return this.panierBaskets.map((basket) =>
            this.finalized ? _t("Basket %s handed over", basket.name) : _t("Basket %s", basket.name)
        );
    },
});

patch(PosOrderline.prototype, {
    /** What is scanned besides is a line of its own: the lines of a basket say what was prepared. */
    canBeMergedWith(orderline) {
        const ofBasket = [this, orderline].some((line) => line.sale_order_origin_id?.panier_state);
        return !ofBasket && super.canBeMergedWith(...arguments);
    },
});

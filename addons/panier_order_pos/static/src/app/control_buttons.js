import {BasketsDialog} from "@panier_order_pos/app/baskets_dialog/baskets_dialog";
import {ControlButtons} from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import {patch} from "@web/core/utils/patch";

patch(ControlButtons.prototype, {
    onClickBaskets() {
        this.props.close?.();
        this.dialog.add(BasketsDialog);
    },
});

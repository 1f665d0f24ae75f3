import {ActionpadWidget} from "@point_of_sale/app/screens/product_screen/action_pad/action_pad";
import {BasketsDialog} from "@panier_order_pos/app/baskets_dialog/baskets_dialog";
import {Component} from "@odoo/owl";
import {ControlButtons} from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";
import {useService} from "@web/core/utils/hooks";

/** Next to the button of the customer, on every size of screen. */
export class BasketsButton extends Component {
    static template = "panier_order_pos.BasketsButton";
    static props = {};

    setup() {
        this.dialog = useService("dialog");
    }

    open() {
        this.dialog.add(BasketsDialog);
    }
}

ControlButtons.components = {...ControlButtons.components, BasketsButton};
ActionpadWidget.components = {...ActionpadWidget.components, BasketsButton};

import {AlertDialog, ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Component, useState} from "@odoo/owl";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useDebounced} from "@web/core/utils/timing";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";

/** The baskets that wait: find one by name, number or code, then load it on the ticket or hand it over. */
export class BasketsDialog extends Component {
    static template = "panier_order_pos.BasketsDialog";
    static components = {Dialog};
    static props = {close: Function};

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({
            query: "",
            baskets: [],
            more: false,
            problem: "",
            asking: true,
            busy: false,
        });
        this.asked = 0;
        useAutofocus({refName: "query"});
        this.findSoon = useDebounced(() => this.find(), 250);
        this.find();
    }

    /** The last question counts, whichever answer comes last. */
    async find() {
        const asked = ++this.asked;
        const found = {baskets: [], more: false, problem: "", asking: false};
        try {
            Object.assign(
                found,
                await this.pos.panierAsk("action_panier_find_baskets", [this.state.query])
            );
        } catch (error) {
            found.problem = this.sentence(error);
        }
        if (asked === this.asked) {
            Object.assign(this.state, found);
        }
    }

    sentence(error) {
        if (error instanceof ConnectionLostError) {
            return _t(
                "There is no network: baskets cannot be looked up now. Sell as usual, or try again in a moment."
            );
        }
        if (error instanceof RPCError) {
            return error.data.message;
        }
        throw error;
    }

    /** A scanner ends a code with Enter: the one basket it names opens at once. */
    async onKeydown(event) {
        if (event.key !== "Enter") {
            return;
        }
        event.preventDefault();
        await this.find();
        const possible = this.state.baskets.filter(
            (basket) => basket.may_load || basket.may_hand_over
        );
        if (this.state.query && possible.length === 1) {
            this.choose(possible[0]);
        }
    }

    choose(basket) {
        if (basket.may_hand_over) {
            this.askHandOver(basket);
        } else if (basket.on_ticket && !this.pos.panierTicketHolding(basket.id)) {
            this.dialog.add(ConfirmationDialog, {
                title: _t("Take this basket over?"),
                body: _t(
                    "%s Only one of the two tickets can be paid: the other one will be refused.",
                    basket.on_ticket
                ),
                confirmLabel: _t("Take it over"),
                confirm: () => this.load(basket, true),
                cancelLabel: _t("Leave it there"),
                cancel: () => {},
            });
        } else if (basket.may_load) {
            this.load(basket, false);
        }
    }

    async load(basket, takeOver) {
        await this.act(() => this.pos.panierLoadBasket(basket.id, takeOver));
    }

    askHandOver(basket) {
        const check = basket.code_seen
            ? _t("The collection code is right.")
            : _t("Check the collection code, or who is taking it.");
        this.dialog.add(ConfirmationDialog, {
            title: _t("Hand over basket %(name)s to %(member)s?", basket),
            body: [_t("Nothing is to be paid."), this.bags(basket), check]
                .filter(Boolean)
                .join("\n"),
            confirmLabel: _t("Hand over"),
            confirm: () => this.handOver(basket),
            cancel: () => {},
        });
    }

    async handOver(basket) {
        await this.act(async () => {
            await this.pos.panierAsk("action_panier_hand_over", [basket.id]);
            this.notification.add(_t("Basket %(name)s is handed over to %(member)s.", basket), {
                type: "success",
            });
        });
    }

    /** One thing at a time; what is refused is said, and the list is read again. */
    async act(action) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await action();
            this.props.close();
        } catch (error) {
            this.dialog.add(AlertDialog, {
                title: _t("This basket cannot be taken"),
                body: this.sentence(error),
            });
            await this.find();
        } finally {
            this.state.busy = false;
        }
    }

    /** What, when and how much: the second line of a card. */
    details(basket) {
        const items = basket.items === 1 ? _t("1 product") : _t("%s products", basket.items);
        return [basket.name, basket.slot, items].join(" · ");
    }

    number(basket) {
        return basket.member_number && _t("no. %s", basket.member_number);
    }

    bags(basket) {
        const bags = basket.bags ? _t("%s bag(s) or crate(s)", basket.bags) : "";
        return [bags, basket.where].filter(Boolean).join(" · ");
    }
}

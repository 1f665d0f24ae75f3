import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {Outbox, postTaps} from "./outbox";

/** The one outbox of this page: the basket puts taps in, the banner shows what is in it. */
export const outbox = new Outbox(window.localStorage, postTaps);

/** Shows what waits for the network and what was refused, and sends as soon as the network is back. */
export class OutboxBanner extends Interaction {
    static selector = ".o_panier_outbox";
    dynamicContent = {
        "[data-do='seen']": {"t-on-click": () => outbox.forgetRefused()},
        _window: {
            "t-on-online": () => outbox.flush(),
            "t-on-storage": () => this.show(),
            "t-on-pageshow": () => outbox.flush(),
        },
    };

    start() {
        outbox.onChange = () => this.show();
        this.show();
        outbox.flush();
    }

    show() {
        const {taps, refused, loggedOut} = outbox;
        const [waiting, login, refusals] = this.el.children;
        waiting.hidden =
            !taps.length || loggedOut || (navigator.onLine && outbox.sending && taps.length < 2);
        waiting.querySelector("[data-count]").textContent = taps.length;
        login.hidden = !loggedOut;
        refusals.hidden = !refused.length;
        refusals.querySelector("ul").replaceChildren(
            ...refused.map(({label, message}) => {
                const item = document.createElement("li");
                item.textContent = label ? `${label}: ${message}` : message;
                return item;
            })
        );
        document.dispatchEvent(new CustomEvent("panier-outbox"));
    }
}

registry.category("public.interactions").add("panier_order.outbox", OutboxBanner);

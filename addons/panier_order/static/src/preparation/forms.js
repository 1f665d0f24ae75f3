import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {Camera} from "./camera";

const NAME_KEY = "panier.preparer";

/** Large − and + beside a number. */
export class Stepper extends Interaction {
    static selector = ".pn_stepper";
    dynamicContent = {
        "[data-do='less']": {"t-on-click": () => this.step(-1)},
        "[data-do='more']": {"t-on-click": () => this.step(1)},
    };

    step(direction) {
        const input = this.el.querySelector("input");
        const step = parseFloat(input.dataset.step || 1);
        const value = (parseFloat(input.value) || 0) + direction * step;
        const most = input.max === "" ? Infinity : parseFloat(input.max);
        // Grams are enough, and binary fractions add what nobody weighed.
        input.value = Math.round(Math.min(Math.max(value, 0), most) * 1000) / 1000;
    }
}

/** The first name that this device was given last time. */
export class PreparerName extends Interaction {
    static selector = ".o_panier_name";
    dynamicContent = {
        _root: {
            "t-on-submit": () => localStorage.setItem(NAME_KEY, this.el.elements.name.value.trim()),
        },
    };

    start() {
        this.el.elements.name.value ||= localStorage.getItem(NAME_KEY) || "";
    }
}

/** The place filter applies as soon as it is chosen. */
export class PlaceFilter extends Interaction {
    static selector = ".o_panier_filter";
    dynamicContent = {
        select: {"t-on-change": () => this.el.requestSubmit()},
        button: {"t-att-hidden": () => true},
    };
}

/** The collection code, from the camera. */
export class CodeScan extends Interaction {
    static selector = ".o_panier_code";
    dynamicContent = {"[data-do='camera']": {"t-on-click": this.onCamera}};

    start() {
        this.el.querySelector("[data-do='camera']").hidden = false;
        this.camera = new Camera(this.el.querySelector("video"), (code) => {
            this.camera.stop();
            this.el.elements.code.value = code;
            this.el.requestSubmit();
        });
    }

    destroy() {
        this.camera.stop();
    }

    async onCamera() {
        try {
            await this.camera.start();
        } catch {
            this.el.querySelector("[data-banner='scan']").hidden = false;
        }
    }
}

/** A second tap on a button that is already at work does nothing. */
export class OneTap extends Interaction {
    static selector = ".pn_page form[method='post']:not(.pn_line form)";
    dynamicContent = {_root: {"t-on-submit": this.onSubmit}};

    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
        this.waitForTimeout(() => (this.sent = false), 8000);
    }
}

for (const [name, interaction] of Object.entries({
    Stepper,
    PreparerName,
    PlaceFilter,
    CodeScan,
    OneTap,
})) {
    registry.category("public.interactions").add(`panier_order.${name}`, interaction);
}

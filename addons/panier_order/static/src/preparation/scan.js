import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {Camera} from "./camera";

/** A scanner types faster than any finger: a longer pause than this, in milliseconds, starts a new code. */
const SCANNER_PAUSE = 80;
const SHORTEST_CODE = 4;

/** Barcodes for a basket: typed, from a scanner that acts as a keyboard, or from the camera. */
export class Scan extends Interaction {
    static selector = ".o_panier_scan";
    dynamicContent = {
        ".pn_scan_form": {"t-on-submit.prevent": this.onSubmit},
        "[data-do='camera']": {"t-on-click": this.onCamera},
        _document: {"t-on-keydown": this.onKey},
    };

    start() {
        this.el.hidden = false;
        this.keys = "";
        this.camera = new Camera(this.el.querySelector("video"), (code) => this.found(code));
    }

    destroy() {
        this.camera.stop();
    }

    found(code) {
        const basket = this.el.closest(".o_panier_basket");
        basket.dispatchEvent(new CustomEvent("panier-scan", {detail: code}));
    }

    onSubmit() {
        const input = this.el.querySelector("input");
        if (input.value.trim()) {
            this.found(input.value.trim());
        }
        input.value = "";
    }

    async onCamera() {
        if (this.camera.isOn) {
            this.camera.stop();
            return;
        }
        try {
            await this.camera.start();
        } catch {
            const basket = this.el.closest(".o_panier_basket");
            const banner = this.el.querySelector("[data-banner='scan']");
            banner.textContent = basket.querySelector("[data-text='no_camera']").textContent;
            banner.hidden = false;
        }
    }

    onKey(ev) {
        if (ev.target.matches("input, textarea, select") || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const fast = ev.timeStamp - this.lastKeyAt < SCANNER_PAUSE;
        this.lastKeyAt = ev.timeStamp;
        if (ev.key === "Enter") {
            if (fast && this.keys.length >= SHORTEST_CODE) {
                ev.preventDefault();
                this.found(this.keys);
            }
            this.keys = "";
        } else if (ev.key.length === 1) {
            this.keys = (fast ? this.keys : "") + ev.key;
        }
    }
}

registry.category("public.interactions").add("panier_order.scan", Scan);

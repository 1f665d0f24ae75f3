import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";

const WARN_AT = 120;
const SAVE_DELAY = 700;

/**
 * The slot panel of the checkout and of the portal. Without this file it is plain HTML that works; this makes tabs of the
 * days, a clock of the expiry and, in the checkout, saves without loading the page.
 */
export class SlotPanel extends Interaction {
    static selector = ".o_panier_slot_panel";
    dynamicContent = {
        _root: {"t-att-class": () => ({o_panier_js: true})},
        ".o_panier_day": {"t-on-click.prevent": this.onDayClick, "t-on-keydown": this.onDayKeydown},
        ".o_panier_slot": {"t-on-click": this.onSlotClick, "t-on-keydown": this.onSlotKeydown},
        "[name=substitution]": {"t-on-change": this.saveWishes},
        "[name=note]": {
            "t-on-input": this.debounced(this.saveWishes, SAVE_DELAY),
            "t-on-change": this.saveWishes,
        },
    };

    setup() {
        this.inCheckout = Boolean(this.el.closest("#shop_checkout"));
        this.status = this.el.querySelector("[name=panier_slot_status]");
        this.wishesStatus = this.el.querySelector("[name=panier_wishes_status]");
        this.clock = this.el.querySelector(".o_panier_clock");
        const seconds = parseInt(this.el.dataset.seconds || "0");
        this.expiry = seconds && performance.now() + seconds * 1000;
    }

    start() {
        this.prepareSlots();
        if (this.expiry) {
            this.tick();
        }
    }

    // === Days: tabs ===

    get tabs() {
        return [...this.el.querySelectorAll(".o_panier_day")];
    }

    onDayClick(ev) {
        this.openDay(ev.currentTarget);
    }

    onDayKeydown(ev) {
        this.moveFocus(ev, this.tabs, (tab) => this.openDay(tab));
    }

    openDay(tab) {
        for (const each of this.tabs) {
            const selected = each === tab;
            each.setAttribute("aria-selected", selected);
            each.tabIndex = selected ? 0 : -1;
            const panel = document.getElementById(each.getAttribute("aria-controls"));
            panel.toggleAttribute("data-selected", selected);
        }
        tab.scrollIntoView({block: "nearest", inline: "center"});
    }

    // === Slots: radio buttons ===

    /** One tab stop per day: the chosen slot, else the first. */
    prepareSlots() {
        for (const group of this.el.querySelectorAll("[role=radiogroup]")) {
            const slots = [...group.querySelectorAll("[role=radio]")];
            const entry = slots.find((slot) => slot.ariaChecked === "true") || slots[0];
            slots.forEach((slot) => (slot.tabIndex = slot === entry ? 0 : -1));
        }
    }

    onSlotKeydown(ev) {
        const slots = [
            ...ev.currentTarget.closest("[role=radiogroup]").querySelectorAll("[role=radio]"),
        ];
        this.moveFocus(ev, slots, (slot) =>
            slots.forEach((each) => (each.tabIndex = each === slot ? 0 : -1))
        );
    }

    async onSlotClick(ev) {
        const slot = ev.currentTarget;
        if (slot.getAttribute("aria-disabled") === "true") {
            ev.preventDefault();
            this.say(slot.innerText.replace(/\s+/g, " ")); // The hours and why not.
            return;
        }
        if (!this.inCheckout || this.busy) {
            return; // The form is sent.
        }
        ev.preventDefault();
        this.busy = true;
        slot.classList.add("o_panier_busy");
        const result = await this.waitFor(
            rpc("/panier/checkout/choose", {slot_id: parseInt(slot.value)})
        );
        this.replace(result);
    }

    moveFocus(ev, elements, then) {
        const index = elements.indexOf(ev.currentTarget);
        const last = elements.length - 1;
        const target = {
            ArrowRight: Math.min(index + 1, last),
            ArrowDown: Math.min(index + 1, last),
            ArrowLeft: Math.max(index - 1, 0),
            ArrowUp: Math.max(index - 1, 0),
            Home: 0,
            End: last,
        }[ev.key];
        if (target === undefined) {
            return;
        }
        ev.preventDefault();
        then(elements[target]);
        elements[target].focus();
    }

    // === What the server answers ===

    /**
     * Put the panel as the server sees it in the place of this one.
     *
     * @param {{html: string, held: boolean, refusals: {message: string, advice: string}[]}} result
     */
    replace({html, held, refusals = []}) {
        const container = this.el.parentElement;
        const interactions = this.services["public.interactions"];
        interactions.stopInteractions(container);
        container.innerHTML = html;
        this.showRefusals(container, refusals);
        interactions.startInteractions(container);
        document.dispatchEvent(new CustomEvent("panier_slot_changed", {detail: {held}}));
        const focus = refusals.length ? "[name=panier_slot_refusals]" : "[name=panier_slot_chosen]";
        const target = container.querySelector(focus);
        if (target) {
            target.tabIndex = -1;
            target.focus();
        }
    }

    showRefusals(container, refusals) {
        const place = container.querySelector("[name=panier_slot_refusals]");
        for (const {message, advice} of place ? refusals : []) {
            const alert = document.createElement("div");
            alert.className = "alert alert-warning mb-3";
            const strong = document.createElement("strong");
            strong.textContent = message;
            alert.append(strong, " ", advice);
            place.append(alert);
        }
    }

    async saveWishes() {
        if (!this.inCheckout) {
            return; // Sent with the form.
        }
        const {refusals} = await this.waitFor(
            rpc("/panier/checkout/wishes", {
                substitution: this.el.querySelector("[name=substitution]:checked").value,
                note: this.el.querySelector("[name=note]").value,
            })
        );
        this.wishesStatus.textContent =
            refusals.map((r) => `${r.message} ${r.advice}`).join(" ") || _t("Noted.");
    }

    // === The clock: the server's ===

    tick() {
        const left = Math.max(Math.round((this.expiry - performance.now()) / 1000), 0);
        const minutes = Math.floor(left / 60);
        this.clock.textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
        this.el.classList.toggle("o_panier_hurry", left <= WARN_AT);
        if (!left) {
            this.lose();
            return;
        }
        if (left <= WARN_AT && !this.warned) {
            this.warned = true;
            this.say(_t("Your slot is kept for two more minutes."));
        }
        this.waitForTimeout(() => this.tick(), 1000);
    }

    /** The clock has released the place: the server says so, and shows what is free now. */
    async lose() {
        if (!this.inCheckout) {
            window.location.reload();
            return;
        }
        this.replace(await this.waitFor(rpc("/panier/checkout/panel")));
    }

    say(text) {
        this.status.textContent = text;
    }
}

registry.category("public.interactions").add("panier_order.slot_panel", SlotPanel);

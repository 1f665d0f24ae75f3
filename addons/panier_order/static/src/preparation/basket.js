import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {outbox} from "./outbox_interaction";

const format = (number) =>
    Number(number).toLocaleString(document.documentElement.lang || "en", {
        maximumFractionDigits: 3,
    });

/** What a scanner reads and what the product has may differ by leading zeros (UPC-A within EAN-13). */
const sameCode = (code) => code.trim().replace(/^0+/, "").toLowerCase();

/**
 * One basket being prepared. Every form of it becomes a tap in the outbox, shown at once; the server's answer has the
 * last word on what a line looks like.
 */
export class Basket extends Interaction {
    static selector = ".o_panier_basket[data-mine]";
    dynamicContent = {
        ".pn_line form": {"t-on-submit": this.onSubmit},
        ".pn_finish": {"t-on-click": this.onFinish},
        "[data-do='undo']": {"t-on-click": this.onUndoLast},
        _root: {"t-on-panier-scan": (ev) => this.onScan(ev.detail)},
        _document: {"t-on-panier-outbox": () => this.showOutbox()},
    };

    setup() {
        this.order = parseInt(this.el.dataset.order);
        /** Marks made on this page, the last one at the end: what an undo goes back to. */
        this.history = [];
    }

    start() {
        for (const tap of outbox.taps) {
            this.show(tap);
        }
        outbox.onVerdict = (verdict, tap) => this.onVerdict(verdict, tap);
        this.keepAwake();
        this.countDone();
    }

    /** A screen that goes dark with both hands in the fridge is a nuisance. Not everywhere possible, then never mind. */
    async keepAwake() {
        try {
            await navigator.wakeLock?.request("screen");
        } catch {
            // The battery is low, or the browser does not want to.
        }
    }

    line(id) {
        return this.el.querySelector(`.pn_line[data-line="${id}"]`);
    }

    text(name) {
        return this.el.querySelector(`[data-text="${name}"]`).textContent;
    }

    label(line) {
        return line.querySelector(".pn_line_name").textContent;
    }

    onSubmit(ev) {
        ev.preventDefault();
        const line = ev.currentTarget.closest(".pn_line");
        if (ev.currentTarget.matches(".pn_undo")) {
            this.undo(line);
            return;
        }
        const form = ev.currentTarget;
        const button = ev.submitter;
        if (!button || button.value === "done") {
            this.mark(line, "done");
            return;
        }
        const quantity = parseFloat(form.elements.quantity.value.replace(",", ".")) || 0;
        const reason =
            (button.name === "reason" && button.value) || form.elements.other.value.trim();
        this.mark(line, button.dataset.mark, quantity, reason);
        form.querySelector("details").open = false;
    }

    mark(line, mark, quantity = null, reason = "") {
        const ordered = parseFloat(line.dataset.ordered);
        if (mark === "done" || quantity >= ordered) {
            [mark, quantity, reason] = ["done", ordered, ""];
        } else if (mark !== "damaged") {
            mark = quantity ? "partial" : "missing";
        }
        this.send(line, {mark, quantity, reason});
    }

    undo(line) {
        const last = this.history.findLast((tap) => tap.line === parseInt(line.dataset.line));
        this.send(line, {undo: last?.uuid || "last"});
    }

    onUndoLast() {
        const last = this.history.at(-1);
        if (last) {
            this.send(this.line(last.line), {undo: last.uuid});
        }
    }

    send(line, values) {
        const id = parseInt(line.dataset.line);
        const before = {
            mark: line.dataset.mark,
            quantity: line.dataset.quantity,
            reason: line.dataset.reason || "",
        };
        if ("undo" in values) {
            const undone = this.history.find((tap) => tap.uuid === values.undo);
            this.history = this.history.filter((tap) => tap !== undone);
            values.shown = undone?.before || {mark: "", quantity: 0, reason: ""};
        }
        const preparer = this.el.dataset.preparer;
        const tap = outbox.push({
            order: this.order,
            line: id,
            preparer,
            label: this.label(line),
            ...values,
        });
        if (values.mark) {
            this.history.push({...tap, before});
        }
        this.show(tap);
        navigator.vibrate?.(20);
    }

    /** Show a line as this tap leaves it. */
    show(tap) {
        const line = tap.order === this.order && this.line(tap.line);
        if (!line) {
            return;
        }
        const {mark, quantity, reason} = tap.shown || tap;
        Object.assign(line.dataset, {
            mark: mark || "",
            quantity: quantity ?? 0,
            reason: reason || "",
        });
        for (const el of line.querySelectorAll("[data-show='quantity']")) {
            el.textContent = format(quantity ?? 0);
        }
        line.querySelector("[data-show='reason']").textContent = reason || "";
        this.countDone();
    }

    countDone() {
        const done = this.el.querySelectorAll(".pn_line:not([data-mark=''])").length;
        this.el.querySelector("[data-count='done']").textContent = done;
        this.el.querySelector("progress").value = done;
    }

    /** The server has answered: its line counts, unless more taps on that line are still waiting. */
    onVerdict(verdict, tap) {
        if (
            !tap ||
            tap.order !== this.order ||
            outbox.taps.some((other) => other.line === tap.line)
        ) {
            return;
        }
        if (verdict.line) {
            this.show({order: this.order, line: verdict.line.id, ...verdict.line});
        } else if (verdict.verdict === "refused") {
            const before = this.history.find((other) => other.uuid === tap.uuid)?.before;
            this.history = this.history.filter((other) => other.uuid !== tap.uuid);
            this.show({order: this.order, line: tap.line, ...(before || {mark: ""})});
        }
    }

    showOutbox() {
        this.el
            .querySelector(".pn_finish")
            .setAttribute("aria-disabled", String(Boolean(outbox.taps.length)));
    }

    onFinish(ev) {
        const left = this.el.querySelectorAll(".pn_line[data-mark='']");
        if (left.length) {
            ev.preventDefault();
            left[0].scrollIntoView({block: "center", behavior: "smooth"});
            this.notice(this.text("left").replace("%s", left.length));
        } else if (outbox.taps.length || !navigator.onLine) {
            ev.preventDefault();
            outbox.flush();
            this.notice(this.text("wait"));
        }
    }

    /** A barcode was scanned: one more of that product is in the basket. */
    onScan(code) {
        const wanted = sameCode(code);
        const lines = [...this.el.querySelectorAll(".pn_line")].filter(
            (line) => line.dataset.barcode && sameCode(line.dataset.barcode) === wanted
        );
        if (!wanted || !lines.length) {
            this.notice(this.text("unknown").replace("%s", code), true);
            return;
        }
        const line = lines.find((each) => each.dataset.mark !== "done");
        if (!line) {
            this.notice(this.text("complete").replace("%s", this.label(lines[0])));
            return;
        }
        const ordered = parseFloat(line.dataset.ordered);
        const quantity = Math.min((parseFloat(line.dataset.quantity) || 0) + 1, ordered);
        this.mark(line, "partial", quantity);
        this.flash(line);
        const values = {
            name: this.label(line),
            quantity: format(quantity),
            ordered: format(ordered),
        };
        this.notice(this.text("counted").replace(/\{(\w+)\}/g, (all, name) => values[name]));
    }

    flash(line) {
        line.scrollIntoView({block: "center", behavior: "smooth"});
        line.classList.add("pn_flash");
        this.waitForTimeout(() => line.classList.remove("pn_flash"), 1200);
    }

    notice(message, bad = false) {
        const banner = this.el.querySelector("[data-banner='scan']");
        banner.textContent = message;
        banner.hidden = false;
        banner.classList.toggle("pn_banner_refused", bad);
        clearTimeout(this.noticeTimer);
        this.noticeTimer = setTimeout(() => (banner.hidden = true), 5000);
        if (bad) {
            navigator.vibrate?.([80, 60, 80]);
        }
    }
}

registry.category("public.interactions").add("panier_order.basket", Basket);
